"""The network of chapter 3 that folds the moons, trained as its cells do it."""

from copy import deepcopy
from functools import cache
from itertools import pairwise

import numpy as np

from course import given
from course.pictures.fold import fold_in_training
from minnet.cost_functions import binary_cross_entropy_with_logits
from minnet.layers import Linear, Sequential, tanh

MOMENTS = (0, 20, 40, 80, 120, 160, 200, 250, 300, 350, 400, 500)


def moons():
    return given.moons(300, np.random.default_rng(0))


def tanh_network(seed, *sizes):
    rng, parts = np.random.default_rng(seed), []
    for inputs, outputs in pairwise(sizes):
        parts += [Linear(inputs, outputs, rng=rng), tanh]
    return Sequential(*parts[:-1])


def descend(network, inputs, targets, lr, steps):
    for _ in range(steps):
        loss = binary_cross_entropy_with_logits(network(inputs), targets)
        for p in network.parameters():
            p.grad = None
        loss.backward()
        for p in network.parameters():
            p.data -= lr * p.grad


@cache
def frames():
    points, labels = moons()
    network, found = tanh_network(9, 2, 8, 2, 1), []
    for begin, end in pairwise((0, *MOMENTS)):
        descend(network, points, labels[:, None].astype(float), 0.3, end - begin)
        found.append(deepcopy(network))
    return found


def trained_fold():
    return fold_in_training(frames(), MOMENTS, *moons())
