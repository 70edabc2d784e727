// Where things are, and what of the sources the checks compare with.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { parse, parseAllDocuments } from 'yaml';

export const ROOT = resolve(fileURLToPath(import.meta.url), '../../../..');

/** Other projects' schemas, beside the clone: nothing of them is in this repository. */
export const SCHEMAS = resolve(ROOT, '../shared/schemas');

export const exists = (...path) => existsSync(join(ROOT, ...path));

export const text = (...path) => readFileSync(join(ROOT, ...path), 'utf8');

export const json = (...path) => JSON.parse(text(...path));

export const list = (...path) => readdirSync(join(ROOT, ...path)).sort();

/** A YAML file with merge keys ('<<') applied, as Docker Compose does. */
export const yaml = (...path) => parse(text(...path), { merge: true });

export function schema(name) {
  const path = join(SCHEMAS, name);
  if (!existsSync(path)) {
    throw new Error(`The schema ${path} is not there: CI has it beside the clone, docs/azure.md says where it is from.`);
  }
  const content = readFileSync(path, 'utf8');
  return name.endsWith('.json') ? JSON.parse(content) : parse(content);
}

/** The documents of a manifest, its ${PLACEHOLDERS} filled in with something of their kind. */
export function manifest(file) {
  const filled = text('docker/kubernetes', file).replace(/\$\{([A-Z_]+)\}/g, (_, name) => `x${name.toLowerCase().replaceAll('_', '')}`);
  return parseAllDocuments(filled).map((document) => {
    if (document.errors.length > 0) {
      throw document.errors[0];
    }
    return document.toJS();
  });
}

export const manifests = () =>
  list('docker/kubernetes')
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => manifest(file).map((document) => ({ file, document })));

/** Keys of the job's settings, as the enum that --help prints declares them. */
export function settings() {
  const source = text('flink-job/src/main/java/io/medallion/job/config/ConfigKey.java');
  return new Set([...source.matchAll(/^ {2}[A-Z_]+\(\s*"([a-z.]+)"/gm)].map((match) => match[1]));
}

export const isSetting = (key, known) => known.has(key) || key.startsWith('kafka.') || key.startsWith('hadoop.');

/** The source file of one of our classes, in whatever module it is; nothing if there is none. */
export function sourceOf(className) {
  const path = `src/main/java/${className.replaceAll('.', '/')}.java`;
  const module = list('.').find((folder) => exists(folder, path));
  return module && join(module, path);
}

/** The options ("--name") that the command line of a main class takes: its own, and those it shares with other commands. */
export function optionsOf(className) {
  const folder = join(sourceOf(className), '..');
  return new Set([
    ...[folder, join(folder, '../cli')].filter((each) => exists(each)).flatMap(optionsIn),
    ...mixinsOf(folder).filter(Boolean).flatMap((file) => optionNames(text(file))),
  ]);
}

/** The source files of options that the command lines of a folder have from the commands of other folders. */
const mixinsOf = (folder) => list(folder).filter((file) => file.endsWith('Options.java')).flatMap((file) =>
  [...text(folder, file).matchAll(/^import (io\.medallion\.[\w.]+Options?);/gm)].map((match) => sourceOf(match[1])));

const optionNames = (source) => [...source.matchAll(/"(--[a-z-]+)"/g)].map((match) => match[1]);

const optionsIn = (folder) => list(folder).flatMap((file) => (file.endsWith('.java') ? optionNames(text(folder, file)) : []));

/** Keys and values of a Java properties file. */
export function properties(...path) {
  return Object.fromEntries(text(...path).split('\n')
    .filter((line) => line.trim() && !line.startsWith('#'))
    .map((line) => [line.slice(0, line.indexOf('=')).trim(), line.slice(line.indexOf('=') + 1).trim()]));
}
