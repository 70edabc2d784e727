import {byId, el, setText} from './dom.js';
import {arrow} from './now.js';
import {compass, count, decimal, duration} from './format.js';

const ROWS_AT_FIRST = 20;

const COLUMNS = [
  {key: 'station', title: 'Station', text: true},
  {key: 'conditions', title: 'Conditions', text: true, hide: 'medium'},
  {key: 'temperature', title: 'Temp. °C'},
  {key: 'minTemperature', title: 'Min', hide: 'wide'},
  {key: 'maxTemperature', title: 'Max', hide: 'wide'},
  {key: 'humidity', title: 'Humid. %'},
  {key: 'windSpeed', title: 'Wind km/h'},
  {key: 'precipitation', title: 'Rain mm'},
  {key: 'eventCount', title: 'Events', hide: 'wide'},
  {key: 'windowEnd', title: 'Age', hide: 'medium'},
];

/** The table of stations. `onChoose` is called with the name of the one to show in the charts. */
export const makeStations = onChoose => {
  const table = byId('stations-table');
  const body = table.tBodies[0];
  const more = byId('stations-more');
  let stations = [];
  let sort = {key: 'station', down: false};
  let filter = '';
  let limit = ROWS_AT_FIRST;
  let chosen = null;
  let clock = Date.now();

  const compareBy = column => (a, b) => {
    const [x, y] = sort.down ? [b[column.key], a[column.key]] : [a[column.key], b[column.key]];
    if (column.text) {
      return String(x ?? '').localeCompare(String(y ?? ''), 'en', {numeric: true});
    }
    return column.key === 'windowEnd' ? Date.parse(y) - Date.parse(x) : (x ?? -Infinity) - (y ?? -Infinity);
  };

  const headers = COLUMNS.map(column => {
    const button = el('button', {type: 'button', onclick: () => {
      sort = {key: column.key, down: sort.key === column.key ? !sort.down : !column.text};
      draw();
    }}, column.title);
    return el('th', {scope: 'col', class: `${column.text ? '' : 'n'} ${column.hide ?? ''}`}, button);
  });
  table.tHead.rows[0].append(...headers);

  const makeRow = () => {
    const name = el('button', {type: 'button', class: 'name'});
    const row = el('tr', {}, COLUMNS.map((column, index) =>
      el(index === 0 ? 'th' : 'td',
          {scope: index === 0 ? 'row' : null, class: `${column.text ? '' : 'n'} ${column.hide ?? ''}`},
          index === 0 ? name : '')));
    name.addEventListener('click', () => onChoose(row.dataset.station));
    return row;
  };

  const fill = (row, station) => {
    row.dataset.station = station.station;
    const cells = row.cells;
    const name = cells[0].firstChild;
    setText(name, station.station === '' ? '(no name)' : station.station);
    name.setAttribute('aria-pressed', String(station.station === chosen));
    row.classList.toggle('chosen', station.station === chosen);
    setText(cells[1], station.conditions ?? '–');
    setText(cells[2], decimal(station.temperature));
    setText(cells[3], decimal(station.minTemperature));
    setText(cells[4], decimal(station.maxTemperature));
    setText(cells[5], decimal(station.humidity));
    const wind = `${compass(station.windDirection)} ${decimal(station.windSpeed)}`;
    if (cells[6].dataset.wind !== wind) {
      cells[6].dataset.wind = wind;
      cells[6].replaceChildren(
          arrow(station.windDirection),
          el('span', {class: 'point'}, compass(station.windDirection)),
          decimal(station.windSpeed));
    }
    setText(cells[7], decimal(station.precipitation));
    setText(cells[8], count(station.eventCount));
    setText(cells[9], duration((clock - Date.parse(station.windowEnd)) / 1000));
  };

  const draw = () => {
    const column = COLUMNS.find(each => each.key === sort.key);
    const matching = stations.filter(station => filter === '' ||
      `${station.station} ${station.conditions ?? ''}`.toLowerCase().includes(filter));
    const visible = matching.sort(compareBy(column)).slice(0, limit);
    headers.forEach((header, index) => {
      if (COLUMNS[index] === column) {
        header.setAttribute('aria-sort', sort.down ? 'descending' : 'ascending');
      } else {
        header.removeAttribute('aria-sort');
      }
    });
    while (body.rows.length > visible.length) {
      body.lastChild.remove();
    }
    visible.forEach((station, index) => {
      if (index === body.rows.length) {
        body.append(makeRow());
      }
      fill(body.rows[index], station);
    });
    const empty = byId('stations-empty');
    empty.hidden = matching.length > 0;
    table.hidden = stations.length === 0;
    setText(empty, stations.length === 0
      ? 'No station has a closed window yet.'
      : 'No station matches: clear the filter to see all.');
    more.hidden = matching.length <= limit;
    setText(more, `Show more (${count(matching.length - visible.length)} left)`);
    setText(byId('stations-note'), stations.length === 0 ? '' : filter === ''
      ? `${count(stations.length)}, each one’s newest closed window`
      : `${count(matching.length)} of ${count(stations.length)}`);
  };

  more.addEventListener('click', () => {
    limit += 5 * ROWS_AT_FIRST;
    draw();
  });
  byId('stations-filter').addEventListener('input', event => {
    filter = event.target.value.trim().toLowerCase();
    limit = ROWS_AT_FIRST;
    draw();
  });

  return {
    show: (list, now) => {
      stations = list;
      clock = now;
      draw();
    },
    choose: station => {
      chosen = station;
      draw();
    },
  };
};
