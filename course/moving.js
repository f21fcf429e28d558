const $ = id => document.getElementById(id), svg = document.querySelector('svg');
const {controls, changes, handles, goals} = FIGURE, state = {}, home = {};
for (const c of controls) state[c.name] = home[c.name] = c.start;
const after = []; // functions that a figure of its own adds, called after each drawing
function between(column, at) { // a column's value: [place, value, place, value, …]
  let low = 0, high = column.length / 2 - 1;
  while (low < high) {
    const mid = low + high + 1 >> 1;
    if (column[2 * mid] <= at) low = mid; else high = mid - 1;
  }
  const [i, value, j, next] = column.slice(2 * low, 2 * low + 4);
  return typeof value === 'string' || j === undefined ? value : value + (next - value) * ((at - i) / (j - i));
}
function word([digits, ...column], at) {
  const value = between(column, at);
  if (digits === '') return value;
  if (digits < 0) return String(Math.floor(value / 10 + .5) / 10);
  const n = Math.floor(value / 1000 + .5 + 1e-6), text = String(Math.abs(n)).padStart(digits + 1, '0');
  return (n < 0 ? '−' : '') + (digits ? text.slice(0, -digits) + '.' + text.slice(-digits) : text);
}
function written(template, columns, at) {
  const words = columns.map(column => word(column, at));
  if (template === 'line' || template === 'ring') {
    let path = '';
    for (let i = 0; i < words.length; i += 2) path += (i ? 'L' : 'M') + words[i] + ' ' + words[i + 1];
    return path + (template === 'ring' ? 'Z' : '');
  }
  return template.split('{}').reduce((text, piece, i) => text + words[i - 1] + piece);
}
function set(id, attributes) {
  for (const [name, value] of Object.entries(attributes))
    if (name === 'text') $(id).textContent = value; else $(id).setAttribute(name, value);
}
const flat = () => controls.reduce((at, c) => at * c.n + state[c.name], 0);
function draw() {
  const at = flat();
  for (const [id, name, template, columns] of changes) set(id, {[name]: written(template, columns, at)});
  for (const c of controls) {
    const now = state[c.name];
    if (c.kind === 'slider') {
      const said = word(c.said, now);
      $(c.name).value = now; set(c.name, {'aria-valuetext': said}); set(c.name + '-said', {text: said});
    }
    for (let i = 0; c.kind === 'choice' && i < c.n; i++) set(`${c.name}-${i}`, {'aria-pressed': i === now});
  }
  for (const h of handles) set(h.id, {'aria-valuenow': state[h.moves]});
  for (const [id, met] of goals) if (word(met, at)) $(id).classList.add('met');
  for (const f of after) f();
}
function go(to) { // to other states, each within its bounds
  for (const c of controls) if (c.name in to) state[c.name] = Math.max(0, Math.min(c.n - 1, Math.round(to[c.name])));
  draw();
}
const back = () => go(home);
function play(name) { // from here, or from the start, to the end
  const {n} = controls.find(c => c.name === name);
  if (state[name] === n - 1) go({[name]: 0});
  clearInterval(play.timer);
  play.timer = setInterval(() => state[name] < n - 1 ? go({[name]: state[name] + 1}) : clearInterval(play.timer), 260);
}
function pointer(event) { // where it is, in the drawing's pixels
  const p = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  return [p.x, p.y];
}
const ARROWS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]};
function grip(id, drag, push) { // a part that the mouse drags, to (x, y), and the arrow keys push
  const part = $(id);
  part.addEventListener('pointerdown', e => { e.preventDefault(); part.setPointerCapture(e.pointerId); part.focus(); });
  part.addEventListener('pointermove', e => { if (part.hasPointerCapture(e.pointerId)) drag(...pointer(e)); });
  part.addEventListener('keydown', e => {
    const [right, up] = ARROWS[e.key] ?? [0, 0], times = e.shiftKey ? 10 : 1;
    if (right || up) { e.preventDefault(); push(right * times, up * times); }
  });
}
handles.forEach((h, k) => {
  const {n} = controls.find(c => c.name === h.moves), places = Array.from({length: n}, (_, i) => between(h.track, i) / 100);
  const rising = (places[n - 1] > places[0]) === (h.along === 'x') ? 1 : -1; // does it grow to the right, or upward?
  $(h.id).addEventListener('focus', () => {
    if (Object.entries(h.sets).every(([name, i]) => state[name] === i)) return;
    Object.assign(home, h.sets, h.home === null ? {} : {[h.moves]: h.home});
    back();
  });
  grip(h.id, (x, y) => {
    const v = h.along === 'x' ? x : y;
    go({[h.moves]: places.reduce((best, p, i) => Math.abs(p - v) < Math.abs(places[best] - v) ? i : best, 0)});
  }, (right, up) => {
    const [mine, other] = h.along === 'x' ? [right, up] : [up, right];
    if (mine) go({[h.moves]: state[h.moves] + rising * mine});
    else $(handles[Math.max(0, Math.min(handles.length - 1, k + Math.sign(other)))].id).focus();
  });
});
for (const c of controls) {
  if (c.kind === 'slider') $(c.name).addEventListener('input', e => go({[c.name]: +e.target.value}));
  for (let i = 0; c.kind === 'choice' && i < c.n; i++) $(`${c.name}-${i}`).addEventListener('click', () => go({[c.name]: i}));
  if (c.kind === 'typed') $(c.name).addEventListener('input', e => {
    const plain = text => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''), i = c.words.map(plain).indexOf(plain(e.target.value));
    set(c.name + '-said', {text: i < 0 ? c.note : ''});
    if (i >= 0) go({[c.name]: i});
  });
}
draw();
