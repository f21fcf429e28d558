"""An optimizer moves the parameters of a model, W and b, downhill on a cost, step by step."""

import numpy as np


class Optimizer:
    """What all optimizers share: a list of parameters, a learning rate, and the way to clear."""

    def __init__(self, parameters, lr):
        self.parameters, self.lr = list(parameters), lr

    def zero_grad(self):
        """Forget all gradients."""
        for parameter in self.parameters:
            parameter.grad = None

    def step(self):
        """Move every parameter that has a gradient."""
        if all(parameter.grad is None for parameter in self.parameters):
            raise ValueError("step() before backward(): no parameter has a gradient")
        for i, parameter in enumerate(self.parameters):
            if parameter.grad is not None:
                self.move(i, parameter)


class SGD(Optimizer):
    """w ← w - lr · gradient."""

    def __init__(self, parameters, lr, *, momentum=0.0):
        super().__init__(parameters, lr)
        self.momentum = momentum
        self.velocity = [np.zeros_like(p.data) for p in self.parameters]

    def move(self, i, parameter):
        v = self.velocity[i]
        v *= self.momentum
        v += parameter.grad
        parameter.data -= self.lr * v


class Adam(Optimizer):
    """Steps of about lr: the mean gradient, over the root of the mean square. Kingma and Ba 2015."""

    def __init__(self, parameters, lr=0.001, *, betas=(0.9, 0.999), epsilon=1e-8):
        super().__init__(parameters, lr)
        self.betas, self.epsilon, self.t = betas, epsilon, 0
        self.m = [np.zeros_like(p.data) for p in self.parameters]
        self.v = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        self.t += 1
        super().step()

    def move(self, i, parameter):
        (b1, b2), g = self.betas, parameter.grad
        m, v = self.m[i], self.v[i]
        m += (1 - b1) * (g - m)
        v += (1 - b2) * (g * g - v)
        mean, square = m / (1 - b1**self.t), v / (1 - b2**self.t)
        parameter.data -= self.lr * mean / (np.sqrt(square) + self.epsilon)


class CosineDecay:
    """Half a wave from the optimizer's lr down to `lowest` in `steps` calls of step()."""

    def __init__(self, optimizer, *, steps, lowest=0.0):
        self.optimizer, self.steps, self.lowest = optimizer, steps, lowest
        self.highest, self.t = optimizer.lr, 0

    def step(self):
        self.t = min(self.t + 1, self.steps)
        share = (1 + np.cos(np.pi * self.t / self.steps)) / 2
        self.optimizer.lr = self.lowest + (self.highest - self.lowest) * share
