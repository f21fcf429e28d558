"""Data is what a model knows of the world: rows that belong together, on scales that differ, in an
order that must not matter, and in parts that must not meet.
"""

import io
import math
import os
import struct

import numpy as np

from minnet import checks


class Batches:
    """Rows that belong together, `batch_size` at a time; with an `rng`, in a new order each pass.

    Yields a tuple, a part of each array; the last may be short, or left out with `drop_last`. It is
    a copy; the arrays stay the caller's, and what is changed in them shows in later batches.
    """

    def __init__(self, *arrays, batch_size=32, rng=None, drop_last=False):
        self.arrays = checks.require_rows_together(arrays)
        self.batch_size, self.drop_last = checks.require_count("batch_size", batch_size), drop_last
        self.rng = None if rng is None else checks.require_generator(rng)
        checks.require_batches(self)

    def __len__(self):
        whole, rest = divmod(len(self.arrays[0]), self.batch_size)
        return whole + (rest > 0 and not self.drop_last)

    def __iter__(self):
        rows, size = len(self.arrays[0]), self.batch_size
        order = np.arange(rows) if self.rng is None else self.rng.permutation(rows)
        for i in range(len(self)):
            part = order[i * size : (i + 1) * size]
            yield tuple(array[part] for array in self.arrays)

    def __repr__(self):
        return f"{type(self).__name__}({len(self)} of {self.batch_size})"

    def state_dict(self):
        """What the next passes depend on, besides the rows: the state of the generator."""
        return {} if self.rng is None else {"rng": self.rng.bit_generator.state}

    def load_state_dict(self, state):
        """Go on in the order that was next when `state` was taken; the rows are not part of it."""
        if checks.require_generator_state(self.rng, state):  # {} where there is no generator
            self.rng.bit_generator.state = state["rng"]


def rows_of_classes(labels):
    """The row numbers of each class, in the order of the classes."""
    return [np.flatnonzero(labels == label) for label in np.unique(labels)]


def deal(k, sizes):
    """k rows for the test, shared out over classes of these sizes: some of each, and never all."""
    shares, lost = np.divmod(k * np.array(sizes), sum(sizes))  # rounded down
    left = k - shares.sum()
    shares[np.argsort(-lost, kind="stable")[:left]] += 1  # who lost most comes first
    return checks.require_shares(shares, sizes)


def train_test_split(*arrays, test_size=0.2, stratify=None, rng):
    """Each array in two, rows drawn by chance: a_train, a_test, b_train, b_test, …

    `test_size` is a share, rounded up to whole rows, or a number of rows. With `stratify`, a label
    for each row, every class has the same share in both parts, and a row in each.
    """
    arrays, rng = checks.require_rows_together(arrays), checks.require_generator(rng)
    rows = len(arrays[0])
    whole = isinstance(test_size, int | np.integer)
    k = checks.require_number("test_size", test_size, 0, rows if whole else 1)
    k = k if whole else math.ceil(rows * k)
    groups = [np.arange(rows)]
    if stratify is not None:
        groups = rows_of_classes(checks.require_strata(stratify, arrays[0]))
        groups = [groups[i] for i in rng.permutation(len(groups))]  # no class first in every tie
    train, test = [], []
    for group, share in zip(groups, deal(k, [len(group) for group in groups]), strict=True):
        group = rng.permutation(group)
        train.append(group[share:])
        test.append(group[:share])
    train, test = rng.permutation(np.concatenate(train)), rng.permutation(np.concatenate(test))
    return [array[part] for array in arrays for part in (train, test)]


class StandardScaler:
    """Each column to mean 0 and standard deviation 1, by what `fit` has measured.

    Fit it on the training part alone. It measures `mean_`, `var_`, and `scale_`, the deviation, or
    1 where a column does not change, up to rounding: there, what was measured becomes 0.
    """

    def fit(self, x):
        """Measure the mean and the variance of each column of x, (n, …); returns self."""
        x = checks.require_numbers_in_rows(x)
        mean, var = x.mean(axis=0, dtype=float), x.var(axis=0, dtype=float)
        deviation = checks.require_scale(np.sqrt(var))
        never = is_constant(mean, var, len(x), np.finfo(x.dtype).eps)
        self.mean_, self.var_, self.scale_ = mean, var, np.where(never, 1.0, deviation)
        return self

    def transform(self, x):
        """The columns of x, on the scale that was measured, in the dtype of x."""
        z = checks.require_numbers_in_rows(x, like=self).copy()
        z -= self.mean_
        return np.divide(z, self.scale_, out=z)

    def fit_transform(self, x):
        """fit(x), then transform(x)."""
        return self.fit(x).transform(x)

    def inverse_transform(self, z):
        """Back to the scale of before."""
        x = checks.require_numbers_in_rows(z, like=self).copy()
        x *= self.scale_
        return np.add(x, self.mean_, out=x)

    def __repr__(self):
        shape = self.mean_.shape if hasattr(self, "mean_") else ()
        return f"{type(self).__name__}({', '.join(map(str, shape))})"


def is_constant(mean, var, n, eps):
    """Where n numbers vary no more than rounding alone lets them; `eps` is that of their dtype.

    The bound is scikit-learn's, after T. Chan, G. Golub and R. LeVeque 1983.
    """
    double = np.finfo(float).eps
    return var <= n * double * var + (mean * max(n * double, eps)) ** 2


IDX_TYPES = {8: ">u1", 9: ">i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}


def parse_idx(stream, room):
    """The array in a stream of IDX bytes, of which there are `room` at the most."""
    zeros, kind, axes = struct.unpack(">HBB", stream.read(4))
    dtype = np.dtype(checks.require_idx_type(zeros, kind, IDX_TYPES))
    shape = struct.unpack(f">{axes}I", stream.read(4 * axes))
    header = 4 + 4 * axes
    size = checks.require_room(math.prod(shape) * dtype.itemsize, room - header)
    numbers = checks.require_promised(stream.read(size + 1), size)
    return np.frombuffer(numbers, dtype).reshape(shape).astype(dtype.newbyteorder("="))


def read_idx(path, sha256=None):
    """The array in an IDX file, the format of MNIST, plain or packed with gzip.

    Two zero bytes, a byte for the type, one for the number of axes, the length of each axis in
    four bytes, then the numbers; all with the large end first. Y. LeCun, the MNIST database.
    With `sha256`, a file that has another one is refused.
    """
    import gzip
    import hashlib
    import zlib

    with open(os.fspath(path), "rb") as file:
        if sha256 is not None:
            checks.require_same_file(path, hashlib.file_digest(file, "sha256").hexdigest(), sha256)
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        try:
            if packed:
                return parse_idx(gzip.open(file), min(1032 * size, 2**30))
            return parse_idx(file, size)
        except (ValueError, EOFError, gzip.BadGzipFile, zlib.error, struct.error) as error:
            raise ValueError(f"{path} is no whole IDX file: {error}") from None


SUMS = {
    "digits": "0c2aff3ad3efa4c983d74435f40847c3f2dea3c33f362c61616f7b067d84c8fe",
    "diabetes": "a1b6fe9c9f615e29e56833bc9ac8f2580f6a02fb3e01d0f6d1311a9f27b7058b",
    "iris": "9badae56c0bba6a7222baa1105e919db05e849d2d5bb47f0f2a45e0efa687dee",
}


def open_box(name):
    """The arrays of a data set that ships with minnet, by their names."""
    import hashlib

    path = os.path.join(os.path.dirname(checks.__file__), "datasets", f"{name}.npz")
    with open(path, "rb") as file:
        data = file.read()
    checks.require_box(path, hashlib.sha256(data).hexdigest(), SUMS[name])
    return dict(np.load(io.BytesIO(data), allow_pickle=False))


def load_digits():
    """1797 handwritten digits: images (1797, 8, 8), ink from 0 to 16, and labels (1797,).

    E. Alpaydin and C. Kaynak 1998, by way of scikit-learn.
    """
    box = open_box("digits")
    return box["images"].astype(float), box["labels"].astype(np.int64)


def load_diabetes():
    """442 patients: inputs (442, 10), unscaled, and progression after a year, targets (442,).

    B. Efron, T. Hastie, I. Johnstone and R. Tibshirani 2004, by way of scikit-learn.
    """
    box = open_box("diabetes")
    return box["inputs"].astype(float), box["targets"].astype(float)


def load_iris():
    """150 flowers of three kinds: inputs (150, 4) in cm, and labels (150,). R. Fisher 1936."""
    box = open_box("iris")
    return box["inputs"].astype(float), box["labels"].astype(np.int64)


def one_hot(labels, num_classes):
    """A row for each label: 1 in its column, else 0. (n,) whole numbers give (n, num_classes)."""
    n, num_classes = np.size(labels), checks.require_count("num_classes", num_classes)
    checks.require_labels(labels, n, num_classes)
    rows = np.zeros((n, num_classes))
    rows[np.arange(n), labels] = 1
    return rows


def shift_images(images, *, max_shift=1, rng):
    """Each picture moved by chance, up to `max_shift` pixels in each direction; blank comes in.

    Images (n, …, height, width) in any type; the result has their type and shape.
    """
    images, rng = checks.require_images(images, max_shift), checks.require_generator(rng)
    height, width = images.shape[-2:]
    around = [(0, 0)] * (images.ndim - 2) + [(max_shift, max_shift)] * 2
    padded, moved = np.pad(images, around), np.empty_like(images)
    steps = rng.integers(0, 2 * max_shift + 1, size=(len(images), 2))
    for i, (down, across) in enumerate(steps):
        moved[i] = padded[i, ..., down : down + height, across : across + width]
    return moved


def binary_digits(numbers, bits):
    """Whole numbers as rows of 0 and 1, the smallest digit first: (n,) gives (n, bits)."""
    numbers = checks.require_bits(numbers, bits)
    return (numbers[:, None] >> np.arange(bits) & 1).astype(float)


__all__ = [
    "Batches",
    "StandardScaler",
    "binary_digits",
    "load_diabetes",
    "load_digits",
    "load_iris",
    "one_hot",
    "read_idx",
    "shift_images",
    "train_test_split",
]
