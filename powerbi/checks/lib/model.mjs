// The semantic model, put together from its TMDL files.
import { filesBelow, readText } from './files.mjs';
import { columnReference, parseTmdl } from './tmdl.mjs';

/** A property's expression or a column's source: the M or DAX text, with a name for messages. */
const expressionOf = (name, text) => ({ name, text });

export class Model {
  /** @param folder definition/ of a semantic model */
  constructor(folder) {
    this.files = filesBelow(folder).map((file) => parseTmdl(readText(folder, file), file));
    const roots = this.files.flatMap((file) => file.children);
    const all = (kind) => roots.filter((node) => node.kind === kind);
    [this.model] = all('model');
    this.tables = all('table');
    this.expressions = all('expression');
    this.refs = all('ref').filter((ref) => ref.of === 'table');
    this.relationships = all('relationship').map((node) => ({
      name: node.name,
      from: columnReference(node.properties.fromColumn),
      to: columnReference(node.properties.toColumn),
    }));
    this.measures = this.tables.flatMap((table) => table.all('measure').map((node) => ({ table, node })));
  }

  table(name) {
    return this.tables.find((table) => table.name === name);
  }

  column(table, name) {
    return this.table(table)?.all('column').find((column) => column.name === name);
  }

  measure(name) {
    return this.measures.find(({ node }) => node.name === name)?.node;
  }

  /** Tables that M queries fill, with their query. */
  imported() {
    return this.tables
      .map((table) => ({ table, partition: table.one('partition') }))
      .filter(({ partition }) => partition.value === 'm')
      .map(({ table, partition }) => ({ table, query: partition.properties.source }));
  }

  mExpressions() {
    return [
      ...this.expressions.map((node) => expressionOf(node.name, node.value)),
      ...this.imported().map(({ table, query }) => expressionOf(`partition of ${table.name}`, query)),
      ...this.tables
        .filter((table) => table.one('refreshPolicy'))
        .map((table) =>
          expressionOf(`refresh policy of ${table.name}`, table.one('refreshPolicy').properties.sourceExpression)),
    ];
  }

  daxExpressions() {
    return [
      ...this.measures.map(({ node }) => expressionOf(`measure ${node.name}`, node.value)),
      ...this.tables.flatMap((table) =>
        table
          .all('column')
          .filter((column) => column.value)
          .map((column) => expressionOf(`column ${table.name}[${column.name}]`, column.value))),
      ...this.tables
        .filter((table) => table.one('partition').value === 'calculated')
        .map((table) => expressionOf(`table ${table.name}`, table.one('partition').properties.source)),
    ];
  }

  /** What references of an expression name and the model does not have. */
  missing({ tables, columns, measures }) {
    return [
      ...tables.filter((table) => !this.table(table)).map((table) => `table ${table}`),
      ...columns.filter(({ table, column }) => !this.column(table, column))
        .map(({ table, column }) => `column ${table}[${column}]`),
      ...measures.filter((measure) => !this.measure(measure)).map((measure) => `measure [${measure}]`),
    ];
  }
}
