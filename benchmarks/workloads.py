"""What is timed: the same numbers, start and settings for every contender.

A workload is a function that returns a dict of plain float32 arrays and settings. A contender
makes a step from it: a function without arguments that does one training step, forward, backward
and update, and returns the loss.
"""

from itertools import pairwise

import numpy as np

F = np.float32


def weights(rng, *sizes):
    """[W1, b1, W2, b2, …] for a network of these sizes, by He's rule."""
    found = []
    for n, m in pairwise(sizes):
        found += [rng.normal(0, np.sqrt(2 / n), (n, m)).astype(F), np.zeros(m, F)]
    return found


def classify(seed, sizes, batch, **settings):
    """A network of these sizes, one batch, labels."""
    rng = np.random.default_rng(seed)
    inputs = rng.normal(size=(batch, sizes[0])).astype(F)
    labels = rng.integers(0, sizes[-1], batch)
    return {"inputs": inputs, "labels": labels, "weights": weights(rng, *sizes)} | settings


def xor():
    """XOR, 2-8-2: nearly nothing to compute, so this is what recording costs."""
    return classify(0, (2, 8, 2), 4, lr=0.1)


def fizzbuzz():
    """FizzBuzz, 10-50-4, batch 32."""
    return classify(1, (10, 50, 4), 32, lr=0.1)


def mlp_momentum():
    """Pictures of 784 pixels, 784-256-128-10, batch 64, momentum 0.9."""
    return classify(2, (784, 256, 128, 10), 64, lr=0.01, momentum=0.9)


def mlp_adam():
    """The same with Adam."""
    return classify(2, (784, 256, 128, 10), 64, lr=0.001, adam=True)


def cnn():
    """1×28×28: conv 16, pool, conv 32, pool, linear; batch 64."""
    rng = np.random.default_rng(3)
    kernels = []
    for n, m in (1, 16), (16, 32):
        kernels += [rng.normal(0, np.sqrt(2 / (9 * n)), (m, n, 3, 3)).astype(F), np.zeros(m, F)]
    return {
        "inputs": rng.normal(size=(64, 1, 28, 28)).astype(F),
        "labels": rng.integers(0, 10, 64),
        "kernels": kernels,
        "weights": weights(rng, 32 * 7 * 7, 10),
        "lr": 0.01,
    }


def chain():
    """10,000 operations in a row on 100 numbers: y = tanh(y) · w, 5,000 times."""
    rng = np.random.default_rng(4)
    return {"start": rng.normal(size=100).astype(F), "w": np.full(100, 1.2, F), "lr": 1e-4}


def wide():
    """One table of 50×100 used 1,000 times, and everything added up."""
    rng = np.random.default_rng(5)
    return {"w": rng.normal(size=(50, 100)).astype(F), "by": rng.normal(size=(1000, 100)).astype(F)}


WORKLOADS = [xor, fizzbuzz, mlp_momentum, mlp_adam, cnn, chain, wide]
