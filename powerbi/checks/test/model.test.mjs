// The semantic model: that all it names is there, and that a reader of a report can understand it.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { daxReferences } from '../lib/dax.mjs';
import { MODEL_TYPE_OF_M, columnsGivenBy } from '../lib/m.mjs';
import { PROJECTS } from '../lib/projects.mjs';
import { unquote } from '../lib/tmdl.mjs';

function requireUnique(names, what) {
  const seen = names.map((name) => name.toLowerCase()).sort();
  const twice = seen.filter((name, i) => name === seen[i - 1]);
  assert.deepEqual(twice, [], what);
}

for (const { label, model } of PROJECTS) {
  const columns = model.tables.flatMap((table) => table.all('column').map((column) => ({ table, column })));

  /** Whether a measure shows a column with texts, itself or over others. */
  function mayBeText(name) {
    const { columns: shown, measures } = daxReferences(model.measure(name).value);
    return measures.some(mayBeText)
      || shown.some(({ table, column }) => model.column(table, column).properties.dataType === 'string');
  }

  test(`${label}: each table has a file of its name, and the model knows it`, () => {
    const files = model.files.map((file) => file.name).filter((name) => name.startsWith('tables/'));
    const tables = model.tables.map((table) => table.name).sort();
    assert.deepEqual(files.sort(), tables.map((name) => `tables/${name}.tmdl`).sort());
    assert.deepEqual(model.refs.map((ref) => ref.name).sort(), tables);
  });

  test(`${label}: each column of an imported table is given by its query, with a fitting type`, () => {
    for (const { table, query } of model.imported()) {
      const given = columnsGivenBy(query);
      for (const { name, properties } of table.all('column')) {
        const type = given[properties.sourceColumn];
        assert.ok(type, `${table.name}[${name}]: the query gives no column ${properties.sourceColumn}`);
        assert.equal(properties.dataType, MODEL_TYPE_OF_M[type], `${table.name}[${name}]: the query gives ${type}`);
      }
    }
  });

  test(`${label}: each measure, calculated column and calculated table names only what there is`, async (t) => {
    for (const { name, text } of model.daxExpressions()) {
      await t.test(name, () => assert.deepEqual(model.missing(daxReferences(text)), []));
    }
  });

  test(`${label}: no measure calls itself, over however many others`, () => {
    const follow = (name, path) => {
      assert.ok(!path.includes(name), [...path, name].join(' -> '));
      daxReferences(model.measure(name)?.value ?? '').measures.forEach((next) => follow(next, [...path, name]));
    };
    model.measures.forEach(({ node }) => follow(node.name, []));
  });

  test(`${label}: relationships, levels and sort orders refer to columns that exist, of one type`, () => {
    for (const { name, from, to } of model.relationships) {
      const [many, one] = [from, to].map((end) => model.column(end.table, end.column));
      assert.ok(many && one, `${name}: ${JSON.stringify({ from, to })}`);
      assert.equal(many.properties.dataType, one.properties.dataType, name);
    }
    for (const table of model.tables) {
      const named = [
        ...table.all('column').map((column) => column.properties.sortByColumn),
        ...table.all('hierarchy').flatMap((hierarchy) => hierarchy.all('level').map((level) => level.properties.column)),
      ];
      for (const reference of named.filter(Boolean)) {
        const name = reference.replaceAll("'", '');
        assert.ok(model.column(table.name, name), `${table.name} refers to its column ${name}`);
      }
    }
  });

  test(`${label}: names are unique`, () => {
    requireUnique(model.tables.map((table) => table.name), 'tables');
    requireUnique(model.measures.map(({ node }) => node.name), 'measures');
    for (const table of model.tables) {
      requireUnique([...table.all('column'), ...table.all('measure')].map((node) => node.name), table.name);
    }
  });

  test(`${label}: all that a report sees has a description; numbers have a format, measures a folder`, () => {
    for (const node of [...model.tables, ...columns.map(({ column }) => column), ...model.measures.map((m) => m.node)]) {
      assert.ok(node.description, `${node.kind} ${node.name} has no description`);
    }
    for (const { node } of model.measures) {
      const { displayFolder, formatString, isHidden } = node.properties;
      assert.ok(displayFolder, `measure ${node.name} has no display folder`);
      assert.ok(isHidden || formatString || mayBeText(node.name), `measure ${node.name} has no format string`);
    }
    for (const { table, column } of columns) {
      assert.ok(
        column.properties.dataType === 'string' || column.properties.formatString,
        `${table.name}[${column.name}] has no format string`,
      );
    }
  });

  test(`${label}: units of a description are in the format string`, () => {
    const units = { '°C': '\\°\\C', '%': '%', 'km/h': '\\k\\m\\/\\h', mm: '\\m\\m', s: '\\s', min: '\\m\\i\\n', MiB: '\\M\\i\\B' };
    for (const { node } of model.measures.filter((measure) => !measure.node.properties.isHidden)) {
      const [, unit] = /, (°C|%|km\/h|mm|s|min|MiB)(?=[.:;,])/.exec(node.description) ?? [];
      assert.ok(
        !unit || node.properties.formatString.endsWith(units[unit]),
        `measure ${node.name}: ${unit}, but ${node.properties.formatString}`,
      );
    }
  });

  test(`${label}: means are weighted by the events they are means of`, () => {
    const added = /\bSUM\(('[^']+')\[(\w+)\]\)/g;
    for (const { node } of model.measures) {
      assert.doesNotMatch(node.value, /\bAVERAGEX?\(/, `measure ${node.name} averages averages`);
      for (const [, table, name] of node.value.matchAll(added)) {
        const { description } = model.column(unquote(table), name);
        assert.doesNotMatch(
          description,
          /^(Mean|Lowest|Highest|Greatest|.* with at least one event in the window)/,
          `measure ${node.name} adds up ${name}`,
        );
      }
    }
  });

  test(`${label}: nothing is added up by accident`, () => {
    assert.equal(model.model.properties.discourageImplicitMeasures, true);
    for (const { table, column } of columns) {
      assert.equal(column.properties.summarizeBy, 'none', `${table.name}[${column.name}]`);
    }
  });
}
