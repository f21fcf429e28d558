"""guess and check: what they say, whatever is handed in."""

import numpy as np
import pytest

from course.exercises.kit import Book, blank, same, show
from minnet.tensors import Tensor


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
        ("number", "half", "A number is asked for"),
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
    assert repr(verdict) == "n: not yet. Not four."
    assert "--jp-warn-color1" in verdict._repr_html_() and "<b>not yet</b>" in verdict._repr_html_()


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
            assert repr(verdict).startswith(f"{name}: {verdict.state}")
            assert verdict.state in verdict._repr_html_()
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
    verdict = SAMPLES.check(spoil_as(lambda a: a + 1.5, "my_f"))
    assert verdict.reply == "With 1:\nyours gives 2.5\nwanted is 2"
    verdict = SAMPLES.check(spoil_as(lambda a: print(end=""), "my_f"))
    assert repr(verdict) == "my_f: not tried yet. It returns nothing: is a `return` missing?"


def test_a_name_stands_once():
    with pytest.raises(ValueError, match="'n' stands twice"):
        SAMPLES.question("n", answer=1, because="")
