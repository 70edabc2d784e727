// Every JSON file of the project is what Microsoft's schemas say.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readJson } from '../lib/files.mjs';
import { PROJECTS } from '../lib/projects.mjs';
import { SchemaValidator } from '../lib/schemas.mjs';

/** Relative luminance of #RRGGBB, as WCAG 2 defines it. */
function luminance(colour) {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

for (const project of PROJECTS) {
  const files = project.files().filter((file) => /\.(json|pbip|pbir|pbism|platform)$/.test(file));
  const themes = files.filter((file) => file.includes('/StaticResources/'));

  test(`${project.label}: each file validates against the schema that it names`, async (t) => {
    const validator = new SchemaValidator();
    for (const file of files.filter((name) => !themes.includes(name))) {
      await t.test(file, async () => assert.deepEqual(await validator.errors(readJson(project.folder, file)), []));
    }
  });

  test(`${project.label}: the theme has text and lines that stand out from its background`, () => {
    const theme = readJson(project.folder, themes[0]);
    assert.equal(themes.length, 1);
    for (const colour of [theme.foreground, theme.good, theme.neutral, theme.bad, ...theme.dataColors]) {
      assert.match(colour, /^#[0-9A-F]{6}$/);
      const contrast = (luminance(theme.background) + 0.05) / (luminance(colour) + 0.05);
      assert.ok(contrast >= 4.5, `${colour} on ${theme.background}: ${contrast.toFixed(1)}, less than 4.5`);
    }
  });
}
