// What is offered for Fabric: shortcuts to gold, and a Direct Lake model made out of the import model.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test } from 'node:test';

import { daxReferences } from '../lib/dax.mjs';
import { PROJECT, readJson } from '../lib/files.mjs';
import { Model } from '../lib/model.mjs';
import { PROJECTS, WEATHER } from '../lib/projects.mjs';
import { SchemaValidator } from '../lib/schemas.mjs';

const MODEL_TYPE_OF_DELTA = { string: 'string', long: 'int64', double: 'double', timestamp: 'dateTime' };

const ID = '00000000-0000-4000-8000-000000000000';

for (const project of PROJECTS) {
  const { label, name, model, modelFolder, lake, gold } = project;
  const lakeFolder = project.folder === PROJECT ? 'weather' : basename(project.folder);

  test(`${label}: there is a shortcut to each gold table`, () => {
    const options = ['workspace', 'lakehouse', 'connection'].map((name) => `--${name}`).flatMap((name) => [name, ID]);
    const requests = execFileSync(
      join(PROJECT, 'fabric/create-shortcuts.sh'),
      [...options, '--account', 'acc', '--container', 'con', '--model', modelFolder, '--dry-run'],
      { encoding: 'utf8' },
    ).trim().split('\n').map((line) => JSON.parse(line));
    assert.deepEqual(
      requests,
      [...gold].sort().map((path) => ({
        path: 'Tables',
        name: path.slice('gold/'.length),
        target: {
          adlsGen2: {
            location: 'https://acc.dfs.core.windows.net', subpath: `/con/${lakeFolder}/${path}`, connectionId: ID,
          },
        },
      })),
    );
  });

  test(`${label}: the Direct Lake model has the columns of gold as they are stored, and the measures that need no others`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'direct-lake-'));
    t.after(() => rmSync(folder, { recursive: true }));
    execFileSync(
      join(PROJECT, 'fabric/direct-lake.mjs'),
      ['--model', modelFolder, '--workspace', ID, '--lakehouse', ID, '--out', folder],
    );
    const written = join(folder, `${name} Direct Lake.SemanticModel`);
    const directLake = new Model(join(written, 'definition'));

    for (const file of ['.platform', 'definition.pbism']) {
      assert.deepEqual(await new SchemaValidator().errors(readJson(written, file)), [], file);
    }
    assert.deepEqual(
      directLake.tables.map((table) => `gold/${table.one('partition').name}`).sort(),
      [...gold].sort(),
    );
    for (const table of directLake.tables) {
      const { columns } = lake[`gold/${table.one('partition').one('source').properties.entityName}`];
      assert.deepEqual(
        Object.fromEntries(table.all('column').map(({ properties }) => [properties.sourceColumn, properties.dataType])),
        Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, MODEL_TYPE_OF_DELTA[type]])),
      );
    }
    for (const { name: of, text } of directLake.daxExpressions()) {
      assert.deepEqual(directLake.missing(daxReferences(text)), [], of);
    }
    for (const { node } of directLake.measures) {
      assert.equal(node.value, model.measure(node.name).value);
    }
    const needed = ['Average temperature', 'Wind direction (degrees)', 'Current conditions', 'Total precipitation'];
    for (const measure of project === WEATHER ? needed : []) {
      assert.ok(directLake.measure(measure), `${measure} is lost`);
    }
  });
}
