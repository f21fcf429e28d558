"""The course asks and answers: unsolved, solved, and with every known mistake."""

import ast
import importlib
import json
import re
from pathlib import Path

import numpy as np
import pytest

from course.exercises.kit import Book, Exercise, Question, blank, same, show
from minnet.cost_functions import cross_entropy, softmax
from minnet.data import Batches
from minnet.layers import Linear, Sequential, relu
from minnet.optimizers import SGD, Adam
from minnet.tensors import Tensor

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = sorted((ROOT / "chapters").glob("[0-9][0-9]_*.ipynb"))
BOOKS = {
    path.stem[3:]: importlib.import_module(f"course.exercises.{path.stem[3:]}").book
    for path in CHAPTERS
}
ENTRIES = {f"{chapter}: {name}": e for chapter, b in BOOKS.items() for name, e in b.entries.items()}
EXERCISES = {name: e for name, e in ENTRIES.items() if isinstance(e, Exercise)}
QUESTIONS = {name: e for name, e in ENTRIES.items() if isinstance(e, Question)}


def asked_in(chapter):
    """(verb, name) for every predict("name", …), check("name", …) and check(my_function)."""
    path = next(path for path in CHAPTERS if path.stem.endswith(chapter))
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            for node in ast.walk(ast.parse("".join(cell["source"]))):
                verb = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
                if verb in ("predict", "check"):
                    first = node.args[0]
                    yield verb, first.value if isinstance(first, ast.Constant) else first.id


@pytest.mark.parametrize("chapter", BOOKS)
def test_what_a_chapter_asks_is_what_its_book_knows(chapter):
    assert sorted(name for _, name in asked_in(chapter)) == sorted(BOOKS[chapter].entries)


@pytest.mark.parametrize("chapter", BOOKS)
def test_a_chapter_has_six_exercises_and_five_predictions(chapter):
    verbs = [verb for verb, _ in asked_in(chapter)]
    assert verbs.count("check") >= 6
    assert verbs.count("predict") >= 5


@pytest.mark.parametrize("chapter", BOOKS)
def test_what_is_predicted_is_a_value_and_functions_are_checked(chapter):
    for verb, name in asked_in(chapter):
        assert verb == "check" or isinstance(BOOKS[chapter].entries[name], Question), name


@pytest.mark.parametrize("chapter", BOOKS)
def test_unsolved_cells_say_not_tried_yet(chapter):
    path = next(path for path in CHAPTERS if path.stem.endswith(chapter))
    said = [
        "".join(output["data"]["text/plain"])
        for cell in json.loads(path.read_text("utf-8"))["cells"]
        if re.search(r"^(predict|check)\(", "".join(cell["source"]), re.M)
        for output in cell.get("outputs", [])
        if "data" in output and "text/plain" in output["data"]
    ]
    assert said and all(each.endswith(": not tried yet") for each in said)


@pytest.mark.parametrize("name", EXERCISES)
def test_the_solution_is_right(name):
    exercise = EXERCISES[name]
    assert exercise.judge(exercise.solution).state == "right"


@pytest.mark.parametrize("name", EXERCISES)
def test_each_known_mistake_gets_its_own_reply(name):
    exercise = EXERCISES[name]
    assert len(exercise.mistakes) >= 2
    for wrong, reply in exercise.mistakes:
        verdict = exercise.judge(wrong)
        assert verdict.state == "not yet"
        assert verdict.reply.split("\nyours gives")[0] == reply, verdict
    replies = [reply for _, reply in exercise.mistakes]
    assert len(set(replies)) == len(replies)


@pytest.mark.parametrize("name", EXERCISES)
def test_a_function_that_raises_or_returns_nonsense_is_told_so(name):
    def broken(*inputs):
        raise ZeroDivisionError("oh")

    verdict = EXERCISES[name].judge(broken)
    assert verdict.state == "not yet" and "ZeroDivisionError: oh" in verdict.reply
    for nonsense in ("a word", np.full((7, 7, 7), np.nan)):
        assert EXERCISES[name].judge(lambda *_, nonsense=nonsense: nonsense).state != "right"


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_answer_is_right_and_each_wrong_one_gets_its_reply(name):
    question = QUESTIONS[name]
    assert question.judge(question.answer).state == "right"
    assert question.judge(...).state == "not tried yet" and question.mistakes
    for wrong, reply in question.mistakes:
        verdict = question.judge(wrong)
        assert (verdict.state, verdict.reply) == ("not yet", reply)
    for odd in ("hm", -12345, (9, 9, 9, 9), [], {}, np.ones((2, 2))):
        assert question.judge(odd).state == "not yet"


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
        ("number", [0.5], "A number is asked for"),
        ("number", 0.25, "It is more. Run on, and see what happens."),
        ("number", 0.75, "It is less. Run on, and see what happens."),
        ("number", float("nan"), "nan. Run on, and see what happens."),
        ("truth", True, "r"),
    ]:
        verdict = book.predict(name, given)
        assert verdict.state == "not yet" and told in verdict.reply
    assert book.predict("truth", False).state == "right"
    assert "It is less. Try again" in book.check("number", 0.75).reply  # nothing shows it later


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


def test_a_verdict_is_text_and_a_bar():
    verdict = QUESTIONS["tensors: slope of (2a)² at a = 3"].judge(12)
    assert repr(verdict).startswith("slope of (2a)² at a = 3: not yet. That is how fast")
    assert "--jp-warn-color1" in verdict._repr_html_() and "<b>not yet</b>" in verdict._repr_html_()


def test_a_mistyped_name_is_answered_with_the_closest_one_alone():
    for ask in (BOOKS["tensors"].check, BOOKS["tensors"].predict):
        verdict = ask("my_slop", 1)
        assert verdict.state == "not yet"
        assert verdict.reply == "No exercise is called so. Did you mean `my_slope`?"
    reply = BOOKS["tensors"].check(lambda a: a).reply
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
        assert book.predict("brackets", given).state == state


def test_no_reply_says_at_once_not_yet_and_right():
    for entry in ENTRIES.values():
        assert not [reply for _, reply in entry.mistakes if re.match("Right[,.:]", reply)]
    assert SAMPLES.predict("t", "(1,2)").reply == "Without the quotes, please: (1,2)"


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
        for verdict in (SAMPLES.predict(name, odd), SAMPLES.check(name, odd)):
            assert repr(verdict).startswith(f"{name}: {verdict.state}")
            assert verdict.state in verdict._repr_html_()
        function = spoil_as(lambda a, odd=odd: odd, "my_f")
        assert SAMPLES.check(function).state in ("not yet", "not tried yet")
    assert SAMPLES.check(name).state == SAMPLES.predict(name).state == "not tried yet"


@pytest.mark.parametrize(
    "error", [SystemExit(1), RecursionError("deep"), StopIteration()], ids=repr
)
def test_a_function_that_leaves_is_told_so(error):
    def my_f(a):
        raise error

    assert f"With 1 it raised {type(error).__name__}" in SAMPLES.check(my_f).reply


def test_a_wrong_value_is_shown_beside_the_right_one_on_the_smallest_input():
    verdict = SAMPLES.check(spoil_as(lambda a: a * 5, "my_f"))
    assert verdict.reply == "With 1:\nyours gives 5\nwanted is 2"
    verdict = SAMPLES.check(spoil_as(lambda a: print(end=""), "my_f"))
    assert repr(verdict) == "my_f: not tried yet. It returns nothing: is a `return` missing?"


def test_a_name_stands_once():
    with pytest.raises(ValueError, match="'n' stands twice"):
        SAMPLES.question("n", answer=1, because="")


# Chapter 6: verdicts about what a training does, not about how far it gets


def a_run(*, last=(), clear="before", mixed=True, epochs=10, optimizer=SGD, lr=0.1):
    """A training as a learner may write it for `my_run`."""

    def my_run(inputs, labels):
        rng = np.random.default_rng(1)
        network = Sequential(Linear(64, 32, rng=rng), relu, Linear(32, 10, rng=rng), *last)
        steps = optimizer(network.parameters(), lr=lr)
        batches = Batches(inputs, labels, batch_size=32, rng=rng if mixed else None)
        for _ in range(epochs):
            if clear == "each epoch":
                steps.zero_grad()
            for batch, targets in batches:
                loss = cross_entropy(network(batch), targets)
                if clear == "before":
                    steps.zero_grad()
                loss.backward()
                steps.step()
                if clear == "after":
                    steps.zero_grad()
        return network

    return my_run


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"last": (softmax,), "clear": "never", "mixed": False}, "add up to 1"),
        ({"last": (softmax,)}, "add up to 1"),
        ({"clear": "never"}, "it holds what earlier batches left there"),
        ({"clear": "each epoch"}, "it holds what earlier batches left there"),
        ({"clear": "each epoch", "optimizer": Adam, "lr": 0.01}, "what earlier batches left"),
        ({"clear": "never", "lr": 0.01}, "it holds what earlier batches left there"),
        ({"clear": "never", "optimizer": Adam, "lr": 0.01}, "what earlier batches left there"),
        ({"mixed": False, "epochs": 100}, "one kind of digit only"),
        ({"mixed": False, "optimizer": Adam, "lr": 0.01}, "one kind of digit only"),
        ({"mixed": False, "clear": "after"}, "one kind of digit only"),
        ({"lr": 1e-4}, "yours gives 'one who reads 0.1"),
    ],
)
def test_my_run_is_told_the_first_fault_that_is_left(settings, told):
    verdict = BOOKS["training"].check(a_run(**settings))
    assert verdict.state == "not yet" and told in verdict.reply
    assert len(verdict.reply) < 300


@pytest.mark.parametrize("settings", [{}, {"clear": "after"}, {"optimizer": Adam, "lr": 0.01}])
def test_my_run_without_faults_is_right_however_it_is_written(settings):
    assert BOOKS["training"].check(a_run(**settings)).state == "right"


@pytest.mark.parametrize("order", ["bdcea", ["B", "D", "C", "E", "A"], "C, B, D, E, A", "BDEAC"])
def test_my_order_may_be_a_list_or_in_small_letters(order):
    assert BOOKS["training"].check(spoil_as(lambda: order, "my_order")).state == "right"


def test_six_letters_with_three_wrong_are_told_where_to_begin():
    reply = BOOKS["training"].predict("six curves, six faults", "BFEACD").reply
    assert reply.startswith("Three are right. Begin with this one: the run with fault 2 jumps")
