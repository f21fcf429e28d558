"""The course asks and answers: unsolved, solved, and with every known mistake."""

import ast
import importlib
import json
import re
from pathlib import Path

import numpy as np
import pytest

from course.exercises.kit import Book, Exercise, Question, blank, same, show
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
    """The names that a chapter's cells hand to predict(...) and check(...)."""
    path = next(path for path in CHAPTERS if path.stem.endswith(chapter))
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            for node in ast.walk(ast.parse("".join(cell["source"]))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in (
                    "predict",
                    "check",
                ):
                    first = node.args[0]
                    yield first.value if isinstance(first, ast.Constant) else first.id


@pytest.mark.parametrize("chapter", BOOKS)
def test_what_a_chapter_asks_is_what_its_book_knows(chapter):
    assert sorted(asked_in(chapter)) == sorted(BOOKS[chapter].entries)


@pytest.mark.parametrize("chapter", BOOKS)
def test_a_chapter_has_six_exercises_and_five_predictions(chapter):
    kinds = [type(entry) for entry in BOOKS[chapter].entries.values()]
    assert kinds.count(Exercise) >= 5 and kinds.count(Question) >= 5 and len(kinds) >= 11


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
        assert verdict.state == "not yet" and verdict.reply.startswith(reply), verdict


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


def test_an_unknown_name_is_refused_with_those_that_there_are():
    with pytest.raises(ValueError, match=r"no exercise is called 'my_slop'; there are: .*my_slope"):
        BOOKS["tensors"].check("my_slop", 1)
