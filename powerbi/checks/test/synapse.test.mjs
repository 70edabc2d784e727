// The views for Synapse serverless declare the columns that gold has.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readText } from '../lib/files.mjs';
import { PROJECTS } from '../lib/projects.mjs';

const SQL_TYPE_OF_DELTA = { string: 'varchar', long: 'bigint', double: 'float', timestamp: 'datetime2' };

for (const { label, folder, lake, gold } of PROJECTS) {
  test(`${label}: each view has the columns of its gold table, with fitting types`, () => {
    const views = readText(folder, 'synapse/gold-views.sql').matchAll(
      /CREATE OR ALTER VIEW dbo\.\[(\w+)\] AS\nSELECT \*\nFROM OPENROWSET\(BULK '([^']+)\/', DATA_SOURCE = 'lake', FORMAT = 'DELTA'\)\nWITH \(\n([^;]*)\n\) AS gold;/g,
    );
    const declared = Object.fromEntries(
      [...views].map(([, name, path, columns]) => {
        assert.equal(path, `gold/${name}`);
        return [
          path,
          columns.split(',\n').map((column) => /^\[(\w+)\] (\w+)/.exec(column.trim()).slice(1)),
        ];
      }),
    );
    const expected = Object.fromEntries(
      gold.map((path) => [
        path,
        Object.entries(lake[path].columns).map(([name, type]) => [name, SQL_TYPE_OF_DELTA[type]]),
      ]),
    );
    assert.deepEqual(declared, expected);
  });
}
