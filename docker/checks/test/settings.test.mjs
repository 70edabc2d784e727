import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isSetting, list, properties, settings, sourceOf, text } from '../lib/project.mjs';

const files = list('flink-conf').filter((file) => /^(job|eventhubs)-.*\.properties$/.test(file));

test('settings files name settings that the job has', () => {
  const known = settings();
  assert.ok(known.has('lake.path'));
  for (const file of files) {
    for (const key of Object.keys(properties('flink-conf', file))) {
      assert.ok(isSetting(key, known), `${file}: ${key}`);
    }
  }
});

test('the Event Hubs profile has the settings that Microsoft recommends to consumers', () => {
  const profile = properties('flink-conf/job-azure.properties');

  assert.equal(profile['kafka.metadata.max.age.ms'], '180000');
  assert.equal(profile['kafka.connections.max.idle.ms'], '180000');
  assert.equal(profile['kafka.request.timeout.ms'], '60000');
  assert.equal(profile['kafka.session.timeout.ms'], '30000');
  assert.ok(Number(profile['kafka.partition.discovery.interval.ms']) > 0);
  assert.equal(profile['source.starting.offsets'], 'earliest');
  assert.equal(profile['source.expired.offsets'], 'fail');
});

test('settings, manifests and pages name classes of ours that exist', () => {
  const named = [
    ...list('flink-conf').filter((file) => /\.(properties|yaml)$/.test(file)).map((file) => text('flink-conf', file)),
    ...['azure.md', 'operations.md', 'security.md'].map((file) => text('docs', file)),
  ].flatMap((content) => [...content.matchAll(/\bio\.medallion(?:\.[a-z]+)+\.[A-Z]\w+/g)].map((match) => match[0]));

  named.forEach((name) => assert.ok(sourceOf(name), name));
});

test('no settings file holds a secret', () => {
  for (const folder of list('flink-conf/hadoop')) {
    const site = text('flink-conf/hadoop', folder, 'core-site.xml');
    for (const [, name, value] of site.matchAll(/<name>(\S+)<\/name>\s*<value>(.*)<\/value>/g)) {
      if (/key|secret/.test(name)) {
        assert.match(value, /^\$\{env\.[A-Z_]+\}$/, `${folder}: ${name}`);
      }
    }
  }
});
