"""The same in minnet, as a learner would write it."""

import numpy as np

from minnet import (
    SGD,
    Adam,
    Conv2d,
    Flatten,
    Linear,
    MaxPool2d,
    Sequential,
    Tensor,
    cross_entropy,
    relu,
    tanh,
)


def training(network, settings):
    """A step of the network, with the optimizer that the settings ask for."""
    inputs, labels = settings["inputs"], settings["labels"]
    arrays = [*settings.get("kernels", []), *settings["weights"]]
    for parameter, array in zip(network.astype(np.float32).parameters(), arrays, strict=True):
        parameter.data[...] = array
    if "adam" in settings:
        optimizer = Adam(network.parameters(), settings["lr"])
    else:
        momentum = settings.get("momentum", 0.0)
        optimizer = SGD(network.parameters(), settings["lr"], momentum=momentum)

    def step():
        loss = cross_entropy(network(inputs), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def mlp(settings):
    rng, layers = np.random.default_rng(0), []
    for w in settings["weights"][::2]:
        layers += [Linear(*w.shape, rng=rng), relu]
    return training(Sequential(*layers[:-1]), settings)


xor = fizzbuzz = mlp_momentum = mlp_adam = mlp


def cnn(settings):
    rng = np.random.default_rng(0)
    network = Sequential(
        Conv2d(1, 16, 3, padding=1, rng=rng),
        relu,
        MaxPool2d(2),
        Conv2d(16, 32, 3, padding=1, rng=rng),
        relu,
        MaxPool2d(2),
        Flatten(),
        Linear(32 * 7 * 7, 10, rng=rng),
    )
    return training(network, settings)


def chain(settings):
    w, start = Tensor(settings["w"]), settings["start"]

    def step():
        y = start
        for _ in range(5000):
            y = tanh(y) * w
        loss = y.mean()
        w.grad = None
        loss.backward()
        w.data -= settings["lr"] * w.grad
        return loss.item()

    return step


def wide(settings):
    w, by = Tensor(settings["w"]), settings["by"]

    def step():
        total = w * by[0]
        for row in by[1:]:
            total = total + w * row
        loss = total.mean()
        w.grad = None
        loss.backward()
        w.data -= 1e-3 * w.grad
        return loss.item()

    return step
