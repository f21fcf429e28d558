"""Readers' answers get the verdict that they deserve, and a reply of their own."""

import importlib
import importlib.util

import pytest
from helpers.chapter_rules import NAMES

FILES = [name for name in NAMES if importlib.util.find_spec(f"answers.{name}")]
NATURAL, ALL = 0.97, 0.75  # the shares of wrong answers that get a reply of their own


def judged(chapter):
    """(name, answer, deserved, kind, verdict) for every answer of a chapter's readers."""
    book = importlib.import_module(f"course.exercises.{chapter}").book
    for name, answer, deserved, kind in importlib.import_module(f"answers.{chapter}").ANSWERS:
        yield name, answer, deserved, kind, book.entries[name].judge(answer)


@pytest.fixture(scope="module", params=FILES)
def answers(request):
    return request.param, list(judged(request.param))


def test_each_answer_gets_the_verdict_that_it_deserves(answers):
    assert [
        (name, getattr(answer, "__name__", answer), deserved, str(verdict))
        for name, answer, deserved, _, verdict in answers[1]
        if verdict.state != deserved
    ] == []


def test_replies_speak_of_the_very_mistake(answers):
    chapter = answers[0]
    book = importlib.import_module(f"course.exercises.{chapter}").book
    told = getattr(importlib.import_module(f"answers.{chapter}"), "REPLIES", [])
    for name, answer, words in told:
        assert words in book.entries[name].judge(answer).reply, (name, words)


def test_wrong_answers_get_replies_of_their_own(answers, capsys):
    chapter, given = answers
    wrong = [(kind, verdict) for _, _, deserved, kind, verdict in given if deserved == "not yet"]
    natural = [verdict.own for kind, verdict in wrong if kind == "natural"]
    every = [verdict.own for _, verdict in wrong]
    shares = f"{sum(natural)} of {len(natural)} natural ones, {sum(every)} of all {len(every)}"
    with capsys.disabled():
        print(f"\n{chapter}: {len(given)} answers; with a reply of their own {shares} wrong ones")
    assert sum(natural) >= NATURAL * len(natural) and sum(every) >= ALL * len(every)
    assert {kind for kind, _ in wrong} <= {"natural", "probing"}
