"""The two questionnaires: twelve pairs, two a chapter, noted before and judged after."""

import json
import re

import pytest
from helpers.chapter_rules import NAMES, ROOT, Chapter, executed

from course.learned import PAIRS, Paper, answer_of, fate, kept, network

NOTEBOOKS = {when: Chapter(ROOT / "chapters" / f"{when}.ipynb") for when in ("before", "after")}


def numbers_in(text):
    """The numbers of a question's words, without its own."""
    return re.findall(r"\d+(?:\.\d+)?", text.partition(".** ")[2])


def test_there_are_twelve_pairs_two_a_chapter_whose_twins_ask_with_other_numbers():
    assert [pair[0] for pair in PAIRS] == [name for name in NAMES for _ in range(2)]
    assert len({pair[1] for pair in PAIRS}) == 12
    asked = [[c.source for c in book.prose if c.source[:2] == "**"] for book in NOTEBOOKS.values()]
    for number, (before, after) in enumerate(zip(*asked, strict=True), 1):
        assert before.startswith(f"**{number}.** ") and after.startswith(f"**{number}.** ")
        assert before != after and (numbers_in(before) != numbers_in(after) or number in (6, 10))


def test_the_answers_are_those_of_the_words():
    assert network(10, 6, 3) == 10 * 6 + 6 + 6 * 3 + 3
    assert [fate(10, 0.15), fate(10, 0.2), fate(10, 0.21)] == ["arrives", "swings", "flies off"]
    said = [["".join(c.source) for c in book.prose] for book in NOTEBOOKS.values()]
    for k, when in enumerate(NOTEBOOKS):
        texts = {n: text for text in said[k] for n in re.findall(r"^\*\*(\d+)\.", text)}
        for n, expected in {
            "1": lambda a, b, c: a * b + c,
            "2": lambda row, rows: rows,
            "5": network,
            "9": lambda rows, size: -(-rows // size),
        }.items():
            given = map(int, numbers_in(texts[n])[: 3 if n in "15" else 2])
            assert answer_of(when, int(n)).answer == expected(*given)
        losses = re.search(r"The second: ([\d., ]+)\.", texts["11"]).group(1).split(", ")
        assert answer_of(when, 11).answer == 1 + losses.index(min(losses, key=float))
        prices = re.search(r"Five prices: ([\d, and]+)\.", texts["3"]).group(1)
        assert answer_of(when, 3).answer == sorted(map(int, re.findall(r"\d+", prices)))[2]
        curvature, lr = re.search(r"is (\d+) x\..*\*\*([\d.]+)\*\* · slope", texts["7"]).groups()
        assert answer_of(when, 7).answer == fate(int(curvature), float(lr))


@pytest.mark.parametrize("when", NOTEBOOKS)
def test_each_notebook_asks_all_twelve_and_ends_with_the_table(when):
    book = NOTEBOOKS[when]
    assert executed(book) == []
    asked = [c.source for c in book.code if "note(" in c.source]
    assert asked == [f"answer = ...\npaper.note({n}, answer)" for n in range(1, 13)]
    assert f'Paper("{when}")' in book.code[0].source
    assert book.code[-1].source == "paper.table()"
    said = ["".join(o["data"]["text/plain"]) for c in book.code for o in c.outputs]
    assert said[:-1] == [f"{n}: not answered yet" for n in range(1, 13)]
    assert said[-1].startswith(f"0 of 12 answered {when} the course.")


def test_nothing_is_judged_until_both_are_answered(tmp_path):
    before, after = Paper("before", tmp_path / "kept.json"), Paper("after", tmp_path / "kept.json")
    for number in range(1, 13):
        before.note(number, answer_of("before", number).answer if number % 2 else "?")
    assert "✓" not in repr(before.table()) and "12 of 12 answered before" in repr(before.table())
    before.file.write_text(json.dumps({"before": before.noted}), "utf-8")
    for number in range(1, 12):
        after.note(number, answer_of("after", number).answer)
    assert "✓" not in repr(after.table())
    after.note(12, 7)
    table = after.table()
    assert table.summary() == "6 of 12 before the course, 11 of 12 after it."
    assert next(table.rows()) == (1, "Tensors", "rates along two ways", "✓", "✓")
    assert list(table.rows())[11][3:] == ("?", "✗")
    assert "<td" in table._repr_html_() and "12; Training; how sure a test is; ?; ✗" in repr(table)


def test_only_the_form_of_an_answer_is_looked_at(tmp_path, monkeypatch):
    paper = Paper("before", tmp_path / "kept.json")
    for number, answer, said in [
        (1, ..., "1: not answered yet"),
        (1, "many", '1: a number, please, or "?"'),
        (6, 3, '6: one of "straight", "curved", "any", please, or "?"'),
        (6, "wavy", '6: one of "straight", "curved", "any", please, or "?"'),
        (6, "Curved", "6: noted"),
        (1, 3 * 4, "1: noted"),
        (2, "?", "2: noted"),
    ]:
        assert repr(paper.note(number, answer)) == said
    assert paper.noted == {"6": "Curved", "1": 12.0, "2": "?"} and kept(paper.file) == {}
    monkeypatch.setattr("course.learned.get_ipython", lambda: paper)
    paper.note(3, 3)
    assert kept(paper.file) == {"before": {"6": "Curved", "1": 12.0, "2": "?", "3": 3.0}}
    paper.file.write_text("[]", "utf-8")
    assert kept(paper.file) == {}
