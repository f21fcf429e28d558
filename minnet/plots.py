"""What one looks at: curves that tell how a training goes. Here is drawn, and nothing computed."""

import sys
from time import perf_counter

from minnet import checks


def draw_losses(history, ax):
    """Draw a history's losses against the epoch, each with its name at its end.

    On a log scale, where all of them are above 0.
    """
    curves = {"training": history["loss"], "validation": history["validation_loss"]}
    highest = max((losses[-1] for losses in curves.values() if losses), default=0.0)
    for name, losses in curves.items():
        if losses:
            ax.plot(range(1, len(losses) + 1), losses)
            place = "bottom" if losses[-1] == highest else "center"
            end = (len(losses), losses[-1])
            ax.annotate(name, end, (5, 0), textcoords="offset points", va=place)
    ax.set(xlabel="epoch", ylabel="loss")
    if all(loss > 0 for losses in curves.values() for loss in losses):
        ax.set(yscale="log", ylabel="loss (log scale)")
    ax.xaxis.get_major_locator().set_params(integer=True)


class LossCurve:
    """A loss curve that grows on the screen while a network learns, redrawn when it is time."""

    def __init__(self, every=0.25):
        self.every = checks.require_number("every", every, 0, float("inf"))
        self.due, self.handle = 0.0, None

    def __repr__(self):
        return f"LossCurve(every={self.every})"

    def draw(self, history, last=False):
        """Show the history so far, unless the last picture is younger than `every` seconds."""
        if perf_counter() < self.due and not last:
            return
        notebook = sys.modules.get("IPython")  # there already, where this is a notebook
        if notebook is None or notebook.get_ipython() is None:
            print(history)
        else:
            picture = {"image/png": self.picture(history), "text/plain": "<loss curve>"}
            if self.handle is None:
                self.handle = notebook.display.display(picture, raw=True, display_id=True)
            else:
                self.handle.update(picture, raw=True)
        self.due = perf_counter() + self.every

    def picture(self, history):
        """The curve as the bytes of a PNG."""
        from io import BytesIO

        from matplotlib.figure import Figure

        figure, file = Figure(figsize=(6, 3.6), layout="constrained"), BytesIO()
        draw_losses(history, figure.subplots())
        figure.savefig(file, format="png")
        return file.getvalue()


__all__ = ["LossCurve"]
