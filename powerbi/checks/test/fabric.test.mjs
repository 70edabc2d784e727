// What is offered for Fabric: shortcuts to gold, and a Direct Lake model made out of the import model.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { daxReferences } from '../lib/dax.mjs';
import { PROJECT, lakeSchema, readJson } from '../lib/files.mjs';
import { Model, weatherModel } from '../lib/model.mjs';
import { SchemaValidator } from '../lib/schemas.mjs';

const MODEL_TYPE_OF_DELTA = { string: 'string', long: 'int64', double: 'double', timestamp: 'dateTime' };

const ID = '00000000-0000-4000-8000-000000000000';

const lake = lakeSchema();
const gold = Object.keys(lake).filter((path) => path.startsWith('gold/'));

test('there is a shortcut to each gold table', () => {
  const options = ['workspace', 'lakehouse', 'connection'].map((name) => `--${name}`).flatMap((name) => [name, ID]);
  const requests = execFileSync(
    join(PROJECT, 'fabric/create-shortcuts.sh'),
    [...options, '--account', 'acc', '--container', 'con', '--dry-run'],
    { encoding: 'utf8' },
  ).trim().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(
    requests,
    gold.map((path) => ({
      path: 'Tables',
      name: path.slice('gold/'.length),
      target: {
        adlsGen2: {
          location: 'https://acc.dfs.core.windows.net', subpath: `/con/weather/${path}`, connectionId: ID,
        },
      },
    })),
  );
});

test('the Direct Lake model has the columns of gold as they are stored, and the measures that need no others', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'direct-lake-'));
  t.after(() => rmSync(folder, { recursive: true }));
  execFileSync(join(PROJECT, 'fabric/direct-lake.mjs'), ['--workspace', ID, '--lakehouse', ID, '--out', folder]);
  const written = join(folder, 'Weather Direct Lake.SemanticModel');
  const model = new Model(join(written, 'definition'));

  for (const file of ['.platform', 'definition.pbism']) {
    assert.deepEqual(await new SchemaValidator().errors(readJson(written, file)), [], file);
  }
  assert.deepEqual(model.tables.map((table) => `gold/${table.one('partition').name}`), gold);
  for (const table of model.tables) {
    const { columns } = lake[`gold/${table.one('partition').one('source').properties.entityName}`];
    assert.deepEqual(
      Object.fromEntries(table.all('column').map(({ properties }) => [properties.sourceColumn, properties.dataType])),
      Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, MODEL_TYPE_OF_DELTA[type]])),
    );
  }
  for (const { name, text } of model.daxExpressions()) {
    assert.deepEqual(model.missing(daxReferences(text)), [], name);
  }
  for (const { node } of model.measures) {
    assert.equal(node.value, weatherModel().measure(node.name).value);
  }
  for (const name of ['Average temperature', 'Wind direction (degrees)', 'Current conditions', 'Total precipitation']) {
    assert.ok(model.measure(name), `${name} is lost`);
  }
});
