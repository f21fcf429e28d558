"""The drawings of chapter 2."""

import numpy as np
from matplotlib.patches import Rectangle

from course.pictures import BLUE, GOLD, GREEN, ORANGE

__all__ = [
    "draw_bars",
    "draw_errors",
    "draw_landscape",
    "draw_pushes",
    "draw_slopes",
    "draw_weights",
]


def draw_errors(ax, x, y, predictions, squares=False):
    """Houses, a line, and on each miss its stick, or the square on it (drawn as a square)."""
    ax.plot(x, predictions, color=BLUE, linestyle="-")
    ax.scatter(x, y, color="black", s=22, zorder=3)
    x_range, y_range = (x.min() - 12, x.max() + 22), (100, 500)
    scale = (x_range[1] - x_range[0]) / (y_range[1] - y_range[0])  # the box is a square
    for a, b, p in zip(x, y, predictions, strict=True):
        ax.plot([a, a], [b, p], color=ORANGE, lw=2.5, linestyle="-")
        if squares:
            side = abs(b - p)
            left = a if b < p else a - side * scale  # away from the line, so that none overlap
            square = Rectangle((left, min(b, p)), side * scale, side, color=ORANGE, alpha=0.3)
            ax.add_patch(square)
    ax.set(xlabel="size (m²)", ylabel="price (thousand €)", box_aspect=1)
    ax.set(xlim=x_range, ylim=y_range)
    ax.label_outer()


def draw_slopes(above, below, knob, costs, prices):
    """The cost of every constant, and under it its slope, with the prices as dots."""
    lowest = knob[np.argmin(costs)]
    above.plot(knob, costs)
    above.plot(lowest, np.min(costs), "o", color=ORANGE, markersize=8)
    above.set(ylabel="cost")
    slopes = np.diff(costs) / np.diff(knob)
    below.plot(knob[1:], slopes, color=GREEN, linestyle="-")
    below.axhline(0, color="0.6", lw=1)
    below.plot(prices, np.zeros_like(prices), "o", color="black")
    below.plot(lowest, 0, "o", color=ORANGE, markersize=8)
    below.set(xlabel="the constant c (100 000 €)", ylabel="slope of the cost")


def draw_landscape(ax, cost, w, b, path):
    """The cost over a grid of (w, b), dark where it is low, its lowest place, and a walk on it."""
    table = np.array([[cost(each, shift) for each in w] for shift in b])
    levels = np.linspace(np.sqrt(table.min()), np.sqrt(table.max()), 16) ** 2
    ax.contourf(w, b, table, levels=levels, cmap="Blues_r")
    ax.contour(w, b, table, levels=levels, colors="0.3", linewidths=0.4)
    ax.plot(*np.transpose(path), "o-", color=GOLD, markersize=3.5, lw=1, zorder=2)
    row, column = np.unravel_index(table.argmin(), table.shape)
    place = w[column], b[row]
    ax.plot(*place, "*", color=ORANGE, markersize=15, markeredgecolor="white", zorder=3)
    ax.annotate("start", path[0], (7, -4), textcoords="offset points", size=9)
    ax.set(xlabel="w", ylabel="b", aspect="equal")
    ax.label_outer()


def draw_bars(ax, values, title, digits=2):
    """A bar for each class, with its value written on it."""
    bars = ax.bar(range(len(values)), values, color=BLUE, alpha=0.8)
    ax.bar_label(bars, [f"{value:.{digits}f}" for value in values], padding=2, fontsize=9)
    ax.axhline(0, color="0.4", lw=1)
    ax.set(xticks=range(len(values)), xlabel="class", title=title)
    ax.margins(y=0.18)


def draw_pushes(ax, pushes):
    """An arrow for each class: up where its logit grows, down where it shrinks."""
    for i, push in enumerate(pushes):
        colour = BLUE if push > 0 else ORANGE
        arrow = {"arrowstyle": "-|>", "color": colour, "lw": 3, "mutation_scale": 16}
        ax.annotate("", (i, push), (i, 0), arrowprops=arrow)
        up = push > 0
        ax.text(i, push, f"{push:+.2f}", ha="center", va="bottom" if up else "top", size=9)
    ax.axhline(0, color="0.4", lw=1)
    reach = 1.25 * np.max(np.abs(pushes))
    ax.set(xticks=range(len(pushes)), xlabel="class", ylabel="push", ylim=(-reach, reach))
    ax.set_xlim(-0.6, len(pushes) - 0.4)


def draw_weights(axes, columns):
    """Weights as pictures: blue where ink speaks for the class, red where against it."""
    reach = np.abs(columns).max()
    for i, (ax, column) in enumerate(zip(np.ravel(axes), columns, strict=True)):
        ax.imshow(column, cmap="RdBu", vmin=-reach, vmax=reach)
        ax.set(xticks=[], yticks=[], title=str(i))
        ax.spines[:].set_visible(False)
