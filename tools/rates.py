"""The map of rates of chapter 4: how well a network reads the digits after equal work, by lr.

    python -m tools.rates            measure anew (about twenty minutes), write the file
    python -m tools.rates --check    measure a sample of it; exit with 1 where it differs

For four optimizers, 37 learning rates from 0.0001 to 3.2, the cost times 1 to 100, and twenty
seeds: a network of 64, 32 and 10 units, 100 updates with 30 digits each, and then its loss over the
1500 digits that it learned from. The same after one pass of plain descent, by 1500, 30 and 1 digit
a step; and after thirty passes of momentum and Adam, with the share of the 297 unseen digits that
is read. What is stored: losses and shares in thousandths, and 65535 for a loss of 30 or more, or
no number. Runs that fly off differ from machine to machine, and the rest in the
last digits: so the file is shipped, its sha256 stands in course/pictures/map_of_rates.py, and
--check allows for a difference where the loss is above 1.
"""

import hashlib
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
LONG = {"momentum": (0.05, 0.1, 0.15, 0.2), "Adam": (0.005, 0.01, 0.02, 0.03)}
PASS = {1500: (0.3, 1.0, 3.0), 30: (0.1, 0.3, 1.0), 1: (0.01, 0.03, 0.1)}  # {size: rates}
FLOWN = 65535


def digits():
    """The digits in the chapter's order, (1797, 64), and their labels: it learns from 1500."""
    images, labels = given.digits()
    some = np.random.default_rng(0).permutation(len(images))
    return images[some].reshape(-1, 64), labels[some]


def loss_after(make, lr, seed, times=1, data=None, size=30, passes=2):
    """The loss after 100 updates with an optimizer that steps down the cost, multiplied."""
    return trained(make, lr, seed, times, data or digits(), size, passes)[0]


def trained(make, lr, seed, times, data, size, passes):
    """The loss over the 1500, and the share that is read of the rest."""
    inputs, labels = data
    rng = np.random.default_rng(seed)
    network = Sequential(Linear(64, 32, rng=rng), relu, Linear(32, 10, rng=rng))
    optimizer = make(network.parameters(), lr)
    with np.errstate(all="ignore"):
        for _ in range(passes):
            for some in rng.permutation(1500).reshape(-1, size):
                loss = times * cross_entropy(network(inputs[some]), labels[some])
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
        logits = network.predict(inputs)
    if not np.isfinite(logits).all():
        return np.inf, 0.0
    right = logits[1500:].argmax(axis=1) == labels[1500:]
    return cross_entropy(logits[:1500], labels[:1500]).item(), right.mean()


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
    return stored(np.array(found).reshape(len(names), len(times), len(rates), -1))


def one_pass(seeds):
    """Losses after one pass by plain descent, (sizes, rates, seeds)."""
    data, found = digits(), []
    for size, rates in PASS.items():
        print(f"one pass, {size} a step", flush=True)
        how = {"data": data, "size": size, "passes": 1}
        found.append([[loss_after(SGD, lr, seed, **how) for seed in seeds] for lr in rates])
    return stored(np.array(found))


def thirty_passes(seeds):
    """Losses and shares, (optimizers, rates, seeds, 2)."""
    data, found = digits(), []
    for name, rates in LONG.items():
        print(f"thirty passes, {name}", flush=True)
        how = {"times": 1, "data": data, "size": 30, "passes": 30}
        found.append([[trained(OPTIMIZERS[name], lr, s, **how) for s in seeds] for lr in rates])
    return stored(np.array(found))


def stored(losses):
    """In thousandths, and what flew off as one number."""
    return np.where(losses < 30, np.round(1000 * np.minimum(losses, 30)), FLOWN).astype(np.uint16)


def main(words):
    if "--check" not in words:
        losses = measured(OPTIMIZERS, TIMES, RATES, range(SEEDS))
        sizes, rates = np.array(list(PASS)), np.array(list(PASS.values()))
        passes = {"sizes": sizes, "pass_rates": rates, "passes": one_pass(range(SEEDS))}
        passes["long_rates"] = np.array(list(LONG.values()))
        passes["long"] = thirty_passes(range(SEEDS))
        FILE.write_bytes(pack({"rates": RATES, "times": TIMES, "losses": losses} | passes))
        print(hashlib.sha256(FILE.read_bytes()).hexdigest())
        return 0
    with np.load(FILE, allow_pickle=False) as box:
        kept = box["losses"][:, ::6, ::4, ::10].astype(int)
    now = measured(OPTIMIZERS, TIMES[::6], RATES[::4], range(0, SEEDS, 10)).astype(int)
    steady = np.maximum(kept, now) < 1000
    worst = abs(kept - now)[steady].max()
    print(f"{steady.sum()} losses below 1: the largest difference is {worst / 1000:.3f}")
    return int(worst > 2 or (steady != (kept < 1000)).mean() > 0.01)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
