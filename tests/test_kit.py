"""guess and check: what they say, whatever is handed in."""

import ast

import numpy as np
import pytest

from course.exercises import means, slips
from course.exercises.kit import Between, Book, ToldError, blank, same, show
from minnet.tensors import Tensor

OTHERS = np.ones((3, 3))


def test_an_answer_of_another_form_is_told_which_form_is_asked_for():
    book = Book()
    book.question("words", "up", "b", [("down", "r")])
    book.question("shape", (2, 3), "b", [((3, 2), "r")])
    book.question("number", 0.5, "b", [(2, "r")])
    book.question("truth", "no", "b", [("yes", "r")])
    for name, given, told in [
        ("words", 3, "Words are asked for, in quotes"),
        ("words", "sideways", "letter by letter"),
        ("shape", 6, "with its brackets"),
        ("number", "much", "A number is asked for"),
        ("number", [0.5, 1], "A number is asked for"),
        ("number", 0.3, "It is more."),
        ("number", 0.75, "It is less."),
        ("number", float("nan"), "nan. Run on, and see what happens."),
        ("truth", True, "r"),
    ]:
        verdict = book.guess(name, given)
        assert verdict.state == "not yet" and told in verdict.reply
    assert book.guess("truth", False).state == "right"
    assert "Try again" in book.check("number", float("nan")).reply  # nothing shows it later


def test_errors_that_are_often_made_come_with_advice():
    book = Book()
    cases = [(np.array([1.0, -2.0]),)]
    book.exercise("clipped", lambda a: np.maximum(a, 0), cases, [(lambda a: a, "r")])

    def clipped(a):
        return a if a > 0 else 0

    reply = book.check(clipped).reply
    assert "ambiguous" in reply and "`np.where(condition, a, b)` chooses place by place" in reply
    for wrong, told in [
        (lambda a: a.sum * 2, "without its brackets"),
        (lambda a: [x for x, y in a.reshape(-1, 1)], "is a `zip(…)`"),
        (lambda a: a.max(axis=1), "There is no such axis"),
        (lambda a: a @ OTHERS, "It looks at `OTHERS`, which is not handed to it"),
    ]:
        assert told in book.verdict("clipped", wrong).reply


def test_blank_functions_are_known():
    def dots(a): ...
    def documented(a, b=2):
        """Says what it is."""

    def passing(a):
        pass

    def done(a):
        return a

    def printing(a):
        print(a)

    assert blank(dots) and blank(documented) and blank(passing)
    assert not blank(done) and not blank(printing) and not blank(lambda a: a)


def test_values_that_no_return_hands_on_are_no_blank():
    def forgotten():
        0.5, 0.1  # noqa: B018

    book = Book()
    book.exercise("my_bets", lambda: (0.5, 0.1), [()], [], observe=lambda result: sum(result))
    assert not blank(forgotten)
    assert "is a `return` missing?" in book.verdict("my_bets", forgotten).reply


def test_values_are_compared_by_shape_and_number():
    assert same(Tensor([1.0, 2.0]), np.array([1, 2]), 1e-6) and same(3, 3.0000001, 1e-6)
    assert same((3, 4), [3, 4], 0) and same("Larger ", "larger", 0)
    assert not same(np.ones((2, 1)), np.ones(2), 1e-6) and not same(1.1, 1, 1e-6)
    assert not same(None, 0, 1e-6) and not same("a", 1, 1e-6) and not same([1, 2], [1], 0)


def test_values_are_shown_as_one_would_type_them():
    assert show(np.array([1.0, 2.5])) == "[1. , 2.5]" and show(Tensor(2.0)) == "2"
    assert show((3,)) == "(3,)" and show(np.float64(0.1)) == "0.1" and show(abs) == "abs"


def test_a_function_gets_its_own_copy_of_the_inputs():
    book, inputs = Book(), np.ones(2)

    def spoil(a):
        a += 1
        return a

    book.exercise("my_spoil", spoil, cases=[(inputs,)], mistakes=[])
    assert book.check(spoil_as(spoil, "my_spoil")).state == "right" and (inputs == 1).all()


def spoil_as(function, name):
    function.__name__ = name
    return function


def test_a_verdict_is_text_and_a_box():
    verdict = SAMPLES.guess("n", 4)
    assert repr(verdict) == "n: noted. Not four."  # a prediction is no exercise
    assert repr(SAMPLES.check("n", 4)) == "n: not yet. Not four."
    assert "--jp-warn-color1" in verdict._repr_html_() and "<b>noted</b>" in verdict._repr_html_()


def test_a_mistyped_name_is_answered_with_the_closest_one_alone():
    for ask in (SAMPLES.check, SAMPLES.guess):
        verdict = ask("my_ff", 1)
        assert verdict.state == "not yet"
        assert verdict.reply == "No exercise is called so. Did you mean `my_f`?"
    reply = SAMPLES.check(lambda a: a).reply
    assert reply == "No exercise is called so. Names stand in the cells as they came."


def test_what_is_long_is_shown_by_its_size_and_its_beginning():
    assert show(np.arange(300.0).reshape(3, 100)) == "an array of shape (3, 100): 0, 1, 2, 3, …"
    assert (
        show(bytes(304)) == "304 bytes: 0, 0, 0, 0, 0, 0, 0, 0, …"
        and show(bytes([0, 8])) == "2 bytes: 0, 8"
    )
    assert show(list(range(300))) == "[0, 1, 2, 3, … 300 in all]"
    assert show((0,) * 26) == "(0, 0, 0, 0, … 26 in all)" and show((1, 2)) == "(1, 2)"
    assert len(show([[1234567] * 20] * 20)) < 310 and show(["a" * 99]).endswith("a …]")
    assert show(np.random.default_rng(0)) == "a generator"
    assert len(show("long " * 99)) == 80 and show("short") == "'short'"

    def my_f(a):
        raise ValueError("no " * 999)

    assert len(SAMPLES.check(my_f).reply) < 400


def test_the_same_answer_may_be_written_in_several_ways():
    book = Book()
    book.question("brackets", "go", "b", [("stop", "r")], also=["go()", (1, 2)])
    for given, state in {
        "go": "right",
        "go()": "right",
        (1, 2): "right",
        "gone": "not yet",
    }.items():
        assert book.guess("brackets", given).state == state


class Rude:
    """Something that answers every question with an error."""

    def __getattr__(self, name):
        raise RuntimeError(f"no {name}")

    def __repr__(self):
        raise RuntimeError("no words")


class Quarrelsome:
    """Something that cannot be compared."""

    def __eq__(self, other):
        raise RuntimeError("not comparable")

    __hash__ = None


def odd_answers():
    """What a learner, or a typing mistake, may hand in."""
    loop = []
    loop.append(loop)
    yield from (Rude(), Quarrelsome(), loop, {1: 2}, {3}, (i for i in [1]), int, len, 1j, b"a")
    yield from (float("nan"), float("inf"), 10**400, [10**400], "", "3", True, Exception("a"))
    yield from (np.array([None]), np.array(["a"]), np.zeros((0, 3)), [[1], [1, 2]], range(3))
    yield from (Tensor([1.0, 2.0]), [Tensor(1.0)], np.float32, np.datetime64("2026"), object())
    yield from (None, ..., [...], np.ma.array([1.0, 2.0], mask=[True, False]))


SAMPLES = Book()
for name, answer in {"n": 3, "t": (1, 2), "w": "up", "l": [1, 2], "a": np.ones(3)}.items():
    SAMPLES.question(name, answer=answer, because="So it is.", mistakes=[(4, "Not four.")])
SAMPLES.exercise("my_f", lambda a: a + 1, cases=[(1,), (np.ones(2),)], mistakes=[])


@pytest.mark.parametrize("name", SAMPLES.entries)
def test_nothing_that_is_handed_in_raises(name):
    for odd in odd_answers():
        for verdict in (SAMPLES.guess(name, odd), SAMPLES.check(name, odd)):
            assert repr(verdict).startswith(f"{name}: {verdict.word}")
            assert verdict.word in verdict._repr_html_()
        function = spoil_as(lambda a, odd=odd: odd, "my_f")
        assert SAMPLES.check(function).state in ("not yet", "not tried yet")
    assert SAMPLES.check(name).state == SAMPLES.guess(name).state == "not tried yet"


@pytest.mark.parametrize(
    "error", [SystemExit(1), RecursionError("deep"), StopIteration()], ids=repr
)
def test_a_function_that_leaves_is_told_so(error):
    def my_f(a):
        raise error

    assert f"With 1 it raised {type(error).__name__}" in SAMPLES.check(my_f).reply


def test_a_wrong_value_is_shown_beside_the_right_one_on_the_smallest_input():
    verdict = SAMPLES.check(spoil_as(lambda a: abs(a) ** 1.5 + 1.7, "my_f"))
    assert verdict.reply == "With 1:\nyours gives 2.7\nwanted is 2"
    verdict = SAMPLES.check(spoil_as(lambda a: print(end=""), "my_f"))
    assert repr(verdict) == "my_f: not yet. It returns nothing: is a `return` missing?"


def test_a_name_stands_once():
    with pytest.raises(ValueError, match="'n' stands twice"):
        SAMPLES.question("n", answer=1, because="")


# What you write is what runs


def taught():
    book = Book()
    loss = Tensor([1.0, 2.0])

    def step(loss_of, x, lr):
        return loss_of(x) * lr

    book.exercise(
        "my_step",
        step,
        cases=[(lambda x: (x * x).sum(), loss, 0.5), (lambda x: (x * x).sum(), loss, 2.0)],
        mistakes=[(lambda loss_of, x, lr: loss_of(x), "Where is lr?")],
        because="So it is.",
        serves="step",
        form="the loss itself, a Tensor",
        payoff=lambda step: step(lambda x: x.sum(), Tensor([3.0]), 0.1).item(),
    )
    book.exercise("my_up", lambda a: a + 1, [(1,), (5,)], [], serves="up")
    book.exercise("my_seen", lambda a: a - 1, [(1,), (5,)], [])
    book.question("a rate", 0.1, "Small.", [(1, "Too large.")], within=0.05, serves="rate")
    return book


def my_step(loss_of, x, lr):
    return lr * loss_of(x)


def test_what_is_right_runs_and_until_then_ours_does(capsys):
    book = taught()
    assert book.check(my_step) is my_step and book.whose(my_step) == "your my_step"
    assert capsys.readouterr().out == "my_step: right, `step` is yours. So it is.\n"
    ours = book.entries["my_step"].ours
    for wrong, said in {
        spoil_as(lambda loss_of, x, lr: loss_of(x), "my_step"): "not yet, `step` is ours. Where",
        spoil_as(lambda *_: ..., "my_step"): "not tried yet, `step` is ours",
        spoil_as(lambda loss_of, x, lr: my_step(loss_of, x, lr).item(), "my_step"): (
            "right, but return the loss itself, a Tensor. (Until then `step` is ours.)"
        ),
    }.items():
        step = book.check(wrong)
        assert step is ours and book.whose(step) == "our step"
        assert capsys.readouterr().out.startswith(f"my_step: {said}")
    assert book.whose(wrong) == "your my_step"  # flown although it is wrong


def test_several_and_values_and_lambdas_serve_too(capsys):
    book = taught()
    globals()["my_up"] = lambda a: 1 + a
    step, up = book.check(my_step, my_up)  # noqa: F821
    assert step is my_step and up(1) == 2 and up is my_up  # noqa: F821
    assert capsys.readouterr().out.count("right") == 2
    assert book.check("a rate", 0.12) == 0.12 and book.whose("rate") == "your rate"
    assert book.check("a rate", 7) == book.check("a rate", ...) == 0.1
    assert book.whose("rate") == "our rate"
    assert repr(book.check(spoil_as(lambda a: a - 1, "my_seen"))) == "my_seen: right"
    del globals()["my_up"]


def test_a_class_is_not_tried_until_all_its_methods_are_written():
    book = Book()

    class Counter:
        def __init__(self, n):
            self.n = n

        def up(self):
            self.n += 1
            return self.n

    def twice(counter, *inputs):
        return counter.up(), counter.up()

    book.exercise("MyCounter", Counter, [(3,), (4,)], [], observe=twice, serves="Counter")

    class MyCounter:
        def __init__(self, n):
            self.n = n

        def up(self): ...

    assert book.verdict("MyCounter", MyCounter).state == "not tried yet"
    MyCounter.up = Counter.up
    assert book.check(MyCounter) is MyCounter
    assert book.check(spoil_as(type("Other", (), {}), "MyCounter")) is Counter


def test_a_right_answer_that_fails_where_the_story_goes_on_is_told_so():
    book = Book()
    book.exercise(
        "my_mean", lambda a: a.mean(), [(np.arange(3.0),), (np.ones(4),)], [],
        serves="mean", payoff=lambda mean: mean(np.ones((2, 2))),
    )  # fmt: skip
    assert book.verdict("my_mean", lambda a: sum(a) / len(a)).state == "right, but"
    said = book.verdict("my_mean", lambda a: sum(list(a)) / a.shape[0] + 0 * a.item(-1)).reply
    assert said.startswith("where the chapter goes on with it, yours gives")
    assert book.verdict("my_mean", lambda a: a.sum() / a.size).state == "right"


# General means


VALUES, WRONG = Book(), {"word": "smaller", "million": 1_000_000, "order": "y b p"}
for name, answer in {
    "share": 0.975,
    "count": 57,
    "third": 1 / 3,
    "eighth": 0.125,
    "million": 1_000_001,
    "shape": (8, 8),
    "one axis": (3,),
    "word": "larger",
    "truth": "yes",
    "pair": (3, 7),
    "hundred": 40,
    "order": "y p b",
    "input": "a",
    "four": [2, 2, 0, 0],
}.items():
    VALUES.question(name, answer, "So it is.", [(WRONG.get(name, -99), "r")])
VALUES.question("rate", 0.15, "So it is.", [(0.1, "r")], share=False)
VALUES.question("near", 0.085, "So it is.", within=0.002)
VALUES.question("small", 10, "So it is.", [(0.01, "That is s.")], within=0.02)
VALUES.question("lengths", 40, "So it is.", share=False)
VALUES.question("move", "not moved", "So.", [("moved", "r"), ("stays for ever", "For good?")])
VALUES.question("names", ["Adam", "momentum"], "So it is.")
VALUES.question("half", 0.5, "So it is.", [("mean", "And which number?")])


@pytest.mark.parametrize(
    ("name", "given", "state", "told"),
    [
        ("share", 97.5, "not yet", "As a share from 0 to 1, please: 97.5 in a hundred is 0.975."),
        ("share", "97.5 %", "right", "quotes"),
        ("share", 60, "not yet", "As a share"),
        ("hundred", 0.4, "not yet", "In a hundred, please"),
        ("rate", 15, "not yet", "You say 15. It is less."),  # nobody means per cent of a rate
        ("four", 2, "not yet", "A list of 4 is asked for"),
        ("count", 56, "not yet", "count again, at both ends"),
        ("count", -57, "not yet", "Which sign"),
        ("count", 114, "not yet", "Twice too large"),
        ("count", 570, "not yet", "Ten times"),
        ("count", 57**2, "not yet", "its square"),
        ("count", np.inf, "not yet", "without end"),
        ("count", -np.inf, "not yet", "without end"),
        ("near", 0.009, "not yet", "It is more"),  # nine times too small, not ten
        ("near", 0.0085, "not yet", "Ten times too small"),
        ("small", 0, "not yet", "You say 0. It is more."),  # near to 0.01, which has a reply
        ("small", 0.009, "not yet", "That is s."),
        ("lengths", 0.4, "not yet", "You say 0.4. It is more."),  # lengths are no per cent
        ("move", "unmoved", "right", ""),
        ("truth", "yes, it is later", "right", ""),
        ("move", "moved, for it is dear", "not yet", "r"),
        ("truth", "yes because no number is drawn", "right", ""),
        ("count", "about 57", "right", ""),
        ("move", "stays", "not yet", "For good?"),
        ("four", "2, 2, 0, 0", "right", "in square brackets"),
        ("four", "2 0 0 0", "not yet", "3 of 4 are right"),
        ("four", ["2", "2", "0", "0"], "right", ""),
        ("names", "adam, momentum", "right", "in square brackets"),
        ("names", ["adam", "momentun"], "right", ""),
        ("names", ["momentum", "Adam"], "not yet", "The order is another one"),
        ("count", 57.0, "right", ""),
        ("count", (57,), "right", "without a comma"),
        ("count", "57", "right", "Numbers go without quotes"),
        ("third", 0.33, "right", ""),
        ("third", 0.3, "not yet", ""),
        ("eighth", (0, 125), "right", "write 0.125"),
        ("third", "3^-1", "right", "two stars"),
        ("third", 2, "not yet", "It is less."),  # no word of per cent
        ("eighth", 0.13, "right", ""),
        ("million", (1, 0, 0), "not yet", "write 1_000_000"),
        ("million", "1,000,001", "right", "quotes"),
        ("third", 3.0, "not yet", "The other way up"),
        ("third", "1/3", "right", "quotes"),
        ("shape", [8, 8], "right", ""),
        ("shape", "8 x 8", "right", "quotes"),
        ("shape", (8, 9), "not yet", "1 of 2 is right; the second is not."),
        ("shape", (8, 8, 1), "not yet", "3 values, and 2 are asked for"),
        ("one axis", (3, 1), "not yet", "2 values, and 1 is asked for"),
        ("shape", (8,), "not yet", "1 value, and 2 are asked for"),
        ("shape", 8, "not yet", "with its brackets"),
        ("half", "The mean.", "not yet", "And which number?"),
        ("half", "the median", "not yet", "A number is asked for"),
        ("one axis", 3, "right", "(3,)"),
        ("word", "It gets larger.", "right", ""),
        ("word", "largre", "right", ""),
        ("word", "Smaller!", "not yet", "r"),
        ("word", "Larger.", "right", ""),
        ("word", "not larger", "not yet", "letter by letter"),
        ("word", "larger or smaller", "not yet", "letter by letter"),
        ("order", "Y, P, B", "right", ""),
        ("order", "y p b p", "not yet", "letter by letter"),  # nearly the same is another order
        ("input", "A", "right", ""),
        ("input", "larger", "not yet", "letter by letter"),
        ("truth", True, "right", ""),
        ("truth", "True", "right", ""),
        ("pair", (7, 3), "not yet", "The order is another one"),
    ],
)
def test_a_value_is_read_in_every_form_and_answered(name, given, state, told):
    verdict = VALUES.guess(name, given)
    assert verdict.state == state and told in verdict.reply


def test_a_name_that_means_the_word_is_read_as_the_word():
    def larger():
        pass

    assert VALUES.guess("word", larger).state == "right"


NUMBERS_IN = [(np.array([1.0, 2.0, 4.0]), 0.5), (np.array([3.0, -1.0]), 2.0)]
FUNCTIONS = Book()
FUNCTIONS.exercise("my_scaled", lambda a, lr: a * lr, NUMBERS_IN, [])
FUNCTIONS.exercise("my_two", lambda a, lr: (a.sum(), a.mean() + lr), NUMBERS_IN, [])
FUNCTIONS.exercise(
    "my_told", lambda a, lr: (a.sum(), lr), NUMBERS_IN, [],
    observe=lambda result, a, lr: (result[0], "and", result[1]) if result[0] else "nothing",
)  # fmt: skip
FUNCTIONS.exercise("my_count", lambda a: len(a) + 7, [([1, 2],), ([1],)], [])
OUTSIDE = size = np.ones(3)


def printing(a, lr):
    print(a * lr)


def spoiling(a, lr):
    a *= lr
    return a


def shifting(a, lr):
    a += 1
    return a * lr


@pytest.mark.parametrize(
    ("name", "function", "state", "told"),
    [
        ("my_scaled", printing, "not yet", "It prints, and returns nothing"),
        ("my_scaled", spoiling, "right, but", "it changes `a`, which is not its own"),
        ("my_scaled", shifting, "not yet", "It changes `a`: work on a copy."),
        ("my_scaled", lambda a, lr: (a * lr)[:, None], "right, but", "return it of shape (3,)"),
        ("my_scaled", lambda a, lr: list(a * lr), "right", ""),
        ("my_scaled", lambda a, lr: Tensor(a * lr), "right", ""),
        ("my_scaled", lambda a, lr: a, "not yet", "It never looks at `lr`."),
        ("my_scaled", lambda a, lr: OUTSIDE * lr, "not yet", "but at `OUTSIDE`"),
        ("my_scaled", lambda a, lr: a * a.size, "not yet", "It never looks at `lr`.\n"),
        ("my_scaled", lambda a, lr: np.log2(np.exp(a)) * lr, "not yet", "with the base 2"),
        ("my_scaled", lambda a, lr: ~a * lr, "not yet", "it is `1 - p`"),
        ("my_scaled", lambda a, lr: math.sqrt(a), "not yet", "numpy has it"),  # noqa: F821
        ("my_scaled", lambda a, lr: -a.data * lr, "not yet", "leaves the history behind"),
        ("my_scaled", lambda a, lr: -a * lr, "not yet", "The sign is turned."),
        ("my_scaled", lambda a, lr: abs(a * lr), "not yet", "The sign is lost."),
        ("my_scaled", lambda a, lr: 2 * a * lr, "not yet", "Always 2 times"),
        ("my_scaled", lambda a, lr: a * lr + 0.25, "not yet", "Always off by the same: +0.25"),
        ("my_scaled", lambda a, lr: np.trunc(a * lr), "not yet", "cut to whole numbers"),
        ("my_scaled", lambda a, lr: np.sqrt(-lr) * a, "not yet", "nan"),
        ("my_scaled", lambda a, lr: (x * lr for x in a), "not yet", "make a list of it"),
        ("my_scaled", lambda a, lr: (a * lr).sum, "not yet", "brackets call it"),
        ("my_scaled", lambda a, lr: f"{a * lr}", "not yet", "That is text"),
        ("my_scaled", lambda a, lr: (a * lr).sum() / lr * lr, "not yet", "one number, and 3"),
        ("my_scaled", lambda a, lr: a + b, "not yet", "A name is missing"),  # noqa: F821
        ("my_scaled", lambda a, lr: lr * printing, "not yet", "takes no part in sums"),
        ("my_scaled", lambda a, lr: OUTSIDE[7], "not yet", "It never looks at `a`"),
        ("my_two", lambda a, lr: a.sum() + lr, "not yet", "2 are asked for"),
        (
            "my_told",
            lambda a, lr: (a.sum(), lr + 9),
            "not yet",
            "1 of 2 is right; the second is not.",
        ),
        ("my_two", lambda a, lr: (a.mean() + lr, a.sum()), "not yet", "The order is another"),
        ("my_two", lambda a, lr: (a.sum(), a.mean() - lr), "not yet", "1 of 2 is right; the sec"),
        ("my_two", lambda lr, a: (a.sum(), a.mean() + lr), "not yet", "order: `(a, lr)`"),
        ("my_scaled", lambda lr, a: a - lr, "not yet", "order: `(a, lr)`"),
        ("my_scaled", lambda a, lr: lr * a.data, "not yet", "the array itself does sums"),
        ("my_count", lambda a: len(a) + 6, "not yet", "Always 1 too few"),
        ("my_count", lambda a: (len(a), 7), "not yet", "is there a comma too many"),
    ],
)
def test_a_function_is_answered_by_what_it_has_in_common_with_the_right_one(
    name, function, state, told
):
    verdict = FUNCTIONS.verdict(name, function)
    assert verdict.state == state and told in verdict.reply and verdict.own


def test_a_value_for_a_function_and_a_name_of_numpys_are_told_so():
    book = Book()
    book.exercise("my_root", np.sqrt, [(4.0,), (9.0,)], [(lambda a: a, "r"), (lambda a: 1, "s")])
    assert "A function is asked for" in str(book.entries["my_root"].judge(2.0))
    told = book.entries["my_root"].judge(lambda a: sqrt(a))  # noqa: F821
    assert told.own and "`np.sqrt`" in told.reply


def test_infinity_is_told_of_where_the_shown_result_has_it():
    def later(a, lr):
        return a + lr if lr < 1 else a / 0

    verdict = FUNCTIONS.verdict("my_scaled", later)
    assert "infinity" not in verdict.reply and "yours gives 1.5" in verdict.reply
    assert "It gives infinity" in FUNCTIONS.verdict("my_scaled", lambda a, lr: a / (0 * lr)).reply


def test_what_observe_says_in_words_is_not_taken_for_a_text_of_theirs():
    reply = FUNCTIONS.verdict("my_told", lambda a, lr: (0 * a[0], lr)).reply
    assert "yours gives 'nothing'" in reply and "text" not in reply


def test_no_reply_shows_the_whole_table():
    book = Book()
    table = np.arange(12.0).reshape(3, 4)
    book.exercise("my_table", lambda a: a**2, [(table,), (table + 1,)], [])
    verdict = book.verdict("my_table", lambda a: np.where(a == 6, 37.5, a * a))
    assert "at [1, 2] yours gives 37.5\nwanted is 36" in verdict.reply
    assert "121" not in verdict.reply and not verdict.own
    near = book.verdict("my_table", lambda a: np.where(a == 6, 36.00002, a * a)).reply
    assert "yours gives 36.00002\nwanted is 36" in near, "two numbers that part are not shown alike"


def test_what_a_function_prints_is_kept_from_the_page_and_said_where_it_helps(capsys):
    def my_scaled(a, lr):
        print("looking at", lr)
        return a * lr**3 + a

    assert "it printed looking at 0.5" in FUNCTIONS.check(my_scaled).reply
    assert capsys.readouterr().out == ""


def test_a_return_at_the_end_of_the_last_loop_is_named():
    def my_scaled(a, lr):
        for each in a:
            total = each * lr
            return total
        return None

    assert "`return` stands inside the loop" in FUNCTIONS.check(my_scaled).reply


def test_what_the_question_leaves_open_may_be_settled_in_several_ways():
    book = Book()
    cases = [(np.array([-2.0, 0.0, 3.0]),), (np.array([0.0, 1.0]),)]
    book.exercise(
        "my_slope", lambda a: (a > 0) * 1.0, cases, [],
        conventions=[lambda a: np.heaviside(a, 0.5)], serves="slope",
    )  # fmt: skip
    for right in (lambda a: np.where(a > 0, 1.0, 0.0), lambda a: (np.sign(a) + 1) / 2):
        assert book.verdict("my_slope", right).state == "right"
    assert book.verdict("my_slope", lambda a: np.heaviside(a, 0.3)).state == "not yet"


MEANT = Book()
MEANT.question("bet", 0.88, "b", [(Between(0, 0.8), "Better.")], within=0.04)
MEANT.question("ln", np.log(10), "b", [(0.1, "r")], within=0.01)
MEANT.question("sum", 2410, "b", [(2368, "And biases?")])
MEANT.question("place", (0.3, 0.9), "b", [((0.9, 0.3), "r")], within=0.05)
MEANT.question("lengths", (3, 3), "b", [((4, 4), "r")])


@pytest.mark.parametrize(
    ("name", "given", "state", "told"),
    [
        ("bet", 0.2, "not yet", "Better."),
        ("bet", 0.82, "not yet", "It is more."),  # near to 0.88², and no square
        ("ln", "about 2.3", "right", ""),
        ("ln", "ln 10", "right", ""),
        ("sum", "a tenth", "not yet", "It is more."),
        ("sum", "2,410", "right", "without a comma"),
        ("sum", (2080, 330), "not yet", "still to be added up"),
        ("sum", (2048, 320), "not yet", "Added up it is 2368. And biases?"),
        ("place", "(0.3, 0.9)", "right", ""),
        ("place", 0.6, "not yet", "2 numbers are asked for, in one pair of brackets."),
        ("place", (3, 9), "not yet", "In each of them: Ten times too large"),
        ("place", (0.4, 0.8), "not yet", "Near. Read it off once more."),
        ("place", (0.7, 0.1), "not yet", "Neither is right."),
        ("lengths", (2.5, 2.5), "not yet", "whole numbers"),
    ],
)
def test_a_value_is_told_what_it_is_meant_as(name, given, state, told):
    verdict = MEANT.guess(name, given)
    assert verdict.state == state and told in verdict.reply


def test_what_is_right_in_one_case_alone_is_not_right_in_another_shape():
    book = Book()
    cases = [(np.array([2.0]),), (np.array([1.0, 3.0]),)]
    book.exercise("halves", lambda a: (a / 2, -a), cases, [(lambda a: a, "r")])
    assert book.verdict("halves", lambda a: (1, -2)).state == "not yet"
    assert book.verdict("halves", lambda a: [[a / 2], [-a]]).state == "right, but"
    told = book.verdict("halves", lambda a: (a / 2, -3 * a)).reply
    assert told.startswith("1 of 2 is right; the second is not. Always 3 times")
    assert told.endswith("wanted is -2")
    told = book.verdict("halves", lambda a: (a / 2, -a[a > 2])).reply
    assert "The second has the shape (0,), and should have (1,)" in told


def test_a_table_that_is_turned_and_a_result_by_chance_are_named():
    book = Book()
    book.exercise("as_is", lambda a: 1 * a, [(np.arange(9.0).reshape(3, 3),)], [])
    assert "`.T` turns them back" in book.verdict("as_is", lambda a: a.T).reply
    dice = np.random.default_rng(0)
    assert "chance in it" in book.verdict("as_is", lambda a: a + dice.random(a.shape)).reply


def test_what_is_handed_on_by_half_or_comes_from_elsewhere_is_named():
    book = Book()
    book.exercise("both", lambda a, b: (a + b, a - b), [PAIR, PAIR[::-1]], [])
    book.exercise("rates", lambda a, b: a * b, [PAIR, PAIR[::-1]], [])
    book.question("rate", 0.25, "b", [(Between(0.5, 9), "Too large.")])
    book.question("letters", ["b", "a"], "b", [(["a", "b"], "r")])
    book.question("powers", [2, 2, 0], "b", [([0, 2, 2], "r")])
    for name, given, told in [
        ("both", lambda a, b: a + b, "It returns one thing, and 2 are asked for"),
        ("rates", lambda a, b: np.zeros(7), "It never looks at `a`"),
        ("rates", lambda a, b: a * b / 100 / 4, "A factor 400 is missing, or a division by it is"),
        ("rates", lambda a, b: a + b**2 + pace, "It looks at `pace`, which is not handed to it"),
        ("rates", lambda a, b: list(a[0] * b[0]), "a `for` walks through a list"),
        ("rate", [0.5, 0.25, 3], "A number is asked for"),
        ("letters", [2, 1], "each in quotes"),
        ("letters", (2, 1), "each in quotes"),
        ("powers", [4, 4, 2], "Each of them is 2 too large"),
    ]:
        verdict = book.verdict(name, given)
        assert verdict.state == "not yet" and told in verdict.reply and verdict.own


def bracket_forgotten(a, b):
    return a - b / 2


def method_first(a, b):
    return a - b.mean()


def other_number(a, b):
    return 3 * a + b


def inputs_swapped(a, b):
    return np.subtract(b, a)


def line_outside(a, b):
    some = []
    total = np.zeros(2)
    for each in (a, b):
        total = total + each
        some.append(total)
    return some


def calling_itself_askew(a, b):
    return b if len(a) == 0 else calling_itself_askew(b + a[0], a[1:])


def part_too_much(a, b):
    return a @ b / len(a)


def part_forgotten(a, b):
    return 1 / (a + b)


def root_forgotten(a, b):
    return a / (a * a + b * b)


def xor_for_power(a, b):
    return a + b ^ 2


def times_for_power(a, b):
    return b + 2 * a


def one_of_all(a, b):
    return np.max(a, b) - np.min(a, b)


def largest_for_mean(a, b):
    return (a * b).max()


def sign_in_a_row(a, b):
    return a * b * (1 + b)


def asked_of_the_new_one(a, b):
    a = a - b
    b = b + a
    return a + 2 * b


def bracket_within(a, b):
    return b * a + 1 - b * a**2


pace = 0.5
PAIR = (np.array([2.0, 5.0]), np.array([1.0, 3.0]))


@pytest.mark.parametrize(
    ("wanted", "given", "told"),
    [
        (lambda a, b: (a - b) / 2, bracket_forgotten, "A bracket is missing"),
        (lambda a, b: (a - b).mean(), method_first, "A bracket is missing"),
        (lambda a, b: 2 * a + b, other_number, "look at the `3`"),
        (lambda a, b: a - b, inputs_swapped, "look at `np.subtract(b, a)`"),
        (lambda a, b: [a, b], line_outside, "Look at `total = np.zeros(2)`"),
        (lambda a, b: a @ b, part_too_much, "`len(a)` is too much in `a @ b / len(a)`"),
        (lambda a, b: a / (a + b), part_forgotten, "`a` is missing there: look at `1 / (a + b)`"),
        (lambda a, b: a / np.hypot(a, b), root_forgotten, "A root is missing: look at `a * a"),
        (lambda a, b: b * a + (1 - b) * a**2, bracket_within, "look at `b * a + 1 - b * a ** 2`"),
        (lambda a, b: a + b**2, xor_for_power, "`**` is: `a + b ^ 2`"),
        (lambda a, b: b + a**2, times_for_power, "Times, or to the power of? Look at `2 * a`"),
        (lambda a, b: abs(a - b), one_of_all, "`np.maximum(a, b)` takes the one or the other"),
        (lambda a, b: (a * b).mean(), largest_for_mean, "Is it `max`"),
        (lambda a, b: a * b / (1 + b), sign_in_a_row, "the `*` before `(1 + b)`, in `a * b * (1"),
        (lambda a, b: 3 * a + b, asked_of_the_new_one, "`a` is new by then: look at `b = b + a`"),
        (lambda a, b: sum(a) + b, calling_itself_askew, "look at `calling_itself_askew(b + a[0],"),
    ],
)
def test_what_is_one_slip_away_is_told_where_to_look(wanted, given, told):
    book = Book()
    book.exercise(given.__name__, wanted, [PAIR, (PAIR[1], PAIR[0] + 0.5)], [])
    verdict = book.verdict(given.__name__, given)
    assert verdict.state == "not yet" and told in verdict.reply and verdict.own


def cut_to_whole(a, b):
    some = np.zeros(len(a), dtype=int)
    some[:] = a / b
    return some


def test_a_reason_that_is_known_is_not_hidden_by_another_change():
    book = Book()
    book.exercise("cut_to_whole", lambda a, b: a / b, [PAIR], [])
    reply = book.verdict("cut_to_whole", cut_to_whole).reply
    assert reply.startswith("It is cut to whole numbers: leave it as it is.\n")


def test_a_return_that_is_missing_is_named_before_what_its_result_looks_like():
    book = Book()

    def seen(result, a):
        if not isinstance(result, tuple):
            raise TypeError("two things")
        return result

    def forgotten(a):
        a.sum()

    for name, observe in {"seen": seen, "whole": lambda result, a: str(result is None)}.items():
        book.exercise(
            name, lambda a: (a, a), [(np.ones(2),)], [(lambda a: a, "r")], observe=observe
        )
        assert book.verdict(name, forgotten).reply == "It returns nothing: is a `return` missing?"


def test_none_is_no_answer_yet_and_is_told_what_says_nothing():
    book = Book()
    book.question("n", 3, "b", [(4, "r")])
    verdict = book.guess("n", None)
    assert verdict.state == "not tried yet" and "is there, write 0" in verdict.reply
    assert book.guess("n").reply == ""


def test_pythons_own_max_of_arrays_is_no_if():
    book = Book()
    book.exercise("larger", np.maximum, [PAIR], [])
    assert "`np.maximum(a, b)`" in book.verdict("larger", lambda a, b: max(a, b)).reply


def test_what_a_plain_number_is_by_chance_gives_way_to_a_thought_of_the_question():
    book = Book()
    book.question("walks", 2, "b", [(3, "r")], otherwise="What must be there before?")
    for given, told in {
        4: "You say 4. It is less. What must be there before?",
        0.5: "You say 0.5. It is more. What must be there before?",
        -2: "You say -2. The size is right. Which sign has it?",
        "much": "You say 'much'. As a number, please. What must be there before?",
    }.items():
        assert book.guess("walks", given).reply == told
    assert not book.guess("walks", 4).own
    book.question("shape", (2, 3), "b", [((3, 2), "r")], otherwise="Which axis goes?")
    told = "You say (2, 4). 1 of 2 is right; the second is not. Which axis goes?"
    assert book.guess("shape", (2, 4)).reply == told


def test_what_observe_says_of_a_result_comes_before_how_many_were_asked_for():
    def seen(result, a):
        if callable(result[0]):
            raise ToldError("The value comes first.")
        return result

    book = Book()
    book.exercise("two", lambda a: (a, a, a), [(1.0,)], [(lambda a: a, "r")], observe=seen)
    verdict = book.verdict("two", lambda a: (seen, seen))
    assert verdict.reply == "The value comes first." and verdict.own
    assert book.verdict("two", lambda a: (a, a)).reply.startswith("It returns 2 things")


def test_a_list_is_counted_as_a_list_and_a_pair_as_a_pair():
    """Where right lists have different lengths, nobody is sent to return a second thing."""
    book = Book()
    cases = [(np.arange(3), 2), (np.arange(9), 3)]
    parts = lambda a, k: [a[i : i + k] for i in range(0, len(a), k)]  # noqa: E731
    book.exercise("in_parts", parts, cases, [])
    book.exercise("in_two", lambda a, k: [a[:k], a[k:]], cases, [])
    reply = book.verdict("in_parts", lambda a, k: [a]).reply
    assert "There is 1 in it, and 2 are wanted." in reply and "returns" not in reply
    assert "build a list" in book.verdict("in_parts", lambda a, k: len(a) * k).reply
    assert "It returns one thing, and 2" in book.verdict("in_two", lambda a, k: [a * k]).reply


def test_a_dict_for_its_values_is_no_chance_and_a_missing_input_is_counted():
    book = Book()
    book.exercise("halves", lambda a, b: [a / 2, b / 2], [(1.0, 3.0), (2.0, 4.0)], [])
    assert "That is a dict" in book.verdict("halves", lambda a, b: {0: a / 2, 1: b / 2}).reply
    assert "That is a set" in book.verdict("halves", lambda a, b: {a / 2, b / 2}).reply
    reply = book.verdict("halves", lambda a: [a / 2]).reply
    assert "It is called with 2 inputs, (a, b), and takes 1." in reply


def test_whole_numbers_that_became_floats_are_no_labels():
    book = Book()
    case = (np.array([2, 0, 1]),)
    book.exercise("back", lambda a: a[::-1], [case], [], serves="turn")
    verdict = book.verdict("back", lambda a: a[::-1] * 1.0)
    assert verdict.state == "right, but" and "whole numbers" in verdict.reply


def test_what_numpy_warns_of_does_not_leak_out_of_a_check(recwarn):
    book = Book()
    book.exercise("mean", lambda a: a.mean(), [(np.ones(2),)], [])
    assert "nan" in book.verdict("mean", lambda a: a[:0].mean()).reply
    assert not recwarn.list


def test_a_function_for_a_word_has_the_name_that_the_story_gave_it():
    def split_rows(a):
        return a

    book = Book()
    book.exercise("my_split", split_rows, [(1,), (2,)], [(lambda a: 0, "r")], serves="cut")
    book.question("step", "cut", "so it is", [("scale", "no")])
    verdict = book.guess("step", split_rows)
    assert verdict.state == "right" and "A word stands in quotes" in verdict.reply


def test_a_line_that_does_nothing_is_named():
    def without_brackets(a, lr):
        a = a.copy()
        a.sort  # noqa: B018
        return a

    def asking(a, lr):
        b = a + lr
        b == a * lr  # noqa: B015
        return b

    def kept_by_nobody(a, lr):
        (a * lr).reshape(-1, 1)
        return a + lr

    def thrown_away(a, lr):
        a * lr
        return a

    told = "`a.sort()`", "`b == a * lr` asks", "`… = (a * lr).reshape(-1, 1)`", "`… = a * lr`"
    idle = without_brackets, asking, kept_by_nobody, thrown_away
    for function, words in zip(idle, told, strict=True):
        assert words in means.about_idle(function)
        function.__name__ = "my_scaled"
        assert words in FUNCTIONS.verdict("my_scaled", function).reply


def test_comparisons_beside_and_want_brackets():
    def unbracketed(a, lr):
        return np.where(a == 1 & a == lr, a, 0)

    def asking_once(a, lr):
        return a * lr if a == 1 else a

    def of_whole_numbers(a, lr):
        return a[a.astype(int) == 1 & (a > 0).astype(int) == 1]

    brackets = "brackets around each comparison"
    asked = (unbracketed, brackets), (of_whole_numbers, brackets), (asking_once, "*one*")
    for function, told in asked:
        assert told in FUNCTIONS.verdict("my_scaled", function).reply


def test_right_numbers_in_another_shape_are_not_called_rounded():
    assert means.about_numbers([np.ones(6)], [np.ones((2, 3))]) is None


def test_numbers_alone_are_followed_by_the_thought_of_the_exercise():
    book = Book()
    book.exercise("mean", lambda a: a.mean(), [PAIR[:1]], [], otherwise="Sum, then how many.")
    verdict = book.verdict("mean", lambda a: a.max() ** 2.7)
    assert verdict.reply.endswith("wanted is 3.5\nSum, then how many.") and not verdict.own


def test_a_factor_that_is_too_much_is_not_said_to_be_missing():
    book = Book()
    book.exercise("sign", lambda a, b: -a, [PAIR, (PAIR[1], PAIR[0] + 0.5)], [])
    assert "`b` is once too often" in book.verdict("sign", lambda a, b: a * -b).reply


def picks(x, order):
    return x[order]


def rounded_brackets(x, order):
    return x(order)


def of_the_values(x, order):
    return [x[i] for i in x]


def kept_last(x, order):
    found = []
    for i in range(len(x)):
        found = 2 * x[i]
    return found


def in_turn(x, order):
    return np.array([each for a, b in zip(x, order) for each in (a**2 - b, a + 2 * b)])


def out_of_turn(x, order):
    made = []
    for b, a in zip(x, order):
        made += [a**2 - b, a + 2 * b]
    return np.array(made)


def first_alone(x, order):
    return (x - order)[0]


def all_alike(x, order):
    return np.ones(len(x)) + 0 * order


def of_nothing(x, order):
    order = [].append(x)
    return order


@pytest.mark.parametrize(
    "wanted, given, told",
    [
        (picks, rounded_brackets, "`x[order]`"),
        (lambda x, order: x.T * 2, lambda x, order: x.T() * 2, "`x.T` goes without brackets"),
        (lambda x, order: x, of_the_values, "`range(len(…))` counts places"),
        (lambda x, order: 2 * x, kept_last, "`append` keeps them all"),
        (lambda x, order: x - order, first_alone, "`[0]` is too much"),
        (lambda x, order: order - x, all_alike, "Always 1, whatever comes in"),
        (lambda x, order: (x - order) / 2e-5, lambda x, order: x - order, "division by 2e-05"),
        (in_turn, out_of_turn, "look at `(b, a)`"),
        (lambda x, order: 2 * x, of_nothing, "`[].append(…)` changes what is there"),
        (
            lambda x, order: sum(each in x.tolist() for each in order.tolist()),
            lambda x, order: sum(each in [x, x] for each in [order]),
            "`.tolist()` on both sides",
        ),
    ],
)
def test_what_is_no_sign_and_no_number_is_named_too(wanted, given, told):
    book = Book()
    cases = [(np.array([3, 4, 5]), np.array([2, 0, 1])), (np.array([1, 2, 7]), np.array([1, 0, 2]))]
    book.exercise("made", wanted, cases, [])
    verdict = book.verdict("made", given)
    assert verdict.state == "not yet" and told in verdict.reply


def test_how_many_there_are_is_counted_of_the_result_alone():
    book, seen = Book(), lambda result, a: [f"{each} of {a}" for each in result if each]
    book.exercise("pair", lambda a: (a, a), [(1,), (2,)], [], observe=seen)
    assert "asked for" not in book.verdict("pair", lambda a: (a, 0)).reply
    book.exercise("row", lambda a: [1] * a, [(2,), (3,), (4,)], [])
    assert "Always 5, whatever comes in." in book.verdict("row", lambda a: [1] * 5).reply
    book.exercise("down", lambda a: [*range(a)][::-1], [(2,), (3,)], [])
    assert "comes first is missing" in book.verdict("down", lambda a: [*range(a)][::-1][1:]).reply
    book.exercise("parts", lambda a: [[1]] * a, [(2,), (3,)], [])
    assert "Some are empty." in book.verdict("parts", lambda a: [[1]] * a + [[]]).reply


def test_what_serves_is_told_of_its_form_only_where_that_is_amiss():
    book = Book()
    book.exercise(
        "listed", lambda a: [a], [(1,), (2,)], [], serves="row", form="a list",
        observe=lambda result, a: list(result), payoff=lambda row: row(7)[0],
    )  # fmt: skip
    assert book.verdict("listed", lambda a: [a if a < 5 else 0]).reply.startswith("where the")
    made = book.verdict("listed", lambda a: (each for each in [a]))
    assert (made.state, made.reply) == ("right, but", "return a list.")


def test_a_word_that_is_none_of_the_answers_gets_the_thought_of_the_question():
    book = Book()
    book.question("order", "abc", "so", otherwise="Three letters.")
    assert book.verdict("order", "x").reply == "You say 'x'. Three letters."


def written_twice(a, b):
    return a / (1 + a) + b / (1 + b)


def names_exchanged(a, b):
    return b * 2 - a


def signs_exchanged(a, b):
    return a + b * b - a * a * b


def number_for_name(a, b):
    total = 0 * a
    for i in range(2):
        total[i] = a[i] - b[0]
    return total


def overwritten(a, b):
    c = a * 1
    c = -2 * b
    return c


def overwritten_by_more(a, b):
    c = a * 1
    c = b * b
    return c


def one_loop_more(a, b):
    for _ in range(2):
        c = 0 * a
        for each in (a, b, a):
            c = each - c
        a = c
    return c


def method_too_much(a, b):
    return (a == a.max()) * 1.0


def root_of_nothing(a, b):
    return a / np.sqrt(b - b)


def asked_for_the_same(a, b):
    return (a.round() is b) * 1.0


@pytest.mark.parametrize(
    ("wanted", "given", "told"),
    [
        (lambda a, b: a / (2 + a) + b / (2 + b), written_twice, "and wherever it stands so."),
        (lambda a, b: a * 2 - b, names_exchanged, "`a` and `b` have changed places: look at `b *"),
        (lambda a, b: a * b + b - a * a * b, signs_exchanged, "Two signs have changed places"),
        (lambda a, b: a - b, number_for_name, "always that number? Look at the `0` in `b[0]`."),
        (lambda a, b: a - 2 * b, overwritten, "to take it away, `-=`, and no minus after that."),
        (lambda a, b: a + b * b, overwritten_by_more, "`+=` in place of `=` keeps it."),
        (lambda a, b: 2 * a - b, one_loop_more, "The loop `for _ in range(2):` is too much."),
        (lambda a, b: (a == a) * 1.0, method_too_much, "`.max(…)` is too much at `a.max()`."),
        (lambda a, b: a / 1e-8, root_of_nothing, "A tiny ε is missing: look at `np.sqrt(b - b)`"),
        (lambda a, b: (a.round() == b) * 1.0, asked_for_the_same, "`==` compares what they hold"),
    ],
)
def test_what_stands_at_two_places_or_is_too_much_is_told(wanted, given, told):
    test_what_is_one_slip_away_is_told_where_to_look(wanted, given, told)


def test_a_key_that_is_missing_and_a_part_that_was_taken_away_are_told():
    class Thing:
        __slots__ = ("end",)

    def from_a_table(thing):
        return {1: 2}[3]

    def taken_away(thing):
        del thing.end
        return thing.end

    book = Book()
    thing = Thing()
    thing.end = 1
    for wrong, told in (from_a_table, "would a rule serve"), (taken_away, "`del thing.end` takes"):
        book.exercise(wrong.__name__, lambda thing: 0, [(thing,)], [(lambda thing: 2, "r")])
        verdict = book.verdict(wrong.__name__, wrong)
        assert told in verdict.reply and verdict.own


def places_counted(x, order):
    return [1 * each for each in range(len(x))]


def test_places_are_told_from_what_stands_there():
    book = Book()
    book.exercise("made", lambda x, order: x, [(np.array([7, 5]), [1]), (np.array([3]), [2])], [])
    assert "`for … in x`?" in book.verdict("made", places_counted).reply


def test_what_lies_near_the_middle_of_a_range_is_not_taken_for_one_in_it():
    book = Book()
    book.question(
        "digits", 61, "so", [(Between(0, 1), "A share."), (Between(2, 50), "More.")], within=4
    )
    assert [book.verdict("digits", n).reply for n in (0.5, 3, 4)] == ["A share.", "More.", "More."]


def test_no_change_makes_a_loop_without_end_or_an_array_of_many_axes():
    text = (
        "def f(n, shape, xs, ys):\n    for x in xs:\n        ys.append(x)\n    return g(shape) / n"
    )
    tried = []
    assert slips.one_away(ast.parse(text).body[0], tried.append) is None
    assert len(tried) > 50
    assert not any("xs.append" in each or "shape * n" in each for each in tried)
    endless = "def f(found):\n    for each in found:\n        found.append(each)"
    assert slips.one_away(ast.parse(endless).body[0], lambda text: True) is None
