"""The drawings of chapter 4."""

import numpy as np

from course.pictures import BLUE, ORANGE

__all__ = [
    "draw_counts", "draw_flow", "draw_jump", "draw_nameless", "draw_paths", "draw_surface",
    "draw_valley",
]  # fmt: skip

STYLES = ("-", "--", "-.", ":", "-", "--")
MARKERS = ("o", "s", "^", "D", "v", "P")


def draw_surface(ax, surface, x, y):
    """The height of `surface` over a grid, dark where it is low, with a star at its lowest."""
    across, up = np.meshgrid(x, y)
    heights = np.asarray(surface(across, up))
    levels = np.geomspace(max(heights.min(), 1e-2), heights.max(), 16)
    ax.contourf(across, up, heights, levels=levels, cmap="Blues_r", extend="both", alpha=0.5)
    low = np.unravel_index(heights.argmin(), heights.shape)
    ax.plot(across[low], up[low], "*", color=ORANGE, markersize=17, markeredgecolor="white")
    ax.set(xlabel="first knob", ylabel="second knob", xlim=(x[0], x[-1]), ylim=(y[0], y[-1]))


def draw_paths(ax, paths, every=5):
    """Paths by name, {name: (steps, 2)}, each with its own colour, line and marker."""
    colours = ("black", ORANGE, "#009E73", "#B0005E", "#E69F00", "#7B3294")
    for (name, path), colour, style, marker in zip(
        paths.items(), colours, STYLES, MARKERS, strict=False
    ):
        ax.plot(
            *np.transpose(path), color=colour, linestyle=style, lw=1.6, marker=marker,
            markersize=4, markevery=every, label=name,
        )  # fmt: skip
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.17), ncols=3)


def draw_valley(ax, places, a=5.0, reach=3.2):
    """The valley a x², and the steps in it, from place to place."""
    x = np.linspace(-reach, reach, 121)
    places = np.asarray(places)
    ax.plot(x, a * x**2, color=BLUE, lw=2)
    ax.plot(places, a * places**2, "o-", color=ORANGE, lw=1, markersize=4)
    ax.plot(places[0], a * places[0] ** 2, "o", color="black", zorder=3)
    ax.set(xlabel="place x", ylabel="height", xlim=(-reach, reach), ylim=(-2, a * reach**2))


def draw_counts(axes, costs, name, units):
    """The cost after each update, on each of the axes counted in another unit of an update."""
    for ax, unit in zip(axes, units, strict=True):
        ax.plot(unit * np.arange(len(costs)), costs, label=name)


def draw_nameless(ax, *curves):
    """Costs after each update, with a letter for each; the shorter one is A."""
    for letter, curve in zip("AB", sorted(curves, key=len), strict=True):
        ax.plot(curve, "o-" if letter == "A" else "-", markersize=4, label=letter)
    ax.set(xlabel="update", ylabel="cost above the lowest", yscale="log")
    ax.legend()


def draw_jump(ax, x, y, optimum, before, after, reach=0.4):
    """One example's step on the landscape of all: rings of equal cost, an arrow, and its line."""
    w, b = (np.linspace(middle - reach, middle + reach, 81) for middle in optimum)
    grid = np.meshgrid(w, b)
    cost = ((grid[0][..., None] * x + grid[1][..., None] - y) ** 2).mean(axis=-1)
    ax.contour(w, b, cost, levels=9, colors="0.75", linewidths=0.8)
    ax.plot(*np.stack([before, before + 9 * (after - before)], axis=1), "--", color=BLUE, lw=1.2)
    ax.plot(*optimum, "*", color=ORANGE, markersize=18, markeredgecolor="white")
    ax.plot(*before, "o", color="black", markersize=7)
    ax.annotate("", after, before, arrowprops={"arrowstyle": "-|>", "color": "black", "lw": 1.8})
    ax.set(xlabel="w", ylabel="b", xlim=(w[0], w[-1]), ylim=(b[0], b[-1]))


def draw_flow(ax, sizes, values, names):
    """A network with a number for each unit: the width of a circle is the size of its number.

    Arrows run backward, from the output to the input, as wide as what they carry.
    """
    largest = max(np.abs(layer).max() for layer in values)
    places = [
        [(2.6 * column, (size - 1) / 2 - row) for row in range(size)]
        for column, size in enumerate(sizes)
    ]
    for column in range(len(sizes) - 1, 0, -1):
        for (x1, y1), value in zip(places[column], values[column], strict=True):
            for x0, y0 in places[column - 1]:
                style = {"arrowstyle": "-|>", "color": "0.6", "shrinkA": 11, "shrinkB": 11}
                style["lw"] = 0.3 + 2.2 * abs(value) / largest
                ax.annotate("", (x0, y0), (x1, y1), arrowprops=style)
    for column, (layer, name) in enumerate(zip(values, names, strict=True)):
        for (x, y), value in zip(places[column], layer, strict=True):
            colour = ORANGE if value > 0 else BLUE
            ax.scatter(x, y, s=90 + 500 * abs(value) / largest, color=colour, zorder=3)
            ax.annotate(f"{value:+.2f}", (x, y), (0, -20), textcoords="offset points",
                        ha="center", va="top", fontsize=8)  # fmt: skip
        ax.text(2.6 * column, max(sizes) / 2 + 0.35, name, ha="center")
    ax.set(
        xlim=(-0.9, 2.6 * (len(sizes) - 1) + 0.9), ylim=(-max(sizes) / 2 - 0.4, max(sizes) / 2 + 1)
    )
    ax.axis("off")
