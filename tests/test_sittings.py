"""A chapter is three sittings of about an hour, and in none of them is one left to read on."""

import re

import pytest
from helpers.chapter_rules import CHAPTERS, Chapter

CELLS, WORDS, LINES, IDLE = 45, 1300, 130, 12
BEGINS = r"^## (First|Second|Third) sitting: \S"


def folded(chapter, cell):
    """A cell of which one sees a bar alone."""
    notebook = chapter.notebook["cells"][cell.number - 1]
    return notebook["metadata"].get("jupyter", {}).get("source_hidden", False)


def sittings(chapter):
    """The cells of each sitting; the shelf, and what follows it, belongs to none."""
    found = []
    for cell in chapter.cells:
        if cell.kind == "markdown" and re.search(r"^## .*shelf", cell.source, re.M | re.I):
            break
        if cell.kind == "markdown" and re.search(BEGINS, cell.source, re.M):
            found.append([])
        if found:
            found[-1].append(cell)
    return found


def words(cells):
    """The words that one reads: without what is folded, without code and addresses."""
    text = " ".join(cell.source for cell in cells if cell.kind == "markdown")
    text = re.sub(r"<details>.*?</details>|```.*?```|\]\([^)]*\)|<[^>]*>", " ", text, flags=re.S)
    return len(text.split())


def lines(chapter, cells):
    read = [cell for cell in cells if cell.kind == "code" and "start_here(" not in cell.source]
    return sum(cell.lines for cell in read if not folded(chapter, cell))  # a door is not read


def wakes(cell):
    """Something that asks, fails, is drawn, or is the reader's to do."""
    mine = re.search(r"\b(guess|check|paint)\(|\bmy_\w+ *=|\bmy_\w+, |= \.\.\.", cell.source)
    return cell.draws or "raises-exception" in cell.tags or bool(mine)


def longest_sleep(cells):
    most = asleep = 0
    for cell in cells:
        asleep = 0 if cell.kind == "code" and wakes(cell) else asleep + 1
        most = max(most, asleep)
    return most


READ = [
    chapter
    for chapter in map(Chapter, CHAPTERS)
    if any("start()" in c.source for c in chapter.code)
]


@pytest.mark.parametrize("chapter", READ, ids=lambda chapter: chapter.name)
def test_a_chapter_is_three_sittings(chapter):
    parts = sittings(chapter)
    opening = [re.search(BEGINS, part[0].source, re.M).group(1) for part in parts]
    assert opening == ["First", "Second", "Third"]
    for part in parts[1:]:  # one may enter here, on another day
        assert any("start_here(" in cell.source for cell in part[:3])
    assert any("progress()" in cell.source for cell in chapter.code)


@pytest.mark.parametrize("chapter", READ, ids=lambda chapter: chapter.name)
def test_a_sitting_can_be_held(chapter):
    sizes = [(len(part), words(part), lines(chapter, part)) for part in sittings(chapter)]
    assert [
        size for size in sizes if size[0] > CELLS or size[1] > WORDS or size[2] > LINES
    ] == [], f"cells, words and lines: {sizes}"


@pytest.mark.parametrize("chapter", READ, ids=lambda chapter: chapter.name)
def test_nobody_reads_on_for_long(chapter):
    assert [longest_sleep(part) for part in sittings(chapter) if longest_sleep(part) > IDLE] == []


def test_the_rules_see_what_they_count():
    class Cells(Chapter):
        def __init__(self):
            pass

    from helpers.chapter_rules import Cell

    chapter = Cells()
    chapter.notebook = {
        "cells": [{"metadata": {}}] * 3 + [{"metadata": {"jupyter": {"source_hidden": True}}}]
    }
    chapter.cells = [
        Cell(1, "markdown", "# A title\n\nWords before."),
        Cell(
            2,
            "markdown",
            "## First sitting: nudge\n\nfour words [are](x.md#y) read <details>not these</details>",
        ),
        Cell(3, "code", "answer = ...\nguess('a', answer)"),
        Cell(4, "code", "a = 1\nb = 2"),
        Cell(5, "markdown", "## On the shelf"),
    ]
    (part,) = sittings(chapter)
    assert [cell.number for cell in part] == [2, 3, 4]
    assert words(part) == 4 + 4 and lines(chapter, part) == 2
    assert [wakes(cell) for cell in part[1:]] == [True, False] and longest_sleep(part) == 1
    assert wakes(
        Cell(1, "code", "figure()", outputs=[{"data": {"text/html": ["<div>", "<iframe"]}}])
    )
