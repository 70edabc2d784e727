import assert from 'node:assert/strict';
import { test } from 'node:test';

import { json, text, yaml } from '../lib/project.mjs';
import { metricsOf } from '../lib/promql.mjs';

const exported = new Set(text('docker/metrics.txt').split('\n').filter((line) => line && !line.startsWith('#')));
const alerts = yaml('docker/prometheus/alerts.yml').groups.flatMap((group) => group.rules);
const { panels } = json('docker/grafana/dashboards/medallion.json');

test('alarms use only metrics that the running job exports', () => {
  assert.ok(alerts.length > 0);
  for (const { alert, expr } of alerts) {
    assert.deepEqual([...metricsOf(expr)].filter((name) => !exported.has(name)), [], alert);
  }
});

test('dashboards use only metrics that the running job exports', () => {
  assert.ok(panels.length > 0);
  for (const { title, targets } of panels) {
    for (const { expr } of targets) {
      assert.deepEqual([...metricsOf(expr)].filter((name) => !exported.has(name)), [], title);
    }
  }
});

test('dashboards read the provisioned data source', () => {
  const [{ uid }] = yaml('docker/grafana/provisioning/datasources/prometheus.yaml').datasources;
  const [provider] = yaml('docker/grafana/provisioning/dashboards/medallion.yaml').providers;
  const mounts = yaml('docker/compose.yaml').services.grafana.volumes;

  panels.forEach(({ title, datasource }) => assert.equal(datasource.uid, uid, title));
  assert.ok(mounts.some((mount) => mount.startsWith('./grafana/dashboards:') && mount.includes(provider.options.path)));
});

test('docs/operations.md says what each alarm means', () => {
  for (const { alert } of alerts) {
    assert.ok(text('docs/operations.md').includes(`\`${alert}\``), alert);
  }
});
