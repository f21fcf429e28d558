"""Paint a digit of 8 by 8 places; the eight rows of signs beside it are to be copied."""

from course.moving import Moving

SIGNS = ".-+#"  # from white to black, as chapter 6 reads them
GREYS = ("#fff", "#aaa", "#555", "#000")
BOX, EDGE = 40, 20  # pixels of a place, and of the margin

SCRIPT = r"""
const sheet = $('sheet'), rows = $('rows'), within = i => Math.max(0, Math.min(7, i));
const ink = START.map(row => [...row].map(sign => SIGNS.indexOf(sign)));
let at = [3, 3]; // row and column
function show() {
  for (let i = 0; i < 8; i++)
    for (let j = 0; j < 8; j++) set(`c${i}${j}`, {fill: GREYS[ink[i][j]]});
  set('cursor', {x: EDGE + BOX * at[1], y: EDGE + BOX * at[0]});
  rows.value = ink.map(row => row.map(level => SIGNS[level]).join('')).join('\n');
}
function put(level) { ink[at[0]][at[1]] = level; show(); }
function clear() { for (const row of ink) row.fill(0); show(); }
function place(x, y) { return [y, x].map(v => within(Math.floor((v - EDGE) / BOX))); }
function brush(x, y) { at = place(x, y); put(state.ink); }
function copy() {
  rows.focus();
  const done = document.execCommand('copy') ? 'Copied:' : 'Now press Ctrl+C, and';
  set('copied', {text: done + ' paste them into the cell.'});
}
grip('sheet', brush, (right, up) => {
  at = [within(at[0] - Math.sign(up)), within(at[1] + Math.sign(right))];
  show();
});
sheet.addEventListener('pointerdown', e => brush(...pointer(e)));
sheet.addEventListener('keydown', e => {
  const level = e.key === ' ' ? state.ink : SIGNS.indexOf(e.key[1] ? '?' : e.key);
  if (level >= 0) { e.preventDefault(); put(level); }
});
rows.addEventListener('focus', () => rows.select());
set('written', {opacity: 0}); // the field lies over these rows
show();
"""


def paint(rows=""):
    """A grid to paint on, empty, or with the digit that these eight rows of signs draw."""
    rows = rows.split() or ["." * 8] * 8
    if [len(row) for row in rows] != [8] * 8 or set("".join(rows)) - set(SIGNS):
        raise ValueError(f"a drawing has 8 rows of 8 signs, each one of {' '.join(SIGNS)}")
    figure = Moving(
        "Paint a digit",
        "A grid of eight by eight places to paint a digit on, and its eight rows of signs.",
        size=(720, 2 * EDGE + 8 * BOX),
        picture=True,
    )
    figure.choice("ink", ["white", "light", "grey", "black"], start=3)
    figure.button("clear", "clear()")
    figure.button("copy the rows", "copy()")
    figure.bar.append((300, "<output id=copied class=n></output>"))
    figure.raw(
        "<g id='sheet' class='k' style='cursor:crosshair' tabindex='0' role='application' "
        "aria-label='the sheet: arrow keys move, space paints, . - + # paint that ink'>"
    )
    for i, row in enumerate(rows):
        for j, sign in enumerate(row):
            figure.add(
                "rect", id_=f"c{i}{j}", x=EDGE + BOX * j, y=EDGE + BOX * i, width=BOX, height=BOX,
                fill=GREYS[SIGNS.index(sign)], stroke="#ddd",
            )  # fmt: skip
    figure.add(
        "rect", id_="cursor", class_="ring", x=EDGE + BOX * 3, y=EDGE + BOX * 3, width=BOX,
        height=BOX, fill="none", stroke="#0072B2", stroke_width=3, pointer_events="none",
    )  # fmt: skip
    figure.raw("</g>")
    figure.add("text", "Its eight rows, for the cell below", x=400, y=44, class_="h")
    figure.raw("<g id='written'>")
    for i, row in enumerate(rows):
        style = "font-family:monospace;font-size:17px"
        figure.add("text", row, x=410, y=82 + 24 * i, style=style)
    figure.raw("</g>")
    figure.add("text", "Mouse, or arrow keys and space.", x=400, y=345, class_="n")
    style = "position:absolute;left:55%;top:9vw;width:9em;height:10.5em;resize:none"
    style += ";font:clamp(15px,2.1vw,20px)/1.25 monospace"
    field = f"<textarea id=rows readonly aria-label='its eight rows' style='{style}'></textarea>"
    figure.bar.append((0, field))
    signs = f"SIGNS={SIGNS!r},GREYS={list(GREYS)},START={rows}"
    figure.script = f"const {signs},EDGE={EDGE},BOX={BOX};" + SCRIPT
    return figure
