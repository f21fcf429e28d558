"""What one looks at: curves that hide nothing, drawn by time, a line where no picture is."""

import sys
from itertools import count

import matplotlib
import numpy as np
import pytest
from helpers.runs import everything, go_on, points, small
from matplotlib.figure import Figure

from minnet import plots
from minnet.cost_functions import cross_entropy
from minnet.optimizers import SGD
from minnet.plots import LossCurve
from minnet.training import History, train

REFUSED = {
    "LossCurve() every -1": (lambda: LossCurve(-1), ValueError, "every goes from 0 .* not -1"),
    "LossCurve() every now and then": (lambda: LossCurve("often"), TypeError, "every is a number"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_makes_no_sense_is_refused_with_the_way_out(what):
    attempt, kind, said = REFUSED[what]
    with pytest.raises(kind, match=said):
        attempt()


def test_history_draws_both_losses_with_their_names():
    history = go_on(everything(), 3)
    ax = Figure().subplots()
    history.plot(ax)
    assert [line.get_ydata().tolist() for line in ax.lines] == [
        history["loss"],
        history["validation_loss"],
    ]
    assert {text.get_text() for text in ax.texts} == {"training", "validation"}
    assert (ax.get_yscale(), ax.get_ylabel()) == ("log", "loss (log scale)")
    assert ax.get_xlabel() == "epoch"
    for hidden in (0.0, -1.0, np.nan):
        history["validation_loss"][1], ax = hidden, Figure().subplots()
        history.plot(ax)
        assert (ax.get_yscale(), ax.get_ylabel()) == ("linear", "loss"), "a log axis hides it"


def test_the_name_of_the_higher_curve_stands_above_its_end():
    for losses, above in (([0.9, 0.8, 0.2], "validation"), ([0.2, 0.1, 0.9], "training")):
        history, ax = History(), Figure().subplots()
        history["loss"], history["validation_loss"] = losses, [0.3, 0.7, 0.4]
        history.plot(ax)
        sides = {text.get_text(): text.get_verticalalignment() for text in ax.texts}
        below = ({"training", "validation"} - {above}).pop()
        assert sides[above] == "bottom" and sides[below] == "center"


class FakeNotebook:
    """Stands where IPython is when a notebook runs."""

    version_info = (9, 0)

    def __init__(self):
        self.shown, self.display = [], self

    def get_ipython(self):
        return self

    def display_(self, picture, raw, display_id):
        assert raw and display_id, "a dict of kinds, at a place that can be drawn again"
        self.shown.append(picture)
        return self

    def update(self, picture, raw):
        assert raw
        self.shown.append(picture)


def test_the_live_curve_redraws_by_time_and_at_the_end(monkeypatch):
    notebook = FakeNotebook()
    notebook.display = type("Display", (), {"display": staticmethod(notebook.display_)})
    monkeypatch.setitem(sys.modules, "IPython", notebook)
    monkeypatch.setitem(matplotlib.rcParams, "savefig.format", "svg")  # a learner's own setting
    curve, history = LossCurve(every=1000), History()
    assert repr(curve) == "LossCurve(every=1000)"
    for loss in (3.0, 2.0, 1.0):
        history.add([loss])
        curve.draw(history)
    assert len(notebook.shown) == 1
    curve.draw(history, last=True)
    assert len(notebook.shown) == 2
    assert {picture["text/plain"] for picture in notebook.shown} == {"<loss curve>"}
    assert all(picture["image/png"].startswith(b"\x89PNG") for picture in notebook.shown)


def test_outside_of_a_notebook_the_live_curve_is_a_line_of_text(monkeypatch, capsys):
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    monkeypatch.setattr(plots, "perf_counter", count().__next__)  # an epoch a second
    x, y = points(20)
    network = small()
    optimizer = SGD(network.parameters(), lr=0.1)
    train(network, cross_entropy, optimizer, [(x, y)], epochs=3, live=True)
    said = [line.partition(",")[0] for line in capsys.readouterr().out.splitlines()]
    assert said == [f"History({epochs} epochs" for epochs in (1, 2, 3, 3)]
