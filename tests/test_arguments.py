"""Every argument of every public name refuses what is no sensible value, in the very call."""

import inspect
import struct

import numpy as np
import pytest
from helpers.runs import small
from matplotlib.figure import Figure

import minnet
from minnet import cross_entropy, exp
from minnet.tensors import Tensor


def rng():
    return np.random.default_rng(0)


def weights():
    """A parameter that has received a gradient."""
    tensor = Tensor(np.ones(2))
    (2 * tensor).sum().backward()
    return [tensor]


def optimizer():
    return minnet.SGD(weights(), 0.1)


A, B = np.full((2, 3), 0.5), np.full((3, 2), 0.5)
LABELS, PICTURES = np.array([0, 1, 0, 1]), np.ones((4, 1, 4, 4))
PAIR, SAVED, IDX = {"a": A, "b": A}, "saved.safetensors", "numbers.idx"
COST = {"predictions": A, "targets": A}


def task():
    """What all of training's functions begin with."""
    network = small()
    batches = [(np.ones((4, 3)), LABELS)]
    by_hand = minnet.SGD(network.parameters(), 0.1)
    return {"network": network, "cost": cross_entropy, "optimizer": by_hand, "batches": batches}


def fit():
    data = (np.ones((4, 3)), LABELS)
    helpers = {
        "schedule": None,
        "stop": None,
        "history": None,
        "checkpoint": None,
        "verbose": False,
    }
    helpers |= {"schedule_every": "batch", "resume": False}
    return task() | {"epochs": 1, "validation": data, "metric": minnet.accuracy} | helpers


def seen():
    """A history of one epoch."""
    history = minnet.History()
    history.add([0.5])
    return history


def axes():
    return Figure().subplots()


# {public name: its arguments, sensible ones, made anew at each call}
GOOD = {
    # tensors
    "Tensor": lambda: {"data": A},
    "absolute": lambda: {"a": A},
    "add": lambda: PAIR,
    "backward": lambda: {"loss": exp(Tensor(A)), "gradient": A},
    "check_gradients": lambda: {
        "function": exp,
        "arrays": (A,),
        "rng": rng(),
        "h": 1e-6,
        "tolerance": 1e-6,
    },
    "clip": lambda: {"a": A, "a_min": 0.0, "a_max": 1.0},
    "concatenate": lambda: {"tensors": [A, A], "axis": 1},
    "cos": lambda: {"a": A},
    "divide": lambda: PAIR,
    "exp": lambda: {"a": A},
    "log": lambda: {"a": A},
    "matmul": lambda: {"a": A, "b": B},
    "maximum": lambda: PAIR,
    "minimum": lambda: PAIR,
    "multiply": lambda: PAIR,
    "power": lambda: PAIR,
    "reshape": lambda: {"a": A, "shape": (3, 2)},
    "sin": lambda: {"a": A},
    "sqrt": lambda: {"a": A},
    "stack": lambda: {"tensors": [A, A], "axis": 1},
    "subtract": lambda: PAIR,
    "transpose": lambda: {"a": A, "axes": (1, 0)},
    "where": lambda: PAIR | {"condition": A > 0},
    # cost_functions
    "binary_cross_entropy_with_logits": lambda: {"logits": A, "targets": A},
    "cross_entropy": lambda: {
        "logits": A,
        "labels": [0, 2],
        "weight": np.ones(3),
        "ignore_index": -100,
        "label_smoothing": 0.1,
    },
    "huber": lambda: COST | {"delta": 0.5},
    "log_softmax": lambda: {"a": A, "axis": 0},
    "mean_absolute_error": lambda: COST,
    "mean_squared_error": lambda: COST,
    "policy_loss": lambda: {"logits": A, "actions": [0, 2], "advantages": np.ones(2)},
    "sigmoid": lambda: {"a": A},
    "softmax": lambda: {"a": A, "axis": 0},
    # layers
    "AvgPool2d": lambda: {"kernel_size": 2, "stride": 1, "padding": 1},
    "BatchNorm": lambda: {"num_features": 3, "momentum": 0.2, "eps": 1e-4},
    "Conv2d": lambda: {
        "in_channels": 1,
        "out_channels": 2,
        "kernel_size": 3,
        "stride": 2,
        "padding": 1,
        "bias": False,
        "rng": rng(),
    },
    "Dropout": lambda: {"p": 0.5, "rng": rng()},
    "Embedding": lambda: {"num_embeddings": 3, "embedding_dim": 2, "rng": rng()},
    "LayerNorm": lambda: {"normalized_shape": 3, "eps": 1e-4},
    "Linear": lambda: {"in_features": 3, "out_features": 2, "bias": False, "rng": rng()},
    "MaxPool2d": lambda: {"kernel_size": 2, "stride": 1, "padding": 0},
    "Sequential": lambda: {"layers": (minnet.relu,)},
    "avg_pool2d": lambda: {"x": PICTURES, "kernel_size": 2, "stride": 2, "padding": 1},
    "conv2d": lambda: {
        "x": PICTURES,
        "weight": np.ones((2, 1, 3, 3)),
        "bias": np.ones(2),
        "stride": 2,
        "padding": 1,
    },
    "gelu": lambda: {"a": A},
    "global_avg_pool2d": lambda: {"x": PICTURES},
    "glorot_uniform": lambda: {"shape": (2, 3), "rng": rng()},
    "he_normal": lambda: {"shape": (2, 3), "rng": rng()},
    "leaky_relu": lambda: {"a": A, "negative_slope": 0.1},
    "max_pool2d": lambda: {"x": PICTURES, "kernel_size": 2, "stride": 2, "padding": 1},
    "relu": lambda: {"a": A},
    "tanh": lambda: {"a": A},
    # optimizers
    "Adagrad": lambda: {"parameters": weights(), "lr": 0.1, "eps": 1e-8},
    "Adam": lambda: {"parameters": weights(), "lr": 0.1, "betas": (0.8, 0.9), "eps": 1e-8},
    "AdamW": lambda: {
        "parameters": weights(),
        "lr": 0.1,
        "betas": (0.8, 0.9),
        "eps": 1e-8,
        "weight_decay": 0.1,
    },
    "CosineDecay": lambda: {"optimizer": optimizer(), "steps": 3, "lowest": 0.01},
    "ExponentialDecay": lambda: {"optimizer": optimizer(), "factor": 0.5},
    "InverseTimeDecay": lambda: {"optimizer": optimizer(), "rate": 0.5},
    "Optimizer": lambda: {"parameters": weights(), "lr": 0.1},
    "RMSprop": lambda: {"parameters": weights(), "lr": 0.1, "alpha": 0.9, "eps": 1e-8},
    "SGD": lambda: {
        "parameters": weights(),
        "lr": 0.1,
        "momentum": 0.9,
        "nesterov": False,
        "weight_decay": 0.1,
    },
    "Schedule": lambda: {"optimizer": optimizer()},
    "StepDecay": lambda: {"optimizer": optimizer(), "every": 2, "factor": 0.5},
    "WarmUp": lambda: {"optimizer": optimizer(), "steps": 3, "then": None},
    "clip_grad_norm": lambda: {"parameters": weights(), "max_norm": 1.0},
    # data
    "Batches": lambda: {"arrays": (A, A), "batch_size": 1, "rng": rng(), "drop_last": True},
    "binary_digits": lambda: {"numbers": LABELS, "bits": 3},
    "one_hot": lambda: {"labels": LABELS, "num_classes": 2},
    "read_idx": lambda: {"path": IDX, "sha256": None},
    "shift_images": lambda: {"images": PICTURES, "max_shift": 2, "rng": rng()},
    "train_test_split": lambda: (
        {"arrays": (LABELS,), "test_size": 0.5, "stratify": LABELS, "rng": rng()}
    ),
    # training, files, plots
    "EarlyStopping": lambda: {
        "patience": 2,
        "min_delta": 0.1,
        "monitor": "metric",
        "mode": "max",
    },
    "LossCurve": lambda: {"every": 0.5},
    "accuracy": lambda: {"logits": A, "labels": [0, 2]},
    "confusion_matrix": lambda: {"labels": LABELS, "predictions": LABELS},
    "compare": lambda: {"histories": {"a": seen()}, "what": "loss", "ax": axes()},
    "draw": lambda: {"what": small(), "inputs": ((4, 3),), "names": {}, "ax": axes()},
    "plot_confusion_matrix": lambda: (
        {"table": np.eye(2, dtype=int), "names": ["a", "b"], "ax": axes()}
    ),
    "show_mistakes": lambda: (
        {"network": small(), "inputs": np.ones((4, 3)), "labels": LABELS, "n": 2}
        | {"images": PICTURES, "names": ["a", "b"]}
    ),
    "evaluate": lambda: (
        {"network": small(), "cost": cross_entropy, "metric": minnet.accuracy, "batch_size": 2}
        | {"data": (np.ones((4, 3)), LABELS)}
    ),
    "find_learning_rate": lambda: task() | {"lowest": 0.01, "highest": 0.1, "steps": 3},
    "load": lambda: {"path": SAVED},
    "save": lambda: {"dictionary": small().state_dict(), "path": SAVED},
    "train": fit,
    "train_epoch": lambda: (
        task()
        | {"metric": minnet.accuracy, "place": "epoch 1", "schedule": None}
        | {"on_batch": None}
    ),
}
# Python's truth of whatever they are given, a text, or of the inner life
FREE = {"drop_last", "place", "node", "resume", "verbose"}
EACH = [(name, argument) for name in GOOD for argument in GOOD[name]() if argument not in FREE]


@pytest.fixture(autouse=True)
def files(tmp_path, monkeypatch):
    """A folder with the files that are read."""
    monkeypatch.chdir(tmp_path)
    minnet.save(small().state_dict(), SAVED)
    (tmp_path / IDX).write_bytes(struct.pack(">HBBI", 0, 8, 1, 3) + b"abc")


def parameters(name):
    return inspect.signature(getattr(minnet, name)).parameters


def call(name, **changed):
    """Call minnet's `name` with its good arguments, some of them changed."""
    function = getattr(minnet, name)
    arguments = inspect.BoundArguments(inspect.signature(function), GOOD[name]() | changed)
    return function(*arguments.args, **arguments.kwargs)


def test_all_public_names_and_all_their_arguments_are_here():
    wanted = {name: parameters(name).keys() - FREE for name in minnet.__all__}
    del wanted["op"]  # what a function does is not known before it is called
    found = {name: GOOD[name]().keys() - FREE for name in GOOD}
    assert found == {name: arguments for name, arguments in wanted.items() if arguments}


@pytest.mark.parametrize("name", GOOD)
def test_sensible_arguments_are_welcome(name):
    call(name)


@pytest.mark.parametrize("name, argument", EACH, ids=map(".".join, EACH))
@pytest.mark.parametrize("nonsense", [object(), 1j, iter(())], ids=["object", "1j", "iterator"])
def test_nonsense_is_refused_in_the_very_call(name, argument, nonsense):
    kind = parameters(name)[argument].kind
    if kind == inspect.Parameter.VAR_POSITIONAL:
        nonsense = (nonsense,)
    with pytest.raises((TypeError, ValueError, IndexError)):
        call(name, **{argument: nonsense})


# {argument: (the least that is welcome, the first that is too much)}
BOUNDS = {
    "Adagrad.eps": (1e-30, np.inf),
    "Adagrad.lr": (0, np.inf),
    "Adam.eps": (1e-30, np.inf),
    "AdamW.weight_decay": (0, np.inf),
    "BatchNorm.eps": (1e-12, 1),
    "BatchNorm.momentum": (0, 1),
    "Dropout.p": (0, 1),
    "EarlyStopping.min_delta": (0, np.inf),
    "ExponentialDecay.factor": (0, 1),
    "InverseTimeDecay.rate": (0, np.inf),
    "LayerNorm.eps": (1e-12, 1),
    "LossCurve.every": (0, np.inf),
    "RMSprop.alpha": (0, 1),
    "RMSprop.eps": (1e-30, np.inf),
    "SGD.momentum": (0, 1),
    "SGD.weight_decay": (0, np.inf),
    "StepDecay.factor": (0, 1),
    "clip_grad_norm.max_norm": (1e-30, np.inf),
    "find_learning_rate.lowest": (1e-300, 0.1),
    "leaky_relu.negative_slope": (0, 1),
}


@pytest.mark.parametrize("place", BOUNDS)
def test_a_range_begins_and_ends_where_it_should(place):
    name, argument = place.split(".")
    low, high = BOUNDS[place]
    for welcome in (low, np.nextafter(high, 0)):
        if np.isfinite(welcome):
            call(name, **{argument: float(welcome)})
    for refused in (float(np.nextafter(low, -1)), high):
        with pytest.raises(ValueError, match=f"{argument} goes from {low} to below {high}, not"):
            call(name, **{argument: refused})


COUNTS = [
    "AvgPool2d.stride",
    "BatchNorm.num_features",
    "Batches.batch_size",
    "Conv2d.in_channels",
    "Conv2d.out_channels",
    "Conv2d.stride",
    "CosineDecay.steps",
    "EarlyStopping.patience",
    "Embedding.embedding_dim",
    "Embedding.num_embeddings",
    "LayerNorm.normalized_shape",
    "Linear.in_features",
    "Linear.out_features",
    "MaxPool2d.kernel_size",
    "MaxPool2d.stride",
    "StepDecay.every",
    "WarmUp.steps",
    "evaluate.batch_size",
    "find_learning_rate.steps",
    "max_pool2d.stride",
    "show_mistakes.n",
    "train.epochs",
]


@pytest.mark.parametrize("place", COUNTS)
def test_a_count_begins_at_one(place):
    name, argument = place.split(".")
    call(name, **{argument: 1})
    with pytest.raises(ValueError, match="is 1 or more, not 0"):
        call(name, **{argument: 0})
