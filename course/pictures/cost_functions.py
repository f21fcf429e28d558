"""The drawings of chapter 2. In all of them squares and MSE are blue, lengths and MAE orange."""

import numpy as np
from matplotlib.patches import Rectangle

from course.pictures import BLUE, GOLD, GREEN, ORANGE
from course.pictures.moved_house import cover, moved_house, stays, tug

__all__ = [
    "cover",
    "draw_bars",
    "draw_errors",
    "draw_games",
    "draw_landscape",
    "draw_losses",
    "draw_pits",
    "draw_pushes",
    "draw_rain",
    "draw_scores",
    "draw_stairs",
    "draw_surprise",
    "draw_two_costs",
    "draw_weights",
    "moved_house",
    "stays",
    "tug",
]
MACHINES = [ORANGE, GREEN, BLUE]


def draw_errors(ax, x, y, predictions, squares=False):
    """Houses, a line, and on each miss its stick, or the square on it (drawn as a square)."""
    ax.plot(x, predictions, color="0.25", linestyle="-")
    ax.scatter(x, y, color="black", s=22, zorder=3)
    x_range, y_range = (x.min() - 12, x.max() + 22), (100, 500)
    scale = (x_range[1] - x_range[0]) / (y_range[1] - y_range[0])  # the box is a square
    for a, b, p in zip(x, y, predictions, strict=True):
        ax.plot([a, a], [b, p], color=BLUE if squares else ORANGE, lw=2.5, linestyle="-")
        if squares:
            side = abs(b - p)
            left = a if b < p else a - side * scale  # away from the line, so that none overlap
            square = Rectangle((left, min(b, p)), side * scale, side, color=BLUE, alpha=0.25)
            ax.add_patch(square)
    ax.set(xlabel="size (m²)", ylabel="price (thousand €)", box_aspect=1)
    ax.set(xlim=x_range, ylim=y_range)
    ax.label_outer()


def draw_pits(axes, knob, areas, lengths, prices):
    """The two costs of every constant, and under each its slope, with the prices as dots."""
    looks = ((areas, BLUE, "mean"), (lengths, ORANGE, "median"))
    for (above, below), (costs, colour, name) in zip(np.transpose(axes), looks, strict=True):
        lowest = knob[np.argmin(costs)]
        above.plot(knob, costs, color=colour, linestyle="-")
        above.plot(lowest, np.min(costs), "o", color=colour, markersize=8)
        above.annotate(
            f"lowest at {lowest:.0f}: the {name}",
            *((lowest, np.min(costs)), (-8, -19)),
            textcoords="offset points",
        )
        above.set(ylabel="cost", ylim=(0, None))
        slopes = np.diff(costs) / np.diff(knob)
        below.plot(knob[1:], slopes, color=colour, linestyle="-")
        below.axhline(0, color="0.6", lw=1)
        below.plot(prices, np.zeros_like(prices), "o", color="black")
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


def draw_stairs(axes, mistakes, here):
    """The number of mistakes for every threshold: from afar, and thirty times nearer at `here`."""
    for ax, reach in zip(axes, (3, 0.1), strict=True):
        thresholds = here + np.linspace(-reach, reach, 2001)
        ax.plot(thresholds, [mistakes(t) for t in thresholds], color="0.25")
        ax.plot(here, mistakes(here), "o", color=ORANGE, markersize=8)
        ax.set(xlabel="threshold", ylabel="mistakes")
    axes[0].annotate("we stand here", (here, mistakes(here)), (10, -6), textcoords="offset points")
    axes[1].set(xticks=[here - 0.1, here, here + 0.1])
    axes[1].yaxis.get_major_locator().set_params(integer=True)


def draw_surprise(ax, marks):
    """−ln p, with some probabilities and their names on it."""
    p = np.linspace(0.008, 1, 200)
    ax.plot(p, -np.log(p), color=GREEN, linestyle="-")
    for at, name in marks.items():
        ax.plot(at, -np.log(at), "o", color="black")
        ax.annotate(name, (at, -np.log(at)), (9, 6), textcoords="offset points")
    ax.set(xlabel="probability p given to what happened", ylabel="surprise −ln p", ylim=(0, 5))
    ax.set(xlim=(0, 1.12))


def draw_rain(ax, p, costs):
    """The mean surprise of one who says p every day, and the best p."""
    ax.plot(p, costs, color=GREEN, linestyle="-")
    best = p[np.argmin(costs)]
    ax.plot(best, np.min(costs), "o", color=GREEN, markersize=8)
    ax.annotate(f"{best:.2f}", (best, np.min(costs)), (0, 10), textcoords="offset points")
    ax.set(xlabel="p, said each day", ylabel="mean surprise", ylim=(0, None))


def draw_two_costs(axes, thresholds, mistakes, surprises, walk):
    """Below each other the stairs and the smooth cost of the same thresholds, and a walk."""
    for ax, cost, values in zip(axes, ("mistakes", "mean surprise"), (mistakes, surprises)):
        ax.plot(thresholds, values, color=GREEN if cost != "mistakes" else "0.25", linestyle="-")
        ax.plot(walk, np.interp(walk, thresholds, values), "o", color=GOLD, markersize=4)
        ax.plot(walk[-1], np.interp(walk[-1], thresholds, values), "*", color=ORANGE, ms=13)
        ax.set(xlabel="threshold", ylabel=cost)


def draw_bars(ax, values, title, digits=2):
    """A bar for each class, with its value written on it."""
    bars = ax.bar(range(len(values)), values, color=BLUE, alpha=0.8)
    ax.bar_label(bars, [f"{value:.{digits}f}" for value in values], padding=2, fontsize=9)
    ax.axhline(0, color="0.4", lw=1)
    ax.set(xticks=range(len(values)), xlabel="class", title=title)
    ax.margins(y=0.18)


def draw_pushes(ax, pushes, title="", reach=None, names=None):
    """An arrow for each logit: up where the step raises it, down where it lowers it."""
    reach = reach or 1.3 * np.max(np.abs(pushes))
    for i, push in enumerate(pushes):
        colour = BLUE if push > 0 else ORANGE
        up = push >= 0
        head = np.sign(push) * min(abs(push), 0.14 * reach)  # between 0 and the end, however short
        ax.plot([i, i], [0, push - head], color=colour, lw=3, linestyle="-", solid_capstyle="butt")
        wide = 0.035 * len(pushes)
        ax.fill([i - wide, i + wide, i], [push - head, push - head, push], color=colour, lw=0)
        ax.text(i, push, f"{push:+.2f}", ha="center", va="bottom" if up else "top", size=9)
    ax.axhline(0, color="0.4", lw=1)
    ax.set(xticks=range(len(pushes)), ylabel="push", ylim=(-reach, reach), title=title)
    ax.set_xlabel("logit of class")
    ax.set_xlim(-0.6, len(pushes) - 0.4)
    if names is not None:
        ax.set_xticks(range(len(pushes)), names)
        ax.set_xlabel("logit of machine")
        ax.label_outer()


def draw_weights(axes, pictures, columns, odd, said):
    """Above, one picture of each class; below, its weights: blue for ink, red against it.

    Beside them, in a column of its own, the odd picture, with what is said of it.
    """
    reach = np.abs(columns).max()
    for i, (above, below) in enumerate(np.transpose(axes)[: len(columns)]):
        above.imshow(pictures[i], cmap="gray_r")
        above.set_title(i)
        below.imshow(columns[i], cmap="RdBu", vmin=-reach, vmax=reach)
    axes[0, -1].imshow(odd, cmap="gray_r")
    axes[1, -1].text(0.5, 0.5, said, ha="center", va="center", size=9)
    axes[1, -1].set(xlim=(0, 1), ylim=(0, 1))
    no_ticks(axes)


def draw_scores(axes, weights, pictures, scores):
    """The weights, blue for ink and red against it, and the first pictures with their scores."""
    reach = np.abs(weights).max()
    axes[0].imshow(weights, cmap="RdBu", vmin=-reach, vmax=reach)
    axes[0].set_title("weights")
    for ax, picture, score in zip(axes[1:], pictures, scores):
        ax.imshow(picture, cmap="gray_r")
        ax.set_title(f"score {score:.2f}".replace("-", "−"))
    no_ticks(axes)


def no_ticks(axes):
    for ax in np.ravel(axes):
        ax.set(xticks=[], yticks=[])
        ax.spines[:].set_visible(False)


def draw_losses(ax, curves, floor):
    """Losses by step, each with its name at its end, and a floor."""
    for (name, losses), colour in zip(curves.items(), (BLUE, ORANGE), strict=True):
        ax.plot(losses, color=colour, linestyle="-")
        ax.annotate(name, (len(losses), losses[-1]), (4, -3), textcoords="offset points")
    ax.axhline(floor, color="0.5", lw=1)
    ax.annotate(f"floor {floor:.3f}", (50, floor), (0, -13), textcoords="offset points")
    ax.set(xlabel="step", ylabel="cross-entropy", ylim=(0, None), xlim=(-1, 1.22 * len(losses)))


def draw_games(axes, games, chances):
    """An agent's probabilities pull by pull, a panel for each game, each machine named."""
    for ax, (title, history) in zip(axes, games.items(), strict=True):
        heights = np.argsort(np.argsort(history[-1]))  # names that do not cover each other
        for i, chance in enumerate(chances):
            ax.plot(history[:, i], color=MACHINES[i], linestyle="-")
            y = max(history[-1, i], 0.0) if heights[i] == 2 else 0.04 + 0.08 * heights[i]
            place = (len(history) * 1.02, y)
            ax.annotate(f"pays {chance}", place, color=MACHINES[i], size=9, annotation_clip=False)
        ax.set(xlabel="pull", ylabel="probability of choosing it", ylim=(0, 1), title=title)
        ax.set(xlim=(0, 1.28 * len(history)), xticks=range(0, len(history) + 1, 100))
        ax.label_outer()
