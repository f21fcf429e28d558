"""What is asked of the learner: a definition of the package, blank, and the check that follows it.

A chapter's table lists its blanks. A check tries what was written in the place of ours, in a
package that is finished otherwise, and compares what both do: the `probes`, smallest first. A
`Mistake` is ours with one thing changed, and the reply to whoever has written the same.
"""

import _thread
import ast
import re
import threading
import traceback
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache, cached_property
from importlib import import_module

import numpy as np

from course.exercises import means, slips
from course.exercises.kit import Exercise, ToldError, Verdict
from course.exercises.values import cut, numbers, same, show
from course.workbook import packages
from course.workbook.text import (
    GIVES_AWAY,
    blanked,
    defined,
    filled,
    put,
    spoken_again,
    tidy,
    unit,
    waits,
)

SECONDS = 20  # a check that takes longer does not end


class Probe:
    """One thing that is compared: words for it, and how to get it from a package.

    `kin` gives, of the finished package, what else may come out there, each with its reply.
    """

    def __init__(self, words, look, kin=lambda m: ()):
        self.words, self.look, self.kin = words, look, kin

    def __repr__(self):
        return self.words


def looked(probe, package):
    """What a probe sees; an error says the same wherever in memory things lie."""
    try:
        return probe.look(package)
    except Exception as error:
        said = plainly(error)
        if said == str(error):
            raise
        raise type(type(error).__name__, (Exception,), {})(said) from None


def plainly(error):
    """What an error says, without addresses, and without the docstring that minnet adds to it."""
    if isinstance(error, KeyError) and "Node object" in str(error):
        *_, last = traceback.walk_tb(error.__traceback__)
        return f"no entry for this node, in `{last[0].f_code.co_name}`"
    said = re.sub(r"_minnet_\d+\.| at 0x[0-9a-fA-F]+", "", str(error).partition("\n")[0])
    return re.sub(
        r"matmul: Input operand 1 has.*\(size (\d+) is different from (\d+)\)",
        r"a product with \2 columns on the left and \1 rows on the right",
        said,
    )


ADVICE = {  # what the chapters' checks do not say, or say of other things
    "a rule gave shape": "A rule gives what its input receives: an array of the input's shape.",
    "rows on the right": "Columns on the left and rows on the right have to be as many. Write the "
    "shapes on paper: which one is to be turned, and which one stands first?",
    "a rule for each of its": "After the value stands one rule for each input, and `None` for one "
    "that takes no gradient, such as labels.",
    "instances of 'Node'": "Nodes have no order of their own: `key=` says by what to sort.",
    "no entry for this node, in `hand_on`": "The first share of a node finds no entry in "
    "`gradients` to be added to: that one is put in, and only a later one is added.",
    "no entry for this node, in `backward`": "The share is looked for in `gradients`, under its "
    "source: `.grad` comes later, when the turn of that source has come.",
    "read-only": "It writes into an array that it was handed, and others look at: make a new one.",
    "overflow encountered": "An exponential of a large number is more than fits: which exponents "
    "can never be above 0? (`np.where` computes both of its sides, everywhere.)",
    "divide by zero encountered in log": "The logarithm of 0 has no end: what is summed must not "
    "vanish.",
    "'forward'": "Not all that stands in a row is a layer: a function such as relu is called, "
    "too, and so can every layer be: `layer(x)`.",
    "non-iterable NoneType": "None comes where several things should: is a `return` missing?",
    "cannot unpack": "Pairs are asked for: of a dictionary, `.values()` or `.items()` gives them.",
}


def telling(value):
    """Numbers with a fraction, not all 0: two that are equal come from the same mistake."""
    if isinstance(value, list | tuple):
        return any(map(telling, value))
    value = np.asarray(numbers(value))
    return value.dtype.kind == "f" and bool(value.any())


class Trial(Exercise):
    """The chapters' machinery, on packages; what is wrong is compared with the probe's kin, too."""

    def wrong(self, function, done):
        verdict = super().wrong(function, done)
        said = verdict.reply.partition("\n")[0]
        if any(said == reply.partition("\n")[0] for _, reply in self.mistakes):
            return verdict
        if verdict.state == "not tried yet":  # it has been: it lacks a `return`
            return self.verdict("not yet", verdict.reply)
        at = next(
            i for i, did in enumerate(done) if not self.fits(did, self.solution, self.cases[i])
        )
        (probe,), did = self.cases[at], done[at]
        if did.error is not None or verdict.state != "not yet":
            return verdict
        given, wanted = (
            f"yours gives {show(did.value)}",
            self.attempt(self.solution, self.cases[at]),
        )
        for value, reply in probe.kin(self.finished()):
            if same(did.value, value, self.within):
                return self.verdict("not yet", f"With {probe}: {reply}\n{given}")
        for mistake, reply in self.mistakes:  # another mistake may stand beside this one
            if telling(did.value) and same(
                did.value, self.attempt(mistake, self.cases[at]).value, self.within
            ):
                return self.verdict("not yet", f"{reply}\n{given}")
        shape = means.about_shape(did.value, wanted.value)
        if shape and shape[0]:
            said = f"The numbers are right, and not the shape. In the end, {shape[1]}"
            return self.verdict("not yet", f"With {probe}: {said}\n{given}")
        said = self.one_away(function)
        return self.verdict("not yet", f"{said}\n{given}") if said else verdict

    def slip(self, function, told):
        """None: one slip is looked for last, when all that is known was compared."""

    def one_away(self, function):
        """What to say of a text that is right once one thing in it is changed, or None."""
        made, lines, put = function.open()

        def fits(text):
            try:
                put(text)
            except Exception:  # a changed line may be a strange one
                return False
            return self.all_fit(function)

        return slips.one_away(made, fits, lines)

    def raised(self, function, case, did, wanted):
        said = str(did.error)
        known = {**self.advice, **ADVICE}
        advice = next((words for part, words in known.items() if part in said), "")
        if isinstance(did.error, ToldError):
            return super().raised(function, case, did, wanted)
        advice = advice or self.one_away(function)
        if not advice:
            return super().raised(function, case, did, wanted)
        kind = type(did.error).__name__
        return self.verdict("not yet", f"With {case[0]} it raised {kind}: {said}\n{advice}")


@dataclass(frozen=True)
class Mistake:
    """A known mistake, in two or three words: ours with `old` replaced by `new`, and the reply.

    Without `old`, `new` are the lines that stand in the hole, or in a tuple those of each.
    """

    label: str
    old: str
    new: str | tuple
    reply: str


@dataclass
class Blank:
    """A definition to write, or with `complete` one to read: the first of its kind.

    `holes` are what is taken out (see `blanked`); without them, it is the whole body. `given` are
    the helpers that the question names: they are shown, folded. `advice` is what to say of an error
    here, by a part of what it says.
    """

    name: str
    question: str
    probes: list = field(default_factory=list)
    shapes: str = ""
    example: str = ""
    hint: str = ""
    because: str = ""
    holes: tuple = ()
    given: tuple = ()
    mistakes: tuple = ()
    hide: str = GIVES_AWAY
    within: float = 1e-6
    advice: dict = field(default_factory=dict)
    complete: bool = False
    module: str = ""
    judged: dict = field(default_factory=dict, repr=False)

    @cached_property
    def ours(self):
        """The finished text."""
        return unit(packages.finished_text(self.module), self.name).text

    @cached_property
    def stub(self):
        """The text that a sheet shows."""
        return self.ours if self.complete else blanked(self.ours, self.holes, self.hide)

    @cached_property
    def helpers(self):
        """The finished text of what the question names."""
        texts = [packages.finished_text(each) for each in packages.CHAPTERS]
        return [
            next(unit(text, name).text for text in texts if f"\ndef {name}(" in text)
            for name in self.given
        ]

    def in_full(self, source):
        """What a learner wrote, as it goes into the module: the docstrings are whole again."""
        return spoken_again(tidy(source), self.ours, self.hide)

    def package(self, source):
        """A package that is finished, but for this definition."""
        whole = put(packages.finished_text(self.module), {self.name: self.in_full(source)})
        return packages.with_text(self.module, whole)

    def with_mistake(self, mistake):
        """The finished text with a known mistake in it."""
        if not mistake.old:
            return filled(self.stub, [mistake.new] if isinstance(mistake.new, str) else mistake.new)
        if mistake.old not in self.ours:
            raise LookupError(f"{self.name} holds no `{mistake.old}`")
        return self.ours.replace(mistake.old, mistake.new, 1)

    @cached_property
    def exercise(self):
        """The same machinery as in the chapters; what is tried there is a package."""

        def solution(probe):
            return looked(probe, packages.finished(self.module))

        def wrong(mistake):
            ready = cache(lambda: self.package(self.with_mistake(mistake)))
            return lambda probe: looked(probe, ready())

        mistakes = [(wrong(each), each.reply) for each in self.mistakes]
        cases = [(each,) for each in self.probes]
        trial = Trial(self.name, solution, cases, mistakes, self.because, within=self.within)
        trial.finished = lambda: packages.finished(self.module)
        trial.advice = self.advice
        return trial

    def judge(self, source, seconds=SECONDS):
        """The verdict on a cell's text, whatever is in it: nothing raises here."""
        try:
            names = defined(source)
        except SyntaxError as error:
            return self.verdict(
                "not yet", f"This is no Python yet. Line {error.lineno}: {error.msg}."
            )
        if self.name not in names:
            near = get_close_matches(self.name, names, n=1, cutoff=0.6)
            told = f" The cell defines `{near[0]}`: is that the one?" if near else ""
            return self.verdict("not tried yet", f"No cell defines `{self.name}`.{told}")
        if waits(source):
            more = "" if self.untouched(source) else "A `...` still waits in it."
            return self.verdict("not tried yet", more)
        if source not in self.judged:  # the same text is judged when it is built, too
            self.judged[source] = limited(lambda: self.compared(source), seconds) or self.verdict(
                "not yet",
                f"It was stopped after {seconds} seconds: which loop never ends?",
            )
        return replace(self.judged[source])

    def compared(self, source):
        try:
            package = self.package(source)
        except Exception as error:
            said = f"{type(error).__name__}: {cut(str(error), 300)}"
            return self.verdict("not yet", f"It cannot be defined. {said}")

        def tried(probe):
            return looked(probe, package)

        def opened():
            """The definition, the numbers of their own lines, and what defines it anew."""
            text, given = unit(source, self.name).text, set(map(str.strip, self.stub.split("\n")))
            lines = enumerate(text.split("\n"), 1)
            theirs = {i for i, line in lines if line.strip() not in given}
            return ast.parse(text).body[0], theirs, package.anew(self.module, self.name)

        tried.open = opened  # only what is wrong is searched
        try:
            return self.exercise.judge(tried)
        except Exception as error:  # what it gives is stranger than any reply foresaw
            return self.verdict("not yet", f"What it gives cannot be compared with ours: {error}")

    def untouched(self, source):
        return tidy(source).split() == self.stub.split()

    def verdict(self, state, reply=""):
        return Verdict(self.name, state, reply)

    def label(self, verdict):
        """The known mistake that a verdict recognised, in two or three words, or nothing."""
        said = verdict.reply.partition("\n")[0]
        found = [m.label for m in self.mistakes if said and said == m.reply.partition("\n")[0]]
        if found:
            return found[0]
        kin = re.match(r"With .+?\)?: (.+?)[.:]( |$)", said) if verdict.own else None
        return kin[1] if kin and "it raised" not in said else ""


def limited(call, seconds):
    """What `call` gives, or None where it does not end: on every system, and in a kernel, too."""
    lock, state = threading.Lock(), {"over": False, "stopped": False}

    def stop():
        with lock:
            if not state["over"]:
                state["stopped"] = True
                _thread.interrupt_main()

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    if threading.current_thread() is threading.main_thread():
        timer.start()
    try:
        return call()
    except KeyboardInterrupt:
        if not state["stopped"]:
            raise
        return None
    finally:
        with lock:
            state["over"] = True
        timer.cancel()


# The tables


@cache
def table(chapter):
    """The blanks of a chapter, by name, in the order of its sheet."""
    found = import_module(f"course.workbook.tables.{chapter}").BLANKS
    for blank in found:
        blank.module = chapter
    return {blank.name: blank for blank in found}


def asked(chapter):
    """The blanks that a learner fills in: not those that are shown complete."""
    return {name: blank for name, blank in table(chapter).items() if not blank.complete}


def find(name):
    """The blank called so, in whichever chapter, or None."""
    for chapter in packages.CHAPTERS:
        if name in asked(chapter):
            return asked(chapter)[name]
    return None
