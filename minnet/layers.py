"""A layer weighs its input, passes it through a non-linear function, and hands it on to the next
layer. Layers in a row are a network, which can bend a line, fold a plane, and read a picture.
"""

import copy

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from minnet.tensors import Tensor, op, plain

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
        return self.forward(x)

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


def he_normal(shape, *, rng):
    """Random weights with variance 2 / inputs, so that relu keeps the size of what goes through.

    `shape` is (inputs, outputs), or (kernels, channels, k, k). K. He et al. 2015, equation 10.
    """
    inputs, _ = fans(shape)
    return rng.normal(0, np.sqrt(2 / inputs), shape)


def fans(shape):
    """How many inputs feed one output, and how many outputs one input feeds."""
    if len(shape) == 2:
        return shape
    window = int(np.prod(shape[2:]))
    return shape[1] * window, shape[0] * window


class Linear(Layer):
    """y = x weight + bias: (n, inputs) gives (n, outputs). Starts with He's random weights."""

    def __init__(self, inputs, outputs, *, rng):
        self.weight = Tensor(he_normal((inputs, outputs), rng=rng))
        self.bias = Tensor(np.zeros(outputs))

    def forward(self, x):
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
    """Layers and functions, such as relu, one after another."""

    def __init__(self, *layers):
        self.layers = list(layers)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def __getitem__(self, i):
        return self.layers[i]

    def __len__(self):
        return len(self.layers)

    def __repr__(self):
        names = [repr(x) if isinstance(x, Layer) else x.__name__ for x in self.layers]
        return f"Sequential({', '.join(names)})"


class BatchNorm(Layer):
    """Each feature (axis 1) to mean 0 and variance 1 over the batch, then scaled and shifted.

    In evaluation mode by the running mean and variance that training has gathered.
    S. Ioffe and C. Szegedy 2015, algorithms 1 and 2.
    """

    def __init__(self, features, *, momentum=0.1, epsilon=1e-5):
        self.scale, self.shift = Tensor(np.ones(features)), Tensor(np.zeros(features))
        self.running_mean, self.running_variance = np.zeros(features), np.ones(features)
        self.momentum, self.epsilon = momentum, epsilon

    def forward(self, x):
        shape = (1, -1) + (1,) * (x.ndim - 2)
        if self.training:
            mean, variance = self.measure(x)
        else:
            mean, variance = self.running_mean.reshape(shape), self.running_variance.reshape(shape)
        normal = (x - mean) * (variance + self.epsilon) ** -0.5
        return normal * self.scale.reshape(*shape) + self.shift.reshape(*shape)

    def measure(self, x):
        """Mean and variance of each feature in this batch; a part of them goes into the running."""
        axes, n = (0, *range(2, x.ndim)), x.size // x.shape[1]
        if n < 2:
            raise ValueError("batch normalisation needs two rows or more: one has no spread")
        mean = x.mean(axis=axes, keepdims=True)
        variance = ((x - mean) ** 2).mean(axis=axes, keepdims=True)
        self.running_mean += self.momentum * (plain(mean).ravel() - self.running_mean)
        unbiased = plain(variance).ravel() * n / (n - 1)
        self.running_variance += self.momentum * (unbiased - self.running_variance)
        return mean, variance


class Dropout(Layer):
    """In training, sets a share `rate` of the numbers to 0, and scales the others by 1/(1 - rate).

    In evaluation mode it lets everything through. N. Srivastava et al. 2014.
    """

    def __init__(self, rate, *, rng):
        if not 0 <= rate < 1:
            raise ValueError(f"rate is the share that is dropped, from 0 to below 1, not {rate}")
        self.rate, self.rng = rate, rng

    def forward(self, x):
        if not self.training:
            return x
        return x * ((self.rng.random(x.shape) >= self.rate) / (1 - self.rate))


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
    x = np.asarray(plain(x))
    parameters = network.parameters()
    if parameters and x.dtype.kind == "f":
        x = x.astype(parameters[0].dtype, copy=False)
    return without_history(network)(x)


Layer.predict = answer


class Flatten(Layer):
    """(n, channels, height, width), or any (n, …), becomes (n, everything else in one row)."""

    def forward(self, x):
        return x.reshape(x.shape[0], int(np.prod(x.shape[1:])))


def window_slices(x, size, stride):
    """For each place in a window of size × size: what it meets as the window slides over x."""
    rows, columns = ((n - size) // stride + 1 for n in x.shape[2:])
    for i in range(size):
        for j in range(size):
            down = slice(i, i + stride * (rows - 1) + 1, stride)
            across = slice(j, j + stride * (columns - 1) + 1, stride)
            yield (slice(None), slice(None), down, across)


def check_window(x, size, stride):
    """Refuse what is no stack of pictures, and a window that is larger than the picture."""
    if x.ndim != 4:
        raise ValueError("pictures have the shape (n, channels, height, width): reshape them")
    if size < 1 or stride < 1 or size > min(x.shape[2:]):
        raise ValueError(
            f"a window of {size} × {size} with stride {stride} does not fit a picture of "
            f"{x.shape[2]} × {x.shape[3]}: smaller window, or padding"
        )


@op
def conv2d(x, weight, bias, *, stride=1, padding=0):
    """y = each patch of x times each kernel, plus bias: (n, c, h, w), (kernels, c, k, k).

    Patches become rows, kernels become columns, and the sliding is one matrix product.
    x receives, at every place, the shares of all windows that saw it.
    """
    kernels, channels, size, _ = weight.shape
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    check_window(x, size, stride)
    windows = sliding_window_view(x, (size, size), axis=(2, 3))[:, :, ::stride, ::stride]
    n, _, rows, columns = windows.shape[:4]
    patches = windows.transpose(0, 2, 3, 1, 4, 5).reshape(n * rows * columns, -1)
    flat = weight.reshape(kernels, -1)
    y = (patches @ flat.T + bias).reshape(n, rows, columns, kernels).transpose(0, 3, 1, 2)

    def as_rows(g):
        return g.transpose(0, 2, 3, 1).reshape(-1, kernels)

    def to_x(g):
        shares = (as_rows(g) @ flat).reshape(n, rows, columns, channels, size * size)
        whole = np.zeros(x.shape, g.dtype)
        for k, place in enumerate(window_slices(x, size, stride)):
            whole[place] += shares[..., k].transpose(0, 3, 1, 2)
        return whole[:, :, padding : x.shape[2] - padding, padding : x.shape[3] - padding]

    def to_weight(g):
        return (as_rows(g).T @ patches).reshape(weight.shape)

    return y, to_x, to_weight, lambda g: g.sum(axis=(0, 2, 3))


class Conv2d(Layer):
    """Slides kernels over pictures: (n, in_channels, h, w) gives (n, out_channels, h', w')."""

    def __init__(self, in_channels, out_channels, kernel_size, *, stride=1, padding=0, rng):
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
    check_window(x, size, stride)
    places = list(window_slices(x, size, stride))
    y = x[places[0]]
    for place in places[1:]:
        y = np.maximum(y, x[place])
    ties = sum(x[place] == y for place in places)

    def rule(g):
        whole, share = np.zeros(x.shape, g.dtype), g / ties
        for place in places:
            whole[place] += share * (x[place] == y)
        return whole

    return y, rule


class MaxPool2d(Layer):
    """The largest number in each window; windows stand side by side unless `stride` says else."""

    def __init__(self, kernel_size, *, stride=None):
        self.kernel_size, self.stride = kernel_size, stride or kernel_size

    def forward(self, x):
        return max_pool2d(x, size=self.kernel_size, stride=self.stride)


def astype(network, dtype):
    """Turn every parameter and every running statistic into `dtype`; returns the network."""
    for _, holder, key in walk(network):
        if isinstance(holder[key], Tensor):
            holder[key].data = holder[key].data.astype(dtype)
        else:
            holder[key] = holder[key].astype(dtype)
    return network


Layer.astype = astype


@op
def average_pool2d(x, *, size, stride):
    """y = the mean of each window of size × size: x (n, channels, h, w). Each receives its part."""
    check_window(x, size, stride)
    places, shape = list(window_slices(x, size, stride)), x.shape

    def rule(g):
        whole = np.zeros(shape, g.dtype)
        for place in places:
            whole[place] += g / size**2
        return whole

    return sum(x[place] for place in places) / size**2, rule


class AveragePool2d(Layer):
    """The mean of each window; windows stand side by side unless `stride` says otherwise."""

    def __init__(self, kernel_size, *, stride=None):
        self.kernel_size, self.stride = kernel_size, stride or kernel_size

    def forward(self, x):
        return average_pool2d(x, size=self.kernel_size, stride=self.stride)


class LayerNorm(Layer):
    """Each row (last axis) to mean 0 and variance 1, then scaled and shifted: no batch is needed.

    J. Ba, J. Kiros and G. Hinton 2016, equation 4.
    """

    def __init__(self, features, *, epsilon=1e-5):
        self.scale, self.shift = Tensor(np.ones(features)), Tensor(np.zeros(features))
        self.epsilon = epsilon

    def forward(self, x):
        away = x - x.mean(axis=-1, keepdims=True)
        variance = (away**2).mean(axis=-1, keepdims=True)
        return away * (variance + self.epsilon) ** -0.5 * self.scale + self.shift


@op
def leaky_relu(a, *, slope=0.01):
    """y = a where a > 0, else slope · a, elementwise. a receives g, or slope · g."""
    positive = a > 0
    return np.where(positive, a, slope * a), lambda g: np.where(positive, g, slope * g)


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
        self.weight = Tensor(rng.normal(size=(count, size)))

    def forward(self, ids):
        ids = np.asarray(ids)
        if ids.dtype.kind not in "iu":
            raise TypeError(f"ids are whole numbers, not {ids.dtype}: use .astype(int)")
        last = len(self.weight.data) - 1
        if ids.size and (ids.min() < 0 or ids.max() > last):
            raise IndexError(f"ids go from {ids.min()} to {ids.max()}, rows from 0 to {last}")
        return self.weight[ids]


def glorot_uniform(shape, *, rng):
    """Random weights between ±√(6 / (inputs + outputs)), for tanh and the like.

    X. Glorot and Y. Bengio 2010, equation 16.
    """
    limit = np.sqrt(6 / sum(fans(shape)))
    return rng.uniform(-limit, limit, shape)
