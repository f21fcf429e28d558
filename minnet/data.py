"""Data comes in batches, split into what one learns from and what one is tested on, and on one
scale.
"""

from importlib.resources import files

import numpy as np


def load_digits():
    """1797 handwritten digits: images (1797, 8, 8), ink from 0 to 16, and labels (1797,)."""
    with (files("minnet") / "datasets" / "digits.npz").open("rb") as file:
        box = np.load(file, allow_pickle=False)
        return box["images"].astype(float), box["labels"].astype(int)


class Batches:
    """The rows of arrays, `batch_size` at a time: in a new order in each pass where `rng` is given."""

    def __init__(self, *arrays, batch_size=32, rng=None, drop_last=False):
        self.arrays, self.batch_size = arrays, batch_size
        self.rng, self.drop_last = rng, drop_last

    def __len__(self):
        n = len(self.arrays[0])
        return n // self.batch_size if self.drop_last else -(-n // self.batch_size)

    def __iter__(self):
        n = len(self.arrays[0])
        order = np.arange(n) if self.rng is None else self.rng.permutation(n)
        for i in range(len(self)):
            rows = order[i * self.batch_size : (i + 1) * self.batch_size]
            yield tuple(array[rows] for array in self.arrays)


def split(*arrays, test_size=0.2, rng):
    """Each array in two, a part to learn from and a part to test on: a_train, a_test, b_train, …"""
    n = len(arrays[0])
    order, k = rng.permutation(n), round(n * test_size)
    return [array[part] for array in arrays for part in (order[k:], order[:k])]
