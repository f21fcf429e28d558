"""The map of rates of chapter 4: how well a network reads the digits after equal work, by lr.

    python -m tools.rates            measure anew (about twenty minutes), write the file
    python -m tools.rates --check    measure a sample of it; exit with 1 where it differs

For four optimizers, 37 learning rates from 0.0001 to 3.2, the cost times 1 to 100, and twenty
seeds: a network of 64, 32 and 10 units, 100 updates with 30 digits each, and then its loss over the
1500 digits that it learned from. What is stored: the losses in thousandths, and 65535 for what is
30 or more, or no number. Runs that fly off differ from machine to machine, and the rest in the
last digits: so the file is shipped, its sha256 stands in course/pictures/optimizers.py, and
--check allows for a difference where the loss is above 1.
"""

import io
import sys
from pathlib import Path

import numpy as np

from course import given
from minnet.cost_functions import cross_entropy
from minnet.layers import Linear, Sequential, relu
from minnet.optimizers import SGD, Adam, RMSprop
from tools.datasets import pack

FILE = Path(__file__).resolve().parent.parent / "course" / "pictures" / "rates.npz"
OPTIMIZERS = {
    "SGD": SGD,
    "momentum": lambda parameters, lr: SGD(parameters, lr, momentum=0.9),
    "RMSprop": RMSprop,
    "Adam": Adam,
}
RATES = 10 ** np.linspace(-4, 0.5, 37)
TIMES = np.array([1, 2, 5, 10, 20, 50, 100])
SEEDS = 20
FLOWN = 65535


def digits():
    """The 1500 digits of the chapter: (1500, 64), and their labels."""
    images, labels = given.digits()
    some = np.random.default_rng(0).permutation(len(images))[:1500]
    return images[some].reshape(-1, 64), labels[some]


def loss_after(make, lr, seed, times=1, data=None):
    """The loss after 100 updates with an optimizer that steps down the cost, multiplied."""
    inputs, labels = data or digits()
    rng = np.random.default_rng(seed)
    network = Sequential(Linear(64, 32, rng=rng), relu, Linear(32, 10, rng=rng))
    optimizer = make(network.parameters(), lr)
    with np.errstate(all="ignore"):
        for _ in range(2):
            for some in rng.permutation(1500).reshape(50, 30):
                loss = times * cross_entropy(network(inputs[some]), labels[some])
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
        logits = network.predict(inputs)
    return cross_entropy(logits, labels).item() if np.isfinite(logits).all() else np.inf


def measured(names, times, rates, seeds):
    """Losses in thousandths, (names, times, rates, seeds)."""
    data, found = digits(), []
    for name in names:
        for factor in times:
            print(f"{name}, the cost times {factor}", flush=True)
            runs = [
                [loss_after(OPTIMIZERS[name], lr, seed, factor, data) for seed in seeds]
                for lr in rates
            ]
            found.append(np.nan_to_num(np.array(runs), nan=np.inf))
    losses = np.array(found).reshape(len(names), len(times), len(rates), -1)
    return np.where(losses < 30, np.round(1000 * np.minimum(losses, 30)), FLOWN).astype(np.uint16)


def main(words):
    if "--check" not in words:
        losses = measured(OPTIMIZERS, TIMES, RATES, range(SEEDS))
        FILE.write_bytes(pack({"rates": RATES, "times": TIMES, "losses": losses}))
        return 0
    with np.load(FILE, allow_pickle=False) as box:
        stored = box["losses"][:, ::6, ::4, ::10].astype(int)
    now = measured(OPTIMIZERS, TIMES[::6], RATES[::4], range(0, SEEDS, 10)).astype(int)
    steady = np.maximum(stored, now) < 1000
    worst = abs(stored - now)[steady].max()
    print(f"{steady.sum()} losses below 1: the largest difference is {worst / 1000:.3f}")
    return int(worst > 2 or (steady != (stored < 1000)).mean() > 0.01)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
