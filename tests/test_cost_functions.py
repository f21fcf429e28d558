"""Costs: their values worked out in another way, their gradients, their doors, their stories."""

import math

import numpy as np
import pytest
from helpers.gradients import check

from minnet import cost_functions
from minnet.checks import require_labels, require_same_shape
from minnet.cost_functions import (
    binary_cross_entropy_with_logits,
    cross_entropy,
    huber,
    log_softmax,
    mean_absolute_error,
    mean_squared_error,
    policy_loss,
    sigmoid,
    softmax,
)
from minnet.tensors import Tensor, exp, log

rng = np.random.default_rng(0)
LABELS = np.array([0, 2, 1, 1, 0])


def some(*shape):
    return rng.normal(size=shape)


WEIGHT = np.array([0.5, 2.5, 1.25])
SOFT = rng.uniform(size=(4, 3))
ADVANTAGES = np.array([2, -1, 3, 0, -2])
FAR = np.array([0.3, -2.7, 1.9, -0.6])  # misses inside and beyond 1, none at the corner

CASES = {
    "mean_squared_error: a table": (mean_squared_error, some(4, 3), some(4, 3)),
    "mean_squared_error: one number": (mean_squared_error, some(), some()),
    "mean_squared_error: a stack": (mean_squared_error, some(2, 4, 3), some(2, 4, 3)),
    "mean_squared_error: with itself": (lambda a: mean_squared_error(a, a * a), some(4, 3)),
    "mean_absolute_error: a table": (mean_absolute_error, some(4, 3), some(4, 3)),
    "mean_absolute_error: a row": (mean_absolute_error, some(5), some(5)),
    "huber: inside and beyond": (huber, FAR, np.zeros(4)),
    "huber: another delta": (lambda p, t: huber(p, t, delta=0.5), FAR, np.zeros(4)),
    "sigmoid: both sides": (sigmoid, np.array([[-3.2, -0.4, 0.7], [2.5, 6.1, -8.3]])),
    "log_softmax: along rows": (log_softmax, some(4, 3)),
    "log_softmax: along columns": (lambda a: log_softmax(a, axis=0), some(4, 3)),
    "log_softmax: in a stack": (lambda a: log_softmax(a, axis=1), some(2, 4, 3)),
    "softmax: along rows": (softmax, some(4, 3)),
    "softmax: along columns": (lambda a: softmax(a, axis=0), some(4, 3)),
    "cross_entropy: five rows": (lambda a: cross_entropy(a, LABELS), some(5, 3)),
    "cross_entropy: smoothed": (
        lambda a: cross_entropy(a, LABELS, label_smoothing=0.2),
        some(5, 3),
    ),
    "cross_entropy: weighted": (
        lambda a: cross_entropy(a, LABELS, weight=WEIGHT),
        some(5, 3),
    ),
    "cross_entropy: some ignored": (
        lambda a: cross_entropy(a, LABELS, ignore_index=1),
        some(5, 3),
    ),
    "cross_entropy: weighted, smoothed, some ignored": (
        lambda a: cross_entropy(
            a, [-100, 2, 1, 1, 0], weight=WEIGHT, ignore_index=-100, label_smoothing=0.2
        ),
        some(5, 3),
    ),
    "cross_entropy: the row twice": (lambda a: cross_entropy(a + 2 * a, LABELS), some(5, 3)),
    "binary_cross_entropy_with_logits: yes and no": (
        lambda a: binary_cross_entropy_with_logits(a, np.array([1, 0, 0, 1])),
        some(4),
    ),
    "binary_cross_entropy_with_logits: between": (
        lambda a: binary_cross_entropy_with_logits(a, SOFT.astype(a.dtype)),
        some(4, 3),
    ),
    "policy_loss: five pulls": (lambda a: policy_loss(a, LABELS, ADVANTAGES), some(5, 3)),
}
COSTS = [mean_squared_error, mean_absolute_error, huber]


@pytest.mark.parametrize("case", list(CASES.values()), ids=list(CASES))
def test_gradients(case):
    check(*case)


# Values, worked out number by number


def by_hand(cost, p, t, delta=1.0):
    """The mean of the costs of single misses, with nothing but Python's own numbers."""
    of_one = {
        mean_squared_error: lambda m: m * m,
        mean_absolute_error: abs,
        huber: lambda m: m * m / 2 if abs(m) <= delta else delta * (abs(m) - delta / 2),
    }[cost]
    misses = [float(a) - float(b) for a, b in zip(np.ravel(p), np.ravel(t), strict=True)]
    return sum(map(of_one, misses)) / len(misses)


@pytest.mark.parametrize("cost", COSTS)
@pytest.mark.parametrize("shape", [(), (5,), (4, 3), (2, 1, 3)])
def test_a_cost_is_the_mean_over_all_elements(cost, shape):
    p, t = 3 * rng.normal(size=shape), rng.normal(size=shape)
    assert cost(p, t) == pytest.approx(by_hand(cost, p, t), rel=1e-12)
    assert cost(Tensor(p), t).item() == cost(p, t)
    assert cost(t, p) == pytest.approx(cost(p, t), rel=1e-12)


@pytest.mark.parametrize("cost", [mean_squared_error, mean_absolute_error])
def test_predictions_keep_their_dtype_whatever_the_targets_are(cost):
    for own, other in ((np.float32, float), (float, np.float32), (np.float32, int)):
        loss = cost(Tensor(np.array([1, 2], own)), np.array([2, 4], other))
        assert loss.dtype == own


def test_huber_is_half_the_square_near_and_nearly_the_length_far():
    p, t = rng.uniform(-0.9, 0.9, 20), np.zeros(20)
    assert huber(p, t) == pytest.approx(mean_squared_error(p, t) / 2)
    assert huber(p, t, delta=1e-6) / 1e-6 == pytest.approx(mean_absolute_error(p, t), rel=1e-4)


@pytest.mark.parametrize("cost", COSTS)
@pytest.mark.parametrize("kind", [np.uint8, np.int8, np.uint16, np.int32, bool])
def test_whole_numbers_do_not_wrap(cost, kind):
    most = 1 if kind is bool else np.iinfo(kind).max
    p, t = np.array([0, most, 3], kind), np.array([most, 0, 1], kind)
    assert cost(p, t) == pytest.approx(by_hand(cost, p, t))
    assert cost(p, t.astype(float)) == pytest.approx(by_hand(cost, p, t))
    leaf = Tensor(p.astype(np.float64))
    assert cost(leaf, t).item() == pytest.approx(by_hand(cost, p, t))


@pytest.mark.parametrize("kind", [np.uint8, np.int8, np.int32, np.int64])
def test_whole_logits_are_as_good_as_floats(kind):
    a = np.array([[0, 100, 3], [127, 126, 90]], kind)
    if kind is not np.uint8:
        a = a - np.array(2, kind) * a[::-1]  # -127 is among them
    floats, labels = a.astype(float), np.array([1, 0])
    for function in (sigmoid, softmax, log_softmax):
        np.testing.assert_allclose(function(a), function(floats), rtol=1e-12)
    assert cross_entropy(a, labels) == pytest.approx(cross_entropy(floats, labels))
    assert policy_loss(a, labels, labels) == pytest.approx(policy_loss(floats, labels, labels))
    yes = np.array([[0, 1, 0], [1, 1, 0]], np.uint8)
    assert binary_cross_entropy_with_logits(a, yes) == pytest.approx(
        binary_cross_entropy_with_logits(floats, yes)
    )


def softmax_by_hand(row):
    """Python's exact integers and its own exp: no shift, so for small logits only."""
    powers = [math.exp(a) for a in row]
    return [power / sum(powers) for power in powers]


def test_softmax_and_its_logarithm_are_probabilities():
    a = rng.normal(size=(5, 3))
    p = np.array([softmax_by_hand(row) for row in a])
    np.testing.assert_allclose(softmax(a), p, rtol=1e-12)
    np.testing.assert_allclose(log_softmax(a), np.log(p), rtol=1e-11)
    np.testing.assert_allclose(softmax(a.T, axis=0), p.T, rtol=1e-12)
    np.testing.assert_allclose(softmax(a + 1e4), p, rtol=1e-9)
    assert [round(math.fsum(row), 12) for row in softmax(300 * a)] == [1.0] * 5


def test_sigmoid_is_the_softmax_of_two():
    a = rng.normal(size=7)
    two = softmax(np.stack([a, np.zeros(7)], axis=1))
    np.testing.assert_allclose(sigmoid(a), two[:, 0], rtol=1e-12)
    np.testing.assert_allclose(sigmoid(-a), 1 - sigmoid(a), rtol=1e-12)


def test_cross_entropy_is_the_mean_surprise_at_the_labels():
    a = rng.normal(size=(5, 3))
    surprise = [-math.log(softmax_by_hand(a[i])[LABELS[i]]) for i in range(5)]
    assert cross_entropy(a, LABELS) == pytest.approx(sum(surprise) / 5, rel=1e-12)


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_label_smoothing_mixes_the_labels_with_all_classes_alike(share):
    a = np.random.default_rng(3).normal(size=(5, 3))
    uniform = np.mean([cross_entropy(a, np.full(5, k)) for k in range(3)])
    mixed = (1 - share) * cross_entropy(a, LABELS) + share * uniform
    assert cross_entropy(a, LABELS, label_smoothing=share) == pytest.approx(mixed, rel=1e-12)


def test_fused_costs_have_the_gradients_of_the_composed_ones():
    a, advantages = rng.normal(size=(5, 3)), rng.normal(size=5)
    rows = np.arange(5)
    pairs = [
        (lambda t: cross_entropy(t, LABELS), lambda t: -log_softmax(t)[rows, LABELS].mean()),
        (
            lambda t: policy_loss(t, LABELS, advantages),
            lambda t: -(log_softmax(t)[rows, LABELS] * advantages).mean(),
        ),
        (
            lambda t: mean_squared_error(t, SOFT[:1] + a),
            lambda t: ((t - SOFT[:1] - a) ** 2).mean(),
        ),
    ]
    for fused, composed in pairs:
        one, other = Tensor(a), Tensor(a)
        assert fused(one).item() == pytest.approx(composed(other).item(), rel=1e-12)
        fused(one).backward()
        composed(other).backward()
        np.testing.assert_allclose(one.grad, other.grad, rtol=1e-10, atol=1e-14)


def test_binary_cross_entropy_with_logits_is_the_mean_surprise_of_a_yes_or_a_no():
    a = rng.normal(size=(4, 3))
    p = 1 / (1 + np.exp(-a))
    wanted = -(SOFT * np.log(p) + (1 - SOFT) * np.log(1 - p)).mean()
    assert binary_cross_entropy_with_logits(a, SOFT) == pytest.approx(wanted, rel=1e-12)


def test_policy_loss_with_advantage_one_is_cross_entropy():
    a = rng.normal(size=(5, 3))
    assert policy_loss(a, LABELS, np.ones(5)) == pytest.approx(cross_entropy(a, LABELS))
    assert policy_loss(a, LABELS, np.zeros(5)) == 0


# Far out


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_nothing_overflows(dtype):
    a = np.array([[1000.0, 0.0, -1000.0]], dtype)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        np.testing.assert_array_equal(softmax(a), [[1, 0, 0]])
        np.testing.assert_array_equal(log_softmax(a), [[0, -1000, -2000]])
        np.testing.assert_array_equal(sigmoid(a), [[1, 0.5, 0]])
        for label, cost in ((0, 0), (1, 1000), (2, 2000)):
            leaf = Tensor(a)
            loss = cross_entropy(leaf, np.array([label]))
            loss.backward()
            assert loss.item() == cost
            np.testing.assert_array_equal(leaf.grad, softmax(a) - np.eye(3)[[label]])
        leaf = Tensor(a)
        loss = binary_cross_entropy_with_logits(leaf, np.array([[0, 1, 1]]))
        loss.backward()
        assert loss.item() == pytest.approx((1000 + math.log(2) + 1000) / 3)
        np.testing.assert_allclose(leaf.grad, [[1 / 3, -0.5 / 3, -1 / 3]], rtol=1e-6)


def test_a_forbidden_choice_does_not_spoil_the_others():
    a = np.array([[0.5, -np.inf, 1.5], [-np.inf, 0.0, 0.0]])
    allowed = np.array([softmax_by_hand(row) for row in a])
    leaf = Tensor(a)
    loss = cross_entropy(leaf, np.array([0, 2]))
    loss.backward()
    assert loss.item() == pytest.approx(-np.log(allowed[[0, 1], [0, 2]]).mean())
    np.testing.assert_allclose(leaf.grad, (allowed - np.eye(3)[[0, 2]]) / 2, rtol=1e-12)
    assert np.isfinite(policy_loss(a, np.array([0, 2]), np.ones(2)))
    weighted, labels = Tensor(a), np.array([0, 2])
    again = cross_entropy(weighted, labels, weight=[1, 1, 1])
    again.backward()
    assert again.item() == pytest.approx(loss.item())
    np.testing.assert_allclose(weighted.grad, leaf.grad, rtol=1e-12)


def test_a_small_surprise_keeps_its_digits():
    tiny = pytest.approx(math.exp(-40), rel=1e-9, abs=0)
    assert binary_cross_entropy_with_logits(np.array([40.0]), np.ones(1)) == tiny
    assert sigmoid(np.array([-40.0]))[0] == tiny


# At the door


def against(cost, predictions, targets):
    """A call of the cost with predictions and targets of these shapes."""
    return lambda: cost(Tensor(np.full(predictions, 0.5)), np.full(targets, 0.5))


def labelled(logits, labels=(0, 1, 2), **settings):
    """A call of cross_entropy with logits of this shape."""
    return lambda: cross_entropy(np.zeros(logits), np.array(labels, int), **settings)


def rewarded(logits, advantages, actions=(0, 1, 2)):
    """A call of policy_loss with logits and advantages of these shapes."""
    return lambda: policy_loss(np.zeros(logits), np.array(actions, int), np.ones(advantages))


def probably(*targets):
    """A call of binary_cross_entropy_with_logits with these targets."""
    return lambda: binary_cross_entropy_with_logits(np.zeros(len(targets)), np.array(targets))


def bent(delta):
    return lambda: huber(np.zeros(2), np.zeros(2), delta=delta)


FOR_EACH, EMPTY = "one prediction for each target", "is the batch empty"
REFUSED = {
    "a share below 0": (labelled((3, 4), label_smoothing=-0.1), ValueError, "share from 0 to 1"),
    "a share above 1": (labelled((3, 4), label_smoothing=1.5), ValueError, "share from 0 to 1"),
    "a share of nan": (labelled((3, 4), label_smoothing=np.nan), ValueError, "share from 0 to 1"),
    "logits: one": (labelled(()), ValueError, r"logits have shape \(\): give a table, \(n, cla"),
    "logits: a row": (labelled(4), ValueError, r"logits have shape \(4,\): give a table"),
    "logits: a stack": (labelled((3, 4, 2)), ValueError, r"shape \(3, 4, 2\): give a table"),
    "logits: no rows": (labelled((0, 4), ()), ValueError, EMPTY),
    "policy: one": (rewarded((), 3), ValueError, r"logits have shape \(\): give a table"),
    "policy: a row": (rewarded(4, 3), ValueError, r"logits have shape \(4,\): give a table"),
    "policy: a stack": (rewarded((3, 4, 2), 3), ValueError, r"\(3, 4, 2\): give a table"),
    "policy: no rows": (rewarded((0, 4), 0, ()), ValueError, EMPTY),
    "policy: a column": (rewarded((3, 4), (3, 1)), ValueError, "one for each action"),
    "a share that is a word": (
        labelled((3, 4), label_smoothing="a lot"),
        TypeError,
        "label_smoothing is a number, not 'a lot'",
    ),
    "weights: one too few": (
        labelled((3, 4), weight=[1.0, 2.0, 1.0]),
        ValueError,
        r"weight is float64 of shape \(3,\): give one number for each class, \(4,\)",
    ),
    "weights: one below 0": (
        labelled((3, 4), weight=[1.0, 2.0, -3.0, 1.0]),
        ValueError,
        r"weight -3.0: give numbers from 0",
    ),
    "weights: one of nan": (
        labelled((3, 4), weight=[1.0, 2.0, np.nan, 1.0]),
        ValueError,
        r"the weight nan",
    ),
    "weights: a Tensor": (
        labelled((3, 4), weight=Tensor(np.ones(4))),
        TypeError,
        r"use .* \.numpy\(\)",
    ),
    "weights: of nothing that is there": (
        labelled((3, 4), weight=[0, 0, 0, 1]),
        ValueError,
        "no label counts: all are ignore_index, or of classes of weight 0",
    ),
    "labels: all ignored": (
        labelled((3, 4), (2, 2, 2), ignore_index=2),
        ValueError,
        "no label counts",
    ),
    "labels: below 0, and another ignored": (
        labelled((3, 4), (0, -1, -100), ignore_index=-100),
        ValueError,
        "labels go from -1 to 0, classes from 0 to 3, and -100 is ignored",
    ),
    "labels: -100, and nothing said of it": (
        labelled((3, 4), (0, 1, -100)),
        ValueError,
        "labels go from -100 to 1, classes from 0 to 3",
    ),
    "ignored: a list": (
        labelled((3, 4), ignore_index=[0, 1]),
        TypeError,
        r"ignore_index is a whole number, such as -100, not \[0, 1\]",
    ),
    "labels by keyword": (
        lambda: cross_entropy(np.zeros((3, 4)), labels=np.array([0, 1, 2])),
        TypeError,
        r"cross_entropy\(\) got some positional-only arguments passed as keyword .*'labels'",
    ),
    "a probability below 0": (probably(0.5, -0.1), ValueError, "target is -0.1: .* from 0 to 1"),
    "a probability above 1": (probably(0.5, 2), ValueError, "a target is 2.0: .* from 0 to 1"),
    "whole numbers above 1": (probably(1, 2), ValueError, "a target is 2.0: .* from 0 to 1"),
    "a probability of nan": (probably(0.5, np.nan), ValueError, "target is nan: .* from 0 to 1"),
    "huber: a corner at 0": (bent(0.0), ValueError, "delta goes from 1e-30 .* not 0.0"),
    "huber: a corner below 0": (bent(-1.0), ValueError, "delta goes from .* not -1.0"),
    "huber: a corner at nan": (bent(np.nan), ValueError, "delta goes from .* not nan"),
    "huber: a corner at a word": (bent("1"), TypeError, "delta is a number, not '1'"),
    "one number for three": (lambda: huber(np.zeros(3), 0.0), ValueError, FOR_EACH),
    "sigmoid of a word": (lambda: sigmoid("a"), TypeError, "sigmoid works with real numbers"),
}
for function in (softmax, log_softmax):
    REFUSED |= {
        f"{function.__name__}: an axis that is not there": (
            lambda function=function: function(np.zeros((3, 4)), axis=2),
            ValueError,
            r"shapes \(3, 4\): axis 2 is out of bounds",
        ),
        f"{function.__name__}: of nothing": (
            lambda function=function: function(np.zeros((3, 0))),
            ValueError,
            "zero-size array",
        ),
    }
for cost in (*COSTS, binary_cross_entropy_with_logits):
    said = rf"{cost.__name__}.*\(5, 1\).*{FOR_EACH}"
    REFUSED |= {
        f"{cost.__name__}: a column and a row": (against(cost, (5, 1), 5), ValueError, said),
        f"{cost.__name__}: a row and a column": (against(cost, 5, (5, 1)), ValueError, said),
        f"{cost.__name__}: of nothing": (against(cost, (0, 3), (0, 3)), ValueError, EMPTY),
    }


@pytest.mark.parametrize("what", REFUSED)
def test_what_makes_no_sense_is_refused_with_the_way_out(what):
    attempt, kind, said = REFUSED[what]
    with pytest.raises(kind, match=said):
        attempt()


def test_require_same_shape_lets_equal_shapes_in():
    assert require_same_shape(np.zeros((2, 3)), Tensor(np.zeros((2, 3)))) is None


WRONG_LABELS = {
    "floats": (np.array([0.0, 1.0, 2.0]), "labels are float64: give whole numbers"),
    "one too large": (np.array([0, 1, 4]), "labels go from 0 to 4, classes from 0 to 3"),
    "one below": (np.array([0, -1, 3]), "labels go from -1 to 3, classes from 0 to 3"),
    "a column": (np.array([[0], [1], [2]]), r"shape \(3, 1\): give one for each row, \(3,\)"),
    "one too few": (np.array([0, 1]), r"shape \(2,\): give one for each row, \(3,\)"),
    "one-hot": (np.eye(4)[:3], r"shape \(3, 4\): give one for each row, \(3,\)"),
}


@pytest.mark.parametrize("labels, told", WRONG_LABELS.values(), ids=list(WRONG_LABELS))
def test_wrong_labels_are_refused(labels, told):
    for function in (
        lambda: cross_entropy(Tensor(np.zeros((3, 4))), labels),
        lambda: cross_entropy(np.zeros((3, 4)), labels),
        lambda: policy_loss(np.zeros((3, 4)), labels, np.ones(3)),
        lambda: require_labels(labels, 3, 4),
    ):
        with pytest.raises(ValueError, match=told):
            function()


@pytest.mark.parametrize("kind", [np.uint8, np.int32, np.int64, list])
def test_whole_labels_of_any_kind_are_welcome(kind):
    labels = [2, 0, 3] if kind is list else np.array([2, 0, 3], kind)
    assert cross_entropy(np.zeros((3, 4)), labels) == pytest.approx(math.log(4))


NO_NUMBERS = [None, "a", 1j * np.ones((3, 4)), [object()], (each for each in "ab")]


@pytest.mark.parametrize(
    "value", NO_NUMBERS, ids=["None", "words", "complex", "object", "generator"]
)
@pytest.mark.parametrize("name", cost_functions.__all__)
def test_what_is_no_number_is_refused_by_name(name, value):
    function, table = getattr(cost_functions, name), np.full((3, 4), 0.5)
    others = {"cross_entropy": [[0, 1, 2]], "policy_loss": [[0, 1, 2], np.ones(3)]}
    alone = name in ("sigmoid", "softmax", "log_softmax")
    inputs = [Tensor(table), *others.get(name, [] if alone else [table])]
    for i in range(len(inputs)):
        with pytest.raises(TypeError, match="works with real numbers, not") as told:
            function(*inputs[:i], value, *inputs[i + 1 :])
        assert name in str(told.value) or (name, i) == ("softmax", 0)
    function(*inputs)


def test_where_nothing_is_missed_nothing_is_received():
    for cost in COSTS:
        a, b = Tensor([1.0, 2.0, 3.0]), Tensor([1.0, 0.0, 3.0])
        cost(a, b).backward()
        assert a.grad[0] == a.grad[2] == 0 < a.grad[1]
        assert b.grad[0] == b.grad[2] == 0 > b.grad[1]


def test_what_is_not_a_number_stays_so():
    """nan in, nan out, in the value and the gradient: training stops at such a loss."""
    for cost in COSTS:
        a = Tensor([[1.0, np.nan], [0.5, 2.0]])
        loss = cost(a, np.zeros((2, 2)))
        loss.backward()
        assert np.isnan(loss.data) and np.isnan(a.grad).tolist() == [[False, True], [False, False]]
    a = Tensor([[1.0, np.nan], [0.5, 2.0]])
    loss = cross_entropy(a, np.array([0, 1]))
    loss.backward()
    assert np.isnan(loss.data) and np.isnan(a.grad).tolist() == [[True, True], [False, False]]


def test_what_takes_no_gradient_is_refused_as_a_tensor():
    leaf = Tensor(np.zeros((3, 4)))
    with pytest.raises(TypeError, match="takes no gradient for input 1"):
        binary_cross_entropy_with_logits(leaf, Tensor(np.zeros((3, 4))))
    with pytest.raises(TypeError, match="takes no gradient for input 2"):
        policy_loss(leaf, np.array([0, 1, 2]), Tensor(np.zeros(3)))


def test_weights_and_ignored_labels_are_those_of_the_mean_over_what_counts():
    a = rng.normal(size=(5, 3))
    labels = np.array([0, -100, 1, 1, 2])
    surprise = [-math.log(softmax_by_hand(a[i])[labels[i]]) for i in (0, 2, 3, 4)]
    assert cross_entropy(a, labels, ignore_index=-100) == pytest.approx(sum(surprise) / 4)
    w = [WEIGHT[k] for k in (0, 1, 1, 2)]
    wanted = sum(x * y for x, y in zip(w, surprise, strict=True)) / sum(w)
    weighted = cross_entropy(a, labels, weight=WEIGHT, ignore_index=-100)
    assert weighted == pytest.approx(wanted, rel=1e-12)
    ones = cross_entropy(a, LABELS, weight=[1, 1, 1], label_smoothing=0.1)
    assert ones == pytest.approx(cross_entropy(a, LABELS, label_smoothing=0.1), rel=1e-14)


def test_an_ignored_row_has_no_say_whatever_stands_in_it():
    a = rng.normal(size=(4, 3))
    a[1] = [-np.inf, np.inf, 7]
    rest, labels = [0, 2, 3], np.array([2, 0, 1, 0])
    leaf, other = Tensor(a), Tensor(a[rest])
    with np.errstate(invalid="ignore"):
        for s in (0.0, 0.1):
            settings = {"weight": WEIGHT, "label_smoothing": s}
            leaf.grad = other.grad = None
            labels[1] = 7
            loss = cross_entropy(leaf, labels, ignore_index=7, **settings)
            alone = cross_entropy(other, labels[rest], **settings)
            assert loss.item() == pytest.approx(alone.item(), rel=1e-14)
            loss.backward()
            alone.backward()
            np.testing.assert_allclose(leaf.grad[rest], other.grad, rtol=1e-13)
            assert (leaf.grad[1] == 0).all()


@pytest.mark.parametrize("cost", [*COSTS, binary_cross_entropy_with_logits])
@pytest.mark.parametrize("kind", [bool, np.uint8, np.int64, np.float64])
def test_float32_predictions_stay_float32_in_every_step(cost, kind):
    """A float64 table in a float32 step would be seen in the gradient's rule already."""
    p, t = np.full((4, 3), 0.25, np.float32), np.eye(4, 3).astype(kind)
    if kind is np.float64:
        t = t.astype(np.float32)  # op does this to float constants
    value, rule, *_ = cost.__wrapped__(p, t)
    assert value.dtype == np.float32 and rule(np.float32(1)).dtype == np.float32


def test_settings_of_any_kind_of_number_leave_float32_as_it_is():
    a = rng.normal(size=(5, 3)).astype(np.float32)
    for settings in (
        {},
        {"weight": WEIGHT},
        {"label_smoothing": np.float64(0.1)},
        {"ignore_index": np.int64(1), "weight": [1, 2, 3]},
    ):
        value, rule, _ = cross_entropy.__wrapped__(a, LABELS, **settings)
        assert value.dtype == rule(np.float32(1)).dtype == np.float32
    value, rule, _ = huber.__wrapped__(a, a + 1, delta=np.float64(0.5))
    assert value.dtype == rule(np.float32(1)).dtype == np.float32
    value, rule, *_ = policy_loss.__wrapped__(a, LABELS, ADVANTAGES)
    assert value.dtype == rule(np.float32(1)).dtype == np.float32


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_cost_beyond_all_numbers_is_infinite_and_its_gradient_still_points_back(dtype):
    huge = np.finfo(dtype).max / 4
    for miss in (huge, -huge):
        p = np.array([miss, 1.0], dtype)
        for cost, value, gradient in (
            (mean_squared_error, np.inf, miss),
            (mean_absolute_error, huge / 2, np.sign(miss) / 2),
            (huber, huge / 2, np.sign(miss) / 2),
        ):
            leaf = Tensor(p)
            with np.errstate(over="ignore"):
                loss = cost(leaf, np.array([0.0, 1.0]))
            loss.backward()
            np.testing.assert_allclose([loss.item(), *leaf.grad], [value, gradient, 0], rtol=1e-6)
    for cost, gradient in ((mean_squared_error, np.inf), (mean_absolute_error, 1), (huber, 1)):
        leaf = Tensor(np.array([np.inf], dtype))
        loss = cost(leaf, np.zeros(1))
        loss.backward()
        assert loss.item() == np.inf and leaf.grad == gradient


def test_a_mean_of_squares_adds_up_many_small_misses():
    """A million times 0.1² in float32: by np.vdot(d, d), it would be 0.0099996."""
    many = np.full(1_000_000, 0.1, np.float32)
    assert mean_squared_error(many, np.zeros_like(many)) == pytest.approx(0.01, rel=1e-5)


# PyTorch as the judge


def functions_of_torch(torch):
    kinds = torch.nn.functional
    return {
        "mean_squared_error": kinds.mse_loss,
        "mean_absolute_error": kinds.l1_loss,
        "huber": kinds.huber_loss,
        "binary_cross_entropy_with_logits": kinds.binary_cross_entropy_with_logits,
        "cross_entropy": kinds.cross_entropy,
        "sigmoid": torch.sigmoid,
        "softmax": lambda a, axis=-1: torch.softmax(a, axis),
        "log_softmax": lambda a, axis=-1: torch.log_softmax(a, axis),
    }


MISSED = [-100, 2, 1, 1, 0]
IN_TORCH = {
    "mean_squared_error": ((some(4, 3), some(4, 3)), {}),
    "mean_absolute_error": ((some(4, 3), some(4, 3)), {}),
    "huber": ((3 * some(4, 3), some(4, 3)), {"delta": 0.7}),
    "binary_cross_entropy_with_logits": ((9 * some(4, 3), SOFT), {}),
    "sigmoid": ((9 * some(4, 3),), {}),
    "softmax, columns": ((9 * some(4, 3),), {"axis": 0}),
    "log_softmax, columns": ((9 * some(4, 3),), {"axis": 0}),
    "cross_entropy": ((some(5, 3), LABELS), {}),
    "cross_entropy, smoothed": ((some(5, 3), LABELS), {"label_smoothing": 0.3}),
    "cross_entropy, smoothed whole": ((some(5, 3), LABELS), {"label_smoothing": 1.0}),
    "cross_entropy, weighted": ((some(5, 3), LABELS), {"weight": WEIGHT}),
    "cross_entropy, ignored": ((some(5, 3), MISSED), {"ignore_index": -100}),
    "cross_entropy, a class ignored": ((some(5, 3), LABELS), {"ignore_index": 1}),
    "cross_entropy, weighted, ignored": (
        (some(5, 3), MISSED),
        {"weight": WEIGHT, "ignore_index": -100},
    ),
    "cross_entropy, smoothed, ignored": (
        (some(5, 3), MISSED),
        {"label_smoothing": 0.3, "ignore_index": -100},
    ),
    "cross_entropy, weighted, smoothed": (
        (some(5, 3), LABELS),
        {"weight": WEIGHT, "label_smoothing": 0.3},
    ),
    "cross_entropy, weighted, smoothed, ignored": (
        (some(5, 3), MISSED),
        {"weight": WEIGHT, "label_smoothing": 0.3, "ignore_index": -100},
    ),
    "cross_entropy, a class of no weight, smoothed, ignored": (
        (some(5, 3), MISSED),
        {"weight": np.array([0.0, 1.5, 2.0]), "label_smoothing": 0.3, "ignore_index": -100},
    ),
}


@pytest.mark.parametrize("case", IN_TORCH)
def test_values_and_gradients_are_pytorchs(case):
    torch = pytest.importorskip("torch")
    name = case.partition(",")[0]
    (a, *others), settings = IN_TORCH[case]
    leaf, leaf_there = Tensor(a), torch.tensor(a, requires_grad=True)
    value = getattr(cost_functions, name)(leaf, *others, **settings)
    there = functions_of_torch(torch)[name](
        leaf_there,
        *map(torch.tensor, others),
        **{k: torch.tensor(v) if k == "weight" else v for k, v in settings.items()},
    )
    np.testing.assert_allclose(value.data, there.detach().numpy(), rtol=1e-12)
    weights = rng.normal(size=value.shape)
    value.backward(weights)
    there.backward(torch.tensor(weights))
    np.testing.assert_allclose(leaf.grad, leaf_there.grad.numpy(), rtol=1e-10, atol=1e-15)


def test_inputs_are_left_as_they_were():
    a, t = rng.normal(size=(5, 3)), rng.uniform(size=(5, 3))
    before = a.copy(), t.copy(), LABELS.copy()
    for cost in (*COSTS, binary_cross_entropy_with_logits):
        cost(Tensor(a), t).backward()
        cost(a, t)
    cross_entropy(a, LABELS, label_smoothing=0.1)
    policy_loss(a, LABELS, ADVANTAGES)
    for now, then in zip((a, t, LABELS), before, strict=True):
        np.testing.assert_array_equal(now, then)


# The chapter's experiments, in small

SEEDS = range(20)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_constant_is_the_mean_or_the_median(seed):
    prices = np.random.default_rng(seed).exponential(size=7)
    knob = np.linspace(0, prices.max(), 2001)
    for cost, best in ((mean_squared_error, prices.mean()), (mean_absolute_error, None)):
        lowest = knob[np.argmin([cost(np.full(7, c), prices) for c in knob])]
        wanted = np.sort(prices)[3] if best is None else best
        assert lowest == pytest.approx(wanted, abs=prices.max() / 1000)


def line(cost, x, y, lr, steps):
    w, b = Tensor(0.0), Tensor(0.0)
    for _ in range(steps):
        w.grad = b.grad = None
        cost(w * x + b, y).backward()
        for p in (w, b):
            p.data -= lr * p.grad
    return np.array([w.data, b.data])


@pytest.mark.parametrize("seed", SEEDS)
def test_an_outlier_moves_the_line_of_squares_and_no_other(seed):
    chance = np.random.default_rng(seed)
    x = np.linspace(-1.5, 1.5, 9)
    y = 0.5 * x + 0.1 * chance.normal(size=9)
    y[-2] += 2  # far above already
    typo = y + 20 * (np.arange(9) == 7)
    squares = line(mean_squared_error, x, typo, 0.1, 150) - line(mean_squared_error, x, y, 0.1, 150)
    slope, lift = np.polyfit(x, typo - y, 1)
    np.testing.assert_allclose(squares, [slope, lift], atol=0.02)
    assert np.all(np.abs(squares) > 1)
    for cost in (mean_absolute_error, huber):
        before, after = (line(cost, x, each, 0.02, 150) for each in (y, typo))
        np.testing.assert_array_equal(before, after)


def test_comparing_with_the_wrong_shape_teaches_only_the_mean():
    x, y = np.linspace(-1, 1, 5), np.array([1.0, 2.0, 3.0, 4.5, 4.0])
    w, b = Tensor(0.0), Tensor(0.0)
    for _ in range(200):
        w.grad = b.grad = None
        ((w * x.reshape(5, 1) + b - y) ** 2).mean().backward()
        for p in (w, b):
            p.data -= 0.1 * p.grad
    np.testing.assert_allclose([w.data, b.data], [0, y.mean()], atol=1e-6)


def test_the_least_surprised_coin_says_what_happens():
    logit = Tensor(5.0)
    for _ in range(300):
        logit.grad = None
        p = sigmoid(logit)
        (-(7 * log(p) + 3 * log(1 - p)) / 10).backward()
        logit.data -= 1.0 * logit.grad
    assert sigmoid(logit.data) == pytest.approx(0.7, abs=1e-6)


@pytest.mark.parametrize("classes", [2, 4, 10])
def test_first_loss_and_the_floor_of_two_softmaxes(classes):
    logits, labels = np.zeros((6, classes)), np.arange(6) % classes
    assert cross_entropy(logits, labels) == pytest.approx(math.log(classes))
    floor = math.log(math.e + classes - 1) - 1
    assert cross_entropy(np.eye(classes), np.arange(classes)) == pytest.approx(floor)
    chance = np.random.default_rng(0)
    for size in (1, 10, 100):
        twice = cross_entropy(softmax(size * chance.normal(size=(6, classes))), labels)
        assert twice >= floor


PAYOFFS = np.array([0.2, 0.5, 0.8])


@pytest.mark.parametrize("sign, end", [(+1, 0.8), (-1, 0.2)])
def test_the_sign_decides_what_the_agent_becomes_good_at(sign, end):
    logits = Tensor(np.zeros(3))
    for _ in range(300):
        logits.grad = None
        reward = (softmax(logits) * PAYOFFS).sum()
        reward.backward()
        logits.data += sign * logits.grad
    assert reward.item() == pytest.approx(end, abs=0.01)


def test_many_pulls_say_what_the_payoffs_say():
    """The expected policy gradient, each pull weighted by its exact probability."""
    start = np.array([0.3, -0.2, 0.5])
    seeing = Tensor(start)
    (softmax(seeing) * PAYOFFS).sum().backward()
    p = softmax(start)
    baseline = 0.37  # any constant: it changes nothing on average
    blind = Tensor(start[None])
    total = 0
    for action in range(3):
        for reward, chance in ((1, PAYOFFS[action]), (0, 1 - PAYOFFS[action])):
            blind.grad = None
            policy_loss(blind, np.array([action]), np.array([reward - baseline])).backward()
            total = total - p[action] * chance * blind.grad[0]
    np.testing.assert_allclose(total, seeing.grad, rtol=1e-12)


def play(agents, gift, compare, sign=1.0, pulls=200):
    """Agents side by side, one row and one seed each: their probabilities in the end."""
    chances = [np.random.default_rng(seed) for seed in agents]
    logits, average = Tensor(np.zeros((len(chances), 3))), 0.0
    for pull in range(pulls):
        p = softmax(logits.data)
        draws = np.array([chance.random(2) for chance in chances])
        actions = (draws[:, :1] > p.cumsum(axis=1)[:, :2]).sum(axis=1)
        rewards = gift + (draws[:, 1] < PAYOFFS[actions])
        average = average + (rewards - average) / (pull + 1)
        logits.grad = None
        policy_loss(logits, actions, rewards - average if compare else rewards).backward()
        logits.data -= sign * 0.2 * len(chances) * logits.grad
    return softmax(logits.data)


@pytest.mark.parametrize("gift", [0.0, 5.0])
def test_twenty_agents_find_the_best_machine(gift):
    assert (play(SEEDS, gift, compare=True)[:, 2] > 0.6).all()


def test_with_the_wrong_sign_twenty_agents_learn_to_lose():
    assert (play(SEEDS, 0.0, compare=True, sign=-1.0)[:, 0] > 0.6).all()


def test_without_the_comparison_a_gift_for_all_blinds_most_agents():
    assert (play(SEEDS, 5.0, compare=False).argmax(axis=1) == 2).sum() <= 12


def test_plain_arrays_and_tensors_say_the_same():
    a = rng.normal(size=(5, 3))
    assert isinstance(softmax(a), np.ndarray) and isinstance(softmax(Tensor(a)), Tensor)
    np.testing.assert_array_equal(softmax(Tensor(a)).numpy(), softmax(a))
    np.testing.assert_allclose(exp(log_softmax(a)), softmax(a), rtol=1e-14)
