"""Probes that many blanks share: an operation's value, and its gradients."""

import re

import numpy as np

from course.exercises.values import show
from course.workbook.blanks import Probe

H = 1e-6


def some(*shape, seed=0, low=None):
    """Numbers by chance, away from 0 and from each other; above `low` where it is given."""
    a = np.random.default_rng([seed, *shape]).normal(size=shape)
    return a + 0.2 * np.sign(a) if low is None else low + np.abs(a)


def operation(name, *arrays, settings=None, names="ab", what=None, constants=(), grads=None):
    """Probes of an operation at these arrays: the value, and the gradient of each.

    `constants` are the places of inputs that take no gradient, such as labels. Few numbers are
    shown, and their g is 1, so that one can do it by hand.
    """
    settings = settings or {}
    few = sum(np.size(each) for each in arrays) <= 6  # so few that all of them can be shown
    if few:
        arrays = [np.round(a, 1) if np.asarray(a).dtype.kind == "f" else a for a in arrays]
        shown = (re.sub(r"(?<=\[) +|(?<= ) +", "", show(each)) for each in arrays)
        what = what or f"{name}({', '.join(shown)})"
    what = what or f"{name} of {' and '.join(str(np.shape(each)) for each in arrays)}"
    inputs = [i for i in range(len(arrays)) if i not in constants] if grads is None else grads

    def value(m):
        y = call(
            m, name, [m.Tensor(a) if i in inputs else a for i, a in enumerate(arrays)], settings
        )
        return np.array(numbers(y))

    probes = [Probe(what, value)]
    for i in inputs:
        words = f"{what}, gradient of {names[i] if len(names) > i else i}"
        words += " (g = 1)" * few
        probes.append(Probe(words, gradient(name, arrays, i, settings, few)))
    return probes


def gradient(name, arrays, i, settings, ones=False):
    """What the i-th array receives from an operation."""

    def look(m):
        return slope(lambda *inputs: call(m, name, inputs, settings), m, arrays, i, ones)

    return look


def slope(function, m, arrays, i, ones=False):
    """The gradient of the i-th array; each number of the value has its own weight, or 1."""
    inputs = [m.Tensor(a) if j == i else a for j, a in enumerate(arrays)]
    y = function(*inputs)
    shape = np.shape(numbers(y))
    y.backward(np.ones(shape) if ones else some(*shape, seed=7))
    return inputs[i].grad


def call(m, name, inputs, settings):
    return getattr(m, name)(*inputs, **settings)


def numbers(value):
    """The numbers of a Tensor; anything else as it is."""
    return value.data if hasattr(value, "node") else value


def nudged(function, array, weights):
    """The gradient of (function(array) · weights) by nudging each number."""
    grad = np.zeros(np.shape(array))
    for place in np.ndindex(*np.shape(array)):
        up, down = np.array(array, float), np.array(array, float)
        up[place] += H
        down[place] -= H
        grad[place] = ((function(up) - function(down)) * weights).sum() / (2 * H)
    return grad


def kinds(*values):
    """The types of numbers, by name: float32 stays float32."""
    return [str(np.asarray(numbers(each)).dtype) for each in values]
