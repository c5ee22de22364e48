/** Drop a file, see it travel. Without script the same form posts plainly. Contract: README.md, "upload.js". */
import { word } from './words.js';

/** @param {number} seconds @returns {string} */
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** @param {HTMLFormElement} form */
function furnish(form) {
  const input = form.querySelector('input[type="file"]');
  const state = form.querySelector('[data-upload-state]');
  const bar = form.querySelector('progress');
  const cancel = form.querySelector('[data-upload-cancel]');
  const send = form.querySelector('button:not([type="button"])');
  if (!(input instanceof HTMLInputElement) || !state) return;
  const limit = Number(form.dataset.maxBytes || 0);
  /** @type {XMLHttpRequest | null} */
  let running = null;

  const say = (/** @type {string} */ text, bad = false) => {
    state.textContent = text;
    state.classList.toggle('error', bad);
  };
  const finish = () => {
    running = null;
    if (bar) bar.hidden = true;
    if (cancel instanceof HTMLElement) cancel.hidden = true;
    send?.removeAttribute('disabled');
    send?.classList.remove('is-busy');
  };
  const chosen = () => {
    const file = input.files?.[0];
    if (!file) return say('');
    if (limit && file.size > limit) return say(word('upload.too_big', 'Tệp “{name}” quá lớn.', { name: file.name }), true);
    return say(word('upload.chosen', 'Đã chọn: {name}', { name: file.name }));
  };
  input.addEventListener('change', chosen);

  let depth = 0;
  form.addEventListener('dragenter', (event) => {
    event.preventDefault();
    depth += 1;
    form.classList.add('is-over');
  });
  form.addEventListener('dragover', (event) => event.preventDefault());
  form.addEventListener('dragleave', () => {
    depth -= 1;
    if (depth <= 0) form.classList.remove('is-over');
  });
  form.addEventListener('drop', (event) => {
    event.preventDefault();
    depth = 0;
    form.classList.remove('is-over');
    if (running || !event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    chosen();
  });

  form.addEventListener('submit', (event) => {
    if (form.dataset.plain !== undefined) return;
    event.preventDefault();
    const file = input.files?.[0];
    if (running || !file || (limit && file.size > limit)) {
      if (!file) input.focus();
      return;
    }
    const request = new XMLHttpRequest();
    running = request;
    const began = performance.now();
    if (bar) {
      bar.hidden = false;
      bar.value = 0;
    }
    if (cancel instanceof HTMLElement) cancel.hidden = false;
    send?.setAttribute('disabled', '');
    send?.classList.add('is-busy');
    let spoken = -1;
    request.upload.addEventListener('progress', (step) => {
      if (!step.lengthComputable) return;
      const share = step.loaded / step.total;
      if (bar) bar.value = share * 100;
      const seconds = (performance.now() - began) / 1000;
      const percent = Math.floor(share * 100);
      if (percent === spoken) return;
      spoken = percent;
      say(share < 1
        ? word('upload.sending', 'Đang gửi {percent} %, còn khoảng {left}', { percent, left: clock((seconds / Math.max(share, 0.01)) * (1 - share)) })
        : word('upload.checking', 'Đã gửi xong, đang kiểm tra từng ô …'));
      if (share >= 1) bar?.removeAttribute('value');
    });
    request.addEventListener('load', () => {
      finish();
      let answer = /** @type {any} */ (null);
      try {
        answer = JSON.parse(request.responseText);
      } catch { /* a page */ }
      if (request.status < 400 && typeof answer?.location === 'string') return location.assign(answer.location);
      if (request.status < 400 && request.responseURL && request.responseURL !== form.action) return location.assign(request.responseURL);
      if (answer?.error?.message) return say(`${answer.error.message}${answer.error.code ? ` (${answer.error.code})` : ''}`, true);
      if (request.status >= 500 || request.status === 0) return say(word('upload.failed', 'Chưa gửi được. Tệp vẫn ở đây, hãy thử lại.'), true);
      // Anything else is a page meant for a plain post: let the browser do it.
      form.dataset.plain = '';
      return form.submit();
    });
    request.addEventListener('error', () => {
      finish();
      say(word('upload.failed', 'Chưa gửi được. Tệp vẫn ở đây, hãy thử lại.'), true);
    });
    request.addEventListener('abort', () => {
      finish();
      say(word('upload.stopped', 'Đã dừng, chưa ghi gì.'));
    });
    request.open('POST', form.action);
    request.setRequestHeader('x-plenum-upload', '1');
    request.setRequestHeader('Accept', 'application/json');
    const token = document.querySelector('meta[name="csrf"]')?.getAttribute('content');
    if (token) request.setRequestHeader('X-CSRF-Token', token);
    request.send(new FormData(form));
  });
  if (cancel instanceof HTMLElement) cancel.addEventListener('click', () => running?.abort());
}

for (const form of document.querySelectorAll('form[data-upload]')) furnish(/** @type {HTMLFormElement} */ (form));
