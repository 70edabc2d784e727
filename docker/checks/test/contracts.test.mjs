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

test('rules and expressions fit the schema', () => {
  const weather = read('contracts/weather.yaml');
  const rules = 'rules:\n  - {code: CALM_STORM, check: "windSpeed < 120 || precipitation > 0", severity: warn}\n';
  const heat = 'heat: {as: "temperature > 27.0 ? temperature + 1 : temperature", type: double, unit: °C}';
  assert.deepEqual(accepted(weather.replace('\nsilver:\n', `\n${rules}silver:\n  ${heat}\n`)), []);
});

test('what the job refuses the schema marks too', () => {
  const weather = read('contracts/weather.yaml');
  for (const [from, to] of [
    ['type: double', 'type: dubble'],
    ['required: true', 'required: yes please'],
    ['required: true', 'required: true, decimalChar: ;'],
    ['required: true', 'required: true, missingValues: {a: 1}'],
    ['[field stationId, record key]', '[[field stationId], record key]'],
    ['field stationId', 'stationId'],
    ['iso or epoch ms', 'unix'],
    ['by: stationId', 'per: stationId'],
    ['count()', 'count'],
    ['version: 3', 'version: 0'],
    ['\nsilver:', '\nrules: [{code: calm, check: windSpeed < 120}]\nsilver:'],
    ['\nsilver:', '\nrules: [{code: CALM, chek: windSpeed < 120}]\nsilver:'],
    ['as: beaufort(windSpeed)', 'as: beaufort(windSpeed), type: int'],
  ]) {
    assert.ok(weather.includes(from), from);
    assert.notDeepEqual(accepted(weather.replace(from, to)), [], to);
  }
});
