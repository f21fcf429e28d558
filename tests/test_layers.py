"""Layers: gradients in both modes, shapes that hide nothing, modes, parameters, and the moons."""

import gradients
import numpy as np
import pytest

from course import given
from minnet import layers
from minnet.cost_functions import binary_cross_entropy
from minnet.layers import (
    AveragePool2d,
    BatchNorm,
    Conv2d,
    Dropout,
    Embedding,
    Flatten,
    Layer,
    LayerNorm,
    Linear,
    MaxPool2d,
    Sequential,
    average_pool2d,
    conv2d,
    gelu,
    glorot_uniform,
    he_normal,
    leaky_relu,
    max_pool2d,
    relu,
    tanh,
)
from minnet.tensors import Tensor

RNG = np.random.default_rng(0)


def some(*shape):
    return RNG.normal(size=shape)


def convolve(stride, padding):
    return lambda x, w, b: conv2d(x, w, b, stride=stride, padding=padding)


CASES = {
    "relu: both sides": (relu, some(4, 3)),
    "tanh: a table": (tanh, some(4, 3)),
    "leaky_relu: both sides": (leaky_relu, some(4, 3)),
    "leaky_relu: another slope": (lambda a: leaky_relu(a, slope=0.3), some(4, 3)),
    "gelu: a table": (gelu, 2 * some(4, 3)),
    "conv2d: plain": (convolve(1, 0), some(2, 3, 7, 6), some(4, 3, 3, 3), some(4)),
    "conv2d: stride and padding": (convolve(2, 1), some(2, 3, 7, 6), some(4, 3, 3, 3), some(4)),
    "conv2d: stride over the kernel": (convolve(3, 2), some(2, 1, 8, 5), some(2, 1, 2, 2), some(2)),
    "conv2d: as large as the picture": (
        convolve(1, 0),
        some(2, 3, 4, 4),
        some(5, 3, 4, 4),
        some(5),
    ),
    "max_pool2d: side by side": (lambda x: max_pool2d(x, size=2, stride=2), some(2, 3, 7, 6)),
    "max_pool2d: overlapping": (lambda x: max_pool2d(x, size=3, stride=1), some(2, 3, 5, 6)),
    "max_pool2d: with gaps": (lambda x: max_pool2d(x, size=2, stride=3), some(2, 3, 7, 6)),
    "average_pool2d: overlapping": (
        lambda x: average_pool2d(x, size=2, stride=1),
        some(2, 3, 5, 4),
    ),
    "average_pool2d: side by side": (
        lambda x: average_pool2d(x, size=3, stride=3),
        some(2, 3, 7, 6),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_gradient_agrees_with_nudging(case):
    gradients.check(*CASES[case])


def rng():
    return np.random.default_rng(1)


NETWORKS = {
    "Linear": (lambda: Linear(5, 3, rng=rng()), (4, 5)),
    "BatchNorm of vectors": (lambda: BatchNorm(5), (4, 5)),
    "BatchNorm of pictures": (lambda: BatchNorm(3), (4, 3, 5, 2)),
    "LayerNorm": (lambda: LayerNorm(5), (4, 5)),
    "Conv2d": (lambda: Conv2d(3, 2, 2, stride=2, padding=1, rng=rng()), (4, 3, 5, 6)),
    "MaxPool2d": (lambda: MaxPool2d(2), (4, 3, 5, 6)),
    "AveragePool2d": (lambda: AveragePool2d(2, stride=1), (4, 3, 5, 6)),
    "Flatten": (lambda: Flatten(), (4, 3, 5, 6)),
    "Sequential": (
        lambda: Sequential(
            Linear(5, 4, rng=rng()),
            BatchNorm(4),
            tanh,
            Dropout(0.4, rng=rng()),
            Linear(4, 2, rng=rng()),
        ),
        (4, 5),
    ),
}


def frozen_chance(layer):
    """The same dice for each call, so that nudging sees one function."""
    for _, holder, key in walk_generators(layer):
        holder[key] = np.random.default_rng(7)


def walk_generators(part):
    holder = vars(part) if isinstance(part, Layer) else part
    for key, value in list(holder.items() if isinstance(holder, dict) else enumerate(holder)):
        if isinstance(value, np.random.Generator):
            yield key, holder, key
        elif isinstance(value, Layer | list):
            yield from walk_generators(value)


@pytest.mark.parametrize("training", [True, False], ids=["training", "evaluation"])
@pytest.mark.parametrize("name", NETWORKS)
def test_layers_have_right_gradients_in_both_modes(name, training):
    make, shape = NETWORKS[name]
    network, x = make(), np.random.default_rng(3).normal(size=shape)
    network.train() if training else network.eval()
    parameters = network.parameters()

    def value(at, numbers):
        frozen_chance(network)
        for parameter, each in zip(parameters, numbers, strict=True):
            parameter.data = each
        return network(at)

    start = [parameter.data.copy() for parameter in parameters]
    inputs, dice = Tensor(x), np.random.default_rng(4)
    result = value(inputs, start)
    weights = dice.normal(size=result.shape)
    result.backward(weights)
    for given_, gradient, place in [
        (x, inputs.grad, None),
        *[(s, p.grad, i) for i, (s, p) in enumerate(zip(start, parameters, strict=True))],
    ]:
        d = dice.normal(size=given_.shape)
        ends = []
        for h in (1e-6, -1e-6):
            moved = [s + h * d if i == place else s for i, s in enumerate(start)]
            at = x + h * d if place is None else x
            ends.append((value(Tensor(at), moved).data * weights).sum())
        assert abs((ends[0] - ends[1]) / 2e-6 - (gradient * d).sum()) < 1e-5, (name, place)


@pytest.mark.parametrize("name", NETWORKS)
def test_networks_keep_float32_and_predict_changes_nothing(name):
    make, shape = NETWORKS[name]
    network, x = make().astype(np.float32), np.random.default_rng(3).normal(size=shape)
    before = [array.copy() for array in arrays(network)]
    once, again = network.predict(x), network.predict(x)
    assert isinstance(once, np.ndarray) and (once == again).all()
    if network.parameters():
        assert once.dtype == np.float32 and network(Tensor(np.float32(x))).dtype == np.float32
        for array, old in zip(arrays(make().astype(np.float32)), before, strict=True):
            assert array.dtype == np.float32 and (array == old).all()


def arrays(network):
    return [np.asarray(getattr(h[k], "data", h[k])) for _, h, k in layers.walk(network)]


def test_running_statistics_move_in_training_only():
    norm, x = BatchNorm(3), 2 + 3 * some(50, 3)
    norm(x)
    np.testing.assert_allclose(norm.running_mean, 0.1 * x.mean(axis=0))
    np.testing.assert_allclose(norm.running_variance, 0.9 + 0.1 * x.var(axis=0, ddof=1))
    before = norm.running_mean.copy()
    norm.eval()(x)
    norm.predict(x)
    assert (norm.running_mean == before).all()


def test_batch_normalisation_gives_mean_0_and_variance_1():
    y = BatchNorm(3)(5 + 2 * some(40, 3, 2, 2)).data
    np.testing.assert_allclose(y.mean(axis=(0, 2, 3)), 0, atol=1e-12)
    np.testing.assert_allclose(y.var(axis=(0, 2, 3)), 1, rtol=1e-4)


def test_convolution_is_the_sliding_sum():
    x, w, b = some(2, 3, 6, 7), some(4, 3, 3, 3), some(4)
    y = conv2d(x, w, b, stride=2, padding=1)
    padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    assert y.shape == (2, 4, 3, 4)
    for n, k, i, j in np.ndindex(y.shape):
        window = padded[n, :, 2 * i : 2 * i + 3, 2 * j : 2 * j + 3]
        assert abs(y[n, k, i, j] - (window * w[k]).sum() - b[k]) < 1e-12


def test_max_pooling_shares_ties():
    x = Tensor(np.array([[[[1.0, 1.0], [0.0, 1.0]]]]))
    MaxPool2d(2)(x).sum().backward()
    np.testing.assert_allclose(x.grad[0, 0], [[1 / 3, 1 / 3], [0, 1 / 3]])


def test_a_shared_layer_counts_once_and_names_are_in_order():
    shared = Linear(3, 3, rng=rng())
    network = Sequential(Linear(2, 3, rng=rng()), shared, relu, Sequential(shared, BatchNorm(3)))
    names = [name for name, _ in network.named_parameters()]
    assert names == [
        "layers.0.weight",
        "layers.0.bias",
        "layers.1.weight",
        "layers.1.bias",
        "layers.3.layers.1.scale",
        "layers.3.layers.1.shift",
    ]
    assert len(network.parameters()) == 6


def test_parameters_are_found_in_lists_tuples_and_dicts():
    class Odd(Layer):
        def __init__(self):
            self.a = [Tensor(1.0), (Tensor(2.0), {"x": Linear(1, 1, rng=rng())})]

    assert [p.size for p in Odd().parameters()] == [1, 1, 1, 1]


def test_modes_reach_all_the_way_down():
    drop = Dropout(0.5, rng=rng())
    network = Sequential(Sequential(drop), relu)
    assert network.eval() is network and not drop.training
    assert network.train() is network and drop.training


def test_dropout_keeps_the_mean_and_the_share():
    y = Dropout(0.3, rng=rng())(np.ones((200, 500)))
    assert abs(y.mean() - 1) < 0.01 and abs((y == 0).mean() - 0.3) < 0.01


def test_starts_have_the_size_that_the_papers_say():
    assert abs(he_normal((200, 300), rng=rng()).std() / np.sqrt(2 / 200) - 1) < 0.02
    assert abs(he_normal((64, 16, 3, 3), rng=rng()).std() / np.sqrt(2 / 144) - 1) < 0.03
    weights = glorot_uniform((200, 300), rng=rng())
    limit = np.sqrt(6 / 500)
    assert abs(weights).max() <= limit and abs(weights.std() * np.sqrt(3) / limit - 1) < 0.02


def test_embedding_adds_up_what_was_picked_twice():
    table = Embedding(4, 3, rng=rng())
    ids = np.array([[0, 2], [2, 2]])
    picked = table(ids)
    assert picked.shape == (2, 2, 3)
    picked.sum().backward()
    np.testing.assert_array_equal(table.weight.grad[:, 0], [1, 0, 3, 0])


REFUSED = {
    "a window that is too large": (
        lambda: Conv2d(1, 1, 5, rng=rng())(np.ones((1, 1, 4, 4))),
        ValueError,
        "window of 5 × 5 with stride 1 does not fit a picture of 4 × 4",
    ),
    "pictures without channels": (
        lambda: MaxPool2d(2)(np.ones((3, 4, 4))),
        ValueError,
        r"\(n, channels, height, width\)",
    ),
    "stride 0": (
        lambda: conv2d(some(1, 1, 4, 4), some(1, 1, 2, 2), some(1), stride=0),
        ValueError,
        "stride 0",
    ),
    "dropout of everything": (
        lambda: Dropout(1, rng=rng()),
        ValueError,
        "from 0 to below 1, not 1",
    ),
    "dropout below 0": (lambda: Dropout(-0.1, rng=rng()), ValueError, "not -0.1"),
    "a batch of one": (lambda: BatchNorm(3)(np.ones((1, 3))), ValueError, "two rows or more"),
    "a negative id": (
        lambda: Embedding(3, 2, rng=rng())([-1]),
        IndexError,
        "from -1 to -1, rows from 0 to 2",
    ),
    "ids that are floats": (lambda: Embedding(3, 2, rng=rng())([1.0]), TypeError, "whole numbers"),
    "inputs of another width": (
        lambda: Linear(3, 2, rng=rng())(np.ones((4, 5))),
        ValueError,
        r"matmul of shapes \(4, 5\) and \(3, 2\)",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_makes_no_sense_is_refused_with_the_way_out(what):
    attempt, kind, said = REFUSED[what]
    with pytest.raises(kind, match=said):
        attempt()


def descend(network, inputs, targets, steps, lr=0.5):
    parameters = network.parameters()
    for _ in range(steps):
        loss = binary_cross_entropy(network(inputs), targets)
        for p in parameters:
            p.grad = None
        loss.backward()
        for p in parameters:
            p.data -= lr * p.grad
    return np.mean((network.predict(inputs) > 0) == targets)


def test_xor_is_learned_from_twenty_seeds():
    corners, lamp = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [1], [1], [0]])
    for seed in range(20):
        r = np.random.default_rng(seed)
        network = Sequential(Linear(2, 8, rng=r), tanh, Linear(8, 1, rng=r))
        assert descend(network, corners, lamp, 300) == 1, seed


def test_the_moons_need_a_bend_and_more_than_two_units():
    points, labels = given.moons(150, np.random.default_rng(0))
    targets = labels[:, None].astype(float)
    straight, narrow, folded = [], [], []
    for seed in range(3):
        r = np.random.default_rng(seed)
        line = Sequential(Linear(2, 8, rng=r), Linear(8, 1, rng=r))
        two = Sequential(Linear(2, 2, rng=r), tanh, Linear(2, 1, rng=r))
        fold = Sequential(Linear(2, 8, rng=r), tanh, Linear(8, 2, rng=r), tanh, Linear(2, 1, rng=r))
        straight.append(descend(line, points, targets, 300, lr=0.1))
        narrow.append(descend(two, points, targets, 600))
        folded.append(descend(fold, points, targets, 1500))
    assert max(straight) < 0.92 and max(narrow) < 0.92 and min(folded) > 0.97


def test_units_that_start_equal_stay_equal():
    points, labels = given.moons(50, np.random.default_rng(0))
    network = Sequential(Linear(2, 8, rng=rng()), tanh, Linear(8, 1, rng=rng()))
    for p in network.parameters():
        p.data[...] = 0.5
    descend(network, points, labels[:, None].astype(float), 50)
    weight = network[0].weight.data
    assert np.allclose(weight, weight[:, :1])
