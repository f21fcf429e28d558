"""A cost function says with one real number how good a model is. It is minimised where it counts
what is wrong (cost, loss, error), and maximised where it counts what is won (reward).
"""

import numpy as np

from minnet.tensors import exp, op

__all__ = [
    "binary_cross_entropy",
    "cross_entropy",
    "huber",
    "log_softmax",
    "mean_absolute_error",
    "mean_squared_error",
    "policy_loss",
    "sigmoid",
    "softmax",
]


def check_same_shape(predictions, targets):
    """Refuse an empty batch, and shapes that numpy would stretch, such as (n, 1) against (n,)."""
    if predictions.shape != targets.shape:
        raise ValueError("one prediction for each target: reshape one of them, to equal shapes")
    if predictions.size == 0:
        raise ValueError("there are no predictions: is the batch empty?")


@op
def mean_squared_error(predictions, targets):
    """The mean of (prediction - target)² over all elements; the shapes are equal.

    A prediction receives 2 g (prediction - target) / n, and its target the opposite.
    """
    check_same_shape(predictions, targets)
    misses = 1.0 * predictions - targets
    n = misses.size
    return (misses**2).sum() / n, lambda g: g * 2 * misses / n, lambda g: g * -2 * misses / n


@op
def mean_absolute_error(predictions, targets):
    """The mean of |prediction - target| over all elements; the shapes are equal.

    A prediction receives g / n with the sign of its miss, and 0 where it does not miss.
    """
    check_same_shape(predictions, targets)
    misses = 1.0 * predictions - targets
    n, signs = misses.size, np.sign(misses)
    return np.abs(misses).sum() / n, lambda g: g * signs / n, lambda g: -g * signs / n


@op
def huber(predictions, targets, *, delta=1.0):
    """The mean of miss² / 2 up to `delta`, and of delta (|miss| - delta / 2) beyond; equal shapes.

    A prediction receives g miss / n, its miss cut off at ±delta. P. Huber 1964.
    """
    check_same_shape(predictions, targets)
    if not delta > 0:
        raise ValueError(f"delta is {delta}: the length up to which misses are squared is above 0")
    misses = 1.0 * predictions - targets
    n, inside = misses.size, np.clip(misses, -delta, delta)
    cost = (inside * (misses - inside / 2)).sum() / n
    return cost, lambda g: g * inside / n, lambda g: -g * inside / n


@op
def sigmoid(a):
    """y = 1 / (1 + e to the power -a), elementwise, between 0 and 1. a receives g y (1 - y)."""
    small = np.exp(-np.abs(a))  # at most 1: nothing overflows
    y = np.where(a >= 0, 1, small) / (1 + small)
    return y, lambda g: g * y * (1 - y)


def log_probabilities(a, axis):
    """The logarithms of softmax along `axis`, of a plain array."""
    shifted = 1.0 * a - a.max(axis, keepdims=True)  # the largest is 0: nothing overflows
    return shifted - np.log(np.exp(shifted).sum(axis, keepdims=True))


@op
def log_softmax(a, *, axis=-1):
    """y = a - ln Σ e to the power a, along `axis`: the logarithms of probabilities.

    a receives g - p Σ g, with p = softmax(a).
    """
    y = log_probabilities(a, axis)
    return y, lambda g: g - np.exp(y) * g.sum(axis, keepdims=True)


def softmax(a, *, axis=-1):
    """Probabilities: e to the power a, divided by its sum along `axis`; they sum to 1."""
    return exp(log_softmax(a, axis=axis))


def check_logits(logits):
    """(n, classes), if the logits are a table: a row for each example, a column for each class."""
    if logits.ndim != 2:
        raise ValueError(f"logits have shape {logits.shape}: give a table, (n, classes)")
    return logits.shape


def check_labels(labels, n, classes):
    """Refuse what is not n whole numbers from 0 to classes - 1."""
    labels = np.asarray(labels)
    if labels.shape != (n,):
        raise ValueError(f"labels have shape {labels.shape}: give one for each row, ({n},)")
    if labels.dtype.kind not in "iu":
        raise ValueError(f"labels are {labels.dtype}: give whole numbers, with .astype(int)")
    if n == 0:
        raise ValueError("there are no labels: is the batch empty?")
    if labels.min() < 0 or labels.max() >= classes:
        raise ValueError(
            f"labels go from {labels.min()} to {labels.max()}, classes from 0 to {classes - 1}"
        )


@op
def cross_entropy(logits, labels, *, label_smoothing=0.0):
    """The mean surprise -ln p(label), p = softmax(logits): logits (n, classes), labels (n,).

    Logits receive g (p - wanted) / n; `wanted` is 1 at the label, or, with smoothing s,
    1 - s there and s / classes more everywhere.
    """
    n, classes = check_logits(logits)
    check_labels(labels, n, classes)
    if not 0 <= label_smoothing <= 1:
        raise ValueError(f"label_smoothing is {label_smoothing}: give a share from 0 to 1")
    log_p, right = log_probabilities(logits, axis=1), (np.arange(n), labels)
    wanted = np.full_like(log_p, label_smoothing / classes)
    wanted[right] += 1 - label_smoothing
    surprise = -(wanted * log_p).sum() if label_smoothing else -log_p[right].sum()
    return surprise / n, lambda g: g * (np.exp(log_p) - wanted) / n, None


@op
def policy_loss(logits, actions, advantages):
    """The mean of advantage times surprise -ln p(action): logits (n, choices), the others (n,).

    Logits receive g advantage (p - one_hot) / n. An advantage is a reward minus its average;
    minimising this cost maximises the reward. R. Williams 1992, REINFORCE.
    """
    n, choices = check_logits(logits)
    check_labels(actions, n, choices)
    if advantages.shape != actions.shape:
        raise ValueError(f"advantages have shape {advantages.shape}: one for each action, ({n},)")
    log_p, done = log_probabilities(logits, axis=1), (np.arange(n), actions)
    one_hot = np.zeros_like(log_p)
    one_hot[done] = 1
    cost = -(log_p[done] * advantages).sum() / n
    return cost, lambda g: g * advantages[:, None] * (np.exp(log_p) - one_hot) / n, None, None


@op
def binary_cross_entropy(logits, targets):
    """The mean surprise of yes-no answers, p = sigmoid(logits); shapes are equal, targets 0 to 1.

    A logit receives g (p - target) / n.
    """
    check_same_shape(logits, targets)
    if not ((targets >= 0) & (targets <= 1)).all():
        raise ValueError("targets are probabilities of a yes: give numbers from 0 to 1")
    a, n = 1.0 * logits, logits.size
    cost = (np.maximum(a, 0) - a * targets + np.log1p(np.exp(-np.abs(a)))).sum() / n
    return cost, lambda g: g * (sigmoid(a) - targets) / n, None
