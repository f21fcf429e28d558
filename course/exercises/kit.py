"""predict(...) and check(...): ask first, compare, and reply to the answer that was given.

A chapter's file makes one `Book`, fills it, and hands its `predict` and `check` to the notebook.
A wrong answer is recognised by computing it: a mistake is a wrong function, or a wrong value,
with the reply that it deserves. Nothing here ever raises in the learner's cell.
"""

import copy
import re
from difflib import get_close_matches
from html import escape

import numpy as np

NUMBERS = (int, float, np.number)
ADVICE = {
    "truth value of an array": "An `if` asks for *one* truth, and here is an array of them: "
    "`np.where(condition, a, b)` chooses place by place.",
    "could not be broadcast": "Two shapes do not fit: print the `.shape` of both.",
    "mismatch in its core dimension": "Two shapes do not fit: print the `.shape` of both.",
    "out of bounds": "Something is counted that is not there: the check tries several lengths.",
    "'NoneType' and": "Something is still None there: ask first whether it is.",
    "is not defined": "A name is missing: a typing error, or a cell above that was not run.",
}
RUN_ON, TRY_AGAIN = "Run on, and see what happens.", "Try again: the hint leads further."
MANY = 25  # more than so many values are not shown one by one
COLOURS = {"right": "success", "not yet": "warn", "not tried yet": "info"}


class Verdict:
    """What a check says: a name, a state, and a reply. It prints as text, and as a coloured bar."""

    def __init__(self, name, state, reply=""):
        self.name, self.state, self.reply = name, state, reply

    def __repr__(self):
        return f"{self.name}: {self.state}" + (f". {self.reply}" if self.reply else "")

    def _repr_html_(self):
        colour = f"var(--jp-{COLOURS[self.state]}-color1, gray)"
        reply = escape(self.reply).replace("\n", "<br>")
        reply = re.sub(r"`([^`]+)`", r"<code>\1</code>", reply)
        reply = re.sub(r"(?<![\w*])\*(\w[^*<]*)\*(?![\w*])", r"<i>\1</i>", reply)
        return (
            f'<div style="border-left: 4px solid {colour}; padding: 2px 10px">'
            f"<code>{escape(self.name)}</code>: <b>{self.state}</b>"
            + (f"<br>{reply}" if reply else "")
            + "</div>"
        )


class Question:
    """A prediction, or an exercise whose answer is a value; `also` are other ways to write it."""

    def __init__(self, name, answer, because, mistakes=(), within=1e-6, also=()):
        self.name, self.because, self.within, self.also = name, because, within, also
        self.answer = answer() if callable(answer) else answer
        self.mistakes = [(v() if callable(v) else v, reply) for v, reply in mistakes]

    def judge(self, given, then=RUN_ON):
        if untouched(given):
            return Verdict(self.name, "not tried yet")
        if isinstance(given, bool) and self.answer in ("yes", "no"):
            given = "yes" if given else "no"
        for within in (1e-9, self.within):  # the very answer before one that is near it
            if any(same(given, answer, within) for answer in (self.answer, *self.also)):
                return Verdict(self.name, "right", self.because)
            for wrong, reply in self.mistakes:
                if same(given, wrong, within):
                    return Verdict(self.name, "not yet", reply)
        if isinstance(given, str) and given.replace(" ", "") == show(self.answer).replace(" ", ""):
            return Verdict(self.name, "not yet", f"Without the quotes, please: {given.strip()}")
        return Verdict(self.name, "not yet", f"You say {show(given)}. {self.form(given, then)}")

    def form(self, given, then):
        """What to say to an answer that nobody has thought of: its form, or more or less."""
        wanted = self.answer
        if isinstance(wanted, str) and isinstance(given, str):
            return "Is that one of the answers in the question, letter by letter?"
        if isinstance(wanted, str):
            return "Words are asked for, in quotes."
        if isinstance(wanted, tuple) and not isinstance(given, tuple | list):
            return "A shape is asked for, with its brackets, such as (2, 3)."
        if isinstance(wanted, NUMBERS) and not isinstance(given, NUMBERS):
            return "A number is asked for, without quotes or brackets."
        if isinstance(wanted, NUMBERS) and given == given:  # nan is neither
            return f"It is {'more' if wanted > given else 'less'}. {then}"
        return then


class Exercise:
    """A function to write: its solution, the cases to try it on (smallest first), known mistakes.

    `observe(result, *inputs)` says what is compared, where it is not the result alone.
    """

    def __init__(self, name, solution, cases, mistakes, because="", observe=None, within=1e-6):
        self.name, self.solution, self.cases, self.mistakes = name, solution, cases, mistakes
        self.because, self.within = because, within
        self.observe = observe or (lambda result, *inputs: result)
        self.known = {}  # what the solution and the mistakes do: some of them train a network

    def run(self, function, case):
        """What `function` does with its own copy of the inputs."""
        inputs = copy.deepcopy(case)
        with np.errstate(all="ignore"):
            return self.observe(function(*inputs), *inputs)

    def judge(self, function):
        if blank(function):
            return Verdict(self.name, "not tried yet")
        for case in self.cases:
            try:
                given = self.run(function, case)
            except (Exception, SystemExit) as error:
                said = f"{type(error).__name__}: {cut(str(error), 300)}"
                reply = f"With {show_inputs(case)} it raised {said}"
                advice = [f"\n{advice}" for said, advice in ADVICE.items() if said in str(error)]
                reply = self.reply(function) or "".join([reply, *advice])
                return Verdict(self.name, "not yet", reply)
            if untouched(given):
                return Verdict(
                    self.name, "not tried yet", "It returns nothing: is a `return` missing?"
                )
            expected = self.attempt(self.solution, case)
            if not same(given, expected, self.within):
                known, yours = self.reply(function), f"yours gives {show(given)}"
                if known:  # the reply is enough: what is wanted stays to be found
                    return Verdict(self.name, "not yet", f"{known}\n{yours}")
                reply = f"With {show_inputs(case)}:\n{yours}\nwanted is {show(expected)}"
                return Verdict(self.name, "not yet", reply)
        return Verdict(self.name, "right", self.because)

    def reply(self, function):
        """The reply to the known mistake that does what `function` does on every case, or None."""
        done = [self.outcome(function, case) for case in self.cases]
        for wrong, reply in self.mistakes:
            if all(
                same(given, self.attempt(wrong, case), self.within)
                for given, case in zip(done, self.cases, strict=True)
            ):
                return reply
        return None

    def attempt(self, function, case):
        """The outcome of the solution, or of a known mistake: worked out once."""
        key = id(function), id(case)
        if key not in self.known:
            self.known[key] = self.outcome(function, case)
        return self.known[key]

    def outcome(self, function, case):
        """What `function` does with the case, or the error that it raises."""
        try:
            return self.run(function, case)
        except (Exception, SystemExit) as error:
            return f"{type(error).__name__}: {error}"


class Book:
    """The questions and exercises of one chapter, by name."""

    def __init__(self):
        self.entries = {}

    def question(self, name, answer, because, mistakes=(), within=1e-6, also=()):
        """A prediction, or a value to find; `answer` and wrong values may be functions."""
        self.add(Question(name, answer, because, mistakes, within, also))

    def exercise(self, name, solution, cases, mistakes, because="", observe=None, within=1e-6):
        """A function to write, called `name`."""
        self.add(Exercise(name, solution, cases, mistakes, because, observe, within))

    def add(self, entry):
        if entry.name in self.entries:
            raise ValueError(f"{entry.name!r} stands twice in this chapter's exercises")
        self.entries[entry.name] = entry

    def predict(self, name, answer=...):
        """Say what will happen before you run it: replace the `...` by your answer."""
        return self.judge(name, answer)

    def check(self, what, answer=...):
        """check(function), or check("name", value): not tried yet, right, or not yet, and why."""
        if isinstance(what, str):
            return self.judge(what, answer, TRY_AGAIN)
        return self.judge(getattr(what, "__name__", type(what).__name__), what)

    def judge(self, name, answer, *then):
        """The verdict, whatever was given: nothing raises in the learner's cell."""
        name = str(name)
        if name not in self.entries:
            near = get_close_matches(name, self.entries, n=1)
            reply = (
                f"Did you mean `{near[0]}`?" if near else "Names stand in the cells as they came."
            )
            return Verdict(name, "not yet", f"No exercise is called so. {reply}")
        entry = self.entries[name]
        try:
            return (
                entry.judge(answer, *then) if isinstance(entry, Question) else entry.judge(answer)
            )
        except Exception as error:
            reply = f"This could not be compared. {type(error).__name__}: {error}"
            return Verdict(name, "not yet", reply)


def untouched(value):
    return value is None or value is ...


def blank(function):
    """True for a function that is still `...`, with or without a docstring."""

    def dots(): ...

    def documented():
        """Documented."""

    code = getattr(function, "__code__", None)
    if code is None:
        return untouched(function)
    return code.co_code in (dots.__code__.co_code, documented.__code__.co_code) and not any(
        value is not None and value != function.__doc__ for value in code.co_consts
    )


def same(given, expected, within):
    """Equal in shape and value: numbers, arrays, Tensors, words, and lists or tuples of them."""
    given, expected = numbers(given), numbers(expected)
    if isinstance(expected, str) or isinstance(given, str):
        return str(given).strip().lower() == str(expected).strip().lower()
    if isinstance(expected, list | tuple) and isinstance(given, list | tuple):
        return len(given) == len(expected) and all(
            same(a, b, within) for a, b in zip(given, expected, strict=True)
        )
    if given is None or expected is None:
        return given is expected
    try:
        given, expected = np.asarray(given), np.asarray(expected)
        return given.shape == expected.shape and bool(
            np.allclose(given, expected, rtol=1e-9, atol=within, equal_nan=True)
        )
    except (TypeError, ValueError):
        return False


def numbers(value):
    """The numbers of a Tensor; anything else as it is."""
    return value.data if hasattr(value, "node") else value


def show(value):
    """A value as a learner would type it, short: of what is long, its size and how it begins."""
    value = numbers(value)
    if callable(value):
        return getattr(value, "__name__", type(value).__name__)
    if isinstance(value, np.ndarray) and value.ndim:
        if value.size > MANY:
            return f"an array of shape {value.shape}: {beginning(value.ravel())}"
        return np.array2string(value, precision=4, separator=", ").replace("\n", "")
    if isinstance(value, np.ndarray | np.generic):
        value = value.item()
    if isinstance(value, np.random.Generator):
        return "a generator"
    if isinstance(value, bytes | bytearray):
        some = beginning(value, some=8) if len(value) > MANY else listed(value)
        return f"{len(value)} bytes: {some}"
    if isinstance(value, tuple | list):
        some = f"{beginning(value)} {len(value)} in all" if len(value) > MANY else listed(value)
        some = cut(some, 300)
        if isinstance(value, list):
            return f"[{some}]"
        return f"({some}{',' * (len(value) == 1)})"
    return f"{value:.6g}" if isinstance(value, float) else cut(repr(value), 80)


def listed(values):
    return ", ".join(map(show, values))


def beginning(values, some=4):
    """The first few values."""
    return f"{listed(values[:some])}, …"


def cut(text, most):
    return text if len(text) <= most else f"{text[: most - 2]} …"


def show_inputs(case):
    return ", ".join(map(show, case)) or "no input"
