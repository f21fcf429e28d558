"""A cost function says with one real number how good a model is. It is minimised where it counts
what is wrong (cost, loss, error), and maximised where it counts what is won (reward).
"""

import numpy as np

from minnet import checks
from minnet.tensors import op


def misses_of(predictions, targets):
    """prediction - target, in the dtype of the one that holds floats; float64 where none does."""
    checks.require_same_shape(predictions, targets)
    kinds = [a.dtype for a in (predictions, targets) if a.dtype.kind == "f"] or [float]
    return np.subtract(predictions, targets, dtype=kinds[0])


@op
def mean_squared_error(predictions, targets, /):
    """The mean of (prediction - target)² over all elements; the shapes are equal.

    A prediction receives 2 g (prediction - target) / n, and its target the opposite.
    """
    d = misses_of(predictions, targets)
    n = d.size
    return (d * d).sum() / n, lambda g: (2 * g / n) * d, lambda g: (-2 * g / n) * d


@op
def mean_absolute_error(predictions, targets, /):
    """The mean of |prediction - target| over all elements; the shapes are equal.

    A prediction receives g / n with the sign of its miss, and 0 where it does not miss.
    """
    d = misses_of(predictions, targets)
    n = d.size
    return np.abs(d).sum() / n, lambda g: (g / n) * np.sign(d), lambda g: (-g / n) * np.sign(d)


@op
def sigmoid(a, /):
    """y = 1 / (1 + e to the power -a), elementwise, between 0 and 1. a receives g y (1 - y)."""
    small = np.exp(-np.abs(a))  # at most 1: nothing overflows
    y = np.where(a >= 0, 1, small) / (1 + small)
    return y, lambda g: g * y * (1 - y)


@op
def binary_cross_entropy_with_logits(logits, targets, /):
    """The mean surprise of yes-no answers, p = sigmoid(logits); shapes are equal, targets 0 to 1.

    A logit receives g (p - target) / n.
    """
    checks.require_same_shape(logits, targets)
    a, n = logits, logits.size
    if a.dtype.kind == "f":
        targets = targets.astype(a.dtype, copy=False)
    checks.require_probabilities(targets)
    cost = (np.maximum(a, 0) - a * targets + np.log1p(np.exp(-np.abs(a)))).sum() / n
    return cost, lambda g: (g / n) * (sigmoid(a) - targets), None


def log_probabilities(a, axis):
    """The logarithms of softmax along `axis`, of a plain array."""
    shifted = a - a.max(axis, keepdims=True)  # the largest is 0: nothing overflows
    return shifted - np.log(np.exp(shifted).sum(axis, keepdims=True))


@op
def log_softmax(a, /, *, axis=-1):
    """y = a - ln Σ e to the power a, along `axis`: the logarithms of probabilities.

    a receives g - p Σ g, with p = softmax(a).
    """
    y = log_probabilities(a, axis)
    return y, lambda g: g - np.exp(y) * g.sum(axis, keepdims=True)


@op
def softmax(a, /, *, axis=-1):
    """y = e to the power a, divided by its sum along `axis`: probabilities, which sum to 1.

    a receives y (g - Σ g y).
    """
    y = np.exp(a - a.max(axis, keepdims=True))  # the largest is 1: nothing overflows
    y /= y.sum(axis, keepdims=True)

    def to_a(g):
        share = g * y
        share -= y * share.sum(axis, keepdims=True)
        return share

    return y, to_a


@op
def cross_entropy(logits, labels, /, *, weight=None, ignore_index=None, label_smoothing=0.0):
    """The mean surprise -ln p(label), p = softmax(logits): logits (n, classes), labels (n,).

    Logits receive g (p - wanted) / n, where `wanted` is 1 at the label and 0 elsewhere.
    With settings, `weighted_surprise` says what is wanted, and how much each row counts.
    """
    n, classes = checks.require_logits(logits)
    labels = checks.require_labels(labels, n, classes, checks.require_ignored(ignore_index))
    log_p, right = log_probabilities(logits, axis=1), (np.arange(n), labels)
    if weight is not None or ignore_index is not None or label_smoothing != 0:
        return weighted_surprise(log_p, labels, weight, ignore_index, label_smoothing)

    def to_logits(g):
        p = np.exp(log_p)
        p[right] -= 1  # p - wanted
        p *= g / n
        return p

    return -log_p[right].sum() / n, to_logits, None


@op
def policy_loss(logits, actions, advantages, /):
    """The mean of advantage times surprise -ln p(action): logits (n, choices), the others (n,).

    Logits receive g advantage (p - one_hot) / n. An advantage is a reward minus its average;
    minimising this cost maximises the reward. R. Williams 1992, REINFORCE.
    """
    n, choices = checks.require_logits(logits)
    checks.require_labels(actions, n, choices)
    log_p, done = log_probabilities(logits, axis=1), (np.arange(n), actions)
    advantages = checks.require_advantages(advantages, n).astype(log_p.dtype, copy=False)

    def to_logits(g):
        p = np.exp(log_p)
        p[done] -= 1  # p - one_hot
        p *= (g / n) * advantages[:, None]
        return p

    return -(log_p[done] * advantages).sum() / n, to_logits, None, None


@op
def huber(predictions, targets, /, *, delta=1.0):
    """The mean of miss² / 2 up to `delta`, and of delta (|miss| - delta / 2) beyond; equal shapes.

    A prediction receives g miss / n, its miss cut off at ±delta. P. Huber 1964.
    """
    delta = float(checks.require_number("delta", delta, 1e-30, np.inf))
    d = misses_of(predictions, targets)
    n, inside = d.size, np.clip(d, -delta, delta)
    cost = (inside * (d - inside / 2)).sum() / n
    return cost, lambda g: (g / n) * inside, lambda g: (-g / n) * inside


def weighted_surprise(log_p, labels, weight, ignore_index, label_smoothing):
    """cross_entropy where not all rows count alike, or where not only the label is wanted.

    A row counts by `weight`, one number for each class, of its label, and not at all where that
    is `ignore_index`; the mean is taken over what counts. With smoothing s, wanted is 1 - s at
    the label and s / classes everywhere, each class times its weight.
    """
    classes, s = log_p.shape[1], checks.require_share("label_smoothing", label_smoothing)
    weight = checks.require_class_weights(weight, classes).astype(log_p.dtype)
    rows = np.flatnonzero(labels != ignore_index)  # all of them, where that is None
    right, counts = (rows, labels[rows]), weight[labels[rows]]
    total, own, spread = (
        checks.require_counted(counts.sum()),
        (1 - s) * counts,
        s / classes * weight,
    )
    surprise = -(own * log_p[right]).sum()
    if s:
        surprise -= (log_p[rows] @ spread).sum()

    def to_logits(g):
        whole = np.zeros_like(log_p)
        whole[rows] = np.exp(log_p[rows]) * (own + spread.sum())[:, None] - spread
        whole[right] -= own
        whole *= g / total
        return whole

    return surprise / total, to_logits, None


__all__ = [
    "binary_cross_entropy_with_logits",
    "cross_entropy",
    "huber",
    "log_softmax",
    "mean_absolute_error",
    "mean_squared_error",
    "policy_loss",
    "sigmoid",
    "softmax",
]
