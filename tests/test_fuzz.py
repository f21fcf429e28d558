"""Any shapes, axes and keys: values against numpy, gradients against nudging.

Everyday a few dozen of each; with --thorough, a thousand. The cases are the same every time.
"""

import numpy as np
from helpers.gradients import check
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as shapes

from minnet.cost_functions import (
    binary_cross_entropy_with_logits,
    cross_entropy,
    huber,
    log_softmax,
)
from minnet.layers import (
    BatchNorm,
    Embedding,
    LayerNorm,
    Linear,
    avg_pool2d,
    conv2d,
    max_pool2d,
)
from minnet.tensors import (
    Tensor,
    absolute,
    add,
    backward,
    clip,
    concatenate,
    cos,
    divide,
    exp,
    log,
    matmul,
    maximum,
    minimum,
    multiply,
    power,
    sin,
    sqrt,
    stack,
    subtract,
    where,
)

seeds = st.integers(0, 2**32 - 1)
any_shape = shapes.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
some_shape = shapes.array_shapes(min_dims=1, max_dims=4, min_side=1, max_side=4)
two_shapes = shapes.mutually_broadcastable_shapes(num_shapes=2, min_side=0, max_dims=4, max_side=4)


def apart(shape, rng):
    """Different numbers of both signs, far from 0 and from each other: no corner is near."""
    n = int(np.prod(shape, dtype=int))
    return (rng.permutation(n) + 1.0).reshape(shape) * rng.choice([-0.5, 0.5], shape)


def compare(ours, numpys, *arrays):
    """The value is numpy's, and the gradients agree with nudging."""
    tensors = [Tensor(a) if a.dtype.kind == "f" else a for a in arrays]
    np.testing.assert_allclose(ours(*tensors).data, numpys(*arrays), rtol=1e-12, atol=1e-12)
    check(ours, *arrays)


PAIRS = {add: np.add, subtract: np.subtract, multiply: np.multiply, divide: np.divide}
PAIRS |= {power: np.power, maximum: np.maximum, minimum: np.minimum}
NAMED = (maximum, minimum)  # they have no operator, and a corner where both are equal


@given(st.sampled_from(list(PAIRS)), two_shapes, seeds)
def test_two_inputs_of_any_shapes_that_fit(operation, sizes, seed):
    rng = np.random.default_rng(seed)
    a, b = (rng.uniform(0.5, 2, shape) for shape in sizes.input_shapes)
    if operation in NAMED:
        a, b = apart(a.shape, rng), apart(b.shape, rng) + 0.25
    compare(operation, PAIRS[operation], a, b)


@given(st.sampled_from(list(PAIRS)), two_shapes, seeds)
def test_an_operator_between_any_array_and_any_tensor(operation, sizes, seed):
    rng = np.random.default_rng(seed)
    array, numbers = (rng.uniform(0.5, 2, shape) for shape in sizes.input_shapes)
    if operation not in NAMED:
        result = PAIRS[operation](array, Tensor(numbers))  # the array's own operator
        assert isinstance(result, Tensor)
        np.testing.assert_array_equal(result.data, PAIRS[operation](array, numbers))


ALONE = {exp: np.exp, log: np.log, sqrt: np.sqrt, absolute: np.abs, sin: np.sin, cos: np.cos}


@given(st.sampled_from(list(ALONE)), any_shape, seeds)
def test_one_input_of_any_shape(operation, shape, seed):
    rng = np.random.default_rng(seed)
    signs = 1 if operation in (log, sqrt) else rng.choice([-1, 1], shape)
    compare(operation, ALONE[operation], rng.uniform(0.5, 2, shape) * signs)


@given(any_shape, st.sampled_from([(-1.25, 1.25), (-np.inf, 0.75), (-0.75, np.inf)]), seeds)
def test_any_shape_is_clipped(shape, bounds, seed):
    a = apart(shape, np.random.default_rng(seed))
    compare(lambda a: clip(a, *bounds), lambda a: np.clip(a, *bounds), a)


def axes_of(shape):
    """None, one axis, or several, some counted from the end."""
    one = st.integers(-len(shape), len(shape) - 1) if shape else st.none()
    return st.none() | one | shapes.valid_tuple_axes(len(shape))


@given(st.data(), st.sampled_from(["sum", "mean", "max"]), some_shape, st.booleans(), seeds)
def test_reductions_along_any_axes(data, name, shape, keepdims, seed):
    axis = data.draw(axes_of(shape))
    a = apart(shape, np.random.default_rng(seed))
    reduce = getattr(np, name)
    compare(
        lambda a: getattr(a, name)(axis=axis, keepdims=keepdims),
        lambda a: reduce(a, axis=axis, keepdims=keepdims),
        a,
    )


@given(st.data(), some_shape, st.booleans(), seeds)
def test_the_largest_share_equally_however_many_they_are(data, shape, keepdims, seed):
    axis = data.draw(axes_of(shape))
    rng = np.random.default_rng(seed)
    a = Tensor(rng.integers(0, 3, shape))
    y = a.max(axis=axis, keepdims=keepdims)
    g = rng.normal(size=y.shape)
    backward(y, g)
    largest = a.data == a.data.max(axis=axis, keepdims=True)
    g = g.reshape(a.data.max(axis=axis, keepdims=True).shape)
    np.testing.assert_allclose(a.grad, largest * g / largest.sum(axis=axis, keepdims=True))


@given(
    shapes.mutually_broadcastable_shapes(
        signature="(n?,k),(k,m?)->(n?,m?)", min_side=0, max_side=4, max_dims=3
    ),
    seeds,
)
def test_products_of_matrices_vectors_and_stacks(sizes, seed):
    rng = np.random.default_rng(seed)
    compare(matmul, np.matmul, *(rng.normal(size=shape) for shape in sizes.input_shapes))


@given(
    shapes.mutually_broadcastable_shapes(num_shapes=3, min_side=0, max_dims=4, max_side=4), seeds
)
def test_a_choice_between_any_shapes(sizes, seed):
    rng = np.random.default_rng(seed)
    condition, a, b = (rng.normal(size=shape) for shape in sizes.input_shapes)
    condition = np.asarray(condition > 0)
    compare(where, np.where, condition, a, b)


@given(st.data(), any_shape, seeds)
def test_any_order_of_axes(data, shape, seed):
    axes = data.draw(st.permutations(range(len(shape))))
    axes = [axis - len(shape) * data.draw(st.integers(0, 1)) for axis in axes]
    a = np.random.default_rng(seed).normal(size=shape)
    compare(lambda a: a.transpose(tuple(axes)), lambda a: a.transpose(axes), a)
    compare(lambda a: a.T, lambda a: a.T, a)


@given(st.data(), some_shape, seeds)
def test_any_new_shape(data, shape, seed):
    n, new = int(np.prod(shape)), []
    for divisor in (2, 3, 4):
        if n % divisor == 0 and data.draw(st.booleans()):
            new.append(divisor)
            n //= divisor
    new = data.draw(st.permutations([*new, data.draw(st.sampled_from([n, -1]))]))
    a = np.random.default_rng(seed).normal(size=shape)
    compare(lambda a: a.reshape(*new), lambda a: a.reshape(new), a)
    compare(lambda a: a.T.reshape(tuple(new)), lambda a: a.T.reshape(new), a)


def keys_of(shape):
    """Slices, whole numbers, new axes; or arrays of whole numbers; or conditions."""
    return (
        shapes.basic_indices(shape, allow_newaxis=True)
        | shapes.integer_array_indices(shape)
        | shapes.arrays(bool, shape)
        | shapes.arrays(bool, shape[:1])
        | st.lists(st.integers(-shape[0], shape[0] - 1), min_size=1, max_size=5)
    )


@given(st.data(), some_shape, seeds)
def test_any_key(data, shape, seed):
    key = data.draw(keys_of(shape))
    a = np.random.default_rng(seed).normal(size=shape)
    compare(lambda a: a[key], lambda a: a[key], a)


@given(st.data(), some_shape, st.lists(st.integers(0, 4), min_size=1, max_size=4), seeds)
def test_joining_along_any_axis(data, shape, sizes, seed):
    axis = data.draw(st.integers(-len(shape), len(shape) - 1))
    rng = np.random.default_rng(seed)
    place = axis % len(shape)
    arrays = [rng.normal(size=(*shape[:place], n, *shape[place + 1 :])) for n in sizes]
    compare(
        lambda *arrays: concatenate(arrays, axis),
        lambda *arrays: np.concatenate(arrays, axis),
        *arrays,
    )


@given(st.data(), any_shape, st.integers(1, 4), seeds)
def test_stacking_along_any_new_axis(data, shape, n, seed):
    axis = data.draw(st.integers(-len(shape) - 1, len(shape)))
    rng = np.random.default_rng(seed)
    compare(
        lambda *arrays: stack(arrays, axis),
        lambda *arrays: np.stack(arrays, axis),
        *[rng.normal(size=shape) for _ in range(n)],
    )


STEPS = {
    "add": lambda a, b: add(a, b),
    "subtract": lambda a, b: subtract(a, b),
    "multiply": lambda a, b: multiply(a, b) * 0.5,
    "divide": lambda a, b: divide(a, b * b + 1),
    "exp": lambda a, b: exp(-a * a) + b,
    "sqrt": lambda a, b: sqrt(a * a + 1) - b,
    "mean": lambda a, b: a - b.mean(),
    "matmul": lambda a, b: matmul(a.T, b) * 0.3,
    "rows": lambda a, b: concatenate([a[1:], b[:1]]),
    "turn": lambda a, b: a[[2, 0, 0]] + b.T,
}


@given(
    st.lists(
        st.tuples(st.sampled_from(list(STEPS)), st.integers(0, 99), st.integers(0, 99)),
        min_size=1,
        max_size=8,
    ),
    seeds,
)
def test_any_graph(steps, seed):
    """Values are made from any two before them: used often, late, or not at all."""

    def graph(a, b):
        values = [a, b]
        for name, left, right in steps:
            values.append(STEPS[name](values[left % len(values)], values[right % len(values)]))
        return values[-1] + 0.1 * a - 0.1 * b

    rng = np.random.default_rng(seed)
    check(graph, rng.normal(size=(3, 3)), rng.normal(size=(3, 3)), tolerance=1e-6)


@given(st.integers(1, 5), st.integers(2, 5), st.floats(0, 1), st.booleans(), seeds)
def test_cross_entropy_of_any_size(n, classes, smoothing, ignoring, seed):
    rng = np.random.default_rng(seed)
    labels, weight = rng.integers(0, classes, n), rng.uniform(0.5, 2, classes)
    counted = np.arange(n) < (n + 1) // 2 if ignoring else np.ones(n, bool)

    def by_hand(logits):
        p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        wanted = np.eye(classes)[labels] * (1 - smoothing) + smoothing / classes
        surprise = -(wanted * weight * np.log(p)).sum(axis=1)
        return surprise[counted].sum() / weight[labels][counted].sum()

    settings = {"weight": weight, "label_smoothing": smoothing, "ignore_index": -100}
    given_labels = np.where(counted, labels, -100)
    compare(
        lambda logits: cross_entropy(logits, given_labels, **settings),
        by_hand,
        rng.normal(size=(n, classes)),
    )


@given(st.data(), some_shape, seeds)
def test_costs_of_any_shape(data, shape, seed):
    rng = np.random.default_rng(seed)
    a, misses = rng.normal(size=shape), apart(shape, rng)
    axis = data.draw(st.integers(-len(shape), len(shape) - 1))
    compare(
        lambda a: log_softmax(a, axis=axis),
        lambda a: a - np.log(np.exp(a).sum(axis=axis, keepdims=True)),
        a,
    )
    yes = rng.integers(0, 2, shape)
    p = 1 / (1 + np.exp(-a))
    compare(
        lambda a: binary_cross_entropy_with_logits(a, yes),
        lambda a: -np.mean(np.log(np.where(yes, p, 1 - p))),
        a,
    )
    m = np.abs(misses)
    compare(
        lambda a, b: huber(a, b, delta=0.75),
        lambda a, b: np.mean(np.where(m < 0.75, m**2 / 2, 0.75 * (m - 0.375))),
        a + misses,
        a,
    )


def windows(x, k, stride):
    """Every window of a padded batch of pictures, with its place, by two loops."""
    for i, top in enumerate(range(0, x.shape[2] - k + 1, stride)):
        for j, left in enumerate(range(0, x.shape[3] - k + 1, stride)):
            yield i, j, x[:, :, top : top + k, left : left + k]


def slide(x, k, stride, look):
    """look(window) at every place, put together to pictures."""
    size = [(n - k) // stride + 1 for n in x.shape[2:]]
    places = list(windows(x, k, stride))
    y = np.zeros((*look(places[0][2]).shape, *size))
    for i, j, window in places:
        y[:, :, i, j] = look(window)
    return y


sizes = st.integers(1, 3)


@given(
    sizes,
    sizes,
    sizes,
    sizes,
    st.integers(0, 3),
    st.integers(0, 3),
    sizes,
    st.integers(0, 2),
    seeds,
)
def test_convolutions_of_any_size(n, c, kernels, k, more, wider, stride, padding, seed):
    rng = np.random.default_rng(seed)
    x, w = rng.normal(size=(n, c, k + more, k + wider)), rng.normal(size=(kernels, c, k, k))

    def by_loops(x, w, b):
        around = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
        y = slide(around, k, stride, lambda part: np.einsum("nchw,kchw->nk", part, w))
        return y + b[:, None, None]

    compare(
        lambda x, w, b: conv2d(x, w, b, stride=stride, padding=padding),
        by_loops,
        x,
        w,
        rng.normal(size=kernels),
    )


@given(st.data(), sizes, sizes, sizes, st.integers(0, 3), st.integers(0, 3), sizes, seeds)
def test_pooling_of_any_size(data, n, c, k, more, wider, stride, seed):
    padding = data.draw(st.integers(0, k // 2))
    x = apart((n, c, k + more, k + wider), np.random.default_rng(seed))
    around = [(0, 0), (0, 0), (padding, padding), (padding, padding)]
    for ours, look, edge in (max_pool2d, np.max, -np.inf), (avg_pool2d, np.mean, 0):
        compare(
            lambda x, ours=ours: ours(x, kernel_size=k, stride=stride, padding=padding),
            lambda x, look=look, edge=edge: slide(
                np.pad(x, around, constant_values=edge),
                k,
                stride,
                lambda part: look(part, axis=(2, 3)),
            ),
            x,
        )


def normal(x, axes, eps):
    """x to mean 0 and variance 1 along the axes, and both as they were."""
    mean, variance = x.mean(axis=axes, keepdims=True), x.var(axis=axes, keepdims=True)
    return (x - mean) / np.sqrt(variance + eps), mean.ravel(), variance.ravel()


@given(st.integers(2, 5), sizes, st.lists(sizes, max_size=2), seeds)
def test_batch_normalisation_of_any_size(n, features, more, seed):
    rng = np.random.default_rng(seed)
    layer = BatchNorm(features, momentum=0.25, eps=0.5)
    x = rng.normal(3, 2, size=(n, features, *more))
    axes, column = (0, *range(2, x.ndim)), (-1, *[1] * len(more))
    count = x.size // features
    wanted, mean, variance = normal(x, axes, 0.5)
    np.testing.assert_allclose(layer(x).data, wanted, atol=1e-12)
    np.testing.assert_allclose(layer.running_mean, 0.25 * mean)
    unbiased = variance * count / (count - 1)
    np.testing.assert_allclose(layer.running_var, 0.75 + 0.25 * unbiased)
    layer.weight.data[...], layer.bias.data[...] = rng.normal(size=(2, features))
    scale, shift = layer.weight.data.reshape(column), layer.bias.data.reshape(column)
    np.testing.assert_allclose(layer(x).data, wanted * scale + shift, atol=1e-12)
    check(lambda x: layer(x), x)
    known = (x - layer.running_mean.reshape(column)) / np.sqrt(
        layer.running_var.reshape(column) + 0.5
    )
    np.testing.assert_allclose(layer.predict(x), known * scale + shift, atol=1e-12)


@given(st.lists(sizes, min_size=1, max_size=3), st.integers(2, 4), seeds)
def test_layer_normalisation_of_any_size(rows, features, seed):
    rng = np.random.default_rng(seed)
    layer, x = LayerNorm(features, eps=0.5), rng.normal(3, 2, size=(*rows, features))
    wanted, _, _ = normal(x, -1, 0.5)
    np.testing.assert_allclose(layer(x).data, wanted, atol=1e-12)
    layer.weight.data[...], layer.bias.data[...] = rng.normal(size=(2, features))
    wanted = wanted * layer.weight.data + layer.bias.data
    np.testing.assert_allclose(layer(x).data, wanted, atol=1e-12)
    np.testing.assert_allclose(layer.predict(x), wanted, atol=1e-12)
    check(lambda x: layer(x), x)


@given(st.lists(sizes, max_size=2), sizes, sizes, seeds)
def test_a_linear_layer_takes_rows_stacks_and_single_vectors(rows, inputs, outputs, seed):
    rng = np.random.default_rng(seed)
    layer, x = Linear(inputs, outputs, rng=rng), rng.normal(size=(*rows, inputs))
    assert layer.bias.data.tolist() == [0] * outputs
    layer.bias.data[...] = rng.normal(size=outputs)
    wanted = (x[..., None] * layer.weight.data).sum(axis=-2) + layer.bias.data
    np.testing.assert_allclose(layer(x).data, wanted, atol=1e-12)
    check(lambda x: layer(x), x)


@given(st.lists(st.integers(0, 3), max_size=2), sizes, sizes, seeds)
def test_an_embedding_of_any_ids(shape, count, size, seed):
    rng = np.random.default_rng(seed)
    layer, ids = Embedding(count, size, rng=rng), rng.integers(0, count, shape)
    y = layer(ids)
    np.testing.assert_array_equal(y.data, layer.weight.data[ids])
    g = rng.normal(size=y.shape)
    backward(y, g)
    for i in range(count):
        np.testing.assert_allclose(layer.weight.grad[i], g[ids == i].sum(axis=0), atol=1e-12)
    assert layer(np.array([count - 1])).shape == (1, size)
