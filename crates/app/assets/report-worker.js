/**
 * Keeps the branch's report page usable without network (scope /r/). Network first, then what was kept. It never keeps an answer to a
 * post, an error, or a page that turned out to be the log-in page. Sending is report.js's work.
 */
const STORE = 'plenum-report-1';
const PATIENCE = 5000; // ms before a page on a weak network is shown from the store
const worker = /** @type {any} */ (self);

worker.addEventListener('install', (/** @type {any} */ event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith('plenum-report-') && name !== STORE) await caches.delete(name);
  await worker.clients.claim();
})()));

/** @param {Request} request @param {Response} answer @returns {boolean} */
const isWorthKeeping = (request, answer) => answer.ok && !answer.redirected && answer.type === 'basic' && request.method === 'GET';

/** Pages are kept without their query; files with it. @param {string} address @returns {string} */
function keyOf(address) {
  const url = new URL(address);
  url.hash = '';
  if (url.pathname.startsWith('/r/')) url.search = '';
  return url.href;
}

/** @param {Request} request @param {Response} answer */
async function keepAnswer(request, answer) {
  const store = await caches.open(STORE);
  const key = keyOf(request.url);
  const path = new URL(key).pathname;
  for (const old of await store.keys()) if (old.url !== key && new URL(old.url).pathname === path) await store.delete(old);
  await store.put(key, answer);
}

/** @param {any} event @returns {Promise<Response>} */
async function answerFor(event) {
  const request = /** @type {Request} */ (event.request);
  const fromStore = async () => (await caches.open(STORE)).match(keyOf(request.url));
  const fromNetwork = fetch(request).then((answer) => {
    if (isWorthKeeping(request, answer)) event.waitUntil(keepAnswer(request, answer.clone()).catch(() => {}));
    return answer;
  });
  fromNetwork.catch(() => {});
  /** @type {Response | 'slow' | 'gone'} */
  const first = await Promise.race([
    fromNetwork.catch(() => /** @type {'gone'} */ ('gone')),
    new Promise((done) => setTimeout(() => done('slow'), PATIENCE)),
  ]);
  if (first instanceof Response && first.status < 500) return first;
  const kept = await fromStore();
  if (kept) return kept;
  if (first instanceof Response) return first;
  return fromNetwork;
}

worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const request = /** @type {Request} */ (event.request);
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  // Asked with this header, report.js wants the server itself (a fresh token), not a memory of it.
  if (request.headers.has('x-plenum-fresh')) return;
  const isPage = request.mode === 'navigate' && url.pathname.startsWith('/r/');
  const isFile = ['style', 'script', 'image', 'font', 'manifest'].includes(request.destination);
  if (isPage || isFile) event.respondWith(answerFor(event));
});

worker.addEventListener('message', (/** @type {any} */ event) => {
  const message = event.data || {};
  if (message.type === 'keep') {
    event.waitUntil(Promise.all((message.addresses || []).map(async (/** @type {string} */ address) => {
      if (new URL(address).origin !== worker.location.origin) return;
      const request = new Request(address, { credentials: 'same-origin' });
      try {
        const answer = await fetch(request);
        if (isWorthKeeping(request, answer)) await keepAnswer(request, answer);
      } catch { /* next visit */ }
    })));
  } else if (message.type === 'forget') {
    event.waitUntil(caches.delete(STORE));
  }
});
