"""No figure changes unseen: what was drawn when a person last looked is told in figures.txt.

Where a change is meant, look at the figures it changes, then: python tests/test_drawn.py
"""

from pathlib import Path

import numpy as np
import pytest
from helpers.drawn import told
from helpers.runs import points, small

import minnet as mn
from minnet import plots
from minnet.training import History

TOLD = Path(__file__).with_name("figures.txt")


def history(losses, validation=()):
    made = History()
    made["loss"], made["validation_loss"] = list(losses), list(validation)
    return made


def running():
    """The figure of a training that still runs, before it is made a picture."""
    found, png = [], plots.png
    plots.png = found.append
    try:
        plots.LossCurve().picture(history([3.0, 2.0, 1.5]), "epoch 4 of 30, 9 s left", 30)
    finally:
        plots.png = png
    return found[0]


class Told(mn.Layer):
    """Gives the logits that it is told."""

    def forward(self, x):
        return x[:, :3] * 1.0


def mistakes(many, **more):
    rows = np.linspace(-1, 1, 9 * many).reshape(many, 9) ** 3
    return mn.show_mistakes(Told(), rows, np.zeros(many, int), **more)


def loss():
    x, y = points(20)
    network = small()
    loss = mn.cross_entropy(network(x), y) + (network[0].weight ** 2).sum() * 0.1
    return mn.draw(loss, names=dict(network.named_parameters()))


def layers(*inputs):
    rng = np.random.default_rng(0)
    long = mn.Sequential(mn.Conv2d(1, 4, 3, padding=1, rng=rng), mn.BatchNorm(4), mn.relu)
    return mn.draw(mn.Sequential(long, mn.Flatten(), mn.Linear(64, 3, rng=rng)), *inputs)


def table(n):
    """Counts of n classes: each right more often than the last, and now and then a mistake."""
    counts = np.diag(np.arange(n))
    counts[1, 0], counts[2, 1], counts[n - 1, 2] = 1, 1, 7
    return counts


def yes_no():
    x, y = points(8)
    rng = np.random.default_rng(0)
    layer = mn.Linear(3, 1, rng=rng)
    return mn.draw(mn.binary_cross_entropy_with_logits(layer(x), y[:, None].astype(float)))


def lattice():
    """A graph in which one node stands between two, and another beside the lower one."""
    rows = [mn.tanh(mn.Tensor([float(i)])) for i in range(4)]
    return mn.draw((rows[2] * 3.0 + rows[0]) * (rows[1] + rows[2]) * rows[3])


FIGURES = {
    "both losses, the best in the middle": lambda: history([4, 2, 1, 0.5], [5, 2, 1.5, 1.8]).plot(),
    "one epoch": lambda: history([2.0]).plot(),
    "from 0.001 to 1000": lambda: history([1000, 1, 0.001]).plot(),
    "within a factor of 30": lambda: history([30, 5, 1]).plot(),
    "a loss that is not a number, and one of 0": lambda: history(
        [1, 0, 0.2], [2, 1, np.nan]
    ).plot(),
    "no epoch yet": lambda: history([]).plot(),
    "nine trainings that end together": lambda: mn.compare(
        {f"lr {k}": history([k + 1.0, 0.5 + k / 1000]) for k in range(9)}
    ),
    "running": running,
    "3 classes": lambda: mn.plot_confusion_matrix(table(3), ["a", "owl", "cats"]),
    "40 classes": lambda: mn.plot_confusion_matrix(table(40)),
    "60 classes, without their numbers": lambda: mn.plot_confusion_matrix(table(60)),
    "7 mistakes": lambda: mistakes(14, names=["no", "perhaps", "yes"], n=7),
    "3 mistakes": lambda: mistakes(6, images=np.arange(6 * 20).reshape(6, 4, 5)),
    "no mistake": lambda: mn.show_mistakes(Told(), np.eye(9)[:3], range(3)),
    "a network": layers,
    "a network with its shapes": lambda: layers((2, 1, 4, 4)),
    "a network of nothing": lambda: mn.draw(mn.Sequential()),
    "a loss": loss,
    "a loss with a long name": yes_no,
    "a graph with crossings": lattice,
    "a number": lambda: mn.draw(mn.Tensor(2.0) * 3.0),
}


def tell():
    return {name: list(told(draw())) for name, draw in FIGURES.items()}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_the_one_that_was_looked_at(name):
    seen = dict(part.split("\n", 1) for part in TOLD.read_text("utf-8").split("# ")[1:])
    assert list(told(FIGURES[name]())) == seen[name].splitlines()


if __name__ == "__main__":
    text = "".join(f"# {name}\n" + "\n".join(lines) + "\n" for name, lines in tell().items())
    TOLD.write_text(text, "utf-8")
