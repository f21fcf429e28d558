"""The one gradient checker, and how the tables of cases are written.

**The convention.** Every tests/test_<module>.py has one table, called CASES, at its top level:

    rng = np.random.default_rng(0)
    CASES = {
        "add: a column": (lambda a, b: a + b, (4, 3), (4, 1)),
        "log: a table": (log, rng.uniform(0.5, 2, (4, 3))),
        "cross_entropy: five rows": (cross_entropy, (5, 3), np.array([0, 2, 1, 1, 0])),
    }

    @over(CASES)
    def test_gradients(case):
        check(*case)

A case is a function and its inputs. A tuple of whole numbers is a shape, filled by chance; a float
array is taken as it is. Both are differentiated. Arrays of whole numbers and of truths (labels,
conditions) are constants. The names say what is special. tests/test_tables.py looks through all
the tables: a function made by `@op`, in any module of minnet, that no case of its module's table
goes through, fails. It sees this in the graphs, so the names are free.

Choose inputs that cannot hide a mistake: sizes that differ, numbers that are not whole, more than
one row. Keep away from corners, except where a tie of exactly two is meant: central differences
see the mean of both slopes there. A layer is checked by a function that closes over it,
`lambda x: layer(x)`, and each parameter by one that puts it in.
"""

import numpy as np
import pytest

from minnet.tensors import Tensor, backward


def over(cases):
    """Run a test once for each case of a table, under the case's name."""
    return pytest.mark.parametrize("case", list(cases.values()), ids=list(cases))


def check(function, *inputs, seed=1, h=1e-5, tolerance=1e-7):
    """Hold every gradient of `function` at `inputs` against central differences, and much else.

    Along random directions, with random weights on the values, in float64. Then: plain arrays
    give plain arrays with the same numbers; a constant among Tensors costs nothing; columns first
    in memory change nothing; float32 stays float32; a gradient has its input's shape, can be
    written to, and belongs to nobody else.
    """
    rng = np.random.default_rng(seed)
    arrays = [rng.normal(size=x) if isinstance(x, tuple) else np.asarray(x) for x in inputs]
    places = [i for i, array in enumerate(arrays) if array.dtype.kind == "f"]
    assert places, "no input of this case is differentiated"
    for _ in range(3):
        value = numbers(function(*arrays))
        weights = rng.normal(size=value.shape)
        gradients, strangers = differentiate(function, arrays, places, weights)
        for i, gradient in gradients.items():
            d = rng.normal(size=gradient.shape)
            up, down = (numbers(function(*put(arrays, i, arrays[i] + s * d))) for s in (h, -h))
            nudged, rule = ((up - down) * weights).sum() / (2 * h), (gradient * d).sum()
            assert abs(nudged - rule) <= tolerance * (1 + abs(nudged)), (
                f"input {i} of shape {d.shape}: its rule says {rule:.9g}, nudging {nudged:.9g}"
            )
    turned = [np.array(array, order="F") for array in arrays]  # the same, otherwise in memory
    for i in places:
        alone, others = differentiate(function, turned, [i], weights)
        np.testing.assert_allclose(alone[i], gradients[i], rtol=1e-12, atol=1e-12)
        assert others == strangers, "a constant array became part of the graph"
    if strangers == 0:
        check_plain(function, arrays)
        check_float32(function, arrays, places, value, gradients, weights)


def differentiate(function, arrays, places, weights, dtype=np.float64):
    """{place: gradient} of the inputs at `places`, and how many other leaves the graph has."""
    inputs = [Tensor(a) if i in places else a for i, a in enumerate(arrays)]
    value = function(*inputs)
    assert isinstance(value, Tensor), f"it returned {type(value).__name__}, not a Tensor"
    assert value.dtype == dtype, f"it returned {value.dtype}"
    assert value.shape == weights.shape, (
        f"shape {value.shape} of Tensors, {weights.shape} of arrays"
    )
    strangers = [node for node in history(value) if not node.sources]
    strangers = [node for node in strangers if all(node is not inputs[i].node for i in places)]
    before = [node.grad for node in strangers]
    backward(value, weights)
    for node, grad in zip(strangers, before, strict=True):
        node.grad = grad  # the parameters of a layer that the function closes over
    gradients = {i: inputs[i].grad for i in places}
    known = [*arrays, weights, value.data, *(inputs[i].data for i in places)]
    for i, gradient in gradients.items():
        assert isinstance(gradient, np.ndarray), f"input {i}: its gradient is {gradient!r}"
        assert gradient.shape == arrays[i].shape, f"input {i}: its gradient is {gradient.shape}"
        assert gradient.dtype == dtype, f"input {i}: its gradient is {gradient.dtype}"
        assert gradient.flags.writeable, f"input {i}: its gradient is read-only"
        for other in known:
            assert not np.shares_memory(gradient, other), f"input {i}: its gradient is shared"
        known.append(gradient)
    return gradients, len(strangers)


def history(value):
    """All nodes that a Tensor was made from, its own included."""
    found = [value.node]
    seen = {value.node}
    for node in found:
        new = {source for source, _ in node.sources} - seen
        seen |= new
        found += new
    return found


def check_plain(function, arrays):
    """Plain arrays in, a plain array out, with the very numbers that Tensors give."""
    value = function(*arrays)
    assert isinstance(value, np.ndarray | np.floating), f"arrays gave a {type(value).__name__}"
    assert value.dtype == np.float64, f"arrays gave {value.dtype}"
    tensors = [Tensor(a) if a.dtype.kind == "f" else a for a in arrays]
    np.testing.assert_array_equal(value, numbers(function(*tensors)))


def check_float32(function, arrays, places, value, gradients, weights, tolerance=1e-3):
    """float32 in, float32 out, values and gradients, near to those of float64."""
    small = [a.astype(np.float32) if i in places else a for i, a in enumerate(arrays)]
    assert function(*small).dtype == np.float32, f"float32 arrays gave {function(*small).dtype}"
    rough, _ = differentiate(function, small, places, weights, np.float32)
    np.testing.assert_allclose(numbers(function(*small)), value, tolerance, tolerance)
    for i in places:
        scale = tolerance * (1 + np.abs(gradients[i]).max(initial=0))
        np.testing.assert_allclose(rough[i], gradients[i], rtol=0, atol=scale)


def put(arrays, i, array):
    """The arrays, with another one at place i."""
    return [*arrays[:i], array, *arrays[i + 1 :]]


def numbers(value):
    """The numbers of a Tensor; an array as it is."""
    return value.data if isinstance(value, Tensor) else np.asarray(value)


def quiet(function):
    """The same function, or layer, without numpy's warnings."""
    return np.errstate(all="ignore")(lambda *inputs: function(*inputs))
