import {el, svg} from './dom.js';
import {share} from './format.js';

const NAMES = ['N', 'NNE', 'NE', 'ENE', 'E', 'ESE', 'SE', 'SSE',
  'S', 'SSW', 'SW', 'WSW', 'W', 'WNW', 'NW', 'NNW'];
const SIZE = 240;
const CENTRE = SIZE / 2;
const INNER = 14;
const OUTER = 92;
const HALF = 9.5;

const point = (degrees, radius) => {
  const angle = (degrees - 90) * Math.PI / 180;
  return `${(CENTRE + radius * Math.cos(angle)).toFixed(2)} ${(CENTRE + radius * Math.sin(angle)).toFixed(2)}`;
};

const wedge = (degrees, from, to) =>
  `M${point(degrees - HALF, from)}L${point(degrees - HALF, to)}` +
  `A${to} ${to} 0 0 1 ${point(degrees + HALF, to)}` +
  `L${point(degrees + HALF, from)}A${from} ${from} 0 0 0 ${point(degrees - HALF, from)}Z`;

const classNames = exact => {
  const bounds = exact.map(bound => Math.round(bound * 10) / 10);
  return [
    `under ${bounds[0]}`,
    ...bounds.slice(1).map((bound, index) => `${bounds[index]} to ${bound}`),
    `${bounds[bounds.length - 1]} and more`,
  ];
};

/** How often the wind came from where, in shares of all windows. */
export const drawRose = (container, data) => {
  const total = data.windows;
  const sums = data.sectors.map(sector => sector.reduce((a, b) => a + b, 0));
  const most = Math.max(...sums);
  if (total === 0 || most === 0) {
    container.replaceChildren(
        el('p', {class: 'empty'}, total === 0 ? 'No windows in this range.' : 'Calm all the time.'));
    return;
  }
  const scale = radius => INNER + (OUTER - INNER) * radius / most;
  const main = sums.indexOf(most);
  const summary =
      `Wind came most often from ${NAMES[main]}, in ${share(most / total)} of the windows; ` +
      `calm in ${share(data.calm / total)}.`;

  const drawing = svg('svg', {viewBox: `0 0 ${SIZE} ${SIZE}`, role: 'img', 'aria-label': summary});
  for (const part of [0.5, 1]) {
    drawing.append(svg('circle', {class: 'ring', cx: CENTRE, cy: CENTRE, r: scale(most * part)}));
  }
  data.sectors.forEach((sector, index) => {
    let below = 0;
    sector.forEach((windows, speed) => {
      if (windows > 0) {
        const shape = svg('path', {
          class: `speed-${speed}`,
          d: wedge(index * 22.5, scale(below), scale(below + windows)),
        });
        shape.append(svg('title', {},
            `${NAMES[index]}, ${classNames(data.bounds)[speed]} ${data.unit}: ${share(windows / total)}`));
        drawing.append(shape);
      }
      below += windows;
    });
  });
  ['N', 'E', 'S', 'W'].forEach((name, index) => {
    const [x, y] = point(index * 90, OUTER + 14).split(' ');
    drawing.append(svg('text', {class: 'compass', x, y}, name));
  });
  const [x, y] = point(45, OUTER + 6).split(' ');
  drawing.append(svg('text', {class: 'scale', x, y}, share(most / total)));

  container.replaceChildren(
      drawing,
      el('ul', {class: 'rose-key', 'aria-label': `Speed in ${data.unit}`},
          el('li', {'aria-hidden': 'true'}, data.unit),
          classNames(data.bounds).map((name, speed) =>
            el('li', {}, el('i', {class: `speed-${speed}`, 'aria-hidden': 'true'}), name)),
          el('li', {class: 'calm'}, `calm ${share(data.calm / total)}`)));
};
