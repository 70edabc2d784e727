import {byId, el, setText} from './dom.js';
import {arrow} from './now.js';
import {NONE, compass, count, decimal, duration} from './format.js';

const ROWS_AT_FIRST = 20;

/** The table of keys. `onChoose` is called with the name of the one to show in the charts. */
export const makeKeys = onChoose => {
  const table = byId('keys-table');
  const body = table.tBodies[0];
  const more = byId('keys-more');
  let keys = [];
  let sort = null;
  let filter = '';
  let limit = ROWS_AT_FIRST;
  let chosen = null;
  let clock = Date.now();

  let columns = [];
  let headers = [];
  let layout = null;

  const valueOf = (key, column) => column.name === null ? key.key
    : column.age ? (clock - Date.parse(key.windowEnd)) / 1000 : key.values[column.name];

  const compareBy = column => (a, b) => {
    const [x, y] = sort.down ? [valueOf(b, column), valueOf(a, column)] : [valueOf(a, column), valueOf(b, column)];
    return column.text
      ? String(x ?? '').localeCompare(String(y ?? ''), 'en', {numeric: true})
      : (x ?? -Infinity) - (y ?? -Infinity);
  };

  const layOut = (title, newLayout) => {
    layout = newLayout;
    columns = [
      {name: null, title, text: true},
      ...layout.columns,
      ...(layout.events ? [{name: layout.events, title: 'Events', whole: true, hide: 'wide'}] : []),
      {name: '', title: 'Age', age: true, hide: 'medium'},
    ];
    sort = {column: columns[0], down: false};
    headers = columns.map(column => el('th', {scope: 'col', class: `${column.text ? '' : 'n'} ${column.hide ?? ''}`},
        el('button', {type: 'button', onclick: () => {
          sort = {column, down: sort.column === column ? !sort.down : !column.text};
          draw();
        }}, column.title)));
    table.tHead.rows[0].replaceChildren(...headers);
    body.replaceChildren();
    keys = [];
  };

  const makeRow = () => {
    const name = el('button', {type: 'button', class: 'name'});
    const row = el('tr', {}, columns.map((column, index) =>
      el(index === 0 ? 'th' : 'td',
          {scope: index === 0 ? 'row' : null, class: `${column.text ? '' : 'n'} ${column.hide ?? ''}`},
          index === 0 ? name : '')));
    name.addEventListener('click', () => onChoose(row.dataset.key));
    return row;
  };

  const cellText = (key, column) => {
    const value = valueOf(key, column);
    return column.text ? value ?? NONE
      : column.age ? duration(value) : column.whole ? count(value) : decimal(value);
  };

  const fill = (row, key) => {
    row.dataset.key = key.key;
    const name = row.cells[0].firstChild;
    setText(name, key.key === '' ? '(no name)' : key.key);
    name.setAttribute('aria-pressed', String(key.key === chosen));
    row.classList.toggle('chosen', key.key === chosen);
    columns.slice(1).forEach((column, index) => {
      const cell = row.cells[index + 1];
      const text = cellText(key, column);
      if (!layout.direction || column.name !== layout.speed) {
        setText(cell, text);
        return;
      }
      const degrees = key.values[layout.direction];
      if (cell.dataset.wind !== `${degrees} ${text}`) {
        cell.dataset.wind = `${degrees} ${text}`;
        cell.replaceChildren(arrow(degrees), el('span', {class: 'point'}, compass(degrees)), text);
      }
    });
  };

  const draw = () => {
    const {column} = sort;
    const matching = keys.filter(key => filter === '' ||
      `${key.key} ${layout.words.map(name => key.values[name] ?? '').join(' ')}`.toLowerCase().includes(filter));
    const visible = matching.sort(compareBy(column)).slice(0, limit);
    headers.forEach((header, index) => {
      if (columns[index] === column) {
        header.setAttribute('aria-sort', sort.down ? 'descending' : 'ascending');
      } else {
        header.removeAttribute('aria-sort');
      }
    });
    while (body.rows.length > visible.length) {
      body.lastChild.remove();
    }
    visible.forEach((key, index) => {
      if (index === body.rows.length) {
        body.append(makeRow());
      }
      fill(body.rows[index], key);
    });
    const empty = byId('keys-empty');
    empty.hidden = matching.length > 0;
    table.hidden = keys.length === 0;
    setText(empty, keys.length === 0
      ? 'Nothing has a closed window yet.'
      : 'Nothing matches: clear the filter to see all.');
    more.hidden = matching.length <= limit;
    setText(more, `Show more (${count(matching.length - visible.length)} left)`);
    setText(byId('keys-note'), keys.length === 0 ? '' : filter === ''
      ? `${count(keys.length)}, each one’s newest closed window`
      : `${count(matching.length)} of ${count(keys.length)}`);
  };

  more.addEventListener('click', () => {
    limit += 5 * ROWS_AT_FIRST;
    draw();
  });
  byId('keys-filter').addEventListener('input', event => {
    filter = event.target.value.trim().toLowerCase();
    limit = ROWS_AT_FIRST;
    draw();
  });

  return {
    layOut,
    show: (list, now) => {
      keys = list;
      clock = now;
      draw();
    },
    choose: key => {
      chosen = key;
      draw();
    },
  };
};
