// Every text of the page with its contrast against what lies behind it, where
// that is less than WCAG 2.2 AA asks for: 4.5, or 3 for large letters.
const read = (color) => {
  const parts = color.match(/[\d.]+/g).map(Number);
  const scale = color.startsWith('color(srgb') ? 255 : 1;
  return [parts[0] * scale, parts[1] * scale, parts[2] * scale, parts[3] ?? 1];
};
const over = (front, back) =>
  [0, 1, 2].map((i) => front[i] * front[3] + back[i] * (1 - front[3])).concat([1]);
const light = (color) => {
  const [r, g, b] = color.slice(0, 3).map((part) => {
    const share = part / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const inDrawing = (element) => element instanceof SVGElement && !(element instanceof SVGSVGElement);
const behind = (element) => {
  const layers = [];
  for (let each = element; each; each = each.parentElement) {
    if (inDrawing(each)) continue;
    const color = read(getComputedStyle(each).backgroundColor);
    if (color[3] > 0) layers.push(color);
    if (color[3] === 1) break;
  }
  const dark = getComputedStyle(document.documentElement).colorScheme === 'dark';
  return layers.reverse().reduce((back, front) => over(front, back), dark ? [18, 18, 18, 1] : [255, 255, 255, 1]);
};
const found = new Set();
let looked = 0;
const look = (element, text, part) => {
  const style = getComputedStyle(element, part);
  const box = element.getBoundingClientRect();
  if (!box.width || !box.height || style.visibility === 'hidden') return;
  const drawn = inDrawing(element);
  if (drawn && style.fill === 'none') return;
  looked += 1;
  let clear = 1;
  for (let each = element; each; each = each.parentElement) clear *= Number(getComputedStyle(each).opacity);
  const back = behind(element);
  const own = read(drawn ? style.fill : style.color);
  own[3] *= clear;
  const [a, b] = [light(over(own, back)), light(back)];
  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 650);
  if (contrast < (large ? 3 : 4.5)) {
    found.add(`${contrast.toFixed(2)} ${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}${part ?? ''} “${text.trim().slice(0, 40)}”`);
  }
};
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const element = texts.currentNode.parentElement;
  const unseen = ['SCRIPT', 'STYLE', 'TEMPLATE', 'OPTION', 'TITLE'].includes(element.tagName);
  if (texts.currentNode.data.trim() && !unseen && !element.closest('.hide')) look(element, texts.currentNode.data, null);
}
for (const element of document.body.querySelectorAll('*')) {
  for (const part of ['::before', '::after']) {
    const content = getComputedStyle(element, part).content;
    if (!['none', 'normal', '""'].includes(content)) look(element, content, part);
  }
}
for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea')) look(field, field.name, null);
return { looked, found: [...found] };
