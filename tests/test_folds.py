"""Chapter 3's sheet is folded truly: by hand as paper is, and by every network that learns."""

from itertools import product

import numpy as np
from helpers.folds import descend, frames, moons, tanh_network

from course.pictures.fold import (
    DARK,
    LIT,
    area,
    bend,
    carried,
    pieces,
    seen,
    turned,
    turned_over,
    weights,
)
from minnet.layers import Linear, Sequential, relu

PLACES = [(0.8, 0.4), (0.0, 1.0), (0.5, 0.5), (0.25, 0.6), (1.0, 0.0)]


def test_a_fold_lays_the_corner_where_it_was_pulled_and_keeps_lengths():
    rng = np.random.default_rng(0)
    for corner, to in product(LIT, PLACES):
        fold = [bend(corner, to)]
        np.testing.assert_allclose(seen(fold, corner), to, atol=1e-12)
        for ring in pieces(fold):
            shares = rng.dirichlet(np.ones(len(ring)), size=2)
            p, q = shares @ np.array(ring)
            there = np.linalg.norm(seen(fold, p) - seen(fold, q))
            np.testing.assert_allclose(there, np.linalg.norm(p - q), atol=1e-12)


def test_each_fold_is_one_relu_in_a_hidden_layer():
    rng = np.random.default_rng(0)
    folds = [bend(corner, to) for corner, to in zip(LIT, [(0.3, 0.7), (0.2, 0.8)], strict=True)]
    network = Sequential(Linear(2, 4, rng=rng), relu, Linear(4, 2, rng=rng))
    first, _, last = network.layers
    first.weight.data[...] = np.column_stack([[1, 0], [0, 1], *(n for n, _ in folds)])
    first.bias.data[...] = [0, 0, *(-c for _, c in folds)]
    last.weight.data[...] = np.vstack([[1, 0], [0, 1], *(-2 * n for n, _ in folds)])
    points = rng.random((50, 2))
    wanted = [seen(folds, x) for x in points]
    np.testing.assert_allclose(network(points).data, wanted, atol=1e-12)


def test_one_fold_is_enough_and_the_middle_is_not():
    folded = [bend(LIT[0], LIT[1]), bend(LIT[1], LIT[1])]
    lit, dark = ([seen(folded, x) for x in corners] for corners in (LIT, DARK))
    np.testing.assert_allclose(lit[0], lit[1], atol=1e-12)
    assert min(q - p for p, q in lit) > 0.9 and max(abs(q - p) for p, q in dark) < 1e-12
    sides = [area([seen(folded, x) for x in ring]) > 0 for ring in pieces(folded)]
    assert sorted(sides) == [False, True]
    halfway = [bend(corner, (0.5, 0.5)) for corner in LIT]
    np.testing.assert_allclose([seen(halfway, x) for x in LIT], 0.5)  # on the line of the dark


def test_every_network_that_learns_the_moons_turns_paper_over():
    points, labels = moons()
    targets = labels[:, None].astype(float)
    for seed in range(20):
        network = tanh_network(seed, 2, 8, 2, 1)
        descend(network, points, targets, 0.3, 600)
        assert np.mean((network(points).data > 0) == targets) > 0.98
        assert turned_over(network[:4]) > 0.15


def test_what_the_figure_draws_is_what_the_network_does():
    points, _ = moons()
    network = frames()[-1]
    exact = network[:4](points).data
    assert abs(carried(weights(network), points) - exact).max() < 0.01
    grid = np.stack(np.meshgrid(np.linspace(-1.5, 2.5, 40), np.linspace(-1.1, 1.6, 40)), axis=-1)
    share = np.mean([turned(weights(network), x) for x in grid.reshape(-1, 2)])
    assert abs(min(share, 1 - share) - turned_over(network[:4])) < 0.06
