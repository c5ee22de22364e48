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

const zone = document.querySelector('meta[name="plenum-zone"]');

/** @returns {Intl.DateTimeFormat} in the organisation's time zone, or the browser's where it does not know that one */
function formatter() {
  /** @type {Intl.DateTimeFormatOptions} */
  const parts = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', day: '2-digit', month: '2-digit', year: 'numeric' };
  try {
    return new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: zone?.getAttribute('content') || undefined });
  } catch {
    return new Intl.DateTimeFormat('en-GB', parts);
  }
}

/**
 * @param {Date} date
 * @returns {Record<string, string>} its parts where the organisation is: hour, minute, day …
 */
const partsOf = (date) => Object.fromEntries(formatter().formatToParts(date).map((part) => [part.type, part.value]));

/** @returns {string} the time of day where the organisation is, "14:05" */
export function clock() {
  const now = partsOf(new Date());
  return `${now.hour}:${now.minute}`;
}

/** @returns {string} where times are told: "giờ Việt Nam" */
export const zoneSaid = () => zone?.getAttribute('data-said') || '';

/**
 * A moment where the organisation is, whatever the zone of the phone, "14:05 02/03/2020".
 * @param {string | number | Date} when
 * @returns {string}
 */
export function moment(when) {
  const date = new Date(when);
  if (Number.isNaN(date.getTime())) return String(when);
  const at = partsOf(date);
  return `${at.hour}:${at.minute} ${at.day}/${at.month}/${at.year}`;
}
