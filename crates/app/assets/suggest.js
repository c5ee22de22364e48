// @ts-check
// Offers units while somebody types into `input[data-suggest]`. Without it the
// field takes a code or a name just as well.

for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('input[data-suggest]'))) {
  const list = input.list;
  if (!list) continue;
  let timer = 0;
  /** @type {string | null} */
  let asked = null;

  const ask = async () => {
    const typed = input.value.trim();
    const chosen = [...list.options].some((option) => option.value === input.value);
    if (typed === asked || chosen) return;
    asked = typed;
    const address = new URL(input.dataset.suggest || '', location.href);
    address.searchParams.set('q', typed);
    try {
      const answer = await fetch(address, { headers: { accept: 'application/json' } });
      if (!answer.ok || input.value.trim() !== typed) return;
      /** @type {{ value: string, above: string }[]} */
      const found = await answer.json();
      list.replaceChildren(...found.map(({ value, above }) => {
        const option = document.createElement('option');
        option.value = value;
        // Browsers hide options without the very letters typed, accents included.
        option.label = value.includes(typed) ? above : `${above} · ${typed}`;
        return option;
      }));
    } catch {
      asked = null;
    }
  };
  input.addEventListener('focus', ask);
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 180);
  });
}
