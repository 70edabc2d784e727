const whole = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
const one = new Intl.NumberFormat('en', {minimumFractionDigits: 1, maximumFractionDigits: 1});
const POINTS = ['N', 'NNE', 'NE', 'ENE', 'E', 'ESE', 'SE', 'SSE',
  'S', 'SSW', 'SW', 'WSW', 'W', 'WNW', 'NW', 'NNW'];

export const NONE = '–';
const isNumber = value => typeof value === 'number' && Number.isFinite(value);

export const count = value => isNumber(value) ? whole.format(value) : NONE;

/** With one decimal, and a true minus sign. */
export const decimal = value =>
  isNumber(value) ? one.format(Math.abs(value) < 0.05 ? 0 : value).replace('-', '−') : NONE;

export const rate = value => {
  if (!isNumber(value) || value === 0) {
    return '0/s';
  }
  return value < 10 ? `${one.format(value)}/s` : `${whole.format(value)}/s`;
};

export const share = value => {
  if (!isNumber(value) || value === 0) {
    return '0 %';
  }
  const percent = value * 100;
  return percent < 0.1 ? '< 0.1 %' : `${percent < 10 ? one.format(percent) : whole.format(percent)} %`;
};

export const bytes = value => {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let scaled = value;
  while (scaled >= 1000 && unit < units.length - 1) {
    scaled /= 1000;
    unit++;
  }
  return `${unit === 0 || scaled >= 100 ? whole.format(scaled) : one.format(scaled)} ${units[unit]}`;
};

export const compass = degrees =>
  isNumber(degrees) ? POINTS[Math.floor((degrees + 11.25) / 22.5) % 16] : 'calm';

/** A duration in seconds, in the unit that suits it. */
export const duration = seconds => {
  if (seconds < 60) {
    return `${whole.format(Math.max(0, seconds))} s`;
  }
  if (seconds < 3600) {
    return `${whole.format(Math.floor(seconds / 60))} min`;
  }
  if (seconds < 48 * 3600) {
    return `${whole.format(Math.floor(seconds / 3600))} h`;
  }
  return `${whole.format(Math.floor(seconds / 86400))} d`;
};

export const ago = (iso, now) =>
  iso ? `${duration((now - Date.parse(iso)) / 1000)} ago` : NONE;

/** The time of day, with the date unless it is today's. */
export const time = (iso, now = Date.now()) => {
  const day = iso.slice(0, 10);
  const clock = iso.slice(11, 19);
  return day === new Date(now).toISOString().slice(0, 10) ? clock : `${day} ${clock}`;
};

/** Of seconds since 1970. */
export const timeOf = (seconds, now) =>
  time(new Date(seconds * 1000).toISOString(), now);

/** A column's name for people: maxWindSpeed is Max wind speed. */
export const wordsOf = name => {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};
