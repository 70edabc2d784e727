// Reads TMDL, as much of it as this project uses. Indentation is tabs, as Power BI Desktop writes it.

/** What Power BI Desktop adds to objects when it saves. */
const ADDED_BY_DESKTOP = {
  properties: ['lineageTag', 'sourceLineageTag'],
  expressions: ['changedProperty'],
  children: ['annotation'],
};

/**
 * What may stand where: of each kind of object, its properties, the properties that are
 * expressions, and the kinds of its children. What is not named here is an error, so that a
 * misspelt property is found before Power BI Desktop finds it.
 */
const KINDS = {
  file: { children: ['database', 'model', 'table', 'relationship', 'expression', 'annotation', 'ref', 'cultureInfo'] },
  database: { properties: ['compatibilityLevel'] },
  model: {
    properties: ['culture', 'defaultPowerBIDataSourceVersion', 'discourageImplicitMeasures', 'sourceQueryCulture'],
    children: ['dataAccessOptions'],
  },
  dataAccessOptions: { properties: ['legacyRedirects', 'returnErrorValuesAsNull'] },
  table: {
    properties: ['dataCategory', 'isHidden'],
    children: ['column', 'measure', 'hierarchy', 'partition', 'refreshPolicy'],
  },
  column: {
    properties: [
      'dataType', 'isHidden', 'isKey', 'isNameInferred', 'isDataTypeInferred', 'formatString', 'sortByColumn',
      'summarizeBy', 'sourceColumn',
    ],
  },
  measure: { properties: ['formatString', 'isHidden', 'displayFolder'] },
  hierarchy: { children: ['level'] },
  level: { properties: ['column'] },
  partition: { properties: ['mode'], expressions: ['source'], children: ['source'] },
  source: { properties: ['entityName', 'schemaName', 'expressionSource'] },
  refreshPolicy: {
    properties: [
      'policyType', 'rollingWindowGranularity', 'rollingWindowPeriods', 'incrementalGranularity', 'incrementalPeriods',
    ],
    expressions: ['sourceExpression'],
  },
  relationship: { properties: ['fromColumn', 'toColumn'] },
  cultureInfo: { expressions: ['linguisticMetadata'], properties: ['contentType'] },
  expression: {},
  annotation: {},
  ref: {},
};

function allowedIn(kind, list) {
  return [...(KINDS[kind][list] ?? []), ...(ADDED_BY_DESKTOP[list] ?? [])];
}

const UNNAMED = ['database', 'dataAccessOptions', 'refreshPolicy', 'source'];

const DECLARATION = /^(\w+) ('(?:[^']|'')*'|[^\s=']+)(?: ('(?:[^']|'')*'|[^\s=']+))?(?: =(?: (.*))?)?$/;

/** An object of a TMDL file; lines are counted from 1, the last one included. */
class Node {
  constructor(kind, name, depth, line) {
    Object.assign(this, { kind, name, depth, line, lastLine: line, properties: {}, children: [] });
  }

  /** Children of a kind. */
  all(kind) {
    return this.children.filter((child) => child.kind === kind);
  }

  /** The only child of a kind, or undefined. */
  one(kind) {
    const found = this.all(kind);
    if (found.length > 1) {
      throw new Error(`${this.kind} ${this.name} has ${found.length} times ${kind}`);
    }
    return found[0];
  }
}

export function unquote(name) {
  return name.startsWith("'") ? name.slice(1, -1).replaceAll("''", "'") : name;
}

/** 'A table'.'A column' as its two names. */
export function columnReference(text) {
  const [, table, column] = /^('(?:[^']|'')*'|[^.']+)\.('(?:[^']|'')*'|[^.']+)$/.exec(text) ?? [];
  if (!table) {
    throw new Error(`Not a column reference: ${text}`);
  }
  return { table: unquote(table), column: unquote(column) };
}

/** Parses a file; throws an Error that names the file and the line. */
export function parseTmdl(text, file) {
  const lines = text.split('\n');
  const root = new Node('file', file, -1, 0);
  const open = [root];
  let description = [];
  let at = 0;

  const fail = (message) => {
    throw new Error(`${file}:${at + 1}: ${message}: ${lines[at].trim()}`);
  };
  const depthOf = (line) => /^\t*/.exec(line)[0].length;

  /** The lines of an expression: all that follow and are deeper than a property of its owner. */
  const expression = (first, owner) => {
    if (first) {
      return first;
    }
    const taken = [];
    while (at + 1 < lines.length && (lines[at + 1].trim() === '' || depthOf(lines[at + 1]) >= owner.depth + 2)) {
      taken.push(lines[++at]);
    }
    while (taken.length && taken.at(-1).trim() === '') {
      taken.pop();
      at--;
    }
    if (!taken.length) {
      fail('an expression was expected below');
    }
    return taken.map((line) => line.slice(owner.depth + 2)).join('\n');
  };

  const add = (node) => {
    if (description.length) {
      node.description = description.join('\n');
      description = [];
    }
    open.at(-1).children.push(node);
    open.push(node);
    return node;
  };

  for (; at < lines.length; at++) {
    const line = lines[at];
    const content = line.trim();
    if (!content) {
      continue;
    }
    if (/^\t* /.test(line)) {
      fail('indented with spaces');
    }
    const depth = depthOf(line);
    while (open.at(-1).depth >= depth) {
      open.pop();
    }
    const parent = open.at(-1);
    if (depth !== parent.depth + 1) {
      fail('indented too far');
    }
    const word = /^\w*/.exec(content)[0];
    const rest = content.slice(word.length);
    const isAllowed = (list) => allowedIn(parent.kind, list).includes(word);
    
    if (content.startsWith('///')) {
      description.push(content.slice(3).trim());
      continue;
    }
    if (isAllowed('properties') && (rest === '' || rest.startsWith(': '))) {
      parent.properties[word] = rest === '' ? true : rest.slice(2);
    } else if (isAllowed('expressions') && rest.startsWith(' =')) {
      parent.properties[word] = expression(rest.slice(2).trim(), { depth });
    } else if (isAllowed('children') && UNNAMED.includes(word) && rest === '') {
      add(new Node(word, '', depth, at + 1));
    } else if (isAllowed('children') && DECLARATION.test(content)) {
      const [, kind, first, second, value] = DECLARATION.exec(content);
      const node = add(new Node(kind, unquote(second ?? first), depth, at + 1));
      if (kind === 'ref') {
        node.of = first;
      } else if (second) {
        fail('a name with a blank needs quotes');
      }
      if (/ =( |$)/.test(content.slice(word.length + 1 + first.length))) {
        node.value = expression(value, node);
      }
    } else {
      fail(`no such thing in ${parent.kind} ${parent.name}`);
    }
    for (const node of open) {
      node.lastLine = at + 1;
    }
  }
  if (description.length) {
    at = lines.length - 1;
    fail('a description of nothing');
  }
  return root;
}
