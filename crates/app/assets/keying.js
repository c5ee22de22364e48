/**
 * Ballots keyed without a mouse. Shows at once what the keys mean; what counts is what the server kept. Every ballot is sent with what the
 * screen showed for it, so that screen and server cannot differ unseen; what was not acknowledged waits here and is sent again.
 */

/**
 * @typedef {{keys: string, marked: number}} Shown
 * @typedef {{turn: number, ballots: number, patterns: Shown[], flagged: {code: string, vi: string, en: string} | null}} Standing
 * @typedef {Standing & {history: Shown[], names: string[], kind: string, seats: number, digits: number, papers: number, place: string, post: string,
 *   words: Record<string, string>}} Island
 * @typedef {{turn: number, keys: string, times: number[], shown: string | null, ballots: number, refused?: boolean}} Batch
 * @typedef {'' | '/' | '*'} Sort
 */

/** @type {Island} */
const island = JSON.parse(document.getElementById('keying')?.textContent || '{}');
const desk = /** @type {HTMLElement} */ (document.querySelector('[data-desk]'));
const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (desk.querySelector(`[data-desk-${name}]`));
const csrf = document.querySelector('meta[name="csrf"]')?.getAttribute('content') || '';
const vietnamese = document.documentElement.lang !== 'en';
const boxes = island.kind === 'agree_disagree' || island.kind === 'single_name';
const REMARKS = 'NAWIOU';
const STORE = `plenum-keying/${island.place}`;
/** What the server would not take twice: to be keyed again from the papers. */
const UNSENT = `${STORE}~`;

const say = (/** @type {string} */ key, /** @type {Record<string, string | number>} */ values = {}) => {
  let text = island.words[key] || key;
  for (const [name, value] of Object.entries(values)) text = text.replace(`{${name}}`, String(value));
  return text;
};

// ---------- the ballot being typed ----------

/** @type {{sort: Sort, number: number}[]} */
let numbers = [];
let everybody = /** @type {Sort | null} */ (null);
let sort = /** @type {Sort} */ ('');
let digits = '';
let remarks = '';
/** Whether the ballot to begin with is being chosen, and what is struck on it. */
let choosing = false;
let base = /** @type {number[] | null} */ (null);
/** Keys since the last batch. @type {{key: string, at: number}[]} */
let pressed = [];

/** Ballots of this pass as keys, the newest last. */
const history = island.history.map((shown) => shown.keys);
let patterns = island.patterns;
let ballots = island.ballots;
const begun = { at: 0, ballots: 0 };

const padded = (/** @type {number} */ number) => String(number).padStart(island.digits, '0');
const isEmpty = () => !numbers.length && everybody === null && !sort && !digits && !remarks && !choosing && base === null;

function clear() {
  numbers = [];
  everybody = null;
  sort = '';
  digits = '';
  remarks = '';
  choosing = false;
  base = null;
}

/** Who is struck, or marked: what the ballot begins with, changed where a number was typed. @returns {{sort: Sort, number: number}[]} */
function marked() {
  if (base === null) return numbers;
  const kept = base.filter((number) => !numbers.some((one) => one.number === number));
  const added = numbers.map((one) => one.number).filter((number) => !base?.includes(number));
  return [...kept, ...added].sort((a, b) => a - b).map((number) => ({ sort: /** @type {Sort} */ (''), number }));
}

/** The numbers struck on a ballot of a strike-out list. @param {string} keys */
function struckOn(keys) {
  const found = (keys.match(new RegExp(`\\d{${island.digits}}`, 'g')) || []).map(Number);
  return found[0] === 0 ? island.names.map((_, place) => place + 1) : found;
}

/** What is typed, as the keys of one ballot. */
function shownKeys() {
  const all = marked();
  const whole = base !== null && all.length === island.names.length;
  const typed = everybody !== null ? everybody + padded(0) : whole ? padded(0) : all.map((one) => one.sort + padded(one.number)).join('');
  return typed + [...remarks].sort((a, b) => REMARKS.indexOf(a) - REMARKS.indexOf(b)).join('');
}

/** @param {string} digit @returns {string} what is wrong, or nothing */
function typeDigit(digit) {
  digits += digit;
  if (digits.length < island.digits) return '';
  const number = Number(digits);
  const own = sort;
  digits = '';
  sort = '';
  if (number === 0) {
    if (numbers.length || everybody !== null || base !== null || island.kind === 'ranked') return 'unreadable';
    everybody = own;
    return '';
  }
  if (number > island.names.length) return 'unknown';
  if (everybody !== null || numbers.some((one) => one.number === number)) return 'twice';
  numbers.push({ sort: own, number });
  return '';
}

function back() {
  if (sort || digits) {
    sort = '';
    digits = '';
  } else if (choosing) choosing = false;
  else if (everybody !== null) everybody = null;
  else if (numbers.length) numbers.pop();
  else if (base !== null) base = null;
  else remarks = '';
}

// ---------- sound and flash ----------

/** @type {AudioContext | null} */
let audio = null;

/** @param {number} pitch @param {number} length */
function sound(pitch, length) {
  try {
    audio ||= new AudioContext();
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    volume.gain.value = 0.15;
    tone.frequency.value = pitch;
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + length);
  } catch {
    // No sound: the flash says the same.
  }
}

/** @param {'bad' | 'warn' | 'ok'} how @param {string} text */
function tell(how, text) {
  part('said').textContent = text;
  part('said').className = `desk__said desk__said--${how}`;
  desk.classList.remove('is-bad', 'is-warn', 'is-ok');
  void desk.offsetWidth; // begins the flash anew
  desk.classList.add(`is-${how}`);
  if (how === 'bad') sound(220, 0.25);
  if (how === 'warn') sound(440, 0.2);
}

// ---------- sending ----------

/** @type {Batch[]} */
let queue = [];
let turn = island.turn;
let sending = false;
let stopped = false;

function keep() {
  try {
    if (queue.length) localStorage.setItem(STORE, JSON.stringify(queue));
    else localStorage.removeItem(STORE);
  } catch {
    // Nothing is kept here then; what was acknowledged is on the server.
  }
}

/** @param {string | null} shown */
function post(shown) {
  queue.push({ turn, keys: pressed.map((one) => one.key).join(''), times: pressed.map((one) => one.at), shown, ballots });
  turn += 1;
  pressed = [];
  keep();
  void send();
}

async function send() {
  if (sending || stopped || !queue.length) return;
  sending = true;
  const batch = queue[0];
  let again = 0;
  try {
    const now = Date.now();
    const ages = batch.times.map((at) => Math.max(0, Math.round(now - at)));
    const answer = await fetch(island.post, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'x-csrf-token': csrf },
      body: JSON.stringify({ turn: batch.turn, keys: batch.keys, ages, shown: batch.shown, ballots: batch.ballots }),
    });
    if (answer.ok) {
      /** @type {Standing} */
      const standing = await answer.json();
      queue.shift();
      keep();
      patterns = standing.patterns;
      if (standing.flagged) tell('warn', say('flagged', { code: standing.flagged.code, text: vietnamese ? standing.flagged.vi : standing.flagged.en }));
    } else if (answer.status === 409) {
      // What the server has and what stood here are not the same: begin again from what is kept there, and send once more what it has not.
      // What it will not take then either is shown, to be keyed from the papers.
      stopped = true;
      if (batch.refused) {
        setAside(queue);
        queue = [];
      } else batch.refused = true;
      keep();
      tell('bad', say('stale'));
      window.setTimeout(() => location.reload(), 1500);
    } else if (answer.status < 500) {
      stopped = true;
      const fault = await answer.json().catch(() => ({}));
      tell('bad', fault?.error?.message || say('stale'));
    } else again = 1000;
  } catch {
    again = 1000;
  }
  sending = false;
  draw(again > 0);
  if (again) window.setTimeout(send, again);
  else void send();
}

/** What waits here is no part of what the server has: the ballots that stood after it, an undone one left out. @param {Batch[]} batches */
function setAside(batches) {
  /** @type {string[]} */
  const ballotsLeft = [];
  let count = batches.length ? batches[0].ballots - (batches[0].shown === null ? 0 : 1) : 0;
  for (const batch of batches) {
    if (batch.shown !== null) ballotsLeft.push(batch.shown);
    else if (batch.ballots < count) ballotsLeft.pop();
    count = batch.ballots;
  }
  try {
    const before = /** @type {string[]} */ (JSON.parse(localStorage.getItem(UNSENT) || '[]'));
    if (ballotsLeft.length) localStorage.setItem(UNSENT, JSON.stringify([...before, ...ballotsLeft]));
  } catch {
    // Nothing is kept here then.
  }
}

/** Says which ballots the server has not, until somebody says they are keyed again. */
function sayUnsent() {
  const box = part('unsent');
  try {
    const unsent = /** @type {string[]} */ (JSON.parse(localStorage.getItem(UNSENT) || '[]'));
    box.hidden = !unsent.length;
    const text = box.querySelector('p');
    if (text) text.textContent = say('unsent', { count: unsent.length, ballots: unsent.map(readable).join('; ') });
  } catch {
    box.hidden = true; // What is stored is not readable: the server knows what it has.
  }
}

function forgetUnsent() {
  try {
    localStorage.removeItem(UNSENT);
  } catch {
    // Nothing was kept here.
  }
  sayUnsent();
}

/** What was not sent of a pass that has been dropped since: nobody can send it any more. */
function forgetDropped() {
  try {
    const pass = STORE.slice(0, STORE.lastIndexOf('/') + 1);
    for (const key of Object.keys(localStorage)) if (key.startsWith(pass) && key !== STORE && key !== UNSENT) localStorage.removeItem(key);
  } catch {
    // Nothing is kept here then.
  }
}

/** What a laptop that died had not sent. */
function recover() {
  try {
    const stored = /** @type {Batch[]} */ (JSON.parse(localStorage.getItem(STORE) || '[]'));
    const left = stored.filter((batch) => batch.turn >= island.turn);
    // Another window of this account may have taken their place.
    setAside(stored.filter((batch) => batch.turn < island.turn && batch.shown !== null && history[batch.ballots - 1] !== batch.shown));
    if (left.length && left[0].turn !== island.turn) setAside(left);
    else if (left.length) {
      queue = left;
      turn = left[left.length - 1].turn + 1;
      for (const batch of left) {
        // How many ballots there were then says whether one was undone, whatever else was typed before.
        if (batch.shown !== null) history.push(batch.shown);
        else if (batch.ballots < ballots) history.pop();
        ballots = batch.ballots;
      }
    }
    keep();
  } catch {
    // What is stored is not readable: the server knows what it has.
  }
}

// ---------- keys ----------

/** @param {string} keys */
function accept(keys) {
  history.push(keys);
  ballots += 1;
  if (!begun.at) {
    begun.at = Date.now();
    begun.ballots = ballots;
  }
  post(keys);
  clear();
  tell('ok', ballots >= island.papers ? say('full', { papers: island.papers }) : say('accepted', { number: ballots }));
  if (ballots > island.papers) tell('warn', say('over', { papers: island.papers }));
}

/** @param {string} key one of the keys of a count */
function press(key) {
  pressed.push({ key, at: Date.now() });
  let wrong = '';
  if (choosing && !'<-+=abcdefghi'.includes(key)) wrong = 'unreadable';
  else if (/[0-9]/.test(key)) wrong = typeDigit(key);
  else if (key === '.') {
    if (island.kind !== 'strike_out' || !isEmpty()) wrong = 'unreadable';
    else choosing = true;
  } else if (key === '/' || key === '*') {
    if (boxes && !sort && !digits) sort = key;
    else wrong = 'unreadable';
  } else if (REMARKS.includes(key)) {
    if (digits || sort) wrong = 'unreadable';
    else if (!remarks.includes(key)) remarks += key;
  } else if (key === '<') back();
  else if (key === '=') {
    if (digits || sort || choosing) {
      back();
      wrong = 'unreadable';
    } else accept(shownKeys());
  } else if (key === '+' || /[a-i]/.test(key)) {
    const known = key === '+' ? history[history.length - 1] : patterns[key.charCodeAt(0) - 97]?.keys;
    if (!choosing && !isEmpty()) wrong = 'unreadable';
    else if (known === undefined) wrong = 'nothing';
    else if (choosing) {
      choosing = false;
      base = struckOn(known);
    } else accept(known);
  } else if (key === '-') {
    if (!isEmpty()) {
      clear();
      post(null);
      tell('ok', say('cleared'));
    } else if (ballots > 0) {
      history.pop();
      ballots -= 1;
      post(null);
      tell('warn', say('undone', { number: ballots + 1 }));
    } else wrong = 'nothing';
  }
  if (wrong) tell('bad', say(wrong));
  draw(false);
}

/** The key of a count that a key of the keyboard stands for. @param {KeyboardEvent} event */
function keyOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return '';
  if (/^[0-9]$/.test(event.key)) return event.key;
  if (event.key === 'Enter') return '=';
  if (event.key === 'Backspace') return '<';
  if (event.key === 'Delete' || event.key === 'Escape' || event.key === '-') return '-';
  if (['+', '/', '*', '.'].includes(event.key)) return event.key;
  if (event.key === ',') return '.'; // the keypad's, on a Vietnamese keyboard
  const place = /^F([1-9])$/.exec(event.key);
  if (place) return String.fromCharCode(96 + Number(place[1]));
  const letter = event.key.toUpperCase();
  return letter.length === 1 && REMARKS.includes(letter) ? letter : '';
}

document.addEventListener('keydown', (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (stopped || (target !== desk && target !== document.body && target.matches('a, button, input, select, textarea, summary'))) return;
  const key = keyOf(event);
  if (!key) return;
  event.preventDefault();
  if (event.repeat && key !== '<') return;
  press(key);
});

// ---------- what is seen ----------

/** @param {string} keys */
function readable(keys) {
  const found = keys.match(new RegExp(`[/*]?\\d{${island.digits}}|[${REMARKS}]`, 'g')) || [];
  return found.length ? found.join(' ') : say(boxes ? 'everybody' : 'plain');
}

/** @param {boolean} lost */
function draw(lost) {
  part('count').textContent = `${ballots}/${island.papers}`;
  const all = marked();
  const typed = [...all.map((one) => one.sort + padded(one.number)), ...(everybody === null ? [] : [everybody + padded(0)]), ...remarks];
  const open = (choosing ? '. ' : '') + sort + digits;
  part('typed').textContent = `${typed.join(' ')}${typed.length ? ' ' : ''}${open}${'_'.repeat(Math.max(0, island.digits - digits.length))}`;
  for (const item of desk.querySelectorAll('[data-number]')) {
    const number = Number(item.getAttribute('data-number'));
    const marked = everybody !== null || all.some((one) => one.number === number);
    item.classList.toggle('is-marked', marked);
    item.classList.toggle('is-struck', marked && island.kind === 'strike_out');
  }
  const last = history[history.length - 1];
  part('last').textContent = last === undefined ? '' : say('again', { ballot: readable(last) });
  part('patterns').replaceChildren(
    ...patterns.map((pattern, place) => {
      const item = document.createElement('li');
      const key = document.createElement('kbd');
      key.textContent = `F${place + 1}`;
      item.append(key, ` ${readable(pattern.keys)}`);
      return item;
    }),
  );
  const left = island.papers - ballots;
  const done = begun.at ? ballots - begun.ballots : 0;
  const minutes = done >= 3 && left > 0 ? Math.ceil((((Date.now() - begun.at) / done) * left) / 60000) : 0;
  part('left').textContent = minutes ? say('left', { minutes }) : '';
  part('line').textContent = lost ? say('lost', { count: queue.length }) : queue.length > 1 ? say('waits', { count: queue.length }) : '';
  part('line').classList.toggle('is-bad', lost);
}

const finish = /** @type {HTMLFormElement | null} */ (document.querySelector('[data-desk-finish]'));
finish?.addEventListener('submit', (event) => {
  const stops = queue.length > 0 || !isEmpty();
  if (stops || (ballots !== island.papers && !window.confirm(say('nobody', { ballots, papers: island.papers })))) {
    event.preventDefault();
    if (stops) tell('bad', say('waits', { count: queue.length }));
    desk.focus();
  }
});

part('unsent').querySelector('button')?.addEventListener('click', () => {
  forgetUnsent();
  desk.focus();
});

forgetDropped();
recover();
draw(false);
sayUnsent();
desk.focus();
void send();
