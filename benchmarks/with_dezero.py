"""The same in DeZero, which has no products of stacks, so no transformer block.

Its save and its batches are left out: it compresses, and it takes rows one by one.
"""

import numpy as np

np.int = int  # noqa: NPY001 (DeZero 0.0.13 still asks for it)

import dezero.functions as F  # noqa: E402, N812
import dezero.layers as L  # noqa: E402, N812
from dezero import Model, Parameter, Variable, optimizers  # noqa: E402
from dezero.models import MLP, Sequential  # noqa: E402


def set_weights(layers, arrays):
    for layer, w, b in zip(layers, arrays[::2], arrays[1::2], strict=True):
        layer.W.data, layer.b.data = w, b


def descend(network, optimizer, cost):
    optimizer.setup(network)

    def step():
        loss = cost()
        network.cleargrads()
        loss.backward()
        optimizer.update()
        return loss.data

    return step


def toy(settings):
    x, targets, weights = settings["inputs"], settings["targets"], settings["weights"]
    network = MLP((weights[0].shape[1], weights[2].shape[1]), activation=F.tanh)
    set_weights(network.layers, weights)
    optimizer = optimizers.SGD(settings["lr"])
    return descend(network, optimizer, lambda: F.sum((network(x) - targets) ** 2))


xor = fizzbuzz = toy


def mlp(settings, optimizer):
    x, labels = settings["inputs"], settings["labels"]
    network = MLP((256, 128, 10), activation=F.relu)
    set_weights(network.layers, settings["weights"])
    return descend(network, optimizer, lambda: F.softmax_cross_entropy(network(x), labels))


def mlp_sgd(settings):
    return mlp(settings, optimizers.MomentumSGD(settings["lr"], settings["momentum"]))


def mlp_adam(settings):
    return mlp(settings, optimizers.Adam(settings["lr"]))


def cnn(settings):
    x, labels = settings["inputs"], settings["labels"]
    layers = [L.Conv2d(16, 3, pad=1), L.Conv2d(32, 3, pad=1), L.Linear(10)]
    set_weights(layers, settings["weights"])

    def pool(x):
        return F.pooling(x, 2, 2)

    network = Sequential(
        layers[0], F.relu, pool, layers[1], F.relu, pool, F.flatten, layers[2]
    )  # fmt: skip
    optimizer = optimizers.MomentumSGD(settings["lr"], settings["momentum"])
    return descend(network, optimizer, lambda: F.softmax_cross_entropy(network(x), labels))


def holder(**arrays):
    model = Model()
    for name, array in arrays.items():
        setattr(model, name, Parameter(array))
    return model


def chain(settings):
    model, start = holder(w=settings["w"]), settings["start"]

    def cost():
        y = Variable(start)
        for _ in range(settings["links"]):
            y = F.tanh(y) * model.w
        return F.sum(y) * (1 / y.size)

    return descend(model, optimizers.SGD(1e-4), cost)


def wide(settings):
    model, by = holder(w=settings["w"]), settings["by"]

    def cost():
        total = model.w * by[0]
        for row in by[1:]:
            total = total + model.w * row
        return F.sum(total) * (1 / total.size)

    return descend(model, optimizers.SGD(1e-4), cost)


def broadcast(settings):
    model, table = holder(column=settings["column"], row=settings["row"]), settings["table"]
    optimizer = optimizers.SGD(settings["lr"])
    return descend(model, optimizer, lambda: F.sum((model.column + model.row - table) ** 2))


def embedding(settings):
    model, ids, targets = holder(w=settings["w"]), settings["ids"], settings["targets"]
    optimizer = optimizers.SGD(settings["lr"])
    return descend(model, optimizer, lambda: F.sum((F.embed_id(ids, model.w) - targets) ** 2))


def memory(y):
    start = y = Variable(y)
    for _ in range(50):
        y = F.tanh(y * 0.9 + 0.1)
    F.sum(y).backward()
    return start.grad
