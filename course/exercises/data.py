"""The questions and exercises of chapter 5."""

import numpy as np

from course.exercises.kit import Book

book = Book()
predict, check = book.predict, book.check

book.question(
    "a loss that stays at 2.30",
    answer="nothing",
    because="ln 10 = 2.30: ten classes, all equally likely.",
    mistakes=[
        ("half", "2.30 is ln 10: the surprise of one in ten."),
        ("everything", "Then the loss would be near 0."),
    ],
)
book.question(
    "right before backward",
    answer="optimizer.zero_grad",
    because="Old gradients must be gone before new ones are added.",
    mistakes=[
        ("optimizer.step", "The step needs the new gradients: it comes after backward."),
        ("optimizer.zero_grad()", "Right: written without the brackets, please."),
        ("zero_grad", "Right: `optimizer.zero_grad`."),
    ],
)
book.question(
    "SGD comes to rest",
    answer="no",
    because="Each example pulls on, unless the rate falls.",
    mistakes=[("yes", "At the optimum the *mean* of the opinions is 0; each one still pulls.")],
)
book.question(
    "what differs",
    answer="the order",
    because="The same rows, sorted by their label.",
    mistakes=[
        ("the values", "The same 1437 rows: no value differs."),
        ("the labels", "Each row has its own label, in both: no row is wrong."),
    ],
)


def rows(first, second):
    """Rows as pairs, whatever order they are in; and whether the order is new."""
    return sorted(zip(np.asarray(first).tolist(), np.asarray(second).tolist(), strict=False))


def shuffled(result, inputs, targets, rng):
    """Which rows there are, and whether they stand in a new order."""
    if not isinstance(result, tuple) or len(result) != 2:
        raise TypeError("return two arrays: `return inputs…, targets…`")
    same_order = np.array_equal(result[0], np.arange(20.0))
    return [len(result[0]), rows(*result), "in the old order" if same_order else "in a new order"]


def shuffle(inputs, targets, rng):
    order = rng.permutation(len(inputs))
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
        (lambda x, y, rng: (x, y), "The rows belong together, in their old order."),
        (
            lambda x, y, rng: (rng.permutation(x), y),
            "The inputs moved and the targets stayed: they belong to other rows now.",
        ),
        (
            lambda x, y, rng: tuple(a[rng.integers(0, len(a), len(a))] for a in (x, y)),
            "`integers` may draw a row twice, and each array got its own draw: one permutation.",
        ),
    ],
)
book.question(
    "batches of 32 in 1797",
    answer=lambda: -(-1797 // 32),
    because="56 whole ones, and a last one with what is left.",
    mistakes=[
        (56, "Those are the whole ones. Some rows are left over."),
        (1797 / 32, "Batches are counted: a part of one is one more."),
        (32, "That is how many rows there are in each."),
    ],
)


def mean_of_batches(means, sizes):
    return (means * sizes).sum() / sizes.sum()


book.exercise(
    "my_mean_of_batches",
    mean_of_batches,
    cases=[
        (np.array([1.0, 9.0]), np.array([4, 1])),
        (np.array([2.0, 4.0, 6.0]), np.array([3, 3, 2])),
    ],
    because="Every row counts once.",
    mistakes=[
        (
            lambda m, s: m.mean(),
            "The short batch counts as much as a whole one: weigh each by its size.",
        ),
        (lambda m, s: (m * s).sum() / len(m), "You add up all rows, and divide by the batches."),
        (lambda m, s: (m * s).sum(), "That is the sum over all rows. And their mean?"),
        (lambda m, s: (m / s).sum(), "A mean *times* its size is a sum."),
    ],
)
book.question(
    "a model that stores everything, on its own data",
    answer=1.0,
    because="The most alike of all is the picture itself.",
    mistakes=[
        (0.98, "On its own data it finds each picture itself: nothing is more alike."),
        (0.9, "On its own data it finds each picture itself: nothing is more alike."),
        (0.1, "Guessing? It looks each picture up, and finds it."),
        (300, "As a share, please, from 0 to 1."),
    ],
)


book.question(
    "spam in a test set of 60, on average",
    answer=lambda: 60 * 12 / 600,
    within=0.01,
    because="One in fifty: about one message.",
    mistakes=[
        (12, "That is how many there are in all. The test has one tenth of the rows."),
        (6, "Half of them? The test has one tenth of the rows."),
        (1, "Nearly. On average it need not be a whole number."),
    ],
)


def scale(train, test):
    mean, deviation = train.mean(axis=0), train.std(axis=0)
    return (test - mean) / np.where(deviation == 0, 1, deviation)


TRAIN = np.array([[1.0, 10.0, 5.0], [3.0, 30.0, 5.0], [5.0, 20.0, 5.0]])
TEST = np.array([[2.0, 40.0, 5.0], [8.0, 0.0, 5.0]])
book.exercise(
    "my_scale",
    scale,
    cases=[(TRAIN[:, :2], TEST[:, :2]), (TRAIN, TEST)],
    because="Measured on the training part alone.",
    mistakes=[
        (
            lambda a, b: scale(b, b),
            "You measure the test itself. It must be scaled by what the *training* part says.",
        ),
        (
            lambda a, b: scale(np.concatenate([a, b]), b),
            "The test takes part in measuring: it leaks into the training.",
        ),
        (
            lambda a, b: (b - a.mean(axis=0)) / a.std(axis=0),
            "A column that never changes has the deviation 0: divide it by 1 instead.",
        ),
        (
            lambda a, b: (b - a.mean()) / a.std(),
            "One mean for everything: each column has its own scale (axis 0).",
        ),
        (
            lambda a, b: scale(a, a),
            "That is the training part, scaled. Asked for is the test part.",
        ),
        (lambda a, b: b - a.mean(axis=0), "The mean is 0 now. And the size?"),
    ],
)
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
            lambda labels, classes: np.eye(classes),
            "Those are all classes. Pick the rows of the labels.",
        ),
    ],
)
book.question(
    "bytes of 60000 pictures of 28 x 28",
    answer=lambda: 4 + 3 * 4 + 60000 * 28 * 28,
    within=0.5,
    because="4 + 3 · 4 bytes of header, then one for each pixel.",
    mistakes=[
        (60000 * 28 * 28, "Those are the pixels. And the header?"),
        (60000 * 28 * 28 + 4, "The lengths of the three axes take four bytes each."),
        (60000 * 28 * 28 * 8, "Each pixel is a number from 0 to 255: one byte."),
    ],
)
book.question(
    "accuracy reported on pure noise",
    answer=0.9,
    within=0.07,
    because="Nearly 0.9, on data where nothing can be known.",
    mistakes=[
        (0.5, "So it should be. But the columns were picked by somebody who had seen all labels."),
        (1.0, "Not that bad. But far too good."),
        (0.6, "More: 20 of 2000 columns fit *these* labels very well by chance, the test's too."),
    ],
)
book.question(
    "the leaking line",
    answer=3,
    because="It looks at all labels, before the split.",
    mistakes=[
        (4, "The split itself is honest. But what did it get to split?"),
        (2, "That makes the noise. Nobody has looked at it yet."),
        (5, "It fits on the training part, and measures on the test part: honest."),
        (1, "A seed does not leak."),
    ],
)
book.question(
    "accuracy of always saying no",
    answer=0.98,
    within=0.001,
    because="588 of 600 are right, and not one spam is found.",
    mistakes=[
        (0, "It finds no spam. But most messages are none, and there it is right."),
        (0.5, "Only if half were spam: here 12 of 600 are."),
        (0.02, "That is the share of spam."),
    ],
)


book.question(
    "pictures lying on their side",
    answer="test",
    because="Rows and columns were swapped: turned and mirrored.",
    mistakes=[("training", "Look for a seven or a three: in which row does it stand upright?")],
)
book.question(
    "digits that are missing",
    answer=2,
    because="Not one 8, and not one 9.",
    mistakes=[
        (0, "Look at the counts of the labels: ten places, from 0 to 9."),
        (1, "Look again at the last two counts."),
        (8, "Those are the ones that it knows."),
    ],
)


def sizes_and_rows(result, n, k):
    return [list(map(len, result)), np.concatenate(result)]


book.exercise(
    "my_folds",
    lambda n, k: np.array_split(np.arange(n), k),
    cases=[(6, 3), (10, 4)],
    observe=sizes_and_rows,
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
