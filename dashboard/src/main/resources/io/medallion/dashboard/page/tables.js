import {byId, el, setText} from './dom.js';
import {NONE, ago, bytes, count, duration, time} from './format.js';

const BRONZE_SLOW = 90;
const BRONZE_STOPPED = 600;

/** Only bronze must keep coming: the others may have nothing to commit. */
const freshness = (table, now) => {
  if (table.name !== 'bronze' || !table.committed) {
    return '';
  }
  const age = (now - Date.parse(table.committed)) / 1000;
  return age > BRONZE_STOPPED ? 'stopped' : age > BRONZE_SLOW ? 'slow' : 'fresh';
};

export const makeTables = () => {
  const body = byId('tables').tBodies[0];
  const rows = new Map();

  const row = name => {
    if (!rows.has(name)) {
      const made = el('tr', {},
          el('th', {scope: 'row'}, name),
          el('td', {class: 'n age'}), el('td', {class: 'n medium'}), el('td', {class: 'n'}),
          el('td', {class: 'n wide'}), el('td', {class: 'n wide'}));
      rows.set(name, made);
      body.append(made);
    }
    return rows.get(name);
  };

  return {
    show: (tables, now) => {
      for (const table of tables) {
        const {cells} = row(table.name);
        if (table.problem) {
          setText(cells[1], `cannot be read: ${table.problem}`);
          cells[1].dataset.freshness = 'stopped';
          continue;
        }
        cells[1].dataset.freshness = freshness(table, now);
        setText(cells[1], table.present ? ago(table.committed, now) : 'not there yet');
        cells[1].title = table.present
          ? `${table.committed} ${table.operation}`.trim() : '';
        setText(cells[2], table.present ? count(table.version) : NONE);
        setText(cells[3], table.present ? count(table.rows) : NONE);
        setText(cells[4], table.present ? count(table.files) : NONE);
        setText(cells[5], table.present ? bytes(table.bytes) : NONE);
      }
    },
  };
};

/** The last events that came too late. */
export const showLate = (data, now) => {
  byId('late').hidden = data.events.length === 0;
  byId('late-empty').hidden = data.events.length > 0;
  setText(byId('late-note'), data.events.length > 0 ? `The last ${data.events.length}` : '');
  byId('late').tBodies[0].replaceChildren(...data.events.slice(0, 8).map(event =>
    el('tr', {},
        el('th', {scope: 'row'}, event.key),
        el('td', {class: 'n'}, time(event.eventTime, now)),
        el('td', {class: 'n wide'}, `${time(event.windowStart, now)} – ${time(event.windowEnd, now)}`),
        el('td', {class: 'n'}, duration(event.latenessMillis / 1000)))));
};
