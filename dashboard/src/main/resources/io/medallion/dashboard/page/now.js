import {byId, el} from './dom.js';
import {NONE, compass, count, decimal, time, wordsOf} from './format.js';

/** An arrow that flies with the wind: 0° is wind from the north, which blows south. */
export const arrow = degrees => {
  const span = el('span', {class: 'arrow', 'aria-hidden': 'true'}, '↓');
  if (degrees === null || degrees === undefined) {
    return el('span', {class: 'arrow', 'aria-hidden': 'true'}, '○');
  }
  span.style.transform = `rotate(${degrees}deg)`;
  return span;
};

const MOST_WORDS = 6;

const item = (name, kind, value, unit, note) =>
  el('div', {class: `reading ${kind}`},
      el('dt', {}, name),
      el('dd', {},
          el('span', {class: 'value'}, value),
          el('span', {class: 'unit'}, unit),
          el('span', {class: 'note'}, note)));

const note = (chart, layout, values) => {
  const extremes = chart.lines.map(name => decimal(values[name]));
  const text = chart.band ? extremes.join(' to ') : extremes.join(', ');
  return layout.direction && chart.name === layout.speed
    ? [arrow(values[layout.direction]), ` ${compass(values[layout.direction])}, ${text}`]
    : chart.bars ? 'sum over all events' : text;
};

/** The newest window of the table over everything. */
export const showNow = (summary, layout, now) => {
  if (!summary) {
    byId('now').replaceChildren();
    byId('now-when').textContent = 'No window has closed yet.';
    return;
  }
  const {values} = summary;
  byId('now-when').textContent = [
    `Window ${time(summary.windowStart, now)} – ${time(summary.windowEnd, now)} UTC`,
    layout.keyCount ? `${count(values[layout.keyCount])} keys` : null,
    layout.events ? `${count(values[layout.events])} events` : null,
  ].filter(Boolean).join(' · ');
  byId('now').replaceChildren(
      ...layout.charts.map(chart =>
        item(chart.title, chart.colour, decimal(values[chart.name]), chart.unit, note(chart, layout, values))),
      ...layout.words.slice(0, MOST_WORDS).map(name => item(wordsOf(name), 'words', values[name] ?? NONE, '', '')));
};
