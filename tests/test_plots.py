"""What one looks at: a training while it runs, curves that hide nothing, figures for a report."""

import io
import re
import signal
import subprocess
import sys
from itertools import pairwise
from types import SimpleNamespace

import matplotlib
import numpy as np
import pytest
from helpers.runs import everything, go_on, points, small
from matplotlib.figure import Figure

import minnet as mn
from minnet import plots
from minnet.plots import Line, LossCurve, Progress, in_words
from minnet.training import History

X, Y = points(20)
REFUSED = {
    "LossCurve() every -1": (lambda: LossCurve(-1), ValueError, "every goes from 0 .* not -1"),
    "LossCurve() every now and then": (lambda: LossCurve("often"), TypeError, "every is a number"),
    "compare() a list": (lambda: mn.compare([seen()]), TypeError, "a History, …"),
    "compare() no epoch": (lambda: mn.compare({"a": History()}), TypeError, "a is no History"),
    "compare() an empty list": (
        lambda: mn.compare({"a": seen()}, "validation_metric"), ValueError, "and a has .'loss'",
    ),
    "plot_confusion_matrix() a row": (
        lambda: mn.plot_confusion_matrix(np.ones((2, 3), int)), ValueError, "columns as rows",
    ),
    "plot_confusion_matrix() shares": (
        lambda: mn.plot_confusion_matrix(np.eye(2) / 2), ValueError, "counts, whole numbers",
    ),
    "plot_confusion_matrix() one name": (
        lambda: mn.plot_confusion_matrix(np.eye(2, dtype=int), "a"), ValueError, "2 classes and 1",
    ),
    "show_mistakes() rows that are no square": (
        lambda: mn.show_mistakes(small(), X, Y), ValueError, "give images=",
    ),
    "show_mistakes() too few labels": (
        lambda: mn.show_mistakes(small(), X, Y[:5]), ValueError, "n labels",
    ),
    "show_mistakes() fewer names than it can answer": (
        lambda: mn.show_mistakes(Says(), np.eye(9)[:2], [1, 1], names="ab"),
        ValueError, "3 classes and 2 names",
    ),
    "draw() a released graph": (lambda: mn.draw(released()), ValueError, "draw it before"),
    "draw() a forest": (lambda: mn.draw(sum(mn.Tensor([1.0]) for _ in range(99))), ValueError,
        "too many to look at"),
    "draw() a number": (lambda: mn.draw(3.0), TypeError, "is not"),
    "an ax that is none": (lambda: seen().plot("ax"), TypeError, "plt.subplots"),
}  # fmt: skip


def seen(losses=(3.0, 2.0, 1.0)):
    """A history with these losses."""
    history = History()
    for loss in losses:
        history.add([loss])
    return history


def released():
    loss = (mn.Tensor([1.0, 2.0]) ** 2).sum()
    loss.backward()
    return loss


def texts(ax):
    return [text.get_text().strip() for text in ax.texts]


@pytest.mark.parametrize("what", REFUSED)
def test_what_makes_no_sense_is_refused_with_the_way_out(what):
    attempt, kind, said = REFUSED[what]
    with pytest.raises(kind, match=said):
        attempt()


# Curves


def test_history_draws_both_losses_with_their_names_and_last_values():
    history = go_on(everything(), 3)
    ax = Figure().subplots()
    assert history.plot(ax) is None
    assert [line.get_ydata().tolist() for line in ax.lines[:2]] == [
        history["loss"],
        history["validation_loss"],
    ]
    names = ["training", "validation"]
    ends = [f"{name} {losses[-1]:.3g}" for name, losses in zip(names, map(history.get, LOSSES))]
    assert set(ends) <= set(texts(ax))
    assert (ax.get_yscale(), ax.get_ylabel()) == ("log", "loss (log scale)")
    assert ax.get_xlabel() == "epoch"
    for hidden in (0.0, -1.0, np.nan):
        history["validation_loss"][1], ax = hidden, Figure().subplots()
        history.plot(ax)
        assert (ax.get_yscale(), ax.get_ylabel()) == ("linear", "loss"), "a log axis hides it"


LOSSES = "loss", "validation_loss"


def test_the_best_epoch_is_that_of_the_lowest_validation_loss():
    history, ax = History(), Figure().subplots()
    history["loss"], history["validation_loss"] = [4.0, 3, 2, 1], [3.0, np.nan, 1.5, 1.6]
    history.plot(ax)
    assert "best epoch 3" in texts(ax)
    assert ax.lines[-1].get_xydata().tolist() == [[3, 1.5]]
    history["validation_loss"] = [np.nan, np.nan]
    for without in (seen(), history):
        without.plot(other := Figure().subplots())
        assert not any("best" in text for text in texts(other))


@pytest.mark.parametrize(
    ("best", "side"), [(1, "left"), (5, "center"), (8, "center"), (9, "right")]
)
def test_the_best_epoch_is_named_below_its_point_and_inside_the_figure(best, side):
    losses = [1.0 + abs(epoch - best) for epoch in range(1, 11)]
    history = seen(losses)
    history["validation_loss"] = losses
    figure = history.plot()
    figure.draw_without_rendering()
    (ax,) = figure.axes
    (name,) = (text for text in ax.texts if text.get_text() == f"best epoch {best}")
    box, (x, y) = name.get_window_extent(), ax.transData.transform((best, 1.0))
    assert box.y1 < y and ax.bbox.y0 < box.y0, "nothing of its curve is there"
    middle = {"left": box.x0, "center": (box.x0 + box.x1) / 2, "right": box.x1}
    assert abs(middle[side] - x) < 2


def test_words_have_the_colour_of_their_curve_and_are_dark_enough_to_be_read():
    history = seen()
    history["validation_loss"] = [3.0, 1.0, 2.0]
    (ax,) = history.plot().axes
    shown = {text.get_text().split()[0]: text.get_color() for text in ax.texts}
    training, validation, *_ = plots.INKS
    assert shown == {"training": training, "validation": validation, "best": validation}
    for ink, colour in zip(plots.INKS, plots.COLOURS):
        red, green, blue = (c / 12.92 if c < 0.04 else ((c + 0.055) / 1.055) ** 2.4
                            for c in matplotlib.colors.to_rgb(ink))  # fmt: skip
        light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        assert 1.05 / (light + 0.05) >= 4.5, "the contrast to white that WCAG 2 asks of words"
        hues = [matplotlib.colors.rgb_to_hsv(matplotlib.colors.to_rgb(c))[0] for c in (ink, colour)]
        assert abs(hues[0] - hues[1]) < 0.05


@pytest.mark.parametrize("ends", [(0.2, 0.2), (0.2, 0.2001), (5.0, 0.2), (0.2, 5.0)])
def test_names_at_the_ends_do_not_lie_on_one_another(ends):
    history = seen((9.0, ends[0]))
    history["validation_loss"] = [8.0, ends[1]]
    figure = history.plot()
    figure.draw_without_rendering()
    names = [t for t in figure.axes[0].texts if "best" not in t.get_text()]
    one, other = (text.get_window_extent() for text in names)
    assert not one.overlaps(other)
    order = sorted(names, key=lambda text: text.get_position()[1])
    lowest = "training" if ends[0] <= ends[1] else "validation"
    assert lowest in order[0].get_text() or ends[0] == ends[1]


def test_a_figure_is_its_own_and_pyplot_keeps_none():
    import matplotlib.pyplot as plt

    before = plt.get_fignums()
    with matplotlib.rc_context({"figure.facecolor": "black"}):  # a learner's own setting
        figure = seen().plot()
    assert figure.get_facecolor() == (1, 1, 1, 1)
    data, about = figure._repr_png_()
    assert isinstance(figure, Figure) and plt.get_fignums() == before
    assert data.startswith(b"\x89PNG") and about == {"width": 900, "height": 360}
    assert int.from_bytes(data[16:20], "big") == 2 * 900  # sharp on every screen


def test_compare_lays_trainings_over_one_another():
    one, two = go_on(everything(), 2), go_on(everything(1), 3)
    figure = mn.compare({"SGD": one, "Adam": two})
    (ax,) = figure.axes
    drawn = [line.get_ydata().tolist() for line in ax.lines]
    assert drawn == [one["validation_loss"], two["validation_loss"]]
    assert ax.get_ylabel() == "validation loss (log scale)"
    assert [t.split()[0] for t in texts(ax)].count("SGD") == 1
    looks = {(line.get_color(), line.get_linestyle()) for line in ax.lines}
    assert len(looks) == 2 and len({dash for _, dash in looks}) == 2, "told apart in grey, too"
    assert mn.compare({"a": seen(), "b": one}).axes[0].get_ylabel() == "loss (log scale)"
    ax = mn.compare({"b": one}, "metric").axes[0]
    assert ax.lines[0].get_ydata().tolist() == one["metric"] and "metric" in ax.get_ylabel()


# Tables, mistakes


def test_a_confusion_matrix_shows_every_count_and_colours_mistakes_alone():
    table = np.array([[30, 1, 0], [0, 40, 8], [2, 0, 0]])
    (ax,) = mn.plot_confusion_matrix(table, ["cat", "dog", "owl"]).axes
    shown = {tuple(t.get_position()): t.get_text() for t in ax.texts}
    assert shown == {(0, 0): "30", (1, 0): "1", (1, 1): "40", (2, 1): "8", (0, 2): "2"}
    colours = ax.images[0].get_array()
    assert colours.mask.tolist() == [[True, False, True], [True, True, False], [False, True, True]]
    assert colours[2, 0] > colours[1, 2] > colours[0, 1], "by the share of their row"
    assert [t.get_text() for t in ax.get_xticklabels()] == ["cat", "dog", "owl"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("taken for", "is")
    mn.plot_confusion_matrix(table, ax=(own := Figure().subplots()))
    assert own.images and [t.get_text() for t in own.get_yticklabels()] == ["0", "1", "2"]


class Says(mn.Layer):
    """A network that gives the logits it is told, a row each."""

    def forward(self, x):
        return x[:, :3] * 1.0


def test_the_mistakes_of_which_it_is_surest_come_first():
    logits = np.array([[3.0, 0, 0], [0, 9, 0], [0, 2, 0], [0, 0, 900]])
    rows = np.concatenate([logits, np.zeros((4, 6))], axis=1)  # (4, 9): squares of 3 × 3
    labels = np.array([1, 1, 0, 0])
    figure = mn.show_mistakes(Says(), rows, labels)
    titles = [ax.get_title() for ax in figure.axes if ax.images]
    sure = np.exp(3) / (np.exp(3) + 2)
    assert titles[:2] == ["2 (100%), is 0", f"0 ({sure:.0%}), is 1"]
    assert [title.split()[0] for title in titles] == ["2", "0", "1"]
    assert np.array_equal(figure.axes[0].images[0].get_array(), rows[3].reshape(3, 3))
    two = mn.show_mistakes(Says(), rows, labels, n=1, names="xyz", images=np.ones((4, 1, 2, 5)))
    assert [ax.get_title()[:1] for ax in two.axes] == ["z"]
    assert two.axes[0].images[0].get_array().shape == (2, 5)
    many = mn.show_mistakes(Says(), np.tile(rows, (3, 1)), np.tile(labels, 3)[::-1])
    assert len([ax for ax in many.axes if ax.images]) <= 10
    none = mn.show_mistakes(Says(), rows, logits.argmax(axis=1))
    assert texts(none.axes[0]) == ["no mistake in 4 rows"]


# Networks and graphs


def test_a_network_is_drawn_as_its_layers():
    (ax,) = mn.draw(small(), (20, 3)).axes
    said = texts(ax)
    for words in ("Linear(3, 5)", "tanh", "Linear(5, 2)", "(20, 3)", "(20, 2)", "20", "12"):
        assert words in said, words
    assert len([word for word in said if word == "(20, 5)"]) == 2
    assert "input" in texts(mn.draw(small()).axes[0])
    assert ax.yaxis_inverted(), "from top to bottom"
    figure = mn.draw(small(), (20, 3))
    figure.draw_without_rendering()
    for text in figure.axes[0].texts:
        box = text.get_window_extent()
        assert figure.bbox.x0 <= box.x0 and box.x1 <= figure.bbox.x1, text
    for bar in figure.axes[0].patches:
        assert figure.axes[0].bbox.contains(*bar.get_window_extent().min)
    many, few = (bar.get_width() for bar in figure.axes[0].patches if bar.get_x() == 2)
    assert few / many == pytest.approx(12 / 20), "as long as the numbers are many"


def test_a_loss_is_drawn_as_the_graph_that_backward_walks_through():
    network = small()
    loss = mn.cross_entropy(network(X), Y) + (network[0].weight ** 2).sum()
    (ax,) = mn.draw(loss, names=dict(network.named_parameters())).axes
    said = [text.splitlines()[0] for text in texts(ax)[:99] if text]
    for name, _ in network.named_parameters():
        assert said.count(name) == 1
    assert {"linear", "tanh", "cross_entropy", "add", "power"} <= {
        s.replace("\n", "") for s in said
    }
    arrows = [t for t in ax.texts if getattr(t, "arrow_patch", None)]
    nodes = plots.nodes_of(loss.node)
    assert len(arrows) == sum(len(node.sources) for node in nodes)
    places = plots.placed(nodes)
    assert len(set(places.values())) == len(nodes), "no two in one place"
    for node in nodes:
        assert all(places[source][0] < places[node][0] for source, _ in node.sources)
    (low, high), (left, right) = sorted(ax.get_ylim()), ax.get_xlim()
    assert all(left < x < right and low < y < high for x, y in places.values())
    loss.backward()  # it was looked at, and not touched


# While it runs


class FakeNotebook:
    """Stands where IPython is when a notebook runs."""

    version_info = (9, 0)

    def __init__(self):
        self.shown, self.places = [], 0
        self.display = SimpleNamespace(display=self.put)

    def get_ipython(self):
        return SimpleNamespace(kernel=True)

    def put(self, picture, raw, metadata, display_id):
        assert raw and display_id, "a dict of kinds, at a place that can be drawn again"
        self.places += 1
        return self.update(picture, raw, metadata)

    def update(self, picture, raw, metadata):
        assert raw and metadata["image/png"]
        self.shown.append(picture)
        return self


@pytest.fixture
def notebook(monkeypatch):
    notebook = FakeNotebook()
    monkeypatch.setitem(sys.modules, "IPython", notebook)
    monkeypatch.setitem(matplotlib.rcParams, "savefig.format", "svg")  # a learner's own setting
    return notebook


class Clock:
    """A clock that stands still, but for what is added."""

    def __init__(self, monkeypatch):
        self.now = 100.0
        monkeypatch.setattr(plots, "perf_counter", lambda: self.now)


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


def progress(epochs=10, verbose=True, before=0, stop=None, size=4):
    """The Progress of a run with batches of this many, and the history it looks at."""
    history = seen([1.0] * before)
    optimizer = SimpleNamespace(lr=0.25)
    return Progress(history, epochs, optimizer, [None] * size, stop, verbose), history


def run_epoch(shown, history, clock, seconds, loss=0.5):
    for number in range(1, 5):
        clock.now += seconds / 4
        shown.batch(number, loss)
    history.add([loss])
    shown.epoch()


def test_the_live_curve_redraws_by_time_and_at_the_end(notebook):
    curve, history = LossCurve(every=1000), History()
    assert (repr(curve), repr(LossCurve())) == ("LossCurve(every=1000)", "LossCurve(every=0.25)")
    for loss in (3.0, 2.0, 1.0):
        history.add([loss])
        curve.draw(history)
    assert len(notebook.shown) == 1
    curve.draw(history, last=True)
    assert len(notebook.shown) == 2 and notebook.places == 1
    assert {picture["text/plain"] for picture in notebook.shown} == {"<loss curve>"}
    assert all(picture["image/png"].startswith(b"\x89PNG") for picture in notebook.shown)


def test_outside_of_a_notebook_the_live_curve_is_a_line_of_text(capsys):
    LossCurve().draw(seen())
    assert capsys.readouterr().out == f"{seen()}\n"


def test_drawing_takes_no_more_than_a_tenth_of_the_time(notebook, clock, monkeypatch):
    curve = LossCurve(every=0.25)

    drawn = []

    def slow(history):
        drawn.append(history)
        clock.now += 2.0
        return b"", {"width": 1}

    monkeypatch.setattr(curve, "picture", slow)
    curve.draw(History())
    assert curve.due == clock.now + 0.25, "the first may bring matplotlib with it"
    curve.draw(History())
    assert len(drawn) == 1, "too early"
    clock.now += 0.25
    curve.draw(History())
    assert len(drawn) == 2 and curve.due == clock.now + 18.0


def test_a_running_curve_has_room_to_go_on_and_none_for_a_thousand_epochs(monkeypatch):
    drawn, png = [], plots.png
    monkeypatch.setattr(plots, "png", lambda figure: drawn.append(figure.axes[0]) or png(figure))
    for done, epochs in ((0, 1000), (1, 4), (16, 1000), (16, 30)):
        LossCurve().picture(seen([1.0] * done), "running", epochs)
    assert [ax.get_xlim()[1] for ax in drawn] == [10.5, 4.5, 32.5, 30.5]
    assert [len(ax.lines[0].get_xdata()) for ax in drawn if ax.lines] == [1, 16, 16]


def test_in_a_notebook_one_figure_stays_and_no_time_in_it(notebook, clock, monkeypatch, capsys):
    titles, picture = [], LossCurve.picture
    monkeypatch.setattr(
        LossCurve, "picture", lambda *a, title="", **k: titles.append(title) or picture(*a, **k)
    )
    shown, history = progress(epochs=3)
    for _ in range(3):
        run_epoch(shown, history, clock, 40)
    shown.__exit__(None, None, None)
    assert notebook.places == 1 and len(notebook.shown) == len(titles) > 6
    assert titles[0] == "epoch 1 of 3, loss 0.5, 1 min 50 s left, lr 0.25, batch 1 of 4"
    assert titles[-1] == "" and all("left" in title for title in titles[:-1])
    assert {picture["text/plain"] for picture in notebook.shown} == {"<loss curve>"}
    assert capsys.readouterr() == ("", "")


def test_a_short_training_shows_nothing_unasked_and_a_long_one_does(clock, capsys):
    for verbose, seconds, lines in ((None, 0.9, 0), (None, 9, 4), (False, 99, 0), (True, 0, 2)):
        shown, history = progress(3, verbose)
        for _ in range(3):
            run_epoch(shown, history, clock, seconds)
        shown.__exit__(None, None, None)
        out, err = capsys.readouterr()
        assert out == "" and (len(err.splitlines()) >= lines if lines else err == "")
        assert not err or err.splitlines()[-1].startswith("epoch 3 of 3: loss 0.5, "), (
            "how it ended"
        )


def test_ctrl_c_while_it_is_drawn_is_heard_after_it(notebook, monkeypatch):
    drawn, picture = [], LossCurve.picture

    def pressed(*given, **more):
        signal.raise_signal(signal.SIGINT)
        drawn.append(picture(*given, **more))
        return drawn[-1]

    monkeypatch.setattr(LossCurve, "picture", pressed)
    shown, _ = progress()
    with pytest.raises(KeyboardInterrupt):
        shown.batch(1, 0.5)
    assert len(drawn) == len(notebook.shown) == 1 and shown.due == shown.screen.due


def test_a_run_that_is_stopped_within_an_epoch_ends_with_what_is_done(clock, capsys):
    shown, history = progress(epochs=9, stop=SimpleNamespace(best={}, best_epoch=0))
    run_epoch(shown, history, clock, 4, loss=0.25)
    clock.now += 4
    shown.batch(3, 0.125)
    error = KeyboardInterrupt()
    shown.__exit__(KeyboardInterrupt, error, None)
    out, err = capsys.readouterr()
    assert err.splitlines()[-1].startswith("epoch 1 of 9: loss 0.25, 8 s, lr 0.25")
    assert out == f"Interrupted after {history!r}.\n" and error.history is history
    shown.stop = SimpleNamespace(best={"weight": 1}, best_epoch=7)
    shown.__exit__(KeyboardInterrupt, error, None)
    words = capsys.readouterr().out
    assert words == f"Interrupted after {history!r}, back at its best epoch, 7.\n"


def test_the_time_left_counts_this_run_alone_and_knows_of_a_stop(clock):
    shown, history = progress(epochs=12, before=4)
    assert shown.left() == []
    clock.now += 1
    assert shown.left() == [], "nobody knows yet"
    clock.now -= 1
    run_epoch(shown, history, clock, 60)
    run_epoch(shown, history, clock, 60)
    assert shown.left() == ["6 min 0 s left"]
    clock.now += 30
    shown.batch(2, 0.5)  # half of an epoch
    assert shown.left() == ["5 min 30 s left"]
    shown.stop = object()
    assert shown.left() == ["at most 5 min 30 s left"]
    shown.batch(9, 0.5)  # more than in the last epoch: this one is nearly done, not the next half
    assert shown.left() == ["at most 4 min 10 s left"]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "0 s"),
        (59.4, "59 s"),
        (59.6, "1 min 0 s"),
        (3599.7, "1 h 0 min"),
        (7800, "2 h 10 min"),
    ],
)
def test_a_time_is_told_as_one_says_it(seconds, words):
    assert in_words(seconds) == words


def test_a_log_has_lines_that_become_fewer_and_no_control_character(clock, monkeypatch):
    file, times = io.StringIO(), []
    flush = SimpleNamespace(write=file.write, flush=lambda: times.append(clock.now))
    monkeypatch.setattr(sys, "stderr", flush)
    shown, history = progress(epochs=1000)
    for _ in range(1000):
        run_epoch(shown, history, clock, 4)
    shown.__exit__(None, None, None)
    lines = file.getvalue().splitlines()
    assert 40 < len(lines) < 90, "of 4000 batches in more than an hour"
    for then, after in pairwise(times[:-1]):
        least = max(1, (then - 100) / 10)
        assert least <= after - then < least + 1, "a tenth of the time so far, to the batch"
    assert not re.search(r"[^\x20-\x7e\n]", file.getvalue())
    first = "epoch 1 of 1000: loss 0.5, 1 h 6 min left, lr 0.25, batch 1 of 4, 1 batches/s"
    assert lines[0] == first
    assert lines[-1] == "epoch 1000 of 1000: loss 0.5, 1 h 6 min, lr 0.25, 1 batches/s"


def test_a_log_has_one_line_a_second_at_the_most(clock, monkeypatch):
    monkeypatch.setattr(sys, "stderr", file := io.StringIO())
    shown, history = progress(epochs=5)
    for _ in range(5):
        run_epoch(shown, history, clock, 1.0)
    assert len(file.getvalue().splitlines()) == 5


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_in_a_terminal_one_line_is_written_over_and_over(clock, monkeypatch):
    file = Terminal()
    monkeypatch.setattr(plots, "columns", lambda file: 100)
    monkeypatch.setenv("TERM", "xterm")
    shown, history = progress(epochs=4)
    shown.screen = Line(file)
    for _ in range(4):
        run_epoch(shown, history, clock, 4)
    shown.__exit__(None, None, None)
    text = file.getvalue()
    assert text.endswith("\n") and text.count("\n") == 1, "one line"
    drawn = text[:-1].split("\r")[1:]
    assert {len(line) for line in drawn} == {99}, "what was there before is covered"
    bars = [line.count("#") for line in drawn]
    assert bars == sorted(bars) and (bars[0], bars[-1]) == (1, 10), bars
    last = drawn[-1]
    assert "#" * 10 in last and "." * 3 not in last and ", 16 s, " in last
    monkeypatch.setenv("TERM", "dumb")
    assert not Line(file).terminal


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (10, "epoch 1 o"),
        (30, "epoch 1 of 4 loss 1.235"),
        (40, "epoch 1 of 4 loss 1.235, 14 s left"),
        (60, "epoch 1 of 4 [#.........] loss 1.235, 14 s left, lr 0.25"),
        (80, "epoch 1 of 4 [#.........] loss 1.235, 14 s left, lr 0.25, batch 2 of 4"),
    ],
)
def test_a_narrow_terminal_has_fewer_words_and_no_second_line(clock, monkeypatch, width, line):
    file = Terminal()
    monkeypatch.setattr(plots, "columns", lambda file: width)
    monkeypatch.setenv("TERM", "xterm")
    shown, _ = progress(epochs=4)
    shown.screen = Line(file)
    for number in (1, 2):
        clock.now += 1.0
        shown.batch(number, 1.23456)
    drawn = file.getvalue().split("\r")[1:]
    assert {len(each) for each in drawn} == {width - 1}
    assert drawn[-1].rstrip() == line


def test_a_terminal_that_does_not_know_its_width_has_80_columns():
    assert plots.columns(io.StringIO()) == 80


def test_a_program_without_a_window_trains_in_silence(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    network = small()
    optimizer = mn.SGD(network.parameters(), lr=0.1)
    mn.train(network, mn.cross_entropy, optimizer, [(X, Y)], epochs=2, verbose=True)


def test_importing_minnet_draws_nothing():
    line = "import minnet, sys; print('matplotlib' in sys.modules, 'signal' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", line], capture_output=True, text=True, check=True)
    assert done.stdout.split()[0] == "False"
