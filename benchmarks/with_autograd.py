"""The same in HIPS autograd, with the updates of the reference.

Convolution is missing: autograd's own, in autograd.scipy, takes some 50 times as long.
"""

import autograd.numpy as np
from autograd import grad, value_and_grad

from benchmarks import formulas
from benchmarks.by_hand import adam_updates, updates


def descend(cost, weights, update):
    both = value_and_grad(cost)

    def step():
        loss, gradients = both(weights)
        update(gradients)
        return loss

    return step


def by_formula(formula):
    def workload(settings):
        cost, weights = formula(np, settings)
        return descend(cost, weights, updates(weights, settings))

    return workload


xor = fizzbuzz = by_formula(formulas.toy)
mlp_sgd = by_formula(formulas.mlp)
transformer = by_formula(formulas.transformer)
broadcast = by_formula(formulas.broadcast)
embedding = by_formula(formulas.embedding)


def mlp_adam(settings):
    cost, weights = formulas.mlp(np, settings)
    return descend(cost, weights, adam_updates(weights, settings["lr"]))


def chain(settings):
    def cost(weights):
        y = settings["start"]
        for _ in range(settings["links"]):
            y = np.tanh(y) * weights[0]
        return np.mean(y)

    return descend(cost, [settings["w"]], updates([settings["w"]], {"lr": 1e-4}))


def wide(settings):
    by = settings["by"]

    def cost(weights):
        total = weights[0] * by[0]
        for row in by[1:]:
            total = total + weights[0] * row
        return np.mean(total)

    return descend(cost, [settings["w"]], updates([settings["w"]], {"lr": 1e-4}))


def memory(y):
    def cost(y):
        for _ in range(50):
            y = np.tanh(y * 0.9 + 0.1)
        return np.sum(y)

    return grad(cost)(y)
