"""Probes that many blanks share: an operation's value, and its gradients against nudging."""

import numpy as np

from course.workbook.blanks import Probe

H = 1e-6


def some(*shape, seed=0, low=None):
    """Numbers by chance, away from 0 and from each other; above `low` where it is given."""
    a = np.random.default_rng([seed, *shape]).normal(size=shape)
    return a + 0.2 * np.sign(a) if low is None else low + np.abs(a)


def operation(name, *arrays, settings=None, names="ab", what=None, constants=(), grads=None):
    """Probes of an operation at these arrays: the value, and the gradient of each.

    What is wanted of a gradient is what nudging says. `constants` are the places of inputs that
    take no gradient, such as labels.
    """
    settings = settings or {}
    shapes = " and ".join(str(np.shape(each)) for each in arrays)
    what = what or f"{name} of {shapes}"
    inputs = [i for i in range(len(arrays)) if i not in constants] if grads is None else grads

    def value(m):
        y = call(
            m, name, [m.Tensor(a) if i in inputs else a for i, a in enumerate(arrays)], settings
        )
        return np.array(numbers(y))

    probes = [Probe(what, value)]
    for i in inputs:
        words = f"the gradient of {names[i] if len(names) > i else i}, {what}"
        probes.append(Probe(words, gradient(name, arrays, i, settings)))
    return probes


def gradient(name, arrays, i, settings):
    """Of the finished operation by nudging, of a learner's by its rule."""

    def look(m):
        return slope(lambda *inputs: call(m, name, inputs, settings), m, arrays, i)

    return look


def slope(function, m, arrays, i):
    """The gradient of the i-th array, where each number of the value has its own weight."""
    inputs = [m.Tensor(a) if j == i else a for j, a in enumerate(arrays)]
    y = function(*inputs)
    y.backward(some(*np.shape(numbers(y)), seed=7))
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
