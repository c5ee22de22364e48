/** Small comforts on every page; each works on attributes, and the page works without them. See README.md, "page.js". */
import { moment, word } from './words.js';

const DAY = 24 * 60 * 60 * 1000;
const KEEP_FOR = 30 * DAY;
const KEPT = 'plenum-keep:';
const COLUMNS = 'plenum-columns:';

/** Storage may be forbidden or full; nothing here may break a page. */
const memory = {
  /** @param {string} key @returns {any} */
  read(key) {
    try {
      return JSON.parse(localStorage.getItem(key) || 'null');
    } catch {
      return null;
    }
  },
  /** @param {string} key @param {unknown} value */
  write(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch { /* full or forbidden */ }
  },
  /** @param {string} key */
  forget(key) {
    try {
      localStorage.removeItem(key);
    } catch { /* forbidden */ }
  },
};

/** Lower case, without accents, đ as d: "Đảng bộ" finds "dang bo". @param {string} text @returns {string} */
export function fold(text) {
  return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/đ/g, 'd').replace(/\s+/g, ' ').trim();
}

// ---------- copy ----------

/** @param {string} text @returns {Promise<boolean>} */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'hide';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

document.addEventListener('click', async (event) => {
  const button = event.target instanceof Element ? event.target.closest('[data-copy]') : null;
  if (!(button instanceof HTMLElement)) return;
  const what = document.querySelector(button.dataset.copy || '');
  if (!what || !(await copyText((what.textContent || '').replace(/\s+/g, ' ').trim()))) return;
  const label = button.textContent;
  button.classList.add('is-done');
  button.textContent = word('copy.done', 'Đã chép');
  announce(word('copy.done', 'Đã chép'));
  window.setTimeout(() => {
    button.classList.remove('is-done');
    button.textContent = label;
  }, 2000);
});

/** @type {HTMLElement | null} */
let voice = null;
/** For those who listen instead of look. @param {string} text */
function announce(text) {
  if (!voice) {
    voice = document.createElement('p');
    voice.className = 'hide';
    voice.setAttribute('role', 'status');
    document.body.append(voice);
  }
  voice.textContent = '';
  const spoken = voice;
  window.setTimeout(() => { spoken.textContent = text; }, 50);
}

// ---------- keys ----------

const isTyping = () => Boolean(document.activeElement?.matches('input, select, textarea, [contenteditable], [role="slider"]'));

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping()) return;
  if (event.key === '/') {
    const search = document.querySelector('[data-search]');
    if (!(search instanceof HTMLInputElement)) return;
    event.preventDefault();
    search.focus();
    search.select();
  } else if ((event.key === 'ArrowLeft' || event.key === 'ArrowRight') && !event.shiftKey) {
    if (document.activeElement?.closest('[data-tree], .table-box')) return;
    const step = document.querySelector(`[data-step="${event.key === 'ArrowLeft' ? 'previous' : 'next'}"]`);
    if (!(step instanceof HTMLAnchorElement) || !step.href) return;
    event.preventDefault();
    step.click();
  }
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const pick of document.querySelectorAll('details.pick[open]')) {
    pick.removeAttribute('open');
    if (pick.contains(document.activeElement)) pick.querySelector('summary')?.focus();
  }
});
document.addEventListener('click', (event) => {
  for (const pick of document.querySelectorAll('details.pick[open]')) {
    if (event.target instanceof Node && !pick.contains(event.target)) pick.removeAttribute('open');
  }
});

document.addEventListener('keydown', (event) => {
  const tree = event.target instanceof Element ? event.target.closest('[data-tree]') : null;
  if (!tree || event.ctrlKey || event.metaKey || event.altKey) return;
  const all = /** @type {HTMLElement[]} */ ([...tree.querySelectorAll('summary, .tree__leaf')]);
  const seen = all.filter((each) => {
    const inside = each.matches('summary') ? each.parentElement?.parentElement : each;
    return !inside?.closest('details:not([open])');
  });
  const here = /** @type {HTMLElement} */ (/** @type {Element} */ (event.target).closest('summary, .tree__leaf'));
  const at = seen.indexOf(here);
  if (at < 0) return;
  const branch = here.matches('summary') ? /** @type {HTMLDetailsElement} */ (here.parentElement) : null;
  const parent = () => {
    const outer = (branch ? branch.parentElement : here)?.closest('details');
    return /** @type {HTMLElement | null} */ (outer?.querySelector(':scope > summary') || null);
  };
  /** @type {Record<string, () => HTMLElement | null | undefined>} */
  const moves = {
    ArrowDown: () => seen[at + 1],
    ArrowUp: () => seen[at - 1],
    Home: () => seen[0],
    End: () => seen[seen.length - 1],
    ArrowRight: () => {
      if (branch && !branch.open) branch.open = true;
      else if (branch) return seen[at + 1];
      return here;
    },
    ArrowLeft: () => {
      if (branch?.open) branch.open = false;
      else return parent();
      return here;
    },
  };
  const move = moves[event.key];
  if (!move) return;
  event.preventDefault();
  move()?.focus();
});

// ---------- tables ----------

const collator = new Intl.Collator('vi', { numeric: true });

/** @param {Element | undefined} cell @returns {string} */
const valueOf = (cell) => cell?.getAttribute('data-sort-value') ?? (cell?.textContent || '').trim();

/** @param {string} kind @param {string} a @param {string} b @returns {number} */
function compare(kind, a, b) {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1;
  if (kind === 'number') return Number(a.replace(/[^\d.-]/g, '')) - Number(b.replace(/[^\d.-]/g, ''));
  if (kind === 'date') {
    const iso = (/** @type {string} */ text) => text.replace(/^(\d{1,2})\/(\d{1,2})\/(\d{4})/, (_, d, m, y) => `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`);
    return iso(a) < iso(b) ? -1 : iso(a) > iso(b) ? 1 : 0;
  }
  return collator.compare(a, b);
}

/** Order chosen by hand, kept while the table is replaced live. @type {Map<string, {column: number, down: boolean}>} */
const orders = new Map();

/** @param {HTMLTableElement} table @param {number} column @param {boolean} down */
function sortTable(table, column, down) {
  const head = table.tHead?.rows[table.tHead.rows.length - 1];
  const kind = head?.cells[column]?.dataset.sort || 'text';
  for (const body of table.tBodies) {
    const sorted = [...body.rows]
      .map((row, place) => ({ row, place, value: valueOf(row.cells[column]) }))
      .sort((a, b) => {
        const empty = a.value === '' || b.value === '';
        return (down && !empty ? -1 : 1) * compare(kind, a.value, b.value) || a.place - b.place;
      });
    // Moving a row takes the focus out of it: leave a table alone that stands in order already.
    if (sorted.some((each, index) => each.place !== index)) body.append(...sorted.map((each) => each.row));
  }
  for (const cell of head?.cells || []) if (cell.hasAttribute('data-sort')) cell.setAttribute('aria-sort', 'none');
  head?.cells[column]?.setAttribute('aria-sort', down ? 'descending' : 'ascending');
  if (table.id) orders.set(table.id, { column, down });
}

/** @param {HTMLTableElement} table */
function makeSortable(table) {
  const head = table.tHead?.rows[table.tHead.rows.length - 1];
  for (const cell of head?.cells || []) {
    if (!cell.dataset.sort || cell.querySelector('.sort')) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sort';
    button.append(...cell.childNodes);
    cell.append(button);
  }
  const order = table.id ? orders.get(table.id) : undefined;
  if (order) sortTable(table, order.column, order.down);
}

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('table[data-sortable] th[data-sort] .sort') : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const cell = /** @type {HTMLTableCellElement} */ (link.closest('th'));
  const table = /** @type {HTMLTableElement} */ (link.closest('table'));
  event.preventDefault();
  const now = cell.getAttribute('aria-sort');
  const numbers = cell.dataset.sort === 'number';
  sortTable(table, cell.cellIndex, now === 'ascending' ? true : now === 'descending' ? false : numbers);
});

/** @param {HTMLInputElement} input */
function filterTable(input) {
  const table = document.querySelector(input.dataset.filter || '');
  if (!(table instanceof HTMLTableElement)) return;
  const asked = fold(input.value).split(' ').filter(Boolean);
  let shown = 0;
  let all = 0;
  for (const body of table.tBodies) {
    for (const row of body.rows) {
      const text = fold(row.dataset.filterValue ?? row.textContent ?? '');
      const fits = asked.every((piece) => text.includes(piece));
      row.hidden = !fits;
      all += 1;
      if (fits) shown += 1;
    }
  }
  for (const output of document.querySelectorAll('[data-filter-count]')) {
    if (output.getAttribute('data-filter-count') === input.dataset.filter) output.textContent = word('filter.count', '{shown}/{all} dòng', { shown, all });
  }
}

document.addEventListener('input', (event) => {
  if (event.target instanceof HTMLInputElement && event.target.dataset.filter) filterTable(event.target);
});

/** @param {HTMLTableElement} table */
function chooseColumns(table) {
  const key = COLUMNS + table.dataset.columns;
  const place = document.querySelector(`[data-columns-for="${CSS.escape(table.id)}"]`);
  const head = table.tHead?.rows[table.tHead.rows.length - 1];
  if (!head) return;
  /** @type {string[]} */
  const off = memory.read(key) || [...head.cells].filter((cell) => cell.hasAttribute('data-column-off')).map((cell) => cell.dataset.column || '');
  const show = () => {
    [...head.cells].forEach((cell, index) => {
      const hidden = off.includes(cell.dataset.column || '\u0000');
      for (const row of table.rows) if (row.cells[index] && row.cells.length === head.cells.length) row.cells[index].hidden = hidden;
    });
  };
  show();
  if (!place || place.childElementCount) return;
  const pick = document.createElement('details');
  pick.className = 'pick pick--right pick--columns';
  const title = document.createElement('summary');
  title.textContent = word('columns.title', 'Cột');
  const list = document.createElement('div');
  list.className = 'pick__list';
  for (const cell of head.cells) {
    const name = cell.dataset.column;
    if (!name || cell.hasAttribute('data-column-fixed')) continue;
    const label = document.createElement('label');
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = !off.includes(name);
    box.addEventListener('change', () => {
      const at = off.indexOf(name);
      if (box.checked && at >= 0) off.splice(at, 1);
      if (!box.checked && at < 0) off.push(name);
      memory.write(key, off);
      const current = document.getElementById(table.id);
      if (current instanceof HTMLTableElement && current !== table) chooseColumns(current);
      show();
    });
    label.append(box, ` ${(cell.textContent || '').trim()}`);
    list.append(label);
  }
  pick.append(title, list);
  place.append(pick);
}

/** @param {Document | Element} root */
function furnish(root) {
  const tables = /** @type {HTMLTableElement[]} */ ([...(root instanceof HTMLTableElement ? [root] : []), ...root.querySelectorAll('table')]);
  for (const table of tables) {
    if (table.dataset.sortable !== undefined) makeSortable(table);
    if (table.dataset.columns) chooseColumns(table);
  }
  for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('input[data-filter]'))) if (input.value) filterTable(input);
  for (const button of root.querySelectorAll('[data-copy]')) if (button instanceof HTMLElement) button.hidden = false;
}
document.addEventListener('plenum:replaced', (event) => {
  if (event.target instanceof Element) furnish(event.target);
});

// ---------- forms that keep what was typed ----------

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */

/** @param {HTMLFormElement} form @returns {Field[]} */
function keptFields(form) {
  return /** @type {Field[]} */ ([...form.elements].filter((field) => {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement)) return false;
    return Boolean(field.name) && !['password', 'file', 'hidden', 'submit', 'button', 'reset', 'image'].includes(field.type) && !field.hasAttribute('data-no-keep');
  }));
}

/** @param {Field[]} fields @param {boolean} asSent what the server sent instead of what stands there now @returns {Record<string, string[]>} */
function valuesOf(fields, asSent) {
  /** @type {Record<string, string[]>} */
  const values = {};
  for (const field of fields) {
    const list = (values[field.name] ||= []);
    if (field instanceof HTMLInputElement && ['checkbox', 'radio'].includes(field.type)) {
      if (asSent ? field.defaultChecked : field.checked) list.push(field.value);
    } else if (field instanceof HTMLSelectElement) {
      const options = [...field.options].filter((option) => (asSent ? option.defaultSelected : option.selected));
      if (asSent && !options.length && !field.multiple && field.options[0]) options.push(field.options[0]);
      list.push(...options.map((option) => option.value));
    } else list.push(asSent ? field.defaultValue : field.value);
  }
  return values;
}

/** @param {Field[]} fields @param {Record<string, string[]>} values */
function putBack(fields, values) {
  /** @type {Record<string, number>} */
  const place = {};
  for (const field of fields) {
    const list = values[field.name];
    if (!list) continue;
    if (field instanceof HTMLInputElement && ['checkbox', 'radio'].includes(field.type)) field.checked = list.includes(field.value);
    else if (field instanceof HTMLSelectElement) for (const option of field.options) option.selected = list.includes(option.value);
    else {
      const at = place[field.name] ?? 0;
      if (list[at] !== undefined) field.value = list[at];
      place[field.name] = at + 1;
    }
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

/** @param {HTMLFormElement} form */
function keep(form) {
  const key = KEPT + form.dataset.keep;
  const same = (/** @type {unknown} */ a, /** @type {unknown} */ b) => JSON.stringify(a) === JSON.stringify(b);
  const base = valuesOf(keptFields(form), true);
  const draft = memory.read(key);
  // A form sent back with errors carries what was typed, not what is on record: the record is the one of the draft.
  const sentBack = Boolean(form.querySelector('[aria-invalid="true"], .errors'));
  const onRecord = sentBack && draft?.base ? draft.base : base;
  const marks = /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll('[data-unsaved]'));
  const save = () => {
    const values = valuesOf(keptFields(form), false);
    const changed = !same(values, onRecord);
    for (const mark of marks) mark.hidden = !changed;
    if (changed) memory.write(key, { values, base: onRecord, at: Date.now() });
    else memory.forget(key);
  };
  /** @param {string} text @param {string} action @param {() => void} act */
  const tell = (text, action, act) => {
    const notice = document.createElement('div');
    notice.className = 'notice';
    notice.setAttribute('role', 'status');
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button button--small';
    button.textContent = action;
    button.addEventListener('click', () => {
      act();
      notice.remove();
    });
    notice.append(text, button);
    form.prepend(notice);
  };

  if (sentBack && draft) for (const mark of marks) mark.hidden = false;
  if (draft?.values && !same(draft.values, base)) {
    const at = moment(draft.at);
    const restore = () => {
      putBack(keptFields(form), draft.values);
      save();
    };
    // The record is as it was when typing began, or the form was sent back with errors: put the words back.
    if (same(draft.base, base) || sentBack) {
      restore();
      tell(word('keep.restored', 'Đã khôi phục nội dung đang nhập dở lúc {at}.', { at }), word('keep.discard', 'Bỏ, lấy bản đã lưu'), () => {
        putBack(keptFields(form), base);
        save();
      });
    } else {
      tell(word('keep.offer', 'Có nội dung nhập dở lúc {at}, nhưng hồ sơ đã được sửa từ đó.', { at }), word('keep.use', 'Dùng nội dung nhập dở'), restore);
    }
  }
  let timer = 0;
  form.addEventListener('input', () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, 150);
  });
  form.addEventListener('change', save);
  form.addEventListener('reset', () => window.setTimeout(save));
  window.addEventListener('pagehide', () => {
    if (timer) save();
  });
}

/** Drafts the server has taken over, and drafts nobody came back for. */
function clearKept() {
  for (const meta of document.querySelectorAll('meta[name="plenum-kept"]')) {
    for (const key of (meta.getAttribute('content') || '').split(/\s+/).filter(Boolean)) memory.forget(KEPT + key);
  }
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(KEPT) && !(memory.read(key)?.at > Date.now() - KEEP_FOR)) memory.forget(key);
    }
  } catch { /* forbidden */ }
}

// ---------- one submission at a time ----------

document.addEventListener('submit', (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (event.defaultPrevented || form.method !== 'post' || form.hasAttribute('data-download') || form.hasAttribute('data-report') || form.hasAttribute('data-upload')) return;
  if (form.dataset.sending !== undefined) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = '';
  // After the browser has collected the fields, so that the pressed button's own name and value still travel.
  window.setTimeout(() => {
    for (const button of form.querySelectorAll('button:not([type="button"]), input[type="submit"]')) {
      button.setAttribute('disabled', '');
      button.setAttribute('data-was-sent', '');
      button.classList.add('is-busy');
    }
  });
});
window.addEventListener('pageshow', (event) => {
  if (event.persisted) clearKept();
  for (const form of document.querySelectorAll('form[data-sending]')) {
    form.removeAttribute('data-sending');
    for (const button of form.querySelectorAll('[data-was-sent]')) {
      button.removeAttribute('disabled');
      button.removeAttribute('data-was-sent');
      button.classList.remove('is-busy');
    }
  }
});

clearKept();
furnish(document);
for (const form of document.querySelectorAll('form[data-keep]')) keep(/** @type {HTMLFormElement} */ (form));
document.querySelector('.errors')?.scrollIntoView({ block: 'center' });
/** @type {HTMLElement | null} */ (document.querySelector('.errors[tabindex]'))?.focus({ preventScroll: true });
