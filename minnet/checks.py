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
        return np.asarray(1, loss.data.dtype).reshape(loss.data.shape)
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


def require_same_shape(predictions, targets):
    """Refuse an empty batch, and shapes that numpy would stretch, such as (n, 1) against (n,)."""
    if predictions.shape != targets.shape:
        raise ValueError("one prediction for each target: reshape one of them, to equal shapes")
    if predictions.size == 0:
        raise ValueError("there are no predictions: is the batch empty?")


def require_logits(logits):
    """(n, classes), if the logits are a table: a row for each example, a column for each class."""
    if logits.ndim != 2:
        raise ValueError(f"logits have shape {logits.shape}: give a table, (n, classes)")
    return logits.shape


def require_labels(labels, n, classes, ignored=None):
    """n labels as an array, if they are whole numbers from 0 to classes - 1, or are `ignored`."""
    labels = np.asarray(labels)
    if labels.shape != (n,):
        raise ValueError(f"labels have shape {labels.shape}: give one for each row, ({n},)")
    if labels.dtype.kind not in "iu":
        raise ValueError(f"labels are {labels.dtype}: give whole numbers, with .astype(int)")
    if n == 0:
        raise ValueError("there are no labels: is the batch empty?")
    counted = labels if ignored is None else labels[labels != ignored]
    if counted.size and (counted.min() < 0 or counted.max() >= classes):
        low, high = counted.min(), counted.max()
        besides = "" if ignored is None else f", and {ignored} is ignored"
        raise ValueError(
            f"labels go from {low} to {high}, classes from 0 to {classes - 1}{besides}"
        )
    return labels


def require_share(name, share):
    """A share of the whole, from 0 to 1."""
    if isinstance(share, bool) or not isinstance(share, int | float | np.number):
        raise TypeError(f"{name} is a number, not {share!r:.60}")
    if not 0 <= share <= 1:
        raise ValueError(f"{name} is {share}: give a share from 0 to 1")
    return float(share)


def require_class_weights(weight, classes):
    """The weights as an array, if there is one for each class, 0 or more; 1 for each if None."""
    weight = np.ones(classes) if weight is None else np.asarray(weight)
    if weight.shape != (classes,) or weight.dtype.kind not in "fiu":
        what = f"{weight.dtype} of shape {weight.shape}"
        raise ValueError(f"weight is {what}: give one number for each class, ({classes},)")
    wrong = ~((weight >= 0) & (weight < np.inf))
    if wrong.any():
        raise ValueError(f"a class has the weight {weight[wrong][0]}: give numbers from 0 on")
    return weight


def require_counted(total):
    """What the labels of a batch weigh together, if that is more than nothing."""
    if not total > 0:
        raise ValueError("no label counts: all are ignore_index, or of classes of weight 0")
    return total


def require_ignored(ignored):
    """`ignore_index`, a whole number, or None."""
    whole = isinstance(ignored, int | np.integer) and not isinstance(ignored, bool)
    if ignored is not None and not whole:
        raise TypeError(f"ignore_index is a whole number, such as -100, not {ignored!r:.60}")
    return ignored


def require_probabilities(targets):
    """Refuse a target that is not from 0 to 1, and say which it was."""
    right = (targets >= 0) & (targets <= 1)
    if not right.all():
        met = targets[~right].flat[0]
        raise ValueError(
            f"a target is {met}: targets are probabilities of a yes, give numbers from 0 to 1"
        )
    return targets


def require_advantages(advantages, n):
    """Refuse what is not one advantage for each action."""
    if advantages.shape != (n,):
        raise ValueError(f"advantages have shape {advantages.shape}: one for each action, ({n},)")
    return advantages


def require_input(layer, x):
    """A Tensor as it is, anything else as an array of real numbers."""
    if hasattr(x, "node"):
        return x
    name = layer if isinstance(layer, str) else type(layer).__name__
    return require_real(name, np.asarray(x))


def refuse_forward(layer, *inputs, **settings):
    """What a layer answers to its inputs, Tensors or arrays: each kind of layer has its own."""
    raise NotImplementedError(f"{type(layer).__name__} has no forward(x): write one")


def require_ordered(name, held):
    """What a layer holds is found in attributes, lists, tuples and dicts, and in nothing else."""
    kind = type(held)
    if kind.__module__ not in ("builtins", "collections") or not hasattr(held, "__len__"):
        return
    if any(hasattr(each, "node") or hasattr(each, "parameters") for each in held):
        raise TypeError(
            f"{name} holds layers or Tensors in a {kind.__name__}: keep them in a list, a tuple or "
            "a dict, where parameters() finds them in an order that stays"
        )


def require_size(layer, x, axis, wanted):
    """An input is as long along `axis` as the layer was made for."""
    if x.shape[axis:][:1] != (wanted,):
        where = "each row" if axis == -1 else f"axis {axis}"
        raise ValueError(
            f"{layer!r} takes {wanted} numbers along {where}, and was given shape {x.shape}"
        )


def require_weight_shape(shape):
    """`shape` as it is, if weights may have it."""
    if not isinstance(shape, tuple | list) or len(shape) not in (2, 4):
        raise ValueError(f"shape is (inputs, outputs) or (kernels, channels, k, k), not {shape!r}")
    for size in shape:
        require_count(f"each size in {tuple(shape)}", size)
    return shape


def require_bool(name, value):
    """`value` as it is, if it is True or False."""
    if not isinstance(value, bool | np.bool):
        raise TypeError(f"{name} is True or False, not {value!r:.60}")
    return value


def require_callable(layer):
    """`layer` as it is, if it can be called, and is no class that nobody made a layer of."""
    if not callable(layer) or isinstance(layer, type):
        raise TypeError(f"Sequential takes layers and functions, one by one, not {layer!r:.60}")
    return layer


def require_one_input(inputs):
    """The only one of `inputs`."""
    if len(inputs) != 1:
        raise TypeError(
            f"Sequential hands one input from layer to layer, and was given {len(inputs)}: "
            "write a Layer whose forward takes them all"
        )
    return inputs[0]


def require_rows_to_spread(n):
    """`n` as it is, if so many numbers have a variance."""
    if n < 2:
        raise ValueError(
            "batch normalisation needs two rows or more: one has no spread. "
            "Batches(…, drop_last=True) leaves out a last batch that is too short"
        )
    return n


def require_squares(variance):
    """`variance` as it is, if the numbers that it was made of could be squared."""
    if np.isinf(variance).any():
        raise ValueError("the batch holds numbers too large to be squared: scale them first")
    return variance


def require_inputs(inputs):
    """`inputs` as they are, if predict can walk through their rows, all together."""
    if not inputs:
        raise TypeError("predict takes the inputs of the network, and was given none")
    for x in inputs:
        if x.size == 0:
            raise ValueError(
                f"predict was given no numbers, shape {x.shape}: is the selection empty?"
            )
    lengths = [x.shape[0] for x in inputs if x.ndim]
    if inputs[0].ndim > 1 and len(set(lengths)) > 1:
        raise ValueError(
            f"predict walks through all inputs row by row, and they have {lengths} rows: "
            "give each as many, or call network.eval()(…) on all at once"
        )
    return inputs


def require_joinable(answers, rows):
    """`answers` as they are, if the answers to chunks of rows hold one for each row."""
    if any(a.ndim == 0 for a in answers) or sum(len(a) for a in answers) != rows:
        raise ValueError(
            f"predict joins answers to chunks of the {rows} rows, and this network gave "
            f"{len(answers)} of shape {answers[0].shape}, not one for each row: "
            "ask it for all at once, with batch_size=len(x)"
        )
    return answers


def require_float_type(dtype):
    """`dtype` as it is, if networks compute in it."""
    if dtype is None or np.dtype(dtype) not in (np.float32, np.float64):
        raise TypeError(f"a network computes in np.float32 or np.float64, not in {dtype!r}")
    return dtype


def require_batch(x):
    """`x` as it is, if it has rows."""
    if x.ndim == 0:
        raise ValueError("Flatten takes a batch, (n, …), not a single number")
    return x


def require_window(kernel_size, stride, padding):
    """A window and its stride are counts; a padding may be 0."""
    require_count("the size of a window", kernel_size)
    require_count("stride", stride)
    if padding != 0:
        require_count("padding, where it is not 0,", padding)


def require_pool_window(kernel_size, stride, padding):
    """A pool's window sees at least one number: its padding is at most half of it."""
    require_window(kernel_size, stride, padding)
    if padding > kernel_size // 2:
        raise ValueError(
            f"padding is at most half of the window, which is {kernel_size}, not {padding}: "
            "or a window would hold nothing but padding"
        )


def require_pictures(x):
    """`x` as it is, if it is a stack of pictures."""
    if x.ndim != 4:
        raise ValueError(
            f"pictures have the shape (n, channels, height, width), not {x.shape}: "
            "x[:, None] adds a channel, x[None] a batch of one"
        )
    return x


def require_window_fits(x, size, padding):
    """`x` as it is, if it is a stack of pictures in which a window of this size finds room."""
    height, width = (n + 2 * padding for n in require_pictures(x).shape[2:])
    if size > min(height, width):
        raise ValueError(
            f"a window of {size} × {size} does not fit a picture of {height} × {width}: "
            "a smaller window, or padding"
        )
    return x


def require_kernels(x, weight, bias, stride, padding):
    """Kernels are square, have one bias each, and look at as many channels as the pictures have."""
    square = weight.ndim == 4 and weight.shape[2] == weight.shape[3]
    if not square or bias.shape not in ((), weight.shape[:1]):
        raise ValueError("kernels have the shape (kernels, channels, k, k), and one bias each")
    require_window(weight.shape[2], stride, padding)
    require_window_fits(x, weight.shape[2], padding)
    if x.shape[1] != weight.shape[1]:
        raise ValueError(
            f"the kernels look at {weight.shape[1]} channels, the pictures have {x.shape[1]}: "
            "pictures are (n, channels, height, width)"
        )


def require_ids(ids, rows):
    """`ids` as they are, if each of them names one of so many rows."""
    if ids.dtype.kind not in "iu":
        raise TypeError(f"ids are whole numbers, not {ids.dtype}: use .astype(int)")
    if ids.size and (ids.min() < 0 or ids.max() >= rows):
        raise IndexError(f"ids go from {ids.min()} to {ids.max()}, rows from 0 to {rows - 1}")
    return ids


def require_buffer(layer, name):
    """The array that a layer names in its `buffers`."""
    value, names = getattr(layer, name, None), layer.buffers
    if isinstance(names, str):
        raise TypeError(f"buffers is a tuple of names, with its comma: ({names!r},)")
    if not isinstance(value, np.ndarray):
        raise TypeError(
            f"{type(layer).__name__}.{name} is named in buffers, which are arrays, and is a "
            f"{type(value).__name__}: hold np.array({value!r:.40})"
        )
    return value


def require_new_name(name, found):
    """`name` as it is, if nothing that was found before is called so."""
    if name in found:
        raise ValueError(f"two parts of this network are called {name}: rename one")
    return name


def require_fit(held, state):
    """`state`, if it has all that a network holds; else one error that lists all that is wrong."""
    if not isinstance(state, dict):
        raise TypeError(
            f"load_state_dict takes what state_dict() gave, a dict, not {state!r:.60}: "
            "a file is read by load(path)"
        )
    state = {k: v for k, v in state.items() if not f"{k}".endswith("num_batches_tracked")}
    chance = {name for name, part in held.items() if hasattr(part, "bit_generator")}
    needed = held if chance & set(state) else [name for name in held if name not in chance]
    wrong = [f"{name} is missing" for name in needed if name not in state]
    wrong += [f"{name} is not in this network" for name in state if name not in held]
    wrong += [misfit(name, held[name], state[name]) for name in held if name in state]
    wrong = list(filter(None, wrong))
    if wrong:
        raise ValueError("\n  ".join(["this state does not fit, nothing was loaded:", *wrong]))
    return state


def misfit(name, part, value):
    """What keeps a value from the place of a parameter, a buffer or a generator; or None."""
    if hasattr(part, "bit_generator"):
        try:
            type(part.bit_generator)(0).state = value
        except (TypeError, ValueError, KeyError, AttributeError, OverflowError):
            return f"{name} is no state of a {type(part.bit_generator).__name__}: {value!r:.60}"
        return None
    array = part.data if hasattr(part, "node") else part
    if not isinstance(value, np.ndarray):
        return f"{name} is an array here, and {type(value).__name__} in the state"
    if value.shape != array.shape:
        return f"{name} has shape {array.shape} here, and {value.shape} in the state"
    if value.dtype != array.dtype:
        kind = value.dtype
        return f"{name} is {array.dtype} here, and {kind} in the state: network.astype('{kind}')"
    return None if array.flags.writeable else f"{name} cannot be written to: it is read-only"


def require_list(parameters):
    """What was given, as a list, if it is several of something: not a Tensor, nor a network."""
    single = hasattr(parameters, "node") or isinstance(parameters, dict)
    if single or not hasattr(parameters, "__iter__"):
        kind = type(parameters).__name__
        raise TypeError(
            f"give a list of Tensors, such as network.parameters(), or of groups, not one {kind}"
        )
    return list(parameters)


def require_parameters(parameters):
    """The parameters as a list, if all can be stepped: leaves, each of them once."""
    parameters = require_list(parameters)
    if not parameters:
        raise ValueError("there are no parameters: give network.parameters()")
    for parameter in parameters:
        if isinstance(parameter, dict):
            raise TypeError("this optimizer takes no groups: SGD and AdamW do, for weight_decay")
        if not hasattr(parameter, "node"):
            raise TypeError(f"a parameter is a Tensor, not {type(parameter).__name__}")
        if parameter.node.sources != ():
            raise ValueError("a parameter is a leaf: this Tensor was computed from others")
    if len({id(parameter) for parameter in parameters}) < len(parameters):
        raise ValueError("a parameter stands twice in the list: each step would move it twice")
    return parameters


def require_groups(parameters, weight_decay):
    """Two lists, as long as each other: the parameters of all groups, and the decay of each.

    A group is {"params": …, "weight_decay": …}; a list of Tensors is one group.
    """
    groups = require_list(parameters)
    if not any(isinstance(group, dict) for group in groups):
        groups = [{"params": groups}]
    found, decays = [], []
    for group in groups:
        if not isinstance(group, dict) or "params" not in group:
            raise ValueError(f'a group is {{"params": …, "weight_decay": …}}, not {group!r:.60}')
        for key in group.keys() - {"params", "weight_decay"}:
            raise ValueError(
                f"a group has params and weight_decay, not {key!r}: what shall differ in another "
                "way gets an optimizer of its own"
            )
        decay = require_number("weight_decay", group.get("weight_decay", weight_decay), 0, np.inf)
        found += require_list(group["params"])
        decays += [float(decay)] * (len(found) - len(decays))
    return found, decays


def require_gradients(asked, parameters):
    """[(i, parameter), …] of those with a gradient, if any has one, and each is of its shape."""
    having = [(i, p) for i, p in enumerate(parameters) if p.grad is not None]
    if not having:
        raise ValueError(
            f"{asked} before backward(): no parameter has a gradient; those of a network that was "
            "made anew, or copied without its optimizer, are others"
        )
    for _, parameter in having:
        shape, g = parameter.data.shape, parameter.grad
        if g.shape != shape:
            raise ValueError(
                f"a parameter of shape {shape} has a gradient of shape {g.shape}: "
                "its data was replaced; walk back anew"
            )
    return having


def require_length(length):
    """The length of all gradients together, if it is a finite number."""
    if not np.isfinite(length):
        raise ValueError(f"the gradients have the length {length}: no scale makes that finite")
    return length


def require_nesterov(nesterov, momentum):
    """True or False; True where there is a momentum to look ahead along."""
    if nesterov not in (True, False):
        raise TypeError(f"nesterov is True or False, not {nesterov!r}")
    if nesterov and momentum == 0:
        raise ValueError("nesterov looks ahead along the momentum: give a momentum above 0")
    return bool(nesterov)


def require_betas(betas):
    """Two numbers, each from 0 to below 1."""
    if not isinstance(betas, tuple | list) or len(betas) != 2:
        raise ValueError(f"betas are two numbers, such as (0.9, 0.999), not {betas!r}")
    return tuple(float(require_number("a beta", beta, 0, 1)) for beta in betas)


def require_optimizer(optimizer):
    """An optimizer whose lr a schedule can start from: above 0, and no step of a warm-up."""
    if not (hasattr(optimizer, "lr") and hasattr(optimizer, "parameters")):
        raise TypeError(f"a schedule changes the lr of an optimizer, not of {optimizer!r:.60}")
    if optimizer.lr == 0:
        raise ValueError(
            "a schedule starts from the lr that it finds, and this one is 0: did an earlier "
            "schedule end there? Set optimizer.lr first"
        )
    if optimizer.lr == getattr(optimizer, "warming", None):
        raise ValueError(
            f"a schedule starts from the lr that it finds, and this one, {optimizer.lr:.6g}, is "
            "a step of an earlier WarmUp: set optimizer.lr first"
        )
    return optimizer


def require_lowest(lowest, start):
    """An lr that one can go down to from the lr at the start."""
    if require_number("lowest", lowest, 0, np.inf) > start:
        raise ValueError(f"lowest goes up to the lr at the start, {start}, not {lowest}")
    return float(lowest)


def require_then(then, optimizer):
    """A schedule that may take over where a warm-up ends, of the same optimizer, or None."""
    if then is not None and not (hasattr(then, "rate") and hasattr(then, "optimizer")):
        raise TypeError(f"then is a schedule, or None, not {then!r:.60}")
    if then is not None and (then.optimizer is not optimizer or then.start != optimizer.lr):
        raise ValueError(
            f"then starts from lr {then.start} of its optimizer, the warm-up ends at "
            f"{optimizer.lr} of its own: give both the same optimizer, with the same lr"
        )
    return then


def require_remembered(part):
    """The names in `state`, if nothing that a step may change stands outside of it."""
    kind, names = type(part).__name__, part.state
    if isinstance(names, str):
        raise TypeError(f'{kind}.state is a tuple of names: write ("{names}",)')
    for name, value in vars(part).items():
        if name not in (*names, "parameters", "optimizer") and would_be_lost(value):
            raise ValueError(
                f"{kind} keeps {name}, which would be lost: name it in the class, as arrays, "
                f"state = {(*names, name)}"
            )
    return names


def would_be_lost(value):
    """Arrays, generators, other optimizers: what changes without a new value being assigned."""
    if isinstance(value, dict | list | tuple):
        held = value.values() if isinstance(value, dict) else value
        return any(would_be_lost(each) for each in held)
    kinds = np.ndarray | np.random.Generator
    return isinstance(value, kinds) or hasattr(value, "node") or hasattr(value, "state_dict")


def require_state(kind, found, wanted):
    """A state, if it has the form of `wanted`; else one error that lists all that is wrong."""
    if not isinstance(found, dict):
        raise TypeError(
            f"load_state_dict takes what state_dict() gave, a dict, not {found!r:.60}: "
            "a file is read by load(path)"
        )
    wrong = misfits("", found, wanted)
    if wrong:
        said = f"this state does not fit {kind}, nothing was loaded:"
        raise ValueError("\n  ".join([said, *wrong]))
    return found


def misfits(name, found, wanted):
    """All that keeps the state `found` from the place of `wanted`, in words."""
    inside = f"{name}." if name else ""
    if isinstance(wanted, dict) and isinstance(found, dict):
        wrong = [f"{inside}{key} is missing" for key in wanted if key not in found]
        wrong += [f"{inside}{key} is only in the state" for key in found if key not in wanted]
        both = [key for key in wanted if key in found]
        return wrong + [w for k in both for w in misfits(f"{inside}{k}", found[k], wanted[k])]
    if isinstance(wanted, list) and isinstance(found, list):
        if not wanted or not any(isinstance(x, np.ndarray | list | dict) for x in wanted + found):
            return []  # a list that grows, no list of the parameters' arrays
        if len(wanted) != len(found):
            return [f"{name} has {len(wanted)} entries here, and {len(found)} in the state"]
        pairs = enumerate(zip(found, wanted))
        return [w for i, (one, other) in pairs for w in misfits(f"{inside}{i}", one, other)]
    here, there = kind_of_state(wanted), kind_of_state(found)
    if wanted is None or here == there:
        return []
    return [f"{name} is {here} here, and {there} in the state"]


def kind_of_state(value):
    """In words: an array by its dtype and shape, a number, anything else as its type."""
    if isinstance(value, np.ndarray):
        return f"{value.dtype} {value.shape}"
    if isinstance(value, int | float | np.number):
        return "a number"
    return f"a {type(value).__name__}"


def require_rows_together(arrays):
    """The arrays, as numpy's, if all have the same number of rows, and at least one."""
    if any(hasattr(array, "node") for array in arrays):
        raise TypeError("rows come in plain arrays, not in Tensors: give their .numpy()")
    if any(hasattr(array, "fill_value") for array in arrays):
        raise TypeError("a mask would be lost: fill the array in, with .filled(), or drop its rows")
    arrays = [np.asarray(array) for array in arrays]
    if any(array.ndim == 0 or array.dtype.kind == "O" for array in arrays):
        raise TypeError("rows come in arrays, or lists of numbers or words: not in a generator")
    lengths = [len(array) for array in arrays]
    if not lengths or min(lengths) == 0:
        raise ValueError(f"there are no rows: the arrays have {lengths} of them")
    if len(set(lengths)) > 1:
        raise ValueError(f"the arrays have {lengths} rows: give each input its own target")
    return arrays


def require_batches(batches):
    """Batches hold one batch at least, which `drop_last` may have left out."""
    if len(batches) == 0:
        rows = len(batches.arrays[0])
        raise ValueError(f"{rows} rows make no whole batch of {batches.batch_size}")


def require_generator_state(rng, state):
    """A state of Batches is {"rng": …}, of a generator of the same kind; without one, it is {}."""
    wanted = [] if rng is None else ["rng"]
    if not isinstance(state, dict) or list(state) != wanted:
        names = list(state) if isinstance(state, dict) else state
        raise ValueError(f"a state of these Batches has {wanted}, not {names!r:.60}")
    wrong = rng is not None and misfit("rng", rng, state["rng"])
    if wrong:
        raise ValueError(wrong)
    return state


def require_shares(shares, sizes):
    """The shares, if each class has rows in both parts."""
    for share, size in zip(shares, sizes):
        if not 0 < share < size:
            raise ValueError(f"{share} of {size} rows for the test: a part would have none of them")
    return shares


def require_strata(labels, rows):
    """The labels, if there is one for each row."""
    labels, _ = require_rows_together([labels, rows])
    if labels.ndim != 1:
        raise ValueError(f"stratify has shape {labels.shape}: give one label for each row")
    missing = np.flatnonzero(labels != labels)
    if missing.size:
        raise ValueError(f"row {missing[0]} has no label, but nan: fill it in, or leave it out")
    return labels


def require_numbers_in_rows(x, like=None):
    """x as floats, if it has rows like those that a scaler has measured, and all are finite."""
    if like is not None and not hasattr(like, "mean_"):
        raise ValueError("nothing was measured yet: call fit(x) on the training part first")
    (x,) = require_rows_together([x])
    if like is not None and x.shape[1:] != like.mean_.shape:
        raise ValueError(f"rows have shape {x.shape[1:]}, and {like.mean_.shape} was measured")
    x = require_real("StandardScaler", x)
    x = x if x.dtype.kind == "f" else x.astype(float)
    if not np.isfinite(x).all():
        row = np.argwhere(~np.isfinite(x))[0, 0]
        raise ValueError(f"row {row} has nan or infinity: fill it in, or leave the row out")
    return x


def require_scale(deviation):
    """The deviations, if each is a number."""
    if not np.isfinite(deviation).all():
        raise ValueError("a column is too large to be squared: change its unit")
    return deviation


def require_images(images, max_shift):
    """The images, if they are pictures that can be moved so far and stay in sight."""
    (images,) = require_rows_together([images])
    if images.ndim < 3:
        raise ValueError(f"images have shape {images.shape}: give (n, height, width), or channels")
    require_number("max_shift", max_shift, 0, min(images.shape[-2:]))
    if not isinstance(max_shift, int | np.integer):
        raise ValueError(f"max_shift is a whole number of pixels, not {max_shift}")
    return images


def require_bits(numbers, bits):
    """A row of whole numbers, if this many bits hold them."""
    (numbers,), bits = require_rows_together([numbers]), require_count("bits", bits)
    if numbers.ndim != 1 or numbers.dtype.kind not in "iu" or bits > 62:
        raise ValueError(f"give a row of whole numbers, not {numbers.dtype}, and up to 62 bits")
    low, high = numbers.min(), numbers.max()
    if low < 0 or high >= 2**bits:
        raise ValueError(f"{bits} bits hold 0 to {2**bits - 1}; these go from {low} to {high}")
    return numbers.astype(np.int64)


def require_box(path, found, wanted):
    """A data set that ships has the sha256 that it shipped with."""
    if found != wanted:
        raise ValueError(f"{path} is damaged, its sha256 differs: install minnet again")


def require_same_file(path, found, wanted):
    """A file has the sha256 that was asked for."""
    if found != wanted:
        raise ValueError(
            f"{path} is not the file that was expected: its sha256 is {found}, not {wanted}"
        )


def require_idx_type(zeros, kind, types):
    """What numpy calls the type of an IDX file's numbers."""
    if zeros != 0 or kind not in types:
        raise ValueError("it does not begin with two zeros and the code of a type")
    return types[kind]


def require_room(promised, room):
    """The bytes that a file promises, if it has room for them: asked before memory is taken."""
    if promised > room:
        raise ValueError(f"it promises {promised} bytes, and has room for {room} at the most")
    return promised


def require_promised(content, promised):
    """The bytes, if they are as many as were promised."""
    if len(content) != promised:
        raise ValueError(f"it promises {promised} bytes, and fewer or more follow")
    return content


def require_answers(logits, labels):
    """Logits and labels as they are, or as two rows where the network says yes or no."""
    n = len(require_real("accuracy", np.atleast_1d(logits)))
    if np.isnan(logits).any():
        raise ValueError("the logits hold nan: none of them is the largest")
    if logits.ndim == 2 and logits.shape[1] > 1:
        require_labels(labels, *require_logits(logits))
        return logits, labels
    if logits.size != n or labels.shape not in ((n,), logits.shape) or n == 0:
        raise ValueError(
            f"logits {logits.shape} and labels {labels.shape}: give (n, classes), or one logit a "
            "row for yes and no, and a label for each row"
        )
    if not np.isin(labels, (0, 1)).all():
        raise ValueError("one logit a row says yes or no: the labels are 0 and 1")
    return logits.reshape(n), labels.reshape(n)


def require_network(network, optimizer=None, batches=(), schedule=None, on_batch=None):
    """Refuse what is no network, no optimizer, no batches, no schedule, or no function."""
    if not hasattr(network, "state_dict") or not hasattr(network, "predict"):
        raise TypeError(f"the network comes first, and is a Layer, which {network!r:.60} is not")
    if optimizer is not None and not (
        hasattr(optimizer, "parameters") and hasattr(optimizer, "lr")
    ):
        raise TypeError(f"the optimizer comes third, with parameters and lr, not {optimizer!r:.60}")
    if not hasattr(batches, "__iter__") and not callable(batches):
        raise TypeError(f"batches gives (inputs, targets), as Batches does, not {batches!r:.60}")
    if schedule is not None and not hasattr(schedule, "step"):
        raise TypeError(f"schedule has a method step(), and {schedule!r:.60} has none")
    if on_batch is not None and not callable(on_batch):
        raise TypeError(f"on_batch is a function of a number and a loss, not {on_batch!r:.60}")


def require_pair(name, pair):
    """`pair` as it is, if it is inputs and targets, as many of the one as of the other."""
    if not isinstance(pair, (tuple, list)) or len(pair) != 2:
        raise TypeError(
            f"{name} is a pair (inputs, targets), one input a row, not {pair!r:.60}: "
            "a layer that takes more is trained by a loop of your own"
        )
    if not all(hasattr(part, "__len__") for part in pair) or isinstance(pair[0], tuple):
        raise TypeError(f"{name} is two arrays, inputs and targets, not {pair!r:.60}")
    if len(pair[0]) != len(pair[1]):
        raise ValueError(f"{name} has {len(pair[0])} inputs and {len(pair[1])} targets")
    return pair


def require_some(rows, place):
    """The number of rows that were seen in an epoch, if there were some."""
    if rows == 0:
        raise ValueError(
            f"no batch in {place}: a generator runs once; give Batches, a list, or the function "
            "that makes the generator"
        )
    return rows


def require_walked_again(batches):
    """The batches as they are, if they can be gone through a second time."""
    if hasattr(batches, "__next__"):
        raise ValueError(
            "batches are walked again, and a generator runs once: give Batches, a list, or the "
            "function that makes the generator"
        )
    return batches


def require_one_number(function, said):
    """What a cost or a metric said, as it is, if it is one number."""
    if not isinstance(said, (int, float, np.generic, np.ndarray)) or np.size(said) != 1:
        name = getattr(function, "__name__", "it")
        raise TypeError(f"{name}(outputs, targets) gives one number, not {said!r:.60}")
    return said if np.ndim(said) == 0 else said.item()


def require_loss(loss, place, lr, network, inputs, targets):
    """Refuse a loss that is no number any more, in the very batch, and say what to look at."""
    if not hasattr(loss, "node") or loss.data.size != 1:
        raise TypeError(f"a cost gives one number, made from the outputs, not {loss!r:.60}")
    if not np.isfinite(loss.data).all():
        raise ValueError(
            f"the loss is {loss.item()} in {place[0]}, batch {place[1]}, at learning rate {lr:g}; "
            "no step was made. " + what_is_not_finite(network, inputs, targets, lr)
        )


def what_is_not_finite(network, inputs, targets, lr):
    """In words: where the numbers of this batch stop being numbers, or how large they are."""
    sizes = {}
    for name, numbers in (("inputs", inputs), ("targets", targets)):
        sizes[f"the {name}"] = size_of(numbers)
        if not np.isfinite(sizes[f"the {name}"]):
            return f"The {name} hold nan or inf already: look at the data."
    for name, parameter in network.named_parameters():
        sizes[name] = size_of(parameter)
        if not np.isfinite(sizes[name]):
            return f"{name} holds nan or inf: an earlier step was too large; try a smaller lr."
    before = network.state_dict()  # to ask it once more changes running statistics and dice
    try:
        for i, layer in enumerate(network if type(network).__name__ == "Sequential" else [network]):
            inputs = layer(inputs)
            sizes["the outputs"] = size_of(inputs)
            if not np.isfinite(sizes["the outputs"]):
                return f"Layer {i}, {layer!r}, is the first whose output is not finite: smaller lr?"
    finally:
        network.load_state_dict(before)
    name = max(sizes, key=sizes.get)
    if sizes[name] > 1e9:
        return (
            f"The largest numbers are in {name}, up to {sizes[name]:.1g}, and the cost is beyond "
            f"what a number holds: try an lr far below {lr:g}, and data of the size of 1, as "
            "StandardScaler makes it."
        )
    return f"The outputs are finite, up to {sizes['the outputs']:.3g}: look at the cost."


def size_of(numbers):
    """The largest of the numbers, without signs: nan or inf where one of them is."""
    return np.abs(
        np.asarray(getattr(numbers, "data", numbers) if hasattr(numbers, "node") else numbers)
    ).max(initial=0)


def require_history(state):
    """The state of a History as it is, if it is lists of numbers by their names."""
    names = {"loss", "metric", "validation_loss", "validation_metric"}
    if not isinstance(state, dict) or not names <= state.keys():
        raise ValueError(f"the state of a History has the lists {sorted(names)}, not {state!r:.60}")
    for name, numbers in state.items():
        if not isinstance(numbers, list):
            raise ValueError(f"{name} in a History is a list, not {numbers!r:.60}")
    return state


def require_one_length(history):
    """The names of a History's lists, of those that have numbers, all equally many."""
    sizes = {name: len(numbers) for name, numbers in history.items() if len(numbers)}
    if not sizes:
        raise ValueError("the history has no epoch yet: there is nothing to write")
    if len(set(sizes.values())) > 1:
        raise ValueError(f"a table has one row an epoch, and the lists have {sizes} numbers")
    return list(sizes)


def require_training(parts, epochs, validation, metric, schedule_every, checkpoint, resume):
    """Refuse at the door of train() what would fail, or mislead, only after an epoch of work."""
    require_count("epochs", epochs)
    network, optimizer = parts["network"], parts["optimizer"]
    require_network(network, optimizer, parts["batches"])
    require_helpers(parts, schedule_every)
    own = {id(parameter) for parameter in network.parameters()}
    if not own & {id(parameter) for parameter in optimizer.parameters}:
        raise ValueError(
            "the optimizer steps no parameter of this network: was the network made again after "
            "it? Make the optimizer anew, from network.parameters()"
        )
    if validation is not None:
        require_pair("validation", validation)
    monitor = getattr(parts["stop"], "monitor", "loss")
    if monitor not in parts["history"]:
        raise ValueError(f"stop looks at {monitor}, and the history has {[*parts['history']]}")
    if monitor.startswith("validation") and validation is None:
        raise ValueError(f"stop looks at {monitor}: give validation=(inputs, targets)")
    if monitor.endswith("metric") and metric is None:
        raise ValueError(f"stop looks at {monitor}: give a metric, such as metric=accuracy")
    if checkpoint is not None:
        require_place(checkpoint)
    elif resume:
        raise ValueError("resume goes on from a file: give checkpoint=, a path")


def require_helpers(parts, schedule_every):
    """Refuse a schedule, a stop or a history of another kind, or of another optimizer."""
    for name, verb in (("schedule", "step"), ("stop", "look"), ("history", "add")):
        for method in (verb, "state_dict"):
            if parts[name] is not None and not hasattr(parts[name], method):
                raise TypeError(f"{name} has a method {method}(), and {parts[name]!r:.60} has none")
    if getattr(parts["schedule"], "optimizer", parts["optimizer"]) is not parts["optimizer"]:
        raise ValueError("the schedule was made for another optimizer: make it anew, of this one")
    if schedule_every not in ("epoch", "batch"):
        raise ValueError(f'schedule_every is "epoch" or "batch", not {schedule_every!r}')


def require_unused(parts, epochs):
    """Refuse a history, a stop or a schedule that an earlier training has used up."""
    stop, done = parts["stop"], len(parts["history"]["loss"])
    if done >= epochs:
        raise ValueError(
            f"the history has {done} epochs already, and epochs={epochs} counts them too: "
            "give more epochs, or another history"
        )
    if stop and stop.network not in (None, parts["network"]):
        raise ValueError("stop has looked at another network: make EarlyStopping anew")
    if stop and stop.over:
        raise ValueError(f"stop has ended this training after epoch {done}: make it anew to go on")
    if done == 0 and getattr(parts["schedule"], "t", 0):
        raise ValueError(
            f"the schedule has made {parts['schedule'].t} steps, and this training is new: "
            "make it anew, or give the history of before to go on"
        )


def require_parts(path, parts, saved):
    """Refuse a checkpoint that has other parts than this training."""
    wrong = [f"{name} is missing in the file" for name in parts if name not in saved]
    wrong += [f"{name} is only in the file" for name in saved if name not in parts]
    if wrong:
        raise ValueError(f"{path} does not fit this training: {'; '.join(wrong)}")


def refuse_checkpoint(path, error):
    """The error to raise for a checkpoint that does not fit."""
    if not isinstance(error, Exception):
        return error
    return ValueError(f"{path} does not fit this training, and nothing was loaded: {error}")


def require_monitor(monitor, mode):
    """The list to look at, and which of its numbers are better: "min" or "max"."""
    if not isinstance(monitor, str):
        raise TypeError(f"monitor is the name of a list in the History, not {monitor!r:.60}")
    if mode not in (None, "min", "max"):
        raise ValueError(f'mode is "min" or "max", not {mode!r:.60}')
    return monitor, mode or ("max" if "metric" in monitor else "min")


def require_looked_at(monitor, history):
    """The last number of the list that a stop looks at, if there is one."""
    if not history[monitor]:
        raise ValueError(f"stop looks at {monitor}, and nothing was measured there yet")
    if not np.isfinite(history[monitor][-1]):
        raise ValueError(f"the {monitor} is {history[monitor][-1]}: look at the validation data")
    return history[monitor][-1]


def require_stop(stop, state):
    """The state of an EarlyStopping as it is, if it has looked at the same list."""
    wanted = {"monitor", "epoch", "best_epoch", "best_value", "best"}
    if not isinstance(state, dict) or state.keys() != wanted:
        raise ValueError(f"the state of an EarlyStopping has {sorted(wanted)}, not {state!r:.60}")
    if state["monitor"] != stop.monitor:
        raise ValueError(f"this stop looks at {stop.monitor}, that one at {state['monitor']}")
    return state


def require_classes(labels, predictions):
    """Both as they are, if they are rows of whole numbers or words, one as long as the other."""
    if labels.ndim != 1 or labels.shape != predictions.shape or not labels.size:
        raise ValueError(
            f"labels {labels.shape} and predictions {predictions.shape}: give a class for each "
            "row, (n,) and (n,), such as logits.argmax(axis=1)"
        )
    for name, array in (("labels", labels), ("predictions", predictions)):
        if array.dtype.kind not in "iubU":
            raise ValueError(f"{name} are {array.dtype}: give whole numbers or words")
    return labels, predictions


def require_histories(histories, what):
    """Refuse what is no {name: History}, or a list that one of them has no number in."""
    if not isinstance(histories, dict) or not histories:
        raise TypeError(f'compare takes {{"a name": a History, …}}, not {histories!r:.60}')
    for name, history in histories.items():
        if not isinstance(history, dict) or not history.get("loss"):
            raise TypeError(f"{name} is no History with an epoch in it: {history!r:.60}")
        if what is not None and not (isinstance(what, str) and history.get(what)):
            has = [key for key, numbers in history.items() if numbers]
            raise ValueError(f"what is {what!r:.60}, and {name} has {has}")


def require_square(table):
    """A table of counts as it is: as many columns as rows, whole numbers, 0 or more."""
    if table.ndim != 2 or table.shape[0] != table.shape[1] or not table.size:
        raise ValueError(f"a confusion matrix has as many columns as rows, not shape {table.shape}")
    if table.dtype.kind not in "iu" or table.min() < 0:
        raise ValueError(f"a confusion matrix holds counts, whole numbers, not {table.dtype}")
    return table


def require_class_names(names, classes):
    """A name for each class, as a list."""
    names = list(names)
    if len(names) < classes:
        raise ValueError(f"there are {classes} classes and {len(names)} names")
    return names


def require_shown(images, n):
    """n pictures, (n, height, width): rows of numbers are folded into squares."""
    side = round(images.shape[-1] ** 0.5) if images.ndim == 2 else 0
    if side and side * side == images.shape[1]:
        images = images.reshape(-1, side, side)
    if images.ndim == 4 and images.shape[1] == 1:
        images = images[:, 0]
    if images.ndim != 3 or len(images) != n:
        raise ValueError(
            f"shape {images.shape} is no row of pictures: give images=, ({n}, height, width)"
        )
    return require_real("a picture", images)


def require_drawable(nodes):
    """The nodes of a graph as they are, if it is there, and not too large to look at."""
    if any(node.sources is None for node in nodes):
        raise ValueError("backward() has released how this was made: draw it before")
    if len(nodes) > 120:
        raise ValueError(
            f"{len(nodes)} Tensors are too many to look at: draw a loss of fewer layers or steps"
        )
    return nodes


def require_scores(logits, labels):
    """Logits (n, classes) as they are, if there is a label for each row."""
    if np.ndim(logits) != 2 or np.shape(labels) != np.shape(logits)[:1]:
        raise ValueError(
            f"show_mistakes takes a network that gives (n, classes) and n labels, "
            f"not {np.shape(logits)} and {np.shape(labels)}"
        )
    require_labels(labels, *np.shape(logits))
    return logits


def require_axes(ax):
    """`ax` as it is, if one can draw on it."""
    if not hasattr(ax, "plot") or not hasattr(ax, "transAxes"):
        raise TypeError(f"ax is a matplotlib Axes, as plt.subplots() gives, not {ax!r:.60}")
    return ax


def require_named(names):
    """`names` as they are, if they are Tensors by their names."""
    if not isinstance(names, dict) or not all(hasattr(t, "node") for t in names.values()):
        raise TypeError(f"names is a dict, such as dict(network.named_parameters()): {names!r:.60}")
    return names


def require_place(path):
    """The path as it is, if a file can be written there."""
    import os

    folder = os.path.dirname(os.path.realpath(path))
    if os.path.isdir(path):
        raise IsADirectoryError(f"{path} is a folder: give the name of a file in it")
    if not os.path.isdir(folder):
        raise FileNotFoundError(f"{folder} is no folder: make it first")
    if not os.access(folder, os.W_OK):
        raise PermissionError(f"{folder} cannot be written: give a path in another folder")
    return path


def require_kept(value, name, arrays):
    """Refuse what a file cannot keep, or not so that it comes back as the same."""
    if not name and not isinstance(value, dict):
        way = ", such as network.state_dict()" if hasattr(value, "state_dict") else ""
        raise TypeError(f"save(dictionary, path) takes a dictionary{way}, not {value!r:.60}")
    if name.count(".") > 100:
        raise ValueError(f"{name[:40]}… is too deep inside the dictionary: does it hold itself?")
    if isinstance(value, dict):
        for key in value:
            if not isinstance(key, str) or not key.isprintable() or key in ("", "__metadata__"):
                raise TypeError(f"{name or 'the dictionary'} has the key {key!r}: give a word")
    elif isinstance(value, (np.ndarray, np.generic)) and not isinstance(value, str):
        if name in arrays:
            raise ValueError(f"two arrays would be called {name} in the file: rename a key")
        if value.dtype.kind not in "fiub" or value.dtype.itemsize > 8 or hasattr(value, "mask"):
            raise TypeError(f"{name} holds {value.dtype}: a file keeps plain numbers and truths")
    elif value is not None and not isinstance(value, (list, str, int, float)):
        way = "use a list" if isinstance(value, tuple) else "give its state_dict() or .numpy()"
        raise TypeError(f"{name} is a {type(value).__name__}, which no file keeps: {way}")


def require_sum(told, found):
    """Refuse a file whose sha256 is not the one that stands in it."""
    if told != found:
        raise ValueError("its sha256 is wrong")


def refuse_file(path, error):
    """The error to raise for a file that cannot be read."""
    if isinstance(error, (OSError, MemoryError)):
        return error
    error = f"it holds {error}, which is unknown here" if isinstance(error, KeyError) else error
    return ValueError(f"{path} is damaged, or no safetensors file: {error}")
