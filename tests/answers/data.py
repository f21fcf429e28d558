"""Answers to chapter 5, each with the verdict that it deserves."""

import random

import numpy as np

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
    ("the broken step", "shuffle", "not yet", "natural"),
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
    ("after the last repair", "lower", "right", "natural"),
    ("after the last repair", "the same", "not yet", "natural"),
    ("after the last repair", "same", "not yet", "natural"),
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
]
