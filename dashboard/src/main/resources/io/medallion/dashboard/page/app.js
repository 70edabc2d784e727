import {makeAudit} from './audit.js';
import {makeCharts} from './charts.js';
import {byId, el, get, setText} from './dom.js';
import {count, share, timeOf} from './format.js';
import {listen, now} from './live.js';
import {showNow} from './now.js';
import {makePipeline} from './pipeline.js';
import {makeQuarantine} from './quarantine.js';
import {drawRose} from './rose.js';
import {makeStations} from './stations.js';
import {makeTables, showLate} from './tables.js';

const RANGES = [
  [900, '15 min'], [3600, '1 h'], [6 * 3600, '6 h'], [24 * 3600, '24 h'], [7 * 86400, '7 d'], [30 * 86400, '30 d'],
];
const SHORTEST_ZOOM = 10;

let state = null;
let range = 3600;
let zoom = null;
let station = null;
let names = [];
const fetched = {gold: null, quarantine: null, late: null};

const pipeline = makePipeline();
const tables = makeTables();
const quarantine = makeQuarantine();
const stations = makeStations(name => choose(name));
const roseCard = el('figure', {class: 'card chart rose', id: 'rose'},
    el('figcaption', {}, el('span', {class: 'name'}, 'Wind rose'),
        el('span', {class: 'read-out'}, el('span', {class: 'note'}, 'where it comes from'))),
    el('div', {class: 'rose-body'}, el('p', {class: 'empty'}, 'Waiting for the first closed window.')));
const charts = makeCharts(byId('charts'), newZoom => {
  zoom = newZoom;
  showWeather();
});
byId('charts').append(roseCard);

/** The newest window's end, seconds since 1970; what ranges of time are counted from. */
const newest = () => state?.gold.newest ? Date.parse(state.gold.newest) / 1000 : null;

// --- Weather

let weatherAsked = 0;

const showWeather = async () => {
  if (!newest()) {
    charts.show(null, null);
    return;
  }
  const asked = ++weatherAsked;
  const span = zoom ?? {range};
  markControls();
  try {
    const [all, one, rose] = await Promise.all([
      get('series', span),
      station === null ? null : get('series', {...span, station}),
      get('windrose', {...span, station}),
    ]);
    if (asked !== weatherAsked) {
      return;
    }
    byId('trend-error').hidden = true;
    charts.show(one ?? all, one ? all : null);
    drawRose(roseCard.querySelector('.rose-body'), rose);
    setText(byId('trend-note'), [
      station === null ? 'All stations' : `Station ${station}, dashed: all stations`,
      zoom ? `${timeOf(zoom.from)} – ${timeOf(zoom.to)} UTC` : null,
      charts.describe(),
    ].filter(Boolean).join(' · '));
  } catch (failure) {
    if (asked !== weatherAsked) {
      return;
    }
    if (failure.status === 404 && station !== null) {
      // It was there, and the table was made anew since.
      choose(null);
      return;
    }
    const error = byId('trend-error');
    error.textContent = `The charts could not be updated: ${failure.message}`;
    error.hidden = false;
  }
};

const showStations = async () => {
  const answer = await get('stations');
  showNow(answer.summary, now());
  stations.show(answer.stations, now());
  const found = answer.stations.map(each => each.station);
  if (found.join('\n') !== names.join('\n')) {
    names = found;
    byId('station-names').replaceChildren(...names.map(name => el('option', {value: name})));
  }
};

const choose = name => {
  station = name;
  byId('station').value = name ?? '';
  byId('station-clear').hidden = name === null;
  stations.choose(name);
  showWeather();
};

byId('station').addEventListener('input', event => {
  const value = event.target.value.trim();
  event.target.setCustomValidity('');
  if (value === '' && station !== null) {
    choose(null);
  } else if (names.includes(value) && value !== station) {
    choose(value);
  }
});
byId('station').addEventListener('change', event => {
  const value = event.target.value.trim();
  const fitting = names.filter(name => name.toLowerCase().includes(value.toLowerCase()));
  if (value !== '' && !names.includes(value)) {
    if (fitting.length > 0) {
      choose(fitting[0]);
    } else {
      event.target.setCustomValidity('There is no such station.');
      event.target.reportValidity();
    }
  }
});
byId('station-clear').addEventListener('click', () => {
  choose(null);
  byId('station').focus();
});

// --- Time

for (const [seconds, name] of RANGES) {
  byId('ranges').append(el('button', {type: 'button', 'data-range': seconds, onclick: () => {
    range = seconds;
    zoom = null;
    showWeather();
  }}, name));
}

const markControls = () => {
  for (const button of byId('ranges').children) {
    button.setAttribute('aria-pressed', String(zoom === null && Number(button.dataset.range) === range));
  }
  byId('zoom-reset').disabled = zoom === null;
};

const zoomBy = how => {
  if (!newest()) {
    return;
  }
  const {from, to} = zoom ?? {from: newest() - range, to: newest()};
  const width = to - from;
  const middle = (from + to) / 2;
  const around = (at, span) => ({from: Math.round(at - span / 2), to: Math.round(at + span / 2)});
  const longest = RANGES[RANGES.length - 1][0];
  zoom = {
    in: () => around(middle, Math.max(SHORTEST_ZOOM, width / 2)),
    out: () => around(middle, Math.min(longest, width * 2)),
    earlier: () => ({from: Math.round(from - width / 2), to: Math.round(to - width / 2)}),
    later: () => ({from: Math.round(from + width / 2), to: Math.round(to + width / 2)}),
    reset: () => null,
  }[how]();
  showWeather();
};
for (const button of byId('zoom').children) {
  button.addEventListener('click', () => zoomBy(button.dataset.zoom));
}
document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && zoom !== null) {
    zoomBy('reset');
  }
});

// --- What the server tells

const refresh = async () => {
  if (!state || document.hidden) {
    return;
  }
  const tasks = [];
  if (state.gold.revision !== fetched.gold) {
    fetched.gold = state.gold.revision;
    tasks.push(showStations(), showWeather());
  }
  if (state.quarantineRevision !== fetched.quarantine) {
    fetched.quarantine = state.quarantineRevision;
    tasks.push(get('quarantine').then(answer => quarantine.show(answer, now())));
  }
  if (state.lateRevision !== fetched.late) {
    fetched.late = state.lateRevision;
    tasks.push(get('late').then(answer => showLate(answer, now())));
  }
  const results = await Promise.allSettled(tasks);
  if (results.some(result => result.status === 'rejected')) {
    // The next news fetches all of it again.
    fetched.gold = fetched.quarantine = fetched.late = null;
  }
};

const notice = (title, text, command, progress) => {
  byId('notice').hidden = title === null;
  setText(byId('notice-title'), title ?? '');
  setText(byId('notice-text'), text ?? '');
  byId('notice-command').hidden = !command;
  setText(byId('notice-command'), command ?? '');
  byId('notice-progress').hidden = progress === undefined;
  byId('notice-progress').value = progress ?? 0;
};

const showPhase = () => {
  const broken = state.tables.filter(table => table.problem);
  if (broken.length > 0) {
    notice('Some tables cannot be read',
        `${broken.map(table => `${table.name}: ${table.problem}`).join('; ')}. ` +
        'It is tried again; if it stays, look at the storage, the rights of this process and its log.');
  } else if (state.phase === 'waiting') {
    notice('There is no lake here yet',
        'This page fills as soon as the first table appears. To make a lake on this machine:',
        `./medallion local --lake ${state.lake}`);
  } else if (state.phase === 'reading') {
    notice('Reading the lake', state.read === undefined ? 'Opening the tables …'
      : `${share(state.read)} of the rows that were there before`, null, state.read ?? 0);
  } else if (!newest()) {
    notice('No window has closed yet',
        'Events arrive in bronze; gold shows a window when it is over and its late events had their time.');
  } else if (state.gold.windowsLeftOut > 0) {
    notice('Not all stations are shown',
        `There is memory for ${count(state.gold.stations)} stations; a greater heap (MEDALLION_HEAP) has room for more.`);
  } else {
    notice(null);
  }
};

const showState = () => {
  if (!state) {
    return;
  }
  setText(byId('lake'), state.lake);
  pipeline.show(state.tables, now());
  tables.show(state.tables, now());
};

/** The range that the data fills, the first time that there is some. */
let rangeChosen = false;
const chooseRange = () => {
  if (!rangeChosen && newest()) {
    rangeChosen = true;
    const held = newest() - Date.parse(state.gold.oldest) / 1000;
    range = (RANGES.find(([seconds]) => seconds >= held && seconds <= 86400) ?? RANGES[3])[0];
  }
};

let refreshTimer = null;
const soon = () => {
  if (refreshTimer === null) {
    // Not all pages at the same moment.
    refreshTimer = setTimeout(async () => {
      refreshTimer = null;
      chooseRange();
      await refresh();
    }, state && fetched.gold !== null ? 100 + Math.random() * 400 : 0);
  }
};

listen(news => {
  state = news;
  showPhase();
  showState();
  soon();
});
setInterval(showState, 1000);
document.addEventListener('visibilitychange', soon);
markControls();
makeAudit();
