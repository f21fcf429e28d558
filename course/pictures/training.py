"""The drawings of chapter 6."""

import numpy as np

from course.pictures import BLUE, GREEN, ORANGE, draw_digit

__all__ = [
    "draw_confusion",
    "draw_curves",
    "draw_gallery",
    "draw_guesses",
    "draw_poster",
    "draw_units",
]


def draw_guesses(axes, images, guesses, labels):
    """Digits with the network's guess above each: green where right, orange where not."""
    for ax, image, guess, label in zip(np.ravel(axes), images, guesses, labels, strict=True):
        draw_digit(ax, np.reshape(image, (8, 8)))
        ax.spines[:].set(visible=True, color="0.85")
        colour = GREEN if guess == label else ORANGE
        words = f"{guess}" if guess == label else f"{guess}, is {label}"
        ax.set_title(words, color=colour, loc="center", fontsize=10)


def draw_curves(ax, losses, name, **style):
    """One curve of losses by epoch, named at its end."""
    (line,) = ax.plot(range(1, len(losses) + 1), losses, **style)
    ax.annotate(
        name, (len(losses), losses[-1]), (5, 0), textcoords="offset points",
        va="center", color=line.get_color(), fontsize=9,
    )  # fmt: skip
    ax.set(xlabel="epoch", ylabel="loss (log scale)", yscale="log")


def draw_gallery(axes, curves, names=None):
    """Training and validation loss of each faulty run, on one scale that ends at 5."""
    for ax, (letter, (training, validation)) in zip(np.ravel(axes), curves.items(), strict=True):
        epochs = range(1, len(training) + 1)
        ax.plot(epochs, training, color=BLUE, linestyle="-", label="training")
        ax.plot(epochs, validation, color=ORANGE, linestyle="--", label="validation")
        ax.axhline(np.log(10), color="0.7", lw=1, linestyle="-", zorder=0)
        ax.set(
            ylim=(0, 5),
            xticks=[1, 5, 10, 15, 20],
            title=f"{letter}  {names[letter] if names else ''}",
        )
    for ax in np.atleast_2d(axes)[:, 0]:
        ax.set_ylabel("loss")
    for ax in np.atleast_2d(axes)[-1]:
        ax.set_xlabel("epoch")
    first = np.ravel(axes)[0]
    first.legend(loc="upper right")
    first.annotate(
        "ln 10", (20, np.log(10)), (0, 3), ha="right", textcoords="offset points", color="0.4"
    )


def draw_confusion(ax, table):
    """The mistakes of a confusion table, darker where there are more; what is right stays white."""
    wrong = np.where(np.eye(len(table)) + (table == 0), np.nan, table)
    ax.imshow(wrong, cmap="Oranges", vmin=-2, vmax=20)
    for (i, j), count in np.ndenumerate(table):
        if count:
            colour = "0.6" if i == j else "black"
            ax.text(j, i, str(count), ha="center", va="center", color=colour, fontsize=9)
    ticks = range(len(table))
    ax.set(xticks=ticks, yticks=ticks, xlabel="taken for", ylabel="is")


def draw_units(ax, network, points, labels):
    """The plane as a 2-h-2 network answers it, and the line on which each hidden unit is 0."""
    side = np.linspace(-0.7, 1.7, 121)
    grid = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    logits = network.predict(grid)
    answer = (logits[:, 1] - logits[:, 0]).reshape(121, 121)
    ax.contourf(side, side, answer > 0, levels=[-0.5, 0.5, 1.5], colors=[BLUE, ORANGE], alpha=0.2)
    first = network[0]
    for (a, b), c in zip(first.weight.data.T, first.bias.data, strict=True):
        ends = np.array([side[0], side[-1]])
        if abs(b) > abs(a):
            ax.plot(ends, -(a * ends + c) / b, color="0.35", lw=1.2, linestyle="-")
        else:
            ax.plot(-(b * ends + c) / a, ends, color="0.35", lw=1.2, linestyle="-")
    for point, label in zip(points, labels, strict=True):
        ax.plot(
            *point, "os"[label], color=(BLUE, ORANGE)[label], markersize=10, markeredgecolor="k"
        )
    ax.set(xlim=(-0.7, 1.7), ylim=(-0.7, 1.7), aspect="equal", xlabel="a", ylabel="b")


def draw_poster(figure, history, worst, digit, accuracy):
    """The learner's poster: the curve, the worst mistakes, the own digit with its probabilities.

    `worst` is (images, guesses, labels) of five; `digit` is (image, probabilities).
    """
    top, bottom = figure.subfigures(2, 1, height_ratios=[1.7, 1])
    curve, picture, bars = top.subplots(1, 3, width_ratios=[3, 1.2, 2])
    history.plot(curve)
    curve.set_title(f"I trained this: {100 * accuracy:.1f} % of unseen digits read")
    draw_digit(picture, digit[0], "my digit")
    best = int(np.argmax(digit[1]))
    bars.barh(range(10), digit[1], color=[GREEN if i == best else "0.8" for i in range(10)])
    bars.set(yticks=range(10), xlim=(0, 1), xlabel="probability", title=f"is read as {best}")
    bars.invert_yaxis()
    words, *places = bottom.subplots(1, 6)
    draw_guesses(places, *worst)
    words.text(0.5, 0.5, "its worst\nmistakes", ha="center", va="center", fontsize=11)
    words.axis("off")
