// Microsoft's JSON schemas, found by their address, without a network.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import Ajv from 'ajv';

import { SCHEMAS, readJson } from './files.mjs';

const ADDRESS = 'https://developer.microsoft.com/json-schemas/fabric/';

export class SchemasAbsentError extends Error {
  constructor() {
    super(
      `The schemas are not there: ${SCHEMAS}. They are the folder fabric/ of github.com/microsoft/json-schemas, which `
        + 'CI has beside the clone: put a copy there.',
    );
  }
}

function load(address) {
  const path = address.startsWith(ADDRESS) && join(SCHEMAS, address.slice(ADDRESS.length));
  if (!path || !existsSync(path)) {
    throw new Error(`${SCHEMAS} has no schema ${address}`);
  }
  // Some of the schemas give an address of their own that is not the one they are referred to by.
  return { ...readJson(path), $id: address };
}

/** Validates documents against the schema that they name. Throws if there are no schemas at all. */
export class SchemaValidator {
  #ajv = new Ajv({ strict: false, allErrors: true, loadSchema: async (address) => load(address) });

  constructor() {
    if (!existsSync(SCHEMAS)) {
      throw new SchemasAbsentError();
    }
  }

  /** What is wrong with a document, one text an error. */
  async errors(document) {
    const address = document.$schema;
    if (typeof address !== 'string') {
      return ['it has no $schema'];
    }
    const validate = this.#ajv.getSchema(address) ?? (await this.#ajv.compileAsync(load(address)));
    return validate(document)
      ? []
      : validate.errors.map(({ instancePath, message, params }) =>
        `${instancePath || '/'} ${message} ${JSON.stringify(params)}`);
  }
}
