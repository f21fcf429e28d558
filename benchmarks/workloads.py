"""What is timed: the same arrays, in float32, and the same settings for every contender.

A workload is a function that returns a dict. A contender has a function of the same name, which
takes that dict and returns a step: a function without arguments that does one training step,
forward, backward and update, and returns the loss from before the update.
"""

import atexit
from itertools import pairwise
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import numpy as np

F = np.float32

TITLES = {  # in the order of the table
    "xor": "XOR 2-8-2, batch 4",
    "fizzbuzz": "FizzBuzz 10-50-4, batch 32",
    "mlp_sgd": "MLP 784-256-128-10, momentum",
    "mlp_adam": "the same MLP, Adam",
    "cnn": "CNN 1×28×28, batch 64",
    "transformer": "transformer block, 16×64×64",
    "chain": "chain, 10,000 operations",
    "wide": "one table used 1,000 times",
    "broadcast": "broadcast and back",
    "embedding": "embedding, repeated indices",
    "epoch": "an epoch of batches, 60,000",
    "files": "save and load, 10⁷ numbers",
}


def linear(rng, *sizes):
    """[W1, b1, W2, b2, …] for a network of these sizes, by He's rule."""
    found = []
    for n, m in pairwise(sizes):
        found += [rng.normal(0, np.sqrt(2 / n), (n, m)).astype(F), np.zeros(m, F)]
    return found


def toy(seed, sizes, batch, lr):
    """tanh between, the cost a sum of squares, plain SGD."""
    rng = np.random.default_rng(seed)
    inputs = rng.integers(0, 2, (batch, sizes[0])).astype(F)
    targets = np.eye(sizes[-1], dtype=F)[rng.integers(0, sizes[-1], batch)]
    return {"inputs": inputs, "targets": targets, "weights": linear(rng, *sizes), "lr": lr}


def xor():
    """XOR, 2-8-2: next to nothing to compute, so this is what recording costs."""
    return toy(0, (2, 8, 2), 4, lr=0.01)


def fizzbuzz():
    """FizzBuzz, 10-50-4."""
    return toy(1, (10, 50, 4), 32, lr=0.0005)


def mlp(**settings):
    """A batch of 64 pictures of 784 pixels, relu between, cross-entropy."""
    rng = np.random.default_rng(2)
    inputs, labels = rng.normal(size=(64, 784)).astype(F), rng.integers(0, 10, 64)
    weights = linear(rng, 784, 256, 128, 10)
    return {"inputs": inputs, "labels": labels, "weights": weights, **settings}


def mlp_sgd():
    """SGD with momentum."""
    return mlp(lr=0.001, momentum=0.9)


def mlp_adam():
    """The same network by Adam."""
    return mlp(lr=0.0001)


def cnn():
    """conv 16, pool, conv 32, pool, linear, on pictures (64, 1, 28, 28); momentum."""
    rng = np.random.default_rng(3)
    kernels = []
    for n, m in (1, 16), (16, 32):
        kernels += [rng.normal(0, np.sqrt(2 / (9 * n)), (m, n, 3, 3)).astype(F), np.zeros(m, F)]
    inputs, labels = rng.normal(size=(64, 1, 28, 28)).astype(F), rng.integers(0, 10, 64)
    weights = kernels + linear(rng, 32 * 7 * 7, 10)
    return {"inputs": inputs, "labels": labels, "weights": weights, "lr": 0.001, "momentum": 0.9}


def transformer():
    """x + attention(norm(x)), then x + mlp(norm(x)): 16 texts of 64 places, 64 wide, 4 heads.

    Weights: norm, queries, keys, values, out; norm, 64-256, 256-64. Each place sees those before.
    """
    rng = np.random.default_rng(4)
    d = 64
    inputs, targets = rng.normal(size=(2, 16, 64, d)).astype(F)
    norms = [np.ones(d, F), np.zeros(d, F)]
    weights = [*norms, *linear(rng, d, d, d, d, d), *norms, *linear(rng, d, 4 * d, d)]
    unseen = np.triu(np.full((64, 64), -1e9, F), 1)  # added to the scores
    return {
        "inputs": inputs, "targets": targets, "weights": [w.copy() for w in weights],
        "unseen": unseen, "heads": 4, "lr": 0.1,
    }  # fmt: skip


def chain(links=5000):
    """Two operations a link on 100 numbers: y = tanh(y) · w."""
    rng = np.random.default_rng(5)
    return {"start": rng.normal(size=100).astype(F), "w": np.full(100, 1.2, F), "links": links}


def wide(rows=1000):
    """One table of 50×100, used once for each row, and everything added up."""
    rng = np.random.default_rng(6)
    return {"w": rng.normal(size=(50, 100)).astype(F), "by": rng.normal(size=(rows, 100)).astype(F)}


def broadcast():
    """A table of 1000×100 fitted by a column plus a row."""
    rng = np.random.default_rng(7)
    return {
        "column": rng.normal(size=(1000, 1)).astype(F), "row": rng.normal(size=100).astype(F),
        "table": rng.normal(size=(1000, 100)).astype(F), "lr": 1e-4,
    }  # fmt: skip


def embedding():
    """2,048 words out of 5,000, common ones often (Zipf), to 64 numbers each."""
    rng = np.random.default_rng(8)
    ids = np.minimum(rng.zipf(1.3, (32, 64)), 5000) - 1
    targets = rng.normal(size=(32, 64, 64)).astype(F)
    return {"ids": ids, "targets": targets, "w": rng.normal(size=(5000, 64)).astype(F), "lr": 0.001}


def epoch(rows=60_000):
    """All of 60,000×784, in batches of 64, in a new order; "loss": the sum of the labels seen."""
    rng = np.random.default_rng(9)
    inputs = rng.random((rows, 784), F)
    return {"inputs": inputs, "labels": rng.integers(0, 10, rows), "batch": 64}


def files(size=1000):
    """Ten layers of 1000×1000 to a file and back; "loss": the sum of the last bias, as read."""
    rng = np.random.default_rng(10)
    weights = linear(rng, *[size] * 11)
    weights[-1] += rng.normal(size=size).astype(F)
    folder = Path(mkdtemp())
    atexit.register(rmtree, folder, ignore_errors=True)
    return {"weights": weights, "folder": folder}
