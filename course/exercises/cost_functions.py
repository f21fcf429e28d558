"""The questions and exercises of chapter 2."""

import numpy as np

from course.exercises.kit import Book, Question
from course.pictures.moved_house import (
    CLEARLY,
    PRICE,
    SIZE,
    best_lines,
    least_turns,
    stays,
    tug,
)
from minnet.tensors import Tensor

book = Book("cost_functions")
guess, check, whose, progress = book.guess, book.check, book.whose, book.progress

PAIRS = [
    (np.array([1.0, 4.0]), np.array([2.0, 2.0])),
    (np.array([0.5, -1.0, 3.0]), np.array([1.5, 2.0, 3.0])),
]
PRICES = np.array([1.0, 2.0, 3.0, 4.0, 15.0])


def softmax(a):
    return np.exp(a) / np.exp(a).sum(axis=-1, keepdims=True)


# Recall

book.question(
    "slope of (x - 5)² at x = 2",
    answer=lambda: 2 * (2 - 5),
    because="u² has the slope 2u, here with u = −3; and u grows as fast as x.",
    otherwise="u² has the slope 2u: what is u = x − 5 here, and which sign has it?",
    mistakes=[
        (6, "The size is right. At x = 2, does (x − 5)² grow or fall when x grows?"),
        (9, "That is the value at x = 2. How fast does it change there?"),
        (-3, "That is x − 5. Its square has the slope *two* times that."),
        (4, "That would be the slope of x². Here it is x − 5 that is squared."),
    ],
)
book.question(
    "shape of the gradient of a row",
    answer=(3,),
    because="A gradient has the shape of what it belongs to; the copies are added up.",
    otherwise="A gradient has the shape of what it belongs to: how many numbers has the row?",
    mistakes=[
        ((4, 3), "That is the table's. The row was copied, and its copies are added up."),
        ((4,), "Four is how often the row was copied."),
        ((), "One slope for each number of the row."),
        ((1,), "One slope for each of the row's three numbers, not one for all of them."),
        ((3, 1), "That is a column, and the row has one axis."),
        ((1, 3), "Nearly: a gradient has exactly the shape of what it belongs to."),
    ],
)
book.question(
    "x.grad after another backward",
    answer=lambda: 5 + 2,
    because="Gradients add up until they are cleared.",
    otherwise="What lay there, and what arrives? Nobody has cleared it.",
    mistakes=[
        (3, "5 − 2? That is what a step would do. Here something is added to the gradient."),
        (2, "Nobody cleared the 5: what arrives is added."),
        (5, "The new walk leaves something behind, too."),
        (10, "Rates multiply along one way; what arrives from two walks is added."),
    ],
)

# Two costs


def mse(predictions, targets):
    return ((predictions - targets) ** 2).mean()


def mae(predictions, targets):
    return abs(predictions - targets).mean()


book.exercise(
    "my_mean_squared_error",
    mse,
    cases=PAIRS,
    because="The mean area.",
    serves="area",
    payoff=lambda area: [area(3.1 * SIZE, PRICE), area(np.full(5, 4.0), PRICES)],
    also=[
        lambda p, t: np.mean(np.square(p - t)),
        lambda p, t: sum((a - b) ** 2 for a, b in zip(p, t)) / len(t),
        lambda p, t: np.dot(t - p, t - p) / p.size,
    ],
    otherwise="In this order: each miss, its square, their mean.",
    mistakes=[
        (
            lambda p, t: 2 * (p - t) / len(t),
            "Twice a miss is `* 2`, its square `** 2`; and a mean adds up before it divides.",
        ),
        (
            lambda p, t: ((p - t) ** 2).sum() / 5,
            "Right for five houses. How many are there, in general?",
        ),
        (lambda p, t: np.median((p - t) ** 2), "That is the area in the middle: take the mean."),
        (lambda p, t: ((p - t) ** 2).max(), "That is the largest area. All of them count."),
        (lambda p, t: (p - t).mean(), "Misses of both signs cancel here. Where do the areas come?"),
        (mae, "That is the mean *length*. What is the area on a miss?"),
        (
            lambda p, t: (p - t).mean() ** 2,
            "You average first and square then: by that time the signs have cancelled.",
        ),
        (lambda p, t: mse(p, t) ** 0.5, "That is the side of the mean square: leave out the root."),
        (lambda p, t: mse(p, t) / 2, "Half of it. Some books do that; here it is the plain mean."),
        (lambda p, t: (p**2 - t**2).mean(), "Squared too early: first the miss, then its square."),
    ],
)
book.exercise(
    "my_mean_absolute_error",
    mae,
    cases=PAIRS,
    because="The mean length.",
    serves="length",
    payoff=lambda length: [length(3.1 * SIZE, PRICE), length(np.full(5, 4.0), PRICES)],
    also=[
        lambda p, t: np.mean(np.abs(t - p)),
        lambda p, t: sum(abs(a - b) for a, b in zip(p, t)) / len(t),
        lambda p, t: np.where(p > t, p - t, t - p).sum() / p.size,
    ],
    otherwise="In this order: each miss, its length, their mean over all that there are.",
    mistakes=[
        (lambda p, t: (t - p).mean(), "Misses of both signs cancel here: whose sign must go?"),
        (
            lambda p, t: abs(p - t).sum() / 5,
            "Right for five houses. How many are there, in general?",
        ),
        (lambda p, t: np.median(abs(p - t)), "That is the length in the middle: take the mean."),
        (lambda p, t: abs(p - t).max(), "That is the longest stick. All of them count."),
        (
            lambda p, t: mse(p, t) ** 0.5,
            "The root of the mean area still hears the long ones most.",
        ),
        (
            lambda p, t: abs((p - t).mean()),
            "The sign is taken off after the mean, when the misses have cancelled already.",
        ),
        (mse, "That is the mean area. A stick has a length."),
        (lambda p, t: (p - t).mean(), "Misses of both signs cancel here."),
        (
            lambda p, t: abs(p) - abs(t),
            "You take the signs off before you subtract, and a mean is missing, too.",
        ),
        (
            lambda p, t: (abs(p) - abs(t)).mean(),
            "You take the signs off before you subtract. It is the miss whose sign must go.",
        ),
    ],
)

# At the door

book.question(
    "shape of column minus row",
    answer=lambda: (np.zeros((5, 1)) - np.zeros(5)).shape,
    because="The column is copied to the right, the row downward: every pair is compared.",
    otherwise="From the right: 1 meets 5, and 5 meets nothing. A 1 is stretched.",
    mistakes=[
        ((10, 1), "Nothing is put end to end. Each is stretched along the axis where it has 1."),
        ((5,), "That is what one would want. numpy compares from the right: 1 against 5, …"),
        ((5, 1), "The row has five numbers along the last axis: the 1 is stretched."),
        ((1, 5), "Both are stretched: the column to the right, the row downward."),
        ("error", "If only. numpy finds a way: lengths of 1 and missing axes are stretched."),
        (25, "Twenty-five numbers, yes. In which shape?"),
    ],
)

# The best constant

book.question(
    "best constant for MSE",
    answer=lambda: PRICES.mean(),
    because="The mean: there the pulls, which grow with distance, are in balance.",
    otherwise="There the misses above and below add up to 0: where is that?",
    mistakes=[
        (2, "There one step up takes 25 from the castle's square alone. Further up."),
        (303, "`price` are the sitting's houses. Here it is `prices`, with the castle."),
        (3, "The castle's square is huge there: 144 of 150 in all. Further up it shrinks fast."),
        (8, "Half-way between the ends? Four of the five lie far below, and have squares, too."),
        (7.5, "Half of the castle? Four of the five lie far below, and have squares, too."),
        (4, "At 4, one step up takes 21 from the castle's square, and adds 16 to the others."),
        (15, "The castle has no square there, and the four others have large ones."),
        (500_000, "In 100 000 €, please: that is 5."),
        ("median", "The house in the middle? The castle's square is huge there: further up."),
        ("mean", "Yes, the mean. Which number is that?"),
        (2.5, "The castle has been forgotten, and its square is the largest of all."),
        (25, "That is the sum of the five prices: their mean is a fifth of it."),
    ],
)
book.question(
    "best constant for MAE",
    answer=lambda: np.median(PRICES),
    because="The median: as many houses below as above.",
    otherwise="How many houses lie above your number, how many below? Move to the more.",
    mistakes=[
        (280, "`price` are the sitting's houses. Here it is `prices`, with the castle."),
        (5, "From 5, move c down by 1: four sticks get shorter, one gets longer."),
        (8, "From 8, move c down by 1: four sticks get shorter, one gets longer."),
        (2.5, "The castle is one of the five, too: how many lie above and below 2.5?"),
        (4, "From 4, move c down by 1: three sticks get shorter, two get longer."),
        (15, "From 15, move c down by 1: four sticks get shorter, one gets longer."),
        (1, "From 1, move c up by 1: four sticks get shorter, one gets longer."),
        (2.8, "Below 3 lie two houses, above it two, and one is at 3 itself. Count from 2.8."),
        (300_000, "In 100 000 €, please: that is 3."),
        ("mean", "The mean is 5. From 5, move c down by 1: four sticks get shorter, one longer."),
        ("median", "Yes, the median. Which number is that?"),
        (2, "Three lie above 2 and one below: moving up helps more sticks than it harms."),
    ],
)
book.question(
    "MAE slope of a castle for 150",
    answer=lambda: -1 / 5,
    because="As before: in MAE only the side counts.",
    otherwise="The mean of five distances: what does one of them do to it, and which way?",
    mistakes=[
        (-1 / 150, "One voice of five houses. In MAE the price does not count, only the side."),
        (-2, "Ten times as dear, and still one voice of five: MAE sees only the side."),
        (-1, "That is the slope of its own distance. And of the *mean* of five distances?"),
        (0.2, "c lies below the castle: when c grows, does that stick get longer or shorter?"),
        (-58, "That is its slope in MSE. In MAE, does the size of a miss matter?"),
        (0, "Being ignored would be 0. It is still one voice of five, and says: up."),
        (1, "One voice of five. And when c grows, does its stick get longer?"),
        (2, "Ten times as dear, and still one voice of five. And does its stick get longer?"),
        (-29, "That is its miss, shared by five. In MAE only the side of a miss counts."),
        (-145, "That is its miss. How fast does the mean length change with c?"),
    ],
)


def mse_gradient(p, t):
    return 2 * (p - t) / p.size


book.exercise(
    "my_mse_gradient",
    mse_gradient,
    cases=PAIRS,
    because="Twice the miss, and one n-th of it.",
    serves="pulls",
    payoff=lambda pulls: [pulls(np.full(5, 5.0), PRICES), pulls(np.full(5, 5.0), PRICES).sum()],
    also=[
        lambda p, t: 2 / len(p) * (p - t),
        lambda p, t: np.array([2 * (a - b) / len(t) for a, b in zip(p, t)]),
        lambda p, t: -2 * np.subtract(t, p) / t.shape[0],
    ],
    otherwise="Nudge one prediction: its square grows by two misses, the mean by an n-th of that.",
    mistakes=[
        (lambda p, t: 2 * p / p.size, "The targets are left out: what is the miss?"),
        (
            lambda p, t: 2 * p - t / p.size,
            "Divided is the last part alone: put the *miss* in brackets.",
        ),
        (
            lambda p, t: 2 / p.size * (p - t) * p,
            "Times the prediction? How fast the miss grows with it is 1.",
        ),
        (
            lambda p, t: 2 * (p - t) * mse(p, t),
            "Times the cost itself? The slope of a square is two misses, and no more.",
        ),
        (
            lambda p, t: 2 * (p - t) / sum(t),
            "Divided by the sum of the targets. A mean divides by how many there are.",
        ),
        (
            lambda p, t: p.grad,
            "A gradient waits at the *Tensor*: keep it under a name, and ask that one.",
        ),
        (lambda p, t: 2 * (p - t), "The mean takes one n-th of each square: where is the n?"),
        (lambda p, t: 2 * (p - t) / 5, "Right for five houses. How many are there, in general?"),
        (
            lambda p, t: 2 * (p - t).mean() * np.ones(p.size),
            "Each prediction moves its own square alone: no mean over the misses.",
        ),
        (lambda p, t: (p - t) / p.size, "The square of a miss has the slope *two* misses."),
        (
            lambda p, t: mse(p, t),
            "That is the cost itself. How fast does it grow with each prediction?",
        ),
        (mae, "That is the mean length. Asked for is how fast the mean *area* grows."),
        (
            lambda p, t: np.sign(p - t) / p.size,
            "Those are the pulls in MAE: there the side is all.",
        ),
        (
            lambda p, t: p - t,
            "Those are the misses. A square has *twice* the slope, a mean an n-th.",
        ),
        (
            lambda p, t: 2 * (p - t) / p,
            "Divided by each prediction itself: the mean divides by how many there are.",
        ),
        (lambda p, t: (2 * (p - t) / p.size).sum(), "One number for each prediction is asked for."),
        (lambda p, t: 2 * abs(p - t) / p.size, "A slope has a sign: it says to which side."),
        (lambda p, t: (p - t) ** 2 / p.size, "Those are the areas. How fast do they grow?"),
    ],
)

# The landscape

book.question(
    "which line turns further",
    answer="MAE",
    because="So it is. Now find out why, with your own hand.",
    mistakes=[
        ("MSE", "One line stayed where it was, on the cover. But another house moves here."),
        ("neither", "Both turn, one of them a quarter further than the other."),
        ("both", "Both turn. Which one further?"),
        ("Huber", "Of the two that you know."),
    ],
)


def turned(house, price):
    """How far each best line turns, at least, when the house of this size costs `price`."""
    prices = np.where(house == SIZE, price, PRICE)
    turns = least_turns(best_lines(prices), best_lines(PRICE))
    return {cost: float(turn) for cost, turn in turns.items()}


class Move(Question):
    """A house and a price; right is each move that turns MAE further than MSE, by CLEARLY."""

    def form(self, given):
        return "Two numbers, in brackets: the size of the house, and its price.", True

    def known(self, given):
        verdict = super().known(given)
        if verdict or not isinstance(given, list | tuple) or len(given) != 2:
            return verdict
        if not all(isinstance(each, int | float | np.number) for each in given):
            return None
        house, price = given
        if house not in SIZE:
            swapped = "The size comes first, then the price. " * (price in SIZE)
            reply = swapped or "A house is named by its size: 50, 70, 90, 110 or 130."
            return self.verdict("not yet", reply.strip())
        if price > 10_000 or 0 < price < 10:
            price = price / 1000 if price > 10 else 100 * price  # in euros, or in 100 000 €
            return self.verdict("not yet", f"In thousand euros, please: {price:g}.")
        if price < 0:
            return self.verdict("not yet", "A price below 0? The figure begins at 0.")
        if price == PRICE[house == SIZE]:
            reply = "There it stands already, so no line turns. Take another price for it."
            return self.verdict("not yet", reply)
        turns = turned(house, price)
        said = f"There MSE turns by {turns['MSE']:.2f}, and MAE by at least {turns['MAE']:.2f}."
        if further(turns) > CLEARLY:
            return self.verdict("right", said)
        return self.verdict("not yet", f"{said} {self.advice(house, price, further(turns))}")

    def advice(self, house, price, more):
        above, on, below = tug(house, price)
        if stays(house, price):
            kept = (
                f"The MAE line stays: {above} above it, {below} below, and the {on} on it hold it."
            )
            other = "Take one of those on it" if on > 2 else "And what if that house moves up"
            return f"{kept} {other}{'.' if on > 2 else '?'}"
        if any(
            further(turned(house, each)) > CLEARLY for each in range(0, min(int(price), 700), 5)
        ):
            return "Too far: MSE follows every euro, and has caught up. Take less."
        if more > 0:
            lever = " In the middle a house has no lever." if house == 90 else ""
            return f"MAE turns further, by {more:.2f}: more than {CLEARLY} is asked for.{lever}"
        if house == 90:
            return "It stands in the middle: no lever. Take one at the end."
        return "The MAE line moves, and turns little from this end. Take the other."


def further(turns):
    return turns["MAE"] - turns["MSE"]


book.add(
    Move(
        "a move that turns MAE further",
        answer=(130, 565),
        because="There MSE turns by 1.60, and MAE by at least 2.38.",
        serves="move",
        mistakes=[
            (
                (110, 700),
                "There MSE turns by 1.23, and MAE by at least 0.00. The MAE line stays: "
                "2 above it, 0 below, and the 3 on it hold it. Take one of those on it.",
            ),
        ],
    )
)


book.question(
    "who drew line C",
    answer="MAE",
    also=("mean absolute error", "the mean absolute error"),
    because="However high or low the fourth house lies, the three on the line can hold it.",
    mistakes=[
        ("C", "That is the line's letter. Which cost drew it?"),
        ("MSE", "MSE hears how far. That was A, which followed all the way."),
        ("Huber", "Huber follows as long as the miss is small. That was B."),
    ],
)


def huber_slope(misses, delta):
    return np.clip(misses, -delta, delta)


book.exercise(
    "my_huber_slope",
    huber_slope,
    cases=[
        (np.array([0.5, -0.25]), 1.0),
        (np.array([3.0, -3.0, 0.5]), 1.0),
        (np.array([-4.0, 0.2, 5.0]), 2.0),
    ],
    because="The miss, cut off at delta on both sides.",
    otherwise="Three pieces: −delta far below, the miss itself between, +delta far above.",
    mistakes=[
        (
            lambda m, d: np.clip(m, -d, d) / len(m),
            "One n-th belongs to a mean. Here each miss has its own slope: no mean is taken.",
        ),
        (
            lambda m, d: np.clip(m**2 / 2, -d, d),
            "You cut the *cost* off at delta. Cut off is its slope, the miss.",
        ),
        (
            lambda m, d: np.clip(2 * m, -d, d),
            "The slope of *half* the square is the miss itself, not twice the miss.",
        ),
        (
            lambda m, d: np.where(abs(m) <= d, m**2 / 2, d * (abs(m) - d / 2)),
            "That is Huber's cost. Asked for is its slope: what each miss pulls with.",
        ),
        (
            lambda m, d: np.where(abs(m) < d, m**2 / 2, d * abs(m)),
            "That is a cost, nearly Huber's. Asked for is its slope: what each miss pulls with.",
        ),
        (
            lambda m, d: np.where(abs(m) < d, m**2, d * abs(m)),
            "That is a cost, squares and lengths. Asked for is its slope.",
        ),
        (
            lambda m, d: np.clip(m, -d, d) ** 2 / 2,
            "That is a cost, half the square. Its slope is asked for: no square is left.",
        ),
        (lambda m, d: np.maximum(m, -d), "Cut off below. And a miss far above, at 3?"),
        (lambda m, d: np.clip(m, d, -d), "The low end comes first: `np.clip(array, low, high)`."),
        (lambda m, d: 2 * np.clip(m, -d, d), "Twice too steep: it is *half* the square here."),
        (
            lambda m, d: np.where(abs(m) > d, d, m),
            "A large miss on the negative side gets the slope +delta: which sign should it have?",
        ),
        (lambda m, d: m, "Right for small misses. The large ones must be cut off."),
        (lambda m, d: np.minimum(m, d), "Cut off above. And a miss far below, at −3?"),
        (
            lambda m, d: d * np.sign(m),
            "Right for large misses. A small one is its own slope.",
        ),
        (lambda m, d: np.clip(m, 0, d), "A negative miss has a negative slope: cut it at −delta."),
        (lambda m, d: np.clip(m, -1, 1), "The limit is `delta`, which need not be 1."),
        (
            lambda m, d: np.clip(abs(m), 0, d),
            "The sign is lost: on which side of the target is the prediction?",
        ),
        (
            lambda m, d: np.where(abs(m) < d, m, 0),
            "Large misses have no pull at all here. They keep the slope delta.",
        ),
    ],
)

# Surprise

book.question(
    "slope of the number of mistakes",
    answer=0,
    within=1e-9,
    because="No picture changes sides: the nudge changes nothing.",
    otherwise="Nudge by a millionth: how many pictures change sides?",
    mistakes=[
        ("infinite", "At a cliff, yes. Does a picture stand so near that this nudge meets one?"),
        (np.inf, "At a cliff, yes. Does a picture stand so near that this nudge meets one?"),
        (0.9, "That is where the line stands. Does a nudge of it move a picture across?"),
        (40, "Over a tenth some pictures change sides. Does one, over a millionth?"),
        (1e-6, "That is the nudge. How many mistakes more does it bring?"),
        (-1e6, "That would be one mistake less, in so small a nudge. Is a picture so near?"),
        (np.nan, "The nudge is small, but not 0: the change may be divided by it."),
        ("none", "Yes, nothing changes. Which number is that?"),
        (1, "That would be one mistake more. Does so small a nudge move a picture across?"),
        (-1, "Does so small a nudge move a picture across the line?"),
        (97, "The slope is how fast the number changes here, not how many mistakes there are."),
        (83, "That is the value. Does it change for a nudge so small?"),
        (1e6, "That is the slope where one picture changes sides just there. Is one so near?"),
    ],
)


book.question(
    "tickets and heads",
    answer=lambda: int(np.log2(1024)),
    because="Ten halvings lead from 1 to 1/1024.",
    otherwise="How often is 1 halved until 1/1024 is left?",
    mistakes=[
        (
            512,
            "Half as many tickets are not half the surprise. How often is 1 halved until 1/1024?",
        ),
        (1024, "So many heads in a row are far rarer. One head halves: 1/2, 1/4, 1/8, …"),
        (11, "Count the halvings: one head is 1/2, two are 1/4."),
        (32, "The square root? How often is 1 halved until 1/1024?"),
        ("ten", "As a number, please: 10."),
        (9, "Nine heads in a row have the probability 1/512."),
        (lambda: np.log(1024), "With e as the base. One head halves: the base is 2."),
        (lambda: 1 / 1024, "That is the probability. How many halvings are that?"),
    ],
)

RAIN = np.array([1, 1, 0, 1, 1, 1, 0, 1, 0, 1], dtype=bool)
SAID = np.array([0.8, 0.9, 0.3, 0.7, 0.6, 0.9, 0.4, 0.8, 0.2, 0.9])


def surprise(p, happened):
    return -np.log(np.where(happened, p, 1 - p)).mean()


def surprise_by_day(p, happened):
    total = 0
    for each, rain in zip(p, happened):
        total -= np.log(each) if rain else np.log(1 - each)
    return total / len(p)


book.exercise(
    "my_surprise",
    surprise,
    cases=[
        (np.array([0.5, 0.25]), np.array([True, False])),
        (np.array([0.9, 0.2, 0.6]), np.array([False, False, True])),
        (SAID, RAIN),
    ],
    because="The mean surprise by what happened.",
    serves="surprise",
    payoff=lambda surprise: [surprise(np.full(10, 0.7), RAIN), surprise(SAID[:4], RAIN[:4])],
    also=[
        surprise_by_day,
        lambda p, happened: -(happened * np.log(p) + (1 - happened) * np.log(1 - p)).mean(),
        lambda p, happened: (-np.log(p[happened]).sum() - np.log(1 - p[~happened]).sum()) / len(p),
    ],
    otherwise="In this order: what came true, its probability on that day, its −ln; then one mean.",
    mistakes=[
        (
            lambda p, happened: -np.where(happened, p, 1 - p).mean(),
            "The minus is there, and the logarithm is missing: surprise is −ln.",
        ),
        (
            lambda p, happened: 1 / np.where(happened, p, 1 - p).mean(),
            "One over the probability: so many sides has the die. Its *logarithm* is the surprise.",
        ),
        (
            lambda p, happened: (
                -(np.where(happened, p, 1 - p) * np.log(np.where(happened, p, 1 - p))).mean()
            ),
            "Weighted by the probability once more. Each day happened once: its −ln, unweighted.",
        ),
        (
            lambda p, happened: np.mean((p > 0.5) != happened),
            "That is the share of mistakes, the staircase. Asked for is how surprised she was.",
        ),
        (
            lambda p, happened: -np.log(p).mean(),
            "On a dry day it was not p that came true: dry had the probability 1 − p.",
        ),
        (
            lambda p, happened: -surprise(p, happened),
            "The sign: surprise is *minus* the logarithm, and never negative.",
        ),
        (
            lambda p, happened: -np.where(happened, np.log(p), 1 - np.log(p)).mean(),
            "Dry had the *probability* 1 − p: take 1 − p first, then its logarithm.",
        ),
        (
            lambda p, happened: -np.log(np.where(happened, p, 1 - p)).sum() / 10,
            "Right for ten days. How many are there, in general?",
        ),
        (
            lambda p, happened: -np.log(np.where(happened, p, 1 - p).mean()),
            "The mean came first, then the logarithm. Each day has its own surprise.",
        ),
        (
            lambda p, happened: -(happened * np.log(p)).mean(),
            "Dry days cost nothing here. What was the probability of dry?",
        ),
        (
            lambda p, happened: -np.log(p[happened]).mean(),
            "Dry days are left out. On those, dry came true, with 1 − p.",
        ),
        (
            lambda p, happened: np.where(happened, 1 - p, p).mean(),
            "That is how far off the probability was. The surprise is its logarithm's business.",
        ),
        (
            lambda p, happened: np.where(happened, p, 1 - p).mean(),
            "Those are the probabilities of what happened. And their surprise?",
        ),
        (
            lambda p, happened: ((p - happened) ** 2).mean(),
            "Squares: a known score, of G. Brier. Asked for is −ln.",
        ),
    ],
)
book.question(
    "what to say each day",
    answer=0.7,
    because="The share of rainy days: what you say is best when it is what happens.",
    otherwise="What you say is best when it is what happens: on how many of ten days?",
    mistakes=[
        (0.5, "That is for one who knows nothing. It rained on seven days of ten."),
        (1, "Then each of the three dry days is infinitely surprising."),
        (7, "As a probability, please: between 0 and 1."),
        (0.8, "That is what she says now. How many of the ten days were rainy?"),
        (0.6, "Nearly: count the rainy days once more."),
        (0.3, "That is the share of the dry days."),
        (0.99, "Being so sure gains a little seven times, and costs very much three times."),
        (0.51, "To count mistakes, that is enough. Surprise hears how sure she is."),
        (0.9, "Each dry day then costs 2.3. Too sure, for seven of ten."),
    ],
)
book.question(
    "probability of the logit 0",
    answer=lambda: 1 / (1 + np.exp(-0.0)),
    because="e to the power 0 is 1: one against one.",
    otherwise="The odds are e to the power of the logit, against 1: which share is that?",
    mistakes=[
        (lambda: 1 / np.e, "That is e to the power −1. And to the power 0?"),
        (0.73, "That is for the logit 1. For 0, e to the power 0 is needed."),
        (0, "e to the power 0 is not 0. What is it?"),
        (0.27, "e to the power 0 is 1, not e."),
        (2.718, "That is e. Asked for is what becomes of the logit 0, from 0 to 1."),
        (1, "The odds are 1 to 1. And the probability?"),
    ],
)

LOGITS = np.array([-1.0, 0.5, 2.0])

book.question(
    "the last probability, with 100 added to all",
    answer=lambda: softmax(LOGITS)[2],
    within=0.01,
    because="e to the power 100 stands above and below the line, and cancels.",
    otherwise="Each has grown by the same factor: what does that do to the shares?",
    mistakes=[
        (1, "All three have grown, each by the same factor. What becomes of the shares?"),
        (lambda: 1 / 3, "They are as far apart as before: the same factor for each."),
        (100.79, "A probability is at most 1."),
        ("the same", "Yes. Which number is that?"),
        ("nothing", "Yes, nothing changes. Which number is it, then?"),
        ("nan", "Some exponent does overflow. This one does not yet: what are the shares?"),
        (0, "The others have grown as well, but no more than this one."),
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
        (np.array([2000.0, 0.0]),),
        (np.array([-1000.0, -1001.0]),),
    ],
    because="Nothing overflows: the largest exponent is 0.",
    serves="log_p",
    payoff=lambda log_p: [np.exp(log_p(np.array([1000.0, 0.0]))), log_p(np.zeros(10))[0]],
    also=[
        lambda a: a - np.max(a) - np.log(np.sum(np.exp(a - np.max(a)))),
        lambda a: a - (max(a) + np.log(sum(np.exp(each - max(a)) for each in a))),
        lambda a: np.array([x - a.max() - np.log(np.exp(a - a.max()).sum()) for x in a]),
    ],
    otherwise="The shifted row, less *one* number: the logarithm of the sum of its exponentials.",
    mistakes=[
        (
            lambda a: np.clip(a, -700, 700) - np.log(np.exp(np.clip(a, -700, 700)).sum()),
            "Clipped, a logit is another one, and so is the answer. Shifting changes nothing.",
        ),
        (
            lambda a: a - 1000 - np.log(np.exp(a - 1000).sum()),
            "Shifted by 1000 always, small logits become 0 in `np.exp`, and ln 0 follows. "
            "How far to shift depends on the row.",
        ),
        (
            lambda a: a - a.max() - np.exp(np.log(a - a.max()).sum()),
            "ln and e to the power are swapped: first the exponentials, their sum, then its ln.",
        ),
        (
            lambda a: a.max() - np.log(np.exp(a - a.max()).sum()),
            "The sum is right. It is subtracted from the shifted *row*, not from one number.",
        ),
        (
            lambda a: (a - a.mean()) - np.log(np.exp(a - a.mean()).sum()),
            "Shifted by the *mean*, the largest stays above 0, and can overflow: take the largest.",
        ),
        (
            lambda a: (a - a.min()) - np.log(np.exp(a - a.min()).sum()),
            "Shifted by the smallest, the largest grows: subtract the *largest*.",
        ),
        (
            lambda a: (a / a.max()) - np.log(np.exp(a / a.max()).sum()),
            "Divided, the differences change too. Only subtracting leaves them.",
        ),
        (
            lambda a: (a - a.max()) / np.log(np.exp(a - a.max()).sum()),
            "The logarithm of a quotient is a *difference*.",
        ),
        (
            lambda a: np.log(np.exp(a - a.max()).sum()),
            "That is what is subtracted. From what?",
        ),
        (
            lambda a: (a - a.max()) - np.exp(a - a.max()).sum(),
            "The sum stands there without its logarithm.",
        ),
        (
            lambda a: a - np.log(np.exp(a).sum()),
            "Right for small logits. For 1000 the exponential overflows: shift first.",
        ),
        (
            lambda a: a - a.max() - np.log(np.exp(a).sum()),
            "You shift in one place and not in the other: use the shifted numbers in both.",
        ),
        (
            lambda a: a - np.log(np.exp(a - a.max()).sum()),
            "The sum is of shifted numbers, what stands before it is not. Both, or none.",
        ),
        (
            lambda a: np.exp(a - a.max()) / np.exp(a - a.max()).sum(),
            "That is softmax, stable and right. Asked for is its logarithm.",
        ),
        (
            lambda a: np.log(np.exp(a - a.max()) / np.exp(a - a.max()).sum()),
            "A small probability was rounded to 0 before the logarithm saw it. Take the "
            "logarithm by hand: of a quotient, it is a difference.",
        ),
        (
            lambda a: a - a.max() - np.log(np.exp(a - a.max())).sum(),
            "A bracket: the sum is taken of the logarithms. First the sum, then its logarithm.",
        ),
        (
            lambda a: a - a.max() - np.log2(np.exp(a - a.max()).sum()),
            "Base 2 counts heads: `np.log` has the base e.",
        ),
        (lambda a: a - a.max(), "The shift is there. What about the sum of the exponentials?"),
        (
            lambda a: np.log(np.exp(a) / np.exp(a).sum()),
            "For 1000 it is infinity by infinity, as before: shift first.",
        ),
        (
            lambda a: np.log(np.exp(a) / np.exp(a).sum() + 1e-12),
            "A tiny number added hides the trouble, and gives a wrong surprise. Shift instead.",
        ),
        (
            lambda a: np.log(np.exp(a - a.max()) / np.exp(a - a.max()).sum() + 1e-300),
            "A tiny number hides the trouble: −1000 was wanted, and ln 1e-300 is −691. Take the "
            "logarithm by hand: of a quotient, it is a difference.",
        ),
        (
            lambda a: -log_softmax(a),
            "That is the surprise. Asked for is the logarithm itself: at most 0.",
        ),
    ],
)

# Cross-entropy

P = softmax(np.array([[0.5, -1.0, 2.0, 0.0], [1.0, 1.5, -0.5, 0.3], [0.0, 0.2, 0.1, -2.0]]))

book.exercise(
    "my_cross_entropy_gradient",
    lambda p, one_hot: (p - one_hot) / len(p),
    cases=[(P[:2, :], np.eye(4)[[2, 0]]), (P, np.eye(4)[[1, 3, 3]])],
    because="What you said, minus what was true, one n-th of each.",
    serves="push",
    payoff=lambda push: [push(P, np.eye(4)[[1, 3, 3]]), push(P, np.eye(4)[[0, 0, 2]]).sum()],
    also=[
        lambda p, one_hot: p / len(p) - one_hot / len(p),
        lambda p, one_hot: np.array([(a - b) / len(p) for a, b in zip(p, one_hot)]),
        lambda p, one_hot: np.where(one_hot == 1, p - 1, p) / p.shape[0],
    ],
    otherwise="In each place: what you said, minus what was true, over the number of rows.",
    mistakes=[
        (
            lambda p, one_hot: softmax(p) - one_hot,
            "p has been through softmax already: a second one makes other numbers of it.",
        ),
        (
            lambda p, one_hot: (softmax(p) - one_hot) / len(p),
            "p are probabilities, and softmax has been taken. Take p as it is.",
        ),
        (
            lambda p, one_hot: p - one_hot,
            "Each row is right for one picture alone. The cost is the *mean* over all of them.",
        ),
        (
            lambda p, one_hot: 0.333 * (p - one_hot),
            "Read off for three pictures, and rounded. How many are there, in general?",
        ),
        (
            lambda p, one_hot: p / len(p) - one_hot,
            "One n-th of both: a bracket is missing.",
        ),
        (
            lambda p, one_hot: (np.log(p) - one_hot) / len(p),
            "That begins with ln p. In the table printed above stands p itself.",
        ),
        (
            lambda p, one_hot: 3 * (p - one_hot),
            "Times three, where one third is due: a mean *divides*, by how many there are.",
        ),
        (
            lambda p, one_hot: (p - one_hot) / 3,
            "Right for three pictures. How many are there, in general?",
        ),
        (
            lambda p, one_hot: (one_hot - p) / 3,
            "Two things: the sign (what you said, *minus* what was true), and 3 is not always n.",
        ),
        (
            lambda p, one_hot: (p - one_hot) / p.size,
            "The mean is taken over pictures, not over pictures and classes.",
        ),
        (
            lambda p, one_hot: -(one_hot * np.log(p)).sum() / len(p),
            "That is the cost itself. Asked for is what each logit receives.",
        ),
        (
            lambda p, one_hot: -one_hot * np.log(p) / len(p),
            "Those are surprises. Asked for is how fast they grow with each logit.",
        ),
        (
            lambda p, one_hot: -one_hot / p / len(p),
            "That is what the *probabilities* receive. The logits stand before softmax.",
        ),
        (
            lambda p, one_hot: (p - one_hot).mean(axis=0),
            "The mean mixes the pictures. Each row keeps its own, one n-th of it.",
        ),
        (
            lambda p, one_hot: (p - one_hot).mean(),
            "One number for each logit is asked for, one n-th of each.",
        ),
        (
            lambda p, one_hot: abs(p - one_hot) / len(p),
            "A slope has a sign: the logit at the label has a negative one.",
        ),
        (
            lambda p, one_hot: (p - one_hot) ** 2 / len(p),
            "Squares belong to MSE. Here the plain difference is the slope.",
        ),
        (
            lambda p, one_hot: p * one_hot / len(p),
            "The logits of wrong classes are pushed, too. Minus, not times.",
        ),
    ],
)
book.question(
    "first loss of ten classes",
    answer=lambda: np.log(10),
    within=0.01,
    also=("ln 10", "ln(10)", "log 10", "log(10)"),
    because="Each class has one tenth: the surprise is −ln(1/10) = ln 10, about 2.303.",
    otherwise="All ten are equally likely: how surprising is one of them, in −ln?",
    mistakes=[
        (lambda: np.log(9), "Nine are wrong, and one is right: ten classes share the 1."),
        (0.1, "That is the probability. What is its surprise?"),
        (0.9, "That is the share of pictures it gets wrong. What is the surprise at one tenth?"),
        (0, "0 is for one who was sure, and right."),
        (lambda: np.log2(10), "In heads, that is right. In −ln, `np.log`, it is less."),
        (lambda: np.log(2), "One head: that is for two classes. And for ten?"),
        (10, "Ten is how many classes there are. How surprising is one of ten?"),
        (1, "Logarithms to base 10 say that. Ours have the base e."),
        (lambda: -np.log(10), "A surprise is not negative: minus the logarithm of one tenth."),
        (lambda: 10 * np.log(10), "That is for ten pictures together. The cost is a mean."),
    ],
)
book.question(
    "share read after a hundred steps",
    answer=0.965,
    within=0.021,
    because="Near enough: the next cell counts.",
    otherwise="The mean pictures alone read 0.905, and it beats them: by how much?",
    mistakes=[
        (0.1, "That is guessing. It has had a hundred steps."),
        (0.5, "Higher: comparing with the mean pictures alone reads 0.905."),
        (0.7, "Higher: comparing with the mean pictures alone reads 0.905."),
        (0.8, "Higher: comparing with the mean pictures alone reads 0.905."),
        (0.9, "It beats the comparison with mean pictures, which reads 0.905."),
        (0.92, "Higher still: two of three of its mistakes are gone."),
        (1.0, "Not all: some digits are badly written, and one matrix cannot bend."),
    ],
)
book.question(
    "share read with softmax twice",
    answer=0.858,
    within=0.04,
    because="So a bug may read. Nothing complains.",
    otherwise="It learns, with weaker pushes: more than half, less than the mean pictures.",
    mistakes=[
        (0, "Worse than by guessing? It learns, and slowly: more than half are read."),
        (0.1, "As if nothing were learned? It learns, and slowly: more than half are read."),
        (0.3, "More. It learns, and slowly: more than half are read."),
        (0.905, "Less than the mean pictures: its pushes are weak, after a hundred steps."),
        (0.9, "Nearly, and too many: its pushes are weak, after a hundred steps."),
        (0.5, "More. Weak pushes add up, too, over a hundred steps."),
        (0.6, "More. Weak pushes add up, too, over a hundred steps."),
        (0.7, "More. Weak pushes add up, too, over a hundred steps."),
        (0.965, "It pushes more weakly now, so it is not as far after a hundred steps."),
        (0.95, "It pushes more weakly now, so it is not as far after a hundred steps."),
        (1.0, "Better than with one softmax? Its pushes are weaker."),
    ],
)


def floor(k):
    return np.log(np.e + k - 1) - 1


book.exercise(
    "my_floor",
    floor,
    cases=[(2,), (10,), (1000,)],
    because="ln(e + k − 1) − 1.",
    otherwise="The right class has e¹, each of the k − 1 others e⁰: which share, and its −ln?",
    mistakes=[
        (lambda k: -0.0 * k, "e to the power 0 is 1: the k − 1 others are in the sum, too."),
        (np.log, "That is the first loss, where all logits are equal. One of them is 1."),
        (lambda k: np.e / (np.e + k - 1), "That is the probability. The loss is its surprise."),
        (lambda k: 1 - np.log(np.e + k - 1), "The sign: surprise is *minus* the logarithm."),
        (lambda k: np.log(np.e + k) - 1, "Of the k classes, how many have the logit 0?"),
        (lambda k: np.log(np.e + k - 1), "And the numerator, e? Its logarithm is 1."),
        (
            lambda k: np.log(1 + (k - 1) * np.e),
            "Swapped: the *right* class has the logit 1, each of the others 0.",
        ),
        (
            lambda k: np.log(k - 1) - 1,
            "The sum has k exponentials: the e of the right class is one of them.",
        ),
        (lambda k: floor(10), "Right for ten classes. What changes with k?"),
        (
            lambda k: np.log(2.718 + k - 1) - 1,
            "Right, with e cut after three digits. Here it counts: `np.e` has sixteen.",
        ),
        (lambda k: 1.461, "Right for ten classes, rounded. Write it for k of them."),
    ],
)

# Reward

book.question(
    "the sign is turned",
    answer=0.2,
    because="It minimises what it wins, and does so as faithfully.",
    mistakes=[
        (3, "Named by what it pays: 0.2, 0.5 or 0.8."),
        (2, "Named by what it pays: 0.2, 0.5 or 0.8."),
        (0.5, "Minus is a direction as good as plus: it leads somewhere."),
        (0.8, "That is where it goes with the right sign."),
        (-0.8, "Named by what it pays: 0.2, 0.5 or 0.8."),
        (0, "Named by what it pays: 0.2, 0.5 or 0.8."),
        (1, "Named by what it pays: 0.2, 0.5 or 0.8."),
        ("worst", "Yes. Which one is that? By what it pays."),
    ],
)
book.question(
    "agents that get gifts and do not compare",
    answer="a third",
    also=("third", "about a third", "one third", 1 / 3),
    because="7 of 20: with three machines, that is about what luck gives.",
    mistakes=[
        (7, "So many of twenty, yes. In the words of the question, please."),
        ("all", "What does 5 or 6 say to an agent that does not know what is usual?"),
        ("none", "By luck alone, some stick to the best one of three."),
        ("half", "There are three machines, and luck chooses among them."),
    ],
)
book.question(
    "paid 5, where 5.6 is usual",
    answer="down",
    because="It was paid, and less than usual: the advantage is −0.6.",
    mistakes=[
        ("up", "A reward above 0, yes. But compared with what was expected?"),
        (-0.6, "That is the advantage, yes. Which way does it push: up or down?"),
        ("same", "Less than usual was paid: the advantage is not 0. Which way does it push?"),
    ],
)

LOG_P = np.log(P)


def policy_loss(log_p, actions, advantages):
    return -(log_p[np.arange(len(actions)), actions] * advantages).mean()


def stepped(gamble):
    """The gradient of a game's first step, and of one with three pulls."""
    received = []
    for actions, advantages in ([2], [0.3]), ([0, 2, 1], [0.1, -0.5, 0.4]):
        logits = Tensor(LOG_P[: len(actions)])
        gamble(logits, np.array(actions), np.array(advantages)).backward()
        received.append(logits.grad)
    return received


book.exercise(
    "my_policy_loss",
    policy_loss,
    cases=[
        (LOG_P[:2], np.array([2, 0]), np.array([0.5, -1.0])),
        (LOG_P, np.array([2, 0, 1]), np.array([0.5, -1.0, 0.25])),
        (LOG_P, np.array([1, 3, 3]), np.array([0.2, -0.4, 0.9])),
    ],
    because="Surprise of what was done, weighted by how well it went.",
    serves="gamble",
    payoff=lambda gamble: stepped(gamble),
    form="a Tensor, by its own means: `log_p[…, …]`, `*`, `(…).mean()`; numpy's functions do not "
    "know Tensors, and `.item()` hands no gradient on",
    also=[
        lambda log_p, actions, advantages: (
            (-log_p[range(len(actions)), actions] * advantages).sum() / len(actions)
        ),
        lambda log_p, actions, advantages: (
            -(log_p * np.eye(log_p.shape[1])[actions]).sum(axis=1) * advantages
        ).mean(),
        lambda log_p, actions, advantages: (
            -sum(log_p[i, a] * b for i, (a, b) in enumerate(zip(actions, advantages)))
            / len(actions)
        ),
    ],
    otherwise="For each pull: −log_p of what was done there, times its advantage. Then the mean.",
    mistakes=[
        (
            lambda log_p, actions, advantages: -(log_p(actions) * advantages).mean(),
            "`log_p` is a table here, not your function of before: square brackets.",
        ),
        (
            lambda log_p, actions, advantages: -policy_loss(log_p, actions, advantages),
            "The sign: surprise is *minus* the logarithm. This agent would learn to lose.",
        ),
        (
            lambda log_p, actions, advantages: (
                policy_loss(log_p, actions, advantages) * len(actions)
            ),
            "This is the sum over the pulls. A mean, please.",
        ),
        (
            lambda log_p, actions, advantages: policy_loss(log_p, actions, np.ones(len(actions))),
            "That is the mean surprise alone. How well did it go?",
        ),
        (
            lambda log_p, actions, advantages: -(log_p * advantages[:, None]).mean(),
            "All choices of a row are in here. Only the one that was made counts.",
        ),
        (
            lambda log_p, actions, advantages: -(log_p[:, actions] * advantages).mean(),
            "`log_p[:, actions]` takes these columns from *every* row. One number from each row.",
        ),
        (
            lambda log_p, actions, advantages: -(log_p * advantages).mean(),
            "A table (n, choices) meets a row (n,): pick one number from each row first.",
        ),
        (
            lambda log_p, actions, advantages: (
                -(log_p[actions, np.arange(len(actions))] * advantages).mean()
            ),
            "Rows come first, then columns: which row is asked, and which choice in it?",
        ),
        (
            lambda log_p, actions, advantages: (
                advantages - log_p[np.arange(len(actions)), actions]
            ).mean(),
            "Surprise plus advantage: a sum, whose slope hears no advantage. *Times*, please.",
        ),
        (
            lambda log_p, actions, advantages: (
                -(log_p[np.arange(len(actions)), actions] * advantages[0]).mean()
            ),
            "One advantage for all pulls. Each surprise is multiplied by its *own*.",
        ),
        (
            lambda log_p, actions, advantages: policy_loss(
                log_p, actions, advantages - advantages.mean()
            ),
            "Advantages are handed in: what is usual has been taken off already.",
        ),
        (
            lambda log_p, actions, advantages: -(log_p[0, actions] * advantages).mean(),
            "All choices are looked up in row 0. Each pull has a row of its own.",
        ),
        (
            lambda log_p, actions, advantages: -(log_p[np.arange(3), actions] * advantages).mean(),
            "Right for three pulls. How many are there, in general?",
        ),
        (
            lambda log_p, actions, advantages: (
                -log_p[np.arange(len(actions)), actions].mean() * advantages
            ),
            "The mean came too early: each surprise times its own advantage, then the mean.",
        ),
        (
            lambda log_p, actions, advantages: (
                -(log_p[np.arange(len(actions)), actions] * abs(advantages)).mean()
            ),
            "The sign of an advantage is its message: what went badly must become less likely.",
        ),
        (
            lambda log_p, actions, advantages: (
                -(np.log(log_p)[np.arange(len(actions)), actions] * advantages).mean()
            ),
            "`log_p` is a logarithm already, and of a negative number there is none.",
        ),
        (
            lambda log_p, actions, advantages: (
                -(np.log(-log_p)[np.arange(len(actions)), actions] * advantages).mean()
            ),
            "`log_p` is a logarithm already.",
        ),
        (
            lambda log_p, actions, advantages: -(log_p[actions] * advantages).mean(),
            "`log_p[actions]` picks whole *rows*. One number from each row: two indices.",
        ),
        (
            lambda log_p, actions, advantages: (
                policy_loss(log_p, actions, np.ones(len(actions))) * advantages.mean()
            ),
            "Two means, multiplied. Each surprise is weighted by its *own* advantage.",
        ),
        (
            lambda log_p, actions, advantages: (
                np.exp(log_p)[np.arange(len(actions)), actions] * advantages
            ).mean(),
            "Those are probabilities. Surprise is minus their logarithm, which you were given.",
        ),
        (
            lambda log_p, actions, advantages: (
                -(np.exp(log_p)[np.arange(len(actions)), actions] * advantages).mean()
            ),
            "Those are probabilities. The surprise needs the logarithm that you were given.",
        ),
    ],
)

# The shelf

book.question(
    "3 - 5 in uint8",
    answer=lambda: int((np.array([3], np.uint8) - np.array([5], np.uint8))[0]),
    because="After 255 comes 0, and before 0 comes 255: two steps back from 0 is 254.",
    otherwise="Numbers from 0 to 255, in a circle: from 3, five steps back.",
    mistakes=[
        (256, "256 is one more than there is: 255 is the largest, and before 0 comes 255."),
        (-2, "There is no −2 among the numbers from 0 to 255. What comes before 0?"),
        (2, "The sign does not fall off: they count backward through 0, and go on at 255."),
        (0, "It does not stop at 0. After 255 comes 0; so what comes before 0?"),
        (253, "Nearly: from 3, five steps back are 2, 1, 0, and then?"),
        (255, "Nearly: from 3, five steps back are 2, 1, 0, and then?"),
        ("error", "If only. They count on, in a circle."),
    ],
)

# Stretch


def pinball(predictions, targets, share):
    above = targets - predictions
    return np.maximum(share * above, (share - 1) * above).mean()


book.exercise(
    "my_pinball",
    pinball,
    cases=[
        (np.array([0.0, 0.0]), np.array([1.0, -1.0]), 0.9),
        (np.array([1.0, 2.0, 0.0]), np.array([3.0, 1.5, -2.0]), 0.25),
    ],
    because="A V that leans.",
    serves="pinball",
    payoff=lambda pinball: [pinball(np.full(5, 4.0), PRICES, share) for share in (0.5, 0.9)],
    also=[
        lambda p, t, share: np.where(t > p, share * (t - p), (1 - share) * (p - t)).mean(),
        lambda p, t, share: (abs(t - p) * np.where(t > p, share, 1 - share)).sum() / p.size,
        lambda p, t, share: (
            sum(max(share * (b - a), (share - 1) * (b - a)) for a, b in zip(p, t)) / len(t)
        ),
    ],
    otherwise="A target above costs `share` times the distance, one below `1 - share` times it.",
    mistakes=[
        (
            lambda p, t, share: np.maximum(share * (p - t), (1 - share) * (p - t)).mean(),
            "Two things: a target *above* the prediction costs `share`; and one of the two "
            "lines must lean the other way, `share - 1`.",
        ),
        (
            lambda p, t, share: pinball(t, p, share),
            "The sides are swapped: a target *above* the prediction costs `share`.",
        ),
        (lambda p, t, share: abs(t - p).mean(), "That is the upright V: where is `share`?"),
        (
            lambda p, t, share: share * abs(t - p).mean(),
            "Both sides cost the same here. A target below costs `1 - share`.",
        ),
        (
            lambda p, t, share: np.where(t > p, share, 1 - share) @ (t - p) / p.size,
            "The forces are right, and a distance has no sign: what lies below counts, too.",
        ),
        (
            lambda p, t, share: np.where(t > p, share, 1 - share).mean() * abs(t - p).mean(),
            "Two means, multiplied. Each distance times its own force, then the mean.",
        ),
        (
            lambda p, t, share: (np.where(t > p, share, 1 - share) * (t - p) ** 2).mean(),
            "Those are areas. Here a distance costs: no square.",
        ),
        (
            lambda p, t, share: np.maximum(share * (t - p), 0).mean(),
            "A target below the prediction costs nothing here. It costs `1 - share`.",
        ),
        (
            lambda p, t, share: np.where(t > p, share, 1 - share).mean(),
            "The forces are right. And the distances?",
        ),
    ],
)
