"""The questions and exercises of chapter 6, its six patients, and the program that is killed."""

import ast
import re
from functools import cache
from itertools import permutations
from unittest.mock import patch

import numpy as np

from course.exercises.kit import Book, Exercise, Question
from course.exercises.means import about_idle, rounded
from course.exercises.slips import definition
from course.exercises.values import NUMBERS, Between, cut, readings, same, show
from minnet.cost_functions import cross_entropy, softmax
from minnet.data import Batches, load_digits, shift_images
from minnet.layers import Dropout, Linear, Sequential, he_normal, relu, tanh
from minnet.optimizers import SGD, Adam, Optimizer
from minnet.tensors import Tensor
from minnet.training import train

book = Book("training")
guess, check, whose, progress = book.guess, book.check, book.whose, book.progress

long_program = """\
import minnet as mn
import numpy as np

rng = np.random.default_rng(0)
images, labels = mn.load_digits()
layers = mn.Flatten(), mn.Linear(64, 64, rng=rng), mn.relu, mn.Linear(64, 10, rng=rng)
network = mn.Sequential(*layers)
optimizer = mn.Adam(network.parameters(), lr=0.001)
batches = mn.Batches(images / 16, labels, batch_size=64, rng=rng)
history = mn.train(network, mn.cross_entropy, optimizer, batches, epochs=30,
                   checkpoint="run.safetensors", resume=True, verbose=False)
np.save("losses.npy", history["loss"])
"""


# The six patients


def together(images, labels, rng):
    """Both in one new order."""
    order = rng.permutation(len(labels))
    return images[order], labels[order]


def apart(images, labels, rng):
    """Each in a new order of its own: no image keeps its label."""
    return images, rng.permutation(labels)


def too_wide(shape, *, rng):
    """First weights with a spread of 1.5, whatever the layer."""
    return rng.normal(0, 1.5, shape)


class Patient:
    """A small training with five parts, each of which can be set anew; run() trains it."""

    __slots__ = ("digits", "end", "lr", "shuffle", "start")

    def __init__(self, lr=0.01, digits=600, start=he_normal, end=None, shuffle=together):
        self.lr, self.digits, self.start, self.end, self.shuffle = lr, digits, start, end, shuffle

    def __repr__(self):
        return (
            f"Patient(lr={self.lr}, digits={self.digits}, start={named(self.start)}, "
            f"end={named(self.end)}, shuffle={named(self.shuffle)})"
        )

    def run(self):
        """Training losses and validation losses, at the start and after each of 20 epochs."""
        end = tuple(self.end) if isinstance(self.end, list | tuple) else (self.end,)
        end = tuple(each for each in end if each is not None)
        return losses_of(self.lr, self.digits, self.start, end, self.shuffle)


@cache
def losses_of(lr, digits, start, end, shuffle, epochs=20):
    """The same settings give the same losses: each patient's numbers are worked out once."""
    images, labels = load_digits()
    order = np.random.default_rng(6).permutation(len(labels))
    pixels, labels = images.reshape(-1, 64)[order] / 16, labels[order]
    validation, rng = (pixels[1200:1500], labels[1200:1500]), np.random.default_rng(0)
    network = Sequential(Linear(64, 64, rng=rng), relu, Linear(64, 10, rng=rng), *end)
    for weight in network.parameters()[::2]:
        weight.data[...] = start(weight.shape, rng=rng)
    x, y = shuffle(pixels[:digits], labels[:digits], rng)
    optimizer, batches = Adam(network.parameters(), lr=lr), Batches(x, y, batch_size=20, rng=rng)
    losses = [[cross_entropy(network.predict(each[0]), each[1])] for each in ((x, y), validation)]
    with np.errstate(all="ignore"):
        for _ in range(epochs):
            total = sum(len(y) * step(network, optimizer, x, y) for x, y in batches)
            losses[0].append(total / digits)
            losses[1].append(cross_entropy(network.predict(validation[0]), validation[1]))
    return tuple(map(tuple, losses))


def step(network, optimizer, inputs, targets):
    loss = cross_entropy(network(inputs), targets)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


FAULTS = {
    "B": "the learning rate is far too small",
    "E": "the learning rate is far too large",
    "A": "softmax twice",
    "F": "labels shuffled, images not",
    "C": "only sixty digits",
    "D": "first weights far too large",
}


def six_patients():
    """{letter: patient}, each with one fault."""
    return {
        "A": Patient(end=softmax),
        "B": Patient(lr=0.00003),
        "C": Patient(digits=60),
        "D": Patient(start=too_wide),
        "E": Patient(lr=1.0),
        "F": Patient(shuffle=apart),
    }


class Measured(Question):
    """A number to foretell: `between` is [(low, high, reply)], for low <= answer < high.

    `below_one` is the reply to a share where a count is asked for.
    """

    def __init__(self, name, answer, because, mistakes=(), between=(), below_one="", **settings):
        super().__init__(name, answer, because, mistakes, **settings)
        self.between, self.below_one = between, below_one

    def judge(self, given, *then):
        read = [(given, "")]
        if isinstance(given, str):
            read = list(readings(given, self.answer, ())) or read
        number, remark = read[0]
        if any(self.known(each) for each, _ in read) or isinstance(number, bool):
            return super().judge(given, *then)
        if isinstance(number, NUMBERS):
            below_one = [(0, 1, self.below_one)] if self.below_one and number else []
            for low, high, reply in (*below_one, *self.between):
                if low <= number < high:
                    said = f"You say {show(number)}. {reply} {remark}".strip()
                    return self.verdict("not yet", said)
        return super().judge(given, *then)

    def known(self, given):
        """What is right may be far off, as an estimate; a mistake is meant by what is near it."""
        known = super().known(given)
        if known is None or not isinstance(given, NUMBERS):
            return known
        part = 0.01 if known.state == "right" else 0.015
        near = [
            (abs(given - wrong), reply)
            for wrong, reply in self.mistakes
            if isinstance(wrong, NUMBERS)
            and (
                abs(given - wrong) <= min(self.within, part * abs(wrong)) + 1e-9
                or (known.state != "right" and rounded(given, wrong))
            )
        ]
        if known.state == "right" and (not near or min(near)[0] >= abs(given - self.answer)):
            return known
        return self.verdict("not yet", min(near)[1]) if near else None


# Recall


def gradient_of_two():
    w = Tensor(2.0)
    for _ in range(2):
        (3 * w).backward()
    return float(w.grad)


INF = float("inf")

book.add(
    Measured(
        "w.grad after two backwards",
        answer=gradient_of_two,
        because="3 from each: gradients add up until somebody clears them.",
        mistakes=[
            (3, "That is one backward. A leaf adds what arrives to what is there."),
            (0, "Nobody cleared it. What does backward do with a gradient that is there already?"),
            (9, "That is 3 · 3. What arrives is *added* to what is there."),
        ],
        between=[(-INF, INF, "Each backward brings a 3, and it is added to what is there.")],
    )
)
book.add(
    Measured(
        "parameters of 64-32-10",
        answer=lambda: 64 * 32 + 32 + 32 * 10 + 10,
        because="64 · 32 weights and 32 biases, then 32 · 10 and 10.",
        mistakes=[
            (64 * 32 + 32 * 10, "Those are the weights. What else does each unit have?"),
            (64 * 32 + 32 * 10 + 10, "The 32 units in the middle have a bias each, too."),
            (64 * 32 + 32 * 10 + 32, "The 10 units at the end have a bias each, too."),
            (64 + 32 + 10, "Those are the units. Count the lines between them."),
            (
                64 * 32 + 64 + 32 * 10 + 32,
                "A bias belongs to what comes out of a layer: 32, then 10.",
            ),
            (
                64 * 32,
                "Those are the weights of the first layer. There are its biases, and a second.",
            ),
            *(
                (n, "Units are counted there. A layer has a weight for each pair of in and out.")
                for n in (96, 74, 42)
            ),
        ],
        between=[
            (-INF, 2410, "Something is left out: two layers, and each has weights and biases."),
            (2411, INF, "Something is counted twice: two layers, and each has weights and biases."),
        ],
    )
)
book.question(
    "batches of 32 in 1437 rows",
    answer=lambda: -(-1437 // 32),
    because="44 full ones, and a short one with the rest.",
    mistakes=[
        (1437 // 32, "What becomes of the rows that are left over?"),
        (Between(44.001, 44.999), "Batches are counted in whole ones. What of the last rows?"),
        (Between(-1e6, 1e6), "How often do 32 rows fit into 1437, and are some left over?"),
        (1437 * 32, "That multiplies. How often do 32 rows fit into 1437?"),
        (32, "That is how many rows a batch has. How many batches are there?"),
        (1437 % 32, "Those are the rows of the last batch. How many batches are there?"),
    ],
)

# Predictions

book.add(
    Measured(
        "first loss of ten classes",
        answer=lambda: np.log(10),
        within=0.02,
        because="Fair guessing gives each class 1/10, and −ln(1/10) = ln 10.",
        mistakes=[
            (0, "0 is the surprise of one who is sure and right. This one knows nothing."),
            (1, "1 is the logarithm of 10 with the base 10. Chapter 2's surprise has the base e."),
            (0.1, "That is the probability. The loss is its surprise."),
            (10, "There are ten classes, but the loss is a logarithm of that."),
            (0.9, "That is the share of wrong guesses. The loss is a mean surprise."),
            (
                lambda: np.log2(10),
                "In bits it is that. Chapter 2's surprise takes the natural log.",
            ),
            (lambda: np.log(2), "That is for two classes. Here are ten."),
        ],
        between=[(0, INF, "Who guesses gives each class one tenth. What is −ln of one tenth?")],
    )
)
book.question(
    "does it begin again",
    answer="no",
    because="Nothing made a new network: the loop goes on from where it was.",
    mistakes=[
        ("yes", "Does any line of *that* cell make a new network? It uses the one it finds.")
    ],
)
book.add(
    Measured(
        "share of weights that are nan",
        answer=1,
        because="nan spreads with every sum: to the outputs, the loss, and every gradient.",
        mistakes=[
            (0, "Nothing in the loop looks at the numbers: it steps, whatever the gradient."),
            (1 / 64, "Those are the weights of that pixel. And the outputs that are sums over it?"),
            (1 / (1149 * 64), "That is the one bad number among all. Does it stay alone?"),
        ],
        between=[
            (1e-9, 0.02, "All rows share all weights: does a nan stay with one of them?"),
            (1.001, INF, "As a share from 0 to 1, please: none is above 1."),
            (
                0.02,
                0.05,
                "One row of a batch, or one unit? All rows share the weights of all units.",
            ),
            (
                0.05,
                1,
                "From one batch on, all numbers of a row are sums with nan. Which weights escape?",
            ),
        ],
        within=0.001,
    )
)
book.question(
    "dropout on or off",
    answer="off",
    because="With dropout on, half of the units are silent while it answers.",
    mistakes=[
        ("on", "With dropout on, half of the hidden units are silenced at random."),
        ("the same", "The weights are the same. But in which mode do all hidden units speak?"),
        ("neither", "One and the same network: in which mode do all of its hidden units speak?"),
    ],
)
book.question(
    "the same five losses",
    answer="yes",
    because="What is new measures only: it makes no step, and draws no random number.",
    mistakes=[
        ("no", "Does anything that is new make a step, or draw a random number? It only measures.")
    ],
)
book.question(
    "is it better on unseen digits",
    answer="no",
    because="One is averaged while the network learns, the other is measured after the epoch.",
    mistakes=[
        ("yes", "When in the epoch is each of the two numbers measured? At first it was guessing.")
    ],
)
book.add(
    Measured(
        "accuracy by then",
        answer=0.0,
        within=0.03,
        because="A few digits more or less, of hundreds. Something else must have become worse.",
        mistakes=[
            (-0.3, "That would be 86 digits more that are misread. What else makes a loss grow?"),
            (-0.1, "That would be 29 digits more that are misread. What else makes a loss grow?"),
        ],
        between=[
            (0.6, 1.01, "That would be an accuracy. By how much has it *changed*?"),
            (
                0.03,
                0.6,
                "So much better? What else makes a loss grow, if not digits that are misread?",
            ),
            (-1, 0, "So many more are misread? What else makes a loss grow?"),
        ],
    )
)
book.question(
    "does the note change",
    answer="yes",
    because="The dict holds the same arrays, and the optimizer changes them in place.",
    mistakes=[("no", "The dict is new. Are the arrays in it new, too?")],
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

SIGNS = (
    "begins near ln 10 and hardly moves",
    "begins near ln 10, leaps out of the picture, and comes to rest near ln 10",
    "goes down well and stops, both curves alike, at a floor that chapter 2 has computed",
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


class Letters(Question):
    """Six letters; `about(letters)` says what to look at where some are wrong."""

    def __init__(self, name, answer, because, about, alphabet, mistakes):
        super().__init__(name, answer, because, mistakes)
        self.about, self.alphabet = about, alphabet

    def judge(self, given, *then):
        if isinstance(given, list | tuple) and all(isinstance(each, str) for each in given):
            given = "".join(given)
        if isinstance(given, str):
            given = "".join(c for c in given if c.isalpha())
            given = given.upper() if self.alphabet.isupper() else given.lower()
            if len(given) != 6:
                return self.verdict("not yet", f"Six letters, please: here are {len(given)}.")
            if set(given) - set(self.alphabet):
                said = f"The letters are {', '.join(self.alphabet)}."
                return self.verdict("not yet", said)
            if self.known(given) is None:
                return self.verdict("not yet", self.about(given))
        return super().judge(given, *then)


def any_letters(letters):
    """The reply to six letters of which one may stand twice."""
    if len(set(letters)) < 6:
        return "Each of the six letters stands once: each patient has one fault."
    return what_to_look_at(letters)


book.add(
    Letters(
        "six curves, six faults",
        ANSWER,
        "You read six curves. Most bugs announce themselves in this way.",
        any_letters,
        "ABCDEF",
        mistakes=[
            (
                "ABCDEF",
                "That was the example. Where does each curve begin, and where does it stop?",
            ),
            *(
                (each, what_to_look_at(each))
                for each in map("".join, permutations("ABCDEF"))
                if each not in (ANSWER, "ABCDEF")
            ),
        ],
    )
)

PARTS = {"b": "beginning", "w": "way down", "f": "floor", "g": "gap"}
ILL = "fwgbwg"
WHY = (
    "it begins and goes down as it should, its two curves lie together, and it stops too high",
    "it begins as it should, and then nothing moves as it should",
    "its training loss goes to 0: what is wrong lies between the two curves",
    "it begins far above the dotted line, before any step was made",
    "it begins as it should, and its first steps throw it far away",
    "its training loss falls, and the other one rises",
)


def wrong_part(letters):
    """How many parts are right, and what the first wrong one looks like."""
    wrong = [i for i in range(6) if letters[i] != ILL[i]]
    right = 6 - len(wrong)
    return f"{right} of 6 {'is' if right == 1 else 'are'} right. Look at {'ABCDEF'[wrong[0]]}: " + (
        f"{WHY[wrong[0]]}."
    )


book.add(
    Letters(
        "where each is ill",
        ILL,
        "Begin, way, floor, gap: four questions, and every curve answers them.",
        wrong_part,
        "bwfg",
        mistakes=[
            ("fffggg", wrong_part("fffggg")),
            ("fwgbbg", wrong_part("fwgbbg")),
            ("fwgbwf", wrong_part("fwgbwf")),
            ("bbbbbb", wrong_part("bbbbbb")),
        ],
    )
)
book.add(
    Measured(
        "C at ten times the rate",
        answer=lambda: losses_of(0.1, 60, he_normal, (), together)[1][-1],
        within=0.06,
        because="Its training loss is 0 to the eye, and its patient is worse off than before.",
        mistakes=[
            (
                lambda: round(losses_of(0.01, 60, he_normal, (), together)[1][-1], 2),
                "That is C untreated. Choose the treatment, then read the dashed curve's end.",
            ),
            (
                lambda: losses_of(0.001, 60, he_normal, (), together)[1][-1],
                "That is what it would be at a tenth of the rate. Ten times the rate is asked for.",
            ),
            (0, "That is the end of the training curve, the solid one. The dashed one?"),
        ],
        between=[
            (0, 0.02, "That is the end of the training curve, the solid one. The dashed one?"),
            (
                0.2,
                0.36,
                "That is C with 600 digits: healed. Ten times the rate is another treatment.",
            ),
            (0, 10, "Press C and ten times the rate: the number stands where the dashes end."),
        ],
    )
)
book.add(
    Measured(
        "floor of two softmaxes with three classes",
        answer=lambda: np.log(2 + np.e) - 1,
        within=0.006,
        because="At best the second softmax gets a 1 and two 0s: −ln(e / (e + 2)).",
        mistakes=[
            (lambda: np.log(9 + np.e) - 1, "That is for ten classes: a 1 and nine 0s."),
            (
                lambda: np.log(3),
                "That is the first loss of three classes: guessing. Here the best.",
            ),
            (lambda: np.log(3 + np.e) - 1, "A 1 and how many 0s, if there are three in all?"),
            (0, "A single softmax could get near that. The second one gets a 1 and 0s at best."),
            (lambda: np.log(2 + np.e), "That is ln(e + 2). And the 1 itself: −ln(e / (e + 2))?"),
            (1.55, "That is ln(e + 2). And the 1 itself: −ln(e / (e + 2))?"),
        ],
        between=[
            (
                -INF,
                0,
                "A surprise is never below 0: −ln of what the second softmax makes of 1, 0, 0?",
            ),
            (0, INF, "At best the second softmax gets a 1 and two 0s: what does it make of them?"),
        ],
        share=False,
    )
)


class Counted(Measured):
    """A question about the reader's own digit: its answer is counted when the digit is shown."""

    def __init__(self, name, answer, because):
        wrong = [(9, "Nine would be all. To its weights, is a moved digit the same digit?")]
        share = "That is a share. How many are they, of nine?"
        super().__init__(name, answer, because, wrong, below_one=share, within=0.1)

    def judge(self, given, *then):
        self.between = [
            (-INF, 0, "Of nine places: from 0 to 9."),
            (0, self.answer, "More: a wide stroke meets some of its old weights in a new place."),
            (self.answer, 9.5, "Fewer: a pixel further, most weights meet another pixel."),
            (9.5, INF, "Of nine places: from 0 to 9."),
        ]
        return super().judge(given, *then)


book.add(
    Counted(
        "places that are read, of nine",
        3,
        "Counted with the digit that stands above, in all nine places.",
    )
)


def in_nine_places(image):
    """A picture (8, 8) moved by -1, 0 or 1 pixel down and to the right: (9, 8, 8)."""
    around = np.pad(image, 1)
    return np.array([around[i : i + 8, j : j + 8] for i in (2, 1, 0) for j in (2, 1, 0)])


def shown(network, image, label):
    """The probabilities of ten digits for a picture; the question of nine places asks of it."""
    if isinstance(label, bool) or label not in range(10):
        raise ValueError(f"my_label is {label!r}: one of the numbers 0 to 9, without quotes")
    said = network.predict(in_nine_places(image).reshape(9, 64)).argmax(axis=1)
    read = int(np.sum(said == label))
    question = book.entries["places that are read, of nine"]
    question.answer = question.ours = read
    question.mistakes = [pair for pair in question.mistakes if pair[0] != read]
    return softmax(network.predict(image.reshape(1, 64)))[0]


def drawn(rows):
    """A drawing of eight rows of . - + # as a picture (8, 8), from 0 to 1."""
    rows = rows.split()
    if [len(row) for row in rows] != [8] * 8 or set("".join(rows)) - set(".-+#"):
        raise ValueError("a drawing has 8 rows of 8 signs, each one of . - + #")
    return np.array([[".-+#".index(sign) / 3 for sign in row] for row in rows])


book.add(
    Measured(
        "accuracy at 1 pixel",
        answer=0.45,
        within=0.08,
        because="To these weights, a moved digit is another picture.",
        mistakes=[
            (
                0.03,
                "That is the share it misreads before anything is moved. And which share is read?",
            ),
        ],
        between=[
            (
                0.85,
                1.01,
                "To you it is nearly the same digit. What does `Linear` see? (Chapter 3.)",
            ),
            (0.5, 0.85, "More is lost: each weight now meets another pixel."),
            (0.15, 0.4, "Not quite so bad: a wide stroke still covers some of its old places."),
            (0, 0.07, "Who only guesses reads one in ten. It is not worse than that."),
            (0.07, 0.15, "Only as good as guessing? A wide stroke covers some of its old places."),
        ],
    )
)
book.question(
    "weights alone",
    answer="no",
    because="Adam's memory and the order of the rows are part of the training, too.",
    mistakes=[("yes", "What else does the next step depend on? Think of Adam, and of Batches.")],
)
book.add(
    Measured(
        "XOR with 2 hidden units, of 20",
        answer=11,
        within=2,
        because="About half of the starts. The others get stuck.",
        mistakes=[
            (20, "Two units are enough to *express* it. To find it is another matter."),
            (0, "There is a solution with two units: chapter 3 set it by hand."),
        ],
        between=[
            (0, 9, "It is found more often than that: about one start in two is lucky."),
            (13, 20, "So many? About one start in two gets stuck."),
            (20, INF, "There are 20 starts."),
        ],
        below_one="That is a share. How many of the 20 starts?",
    )
)
book.add(
    Measured(
        "FizzBuzz, share of 1 to 100",
        answer=0.98,
        within=0.05,
        because="It found the pattern, and did not only learn by heart.",
        mistakes=[
            (0.53, "That is the share of one who always says the number."),
            (0.5, "That is about the share of one who always says the number."),
        ],
        between=[
            (0, 0.5, "One who always says the number has 0.53 already."),
            (0.5, 0.93, "It does better: it has found how threes and fives look in binary."),
        ],
    )
)
book.add(
    Measured(
        "digits for half the standard error",
        answer=4 * 360,
        because="The root: four times the digits for half the error. A hundred times for a tenth.",
        within=160,  # a pencil that begins with rounded numbers ends near it
        mistakes=[
            (2 * 360, "With twice as many it shrinks by √2 only: n stands under a root."),
            (360 / 2, "Fewer digits, more luck: it grows."),
            (360 / 4, "Fewer digits, more luck: it grows."),
            (360**2, "Put n and 4 n into the formula, and compare."),
            (3 * 360, "So many *more*. How many are there then?"),
            (360, "With as many digits the error is as large."),
            (4, "Four times as many, yes. How many digits is that? You have asked 360."),
            (2, "Twice as many? n stands under a root. And how many digits are they?"),
            (
                360 * 2**0.5,
                "That is √2 times as many. The root stands over n: by what must n grow?",
            ),
        ],
        between=[
            (0, 330, "Fewer digits, more luck: it grows."),
            (330, INF, "n stands under a root. By what must it grow, so that its root doubles?"),
        ],
        below_one="That is an error, or a share. How many *digits* must one ask?",
    )
)

# Exercises: the first sitting


def one_epoch(network, optimizer, batches):
    total = rows = 0
    for inputs, targets in batches:
        loss = cross_entropy(network(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(inputs)
        rows += len(inputs)
    return total / rows


def network_itself(network, inputs):
    return network(inputs)


def in_evaluation(network, inputs):
    network.eval()
    return network(inputs)


def an_epoch(lines="forward clear backward step", mean="rows", ask=network_itself):
    """An epoch with these lines in this order, and this mean: for right and for wrong ones."""

    def epoch(network, optimizer, batches):
        losses, sizes, after = [], [], []
        for inputs, targets in batches:
            for line in lines.split():
                if line == "forward":
                    loss = cross_entropy(ask(network, inputs), targets)
                elif line == "backward":
                    loss.backward()
                else:
                    {"clear": optimizer.zero_grad, "step": optimizer.step}[line]()
            losses.append(loss.item())
            sizes.append(len(inputs))
            after.append(cross_entropy(network.predict(inputs), targets))
        return {
            "rows": np.dot(losses, sizes) / np.sum(sizes),
            "batches": np.mean(losses),
            "last": losses[-1],
            "list": losses,
            "sum": np.dot(losses, sizes),
            "sum of means": np.sum(losses),
            "per batch": np.dot(losses, sizes) / len(losses),
            "means per row": np.sum(losses) / np.sum(sizes),
            "after": np.dot(after, sizes) / np.sum(sizes),
        }[mean]

    return epoch


def averaged(network, optimizer, batches):
    losses, sizes = [], []
    for inputs, targets in batches:
        optimizer.zero_grad()
        loss = cross_entropy(network(inputs), targets)
        loss.backward()
        optimizer.step()
        losses += [loss.item()]
        sizes += [len(inputs)]
    return np.average(losses, weights=sizes)


def row_by_row(network, optimizer, batches):
    every = []
    for inputs, targets in batches:
        loss = cross_entropy(network(inputs), targets)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        every.extend([loss.item()] * len(targets))
    return sum(every) / len(every)


def numbered(network, optimizer, batches):
    return one_epoch(network, optimizer, enumerate(batches))


def exchanged(network, optimizer, batches):
    return one_epoch(network, optimizer, [(y, x) for x, y in batches])


def targets_first(network, optimizer, batches):
    for inputs, targets in batches:
        cross_entropy(targets, network(inputs))


class Counting(SGD):
    """SGD that counts its steps."""

    steps = 0

    def __repr__(self):
        return f"SGD(lr={self.lr:g})"

    def step(self):
        self.steps += 1
        super().step()


def small_case(seed, sizes, dropout=False):
    """A network, its optimizer, and batches of these sizes."""
    rng = np.random.default_rng(seed)
    network = Linear(3, 2, rng=rng)
    if dropout:
        network = Sequential(
            Linear(3, 8, rng=rng), relu, Dropout(0.5, rng=rng), Linear(8, 2, rng=rng)
        )
    batches = [(rng.normal(size=(n, 3)), rng.integers(0, 2, n)) for n in sizes]
    return network, Counting(network.parameters(), lr=0.5), batches


def loss_and_weights(result, network, optimizer, batches):
    """The mean loss, what the network has become, and in how many steps for how many batches."""
    if isinstance(result, list | tuple | np.ndarray) and np.size(result) != 1:
        return result
    steps = [optimizer.steps, len(batches)]
    return [result, *(parameter.data.copy() for parameter in network.parameters()), steps]


class Epoch(Exercise):
    """An epoch: the number that it returns, and the network that it leaves, told apart in words."""

    def wrong(self, function, done):
        verdict = super().wrong(function, done)
        if done[0].error or not isinstance(done[0].value, list) or len(done[0].value) < 3:
            return verdict
        loss, said = done[0].value[0], verdict.reply.split("\nyours gives")[0]
        known = verdict.own and "are right; " not in said
        reply = said if known else self.parts(done)
        return self.verdict("not yet", f"{reply}\nyours gives {show(loss)}")

    def parts(self, done):
        """Which of the two is not as it should be."""
        wanted = [self.attempt(self.solution, case).value for case in self.cases]
        pairs = [(did.value, right) for did, right in zip(done, wanted) if not did.error]
        steps, batches = next((a[-1] for a, _ in pairs if a[-1][0] != a[-1][1]), (0, 0))
        if steps != batches:
            return (
                f"It makes {steps} step{'s' * (steps != 1)} with {batches} "
                f"batch{'es' * (batches != 1)}: one step for each batch, and once through."
            )
        if all(same(a[1:], right[1:], self.within) for a, right in pairs):
            return (
                "The network has learned as it should. The number is not the mean over all rows: "
                "what is added up, and by what is it divided?"
            )
        if all(same(a[0], right[0], self.within) for a, right in pairs):
            return "The number is right. The network is not what these steps would make of it."
        return (
            "The network is not what one pass over the batches makes of it: forward, clear, "
            "backward and step, for each."
        )


def three_epochs(epoch):
    network, optimizer, batches = small_case(5, [4, 4, 1], dropout=True)
    return [epoch(network, optimizer, batches) for _ in range(3)]


book.add(
    Epoch(
        "my_epoch",
        one_epoch,
        cases=[
            *(small_case(0, [3, 1]), small_case(1, [4, 4, 2]), small_case(2, [5])),
            small_case(3, [4, 2], dropout=True),
        ],
        observe=loss_and_weights,
        because="One step for each batch, and every row counts once in the mean.",
        serves="one_epoch",
        payoff=three_epochs,
        also=[an_epoch(), averaged, row_by_row],
        mistakes=[
            (numbered, "`enumerate` puts a number before each batch, which no line here asks for."),
            (exchanged, "Inputs and targets are exchanged: a batch gives the inputs first."),
            (targets_first, "`cross_entropy(logits, targets)`: what the network says comes first."),
            (
                an_epoch(mean="after"),
                "The loss is measured once more, after the step. It was computed already: `loss`.",
            ),
            (
                an_epoch(mean="last"),
                "The network has learned. But that is the loss of the last batch.",
            ),
            (
                an_epoch(mean="batches"),
                "The mean of the batches: in a short batch, a row counts more than in a long one.",
            ),
            (
                an_epoch(mean="list"),
                "That is the loss of each batch. One number, please: the mean over all rows.",
            ),
            (an_epoch(mean="sum"), "That is the sum over all rows. How many rows are there?"),
            (
                an_epoch(mean="sum of means"),
                "The batches' losses are added up. Weight each by its rows, divide by all rows.",
            ),
            (
                an_epoch(mean="per batch"),
                "You divide by the number of batches. The sum is one over rows.",
            ),
            (
                an_epoch(mean="means per row"),
                "A batch's loss is a mean already: it stands for as many rows as the batch has.",
            ),
            (
                an_epoch("forward backward step"),
                "Gradients of earlier batches are still there: what clears them?",
            ),
            (
                an_epoch("forward backward clear step"),
                "`step()` finds no gradients: does `backward()` come before it, and does no "
                "`zero_grad()` stand between the two?",
            ),
            (
                an_epoch(ask=lambda network, inputs: softmax(network(inputs))),
                "Softmax twice: cross-entropy makes the probabilities itself, and takes logits.",
            ),
            (
                an_epoch(ask=in_evaluation),
                "`network.eval()` is for measuring: it turns dropout off while the network learns.",
            ),
        ],
    )
)

LOGITS = np.array([[2.0, 0.5, -1.0], [0.1, 0.2, 3.0], [1.5, 1.0, 0.0], [-2.0, -1.0, -3.0]])


def counted(logits, labels):
    right = 0
    for row, label in zip(logits, labels):
        right += int(list(row).index(max(row)) == label)
    return right / len(labels)


book.exercise(
    "my_accuracy",
    lambda logits, labels: np.mean(np.argmax(logits, axis=1) == labels),
    cases=[
        (2 * LOGITS[::2], np.array([0, 2])),
        (LOGITS, np.array([0, 2, 1, 1])),
        (LOGITS[2:], np.array([1, 0])),
        (LOGITS[:3], np.array([0, 2, 0])),
    ],
    because="The largest logit is the guess, and the mean of truths is a share.",
    serves="share",
    payoff=lambda share: float(share(LOGITS[:3], np.array([0, 2, 1]))),
    also=[
        counted,
        lambda logits, labels: (logits.argmax(-1) == labels).sum() / len(labels),
        lambda logits, labels: 1 - np.count_nonzero(logits.argmax(1) - labels) / labels.size,
    ],
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
            lambda a, y: np.mean(a[np.arange(len(y)), y] > 0),
            "Whether the label's logit is large is another question: is it the *largest* of all?",
        ),
        (
            lambda a, y: np.mean(softmax(a)[np.arange(len(y)), y]),
            "That is how probable the labels are, on average. Accuracy counts: right, or not.",
        ),
        (
            lambda a, y: np.mean(softmax(a)[:, y]),
            "Of each row, `[:, labels]` takes the columns of *all* labels. Is its guess right?",
        ),
        (
            lambda a, y: np.all(np.argmax(a, axis=1) == y),
            "It is 1 only where *every* row is right: does `all` stand there, or `//`, which cuts "
            "to whole numbers? The share of true ones is a mean.",
        ),
        (
            lambda a, y: np.mean(np.argmax(a, axis=1) - y),
            "Classes are names, and no amounts: do not subtract them, compare, `==`.",
        ),
        (
            lambda a, y: np.mean(abs(np.argmax(a, axis=1) - y)),
            "How far a class lies from another says nothing. Right or not: `==`.",
        ),
        (
            lambda a, y: np.mean(np.argmax(a, axis=1)) == np.mean(y),
            "That compares two means. Compare row by row, and take the mean of that.",
        ),
        (
            lambda a, y: np.sum(np.argmax(a, axis=1) == y) / 10,
            "You divide by 10, and `labels` says how many rows there are.",
        ),
        (
            lambda a, y: np.sum(np.argmax(a, axis=1) == y) / a.shape[1],
            "You divide by the number of classes. How many *rows* are there?",
        ),
        (cross_entropy, "That is the loss. Accuracy counts: which class does each row name?"),
        (
            lambda a, y: 1 - cross_entropy(a, y),
            "That is made of the loss. Accuracy counts: which class does each row name?",
        ),
        (
            lambda a, y: np.mean(np.argmax(y, axis=1) == a),
            "`labels` are classes already, one for each row: `argmax` is asked of `logits` alone.",
        ),
        (
            lambda a, y: np.mean(np.argmax(a) == y),
            "Without an axis, `argmax` gives the place of the largest number of the whole table.",
        ),
        (
            lambda a, y: np.argmax(a, axis=1) == y,
            "One truth for each row. The share of true ones is a mean.",
        ),
        (
            lambda a, y: np.mean(np.max(a, axis=1) == y),
            "The largest logit is compared with a label. *Where* is it?",
        ),
        (
            lambda a, y: np.argmax(a, axis=1),
            "Those are the guesses. How many of them agree with the labels?",
        ),
        (
            lambda a, y: np.mean(np.argmax(a, axis=1)),
            "That is the mean of the guesses. Compare them with the labels first.",
        ),
    ],
)

# The second sitting


def as_it_stays(note, arrays):
    """The note, after training has changed the arrays in place."""
    if note is arrays:
        return "the dict that was given"
    if not isinstance(note, dict):
        return None if note is None else "no dict"
    if any(map(callable, note.values())):
        return "methods"
    if any(isinstance(each, list) for each in note.values()):
        return "lists"
    if any(getattr(each, "dtype", None) == np.float32 for each in note.values()):
        return "rounded"
    for array in arrays.values():
        array += 1.0
    if sorted(map(str, note)) != sorted(arrays):
        return "some alone" if set(note) < set(arrays) else "other names"
    return [np.array(note[name]) for name in sorted(arrays)]


def kept(snapshot):
    arrays = {"weight": np.eye(2), "bias": np.arange(2.0)}
    note = snapshot(arrays)
    arrays["weight"][...] = 7.0
    return [note[name] for name in arrays]


def copied_in_a_loop(arrays):
    note = {}
    for name in arrays:
        note[name] = np.array(arrays[name])
    return note


def deeply(arrays):
    from copy import deepcopy

    return deepcopy(arrays)


book.exercise(
    "my_snapshot",
    lambda arrays: {name: array.copy() for name, array in arrays.items()},
    cases=[({"a": np.zeros(2)},), ({"a": np.ones((2, 3)), "b": np.arange(3) / 3},)],
    observe=as_it_stays,
    because="New arrays, so the note stays as it is.",
    serves="snapshot",
    payoff=kept,
    also=[copied_in_a_loop, deeply, lambda arrays: {k: a + 0 for k, a in arrays.items()}],
    mistakes=[
        (
            lambda a: {name: array.tolist() for name, array in a.items()},
            "The numbers stay, but as lists. It should be like `arrays`: a dict of *arrays*.",
        ),
        (
            lambda a: {name: array.astype(np.float32) for name, array in a.items()},
            "New arrays, but float32: the numbers are rounded, and are not the best network's.",
        ),
        (
            lambda a: {next(iter(a)): next(iter(a.values())).copy()},
            "Only one array is in it: which line stands inside the loop, and should not?",
        ),
        (lambda a: dict(a), "A note of the same arrays: they changed, and so did your note."),
        (
            lambda a: {name: np.zeros_like(array) for name, array in a.items()},
            "New arrays, but without the old numbers.",
        ),
        (
            lambda a: [array.copy() for array in a.values()],
            "That is no dict: which array is which? A dict keeps the names.",
        ),
        (lambda a: a, "It hands back the very dict that it was given. Make a new one."),
        (
            lambda a: {name: array.copy for name, array in a.items()},
            "`copy` without brackets is the method itself: `.copy()` makes the copy.",
        ),
        (
            lambda a: dict(enumerate(array.copy() for array in a.values())),
            "New arrays, but under other names than before.",
        ),
        (
            lambda a: {name: array.flatten() for name, array in a.items()},
            "The numbers are there, in one long row: a copy keeps the shape, too.",
        ),
        (
            lambda a: {name: array.sum() for name, array in a.items()},
            "One number of each array: the note should hold all of them.",
        ),
    ],
)


def named(value):
    return getattr(value, "__name__", value)


def what_is_left(patient):
    """What still ails a treated patient, in words; "" for a healthy one. The own illness first."""
    end, start, shuffle = patient.end, patient.start, patient.shuffle
    for part, value, least in ("lr", patient.lr, 0), ("digits", patient.digits, 19):
        if not isinstance(value, NUMBERS):
            return f"its `{part}` is {value!r}: it takes a number, without quotes or brackets."
        if not value > least:
            return f"with `{part}` {value:g} nobody can learn. Compare it with a healthy one."
    if not (end is None or callable(end) or isinstance(end, list | tuple)):
        return f"its `end` is {end!r}: it takes a function by its name, without quotes, or None."
    for part, value, such in ("start", start, "he_normal"), ("shuffle", shuffle, "together"):
        if not callable(value):
            return f"its `{part}` is {value!r}: it takes a function by its name, such as {such}."
    if end is softmax or end in ([softmax], (softmax,)):
        return (
            "it still answers with probabilities, of which cross-entropy makes probabilities "
            "again. What stands at its `end`?"
        )
    if end is not None and len(np.atleast_1d(end)):
        return f"{named(end)} stands at its `end`. A logit is any number: nothing stands there."
    if patient.digits > 1200:
        return (
            "its validation digits are the rows from 1200 on, and now it trains on them: what has "
            "been trained on cannot be asked."
        )
    training, validation = patient.run()
    if training[0] > 4:
        return "it still begins far above ln 10: which part makes the first weights?"
    if training[-1] < 0.2 and validation[-1] < 0.367:
        return ""
    if shuffle is apart:
        return "its labels still belong to other images: which part mixes the rows?"
    if patient.digits < 240:
        return "it still learns from few digits by heart: which part says how many?"
    if patient.lr < 0.001:
        return "it crawls: a healthy one has `lr` 0.01."
    if patient.lr > 0.02:
        return "its steps are too large, and it leaps about: a healthy one has `lr` 0.01."
    return f"its validation loss ends at {validation[-1]:.2f}. Compare it with a healthy one."


def is_healthy(patient):
    return not what_is_left(patient)


def no_treatment(function):
    """The first line that names a patient or a part, and sets nothing of the patient; or None."""
    made = definition(function)
    for node in ast.walk(made) if made else ():
        if not isinstance(node, ast.Assign):
            continue
        said = cut(ast.unparse(node), 60)
        names = [each.id for each in node.targets if isinstance(each, ast.Name)]
        for name in names:
            if name in Patient.__slots__:
                return f"`{said}` sets a name of its own, of no patient: `a.{name}`, or whose?"
            if name in {each.arg for each in made.args.args}:
                return (
                    f"`{said}` makes a new {name}, and leaves the patient as it is: set one of its "
                    f"parts, `{name}.… = …`."
                )
    return None


class Ward(Exercise):
    """Treatments of six patients, who are run again and looked at."""

    def run(self, function, case):
        patients, before = six_patients(), repr(six_patients())
        self.now.result = function(*patients.values())
        self.now.unchanged = repr(patients) == before
        return [what_is_left(patient) for patient in patients.values()]

    def wrong(self, function, done):
        called = re.match(r"(\w+)\(\) missing \d+ required", str(done[0].error or ""))
        if called and called[1] != getattr(function, "__name__", ""):
            by_name = f"a function is given by its name, without brackets: `{called[1]}`."
            return self.verdict("not yet", f"`{called[1]}()` calls it at once; {by_name}")
        slip = about_idle(function) or no_treatment(function)
        if slip:
            return self.verdict("not yet", slip)
        if "__dict__" in str(done[0].error):
            reply = "A patient has no `vars`: set its parts by their names, `a.end = …`."
            return self.verdict("not yet", reply)
        if done[0].error:
            return super().wrong(function, done)
        if done[0].unchanged:
            return self.verdict("not yet", "No patient has changed: set its parts, `a.… = …`.")
        healed = done[0].value.count("")
        ill = next(letter for letter in "ABCDEF" if done[0].value[ord(letter) - 65])
        count = f"{healed} of 6 {'is' if healed == 1 else 'are'} healed. "
        return self.verdict("not yet", f"{count}{ill}: {done[0].value[ord(ill) - 65]}")


def treatments(a, b, c, d, e, f):
    a.end = None
    b.lr = 0.01
    c.digits = 600
    d.start = he_normal
    e.lr = 0.01
    f.shuffle = together


def a_treatment(**settings):
    """A treatment that sets one part of one patient wrong, or leaves it out: `c=("lr", 0.1)`."""

    def treat(a, b, c, d, e, f):
        patients = {"a": a, "b": b, "c": c, "d": d, "e": e, "f": f}
        treatments(**patients)
        untreated = dict(zip("abcdef", six_patients().values(), strict=True))
        for letter, change in settings.items():
            for part in Patient.__slots__:
                setattr(patients[letter], part, getattr(untreated[letter], part))
            if change:
                setattr(patients[letter], *change)

    return treat


def reply_to(treat):
    """The reply to a treatment that leaves some of the six ill."""
    patients = six_patients()
    treat(*patients.values())
    left = {letter: what_is_left(patient) for letter, patient in patients.items()}
    letter = next(letter for letter in left if left[letter])
    return f"{list(left.values()).count('')} of 6 are healed. {letter}: {left[letter]}"


def seen_healthy(treat):
    patients = six_patients()
    treat(*patients.values())
    return [patient.run()[1][-1] < 0.45 for patient in patients.values()]


def narrow(shape, *, rng):
    return rng.normal(0, 0.1, shape)


def unmoved(images, labels, rng):
    return images, labels


def by_other_ways(a, b, c, d, e, f):
    a.end = []
    b.lr = b.lr * 400
    c.digits = 900
    d.start = narrow
    e.lr /= 100
    f.shuffle = unmoved


def in_a_loop(*patients):
    for patient in patients:
        patient.lr, patient.digits, patient.start = 0.01, 600, he_normal
        patient.end, patient.shuffle = None, together


def by_a_dict(a, b, c, d, e, f):
    for patient, part, value in [
        *((a, "end", ()), (b, "lr", a.lr), (c, "digits", d.digits)),
        *((d, "start", e.start), (e, "lr", f.lr), (f, "shuffle", a.shuffle)),
    ]:
        setattr(patient, part, value)


book.add(
    Ward(
        "my_treatments",
        treatments,
        cases=[("six patients",)],
        because="Each has lost its one fault: look at the six curves.",
        serves="treatment",
        payoff=seen_healthy,
        also=[by_other_ways, in_a_loop, by_a_dict],
        mistakes=[
            (a_treatment(**changes), reply_to(a_treatment(**changes)))
            for changes in (
                {"a": ("end", relu)},
                {"c": ("lr", 0.1)},
                {"c": ("digits", 5000)},
                {"d": ("start", "he_normal")},
                {"e": ("lr", 0.1), "f": None},
            )
        ],
    )
)

# The third sitting


def confusion_by_loop(labels, predictions, classes):
    table = np.zeros((classes, classes), int)
    for label, prediction in zip(labels, predictions, strict=True):
        table[label, prediction] += 1
    return table


def confusion_once(labels, predictions, classes):
    table = np.zeros((classes, classes), int)
    table[labels, predictions] += 1
    return table


def confusion_by_add(labels, predictions, classes):
    table = np.zeros((classes, classes), int)
    np.add.at(table, (labels, predictions), 1)
    return table


def confusion_by_counts(labels, predictions, classes):
    places = classes * np.asarray(labels) + predictions
    return np.bincount(places, minlength=classes**2).reshape(classes, classes)


def confusion_by_questions(labels, predictions, classes):
    rows = range(classes)
    return np.array([[np.sum((labels == i) & (predictions == j)) for j in rows] for i in rows])


def confusion_changed(change):
    def table(labels, said, n):
        counts = np.zeros((n, n), int)
        change(counts, labels, said)
        return counts

    return table


def every_pair(counts, labels, said):
    for label in labels:
        for each in said:
            counts[label, each] += 1


def whole_rows(counts, labels, said):
    for label in labels:
        counts[label] += 1


def one_less(counts, labels, said):
    np.add.at(counts, (labels - 1, said - 1), 1)


def as_logits(counts, labels, said):
    np.add.at(counts, (labels, said.argmax(axis=1)), 1)


def by_rows(table):
    return table / table.sum(axis=1, keepdims=True)


def the_first_pair(counts, labels, said):
    counts[labels[0], said[0]] += 1


PAIRS = np.array([2, 0, 2, 2, 1]), np.array([2, 1, 1, 1, 1]), 3
NO_TWOS = np.array([0, 1, 1]), np.array([0, 1, 0]), 3  # a class that does not occur

book.exercise(
    "my_confusion",
    confusion_by_loop,
    cases=[(np.array([0, 1, 1]), np.array([0, 1, 0]), 2), PAIRS, NO_TWOS],
    because="Rows are the truth, columns what was said.",
    serves="table",
    payoff=lambda table: [table(*PAIRS), np.asarray(table(*PAIRS)).dtype.kind in "iu"],
    form="an array of whole numbers, as `np.zeros((classes, classes), int)` is",
    also=[confusion_by_add, confusion_by_counts, confusion_by_questions],
    mistakes=[
        (
            lambda labels, said, n: confusion_by_loop(said, labels, n),
            "Rows and columns are exchanged: the row is what it *is*.",
        ),
        (
            confusion_changed(every_pair),
            "Every label meets every prediction. They belong together in pairs: `zip`.",
        ),
        (
            confusion_changed(whole_rows),
            "A whole row grows at once. One place: the row and the column, `[label, prediction]`.",
        ),
        (
            confusion_changed(one_less),
            "Everything stands one place too far up and left: the classes begin at 0.",
        ),
        (
            confusion_changed(the_first_pair),
            "Only the first pair is counted: does `return` stand inside the loop?",
        ),
        (
            lambda labels, said, n: confusion_by_loop(labels, said, labels.max() + 1),
            "A class that does not occur among the labels has a row, too: `classes` says how many.",
        ),
        (
            confusion_once,
            "It says *that* a pair comes, not how often: a pair that comes twice is counted once.",
        ),
        (
            lambda labels, said, n: confusion_by_loop(labels, said, n) * (1 - np.eye(n, dtype=int)),
            "Those are the mistakes alone. What is right has a place, too: the diagonal.",
        ),
        (
            lambda labels, said, n: confusion_by_loop(labels, said, n) * np.eye(n, dtype=int),
            "That is the diagonal alone, what is right. The mistakes have places, too.",
        ),
        (
            lambda labels, said, n: by_rows(confusion_by_loop(labels, said, n)),
            "Those are shares of each row. Counts, please.",
        ),
        (
            lambda labels, said, n: confusion_by_loop(labels[1:], said[1:], n),
            "The first row is left out: counting begins at 0, `range(len(labels))`.",
        ),
        (
            lambda labels, said, n: confusion_by_loop(labels[:-1], said[:-1], n),
            "The last row is left out: `range(len(labels))` ends before its end as it is.",
        ),
        (
            lambda labels, said, n: confusion_by_loop(labels[:n], said[:n], n),
            "Only as many pairs are counted as there are classes: walk through the *rows*.",
        ),
        (
            confusion_changed(as_logits),
            "`predictions` are classes already, one a row: there is nothing to ask `argmax` for.",
        ),
        (
            lambda labels, said, n: np.tile(np.bincount(said, minlength=n), (n, 1)),
            "All rows are alike: is it one and the same list, n times?",
        ),
        (
            lambda labels, said, n: int(np.sum(labels == said)),
            "One number: how many are right. A table has a place for each pair of classes.",
        ),
    ],
)


class Clinic(Exercise):
    """A function that trains: `examine` tries it, and says in words what is wrong first."""

    def __init__(self, name, solution, examine, given, mistakes, because, **settings):
        super().__init__(name, solution, [(given,)], mistakes, because, **settings)
        self.examine = examine

    def run(self, function, case):
        with np.errstate(all="ignore"):
            return self.examine(function)


def moved_anew(images, labels, rng):
    moved = shift_images(images, rng=rng)
    return Batches(moved.reshape(-1, 64), labels, batch_size=32, rng=rng)


def with_the_old(images, labels, rng):
    moved = shift_images(images, rng=rng)
    both = np.concatenate([images, moved]).reshape(-1, 64)
    return Batches(both, np.concatenate([labels, labels]), rng=rng)


GOOD = "every picture moved anew, with its label, in batches"


def what_it_gives(function, n=600):
    """In words: what the batches of two epochs hold, of points with labels of their own."""
    images, rng = np.zeros((n, 8, 8)), np.random.default_rng(0)
    images[:, 2, 5] = np.arange(1, n + 1)
    before = images.copy()
    epochs = [function(images, np.arange(n), rng) for _ in range(2)]
    if isinstance(epochs[0], tuple) and len(epochs[0]) == 2 and len(epochs[0][0]) < n:
        return "a part of the rows"
    if epochs[0] is None:
        return None
    if callable(epochs[0]) and not hasattr(epochs[0], "__iter__"):
        return "a function"
    if not np.array_equal(images, before):
        if np.array_equal(np.sort(images, axis=0), before):
            return "the images that were given are mixed"
        return "the images that were given are changed"
    epochs = [
        [each] if isinstance(each, tuple) and len(each) == 2 else list(each) for each in epochs
    ]
    places = []
    for pairs in epochs:
        if not pairs:
            return "no batches"
        if not all(isinstance(pair, tuple | list) and len(pair) == 2 for pair in pairs):
            return "no pairs of inputs and targets"
        inputs, targets = (np.concatenate([np.asarray(p[i]) for p in pairs]) for i in (0, 1))
        if targets.shape[1:] == (64,):
            return "targets for inputs"
        if inputs.shape[1:] != (64,):
            return f"inputs of shape (rows, {', '.join(map(str, inputs.shape[1:]))})"
        if len(inputs) == 2 * n and np.array_equal(np.bincount(targets), np.full(n, 2)):
            return "each picture twice"
        if inputs.max() < n * 0.9 and np.allclose(inputs.max(axis=1) * 16, targets + 1):
            return "pixels that are divided once more"
        if len(inputs) != n or sorted(targets.tolist()) != list(range(n)):
            return f"{len(inputs)} rows of {n}"
        if not np.array_equal(inputs.max(axis=1), np.asarray(targets) + 1):
            return "pictures with the labels of others"
        places.append(inputs[np.argsort(targets)].argmax(axis=1))
    down, right = np.divmod(np.array(places), 8)
    if np.abs(down - 5).max() <= 1 and np.abs(right - 2).max() <= 1:
        return "pictures with rows for columns"
    if np.abs(down - 2).max() > 2 or np.abs(right - 5).max() > 2:
        return "pictures that are turned, or moved far"
    if np.abs(down - 2).max() > 1 or np.abs(right - 5).max() > 1:
        return "pictures that are moved by more than a pixel"
    if len(np.unique(places[0])) == 1:
        return "all pictures in one place" if places[0][0] == 21 else "all moved in the same way"
    if len(np.unique(places)) < 9:
        return "some of the nine places never"
    if np.array_equal(*places):
        return "the same places in every epoch"
    if max(len(pair[0]) for pair in epochs[0]) == n:
        return "one batch of all rows"
    if all(np.array_equal(np.concatenate([p[1] for p in e]), np.arange(n)) for e in epochs):
        return "the rows in their old order"
    return GOOD


def trains_on(moved_batches):
    """Does train() take it, and does the network see nine places?"""
    rng, (images, labels) = np.random.default_rng(0), load_digits()
    images, labels = images[:96] / 16, labels[:96]
    network = Sequential(Linear(64, 16, rng=rng), relu, Linear(16, 10, rng=rng))
    optimizer = Adam(network.parameters(), lr=0.01)
    batches = lambda: moved_batches(images, labels, rng)  # noqa: E731
    history = train(network, cross_entropy, optimizer, batches, epochs=12, verbose=False)
    return [len(history["loss"]), history["loss"][-1] < history["loss"][0]]


def in_pieces(images, labels, rng):
    order, moved = rng.permutation(len(labels)), shift_images(images, rng=rng)
    for i in range(0, len(labels), 32):
        part = order[i : i + 32]
        yield moved[part].reshape(len(part), -1), labels[part]


def piece_by_piece(images, labels, rng):
    flat = Batches(images, labels, rng=rng)
    return [(shift_images(x, rng=rng).reshape(-1, 64), y) for x, y in flat]


def moved_by_hand(images, labels, rng):
    around = np.pad(images, [(0, 0), (1, 1), (1, 1)])
    steps = rng.integers(0, 3, size=(len(images), 2))
    moved = np.array([a[i : i + 8, j : j + 8].ravel() for a, (i, j) in zip(around, steps)])
    return Batches(moved, labels, rng=rng)


def shifted_once():
    kept = []

    def batches(images, labels, rng):
        if not kept or len(kept[0]) != len(images):
            kept[:] = [shift_images(images, rng=rng).reshape(-1, 64)]
        return Batches(kept[0], labels, rng=rng)

    return batches


def spoiling(images, labels, rng):
    images[...] = shift_images(images, rng=rng)
    return Batches(images.reshape(-1, 64), labels, rng=rng)


def mixed_in_place(images, labels, rng):
    rng.shuffle(images)
    return Batches(images.reshape(-1, 64), labels, rng=rng)


book.add(
    Clinic(
        "my_batches",
        moved_anew,
        examine=what_it_gives,
        given="pictures of a point",
        serves="moved_batches",
        payoff=trains_on,
        also=[in_pieces, piece_by_piece, moved_by_hand],
        because="A new place for each picture, every time it is called.",
        mistakes=[
            (
                lambda x, y, rng: Batches(x.reshape(-1, 64), y, rng=rng),
                "No picture is moved: `shift_images(images, rng=rng)` gives moved copies.",
            ),
            (
                lambda x, y, rng: Batches(shift_images(x, rng=rng).reshape(-1, 64), y),
                "Moved, and each with its label; but the rows come in one and the same order: "
                "`Batches` shuffles where it is given `rng=rng`.",
            ),
            (
                lambda x, y, rng: Batches(y, shift_images(x, rng=rng).reshape(-1, 64), rng=rng),
                "Inputs and targets are exchanged: `Batches(inputs, targets, …)`.",
            ),
            (
                lambda x, y, rng: next(
                    iter(Batches(shift_images(x, rng=rng).reshape(-1, 64), y, rng=rng))
                ),
                "That is the first batch alone. Hand over all of them: the `Batches` itself.",
            ),
            (
                lambda x, y, rng: Batches(
                    shift_images(x, rng=rng).reshape(-1, 64) / 16, y, rng=rng
                ),
                "The pixels lie between 0 and 1 already: they are divided once more.",
            ),
            (
                lambda x, y, rng: Batches(shift_images(x), y),
                "`shift_images(images, rng=rng)`: it wants the generator, and wants it by name.",
            ),
            (
                lambda x, y, rng: Batches(shift_images(x, rng), y),
                "`shift_images(images, rng=rng)`: the generator is handed over by its name.",
            ),
            (
                lambda x, y, rng: [shift_images(each, rng=rng) for each in x],
                "`shift_images` takes all pictures at once, (n, 8, 8), and moves each by itself.",
            ),
            (
                lambda x, y, rng: shift_images(y, rng=rng),
                "Labels have no place in a picture: they stay as they are.",
            ),
            (
                lambda x, y, rng: lambda: Batches(shift_images(x, rng=rng).reshape(-1, 64), y),
                "`my_batches` *is* the function that each epoch calls: return the `Batches`.",
            ),
            (
                with_the_old,
                "Each picture is there twice, and half of them stand still. The moved ones alone.",
            ),
            (
                lambda x, y, rng: Batches(x.reshape(64, -1), y),
                "A row for each picture: `.reshape(-1, 64)`, and not (64, …).",
            ),
            (
                lambda x, y, rng: Batches(x.reshape(-1), y, rng=rng),
                "`.reshape(-1)` makes one long row of all pictures: `.reshape(-1, 64)` makes one "
                "of each.",
            ),
            (
                lambda x, y, rng: Batches(x.reshape(-1, 64), y, rng),
                "The generator goes by its name, `rng=rng`: else it is taken for more rows.",
            ),
            (
                lambda x, y, rng: Batches(
                    shift_images(x, rng=rng).swapaxes(1, 2).reshape(-1, 64), y, rng=rng
                ),
                "Rows and columns have changed places: each picture lies on its side.",
            ),
            (
                lambda x, y, rng: Batches(np.concatenate([x, x]).reshape(-1, 64), y, rng=rng),
                "The old pictures and the moved ones, and labels for half of them: the moved ones "
                "alone.",
            ),
            (
                lambda x, y, rng: Batches(x[:, ::-1].reshape(-1, 64), y, rng=rng),
                "The pictures are turned over, or moved far. `shift_images(images, rng=rng)` moves "
                "each by a pixel at most.",
            ),
            (
                mixed_in_place,
                "It mixes the very pictures that it was given, without their labels, and moves "
                "none. `Batches` mixes both; `shift_images` gives moved copies.",
            ),
            (
                lambda x, y, rng: Batches(x, y, rng=rng, shuffle=False),
                "`Batches` has no `shuffle`: it shuffles where it is given `rng=rng`.",
            ),
            (
                lambda x, y, rng: Batches(shift_images(x, rng=rng), y, rng=rng),
                "The network takes rows of 64: `.reshape(-1, 64)` after moving.",
            ),
            (
                lambda x, y, rng: Batches(shift_images(x.reshape(-1, 64), rng=rng), y, rng=rng),
                "Move first, as pictures (n, 8, 8); after that make rows of them.",
            ),
            (
                lambda x, y, rng: [],
                "It gives no batches at all.",
            ),
            (
                shifted_once(),
                "The pictures are moved once, for good. Move them anew in each call.",
            ),
            (
                lambda x, y, rng: Batches(
                    shift_images(x, max_shift=2, rng=rng).reshape(-1, 64), y, rng=rng
                ),
                "Moved by up to two pixels. One is enough here: many a digit would be cut.",
            ),
            (
                lambda x, y, rng: (shift_images(x, rng=rng).reshape(-1, 64), y),
                "All rows in one batch: one step an epoch. `Batches` makes small ones, of 32 rows "
                "where no `batch_size` is named.",
            ),
            (
                lambda x, y, rng: [shift_images(x, rng=rng).reshape(-1, 64)],
                "Those are the inputs. A batch is a pair: inputs and targets.",
            ),
            (
                lambda x, y, rng: Batches(
                    shift_images(x, rng=rng).reshape(-1, 64), rng.permutation(y), rng=rng
                ),
                "The labels are in another order than the pictures: patient F.",
            ),
            (
                spoiling,
                "It changes the images it was given: epoch by epoch they walk out of the picture.",
            ),
            (
                lambda x, y, rng: Batches(
                    np.roll(x, rng.integers(1, 2), axis=2).reshape(-1, 64), y, rng=rng
                ),
                "All pictures are moved in the same way. Each needs a place of its own.",
            ),
        ],
    )
)

# Stretch


def doctored(*, one_softmax=True, cleared=True, shuffled=True, last=(), lr=0.1, said=None):
    """The run of the chapter with some of its three faults mended."""

    def run(inputs, labels):
        rng = np.random.default_rng(0)
        network = Sequential(Linear(64, 32, rng=rng), relu, Linear(32, 10, rng=rng))
        network = Sequential(*network, *(last if one_softmax else (softmax,)))
        optimizer = SGD(network.parameters(), lr=lr)
        for _ in range(10):
            order = {"rng": rng} if shuffled else {}
            for batch, targets in Batches(inputs, labels, batch_size=32, **order):
                answers = network(batch)
                loss = cross_entropy(said(answers) if said else answers, targets)
                if cleared is True:
                    optimizer.zero_grad()
                loss.backward()
                if cleared == "too late":
                    optimizer.zero_grad()
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
    if not hasattr(network, "predict"):
        return "no network"
    outputs = network.predict(np.linspace(0, 1, 5 * 64).reshape(5, 64))
    if np.allclose(outputs.sum(axis=1), 1) and np.all(outputs >= 0):
        return "answers that add up to 1"
    far = network.predict(np.random.default_rng(0).normal(0, 1e4, (50, 64)))
    if np.all(far >= 0):
        return "answers that are never below 0"
    if np.abs(far).max() <= 1:
        return "answers between -1 and 1"
    if largest > 1.001:
        return "a gradient larger than one batch can give"
    if network.predict(np.zeros((1, 64))).argmax() != 3:
        return "a network that never saw what it was given"
    if 0 < largest < 0.3:  # the first one is that of guessing, 0.1 - 1
        return "a gradient smaller than that of one who guesses"
    if (last_learned(run, range(10)), last_learned(run, range(9, -1, -1))) in [(9, 0), (0, 9)]:
        return "a last batch with one kind of digit"
    share = share_read(run(*sorted_digits()))
    if share > 0.85:
        return "a good reader"
    return "one who reads like a guesser" if share < 0.2 else "one who reads too few unseen digits"


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
    if hasattr(network, "parameters"):
        look(network.parameters()[-1])
    return network, max(largest)


def last_learned(run, classes):
    """The one class of its last batch, or the one that the network names; None for several."""
    network = run(np.zeros((640, 64)), np.repeat(classes, 64))
    gradient = network.parameters()[-1].grad
    if gradient is None:
        return network.predict(np.zeros((1, 64))).argmax()
    below = np.flatnonzero(gradient < 0)
    return below[0] if len(below) == 1 else None


def elsewhere(inputs, labels):
    """A run without faults, on other digits than it was given."""
    return doctored(one_softmax=True, cleared=True, shuffled=True)(*sorted_digits())


def sorted_digits():
    """1000 digits sorted by class, and nothing else of them."""
    images, labels = load_digits()
    order = np.argsort(labels[:1000], kind="stable")
    return images.reshape(-1, 64)[:1000][order] / 16, labels[:1000][order]


def shuffled_by_name(inputs, labels):
    return Batches(inputs, labels, batch_size=32, shuffle=True)


def shuffled_apart(inputs, labels):
    rng = np.random.default_rng(0)
    return doctored()(rng.permutation(inputs), rng.permutation(labels))


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
                "digit only, so it unlearns the others. Mix pictures and labels together.",
            ),
            (
                doctored(last=(relu,)),
                "Its answers are never below 0: something stands behind the last `Linear`. A logit "
                "is any number.",
            ),
            (
                doctored(last=(tanh,)),
                "Its answers lie between −1 and 1: something stands behind the last `Linear`. How "
                "sure can it ever get?",
            ),
            (
                doctored(cleared="too late"),
                "`step()` finds no gradients: does `backward()` come before it, and does no "
                "`zero_grad()` stand between the two?",
            ),
            (
                doctored(said=softmax),
                "The network answers with logits. Its first gradients are a tenth of what a batch "
                "gives: does the cost get `softmax` of them? It makes probabilities itself.",
            ),
            (
                lambda inputs, labels: 0.9,
                "It hands back something else than the network: `return network`, and that alone.",
            ),
            (
                shuffled_apart,
                "All three are gone, and yet it reads like one who guesses: are pictures and "
                "labels mixed apart, as patient F's, or is lr so small that it hardly moves?",
            ),
            (
                doctored(lr=0.001),
                "None of the three shows, but it reads no more than 0.85 of unseen digits. Are the "
                "rate, the epochs and the batches what they were?",
            ),
            (
                shuffled_by_name,
                "`Batches` has no `shuffle`: it mixes the rows where it is given `rng=rng`.",
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


VOTES = np.log(
    [  # five networks, five rows, three classes: their probabilities
        [[98, 1, 1], [60, 35, 5], [20, 30, 50], [90, 5, 5], [40, 35, 25]],
        [[90, 5, 5], [60, 35, 5], [10, 10, 80], [10, 80, 10], [40, 35, 25]],
        [[30, 40, 30], [60, 35, 5], [60, 30, 10], [10, 80, 10], [5, 60, 35]],
        [[30, 40, 30], [60, 35, 5], [20, 20, 60], [10, 80, 10], [5, 60, 35]],
        [[30, 40, 30], [0.01, 90, 9.99], [10, 20, 70], [10, 80, 10], [30, 30, 40]],
    ]
) - np.log(100)


MORE = np.random.default_rng(0).normal(0, 2, (5, 60, 4))


def loud(logits):
    """The same votes, one network louder than all: its probabilities stay as they are."""
    return logits + np.array([0.0, 0, 9, 0, 0])[: len(logits), None, None]


def vote(logits):
    return softmax(logits).mean(axis=0).argmax(axis=1)


book.exercise(
    "my_vote",
    vote,
    cases=[(VOTES[:, :2],), (VOTES,), (loud(VOTES),), (MORE,)],
    because="Each network has the same weight, however loud it is.",
    mistakes=[
        (
            lambda a: a.mean(axis=0).argmax(axis=1),
            "A mean of logits, or of logarithms: one network that all but rules a class out "
            "outvotes the others. Average the probabilities.",
        ),
        (
            lambda a: np.array([np.bincount(row).argmax() for row in a.argmax(axis=2).T]),
            "The majority: one that is sure counts no more than one that wavers. Average first.",
        ),
        (
            lambda a: (np.exp(a) / np.exp(a).sum()).mean(axis=0).argmax(axis=1),
            "One sum over all networks and rows: a loud network keeps its weight. The "
            "probabilities of *one* answer add up to 1: along the last axis.",
        ),
        (
            lambda a: softmax(a[0]).argmax(axis=1),
            "That is the first network alone. All five vote.",
        ),
        (
            lambda a: np.median(softmax(a), axis=0).argmax(axis=1),
            "The median looks at the network in the middle alone. The mean weighs how sure each "
            "is.",
        ),
        (
            lambda a: softmax(a).argmax(axis=2).mean(axis=0),
            "A mean of classes: 0 and 2 are no 1 together. Average the probabilities.",
        ),
        (
            lambda a: np.round(softmax(a).argmax(axis=2).mean(axis=0)),
            "A mean of classes, rounded: 0 and 2 are no 1 together. Average the probabilities.",
        ),
        (
            lambda a: softmax(a).mean(axis=0).max(axis=1),
            "That is how probable the winner is. *Which* class is it?",
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
            lambda a: softmax(a).max(axis=0).argmax(axis=1),
            "The one network that is surest decides alone. Average over the networks.",
        ),
        (
            lambda a: softmax(a).mean(axis=1).argmax(axis=1),
            "You average over the rows. Average over the networks, the first axis.",
        ),
        (
            lambda a: softmax(a).mean(axis=2).argmax(axis=0),
            "You average over the classes: those add up to 1. Average over the networks, the "
            "first axis.",
        ),
        (
            lambda a: softmax(a).mean(axis=2).argmax(axis=1),
            "You average over the classes. Average over the networks, the first axis.",
        ),
        (
            lambda a: softmax(a).mean(axis=0).argmax(axis=0),
            "The mean is right, (n, classes). Each *row* should name its class.",
        ),
        (
            lambda a: softmax(a).mean(axis=0).argmax(),
            "Without an axis, `argmax` gives one place in the whole table. One class a row.",
        ),
        (
            lambda a: softmax(a).mean().argmax(),
            "Without an axis, `mean` makes one number of all. Average over the networks alone.",
        ),
        (
            lambda a: softmax(a, axis=0).mean(axis=0).argmax(axis=1),
            "Along which axis do the probabilities of one answer add up to 1?",
        ),
        (
            lambda a: (np.exp(a) / np.exp(a).sum(axis=0)).mean(axis=0).argmax(axis=1),
            "The probabilities of *one* answer add up to 1, not those of one class: the last axis.",
        ),
    ],
)
