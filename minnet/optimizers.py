"""An optimizer finds the parameters of a model, W and b, that make its cost small, by stepping
against the gradient. Optimizers differ in how large a step they take, in which direction, and
after how many examples.
"""

import numpy as np

from minnet.tensors import check_number

__all__ = [
    "AdaGrad",
    "Adam",
    "AdamW",
    "CosineDecay",
    "ExponentialDecay",
    "InverseTimeDecay",
    "Optimizer",
    "RMSProp",
    "SGD",
    "StepDecay",
    "WarmUp",
    "clip_gradients",
]


def check_parameters(parameters):
    """Refuse what cannot be stepped: no parameters, one twice, or something that is no Tensor."""
    parameters = list(parameters)
    if not parameters:
        raise ValueError("there are no parameters: give network.parameters()")
    for parameter in parameters:
        if not hasattr(parameter, "node"):
            raise TypeError(f"a parameter is a Tensor, not {type(parameter).__name__}")
        if parameter.node.sources != ():
            raise ValueError("a parameter is a leaf: this Tensor was computed from others")
    if len({id(parameter) for parameter in parameters}) < len(parameters):
        raise ValueError("a parameter stands twice in the list: each step would move it twice")
    return parameters


class Optimizer:
    """What all optimizers share: the parameters, a learning rate lr, clearing, and stepping.

    An optimizer of your own has `move(i, parameter)`, which moves the i-th parameter's numbers.
    """

    def __init__(self, parameters, lr):
        self.parameters, self.lr = check_parameters(parameters), check_number("lr", lr, 0, np.inf)

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

    def zeros(self):
        """One array of zeros for each parameter, to remember something in."""
        return [np.zeros_like(parameter.data) for parameter in self.parameters]


class SGD(Optimizer):
    """w ← w - lr v, where v ← momentum v + gradient: with momentum 0, plain gradient descent.

    Nesterov steps by gradient + momentum v. Weight decay adds weight_decay · w to the gradient.
    B. Polyak 1964; I. Sutskever et al. 2013, equations 3 and 4, in PyTorch's form.
    """

    def __init__(self, parameters, lr, *, momentum=0.0, nesterov=False, weight_decay=0.0):
        super().__init__(parameters, lr)
        self.momentum = check_number("momentum", momentum, 0, 1)
        self.weight_decay = check_number("weight_decay", weight_decay, 0, np.inf)
        if nesterov and momentum == 0:
            raise ValueError("nesterov looks ahead along the momentum: give a momentum above 0")
        self.nesterov, self.velocity = nesterov, self.zeros()

    def move(self, i, parameter):
        g, v = parameter.grad, self.velocity[i]
        if self.weight_decay:
            g = g + self.weight_decay * parameter.data
        if self.momentum:
            v *= self.momentum
            v += g
            g = g + self.momentum * v if self.nesterov else v
        parameter.data -= self.lr * g


class Schedule:
    """Changes its optimizer's lr at every step(): to `rate(t)`, at the t-th of them."""

    def __init__(self, optimizer):
        self.optimizer, self.start, self.t = optimizer, optimizer.lr, 0

    def step(self):
        """Count one step, and set the learning rate for what comes."""
        self.t += 1
        self.optimizer.lr = self.rate(self.t)


class InverseTimeDecay(Schedule):
    """lr(t) = lr(0) / (1 + rate t): slow enough to arrive anywhere. Robbins and Monro 1951."""

    def __init__(self, optimizer, *, rate):
        super().__init__(optimizer)
        self.decay = check_number("rate", rate, 0, np.inf)

    def rate(self, t):
        return self.start / (1 + self.decay * t)


class AdaGrad(Optimizer):
    """w ← w - lr gradient / √(sum of all squared gradients): steps shrink where much has happened.

    J. Duchi, E. Hazan and Y. Singer 2011.
    """

    def __init__(self, parameters, lr=0.01, *, epsilon=1e-10):
        super().__init__(parameters, lr)
        self.epsilon = check_number("epsilon", epsilon, 0, np.inf)
        self.squares = self.zeros()

    def move(self, i, parameter):
        g, s = parameter.grad, self.squares[i]
        s += g * g
        parameter.data -= self.lr * g / (np.sqrt(s) + self.epsilon)


class RMSProp(Optimizer):
    """w ← w - lr gradient / √(running mean of squared gradients): AdaGrad that forgets.

    T. Hinton, lecture 6 of Neural Networks for Machine Learning, 2012.
    """

    def __init__(self, parameters, lr=0.01, *, decay=0.99, epsilon=1e-8):
        super().__init__(parameters, lr)
        self.decay = check_number("decay", decay, 0, 1)
        self.epsilon = check_number("epsilon", epsilon, 0, np.inf)
        self.squares = self.zeros()

    def move(self, i, parameter):
        g, s = parameter.grad, self.squares[i]
        s *= self.decay
        s += (1 - self.decay) * g * g
        parameter.data -= self.lr * g / (np.sqrt(s) + self.epsilon)


class Adam(Optimizer):
    """Momentum and RMSProp together, both corrected for their start at zero.

    m ← β₁ m + (1-β₁) g, v ← β₂ v + (1-β₂) g², w ← w - lr m̂ / (√v̂ + ε), with
    m̂ = m / (1-β₁ᵗ) and v̂ = v / (1-β₂ᵗ). D. Kingma and J. Ba 2015, algorithm 1.
    """

    def __init__(self, parameters, lr=0.001, *, betas=(0.9, 0.999), epsilon=1e-8):
        super().__init__(parameters, lr)
        self.betas = tuple(check_number("a beta", beta, 0, 1) for beta in betas)
        self.epsilon = check_number("epsilon", epsilon, 0, np.inf)
        self.t, self.means, self.squares = 0, self.zeros(), self.zeros()

    def step(self):
        self.t += 1
        super().step()

    def move(self, i, parameter):
        (b1, b2), g = self.betas, parameter.grad
        m, v = self.means[i], self.squares[i]
        m *= b1
        m += (1 - b1) * g
        v *= b2
        v += (1 - b2) * g * g
        size = np.sqrt(v / (1 - b2**self.t)) + self.epsilon
        parameter.data -= self.lr / (1 - b1**self.t) * m / size


class AdamW(Adam):
    """Adam that also pulls every weight towards 0: w ← w - lr · weight_decay · w, apart from Adam.

    I. Loshchilov and F. Hutter 2019, algorithm 2, in PyTorch's form.
    """

    def __init__(
        self, parameters, lr=0.001, *, betas=(0.9, 0.999), epsilon=1e-8, weight_decay=0.01
    ):
        super().__init__(parameters, lr, betas=betas, epsilon=epsilon)
        self.weight_decay = check_number("weight_decay", weight_decay, 0, np.inf)

    def move(self, i, parameter):
        parameter.data *= 1 - self.lr * self.weight_decay
        super().move(i, parameter)


def clip_gradients(parameters, most):
    """Scale all gradients together so that their common length is `most` at the most.

    Returns the length before. R. Pascanu, T. Mikolov and Y. Bengio 2013, algorithm 1.
    """
    check_number("most", most, 0, np.inf)
    gradients = [p.grad for p in parameters if p.grad is not None]
    length = float(np.sqrt(sum((g * g).sum() for g in gradients)))
    if length > most:
        for g in gradients:
            g *= most / length
    return length


class StepDecay(Schedule):
    """lr(t) = lr(0) times `factor` once every `every` steps."""

    def __init__(self, optimizer, *, every, factor=0.1):
        super().__init__(optimizer)
        self.every = check_number("every", every, 1, np.inf)
        self.factor = check_number("factor", factor, 0, np.inf)

    def rate(self, t):
        return self.start * self.factor ** (t // self.every)


class ExponentialDecay(Schedule):
    """lr(t) = lr(0) times `factor` at every step."""

    def __init__(self, optimizer, *, factor):
        super().__init__(optimizer)
        self.factor = check_number("factor", factor, 0, np.inf)

    def rate(self, t):
        return self.start * self.factor**t


class CosineDecay(Schedule):
    """Half a wave from lr(0) down to `lowest` in `steps` steps, and `lowest` from then on.

    I. Loshchilov and F. Hutter 2017, equation 5.
    """

    def __init__(self, optimizer, *, steps, lowest=0.0):
        super().__init__(optimizer)
        self.steps = check_number("steps", steps, 1, np.inf)
        self.lowest = check_number("lowest", lowest, 0, np.inf)

    def rate(self, t):
        wave = (1 + np.cos(np.pi * min(t / self.steps, 1))) / 2
        return float(self.lowest + (self.start - self.lowest) * wave)


class WarmUp(Schedule):
    """Rises in a straight line to the optimizer's lr in `steps` steps; then `then` takes over."""

    def __init__(self, optimizer, *, steps, then=None):
        super().__init__(optimizer)
        self.steps, self.then = check_number("steps", steps, 1, np.inf), then
        optimizer.lr = self.start / (self.steps + 1)

    def rate(self, t):
        if t <= self.steps or self.then is None:
            return self.start * min((t + 1) / (self.steps + 1), 1)
        self.then.step()
        return self.optimizer.lr
