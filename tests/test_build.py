"""The builder and the rules of the chapters, each seen to refuse what it is there to refuse."""

import json

import chapter_rules as rules
import pytest

from course import build

OPENING = "# 1 Things\n\nThings are *small*, see [there](#1-Things).\n\nMore."
PICTURE = {"output_type": "display_data", "data": {"image/png": "aaaa"}, "metadata": {}}


def code(source, *tags, outputs=(), count=1):
    return {
        "cell_type": "code",
        "source": source,
        "metadata": {"tags": list(tags)},
        "outputs": list(outputs),
        "execution_count": count,
    }


def prose(source):
    return {"cell_type": "markdown", "source": source, "metadata": {}}


def write(folder, name, *cells):
    folder.mkdir(exist_ok=True)
    whole = [prose(OPENING), *cells]
    for i, cell in enumerate(whole):
        cell.setdefault("id", f"cell{i}")
    notebook = {
        "cells": whole,
        "metadata": {"kernelspec": {"name": "python3", "display_name": "", "language": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path = folder / f"{name}.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


@pytest.fixture
def chapters(tmp_path):
    return tmp_path / "chapters"


def built(chapters, tmp_path):
    return {path.name: text for path, text in build.build(chapters, tmp_path / "minnet").items()}


def test_exported_cells_become_a_module_with_the_opening_as_its_docstring(chapters, tmp_path):
    write(
        chapters,
        "01_things",
        code("import numpy as np", "export"),
        code("print('a trial')"),
        code('def one( ):\n    """One."""\n    return np.ones( 1 )', "export"),
    )
    text = built(chapters, tmp_path)["things.py"]
    assert text.startswith('"""Things are small, see there."""\n\nimport numpy as np\n')
    assert 'def one():\n    """One."""\n    return np.ones(1)\n' in text
    assert "trial" not in text


def test_the_package_offers_what_a_chapter_lists(chapters, tmp_path):
    write(
        chapters,
        "01_things",
        code('def one():\n    """One."""', "export"),
        code('def two():\n    """Two."""', "export"),
        code('__all__ = ["two"]', "export"),
    )
    text = built(chapters, tmp_path)["__init__.py"]
    assert "from minnet.things import two\n" in text and "one" not in text.partition('"""\n')[2]


def test_the_package_offers_every_public_name_where_nothing_is_listed(chapters, tmp_path):
    write(chapters, "01_things", code("A = 1\n_b = 2", "export"))
    assert "from minnet.things import A\n" in built(chapters, tmp_path)["__init__.py"]


@pytest.mark.parametrize(
    "source, said",
    [
        ("one()", "exports `one()`"),
        ("%matplotlib inline", "not plain Python"),
        ("for", "not plain"),
    ],
)
def test_what_is_not_a_definition_is_not_exported(chapters, tmp_path, source, said):
    write(chapters, "01_things", code(source, "export"))
    with pytest.raises(build.BuildError, match=said.replace("(", r"\(").replace(")", r"\)")):
        built(chapters, tmp_path)


def test_a_name_defined_twice_is_refused_and_both_places_are_named(chapters, tmp_path):
    write(chapters, "01_things", code("A = 1", "export"))
    write(chapters, "02_more", code("A = 2", "export"))
    with pytest.raises(build.BuildError, match=r"01_things.*02_more"):
        built(chapters, tmp_path)


def test_check_writes_nothing_and_names_what_would_change(chapters, tmp_path, capsys):
    write(chapters, "01_things", code("A = 1", "export"))
    files = build.build(chapters, tmp_path)
    assert build.store(files, check=True) == 1
    assert not (tmp_path / "things.py").exists()
    assert "things.py would change" in capsys.readouterr().out
    assert build.store(files) == 0 and build.store(files, check=True) == 0


def test_a_run_stores_counts_and_joined_outputs_and_no_times(chapters):
    write(
        chapters,
        "01_things",
        code("print(1)\nprint(2)", count=None),
        code("1 / 0", "raises-exception"),
    )
    cells = json.loads(build.execute(chapters / "01_things.ipynb"))["cells"]
    assert [cell["execution_count"] for cell in cells[1:]] == [1, 2]
    assert [output["text"] for output in cells[1]["outputs"]] == ["1\n2\n"]
    assert "execution" not in cells[1]["metadata"]
    assert cells[2]["outputs"][0]["traceback"] == ["ZeroDivisionError: division by zero"]


def test_a_cell_that_fails_stops_the_build_and_is_named(chapters):
    path = write(chapters, "01_things", code("x = 1 / 0"))
    with pytest.raises(
        build.BuildError, match=r"01_things.ipynb, cell 2, `x = 1 / 0`: ZeroDivision"
    ):
        build.execute(path)


def complaints(rule, chapters, *cells):
    return rule(rules.Chapter(write(chapters, "01_things", *cells)))


FOUR = [code("x", count=i) for i in (1, 2, 3, 4)]
BROKEN = {
    "a cell that never ran": (rules.executed, code("1", count=None)),
    "an empty cell": (rules.no_empty_cells, code(" ")),
    "an error that nobody expects": (
        rules.errors_as_tagged,
        code("1 / 0", outputs=[{"output_type": "error", "ename": "", "evalue": ""}]),
    ),
    "a tagged cell that does not raise": (rules.errors_as_tagged, code("1", "raises-exception")),
    "a warning": (
        rules.errors_as_tagged,
        code("1", outputs=[{"output_type": "stream", "name": "stderr", "text": "careful"}]),
    ),
    "an address": (
        rules.stable_outputs,
        code(
            "f", outputs=[{"output_type": "stream", "name": "stdout", "text": "<f at 0x7f12ab34>"}]
        ),
    ),
    "a summarised array": (
        rules.stable_outputs,
        code(
            "a", outputs=[{"output_type": "stream", "name": "stdout", "text": "[0. 1. ... 8. 9.]"}]
        ),
    ),
    "too many cells that are not compared": (
        rules.few_exceptions,
        *[code("1", "nbval-skip") for _ in range(4)],
    ),
    "a long cell": (rules.sizes, code("x = 1\n" * 50)),
    "a long definition": (rules.sizes, code("def f():\n" + "    x = 1\n" * 40)),
    "a definition without a docstring": (rules.documented, code("def f(): return 1", "export")),
    "a word that shames": (rules.plain_words, prose("This is simply so.")),
    "a figure without a sentence": (
        rules.figures_speak,
        code("p", outputs=[PICTURE]),
        prose("So."),
    ),
    "no early figure": (rules.early_and_often, code("1")),
    "nothing to do": (rules.early_and_often, code("p", outputs=[PICTURE]), *FOUR * 3),
    "a dead link": (rules.links_lead_somewhere, prose("[see](09_nothing.ipynb)")),
    "a dead heading": (rules.links_lead_somewhere, prose("[see](#Nowhere)")),
}


@pytest.mark.parametrize("what", BROKEN)
def test_the_rules_notice(what, chapters):
    rule, *cells = BROKEN[what]
    assert complaints(rule, chapters, *(dict(cell) for cell in cells))


def test_the_rules_let_a_good_chapter_pass(chapters):
    good = [
        code("plot", outputs=[PICTURE], count=1),
        prose("*What it shows.* See [above](#1-Things)."),
        code('def f():\n    """F."""\n    return 1', "export", count=2),
        code("predict('what', ...)", count=3),
    ]
    chapter = rules.Chapter(write(chapters, "01_things", *good))
    assert [rule(chapter) for rule in rules.RULES] == [[] for _ in rules.RULES]


def test_imports_that_run_ahead_are_noticed(chapters):
    chapter = rules.Chapter(
        write(chapters, "01_things", code("from minnet.layers import Linear\nimport torch"))
    )
    assert len(rules.imports_go_backwards(chapter, ["tensors"])) == 2
    assert len(rules.imports_go_backwards(chapter, ["tensors", "layers"])) == 1


def test_twins_are_noticed_and_blank_exercises_are_not(chapters):
    same = "def f(a):\n    return a + 1"
    write(chapters, "01_things", code(same), code("def my_f(a): ..."), code("def my_f(a): ..."))
    write(chapters, "02_more", code(same))
    found = rules.twins([rules.Chapter(path) for path in sorted(chapters.glob("*.ipynb"))])
    assert len(found) == 1 and "01_things" in found[0] and "02_more" in found[0]
