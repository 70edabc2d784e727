#!/usr/bin/env node
// Makes a Direct Lake model out of an import model: the gold tables as they lie in the lakehouse, and all measures that
// need nothing else. Needs Node 18 and no packages. Not opened in Fabric yet.
import { mkdirSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { daxReferences } from '../checks/lib/dax.mjs';
import { PROJECT, readJson, readText } from '../checks/lib/files.mjs';
import { lakeTablesOf } from '../checks/lib/m.mjs';
import { Model } from '../checks/lib/model.mjs';

const WEATHER = join(PROJECT, 'Weather.SemanticModel');
const SCHEMAS = 'https://developer.microsoft.com/json-schemas/fabric';

/** The gold tables of the model: the folder in the lake, and the columns that are there. */
function goldTables(model) {
  return model
    .imported()
    .map(({ table, query }) => ({ table, read: lakeTablesOf(query)[0] }))
    .filter(({ read }) => read?.path.startsWith('gold/'))
    .map(({ table, read }) => {
      const columns = table.all('column').filter(({ properties }) => properties.sourceColumn in read.columns);
      return { table, entity: read.path.split('/')[1], columns };
    });
}

/** Measures of the tables that need only the tables' columns and one another. */
function measuresOf(tables) {
  let kept = tables.flatMap(({ table }) => table.all('measure'));
  const isThere = ({ tables: names, columns, measures }) =>
    names.every((name) => tables.some(({ table }) => table.name === name))
    && columns.every(({ table: name, column }) =>
      tables.some(({ table, columns: all }) => table.name === name && all.some((one) => one.name === column)))
    && measures.every((name) => kept.some((measure) => measure.name === name));
  for (let before = 0; before !== kept.length;) {
    before = kept.length;
    kept = kept.filter(({ value }) => isThere(daxReferences(value)));
  }
  return kept;
}

/** The file of a table with only these columns and measures, and with its rows from the lakehouse. */
function tableFile(definition, { table, entity, columns }, measures, schema) {
  const lines = readText(definition, `tables/${table.name}.tmdl`).split('\n');
  const kept = [...columns, ...measures.filter((measure) => table.all('measure').includes(measure))];
  // Texts are hidden in the import model because its dimensions show them; here there are none.
  const isShown = (node) => node.kind === 'column' && node.properties.dataType === 'string';
  const text = (node) =>
    lines
      .slice(node.line - 1 - node.description.split('\n').length, node.lastLine)
      .filter((line) => !isShown(node) || line.trim() !== 'isHidden')
      .join('\n');
  const partition = [
    `\tpartition ${entity} = entity`,
    '\t\tmode: directLake',
    '\t\tsource',
    `\t\t\tentityName: ${entity}`,
    ...(schema ? [`\t\t\tschemaName: ${schema}`] : []),
    '\t\t\texpressionSource: Lakehouse',
  ].join('\n');
  return `${[lines.slice(0, table.line).join('\n'), ...kept.map(text), partition].join('\n\n')}\n`;
}

/**
 * The name of the Direct Lake model, and its files by their paths.
 *
 * @param folder the import model
 */
function directLakeModel({ folder, workspace, lakehouse, schema }) {
  const name = `${readJson(folder, '.platform').metadata.displayName} Direct Lake`;
  const definition = join(folder, 'definition');
  const model = new Model(definition);
  const tables = goldTables(model);
  const measures = measuresOf(tables);
  const [head] = readText(definition, 'model.tmdl').split('\nref ');
  const json = (value) => `${JSON.stringify(value, null, 2)}\n`;
  const files = {
    '.platform': json({
      $schema: `${SCHEMAS}/gitIntegration/platformProperties/2.0.0/schema.json`,
      metadata: { type: 'SemanticModel', displayName: name },
      config: { version: '2.0', logicalId: randomUUID() },
    }),
    'definition.pbism': readText(folder, 'definition.pbism'),
    'definition/database.tmdl': 'database\n\tcompatibilityLevel: 1604\n',
    'definition/model.tmdl':
      `${[head.trimEnd(), '', ...tables.map(({ table }) => `ref table '${table.name}'`)].join('\n')}\n`,
    'definition/expressions.tmdl': [
      'expression Lakehouse =',
      '\t\tlet',
      '\t\t\tSource = AzureStorage.DataLake('
        + `"https://onelake.dfs.fabric.microsoft.com/${workspace}/${lakehouse}", [HierarchicalNavigation = true])`,
      '\t\tin',
      '\t\t\tSource\n',
    ].join('\n'),
    ...Object.fromEntries(
      tables.map((gold) => [`definition/tables/${gold.table.name}.tmdl`, tableFile(definition, gold, measures, schema)]),
    ),
  };
  return { name, files };
}

function main() {
  const { values } = parseArgs({
    options: {
      model: { type: 'string', default: WEATHER },
      workspace: { type: 'string' },
      lakehouse: { type: 'string' },
      schema: { type: 'string' },
      out: { type: 'string' },
    },
  });
  if (![values.workspace, values.lakehouse].every((id) => /^[0-9a-f-]{36}$/i.test(id ?? '')) || !values.out) {
    console.error('Usage: direct-lake.mjs --workspace GUID --lakehouse GUID --out FOLDER [--model FOLDER] [--schema NAME]');
    process.exitCode = 2;
    return;
  }
  const { name, files } = directLakeModel({ ...values, folder: values.model });
  const folder = join(values.out, `${name}.SemanticModel`);
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  console.log(`Wrote ${folder}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main();
}
