"""The drawings of chapter 6."""

import numpy as np

from course.pictures import BLUE, GREEN, ORANGE, PINK, draw_digit
from minnet.plots import worst_mistakes

__all__ = [
    "draw_gallery",
    "draw_guesses",
    "draw_halves",
    "draw_nine",
    "draw_parting",
    "draw_poster",
    "draw_units",
]


def draw_guesses(axes, images, guesses, labels, short=False):
    """Digits with the network's guess above each: green where right, orange where not."""
    for ax, image, guess, label in zip(np.ravel(axes), images, guesses, labels, strict=True):
        draw_digit(ax, np.reshape(image, (8, 8)))
        ax.spines[:].set(visible=True, color="0.85")
        colour = GREEN if guess == label else ORANGE
        words = f"{guess}" if guess == label or short else f"{guess}, is {label}"
        ax.set_title(words, color=colour, loc="center", fontsize=12 if short else 11)


def draw_nine(figure, images, label, guesses):
    """A digit in nine places, once for each network: {title: its nine guesses}.

    With one network, the digit itself stands beside it, large.
    """
    parts = figure.subfigures(1, 2)
    if len(guesses) == 1:
        draw_digit(parts[0].subplots(), images[4], "the drawing")
    for part, (title, said) in zip(parts[-len(guesses) :], guesses.items(), strict=True):
        draw_guesses(part.subplots(3, 3), images, said, [label] * 9, short=True)
        part.suptitle(f"{title}: {np.sum(said == label)} of 9 are read", fontsize=11)


def draw_gallery(axes, sick, healed=None):
    """Training and validation loss of each patient, on one scale that ends at 5.

    Where they were treated, the sick curves are grey, and the healed ones lie over them.
    """
    for ax, (letter, curves) in zip(np.ravel(axes), sick.items(), strict=True):
        epochs = range(len(curves[0]))
        ax.axhline(np.log(10), color="0.6", lw=1, linestyle=":", zorder=0)
        for losses, colour, dash in zip(curves, (BLUE, ORANGE), ("-", "--")):
            if healed:
                ax.plot(epochs, losses, color="0.75", linestyle=dash, lw=3)
            else:
                ax.plot(epochs, losses, color=colour, linestyle=dash)
        for losses, colour, dash in zip((healed or {}).get(letter, ()), (BLUE, ORANGE), "-:"):
            ax.plot(epochs, losses, color=colour, linestyle="--" if dash == ":" else "-")
        if curves[0][0] > 5:
            ax.plot(0, 4.93, "s", color="0.6" if healed else BLUE, markersize=6, clip_on=False)
        ax.set(ylim=(0, 5), xticks=[0, 5, 10, 15, 20], title=letter)
    first, second = np.ravel(axes)[:2]
    if healed:
        first.axhline(np.log(9 + np.e) - 1, color="0.4", lw=0.8, linestyle="-", zorder=0)
    else:
        second.annotate("training", (15, 1.7), color=BLUE, ha="right")
        second.annotate("validation", (15, 2.6), color=ORANGE, ha="right")
    words = "ln 10" if healed else "one who guesses"
    first.annotate(words, (20, np.log(10)), (0, 4), ha="right", textcoords="offset points",
                   color="0.4")  # fmt: skip
    for ax in np.atleast_2d(axes)[:, 0]:
        ax.set_ylabel("loss")
    for ax in np.atleast_2d(axes)[-1]:
        ax.set_xlabel("epoch")


def draw_parting(left, right, history):
    """Left both losses from 0, named at their ends; right the accuracy of the validation rows."""
    epochs = range(1, len(history["loss"]) + 1)
    curves = ("training", history["loss"]), ("validation", history["validation_loss"])
    ends = [losses[-1] for _, losses in curves]
    for (name, losses), colour, dash in zip(curves, (BLUE, ORANGE), ("-", "--")):
        left.plot(epochs, losses, color=colour, linestyle=dash)
        place = "bottom" if losses[-1] == max(ends) or losses[-1] < 0.1 else "top"
        left.annotate(name, (len(losses), losses[-1]), (5, 0), textcoords="offset points",
                      va=place, color=colour)  # fmt: skip
    top = 1 if min(history["loss"]) < 0.05 else 2.5
    left.set(xlabel="epoch", ylabel="loss", ylim=(0, top))
    for ax in (left, right):
        ax.xaxis.get_major_locator().set_params(integer=True)
    right.plot(epochs, history["validation_metric"], color=ORANGE, linestyle="--")
    right.set(xlabel="epoch", ylabel="validation accuracy", ylim=(0, 1))


def draw_halves(ax, chooses, other):
    """The accuracy of two halves in every epoch: where one is best, and the other there."""
    epochs, best = np.arange(1, len(chooses) + 1), int(np.argmax(chooses))
    for name, shares, colour, dash, marker in [
        ("the half that chooses", chooses, PINK, "-", "o"),
        ("the other half", other, "0.45", "--", "o"),
    ]:
        ax.plot(epochs, shares, color=colour, linestyle=dash, lw=1.2)
        face = colour if name.endswith("chooses") else "white"
        ax.plot(best + 1, shares[best], marker, color=colour, markerfacecolor=face, markersize=9)
        up = shares[best] >= max(chooses[best], other[best])
        ax.annotate(
            f"{name}: {shares[best]:.3f}",
            *((best + 1, shares[best]), (0, 26 if up else -26)),
            textcoords="offset points",
            ha="center",
            va="bottom" if up else "top",
            color=colour,
        )
    ax.set(xlabel="epoch", ylabel="accuracy of a half", ylim=(0.7, 0.95))
    ax.set_title(f"Epoch {best + 1} is chosen")


def draw_units(ax, network, points, labels):
    """The plane as a 2-h-2 network answers it, and the line on which each hidden unit is 0."""
    side = np.linspace(-0.7, 1.7, 121)
    grid = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    logits = network.predict(grid)
    answer = (logits[:, 1] - logits[:, 0]).reshape(121, 121)
    colours = {"colors": [BLUE, "white", ORANGE], "alpha": 0.2}  # white: from 0.475 to 0.525
    ax.contourf(side, side, np.clip(answer, -1, 1), levels=[-1, -0.1, 0.1, 1], **colours)
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


def draw_poster(figure, history, worst, digit, share):
    """The learner's poster: the curve, the worst mistakes, the own digit with its probabilities.

    `worst` is (network, images, labels), of which the five surest mistakes are drawn; `digit` is
    (image, probabilities); `share` is that of the test digits, with its standard error.
    """
    top, bottom = figure.subfigures(2, 1, height_ratios=[1.7, 1])
    curve, picture, bars = top.subplots(1, 3, width_ratios=[3, 1.2, 2])
    history.plot(curve)
    read, error = (100 * each for each in share)
    curve.set_title(f"It reads {read:.1f} ± {error:.1f} % of unseen digits")
    draw_digit(picture, digit[0], "my digit")
    best = int(np.argmax(digit[1]))
    bars.barh(range(10), digit[1], color=[GREEN if i == best else "0.8" for i in range(10)])
    bars.set(yticks=range(10), xlim=(0, 1), xlabel="probability", title=f"is read as {best}")
    bars.invert_yaxis()
    words, *places = bottom.subplots(1, 6)
    wrong, p = worst_mistakes(*worst, 5)
    draw_guesses(places[: len(wrong)], worst[1][wrong], p[wrong].argmax(axis=1), worst[2][wrong])
    for ax in places[len(wrong) :]:
        ax.axis("off")
    words.text(0.5, 0.5, "its worst\nmistakes", ha="center", va="center", fontsize=11)
    words.axis("off")
