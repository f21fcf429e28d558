"""A layer weighs its input, passes it through a non-linear function, and hands it on to the next
layer. Layers in a row are a network, which can bend a line, fold a plane, and read a picture.
"""

import copy

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from minnet.tensors import (
    Tensor,
    check_count,
    check_generator,
    check_number,
    check_real,
    op,
    plain,
)

__all__ = [
    "AveragePool2d",
    "BatchNorm",
    "Conv2d",
    "Dropout",
    "Embedding",
    "Flatten",
    "Layer",
    "LayerNorm",
    "Linear",
    "MaxPool2d",
    "Sequential",
    "average_pool2d",
    "conv2d",
    "gelu",
    "glorot_uniform",
    "he_normal",
    "leaky_relu",
    "max_pool2d",
    "relu",
    "tanh",
]


class Layer:
    """What networks are made of: it holds Tensors and other layers, and is called like a function.

    A layer of your own has a `forward(x)`; everything else it gets from here.
    """

    training = True

    def __call__(self, x):
        return self.forward(check_input(self, x))

    def forward(self, x):
        raise NotImplementedError(f"{type(self).__name__} has no forward(x): write one")

    def parameters(self):
        """A list of the Tensors in this layer and in those inside, each once, oldest first."""
        return [tensor for _, tensor in self.named_parameters()]

    def named_parameters(self):
        """The same as a list of pairs: a dotted name, such as "layers.0.weight", and the Tensor."""
        found = {}
        for name, holder, key in walk(self):
            if isinstance(holder[key], Tensor):
                found.setdefault(id(holder[key]), (name, holder[key]))
        return list(found.values())

    def __repr__(self):
        settings = {k: v for k, v in vars(self).items() if isinstance(v, int | float)}
        settings.pop("training", None)
        return f"{type(self).__name__}({', '.join(f'{k}={v}' for k, v in settings.items())})"


def walk(part, name=""):
    """(dotted name, holder, key) of every Tensor and array inside `part`, in order of making."""
    holder = vars(part) if isinstance(part, Layer) else part
    for key, value in list(holder.items() if isinstance(holder, dict) else enumerate(holder)):
        here = f"{name}.{key}" if name else f"{key}"
        if isinstance(value, Tensor | np.ndarray):
            yield here, holder, key
        elif isinstance(value, Layer | list | tuple | dict):
            yield from walk(value, here)


def check_input(layer, x):
    """A Tensor as it is, anything else as an array of real numbers."""
    name = type(layer).__name__
    return x if isinstance(x, Tensor) else check_real(name, np.asarray(x), x)


def check_size(layer, x, axis, wanted):
    """Refuse an input that is not as long along `axis` as the layer was made for."""
    if x.shape[axis:][:1] != (wanted,):
        where = "each row" if axis == -1 else f"axis {axis}"
        raise ValueError(
            f"{layer!r} takes {wanted} numbers along {where}, and was given shape {x.shape}"
        )


def he_normal(shape, *, rng):
    """Random weights with variance 2 / inputs, so that relu keeps the size of what goes through.

    `shape` is (inputs, outputs), or (kernels, channels, k, k). K. He et al. 2015, equation 10.
    """
    inputs, _ = fans(shape)
    return check_generator(rng).normal(0, np.sqrt(2 / inputs), shape)


def fans(shape):
    """How many inputs feed one output, and how many outputs one input feeds."""
    check_shape(shape)
    if len(shape) == 2:
        return shape
    window = int(np.prod(shape[2:]))
    return shape[1] * window, shape[0] * window


def check_shape(shape):
    """Refuse what is no shape of weights."""
    if not isinstance(shape, tuple | list) or len(shape) not in (2, 4):
        raise ValueError(f"shape is (inputs, outputs) or (kernels, channels, k, k), not {shape!r}")
    for size in shape:
        check_count(f"each size in {tuple(shape)}", size)


class Linear(Layer):
    """y = x weight + bias: (n, inputs) gives (n, outputs). Starts with He's random weights."""

    def __init__(self, inputs, outputs, *, rng):
        self.weight = Tensor(he_normal((inputs, outputs), rng=rng))
        self.bias = Tensor(np.zeros(outputs))

    def forward(self, x):
        check_size(self, x, -1, self.weight.shape[0])
        return x @ self.weight + self.bias

    def __repr__(self):
        return f"Linear{self.weight.shape}"


@op
def relu(a):
    """y = a where a > 0, else 0, elementwise. a receives g where a > 0, and 0 at the bend."""
    y = np.maximum(a, 0)
    return y, lambda g: g * (y > 0)


@op
def tanh(a):
    """y = tanh a, elementwise, between -1 and 1. a receives g (1 - y²)."""
    y = np.tanh(a)
    return y, lambda g: g * (1 - y * y)


class Sequential(Layer):
    """Layers and functions, such as relu, one after another.

    `network[0]` is its first layer, and `network[:-1]` a network of all but the last.
    """

    def __init__(self, *layers):
        for layer in layers:
            check_callable(layer)
        self.layers = list(layers)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def __getitem__(self, i):
        return Sequential(*self.layers[i]) if isinstance(i, slice) else self.layers[i]

    def __len__(self):
        return len(self.layers)

    def __repr__(self):
        names = [getattr(layer, "__name__", repr(layer)) for layer in self.layers]
        return f"Sequential({', '.join(names)})"


def check_callable(layer):
    """Refuse what cannot be called, and a class that nobody made a layer of."""
    if not callable(layer) or isinstance(layer, type):
        raise TypeError(f"Sequential takes layers and functions, one by one, not {layer!r:.60}")


def glorot_uniform(shape, *, rng):
    """Random weights between ±√(6 / (inputs + outputs)), for tanh and the like.

    X. Glorot and Y. Bengio 2010, equation 16.
    """
    limit = np.sqrt(6 / sum(fans(shape)))
    return check_generator(rng).uniform(-limit, limit, shape)


class BatchNorm(Layer):
    """Each feature (axis 1) to mean 0 and variance 1 over the batch, then scaled and shifted.

    In evaluation mode by the running mean and variance that training has gathered.
    S. Ioffe and C. Szegedy 2015, algorithms 1 and 2.
    """

    def __init__(self, features, *, momentum=0.1, epsilon=1e-5):
        check_count("features", features)
        self.scale, self.shift = Tensor(np.ones(features)), Tensor(np.zeros(features))
        self.running_mean, self.running_variance = np.zeros(features), np.ones(features)
        self.momentum = check_number("momentum", momentum, 0, 1)
        self.epsilon = check_number("epsilon", epsilon, 1e-12, 1)

    def forward(self, x):
        check_size(self, x, 1, len(self.running_mean))
        column = (1, -1) + (1,) * (x.ndim - 2)  # so that a number for each feature meets axis 1
        if self.training:
            mean, variance = self.measure(x)
        else:
            mean = self.running_mean.reshape(column)
            variance = self.running_variance.reshape(column)
        normal = (x - mean) * (variance + self.epsilon) ** -0.5
        return normal * self.scale.reshape(*column) + self.shift.reshape(*column)

    def measure(self, x):
        """Mean and variance of each feature in this batch; a part of them goes into the running."""
        axes, n = (0, *range(2, x.ndim)), check_rows_to_spread(x.size // x.shape[1])
        mean = x.mean(axis=axes, keepdims=True)
        variance = ((x - mean) ** 2).mean(axis=axes, keepdims=True)
        unbiased = plain(variance).ravel() * n / (n - 1)
        if is_sound(unbiased):
            self.running_mean += self.momentum * (plain(mean).ravel() - self.running_mean)
            self.running_variance += self.momentum * (unbiased - self.running_variance)
        return mean, variance


def check_rows_to_spread(n):
    """`n` as it is, if so many numbers have a variance."""
    if n < 2:
        raise ValueError("batch normalisation needs two rows or more: one has no spread")
    return n


def is_sound(variance):
    """May this batch flow into the running averages? nan may not: it would stay for ever."""
    if np.isinf(variance).any():
        raise ValueError("the batch holds numbers too large to be squared: scale them first")
    return not np.isnan(variance).any()


class Dropout(Layer):
    """In training, sets a share `rate` of the numbers to 0, and scales the others by 1/(1 - rate).

    In evaluation mode it lets everything through. N. Srivastava et al. 2014.
    """

    def __init__(self, rate, *, rng):
        self.rate, self.rng = check_number("rate", rate, 0, 1), check_generator(rng)

    def forward(self, x):
        if not self.training:
            return x
        return x * (self.rng.random(x.shape) >= self.rate) / (1 - self.rate)


def set_mode(layer, training):
    """Tell a layer, and every layer inside it, whether it is being trained."""
    if isinstance(layer, Layer):
        layer.training = training
        layer = vars(layer)
    if isinstance(layer, dict | list | tuple):
        for part in layer.values() if isinstance(layer, dict) else layer:
            set_mode(part, training)


def train_mode(layer):
    """Set training mode all the way down; returns the layer."""
    set_mode(layer, True)
    return layer


def eval_mode(layer):
    """Set evaluation mode all the way down; returns the layer."""
    set_mode(layer, False)
    return layer


Layer.train, Layer.eval = train_mode, eval_mode


def without_history(part):
    """A copy in evaluation mode, with every Tensor replaced by its array: it records nothing."""
    if isinstance(part, list | tuple):
        return type(part)(map(without_history, part))
    if isinstance(part, dict):
        return {key: without_history(value) for key, value in part.items()}
    if isinstance(part, Layer):
        twin = copy.copy(part)
        vars(twin).update(without_history(vars(part)), training=False)
        return twin
    return plain(part)


def answer(network, x):
    """The network's answer to an array, as an array: in evaluation mode, nothing is recorded."""
    x, parameters = check_input(network, plain(x)), network.parameters()
    if x.size == 0:
        raise ValueError(f"predict was given no numbers, shape {x.shape}: is the selection empty?")
    if parameters and x.dtype.kind == "f":
        x = x.astype(parameters[0].dtype, copy=False)
    return without_history(network)(x)


Layer.predict = answer


class Flatten(Layer):
    """(n, channels, height, width), or any (n, …), becomes (n, everything else in one row)."""

    def forward(self, x):
        if x.ndim == 0:
            raise ValueError("Flatten takes a batch, (n, …), not a single number")
        return x.reshape(x.shape[0], int(np.prod(x.shape[1:])))


def window_slices(height, width, size, stride):
    """For each place in a window, the rows and columns of a picture that it meets as it slides."""
    down, across = height - size + 1, width - size + 1
    for i in range(size):
        for j in range(size):
            yield slice(i, i + down, stride), slice(j, j + across, stride)


def check_window(size, stride, padding=0):
    """Refuse a window, a stride or a padding that is no count; a padding may be 0."""
    check_count("the size of a window", size)
    check_count("stride", stride)
    if padding != 0:
        check_count("padding, where it is not 0,", padding)


def check_pictures(x, size, stride, padding=0):
    """Refuse what is no stack of pictures, and a window that does not fit them."""
    check_window(size, stride, padding)
    if x.ndim != 4:
        raise ValueError(
            f"pictures have the shape (n, channels, height, width), not {x.shape}: "
            "x[:, None] adds a channel, x[None] a batch of one"
        )
    height, width = (n + 2 * padding for n in x.shape[2:])
    if size > min(height, width):
        raise ValueError(
            f"a window of {size} × {size} does not fit a picture of {height} × {width}: "
            "a smaller window, or padding"
        )


def check_kernels(x, weight, bias, stride, padding):
    """Refuse kernels that are not square, or that were made for another number of channels."""
    if weight.ndim != 4 or weight.shape[2] != weight.shape[3] or bias.shape != weight.shape[:1]:
        raise ValueError("kernels have the shape (kernels, channels, k, k), and one bias each")
    check_pictures(x, weight.shape[2], stride, padding)
    if x.shape[1] != weight.shape[1]:
        raise ValueError(
            f"the kernels look at {weight.shape[1]} channels, the pictures have {x.shape[1]}: "
            "pictures are (n, channels, height, width)"
        )


def cut(x, k, stride, padding):
    """Every k × k window of the pictures as a row: (n, rows, columns, k · k · c), channels last."""
    n, c, height, width = x.shape
    around = np.zeros((n, height + 2 * padding, width + 2 * padding, c), x.dtype)
    around[:, padding : padding + height, padding : padding + width] = x.transpose(0, 2, 3, 1)
    windows = sliding_window_view(around, (k, k), axis=(1, 2))[:, ::stride, ::stride]
    return windows.transpose(0, 1, 2, 4, 5, 3).reshape(*windows.shape[:3], k * k * c)


def lay_back(shares, shape, k, stride, padding):
    """The way back of `cut`: each number of the rows is added to the pixel that it came from."""
    n, c, height, width = shape
    around = np.zeros((n, height + 2 * padding, width + 2 * padding, c), shares.dtype)
    shares = shares.reshape(*shares.shape[:3], k * k, c)
    for i, (down, across) in enumerate(window_slices(*around.shape[1:3], k, stride)):
        around[:, down, across] += shares[:, :, :, i]
    inside = around[:, padding : padding + height, padding : padding + width]
    return inside.transpose(0, 3, 1, 2)


@op
def conv2d(x, weight, bias, *, stride=1, padding=0):
    """y = each patch of x times each kernel, plus bias: (n, c, h, w), (kernels, c, k, k).

    Patches become rows, kernels become columns, and the sliding is one matrix product.
    x receives, at every place, the shares of all windows that saw it.
    """
    check_kernels(x, weight, bias, stride, padding)
    shape, (kernels, c, k, _) = x.shape, weight.shape
    patches = cut(x, k, stride, padding)
    n, rows, columns, _ = patches.shape
    patches = patches.reshape(-1, c * k * k)
    flat = weight.transpose(2, 3, 1, 0).reshape(-1, kernels)
    y = (patches @ flat + bias).reshape(n, rows, columns, kernels)

    def as_rows(g):
        return g.transpose(0, 2, 3, 1).reshape(-1, kernels)

    def to_x(g):
        shares = (as_rows(g) @ flat.T).reshape(n, rows, columns, c * k * k)
        return lay_back(shares, shape, k, stride, padding)

    def to_weight(g):
        return (patches.T @ as_rows(g)).reshape(k, k, c, kernels).transpose(3, 2, 0, 1)

    return y.transpose(0, 3, 1, 2), to_x, to_weight, lambda g: as_rows(g).sum(axis=0)


class Conv2d(Layer):
    """Slides kernels over pictures: (n, in_channels, h, w) gives (n, out_channels, h', w').

    h' is (h + 2 padding - kernel_size) // stride + 1. Starts with He's random weights.
    """

    def __init__(self, in_channels, out_channels, kernel_size, *, stride=1, padding=0, rng):
        check_window(kernel_size, stride, padding)
        shape = (out_channels, in_channels, kernel_size, kernel_size)
        self.weight, self.bias = Tensor(he_normal(shape, rng=rng)), Tensor(np.zeros(out_channels))
        self.stride, self.padding = stride, padding

    def forward(self, x):
        return conv2d(x, self.weight, self.bias, stride=self.stride, padding=self.padding)


@op
def max_pool2d(x, *, size, stride):
    """y = the largest number in each window of size × size: x (n, channels, h, w).

    The largest receives g; where several in a window are equally large, they share it.
    """
    check_pictures(x, size, stride)
    places = list(window_slices(*x.shape[2:], size, stride))
    y = x[..., *places[0]]
    for down, across in places[1:]:
        y = np.maximum(y, x[..., down, across])

    def rule(g):
        largest = [(x[..., down, across] == y).astype(g.dtype) for down, across in places]
        share, whole = g / sum(largest), np.zeros_like(x)
        for (down, across), won in zip(places, largest, strict=True):
            whole[..., down, across] += share * won
        return whole

    return y, rule


class MaxPool2d(Layer):
    """The largest number in each window; windows stand side by side unless `stride` says else."""

    def __init__(self, kernel_size, *, stride=None):
        self.kernel_size = kernel_size
        self.stride = kernel_size if stride is None else stride
        check_window(self.kernel_size, self.stride)

    def forward(self, x):
        return max_pool2d(x, size=self.kernel_size, stride=self.stride)


def astype(network, dtype):
    """Turn every parameter and running statistic into float32 or float64; returns the network.

    Gradients are cleared, since they have the old type.
    """
    if dtype is None or np.dtype(dtype) not in (np.float32, np.float64):
        raise TypeError(f"a network computes in np.float32 or np.float64, not in {dtype!r}")
    for _, holder, key in walk(network):
        value = holder[key]
        if isinstance(value, Tensor):
            value.data, value.grad = value.data.astype(dtype), None
        elif value.dtype.kind == "f":
            holder[key] = value.astype(dtype)
    return network


Layer.astype = astype


@op
def average_pool2d(x, *, size, stride):
    """y = the mean of each window of size × size: x (n, channels, h, w). Each receives its part."""
    check_pictures(x, size, stride)
    places, shape = list(window_slices(*x.shape[2:], size, stride)), x.shape

    def rule(g):
        share, whole = g / size**2, np.zeros(shape, g.dtype)
        for down, across in places:
            whole[..., down, across] += share
        return whole

    return sum(x[..., down, across] for down, across in places) / size**2, rule


class AveragePool2d(Layer):
    """The mean of each window; windows stand side by side unless `stride` says otherwise."""

    def __init__(self, kernel_size, *, stride=None):
        self.kernel_size = kernel_size
        self.stride = kernel_size if stride is None else stride
        check_window(self.kernel_size, self.stride)

    def forward(self, x):
        return average_pool2d(x, size=self.kernel_size, stride=self.stride)


class LayerNorm(Layer):
    """Each row (last axis) to mean 0 and variance 1, then scaled and shifted: no batch is needed.

    J. Ba, J. Kiros and G. Hinton 2016, equation 4.
    """

    def __init__(self, features, *, epsilon=1e-5):
        check_count("features", features)
        self.scale, self.shift = Tensor(np.ones(features)), Tensor(np.zeros(features))
        self.epsilon = check_number("epsilon", epsilon, 1e-12, 1)

    def forward(self, x):
        check_size(self, x, -1, self.scale.shape[0])
        away = x - x.mean(axis=-1, keepdims=True)
        variance = (away**2).mean(axis=-1, keepdims=True)
        return away * (variance + self.epsilon) ** -0.5 * self.scale + self.shift


@op
def leaky_relu(a, *, slope=0.01):
    """y = a where a > 0, else slope · a, elementwise, with a slope from 0 to below 1.

    a receives g where a > 0, and slope · g elsewhere.
    """
    check_number("slope", slope, 0, 1)
    return np.maximum(a, slope * a), lambda g: g * (slope + (1 - slope) * (a > 0)).astype(g.dtype)


@op
def gelu(a):
    """y = a (1 + tanh(√(2/π) (a + 0.044715 a³))) / 2: a relu with a soft bend, elementwise.

    The tanh form of D. Hendrycks and K. Gimpel 2016, section 2. a receives g times the slope.
    """
    c = np.sqrt(2 / np.pi).astype(a.dtype)
    t = np.tanh(c * (a + 0.044715 * a * a * a))
    inner = c * (1 + 3 * 0.044715 * a * a)
    return a * (1 + t) / 2, lambda g: g * ((1 + t) + a * (1 - t * t) * inner) / 2


class Embedding(Layer):
    """A row of `size` learned numbers for each of `count` things: ids (…) give (…, size)."""

    def __init__(self, count, size, *, rng):
        check_shape((count, size))
        self.weight = Tensor(check_generator(rng).normal(size=(count, size)))

    def forward(self, ids):
        ids = plain(ids)
        if ids.dtype.kind not in "iu":
            raise TypeError(f"ids are whole numbers, not {ids.dtype}: use .astype(int)")
        last = self.weight.shape[0] - 1
        if ids.size and (ids.min() < 0 or ids.max() > last):
            raise IndexError(f"ids go from {ids.min()} to {ids.max()}, rows from 0 to {last}")
        return self.weight[ids]
