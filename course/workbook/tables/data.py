"""Chapter 5: rows that belong together, on scales that differ, in parts that must not meet."""

from contextlib import contextmanager
from itertools import pairwise

import numpy as np

from course.exercises.kit import ToldError
from course.workbook.blanks import Blank, Mistake, Probe
from course.workbook.probing import near, some


def rng(seed=0):
    return np.random.default_rng(seed)


def refuse(when, words):
    """What a comparison of numbers would not say of a result, or too late."""
    if when:
        raise ToldError(words)


@contextmanager
def left_alone(words, *arrays):
    """What was handed in stays as it was; else these words are said."""
    before = [array.copy() for array in arrays]
    yield
    refuse(not all(map(np.array_equal, before, arrays)), words)


def of_rows(table, n, columns):
    """A table of floats, one row for each of n, or None; what it is instead is said."""
    if table is None:
        return None
    refuse(not isinstance(table, np.ndarray), "An array is asked for.")
    refuse(
        table.dtype != float,
        f"The numbers are of type {table.dtype}: floats are asked for, float64.",
    )
    refuse(
        table.shape == (columns, n),
        f"Rows and columns have changed places: ({n}, {columns}) is asked for.",
    )
    return table


# Batches

APART = "Each array is shuffled for itself: rows lose their labels. One order for all."
STARTS = (
    "Only the batches come in another order: the same rows are always together. Draw the *rows*."
)
NO_REST = "What is left over at the end is lost: 7 by 3 are three batches."
FOR_EVER = "Every pass has the same order: draw anew in each, with `self.rng`."
NOT_ITS_OWN = "It does not draw with its own generator, `self.rng`."
SIZES = [(7, 3, False), (7, 3, True), (6, 3, False), (6, 3, True), (8, 5, False)]


def lengths(m):
    return [len(m.Batches(np.arange(n), batch_size=k, drop_last=drop)) for n, k, drop in SIZES]


NEAR_LENGTHS = near(
    (lambda m: [2, 2, 2, 2, 1], NO_REST),
    (lambda m: [3, 2, 3, 2, 2], "6 rows by 3 are two batches: there, nothing is left over."),
    (lambda m: [2, 3, 2, 2, 1], "Where `drop_last` is True, the short one is *not* counted."),
    (lambda m: [3, 3, 2, 2, 2], "With `drop_last` the short one is left out, and not counted."),
)


def batches(n=7, size=3, passes=1, seed=None, **settings):
    """All batches of some passes: rows and their labels."""

    def look(m):
        once, again = gathered(m, n, size, passes, seed, settings), None
        if seed is not None:
            again = gathered(m, n, size, passes, seed, settings)
            refuse(not all(map(np.array_equal, once, again)), NOT_ITS_OWN)
        return once

    return look


def gathered(m, n, size, passes, seed, settings):
    x, y = np.arange(2.0 * n).reshape(n, 2), np.arange(n)
    made = m.Batches(x, y, batch_size=size, rng=None if seed is None else rng(seed), **settings)
    held = [*made.arrays]
    with left_alone("It changes the arrays that came in: they stay the caller's.", x, y):
        found = [batch for _ in range(passes) for batch in made]
    kept = len(held) == len(made.arrays) and all(a is b for a, b in zip(held, made.arrays))
    refuse(not kept, "It changes `self.arrays`: the next pass begins with these rows.")
    for batch in found:
        refuse(
            not isinstance(batch, tuple) or len(batch) != 2,
            "Each batch is a tuple, a part of each of `self.arrays`: here two.",
        )
        refuse(
            not all(isinstance(part, np.ndarray) for part in batch),
            "Each part is an array: asked with many row numbers at once, an array gives many rows.",
        )
    refuse(
        not all(rows.ndim == 2 and labels.ndim == 1 for rows, labels in found),
        "A part of an array has as many axes as the array.",
    )
    a_pass = len(found) // passes
    refuse(
        a_pass != len(made), f"A pass gives {a_pass} batches, and `len` says {len(made)} of them."
    )
    each = [(int(row[0]) // 2, int(label)) for rows, labels in found for row, label in
            zip(rows, labels)]  # fmt: skip
    refuse(any(row != label for row, label in each), APART)
    drawn = [row for row, _ in each]
    first = drawn[: len(drawn) // passes]
    about_order(first, n, size, seed, whole=not settings)
    refuse(passes > 1 and seed is not None and first == drawn[len(first) :], FOR_EVER)
    refuse(
        seed is not None and first != rng(seed).permutation(n).tolist(),
        "Each row comes once, but not as one call of `self.rng.permutation(rows)` has it.",
    )
    copies = [np.array(part) for batch in found for part in batch]
    with left_alone(
        "Its batches are views of the caller's arrays, who loses what is written into a batch. "
        "Asked with an array of row numbers, an array gives a copy.",
        x,
        y,
    ):
        for part in (part for batch in found for part in batch):
            part[...] = -1
    return copies


def about_order(first, n, size, seed, whole):
    """What may be wrong in the order of a pass."""
    if seed is None:
        refuse(
            len(set(first)) < len(first) or (whole and len(first) != n),
            "In one pass some rows come twice, or never: batch i goes from i · size to "
            "(i + 1) · size, and the last one may be short.",
        )
        return
    refuse(
        sorted(first) != [*range(n)],
        "In one pass some rows come twice, and others never: one order for a whole pass, drawn "
        "before its first batch, by `permutation`.",
    )
    refuse(
        first == [*range(n)],
        "The rows come as they lie: where there is an `rng`, `order` says how.",
    )
    refuse(
        sum(b - a != 1 for a, b in pairwise(first)) < -(-n // size),  # where a piece ends
        STARTS,
    )


def later(m):
    """What is changed after the first batch, seen in the second."""
    x = np.zeros(4)
    passing = iter(m.Batches(x, batch_size=2))
    next(passing)
    x[...] = 9
    second = next(passing)[0]
    refuse(
        not second.all(),
        "All batches are made in advance. What is changed in the arrays shows in later batches, "
        "says the docstring: take the rows of a batch when its turn has come.",
    )
    return second


# deal

LEAST = "The rows that are left go to those that lost *least* by rounding."


def dealt(k, *sizes):
    """The shares, also where the guard does not let them through: they say what is wrong."""

    def look(m):
        shares, words = shares_of(m, k, sizes)
        if words and all(0 < share < size for share, size in zip(shares, sizes, strict=True)):
            raise ValueError(words)  # the guard was handed something else
        return None if shares is None else np.asarray(shares)

    return look


def shares_of(m, k, sizes):
    """The shares, and the words of the guard where it has spoken."""
    classes, words = [*sizes], ""
    with left_alone("It changes `sizes`, a list of the caller's.", classes):
        try:
            shares = m.deal(k, classes)
        except ValueError as error:
            *_, last = last_of(error)
            shares, words = last.f_locals.get("shares"), str(error)
            if "would have none" not in words:
                raise
    if shares is None:
        return None, ""
    given = np.asarray(shares)
    refuse(
        given.shape != (len(sizes),),
        f"{len(sizes)} classes, and {given.size} shares: `sizes` is a list, and `k * sizes` "
        "repeats it. `np.array(sizes)` does sums.",
    )
    refuse(
        given.dtype.kind not in "iu",
        f"The shares are of type {given.dtype}: whole numbers are asked for, rows are cut by them.",
    )
    refuse(
        given.sum() < k,
        f"{k} rows are to be dealt, and the shares add up to {given.sum()}: what is left by "
        "rounding is still to be given out.",
    )
    refuse(
        given.sum() > k,
        f"{k} rows are to be dealt, and the shares add up to {given.sum()}: rounded *down* they "
        "are never too many, and each row that is left is given once.",
    )
    return shares, words


def last_of(error):
    """The frames through which an error came."""
    trace = error.__traceback__
    while trace is not None:
        yield trace.tb_frame
        trace = trace.tb_next


def without_a_row(m):
    """A class so small that its share is none: the guard is asked, and says so."""
    shares, words = shares_of(m, 3, [10, 10, 10, 2])
    refuse(
        not words and shares is not None,
        "A class of 2 rows gets none of 3, and it is dealt so all the same: "
        "`checks.require_shares(shares, sizes)` refuses that.",
    )
    return words or None


# train_test_split

SWAPPED = "Training and test are swapped."
OVERLAP = "Rows of the test are in the training part, too: it was seen before the exam."
CLASSES = np.repeat([0, 1, 2], [12, 6, 3])


def split(k, n=20, drawn=False, **settings):
    """How many rows are in each part, k of them in the test; and with `drawn` which."""

    def look(m):
        once = parts_of(m, n, k, settings)
        again = once and parts_of(m, n, k, settings)
        refuse(
            once is not None and not all(map(np.array_equal, once, again)),
            "The same seed gives other parts: draw with `rng`, and with nothing else.",
        )
        return once if drawn or once is None else [len(part) for part in once]

    return look


def parts_of(m, n, k, settings):
    x = 100.0 + np.arange(n)
    y = 10 * x
    strata = [settings["stratify"]] if "stratify" in settings else []
    with left_alone("It changes the arrays that came in: they stay the caller's.", x, y, *strata):
        parts = m.train_test_split(x, y, rng=rng(3), **settings)
    if parts is None:
        return None
    refuse(isinstance(parts, tuple), "A list is asked for, and that is a tuple.")
    refuse(
        isinstance(parts, list) and any(isinstance(e, list | tuple) and len(e) == 2 for e in parts),
        "One flat list is asked for, a_train, a_test, b_train, b_test, and no pairs.",
    )
    refuse(
        len(parts) != 4,
        "4 parts are asked for, of each of the two arrays its training and its test rows; "
        f"yours are {len(parts)}.",
    )
    refuse(
        not all(isinstance(part, np.ndarray) for part in parts),
        "Each part is an array: asked with many row numbers at once, an array gives many rows.",
    )
    refuse(
        any(part.ndim != 1 for part in parts),
        "A part has not as many axes as its array. Is it asked with one array of row numbers? "
        "`np.concatenate` makes one of several; and `rng.shuffle` gives None.",
    )
    train, test, *labels = parts
    refuse(len(train) == len(test) == n - k != k, "The order is a_train, a_test, b_train, b_test.")
    refuse((len(train), len(test)) == (k, n - k) and k != n - k, SWAPPED)
    everybody = {*train.tolist(), *test.tolist()}
    lost = n - len(everybody)
    twice = len(train) + len(test) > len(everybody)
    refuse(
        lost and twice,
        "Some rows are in it twice and others never: `permutation(group)` gives the rows of a "
        "group, and `permutation(len(group))` numbers from 0 on.",
    )
    refuse(twice, OVERLAP)
    refuse(lost, f"{n} rows came in, and {n - lost} are in the two parts: nobody is to be lost.")
    refuse(
        len(test) != k,
        f"In the test there should be {k} rows, and there are {len(test)}: of each group its "
        "`share`.",
    )
    refuse(
        not all(np.array_equal(10 * a, b) for a, b in zip((train, test), labels)),
        "Rows lose their labels: one order for all arrays, drawn once.",
    )
    for classes in strata:
        found = np.bincount(classes[(test - 100).astype(int)], minlength=3).tolist()
        refuse(
            found != [4, 2, 1],
            f"Of the three classes, {found} rows are in the test, and [4, 2, 1] are their shares: "
            "draw within each group.",
        )
    return parts


# StandardScaler

IN_PLACE = "It changes what came in, which is the caller's: `{}` is a copy of it, to work on."


def table(constant=False):
    """Six rows on scales that differ; one column may always be 7."""
    x = some(6, 2) * [1.0, 10.0] + [5.0, -3.0]
    return np.column_stack([x, np.full(6, 7.0)]) if constant else x


def fresh():
    """Other rows, on the same scales."""
    return some(4, 2, seed=1) * [2.0, -5.0] + [4.0, 3.0]


def scaled(measured, rows=None, back=False):
    """Some rows after `transform`, or after the way back, by what was measured on others."""

    def look(m):
        made, x = m.StandardScaler().fit(measured()), (rows or measured)()
        before = made.mean_.copy(), made.var_.copy(), made.scale_.copy()
        with left_alone(IN_PLACE.format("x" if back else "z"), x):
            result = made.inverse_transform(x) if back else made.transform(x)
        after = made.mean_, made.var_, made.scale_
        refuse(
            not all(map(np.array_equal, before, after)),
            "`fit` measures, and nothing else: here `self.mean_` or `self.scale_` has changed. New "
            "rows are judged by what was *measured*.",
        )
        refuse(
            result is not None and not isinstance(result, np.ndarray),
            "The array is returned, and not the scaler.",
        )
        if not back:
            refuse_additions(result, x, made)
        return result

    return look


def refuse_additions(z, x, made):
    """A little number that is added to the deviation, against 0, is told so."""
    right = (x - made.mean_) / made.scale_
    if np.shape(z) == right.shape and (z * right > 0).all():
        more = made.scale_ * (right / z - 1)
        refuse(
            more.min() > 1e-12 and np.allclose(more, more.flat[0], rtol=1e-3),
            f"{more.flat[0]:.1g} is added to the deviation. `scale_` is never 0: divide by it.",
        )


def small():
    """A column that lies close together."""
    return table() * [1e-7, 1.0]


def single_floats(m):
    """float32 in: the types that come out, on the way there and back."""
    x = table().astype("f")
    made = m.StandardScaler().fit(x)
    for name in ("transform", "inverse_transform"):
        found = getattr(made, name)(x.copy()).dtype
        refuse(
            found != np.float32,
            f"Right in numbers; but float32 came in, and {found} comes out of `{name}`. Work in "
            "place on the copy, as in `z -= …`, or turn it back at the end: `.astype(z.dtype)`.",
        )
    return found.name


def scaler_ways(m):
    """What else may come out of `transform`."""
    made, x = m.StandardScaler().fit(table()), table()
    mean, scale = made.mean_, made.scale_
    yield (x - mean) * scale, "Multiplied by the deviation: divided by it, it becomes 1."
    yield (x - mean) / np.sqrt(scale), "`scale_` is the deviation already: no root of it."
    yield (x + mean) / scale, "The mean is added: subtracted, it becomes 0."
    yield x - mean, "In the middle they are right: now to deviation 1."
    yield x / scale, "They are scaled, and not yet in the middle: subtract the mean first."
    whole = (x - mean.mean()) / scale.mean()
    yield whole, "Each column has its own mean and deviation: here all share one."


def anew(m):
    x = fresh()
    yield (
        (x - x.mean(axis=0)) / x.std(axis=0),
        "It measures anew. What `fit` has measured holds for new rows.",
    )


def near_back(m):
    made, x = m.StandardScaler().fit(table()), fresh()
    yield made.transform(x), "That is `transform` once more: the way back undoes it."
    yield x * made.scale_, "Only the last step is undone: the mean was subtracted, too."
    yield x + made.mean_, "Only the first step is undone: it was divided, too."


def of_a_constant(m):
    made, x = m.StandardScaler().fit(table(constant=True)), table(constant=True)
    with np.errstate(invalid="ignore"):
        z = (x - made.mean_) / np.sqrt(made.var_)
    yield z, "A column that never changes has the deviation 0: `self.scale_` says 1 there."


# one_hot, shift_images, binary_digits


def hot(labels, classes, kind=np.array):
    def look(m):
        given = kind(labels)
        lie = np.full((len(labels), classes), 0.25)  # what `np.empty` finds afterwards
        del lie
        with left_alone("It changes `labels`, which are the caller's.", given):
            rows = of_rows(m.one_hot(given, classes), len(labels), classes)
        if rows is None:
            return None
        refuse(
            rows.shape == (len(labels), max(labels) + 1) != (len(labels), classes),
            f"{classes} classes are {classes} columns: `num_classes`, whichever labels came.",
        )
        refuse(
            (rows == 0.25).any(),
            "In the other places stands what lay in memory before: `np.zeros` makes it 0.",
        )
        return rows

    return look


def near_hot(labels, classes):
    def ways(m):
        right = np.eye(classes)[labels]
        yield np.roll(right, -1, axis=1), "One column off: labels count from 0."
        yield 1 - right, "0 and 1 have changed places."
        yield right * np.array(labels)[:, None], "The label stands in its place: a 1 is asked for."
        yield (
            right * (np.arange(len(labels)) == 0)[:, None],
            "Only the first row is written: does `return` stand inside the loop?",
        )
        _, rank = np.unique(labels, return_inverse=True)
        yield (
            np.eye(classes)[rank],
            "The column is the label itself, and not its place among the labels that are there.",
        )

    return ways


def moved(seed, *shape, most=1, kind=float):
    def look(m):
        images, own = (np.arange(np.prod(shape)) % 250 + 1).reshape(shape).astype(kind), rng(seed)
        with left_alone("It writes into `images`, the caller's: `moved` is there for it.", images):
            lie = np.full(shape, 0.25)  # what `np.empty_like` finds afterwards
            del lie
            found = m.shift_images(images, max_shift=most, rng=own)
        if found is None:
            return None
        refuse(not isinstance(found, np.ndarray), "An array is asked for: return `moved`.")
        refuse(
            found.dtype != images.dtype,
            f"{images.dtype} came in, and {found.dtype} comes out: `moved` has the type already.",
        )
        refuse(
            kind is float and np.any(found == 0.25),
            "Not every place of `moved` is written: in some stands what lay in memory before. "
            "Does `return` stand inside the loop?",
        )
        once = rng(seed)
        once.integers(0, 2 * most + 1, size=(len(images), 2))
        refuse(
            own.bit_generator.state != once.bit_generator.state,
            "It draws once more: `steps` are drawn already.",
        )
        return found

    return look


def digits(*numbers, bits):
    def look(m):
        return of_rows(m.binary_digits(np.array(numbers), bits), len(numbers), bits)

    return look


PIECE = "moved[i] = padded[i, ..., down : down + height, across : across + width]"

BLANKS = [
    Blank(
        "rows_of_classes",
        "A small helper, complete: for each class the numbers of its rows. Lines of "
        "`train_test_split` that are given call it.",
        complete=True,
    ),
    Blank(
        "Batches",
        "Rows in portions. Open: how many there are, and how they come, in a new order each pass "
        "where there is an `rng`.",
        shapes="`len` counts the batches: the last may be short, unless `drop_last` leaves it "
        "out. Each batch is a tuple of arrays, a part of each of `self.arrays`, as a copy. Draw "
        "the order with one call of `self.rng.permutation(rows)`.",
        example="[batch[0] for batch in Batches(np.arange(5), batch_size=2)]",
        hint="One order for all arrays, so that rows stay together; a batch is a piece of it. "
        "7 rows by 3 are 3 batches, and 2 where the last is left out.",
        because="The rows are drawn, once a pass, and with one order for all arrays.",
        holes=("def __len__", "order = "),
        hide=r"^$",
        advice={
            "returned non-iterator": "`return` ends it with what it gives: `yield` hands over one "
            "batch, and goes on with the next.",
            "values to unpack": "There may be one array, or three of them: walk through "
            "`self.arrays`.",
            "out of bounds": "`order` holds the numbers of all rows: a batch is a piece of it, and "
            "each array as a whole is asked with that piece.",
        },
        probes=[
            Probe("the number of batches of 7, 7, 6, 6 and 8 rows", lengths, NEAR_LENGTHS),
            Probe("7 rows by 3, in their order", batches()),
            Probe("7 rows by 3 without the short one", batches(drop_last=True)),
            Probe("two passes with a generator", batches(n=22, size=4, passes=2, seed=1)),
            Probe("a change after the first batch", later),
        ],
        mistakes=[
            Mistake(
                "rows and labels shuffled apart",
                "array[part] for array",
                "array[self.rng.permutation(rows)[: len(part)] if self.rng else part] for array",
                APART,
            ),
            Mistake(
                "only the batch starts are shuffled",
                "order = np.arange(rows) if self.rng is None else self.rng.permutation(rows)",
                "order = np.arange(rows) if self.rng is None else "
                "np.concatenate([np.arange(i * size, min((i + 1) * size, rows)) "
                "for i in self.rng.permutation(-(-rows // size))])",
                STARTS,
            ),
            Mistake(
                "the short one lost", "whole + (rest > 0 and not self.drop_last)", "whole", NO_REST
            ),
            Mistake(
                "one order for ever",
                "self.rng.permutation(rows)",
                "np.random.default_rng(1).permutation(rows)",
                FOR_EVER,
            ),
        ],
    ),
    Blank(
        "deal",
        "k rows for the test, out of classes of these sizes: to each its exact share, k · size / "
        "sum, rounded down; and of the rows that are left one each to those that lost most by "
        "rounding. Where two lost the same, the first comes first.",
        shapes="`sizes` is a list of whole numbers. An array of whole numbers whose sum is k; "
        "`checks.require_shares(shares, sizes)` gives it back, or raises where a class would have "
        "no row in one of the parts.",
        example="deal(4, [5, 5, 3])",
        hint="`np.divmod` gives what is whole, and what is left. `np.argsort(…, kind='stable')` "
        "says in which order they come: who lost most, first.",
        because="No class is forgotten, and the sum is right to the row.",
        holes=("shares, lost = ",),
        advice={"would have none": "The guard is handed the shares, and then `sizes`."},
        probes=[
            Probe(
                "9 of [11, 10, 25, 14]",
                dealt(9, 11, 10, 25, 14),
                near(
                    (lambda m: np.array([1, 2, 3, 3]), LEAST),
                    (lambda m: np.array([2, 2, 3, 2]), "What is left goes to the first ones."),
                    (lambda m: np.array([1, 1, 4, 3]), "What is left goes to the largest ones."),
                    (lambda m: np.array([1, 1, 5, 2]), "What is left goes to one: one row each."),
                    (
                        lambda m: np.array([1, 2, 4, 2]),
                        "`argsort` says *who* comes first, second, …, and not the place of each.",
                    ),
                    (
                        lambda m: np.array([3, 2, 2, 2]),
                        "All get as many: larger classes give more.",
                    ),
                ),
            ),
            Probe(
                "8 of [5, 11]",
                dealt(8, 5, 11),
                near(
                    (
                        lambda m: np.array([2, 6]),
                        "Both lost a half, and the last one comes first: `kind='stable'` keeps "
                        "the order of equals, and what is turned around afterwards turns it, too.",
                    )
                ),
            ),
            Probe(
                "3 of [3, 8, 4]",
                dealt(3, 3, 8, 4),
                near(
                    (
                        lambda m: np.array([0, 2, 1]),
                        "The first two lost the same, and in floats 1.6 - 1 is more than 0.6: "
                        "`np.divmod` gives what is whole and what is left, without rounding.",
                    )
                ),
            ),
            Probe("4 of [5, 5, 3]", dealt(4, 5, 5, 3)),
            Probe("6 of [10, 20], where nothing is left", dealt(6, 10, 20)),
            Probe("3 of [10, 10, 10, 2]", without_a_row),
        ],
    ),
    Blank(
        "train_test_split",
        "Two parts that never meet. `groups` holds the row numbers of each class (or all of them), "
        "`deal(k, sizes)` says how many of each go to the test; open is how rows are drawn, and "
        "the end.",
        shapes="For each group one `rng.permutation(group)`: the first `share` rows go to `test`, "
        "the others to `train`. At the end each part is permuted once more, `train` first; then a "
        "list of arrays: a_train, a_test, b_train, b_test, …",
        example="train_test_split(np.arange(5), test_size=2, rng=np.random.default_rng(0))",
        hint="Lists of arrays become one array by `np.concatenate`.",
        because="Drawn within the classes, then mixed: no order is left to learn from.",
        holes=("for group, share in zip",),
        hide=r"^$",
        advice={
            "out of bounds": "A place is asked for that is not there. `deal` takes the *sizes* of "
            "the groups, `len(group)`; and rows are asked for by the numbers in a group.",
        },
        probes=[
            Probe("20 rows and their labels", split(4)),
            Probe("3 of 20 rows", split(3, test_size=3)),
            Probe(
                "classes of 12, 6 and 3",
                lambda m: split(7, n=21, test_size=1 / 3, stratify=CLASSES.copy())(m),
            ),
            Probe("20 rows, and who is where", split(4, drawn=True)),
            Probe(
                "classes of 12, 6 and 3, and who is where",
                lambda m: split(7, 21, True, test_size=1 / 3, stratify=CLASSES.copy())(m),
            ),
        ],
        mistakes=[
            Mistake("parts overlap", "train.append(group[share:])", "train.append(group)", OVERLAP),
            Mistake(
                "drawn and not kept",
                "group = rng.permutation(group)",
                "rng.permutation(group)",
                "`permutation` gives a new array: what is drawn has to be kept.",
            ),
            Mistake(
                "not drawn",
                "group = rng.permutation(group)",
                "group = group",
                "The first rows of a group always go to the test: they are to be drawn.",
            ),
            Mistake(
                "the parts swapped",
                "for part in (train, test)]",
                "for part in (test, train)]",
                SWAPPED,
            ),
            Mistake(
                "test permuted first",
                "train, test = rng.permutation(np.concatenate(train)), "
                "rng.permutation(np.concatenate(test))",
                "test, train = rng.permutation(np.concatenate(test)), "
                "rng.permutation(np.concatenate(train))",
                "Everybody is in the right part. At the end `train` is permuted before `test`.",
            ),
            Mistake(
                "not mixed at the end",
                "rng.permutation(np.concatenate(train)), rng.permutation(np.concatenate(test))",
                "np.concatenate(train), np.concatenate(test)",
                "Everybody is in the right part. At the end each part is permuted once more: else "
                "the rows of a class stand side by side.",
            ),
            Mistake(
                "the last rows of a group",
                "train.append(group[share:])\n        test.append(group[:share])",
                "train.append(group[:-share])\n        test.append(group[-share:])",
                "The *first* `share` rows that were drawn go to the test: yours are the last ones.",
            ),
        ],
    ),
    Blank(
        "StandardScaler",
        "To mean 0 and deviation 1, by what was measured. Open: `transform` and the way back.",
        shapes="`z` and `x` are copies of what came in, which may be changed. `self.mean_` and "
        "`self.scale_` have one number for each column; the result is returned. Both ways, it "
        "has the type of what came in: float32 stays float32.",
        hint="What is done last is undone first.",
        because="Measured once, on the training part; used on all.",
        holes=("z -= self.mean_", "x *= self.scale_"),
        hide=r"^$",
        probes=[
            Probe("six rows of two columns", scaled(table), scaler_ways),
            Probe("new rows, by what was measured", scaled(table, fresh), anew),
            Probe("the way back", scaled(table, fresh, back=True), near_back),
            Probe("a column that is always 7", scaled(lambda: table(True)), of_a_constant),
            Probe("a column that lies close together", scaled(small)),
            Probe("the type, float32 in", single_floats),
        ],
        mistakes=[
            Mistake(
                "measured anew",
                "z -= self.mean_",
                "z -= z.mean(axis=0)",
                "It takes the mean of what comes in. New rows are judged by what was *measured*.",
            ),
            Mistake(
                "divided first",
                "z -= self.mean_\n        return np.divide(z, self.scale_, out=z)",
                "z /= self.scale_\n        return np.subtract(z, self.mean_, out=z)",
                "It divides first; but the mean was measured before that: subtract it first.",
            ),
            Mistake(
                "the way back in the same order",
                "x *= self.scale_\n        return np.add(x, self.mean_, out=x)",
                "x += self.mean_\n        return np.multiply(x, self.scale_, out=x)",
                "The way back begins with what was done last.",
            ),
            Mistake(
                "minus on the way back",
                "np.add(x, self.mean_",
                "np.subtract(x, self.mean_",
                "What was subtracted is added on the way back.",
            ),
            Mistake(
                "divided on the way back",
                "x *= self.scale_",
                "x /= self.scale_",
                "What was divided is multiplied on the way back.",
            ),
            Mistake(
                "variance for deviation",
                "np.divide(z, self.scale_, out=z)",
                "np.divide(z, self.var_, out=z)",
                "Divided by the variance: the deviation is its root.",
            ),
        ],
    ),
    Blank(
        "one_hot",
        "A row for each label, 1 in its column and 0 elsewhere. Open: the table.",
        shapes="`n` labels, in an array or a list, give (n, num_classes), in floats (float64).",
        example="one_hot(np.array([2, 0]), 3)",
        hint="An array can be asked for many places at once: row numbers, column numbers.",
        because="One place a row, all at once.",
        holes=("rows = np.zeros",),
        hide=r"^$",
        advice={
            "out of bounds": "A label says which *column*. In square brackets the row comes "
            "first, one of n; then the column, one of num_classes.",
            "list indices must be": "Labels may come in a list: `np.asarray(labels)` makes an "
            "array of it.",
        },
        probes=[
            Probe("[2, 0] of 3", hot([2, 0], 3), near_hot([2, 0], 3)),
            Probe("[1, 1, 0, 3] of 5", hot([1, 1, 0, 3], 5), near_hot([1, 1, 0, 3], 5)),
            Probe("a list, [3, 0, 2] of 7", hot([3, 0, 2], 7, kind=list)),
        ],
        mistakes=[
            Mistake(
                "whole columns",
                "rows[np.arange(n), labels] = 1",
                "rows[:, labels] = 1",
                "Whole columns become 1: for each row, one place.",
            ),
            Mistake(
                "columns for rows",
                "rows[np.arange(n), labels] = 1",
                "rows[:] = np.arange(num_classes) == np.arange(n)[:, None]",
                "The 1 stands in the column of the row's number, and not of its label.",
            ),
        ],
    ),
    Blank(
        "shift_images",
        "More pictures out of few: each moved by chance. `padded` has blank pixels around, and "
        "`steps` says for each picture where its piece begins, down and across. Open: cutting.",
        shapes="`moved[i]` is (…, height, width) of `padded[i]`, which is larger by 2 max_shift. "
        "`moved` is returned; `images` stay as they are.",
        hint="A slice from `down`, as long as the picture is high.",
        because="A window that slides over a larger picture.",
        holes=("for i, (down, across)",),
        hide=r"^$",
        advice={
            "could not broadcast": "The piece has another size than the picture. It is cut from "
            "`padded[i]`: `height` rows from `down` on, `width` columns from `across` on, and all "
            "of the axes before, `...`.",
        },
        probes=[
            Probe("four pictures of 4 × 5, by up to two pixels", moved(2, 4, 4, 5, most=2)),
            Probe("three of 5 × 4, by one", moved(1, 3, 5, 4)),
            Probe("pictures with a channel", moved(3, 2, 1, 5, 6)),
            Probe("pictures in bytes", moved(4, 2, 3, 4, kind=np.uint8)),
        ],
        mistakes=[
            Mistake(
                "comes in on the other side",
                "",
                "for i, (down, across) in enumerate(steps):\n"
                "    step = max_shift - down, max_shift - across\n"
                "    moved[i] = np.roll(images[i], step, (-2, -1))\n"
                "return moved",
                "What leaves on one side comes in on the other: blank pixels should.",
            ),
            Mistake(
                "all like the first",
                "moved[i] = padded[i, ...",
                "moved[i] = padded[0, ...",
                "All are the first picture.",
            ),
            Mistake(
                "down and across swapped",
                "i, (down, across)",
                "i, (across, down)",
                "Down and across are swapped: `down` counts rows, and comes first.",
            ),
            Mistake(
                "down for both",
                "across : across + width",
                "down : down + width",
                "Columns begin at `across`, and rows at `down`.",
            ),
            Mistake(
                "one step for all",
                "enumerate(steps)",
                "enumerate(steps[:1].repeat(len(images), 0))",
                "All move like the first picture: each has a step of its own.",
            ),
            Mistake(
                "the last step for all",
                "enumerate(steps)",
                "enumerate(steps[-1:].repeat(len(images), 0))",
                "All move like the last picture: each has a step, and its own place `[i]`.",
            ),
            Mistake(
                "the opposite direction",
                "enumerate(steps)",
                "enumerate(2 * max_shift - steps)",
                "They move the opposite way: the piece begins at `down` and `across` themselves.",
            ),
            Mistake(
                "nothing moves",
                PIECE,
                PIECE.replace("down", "max_shift").replace("across", "max_shift"),
                "Nothing moves: the piece begins at `down` and `across`, and not in the middle.",
            ),
            Mistake(
                "only up and down",
                PIECE,
                PIECE.replace("across", "max_shift"),
                "They move up and down only: the columns begin at `across`.",
            ),
            Mistake(
                "only left and right",
                PIECE,
                PIECE.replace("down", "max_shift"),
                "They move left and right only: the rows begin at `down`.",
            ),
        ],
    ),
    Blank(
        "binary_digits",
        "Whole numbers as rows of 0 and 1, the smallest digit first. The last line is open.",
        shapes="(n,) give (n, bits), in floats (float64).",
        example="binary_digits(np.array([6]), 4)",
        hint="`number >> 2` throws two binary digits away; `& 1` keeps the last one. A column "
        "beside a row gives a table.",
        because="Each column looks at its own digit.",
        holes=("return ",),
        hide=r"^$",
        probes=[
            Probe("13 in 5 bits", digits(13, bits=5)),
            Probe("0, 1, 6 and 11 in 5 bits", digits(0, 1, 6, 11, bits=5)),
            Probe("200, 300 and 2**40 in 42 bits", digits(200, 300, 2**40, bits=42)),
        ],
        mistakes=[
            Mistake(
                "largest first",
                "np.arange(bits) & 1",
                "np.arange(bits)[::-1] & 1",
                "The largest digit comes first: the smallest was asked for.",
            ),
            Mistake(
                "not cut to one digit",
                ">> np.arange(bits) & 1)",
                ">> np.arange(bits))",
                "What is left has several digits: `& 1` keeps the last one.",
            ),
            Mistake(
                "the & 1 done to the row",
                ">> np.arange(bits) & 1)",
                ">> (np.arange(bits) & 1))",
                "`& 1` is done to the places, 0, 1, 2, …: it belongs to the number that was moved.",
            ),
            Mistake(
                "the smallest digit lost",
                "np.arange(bits) &",
                "np.arange(1, bits + 1) &",
                "The smallest digit is lost: in the first column none is thrown away.",
            ),
            Mistake(
                "the worth of the digit",
                ">> np.arange(bits) & 1)",
                "& 2 ** np.arange(bits))",
                "The worth of each digit stands there, 1, 2, 4, …: a 1 is asked for.",
            ),
            Mistake(
                "one digit for all",
                "np.arange(bits) &",
                "np.full(bits, 1) &",
                "Each column throws another number of digits away: 0, 1, 2, …",
            ),
            Mistake(
                "moved to the left",
                ">> np.arange(bits)",
                "<< np.arange(bits)",
                "`<<` puts zeros behind a number: `>>` throws digits away.",
            ),
            Mistake(
                "a fraction is left",
                "(numbers[:, None] >> np.arange(bits) & 1)",
                "(numbers[:, None] / 2 ** np.arange(bits) % 2)",
                "`/` leaves a fraction: `//` divides whole numbers.",
            ),
        ],
    ),
]


def payoff(m, ax):
    """The same rows and the same network three times: what becomes of it is a matter of data."""
    images, labels = m.load_digits()
    x_train, x_test, y_train, y_test = m.train_test_split(
        *(images.reshape(len(images), -1) / 16, labels), stratify=labels, rng=rng(0)
    )
    by_label = np.argsort(y_train, kind="stable")
    x_train, y_train = x_train[by_label], y_train[by_label]
    scaler = m.StandardScaler().fit(x_train)
    ends = {}
    for name, generator, scaled in (
        ("sorted, as they lie", None, False),
        ("in a new order each pass", rng(1), False),
        ("and every column on one scale", rng(1), True),
    ):
        network = m.Sequential(m.Linear(64, 64, rng=rng(2)), m.relu, m.Linear(64, 10, rng=rng(3)))
        optimizer, curve = m.SGD(network.parameters(), 0.05), []
        rows, unseen = map(scaler.transform if scaled else np.asarray, (x_train, x_test))
        for _ in range(8):
            for inputs, wanted in m.Batches(rows, y_train, rng=generator):
                optimizer.zero_grad()
                m.cross_entropy(network(inputs), wanted).backward()
                optimizer.step()
            curve.append((network.predict(unseen).argmax(1) == y_test).mean())
        ends[name] = curve[-1]
        ax.plot(range(1, 9), curve, marker="o", label=name)
    ax.legend(loc="lower right", frameon=False)
    ax.set(xlabel="pass", ylabel="share of unseen digits read", ylim=(0, 1.02))
    ax.set_title("The same rows, the same network: what differs is how they come")
    return ", ".join(f"{name}: {share:.1%}" for name, share in ends.items())
