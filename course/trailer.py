"""The trailer of chapter 1: the finished minnet learns to read digits, live."""

import io

import numpy as np
from matplotlib.figure import Figure

from course.pictures.training import draw_guesses
from minnet.cost_functions import cross_entropy
from minnet.data import Batches, load_digits, split
from minnet.layers import Linear, Sequential, relu
from minnet.optimizers import Adam, CosineDecay
from minnet.training import History, LossCurve, accuracy, train

EPOCHS = 25


class Screen(LossCurve):
    """The loss curve, and ten unseen digits with the network's guesses, on one picture."""

    def __init__(self, network, test, **settings):
        super().__init__(**settings)
        self.network, self.test = network, test
        self.ten = [np.flatnonzero(test[1] == digit)[0] for digit in range(10)]

    def picture(self, history):
        images, labels = self.test
        logits = self.network.predict(images)
        figure, file = Figure(figsize=(9, 3.2), layout="constrained"), io.BytesIO()
        left, right = figure.subfigures(1, 2, width_ratios=[1, 1.1])
        curve = left.subplots()
        curve.plot(range(1, len(history.loss) + 1), history.loss, linestyle="-")
        curve.set(xlabel="passes over the 1437 digits", ylabel="loss (log scale)", yscale="log")
        curve.set(xlim=(0, EPOCHS + 1), ylim=(5e-4, 3), title="How wrong it is")
        right.suptitle(f"{accuracy(logits, labels):.3f} of {len(labels)} unseen digits read right")
        guesses = logits[self.ten].argmax(axis=1)
        draw_guesses(right.subplots(2, 5), images[self.ten], guesses, labels[self.ten])
        figure.savefig(file, format="png")
        return file.getvalue()


def trailer(seed=0):
    """Train on 1437 handwritten digits, in about a second, and read 360 others, drawn live."""
    rng = np.random.default_rng(seed)
    images, labels = load_digits()
    pixels = images.reshape(-1, 64) / 16
    train_x, test_x, train_y, test_y = split(pixels, labels, test_size=360, rng=rng)
    network = Sequential(Linear(64, 128, rng=rng), relu, Linear(128, 10, rng=rng))
    optimizer = Adam(network.parameters(), lr=0.01)
    schedule, history = CosineDecay(optimizer, steps=EPOCHS), History()
    batches = Batches(train_x, train_y, batch_size=32, rng=rng)
    screen = Screen(network, (test_x, test_y), every=0.3)
    for epoch in range(1, EPOCHS + 1):
        train(
            network, cross_entropy, optimizer, batches,
            epochs=epoch, schedule=schedule, history=history,
        )  # fmt: skip
        screen.draw(history, last=epoch == EPOCHS)
