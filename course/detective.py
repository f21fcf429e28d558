"""The detective of chapter 5: a pipeline of five steps, broken by a seed, looked at and repaired.

`Case(7)` is a case with five faults, `Case(7, faults=1)` one with a single fault; a name is as good
as a number. `case.look("pictures")` shows what the pipeline delivers, and there are few looks.
`case.scale = scale` puts a function of the reader's own in the place of a step, and
`case.score()` trains the same network, three times, and shows the bars so far. Whether a case is
closed is judged by what the pipeline delivers, not by who wrote its steps.
"""

import inspect
import zlib
from html import escape
from urllib.parse import quote

import matplotlib.pyplot as plt
import numpy as np

from course.exercises import data as ours
from course.moving import INK, LOOK
from course.pictures import BLUE, GREEN, ORANGE
from course.pictures.data import draw_digits, draw_rows
from minnet.cost_functions import cross_entropy
from minnet.data import load_digits
from minnet.layers import Linear, Sequential, relu
from minnet.optimizers import SGD

STEPS = {  # name, that of the reader's function which is made for it: what it does, what it gets
    "keep": ("whole rows only", ("inputs", "targets")),
    "cut": ("360 to test", ("n", "k", "rng")),
    "scale": ("to one scale", ("train", "part")),
    "shuffle": ("a new order", ("inputs", "targets", "rng")),
    "parts": ("batches of 32", ("order", "batch_size")),
}
LOOKS = ("pictures", "labels in order", "counts", "ranges", "batches")
SHOULD = {
    "keep": "leave out all damaged rows, with their labels",
    "cut": "put each row in one part, by chance",
    "scale": "measure the training part alone",
    "shuffle": "keep rows and labels together, in a new order",
    "parts": "have each row once, 32 at a time",
}
ROWS, DAMAGED, TEST, PASSES, SEEDS = 1797, 30, 360, 8, 3


# Faults: for each step some ways to break it, each of a kind that one meets


def whole(x):
    return ~np.isnan(x).any(axis=1)


def without(pair):
    """A file whose reader stopped at two digits."""

    def keep(x, y):
        rows = whole(x) & ~np.isin(y, pair)
        return x[rows], y[rows]

    return keep


def made_to_fit(x, y):
    """The damaged pictures go, their labels stay, and the rest is cut off."""
    x = x[whole(x)]
    return x, y[: len(x)]


def all_to_train(n, k, rng):
    return np.arange(n), rng.permutation(n)[:k]


def drawn_twice(n, k, rng):
    return rng.permutation(n)[k:], rng.permutation(n)[:k]


def training_alone(train, part):
    return ours.scale(train, part) if part is train else part


def row_by_row(train, part):
    if part is train:
        return ours.scale(train, part)
    return (part - part.mean(axis=1, keepdims=True)) / part.std(axis=1, keepdims=True)


def by_label(x, y, rng):
    order = np.argsort(y, kind="stable")
    return x[order], y[order]


def apart(x, y, rng):
    return rng.permutation(x), rng.permutation(y)


def the_first_four(order, size):
    return ours.parts(order, size)[:4]


def the_first_again(order, size):
    return [order[:size]] * (len(order) // size)


def faults_of(rng, only=None):
    """One fault for each step, drawn by chance; `only` one of them where a name is given."""
    pairs = [(8, 9), (0, 1), (3, 5), (6, 7)]
    drawn = {
        "keep": [made_to_fit, without(pairs[rng.integers(4)])][rng.integers(2)],
        "cut": [all_to_train, drawn_twice][rng.integers(2)],
        "scale": [training_alone, row_by_row][rng.integers(2)],
        "shuffle": [by_label, apart][rng.integers(2)],
        "parts": [the_first_four, the_first_again][rng.integers(2)],
    }
    if drawn["keep"] is made_to_fit and only is None:
        drawn["shuffle"] = (
            by_label  # labels of others once, not twice: a case has one clue for each
        )
    return {only: drawn[only]} if only else drawn


RIGHT = {
    "keep": ours.keep,
    "cut": ours.split_rows,
    "scale": ours.scale,
    "shuffle": ours.shuffle,
    "parts": ours.parts,
}


class Case:
    """A pipeline of five steps: keep, cut, scale, shuffle, parts; some were broken by the seed."""

    def __init__(self, seed=0, faults=5, repaired=None):
        number = seed if isinstance(seed, int) else zlib.crc32(str(seed).encode())
        rng = np.random.default_rng([number, faults])
        only = None if faults == 5 else [*STEPS][rng.integers(5)]
        came = RIGHT | faults_of(rng, only)
        ink, labels = load_digits()
        x = ink.reshape(ROWS, 64)
        x[rng.permutation(ROWS)[:DAMAGED], rng.integers(0, 64, DAMAGED)] = np.nan
        own = {"seed": seed, "faults": faults, "came": came, "file": (x, labels), "bars": []}
        own |= {"steps": dict(came), "seen": [], "left": 8 if faults == 5 else 3, "states": []}
        own |= {"placed": set()}
        vars(self).update(own)
        for name, function in (repaired or {}).items():
            setattr(self, name, function)

    def __setattr__(self, name, value):
        if name not in STEPS:
            raise AttributeError(f"a case has five steps: {', '.join(STEPS)}; not {name!r}")
        given = value is not None and value is not ...
        if not given:
            value = self.came[name]
        misfit(name, value)
        (self.placed.add if given else self.placed.discard)(name)
        self.steps[name] = value

    def __getattr__(self, name):
        steps = vars(self).get("steps", {})
        if name in steps:
            return steps[name]
        raise AttributeError(f"a case has no {name!r}; its steps are {', '.join(STEPS)}")

    # what the pipeline does

    def rows(self, seed=0):
        """The rows as `cut` made them, not yet scaled: train, test, train_y, test_y."""
        x, y = self.file
        x, y = two(self.keep(x.copy(), y.copy()), "keep", "the rows and their labels")
        cut = self.cut(len(x), TEST, np.random.default_rng(seed))
        train, test = two(cut, "cut", "row numbers to train on, and row numbers for the test")
        return x[train], x[test], y[train], y[test]

    def scaled(self, train, test):
        return self.scale(train, train), self.scale(train, test)

    def score(self):
        """Train the network on what the pipeline delivers, three times; show the bars so far."""
        before = self.states[-1] if self.states else self.came
        changed = [name for name in STEPS if self.steps[name] is not before[name]]
        if not self.bars:
            self.bars.append(("as it came", Case(self.seed, self.faults).read()))
            self.states.append(dict(self.came))
        if changed:
            signs = ["−" if self.steps[name] is self.came[name] else "+" for name in changed]
            words = " ".join(f"{sign} {name}" for sign, name in zip(signs, changed))
            self.bars.append((words, self.read()))
            self.states.append(dict(self.steps))
        return Board(self)

    def read(self):
        """The share of the test that is read, the mean of three runs."""
        return float(np.mean([self.share(seed) for seed in range(SEEDS)]))

    def share(self, seed):
        """The share of its test that a network reads which was trained on these rows."""
        train, test, train_y, test_y = self.rows(seed)
        train, test = self.scaled(train, test)
        rng = np.random.default_rng(seed)
        network = Sequential(Linear(64, 64, rng=rng), relu, Linear(64, 10, rng=rng))
        optimizer = SGD(network.parameters(), lr=0.1)
        with np.errstate(all="ignore"):
            for _ in range(PASSES):
                x, y = two(self.shuffle(train, train_y, rng), "shuffle", "inputs and targets")
                for rows in self.parts(np.arange(len(x)), 32):
                    loss = cross_entropy(network(np.nan_to_num(x[rows])), y[rows])
                    optimizer.zero_grad()
                    loss.backward()
                    optimizer.step()
        return np.mean(network.predict(np.nan_to_num(test)).argmax(axis=1) == test_y)

    # what one may look at

    def look(self, what=...):
        """One look at what the pipeline delivers; the same look at the same pipeline is free.

        A look that ends with an error costs nothing.
        """
        asked = what if isinstance(what, str) else getattr(what, "__name__", what)
        if asked not in LOOKS and not callable(what):
            print(f"Looks: {', '.join(LOOKS)}; or a function of yours, which gets train and test.")
            return
        now = asked, tuple(map(id, self.steps.values()))
        if now not in self.seen:
            if self.left == 0:
                print("No look is left. Decide by what you know, or begin anew: Case(…).")
                return
            vars(self)["left"] -= 1
            self.seen.append(now)
            try:
                self.show(what, asked)
            except Exception:  # what fails costs nothing
                vars(self)["left"] += 1
                self.seen.remove(now)
                raise
        else:
            self.show(what, asked)

    def show(self, what, asked):
        """What there is to see, one of the looks, or what a function of the reader's says."""
        many = f"{self.left} look{'s' * (self.left != 1)} left"
        train, test, train_y, test_y = self.rows()
        if callable(what):
            print(f"{ours.whose(what)} of train and test: {what(train, test)}   ({many})")
            return
        before, ink = (train_y, test_y), (train, test)
        train, test = self.scaled(train, test)
        train, train_y = self.shuffle(train, train_y, np.random.default_rng(0))
        ink = self.shuffle(ink[0], before[0], np.random.default_rng(0))[0], ink[1]  # not yet scaled
        print(f"{many}.")
        if asked == "pictures":
            some = np.linspace(0, len(train) - 1, 9).astype(int)
            pictures(ink[0][some], train_y[some], ink[1][:9], test_y[:9])
        elif asked == "labels in order":
            _, ax = plt.subplots(figsize=(9, 1.5))
            draw_rows(ax, train_y, "The labels of the training rows, in the order of a pass")
            plt.show()
        elif asked == "counts":
            print("digit   ", *(f"{digit:4d}" for digit in range(10)), "    rows")
            for name, part in {
                "file": self.file[1],
                "training": before[0],
                "test": before[1],
            }.items():
                counts = np.bincount(part, minlength=10)
                print(f"{name:8s}", *(f"{count:4d}" for count in counts), f"{counts.sum():8d}")
        elif asked == "ranges":
            for name, part in {"training": train, "test": test}.items():
                column, row = part.mean(axis=0), part.mean(axis=1)
                print(
                    f"{name:8s} from {part.min():5.2f} to {part.max():5.2f}; means of columns "
                    f"{low_high(column)}, means of rows {low_high(row)}"
                )
        else:
            parts = [np.asarray(rows) for rows in self.parts(np.arange(len(train)), 32)]
            seen, sizes = np.unique(np.concatenate(parts)), [len(rows) for rows in parts]
            print(f"a pass has {len(parts)} batches of {min(sizes)} to {max(sizes)} rows")
            print(f"{len(seen)} of {len(train)} training rows are in one of them")

    # is it closed?

    def open(self):
        """The steps that are still broken, by what they deliver."""
        return [name for name in STEPS if not self.holds(getattr(self, f"is_whole_{name}"))]

    def holds(self, trial):
        try:
            return trial()
        except Exception:  # a step that cannot do this is no right one
            return False

    def is_whole_keep(self):
        x, y = self.file
        kept, labels = (np.asarray(each) for each in self.keep(x.copy(), y.copy()))
        rows = whole(x)
        return np.array_equal(kept, x[rows]) and np.array_equal(labels, y[rows])

    def is_whole_cut(self):
        drawn = [self.cut(100, 20, np.random.default_rng(seed)) for seed in (0, 0, 1)]
        first, again, other = (sorted(map(int, test)) for _, test in drawn)
        train = sorted(map(int, drawn[0][0]))
        everything = sorted(train + first) == list(range(100))
        return everything and len(first) == 20 and first == again and first != other

    def is_whole_scale(self):
        train, test = ours.SHORT
        return np.allclose(self.scale(train, test), ours.scale(train, test)) and np.allclose(
            self.scale(train, train), ours.scale(train, train)
        )

    def is_whole_shuffle(self):
        x, y = np.arange(50.0)[:, None], np.arange(50)
        passes = [self.shuffle(x.copy(), y.copy(), np.random.default_rng(seed)) for seed in (0, 1)]
        together = all(np.array_equal(np.ravel(a), b) and len(set(b)) == 50 for a, b in passes)
        return together and len({tuple(b) for _, b in passes} | {tuple(y)}) == 3

    def is_whole_parts(self):
        cut = [np.asarray(part) for part in self.parts(np.arange(1000), 32)]
        each_once = np.array_equal(np.sort(np.concatenate(cut)), np.arange(1000))
        return each_once and max(map(len, cut)) == 32

    def notes(self):
        """What is to be said of the steps that were replaced: unbroken ones, and ones not right."""
        broken, came = self.open(), Case(self.seed, self.faults).open()
        placed = [name for name in STEPS if name in self.placed]
        said = [f"{each} was not broken" for each in placed if each not in came + broken]
        return [f"{' and '.join(said)}: nothing is gained."] * bool(said) + [
            f"{each} is not right yet: it should {SHOULD[each]}."
            for each in placed
            if each in broken
        ]

    def closed(self):
        """This case, if it is closed; else the same one with our five repairs, one by one.

        Its last two bars are those before and after the repair of `cut`. Where the reader mended
        it earlier, it is taken back once more, in a copy: the bar without it is too good.
        """
        if self.bars and not self.open():
            print(f"Closed by you, with {self.left} looks left.")
            if len(self.states) > 1 and self.states[-2] == self.steps | {"cut": self.came["cut"]}:
                return self
            case = Case(self.seed, self.faults, self.steps)
            case.bars.extend(self.bars)
            case.states.extend(self.states)
            for name in ("as it came", "repaired"):
                case.cut = self.steps["cut"] if name == "repaired" else ...
                case.bars.append((f"cut {name}", case.read()))
                case.states.append(dict(case.steps))
            return case
        print("Still open: from here on, it is repaired with our steps.")
        case = Case(self.seed, self.faults)
        case.score()
        for name in ("keep", "shuffle", "scale", "parts", "cut"):
            setattr(case, name, RIGHT[name])
            case.score()
        return case

    def __repr__(self):
        return repr(Board(self))

    def _repr_html_(self):
        return Board(self)._repr_html_()


def misfit(name, value):
    """Refuse what cannot take the place of a step: no function, or one that is called otherwise."""
    gets = STEPS[name][1]
    asked = f"{name}({', '.join(gets)})"
    if isinstance(value, type) or not callable(value):
        what = f"the class {value.__name__}" if isinstance(value, type) else f"{value!r:.40}"
        raise TypeError(f"case.{name} is a function, {asked}; not {what}")
    try:
        inspect.signature(value).bind(*gets)
    except TypeError:
        takes = f"{getattr(value, '__name__', 'yours')}{inspect.signature(value)}"
        raise TypeError(f"case.{name} is called as {asked}; that does not fit {takes}") from None
    except ValueError:  # a function of numpy's that does not say what it takes
        pass


def two(result, step, what):
    """The two arrays that a step has to return, or what is wrong, by the step's name."""
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise ValueError(f"case.{step} returned {type(result).__name__}: it returns {what}")
    return result


def low_high(values):
    low, high = (f"{value:.2f}".replace("-0.00", "0.00") for value in (values.min(), values.max()))
    return f"{low} to {high}"


def pictures(train, train_y, test, test_y):
    _, axes = plt.subplots(2, 9, figsize=(9, 2.7))
    draw_digits(axes[0], np.nan_to_num(train), train_y)
    draw_digits(axes[1], np.nan_to_num(test), test_y)
    axes[0, 0].set_ylabel("training")
    axes[1, 0].set_ylabel("test")
    plt.show()


# The board

LARGE = "svg{font-size:16px}.t{font-size:14.5px}"  # its words are read at half a screen, too


def narrow(owner):
    """A long name is drawn narrower, so that it stays in its box."""
    return " textLength='118' lengthAdjust='spacingAndGlyphs'" if len(owner) > 13 else ""


def short(words):
    """What was changed before a score, or how many steps, where they would not fit."""
    return words if len(words) < 20 else f"{sum(each in '+−' for each in words)} steps changed"


class Board:
    """What a case shows: its five steps, whose they are, the bars so far, the looks that are left.

    In a terminal it is text.
    """

    def __init__(self, case):
        self.case = case
        self.owners = [
            ours.whose(case.steps[name]) if name in case.placed else "as it came" for name in STEPS
        ]
        self.notes = case.notes()
        self.bars, self.left = list(case.bars), case.left
        self.open = bool(case.open())

    def state(self):
        if self.open:
            return f"open, {self.left} look{'s' * (self.left != 1)} left"
        return f"closed, {self.left} look{'s' * (self.left != 1)} left"

    def __repr__(self):
        steps = ", ".join(f"{name} {owner}" for name, owner in zip(STEPS, self.owners))
        lines = [f"case {self.case.seed}: {self.state()}", steps, *self.notes]
        lines += [f"{words:12s} {share:.2f} read" for words, share in self.bars]
        return "\n".join(lines)

    def svg(self):
        """Five boxes in a row, and under them a bar for each score."""
        bars = self.bars[-9:]
        height = 150 + 22 * len(self.notes) + 26 * max(1, len(bars)) + 30
        parts = [
            f"<text x='16' y='28' class='h'>Case {escape(str(self.case.seed))}: "
            f"{escape(self.state())}</text>"
        ]
        for i, ((name, (does, _)), owner) in enumerate(zip(STEPS.items(), self.owners)):
            x, mine = 16 + 141 * i, owner != "as it came"
            colour = BLUE if mine else "#999"
            parts.append(
                f"<rect x='{x}' y='42' width='124' height='68' rx='8' fill='{colour}' "
                f"fill-opacity='.12' stroke='{colour}' stroke-width='1.5' "
                f"stroke-dasharray='{'none' if mine else '5 4'}'/>"
                f"<text x='{x + 62}' y='63' text-anchor='middle' class='h'>{name}</text>"
                f"<text x='{x + 62}' y='82' text-anchor='middle' class='t'>{does}</text>"
                f"<text x='{x + 62}' y='101' text-anchor='middle' class='t' "
                f"style='fill:{INK[BLUE] if mine else '#777'}'{narrow(owner)}>"
                f"{escape(owner)}</text>"
            )
            if i:
                parts.append(f"<path d='M{x - 15} 75h11m-4 -4l4 4l-4 4' stroke='#777'/>")
        parts += [
            f"<text x='16' y='{130 + 22 * i}' class='t'>{escape(note)}</text>"
            for i, note in enumerate(self.notes)
        ]
        left, width, top = 190, 440, 138 + 22 * len(self.notes)
        said = []
        for i, (words, share) in enumerate(bars):
            y, latest = top + 26 * i, i == len(bars) - 1
            colour = GREEN if latest and not self.open else ORANGE if latest else BLUE
            parts.append(
                f"<text x='{left - 10}' y='{y + 13}' text-anchor='end'>"
                f"{escape(short(words))}</text>"
                f"<rect x='{left}' y='{y}' width='{width}' height='17' rx='3' fill='#f0f0f0'/>"
                f"<rect x='{left}' y='{y}' width='{width * share:.1f}' height='17' rx='3' "
                f"fill='{colour}' fill-opacity='.85'/>"
            )
            said.append(
                f"<text x='{left + width * share + 8:.1f}' y='{y + 13}' class='b o'>"
                f"{share:.2f}</text>"
            )
        at = left + 0.1 * width
        parts.append(
            f"<path d='M{at} {top - 6}V{height - 26}' stroke='#777' stroke-dasharray='3 3'/>"
            f"<text x='{at}' y='{height - 10}' text-anchor='middle' class='t'>a guess: 0.10</text>"
            f"<text x='{left + width}' y='{height - 10}' text-anchor='end' class='t'>"
            "share of the test digits read</text>"
        )
        parts += said
        if not bars:
            parts.append(f"<text x='{left}' y='{top + 13}' class='n'>not scored yet</text>")
        return (
            f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 720 {height}'>"
            f"<style>{LOOK}{LARGE}</style>{''.join(parts)}</svg>"
        )

    def _repr_html_(self):
        still = quote(self.svg(), safe=" /:=;,.()*!?'-+@")
        return (
            '<div class="minnet-moving" style="max-width:900px;background:#fff;'
            f'border-radius:10px;overflow:hidden"><img alt="{escape(repr(self))}" '
            f'style="display:block;width:100%" src="data:image/svg+xml,{still}"></div>'
        )
