// The reader of DAX names that the model's tests stand on.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { daxReferences } from '../lib/dax.mjs';

test('tables, columns and measures are told apart; texts and comments name nothing', () => {
  assert.deepEqual(
    daxReferences(`
      VAR Latest = MAX('A b'[c]) // of 'X'[y]
      RETURN CALCULATE([Mean], REMOVEFILTERS(D), D[e] = "F[g]", SELECTCOLUMNS(D, "New", 1)) + [New] + Latest`),
    {
      tables: ['D', 'D'],
      columns: [{ table: 'A b', column: 'c' }, { table: 'D', column: 'e' }],
      measures: ['Mean'],
    },
  );
});

test('an unknown function, a missing bracket and a stray sign are errors', () => {
  assert.throws(() => daxReferences('DIVDE(1, 2)'), /DIVDE is no DAX function/);
  assert.throws(() => daxReferences('DIVIDE(1, (2)'), /A \) is missing/);
  assert.throws(() => daxReferences('SUM(1))'), /A \) that nothing opens/);
  assert.throws(() => daxReferences('1 ? 2'), /Not DAX from here on: \? 2/);
});
