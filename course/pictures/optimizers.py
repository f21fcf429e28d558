"""The drawings of chapter 4."""

import numpy as np

from course.pictures import BLUE, ORANGE

__all__ = ["draw_flow", "draw_paths", "draw_surface"]

STYLES = ("-", "--", "-.", ":", "-", "--")
MARKERS = ("o", "s", "^", "D", "v", "P")


def draw_surface(ax, surface, x, y):
    """The height of `surface` over a grid, dark where it is low, with a star at its lowest."""
    across, up = np.meshgrid(x, y)
    heights = np.asarray(surface(across, up))
    levels = np.geomspace(max(heights.min(), 1e-2), heights.max(), 16)
    ax.contourf(across, up, heights, levels=levels, cmap="Blues_r", extend="both", alpha=0.75)
    low = np.unravel_index(heights.argmin(), heights.shape)
    ax.plot(across[low], up[low], "*", color=ORANGE, markersize=17, markeredgecolor="white")
    ax.set(xlabel="first knob", ylabel="second knob", xlim=(x[0], x[-1]), ylim=(y[0], y[-1]))


def draw_paths(ax, paths, every=5):
    """Paths by name, {name: (steps, 2)}, each with its own colour, line and marker."""
    colours = ("black", ORANGE, "#009E73", "#CC79A7", "#E69F00", "#7B3294")
    for (name, path), colour, style, marker in zip(
        paths.items(), colours, STYLES, MARKERS, strict=False
    ):
        ax.plot(
            *np.transpose(path), color=colour, linestyle=style, lw=1.6, marker=marker,
            markersize=4, markevery=every, label=name,
        )  # fmt: skip
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.17), ncols=3)


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
