import uPlot from '/assets/uplot.js';
import {el, setText} from './dom.js';
import {NONE, decimal, duration, timeOf} from './format.js';

const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Colours of the page; read again when they change. */
let colours = {};
const readColours = () => {
  colours = Object.fromEntries(
      ['ink', 'muted', 'line', 'surface', 'c1', 'c2', 'c3', 'c4', 'compare']
          .map(name => [name, style(`--${name}`)]));
};
readColours();

/** A colour of the page, which are all #rrggbb, of which only a part covers what is below. */
const soft = (colour, percent) =>
  `${colour}${Math.round(percent * 2.55).toString(16).padStart(2, '0')}`;

const line = (colour, width) => ({
  stroke: () => colours[colour], width, points: {show: false}, spanGaps: false,
});
const compare = {
  stroke: () => colours.compare, width: 1.2, dash: [4, 4], points: {show: false},
};

/** How a chart of the layout is drawn. The first column is what is read out. */
const drawn = chart => ({
  ...chart,
  columns: [chart.name, ...chart.lines],
  series: chart.bars
    ? [{
      stroke: () => colours[chart.colour], width: 1, fill: () => soft(colours[chart.colour], 55),
      paths: uPlot.paths.bars({size: [0.8, 40, 1]}), points: {show: false},
    }]
    : [
      line(chart.colour, 1.8),
      ...chart.lines.map(() => chart.band ? line(chart.colour, 0)
        : {...line(chart.colour, 1), stroke: () => soft(colours[chart.colour], 45)}),
    ],
  bands: chart.band ? [{series: [3, 2], fill: () => soft(colours[chart.colour], 16)}] : [],
  note: (data, i) => chart.lines.map(name => decimal(data.values[name][i])).join(chart.band ? ' to ' : ', '),
  compared: chart.bars ? null : chart.name,
  fromZero: chart.bars,
  least: 1,
});

const HEIGHT = 190;

/** Puts the compared values at the times of the others. */
const align = (times, other, column) => {
  const at = new Map(other.time.map((time, index) => [time, index]));
  return times.map(time => at.has(time) ? (other.values[column]?.[at.get(time)] ?? null) : null);
};

/** A gap in time is a gap in the line. */
const withGaps = (data, columns) => {
  const times = [];
  const values = columns.map(() => []);
  data.time.forEach((time, index) => {
    if (index > 0 && time - data.time[index - 1] > 1.5 * data.stepSeconds) {
      times.push(data.time[index - 1] + data.stepSeconds);
      values.forEach(column => column.push(null));
    }
    times.push(time);
    columns.forEach((column, place) => values[place].push(column[index]));
  });
  return [times, ...values];
};

/**
 * The charts of one key, or of all: they share their time, cursor and zoom.
 *
 * @param onZoom called with from and to in seconds when a range was drawn with the pointer, and with
 *     null when all is to be seen again
 */
export const makeCharts = (container, onZoom) => {
  let shown = null;
  let other = null;
  const cards = new Map();

  const readOut = (card, index) => {
    const {chart, value, note} = card;
    if (!shown || shown.time.length === 0) {
      setText(value, NONE);
      setText(note, '');
      return;
    }
    const i = index ?? shown.time.length - 1;
    setText(value, decimal(shown.values[chart.columns[0]][i]));
    setText(note, `${chart.lines.length > 0 ? `${chart.note(shown, i)} · ` : ''}${timeOf(shown.time[i])}`);
  };

  /** The place in the data that the cursor is at, for that of the chart, which has gaps. */
  const place = (plot, index) => {
    if (index === null || index === undefined || !shown) {
      return null;
    }
    const found = shown.time.indexOf(plot.data[0][index]);
    return found < 0 ? null : found;
  };

  const options = (chart, width) => ({
    width,
    height: HEIGHT,
    legend: {show: false},
    padding: [8, 8, 0, 0],
    tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    cursor: {
      // A zoom is told once, by the chart that it was drawn in.
      sync: {key: 'gold', setSeries: false, filters: {pub: type => type === 'mousemove' || type === 'mouseleave'}},
      drag: {x: true, y: false, setScale: false},
      points: {size: 7},
      y: false,
    },
    select: {show: true},
    scales: {
      x: {time: true},
      y: {range: (plot, low, high) => {
        if (low === null) {
          return [0, 1];
        }
        const bottom = chart.fromZero ? Math.min(0, low) : low;
        const missing = Math.max(0, chart.least - (high - bottom));
        const margin = (high - bottom + missing) * 0.08;
        return chart.fromZero
          ? [bottom, high + missing + margin]
          : [bottom - missing / 2 - margin, high + missing / 2 + margin];
      }},
    },
    axes: [
      {
        stroke: () => colours.muted, font: `11px ${style('--font')}`, space: 64, size: 44, gap: 6,
        grid: {show: false}, ticks: {stroke: () => colours.line, size: 4, width: 1},
        values: [
          [86400 * 28, '{D} {MMM}', null, null, null, null, null, null, 1],
          [86400, '{D} {MMM}', null, null, null, null, null, null, 1],
          [3600, '{HH}:{mm}', '\n{D} {MMM}', null, '\n{D} {MMM}', null, null, null, 1],
          [60, '{HH}:{mm}', '\n{D} {MMM}', null, '\n{D} {MMM}', null, null, null, 1],
          [1, '{HH}:{mm}:{ss}', '\n{D} {MMM}', null, '\n{D} {MMM}', null, null, null, 1],
        ],
      },
      {
        stroke: () => colours.muted, font: `11px ${style('--font')}`, size: 40, gap: 4, space: 36,
        grid: {stroke: () => colours.line, width: 1}, ticks: {show: false},
        values: (plot, splits) => splits.map(value => String(value).replace('-', '−')),
      },
    ],
    series: [
      {},
      ...chart.series,
      ...(chart.compared ? [compare] : []),
    ],
    bands: chart.bands ?? [],
    hooks: {
      setCursor: [plot => readOut(cards.get(chart.id), place(plot, plot.cursor.idx))],
      setSelect: [plot => {
        if (plot.select.width > 4) {
          const from = Math.floor(plot.posToVal(plot.select.left, 'x'));
          const to = Math.ceil(plot.posToVal(plot.select.left + plot.select.width, 'x'));
          plot.setSelect({left: 0, width: 0, top: 0, height: 0}, false);
          onZoom({from, to});
        }
      }],
    },
  });

  const data = chart => {
    const columns = chart.columns.map(name => shown.values[name]);
    if (chart.compared) {
      columns.push(other ? align(shown.time, other, chart.compared) : shown.time.map(() => null));
    }
    return withGaps(shown, columns);
  };

  const draw = () => {
    for (const card of cards.values()) {
      const width = Math.floor(card.body.clientWidth);
      if (width === 0) {
        continue;
      }
      const empty = !shown || shown.time.length === 0;
      card.message.hidden = !empty;
      setText(card.message, shown ? 'No closed window in this range.' : 'Waiting for the first closed window.');
      if (empty) {
        card.plot?.destroy();
        card.plot = null;
      } else if (card.plot) {
        card.plot.setData(data(card.chart));
      } else {
        card.plot = new uPlot(options(card.chart, width), data(card.chart), card.body);
        card.plot.over.addEventListener('dblclick', () => onZoom(null));
      }
      card.node.dataset.points = empty ? 0 : shown.time.length;
      readOut(card, null);
    }
  };

  const layOut = charts => {
    for (const card of cards.values()) {
      card.plot?.destroy();
      card.node.remove();
    }
    cards.clear();
    const after = container.firstChild;
    for (const chart of charts.map(drawn)) {
      const value = el('span', {class: 'value'}, NONE);
      const note = el('span', {class: 'note'});
      const message = el('p', {class: 'empty'});
      const body = el('div', {class: 'chart-body'}, message);
      const node = el('figure', {class: `card chart ${chart.colour}`, id: `chart-${chart.id}`},
          el('figcaption', {},
              el('span', {class: 'name', title: chart.hint}, chart.title),
              el('span', {class: 'read-out'}, value, el('span', {class: 'unit'}, chart.unit), note)),
          body);
      container.insertBefore(node, after);
      cards.set(chart.id, {chart, node, body, value, note, message, plot: null});
    }
  };

  new ResizeObserver(() => {
    for (const card of cards.values()) {
      const width = Math.floor(card.body.clientWidth);
      if (card.plot && width > 0 && width !== card.plot.width) {
        card.plot.setSize({width, height: HEIGHT});
      }
    }
  }).observe(container);

  document.addEventListener('themechange', () => {
    readColours();
    for (const card of cards.values()) {
      card.plot?.redraw(false, true);
    }
  });

  draw();
  return {
    /** Shows other charts. */
    layOut,
    /** Shows a series; the other one is dashed, to compare with, or null. */
    show: (series, compared) => {
      shown = series;
      other = compared;
      draw();
    },
    describe: () => shown && shown.time.length > 0
      ? `${shown.time.length} steps of ${duration(shown.stepSeconds)}`
      : '',
  };
};
