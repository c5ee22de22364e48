/**
 * The branch's report, written on a phone with or without network. What is typed stays (localStorage), what is sent waits in an outbox
 * (IndexedDB) under one idempotency key until the server has answered. Contract: README.md, "report.js".
 */
import { moment as at, word, zoneSaid } from './words.js';

/** A moment, and where it is told. @param {string | number} when */
const moment = (when) => [at(when), zoneSaid() && `(${zoneSaid()})`].filter(Boolean).join(' ');

/**
 * @typedef {'queued' | 'sending' | 'received' | 'refused' | 'login' | 'standing'} State
 * @typedef {{code?: string, message?: string, field?: string}} Fault
 * @typedef {{key: string, scope: string, owner: string, action: string, body: Record<string, unknown>, state: State, tries: number,
 *   written: number, next?: number, at?: string, message?: string, fault?: Fault, standing?: {by?: string, at?: string, url?: string}}} Entry
 * @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field
 */

const WAIT_FIRST = 2000;
const WAIT_MOST = 60000;
const PATIENCE = 30000;
const REMEMBER = 7 * 24 * 60 * 60 * 1000;

// ---------- outbox ----------

/** Where the browser gives no database (private windows), the outbox lives as long as the page. @type {Map<string, Entry>} */
const inHand = new Map();
let durable = true;

/** @type {Promise<IDBDatabase | null>} */
const database = new Promise((done) => {
  try {
    const opening = indexedDB.open('plenum-report', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('outbox', { keyPath: 'key' });
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => done(null);
    opening.onblocked = () => done(null);
  } catch {
    done(null);
  }
}).then((db) => {
  durable = Boolean(db);
  return /** @type {IDBDatabase | null} */ (db);
});

/** @template T @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T>} use @returns {Promise<T | undefined>} */
async function inOutbox(mode, use) {
  const db = await database;
  if (!db) return undefined;
  return new Promise((done, fail) => {
    const work = db.transaction('outbox', mode, mode === 'readwrite' ? { durability: 'strict' } : undefined);
    const request = use(work.objectStore('outbox'));
    work.oncomplete = () => done(request.result);
    work.onerror = () => fail(work.error);
    work.onabort = () => fail(work.error);
  });
}

const outbox = {
  /** @returns {Promise<Entry[]>} */
  async all() {
    const stored = (await inOutbox('readonly', (store) => store.getAll()).catch(() => undefined)) || [];
    return [...stored, ...inHand.values()].sort((a, b) => a.written - b.written);
  },
  /** @param {Entry} entry */
  async put(entry) {
    try {
      if (!(await database)) throw new Error('no database');
      await inOutbox('readwrite', (store) => store.put(entry));
      inHand.delete(entry.key);
    } catch {
      durable = false;
      inHand.set(entry.key, entry);
    }
  },
  /** @param {string} key */
  async drop(key) {
    inHand.delete(key);
    await inOutbox('readwrite', (store) => store.delete(key)).catch(() => {});
  },
  /** @param {string} key @returns {Promise<boolean>} still wanted, not withdrawn meanwhile */
  async has(key) {
    return (await outbox.all()).some((entry) => entry.key === key);
  },
};

/** @returns {string} version 4 UUID; `crypto.randomUUID` is missing on old phones */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

// ---------- the form ----------

const form = /** @type {HTMLFormElement} */ (document.querySelector('form[data-report]'));
const panel = /** @type {HTMLElement | null} */ (document.querySelector('[data-report-state]'));
const banner = /** @type {HTMLElement | null} */ (document.querySelector('[data-report-offline]'));
const scope = form?.dataset.keyScope || location.pathname;
const owner = form?.dataset.owner || '';
const draftKey = `plenum-report:${owner}:${scope}`;

/** @returns {Field[]} */
const fields = () => /** @type {Field[]} */ ([...form.elements].filter((field) => (field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement) && field.name && !['file', 'password', 'submit', 'button'].includes(field.type)));

/** @returns {Record<string, string | string[]>} */
function bodyOf() {
  /** @type {Record<string, string | string[]>} */
  const body = {};
  const lists = new Set(fields().filter((field) => field.hasAttribute('data-list')).map((field) => field.name));
  for (const name of lists) body[name] = [];
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== 'string' || name === 'csrf') continue;
    const before = body[name];
    if (Array.isArray(before)) before.push(value);
    else if (before !== undefined) body[name] = [before, value];
    else body[name] = value;
  }
  return body;
}

let saving = 0;

function saveDraft() {
  window.clearTimeout(saving);
  saving = 0;
  /** @type {Record<string, string[]>} */
  const values = {};
  for (const field of fields()) {
    if (field.type === 'hidden') continue;
    const list = (values[field.name] ||= []);
    if (field instanceof HTMLInputElement && ['checkbox', 'radio'].includes(field.type)) {
      if (field.checked) list.push(field.value);
    } else list.push(field.value);
  }
  try {
    localStorage.setItem(draftKey, JSON.stringify({ values, at: Date.now() }));
  } catch { /* full or forbidden */ }
}

function forgetDraft() {
  try {
    localStorage.removeItem(draftKey);
  } catch { /* forbidden */ }
}

/** @returns {boolean} something was put back */
function restoreDraft() {
  let draft = /** @type {any} */ (null);
  try {
    draft = JSON.parse(localStorage.getItem(draftKey) || 'null');
  } catch { /* forbidden or torn */ }
  if (!draft?.values) return false;
  /** @type {Record<string, number>} */
  const place = {};
  for (const field of fields()) {
    const list = draft.values[field.name];
    if (!Array.isArray(list) || field.type === 'hidden') continue;
    if (field instanceof HTMLInputElement && ['checkbox', 'radio'].includes(field.type)) field.checked = list.includes(field.value);
    else {
      const at = place[field.name] ?? 0;
      if (list[at] !== undefined) field.value = list[at];
      place[field.name] = at + 1;
    }
  }
  return true;
}

/** @param {boolean} locked while a report waits or travels, its words stand still */
function lock(locked) {
  for (const field of form.elements) {
    if (locked && !field.hasAttribute('disabled')) {
      field.setAttribute('disabled', '');
      field.setAttribute('data-report-locked', '');
    } else if (!locked && field.hasAttribute('data-report-locked')) {
      field.removeAttribute('disabled');
      field.removeAttribute('data-report-locked');
    }
  }
}

function clearErrors() {
  for (const error of form.querySelectorAll('[data-report-error]')) {
    error.removeAttribute('data-report-error');
    error.textContent = '';
    if (error instanceof HTMLElement) error.hidden = true;
    error.closest('.field')?.classList.remove('field--error');
  }
  for (const field of form.querySelectorAll('[aria-invalid="true"]')) field.removeAttribute('aria-invalid');
}

/** @param {Fault} fault @returns {boolean} shown at its field */
function showAtField(fault) {
  if (!fault.field) return false;
  const place = document.getElementById(`${fault.field}-error`);
  const field = fields().find((each) => each.name === fault.field);
  if (!place || !field) return false;
  place.textContent = fault.message || '';
  place.hidden = false;
  place.setAttribute('data-report-error', '');
  place.closest('.field')?.classList.add('field--error');
  field.setAttribute('aria-invalid', 'true');
  field.focus();
  field.scrollIntoView({ block: 'center' });
  return true;
}

// ---------- what the person sees ----------

const voice = document.createElement('p');
voice.className = 'hide';
voice.setAttribute('role', 'status');
voice.setAttribute('aria-live', 'polite');
document.body.append(voice);
let spoken = '';
let countdown = 0;

/** @param {string} text @param {() => void} act @param {boolean} [strong] @returns {HTMLButtonElement} */
function button(text, act, strong = false) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = strong ? 'button button--main' : 'button';
  made.textContent = text;
  made.addEventListener('click', act);
  return made;
}

/** @param {Entry} entry @returns {{title: string, more: string[], actions: HTMLElement[]}} */
function describe(entry) {
  const edit = () => button(word('report.edit', 'Sửa lại'), () => withdraw(entry));
  switch (entry.state) {
    case 'queued':
      return {
        title: word('report.queued', 'Đã lưu trên máy, sẽ gửi khi có mạng.'),
        more: [
          word('report.saved', 'Viết xong lúc {at}. Có thể đóng trang; khi mở lại, báo cáo tự gửi tiếp.', { at: moment(entry.written) }),
          ...(durable ? [] : [word('report.no_storage', 'Máy này không cho lưu lâu dài: xin giữ trang này mở đến khi gửi xong.')]),
        ],
        actions: [button(word('report.again', 'Gửi lại ngay'), () => flush(true), true), edit()],
      };
    case 'sending':
      return { title: word('report.sending', 'Đang gửi …'), more: [], actions: [] };
    case 'received':
      return { title: word('report.received', 'Đã nhận lúc {at}.', { at: moment(entry.at || entry.written) }), more: entry.message ? [entry.message] : [], actions: [] };
    case 'refused':
      return {
        title: word('report.refused', 'Chưa nhận được, cần sửa: {message}', { message: entry.fault?.message || '' }),
        more: entry.fault?.code ? [entry.fault.code] : [],
        actions: [],
      };
    case 'login': {
      const link = document.createElement('a');
      link.className = 'button button--main';
      link.href = `${form.dataset.login || '/login'}?next=${encodeURIComponent(location.pathname)}`;
      link.textContent = word('report.login_link', 'Đăng nhập');
      return { title: word('report.login', 'Cần đăng nhập lại để gửi. Báo cáo vẫn được giữ trên máy.'), more: [], actions: [link, edit()] };
    }
    default: {
      const actions = /** @type {HTMLElement[]} */ ([]);
      if (entry.standing?.url?.startsWith('/')) {
        const link = document.createElement('a');
        link.className = 'button';
        link.href = entry.standing.url;
        link.textContent = word('report.standing_link', 'Xem báo cáo đã có');
        actions.push(link);
      }
      actions.push(edit(), button(word('report.discard', 'Bỏ bản này'), () => discard(entry)));
      return {
        title: word('report.standing', 'Đã có báo cáo của {by}, lúc {at}.', { by: entry.standing?.by || '?', at: entry.standing?.at ? moment(entry.standing.at) : '?' }),
        more: entry.fault?.message ? [entry.fault.message] : [],
        actions,
      };
    }
  }
}

/** @param {Entry | null} entry */
function show(entry) {
  window.clearInterval(countdown);
  if (!panel) return;
  panel.hidden = !entry;
  if (!entry) {
    panel.textContent = '';
    return;
  }
  const { title, more, actions } = describe(entry);
  panel.className = `report__state report__state--${entry.state}`;
  const head = document.createElement('p');
  head.textContent = title;
  const lines = more.map((text) => {
    const line = document.createElement('p');
    line.textContent = text;
    return line;
  });
  const row = document.createElement('div');
  row.className = 'buttons';
  row.append(...actions);
  panel.replaceChildren(head, ...lines, ...(actions.length ? [row] : []));
  if (entry.state === 'queued' && entry.next) {
    const line = document.createElement('p');
    line.className = 'muted';
    const tick = () => {
      const seconds = Math.ceil(((entry.next || 0) - Date.now()) / 1000);
      line.textContent = seconds > 0 ? word('report.retry', 'Tự thử lại sau {seconds} giây.', { seconds }) : '';
    };
    tick();
    countdown = window.setInterval(tick, 1000);
    head.after(line);
  }
  if (spoken !== title) {
    spoken = title;
    voice.textContent = title;
  }
}

/** The panel and the form, as the latest report of this unit has it. */
async function present() {
  const mine = (await outbox.all()).filter((entry) => entry.scope === scope && entry.owner === owner);
  const entry = mine[mine.length - 1] || null;
  show(entry);
  lock(Boolean(entry && ['queued', 'sending', 'login', 'standing'].includes(entry.state)));
  const send = form.querySelector('[data-report-send]');
  if (send instanceof HTMLElement) send.hidden = Boolean(entry && ['queued', 'sending', 'login', 'standing'].includes(entry.state));
}

/** @param {Entry} entry */
async function withdraw(entry) {
  await outbox.drop(entry.key);
  await present();
  fields().find((field) => field.type !== 'hidden')?.focus();
}

/** @param {Entry} entry */
async function discard(entry) {
  await outbox.drop(entry.key);
  forgetDraft();
  location.reload();
}

// ---------- sending ----------

const tokenMeta = () => document.querySelector('meta[name="csrf"]');

/** The page may come from the phone's store with an old token. @returns {Promise<'fresh' | 'login'>} network failures are thrown */
async function freshToken() {
  const answer = await fetch(location.pathname, { headers: { 'x-plenum-fresh': '1', accept: 'text/html' }, credentials: 'same-origin', cache: 'no-store' });
  if (answer.redirected || answer.status === 401 || answer.status === 403) return 'login';
  if (!answer.ok) throw new Error('no page');
  const token = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('meta[name="csrf"]')?.getAttribute('content');
  if (!token) return 'login';
  let meta = tokenMeta();
  if (!meta) {
    meta = document.createElement('meta');
    meta.setAttribute('name', 'csrf');
    document.head.append(meta);
  }
  meta.setAttribute('content', token);
  return 'fresh';
}

/** @param {Entry} entry @returns {Promise<Response>} */
async function post(entry) {
  const stop = new AbortController();
  const timer = window.setTimeout(() => stop.abort(), PATIENCE);
  try {
    return await fetch(entry.action, {
      method: 'POST',
      credentials: 'same-origin',
      cache: 'no-store',
      signal: stop.signal,
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'Idempotency-Key': entry.key, 'X-CSRF-Token': tokenMeta()?.getAttribute('content') || '' },
      body: JSON.stringify(entry.body),
    });
  } finally {
    window.clearTimeout(timer);
  }
}

/** @param {Entry} entry @param {number} wait ms @returns {Entry} */
const queuedAgain = (entry, wait) => ({ ...entry, state: 'queued', next: Date.now() + wait });

/** @param {Entry} entry @returns {Promise<Entry>} the entry with the server's answer */
async function send(entry) {
  const wait = Math.min(WAIT_MOST, WAIT_FIRST * 2 ** Math.min(entry.tries, 10)) * (0.9 + Math.random() / 5);
  const tried = { ...entry, tries: entry.tries + 1 };
  try {
    let answer = await post(entry);
    if (answer.status === 419) {
      if ((await freshToken()) === 'login') return { ...tried, state: 'login' };
      answer = await post(entry);
    }
    if (answer.redirected || answer.status === 401 || answer.status === 419) return { ...tried, state: 'login' };
    if (answer.status >= 500 || [408, 425, 429].includes(answer.status)) {
      const asked = Number(answer.headers.get('Retry-After'));
      return queuedAgain(tried, asked > 0 ? Math.min(asked * 1000, 10 * WAIT_MOST) : wait);
    }
    const said = await answer.json().catch(() => null);
    if (answer.status === 409) return { ...tried, state: 'standing', fault: said?.error, standing: said?.standing || {} };
    if (answer.ok && said?.state === 'received') return { ...tried, state: 'received', at: said.at, message: said.message };
    if (answer.ok) return queuedAgain(tried, wait); // some proxy's page, not our server: nothing is certain yet
    return { ...tried, state: 'refused', fault: said?.error || { message: String(answer.status) } };
  } catch {
    return queuedAgain(tried, wait);
  }
}

let flushing = false;
let timer = 0;

/** @param {boolean} now also what waits for its time @param {boolean} [loggedIn] also what waited for a log-in */
async function flush(now, loggedIn = false) {
  if (flushing) return;
  flushing = true;
  window.clearTimeout(timer);
  const work = async () => {
    for (const entry of await outbox.all()) {
      if (entry.owner !== owner) continue;
      if (entry.state === 'received' && Date.now() - entry.written > REMEMBER) await outbox.drop(entry.key);
      const due = ['queued', 'sending'].includes(entry.state) || (loggedIn && entry.state === 'login');
      if (!due || (!now && (entry.next || 0) > Date.now())) continue;
      const mine = entry.scope === scope;
      if (mine) {
        lock(true);
        show({ ...entry, state: 'sending' });
      }
      const answered = await send(entry);
      if (!(await outbox.has(entry.key))) continue;
      await outbox.put(answered);
      if (!mine) continue;
      if (answered.state === 'received') {
        forgetDraft();
        form.hidden = true;
      }
      await present();
      if (answered.state === 'refused') {
        // What is corrected is another report: it gets a key of its own.
        await outbox.drop(answered.key);
        clearErrors();
        if (!showAtField(answered.fault || {})) panel?.scrollIntoView({ block: 'center' });
      } else {
        panel?.scrollIntoView({ block: 'center' });
      }
    }
  };
  try {
    // One tab sends; the server's idempotency covers what slips through.
    if (navigator.locks) await navigator.locks.request('plenum-report', { ifAvailable: true }, (held) => (held ? work() : undefined));
    else await work();
  } finally {
    flushing = false;
    const due = (await outbox.all()).filter((entry) => entry.owner === owner && ['queued', 'sending'].includes(entry.state)).map((entry) => entry.next || 0);
    if (due.length) timer = window.setTimeout(() => flush(false), Math.max(500, Math.min(...due) - Date.now()));
  }
}

function showNetwork() {
  if (banner) banner.hidden = navigator.onLine !== false;
}

/** @param {SubmitEvent} event */
async function submitted(event) {
  event.preventDefault();
  saveDraft();
  clearErrors();
  const standing = (await outbox.all()).some((entry) => entry.scope === scope && entry.owner === owner && ['queued', 'sending'].includes(entry.state));
  if (standing) {
    flush(true);
    return;
  }
  const written = Date.now();
  const body = { ...bodyOf(), ...(event.submitter instanceof HTMLButtonElement && event.submitter.name ? { [event.submitter.name]: event.submitter.value } : {}), written_at: new Date(written).toISOString() };
  /** @type {Entry} */
  const entry = { key: newKey(), scope, owner, action: form.action, body, state: 'queued', tries: 0, written };
  lock(true);
  for (const old of await outbox.all()) if (old.scope === scope && old.owner === owner) await outbox.drop(old.key);
  await outbox.put(entry);
  navigator.storage?.persist?.().catch(() => {});
  await present();
  await flush(true);
}

/** Page, style and scripts go to the worker's store at the first visit already. */
async function keepOffline() {
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register('/report-worker.js', { scope: '/r/' });
    const ready = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType('resource').map((each) => each.name);
    const named = [...document.querySelectorAll('link[rel="stylesheet"], script[src]')].map((each) => /** @type {any} */ (each).href || /** @type {any} */ (each).src);
    const addresses = [...new Set([...named, ...loaded])].filter((each) => each.startsWith(location.origin) && /\.(css|js|svg|woff2?)(\?|$)/.test(each));
    ready.active?.postMessage({ type: 'keep', addresses: [location.origin + location.pathname, ...addresses] });
  } catch { /* the page works without it */ }
}

if (form) {
  form.addEventListener('input', () => {
    window.clearTimeout(saving);
    saving = window.setTimeout(saveDraft, 150);
  });
  form.addEventListener('change', saveDraft);
  window.addEventListener('pagehide', () => {
    if (saving) saveDraft();
  });
  form.addEventListener('submit', (event) => submitted(/** @type {SubmitEvent} */ (event)));
  window.addEventListener('online', () => {
    showNetwork();
    flush(true);
  });
  window.addEventListener('offline', showNetwork);
  document.addEventListener('visibilitychange', () => !document.hidden && flush(true));
  window.addEventListener('pageshow', (event) => event.persisted && flush(true, true));
  showNetwork();
  restoreDraft();
  present().then(() => flush(true, true));
  keepOffline();
}
