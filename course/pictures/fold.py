"""The fold: a sheet that one folds by hand, and the sheet as training folds it."""

import json
import math
from pathlib import Path

import numpy as np
from contourpy import contour_generator

from course.moving import INK, Axes, Moving, Text
from course.pictures import BLUE, GREEN, ORANGE, PINK

DUSK, DAWN, BACK = "#e3eef6", "#fbe6d8", "#d9d2bf"  # where dark is, where lit is, the paper's back
SHEET = {"stroke": "#556", "stroke_width": 0.9, "stroke_opacity": 0.5}
DARK, LIT = [[0.0, 0.0], [1.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]]
MARK = [0.9, 0.3]  # a place to follow
SCRIPT = Path(__file__).with_suffix(".js")
SQUARE = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]


def num(v):
    """A number of pixels with one digit after the point, as the script writes it."""
    return f"{math.floor(v * 10 + 0.5) / 10:g}"


def at(axes, point):
    """A place in pixels, in words."""
    (u, v), (a, b), (c, d), (left, top, w, h) = point, axes.x, axes.y, axes.box
    return num(left + w * (u - a) / (b - a)) + " " + num(top + h * (1 - (v - c) / (d - c)))


def path(axes, lines, end=""):
    return "".join("M" + "L".join(at(axes, p) for p in line) + end for line in lines)


def dots(axes, points):
    return "".join(f"M{at(axes, p)}h0" for p in points)


def sent(figure, part, **data):
    """Give a figure its part of the script, and its data as JSON."""
    told = json.dumps(data, separators=(",", ":"))
    axes = "".join(f"const {k}={json.dumps(vars(a))};" for k, a in figure.boxes.items())
    _, common, *parts = SCRIPT.read_text("utf-8").split("// --- ")
    script = next(each for each in parts if each.startswith(part))
    figure.script = "\n".join([f"const DATA={told};{axes}//{common}//{script}"])
    return figure


# By hand


def bend(corner, to):
    """The crease that lays `corner` on `to`: beyond it, by relu(n · x - c), the paper moves."""
    way = np.subtract(corner, to)
    size = math.hypot(*way)
    if size < 1e-9:
        return np.zeros(2), 1.0
    n = way / size
    return n, float(n @ (np.add(corner, to) / 2))


def seen(bends, x):
    """Where a place of the sheet lies: each bend mirrors what lies beyond its crease."""
    x = np.asarray(x, float)
    return x - sum(2 * n * max(0.0, float(n @ x) - c) for n, c in bends)


def clipped(ring, f):
    """The part of a convex ring where f is above 0."""
    kept = []
    for p, q in zip(ring, ring[1:] + ring[:1]):
        a, b = f(p), f(q)
        kept += [p] if a >= 0 else []
        if (a >= 0) != (b >= 0):
            kept.append(np.add(p, a / (a - b) * np.subtract(q, p)))
    return kept


def crossing(ring, f):
    """The line in a convex ring on which f is 0, as a list of none or one."""
    ends = []
    for p, q in zip(ring, ring[1:] + ring[:1]):
        a, b = f(p), f(q)
        if (a >= 0) != (b >= 0):
            ends.append(np.add(p, a / (a - b) * np.subtract(q, p)))
    return [ends] if len(ends) == 2 else []


def area(ring):
    """Twice the area of a ring; below 0 where it has been turned over."""
    x, y = np.transpose(ring)
    return float(x @ np.roll(y, -1) - y @ np.roll(x, -1))


def pieces(bends):
    """The flat sheet, cut along its creases."""
    rings = [SQUARE]
    for n, c in bends:
        both = [(-n, -c), (n, c)]
        rings = [
            clipped(ring, lambda x, n=n, c=c: float(n @ x) - c) for ring in rings for n, c in both
        ]
    return [ring for ring in rings if len(ring) > 2 and abs(area(ring)) > 1e-9]


def squared_paper(bends):
    """The lines of the sheet where they lie, each broken where it is creased."""
    lines = []
    for s in np.arange(11) / 10:
        for p, q in (([0.0, s], [1.0, s]), ([s, 0.0], [s, 1.0])):
            ts = [0.0, 1.0]
            for n, c in bends:
                a, b = float(n @ p) - c, float(n @ q) - c
                ts += [a / (a - b)] if a * b < 0 else []
            lines.append([seen(bends, np.add(p, t * np.subtract(q, p))) for t in sorted(ts)])
    return lines


def fold_by_hand(start=((0.8, 0.4), (0.0, 1.0))):
    """A sheet with two lit and two dark corners; each lit one can be folded over, to any place.

    One hidden layer does it: relu(p) and relu(q) carry the sheet, and each fold is one relu more.
    """
    left = Axes((-0.14, 1.14), (-0.14, 1.14), (44, 58, 290, 290))
    right = Axes((-0.14, 1.14), (-0.14, 1.14), (414, 58, 290, 290))
    figure = Moving(
        "The fold, by hand",
        "Left a flat sheet with two lit and two dark corners and its creases; right the same sheet "
        "with one lit corner folded over. No straight line parts lit from dark yet.",
        size=(720, 394),
    )
    figure.boxes = {"LEFT": left, "RIGHT": right}
    bends = [bend(corner, to) for corner, to in zip(LIT, start)]
    half = (0, 0.5, 1)
    left.draw(figure, "The sheet, flat", "p", "q", half, half)
    right.draw(figure, "The sheet, folded: pull a lit corner", "first number", "second number",
               half, half)  # fmt: skip
    inside, beside = figure.clip(left), figure.clip(right)
    figure.add("path", d=path(left, [SQUARE], "Z"), style="fill:#fff")
    figure.add("path", d=path(right, [SQUARE], "Z"), stroke="#aaa", stroke_dasharray="3 4")
    figure.add("path", id_="here", d="", style=f"fill:{DAWN}")
    figure.add("path", d=path(left, squared_paper([])), **SHEET)
    turned = [[seen(bends, x) for x in ring] for ring in pieces(bends)]
    front = [ring for ring in turned if area(ring) >= 0]
    back = [ring for ring in turned if area(ring) < 0]
    paper = "stroke:#889;stroke-width:1.2;fill-opacity:.8;fill:"
    figure.add("path", id_="front", d=path(right, front, "Z"), style=paper + "#fff")
    figure.add("path", id_="back", d=path(right, back, "Z"), style=paper + BACK)
    figure.add("path", id_="there", d="", style=f"fill:{DAWN};fill-opacity:.7")
    figure.add("path", id_="paper", d=path(right, squared_paper(bends)), **SHEET)
    for k, colour in enumerate((GREEN, PINK)):
        n, c = bends[k]
        line = crossing(SQUARE, lambda x, n=n, c=c: float(n @ x) - c)
        figure.add("path", id_=f"crease{k}", d=path(left, line), stroke=colour, stroke_width=3,
                   stroke_dasharray="7 6")  # fmt: skip
    figure.add("path", id_="border", d="", stroke="#111", stroke_width=2.4, clip_path=inside)
    figure.add("path", id_="line", d="", stroke="#111", stroke_width=2.4, clip_path=beside)
    cross = "M-6 -6L6 6M6 -6L-6 6"
    for name, axes, place in (("flatmark", left, MARK), ("mark", right, seen(bends, MARK))):
        figure.add("path", id_=name, d=cross, transform=f"translate({at(axes, place)})",
                   stroke="#444", stroke_width=2.6)  # fmt: skip
    dot = {"stroke": BLUE, "stroke_width": 16}
    figure.add("path", d=dots(left, DARK), **dot)
    figure.add("path", d=dots(left, LIT), **dot | {"stroke": ORANGE})
    figure.add("path", id_="dark", d=dots(right, [seen(bends, x) for x in DARK]), **dot)
    words = [("dark", DARK[0], 12, -10, "start"), ("dark", DARK[1], -12, 20, "end")]
    words += [("lit", LIT[0], -12, -10, "end"), ("lit", LIT[1], 12, 20, "start")]
    for word, place, dx, dy, anchor in words:
        x, y = map(float, at(left, place).split())
        colour = INK[BLUE if word == "dark" else ORANGE]
        figure.add("text", word, x=x + dx, y=y + dy, text_anchor=anchor, class_="b o",
                   style=f"fill:{colour}")  # fmt: skip
    for k, (to, colour) in enumerate(zip(start, (GREEN, PINK))):
        figure.raw(
            f"<g id='lit{k}' class='k' tabindex='0' role='slider' "
            f"aria-label='lit corner {k + 1}, arrow keys pull it' aria-valuemin='0' "
            f"aria-valuemax='1' aria-valuenow='{to[0]:g}' "
            f"aria-valuetext='at {to[0]:.2f}, {to[1]:.2f}' transform='translate({at(right, to)})'>"
            f"<circle class='halo' r='18' fill='{colour}'/>"
            f"<circle r='9' fill='{ORANGE}' stroke='{colour}' stroke-width='4'/></g>"
        )
    figure.button("lay it flat", "unfold()")
    figure.button("start again", "again()")
    figure.bar.append((8 * 38, "<output id=said></output>"))
    figure.goal("Let both lit corners meet.", False)
    figure.goal("Let them meet where one straight line parts them from the dark ones.", False)
    return sent(figure, "by hand", lit=[list(to) for to in start], home=LIT,
                dark=DARK, square=SQUARE, mark=MARK)  # fmt: skip


# In training


def weights(network):
    """The 45 numbers of a 2-8-2-1 network, rounded: weight, bias, weight, bias, weight, bias."""
    return [round(float(v), 3) + 0.0 for p in network.parameters() for v in p.data.ravel()]


def carried(w, places, pressed=True):
    """Where the first layers of such a network carry places (n, 2) of the plane."""
    w = np.asarray(w)
    units = np.tanh(places @ w[:16].reshape(2, 8) + w[16:24])
    landed = units @ w[24:40].reshape(8, 2) + w[40:42]
    return np.tanh(landed) if pressed else landed


def turned(w, place):
    """Is the paper turned over where this place of the plane lies?"""
    steps = np.array([[0, 0], [0.01, 0], [0, 0.01]])
    at, right, up = carried(w, np.asarray(place) + steps)
    (a, b), (c, d) = right - at, up - at
    return a * d - b * c < 0


def turned_over(carry, low=(-1.5, -1.1), high=(2.5, 1.6), n=40):
    """The share of a sheet that lies turned over after a network: the smaller of its two sides."""
    grid = np.stack(np.meshgrid(*(np.linspace(a, b, n) for a, b in zip(low, high))), axis=-1)
    landed = carry(grid.reshape(-1, 2)).data.reshape(n, n, 2)
    down, right = landed[1:, :-1] - landed[:-1, :-1], landed[:-1, 1:] - landed[:-1, :-1]
    turn = right[..., 0] * down[..., 1] - right[..., 1] * down[..., 0]
    return min(np.mean(turn > 0), np.mean(turn < 0))


def border_of(w, axes):
    """The lines on the plane on which such a network is undecided."""
    x, y = (np.linspace(*ends, 90) for ends in (axes.x, axes.y))
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    said = carried(w, grid) @ np.asarray(w[42:44]) + w[44]
    lines = contour_generator(x, y, said.reshape(90, 90)).lines(0)
    return [np.concatenate([line[:-1:2], line[-1:]]).round(3).tolist() for line in lines]


def fold_in_training(frames, moments, points, labels):
    """The moons and a 2-8-2-1 network with tanh, at some moments of its training: `frames`.

    Left the plane and the border on it; right the same sheet, after the eight bends have been
    weighed into two numbers, or after these were pressed by tanh: so the last layer sees it.
    """
    left = Axes((-1.6, 2.6), (-1.2, 1.75), (44, 58, 336, 236))
    right = Axes((-1.12, 1.12), (-1.12, 1.12), (448, 58, 258, 258))
    nets = [weights(frame) for frame in frames]
    shares = [np.mean((frame(points).data.ravel() > 0) == labels) for frame in frames]
    both = zip(points[labels == 0][:80], points[labels == 1][:80])
    some = np.round([each for pair in both for each in pair], 2)
    reach = 1.05 * max(abs(carried(w, some, pressed=False)).max() for w in nets)
    wide = Axes((-reach, reach), (-reach, reach), right.box)
    xs, ys = np.linspace(-1.5, 2.5, 13), np.linspace(-1.1, 1.6, 10)
    lines = [[[x, y] for x in np.linspace(-1.5, 2.5, 61)] for y in ys]
    lines += [[[x, y] for y in np.linspace(-1.1, 1.6, 41)] for x in xs]
    lines = [np.round(line, 4).tolist() for line in lines]
    borders = [border_of(w, left) for w in nets]
    figure = Moving(
        "The fold, in training",
        "Left two moons on squared paper, with a winding border between them. Right the same "
        "paper, stretched and folded, with one straight line between the moons.",
        size=(720, 368),
    )
    figure.boxes = {"LEFT": left, "RIGHT": right, "WIDE": wide}
    words = [f"step {m}: {share:.2f} right" for m, share in zip(moments, shares)]
    figure.slider("training", words, len(frames) - 1, play=True)
    figure.choice("sheet", ["before its tanh", "after its tanh"], 1)
    figure.add("text", "The plane, and the border on it", x=44, y=24, class_="h")
    told = Text("{}", np.array([["Before its tanh", "After its tanh"]]))
    figure.add("text", told, x=448, y=24, class_="h")
    figure.add("text", "drag A and B: brown where the paper is turned over", x=44, y=43, class_="n")
    inside, beside = figure.clip(left), figure.clip(right)
    for x, y, w, h in (left.box, right.box):
        figure.add("rect", x=x, y=y, width=w, height=h, fill="#fafafa")
    w, near, far = np.array(nets[-1]), {"clip_path": inside}, {"clip_path": beside}
    figure.add("path", d=path(left, [[line[0], line[-1]] for line in lines]), **SHEET, **near)
    landed = [carried(w, np.array(line)) for line in lines]
    figure.add("path", id_="paper", d=path(right, landed), **SHEET, **far)
    outline = [landed[0], landed[9], landed[10], landed[-1]]
    figure.add("path", id_="edge", d=path(right, outline), stroke="#334", stroke_width=1.6, **far)
    for m, colour in enumerate((BLUE, ORANGE)):
        look = {"stroke": colour, "stroke_width": 5, "stroke_opacity": 0.8}
        figure.add("path", d=dots(left, some[m::2]), **look, **near)
        figure.add("path", id_=f"moon{m}", d=dots(right, carried(w, some[m::2])), **look, **far)
    black = {"stroke": "#111", "stroke_width": 2.4}
    figure.add("path", id_="border", d=path(left, borders[-1]), **black, **near)
    spread = [carried(w, np.array(line)) for line in borders[-1]]
    figure.add("path", id_="carried", d=path(right, spread), **black, **far)
    size = w[42] ** 2 + w[43] ** 2
    x, reach = [-w[42] * w[44] / size, -w[43] * w[44] / size], 3 / np.sqrt(size)
    line = [[x[0] - reach * w[43], x[1] + reach * w[42]]]
    line.append([x[0] + reach * w[43], x[1] - reach * w[42]])
    thin = black | {"stroke_width": 1.2, "stroke_dasharray": "5 4"}
    figure.add("path", id_="line", d=path(right, [line]), **thin, **far)
    rings = [[0.0, 0.3], [1.0, 0.3]]
    for r, (place, colour) in enumerate(zip(rings, (GREEN, PINK))):
        to = at(right, carried(w, np.array([place]))[0])
        letter = f"<text y='5' text-anchor='middle' class='b'>{'AB'[r]}</text>"
        fill = BACK if turned(w, place) else "#fff"
        disc = f"<circle id='{{}}{r}' r='10' fill='{fill}' stroke-width='3.5' stroke='{colour}'/>"
        figure.raw(
            f"<g id='image{r}' transform='translate({to})'>{disc.format('copy')}{letter}</g>"
        )
        figure.raw(
            f"<g id='ring{r}' class='k' tabindex='0' role='slider' "
            f"aria-label='place {'AB'[r]} on the plane, arrow keys move it' aria-valuemin='0' "
            f"aria-valuemax='1' aria-valuenow='0' "
            f"aria-valuetext='at {place[0]:.2f}, {place[1]:.2f}' "
            f"transform='translate({at(left, place)})'>"
            f"<circle class='halo' r='18' fill='{colour}'/>{disc.format('disc')}{letter}</g>"
        )
    early = np.argmax(np.array(shares) >= 0.95)
    figure.goal("Stop at the first of these moments at which 0.95 of the points are right.",
                np.arange(len(frames))[:, None] == early)  # fmt: skip
    sides = "Put A and B three squares apart or more, one on each side of the paper, {}"
    figure.goal(sides.format("so that they meet on the right."), False)
    return sent(figure, "trained", nets=nets, points=some.tolist(), borders=borders, lines=lines,
                across=10, rings=rings, back=BACK)  # fmt: skip
