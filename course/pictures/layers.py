"""The drawings of chapter 3."""

from itertools import pairwise

import numpy as np
from matplotlib.collections import PolyCollection

from course.pictures import BLUE, ORANGE, draw_digit

__all__ = ["draw_boundary", "draw_digit", "draw_fold", "draw_network", "draw_points", "draw_spread"]


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


def draw_boundary(ax, logit, points, labels, squared=False):
    """The plane coloured by the sign of `logit(points)`, with its border, and the points on it."""
    low, high = points.min(0) - 0.4, points.max(0) + 0.4
    if squared:
        draw_paper(ax, lambda x: x, logit, low, high)
    x, y = np.meshgrid(np.linspace(low[0], high[0], 120), np.linspace(low[1], high[1], 120))
    z = np.asarray(logit(np.stack([x.ravel(), y.ravel()], axis=1))).reshape(x.shape)
    if not squared:
        ax.contourf(x, y, z, levels=[-1e9, 0, 1e9], colors=[BLUE, ORANGE], alpha=0.15)
    if z.min() < 0 < z.max():
        ax.contour(x, y, z, levels=[0], colors="black", linewidths=1.8, linestyles="-")
    draw_points(ax, points, labels)
    ax.set(xticks=[], yticks=[], aspect="equal", xlim=(low[0], high[0]), ylim=(low[1], high[1]))


def draw_paper(ax, carry, logit, low, high, n=28):
    """A sheet of squared paper from `low` to `high`, each square where `carry` takes its corners.

    Blue squares lie on the blue side of `logit`, orange ones on the other, as on a chessboard.
    """
    x, y = (np.linspace(low[k], high[k], n + 1) for k in (0, 1))
    corners = np.asarray(carry(np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)))
    corners = corners.reshape(n + 1, n + 1, 2)
    squares = [corners[:-1, :-1], corners[:-1, 1:], corners[1:, 1:], corners[1:, :-1]]
    middles = np.stack(np.meshgrid((x[1:] + x[:-1]) / 2, (y[1:] + y[:-1]) / 2), axis=-1)
    side = np.asarray(logit(middles.reshape(-1, 2))).ravel() > 0
    dark = np.indices((n, n)).sum(0).ravel() % 2
    shades = {(0, 0): "#d3e4f0", (0, 1): "#a9cbe3", (1, 0): "#f8dfd0", (1, 1): "#f0bf9f"}
    colours = [shades[int(s), int(d)] for s, d in zip(side, dark, strict=True)]
    polygons = np.stack(squares, axis=2).reshape(-1, 4, 2)
    ax.add_collection(PolyCollection(polygons, facecolors=colours, edgecolors="white", lw=0.25))


def draw_fold(ax, carry, weight, bias, points, labels):
    """Squared paper, carried by `carry` into two numbers, and the line that parts them there.

    `carry` takes points (n, 2) of the plane and gives where they land, (n, 2); the last layer's
    `weight` (2, 1) and `bias` (1,) draw the straight line where its logit is 0.
    """

    def logit(x):
        return carry(x) @ weight + bias

    draw_paper(ax, carry, logit, points.min(0) - 0.4, points.max(0) + 0.4)
    draw_points(ax, carry(points), labels, size=10)
    edge = np.array([-1.12, 1.12])
    x, y = np.meshgrid(edge, edge)
    z = x * weight[0, 0] + y * weight[1, 0] + bias[0]
    if z.min() < 0 < z.max():
        ax.contour(x, y, z, levels=[0], colors="black", linewidths=1.8, linestyles="-", zorder=4)
    ax.set(xticks=[], yticks=[], aspect="equal", xlim=edge, ylim=edge)


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
