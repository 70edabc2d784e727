import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';

import { exists, text } from '../lib/project.mjs';

const { validate } = createRequire(import.meta.url)('dockerfile-utils');

const dockerfile = text('docker/Dockerfile');
const stages = dockerfile.split(/^FROM /m).slice(1).map((stage) => ({
  name: / AS (\w+)/.exec(stage)[1],
  instructions: stage.replaceAll(/\\\n/g, ' ').split('\n').slice(1).filter((line) => /^[A-Z]+ /.test(line)),
}));

test('the linter has nothing to say', () => {
  assert.deepEqual(validate(dockerfile).map((problem) => `${problem.range.start.line + 1}: ${problem.message}`), []);
});

test('what is copied from the repository is there', () => {
  for (const { instructions } of stages) {
    for (const copy of instructions.filter((line) => line.startsWith('COPY') && !line.includes('--from='))) {
      const source = copy.split(' ').slice(1).find((word) => !word.startsWith('--'));
      assert.ok(exists(source), copy);
    }
  }
});

test('what is copied from another stage is made there', () => {
  const build = stages.find(({ name }) => name === 'build').instructions.join('\n');
  for (const match of dockerfile.matchAll(/^COPY .*--from=build (\S+)/gm)) {
    const path = match[1].replace('/src/', '').replace(/\/target\/lib$/, '');
    assert.ok(build.includes(path), match[0]);
  }
});

test('images run as a user without privileges', () => {
  for (const stage of stages.filter(({ name }) => name !== 'build')) {
    const users = stage.instructions.filter((line) => line.startsWith('USER '));
    assert.match(users.at(-1) ?? '', /^USER (?!root|0)/, stage.name);
  }
});

test('no layer is given a secret', () => {
  const names = [...dockerfile.matchAll(/^(?:ARG|ENV) (\w+)/gm)].map((match) => match[1]);

  assert.ok(names.length > 0);
  names.forEach((name) => assert.doesNotMatch(name, /SECRET|PASSWORD|KEY|TOKEN|CONNECTION/));
  assert.match(text('.dockerignore'), /^\*\*\/connection-string\*$/m);
});
