"""What a figure shows, told in lines: places, colours, sizes and words."""

import numpy as np
from matplotlib.colors import to_hex


def told(figure):
    """The lines that tell a figure: its size, then all that its axes show."""
    figure.draw_without_rendering()  # the ticks are known from here on
    yield f"figure {numbers(figure.get_size_inches())}, {colour(figure.get_facecolor())}"
    yield from map(words, figure.texts)
    for ax in figure.axes:
        yield f"axes x {numbers(ax.get_xlim())}, y {numbers(ax.get_ylim())} {ax.get_yscale()}"
        if ax.axison:
            yield f"  {ax.get_xlabel()!r}, {ax.get_ylabel()!r}"
            if ax.get_title():
                yield words(ax.title)
            yield f"  ticks {ticks(ax.xaxis)}; {ticks(ax.yaxis)}"
            edges = {name: colour(s.get_edgecolor()) for name, s in ax.spines.items()}
            yield "  edges " + ", ".join(
                n + e for n, e in edges.items() if ax.spines[n].get_visible()
            )
        yield from map(line, ax.lines)
        yield from map(box, ax.patches)
        yield from map(words, ax.texts)
        yield from map(picture, ax.images)


def numbers(values):
    return " ".join(f"{round(float(value), 3) + 0.0:g}" for value in np.ravel(values))


def colour(rgba):
    return to_hex(rgba, keep_alpha=True)


def ticks(axis):
    """The names that stand at an axis, and how they are turned."""
    low, high = sorted(axis.get_view_interval())
    seen = [tick.label1 for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
    turned = {name.get_rotation() for name in seen}
    return " ".join(name.get_text() for name in seen) + f" turned {numbers([*turned])}" * any(
        turned
    )


def line(one):
    look = f"{one.get_linestyle()} {one.get_linewidth():g} {one.get_marker()} "
    look += f"{one.get_markersize():g} {colour(one.get_markerfacecolor())} z{one.get_zorder():g}"
    return f"  line {colour(one.get_color())} {look}: {numbers(one.get_xydata())}"


def box(one):
    colours = f"{colour(one.get_facecolor())} {colour(one.get_edgecolor())}"
    return f"  box {colours}: {numbers(one.get_bbox().bounds)}"


def words(one):
    """A text; or an arrow, which is a text without words."""
    said, place = one.get_text(), numbers(one.get_position())
    if arrow := getattr(one, "arrow_patch", None):
        bend = getattr(arrow.get_connectionstyle(), "rad", 0)
        ends = f"{arrow.shrinkA:g} {arrow.shrinkB:g} {type(arrow.get_arrowstyle()).__name__}"
        look = f"{colour(arrow.get_edgecolor())} z{one.get_zorder():g} {ends} bend {bend:g}"
        return f"  arrow {place} to {numbers(one.xy)} {look}"
    look = f"{colour(one.get_color())} {one.get_fontsize():g} {one.get_ha()} {one.get_va()}"
    around = "".join(f" around it {e._gc['linewidth']}" for e in one.get_path_effects())
    return f"  text {said!r} at {place} {look} turned {one.get_rotation():g}{around}"


def picture(one):
    """An image: its colours and its corner, which is enough to know it again."""
    shades = np.ma.filled(one.get_array().astype(float), np.nan)
    look = f"{one.get_cmap().name} {numbers(one.get_clim())} {one.get_interpolation()}"
    return f"  picture {shades.shape} {look}: {numbers(shades.ravel()[:12])}"
