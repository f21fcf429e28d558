"""What is refused at the door: one guard, one function, one message. A guard says what was given,
what was expected, and the way out; it gives back what it was asked about. It knows a Tensor by its
`node`.
"""

import numpy as np


def require_real(name, array):
    """`array` as it is, if it holds real numbers."""
    if array.dtype.kind not in "fiub":
        what = array.item() if array.ndim == 0 else array.tolist()
        raise TypeError(f"{name} works with real numbers, not {array.dtype}: {what!r:.60}")
    return array


def require_one_dtype(function, dtype, other):
    """`other`, the float dtype of a Tensor, if those before it have the same."""
    if dtype is not None and other != dtype:
        raise TypeError(f"{function.__name__} of a {dtype} and a {other} Tensor: choose one dtype")
    if other.kind != "f":
        raise TypeError(f"a Tensor's data became {other}: give it floats, with .astype(float)")
    return other


def explain(function, arrays, error):
    """The same error, with what was given, and the way out: the first line of the docstring."""
    kind = next(k for k in (ValueError, TypeError, IndexError) if isinstance(error, k))
    shapes = " and ".join(str(array.shape) for array in arrays)
    wanted = (function.__doc__ or "").partition("\n")[0]
    said = f"{function.__name__} of shapes {shapes}: {str(error).strip()}\n{wanted}"
    return kind(said.strip())


def refuse_results(function, inputs):
    """An operation returns a tuple: its value, and one rule for each input."""
    name, n = function.__name__, len(inputs)
    raise TypeError(f"{name} must return its value, and a rule for each of its {n} inputs")


def refuse_source(name, x, i, rule):
    """A Tensor has a rule to receive its gradient by, and numbers of the shape it was made with."""
    if rule is None:
        raise TypeError(f"{name} takes no gradient for input {i}: give an array, no Tensor")
    if not callable(rule):
        raise TypeError(f"rule {i} of {name} is no function: {rule!r:.60}")
    raise ValueError(
        f"a Tensor of shape {x.node.shape} was given data of shape {x.data.shape}: "
        "make a new Tensor of them"
    )


def require_start(loss, gradient):
    """The gradient that backward() starts from: 1 for one number, else what was given."""
    if not hasattr(loss, "node"):
        raise TypeError(
            f"backward() starts from a Tensor, not from {type(loss).__name__}: "
            "was everything in this computation a plain array?"
        )
    if gradient is None and loss.data.size != 1:
        raise ValueError(
            f"backward() starts from one number, not from shape {loss.data.shape}: "
            "take the .sum() or the .mean() first"
        )
    if gradient is None:
        return np.ones(loss.data.shape, loss.data.dtype)
    g = require_real("backward", np.asarray(gradient)).astype(loss.data.dtype)
    if g.shape != loss.data.shape:
        shape = loss.data.shape
        raise ValueError(f"the gradient has shape {g.shape}, the value {shape}: give one each")
    return g


def refuse_used(node):
    """A history is walked once; a parameter's ends where step() changes its numbers."""
    if node.name == "leaf":
        raise ValueError(
            "a step() or load_state_dict() has changed a parameter since this was computed: "
            "compute the value again, then go backward before you step"
        )
    raise ValueError(
        "this history was used by an earlier backward(): compute the value again, "
        "or add the losses first and go backward once"
    )


def require_stretched(shape, stretched):
    """How many more axes a gradient has than its input, if it is a stretched form of it."""
    new = len(stretched) - len(shape)
    if new < 0 or any(n not in (1, m) for n, m in zip(shape, stretched[new:])):
        raise ValueError(f"a rule gave shape {stretched} for an input of shape {shape}")
    return new


def require_gradient(tensor, g):
    """A copy of g, if it has the shape of the tensor; None clears a gradient."""
    if g is None:
        return None
    if np.shape(g) != tensor.data.shape:
        shape = tensor.data.shape
        raise ValueError(f"grad has shape {np.shape(g)}, and w {shape}: None clears it")
    return require_real("grad", np.asarray(g)).astype(tensor.data.dtype)


def require_numbers(array):
    """How many numbers there are, if there are any: numpy's mean of none is nan."""
    if array.size == 0:
        raise ValueError("there are no numbers to average: is the batch empty?")
    return array.size


def require_number(name, value, low, high):
    """`value` as it is, if it is a number from `low` to below `high`."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.number):
        raise TypeError(f"{name} is a number, not {value!r}")
    if not low <= value < high:
        raise ValueError(f"{name} goes from {low} to below {high}, not {value}")
    return value


def require_count(name, value):
    """`value` as it is, if it is a whole number, 1 or more."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise TypeError(f"{name} is a whole number, not {value!r}")
    if value < 1:
        raise ValueError(f"{name} is 1 or more, not {value}")
    return value


def require_generator(rng):
    """`rng` as it is, if it is a source of random numbers."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng is a generator, such as np.random.default_rng(0), not {rng!r}")
    return rng


def require_agreement(near, function, arrays, i, rule, nudged):
    """Rule and nudging say the same, or we are told where not; chance has no slope."""
    if not near:
        name, shape = function.__name__, arrays[i].shape
        one, other = (getattr(y, "data", y) for y in (function(*arrays), function(*arrays)))
        if not np.array_equal(one, other, equal_nan=True):
            raise ValueError(f"{name} answers differently each time: take chance out, with .eval()")
        raise ValueError(
            f"{name}, input {i}, shape {shape}: its rule says {rule:.6g}, nudging says {nudged:.6g}"
        )


def refuse_numpy(tensor, function=None, *_, **__):
    """numpy would answer with an array of objects, or lose the gradient without a word."""
    name = f"np.{function.__name__}" if hasattr(function, "__name__") else "numpy"
    raise TypeError(
        f"{name} does not know Tensors: use minnet's operation, or .numpy() for plain numbers"
    )


def refuse_item_assignment(tensor, key, value):
    """A Tensor's history holds for the numbers that it was made with."""
    raise TypeError(
        "a Tensor's numbers stay as they were computed: choose with where(condition, a, b), "
        "or set the .data of a leaf before it is used"
    )


def require_one_truth(tensor):
    """`if tensor:` asks for one truth; a Tensor of many numbers has many."""
    if tensor.data.size != 1:
        shape = tensor.data.shape
        raise ValueError(f"a Tensor of shape {shape} is not one truth: compare, then .all()")
    return tensor


def require_detached(tensor):
    """float(t), math.exp(t), array[i] = t would go on without the gradient, and say nothing."""
    if tensor.data.size != 1:
        shape = tensor.data.shape
        raise ValueError(f"a Tensor of shape {shape} is not one number: only one of size 1 is")
    if tensor.node.name != "detached":
        raise TypeError(
            "float() would lose the gradient: use minnet's operations, or .item() for the number"
        )
    return tensor
