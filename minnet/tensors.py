"""A tensor is a container for data in N dimensions, with its linear operations. Ours also remembers
how it was made, so that it can say which way to change every number in it.
"""

from copy import deepcopy
from functools import wraps
from itertools import count
from math import prod
from operator import attrgetter
from sys import getrefcount, version_info

import numpy as np

from minnet import checks


class Node:
    """How a tensor was made: by which operation, and from which sources, each with its rule.

    `sources` are pairs, (node, rule): none for a leaf, and None once backward() or an optimizer
    has ended the history. A node is born after its sources. It holds numbers only in its rules.
    """

    __slots__ = ("birth", "grad", "keep", "name", "shape", "sources")
    births = count()

    def __init__(self, shape, name="leaf", sources=()):
        self.shape, self.name, self.sources = shape, name, sources
        self.birth, self.grad, self.keep = next(Node.births), None, not sources


class Tensor:
    """Numbers that know how they were made: `data`, an array, and `node`, their history.

    Made from numbers, it is a leaf with its own copy of them, in float64, or in float32
    where it was given a float32 array. `grad`, its gradient, is None until one arrives.
    Gradients of gradients are not computed: backward() works on plain arrays.
    """

    __slots__ = ("data", "node")
    shape = property(lambda t: t.data.shape, doc="The length of each axis.")
    ndim = property(lambda t: t.data.ndim, doc="How many axes there are.")
    size = property(lambda t: t.data.size, doc="How many numbers there are.")
    dtype = property(lambda t: t.data.dtype, doc="The type of the numbers, float32 or float64.")
    grad = property(
        lambda t: t.node.grad,
        lambda t, g: setattr(t.node, "grad", checks.require_gradient(t, g)),
        doc="The gradient, an array of the shape of `data`, or None; what is set is copied.",
    )

    def __init__(self, data, node=None):
        if node is None:
            array = checks.require_real("a Tensor", np.asarray(data))
            data = array.astype(np.float32 if array.dtype == np.float32 else np.float64)
            node = Node(data.shape)
        self.data, self.node = data, node

    def __repr__(self):
        numbers = np.array2string(self.data, precision=4, separator=", ", prefix="Tensor(")
        return f"Tensor({numbers})"


def op(function):
    """Turn a function of arrays into an operation that Tensors remember.

    The function returns its value and, for each input, a rule: given g, the gradient of the
    loss by the value, a rule returns the gradient of the loss by that input. None stands
    where an input takes no gradient, such as labels. Settings are keyword-only.
    A rule may return the shape of the value: an axis that was stretched is summed for it.
    """

    @wraps(function)
    def operation(*inputs, **settings):
        arrays, dtype = unwrap(function, inputs)
        try:
            results = function(*arrays, **settings)
        except (TypeError, ValueError, IndexError) as error:
            told = checks.explain(function, arrays, error)
            raise told.with_traceback(error.__traceback__) from None
        return record(function, inputs, results, dtype)

    return operation


@op
def multiply(a, b, /):
    """y = a b, elementwise: sizes are equal, or 1 is stretched, counted from the right.

    a receives g b, b receives g a.
    """
    return a * b, lambda g: g * b, lambda g: g * a


Tensor.__mul__ = multiply
Tensor.__rmul__ = lambda a, b: multiply(b, a)
Tensor.__neg__ = lambda a: multiply(-1, a)


@op
def add(a, b, /):
    """y = a + b, elementwise: sizes are equal, or 1 is stretched, counted from the right.

    Both receive g.
    """
    return a + b, lambda g: g, lambda g: g


Tensor.__add__ = add
Tensor.__radd__ = lambda a, b: add(b, a)


def unwrap(function, inputs):
    """The arrays in `inputs`, and the one dtype of its Tensors, which constants take."""
    arrays, dtype, constants = [], None, False
    for x in inputs:
        if isinstance(x, Tensor):
            x = x.data
            if x.dtype is not dtype:  # `is`: the fast question, and nearly always enough
                dtype = checks.require_one_dtype(function, dtype, x.dtype)
        else:
            constants = True
        arrays.append(x)
    if constants:
        if dtype is None:  # arrays alone: the largest float type among them
            dtypes = [x.dtype for x in inputs if hasattr(x, "dtype")]
            dtype = np.result_type(*[each for each in dtypes if each.kind == "f"] or [float])
        for i, x in enumerate(inputs):
            if not isinstance(x, Tensor):
                arrays[i] = constant(function.__name__, x, dtype)
    return arrays, dtype


def constant(name, x, dtype):
    """`x` as an array of this dtype; whole numbers in arrays and lists stay whole, as labels do."""
    if type(x) in (int, float) or (type(x) is np.ndarray and x.dtype is dtype):
        return np.asarray(x, dtype)
    array = checks.require_real(name, np.asarray(x))
    whole = array.dtype.kind in "iu" and isinstance(x, (np.ndarray, list))
    return array.astype(np.int64 if whole else dtype, copy=False)  # of int8, 100 + 100 were -56


def record(function, inputs, results, dtype):
    """The value as a Tensor that knows its sources; as an array where there was no Tensor."""
    if type(results) is not tuple or len(results) != 1 + len(inputs):
        checks.refuse_results(function, inputs)
    value, sources = results[0], []
    if type(value) is not np.ndarray or value.dtype is not dtype:
        value = checks.require_real(function.__name__, np.asarray(value)).astype(dtype)
    for i, (x, rule) in enumerate(zip(inputs, results[1:])):
        if isinstance(x, Tensor):
            if not callable(rule) or x.data.shape != x.node.shape:
                checks.refuse_source(function.__name__, x, i, rule)
            sources.append((x.node, rule))
    return Tensor(value, Node(value.shape, function.__name__, sources)) if sources else value[()]


def own(g):
    """g itself where nobody else holds it, else a copy: gradients of leaves share no memory.

    A large gradient is then written once. What else holds it is seen by counting references:
    backward's g, this g and the count's own are 3 (newer Pythons count 1 or 2: then we copy).
    """
    return g if g.base is None and getrefcount(g) <= ALONE else np.array(g)


ALONE = 3 if version_info < (3, 14) else 1


def oldest_first(node):
    """`node` and all that it was made from: a node is always younger than its sources."""
    found, seen = [node], {node}
    for each in found:  # the list grows as we walk along it
        if each.sources is None:
            checks.refuse_used(each)
        for source, _ in each.sources:
            if source not in seen:
                seen.add(source)
                found.append(source)
    return sorted(found, key=attrgetter("birth"))


def backward(loss, gradient=None):
    """Add ∂loss/∂leaf to `grad` of every leaf that `loss` was made from; release the history.

    `loss` is one number, or `gradient`, an array of its shape, says how much each counts.
    Newest first: when a node's turn comes, all that it fed has already sent its share.
    Released means once only: losses that share a part are added first. Numbers that you change in
    place between computing and this call make wrong gradients; an optimizer's step is refused.
    """
    g = checks.require_start(loss, gradient)
    nodes, gradients = oldest_first(loss.node), {loss.node: g}
    while nodes:
        node = nodes.pop()
        g = gradients.pop(node)
        if node.keep:
            node.grad = own(g) if node.grad is None else np.asarray(node.grad + g)
        if node.sources:
            hand_on(node, g, gradients)
            node.sources = None  # used: the numbers that its rules held are free


def hand_on(node, g, gradients):
    """Give every source of a node its share of g, through its rule; two shares are added up."""
    g = g.view()
    g.setflags(write=False)  # several rules read it, and none may change it
    for source, rule in node.sources:
        share = rule(g)
        if type(share) is not np.ndarray or share.dtype is not g.dtype:
            share = checks.require_real(node.name, np.asarray(share)).astype(g.dtype)
        if share.shape != source.shape:
            share = np.asarray(unbroadcast(share, source.shape))  # a sum of all is no array
        if source in gradients:
            share = np.asarray(gradients[source] + share)
        gradients[source] = share


Tensor.backward = backward


@op
def subtract(a, b, /):
    """y = a - b, elementwise: sizes are equal, or 1 is stretched, counted from the right.

    a receives g, b receives -g.
    """
    return a - b, lambda g: g, lambda g: -g


Tensor.__sub__ = subtract
Tensor.__rsub__ = lambda a, b: subtract(b, a)


@op
def power(a, b, /):
    """y = a to the power b, elementwise; anything to the power 0 is 1.

    a receives g b a^(b-1), and 0 where b is 0; b receives g y ln a, for a > 0, and 0 where a is 0.
    """
    square = b.ndim == 0 and b.item() == 2  # a product, which is faster than numpy's power
    y = a * a if square else a**b

    def to_a(g):
        if square:
            return 2 * a * g
        return g * b * np.where(b == 0, 1, a) ** (b - 1)

    return y, to_a, lambda g: g * y * np.log(np.where(a == 0, 1, a))


Tensor.__pow__ = power
Tensor.__rpow__ = lambda a, b: power(b, a)


def unbroadcast(g, shape):
    """Sum g over every axis along which an input of `shape` was copied."""
    new = checks.require_stretched(shape, g.shape)
    if g.shape[new:] == shape:  # a bias: whole rows were copied
        return g.reshape(prod(g.shape[:new]), *shape).sum(axis=0)
    copied = (*range(new), *(new + i for i, n in enumerate(shape) if n == 1))
    return g.sum(axis=copied).reshape(shape)


def spread(g, kept, shape):
    """g copied back to `shape`; in `kept`, the axes that were reduced have the length 1."""
    if g.size == 1:  # one number, read again for each place: three times as fast as broadcast_to
        return np.ndarray(shape, g.dtype, g.tobytes(), strides=(0,) * len(shape))
    return np.broadcast_to(g.reshape(kept), shape)


def without(axis, y, keepdims):
    """y without the axes that were reduced, unless they shall be kept, with the length 1."""
    return y if keepdims or y.ndim == 0 else y.squeeze(axis)


@op
def sum_over(a, /, *, axis=None, keepdims=False):
    """y = the sum of a along `axis`. a receives g, copied back along the axes that were summed."""
    y, shape = a.sum(axis, keepdims=True), a.shape
    kept = y.shape
    return without(axis, y, keepdims), lambda g: spread(g, kept, shape)


def tensor_sum(a, axis=None, keepdims=False):
    """The sum along `axis`, a number or a tuple of them; of everything where it is None.

    a receives g, copied back along the axes that were summed.
    """
    return sum_over(a, axis=axis, keepdims=keepdims)


Tensor.sum = tensor_sum


@op
def mean_over(a, /, *, axis=None, keepdims=False):
    """y = the mean of a along `axis`: the sum, divided by how many they are, n.

    a receives g / n, copied back along the axes that were averaged.
    """
    total, shape = a.sum(axis, keepdims=True), a.shape
    n = checks.require_numbers(a) // checks.require_numbers(total)
    kept = total.shape
    return without(axis, total / n, keepdims), lambda g: spread(g / n, kept, shape)


def tensor_mean(a, axis=None, keepdims=False):
    """The mean along `axis`, a number or a tuple of them; of everything where it is None.

    a receives g / n, copied back along the axes, n the number of elements that were averaged.
    """
    return mean_over(a, axis=axis, keepdims=keepdims)


Tensor.mean = tensor_mean


@op
def matmul(a, b, /):
    """y = a b, the matrix product: (…, n, k) and (…, k, m) give (…, n, m).

    a receives g bᵀ and b receives aᵀ g: the only products whose shapes fit.
    A vector counts as one row on the left and as one column on the right.
    """
    if a.ndim == 1 or b.ndim == 1:
        return matmul_vector(a, b)

    def to_b(g):
        if b.ndim == 2 < a.ndim:  # a stack by one matrix: all its rows in one product
            rows = prod(a.shape[:-1])
            return a.reshape(rows, -1).T @ g.reshape(rows, -1) if rows else np.zeros_like(b)
        return a.swapaxes(-1, -2) @ g

    return a @ b, lambda g: g @ b.swapaxes(-1, -2), to_b


def matmul_vector(a, b):
    """The same where a, b or both are vectors: made a row, or a column, on the way back."""
    row, column = a.ndim == 1, b.ndim == 1
    left, right = a[None] if row else a, b[:, None] if column else b

    def widened(g):
        g = g[..., None, :] if row and not column else g
        return g[..., None, None] if row and column else g[..., None] if column else g

    def to_b(g):
        share = left.swapaxes(-1, -2) @ widened(g)
        return share[..., 0] if column else share

    return a @ b, lambda g: widened(g) @ right.swapaxes(-1, -2), to_b


Tensor.__matmul__ = matmul
Tensor.__rmatmul__ = lambda a, b: matmul(b, a)


def check_gradients(function, *arrays, rng, h=1e-6, tolerance=1e-6):
    """True if every gradient of `function` at `arrays` agrees with nudging, or a ValueError.

    Each input is nudged by ±h along a random direction d: the value must change by h g · d.
    """
    checks.require_generator(rng)
    h = checks.require_number("h", h, 1e-15, 1)
    arrays = [Tensor(x).data.astype(float) for x in arrays]
    tensors = [Tensor(x) for x in arrays]
    value = function(*tensors)
    weights = rng.normal(size=getattr(value, "shape", ()))
    backward(value, weights)
    for i, x in enumerate(tensors):
        d = rng.normal(size=x.shape)
        up, down = (function(*arrays[:i], x.data + s * d, *arrays[i + 1 :]) for s in (h, -h))
        nudged = ((plain(up) - plain(down)) * weights).sum() / (2 * h)
        by_rule = 0.0 if x.grad is None else (x.grad * d).sum()
        near = abs(nudged - by_rule) <= tolerance * max(1, abs(nudged))
        checks.require_agreement(near, function, arrays, i, by_rule, nudged)
    return True


def plain(x):
    """The numbers of a Tensor; anything else as it is."""
    return x.data if isinstance(x, Tensor) else x


def comparison(function):
    """A comparison of numbers, Tensors or arrays alike: truths, which have no gradient."""
    return lambda a, b: function(plain(a), plain(b))


Tensor.__lt__, Tensor.__le__ = comparison(np.less), comparison(np.less_equal)
Tensor.__gt__, Tensor.__ge__ = comparison(np.greater), comparison(np.greater_equal)
Tensor.__eq__, Tensor.__ne__ = comparison(np.equal), comparison(np.not_equal)


@op
def divide(a, b, /):
    """y = a / b, elementwise: sizes are equal, or 1 is stretched, counted from the right.

    a receives g / b, b receives -g y / b.
    """
    y = a / b
    return y, lambda g: g / b, lambda g: -g * y / b


Tensor.__truediv__ = divide
Tensor.__rtruediv__ = lambda a, b: divide(b, a)


@op
def exp(a, /):
    """y = e to the power a, elementwise. a receives g y."""
    y = np.exp(a)
    return y, lambda g: g * y


@op
def log(a, /):
    """y = ln a, the natural logarithm, elementwise; a > 0. a receives g / a."""
    return np.log(a), lambda g: g / a


@op
def sqrt(a, /):
    """y = the square root of a, elementwise; a ≥ 0. a receives g / (2y)."""
    y = np.sqrt(a)
    return y, lambda g: g / (2 * y)


@op
def absolute(a, /):
    """y = |a|, elementwise. a receives g where a > 0, -g where a < 0, and 0 at the corner a = 0."""
    return np.abs(a), lambda g: g * np.sign(a)


Tensor.__abs__ = absolute


@op
def max_over(a, /, *, axis=None, keepdims=False):
    """y = the largest of a along `axis`. The largest receives g; equally large ones share it."""
    y = a.max(axis, keepdims=True)
    kept, largest = y.shape, a == y

    def to_a(g):
        share = g.reshape(kept) / largest.sum(axis, keepdims=True)
        return np.where(largest, share, 0)

    return without(axis, y, keepdims), to_a


def tensor_max(a, axis=None, keepdims=False):
    """The largest along `axis`, a number or a tuple of them; of everything where it is None.

    The largest receives g; where several are equally large, they share it equally.
    """
    return max_over(a, axis=axis, keepdims=keepdims)


Tensor.max = tensor_max


@op
def maximum(a, b, /):
    """y = the larger of a and b, elementwise. The larger receives g; equal ones half each."""
    left = (a > b) + (a == b) / 2
    return np.maximum(a, b), lambda g: g * left, lambda g: g * (1 - left)


@op
def where(condition, a, b, /):
    """y = a where `condition` is true, else b, elementwise. The one that was taken receives g."""
    taken = condition != 0  # truths again: `op` gives all arrays as numbers
    return (
        np.where(taken, a, b),
        None,
        lambda g: np.where(taken, g, 0),
        lambda g: np.where(taken, 0, g),
    )


@op
def reshape(a, /, *, shape):
    """y = the numbers of a, in their order, in another `shape`; one size may be -1.

    a receives g in its own shape.
    """
    before = a.shape
    return a.reshape(shape), lambda g: g.reshape(before)


def tensor_reshape(a, *shape):
    """The same numbers in another shape, given as sizes or as a tuple; one size may be -1."""
    return reshape(a, shape=unpacked(shape))


def unpacked(sizes):
    """reshape(2, 3) and reshape((2, 3)) are the same."""
    return sizes[0] if len(sizes) == 1 and isinstance(sizes[0], tuple | list) else sizes


Tensor.reshape = tensor_reshape


@op
def transpose(a, /, *, axes=None):
    """y = a with its axes in another order; reversed where `axes` is None.

    a receives g with the axes put back.
    """
    y = a.transpose(axes)
    back = None if axes is None else tuple(np.argsort([axis % a.ndim for axis in axes]))
    return y, lambda g: g.transpose(back)


def tensor_transpose(a, *axes):
    """The axes in another order, given one by one or as a tuple; reversed where none is given."""
    return transpose(a, axes=unpacked(axes) or None)


Tensor.transpose = tensor_transpose
Tensor.T = property(transpose)


@op
def index(a, /, *, key):
    """y = a[key], with slices, whole numbers, arrays of them, or conditions, as in numpy.

    What was picked receives its g; an element that was picked twice, both.
    """
    shape, parts = a.shape, key if isinstance(key, tuple) else (key,)
    once = all(part is None or part is ... or isinstance(part, int | slice) for part in parts)
    key = key if once else deepcopy(key)  # a list or an array may be changed before backward

    def to_a(g):
        whole = np.zeros(shape, g.dtype)
        if once:
            whole[key] = g
        else:
            np.add.at(whole.reshape(-1), places_of(key, shape).reshape(-1), g.reshape(-1))
        return whole

    return a[key], to_a


def places_of(key, shape):
    """Where the numbers that `key` picks stand, if one counts all of them from 0."""
    if isinstance(key, np.ndarray) and key.dtype.kind in "iu":  # whole rows, as an embedding picks
        rows, width = key.astype(np.int64) % shape[0], prod(shape[1:])
        return rows[..., None] * width + np.arange(width)
    return np.arange(prod(shape)).reshape(shape)[key]


Tensor.__getitem__ = lambda a, key: index(a, key=key)


@op
def join(*arrays, axis=0):
    """y = the arrays one after another along `axis`; their other sizes are equal.

    Each receives its own part of g.
    """
    y = np.concatenate(arrays, axis)
    ends = np.cumsum([0, *(array.shape[axis] for array in arrays)])

    def part(start, stop):
        return lambda g: g.swapaxes(0, axis)[start:stop].swapaxes(0, axis)

    return y, *map(part, ends[:-1], ends[1:])


def concatenate(tensors, axis=0):
    """The `tensors`, a list of Tensors or arrays, one after another along `axis`."""
    return join(*tensors, axis=axis)


def retain_grad(tensor):
    """Keep the gradient of this result too, to look at after backward()."""
    tensor.node.keep = True
    return tensor


def detach(tensor):
    """A copy of the numbers without their history: no gradient goes further back.

    It is no parameter of a layer that holds it.
    """
    data = tensor.data.copy()
    return Tensor(data, Node(data.shape, "detached"))


Tensor.retain_grad = retain_grad
Tensor.detach = detach


def item(tensor):
    """The number in a Tensor of one number, as a Python float."""
    return tensor.data.item()


def numpy(tensor):
    """A copy of the numbers, as a plain array."""
    return tensor.data.copy()


Tensor.item, Tensor.numpy = item, numpy
Tensor.__len__ = lambda a: len(a.data)
Tensor.__iter__ = lambda a: (a[i] for i in range(len(a)))
Tensor.__contains__ = lambda a, number: bool((a == number).any())
Tensor.__format__ = lambda a, spec: format(a.data, spec) if spec else repr(a)


def renew(parameter):
    """New numbers, a new node: results computed from the old ones can no longer go backward.

    An optimizer calls it at each step, load_state_dict for each parameter.
    """
    old, parameter.node = parameter.node, Node(parameter.node.shape)
    parameter.node.grad, old.sources = old.grad, None


def from_parts(data, grad, name):
    """A copied or unpickled Tensor: numbers and gradient are its own, history it has none."""
    tensor = Tensor(data)
    tensor.node.name, tensor.grad = name, grad
    return tensor


def as_parts(tensor):
    """How `copy` and `pickle` take a Tensor apart: a leaf stays a leaf, a result is detached."""
    leaf = tensor.node.sources == ()
    return from_parts, (tensor.data, tensor.grad, tensor.node.name if leaf else "detached")


Tensor.__reduce__ = as_parts


@op
def sin(a, /):
    """y = sin a, elementwise, a in radians. a receives g cos a."""
    return np.sin(a), lambda g: g * np.cos(a)


@op
def cos(a, /):
    """y = cos a, elementwise, a in radians. a receives -g sin a."""
    return np.cos(a), lambda g: -g * np.sin(a)


@op
def minimum(a, b, /):
    """y = the smaller of a and b, elementwise. The smaller receives g; equal ones half each."""
    left = (a < b) + (a == b) / 2
    return np.minimum(a, b), lambda g: g * left, lambda g: g * (1 - left)


def clip(a, a_min=-np.inf, a_max=np.inf):
    """a, elementwise, but not below `a_min` and not above `a_max`.

    What lies between them receives g, what was cut off receives 0, and what lies on them half.
    """
    return minimum(maximum(a, a_min), a_max)


@op
def pile(*arrays, axis=0):
    """y = the arrays, of equal shapes, as the parts along a new `axis`. Each receives its part."""

    def part(i):
        return lambda g: np.moveaxis(g, axis, 0)[i]

    return np.stack(arrays, axis), *map(part, range(len(arrays)))


def stack(tensors, axis=0):
    """The `tensors`, a list of Tensors or arrays of equal shapes, side by side along a new axis."""
    return pile(*tensors, axis=axis)


def answer_operator(tensor, function, method, *inputs, **settings):
    """`array @ tensor` asks numpy first, and numpy asks here: operators are ours, no more."""
    if method != "__call__" or settings or function not in OPERATORS:
        checks.refuse_numpy(tensor, function)
    return OPERATORS[function](*inputs)


OPERATORS = {np.add: add, np.subtract: subtract, np.multiply: multiply, np.divide: divide}
OPERATORS |= {np.power: power, np.matmul: matmul}
COMPARISONS = (np.less, np.less_equal, np.greater, np.greater_equal, np.equal, np.not_equal)
OPERATORS |= {function: comparison(function) for function in COMPARISONS}

Tensor.__array__ = Tensor.__array_function__ = checks.refuse_numpy
Tensor.__array_ufunc__ = answer_operator
Tensor.__setitem__ = checks.refuse_item_assignment
Tensor.__bool__ = lambda a: bool(checks.require_one_truth(a).data.item())
Tensor.__float__ = lambda a: float(checks.require_detached(a).data.item())

__all__ = [
    "Tensor",
    "absolute",
    "add",
    "backward",
    "check_gradients",
    "clip",
    "concatenate",
    "cos",
    "divide",
    "exp",
    "log",
    "matmul",
    "maximum",
    "minimum",
    "multiply",
    "op",
    "power",
    "reshape",
    "sin",
    "sqrt",
    "stack",
    "subtract",
    "transpose",
    "where",
]
