"""The drawings of chapter 5."""

import matplotlib.pyplot as plt
import numpy as np

from course.pictures import BLUE, GOLD, GREEN, ORANGE, PINK, SKY, draw_digit

__all__ = [
    "draw_answers",
    "draw_bars",
    "draw_bytes",
    "draw_card",
    "draw_columns",
    "draw_counts",
    "draw_digits",
    "draw_ending",
    "draw_rows",
    "draw_studies",
]


def draw_rows(ax, labels, title):
    """The labels of all rows as a strip, dark where they are high, from the first to the last."""
    strip = ax.imshow(np.asarray(labels)[None], aspect="auto", cmap="Blues", vmin=-1, vmax=9.5)
    ax.set(yticks=[], xlabel="row", title=title)
    ax.label_outer()
    bar = ax.figure.colorbar(strip, ax=ax, ticks=[0, 3, 6, 9], pad=0.01)
    bar.set_label("label", fontsize=9)


def draw_answers(ax, counts, title):
    """How many digits get each of ten answers, along the batches of a pass; dark is many."""
    seen = ax.imshow(counts, aspect="auto", origin="lower", cmap="Blues", vmin=0, vmax=360)
    ax.set(yticks=range(10), xlabel="batch", ylabel="answer", title=title)
    ax.label_outer()
    if ax.get_subplotspec().is_last_col():
        bar = ax.figure.colorbar(seen, ax=ax.figure.axes, ticks=[0, 120, 240, 360], pad=0.01)
        bar.set_label("unseen digits with this answer", fontsize=9)


def draw_bars(ax, values, names, line=None):
    """Lying bars, the first at the top: each value, or the mean of several, those as dots.

    `line` is a value and its name, an upright line to measure by.
    """
    places = np.arange(len(values))[::-1]
    means = [np.mean(each) for each in values]
    ax.barh(places, means, color=BLUE, alpha=0.85)
    for place, mean, each in zip(places, means, values, strict=True):
        each = np.atleast_1d(each)
        if len(each) > 1:
            ax.plot(each, np.full(len(each), place), "o", color=ORANGE, markersize=4)
        ax.text(0.02, place, f"{mean:.2f}", va="center", color="white", weight="bold")
    if line:
        ax.axvline(line[0], color="0.3", lw=1.2)
        ax.text(line[0] + 0.012, places[0], line[1], va="center", color="0.3")
    ax.set(yticks=places, yticklabels=list(names))


def draw_ending(ax, bars, pupil):
    """The bars of a case that is closed, the true one green, and what the pupil reads as a line."""
    honest = bars[-1][1]
    for place, (_, share) in enumerate(reversed(bars)):
        false = place and share > honest + 0.005
        colour = GREEN if place == 0 else ORANGE if false else BLUE
        ax.barh(place, share, color=colour, alpha=0.85)
        said = "  too good to be true" if false else "  true" if place == 0 else ""
        inside = share > 0.3
        ax.text(
            0.015 if inside else share + 0.015,
            place,
            f"{share:.2f}{said}",
            va="center",
            weight="bold",
            color="white" if inside else "0.2",
        )
    ax.axvline(pupil, color="0.2", lw=1.4)
    ax.text(
        pupil + 0.008, len(bars) - 1, f"nearest\nneighbour\n{pupil:.2f}", va="center", fontsize=9
    )
    ax.set(yticks=range(len(bars)), yticklabels=[words for words, _ in reversed(bars)])
    ax.set(xlabel="share of the test digits read", xlim=(0, 1.1))
    down = len(bars) > 1 and bars[-2][1] > honest
    ax.set_title("The last repair takes the bar down, and makes it true" if down else "Closed")


def draw_counts(ax, counts, title):
    """A bar for each number of eights: in how many draws it came up."""
    found = np.bincount(counts)
    bars = ax.bar(range(len(found)), found, color=BLUE, alpha=0.85)
    bars[0].set_color(ORANGE)
    ax.bar_label(bars, fontsize=9)
    ax.set(xlabel="eights in the test", ylabel="draws", title=title)
    ax.margins(y=0.12)
    ax.label_outer()


def draw_bytes(ax, data, parts):
    """A box for each byte with its number, coloured by part; `parts` says how long each is."""
    colours, start = [SKY, GOLD, PINK, GREEN, GREEN, GREEN, BLUE], 0
    for (name, length), colour in zip(parts.items(), colours, strict=True):
        for i in range(start, start + length):
            ax.bar(i, 1, width=0.92, color=colour, alpha=0.35)
            ax.text(i, 0.5, data[i], ha="center", va="center", fontsize=9)
        ax.text(start + (length - 1) / 2, -0.35, name.strip(), ha="center", fontsize=8)
        start += length
    ax.set(xlim=(-0.6, start - 0.4), ylim=(-0.6, 1.05))
    ax.axis("off")


def draw_columns(ax, table, names):
    """Each column of a table from its smallest to its largest value, and its mean."""
    places = np.arange(len(names))
    low, high = table.min(axis=0), table.max(axis=0)
    ax.bar(places, high - low, bottom=low, width=0.5, color=BLUE, alpha=0.5)
    ax.plot(places, table.mean(axis=0), "o", color=ORANGE, markersize=5)
    ax.text(places[-1] + 0.32, table[:, -1].mean(), "mean", color=ORANGE, va="center", fontsize=9)
    ax.set(xticks=places, xticklabels=list(names), xlabel="column", ylabel="value, in its own unit")
    ax.set(ylim=(-8, high.max() + 12), xlim=(-0.6, len(names)))


def draw_studies(ax, studies):
    """A row of dots for each kind of study: the accuracies that were reported."""
    colours = [ORANGE, ORANGE, BLUE]
    for place, (found, colour) in enumerate(zip(studies.values(), colours, strict=True)):
        stack = {}  # equal accuracies stand on each other
        for value in sorted(found):
            height = stack[value] = stack.get(value, 0) + 1
            ax.plot(value, -place + 0.11 * (height - 1), "o", color=colour, markersize=5)
    ax.axvline(0.5, color="0.5", lw=1, linestyle="-")
    places = -np.arange(len(studies))
    ax.set(yticks=places, yticklabels=list(studies), ylim=(-2.3, 0.75), xlim=(0.25, 1.02))
    ax.set(xlabel="accuracy reported")


def draw_digits(axes, pictures, labels=None):
    """Pictures of digits, of 64 numbers or 8 by 8, each in its own greys, with their labels."""
    for i, (ax, picture) in enumerate(zip(axes, pictures, strict=True)):
        picture = np.reshape(picture, (8, 8))
        low, high = np.percentile(picture, [5, 95])
        grey = np.clip((picture - low) / (high - low), 0, 1)
        draw_digit(ax, grey, "" if labels is None else f"label {labels[i]}")
        ax.spines[:].set(visible=True, color="0.8")


def draw_card(ax, images, labels):
    """The data card: one of each digit with its count, and how much each pixel varies."""
    counts = np.bincount(labels, minlength=10)
    for digit in range(10):
        place = 10.5 * digit
        picture = images[np.flatnonzero(labels == digit)[0]] / images.max()
        ax.imshow(picture, extent=(place, place + 8, 0, 8), cmap="gray_r", vmin=0, vmax=1)
        ax.text(place + 4, -1.2, f"{counts[digit]}", ha="center", va="top", fontsize=9)
    deviation, place = images.std(axis=0), 110
    grey = 0.75 * deviation / deviation.max()
    ax.imshow(grey, extent=(place, place + 8, 0, 8), cmap="gray_r", vmin=0, vmax=1)
    for row, column in np.argwhere(deviation == 0):
        ax.add_patch(plt.Rectangle((place + column, 7 - row), 1, 1, color=ORANGE))
    ax.text(place + 4, -1.2, "variation", ha="center", va="top", fontsize=9)
    ax.set(xlim=(-1, 119), ylim=(-4, 8.5), title=f"{len(images)} digits, and how many of each")
    ax.axis("off")
