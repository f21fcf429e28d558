"""The drawings of chapter 6."""

import numpy as np

from course.pictures import BLUE, GREEN, ORANGE, draw_digit

__all__ = [
    "draw_confusion",
    "draw_curves",
    "draw_gallery",
    "draw_guesses",
    "draw_poster",
    "draw_shifts",
    "draw_units",
]


def draw_guesses(axes, images, guesses, labels):
    """Digits with the network's guess above each: green where it is right, orange where it is not."""
    for ax, image, guess, label in zip(np.ravel(axes), images, guesses, labels, strict=True):
        draw_digit(ax, np.reshape(image, (8, 8)))
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
    """Training (solid) and validation (dashed) loss of each faulty run, on one scale."""
    for ax, (letter, (training, validation)) in zip(np.ravel(axes), curves.items(), strict=True):
        epochs = range(1, len(training) + 1)
        ax.plot(epochs, training, color=BLUE, linestyle="-", label="training")
        ax.plot(epochs, validation, color=ORANGE, linestyle="--", label="validation")
        ax.axhline(np.log(10), color="0.7", lw=1, linestyle="-", zorder=0)
        ax.set(yscale="log", ylim=(5e-3, 60), title=f"{letter}  {names[letter] if names else ''}")
    for ax in np.atleast_2d(axes)[:, 0]:
        ax.set_ylabel("loss (log scale)")
    for ax in np.atleast_2d(axes)[-1]:
        ax.set_xlabel("epoch")
    first = np.ravel(axes)[0]
    first.legend(loc="lower left")
    first.annotate("ln 10", (1, np.log(10)), (0, 3), textcoords="offset points", color="0.4")


def draw_confusion(ax, table):
    """The mistakes of a confusion table, darker where there are more; what is right stays white."""
    wrong = table * (1 - np.eye(len(table), dtype=int))
    ax.imshow(wrong, cmap="Oranges", vmin=0, vmax=max(1, 1.5 * wrong.max()))
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


def draw_shifts(axes, image, guesses, label):
    """One digit moved by -2 to 2 pixels down (rows) and right (columns), and each guess."""
    for i, down in enumerate(range(-2, 3)):
        for j, right in enumerate(range(-2, 3)):
            ax, guess = axes[i, j], guesses[i][j]
            draw_digit(ax, np.roll(image, (down, right), axis=(0, 1)))
            ax.set_title(f"{guess}", color=GREEN if guess == label else ORANGE, loc="center", pad=2)


def draw_poster(figure, history, worst, digit, accuracy):
    """The learner's poster: the curve, the worst mistakes, the own digit with its probabilities.

    `worst` is (images, guesses, labels) of five; `digit` is (image, probabilities).
    """
    grid = figure.add_gridspec(2, 6, height_ratios=[1.6, 1])
    curve, bars = figure.add_subplot(grid[0, :3]), figure.add_subplot(grid[0, 4:])
    history.plot(curve)
    curve.set_title(f"I trained this: {100 * accuracy:.1f} % of unseen digits read")
    picture = figure.add_subplot(grid[0, 3])
    draw_digit(picture, digit[0], "my digit")
    best = int(np.argmax(digit[1]))
    bars.barh(range(10), digit[1], color=[GREEN if i == best else "0.8" for i in range(10)])
    bars.set(yticks=range(10), xlim=(0, 1), xlabel="probability", title=f"is read as {best}")
    bars.invert_yaxis()
    images, guesses, labels = worst
    places = [figure.add_subplot(grid[1, i]) for i in range(1, 6)]
    draw_guesses(places, images, guesses, labels)
    words = figure.add_subplot(grid[1, 0])
    words.text(0.5, 0.5, "its worst\nmistakes", ha="center", va="center", fontsize=11)
    words.axis("off")
