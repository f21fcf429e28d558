"""The builder and the rules of the chapters, each seen to refuse what it is there to refuse."""

import json
import re
import subprocess
import sys

import pytest
from helpers import chapter_rules as rules

from tools import build

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
    whole = [prose(OPENING), *map(dict, cells)]
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


def files_in(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


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


def test_the_comment_that_says_what_is_in_a_fold_stays_in_the_chapter(chapters, tmp_path):
    kept = "# Why two.\nTWO = 2"
    write(chapters, "01_things", code(f"# the numbers\nONE = 1\n\n{kept}", "export"))
    text = built(chapters, tmp_path)["things.py"]
    assert "the numbers" not in text
    assert f"\n\nONE = 1\n\n{kept}\n" in text


def test_the_package_offers_what_a_chapter_lists(chapters, tmp_path):
    write(
        chapters,
        "01_things",
        code('def one():\n    """One."""', "export"),
        code('def two():\n    """Two."""', "export"),
        code('__all__ = ["two"]', "export"),
    )
    text = built(chapters, tmp_path)["__init__.py"]
    assert "from minnet.things import two\n" in text
    assert '__all__ = [\n    "two",\n]' in text and "one" not in text.partition('"""\n')[2]


OPENS = '"""What is refused at the door."""\n\nimport numpy as np'


def test_shared_modules_are_fed_chapter_by_chapter_imports_first_and_names_last(chapters, tmp_path):
    write(
        chapters,
        "01_things",
        code('__all__ = ["one"]', "export"),
        code('def one():\n    """One."""', "export"),
        code(OPENS, "export-checks"),
        code("def require_one(): ...", "export-checks"),
    )
    write(
        chapters,
        "02_more",
        code('"""What one looks at."""', "export-plots"),
        code('__all__ = ["draw"]', "export-plots"),
        code('def draw():\n    """Draw."""', "export-plots"),
        code("def require_two(): ...", "export-checks"),
        code("import math", "export-checks"),
        code('def two():\n    """Two."""', "export"),
        code('__all__ = ["two"]', "export"),
    )
    files = built(chapters, tmp_path)
    checks = [line for line in files["checks.py"].splitlines() if line]
    assert checks == [
        '"""What is refused at the door."""', "import math", "import numpy as np",
        "def require_one(): ...", "def require_two(): ...",
    ]  # fmt: skip
    assert files["plots.py"].startswith('"""What one looks at."""\n\n\ndef draw():')
    for name, listed in [("plots", "draw"), ("things", "one"), ("more", "two")]:
        assert files[f"{name}.py"].endswith(f'\n__all__ = ["{listed}"]\n')
    door = files["__init__.py"]
    assert "from minnet.plots import draw\n" in door and "checks" not in door
    assert door.endswith('__all__ = [\n    "one",\n    "two",\n    "draw",\n]\n')


def test_the_package_knows_its_version(chapters, tmp_path):
    write(chapters, "01_things", code("A = 1", "export"))
    door = built(chapters, tmp_path)["__init__.py"]
    assert f'__version__ = "{build.version()}"\n' in door
    assert f'version = "{build.version()}"' in (build.ROOT / "pyproject.toml").read_text("utf-8")


@pytest.mark.parametrize(
    "cells, said",
    [
        ([code("A = 1", "export-checks")], "cell 2, `A = 1`: checks.py has to open with its doc"),
        ([code(OPENS, "export")], "things.py has its docstring elsewhere"),
        ([code("__all__ = ['A']\nA = 1", "export")], "__all__ stands last, from a cell of its own"),
        ([code("A = 1", "export", "export-checks")], "`A = 1`: exported to two modules"),
        ([code("A = 1", "export-more")], "`A = 1`: more is another chapter's own module"),
        ([code(OPENS, "export-checks"), code("1", "export-checks")], "`1`: exported, but only"),
        (
            [code(OPENS, "export-checks")] * 2,
            'cell 3, `"""What is refused at the door."""`: checks',
        ),
    ],
)
def test_a_cell_that_no_module_can_take_is_refused(chapters, tmp_path, cells, said):
    write(chapters, "01_things", *cells)
    write(chapters, "02_more", code("B = 1", "export"))
    with pytest.raises(build.BuildError, match=re.escape(said)):
        built(chapters, tmp_path)


def test_other_tags_export_nothing(chapters, tmp_path):
    write(chapters, "01_things", code("A = 1", "exports", "no-export", "export-"))
    assert set(built(chapters, tmp_path)) == {"things.py", "__init__.py"}
    assert "A" not in built(chapters, tmp_path)["things.py"]


def test_what_stands_beside_the_modules_is_left_alone(chapters, tmp_path):
    write(chapters, "01_things", code("A = 1", "export"))
    for name in ("things.pyi", "py.typed", "other.py"):
        (tmp_path / name).write_text("mine")
    build.store(build.build(chapters, tmp_path))
    left = [name for name in ("things.pyi", "py.typed", "other.py") if (tmp_path / name).exists()]
    assert [(tmp_path / name).read_text() for name in left] == ["mine"] * 3


@pytest.mark.parametrize(
    "source, said",
    [
        ("one()", "cell 2, `one()`: exported"),
        ("A = 1\nprint(A)", "cell 2, `print(A)`: exported"),
        ("fig, ax = plt.subplots()", "cell 2, `fig, ax = plt.subplots()`: exported"),
        ("if True:\n    A = 1", "cell 2, `if True:`: exported"),
        ("%matplotlib inline", "cell 2, `%matplotlib inline`: not plain Python"),
        ("def one(:", "cell 2, `def one(:`: not plain Python"),
        ("# later", "cell 2, `# later`: exports nothing"),
        ("", "cell 2, ``: exports nothing"),
    ],
)
def test_what_is_not_a_definition_is_not_exported(chapters, tmp_path, source, said):
    write(chapters, "01_things", code(source, "export"))
    with pytest.raises(build.BuildError, match=re.escape(f"01_things.ipynb, {said}")):
        built(chapters, tmp_path)


def test_a_function_that_draws_when_called_is_exported(chapters, tmp_path):
    draw = 'def draw(x):\n    """Draw x."""\n    plt.plot(x)'
    write(chapters, "01_things", code("import matplotlib.pyplot as plt", "export"))
    write(chapters, "02_more", code(draw, "export"))
    assert "plt.plot(x)" in built(chapters, tmp_path)["more.py"]


@pytest.mark.parametrize("opening", ["Things are small.", "# 1 Things", "## 1\n\nThings."])
def test_a_chapter_without_title_or_opening_is_refused(chapters, tmp_path, opening):
    path = write(chapters, "01_things", code("A = 1", "export"))
    path.write_text(json.dumps({"cells": [prose(opening)]}), encoding="utf-8")
    with pytest.raises(build.BuildError, match=r"01_things.ipynb must open with a title"):
        built(chapters, tmp_path)


def test_a_long_opening_is_wrapped(chapters, tmp_path):
    path = write(chapters, "01_things", code("A = 1", "export"))
    path.write_text(path.read_text("utf-8").replace("Things are", "Things are so " * 20))
    text = built(chapters, tmp_path)["things.py"]
    assert max(map(len, text.splitlines())) <= 100
    said = text.split('"""')[1]
    assert said.split() == ("Things are so " * 20 + "small, see there.").split()


NEW = "A = 1", "A: int = 1", "A, b_ = 1, 2", "def A(): ...", "class A: ..."


@pytest.mark.parametrize("source", NEW)
def test_each_way_to_make_a_name_counts(source):
    assert next(build.defined_names(source)) == "A"


@pytest.mark.parametrize("source", ["Tensor.add = add", "A += 1", "import A"])
def test_what_makes_no_name_defines_none(source):
    assert list(build.defined_names(source)) == []


@pytest.mark.parametrize("name", ["A", "_a", "require_a"])
@pytest.mark.parametrize("tag", ["export", "export-checks"])
def test_a_name_defined_twice_is_refused_and_both_places_are_named(chapters, tmp_path, name, tag):
    write(chapters, "01_things", code(f"{name} = 1", "export"), code(OPENS, "export-checks"))
    write(chapters, "02_more", prose("More."), code(f"{name} = 2", tag))
    said = f"{name} is defined in 01_things.ipynb, cell 2 and in 02_more.ipynb, cell 3"
    with pytest.raises(build.BuildError, match=said):
        built(chapters, tmp_path)


def test_a_module_lists_its_names_once(chapters, tmp_path):
    again = code("__all__ = []", "export")
    write(chapters, "01_things", code("__all__ = []", "export"), again)
    with pytest.raises(build.BuildError, match=r"__all__ is defined in .*cell 2 and in .*cell 3"):
        built(chapters, tmp_path)


def test_a_listed_name_must_be_defined(chapters, tmp_path):
    write(chapters, "01_things", code('__all__ = ["missing"]', "export"))
    with pytest.raises(build.BuildError, match="cell 2, `missing`: listed, but not exported"):
        built(chapters, tmp_path)


def test_a_package_works_while_only_some_chapters_exist(chapters, tmp_path):
    write(chapters, "01_things", code("A = 1", "export"), code('__all__ = ["A"]', "export"))
    more = code("from minnet.things import A", "export"), code("B = A + 1", "export")
    write(chapters, "02_more", *more, code('__all__ = ["B"]', "export"))
    (tmp_path / "minnet").mkdir()
    build.store(build.build(chapters, tmp_path / "minnet"))
    command = [sys.executable, "-c", "import minnet; print(minnet.__all__, minnet.B)"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout == "['A', 'B'] 2\n", done.stderr


def test_the_reference_says_each_name_with_its_first_sentence(chapters):
    one = 'def one():\n    """The one,\n    |a| b. More of it.\n\n    Much more."""'
    two = code('"""What one looks at."""\n\n\ndef two():\n    """The two."""', "export-plots")
    listed = code('__all__ = ["one"]', "export"), code('__all__ = ["two"]', "export-plots")
    write(chapters, "01_things", code(one, "export"), two, *listed)
    write(chapters, "02_more", code("A = 1", "export"))
    text = build.reference(chapters)
    assert text.partition("by chapter.\n")[2].split("\n") == [
        "",
        "## [1 Things](chapters/01_things.ipynb)",
        *["", "`minnet/things.py`", "", "| name | meaning |", "|---|---|"],
        "| `one` | The one, \\|a\\| b. |",
        *["", "`minnet/plots.py`", "", "| name | meaning |", "|---|---|"],
        *["| `two` | The two. |", ""],
    ]


def test_a_name_without_a_meaning_is_not_offered(chapters):
    write(
        chapters, "01_things", code("def one(): ...", "export"), code("__all__ = ['one']", "export")
    )
    with pytest.raises(build.BuildError, match=r"01_things.ipynb offers one, but no docstring"):
        build.reference(chapters)


def test_check_writes_nothing_and_names_what_would_change(chapters, tmp_path, capsys):
    write(chapters, "01_things", code("A = 1", "export"))
    files = build.build(chapters, tmp_path)
    assert build.store(files, check=True) == 1
    assert not (tmp_path / "things.py").exists()
    assert "things.py would change" in capsys.readouterr().out
    assert build.store(files) == 0 and build.store(files, check=True) == 0


def test_a_run_stores_counts_and_joined_outputs_and_no_times(chapters):
    first = code("print(1)\nprint(2)", count=None)
    first["metadata"] = {"execution": {"iopub.execute_input": "2026"}, "scrolled": True}
    write(chapters, "01_things", first, code("1 / 0", "raises-exception", count=7))
    text = build.execute(chapters / "01_things.ipynb")
    cells = json.loads(text)["cells"]
    assert [cell["execution_count"] for cell in cells[1:]] == [1, 2]
    assert [output["text"] for output in cells[1]["outputs"]] == [["1\n", "2\n"]]
    assert [cell["metadata"] for cell in cells[1:]] == [{}, {"tags": ["raises-exception"]}]
    assert cells[2]["outputs"][0]["traceback"] == ["ZeroDivisionError: division by zero"]
    assert text.startswith('{\n "cells": [') and text.endswith("}\n")


def test_modules_are_built_before_chapters_run_and_nothing_else_is_written(
    tmp_path, chapters, monkeypatch
):
    """A chapter may import what a later cell of its own defines for a shared module."""
    monkeypatch.setattr(build, "ROOT", tmp_path)
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1"\n')
    early = code("import sys\nsys.path.insert(0, '..')\nfrom minnet.checks import A\nA + 1")
    write(chapters, "01_things", early, code('"""Checks."""\n\nA = 41', "export-checks"))
    write(chapters, "02_more", code("2"))
    (tmp_path / "minnet").mkdir()
    before = files_in(tmp_path)
    chapter = chapters / "01_things.ipynb"
    old = chapter.read_text("utf-8")
    assert build.main(["--check", "--run", "02_more"]) == 1
    assert files_in(tmp_path) == before and chapter.read_text("utf-8") == old
    assert build.main(["--run", "01_things"]) == 0
    built = {f"minnet/{name}.py" for name in ("__init__", "checks", "things", "more")}
    now = {name for name in files_in(tmp_path) if "__pycache__" not in name}
    assert now == before | built | {"REFERENCE.md"}
    shown = rules.Chapter(chapter).code[0].outputs[0]
    assert shown["data"]["text/plain"] == ["42"]
    assert build.main(["--check", "--run", "01_things"]) == 0


def test_a_run_brings_its_own_settings(chapters, tmp_path, monkeypatch):
    mine = tmp_path / "profile_default" / "startup" / "mine.py"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine = 1")
    for name, value in [("IPYTHONDIR", tmp_path), ("PYTHONSTARTUP", mine)]:
        monkeypatch.setenv(name, str(value))
    write(chapters, "01_things", code("'mine' in globals()"))
    assert '"False"' in build.execute(chapters / "01_things.ipynb")


@pytest.mark.parametrize(
    "source, told",
    [
        ("x = 1 / 0", "ZeroDivisionError: division by zero"),
        ("import os; os._exit(1)", "the kernel died"),
        ("while True: pass", "it ran for more than 2 seconds"),
    ],
)
def test_a_cell_that_fails_stops_the_build_and_is_named(chapters, source, told):
    path = write(chapters, "01_things", code(source), code("1"))
    said = f"01_things.ipynb, cell 2, `{source}`: {told}"
    with pytest.raises(build.BuildError, match=re.escape(said)):
        build.execute(path, seconds=2)


def test_a_cell_that_should_fail_and_does_not_is_named(chapters):
    path = write(chapters, "01_things", code("1", "raises-exception"))
    with pytest.raises(build.BuildError, match=r"01_things.ipynb, cell 2, `1`: should raise"):
        build.execute(path)


def test_a_check_does_not_compare_timings_and_a_run_stores_them(chapters, tmp_path):
    clock = "from time import perf_counter\n\nperf_counter()"
    path = write(chapters, "01_things", code(clock, "nbval-ignore-output"))
    first = build.execute(path)
    path.write_text(first, encoding="utf-8")
    assert build.execute(path, timings=False) == first
    assert build.execute(path) != first


def test_a_chapter_that_is_not_there_is_not_run(chapters):
    write(chapters, "01_things", code("A = 1", "export"))
    with pytest.raises(build.BuildError, match="there is no 02_thing: 01_things"):
        build.run(chapters, ["02_thing"])


def complaints(rule, chapters, *cells):
    return rule(rules.Chapter(write(chapters, "01_things", *cells)))


def prints(text, *tags):
    return code("x", *tags, outputs=[{"output_type": "stream", "name": "stdout", "text": text}])


def shows(kind, text):
    data = {"output_type": "execute_result", "data": {kind: text}, "metadata": {}}
    return code("x", outputs=[data])


UNEXPECTED = {"output_type": "error", "ename": "E", "evalue": "at 0x7f12ab34"}
WARNING = {"output_type": "stream", "name": "stderr", "text": "careful"}
FOUR = [code("x", count=i) for i in (1, 2, 3, 4)]
BROKEN = {
    "a cell that never ran": (rules.executed, "counts", code("1", count=None)),
    "cells out of order": (rules.executed, "counts", code("1", count=2), code("1", count=1)),
    "an empty cell": (rules.no_empty_cells, "empty", code(" ")),
    "an unexpected error": (rules.errors_as_tagged, "error True", code("x", outputs=[UNEXPECTED])),
    "no error": (rules.errors_as_tagged, "error False", code("1", "raises-exception")),
    "a warning": (rules.errors_as_tagged, "stderr", code("1", outputs=[WARNING])),
    "an address": (rules.stable_outputs, "address", prints("<f at 0x7f12ab34>")),
    "one in a loose cell": (rules.stable_outputs, "address", prints("0x7f12aB", "nbval-skip")),
    "one in HTML": (rules.stable_outputs, "address", shows("text/html", "<b>0x7f12ab34</b>")),
    "one in an error": (rules.stable_outputs, "address", code("x", outputs=[UNEXPECTED])),
    "a long array": (rules.stable_outputs, "summarised", prints("[0. 1. ... 8. 9.]")),
    "its repr": (rules.stable_outputs, "summarised", shows("text/plain", "array([0, ..., 9])")),
    "a tall array": (rules.stable_outputs, "summarised", prints("[[0 1]\n ...\n [8 9]]")),
    "this machine's path": (rules.stable_outputs, "path", prints("in /home/me/minnet")),
    "another machine's path": (rules.stable_outputs, "path", prints("in C:\\Users\\me")),
    "many loose cells": (
        *(rules.few_exceptions, "not compared"),
        *[code("1", "nbval-skip") for _ in range(2)],
        *[code("1", "nbval-ignore-output") for _ in range(2)],
    ),
    "a long cell": (rules.sizes, "cell 2 has 51 lines", code("x = 1\n" * 50)),
    "a long function": (rules.sizes, "f in cell 2", code("def f():\n" + "    x = 1\n" * 40)),
    "a long class": (rules.sizes, "F in cell 2", code("class F:\n" + "    x = 1\n" * 40)),
    "long cells": (rules.sizes, "median", code("x = 1\n" * 6)),
    "a guard": (rules.guards_on_the_shelf, "cell 2, a guard", code("A = 1", "export-checks")),
    "no docstring": (rules.documented, "no docstring", code("def f(): return 1", "export-files")),
    "a word that shames": (rules.plain_words, "“Simply”", prose("We see it. Simply so.")),
    "a figure alone": (rules.figures_speak, "no sentence", code("p", outputs=[PICTURE])),
    "plain words": (rules.figures_speak, "no sentence", code("p", outputs=[PICTURE]), prose("So.")),
    "a list": (rules.figures_speak, "no sentence", code("p", outputs=[PICTURE]), prose("* So.")),
    "no early figure": (rules.early_and_often, "no figure", code("1")),
    "nothing to do": (rules.early_and_often, "nothing to do", *FOUR * 3),
    "a dead link": (rules.links_lead_somewhere, "09_no", prose("[see](09_no.ipynb)")),
    "a dead heading": (rules.links_lead_somewhere, "#Nowhere", prose("[see](#Nowhere)")),
    "a comment": (rules.links_lead_somewhere, "#step", code("# step"), prose("[see](#step)")),
    "a dead tag": (rules.links_lead_somewhere, "no.md", prose('<a href="no.md">see</a>')),
}


@pytest.mark.parametrize("what", BROKEN)
def test_the_rules_notice(what, chapters):
    rule, said, *cells = BROKEN[what]
    found = complaints(rule, chapters, *(dict(cell) for cell in cells))
    assert any(said in complaint for complaint in found), found


@pytest.mark.parametrize("name, said", [("python3", "same id"), ("other", "not python3")])
def test_the_rules_notice_another_kernel_and_equal_ids(chapters, name, said):
    cells = [code("1"), code("1")] if name == "other" else [code("1") | {"id": "a"}] * 2
    path = write(chapters, "01_things", *cells)
    path.write_text(path.read_text("utf-8").replace('"python3"', f'"{name}"'), encoding="utf-8")
    assert [said in each for each in rules.kernel_and_ids(rules.Chapter(path))] == [True]


def test_the_rules_let_a_good_chapter_pass(chapters):
    good = [
        code("plot", outputs=[PICTURE], count=1),
        prose("*What it shows.* See [above](#1-Things), and [here](#Add-add)."),
        prose("## Add `add`\n\nWords of code are free: `just`."),
        code('def f():\n    """F."""\n    return 1', "export", count=2),
        code("predict('what', ...)", count=3),
        prose("## On the shelf"),
        code('def require_f():\n    """Refuse."""', "export-checks", count=4),
        prints("and so on ... until [1.5, 2.5], at 12:30, 1/2") | {"execution_count": 5},
    ]
    chapter = rules.Chapter(write(chapters, "01_things", *good))
    assert [rule(chapter) for rule in rules.RULES] == [[] for _ in rules.RULES]


def test_every_rule_is_seen_to_refuse():
    seen = {rule for rule, *_ in BROKEN.values()} | {rules.kernel_and_ids}
    assert seen == set(rules.RULES)


def test_imports_that_run_ahead_are_noticed(chapters):
    chapter = rules.Chapter(
        write(chapters, "01_things", code("from minnet.layers import Linear\nimport torch"))
    )
    assert len(rules.imports_go_backwards(chapter, ["tensors"])) == 2
    assert len(rules.imports_go_backwards(chapter, ["tensors", "layers"])) == 1


def test_what_chapters_share_is_imported_where_it_is_told():
    assert rules.may_import("cost_functions") == ["tensors", "checks"]
    assert rules.may_import("training")[-4:] == ["data", "checks", "files", "plots"]
    assert (rules.may_import("checks"), rules.may_import("files")) == ([], ["checks"])


@pytest.mark.parametrize(
    "source",
    ["import minnet", "from minnet import Linear", "import minnet.layers", "from . import layers"],
)
def test_no_way_to_import_ahead_is_missed(source):
    assert not any(rules.allowed(name, ["tensors"], ()) for name in rules.imported(source))
    assert list(rules.imported(source))


def test_twins_are_noticed_and_blank_exercises_are_not(chapters):
    blank = code("def my_f(a): ..."), code("def my_f(a): ...")
    write(chapters, "01_things", code("def f(a):\n    return a + 1"), *blank)
    write(chapters, "02_more", code('def f( a ):\n    """F."""\n    return (a + 1)  # one'))
    found = rules.twins([rules.Chapter(path) for path in sorted(chapters.glob("*.ipynb"))])
    assert len(found) == 1 and "01_things" in found[0] and "02_more" in found[0]


def test_a_trial_that_takes_a_name_of_the_package_is_noticed(chapters):
    write(
        chapters,
        "01_things",
        code("def f(a):\n    return a", "export-plots"),
        code("def g(): pass"),
    )
    write(chapters, "02_more", code("def f(a):\n    return a + 1"))
    found = rules.shadows([rules.Chapter(path) for path in sorted(chapters.glob("*.ipynb"))])
    assert found == ["02_more.ipynb, cell 2 defines f, as 01_things.ipynb exports it"]
