"""Chapter 6: the loop and its numbers, its stops, its files, and what it must be able to learn."""

import runpy
import sys
from itertools import count
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from helpers.runs import equal, points, small

from minnet import training
from minnet.cost_functions import cross_entropy, mean_squared_error
from minnet.data import Batches, load_digits, split
from minnet.layers import BatchNorm, Dropout, Linear, Sequential, relu, tanh
from minnet.optimizers import (
    SGD,
    Adam,
    CosineDecay,
)
from minnet.tensors import Tensor
from minnet.training import (
    EarlyStopping,
    History,
    LossCurve,
    accuracy,
    confusion,
    find_learning_rate,
    load,
    load_checkpoint,
    measure,
    save,
    save_checkpoint,
    state,
    train,
    train_epoch,
)

ROOT = Path(__file__).resolve().parent.parent


def everything(seed=0):
    """A run in which all kinds of things change: dropout, running statistics, momenta, order."""
    x, y = points()
    rng = np.random.default_rng(seed)
    network = Sequential(
        Linear(3, 6, rng=rng), BatchNorm(6), relu, Dropout(0.3, rng=rng), Linear(6, 2, rng=rng)
    )
    optimizer = Adam(network.parameters(), lr=0.02)
    return {
        "network": network,
        "optimizer": optimizer,
        "batches": Batches(x, y, batch_size=8, rng=np.random.default_rng(seed + 1)),
        "schedule": CosineDecay(optimizer, steps=9),
        "stop": EarlyStopping(patience=50),
        "history": History(),
    }


def go_on(run, epochs, **more):
    return train(
        cost=cross_entropy,
        epochs=epochs,
        validation=points(seed=9),
        metric=more.pop("metric", accuracy),
        **run,
        **more,
    )


# The loop


def softmax_regression(x, y, lr, epochs, size):
    """The same training in plain numpy, written out."""
    w, b, losses = small_start()
    for _ in range(epochs):
        total = 0.0
        for i in range(0, len(x), size):
            inputs, targets = x[i : i + size], y[i : i + size]
            z = inputs @ w + b
            p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
            total -= np.log(p[range(len(p)), targets]).sum()
            p[range(len(p)), targets] -= 1
            w, b = w - lr * inputs.T @ p / len(p), b - lr * p.mean(axis=0)
        losses.append(total / len(x))
    return w, b, losses


def small_start():
    return np.random.default_rng(4).normal(size=(3, 2)), np.zeros(2), []


def test_train_does_what_a_loop_in_plain_numpy_does():
    x, y = points(50)
    network = Linear(3, 2, rng=np.random.default_rng(0))
    network.weight.data[...] = small_start()[0]
    optimizer = SGD(network.parameters(), lr=0.3)
    history = train(network, cross_entropy, optimizer, Batches(x, y, batch_size=16), epochs=7)
    w, b, losses = softmax_regression(x, y, 0.3, 7, 16)
    np.testing.assert_allclose(history.loss, losses, rtol=1e-12)
    np.testing.assert_allclose(network.weight.data, w, rtol=1e-11)
    np.testing.assert_allclose(network.bias.data, b, rtol=1e-11, atol=1e-14)


def test_every_row_counts_once_although_the_last_batch_is_short():
    x, y = points(50)
    network = small()
    optimizer = SGD(network.parameters(), lr=1e-12)
    batches = Batches(x, y, batch_size=48)
    loss, metric = train_epoch(network, cross_entropy, optimizer, batches, accuracy)
    assert loss == pytest.approx(cross_entropy(network.predict(x), y), rel=1e-9)
    assert metric == pytest.approx(accuracy(network.predict(x), y))


def test_history_has_one_number_an_epoch_in_each_list():
    run = everything()
    history = go_on(run, 3)
    lists = history.loss, history.validation_loss, history.metric, history.validation_metric
    assert [len(each) for each in lists] == [3, 3, 3, 3]
    assert repr(history) == f"History(3 epochs, last loss {history.loss[-1]:.4f})"
    assert repr(History()) == "History(0 epochs)"


def test_validation_is_measured_in_evaluation_mode_and_training_is_not():
    modes = []

    class Spy(Linear):
        def forward(self, x):
            modes.append((self.training, isinstance(self.weight, Tensor)))
            return super().forward(x)

    x, y = points(20)
    network = Spy(3, 2, rng=np.random.default_rng(0)).eval()
    optimizer = SGD(network.parameters(), lr=0.1)
    train(network, cross_entropy, optimizer, [(x, y)], epochs=1, validation=(x, y))
    assert modes == [(True, True), (False, False)]
    assert network.training is False, "after training, a network is there to be used"


def test_measure_gives_the_cost_and_the_metric():
    x, y = points(20)
    network = small()
    logits = network.predict(x)
    expected = [cross_entropy(logits, y), accuracy(logits, y)]
    assert measure(network, cross_entropy, (x, y), accuracy) == expected
    assert measure(network, cross_entropy, (x, y)) == expected[:1]


def test_the_schedule_steps_once_an_epoch():
    run = everything()
    rates = []
    for epoch in range(1, 4):
        go_on(run, epoch)
        rates.append(run["optimizer"].lr)
    np.testing.assert_allclose(rates, [0.01 * (1 + np.cos(np.pi * t / 9)) for t in (1, 2, 3)])


def test_a_history_is_continued():
    whole, parts = everything(), everything()
    go_on(whole, 5)
    for epochs in (2, 2, 5):
        go_on(parts, epochs)
    assert parts["history"].loss == whole["history"].loss


def test_float32_stays_float32():
    x, y = points(30)
    network = small(dtype=np.float32)
    optimizer = Adam(network.parameters(), lr=0.01)
    history = train(network, cross_entropy, optimizer, Batches(x, y), epochs=2)
    assert {parameter.dtype for parameter in network.parameters()} == {np.dtype(np.float32)}
    assert all(type(loss) is float for loss in history.loss)


# What it refuses


def test_a_generator_that_is_used_up_is_refused():
    network = small()
    optimizer = SGD(network.parameters(), lr=0.1)
    once = (pair for pair in [points(8)])
    with pytest.raises(ValueError, match=r"no batch in epoch 2: a generator runs once"):
        train(network, cross_entropy, optimizer, once, epochs=2)


def test_an_optimizer_of_another_network_is_refused():
    network, optimizer = small(), SGD(small().parameters(), lr=0.1)
    with pytest.raises(ValueError, match="the optimizer steps no parameter of this network"):
        train(network, cross_entropy, optimizer, [points(8)], epochs=1)


def test_a_stop_without_validation_is_refused():
    network = small()
    optimizer = SGD(network.parameters(), lr=0.1)
    with pytest.raises(ValueError, match="give validation="):
        train(network, cross_entropy, optimizer, [points(8)], epochs=1, stop=EarlyStopping(3))
    with pytest.raises(ValueError, match="1 or more, not 0"):
        EarlyStopping(patience=0)


def spoil_inputs(network, x):
    x[17, 1] = np.nan


def spoil_weights(network, x):
    network[2].weight.data[1, 0] = np.inf


def spoil_a_layer(network, x):
    network.layers[1] = lambda a: a / 0.0


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (spoil_inputs, "The inputs hold nan or inf"),
        (spoil_weights, "layers.2.weight holds nan or inf"),
        (spoil_a_layer, "Layer 1, .* is the first whose output is not finite"),
    ],
)
def test_a_loss_that_is_no_number_stops_in_that_very_batch(spoil, words):
    x, y = points(40)
    network = small()
    spoil(network, x)
    optimizer = SGD(network.parameters(), lr=0.125)
    before = [parameter.data.copy() for parameter in network.parameters()]
    batches = Batches(x[16:], y[16:], batch_size=8)
    with np.errstate(all="ignore"), pytest.raises(ValueError) as caught:
        train(network, cross_entropy, optimizer, batches, epochs=3)
    message = str(caught.value)
    assert "epoch 1, batch 1, at learning rate 0.125" in message
    assert pytest.importorskip("re").search(words, message)
    for parameter, numbers in zip(network.parameters(), before, strict=True):
        np.testing.assert_array_equal(parameter.data, numbers)


def test_the_batch_is_named_and_the_cost_suspected_where_the_network_is_sound():
    x, y = points(40)
    targets = np.eye(2)[y]
    targets[25, 0] = np.inf
    network = small()
    optimizer = SGD(network.parameters(), lr=0.1)
    batches = Batches(x, targets, batch_size=8)
    with np.errstate(all="ignore"), pytest.raises(ValueError, match=r"batch 4.*at the cost"):
        train(network, mean_squared_error, optimizer, batches, epochs=1)


def test_a_bad_batch_leaves_running_averages_and_dice_as_they_were():
    x, y = points(24)
    x[17, 1] = np.nan
    network = Sequential(BatchNorm(3), Linear(3, 2, rng=np.random.default_rng(0)))
    optimizer = SGD(network.parameters(), lr=0.1)
    train_epoch(network, cross_entropy, optimizer, [(x[:16], y[:16])])
    before = state(network=network, optimizer=optimizer)
    with np.errstate(all="ignore"), pytest.raises(ValueError, match="The inputs hold nan"):
        train_epoch(network, cross_entropy, optimizer, [(x[16:], y[16:])])
    assert equal(state(network=network, optimizer=optimizer), before)


def test_looking_for_the_layer_that_broke_asks_a_copy():
    x, y = points(24)
    network = Sequential(
        Linear(3, 4, rng=np.random.default_rng(0)),
        Dropout(0.5, rng=np.random.default_rng(1)),
        lambda a: a / 0.0,
    )
    optimizer = SGD(network.parameters(), lr=0.1)
    dice = np.random.default_rng(1)
    dice.random((24, 4))
    with np.errstate(all="ignore"), pytest.raises(ValueError, match="Layer 2"):
        train_epoch(network, cross_entropy, optimizer, [(x, y)])
    assert network[1].rng.bit_generator.state == dice.bit_generator.state, "thrown once"


def test_a_step_that_is_too_large_is_stopped():
    x, y = points(40)
    network = Linear(3, 2, rng=np.random.default_rng(0))
    optimizer, batches = SGD(network.parameters(), lr=1e100), [(x, np.eye(2)[y])]
    with (
        np.errstate(all="ignore"),
        pytest.raises(ValueError, match=r"epoch [23], batch 1, .* 1e\+100"),
    ):
        train(network, mean_squared_error, optimizer, batches, epochs=20)


def fit(**changed):
    """train(), with one thing changed."""
    run = {"network": small(), "cost": cross_entropy, "batches": Batches(*points(12)), "epochs": 1}
    run |= {"optimizer": SGD(run["network"].parameters(), 0.1)} | changed
    return lambda: train(**run)


def find(**changed):
    network = small()
    optimizer, batches = SGD(network.parameters(), 0.1), [points(8)]
    settings = {"batches": batches, "optimizer": optimizer, "network": network} | changed
    return lambda: find_learning_rate(cost=cross_entropy, **settings)


X, Y = points(12)
REFUSED = {
    "train() of no epochs": (fit(epochs=0), ValueError, "epochs is 1 or more, not 0"),
    "train() of half an epoch": (fit(epochs=0.5), TypeError, "epochs is a whole number, not 0.5"),
    "a function for a network": (fit(network=relu), TypeError, "a Layer, which <function relu"),
    "a word for an optimizer": (fit(optimizer="Adam"), TypeError, "third, with .* not 'Adam'"),
    "no batches": (fit(batches=None), TypeError, "as Batches does, not None"),
    "rows for batches": (fit(batches=(X, Y)), TypeError, r"a batch is a pair \(inputs, targets\)"),
    "three parts in a batch": (fit(batches=[(X, Y, Y)]), TypeError, "a batch is a pair"),
    "a batch of two lengths": (
        fit(batches=[(X, Y[:5])]),
        ValueError,
        "a batch has 12 inputs and 5 targets",
    ),
    "an empty list": (fit(batches=[]), ValueError, "no batch in epoch 1"),
    "validation by inputs alone": (fit(validation=X), TypeError, "validation is a pair"),
    "validation of two lengths": (
        fit(validation=(X, Y[:3])),
        ValueError,
        "validation has 12 inputs and 3 targets",
    ),
    "a cost of many numbers": (
        fit(cost=lambda outputs, targets: outputs),
        TypeError,
        "a cost gives one number, made from the outputs, not Tensor",
    ),
    "a cost with nothing to walk back": (
        fit(cost=accuracy),
        TypeError,
        "a cost gives one number, made from the outputs, not 0",
    ),
    "a metric of many numbers": (
        fit(metric=lambda outputs, targets: np.ones(2)),
        TypeError,
        r"gives one number, not array\(\[1., 1.\]\)",
    ),
    "a number for a schedule": (fit(schedule=3), TypeError, r"schedule has a method step\(\)"),
    "a schedule of another optimizer": (
        fit(schedule=CosineDecay(SGD(small().parameters(), 0.1), steps=3)),
        ValueError,
        "the schedule was made for another optimizer",
    ),
    "a number for a stop": (fit(stop=3, validation=(X, Y)), TypeError, r"a method look\(\)"),
    "a list for a history": (fit(history=[]), TypeError, r"history has a method add\(\)"),
    "a folder for a checkpoint": (fit(checkpoint=ROOT), IsADirectoryError, "is a folder"),
    "a checkpoint in no folder": (
        fit(checkpoint=ROOT / "nowhere" / "run.npz"),
        FileNotFoundError,
        "nowhere is no folder: make it first",
    ),
    "a number for a file": (fit(checkpoint=3), TypeError, "not int"),
    "train_epoch() without batches": (
        lambda: train_epoch(small(), cross_entropy, SGD(small().parameters(), 0.1), 3),
        TypeError,
        "as Batches does, not 3",
    ),
    "measure() of inputs alone": (
        lambda: measure(small(), cross_entropy, X),
        TypeError,
        "data is a pair",
    ),
    "EarlyStopping() at once": (lambda: EarlyStopping(0), ValueError, "patience is 1 or more"),
    "EarlyStopping() by halves": (lambda: EarlyStopping(1.5), TypeError, "not 1.5"),
    "EarlyStopping() by nan": (
        lambda: EarlyStopping(2).look(small(), np.nan),
        ValueError,
        "the validation loss is nan",
    ),
    "History() continued by a word": (fit(history="run"), TypeError, "history has a method"),
    "LossCurve() every -1": (lambda: LossCurve(-1), ValueError, "every goes from 0 .* not -1"),
    "find_learning_rate() downhill": (
        find(lowest=1, highest=0.1),
        ValueError,
        "lowest goes from .* to below 0.1, not 1",
    ),
    "find_learning_rate() from 0": (find(lowest=0), ValueError, "lowest goes from 1e-300"),
    "find_learning_rate() in no steps": (find(steps=0), ValueError, "steps is 1 or more"),
    "find_learning_rate() with a generator": (
        find(batches=(pair for pair in [(X, Y)])),
        ValueError,
        "it is walked again",
    ),
    "find_learning_rate() of nan": (
        find(batches=[(X * np.nan, Y)]),
        ValueError,
        "the loss is nan in the first batch",
    ),
    "accuracy() of floats": (lambda: accuracy(X, Y * 1.0), ValueError, "labels are float64"),
    "accuracy() of nan": (lambda: accuracy(X * np.nan, Y), ValueError, "the logits hold nan"),
    "accuracy() of words": (lambda: accuracy("ab", Y), TypeError, "accuracy works with real"),
    "accuracy() of a row": (lambda: accuracy(X[:, 0], Y), ValueError, "give a table"),
    "accuracy() of too few": (lambda: accuracy(X, Y[:3]), ValueError, "give one for each row"),
    "confusion() of no classes": (lambda: confusion(Y, Y, 0), ValueError, "classes is 1 or more"),
    "confusion() of logits": (lambda: confusion(Y, X, 2), ValueError, "give one for each row"),
    "save() of a function": (lambda: save(relu, "a.npz"), TypeError, "network comes first"),
    "save() the wrong way round": (
        lambda: save("a.npz", small()),
        TypeError,
        "which 'a.npz' is not",
    ),
    "save() of nothing": (
        lambda: save(Sequential(relu), "a.npz"),
        ValueError,
        "has no weights: there is nothing to write",
    ),
    "save() to a folder": (lambda: save(small(), ROOT), IsADirectoryError, "is a folder"),
    "load() into nothing": (lambda: load(None, "a.npz"), TypeError, "network comes first"),
    "load() of no file": (lambda: load(small(), "nowhere.npz"), FileNotFoundError, "nowhere"),
    "save_checkpoint() of nothing": (
        lambda: save_checkpoint("a.npz"),
        ValueError,
        "there is nothing to keep: give network=network",
    ),
    "load_checkpoint() of no file": (
        lambda: load_checkpoint("nowhere.npz", network=small()),
        FileNotFoundError,
        "nowhere",
    ),
    "state() of a number": (
        lambda: state(network=small(), epoch=3),
        TypeError,
        "epoch is a int, and could not be given back: keep it in a dict",
    ),
    "state() of a list of numbers": (
        lambda: state(losses=[0.5]),
        TypeError,
        "losses is a list, and could not be given back",
    ),
    "measure() without a cost": (
        lambda: measure(small(), None, (X, Y), accuracy),
        TypeError,
        "not callable",
    ),
    "measure() of a function": (
        lambda: measure(relu, cross_entropy, (X, Y)),
        TypeError,
        "the network comes first, and is a Layer, which <function relu",
    ),
    "load() of a number": (lambda: load(small(), 3), TypeError, "not int"),
    "state() of nothing": (lambda: state(network=None), ValueError, "there is nothing to keep"),
    "state() of a function": (lambda: state(network=relu), ValueError, "nothing to keep"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_makes_no_sense_is_refused_with_the_way_out(what):
    attempt, kind, said = REFUSED[what]
    with np.errstate(all="ignore"), pytest.raises(kind, match=said):
        attempt()


def test_a_checkpoint_is_no_network_and_a_network_no_checkpoint(tmp_path):
    save_checkpoint(tmp_path / "a.npz", network=small())
    with pytest.raises(ValueError, match=r"a\.npz is a checkpoint: load_checkpoint"):
        load(small(), tmp_path / "a.npz")


def test_nothing_is_trained_before_a_refusal():
    network = small()
    before = [p.data.copy() for p in network.parameters()]
    for changed in ({"checkpoint": ROOT}, {"history": []}, {"validation": X}):
        with pytest.raises((TypeError, ValueError, OSError)):
            fit(network=network, optimizer=SGD(network.parameters(), 0.1), **changed)()
    for parameter, numbers in zip(network.parameters(), before, strict=True):
        np.testing.assert_array_equal(parameter.data, numbers)


def test_a_stop_without_a_best_restores_nothing():
    network = small()
    before = network[0].weight.data.copy()
    EarlyStopping(2).restore(network)
    np.testing.assert_array_equal(network[0].weight.data, before)


# Metrics


def test_accuracy_is_the_share_of_rows_with_the_largest_logit_at_the_label():
    logits = np.array([[1.0, 3.0, 2.0], [5.0, 0.0, 1.0], [0.0, 0.5, 0.2], [9.0, 1.0, 2.0]])
    assert accuracy(logits, np.array([1, 0, 2, 2])) == 0.5
    assert accuracy(Tensor(logits), np.array([1, 0, 1, 0])) == 1.0
    with pytest.raises(ValueError, match=r"labels have shape \(4, 1\)"):
        accuracy(logits, np.array([[1], [0], [2], [2]]))


def test_confusion_counts_each_pair_as_often_as_it_comes():
    table = confusion(np.array([0, 0, 2, 2, 2, 1]), np.array([0, 0, 1, 1, 2, 1]), 3)
    np.testing.assert_array_equal(table, [[2, 0, 0], [0, 1, 0], [0, 2, 1]])
    with pytest.raises(ValueError, match="labels go from 0 to 3"):
        confusion(np.array([0, 3]), np.array([0, 1]), 3)
    with pytest.raises(ValueError, match="give one for each row"):
        confusion(np.array([0, 1, 1]), np.array([0, 1]), 3)


# Stopping


def test_stopping_keeps_a_copy_of_the_best_with_its_running_statistics():
    network = everything()["network"]
    stop = EarlyStopping(patience=2)
    for i, loss in enumerate([3.0, 1.0, 2.0, 1.0]):
        for array in training.arrays_of(network).values():
            array[...] = i
        assert not stop.over
        stop.look(network, loss)
    assert stop.over
    assert (stop.best_epoch, stop.best_loss, stop.epoch) == (2, 1.0, 4)
    stop.restore(network)
    assert {array.min() for array in training.arrays_of(network).values()} == {1.0}
    assert network[1].running_mean.max() == 1.0


def test_train_stops_in_time_and_leaves_the_best():
    x, y = points(12)
    valid = points(60, seed=5)
    network = small()
    optimizer = Adam(network.parameters(), lr=0.1)
    stop = EarlyStopping(patience=5)
    history = train(
        network, cross_entropy, optimizer, [(x, y)], epochs=500, validation=valid, stop=stop
    )
    assert len(history.loss) == stop.best_epoch + 5 < 500
    assert min(history.validation_loss) == history.validation_loss[stop.best_epoch - 1]
    assert measure(network, cross_entropy, valid)[0] == min(history.validation_loss)


# The learning rate


def test_the_rate_finder_leaves_everything_as_it_was():
    run = everything()
    before = state(**run)
    rates, losses = find_learning_rate(
        run["network"], cross_entropy, run["optimizer"], run["batches"], steps=30
    )
    np.testing.assert_allclose(rates, np.geomspace(1e-4, 10, 30)[: len(rates)])
    assert len(rates) == len(losses) > 10
    for name, value in state(**run).items():
        np.testing.assert_equal(value, before[name], err_msg=name)


def test_the_rate_finder_ends_where_the_loss_explodes():
    x, y = points(40)
    network = Linear(3, 2, rng=np.random.default_rng(0))
    optimizer, batches = SGD(network.parameters(), lr=0.1), [(x, np.eye(2)[y])]
    rates, losses = find_learning_rate(
        network, mean_squared_error, optimizer, batches, highest=1e3, steps=500
    )
    assert rates[-1] < 1e3
    assert losses[-1] > 4 * losses[0] > losses[-2]
    assert losses[-1] < 30 * losses[0], "it ends at once"
    assert losses.min() < losses[0]


# Pictures


def test_history_draws_both_losses_with_their_names():
    from matplotlib.figure import Figure

    history = go_on(everything(), 3)
    ax = Figure().subplots()
    history.plot(ax)
    assert [line.get_ydata().tolist() for line in ax.lines] == [
        history.loss,
        history.validation_loss,
    ]
    assert {text.get_text() for text in ax.texts} == {"training", "validation"}
    assert ax.get_yscale() == "log"


def test_the_name_of_the_higher_curve_stands_above_its_end():
    from matplotlib.figure import Figure

    for losses, above in (([0.9, 0.8, 0.2], "validation"), ([0.2, 0.1, 0.9], "training")):
        history, ax = History(), Figure().subplots()
        history.loss, history.validation_loss = losses, [0.3, 0.7, 0.4]
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
    monkeypatch.setattr(training, "perf_counter", count().__next__)  # an epoch a second
    x, y = points(20)
    network = small()
    optimizer = SGD(network.parameters(), lr=0.1)
    train(network, cross_entropy, optimizer, [(x, y)], epochs=3, live=True)
    said = [line.partition(",")[0] for line in capsys.readouterr().out.splitlines()]
    assert said == [f"History({epochs} epochs" for epochs in (1, 2, 3, 3)]


# What it must be able to learn


def test_xor_is_solved_from_every_one_of_twenty_starts():
    x, y = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([0, 1, 1, 0])
    for seed in range(20):
        rng = np.random.default_rng(seed)
        network = Sequential(Linear(2, 4, rng=rng), tanh, Linear(4, 2, rng=rng))
        train(network, cross_entropy, Adam(network.parameters(), lr=0.1), [(x, y)], epochs=100)
        assert accuracy(network.predict(x), y) == 1, f"seed {seed}"


@pytest.mark.parametrize("seed", range(5))
def test_fizzbuzz_from_101_to_1023_is_known_from_1_to_100(seed):
    numbers = np.arange(1, 1024)
    answers = np.select([numbers % 15 == 0, numbers % 5 == 0, numbers % 3 == 0], [3, 2, 1], 0)
    bits, seen = (numbers[:, None] >> np.arange(10) & 1) * 2.0 - 1, numbers > 100
    rng = np.random.default_rng(seed)
    network = Sequential(Linear(10, 200, rng=rng), relu, Linear(200, 4, rng=rng))
    optimizer = Adam(network.parameters(), lr=0.03)
    batches = Batches(bits[seen], answers[seen], batch_size=64, rng=rng)
    schedule = CosineDecay(optimizer, steps=50)
    train(network, cross_entropy, optimizer, batches, epochs=50, schedule=schedule)
    right = network.predict(bits[~seen]).argmax(axis=1) == answers[~seen]
    assert right.sum() >= 95


def test_digits_five_random_splits():
    images, labels = load_digits()
    shares = []
    for seed in range(5):
        rng = np.random.default_rng(seed)
        pixels = images.reshape(-1, 64) / 16
        x, test_x, y, test_y = split(pixels, labels, test_size=360, rng=rng)
        network = Sequential(Linear(64, 256, rng=rng), relu, Linear(256, 10, rng=rng))
        optimizer = Adam(network.parameters(), lr=0.01)
        schedule = CosineDecay(optimizer, steps=20)
        batches = Batches(x, y, batch_size=32, rng=rng)
        train(network, cross_entropy, optimizer, batches, epochs=20, schedule=schedule)
        shares.append(accuracy(network.predict(test_x), test_y))
    assert np.mean(shares) >= 0.975
    assert min(shares) >= 0.965


def test_the_twelve_lines_read_digits(capsys):
    path = ROOT / "examples" / "digits.py"
    lines = [line for line in path.read_text("utf-8").splitlines() if line]
    assert len(lines) == 12
    runpy.run_path(str(path))
    words, share = capsys.readouterr().out.rsplit(maxsplit=1)
    assert words == "test accuracy"
    assert float(share) >= 0.97


def test_accuracy_refuses_logits_that_are_no_table():
    with pytest.raises(ValueError, match=r"logits have shape \(4,\): give a table"):
        accuracy(np.ones(4), np.array([0, 1, 0, 1]))
