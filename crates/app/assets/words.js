/** Words of the page's language: the island `<script type="application/json" id="words">`; what is missing there is said in Vietnamese. */

/** @type {Record<string, string>} */
let island = {};
try {
  island = JSON.parse(document.getElementById('words')?.textContent || '{}');
} catch {
  island = {};
}

/**
 * @param {string} key
 * @param {string} fallback Vietnamese
 * @param {Record<string, string | number>} [values] for {placeholders}
 * @returns {string}
 */
export function word(key, fallback, values = {}) {
  const text = typeof island[key] === 'string' ? island[key] : fallback;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** @returns {string} language of the page */
export const language = () => document.documentElement.lang || 'vi';

/**
 * A moment in the page's language, "14:05 02/03/2020".
 * @param {string | number | Date} when
 * @returns {string}
 */
export function moment(when) {
  const date = new Date(when);
  if (Number.isNaN(date.getTime())) return String(when);
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())} ${two(date.getDate())}/${two(date.getMonth() + 1)}/${date.getFullYear()}`;
}
