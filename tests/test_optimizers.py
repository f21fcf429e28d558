"""Each optimizer and schedule, to the last digit, against its formula worked out here by hand."""

import math

import numpy as np
import pytest

from minnet.optimizers import (
    SGD,
    AdaGrad,
    Adam,
    AdamW,
    CosineDecay,
    ExponentialDecay,
    InverseTimeDecay,
    Optimizer,
    RMSProp,
    StepDecay,
    WarmUp,
    clip_gradients,
)
from minnet.tensors import Tensor

GRADIENTS = np.random.default_rng(0).normal(size=(20, 3)) * [0.1, 1, 10]
START = np.array([1.0, -2.0, 0.5])


def by_minnet(make):
    w = Tensor(START)
    optimizer = make([w])
    for g in GRADIENTS:
        w.grad = g.copy()
        optimizer.step()
    return w.data


def by_hand(rule):
    """`rule(w, g, t, memory)` gives the new w of one number; memory is a dict of its own."""
    w = START.tolist()
    memories = [{"v": 0.0, "m": 0.0, "s": 0.0} for _ in w]
    for t, g in enumerate(GRADIENTS, 1):
        w = [rule(w[i], g[i], t, memories[i]) for i in range(3)]
    return np.array(w)


def momentum(w, g, t, k):
    k["v"] = 0.9 * k["v"] + g
    return w - 0.01 * k["v"]


def nesterov(w, g, t, k):
    k["v"] = 0.9 * k["v"] + g
    return w - 0.01 * (g + 0.9 * k["v"])


def decayed(w, g, t, k):
    g = g + 0.1 * w
    k["v"] = 0.5 * k["v"] + g
    return w - 0.01 * k["v"]


def adagrad(w, g, t, k):
    k["s"] += g * g
    return w - 0.1 * g / (math.sqrt(k["s"]) + 1e-10)


def rmsprop(w, g, t, k):
    k["s"] = 0.99 * k["s"] + 0.01 * g * g
    return w - 0.01 * g / (math.sqrt(k["s"]) + 1e-8)


def adam(w, g, t, k):
    k["m"] = 0.9 * k["m"] + 0.1 * g
    k["s"] = 0.999 * k["s"] + 0.001 * g * g
    m, s = k["m"] / (1 - 0.9**t), k["s"] / (1 - 0.999**t)
    return w - 0.02 * m / (math.sqrt(s) + 1e-8)


def adamw(w, g, t, k):
    return adam(w - 0.02 * 0.3 * w, g, t, k)


UPDATES = {
    "SGD": (lambda p: SGD(p, 0.01), lambda w, g, t, k: w - 0.01 * g),
    "momentum": (lambda p: SGD(p, 0.01, momentum=0.9), momentum),
    "Nesterov": (lambda p: SGD(p, 0.01, momentum=0.9, nesterov=True), nesterov),
    "weight decay": (lambda p: SGD(p, 0.01, momentum=0.5, weight_decay=0.1), decayed),
    "AdaGrad": (lambda p: AdaGrad(p, 0.1), adagrad),
    "RMSProp": (lambda p: RMSProp(p, 0.01), rmsprop),
    "Adam": (lambda p: Adam(p, 0.02), adam),
    "AdamW": (lambda p: AdamW(p, 0.02, weight_decay=0.3), adamw),
}


@pytest.mark.parametrize("name", UPDATES)
def test_twenty_steps_follow_the_formula(name):
    make, rule = UPDATES[name]
    np.testing.assert_allclose(by_minnet(make), by_hand(rule), rtol=1e-13)


@pytest.mark.parametrize("name", UPDATES)
def test_steps_keep_float32_and_the_very_array(name):
    w = Tensor(START.astype(np.float32))
    array, optimizer = w.data, UPDATES[name][0]([w])
    w.grad = np.ones(3, np.float32)
    optimizer.step()
    assert w.data is array and array.dtype == np.float32


@pytest.mark.parametrize("name", UPDATES)
def test_a_step_leaves_the_gradient_as_it_was(name):
    w = Tensor(START)
    optimizer = UPDATES[name][0]([w])
    w.grad = GRADIENTS[0].copy()
    optimizer.step()
    np.testing.assert_array_equal(w.grad, GRADIENTS[0])


def rates(make, steps):
    optimizer = SGD([Tensor(0.0)], 0.5)
    schedule, found = make(optimizer), [optimizer.lr]
    for _ in range(steps):
        schedule.step()
        found.append(optimizer.lr)
    return found


SCHEDULES = {
    "InverseTimeDecay": (lambda o: InverseTimeDecay(o, rate=0.2), lambda t: 0.5 / (1 + 0.2 * t)),
    "StepDecay": (lambda o: StepDecay(o, every=7, factor=0.3), lambda t: 0.5 * 0.3 ** (t // 7)),
    "ExponentialDecay": (lambda o: ExponentialDecay(o, factor=0.8), lambda t: 0.5 * 0.8**t),
    "CosineDecay": (
        lambda o: CosineDecay(o, steps=15, lowest=0.1),
        lambda t: 0.1 + 0.4 * (1 + math.cos(math.pi * min(t, 15) / 15)) / 2,
    ),
    "WarmUp": (lambda o: WarmUp(o, steps=4), lambda t: 0.5 * min((t + 1) / 5, 1)),
    "WarmUp, then": (
        lambda o: WarmUp(o, steps=4, then=ExponentialDecay(o, factor=0.8)),
        lambda t: 0.5 * (t + 1) / 5 if t <= 4 else 0.5 * 0.8 ** (t - 4),
    ),
}


@pytest.mark.parametrize("name", SCHEDULES)
def test_schedules_follow_their_formula(name):
    make, rate = SCHEDULES[name]
    np.testing.assert_allclose(rates(make, 20), [rate(t) for t in range(21)], rtol=1e-13)


def test_clipping_keeps_the_direction_and_tells_the_length():
    a, b, c = Tensor([3.0, 4.0]), Tensor(1.0), Tensor(1.0)
    a.grad, b.grad = np.array([3.0, 4.0]), np.array(12.0)
    assert clip_gradients([a, b, c], 6.5) == 13
    np.testing.assert_allclose(a.grad, [1.5, 2])
    assert b.grad == 6
    assert clip_gradients([a, b], 100) == 6.5 and b.grad == 6


def test_a_parameter_without_a_gradient_stays():
    a, b = Tensor(1.0), Tensor(2.0)
    optimizer = Adam([a, b], 0.1)
    a.grad = np.array(1.0)
    optimizer.step()
    assert a.data != 1 and b.data == 2
    optimizer.zero_grad()
    assert a.grad is None


def w():
    return [Tensor(1.0)]


ONE = Tensor(1.0)
REFUSED = {
    "no parameters": (lambda: SGD([], 0.1), ValueError, "give network.parameters"),
    "one twice": (lambda: SGD([ONE, ONE], 0.1), ValueError, "stands twice"),
    "an array": (lambda: SGD([np.ones(2)], 0.1), TypeError, "a Tensor, not ndarray"),
    "a result": (lambda: SGD([ONE * 2], 0.1), ValueError, "a parameter is a leaf"),
    "a negative rate": (lambda: SGD(w(), -0.1), ValueError, "lr goes from 0 .* not -0.1"),
    "a rate of nan": (lambda: Adam(w(), float("nan")), ValueError, "not nan"),
    "a word for a rate": (lambda: Adam(w(), "fast"), TypeError, "lr is a number, not 'fast'"),
    "momentum 1": (
        lambda: SGD(w(), 0.1, momentum=1.0),
        ValueError,
        "momentum goes from 0 to below 1",
    ),
    "a beta of 1": (lambda: Adam(w(), betas=(0.9, 1.0)), ValueError, "beta goes from 0 to below 1"),
    "decay 1": (lambda: RMSProp(w(), decay=1.0), ValueError, "decay goes"),
    "Nesterov without momentum": (
        lambda: SGD(w(), 0.1, nesterov=True),
        ValueError,
        "momentum above 0",
    ),
    "step before backward": (lambda: SGD(w(), 0.1).step(), ValueError, r"step\(\) before backward"),
    "a schedule of no steps": (
        lambda: CosineDecay(SGD(w(), 0.1), steps=0),
        ValueError,
        "steps goes from 1",
    ),
    "clipping to less than nothing": (
        lambda: clip_gradients(w(), -1),
        ValueError,
        "most goes from 0",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_makes_no_sense_is_refused_with_the_way_out(what):
    attempt, kind, said = REFUSED[what]
    with pytest.raises(kind, match=said):
        attempt()


def test_an_optimizer_of_ones_own_needs_only_move():
    class Sign(Optimizer):
        def move(self, i, parameter):
            parameter.data -= self.lr * np.sign(parameter.grad)

    x = Tensor(3.0)
    x.grad = np.array(17.0)
    Sign([x], 0.5).step()
    assert x.data == 2.5


def line(size, lr, passes, seed, rate=None, noise=1.0):
    """How far a line is from its optimum after training, on average over the last updates."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=100)
    y = 2 * x + 1 + noise * rng.normal(size=100)
    best = np.polyfit(x, y, 1)
    place, away = Tensor([0.0, 0.0]), []
    optimizer = SGD([place], lr)
    schedule = rate and InverseTimeDecay(optimizer, rate=rate)
    design = np.stack([x, np.ones(100)], axis=1)
    for _ in range(passes):
        rows = rng.permutation(100)
        for some in np.split(rows, 100 // size):
            loss = ((design[some] @ place - y[some]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            if schedule:
                schedule.step()
            away.append(np.linalg.norm(place.data - best))
    return np.mean(away[-max(1, len(away) // 10) :])


def test_sgd_wanders_settles_with_a_falling_rate_and_rests_without_noise():
    constant, falling = [], []
    for seed in range(20):
        constant.append(line(1, 0.03, 3, seed))
        falling.append(line(1, 0.05, 3, seed, rate=0.05))
        assert line(100, 0.1, 60, seed) < 0.01, seed  # plain descent arrives
        assert line(1, 0.03, 6, seed, noise=0.0) < 0.01, seed  # nobody pulls
    assert np.mean(constant) > 2 * np.mean(falling)
    assert np.mean(np.array(constant) > falling) >= 0.9


def test_the_law_of_the_step():
    for lr, fate in ((0.19, "arrives"), (0.2, "swings"), (0.21, "flies off")):
        x = Tensor(1.0)
        optimizer = SGD([x], lr)
        for _ in range(40):
            optimizer.zero_grad()
            (5 * x**2).backward()
            optimizer.step()
        size = abs(float(x.data))
        assert fate == ("arrives" if size < 0.1 else "swings" if size < 1.1 else "flies off")
