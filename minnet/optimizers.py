"""An optimizer finds the parameters of a model, W and b, that make its cost small, by stepping
against the gradient. Optimizers differ in how large a step they take, in which direction, and
after how many examples.
"""

import numpy as np

from minnet.tensors import Tensor, check_count, check_number

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
    """The parameters as a list, if all can be stepped: leaves, each of them once."""
    if isinstance(parameters, Tensor) or not hasattr(parameters, "__iter__"):
        kind = type(parameters).__name__
        raise TypeError(f"give a list of Tensors, such as network.parameters(), not one {kind}")
    parameters = list(parameters)
    if not parameters:
        raise ValueError("there are no parameters: give network.parameters()")
    for parameter in parameters:
        if not isinstance(parameter, Tensor):
            raise TypeError(f"a parameter is a Tensor, not {type(parameter).__name__}")
        if parameter.node.sources != ():
            raise ValueError("a parameter is a leaf: this Tensor was computed from others")
    if len({id(parameter) for parameter in parameters}) < len(parameters):
        raise ValueError("a parameter stands twice in the list: each step would move it twice")
    return parameters


def check_step(parameters, asked):
    """Refuse a step before backward, and by a gradient that numpy would stretch."""
    gradients = [parameter.grad for parameter in parameters]
    if all(g is None for g in gradients):
        raise ValueError(f"{asked} before backward(): no parameter has a gradient")
    for parameter, g in zip(parameters, gradients):
        if g is not None and g.shape != parameter.data.shape:
            raise ValueError(
                f"a parameter of shape {parameter.data.shape} has a gradient of shape {g.shape}: "
                "its data was replaced; walk back anew"
            )


class Optimizer:
    """What all optimizers share: the parameters, a learning rate lr, clearing, and stepping.

    An optimizer of your own has `move(i, parameter)`, which moves the i-th parameter's numbers.
    A gradient of nan goes into its parameter, and so into the next loss: that is the place to look.
    """

    def __init__(self, parameters, lr):
        self.parameters = check_parameters(parameters)
        self.lr = float(check_number("lr", lr, 0, np.inf))

    def zero_grad(self):
        """Forget all gradients."""
        for parameter in self.parameters:
            parameter.grad = None

    def step(self):
        """Move every parameter that has a gradient."""
        check_step(self.parameters, "step()")
        for i, parameter in enumerate(self.parameters):
            if parameter.grad is not None:
                self.move(i, parameter)

    def zeros(self):
        """One array of zeros for each parameter, to remember something in."""
        return [np.zeros_like(parameter.data) for parameter in self.parameters]


class Schedule:
    """Changes its optimizer's lr at every step(): to `rate(t)`, at the t-th of them.

    It starts from the lr that it finds. An lr set by hand holds until the schedule's next step().
    """

    def __init__(self, optimizer):
        if not isinstance(optimizer, Optimizer):
            raise TypeError(f"a schedule changes the lr of an optimizer, not of {optimizer!r:.60}")
        self.optimizer, self.start, self.t = optimizer, optimizer.lr, 0

    def step(self):
        """Count one step, and set the learning rate for what comes."""
        self.t += 1
        self.optimizer.lr = float(self.rate(self.t))


class InverseTimeDecay(Schedule):
    """lr(t) = lr(0) / (1 + rate t): slow enough to arrive anywhere. Robbins and Monro 1951."""

    def __init__(self, optimizer, *, rate):
        super().__init__(optimizer)
        self.decay = check_number("rate", rate, 0, np.inf)

    def rate(self, t):
        return self.start / (1 + self.decay * t)


class SGD(Optimizer):
    """w ← w - lr v, where v ← momentum v + gradient: with momentum 0, plain gradient descent.

    Nesterov steps by gradient + momentum v. Weight decay adds weight_decay · w to the gradient.
    B. Polyak 1964; I. Sutskever et al. 2013, equations 3 and 4, in PyTorch's form.
    """

    def __init__(self, parameters, lr, *, momentum=0.0, nesterov=False, weight_decay=0.0):
        super().__init__(parameters, lr)
        self.momentum = float(check_number("momentum", momentum, 0, 1))
        self.weight_decay = float(check_number("weight_decay", weight_decay, 0, np.inf))
        if nesterov not in (True, False):
            raise TypeError(f"nesterov is True or False, not {nesterov!r}")
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


class AdaGrad(Optimizer):
    """w ← w - lr gradient / √(sum of all squared gradients): steps shrink where much has happened.

    J. Duchi, E. Hazan and Y. Singer 2011.
    """

    def __init__(self, parameters, lr=0.01, *, epsilon=1e-10):
        super().__init__(parameters, lr)
        self.epsilon = float(check_number("epsilon", epsilon, 1e-30, np.inf))
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
        self.decay = float(check_number("decay", decay, 0, 1))
        self.epsilon = float(check_number("epsilon", epsilon, 1e-30, np.inf))
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
        if not isinstance(betas, tuple | list) or len(betas) != 2:
            raise ValueError(f"betas are two numbers, such as (0.9, 0.999), not {betas!r}")
        self.betas = tuple(float(check_number("a beta", beta, 0, 1)) for beta in betas)
        self.epsilon = float(check_number("epsilon", epsilon, 1e-30, np.inf))
        self.t = [0] * len(self.parameters)  # the steps of each: one may get its gradients later
        self.means, self.squares = self.zeros(), self.zeros()

    def move(self, i, parameter):
        self.t[i] += 1
        (b1, b2), t, g = self.betas, self.t[i], parameter.grad
        m, v = self.means[i], self.squares[i]
        m *= b1
        m += (1 - b1) * g
        v *= b2
        v += (1 - b2) * g * g
        size = np.sqrt(v / (1 - b2**t))
        size += self.epsilon
        step = m / size
        step *= self.lr / (1 - b1**t)
        parameter.data -= step


class AdamW(Adam):
    """Adam that also pulls every weight towards 0: w ← w - lr · weight_decay · w, apart from Adam.

    I. Loshchilov and F. Hutter 2019, algorithm 2, in PyTorch's form.
    """

    def __init__(
        self, parameters, lr=0.001, *, betas=(0.9, 0.999), epsilon=1e-8, weight_decay=0.01
    ):
        super().__init__(parameters, lr, betas=betas, epsilon=epsilon)
        self.weight_decay = float(check_number("weight_decay", weight_decay, 0, np.inf))

    def move(self, i, parameter):
        parameter.data *= 1 - self.lr * self.weight_decay
        super().move(i, parameter)


def clip_gradients(parameters, most):
    """Scale all gradients together so that their common length is `most` at the most.

    Returns the length before. R. Pascanu, T. Mikolov and Y. Bengio 2013, algorithm 1.
    """
    check_number("most", most, 1e-30, np.inf)
    parameters = check_parameters(parameters)
    check_step(parameters, "clip_gradients()")
    having = [p for p in parameters if p.grad is not None]
    length = float(np.sqrt(sum(np.square(p.grad, dtype=float).sum() for p in having)))
    if not np.isfinite(length):
        raise ValueError(f"the gradients have the length {length}: no scale makes that finite")
    if length > most:
        for p in having:
            p.grad *= float(most) / length
    return length


class StepDecay(Schedule):
    """lr(t) = lr(0) times `factor`, below 1, once every `every` steps."""

    def __init__(self, optimizer, *, every, factor=0.1):
        super().__init__(optimizer)
        self.every = check_count("every", every)
        self.factor = check_number("factor", factor, 0, 1)

    def rate(self, t):
        return self.start * self.factor ** (t // self.every)


class ExponentialDecay(Schedule):
    """lr(t) = lr(0) times `factor`, below 1, at every step."""

    def __init__(self, optimizer, *, factor):
        super().__init__(optimizer)
        self.factor = check_number("factor", factor, 0, 1)

    def rate(self, t):
        return self.start * self.factor**t


class CosineDecay(Schedule):
    """Half a wave from lr(0) down to `lowest` in `steps` steps, and `lowest` from then on.

    I. Loshchilov and F. Hutter 2017, equation 5.
    """

    def __init__(self, optimizer, *, steps, lowest=0.0):
        super().__init__(optimizer)
        self.steps = check_count("steps", steps)
        self.lowest = check_number("lowest", lowest, 0, np.inf)
        if lowest > self.start:
            raise ValueError(f"lowest goes up to the lr at the start, {self.start}, not {lowest}")

    def rate(self, t):
        wave = (1 + np.cos(np.pi * min(t / self.steps, 1))) / 2
        return self.lowest + (self.start - self.lowest) * wave


class WarmUp(Schedule):
    """Rises in a straight line to the optimizer's lr in `steps` steps; then `then` takes over.

    `then` is another schedule of the same optimizer, made before its lr was changed.
    """

    def __init__(self, optimizer, *, steps, then=None):
        super().__init__(optimizer)
        self.steps, self.then = check_count("steps", steps), then
        if then is not None and not isinstance(then, Schedule):
            raise TypeError(f"then is a schedule, or None, not {then!r:.60}")
        if then is not None and (then.optimizer is not optimizer or then.start != self.start):
            raise ValueError(
                f"then starts from lr {then.start} of its optimizer, the warm-up ends at "
                f"{self.start} of its own: give both the same optimizer, with the same lr"
            )
        optimizer.lr = self.start / (self.steps + 1)

    def rate(self, t):
        if t <= self.steps or self.then is None:
            return self.start * min((t + 1) / (self.steps + 1), 1)
        self.then.step()
        return self.optimizer.lr
