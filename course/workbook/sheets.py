"""Build sheets: a notebook for each chapter, made from the finished modules and the tables.

A sheet holds no answer: what is asked is taken out of the text, with the sentences of its docstring
that would give it away. Examples are computed. Nothing in it depends on a chapter's cells or words.
"""

import base64
import io
import json
import re
from functools import cache

import numpy as np

from course.exercises.progress import CHAPTERS as TITLES
from course.exercises.values import numbers
from course.workbook import packages
from course.workbook.blanks import asked, find, table
from course.workbook.packages import CHAPTERS

TOP = """\
# {number} · {title}: build it yourself

![what your module will draw](attachment:goal.png)

This is drawn by `minnet/{chapter}.py`, and at the end of this sheet by the one that you have
written. {count} definitions are asked for; guards, loaders and plumbing are given, and are there as
soon as the first cell has run.

- Write in place of the `...`, run the cell, and run the check under it. A check tries your
  definition alone, with everything around it finished: what it says is about this one.
- What is right is kept at once, even if the kernel dies. What is still blank when you build is
  *borrowed*, and comes back on the next sheet.
- Books closed, as far as you can: what you look up today is gone tomorrow. Stop after any of them.

You need the chapters up to [{title}](../{file}), best some days ago."""

FIRST = """\
from course.workbook import build, check, draw, start

start("{chapter}")"""

RETURN = """\
## Back again: {names}

Borrowed on an earlier sheet. They are asked here once more; the others that you have written are in
your package. You may leave them for later: they stay borrowed until then."""

BUILD = """\
## Build your module

This cell writes `minnet/{chapter}.py` in this folder: your definitions, laid out as ours are. What
is not right yet is borrowed, and marked as such."""

END = """\
## It runs on yours

The figure at the top, drawn by the package in this folder."""

AFTER = """\
`python run.py mine` runs the suite that judges our package against yours. {next}"""

NEXT = "The next sheet is there when you call `python run.py workbook` again."
LAST = (
    "And it is a package like any other: `pip install` with the path of this folder, in an "
    "environment of your own, and `import minnet` is yours, anywhere."
)


def sheet(chapter, again=(), picture=True):
    """The text of a notebook: the chapter's blanks, and those in `again` that come back."""
    number, blanks = CHAPTERS.index(chapter) + 1, table(chapter)
    words = {
        "number": number,
        "chapter": chapter,
        "title": TITLES[chapter],
        "file": f"{number:02}_{chapter}.ipynb",
        "count": {8: "Eight", 9: "Nine", 10: "Ten"}.get(len(asked(chapter)), len(asked(chapter))),
    }
    cells = [markdown(TOP.format(**words), goal(chapter) if picture else None)]
    cells += [code(FIRST.format(chapter=chapter))]
    if again:
        names = ", ".join(f"`{name}`" for name in again)
        cells.append(markdown(RETURN.format(names=names)))
        for name in again:
            cells += asking(find(name), f"### `{name}`, from {TITLES[find(name).module]}")
    place = 0
    for name, blank in blanks.items():
        place += not blank.complete
        head = f"## A worked example: `{name}`" if blank.complete else f"## {place}. `{name}`"
        cells += asking(blank, head)
    cells += [markdown(BUILD.format(**words)), code("build()"), markdown(END), code("draw()")]
    cells.append(markdown(AFTER.format(next=NEXT if number < len(CHAPTERS) else LAST)))
    for i, cell in enumerate(cells):
        cell["id"] = f"{chapter.replace('_', '-')}-{i:02}"
    return {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def asking(blank, head):
    """The cells of one definition: what is asked, the blank, and its check."""
    parts = [head, blank.question]
    if blank.shapes:
        parts.append(f"**In and out.** {blank.shapes}")
    if blank.example:
        parts.append(f"```python\n>>> {blank.example}\n{example(blank)}\n```")
    if blank.given:
        given = ", ".join(f"<code>{name}</code>" for name in blank.given)
        code_of = "\n\n\n".join(blank.helpers)
        parts.append(f"<details><summary>Given: {given}</summary>\n\n```python\n{code_of}\n```\n\n"
                     "</details>")  # fmt: skip
    if blank.hint:
        parts.append(f"<details><summary>Hint</summary>\n\n{blank.hint}\n\n</details>")
    cells = [markdown("\n\n".join(parts)), code(blank.stub)]
    return cells if blank.complete else [*cells, code(f'check("{blank.name}")')]


def example(blank):
    """What the example gives, computed by the finished module."""
    names = {"np": np, **vars(packages.finished(blank.module).modules[blank.module])}
    for module in reversed(packages.finished(blank.module).modules.values()):
        names = {**vars(module), **names}
    value = numbers(eval(blank.example, names))
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return f"{value:.6g}"
    return (
        re.sub(r"\s+", " ", np.array2string(value, precision=6, separator=", "))
        if isinstance(value, np.ndarray)
        else str([np.asarray(each).tolist() for each in value])
    )


@cache
def goal(chapter):
    """The figure of the chapter, drawn by the finished package, as a PNG."""
    return picture_of(chapter, packages.finished(chapter))[0]


def picture_of(chapter, package, more=""):
    """A chapter's figure as this package draws it, and the sentence that belongs under it."""
    from importlib import import_module

    from matplotlib import style
    from matplotlib.figure import Figure

    with style.context("course.house"):
        figure = Figure(figsize=(9, 3.6), dpi=110, layout="constrained")
        ax = figure.subplots()
        said = import_module(f"course.workbook.tables.{chapter}").payoff(package, ax)
        if more:
            figure.text(0.995, 0.01, more, ha="right", va="bottom", fontsize=9, color="0.4")
        file = io.BytesIO()
        figure.savefig(file, format="png")
    return file.getvalue(), said


def markdown(text, picture=None):
    cell = {"cell_type": "markdown", "id": "", "metadata": {}, "source": lines(text)}
    if picture:
        data = base64.b64encode(picture).decode("ascii")
        cell["attachments"] = {"goal.png": {"image/png": data}}
    return cell


def code(text):
    return {
        "cell_type": "code",
        "id": "",
        "metadata": {},
        "source": lines(text),
        "execution_count": None,
        "outputs": [],
    }


def lines(text):
    return text.splitlines(keepends=True)


def written(notebook):
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
