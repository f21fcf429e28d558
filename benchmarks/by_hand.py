"""The measure: forward, backward and update written out in numpy, each workload by itself.

As one writes it who knows numpy well: in place where the array is one's own, nothing computed that
no one asks for, no gradient for the data.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def updates(weights, settings):
    """A function that moves the weights in place, by their gradients."""
    lr, scratch = settings["lr"], [np.empty_like(w) for w in weights]
    if "momentum" not in settings:

        def update(gradients):
            for w, g in zip(weights, gradients):
                g *= lr
                w -= g

        return update
    velocities, momentum = [np.zeros_like(w) for w in weights], settings["momentum"]

    def update(gradients):
        for w, v, g, s in zip(weights, velocities, gradients, scratch):
            v *= momentum
            v += g
            np.multiply(v, lr, out=s)
            w -= s

    return update


def adam_updates(weights, lr):
    means, squares, scratch = ([np.zeros_like(w) for w in weights] for _ in range(3))
    t = 0

    def update(gradients):
        nonlocal t
        t += 1
        for w, m, v, g, s in zip(weights, means, squares, gradients, scratch):
            m *= 0.9
            np.multiply(g, 0.1, out=s)
            m += s
            v *= 0.999
            g *= g
            g *= 0.001
            v += g
            np.divide(v, 1 - 0.999**t, out=s)
            np.sqrt(s, out=s)
            s += 1e-8
            np.divide(m, s, out=s)
            s *= lr / (1 - 0.9**t)
            w -= s

    return update


def toy(settings):
    x, targets, weights = settings["inputs"], settings["targets"], settings["weights"]
    w1, b1, w2, b2 = weights
    update = updates(weights, settings)

    def step():
        h = x @ w1
        h += b1
        np.tanh(h, out=h)
        d = h @ w2
        d += b2
        d -= targets
        loss = (d * d).sum()
        d *= 2
        to_w2, to_b2 = h.T @ d, d.sum(axis=0)
        g = d @ w2.T
        h *= h
        np.subtract(1, h, out=h)
        g *= h
        update([x.T @ g, g.sum(axis=0), to_w2, to_b2])
        return loss

    return step


xor = fizzbuzz = toy


def surprise(logits, labels):
    """The mean cross-entropy, and its gradient by the logits, in their place: (p - one hot) / n."""
    n, p = len(labels), logits
    p -= p.max(axis=1, keepdims=True)
    right = p[np.arange(n), labels]
    np.exp(p, out=p)
    sums = p.sum(axis=1, keepdims=True)
    loss = (np.log(sums).sum() - right.sum()) / n
    p /= sums
    p[np.arange(n), labels] -= 1
    p /= n
    return loss, p


def mlp(settings, update):
    x, labels = settings["inputs"], settings["labels"]
    w1, b1, w2, b2, w3, b3 = settings["weights"]

    def step():
        h1 = x @ w1
        h1 += b1
        np.maximum(h1, 0, out=h1)
        h2 = h1 @ w2
        h2 += b2
        np.maximum(h2, 0, out=h2)
        logits = h2 @ w3
        logits += b3
        loss, g3 = surprise(logits, labels)
        g2 = g3 @ w3.T
        g2 *= h2 > 0
        g1 = g2 @ w2.T
        g1 *= h1 > 0
        update([
            x.T @ g1, g1.sum(axis=0), h1.T @ g2, g2.sum(axis=0), h2.T @ g3, g3.sum(axis=0)
        ])  # fmt: skip
        return loss

    return step


def mlp_sgd(settings):
    return mlp(settings, updates(settings["weights"], settings))


def mlp_adam(settings):
    return mlp(settings, adam_updates(settings["weights"], settings["lr"]))


def convolve(x, w, b):
    """Pictures with channels last (n, h, w, c), padded by 1; relu; the patches are needed later."""
    n, h, width, c = x.shape
    around = np.zeros((n, h + 2, width + 2, c), x.dtype)
    around[:, 1:-1, 1:-1] = x
    windows = sliding_window_view(around, (3, 3), axis=(1, 2))  # (n, h, w, c, 3, 3)
    patches = windows.transpose(0, 1, 2, 4, 5, 3).reshape(n * h * width, 9 * c)
    y = patches @ w
    y += b
    np.maximum(y, 0, out=y)
    return y.reshape(n, h, width, -1), patches


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
    y = np.maximum(a, b)
    np.maximum(y, c, out=y)
    return np.maximum(y, d, out=y)


def pool_back(g, x, y):
    """Through the pool and the relu before it: where several are equal, they are 0, and get 0."""
    whole = np.empty_like(x)
    for part, old in zip(corners(whole), corners(x)):
        np.multiply(g, old == y, out=part)
    whole *= x > 0
    return whole


def cnn(settings):
    x, labels = settings["inputs"].transpose(0, 2, 3, 1), settings["labels"]
    w1, b1, w2, b2, w3, b3 = settings["weights"]
    w1, w2 = (w.transpose(2, 3, 1, 0).reshape(-1, len(w)).copy() for w in (w1, w2))
    w3 = w3.reshape(32, 7, 7, 10).transpose(1, 2, 0, 3).reshape(-1, 10).copy()
    update = updates([w1, b1, w2, b2, w3, b3], settings)

    def step():
        y1, patches1 = convolve(x, w1, b1)
        p1 = pool(y1)
        y2, patches2 = convolve(p1, w2, b2)
        p2 = pool(y2)
        flat = p2.reshape(len(p2), -1)
        logits = flat @ w3
        logits += b3
        loss, g = surprise(logits, labels)
        to_w3, to_b3 = flat.T @ g, g.sum(axis=0)
        g = pool_back((g @ w3.T).reshape(p2.shape), y2, p2)
        to_w2, to_b2, g = convolve_back(g, patches2, w2, p1.shape)
        g = pool_back(g, y1, p1)
        to_w1, to_b1, _ = convolve_back(g, patches1, w1, None)
        update([to_w1, to_b1, to_w2, to_b2, to_w3, to_b3])
        return loss

    return step


def normalize(x, weight, bias):
    """Rows to mean 0 and variance 1, scaled and shifted; what the way back needs beside it."""
    normal = x - x.mean(axis=-1, keepdims=True)
    deviation = np.sqrt((normal * normal).mean(axis=-1, keepdims=True) + 1e-5)
    normal /= deviation
    y = normal * weight
    y += bias
    return y, normal, deviation


def normalize_back(g, weight, normal, deviation):
    """The gradients by x, weight and bias."""
    to_weight, to_bias = (g * normal).sum(axis=0), g.sum(axis=0)
    to_x = g * weight
    along = (to_x * normal).mean(axis=-1, keepdims=True)
    to_x -= to_x.mean(axis=-1, keepdims=True)
    to_x -= normal * along
    to_x /= deviation
    return to_x, to_weight, to_bias


GELU = np.float32(np.sqrt(2 / np.pi))


def gelu(a):
    """a (1 + t) / 2, and t = tanh(√(2/π) (a + 0.044715 a³))."""
    t = a * a
    t *= 0.044715
    t += 1
    t *= a
    t *= GELU
    np.tanh(t, out=t)
    y = t + 1
    y *= a
    y *= 0.5
    return y, t


def gelu_back(g, a, t):
    """g ((1 + t) + a (1 - t²) √(2/π) (1 + 3 · 0.044715 a²)) / 2."""
    inner = a * a
    inner *= 3 * 0.044715
    inner += 1
    inner *= GELU
    inner *= a
    slope = t * t
    np.subtract(1, slope, out=slope)
    slope *= inner
    slope += t
    slope += 1
    slope *= 0.5
    slope *= g
    return slope


def transformer(settings):
    n, places, d = settings["inputs"].shape
    x, targets = settings["inputs"].reshape(-1, d), settings["targets"].reshape(-1, d)
    heads, unseen, weights = settings["heads"], settings["unseen"], settings["weights"]
    n1, m1, wq, bq, wk, bk, wv, bv, wo, bo, n2, m2, w1, b1, w2, b2 = weights
    update, scale = updates(weights, settings), np.float32((d // heads) ** -0.5)

    def part(rows):
        return rows.reshape(n, places, heads, -1).transpose(0, 2, 1, 3)

    def join(parts):
        return parts.transpose(0, 2, 1, 3).reshape(-1, d)

    def step():
        y1, normal1, _ = normalize(x, n1, m1)
        q, k, v = y1 @ wq, y1 @ wk, y1 @ wv
        q += bq
        k += bk
        v += bv
        q *= scale
        q, k, v = part(q), part(k), part(v)
        p = q @ k.swapaxes(-1, -2)
        p += unseen
        p -= p.max(axis=-1, keepdims=True)
        np.exp(p, out=p)
        p /= p.sum(axis=-1, keepdims=True)
        mixed = join(p @ v)
        middle = mixed @ wo
        middle += bo
        middle += x
        y2, normal2, deviation2 = normalize(middle, n2, m2)
        a = y2 @ w1
        a += b1
        h, t = gelu(a)
        out = h @ w2
        out += b2
        out += middle
        out -= targets
        loss = (out * out).sum() / out.size
        out *= 2 / out.size
        g = out
        to_w2, to_b2 = h.T @ g, g.sum(axis=0)
        to_a = gelu_back(g @ w2.T, a, t)
        to_w1, to_b1 = y2.T @ to_a, to_a.sum(axis=0)
        to_middle, to_n2, to_m2 = normalize_back(to_a @ w1.T, n2, normal2, deviation2)
        g = g + to_middle
        to_wo, to_bo = mixed.T @ g, g.sum(axis=0)
        to_mixed = part(g @ wo.T)
        to_v = join(p.swapaxes(-1, -2) @ to_mixed)
        to_p = to_mixed @ v.swapaxes(-1, -2)
        to_p *= p
        to_p -= p * to_p.sum(axis=-1, keepdims=True)
        to_q, to_k = join(to_p @ k), join(to_p.swapaxes(-1, -2) @ q)
        to_q *= scale
        to_y1 = to_q @ wq.T
        to_y1 += to_k @ wk.T
        to_y1 += to_v @ wv.T
        to_n1, to_m1 = (to_y1 * normal1).sum(axis=0), to_y1.sum(axis=0)
        update([
            to_n1, to_m1, y1.T @ to_q, to_q.sum(axis=0), y1.T @ to_k, to_k.sum(axis=0),
            y1.T @ to_v, to_v.sum(axis=0), to_wo, to_bo, to_n2, to_m2, to_w1, to_b1, to_w2, to_b2,
        ])  # fmt: skip
        return loss

    return step


def chain(settings):
    w, start, links = settings["w"], settings["start"], settings["links"]

    def step():
        y, values = start, []
        for _ in range(links):
            t = np.tanh(y)
            values.append(t)
            y = t * w
        loss, g, to_w = y.mean(), np.full_like(y, 1 / y.size), np.zeros_like(w)
        for t in reversed(values):
            to_w += g * t
            g *= w
            t *= t
            np.subtract(1, t, out=t)
            g *= t
        to_w *= 1e-4
        w[...] -= to_w
        return loss

    return step


def wide(settings):
    w, by = settings["w"], settings["by"]

    def step():
        total = w * by[0]
        for row in by[1:]:
            total += w * row
        loss, g, to_w = total.mean(), np.full_like(w, 1 / w.size), np.zeros_like(w)
        for row in by:
            to_w += g * row
        to_w *= 1e-4
        w[...] -= to_w
        return loss

    return step


def broadcast(settings):
    column, row, table = settings["column"], settings["row"], settings["table"]
    update = updates([column, row], settings)

    def step():
        d = column + row
        d -= table
        loss = (d * d).sum()
        d *= 2
        update([d.sum(axis=1, keepdims=True), d.sum(axis=0)])
        return loss

    return step


def embedding(settings):
    ids, targets, w = settings["ids"], settings["targets"], settings["w"]
    update, columns = updates([w], settings), np.arange(w.shape[1])

    def step():
        d = w.take(ids, axis=0)
        d -= targets
        loss = (d * d).sum()
        d *= 2
        to_w = np.zeros_like(w)
        places = ids[..., None] * len(columns) + columns
        np.add.at(to_w.reshape(-1), places.reshape(-1), d.reshape(-1))
        update([to_w])
        return loss

    return step


def epoch(settings):
    inputs, labels, batch = settings["inputs"], settings["labels"], settings["batch"]
    rng = np.random.default_rng(0)

    def step():
        order, total = rng.permutation(len(inputs)), 0
        for i in range(0, len(inputs), batch):
            rows = order[i : i + batch]
            _, y = inputs[rows], labels[rows]
            total += int(y.sum())
        return total

    return step


def files(settings):
    weights, path = settings["weights"], settings["folder"] / "weights"

    def step():
        with path.open("wb") as file:
            for w in weights:
                np.save(file, w)
        with path.open("rb") as file:
            for w in weights:
                w[...] = np.load(file)
        return weights[-1].sum()

    return step


def memory(y):
    """50 × tanh(y · 0.9 + 0.1) and back: the gradient of the sum by y."""
    values = []
    for _ in range(50):
        y = y * np.float32(0.9)
        y += np.float32(0.1)
        np.tanh(y, out=y)
        values.append(y)
    g = np.ones_like(y)
    while values:
        t = values.pop()
        t *= t
        np.subtract(1, t, out=t)
        g *= t
        g *= np.float32(0.9)
    return g
