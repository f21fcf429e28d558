// What course/pictures/fold.py draws in Python, once more for the browser: in each part the same words.
// --- both
const num = v => Math.floor(v * 10 + .5) / 10, dot = (a, b) => a[0] * b[0] + a[1] * b[1];
const minus = (a, b) => [a[0] - b[0], a[1] - b[1]], along = (p, q, t) => [p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])];
const at = ({x: [a, b], y: [c, d], box: [l, t, w, h]}, [u, v]) => [num(l + w * (u - a) / (b - a)), num(t + h * (1 - (v - c) / (d - c)))];
const from = ({x: [a, b], y: [c, d], box: [l, t, w, h]}, u, v) => [a + (u - l) / w * (b - a), c + (1 - (v - t) / h) * (d - c)];
const path = (axes, lines, end = '') => lines.map(line => 'M' + line.map(p => at(axes, p).join(' ')).join('L') + end).join('');
const dots = (axes, points) => points.map(p => 'M' + at(axes, p).join(' ') + 'h0').join('');
const within = (v, low, high) => Math.max(low, Math.min(high, v));
// --- by hand
function bend(corner, to) { // the crease that lays a corner there: relu(n · x - c) moves what lies beyond
  const way = minus(corner, to), size = Math.hypot(...way);
  if (size < 1e-9) return [[0, 0], 1];
  const n = [way[0] / size, way[1] / size];
  return [n, dot(n, [(corner[0] + to[0]) / 2, (corner[1] + to[1]) / 2])];
}
function seen(bends, x) {
  const y = [...x];
  for (const [n, c] of bends) { const over = Math.max(0, dot(n, x) - c); y[0] -= 2 * n[0] * over; y[1] -= 2 * n[1] * over; }
  return y;
}
function clipped(ring, f) { // the part of a convex ring where f is above 0
  return ring.flatMap((p, i) => {
    const q = ring[(i + 1) % ring.length], a = f(p), b = f(q), kept = a >= 0 ? [p] : [];
    return a >= 0 !== b >= 0 ? [...kept, along(p, q, a / (a - b))] : kept;
  });
}
function crossing(ring, f) { // the line on which f is 0
  const ends = ring.flatMap((p, i) => {
    const q = ring[(i + 1) % ring.length], a = f(p), b = f(q);
    return a >= 0 !== b >= 0 ? [along(p, q, a / (a - b))] : [];
  });
  return ends.length === 2 ? [ends] : [];
}
function pieces(bends) {
  let rings = [DATA.square];
  for (const [n, c] of bends) rings = rings.flatMap(ring => [clipped(ring, x => c - dot(n, x)), clipped(ring, x => dot(n, x) - c)]);
  return rings.filter(ring => ring.length > 2 && Math.abs(area(ring)) > 1e-9);
}
const area = ring => ring.reduce((sum, p, i) => { const q = ring[(i + 1) % ring.length]; return sum + p[0] * q[1] - q[0] * p[1]; }, 0);
function sheet(bends) { // squared paper, each line broken where it is creased
  const steps = Array.from({length: 11}, (_, i) => i / 10), lines = steps.flatMap(s => [[[0, s], [1, s]], [[s, 0], [s, 1]]]);
  return lines.map(([p, q]) => {
    const ts = [0, 1];
    for (const [n, c] of bends) { const a = dot(n, p) - c, b = dot(n, q) - c; if (a * b < 0) ts.push(a / (a - b)); }
    return ts.sort((s, t) => s - t).map(t => seen(bends, along(p, q, t)));
  });
}
function nearest(p, [a, b]) { // on the stick from a to b, the place next to p
  const way = minus(b, a), far = dot(way, way), t = far ? within(dot(minus(p, a), way) / far, 0, 1) : 0;
  return along(a, b, t);
}
function straight(dark, lit) { // the widest straight cut between two sticks, or null: [normal, offset]
  const turn = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
  if (turn(...dark, lit[0]) * turn(...dark, lit[1]) < 0 && turn(...lit, dark[0]) * turn(...lit, dark[1]) < 0) return null;
  const pairs = [...dark.map(p => [p, nearest(p, lit)]), ...lit.map(p => [nearest(p, dark), p])];
  let best = pairs[0];
  for (const pair of pairs) if (Math.hypot(...minus(...pair)) < Math.hypot(...minus(...best)) - 1e-9) best = pair;
  const n = minus(best[1], best[0]);
  return Math.hypot(...n) > .06 ? [n, (dot(best[1], best[1]) - dot(best[0], best[0])) / 2] : null;
}
function whole([n, o]) { // the cut from edge to edge
  const size = dot(n, n), x = [n[0] * o / size, n[1] * o / size], far = 3 / Math.sqrt(size);
  return [[x[0] - far * n[1], x[1] + far * n[0]], [x[0] + far * n[1], x[1] - far * n[0]]];
}
const first = DATA.lit.map(p => [...p]), lit = DATA.lit, names = ['dark0', 'dark1', 'lit0', 'lit1'];
let bends;
function show() {
  bends = lit.map((to, k) => bend(DATA.home[k], to));
  const see = x => seen(bends, x), all = pieces(bends), places = [...DATA.dark, ...DATA.home].map(see);
  const found = straight(places.slice(0, 2), places.slice(2)), side = x => dot(found[0], see(x)) - found[1];
  const turned = all.map(ring => ring.map(see)).map(ring => [area(ring) < 0, ring]);
  set('front', {d: path(RIGHT, turned.filter(([back]) => !back).map(([, ring]) => ring), 'Z')});
  set('back', {d: path(RIGHT, turned.filter(([back]) => back).map(([, ring]) => ring), 'Z')});
  const lines = sheet(bends), parts = found ? all.map(ring => clipped(ring, side)).filter(ring => ring.length > 2) : [];
  set('paper', {d: path(RIGHT, lines)});
  set('here', {d: path(LEFT, parts, 'Z')}); set('there', {d: path(RIGHT, parts.map(ring => ring.map(see)).map(ring => area(ring) < 0 ? ring.reverse() : ring), 'Z')});
  set('border', {d: found ? path(LEFT, all.flatMap(ring => crossing(ring, side))) : ''});
  set('line', {d: found ? path(RIGHT, [whole(found)]) : ''});
  bends.forEach((each, k) => set('crease' + k, {d: path(LEFT, crossing(DATA.square, x => dot(each[0], x) - each[1]))}));
  set('mark', {transform: `translate(${at(RIGHT, see(DATA.mark)).join(' ')})`});
  set('dark', {d: dots(RIGHT, places.slice(0, 2))});
  lit.forEach((to, k) => set('lit' + k, {transform: `translate(${at(RIGHT, to).join(' ')})`, 'aria-valuetext': `at ${to[0].toFixed(2)}, ${to[1].toFixed(2)}`}));
  const meet = Math.hypot(...minus(...lit)) < .01;
  if (meet) $('goal0').classList.add('met');
  if (meet && found) $('goal1').classList.add('met');
  $('said').textContent = found ? 'Parted by one straight line.' : 'No straight line parts lit from dark.';
}
const move = (k, x, y) => { lit[k] = [x, y].map(v => Math.round(within(v, 0, 1) * 20) / 20); show(); };
[0, 1].forEach(k => grip('lit' + k, (u, v) => move(k, ...from(RIGHT, u, v)), (dx, dy) => move(k, lit[k][0] + dx / 20, lit[k][1] + dy / 20)));
function unfold() { lit.splice(0, 2, ...DATA.home.map(p => [...p])); show(); }
function again() { lit.splice(0, 2, ...first.map(p => [...p])); show(); }
show();
// --- trained
const {nets, points, borders, lines} = DATA, rings = DATA.rings.map(p => [...p]);
const moons = [0, 1].map(m => points.filter((_, i) => i % 2 === m));
const see = (w, [x, y], pressed) => {
  const out = [w[40], w[41]];
  for (let i = 0; i < 8; i++) {
    const unit = Math.tanh(x * w[i] + y * w[8 + i] + w[16 + i]);
    out[0] += unit * w[24 + 2 * i]; out[1] += unit * w[25 + 2 * i];
  }
  return pressed ? out.map(Math.tanh) : out;
};
const turned = (w, p) => { // is the paper turned over where this place lies?
  const [o, right, up] = [p, [p[0] + .01, p[1]], [p[0], p[1] + .01]].map(x => see(w, x, true)), a = minus(right, o), b = minus(up, o);
  return a[0] * b[1] - a[1] * b[0] < 0;
};
function show() {
  const k = state.training, w = nets[k], pressed = state.sheet === 1, axes = pressed ? RIGHT : WIDE, f = x => see(w, x, pressed);
  set('paper', {d: path(axes, lines.map(line => line.map(f)))});
  set('edge', {d: path(axes, [lines[0], lines[DATA.across - 1], lines[DATA.across], lines.at(-1)].map(line => line.map(f)))});
  moons.forEach((moon, m) => set('moon' + m, {d: dots(axes, moon.map(f))}));
  set('border', {d: path(LEFT, borders[k])});
  set('carried', {d: path(axes, borders[k].map(line => line.map(f)))});
  const size = w[42] ** 2 + w[43] ** 2, x = [-w[42] * w[44] / size, -w[43] * w[44] / size], far = 3 / Math.sqrt(size);
  set('line', {d: pressed ? path(RIGHT, [[[x[0] - far * w[43], x[1] + far * w[42]], [x[0] + far * w[43], x[1] - far * w[42]]]]) : ''});
  rings.forEach((p, r) => {
    set('ring' + r, {transform: `translate(${at(LEFT, p).join(' ')})`, 'aria-valuetext': `at ${p[0].toFixed(2)}, ${p[1].toFixed(2)}`});
    for (const id of ['disc', 'copy']) set(id + r, {fill: turned(w, p) ? DATA.back : '#fff'});
    set('image' + r, {transform: `translate(${at(axes, f(p)).join(' ')})`});
  });
  const apart = Math.hypot(...minus(...rings)), there = Math.hypot(...minus(...rings.map(p => see(w, p, true))));
  if (apart >= 1 && there < .06 && turned(w, rings[0]) !== turned(w, rings[1])) $('goal1').classList.add('met');
}
[0, 1].forEach(r => {
  const move = (x, y) => { rings[r] = [within(x, ...LEFT.x), within(y, ...LEFT.y)].map(v => Math.round(v * 20) / 20); show(); };
  grip('ring' + r, (u, v) => move(...from(LEFT, u, v)), (dx, dy) => move(rings[r][0] + dx / 20, rings[r][1] + dy / 20));
});
after.push(show);
show();
