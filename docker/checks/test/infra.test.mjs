import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertBalanced, outline, undeclared, uses } from '../lib/bicep.mjs';
import { manifests, text } from '../lib/project.mjs';

const source = text('infra/main.bicep');
const { params, vars, resources, outputs } = outline(source);

test('brackets match and every name is declared', () => {
  assertBalanced(source);
  assert.deepEqual(undeclared(source), []);
});

test('every parameter, variable and output has a purpose', () => {
  for (const name of [...params, ...vars]) {
    assert.ok(uses(source, name) > 0, `${name} is not used`);
  }
  for (const name of outputs) {
    assert.ok(text('docs/azure.md').includes(name), `${name} is not in docs/azure.md`);
  }
  for (const name of params) {
    assert.match(source, new RegExp(`@description\\('.+'\\)\\n(?:@.*\\n)*param ${name} `), `${name} has no description`);
  }
});

test('everything that the pipeline needs is there', () => {
  const types = resources.map(({ type }) => type);
  for (const type of [
    'Microsoft.EventHub/namespaces',
    'Microsoft.EventHub/namespaces/eventhubs',
    'Microsoft.EventHub/namespaces/eventhubs/consumergroups',
    'Microsoft.Storage/storageAccounts',
    'Microsoft.Storage/storageAccounts/blobServices/containers',
    'Microsoft.ContainerService/managedClusters',
    'Microsoft.ManagedIdentity/userAssignedIdentities',
    'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials',
    'Microsoft.Authorization/roleAssignments',
  ]) {
    assert.ok(types.includes(type), type);
  }
  resources.forEach(({ name, version }) => assert.match(version, /^20\d\d-\d\d-\d\d$/, name));
});

test('the federated credentials are of the service accounts of the manifests', () => {
  const subjects = [...source.matchAll(/system:serviceaccount:\$\{kubernetesNamespace\}:([a-z-]+)'/g)].map((match) => match[1]).sort();
  const accounts = manifests().filter(({ document }) => document.kind === 'ServiceAccount')
    .map(({ document }) => document.metadata.name).sort();

  assert.deepEqual(subjects, accounts);
});

test('storage has a hierarchical namespace and is not public', () => {
  assert.match(source, /isHnsEnabled: true/);
  assert.match(source, /allowBlobPublicAccess: false/);
  assert.match(source, /minimumTlsVersion: 'TLS1_2'/);
});
