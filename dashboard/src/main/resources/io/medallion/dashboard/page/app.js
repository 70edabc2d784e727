import {makeAudit} from './audit.js';
import {makeCharts} from './charts.js';
import {byId, el, get, setText} from './dom.js';
import {count, share, timeOf, wordsOf} from './format.js';
import {makeKeys} from './keys.js';
import {layoutOf, tablesOf} from './layout.js';
import {listen, now} from './live.js';
import {showNow} from './now.js';
import {makePipeline} from './pipeline.js';
import {makeQuarantine} from './quarantine.js';
import {drawRose} from './rose.js';

import {makeTables, showLate} from './tables.js';

const RANGES = [
  [900, '15 min'], [3600, '1 h'], [6 * 3600, '6 h'], [24 * 3600, '24 h'], [7 * 86400, '7 d'], [30 * 86400, '30 d'],
];
const SHORTEST_ZOOM = 10;

let state = null;
let range = 3600;
let zoom = null;
let key = null;
let contract = null;
let shown = {keys: null, summary: null};
let layout = null;
let names = [];
const fetched = {gold: null, quarantine: null, late: null};

const pipeline = makePipeline();
const tables = makeTables();
const quarantine = makeQuarantine();
const keys = makeKeys(name => choose(name));
const roseCard = el('figure', {class: 'card chart rose', id: 'rose'},
    el('figcaption', {}, el('span', {class: 'name'}, 'Wind rose'),
        el('span', {class: 'read-out'}, el('span', {class: 'note'}, 'where it comes from'))),
    el('div', {class: 'rose-body'}, el('p', {class: 'empty'}, 'Waiting for the first closed window.')));
const charts = makeCharts(byId('charts'), newZoom => {
  zoom = newZoom;
  showSeries();
});
byId('charts').append(roseCard);

/** The newest window's end, seconds since 1970; what ranges of time are counted from. */
const goldOf = table => state?.gold.tables.find(each => each.name === table?.name);
const main = () => goldOf(shown.keys)?.newest ? shown.keys : shown.summary;
const newest = () => goldOf(main())?.newest ? Date.parse(goldOf(main()).newest) / 1000 : null;

// --- Series

let seriesAsked = 0;

const showSeries = async () => {
  if (!newest()) {
    charts.show(null, null);
    return;
  }
  const asked = ++seriesAsked;
  const span = zoom ?? {range};
  markControls();
  const one = key !== null && shown.keys;
  const direction = layoutOf(main()).direction;
  try {
    const [all, ofKey, rose] = await Promise.all([
      shown.summary && goldOf(shown.summary)?.newest ? get('series', {...span, table: shown.summary.name}) : null,
      one ? get('series', {...span, table: shown.keys.name, key}) : null,
      direction ? get('windrose', {...span, table: main().name, key: main().by === null ? null : key}) : null,
    ]);
    if (asked !== seriesAsked) {
      return;
    }
    byId('trend-error').hidden = true;
    charts.show(ofKey ?? all, ofKey ? all : null);
    roseCard.hidden = !rose;
    if (rose) {
      drawRose(roseCard.querySelector('.rose-body'), rose);
    }
    setText(byId('trend-note'), [
      key === null ? 'All' : `${wordsOf(shown.keys.by)} ${key}${shown.summary ? ', dashed: all' : ''}`,
      layout.leftOut > 0 ? `${layout.leftOut} more measures are in the API` : null,
      zoom ? `${timeOf(zoom.from)} – ${timeOf(zoom.to)} UTC` : null,
      charts.describe(),
    ].filter(Boolean).join(' · '));
  } catch (failure) {
    if (asked !== seriesAsked) {
      return;
    }
    if (failure.status === 404 && key !== null) {
      // It was there, and the table was made anew since.
      choose(null);
      return;
    }
    const error = byId('trend-error');
    error.textContent = `The charts could not be updated: ${failure.message}`;
    error.hidden = false;
  }
};

const showKeys = async () => {
  const [ofKeys, all] = await Promise.all([
    shown.keys ? get('keys', {table: shown.keys.name}) : {keys: []},
    shown.summary ? get('keys', {table: shown.summary.name}) : {keys: []},
  ]);
  byId('now-section').hidden = !shown.summary;
  if (shown.summary) {
    showNow(all.keys[0], layoutOf(shown.summary), now());
  }
  byId('keys').hidden = !shown.keys;
  keys.show(ofKeys.keys, now());
  const found = ofKeys.keys.map(each => each.key);
  if (found.join('\n') !== names.join('\n')) {
    names = found;
    byId('key-names').replaceChildren(...names.map(name => el('option', {value: name})));
  }
  if (!shown.summary && key === null && found.length > 0) {
    choose(found[0]);
  }
};

/** Lays the page out for the contract, and for the table that was chosen. */
const layOut = chosen => {
  shown = tablesOf(contract, state, chosen);
  layout = layoutOf(shown.keys ?? shown.summary);
  charts.layOut(layout.charts);
  if (shown.keys) {
    keys.layOut(wordsOf(shown.keys.by), layout);
  }
  const byKey = contract.tables.filter(table => table.by !== null);
  byId('table').replaceChildren(...byKey.map(table =>
    el('option', {value: table.name, selected: table === shown.keys}, table.name)));
  byId('table').hidden = byKey.length < 2;
};

const fetchContract = async () => {
  contract = await get('contract');
  document.title = `${contract.name} – Medallion`;
  setText(byId('now-title'), `${wordsOf(contract.name)} now`);
  layOut(null);
};
byId('table').addEventListener('change', event => {
  key = null;
  layOut(event.target.value);
  choose(null);
  fetched.gold = null;
  soon();
});

const choose = name => {
  key = name;
  byId('key').value = name ?? '';
  byId('key-clear').hidden = name === null;
  keys.choose(name);
  showSeries();
};

byId('key').addEventListener('input', event => {
  const value = event.target.value.trim();
  event.target.setCustomValidity('');
  if (value === '' && key !== null) {
    choose(null);
  } else if (names.includes(value) && value !== key) {
    choose(value);
  }
});
byId('key').addEventListener('change', event => {
  const value = event.target.value.trim();
  const fitting = names.filter(name => name.toLowerCase().includes(value.toLowerCase()));
  if (value !== '' && !names.includes(value)) {
    if (fitting.length > 0) {
      choose(fitting[0]);
    } else {
      event.target.setCustomValidity('There is no such key.');
      event.target.reportValidity();
    }
  }
});
byId('key-clear').addEventListener('click', () => {
  choose(null);
  byId('key').focus();
});

// --- Time

for (const [seconds, name] of RANGES) {
  byId('ranges').append(el('button', {type: 'button', 'data-range': seconds, onclick: () => {
    range = seconds;
    zoom = null;
    showSeries();
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
  showSeries();
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
  if (contract !== null && contract.generation !== state.contractGeneration) {
    location.reload();
    return;
  }
  if (contract === null) {
    try {
      await fetchContract();
    } catch {
      // The next news tries again.
      return;
    }
    chooseRange();
  }
  const tasks = [];
  if (state.gold.revision !== fetched.gold) {
    fetched.gold = state.gold.revision;
    tasks.push(showKeys(), showSeries());
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
  } else if (!state.gold.tables.some(table => table.newest)) {
    notice('No window has closed yet',
        'Events arrive in bronze; gold shows a window when it is over and its late events had their time.');
  } else if (state.gold.tables.some(table => table.windowsLeftOut > 0)) {
    notice('Not all keys are shown',
        `There is memory for ${count(Math.max(...state.gold.tables.map(table => table.keys)))} keys; a greater heap (MEDALLION_HEAP) has room for more.`);
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
    const held = newest() - Date.parse(goldOf(main()).oldest) / 1000;
    range = (RANGES.find(([seconds]) => seconds >= held && seconds <= 86400) ?? RANGES[3])[0];
  }
};

let refreshTimer = null;
let refreshed = Promise.resolve();
const soon = () => {
  if (refreshTimer === null) {
    // Not all pages at the same moment.
    refreshTimer = setTimeout(() => {
      refreshTimer = null;
      // One after the other: two that lay the page out at once would wipe each other's rows.
      refreshed = refreshed.then(() => {
        chooseRange();
        return refresh();
      });
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
