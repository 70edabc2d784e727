// What an M query of this project reads and gives.

const LAKE_TABLE = /LakeTable\(\s*"([^"]+)",\s*type table \[([^\]]*)\]\s*\)/g;
const ADDED = /"(\w+)",\s*each [^\n]+?,\s*(Int64\.Type|type \w+)\s*[)}]/g;

/** The columns of a table type, by name: 'a = text, #"type" = nullable Int64.Type'. */
function columnsOf(tableType) {
  return Object.fromEntries(
    tableType.split(',').map((field) => {
      const [name, type] = field.split('=').map((part) => part.trim());
      return [name.replace(/^#"(\w+)"$/, '$1'), type.replace(/^nullable /, '')];
    }),
  );
}

/** Every table of the lake that a query reads: its folder, and the columns with their M types. */
export function lakeTablesOf(query) {
  return [...query.matchAll(LAKE_TABLE)].map(([, path, columns]) => ({ path, columns: columnsOf(columns) }));
}

/** The columns that a query of a table of the model gives, with their M types. */
export function columnsGivenBy(query) {
  const [source] = lakeTablesOf(query);
  const added = Object.fromEntries(
    [...query.matchAll(ADDED)].map(([, name, type]) => [name, type.replace(/^type /, '')]),
  );
  if (!source) {
    const [, literal] = /type table \[([^\]]*)\]/.exec(query);
    return columnsOf(literal);
  }
  const [, keys] = /Table\.Group\(\w+, \{([^}]*)\}/.exec(query) ?? [];
  if (!keys) {
    return { ...source.columns, ...added };
  }
  const kept = keys.split(',').map((key) => key.trim().slice(1, -1));
  return { ...Object.fromEntries(kept.map((key) => [key, source.columns[key]])), ...added };
}

/** M types that a column of a Delta table may be read as. */
export const M_TYPES_OF_DELTA = {
  string: ['text'],
  long: ['Int64.Type'],
  integer: ['Int64.Type'],
  double: ['number'],
  date: ['date'],
  timestamp: ['datetime'],
};

/** The model's type for a column of an M type. */
export const MODEL_TYPE_OF_M = {
  text: 'string',
  'Int64.Type': 'int64',
  number: 'double',
  date: 'dateTime',
  datetime: 'dateTime',
};
