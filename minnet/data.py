"""Data is what a model knows of the world: rows that belong together, on scales that differ, in an
order that must not matter, and in parts that must not meet.
"""

import gzip
import hashlib
import io
import math
import struct
import zlib
from importlib.resources import files
from pathlib import Path

import numpy as np

from minnet.cost_functions import check_labels
from minnet.tensors import check_count, check_generator, check_number, check_real

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


def check_rows(arrays):
    """The arrays, as numpy's, if all have the same number of rows, and at least one."""
    arrays = [np.asarray(array) for array in arrays]
    if any(array.ndim == 0 or array.dtype.kind == "O" for array in arrays):
        raise TypeError("rows come in arrays, or lists of numbers or words: not in a generator")
    lengths = [len(array) for array in arrays]
    if not lengths or min(lengths) == 0:
        raise ValueError(f"there are no rows: the arrays have {lengths} of them")
    if len(set(lengths)) > 1:
        raise ValueError(f"the arrays have {lengths} rows: give each input its own target")
    return arrays


class Batches:
    """The rows of the arrays, `batch_size` at a time, in a new order in each pass: give an `rng`.

    Without one, in the order that they have. Yields a tuple with a part of each array; the last
    batch may be short, or left out with `drop_last`.
    """

    def __init__(self, *arrays, batch_size=32, rng=None, drop_last=False):
        self.arrays = check_rows(arrays)
        self.batch_size, self.drop_last = check_count("batch_size", batch_size), drop_last
        self.rng = None if rng is None else check_generator(rng)
        if len(self) == 0:
            raise ValueError(f"{len(self.arrays[0])} rows make no whole batch of {batch_size}")

    def __len__(self):
        whole, rest = divmod(len(self.arrays[0]), self.batch_size)
        return whole + (rest > 0 and not self.drop_last)

    def __iter__(self):
        rows = len(self.arrays[0])
        order = np.arange(rows) if self.rng is None else self.rng.permutation(rows)
        for i in range(len(self)):
            part = order[i * self.batch_size : (i + 1) * self.batch_size]
            yield tuple(array[part] for array in self.arrays)


def rows_of_classes(labels):
    """The row numbers of each class, in the order of the classes."""
    return [np.flatnonzero(labels == label) for label in np.unique(labels)]


def deal(k, sizes):
    """k rows for the test, shared out over classes of these sizes: some of each, and never all."""
    exact = k * np.array(sizes) / sum(sizes)
    shares = exact.astype(int)  # rounded down
    left = k - shares.sum()
    shares[np.argsort(shares - exact, kind="stable")[:left]] += 1  # who lost most comes first
    for share, size in zip(shares, sizes, strict=True):
        if not 0 < share < size:
            raise ValueError(f"{share} of {size} rows for the test: a part would have none of them")
    return shares


def split(*arrays, test_size=0.2, stratify=None, rng):
    """Each array in two, rows drawn by chance: a_train, a_test, b_train, b_test, …

    `test_size` is a share, or a number of rows. With `stratify`, the labels, every class has the
    same share in both parts.
    """
    arrays, rng = check_rows(arrays), check_generator(rng)
    rows = len(arrays[0])
    whole = isinstance(test_size, int | np.integer)
    k = check_number("test_size", test_size, 0, rows if whole else 1)
    k = k if whole else round(rows * k)
    groups = [np.arange(rows)]
    if stratify is not None:
        groups = rows_of_classes(check_rows([stratify, arrays[0]])[0])
    train, test = [], []
    for group, share in zip(groups, deal(k, [len(group) for group in groups]), strict=True):
        group = rng.permutation(group)
        train.append(group[share:])
        test.append(group[:share])
    train, test = rng.permutation(np.concatenate(train)), rng.permutation(np.concatenate(test))
    return [array[part] for array in arrays for part in (train, test)]


SUMS = {
    "digits": "0c2aff3ad3efa4c983d74435f40847c3f2dea3c33f362c61616f7b067d84c8fe",
    "diabetes": "a1b6fe9c9f615e29e56833bc9ac8f2580f6a02fb3e01d0f6d1311a9f27b7058b",
    "iris": "9badae56c0bba6a7222baa1105e919db05e849d2d5bb47f0f2a45e0efa687dee",
}


def open_box(name):
    """The arrays of a data set that ships with minnet, by their names."""
    path = files("minnet") / "datasets" / f"{name}.npz"
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != SUMS[name]:
        raise ValueError(f"{path} is damaged, its sha256 differs: install minnet again")
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


class Standardize:
    """Each column to mean 0 and standard deviation 1, by what `fit` has measured.

    Fit it on the training part alone. Columns that never change there become 0.
    """

    def fit(self, x):
        """Measure the mean and the deviation of each column; returns self."""
        x = check_numbers(x)
        self.silent = (x == x[0]).all(axis=0)
        self.mean = np.where(self.silent, x[0], x.mean(axis=0, dtype=float))
        self.deviation = check_deviation(np.where(self.silent, 1, x.std(axis=0, dtype=float)))
        return self

    def transform(self, x):
        """The columns of x, on the scale that was measured."""
        x = check_numbers(x, self.columns())
        return np.where(self.silent, 0, (x - self.mean) / self.deviation).astype(x.dtype)

    def fit_transform(self, x):
        """fit(x), then transform(x)."""
        return self.fit(x).transform(x)

    def inverse_transform(self, z):
        """Back to the scale of before."""
        z = check_numbers(z, self.columns())
        return (z * self.deviation + self.mean).astype(z.dtype)

    def columns(self):
        """The shape of a row, as it was measured."""
        if not hasattr(self, "mean"):
            raise ValueError("nothing was measured yet: call fit(x) on the training part first")
        return self.mean.shape


def check_numbers(x, columns=None):
    """x as floats, if it has rows, every number is finite, and rows have the shape `columns`."""
    (x,) = check_rows([x])
    if columns is not None and x.shape[1:] != columns:
        raise ValueError(f"rows have shape {x.shape[1:]}, and {columns} was measured")
    x = check_real("Standardize", x, x)
    x = x if x.dtype.kind == "f" else x.astype(float)
    if not np.isfinite(x).all():
        row = np.argwhere(~np.isfinite(x))[0, 0]
        raise ValueError(f"row {row} has nan or infinity: fill it in, or leave the row out")
    return x


def check_deviation(deviation):
    """`deviation` as it is, if each is a number above 0."""
    if not (np.isfinite(deviation) & (deviation > 0)).all():
        raise ValueError("a column is too large or too small to be squared: change its unit")
    return deviation


def one_hot(labels, classes):
    """A row for each label: 1 in its column, else 0. (n,) whole numbers give (n, classes)."""
    labels, classes = np.asarray(labels), check_count("classes", classes)
    check_labels(labels, labels.size, classes)
    return np.eye(classes)[labels]


IDX_TYPES = {8: ">u1", 9: ">i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}


def parse_idx(stream, room):
    """The array in a stream of IDX bytes, of which there are `room` at the most."""
    zeros, kind, axes = struct.unpack(">HBB", stream.read(4))
    if zeros != 0 or kind not in IDX_TYPES:
        raise ValueError("it does not begin with two zeros and the code of a type")
    shape = struct.unpack(f">{axes}I", stream.read(4 * axes))
    dtype = np.dtype(IDX_TYPES[kind])
    promised = math.prod(shape) * dtype.itemsize
    room -= 4 + 4 * axes  # the header
    if promised > room:
        raise ValueError(f"it promises {promised} bytes, and has room for {room} at the most")
    numbers = stream.read(promised + 1)
    if len(numbers) != promised:
        raise ValueError(f"it promises {promised} bytes, and fewer or more follow")
    return np.frombuffer(numbers, dtype).reshape(shape).astype(dtype.newbyteorder("="))


def read_idx(path, sha256=None):
    """The array in an IDX file, the format of MNIST, plain or packed with gzip.

    Two zero bytes, a byte for the type, one for the number of axes, the length of each axis in
    four bytes, then the numbers; all with the large end first. Y. LeCun, the MNIST database.
    With `sha256`, a file that has another one is refused.
    """
    with Path(path).open("rb") as file:
        if sha256 is not None and hashlib.file_digest(file, "sha256").hexdigest() != sha256:
            raise ValueError(f"{path} is not the file that was expected: its sha256 differs")
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


def shift_images(images, *, rng, most=1):
    """Each picture moved by chance, up to `most` pixels in each direction; blank comes in.

    Images (n, …, height, width) in any type; the result has their type and shape.
    """
    (images,), rng = check_rows([images]), check_generator(rng)
    if images.ndim < 3:
        raise ValueError(f"images have shape {images.shape}: give (n, height, width), or channels")
    height, width = images.shape[-2:]
    if check_number("most", most, 0, min(height, width)) != int(most):
        raise ValueError(f"most is a whole number of pixels, not {most}")
    around = [(0, 0)] * (images.ndim - 2) + [(most, most), (most, most)]
    padded, moved = np.pad(images, around), np.empty_like(images)
    steps = rng.integers(0, 2 * most + 1, size=(len(images), 2))
    for i, (down, across) in enumerate(steps):
        moved[i] = padded[i, ..., down : down + height, across : across + width]
    return moved


def binary_digits(numbers, bits):
    """Whole numbers as rows of 0 and 1, the smallest digit first: (n,) gives (n, bits)."""
    (numbers,), bits = check_rows([numbers]), check_count("bits", bits)
    if numbers.ndim != 1 or numbers.dtype.kind not in "iu" or bits > 62:
        raise ValueError(f"give a row of whole numbers, not {numbers.dtype}, and up to 62 bits")
    low, high = numbers.min(), numbers.max()
    if low < 0 or high >= 2**bits:
        raise ValueError(f"{bits} bits hold 0 to {2**bits - 1}; these go from {low} to {high}")
    return (numbers[:, None] >> np.arange(bits) & 1).astype(float)


def load_iris():
    """150 flowers of three kinds: inputs (150, 4) in cm, and labels (150,). R. Fisher 1936."""
    box = open_box("iris")
    return box["inputs"].astype(float), box["labels"].astype(np.int64)
