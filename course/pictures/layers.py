"""The drawings of chapter 3."""

from itertools import pairwise

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import LinearSegmentedColormap

from course.moving import INK, apart
from course.pictures import BLUE, GREEN, ORANGE, PINK
from minnet.tensors import Tensor

__all__ = [
    "draw_boundary",
    "draw_curves",
    "draw_depths",
    "draw_fold",
    "draw_network",
    "draw_pairs",
    "draw_places",
    "draw_plane",
    "draw_points",
    "draw_races",
    "draw_readings",
    "draw_seen",
    "draw_sheet",
    "draw_slopes",
    "draw_stages",
    "draw_unit",
]

SIDES = LinearSegmentedColormap.from_list(
    "sides", ["#7fb5d9", "#b7d6ea", "#eeeeec", "#f6cfb4", "#eda672"]
)


def draw_unit(ax, inputs, weights, bias):
    """One unit with its numbers: inputs, a weight on every line, the sum, and the bias."""
    places = np.linspace(1, -1, len(inputs))
    for y, x, w in zip(places, inputs, weights, strict=True):
        ax.plot([0.28, 2.7], [y, 0], color="0.7", linestyle="-", lw=1.5, zorder=1)
        ax.text(0, y, minus(f"{x:g}"), ha="center", va="center", bbox=circle(BLUE))
        middle = 0.42
        ax.text(
            0.28 + middle * 2.42, y * (1 - middle), minus(f"× {w:g}"), ha="center", va="center",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
        )  # fmt: skip
    total = float(np.dot(inputs, weights))
    ax.text(3, 0, minus(f"{total:g}"), ha="center", va="center", bbox=circle("0.35"))
    ax.annotate("", (4.9, 0), (3.4, 0), arrowprops={"arrowstyle": "->", "color": "0.4"})
    ax.text(4.1, 0.12, f"{bias:+g}".replace("-", "− ").replace("+", "+ "), ha="center")
    ax.text(5.3, 0, minus(f"{total + bias:g}"), ha="center", va="center", bbox=circle(ORANGE))
    for x, word in ((0, "inputs"), (1.5, "weights"), (3, "sum"), (4.15, "bias"), (5.3, "output")):
        ax.text(x, 1.5, word, ha="center", color="0.4")
    ax.set(xlim=(-0.6, 5.9), ylim=(-1.4, 1.8))
    ax.axis("off")


def minus(text):
    """The text with the sign that one prints."""
    return text.replace("-", "−")


def circle(colour):
    """The round frame of a unit."""
    return {"boxstyle": "circle,pad=0.45", "facecolor": "white", "edgecolor": colour, "lw": 2}


def draw_network(ax, sizes, names):
    """Units as circles, layer by layer, and every weight as a line between two of them."""
    places = []
    for column, size in enumerate(sizes):
        places.append([(2.4 * column, (size - 1) / 2 - row) for row in range(size)])
    for left, right in pairwise(places):
        for x0, y0 in left:
            for x1, y1 in right:
                ax.plot([x0, x1], [y0, y1], color="0.75", lw=0.8, linestyle="-", zorder=1)
    for column, (layer, name) in enumerate(zip(places, names, strict=True)):
        colour = (BLUE, "0.35", ORANGE)[0 if column == 0 else 2 if column == len(sizes) - 1 else 1]
        ax.scatter(*np.transpose(layer), s=190, color=colour, edgecolor="white", zorder=2)
        ax.text(2.4 * column, max(sizes) / 2 + 0.35, name, ha="center", va="bottom")
    ax.set(xlim=(-1, 2.4 * (len(sizes) - 1) + 1), ylim=(-max(sizes) / 2 - 0.2, max(sizes) / 2 + 1))
    ax.axis("off")


def draw_points(ax, points, labels, size=12):
    """Two classes: blue circles, orange crosses."""
    for label, colour, marker in ((0, BLUE, "o"), (1, ORANGE, "x")):
        chosen = points[labels == label]
        ax.scatter(*chosen.T, s=size, color=colour, marker=marker, linewidths=1.2, zorder=3)


def draw_boundary(ax, logit, points, labels):
    """The plane coloured by the sign of `logit(points)`, with its border, and the points on it."""
    low, high = edges_of(points)
    x, y, z = on_grid(logit, low, high)
    ax.contourf(x, y, z, levels=[-1e9, 0, 1e9], colors=[BLUE, ORANGE], alpha=0.15)
    if z.min() < 0 < z.max():
        ax.contour(x, y, z, levels=[0], colors="black", linewidths=1.8, linestyles="-")
    draw_points(ax, points, labels)
    ax.set(xticks=[], yticks=[], aspect="equal", xlim=(low[0], high[0]), ylim=(low[1], high[1]))


def numbers(value):
    """What a network or a function gave, as an array."""
    return value.data if hasattr(value, "node") else np.asarray(value)


def edges_of(points):
    """The lower left and the upper right corner of a sheet of paper with room for the points."""
    return points.min(0) - 0.35, points.max(0) + 0.35


def on_grid(logit, low, high, n=140):
    """x, y and the logit on a grid, each (n, n)."""
    x, y = np.meshgrid(np.linspace(low[0], high[0], n), np.linspace(low[1], high[1], n))
    z = numbers(logit(np.stack([x.ravel(), y.ravel()], axis=1)))
    return x, y, z.reshape(x.shape)


def draw_paper(ax, carry, logit, low, high, squares=18, fine=4):
    """A sheet of squared paper from `low` to `high`, drawn where `carry` takes it.

    Each patch has the colour of what the network says there, `logit`: blue, or orange, deep where
    it is sure. Where the paper lies on itself, one sees through it.
    """
    wide = round(squares * float((high[0] - low[0]) / (high[1] - low[1])))
    nx, ny = wide * fine, squares * fine
    x, y = np.linspace(low[0], high[0], nx + 1), np.linspace(low[1], high[1], ny + 1)
    grid = np.stack(np.meshgrid(x, y), axis=-1)
    corners = numbers(carry(grid.reshape(-1, 2))).reshape(ny + 1, nx + 1, 2)
    patches = [corners[:-1, :-1], corners[:-1, 1:], corners[1:, 1:], corners[1:, :-1]]
    middles = (grid[:-1, :-1] + grid[1:, 1:]) / 2
    said = numbers(logit(middles.reshape(-1, 2))).ravel()
    colours = SIDES(0.5 + 0.5 * np.tanh(said / 3))
    ax.add_collection(
        PolyCollection(
            np.stack(patches, axis=2).reshape(-1, 4, 2), facecolors=colours,
            edgecolors=colours, lw=0.3, alpha=0.8, zorder=1,
        )
    )  # fmt: skip
    lines = [*corners[::fine], *corners[:, ::fine].transpose(1, 0, 2)]
    ax.add_collection(LineCollection(lines, colors="#7c8b96", lw=0.45, alpha=0.7, zorder=2))


def draw_plane(ax, logit, points, labels, size=9):
    """The plane as squared paper, lying flat, with the border that the network draws on it."""
    low, high = edges_of(points)
    draw_paper(ax, lambda x: x, logit, low, high)
    x, y, z = on_grid(logit, low, high)
    if z.min() < 0 < z.max():
        ax.contour(x, y, z, levels=[0], colors="black", linewidths=2, linestyles="-", zorder=4)
    draw_points(ax, points, labels, size)
    ax.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]), aspect="equal")
    bare(ax)


def draw_fold(ax, body, head, points, labels, size=9):
    """The same paper, carried by `body` into two numbers, and the border of `head` on it.

    `body` takes points (n, 2) of the plane and gives where they land, (n, 2); `head` takes these
    and gives the logit: where it is a Linear, its border is a straight line.
    """
    low, high = edges_of(points)
    draw_paper(ax, body, lambda x: head(body(x)), low, high)
    landed = numbers(body(points))
    low, high = frame_of(landed)
    x, y, z = on_grid(head, low, high)
    if z.min() < 0 < z.max():
        ax.contour(x, y, z, levels=[0], colors="black", linewidths=2, linestyles="-", zorder=4)
    draw_points(ax, landed, labels, size)
    ax.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    bare(ax)
    ax.set_box_aspect(1)


def frame_of(landed):
    """Lower left and upper right of what shall be seen: ±1.1 where tanh has pressed the points."""
    if abs(landed).max() <= 1:
        return np.full(2, -1.1), np.full(2, 1.1)
    low, high = landed.min(0), landed.max(0)
    return low - 0.15 * (high - low), high + 0.15 * (high - low)


def bare(ax):
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(True)
    ax.spines[:].set_color("0.75")


def draw_slopes(ax, activation, title):
    """The value of an activation from -3 to 3, and dashed its slope, by `backward`."""
    a = Tensor(np.linspace(-3, 3, 121))
    y = activation(a)
    y.sum().backward()
    ax.plot(a.data, y.data, color=BLUE, linestyle="-")
    leaps = np.flatnonzero(abs(np.diff(a.grad)) > 0.3) + 1  # between them there is no slope
    ax.plot(np.insert(a.data, leaps, np.nan), np.insert(a.grad, leaps, np.nan), "--", color=ORANGE)
    ax.text(1.3, y.data[a.data > 1.3][0] + 0.25, "value", color=INK[BLUE], ha="right")
    ax.text(-2.9, 0.15, "slope", color=INK[ORANGE])
    ax.set(xlabel="a", title=title, ylim=(-1.3, 3.2))


def parting_line(lit, dark):
    """The line n · x = c that leaves most room between lit and dark points, as (n, c); or None."""
    turned = [(b - a)[::-1] * (1, -1) for a, b in (lit, dark)]
    best = (1e-6, None)
    for n in [*(a - b for a in lit for b in dark), *turned, *(-n for n in turned)]:
        if not (size := np.hypot(*n)):
            continue
        near, far = (dark @ n).max() / size, (lit @ n).min() / size
        best = max(best, (far - near, (n / size, (near + far) / 2)), key=lambda each: each[0])
    return best[1]


def draw_sheet(ax, corners, title, fold=None):
    """Squared paper from (0, 0) to (1, 1), where `fold(p, q)` lays it; the lit corners orange.

    Where a line parts lit from dark it is drawn, and the title says whether one does.
    """
    steps, fine = np.linspace(0, 1, 11), np.linspace(0, 1, 101)
    lines = [(fine, np.full(101, s)) for s in steps] + [(np.full(101, s), fine) for s in steps]
    for p, q in [*lines, (fine, fine)]:
        x, y = (p, q) if fold is None else map(numbers, fold(p, q))
        crease = {"color": GREEN, "lw": 2.2, "linestyle": "--"}
        paper = {"color": "#7c8b96", "lw": 0.8, "linestyle": "-"}
        ax.plot(x, y, zorder=1, **(crease if p is q else paper))
    x, y = corners.T if fold is None else map(numbers, fold(*corners.T))
    places, lit = np.stack([x, y], axis=1), corners.sum(axis=1) == 1
    draw_points(ax, places, lit * 1, size=110)
    line = parting_line(places[lit], places[~lit])
    if line is not None:
        (a, b), c = line
        ax.axline((a * c, b * c), (a * c - b, b * c + a), color="black", linestyle="-")
    title = f"{title}: {'no' if line is None else 'a'} line parts lit from dark"
    names = ("p", "q") if fold is None else ("first number", "second number")
    ax.set(xlim=(-0.2, 1.2), ylim=(-0.2, 1.2), xticks=(0, 0.5, 1), yticks=(0, 0.5, 1))
    ax.set(xlabel=names[0], ylabel=names[1], title=title)
    ax.set_box_aspect(1)


def draw_curves(ax, x, wanted, found):
    """A wanted curve, grey, and one that was made of bends; the title says how far they part."""
    ax.plot(x, wanted, color="0.7", linestyle="-", lw=5)
    ax.plot(x, found, color=ORANGE, linestyle="-")
    ax.set(xlabel="x", title=f"{abs(found - wanted).max():.2f} away at most")


def draw_stages(axes, network, points, labels):
    """The sheet as a 2-8-2-1 network carries it, stage by stage, and the logits at the end."""
    (sheet, weighed), (pressed, line) = axes
    draw_plane(sheet, network, points, labels)
    draw_fold(weighed, network[:3], network[3:], points, labels)
    draw_fold(pressed, network[:4], network[4:], points, labels)
    logits = network(points).data.ravel()
    for label, colour, name in ((0, BLUE, "blue moon"), (1, ORANGE, "orange moon")):
        line.hist(logits[labels == label], bins=24, alpha=0.75, color=colour)
        line.text((4 * label - 2), 31, name, color=INK[colour], ha="center")
    line.axvline(0, color="black", linestyle="-")
    line.set(xlabel="the last number: the logit", ylabel="points", ylim=(0, 35))
    titles = ("1. A flat sheet …", "2. … eight bends, weighed …", "3. … pressed into a square …")
    for ax, title in zip(np.ravel(axes), (*titles, "4. … and one straight cut")):
        ax.set_title(title)


def draw_races(ax, losses, title):
    """One thin line for each training: its loss at every step, on an axis of powers of ten."""
    for each in losses:
        ax.semilogy(np.maximum(each, 1e-3), color=BLUE, lw=1, linestyle="-", alpha=0.6)
    ax.set(xlabel="step", ylabel="loss" if ax.get_subplotspec().is_first_col() else "", title=title)


def draw_depths(ax, sizes, title):
    """The size of something at each of ten layers, one line for each start, with its name."""
    first = ax.get_subplotspec().is_first_col()  # names stand where the lines have come to
    ends = [np.log10(values[-1 if first else 0]) for values in sizes.values()]
    heights = apart(np.array(ends), 2.1)
    for colour, height, (name, values) in zip((BLUE, ORANGE, GREEN, PINK), heights, sizes.items()):
        ax.plot(range(1, 11), np.log10(values), color=colour, linestyle="-", marker="o", ms=3)
        side, place = ("left", 10.3) if first else ("right", 0.7)
        ax.text(place, height, name, ha=side, va="center", color=INK[colour])
    ax.set(xlim=(0.5, 15.5) if first else (-4.5, 10.5), ylim=(-16, 12))
    ax.set(xticks=range(1, 11), yticks=range(-15, 12, 3), xlabel="layer", title=title)
    ax.set_yticklabels([f"$10^{{{k}}}$" if k else "1" for k in range(-15, 12, 3)])


def draw_pairs(ax, before, after, names):
    """Each pair of shares as a line, from its blue end to its orange one."""
    order = np.argsort(before)
    before, after = np.array(before)[order], np.array(after)[order]
    for i, (a, b) in enumerate(zip(before, after)):
        ax.plot([a, b], [i, i], color="0.75", linestyle="-", lw=2, zorder=1)
    rows = range(len(before))
    ax.scatter(before, rows, color=BLUE, s=22, zorder=2)
    ax.scatter(after, rows, color=ORANGE, marker="D", s=22, zorder=2)
    ax.text(before[-1], len(before) + 0.4, names[0], color=INK[BLUE], ha="center")
    ax.text(after[-1], len(before) + 0.4, names[1], color=INK[ORANGE], ha="left")
    wins = np.sum(after > before)
    ax.set(yticks=[], ylabel="starts", ylim=(-1, len(before) + 2.5))
    ax.set(xlabel="share of unseen digits read", title=f"More is read from {wins} of 20 starts")


def draw_seen(axes, picture, answers, title):
    """A picture, and what a kernel answers at each place: orange above 0, purple below."""
    axes[0].imshow(picture, cmap="gray_r", vmin=0, vmax=1)
    axes[1].imshow(answers, cmap="PuOr_r", vmin=-3, vmax=3)
    for ax, words in zip(axes, (title, "the kernel's answers")):
        ax.set(xticks=[], yticks=[], title=words)
        ax.spines[:].set(visible=True, color="0.8")


def draw_places(ax, shares, title):
    """A share for every place of the sheet, as a table of tiles with its numbers."""
    reach = len(shares) // 2
    ends = (-reach - 0.5, reach + 0.5)
    ax.imshow(shares, cmap="Blues", vmin=0, vmax=1.15, extent=(*ends, *ends[::-1]))
    for (i, j), share in np.ndenumerate(shares):
        colour = "white" if share > 0.6 else "black"
        ax.text(j - reach, i - reach, f"{share:.2f}", ha="center", va="center", color=colour)
    moves = range(-reach, reach + 1)
    down = "moved down (pixels)" if ax.get_subplotspec().is_first_col() else ""
    ax.set(xticks=moves, yticks=moves, xlabel="moved to the right (pixels)", ylabel=down)
    ax.set_title(title)


def draw_readings(axes, sheets, truth, readings):
    """The same digit in several places, and under each what every network reads there."""
    for column, (ax, sheet) in enumerate(zip(axes, sheets, strict=True)):
        ax.imshow(sheet, cmap="gray_r", vmin=0, vmax=1)
        ax.set(xticks=[], yticks=[])
        ax.spines[:].set(visible=True, color="0.8")
        for line, (name, read) in enumerate(readings.items()):
            right = read[column] == truth
            ax.text(
                0.5, -0.14 - 0.17 * line, f"{read[column]} {'✓' if right else '✗'}",
                transform=ax.transAxes, ha="center", va="center", fontsize=12,
                color=BLUE if right else ORANGE, weight="bold",
            )  # fmt: skip
            if column == 0:
                ax.text(-0.12, -0.14 - 0.17 * line, name, transform=ax.transAxes, ha="right",
                        va="center")  # fmt: skip
