"""The map of rates of chapter 4: four optimizers, every lr, and a cost times 1 to 100."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from course.moving import INK, Axes, Line, Moving, Text, apart
from course.pictures import BLUE, GREEN, ORANGE, PINK

FILE = Path(__file__).with_name("rates.npz")  # tools/rates.py measured it
SHA256 = "1370c63dd1735f632ca4d6301c6977c6553b10681a3374475312f7f338b79da3"
NAMES = ("SGD", "momentum", "RMSprop", "Adam")
LOOKS = {
    "SGD": (BLUE, "none"),
    "momentum": (GREEN, "9 4"),
    "RMSprop": (PINK, "9 4 2 4"),
    "Adam": (ORANGE, "none"),
}
LEARNED = 0.5  # a network learns where its loss ends below


@dataclass
class Measured:
    """What tools/rates.py found, the middle one of twenty seeds: losses, by optimizer and size."""

    rates: np.ndarray  # (37,)
    times: np.ndarray  # (7,) what the cost is multiplied by
    losses: dict  # {name: (7, 37)}
    passes: dict  # {examples a step: (20,)}, after one pass with the best of its rates
    unseen: dict  # {name: (20,)}, the share of unseen digits that is read after thirty passes

    def best(self, name):
        """The best rate for each scale of the cost."""
        return self.rates[self.losses[name].argmin(axis=1)]

    def __str__(self):
        """What can be read off, in lines."""
        lines = []
        for name, (losses, *_) in self.losses.items():
            learns = self.rates[losses < LEARNED]
            lines.append(
                f"{name:9s}lowest {losses.min():.2f}, with lr {self.best(name)[0]:.2g}; learns "
                f"from {learns[0]:.2g} to {learns[-1]:.2g}, {learns[-1] / learns[0]:.0f}-fold"
            )
        ball, adam = self.unseen["momentum"], self.unseen["Adam"]
        lines += [
            f"thirty passes: momentum reads {ball.mean():.3f} of the unseen digits, Adam "
            f"{adam.mean():.3f};",
            f"momentum more on {np.sum(ball > adam)} of the 20 seeds, Adam on "
            f"{np.sum(ball < adam)}",
        ]
        return "\n".join(lines)


def shipped():
    """The measured map, from the file that comes with the course."""
    content = FILE.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise ValueError(f"{FILE.name} is not the file that was shipped")
    with np.load(io.BytesIO(content), allow_pickle=False) as box:
        losses, passes = box["losses"] / 1000, box["passes"] / 1000
        best = np.median(passes, axis=2).argmin(axis=1)
        after, shares = np.moveaxis(box["long"] / 1000, 3, 0)
        last = np.median(after, axis=2).argmin(axis=1)
        return Measured(
            box["rates"],
            box["times"],
            dict(zip(NAMES, np.median(losses, axis=3), strict=True)),
            {int(size): passes[i, best[i]] for i, size in enumerate(box["sizes"])},
            {name: shares[i, last[i]] for i, name in enumerate(("momentum", "Adam"))},
        )


def fates(rates):
    """For each optimizer whether it learns the digits with this rate: "learns", or how not."""
    return [fate(name, lr) for name, lr in zip(NAMES, np.asarray(rates, float), strict=True)]


def fate(name, lr):
    """Whether this optimizer learns the digits with this rate: "learns", or how not."""
    if not lr > 0:
        return "stands still" if lr == 0 else "climbs"
    box = shipped()
    losses = box.losses[name][0]
    if np.interp(np.log10(lr), np.log10(box.rates), losses) < LEARNED:  # as the curve is drawn
        return "learns"
    return "creeps" if lr < box.rates[losses.argmin()] else "breaks"


def four_rates(tried):
    """Four numbers out of what the reader wrote for `my_bets`, or None: nan where one is none."""
    try:
        given = tried() if callable(tried) else tried
        given = list(given.values() if isinstance(given, dict) else given)
        return np.array(given, float) if len(given) == len(NAMES) else None
    except Exception:  # not tried yet, or wrong: that was told where it was checked
        return None


def map_of_rates(bets=None, tried=None, start=18):
    """The figure, with a ring for each of four bets, and a cross for each that the reader lost.

    `tried` is the reader's function. Where one of its bets wins, the ring is theirs; where it
    loses, the ring is that of `bets`. `start` is the number of the rate where one begins.
    """
    box = shipped()
    x, scales = np.log10(box.rates) + 4, box.times  # powers of ten above 0.0001
    figure = Moving(
        "The map of rates",
        "The loss after a hundred updates against the learning rate, for SGD, momentum, RMSprop "
        "and Adam; a slider multiplies the cost. Bars below show where each of them learns.",
        size=(720, 452),
    )
    figure.slider("cost", [f"× {times}" for times in scales])
    figure.slider("lr", [f"{lr:.2g}" for lr in box.rates], start)
    figure.button("back")
    axes = Axes((0, 4.5), (0, 2.6), (46, 58, 472, 268))
    ticks = {0: "0.0001", 1: "0.001", 2: "0.01", 3: "0.1", 4: "1"}
    axes.draw(figure, "Whose window slides?", "", "loss", ticks, (0, 0.5, 1, 1.5, 2, 2.5))
    figure.add("text", "lr", x=518, y=343, text_anchor="end", class_="n")
    (left, height), right = axes(0, LEARNED), axes(4.5, 0)[0]
    figure.add("path", d=f"M{left} {height:.1f}H{right}", stroke="#888", stroke_dasharray="2 4")
    figure.add("text", "below 0.5 it learns", x=left + 6, y=height - 6, class_="t o")
    inside, now = figure.clip(axes), np.arange(len(scales))[:, None]
    heights = {name: np.minimum(box.losses[name], 2.9) for name in NAMES}
    for name in NAMES:
        colour, dash = LOOKS[name]
        look = {"stroke": colour, "stroke_dasharray": dash, "clip_path": inside}
        ghost = Line(axes(x, heights[name][0]))
        figure.add("path", d=ghost, **look | {"stroke_width": 6, "opacity": 0.15})
        curve = axes(x, heights[name][now])  # (7, 1, 37, 2): the same for every place of the cursor
        figure.add("path", d=Line(curve), **look, stroke_width=2.4)
    rings(figure, axes, bets, four_rates(tried), x, heights)
    bars(figure, axes, box)
    cursor(figure, axes, x, heights, box)
    learns = np.array([box.losses[name] < LEARNED for name in NAMES])
    figure.says("{} of the four learn here", learns.sum(axis=0).astype(str))
    hundred = (scales == 100)[:, None]
    figure.goal("Multiply the cost by 100, and make SGD learn.", learns[0] & hundred)
    figure.goal("Find a cost and a rate at which all four learn.", learns.all(axis=0))
    return figure


def rings(figure, axes, bets, tried, x, heights):
    """A ring on its curve for each bet, and a cross for each that was lost."""
    for k, name in enumerate(NAMES if bets is not None else ()):
        mine = float("nan") if tried is None else float(tried[k])
        won = mine > 0 and fate(name, mine) == "learns"
        x_of, y_of = on_curve(axes, mine if won else float(bets[k]), x, heights[name])
        look = {"fill": "none", "stroke": LOOKS[name][0]}
        figure.add("circle", cx=x_of, cy=Text("{}", y_of), r=6.5, **look, stroke_width=2)
        if mine > 0 and not won:
            x_of, y_of = on_curve(axes, mine, x, heights[name])
            turn = Text("translate({} {})", np.full_like(y_of, x_of), y_of)
            figure.add("path", d="M-7 -7L7 7M-7 7L7 -7", transform=turn, **look, stroke_width=3.5)


def on_curve(axes, lr, x, heights):
    """Where a rate stands on a curve: across, and up for each scale of the cost (7, 1)."""
    place = np.clip(np.log10(lr) + 4, 0, 4.5)
    high = [[np.interp(place, x, losses)] for losses in heights]
    point = axes(place, np.minimum(high, 2.55))
    return round(float(point[0, 0, 0]), 1), point[..., 1]


def bars(figure, axes, box):
    """Under the axis, from where to where each of them learns."""
    for k, name in enumerate(NAMES):
        colour, y = LOOKS[name][0], 362 + 22 * k
        learns = box.losses[name] < LEARNED
        ends = np.array([box.rates[each][[0, -1]] for each in learns])  # (7, 2)
        places = axes(np.log10(ends) + 4, 0)[:, None, :, 0]
        figure.add("path", d=Line(np.stack([places, np.full_like(places, y)], -1)),
                   stroke=colour, stroke_width=9)  # fmt: skip
        figure.add("text", f"{name} learns", x=536, y=y + 4, class_="b",
                   style=f"fill:{INK[colour]}")  # fmt: skip


def cursor(figure, axes, x, heights, box):
    """The line at one rate, a dot on each curve, and beside them the losses."""
    at = axes(x, 0)[:, 0]
    line = np.stack([np.stack([at, np.full(37, y)], -1) for y in (58.0, 440.0)], -2)
    figure.add("path", d=Line(np.broadcast_to(line, (len(box.times), *line.shape))), stroke="#111",
               stroke_width=1.2, opacity=0.55)  # fmt: skip
    tall = np.stack([axes(x, np.minimum(heights[name], 2.55))[..., 1] for name in NAMES], -1)
    labels = apart(np.clip(tall, 70, 322), 20)
    for k, name in enumerate(NAMES):
        colour = LOOKS[name][0]
        figure.add("circle", cx=Text("{}", at), cy=Text("{}", tall[..., k]), r=5, fill=colour,
                   stroke="#fff", stroke_width=1.5)  # fmt: skip
        losses = box.losses[name]
        said = np.where(losses < 10, np.char.mod("%.2f", losses), "off")
        figure.add("text", Text(name + " {}", said), x=536, y=Text("{}", labels[..., k] + 4),
                   class_="b", style=f"fill:{INK[colour]}")  # fmt: skip
    points = np.broadcast_to(np.stack([at, np.full(37, 58.0)], -1), (len(box.times), 37, 2))
    figure.handle("lr", points, "learning rate", along="x")
