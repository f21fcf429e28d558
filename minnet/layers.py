"""A layer weighs its input, passes it through a non-linear function, and hands it on to the next
layer. Layers in a row are a network, which can bend a line, fold a plane, and read a picture.
"""

from collections.abc import Callable
from math import pi, prod, sqrt

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from minnet import checks
from minnet.tensors import Tensor, op, plain, renew


@op
def relu(a, /):
    """y = a where a > 0, else 0, elementwise. a receives g where a > 0, and 0 at the bend."""
    y = np.maximum(a, 0)
    return y, lambda g: g * (y > 0).astype(g.dtype)  # numpy multiplies one dtype faster than two


@op
def tanh(a, /):
    """y = tanh a, elementwise, between -1 and 1. a receives g (1 - y²)."""
    y = np.tanh(a)
    return y, lambda g: g * (1 - y * y)


class Layer:
    """What networks are made of: it holds Tensors and other layers, and is called like a function.

    One of your own has a `forward`, of one input or several, and names in `buffers` arrays to keep.
    """

    training, buffers, numbered = True, (), None
    forward: Callable = checks.refuse_forward
    train: Callable  # this and the six below come with their lessons
    eval: Callable
    predict: Callable
    astype: Callable
    state_dict: Callable
    load_state_dict: Callable
    summary: Callable

    def __call__(self, *inputs, **settings):
        return self.forward(*[checks.require_input(self, x) for x in inputs], **settings)

    def parameters(self):
        """A list of the Tensors in this layer and in those inside, each once, as assigned."""
        return [tensor for _, tensor in self.named_parameters()]

    def named_parameters(self):
        """The same as a list of pairs: a dotted name, such as "0.weight", and the Tensor."""
        found = {}
        for name, part in walk(self):
            if is_parameter(part):
                found.setdefault(id(part), (name, part))
        return list(found.values())

    def __repr__(self):
        settings = {k: v for k, v in vars(self).items() if isinstance(v, int | float)}
        settings.pop("training", None)
        return f"{type(self).__name__}({', '.join(f'{k}={v}' for k, v in settings.items())})"


def walk(part, name="", above=()):
    """(dotted name, part) of each layer, Tensor and generator in `part`, in order of assignment.

    They are found in attributes, lists, tuples and dicts; what holds `part` itself is passed over.
    """
    if isinstance(part, Layer | Tensor | np.random.Generator):
        yield name, part
    if isinstance(part, list | tuple):
        inside = enumerate(part)
    elif isinstance(part, Layer | dict):
        inside = (vars(part) if isinstance(part, Layer) else part).items()
    else:  # nothing inside; layers in a set are refused
        return checks.require_ordered(name, part)
    above, numbered = (*above, part), getattr(part, "numbered", None)
    for key, value in list(inside):
        here = name if key == numbered is not None else dotted(name, key)
        if not any(value is each for each in above):  # a layer may know its parent
            yield from walk(value, here, above)


def dotted(name, key):
    """The name of a part inside another: "0" and "weight" are "0.weight"."""
    return f"{name}.{key}" if name else f"{key}"


def is_parameter(part):
    """A Tensor that no operation made, and that was not detached from one."""
    return isinstance(part, Tensor) and part.node.name == "leaf"


def he_normal(shape, *, rng):
    """Random weights with variance 2 / inputs, so that relu keeps the size of what goes through.

    `shape` is (inputs, outputs), or (kernels, channels, k, k). K. He et al. 2015, equation 10.
    """
    inputs, _ = fans(shape)
    return checks.require_generator(rng).normal(0, np.sqrt(2 / inputs), shape)


def fans(shape):
    """How many inputs feed one output, and how many outputs one input feeds."""
    if len(checks.require_weight_shape(shape)) == 2:
        return shape
    window = prod(shape[2:])
    return shape[1] * window, shape[0] * window


def as_rows(a):
    """All vectors along the last axis, as the rows of one table."""
    return a if a.ndim == 2 else a.reshape(-1, a.shape[-1])


def sum_of_rows(g):
    """The sum of all rows, by a product with ones, which is faster than .sum(axis=0)."""
    rows = as_rows(g)
    return np.ones(len(rows), g.dtype) @ rows


@op
def linear(x, weight, bias, /):
    """y = x weight + bias: (…, n), (n, m) and (m,) give (…, m). A stack is one table of rows.

    x receives g weightᵀ, weight receives xᵀ g, and bias the sum of all rows of g.
    """
    y = as_rows(x) @ weight
    y += bias
    return (
        y.reshape(*x.shape[:-1], weight.shape[1]),
        lambda g: (as_rows(g) @ weight.T).reshape(x.shape),
        lambda g: as_rows(x).T @ as_rows(g),
        sum_of_rows,
    )


class Linear(Layer):
    """y = x weight + bias: (n, in_features) gives (n, out_features). Weights from he_normal."""

    def __init__(self, in_features, out_features, *, bias=True, rng):
        self.weight = Tensor(he_normal((in_features, out_features), rng=rng))
        self.bias = Tensor(np.zeros(out_features)) if checks.require_bool("bias", bias) else None

    def forward(self, x):
        checks.require_size(self, x, -1, self.weight.shape[0])
        return x @ self.weight if self.bias is None else linear(x, self.weight, self.bias)

    def __repr__(self):
        inputs, outputs = self.weight.shape
        return f"Linear({inputs}, {outputs}{', bias=False' if self.bias is None else ''})"


class Sequential(Layer):
    """Layers and functions, such as relu, one after another: one input goes in, one comes out.

    `network[0]` is its first layer, and `network[:-1]` a network of all but the last.
    """

    numbered = "layers"  # its parts are called by their numbers alone: "0.weight"

    def __init__(self, *layers):
        self.layers = [checks.require_callable(layer) for layer in layers]

    def forward(self, *inputs):
        x = checks.require_one_input(inputs)
        for layer in self.layers:
            x = layer(x)
        return x

    def __getitem__(self, i):
        return Sequential(*self.layers[i]) if isinstance(i, slice) else self.layers[i]

    def __len__(self):
        return len(self.layers)

    def __repr__(self):
        return f"Sequential({', '.join(map(called, self.layers))})"


def called(layer):
    """What a layer is called in a repr; a function by its name."""
    if isinstance(layer, Layer):
        return repr(layer)
    return getattr(getattr(layer, "func", layer), "__name__", type(layer).__name__)


class BatchNorm(Layer):
    """Each feature (axis 1) to mean 0 and variance 1 over the batch, then times weight plus bias.

    In evaluation mode by what training gathered. S. Ioffe and C. Szegedy 2015, algorithms 1 and 2.
    """

    buffers = ("running_mean", "running_var")

    def __init__(self, num_features, *, eps=1e-5, momentum=0.1):
        self.num_features = n = checks.require_count("num_features", num_features)
        self.weight, self.bias = Tensor(np.ones(n)), Tensor(np.zeros(n))
        self.running_mean, self.running_var = np.zeros(n), np.ones(n)
        self.eps = checks.require_number("eps", eps, 1e-12, 1)
        self.momentum = checks.require_number("momentum", momentum, 0, 1)

    def forward(self, x):
        checks.require_size(self, x, 1, self.num_features)
        column = (1, -1) + (1,) * (x.ndim - 2)  # so that a number for each feature meets axis 1
        if self.training:
            mean, variance = self.gather(x)
        else:
            mean, variance = self.running_mean.reshape(column), self.running_var.reshape(column)
        normal = (x - mean) * (variance + self.eps) ** -0.5
        return normal * self.weight.reshape(column) + self.bias.reshape(column)

    def gather(self, x):
        """Mean and variance of each feature in this batch; a part of them goes into the running."""
        axes, n = (0, *range(2, x.ndim)), checks.require_rows_to_spread(x.size // x.shape[1])
        mean = x.mean(axis=axes, keepdims=True)
        variance = ((x - mean) ** 2).mean(axis=axes, keepdims=True)
        unbiased = checks.require_squares(plain(variance).ravel()) * (n / (n - 1))
        if not np.isnan(unbiased).any():  # nan would stay for ever
            self.running_mean += self.momentum * (plain(mean).ravel() - self.running_mean)
            self.running_var += self.momentum * (unbiased - self.running_var)
        return mean, variance


class Flatten(Layer):
    """(n, channels, height, width), or any (n, …), becomes (n, everything else in one row)."""

    def forward(self, x):
        return x.reshape(len(checks.require_batch(x)), prod(x.shape[1:]))


class Dropout(Layer):
    """In training, sets a share `p` of the numbers to 0, and scales the others by 1 / (1 - p).

    In evaluation mode it lets everything through. N. Srivastava et al. 2014.
    """

    def __init__(self, p, *, rng):
        self.p, self.rng = checks.require_number("p", p, 0, 1), checks.require_generator(rng)

    def forward(self, x):
        if not self.training:
            return x
        dtype = np.result_type(x.dtype, np.float32)  # float32 stays, whole numbers become floats
        kept = self.rng.random(x.shape, dtype) >= self.p
        return x * (kept / dtype.type(1 - self.p))


def train_mode(layer):
    """Training mode for this layer and all inside it: dropout is on. Returns the layer."""
    return set_mode(layer, True)


def eval_mode(layer):
    """Evaluation mode for this layer and all inside it: dropout is off. Returns the layer."""
    return set_mode(layer, False)


def set_mode(layer, training):
    """Tell a layer, and every layer inside it, whether it is being trained."""
    for _, part in walk(layer):
        if isinstance(part, Layer):
            part.training = training
    return layer


Layer.train, Layer.eval = train_mode, eval_mode


def numbers(answer):
    """What a network gave, as an array of its own; as a tuple of arrays where it gave several."""
    if isinstance(answer, tuple | list):
        return tuple(map(numbers, answer))
    return checks.require_real("predict", np.array(plain(answer)))


def predict(network, *inputs, batch_size=256):
    """The network's answer to arrays, as an array: in evaluation mode, `batch_size` rows at a time.

    Floats take the network's dtype; a vector goes through whole. The mode of every layer is put
    back as it was; threads that ask at the same time call eval() first. A layer of your own that
    averages along the batch sees no more than such a chunk of rows.
    """
    checks.require_count("batch_size", batch_size)
    inputs = checks.require_inputs([checks.require_input(network, x) for x in inputs])
    modes = [(part, part.training) for _, part in walk(network) if isinstance(part, Layer)]
    try:
        set_mode(network, False)
        answers = [numbers(network(*rows)) for rows in chunks(network, inputs, batch_size)]
    finally:
        for layer, training in modes:
            layer.training = training
    return joined(answers, len(inputs[0]) if inputs[0].ndim else 1)


Layer.predict = predict


def chunks(network, inputs, batch_size):
    """The inputs cut into batches of `batch_size` rows, as copies; a Tensor gives Tensors."""
    dtypes = [tensor.dtype for tensor in network.parameters()[:1]]
    n = len(inputs[0]) if inputs[0].ndim > 1 else 1
    for i in range(0, n, batch_size):
        rows = []
        for x in inputs:
            part = plain(x)[i : i + batch_size] if x.ndim and inputs[0].ndim > 1 else plain(x)
            part = part.astype(dtypes[0] if dtypes and part.dtype.kind == "f" else part.dtype)
            rows.append(Tensor(part) if isinstance(x, Tensor) else part)
        yield rows


def joined(answers, rows):
    """The answers to chunks of rows as one."""
    if len(answers) == 1:
        return answers[0]
    if isinstance(answers[0], tuple):
        return tuple(joined(each, rows) for each in zip(*answers))
    return np.concatenate(checks.require_joinable(answers, rows))


def window_slices(height, width, size, stride):
    """For each pixel of a window, what it meets of pictures (n, h, w, c) as the window slides."""
    down, across = height - size + 1, width - size + 1
    for i in range(size):
        for j in range(size):
            yield slice(None), slice(i, i + down, stride), slice(j, j + across, stride)


def channels_last(x):
    """A view of (n, c, h, w) as (n, h, w, c)."""
    return x.transpose(0, 2, 3, 1)


def channels_second(x):
    """A view of (n, h, w, c) as (n, c, h, w), the order that this field writes."""
    return x.transpose(0, 3, 1, 2)


def pad(x, padding, value):
    """Pictures (n, c, h, w) as (n, h, w, c), with so many pixels of this value around each."""
    n, c, height, width = x.shape
    shape = (n, height + 2 * padding, width + 2 * padding, c)
    around = np.full(shape, value, np.result_type(x.dtype, np.float32))
    around[:, padding : padding + height, padding : padding + width] = channels_last(x)
    return around


def crop(around, padding):
    """The way back of `pad`: pictures (n, c, h, w) without what was around them."""
    height, width = around.shape[1:3]
    inside = around[:, padding : height - padding, padding : width - padding]
    return channels_second(inside)


def conv2d(x, weight, bias=None, /, *, stride=1, padding=0):
    """y = each patch of x times each kernel, plus bias: (n, c, h, w), (kernels, c, k, k).

    Patches become rows, kernels become columns, and the sliding is one matrix product.
    x receives, at every place, the shares of all windows that saw it. `bias` may be None.
    """
    return convolve(x, weight, 0.0 if bias is None else bias, stride=stride, padding=padding)


def cut(x, k, stride, padding):
    """Every k × k window of the pictures as a row: (n, rows, columns, k · k · c).

    With channels last, the k · c numbers of a line of the window lie together: one quick copy.
    """
    around = pad(x, padding, 0)
    n, height, width, c = around.shape
    if c == 1:  # lines of k numbers are short: k · k whole pictures are copied faster
        seen = [around[place][..., 0] for place in window_slices(height, width, k, stride)]
        return np.stack(seen).transpose(1, 2, 3, 0)
    lines = around.reshape(n, height, width * c)
    windows = sliding_window_view(lines, (k, k * c), axis=(1, 2))[:, ::stride, :: stride * c]
    return windows.reshape(*windows.shape[:3], k * k * c)


@op
def convolve(x, weight, bias, /, *, stride, padding):
    """y = each patch of x times each kernel, plus bias: (n, c, h, w), (kernels, c, k, k)."""
    checks.require_kernels(x, weight, bias, stride, padding)
    shape, (kernels, c, k, _) = x.shape, weight.shape
    patches = cut(x, k, stride, padding)
    n, height, width, _ = patches.shape
    patches = as_rows(patches)
    flat = weight.transpose(2, 3, 1, 0).reshape(-1, kernels)
    y = patches @ flat
    y += bias

    def to_x(g):
        taps = weight.transpose(2, 3, 0, 1)
        return lay_back(as_rows(channels_last(g)), taps, shape, stride, padding)

    def to_weight(g):
        found = patches.T @ as_rows(channels_last(g))
        return found.reshape(k, k, c, kernels).transpose(3, 2, 0, 1)

    y = channels_second(y.reshape(n, height, width, kernels))
    return y, to_x, to_weight, lambda g: sum_of_rows(channels_last(g))


def lay_back(rows, taps, shape, stride, padding):
    """The way back of `cut`: each pixel receives the shares of all windows that saw it.

    `rows` is what each window received, and `taps`, (k, k, kernels, c), turns it into shares,
    for one place in the window after the other.
    """
    (n, c, height, width), (k, _, kernels, _) = shape, taps.shape
    around = np.zeros((n, height + 2 * padding, width + 2 * padding, c), rows.dtype)
    places = window_slices(*around.shape[1:3], k, stride)
    for tap, place in zip(taps.reshape(k * k, kernels, c), places):
        seen = around[place]
        seen += (rows @ tap).reshape(seen.shape)
    return crop(around, padding)


class Conv2d(Layer):
    """Slides kernels over pictures: (n, in_channels, h, w) gives (n, out_channels, h', w').

    h' is (h + 2 padding - kernel_size) // stride + 1. Starts with weights from he_normal.
    """

    def __init__(
        self, in_channels, out_channels, kernel_size, *, stride=1, padding=0, bias=True, rng
    ):
        checks.require_window(kernel_size, stride, padding)
        shape = (out_channels, in_channels, kernel_size, kernel_size)
        self.weight = Tensor(he_normal(shape, rng=rng))
        self.bias = Tensor(np.zeros(out_channels)) if checks.require_bool("bias", bias) else None
        self.stride, self.padding = stride, padding

    def forward(self, x):
        return conv2d(x, self.weight, self.bias, stride=self.stride, padding=self.padding)

    def __repr__(self):
        outputs, inputs, k, _ = self.weight.shape
        more = "" if self.bias is not None else ", bias=False"
        return (
            f"Conv2d({inputs}, {outputs}, {k}, stride={self.stride}, padding={self.padding}{more})"
        )


def glorot_uniform(shape, *, rng):
    """Random weights between ±√(6 / (inputs + outputs)), for tanh and the like.

    X. Glorot and Y. Bengio 2010, equation 16.
    """
    limit = np.sqrt(6 / sum(fans(shape)))
    return checks.require_generator(rng).uniform(-limit, limit, shape)


@op
def max_pool2d(x, /, *, kernel_size, stride=None, padding=0):
    """y = the largest number in each window: x (n, channels, h, w). Padding is never the largest.

    The largest receives g, the first of them where several are equally large. Windows stand side
    by side unless `stride` says otherwise.
    """
    x, places = pool_windows(x, kernel_size, stride, padding, -np.inf)
    apart = stride is None or stride >= kernel_size  # no pixel is seen by two windows
    y = x[places[0]]
    for place in places[1:]:
        y = np.maximum(y, x[place])

    def rule(g):
        g, whole = np.ascontiguousarray(channels_last(g)), np.zeros_like(x)
        undecided = np.ones(y.shape, bool)
        for place in places:
            won = x[place] == y
            won &= undecided
            undecided ^= won
            if apart:
                np.multiply(g, won, out=whole[place])
            else:
                whole[place] += g * won
        return crop(whole, padding)

    return channels_second(y), rule


def pool_windows(x, kernel_size, stride, padding, value):
    """Pictures with channels last, padded with this value, and each place of their windows."""
    stride = kernel_size if stride is None else stride
    checks.require_pool_window(kernel_size, stride, padding)
    checks.require_window_fits(x, kernel_size, padding)
    x = pad(x, padding, value) if padding else channels_last(x)
    return x, list(window_slices(*x.shape[1:3], kernel_size, stride))


class MaxPool2d(Layer):
    """The largest number in each window; windows stand side by side unless `stride` says else."""

    def __init__(self, kernel_size, *, stride=None, padding=0):
        self.kernel_size, self.stride = kernel_size, kernel_size if stride is None else stride
        self.padding = padding
        checks.require_pool_window(kernel_size, self.stride, padding)

    def forward(self, x):
        return max_pool2d(x, kernel_size=self.kernel_size, stride=self.stride, padding=self.padding)


@op
def avg_pool2d(x, /, *, kernel_size, stride=None, padding=0):
    """y = the mean of each window, padding included as 0: x (n, channels, h, w).

    Each number receives its part. Windows stand side by side unless `stride` says otherwise.
    """
    x, places = pool_windows(x, kernel_size, stride, padding, 0)
    shape, n = x.shape, kernel_size**2

    def rule(g):
        share, whole = channels_last(g) / n, np.zeros(shape, g.dtype)
        for place in places:
            whole[place] += share
        return crop(whole, padding)

    return channels_second(sum(x[place] for place in places) / n), rule


class AvgPool2d(Layer):
    """The mean of each window; windows stand side by side unless `stride` says otherwise."""

    def __init__(self, kernel_size, *, stride=None, padding=0):
        self.kernel_size, self.stride = kernel_size, kernel_size if stride is None else stride
        self.padding = padding
        checks.require_pool_window(kernel_size, self.stride, padding)

    def forward(self, x):
        return avg_pool2d(x, kernel_size=self.kernel_size, stride=self.stride, padding=self.padding)


def global_avg_pool2d(x):
    """The mean of each channel, whatever the size of the pictures: (n, c, h, w) gives (n, c).

    Each pixel receives its part. In PyTorch: AdaptiveAvgPool2d(1), then Flatten.
    """
    return checks.require_pictures(checks.require_input("global_avg_pool2d", x)).mean(axis=(2, 3))


def row_means(a):
    """The mean of each row, (…, n) gives (…, 1): a product, which is faster than .mean(axis=-1)."""
    n = a.shape[-1]
    return a @ np.ones((n, 1), a.dtype) / n


@op
def layer_norm(x, weight, bias, /, *, eps):
    """y = each row of x (last axis) to mean 0 and variance 1, times weight, plus bias.

    n is the normal row, s what it was divided by, and h = g weight: x receives
    (h - mean h - n mean(h n)) / s, weight receives g n and bias g, over all rows.
    """
    n = x - row_means(x)
    s = np.sqrt(row_means(n * n) + eps)
    n /= s
    y = n * weight
    y += bias

    def to_x(g):
        h = g * weight
        along = n * row_means(h * n)
        h -= row_means(h)
        h -= along
        h /= s
        return h

    return y, to_x, lambda g: sum_of_rows(g * n), sum_of_rows


class LayerNorm(Layer):
    """Each row (last axis) to mean 0 and variance 1, then times weight plus bias: needs no batch.

    J. Ba, J. Kiros and G. Hinton 2016, equation 4.
    """

    def __init__(self, normalized_shape, *, eps=1e-5):
        self.normalized_shape = n = checks.require_count("normalized_shape", normalized_shape)
        self.weight, self.bias = Tensor(np.ones(n)), Tensor(np.zeros(n))
        self.eps = checks.require_number("eps", eps, 1e-12, 1)

    def forward(self, x):
        checks.require_size(self, x, -1, self.normalized_shape)
        return layer_norm(x, self.weight, self.bias, eps=self.eps)


@op
def leaky_relu(a, /, *, negative_slope=0.01):
    """y = a where a > 0, else slope · a, elementwise, with a slope from 0 to below 1.

    a receives g where a > 0, and slope · g elsewhere.
    """
    slope = checks.require_number("negative_slope", negative_slope, 0, 1)
    return np.maximum(a, slope * a), lambda g: g * ((a > 0).astype(g.dtype) * (1 - slope) + slope)


@op
def gelu(a, /):
    """y = a (1 + tanh(√(2/π) (a + 0.044715 a³))) / 2: a relu with a soft bend, elementwise.

    The tanh form of D. Hendrycks and K. Gimpel 2016, section 2. a receives g times the slope.
    """
    c, k = sqrt(2 / pi), 0.044715
    p = np.asarray(k * a * a)  # p = (1 + tanh u) / 2, u = c (a + k a³), all in one array
    p += 1
    p *= c * a
    np.tanh(p, out=p)
    p += 1
    p /= 2

    def rule(g):
        slope = np.asarray(3 * k * a * a)  # p + 2 a p (1 - p) u', u' = c (1 + 3 k a²)
        slope += 1
        slope *= 2 * c * a
        slope *= p * (1 - p)
        slope += p
        return slope * g

    return a * p, rule


class Embedding(Layer):
    """A row of learned numbers for each of many things: ids (…) give (…, embedding_dim)."""

    def __init__(self, num_embeddings, embedding_dim, *, rng):
        shape = checks.require_weight_shape((num_embeddings, embedding_dim))
        self.weight = Tensor(checks.require_generator(rng).normal(size=shape))

    def forward(self, ids):
        return self.weight[checks.require_ids(plain(ids), self.weight.shape[0])]

    def __repr__(self):
        return f"Embedding{self.weight.shape}"


def astype(network, dtype):
    """Turn every parameter and buffer into float32 or float64; returns the network.

    Gradients are cleared, since they have the old type.
    """
    checks.require_float_type(dtype)
    for _, part in walk(network):
        if isinstance(part, Tensor) and part.node.sources == ():
            part.data, part.grad = part.data.astype(dtype), None
        for name in part.buffers if isinstance(part, Layer) else ():
            array = checks.require_buffer(part, name)
            setattr(part, name, array.astype(dtype if array.dtype.kind == "f" else array.dtype))
    for parameter in network.parameters():
        renew(parameter)
    return network


Layer.astype = astype


def held(network):
    """{dotted name: Tensor, array or generator}: parameters, buffers, and what chance is left."""
    found = {}
    for name, part in walk(network):
        if isinstance(part, Layer):
            found |= {
                dotted(name, each): checks.require_buffer(part, each) for each in part.buffers
            }
        elif is_parameter(part) or isinstance(part, np.random.Generator):
            found[checks.require_new_name(name, found)] = part
    return found


def state_dict(network):
    """A copy of all that a network has learned, {dotted name: array}: parameters and buffers.

    And the state of each generator that it holds. The names are PyTorch's for the same network.
    """
    return {
        name: part.bit_generator.state
        if isinstance(part, np.random.Generator)
        else plain(part).copy()
        for name, part in held(network).items()
    }


def load_state_dict(network, state):
    """Take over what `state_dict` gave, in place: all of it, or nothing and one ValueError.

    The error lists every name, shape and dtype that does not fit. A state without generators,
    such as PyTorch's, leaves ours as they are. PyTorch keeps a Linear weight as (outputs, inputs):
    give its transpose; a square one cannot be told apart, and is taken as it is.
    """
    parts = held(network)
    state = checks.require_fit(parts, state)
    for name, part in parts.items():
        if isinstance(part, np.random.Generator):
            part.bit_generator.state = state.get(name, part.bit_generator.state)
        else:
            plain(part)[...] = state[name]
    for parameter in network.parameters():
        renew(parameter)


Layer.state_dict, Layer.load_state_dict = state_dict, load_state_dict


class Summary:
    """A table of a network: for each layer its name, what it is, what shape it gives, its numbers.

    `rows` holds these four; as text where it is printed, and as a table in a notebook.
    """

    head = ("", "layer", "gives", "numbers")

    def __init__(self, rows, tensors):
        self.rows, self.total = rows, sum(tensor.size for tensor in tensors)
        self.bytes = sum(tensor.data.nbytes for tensor in tensors)

    def lines(self):
        """All that is shown, as text: the head, the rows, and the sum."""
        rows = [(name, what, str(gives or ""), f"{n:,}") for name, what, gives, n in self.rows]
        return [self.head, *rows, ("", "all", f"{self.bytes / 1000:,.1f} kB", f"{self.total:,}")]

    def __repr__(self):
        widths = [max(map(len, column)) for column in zip(*self.lines())]
        return "\n".join(
            "  ".join([*map(str.ljust, line[:3], widths), line[3].rjust(widths[3])])
            for line in self.lines()
        )

    def _repr_html_(self):
        from html import escape

        (*head,), *rows = [[escape(text) for text in line] for line in self.lines()]
        rows = [
            "<td style='text-align:left'>".join(["", *row[:3]]) + f"<td>{row[3]}" for row in rows
        ]
        return f"<table><tr><th>{'<th>'.join(head)}{''.join(f'<tr>{row}' for row in rows)}</table>"


def summary(network, *inputs):
    """A table of the layers: name, layer, the shape that it gives, and the numbers it learns.

    `inputs` are arrays, or shapes, such as (1, 64), of which zeros are made; without them no
    shapes are told. A layer of your own is one row. What is shared counts once.
    """
    parameters = network.parameters()
    dtypes = [tensor.dtype for tensor in parameters[:1]] or [float]
    xs = [np.zeros(x, dtypes[0]) if isinstance(x, tuple) else x for x in inputs]
    modes = [(part, part.training) for _, part in walk(network) if isinstance(part, Layer)]
    try:
        set_mode(network, False)
        rows, _ = rows_of(network, "", xs, set())
    finally:
        for layer, training in modes:
            layer.training = training
    return Summary(rows, parameters)


def rows_of(layer, name, xs, seen):
    """The rows of a layer, or of all in a Sequential, and what comes out of it."""
    if isinstance(layer, Sequential):
        rows = []
        for i, each in enumerate(layer.layers):
            new, xs = rows_of(each, dotted(name, i), xs, seen)
            rows += new
        return rows, xs
    own = [tensor for _, tensor in walk(layer) if is_parameter(tensor)]
    own = {id(tensor): tensor for tensor in own if id(tensor) not in seen}
    seen.update(own)
    xs = [layer(*xs)] if xs else []
    gives = tuple(xs[0].shape) if xs and hasattr(xs[0], "shape") else None
    return [(name, called(layer), gives, sum(tensor.size for tensor in own.values()))], xs


Layer.summary = summary

__all__ = [
    "Layer",
    "he_normal",
    "Linear",
    "relu",
    "tanh",
    "Sequential",
    "glorot_uniform",
    "BatchNorm",
    "Dropout",
    "Flatten",
    "conv2d",
    "Conv2d",
    "max_pool2d",
    "MaxPool2d",
    "avg_pool2d",
    "AvgPool2d",
    "global_avg_pool2d",
    "LayerNorm",
    "leaky_relu",
    "gelu",
    "Embedding",
]
