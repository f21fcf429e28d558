"""Chapter 6: the loop and its numbers, its stops, and what it must be able to learn."""

import os
import re
import runpy
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from runs import equal, everything, go_on, points, small

from minnet import training
from minnet.cost_functions import cross_entropy, mean_squared_error
from minnet.data import Batches, load_digits, split
from minnet.layers import BatchNorm, Linear, Sequential, relu, tanh
from minnet.optimizers import SGD, Adam, CosineDecay
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


# At the door


def parts(**others):
    """What train() takes, with one of it replaced."""
    network = small()
    given = {"network": network, "cost": cross_entropy, "epochs": 2, "batches": [points(8)]}
    return given | {"optimizer": SGD(network.parameters(), lr=0.1)} | others


def finder(**others):
    given = parts(**others)
    given.pop("epochs")
    return given


X, Y = points(8)
LOGITS = np.array([[1.0, 3.0, 2.0], [5.0, 0.0, 1.0]])
EMPTY = Sequential(relu)
FOLDER = Path(__file__).parent

REFUSED = {
    "no epoch": (lambda: train(**parts(epochs=0)), ValueError, "epochs is 1 or more, not 0"),
    "epochs to go back": (lambda: train(**parts(epochs=-3)), ValueError, "epochs .* not -3"),
    "half an epoch": (lambda: train(**parts(epochs=1.5)), TypeError, "epochs .* not 1.5"),
    "an endless training": (lambda: train(**parts(epochs=np.inf)), TypeError, "epochs .* not inf"),
    "a function for a network": (
        lambda: train(**parts(network=relu)),
        TypeError,
        "give a Layer and",
    ),
    "a network and a rate": (
        lambda: train(**parts(optimizer=0.1)),
        TypeError,
        "Optimizer, not .* and 0.1",
    ),
    "another's optimizer": (
        lambda: train(**parts(optimizer=SGD(small().parameters(), lr=0.1))),
        ValueError,
        "the optimizer steps no parameter of this network",
    ),
    "nothing to train": (lambda: train(**parts(network=EMPTY)), ValueError, "steps no parameter"),
    "rows for batches": (lambda: train(**parts(batches=X)), TypeError, r"a batch is a pair"),
    "three for two": (lambda: train(**parts(batches=[(X, Y, Y)])), TypeError, "a batch is a pair"),
    "inputs alone": (lambda: train(**parts(batches=Batches(X))), TypeError, "a batch is a pair"),
    "a number for batches": (lambda: train(**parts(batches=32)), TypeError, "and 32 does not"),
    "a generator that runs once": (
        lambda: train(**parts(batches=(pair for pair in [(X, Y)]))),
        TypeError,
        "a generator runs once; give Batches or a list",
    ),
    "no batches": (lambda: train(**parts(batches=[])), ValueError, "no batch in epoch 1"),
    "rows that are missing": (
        lambda: train(**parts(batches=[(X, Y[:7])])),
        ValueError,
        r"the arrays have \[8, 7\] rows",
    ),
    "an empty batch": (lambda: train(**parts(batches=[(X[:0], Y[:0])])), ValueError, "no rows"),
    "inputs of another width": (
        lambda: train(**parts(batches=[(X[:, :2], Y)])),
        ValueError,
        r"(?s)epoch 1, batch 1, at learning rate 0\.1: .* Layer 0, Linear\(3, 5\), refuses",
    ),
    "labels of another table": (
        lambda: train(**parts(batches=[(X, Y), (X, Y + 1)])),
        ValueError,
        "(?s)epoch 1, batch 2, .*labels go from .* The outputs are finite: look at the targets",
    ),
    "validation alone": (lambda: train(**parts(validation=X)), TypeError, "validation is a pair"),
    "no validation": (lambda: train(**parts(validation=())), TypeError, "validation is a pair"),
    "validation that lost a row": (
        lambda: train(**parts(validation=(X, Y[1:]))),
        ValueError,
        r"\[8, 7\] rows",
    ),
    "a cost that is a number": (
        lambda: train(**parts(cost=lambda outputs, targets: 0.5)),
        TypeError,
        "cost must give one number, as a Tensor, not 0.5",
    ),
    "a cost of plain arrays": (
        lambda: train(**parts(cost=lambda outputs, y: cross_entropy(outputs.numpy(), y))),
        TypeError,
        "cost must give one number, as a Tensor, not ",
    ),
    "a cost for each row": (
        lambda: train(**parts(cost=lambda outputs, targets: outputs.mean(axis=1))),
        TypeError,
        r"cost must give one number, as a Tensor, not Tensor\(",
    ),
    "a metric for each row": (
        lambda: train(**parts(metric=lambda outputs, y: outputs.argmax(axis=1) == y)),
        TypeError,
        "metric must give one number, not array",
    ),
    "a metric that says nothing": (
        lambda: train(**parts(metric=lambda outputs, y: None)),
        TypeError,
        "metric must give one number",
    ),
    "a metric in words": (
        lambda: train_epoch(**finder(metric=lambda outputs, y: "good")),
        TypeError,
        "metric must give one number",
    ),
    "pairs of three": (
        lambda: train_epoch(**finder(batches=[(X, Y, Y)])),
        TypeError,
        r"a batch is a pair, \(inputs, targets\)",
    ),
    "a stop that sees nothing": (
        lambda: train(**parts(stop=EarlyStopping(3))),
        ValueError,
        r"give validation=\(inputs, targets\)",
    ),
    "a number for a stop": (
        lambda: train(**parts(stop=5, validation=(X, Y))),
        TypeError,
        "stop is an EarlyStopping, or None, not 5",
    ),
    "no patience": (lambda: EarlyStopping(patience=0), ValueError, "patience is 1 or more, not 0"),
    "half patience": (lambda: EarlyStopping(1.5), TypeError, "patience .* not 1.5"),
    "a stop that looks at nan": (
        lambda: EarlyStopping(1).look(small(), np.nan),
        ValueError,
        "the validation loss .* not nan",
    ),
    "nothing to go back to": (lambda: EarlyStopping(1).restore(small()), ValueError, "no best yet"),
    "a number for a schedule": (lambda: train(**parts(schedule=0.9)), TypeError, "0.9 has none"),
    "losses for a history": (lambda: train(**parts(history=[1.0])), TypeError, r"not \[1.0\]"),
    "a class for a history": (lambda: train(**parts(history=History)), TypeError, "a History"),
    "a history of three": (lambda: History(3), TypeError, "positional"),
    "a folder for a checkpoint": (
        lambda: train(**parts(checkpoint=FOLDER)),
        IsADirectoryError,
        "tests is a folder: give the name of a file in it",
    ),
    "a folder that is not there": (
        lambda: train(**parts(checkpoint=FOLDER / "no" / "a.npz")),
        FileNotFoundError,
        "no is no folder: make it first",
    ),
    "no name": (lambda: train(**parts(checkpoint="")), IsADirectoryError, "is a folder"),
    "a number for a path": (lambda: train(**parts(checkpoint=3)), TypeError, "int"),
    "a curve in the past": (lambda: LossCurve(every=-1), ValueError, "every .* not -1"),
    "measuring rows": (lambda: measure(small(), cross_entropy, X), TypeError, "data is a pair"),
    "measuring each row": (
        lambda: measure(small(), lambda outputs, y: outputs[:, 0], (X, Y)),
        TypeError,
        "cost must give one number",
    ),
    "rates downhill": (
        lambda: find_learning_rate(**finder(), lowest=1.0, highest=0.1),
        ValueError,
        "lowest goes from 1e-30 to below 0.1, not 1.0",
    ),
    "one rate for two": (
        lambda: find_learning_rate(**finder(), lowest=0.1, highest=0.1),
        ValueError,
        "lowest .* not 0.1",
    ),
    "a rate of nothing": (
        lambda: find_learning_rate(**finder(), lowest=0.0),
        ValueError,
        "lowest .* not 0.0",
    ),
    "a rate without end": (
        lambda: find_learning_rate(**finder(), highest=np.inf),
        ValueError,
        "highest .* not inf",
    ),
    "no steps": (lambda: find_learning_rate(**finder(), steps=0), ValueError, "steps .* not 0"),
    "half a step": (lambda: find_learning_rate(**finder(), steps=2.5), TypeError, "steps .* 2.5"),
    "rates for what runs once": (
        lambda: find_learning_rate(**finder(batches=iter([(X, Y)]))),
        TypeError,
        "a generator runs once",
    ),
    "rates for no batches": (
        lambda: find_learning_rate(**finder(batches=[])),
        ValueError,
        "there is no batch",
    ),
    "rates for nan": (
        lambda: find_learning_rate(**finder(batches=[(X * np.nan, Y)])),
        ValueError,
        "the loss is nan",
    ),
    "scores in a row": (lambda: accuracy(LOGITS[0], [1]), ValueError, r"logits have shape \(3,\)"),
    "labels as floats": (lambda: accuracy(LOGITS, [1.0, 0.0]), ValueError, "labels are float64"),
    "a negative label": (lambda: accuracy(LOGITS, [1, -1]), ValueError, "labels go from -1 to 1"),
    "a label too many": (lambda: accuracy(LOGITS, [1, 3]), ValueError, "from 1 to 3, classes from"),
    "labels in a column": (lambda: accuracy(LOGITS, [[1], [0]]), ValueError, r"shape \(2, 1\)"),
    "one label for two": (lambda: accuracy(LOGITS, [1]), ValueError, r"one for each row, \(2,\)"),
    "no rows": (lambda: accuracy(LOGITS[:0], []), ValueError, "labels|batch empty"),
    "a class that is not there": (
        lambda: confusion([0, 3], [0, 1], 3),
        ValueError,
        "labels go from 0 to 3",
    ),
    "a guess that is not there": (lambda: confusion([0, 1], [0, 3], 3), ValueError, "from 0 to 3"),
    "a guess too few": (lambda: confusion([0, 1, 1], [0, 1], 3), ValueError, "one for each row"),
    "guesses as logits": (lambda: confusion([0, 1], LOGITS, 3), ValueError, r"shape \(2, 3\)"),
    "guesses as floats": (lambda: confusion([0, 1], [0.0, 1.0], 3), ValueError, "are float64"),
    "no classes": (lambda: confusion([0, 1], [0, 1], 0), ValueError, "classes is 1 or more, not 0"),
    "a dict for a network": (lambda: save({}, "a.npz"), TypeError, "{} is no Layer"),
    "the path first": (lambda: load("a.npz", small()), TypeError, "then the path: 'a.npz' is no"),
    "nothing to save": (lambda: save(EMPTY, "a.npz"), ValueError, "has no weights"),
    "nothing to load": (lambda: load(EMPTY, "a.npz"), ValueError, "has no weights"),
    "saved as a folder": (lambda: save(small(), FOLDER), IsADirectoryError, "is a folder"),
    "saved nowhere": (lambda: save(small(), FOLDER / "no" / "a"), FileNotFoundError, "make it"),
    "a file that is not there": (
        lambda: load(small(), FOLDER / "none.npz"),
        FileNotFoundError,
        "none.npz",
    ),
    "another kind of file": (lambda: load(small(), __file__), ValueError, "was not written by"),
    "a checkpoint of nothing": (lambda: save_checkpoint("a.npz"), ValueError, "nothing to keep"),
    "a checkpoint as a folder": (
        lambda: save_checkpoint(FOLDER, network=small()),
        IsADirectoryError,
        "is a folder",
    ),
    "a checkpoint that is not there": (
        lambda: load_checkpoint(FOLDER / "none.npz", network=small()),
        FileNotFoundError,
        "none.npz",
    ),
    "a checkpoint for nothing": (lambda: load_checkpoint(__file__), ValueError, "nothing to keep"),
    "a state of nothing": (lambda: state(network=None), ValueError, "there is nothing to keep"),
    "a state of sets": (lambda: state(seen={1}), TypeError, "seen is a set, and no checkpoint"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_makes_no_sense_is_refused_with_the_way_out(what):
    attempt, kind, said = REFUSED[what]
    with pytest.raises(kind, match=said), np.errstate(all="ignore"):
        attempt()


def test_every_public_name_has_its_bad_inputs():
    table = Path(__file__).read_text("utf-8").partition("REFUSED = {")[2].partition("\n}\n")[0]
    assert not {name for name in training.__all__ if f"{name}(" not in table}


def test_a_checkpoint_and_a_saved_network_are_not_taken_for_one_another(tmp_path):
    network = small()
    save(network, tmp_path / "network.npz")
    save_checkpoint(tmp_path / "run.npz", network=network)
    with pytest.raises(ValueError, match=r"run\.npz is a checkpoint: load_checkpoint\(\) reads it"):
        load(network, tmp_path / "run.npz")
    with pytest.raises(ValueError, match=r"network\.npz is no checkpoint: load\(\) reads"):
        load_checkpoint(tmp_path / "network.npz", network=network)


def test_what_would_fail_later_is_said_before_the_first_epoch():
    late = ["a folder for a checkpoint", "a folder that is not there", "a number for a schedule"]
    late += ["losses for a history", "validation alone", "a generator that runs once"]
    seen = []

    class Spy(Linear):
        def forward(self, x):
            seen.append(1)
            return super().forward(x)

    for what in late:
        attempt, kind, _ = REFUSED[what]
        with pytest.MonkeyPatch.context() as patch, pytest.raises(kind):
            patch.setitem(globals(), "small", lambda: Spy(3, 2, rng=np.random.default_rng(0)))
            attempt()
        assert not seen, what


def test_a_folder_that_cannot_be_written_is_said_before_the_first_epoch(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write everywhere
    with pytest.raises(PermissionError, match="cannot be written: give a path in another folder"):
        train(**parts(checkpoint=tmp_path / "a.npz", batches=[]))


# A loss that is no number


def normalised(seed=0):
    """Two normalisations, with a weight between them that can overflow."""
    rng = np.random.default_rng(seed)
    return Sequential(
        Linear(3, 5, rng=rng), BatchNorm(5), tanh, Linear(5, 4, rng=rng), BatchNorm(4),
        Linear(4, 2, rng=rng),
    )  # fmt: skip


def spoil_inputs(network, x):
    x[17, 1] = np.nan


def spoil_weights(network, x):
    network[-1].weight.data[1, 0] = np.inf


def overflow(network, x):
    network[0].weight.data[...] = 1e308


def overflow_late(network, x):
    network[-1].weight.data[...] = 1e308


def spoil_a_layer(network, x):
    network.layers[-1] = lambda a: a[:, :2] / 0.0


SPOILT = {
    "inputs": (spoil_inputs, "The inputs hold nan or inf"),
    "weights": (spoil_weights, r"layers\.\d\.weight holds nan or inf"),
    "overflow": (overflow, "Layer 0, .* is the first whose output is not finite"),
    "overflow late": (overflow_late, "Layer [25], .* is the first whose output is not finite"),
    "a layer": (spoil_a_layer, "Layer [25], .* is the first whose output is not finite"),
}


@pytest.mark.parametrize(
    ("what", "make"),
    [*product(SPOILT, [normalised]), *product(sorted(SPOILT.keys() - {"overflow"}), [small])],
)
def test_a_loss_that_is_no_number_stops_in_that_very_batch_and_moves_nothing(what, make):
    spoil, words = SPOILT[what]
    x, y = points(40)
    network = make()
    optimizer = SGD(network.parameters(), lr=0.125)
    train_epoch(network, cross_entropy, optimizer, [(x, y)])
    spoil(network, x)
    before = state(network=network, optimizer=optimizer)
    batches = Batches(x[16:], y[16:], batch_size=8)
    with np.errstate(all="ignore"), pytest.raises(ValueError) as caught:
        train(network, cross_entropy, optimizer, batches, epochs=3)
    assert "epoch 1, batch 1, at learning rate 0.125" in str(caught.value)
    assert re.search(words, str(caught.value)), caught.value
    assert equal(state(network=network, optimizer=optimizer), before)


def test_a_batch_that_fails_in_whatever_way_moves_no_running_statistics():
    x, y = points(16)
    network = normalised()
    optimizer = SGD(network.parameters(), lr=0.1)

    def interrupted(outputs, targets):
        raise failure

    before = state(network=network)
    for failure in (KeyboardInterrupt(), ZeroDivisionError(), ValueError("mine")):
        with pytest.raises(type(failure)):
            train_epoch(network, interrupted, optimizer, [(x, y)])
        assert equal(state(network=network), before)


def test_the_batch_is_named_and_the_cost_suspected_where_the_network_is_sound():
    x, y = points(40)
    targets = np.eye(2)[y]
    targets[25, 0] = np.inf
    network = small()
    optimizer = SGD(network.parameters(), lr=0.1)
    batches = Batches(x, targets, batch_size=8)
    with np.errstate(all="ignore"), pytest.raises(ValueError, match=r"batch 4.*at the cost"):
        train(network, mean_squared_error, optimizer, batches, epochs=1)


def test_a_step_that_is_too_large_is_stopped():
    x, y = points(40)
    network = Linear(3, 2, rng=np.random.default_rng(0))
    optimizer, batches = SGD(network.parameters(), lr=1e100), [(x, np.eye(2)[y])]
    with (
        np.errstate(all="ignore"),
        pytest.raises(ValueError, match=r"epoch [23], batch 1, .* 1e\+100"),
    ):
        train(network, mean_squared_error, optimizer, batches, epochs=20)


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
    assert network[2].running_mean.max() == 1.0


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


class FakeNotebook:
    """Stands where IPython is when a notebook runs."""

    version_info = (9, 0)

    def __init__(self):
        self.shown, self.display = [], self

    def get_ipython(self):
        return self

    def display_(self, picture, raw, display_id):
        self.shown.append(picture)
        return self

    def update(self, picture, raw):
        self.shown.append(picture)


def test_the_live_curve_redraws_by_time_and_at_the_end(monkeypatch):
    notebook = FakeNotebook()
    notebook.display = type("Display", (), {"display": staticmethod(notebook.display_)})
    monkeypatch.setitem(sys.modules, "IPython", notebook)
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
    x, y = points(20)
    network = small()
    optimizer = SGD(network.parameters(), lr=0.1)
    train(network, cross_entropy, optimizer, [(x, y)], epochs=3, live=True)
    assert "History(3 epochs, last loss" in capsys.readouterr().out


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
