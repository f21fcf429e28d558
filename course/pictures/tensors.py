"""The drawings of chapter 1."""

import numpy as np
from matplotlib.patches import Circle, Rectangle

from course.pictures import BLUE, GREEN, ORANGE, SKY, draw_digit
from course.pictures.diamond import diamond

__all__ = [
    "diamond",
    "draw_aim",
    "draw_broadcast",
    "draw_climb",
    "draw_digit",
    "draw_gears",
    "draw_graph",
    "draw_knob",
    "draw_numbers",
    "draw_rectangle",
    "draw_shots",
]


GOAL = (30, 10)


def draw_shots(ax, shots, tries=(), numbers=(1, 2, 3, 5)):
    """Paths of balls, pale first and dark last, some numbered; tries by hand in grey."""
    for path in tries:
        x, y = np.transpose(path)
        ax.plot([0, *x], [0, *y], color="0.72", linestyle="-", lw=1.4, zorder=1)
        ax.plot(x[-1], y[-1], "o", color="0.72", zorder=1)
    told = [*numbers, len(shots)] if len(shots) > 1 else []
    for i, path in enumerate(shots):
        x, y = np.transpose(path)
        strength = 1.0 if len(shots) == 1 else 0.25 + 0.75 * i / (len(shots) - 1)
        ax.plot([0, *x], [0, *y], color=BLUE, alpha=strength, linestyle="-", lw=1.4)
        ax.plot(x[-1], y[-1], "o", color=BLUE, alpha=strength, markersize=4)
    for n in dict.fromkeys(n for n in told if n <= len(shots)):
        end = shots[n - 1][-1]
        ax.annotate(f"{n}", end, (5, -11), textcoords="offset points", fontsize=9, color=BLUE)
    ax.plot(*GOAL, "o", color=ORANGE, markersize=13, zorder=3, alpha=0.85)
    ax.annotate("balloon", GOAL, (9, 7), textcoords="offset points", va="bottom", color=ORANGE)
    ax.axhline(0, color="0.6", lw=1)
    ax.margins(y=0.12)
    right = max(36.5, *(path[-1][0] + 2 for path in shots))
    ax.set(xlabel="distance (m)", ylabel="height (m)", xlim=(0, right))


def draw_aim(axes, shots, tries=()):
    """Left, the shots of an aim that moves; right, how far each of them misses, in squared metres.

    Misses below a millionth of a square metre are drawn there.
    """
    left, right = axes
    draw_shots(left, shots, tries)
    ends = np.array([path[-1] for path in shots], float)
    misses = np.maximum(((ends - GOAL) ** 2).sum(axis=1), 1e-6)
    right.semilogy(range(1, len(misses) + 1), misses, "o-", markersize=4)
    right.set(xlabel="shot", ylabel="miss (m², powers of ten)")
    right.set_title(f"From {misses[0]:.1f} m² to {misses[-1]:.{2 if misses[-1] > 0.1 else 4}f} m²")


def draw_knob(ax, f, places=(), slope=None):
    """A function of one knob, from 8 to 28; a slope at the first place, or a walk over all."""
    speeds = np.linspace(8, 28, 201)
    values = np.array([f(speed) for speed in speeds])
    ax.plot(speeds, values, color=BLUE)
    if slope is not None:
        near = np.array([places[0] - 4, places[0] + 3.2])
        ax.plot(near, f(places[0]) + slope * (near - places[0]), color=ORANGE, linestyle="--")
        ax.annotate(
            f"slope {slope:.1f}".replace("-", "−"), (near[0], f(places[0]) - 4 * slope),
            (-6, -2), textcoords="offset points", ha="right", va="top", color=ORANGE,
        )  # fmt: skip
    ax.plot(places, [f(place) for place in places], "o-", color="black", lw=0.8, markersize=5)
    lowest = speeds[values.argmin()]
    ax.annotate(
        f"lowest at {lowest:.1f} m/s", (lowest, values.min()), (0, 26),
        textcoords="offset points", ha="center", color="0.35",
        arrowprops={"arrowstyle": "-", "color": "0.6"},
    )  # fmt: skip
    ax.set(xlabel="speed ahead (m/s)", ylabel="miss (m²)", ylim=(-4, None))


def draw_climb(ax, x, targets, lines):
    """A cloud of points, and the lines w x + b of a descent, from pale to dark, some named."""
    ax.scatter(x, targets, s=8, color="0.7")
    ends = np.array([x.min(), x.max()])
    for n in (0, 2, 5, 10, len(lines) - 1):
        w, b = lines[n]
        heights = w * ends + b
        ax.plot(ends, heights, "-", color=BLUE, alpha=0.3 + 0.7 * n / (len(lines) - 1))
        ax.annotate(
            f"after {n} steps", (ends[1], heights[1]), (5, -3),
            textcoords="offset points", fontsize=9, color=BLUE, annotation_clip=False,
        )  # fmt: skip
    ax.set(xlabel="x: body-mass index, 0 its mean", ylabel="progression after a year")
    ax.set_xlim(None, ends[1] + 1.0)


def draw_numbers(ax, table):
    """A table of numbers, each written on its own cell, dark where the number is large."""
    ax.imshow(table, cmap="gray_r", vmin=0, vmax=1.6 * np.max(table))
    for (i, j), value in np.ndenumerate(table):
        ax.text(j, i, f"{value:g}", ha="center", va="center", fontsize=9)
    ax.set(xticks=range(table.shape[1]), yticks=range(table.shape[0]))
    ax.set(xlabel="axis 1: column", ylabel="axis 0: row")


def draw_tiles(ax, corner, values, shape, colour):
    """`values` stretched to `shape`: solid tiles are there, pale ones are copies."""
    solid = np.zeros(shape, bool)
    solid[tuple(slice(0, n) for n in np.atleast_2d(values).shape)] = True
    full = np.broadcast_to(values, shape)
    for (i, j), value in np.ndenumerate(full):
        x, y = corner[0] + j, corner[1] - i
        alpha = 0.55 if solid[i, j] else 0.12
        ax.add_patch(Rectangle((x, y), 0.94, 0.94, color=colour, alpha=alpha, lw=0))
        shade = "black" if solid[i, j] else "0.5"
        ax.text(x + 0.47, y + 0.47, f"{value:g}", ha="center", va="center", color=shade)


def draw_broadcast(ax, a, b):
    """a + b with each stretched to the common shape, tile by tile."""
    shape = np.broadcast_shapes(a.shape, b.shape)
    step = shape[1] + 1.2
    pieces = [(a, BLUE, f"{a.shape}"), (b, ORANGE, f"{b.shape}"), (a + b, GREEN, f"{shape}")]
    for k, (values, colour, name) in enumerate(pieces):
        draw_tiles(ax, (k * step, shape[0] - 1), values, shape, colour)
        ax.text(k * step + shape[1] / 2, -0.35, name, ha="center", va="top")
        if k:
            ax.text(k * step - 0.6, shape[0] / 2, "+="[k - 1], ha="center", va="center", size=16)
    ax.set(xlim=(-0.2, 3 * step - 1), ylim=(-1, shape[0] + 0.1), aspect="equal")
    ax.axis("off")


def draw_rectangle(ax, a, b, h):
    """The area a b, and the strip that it gains when a grows by h."""
    ax.add_patch(Rectangle((0, 0), a, b, color=BLUE, alpha=0.25))
    ax.add_patch(Rectangle((a, 0), h, b, color=ORANGE, alpha=0.7))
    ax.text(a / 2, b / 2, "a · b", ha="center", va="center", size=13)
    ax.annotate(f"a = {a:g}", (a / 2, -0.08 * b), ha="center", va="top", size=12)
    ax.annotate("h", (a + h / 2, -0.08 * b), ha="center", va="top", size=12)
    ax.annotate(f"b = {b:g}", (-0.06 * a, b / 2), ha="right", va="center", size=12)
    ax.set(xlim=(-0.3 * a, a + 2 * h), ylim=(-0.3 * b, 1.08 * b), aspect="equal")
    ax.axis("off")


def draw_gears(ax, teeth, names):
    """Wheels that drive each other: half the teeth, twice the turns."""
    x = 0.0
    for k, (n, name) in enumerate(zip(teeth, names, strict=True)):
        radius = n / 24
        x += radius if k else 0
        angles = np.linspace(0, 2 * np.pi, 8 * n + 1) + (np.pi / n if k % 2 else 0)
        edge = radius * (1 + 0.9 / n * np.sign(np.sin(n * angles)))
        colour = (BLUE, SKY, ORANGE)[k % 3]
        ax.fill(x + edge * np.cos(angles), edge * np.sin(angles), color=colour, alpha=0.6)
        ax.add_patch(Circle((x, 0), 0.06, color="white"))
        ax.text(x, -radius - 0.25, f"{name}\n{n} teeth", ha="center", va="top")
        x += radius * 1.02
    ax.set(aspect="equal", ylim=(-1.15 * max(teeth) / 24 - 0.75, 1.2 * max(teeth) / 24))
    ax.axis("off")


def draw_graph(ax, result, names, gradients=False):
    """The record of `result`: every node, and an arrow from each source to what was made of it.

    `names` gives words for some tensors: [(tensor, "a"), ...].
    """
    words = {tensor.node: word for tensor, word in names}
    depth, columns = {}, {}
    found = [result.node]
    for node in found:
        found += [source for source, _ in node.sources or () if source not in found]
    for node in sorted(found, key=lambda node: node.birth):
        depth[node] = 1 + max((depth[source] for source, _ in node.sources or ()), default=-1)
        columns.setdefault(depth[node], []).append(node)
    place = {
        node: (2.2 * column, -(row - (len(nodes) - 1) / 2) * 1.3)
        for column, nodes in columns.items()
        for row, node in enumerate(nodes)
    }
    for node in found:
        for k, (source, _) in enumerate(node.sources or ()):
            twice = sum(other is source for other, _ in node.sources) > 1
            bend = (0.25 if k else -0.25) if twice else 0.0
            if depth[node] - depth[source] > 1 and place[node][1] == place[source][1]:
                bend = -0.45  # around the nodes in between
            style = {"arrowstyle": "-|>", "color": "0.5", "shrinkA": 17, "shrinkB": 17}
            style["connectionstyle"] = f"arc3,rad={bend}"
            ax.annotate("", place[node], place[source], arrowprops=style)
        colour = BLUE if not node.sources else "white"
        ax.plot(*place[node], "o", markersize=32, color=colour, markeredgecolor="0.4", alpha=0.9)
        sign = {"multiply": "×", "product": "×", "add": "+", "total": "+"}.get(node.name, node.name)
        label = words.get(node, sign) if not node.sources else sign
        shade = "white" if not node.sources else "black"
        ax.annotate(label, place[node], ha="center", va="center", color=shade, size=12)
        below = [words[node]] if node in words and node.sources else []
        if gradients and node.grad is not None:
            below.append(f"gradient {node.grad:g}")
        ax.annotate(
            ", ".join(below), place[node], (0, -19), textcoords="offset points",
            ha="center", va="top", size=9, color=ORANGE if gradients else "black",
        )  # fmt: skip
    ax.margins(0.12, 0.35)
    ax.axis("off")
