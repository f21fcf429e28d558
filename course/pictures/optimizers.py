"""The drawings of chapter 4."""

import numpy as np

from course.moving import INK
from course.pictures import BLUE, GOLD, GREEN, ORANGE, PINK, SKY

__all__ = [
    "draw_cloud", "draw_cover", "draw_fates", "draw_looks", "draw_losses", "draw_settling",
    "draw_steps", "draw_tremor", "draw_valley_walks", "draw_walk",
]  # fmt: skip

KINDS = {"single": GOLD, "batches of 20": SKY, "plain": BLUE}


def valley(x, y):
    return (x**2 + 25 * y**2) / 2


def draw_surface(ax, surface, x, y):
    """The height of `surface` over a grid, dark where it is low, with a star at its lowest."""
    across, up = np.meshgrid(x, y)
    heights = np.asarray(surface(across, up))
    levels = np.geomspace(max(heights.min(), 3e-2), heights.max(), 14)
    ax.contourf(across, up, heights, levels=levels, cmap="Blues_r", extend="both", alpha=0.45)
    ax.plot(0, 0, "*", color="white", markersize=15, markeredgecolor="0.2", zorder=1.5)
    ax.set(xlim=(x[0], x[-1]), ylim=(y[0], y[-1]))


def draw_walk(ax, surface, path, title=""):
    """One walk on a surface, a dot for each step."""
    draw_surface(ax, surface, np.linspace(-4.6, 2.6, 90), np.linspace(-2.1, 2.1, 90))
    ax.plot(*np.transpose(path), color="black", linestyle="-", lw=1, marker=".", markersize=4)
    ax.set(xlabel="first knob", title=title)
    if ax.get_subplotspec().is_first_col():
        ax.set_ylabel("second knob")


def draw_valley_walks(axes, walks):
    """Walks in the valley, {title: path}, one on each of the axes."""
    for ax, (title, path) in zip(axes, walks.items(), strict=True):
        draw_walk(ax, valley, path, title)


def draw_cover(ax):
    """Four optimizers, forty steps each, down one narrow valley; names at their paths."""
    from minnet.optimizers import SGD, Adam, RMSprop
    from minnet.tensors import Tensor

    draw_surface(ax, valley, np.linspace(-4.6, 2.2, 160), np.linspace(-1.9, 1.9, 120))
    walkers = {
        "plain": (BLUE, lambda p: SGD(p, 0.075), (-3.85, -1.3)),
        "momentum": (GREEN, lambda p: SGD(p, 0.02, momentum=0.85), (-1.75, 0.83)),
        "RMSprop": (PINK, lambda p: RMSprop(p, 0.15, alpha=0.9), (-3.45, 0.33)),
        "Adam": (ORANGE, lambda p: Adam(p, 0.4), (-1.55, -1.0)),
    }
    for name, (colour, make, place) in walkers.items():
        knobs = [Tensor(-4.0), Tensor(1.5)]
        optimizer, path = make(knobs), [(-4.0, 1.5)]
        for _ in range(40):
            height = valley(*knobs)
            optimizer.zero_grad()
            height.backward()
            optimizer.step()
            path.append(tuple(knob.item() for knob in knobs))
        ax.plot(
            *np.transpose(path), color=colour, linestyle="-", lw=1.8, marker="o", markersize=3.5
        )
        ax.text(*place, name, color=INK[colour], fontsize=12, weight="bold", ha="center",
                path_effects=halo())  # fmt: skip
    ax.plot(-4, 1.5, "o", color="black", markersize=8, zorder=5)
    ax.set(xlabel="first knob, flat", ylabel="second knob, steep")


def halo():
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=3.5, foreground="white")]


def draw_fates(axes, walks, a=5.0, reach=3.2):
    """For each lr its first ten steps in the valley a x², and below where x stands at each step."""
    x = np.linspace(-reach, reach, 121)
    walk = {"color": BLUE, "linestyle": "-", "lw": 1, "marker": "o"}
    for (above, below), lr in zip(axes.T, walks, strict=True):
        places = walks[lr]
        above.plot(x, a * x**2, color="0.55", lw=2)
        above.plot(places[:11], a * places[:11] ** 2, **walk, markersize=4)
        above.plot(places[0], a * places[0] ** 2, "o", color="black", zorder=3)
        above.set(xlabel="place x", xlim=(-reach, reach), ylim=(-2, a * reach**2))
        below.plot(places, **walk, markersize=3)
        below.set(xlabel="step", ylim=(-5, 5))
        fate = "arrives" if abs(places[-1]) < 0.5 else "swings" if abs(places[-1]) < 2 else ""
        above.set_title(f"lr {lr:.2f} {fate or 'flies off'}")
    axes[0, 0].set_ylabel("height")
    axes[1, 0].set_ylabel("place x")


def draw_losses(ax, runs):
    """The loss at each update of a few runs, {name: losses}, named at their ends."""
    for (name, losses), style in zip(runs.items(), ("-", "--", ":"), strict=True):
        ax.plot(losses, color=BLUE, linestyle=style, lw=1.8)
        end = np.mean(losses[-20:])
        end += 0.12 * np.sign(end - 2.25) if abs(end - 2.25) < 0.25 else 0  # two lie close
        ax.text(len(losses) + 1, end, name, color=INK[BLUE], va="center", weight="bold")
    ax.axhline(np.log(10), color="0.6", lw=1, linestyle="-", zorder=0)
    ax.text(60, 2.75, "grey line: guessing, ln 10", color="0.35", fontsize=9)
    most = max(max(losses) for losses in runs.values())
    ax.set(xlabel="update", ylabel="loss", xlim=(0, 112), ylim=(0, min(5, most + 0.2)))


def draw_looks(ax, passes):
    """The loss after one pass, a dot for each of twenty seeds, by how many steps it made."""
    names = {1500: ("plain", BLUE), 30: ("batches of 30", SKY), 1: ("single digits", GOLD)}
    for k, (size, (name, colour)) in enumerate(names.items()):
        losses = np.sort(passes[size])
        spread = (np.arange(20) - 9.5) / 50
        ax.plot(k + spread, losses, color=colour, linestyle="none", marker="o", markersize=5)
        ax.text(k + 0.26, np.median(losses), name, color=INK[colour], va="center", weight="bold")
    ax.axhline(np.log(10), color="0.6", lw=1, linestyle=":", zorder=0)
    ax.text(1.4, np.log(10) + 0.05, "guessing, ln 10", color="0.35", fontsize=9)
    ax.set(xticks=range(3), xticklabels=["1 step", "50 steps", "1500 steps"], xlim=(-0.5, 2.9))
    ax.set(ylabel="loss after one pass", ylim=(0, 3.1))


def draw_cloud(axes, start, best, frame=((-20, 10), (-12, 10))):
    """Opinions (2, n) at the start and at the optimum, as dots, with their mean as a star."""
    titles = ("At the start most agree by w", "At the optimum they pull against each other")
    for ax, each, title in zip(axes, (start, best), titles, strict=True):
        inside = [np.clip(values, *ends) for values, ends in zip(each, frame, strict=True)]
        ax.scatter(*inside, s=7, alpha=0.5, color=BLUE)
        ax.axhline(0, color="0.7", lw=0.8, linestyle="-", zorder=0)
        ax.axvline(0, color="0.7", lw=0.8, linestyle="-", zorder=0)
        ax.plot(*each.mean(axis=1), "*", color=ORANGE, markersize=17, markeredgecolor="white")
        ax.set(xlabel="opinion by w", title=title)
        ax.set(xlim=(frame[0][0] - 0.5, frame[0][1] + 0.5), ylim=(frame[1][0] - 0.5, 10.5))
    axes[0].set_ylabel("opinion by b")


def draw_tremor(ax, paths, optimum, passes=2):
    """w of the first walker over the last passes: {name: path of (w, b) for all walkers}."""
    ax.axhline(optimum, color="0.6", lw=1, linestyle="-")
    places = {"single": 0.34, "batches of 20": 0.2, "plain": -0.2}
    for name, path in paths.items():
        steps = (len(path) - 1) // 20 * passes
        w, colour = path[-steps - 1 :, 0, 0], KINDS[name]
        lw, size = (0.8, 0) if name == "single" else (1.8, 6)
        ax.plot(np.linspace(0, passes, len(w)), w, color=colour, linestyle="-", lw=lw,
                marker="o", markersize=size)  # fmt: skip
        ax.text(passes + 0.02, optimum + places[name], name, color=INK[colour], weight="bold")
    ax.set(xlabel="passes, the last two", ylabel="w", xlim=(0, passes + 0.32))


def draw_settling(ax, paths, optimum):
    """How far twenty walkers are from the optimum after each pass, on average."""
    styles = {"constant": "-", "falling": "--", "fading": ":", "plain": "-"}
    for name, path in paths.items():
        passes = 5 if name == "fading" else 20
        per = (len(path) - 1) // passes
        far = np.linalg.norm(path[::per] - np.reshape(optimum, (1, 2, 1)), axis=1).mean(axis=1)
        colour = BLUE if name == "plain" else GOLD
        ax.plot(far, color=colour, linestyle=styles[name], marker="o", markersize=4)
        words = name if name == "plain" else f"single, {name}"
        high = far[-1] * (1.25 if name == "constant" else 1)
        ax.text(len(far) - 0.7, high, words, color=INK[colour], va="center", weight="bold")
    ax.set(xlabel="passes", ylabel="distance from the optimum", yscale="log", xlim=(0, 25))
    ax.set_xticks(range(0, 21, 5))


def draw_steps(ax, steps):
    """The lengths of Adam's steps, {"without": …, "corrected": …}, from the first on."""
    for (name, lengths), style in zip(steps.items(), ("--", "-"), strict=True):
        ax.plot(np.arange(1, len(lengths) + 1), lengths, color=ORANGE, linestyle=style)
        ax.text(150, lengths[150] + 0.3, name, color=INK[ORANGE], weight="bold")
    ax.set(xlabel="step", ylabel="length of the step, for lr 1", ylim=(0, 7.5))
