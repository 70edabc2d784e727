// The M queries: that they are M, and that they read what the lake has.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import parser from '@microsoft/powerquery-parser';

import { M_TYPES_OF_DELTA, lakeTablesOf } from '../lib/m.mjs';
import { PROJECTS } from '../lib/projects.mjs';

const { DefaultSettings, TaskUtils } = parser;

for (const { label, model, lake, gold } of PROJECTS) {
  const reads = model.imported().flatMap(({ table, query }) =>
    lakeTablesOf(query).map((read) => ({ table: table.name, ...read })));

  test(`${label}: each expression is M`, async (t) => {
    for (const { name, text } of model.mExpressions()) {
      await t.test(name, async () => {
        const { error } = await TaskUtils.tryLexParse(DefaultSettings, text);
        assert.equal(error?.message, undefined);
      });
    }
  });

  test(`${label}: each column that is read is in the lake, with a fitting type`, () => {
    for (const { table, path, columns } of reads) {
      assert.ok(path in lake, `${table} reads ${path}, which is no table of the lake`);
      for (const [column, type] of Object.entries(columns)) {
        const delta = lake[path].columns[column];
        assert.ok(delta, `${table} reads ${column}, which ${path} does not have`);
        assert.ok(
          M_TYPES_OF_DELTA[delta]?.includes(type),
          `${table} reads ${column} of ${path} as ${type}, but it is ${delta}`,
        );
      }
    }
  });

  test(`${label}: gold is read whole; of bronze and silver, no row is read`, () => {
    const paths = reads.map(({ path }) => path);
    assert.deepEqual(paths.sort(), [...gold, 'late', 'quarantine'].sort());
    for (const { path, columns } of reads.filter((read) => read.path.startsWith('gold/'))) {
      assert.deepEqual(Object.keys(columns), Object.keys(lake[path].columns));
    }
  });

  test(`${label}: pipeline health looks at every table of the lake`, () => {
    const { query } = model.imported().find(({ table }) => table.name === 'Pipeline health');
    const [, list] = /Tables = \{([^}]*)\}/.exec(query);
    assert.deepEqual(JSON.parse(`[${list}]`).sort(), Object.keys(lake).sort());
  });

  test(`${label}: the lake is found through parameters alone`, () => {
    const value = (name) => model.expressions.find((expression) => expression.name === name).value;
    for (const name of ['StorageAccount', 'Container', 'Folder', 'LocalFolder', 'RangeStart', 'RangeEnd']) {
      assert.match(value(name), /meta \[IsParameterQuery = true,/);
    }
    assert.match(value('Lake'), /AzureStorage\.DataLake\("https:\/\/" & StorageAccount/);
    assert.match(value('Lake'), /Folder\.Contents\(LocalFolder\)/);
  });

  test(`${label}: gold is refreshed incrementally by windowStart, with the query that fills it at first`, () => {
    const incremental = model.tables.filter((table) => table.one('refreshPolicy'));
    const paths = incremental.map((table) => lakeTablesOf(table.one('partition').properties.source)[0].path);
    assert.deepEqual(paths.sort(), [...gold].sort());
    for (const table of incremental) {
      const { sourceExpression } = table.one('refreshPolicy').properties;
      assert.equal(sourceExpression, table.one('partition').properties.source);
      assert.match(sourceExpression, /each \[windowStart\] >= RangeStart and \[windowStart\] < RangeEnd\)/);
    }
  });
}
