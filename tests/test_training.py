"""Chapter 6: the loop and its numbers, its stops, its files, and what it must be able to learn."""

import copy
import csv
import os
import pickle
import re
import runpy
import signal
import tracemalloc
from functools import partial
from itertools import count
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from helpers.runs import BATCHES, everything, go_on, kinds, points, small
from matplotlib.figure import Figure

from minnet import plots
from minnet.cost_functions import (
    binary_cross_entropy_with_logits,
    cross_entropy,
    mean_squared_error,
)
from minnet.data import Batches, load_digits, train_test_split
from minnet.layers import BatchNorm, Dropout, Layer, Linear, Sequential, relu, tanh
from minnet.optimizers import SGD, Adam, CosineDecay
from minnet.tensors import Tensor
from minnet.training import (
    EarlyStopping,
    History,
    accuracy,
    confusion_matrix,
    evaluate,
    find_learning_rate,
    states,
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
    np.testing.assert_allclose(history["loss"], losses, rtol=1e-12)
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


def test_history_is_a_dictionary_of_lists_with_one_number_an_epoch():
    run = everything()
    history = go_on(run, 3)
    assert isinstance(history, dict) and history is run["history"]
    assert {name: len(numbers) for name, numbers in history.items()} == {
        "loss": 3,
        "metric": 3,
        "validation_loss": 3,
        "validation_metric": 3,
    }
    assert repr(history) == f"History(3 epochs, last loss {history['loss'][-1]:.4f})"
    assert repr(History()) == "History(0 epochs)"
    for other in (pickle.loads(pickle.dumps(history)), copy.deepcopy(history)):
        assert other == history and type(other) is History and other["loss"] is not history["loss"]


def test_validation_is_seen_in_evaluation_mode_and_training_is_not():
    modes = []

    class Spy(Linear):
        def forward(self, x):
            modes.append(self.training)
            return super().forward(x)

    x, y = points(20)
    network = Spy(3, 2, rng=np.random.default_rng(0)).eval()
    optimizer = SGD(network.parameters(), lr=0.1)
    train(network, cross_entropy, optimizer, [(x, y)], epochs=1, validation=(x, y))
    assert modes == [True, False]
    assert network.training is False, "after training, a network is there to be used"


@pytest.mark.parametrize("size", [1, 7, 20, 1000])
def test_evaluate_gives_the_cost_and_the_metric_of_all_rows_whatever_the_batches(size):
    x, y = points(20)
    network = small()
    logits = network.predict(x)
    expected = [cross_entropy(logits, y), accuracy(logits, y)]
    found = evaluate(network, cross_entropy, (x, y), accuracy, batch_size=size)
    np.testing.assert_allclose(found, expected, rtol=1e-14)
    assert evaluate(network, cross_entropy, (x, y)) == expected[:1]

    def range_of_all(outputs, targets):  # no mean over rows
        return np.ptp(outputs) + targets.sum()

    found = evaluate(network, range_of_all, (x, y), batch_size=size)[0]
    assert found == pytest.approx(np.ptp(logits) + y.sum())


def test_a_metric_is_any_function_of_outputs_and_targets():
    x, y = points(20)
    network = small()
    optimizer = SGD(network.parameters(), lr=0.1)
    for metric in (
        lambda outputs, targets: float(np.abs(outputs).max()),
        lambda outputs, targets: int((outputs.argmax(1) == targets).sum()),
        lambda outputs, targets: np.float32(3),
        lambda outputs, targets: (outputs.argmax(1) == targets).all(),
        cross_entropy,
    ):
        history = train(
            network, cross_entropy, optimizer, [(x, y)], epochs=1, metric=metric, validation=(x, y)
        )
        assert type(history["metric"][0]) is type(history["validation_metric"][0]) is float


def test_a_yes_no_network_trains_with_its_accuracy():
    x, y = points(200)
    for shape in ((-1, 1), (-1,)):
        rng = np.random.default_rng(0)
        end = (lambda a: a.reshape(-1),) if shape == (-1,) else ()
        network = Sequential(Linear(3, 8, rng=rng), tanh, Linear(8, 1, rng=rng), *end)
        optimizer, pair = Adam(network.parameters(), lr=0.05), (x, y.reshape(shape))
        history = train(
            network,
            binary_cross_entropy_with_logits,
            optimizer,
            [pair],
            epochs=60,
            metric=accuracy,
            validation=pair,
        )
        assert history["validation_metric"][-1] > 0.93


def penalised(network):
    """A cost with a weight penalty, written as people write it."""
    return lambda outputs, targets: (
        cross_entropy(outputs, targets) + 0.01 * (network[0].weight ** 2).sum()
    )


def test_a_cost_with_a_weight_penalty_trains_and_validates_and_leaves_no_gradients():
    x, y = points(20)
    network = small()
    optimizer, cost = SGD(network.parameters(), lr=0.1), penalised(network)
    history = train(network, cost, optimizer, [(x, y)], epochs=20, validation=(x, y))
    whole = cross_entropy(network.predict(x), y) + 0.01 * (network[0].weight.data ** 2).sum()
    assert history["validation_loss"][-1] == pytest.approx(whole, rel=1e-12)
    assert history["loss"][-1] < history["loss"][0]
    optimizer.zero_grad()
    evaluate(network, cost, (x, y))
    find_learning_rate(network, cost, optimizer, [(x, y)], steps=5)
    assert all(parameter.grad is None for parameter in network.parameters())


def test_batches_that_do_not_fit_into_memory_are_a_function_that_yields_them(tmp_path):
    x, y = points(50)
    np.save(tmp_path / "x.npy", x)

    def batches():
        rows = np.load(tmp_path / "x.npy", mmap_mode="r")
        for i in range(0, len(rows), 8):
            yield rows[i : i + 8], y[i : i + 8]

    losses = []
    for each in (batches, Batches(x, y, batch_size=8), [*batches()]):
        network = small()
        optimizer = Adam(network.parameters(), lr=0.05)
        find_learning_rate(network, cross_entropy, optimizer, each, steps=20)
        mapped = (np.load(tmp_path / "x.npy", mmap_mode="r"), y)
        history = train(network, cross_entropy, optimizer, each, epochs=4, validation=mapped)
        losses.append(history["loss"])
    assert losses[0] == losses[1] == losses[2]


def test_the_schedule_steps_once_an_epoch_or_once_a_batch():
    for every, steps in (("epoch", 1), ("batch", BATCHES)):
        run = everything()
        for epoch in range(1, 3):
            go_on(run, epoch, schedule_every=every)
            assert run["schedule"].t == epoch * steps
            wave = 0.01 * (1 + np.cos(np.pi * min(epoch * steps / 9, 1)))
            assert run["optimizer"].lr == pytest.approx(wave)


def test_a_history_is_continued():
    whole, parts = everything(), everything()
    whole["stop"] = parts["stop"] = None
    go_on(whole, 5)
    for epochs in (2, 3, 5):
        go_on(parts, epochs)
    np.testing.assert_equal(states(parts), states(whole))


def test_float32_stays_float32():
    x, y = points(30)
    network = small(dtype=np.float32)
    optimizer = Adam(network.parameters(), lr=0.01)
    history = train(network, cross_entropy, optimizer, Batches(x, y), epochs=2)
    assert {parameter.dtype for parameter in network.parameters()} == {np.dtype(np.float32)}
    assert all(type(loss) is float for loss in history["loss"])


# What it refuses


def test_a_generator_that_is_used_up_is_refused():
    network = small()
    optimizer = SGD(network.parameters(), lr=0.1)
    once = (pair for pair in [points(8)])
    with pytest.raises(
        ValueError, match=r"no batch in epoch 2: a generator runs once; give .* the function"
    ):
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
        (spoil_weights, r"2\.weight holds nan or inf"),
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
    assert re.search(words, message)
    for parameter, numbers in zip(network.parameters(), before, strict=True):
        np.testing.assert_array_equal(parameter.data, numbers)


def test_where_only_the_cost_is_no_number_the_size_of_the_outputs_is_told():
    network, (x, y) = small(), points(8)
    network[2].weight.data *= 0
    network[2].bias.data[:] = 0.25
    optimizer = SGD(network.parameters(), lr=0.1)
    with pytest.raises(ValueError, match=r"outputs are finite, up to 0\.25: look at the cost"):
        train(network, lambda a, b: (a * np.inf).sum(), optimizer, [(x, y)], epochs=1)


def test_the_batch_is_named_and_what_is_spoilt_where_the_network_is_sound():
    x, y = points(40)
    network = small()
    optimizer = SGD(network.parameters(), lr=0.1)
    targets = np.eye(2)[y]
    targets[25, 0] = np.inf
    for cost, words in (
        (mean_squared_error, r"batch 4.*The targets hold nan or inf"),
        (lambda outputs, targets: outputs.sum() * np.inf, r"batch 1.*look at the cost"),
    ):
        batches = Batches(x, targets, batch_size=8)
        with np.errstate(all="ignore"), pytest.raises(ValueError, match=words):
            train(network, cost, optimizer, batches, epochs=1)


def test_a_regression_that_explodes_names_the_scale_and_the_rate():
    x, y = points(40)
    for data, lr in (((x, np.eye(2)[y]), 3.0), ((1e200 * x, np.eye(2)[y]), 0.125)):
        network = Linear(3, 2, rng=np.random.default_rng(0))
        optimizer = SGD(network.parameters(), lr=lr)
        with np.errstate(all="ignore"), pytest.raises(ValueError) as caught:
            train(network, mean_squared_error, optimizer, [data], epochs=2000)
        assert re.search(
            rf"loss is inf.*up to \de\+\d+, .*an lr far below {lr:g}, and data of the size of 1",
            str(caught.value),
        )


def test_a_bad_batch_leaves_running_averages_and_dice_as_they_were():
    x, y = points(24)
    x[17, 1] = np.nan
    network = Sequential(BatchNorm(3), Linear(3, 2, rng=np.random.default_rng(0)))
    optimizer = SGD(network.parameters(), lr=0.1)
    train_epoch(network, cross_entropy, optimizer, [(x[:16], y[:16])])
    before = network.state_dict()
    with np.errstate(all="ignore"), pytest.raises(ValueError, match="The inputs hold nan"):
        train_epoch(network, cross_entropy, optimizer, [(x[16:], y[16:])])
    np.testing.assert_equal(network.state_dict(), before)


def test_looking_for_the_layer_that_broke_throws_no_dice():
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
    "three parts in a batch": (
        fit(batches=[(X, X, Y)]),
        TypeError,
        "(?s)one input a row.*a loop of your own",
    ),
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
    "a schedule that steps each week": (
        fit(schedule_every="week"),
        ValueError,
        'schedule_every is "epoch" or "batch", not \'week\'',
    ),
    "a number for a stop": (fit(stop=3, validation=(X, Y)), TypeError, r"a method look\(\)"),
    "a stop that looks at no metric": (
        fit(stop=EarlyStopping(2, monitor="validation_metric"), validation=(X, Y)),
        ValueError,
        "stop looks at validation_metric: give a metric",
    ),
    "a stop that looks at nothing": (
        fit(stop=EarlyStopping(2, monitor="los")),
        ValueError,
        r"stop looks at los, and the history has \['loss'",
    ),
    "a list for a history": (fit(history=[]), TypeError, r"history has a method add\(\)"),
    "a folder for a checkpoint": (fit(checkpoint=ROOT), IsADirectoryError, "is a folder"),
    "a checkpoint in no folder": (
        fit(checkpoint=ROOT / "nowhere" / "run.safetensors"),
        FileNotFoundError,
        "nowhere is no folder: make it first",
    ),
    "a number for a file": (fit(checkpoint=3), TypeError, "not int"),
    "going on from no file": (fit(resume=True), ValueError, "give checkpoint=, a path"),
    "two inputs a row": (fit(batches=[((X, X), Y)]), TypeError, "two arrays, inputs and targets"),
    "targets without a length": (fit(batches=[(X, None)]), TypeError, "two arrays"),
    "train_epoch() without batches": (
        lambda: train_epoch(small(), cross_entropy, SGD(small().parameters(), 0.1), 3),
        TypeError,
        "as Batches does, not 3",
    ),
    "evaluate() of inputs alone": (
        lambda: evaluate(small(), cross_entropy, X),
        TypeError,
        "data is a pair",
    ),
    "EarlyStopping() at once": (lambda: EarlyStopping(0), ValueError, "patience is 1 or more"),
    "EarlyStopping() by halves": (lambda: EarlyStopping(1.5), TypeError, "not 1.5"),
    "EarlyStopping() by nan": (
        lambda: EarlyStopping(2).look(small(), History() | {"validation_loss": [np.nan]}),
        ValueError,
        "the validation_loss is nan",
    ),
    "EarlyStopping() up and down": (lambda: EarlyStopping(2, mode="up"), ValueError, '"min" or'),
    "EarlyStopping() of a function": (
        lambda: EarlyStopping(2, monitor=accuracy),
        TypeError,
        "monitor is the name of a list",
    ),
    "EarlyStopping() by less than nothing": (
        lambda: EarlyStopping(2, min_delta=-1),
        ValueError,
        "min_delta goes from 0",
    ),
    "a word for the state of a History": (
        lambda: History().load_state_dict("run"),
        ValueError,
        "the state of a History has the lists",
    ),
    "History() continued by a word": (fit(history="run"), TypeError, "history has a method"),
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
        "are walked again, and a generator runs once",
    ),
    "find_learning_rate() of no batches": (
        find(batches=[]),
        ValueError,
        "no batch in the first pass",
    ),
    "find_learning_rate() of a function that yields none": (
        find(batches=lambda: iter(())),
        ValueError,
        "no batch in the first pass",
    ),
    "find_learning_rate() of nan": (
        find(batches=[(X * np.nan, Y)]),
        ValueError,
        "the loss is nan in the search, batch 1",
    ),
    "accuracy() of floats": (lambda: accuracy(X, Y * 1.0), ValueError, "labels are float64"),
    "accuracy() of nan": (lambda: accuracy(X * np.nan, Y), ValueError, "the logits hold nan"),
    "accuracy() of words": (lambda: accuracy("ab", Y), TypeError, "accuracy works with real"),
    "accuracy() of one number": (lambda: accuracy(3.0, Y), ValueError, "and a label for each row"),
    "accuracy() of pictures": (
        lambda: accuracy(X[None], Y),
        ValueError,
        r"\(1, 12, 3\) and labels",
    ),
    "accuracy() of too few": (lambda: accuracy(X, Y[:3]), ValueError, "give one for each row"),
    "accuracy() of nobody": (lambda: accuracy(X[:0, 0], Y[:0]), ValueError, "a label for each row"),
    "accuracy() of too few yes and no": (
        lambda: accuracy(X[:, :1], Y[:3]),
        ValueError,
        r"logits \(12, 1\) and labels \(3,\): give",
    ),
    "accuracy() of perhaps": (
        lambda: accuracy(X[:, 0], Y + 0.5),
        ValueError,
        "the labels are 0 and 1",
    ),
    "confusion_matrix() of logits": (
        lambda: confusion_matrix(Y, X),
        ValueError,
        r"logits.argmax\(axis=1\)",
    ),
    "confusion_matrix() of floats": (
        lambda: confusion_matrix(Y, Y * 1.0),
        ValueError,
        "predictions are float64: give whole numbers or words",
    ),
    "confusion_matrix() of nothing": (lambda: confusion_matrix([], []), ValueError, "for each row"),
    "evaluate() without a cost": (
        lambda: evaluate(small(), None, (X, Y), accuracy),
        TypeError,
        "not callable",
    ),
    "evaluate() of a function": (
        lambda: evaluate(relu, cross_entropy, (X, Y)),
        TypeError,
        "the network comes first, and is a Layer, which <function relu",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_makes_no_sense_is_refused_with_the_way_out(what):
    attempt, kind, said = REFUSED[what]
    with np.errstate(all="ignore"), pytest.raises(kind, match=said):
        attempt()


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
    assert accuracy(Tensor(logits), [1, 0, 1, 0]) == 1.0
    with pytest.raises(ValueError, match=r"labels have shape \(4, 1\)"):
        accuracy(logits, np.array([[1], [0], [2], [2]]))


@pytest.mark.parametrize("kind", [bool, np.uint8, int, np.float32, float])
@pytest.mark.parametrize("logits_shape", [(5,), (5, 1)])
@pytest.mark.parametrize("labels_shape", [(5,), (5, 1)])
def test_accuracy_of_a_yes_no_network_asks_whether_a_logit_is_above_0(
    kind, logits_shape, labels_shape
):
    logits = np.array([2.0, -1.0, 0.0, 1e-9, -3.0]).reshape(logits_shape)
    labels = np.array([1, 1, 0, 0, 0]).astype(kind).reshape(labels_shape)
    if len(labels_shape) > len(logits_shape):
        with pytest.raises(ValueError, match="a label for each row"):
            accuracy(logits, labels)
    else:
        assert accuracy(logits, labels) == accuracy(Tensor(logits), labels) == 0.6


WORDS = ["b", "a", "b", "c"], ["a", "a", "b", "b"]


def test_a_confusion_matrix_counts_each_pair():
    table = confusion_matrix(np.array([0, 0, 2, 2, 2, 1]), np.array([0, 0, 1, 1, 2, 1]))
    np.testing.assert_array_equal(table, [[2, 0, 0], [0, 1, 0], [0, 2, 1]])
    np.testing.assert_array_equal(confusion_matrix(*WORDS), [[1, 0, 0], [1, 1, 0], [0, 1, 0]])


def test_a_confusion_matrix_is_that_of_scikit_learn():
    metrics = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(0)
    for high in (1, 2, 9):
        pair = rng.integers(-3, high, 30), rng.integers(0, high, 30)
        np.testing.assert_array_equal(confusion_matrix(*pair), metrics.confusion_matrix(*pair))
    np.testing.assert_array_equal(confusion_matrix(*WORDS), metrics.confusion_matrix(*WORDS))


# Stopping


def test_a_stop_that_has_seen_nothing_stops_nothing():
    stop = EarlyStopping(1)
    assert (stop.epoch, stop.best_epoch, stop.over) == (0, 0, False)


def test_a_history_draws_itself():
    history, ax = History(), Figure().subplots()
    history.add([0.5])
    history.plot(ax)
    assert ax.get_xlabel() == "epoch" and len(ax.lines) == 1


def seen(stop, network, values, name="validation_loss"):
    """Let the stop look at one epoch after another; the epochs after which it was over."""
    history, over = History(), []
    for i, value in enumerate(values, 1):
        for parameter in network.parameters():
            parameter.data[...] = i
        history.add([0.0])
        history[name].append(value)
        stop.look(network, history)
        over += [i] if stop.over else []
    return over


def test_stopping_keeps_a_copy_of_the_best_with_its_running_statistics():
    network, stop = everything()["network"], EarlyStopping(patience=2)
    network[2].running_mean[...] = 7
    assert seen(stop, network, [3.0, 1.0, 2.0, 1.0]) == [4]
    assert (stop.best_epoch, stop.best_value, stop.epoch) == (2, 1.0, 4)
    network[2].running_mean[...] = 8
    stop.restore(network)
    assert {parameter.data.min() for parameter in network.parameters()} == {2.0}
    assert network[2].running_mean.max() == 7
    assert repr(stop) == "EarlyStopping(2, monitor='validation_loss')"


LOOKS = {
    "a loss, smaller": ({}, [3, 2, 1, 2, 2], 3),
    "a loss, by a tenth": ({"min_delta": 0.1}, [3, 2, 1.95, 1.91, 1.92], 2),
    "by a tenth in sum": ({"min_delta": 0.1}, [3, 2, 1.95, 1.85, 2], 4),
    "a metric, larger": ({"monitor": "validation_metric"}, [0.5, 0.7, 0.6, 0.7], 2),
    "a metric by a tenth": ({"monitor": "metric", "min_delta": 0.1}, [0.5, 0.59, 0.7, 0.79], 3),
    "a metric, smaller": ({"monitor": "metric", "mode": "min"}, [0.5, 0.7, 0.4, 0.6], 3),
    "a loss, larger": ({"mode": "max"}, [-1, -0.5, 0.5, 0.2], 3),
    "below 0": ({}, [-1, -2, -1.5, -1.5], 2),
}


@pytest.mark.parametrize("what", LOOKS)
def test_better_is_what_was_said(what):
    settings, values, best = LOOKS[what]
    stop = EarlyStopping(100, **settings)
    assert seen(stop, small(), values, stop.monitor) == []
    assert (stop.best_epoch, stop.best_value) == (best, values[best - 1])


def test_train_stops_in_time_and_leaves_the_best():
    x, y = points(12)
    valid = points(60, seed=5)
    network = small()
    optimizer = Adam(network.parameters(), lr=0.1)
    stop = EarlyStopping(patience=5)
    history = train(
        network, cross_entropy, optimizer, [(x, y)], epochs=500, validation=valid, stop=stop
    )
    assert len(history["loss"]) == stop.best_epoch + 5 < 500
    assert min(history["validation_loss"]) == history["validation_loss"][stop.best_epoch - 1]
    assert evaluate(network, cross_entropy, valid)[0] == min(history["validation_loss"])


# Used twice


def helpers(network):
    """What a training with an early stop takes."""
    x, y = points(12)
    return {
        "network": network,
        "cost": cross_entropy,
        "optimizer": Adam(network.parameters(), lr=0.1),
        "batches": Batches(x, y, batch_size=6, rng=np.random.default_rng(0)),
        "validation": points(60, seed=5),
        "epochs": 500,
    }


def test_a_stop_serves_a_second_training_as_if_it_were_new():
    stop, results = EarlyStopping(patience=5), []
    for each in (stop, EarlyStopping(patience=5), stop, stop):
        network = small(seed=len(results) // 2)
        history = train(stop=each, **helpers(network))
        results.append((history, each.best_epoch, network.state_dict()))
    fresh = small(1)
    results.append((train(stop=EarlyStopping(5), **helpers(fresh)), fresh.state_dict()))
    np.testing.assert_equal(results[0], results[1])
    np.testing.assert_equal(results[2], results[3])
    assert results[3][0] == results[4][0]
    np.testing.assert_equal(results[3][2], results[4][1])


def test_a_stop_that_is_added_later_counts_from_there():
    run = helpers(small()) | {"history": History()}
    train(**run | {"epochs": 3, "validation": None})
    stop = EarlyStopping(patience=4)
    for epochs in (5, 6, 500):  # and is not forgotten between
        history = train(**run | {"epochs": epochs, "stop": stop})
        assert stop.best_epoch > 3
    assert len(history["loss"]) == stop.best_epoch + 4 < 500


def refused(words, **run):
    with pytest.raises(ValueError, match=words):
        train(**run)


def test_what_a_training_has_used_up_is_refused_in_another():
    network = small()
    run = helpers(network)
    schedule, stop, history = CosineDecay(run["optimizer"], steps=3), EarlyStopping(5), History()
    train(**run | {"epochs": 3, "schedule": schedule})
    before = network.state_dict()
    refused("the schedule has made 3 steps, and this training is new", schedule=schedule, **run)
    train(**run | {"stop": stop, "history": history})
    done = len(history["loss"])
    refused(f"stop has ended this training after epoch {done}", stop=stop, history=history, **run)
    words = f"the history has {done} epochs already, and epochs={done} counts them"
    refused(words, **run | {"history": history, "epochs": done})
    other = helpers(small(1))
    refused("looked at another network", stop=stop, history=history, **other)
    np.testing.assert_equal(other["network"].state_dict(), small(1).state_dict())
    assert {*before} == {*network.state_dict()}


# The learning rate


def everything_in(run):
    """All that find_learning_rate might change, gradients and modes included."""
    network = run["network"]
    gradients = [parameter.grad for parameter in run["optimizer"].parameters]
    modes = [layer.training for layer in [network, *network] if hasattr(layer, "training")]
    return kinds([states(run), gradients, modes])


def cost_that_breaks(n):
    """A cost that raises at its n-th call."""
    calls = count(1)

    def cost(outputs, targets):
        if next(calls) == n:
            raise RuntimeError("broken")
        return cross_entropy(outputs, targets)

    return cost


@pytest.mark.parametrize("optimizer", [Adam, partial(SGD, momentum=0.9)])
@pytest.mark.parametrize("breaks", [None, 1, 3, "interrupt"])
def test_the_rate_finder_puts_everything_back(optimizer, breaks):
    run = everything(optimizer=optimizer, schedule=lambda optimizer: None)
    cost_that_breaks(0)
    go_on(run, 1)
    run["network"].train()
    run["network"][2].eval()  # a mixture of modes
    run["network"][1].weight.grad = np.ones((12, 6))
    run["network"][1].bias.grad = None
    before = everything_in(run)
    objects = [id(parameter) for parameter in run["network"].parameters()]
    cost = cost_that_breaks(breaks)
    if breaks:
        with pytest.raises(RuntimeError, match="broken"):
            if breaks == "interrupt":
                cost = cost_that_breaks(2)
            find_learning_rate(run["network"], cost, run["optimizer"], run["batches"], steps=30)
    else:
        rates, losses = find_learning_rate(
            run["network"], cost, run["optimizer"], run["batches"], steps=30
        )
        np.testing.assert_allclose(rates, np.geomspace(1e-4, 10, 30)[: len(rates)])
        assert len(rates) == len(losses) > 10
    np.testing.assert_equal(everything_in(run), before)
    assert [id(parameter) for parameter in run["network"].parameters()] == objects


def test_the_rate_finder_trains_as_training_does_and_finds_the_same_twice():
    x, y = points(40)
    modes = []

    class Spy(Linear):
        def forward(self, x):
            modes.append(self.training)
            return super().forward(x)

    network = Spy(3, 2, rng=np.random.default_rng(0)).eval()
    optimizer, batches = (
        SGD(network.parameters(), lr=0.1),
        Batches(x, y, rng=np.random.default_rng(1)),
    )
    first, second = (
        find_learning_rate(network, cross_entropy, optimizer, batches, steps=9) for _ in range(2)
    )
    np.testing.assert_array_equal(first, second)
    assert set(modes) == {True} and network.training is False


def test_the_rate_finder_copies_no_data():
    x, y = np.zeros((1000, 1000)), np.zeros(1000, int)
    network = Linear(1000, 2, rng=np.random.default_rng(0))
    optimizer = SGD(network.parameters(), lr=0.1)
    tracemalloc.start()
    find_learning_rate(network, cross_entropy, optimizer, [(x, y)], steps=3)
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert highest < x.nbytes / 4


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


@pytest.mark.parametrize("first", [1.0, -1.0])
def test_the_rate_finder_ends_when_the_loss_has_grown_by_more_than_three_times_the_first(first):
    network = small()
    optimizer = SGD(network.parameters(), lr=0.1)
    told = first + np.array([0.0, 2.5, -5.0, 3.0, 3.1, 0.0])
    ahead = iter(told)
    cost = lambda outputs, _: outputs.sum() * 0.0 + next(ahead)  # noqa: E731
    _, losses = find_learning_rate(network, cost, optimizer, [points()], steps=6)
    np.testing.assert_allclose(losses, told[:5])


def test_a_loss_below_0_does_not_end_the_rate_finder():
    x, y = points(40)
    network = small()
    optimizer = SGD(network.parameters(), lr=0.1)
    rates, losses = find_learning_rate(
        network,
        lambda outputs, targets: cross_entropy(outputs, targets) - 5,
        optimizer,
        [(x, y)],
        highest=1.0,
        steps=50,
    )
    assert len(rates) == 50 and losses.max() < 0


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
        x, test_x, y, test_y = train_test_split(pixels, labels, test_size=360, rng=rng)
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


# Ctrl-C


def press():
    """Ctrl-C, as a terminal or a stop button sends it."""
    os.kill(os.getpid(), signal.SIGINT)


class Pressed(Adam):
    """Adam, in whose n-th step Ctrl-C is pressed between the first and the second parameter."""

    def __init__(self, parameters, lr, n):
        super().__init__(parameters, lr)
        self.left = n

    def move(self, i, parameter):
        self.left -= i == 1
        if self.left == 0 and i == 1:
            press()
        super().move(i, parameter)


@pytest.mark.parametrize("n", [1, 3, BATCHES, BATCHES + 2, 3 * BATCHES])
@pytest.mark.parametrize("every", ["epoch", "batch"])
def test_ctrl_c_within_a_step_is_heard_after_it(n, every, capsys):
    run = everything(optimizer=partial(Pressed, n=n))
    with pytest.raises(KeyboardInterrupt):
        go_on(run | {"stop": None}, 9, schedule_every=every, metric=None)
    whole = (n - 1) // BATCHES
    assert len(run["history"]["loss"]) == whole, "the epoch was not over"
    assert capsys.readouterr().out == f"Interrupted after {run['history']!r}.\n"

    again = everything()
    for step in range(n):  # by hand, so many whole steps
        if step % BATCHES == 0:
            if step and every == "epoch":
                again["schedule"].step()
            batches = iter(again["batches"])
        again["network"].train()
        inputs, labels = next(batches)
        loss = cross_entropy(again["network"](inputs), labels)
        again["optimizer"].zero_grad()
        loss.backward()
        again["optimizer"].step()
        if every == "batch":
            again["schedule"].step()
    for name in ("network", "optimizer", "schedule"):
        np.testing.assert_equal(kinds(run[name].state_dict()), kinds(again[name].state_dict()))

    for each in (run, again):  # and from there both go the same way
        each["batches"].load_state_dict(everything(5)["batches"].state_dict())
        each["history"] = History()
        each["schedule"] = None
        go_on(each | {"stop": None}, 2)
    np.testing.assert_equal(kinds(states(run)), kinds(states(again)))


def test_ctrl_c_while_an_epoch_is_closed_leaves_it_closed():
    run = everything()
    look = run["stop"].look

    def pressed(network, history):
        press()
        look(network, history)

    run["stop"].look = pressed
    with pytest.raises(KeyboardInterrupt):
        go_on(run, 5)
    assert (len(run["history"]["loss"]), run["schedule"].t, run["stop"].epoch) == (1, 1, 1)
    assert {len(numbers) for numbers in run["history"].values()} == {1}


def test_ctrl_c_while_the_best_is_put_back_leaves_it_put_back():
    run, stop = everything(), EarlyStopping(9, monitor="loss", mode="max")  # the first is best
    restore, network, run["stop"] = stop.restore, run["network"], stop

    def pressed(network):
        press()
        restore(network)

    stop.restore = pressed
    with pytest.raises(KeyboardInterrupt):
        go_on(run, 6)
    np.testing.assert_equal(network.state_dict(), stop.best)
    assert not any(layer.training for layer in network.layers if isinstance(layer, Layer))


def test_a_history_that_nobody_gave_is_kept_by_the_interruption():
    network = small()
    optimizer = Pressed(network.parameters(), 0.1, n=5)
    with pytest.raises(KeyboardInterrupt) as stopped:
        train(network, cross_entropy, optimizer, [points()], epochs=9)
    assert len(stopped.value.history["loss"]) == 4
    train(network, cross_entropy, optimizer, [points()], epochs=9, history=stopped.value.history)
    assert len(stopped.value.history["loss"]) == 9


def test_after_a_training_ctrl_c_is_what_it_was():
    before, calls = signal.getsignal(signal.SIGINT), []
    try:
        mine = lambda *press: calls.append(press)  # noqa: E731
        signal.signal(signal.SIGINT, mine)
        network = small()
        optimizer = Pressed(network.parameters(), 0.1, n=2)
        train(network, cross_entropy, optimizer, [points()], epochs=3)
        assert len(calls) == 1 and signal.getsignal(signal.SIGINT) is mine
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        train(network, cross_entropy, optimizer, [points()], epochs=3)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_training_in_a_thread_trains():
    network, lengths = small(), []
    optimizer = SGD(network.parameters(), lr=0.1)

    def run():
        lengths.append(len(train(network, cross_entropy, optimizer, [points()], epochs=3)["loss"]))

    thread = Thread(target=run)
    thread.start()
    thread.join()
    assert lengths == [3]


# What is told on the way


def test_after_each_batch_its_number_and_the_mean_so_far_are_told():
    x, y = points(50)
    network, told = small(), []
    optimizer = SGD(network.parameters(), lr=0.3)
    costs = []

    def cost(outputs, targets):
        loss = cross_entropy(outputs, targets)
        costs.append(loss.item())
        return loss

    batches = Batches(x, y, batch_size=20)
    (mean,) = train_epoch(
        network, cost, optimizer, batches, on_batch=lambda *each: told.append(each)
    )
    assert [number for number, _ in told] == [1, 2, 3]
    sums = np.cumsum(np.multiply(costs, [20, 20, 10]))
    np.testing.assert_allclose([so_far for _, so_far in told], sums / [20, 40, 50])
    assert told[-1][1] == mean


def test_verbose_says_it_and_silence_is_silent(capsys):
    said = {}
    for verbose in (True, False, None):
        network = small()
        optimizer = SGD(network.parameters(), lr=0.1)
        settings = {"validation": points(9), "verbose": verbose}
        train(network, cross_entropy, optimizer, [points()], epochs=3, **settings)
        said[verbose] = capsys.readouterr()
    assert said[False] == said[None] == ("", "")
    assert said[True].out == ""
    assert re.search(
        r"epoch 3 of 3: loss 0\.\d+, validation 0\.\d+, \d+ s, lr 0\.1", said[True].err
    )


def test_a_log_tells_each_batch_and_each_epoch_where_there_is_time(capsys, monkeypatch):
    clock = (2.0**k for k in range(1000))  # so much passes that there is always time
    monkeypatch.setattr(plots, "perf_counter", lambda: next(clock))
    network, (x, y) = small(), points(8)
    optimizer, batches = SGD(network.parameters(), lr=0.1), Batches(x, y, batch_size=4)
    train(network, cross_entropy, optimizer, batches, epochs=2, verbose=True)
    lines = capsys.readouterr().err.splitlines()
    batch = [re.findall(r"^epoch (\d).*batch (\d) of 2", line) for line in lines]
    assert batch == [[("1", "1")], [("1", "2")], [], [("2", "1")], [("2", "2")], [], []]
    assert [line[:12] for line in lines if "batch " not in line] == ["epoch 1 of 2"] + 2 * [
        "epoch 2 of 2"
    ]


# A history as a table


def test_a_history_is_written_as_a_table_to_the_bit(tmp_path):
    history = go_on(everything(), 3)
    history.to_csv(tmp_path / "a.csv")
    with open(tmp_path / "a.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["epoch"] for row in rows] == ["1", "2", "3"]
    for name, numbers in history.items():
        assert [float(row[name]) for row in rows] == numbers
    table = np.genfromtxt(tmp_path / "a.csv", delimiter=",", names=True)
    assert table.dtype.names == ("epoch", *history)
    for name, numbers in history.items():
        assert table[name].tolist() == numbers

    alone = History()
    for loss in (0.1, np.nan, np.inf):
        alone.add([np.float32(loss)])
    alone.to_csv(tmp_path / "b.csv")
    table = np.genfromtxt(tmp_path / "b.csv", delimiter=",", names=True)
    assert table.dtype.names == ("epoch", "loss"), "what nobody asked for is left out"
    np.testing.assert_equal(table["loss"].astype(np.float32), np.float32([0.1, np.nan, np.inf]))


def test_a_table_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_text("what was there")

    def full(*_):
        raise OSError("no space left")

    history = go_on(everything(), 2)
    with monkeypatch.context() as patch, pytest.raises(OSError, match="no space"):
        patch.setattr(os, "fsync", full)
        history.to_csv(path)
    assert path.read_text() == "what was there" and os.listdir(tmp_path) == ["a.csv"]
    with pytest.raises(ValueError, match="no epoch yet"):
        History().to_csv(path)
    with pytest.raises(FileNotFoundError, match="make it first"):
        history.to_csv(tmp_path / "nowhere" / "a.csv")
    history["metric"].pop()
    with pytest.raises(ValueError, match=r"one row an epoch.*'metric': 1"):
        history.to_csv(path)


def test_batches_that_can_be_called_as_well_are_gone_through():
    class Both(list):
        def __call__(self):
            raise AssertionError("asked for batches, and they are here")

    network = small()
    optimizer = SGD(network.parameters(), lr=0.1)
    history = train(network, cross_entropy, optimizer, Both([points(8)]), epochs=2)
    assert len(history["loss"]) == 2
