"""A later reader's answers for chapter 3, as they were typed, with the verdict they deserve."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

import course.exercises.layers
from answers import typed
from minnet.layers import relu
from minnet.tensors import op


def slide(picture, kernel):
    """The chapter's own, for windows of 3 x 3."""
    rows, columns = range(picture.shape[0] - 2), range(picture.shape[1] - 2)
    return [[(picture[i : i + 3, j : j + 3] * kernel).sum() for j in columns] for i in rows]


NAMES = {"np": np, "relu": relu, "slide": slide, "sliding_window_view": sliding_window_view}
NAMES |= vars(course.exercises.layers) | {"op": op}
TYPED = [
    ("folds for one straight cut", "2", "not yet", "natural"),
    ("shape of (32, 64) @ (64, 10)", "(32, 10)", "right", "natural"),
    ("shape of (32, 64) @ (64, 10)", "'32x10'", "right", "natural"),
    ("first loss, once more", "0.9", "not yet", "natural"),
    ("first loss, once more", "1/10*np.log(10)", "not yet", "natural"),
    ("first loss, once more", "'ln 10'", "right", "natural"),
    ("first loss, once more", "'about 2.3'", "right", "natural"),
    ("one unit by hand", "-0.25", "not yet", "natural"),
    ("one unit by hand", "1.75", "not yet", "natural"),
    ("one unit by hand", "np.array([1,-1,-1])", "not yet", "natural"),
    ("one unit by hand", "[1,-1,-1]", "not yet", "natural"),
    ("one unit by hand", "(1,-1,-1,0.25)", "not yet", "probing"),
    ("numbers to learn in 64-32-10", "2432", "not yet", "natural"),
    ("numbers to learn in 64-32-10", "2080", "not yet", "natural"),
    ("numbers to learn in 64-32-10", "64*32*10+42", "not yet", "natural"),
    ("numbers to learn in 64-32-10", "'2,410'", "right", "natural"),
    ("numbers to learn in 64-32-10", "(2080, 330)", "not yet", "probing"),
    ("two linear layers on the moons", "'same'", "right", "natural"),
    (
        "my_relu",
        "def my_relu(a):\n"
        "    def rule(g):\n"
        "        out = g.copy()\n"
        "        out[a <= 0] = 0\n"
        "        return out\n"
        "    return np.maximum(0, a), rule",
        "right",
        "natural",
    ),
    ("my_relu", "def my_relu(a):\n    return np.maximum(a, 0)", "not yet", "natural"),
    ("my_relu", "def my_relu(a):\n    return np.maximum(a, 0), g * (a > 0)", "not yet", "natural"),
    (
        "my_relu",
        "def my_relu(a):\n    return np.maximum(a, 0), lambda g: g * a",
        "not yet",
        "natural",
    ),
    (
        "my_relu",
        "def my_relu(a):\n    y = np.maximum(a, 0)\n    return y, lambda g: g * (1 - y * y)",
        "not yet",
        "natural",
    ),
    (
        "my_relu",
        "def my_relu(a):\n    return np.minimum(a, 0), lambda g: g * (a < 0)",
        "not yet",
        "natural",
    ),
    ("my_relu", "def my_relu(a):\n    return a[a > 0], lambda g: g[a > 0]", "not yet", "natural"),
    (
        "my_relu",
        "def my_relu(a):\n    a[a < 0] = 0\n    return a, lambda g: g * (a > 0)",
        "right, but",
        "natural",
    ),
    (
        "my_relu",
        "def my_relu(a):\n    return np.maximum(a, 0), lambda g: g * (a < 0)",
        "not yet",
        "natural",
    ),
    (
        "my_relu",
        "def my_relu(a):\n    return np.maximum(a, 0), lambda: a > 0",
        "not yet",
        "natural",
    ),
    (
        "my_relu",
        "def my_relu(a):\n    return np.where(a > 0, 1, 0), lambda g: 0 * g",
        "not yet",
        "probing",
    ),
    (
        "my_relu",
        "def my_relu(a, g):\n    return np.maximum(a, 0), g * (a > 0)",
        "not yet",
        "probing",
    ),
    ("where (0.9, 0.3) lands", "(0, 1)", "not yet", "natural"),
    ("where (0.9, 0.3) lands", "0.6", "not yet", "natural"),
    ("where (0.9, 0.3) lands", "(-0.3, -0.9)", "not yet", "natural"),
    ("where (0.9, 0.3) lands", "(3, 9)", "not yet", "natural"),
    ("where (0.9, 0.3) lands", "'(0.3, 0.9)'", "right", "natural"),
    (
        "my_fold",
        "def my_fold(p, q):\n"
        "    over = my_relu(p - q)[0] if False else max(p - q, 0)\n"
        "    return [p - over, q + over]",
        "not yet",
        "natural",
    ),
    ("my_fold", "my_fold = lambda p, q: tuple(sorted((p, q)))", "not yet", "natural"),
    (
        "my_fold",
        "def my_fold(p, q):\n    if p > q:\n        p = q\n        q = p\n    return p, q",
        "not yet",
        "natural",
    ),
    ("my_fold", "def my_fold(p, q):\n    return 1 - q, 1 - p", "not yet", "natural"),
    (
        "my_fold",
        "def my_fold(p, q):\n    over = np.abs(p - q)\n    return p - over, q + over",
        "not yet",
        "natural",
    ),
    ("my_fold", "def my_fold(p, q):\n    return 0, 1", "not yet", "probing"),
    ("weight of the bend in the lamp", "'two'", "right", "natural"),
    ("parameters of the small network", "24", "not yet", "natural"),
    ("the border as the last layer sees it", "'point'", "not yet", "natural"),
    ("first step with 0.95 right", "12", "not yet", "natural"),
    ("first step with 0.95 right", "0.97", "not yet", "natural"),
    ("different units from a constant start", "'one'", "right", "natural"),
    ("my_he_size", "def my_he_size(inputs):\n    return 2 * inputs ** 0.5", "not yet", "natural"),
    ("my_he_size", "def my_he_size(inputs):\n    return np.sqrt(2 * inputs)", "not yet", "natural"),
    ("my_he_size", "def my_he_size(inputs):\n    return 2 / inputs ** 2", "not yet", "natural"),
    ("my_he_size", "def my_he_size(inputs):\n    return (2 / inputs) ** 1/2", "not yet", "natural"),
    (
        "my_he_size",
        "def my_he_size(inputs):\n    return np.sqrt(2 / len(inputs))",
        "not yet",
        "natural",
    ),
    (
        "my_he_size",
        "def my_he_size(inputs):\n    return (2 / inputs ** 0.5) ** 0.5",
        "not yet",
        "natural",
    ),
    (
        "my_normalise",
        "def my_normalise(x):\n    return (x - x.mean(axis=0)) / (x.var(axis=0) + 1e-5) ** 0.5",
        "right, but",
        "natural",
    ),
    (
        "my_normalise",
        "def my_normalise(x):\n"
        "    away = x - x.mean(axis=0)\n"
        "    return away / (away**2 + 1e-5) ** 0.5",
        "not yet",
        "natural",
    ),
    (
        "my_normalise",
        "def my_normalise(x):\n"
        "    away = x - x.mean(axis=0)\n"
        "    return away / (away**2).mean(axis=0) + 1e-5 ** 0.5",
        "not yet",
        "natural",
    ),
    (
        "my_normalise",
        "def my_normalise(x):\n"
        "    away = x - x.mean(axis=0)\n"
        "    return away / (away.mean(axis=0)**2 + 1e-5) ** 0.5",
        "not yet",
        "natural",
    ),
    (
        "my_normalise",
        "def my_normalise(x):\n"
        "    away = x - x.mean(axis=0)\n"
        "    return away / (away**2).sum(axis=0) ** 0.5",
        "not yet",
        "natural",
    ),
    (
        "my_normalise",
        "def my_normalise(x):\n"
        "    away = x - x.mean(axis=0)\n"
        "    return away / ((away**2).mean(axis=0) + 1e-5) ** 1/2",
        "not yet",
        "natural",
    ),
    (
        "my_normalise",
        "def my_normalise(x):\n"
        "    away = x - x.mean(axis=0)\n"
        "    return away / np.sqrt((away**2).mean(axis=0) + 1e-5)",
        "right, but",
        "natural",
    ),
    (
        "my_normalise",
        "def my_normalise(x):\n"
        "    x = x.data\n"
        "    away = x - x.mean(axis=0)\n"
        "    return Tensor(away / ((away**2).mean(axis=0) + 1e-5) ** 0.5)",
        "not yet",
        "natural",
    ),
    (
        "my_normalise",
        "def my_normalise(x):\n"
        "    away = x - x.mean(axis=0)\n"
        "    return away / ((away**2).mean(axis=0) + 1e5) ** 0.5",
        "not yet",
        "natural",
    ),
    (
        "my_normalise",
        "def my_normalise(x):\n"
        "    return (x - x.min(axis=0)) / (x.max(axis=0) - x.min(axis=0) + 1e-5)",
        "not yet",
        "natural",
    ),
    (
        "my_normalise",
        "def my_normalise(x):\n"
        "    away = x - x.mean(axis=0)\n"
        "    return away / ((away**2).mean(axis=0) + 1e-3) ** 0.5",
        "not yet",
        "natural",
    ),
    ("a row that is normalised alone", "np.zeros(1)", "right", "natural"),
    ("a row that is normalised alone", "np.inf", "not yet", "natural"),
    ("a row that is normalised alone", "1e-5", "not yet", "natural"),
    ("a row that is normalised alone", "316", "not yet", "natural"),
    ("a row that is normalised alone", "[0, 0]", "right", "natural"),
    ("scale of the survivors at 0.2", "0.2", "not yet", "natural"),
    ("scale of the survivors at 0.2", "4", "not yet", "natural"),
    ("scale of the survivors at 0.2", "0.25", "not yet", "natural"),
    ("scale of the survivors at 0.2", "'five quarters'", "right", "natural"),
    (
        "my_dropout",
        "def my_dropout(x, p, training, kept):\n"
        "    return np.where(kept, x / (1 - p), 0) if training else x",
        "right, but",
        "natural",
    ),
    (
        "my_dropout",
        "def my_dropout(x, p, training, kept):\n"
        "    if training:\n"
        "        return x * kept / (1 - p)",
        "not yet",
        "natural",
    ),
    (
        "my_dropout",
        "def my_dropout(x, p, training, kept):\n"
        "    if training:\n"
        "        return x[kept] / (1 - p)\n"
        "    return x",
        "not yet",
        "natural",
    ),
    (
        "my_dropout",
        "def my_dropout(x, p, training, kept):\n"
        "    if training:\n"
        "        x[~kept] = 0\n"
        "        return x / (1 - p)\n"
        "    return x",
        "right, but",
        "natural",
    ),
    (
        "my_dropout",
        "def my_dropout(x, p, training, kept):\n"
        "    if training:\n"
        "        return x * kept / 1 - p\n"
        "    return x",
        "not yet",
        "natural",
    ),
    (
        "my_dropout",
        "def my_dropout(x, p, training, kept):\n"
        "    if training:\n"
        "        return x * kept / (1 - p)\n"
        "    return x / (1 - p)",
        "not yet",
        "natural",
    ),
    (
        "my_dropout",
        "def my_dropout(x, p, training, kept):\n"
        "    if training:\n"
        "        return x * kept * (1 / p)\n"
        "    return x * p",
        "not yet",
        "natural",
    ),
    ("points that change sides", "'few'", "right", "natural"),
    ("points that change sides", "150", "not yet", "natural"),
    ("points that change sides", "'a few'", "right", "natural"),
    ("shifted digits read by a linear layer", "0.2", "not yet", "natural"),
    ("shifted digits read by a linear layer", "'a third'", "right", "natural"),
    (
        "my_windows",
        "def my_windows(picture, k):\n"
        "    return [picture[i:i+k, j:j+k].reshape(-1) for i in range(picture.shape[0]-k+1) "
        "for j in range(picture.shape[1]-k+1)]",
        "right, but",
        "natural",
    ),
    (
        "my_windows",
        "def my_windows(picture, k):\n    return sliding_window_view(picture, (k, k)).flatten()",
        "right, but",
        "natural",
    ),
    (
        "my_windows",
        "def my_windows(picture, k):\n"
        "    h, w = picture.shape\n"
        "    return np.array([picture[i:i+k, j:j+k].ravel() for j in range(w-k+1) for i in "
        "range(h-k+1)])",
        "not yet",
        "natural",
    ),
    (
        "my_windows",
        "def my_windows(picture, k):\n"
        "    h, w = picture.shape\n"
        "    return np.array([picture[i:i+k, j:j+k].ravel() for i in range(h-2) for j in "
        "range(w-2)])",
        "not yet",
        "natural",
    ),
    (
        "my_windows",
        "def my_windows(picture, k):\n"
        "    return sliding_window_view(picture, (k, k)).reshape(k, k, -1)",
        "not yet",
        "natural",
    ),
    (
        "my_windows",
        "def my_windows(picture, k):\n"
        "    return sliding_window_view(picture, (k * k)).reshape(-1, k * k)",
        "not yet",
        "natural",
    ),
    (
        "my_windows",
        "def my_windows(picture, k):\n"
        "    h, w = picture.shape\n"
        "    return np.array([picture[i:i+k, j:j+k].ravel() for i in range(h-k+1) for j in "
        "range(h-k+1)])",
        "not yet",
        "natural",
    ),
    (
        "my_windows",
        "def my_windows(picture, k):\n"
        "    return sliding_window_view(picture, (k, k)).sum(axis=(2, 3))",
        "not yet",
        "natural",
    ),
    (
        "my_strongest",
        "def my_strongest(answers):\n    return answers.max(axis=(0, 1))",
        "not yet",
        "natural",
    ),
    (
        "my_strongest",
        "def my_strongest(answers):\n    return answers.max(axis=(1, 2))",
        "not yet",
        "natural",
    ),
    ("my_strongest", "def my_strongest(answers):\n    return max(answers)", "not yet", "natural"),
    (
        "my_strongest",
        "def my_strongest(answers):\n"
        "    return [[answers[i, j].max() for j in range(answers.shape[1])] for i in "
        "range(answers.shape[0])]",
        "right, but",
        "natural",
    ),
    (
        "my_strongest",
        "def my_strongest(answers):\n    return answers.min(axis=(2, 3))",
        "not yet",
        "natural",
    ),
    ("shifted digits read with a sliding window", "0.9", "right", "natural"),
    ("shifted digits read with a sliding window", "'0.9'", "right", "natural"),
    ("numbers in 24 kernels", "120", "not yet", "natural"),
    ("the step of a weight that is listed twice", "'twice'", "right", "natural"),
    ("the step of a weight that is listed twice", "'2x'", "right", "natural"),
    (
        "my_conv_count",
        "def my_conv_count(in_channels, out_channels, k):\n"
        "    return (in_channels + out_channels) * k * k + out_channels",
        "not yet",
        "natural",
    ),
    (
        "my_conv_count",
        "def my_conv_count(in_channels, out_channels, k):\n"
        "    return in_channels * out_channels * 2 * k + out_channels",
        "not yet",
        "natural",
    ),
    (
        "my_conv_count",
        "def my_conv_count(in_channels, out_channels, k):\n"
        "    return (out_channels, in_channels, k, k)",
        "not yet",
        "natural",
    ),
    (
        "my_relu",
        "def my_relu(a):\n"
        "    y = np.maximum(a, 0)\n"
        "    return y, lambda g: np.maximum(a, 0) * g / a",
        "not yet",
        "probing",
    ),
    (
        "my_relu",
        "def my_relu(a):\n    y = [max(v, 0) for v in a]\n    return y, lambda g: g * (a > 0)",
        "right, but",
        "natural",
    ),
    (
        "my_relu",
        "def my_relu(a):\n    y = np.maximum(a, 0)\n    return y, lambda g: g * np.sign(a)",
        "not yet",
        "natural",
    ),
    (
        "my_relu",
        "def my_relu(a):\n    y = np.maximum(a, 0)\n    return y, lambda g: 1 if a > 0 else 0",
        "not yet",
        "natural",
    ),
    (
        "my_relu",
        "def my_relu(a):\n    y = np.maximum(a, 0)\n    return y, lambda g: g[a > 0]",
        "not yet",
        "natural",
    ),
    (
        "my_relu",
        "def my_relu(a):\n    y = np.maximum(a, 0)\n    return y, lambda g: 1 - y",
        "not yet",
        "natural",
    ),
    (
        "my_fold",
        "def my_fold(p, q):\n"
        "    over = np.maximum(p - q, 0)\n"
        "    return np.array([p - over, q + over]).T",
        "not yet",
        "natural",
    ),
    (
        "my_fold",
        "def my_fold(p, q):\n    over = np.maximum(p - q, 0)\n    return q - over, p + over",
        "not yet",
        "natural",
    ),
    (
        "my_fold",
        "def my_fold(p, q):\n    over = np.maximum(p - q, 0)\n    return p * over, q * over",
        "not yet",
        "natural",
    ),
    (
        "my_dropout",
        "def my_dropout(x, p, training, kept):\n"
        "    if training:\n"
        "        return x * kept / (1 - p)\n"
        "    else:\n"
        "        return x * kept",
        "not yet",
        "natural",
    ),
    (
        "my_dropout",
        "def my_dropout(x, p, training, kept):\n"
        "    if training:\n"
        "        return kept / (1 - p)\n"
        "    return x",
        "not yet",
        "natural",
    ),
    (
        "my_normalise",
        "def my_normalise(x):\n"
        "    away = x - x.mean(axis=0)\n"
        "    std = ((away**2).mean(axis=0)) ** 0.5 + 0\n"
        "    return away / std if (std > 0).all() else away",
        "not yet",
        "natural",
    ),
    (
        "my_normalise",
        "def my_normalise(x):\n"
        "    out = []\n"
        "    for column in x.T:\n"
        "        away = column - column.mean()\n"
        "        out.append(away / ((away**2).mean() + 1e-5) ** 0.5)\n"
        "    return np.array(out)",
        "right, but",
        "natural",
    ),
    (
        "my_normalise",
        "def my_normalise(x):\n"
        "    away = x - x.mean(axis=0)\n"
        "    return away / (abs(away).mean(axis=0) + 1e-5)",
        "not yet",
        "natural",
    ),
    (
        "my_he_size",
        "def my_he_size(inputs):\n    return np.random.normal() * (2 / inputs) ** 0.5",
        "not yet",
        "natural",
    ),
    (
        "my_windows",
        "def my_windows(picture, k):\n"
        "    return sliding_window_view(picture, (k, k)).reshape(k * k)",
        "not yet",
        "natural",
    ),
    (
        "my_windows",
        "def my_windows(picture, k):\n"
        "    w = sliding_window_view(picture, (k, k))\n"
        "    return w.reshape(len(w), k * k)",
        "not yet",
        "natural",
    ),
    (
        "my_windows",
        "def my_windows(picture, k):\n"
        "    return np.array(slide(picture, np.ones((k, k)))).reshape(-1, k * k)",
        "not yet",
        "natural",
    ),
    ("the best line on the moons", "0.8", "not yet", "natural"),
    ("the best line on the moons", "7/8", "right", "natural"),
    ("shifted digits read by a linear layer", "0.25", "not yet", "natural"),
    ("two linear layers on the moons", "0.8", "not yet", "natural"),
    ("two linear layers on the moons", "0.75", "not yet", "natural"),
    ("two linear layers on the moons", "0.79", "not yet", "natural"),
    ("one unit by hand", "0.25", "not yet", "natural"),
    ("one unit by hand", "5.25", "not yet", "natural"),
    ("numbers to learn in 64-32-10", "330", "not yet", "natural"),
    ("numbers to learn in 64-32-10", "640", "not yet", "natural"),
    ("folds for one straight cut", "-1", "not yet", "natural"),
    ("straight pieces of five bends", "11", "not yet", "natural"),
    ("straight pieces of five bends", "3", "not yet", "natural"),
    ("straight pieces of five bends", "2**5-1", "not yet", "natural"),
    ("a row that is normalised alone", "0.003", "not yet", "natural"),
    ("numbers in 24 kernels", "24*25*324", "not yet", "natural"),
    ("numbers in 24 kernels", "7776", "not yet", "natural"),
    ("numbers in 24 kernels", "24*(25+24)", "not yet", "natural"),
    ("where (0.9, 0.3) lands", "(0.5, 0.5)", "not yet", "natural"),
    ("where (0.9, 0.3) lands", "(0.2, 0.8)", "not yet", "natural"),
    ("where (0.9, 0.3) lands", "(0.4, 0.8)", "not yet", "natural"),
    ("shape of (32, 64) @ (64, 10)", "(32*64, 64*10)", "not yet", "natural"),
    ("shape of 8 x 8 by 3 x 3 with stride 2", "(2.5, 2.5)", "not yet", "natural"),
    ("shape of 8 x 8 by 3 x 3 with stride 2", "(3.5, 3.5)", "not yet", "natural"),
    ("shape of 8 x 8 by 3 x 3 with stride 2", "(7,7)", "not yet", "natural"),
    # a third batch: what was told with numbers alone, or let pass
    ("shape of (32, 64) @ (64, 10)", "(32, 64)", "not yet", "natural"),
    ("shape of (32, 64) @ (64, 10)", "(64, 10)", "not yet", "natural"),
    ("numbers to learn in 64-32-10", "2370", "not yet", "natural"),
    ("where (0.9, 0.3) lands", "(-0.9, 0.3)", "not yet", "natural"),
    ("first step with 0.95 right", "20", "not yet", "natural"),
    ("different units from a constant start", "16", "not yet", "natural"),
    ("numbers in 24 kernels", "650", "not yet", "natural"),
    ("the step of a weight that is listed twice", "3", "not yet", "natural"),
    ("the step of a weight that is listed twice", "np.sqrt(2)", "not yet", "natural"),
    ("shape of 8 x 8 by 3 x 3 with stride 2", "(8, 8)", "not yet", "natural"),
    ("shape with a padding of 1", "(2, 4, 5, 4)", "not yet", "natural"),
    (
        "my_fold",
        "def my_fold(p, q):\n    over = np.maximum(q - p, 0)\n    return p - over, q + over",
        "not yet",
        "natural",
    ),
    (
        "my_fold",
        "def my_fold(p, q):\n    over = np.maximum(p - q, 0)\n    return q + over",
        "not yet",
        "natural",
    ),
    ("my_he_size", "def my_he_size(inputs):\n    return (2 / inputs) ** 2", "not yet", "natural"),
    (
        "my_normalise",
        "def my_normalise(x):\n"
        "    away = x - x.mean(axis=0)\n"
        "    return away / ((away**2).mean(axis=0) ** 0.5 + 1e-5)",
        "right, but",
        "natural",
    ),
    (
        "my_dropout",
        "def my_dropout(x, p, training, kept):\n"
        '    if training == "True":\n'
        "        return x * kept / (1 - p)\n"
        "    return x",
        "not yet",
        "natural",
    ),
    (
        "my_dropout",
        "def my_dropout(x, p, training, kept):\n"
        "    if not training:\n"
        "        return x\n"
        "    return x * kept * p",
        "not yet",
        "natural",
    ),
    (
        "my_windows",
        "def my_windows(picture, k):\n"
        "    return sliding_window_view(picture, (3, 3)).reshape(-1, 9)",
        "not yet",
        "natural",
    ),
    (
        "my_conv_count",
        "def my_conv_count(in_channels, out_channels, k):\n"
        "    return in_channels + out_channels * k * k",
        "not yet",
        "natural",
    ),
    ("a row that is normalised alone", "0.0", "right", "natural"),
]
ANSWERS = [(name, typed(name, source, NAMES), *deserved) for name, source, *deserved in TYPED]
