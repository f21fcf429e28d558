"""The questions and exercises of chapter 5."""

import hashlib
from math import comb

import numpy as np

from course.exercises.kit import Book

book = Book("data")
guess, check, whose, progress = book.guess, book.check, book.whose, book.progress
predict = guess  # until the chapter says guess


# Recall

book.question(
    "shape of x.mean(axis=0)",
    answer=(64,),
    because="The rows are averaged away; a number for each column stays.",
    mistakes=[
        ((1797,), "That is axis=1: a mean for each picture. Axis 0 walks along the pictures."),
        ((1, 64), "With keepdims=True. Without it the axis is gone."),
        (64, "So many numbers. A shape is asked for, with brackets and a comma: (64,)."),
        ((), "That is the mean of everything, without an axis."),
    ],
)
book.question(
    "loss of a network that knows nothing",
    answer=lambda: np.log(10),
    within=0.05,
    because="ln 10 = 2.30: each class has one tenth, and the surprise of that is -ln 0.1.",
    mistakes=[
        (0.1, "That is the probability of each class. Its surprise is asked for."),
        (0, "A loss of 0 means: sure of the right class, every time."),
        (1, "The surprise of p is -ln p. What is p, for one class of ten?"),
        (10, "There are ten classes. The surprise of one in ten is asked for."),
    ],
)
book.question(
    "never right after backward",
    answer="optimizer.zero_grad",
    also=["zero_grad", "optimizer.zero_grad()", "zero_grad()"],
    because="It forgets all gradients: before backward that is its task, after it a mistake.",
    mistakes=[
        ("optimizer.step", "The step uses the new gradients: after backward is its place."),
        ("loss.backward", "A second `loss.backward()` is refused. Which line *forgets*?"),
    ],
)


# Suspect the rows

book.question(
    "what differs",
    answer="the order",
    because="The same rows, and Ben's are sorted by their label.",
    mistakes=[
        ("the pictures", "Somebody compared: each of Ben's pictures is one of Ann's, dot for dot."),
        ("the labels", "Somebody compared: each picture has the same label with both of them."),
    ],
)


# Shuffle, but together

book.question(
    "loss after shuffling both",
    answer=lambda: np.log(10),
    within=0.15,
    because="Near ln 10: the labels no longer belong to the pictures.",
    mistakes=[
        (0.1, "So low if the rows were mixed *together*. He drew two orders: look at one row."),
        (0.2, "So low if the rows were mixed *together*. He drew two orders: look at one row."),
        (0, "What should it learn from a picture that has some other picture's label?"),
        (10, "As wrong as that one is only if one is sure. It finds nothing to be sure of."),
    ],
)


def shuffled(result, inputs, targets, rng):
    """Which rows there are (a target is ten times its input), and whether chance moved them."""
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise TypeError("return two arrays, the inputs and the targets")
    first, second = (np.asarray(part).tolist() for part in result)
    asked = rng.bit_generator.state != np.random.default_rng(0).bit_generator.state
    return [
        f"{len(first)} inputs, {len(set(first))} different ones",
        f"{sum(10 * a == b for a, b in zip(first, second, strict=False))} with their own target",
        "in the old order" if first == sorted(first) else "in a new order",
        "drawn with the rng" if asked else "the rng was not asked",
    ]


def shuffle(inputs, targets, rng):
    order = rng.permutation(len(inputs))
    return inputs[order], targets[order]


def drawn_with_repeats(inputs, targets, rng):
    order = rng.integers(0, len(inputs), len(inputs))
    return inputs[order], targets[order]


book.exercise(
    "my_shuffle",
    shuffle,
    cases=[(np.arange(20.0), np.arange(20) * 10, np.random.default_rng(0))],
    observe=shuffled,
    because="One order for both.",
    mistakes=[
        (
            lambda x, y, rng: (rng.permutation(x), rng.permutation(y)),
            "Two calls, two orders: each input now has some other input's target.",
        ),
        (lambda x, y, rng: (x, y), "The rows belong together, but in their old order."),
        (
            lambda x, y, rng: (x[::-1], y[::-1]),
            "Rows are whole, but this order is the same each time: let the `rng` draw it.",
        ),
        (
            lambda x, y, rng: (rng.permutation(x), y),
            "The inputs moved and the targets stayed: they belong to other rows now.",
        ),
        (
            lambda x, y, rng: (x, rng.permutation(y)),
            "The targets moved and the inputs stayed: they belong to other rows now.",
        ),
        (
            drawn_with_repeats,
            "Rows are whole, but some came twice and some never: each number once, please.",
        ),
    ],
)
book.question(
    "shuffling only where batches start",
    answer=0.86,
    within=0.07,
    because="Not far from mixed rows, and still short of them.",
    mistakes=[
        (0.37, "As bad as in order? The batches now come in a new order in each pass."),
        (0.4, "As bad as in order? The batches now come in a new order in each pass."),
        (0.1, "Guessing? The labels still belong to their pictures."),
        (0.6, "Better than half-way, which is what makes it dangerous."),
        (0.95, "As good as mixed rows? Each batch still shows one digit alone."),
        (89, "As a share, please, from 0 to 1."),
    ],
)


def parts(order, batch_size):
    return [order[i : i + batch_size] for i in range(0, len(order), batch_size)]


def as_lists(result, *_):
    return [np.asarray(part).tolist() for part in result]


book.exercise(
    "my_parts",
    parts,
    cases=[(np.array([2, 0, 1]), 2), (np.array([3, 1, 4, 0, 2, 5]), 3), (np.arange(7), 3)],
    observe=as_lists,
    because="Each row number once, the last part as short as it must be.",
    mistakes=[
        (
            lambda order, size: parts(order, size)[: len(order) // size],
            "Where it does not divide evenly, the last rows are in no part: nobody learns them.",
        ),
        (
            lambda order, size: np.array_split(order, size),
            "So many *parts*. Asked for is so many rows in each part.",
        ),
        (
            lambda order, size: np.split(order, size),
            "`np.split` is told how many *parts*, all equal. Here the last may be short.",
        ),
        (
            lambda order, size: np.split(order, len(order) // size),
            "`np.split` wants equal parts. Here the last one may be short.",
        ),
        (
            lambda order, size: [order[i : i + size] for i in range(len(order))],
            "Each part begins one row after the last one: most rows come several times.",
        ),
        (
            lambda order, size: [np.sort(part) for part in parts(order, size)],
            "The row numbers were sorted inside each part. Leave them in the order given.",
        ),
        (
            lambda order, size: parts(np.arange(len(order)), size),
            "Those are the rows as they lie. Cut `order`, which was drawn by chance.",
        ),
    ],
)
book.question(
    "batches of 32 in 1797",
    answer=lambda: -(-1797 // 32),
    because="56 whole ones, and a last one with the five rows that are left.",
    mistakes=[
        (56, "Those are the whole ones. Some rows are left over."),
        (1797 / 32, "Batches are counted: a part of one is one more."),
        (32, "That is how many rows there are in each."),
        (55, "Count again: 1797 divided by 32 is more than 56."),
    ],
)
book.question(
    "mean of the batches' means",
    answer=lambda: np.mean([np.mean([1, 1, 1, 1]), np.mean([9])]),
    within=0.01,
    because="The means are 1 and 9; their mean gives the single row half of the say.",
    mistakes=[
        (lambda: np.mean([1, 1, 1, 1, 9]), "That is the mean of all five rows. There are batches."),
        (1, "That is the mean of the first batch. There is a second one, with the 9."),
        (10, "That is the sum of the two means."),
    ],
)


# Keep a part for the test

book.question(
    "the perfect pupil on its own pictures",
    answer=1.0,
    because="The most alike of all is the picture itself, with the very label that was thrown.",
    mistakes=[
        (0.98, "Among the stored pictures stands the very picture that is asked for."),
        (0.1, "For *new* pictures. But these it has stored, each with its thrown label."),
        (0, "There is nothing to know, and much to remember: it has stored each thrown label."),
        (100, "As a share, please, from 0 to 1."),
        (400, "As a share, please, from 0 to 1."),
    ],
)
book.question(
    "the last fifth of sorted rows",
    answer=0.0,
    within=0.06,
    because="Hardly one: the test holds eights and nines, which it never saw.",
    mistakes=[
        (0.95, "As many as Ann's? Which digits stand in the last fifth of sorted rows?"),
        (0.58, "The training rows are shuffled. But which digits are among them?"),
        (0.5, "So many of the test's digits it has met? Which stand in the last fifth?"),
        (0.8, "Ten digits are 0 to 9. Which ones stand in the last fifth of *sorted* rows?"),
        (0.1, "Guessing would give that. It never guesses a digit that it has not met."),
    ],
)


def split_rows(n, k, rng):
    order = rng.permutation(n)
    return order[k:], order[:k]


def drawn(result, n, k, rng):
    """How many rows each part has, whether they share or lose any, and how they were drawn."""
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise TypeError("return two arrays of row numbers: to train on, and for the test")
    train, test = (np.asarray(part).tolist() for part in result)
    both, neither = len(set(train) & set(test)), n - len(set(train) | set(test))
    block = sorted(test) == list(range(min(test), min(test) + len(test))) if test else True
    return [
        f"{len(train)} to train on, {len(test)} for the test",
        f"{both} in both parts, {neither} in none",
        "a block of neighbours" if block else "drawn by chance",
    ]


def drawn_twice(n, k, rng):
    return rng.permutation(n)[k:], rng.permutation(n)[:k]


book.exercise(
    "my_split",
    split_rows,
    cases=[(10, 3, np.random.default_rng(0)), (100, 20, np.random.default_rng(1))],
    observe=drawn,
    because="Each row in one of the parts, and chance decided in which.",
    mistakes=[
        (
            lambda n, k, rng: (np.arange(n - k), np.arange(n - k, n)),
            "The test is a block of neighbours: if rows are sorted, it asks for nothing else.",
        ),
        (drawn_twice, "Two draws: some rows are in both parts, and some in none."),
        (
            lambda n, k, rng: split_rows(n, k, rng)[::-1],
            "The other way round: first the n - k rows to train on, then the k for the test.",
        ),
        (
            lambda n, k, rng: (np.arange(n), rng.permutation(n)[:k]),
            "The test rows are also trained on: a perfect pupil knows them by heart.",
        ),
    ],
)
book.question(
    "draws of 100 without an eight",
    answer=lambda: 100 * comb(588, 60) / comb(600, 60),
    within=6,
    because="About 28 of 100: more than a quarter of all draws.",
    mistakes=[
        (0, "On average there are 1.2 eights in a test. Often that means none."),
        (1, "Far more often: on average only 1.2 eights land in the test."),
        (2, "Far more often: on average only 1.2 eights land in the test."),
        (10, "More often. Each eight stays out 9 times in 10. And all twelve of them?"),
        (0.28, "As a number of draws, please: how many of 100?"),
        (50, "Not so often: twelve eights, each has a chance of 1 in 10."),
    ],
)


# Open the box

book.question(
    "bytes of 60000 pictures of 28 x 28",
    answer=lambda: 4 + 3 * 4 + 60000 * 28 * 28,
    within=0.5,
    because="4 + 3 · 4 bytes that say what follows, then one for each pixel.",
    mistakes=[
        (60000 * 28 * 28, "Those are the pixels. And what stands before them?"),
        (
            60000 * 28 * 28 + 28,
            "28 are *all* bytes of the tiny file, pixels too. How many stand before them?",
        ),
        (60000 * 28 * 28 + 4, "The lengths of the three axes take four bytes each."),
        (60000 * 28 * 28 + 7, "Each length takes four bytes, not one."),
        (60000 * 28 * 28 * 8, "Each pixel is a number from 0 to 255: one byte."),
        (16, "That is what stands before the pixels."),
    ],
)


def lengths(data):
    return tuple(int.from_bytes(data[4 + 4 * i : 8 + 4 * i], "big") for i in range(data[3]))


def header(*axes):
    return bytes([0, 0, 8, len(axes)]) + b"".join(n.to_bytes(4, "big") for n in axes)


book.exercise(
    "my_lengths",
    lengths,
    cases=[
        (header(2, 2, 3) + bytes(range(12)),),
        (header(300) + bytes(300),),
        (header(60000, 28),),
        (header(5, 70000),),
    ],
    observe=lambda result, data: list(result),
    because="As many lengths as there are axes, four bytes each.",
    mistakes=[
        (
            lambda data: tuple(
                int.from_bytes(data[4 + 4 * i : 8 + 4 * i], "little") for i in range(data[3])
            ),
            "Read from the small end. Here the large end comes first.",
        ),
        (
            lambda data: tuple(data[7 + 4 * i] for i in range(data[3])),
            "That is the last of the four bytes: enough up to 255, and no further.",
        ),
        (
            lambda data: tuple(
                int.from_bytes(data[6 + 4 * i : 8 + 4 * i], "big") for i in range(data[3])
            ),
            "Those are the last two of the four bytes: enough up to 65535, and no further.",
        ),
        (
            lambda data: tuple(
                int.from_bytes(data[4 * i : 4 * i + 4], "big") for i in range(data[3])
            ),
            "You begin at byte 0. The first four bytes are zeros, type and axes: begin at byte 4.",
        ),
        (
            lambda data: tuple(int.from_bytes(data[i : i + 4], "big") for i in (4, 8, 12)),
            "Always three lengths. A file may have one axis, or two: `data[3]` says how many.",
        ),
        (
            lambda data: tuple(data[4 : 4 + data[3]]),
            "One byte for each length. Each takes four.",
        ),
        (
            lambda data: tuple(sum(data[4 + 4 * i : 8 + 4 * i]) for i in range(data[3])),
            "The four bytes are added. Each counts 256 times as much as the next one.",
        ),
    ],
)


def digits_that_change():
    tiny = np.array([[[0, 50, 0], [0, 90, 0]], [[70, 0, 80], [60, 0, 40]]], dtype=np.uint8)
    data = header(2, 2, 3) + tiny.tobytes()
    sums = [hashlib.sha256(each).hexdigest() for each in (data, data[:-1] + bytes([41]))]
    return sum(a != b for a, b in zip(*sums, strict=True))


book.question(
    "digits of the sha256 that change",
    answer=digits_that_change,
    within=4,
    because="Nearly all: a changed file has a fingerprint of its own, not a similar one.",
    mistakes=[
        (1, "One would be little to notice. Every byte takes part in every digit."),
        (2, "Every byte takes part in every digit of the fingerprint."),
        (32, "More than half: a new digit agrees with the old one by chance, one time in sixteen."),
        (0, "Then it would be of no use: it is there to notice a change."),
    ],
)

book.question(
    "the iris with label 2",
    answer="virginica",
    because="Its 50 flowers have the longest petals.",
    mistakes=[
        ("setosa", "That is label 0."),
        ("versicolor", "That is label 1: labels count from 0."),
        (2, "That is the label. Which kind has it? Look under `classes`."),
        (0, "That is the label of one flower. The names of the kinds stand under `classes`."),
        ("petal length", "That is the name of a *column*. The kinds stand under `classes`."),
    ],
)


# Bring columns to one scale

book.question(
    "one patient, scaled by herself",
    answer=0,
    also=["zeros", "ten zeros", "all zeros", np.zeros(10), [0] * 10],
    because="Her mean is herself, and nothing changes: ten zeros, whoever she is.",
    mistakes=[
        ("nan", "That is 0/0, yes; but columns that never change give 0, as we said. So?"),
        (np.nan, "That is 0/0, yes; but columns that never change give 0, as we said. So?"),
        (1, "A deviation of 1 is for many rows. How far is one row from its own mean?"),
    ],
)


def scale(train, test):
    never = (train == train[0]).all(axis=0)
    scaled = (test - train.mean(axis=0)) / np.where(never, 1, train.std(axis=0))
    return np.where(never, 0, scaled)


def naively(measured, part):
    return (part - measured.mean(axis=0)) / measured.std(axis=0)


def asking_for_zero(measured, part):
    deviation = measured.std(axis=0)
    return (part - measured.mean(axis=0)) / np.where(deviation == 0, 1, deviation)


def with_a_speck(measured, part):
    return (part - measured.mean(axis=0)) / (measured.std(axis=0) + 1e-8)


def zero_below(limit):
    """The scaling that takes a column for constant if its deviation is not above the limit."""

    def scaled(train, test):
        return np.where(train.std(axis=0) <= limit, 0, asking_for_zero(train, test))

    return scaled


def one_for_the_silent(train, test):
    never = (train == train[0]).all(axis=0)
    return (test - train.mean(axis=0)) / np.where(never, 1, train.std(axis=0))


def both(how):
    return lambda train, test: how(np.concatenate([train, test]), test)


def itself(how):
    return lambda train, test: how(test, test)


TRAIN = np.array([[1.0, 10.0, 5.0], [3.0, 30.0, 5.0], [5.0, 20.0, 5.0]])
TEST = np.array([[2.0, 40.0, 5.0], [8.0, 0.0, 7.0]])
TENTHS = np.full((1000, 1), 0.1), np.array([[0.1], [5.0]])  # the deviation is not quite 0
SMALL = np.array([[1e-12], [3e-12], [5e-12]]), np.array([[2e-12]])
OWN = "You measure the test itself: a patient alone would become all zeros. Let `train` say it."
CONSTANT = "And a column that never changes has the deviation 0."
book.exercise(
    "my_scale",
    scale,
    cases=[(TRAIN[:, :2], TEST[:, :2]), (TRAIN, TEST), TENTHS, SMALL],
    because="Measured on the training part alone, and silent columns stay silent.",
    mistakes=[
        (itself(scale), OWN),
        (itself(naively), f"{OWN} {CONSTANT}"),
        (both(scale), "The test takes part in measuring: it leaks into the training."),
        (naively, "A column that never changes has the deviation 0, and 0/0 is nan."),
        (
            lambda a, b: np.nan_to_num(naively(a, b)),
            "The nan is gone, but (7 - 5) / 0 is infinite: a silent column becomes 0, always.",
        ),
        (
            asking_for_zero,
            "Where `train` never changes, 0 is asked for, whatever `test` has there. "
            "And for 1000 times 0.1 the deviation is not quite 0.",
        ),
        (
            zero_below(0),
            "For 1000 times 0.1, rounding leaves a deviation that is not quite 0: "
            "ask whether the column *changes*.",
        ),
        (
            zero_below(1e-9),
            "A column in a very small unit (1e-12 and 3e-12) does change: no limit fits all units.",
        ),
        (
            with_a_speck,
            "A little more in each deviation: a silent column is then divided by nearly nothing.",
        ),
        (
            one_for_the_silent,
            "No nan. But where `train` never changes, 0 is asked for, whatever `test` has there.",
        ),
        (
            lambda a, b: (b - a.mean()) / a.std(),
            "One mean for everything: each column has its own scale (axis 0).",
        ),
        (
            lambda a, b: (b - a.mean(axis=1).mean()) / a.std(axis=1).mean(),
            "Axis 1 averages along a row, over age and blood. Columns are wanted: axis 0.",
        ),
        (
            lambda a, b: scale(a, a),
            "That is the training part, scaled. Asked for is the test part.",
        ),
        (lambda a, b: b - a.mean(axis=0), "The mean is 0 now. And the size?"),
        (
            lambda a, b: (b - a.mean(axis=0)) / a.var(axis=0),
            "That is the variance: the deviation is its square root.",
        ),
    ],
)


def marked(where):
    """Zeros, and ones where `where` says."""

    def mark(labels, classes):
        rows = np.zeros((len(labels), classes))
        rows[where(labels)] = 1
        return rows

    return mark


book.exercise(
    "my_one_hot",
    lambda labels, classes: np.eye(classes)[labels],
    cases=[(np.array([1, 0]), 3), (np.array([2, 2, 0, 3]), 5)],
    because="A row for each label.",
    mistakes=[
        (
            lambda labels, classes: np.eye(labels.max() + 1)[labels],
            "As wide as the largest label here: the largest class may be missing in a batch.",
        ),
        (
            lambda labels, classes: np.eye(classes)[labels].T,
            "Turned: a row for each label, a column for each class.",
        ),
        (
            lambda labels, classes: np.eye(classes)[labels - 1],
            "Labels count from 0, as Python does.",
        ),
        (
            marked(lambda labels: labels),
            "`rows[labels]` are whole rows. One place in each row: `rows[np.arange(n), labels]`.",
        ),
        (
            marked(lambda labels: (slice(None), labels)),
            "`rows[:, labels]` are whole columns, in all rows. Each row has its own label: "
            "`rows[np.arange(n), labels]`.",
        ),
        (
            lambda labels, classes: np.eye(classes),
            "Those are all classes. Pick the rows of the labels.",
        ),
    ],
)


# Find the leak

book.question(
    "accuracy reported on pure noise",
    answer=0.9,
    within=0.06,
    because="Nearly 0.9, on data where nothing can be known.",
    mistakes=[
        (0.5, "So it should be. But somebody picked the columns who had seen all labels."),
        (1.0, "Not that bad. But far too good."),
        (0.8, "More: 20 of 2000 columns fit *these* labels well by chance, the test's too."),
        (90, "As a share, please, from 0 to 1."),
        (0.6, "More: 20 of 2000 columns fit *these* labels well by chance, the test's too."),
        (0.7, "More: 20 of 2000 columns fit *these* labels well by chance, the test's too."),
    ],
)
book.question(
    "the leaking line",
    answer=3,
    because="It looks at all labels, before the split.",
    mistakes=[
        (1, "A seed does not leak."),
        (2, "That makes the noise. Nobody has looked at it yet."),
        (4, "The split itself is honest. But what did it get to split?"),
        (5, "It fits on the training part, and measures on the test part: honest."),
    ],
)
book.question(
    "digits from a stretch of the file",
    answer="less",
    because="Its pictures seem to come from hands that the network has not met.",
    mistakes=[
        ("more", "Strangers' hands would have to be clearer than those it has learned."),
        ("as much", "So it would be if the rows lay mixed. You have seen that they do not."),
    ],
)


# Ask for each class

book.question(
    "accuracy of always saying no",
    answer=lambda: 588 / 600,
    within=0.001,
    because="588 of 600 are right, and not one eight is found.",
    mistakes=[
        (0, "It finds no eight. But most pictures show none, and there it is right."),
        (0.5, "Only if half were eights: here 12 of 600 are."),
        (lambda: 12 / 600, "That is the share of eights."),
        (588, "As a share, please, from 0 to 1."),
        (98, "As a share, please, from 0 to 1."),
    ],
)


def share_by_class(labels, answers, classes):
    return np.array([np.mean(answers[labels == c] == c) for c in range(classes)])


LABELS, ANSWERS = np.array([0, 0, 0, 0, 1, 1]), np.array([0, 0, 0, 1, 1, 0])
MORE = np.array([2, 0, 1, 2, 2, 0, 1, 1, 1, 2, 2]), np.array([2, 0, 0, 2, 1, 1, 1, 1, 2, 2, 0])
book.exercise(
    "my_share_by_class",
    share_by_class,
    cases=[(LABELS, ANSWERS, 2), (*MORE, 3)],
    because="Of each class, the share that was found.",
    mistakes=[
        (
            lambda y, a, n: np.array([np.mean(y[a == c] == c) for c in range(n)]),
            "Of the rows that were *called* c, the share that is c. Begin with those that *are* c.",
        ),
        (lambda y, a, n: np.mean(a == y), "That is one number for all: the accuracy."),
        (
            lambda y, a, n: np.array([np.sum((a == c) & (y == c)) / len(y) for c in range(n)]),
            "Divided by all rows: divide by the rows of the class.",
        ),
        (
            lambda y, a, n: np.array([np.sum((a == c) & (y == c)) for c in range(n)]),
            "Those are counts. Of how many?",
        ),
        (
            lambda y, a, n: np.array([np.mean((a == c) == (y == c)) for c in range(n)]),
            "That also praises every no for the other classes: ask only the rows of class c.",
        ),
    ],
)


# Payoff

book.question(
    "the first fault",
    answer="labels",
    because="Hardly a label fits its picture.",
    mistakes=[
        ("side", "They stand upright. Read them one by one, and compare."),
        (
            "dark",
            "You saw a trace, and its turn comes: their ground is grey. First read the labels.",
        ),
    ],
)
book.question(
    "the part that was not scaled",
    answer="test",
    because="Its ground is white: still the 0 of no ink.",
    mistakes=[
        ("training", "Its ground is grey: no ink is no longer the smallest number there."),
    ],
)
book.question(
    "digits that are missing",
    answer=2,
    also=["8 and 9", (8, 9), [8, 9]],
    because="Not one 8, and not one 9.",
    mistakes=[
        (0, "Count the blocks of one colour, and look at the upper end of the bar of colours."),
        (1, "Count the blocks of one colour again: each is a digit that it knows."),
        (8, "Those are the ones that it knows."),
        (9, "Is that how many, or which one? How many digits have no block?"),
    ],
)


def shared_rows(train, test):
    return sum((train == row).all(axis=1).any() for row in test)


FEW = np.array([[1, 2], [3, 4], [5, 6], [1, 2]])
book.exercise(
    "my_shared_rows",
    shared_rows,
    cases=[
        (FEW, np.array([[3, 4], [4, 3], [1, 2]])),
        (FEW, np.array([[1, 6], [3, 4], [5, 4], [3, 4]])),
    ],
    because="A row is shared if all its columns agree with one row of the training part.",
    mistakes=[
        (
            lambda a, b: sum((a == row).any(axis=1).any() for row in b),
            "One column that agrees is not enough: the whole row must.",
        ),
        (
            lambda a, b: sum((a == row).all(axis=1).sum() for row in b),
            "A row that stands twice in training counts twice here: count test rows.",
        ),
        (
            lambda a, b: sum(np.isin(row, a).all() for row in b),
            "All its numbers occur somewhere. They must occur together, in one row.",
        ),
        (
            lambda a, b: any((a == row).all(axis=1).any() for row in b),
            "That says whether there is one. How many are there?",
        ),
        (
            lambda a, b: sum((a == row).all(axis=1).any() for row in b) / len(b),
            "That is the share. Asked for is how many.",
        ),
        (
            lambda a, b: len(set(map(tuple, a.tolist())) & set(map(tuple, b.tolist()))),
            "A set has each row once: a row that stands twice in the test counts twice here.",
        ),
    ],
)
book.question(
    "test rows in the training part",
    answer=360,
    because="All of them: the whole test was trained on.",
    mistakes=[
        (0, "Then there would be no leak. Is `my_shared_rows` right? Ask it with `train`, `test`."),
        (1, "Is that a share, or a True? Asked for is how many rows."),
        ([True] * 360, "A True for each test row that stands there too. How many are they?"),
        (1797, "That is how many training rows there are: the test rows are among them."),
    ],
)
book.question(
    "after the last repair",
    answer="lower",
    because="It loses what it knew by heart. The rest is true.",
    mistakes=[
        ("higher", "Its test rows were in the training. What did that do to the score?"),
        ("the same", "It had learned the test rows, and they are gone from training now."),
    ],
)


# Stretch


book.exercise(
    "my_folds",
    lambda n, k: np.array_split(np.arange(n), k),
    cases=[(6, 3), (10, 4)],
    observe=as_lists,
    because="Each row in one part, and no part more than one longer.",
    mistakes=[
        (
            lambda n, k: [np.arange(i * (n // k), (i + 1) * (n // k)) for i in range(k)],
            "Where n does not divide evenly, the last rows are in no part.",
        ),
        (
            lambda n, k: [np.arange(i, min(i + -(-n // k), n)) for i in range(0, n, -(-n // k))],
            "The last part is much shorter: spread the rest over the first parts.",
        ),
        (
            lambda n, k: [np.arange(i, n, k) for i in range(k)],
            "Each row is in one part. Asked for are rows in order: 0, 1, 2, …",
        ),
    ],
)


def copies(images, labels, copies, rng):
    from minnet.data import shift_images, train_test_split

    train, test, train_y, test_y = train_test_split(images, labels, rng=rng)
    train = shift_images(np.repeat(train, copies, axis=0), rng=rng)
    return train, test, np.repeat(train_y, copies), test_y


def copies_first(images, labels, copies, rng):
    from minnet.data import shift_images, train_test_split

    images = shift_images(np.repeat(images, copies, axis=0), rng=rng)
    return train_test_split(images, np.repeat(labels, copies), rng=rng)


def copies_of_both(images, labels, copies, rng):
    from minnet.data import shift_images, train_test_split

    parts = [np.repeat(part, copies, axis=0) for part in train_test_split(images, labels, rng=rng)]
    return *(shift_images(part, rng=rng) for part in parts[:2]), *parts[2:]


def copies_still(images, labels, copies, rng):
    from minnet.data import train_test_split

    train, test, train_y, test_y = train_test_split(images, labels, rng=rng)
    return np.repeat(train, copies, axis=0), test, np.repeat(train_y, copies), test_y


def copies_tiled(images, labels, n, rng):
    """The pictures repeated one by one, the labels as a whole row."""
    train, test, train_y, test_y = copies(images, labels, n, rng)
    return train, test, np.tile(train_y[::n], n), test_y


def copies_repeated(images, labels, n, rng):
    """The pictures repeated as a whole row, the labels one by one."""
    train, test, train_y, test_y = copies_still(images, labels, n, rng)
    return np.concatenate([train[::n]] * n), test, train_y, test_y


def copies_flat(images, labels, n, rng):
    """`tile` puts the copies side by side: not more pictures, but wider ones."""
    train, test, train_y, test_y = copies(images, labels, n, rng)
    return np.tile(train[::n], n), test, train_y, test_y


def copies_and_originals(images, labels, n, rng):
    from minnet.data import train_test_split

    train, test, train_y, test_y = copies(images, labels, n, rng)
    originals, _, their_labels, _ = train_test_split(images, labels, rng=np.random.default_rng(0))
    return (
        np.concatenate([originals, train]),
        test,
        np.concatenate([their_labels, train_y]),
        test_y,
    )


def kinds(result, images, labels, copies, rng):
    """Which originals (each has ink of its own) stand in training, in the test, and in both."""
    train, test, train_y, test_y = map(np.asarray, result)
    if train.shape[1:] != images.shape[1:] or test.shape[1:] != images.shape[1:]:
        return [f"pictures of {train.shape[1:]} and {test.shape[1:]}, not {images.shape[1:]}"]
    inks = dict(zip(images.sum(axis=(1, 2)).tolist(), labels.tolist(), strict=True))
    train_ink, test_ink = train.sum(axis=(1, 2)).tolist(), test.sum(axis=(1, 2)).tolist()
    pairs = [*zip(train_ink, train_y, strict=False), *zip(test_ink, test_y, strict=False)]
    moved = len(np.unique(train, axis=0)) > len(set(train_ink))
    return [
        f"{len(train)} to train on with {len(train_y)} labels, {len(test)} with {len(test_y)}",
        f"{len(set(train_ink) & set(test_ink))} originals in both",
        f"{sum(inks.get(ink) != y for ink, y in pairs)} labels of other pictures",
        "copies that moved" if moved else "copies that stand still",
    ]


def dots():
    """Ten pictures, each with a spot of its own ink, and labels."""
    images = np.zeros((10, 6, 6))
    images[:, 2:4, 2:4] = np.arange(1.0, 11)[:, None, None]
    return images, np.arange(10) * 3


book.exercise(
    "my_copies",
    copies,
    cases=[(*dots(), 4, np.random.default_rng(0))],
    observe=kinds,
    because="No test picture has a sister in training.",
    mistakes=[
        (copies_first, "Copied first, split afterwards: sisters of one picture are in both parts."),
        (copies_of_both, "The test was copied too: it should stay as the digits really come."),
        (copies_still, "The copies are all alike: they were repeated, and did not move."),
        (
            copies_tiled,
            "One of the two is repeated one by one (aa bb), the other as a whole row (ab ab): "
            "pictures and labels in the same way, please.",
        ),
        (
            copies_repeated,
            "One of the two is repeated one by one (aa bb), the other as a whole row (ab ab). "
            "And the copies do not move.",
        ),
        (copies_flat, "`tile` puts copies side by side, and makes wide pictures: `repeat` rows."),
        (
            copies_and_originals,
            "The originals are there too, beside their copies: none of them is asked for.",
        ),
    ],
)
