"""Small trainings in which everything changes, for the tests of training and of its files."""

import numpy as np

from minnet.cost_functions import cross_entropy
from minnet.data import Batches, shift_images
from minnet.layers import BatchNorm, Dropout, Flatten, Linear, Sequential, relu, tanh
from minnet.optimizers import Adam, CosineDecay
from minnet.training import EarlyStopping, History, accuracy, states, train


def points(n=50, seed=0):
    """n points in space, and on which side of a plane each one lies, with some doubt."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 3))
    return x, (x @ [1.0, -2.0, 0.5] + 0.3 * rng.normal(size=n) > 0).astype(int)


def small(seed=0, dtype=float):
    """A network of 32 numbers for these points."""
    rng = np.random.default_rng(seed)
    return Sequential(Linear(3, 5, rng=rng), tanh, Linear(5, 2, rng=rng)).astype(dtype)


class Shifted:
    """A learner's own batches: the pictures of others, moved anew in each epoch."""

    def __init__(self, batches, rng):
        self.batches, self.rng, self.given = batches, rng, 0

    def __iter__(self):
        for images, labels in self.batches:
            self.given += len(labels)
            yield shift_images(images, rng=self.rng), labels

    def state_dict(self):
        return {
            "batches": self.batches.state_dict(),
            "rng": self.rng.bit_generator.state,
            "given": self.given,
        }

    def load_state_dict(self, state):
        self.batches.load_state_dict(state["batches"])
        self.rng.bit_generator.state, self.given = state["rng"], state["given"]


def pictures(n=26, seed=0):
    """Small pictures, and whether each is brighter on the left."""
    images = np.random.default_rng(seed).normal(size=(n, 1, 4, 3))
    return images, (images[:, 0, :, 0].sum(axis=1) > images[:, 0, :, 2].sum(axis=1)).astype(int)


def everything(seed=0, optimizer=Adam, schedule=None, dtype=float, bits=np.random.PCG64):
    """A run in which all kinds of things change: dropout, running statistics, momenta, order."""

    def rng(k):
        return np.random.Generator(bits(100 * seed + k))

    start = rng(0)
    network = Sequential(
        Flatten(), Linear(12, 6, rng=start), BatchNorm(6), relu, Dropout(0.3, rng=rng(1)),
        Linear(6, 2, rng=start),
    ).astype(dtype)  # fmt: skip
    images, labels = pictures()
    optimizer = optimizer(network.parameters(), lr=0.02)
    make = schedule or (lambda optimizer: CosineDecay(optimizer, steps=9))
    return {
        "network": network,
        "optimizer": optimizer,
        "batches": Shifted(Batches(images, labels, batch_size=8, rng=rng(2)), rng=rng(3)),
        "schedule": make(optimizer),
        "stop": EarlyStopping(patience=50),
        "history": History(),
    }


BATCHES = 4  # in an epoch of everything()


def go_on(run, epochs, **more):
    """Train the run until it has so many epochs."""
    settings = {"cost": cross_entropy, "validation": pictures(seed=9), "metric": accuracy}
    return train(epochs=epochs, **settings | more, **run)


def equal(a, b):
    """Two values, with all that is inside, bit for bit."""
    try:
        np.testing.assert_equal(a, b)
    except AssertionError:
        return False
    return True


def same_state(a, b):
    """Refuse two runs that differ in a single bit, or in a kind of number."""
    np.testing.assert_equal(kinds(states(a)), kinds(states(b)))


def kinds(value):
    """The same value, where each number stands with its kind."""
    if isinstance(value, dict):
        return {key: kinds(each) for key, each in value.items()}
    return [kinds(each) for each in value] if isinstance(value, list) else (type(value), value)
