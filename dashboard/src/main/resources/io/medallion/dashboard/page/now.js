import {byId, el} from './dom.js';
import {compass, count, decimal, time} from './format.js';

/** An arrow that flies with the wind: 0° is wind from the north, which blows south. */
export const arrow = degrees => {
  const span = el('span', {class: 'arrow', 'aria-hidden': 'true'}, '↓');
  if (degrees === null) {
    return el('span', {class: 'arrow', 'aria-hidden': 'true'}, '○');
  }
  span.style.transform = `rotate(${degrees}deg)`;
  return span;
};

const item = (name, kind, value, unit, note) =>
  el('div', {class: `reading ${kind}`},
      el('dt', {}, name),
      el('dd', {},
          el('span', {class: 'value'}, value),
          el('span', {class: 'unit'}, unit),
          el('span', {class: 'note'}, note)));

/** The newest window of all stations. */
export const showNow = (summary, now) => {
  if (!summary) {
    byId('now').replaceChildren();
    byId('now-when').textContent = 'No window has closed yet.';
    return;
  }
  byId('now-when').textContent =
      `Window ${time(summary.windowStart, now)} – ${time(summary.windowEnd, now)} UTC · ` +
      `${count(summary.stationCount)} stations · ${count(summary.eventCount)} events`;
  byId('now').replaceChildren(
      item('Temperature', 'temperature', decimal(summary.temperature), '°C',
          `${decimal(summary.minTemperature)} to ${decimal(summary.maxTemperature)}`),
      item('Humidity', 'humidity', decimal(summary.humidity), '%',
          `${decimal(summary.minHumidity)} to ${decimal(summary.maxHumidity)}`),
      item('Wind', 'wind', decimal(summary.windSpeed), 'km/h',
          [arrow(summary.windDirection), ` ${compass(summary.windDirection)}, up to ${decimal(summary.maxWindSpeed)}`]),
      item('Precipitation', 'rain', decimal(summary.precipitation), 'mm', 'sum over all events'),
      item('Conditions', 'conditions', summary.conditions ?? '–', '', 'most frequent'));
};
