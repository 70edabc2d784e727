// A classic script in the head: the colours are set before anything is painted.
(() => {
  const KEY = 'medallion-theme';
  const ORDER = ['auto', 'light', 'dark'];
  const SIGNS = {auto: '◐', light: '☀', dark: '☾'};
  const NAMES = {auto: 'as the system', light: 'light', dark: 'dark'};
  const dark = matchMedia('(prefers-color-scheme: dark)');

  const read = () => {
    try {
      return ORDER.includes(localStorage.getItem(KEY)) ? localStorage.getItem(KEY) : 'auto';
    } catch (denied) {
      return 'auto';
    }
  };
  let choice = read();

  const apply = () => {
    const effective = choice === 'auto' ? (dark.matches ? 'dark' : 'light') : choice;
    document.documentElement.dataset.theme = effective;
    const button = document.getElementById('theme');
    if (button) {
      button.textContent = SIGNS[choice];
      button.setAttribute('aria-label', `Colours: ${NAMES[choice]}`);
      button.title = `Colours: ${NAMES[choice]}`;
    }
    document.dispatchEvent(new Event('themechange'));
  };

  apply();
  dark.addEventListener('change', apply);
  document.addEventListener('DOMContentLoaded', () => {
    apply();
    document.getElementById('theme')?.addEventListener('click', () => {
      choice = ORDER[(ORDER.indexOf(choice) + 1) % ORDER.length];
      try {
        localStorage.setItem(KEY, choice);
      } catch (denied) {
        // It lasts until the page is closed, then.
      }
      apply();
    });
  });
})();
