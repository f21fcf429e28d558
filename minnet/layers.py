"""A layer weighs its input, passes it through a non-linear function, and hands it on to the next
layer.
"""

import copy

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from minnet.tensors import Tensor, op, plain


@op
def relu(a):
    """y = a where a > 0, else 0, elementwise. a receives g where a > 0."""
    y = np.maximum(a, 0)
    return y, lambda g: g * (y > 0)


@op
def tanh(a):
    """y = tanh a, elementwise, between -1 and 1. a receives g (1 - y²)."""
    y = np.tanh(a)
    return y, lambda g: g * (1 - y * y)


class Layer:
    """What a network is made of: it holds parameters and other layers, and is called like a function."""

    training = True

    def __call__(self, x):
        return self.forward(x)

    def named_parameters(self):
        """A list of (dotted name, Tensor): every leaf in this layer and in those inside, once."""
        found = {}
        for name, holder, key in walk(self):
            if isinstance(holder[key], Tensor):
                found.setdefault(id(holder[key]), (name, holder[key]))
        return list(found.values())

    def parameters(self):
        """A list of the Tensors that training changes, each once, in the order of their making."""
        return [tensor for _, tensor in self.named_parameters()]

    def train(self, training=True):
        """Set this layer and those inside to training mode."""
        for layer in layers_in(self):
            layer.training = training
        return self

    def eval(self):
        """Set this layer and those inside to evaluation mode."""
        return self.train(False)

    def astype(self, dtype):
        """Convert every parameter and every running statistic to `dtype`; returns the layer."""
        for _, holder, key in walk(self):
            value = holder[key]
            if isinstance(value, Tensor):
                value.data = value.data.astype(dtype)
            else:
                holder[key] = value.astype(dtype)
        return self

    def predict(self, x):
        """The network's answer to an array, as an array: in evaluation mode, nothing recorded."""
        plainly = copy.deepcopy(self).eval()
        for _, holder, key in walk(plainly):
            holder[key] = plain(holder[key])
        return plainly(x)

    def __repr__(self):
        inside = [
            f"{name}={value!r}" for name, value in vars(self).items() if isinstance(value, int)
        ]
        return f"{type(self).__name__}({', '.join(i for i in inside if 'training' not in i)})"


def walk(part, name=""):
    """(dotted name, holder, key) of every Tensor and array in a layer, in the order of their making."""
    holder = vars(part) if isinstance(part, Layer) else part
    pairs = list(holder.items() if isinstance(holder, dict) else enumerate(holder))
    for key, value in pairs:
        here = f"{name}.{key}" if name else f"{key}"
        if isinstance(value, Tensor | np.ndarray):
            yield here, holder, key
        elif isinstance(value, Layer | list | dict):
            yield from walk(value, here)


def layers_in(part):
    """`part`, where it is a Layer, and every Layer inside it."""
    if isinstance(part, Layer):
        yield part
        part = vars(part)
    if isinstance(part, dict | list):
        for value in part.values() if isinstance(part, dict) else part:
            yield from layers_in(value)


def fans(shape):
    """How many inputs feed one output, and how many outputs one input feeds, for weights of `shape`."""
    if len(shape) == 2:
        return shape
    return int(np.prod(shape[1:])), shape[0] * int(np.prod(shape[2:]))


def he_normal(shape, *, rng):
    """Random weights with variance 2 / inputs, which relu keeps at one size. He et al. 2015, eq. 10."""
    return rng.normal(0, np.sqrt(2 / fans(shape)[0]), shape)


def glorot_uniform(shape, *, rng):
    """Random weights between ±√(6 / (inputs + outputs)). Glorot and Bengio 2010, equation 16."""
    limit = np.sqrt(6 / sum(fans(shape)))
    return rng.uniform(-limit, limit, shape)


class Linear(Layer):
    """x @ weight + bias: (n, inputs) gives (n, outputs)."""

    def __init__(self, inputs, outputs, *, rng):
        self.weight = Tensor(he_normal((inputs, outputs), rng=rng))
        self.bias = Tensor(np.zeros(outputs))

    def forward(self, x):
        return x @ self.weight + self.bias

    def __repr__(self):
        return f"Linear{self.weight.shape}"


class Sequential(Layer):
    """Layers and functions, one after another."""

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


class Flatten(Layer):
    """(n, …) becomes (n, everything else in one row)."""

    def forward(self, x):
        return x.reshape(len(x), -1)


class Dropout(Layer):
    """In training, sets a share `rate` of the numbers to 0 and the rest up by 1 / (1 - rate)."""

    def __init__(self, rate, *, rng):
        if not 0 <= rate < 1:
            raise ValueError(f"rate is the share that is dropped, from 0 to below 1, not {rate}")
        self.rate, self.rng = rate, rng

    def forward(self, x):
        if not self.training or self.rate == 0:
            return x
        return x * ((self.rng.random(x.shape) >= self.rate) / (1 - self.rate))


class BatchNorm(Layer):
    """Each feature (axis 1) to mean 0 and variance 1 over the batch, then scaled and shifted.

    In evaluation mode, by the running mean and variance that training has gathered.
    S. Ioffe and C. Szegedy 2015, algorithm 1.
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
        """Mean and variance of each feature over the batch; the running ones take a part of them."""
        axes = (0, *range(2, x.ndim))
        n = x.size // x.shape[1]
        if n < 2:
            raise ValueError("batch normalisation needs two rows or more: one has no spread")
        mean = x.mean(axis=axes, keepdims=True)
        variance = ((x - mean) ** 2).mean(axis=axes, keepdims=True)
        self.running_mean += self.momentum * (plain(mean).ravel() - self.running_mean)
        unbiased = plain(variance).ravel() * n / (n - 1)
        self.running_variance += self.momentum * (unbiased - self.running_variance)
        return mean, variance


@op
def conv2d(x, weight, bias, *, stride=1, padding=0):
    """y = each (channels, k, k) patch of x times each kernel, plus its bias.

    x (n, channels, height, width), weight (kernels, channels, k, k), bias (kernels,).
    """
    n, channels, _, _ = x.shape
    kernels, _, k, _ = weight.shape
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = sliding_window_view(padded, (k, k), axis=(2, 3))[:, :, ::stride, ::stride]
    rows, columns = windows.shape[2:4]
    patches = windows.transpose(0, 2, 3, 1, 4, 5).reshape(n * rows * columns, channels * k * k)
    flat = weight.reshape(kernels, -1)
    y = (patches @ flat.T + bias).reshape(n, rows, columns, kernels).transpose(0, 3, 1, 2)

    def flatten(g):
        return g.transpose(0, 2, 3, 1).reshape(-1, kernels)

    def to_x(g):
        parts = (flatten(g) @ flat).reshape(n, rows, columns, channels, k, k)
        whole = np.zeros(padded.shape, g.dtype)
        for i in range(k):
            for j in range(k):
                down, across = (
                    slice(i, i + stride * rows, stride),
                    slice(j, j + stride * columns, stride),
                )
                whole[:, :, down, across] += parts[..., i, j].transpose(0, 3, 1, 2)
        return whole[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]

    return (
        y,
        to_x,
        lambda g: (flatten(g).T @ patches).reshape(weight.shape),
        lambda g: g.sum(axis=(0, 2, 3)),
    )


class Conv2d(Layer):
    """Slides kernels over pictures: (n, in_channels, h, w) gives (n, out_channels, h', w')."""

    def __init__(self, in_channels, out_channels, kernel_size, *, stride=1, padding=0, rng):
        shape = (out_channels, in_channels, kernel_size, kernel_size)
        self.weight = Tensor(he_normal(shape, rng=rng))
        self.bias = Tensor(np.zeros(out_channels))
        self.stride, self.padding = stride, padding

    def forward(self, x):
        return conv2d(x, self.weight, self.bias, stride=self.stride, padding=self.padding)
