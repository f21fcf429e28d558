"""Figures that move: a still for whoever cannot run scripts, and over it the same drawing, alive.

A figure is computed in Python for every state that its controls can reach. Whatever changes is
written as a template with *columns*, arrays with one axis for each control: `text("MAE {:2}",
slopes)`. Only the places where a column bends are sent. The script reads the same columns as the
still, so the two cannot differ, and a figure has no JavaScript of its own, unless its states are
too many to list: then `script` draws. No kernel, no library, no request; the same on every machine.
"""

import json
import math
import re
from html import escape
from pathlib import Path
from urllib.parse import quote

import numpy as np

from course.pictures import BLUE, GOLD, GREEN, ORANGE, PINK, SKY

PLAYER = Path(__file__).with_suffix(".js")
INK = {  # the house's colours, dark enough for words on white
    BLUE: "#0068a3",
    ORANGE: "#b34e00",
    GREEN: "#00755a",
    PINK: "#9c4476",
    GOLD: "#8a6000",
    SKY: "#1f6f9f",
}
FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif"
LOOK = f"""svg{{font:13px {FONT}}}text{{fill:#333}}.h{{font-weight:600;fill:#111}}.n{{fill:#666}}
.t{{fill:#666;font-size:11.5px}}.b{{font-weight:600}}.o{{paint-order:stroke;stroke:#fff;
stroke-width:4px;stroke-linejoin:round}}path,polyline{{fill:none;stroke-linejoin:round;
stroke-linecap:round}}.k{{cursor:grab;outline:none;touch-action:none}}.k:active{{cursor:grabbing}}
.dot{{fill:#888;stroke:#fff;stroke-width:2}}.on .dot{{fill:#111}}.ways{{opacity:0}}
.on .ways{{opacity:1}}.k .halo{{opacity:0}}.k:hover .halo{{opacity:.14}}
.k:focus .halo{{opacity:.26}}.k:focus .ring{{stroke:#D55E00}}
@media(max-width:620px){{svg{{font-size:15.5px}}.t{{font-size:13.5px}}}}"""
PAGE = f"""body{{margin:0;visibility:hidden;font:14px {FONT};color:#333;overflow:hidden}}
body.runs{{visibility:visible;background:#fff}}svg{{display:block;width:100%;height:auto;
user-select:none}}#bar{{display:flex;flex-wrap:wrap;gap:6px 18px;align-items:center;
padding:4px 16px 0;line-height:1.35}}#bar label{{display:flex;gap:9px;align-items:center}}
output{{font-variant-numeric:tabular-nums}}button,input[type=text],textarea{{font:inherit;
color:#222;background:#f4f4f4;border:1px solid #bbb;border-radius:7px;padding:3px 11px}}
button{{cursor:pointer}}button:hover{{background:#e6e6e6}}button[aria-pressed=true]{{
background:#0068a3;border-color:#0068a3;color:#fff}}input{{accent-color:#0072B2}}
:is(button,input,textarea):focus-visible{{outline:2px solid #0072B2;outline-offset:2px}}
.goal{{color:#666}}.goal::before{{content:'○ '}}.goal.met{{color:#00735a}}
.goal.met::before{{content:'✓ '}}"""
SAFE = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


# Columns: what changes, sent by the places where it bends


def knots(values, tolerance):
    """Few of many whole numbers, [place, value, …]: on straight lines between them lie the rest."""
    found, start, low, high = [0, values[0]], 0, -math.inf, math.inf
    for i in range(1, len(values)):
        slope = (values[i] - values[start]) / (i - start)
        if not low <= slope <= high:
            start = i - 1
            found += [start, values[start]]
            low, high = -math.inf, math.inf
        low = max(low, (values[i] - tolerance - values[start]) / (i - start))
        high = min(high, (values[i] + tolerance - values[start]) / (i - start))
    if found[-1] != values[-1] or len(found) > 2:
        found += [len(values) - 1, values[-1]]
    return found


def packed(column, digits, shape):
    """A column as it is sent: how to write it, and its knots; words where they change."""
    column = np.broadcast_to(np.asarray(column), shape).ravel()
    if column.dtype.kind in "US":
        keep = [0, *(np.flatnonzero(column[1:] != column[:-1]) + 1).tolist()]
        return ["", *(part for i in keep for part in (i, str(column[i])))]
    if not np.isfinite(column).all():
        raise ValueError("a figure cannot draw nan or infinity: clip first")
    scale = 100 if digits < 0 else 10 ** (digits + 3)  # hundredths of a pixel; or three digits more
    whole = np.floor(column * scale + 0.5).astype(int).tolist()
    return [digits, *knots(whole, tolerance=5 if digits < 0 else 2)]


def unpacked(column, at):
    """What is written for a column in the state number `at`: as the script does it."""
    digits, places, values = column[0], column[1::2], column[2::2]
    low = max(i for i, place in enumerate(places) if place <= at)
    value = values[low]
    if digits == "":
        return value
    if low + 1 < len(places):
        share = (at - places[low]) / (places[low + 1] - places[low])
        value = value + (values[low + 1] - value) * share
    if digits < 0:
        return f"{math.floor(value / 10 + 0.5) / 10:g}"
    number = math.floor(value / 1000 + 0.5 + 1e-6)
    text = str(abs(number)).rjust(digits + 1, "0")
    text = f"{text[:-digits]}.{text[-digits:]}" if digits else text
    return "−" * (number < 0) + text


class Text:
    """A template, "M46 {}L346 {}" or "MAE {:2}", and for each of its gaps a column.

    {} is a number of pixels, or a word; {:2} a number with two digits after the point.
    """

    def __init__(self, template, *columns):
        gaps = re.findall(r"\{(?::(\d+))?\}", template)
        self.gaps = [int(digits) if digits else -1 for digits in gaps]
        self.template, self.columns = re.sub(r"\{:\d+\}", "{}", template), columns
        if len(self.gaps) != len(columns):
            raise ValueError(f"{len(columns)} columns for the {len(self.gaps)} gaps of {template}")

    def packed(self, shape):
        pairs = zip(self.columns, self.gaps)
        return [self.template, [packed(column, digits, shape) for column, digits in pairs]]


class Line(Text):
    """The path through points of shape (…, n, 2), in pixels; the axes before are the controls'."""

    def __init__(self, points, closed=False):
        points = np.asarray(points, float)
        before, then = np.diff(points, axis=-2)[..., :-1, :], np.diff(points, axis=-2)[..., 1:, :]
        turn = before[..., 0] * then[..., 1] - before[..., 1] * then[..., 0]
        bends = (abs(turn) > 1e-6) | ((before * then).sum(-1) <= 0)
        bends = bends.any(tuple(range(bends.ndim - 1)))
        keep = [0, *np.flatnonzero(bends) + 1, points.shape[-2] - 1]
        points = points[..., keep, :]  # on a straight way its two ends are enough
        self.template = "ring" if closed else "line"
        self.columns = list(np.moveaxis(points.reshape(*points.shape[:-2], -1), -1, 0))
        self.gaps = [-1] * len(self.columns)


def written(template, columns, at):
    """A template with its gaps filled in, in the state number `at`."""
    words = [unpacked(column, at) for column in columns]
    if template in ("line", "ring"):
        pairs = [f"{x} {y}" for x, y in zip(words[::2], words[1::2])]
        return "M" + "L".join(pairs) + "Z" * (template == "ring")
    pieces = template.split("{}")
    return pieces[0] + "".join(word + piece for word, piece in zip(words, pieces[1:]))


# Axes


class Axes:
    """A box (left, top, width, height) in pixels, and the ranges of x and of y that it shows."""

    def __init__(self, x, y, box):
        self.x, self.y, self.box = x, y, box

    def __call__(self, x, y):
        """Points (…, 2) in pixels."""
        (a, b), (c, d), (left, top, width, height) = self.x, self.y, self.box
        x, y = np.broadcast_arrays(np.asarray(x, float), np.asarray(y, float))
        across, up = (x - a) / (b - a), (y - c) / (d - c)
        return np.stack([left + width * across, top + height * (1 - up)], axis=-1)

    def draw(self, figure, title="", xlabel="", ylabel="", xticks=(), yticks=()):
        """The frame: grid lines with their numbers ({place: words} or places), and its words."""
        left, top, width, height = self.box
        for x, words in ticks(xticks):
            at = round(float(self(x, self.y[0])[0]), 1)
            figure.add("path", d=f"M{at:g} {top}v{height}", stroke="#bbb" if x == 0 else "#eee")
            figure.add("text", words, x=at, y=top + height + 17, text_anchor="middle", class_="t")
        for y, words in ticks(yticks):
            at = round(float(self(self.x[0], y)[1]), 1)
            figure.add("path", d=f"M{left} {at:g}h{width}", stroke="#bbb" if y == 0 else "#eee")
            figure.add("text", words, x=left - 7, y=at + 4, text_anchor="end", class_="t")
        right, below = left + width, top + height + 38
        figure.add("text", title, x=left - 34, y=top - 34, class_="h")
        figure.add("text", ylabel, x=left - 34, y=top - 15, class_="n")
        figure.add("text", xlabel, x=right, y=below, text_anchor="end", class_="n")


def ticks(places):
    """(place, words) pairs, with a true minus."""
    if isinstance(places, dict):
        return places.items()
    return [(place, f"{place:g}".replace("-", "−")) for place in places]


def apart(heights, gap):
    """Heights (…, n) of labels, moved as little as may be until each two are `gap` apart."""
    heights = np.array(heights, float)
    order = np.argsort(heights, axis=-1, kind="stable")
    rising = np.take_along_axis(heights, order, -1)
    for _ in range(40):
        for i in range(rising.shape[-1] - 1):
            push = np.maximum(0, gap - (rising[..., i + 1] - rising[..., i])) / 2
            rising[..., i] -= push
            rising[..., i + 1] += push
    np.put_along_axis(heights, order, rising, -1)
    return heights


# Figures


class Moving:
    """A figure that moves. Add its controls first, then what is drawn; a notebook shows it.

    `picture=True` keeps it light in the dark theme, as digits and landscapes are.
    """

    def __init__(self, title, alt, size=(720, 400), picture=False):
        self.title, self.alt, self.size, self.picture = title, alt, size, picture
        self.controls, self.bar, self.parts, self.changes = [], [], [], []
        self.handles, self.goals, self.clips, self.script = [], [], [], ""

    @property
    def shape(self):
        """How many states each control has: the shape of a column."""
        return tuple(control["n"] for control in self.controls)

    @property
    def at(self):
        """The number of the state in which the figure begins."""
        begin = [control["start"] for control in self.controls]
        return int(np.ravel_multi_index(begin, self.shape)) if begin else 0

    # controls, in the order of the columns' axes

    def control(self, name, n, start=0, kind="hidden", **more):
        self.controls.append({"name": name, "n": n, "start": int(start), "kind": kind, **more})

    def slider(self, name, words, start=0, play=False):
        """A slider under the figure, with what it says at each of its places."""
        words = [str(word) for word in words]
        self.control(name, len(words), start, "slider", said=packed(words, -1, (len(words),)))
        longest = max(map(len, words))
        field = f"<input id='{name}' type=range min=0 max={len(words) - 1} value={start}>"
        said = f"<output id='{name}-said' style='min-width:{longest * 0.62:.1f}em'></output>"
        self.bar.append((150 + 8 * (len(name) + longest), f"<label>{name} {field} {said}</label>"))
        if play:
            self.button("play", f"play({json.dumps(name)})")

    def choice(self, name, words, start=0):
        """A button for each of a few states, one of them pressed."""
        self.control(name, len(words), start, "choice")
        for i, word in enumerate(words):
            button = f"<button id='{name}-{i}'>{escape(str(word))}</button>"
            self.bar.append((26 + 8 * len(str(word)), button))

    def typed(self, name, words, start=0, note="not one of the answers"):
        """A field to type in: each of the words leads to its state; others get the note."""
        words = [str(word) for word in words]
        self.control(name, len(words), start, "typed", words=words, note=note)
        size = max(8, *map(len, words))
        field = f"<input id='{name}' type=text size={size} value='{escape(words[start])}'>"
        note = f"<output id='{name}-said' class=n></output>"
        width = 60 + 9 * size + 8 * (len(name) + len(self.controls[-1]["note"]))
        self.bar.append((width, f"<label>{name} {field} {note}</label>"))

    def button(self, word, script="back()"):
        """A button that runs a line of script; by itself it leads back to the beginning."""
        self.bar.append((26 + 8 * len(word), f'<button onclick="{escape(script)}">{word}</button>'))

    # what is drawn

    def add(self, tag, words="", parent=None, **attributes):
        """An SVG element; its words and attributes are fixed, or Text or Line. Returns its id."""
        id_ = attributes.pop("id_", None) or f"p{len(self.parts)}"
        fixed = {}
        for name, value in attributes.items():
            name = "class" if name == "class_" else name.replace("_", "-")
            fixed[name] = self.now(id_, name, value)
        inner = escape(self.now(id_, "text", words), quote=False)
        told = "".join(f" {name}='{escape(str(v))}'" for name, v in fixed.items())
        self.parts.append(f"<{tag} id='{id_}'{told}>{inner}</{tag}>")
        return id_

    def raw(self, svg):
        """SVG as it stands: what neither changes nor fits `add`."""
        self.parts.append(svg)

    def now(self, id_, name, value):
        """What a value is at the beginning; what changes is noted for the script."""
        if not isinstance(value, Text):
            return f"{value:g}" if isinstance(value, float) else str(value)
        template, columns = value.packed(self.shape)
        if any(len(column) > 3 for column in columns):
            self.changes.append([id_, name, template, columns])
        return written(template, columns, self.at)

    def clip(self, axes):
        """The clip-path that keeps what is drawn within the box of these axes."""
        name = f"c{len(self.parts)}"
        x, y, width, height = axes.box
        self.raw(
            f"<clipPath id='{name}'><rect x='{x}' y='{y}' width='{width}' height='{height}'/>"
            "</clipPath>"
        )
        return f"url(#{name})"

    def handle(self, moves, points, label, along="y", sets=None, home=None, radius=7):
        """A dot that the mouse drags and the arrow keys push: it moves the control `moves`.

        `points` (…, 2), in pixels, is where it stands in every state. With `sets`, such as
        {"house": 3}, taking hold of it sets these controls first, and `moves` to its `home`.
        """
        names = [control["name"] for control in self.controls]
        sets, axis, every = sets or {}, names.index(moves), np.indices(self.shape)
        index = [sets.get(name, self.controls[k]["start"]) for k, name in enumerate(names)]
        index[axis] = slice(None)
        points = np.broadcast_to(points, (*self.shape, 2))
        track = points[tuple(index)][:, "xy".index(along)]
        on = np.all([every[axis] >= 0, *(every[names.index(k)] == i for k, i in sets.items())], 0)
        id_ = f"h{len(self.handles)}"
        place = Text("translate({} {})", points[..., 0], points[..., 1])
        grip = Text("{}", np.where(on, "k on", "k"))
        attributes = {
            "transform": self.now(id_, "transform", place),
            "class": self.now(id_, "class", grip),
        }
        told = "".join(f" {name}='{value}'" for name, value in attributes.items())
        chevrons = "M-5 -17L0 -22L5 -17M-5 17L0 22L5 17"
        if along == "x":
            chevrons = "M-17 -5L-22 0L-17 5M17 -5L22 0L17 5"
        self.parts.append(
            f"<g id='{id_}'{told} tabindex='0' role='slider' aria-label='{escape(label)}' "
            f"aria-valuemin='0' aria-valuemax='{self.shape[axis] - 1}'>"
            f"<circle class='halo' r='{2 * radius + 1}'/><circle class='dot' r='{radius}'/>"
            f"<path class='ways' d='{chevrons}' stroke='#111' stroke-width='2'/></g>"
        )
        self.handles.append(
            {
                "id": id_,
                "moves": moves,
                "along": along,
                "track": packed(track, -1, track.shape)[1:],
                "sets": sets,
                "home": home,
            }
        )
        return id_

    # what is said under the figure

    def says(self, template, *columns):
        """A sentence under the figure that changes with the state."""
        template, columns = Text(template, *columns).packed(self.shape)
        id_ = f"says{len(self.changes)}"
        self.changes.append([id_, "text", template, columns])
        some = {*range(0, int(np.prod(self.shape)), max(1, int(np.prod(self.shape)) // 200))}
        longest = max(len(written(template, columns, at)) for at in some)
        self.bar.append((8 * longest, f"<output id={id_}></output>"))

    def goal(self, words, met):
        """A target; `met`, a column of truths, is where it is reached. Once met, it stays so."""
        met = np.where(met, "met", "")
        self.goals.append([f"goal{len(self.goals)}", packed(met, -1, self.shape)])
        line = f"<span id={self.goals[-1][0]} class=goal style='flex-basis:100%'>{words}</span>"
        self.bar.append((10**4 + 8 * (2 + len(words)), line))

    def foot(self, width):
        """How high the bar is at a width: rows of controls and words, broken where they must."""
        rows, left = 1.0, width
        for wide, _ in self.bar:
            own_row, wide = wide >= 10**4, wide % 10**4
            if own_row or wide > left:
                rows, left = rows + 1, width
            rows += max(0, math.ceil(wide / width) - 1)
            left = 0 if own_row else left - wide - 18
        return 20 + 29 * rows

    def svg(self):
        """The drawing as it is at the beginning."""
        width, height = self.size
        return (
            f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}'>"
            f"<style>{LOOK}</style>{''.join(self.parts)}</svg>"
        )

    def page(self):
        """The live figure: a page that needs nothing from anywhere."""
        data = {
            "controls": self.controls,
            "changes": self.changes,
            "handles": self.handles,
            "goals": self.goals,
        }
        sent = json.dumps(data, separators=(",", ":"), ensure_ascii=False).replace("</", "<\\/")
        return (
            f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(self.title)}</title>"
            f'<meta http-equiv=Content-Security-Policy content="{SAFE}"><style>{PAGE}</style>'
            f"{self.svg()}<div id=bar>{''.join(html for _, html in self.bar)}</div>"
            f"<script>const FIGURE={sent};{PLAYER.read_text('utf-8')}{self.script}\n"
            "document.body.className='runs'</script>"
        )

    def _repr_html_(self):
        still = quote(self.svg(), safe=" /:=;,.()*!?'-+@")
        wide, narrow = self.foot(868) - 31, self.foot(468) - 31  # beside the 31 of the line below
        slope = (narrow - wide) / 400
        foot = f"max({wide:.0f}px,calc({narrow + 500 * slope:.0f}px - {100 * slope:.2f}%))"
        page = self.page().replace("&", "&amp;").replace('"', "&quot;")
        name = "minnet-moving minnet-picture" if self.picture else "minnet-moving"
        return (
            f'<div class="{name}" style="position:relative;max-width:900px;background:#fff;'
            f'color:#555;border-radius:10px;overflow:hidden;padding-bottom:{foot}">'
            f'<img alt="{escape(self.alt)}" style="display:block;width:100%" '
            f'src="data:image/svg+xml,{still}">'
            '<div style="padding:6px 16px;font-size:13px;line-height:19px">'
            "This is a still: run the cell, and it moves.</div>"
            f'<iframe sandbox="allow-scripts" title="{escape(self.title)}" '
            'style="position:absolute;left:0;top:0;width:100%;height:100%;border:0" '
            f'srcdoc="{page}"></iframe></div>'
        )

    def __repr__(self):
        return f"<{self.title}: a figure that moves>"
