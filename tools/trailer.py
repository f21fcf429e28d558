"""The README's trailer, docs/pictures/trailer.gif: what chapters 1, 3 and 6 do, done again here.

python -m tools.trailer             write it
python -m tools.trailer FOLDER      and each of its pictures as a PNG, to look at
"""

import io
import sys
from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from PIL import Image

from course import given
from course.moving import Axes
from course.pictures import BLUE, GREEN, ORANGE
from course.pictures.fold import border_of, carried, weights
from course.pictures.tensors import draw_shots
from course.pictures.training import draw_guesses
from minnet.cost_functions import binary_cross_entropy_with_logits, cross_entropy
from minnet.data import Batches, load_digits, train_test_split
from minnet.layers import Linear, Sequential, relu, tanh
from minnet.optimizers import SGD, Adam, CosineDecay
from minnet.tensors import Tensor
from minnet.training import accuracy, evaluate, train_epoch

PLACE = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "trailer.gif"
SHOTS = (1, 2, 3, 4, 5, 7, 9, 12, 16, 25)
FOLDS = (*range(0, 300, 20), 300, 350, 400, 500)
BRIEF, LONG = 280, 2200  # milliseconds: a picture that moves on, and the last of a scene
LARGE = {"axes.titlesize": 14, "axes.labelsize": 13, "xtick.labelsize": 11, "ytick.labelsize": 11}
EDGE = {"color": "#556", "alpha": 0.5, "linestyle": "-", "lw": 0.8}


def page(chapter, claim):
    """A figure with the chapter, and what is seen in it, above."""
    figure = Figure(figsize=(9.6, 4), layout="constrained")
    figure.suptitle(f"Chapter {chapter}  ·  {claim}", x=0.012, ha="left", fontsize=17)
    return figure


# The cannon


def flight(ahead, upward):
    """The path of a ball in still air, as chapter 1 has it."""
    x, y, path = 0.0, 0.0, []
    for _ in range(100):
        drag = 0.02 * (ahead**2 + upward**2) ** 0.5
        ahead = ahead - 0.02 * drag * ahead
        upward = upward - 0.02 * (drag * upward + 9.81)
        x, y = x + 0.02 * ahead, y + 0.02 * upward
        path.append((x, y))
    return path


def cannon():
    """25 shots, each aimed by the gradient of the one before."""
    knobs, shots, misses = [Tensor(15.0), Tensor(18.0)], [], []
    optimizer = SGD(knobs, lr=0.1)
    for _ in range(SHOTS[-1]):
        shots.append(flight(*(float(knob.data) for knob in knobs)))
        x, y = flight(*knobs)[-1]
        miss = (x - 30) ** 2 + (y - 10) ** 2
        misses.append(miss.item())
        optimizer.zero_grad()
        miss.backward()
        optimizer.step()
    for n in SHOTS:
        figure = page(1, "an aim is mended by walking back through the flight")
        left, right = figure.subplots(1, 2, width_ratios=[1.25, 1])
        draw_shots(left, shots[:n], numbers=(1, 2, 3, 5))
        left.set(ylim=(-1.5, 17), title=f"{n} shot" + "s" * (n > 1))
        right.semilogy(range(1, n + 1), misses[:n], "o-", markersize=5)
        right.set(xlim=(0, SHOTS[-1] + 1), ylim=(min(misses) / 3, max(misses) * 3))
        right.set(xlabel="shot", ylabel="miss (m², log scale)", title=f"{misses[n - 1]:.2g} m²")
        yield figure


# The paper


def paper():
    """Squared paper, folded by a network of 2, 8, 2 and 1 units until a line parts two moons."""
    points, labels = given.moons(300, np.random.default_rng(0))
    targets, rng = labels[:, None].astype(float), np.random.default_rng(9)
    parts = [(Linear(a, b, rng=rng), tanh) for a, b in pairwise((2, 8, 2, 1))]
    network = Sequential(*[each for pair in parts for each in pair][:-1])
    optimizer = SGD(network.parameters(), lr=0.3)
    for begin, end in pairwise((0, *FOLDS)):
        for _ in range(end - begin):
            optimizer.zero_grad()
            binary_cross_entropy_with_logits(network(points), targets).backward()
            optimizer.step()
        yield folded(weights(network), points, labels, end)


def folded(w, points, labels, step):
    """Left the plane and the border on it; right the same sheet, as the last layer sees it."""
    xs, ys = np.linspace(-1.5, 2.5, 61), np.linspace(-1.1, 1.6, 41)
    sheet = [np.stack([xs, np.full(61, y)], axis=1) for y in ys[::5]]
    sheet += [np.stack([np.full(41, x), ys], axis=1) for x in xs[::5]]
    share = np.mean((network_says(w, points) > 0) == labels)
    figure = page(3, "two layers fold the paper until one straight cut is enough")
    figure.set_layout_engine("none")  # titles that change would move what is below
    left, right = (figure.add_axes(box) for box in ([0.02, 0.02, 0.5, 0.8], [0.6, 0.02, 0.38, 0.8]))
    for ax, seen in ((left, np.asarray), (right, lambda places: carried(w, places))):
        for line in sheet:
            ax.plot(*seen(line).T, **EDGE)
        for label, colour in enumerate((BLUE, ORANGE)):
            ax.plot(*seen(points[labels == label]).T, "o", color=colour, markersize=4, alpha=0.8)
    frame = Axes((-1.5, 2.5), (-1.1, 1.6), None)
    for line in border_of(w, frame):
        left.plot(*np.transpose(line), color="#111", linestyle="-", lw=2.4)
    (a, b), c = w[42:44], w[44]
    ends = np.array([-3, 3]) * np.array([[b], [-a]]) / np.hypot(a, b)
    foot = -c * np.array([[a], [b]]) / (a * a + b * b)
    right.plot(*(foot + ends), color="#111", linestyle="-", lw=2.4)
    left.set(xlim=(-1.6, 2.6), ylim=(-1.2, 1.7), title="The plane, and the border on it")
    right.set(xlim=(-1.1, 1.1), ylim=(-1.1, 1.1), aspect="equal")
    right.set_title(f"Folded for {step} steps: {share:.0%} right")
    for ax in (left, right):
        ax.set(xticks=[], yticks=[])
        ax.spines[:].set_visible(False)
    return figure


def network_says(w, places):
    return carried(w, places) @ np.asarray(w[42:44]) + w[44]


# The digits


def digits(epochs=20):
    """The finished library learns to read: the curve, and ten digits that it has never seen."""
    rng = np.random.default_rng(0)
    images, labels = load_digits()
    x, test_x, y, test_y = train_test_split(
        images.reshape(-1, 64) / 16, labels, test_size=360, rng=rng
    )
    network = Sequential(Linear(64, 128, rng=rng), relu, Linear(128, 10, rng=rng))
    optimizer = Adam(network.parameters(), lr=0.01)
    schedule = CosineDecay(optimizer, steps=epochs)
    batches = Batches(x, y, batch_size=32, rng=rng)
    seen, whole = [(0, *evaluate(network, cross_entropy, (x, y)))], (x, y)
    wrong = network.predict(test_x).argmax(axis=1) != test_y
    places = [np.flatnonzero(test_y == digit) for digit in range(10)]
    ten = [place[wrong[place].argmax()] for place in places]
    yield read(network, seen, test_x, test_y, ten, epochs)
    for i, batch in enumerate(batches, 1):
        train_epoch(network, cross_entropy, optimizer, [batch])
        if i in (2, 4, 7, 12, 20, len(batches)):
            seen.append((i / len(batches), *evaluate(network, cross_entropy, whole)))
            yield read(network, seen, test_x, test_y, ten, epochs)
    for epoch in range(2, epochs + 1):
        schedule.step()
        seen.append((epoch, *train_epoch(network, cross_entropy, optimizer, batches)))
        if epoch in (2, 3, 5, 8, 12, 16, epochs):
            yield read(network, seen, test_x, test_y, ten, epochs)


def read(network, seen, images, labels, ten, epochs):
    """The loss so far, and what the network takes the ten digits for."""
    logits = network.predict(images)
    figure = page(6, "the library that you built reads handwriting")
    left, right = figure.subfigures(1, 2, width_ratios=[1, 1.15])
    curve = left.subplots()
    curve.plot(*zip(*seen), linestyle="-")
    curve.plot(*seen[-1], "o", color=BLUE)
    curve.set(xlabel=f"passes over {1797 - len(labels)} digits", yscale="log")
    curve.set(xlim=(-0.5, epochs + 0.5), ylim=(5e-4, 4), ylabel="loss (log scale)")
    curve.set(xticks=range(0, epochs + 1, 5), title="How wrong it is")
    right.suptitle(
        f"{accuracy(logits, labels):.0%} of {len(labels)} unseen digits read right", fontsize=14
    )
    guesses = logits[ten].argmax(axis=1)
    draw_guesses(right.subplots(2, 5), images[ten], guesses, labels[ten])
    return figure


# The film


def film():
    """Pairs of a picture and how long it stays, in milliseconds."""
    plt.style.use(["course.house", LARGE])  # a README shows it smaller
    for scene in (cannon(), paper(), digits()):
        pictures = [drawn(figure) for figure in scene]
        yield from zip(pictures, [3 * BRIEF] + [BRIEF] * (len(pictures) - 2) + [LONG])


def drawn(figure):
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=100)
    return Image.open(file).convert("RGB")


def save(film, place):
    """As a GIF, in greys and in the tints of three colours."""
    pictures, stay = zip(*film)
    white, grey = np.full(3, 255.0), np.zeros(3)
    ends = [(grey, 28), *((255 * np.array(to_rgb(each)), 12) for each in (BLUE, ORANGE, GREEN))]
    tints = [end + (white - end) * part for end, n in ends for part in np.linspace(0, 1, n)]
    palette = Image.new("P", (1, 1))
    palette.putpalette(np.round(tints).astype(int).ravel().tolist())
    flat = [picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in pictures]
    flat[0].save(place, save_all=True, append_images=flat[1:], duration=stay, loop=0, optimize=True)


if __name__ == "__main__":
    frames = list(film())
    save(frames, PLACE)
    for n, (picture, _) in enumerate(frames if len(sys.argv) > 1 else []):
        picture.save(Path(sys.argv[1]) / f"{n:02}.png")
    print(f"{len(frames)} pictures, {PLACE.stat().st_size / 1e6:.2f} MB")
