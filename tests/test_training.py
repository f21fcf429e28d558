"""Chapter 6: the loop and its numbers, its stops, its files, and what it must be able to learn."""

import os
import runpy
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest

from minnet import training
from minnet.cost_functions import cross_entropy, mean_squared_error
from minnet.data import Batches, load_digits, shift_images, split
from minnet.layers import BatchNorm, Dropout, Flatten, Layer, Linear, Sequential, relu, tanh
from minnet.optimizers import (
    SGD,
    AdaGrad,
    Adam,
    AdamW,
    CosineDecay,
    ExponentialDecay,
    InverseTimeDecay,
    RMSProp,
    StepDecay,
    WarmUp,
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


def points(n=50, seed=0):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 3))
    return x, (x @ [1.0, -2.0, 0.5] + 0.3 * rng.normal(size=n) > 0).astype(int)


def small(seed=0, dtype=float):
    rng = np.random.default_rng(seed)
    return Sequential(Linear(3, 5, rng=rng), tanh, Linear(5, 2, rng=rng)).astype(dtype)


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


def same_state(a, b):
    a, b = state(**a), state(**b)
    assert a.keys() == b.keys()
    for name in a:
        np.testing.assert_equal(a[name], b[name], err_msg=name)


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
    "a function for a network": (fit(network=relu), TypeError, "a Layer first, Optimizer third"),
    "a word for an optimizer": (fit(optimizer="Adam"), TypeError, "Optimizer third"),
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
    "a folder for a checkpoint": (fit(checkpoint=ROOT), ValueError, "is a folder, or lies in one"),
    "a checkpoint in no folder": (
        fit(checkpoint=ROOT / "nowhere" / "run.npz"),
        ValueError,
        "lies in one that is not there",
    ),
    "a number for a file": (fit(checkpoint=3), TypeError, "a file has a path, .* not 3"),
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
    "save() of a function": (lambda: save(relu, "a.npz"), TypeError, "a network is a Layer"),
    "save() the wrong way round": (lambda: save("a.npz", small()), TypeError, "not 'a.npz'"),
    "save() of nothing": (
        lambda: save(Sequential(relu), "a.npz"),
        ValueError,
        "has no weights: there is nothing to save",
    ),
    "save() to a folder": (lambda: save(small(), ROOT), ValueError, "is a folder"),
    "load() into nothing": (lambda: load(None, "a.npz"), TypeError, "a network is a Layer"),
    "load() of no file": (lambda: load(small(), "nowhere.npz"), FileNotFoundError, "nowhere"),
    "save_checkpoint() of nothing": (
        lambda: save_checkpoint("a.npz"),
        ValueError,
        "give parts by their names",
    ),
    "load_checkpoint() of no file": (
        lambda: load_checkpoint("nowhere.npz", network=small()),
        FileNotFoundError,
        "nowhere",
    ),
    "state() of a number": (lambda: state(network=3), TypeError, "network=3 has no state"),
    "state() of a function": (lambda: state(network=relu), TypeError, "has no state"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_makes_no_sense_is_refused_with_the_way_out(what):
    attempt, kind, said = REFUSED[what]
    with np.errstate(all="ignore"), pytest.raises(kind, match=said):
        attempt()


def test_every_public_name_has_its_bad_inputs():
    assert {name for name in training.__all__ if f"{name}()" not in " ".join(REFUSED)} == set()


def test_a_checkpoint_is_no_network_and_a_network_no_checkpoint(tmp_path):
    save_checkpoint(tmp_path / "a.npz", network=small())
    with pytest.raises(ValueError, match=r"a\.npz is a checkpoint: load_checkpoint"):
        load(small(), tmp_path / "a.npz")


def test_nothing_is_trained_before_a_refusal():
    network = small()
    before = [p.data.copy() for p in network.parameters()]
    for changed in ({"checkpoint": ROOT}, {"history": []}, {"validation": X}):
        with pytest.raises((TypeError, ValueError)):
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


# Files


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_network_comes_back_bit_for_bit(tmp_path, dtype):
    network = everything()["network"].astype(dtype)
    network[1].running_mean[...] = 0.25
    save(network, tmp_path / "a.npz")
    other = everything(seed=3)["network"].astype(dtype)
    assert load(other, tmp_path / "a.npz") is other
    x = points()[0]
    np.testing.assert_array_equal(other.predict(x), network.predict(x))
    assert other[1].running_mean[0] == 0.25
    assert {p.dtype for p in other.parameters()} == {np.dtype(dtype)}


def test_any_reader_of_npz_can_read_it_and_the_same_network_gives_the_same_bytes(tmp_path):
    network = small()
    save(network, tmp_path / "a.npz")
    save(network, str(tmp_path / "b.npz"))
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    with np.load(tmp_path / "a.npz", allow_pickle=False) as file:
        for name, parameter in network.named_parameters():
            np.testing.assert_array_equal(file[name], parameter.data)


def test_every_damage_is_refused_by_the_files_name(tmp_path):
    save(small(), tmp_path / "a.npz")
    whole, path = (tmp_path / "a.npz").read_bytes(), tmp_path / "damaged.npz"
    rng = np.random.default_rng(0)
    spoiled = [whole[:n] for n in rng.integers(0, len(whole), 100)]
    for bit in rng.choice(8 * len(whole), 400, replace=False):
        data = bytearray(whole)
        data[bit // 8] ^= 1 << bit % 8
        spoiled.append(data)
    network = small(seed=1)
    before = network.parameters()[0].data.copy()
    for data in spoiled:
        path.write_bytes(data)
        with pytest.raises(ValueError, match=r"damaged\.npz is damaged"):
            load(network, path)
    np.testing.assert_array_equal(network.parameters()[0].data, before)


def sealed(archive_bytes):
    """The bytes of an archive with a true sha256 at their end: damage with intent."""
    import hashlib

    data = archive_bytes[:-2] + (64).to_bytes(2, "little")  # the length of its comment
    return data + hashlib.sha256(data).hexdigest().encode()


def archive(tmp_path, member, compression=zipfile.ZIP_STORED):
    with zipfile.ZipFile(tmp_path / "raw.zip", "w", compression) as file:
        file.writestr("layers.0.weight.npy", member)
    return sealed((tmp_path / "raw.zip").read_bytes())


def npy(header, data=b"\0" * 64):
    text = header.encode().ljust(117) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + data


HEADER = "{'descr': '<f8', 'fortran_order': False, 'shape': (%s,), }"


@pytest.mark.parametrize(
    ("member", "words"),
    [
        (npy(HEADER % 10**12), "its header promises otherwise"),
        (npy(HEADER % -8), "its header promises otherwise|cannot be read"),
        (npy(HEADER.replace("<f8", "|O") % 8), "its header promises otherwise"),
        (b"\x93NUMPY\x02\x00" + bytes(100), "of another version"),
        (b"no array at all", "cannot be read"),
    ],
    ids=["a terabyte", "a negative size", "objects", "another version", "no array"],
)
def test_a_file_that_lies_is_refused_before_memory_is_taken(tmp_path, member, words):
    (tmp_path / "liar.npz").write_bytes(archive(tmp_path, member))
    with pytest.raises(ValueError, match=rf"liar\.npz cannot be read.*({words})|{words}"):
        load(small(), tmp_path / "liar.npz")


def test_an_archive_that_would_unpack_to_much_is_refused(tmp_path):
    bomb = npy(HEADER % 10**6, bytes(8 * 10**6))
    (tmp_path / "bomb.npz").write_bytes(archive(tmp_path, bomb, zipfile.ZIP_DEFLATED))
    assert (tmp_path / "bomb.npz").stat().st_size < 20_000
    with pytest.raises(ValueError, match="is compressed"):
        load(small(), tmp_path / "bomb.npz")


def test_what_does_not_fit_is_listed_and_nothing_is_loaded(tmp_path):
    rng = np.random.default_rng(0)
    save(Sequential(Linear(3, 5, rng=rng), tanh, Linear(5, 4, rng=rng)), tmp_path / "a.npz")
    network = Sequential(Linear(3, 5, rng=rng), BatchNorm(5), Linear(5, 2, rng=rng))
    before = network[0].weight.data.copy()
    with pytest.raises(ValueError) as caught:
        load(network, tmp_path / "a.npz")
    for words in ("a.npz", "layers.1.running_mean is missing", "layers.2.bias is (4,)"):
        assert words in str(caught.value)
    np.testing.assert_array_equal(network[0].weight.data, before)
    with pytest.raises(ValueError, match=r"wanted .* float32"):
        load(Sequential(Linear(3, 5, rng=rng)).astype(np.float32), tmp_path / "a.npz")
    with pytest.raises(ValueError, match=r"layers\.2\.bias is not in the network"):
        load(Sequential(Linear(3, 5, rng=rng)), tmp_path / "a.npz")


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
@pytest.mark.parametrize("error", [OSError("no space left"), KeyboardInterrupt()], ids=str)
def test_the_old_file_stays_whole_when_writing_fails(tmp_path, monkeypatch, step, error):
    def fail(*_):
        raise error

    path = tmp_path / "a.npz"
    save(small(), path)
    before = path.read_bytes()
    if step == "write":
        monkeypatch.setattr(training, "pack", lambda arrays: fail())
    else:
        monkeypatch.setattr(os, step, fail)
    with pytest.raises(type(error)):
        save(small(seed=1), path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["a.npz"]


# Checkpoints


@pytest.fixture(scope="module")
def straight():
    run = everything()
    go_on(run, 9)
    return run


@pytest.mark.parametrize("epoch", [1, 4, 8, 9])
def test_resumed_after_any_epoch_it_ends_in_the_same_bits(tmp_path, straight, epoch):
    path = tmp_path / "run.npz"
    go_on(everything(), epoch, checkpoint=path)
    run = everything(seed=7)  # other numbers, all of which are replaced
    load_checkpoint(path, **run)
    go_on(run, 9)
    same_state(run, straight)


@pytest.mark.parametrize("batch", [1, 12, 40])
def test_ctrl_c_in_any_batch_loses_no_more_than_its_epoch(tmp_path, straight, batch):
    calls = []

    def interrupt(logits, labels):
        calls.append(1)
        if len(calls) == batch:
            raise KeyboardInterrupt
        return accuracy(logits, labels)

    path = tmp_path / "run.npz"
    with pytest.raises(KeyboardInterrupt):
        go_on(everything(), 9, checkpoint=path, metric=interrupt)
    run = everything(seed=7)
    if path.exists():
        load_checkpoint(path, **run)
    else:
        run = everything()
    assert len(run["history"].loss) == max(0, (batch - 1) // 8)
    go_on(run, 9)
    same_state(run, straight)


class Moved:
    """Batches of pictures that are moved anew in each epoch, by a generator of their own."""

    def __init__(self, images, labels, seed):
        self.images, self.labels = images, labels
        self.rng, self.order = np.random.default_rng(seed), np.random.default_rng(seed + 1)

    def __iter__(self):
        moved = shift_images(self.images, rng=self.rng)
        return iter(Batches(moved, self.labels, batch_size=8, rng=self.order))


OPTIMIZERS = {
    "SGD": lambda p: SGD(p, 0.05),
    "momentum": lambda p: SGD(p, 0.05, momentum=0.9, weight_decay=0.01),
    "Nesterov": lambda p: SGD(p, 0.05, momentum=0.9, nesterov=True),
    "AdaGrad": lambda p: AdaGrad(p, 0.05),
    "RMSProp": lambda p: RMSProp(p, 0.01),
    "Adam": lambda p: Adam(p, 0.01),
    "AdamW": lambda p: AdamW(p, 0.01),
}
SCHEDULES = {
    "none": lambda o: None,
    "1/t": lambda o: InverseTimeDecay(o, rate=0.3),
    "steps": lambda o: StepDecay(o, every=2, factor=0.5),
    "exponential": lambda o: ExponentialDecay(o, factor=0.8),
    "cosine": lambda o: CosineDecay(o, steps=5),
    "warm-up, then cosine": lambda o: WarmUp(o, steps=2, then=CosineDecay(o, steps=4)),
}


def pictures(optimizer, schedule, dtype=float, seed=0):
    """A run on pictures that move, with dropout, batch normalisation and everything else."""
    rng = np.random.default_rng(seed)
    images, labels = np.random.default_rng(5).normal(size=(40, 4, 4)), np.arange(40) % 3
    network = Sequential(
        Flatten(),
        Linear(16, 6, rng=rng),
        BatchNorm(6),
        relu,
        Dropout(0.3, rng=rng),
        Linear(6, 3, rng=rng),
    ).astype(dtype)
    optimizer = OPTIMIZERS[optimizer](network.parameters())
    return {
        "network": network,
        "optimizer": optimizer,
        "batches": Moved(images.astype(dtype), labels, seed + 1),
        "schedule": SCHEDULES[schedule](optimizer),
        "stop": EarlyStopping(patience=3),
        "history": History(),
    }


def go_on_with_pictures(run, epochs, **more):
    valid = np.random.default_rng(6).normal(size=(12, 4, 4)), np.arange(12) % 3
    parts = {name: part for name, part in run.items() if part is not None}
    return train(cost=cross_entropy, epochs=epochs, validation=valid, **parts, **more)


RUNS = [(name, "none", float) for name in OPTIMIZERS]
RUNS += [("Adam", name, float) for name in SCHEDULES]
RUNS += [("Adam", "warm-up, then cosine", np.float32)]


@pytest.mark.parametrize(("optimizer", "schedule", "dtype"), RUNS)
def test_every_optimizer_and_schedule_goes_on_as_if_nothing_had_happened(
    tmp_path, optimizer, schedule, dtype
):
    straight = pictures(optimizer, schedule, dtype)
    go_on_with_pictures(straight, 6)
    for epoch in (1, 2, 5):
        path = tmp_path / "run.npz"
        go_on_with_pictures(pictures(optimizer, schedule, dtype), epoch, checkpoint=path)
        run = pictures(optimizer, schedule, dtype, seed=7)
        load_checkpoint(path, **run)
        go_on_with_pictures(run, 6)
        same_state(run, straight)


@pytest.mark.thorough
@pytest.mark.parametrize("batch", range(1, 31))
def test_ctrl_c_in_every_batch_of_six_epochs(tmp_path, batch):
    straight = pictures("Adam", "cosine")
    go_on_with_pictures(straight, 6)
    calls = iter(range(1, 1000))

    def interrupt(logits, labels):
        if next(calls) == batch:
            raise KeyboardInterrupt
        return 0.0

    path, run = tmp_path / "run.npz", pictures("Adam", "cosine")
    go_on_with_pictures(run, 1, checkpoint=path)
    with pytest.raises(KeyboardInterrupt):
        go_on_with_pictures(run, 6, checkpoint=path, metric=interrupt)
    again = pictures("Adam", "cosine", seed=7)
    load_checkpoint(path, **again)
    assert len(again["history"].loss) >= 1
    again["history"].metric, again["history"].validation_metric = [], []
    go_on_with_pictures(again, 6)
    same_state(again, straight)


def test_state_is_a_copy_of_all_that_changes():
    run = everything()
    before = state(**run)
    go_on(run, 2)
    after = state(**run)
    unchanged = {name for name in before if name in after and equal(before[name], after[name])}
    for words in ("weight", "running_mean", "history.loss", "optimizer.lr", "rng", "best", ".t"):
        names = [name for name in after if words in name]
        assert names, words
        assert not set(names) & unchanged, words
    assert "network.layers.1.momentum" in unchanged
    assert [name for name in after if name.startswith("batches")] == ["batches.rng"]
    assert state(network=run["network"], schedule=None).keys() < after.keys()


def equal(a, b):
    try:
        np.testing.assert_equal(a, b)
    except AssertionError:
        return False
    return True


def test_a_checkpoint_that_does_not_fit_changes_nothing(tmp_path):
    run = everything()
    save_checkpoint(tmp_path / "run.npz", **run)
    other = everything(seed=2) | {"optimizer": SGD(everything()["network"].parameters(), lr=0.1)}
    before = state(**other)
    with pytest.raises(ValueError, match=r"run\.npz does not fit.*optimizer\..* is only in the"):
        load_checkpoint(tmp_path / "run.npz", **other)
    assert equal(state(**other), before)
    save(run["network"], tmp_path / "network.npz")
    with pytest.raises(ValueError, match="is no checkpoint: load"):
        load_checkpoint(tmp_path / "network.npz", **run)


def test_a_network_of_another_width_does_not_fit(tmp_path):
    rng = np.random.default_rng(0)
    save_checkpoint(tmp_path / "a.npz", network=Linear(3, 2, rng=rng))
    with pytest.raises(ValueError, match=r"network\.weight does not fit"):
        load_checkpoint(tmp_path / "a.npz", network=Linear(4, 2, rng=rng))


def test_a_list_of_arrays_fits_where_each_array_does():
    two, three = np.zeros(2), np.zeros(3)
    assert training.fits([two, three], [two, three])
    assert not training.fits([two, three], [two])
    assert not training.fits([two, three], [two, two])
    assert not training.fits([two], [two.astype(np.float32)])
    assert training.fits([1.0], [1.0, 2.0]), "a history grows"
    assert training.fits(None, {"a": two}), "the best, where there was none"
    assert not training.fits({"a": two}, {"b": two})
    assert not training.fits("PCG64", "MT19937")


def test_a_shared_tensor_is_kept_once_and_stays_shared(tmp_path):
    class Twice(Layer):
        def __init__(self):
            self.first = Linear(3, 3, rng=np.random.default_rng(0))
            self.second = self.first

        def forward(self, x):
            return self.second(self.first(x))

    network = Twice()
    optimizer = SGD(network.parameters(), lr=0.1)
    kept = state(network=network, optimizer=optimizer)
    assert [name for name in kept if "weight" in name and "decay" not in name] == [
        "network.first.weight"
    ]
    save_checkpoint(tmp_path / "a.npz", network=network, optimizer=optimizer)
    load_checkpoint(tmp_path / "a.npz", network=network, optimizer=optimizer)
    assert network.first is network.second
    assert optimizer.parameters[0] is network.first.weight


def test_killed_in_the_middle_and_started_again_it_gives_the_same_losses(tmp_path, monkeypatch):
    from course.exercises.training import long_program

    (tmp_path / "program.py").write_text(long_program, encoding="utf-8")
    command = [sys.executable, str(tmp_path / "program.py")]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    process = subprocess.Popen(command, cwd=tmp_path / "a", env=environment)
    until = time.monotonic() + 60
    while not (tmp_path / "a" / "run.npz").exists() and time.monotonic() < until:
        time.sleep(0.005)
    process.kill()
    assert process.wait() != 0
    assert not (tmp_path / "a" / "losses.npy").exists()
    for folder in ("a", "b"):  # a goes on, b was never disturbed
        monkeypatch.chdir(tmp_path / folder)
        runpy.run_path(str(tmp_path / "program.py"))
    a, b = (np.load(tmp_path / folder / "losses.npy") for folder in ("a", "b"))
    np.testing.assert_array_equal(a, b)


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


def test_accuracy_refuses_logits_that_are_no_table():
    with pytest.raises(ValueError, match=r"logits have shape \(4,\): give a table"):
        accuracy(np.ones(4), np.array([0, 1, 0, 1]))
