"""Forty mistakes in a learner's package: our suite catches each, and the definition is named."""

import pytest
from helpers.workbooks import solved

from course.workbook import judge
from course.workbook.blanks import asked, find
from course.workbook.packages import CHAPTERS

pytestmark = pytest.mark.thorough
ENDLESS = "only the last"  # a history that does not grow: such a training has no last epoch
PLANTED = [
    (chapter, name, mistake)
    for chapter in CHAPTERS
    for name, mistake in [
        (n, m) for n, b in asked(chapter).items() for m in b.mistakes if m.label != ENDLESS
    ][::3][:7]
]


@pytest.mark.parametrize(
    "chapter, name, mistake", PLANTED, ids=[f"{n}: {m.label}" for _, n, m in PLANTED]
)
def test_a_planted_mistake_is_caught_by_the_suite_of_its_chapter(chapter, name, mistake, tmp_path):
    wrong = {name: find(name).with_mistake(mistake)}
    mine = solved(tmp_path, chapters=CHAPTERS[: CHAPTERS.index(chapter) + 1], wrong=wrong)
    found = judge.suite(mine.package, chapter, only=judge.tests_of(chapter)[:1], words=["-x"])
    failed = {test: said for test, (how, said) in found.items() if how == "failed"}
    assert failed
    for guilty, words in judge.blamed(mine, chapter, failed):
        assert guilty == name and f"because of your `{name}`" in words


def test_there_are_forty_and_five_in_each_chapter():
    chapters = [chapter for chapter, _, _ in PLANTED]
    assert len(PLANTED) >= 40 and all(chapters.count(each) >= 5 for each in CHAPTERS)
