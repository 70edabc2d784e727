// What './medallion contract export --format odcs' writes is what the Open Data Contract Standard 3.1.0 says. The documents
// are those of OdcsDocumentTest, which holds them against the export.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Ajv from 'ajv/dist/2019.js';
import { parse } from 'yaml';

import { ROOT, SCHEMAS } from '../lib/project.mjs';

const FOLDER = join(ROOT, 'maintenance/src/test/resources/odcs');
const SCHEMA = join(SCHEMAS, 'odcs/odcs-json-schema-v3.1.0.json');

// The standard's schema is not ours to ship.
const skip = existsSync(SCHEMA)
  ? false
  : `no ${SCHEMA}: schema/odcs-json-schema-v3.1.0.json of github.com/bitol-io/open-data-contract-standard`;

function validator() {
  return new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(JSON.parse(readFileSync(SCHEMA, 'utf8')));
}

function mistakes(validate, document) {
  return validate(document) ? [] : validate.errors.map((error) => `${error.instancePath} ${error.message}`);
}

const read = (file) => parse(readFileSync(join(FOLDER, file), 'utf8'));

for (const file of readdirSync(FOLDER)) {
  test(`the export ${file} fits the standard's schema`, { skip }, () => {
    assert.deepEqual(mistakes(validator(), read(file)), []);
  });
}

test('the schema is one that refuses', { skip }, () => {
  const validate = validator();
  for (const spoil of [
    (document) => delete document.id,
    (document) => { document.apiVersion = 'v9'; },
    (document) => { document.schema[0].properties[0].logicalType = 'double'; },
    (document) => { document.schema[0].properties[0].unit = 'K'; },
    (document) => { document.schema[0].properties[0].logicalTypeOptions.least = 1; },
  ]) {
    const document = read('weather.yaml');
    spoil(document);
    assert.notDeepEqual(mistakes(validate, document), [], String(spoil));
  }
});
