"""guess(...) and check(...): ask first, compare, and reply to the answer that was given.

A chapter's file makes one `Book`, fills it, and hands its verbs to the notebook. A wrong answer is
recognised by computing it: a mistake is a wrong function, or a wrong value, with the reply that it
deserves. What is right and `serves` runs from there on: `step = check(my_step)` hands it back,
and hands ours instead where it is not right yet. Nothing here ever raises in the learner's cell.
"""

import copy
import io
import re
import sys
import warnings
from contextlib import redirect_stdout
from dataclasses import dataclass
from difflib import get_close_matches
from html import escape

import numpy as np
from IPython.display import display

from course.exercises import means
from course.exercises.progress import Progress, after
from course.exercises.slips import about_slip
from course.exercises.values import (
    NUMBERS,
    Between,
    blank,
    changed,
    cut,
    readings,
    same,
    show,
    show_inputs,
    untouched,
)

RUN_ON, TRY_AGAIN = "Run on, and see what happens.", "Try again: the hint leads further."
LOOKS = {  # icon, JupyterLab's colour, its tint
    "right": ("✓", "success", "56, 142, 60"),
    "right, but": ("✓", "warn", "245, 160, 0"),
    "not yet": ("✎", "warn", "245, 160, 0"),
    "not tried yet": ("…", "info", "2, 136, 209"),
}


@dataclass
class Verdict:
    """What a check says: a name, a state, and a reply. It prints as text, and as a coloured box.

    `own` is True where the reply was made for this very mistake, and not for any wrong answer.
    """

    name: str
    state: str
    reply: str = ""
    own: bool = True
    serves: str = ""
    guessed: bool = False  # a prediction that does not come true is no fault: it is noted

    @property
    def word(self):
        return "noted" if self.guessed and self.state == "not yet" else self.state

    @property
    def runs(self):
        """Whose function runs from here on, in words."""
        whose = "yours" if self.state == "right" else "ours"
        return f", `{self.serves}` is {whose}" if self.serves else ""

    def __repr__(self):
        if self.state == "right, but":
            return (
                f"{self.name}: right, but {self.reply}"
                + f" (Until then{self.runs[1:]}.)" * bool(self.serves)
            )
        return f"{self.name}: {self.word}{self.runs}" + (f". {self.reply}" if self.reply else "")

    def _repr_html_(self):
        icon, colour, tint = LOOKS[self.state]
        but = self.state == "right, but"
        reply = f"{self.reply} (Until then{self.runs[1:]}.)" if but and self.serves else self.reply
        head = f"<b>{self.word}</b>{'' if but else marked(self.runs)}"
        return (
            f'<div class="minnet-verdict" style="border-left:4px solid var(--jp-{colour}-color1, '
            f"rgb({tint}));background:rgba({tint}, .09);border-radius:4px;padding:6px 12px;"
            f'max-width:46em"><b>{icon}</b> <code>{escape(self.name)}</code>: {head}'
            + (f"{' ' if but else '<br>'}{marked(reply)}" if reply else "")
            + "</div>"
        )


def marked(text):
    """Text as HTML: `code` and *stress*."""
    text = escape(text, quote=False).replace("\n", "<br>")
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    return re.sub(r"(?<![\w*])\*(\w[^*<]*)\*(?![\w*])", r"<i>\1</i>", text)


class Question:
    """A prediction, or an exercise whose answer is a value; `also` are other ways to write it.

    `share=False` says that it is no share, so that nobody who is wrong has meant per cent.
    `otherwise` is a thought for every wrong answer that nobody has thought of.
    """

    def __init__(
        self, name, answer, because, mistakes=(), within=1e-6, also=(), serves="", share=True,
        otherwise="",
    ):  # fmt: skip
        self.name, self.because, self.within, self.also = name, because, within, also
        self.share, self.otherwise = share, otherwise
        self.answer = answer() if callable(answer) else answer
        self.mistakes = [(v() if callable(v) else v, reply) for v, reply in mistakes]
        self.serves, self.ours = serves, self.answer

    def judge(self, given, then=RUN_ON):
        if untouched(given):
            how = "say so in quotes" if isinstance(self.answer, str) else "write 0"
            none = f"`None` is no answer yet. If you mean that nothing is there, {how}."
            return self.verdict("not tried yet", none * (given is None))
        known = self.known(given)
        if known:
            return known
        words = [self.answer, *self.also, *(wrong for wrong, _ in self.mistakes)]
        added = isinstance(self.answer, NUMBERS) and self.added_up(given)
        for value, remark in readings(given, self.answer, words):
            known = self.known(value)
            if known:
                known.reply = f"{known.reply} {remark}".strip()
                return known
            given = value if isinstance(value, (list, *NUMBERS)) and not added else given
        if added:
            return self.verdict("not yet", f"You say {show(given)}. {added}")
        if means.rounded(given, self.answer):
            return self.verdict("right", self.because)
        reply = means.about_number(given, self.answer, self.within, self.share)
        parts = means.about_parts(given, self.answer, self.within)
        if parts or (reply and np.isinf(given)):
            reply = f"{parts or reply} {self.otherwise}".strip()
        if reply and not (self.otherwise and means.by_chance(given, reply)):
            return self.verdict("not yet", f"You say {show(given)}. {reply}")
        said, own = self.form(given)
        if isinstance(given, str) and isinstance(self.answer, NUMBERS) and self.otherwise:
            said = f"As a number, please. {self.otherwise}"  # a word is a belief, and no slip
        said = f"{said} {self.otherwise}" if self.otherwise and not own else said or then
        return self.verdict("not yet", f"You say {show(given)}. {said}".strip(), own)

    def known(self, given):
        """The verdict on an answer that is right, or that is a known mistake."""
        for within in (1e-9, self.within):  # the very answer before one that is near it
            if any(same(given, answer, within) for answer in (self.answer, *self.also)):
                return self.verdict("right", self.because)
            for wrong, reply in self.mistakes:
                beside = isinstance(wrong, Between) and not (wrong.holds(given) or given is wrong)
                if same(given, wrong, within) and not (beside or only_near_to_0(given, wrong)):
                    return self.verdict("not yet", reply)
        for wrong, reply in self.mistakes:
            if isinstance(wrong, Between) and wrong.holds(given):
                return self.verdict("not yet", reply)
        return None

    def verdict(self, state, reply="", own=True):
        return Verdict(self.name, state, reply, own, self.serves)

    def form(self, given):
        """What to say to an answer that nobody has thought of: its form, or more or less."""
        wanted = self.answer
        if isinstance(wanted, str) and isinstance(given, str):
            asked = "Is that one of the answers in the question, letter by letter?"
            return self.otherwise or asked, True
        if isinstance(wanted, str):
            return "Words are asked for, in quotes.", True
        if isinstance(wanted, tuple) and not isinstance(given, tuple | list):
            if any(isinstance(each, float) for each in wanted):
                return f"{len(wanted)} numbers are asked for, in one pair of brackets.", True
            return "A shape is asked for, with its brackets, such as (2, 3).", True
        several = isinstance(wanted, tuple | list) and isinstance(given, tuple | list)
        words = several and isinstance(wanted[0], str)
        if words and not any(isinstance(each, str) for each in given):
            return "Words are asked for, or letters, each in quotes.", True
        if several and len(given) == len(wanted):
            return "None of them is right." if len(wanted) > 2 else "Neither is right.", False
        if isinstance(wanted, list) and not isinstance(given, tuple | list | np.ndarray):
            return f"A list of {len(wanted)} is asked for, in square brackets.", True
        if isinstance(wanted, NUMBERS) and not isinstance(given, NUMBERS):
            return "A number is asked for, without quotes or brackets.", True
        if isinstance(wanted, NUMBERS) and given == given:  # nan is neither
            return f"It is {'more' if wanted > given else 'less'}.", False
        return "", False

    def added_up(self, given):
        """What to say of several numbers where their sum is asked for, or None."""
        if not isinstance(given, tuple | list | np.ndarray) or len(given) < 2:
            return None
        if not all(isinstance(each, NUMBERS) for each in given):
            return None
        known = self.known(sum(given))
        loose = any(
            isinstance(each, Between) and each.holds(sum(given)) for each, _ in self.mistakes
        )
        if known is None or (loose and known.state != "right"):
            return None  # whatever they are, their sum lies somewhere
        parts = "These are the parts: they are still to be added up."
        return (
            parts if known.state == "right" else f"Added up it is {show(sum(given))}. {known.reply}"
        )

    def handed(self, given):
        """What `check` hands back for a right answer: theirs, or ours where they write the same."""
        alike = type(given) is type(self.answer) or isinstance(given, NUMBERS)
        return given if alike else self.answer


class ToldError(TypeError):
    """What `observe` says of a result that cannot be observed: it comes before any other reply."""


@dataclass
class Outcome:
    """What a function did with its own copy of the inputs."""

    value: object = None  # what is compared
    result: object = None  # what it returned
    error: object = None
    ended: bool = False  # it came to its end: an error after that is `observe`'s
    printed: str = ""
    spoilt: tuple = ()  # the inputs that are not as they were

    @property
    def compared(self):
        """The value, or the error in words."""
        return f"{type(self.error).__name__}: {self.error}" if self.error else self.value


class Exercise:
    """A function to write: its solution, the cases to try it on (smallest first), known mistakes.

    `observe(result, *inputs)` says what is compared, where it is not the result alone. With
    `serves`, what is right runs from there on under that name; until then `ours` does (or the
    solution). `payoff(function)` is what the chapter makes of it, in small: whoever is right and
    fails there is told "right, but …", in the words of `form`, or of `form(trouble)`. `also` are
    other right ways, for the tests; `conventions` settle otherwise what the question leaves open.
    `otherwise` is a thought for every wrong answer that nobody has thought of.
    """

    def __init__(
        self, name, solution, cases, mistakes, because="", observe=None, within=1e-6,
        serves="", ours=None, payoff=None, form="", also=(), conventions=(), otherwise="",
    ):  # fmt: skip
        self.name, self.solution, self.cases, self.mistakes = name, solution, cases, mistakes
        self.because, self.within, self.also = because, within, also
        self.conventions, self.otherwise = conventions, otherwise
        self.observe = observe or (lambda result, *inputs: result)
        self.serves, self.payoff, self.form = serves, payoff, form
        self.ours = ours or solution
        self.tried = {}  # what the solution and the mistakes do: some of them train a network
        self.now = Outcome()

    def run(self, function, case):
        """What is compared of what `function` does with its own copy of the inputs."""
        inputs = copy.deepcopy(case)
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what they warn of is told in the reply
            self.now.result, self.now.ended = function(*inputs), True
            self.now.spoilt = tuple(map(changed, case, inputs))
            return self.observe(self.now.result, *inputs)

    def outcome(self, function, case):
        """All that `function` does with the case, an error included."""
        self.now, said = Outcome(), io.StringIO()
        try:
            with redirect_stdout(said):
                self.now.value = self.run(function, case)
        except (Exception, SystemExit) as error:
            self.now.error = error
        self.now.printed = said.getvalue()
        return self.now

    def attempt(self, function, case):
        """The outcome of the solution, or of a known mistake: worked out once."""
        key = id(function), id(case)
        if key not in self.tried:
            self.tried[key] = self.outcome(function, case)
        return self.tried[key]

    def judge(self, function):
        if blank(function):
            return self.verdict("not tried yet")
        if not callable(function):
            begin = f"keep the line that begins with `def {self.name}`, and `return` it there"
            return self.verdict(
                "not yet", f"A function is asked for, and that is a value: {begin}."
            )
        done = [self.outcome(function, case) for case in self.cases]
        for right in (self.solution, *self.conventions):
            if all(not did.error for did in done) and self.does(done, right):
                return self.right(function, done, right)
        return self.wrong(function, done)

    def does(self, done, function):
        """Whether these outcomes are those of `function` in every case."""
        return all(self.fits(did, function, case) for did, case in zip(done, self.cases))

    def fits(self, did, function, case):
        return same(did.compared, self.attempt(function, case).compared, self.within)

    def right(self, function, done, solution):
        """Right by its results: but does it serve where the chapter goes on with it?"""
        wanted = [self.attempt(solution, case) for case in self.cases]
        for did, ours in zip(done, wanted):
            for i, (mine, theirs) in enumerate(zip(did.spoilt, ours.spoilt)):
                if mine and not theirs:
                    what = name_of_input(function, i)
                    reply = f"it changes {what}, which is not its own: work on a copy."
                    return self.verdict("right, but", reply)
        if means.about_tuple(function):
            return self.verdict("right, but", means.about_tuple(function))
        if self.serves:
            trouble = next(
                filter(None, (means.misfit(a.result, b.result) for a, b in zip(done, wanted))), None
            )
            if not trouble and (trouble := self.trouble(function)):
                alike = all(type(a.result) is type(b.result) for a, b in zip(done, wanted))
                if alike and "it raises" not in trouble and not callable(self.form):
                    return self.verdict("right, but", f"{trouble}")
            if trouble:
                form = self.form(trouble) if callable(self.form) else self.form
                return self.verdict("right, but", f"return {form}." if form else trouble)
        return self.verdict("right", self.because)

    def trouble(self, function):
        """What goes wrong where the chapter goes on with it, or None."""
        if self.payoff is None:
            return None
        try:
            with redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
                given, wanted = self.payoff(function), self.payoff(self.ours)
        except (Exception, SystemExit) as error:
            said = f"{type(error).__name__}: {cut(str(error), 200)}"
            return f"where the chapter goes on with it, it raises {said}"
        if same(given, wanted, self.within):
            return None
        told = means.difference(given, wanted, self.within)
        return f"where the chapter goes on with it, {told}"

    def wrong(self, function, done):
        """The reply: to this very mistake, or by what it has in common with the right answer."""
        at = next(
            i
            for i, (did, case) in enumerate(zip(done, self.cases))
            if did.error or not self.fits(did, self.solution, case)
        )
        case, did, wanted = self.cases[at], done[at], self.attempt(self.solution, self.cases[at])
        result = did.result
        if did.error is None and untouched(did.value) and not did.printed.strip():
            idle = None if did.value is ... else means.about_idle(function)
            reply = idle or "It returns nothing: is a `return` missing?"
            if at:
                return self.verdict("not yet", f"With {show_inputs(case)}: {reply}")
            return self.verdict("not tried yet" if did.value is ... else "not yet", reply)
        nothing = did.ended and untouched(result) and not untouched(wanted.result)
        known = (
            means.about_return(function)
            or means.about_idle(function)
            or next(
                (
                    reply
                    for wrong, reply in self.mistakes
                    if self.does(done, wrong)
                    and (not nothing or untouched(self.attempt(wrong, case).result))
                ),
                None,
            )
        )
        in_words = isinstance(did.value, str) and not isinstance(result, str)  # `observe`'s own
        yours = "" if did.error or in_words else f"yours gives {show(did.value)}"
        if known:  # the reply is enough: what is wanted stays to be found
            return self.verdict("not yet", f"{known}\n{yours}".strip())
        if nothing:
            prints = "It prints, and returns nothing: `return` hands it on."
            returns = "It returns nothing: is a `return` missing?"
            return self.verdict("not yet", prints if did.printed.strip() else returns)
        if did.error:
            return self.raised(function, case, did, wanted)
        of_theirs = isinstance(result, str) or not isinstance(did.value, str)  # not `observe`'s
        several = (list, tuple)
        all_of = (result, wanted.result, did.value, wanted.value)
        if all(isinstance(each, several) for each in all_of) and len(result) == len(wanted.result):
            of_theirs = of_theirs and len(did.value) == len(wanted.value)  # it counts no results
        shape = means.about_shape(did.value, wanted.value)
        if shape and shape[0] and self.in_another_shape(done):
            return self.verdict("right, but", shape[1])
        parts = means.about_parts(did.value, wanted.value, self.within) if of_theirs else None
        told = means.difference(did.value, wanted.value, self.within)
        kind = means.about_kind(did.value, wanted.value, self.varied()) if of_theirs else None
        sizes = [len(each.value) for each in done if isinstance(each.value, several)]
        if kind and kind.startswith("There ") and len(sizes) > 1 == len(set(sizes)):
            kind += f" Always {len(did.value)}, whatever comes in."
        reply = (
            kind
            or means.about_order(function, self.solution)
            or means.about_inputs(function, self.solution)
            or (not shape and self.spoiling(function, did, wanted))
        )
        if not reply:
            given = [each.value for each in done]
            right = [self.attempt(self.solution, each).value for each in self.cases]
            whole = parts and all(isinstance(each, list | tuple) for each in given)
            common = (
                (shape and not shape[0] and shape[1])
                or parts
                or means.about_no_number(did.value, wanted.value)
                or means.about_numbers(given, right)
            )
            more = means.about_part(given, right, self.within) if whole else None
            steady = same(self.outcome(function, case).compared, did.compared, 0)  # no chance
            slip = steady and self.slip(function, common or "")
            reply = " ".join(filter(None, (common, more, slip or (parts and self.otherwise))))
            reply = reply or (steady and means.about_outside(function, self.solution))
        if reply:
            shown = told if parts and not did.error else yours
            return self.verdict("not yet", f"{reply}\n{shown}".strip())
        if not steady:
            said = "Each call gives something else: is there chance in it, or does it remember?"
            return self.verdict("not yet", f"{said}\n{yours}")
        printed = f"\nit printed {cut(did.printed.strip(), 80)}" if did.printed.strip() else ""
        so_far = f"Right with {show_inputs(self.cases[0])}. " if at else ""
        reply = f"{so_far}With {show_inputs(case)}:\n{told}{printed}\n{self.otherwise}".strip()
        return self.verdict("not yet", reply, own=False)

    def varied(self):
        """Whether the right results have different lengths: then they are lists, and no pairs."""
        wanted = [self.attempt(self.solution, case).value for case in self.cases]
        several = all(isinstance(each, list | tuple) for each in wanted)
        return several and len(set(map(len, wanted))) > 1

    def in_another_shape(self, done):
        """Whether the numbers are right in every case, in this shape or in another."""
        for did, case in zip(done, self.cases):
            shape = means.about_shape(did.value, self.attempt(self.solution, case).value)
            if did.error or not (self.fits(did, self.solution, case) or (shape and shape[0])):
                return False
        return True

    def raised(self, function, case, did, wanted):
        """The reply to a function that ends with an error, or whose result cannot be observed."""
        error = did.error
        if isinstance(error, ToldError):
            return self.verdict("not yet", str(error))
        if did.result is not None:
            kind = means.about_kind(did.result, wanted.result, self.varied())
        else:
            kind = None
        if kind:
            return self.verdict("not yet", kind)
        if not untouched(did.result):  # it was `observe` that complained
            unseen = means.about_inputs(function, self.solution)
            said = " ".join(filter(None, [cut(str(error), 300), unseen]))
            return self.verdict("not yet", f"{said}\n{means.about_error(error, function)}".strip())
        said = f"{type(error).__name__}: {cut(str(error), 300)}"
        order = means.about_order(function, self.solution)
        order = order or means.about_count(function, self.solution)
        unseen = means.about_inputs(function, self.solution)
        unseen = unseen or means.about_outside(function, self.solution)
        advice = order or (not unseen and self.slip(function, str(error)))  # this is sure
        advice = advice or " ".join(filter(None, [means.about_error(error, function), unseen]))
        reply = f"With {show_inputs(case)} it raised {said}" + f"\n{advice}" * bool(advice)
        return self.verdict("not yet", reply, own=bool(advice))

    def slip(self, function, told):
        """What to say of a function that is right once one thing in it is changed, or None."""
        reasons = "memoryview", "no attribute 'backward'"
        if told.startswith(("It is cut", "It is rounded")) or any(r in told for r in reasons):
            return None  # that is the reason, and another change would hide it

        now, said = self.now, about_slip(function, self.all_fit)
        self.now = now
        return said

    def all_fit(self, function):
        """Whether a function is right in every case; the first that is not ends it."""
        each = ((self.outcome(function, case), case) for case in self.cases)
        return all(not did.error and self.fits(did, self.solution, case) for did, case in each)

    def spoiling(self, function, did, wanted):
        for i, (mine, theirs) in enumerate(zip(did.spoilt, wanted.spoilt)):
            if mine and not theirs:
                return f"It changes {name_of_input(function, i)}: work on a copy."
        return None

    def verdict(self, state, reply="", own=True):
        return Verdict(self.name, state, reply, own, self.serves)

    def handed(self, given):
        return given


def only_near_to_0(given, wrong):
    """0 lies near to small numbers, and what is said of them is false of it."""
    return isinstance(given, NUMBERS) and isinstance(wrong, NUMBERS) and given == 0 != wrong


def name_of_input(function, i):
    names = getattr(getattr(function, "__code__", None), "co_varnames", ())
    return f"`{names[i]}`" if i < len(names) else "its input"


class Book:
    """The questions and exercises of one chapter, by name."""

    def __init__(self, chapter=""):
        self.entries, self.said, self.states, self.verbs = {}, {}, {}, {}
        self.chapter = chapter

    def question(self, name, answer, because, mistakes=(), **settings):
        """A prediction, or a value to find; `answer` and wrong values may be functions."""
        self.add(Question(name, answer, because, mistakes, **settings))

    def exercise(self, name, solution, cases, mistakes, **settings):
        """A function or a class to write, called `name`; the settings are those of `Exercise`."""
        self.add(Exercise(name, solution, cases, mistakes, **settings))

    def add(self, entry):
        if entry.name in self.entries:
            raise ValueError(f"{entry.name!r} stands twice in this chapter's exercises")
        self.entries[entry.name] = entry

    def guess(self, name, answer=...):
        """Say what will happen before you run it: write your answer in place of the `...` above."""
        verdict = self.noted("guess", self.verdict(name, answer))
        verdict.guessed = True
        return verdict

    def check(self, what, *more):
        """Not tried yet, right, or not yet, and why; of what serves, hand back theirs, or ours.

        check(function), check(function, function, …), or check("name", value).
        """
        if isinstance(what, str):
            asked = [(what, more[0] if more else ...)]
        else:
            names = sys._getframe(1).f_globals
            asked = [(self.name_of(each, names), each) for each in (what, *more)]
        verdicts = [self.noted("check", self.verdict(*each, TRY_AGAIN)) for each in asked]
        if len(asked) == 1 and not verdicts[0].serves:
            return verdicts[0]
        for each in verdicts:
            display(each)
        handed = [self.handed(*each) for each in zip(verdicts, (given for _, given in asked))]
        return handed[0] if len(handed) == 1 else tuple(handed)

    def handed(self, verdict, given):
        """Theirs where it is right, else ours."""
        entry = self.entries.get(verdict.name)
        if entry is None:
            return verdict
        if verdict.state == "right":
            return entry.handed(given)
        return copy.deepcopy(entry.ours) if isinstance(entry, Question) else entry.ours

    def whose(self, what):
        """ "your my_step" or "our step": of a function that runs, or of a value by its name."""
        for entry in self.entries.values():
            if isinstance(what, str) and what == entry.serves:
                return f"{'your' if self.said.get(entry.name) == 'right' else 'our'} {what}"
            if entry.serves and what is entry.ours:
                return f"our {entry.serves}"
        return f"your {self.name_of(what, sys._getframe(1).f_globals)}"

    def name_of(self, what, names):
        """The name of what was handed in: its own, or the one under which the notebook knows it."""
        try:
            own = str(getattr(what, "__name__", type(what).__name__))
        except Exception:
            own = type(what).__name__
        known = [name for name, value in names.items() if value is what and name in self.entries]
        return own if own in self.entries or not known else known[0]

    def verdict(self, name, answer, *then):
        """The verdict, whatever was given: nothing raises in the learner's cell."""
        name = str(name)
        if name not in self.entries:
            near = get_close_matches(name, self.entries, n=1)
            reply = (
                f"Did you mean `{near[0]}`?" if near else "Names stand in the cells as they came."
            )
            return Verdict(name, "not yet", f"No exercise is called so. {reply}")
        entry = self.entries[name]
        if isinstance(entry, Question):  # ours stands in the notebook under the name of the story
            named = [e.serves for e in self.entries.values() if e.serves and answer is e.ours]
            if named and callable(answer):
                said = entry.judge(named[0], *then)
                said.reply = f"{said.reply} (A word stands in quotes.)"
                return said
        try:
            return (
                entry.judge(answer, *then) if isinstance(entry, Question) else entry.judge(answer)
            )
        except Exception as error:
            reply = f"This could not be compared. {type(error).__name__}: {error}"
            return Verdict(name, "not yet", reply, own=False, serves=entry.serves)

    def noted(self, verb, verdict):
        """The same verdict, remembered for `progress`."""
        if verdict.name in self.entries:
            self.said[verdict.name], self.verbs[verdict.name] = verdict.state, verb
            before, guessed = self.states.get(verdict.name, "not tried yet"), verb == "guess"
            self.states[verdict.name] = after(before, verdict.state, guessed)
            Progress.keep(self.chapter, verdict.name, verdict.state, guessed=guessed)
        return verdict

    def progress(self):
        """How far one has come: predictions made, exercises solved, and the six chapters."""
        asked = {
            name: self.verbs.get(name, "guess" if isinstance(entry, Question) else "check")
            for name, entry in self.entries.items()
        }
        return Progress(self.chapter, asked, self.states)
