"""The workloads' costs as formulas of numpy's functions, for those who differentiate such.

`xp` is autograd's numpy, or jax's. Each gives the cost, a function of the list of weights, and the
weights. Loops over many rows are not here: each has its own best way.
"""

import numpy as np


def toy(xp, settings):
    def cost(weights):
        w1, b1, w2, b2 = weights
        outputs = xp.dot(xp.tanh(xp.dot(settings["inputs"], w1) + b1), w2) + b2
        return xp.sum((outputs - settings["targets"]) ** 2)

    return cost, settings["weights"]


def surprise(xp, logits, labels):
    logits = logits - xp.max(logits, axis=1, keepdims=True)
    log_p = logits - xp.log(xp.sum(xp.exp(logits), axis=1, keepdims=True))
    return -xp.mean(log_p[np.arange(len(labels)), labels])


def mlp(xp, settings):
    def cost(weights):
        x = settings["inputs"]
        for w, b in zip(weights[:-2:2], weights[1:-2:2]):
            x = xp.maximum(xp.dot(x, w) + b, 0)
        return surprise(xp, xp.dot(x, weights[-2]) + weights[-1], settings["labels"])

    return cost, settings["weights"]


def normalize(xp, x, weight, bias):
    away = x - xp.mean(x, axis=-1, keepdims=True)
    return away / xp.sqrt(xp.mean(away * away, axis=-1, keepdims=True) + 1e-5) * weight + bias


def transformer(xp, settings):
    x, heads, unseen = settings["inputs"], settings["heads"], settings["unseen"]
    n, places, d = x.shape

    def part(y):
        return xp.transpose(xp.reshape(y, (n, places, heads, d // heads)), (0, 2, 1, 3))

    def cost(weights):
        n1, m1, wq, bq, wk, bk, wv, bv, wo, bo, n2, m2, w1, b1, w2, b2 = weights
        y = normalize(xp, x, n1, m1)
        q, k, v = (part(xp.matmul(y, w) + b) for w, b in ((wq, bq), (wk, bk), (wv, bv)))
        scores = xp.matmul(q * (d // heads) ** -0.5, xp.transpose(k, (0, 1, 3, 2))) + unseen
        powers = xp.exp(scores - xp.max(scores, axis=-1, keepdims=True))
        p = powers / xp.sum(powers, axis=-1, keepdims=True)
        mixed = xp.reshape(xp.transpose(xp.matmul(p, v), (0, 2, 1, 3)), (n, places, d))
        middle = x + (xp.matmul(mixed, wo) + bo)
        a = xp.matmul(normalize(xp, middle, n2, m2), w1) + b1
        h = a * (1 + xp.tanh((2 / np.pi) ** 0.5 * (a + 0.044715 * a * a * a))) / 2
        return xp.mean((middle + (xp.matmul(h, w2) + b2) - settings["targets"]) ** 2)

    return cost, settings["weights"]


def broadcast(xp, settings):
    def cost(weights):
        column, row = weights
        return xp.sum((column + row - settings["table"]) ** 2)

    return cost, [settings["column"], settings["row"]]


def embedding(xp, settings):
    def cost(weights):
        return xp.sum((weights[0][settings["ids"]] - settings["targets"]) ** 2)

    return cost, [settings["w"]]
