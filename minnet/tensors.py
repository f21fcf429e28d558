"""A tensor is a container for data in N dimensions, with its linear operations. Ours also remembers
how it was made, so that it can say which way to change every number in it.
"""

from functools import wraps
from itertools import count

import numpy as np

__all__ = [
    "Tensor",
    "absolute",
    "add",
    "backward",
    "check_gradients",
    "concatenate",
    "divide",
    "exp",
    "log",
    "matmul",
    "maximum",
    "max_over",
    "mean_over",
    "multiply",
    "op",
    "power",
    "reshape",
    "sqrt",
    "subtract",
    "sum_over",
    "transpose",
    "where",
]


class Node:
    """How a tensor was made: by which operation, and from which sources, each with its rule.

    A node is born after its sources. It holds a shape and a gradient, not the numbers.
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
    """

    __slots__ = ("data", "node")

    def __init__(self, data, node=None):
        self.data = as_floats(data) if node is None else data
        self.node = Node(self.data.shape) if node is None else node

    def __repr__(self):
        numbers = np.array2string(self.data, precision=4, separator=", ", prefix="Tensor(")
        return f"Tensor({numbers})"


def as_floats(data):
    """A new array of the real numbers in `data`: float32 stays float32, others become float64."""
    array = check_real("a Tensor", np.asarray(data), data)
    return array.astype(np.float32 if array.dtype == np.float32 else np.float64)


def check_real(name, array, given):
    """`array` as it is, if it holds real numbers."""
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{name} works with real numbers, not {array.dtype}: {given!r:.60}")
    return array


def set_grad(tensor, g):
    """`w.grad = None` clears it; anything else has the shape of w."""
    if g is not None and np.shape(g) != tensor.shape:
        raise ValueError(f"grad has shape {np.shape(g)}, and w {tensor.shape}: None clears it")
    tensor.node.grad = None if g is None else as_dtype("grad", g, tensor.dtype)


Tensor.shape = property(lambda t: t.data.shape)
Tensor.ndim = property(lambda t: t.data.ndim)
Tensor.size = property(lambda t: t.data.size)
Tensor.dtype = property(lambda t: t.data.dtype)
Tensor.grad = property(lambda t: t.node.grad, set_grad)


def common_dtype(function, inputs):
    """The one dtype of the Tensors among `inputs`; where there is none, that of the arrays."""
    found = None
    for x in inputs:
        if isinstance(x, Tensor):
            now, name = x.data.dtype, function.__name__
            if found is not None and now != found:
                raise TypeError(f"{name} of a {found} and a {now} Tensor: choose one dtype")
            found = now
    if found is None:
        floats = [x for x in inputs if getattr(getattr(x, "dtype", None), "kind", "") == "f"]
        return np.result_type(*floats) if floats else np.dtype(float)
    if found.kind != "f":
        raise TypeError(f"a Tensor's data became {found}: give it floats, with .astype(float)")
    return found


def constant(function, x, dtype):
    """`x` as an array: numbers and float arrays take `dtype`; labels and conditions stay whole."""
    array = check_real(function.__name__, np.asarray(x), x)
    whole = isinstance(x, np.ndarray | list) and array.dtype.kind != "f"
    return array.astype(np.int64 if whole else dtype, copy=False)  # int64: 100 + 100 is 200


def as_dtype(name, value, dtype):
    """What a function or a rule gave, as an array of the dtype of its operation."""
    if type(value) is np.ndarray and value.dtype == dtype:
        return value
    return check_real(name, np.asarray(value), value).astype(dtype)


def explain(function, arrays, error):
    """The same error, with what was given, and the way out: the first line of the docstring."""
    kind = next(k for k in (ValueError, TypeError, IndexError) if isinstance(error, k))
    shapes = " and ".join(str(array.shape) for array in arrays)
    wanted = (function.__doc__ or "").partition("\n")[0]
    said = f"{function.__name__} of shapes {shapes}: {str(error).strip()}\n{wanted}"
    return kind(said.strip())


def check_results(function, results, inputs):
    """Refuse an operation that does not return its value and one rule for each input."""
    if not isinstance(results, tuple) or len(results) != 1 + len(inputs) or results[0] is None:
        name, n = function.__name__, len(inputs)
        raise TypeError(f"{name} must return its value, and a rule for each of its {n} inputs")


def sources_of(function, inputs, rules):
    """[(node, rule), …] of the Tensors among the inputs."""
    sources = []
    for i, (x, rule) in enumerate(zip(inputs, rules)):
        if isinstance(x, Tensor):
            if rule is None:
                name = function.__name__
                raise TypeError(f"{name} takes no gradient for input {i}: give an array, no Tensor")
            if not callable(rule):
                raise TypeError(f"rule {i} of {function.__name__} is no function: {rule!r:.60}")
            if x.data.shape != x.node.shape:
                raise ValueError(
                    f"a Tensor of shape {x.node.shape} was given data of shape {x.data.shape}: "
                    "make a new Tensor of them"
                )
            sources.append((x.node, rule))
    return sources


def op(function):
    """Turn a function of arrays into an operation that Tensors remember.

    The function returns its value and, for each input, a rule: given g, the gradient of the
    loss by the value, a rule returns the gradient of the loss by that input. None stands
    where an input takes no gradient, such as labels. Settings are keyword-only.
    """

    @wraps(function)
    def operation(*inputs, **settings):
        dtype = common_dtype(function, inputs)
        arrays = [x.data if isinstance(x, Tensor) else constant(function, x, dtype) for x in inputs]
        try:
            results = function(*arrays, **settings)
        except (TypeError, ValueError, IndexError) as error:
            raise explain(function, arrays, error) from None
        check_results(function, results, inputs)
        value = as_dtype(function.__name__, results[0], dtype)
        sources = sources_of(function, inputs, results[1:])
        if not sources:
            return value[()]
        return Tensor(value, Node(value.shape, function.__name__, sources))

    return operation


@op
def multiply(a, b):
    """y = a b, elementwise: sizes are equal, or 1 is stretched, counted from the right.

    a receives g b, b receives g a.
    """
    return a * b, lambda g: g * b, lambda g: g * a


Tensor.__mul__ = multiply
Tensor.__rmul__ = lambda a, b: multiply(b, a)
Tensor.__neg__ = lambda a: multiply(-1, a)


@op
def add(a, b):
    """y = a + b, elementwise: sizes are equal, or 1 is stretched, counted from the right.

    Both receive g.
    """
    return a + b, lambda g: g, lambda g: g


Tensor.__add__ = add
Tensor.__radd__ = lambda a, b: add(b, a)


def oldest_first(node):
    """`node` and all that it was made from: a node is always younger than its sources."""
    found, seen = [node], {node}
    for each in found:  # the list grows as we walk along it
        if each.sources is None:
            raise ValueError(
                "this history was used by an earlier backward(): compute the value again, "
                "or add the losses first and go backward once"
            )
        new = {source for source, _ in each.sources} - seen
        seen |= new
        found += new
    return sorted(found, key=lambda each: each.birth)


def unbroadcast(g, shape):
    """Sum g over every axis along which an input of `shape` was copied."""
    if g.shape == shape:
        return g
    new = g.ndim - len(shape)
    if new < 0 or any(n not in (1, m) for n, m in zip(shape, g.shape[new:], strict=True)):
        raise ValueError(f"a rule gave shape {g.shape} for an input of shape {shape}")
    copied = (*range(new), *(new + i for i, n in enumerate(shape) if n == 1))
    return g.sum(axis=copied).reshape(shape)


def backward(loss, gradient=None):
    """Add ∂loss/∂leaf to `grad` of every leaf that `loss` was made from; release the history.

    `loss` is one number, or `gradient`, an array of its shape, says how much each counts.
    Newest first: when a node's turn comes, all that it fed has already sent its share.
    """
    g = check_start(loss, gradient)
    nodes, gradients = oldest_first(loss.node), {loss.node: g}
    while nodes:
        node = nodes.pop()
        g = gradients.pop(node)
        if node.keep:
            node.grad = np.array(g if node.grad is None else node.grad + g)
        for source, rule in node.sources:
            share = unbroadcast(as_dtype(node.name, rule(g), g.dtype), source.shape)
            gradients[source] = gradients[source] + share if source in gradients else share
        if node.sources:
            node.sources = None  # used: the numbers that its rules held are free


Tensor.backward = backward


def check_start(loss, gradient):
    """The gradient that backward() starts from: 1 for one number, else what was given."""
    if not isinstance(loss, Tensor):
        raise TypeError(
            f"backward() starts from a Tensor, not from {type(loss).__name__}: "
            "was everything in this computation a plain array?"
        )
    if gradient is None and loss.size != 1:
        raise ValueError(
            f"backward() starts from one number, not from shape {loss.shape}: "
            "take the .sum() or the .mean() first"
        )
    g = np.ones_like(loss.data) if gradient is None else as_dtype("backward", gradient, loss.dtype)
    if g.shape != loss.shape:
        raise ValueError(f"the gradient has shape {g.shape}, the value {loss.shape}: give one each")
    return g


@op
def subtract(a, b):
    """y = a - b, elementwise: sizes are equal, or 1 is stretched, counted from the right.

    a receives g, b receives -g.
    """
    return a - b, lambda g: g, lambda g: -g


Tensor.__sub__ = subtract
Tensor.__rsub__ = lambda a, b: subtract(b, a)


@op
def power(a, b):
    """y = a to the power b, elementwise; 0 to the power 0 is 1.

    a receives g b a^(b-1), and 0 where b is 0; b receives g y ln a, and 0 where a is 0.
    """
    y = a**b
    return (
        y,
        lambda g: g * b * a ** np.where(b == 0, 1, b - 1),
        lambda g: g * y * np.log(np.where(a == 0, 1, a)),
    )


Tensor.__pow__ = power
Tensor.__rpow__ = lambda a, b: power(b, a)


def spread(g, shape, axis, keepdims):
    """g copied back to `shape`, after the axes in `axis` were reduced away."""
    if axis is not None and not keepdims:
        g = np.expand_dims(g, axis)
    return np.broadcast_to(g, shape)


@op
def sum_over(a, *, axis=None, keepdims=False):
    """y = the sum of a along `axis`, a number or a tuple of them; of everything where it is None.

    a receives g, copied back along the axes that were summed.
    """
    shape = a.shape
    return a.sum(axis, keepdims=keepdims), lambda g: spread(g, shape, axis, keepdims)


Tensor.sum = lambda a, axis=None, keepdims=False: sum_over(a, axis=axis, keepdims=keepdims)


@op
def mean_over(a, *, axis=None, keepdims=False):
    """y = the mean of a along `axis`, a number or a tuple of them; of everything where it is None.

    a receives g / n, copied back along the axes, n the number of elements that were averaged.
    """
    y = a.sum(axis, keepdims=keepdims)
    check_not_empty(a, y)
    shape, n = a.shape, a.size // y.size
    return y / n, lambda g: spread(g / n, shape, axis, keepdims)


def check_not_empty(a, y):
    """Refuse the mean of no numbers, which numpy answers with nan."""
    if a.size == 0 or y.size == 0:
        raise ValueError("there are no numbers to average: is the batch empty?")


Tensor.mean = lambda a, axis=None, keepdims=False: mean_over(a, axis=axis, keepdims=keepdims)


@op
def matmul(a, b):
    """y = a b, the matrix product: (…, n, k) and (…, k, m) give (…, n, m).

    a receives g bᵀ and b receives aᵀ g: the only products whose shapes fit.
    A vector counts as one row on the left and as one column on the right.
    """
    lost = (-2,) * (a.ndim == 1) + (-1,) * (b.ndim == 1)  # the axes that vectors do not have
    left, right = np.atleast_2d(a), b[:, None] if b.ndim == 1 else b
    squeeze = -1 if b.ndim == 1 else ()
    return (
        a @ b,
        lambda g: np.expand_dims(g, lost) @ right.swapaxes(-1, -2),
        lambda g: (left.swapaxes(-1, -2) @ np.expand_dims(g, lost)).squeeze(squeeze),
    )


Tensor.__matmul__ = matmul
Tensor.__rmatmul__ = lambda a, b: matmul(b, a)


def check_number(name, value, low, high):
    """`value` as it is, if it is a number from `low` to below `high`."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.number):
        raise TypeError(f"{name} is a number, not {value!r}")
    if not low <= value < high:
        raise ValueError(f"{name} goes from {low} to below {high}, not {value}")
    return value


def check_count(name, value):
    """`value` as it is, if it is a whole number, 1 or more."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise TypeError(f"{name} is a whole number, not {value!r}")
    if value < 1:
        raise ValueError(f"{name} is 1 or more, not {value}")
    return value


def check_generator(rng):
    """`rng` as it is, if it is a source of random numbers."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng is a generator, such as np.random.default_rng(0), not {rng!r}")
    return rng


def check_gradients(function, *arrays, rng, h=1e-6, tolerance=1e-6):
    """True if every gradient of `function` at `arrays` agrees with nudging, or a ValueError.

    Each input is nudged by ±h along a random direction d: the value must change by h g · d.
    """
    check_generator(rng)
    h, arrays = check_number("h", h, 1e-15, 1), [as_floats(array).astype(float) for array in arrays]
    tensors = [Tensor(array) for array in arrays]
    value = function(*tensors)
    weights = rng.normal(size=getattr(value, "shape", ()))
    backward(value, weights)
    for i, x in enumerate(tensors):
        d = rng.normal(size=x.shape)
        up, down = (function(*arrays[:i], x.data + s * d, *arrays[i + 1 :]) for s in (h, -h))
        nudged = ((up - down) * weights).sum() / (2 * h)
        rule = 0.0 if x.grad is None else (x.grad * d).sum()
        if not abs(nudged - rule) <= tolerance * max(1, abs(nudged)):
            raise ValueError(
                f"{function.__name__}, input {i}, shape {x.shape}: "
                f"its rule says {rule:.6g}, nudging says {nudged:.6g}"
            )
    return True


@op
def divide(a, b):
    """y = a / b, elementwise: sizes are equal, or 1 is stretched, counted from the right.

    a receives g / b, b receives -g y / b.
    """
    y = a / b
    return y, lambda g: g / b, lambda g: -g * y / b


Tensor.__truediv__ = divide
Tensor.__rtruediv__ = lambda a, b: divide(b, a)


@op
def exp(a):
    """y = e to the power a, elementwise. a receives g y."""
    y = np.exp(a)
    return y, lambda g: g * y


@op
def log(a):
    """y = ln a, the natural logarithm, elementwise; a > 0. a receives g / a."""
    return np.log(a), lambda g: g / a


@op
def sqrt(a):
    """y = the square root of a, elementwise; a ≥ 0. a receives g / 2y."""
    y = np.sqrt(a)
    return y, lambda g: g / (2 * y)


@op
def absolute(a):
    """y = |a|, elementwise. a receives g where a > 0, -g where a < 0, and 0 at the corner a = 0."""
    return np.abs(a), lambda g: g * np.sign(a)


Tensor.__abs__ = absolute


@op
def max_over(a, *, axis=None, keepdims=False):
    """y = the largest of a along `axis`, a number or a tuple; of everything where it is None.

    The largest receives g; where several are equally large, they share it equally.
    """
    y = a.max(axis, keepdims=True)
    shape, largest = a.shape, a == y
    ties = largest.sum(axis, keepdims=True)
    return (
        y if keepdims else y.squeeze(axis),
        lambda g: spread(g, shape, axis, keepdims) * largest / ties,
    )


Tensor.max = lambda a, axis=None, keepdims=False: max_over(a, axis=axis, keepdims=keepdims)


@op
def maximum(a, b):
    """y = the larger of a and b, elementwise. It receives g; where they are equal, half each."""
    left = (a > b) + (a == b) / 2
    return np.maximum(a, b), lambda g: g * left, lambda g: g * (1 - left)


@op
def where(condition, a, b):
    """y = a where `condition` is true, else b, elementwise. The one that was taken receives g."""
    taken = condition != 0
    return np.where(taken, a, b), None, lambda g: g * taken, lambda g: g * ~taken


@op
def reshape(a, *, shape):
    """y = the numbers of a, in their order, in another `shape`; one size may be -1.

    a receives g in its own shape.
    """
    before = a.shape
    return a.reshape(shape), lambda g: g.reshape(before)


def unpacked(sizes):
    """reshape(2, 3) and reshape((2, 3)) are the same."""
    return sizes[0] if len(sizes) == 1 and isinstance(sizes[0], tuple | list) else sizes


Tensor.reshape = lambda a, *shape: reshape(a, shape=unpacked(shape))


@op
def transpose(a, *, axes=None):
    """y = a with its axes in another order; reversed where `axes` is None.

    a receives g with the axes put back.
    """
    y = a.transpose(axes)
    back = None if axes is None else tuple(np.argsort([axis % a.ndim for axis in axes]))
    return y, lambda g: g.transpose(back)


Tensor.transpose = lambda a, *axes: transpose(a, axes=unpacked(axes) or None)
Tensor.T = property(transpose)


@op
def index(a, *, key):
    """y = a[key], with slices, whole numbers, arrays of them, or conditions, as in numpy.

    What was picked receives its g; an element that was picked twice, both.
    """
    shape = a.shape
    parts = key if isinstance(key, tuple) else (key,)
    repeats = any(isinstance(part, np.ndarray | list) for part in parts)

    def rule(g):
        whole = np.zeros(shape, g.dtype)
        if repeats:
            np.add.at(whole, key, g)
        else:
            whole[key] = g
        return whole

    return a[key], rule


Tensor.__getitem__ = lambda a, key: index(a, key=key)


@op
def join(*arrays, axis=0):
    """y = the arrays one after another along `axis`; their other sizes are equal.

    Each receives its own part of g.
    """
    value = np.concatenate(arrays, axis)
    ends = np.cumsum([0, *(array.shape[axis] for array in arrays)])

    def rule(start, stop):
        return lambda g: g.take(range(start, stop), axis)

    return value, *map(rule, ends[:-1], ends[1:])


def concatenate(tensors, axis=0):
    """The `tensors`, a list of Tensors or arrays, one after another along `axis`."""
    return join(*tensors, axis=axis)


def retain_grad(tensor):
    """Keep the gradient of this result too, to look at after backward()."""
    tensor.node.keep = True
    return tensor


def detach(tensor):
    """A new leaf with a copy of the numbers and no history: no gradient goes further back."""
    return Tensor(tensor.data)


Tensor.retain_grad = retain_grad
Tensor.detach = detach


def plain(x):
    """The numbers of a Tensor; anything else as it is."""
    return x.data if isinstance(x, Tensor) else x


def compare(function):
    """A comparison of numbers, Tensors or arrays alike: truths, which have no gradient."""
    return lambda a, b: function(plain(a), plain(b))


Tensor.__lt__, Tensor.__le__ = compare(np.less), compare(np.less_equal)
Tensor.__gt__, Tensor.__ge__ = compare(np.greater), compare(np.greater_equal)
Tensor.__eq__, Tensor.__ne__ = compare(np.equal), compare(np.not_equal)
Tensor.__hash__ = object.__hash__

Tensor.item = lambda a: a.data.item()
Tensor.numpy = lambda a: a.data.copy()
Tensor.__len__ = lambda a: len(a.data)
Tensor.__iter__ = lambda a: (a[i] for i in range(len(a)))
Tensor.__float__ = lambda a: float(a.item())
Tensor.__format__ = lambda a, spec: format(a.data, spec) if spec else repr(a)


def one_truth(tensor):
    """`if tensor:` asks for one truth; a Tensor of many numbers has many."""
    if tensor.size != 1:
        raise ValueError(f"a Tensor of shape {tensor.shape} is not one truth: compare, then .all()")
    return bool(tensor.item())


def refuse(tensor, function=None, *_, **__):
    """numpy would answer with an array of objects, or lose the gradient without a word."""
    name = f"np.{function.__name__}" if hasattr(function, "__name__") else "numpy"
    raise TypeError(
        f"{name} does not know Tensors: use minnet's operation, or .numpy() for plain numbers"
    )


def answer_operator(tensor, function, method, *inputs, **settings):
    """`array @ tensor` asks numpy first, and numpy asks here: operators are ours, no more."""
    if function not in OPERATORS or method != "__call__" or settings:
        refuse(tensor, function)
    return OPERATORS[function](*inputs)


OPERATORS = {np.add: add, np.subtract: subtract, np.multiply: multiply, np.divide: divide}
OPERATORS |= {np.power: power, np.matmul: matmul}
COMPARISONS = (np.less, np.less_equal, np.greater, np.greater_equal, np.equal, np.not_equal)
OPERATORS |= {function: compare(function) for function in COMPARISONS}


Tensor.__bool__ = one_truth
Tensor.__array__ = refuse
Tensor.__array_function__ = refuse
Tensor.__array_ufunc__ = answer_operator
