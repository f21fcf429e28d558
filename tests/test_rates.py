"""What chapter 4 says of single runs holds on twenty seeds."""

import numpy as np

from course.pictures.map_of_rates import shipped
from minnet.layers import relu
from tools import rates


def test_a_rate_ten_times_too_long_kills_the_hidden_units():
    inputs, labels = (each[:1500] for each in rates.digits())
    for seed in range(20):
        rng = np.random.default_rng(seed)
        network = rates.Sequential(
            rates.Linear(64, 32, rng=rng), relu, rates.Linear(32, 10, rng=rng)
        )
        optimizer = rates.SGD(network.parameters(), 5.0)
        rows = [rng.permutation(1500).reshape(50, 30) for _ in range(2)]
        for some in np.concatenate(rows):
            loss = rates.cross_entropy(network(inputs[some]), labels[some])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        hidden = relu(inputs @ network[0].weight.data + network[0].bias.data)
        assert (hidden > 0).any(axis=0).sum() <= 1, f"seed {seed}"
        loss = rates.cross_entropy(network.predict(inputs), labels).item()
        assert abs(loss - np.log(10)) < 0.2, f"seed {seed}: the loss is {loss:.2f}"


def test_after_one_pass_single_digits_are_lowest_and_no_best_rate_ends_its_list():
    with np.load(rates.FILE) as box:
        middle = np.median(box["passes"], axis=2)
        assert (middle.argmin(axis=1) == 1).all()
    passes = shipped().passes
    assert passes[1].max() < passes[30].min() and passes[30].max() < passes[1500].min()


def test_after_thirty_passes_adam_reads_no_more_than_momentum():
    with np.load(rates.FILE) as box:
        best = np.median(box["long"][..., 0], axis=2).argmin(axis=1)
        assert (best > 0).all() and (best < 3).all()
    ball, adam = shipped().unseen["momentum"], shipped().unseen["Adam"]
    assert abs(ball.mean() - adam.mean()) < 0.002
    assert abs(np.sum(ball > adam) - np.sum(adam > ball)) < 4
