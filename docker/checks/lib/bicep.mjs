// The outline of a Bicep file, as far as it can be read without the compiler.

/** Comments and the text of strings blanked out; what is in ${...} stays. */
function code(source) {
  return source
    .replaceAll(/(^|\s)\/\/.*$/gm, '$1')
    .replaceAll(/'(?:[^'\\]|\\.)*'/g, (literal) => {
      const inserted = [...literal.matchAll(/\$\{([^}]*)\}/g)].map((match) => match[1]);
      return `''${inserted.map((expression) => ` + (${expression})`).join('')}`;
    });
}

/** Throws where brackets do not match. */
export function assertBalanced(source) {
  const pairs = { ')': '(', ']': '[', '}': '{' };
  const open = [];
  code(source).split('\n').forEach((line, index) => {
    for (const character of line) {
      if ('([{'.includes(character)) {
        open.push(character);
      } else if (character in pairs && open.pop() !== pairs[character]) {
        throw new Error(`Line ${index + 1}: '${character}' closes nothing`);
      }
    }
  });
  if (open.length > 0) {
    throw new Error(`'${open.at(-1)}' is never closed`);
  }
}

export function outline(source) {
  const names = (kind) => [...source.matchAll(new RegExp(`^${kind} (\\w+)`, 'gm'))].map((match) => match[1]);
  return {
    params: names('param'),
    vars: names('var'),
    resources: [...source.matchAll(/^resource (\w+) '([^'@]+)@([^']+)'/gm)]
      .map(([, name, type, version]) => ({ name, type, version })),
    outputs: names('output'),
  };
}

/** How often each name is used beside its declaration. */
export function uses(source, name) {
  return [...code(source).matchAll(new RegExp(`(?<![\\w.])${name}\\b(?!\\s*:)`, 'g'))].length - 1;
}

/** Names that expressions use but nothing declares. */
export function undeclared(source) {
  const { params, vars, resources } = outline(source);
  const known = new Set([...params, ...vars, ...resources.map(({ name }) => name), 'true', 'false', 'null', 'if', 'string', 'int', 'bool']);
  const used = [...code(source).matchAll(/(?<=[:=?(]\s*|\|\||&& |! ?|, |\n\s+)([a-z]\w*)(?![\w(])(?!\s*:)(?!')/gi)]
    .map((match) => match[1])
    .filter((name) => !['param', 'var', 'resource', 'output', 'targetScope'].includes(name));
  return [...new Set(used)].filter((name) => !known.has(name));
}
