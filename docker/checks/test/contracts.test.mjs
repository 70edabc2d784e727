// The contracts that ship, the examples, and the ones in the docs, are what the schema for editors says.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import Ajv from 'ajv';
import { parse } from 'yaml';

const root = new URL('../../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');
const validate = new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(read('contracts/contract.schema.json')));

function accepted(text) {
  const fits = validate(parse(text));
  return fits ? [] : validate.errors.map((error) => `${error.instancePath} ${error.message}`);
}

for (const folder of ['contracts/', 'contracts/examples/']) {
  for (const file of readdirSync(new URL(folder, root)).filter((name) => name.endsWith('.yaml'))) {
    test(`${folder}${file} fits the schema`, () => {
      assert.deepEqual(accepted(read(folder + file)), []);
    });
  }
}

test('the contract in docs/contract.md fits the schema', () => {
  const example = read('docs/contract.md').match(/```yaml\n([\s\S]*?)```/)[1];
  assert.deepEqual(accepted(example), []);
});

test('what the job refuses the schema marks too', () => {
  const weather = read('contracts/weather.yaml');
  for (const [from, to] of [
    ['type: double', 'type: dubble'],
    ['required: true', 'required: yes please'],
    ['field stationId', 'stationId'],
    ['iso or epoch ms', 'unix'],
    ['by: stationId', 'per: stationId'],
    ['count()', 'count'],
    ['version: 3', 'version: 0'],
  ]) {
    assert.ok(weather.includes(from), from);
    assert.notDeepEqual(accepted(weather.replace(from, to)), [], to);
  }
});
