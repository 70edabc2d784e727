// Everything that comes from data goes into the page as text, never as markup.

const SVG = 'http://www.w3.org/2000/svg';

export const byId = id => document.getElementById(id);

const append = (node, children) => {
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== false) {
      node.append(child instanceof Node ? child : String(child));
    }
  }
  return node;
};

/** An element; attributes with a value of false, null or undefined are left out. */
export const el = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'onclick') {
      node.addEventListener('click', value);
    } else if (value !== false && value !== null && value !== undefined) {
      node.setAttribute(name, value === true ? '' : value);
    }
  }
  return append(node, children);
};

export const svg = (tag, attributes = {}, ...children) => {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    node.setAttribute(name, value);
  }
  return append(node, children);
};

/** Sets text only if it is another one, so that what is selected stays selected. */
export const setText = (node, text) => {
  if (node.textContent !== text) {
    node.textContent = text;
  }
};

/** Fetches JSON of the API; throws an Error whose message is for people. */
export const get = async (path, parameters = {}) => {
  const query = new URLSearchParams(
      Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined));
  const response = await fetch(`/api/v2/${path}${query.size ? `?${query}` : ''}`);
  if (response.status === 401) {
    location.replace('/login');
  }
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw Object.assign(
        new Error(problem.error ?? `The dashboard answered ${response.status}.`),
        {status: response.status});
  }
  return response.json();
};
