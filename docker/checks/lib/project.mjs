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

/** The source of the class that declares the options of a command of 'medallion'; nothing if there is no such command. */
export const commandSource = (name) => sources().find((source) => new RegExp(`@Command\\(\\s*name = "${name}",`).test(source));

/** The options ("--name") that a command takes: its own, those of its mixins, and those of all commands. */
export function optionsOf(command) {
  const source = commandSource(command);
  const mixins = [...source.matchAll(/@Mixin private (\w+) /g)].map((match) => match[1]);
  return new Set([source, ...['RootOptions', ...mixins].map(declaration)].flatMap(optionNames));
}

const declaration = (name) => sources().find((source) => source.includes(`final class ${name} {`));

const optionNames = (source) => [...source.matchAll(/"(--[a-z-]+)"/g)].map((match) => match[1]);

let read;

/** All of our programs' sources. */
function sources() {
  read ??= list('.').filter((folder) => exists(folder, 'src/main/java')).flatMap((module) =>
    readdirSync(join(ROOT, module, 'src/main/java'), { recursive: true })
      .filter((file) => file.endsWith('.java'))
      .map((file) => text(module, 'src/main/java', file)));
  return read;
}

/** Keys and values of a Java properties file. */
export function properties(...path) {
  return Object.fromEntries(text(...path).split('\n')
    .filter((line) => line.trim() && !line.startsWith('#'))
    .map((line) => [line.slice(0, line.indexOf('=')).trim(), line.slice(line.indexOf('=') + 1).trim()]));
}
