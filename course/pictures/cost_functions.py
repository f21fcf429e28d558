"""The drawings of chapter 2."""

import numpy as np
from matplotlib.patches import Rectangle

from course.pictures import BLUE, ORANGE

__all__ = ["draw_bars", "draw_errors", "draw_landscape"]


def draw_errors(ax, x, y, predictions, squares):
    """Points, the line, and on each miss its stick, or the square on it (drawn as a square)."""
    order = np.argsort(x)
    ax.plot(x[order], predictions[order], color="black", lw=1.5, linestyle="-")
    ax.scatter(x, y, color=BLUE, zorder=3)
    low = min(y.min(), predictions.min()) - 30
    high = max(y.max(), predictions.max()) + 30
    wide = (x.min() - 12, x.max() + 25)
    scale = (wide[1] - wide[0]) / (high - low)  # the box is square: so are the squares
    for a, b, p in zip(x, y, predictions, strict=True):
        ax.plot([a, a], [b, p], color=ORANGE, lw=2.5, linestyle="-")
        if squares:
            side = abs(b - p)
            ax.add_patch(Rectangle((a, min(b, p)), side * scale, side, color=ORANGE, alpha=0.3))
    ax.set(xlabel="size (m²)", ylabel="price (thousand €)", box_aspect=1, xlim=wide)
    ax.set_ylim(low, high)


def draw_landscape(ax, cost, w, b, path=()):
    """The cost over a grid of (w, b), dark where it is low, with a path walked on it."""
    table = np.array([[cost(each, shift) for each in w] for shift in b])
    levels = np.geomspace(table.min() * 1.02 + 1e-9, table.max(), 14)
    ax.contourf(w, b, table, levels=levels, cmap="Blues_r", extend="both")
    ax.contour(w, b, table, levels=levels, colors="white", linewidths=0.6)
    low = np.unravel_index(table.argmin(), table.shape)
    ax.plot(w[low[1]], b[low[0]], "*", color=ORANGE, markersize=16, markeredgecolor="white")
    if len(path):
        ax.plot(*np.transpose(path), "o-", color="black", markersize=3, lw=1)
    ax.set(xlabel="w", ylabel="b")


def draw_bars(ax, values, names, colour=BLUE):
    """A bar a name, with its value written on it."""
    bars = ax.bar(range(len(values)), values, color=colour, alpha=0.8)
    ax.bar_label(bars, [f"{value:.2f}" for value in values], padding=2, fontsize=9)
    ax.set(xticks=range(len(values)), xticklabels=names)
    ax.margins(y=0.15)
