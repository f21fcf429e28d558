"""What is asked of the learner: a definition of the package, blank, and the check that follows it.

A chapter's table lists its blanks. A check tries what was written in the place of ours, in a
package that is finished otherwise, and compares what both do: the `probes`, smallest first. A
`Mistake` is ours with one thing changed, and the reply to whoever has written the same.
"""

import _thread
import re
import threading
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache, cached_property
from importlib import import_module

from course.exercises.kit import Exercise, Verdict
from course.exercises.values import cut
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
    """One thing that is compared: words for it, and how to get it from a package."""

    def __init__(self, words, look):
        self.words, self.look = words, look

    def __repr__(self):
        return self.words


def looked(probe, package):
    """What a probe sees; an error says the same wherever in memory things lie."""
    try:
        return probe.look(package)
    except Exception as error:
        said = re.sub(r"_minnet_\d+\.| at 0x[0-9a-fA-F]+", "", str(error))
        if said == str(error):
            raise
        raise RuntimeError(f"{type(error).__name__}: {said}") from None


@dataclass(frozen=True)
class Mistake:
    """A known mistake, in two or three words: ours with `old` replaced by `new`, and the reply.

    Without `old`, `new` are the lines that stand in the hole.
    """

    label: str
    old: str
    new: str
    reply: str


@dataclass
class Blank:
    """A definition to write, or with `complete` one to read: the first of its kind.

    `holes` are what is taken out (see `blanked`); without them, it is the whole body.
    """

    name: str
    question: str
    probes: list = field(default_factory=list)
    shapes: str = ""
    example: str = ""
    hint: str = ""
    because: str = ""
    holes: tuple = ()
    mistakes: tuple = ()
    hide: str = GIVES_AWAY
    within: float = 1e-6
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
            return filled(self.stub, [mistake.new])
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
        return Exercise(
            self.name, solution, cases, mistakes, because=self.because, within=self.within
        )

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
        return self.exercise.judge(lambda probe: looked(probe, package))

    def untouched(self, source):
        return tidy(source).split() == self.stub.split()

    def verdict(self, state, reply=""):
        return Verdict(self.name, state, reply)

    def label(self, verdict):
        """The known mistake that a verdict recognised, in two or three words, or nothing."""
        said = verdict.reply.partition("\n")[0]
        found = [m.label for m in self.mistakes if said and said == m.reply.partition("\n")[0]]
        return found[0] if found else ""


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
