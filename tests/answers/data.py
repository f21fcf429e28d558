"""Answers to chapter 5, each with the verdict that it deserves."""

import random

import numpy as np

from course.exercises.data import parts
from course.exercises.data import split_rows as cut
from minnet.data import shift_images, train_test_split

x = np.ones((100, 64))  # pictures, by a name of the notebook

# my_shuffle


def two_permutations(inputs, targets, rng):
    inputs = rng.permutation(inputs)
    targets = rng.permutation(targets)
    return inputs, targets


def rolled(inputs, targets, rng):
    return np.roll(inputs, 3), np.roll(targets, 3)


def rolled_by_chance(inputs, targets, rng):
    k = rng.integers(1, 19)
    return np.roll(inputs, k), np.roll(targets, k)


def other_way_round(inputs, targets, rng):
    order = rng.permutation(len(inputs))
    return targets[order], inputs[order]


def shuffles_in_place(inputs, targets, rng):
    rng.shuffle(inputs)
    rng.shuffle(targets)
    return inputs, targets


def order_alone(inputs, targets, rng):
    return rng.permutation(len(inputs))


def inputs_alone(inputs, targets, rng):
    order = rng.permutation(len(inputs))
    return inputs[order], targets


def prints_them(inputs, targets, rng):
    order = rng.permutation(len(inputs))
    print(inputs[order], targets[order])


def with_choice(inputs, targets, rng):
    order = rng.choice(len(inputs), len(inputs))
    return inputs[order], targets[order]


def with_choice_without_replacement(inputs, targets, rng):
    order = rng.choice(len(inputs), len(inputs), replace=False)
    return inputs[order], targets[order]


def with_own_generator(inputs, targets, rng):
    order = np.random.default_rng().permutation(len(inputs))
    return inputs[order], targets[order]


def zipped(inputs, targets, rng):
    pairs = list(zip(inputs, targets))
    rng.shuffle(pairs)
    a, b = zip(*pairs)
    return list(a), list(b)


def seeds_twice(inputs, targets, rng):
    a = np.random.default_rng(0).permutation(inputs)
    b = np.random.default_rng(0).permutation(targets)
    return a, b


def sorted_again(inputs, targets, rng):
    order = np.argsort(inputs)
    return inputs[order], targets[order]


def calls_the_array(inputs, targets, rng):
    order = rng.permutation(len(inputs))
    return inputs(order), targets(order)


# my_parts


def split_in_parts(order, batch_size):
    return np.array_split(order, batch_size)


def forgets_the_last(order, batch_size):
    n = len(order) // batch_size
    return [order[i * batch_size : (i + 1) * batch_size] for i in range(n)]


def one_long_list(order, batch_size):
    parts = []
    for i in range(0, len(order), batch_size):
        parts += list(order[i : i + batch_size])
    return parts


def generator(order, batch_size):
    return (order[i : i + batch_size] for i in range(0, len(order), batch_size))


def yields(order, batch_size):
    for i in range(0, len(order), batch_size):
        yield order[i : i + batch_size]


def reshaped(order, batch_size):
    return order.reshape(-1, batch_size)


def always_32(order, batch_size):
    return [order[i : i + 32] for i in range(0, len(order), 32)]


def wrong_end(order, batch_size):
    return [order[i:batch_size] for i in range(0, len(order), batch_size)]


def returns_in_the_loop(order, batch_size):
    for i in range(0, len(order), batch_size):
        return [order[i : i + batch_size]]
    return None


def lists_of_lists(order, batch_size):
    return [order[i : i + batch_size].tolist() for i in range(0, len(order), batch_size)]


def one_too_many(order, batch_size):
    many = len(order) // batch_size + 1
    return [order[k * batch_size : (k + 1) * batch_size] for k in range(many)]


# my_split


def two_draws(n, k, rng):
    return rng.permutation(n)[k:], rng.permutation(n)[:k]


def counts_from_one(n, k, rng):
    order = rng.permutation(np.arange(1, n + 1))
    return order[k:], order[:k]


def a_hundred_up(n, k, rng):
    order = rng.permutation(np.arange(100, 100 + n))
    return order[k:], order[:k]


def seeded(n, k, rng):
    order = np.random.default_rng(0).permutation(n)
    return order[k:], order[:k]


def every_so_many(n, k, rng):
    test = np.arange(0, n, n // k)[:k]
    return np.setdiff1d(np.arange(n), test), test


def the_last(n, k, rng):
    rows = np.arange(n)
    return rows[:-k], rows[-k:]


def test_first(n, k, rng):
    order = rng.permutation(n)
    return order[:k], order[k:]


def k_to_train(n, k, rng):
    order = rng.permutation(n)
    return order[n - k :], order[: n - k]


def all_and_some(n, k, rng):
    return np.arange(n), rng.choice(n, k, replace=False)


def by_sets(n, k, rng):
    test = set(rng.choice(n, k, replace=False).tolist())
    return set(range(n)) - test, test


def as_lists(n, k, rng):
    order = rng.permutation(n).tolist()
    return order[k:], order[:k]


def test_alone(n, k, rng):
    return rng.permutation(n)[:k]


def by_sample(n, k, rng):
    test = random.Random(0).sample(range(n), k)
    return [i for i in range(n) if i not in test], test


def sorted_parts(n, k, rng):
    order = rng.permutation(n)
    return np.sort(order[k:]), np.sort(order[:k])


# my_scale


def by_test(train, test):
    return (test - test.mean(axis=0)) / test.std(axis=0)


def naive(train, test):
    return (test - train.mean(axis=0)) / train.std(axis=0)


def whole_table(train, test):
    return (test - train.mean()) / train.std()


def rows(train, test):
    return (test - train.mean(axis=1)) / train.std(axis=1)


def std_zero(train, test):
    std = train.std(axis=0)
    std[std == 0] = 1
    return (test - train.mean(axis=0)) / std


def zeroed(train, test):
    never = (train == train[0]).all(axis=0)
    return np.where(never, 0, (test - train.mean(axis=0)) / np.where(never, 1, train.std(axis=0)))


def plus_eps(train, test):
    return (test - train.mean(axis=0)) / (train.std(axis=0) + 1e-8)


def min_max(train, test):
    low, high = train.min(axis=0), train.max(axis=0)
    return (test - low) / (high - low)


def multiplied(train, test):
    never = (train == train[0]).all(axis=0)
    return (test - train.mean(axis=0)) * np.where(never, 1, train.std(axis=0))


def both_parts(train, test):
    never = (train == train[0]).all(axis=0)
    std = np.where(never, 1, train.std(axis=0))
    return (train - train.mean(axis=0)) / std, (test - train.mean(axis=0)) / std


def sign_turned(train, test):
    never = (train == train[0]).all(axis=0)
    return (train.mean(axis=0) - test) / np.where(never, 1, train.std(axis=0))


def ptp(train, test):
    std = np.where(np.ptp(train, axis=0) == 0, 1, train.std(axis=0))
    return (test - train.mean(axis=0)) / std


def if_on_arrays(train, test):
    std = train.std(axis=0)
    if std == 0:
        std = 1
    return (test - train.mean(axis=0)) / std


# my_keep


def all_for_any(inputs, targets):
    whole = ~np.isnan(inputs).all(axis=1)
    return inputs[whole], targets[whole]


def not_equal(inputs, targets):
    whole = (inputs != np.nan).all(axis=1)
    return inputs[whole], targets[whole]


def cut_targets(inputs, targets):
    inputs = inputs[~np.isnan(inputs).any(axis=1)]
    return inputs, targets[: len(inputs)]


def damaged_alone(inputs, targets):
    damaged = np.isnan(inputs).any(axis=1)
    return inputs[damaged], targets[damaged]


def filled(inputs, targets):
    return np.nan_to_num(inputs), targets


def numbers_alone(inputs, targets):
    return inputs[~np.isnan(inputs)], targets[~np.isnan(inputs).any(axis=1)]


def wrong_axis(inputs, targets):
    whole = ~np.isnan(inputs).any(axis=0)
    return inputs[:, whole], targets


def inputs_only(inputs, targets):
    return inputs[~np.isnan(inputs).any(axis=1)]


def not_of_an_array(inputs, targets):
    whole = not np.isnan(inputs).any(axis=1)
    return inputs[whole], targets[whole]


def finite(inputs, targets):
    whole = np.isfinite(inputs).all(axis=1)
    return inputs[whole], targets[whole]


def in_lists(inputs, targets):
    pairs = [(x, y) for x, y in zip(inputs, targets) if not np.isnan(x).any()]
    return [x for x, _ in pairs], [y for _, y in pairs]


# my_shared_rows


def any_for_all(train, test):
    return sum((train == row).any(axis=1).any() for row in test)


def is_in(train, test):
    return np.isin(test, train).all(axis=1).sum()


def true_or_false(train, test):
    return any((train == row).all(axis=1).any() for row in test)


def pairs(train, test):
    return sum((a == b).all() for a in train for b in test)


def by_sets_of_tuples(train, test):
    return len({tuple(row) for row in train} & {tuple(row) for row in test})


def in_operator(train, test):
    return sum(row in train for row in test)


def share(train, test):
    return np.mean([(train == row).all(axis=1).any() for row in test])


def lists(train, test):
    known = train.tolist()
    return sum(row in known for row in test.tolist())


def the_rows(train, test):
    return np.array([row for row in test if (train == row).all(axis=1).any()])


# the shelf


def ones_at(labels, num_classes):
    rows = np.zeros((len(labels), num_classes))
    for i, label in enumerate(labels):
        rows[i, label] = 1
    return rows


def from_one(labels, num_classes):
    return np.eye(num_classes)[labels - 1]


def as_many_as_seen(labels, num_classes):
    return np.eye(len(np.unique(labels)))[np.unique(labels, return_inverse=True)[1]]


def precision(labels, answers, classes):
    return np.array([np.mean(labels[answers == c] == c) for c in range(classes)])


def whole_accuracy(labels, answers, classes):
    return np.mean(labels == answers)


def little_end(data):
    return tuple(int.from_bytes(data[4 + 4 * i : 8 + 4 * i], "little") for i in range(data[3]))


def always_three(data):
    return tuple(int.from_bytes(data[i : i + 4], "big") for i in (4, 8, 12))


def remainder_dropped(n, k):
    size = n // k
    return [np.arange(i * size, (i + 1) * size) for i in range(k)]


def strided(n, k):
    return [np.arange(n)[i::k] for i in range(k)]


# A second reader's, as they were written


def shuffle_1_read(inputs, targets, rng):
    order = rng.permutation(len(inputs))
    return inputs[order], targets[order]


def shuffle_2_read(inputs, targets, rng):
    return rng.permutation(inputs), rng.permutation(targets)


def shuffle_3_read(inputs, targets, rng):
    rng.shuffle(inputs)
    rng.shuffle(targets)
    return inputs, targets


def shuffle_4_read(inputs, targets, rng):
    order = rng.permutation(len(inputs))
    return inputs[order]


def shuffle_5_read(inputs, targets, rng):
    order = rng.permutation(len(inputs))
    return targets[order], inputs[order]


def shuffle_6_read(inputs, targets, rng):
    order = np.random.permutation(len(inputs))  # noqa: NPY002
    return inputs[order], targets[order]


def shuffle_7_read(inputs, targets, rng):
    rng = np.random.default_rng(0)
    order = rng.permutation(len(inputs))
    return inputs[order], targets[order]


def shuffle_8_read(inputs, targets, rng):
    order = rng.permutation(5)
    return inputs[order], targets[order]


def shuffle_9_read(inputs, targets, rng):
    order = rng.integers(0, len(inputs), len(inputs))
    return inputs[order], targets[order]


def shuffle_10_read(inputs, targets, rng):
    return inputs, targets


def shuffle_11_read(inputs, targets, rng):
    return inputs[rng.permutation(len(inputs))], targets[rng.permutation(len(targets))]


def shuffle_12_read(inputs, targets, rng):
    order = np.argsort(targets)
    return inputs[order], targets[order]


def shuffle_13_read(inputs, targets, rng):
    order = rng.permutation(len(inputs))
    return inputs[order], targets


def shuffle_14_read(inputs, targets, rng):
    return inputs[::-1], targets[::-1]


def shuffle_15_read(inputs, targets, rng):
    pairs = list(zip(inputs, targets))
    rng.shuffle(pairs)
    a, b = zip(*pairs)
    return np.array(a), np.array(b)


def shuffle_16_read(inputs, targets, rng):
    order = np.arange(len(targets))
    rng.shuffle(order)
    return inputs[order], targets[order]


def shuffle_17_read(inputs, targets, rng):
    order = np.argsort(rng.random(len(targets)))
    return [inputs[order], targets[order]]


def shuffle_18_read(inputs, targets, rng):
    order = rng.permutation(inputs)
    return inputs[order], targets[order]


def shuffle_19_read(inputs, targets):
    order = rng.permutation(len(inputs))  # noqa: F821
    return inputs[order], targets[order]


def shuffle_20_read(inputs, targets, rng):
    k = rng.integers(1, len(inputs))
    return np.roll(inputs, k, axis=0), np.roll(targets, k)


def parts_1_read(order, batch_size):
    return [order[i : i + batch_size] for i in range(0, len(order), batch_size)]


def parts_2_read(order, batch_size):
    n = len(order) // batch_size
    return [order[i * batch_size : (i + 1) * batch_size] for i in range(n)]


def parts_3_read(order, batch_size):
    return np.array_split(order, batch_size)


def parts_4_read(order, batch_size):
    return np.array_split(order, int(np.ceil(len(order) / batch_size)))


def parts_5_read(order, batch_size):
    return [order[i : i + batch_size] for i in range(len(order))]


def parts_6_read(order, batch_size):
    return [order[i:batch_size] for i in range(0, len(order), batch_size)]


def parts_7_read(order, batch_size):
    for i in range(0, len(order), batch_size):
        return order[i : i + batch_size]
    return None


def parts_8_read(order, batch_size):
    return np.split(order, range(batch_size, len(order), batch_size))


def parts_9_read(order, batch_size):
    out = []
    while len(order):
        out.append(order[:batch_size])
        order = order[batch_size:]
    return out


def parts_10_read(order, batch_size):
    return [np.arange(i, i + batch_size) for i in range(0, len(order), batch_size)]


def parts_11_read(order, batch_size):
    return order.reshape(-1, batch_size)


def parts_12_read(order, batch_size):
    return [order[i : i + 32] for i in range(0, len(order), 32)]


def parts_13_read(order, batch_size):
    for i in range(0, len(order), batch_size):
        yield order[i : i + batch_size]


def parts_14_read(order, batch_size):
    return [order[i : i + batch_size - 1] for i in range(0, len(order), batch_size)]


def parts_15_read(order, batch_size):
    return [order[i : i + batch_size] for i in range(0, len(order) + 1, batch_size)]


def parts_16_read(order, batch_size):
    return [order[i::batch_size] for i in range(batch_size)]


def parts_17_read(order, batch_size):
    return [list(order[i : i + batch_size]) for i in range(0, len(order), batch_size)]


def split_1_read(n, k, rng):
    order = rng.permutation(n)
    return order[k:], order[:k]


def split_2_read(n, k, rng):
    order = rng.permutation(n)
    return order[: n - k], order[n - k :]


def split_3_read(n, k, rng):
    order = rng.permutation(n)
    return order[:k], order[k:]


def split_4_read(n, k, rng):
    order = np.arange(n)
    return order[: n - k], order[n - k :]


def split_5_read(n, k, rng):
    return rng.permutation(n)[k:], rng.permutation(n)[:k]


def split_6_read(n, k, rng):
    test = rng.integers(0, n, k)
    train = np.array([i for i in range(n) if i not in test])
    return train, test


def split_7_read(n, k, rng):
    order = rng.permutation(n)
    return order[:-k], order[k:]


def split_8_read(n, k, rng):
    order = rng.permutation(n)
    return order[: n - k], order[n - k + 1 :]


def split_9_read(n, k, rng):
    order = rng.permutation(n) + 1
    return order[k:], order[:k]


def split_10_read(n, k, rng):
    order = rng.permutation(n)
    return order[k:]


def split_11_read(n, k, rng):
    test = rng.choice(n, k, replace=False)
    return np.setdiff1d(np.arange(n), test), test


def split_12_read(n, k, rng):
    test = rng.choice(n, k)
    return np.setdiff1d(np.arange(n), test), test


def split_13_read(n, k, rng):
    s = rng.integers(0, n - k)
    t = np.arange(s, s + k)
    return np.setdiff1d(np.arange(n), t), t


def split_14_read(n, k, rng):
    order = np.random.default_rng(0).permutation(n)
    return order[k:], order[:k]


def split_15_read(n, k, rng):
    order = list(range(n))
    rng.shuffle(order)
    return order[k:], order[:k]


def split_16_read(n, k, rng):
    order = rng.permutation(n - k)
    return order, np.arange(n - k, n)


def split_17_read(n, k, rng):
    return rng.permutation(n - k), rng.permutation(k)


def split_18_read(n, k, rng):
    order = rng.permutation(n)
    return order[: n - k], order[:k]


def split_19_read(n, k, rng):
    return n - k, k


def split_20_read(n, k, rng):
    o = np.argsort(rng.random(n))
    return np.sort(o[k:]), np.sort(o[:k])


def split_21_read(n, k, rng):
    order = rng.permutation(n)
    return order[: n * 4 // 5], order[n * 4 // 5 :]


def split_22_read(n, k, rng):
    order = rng.permutation(n)
    print(order[k:], order[:k])


def scale_1_read(train, test):
    never = (train == train[0]).all(axis=0)
    return (test - train.mean(axis=0)) / np.where(never, 1, train.std(axis=0))


def scale_2_read(train, test):
    return (test - train.mean(axis=0)) / train.std(axis=0)


def scale_3_read(train, test):
    s = train.std(axis=0)
    return (test - train.mean(axis=0)) / np.where(s == 0, 1, s)


def scale_4_read(train, test):
    never = (test == test[0]).all(axis=0)
    return (test - test.mean(axis=0)) / np.where(never, 1, test.std(axis=0))


def scale_5_read(train, test):
    never = (train == train[0]).all(axis=0)
    return (train - train.mean(axis=0)) / np.where(never, 1, train.std(axis=0))


def scale_6_read(train, test):
    never = (train == train[0]).all(axis=0)
    return test - train.mean(axis=0) / np.where(never, 1, train.std(axis=0))


def scale_7_read(train, test):
    never = (train == train[0]).all(axis=0)
    return (test - train.mean(axis=0)) / np.where(never, 1, train.var(axis=0))


def scale_8_read(train, test):
    return (test - train.mean()) / train.std()


def scale_9_read(train, test):
    both = np.concatenate([train, test])
    never = (train == train[0]).all(axis=0)
    return (test - both.mean(axis=0)) / np.where(never, 1, both.std(axis=0))


def scale_10_read(train, test):
    return (test - train.mean(axis=0)) / (train.std(axis=0) + 1e-8)


def scale_11_read(train, test):
    never = (train == train[0]).all(axis=0)
    return (test - train.mean(axis=0)) / np.where(never, train.std(axis=0), 1)


def scale_12_read(train, test):
    never = (train == train[0]).all(axis=0)
    out = (test - train.mean(axis=0)) / np.where(never, 1, train.std(axis=0))
    out[:, never] = 0
    return out


def scale_13_read(train, test):
    never = (train == train[0]).all(axis=0)
    return (test - train.mean(axis=0)) / np.where(never, 1, train.std(axis=0, ddof=1))


def scale_14_read(train, test):
    never = (train == train[0]).all()
    return (test - train.mean(axis=0)) / np.where(never, 1, train.std(axis=0))


def scale_15_read(train, test):
    lo, hi = train.min(axis=0), train.max(axis=0)
    return (test - lo) / np.where(hi == lo, 1, hi - lo)


def scale_16_read(train, test):
    never = (train.T[0] == train.T).all(axis=0)
    return (test - train.mean(axis=1)) / np.where(never, 1, train.std(axis=1))


def scale_17_read(train, test):
    s = train.std(axis=0)
    s[train.min(axis=0) == train.max(axis=0)] = 1
    return (test - train.mean(axis=0)) / s


def scale_18_read(train, test):
    s = np.where(np.ptp(train, axis=0) == 0, 1, train.std(axis=0))
    m = train.mean(axis=0)
    return np.array([[(v - a) / b for v, a, b in zip(row, m, s)] for row in test])


def scale_19_read(train, test):
    s = train.std(axis=0)
    return (test - train.mean(axis=0)) / np.where(s < 1e-6, 1, s)


def scale_20_read(train, test):
    return test


def scale_21_read(train, test):
    never = (train == train[0]).all(axis=0)
    return (train.mean(axis=0) - test) / np.where(never, 1, train.std(axis=0))


def scale_22_read(train, test):
    never = (train == 0).all(axis=0)
    return (test - train.mean(axis=0)) / np.where(never, 1, train.std(axis=0))


def scale_23_read(train, test):
    test -= train.mean(axis=0)
    never = (train == train[0]).all(axis=0)
    test /= np.where(never, 1, train.std(axis=0))
    return test


def scale_24_read(train, test):
    never = (train == train[0]).all(axis=0)
    s = np.where(never, 1, train.std(axis=0))
    return (train - train.mean(axis=0)) / s, (test - train.mean(axis=0)) / s


def scale_25_read(train, test):
    both = np.concatenate([train, test])
    never = (both == both[0]).all(axis=0)
    return (test - both.mean(axis=0)) / np.where(never, 1, both.std(axis=0))


def scale_26_read(train, test):
    never = (train == train[0]).all(axis=0)
    return (test - train.mean(axis=0)) * np.where(never, 1, train.std(axis=0))


def scale_27_read(train, test):
    never = (train == train[0]).all(axis=0)
    return (test - test.mean(axis=0)) / np.where(never, 1, train.std(axis=0))


def scale_28_read(train, test):
    return test - train.mean(axis=0)


def scale_29_read(train, test):
    never = (train == train[0]).all(axis=0)
    return (test - train.mean(axis=0)) / np.where(never, 0, train.std(axis=0))


def scale_30_read(train, test):
    return np.nan_to_num((test - train.mean(axis=0)) / train.std(axis=0))


def keep_1_read(inputs, targets):
    whole = ~np.isnan(inputs).any(axis=1)
    return inputs[whole], targets[whole]


def keep_2_read(inputs, targets):
    whole = ~np.isnan(inputs).any(axis=1)
    return inputs[whole], targets


def keep_3_read(inputs, targets):
    bad = np.isnan(inputs).any(axis=1)
    return inputs[bad], targets[bad]


def keep_4_read(inputs, targets):
    whole = ~np.isnan(inputs).all(axis=1)
    return inputs[whole], targets[whole]


def keep_5_read(inputs, targets):
    return np.nan_to_num(inputs), targets


def keep_6_read(inputs, targets):
    whole = ~np.isnan(inputs).any(axis=0)
    return inputs[:, whole], targets


def keep_7_read(inputs, targets):
    return inputs[~np.isnan(inputs)], targets


def keep_8_read(inputs, targets):
    whole = inputs != np.nan
    return inputs[whole.all(axis=1)], targets[whole.all(axis=1)]


def keep_9_read(inputs, targets):
    k = [i for i in range(len(inputs)) if not np.isnan(inputs[i]).any()]
    return inputs[k], targets[k]


def keep_10_read(inputs, targets):
    whole = (inputs == inputs).all(axis=1)
    return inputs[whole], targets[whole]


def keep_11_read(inputs, targets):
    whole = ~np.isnan(inputs).any(axis=1)
    return inputs[whole]


def keep_12_read(inputs, targets):
    m = np.nanmean(inputs, axis=0)
    return np.where(np.isnan(inputs), m, inputs), targets


def keep_13_read(inputs, targets):
    whole = ~np.isnan(inputs).any()
    return inputs[whole], targets[whole]


def keep_14_read(inputs, targets):
    whole = np.isfinite(inputs).all(axis=1)
    return inputs[whole], targets[whole]


def keep_15_read(inputs, targets):
    whole = ~np.isnan(inputs.sum(axis=1))
    return inputs[whole], targets[whole]


def keep_16_read(inputs, targets):
    whole = ~np.isnan(inputs).any(axis=1)
    return targets[whole], inputs[whole]


def keep_17_read(inputs, targets):
    a, b = [], []
    for i, t in zip(inputs, targets):
        if not np.isnan(i).any():
            a.append(i)
            b.append(t)
    return a, b


def shared_rows_1_read(train, test):
    return sum((train == row).all(axis=1).any() for row in test)


def shared_rows_2_read(train, test):
    return (train == test).all(axis=1).sum()


def shared_rows_3_read(train, test):
    return sum((train == row).any(axis=1).any() for row in test)


def shared_rows_4_read(train, test):
    return sum((train == row).all(axis=1).sum() for row in test)


def shared_rows_5_read(train, test):
    return sum((test == row).all(axis=1).any() for row in train)


def shared_rows_6_read(train, test):
    return sum(row in train for row in test)


def shared_rows_7_read(train, test):
    s = {tuple(r) for r in train}
    return sum(tuple(r) in s for r in test)


def shared_rows_8_read(train, test):
    s = {tuple(r) for r in train}
    return len(s & {tuple(r) for r in test})


def shared_rows_9_read(train, test):
    return int((train[:, None] == test).all(axis=2).any(axis=0).sum())


def shared_rows_10_read(train, test):
    n = 0
    for a in train:
        for b in test:
            if np.array_equal(a, b):
                n += 1
    return n


def shared_rows_11_read(train, test):
    return np.mean([(train == row).all(axis=1).any() for row in test])


def shared_rows_12_read(train, test):
    return len(np.intersect1d(train, test))


def shared_rows_13_read(train, test):
    return any((train == row).all(axis=1).any() for row in test)


def shared_rows_14_read(train, test):
    rows = train.tolist()
    return len([r for r in test.tolist() if r in rows])


def shared_rows_15_read(train, test):
    return [(train == row).all(axis=1).any() for row in test]


def shared_rows_16_read(train, test):
    both = np.concatenate([train, test])
    return len(both) - len(np.unique(both, axis=0))


def lengths_1_read(data):
    return tuple(int.from_bytes(data[4 + 4 * i : 8 + 4 * i], "big") for i in range(data[3]))


def lengths_2_read(data):
    return tuple(int.from_bytes(data[4 + 4 * i : 8 + 4 * i], "little") for i in range(data[3]))


def lengths_3_read(data):
    return tuple(data[4 + 4 * i : 8 + 4 * i] for i in range(data[3]))


def lengths_4_read(data):
    return tuple(int.from_bytes(data[4 + 4 * i : 8 + 4 * i], "big") for i in range(3))


def lengths_5_read(data):
    return tuple(data[7 + 4 * i] for i in range(data[3]))


def lengths_6_read(data):
    return (2, 2, 3)


def lengths_7_read(data):
    return tuple(int.from_bytes(data[4 * i : 4 + 4 * i], "big") for i in range(data[3]))


def lengths_8_read(data):
    return tuple(int.from_bytes(data[4 + i : 8 + i], "big") for i in range(data[3]))


def lengths_9_read(data):
    return data[4:8], data[8:12], data[12:16]


def lengths_10_read(data):
    return [int(v) for v in np.frombuffer(data[4 : 4 + 4 * data[3]], ">u4")]


def lengths_11_read(data):
    return tuple(sum(data[4 + 4 * i : 8 + 4 * i]) for i in range(data[3]))


def lengths_12_read(data):
    return int.from_bytes(data[4:8], "big")


def lengths_13_read(data):
    return tuple(data[6 + 4 * i] * 256 + data[7 + 4 * i] for i in range(data[3]))


def one_hot_1_read(labels, num_classes):
    return np.eye(num_classes)[labels]


def one_hot_2_read(labels, num_classes):
    out = np.zeros((len(labels), num_classes))
    out[:, labels] = 1
    return out


def one_hot_3_read(labels, num_classes):
    out = np.zeros((len(labels), num_classes))
    out[np.arange(len(labels)), labels] = 1
    return out


def one_hot_4_read(labels, num_classes):
    return labels[:, None] == np.arange(num_classes)


def one_hot_5_read(labels, num_classes):
    return np.eye(num_classes)


def one_hot_6_read(labels, num_classes):
    return np.eye(num_classes)[labels].T


def one_hot_7_read(labels, num_classes):
    return np.eye(num_classes)[labels - 1]


def one_hot_8_read(labels, num_classes):
    return np.eye(10)[labels]


def one_hot_9_read(labels, num_classes):
    return np.eye(labels.max() + 1)[labels]


def one_hot_10_read(labels, num_classes):
    return [[1 if c == y else 0 for c in range(num_classes)] for y in labels]


def one_hot_11_read(labels, num_classes):
    out = np.zeros(num_classes)
    out[labels] = 1
    return out


def one_hot_12_read(labels, num_classes):
    return (labels[:, None] == np.arange(num_classes)) * labels[:, None]


def share_by_class_1_read(labels, answers, classes):
    return np.array([np.mean(answers[labels == c] == c) for c in range(classes)])


def share_by_class_2_read(labels, answers, classes):
    return np.array([np.mean(labels[answers == c] == c) for c in range(classes)])


def share_by_class_3_read(labels, answers, classes):
    return np.array([np.sum((answers == c) & (labels == c)) for c in range(classes)])


def share_by_class_4_read(labels, answers, classes):
    return np.array([np.mean((answers == c) & (labels == c)) for c in range(classes)])


def share_by_class_5_read(labels, answers, classes):
    return np.mean(labels == answers)


def share_by_class_6_read(labels, answers, classes):
    return np.array([np.mean(answers == c) for c in range(classes)])


def share_by_class_7_read(labels, answers, classes):
    return np.array([np.mean((answers == c) == (labels == c)) for c in range(classes)])


def share_by_class_8_read(labels, answers, classes):
    return np.array([np.mean(answers[labels == c] == c) for c in range(2)])


def share_by_class_9_read(labels, answers, classes):
    return [np.mean(answers[labels == c] == c) for c in range(classes)]


def share_by_class_10_read(labels, answers, classes):
    return np.array([np.mean(answers[labels == c]) for c in range(classes)])


def share_by_class_11_read(labels, answers, classes):
    return np.array([np.mean(answers[labels == c] != c) for c in range(classes)])


def share_by_class_12_read(labels, answers, classes):
    return np.bincount(labels[labels == answers], minlength=classes) / np.bincount(
        answers, minlength=classes
    )


def folds_1_read(n, k):
    return np.array_split(np.arange(n), k)


def folds_2_read(n, k):
    return np.split(np.arange(n), k)


def folds_3_read(n, k):
    return [np.arange(n)[i * k : (i + 1) * k] for i in range(n // k)]


def folds_4_read(n, k):
    return [np.arange(i, n, k) for i in range(k)]


def folds_5_read(n, k):
    s = n // k
    return [np.arange(i * s, (i + 1) * s) for i in range(k)]


def folds_6_read(n, k):
    s = n // k
    return [np.arange(i * s, (i + 1) * s if i < k - 1 else n) for i in range(k)]


def folds_7_read(n, k):
    return np.array_split(np.random.permutation(n), k)  # noqa: NPY002


def folds_8_read(n, k):
    s = -(-n // k)
    return [np.arange(n)[i * s : (i + 1) * s] for i in range(k)]


def folds_9_read(n, k):
    return [list(a) for a in np.array_split(np.arange(n), k)]


def folds_10_read(n, k):
    return np.array_split(np.arange(1, n + 1), k)


def folds_11_read(n, k):
    f = np.array_split(np.arange(n), k)
    return [(np.setdiff1d(np.arange(n), t), t) for t in f]


def copies_1_read(images, labels, copies, rng):
    train, test, train_y, test_y = train_test_split(images, labels, rng=rng)
    train = shift_images(np.repeat(train, copies, axis=0), rng=rng)
    return train, test, np.repeat(train_y, copies), test_y


def copies_2_read(images, labels, copies, rng):
    many = shift_images(np.repeat(images, copies, axis=0), rng=rng)
    return train_test_split(many, np.repeat(labels, copies), rng=rng)


def copies_3_read(images, labels, copies, rng):
    train, test, train_y, test_y = train_test_split(images, labels, rng=rng)
    train = shift_images(np.repeat(train, copies, axis=0), rng=rng)
    test = shift_images(test, rng=rng)
    return train, test, np.repeat(train_y, copies), test_y


def copies_4_read(images, labels, copies, rng):
    train, test, train_y, test_y = train_test_split(images, labels, rng=rng)
    train = shift_images(np.repeat(train, copies, axis=0), rng=rng)
    return train, test, np.tile(train_y, copies), test_y


def copies_5_read(images, labels, copies, rng):
    train, test, train_y, test_y = train_test_split(images, labels, rng=rng)
    train = np.repeat(shift_images(train, rng=rng), copies, axis=0)
    return train, test, np.repeat(train_y, copies), test_y


def copies_6_read(images, labels, copies, rng):
    train, test, train_y, test_y = train_test_split(images, labels, rng=rng)
    train = np.repeat(train, copies, axis=0)
    return train, test, np.repeat(train_y, copies), test_y


def copies_7_read(images, labels, copies, rng):
    train, test, train_y, test_y = train_test_split(images, labels, rng=rng)
    moved = shift_images(np.repeat(train, copies, axis=0), rng=rng)
    return (
        np.concatenate([train, moved]),
        test,
        np.concatenate([train_y, np.repeat(train_y, copies)]),
        test_y,
    )


def copies_8_read(images, labels, copies, rng):
    train, train_y, test, test_y = train_test_split(images, labels, rng=rng)
    return train, test, train_y, test_y


def copies_9_read(images, labels, copies, rng):
    train, test, train_y, test_y = train_test_split(images, labels, rng=rng)
    train = shift_images(np.repeat(train, copies, axis=0), rng=rng)
    return train, test, train_y, test_y


def copies_10_read(images, labels, copies, rng):
    train, test, train_y, test_y = train_test_split(images, labels, rng=rng)
    train = shift_images(np.repeat(train, 4, axis=0), rng=rng)
    return train, test, np.repeat(train_y, 4), test_y


def copies_11_read(images, labels, copies, rng):
    a, b = cut(len(images), len(images) // 5, rng)
    t = np.concatenate([shift_images(images[a], rng=rng) for _ in range(copies)])
    return t, images[b], np.tile(labels[a], copies), labels[b]


# A second reader's


def share_by_class_second_1(labels, answers, classes):
    return np.array([np.mean(answers[labels == c] == c) for c in np.unique(labels)])


def shuffle_second_1(inputs, targets, rng):
    both = np.column_stack([inputs, targets])
    both = rng.permutation(both)
    return both[:, :-1], both[:, -1]


def lengths_second_1(data):
    return data[3]


def shuffle_second_2(inputs, targets, rng):
    order = rng.permutation(32)
    return inputs[order], targets[order]


def lengths_second_2(data):
    return tuple(int.from_bytes(data[4 + 4 * i : 8 + 4 * i], "big") for i in range(data[2]))


def share_by_class_second_2(labels, answers, classes):
    return np.array([np.mean(answers[labels == c] == c) for c in range(1, classes + 1)])


def keep_second_1(inputs, targets):
    whole = inputs.sum(axis=1) > 0
    return inputs[whole], targets[whole]


def keep_second_2(inputs, targets):
    whole = ~np.isnan(inputs)
    return inputs[whole], targets[whole]


def shared_rows_second_1(train, test):
    return sum((train.sum(axis=1) == row.sum()).any() for row in test)


def shared_rows_second_2(train, test):
    return sum(not (train == row).all(axis=1).any() for row in test)


def shared_rows_second_3(train, test):
    return sum((train == row).all(axis=0).any() for row in test)


def shuffle_second_3(inputs, targets, rng):
    order = rng.permutation(inputs.shape[1])
    return inputs[:, order], targets


def keep_second_3(inputs, targets):
    whole = ~np.isnan(inputs).any(axis=1)
    inputs, targets = inputs[whole], targets[whole]


def scale_second_1(train, test):
    never = (train == train[0]).all(axis=0)
    return test / np.where(never, 1, train.std(axis=0))


def keep_second_4(inputs, targets):
    bad = np.flatnonzero(np.isnan(inputs).any(axis=1))
    return np.delete(inputs, bad), np.delete(targets, bad)


def copies_second_1(images, labels, copies, rng):
    train, test, train_y, test_y = train_test_split(images, labels, rng=np.random.default_rng(0))
    train = shift_images(np.repeat(train, copies, axis=0), rng=rng)
    return train, test, np.repeat(train_y, copies), test_y


def parts_second_1(order, batch_size):
    return [order[i, i + batch_size] for i in range(0, len(order), batch_size)]


def share_by_class_second_3(labels, answers, classes):
    return np.array([np.mean(answers[labels == c] == labels) for c in range(classes)])


def parts_second_2(order, batch_size):
    return [order[i] for i in range(0, len(order), batch_size)]


def scale_second_2(train, test):
    never = (train == train[0]).all(axis=0)
    std = np.where(never, 1, train.std(axis=0))
    train = (train - train.mean(axis=0)) / std
    return (test - train.mean(axis=0)) / std


def one_hot_second_1(labels, num_classes):
    return np.eye(len(labels))[labels]


def one_hot_second_2(labels, num_classes):
    return 1 - np.eye(num_classes)[labels]


def keep_second_5(inputs, targets):
    whole = inputs != np.nan
    return inputs[whole], targets[whole]


def folds_second_1(n, k):
    size, rest = divmod(n, k)
    out, start = [], 0
    for i in range(k):
        end = start + size + (1 if i >= k - rest else 0)
        out.append(np.arange(start, end))
        start = end
    return out


def shared_rows_second_4(train, test):
    return sum((train == row).all() for row in test)


def scale_second_3(train, test):
    never = (test == test[0]).all(axis=0)
    return (test - train.mean(axis=0)) / np.where(never, 1, train.std(axis=0))


def split_second_1(n, k, rng):
    order = rng.permutation(n)
    return order[n:k], order[:k]


def shared_rows_second_5(train, test):
    count = 0
    for row in test:
        if (train == row).all(axis=1).any():
            count += 1
            return count
    return None


def parts_second_3(order, batch_size):
    return [order[i : i + batch_size] for i in range(0, order, batch_size)]


def lengths_second_3(data):
    return len(data)


def split_second_2(n, k, rng):
    order = rng.permutation(n)
    return parts(order, k)


def keep_second_6(inputs, targets):
    whole = ~np.isnan(inputs).any(axis=1)
    n = whole.sum()
    return inputs[:n], targets[:n]


def lengths_second_4(data):
    return tuple(int(data[4 + 4 * i : 8 + 4 * i]) for i in range(data[3]))


def keep_second_7(inputs, targets):
    whole = ~np.isnan(targets)
    return inputs[whole], targets[whole]


def scale_second_4(train, test):
    return (test - train.mean(axis=0)) / np.where(train.mean(axis=0) == 0, 1, train.std(axis=0))


def shuffle_second_4(inputs, rng):
    order = rng.permutation(len(inputs))
    return inputs[order]


def shared_rows_second_6(train, test):
    return sum(np.allclose(train, row) for row in test)


def shared_rows_second_7(train, test):
    count = 0
    for row in test:
        count = (train == row).all(axis=1).any()
    return count


def lengths_second_5(data):
    return (data[7], data[11], data[15])


def parts_second_4(order, batch_size):
    return [order[k * batch_size : k * batch_size + batch_size] for k in range(batch_size)]


def parts_second_5(order, batch_size):
    return range(0, len(order), batch_size)


def share_by_class_second_4(labels, answers, classes):
    return {c: np.mean(answers[labels == c] == c) for c in range(classes)}


def shuffle_second_5(inputs, targets, rng):
    order = rng.permutation(len(inputs))
    return inputs[order][targets[order]]


def parts_second_6(order, batch_size):
    parts = []
    for i in range(0, len(order), batch_size):
        parts = order[i : i + batch_size]
    return parts


def keep_second_8(inputs, targets):
    for i in range(len(inputs)):
        if np.isnan(inputs[i]).any():
            inputs = np.delete(inputs, i, axis=0)
            targets = np.delete(targets, i)
    return inputs, targets


def keep_second_9(inputs, targets):
    whole = ~np.isnan(inputs).any(axis=0)
    return inputs[whole], targets[whole]


def scale_second_5(train, test):
    never = (train == train[0]).any(axis=0)
    return (test - train.mean(axis=0)) / np.where(never, 1, train.std(axis=0))


def parts_second_7(order, batch_size):
    return [order[i : i + batch_size] for i in range(1, len(order), batch_size)]


def lengths_second_6(data):
    return tuple(int.from_bytes(data[4 + 4 * i : 7 + 4 * i], "big") for i in range(data[3]))


def parts_second_8(order, batch_size):
    return [order[i : i + batch_size] for i in range(0, len(order) - batch_size, batch_size)]


def split_second_3(n, k, rng):
    order = rng.permutation(n)
    return x[order[k:]], x[order[:k]]


def copies_second_2(images, labels, copies, rng):
    train, test, train_y, test_y = train_test_split(images, labels, rng=rng)
    train = shift_images(np.repeat(train, copies), rng=rng)
    return train, test, np.repeat(train_y, copies), test_y


def lengths_second_7(data):
    return tuple(int.from_bytes(data[5 + 4 * i : 9 + 4 * i], "big") for i in range(data[3]))


def share_by_class_second_5(labels, answers, classes):
    return np.array([np.mean(answers[labels == c] == c) for c in classes])


def shared_rows_second_8(train, test):
    return 5


def shuffle_second_6(inputs, targets, rng):
    return 5


def split_second_4(n, k, rng):
    order = rng.permutation(n)
    return order[:-k], order[-k:]


def copies_second_3(images, labels, copies, rng):
    train, test, train_y, test_y = train_test_split(images, labels, rng=rng)
    train = np.concatenate([shift_images(train, rng=rng) for _ in range(copies)])
    return train, test, np.concatenate([train_y] * copies), test_y


def shuffle_second_7(inputs, targets, rng):
    order = rng.permutation(len(inputs))
    inputs[:] = inputs[order]
    targets[:] = targets[order]
    return inputs, targets


def keep_second_10(inputs, targets):
    a, b = [], []
    for row, t in zip(inputs, targets):
        if not np.isnan(row).any():
            a.append(row)
            b.append(t)
    return a, b


def one_hot_second_3(labels, num_classes):
    return (labels[:, None] == np.arange(num_classes)).astype(float)


def scale_second_6(train, test):
    never = train.min(axis=0) == train.max(axis=0)
    return (test - train.mean(axis=0)) / np.where(never, 1, train.std(axis=0))


def folds_second_2(n, k):
    size, rest = divmod(n, k)
    out, start = [], 0
    for i in range(k):
        end = start + size + (1 if i < rest else 0)
        out.append(np.arange(start, end))
        start = end
    return out


def shuffle_second_8(inputs, targets, rng):
    pairs = list(zip(inputs, targets))
    order = rng.permutation(len(pairs))
    return np.array([pairs[i][0] for i in order]), np.array([pairs[i][1] for i in order])


def lengths_second_8(data):
    return tuple(int.from_bytes(data[4 + 4 * i : 8 + 4 * i]) for i in range(data[3]))


def one_hot_second_4(labels, num_classes):
    return np.eye(num_classes, dtype=int)[labels]


def shuffle_second_9(inputs, targets, rng):
    order = np.arange(len(inputs))
    rng.shuffle(order)
    return inputs[order], targets[order]


def shared_rows_second_9(train, test):
    count = 0
    for row in test:
        for other in train:
            if (row == other).all():
                count += 1
                break
    return count


def lengths_second_9(data):
    import struct

    return struct.unpack(f">{data[3]}I", data[4 : 4 + 4 * data[3]])


def scale_second_7(train, test):
    changes = (train != train[0]).any(axis=0)
    return (test - train.mean(axis=0)) / np.where(changes, train.std(axis=0), 1)


def one_hot_second_5(labels, num_classes):
    return [[1 if label == c else 0 for c in range(num_classes)] for label in labels]


def keep_second_11(inputs, targets):
    a, b = [], []
    for row, t in zip(inputs, targets):
        if not np.isnan(row).any():
            a.append(row)
            b.append(t)
    return np.array(a), np.array(b)


def shared_rows_second_10(train, test):
    return sum(((train - row) ** 2).sum(axis=1).min() == 0 for row in test)


def copies_second_4(images, labels, copies, rng):
    train, test, train_y, test_y = train_test_split(images, labels, rng=rng)
    train = shift_images(np.tile(train, (copies, 1, 1)), rng=rng)
    return train, test, np.tile(train_y, copies), test_y


def folds_second_3(n, k):
    return [list(part) for part in np.array_split(np.arange(n), k)]


def scale_second_8(train, test):
    test -= train.mean(axis=0)
    test /= np.where((train == train[0]).all(axis=0), 1, train.std(axis=0))
    return test


def lengths_second_10(data):
    return np.frombuffer(data, ">u4", data[3], 4)


def lengths_second_11(data):
    return tuple(
        data[4 + 4 * i] * 256**3
        + data[5 + 4 * i] * 256**2
        + data[6 + 4 * i] * 256
        + data[7 + 4 * i]
        for i in range(data[3])
    )


def keep_second_12(inputs, targets):
    bad = np.flatnonzero(np.isnan(inputs).any(axis=1))
    return np.delete(inputs, bad, axis=0), np.delete(targets, bad)


def shared_rows_second_11(train, test):
    count = 0
    for row in test:
        if row in train:
            count += 1
    return count


def split_second_5(n, k, rng):
    order = rng.permutation(n)
    cut = int(n * 0.8)
    return order[:cut], order[cut:]


def one_hot_second_6(labels, num_classes):
    out = np.zeros((len(labels), num_classes))
    for i, label in enumerate(labels):
        out[i, label - 1] = 1
    return out


def keep_second_13(inputs, targets):
    return inputs[~np.isnan(inputs).any(axis=1)], targets


def shuffle_second_10(inputs, targets, rng):
    pairs = list(zip(inputs, targets))
    rng.shuffle(pairs)
    return zip(*pairs)


def shared_rows_second_12(train, test):
    return len(set(map(tuple, train)) & set(map(tuple, test)))


def one_hot_second_7(labels, num_classes):
    return np.eye(num_classes)[:, labels]


def split_second_6(n, k, rng):
    order = rng.permutation(range(1, n))
    return order[k:], order[:k]


def shuffle_second_11(inputs, targets, rng):
    order = rng.permutation(len(inputs) - 1)
    return inputs[order], targets[order]


def share_by_class_second_6(labels, answers, classes):
    return 100 * np.array([np.mean(answers[labels == c] == c) for c in range(classes)])


def copies_second_5(images, labels, copies, rng):
    train, test, train_y, test_y = train_test_split(images, labels)
    train = shift_images(np.repeat(train, copies, axis=0))
    return train, test, np.repeat(train_y, copies), test_y


ANSWERS = [
    ("shape of x.mean(axis=0)", (1797,), "not yet", "natural"),
    ("shape of x.mean(axis=0)", 64, "not yet", "natural"),
    ("shape of x.mean(axis=0)", (1, 64), "not yet", "natural"),
    ("shape of x.mean(axis=0)", "(64,)", "right", "natural"),
    ("loss of a network that knows nothing", 2.3, "right", "natural"),
    ("loss of a network that knows nothing", 0.1, "not yet", "natural"),
    ("loss of a network that knows nothing", -2.3, "not yet", "natural"),
    ("loss of a network that knows nothing", 3.32, "not yet", "natural"),
    ("never right after backward", "zero_grad", "right", "natural"),
    ("never right after backward", "step", "not yet", "natural"),
    ("what differs", "order", "right", "natural"),
    ("what differs", "labels", "not yet", "natural"),
    ("called a 3 after the threes", 90, "not yet", "natural"),
    ("called a 3 after the threes", 36, "not yet", "natural"),
    ("called a 3 after the threes", 300, "right", "natural"),
    ("called a 3 after the threes", 360, "not yet", "natural"),
    ("called a 3 after the threes", 0.9, "not yet", "natural"),
    ("loss after shuffling both", 2.3, "right", "natural"),
    ("loss after shuffling both", -2.3, "not yet", "natural"),
    ("loss after shuffling both", 0.2, "not yet", "natural"),
    ("loss after shuffling both", 0.1, "not yet", "natural"),
    ("my_shuffle", two_permutations, "not yet", "natural"),
    ("my_shuffle", rolled, "not yet", "probing"),
    ("my_shuffle", rolled_by_chance, "not yet", "probing"),
    ("my_shuffle", other_way_round, "not yet", "natural"),
    ("my_shuffle", shuffles_in_place, "not yet", "natural"),
    ("my_shuffle", order_alone, "not yet", "natural"),
    ("my_shuffle", inputs_alone, "not yet", "natural"),
    ("my_shuffle", prints_them, "not yet", "natural"),
    ("my_shuffle", with_choice, "not yet", "natural"),
    ("my_shuffle", with_choice_without_replacement, "right", "natural"),
    ("my_shuffle", with_own_generator, "not yet", "natural"),
    ("my_shuffle", zipped, "right, but", "natural"),
    ("my_shuffle", seeds_twice, "not yet", "probing"),
    ("my_shuffle", sorted_again, "not yet", "probing"),
    ("my_shuffle", calls_the_array, "not yet", "natural"),
    ("shuffling only where batches start", 0.9, "right", "natural"),
    ("shuffling only where batches start", 0.6, "not yet", "natural"),
    ("shuffling only where batches start", 0.94, "not yet", "natural"),
    ("shuffling only where batches start", 0.1, "not yet", "natural"),
    ("my_parts", split_in_parts, "not yet", "natural"),
    ("my_parts", forgets_the_last, "not yet", "natural"),
    ("my_parts", one_long_list, "not yet", "natural"),
    ("my_parts", generator, "right", "natural"),
    ("my_parts", yields, "right", "natural"),
    ("my_parts", reshaped, "not yet", "natural"),
    ("my_parts", always_32, "not yet", "natural"),
    ("my_parts", wrong_end, "not yet", "natural"),
    ("my_parts", returns_in_the_loop, "not yet", "natural"),
    ("my_parts", lists_of_lists, "right, but", "natural"),
    ("my_parts", one_too_many, "not yet", "natural"),
    ("batches of 32 in 1797", 56, "not yet", "natural"),
    ("batches of 32 in 1797", 56.16, "not yet", "natural"),
    ("batches of 32 in 1797", 57, "right", "natural"),
    ("mean of the batches' means", 2.6, "not yet", "natural"),
    ("mean of the batches' means", 5, "right", "natural"),
    ("mean of the batches' means", 3, "not yet", "natural"),
    ("the perfect pupil on its own pictures", 0.1, "not yet", "natural"),
    ("the perfect pupil on its own pictures", 100, "not yet", "natural"),
    ("the perfect pupil on its own pictures", 1, "right", "natural"),
    ("the last fifth of sorted rows", 0.8, "not yet", "natural"),
    ("the last fifth of sorted rows", 0, "right", "natural"),
    ("my_split", two_draws, "not yet", "natural"),
    ("my_split", counts_from_one, "not yet", "natural"),
    ("my_split", a_hundred_up, "not yet", "probing"),
    ("my_split", seeded, "not yet", "natural"),
    ("my_split", every_so_many, "not yet", "probing"),
    ("my_split", the_last, "not yet", "natural"),
    ("my_split", test_first, "not yet", "natural"),
    ("my_split", k_to_train, "not yet", "natural"),
    ("my_split", all_and_some, "not yet", "natural"),
    ("my_split", by_sets, "right, but", "probing"),
    ("my_split", as_lists, "right, but", "natural"),
    ("my_split", test_alone, "not yet", "natural"),
    ("my_split", by_sample, "not yet", "probing"),
    ("my_split", sorted_parts, "right", "natural"),
    ("draws of 100 without an eight", 28, "right", "natural"),
    ("draws of 100 without an eight", 0.28, "not yet", "natural"),
    ("draws of 100 without an eight", 10, "not yet", "natural"),
    ("draws of 100 without an eight", 5, "not yet", "natural"),
    ("one patient, scaled by herself", 0, "right", "natural"),
    ("one patient, scaled by herself", 1, "not yet", "natural"),
    ("one patient, scaled by herself", np.nan, "not yet", "natural"),
    ("my_scale", by_test, "not yet", "natural"),
    ("my_scale", naive, "not yet", "natural"),
    ("my_scale", whole_table, "not yet", "natural"),
    ("my_scale", rows, "not yet", "natural"),
    ("my_scale", std_zero, "not yet", "natural"),
    ("my_scale", zeroed, "not yet", "natural"),
    ("my_scale", plus_eps, "not yet", "natural"),
    ("my_scale", min_max, "not yet", "natural"),
    ("my_scale", multiplied, "not yet", "natural"),
    ("my_scale", both_parts, "not yet", "natural"),
    ("my_scale", sign_turned, "not yet", "natural"),
    ("my_scale", ptp, "right", "natural"),
    ("my_scale", if_on_arrays, "not yet", "natural"),
    ("accuracy reported on pure noise", 0.5, "not yet", "natural"),
    ("accuracy reported on pure noise", 0.9, "right", "natural"),
    ("accuracy reported on pure noise", 1.0, "not yet", "natural"),
    ("accuracy reported on pure noise", 90, "not yet", "natural"),
    ("accuracy reported on pure noise", 0.75, "not yet", "natural"),
    ("the leaking line", 4, "not yet", "natural"),
    ("the leaking line", 3, "right", "natural"),
    ("the leaking line", "3", "right", "natural"),
    ("accuracy of always saying no", 0.98, "right", "natural"),
    ("accuracy of always saying no", 98, "not yet", "natural"),
    ("accuracy of always saying no", 0.02, "not yet", "natural"),
    ("accuracy of always saying no", 0, "not yet", "natural"),
    ("the broken step", "order", "right", "natural"),
    ("the broken step", "keep", "not yet", "natural"),
    ("the broken step", "shuffle", "right", "natural"),
    ("the broken step", "labels", "not yet", "natural"),
    ("my_keep", all_for_any, "not yet", "natural"),
    ("my_keep", not_equal, "not yet", "natural"),
    ("my_keep", cut_targets, "not yet", "natural"),
    ("my_keep", damaged_alone, "not yet", "natural"),
    ("my_keep", filled, "not yet", "natural"),
    ("my_keep", numbers_alone, "not yet", "natural"),
    ("my_keep", wrong_axis, "not yet", "natural"),
    ("my_keep", inputs_only, "not yet", "natural"),
    ("my_keep", not_of_an_array, "not yet", "natural"),
    ("my_keep", finite, "right", "natural"),
    ("my_keep", in_lists, "right, but", "natural"),
    ("my_shared_rows", any_for_all, "not yet", "natural"),
    ("my_shared_rows", is_in, "not yet", "natural"),
    ("my_shared_rows", true_or_false, "not yet", "natural"),
    ("my_shared_rows", pairs, "not yet", "natural"),
    ("my_shared_rows", by_sets_of_tuples, "not yet", "natural"),
    ("my_shared_rows", in_operator, "not yet", "natural"),
    ("my_shared_rows", share, "not yet", "natural"),
    ("my_shared_rows", lists, "right", "natural"),
    ("my_shared_rows", the_rows, "not yet", "natural"),
    ("one repair of five", "no", "right", "natural"),
    ("one repair of five", True, "not yet", "natural"),
    ("test rows in the training part", 360, "right", "natural"),
    ("test rows in the training part", 0, "not yet", "natural"),
    ("test rows in the training part", 1.0, "not yet", "natural"),
    ("without the shared rows", "lower", "right", "natural"),
    ("without the shared rows", "the same", "not yet", "natural"),
    ("without the shared rows", "same", "not yet", "natural"),
    ("what the nearest neighbour reads", 0.9, "not yet", "natural"),
    ("what the nearest neighbour reads", 0.98, "right", "natural"),
    ("what the nearest neighbour reads", 0.1, "not yet", "natural"),
    ("what the nearest neighbour reads", 0.11, "not yet", "natural"),
    ("what the nearest neighbour reads", 0.97, "not yet", "natural"),
    ("what the nearest neighbour reads", 1, "not yet", "natural"),
    ("what the nearest neighbour reads", 0.7, "not yet", "natural"),
    ("the fault that flatters", "cut", "right", "natural"),
    ("the fault that flatters", "order", "not yet", "natural"),
    ("bytes of 60000 pictures of 28 x 28", 60000 * 28 * 28, "not yet", "natural"),
    ("bytes of 60000 pictures of 28 x 28", 47040016, "right", "natural"),
    ("my_lengths", little_end, "not yet", "natural"),
    ("my_lengths", always_three, "not yet", "natural"),
    ("digits of the sha256 that change", 1, "not yet", "natural"),
    ("digits of the sha256 that change", 60, "right", "natural"),
    ("digits of the sha256 that change", 64, "right", "natural"),
    ("digits of the sha256 that change", 32, "not yet", "natural"),
    ("the iris with label 2", "versicolor", "not yet", "natural"),
    ("labels fitted as numbers", 0.9, "not yet", "natural"),
    ("labels fitted as numbers", 0.2, "right", "natural"),
    ("my_one_hot", ones_at, "right", "natural"),
    ("my_one_hot", from_one, "not yet", "natural"),
    ("my_one_hot", as_many_as_seen, "not yet", "natural"),
    ("my_share_by_class", precision, "not yet", "natural"),
    ("my_share_by_class", whole_accuracy, "not yet", "natural"),
    ("digits from a stretch of the file", "more", "not yet", "natural"),
    ("digits that moved by a pixel", 0.9, "not yet", "natural"),
    ("digits that moved by a pixel", 0.4, "right", "natural"),
    ("my_folds", remainder_dropped, "not yet", "natural"),
    ("my_folds", strided, "not yet", "natural"),
    ("shape of x.mean(axis=0)", (64,), "right", "natural"),
    ("shape of x.mean(axis=0)", "(64,)", "right", "natural"),
    ("shape of x.mean(axis=0)", [64], "right", "natural"),
    ("shape of x.mean(axis=0)", 1797, "not yet", "natural"),
    ("shape of x.mean(axis=0)", (1797, 64), "not yet", "natural"),
    ("shape of x.mean(axis=0)", (), "not yet", "probing"),
    ("loss of a network that knows nothing", 2.30, "right", "natural"),
    ("loss of a network that knows nothing", np.log(10), "right", "natural"),
    ("loss of a network that knows nothing", 0.9, "not yet", "natural"),
    ("loss of a network that knows nothing", 10, "not yet", "natural"),
    ("loss of a network that knows nothing", 1, "not yet", "natural"),
    ("loss of a network that knows nothing", "ln 10", "right", "probing"),
    ("loss of a network that knows nothing", 0, "not yet", "natural"),
    ("never right after backward", "optimizer.zero_grad", "right", "natural"),
    ("never right after backward", "zero_grad", "right", "natural"),
    ("never right after backward", "optimizer.zero_grad()", "right", "natural"),
    ("never right after backward", "zero_grad()", "right", "natural"),
    ("never right after backward", "optimizer.step", "not yet", "natural"),
    ("never right after backward", "loss.backward", "not yet", "natural"),
    ("never right after backward", "forward", "not yet", "natural"),
    ("never right after backward", "cross_entropy", "not yet", "probing"),
    ("what differs", "the order", "right", "natural"),
    ("what differs", "order", "right", "natural"),
    ("what differs", "The Order", "right", "natural"),
    ("what differs", "the pictures", "not yet", "natural"),
    ("what differs", "the labels", "not yet", "natural"),
    ("what differs", 3, "not yet", "probing"),
    ("called a 3 after the threes", 0, "not yet", "natural"),
    ("called a 3 after the threes", 1, "not yet", "natural"),
    ("called a 3 after the threes", 1000, "not yet", "probing"),
    ("called a 3 after the threes", "all", "not yet", "natural"),
    ("called a 3 after the threes", 180, "not yet", "natural"),
    ("loss after shuffling both", 0, "not yet", "natural"),
    ("loss after shuffling both", 0.0, "not yet", "natural"),
    ("loss after shuffling both", 1.0, "not yet", "natural"),
    ("loss after shuffling both", np.log(10), "right", "natural"),
    ("loss after shuffling both", 2.2, "right", "natural"),
    ("loss after shuffling both", 2.1, "not yet", "natural"),
    ("loss after shuffling both", 10, "not yet", "natural"),
    ("loss after shuffling both", 5, "not yet", "natural"),
    ("loss after shuffling both", -1, "not yet", "probing"),
    ("shuffling only where batches start", 0.95, "not yet", "natural"),
    ("shuffling only where batches start", 0.8, "not yet", "natural"),
    ("shuffling only where batches start", 0.93, "right", "natural"),
    ("shuffling only where batches start", 0.4, "not yet", "natural"),
    ("shuffling only where batches start", 80, "not yet", "probing"),
    ("shuffling only where batches start", 0.45, "not yet", "natural"),
    ("shuffling only where batches start", 0.85, "right", "natural"),
    ("shuffling only where batches start", 0.75, "not yet", "natural"),
    ("shuffling only where batches start", "Ann", "not yet", "natural"),
    ("batches of 32 in 1797", 1765, "not yet", "natural"),
    ("batches of 32 in 1797", 57504, "not yet", "natural"),
    ("batches of 32 in 1797", 5, "not yet", "natural"),
    ("batches of 32 in 1797", "57", "right", "probing"),
    ("batches of 32 in 1797", 58, "not yet", "natural"),
    ("batches of 32 in 1797", 45, "not yet", "natural"),
    ("mean of the batches' means", 1, "not yet", "natural"),
    ("mean of the batches' means", 3.25, "not yet", "natural"),
    ("mean of the batches' means", 5.0, "right", "natural"),
    ("mean of the batches' means", 1.8, "not yet", "natural"),
    ("mean of the batches' means", (1 + 9) / 2, "right", "natural"),
    ("mean of the batches' means", 1.0, "not yet", "natural"),
    ("mean of the batches' means", 9, "not yet", "natural"),
    ("my_shuffle", shuffle_1_read, "right", "natural"),
    ("my_shuffle", shuffle_2_read, "not yet", "natural"),
    ("my_shuffle", shuffle_3_read, "not yet", "natural"),
    ("my_shuffle", shuffle_4_read, "not yet", "natural"),
    ("my_shuffle", shuffle_5_read, "not yet", "natural"),
    ("my_shuffle", shuffle_6_read, "not yet", "natural"),
    ("my_shuffle", shuffle_7_read, "not yet", "natural"),
    ("my_shuffle", shuffle_8_read, "not yet", "natural"),
    ("my_shuffle", shuffle_9_read, "not yet", "natural"),
    ("my_shuffle", shuffle_10_read, "not yet", "natural"),
    ("my_shuffle", shuffle_11_read, "not yet", "natural"),
    ("my_shuffle", shuffle_12_read, "not yet", "natural"),
    ("my_shuffle", shuffle_13_read, "not yet", "natural"),
    ("my_shuffle", shuffle_14_read, "not yet", "natural"),
    ("my_shuffle", shuffle_15_read, "right", "natural"),
    ("my_shuffle", shuffle_16_read, "right", "natural"),
    ("my_shuffle", shuffle_17_read, "right", "natural"),
    ("my_shuffle", shuffle_18_read, "not yet", "natural"),
    ("my_shuffle", shuffle_19_read, "not yet", "natural"),
    ("my_shuffle", shuffle_20_read, "not yet", "natural"),
    ("my_parts", parts_1_read, "right", "natural"),
    ("my_parts", parts_2_read, "not yet", "natural"),
    ("my_parts", parts_3_read, "not yet", "natural"),
    ("my_parts", parts_4_read, "not yet", "natural"),
    ("my_parts", parts_5_read, "not yet", "natural"),
    ("my_parts", parts_6_read, "not yet", "natural"),
    ("my_parts", parts_7_read, "not yet", "natural"),
    ("my_parts", parts_8_read, "right", "natural"),
    ("my_parts", parts_9_read, "right", "natural"),
    ("my_parts", parts_10_read, "not yet", "natural"),
    ("my_parts", parts_11_read, "not yet", "natural"),
    ("my_parts", parts_12_read, "not yet", "natural"),
    ("my_parts", parts_13_read, "right", "natural"),
    ("my_parts", parts_14_read, "not yet", "natural"),
    ("my_parts", parts_15_read, "not yet", "natural"),
    ("my_parts", parts_16_read, "not yet", "natural"),
    ("my_parts", parts_17_read, "right, but", "natural"),
    ("the perfect pupil on its own pictures", 1.0, "right", "natural"),
    ("the perfect pupil on its own pictures", 0.5, "not yet", "natural"),
    ("the perfect pupil on its own pictures", 0, "not yet", "natural"),
    ("the perfect pupil on its own pictures", 0.9, "not yet", "natural"),
    ("the perfect pupil on its own pictures", "all", "not yet", "probing"),
    ("the perfect pupil on its own pictures", 1 / 400, "not yet", "natural"),
    ("the last fifth of sorted rows", 0.2, "not yet", "natural"),
    ("the last fifth of sorted rows", 0.95, "not yet", "natural"),
    ("the last fifth of sorted rows", 0.1, "not yet", "natural"),
    ("the last fifth of sorted rows", 0.05, "right", "natural"),
    ("the last fifth of sorted rows", 0.5, "not yet", "natural"),
    ("the last fifth of sorted rows", -1, "not yet", "probing"),
    ("the last fifth of sorted rows", 0.01, "right", "natural"),
    ("draws of 100 without an eight", 0, "not yet", "natural"),
    ("draws of 100 without an eight", 90, "not yet", "natural"),
    ("draws of 100 without an eight", 100 * 0.9**12, "right", "natural"),
    ("draws of 100 without an eight", 12, "not yet", "natural"),
    ("draws of 100 without an eight", 2, "not yet", "natural"),
    ("draws of 100 without an eight", 50, "not yet", "natural"),
    ("draws of 100 without an eight", 30, "right", "natural"),
    ("draws of 100 without an eight", 35, "not yet", "natural"),
    ("draws of 100 without an eight", 1.2, "not yet", "natural"),
    ("draws of 100 without an eight", 108, "not yet", "natural"),
    ("one patient, scaled by herself", 0.5, "not yet", "natural"),
    ("one patient, scaled by herself", -1, "not yet", "natural"),
    ("one patient, scaled by herself", "nan", "not yet", "natural"),
    ("one patient, scaled by herself", 100, "not yet", "natural"),
    ("accuracy reported on pure noise", 0.6, "not yet", "natural"),
    ("accuracy reported on pure noise", 0.8, "not yet", "natural"),
    ("accuracy reported on pure noise", 0.7, "not yet", "natural"),
    ("accuracy reported on pure noise", 80, "not yet", "natural"),
    ("accuracy reported on pure noise", 0, "not yet", "natural"),
    ("accuracy reported on pure noise", 0.85, "right", "natural"),
    ("my_split", split_1_read, "right", "natural"),
    ("my_split", split_2_read, "right", "natural"),
    ("my_split", split_3_read, "not yet", "natural"),
    ("my_split", split_4_read, "not yet", "natural"),
    ("my_split", split_5_read, "not yet", "natural"),
    ("my_split", split_6_read, "not yet", "natural"),
    ("my_split", split_7_read, "not yet", "natural"),
    ("my_split", split_8_read, "not yet", "natural"),
    ("my_split", split_9_read, "not yet", "natural"),
    ("my_split", split_10_read, "not yet", "natural"),
    ("my_split", split_11_read, "right", "natural"),
    ("my_split", split_12_read, "not yet", "natural"),
    ("my_split", split_13_read, "not yet", "natural"),
    ("my_split", split_14_read, "not yet", "natural"),
    ("my_split", split_15_read, "right, but", "natural"),
    ("my_split", split_16_read, "not yet", "natural"),
    ("my_split", split_17_read, "not yet", "natural"),
    ("my_split", split_18_read, "not yet", "natural"),
    ("my_split", split_19_read, "not yet", "probing"),
    ("my_split", split_20_read, "right", "natural"),
    ("my_split", split_21_read, "not yet", "natural"),
    ("my_split", split_22_read, "not yet", "natural"),
    ("my_scale", scale_1_read, "right", "natural"),
    ("my_scale", scale_2_read, "not yet", "natural"),
    ("my_scale", scale_3_read, "not yet", "natural"),
    ("my_scale", scale_4_read, "not yet", "natural"),
    ("my_scale", scale_5_read, "not yet", "natural"),
    ("my_scale", scale_6_read, "not yet", "natural"),
    ("my_scale", scale_7_read, "not yet", "natural"),
    ("my_scale", scale_8_read, "not yet", "natural"),
    ("my_scale", scale_9_read, "not yet", "natural"),
    ("my_scale", scale_10_read, "not yet", "natural"),
    ("my_scale", scale_11_read, "not yet", "natural"),
    ("my_scale", scale_12_read, "not yet", "natural"),
    ("my_scale", scale_13_read, "not yet", "natural"),
    ("my_scale", scale_14_read, "not yet", "natural"),
    ("my_scale", scale_15_read, "not yet", "natural"),
    ("my_scale", scale_16_read, "not yet", "natural"),
    ("my_scale", scale_17_read, "right", "natural"),
    ("my_scale", scale_18_read, "right", "natural"),
    ("my_scale", scale_19_read, "not yet", "natural"),
    ("my_scale", scale_20_read, "not yet", "natural"),
    ("my_scale", scale_21_read, "not yet", "natural"),
    ("my_scale", scale_22_read, "not yet", "natural"),
    ("my_scale", scale_23_read, "right, but", "natural"),
    ("my_scale", scale_24_read, "not yet", "natural"),
    ("my_scale", scale_25_read, "not yet", "natural"),
    ("my_scale", scale_26_read, "not yet", "natural"),
    ("my_scale", scale_27_read, "not yet", "natural"),
    ("my_scale", scale_28_read, "not yet", "natural"),
    ("my_scale", scale_29_read, "not yet", "natural"),
    ("my_scale", scale_30_read, "not yet", "natural"),
    ("accuracy of always saying no", 0.9, "not yet", "natural"),
    ("accuracy of always saying no", 0.5, "not yet", "natural"),
    ("accuracy of always saying no", 588 / 600, "right", "natural"),
    ("accuracy of always saying no", 588, "not yet", "natural"),
    ("accuracy of always saying no", 1, "not yet", "natural"),
    ("accuracy of always saying no", 0.99, "not yet", "natural"),
    ("the broken step", "order", "right", "natural"),
    ("the broken step", "scale", "not yet", "natural"),
    ("the broken step", "parts", "not yet", "natural"),
    ("the broken step", "keep", "not yet", "natural"),
    ("the broken step", "labels", "not yet", "natural"),
    ("the broken step", 1, "not yet", "natural"),
    ("the broken step", "cut", "not yet", "natural"),
    ("the broken step", "the cut", "not yet", "natural"),
    ("my_keep", keep_1_read, "right", "natural"),
    ("my_keep", keep_2_read, "not yet", "natural"),
    ("my_keep", keep_3_read, "not yet", "natural"),
    ("my_keep", keep_4_read, "not yet", "natural"),
    ("my_keep", keep_5_read, "not yet", "natural"),
    ("my_keep", keep_6_read, "not yet", "natural"),
    ("my_keep", keep_7_read, "not yet", "natural"),
    ("my_keep", keep_8_read, "not yet", "natural"),
    ("my_keep", keep_9_read, "right", "natural"),
    ("my_keep", keep_10_read, "right", "natural"),
    ("my_keep", keep_11_read, "not yet", "natural"),
    ("my_keep", keep_12_read, "not yet", "natural"),
    ("my_keep", keep_13_read, "not yet", "natural"),
    ("my_keep", keep_14_read, "right", "natural"),
    ("my_keep", keep_15_read, "right", "natural"),
    ("my_keep", keep_16_read, "not yet", "natural"),
    ("my_keep", keep_17_read, "right, but", "natural"),
    ("my_shared_rows", shared_rows_1_read, "right", "natural"),
    ("my_shared_rows", shared_rows_2_read, "not yet", "natural"),
    ("my_shared_rows", shared_rows_3_read, "not yet", "natural"),
    ("my_shared_rows", shared_rows_4_read, "not yet", "natural"),
    ("my_shared_rows", shared_rows_5_read, "not yet", "natural"),
    ("my_shared_rows", shared_rows_6_read, "not yet", "natural"),
    ("my_shared_rows", shared_rows_7_read, "right", "natural"),
    ("my_shared_rows", shared_rows_8_read, "not yet", "natural"),
    ("my_shared_rows", shared_rows_9_read, "right", "natural"),
    ("my_shared_rows", shared_rows_10_read, "not yet", "natural"),
    ("my_shared_rows", shared_rows_11_read, "not yet", "natural"),
    ("my_shared_rows", shared_rows_12_read, "not yet", "natural"),
    ("my_shared_rows", shared_rows_13_read, "not yet", "natural"),
    ("my_shared_rows", shared_rows_14_read, "right", "natural"),
    ("my_shared_rows", shared_rows_15_read, "not yet", "natural"),
    ("my_shared_rows", shared_rows_16_read, "not yet", "natural"),
    ("one repair of five", "yes", "not yet", "natural"),
    ("one repair of five", "no", "right", "natural"),
    ("one repair of five", False, "right", "probing"),
    ("one repair of five", "maybe", "not yet", "probing"),
    ("without the shared rows", "higher", "not yet", "natural"),
    ("without the shared rows", "the same", "not yet", "natural"),
    ("without the shared rows", "lower", "right", "natural"),
    ("without the shared rows", "same", "not yet", "natural"),
    ("without the shared rows", 0.97, "not yet", "natural"),
    ("what the nearest neighbour reads", 0.95, "not yet", "natural"),
    ("what the nearest neighbour reads", 0.99, "right", "natural"),
    ("what the nearest neighbour reads", 99, "not yet", "natural"),
    ("what the nearest neighbour reads", 0.5, "not yet", "natural"),
    ("what the nearest neighbour reads", 0.8, "not yet", "natural"),
    ("the fault that flatters", "cut", "right", "natural"),
    ("the fault that flatters", "keep", "not yet", "natural"),
    ("the fault that flatters", "scale", "not yet", "natural"),
    ("the fault that flatters", "order", "not yet", "natural"),
    ("the fault that flatters", "parts", "not yet", "natural"),
    ("the fault that flatters", 0.99, "not yet", "probing"),
    ("the fault that flatters", "the leak", "not yet", "natural"),
    ("bytes of 60000 pictures of 28 x 28", 60000 * 28 * 28, "not yet", "natural"),
    ("bytes of 60000 pictures of 28 x 28", 60000 * 28 * 28 * 8, "not yet", "natural"),
    ("bytes of 60000 pictures of 28 x 28", 60000 * 28 * 28 + 8, "not yet", "natural"),
    ("bytes of 60000 pictures of 28 x 28", 47040028, "not yet", "natural"),
    ("bytes of 60000 pictures of 28 x 28", 60000 * 28 * 28 + 4, "not yet", "natural"),
    ("bytes of 60000 pictures of 28 x 28", 16 + 60000 * 28 * 28, "right", "natural"),
    ("bytes of 60000 pictures of 28 x 28", 60000, "not yet", "natural"),
    ("bytes of 60000 pictures of 28 x 28", 4704016, "not yet", "natural"),
    ("digits of the sha256 that change", 0, "not yet", "natural"),
    ("digits of the sha256 that change", 2, "not yet", "natural"),
    ("digits of the sha256 that change", 56, "not yet", "natural"),
    ("digits of the sha256 that change", 16, "not yet", "natural"),
    ("digits of the sha256 that change", 62, "right", "natural"),
    ("digits of the sha256 that change", 4, "not yet", "natural"),
    ("labels fitted as numbers", 0.95, "not yet", "natural"),
    ("labels fitted as numbers", 0.1, "not yet", "natural"),
    ("labels fitted as numbers", 0.5, "not yet", "natural"),
    ("labels fitted as numbers", 0.25, "right", "natural"),
    ("labels fitted as numbers", 0, "not yet", "natural"),
    ("labels fitted as numbers", 0.3, "right", "natural"),
    ("labels fitted as numbers", 0.8, "not yet", "natural"),
    ("digits from a stretch of the file", "less", "right", "natural"),
    ("digits from a stretch of the file", "more", "not yet", "natural"),
    ("digits from a stretch of the file", "as much", "not yet", "natural"),
    ("digits from a stretch of the file", 0.9, "not yet", "probing"),
    ("digits that moved by a pixel", 0.95, "not yet", "natural"),
    ("digits that moved by a pixel", 0.5, "not yet", "natural"),
    ("digits that moved by a pixel", 0.1, "not yet", "natural"),
    ("digits that moved by a pixel", 0.8, "not yet", "natural"),
    ("digits that moved by a pixel", 0.7, "not yet", "natural"),
    ("digits that moved by a pixel", 0.6, "not yet", "natural"),
    ("my_lengths", lengths_1_read, "right", "natural"),
    ("my_lengths", lengths_2_read, "not yet", "natural"),
    ("my_lengths", lengths_3_read, "not yet", "natural"),
    ("my_lengths", lengths_4_read, "not yet", "natural"),
    ("my_lengths", lengths_5_read, "not yet", "natural"),
    ("my_lengths", lengths_6_read, "not yet", "natural"),
    ("my_lengths", lengths_7_read, "not yet", "natural"),
    ("my_lengths", lengths_8_read, "not yet", "natural"),
    ("my_lengths", lengths_9_read, "not yet", "natural"),
    ("my_lengths", lengths_10_read, "right", "natural"),
    ("my_lengths", lengths_11_read, "not yet", "natural"),
    ("my_lengths", lengths_12_read, "not yet", "natural"),
    ("my_lengths", lengths_13_read, "not yet", "natural"),
    ("my_one_hot", one_hot_1_read, "right", "natural"),
    ("my_one_hot", one_hot_2_read, "not yet", "natural"),
    ("my_one_hot", one_hot_3_read, "right", "natural"),
    ("my_one_hot", one_hot_4_read, "right", "natural"),
    ("my_one_hot", one_hot_5_read, "not yet", "natural"),
    ("my_one_hot", one_hot_6_read, "not yet", "natural"),
    ("my_one_hot", one_hot_7_read, "not yet", "natural"),
    ("my_one_hot", one_hot_8_read, "not yet", "natural"),
    ("my_one_hot", one_hot_9_read, "not yet", "natural"),
    ("my_one_hot", one_hot_10_read, "right", "natural"),
    ("my_one_hot", one_hot_11_read, "not yet", "natural"),
    ("my_one_hot", one_hot_12_read, "not yet", "natural"),
    ("my_share_by_class", share_by_class_1_read, "right", "natural"),
    ("my_share_by_class", share_by_class_2_read, "not yet", "natural"),
    ("my_share_by_class", share_by_class_3_read, "not yet", "natural"),
    ("my_share_by_class", share_by_class_4_read, "not yet", "natural"),
    ("my_share_by_class", share_by_class_5_read, "not yet", "natural"),
    ("my_share_by_class", share_by_class_6_read, "not yet", "natural"),
    ("my_share_by_class", share_by_class_7_read, "not yet", "natural"),
    ("my_share_by_class", share_by_class_8_read, "not yet", "natural"),
    ("my_share_by_class", share_by_class_9_read, "right", "natural"),
    ("my_share_by_class", share_by_class_10_read, "not yet", "natural"),
    ("my_share_by_class", share_by_class_11_read, "not yet", "natural"),
    ("my_share_by_class", share_by_class_12_read, "not yet", "natural"),
    ("my_folds", folds_1_read, "right", "natural"),
    ("my_folds", folds_2_read, "not yet", "natural"),
    ("my_folds", folds_3_read, "not yet", "natural"),
    ("my_folds", folds_4_read, "not yet", "natural"),
    ("my_folds", folds_5_read, "not yet", "natural"),
    ("my_folds", folds_6_read, "not yet", "natural"),
    ("my_folds", folds_7_read, "not yet", "natural"),
    ("my_folds", folds_8_read, "not yet", "natural"),
    ("my_folds", folds_9_read, "right", "natural"),
    ("my_folds", folds_10_read, "not yet", "natural"),
    ("my_folds", folds_11_read, "not yet", "natural"),
    ("my_copies", copies_1_read, "right", "natural"),
    ("my_copies", copies_2_read, "not yet", "natural"),
    ("my_copies", copies_3_read, "not yet", "natural"),
    ("my_copies", copies_4_read, "not yet", "natural"),
    ("my_copies", copies_5_read, "not yet", "natural"),
    ("my_copies", copies_6_read, "not yet", "natural"),
    ("my_copies", copies_7_read, "not yet", "natural"),
    ("my_copies", copies_8_read, "not yet", "natural"),
    ("my_copies", copies_9_read, "not yet", "natural"),
    ("my_copies", copies_10_read, "not yet", "natural"),
    ("my_copies", copies_11_read, "right", "natural"),
    ("the leaking line", "3", "right", "natural"),
    ("the leaking line", 1, "not yet", "natural"),
    ("the leaking line", 2, "not yet", "natural"),
    ("the leaking line", 5, "not yet", "natural"),
    ("the leaking line", 6, "not yet", "natural"),
    ("the leaking line", "columns = most_different(values, ill)", "not yet", "probing"),
    ("the leaking line", "most_different", "not yet", "probing"),
    ("test rows in the training part", 1767, "not yet", "natural"),
    ("test rows in the training part", 330, "not yet", "natural"),
    ("test rows in the training part", 36, "not yet", "natural"),
    ("the iris with label 2", "virginica", "right", "natural"),
    ("the iris with label 2", "Virginica", "right", "natural"),
    ("the iris with label 2", "setosa", "not yet", "natural"),
    ("the iris with label 2", "versicolor", "not yet", "natural"),
    ("the iris with label 2", 2, "not yet", "probing"),
    ("the iris with label 2", "iris", "not yet", "probing"),
    ("my_share_by_class", share_by_class_second_1, "right", "natural"),
    ("shape of x.mean(axis=0)", (64, 1), "not yet", "natural"),
    ("my_shuffle", shuffle_second_1, "right, but", "natural"),
    ("my_lengths", lengths_second_1, "not yet", "natural"),
    ("my_shuffle", shuffle_second_2, "not yet", "natural"),
    ("my_lengths", lengths_second_2, "not yet", "natural"),
    ("my_share_by_class", share_by_class_second_2, "not yet", "natural"),
    ("my_keep", keep_second_1, "not yet", "natural"),
    ("my_keep", keep_second_2, "not yet", "natural"),
    ("my_shared_rows", shared_rows_second_1, "not yet", "natural"),
    ("my_shared_rows", shared_rows_second_2, "not yet", "natural"),
    ("my_shared_rows", shared_rows_second_3, "not yet", "natural"),
    ("my_shuffle", shuffle_second_3, "not yet", "natural"),
    ("my_keep", keep_second_3, "not yet", "natural"),
    ("my_scale", scale_second_1, "not yet", "natural"),
    ("my_keep", keep_second_4, "not yet", "natural"),
    ("my_copies", copies_second_1, "not yet", "natural"),
    ("my_parts", parts_second_1, "not yet", "natural"),
    ("my_share_by_class", share_by_class_second_3, "not yet", "natural"),
    ("draws of 100 without an eight", 72, "not yet", "natural"),
    ("my_parts", parts_second_2, "not yet", "natural"),
    ("my_scale", scale_second_2, "not yet", "natural"),
    ("my_one_hot", one_hot_second_1, "not yet", "natural"),
    ("my_one_hot", one_hot_second_2, "not yet", "natural"),
    ("my_keep", keep_second_5, "not yet", "natural"),
    ("my_folds", folds_second_1, "not yet", "natural"),
    ("my_shared_rows", shared_rows_second_4, "not yet", "natural"),
    ("my_scale", scale_second_3, "not yet", "natural"),
    ("my_split", split_second_1, "not yet", "natural"),
    ("my_shared_rows", shared_rows_second_5, "not yet", "natural"),
    ("my_parts", parts_second_3, "not yet", "natural"),
    ("my_lengths", lengths_second_3, "not yet", "natural"),
    ("bytes of 60000 pictures of 28 x 28", 47040012, "not yet", "natural"),
    ("my_split", split_second_2, "not yet", "natural"),
    ("my_keep", keep_second_6, "not yet", "natural"),
    ("my_lengths", lengths_second_4, "not yet", "natural"),
    ("my_keep", keep_second_7, "not yet", "natural"),
    ("my_scale", scale_second_4, "not yet", "natural"),
    ("my_shuffle", shuffle_second_4, "not yet", "natural"),
    ("my_shared_rows", shared_rows_second_6, "not yet", "natural"),
    ("the broken step", cut, "not yet", "natural"),
    ("my_shared_rows", shared_rows_second_7, "not yet", "natural"),
    ("my_lengths", lengths_second_5, "not yet", "natural"),
    ("my_parts", parts_second_4, "not yet", "natural"),
    ("my_parts", parts_second_5, "not yet", "natural"),
    ("my_share_by_class", share_by_class_second_4, "not yet", "natural"),
    ("never right after backward", "loss", "not yet", "natural"),
    ("my_shuffle", shuffle_second_5, "not yet", "natural"),
    ("my_parts", parts_second_6, "not yet", "natural"),
    ("my_keep", keep_second_8, "not yet", "natural"),
    ("my_keep", keep_second_9, "not yet", "natural"),
    ("my_scale", scale_second_5, "not yet", "natural"),
    ("my_parts", parts_second_7, "not yet", "natural"),
    ("my_lengths", lengths_second_6, "not yet", "natural"),
    ("my_parts", parts_second_8, "not yet", "natural"),
    ("my_split", split_second_3, "not yet", "natural"),
    ("my_copies", copies_second_2, "not yet", "natural"),
    ("my_lengths", lengths_second_7, "not yet", "natural"),
    ("shape of x.mean(axis=0)", (1797, 1), "not yet", "natural"),
    ("my_share_by_class", share_by_class_second_5, "not yet", "natural"),
    ("one patient, scaled by herself", np.inf, "not yet", "natural"),
    ("test rows in the training part", 100, "not yet", "probing"),
    ("called a 3 after the threes", 100, "not yet", "probing"),
    ("what differs", ["the order"], "not yet", "probing"),
    ("bytes of 60000 pictures of 28 x 28", "47 MB", "not yet", "probing"),
    ("my_shared_rows", shared_rows_second_8, "not yet", "probing"),
    ("draws of 100 without an eight", "few", "not yet", "probing"),
    ("my_shuffle", shuffle_second_6, "not yet", "probing"),
    ("the iris with label 2", "rose", "not yet", "probing"),
    ("loss after shuffling both", "high", "not yet", "probing"),
    ("the leaking line", 12, "not yet", "probing"),
    ("one patient, scaled by herself", 442, "not yet", "probing"),
    ("test rows in the training part", "all", "not yet", "probing"),
    ("loss after shuffling both", 3.0, "not yet", "probing"),
    ("my_split", split_second_4, "right", "natural"),
    ("loss of a network that knows nothing", np.log(0.1) * -1, "right", "natural"),
    ("my_copies", copies_second_3, "right", "natural"),
    ("my_shuffle", shuffle_second_7, "right, but", "natural"),
    ("my_keep", keep_second_10, "right, but", "natural"),
    ("the leaking line", (3,), "right", "natural"),
    ("my_one_hot", one_hot_second_3, "right", "natural"),
    ("my_scale", scale_second_6, "right", "natural"),
    ("my_folds", folds_second_2, "right", "natural"),
    ("one patient, scaled by herself", [0] * 10, "right", "natural"),
    ("loss of a network that knows nothing", "2.30", "right", "natural"),
    ("my_shuffle", shuffle_second_8, "right", "natural"),
    ("never right after backward", "Optimizer.zero_grad", "right", "natural"),
    ("the iris with label 2", "Iris-virginica", "right", "natural"),
    ("the leaking line", 3.0, "right", "natural"),
    ("my_lengths", lengths_second_8, "right", "natural"),
    ("my_one_hot", one_hot_second_4, "right", "natural"),
    ("what differs", "The order.", "right", "natural"),
    ("labels fitted as numbers", 0.23, "right", "natural"),
    ("my_shuffle", shuffle_second_9, "right", "natural"),
    ("the last fifth of sorted rows", 0.03, "right", "natural"),
    ("one patient, scaled by herself", 0.0, "right", "natural"),
    ("my_shared_rows", shared_rows_second_9, "right", "natural"),
    ("my_lengths", lengths_second_9, "right", "natural"),
    ("my_scale", scale_second_7, "right", "natural"),
    ("digits that moved by a pixel", 0.3, "right", "natural"),
    ("my_one_hot", one_hot_second_5, "right", "natural"),
    ("my_keep", keep_second_11, "right", "natural"),
    ("my_shared_rows", shared_rows_second_10, "right", "natural"),
    ("digits of the sha256 that change", 63, "right", "natural"),
    ("my_copies", copies_second_4, "right", "natural"),
    ("my_folds", folds_second_3, "right", "natural"),
    ("one patient, scaled by herself", "zeros", "right", "natural"),
    ("my_scale", scale_second_8, "right, but", "natural"),
    ("batches of 32 in 1797", 57.0, "right", "natural"),
    ("shape of x.mean(axis=0)", "64", "right", "natural"),
    ("one patient, scaled by herself", (0, 0), "right", "natural"),
    ("the iris with label 2", "iris virginica", "right", "natural"),
    ("my_lengths", lengths_second_10, "right", "natural"),
    ("one repair of five", "No.", "right", "natural"),
    ("my_lengths", lengths_second_11, "right", "natural"),
    ("my_keep", keep_second_12, "right", "natural"),
    ("loss after shuffling both", 0.5, "not yet", "natural"),
    ("digits that moved by a pixel", 1 / 9, "not yet", "natural"),
    ("called a 3 after the threes", 3, "not yet", "natural"),
    ("digits from a stretch of the file", "fewer", "not yet", "natural"),
    ("my_shared_rows", shared_rows_second_11, "not yet", "natural"),
    ("my_split", split_second_5, "not yet", "natural"),
    ("test rows in the training part", 288, "not yet", "natural"),
    ("the last fifth of sorted rows", 20, "not yet", "natural"),
    ("digits of the sha256 that change", 8, "not yet", "natural"),
    ("the last fifth of sorted rows", 0.96, "not yet", "natural"),
    ("my_one_hot", one_hot_second_6, "not yet", "natural"),
    ("my_keep", keep_second_13, "not yet", "natural"),
    ("my_shuffle", shuffle_second_10, "not yet", "natural"),
    ("bytes of 60000 pictures of 28 x 28", 16, "not yet", "natural"),
    ("labels fitted as numbers", 0.4, "not yet", "natural"),
    ("digits that moved by a pixel", 0.55, "not yet", "natural"),
    ("test rows in the training part", 359, "not yet", "natural"),
    ("shuffling only where batches start", 0.7, "not yet", "natural"),
    ("labels fitted as numbers", 20, "not yet", "natural"),
    ("my_shared_rows", shared_rows_second_12, "not yet", "natural"),
    ("my_one_hot", one_hot_second_7, "not yet", "natural"),
    ("digits from a stretch of the file", "as much as", "not yet", "natural"),
    ("the last fifth of sorted rows", 1, "not yet", "natural"),
    ("draws of 100 without an eight", 1, "not yet", "natural"),
    ("my_split", split_second_6, "not yet", "natural"),
    ("what differs", "the network", "not yet", "natural"),
    ("the leaking line", "columns", "not yet", "natural"),
    ("my_shuffle", shuffle_second_11, "not yet", "natural"),
    ("what differs", "the seed", "not yet", "natural"),
    ("my_share_by_class", share_by_class_second_6, "not yet", "natural"),
    ("the last fifth of sorted rows", 0.25, "not yet", "natural"),
    ("my_copies", copies_second_5, "not yet", "natural"),
    ("test rows in the training part", 72, "not yet", "natural"),
]
