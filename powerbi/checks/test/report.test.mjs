// The report: that its fields are in the model, and that it can be read without seeing it.
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { filesBelow, readJson } from '../lib/files.mjs';
import { PROJECTS, WEATHER } from '../lib/projects.mjs';

/** The roles that fields can have in the kinds of visuals that show any. */
const ROLES = {
  barChart: ['Category', 'Y'],
  cardVisual: ['Data'],
  clusteredColumnChart: ['Category', 'Y'],
  columnChart: ['Category', 'Y'],
  lineChart: ['Category', 'Y'],
  slicer: ['Values'],
  tableEx: ['Values'],
};

/** Every field that a part of the report names, wherever it is. */
function fieldsOf(part) {
  if (part === null || typeof part !== 'object') {
    return [];
  }
  const own = ['Column', 'Measure']
    .filter((kind) => part[kind]?.Expression?.SourceRef?.Entity)
    .map((kind) => ({ kind, table: part[kind].Expression.SourceRef.Entity, name: part[kind].Property }));
  return [...own, ...Object.values(part).flatMap(fieldsOf)];
}

const shownBy = ({ visual }) =>
  Object.values(visual.query?.queryState ?? {}).flatMap((role) => role.projections);

const altTextOf = ({ visual }) => visual.visualContainerObjects?.general?.[0].properties.altText?.expr.Literal.Value;

for (const project of PROJECTS) {
  const REPORT = join(project.reportFolder, 'definition');
  const PAGES = join(REPORT, 'pages');
  const { label, model } = project;
  const order = readJson(PAGES, 'pages.json').pageOrder;
  const files = filesBelow(PAGES);
  const pages = files
    .filter((file) => file.endsWith('/page.json'))
    .map((file) => {
      const folder = dirname(file);
      const visuals = files
        .filter((path) => path.startsWith(`${folder}/visuals/`))
        .map((path) => ({ file: path, ...readJson(PAGES, path) }));
      return { file, folder, visuals, ...readJson(PAGES, file) };
    });

  function isInModel({ kind, table, name }) {
    return kind === 'Column'
      ? model.column(table, name)
      : model.table(table)?.all('measure').some((measure) => measure.name === name);
  }

  test(`${label}: each field of each page and visual is in the model`, () => {
    const visuals = pages.flatMap((page) => page.visuals);
    const alone = pages.map((page) => ({ ...page, visuals: [] }));
    for (const part of [...alone, ...visuals, { file: 'report.json', ...readJson(REPORT, 'report.json') }]) {
      for (const field of fieldsOf(part)) {
        assert.ok(isInModel(field), `${part.file}: no ${field.kind.toLowerCase()} ${field.table}[${field.name}]`);
      }
    }
  });

  test(`${label}: a projection is named after its field`, () => {
    for (const visual of pages.flatMap((page) => page.visuals)) {
      for (const projection of shownBy(visual)) {
        const [{ table, name }] = fieldsOf(projection.field);
        assert.equal(projection.queryRef, `${table}.${name}`, visual.file);
        assert.equal(projection.nativeQueryRef, name, visual.file);
      }
    }
  });

  test(`${label}: fields have the roles of their kind of visual`, () => {
    for (const { file, visual } of pages.flatMap((page) => page.visuals).filter((one) => one.visual.query)) {
      assert.deepEqual(Object.keys(visual.query.queryState), ROLES[visual.visualType], `${file}: ${visual.visualType}`);
    }
  });

  test(`${label}: pages and visuals have the name of their folder, and all pages are in the order`, () => {
    assert.deepEqual(pages.map((page) => page.folder).sort(), [...order].sort());
    for (const page of pages) {
      assert.equal(page.name, page.folder);
      for (const visual of page.visuals) {
        assert.equal(visual.file, `${page.folder}/visuals/${visual.name}/visual.json`);
      }
    }
  });

  test(`${label}: each visual has an alternative text, and a chart or table a title`, () => {
    for (const visual of pages.flatMap((page) => page.visuals)) {
      const altText = altTextOf(visual);
      assert.ok(altText?.length > "''".length, `${visual.file} has no alternative text`);
      const title = visual.visual.visualContainerObjects.title?.[0].properties.text;
      assert.ok(title || !visual.visual.query, `${visual.file} has no title`);
    }
  });

  test(`${label}: the keyboard goes through a page from top to bottom`, () => {
    for (const { visuals, folder } of pages) {
      const byTab = [...visuals].sort((a, b) => a.position.tabOrder - b.position.tabOrder);
      assert.equal(new Set(visuals.map((visual) => visual.position.tabOrder)).size, visuals.length, folder);
      byTab.slice(1).forEach((visual, i) => {
        const before = byTab[i].position;
        assert.ok(visual.position.y + visual.position.height > before.y, `${visual.file} comes after what is below it`);
      });
    }
  });

  test(`${label}: visuals lie on their page and do not cover each other`, () => {
    const apart = (a, b) => a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
    for (const { visuals, width, height } of pages) {
      visuals.forEach((visual, i) => {
        const at = visual.position;
        assert.ok(at.x >= 0 && at.y >= 0 && at.x + at.width <= width && at.y + at.height <= height, visual.file);
        for (const other of visuals.slice(i + 1)) {
          assert.ok(apart(at, other.position), `${visual.file} covers ${other.file}`);
        }
      });
    }
  });

  test(`${label}: drill-through fills the filter of its page`, () => {
    const targets = pages.filter((page) => page.type === 'Drillthrough');
    assert.deepEqual(targets.map((page) => page.name), project === WEATHER ? ['station'] : []);
    for (const { pageBinding, filterConfig } of targets) {
      for (const { boundFilter, fieldExpr } of pageBinding.parameters) {
        const filter = filterConfig.filters.find(({ name }) => name === boundFilter);
        assert.deepEqual(filter?.field, fieldExpr);
      }
    }
  });

  test(`${label}: what a resource package lists is there`, () => {
    const { themeCollection, resourcePackages } = readJson(REPORT, 'report.json');
    const listed = resourcePackages.flatMap(({ name, items }) => items.map(({ path }) => `${name}/${path}`));
    assert.deepEqual(filesBelow(join(REPORT, '../StaticResources')), listed);
    assert.deepEqual(listed, [`${themeCollection.customTheme.type}/${themeCollection.customTheme.name}`]);
  });
}
