"""Data is what a model knows of the world: rows that belong together, on scales that differ, in an
order that must not matter, and in parts that must not meet.
"""

import gzip
import hashlib
import io
import math
import struct
from importlib.resources import files
from pathlib import Path

import numpy as np

__all__ = [
    "Batches",
    "Standardize",
    "binary_digits",
    "load_diabetes",
    "load_digits",
    "load_iris",
    "one_hot",
    "read_idx",
    "shift_images",
    "split",
]


def check_same_length(arrays):
    """Refuse no arrays, empty ones, and arrays whose rows do not belong to each other."""
    lengths = [len(array) for array in arrays]
    if not lengths or min(lengths) == 0:
        raise ValueError(f"there are no rows: the arrays have {lengths} of them")
    if len(set(lengths)) > 1:
        raise ValueError(f"the arrays have {lengths} rows: give each input its own target")
    return lengths[0]


class Batches:
    """The rows of the arrays, `batch_size` at a time, in a new order in each pass: give an `rng`.

    Without one, in the order that they have. Yields a tuple with a part of each array; the last
    batch may be short, or left out with `drop_last`.
    """

    def __init__(self, *arrays, batch_size=32, rng=None, drop_last=False):
        self.arrays, self.rows = [np.asarray(array) for array in arrays], check_same_length(arrays)
        if not isinstance(batch_size, int | np.integer) or batch_size < 1:
            raise ValueError(f"batch_size is a whole number, 1 or more, not {batch_size!r}")
        self.batch_size, self.rng, self.drop_last = batch_size, rng, drop_last

    def __len__(self):
        whole, rest = divmod(self.rows, self.batch_size)
        return whole + (rest > 0 and not self.drop_last)

    def __iter__(self):
        order = np.arange(self.rows) if self.rng is None else self.rng.permutation(self.rows)
        for i in range(len(self)):
            some = order[i * self.batch_size : (i + 1) * self.batch_size]
            yield tuple(array[some] for array in self.arrays)


def split(*arrays, test_size=0.2, stratify=None, rng):
    """Each array in two, rows drawn by chance: a_train, a_test, b_train, b_test, …

    `test_size` is a share or a number of rows. With `stratify`, the labels, every class has the
    same share in both parts.
    """
    rows = check_same_length(arrays)
    share = test_size / rows if isinstance(test_size, int | np.integer) else test_size
    if not 0 < share < 1:
        raise ValueError(f"test_size is a share, or a number of rows below {rows}, not {test_size}")
    groups = [np.arange(rows)] if stratify is None else rows_of_classes(stratify, rows)
    train, test = [], []
    for group in groups:
        group = rng.permutation(group)
        k = round(len(group) * share)
        if not 0 < k < len(group):
            raise ValueError(f"a part would be empty: {len(group)} rows, {share:.3g} for the test")
        train.append(group[k:])
        test.append(group[:k])
    train, test = rng.permutation(np.concatenate(train)), rng.permutation(np.concatenate(test))
    return [np.asarray(array)[part] for array in arrays for part in (train, test)]


def rows_of_classes(labels, rows):
    """For each class, the numbers of its rows."""
    check_same_length([labels, range(rows)])
    return [np.flatnonzero(np.asarray(labels) == label) for label in np.unique(labels)]


def open_box(name):
    """The arrays of one of the data sets that ship with minnet, by name."""
    with (files("minnet") / "datasets" / f"{name}.npz").open("rb") as file:
        return dict(np.load(file, allow_pickle=False))


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


class Standardize:
    """Each column to mean 0 and standard deviation 1, by what `fit` has measured.

    Fit it on the training part alone. Columns that never change become 0.
    """

    def fit(self, x):
        """Measure the mean and the standard deviation of each column; returns self."""
        check_same_length([x])
        self.mean, self.deviation = np.mean(x, axis=0), np.std(x, axis=0)
        self.deviation = np.where(self.deviation == 0, 1.0, self.deviation)
        return self

    def transform(self, x):
        """The columns of x, on the scale that was measured."""
        if not hasattr(self, "mean"):
            raise ValueError("nothing was measured yet: call fit(x) on the training part first")
        return (x - self.mean) / self.deviation

    def fit_transform(self, x):
        """fit(x), then transform(x)."""
        return self.fit(x).transform(x)

    def inverse_transform(self, z):
        """Back to the scale of before."""
        return z * self.deviation + self.mean


def one_hot(labels, classes):
    """A row for each label: 1 at its place, else 0. (n,) whole numbers give (n, classes)."""
    labels = np.asarray(labels)
    if labels.dtype.kind not in "iu":
        raise TypeError(f"labels are whole numbers, not {labels.dtype}: use .astype(int)")
    if labels.size and (labels.min() < 0 or labels.max() >= classes):
        raise ValueError(
            f"labels go from {labels.min()} to {labels.max()}, classes from 0 to {classes - 1}"
        )
    return np.eye(classes)[labels]


def load_digits():
    """1797 handwritten digits: images (1797, 8, 8), ink from 0 to 16, and labels (1797,).

    E. Alpaydin and C. Kaynak 1998, by way of scikit-learn.
    """
    box = open_box("digits")
    return box["images"].astype(float), box["labels"].astype(np.int64)


IDX_TYPES = {8: ">u1", 9: ">i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}


def read_idx(path, sha256=None):
    """The array in an IDX file, the format of MNIST, plain or packed with gzip.

    Two zero bytes, a byte for the type, one for the number of axes, the length of each axis in
    four bytes, then the numbers; all with the large end first. Y. LeCun, the MNIST database.
    """
    data = Path(path).read_bytes()
    if sha256 is not None and hashlib.sha256(data).hexdigest() != sha256:
        raise ValueError(f"{path} is not the file that was expected: its sha256 differs")
    try:
        return parse_idx(data)
    except (ValueError, EOFError, gzip.BadGzipFile, struct.error) as error:
        raise ValueError(f"{path} is no whole IDX file: {error}") from None


def parse_idx(data):
    """The array in the bytes of an IDX file; no more is unpacked than its header promises."""
    stream = (
        gzip.GzipFile(fileobj=io.BytesIO(data)) if data[:2] == b"\x1f\x8b" else io.BytesIO(data)
    )
    zero, kind, axes = struct.unpack(">HBB", stream.read(4))
    if zero != 0 or kind not in IDX_TYPES:
        raise ValueError(f"it begins with {zero}, {kind}, and not with 0 and a type")
    shape = struct.unpack(f">{axes}I", stream.read(4 * axes))
    dtype = np.dtype(IDX_TYPES[kind])
    promised = math.prod(shape) * dtype.itemsize
    numbers = stream.read(min(promised, 2**31) + 1)
    if len(numbers) != promised:
        raise ValueError(f"its header promises {promised} bytes, and other than that follow")
    return np.frombuffer(numbers, dtype).reshape(shape).astype(dtype.newbyteorder("="))


def shift_images(images, *, rng, most=1):
    """Each picture moved by chance, up to `most` pixels in each direction; blank comes in.

    Images (…, height, width), the first axis counts them.
    """
    if not 0 <= most < min(images.shape[-2:]):
        raise ValueError(f"most is a number of pixels inside the picture, not {most}")
    height, width = images.shape[-2:]
    around = [(0, 0)] * (images.ndim - 2) + [(most, most), (most, most)]
    padded, moved = np.pad(images, around), np.empty_like(images)
    steps = rng.integers(0, 2 * most + 1, size=(len(images), 2))
    for i, (down, across) in enumerate(steps):
        moved[i] = padded[i, ..., down : down + height, across : across + width]
    return moved


def binary_digits(numbers, bits):
    """Whole numbers as rows of 0 and 1, the smallest first: (n,) gives (n, bits)."""
    numbers = np.asarray(numbers)
    if numbers.dtype.kind not in "iu" or numbers.min() < 0 or numbers.max() >= 2**bits:
        raise ValueError(f"give whole numbers from 0 to {2**bits - 1}, which {bits} bits can hold")
    return (numbers[:, None] >> np.arange(bits) & 1).astype(float)
