"""Drawings that are not the subject of a lesson. Each takes `ax` and draws; one file a chapter."""

BLUE, ORANGE, GREEN, PINK, GOLD, SKY = (
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#CC79A7",
    "#E69F00",
    "#56B4E9",
)


def draw_digit(ax, image, title=""):
    """One handwritten digit, dark on white, without axes."""
    ax.imshow(image, cmap="gray_r", vmin=0, vmax=1)
    ax.set(xticks=[], yticks=[], title=title)
    ax.spines[:].set_visible(False)
