"""Readers' answers get the verdict that they deserve, and a reply of their own."""

import importlib

import pytest
from answers import read
from helpers.chapter_rules import NAMES

NATURAL, ALL = 0.97, 0.75  # the shares of wrong answers that get a reply of their own


@pytest.fixture(scope="module", params=NAMES)
def answers(request):
    """A chapter, and (answer, verdict) for all that its readers answered."""
    book = importlib.import_module(f"course.exercises.{request.param}").book
    given = read(request.param)
    return request.param, [(each, book.entries[each.name].judge(each.value)) for each in given]


def test_each_answer_gets_the_verdict_that_it_deserves(answers):
    assert [
        (each.name, each.source, each.deserved, str(verdict))
        for each, verdict in answers[1]
        if verdict.state != each.deserved
    ] == []


def test_replies_speak_of_the_very_mistake(answers):
    for each, verdict in answers[1]:
        assert each.words in verdict.reply, (each.name, each.words)


def test_wrong_answers_get_replies_of_their_own(answers, capsys):
    chapter, given = answers
    wrong = [(each.kind, verdict) for each, verdict in given if each.deserved == "not yet"]
    natural = [verdict.own for kind, verdict in wrong if kind == "natural"]
    every = [verdict.own for _, verdict in wrong]
    shares = f"{sum(natural)} of {len(natural)} natural ones, {sum(every)} of all {len(every)}"
    with capsys.disabled():
        print(f"\n{chapter}: {len(given)} answers; with a reply of their own {shares} wrong ones")
    assert sum(natural) >= NATURAL * len(natural) and sum(every) >= ALL * len(every)
    assert {kind for kind, _ in wrong} <= {"natural", "probing"}
