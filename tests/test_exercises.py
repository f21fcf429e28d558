"""The course asks and answers: unsolved, solved, and with every known mistake."""

import ast
import importlib
import json
import re
from pathlib import Path

import numpy as np
import pytest

from course.exercises.kit import Exercise, Question
from minnet.cost_functions import cross_entropy, softmax
from minnet.data import Batches
from minnet.layers import Linear, Sequential, relu
from minnet.optimizers import SGD, Adam

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = sorted((ROOT / "chapters").glob("[0-9][0-9]_*.ipynb"))
BOOKS = {
    path.stem[3:]: importlib.import_module(f"course.exercises.{path.stem[3:]}").book
    for path in CHAPTERS
}
ENTRIES = {f"{chapter}: {name}": e for chapter, b in BOOKS.items() for name, e in b.entries.items()}
EXERCISES = {name: e for name, e in ENTRIES.items() if isinstance(e, Exercise)}
QUESTIONS = {name: e for name, e in ENTRIES.items() if isinstance(e, Question)}


def cells_of(chapter):
    """The code cells of a chapter, as text."""
    path = next(path for path in CHAPTERS if path.stem.endswith(chapter))
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def calls(tree):
    """(verb, name) for every guess("name", …), check("name", …) and check(my_function, …)."""
    for node in ast.walk(tree):
        verb = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        if verb in ("guess", "predict", "check"):
            words = isinstance(node.args[0], ast.Constant)
            for each in node.args[:1] if words else node.args:
                yield verb, each.value if words else each.id


def asked_in(chapter):
    return [each for source in cells_of(chapter) for each in calls(ast.parse(source))]


# A chapter has moved to the second edition once it calls start().
MOVED = [c for c in BOOKS if any(re.search(r"^start\(", s, re.M) for s in cells_of(c))]
OF_MOVED = {name: e for name, e in EXERCISES.items() if name.partition(":")[0] in MOVED}
SERVING = {name: e for name, e in OF_MOVED.items() if e.serves}


@pytest.mark.parametrize("chapter", BOOKS)
def test_what_a_chapter_asks_is_what_its_book_knows(chapter):
    assert sorted(name for _, name in asked_in(chapter)) == sorted(BOOKS[chapter].entries)


@pytest.mark.parametrize("chapter", BOOKS)
def test_a_chapter_has_six_exercises_and_five_predictions(chapter):
    verbs = [verb for verb, _ in asked_in(chapter)]
    assert verbs.count("check") >= 6
    assert verbs.count("guess") + verbs.count("predict") >= 5


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
        if re.search(r"^(\w+ = |\w+, .*= )?(guess|predict|check)\(", "".join(cell["source"]), re.M)
        for output in cell.get("outputs", [])
        if "data" in output and "text/plain" in output["data"]
    ]
    assert said and all(re.search(": not tried yet(, `.*` is ours)?$", each) for each in said)


@pytest.mark.parametrize("chapter", MOVED)
def test_an_answer_stands_on_a_line_of_its_own(chapter):
    """There a double click on the dots takes the dots alone."""
    cells = [
        source
        for source in cells_of(chapter)
        if re.search(r"(?<!def )(?<![.\w])(guess|predict)\(", source)
    ]
    form = r'answer = \.\.\.\nguess\((["\'])[^\n]+\1, answer\)'
    assert [source for source in cells if not re.fullmatch(form, source)] == []


@pytest.mark.parametrize("chapter", MOVED)
def test_what_serves_is_bound_to_its_name(chapter):
    bound, book = {}, BOOKS[chapter]
    for source in cells_of(chapter):
        for node in ast.parse(source).body:
            if isinstance(node, ast.Assign):
                names = [n.id for n in ast.walk(node.targets[0]) if isinstance(n, ast.Name)]
                bound |= dict(zip([name for _, name in calls(node.value)], names, strict=False))
    assert bound == {name: entry.serves for name, entry in book.entries.items() if entry.serves}
    assert sum(isinstance(book.entries[name], Exercise) for name in bound) >= 4


@pytest.mark.parametrize("name", SERVING)
def test_three_other_right_forms_serve_where_the_chapter_goes_on(name):
    exercise = SERVING[name]
    assert len(exercise.also) >= 3 and exercise.payoff is not None
    for other in exercise.also:
        assert str(exercise.judge(other)).startswith(f"{exercise.name}: right, `")


@pytest.mark.parametrize("name", OF_MOVED)
def test_no_constant_passes(name):
    exercise = OF_MOVED[name]
    for case in exercise.cases:
        result = exercise.outcome(exercise.solution, case).result
        constant = lambda *inputs, result=result: result  # noqa: E731
        assert not case or exercise.judge(constant).state not in ("right", "right, but")


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


def called(name, function):
    function.__name__ = name
    return function


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
        ({"lr": 1e-4}, "is lr so small that it hardly moves"),
    ],
)
def test_my_run_is_told_the_first_fault_that_is_left(settings, told):
    verdict = BOOKS["training"].check(a_run(**settings))
    assert verdict.state == "not yet" and told in verdict.reply
    assert len(verdict.reply) < 300


@pytest.mark.parametrize("settings", [{}, {"clear": "after"}, {"optimizer": Adam, "lr": 0.01}])
def test_my_run_without_faults_is_right_however_it_is_written(settings):
    assert BOOKS["training"].check(a_run(**settings)).state == "right"


def test_six_letters_with_three_wrong_are_told_where_to_begin():
    reply = BOOKS["training"].guess("six curves, six faults", "BFEACD").reply
    assert reply.startswith(
        "Three are right. Begin with this one: the run with fault 2 begins near ln 10, leaps"
    )
