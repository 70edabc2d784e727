import {byId, el, setText} from './dom.js';
import {bytes, count, share, time} from './format.js';

/** RESERVED_WORDS of the data contract, as people write them. */
const words = code => (code.charAt(0) + code.slice(1).toLowerCase().replaceAll('_', ' '))
    .replace('json', 'JSON').replace('utf8', 'UTF-8');

const sample = (event, now) =>
  el('article', {class: 'sample'},
      el('p', {class: 'detail'}, event.detail === '' ? 'No detail.' : event.detail),
      el('pre', {tabindex: '0', 'aria-label': event.encoding === 'hex' ? 'Body, as hexadecimal bytes' : 'Body'},
          event.bytes < 0 ? '(no body)' : event.bytes === 0 ? '(empty)' : event.body),
      el('p', {class: 'meta'},
          `partition ${event.partition}, offset ${count(event.offset)} · ${time(event.enqueued, now)}`,
          event.key === '' ? '' : ` · key ${event.key}`,
          event.bytes < 0 ? '' : ` · ${bytes(event.bytes)}`,
          event.encoding === 'hex' ? ' · not UTF-8, shown as hexadecimal' : ''));

export const makeQuarantine = () => {
  let data = {counted: 0, reasons: []};
  let chosen = null;
  let clock = Date.now();

  const draw = () => {
    const empty = data.reasons.length === 0;
    byId('quarantine-empty').hidden = !empty;
    byId('reasons').hidden = empty;
    byId('samples').hidden = empty;
    setText(byId('quarantine-note'),
        empty ? '' : `${count(data.counted)} events by reason, and the last few of each`);
    if (empty) {
      return;
    }
    const current = data.reasons.find(reason => reason.reason === chosen) ?? data.reasons[0];
    const most = data.reasons[0].events;
    const list = byId('reasons');
    while (list.children.length > data.reasons.length) {
      list.lastChild.remove();
    }
    data.reasons.forEach((reason, index) => {
      if (index === list.children.length) {
        const button = el('button', {type: 'button'},
            el('span', {class: 'name'}), el('span', {class: 'n'}), el('span', {class: 'bar'}, el('i')));
        button.addEventListener('click', () => {
          chosen = button.dataset.reason;
          draw();
        });
        list.append(button);
      }
      const button = list.children[index];
      button.dataset.reason = reason.reason;
      button.title = reason.reason;
      button.setAttribute('aria-pressed', String(reason === current));
      setText(button.children[0], words(reason.reason));
      setText(button.children[1], `${count(reason.events)} · ${share(reason.events / data.counted)}`);
      button.children[2].firstChild.style.width = `${100 * reason.events / most}%`;
    });
    const key = JSON.stringify(current);
    if (byId('samples').dataset.key !== key) {
      byId('samples').dataset.key = key;
      byId('samples').replaceChildren(
          ...(current.samples.length === 0
            ? [el('p', {class: 'empty'}, 'The last ones are too long ago to be kept here.')]
            : current.samples.slice(0, 3).map(event => sample(event, clock))));
    }
  };

  return {
    show: (summary, now) => {
      data = summary;
      clock = now;
      draw();
    },
  };
};
