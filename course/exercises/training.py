"""The questions and exercises of chapter 6, its six patients, and the program that is killed."""

from itertools import permutations
from unittest.mock import patch

import numpy as np

from course.exercises.kit import Book, Exercise
from minnet.cost_functions import cross_entropy, softmax
from minnet.data import Batches, load_digits, shift_images
from minnet.layers import Linear, Sequential, relu
from minnet.optimizers import SGD, Adam, CosineDecay, Optimizer
from minnet.tensors import Tensor

book = Book("training")
guess, check, whose, progress = book.guess, book.check, book.whose, book.progress
predict = guess  # until the chapter says guess

long_program = """\
from pathlib import Path

import numpy as np

import minnet as mn

rng = np.random.default_rng(0)
images, labels = mn.load_digits()
layers = mn.Flatten(), mn.Linear(64, 64, rng=rng), mn.relu, mn.Linear(64, 10, rng=rng)
network = mn.Sequential(*layers)
run = {
    "network": network,
    "optimizer": mn.Adam(network.parameters(), lr=0.001),
    "batches": mn.Batches(images / 16, labels, batch_size=64, rng=rng),
    "history": mn.History(),
}
if Path("run.npz").exists():
    mn.load_checkpoint("run.npz", **run)
mn.train(cost=mn.cross_entropy, epochs=30, checkpoint="run.npz", **run)
np.save("losses.npy", run["history"].loss)
"""


# The six patients

FAULTS = {
    "B": "the learning rate is far too small",
    "E": "the learning rate is far too large",
    "A": "softmax twice",
    "F": "labels shuffled, images not",
    "C": "only sixty digits",
    "D": "first weights far too large",
}


def six_runs(epochs=20):
    """{letter: (training losses, validation losses)} of six runs, each with one fault."""
    images, labels = load_digits()
    order = np.random.default_rng(6).permutation(len(labels))
    x, y = images.reshape(-1, 64)[order] / 16, labels[order]
    return {letter: faulty_run(letter, x, y, epochs) for letter in sorted(FAULTS)}


def faulty_run(letter, x, y, epochs):
    rng = np.random.default_rng(0)
    network = Sequential(Linear(64, 32, rng=rng), relu, Linear(32, 10, rng=rng))
    lr, n, validation = 0.01, 600, (x[1200:1500], y[1200:1500])
    if FAULTS[letter].startswith("softmax"):
        network = Sequential(*network, softmax)
    if FAULTS[letter].startswith("the learning rate"):
        lr = 0.00003 if "small" in FAULTS[letter] else 1.0
    if FAULTS[letter].startswith("labels"):
        n, lr = 300, 0.02
        y = rng.permutation(y[:n])
    if FAULTS[letter].startswith("only"):
        n = 60
    if FAULTS[letter].startswith("first"):
        for parameter in network.parameters()[::2]:
            parameter.data = rng.normal(0, 1.5, parameter.shape)
    optimizer = Adam(network.parameters(), lr=lr)
    losses = ([], [])
    for _ in range(epochs):
        total = 0.0
        for inputs, targets in Batches(x[:n], y[:n], batch_size=20 if n > 60 else 5, rng=rng):
            loss = step(network, optimizer, inputs, targets)
            total += loss * len(inputs) / n
        losses[0].append(total)
        losses[1].append(cross_entropy(network.predict(validation[0]), validation[1]))
    return losses


def step(network, optimizer, inputs, targets):
    loss = cross_entropy(network(inputs), targets)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


# Recall


def gradient_of_two():
    w = Tensor(2.0)
    for _ in range(2):
        (3 * w).backward()
    return w.grad


book.question(
    "w.grad after two backwards",
    answer=gradient_of_two,
    because="3 from each: gradients add up until somebody clears them.",
    mistakes=[
        (3, "That is one backward. A leaf adds what arrives to what is there."),
        (0, "Nobody cleared it. What does backward do with a gradient that is there already?"),
    ],
)
book.question(
    "parameters of 64-32-10",
    answer=lambda: 64 * 32 + 32 + 32 * 10 + 10,
    because="64 · 32 weights and 32 biases, then 32 · 10 and 10.",
    mistakes=[
        (64 * 32 + 32 * 10, "Those are the weights. What else does each unit have?"),
        (64 * 32 + 32 * 10 + 10, "The 32 units in the middle have a bias each, too."),
        (64 * 32 + 32 * 10 + 32, "The 10 units at the end have a bias each, too."),
        (64 + 32 + 10, "Those are the units. Count the lines between them."),
    ],
)
book.question(
    "batches of 32 in 1437 rows",
    answer=lambda: -(-1437 // 32),
    because="44 full ones, and a short one with the rest.",
    mistakes=[
        (1437 // 32, "What becomes of the rows that are left over?"),
        (1437 / 32, "Batches are counted in whole ones. What becomes of the last rows?"),
        (1437 % 32, "Those are the rows of the last batch. How many batches are there?"),
    ],
)

# Predictions

book.question(
    "first loss of ten classes",
    answer=lambda: np.log(10),
    within=0.02,
    because="Fair guessing gives each class 1/10, and −ln(1/10) = ln 10.",
    mistakes=[
        (0, "0 is the surprise of one who is sure and right. This one knows nothing."),
        (1, "1 is no special number here. What is −ln of one tenth?"),
        (0.1, "That is the probability. The loss is its surprise."),
        (10, "There are ten classes, but the loss is a logarithm of that."),
        (0.9, "That is the share of wrong guesses. The loss is a mean surprise."),
    ],
)
book.question(
    "rows in the last batch",
    answer=lambda: 1150 % 32,
    because="What is left after 35 full batches.",
    mistakes=[
        (32, "All rows would then be a multiple of 32. There are 1150 of them."),
        (1150 / 32, "That is the number of batches, before rounding up."),
        (36, "That is the number of batches."),
        (1437 % 32, "That is for the 1437 rows of the question above: here there are 1150."),
    ],
)
book.question(
    "does it begin again",
    answer="no",
    because="Nothing made a new network: the loop goes on from where it was.",
    mistakes=[
        ("yes", "Does any line of *that* cell make a new network? It uses the one it finds.")
    ],
)
book.question(
    "share of weights that are nan",
    answer=1,
    because="nan spreads with every sum: to the outputs, the loss, and every gradient.",
    mistakes=[
        (0, "Nothing in the loop looks at the numbers: it takes the step, whatever the gradient."),
        (1 / 64, "Those are the weights of that pixel. And the outputs that are sums over it?"),
        (1 / 1150, "That is one row among all rows. But all rows share the weights."),
        (32 / 1150, "Those are the rows of one batch. But all rows share the weights."),
    ],
    within=0.01,
)
book.question(
    "dropout on or off",
    answer="off",
    because="With dropout on, half of the units are silent while it answers.",
    mistakes=[("on", "With dropout on, half of the hidden units are silenced at random.")],
)
book.question(
    "accuracy lost by then",
    answer=0.01,
    within=0.02,
    because="A few digits more are misread, of hundreds. Something else must have become worse.",
    mistakes=[
        (0.3, "That would be 86 digits more that are misread. What else makes a loss grow?"),
        (0.1, "That would be 29 digits more that are misread. What else makes a loss grow?"),
    ],
)
book.question(
    "does the note change",
    answer="yes",
    because="The list holds the same arrays, and the optimizer changes them in place.",
    mistakes=[("no", "The list is new. Are the arrays in it new, too?")],
)
book.question(
    "the half that chose",
    answer="higher",
    because="Of 60 epochs it took the one that suits these digits best, luck included.",
    mistakes=[
        ("the same", "Among 60 epochs, which one does a half pick: a typical one?"),
        ("same", "Among 60 epochs, which one does a half pick: a typical one?"),
        ("lower", "The half that chose took the best of 60, for itself."),
    ],
)
book.question(
    "twenty digits, two softmaxes",
    answer="no",
    because="Probabilities in place of logits differ by 1 at the most: never sure enough.",
    mistakes=[("yes", "The second softmax gets numbers between 0 and 1. How sure can it get?")],
)


SIGNS = (
    "crawls in a straight line from ln 10",
    "jumps about, and never gets below ln 10",
    "stops at a floor that chapter 2 has computed",
    "learns its training digits slowly, and the others never",
    "parts: training to nearly 0, validation not",
    "begins far above ln 10",
)
ANSWER = "".join(FAULTS)


def what_to_look_at(letters):
    """How many letters are right, and the sign of the first fault that has a wrong one."""
    wrong = [i for i in range(6) if letters[i] != ANSWER[i]]
    right = ("None is", "One is", "Two are", "Three are", "Four are")[6 - len(wrong)]
    signs = [f"the run with fault {i + 1} {SIGNS[i]}" for i in wrong]
    if len(wrong) == 2:
        return f"{right} right. Two are exchanged: {signs[0]}; {signs[1]}."
    return f"{right} right. Begin with this one: {signs[0]}."


book.question(
    "six curves, six faults",
    answer=ANSWER,
    because="You read six curves. Most bugs announce themselves in this way.",
    mistakes=[
        ("ABCDEF", "That was the example. Where does each curve begin, and where does it stop?"),
        *(
            (guess, what_to_look_at(guess))
            for guess in map("".join, permutations("ABCDEF"))
            if guess not in (ANSWER, "ABCDEF")
        ),
    ],
)
book.question(
    "a good learning rate",
    answer=0.1,
    because="There the loss is falling, and ruin begins at ten times as much.",
    mistakes=[
        (0.001, "There the curve is still flat: the steps are too small to matter."),
        (0.01, "It has hardly begun to fall there. It works, and it takes long."),
        (10, "There the loss has exploded already."),
    ],
)
book.question(
    "weights alone",
    answer="no",
    because="Adam's memory and the order of the rows are part of the training, too.",
    mistakes=[("yes", "What else does the next step depend on? Think of Adam, and of Batches.")],
)
book.question(
    "XOR with 2 hidden units, of 20",
    answer=11,
    within=2,
    because="About half of the starts. The others get stuck.",
    mistakes=[
        (20, "Two units are enough to *express* it. To find it is another matter."),
        (0, "There is a solution with two units: chapter 3 set it by hand."),
    ],
)
book.question(
    "FizzBuzz, share of 1 to 100",
    answer=0.98,
    within=0.05,
    because="It found the pattern, and did not only learn by heart. (All hundred on some seeds.)",
    mistakes=[
        (0.53, "That is the share of one who always says the number."),
        (0.5, "That is about the share of one who always says the number."),
    ],
)
book.question(
    "accuracy at 2 pixels",
    answer=0.1,
    within=0.1,
    because="That is guessing. To these weights, a moved digit is another picture.",
    mistakes=[
        (0.9, "To you it is nearly the same digit. What does `Linear` see?"),
        (0.5, "That much is left at one pixel. Two are worse."),
    ],
)
book.question(
    "digits for half the standard error",
    answer=4 * 360,
    because="The root: four times the digits for half the error. A hundred times for a tenth.",
    mistakes=[
        (2 * 360, "With twice as many it shrinks by √2 only: n stands under a root."),
        (360 / 2, "Fewer digits, more luck: it grows."),
        (360 / 4, "Fewer digits, more luck: it grows."),
        (360**2, "Put n and 4 n into the formula, and compare."),
        (3 * 360, "So many *more*. How many are there then?"),
    ],
)

# Exercises


def run_order(order):
    """The losses of three steps with the five lines in this order, or what went wrong."""
    if order is None:
        return None
    letters = "".join(map(str, order)) if isinstance(order, list | tuple) else str(order)
    order = letters.upper().replace(" ", "").replace(",", "")
    if sorted(order) != list("ABCDE"):
        return "each of the five letters once"
    rng = np.random.default_rng(0)
    inputs, targets = rng.normal(size=(6, 3)), np.arange(6) % 2
    network = Linear(3, 2, rng=rng)
    names = {"network": network, "inputs": inputs, "targets": targets}
    names |= {"optimizer": SGD(network.parameters(), lr=0.5), "cross_entropy": cross_entropy}
    lines = {
        "A": lambda n: n["optimizer"].step(),
        "B": lambda n: n.update(outputs=n["network"](n["inputs"])),
        "C": lambda n: n["optimizer"].zero_grad(),
        "D": lambda n: n.update(loss=n["cross_entropy"](n["outputs"], n["targets"])),
        "E": lambda n: n["loss"].backward(),
    }
    losses = []
    for _ in range(3):
        for letter in order:
            try:
                lines[letter](names)
            except KeyError as error:
                return f"line {letter} needs {error.args[0]}, which is not there yet"
            except ValueError:
                when = "any more" if "E" in order[: order.index("A")] else "yet"
                return f"line {letter} finds no gradients {when}"
        losses.append(names["loss"].item())
    return "it learns" if order in LEARNING else f"losses {np.round(losses, 4).tolist()}"


LEARNING = ("BDCEA", "BCDEA", "CBDEA", "BDEAC")

book.exercise(
    "my_order",
    lambda: "BDCEA",
    cases=[()],
    observe=run_order,
    because="Forward, backward, step; and the old gradients go before the new ones come.",
    mistakes=[
        (lambda: "BDECA", "Who throws the gradients away, before anybody has used them?"),
        (lambda: "ABDCE", "It steps before anything has said which way."),
        (lambda: "DBCEA", "A loss of what? Something must come before it."),
        (lambda: "BEDCA", "What does backward start from?"),
        (lambda: "ABCD", "Each of the five letters once."),
    ],
)


def mean_loss(losses, sizes):
    losses, sizes = np.array(losses), np.array(sizes)
    return (losses * sizes).sum() / sizes.sum()


book.exercise(
    "my_mean_loss",
    mean_loss,
    cases=[([2.0, 1.0], [2, 1]), ([1.0, 0.5, 4.0], [32, 32, 30]), ([0.25, 0.5], [4, 4])],
    because="Every row counts once, in whichever batch it was.",
    mistakes=[
        (lambda a, n: np.mean(a), "The mean of the batches: in the short one, a row counts more."),
        (
            lambda a, n: np.dot(a, n),
            "That is the sum over all rows. How many rows are there?",
        ),
        (
            lambda a, n: np.dot(a, n) / len(n),
            "You divide by the number of batches. The sum is one over rows.",
        ),
        (
            lambda a, n: np.sum(a) / np.sum(n),
            "A batch's loss is a mean, so it stands for its rows.",
        ),
    ],
)

LOGITS = np.array([[2.0, 0.5, -1.0], [0.1, 0.2, 3.0], [1.5, 1.0, 0.0], [-2.0, -1.0, -3.0]])

book.exercise(
    "my_accuracy",
    lambda logits, labels: np.mean(np.argmax(logits, axis=1) == labels),
    cases=[(LOGITS[:2], np.array([0, 1])), (LOGITS, np.array([0, 2, 1, 1]))],
    because="The largest logit is the guess, and the mean of truths is a share.",
    mistakes=[
        (
            lambda a, y: np.sum(np.argmax(a, axis=1) == y),
            "That is how many are right. The share, please.",
        ),
        (
            lambda a, y: np.mean(np.argmax(a, axis=0) == y),
            "This asks each class for its favourite row. Each row should name its class.",
        ),
        (
            lambda a, y: np.mean(np.argmax(a, axis=1) != y),
            "That is the share of the wrong ones.",
        ),
        (
            lambda a, y: np.argmax(a, axis=1) == y,
            "One truth for each row. The share of true ones is a mean.",
        ),
        (
            lambda a, y: np.mean(np.max(a, axis=1) == y),
            "The largest logit is compared with a label. *Where* is it?",
        ),
    ],
)


def as_it_stays(note, arrays):
    """The note, after training has changed the arrays in place."""
    for array in arrays.values():
        array += 1.0
    return [np.array(note[name]) for name in sorted(arrays)]


book.exercise(
    "my_snapshot",
    lambda arrays: {name: array.copy() for name, array in arrays.items()},
    cases=[({"a": np.zeros(2)},), ({"a": np.ones((2, 3)), "b": np.arange(3.0)},)],
    observe=as_it_stays,
    because="New arrays, so the note stays as it is.",
    mistakes=[
        (lambda a: dict(a), "A note of the same arrays: they changed, and so did your note."),
        (
            lambda a: {name: np.zeros_like(array) for name, array in a.items()},
            "New arrays, but without the old numbers.",
        ),
        (
            lambda a: [array.copy() for array in a.values()],
            "New arrays, but in a list: which of them is which? A dict keeps the names.",
        ),
        (
            lambda a: dict(enumerate(array.copy() for array in a.values())),
            "New arrays, but under other names than before.",
        ),
    ],
)

book.exercise(
    "my_rule",
    lambda g, a: g * 2 * np.maximum(a, 0),
    cases=[
        (np.array([1.0]), np.array([3.0])),
        (np.array([1.0, 2.0, -0.5]), np.array([0.5, -1.0, 2.0])),
    ],
    because="a² has the slope 2a, and where a is below 0 the curve is flat.",
    mistakes=[
        (lambda g, a: g * (a > 0), "That was the slope of relu. This one is squared."),
        (lambda g, a: g * 2 * a, "Right where a > 0. What is the slope of the flat side?"),
        (lambda g, a: g * np.maximum(a, 0), "Nudge 3 by 0.01: 9 grows by 0.06. You say 0.03."),
        (lambda g, a: 2 * np.maximum(a, 0), "That is the slope. And the g that arrives?"),
        (lambda g, a: g * np.maximum(a, 0) ** 2, "That is the value, not its slope."),
    ],
)


class Clinic(Exercise):
    """A function that trains: `examine` tries it, and says in words what is wrong first."""

    def __init__(self, name, solution, examine, given, mistakes, because):
        super().__init__(name, solution, [(given,)], mistakes, because)
        self.examine = examine

    def run(self, function, case):
        with np.errstate(all="ignore"):
            return self.examine(function)


def doctored(*, one_softmax, cleared, shuffled):
    """The run of the chapter with some of its three faults mended."""

    def run(inputs, labels):
        rng = np.random.default_rng(0)
        network = Sequential(Linear(64, 32, rng=rng), relu, Linear(32, 10, rng=rng))
        if not one_softmax:
            network = Sequential(*network, softmax)
        optimizer = SGD(network.parameters(), lr=0.1)
        for _ in range(10):
            order = {"rng": rng} if shuffled else {}
            for batch, targets in Batches(inputs, labels, batch_size=32, **order):
                loss = cross_entropy(network(batch), targets)
                if cleared:
                    optimizer.zero_grad()
                loss.backward()
                optimizer.step()
        return network

    return run


def first_fault(run):
    """The first of the three faults that `run` has, found by what it does with blank pictures.

    On these only the last bias learns. Its gradient in a batch is the mean of p - one-hot: from
    -1 to 1, and below 0 for those classes alone that the batch has more often than p expects.
    """
    network, largest = largest_gradient(run, np.zeros((320, 64)), np.full(320, 3))
    if network is None:
        return None
    outputs = network.predict(np.linspace(0, 1, 5 * 64).reshape(5, 64))
    if np.allclose(outputs.sum(axis=1), 1) and np.all(outputs >= 0):
        return "answers that add up to 1"
    if largest > 1.001:
        return "a gradient larger than one batch can give"
    if network.predict(np.zeros((1, 64))).argmax() != 3:
        return "a network that never saw what it was given"
    if all(remembers_the_last(run, classes) for classes in (range(10), range(9, -1, -1))):
        return "a last batch with one kind of digit"
    share = share_read(run(*sorted_digits()))
    return "a good reader" if share > 0.85 else f"one who reads {share:.2f} of unseen digits"


def largest_gradient(run, inputs, labels):
    """The network of a run, and the largest gradient that its last bias ever had at a step."""
    largest, step = [0.0], Optimizer.step

    def look(parameter):
        if parameter.grad is not None:
            largest.append(np.abs(parameter.grad).max())

    def watched(optimizer):
        look(optimizer.parameters[-1])
        step(optimizer)

    with patch.object(Optimizer, "step", watched):
        network = run(inputs, labels)
    if network is not None:
        look(network.parameters()[-1])
    return network, max(largest)


def remembers_the_last(run, classes):
    """Does its last batch hold the last of these classes alone, and the network remember it?"""
    network = run(np.zeros((640, 64)), np.repeat(classes, 64))
    gradient = network.parameters()[-1].grad
    if gradient is None:
        return np.argmax(network.predict(np.zeros((1, 64)))) == classes[-1]
    return np.array_equal(np.flatnonzero(gradient < 0), [classes[-1]])


def elsewhere(inputs, labels):
    """A run without faults, on other digits than it was given."""
    return doctored(one_softmax=True, cleared=True, shuffled=True)(*sorted_digits())


def sorted_digits():
    """1000 digits sorted by class, and nothing else of them."""
    images, labels = load_digits()
    order = np.argsort(labels[:1000], kind="stable")
    return images.reshape(-1, 64)[:1000][order] / 16, labels[:1000][order]


def share_read(network):
    """The share of 300 digits, not among those, that it reads."""
    images, labels = load_digits()
    x, y = images.reshape(-1, 64)[1400:1700] / 16, labels[1400:1700]
    return np.mean(network.predict(x).argmax(axis=1) == y)


book.add(
    Clinic(
        "my_run",
        doctored(one_softmax=True, cleared=True, shuffled=True),
        examine=first_fault,
        given="sorted digits",
        mistakes=[
            (
                doctored(one_softmax=False, cleared=False, shuffled=False),
                "Look at what the network answers: ten numbers that add up to 1, although the "
                "cost makes probabilities itself. (There may be more faults: this one first.)",
            ),
            (
                doctored(one_softmax=True, cleared=False, shuffled=False),
                "The network answers with logits now. Next: a last bias receives p − 1 or p, on "
                "average. Yours reaches more than 1: it holds what earlier batches left there.",
            ),
            (
                doctored(one_softmax=True, cleared=True, shuffled=False),
                "Softmax and gradients are in order now. Next: its last batch holds one kind of "
                "digit only, so it unlearns the others. Longer training hides that, no more.",
            ),
            (
                elsewhere,
                "It never looked at the digits it was given, and trained on others: make Batches "
                "from `inputs` and `labels`.",
            ),
        ],
        because="All three are gone: it answers with logits, each step has its own batch's "
        "gradient, and each batch is mixed.",
    )
)


def confusion_by_loop(labels, predictions, classes):
    table = np.zeros((classes, classes), int)
    for label, prediction in zip(labels, predictions, strict=True):
        table[label, prediction] += 1
    return table


def confusion_once(labels, predictions, classes):
    table = np.zeros((classes, classes), int)
    table[labels, predictions] += 1
    return table


book.exercise(
    "my_confusion",
    confusion_by_loop,
    cases=[
        (np.array([0, 1, 1]), np.array([0, 1, 0]), 2),
        (np.array([2, 0, 2, 2, 1]), np.array([2, 1, 1, 1, 1]), 3),
    ],
    because="Rows are the truth, columns what was said.",
    mistakes=[
        (
            lambda labels, said, n: confusion_by_loop(said, labels, n),
            "Rows and columns are exchanged: the row is what it *is*.",
        ),
        (confusion_once, "A pair that comes twice is counted once: numpy adds to each place once."),
        (
            lambda labels, said, n: confusion_by_loop(labels, said, n) / len(labels),
            "Those are shares. Counts, please.",
        ),
        (
            lambda labels, said, n: confusion_by_loop(labels, said, n) * (1 - np.eye(n, dtype=int)),
            "Those are the mistakes alone. What is right has a place, too: the diagonal.",
        ),
        (
            lambda labels, said, n: np.tile(np.bincount(said, minlength=n), (n, 1)),
            "All rows are alike: is it one and the same list, n times?",
        ),
    ],
)


def training_on(change):
    """A training in which `change(images, epoch, rng)` gives the pictures of each epoch."""

    def run(images, labels, epochs, rng):
        network = Sequential(Linear(64, 256, rng=rng), relu, Linear(256, 10, rng=rng))
        optimizer = Adam(network.parameters(), lr=0.01)
        schedule = CosineDecay(optimizer, steps=epochs)
        for epoch in range(epochs):
            images = change(images, epoch, rng)
            for inputs, targets in Batches(images.reshape(-1, 64), labels, rng=rng):
                step(network, optimizer, inputs, targets)
            schedule.step()
        return network

    return run


def shifted_training(images, labels, epochs, rng):
    moved = iter([shift_images(images, rng=rng) for _ in range(epochs)])
    return training_on(lambda *_: next(moved))(images, labels, epochs, rng)


def shifted_once(images, epoch, rng):
    return shift_images(images, rng=rng) if epoch == 0 else images


def shifted_further(images, epoch, rng):
    return shift_images(images, rng=rng)


def where_it_looked(run):
    """In which places it was shown a point: a pixel that was always blank never moves its weights.

    Beside it a run from the same random numbers on blank pictures, whose first weights never move.
    """
    points = np.zeros((4, 8, 8))
    points[:, 3, 3] = 1.0
    labels, rng = np.arange(4) % 2, np.random.default_rng
    network, blank = run(points, labels, 60, rng(0)), run(0 * points, labels, 60, rng(0))
    if network is None:
        return None
    first, never_moved = network.parameters()[0].data, blank.parameters()[0].data
    seen = (first != never_moved).any(axis=1).reshape(8, 8)
    near = seen[2:5, 2:5].sum()
    if seen.sum() > near:
        return "a point was shown more than one pixel away"
    if near == 9:
        return reads_moved(run)
    return (
        "a point was shown in the middle alone" if near == 1 else "a point had one place for good"
    )


def reads_moved(run):
    """Does it read digits that were moved by a pixel, in all four directions?"""
    images, labels = load_digits()
    images = images / 16
    network = run(images[:1000], labels[:1000], 20, np.random.default_rng(0))
    moves = [(1, 1), (1, 2), (-1, 1), (-1, 2)]
    moved = [np.roll(images[1000:1300], by, axis).reshape(-1, 64) for by, axis in moves]
    guesses = [network.predict(each).argmax(axis=1) for each in moved]
    share = np.mean([guess == labels[1000:1300] for guess in guesses])
    return "moved digits are read" if share > 0.8 else f"{share:.2f} of the moved digits are read"


book.add(
    Clinic(
        "my_shifted_training",
        shifted_training,
        examine=where_it_looked,
        given="pictures of a point, and digits",
        mistakes=[
            (
                training_on(lambda images, epoch, rng: images),
                "It knows its pictures in their place, and was never shown a moved one.",
            ),
            (
                training_on(shifted_further),
                "The moved ones are moved again: epoch by epoch they walk out of the picture. "
                "Move the images that were given.",
            ),
            (
                training_on(shifted_once),
                "Each picture was moved once, for good: in all epochs it is in one place.",
            ),
        ],
        because="It has seen each picture in many places. In their own place it has seen them "
        "less often: the solution below measures what that costs.",
    )
)

VOTES = np.log(
    [  # five networks, three rows, three classes: their probabilities
        [[0.98, 0.01, 0.01], [0.60, 0.35, 0.05], [0.2, 0.3, 0.5]],
        [[0.90, 0.05, 0.05], [0.60, 0.35, 0.05], [0.1, 0.1, 0.8]],
        [[0.30, 0.40, 0.30], [0.60, 0.35, 0.05], [0.6, 0.3, 0.1]],
        [[0.30, 0.40, 0.30], [0.60, 0.35, 0.05], [0.2, 0.2, 0.6]],
        [[0.30, 0.40, 0.30], [0.0001, 0.90, 0.0999], [0.1, 0.2, 0.7]],
    ]
)


def vote(logits):
    return softmax(logits).mean(axis=0).argmax(axis=1)


book.exercise(
    "my_vote",
    vote,
    cases=[(VOTES[:, :2],), (VOTES,)],
    because="Each network has the same weight, however loud it is.",
    mistakes=[
        (
            lambda a: a.mean(axis=0).argmax(axis=1),
            "One network with large logits outvotes the others. Put them on one scale first.",
        ),
        (
            lambda a: np.array([np.bincount(row).argmax() for row in a.argmax(axis=2).T]),
            "The majority: one that is sure counts no more than one that wavers. Average first.",
        ),
        (
            lambda a: a.argmax(axis=2),
            "That is what each network says. One answer for each row, please.",
        ),
        (
            lambda a: softmax(a).mean(axis=0),
            "Those are the mean probabilities. Which class is it?",
        ),
        (
            lambda a: softmax(a, axis=0).mean(axis=0).argmax(axis=1),
            "Along which axis do the probabilities of one answer add up to 1?",
        ),
    ],
)
