/**
 * What changed elsewhere arrives by itself. Listens to `<body data-live="/live?…">`, fetches the page again and swaps the parts
 * (`[data-live-part]`) that differ. Never moves what somebody is typing in or about to click. Also the wall: lettering, clock, full screen.
 */
import { clock as clockText, word } from './words.js';

const GAP = 250; // at most four times a second
const CALM = 400; // the pointer must have rested this long on a link before things may move
const LOST_AFTER = 5000;
const FRESH_FOR = 6000;

const indicator = document.getElementById('live');
/** What the server last sent for each part. @type {Map<string, string>} */
const sent = new Map();
/** @type {Map<string, Element>} parts that wait for a calm moment */
const waiting = new Map();

let lastSeq = /** @type {number | null} */ (null);
let wanted = false;
let fetching = false;
let lastFetch = 0;
let fetchTimer = 0;
let calmTimer = 0;
let lostTimer = 0;
let failures = 0;
let pointerDown = false;
let movedOn = 0;
let pointed = /** @type {Element | null} */ (null);

const parts = (/** @type {ParentNode} */ root) => /** @type {Element[]} */ ([...root.querySelectorAll('[data-live-part]')]);
const nameOf = (/** @type {Element} */ part) => part.getAttribute('data-live-part') || '';
const textOf = (/** @type {Element} */ element) => `${element.className.replace(/\bis-fresh\b/, '').trim()}|${element.getAttribute('aria-label') || ''}|${(element.textContent || '').replace(/\s+/g, ' ').trim()}`;

/** @param {Element} part @returns {Map<string, string>} */
function rowsOf(part) {
  return new Map([...part.querySelectorAll('[data-key]')].map((row) => [row.getAttribute('data-key') || '', textOf(row)]));
}

/** Text of each row as the server last sent it; kept apart, since page.js may have rearranged the part. @type {Map<string, Map<string, string>>} */
const rows = new Map();
for (const part of parts(document)) {
  sent.set(nameOf(part), part.outerHTML);
  rows.set(nameOf(part), rowsOf(part));
}

/** @param {'on' | 'lost' | 'stale' | 'off'} state */
function say(state) {
  if (!indicator || indicator.dataset.state === state) return;
  const before = indicator.dataset.state;
  indicator.dataset.state = state === 'stale' ? 'lost' : state;
  if (state === 'lost') indicator.textContent = word('live.lost', 'Mất kết nối. Số liệu có thể đã cũ; đang thử lại.');
  else if (state === 'stale') indicator.textContent = word('live.stale', 'Chưa cập nhật được trang này. Hãy tải lại.');
  else indicator.textContent = before === 'lost' ? word('live.back', 'Đã kết nối lại') : word('live.on', 'Trực tiếp');
}

/** @param {Element} part @returns {boolean} */
function isBusy(part) {
  const focused = document.activeElement;
  if (focused && part.contains(focused) && focused.matches('input, select, textarea, [contenteditable]')) return true;
  if (part.querySelector('[data-unsaved]:not([hidden])')) return true;
  for (const field of part.querySelectorAll('form[method="post"] input, form[method="post"] textarea')) {
    if (field instanceof HTMLInputElement && ['checkbox', 'radio'].includes(field.type) && field.checked !== field.defaultChecked) return true;
    if (field instanceof HTMLTextAreaElement && field.value !== field.defaultValue) return true;
    if (field instanceof HTMLInputElement && ['text', 'number', 'date', 'search', 'tel', 'email'].includes(field.type) && field.value !== field.defaultValue) return true;
  }
  return false;
}

/** Somebody is about to click, or marks text to copy. @returns {boolean} */
function isUneasy() {
  if (pointerDown) return true;
  if (pointed && pointed.isConnected && performance.now() - movedOn < CALM) return true;
  const selection = document.getSelection();
  return Boolean(selection && !selection.isCollapsed && parts(document).some((part) => selection.containsNode(part, true) && !document.body.hasAttribute('data-wall')));
}

/** A way to find the focused element again after its part was swapped. @param {Element} part @returns {() => Element | null} */
function rememberFocus(part) {
  const focused = document.activeElement;
  if (!focused || focused === part || !part.contains(focused)) return () => null;
  if (focused.id) return () => document.getElementById(focused.id);
  const row = focused.closest('[data-key]');
  const within = row && part.contains(row) ? row : part;
  const place = [...within.querySelectorAll('a, button, summary, [tabindex]')].indexOf(focused);
  const key = within === part ? null : within.getAttribute('data-key');
  const name = nameOf(part);
  return () => {
    const fresh = parts(document).find((each) => nameOf(each) === name);
    const scope = key === null ? fresh : [...(fresh?.querySelectorAll('[data-key]') || [])].find((each) => each.getAttribute('data-key') === key);
    return scope?.querySelectorAll('a, button, summary, [tabindex]')[place] || null;
  };
}

/** @param {Element} now @param {Element} next */
function swap(now, next) {
  const name = nameOf(next);
  const before = rows.get(name) || new Map();
  const fresh = /** @type {Element} */ (document.importNode(next, true));
  const focusAgain = rememberFocus(now);
  const scrolled = [now, ...now.querySelectorAll('.table-box')].map((box) => [box.scrollLeft, box.scrollTop]);
  const open = new Set([...now.querySelectorAll('details[id][open]')].map((each) => each.id));
  const closed = new Set([...now.querySelectorAll('details[id]:not([open])')].map((each) => each.id));

  now.replaceWith(fresh);
  sent.set(name, next.outerHTML);
  rows.set(name, rowsOf(fresh));
  for (const details of fresh.querySelectorAll('details[id]')) {
    if (open.has(details.id)) details.setAttribute('open', '');
    if (closed.has(details.id)) details.removeAttribute('open');
  }
  /** @type {Element[]} */
  const changed = [...fresh.querySelectorAll('[data-key]')].filter((row) => before.get(row.getAttribute('data-key') || '') !== textOf(row));
  const marked = changed.length ? changed : before.size ? [] : [fresh];
  const titled = marked.filter((each) => !each.hasAttribute('title'));
  for (const each of marked) each.classList.add('is-fresh');
  for (const each of titled) each.setAttribute('title', word('live.updated', 'Vừa cập nhật'));
  window.setTimeout(() => {
    for (const each of marked) each.classList.remove('is-fresh');
    for (const each of titled) each.removeAttribute('title');
  }, FRESH_FOR);
  fresh.dispatchEvent(new CustomEvent('plenum:replaced', { bubbles: true }));
  [fresh, ...fresh.querySelectorAll('.table-box')].forEach((box, i) => {
    if (scrolled[i]) [box.scrollLeft, box.scrollTop] = scrolled[i];
  });
  const again = focusAgain();
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}

function settle() {
  window.clearTimeout(calmTimer);
  if (!waiting.size) return;
  if (!isUneasy()) {
    for (const [name, next] of [...waiting]) {
      const now = parts(document).find((each) => nameOf(each) === name);
      if (now && isBusy(now)) continue;
      waiting.delete(name);
      if (now) swap(now, next);
    }
    fit();
  }
  if (waiting.size) calmTimer = window.setTimeout(settle, 200);
}

async function refetch() {
  wanted = false;
  fetching = true;
  lastFetch = performance.now();
  try {
    const answer = await fetch(location.href, { headers: { 'x-plenum-live': '1', accept: 'text/html' }, credentials: 'same-origin', cache: 'no-store' });
    if (!answer.ok || answer.redirected) {
      // A redirect is the log-in page: what stands on the screen stays, but it is said to be old.
      say('stale');
      if (answer.status >= 500 || answer.status === 429) later();
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    failures = 0;
    for (const next of parts(page)) {
      const name = nameOf(next);
      if (sent.get(name) === next.outerHTML) waiting.delete(name);
      else waiting.set(name, next);
    }
    for (const clock of document.querySelectorAll('time[data-updated]')) clock.textContent = clockText();
    if (indicator?.dataset.state === 'lost' && source?.readyState === EventSource.OPEN) say('on');
    settle();
  } catch {
    later();
  } finally {
    fetching = false;
    if (wanted) ask();
  }
}

function later() {
  failures += 1;
  window.setTimeout(ask, Math.min(30000, 1000 * 2 ** failures));
}

function ask() {
  wanted = true;
  if (fetching || (document.hidden && !document.body.hasAttribute('data-wall'))) return;
  window.clearTimeout(fetchTimer);
  fetchTimer = window.setTimeout(refetch, Math.max(0, lastFetch + GAP - performance.now()));
}

/** @param {MessageEvent} event @param {boolean} always */
function heard(event, always) {
  let seq = NaN;
  try {
    seq = Number(JSON.parse(event.data).seq);
  } catch {
    return;
  }
  const missed = lastSeq !== null && seq !== lastSeq;
  lastSeq = seq;
  if (always || missed) ask();
}

/** @type {EventSource | null} */
let source = null;
let tries = 0;

/** @param {string} address */
function connect(address) {
  source?.close();
  source = new EventSource(address);
  source.addEventListener('open', () => {
    tries = 0;
    window.clearTimeout(lostTimer);
    lostTimer = 0;
    say('on');
  });
  source.addEventListener('hello', (event) => heard(event, false));
  source.addEventListener('changed', (event) => heard(event, true));
  source.addEventListener('error', () => {
    if (!lostTimer) lostTimer = window.setTimeout(() => say('lost'), LOST_AFTER);
    if (source?.readyState === EventSource.CLOSED) {
      // The browser gives up after an error status; we do not.
      source.close();
      tries += 1;
      const given = source;
      window.setTimeout(() => source === given && connect(address), Math.min(60000, 1000 * 2 ** tries) * (0.75 + Math.random() / 2));
    }
  });
}

// ---------- wall ----------

/** The largest lettering with which nothing is cut off. */
function fit() {
  const box = document.querySelector('[data-fit-box]');
  if (!box || !document.body.hasAttribute('data-wall')) return;
  const cutOff = () => box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
  const namesCut = () => [...box.querySelectorAll('.wall__name')].some((name) => name.scrollWidth > name.clientWidth + 1)
    // Where names may take several lines, two are enough.
    || [...box.querySelectorAll('.tallywall__name')].some((name) => name.clientHeight > 2.5 * parseFloat(getComputedStyle(name).lineHeight));
  const columnsTried = (box.getAttribute('data-fit-box') || '4 5 6 3 7 8').split(' ');
  /** @param {number} steps @param {boolean} wholeNames @returns {boolean} */
  const search = (steps, wholeNames) => {
    for (let step = 1; step <= steps; step += 1) {
      document.body.setAttribute('data-fit', String(step));
      for (const columns of columnsTried) {
        document.body.setAttribute('data-cols', columns);
        if (!cutOff() && !(wholeNames && namesCut())) return true;
      }
    }
    return false;
  };
  // Whole names first, as long as the lettering stays large enough for a hall.
  if (!search(9, true)) search(12, false);
}

function wall() {
  const tick = () => {
    for (const clock of document.querySelectorAll('time[data-clock]')) clock.textContent = clockText();
  };
  tick();
  window.setInterval(tick, 10000);
  fit();
  window.addEventListener('resize', fit);
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || !event.target.closest('[data-fullscreen]')) return;
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => {});
  });
  for (const button of document.querySelectorAll('[data-fullscreen]')) {
    if (button instanceof HTMLElement) button.hidden = !document.fullscreenEnabled;
  }
  document.addEventListener('fullscreenchange', () => {
    for (const button of document.querySelectorAll('[data-fullscreen]')) if (button instanceof HTMLElement) button.hidden = Boolean(document.fullscreenElement);
    fit();
  });
  let lock = /** @type {any} */ (null);
  const stayAwake = async () => {
    try {
      lock = await /** @type {any} */ (navigator).wakeLock?.request('screen');
    } catch {
      lock = null;
    }
  };
  stayAwake();
  document.addEventListener('visibilitychange', () => !document.hidden && !lock?.released && stayAwake());
}

// ---------- start ----------

document.addEventListener('pointerdown', () => { pointerDown = true; }, true);
for (const kind of ['pointerup', 'pointercancel', 'dragend', 'blur']) {
  window.addEventListener(kind, (event) => {
    // A blur seen here on its way down may be a field's; only the window's own means the pointer is gone.
    if (kind === 'blur' && event.target !== window) return;
    pointerDown = false;
    window.setTimeout(settle, 50);
  }, true);
}
document.addEventListener('pointermove', (event) => {
  const target = event.target instanceof Element ? event.target.closest('a, button, summary, label, input, select') : null;
  if (target) movedOn = performance.now();
  pointed = target;
}, { passive: true, capture: true });
document.addEventListener('focusout', () => window.setTimeout(settle, 50));

if (document.body.hasAttribute('data-wall')) wall();
const address = document.body.dataset.live;
if (address && 'EventSource' in window) {
  lostTimer = window.setTimeout(() => say('lost'), LOST_AFTER);
  connect(address);
  // A browser holds few connections to one house: pages nobody looks at give theirs back, and catch up by the seq of `hello`.
  let resting = 0;
  const rest = () => {
    source?.close();
    source = null;
    window.clearTimeout(lostTimer);
    lostTimer = 0;
  };
  document.addEventListener('visibilitychange', () => {
    window.clearTimeout(resting);
    if (document.hidden) {
      if (!document.body.hasAttribute('data-wall')) resting = window.setTimeout(rest, 20000);
      return;
    }
    if (!source) connect(address);
    if (wanted) ask();
  });
  window.addEventListener('pagehide', rest);
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    if (!source) connect(address);
    ask();
  });
}
