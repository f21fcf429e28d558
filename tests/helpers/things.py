"""Every public class: how one is made, and how one is used, for tests/test_ways.py.

{name: (make, use)}: `use` works a made thing the whole way, and returns all the numbers that came
out of it, as one list.
"""

import numpy as np

import minnet as mn


def rng():
    return np.random.default_rng(0)


X, LABELS = rng().normal(size=(12, 3)), np.arange(12) % 2
PICTURES = rng().normal(size=(4, 2, 5, 5))
IDS = np.array([[0, 2], [1, 1]])


def flat(*results):
    """All numbers in arrays, Tensors and lists of these, one after another."""
    return [float(x) for r in results for x in np.asarray(getattr(r, "data", r), float).reshape(-1)]


def use_tensor(w):
    loss = (w * w).sum() + w.mean()
    loss.backward()
    return flat(loss, w.grad)


def use_layer(x):
    """Forward, backward, a prediction: of a layer that takes x."""

    def use(layer):
        layer.train()
        for parameter in layer.parameters():
            parameter.grad = None
        y = layer(mn.Tensor(x) if x.dtype.kind == "f" else x)
        (y * y).sum().backward()
        gradients = [parameter.grad for parameter in layer.parameters()]
        return flat(y, layer.predict(x), *gradients)

    return use


class Twice(mn.Layer):
    """A layer of one's own: two weights, the same one twice."""

    def __init__(self, start=2.0):
        self.weight = mn.Tensor([start, 1.0, -1.0])
        self.again = self.weight

    def forward(self, x):
        return x * self.weight + self.again


def network():
    draw = rng()
    return mn.Sequential(mn.Linear(3, 4, rng=draw), mn.tanh, mn.Linear(4, 2, rng=draw))


def use_optimizer(optimizer):
    """Three steps down a bowl."""
    for _ in range(3):
        optimizer.zero_grad()
        sum((p * p).sum() for p in optimizer.parameters).backward()
        optimizer.step()
    return flat(*optimizer.parameters)


class Halves(mn.Optimizer):
    """An optimizer of one's own."""

    state = ("steps",)

    def __init__(self, parameters, lr):
        super().__init__(parameters, lr)
        self.steps = 0

    def move(self, i, parameter):
        self.steps += 1
        parameter.data -= self.lr * parameter.grad / self.steps


class Thirds(mn.Schedule):
    """A schedule of one's own."""

    def rate(self, t):
        return self.start / (1 + t / 3)


def weights():
    return [mn.Tensor([1.0, -2.0]), mn.Tensor([[3.0]])]


def sgd():
    return mn.SGD(weights(), 0.1)


def use_schedule(schedule):
    rates = []
    for _ in range(4):
        schedule.step()
        rates.append(schedule.optimizer.lr)
    return rates


def use_batches(batches):
    return [x for _ in range(2) for part in batches for x in flat(*part)]


def use_scaler(scaler):
    return flat(scaler.fit_transform(X), scaler.inverse_transform(X[:2]))


def use_stop(stop):
    net, history = network(), mn.History()
    for loss in (0.5, 0.4, 0.6):
        history.add([1.0], [loss])
        stop.look(net, history)
    stop.restore(net)
    return flat(stop.best_value, stop.best_epoch, stop.over, *net.parameters())


def use_history(history):
    history.add([0.5, 0.8], [0.6, 0.7])
    return [x for numbers in history.values() for x in numbers]


def use_curve(curve):
    history = mn.History()
    history.add([0.5])
    return flat(len(curve.picture(history)) > 1000, curve.every)


THINGS = {
    "Tensor": (lambda: mn.Tensor([[1.0, 2.0], [3.0, -4.0]]), use_tensor),
    "Layer": (Twice, use_layer(X)),
    "Linear": (lambda: mn.Linear(3, 4, rng=rng()), use_layer(X)),
    "Sequential": (network, use_layer(X)),
    "BatchNorm": (lambda: mn.BatchNorm(3), use_layer(X)),
    "LayerNorm": (lambda: mn.LayerNorm(3), use_layer(X)),
    "Dropout": (lambda: mn.Dropout(0.5, rng=rng()), use_layer(X)),
    "Flatten": (lambda: mn.Flatten(), use_layer(PICTURES)),
    "Conv2d": (lambda: mn.Conv2d(2, 3, 3, padding=1, rng=rng()), use_layer(PICTURES)),
    "MaxPool2d": (lambda: mn.MaxPool2d(2), use_layer(PICTURES)),
    "AvgPool2d": (lambda: mn.AvgPool2d(2, padding=1), use_layer(PICTURES)),
    "Embedding": (lambda: mn.Embedding(3, 4, rng=rng()), use_layer(IDS)),
    "Optimizer": (lambda: Halves(weights(), 0.1), use_optimizer),
    "SGD": (lambda: mn.SGD(weights(), 0.1, momentum=0.9, weight_decay=0.1), use_optimizer),
    "Adagrad": (lambda: mn.Adagrad(weights()), use_optimizer),
    "RMSprop": (lambda: mn.RMSprop(weights()), use_optimizer),
    "Adam": (lambda: mn.Adam(weights()), use_optimizer),
    "AdamW": (lambda: mn.AdamW(weights()), use_optimizer),
    "Schedule": (lambda: Thirds(sgd()), use_schedule),
    "StepDecay": (lambda: mn.StepDecay(sgd(), every=2), use_schedule),
    "ExponentialDecay": (lambda: mn.ExponentialDecay(sgd(), factor=0.5), use_schedule),
    "CosineDecay": (lambda: mn.CosineDecay(sgd(), steps=3), use_schedule),
    "InverseTimeDecay": (lambda: mn.InverseTimeDecay(sgd(), rate=1.0), use_schedule),
    "WarmUp": (lambda: mn.WarmUp(sgd(), steps=2), use_schedule),
    "Batches": (lambda: mn.Batches(X, LABELS, batch_size=5, rng=rng()), use_batches),
    "StandardScaler": (lambda: mn.StandardScaler(), use_scaler),
    "EarlyStopping": (lambda: mn.EarlyStopping(1), use_stop),
    "History": (lambda: mn.History(), use_history),
    "LossCurve": (lambda: mn.LossCurve(0.5), use_curve),
}
