import {wordsOf} from './format.js';

const MOST_CHARTS = 24;
const MOST_COLUMNS = 12;
const COLOURS = ['c1', 'c2', 'c3', 'c4'];

/** What a table's columns are shown as: a chart for each thing that is measured. */
export const layoutOf = table => {
  const measures = table.measures;
  const find = (kind, of) => measures.find(each => each.kind === kind && each.of.join() === of.join());
  const charts = [];
  for (const measure of measures) {
    const {kind, of} = measure;
    if (kind === 'meanDirection' || kind === 'countDistinct' || (kind === 'count' && of.length === 0)) {
      continue;
    }
    // A sum tells more than a mean that is beside it; extremes are a band around their mean.
    if ((kind === 'avg' && find('sum', of)) || ((kind === 'min' || kind === 'max') && find('avg', of) && !find('sum', of))) {
      continue;
    }
    const band = kind === 'avg' && find('min', of) && find('max', of);
    const lines = kind !== 'avg' ? [] : ['min', 'max'].map(each => find(each, of)).filter(Boolean);
    charts.push({
      id: measure.name,
      title: wordsOf(kind === 'avg' || kind === 'sum' ? of[0] : measure.name),
      hint: [measure.description, `${kind}(${of.join(', ')})`].filter(Boolean).join(': '),
      unit: measure.unit,
      colour: COLOURS[charts.length % COLOURS.length],
      name: measure.name,
      lines: lines.map(each => each.name),
      band: Boolean(band),
      bars: kind === 'sum' || kind === 'count',
    });
  }
  if (charts.length === 0) {
    for (const measure of measures.filter(each => each.kind !== 'meanDirection')) {
      charts.push({id: measure.name, title: wordsOf(measure.name), hint: '', unit: measure.unit, colour: COLOURS[0],
        name: measure.name, lines: [], band: false, bars: true});
    }
  }
  const direction = measures.find(each => each.kind === 'meanDirection');
  // A compass point is shown with its direction.
  const words = table.words.filter(each => !direction || each.kind !== 'meanCompassPoint').map(each => each.name);
  return {
    charts: charts.slice(0, MOST_CHARTS),
    leftOut: Math.max(0, charts.length - MOST_CHARTS),
    direction: direction?.name ?? null,
    speed: direction ? find('avg', direction.of.slice(0, 1))?.name ?? null : null,
    events: measures.find(each => each.kind === 'count' && each.of.length === 0)?.name ?? null,
    keyCount: measures.find(each => each.kind === 'countDistinct')?.name ?? null,
    words,
    columns: [
      ...words.slice(0, 2).map(name => ({name, title: wordsOf(name), text: true, hide: 'medium'})),
      ...charts.map(chart => ({name: chart.name, title: `${chart.title}${chart.unit ? ` ${chart.unit}` : ''}`})),
    ].slice(0, MOST_COLUMNS),
  };
};

/** The tables that are shown: one by a key, one over everything, of the same size of windows if there is one. */
export const tablesOf = (contract, state, chosen) => {
  const seconds = table => state.gold.tables.find(each => each.name === table.name)?.windowSeconds || Infinity;
  const byKey = contract.tables.filter(table => table.by !== null);
  const first = tables => [...tables].sort((a, b) => seconds(a) - seconds(b))[0] ?? null;
  const keys = contract.tables.find(table => table.name === chosen)
    ?? first(byKey.filter(table => table.by === contract.key)) ?? first(byKey);
  const all = contract.tables.filter(table => table.by === null);
  return {
    keys,
    summary: all.find(table => keys && seconds(table) === seconds(keys)) ?? first(all),
  };
};
