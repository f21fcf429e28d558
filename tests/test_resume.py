"""A training that was interrupted goes on from its file, and ends in the bits of one in peace."""

import os
import runpy
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from helpers.runs import BATCHES, equal, everything, go_on, points, same_state, small

from minnet import training
from minnet.cost_functions import cross_entropy
from minnet.files import load, save
from minnet.layers import Layer, Linear
from minnet.optimizers import (
    SGD,
    Adagrad,
    Adam,
    AdamW,
    CosineDecay,
    ExponentialDecay,
    InverseTimeDecay,
    RMSprop,
    Schedule,
    StepDecay,
    WarmUp,
)
from minnet.training import EarlyStopping, History, accuracy, states, train

PACKAGE = Path(training.__file__).resolve().parent.parent  # where the minnet lies that is tested
OPTIMIZERS = {
    "SGD": SGD,
    "momentum": partial(SGD, momentum=0.9),
    "Nesterov": partial(SGD, momentum=0.8, nesterov=True, weight_decay=0.01),
    "Adagrad": Adagrad,
    "RMSprop": RMSprop,
    "Adam": Adam,
    "AdamW": AdamW,
}
SCHEDULES = {
    "none": lambda optimizer: None,
    "1/t": partial(InverseTimeDecay, rate=0.5),
    "steps": partial(StepDecay, every=2, factor=0.5),
    "exponential": partial(ExponentialDecay, factor=0.7),
    "cosine": partial(CosineDecay, steps=4),
    "warm-up": partial(WarmUp, steps=3),
    "warm-up, then": lambda optimizer: WarmUp(
        optimizer, steps=2, then=CosineDecay(optimizer, steps=3)
    ),
}
PAIRS = [*zip(OPTIMIZERS, SCHEDULES)]
REST = [(a, b) for a in OPTIMIZERS for b in SCHEDULES if (a, b) not in PAIRS]
LAST = 5


def resumed(path, epochs=LAST, seed=7, **kinds):
    """A run of other numbers, all of which are replaced from the file, until so many epochs."""
    run = everything(seed, **kinds)
    more = {"schedule_every": kinds.pop("every")} if "every" in kinds else {}
    go_on(run, epochs, checkpoint=path, resume=True, **more)
    return run


def numbered(tree, path):
    """save, to a file of its own for each epoch too."""
    save(tree, path)
    save(tree, path.with_stem(f"{len(tree['history']['loss'])}"))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("every", ["epoch", "batch"])
@pytest.mark.parametrize(
    ("optimizer", "schedule"),
    PAIRS + [pytest.param(*pair, marks=pytest.mark.thorough) for pair in REST],
)
def test_resumed_after_any_epoch_it_ends_in_the_same_bits(
    tmp_path, monkeypatch, optimizer, schedule, every, dtype
):
    kinds = {"optimizer": OPTIMIZERS[optimizer], "schedule": SCHEDULES[schedule], "dtype": dtype}
    straight = everything(**kinds)
    with monkeypatch.context() as patch:
        patch.setattr(training, "save", numbered)
        go_on(straight, LAST, checkpoint=tmp_path / "run.st", schedule_every=every)
    for epoch in range(1, LAST + 1):
        assert len(load(tmp_path / f"{epoch}.st")["history"]["loss"]) == epoch
        run = everything(7, **kinds)  # other numbers, all of which are replaced
        path = tmp_path / f"{epoch}.st"
        go_on(run, LAST, checkpoint=path, resume=True, schedule_every=every)
        same_state(run, straight)
    images = run["batches"].batches.arrays[0]
    assert straight["network"].predict(images).dtype == dtype


@pytest.mark.parametrize("bits", ["PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"])
def test_every_kind_of_generator_goes_on_where_it_was(tmp_path, bits):
    bits = getattr(np.random, bits)
    straight, before = everything(bits=bits), everything(bits=bits)
    go_on(straight, 4)
    go_on(before, 2, checkpoint=tmp_path / "a.st")
    same_state(resumed(tmp_path / "a.st", 4, bits=bits), straight)


class Bell:
    """Presses Ctrl-C at the n-th call of the cost or the metric."""

    def __init__(self, n):
        self.left = n

    def before(self, function):
        def called(*arguments):
            self.left -= 1
            if self.left == 0:
                raise KeyboardInterrupt
            return function(*arguments)

        return called


def test_ctrl_c_in_any_batch_goes_back_to_the_last_whole_epoch(tmp_path, thorough, capsys):
    straight = everything()
    go_on(straight, LAST)
    calls = 2 * (BATCHES + 1)  # in an epoch: cost and metric, in each batch and at its end
    for n in range(1, calls * LAST + 1, 1 if thorough else 3):
        bell, path = Bell(n), tmp_path / f"{n}.st"
        run = everything()
        with pytest.raises(KeyboardInterrupt):
            go_on(
                run,
                LAST,
                checkpoint=path,
                cost=bell.before(cross_entropy),
                metric=bell.before(accuracy),
            )
        whole = (n - 1) // calls
        assert path.exists() == (whole > 0)
        assert len(run["history"]["loss"]) == whole, "the history is kept"
        assert f"Interrupted after History({whole} epochs" in capsys.readouterr().out
        for again in (run, everything(seed=7)) if whole else (everything(),):
            go_on(again, LAST, checkpoint=path, resume=True)
            same_state(again, straight)


def test_ctrl_c_puts_the_best_back_and_says_so(capsys):
    run, bell = everything(), Bell(2 * (BATCHES + 1) * 4)
    with pytest.raises(KeyboardInterrupt):
        go_on(run, LAST, metric=bell.before(accuracy), cost=bell.before(cross_entropy))
    assert run["stop"].best_epoch > 0 and not run["network"].training
    words = f", back at its best epoch, {run['stop'].best_epoch}."
    assert capsys.readouterr().out.endswith(words + "\n")
    np.testing.assert_equal(run["network"].state_dict(), run["stop"].best)


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_ctrl_c_while_a_checkpoint_is_written_leaves_the_one_before(tmp_path, monkeypatch, step):
    path, run, straight = tmp_path / "run.st", everything(), everything()
    go_on(run, 2, checkpoint=path)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(os, step, Bell(1).before(getattr(os, step)))
        go_on(run, 3, checkpoint=path)
    assert os.listdir(tmp_path) == ["run.st"] and len(load(path)["history"]["loss"]) == 2
    go_on(run, LAST, checkpoint=path, resume=True)
    go_on(straight, LAST)
    same_state(run, straight)


def test_the_best_and_the_last_are_both_kept_and_the_best_is_what_remains(tmp_path):
    def stopping(seed=0, patience=4):
        run = everything(seed, optimizer=partial(SGD, momentum=0.99), schedule=lambda o: None)
        return run | {"stop": EarlyStopping(patience)}

    straight = stopping()
    go_on(straight, 60)
    best, last = straight["stop"].best_epoch, len(straight["history"]["loss"])
    assert 0 < best == last - 4 < 56
    for epoch in (1, best, last - 1, last):
        path, run = tmp_path / f"{epoch}.st", stopping(seed=7)
        go_on(stopping(patience=100), epoch, checkpoint=path)
        kept = load(path)
        assert equal(kept["network"], kept["stop"]["best"]) == (kept["stop"]["best_epoch"] == epoch)
        go_on(run, 60, checkpoint=path, resume=True)
        same_state(run, straight)
        np.testing.assert_equal(run["network"].state_dict(), run["stop"].best)


def test_a_finished_run_is_finished_when_it_is_read_again_and_says_so(tmp_path, capsys):
    straight, path = everything(), tmp_path / "a.st"
    go_on(straight, 3, checkpoint=path)
    assert capsys.readouterr().out == ""
    same_state(resumed(path, 3), straight)
    assert capsys.readouterr().out == f"Going on from {path}: {straight['history']!r}.\n"


def test_where_there_is_no_file_yet_the_same_line_begins(tmp_path):
    straight, run = everything(), everything()
    go_on(straight, 2)
    go_on(run, 2, checkpoint=tmp_path / "a.st", resume=True)
    same_state(run, straight)


def test_a_checkpoint_is_a_dictionary_of_what_each_part_remembers(tmp_path):
    run = everything()
    go_on(run, 2, checkpoint=tmp_path / "a.st")
    kept = load(tmp_path / "a.st")
    assert [*kept] == ["network", "optimizer", "batches", "schedule", "stop", "history"]
    run["network"].load_state_dict(kept["network"])  # it was at its best, and is at its last
    np.testing.assert_equal(kept, states(run))


# A checkpoint of something else


def spoiled(name, change):
    """A change of one part of what lies in a checkpoint."""
    return lambda kept: kept | {name: change(kept[name])}


SPOILED = {
    "a weight of another shape": (
        spoiled("network", lambda state: state | {"1.weight": np.zeros((3, 2))}),
        r"1\.weight has shape \(12, 6\) here",
    ),
    "no weight": (
        spoiled("network", lambda state: {k: v for k, v in state.items() if k != "5.bias"}),
        r"5\.bias is missing",
    ),
    "another optimizer": (
        spoiled("optimizer", lambda state: {"lr": 0.1}),
        "means",
    ),
    "another generator": (
        spoiled("batches", lambda state: state | {"rng": np.random.MT19937(0).state}),
        "",
    ),
    "another schedule": (spoiled("schedule", lambda state: {"t": 3}), "start"),
    "a stop that looks elsewhere": (
        spoiled("stop", lambda state: state | {"monitor": "metric"}),
        "this stop looks at validation_loss, that one at metric",
    ),
    "a stop without its best": (spoiled("stop", lambda state: {"epoch": 3}), "best_epoch"),
    "half a history": (spoiled("history", lambda state: {"loss": [1.0]}), "validation_loss"),
    "a history of words": (
        spoiled("history", lambda state: state | {"loss": "abc"}),
        "loss in a History is a list",
    ),
    "a part less": (lambda kept: {"network": kept["network"]}, "optimizer is missing in the file"),
    "a part more": (lambda kept: kept | {"mine": {}}, "mine is only in the file"),
    "a network alone": (lambda kept: kept["network"], "network is missing in the file"),
}


@pytest.mark.parametrize("what", SPOILED)
def test_a_checkpoint_that_does_not_fit_is_refused_by_name_and_changes_nothing(tmp_path, what):
    change, words = SPOILED[what]
    run, path = everything(seed=2), tmp_path / "run.st"
    go_on(everything(), 2, checkpoint=path)
    save(change(load(path)), path)
    before, objects = states(run), [id(w) for w in run["network"].parameters()]
    with pytest.raises(ValueError, match=rf"(?s)run\.st does not fit this training.*{words}"):
        go_on(run, 3, checkpoint=path, resume=True)
    np.testing.assert_equal(states(run), before)
    assert [id(w) for w in run["network"].parameters()] == objects


def test_parts_that_a_checkpoint_cannot_keep_are_refused_before_the_training(tmp_path):
    class Odd(Schedule):
        state = ("t", "start", "seen")
        seen = ((1, 2),)

        def rate(self, t):
            return self.start

    run = everything(schedule=Odd)
    before = states(run)
    with pytest.raises(TypeError, match=r"schedule\.seen is a tuple"):
        go_on(run, 2, checkpoint=tmp_path / "a.st")
    np.testing.assert_equal(states(run), before)
    assert not os.listdir(tmp_path)


def test_a_shared_tensor_is_kept_and_stays_shared(tmp_path):
    class Twice(Layer):
        def __init__(self, seed):
            self.first = Linear(3, 3, rng=np.random.default_rng(seed))
            self.second = self.first

        def forward(self, x):
            return self.second(self.first(x))

    def run(seed):
        network = Twice(seed)
        optimizer = Adam(network.parameters(), lr=0.1)
        return {"network": network, "optimizer": optimizer, "batches": [points(8)]}

    straight, other = run(0), run(1)
    train(cost=cross_entropy, epochs=2, checkpoint=tmp_path / "a.st", **run(0))
    train(cost=cross_entropy, epochs=4, checkpoint=tmp_path / "a.st", resume=True, **other)
    train(cost=cross_entropy, epochs=4, **straight)
    same_state(other, straight)
    assert other["network"].first is other["network"].second
    assert other["optimizer"].parameters[0] is other["network"].first.weight


def test_a_generator_function_and_no_helpers_can_be_resumed_too(tmp_path):
    x, y = points(24)

    def batches():
        for i in range(0, 24, 8):
            yield x[i : i + 8], y[i : i + 8]

    results = []
    for epochs in ((5,), (2, 5)):
        network, path = small(), tmp_path / f"{len(epochs)}.st"
        for last in epochs:
            network = small(seed=len(results) + last)
            network.load_state_dict(small().state_dict())
            optimizer = Adam(network.parameters(), 0.1)
            train(
                network,
                cross_entropy,
                optimizer,
                batches,
                epochs=last,
                checkpoint=path,
                resume=True,
                history=History(),
            )
        results.append(network.state_dict())
    np.testing.assert_equal(*results)


# Killed

PROGRAM = """
import sys
import minnet as mn, numpy as np
rng = np.random.default_rng(0)
images, labels = mn.load_digits()
network = mn.Sequential(mn.Flatten(), mn.Linear(64, 32, rng=rng), mn.relu, mn.Dropout(0.2, rng=rng),
                        mn.Linear(32, 10, rng=rng))
optimizer = mn.Adam(network.parameters(), lr=0.01)
batches = mn.Batches(images / 16, labels, rng=rng)
history = mn.train(network, mn.cross_entropy, optimizer, batches, epochs=12,
                   schedule=mn.CosineDecay(optimizer, steps=12),
                   checkpoint="run.safetensors", resume=True)
np.save("losses.npy", history["loss"])
"""


def test_killed_in_the_middle_and_started_again_it_gives_the_same_losses(tmp_path, monkeypatch):
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    command = [sys.executable, str(tmp_path / "program.py")]
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    process = subprocess.Popen(
        command, cwd=tmp_path / "a", env=os.environ | {"PYTHONPATH": str(PACKAGE)}
    )
    until = time.monotonic() + 60
    while not (tmp_path / "a" / "run.safetensors").exists() and time.monotonic() < until:
        time.sleep(0.005)
    process.kill()
    assert process.wait() != 0
    assert not (tmp_path / "a" / "losses.npy").exists()
    for folder in ("a", "b"):  # a goes on, b was never disturbed
        monkeypatch.chdir(tmp_path / folder)
        runpy.run_path(str(tmp_path / "program.py"))
    a, b = (np.load(tmp_path / folder / "losses.npy") for folder in ("a", "b"))
    np.testing.assert_array_equal(a, b)
