"""The questions and exercises of chapter 5."""

import hashlib
from itertools import pairwise
from math import comb

import numpy as np

from course.exercises.kit import Between, Book, ToldError

book = Book("data")
guess, check, whose, progress = book.guess, book.check, book.whose, book.progress
SEEDS = range(4)
FRESH = [np.random.default_rng(seed).bit_generator.state for seed in SEEDS]


def was_asked(rng):
    """Whether something was drawn with this generator, one of those of the cases."""
    return rng.bit_generator.state not in FRESH


def every(low, high, step, reply):
    """The same reply to each number from low to high."""
    return [(round(low + i * step, 4), reply) for i in range(round((high - low) / step) + 1)]


# Recall

book.question(
    "shape of x.mean(axis=0)",
    answer=(64,),
    because="The rows are averaged away; a number for each column stays.",
    mistakes=[
        ((1797,), "That is axis=1: a mean for each picture. Axis 0 walks along the pictures."),
        ((1, 64), "With keepdims=True. Without it the axis is gone."),
        (
            (64, 1),
            "The axis that is averaged away is gone: one axis is left, and no 1 for the other.",
        ),
        ((1797, 1), "That is axis=1, with keepdims=True. Axis 0 walks along the pictures."),
        ((1797, 64), "The mean takes one axis away: which one is axis 0?"),
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
        (0.9, "That is the share of wrong answers. The surprise of the right one is asked for."),
        (0, "A loss of 0 means: sure of the right class, every time."),
        (1, "The surprise of p is -ln p. What is p, for one class of ten?"),
        (10, "There are ten classes. The surprise of one in ten is asked for."),
        (lambda: np.log2(10), "In bits. The cost uses the natural logarithm, `np.log`."),
    ],
)
book.question(
    "never right after backward",
    answer="optimizer.zero_grad",
    also=["zero_grad", "optimizer.zero_grad()", "zero_grad()", "zero"],
    otherwise="Which line of a step *forgets* something?",
    because="It forgets all gradients: before backward that is its task, after it a mistake.",
    mistakes=[
        ("optimizer.step", "The step uses the new gradients: after backward is its place."),
        ("step", "The step uses the new gradients: after backward is its place."),
        ("optimizer.step()", "It uses the new gradients: after backward is its place."),
        ("backward", "A second one is refused. Which line *forgets*?"),
        ("loss", "That is the forward line, if it is not `loss.backward` itself. Which *forgets*?"),
        ("loss.zero_grad", "The right line, of the wrong thing: who knows the parameters?"),
        ("loss.backward", "A second `loss.backward()` is refused. Which line *forgets*?"),
        ("forward", "The forward pass makes a new graph, and keeps the gradients. Which forgets?"),
    ],
)


# First sitting: the order

book.question(
    "what differs",
    answer="the order",
    because="The same rows, and Ben's are sorted by their label.",
    mistakes=[
        ("the pictures", "Somebody compared: each of Ben's pictures is one of Ann's, dot for dot."),
        ("the labels", "Somebody compared: each picture has the same label with both of them."),
    ],
)
book.question(
    "called a 3 after the threes",
    answer=312,
    within=14,
    also=(276, 290, 300, 326, 340, 344),
    because="Nearly all of them: what it saw last, it says.",
    mistakes=[
        *every(0.5, 0.99, 0.01, "As a number of digits, please: how many of 360?"),
        (
            Between(33, 39),
            "So many threes there are among them. But what did its last batches teach?",
        ),
        (
            Between(85, 95),
            "A fourth, as if it knew four digits evenly. But the threes came *last*.",
        ),
        (Between(1, 270), "More: step after step has said: it is a 3."),
        (360, "Nearly: some are called something else still. A little less than all."),
        ("all", "Nearly: some are called something else still. How many of 360?"),
        (0, "It has learned from a hundred and forty threes a moment ago."),
    ],
)
book.question(
    "loss after shuffling both",
    answer=lambda: np.log(10),
    within=0.15,
    because="Near ln 10: the labels no longer belong to the pictures.",
    mistakes=[
        (0.1, "So low if the rows were mixed *together*. He drew two orders: look at one row."),
        (0.2, "So low if the rows were mixed *together*. He drew two orders: look at one row."),
        (0.5, "So low if the rows were mixed *together*. He drew two orders: look at one row."),
        (0, "What should it learn from a picture that has some other picture's label?"),
        (1, "What can be known of a label that was drawn from a hat? What costs no knowledge?"),
        (
            Between(2.6, 1000),
            "So wrong one is only if one is sure. It finds nothing to be sure of.",
        ),
        *every(
            1.1, 2.1, 0.1, "So it would know a little. Who knows nothing of ten has which loss?"
        ),
        (-1, "A loss of this kind is never below 0: it is a surprise."),
    ],
)


CAME = np.array([103.0, 108, 101, 106, 100, 109, 104, 102, 107, 105])
PAIRS = np.stack([CAME, -CAME], axis=1)  # two columns


def shuffled(result, inputs, targets, rng):
    """Which rows there are (a target is ten times its input), and how chance moved them."""
    if result is None:
        return None
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise TypeError("return two arrays, the inputs and the targets")
    first, second = map(np.asarray, result)
    mine, n = CAME.tolist(), len(CAME)
    if first.shape == (n,) and sorted(first.tolist()) == sorted(10 * a for a in mine):
        return ["the targets first, then the inputs"]
    if first.ndim == 2 and first.shape[1] == 2:
        if (first[:, 0] > 0).all() and not (first.sum(axis=1) == 0).all():
            raise ValueError("A row has two numbers here, and they stay together: move whole rows.")
        if (first[:, 0] < 0).all():
            raise ValueError("Columns have changed places. Rows are to, along axis 0.")
        first = first[:, 0]
    elif first.ndim != 1 or len(first) != n or second.shape != (n,):
        raise ValueError(
            f"Inputs of shape {PAIRS.shape} and targets of shape {CAME.shape} go in, and "
            f"{first.shape} and {second.shape} come out. Rows stay whole; two are asked for."
        )
    first, second = np.abs(first).tolist(), np.ravel(second).tolist()
    if len(first) == len(second) != n:
        raise ValueError(
            f"{n} rows go in, and {len(first)} come out: `rng.permutation(n)` wants to know how "
            "many there are."
        )
    places = [mine.index(a) if a in mine else -2 for a in first]
    own = sum(10 * a == b for a, b in zip(first, second))
    beside = sum(b - a == 1 for a, b in pairwise(places))
    order = "in the old order" if first == mine else "in a new order"
    if first in (sorted(mine), sorted(mine)[::-1]):
        order = "sorted"
    elif order == "in a new order" and (beside >= n - 3 or first == mine[::-1]):
        order = "neighbours are neighbours still"
    return [
        f"{len(first)} inputs with {len(second)} targets",
        "each once" if sorted(first) == sorted(mine) else "some twice or never",
        "with their own targets" if own == len(first) else "with the targets of others",
        order,
        "targets as they were" if second == [10 * a for a in mine] else "targets moved",
        "drawn with the rng" if was_asked(rng) else "the rng was not asked",
    ]


def shuffle(inputs, targets, rng):
    order = rng.permutation(len(inputs))
    return inputs[order], targets[order]


def drawn_with_repeats(inputs, targets, rng):
    order = rng.integers(0, len(inputs), len(inputs))
    return inputs[order], targets[order]


def its_own_generator(inputs, targets, rng):
    order = np.random.default_rng(0).permutation(len(inputs))
    return inputs[order], targets[order]


def rolled(inputs, targets, rng):
    by = rng.integers(1, len(inputs))
    return np.roll(inputs, by, axis=0), np.roll(targets, by, axis=0)


def sorted_by_label(inputs, targets, rng):
    order = np.argsort(targets)
    return inputs[order], targets[order]


def shuffled_by_keys(inputs, targets, rng):
    order = np.argsort(rng.random(len(inputs)))
    return inputs[order], targets[order]


def shuffled_in_place(inputs, targets, rng):
    order = list(range(len(inputs)))
    rng.shuffle(order)
    return np.array([inputs[i] for i in order]), np.array([targets[i] for i in order])


def shuffled_by_one_state(inputs, targets, rng):
    rows = rng.permutation([*zip(range(len(inputs)), range(len(targets)))])
    return [inputs[rows[:, 0]], targets[rows[:, 1]]]


def a_pass(shuffle):
    """Rows of two columns, shuffled, and cut into batches as the chapter does."""
    x, y = np.stack([np.arange(9.0), np.arange(9) * 2], axis=1), np.arange(9)
    x, y = shuffle(x, y, np.random.default_rng(5))
    batches = [(x[rows], y[rows]) for rows in (np.arange(4), np.arange(4, 9))]
    return [len(batches), bool(all((a[:, 0] == b).all() for a, b in batches)), np.sort(y)]


book.exercise(
    "my_shuffle",
    shuffle,
    cases=[(PAIRS, (10 * CAME).astype(int), np.random.default_rng(seed)) for seed in (0, 1, 2)],
    observe=shuffled,
    serves="shuffle",
    payoff=a_pass,
    also=[shuffled_by_keys, shuffled_in_place, shuffled_by_one_state],
    because="One order for both.",
    mistakes=[
        (
            lambda x, y, rng: (rng.permutation(x), rng.permutation(y)),
            "Each input now has some other input's target. Were there two orders, or was one used "
            "in two ways?",
        ),
        (lambda x, y, rng: (x, y), "The rows belong together, but in their old order."),
        (
            lambda x, y, rng: (
                shuffle(x[np.r_[0:10, [0] * 22]], y, np.random.default_rng(0))
                if len(x) > 32
                else (lambda order: (x[order], y[order]))(rng.permutation(32))
            ),
            "Always 32 rows. How many there are, `len(inputs)` knows.",
        ),
        (
            lambda x, y, rng: (x[:, rng.permutation(x.shape[1])], y),
            "Columns have changed places. Rows are to, along axis 0, and targets with them.",
        ),
        (
            lambda x, y, rng: (lambda order: x[order][y[order]])(rng.permutation(len(x))),
            "Square brackets beside square brackets pick once more. Two are returned with a comma: "
            "`return inputs[order], targets[order]`.",
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
            lambda x, y, rng: (x[::-1], y[::-1]),
            "Rows are whole, but neighbours stay neighbours, and no chance is in it: let the "
            "`rng` draw an order.",
        ),
        (
            rolled,
            "Chance chose where to begin, and then all come as before: neighbours stay "
            "neighbours. Each row needs a place of its own.",
        ),
        (
            its_own_generator,
            "A generator of your own gives the same order in every pass, or one that nobody can "
            "repeat: ask the `rng` that is handed in.",
        ),
        (
            lambda x, y, rng: shuffle(x, y, rng)[::-1],
            "Rows are whole, and the two come back the other way round: first the inputs.",
        ),
        (
            drawn_with_repeats,
            "Rows are whole, but some came twice and some never: each number once, please.",
        ),
        (
            sorted_by_label,
            "Rows are whole, and *sorted*: that is Ben's trouble. Let the `rng` draw an order.",
        ),
    ],
)
book.question(
    "shuffling only where batches start",
    answer=0.88,
    within=0.055,
    because="Not far from mixed rows, and still short of them.",
    mistakes=[
        (0.35, "As bad as in order? The batches now come in a new order in each pass."),
        (0.4, "As bad as in order? The batches now come in a new order in each pass."),
        (0.1, "Guessing? The labels still belong to their pictures."),
        *every(0.45, 0.69, 0.01, "Better than half-way, which is what makes it dangerous."),
        *every(0.7, 0.82, 0.01, "Nearer still to mixed rows, which is what makes it dangerous."),
        (0.94, "As good as mixed rows? Each batch still shows one digit, or two neighbours."),
        (0.95, "As good as mixed rows? Each batch still shows one digit, or two neighbours."),
    ],
)


def parts(order, batch_size):
    return [order[i : i + batch_size] for i in range(0, len(order), batch_size)]


def as_lists(result, *_):
    return [np.asarray(part).tolist() for part in result]


def parts_in_a_loop(order, batch_size):
    found, rest = [], order
    while len(rest):
        found.append(rest[:batch_size])
        rest = rest[batch_size:]
    return found


def parts_by_split(order, batch_size):
    return np.split(order, np.arange(batch_size, len(order), batch_size))


def parts_by_count(order, batch_size):
    many = -(-len(order) // batch_size)
    return tuple(order[k * batch_size : (k + 1) * batch_size] for k in range(many))


def batches_of(parts):
    """Rows picked by each part, as the chapter does."""
    x = np.arange(14.0).reshape(7, 2)
    return [x[rows].sum() for rows in parts(np.array([6, 0, 3, 1, 5, 2, 4]), 3)]


book.exercise(
    "my_parts",
    parts,
    cases=[
        (np.array([2, 0, 1]), 2),
        (np.array([3, 1, 4, 0, 2, 5]), 3),
        (np.arange(7), 3),
        (np.array([5, 3, 1, 0, 2, 4, 7, 6]), 2),
    ],
    observe=as_lists,
    serves="parts",
    payoff=batches_of,
    form="a list of arrays of row numbers, `order[…]` or `np.array(…)`",
    also=[parts_in_a_loop, parts_by_split, parts_by_count],
    because="Each row number once, the last part as short as it must be.",
    mistakes=[
        (
            lambda order, size: parts(order, size)[: len(order) // size],
            "Where it does not divide evenly, the last rows are in no part: nobody learns them.",
        ),
        (
            lambda order, size: [order[i : i + size] for i in range(0, len(order) - size, size)],
            "`range` ends *before* its second number: `len(order)`, or the last part is lost.",
        ),
        (
            lambda order, size: [order[i : i + size] for i in range(1, len(order), size)],
            "The first part begins at 1, and the row number at place 0 is in none.",
        ),
        (
            lambda order, size: parts(order, size)[-1],
            "That is the last part alone: each round puts a new one in its place. Begin with an "
            "empty list, and `append`.",
        ),
        (
            lambda order, size: order[::size],
            "Those are single row numbers, where the parts begin. A part is a slice, "
            "`order[i : i + batch_size]`.",
        ),
        (
            lambda order, size: np.arange(0, len(order), size),
            "Those are the places where the parts begin. The parts themselves are asked for, "
            "slices of `order`.",
        ),
        (
            lambda order, size: [order[k * size : k * size + size] for k in range(size)],
            "`batch_size` parts. How many there are hangs on how long `order` is.",
        ),
        (
            lambda order, size: np.array_split(order, size),
            "So many *parts*. Asked for is so many rows in each part.",
        ),
        (
            lambda order, size: np.array_split(order, -(-len(order) // size)),
            "As many parts as it takes, but all about as long: each has `batch_size` rows, and "
            "only the last is short.",
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
            lambda order, size: order.reshape(-1, size),
            "A table has rows of one length. Here the last part may be short: a list of parts.",
        ),
        (
            lambda order, size: [order[i : i + size] for i in range(len(order))],
            "Each part begins one row after the last one: most rows come several times.",
        ),
        (
            lambda order, size: [order[i:size] for i in range(0, len(order), size)],
            "A slice goes *up to* its second number: the second part ends at i + batch_size.",
        ),
        (
            lambda order, size: [*parts(order, size), *[order[:0]] * (len(order) % size == 0)],
            "Where it divides evenly, an empty part comes last: how many parts are there?",
        ),
        (
            lambda order, size: [*order],
            "Row numbers one by one: `+=` pours a part into the list, and `append` keeps it whole.",
        ),
        (
            lambda order, size: parts(order, 32),
            "Always 32 rows. How many there are in a part is handed in: `batch_size`.",
        ),
        (
            lambda order, size: [order[:size]],
            "A list of one part. Did a `return` in the loop end it? All parts are asked for.",
        ),
        (
            lambda order, size: order[:size],
            "That is the first part alone. A list of all parts is asked for.",
        ),
        (
            lambda order, size: [order[i::size] for i in range(size)],
            "Every so-many-th row, in `batch_size` parts. Asked for are neighbours in `order`, "
            "`batch_size` of them in each part.",
        ),
        (
            lambda order, size: parts(np.arange(len(order)), size),
            "Those are the rows as they lie. Cut `order`, which was drawn by chance.",
        ),
        (
            lambda order, size: [np.arange(i, i + size) for i in range(0, len(order), size)],
            "Those are the rows as they lie, counted anew. Cut `order`, which was drawn by chance.",
        ),
        (
            lambda order, size: len(parts(order, size)),
            "That is how many parts there are. The parts themselves are asked for.",
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
        *every(56.1, 56.2, 0.01, "Batches are counted: a part of one is one more."),
        (32, "That is how many rows there are in each."),
        (5, "So many rows are in the last one. How many batches are there?"),
        (45, "So many make Ann's 1437 rows. Here all 1797 digits are cut."),
        (1797 - 32, "That takes 32 rows away, once. How often do 32 rows fit in?"),
        (1797 * 32, "Multiplied. How often do 32 rows fit into 1797?"),
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
        (9, "That is the mean of the last batch. There is a first one, of four ones."),
        (10, "That is the sum of the two means."),
        (2, "So many batches there are. What is the mean of each, and the mean of the two?"),
        (1.8, "9 / 5: the four ones count, too. First the mean of each batch."),
        (3.25, "13 / 4. First the mean of each batch: of the four ones, and of the 9."),
        (3, "Five numbers in batches of *four*: the first is 1, 1, 1, 1. And the second?"),
    ],
)


# Second sitting: the test

book.question(
    "the perfect pupil on its own pictures",
    answer=1.0,
    because="The most alike of all is the picture itself, with the very label that was thrown.",
    mistakes=[
        (0.98, "Among the stored pictures stands the very picture that is asked for."),
        (0.1, "For *new* pictures. But these it has stored, each with its thrown label."),
        (0.5, "Which stored picture is most alike? The very one that is asked for."),
        (0, "There is nothing to know, and much to remember: it has stored each thrown label."),
        (1 / 400, "Of all 400 it stores the picture with its thrown label. How many come right?"),
        (100, "As a share, please, from 0 to 1."),
        (400, "As a share, please, from 0 to 1."),
        *every(0.6, 0.97, 0.01, "Among the stored pictures stands the very one that is asked for."),
        *every(0.15, 0.45, 0.05, "Which stored picture is most alike? The very one asked for."),
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
        (0.2, "A fifth of the rows is tested. Which digits are these, in sorted rows?"),
    ],
)


def split_rows(n, k, rng):
    order = rng.permutation(n)
    return order[k:], order[:k]


def drawn(result, n, k, rng):
    """Whether both parts have their rows, share or lose any, and how they were drawn."""
    if result is None:
        return None
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise TypeError("return two arrays of row numbers: to train on, and for the test")
    if any(isinstance(part, int | float | np.number) for part in result):
        raise TypeError("Two numbers. Asked for are the row numbers themselves, two arrays.")
    train, test = (np.asarray([*part]) for part in result)
    if max(train.ndim, test.ndim) > 1:
        raise ValueError(
            "Those are rows, and not their numbers. Nothing is picked yet: return the row numbers."
        )
    train, test = train.tolist(), test.tolist()
    both = set(train) & set(test)
    there = set(train) | set(test)
    steps = set(np.diff(sorted(test)).tolist())
    if len({*train}) < len(train) or len({*test}) < len(test):
        raise ValueError(
            "Some rows were drawn twice, and so others never: `rng.permutation(n)` has each once."
        )
    sizes = len(train), len(test)
    if sizes not in [(n - k, k), (k, n - k), (n, k)]:
        missing = set(range(n)) - there
        if missing in ({0}, {n - 1}):
            lost = f" Row {missing.pop()} is never drawn."
        elif 0 in sizes and there < set(range(n)) and max(there) < k:
            lost = f" Only rows below {k} are there: draw from all n."
        elif 0 in sizes:
            lost = " From n on there is nothing: what ends at n, begins before it."
        elif not both and sum(sizes) == n - 1:
            lost = " A row is lost where the one slice ends and the other begins."
        else:
            lost = ""
        raise ValueError(
            f"Of {n} rows, {n - k} are to train on and {k} for the test: yours are {sizes[0]} "
            f"and {sizes[1]}.{' Some are in both.' * bool(both)}{lost}"
        )
    place = "at the end" if max(test) == n - 1 else "somewhere" if min(test) else "at the beginning"
    return [
        f"{len(train)} to train on, {len(test)} for the test",
        "all of the test in both parts"
        if len(both) == len(test)
        else "some in both parts"
        if both
        else "none in both parts",
        "some number is no row number" if there - set(range(n)) else "row numbers",
        "some in neither" if set(range(n)) - there else "none left out",
        {1: f"a block of neighbours {place}"}.get(*steps, "every so many rows")
        if len(steps) == 1
        else "mixed",
        "drawn with the rng" if was_asked(rng) else "the rng was not asked",
    ]


def split_by_choice(n, k, rng):
    test = rng.choice(n, size=k, replace=False)
    return np.setdiff1d(np.arange(n), test), test


def split_by_mask(n, k, rng):
    test = np.zeros(n, bool)
    test[rng.permutation(n)[:k]] = True
    return np.flatnonzero(~test), np.flatnonzero(test)


def split_by_keys(n, k, rng):
    rows = np.argsort(rng.random(n))
    return [rows[: n - k], rows[n - k :]]


def split_somewhere(n, k, rng):
    first = rng.integers(0, n - k)
    return np.setdiff1d(np.arange(n), np.arange(first, first + k)), np.arange(first, first + k)


def split_from_one_end(n, k, rng):
    order = rng.permutation(n)
    return order[: n - k], order[:k]


def two_parts(split):
    """Rows picked by both parts, as the chapter does."""
    x, y = np.arange(20.0).reshape(10, 2), np.arange(10)
    train, test = split(10, 3, np.random.default_rng(7))
    return [x[train].shape, x[test].shape, sorted([*y[train], *y[test]])]


book.exercise(
    "my_split",
    split_rows,
    cases=[
        (n, k, np.random.default_rng(seed))
        for n, k, seed in [(30, 9, 0), (100, 20, 1), (100, 20, 2)]
    ],
    observe=drawn,
    serves="cut",
    payoff=two_parts,
    form="two arrays of row numbers: `np.array(…)`",
    also=[split_by_choice, split_by_mask, split_by_keys],
    because="Each row in one of the parts, and chance decided in which.",
    mistakes=[
        (
            lambda n, k, rng: (np.arange(n - k), np.arange(n - k, n)),
            "The test is a block of neighbours: if rows are sorted, it asks for nothing else. "
            "Let the `rng` draw.",
        ),
        (
            lambda n, k, rng: (
                np.setdiff1d(np.arange(n), np.arange(0, n, n // k)[:k]),
                np.arange(0, n, n // k)[:k],
            ),
            "Every so many rows: who knows the pattern knows the test, and rows that repeat in "
            "that step would all be in it. Let the `rng` draw.",
        ),
        (
            lambda n, k, rng: (rng.permutation(n)[k:], rng.permutation(n)[:k]),
            "Two draws: some rows are in both parts, and some in none.",
        ),
        (
            lambda n, k, rng: split_rows(n, k, rng)[::-1],
            "The other way round: first the n - k rows to train on, then the k for the test.",
        ),
        (
            lambda n, k, rng: (rng.permutation(n), rng.permutation(n)[:k]),
            "The test rows are also trained on: a perfect pupil knows them by heart.",
        ),
        (
            lambda n, k, rng: tuple(part + 1 for part in split_rows(n, k, rng)),
            "Row numbers go from 0 to n - 1: there is no row n, and row 0 is in neither part.",
        ),
        (
            lambda n, k, rng: split_rows(n, k, np.random.default_rng(0)),
            "A generator of your own draws the same test each time, or one that nobody can draw "
            "again: ask the `rng` that is handed in.",
        ),
        (
            lambda n, k, rng: (rng.permutation(n - k), n - k + rng.permutation(k)),
            "The test is still the block of the last k rows, though the `rng` drew something.",
        ),
        (
            lambda n, k, rng: (np.arange(k, n), np.arange(k)),
            "The test is the first block of neighbours: of sorted rows, it asks for the first "
            "digits alone. Let the `rng` draw.",
        ),
        (
            split_somewhere,
            "Chance says where the block begins, and it is a block still: of sorted rows, it asks "
            "for one digit or two. Let the `rng` draw each row.",
        ),
        (
            lambda n, k, rng: (np.sort(rng.permutation(n))[k:], np.arange(k)),
            "The test is the first block, though the `rng` drew: what it drew was sorted, or lost.",
        ),
        (
            split_from_one_end,
            "Both slices begin at the same end: all test rows are also trained on, and others are "
            "in neither part.",
        ),
        (
            lambda n, k, rng: (rng.permutation(n - k), rng.permutation(k)),
            "Both parts count from 0: the test rows are also trained on, and the last rows are in "
            "neither part.",
        ),
    ],
)
book.question(
    "draws of 100 without an eight",
    answer=lambda: 100 * comb(588, 60) / comb(600, 60),
    within=5,
    because="0.9 · 0.9 · …, twelve times: about 28 of 100.",
    mistakes=[
        (0, "On average there are 1.2 eights in a test. Often that means none."),
        (1, "Far more often: on average only 1.2 eights land in the test."),
        (2, "Far more often: on average only 1.2 eights land in the test."),
        (10, "More often. Each eight stays out 9 times in 10. And all twelve of them?"),
        (90, "That is one eight. All twelve have to stay out: 0.9 · 0.9 · …"),
        (0.28, "As a number of draws, please: how many of 100?"),
        *every(34, 60, 1, "Not so often: 0.9 multiplied by itself, twelve times."),
        (108, "0.9 · 12 is 10.8: multiply 0.9 by itself, twelve times."),
        (Between(65, 85), "So many draws *have* one. Asked for are those without."),
        (Between(12, 22), "Not so rarely: 0.9 multiplied by itself, twelve times."),
    ],
)


# Second sitting: one scale

book.question(
    "one patient, scaled by herself",
    answer=0,
    also=["zeros", "ten zeros", "all zeros", np.zeros(10), [0] * 10],
    because="Her mean is herself, and nothing changes: ten zeros, whoever she is.",
    mistakes=[
        (
            "nan",
            "That is 0/0, yes; but columns that never change are divided by 1, as we said. So?",
        ),
        (
            np.nan,
            "That is 0/0, yes; but columns that never change are divided by 1, as we said. So?",
        ),
        (1, "A deviation of 1 is for many rows. How far is one row from its own mean?"),
        (-1, "Her mean is she herself. How far is she from herself?"),
        *every(0.1, 0.9, 0.1, "Her mean is she herself. How far is she from herself?"),
        (100, "How far is she from her own mean, and that is she herself?"),
        ("itself", "Her mean is taken off, and her mean is she herself."),
        (np.inf, "Her deviation is 0, yes; but columns that never change are divided by 1."),
        (Between(1, 999), "Her mean is she herself. How far is she from herself?"),
    ],
)


def scale(train, test):
    never = (train == train[0]).all(axis=0)
    return (test - train.mean(axis=0)) / np.where(never, 1, train.std(axis=0))


def naively(measured, part):
    return (part - measured.mean(axis=0)) / measured.std(axis=0)


def asking_for_zero(measured, part):
    deviation = measured.std(axis=0)
    return (part - measured.mean(axis=0)) / np.where(deviation == 0, 1, deviation)


def with_a_speck(measured, part):
    return (part - measured.mean(axis=0)) / (measured.std(axis=0) + 1e-8)


def below(limit):
    """The scaling that takes a column for constant if its deviation is not above the limit."""

    def scaled(train, test):
        deviation = train.std(axis=0)
        return (test - train.mean(axis=0)) / np.where(deviation <= limit, 1, deviation)

    return scaled


def unchanged(rows):
    return (rows == rows[0]).all(axis=0)


def measure(rows):
    return rows.mean(axis=0), np.where(unchanged(rows), 1, rows.std(axis=0))


def mixtures(other, reply):
    """Scalings that take something of the training part, and the rest of other rows."""
    measured = {  # mean, deviation, which columns never change: of `train`, or of the others
        "oot": "mean and deviation",
        "oto": "the mean, and which columns never change",
        "ott": "the mean",
        "too": "the deviation, and which columns never change",
        "tot": "the deviation",
    }

    def scaled(kinds):
        def by(train, test):
            rows = [train if kind == "t" else other(train, test) for kind in kinds]
            deviation = np.where(unchanged(rows[2]), 1, rows[1].std(axis=0))
            return (test - rows[0].mean(axis=0)) / deviation

        return by

    return [(scaled(kinds), reply.format(what)) for kinds, what in measured.items()]


def silenced(train, test):
    return np.where((train == train[0]).all(axis=0), 0, scale(train, test))


def both(how):
    return lambda train, test: how(np.concatenate([train, test]), test)


def itself(how):
    return lambda train, test: how(test, test)


def scale_by_range(train, test):
    deviation = train.std(axis=0)
    deviation[np.ptp(train, axis=0) == 0] = 1
    return (test - train.mean(axis=0)) / deviation


def scale_by_columns(train, test):
    columns = []
    for old, new in zip(train.T, test.T):
        deviation = old.std() if old.min() < old.max() else 1.0
        columns.append((new - old.mean()) / deviation)
    return np.column_stack(columns)


def scale_by_scaler(train, test):
    from minnet.data import StandardScaler

    return StandardScaler().fit(train).transform(test)


TRAIN = np.array([[1.0, 10.0, 5.0], [3.0, 30.0, 5.0], [5.0, 20.0, 5.0]])
TEST = np.array([[2.0, 40.0, 5.0], [8.0, 0.0, 7.0]])
SHORT = TRAIN, TEST
TENTHS = np.full((1000, 1), 0.1), np.array([[0.1], [5.0]])  # the deviation is not quite 0
ZEROS = np.array([[0.0, -2.0], [0.0, 2.0]]), np.array([[3.0, 5.0]])  # of mean 0, both
SMALL = np.array([[1e-12], [3e-12], [5e-12]]), np.array([[2e-12]])
OWN = "You measure the test itself: a patient alone would become all zeros. Let `train` say it."
CONSTANT = "And a column that never changes has the deviation 0."


def scaled_alike(scale):
    """Both parts, scaled by the first, as the chapter and its case do."""
    return [scale(TRAIN, TRAIN), scale(TRAIN, TEST), (TEST @ scale(TRAIN, TRAIN)[0]).shape]


book.exercise(
    "my_scale",
    scale,
    cases=[(TRAIN[:, :2], TEST[:, :2]), (TRAIN, TEST), TENTHS, SMALL, ZEROS],
    serves="scale",
    payoff=scaled_alike,
    form="one table, an array of the shape of `test`",
    also=[scale_by_range, scale_by_columns, scale_by_scaler],
    because="Measured on the training part alone; what never changes there is divided by 1.",
    mistakes=[
        (itself(scale), OWN),
        (itself(naively), f"{OWN} {CONSTANT}"),
        (both(scale), "The test takes part in measuring: it leaks into the training."),
        *mixtures(
            lambda a, b: np.concatenate([a, b]),
            "The test takes part in {}: it leaks into the training.",
        ),
        *mixtures(lambda a, b: b, "The test alone says {}. Let `train` say all of it."),
        (lambda a, b: b / a.std(axis=0), f"The mean is not taken off. {CONSTANT}"),
        (
            lambda a, b: (b - a.mean(axis=0)) / np.where(unchanged(a).all(), 1, a.std(axis=0)),
            "One answer for the whole table, and some columns change and others do not: ask each, "
            "with `axis=0`.",
        ),
        (naively, "A column that never changes has the deviation 0, and 0/0 is nan."),
        (
            lambda a, b: np.nan_to_num(naively(a, b)),
            "The nan is gone, but (7 - 5) / 0 is infinite: divide a silent column by 1.",
        ),
        (
            asking_for_zero,
            "For 1000 times 0.1, rounding leaves a deviation that is not quite 0: "
            "ask whether the column *changes*.",
        ),
        (
            below(1e-9),
            "A column in a very small unit (1e-12 and 3e-12) does change: no limit fits all units.",
        ),
        (
            with_a_speck,
            "A little more in each deviation: a silent column is then divided by nearly nothing.",
        ),
        (
            silenced,
            "Where `train` never changes, `test` may: there 7 instead of 5 is news, and becomes "
            "2, not 0. Divide by 1.",
        ),
        (
            lambda a, b: (b - a.mean()) / a.std(),
            "One mean for everything: each column has its own scale (axis 0).",
        ),
        (
            lambda a, b: (b - a.mean()) / np.where(unchanged(a), 1, a.std()),
            "One mean, one deviation for everything: each column has its own (axis 0).",
        ),
        (
            lambda a, b: (b - a.mean(axis=1).mean()) / a.std(axis=1).mean(),
            "Axis 1 averages along a row, over age and blood. Columns are wanted: axis 0.",
        ),
        (
            lambda a, b: scale(a, a),
            "That is the training part, scaled. Asked for is the test part.",
        ),
        (
            lambda a, b: (scale(a, a), scale(a, b)),
            "Two tables. Asked for is the test part alone: for the training part it is called "
            "again.",
        ),
        (
            lambda a, b: b - a.mean(axis=0),
            "The mean is taken off, and nothing is divided. (`any` in place of `all`? It is true "
            "of each column: the first row is like itself.)",
        ),
        (
            lambda a, b: (b - scale(a, a).mean(axis=0)) / measure(a)[1],
            "The mean of `train` is taken after `train` was scaled, and is 0 then. Measure first.",
        ),
        (
            lambda a, b: b / measure(a)[1],
            "It is divided, and the mean is not taken off: test minus mean, in brackets, first.",
        ),
        (
            lambda a, b: (b - a.mean(axis=0)) / np.where(unchanged(b), 1, a.std(axis=0)),
            "Whether a column ever changes, you ask the test: ask `train`, by which it is divided.",
        ),
        (
            lambda a, b: (b - a.mean(axis=0)) / np.where((a == 0).all(axis=0), 1, a.std(axis=0)),
            "You look for columns that are all 0. One that is 5 in each row never changes either: "
            "hold its rows against the first one.",
        ),
        (
            lambda a, b: (b - a.mean(axis=0)) / np.where(a.mean(axis=0) == 0, 1, a.std(axis=0)),
            "You ask whether the *mean* is 0. A column may have the mean 0 and change, or the mean "
            "5 and never change.",
        ),
        (
            lambda a, b: (b - a.mean(axis=0)) / np.where(a.var(axis=0) == 0, 1, a.var(axis=0)),
            "That is the variance: the deviation is its square root.",
        ),
        (
            lambda a, b: (b - a.min(axis=0)) / np.ptp(a, axis=0),
            "From the smallest to the largest, 0 to 1: asked for are the mean and the standard "
            "deviation. And a column that never changes is divided by 0.",
        ),
        (
            lambda a, b: (
                (b - a.min(axis=0)) / np.where(np.ptp(a, axis=0) == 0, 1, np.ptp(a, axis=0))
            ),
            "From the smallest to the largest, 0 to 1: that is another scale. Asked for are the "
            "mean and the standard deviation.",
        ),
        (
            lambda a, b: (
                (b - a.mean(axis=0)) / np.where((a == a[0]).all(axis=0), 1, a.std(axis=0, ddof=1))
            ),
            "With `ddof=1` it is divided by n - 1 inside: here by n, as numpy does by itself.",
        ),
    ],
)


# Second sitting: the leak

book.question(
    "accuracy reported on pure noise",
    answer=0.89,
    within=0.05,
    because="Nearly 0.9, on data where nothing can be known.",
    mistakes=[
        (0.5, "So it should be. But somebody picked the columns who had seen all labels."),
        (1.0, "All of them? So kind chance is not. But far too many, yes."),
        *every(
            0.51,
            0.83,
            0.01,
            "More: 20 of 2000 columns fit *these* labels well by chance, the test's too.",
        ),
        *every(0.95, 0.99, 0.01, "Nearly so much: a little less."),
        (0, "A coin would get half of them right. And this study had seen the answers."),
        (Between(0.01, 0.49), "A coin would get half. And this study had seen the answers."),
    ],
)
book.question(
    "the leaking line",
    answer=3,
    because="It looks at all labels, before anything is put aside.",
    mistakes=[
        (1, "A seed does not leak."),
        (2, "That makes the noise. Nobody has looked at it yet."),
        (4, "The cut itself is honest. But which columns does it go with?"),
        (5, "It fits on the training part, and measures on the test part: honest."),
        (Between(6, 20), "`study` has five lines after `def`. Which sees who is ill, of all 80?"),
        (0, "Counted from 1, please. Which of the five sees who is ill, of all 80?"),
        ("columns", "That is what it makes. Asked for is the number of the line, from 1."),
    ],
)
book.question(
    "the two lines exchanged",
    answer=0.89,
    within=0.04,
    because="As before: `most_different(values, ill)` still looks at all 80, wherever it stands.",
    mistakes=[
        (0.5, "So it would be if the choice saw the training part alone. Which rows does it get?"),
        (Between(0, 0.84), "Is it better so? It looks at the same 80 labels as before."),
        (1, "Nearly: about as before."),
    ],
)
book.question(
    "accuracy of always saying no",
    answer=lambda: 588 / 600,
    within=0.001,
    because="588 of 600 are right, and not one eight is found.",
    mistakes=[
        (0, "It finds no eight. But most pictures show none, and there it is right."),
        (0.5, "Only if half were eights: here 12 of 600 are."),
        (0.9, "Of 600, only 12 are eights: the others it gets right."),
        (1, "Nearly: 12 of the 600 are eights, and these it gets wrong."),
        (0.99, "Nearly: 12 of the 600 are eights. Divide."),
        (lambda: 12 / 600, "That is the share of eights."),
        (588, "As a share, please, from 0 to 1."),
        (Between(0.03, 0.96), "Of 600, only 12 are eights: all the others it gets right."),
    ],
)


# Third sitting: the detective


book.question(
    "the broken step",
    answer="shuffle",
    because="It shuffles twice, in two orders: the labels are those of others.",
    also=["case.shuffle", "first.shuffle", "order"],
    mistakes=[
        ("keep", 'It works before the cut. In "pictures", do labels fit in both parts, or in one?'),
        *(
            (each, f'`{each}` leaves labels with their pictures. In "pictures", do they fit?')
            for each in ("cut", "scale", "parts")
        ),
    ],
)


def keep(inputs, targets):
    whole = ~np.isnan(inputs).any(axis=1)
    return inputs[whole], targets[whole]


def keep_in_a_loop(inputs, targets):
    rows = [i for i in range(len(inputs)) if not any(np.isnan(value) for value in inputs[i])]
    return inputs[rows], targets[rows]


def keep_by_delete(inputs, targets):
    damaged = np.unique(np.argwhere(np.isnan(inputs))[:, 0])
    return np.delete(inputs, damaged, axis=0), np.delete(targets, damaged)


def keep_by_sums(inputs, targets):
    sums = inputs.sum(axis=1)
    return [inputs[sums == sums], targets[sums == sums]]


def made_to_fit(inputs, targets):
    inputs = inputs[~np.isnan(inputs).any(axis=1)]
    return inputs, targets[: len(inputs)]


def kept_by(rows_of):
    """Inputs and targets at the rows that `rows_of` gives for the table of what is nan."""

    def kept(inputs, targets):
        rows = rows_of(np.isnan(inputs))
        return inputs[rows], targets[rows]

    return kept


def keeps_while_it_counts(inputs, targets):
    for i in range(len(inputs)):
        if np.isnan(inputs[i]).any():
            inputs, targets = np.delete(inputs, i, axis=0), np.delete(targets, i)
    return inputs, targets


def keeps_columns(inputs, targets):
    return inputs[:, ~np.isnan(inputs).any(axis=0)], targets


def fills(inputs, targets):
    return np.nan_to_num(inputs), targets


NAN = np.nan
BLANK = np.array([[0.0, 0.0], [NAN, 1.0], [-3.0, 1.0], [2.0, 2.0]])  # no ink is no damage
TABLE = np.array([[1.0, 2.0], [NAN, 4.0], [5.0, 6.0], [NAN, NAN], [9.0, 1.0], [3.0, NAN]])


def rows_kept(keep):
    x, y = keep(TABLE, np.arange(6) * 10)
    return [x[[0, 1]].sum(), y.sum(), (x[:, 0] * 2).sum()]


book.exercise(
    "my_keep",
    keep,
    cases=[
        (TABLE[:3], np.array([7, 8, 9])),
        (TABLE, np.array([0, 10, 20, 30, 40, 50])),
        (TABLE[[0, 2, 4]], np.array([3, 1, 2])),
        (BLANK, np.array([4, 5, 6, 7])),
    ],
    observe=lambda result, *inputs: result if isinstance(result, np.ndarray) else [*result],
    serves="keep",
    payoff=rows_kept,
    form="two arrays: `np.array(…)`",
    also=[keep_in_a_loop, keep_by_delete, keep_by_sums],
    because="What is damaged goes, and its target with it.",
    mistakes=[
        (
            made_to_fit,
            "The last targets are cut off. But damaged rows stood in the middle: from the first "
            "one on, each picture has the label of another.",
        ),
        (
            lambda x, y: (keep(x, y)[0], y),
            "Damaged inputs are gone, and their targets are there still: the same rows of both.",
        ),
        (
            lambda x, y: (x, y),
            "Nothing is left out. (nan is equal to nothing, not even to nan: `np.isnan` asks. And "
            "the inputs have the holes, not the targets.)",
        ),
        (kept_by(lambda nan: ~nan[:, 0]), "Only the first column was asked: ask each number."),
        (lambda x, y: [*zip(*keep(x, y))], "Pairs. Two arrays are asked for: inputs, targets."),
        (kept_by(lambda nan: nan.any(axis=1)), "The other way round: these are the damaged ones."),
        (
            kept_by(lambda nan: ~nan.all(axis=1)),
            "A row in which *one* number is missing is damaged: `any`, where you have `all`.",
        ),
        (
            lambda x, y: (x[~np.isnan(x)], y),
            "Numbers are left out one by one, and the table is a table no more: leave out rows.",
        ),
        (
            lambda x, y: (x[~np.isnan(x)], y[~np.isnan(x).any(axis=1)]),
            "The targets are right. Of the inputs, leave out rows: this takes out single numbers.",
        ),
        (keeps_columns, "Those are columns. Damaged *rows* have to go: axis 1."),
        (
            lambda x, y: (np.where(np.isnan(x), np.nanmean(x, axis=0), x), y),
            "The holes are filled with means, numbers that nobody measured. Here the damaged rows "
            "are left out.",
        ),
        (
            lambda x, y: kept_by(lambda nan: x.sum(axis=1) > 0)(x, y),
            "A row whose sum is 0 is blank, and not damaged. Ask for what is missing, `np.isnan`.",
        ),
        (
            lambda x, y: (x[: (~np.isnan(x).any(axis=1)).sum()], y[: (~np.isnan(x).any(1)).sum()]),
            "So many rows are whole, but not the *first* so many: pick rows by True and False, "
            "`inputs[whole]`.",
        ),
        (
            keeps_while_it_counts,
            "Rows are taken out while they are counted: behind the first one, all have moved up. "
            "Find the damaged ones first, then leave them out at once.",
        ),
        (
            lambda x, y: (np.delete(x, np.flatnonzero(np.isnan(x).any(1))), keep(x, y)[1]),
            "Without an axis, `np.delete` makes one long row of the table: `axis=0`.",
        ),
        (
            kept_by(lambda nan: ~nan.any()),
            "One answer for the whole table. Ask row by row: `any(axis=1)`.",
        ),
        (
            lambda x, y: keep(x, y)[::-1],
            "The rows are right, and the two come back the other way round: first the inputs.",
        ),
        (fills, "The holes are filled with 0, and the rows are there still: leave them out."),
        (
            lambda x, y: (np.where(np.isnan(x).any(axis=1)[:, None], 0, x), y),
            "The damaged rows are full of 0, and there still: leave them out.",
        ),
    ],
)


def shared_rows(train, test):
    return sum((train == row).all(axis=1).any() for row in test)


def shared_by_table(train, test):
    return (test[:, None] == train).all(axis=2).any(axis=1).sum()


def shared_by_bytes(train, test):
    known = {row.tobytes() for row in train}
    return len([row for row in test if row.tobytes() in known])


def shared_by_counting(train, test):
    count = 0
    for row in test.tolist():
        if row in train.tolist():
            count += 1
    return count


def how_many(shared):
    return f"{shared(FEW, FEW[1:]):d} of 3"


FEW = np.array([[1, 2], [3, 4], [5, 6], [1, 2]])
book.exercise(
    "my_shared_rows",
    shared_rows,
    cases=[
        (FEW, np.array([[3, 4], [4, 3], [1, 2]])),
        (FEW, np.array([[1, 6], [3, 4], [5, 6], [3, 4], [5, 4]])),
        (np.array([[1, 2], [3, 2], [5, 2]]), np.array([[9, 2], [3, 2], [2, 3]])),
    ],
    serves="shared",
    payoff=how_many,
    form="one whole number: how many",
    also=[shared_by_table, shared_by_bytes, shared_by_counting],
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
            "That says whether there is one. How many are there? (A `return` inside the `if` ends "
            "it at the first one.)",
        ),
        (
            lambda a, b: sum(not (a == row).all(axis=1).any() for row in b),
            "Those are the rows of `test` that do *not* stand in `train`.",
        ),
        (
            lambda a, b: bool((a == b[-1]).all(axis=1).any()),
            "That is the answer for the last row alone: each round puts a new one in its place. "
            "Add them up, `+=`.",
        ),
        (
            lambda a, b: sum((a == row).all(axis=0).any() for row in b),
            "`axis=0` asks of a column whether it is alike in all rows. Ask of each row: `axis=1`.",
        ),
        (
            lambda a, b: sum((a == row).all() for row in b),
            "Is *all* of `train` like this row? Ask row by row, `.all(axis=1)`, and then whether "
            "one is, `.any()`.",
        ),
        (
            lambda a, b: sum((a.sum(axis=1) == row.sum()).any() for row in b),
            "Two rows with one sum need not be the same row: 1 + 6 is 3 + 4.",
        ),
        (
            lambda a, b: [bool((a == row).all(axis=1).any()) for row in b],
            "A True or False for each test row. How many are True?",
        ),
        (
            lambda a, b: sum((b == row).all(axis=1).any() for row in a),
            "Those are training rows that stand in the test. Count test rows.",
        ),
        (
            lambda a, b: sum((old == new).all() for old, new in zip(a, b)),
            "Each row is held against the one at its own place only. It may stand anywhere.",
        ),
        (
            lambda a, b: len(np.intersect1d(a, b)),
            "Those are single numbers that occur in both. Count whole rows.",
        ),
        (
            lambda a, b: len(a) + len(b) - len(np.unique(np.concatenate([a, b]), axis=0)),
            "That counts rows that stand twice *inside* one part, too. Count test rows that stand "
            "in training.",
        ),
        (
            lambda a, b: len(np.unique(np.concatenate([a, b]), axis=0)),
            "So many different rows are in both parts together.",
        ),
        (
            lambda a, b: len(set(map(tuple, a.tolist())) & set(map(tuple, b.tolist()))),
            "A set has each row once: a row that stands twice in the test counts twice here.",
        ),
    ],
)
book.question(
    "one repair of five",
    answer="no",
    because="Whichever it is: one who guesses reads a tenth, and so does it still.",
    mistakes=[
        ("yes", "Four faults are left, and each of some of them is enough to spoil everything."),
    ],
)
book.question(
    "test rows in the training part",
    answer=360,
    because="All of them: the whole test was trained on.",
    mistakes=[
        (0, "Then there would be no leak. Is `my_shared_rows` right? `case.look(shared)` asks it."),
        (Between(0.05, 1), "Is that a share, or a True? Asked for is how many rows."),
        (1767, "That is how many training rows there are: the test rows are among them."),
        *every(
            2, 359, 1, "`shared` finds more. Ask it with `case.look(shared)`, in a case as it came."
        ),
        (1797, "That is the file. How many of the 360 test rows does `shared` find?"),
    ],
)
book.question(
    "without the shared rows",
    answer="lower",
    because="It loses what it knew by heart. The rest is true.",
    mistakes=[
        ("higher", "Its test rows were in the training. What did that do to the score?"),
        ("the same", "It had learned the test rows, and they are gone from training now."),
    ],
)
book.question(
    "what the nearest neighbour reads",
    answer=0.986,
    within=0.0125,
    because="More than our network: with no weights, no gradient and no training at all.",
    mistakes=[
        (1.0, "Of what it has stored, yes. These 360 it has not."),
        (0, "None? These labels are true, and pictures that are alike have mostly one label."),
        *every(0.05, 0.2, 0.01, "With thrown labels it read so many. These labels are true."),
        *every(0.25, 0.7, 0.05, "More: pictures that are alike have, mostly, the same label."),
        *every(0.75, 0.94, 0.01, "More: pictures that are alike have, nearly always, one label."),
        *every(0.95, 0.97, 0.01, "As good as our network? Better."),
    ],
)
book.question(
    "the fault that flatters",
    answer="cut",
    because="Alone, it leaves the bar at 0.99. All the others hurt, and so they are found.",
    mistakes=[
        ("keep", "Set the four others to repaired and look: 0.08. This one nobody overlooks."),
        ("scale", "Set the four others to repaired and look: 0.71."),
        ("shuffle", "Set the four others to repaired and look: 0.95. Near, and one hides better."),
        ("parts", "Set the four others to repaired and look: 0.86."),
    ],
)


# The shelf: files

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
        (Between(3e8, 4e8), "Each pixel is a number from 0 to 255: one byte."),
        (60000 * 28 * 28 + 8, "Three axes: three lengths of four bytes. And the first four bytes?"),
        (60000, "So many pictures. How many bytes has each?"),
        (4704016, "A digit is missing: 60000 · 784 has eight."),
        (16, "That is what stands before the pixels."),
        (60000 * 28 * 28 + 12, "Three lengths of four bytes. And the four bytes before them?"),
        (28 * 28, "So many pixels has *one* picture."),
        (60056, "Added up. Rows times columns is one picture, and there are 60000 of them."),
    ],
)


def lengths(data):
    return tuple(int.from_bytes(data[4 + 4 * i : 8 + 4 * i], "big") for i in range(data[3]))


def as_whole_numbers(result, data):
    if isinstance(result, int):
        return result
    if any(isinstance(each, bytes) for each in result):
        raise TypeError('Those are the four bytes still: `int.from_bytes(…, "big")` adds them up.')
    return list(result)


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
    observe=as_whole_numbers,
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
            lambda data: [int.from_bytes(data[i : i + 4]) for i in range(4, len(data), 4)],
            "The pixels are read as lengths, too. How many lengths there are says `data[3]`.",
        ),
        (
            lambda data: tuple(int.from_bytes(data[i : i + 4], "big") for i in (4, 8, 12)),
            "Always three lengths. A file may have one axis, or two: `data[3]` says how many.",
        ),
        (
            lambda data: tuple(
                int.from_bytes(data[4 + 4 * i : 8 + 4 * i], "big") for i in range(data[2])
            ),
            "Byte 2 is the type, and happens to be 8. How many axes there are says byte 3.",
        ),
        (lambda data: data[3], "That is how many lengths there are. The lengths are asked for."),
        (
            lambda data: int.from_bytes(data[4:8], "big"),
            "That is the first length. There are `data[3]` of them: a loop, or a comprehension.",
        ),
        (
            lambda data: (data[7], data[11], data[15]),
            "Always three lengths, and one byte of each. `data[3]` says how many, four bytes each.",
        ),
        (
            lambda data: len(data),
            "That is how many bytes the file has. The lengths of its axes stand in bytes 4 to 7, "
            "8 to 11, …",
        ),
        (
            lambda data: tuple(data[4 : 4 + data[3]]),
            "One byte for each length. Each takes four.",
        ),
        (
            lambda data: tuple(int.from_bytes(data[4 + i : 8 + i], "big") for i in range(data[3])),
            "The first is right. The next one begins four bytes later, and not one.",
        ),
        (
            lambda data: (2, 2, 3),
            "Those are the lengths of one file, and other files have others: read `data`.",
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
        (Between(0, 0.01), "Then it would be of no use: it is there to notice a change."),
        (Between(0.05, 0.999), "Is that a share? Of the 64 digits, how many?"),
        (16, "One of sixteen *agrees* by chance. How many differ?"),
        (Between(1, 15), "Far more: every byte takes part in every digit."),
        *every(40, 58, 1, "More: a new digit agrees with the old one only one time in sixteen."),
        (32, "More than half: a new digit agrees with the old one by chance, one time in sixteen."),
    ],
)

book.question(
    "the iris with label 2",
    answer="virginica",
    because="Its 50 flowers have the longest petals.",
    otherwise="The box lists the names under `classes`: which has the number 2?",
    mistakes=[
        ("setosa", "That is label 0."),
        ("versicolor", "That is label 1: labels count from 0."),
        (2, "That is the label. Which kind has it? Look under `classes`."),
        (0, "That is the label of one flower. The names of the kinds stand under `classes`."),
        ("petal length", "That is the name of a *column*. The kinds stand under `classes`."),
    ],
)


# The shelf: labels

book.question(
    "labels fitted as numbers",
    answer=0.22,
    within=0.09,
    because="An 8 is not twice a 4: as numbers, labels say what is not so.",
    mistakes=[
        (
            0.95,
            "As good as the network? It must say 4.0 for what looks like a 4, and 8.0 for an 8.",
        ),
        (0.9, "It must say 4.0 for what looks like a 4, and 8.0 for what looks like an 8."),
        *every(0.35, 0.85, 0.05, "Fewer: it must say 4.0 for a 4 and 8.0 for an 8, or nearly so."),
        (0.1, "More than guessing, but not by much."),
        (0, "Now and then the nearest whole number is the right one."),
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
    cases=[(np.array([1, 0]), 3), (np.array([2, 2, 0, 3, 1]), 6)],
    because="A row for each label.",
    mistakes=[
        (
            lambda labels, classes: np.eye(len(labels))[labels],
            "As many columns as there are labels. There is one for each *class*: `num_classes`.",
        ),
        (
            lambda labels, classes: 1 - np.eye(classes)[labels],
            "Turned round: 1 in the column of the label, and 0 in all others.",
        ),
        (
            lambda labels, classes: np.isin(np.arange(classes), labels) * 1.0,
            "One row for all labels. Each label has a row of its own.",
        ),
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
            lambda labels, classes: np.eye(10)[labels],
            "Always ten columns. How many there are is handed in: `num_classes`.",
        ),
        (
            lambda labels, classes: (labels[:, None] == np.arange(classes)) * labels[:, None],
            "The label stands where a 1 should: the *place* tells the class, and the label 0 "
            "would have none.",
        ),
        (
            lambda labels, classes: np.eye(classes),
            "Those are all classes. Pick the rows of the labels.",
        ),
    ],
)


# The shelf: hands and classes

book.question(
    "digits from a stretch of the file",
    answer="less",
    because="Its pictures seem to come from hands that the network has not met.",
    mistakes=[
        ("more", "Strangers' hands would have to be clearer than those it has learned."),
        ("as much", "So it would be if the rows lay mixed. You have seen that they do not."),
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
            lambda y, a, n: np.bincount(a, minlength=n) / np.bincount(y, minlength=n),
            "All that were *called* c are counted, right or wrong. Count those that *are* c.",
        ),
        (
            lambda y, a, n: np.array([np.mean(y[a == c] == c) for c in range(n)]),
            "Of the rows that were *called* c, the share that is c. Begin with those that *are* c.",
        ),
        (
            lambda y, a, n: np.array([np.mean(a[y == c] == c) for c in range(1, n + 1)]),
            "Classes are counted from 0: the first one is left out, and the last has no rows.",
        ),
        (
            lambda y, a, n: np.array([np.mean(a[y == c] == y) for c in range(n)]),
            "The answers of one class are held against *all* labels. Of the class c, against c.",
        ),
        (
            lambda y, a, n: np.array([np.mean(a[y == c] == c) for c in range(2)]),
            "Always two classes. How many there are is handed in: `classes`.",
        ),
        (
            lambda y, a, n: np.array([np.mean(a[y == c]) for c in range(n)]),
            "That averages the answers as if they were numbers: compare them with c first.",
        ),
        (
            lambda y, a, n: np.array([np.mean(a[y == c] != c) for c in range(n)]),
            "That is the share that was *missed*. Asked for is what was found.",
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


# The shelf: augmentation

book.question(
    "digits that moved by a pixel",
    answer=0.37,
    within=0.1,
    because="Each pixel has weights of its own, and the ink is on other pixels now.",
    mistakes=[
        (0.95, "To us they look alike. To the network each pixel is a column of its own."),
        (0.9, "To us they look alike. To the network each pixel is a column of its own."),
        *every(
            0.5, 0.89, 0.01, "Fewer: the ink stands in other columns now, which have other weights."
        ),
        (0.1, "A ninth of them did not move at all, and some moved little."),
    ],
)


# Stretch


def folded(result, n, k):
    """The parts as lists, if they are parts of all rows, in order."""
    found = [*result]
    if any(np.ndim(part) == 0 for part in found):
        raise TypeError("Those are single numbers. Asked for are parts: lists of row numbers.")
    if any(isinstance(part, tuple) and np.ndim(part[0]) for part in found if len(part)):
        raise TypeError("Pairs of parts. Asked for are the k parts alone, each row in one.")
    found = as_lists(found)
    if len(found) != k:
        raise ToldError(f"{len(found)} parts, and k = {k} are asked for, each of about n / k rows.")
    every_row = [row for part in found for row in part]
    if sorted(every_row) == [*range(n)] != every_row:
        raise ValueError("Each row is in one part. Asked for are rows in order: 0, 1, 2, …")
    return found


book.exercise(
    "my_folds",
    lambda n, k: np.array_split(np.arange(n), k),
    cases=[(6, 2), (7, 3), (10, 4)],
    observe=folded,
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
            lambda n, k: (
                [np.arange(i * (n // k), (i + 1) * (n // k)) for i in range(k - 1)]
                + [np.arange((k - 1) * (n // k), n)]
            ),
            "The whole rest is in the last part. Spread it: the first parts get one more each.",
        ),
        (
            lambda n, k: [n - 1 - part[::-1] for part in np.array_split(np.arange(n), k)][::-1],
            "The *last* parts are longer. The first ones should be.",
        ),
        (
            lambda n, k: np.array_split(np.arange(1, n + 1), k),
            "Numbered from 1. Rows are numbered from 0 to n - 1.",
        ),
        (
            lambda n, k: np.split(np.arange(n), k),
            "`np.split` wants equal parts, and here n need not divide evenly: `np.array_split`.",
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


def copies_moved_together(images, labels, n, rng):
    from minnet.data import shift_images, train_test_split

    train, test, train_y, test_y = train_test_split(images, labels, rng=rng)
    train = np.repeat(shift_images(train, rng=rng), n, axis=0)
    return train, test, np.repeat(train_y, n), test_y


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


def copies_of_an_own_split(images, labels, n, rng):
    from minnet.data import shift_images, train_test_split

    own = np.random.default_rng(0)
    train, test, train_y, test_y = train_test_split(images, labels, rng=own)
    train = shift_images(np.repeat(train, n, axis=0), rng=rng)
    return train, test, np.repeat(train_y, n), test_y


def copies_in_one_axis(images, labels, n, rng):
    from minnet.data import shift_images, train_test_split

    train, test, train_y, test_y = train_test_split(images, labels, rng=rng)
    return shift_images(np.repeat(train, n), rng=rng), test, np.repeat(train_y, n), test_y


def copies_and_originals(images, labels, n, rng):
    from minnet.data import shift_images, train_test_split

    train, test, train_y, test_y = train_test_split(images, labels, rng=rng)
    moved = shift_images(np.repeat(train, n, axis=0), rng=rng)
    return (
        np.concatenate([train, moved]),
        test,
        np.concatenate([train_y, np.repeat(train_y, n)]),
        test_y,
    )


def copies_and_a_moved_test(images, labels, n, rng):
    from minnet.data import shift_images

    train, test, train_y, test_y = copies(images, labels, n, rng)
    return train, shift_images(test, rng=rng), train_y, test_y


def kinds(result, images, labels, copies, rng):
    """Which originals (each has ink of its own) stand in training, in the test, and in both."""
    if len(result) != 4:
        raise TypeError("return four: training and test pictures, training and test labels")
    train, test, train_y, test_y = map(np.asarray, result)
    if train.ndim != 3 or test.ndim != 3:
        raise ValueError(
            "First come two arrays of pictures, then two of labels: `train_test_split` hands them "
            "out in this order, too."
        )
    if train.shape[1:] != images.shape[1:] or test.shape[1:] != images.shape[1:]:
        got = f"{train.shape[1:]} and {test.shape[1:]}, not of {images.shape[1:]}"
        raise ValueError(f"Pictures of {got}. Pictures are counted along axis 0: `axis=0`.")
    if len(train) + len(test) == len(images):
        raise ValueError("Nothing is copied: there are as many pictures as before, `np.repeat`.")
    if len(train) != len(train_y):
        raise ValueError(
            f"{len(train)} pictures and {len(train_y)} labels to train on: each copy needs the "
            "label of its picture, `np.repeat`."
        )
    inks = dict(zip(images.sum(axis=(1, 2)).tolist(), labels.tolist(), strict=True))
    train_ink, test_ink = train.sum(axis=(1, 2)).tolist(), test.sum(axis=(1, 2)).tolist()
    pairs = [*zip(train_ink, train_y, strict=False), *zip(test_ink, test_y, strict=False)]
    whose = "drawn with the rng" if was_asked(rng) else "the rng was not asked"
    for seed in SEEDS:  # what is left of the generator, if only the moves were drawn with it
        moves = np.random.default_rng(seed)
        moves.integers(0, 3, size=(len(train), 2))
        if moves.bit_generator.state == rng.bit_generator.state:
            whose = "the rng was not asked for the split"
    alike = len(np.unique(train, axis=0)) == len(set(train_ink))
    still = alike and all((images == each).all(axis=(1, 2)).any() for each in train)
    return [
        f"{len(train)} to train on with {len(train_y)} labels, {len(test)} with {len(test_y)}",
        f"{len(set(train_ink) & set(test_ink))} originals in both",
        f"{sum(inks.get(ink) != y for ink, y in pairs)} labels of other pictures",
        "that stand still" if still else "that moved together" if alike else "that moved",
        "the test as it was"
        if all((images == each).all(axis=(1, 2)).any() for each in test)
        else "the test moved",
        whose,
    ]


def dots(n):
    """Pictures, each with a spot of its own ink, and labels."""
    images = np.zeros((n, 6, 6))
    images[:, 2:4, 2:4] = np.arange(1.0, n + 1)[:, None, None]
    return images, np.arange(n) * 3


book.exercise(
    "my_copies",
    copies,
    cases=[
        (*dots(10), 4, np.random.default_rng(0)),
        (*dots(15), 6, np.random.default_rng(1)),
    ],
    observe=kinds,
    because="No test picture has a sister in training.",
    mistakes=[
        (copies_first, "Copied first, split afterwards: sisters of one picture are in both parts."),
        (copies_of_both, "The test was copied too: it should stay as the digits really come."),
        (
            copies_moved_together,
            "Moved once, and then repeated: all copies of a picture are alike. Repeat first, "
            "then each copy moves its own way.",
        ),
        (
            copies_and_a_moved_test,
            "The test was moved, too: it should stay as the digits really come.",
        ),
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
        (
            copies_of_an_own_split,
            "The split has a generator of its own, and is the same each time: `rng=rng`.",
        ),
        (
            lambda images, labels, n, rng: copies_in_one_axis(images, labels, n, rng),
            "Without an axis, `np.repeat` makes one long row of all pixels: `axis=0`.",
        ),
        (copies_flat, "Copies side by side make wide pictures: `np.repeat`, along axis 0."),
        (
            copies_and_originals,
            "The originals are there too, beside their copies: none of them is asked for.",
        ),
    ],
)
