"""An optimizer finds the parameters of a model, W and b, that make its cost small, by stepping
against the gradient. Optimizers differ in how large a step they take, in which direction, and
after how many examples.
"""

from copy import deepcopy

import numpy as np

from minnet import checks
from minnet.tensors import renew


class Optimizer:
    """What all optimizers share: the parameters, a learning rate lr, clearing, and stepping.

    One of your own has `move(i, parameter)`, which moves the numbers of the i-th, and names in
    `state` what it remembers. A gradient of nan is seen in its parameter, and in the next loss.
    """

    state: tuple[str, ...] = ()

    def __init__(self, parameters, lr):
        self.parameters = checks.require_parameters(parameters)
        self.lr = float(checks.require_number("lr", lr, 0, np.inf))

    def zero_grad(self):
        """Forget all gradients."""
        for parameter in self.parameters:
            parameter.grad = None

    def step(self):
        """Move every parameter that has a gradient; what was computed before is closed."""
        for i, parameter in checks.require_gradients("step()", self.parameters):
            self.move(i, parameter)
            renew(parameter)

    def zeros(self):
        """One array of zeros for each parameter, to remember something in."""
        return [np.zeros_like(parameter.data) for parameter in self.parameters]

    def state_dict(self):
        """A copy of what it remembers: lr, and all that `state` names."""
        return {"lr": self.lr} | remembered(self)

    def load_state_dict(self, state):
        """Go on from what state_dict() gave: all of it, or an error that lists what is wrong."""
        remember(self, state)


class Schedule:
    """Changes its optimizer's lr at every step(): to `rate(t)`, at the t-th of them.

    It starts from the lr that it finds. An lr set by hand holds until the schedule's next step().
    One of your own has `rate(t)`.
    """

    state: tuple[str, ...] = ("t", "start")

    def __init__(self, optimizer):
        self.optimizer = checks.require_optimizer(optimizer)
        self.start, self.t = optimizer.lr, 0

    def step(self):
        """Count one step, and set the learning rate for what comes."""
        self.t += 1
        self.optimizer.lr = float(checks.require_number("the rate", self.rate(self.t), 0, np.inf))

    def state_dict(self):
        """A copy of what it remembers: all that `state` names, its steps t and its start."""
        return remembered(self)

    def load_state_dict(self, state):
        """Go on from what state_dict() gave: all of it, or an error that lists what is wrong."""
        remember(self, state)


class InverseTimeDecay(Schedule):
    """lr(t) = lr(0) / (1 + rate t): slow enough to arrive anywhere. Robbins and Monro 1951."""

    def __init__(self, optimizer, *, rate):
        super().__init__(optimizer)
        self.rate_ = float(checks.require_number("rate", rate, 0, np.inf))

    def rate(self, t):
        """The learning rate after t steps."""
        return self.start / (1 + self.rate_ * t)


class SGD(Optimizer):
    """w ← w - lr v, where v ← momentum v + gradient: with momentum 0, plain gradient descent.

    Nesterov steps by gradient + momentum v. Weight decay adds weight_decay · w to the gradient;
    `parameters` may come in groups, as in AdamW. B. Polyak 1964; I. Sutskever et al. 2013,
    equations 3 and 4, in PyTorch's form.
    """

    def __init__(self, parameters, lr, *, momentum=0.0, nesterov=False, weight_decay=0.0):
        parameters, self.weight_decay = checks.require_groups(parameters, weight_decay)
        super().__init__(parameters, lr)
        self.momentum = float(checks.require_number("momentum", momentum, 0, 1))
        self.nesterov = checks.require_nesterov(nesterov, momentum)
        if momentum:
            self.state, self.velocity = ("velocity",), self.zeros()

    def move(self, i, parameter):
        """One parameter's step."""
        g, decay = parameter.grad, self.weight_decay[i]
        if decay:
            g = g + decay * parameter.data
        if self.momentum:
            v = self.velocity[i]
            v *= self.momentum
            v += g
            g = g + self.momentum * v if self.nesterov else v
        parameter.data -= self.lr * g


class RMSprop(Optimizer):
    """w ← w - lr gradient / √(running mean of squared gradients): Adagrad that forgets.

    The mean keeps the share `alpha` of itself. T. Hinton, lecture 6 of Neural Networks for
    Machine Learning, 2012.
    """

    state = ("squares",)

    def __init__(self, parameters, lr=0.01, *, alpha=0.99, eps=1e-8):
        super().__init__(parameters, lr)
        self.alpha = float(checks.require_number("alpha", alpha, 0, 1))
        self.eps = float(checks.require_number("eps", eps, 1e-30, np.inf))
        self.squares = self.zeros()

    def move(self, i, parameter):
        """One parameter's step."""
        g, s = parameter.grad, self.squares[i]
        s *= self.alpha
        s += (1 - self.alpha) * g * g
        parameter.data -= self.lr * g / (np.sqrt(s) + self.eps)


class Adam(Optimizer):
    """Momentum and RMSprop together, both corrected for their start at zero.

    m ← β₁ m + (1-β₁) g, v ← β₂ v + (1-β₂) g², w ← w - lr m̂ / (√v̂ + ε), with
    m̂ = m / (1-β₁ᵗ) and v̂ = v / (1-β₂ᵗ). D. Kingma and J. Ba 2015, algorithm 1.
    """

    state = ("t", "means", "squares")

    def __init__(self, parameters, lr=0.001, *, betas=(0.9, 0.999), eps=1e-8):
        super().__init__(parameters, lr)
        self.betas = checks.require_betas(betas)
        self.eps = float(checks.require_number("eps", eps, 1e-30, np.inf))
        self.t = [0] * len(self.parameters)  # the steps of each: one may get its gradients later
        self.means, self.squares = self.zeros(), self.zeros()

    def move(self, i, parameter):
        """One parameter's step."""
        self.t[i] += 1
        (b1, b2), t, g = self.betas, self.t[i], parameter.grad
        m, v = self.means[i], self.squares[i]
        m *= b1
        m += (1 - b1) * g
        v *= b2
        scratch = np.square(g, out=np.empty_like(v))
        scratch *= 1 - b2
        v += scratch
        root = (1 - b2**t) ** 0.5  # √v̂ = √v / root
        np.sqrt(v, out=scratch)
        scratch += self.eps * root
        np.divide(m, scratch, out=scratch)
        scratch *= self.lr * root / (1 - b1**t)
        parameter.data -= scratch


class Adagrad(Optimizer):
    """w ← w - lr gradient / √(sum of all squared gradients): steps shrink where much has happened.

    J. Duchi, E. Hazan and Y. Singer 2011.
    """

    state = ("squares",)

    def __init__(self, parameters, lr=0.01, *, eps=1e-10):
        super().__init__(parameters, lr)
        self.eps = float(checks.require_number("eps", eps, 1e-30, np.inf))
        self.squares = self.zeros()

    def move(self, i, parameter):
        """One parameter's step."""
        g, s = parameter.grad, self.squares[i]
        s += g * g
        parameter.data -= self.lr * g / (np.sqrt(s) + self.eps)


class AdamW(Adam):
    """Adam that also pulls every weight towards 0: w ← w - lr · weight_decay · w, apart from Adam.

    Groups differ in this pull, so that biases, those with p.ndim == 1, may go without:
    AdamW([{"params": weights}, {"params": biases, "weight_decay": 0.0}]).
    I. Loshchilov and F. Hutter 2019, algorithm 2, in PyTorch's form.
    """

    def __init__(self, parameters, lr=0.001, *, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        parameters, self.weight_decay = checks.require_groups(parameters, weight_decay)
        super().__init__(parameters, lr, betas=betas, eps=eps)

    def move(self, i, parameter):
        """One parameter's step."""
        parameter.data *= 1 - self.lr * self.weight_decay[i]
        super().move(i, parameter)


def clip_grad_norm(parameters, max_norm):
    """Scale all gradients together so that their common length is `max_norm` at the most.

    Returns the length before. R. Pascanu, T. Mikolov and Y. Bengio 2013, algorithm 1.
    """
    checks.require_number("max_norm", max_norm, 1e-30, np.inf)
    having = checks.require_gradients("clip_grad_norm()", checks.require_parameters(parameters))
    squares = sum(np.square(p.grad, dtype=float).sum() for _, p in having)
    length = checks.require_length(float(np.sqrt(squares)))
    if length > max_norm:
        for _, p in having:
            g = p.grad
            g *= float(max_norm) / length
    return length


class StepDecay(Schedule):
    """lr(t) = lr(0) times `factor`, below 1, once every `every` steps."""

    def __init__(self, optimizer, *, every, factor=0.1):
        super().__init__(optimizer)
        self.every = checks.require_count("every", every)
        self.factor = float(checks.require_number("factor", factor, 0, 1))

    def rate(self, t):
        """The learning rate after t steps."""
        return self.start * self.factor ** (t // self.every)


class ExponentialDecay(Schedule):
    """lr(t) = lr(0) times `factor`, below 1, at every step."""

    def __init__(self, optimizer, *, factor):
        super().__init__(optimizer)
        self.factor = float(checks.require_number("factor", factor, 0, 1))

    def rate(self, t):
        """The learning rate after t steps."""
        return self.start * self.factor**t


class CosineDecay(Schedule):
    """Half a wave from lr(0) down to `lowest` in `steps` steps, and `lowest` from then on.

    I. Loshchilov and F. Hutter 2017, equation 5.
    """

    def __init__(self, optimizer, *, steps, lowest=0.0):
        super().__init__(optimizer)
        self.steps = checks.require_count("steps", steps)
        self.lowest = checks.require_lowest(lowest, self.start)

    def rate(self, t):
        """The learning rate after t steps."""
        wave = (1 + np.cos(np.pi * min(t / self.steps, 1))) / 2
        return self.lowest + (self.start - self.lowest) * wave


class WarmUp(Schedule):
    """Rises in a straight line to the optimizer's lr in `steps` steps; then `then` takes over.

    `then` is another schedule of the same optimizer, made before its lr was changed.
    """

    def __init__(self, optimizer, *, steps, then=None):
        super().__init__(optimizer)
        self.steps, self.then = (
            checks.require_count("steps", steps),
            checks.require_then(then, optimizer),
        )
        if then is not None:
            self.state = ("t", "start", "then")
        optimizer.lr = optimizer.warming = self.rate(0)

    def rate(self, t):
        """The learning rate after t steps; those that `then` makes are its own."""
        if t > self.steps and self.then is not None:
            self.then.step()
            return self.optimizer.lr
        lr = self.start * min((t + 1) / (self.steps + 1), 1)
        self.optimizer.warming = lr if t < self.steps else None
        return lr


def remembered(part):
    """{name: a copy} of all that an optimizer or a schedule names in `state`."""
    found = {name: getattr(part, name) for name in checks.require_remembered(part)}
    return {name: as_state(value) for name, value in found.items()}


def as_state(value):
    """A copy of a value as a state holds it: of a part in a part its state, of a generator too."""
    if hasattr(value, "state_dict"):
        return value.state_dict()
    return deepcopy(value.bit_generator.state if hasattr(value, "bit_generator") else value)


def remember(part, state):
    """Put a state back into the part that gave it, or one made alike: all of it, or nothing."""
    checks.require_state(type(part).__name__, state, part.state_dict())
    for name, value in state.items():
        now = getattr(part, name)
        if hasattr(now, "load_state_dict"):
            now.load_state_dict(value)
        elif hasattr(now, "bit_generator"):
            now.bit_generator.state = value
        else:
            setattr(part, name, deepcopy(value))


def in_short(part):
    """How an optimizer or a schedule is shown: its kind, and its settings that are not 0."""
    hidden = {"eps", "start", "state", "t", "warming", *part.state} - {"then"}
    settings = {name: value for name, value in vars(part).items() if name not in hidden}
    if "weight_decay" in settings:
        decays = list(dict.fromkeys(settings.pop("weight_decay")))
        settings["weight_decay"] = decays[0] if len(decays) == 1 else tuple(decays)
    if "lr" in settings:
        settings = {"lr": settings.pop("lr")} | settings
    kinds = int | float | str | tuple | Schedule
    shown = {k: v for k, v in settings.items() if isinstance(v, kinds) and (v or k == "lr")}
    inside = ", ".join(f"{name.rstrip('_')}={value!r}" for name, value in shown.items())
    return f"{type(part).__name__}({inside})"


Optimizer.__repr__ = in_short  # type: ignore[method-assign]
Schedule.__repr__ = in_short  # type: ignore[method-assign]


def arrive(optimizer, attributes):
    """How deepcopy and pickle put a copy together: without gradients.

    Copied with its network, it steps the copy. Copied alone, no gradient ever arrives, and its
    step() says so, where it would move numbers that no network uses.
    """
    vars(optimizer).update(attributes)
    optimizer.zero_grad()


def twin(optimizer):
    """copy.copy(optimizer): the same parameters; settings and memory are its own."""
    other = object.__new__(type(optimizer))
    own = {name: deepcopy(getattr(optimizer, name)) for name in optimizer.state}
    vars(other).update(vars(optimizer) | own)
    return other


Optimizer.__setstate__ = arrive  # type: ignore[attr-defined]
Optimizer.__copy__ = twin  # type: ignore[attr-defined]

__all__ = [
    "Adagrad",
    "Adam",
    "AdamW",
    "clip_grad_norm",
    "CosineDecay",
    "ExponentialDecay",
    "InverseTimeDecay",
    "Optimizer",
    "RMSprop",
    "Schedule",
    "SGD",
    "StepDecay",
    "WarmUp",
]
