import assert from 'node:assert/strict';
import { test } from 'node:test';

import { parse } from 'yaml';

import { commandProblems, jobArgumentProblems } from '../lib/commands.mjs';
import { flinkVersions, podTemplateErrors, specErrors } from '../lib/crd.mjs';
import { exists, list, manifests, sourceOf, text, yaml } from '../lib/project.mjs';

const all = manifests();
const ofKind = (kind) => all.filter(({ document }) => document.kind === kind);
const flink = ofKind('FlinkDeployment');
const jobs = [...flink.filter(({ document }) => document.spec.job), ...ofKind('FlinkSessionJob')];

/** Pod templates of what is not Flink's. */
const templates = [
  ...ofKind('Job').map(({ file, document }) => ({ file, template: document.spec.template })),
  ...ofKind('Deployment').map(({ file, document }) => ({ file, template: document.spec.template })),
  ...ofKind('CronJob').map(({ file, document }) => ({ file, template: document.spec.jobTemplate.spec.template })),
];

test('Flink resources are what the operator allows', () => {
  assert.ok(flink.length > 0);
  for (const { file, document } of [...flink, ...ofKind('FlinkSessionJob')]) {
    assert.deepEqual(specErrors[document.kind](document.spec), [], file);
  }
  assert.ok(flinkVersions.includes('v2_2'));
});

test('all other resources are what their API allows', async () => {
  for (const { file, document } of all.filter(({ document: { kind } }) => !(kind in specErrors))) {
    const api = document.apiVersion.includes('monitoring.coreos.com')
      ? `@kubernetes-models/prometheus-operator/${document.apiVersion}`
      : `kubernetes-models/${document.apiVersion}`;
    const models = await import(api);
    const Model = models[document.kind] ?? models.default[document.kind];
    assert.doesNotThrow(() => new Model(document).validate(), `${file} ${document.kind}`);
  }
});

test('pods have no field that Kubernetes does not know', () => {
  assert.ok(templates.length > 0);
  for (const { file, template } of templates) {
    assert.deepEqual(podTemplateErrors(template), [], file);
  }
});

test('Flink runs with the configuration that everything else runs with', () => {
  // The operator sets these itself, from the manifest's resources and the cluster's name.
  const operators = ['jobmanager.rpc.address', 'jobmanager.memory.process.size', 'taskmanager.memory.process.size'];
  const shared = Object.entries(parse(text('flink-conf/config.yaml'), { schema: 'failsafe' })).filter(([key]) => !operators.includes(key));
  for (const { file, document } of flink) {
    for (const [key, value] of shared) {
      assert.equal(document.spec.flinkConfiguration[key], value, `${file}: ${key}`);
    }
  }
});

test('a Flink job names a class, settings and files that exist, and is stopped with a savepoint', () => {
  for (const { file, document: { spec: { job } } } of jobs) {
    assert.ok(sourceOf(job.entryClass), file);
    assert.deepEqual(jobArgumentProblems(job.args), [], file);
    assert.equal(job.upgradeMode, 'savepoint', file);
  }
  assert.match(text('docker/Dockerfile'), /\/opt\/flink\/usrlib\/medallion-job\.jar/);
});

test('state is kept outside of the cluster', () => {
  for (const { file, document: { spec: { flinkConfiguration: conf } } } of flink) {
    assert.equal(conf['high-availability.type'], 'kubernetes', file);
    for (const key of ['execution.checkpointing.dir', 'execution.checkpointing.savepoint-dir', 'high-availability.storageDir']) {
      assert.match(conf[key], /^abfss:\/\/state@/, `${file}: ${key}`);
    }
  }
});

test('commands name classes and options that exist', () => {
  for (const { file, template } of templates) {
    for (const { args, image } of template.spec.containers) {
      assert.deepEqual(commandProblems(args, image), [], file);
    }
  }
});

test('HADOOP_CONF_DIR is a folder of flink-conf', () => {
  const folders = [...manifestsAndDockerfile().matchAll(/\/opt\/medallion\/conf\/(hadoop\/[a-z-]+)/g)].map((match) => match[1]);

  assert.ok(folders.length > 0);
  folders.forEach((folder) => assert.ok(exists('flink-conf', folder, 'core-site.xml'), folder));
});

test('pods run as nobody in particular, with an account that is declared', () => {
  const accounts = ofKind('ServiceAccount').map(({ document }) => document.metadata.name);
  const pods = [...templates.map(({ file, template }) => ({ file, spec: template.spec })),
    ...flink.map(({ file, document }) => ({ file, spec: document.spec.podTemplate.spec }))];
  for (const { file, spec } of pods) {
    assert.ok(accounts.includes(spec.serviceAccountName), file);
    assert.equal(spec.securityContext.runAsNonRoot, true, file);
    for (const { securityContext } of spec.containers) {
      assert.equal(securityContext.allowPrivilegeEscalation, false, file);
      assert.deepEqual(securityContext.capabilities.drop, ['ALL'], file);
    }
  }
});

test('everything is in one namespace, whose traffic is denied by default', () => {
  for (const { file, document } of all.filter(({ document: { kind } }) => kind !== 'Namespace')) {
    assert.equal(document.metadata.namespace, 'medallion', file);
  }
  const denied = ofKind('NetworkPolicy').map(({ document }) => document.spec)
    .find(({ podSelector, ingress, egress }) => Object.keys(podSelector).length === 0 && !ingress && !egress);
  assert.deepEqual(denied.policyTypes, ['Ingress', 'Egress']);
});

test('no manifest holds a secret, and docs/azure.md makes the ones that they refer to', () => {
  assert.deepEqual(ofKind('Secret'), []);
  const text_ = list('docker/kubernetes').map((file) => text('docker/kubernetes', file)).join('\n');
  const names = [...text_.matchAll(/secretKeyRef:\s+name: (\S+)|secretName: (\S+)/g)].map((match) => match[1] ?? match[2]);
  assert.ok(names.length > 0);
  for (const name of names) {
    assert.ok(text('docs/azure.md').includes(`create secret generic ${name}`), name);
  }
});

test('the alarms of Kubernetes are those of the compose stack', () => {
  const [{ document }] = ofKind('PrometheusRule');

  assert.deepEqual(document.spec.groups, yaml('docker/prometheus/alerts.yml').groups);
});

test('every placeholder is explained in docs/azure.md', () => {
  const placeholders = new Set([...manifestsAndDockerfile().matchAll(/\$\{([A-Z_]+)\}/g)].map((match) => match[1]));

  const unexplained = [...placeholders].filter((name) => !/_IMAGE$/.test(name) && !text('docs/azure.md').includes(`export ${name}=`));
  assert.deepEqual(unexplained, []);
});

function manifestsAndDockerfile() {
  return [...list('docker/kubernetes').map((file) => text('docker/kubernetes', file)), text('docker/Dockerfile')].join('\n');
}
