import {byId, el, setText, svg} from './dom.js';
import {ago, count, rate, share} from './format.js';

const NODES = [
  {id: 'source', title: 'Event Hubs', note: 'what the job reads', tables: []},
  {id: 'bronze', title: 'Bronze', note: 'every event, untouched', tables: ['bronze']},
  {id: 'silver', title: 'Silver', note: 'valid, typed, enriched', tables: ['silver']},
  {id: 'gold', title: 'Gold', note: 'closed windows', tables: []},
  {id: 'quarantine', title: 'Quarantine', note: 'rejected, with the reason', tables: ['quarantine']},
  {id: 'late', title: 'Late', note: 'after their window closed', tables: ['late']},
];

const BARS = 40;
const WIDTH = 120;
const HEIGHT = 26;

/** Rows of the last commits, as bars. */
const spark = rows => {
  const most = Math.max(1, ...rows);
  const step = WIDTH / BARS;
  const drawing = svg('svg', {class: 'spark', viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    preserveAspectRatio: 'none', 'aria-hidden': 'true'});
  rows.forEach((value, index) => {
    const height = value === 0 ? 1 : Math.max(2, value / most * HEIGHT);
    drawing.append(svg('rect', {
      x: (BARS - rows.length + index) * step, y: HEIGHT - height, width: step * 0.7, height}));
  });
  return drawing;
};

export const makePipeline = () => {
  const nodes = new Map(NODES.map(node => {
    const rows = el('p', {class: 'rows'});
    const speed = el('p', {class: 'rate'});
    const age = el('p', {class: 'age'});
    const chart = el('div', {class: 'spark-box'});
    const item = el('li', {class: `node ${node.id}`, 'data-node': node.id},
        el('h3', {}, el('i', {'aria-hidden': 'true'}), node.title),
        el('p', {class: 'note'}, node.note),
        rows, speed, chart, age);
    byId('flow').append(item);
    return [node.id, {node, item, rows, speed, age, chart, drawn: ''}];
  }));

  return {
    show: (tables, now) => {
      const byName = new Map(tables.map(table => [table.name, table]));
      const bronze = byName.get('bronze');
      for (const {node, item, rows, speed, age, chart} of nodes.values()) {
        if (node.id === 'source') {
          setText(rows, '');
          setText(speed, bronze?.present ? `${rate(bronze.rowsPerSecond)} arrive` : 'no bronze yet');
          item.classList.toggle('flowing', (bronze?.rowsPerSecond ?? 0) > 0);
          continue;
        }
        const table = node.id === 'gold'
          ? tables.find(each => each.present && each.name.startsWith('gold/')) : byName.get(node.tables[0]);
        const known = table?.present === true;
        item.classList.toggle('absent', !known);
        item.classList.toggle('flowing', known && table.rowsPerSecond > 0);
        setText(rows, known ? count(table.rows) : '–');
        const part = node.id === 'quarantine' ? bronze : node.id === 'late' ? byName.get('silver') : null;
        setText(speed, !known ? 'no table yet'
          : part?.rows > 0 ? `${rate(table.rowsPerSecond)} · ${share(table.rows / part.rows)} of ${part.name}`
            : rate(table.rowsPerSecond));
        setText(age, known ? `commit ${ago(table.committed, now)}` : '');
        const key = known ? `${table.version} ${table.recentRows.length}` : '';
        const entry = nodes.get(node.id);
        if (entry.drawn !== key) {
          entry.drawn = key;
          chart.replaceChildren(...(known ? [spark(table.recentRows)] : []));
        }
      }
    },
  };
};
