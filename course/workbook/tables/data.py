"""Chapter 5: rows that belong together, on scales that differ, in parts that must not meet."""

import numpy as np

from course.workbook.blanks import Blank, Mistake, Probe
from course.workbook.probing import some


def rng(seed=0):
    return np.random.default_rng(seed)


def batches(n=7, size=3, passes=1, seed=None, **settings):
    """All batches of some passes: rows and their labels."""

    def look(m):
        x = np.arange(2 * n).reshape(n, 2)
        made = m.Batches(
            x, np.arange(n), batch_size=size, rng=None if seed is None else rng(seed), **settings
        )
        return [part for _ in range(passes) for batch in made for part in batch]

    return look


def lengths(m):
    sizes = [(7, 3, False), (7, 3, True), (6, 3, False), (6, 3, True), (2, 5, False)]
    return [len(m.Batches(np.arange(n), batch_size=k, drop_last=drop)) for n, k, drop in sizes]


def together(m):
    """Does every label still stand beside its row?"""
    x = np.arange(50)
    made = m.Batches(x, x * 10, batch_size=8, rng=rng(1))
    return bool(all((10 * a == b).all() for a, b in made))


def mixed(m):
    """How far the first batch reaches over a sorted set: rows, and not batch starts, are drawn."""
    first = next(iter(m.Batches(np.arange(100), batch_size=10, rng=rng(2))))[0]
    return sorted(first.tolist())


def parts(**settings):
    def look(m):
        x = np.arange(20)
        return m.train_test_split(x, x * 10, rng=rng(3), **settings)

    return look


def share_of_classes(m):
    labels = np.repeat([0, 1, 2], [12, 6, 3])
    _, test = m.train_test_split(labels, test_size=1 / 3, stratify=labels, rng=rng(4))
    return np.bincount(test, minlength=3)


def nobody_twice(m):
    train, test = m.train_test_split(np.arange(30), rng=rng(5))
    return sorted([*train.tolist(), *test.tolist()])


def sorted_still(m):
    """Rows of one class do not stand side by side afterwards."""
    labels = np.repeat([0, 1], 20)
    train, _ = m.train_test_split(labels, stratify=labels, rng=rng(6))
    return int((train[1:] != train[:-1]).sum() > 5)


def scaler(what, x=None):
    x = some(6, 3) * [1.0, 10.0, 0.0] + [5.0, -3.0, 7.0] if x is None else x

    def look(m):
        made = m.StandardScaler().fit(x)
        return getattr(made, what) if isinstance(what, str) else what(made)

    return look


def untouched(m):
    x = some(4, 2)
    before = x.copy()
    made = m.StandardScaler()
    made.inverse_transform(made.fit_transform(x))
    return bool((x == before).all())


def moved(seed, n=3, most=1):
    return lambda m: m.shift_images(
        np.arange(16.0 * n).reshape(n, 4, 4), max_shift=most, rng=rng(seed)
    )


BLANKS = [
    Blank(
        "rows_of_classes",
        "A small helper, complete: for each class the numbers of its rows. You will need it, and "
        "something like it.",
        complete=True,
    ),
    Blank(
        "Batches",
        "Rows in portions. Open: how many there are, and how they come, in a new order each pass "
        "where there is an `rng`.",
        shapes="`len` counts the batches: the last may be short, unless `drop_last` leaves it "
        "out. Each batch is a tuple, a part of each of `self.arrays`, as a copy. Draw the order "
        "with one call of `self.rng.permutation(rows)`.",
        example="[batch[0] for batch in Batches(np.arange(5), batch_size=2)]",
        hint="One order for all arrays, so that rows stay together; a batch is a piece of it. "
        "7 rows by 3 are 3 batches, and 2 where the last is left out.",
        because="The rows are drawn, once a pass, and with one order for all arrays.",
        holes=("def __len__", "order = "),
        hide=r"^$",
        probes=[
            Probe("how many batches: 7 by 3, without the last, 6 by 3, …", lengths),
            Probe("7 rows by 3, in their order", batches()),
            Probe("without the short one", batches(drop_last=True)),
            Probe("does every label stand beside its row?", together),
            Probe("the first batch of 100 sorted rows", mixed),
            Probe("two passes with a generator", batches(passes=2, seed=1)),
        ],
        mistakes=[
            Mistake(
                "rows and labels shuffled apart",
                "array[part] for array",
                "array[self.rng.permutation(rows)[: len(part)] if self.rng else part] for array",
                "Each array is shuffled for itself: rows lose their labels. One order for all.",
            ),
            Mistake(
                "only the batch starts are shuffled",
                "order = np.arange(rows) if self.rng is None else self.rng.permutation(rows)",
                "order = np.arange(rows) if self.rng is None else "
                "np.concatenate([np.arange(i * size, min((i + 1) * size, rows)) "
                "for i in self.rng.permutation(-(-rows // size))])",
                "Only the batches come in another order: the same rows are always together. Draw "
                "the *rows*.",
            ),
            Mistake(
                "the short one lost",
                "whole + (rest > 0 and not self.drop_last)",
                "whole",
                "What is left over at the end is lost: 7 by 3 are three batches.",
            ),
            Mistake(
                "one order for ever",
                "self.rng.permutation(rows)",
                "np.random.default_rng(1).permutation(rows)",
                "It does not draw with its own generator: every pass has the same order.",
            ),
        ],
    ),
    Blank(
        "deal",
        "k rows for the test, out of classes of these sizes: to each its exact share, rounded "
        "down; and the rows that are left go to those that lost most by rounding.",
        shapes="`sizes` is a list of whole numbers. An array of whole numbers whose sum is k; "
        "`checks.require_shares(shares, sizes)` looks at it, and gives it back.",
        example="deal(4, [5, 5, 3])",
        hint="`.astype(int)` rounds down. `np.argsort(…, kind='stable')` says in which order they "
        "come: who lost most, first.",
        because="No class is forgotten, and the sum is right to the row.",
        holes=("exact = ",),
        probes=[
            Probe("4 of [5, 5, 3]", lambda m: m.deal(4, [5, 5, 3])),
            Probe("3 of [10]", lambda m: m.deal(3, [10])),
            Probe("5 of [7, 7, 6]", lambda m: m.deal(5, [7, 7, 6])),
            Probe("10 of [11, 13, 17, 4]", lambda m: m.deal(10, [11, 13, 17, 4])),
        ],
        mistakes=[
            Mistake(
                "who lost least comes first",
                "np.argsort(shares - exact",
                "np.argsort(exact - shares",
                "The rows that are left go to those that lost *least* by rounding.",
            ),
            Mistake(
                "rounded to the nearest",
                "shares = exact.astype(int)  # rounded down",
                "shares = np.round(exact).astype(int)",
                "Rounded to the nearest, they may be too many: round down, and then deal out.",
            ),
        ],
    ),
    Blank(
        "train_test_split",
        "Two parts that never meet. `groups` holds the row numbers of each class (or all of them), "
        "`deal` says how many of each go to the test; open is how rows are drawn, and the end.",
        shapes="For each group one `rng.permutation(group)`: the first `share` rows go to `test`, "
        "the others to `train`. At the end each part is permuted once more, `train` first; then a "
        "list: a_train, a_test, b_train, b_test, …",
        example="train_test_split(np.arange(5), test_size=2, rng=np.random.default_rng(0))",
        hint="Lists of arrays become one array by `np.concatenate`.",
        because="Drawn within the classes, then mixed: no order is left to learn from.",
        holes=("for group, share in zip",),
        hide=r"^$",
        probes=[
            Probe("30 rows: is everybody in one part, once?", nobody_twice),
            Probe("20 rows and their labels", parts()),
            Probe("a number of rows", parts(test_size=3)),
            Probe("how many of each class are in the test", share_of_classes),
            Probe("are classes mixed in the training part?", sorted_still),
        ],
        mistakes=[
            Mistake(
                "parts overlap",
                "train.append(group[share:])",
                "train.append(group)",
                "Rows of the test are in the training part, too: it was seen before the exam.",
            ),
            Mistake(
                "not drawn",
                "group = rng.permutation(group)",
                "rng.permutation(group)",
                "The first rows always go to the test: `permutation` gives a new array.",
            ),
            Mistake(
                "the parts swapped",
                "for part in (train, test)]",
                "for part in (test, train)]",
                "Training and test are swapped.",
            ),
        ],
    ),
    Blank(
        "StandardScaler",
        "To mean 0 and deviation 1, by what was measured. Open: `transform` and the way back.",
        shapes="`z` and `x` are copies of what came in, which may be changed. `self.mean_` and "
        "`self.scale_` have one number for each column; the result is returned.",
        hint="What is done last is undone first.",
        because="Measured once, on the training part; used on all.",
        holes=("z -= self.mean_", "x *= self.scale_"),
        hide=r"^$",
        probes=[
            Probe("six rows of three columns", lambda m: m.StandardScaler().fit_transform(TABLE)),
            Probe("new rows, by what was measured", scaler(lambda s: s.transform(TABLE[:2] + 1))),
            Probe(
                "there and back", scaler(lambda s: s.inverse_transform(s.transform(TABLE)), None)
            ),
            Probe("does the caller's array stay as it was?", untouched),
        ],
        mistakes=[
            Mistake(
                "measured anew",
                "z -= self.mean_",
                "z -= z.mean(axis=0)",
                "It takes the mean of what comes in. New rows are judged by what was *measured*.",
            ),
            Mistake(
                "the way back in the same order",
                "x *= self.scale_\n        return np.add(x, self.mean_, out=x)",
                "x += self.mean_\n        return np.multiply(x, self.scale_, out=x)",
                "The way back begins with what was done last.",
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
        shapes="`n` labels give (n, num_classes), in floats.",
        example="one_hot(np.array([2, 0]), 3)",
        hint="An array can be asked for many places at once: row numbers, column numbers.",
        because="One place a row, all at once.",
        holes=("rows = np.zeros",),
        hide=r"^$",
        probes=[
            Probe("[2, 0] of 3", lambda m: m.one_hot(np.array([2, 0]), 3)),
            Probe("[1, 1, 0, 3] of 4", lambda m: m.one_hot(np.array([1, 1, 0, 3]), 4)),
            Probe("its type", lambda m: str(m.one_hot(np.array([0]), 2).dtype)),
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
        "`moved` is returned.",
        hint="A slice from `down`, as long as the picture is high.",
        because="A window that slides over a larger picture.",
        holes=("for i, (down, across)",),
        hide=r"^$",
        probes=[
            Probe("three pictures of 4 × 4", moved(1)),
            Probe("five, by up to two pixels", moved(2, n=5, most=2)),
            Probe(
                "pictures with a channel",
                lambda m: m.shift_images(np.arange(60.0).reshape(2, 1, 5, 6), rng=rng(3)),
            ),
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
        ],
    ),
    Blank(
        "binary_digits",
        "Whole numbers as rows of 0 and 1, the smallest digit first. The last line is open.",
        shapes="(n,) give (n, bits), in floats.",
        example="binary_digits(np.array([6]), 4)",
        hint="`number >> 2` throws two binary digits away; `& 1` keeps the last one. A column "
        "beside a row gives a table.",
        because="Each column looks at its own digit.",
        holes=("return ",),
        hide=r"^$",
        probes=[
            Probe("6 in 4 bits", lambda m: m.binary_digits(np.array([6]), 4)),
            Probe("0 to 8 in 5 bits", lambda m: m.binary_digits(np.arange(9), 5)),
        ],
        mistakes=[
            Mistake(
                "largest first",
                "np.arange(bits) & 1",
                "np.arange(bits)[::-1] & 1",
                "The largest digit comes first: the smallest was asked for.",
            ),
        ],
    ),
]

TABLE = some(6, 3) * [1.0, 10.0, 0.0] + [5.0, -3.0, 7.0]


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
