"""Probes that many blanks share: an operation's value, and its gradients."""

import re

import numpy as np

from course.workbook.blanks import Probe

H = 1e-6


def some(*shape, seed=0, low=None):
    """Numbers by chance, away from 0 and from each other; above `low` where it is given.

    They cannot be written to: no try spoils the next one.
    """
    a = np.random.default_rng([seed, *shape]).normal(size=shape)
    a = np.asarray(a + 0.2 * np.sign(a) if low is None else low + np.abs(a))
    a.flags.writeable = False
    return a


def weights(shape, few=False):
    """A gradient that arrives: another number at every place, of both signs; few can be shown."""
    if few:
        return np.resize([3.0, -1.0, 0.5, -2.0, 1.5, -0.5], shape)
    return some(*shape, seed=7) if shape else np.array(-0.7)


def operation(name, *arrays, settings=None, names="ab", constants=(), grads=None, one=False):
    """Probes of an operation at these arrays: the value, and the gradient of each.

    `constants` are the places of inputs that take no gradient, such as labels; `one` says that the
    value is one number. Few numbers are shown, and their g as well: one can do it by hand.
    """
    settings = settings or {}
    few = sum(np.size(each) for each in arrays) <= 6  # so few that all of them can be shown
    if few:
        arrays = [np.round(a, 1) if np.asarray(a).dtype.kind == "f" else a for a in arrays]
    for each in arrays:
        if isinstance(each, np.ndarray):
            each.flags.writeable = False
    given = [short(each) if few else str(np.shape(each)) for each in arrays]
    more = "".join(f", {key}={value}" for key, value in settings.items())
    what = f"{name}({(', ' if few else ' and ').join(given)}{more})"
    inputs = [i for i in range(len(arrays)) if i not in constants] if grads is None else grads

    def value(m):
        each = [m.Tensor(a) if i in inputs else a for i, a in enumerate(arrays)]
        return np.array(numbers(getattr(m, name)(*each, **settings)))

    probes = [Probe(what, value, lambda m: near_value(value(m), arrays))]
    shape = () if one else np.broadcast_shapes(*map(np.shape, arrays)) if few else None
    for i in inputs:
        words = f"the gradient of {names[i] if len(names) > i else i}"
        words += f"{more}, g = {short(weights(shape, few))}" if few else f" in {what}"
        look, kin = of_slope(name, arrays, i, settings, few)
        probes.append(Probe(words, look, kin))
    return probes


def short(array):
    """Few numbers, as one would write them."""
    said = np.array2string(np.asarray(array), separator=", ", formatter={"float": "{:g}".format})
    return re.sub(r"\s+", " ", said)


def of_slope(name, arrays, i, settings, few):
    """How to get what the i-th array receives from an operation, and what else may come of it."""

    def look(m, g=None, i=i):
        return slope(lambda *each: getattr(m, name)(*each, **settings), m, arrays, i, few, g)

    return look, lambda m: near_slope(lambda **how: look(m, **how), arrays, i)


def slope(function, m, arrays, i, few=False, change=None):
    """The gradient of the i-th array, where each number of the value is handed a g of its own."""
    inputs = [m.Tensor(a) if j == i else a for j, a in enumerate(arrays)]
    y = function(*inputs)
    g = weights(np.shape(numbers(y)), few)
    y.backward(g if change is None else change(g))
    return inputs[i].grad


def near_value(y, arrays):
    """What may come in the place of a value, and what to say then."""
    for n in sorted({np.size(arrays[0]), *np.shape(arrays[0])} - {1, 2}) * (y.ndim == 0):
        yield y * n, f"{n} times too large: that is the sum of {n}. Their *mean* is asked for."
        yield y / n, f"{n} times too small: it is divided by {n} once too often."
    yield -y, "The sign is turned."
    yield 2 * y, "Twice too large."
    yield y / 2, "That is half of it."
    yield 0 * y, "All is 0."


def near_slope(look, arrays, i):
    """What may come in the place of a gradient, and what to say then."""
    right = look()
    yield (
        look(g=np.ones_like),
        "`g` is lost: the slope is right, and what came from behind has to be passed on.",
    )
    yield look(g=np.square), "`g` comes in twice: the slope is multiplied by it once."
    yield look(g=lambda g: g**3), "`g` comes in three times: the slope is multiplied by it once."
    yield (
        look(g=lambda g: np.full(g.shape, g.mean())),
        "All places are handed the mean of `g`: each has its own.",
    )
    yield -right, "The sign is turned: does the value grow with this input, or shrink?"
    yield look(g=np.abs), "The sign of `g` is lost."
    yield 0 * right, "It receives nothing, and has a part in the value."
    for n in sorted({np.size(arrays[i]), *np.shape(arrays[i])} - {1, 2}):
        yield n * right, f"{n} times too large: a mean hears each of its {n} less."
        yield right / n, f"{n} times too small: it is divided by {n}, and that once too often."
    yield 2 * right, "Twice too large."
    yield right / 2, "That is half of it."
    for j, other in enumerate(arrays):
        if j != i and np.shape(other) == np.shape(arrays[i]) and np.asarray(other).dtype == float:
            yield look(i=j), "That is what the *other* one receives: the rules have changed places."
            yield -look(i=j), "That is what the other one receives, with its sign turned."


def near(*pairs):
    """Kin of a probe: (how to get it from the finished package, what to say then)."""
    return lambda m: [(look(m), reply) for look, reply in pairs]


def strictly(look):
    """With numpy's warnings as errors: what overflows is not right, even where its value is."""

    def strict(m):
        with np.errstate(over="raise", invalid="raise", divide="raise"):
            return look(m)

    return strict


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
