// The views for Synapse serverless declare the columns that gold has.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PROJECT, lakeSchema, readText } from '../lib/files.mjs';

const SQL_TYPE_OF_DELTA = { string: 'varchar', long: 'bigint', double: 'float', timestamp: 'datetime2' };

test('each view has the columns of its gold table, with fitting types', () => {
  const lake = lakeSchema();
  const views = readText(PROJECT, 'synapse/gold-views.sql').matchAll(
    /CREATE OR ALTER VIEW dbo\.(\w+) AS\nSELECT \*\nFROM OPENROWSET\(BULK '([^']+)\/', DATA_SOURCE = 'lake', FORMAT = 'DELTA'\)\nWITH \(\n([^;]*)\n\) AS gold;/g,
  );
  const declared = Object.fromEntries(
    [...views].map(([, name, path, columns]) => {
      assert.equal(path, `gold/${name}`);
      return [
        path,
        columns.split(',\n').map((column) => column.trim().replace(/\(\d+\)$/, '').split(' ')),
      ];
    }),
  );
  const expected = Object.fromEntries(
    Object.entries(lake)
      .filter(([path]) => path.startsWith('gold/'))
      .map(([path, { columns }]) => [path, Object.entries(columns).map(([name, type]) => [name, SQL_TYPE_OF_DELTA[type]])]),
  );
  assert.deepEqual(declared, expected);
});
