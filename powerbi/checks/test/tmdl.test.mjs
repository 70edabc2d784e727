// The reader of TMDL that the other tests stand on.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { columnReference, parseTmdl } from '../lib/tmdl.mjs';

test('objects, properties, descriptions and expressions are told apart', () => {
  const [table] = parseTmdl(
    [
      '/// What it is.',
      "table 'It''s one'",
      '',
      '\tmeasure One = 1',
      '\t\tformatString: 0',
      '',
      '\tmeasure Two =',
      '\t\t\tVAR x = 1',
      '',
      '\t\t\tRETURN x',
      '\t\tisHidden',
    ].join('\n'),
    'a.tmdl',
  ).children;
  const [one, two] = table.all('measure');

  assert.equal(table.name, "It's one");
  assert.equal(table.description, 'What it is.');
  assert.deepEqual([one.value, one.properties], ['1', { formatString: '0' }]);
  assert.deepEqual([two.value, two.properties], ['VAR x = 1\n\nRETURN x', { isHidden: true }]);
  assert.deepEqual([two.line, two.lastLine], [7, 11]);
});

test('what Power BI Desktop adds when it saves is known', () => {
  const { children } = parseTmdl(
    [
      'model Model',
      '\tdataAccessOptions',
      '\t\tlegacyRedirects',
      '',
      'annotation PBI_ProTooling = ["DevMode"]',
      '',
      'table A',
      '\tlineageTag: 6f1d3a52-8c1b-4a67-9a55-2f0f6f2d7c11',
      '',
      '\tcolumn B',
      '\t\tlineageTag: b7c40e0e-64f4-4c2e-8a0e-0d0c8b1f5e27',
      '',
      '\t\tchangedProperty = IsHidden',
      '',
      '\t\tannotation SummarizationSetBy = User',
    ].join('\n'),
    'a.tmdl',
  );
  assert.deepEqual(children.map(({ kind }) => kind), ['model', 'annotation', 'table']);
  assert.equal(children[2].one('column').one('annotation').value, 'User');
});

test('what is not known or not in its place is an error that names the line', () => {
  for (const [text, message] of [
    ['table A\n\tmeasure B = 1\n\t\tdisplayFoldr: C', /a.tmdl:3: no such thing in measure B: displayFoldr: C/],
    ['table A\n    measure B = 1', /a.tmdl:2: indented with spaces/],
    ['table A\n\t\tmeasure B = 1', /a.tmdl:2: indented too far/],
    ['table A\n\tmeasure B =\n\t\tformatString: 0', /a.tmdl:2: an expression was expected below/],
    ['table A\n\tmeasure B C = 1', /a.tmdl:2: a name with a blank needs quotes/],
    ['table A\n\t/// Of what?', /a.tmdl:2: a description of nothing/],
  ]) {
    assert.throws(() => parseTmdl(text, 'a.tmdl'), message);
  }
});

test('a column reference is two names', () => {
  assert.deepEqual(columnReference("'A b'.C"), { table: 'A b', column: 'C' });
  assert.throws(() => columnReference('C'), /Not a column reference: C/);
});
