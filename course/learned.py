"""Did they learn? Twelve pairs of questions: one of each before the course, its twin after.

The notebooks before.ipynb and after.ipynb ask them; no answer is judged before the second one, so
that nobody learns from the first. A teacher may let half of a class begin with after.ipynb:
then a twin that is harder than the other counts for neither side.
"""

import json
import math
import os
from itertools import pairwise
from pathlib import Path

import numpy as np
from IPython import get_ipython

from course.exercises.kit import Question
from course.exercises.progress import CHAPTERS
from course.exercises.values import NUMBERS, untouched, word_meant

FILE = Path(".learned.json")
ANY = ["too good", "too bad", "fair"]
FATES = ["arrives", "swings", "flies off"]
DEAR = [1, 2, 3, 10, 24], [2, 4, 5, 6, 43]
BORDERS = ["straight", "curved", "any"]


def network(*sizes):
    """How many numbers a network learns: weights, and a bias for each unit."""
    return sum(a * b + b for a, b in pairwise(sizes))


def fate(curvature, lr):
    """What descent on curvature/2 · x² does."""
    factor = abs(1 - lr * curvature)
    return FATES[0] if factor < 1 else FATES[1] if factor == 1 else FATES[2]


PAIRS = [  # chapter, what it is about, the answer before and after, the words to choose from
    ("tensors", "rates along two ways", 3 * 4 + 2, 2 * 5 + 3),
    ("tensors", "a number that is copied", 5, 7),
    ("cost_functions", "the best constant", np.median(DEAR[0]), np.median(DEAR[1])),
    ("cost_functions", "how a square pulls", 6 / 2, 10 / 2),
    ("layers", "numbers to learn", network(10, 6, 3), network(8, 5, 4)),
    ("layers", "layers without a bend", "straight", "straight", BORDERS),
    ("optimizers", "a long step", fate(10, 0.15), fate(6, 0.25), FATES),
    ("optimizers", "a cost in other units", 1 / 100, 50),
    ("data", "how many batches", math.ceil(1000 / 64), math.ceil(500 / 48)),
    ("data", "what the test knows", "too good", "too good", ANY),
    ("training", "which weights to keep", 3, 4),
    ("training", "how sure a test is", 400 * 2**2, 250 * 3**2),
]  # fmt: skip


def answer_of(when, number):
    """The answer to a question, as the book of a chapter would judge it."""
    wanted = PAIRS[number - 1][2 if when == "before" else 3]
    words = PAIRS[number - 1][4] if isinstance(wanted, str) else []
    wrong = [(word, "") for word in words if word != wanted]
    return Question(f"{when} {number}", wanted, "", wrong, within=1e-3)


def kept(file=FILE):
    """{"before": {"1": answer, …}, "after": …}, as far as there are answers."""
    try:
        found = json.loads(file.read_text("utf-8"))
        return found if isinstance(found, dict) else {}
    except (OSError, ValueError):
        return {}


class Paper:
    """The questions of one notebook, `when` is "before" or "after"; what is noted, is kept."""

    def __init__(self, when, file=FILE):
        self.when, self.file, self.noted = when, file, {}

    def note(self, number, answer=...):
        """Keep an answer; only its form is looked at."""
        if untouched(answer):
            return Line(f"{number}: not answered yet")
        words = PAIRS[number - 1][4:]
        if not (isinstance(answer, str) and answer.strip() == "?"):
            if words and word_meant(answer, words[0]) is None:
                choices = ", ".join(f'"{word}"' for word in words[0])
                return Line(f'{number}: one of {choices}, please, or "?"')
            if not words and not isinstance(answer, NUMBERS):
                return Line(f'{number}: a number, please, or "?"')
        kind = float if isinstance(answer, NUMBERS) and not words else str
        self.noted[str(number)] = kind(answer)
        self.keep()
        return Line(f"{number}: noted")

    def keep(self):
        if get_ipython() is None:
            return
        all_of_them = kept(self.file)
        all_of_them.setdefault(self.when, {}).update(self.noted)
        part = self.file.with_name(self.file.name + ".part")
        try:
            part.write_text(json.dumps(all_of_them, ensure_ascii=False, indent=1), "utf-8")
            os.replace(part, self.file)
        except OSError:
            pass

    def table(self):
        """What was answered; once the second notebook is answered, what was right in both."""
        found = kept(self.file) if self.noted else {}
        found[self.when] = found.get(self.when, {}) | self.noted
        return Table(found, self.when)


class Line:
    """One line, as text."""

    def __init__(self, words):
        self.words = words

    def __repr__(self):
        return self.words


class Table:
    """A row for each pair: a mark before and after (✓ right, ✗ wrong, ? did not know, – none)."""

    def __init__(self, found, when):
        self.found, self.when = found, when

    @property
    def judged(self):
        """Whether both notebooks are answered: before that, nothing is called right or wrong."""
        return all(len(self.found.get(when, {})) == len(PAIRS) for when in ("before", "after"))

    def mark(self, when, number):
        answer = self.found.get(when, {}).get(str(number))
        if answer is None or answer == "?":
            return "–" if answer is None else "?"
        if not self.judged:
            return "noted"
        return "✓" if answer_of(when, number).judge(answer).state == "right" else "✗"

    def rows(self):
        for number, (chapter, about, *_) in enumerate(PAIRS, 1):
            marks = [self.mark(when, number) for when in ("before", "after")]
            yield number, CHAPTERS[chapter], about, *marks

    def summary(self):
        done = len(self.found.get(self.when, {}))
        if not self.judged:
            return f"{done} of {len(PAIRS)} answered {self.when} the course."
        before, after = (sum(row[i] == "✓" for row in self.rows()) for i in (3, 4))
        return f"{before} of {len(PAIRS)} before the course, {after} of {len(PAIRS)} after it."

    def __repr__(self):
        lines = ["number; chapter; about; before; after"]
        lines += ["; ".join(map(str, row)) for row in self.rows()]
        return "\n".join([self.summary(), *lines])

    def _repr_html_(self):
        cells = "".join(
            "<tr>" + "".join(f"<td style='text-align:left'>{each}</td>" for each in row) + "</tr>"
            for row in self.rows()
        )
        head = "<tr><th></th><th>chapter</th><th>about</th><th>before</th><th>after</th></tr>"
        text = repr(self).partition("\n")[2]
        return (
            f"<p><b>{self.summary()}</b></p><table>{head}{cells}</table>"
            f"<details><summary>As text, to send or to keep</summary><pre>{text}</pre></details>"
        )
