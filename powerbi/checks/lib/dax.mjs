// What a DAX expression names. Not a parser of DAX: it tells names from text, and that is enough to
// find what does not exist.

/** The functions that the model uses: add one here when a measure needs it. */
const FUNCTIONS = new Set(`
  ATAN CALCULATE CALENDAR COALESCE COS DATATABLE DEGREES DISTINCT DISTINCTCOUNT DIVIDE FILTER FORMAT IF INT ISBLANK
  ISCROSSFILTERED MAX MAXX MIN MINX MOD NOT RADIANS REMOVEFILTERS SELECTCOLUMNS SIN SQRT SUM SUMX SWITCH TODAY TOPN TRUE
  UNION UTCNOW VALUES WEEKDAY YEAR
`.trim().split(/\s+/));

const KEYWORDS = new Set('VAR RETURN NOT IN TRUE FALSE ASC DESC STRING INTEGER DOUBLE DATETIME BOOLEAN'.split(' '));

const TOKEN = new RegExp(
  [
    String.raw`(?<skip>\s+|//[^\n]*|--[^\n]*|/\*[\s\S]*?\*/)`,
    String.raw`(?<text>"(?:[^"]|"")*")`,
    String.raw`(?<table>'(?:[^']|'')+')`,
    String.raw`(?<bracket>\[(?:[^\]]|\]\])+\])`,
    String.raw`(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)`,
    String.raw`(?<word>[A-Za-z_]\w*)`,
    String.raw`(?<sign>&&|\|\||<>|<=|>=|[-+*/^&=<>(),{}])`,
  ].join('|'),
  'y',
);

function tokens(expression) {
  const found = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < expression.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(expression);
    if (!match) {
      throw new Error(`Not DAX from here on: ${expression.slice(at, at + 40)}`);
    }
    const [kind, value] = Object.entries(match.groups).find(([, text]) => text !== undefined);
    if (kind !== 'skip') {
      found.push({ kind, value });
    }
  }
  return found;
}

function requireBalanced(all) {
  const closing = { '(': ')', '{': '}' };
  const expected = [];
  for (const { kind, value } of all) {
    if (kind === 'sign' && value in closing) {
      expected.push(closing[value]);
    } else if (kind === 'sign' && (value === ')' || value === '}') && expected.pop() !== value) {
      throw new Error(`A ${value} that nothing opens`);
    }
  }
  if (expected.length) {
    throw new Error(`A ${expected.at(-1)} is missing`);
  }
}

/**
 * The tables, columns and measures that an expression names. Columns are always written with their
 * table here, so that a name alone in brackets is a measure, or a column that the expression itself
 * makes.
 */
export function daxReferences(expression) {
  const all = tokens(expression);
  requireBalanced(all);
  const made = new Set(['Value', ...all.filter(({ kind }) => kind === 'text').map(({ value }) => value.slice(1, -1))]);
  const variables = new Set(
    all.filter((_, i) => all[i - 1]?.value === 'VAR').map(({ value }) => value),
  );
  const found = { tables: [], columns: [], measures: [] };
  all.forEach((token, i) => {
    const next = all[i + 1];
    if (token.kind === 'table' || (token.kind === 'word' && next?.kind === 'bracket')) {
      const table = token.kind === 'table' ? token.value.slice(1, -1).replaceAll("''", "'") : token.value;
      if (next?.kind === 'bracket') {
        found.columns.push({ table, column: next.value.slice(1, -1) });
      } else {
        found.tables.push(table);
      }
    } else if (token.kind === 'bracket' && !['table', 'word'].includes(all[i - 1]?.kind)) {
      const name = token.value.slice(1, -1);
      if (!made.has(name)) {
        found.measures.push(name);
      }
    } else if (token.kind === 'word' && next?.value === '(') {
      if (!FUNCTIONS.has(token.value)) {
        throw new Error(`${token.value} is no DAX function that lib/dax.mjs knows`);
      }
    } else if (token.kind === 'word' && !KEYWORDS.has(token.value) && !variables.has(token.value)) {
      found.tables.push(token.value);
    }
  });
  return found;
}
