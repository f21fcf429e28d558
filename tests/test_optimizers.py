"""Each optimizer and schedule, to the last digit, against its formula worked out here by hand."""

import math

import numpy as np
import pytest

from course import given
from minnet.layers import Linear, Sequential
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


def rng(seed=0):
    return np.random.default_rng(seed)


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


KINDS = {
    "SGD": SGD,
    "momentum": lambda p, lr: SGD(p, lr, momentum=0.9),
    "Nesterov": lambda p, lr: SGD(p, lr, momentum=0.9, nesterov=True),
    "weight decay": lambda p, lr: SGD(p, lr, momentum=0.5, weight_decay=0.1),
    "AdaGrad": AdaGrad,
    "RMSProp": RMSProp,
    "Adam": Adam,
    "AdamW": AdamW,
}
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


def sgd(lr=0.1):
    return SGD(w(), lr)


def with_gradient(shape, gradient):
    """A parameter whose gradient was set by hand."""
    parameter = Tensor(np.ones(shape))
    parameter.grad = gradient
    return parameter


def released():
    y = Tensor(2.0) * 3
    y.backward()
    return y


ONE, OTHER = Tensor(1.0), SGD([Tensor(1.0)], 0.1)


def another_shape(parameter):
    """The parameter, with other data in it, which numpy would stretch its gradient to."""
    parameter.data = np.ones((2, 3))
    return parameter


REFUSED = {
    "no parameters": (lambda: SGD([], 0.1), ValueError, "give network.parameters"),
    "a generator of none": (lambda: SGD((p for p in []), 0.1), ValueError, "no parameters"),
    "one twice": (lambda: SGD([ONE, ONE], 0.1), ValueError, "stands twice"),
    "a Tensor alone": (lambda: Adam(Tensor([1.0, 2.0])), TypeError, "a list .* not one Tensor"),
    "a network": (lambda: Optimizer(Linear(2, 3, rng=rng()), 0.1), TypeError, "not one Linear"),
    "None for parameters": (lambda: SGD(None, 0.1), TypeError, "not one NoneType"),
    "a word for parameters": (lambda: SGD("w", 0.1), TypeError, "a Tensor, not str"),
    "an array": (lambda: SGD([np.ones(2)], 0.1), TypeError, "a Tensor, not ndarray"),
    "a result": (lambda: SGD([ONE * 2], 0.1), ValueError, "a parameter is a leaf"),
    "a released result": (lambda: SGD([released()], 0.1), ValueError, "a parameter is a leaf"),
    "a negative rate": (lambda: sgd(-0.1), ValueError, "lr goes from 0 .* not -0.1"),
    "a rate of nan": (lambda: Adam(w(), float("nan")), ValueError, "not nan"),
    "a rate without end": (lambda: AdaGrad(w(), np.inf), ValueError, "lr .* below inf, not inf"),
    "a word for a rate": (lambda: Adam(w(), "fast"), TypeError, "lr is a number, not 'fast'"),
    "a truth for a rate": (lambda: RMSProp(w(), True), TypeError, "lr is a number, not True"),
    "a Tensor for a rate": (lambda: sgd(Tensor(0.1)), TypeError, "lr is a number, not Tensor"),
    "momentum 1": (
        lambda: SGD(w(), 0.1, momentum=1.0),
        ValueError,
        "momentum goes from 0 to below 1",
    ),
    "negative momentum": (lambda: SGD(w(), 0.1, momentum=-0.1), ValueError, "not -0.1"),
    "Nesterov without momentum": (
        lambda: SGD(w(), 0.1, nesterov=True),
        ValueError,
        "momentum above 0",
    ),
    "a word for Nesterov": (
        lambda: SGD(w(), 0.1, momentum=0.9, nesterov="no"),
        TypeError,
        "True or False, not 'no'",
    ),
    "growth for decay": (lambda: SGD(w(), 0.1, weight_decay=-1), ValueError, "weight_decay goes"),
    "AdamW's growth": (lambda: AdamW(w(), weight_decay=np.nan), ValueError, "weight_decay .* nan"),
    "a beta of 1": (lambda: Adam(w(), betas=(0.9, 1.0)), ValueError, "beta goes from 0 to below 1"),
    "a negative beta": (lambda: AdamW(w(), betas=(-0.9, 0.9)), ValueError, "beta .* not -0.9"),
    "one beta": (lambda: Adam(w(), betas=(0.9,)), ValueError, r"two numbers, .* not \(0.9,\)"),
    "three betas": (lambda: Adam(w(), betas=[0.9] * 3), ValueError, "two numbers"),
    "a number for betas": (lambda: Adam(w(), betas=0.9), ValueError, "two numbers, .* not 0.9"),
    "decay 1": (lambda: RMSProp(w(), decay=1.0), ValueError, "decay goes"),
    "a word for decay": (lambda: RMSProp(w(), decay="0.9"), TypeError, "decay is a number"),
    "0 / 0 in AdaGrad": (lambda: AdaGrad(w(), epsilon=0), ValueError, "epsilon goes from 1e-30"),
    "0 / 0 in RMSProp": (lambda: RMSProp(w(), epsilon=0), ValueError, "epsilon goes from 1e-30"),
    "0 / 0 in Adam": (lambda: Adam(w(), epsilon=0), ValueError, "epsilon goes from 1e-30"),
    "epsilon nan": (lambda: AdamW(w(), epsilon=np.nan), ValueError, "epsilon .* not nan"),
    "step before backward": (lambda: sgd().step(), ValueError, r"step\(\) before backward"),
    "a gradient that would be stretched": (
        lambda: SGD([with_gradient(3, np.array(1.0))], 0.1).step(),
        ValueError,
        r"grad has shape \(\), and w \(3,\)",
    ),
    "a gradient of one row more": (
        lambda: Adam([with_gradient((2, 3), np.ones(3))]).step(),
        ValueError,
        r"grad has shape \(3,\), and w \(2, 3\)",
    ),
    "data that was replaced after backward": (
        lambda: SGD([another_shape(with_gradient(3, np.ones(3)))], 0.1).step(),
        ValueError,
        r"a parameter of shape \(2, 3\) has a gradient of shape \(3,\): its data was replaced",
    ),
    "a Tensor for a gradient": (
        lambda: AdaGrad([with_gradient(1, Tensor([2.0]))]).step(),
        TypeError,
        "does not know Tensors",
    ),
    "clipping to less than nothing": (
        lambda: clip_gradients(w(), -1),
        ValueError,
        "most goes from .* not -1",
    ),
    "clipping to nothing": (lambda: clip_gradients(w(), 0), ValueError, "most goes from .* not 0"),
    "clipping to nan": (lambda: clip_gradients(w(), np.nan), ValueError, "most .* not nan"),
    "clipping to a word": (lambda: clip_gradients(w(), "1"), TypeError, "most is a number"),
    "clipping before backward": (
        lambda: clip_gradients(w(), 1.0),
        ValueError,
        r"clip_gradients\(\) before backward",
    ),
    "clipping a Tensor alone": (
        lambda: clip_gradients(with_gradient(2, np.ones(2)), 1.0),
        TypeError,
        "not one Tensor",
    ),
    "clipping nan": (
        lambda: clip_gradients([with_gradient(2, np.array([1, np.nan]))], 1.0),
        ValueError,
        "the length nan",
    ),
    "clipping infinity": (
        lambda: clip_gradients([with_gradient(2, np.array([1, np.inf]))], 1.0),
        ValueError,
        "the length inf",
    ),
    "a schedule of no steps": (
        lambda: CosineDecay(sgd(), steps=0),
        ValueError,
        "steps is 1 or more, not 0",
    ),
    "a schedule of half a step": (
        lambda: CosineDecay(sgd(), steps=2.5),
        TypeError,
        "steps is a whole number, not 2.5",
    ),
    "a decay that rises": (
        lambda: CosineDecay(sgd(), steps=3, lowest=0.5),
        ValueError,
        "lowest goes up to .* 0.1, not 0.5",
    ),
    "lowest below 0": (lambda: CosineDecay(sgd(), steps=3, lowest=-1), ValueError, "lowest goes"),
    "a schedule of a rate": (
        lambda: InverseTimeDecay(0.1, rate=0.1),
        TypeError,
        "of an optimizer, not of 0.1",
    ),
    "a schedule of parameters": (
        lambda: StepDecay(w(), every=2),
        TypeError,
        "of an optimizer, not of",
    ),
    "a negative decay": (lambda: InverseTimeDecay(sgd(), rate=-1), ValueError, "rate goes from 0"),
    "every no steps": (lambda: StepDecay(sgd(), every=0), ValueError, "every is 1 or more"),
    "every True": (lambda: StepDecay(sgd(), every=True), TypeError, "every is a whole number"),
    "a step that grows": (lambda: StepDecay(sgd(), every=2, factor=1.5), ValueError, "factor goes"),
    "exponential growth": (
        lambda: ExponentialDecay(sgd(), factor=1.1),
        ValueError,
        "factor goes from 0 to below 1, not 1.1",
    ),
    "a word for a factor": (lambda: ExponentialDecay(sgd(), factor="½"), TypeError, "factor is"),
    "a warm-up of no steps": (lambda: WarmUp(sgd(), steps=0), ValueError, "steps is 1 or more"),
    "a warm-up, then a number": (
        lambda: WarmUp(sgd(), steps=3, then=0.1),
        TypeError,
        "then is a schedule, or None, not 0.1",
    ),
    "a warm-up, then another's schedule": (
        lambda: WarmUp(sgd(), steps=3, then=ExponentialDecay(OTHER, factor=0.5)),
        ValueError,
        "give both the same optimizer",
    ),
    "a warm-up to another rate": (
        lambda: warm_up_after_a_change(),
        ValueError,
        "starts from lr 0.1 .* ends at 0.5",
    ),
}


def warm_up_after_a_change():
    optimizer = sgd()
    then = ExponentialDecay(optimizer, factor=0.5)
    optimizer.lr = 0.5
    WarmUp(optimizer, steps=3, then=then)


@pytest.mark.parametrize("what", REFUSED)
def test_what_makes_no_sense_is_refused_with_the_way_out(what):
    attempt, kind, said = REFUSED[what]
    with pytest.raises(kind, match=said):
        attempt()


@pytest.mark.parametrize("lr", [0.1, np.float32(0.1), np.float64(0.1), 1, np.int64(1)], ids=repr)
@pytest.mark.parametrize("name", [*UPDATES, "cosine"])
def test_float32_stays_float32_whatever_kind_of_number_lr_is(name, lr):
    """numpy 2 computes float32 times np.float64 in float64: nothing of that may remain."""
    a, b = (Tensor(np.array([[1.0, -2.0, 0.5]] * 2, np.float32)) for _ in range(2))
    kinds = {"cosine": lambda p, lr: RMSProp(p, lr), **KINDS}
    pairs = [(kinds[name]([a], lr), a), (kinds[name]([b], float(lr)), b)]
    schedules = [CosineDecay(o, steps=np.int64(9)) for o, _ in pairs] if name == "cosine" else []
    for g in GRADIENTS[:5]:
        for optimizer, w in pairs:
            w.grad = np.stack([g, -g]).astype(np.float32)
            optimizer.step()
            memory = [m for m in vars(optimizer).values() if isinstance(m, list)]
            arrays = [m for each in memory for m in each if isinstance(m, np.ndarray)]
            assert all(m.dtype == np.float32 for m in [w.data, *arrays])
            assert type(optimizer.lr) is float
        for schedule in schedules:
            schedule.step()
    np.testing.assert_array_equal(a.data, b.data)


def test_other_settings_are_plain_numbers_too():
    one, other = (Tensor(START.astype(np.float32)) for _ in range(2))
    settings = {"betas": (0.8, 0.9), "epsilon": 1e-3, "weight_decay": 0.1}
    exotic = {k: np.float64(v) if k != "betas" else list(map(np.float64, v))
              for k, v in settings.items()}  # fmt: skip
    for w, chosen in ((one, settings), (other, exotic)):
        optimizer = AdamW([w], 0.1, **chosen)
        for g in GRADIENTS:
            w.grad = g.astype(np.float32)
            optimizer.step()
    np.testing.assert_array_equal(one.data, other.data)


def test_a_refused_step_moves_nothing_and_is_not_counted():
    a, b = Tensor([1.0, 2.0]), Tensor([3.0, 4.0])
    for make in (lambda p: SGD(p, 0.1, momentum=0.9), Adam):
        optimizer = make([a, b])
        with pytest.raises(ValueError, match="no parameter has a gradient"):
            optimizer.step()
        a.grad, b.grad = np.ones(2), np.ones(2)
        b.data, numbers = b.data.reshape(1, 2), b.data
        with pytest.raises(ValueError, match="has a gradient of shape"):
            optimizer.step()
        a.grad, b.grad, b.data = None, None, numbers
        assert a.data.tolist() == [1, 2] and b.data.tolist() == [3, 4]
        memory = [optimizer.velocity] if make is not Adam else [optimizer.means, optimizer.squares]
        assert not np.any(memory)
    assert optimizer.t == [0, 0]


def test_adam_corrects_each_parameter_by_its_own_steps():
    """One that gets its first gradient late begins with a step of length lr, as all do."""
    early, late = Tensor(0.0), Tensor(0.0)
    optimizer = Adam([early, late], 0.1)
    for _ in range(300):
        early.grad = np.array(1.0)
        optimizer.step()
    late.grad = np.array(-5.0)
    optimizer.step()
    np.testing.assert_allclose(late.data, 0.1, rtol=1e-6)


def test_a_generator_of_parameters_is_kept_as_a_list():
    network = Sequential(Linear(2, 3, rng=rng()), Linear(3, 1, rng=rng()))
    optimizer = SGD((p for p in network.parameters()), 0.1)
    for _ in range(2):
        before = [p.data.copy() for p in network.parameters()]
        optimizer.zero_grad()
        (network(np.ones((4, 2))) ** 2).mean().backward()
        assert clip_gradients((p for p in network.parameters()), 1e-3) > 1e-3
        lengths = [np.square(p.grad).sum() for p in network.parameters()]
        np.testing.assert_allclose(np.sqrt(sum(lengths)), 1e-3)
        optimizer.step()
        moved = zip(before, network.parameters(), strict=True)
        assert all((old != p.data).any() for old, p in moved)
    optimizer.zero_grad()
    assert all(p.grad is None for p in network.parameters())


@pytest.mark.parametrize("name", UPDATES)
def test_a_gradient_of_nan_is_seen_in_its_parameter_and_in_the_next_loss(name):
    a, b = Tensor([1.0, 2.0]), Tensor([3.0, 4.0])
    optimizer = UPDATES[name][0]([a, b])
    a.grad, b.grad = np.array([np.nan, 1.0]), np.ones(2)
    optimizer.step()
    assert np.isnan(a.data).tolist() == [True, False] and np.isfinite(b.data).all()
    assert np.isnan((a * b).sum().item())


def test_huge_float32_gradients_are_clipped_and_not_lost():
    """1e25 squared is no float32: the length is added up in float64."""
    w = Tensor(np.ones(2, np.float32))
    w.grad = np.array([3e25, 4e25], np.float32)
    np.testing.assert_allclose(clip_gradients([w], 10.0), 5e25)
    np.testing.assert_allclose(w.grad, [6, 8], rtol=1e-6)
    assert w.grad.dtype == np.float32


def test_clipping_what_it_refuses_leaves_all_gradients_alone():
    a, b = with_gradient(2, np.array([30.0, 40.0])), with_gradient((), np.array(np.inf))
    with pytest.raises(ValueError, match="length inf"):
        clip_gradients([a, b], 1.0)
    assert a.grad.tolist() == [30, 40]


def test_a_rate_set_by_hand_holds_until_the_schedules_next_step():
    optimizer = sgd(0.4)
    schedule = ExponentialDecay(optimizer, factor=0.5)
    schedule.step()
    optimizer.lr = 7.0
    assert optimizer.lr == 7.0
    schedule.step()
    assert optimizer.lr == 0.1


def test_an_optimizer_of_ones_own_needs_only_move():
    class Sign(Optimizer):
        def move(self, i, parameter):
            parameter.data -= self.lr * np.sign(parameter.grad)

    x = Tensor(3.0)
    x.grad = np.array(17.0)
    Sign([x], 0.5).step()
    assert x.data == 2.5


def line_path(size, lr, passes, seed, *, schedule_of=None, noise=1.0, n=100):
    """The (w, b) after each update of a line through n points, its points and their targets."""
    order = rng(seed)
    x = order.normal(size=n)
    y = 2 * x + 1 + noise * order.normal(size=n)
    place, path = Tensor([0.0, 0.0]), []
    optimizer = SGD([place], lr)
    schedule = schedule_of and schedule_of(optimizer)
    design = np.stack([x, np.ones(n)], axis=1)
    for _ in range(passes):
        rows = order.permutation(n)
        for some in np.split(rows, n // size):
            loss = ((design[some] @ place - y[some]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            if schedule:
                schedule.step()
            path.append(place.data.copy())
    return np.array(path), design, y


def line(*settings, **more):
    """How far a line is from its optimum after training, on average over the last updates."""
    path, design, y = line_path(*settings, **more)
    away = np.linalg.norm(path - np.linalg.lstsq(design, y)[0], axis=1)
    return np.mean(away[-max(1, len(away) // 10) :])


def falling(optimizer):
    return InverseTimeDecay(optimizer, rate=0.05)


def test_sgd_wanders_settles_with_a_falling_rate_and_rests_without_noise():
    constant, settled = [], []
    for seed in range(20):
        constant.append(line(1, 0.03, 3, seed))
        settled.append(line(1, 0.05, 3, seed, schedule_of=falling))
        assert line(100, 0.1, 60, seed) < 0.01, seed  # plain descent arrives
        assert line(1, 0.03, 6, seed, noise=0.0) < 0.01, seed  # nobody pulls
    assert np.mean(constant) > 2 * np.mean(settled)
    assert np.mean(np.array(constant) > settled) >= 0.9


def test_a_rate_that_fades_too_fast_stops_on_the_way():
    for seed in range(20):
        path, design, y = line_path(
            1, 0.02, 2, seed, schedule_of=lambda o: ExponentialDecay(o, factor=0.9)
        )
        away = np.linalg.norm(path - np.linalg.lstsq(design, y)[0], axis=1)
        assert away[-1] > 0.5, seed  # all its rates together are 0.2


def test_single_examples_go_down_sooner_per_pass_and_half_of_their_updates_go_up_in_the_end():
    shares = []
    for seed in range(20):
        path, design, y = line_path(1, 0.03, 4, seed)
        cost = ((path @ design.T - y) ** 2).mean(axis=1)
        plain = line_path(100, 0.1, 1, seed)[0]
        assert cost[99] < ((plain @ design.T - y) ** 2).mean(), seed  # both after one pass
        shares.append((np.diff(cost[-100:]) > 0).mean())
    assert 0.4 < np.mean(shares) < 0.6


def test_the_pull_of_adamw_is_the_same_for_all_and_that_of_a_gradient_is_not():
    w, other = Tensor([1.0, 1.0]), Tensor([1.0, 1.0])
    apart, within = AdamW([w], 0.01, weight_decay=0.1), Adam([other], 0.01)
    for t in range(300):
        to_and_fro = (-1) ** t * np.array([10.0, 0.1])
        w.grad, other.grad = to_and_fro.copy(), to_and_fro + 0.1 * other.data
        apart.step()
        within.step()
    np.testing.assert_allclose(w.data, (1 - 0.001) ** 300, atol=0.02)
    assert other.data[0] > 0.9 and other.data[1] < 0.2


def test_clipping_climbs_down_a_cliff():
    w = Tensor(1.1)
    optimizer = SGD([w], 0.01)
    for _ in range(60):
        optimizer.zero_grad()
        ((w**20 - 0.5) ** 2).backward()
        before = w.data.copy()
        clip_gradients([w], 1.0)
        optimizer.step()
        assert abs(w.data - before) <= 0.01 + 1e-12
    assert abs(w.data - 0.5**0.05) < 0.01


def test_momentum_ends_ten_times_as_fast_as_its_rate():
    w = Tensor(0.0)
    optimizer = SGD([w], 1.0, momentum=0.9)
    for _ in range(200):
        before = w.data.copy()
        w.grad = np.array(1.0)
        optimizer.step()
    np.testing.assert_allclose(before - w.data, 10, rtol=1e-6)


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


def test_the_law_of_the_step_on_columns_as_they_were_measured():
    """Along a column the cost is a d², with a its mean square: 1 / a is the largest lr."""
    columns, progress = given.diabetes_table("bmi", "s1")
    assert columns.shape == (442, 2) and progress.shape == (442,)
    columns, progress = columns - columns.mean(axis=0), progress - progress.mean()
    steepest = np.linalg.eigvalsh(columns.T @ columns / 442)[-1]
    assert abs(1 / steepest - 1 / (columns[:, 1] ** 2).mean()) < 1e-5
    for share, arrives in ((0.98, True), (1.02, False)):
        w = Tensor([0.0, 1.0])
        optimizer = SGD([w], share / steepest)
        for _ in range(400):
            loss = ((columns @ w - progress) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        best = np.linalg.lstsq(columns, progress)[0]
        assert (np.linalg.norm(w.data - best) < 0.1) == arrives


@pytest.mark.parametrize("shape", [(), (2, 3)], ids=str)
@pytest.mark.parametrize("name", UPDATES)
def test_a_float64_rate_set_by_hand_leaves_float32_as_it_is(name, shape):
    w = Tensor(np.ones(shape, np.float32))
    optimizer = UPDATES[name][0]([w])
    for lr in (np.float64(0.1), np.float64(0.2)):
        optimizer.lr = lr
        w.grad = np.full(shape, 0.5, np.float32)
        optimizer.step()
        memory = [m for each in vars(optimizer).values() if isinstance(each, list) for m in each]
        arrays = [m for m in memory if isinstance(m, np.ndarray)]
        assert all(m.dtype == np.float32 for m in [w.data, *arrays])
        assert type(w.data) is np.ndarray


def test_the_rates_that_nobody_chose_are_the_fields():
    """Where no lr is given: 0.01 for AdaGrad and RMSProp, 0.001 for Adam and AdamW."""
    w = Tensor([1.0])
    assert [make([w]).lr for make in (AdaGrad, RMSProp, Adam, AdamW)] == [0.01, 0.01, 0.001, 0.001]
