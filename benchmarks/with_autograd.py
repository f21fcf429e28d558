"""The same in autograd (pip install autograd), where it is installed; all but the pictures."""

import autograd.numpy as np
import numpy
from autograd import value_and_grad

from benchmarks.by_hand import updates


def cost(parameters, x, labels):
    for w, b in parameters[:-1]:
        x = np.maximum(np.dot(x, w) + b, 0)
    w, b = parameters[-1]
    logits = np.dot(x, w) + b
    logits = logits - logits.max(axis=1, keepdims=True)
    log_p = logits - np.log(np.sum(np.exp(logits), axis=1, keepdims=True))
    return -np.mean(log_p[numpy.arange(len(labels)), labels])


def mlp(settings):
    parameters = settings["weights"]
    update, both = updates(parameters, settings), value_and_grad(cost)

    def step():
        pairs = list(zip(parameters[::2], parameters[1::2]))
        loss, gradients = both(pairs, settings["inputs"], settings["labels"])
        update([g for pair in gradients for g in pair])
        return loss

    return step


xor = fizzbuzz = mlp_momentum = mlp_adam = mlp


def chain(settings):
    w = settings["w"]

    def loss_of(w):
        y = settings["start"]
        for _ in range(5000):
            y = np.tanh(y) * w
        return np.mean(y)

    return descend(value_and_grad(loss_of), w, settings["lr"])


def wide(settings):
    w = settings["w"]

    def loss_of(w):
        total = w * settings["by"][0]
        for row in settings["by"][1:]:
            total = total + w * row
        return np.mean(total)

    return descend(value_and_grad(loss_of), w, 1e-3)


def descend(both, w, lr):
    def step():
        loss, g = both(w)
        w[...] -= lr * g
        return loss

    return step
