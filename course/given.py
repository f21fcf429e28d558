"""Plain arrays, handed over until chapter 5 opens the box."""

from pathlib import Path

import numpy as np

import minnet

BOX = Path(minnet.__file__).parent / "datasets"


def digits():
    """1797 handwritten digits: images (1797, 8, 8), 0 white to 1 black, and labels (1797,)."""
    with np.load(BOX / "digits.npz", allow_pickle=False) as box:
        return box["images"] / 16.0, box["labels"].astype(int)


def diabetes():
    """442 patients: body-mass index (442,), in kg/m², and progression after a year (442,)."""
    with np.load(BOX / "diabetes.npz", allow_pickle=False) as box:
        column = list(box["names"]).index("bmi")
        return box["inputs"][:, column].astype(float), box["targets"].astype(float)


def diabetes_table(*names):
    """The same patients: the named columns as measured (442, names), and progression (442,).

    age, sex, bmi, bp (blood pressure), and s1 to s6 from the blood: s1 is the cholesterol.
    """
    with np.load(BOX / "diabetes.npz", allow_pickle=False) as box:
        columns = [list(box["names"]).index(name) for name in names]
        return box["inputs"][:, columns].astype(float), box["targets"].astype(float)


def moons(n, rng, noise=0.15):
    """Two half-moons, generated: points (n, 2), and labels (n,), 0 for the upper one, else 1."""
    labels = np.arange(n) % 2
    angle = np.pi * rng.random(n)
    x = np.where(labels == 0, np.cos(angle), 1 - np.cos(angle))
    y = np.where(labels == 0, np.sin(angle), 0.5 - np.sin(angle))
    return np.stack([x, y], axis=1) + noise * rng.normal(size=(n, 2)), labels


def spirals(n, rng, noise=0.1, turns=1.5):
    """Two spirals, generated: points (n, 2), and labels (n,), 0 or 1."""
    labels = np.arange(n) % 2
    t = np.sqrt(rng.random(n))
    angle = 2 * np.pi * turns * t + np.pi * labels
    points = 2 * t[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return points + noise * rng.normal(size=(n, 2)), labels


def trailer():
    """The finished minnet learns to read digits, live: the picture that opens chapter 1."""
    from course import trailer as film  # its modules come from later chapters

    film.trailer()
