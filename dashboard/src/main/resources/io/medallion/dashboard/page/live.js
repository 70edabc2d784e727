import {byId, setText} from './dom.js';

/** The server says something every five seconds; after three times that something is wrong. */
const STALE_AFTER = 15_000;

/** By how much the server's clock is ahead of this one, milliseconds. */
let ahead = 0;

/** The time by the server's clock, which is what ages are counted by. */
export const now = () => Date.now() + ahead;

const pill = byId('live');

const show = (state, text) => {
  if (pill.dataset.state !== state) {
    pill.dataset.state = state;
    document.documentElement.dataset.live = state;
  }
  setText(pill.querySelector('span'), text);
};

/**
 * Listens to the server, whatever happens to the connection, and tells on top of the page how
 * things stand.
 */
export const listen = onState => {
  let source;
  let heard = Date.now();
  let opened = 0;

  const alive = event => {
    heard = Date.now();
    ahead = Number(event.lastEventId) - heard;
    show('live', 'Live');
  };

  const open = () => {
    source?.close();
    opened = Date.now();
    source = new EventSource('/api/v2/events');
    source.addEventListener('state', event => {
      alive(event);
      onState(JSON.parse(event.data));
    });
    source.addEventListener('beat', alive);
    source.addEventListener('error', () => {
      show('offline', 'Connection lost – trying again');
      if (source.readyState === EventSource.CLOSED) {
        // Turned away: whether a token is needed is told by any other request.
        fetch('/api/v2/state').then(response => {
          if (response.status === 401) {
            location.replace('/login');
          }
        }).catch(() => {});
      }
    });
  };

  open();
  // A browser has few connections to one host: a page that nobody sees gives its own back.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      source.close();
    } else {
      open();
    }
  });
  setInterval(() => {
    if (document.hidden) {
      return;
    }
    const silence = Date.now() - heard;
    if (silence > STALE_AFTER) {
      if (pill.dataset.state === 'live') {
        show('stale', `Stale – no news for ${Math.round(silence / 1000)} s`);
      }
      if (Date.now() - opened > STALE_AFTER) {
        open();
      }
    }
  }, 1000);
};
