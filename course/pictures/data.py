"""The drawings of chapter 5."""

import numpy as np

from course.pictures import BLUE, ORANGE, draw_digit

__all__ = ["draw_bars", "draw_card", "draw_digit", "draw_rows"]


def draw_rows(ax, labels, title, n=400):
    """The labels of the first rows as a strip, one colour a class, from left to right."""
    ax.imshow(np.asarray(labels)[None, :n], aspect="auto", cmap="cividis", vmin=0, vmax=9)
    ax.set(yticks=[], xlabel="row", title=title)


def draw_bars(ax, values, names, colours=None):
    """Lying bars with their values, the first at the top."""
    places = np.arange(len(values))[::-1]
    bars = ax.barh(places, values, color=colours or BLUE, alpha=0.85)
    ax.bar_label(bars, [f"{value:.2f}" for value in values], padding=3, fontsize=9)
    ax.set(yticks=places, yticklabels=names)


def draw_card(axes, images, labels):
    """The data card: an example a class, how many there are, the mean, and the silent pixels."""
    examples, counts, mean, spread = axes
    first = [images[np.flatnonzero(labels == digit)[0]] for digit in range(10)]
    sheet = np.concatenate([np.concatenate(first[:5], axis=1), np.concatenate(first[5:], axis=1)])
    draw_digit(examples, sheet / images.max(), "one of each")
    counts.bar(range(10), np.bincount(labels, minlength=10), color=BLUE, alpha=0.85)
    counts.set(xticks=range(10), xlabel="digit", ylabel="pictures", title="about equally many")
    draw_digit(mean, images.mean(axis=0) / images.mean(axis=0).max(), "the mean picture")
    deviation = images.std(axis=0)
    draw_digit(spread, deviation / deviation.max(), "how much a pixel changes")
    for row, column in np.argwhere(deviation == 0):
        spread.text(column, row, "0", color=ORANGE, ha="center", va="center", fontweight="bold")
