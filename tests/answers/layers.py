"""Chapter 3: answers as readers may write them, with the verdict that each deserves."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from answers.layers_again import ANSWERS as AGAIN
from minnet.tensors import op, where


def relu_with_where(a):
    return np.where(a > 0, a, 0), lambda g: g * np.where(a > 0, 1, 0)


def relu_in_two_names(a):
    value = a.clip(0)

    def rule(g):
        return g * (value > 0)

    return value, rule


def relu_by_list(a):
    return np.array([max(x, 0.0) for x in a.ravel()]).reshape(a.shape), lambda g: g * (a > 0)


def relu_in_place(a):
    a[a < 0] = 0
    return a, lambda g: g * (a > 0)


def relu_value_alone(a):
    return np.maximum(a, 0)


def relu_with_op(a):
    return op(lambda a: (np.maximum(a, 0), lambda g: g * (a > 0)))(a)


def relu_if(a):
    if a > 0:
        return a, lambda g: g
    return 0, lambda g: 0


def relu_slope_alone(a):
    return np.maximum(a, 0), a > 0


def relu_g_max(a):
    return np.maximum(a, 0), lambda g: np.maximum(g, 0)


def relu_leaky(a):
    return np.maximum(a, 0.01 * a), lambda g: g * np.where(a > 0, 1, 0.01)


def relu_three(a):
    return np.maximum(a, 0), a > 0, lambda g: g * (a > 0)


def relu_printed(a):
    print(np.maximum(a, 0))


def relu_sigmoid(a):
    return np.maximum(a, 0), lambda g: g * np.maximum(a, 0) * (1 - np.maximum(a, 0))


def fold_min_max(p, q):
    return np.minimum(p, q), np.maximum(p, q)


def fold_by_over(p, q):
    over = (p - q) * (p > q)
    return p - over, q + over


def fold_as_array(p, q):
    return np.array([np.minimum(p, q), np.maximum(p, q)])


def fold_by_loop(p, q):
    pairs = [(min(a, b), max(a, b)) for a, b in zip(p, q)]
    return np.array([a for a, _ in pairs]), np.array([b for _, b in pairs])


def fold_swapped(p, q):
    return q, p


def fold_max_min(p, q):
    return np.maximum(p, q), np.minimum(p, q)


def fold_half(p, q):
    over = np.maximum(p - q, 0)
    return p - over / 2, q + over / 2


def fold_onto_one(p, q):
    over = np.maximum(p - q, 0)
    return p - over, q


def fold_both_minus(p, q):
    over = np.maximum(p - q, 0)
    return p - over, q - over


def fold_over_alone(p, q):
    return np.maximum(p - q, 0)


def fold_python_max(p, q):
    over = max(p - q, 0)
    return p - over, q + over


def fold_in_place(p, q):
    over = np.maximum(p - q, 0)
    p -= over
    q += over
    return p, q


def fold_one_pair(p, q):
    over = np.maximum(p - q, 0)
    return [(p - over, q + over)]


def fold_if(p, q):
    if p > q:
        return q, p
    return p, q


def fold_sum(p, q):
    return p + np.maximum(p - q, 0) + q


def he_sqrt(inputs):
    return np.sqrt(2 / inputs)


def he_by_parts(inputs):
    return np.sqrt(2) / np.sqrt(inputs)


def he_mean_square(inputs):
    return 2 / inputs


def he_half_power(inputs):
    return (2 / inputs) ** 1 / 2


def he_outside(inputs):
    return 2 / inputs**0.5


def he_turned(inputs):
    return (2 * inputs) ** 0.5


def he_xavier(inputs):
    return 1 / inputs**0.5


def he_array(inputs):
    return np.random.default_rng(0).normal(0, np.sqrt(2 / inputs), inputs)


def he_rounded(inputs):
    return round((2 / inputs) ** 0.5, 2)


def normal_of_operations(x):
    away = x - x.mean(axis=0)
    return away / ((away**2).mean(axis=0) + 1e-5) ** 0.5


def normal_without_little(x):
    away = x - x.mean(axis=0)
    return away / (away**2).mean(axis=0) ** 0.5


def normal_by_plain_std(x):
    return (x - x.mean(axis=0)) / x.std(axis=0)


def normal_along_rows(x):
    away = x - x.mean(axis=1)
    return away / (away**2).mean(axis=1) ** 0.5


def normal_along_rows_kept(x):
    away = x - x.mean(axis=1, keepdims=True)
    return away / (away**2).mean(axis=1, keepdims=True) ** 0.5


def normal_one_spread(x):
    away = x - x.mean(axis=0)
    return away / ((away**2).mean() + 1e-5) ** 0.5


def normal_times(x):
    away = x - x.mean(axis=0)
    return away * ((away**2).mean(axis=0) + 1e-5) ** 0.5


def normal_uncentred(x):
    away = x - x.mean(axis=0)
    return x / (away**2).mean(axis=0) ** 0.5


def normal_by_parts(x):
    away = x - x.mean(axis=0, keepdims=True)
    return away * ((away * away).mean(axis=0, keepdims=True) + 0.00001) ** -0.5


def normal_np_sqrt(x):
    away = x - x.mean(axis=0)
    return away / np.sqrt((away**2).mean(axis=0) + 1e-5)


def normal_less_one(x):
    away = x - x.mean(axis=0)
    return away / ((away**2).sum(axis=0) / (len(x) - 1) + 1e-5) ** 0.5


def relu_without_g(a):
    return np.maximum(a, 0), lambda g: a * (a > 0)


def fold_by_bend(p, q):
    over = relu_with_where(p - q)
    return p - over, q + over


def fold_lamp(p, q):
    over = np.maximum(p - q, 0)
    return q - p + 2 * over


def fold_moved(p, q):
    over = p - q
    return p - over, q + over


def fold_turned(p, q):
    over = np.maximum(p - q, 0)
    return q + over, p - over


def drop_own_dice(x, p, training, kept):
    if training:
        kept = np.random.default_rng(3).random(x.shape) >= p
        return x * kept / (1 - p)
    return x


def windows_nine(picture, k):
    return sliding_window_view(picture, (k, k)).reshape(-1, 9)


def windows_mixed_back(picture, k):
    return sliding_window_view(picture, (k, k)).reshape(k * k, -1).T


def windows_by_steps(picture, k):
    h, w = picture.shape
    places = [(i, j) for i in range(0, h - k + 1, k) for j in range(0, w - k + 1, k)]
    return np.array([picture[i : i + k, j : j + k].ravel() for i, j in places])


def strongest_where(answers):
    return answers.argmax(axis=(2, 3))


def normal_with_little(x):
    mean = x.mean(axis=0, keepdims=True)
    variance = ((x - mean) * (x - mean)).mean(axis=0, keepdims=True)
    return (x - mean) * (variance + 1e-8) ** -0.5


def normal_by_std(x):
    return (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-5)


def normal_by_numpy(x):
    return (x - np.mean(x, axis=0)) / np.sqrt(np.var(x, axis=0) + 1e-5)


def normal_rows(x):
    away = x - x.mean(axis=1, keepdims=True)
    return away / ((away**2).mean(axis=1, keepdims=True) + 1e-12) ** 0.5


def normal_whole(x):
    return (x - x.mean()) / x.std()


def normal_by_variance(x):
    away = x - x.mean(axis=0)
    return away / (away**2).mean(axis=0)


def normal_no_brackets(x):
    return x - x.mean(axis=0) / x.std(axis=0)


def normal_centred(x):
    return x - x.mean(axis=0)


def normal_in_place(x):
    x -= x.mean(axis=0)
    x /= (x**2).mean(axis=0) ** 0.5 + 1e-5
    return x


def normal_squares(x):
    away = x - x.mean(axis=0)
    return away / (x**2).mean(axis=0) ** 0.5


def normal_to_one(x):
    return (x - x.min(axis=0)) / (x.max(axis=0) - x.min(axis=0))


def normal_loop(x):
    columns = [(c - c.mean()) / (c.std() + 1e-5) for c in x.T]
    return np.stack(columns, axis=1)


def drop_if(x, p, training, kept):
    if training:
        return x * kept / (1 - p)
    return x


def drop_not(x, p, training, kept):
    if not training:
        return x
    return kept * x * (1 / (1 - p))


def drop_where(x, p, training, kept):
    return where(kept, x, 0) / (1 - p) if training else x


def drop_numpy_where(x, p, training, kept):
    return np.where(kept, x / (1 - p), 0) if training else x


def drop_unscaled(x, p, training, kept):
    return x * kept if training else x


def drop_always(x, p, training, kept):
    return x * kept / (1 - p)


def drop_by_p(x, p, training, kept):
    return x * kept / p if training else x


def drop_old_way(x, p, training, kept):
    return x * kept if training else x * (1 - p)


def drop_counted(x, p, training, kept):
    return x * kept * len(kept) / kept.sum() if training else x


def drop_mean(x, p, training, kept):
    return x * kept / kept.mean() if training else x


def drop_in_place(x, p, training, kept):
    if training:
        x *= kept
        x /= 1 - p
    return x


def drop_removed(x, p, training, kept):
    return x[kept] / (1 - p) if training else x


def drop_nothing_in_evaluation(x, p, training, kept):
    if training:
        return x * kept / (1 - p)
    return None


def drop_turned(x, p, training, kept):
    return x if training else x * kept / (1 - p)


def drop_other_side(x, p, training, kept):
    return x * (1 - kept) / (1 - p) if training else x


def windows_reshaped(picture, k):
    return sliding_window_view(picture, (k, k)).reshape(-1, k * k)


def windows_by_loop(picture, k):
    rows = []
    for i in range(len(picture) - k + 1):
        for j in range(len(picture[0]) - k + 1):
            rows.append(picture[i : i + k, j : j + k].flatten())
    return np.array(rows)


def windows_as_list(picture, k):
    views = sliding_window_view(picture, (k, k))
    return [window.ravel() for line in views for window in line]


def windows_stacked(picture, k):
    views = sliding_window_view(picture, (k, k))
    return np.vstack([each.reshape(1, k * k) for line in views for each in line])


def windows_no_brackets(picture, k):
    return sliding_window_view(picture, k, k).reshape(-1, k * k)


def windows_unlaid(picture, k):
    return sliding_window_view(picture, (k, k))


def windows_for_eight(picture, k):
    return sliding_window_view(picture, (3, 3)).reshape(36, 9)


def windows_36(picture, k):
    return sliding_window_view(picture, (k, k)).reshape(36, k * k)


def windows_turned(picture, k):
    return sliding_window_view(picture, (k, k)).reshape(k * k, -1)


def windows_columns(picture, k):
    return sliding_window_view(picture, (k, k)).reshape(-1, k * k).T


def windows_short(picture, k):
    n = len(picture) - k
    m = len(picture[0]) - k
    return np.array([picture[i : i + k, j : j + k].ravel() for i in range(n) for j in range(m)])


def windows_square(picture, k):
    n = len(picture) - k + 1
    return sliding_window_view(picture, (k, k)).reshape(n * n, k * k)


def windows_tiles(picture, k):
    return picture.reshape(-1, k * k)


def strongest_pair(answers):
    return answers.max(axis=(2, 3))


def strongest_twice(answers):
    return answers.max(axis=2).max(axis=2)


def strongest_flat(answers):
    n, kernels = answers.shape[:2]
    return answers.reshape(n, kernels, -1).max(axis=-1)


def strongest_numpy(answers):
    return np.max(answers, axis=(2, 3))


def strongest_amax(answers):
    return np.amax(answers, axis=(-2, -1))


def strongest_all(answers):
    return answers.max()


def strongest_one_axis(answers):
    return answers.max(axis=2)


def strongest_wrong_pair(answers):
    return answers.max(axis=(1, 2))


def strongest_no_pair(answers):
    return answers.max(2, 3)


def strongest_list(answers):
    return answers.max(axis=[2, 3])


def strongest_mean(answers):
    return answers.mean(axis=(2, 3))


def strongest_kept(answers):
    return answers.max(axis=(2, 3), keepdims=True)


def strongest_absolute(answers):
    return abs(answers).max(axis=(2, 3))


def strongest_loop(answers):
    return np.array([[kernel.max() for kernel in picture] for picture in answers])


def conv_count(in_channels, out_channels, k):
    return out_channels * in_channels * k**2 + out_channels


def conv_count_no_bias(in_channels, out_channels, k):
    return out_channels * in_channels * k * k


def conv_count_one_bias(in_channels, out_channels, k):
    return out_channels * in_channels * k * k + 1


def conv_count_by_side(in_channels, out_channels, k):
    return out_channels * (in_channels * k + 1)


RIGHT, BUT, NOT_YET, NATURAL, PROBING = "right", "right, but", "not yet", "natural", "probing"
FUNCTIONS = {
    "my_relu": [
        (relu_with_where, RIGHT, NATURAL),
        (relu_in_two_names, RIGHT, NATURAL),
        (relu_by_list, RIGHT, PROBING),
        (relu_in_place, BUT, NATURAL),
        (relu_value_alone, NOT_YET, NATURAL),
        (relu_with_op, NOT_YET, NATURAL),
        (relu_if, NOT_YET, NATURAL),
        (relu_slope_alone, NOT_YET, NATURAL),
        (relu_g_max, NOT_YET, NATURAL),
        (relu_without_g, NOT_YET, NATURAL),
        (relu_leaky, NOT_YET, PROBING),
        (relu_three, NOT_YET, PROBING),
        (relu_printed, NOT_YET, NATURAL),
        (relu_sigmoid, NOT_YET, PROBING),
    ],
    "my_fold": [
        (fold_min_max, RIGHT, NATURAL),
        (fold_by_over, RIGHT, NATURAL),
        (fold_as_array, RIGHT, NATURAL),
        (fold_by_loop, RIGHT, PROBING),
        (fold_in_place, BUT, NATURAL),
        (fold_swapped, NOT_YET, NATURAL),
        (fold_max_min, NOT_YET, NATURAL),
        (fold_half, NOT_YET, NATURAL),
        (fold_onto_one, NOT_YET, NATURAL),
        (fold_both_minus, NOT_YET, NATURAL),
        (fold_over_alone, NOT_YET, NATURAL),
        (fold_python_max, NOT_YET, NATURAL),
        (fold_by_bend, NOT_YET, NATURAL),
        (fold_lamp, NOT_YET, NATURAL),
        (fold_moved, NOT_YET, NATURAL),
        (fold_turned, NOT_YET, NATURAL),
        (fold_if, NOT_YET, NATURAL),
        (fold_one_pair, BUT, PROBING),
        (fold_sum, NOT_YET, PROBING),
    ],
    "my_he_size": [
        (he_sqrt, RIGHT, NATURAL),
        (he_by_parts, RIGHT, NATURAL),
        (lambda inputs: (2 / inputs) ** (1 / 2), RIGHT, NATURAL),
        (he_mean_square, NOT_YET, NATURAL),
        (he_half_power, NOT_YET, NATURAL),
        (lambda inputs: np.sqrt(2) / inputs, NOT_YET, NATURAL),
        (he_outside, NOT_YET, NATURAL),
        (he_turned, NOT_YET, NATURAL),
        (he_xavier, NOT_YET, NATURAL),
        (he_array, NOT_YET, PROBING),
        (he_rounded, BUT, PROBING),
    ],
    "my_normalise": [
        (normal_of_operations, RIGHT, NATURAL),
        (normal_with_little, RIGHT, NATURAL),
        (normal_by_std, BUT, NATURAL),
        (normal_by_numpy, BUT, NATURAL),
        (normal_loop, BUT, PROBING),
        (normal_in_place, BUT, NATURAL),
        (normal_by_parts, RIGHT, NATURAL),
        (normal_np_sqrt, BUT, NATURAL),
        (normal_without_little, NOT_YET, NATURAL),
        (normal_by_plain_std, NOT_YET, NATURAL),
        (normal_along_rows, NOT_YET, NATURAL),
        (normal_along_rows_kept, NOT_YET, NATURAL),
        (normal_one_spread, NOT_YET, NATURAL),
        (normal_times, NOT_YET, NATURAL),
        (normal_uncentred, NOT_YET, NATURAL),
        (normal_less_one, NOT_YET, NATURAL),
        (normal_rows, NOT_YET, NATURAL),
        (normal_whole, NOT_YET, NATURAL),
        (normal_by_variance, NOT_YET, NATURAL),
        (normal_no_brackets, NOT_YET, NATURAL),
        (normal_centred, NOT_YET, NATURAL),
        (normal_squares, NOT_YET, PROBING),
        (normal_to_one, NOT_YET, PROBING),
    ],
    "my_dropout": [
        (drop_if, RIGHT, NATURAL),
        (drop_not, RIGHT, NATURAL),
        (drop_where, RIGHT, PROBING),
        (drop_numpy_where, BUT, NATURAL),
        (drop_in_place, BUT, NATURAL),
        (drop_unscaled, NOT_YET, NATURAL),
        (drop_always, NOT_YET, NATURAL),
        (drop_own_dice, NOT_YET, NATURAL),
        (drop_by_p, NOT_YET, NATURAL),
        (drop_old_way, NOT_YET, NATURAL),
        (drop_counted, NOT_YET, NATURAL),
        (drop_mean, NOT_YET, PROBING),
        (drop_removed, NOT_YET, NATURAL),
        (drop_nothing_in_evaluation, NOT_YET, NATURAL),
        (drop_turned, NOT_YET, NATURAL),
        (drop_other_side, NOT_YET, NATURAL),
    ],
    "my_windows": [
        (windows_reshaped, RIGHT, NATURAL),
        (windows_by_loop, RIGHT, NATURAL),
        (windows_stacked, RIGHT, PROBING),
        (windows_as_list, BUT, NATURAL),
        (windows_no_brackets, NOT_YET, NATURAL),
        (windows_unlaid, NOT_YET, NATURAL),
        (windows_for_eight, NOT_YET, NATURAL),
        (windows_36, NOT_YET, NATURAL),
        (windows_nine, NOT_YET, NATURAL),
        (windows_mixed_back, NOT_YET, NATURAL),
        (windows_by_steps, NOT_YET, NATURAL),
        (windows_turned, NOT_YET, NATURAL),
        (windows_columns, NOT_YET, NATURAL),
        (windows_short, NOT_YET, NATURAL),
        (windows_square, NOT_YET, NATURAL),
        (windows_tiles, NOT_YET, PROBING),
    ],
    "my_strongest": [
        (strongest_pair, RIGHT, NATURAL),
        (strongest_twice, RIGHT, NATURAL),
        (strongest_flat, RIGHT, NATURAL),
        (strongest_numpy, BUT, NATURAL),
        (strongest_amax, BUT, NATURAL),
        (strongest_loop, BUT, PROBING),
        (strongest_where, NOT_YET, NATURAL),
        (strongest_all, NOT_YET, NATURAL),
        (strongest_one_axis, NOT_YET, NATURAL),
        (strongest_wrong_pair, NOT_YET, NATURAL),
        (strongest_no_pair, NOT_YET, NATURAL),
        (strongest_list, NOT_YET, NATURAL),
        (strongest_mean, NOT_YET, NATURAL),
        (strongest_kept, NOT_YET, PROBING),
        (strongest_absolute, NOT_YET, PROBING),
    ],
    "my_conv_count": [
        (conv_count, RIGHT, NATURAL),
        (conv_count_no_bias, NOT_YET, NATURAL),
        (conv_count_one_bias, NOT_YET, NATURAL),
        (conv_count_by_side, NOT_YET, NATURAL),
        (lambda c, kernels, k: c * k * k + kernels, NOT_YET, NATURAL),
        (lambda c, kernels, k: (c + kernels) * k * k, NOT_YET, NATURAL),
    ],
}
VALUES = {
    "folds for one straight cut": ([1, "1", 1.0], [0, 2, 3, "none"]),
    "shape of (32, 64) @ (64, 10)": ([(32, 10), [32, 10], "(32, 10)"], [(64, 64), (10, 32), 320]),
    "first loss, once more": ([2.3, 2.303, np.log(10)], [0.1, 0, 10, 1, 0.69, np.log2(10)]),
    "the best line on the moons": ([0.9, 0.88, "88 %"], [0.5, 1.0, 0.75, 88, 0.7]),
    "one unit by hand": ([-0.75, "-0.75"], [-1.0, -1.25, 0.75, 1.25]),
    "numbers to learn in 64-32-10": ([2410, "2410"], [2368, 2474, 106, 2048, 20480]),
    "two linear layers on the moons": ([0.88, 0.89, 0.883], [1.0, 0.95, 0.5]),
    "where (0.9, 0.3) lands": ([(0.3, 0.9), [0.3, 0.9], (0.3, 0.88)], [(0.9, 0.3), (0.6, 0.6)]),
    "weight of the bend in the lamp": ([2, 2.0], [1, -2, -1, 3, 0, 0.5]),
    "straight pieces of five bends": ([6], [5, 10, 4, 7, 1]),
    "parameters of the small network": ([0], [4, 2, 33, 1]),
    "the border as the last layer sees it": (["straight", "Straight"], ["curved"]),
    "first step with 0.95 right": ([300], [250, 350, 500, 8]),
    "different units from a constant start": ([1], [8, 0, 2]),
    "a row that is normalised alone": ([0, 0.0], [1, "nan", np.nan]),
    "scale of the survivors at 0.2": ([1.25, "5/4"], [5, 0.8, 1.2, 2]),
    "points that change sides": (["some"], ["none", "most"]),
    "shifted digits read by a linear layer": ([0.4, 0.35, 0.37], [0.9, 0.8, 0.5, 0.1, 40]),
    "shifted digits read with a sliding window": (["near 0.9"], ["below", "at one half"]),
    "numbers in 24 kernels": ([624], [600, 601, 625, 26, 4704, 3250]),
    "the step of a weight that is listed twice": ([2], [1, 4, 0.5]),
    "shape of 8 x 8 by 3 x 3 with stride 2": ([(3, 3)], [(4, 4), (6, 6), (2, 2), 3, (5, 5)]),
    "shape with a padding of 1": (
        [(2, 4, 6, 5)],
        [(2, 4, 4, 3), (2, 3, 6, 5), (2, 4, 8, 7), (4, 2, 6, 5)],
    ),
}
ANSWERS = AGAIN + [(name, *each) for name, given in FUNCTIONS.items() for each in given]
for name, (right, wrong) in VALUES.items():
    ANSWERS += [(name, value, RIGHT, NATURAL) for value in right]
    ANSWERS += [(name, value, NOT_YET, NATURAL) for value in wrong]
