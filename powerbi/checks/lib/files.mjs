// Where things are, and how files are found.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder powerbi/. */
export const PROJECT = resolve(fileURLToPath(import.meta.url), '../../..');

/** Microsoft's JSON schemas, beside the clone: nothing of them is in this repository. */
export const SCHEMAS = resolve(PROJECT, '../../shared/schemas/fabric');

/** All files below a folder, as paths relative to it, in a constant order. */
export function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isFile()) {
        return [path];
      }
      return filesBelow(path).map((below) => join(path, below));
    })
    .map((path) => relative(folder, path))
    .sort();
}

export function readText(...path) {
  return readFileSync(join(...path), 'utf8');
}

export function readJson(...path) {
  return JSON.parse(readText(...path));
}
