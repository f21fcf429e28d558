"""Answers to chapter 2, each with the verdict that it deserves."""

import numpy as np

from answers.cost_functions_again import ANSWERS as AGAIN
from minnet.cost_functions import cross_entropy, softmax
from minnet.tensors import Tensor

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


# A second reader's, by the number under which they were kept; some call what is theirs in the
# notebook


def area(p, t):
    return ((p - t) ** 2).mean()


def surprise(p, happened):
    return -np.log(np.where(happened, p, 1 - p)).mean()


def log_p(a):
    shifted = a - a.max()
    return shifted - np.log(np.exp(shifted).sum())


def second_22(predictions, targets):
    print(((predictions - targets) ** 2).mean())


def second_25(predictions, targets):
    total = 0
    for p, t in zip(predictions, targets):
        total += (p - t) ** 2
    return total / len(targets)


def second_62(predictions, targets):
    e = 1e-06
    g = []
    for i in range(len(predictions)):
        p = predictions.copy()
        p[i] += e
        g.append((area(p, targets) - area(predictions, targets)) / e)
    return np.array(g)


def second_124(p, happened):
    if happened:
        return -np.log(p)
    return -np.log(1 - p)


def second_146(a):
    shifted = a - a.max()
    return a - np.log(np.exp(shifted).sum())


def second_147(a):
    shifted = a - a.max()
    return shifted - np.log(np.exp(a).sum())


def second_148(a):
    shifted = a - a.max()
    return shifted - np.log(np.exp(shifted)).sum()


def second_149(a):
    shifted = a - a.max()
    return np.exp(shifted) / np.exp(shifted).sum()


def second_150(a):
    shifted = a - a.max()
    return np.log(np.exp(shifted) / np.exp(shifted).sum())


def second_151(a):
    shifted = a - a.max()
    return shifted / np.log(np.exp(shifted).sum())


def second_152(a):
    shifted = a - a.max()
    return np.log(np.exp(shifted).sum()) - shifted


def second_153(a):
    shifted = a - a.mean()
    return shifted - np.log(np.exp(shifted).sum())


def second_155(a):
    m = max(a)
    return a - (m + np.log(np.sum(np.exp(a - m))))


def second_176(p, one_hot):
    n, k = p.shape
    g = np.zeros((n, k))
    for i in range(n):
        for j in range(k):
            g[i, j] = (p[i, j] - one_hot[i, j]) / n
    return g


def second_204(log_p, actions, advantages):
    one_hot = np.eye(log_p.shape[1])[actions]
    return -((log_p * one_hot).sum(axis=1) * advantages).mean()


def second_205(log_p, actions, advantages):
    total = 0
    for i in range(len(actions)):
        total = total - log_p[i, actions[i]] * advantages[i]
    return total / len(actions)


def second_253(k):
    z = np.eye(k)[0]
    return -np.log(naive_softmax(z))[0]


def second_255(predictions, targets, share):
    above = predictions - targets
    return np.maximum(share * above, (share - 1) * above).mean()


def second_257(predictions, targets, share):
    above = targets - predictions
    return np.where(above > 0, share * above, (1 - share) * above).mean()


def second_258(predictions, targets, share):
    above = targets - predictions
    return np.minimum(share * above, (share - 1) * above).mean()


def second_259(predictions, targets, share):
    above = targets - predictions
    return np.maximum(share * above, (share - 1) * above)


def second_260(predictions, targets, share):
    above = targets - predictions
    return np.maximum(share * above, (share - 1) * above).sum()


def second_261(predictions, targets, share):
    m = targets - predictions
    return np.where(m > 0, share * m**2, (1 - share) * m**2).mean()


def second_262(predictions, targets, share):
    d = targets - predictions
    return np.where(d > 0, share * d, 0).mean()


def second_263(predictions, targets, share):
    d = targets - predictions
    return (abs(d) * np.where(d > 0, share, 1 - share)).mean()


def second_269(log_p, actions, advantages):
    picked = [log_p[i][k] for i, k in enumerate(actions)]
    return -(np.array(picked) * advantages).mean()


def second_274(p, happened):
    s = 0
    for q, h in zip(p, happened):
        s -= np.log(q) if h else np.log(1 - q)
    return s / len(p)


def second_280(p, happened):
    q = np.where(happened, p, 1 - p)
    return -(q * np.log(q)).mean()


def second_286(predictions, targets):
    d = predictions - targets
    return d @ d / len(d)


def second_287(predictions, targets):  # noqa: RET503
    total = 0
    for p, t in zip(predictions, targets):
        total += (p - t) ** 2
        return total / len(targets)


def second_288(predictions, targets):
    predictions -= targets
    return (predictions**2).mean()


def second_293(a):
    a -= a.max()
    return a - np.log(np.exp(a).sum())


def second_294(a):
    shifted = a - 1000
    return shifted - np.log(np.exp(shifted).sum())


def second_295(a):
    shifted = a - a.max()
    return shifted - np.log2(np.exp(shifted).sum())


def second_296(a):
    shifted = a - a.max()
    return shifted - np.exp(shifted).sum()


def second_297(a):
    shifted = a - a.max()
    return shifted - np.exp(np.log(shifted).sum())


def second_298(a):
    shifted = a - a.max()
    return a.max() - np.log(np.exp(shifted).sum())


def second_300(a):
    a = np.clip(a, -700, 700)
    return a - np.log(np.exp(a).sum())


def second_336(predictions, targets):
    ((predictions - targets) ** 2).mean()


def second_339(predictions, targets):  # noqa: RET503
    for p, t in zip(predictions, targets):
        return (p - t) ** 2


def second_346(predictions, targets):
    loss = area(Tensor(predictions), targets)
    loss.backward()
    return predictions.grad


def second_347(predictions, targets):
    p = Tensor(predictions)
    ((p - targets) ** 2).mean().backward()
    return p.grad


def second_351(log_p, actions, advantages):
    surprise = -log_p[np.arange(len(actions)), actions]
    return (surprise * advantages).mean().item()


def second_355(predictions, targets, share):
    d = targets - predictions
    return np.where(d > 0, share * d, (share - 1) * d).mean()


def second_356(predictions, targets, share):
    d = targets - predictions
    if d > 0:
        return share * d
    return (1 - share) * -d


def second_357(predictions, targets, share):
    d = predictions - targets
    return np.maximum(share * d, (1 - share) * d).mean()


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

SECOND = [
    *of("slope of (x - 5)² at x = 2", "not yet", "natural", 6, 4, 9, -3),
    *of("slope of (x - 5)² at x = 2", "right", "natural", "-6", -6.0, -6),
    *of("shape of the gradient of a row", "not yet", "natural", (4, 3), (1, 3), ()),
    *of("shape of the gradient of a row", "right", "natural", 3, [3], (3), (3,)),
    *of("x.grad after another backward", "not yet", "natural", 2, 10),
    *of("x.grad after another backward", "right", "natural", 7),
    *of(
        "my_mean_squared_error",
        "not yet",
        "natural",
        lambda predictions, targets: (predictions - targets).mean() ** 2,
        lambda predictions, targets: (predictions - targets) ** 2,
        lambda predictions, targets: ((predictions - targets) ** 2).sum(),
        lambda predictions, targets: np.sqrt(((predictions - targets) ** 2).mean()),
        lambda predictions, targets: (predictions**2 - targets**2).mean(),
        second_22,
        lambda predictions, targets: sum((predictions - targets) ** 2) / 5,
        lambda predictions, targets: (predictions - targets ^ 2).mean(),
        lambda predictions, targets: (predictions - targets) * 2 / len(targets),
        lambda predictions, targets: abs(predictions - targets).mean(),
        second_287,
        lambda predictions, targets: ((predictions - price) ** 2).mean(),
        lambda predictions, targets: ((predictions - targets) * 2).mean(),
        lambda predictions, targets: (predictions - targets).mean(),
        lambda predictions, targets: mean((predictions - targets) ** 2),  # noqa: F821
        lambda predictions, targets: (predictions - targets**2).mean(),
        second_339,
    ),
    *of(
        "my_mean_squared_error",
        "right",
        "natural",
        second_25,
        lambda predictions, targets: np.mean(np.square(targets - predictions)),
        lambda predictions, targets: ((predictions - targets) ** 2).mean(),
        second_286,
        lambda predictions, price: ((predictions - price) ** 2).mean(),
    ),
    *of(
        "my_mean_absolute_error",
        "not yet",
        "natural",
        lambda predictions, targets: abs((predictions - targets).mean()),
        lambda predictions, targets: (predictions - targets).mean(),
        lambda predictions, targets: abs(predictions - targets),
        lambda predictions, targets: abs(predictions - targets).sum(),
        lambda predictions, targets: (abs(predictions) - abs(targets)).mean(),
        lambda predictions, targets: (predictions - targets).abs().mean(),
        lambda predictions, targets: abs(predictions - targets).mean,
        lambda predictions, targets: (targets - predictions).mean(),
        lambda predictions, targets: (abs(predictions - targets) / 5).sum(),
        lambda predictions, targets: abs(predictions - targets).max(),
        lambda predictions, targets: np.sqrt(((predictions - targets) ** 2).mean()),
    ),
    *of(
        "my_mean_absolute_error",
        "not yet",
        "probing",
        lambda predictions, targets: np.median(abs(predictions - targets)),
    ),
    *of(
        "my_mean_absolute_error",
        "right",
        "natural",
        lambda predictions, targets: (((predictions - targets) ** 2) ** 0.5).mean(),
    ),
    *of("shape of column minus row", "not yet", "natural", (5, 1), (5,), "error"),
    *of("shape of column minus row", "not yet", "probing", (1, 5), 25, (10, 1)),
    *of("shape of column minus row", "not tried yet", "probing", None),
    *of("shape of column minus row", "right", "natural", (5, 5), "(5, 5)", [5, 5]),
    *of("best constant for MSE", "not yet", "natural", 3, 8, "the mean", 500_000, 303.0),
    *of("best constant for MSE", "right", "natural", prices.mean(), 5),
    *of("best constant for MAE", "not yet", "natural", 5, 2.5, "median", 280.0),
    *of("best constant for MAE", "not yet", "probing", 8, np.median),
    *of("best constant for MAE", "right", "natural", 3, np.median(prices)),
    *of(
        "my_mse_gradient",
        "not yet",
        "natural",
        lambda predictions, targets: 2 * (predictions - targets),
        lambda predictions, targets: 2 * (predictions - targets).mean(),
        lambda predictions, targets: 2 * (targets - predictions) / targets.size,
        lambda predictions, targets: (predictions - targets) / targets.size,
        lambda predictions, targets: 2 * (predictions - targets) / 5,
        lambda predictions, targets: (predictions - targets) ** 2 / len(targets),
        lambda predictions, targets: 2 * predictions / len(targets),
        lambda predictions, targets: 2 * abs(predictions - targets) / len(targets),
        lambda predictions, targets: 2 * predictions - targets / len(targets),
        lambda predictions, targets: np.mean(2 * (predictions - targets), axis=0),
        lambda predictions, targets: 2 / len(predictions) * (predictions - targets) * predictions,
        second_346,
        lambda predictions, targets: 2 * predictions - 2 * targets / len(targets),
        lambda predictions, targets: np.sign(predictions - targets) / len(targets),
    ),
    *of(
        "my_mse_gradient",
        "right",
        "natural",
        second_62,
        lambda predictions, targets: 2 * (predictions - targets) / len(targets),
        second_347,
    ),
    *of(
        "my_mse_gradient",
        "right, but",
        "natural",
        lambda predictions, targets: [
            2 * (p - t) / len(targets) for p, t in zip(predictions, targets)
        ],
    ),
    *of("MAE slope of a castle for 150", "not yet", "natural", -1, 0.2, -145 / 5, -2, -145, -58),
    *of("MAE slope of a castle for 150", "right", "natural", -0.2, -1 / 5),
    *of("which line turns further", "not yet", "natural", "MSE", "neither", "both"),
    *of("which line turns further", "not yet", "probing", "Huber"),
    *of("which line turns further", "right", "natural", "mae", "MAE"),
    *of(
        "a move that turns MAE further",
        "not yet",
        "natural",
        (110, 700),
        (130, 480),
        (90, 700),
        (480, 130),
        (130, 480000),
        (70, 250),
        (50, 60),
        (130, 405),
        [130, 470],
        (50, 300),
        (130, 700),
        (50, 0),
        (70, 700),
        (110, 0),
    ),
    *of(
        "a move that turns MAE further",
        "not yet",
        "probing",
        480,
        (100, 300),
        (50, 155),
        (130, -50),
    ),
    *of("who drew line C", "not yet", "natural", "MSE", "Huber"),
    *of("who drew line C", "right", "natural", "mean_absolute_error", "MAE"),
    *of("a move that turns MAE further", "right", "natural", (130, 560), (130, 565), (130, 600)),
    *of(
        "slope of the number of mistakes", "not yet", "natural", 83, -1, 1, "none", "infinite", 40.0
    ),
    *of("slope of the number of mistakes", "right", "natural", 0, 0.0),
    *of(
        "tickets and heads",
        "not yet",
        "natural",
        512,
        1024,
        1 / 1024,
        9,
        11,
        2**10,
        32,
        np.log(1024),
    ),
    *of("tickets and heads", "right", "natural", np.log2(1024), 10, 10.0),
    *of(
        "my_surprise",
        "not yet",
        "natural",
        lambda p, happened: np.log(np.where(happened, p, 1 - p)).mean(),
        lambda p, happened: -np.log(p).mean(),
        lambda p, happened: -np.log2(np.where(happened, p, 1 - p)).mean(),
        lambda p, happened: -np.log(np.where(happened, 1 - p, p)).mean(),
        lambda p, happened: -np.log(np.where(happened, p, 1 - p).mean()),
        lambda p, happened: -np.log(np.where(happened, p, 1 - p)),
        lambda p, happened: -np.log(np.where(happened, p, 1 - p)).sum(),
        lambda p, happened: np.where(happened, -np.log(p), 0).mean(),
        lambda p, happened: np.where(happened, -np.log(p), -(1 - np.log(p))).mean(),
        lambda p, happened: (1 - np.where(happened, p, 1 - p)).mean(),
        second_124,
        lambda p, happened: -np.log(np.where(happened, p, 1 - p)).sum() / 10,
        lambda p, happened: -np.where(happened, np.log(p), 1 - np.log(p)).mean(),
        lambda p, happened: 1 / np.where(happened, p, 1 - p).mean(),
        lambda p, happened: -np.log10(np.where(happened, p, 1 - p)).mean(),
        second_280,
        lambda p, happened: -np.log(np.where(p > 0.5, p, 1 - p)).mean(),
        lambda p, happened: np.mean((p > 0.5) != happened),
    ),
    *of(
        "my_surprise",
        "right",
        "natural",
        lambda p, happened: -(happened * np.log(p) + (1 - happened) * np.log(1 - p)).mean(),
        lambda p, happened: -np.log(p * happened + (1 - p) * ~happened).mean(),
        lambda p, happened: -np.log(np.where(happened, p, 1 - p) + 1e-09).mean(),
        second_274,
    ),
    *of("what to say each day", "not yet", "natural", 0.5, 1, 0.8, 7),
    *of("what to say each day", "right", "natural", "70 %", 0.7),
    *of("probability of the logit 0", "not yet", "natural", 0, 1, 50, 1 / np.e, 0.73),
    *of("probability of the logit 0", "right", "natural", 1 / (1 + 1), 0.5),
    *of("the last probability, with 100 added to all", "not yet", "natural", 100.786, 1, 0, 1 / 3),
    *of("the last probability, with 100 added to all", "right", "natural", 0.786, 0.79),
    *of(
        "my_log_softmax",
        "not yet",
        "natural",
        lambda a: np.log(naive_softmax(a)),
        lambda a: a - np.log(np.exp(a).sum()),
        second_146,
        second_147,
        second_148,
        second_149,
        second_150,
        second_151,
        second_152,
        second_294,
        second_295,
        second_296,
        second_297,
        second_298,
    ),
    *of("my_log_softmax", "not yet", "probing", second_153, second_300),
    *of(
        "my_log_softmax",
        "right",
        "natural",
        lambda a: a - a.max() - np.log(sum(np.exp(a - a.max()))),
        second_155,
        lambda a: np.logaddexp.reduce(a) * -1 + a,
    ),
    *of(
        "first loss of ten classes",
        "not yet",
        "natural",
        0.1,
        0,
        np.log(0.1),
        np.log2(10),
        1,
        10,
        np.log(9),
    ),
    *of("first loss of ten classes", "right", "natural", 2.3, -np.log(1 / 10), "ln 10"),
    *of(
        "my_cross_entropy_gradient",
        "not yet",
        "natural",
        lambda p, one_hot: p - one_hot,
        lambda p, one_hot: (p - one_hot) / p.size,
        lambda p, one_hot: (p - one_hot) / p.shape[1],
        lambda p, one_hot: (one_hot - p) / len(p),
        lambda p, one_hot: (p - one_hot).mean(axis=0),
        lambda p, one_hot: (p - one_hot).mean(),
        lambda p, one_hot: (p - one_hot) / 3,
        lambda p, one_hot: -one_hot / p / len(p),
        lambda p, one_hot: -(np.log(p) * one_hot).sum() / len(p),
        lambda p, one_hot: p - one_hot / len(p),
        lambda p, one_hot: (p - one_hot).sum(axis=0) / len(p),
        lambda p, one_hot: p - 1 / len(p),
        lambda p, one_hot: softmax(p) - one_hot,
        lambda p, one_hot: (softmax(p) - one_hot) / len(p),
    ),
    *of(
        "my_cross_entropy_gradient", "not yet", "probing", lambda p, one_hot: (p - one_hot) * len(p)
    ),
    *of(
        "my_cross_entropy_gradient",
        "right",
        "natural",
        lambda p, one_hot: (p - one_hot) / one_hot.sum(),
        second_176,
        lambda p, one_hot: (p - one_hot) / len(p),
    ),
    *of(
        "share read after a hundred steps",
        "not yet",
        "natural",
        0.905,
        0.5,
        0.8,
        1.0,
        97,
        0.1,
        0.99,
    ),
    *of("share read after a hundred steps", "right", "natural", 0.96, "97 %"),
    *of(
        "share read with softmax twice",
        "not yet",
        "natural",
        0.1,
        0.96,
        0.5,
        0.0,
        0.7,
        0.9,
        0.965 / 2,
    ),
    *of(
        "my_policy_loss",
        "not yet",
        "natural",
        lambda log_p, actions, advantages: (
            log_p[np.arange(len(actions)), actions] * advantages
        ).mean(),
        lambda log_p, actions, advantages: (
            -(log_p[np.arange(len(actions)), actions] * advantages).sum()
        ),
        lambda log_p, actions, advantages: -log_p[np.arange(len(actions)), actions] * advantages,
        lambda log_p, actions, advantages: (
            -log_p[np.arange(len(actions)), actions].mean() * advantages.mean()
        ),
        lambda log_p, actions, advantages: -log_p[np.arange(len(actions)), actions].mean(),
        lambda log_p, actions, advantages: -(log_p[actions] * advantages).mean(),
        lambda log_p, actions, advantages: -(log_p[:, actions] * advantages).mean(),
        lambda log_p, actions, advantages: (
            -(np.log(log_p[np.arange(len(actions)), actions]) * advantages).mean()
        ),
        lambda log_p, actions, advantages: (
            -(np.exp(log_p[np.arange(len(actions)), actions]) * advantages).mean()
        ),
        lambda log_p, actions, advantages: (
            -(log_p[np.arange(len(actions)), actions] + advantages).mean()
        ),
        lambda log_p, actions, advantages: -(log_p * advantages).mean(),
        lambda log_p, actions, advantages: -(log_p(actions) * advantages).mean(),
        lambda log_p, actions, advantages: cross_entropy(log_p, actions) * advantages.mean(),
        lambda log_p, actions, advantages: (-log_p[np.arange(3), actions] * advantages).mean(),
        lambda log_p, actions, advantages: -log_p[actions] * advantages,
    ),
    *of(
        "my_policy_loss",
        "not yet",
        "probing",
        lambda log_p, actions, advantages: (
            -(abs(advantages) * log_p[np.arange(len(actions)), actions]).mean()
        ),
    ),
    *of(
        "my_policy_loss",
        "right",
        "natural",
        second_204,
        second_205,
        lambda log_p, actions, advantages: (
            -log_p[np.arange(len(actions)), actions] * advantages
        ).mean(),
        lambda log_p, actions, advantages: (
            -(advantages * log_p[np.arange(len(actions)), actions]).mean()
        ),
        lambda log_p, actions, advantages: (
            sum((-log_p[i, k] * v for i, (k, v) in enumerate(zip(actions, advantages))))
            / len(actions)
        ),
        lambda log_p, actions, advantages: (
            -(log_p[range(len(actions)), actions] * advantages).mean()
        ),
    ),
    *of("the sign is turned", "not yet", "natural", 0.8, 0.5, -0.8, 0, 1, 3, "the worst"),
    *of("the sign is turned", "right", "natural", 0.2, "0.2"),
    *of(
        "agents that get gifts and do not compare",
        "not yet",
        "natural",
        "all",
        "half",
        "none",
        "all of them",
        "none of them",
    ),
    *of("agents that get gifts and do not compare", "not yet", "probing", 7),
    *of("agents that get gifts and do not compare", "right", "natural", 1 / 3, "third", "a third"),
    *of("paid 5, where 5.6 is usual", "not yet", "natural", "up", "same"),
    *of("paid 5, where 5.6 is usual", "not yet", "probing", -0.6),
    *of("paid 5, where 5.6 is usual", "right", "natural", "Down", "down", "it goes down"),
    *of(
        "my_huber_slope",
        "not yet",
        "natural",
        lambda misses, delta: np.clip(misses, 0, delta),
        lambda misses, delta: np.clip(misses, -delta, delta) / len(misses),
        lambda misses, delta: np.minimum(misses, delta),
        lambda misses, delta: 2 * np.clip(misses, -delta, delta),
        lambda misses, delta: np.clip(abs(misses), -delta, delta),
        lambda misses, delta: np.clip(misses**2 / 2, -delta, delta),
        lambda misses, delta: np.clip(misses, -1, 1),
        lambda misses, delta: np.clip(misses, delta, -delta),
        lambda misses, delta: delta if abs(misses) > delta else misses,
        lambda misses, delta: np.where(abs(misses) < delta, misses, delta),
        lambda misses, delta: np.where(abs(misses) < delta, misses**2 / 2, delta * abs(misses)),
        lambda misses, delta: np.sign(misses),
    ),
    *of(
        "my_huber_slope",
        "right",
        "natural",
        lambda misses, delta: np.where(abs(misses) <= delta, misses, delta * np.sign(misses)),
        lambda misses, delta: np.maximum(-delta, np.minimum(delta, misses)),
    ),
    *of("3 - 5 in uint8", "not yet", "natural", -2, 2, 253, 255, 0, "error"),
    *of("3 - 5 in uint8", "right", "natural", 256 - 2, 254),
    *of(
        "my_floor",
        "not yet",
        "natural",
        lambda k: -np.log(1 / k),
        lambda k: np.log(np.e / (np.e + k - 1)),
        lambda k: -np.log(np.e / (np.e + k)),
        lambda k: np.e / (np.e + k - 1),
        lambda k: 0,
        lambda k: 1.461,
        lambda k: -np.log2(np.e / (np.e + k - 1)),
    ),
    *of("my_floor", "not yet", "probing", lambda k: -np.log(np.e / (np.e + (k - 1) * 0))),
    *of("my_floor", "right", "natural", second_253, lambda k: -np.log(np.e / (np.e + k - 1))),
    *of(
        "my_pinball",
        "not yet",
        "natural",
        second_255,
        lambda predictions, targets, share: share * abs(targets - predictions).mean(),
        second_257,
        second_258,
        second_259,
        second_260,
        second_261,
        second_262,
        second_356,
        second_357,
    ),
    *of("my_pinball", "right", "natural", second_263, second_355),
    *of(
        "my_policy_loss",
        "right, but",
        "natural",
        lambda log_p, actions, advantages: (
            -np.mean(log_p[np.arange(len(actions)), actions] * advantages)
        ),
        lambda log_p, actions, advantages: -np.diag(log_p[:, actions]) @ advantages / len(actions),
        lambda log_p, actions, advantages: (
            -np.take_along_axis(log_p, actions[:, None], 1)[:, 0] @ advantages / len(actions)
        ),
        second_269,
        lambda log_p, actions, advantages: (
            -np.average(log_p[np.arange(len(actions)), actions] * advantages)
        ),
        lambda log_p, actions, advantages: (
            -np.dot(log_p[np.arange(len(actions)), actions], advantages) / len(actions)
        ),
        second_351,
    ),
    *of(
        "my_surprise",
        "not yet",
        "probing",
        lambda p, happened: np.log(1 / np.where(happened, p, ~p)).mean(),
        lambda p, happened: -(p[happened].sum() + (1 - p[~happened]).sum()) / len(p),
    ),
    *of("my_mean_squared_error", "right, but", "probing", second_288),
    *of(
        "my_mean_squared_error",
        "not yet",
        "probing",
        lambda predictions, targets: round(((predictions - targets) ** 2).mean(), 1),
    ),
    *of("my_log_softmax", "right, but", "probing", second_293),
    *of(
        "my_mse_gradient",
        "not yet",
        "probing",
        lambda predictions, targets: 2 * (predictions - targets) * area(predictions, targets),
        lambda predictions, targets: 2 * (predictions - targets) / sum(targets),
    ),
    *of("share read with softmax twice", "right", "natural", 0.86),
    *of("shape of the gradient of a row", "not yet", "probing", 12),
    *of("x.grad after another backward", "not yet", "probing", 3),
    *of("who drew line C", "not yet", "probing", "C"),
    *of("3 - 5 in uint8", "not yet", "probing", 256),
    *of("MAE slope of a castle for 150", "not yet", "probing", -1 / 150),
    *of("best constant for MSE", "not yet", "probing", 2),
    *of("my_mean_squared_error", "not yet", "natural", second_336),
    *of("a move that turns MAE further", "right", "probing", "130, 600"),
]
ANSWERS += [*SECOND, *AGAIN]
