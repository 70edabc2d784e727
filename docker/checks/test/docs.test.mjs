import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { ROOT, exists, list, text } from '../lib/project.mjs';

/** All string literals of our programs, those that are put together joined, with '...' for what is filled in. */
function messages() {
  const files = list('.').filter((folder) => exists(folder, 'src/main/java')).flatMap((module) =>
    readdirSync(join(ROOT, module, 'src/main/java'), { recursive: true })
      .filter((file) => file.endsWith('.java'))
      .map((file) => text(module, 'src/main/java', file)));
  return files.join('\n').replaceAll(/"\s*\+\s*"/g, '').replaceAll(/%,?[sd]/g, '...');
}

test('docs/operations.md explains only errors that exist', () => {
  const source = messages();
  const section = text('docs/operations.md').split('## Error messages')[1].split('### While it runs')[0];
  const cells = section.split('\n').filter((line) => line.startsWith('| `')).map((line) => line.split(' | ')[0]);
  const quoted = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]));

  assert.ok(quoted.length > 30);
  for (const message of quoted) {
    assert.ok(source.includes(message), message);
  }
});

test('links and commands in the pages lead to files that exist', () => {
  for (const page of ['azure.md', 'operations.md', 'security.md']) {
    const content = text('docs', page);
    for (const [, target] of content.matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)) {
      assert.ok(exists('docs', target), `${page}: ${target}`);
    }
    for (const [path] of content.matchAll(/\b(?:docker|infra|flink-conf|azure-tests)(?:\/[\w.-]+)+/g)) {
      assert.ok(path.includes('/target/') || exists(path.replace(/\.+$/, '')), `${page}: ${path}`);
    }
  }
});

test('manifests that a page applies exist', () => {
  const applied = [...text('docs/azure.md').matchAll(/^apply ([a-z -]+)/gm)].flatMap((match) => match[1].trim().split(/\s+/));

  assert.ok(applied.length > 5);
  applied.forEach((name) => assert.ok(exists('docker/kubernetes', `${name}.yaml`), name));
});
