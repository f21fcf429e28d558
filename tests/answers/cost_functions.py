"""Answers to chapter 2, each with the verdict that it deserves."""

import numpy as np

from minnet.cost_functions import cross_entropy

price = prices = np.array([1.0, 2.0, 3.0, 4.0, 15.0])


def naive_softmax(a):
    return np.exp(a) / np.exp(a).sum()


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


def surprise_1(p, rain):
    if rain:
        return -np.log(p)
    return -np.log(1 - p)


def log_softmax_1(a):
    s = a - a.max()
    return s - np.log(np.exp(s).sum())


def log_softmax_2(a):
    s = a - a.max()
    return np.log(np.exp(s) / np.exp(s).sum())


def log_softmax_3(a):
    s = a - a.max()
    return a - np.log(np.exp(s).sum())


def log_softmax_4(a):
    s = a - a.max()
    return np.log(s) - np.log(np.exp(s).sum())


def log_softmax_5(a):
    s = a - a.max()
    return s - np.exp(s).sum()


def log_softmax_6(a):
    s = a - a.max()
    return s - np.log(np.exp(s)).sum()


def log_softmax_7(a):
    s = a - a.max()
    return np.exp(s) / np.exp(s).sum()


def log_softmax_8(a):
    s = a - max(a)
    return s - np.log(sum(np.exp(s)))


def log_softmax_9(a):
    s = a - a.max()
    return -(s - np.log(np.exp(s).sum()))


def log_softmax_10(a):
    s = a / a.max()
    return s - np.log(np.exp(s).sum())


def log_softmax_11(a):
    s = a - 1000
    return s - np.log(np.exp(s).sum())


def log_softmax_12(a):
    s = a - a.mean()
    return s - np.log(np.exp(s).sum())


def log_softmax_13(a):
    s = a - a.max()
    return s - np.log2(np.exp(s).sum())


def log_softmax_14(a):
    a -= a.max()
    return a - np.log(np.exp(a).sum())


def log_softmax_15(a):
    return a - np.log(np.exp(a).sum())


def log_softmax_16(a):
    s = a - a.max()
    return s - np.log(np.exp(a).sum())


def pinball_1(p, t, share):
    above = t - p
    return np.maximum(share * above, (share - 1) * above).mean()


def pinball_2(p, t, share):
    m = t - p
    return np.where(m > 0, share * m, (1 - share) * m).mean()


def pinball_3(p, t, share):
    m = p - t
    return np.where(m > 0, share * m, (share - 1) * m).mean()


def pinball_4(p, t, share):
    m = t - p
    return np.where(m > 0, share * m, (share - 1) * m).mean()


def pinball_5(p, t, share):
    m = abs(t - p)
    return np.where(t > p, share, 1 - share).mean() * m.mean()


def pinball_6(p, t, share):
    m = t - p
    return np.where(m > 0, share * m, (share - 1) * m).sum()


def pinball_7(p, t, share):
    m = abs(t - p)
    return (share * m).mean()


def pinball_8(p, t, share):
    m = t - p
    return np.where(m > 0, share * m, (share - 1) * m)


def pinball_9(p, t, share):
    m = t - p
    return np.minimum(share * m, (share - 1) * m).mean()


def pinball_10(p, t, share):
    m = t - p
    return 2 * np.maximum(share * m, (share - 1) * m).mean()


def pinball_11(p, t, share):
    m = (t - p) ** 2
    return np.where(t > p, share * m, (1 - share) * m).mean()


def huber_slope_1(m, d):
    if m > d:
        return d
    if m < -d:
        return -d
    return m


def of(name, deserved, kind, *answers):
    return [(name, answer, deserved, kind) for answer in answers]


ANSWERS = [
    *of(
        "my_mean_squared_error",
        "not yet",
        "natural",
        root,
        caret,
        five,
        lambda p, t: print(((p - t) ** 2).mean()),
        lambda p, t: (p - t).mean() ** 2,
        lambda p, t: ((p - t) ** 2).sum(),
        lambda p, t: np.sqrt(((p - t) ** 2).mean()),
        lambda p, t: (p - t) ** 2,
        lambda p, t: ((p - t) * 2).mean(),
        lambda p, t: (p - t ^ 2).mean(),
        lambda p, t: (p**2 - t**2).mean(),
        lambda p, t: ((p - t) ** 2).mean() / 2,
        lambda p, t: ((p - t) ** 2).sum() / 5,
        lambda p, t: abs(p - t).mean(),
        lambda p, t: np.mean(p - t),
        lambda p, t: ((p - price) ** 2).mean(),
        lambda p, t: (p**2).sum() / p.size,
        lambda p, t: (p - t**2).mean(),
    ),
    *of(
        "my_mean_squared_error",
        "right",
        "natural",
        by_hand,
        lambda p, t: ((p - t) ** 2).mean(),
        lambda p, t: np.mean(np.square(t - p)),
        lambda p, t: sum(((a - b) ** 2 for a, b in zip(p, t))) / len(t),
        lambda p, t: sum(((a - b) ** 2 for a, b in zip(p.flatten(), t.flatten()))) / p.size,
        lambda p, t: np.sum((p - t) ** 2) / t.size,
    ),
    *of("my_mean_squared_error", "not yet", "probing", lambda p, t: 7),
    *of(
        "my_mean_absolute_error",
        "not yet",
        "natural",
        lambda p, t: abs((p - t).mean()),
        lambda p, t: abs(p - t).sum(),
        lambda p, t: np.sqrt(np.mean((p - t) ** 2)),
        lambda p, t: abs(p) - abs(t),
        lambda p, t: (abs(p) - abs(t)).mean(),
        lambda p, t: np.median(abs(p - t)),
        lambda p, t: abs(p - t),
        lambda p, t: abs(p - t).max(),
        lambda p, t: abs(p - t).sum() / 5,
        lambda p, t: abs(p).sum() / p.size,
        lambda p, t: (p - t).mean(),
        lambda p, t: ((p - t) ** 2).mean(),
    ),
    *of(
        "my_mean_absolute_error",
        "right",
        "natural",
        lambda p, t: abs(p - t).mean(),
        lambda p, t: np.abs(p - t).sum() / len(p),
        lambda p, t: np.mean(np.sqrt((p - t) ** 2)),
        lambda p, t: sum((abs(a - b) for a, b in zip(p, t))) / len(t),
    ),
    *of(
        "my_mse_gradient",
        "not yet",
        "natural",
        half_slope,
        lambda p, t: -2 * (p - t) / len(p),
        lambda p, t: 2 * (p - t),
        lambda p, t: 2 * (t - p) / p.size,
        lambda p, t: (2 * (p - t)).mean(),
        lambda p, t: 2 * (p - t) / 5,
        lambda p, t: (p - t) / p.size,
        lambda p, t: 2 * p / p.size,
        lambda p, t: (p - t) ** 2 / p.size,
        lambda p, t: 2 * abs(p - t) / p.size,
        lambda p, t: np.sign(p - t) / p.size,
        lambda p, t: 2 * (p - t).mean() * np.ones(p.size),
        lambda p, t: 2 * (p - t) * p.size,
    ),
    *of(
        "my_mse_gradient",
        "right, but",
        "natural",
        slopes_in_a_list,
        lambda p, t: [2 * (a - b) / len(p) for a, b in zip(p, t)],
    ),
    *of("my_mse_gradient", "right", "natural", lambda p, t: 2 * (p - t) / len(p)),
    *of(
        "my_surprise",
        "right",
        "natural",
        by_if,
        lambda p, rain: -np.log(np.where(rain, p, 1 - p)).mean(),
        lambda p, rain: np.mean(-np.where(rain, np.log(p), np.log(1 - p))),
        lambda p, rain: -(rain * np.log(p) + (1 - rain) * np.log(1 - p)).mean(),
        lambda p, rain: -(rain * np.log(p) + ~rain * np.log(1 - p)).mean(),
    ),
    *of(
        "my_surprise",
        "not yet",
        "natural",
        only_rain,
        one_if,
        in_heads,
        lambda p, rain: -np.log(p).mean(),
        lambda p, rain: -np.log(np.where(rain, p, 1 - p).mean()),
        lambda p, rain: np.log(np.where(rain, p, 1 - p)).mean(),
        lambda p, rain: -np.log2(np.where(rain, p, 1 - p)).mean(),
        lambda p, rain: -np.log(np.where(rain, 1 - p, p)).mean(),
        lambda p, rain: -np.log(np.where(rain, p, 1 - p)).sum(),
        lambda p, rain: -np.log(np.where(rain, p, 1 - p)),
        lambda p, rain: np.where(rain, p, 1 - p).mean(),
        lambda p, rain: -np.log(np.where(p > 0.5, p, 1 - p)).mean(),
        lambda p, rain: -np.log(np.where(rain, p, ~p)).mean(),
        lambda p, rain: -np.log10(np.where(rain, p, 1 - p)).mean(),
        lambda p, rain: -np.log(p[rain]).mean(),
        lambda p, rain: ((p - rain) ** 2).mean(),
        lambda p, rain: -np.where(rain, np.log(p), 1 - np.log(p)).mean(),
        surprise_1,
        lambda p, rain: -(rain * np.log(p) - ~rain * np.log(1 - p)).mean(),
        lambda p, rain: -(rain * np.log(p) + (1 - rain) * np.log(1 - p)).sum() / 10,
        lambda p, rain: -math.log(np.where(rain, p, 1 - p)).mean(),  # noqa: F821
    ),
    *of(
        "my_log_softmax",
        "not yet",
        "natural",
        unshifted,
        by_the_mean,
        lambda a: a - np.log(np.exp(a).sum()),
        lambda a: np.log(naive_softmax(a)),
        log_softmax_2,
        log_softmax_3,
        log_softmax_4,
        log_softmax_5,
        log_softmax_6,
        log_softmax_7,
        log_softmax_9,
        log_softmax_10,
        log_softmax_11,
        log_softmax_12,
        log_softmax_13,
        log_softmax_15,
        log_softmax_16,
    ),
    *of("my_log_softmax", "not yet", "probing", cut_small),
    *of("my_log_softmax", "right, but", "natural", shift_in_place),
    *of(
        "my_log_softmax",
        "right",
        "natural",
        log_softmax_1,
        log_softmax_8,
        lambda a: a - np.logaddexp.reduce(a),
    ),
    *of("my_log_softmax", "right, but", "probing", log_softmax_14),
    *of(
        "my_cross_entropy_gradient",
        "not yet",
        "natural",
        cost_not_slope,
        per_row,
        lambda p, hot: (p - hot) / 3,
        lambda p, hot: p - hot,
        lambda p, hot: (p - hot) / p.size,
        lambda p, hot: (hot - p) / len(p),
        lambda p, hot: (p - hot) / p.shape[1],
        lambda p, hot: (p - hot).mean(),
        lambda p, hot: (p - hot).mean(axis=0),
        lambda p, hot: (p - hot) * len(p),
        lambda p, hot: -hot / p / len(p),
        lambda p, hot: -np.log(p) * hot / len(p),
        lambda p, hot: 0.333 * (p - hot),
        lambda p, hot: (p - hot) / 4,
        lambda p, hot: p / len(p) - hot,
        lambda p, hot: (np.log(p) - hot) / len(p),
        lambda p, hot: (p - 1) / len(p),
    ),
    *of("my_cross_entropy_gradient", "right, but", "natural", in_place),
    *of(
        "my_cross_entropy_gradient",
        "right",
        "natural",
        lambda p, hot: (p - hot) / len(p),
        lambda p, hot: (p - hot) / p.shape[0],
        lambda p, hot: (p - hot) / hot.sum(),
    ),
    *of(
        "my_policy_loss",
        "not yet",
        "natural",
        swapped,
        with_n,
        no_sign,
        lambda log_p, acts, adv: (log_p[np.arange(len(acts)), acts] * adv).mean(),
        lambda log_p, acts, adv: (-log_p[np.arange(len(acts)), acts] * adv).sum(),
        lambda log_p, acts, adv: -log_p[np.arange(len(acts)), acts].mean() * adv.mean(),
        lambda log_p, acts, adv: (-log_p * adv).mean(),
        lambda log_p, acts, adv: -log_p[np.arange(len(acts)), acts] * adv,
        lambda log_p, acts, adv: (-log_p[np.arange(len(acts)), acts] + adv).mean(),
        lambda log_p, acts, adv: -log_p[np.arange(len(acts)), acts].mean(),
        lambda log_p, acts, adv: (-log_p[acts] * adv).mean(),
        lambda log_p, acts, adv: (-log_p[:, acts] * adv).mean(),
        lambda log_p, acts, adv: -(np.eye(log_p.shape[1])[acts] * log_p).sum(axis=1).mean(),
        lambda log_p, acts, adv: (np.exp(log_p[np.arange(len(acts)), acts]) * adv).mean(),
        lambda log_p, acts, adv: -(np.log(log_p[np.arange(len(acts)), acts]) * adv).mean(),
        lambda log_p, acts, adv: (-log_p[np.arange(len(acts)), acts].data * adv).mean(),
        lambda log_p, acts, adv: float((-log_p[np.arange(len(acts)), acts].data * adv).mean()),
        lambda log_p, acts, adv: (-log_p[np.arange(len(acts)), acts] / adv).mean(),
        lambda log_p, acts, adv: (-log_p[acts, np.arange(len(acts))] * adv).mean(),
        lambda log_p, acts, adv: (-log_p[np.arange(len(acts)), acts] * adv[0]).mean(),
        lambda log_p, acts, adv: (-log_p[np.arange(len(acts)), acts] * abs(adv)).mean(),
        lambda log_p, acts, adv: (-log_p[np.arange(3), acts] * adv).mean(),
        lambda log_p, acts, adv: (-log_p[0, acts] * adv).mean(),
    ),
    *of(
        "my_policy_loss",
        "right, but",
        "natural",
        numpys_mean,
        lambda log_p, acts, adv: -np.mean(log_p[np.arange(len(acts)), acts] * adv),
    ),
    *of(
        "my_policy_loss",
        "right",
        "natural",
        lambda log_p, acts, adv: (-log_p[np.arange(len(acts)), acts] * adv).mean(),
        lambda log_p, acts, adv: -((np.eye(log_p.shape[1])[acts] * log_p).sum(axis=1) * adv).mean(),
        lambda log_p, acts, adv: -(log_p[np.arange(len(acts)), acts] @ adv) / len(acts),
        lambda log_p, acts, adv: (-log_p[range(len(acts)), acts] * adv).mean(),
    ),
    *of(
        "my_policy_loss",
        "right, but",
        "probing",
        lambda log_p, acts, adv: (-log_p[np.arange(len(acts)), acts] * adv).mean().item(),
    ),
    *of(
        "my_huber_slope",
        "not yet",
        "natural",
        huber_cost,
        twice_then_cut,
        lambda m, d: np.clip(m, 0, d),
        lambda m, d: np.clip(m, d, -d),
        lambda m, d: np.where(abs(m) < d, m, d),
        lambda m, d: np.where(abs(m) < d, m, np.sign(m)),
        lambda m, d: np.where(abs(m) < d, m**2 / 2, d * abs(m)),
        lambda m, d: np.minimum(m, d),
        lambda m, d: np.clip(2 * m, -d, d),
        lambda m, d: np.clip(m, -1, 1),
        lambda m, d: np.clip(m, -d, d) ** 2 / 2,
        huber_slope_1,
        lambda m, d: np.clip(abs(m), -d, d),
    ),
    *of(
        "my_huber_slope",
        "right",
        "natural",
        by_two_wheres,
        lambda m, d: np.clip(m, -d, d),
        lambda m, d: np.where(abs(m) < d, m, d * np.sign(m)),
        lambda m, d: np.maximum(-d, np.minimum(d, m)),
    ),
    *of("my_huber_slope", "not yet", "probing", lambda m, d: d * np.tanh(m / d)),
    *of(
        "my_floor",
        "not yet",
        "natural",
        school_e,
        lambda k: -np.log(1 / k),
        lambda k: np.log(k),
        lambda k: np.e / (np.e + k - 1),
        lambda k: -np.log(np.e / (np.e + k)),
        lambda k: 0,
        lambda k: -np.log(1 / (1 + (k - 1) * np.e)),
        lambda k: np.log(np.e / (np.e + k - 1)),
        lambda k: 1.461,
        lambda k: -np.log2(np.e / (np.e + k - 1)),
        lambda k: -np.log(np.e / (k - 1)),
    ),
    *of(
        "my_floor",
        "right",
        "natural",
        from_softmax,
        lambda k: np.log(np.e + k - 1) - 1,
        lambda k: -np.log(np.e / (np.e + k - 1)),
        lambda k: -np.log(np.exp(1) / (np.exp(1) + k - 1)),
        lambda k: cross_entropy(np.eye(k), np.arange(k)),
    ),
    *of(
        "a move that turns MAE further",
        "right",
        "natural",
        (130, 600),
        [130, 565.0],
        (130, 565),
        [130, 565],
        "130, 565",
        (130, 530),
        (130, 540),
        (130, 550),
        (130, 575),
        (130, 640),
    ),
    *of(
        "a move that turns MAE further",
        "not yet",
        "natural",
        (130, 565000),
        (565, 130),
        (110, 855),
        (50, 600),
        (90, 700),
        (5, 565),
        (130, 500),
        (110, 700),
        (110, 100),
        (100, 500),
        (90, 400),
        (130, 0),
        130,
        (130, 405),
    ),
    *of(
        "a move that turns MAE further",
        "not yet",
        "probing",
        ("130", 565),
        (130, 700),
        (50, 300),
        (130, 420),
        (130, -50),
        (70, 60),
        (50, 0),
        (130, 505),
        (130, 515),
        (130, 520),
        (130, 525),
        (130, 660),
        (130, 680),
        (50, 30),
        (50, 90),
        (50, 280),
        (90, 700),
        (70, 400),
    ),
    *of("a move that turns MAE further", "right", "probing", "130, 565"),
    *of("which line turns further", "right", "natural", "mae"),
    *of("which line turns further", "not yet", "natural", "MSE", "MSE", "neither", "both"),
    *of(
        "MAE slope of a castle for 150", "not yet", "natural", 0, 0.2, -1, -2, -29, -58, 2, 1, -145
    ),
    *of("MAE slope of a castle for 150", "right", "natural", "-1/5", -1 / 5),
    *of("tickets and heads", "not yet", "natural", 1024, 512, 1 / 1024, 32, 9, 11, 1, "ten", 2**10),
    *of("tickets and heads", "right", "natural", 10.0, np.log2(1024)),
    *of("what to say each day", "not yet", "natural", 70, 0.5, 0.8, 1, 0.3, 0.51, 0.6),
    *of("what to say each day", "right", "natural", 7 / 10, "70%"),
    *of(
        "share read after a hundred steps",
        "not yet",
        "natural",
        0.8,
        1.0,
        95,
        0.5,
        1,
        0.1,
        0.905,
        0.92,
    ),
    *of("share read after a hundred steps", "right", "natural", "97%"),
    *of(
        "share read with softmax twice", "not yet", "natural", 0.1, 0.5, 0.97, 0, 0.9, 0.905, 1, 0.3
    ),
    *of("share read with softmax twice", "right", "natural", 0.85),
    *of(
        "agents that get gifts and do not compare", "right", "natural", "a third", "a third", 1 / 3
    ),
    *of(
        "agents that get gifts and do not compare",
        "not yet",
        "natural",
        "all",
        "all",
        "half",
        "none",
    ),
    *of("first loss of ten classes", "right", "natural", 2.3, np.log(10), -np.log(0.1)),
    *of(
        "first loss of ten classes",
        "not yet",
        "natural",
        1,
        0.1,
        10,
        -2.303,
        3.32,
        0.9,
        0.230,
        np.log(0.1),
        1 / 10,
        0.693,
        23.03,
    ),
    *of("slope of (x - 5)² at x = 2", "right", "natural", 2 * (2 - 5), "-6"),
    *of("slope of (x - 5)² at x = 2", "not yet", "natural", 6, 9, -3, 4),
    *of("shape of the gradient of a row", "right", "natural", [3], "(3,)"),
    *of("shape of the gradient of a row", "not yet", "natural", (4, 3), (1, 3), (4,), (1,)),
    *of("x.grad after another backward", "right", "natural", 5 + 2),
    *of("x.grad after another backward", "not yet", "natural", 2, 5, 10, 3.5),
    *of(
        "shape of column minus row",
        "not yet",
        "natural",
        (5, 1),
        (5,),
        (1, 5),
        "error",
        25,
        (10,),
        (),
    ),
    *of("best constant for MSE", "right", "natural", prices.mean()),
    *of("best constant for MSE", "not yet", "natural", 3, 25, 15, 8, 2.5, 500000, "mean", 7.5),
    *of("best constant for MAE", "right", "natural", np.median(prices)),
    *of("best constant for MAE", "not yet", "natural", 5, 2.5, "the median", 15, 1, 2.8, 300000),
    *of("who drew line C", "right", "natural", "mean absolute error"),
    *of("who drew line C", "not yet", "natural", "MSE", "Huber"),
    *of(
        "slope of the number of mistakes",
        "not yet",
        "natural",
        1,
        1e6,
        -1,
        1e-6,
        97,
        "none",
        -1000000,
    ),
    *of("probability of the logit 0", "right", "natural", 1 / 2),
    *of("probability of the logit 0", "not yet", "natural", 0, 1, 2.718, 50),
    *of(
        "the last probability, with 100 added to all",
        "not yet",
        "natural",
        1,
        100.786,
        0.33,
        0,
        "nan",
        "the same",
        1 / 3,
        78.6,
        "nothing",
    ),
    *of("the sign is turned", "right", "natural", "0.2"),
    *of("the sign is turned", "not yet", "natural", 0.8, 0.5, 0, 20, "the worst", -0.8, 1),
    *of("paid 5, where 5.6 is usual", "not yet", "natural", "up", -0.2, "neither"),
    *of("3 - 5 in uint8", "right", "natural", 3 - 5 + 256, np.uint8(254)),
    *of("3 - 5 in uint8", "not yet", "natural", -2, 2, 253, 0, 255, "error"),
    *of("my_pinball", "right", "natural", pinball_1, pinball_4),
    *of(
        "my_pinball",
        "not yet",
        "natural",
        pinball_2,
        pinball_3,
        pinball_5,
        pinball_6,
        pinball_7,
        pinball_8,
        pinball_9,
        pinball_10,
        pinball_11,
    ),
]
