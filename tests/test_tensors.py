"""The engine: every operation against central differences, and what the engine promises."""

import gc
import os
import subprocess
import sys
import threading
import weakref
from pathlib import Path

import gradients
import numpy as np
import pytest

from minnet import tensors
from minnet.tensors import Tensor, backward, check_gradients, concatenate, op, where

RNG = np.random.default_rng(0)
TESTS = Path(__file__).parent


def some(*shape):
    return RNG.normal(size=shape)


def positive(*shape):
    return 0.5 + RNG.random(shape)


TIES = np.array([[1.0, 3.0, 3.0], [2.0, 0.5, 2.0]])
TWICE = np.array([0, 0, 2])
CASES = {
    "add: same shapes": (lambda a, b: a + b, some(4, 3), some(4, 3)),
    "add: a column": (lambda a, b: a + b, some(4, 3), some(4, 1)),
    "add: a row": (lambda a, b: a + b, some(4, 3), some(3)),
    "add: both stretched": (lambda a, b: a + b, some(4, 1, 3), some(2, 1)),
    "add: a number": (lambda a, b: a + b, some(4, 3), some()),
    "add: reflected": (lambda a: 2.5 + a, some(4, 3)),
    "add: numbers without axes": (lambda a, b: a + b, some(), some()),
    "add: nothing": (lambda a, b: a + b, some(0, 3), some(3)),
    "add: to itself": (lambda a: a + a, some(4, 3)),
    "subtract: a column": (lambda a, b: a - b, some(4, 3), some(4, 1)),
    "subtract: from a row": (lambda a, b: a - b, some(3), some(4, 3)),
    "subtract: reflected": (lambda a: 2.5 - a, some(4, 3)),
    "subtract: from itself": (lambda a: a - a * 2, some(4, 3)),
    "multiply: same shapes": (lambda a, b: a * b, some(4, 3), some(4, 3)),
    "multiply: both stretched": (lambda a, b: a * b, some(4, 1), some(2, 1, 3)),
    "multiply: by itself": (lambda a: a * a, some(4, 3)),
    "multiply: three times": (lambda a: a * a * a, some(4, 3)),
    "multiply: negation": (lambda a: -a, some(4, 3)),
    "multiply: reflected": (lambda a: 3 * a, some(4, 3)),
    "divide: a row": (lambda a, b: a / b, some(4, 3), positive(3)),
    "divide: a column below": (lambda a, b: a / b, some(3), positive(4, 1)),
    "divide: reflected": (lambda a: 2 / a, positive(4, 3)),
    "power: a number": (lambda a: a**3, some(4, 3)),
    "power: a half": (lambda a: a**0.5, positive(4, 3)),
    "power: of a negative base": (lambda a: a**2, -positive(4, 3)),
    "power: an exponent to learn": (lambda a, b: a**b, positive(4, 3), some(3)),
    "power: reflected": (lambda a: 2**a, some(4, 3)),
    "power: of nothing": (lambda a: a**2, some(0, 2)),
    "exp: a table": (tensors.exp, some(4, 3)),
    "log: a table": (tensors.log, positive(4, 3)),
    "sqrt: a table": (tensors.sqrt, positive(4, 3)),
    "absolute: both signs": (abs, some(4, 3)),
    "sum_over: everything": (lambda a: a.sum(), some(4, 3)),
    "sum_over: an axis": (lambda a: a.sum(0), some(4, 3)),
    "sum_over: an axis, kept": (lambda a: a.sum(axis=1, keepdims=True), some(4, 3)),
    "sum_over: a negative axis": (lambda a: a.sum(-2), some(4, 3, 2)),
    "sum_over: two axes": (lambda a: a.sum((0, -1)), some(4, 3, 2)),
    "sum_over: two axes, kept": (lambda a: a.sum((0, 2), keepdims=True), some(4, 3, 2)),
    "sum_over: all, kept": (lambda a: a.sum(keepdims=True), some(4, 3)),
    "sum_over: of nothing": (lambda a: a.sum(0), some(0, 3)),
    "sum_over: a number": (lambda a: a.sum(), some()),
    "mean_over: everything": (lambda a: a.mean(), some(4, 3)),
    "mean_over: an axis": (lambda a: a.mean(0), some(4, 3)),
    "mean_over: two axes, kept": (lambda a: a.mean((0, -1), keepdims=True), some(4, 3, 2)),
    "max_over: everything": (lambda a: a.max(), some(4, 3)),
    "max_over: an axis": (lambda a: a.max(1), some(4, 3)),
    "max_over: two axes, kept": (lambda a: a.max((0, 2), keepdims=True), some(4, 3, 2)),
    "maximum: a row": (tensors.maximum, some(4, 3), some(3)),
    "maximum: a number": (lambda a: tensors.maximum(a, 0.1), some(4, 3)),
    "where: a condition": (lambda a, b: where(TIES > 1, a, b), some(2, 3), some(3)),
    "reshape: a size open": (lambda a: a.reshape(2, -1), some(4, 3)),
    "reshape: to a tuple": (lambda a: a.reshape((3, 4)), some(4, 3)),
    "reshape: a number": (lambda a: a.reshape(1, 1), some()),
    "transpose: reversed": (lambda a: a.T, some(4, 3, 2)),
    "transpose: some order": (lambda a: a.transpose(1, 2, 0), some(4, 3, 2)),
    "transpose: negative axes": (lambda a: a.transpose((-1, 0, -2)), some(4, 3, 2)),
    "matmul: matrices": (lambda a, b: a @ b, some(2, 3), some(3, 4)),
    "matmul: a vector on the right": (lambda a, b: a @ b, some(2, 3), some(3)),
    "matmul: a vector on the left": (lambda a, b: a @ b, some(3), some(3, 4)),
    "matmul: two vectors": (lambda a, b: a @ b, some(3), some(3)),
    "matmul: one row, one column": (lambda a, b: a @ b, some(1, 3), some(3, 1)),
    "matmul: a stack and a matrix": (lambda a, b: a @ b, some(5, 2, 3), some(3, 4)),
    "matmul: stretched stacks": (lambda a, b: a @ b, some(5, 1, 2, 3), some(6, 3, 4)),
    "matmul: a stack and a vector": (lambda a, b: a @ b, some(5, 2, 3), some(3)),
    "matmul: a vector and a stack": (lambda a, b: a @ b, some(3), some(5, 3, 4)),
    "matmul: turned": (lambda a, b: a.T @ b.T, some(3, 2), some(4, 3)),
    "matmul: with itself": (lambda a: a @ a, some(3, 3)),
    "matmul: no rows": (lambda a, b: a @ b, some(0, 3), some(3, 2)),
    "index: a row": (lambda a: a[1], some(4, 3)),
    "index: one number": (lambda a: a[2, 1], some(4, 3)),
    "index: slices with steps": (lambda a: a[::2, ::-1], some(4, 3)),
    "index: the same twice": (lambda a: a[TWICE], some(4, 3)),
    "index: pairs": (lambda a: a[TWICE, [1, 1, 0]], some(4, 3)),
    "index: a condition": (lambda a: a[TIES > 1], some(2, 3)),
    "index: a new axis": (lambda a: a[:, None, ..., 1:], some(4, 3)),
    "join: along rows": (lambda a, b: concatenate([a, b]), some(4, 3), some(2, 3)),
    "join: along the last": (lambda a, b: concatenate([a, b], axis=-1), some(4, 3), some(4, 1)),
    "join: with itself": (lambda a: concatenate([a, a], axis=1), some(4, 3)),
}


@pytest.mark.parametrize("case", CASES)
def test_the_gradient_agrees_with_nudging(case):
    gradients.check(*CASES[case])


@pytest.mark.parametrize("case", CASES)
def test_the_gradient_agrees_for_inputs_that_lie_the_other_way_in_memory(case):
    function, *arrays = CASES[case]
    gradients.check(function, *(np.asfortranarray(array) for array in arrays))


def test_sliced_inputs_are_read_as_they_look():
    wide = some(4, 6)
    x, w = Tensor(wide[:, ::2]), Tensor(wide[:3, ::-2])
    y = x @ w
    np.testing.assert_allclose(y.data, wide[:, ::2] @ wide[:3, ::-2])
    y.sum().backward()
    np.testing.assert_allclose(x.grad, np.ones((4, 3)) @ wide[:3, ::-2].T)


def test_equally_large_numbers_share_the_gradient():
    a = Tensor(TIES)
    a.max(axis=1).sum().backward()
    np.testing.assert_array_equal(a.grad, [[0, 0.5, 0.5], [0.5, 0, 0.5]])
    a, b = Tensor([1.0, 2.0]), Tensor([1.0, 3.0])
    tensors.maximum(a, b).sum().backward()
    np.testing.assert_array_equal(a.grad, [0.5, 0])
    np.testing.assert_array_equal(b.grad, [0.5, 1])


def test_corners_have_the_slope_that_the_docstring_says():
    a = Tensor([0.0, 0.0])
    abs(a).sum().backward()
    np.testing.assert_array_equal(a.grad, [0, 0])
    a = Tensor([0.0, 2.0])
    (a**0).sum().backward()
    np.testing.assert_array_equal(a.grad, [0, 0])
    b = Tensor([0.0, 2.0])
    (np.array([0.0, 0.0]) ** b).sum().backward()
    np.testing.assert_array_equal(b.grad, [0, 0])


def test_a_value_used_twice_receives_both():
    x = Tensor(3.0)
    (x * x).backward()
    assert x.grad == 6


def test_the_diamond_hands_on_once():
    a = Tensor(2.0)
    b = 2 * a
    (b + b * b).backward()
    assert a.grad == 18


def test_forty_doublings_are_forty_steps():
    x = Tensor([1.0, -1.0])
    y = x
    for _ in range(40):
        y = y + y
    y.sum().backward()
    np.testing.assert_array_equal(x.grad, [2.0**40] * 2)


def test_a_chain_may_be_a_hundred_thousand_deep():
    x = Tensor(1.0)
    y = x
    for _ in range(100_000):
        y = y + 1
    y.backward()
    assert x.grad == 1


def test_a_thousand_wide():
    x = Tensor(1.0)
    total = x * 0
    for i in range(1000):
        total = total + x * i
    total.backward()
    assert x.grad == sum(range(1000))


def test_a_graph_is_freed_without_the_garbage_collector():
    class Numbers(np.ndarray):
        """An array that can be watched."""

    gc.collect()
    gc.disable()
    try:
        x = Tensor(np.ones(3))
        x.data = x.data.view(Numbers)
        watched, y = weakref.ref(x.data), (x * x).sum() * 2
        del x
        assert watched() is not None  # the rules need it
        del y
        assert watched() is None
        y = Tensor(1.0)
        for _ in range(100_000):
            y = y * 1.0
        del y
    finally:
        gc.enable()


def test_numbers_that_no_rule_needs_are_freed_at_once():
    x = Tensor(np.ones(3))
    middle = x + 1
    watched, y = weakref.ref(middle.data), middle + 1
    del middle
    assert watched() is None and y.node.sources


def test_rules_of_constants_are_never_called():
    def explode(g):
        raise AssertionError("a constant needs no gradient")

    @op
    def first_only(a, b):
        return a * b, lambda g: g * b, explode

    x = Tensor([1.0, 2.0])
    first_only(x, np.array([3.0, 4.0])).sum().backward()
    np.testing.assert_array_equal(x.grad, [3, 4])


def test_gradients_accumulate_until_they_are_cleared():
    x = Tensor(5.0)
    (3 * x).backward()
    (3 * x).backward()
    assert x.grad == 6
    x.grad = None
    (3 * x).backward()
    assert x.grad == 3


def test_two_losses_on_one_graph_are_added_first():
    x = Tensor(2.0)
    y = x * x
    (y + 3 * y).backward()
    assert x.grad == 16
    with pytest.raises(ValueError, match="add the losses first"):
        y.backward()


def test_a_history_is_used_once_and_refused_before_anything_is_added():
    x = Tensor(2.0)
    y = x * x
    y.backward()
    z = y * x
    with pytest.raises(ValueError, match="used by an earlier backward"):
        z.backward()
    assert x.grad == 4


def test_a_middle_gradient_is_kept_where_it_is_asked_for():
    x = Tensor(2.0)
    middle = (3 * x).retain_grad()
    other = x * 1
    (middle**2 + other).backward()
    assert middle.grad == 12 and x.grad == 37 and other.grad is None


def test_detach_cuts_the_history_and_copies_the_numbers():
    x = Tensor([1.0, 2.0])
    y = (x * 2).detach()
    (y * 3).sum().backward()
    assert x.grad is None
    np.testing.assert_array_equal(y.grad, [3, 3])
    y.data[0] = 9
    assert x.data[0] == 1


def test_a_leaf_owns_its_numbers():
    array = np.ones(3)
    x = Tensor(array)
    x.data -= 1
    assert array.sum() == 3
    x.numpy()[0] = 7
    assert x.data.sum() == 0


@pytest.mark.parametrize("number", [2, 2.0, np.float64(2), np.array(2.0), np.ones(2), [1, 2]])
def test_float32_stays_float32_whatever_it_meets(number):
    x = Tensor(np.array([1, 2], np.float32))
    for value in (x + number, number - x, x * number, number / x, x**2):
        assert value.dtype == np.float32
    value = (x * number).sum()
    value.backward()
    assert value.dtype == x.grad.dtype == np.float32


@pytest.mark.parametrize("dtype", [int, bool, np.uint8, np.float16, np.int32])
def test_other_kinds_become_float64(dtype):
    assert Tensor(np.array([0, 1]).astype(dtype)).dtype == np.float64


def test_unsigned_numbers_do_not_wrap():
    a, b = np.array([1], np.uint8), np.array([2], np.uint8)
    assert tensors.subtract(a, b) == -1
    assert (Tensor([1.0]) - b).data == -1


def test_extremes_do_not_warn():
    with np.errstate(all="raise"):
        for scale in (1e4, -1e4, 1e-4):
            x = Tensor(np.array([scale, 1.0]))
            y = (x * x + x - x / 3).mean() + abs(x).max() + tensors.maximum(x, 0).sum()
            y.backward()
            assert np.isfinite(x.grad).all()


def test_a_tensor_behaves_among_arrays():
    x = Tensor([[1.0, 2.0], [3.0, 4.0]])
    assert (x.shape, x.ndim, x.size, len(x)) == ((2, 2), 2, 4, 2)
    assert repr(Tensor([1.0, 2.5])) == "Tensor([1. , 2.5])"
    assert f"{x.sum():.1f}" == "10.0" and float(x[0, 0]) == 1 and x.max().item() == 4
    assert [row.shape for row in x] == [(2,), (2,)]
    assert (x > 2).tolist() == [[False, False], [True, True]] == (np.full((2, 2), 2) < x).tolist()
    assert (x == x).all() and (x != 0).all() and (x >= 1).all() and (x <= 4).all()
    assert hash(x) != hash(Tensor(x.data)) and Tensor(3.0) and not Tensor(0.0)
    assert isinstance(np.ones((2, 2)) @ x, Tensor) and isinstance(np.float64(2) * x, Tensor)
    assert isinstance(np.array([2.0]) ** x[0], Tensor)


REFUSED = {
    "shapes that do not fit": (
        lambda: Tensor(some(2, 3)) + some(3, 2),
        ValueError,
        r"add of shapes \(2, 3\) and \(3, 2\).*\n.*sizes are equal, or 1 is stretched",
    ),
    "a product whose shapes do not meet": (
        lambda: Tensor(some(2, 3)) @ some(2, 3),
        ValueError,
        r"matmul of shapes \(2, 3\) and \(2, 3\)",
    ),
    "two dtypes": (
        lambda: Tensor([1.0]) + Tensor(np.float32([1])),
        TypeError,
        "float64 and a float32 Tensor: choose one",
    ),
    "None": (lambda: Tensor([1.0]) + None, TypeError, "real numbers, not object: None"),
    "a word": (lambda: Tensor("one"), TypeError, "real numbers, not <U3"),
    "complex numbers": (lambda: Tensor([1j]), TypeError, "real numbers, not complex128"),
    "complex constants": (lambda: Tensor([1.0]) * 1j, TypeError, "not complex128"),
    "a tensor of tensors": (lambda: Tensor([Tensor(1.0)]), TypeError, "does not know Tensors"),
    "numpy's exp": (lambda: np.exp(Tensor(1.0)), TypeError, "np.exp does not know Tensors"),
    "numpy's sum": (lambda: np.sum(Tensor([1.0])), TypeError, "np.sum does not know Tensors"),
    "numpy's reduce": (lambda: np.add.reduce(Tensor([1.0])), TypeError, "does not know Tensors"),
    "asarray": (lambda: np.asarray(Tensor([1.0])), TypeError, "use minnet's operation, or .numpy"),
    "many truths": (lambda: bool(Tensor([1.0, 2.0])), ValueError, r"shape \(2,\) is not one truth"),
    "an axis that is not there": (lambda: Tensor([1.0]).sum(3), ValueError, "axis 3"),
    "the mean of nothing": (lambda: Tensor(np.ones((0, 2))).mean(0), ValueError, "no numbers"),
    "a shape that does not fit": (
        lambda: Tensor(some(4)).reshape(3),
        ValueError,
        "reshape of shape",
    ),
    "a row that is not there": (lambda: Tensor([1.0])[5], IndexError, "out of bounds"),
    "backward from many": (
        lambda: Tensor([1.0, 2.0]).backward(),
        ValueError,
        r"not from shape \(2,\): take the .sum\(\) or the .mean\(\) first",
    ),
    "backward from an array": (
        lambda: backward(np.ones(())),
        TypeError,
        "not from ndarray: was everything in this computation a plain array",
    ),
    "a gradient that does not fit": (
        lambda: Tensor([1.0, 2.0]).backward(np.ones(3)),
        ValueError,
        r"gradient has shape \(3,\), the value \(2,\)",
    ),
    "an operation without rules": (
        lambda: op(lambda a: a * 2)(Tensor(1.0)),
        TypeError,
        "must return its value, and a rule for each of its 1 inputs",
    ),
    "a Tensor where none is wanted": (
        lambda: where(Tensor([1.0]), Tensor([1.0]), 0.0),
        TypeError,
        "where takes no gradient for input 0",
    ),
    "a wrong rule": (
        lambda: check_gradients(
            op(lambda a, b: (a * b, lambda g: g * a, lambda g: g * a)), [2.0], [3.0], rng=RNG
        ),
        ValueError,
        "input 0.*its rule says .*, nudging says",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_answered_is_refused_with_the_way_out(what):
    attempt, kind, said = REFUSED[what]
    with pytest.raises(kind, match=said):
        attempt()


def test_threads_do_not_disturb_each_other():
    results = [None] * 4

    def work(i):
        rng = np.random.default_rng(1)
        x, w = rng.normal(size=(8, 5)), Tensor(rng.normal(size=(5, 3)))
        for _ in range(50):
            ((x @ w) ** 2).mean().backward()
        results[i] = w.grad

    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all((result == results[0]).all() for result in results)


SEEDED = """
import numpy as np
from minnet.cost_functions import cross_entropy
from minnet.layers import Dropout, Linear, Sequential, relu
from minnet.optimizers import Adam
before = np.random.get_state()[1].sum()
rng = np.random.default_rng(0)
network = Sequential(Linear(4, 8, rng=rng), relu, Dropout(0.5, rng=rng), Linear(8, 3, rng=rng))
optimizer = Adam(network.parameters(), 0.01)
for _ in range(20):
    loss = cross_entropy(network(rng.normal(size=(6, 4))), rng.integers(0, 3, 6))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
assert np.random.get_state()[1].sum() == before
print(b"".join(p.data.tobytes() for p in network.parameters()).hex())
"""


def test_one_seed_gives_one_result_in_every_process():
    printed = set()
    for hashseed in "0", "1", "77":
        environment = {**os.environ, "PYTHONHASHSEED": hashseed, "PYTHONPATH": str(TESTS.parent)}
        done = subprocess.run(
            [sys.executable, "-c", SEEDED], env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        printed.add(done.stdout)
    assert len(printed) == 1
