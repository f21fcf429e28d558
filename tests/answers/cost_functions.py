"""Answers to chapter 2, each with the verdict that it deserves."""

import numpy as np


def root(p, t):
    return np.sqrt(((p - t) ** 2).mean())


def caret(p, t):
    return ((p - t) ^ 2).mean()


def five(p, t):
    return ((p - t) ** 2).sum() / 5


def by_hand(p, t):
    total = 0
    for i in range(len(p)):
        total += (p[i] - t[i]) ** 2
    return total / len(p)


def half_slope(p, t):
    return (p - t) / len(p)


def slopes_in_a_list(p, t):
    return [2 * (a - b) / len(t) for a, b in zip(p, t)]


def by_if(p, happened):
    return np.mean([-np.log(a) if b else -np.log(1 - a) for a, b in zip(p, happened)])


def only_rain(p, happened):
    return -np.log(p[happened]).mean()


def one_if(p, happened):
    return -np.log(p).mean() if happened else -np.log(1 - p).mean()


def in_heads(p, happened):
    return -np.log2(np.where(happened, p, 1 - p)).mean()


def unshifted(a):
    return np.log(np.exp(a) / sum(np.exp(a)))


def by_the_mean(a):
    shifted = a - a.mean()
    return shifted - np.log(np.exp(shifted).sum())


def cut_small(a):
    return np.log(np.exp(a - a.max()) / np.exp(a - a.max()).sum() + 1e-300)


def shift_in_place(a):
    a -= a.max()
    return a - np.log(np.exp(a).sum())


def cost_not_slope(p, one_hot):
    return -(one_hot * np.log(p)).sum() / len(p)


def per_row(p, one_hot):
    return p - one_hot


def in_place(p, one_hot):
    p -= one_hot
    return p / len(p)


def swapped(log_p, actions, advantages):
    return -(log_p[actions, np.arange(len(actions))] * advantages).mean()


def with_n(log_p, actions, advantages):
    return (-log_p[np.arange(n), actions] * advantages).mean()  # noqa: F821


def numpys_mean(log_p, actions, advantages):
    return np.mean(-log_p[np.arange(len(actions)), actions] * advantages)


def no_sign(log_p, actions, advantages):
    return (log_p[np.arange(len(actions)), actions] * advantages).mean()


def huber_cost(misses, delta):
    return np.where(abs(misses) < delta, misses**2 / 2, delta * (abs(misses) - delta / 2))


def twice_then_cut(misses, delta):
    return np.clip(2 * misses, -delta, delta)


def by_two_wheres(misses, delta):
    return np.where(misses > delta, delta, np.where(misses < -delta, -delta, misses))


def school_e(k):
    return np.log(2.718 + k - 1) - 1


def from_softmax(k):
    return -np.log(np.exp(1) / (np.exp(1) + (k - 1)))


ANSWERS = [
    ("my_mean_squared_error", root, "not yet", "natural"),
    ("my_mean_squared_error", caret, "not yet", "natural"),
    ("my_mean_squared_error", five, "not yet", "natural"),
    ("my_mean_squared_error", by_hand, "right", "natural"),
    ("my_mean_squared_error", lambda p, t: print(((p - t) ** 2).mean()), "not yet", "natural"),
    ("my_mean_absolute_error", lambda p, t: abs((p - t).mean()), "not yet", "natural"),
    ("my_mse_gradient", half_slope, "not yet", "natural"),
    ("my_mse_gradient", slopes_in_a_list, "right, but", "natural"),
    ("my_mse_gradient", lambda p, t: -2 * (p - t) / len(p), "not yet", "natural"),
    ("my_surprise", by_if, "right", "natural"),
    ("my_surprise", only_rain, "not yet", "natural"),
    ("my_surprise", one_if, "not yet", "natural"),
    ("my_surprise", in_heads, "not yet", "natural"),
    ("my_log_softmax", unshifted, "not yet", "natural"),
    ("my_log_softmax", by_the_mean, "not yet", "natural"),
    ("my_log_softmax", cut_small, "not yet", "probing"),
    ("my_log_softmax", shift_in_place, "right, but", "natural"),
    ("my_cross_entropy_gradient", cost_not_slope, "not yet", "natural"),
    ("my_cross_entropy_gradient", per_row, "not yet", "natural"),
    ("my_cross_entropy_gradient", in_place, "right, but", "natural"),
    ("my_policy_loss", swapped, "not yet", "natural"),
    ("my_policy_loss", with_n, "not yet", "natural"),
    ("my_policy_loss", numpys_mean, "right, but", "natural"),
    ("my_policy_loss", no_sign, "not yet", "natural"),
    ("my_huber_slope", huber_cost, "not yet", "natural"),
    ("my_huber_slope", twice_then_cut, "not yet", "natural"),
    ("my_huber_slope", by_two_wheres, "right", "natural"),
    ("my_floor", school_e, "not yet", "natural"),
    ("my_floor", from_softmax, "right", "natural"),
    ("a move that turns MAE further", (130, 600), "right", "natural"),
    ("a move that turns MAE further", [130, 565.0], "right", "natural"),
    ("a move that turns MAE further", (130, 565_000), "not yet", "natural"),
    ("a move that turns MAE further", (565, 130), "not yet", "natural"),
    ("a move that turns MAE further", (110, 855), "not yet", "natural"),
    ("a move that turns MAE further", (50, 600), "not yet", "natural"),
    ("a move that turns MAE further", (90, 700), "not yet", "natural"),
    ("a move that turns MAE further", (5, 565), "not yet", "natural"),
    ("a move that turns MAE further", ("130", 565), "not yet", "probing"),
    ("a move that turns MAE further", "130, 565", "right", "probing"),
    ("which line turns further", "mae", "right", "natural"),
    ("which line turns further", "MSE", "not yet", "natural"),
    ("MAE slope of a castle for 150", 0, "not yet", "natural"),
    ("MAE slope of a castle for 150", "-1/5", "right", "natural"),
    ("tickets and heads", 1024, "not yet", "natural"),
    ("tickets and heads", 10.0, "right", "natural"),
    ("what to say each day", 70, "not yet", "natural"),
    ("what to say each day", 0.5, "not yet", "natural"),
    ("share read after a hundred steps", 0.8, "not yet", "natural"),
    ("share read after a hundred steps", 1.0, "not yet", "natural"),
    ("share read after a hundred steps", 95, "not yet", "natural"),
    ("share read with softmax twice", 0.1, "not yet", "natural"),
    ("share read with softmax twice", 0.85, "right", "natural"),
    ("agents that get gifts and do not compare", "a third", "right", "natural"),
    ("agents that get gifts and do not compare", "all", "not yet", "natural"),
    ("first loss of ten classes", 2.3, "right", "natural"),
    ("first loss of ten classes", 1, "not yet", "natural"),
]
