"""What a type checker makes of tensors: read by mypy in test_types.py, never run."""

from typing import Any, assert_type

import numpy as np
from numpy.typing import NDArray

import minnet as mn
from minnet import Tensor

w, x = Tensor([[1.0, 2.0]]), np.ones((3, 1))

assert_type(w * 2, Tensor)
assert_type(2 - w, Tensor)
assert_type(-w / x**2, Tensor)
assert_type(w.sum(axis=0, keepdims=True), Tensor)
assert_type(w.mean(), Tensor)
assert_type(w.T.reshape(2, -1), Tensor)
assert_type(w[:, 0], Tensor)
assert_type(w.item(), float)
assert_type(w > 1, NDArray[Any])
assert_type(w.data, NDArray[Any])
assert_type(w.grad, NDArray[Any] | None)
assert_type(w.shape, tuple[int, ...])
assert_type(mn.exp(w), Tensor)
assert_type(mn.maximum(0, w), Tensor)
assert_type(mn.concatenate([w, x]), Tensor)
