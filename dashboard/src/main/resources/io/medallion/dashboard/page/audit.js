import {byId, el, get, setText} from './dom.js';
import {count, time} from './format.js';

const words = name => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ').replaceAll('_', ' ');

const check = result =>
  el('li', {class: result.holds ? 'holds' : 'broken'},
      el('p', {class: 'name'},
          el('i', {'aria-hidden': 'true'}, result.holds ? '✓' : '✗'),
          words(result.name),
          el('span', {class: 'sr'}, result.holds ? ' holds' : ' does not hold')),
      el('p', {class: 'counts'},
          Object.entries(result.counts).map(([name, number]) => `${name} ${count(number)}`).join(' · ')),
      result.holds ? null : el('p', {class: 'rule'}, `${result.rule}: ${count(result.violations)} times not.`),
      result.holds ? null : el('ul', {class: 'examples'}, result.examples.map(text => el('li', {}, text))));

const report = (audit, now) => {
  const {report: {checks, holds, checkpoint}} = audit;
  const seconds = (Date.parse(audit.ended) - Date.parse(audit.started)) / 1000;
  return [
    el('p', {class: holds ? 'verdict holds' : 'verdict broken'},
        holds ? `All ${checks.length} checks hold`
          : `${checks.filter(each => !each.holds).length} of ${checks.length} checks do not hold`,
        el('span', {class: 'muted'},
            ` ${checkpoint === null ? '' : `at checkpoint ${checkpoint}, `}` +
            `${time(audit.ended, now)} UTC, in ${seconds.toFixed(1)} s`)),
    el('ul', {class: 'checks'}, checks.map(check)),
  ];
};

/** Starts an audit, and shows the last one, whoever started it. */
export const makeAudit = () => {
  const button = byId('audit-run');
  const result = byId('audit-result');
  let timer = null;

  const show = audit => {
    button.disabled = audit.phase === 'running';
    setText(button, audit.phase === 'running' ? 'Running …' : audit.phase === 'none' ? 'Run the audit' : 'Run it again');
    if (audit.phase === 'running') {
      result.replaceChildren(el('p', {class: 'empty busy'}, 'Reading all tables as of one checkpoint …'));
      clearTimeout(timer);
      timer = setTimeout(refresh, 1000);
    } else if (audit.phase === 'failed') {
      result.replaceChildren(el('p', {class: 'error'}, audit.problem));
    } else if (audit.phase === 'done') {
      result.replaceChildren(...report(audit, Date.now()));
    }
  };

  const refresh = async () => {
    try {
      show(await get('audit'));
    } catch (failure) {
      clearTimeout(timer);
      timer = setTimeout(refresh, 5000);
    }
  };

  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      const response = await fetch('/api/v2/audit', {method: 'POST'});
      const answer = await response.json();
      if (response.ok) {
        show(answer);
      } else {
        result.replaceChildren(el('p', {class: 'error'}, answer.error));
        button.disabled = false;
      }
    } catch (failure) {
      result.replaceChildren(el('p', {class: 'error'}, 'The dashboard does not answer: is it still running?'));
      button.disabled = false;
    }
  });
  refresh();
};
