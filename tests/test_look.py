"""One call at a chapter's top: its style, sharp figures, short errors; and how one enters later."""

import json
import sys

import nbformat
import numpy as np
import pytest
from matplotlib.figure import Figure
from nbclient import NotebookClient

from course.exercises import optimizers
from course.exercises.kit import Book
from course.exercises.progress import Progress, best, read
from course.look import (
    STYLE,
    as_python_writes,
    in_quotes,
    picture_of,
    start,
    start_here,
    stays_light,
)

TOP = """\
import numpy as np
import matplotlib.pyplot as plt
from course.exercises.kit import Book
from course.look import start, start_here

start()
book = Book("layers")
book.question("w", "larger", "So it is.", [("smaller", "r")])
book.exercise("my_up", lambda a: a + 1, [(1,), (3,)], [], serves="up")"""
CELLS = [
    TOP,
    'answer = ...\nbook.guess("w", answer)',
    "def my_up(a): ...\n\n\nup = book.check(my_up)",
    "fig, ax = plt.subplots()\nax.plot([1, 3, 2])\nplt.show()",
    "fig, ax = plt.subplots(figsize=(9, 2))\nax.imshow(np.eye(3))\nplt.show()",
    "def inverse(a):\n    return np.linalg.inv(a)\n\n\ninverse(np.zeros((2, 2)))",
    'answer = larger\nbook.guess("w", answer)',
    'start_here("up", "fig")',
    "book.progress()",
    *("answer = 1,000,001", "answer = 0,05", "answer = 85 %", "answer = y p b", "answer = 2 ^ .5"),
    "answer = 1 2",
]


def ran(folder, cells, name="a.ipynb"):
    """The outputs of these cells, run in a fresh kernel."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in cells],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, folder / name)
    settings = {"resources": {"metadata": {"path": str(folder)}}, "allow_errors": True}
    NotebookClient(notebook, kernel_name="python3", timeout=60, **settings).execute()
    return [cell.outputs for cell in notebook.cells]


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    folder = tmp_path_factory.mktemp("look")
    outputs = ran(folder, CELLS)
    assert not (folder / ".progress.json").exists()  # nothing was tried
    assert not [each for cell in outputs for each in cell if each.get("name") == "stderr"]
    return outputs


def test_a_verdict_is_shown_although_it_stands_right_of_an_equals_sign(shown):
    (verdict,) = shown[2]
    assert verdict.output_type == "display_data"
    assert verdict.data["text/plain"] == "my_up: not tried yet, `up` is ours"
    assert "<code>up</code> is ours" in verdict.data["text/html"]


def test_figures_have_two_pixels_for_one_and_pictures_are_marked(shown):
    (line,), (picture,) = shown[3], shown[4]
    assert line.data["text/plain"] == "<Figure size 900x360 with 1 Axes>"
    assert line.metadata["image/png"] == {"width": 900, "height": 360}
    assert picture.metadata["image/png"] == {"width": 900, "height": 200, "unconfined": True}
    assert "img:not(.jp-mod-unconfined)" in STYLE and "invert(.92)" in STYLE


def test_an_error_shows_the_readers_own_lines_and_the_last_one(shown):
    (error,) = shown[5]
    text = [line.replace("\x1b[0m", "").replace("\x1b[32m", "") for line in error.traceback]
    assert text[:2] == ["In[6], line 5:", "    inverse(np.zeros((2, 2)))"]
    assert text[2:4] == ["In[6], line 2, in inverse:", "    return np.linalg.inv(a)"]
    assert text[4].endswith(": Singular matrix") and len(text) == 5
    assert (error.ename, error.evalue) == ("LinAlgError", "Singular matrix")


def test_a_word_without_quotes_is_told_to_have_them(shown):
    assert shown[6][0].traceback[-1].endswith('Words stand in quotes: answer = "larger"')


def test_a_name_that_is_missing_elsewhere_is_no_word_of_an_answer():
    assert "moved" in [optimizers.book.entries["w after p = p - lr * p.grad"].mistakes[0][0]]
    error = NameError("name 'move' is not defined", name="move")
    assert in_quotes(error, "answer = move").endswith('answer = "moved"')
    assert "cell above" in in_quotes(error, "    move(parameter, self.lr)")
    assert in_quotes(ValueError("larger")) == ""
    with pytest.raises(SyntaxError) as told:
        compile("1 / (2a)", "cell", "eval")
    assert "2 * a" in as_python_writes(told.value)
    with pytest.raises(SyntaxError) as told:
        compile("(a - b) ** 2.mean()", "cell", "eval")
    assert "((a - b) ** 2).mean()" in as_python_writes(told.value)


def test_a_word_of_a_list_without_quotes_is_told_to_have_them():
    assert "e" in optimizers.book.entries["order of the five lines"].answer
    error = NameError("name 'e' is not defined", name="e")
    assert "Words stand" in as_python_writes(SyntaxError("", ("", 1, 1, "answer = near 0.9")))
    assert in_quotes(error, "answer = [c, e, d, a, b]").endswith('Words stand in quotes: "e"')
    assert "cell above" in in_quotes(error, "e + 1")
    error = NameError("name 'x' is not defined", name="x")
    assert "letter of the question" in in_quotes(error, "answer = 2 * (x - 5)")


def test_what_a_school_writes_is_told_how_python_writes_it(shown):
    said = [outputs[0].traceback[-1] for outputs in shown[9:]]
    assert [each.partition("answer = ")[2] for each in said[:4]] == [
        "1_000_001",
        "0.05",
        "0.85",
        '"y p b"',
    ]
    assert said[4].endswith("two stars: 2**10") and "SyntaxError" in said[5]


def test_progress_counts_what_there_is(shown):
    assert (
        shown[8][0]
        .data["text/plain"]
        .startswith(
            "Layers: 0 of 1 predictions made, 0 came true; 0 of 1 exercises are yours.\nChapters: □"
        )
    )


def test_what_was_solved_is_kept_and_a_later_sitting_brings_it_back(tmp_path, monkeypatch):
    enter = 'from course.look import start_here\n\nstart_here("up", "plt")'
    lesson = [
        TOP,
        "def my_up(a):\n    return 1 + a\n\n\nup = book.check(my_up)",
        'answer = "smaller"\nbook.guess("w", answer)',
        "1 / 0",
        "book.progress()",
        enter,
        "below = 1",
    ]
    said = ran(tmp_path, lesson, "lesson.ipynb")
    assert said[1][0].data["text/plain"] == "my_up: right, `up` is yours"
    assert "1 of 1 predictions made, 0 came true; 1 of 1" in said[4][0].data["text/plain"]
    assert "■ Layers" in said[4][0].data["text/plain"]
    kept = json.loads((tmp_path / ".progress.json").read_text("utf-8"))
    assert kept == {"layers": {"my_up": "right", "w": "not yet"}}
    # another day, in a fresh kernel: the notebook lies there, and its last cell runs alone
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "lesson.ipynb"))
    later = ran(tmp_path, [enter, "up(3), book.whose(up), 'below' in globals()", "lost"], "b.ipynb")
    assert [each.text for each in later[0]] == ["Everything is here: go on.\n"]
    assert later[1][0].data["text/plain"] == "(4, 'your my_up', False)"
    assert later[2][0].ename == "NameError"  # errors are shown again


def test_only_pictures_stay_light():
    line, picture, landscape = Figure(), Figure(), Figure()
    line.subplots().contour(np.eye(3))
    picture.subplots(1, 2)[1].imshow(np.eye(3))
    landscape.subplots().contourf(np.eye(3))
    assert [stays_light(each) for each in (line, picture, landscape)] == [False, True, True]
    assert "unconfined" not in picture_of(line)[1] and picture_of(landscape)[1]["unconfined"]


def test_outside_a_notebook_nothing_breaks(capsys, tmp_path, monkeypatch):
    import matplotlib

    monkeypatch.chdir(tmp_path)
    with matplotlib.rc_context():
        start()
        assert matplotlib.rcParams["figure.figsize"] == [9, 3.6]
    start_here("np", "no_such_name")
    assert "The chapter is ready." in (said := capsys.readouterr().out)
    assert "Not here yet: no_such_name." in said
    book = Book("data")
    book.question("n", 3, "So it is.", [(4, "r")])
    book.guess("n", 3)
    assert "1 of 1 predictions made, 1 came true" in repr(book.progress())
    assert not list(tmp_path.iterdir())  # kept in a notebook alone


def test_the_best_is_kept_whatever_lies_there(tmp_path, monkeypatch):
    monkeypatch.setattr("course.exercises.progress.get_ipython", lambda: sys)
    file = tmp_path / "kept.json"
    assert read(file) == {} and best("right", "not yet") == "right" == best("", "right")
    for broken in ("{", "[]", ""):
        file.write_text(broken, "utf-8")
        assert read(file) == {}
    Progress.keep("data", "n", "right", file)
    Progress.keep("data", "n", "not yet", file)
    Progress.keep("data", "m", "not tried yet", file)
    assert read(file) == {"data": {"n": "right"}}
    for state in ("not yet", "right", "not yet", "right"):
        Progress.keep("data", "bet", state, file, guessed=True)
    assert read(file)["data"]["bet"] == "right, later"
    Progress.keep("data", "n", "right", tmp_path / "no" / "folder.json")  # and no error


def test_a_bet_that_was_put_right_afterwards_has_not_come_true(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    book = Book("data")
    book.question("n", 3, "So it is.", [(4, "r")])
    book.question("m", 3, "So it is.", [(4, "r")])
    for given in (4, 3):
        assert (book.guess("n", given).state == "right") == (given == 3)
    book.guess("m", 3), book.guess("m", 4)
    said = "2 of 2 predictions made, 1 came true (1 on a second try); 0 of 0 exercises"
    assert said in repr(book.progress())
