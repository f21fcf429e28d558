"""The trailer of chapter 1: the finished minnet learns to read digits, live."""

import io

import numpy as np
from matplotlib.figure import Figure

from course.pictures.training import draw_guesses
from minnet.cost_functions import cross_entropy
from minnet.data import Batches, load_digits, train_test_split
from minnet.layers import Linear, Sequential, relu
from minnet.optimizers import Adam, CosineDecay
from minnet.plots import LossCurve
from minnet.training import accuracy, evaluate, train_epoch

EPOCHS = 25


class Screen(LossCurve):
    """The loss curve, and ten unseen digits with the network's guesses, on one picture.

    The ten are one of each kind, where it can be one that is misread before it learns.
    """

    def __init__(self, network, test, **settings):
        super().__init__(**settings)
        self.network, self.test = network, test
        wrong = network.predict(test[0]).argmax(axis=1) != test[1]
        places = [np.flatnonzero(test[1] == digit) for digit in range(10)]
        self.ten = [place[wrong[place].argmax()] for place in places]

    def picture(self, seen):
        """`seen` is a list of (passes, loss)."""
        images, labels = self.test
        logits = self.network.predict(images)
        figure, file = Figure(figsize=(9, 3.4), layout="constrained"), io.BytesIO()
        left, right = figure.subfigures(1, 2, width_ratios=[1, 1.1])
        curve = left.subplots()
        curve.plot(*zip(*seen), linestyle="-")
        curve.plot(*seen[-1], "o")
        curve.set(xlabel="passes over the 1437 digits", ylabel="loss (log scale)", yscale="log")
        curve.set(xlim=(-0.5, EPOCHS + 0.5), ylim=(5e-4, 4), title="How wrong it is")
        right.suptitle(f"{accuracy(logits, labels):.1%} of {len(labels)} unseen digits read right")
        guesses = logits[self.ten].argmax(axis=1)
        draw_guesses(right.subplots(2, 5), images[self.ten], guesses, labels[self.ten])
        figure.savefig(file, format="png", dpi=120)
        return file.getvalue(), {"unconfined": True}  # digits: no negatives in the dark theme


def trailer(seed=0):
    """Train on 1437 handwritten digits and read 360 others, drawn live from before pass 1 on."""
    rng = np.random.default_rng(seed)
    images, labels = load_digits()
    pixels = images.reshape(-1, 64) / 16
    train_x, test_x, train_y, test_y = train_test_split(pixels, labels, test_size=360, rng=rng)
    network = Sequential(Linear(64, 128, rng=rng), relu, Linear(128, 10, rng=rng))
    optimizer = Adam(network.parameters(), lr=0.01)
    schedule = CosineDecay(optimizer, steps=EPOCHS)
    batches = Batches(train_x, train_y, batch_size=32, rng=rng)
    screen = Screen(network, (test_x, test_y), every=0.3)
    seen = [(0, *evaluate(network, cross_entropy, (train_x, train_y)))]
    screen.draw(seen)
    for i, batch in enumerate(batches, 1):  # the first pass, where most is learnt, slowly
        train_epoch(network, cross_entropy, optimizer, [batch])
        if i in (2, 5, 9, 15, len(batches)):
            seen.append((i / len(batches), *evaluate(network, cross_entropy, (train_x, train_y))))
            screen.draw(seen, last=True)
    for epoch in range(2, EPOCHS + 1):
        schedule.step()
        seen.append((epoch, *train_epoch(network, cross_entropy, optimizer, batches)))
        screen.draw(seen, last=epoch == EPOCHS)
