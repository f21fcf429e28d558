"""The questions and exercises of chapter 2."""

import numpy as np

from course.exercises.kit import Book

book = Book()
predict, check = book.predict, book.check

PAIRS = [
    (np.array([1.0, 4.0]), np.array([2.0, 2.0])),
    (np.array([0.5, -1.0, 3.0]), np.array([1.5, 2.0, 3.0])),
]
PRICES = np.array([1.0, 2.0, 3.0, 4.0, 15.0])


def mse(predictions, targets):
    return ((predictions - targets) ** 2).mean()


def mae(predictions, targets):
    return abs(predictions - targets).mean()


book.question(
    "slope of x squared at 3",
    answer=6,
    because="x² has the slope 2x.",
    mistakes=[
        (9, "That is the value. How fast does it grow there?"),
        (3, "Both factors of x · x move: each sends a 3."),
        (2, "The slope of x² depends on where you stand: 2x."),
    ],
)
book.question(
    "shape of the gradient of a row",
    answer=(3,),
    because="A gradient has the shape of what it belongs to; the copies are added up.",
    mistakes=[
        ((4, 3), "That is the table's. The row was copied, and its copies are added up."),
        ((4,), "Four is how often the row was copied."),
        ((), "One slope for each number of the row."),
    ],
)
book.question(
    "x.grad after another backward",
    answer=7,
    because="Gradients add up until they are cleared.",
    mistakes=[
        (2, "Nobody cleared the 5: what arrives is added."),
        (10, "Rates multiply along one way; what arrives from two walks is added."),
    ],
)
book.question(
    "factor of the square",
    answer=lambda: 3**2,
    because="Three times the side, nine times the area.",
    mistakes=[
        (3, "That is the side. What does its square do?"),
        (6, "Both sides of the square grow by the factor 3: multiply."),
        (27, "That would be a cube."),
    ],
)
book.exercise(
    "my_mean_squared_error",
    mse,
    cases=PAIRS,
    because="The mean area.",
    mistakes=[
        (
            lambda p, t: ((p - t) ** 2).sum(),
            "This is the sum: the M in MSE is a mean. A sum grows with every house you add.",
        ),
        (lambda p, t: (p - t).mean(), "Misses of both signs cancel here: square them first."),
        (mae, "That is the mean *length*. What is the area on a miss?"),
        (
            lambda p, t: (p - t).mean() ** 2,
            "You average first and square then: signs have cancelled.",
        ),
        (lambda p, t: mse(p, t) ** 0.5, "That is the side of the mean square: leave out the root."),
        (lambda p, t: (p - t) ** 2, "Those are the areas, one for each. One number is asked for."),
    ],
)
book.exercise(
    "my_mean_absolute_error",
    mae,
    cases=PAIRS,
    because="The mean length.",
    mistakes=[
        (
            lambda p, t: abs((p - t).mean()),
            "The sign is taken away after the mean, when the misses have cancelled already.",
        ),
        (lambda p, t: abs(p - t).sum(), "This is the sum: the M in MAE is a mean."),
        (mse, "That is the mean area. A stick has a length."),
        (lambda p, t: (p - t).mean(), "Misses of both signs cancel here."),
        (lambda p, t: abs(p - t), "Those are the lengths, one for each. One number is asked for."),
    ],
)
book.question(
    "best constant for MSE",
    answer=lambda: PRICES.mean(),
    because="The mean: there the pulls, which grow with distance, are in balance.",
    mistakes=[
        (3, "That is the one in the middle. The castle pulls hard, since its square is large."),
        (8, "Half-way between the ends? Four houses pull from below."),
        (15, "The castle pulls hard, and the four others pull back."),
    ],
)
book.question(
    "best constant for MAE",
    answer=lambda: np.median(PRICES),
    because="The median: as many on one side as on the other.",
    mistakes=[
        (5, "That is the mean. For lengths, the castle counts no more than any other house."),
        (8, "Half-way between the ends? Only the *number* on each side counts."),
        (2.5, "The castle is one of them: five houses, and the third is in the middle."),
    ],
)
book.question(
    "which line moves",
    answer="MSE",
    because="Its square is huge, so MSE listens to it above all; for MAE it lay above before, too.",
    mistakes=[
        ("MAE", "For MAE it is one vote of five, and it already was above the line."),
        ("both", "MAE counts a miss once, however long: the line is held by the other four."),
    ],
)
book.question(
    "slope of the staircase at -0.2",
    answer=0,
    because="The nudge changes no message's side.",
    mistakes=[
        (1, "That would be a whole mistake more. Does a tiny nudge move any message across?"),
        (-1, "Does a tiny nudge move any message across the threshold?"),
    ],
)
book.question(
    "naive softmax of 1000 and 0",
    answer="nan",
    because="Infinity divided by infinity is not a number.",
    mistakes=[
        ("1 and 0", "So it should be. Can a computer hold e to the power 1000?"),
        ("0.5 and 0.5", "They are very different. Can a computer hold e to the power 1000?"),
    ],
)


def log_softmax(a):
    shifted = a - a.max()
    return shifted - np.log(np.exp(shifted).sum())


book.exercise(
    "my_log_softmax",
    log_softmax,
    cases=[
        (np.array([1.0, 2.0]),),
        (np.array([0.0, -3.0, 2.0]),),
        (np.array([1000.0, 0.0]),),
    ],
    because="Nothing overflows: the largest exponent is 0.",
    mistakes=[
        (
            lambda a: a - np.log(np.exp(a).sum()),
            "Right for small logits. For 1000 the exponential overflows: shift first.",
        ),
        (
            lambda a: a - a.max() - np.log(np.exp(a).sum()),
            "You shift in one place and not in the other: use the shifted numbers in both.",
        ),
        (
            lambda a: np.exp(a - a.max()) / np.exp(a - a.max()).sum(),
            "That is softmax, stable and right. Asked for is its logarithm.",
        ),
        (
            lambda a: np.log(np.exp(a - a.max()) / np.exp(a - a.max()).sum()),
            "The small probability was rounded to 0 before the logarithm saw it. Take the "
            "logarithm by hand: of a quotient, it is a difference.",
        ),
        (lambda a: a - a.max(), "The shift is there. What about the sum of the exponentials?"),
    ],
)
book.question(
    "first loss of ten classes",
    answer=lambda: np.log(10),
    within=0.01,
    because="Each class has one tenth: the surprise is −ln(1/10) = ln 10.",
    mistakes=[
        (0.1, "That is the probability. What is its surprise?"),
        (0, "0 is for one who was sure, and right."),
        (1, "Not quite: −ln of one tenth."),
        (-np.log(10), "Surprise is not negative: minus the logarithm of a number below 1."),
        (np.log10(10), "The natural logarithm, please: `np.log`."),
    ],
)


def floor(k):
    return np.log(np.e + k - 1) - 1


book.exercise(
    "my_floor",
    floor,
    cases=[(2,), (10,), (1000,)],
    because="ln(e + k − 1) − 1.",
    mistakes=[
        (
            lambda k: np.log(k),
            "That is the first loss, when all logits are equal. One of them is 1.",
        ),
        (lambda k: np.e / (np.e + k - 1), "That is the probability. The loss is its surprise."),
        (lambda k: 1 - np.log(np.e + k - 1), "The sign: surprise is *minus* the logarithm."),
        (lambda k: np.log(np.e + k) - 1, "Of the k classes, how many have the logit 0?"),
    ],
)
book.question(
    "reward with the wrong sign",
    answer=0.2,
    within=0.02,
    because="Downhill on a reward leads to the worst machine.",
    mistakes=[
        (0.5, "It does not stand still: minus is a direction as good as plus."),
        (0.8, "That is where plus leads. Minus goes the other way."),
        (0, "It must choose some machine, and the worst one pays a little."),
    ],
)
book.exercise(
    "my_mse_gradient",
    lambda p, t: 2 * (p - t) / p.size,
    cases=PAIRS,
    because="Two misses over n.",
    mistakes=[
        (lambda p, t: 2 * (p - t), "The mean takes one n-th of each square: where is 1/n?"),
        (lambda p, t: (p - t) / p.size, "The square of a miss has the slope *two* misses."),
        (
            lambda p, t: 2 * (t - p) / p.size,
            "The sign is turned: where the prediction is too high, the cost grows with it.",
        ),
        (lambda p, t: (2 * (p - t) / p.size).sum(), "One for each prediction, please."),
    ],
)
