"""The limit: forward, backward and update written out in numpy, each workload by itself."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def softmax_gradient(logits, labels):
    """The loss, and its gradient by the logits: (p - one hot) / n."""
    n = len(labels)
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(n), labels]).mean()
    p[np.arange(n), labels] -= 1
    p /= n
    return loss, p


def updates(parameters, settings):
    """A function that moves the parameters in place, by their gradients."""
    lr = settings["lr"]
    if "momentum" in settings:
        velocities = [np.zeros_like(p) for p in parameters]

        def update(gradients):
            for p, v, g in zip(parameters, velocities, gradients):
                v *= settings["momentum"]
                v += g
                p -= lr * v

    elif "adam" in settings:
        means, squares = ([np.zeros_like(p) for p in parameters] for _ in range(2))
        t = 0

        def update(gradients):
            nonlocal t
            t += 1
            for p, m, v, g in zip(parameters, means, squares, gradients):
                m *= 0.9
                m += 0.1 * g
                v *= 0.999
                v += 0.001 * g * g
                p -= lr / (1 - 0.9**t) * m / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)

    else:

        def update(gradients):
            for p, g in zip(parameters, gradients):
                p -= lr * g

    return update


def mlp(settings):
    """relu between, cross-entropy at the end; as deep as there are weights."""
    x, labels, parameters = settings["inputs"], settings["labels"], settings["weights"]
    update = updates(parameters, settings)

    def step():
        values = [x]
        for w, b in zip(parameters[:-2:2], parameters[1:-2:2]):
            values.append(np.maximum(values[-1] @ w + b, 0))
        logits = values[-1] @ parameters[-2] + parameters[-1]
        loss, g = softmax_gradient(logits, labels)
        gradients = []
        for i in range(len(values) - 1, -1, -1):
            gradients = [values[i].T @ g, g.sum(axis=0), *gradients]
            if i:
                g = (g @ parameters[2 * i].T) * (values[i] > 0)
        update(gradients)
        return loss

    return step


xor = fizzbuzz = mlp_momentum = mlp_adam = mlp


def convolve(x, w, b):
    """Pictures with channels last (n, h, w, c), padded by 1; the patches are needed later."""
    n, h, width, c = x.shape
    around = np.zeros((n, h + 2, width + 2, c), x.dtype)
    around[:, 1:-1, 1:-1] = x
    windows = sliding_window_view(around, (3, 3), axis=(1, 2))  # (n, h, w, c, 3, 3)
    patches = windows.transpose(0, 1, 2, 4, 5, 3).reshape(n * h * width, 9 * c)
    return (patches @ w + b).reshape(n, h, width, -1), patches


def convolve_back(g, patches, w, shape):
    """The gradients by w, b and, where a shape is given, by x."""
    rows = g.reshape(-1, g.shape[-1])
    to_w, to_b = patches.T @ rows, rows.sum(axis=0)
    if shape is None:
        return to_w, to_b, None
    n, h, width, c = shape
    shares = (rows @ w.T).reshape(n, h, width, 3, 3, c)
    around = np.zeros((n, h + 2, width + 2, c), g.dtype)
    for i in range(3):
        for j in range(3):
            around[:, i : i + h, j : j + width] += shares[:, :, :, i, j]
    return to_w, to_b, around[:, 1:-1, 1:-1]


def corners(x):
    """The four numbers of every 2×2 window, as four pictures of half the size."""
    return [x[:, i::2, j::2] for i in (0, 1) for j in (0, 1)]


def pool(x):
    a, b, c, d = corners(x)
    return np.maximum(np.maximum(a, b), np.maximum(c, d))


def pool_back(g, x, y):
    whole = np.empty_like(x)
    for part, old in zip(corners(whole), corners(x)):
        np.multiply(g, old == y, out=part)
    return whole


def cnn(settings):
    x, labels = settings["inputs"].transpose(0, 2, 3, 1), settings["labels"]
    w1, b1, w2, b2 = settings["kernels"]
    w1, w2 = (w.transpose(2, 3, 1, 0).reshape(-1, len(w)).copy() for w in (w1, w2))
    w3, b3 = settings["weights"]
    w3 = w3.reshape(32, 7, 7, 10).transpose(1, 2, 0, 3).reshape(-1, 10).copy()
    update = updates([w1, b1, w2, b2, w3, b3], settings)

    def step():
        y1, patches1 = convolve(x, w1, b1)
        r1 = np.maximum(y1, 0)
        p1 = pool(r1)
        y2, patches2 = convolve(p1, w2, b2)
        r2 = np.maximum(y2, 0)
        p2 = pool(r2)
        flat = p2.reshape(len(p2), -1)
        loss, g = softmax_gradient(flat @ w3 + b3, labels)
        to_w3, to_b3 = flat.T @ g, g.sum(axis=0)
        g = pool_back((g @ w3.T).reshape(p2.shape), r2, p2)
        g *= r2 > 0
        to_w2, to_b2, g = convolve_back(g, patches2, w2, p1.shape)
        g = pool_back(g, r1, p1)
        g *= r1 > 0
        to_w1, to_b1, _ = convolve_back(g, patches1, w1, None)
        update([to_w1, to_b1, to_w2, to_b2, to_w3, to_b3])
        return loss

    return step


def chain(settings):
    w, start = settings["w"], settings["start"]

    def step():
        y, values = start, []
        for _ in range(5000):
            t = np.tanh(y)
            values.append(t)
            y = t * w
        loss, g, to_w = y.mean(), np.full_like(y, 1 / y.size), np.zeros_like(w)
        for t in reversed(values):
            to_w += g * t
            g = g * w * (1 - t * t)
        w[...] -= settings["lr"] * to_w
        return loss

    return step


def wide(settings):
    w, by = settings["w"], settings["by"]

    def step():
        total = w * by[0]
        for row in by[1:]:
            total = total + w * row
        loss, g, to_w = total.mean(), np.full_like(w, 1 / w.size), np.zeros_like(w)
        for row in by:
            to_w += g * row
        w[...] -= 1e-3 * to_w
        return loss

    return step
