"""The data that ships is what its README says, byte for byte."""

import hashlib
import re
from pathlib import Path

import numpy as np
import pytest

from tools import datasets

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "minnet" / "datasets"
NAMES = sorted(path.name for path in FOLDER.glob("*.npz"))


def read(name):
    with np.load(FOLDER / name, allow_pickle=False) as file:
        return {key: file[key] for key in file.files}


def test_every_set_has_its_sha256_in_the_readme():
    listed = re.findall(r"`(\w+\.npz)` \| `([0-9a-f]{64})`", (FOLDER / "README.md").read_text())
    here = {name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name in NAMES}
    assert dict(listed) == here
    assert set(here) == set(datasets.DATASETS)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_arrays_give_the_same_bytes(name):
    assert datasets.pack(read(name)) == (FOLDER / name).read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_the_arrays_are_those_of_scikit_learn(name):
    pytest.importorskip("sklearn")
    assert datasets.pack(datasets.DATASETS[name]()) == (FOLDER / name).read_bytes()


def test_digits():
    digits = read("digits.npz")
    images, labels = digits["images"], digits["labels"]
    assert images.shape == (1797, 8, 8) and images.dtype == np.uint8
    assert labels.shape == (1797,) and labels.dtype == np.uint8
    assert (images.min(), images.max()) == (0, 16)
    assert set(labels) == set(range(10))
    counts = np.bincount(labels)
    assert (counts.min(), counts.max()) == (174, 183)
    pixels = images.reshape(1797, 64)
    assert list(np.flatnonzero(pixels.max(axis=0) == pixels.min(axis=0))) == [0, 32, 39]


def test_diabetes():
    diabetes = read("diabetes.npz")
    assert diabetes["inputs"].shape == (442, 10)
    assert list(diabetes["names"]) == ["age", "sex", "bmi", "bp", *(f"s{i}" for i in range(1, 7))]
    assert (diabetes["targets"].min(), diabetes["targets"].max()) == (25, 346)
    # in their own units: years, 1 or 2, kg/m²
    assert [diabetes["inputs"][:, i].min() for i in range(3)] == [19, 1, 18.0]
    assert [diabetes["inputs"][:, i].max() for i in range(3)] == [79, 2, 42.2]


def test_iris():
    iris = read("iris.npz")
    assert iris["inputs"].shape == (150, 4)
    assert list(iris["names"]) == ["sepal length", "sepal width", "petal length", "petal width"]
    assert list(iris["classes"]) == ["setosa", "versicolor", "virginica"]
    assert list(np.bincount(iris["labels"])) == [50, 50, 50]
    # the two flowers that the copy at UCI has wrong
    assert list(iris["inputs"][34]) == [4.9, 3.1, 1.5, 0.2]
    assert list(iris["inputs"][37]) == [4.9, 3.6, 1.4, 0.1]
