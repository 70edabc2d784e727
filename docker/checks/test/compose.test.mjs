import assert from 'node:assert/strict';
import { test } from 'node:test';

import Ajv from 'ajv';

import { commandProblems } from '../lib/commands.mjs';
import { exists, json, schema, text, yaml } from '../lib/project.mjs';

const compose = yaml('docker/compose.yaml');
const services = Object.entries(compose.services);

test('the stack is what the compose specification allows', () => {
  // Ajv knows draft 7 by another address than the one that stands there.
  const { $schema, ...specification } = schema('compose-spec.json');
  assert.match($schema, /draft-07/);
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(specification);

  assert.ok(validate(compose), JSON.stringify(validate.errors, null, 2));
});

test('every file, folder and volume that is mounted exists', () => {
  for (const [name, service] of services) {
    for (const volume of service.volumes ?? []) {
      const [source] = volume.split(':');
      const there = source.startsWith('.') ? exists('docker', source) : source in compose.volumes;
      assert.ok(there, `${name} mounts ${source}`);
    }
  }
});

test('every service that another waits for, and every secret, is declared', () => {
  for (const [name, service] of services) {
    for (const other of service.depends_on ?? []) {
      assert.ok(other in compose.services, `${name} depends on ${other}`);
    }
    for (const secret of service.secrets ?? []) {
      assert.ok(secret in compose.secrets, `${name} needs ${secret}`);
    }
  }
});

test('our images are built from stages of the Dockerfile', () => {
  for (const [name, { build }] of services) {
    if (build) {
      assert.match(text('docker/Dockerfile'), new RegExp(`^FROM .* AS ${build.target}$`, 'm'), name);
      assert.ok(exists('docker', build.context, build.dockerfile), name);
    }
  }
});

test('commands name classes, options, settings and files that exist', () => {
  for (const [name, { command, image }] of services) {
    if (Array.isArray(command)) {
      assert.deepEqual(commandProblems(command, image), [], name);
    }
  }
});

test('nothing is published beyond this machine', () => {
  for (const [name, { ports = [] }] of services) {
    for (const port of ports) {
      assert.match(port, /^127\.0\.0\.1:/, name);
    }
  }
});

test('the emulator has the Event Hub and the consumer group that the job reads', () => {
  const [hub] = json('docker/eventhubs-emulator/config.json').UserConfig.NamespaceConfig[0].Entities;

  assert.equal(hub.Name, /EntityPath=(\w+)/.exec(compose['x-eventhubs'].EVENTHUBS_CONNECTION_STRING)[1]);
  assert.deepEqual(hub.ConsumerGroups, [{ Name: 'medallion' }]);
});

test('Prometheus scrapes services of the stack, at the port of the Flink configuration', () => {
  const [{ dns_sd_configs: [scrape] }] = yaml('docker/prometheus/prometheus.yml').scrape_configs;

  scrape.names.forEach((name) => assert.ok(name in compose.services, name));
  assert.ok(yaml('flink-conf/config.yaml')['metrics.reporter.prom.port'].startsWith(String(scrape.port)));
});
