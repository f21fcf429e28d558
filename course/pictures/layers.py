"""The drawings of chapter 3."""

from itertools import pairwise

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import LinearSegmentedColormap

from course.pictures import BLUE, ORANGE, draw_digit

__all__ = [
    "draw_boundary",
    "draw_digit",
    "draw_fold",
    "draw_network",
    "draw_places",
    "draw_plane",
    "draw_points",
    "draw_readings",
    "draw_spread",
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


def draw_spread(ax, layers, title):
    """One thin histogram a layer, from the first at the top to the last at the bottom."""
    bins = np.linspace(-1.02, 1.02, 52)
    for depth, values in enumerate(layers):
        counts, _ = np.histogram(np.clip(values, -1, 1), bins)
        heights = 0.85 * counts / counts.max()
        base = len(layers) - 1 - depth
        ax.stairs(base + heights, bins, baseline=base, fill=True, color=BLUE, alpha=0.75)
    names = [str(depth + 1) for depth in range(len(layers))][::-1]
    ax.set(yticks=range(len(layers)), yticklabels=names, xlabel="value", title=title)


def draw_places(ax, shares, title):
    """A share for every place of the sheet, as a table of tiles with its numbers."""
    reach = len(shares) // 2
    ends = (-reach - 0.5, reach + 0.5)
    ax.imshow(shares, cmap="Blues", vmin=0, vmax=1.15, extent=(*ends, *ends[::-1]))
    for (i, j), share in np.ndenumerate(shares):
        colour = "white" if share > 0.6 else "black"
        ax.text(j - reach, i - reach, f"{share:.2f}", ha="center", va="center", color=colour)
    moves = range(-reach, reach + 1)
    ax.set(xticks=moves, yticks=moves, xlabel="moved to the right (pixels)", title=title)


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
