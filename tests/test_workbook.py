"""The workbook: what its sheets ask, what its checks reply, and whose package is tested."""

import ast
import contextlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from answers.workbook import HOLES, TRIES
from helpers.workbooks import ours_in_short, solved

import course.workbook as verbs
import run
from course.workbook import __main__ as command
from course.workbook import blanks, judge, packages, record, sheets, text
from course.workbook.blanks import Blank, Mistake, Probe, asked, find, table
from course.workbook.packages import CHAPTERS, FINISHED, ROOT
from course.workbook.record import Workbook, marked, write
from course.workbook.text import blanked, defined, filled

TESTS = Path(__file__).resolve().parent
EVERY = [(chapter, name) for chapter in CHAPTERS for name in asked(chapter)]
chapters = pytest.mark.parametrize("chapter", CHAPTERS)


def cells(sheet, kind="code"):
    return ["".join(each["source"]) for each in sheet["cells"] if each["cell_type"] == kind]


@pytest.fixture
def open_sheet(tmp_path, monkeypatch):
    """Cells that have run in a kernel, as `check` sees them."""

    def opened(chapter="tensors", *sources):
        names = {"In": ["", *sources]}
        now = {"chapter": chapter, "workbook": Workbook(tmp_path), "names": names}
        monkeypatch.setattr(verbs, "now", now)
        monkeypatch.setattr(verbs, "use", lambda package: None)  # `minnet` stays ours for the rest
        monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
        return names["In"]

    return opened


# What is asked


@chapters
def test_a_blank_waits_ours_is_right_and_each_known_mistake_gets_its_own_reply(chapter):
    assert 5 <= len(asked(chapter)) <= 12
    for name, blank in asked(chapter).items():
        assert blank.judge(blank.stub).state == "not tried yet", name
        verdict = blank.judge(ours_in_short(blank))
        assert (name, verdict.state, verdict.reply) == (name, "right", blank.because)
        for mistake in blank.mistakes:
            verdict = blank.judge(blank.with_mistake(mistake))
            assert (mistake.label, verdict.state) == (mistake.label, "not yet")
            assert (name, blank.label(verdict)) == (name, mistake.label), verdict
            assert repr(verdict).startswith(name), "the message names the definition"


@chapters
def test_what_is_right_in_other_words_is_right(chapter):
    for name, blank in asked(chapter).items():
        verdict = blank.judge(filled(blank.stub, HOLES[name]))
        assert (name, verdict.state) == (name, "right"), verdict


@chapters
def test_what_learners_wrote_gets_the_verdict_that_it_deserves_and_its_reason(chapter):
    for name, holes, state, said in [each for each in TRIES if each[0] in asked(chapter)]:
        verdict = find(name).judge(filled(find(name).stub, holes))
        assert (name, holes, verdict.state) == (name, holes, state), verdict
        assert said in verdict.reply, verdict
        assert "wanted is" not in verdict.reply, "a reason, and not only two numbers"
    for name, blank in asked(chapter).items():  # one that works in place spoils none after it
        assert blank.judge(f"{blank.ours}\n# after them").state == "right", name


SPOILT = """\
def spoilt(function):
    @wraps(function)
    def other(*inputs, **settings):
        value, *rules = function(*inputs, **settings)
        return (value, *(rule and (lambda g, rule=rule: {rule}) for rule in rules))

    return other


@op
@spoilt
"""
OPERATIONS = [name for _, name in EVERY if find(name).ours.startswith("@op\n")]


@pytest.mark.parametrize(
    "rule",
    [
        *("rule(np.ones_like(g))", "rule(g * g)", "rule(g**3)", "rule(np.abs(g))", "0 * rule(g)"),
        "rule(np.full_like(g, g.mean()))",
        *("-rule(g)", "2 * rule(g)"),
    ],
)
def test_an_operation_whose_rules_spoil_g_is_refused_in_every_sheet(rule):
    assert len(OPERATIONS) >= 13
    for name in OPERATIONS:
        value = find(name).probes[0].look(packages.finished(find(name).module))
        if "mean" in rule and np.ndim(value) == 0:
            continue  # the value is one number: its g is its own mean
        source = "from functools import wraps\n\n\n" + SPOILT.format(rule=rule)
        verdict = find(name).judge(find(name).ours.replace("@op\n", source, 1))
        assert (name, verdict.state) == (name, "not yet"), verdict
        assert verdict.own and "it raised" not in verdict.reply, "and it says why"
        if "ones_like" in rule:
            assert "`g` is lost" in verdict.reply


def test_two_things_that_are_compared_do_not_bear_one_name():
    for _, name in EVERY:
        words = [repr(probe) for probe in find(name).probes]
        assert len(set(words)) == len(words) and all(words), (name, words)


def test_an_error_says_nothing_of_the_docstring_that_was_taken_out():
    verdict = find("huber").judge(filled(find("huber").stub, ["return (d if d > 0 else -d), 0, 0"]))
    assert "truth" in verdict.reply and "delta (" not in verdict.reply
    assert "_minnet_" not in verdict.reply


def test_the_figure_of_the_layers_shows_a_wrong_bend():
    """At the end of the sheet it is drawn by what was written: it has to be seen there."""
    blank = find("leaky_relu")
    wrong = next(each for each in blank.mistakes if each.label == "rule of relu")
    drawn, _ = sheets.picture_of("layers", blank.package(blank.with_mistake(wrong)))
    assert (
        drawn
        != sheets.goal("layers")
        == sheets.picture_of("layers", packages.finished("layers"))[0]
    )


def test_a_name_is_asked_once_in_all():
    names = [name for _, name in EVERY]
    assert len(set(names)) == len(names) and set(names) == set(HOLES)
    assert sum(len(find(name).mistakes) for name in names) >= 40
    for chapter in CHAPTERS:
        assert sum(len(blank.mistakes) for blank in asked(chapter).values()) >= 5


def test_the_first_of_a_kind_is_complete_and_then_less_and_less_is_given():
    for chapter in ("tensors", "cost_functions", "layers"):
        first, second, *_ = table(chapter).values()
        assert first.complete and second.holes == ("return ",), "its last line is open"
        assert any(not blank.holes for blank in asked(chapter).values()) or chapter == "layers"


# Sheets


@chapters
def test_a_sheet_holds_no_answer(chapter):
    sheet = sheets.sheet(chapter, again=[*asked(CHAPTERS[0])] if chapter != CHAPTERS[0] else ())
    shown = re.sub(r"\s+", "", sheets.written(sheet | {"cells": without_pictures(sheet)}))
    complete = re.sub(r"\s+", "", "".join(b.ours for b in table(chapter).values() if b.complete))
    for name in [*asked(chapter), *asked(CHAPTERS[0])]:
        blank = find(name)
        left, words = blank.stub.split("\n"), spoken(blank.ours)
        for number, line in enumerate(blank.ours.split("\n"), 1):
            code = re.sub(r"\s+", "", line.partition("#")[0])
            taken = line not in left and number not in words and len(code) > 14
            assert not taken or code not in shown or code in complete, (name, line)
    assert all(not cell.get("outputs") for cell in sheet["cells"])
    assert all(set(cell["metadata"]) == set() for cell in sheet["cells"])


def spoken(code):
    """The numbers of the lines of its docstrings."""
    nodes = [text.docstring(node) for _, node in text.paths(ast.parse(code))]
    return {i for node in nodes if node for i in range(node.lineno, node.end_lineno + 1)}


def without_pictures(sheet):
    return [{k: v for k, v in cell.items() if k != "attachments"} for cell in sheet["cells"]]


@chapters
def test_docstrings_say_no_more_what_is_asked_there(chapter):
    for blank in asked(chapter).values():
        words = " ".join(ast.get_docstring(n) or "" for _, n in text.paths(ast.parse(blank.stub)))
        assert not re.search(r"\breceives? (g|y|-g|\d)|←", words), blank.name


@chapters
def test_a_sheet_has_some_thirty_cells_and_is_made_alike_twice(chapter):
    sheet = sheets.sheet(chapter)
    assert len(sheet["cells"]) <= 40
    assert sheets.written(sheet) == sheets.written(sheets.sheet(chapter))
    assert sheet["cells"][0]["attachments"]["goal.png"]["image/png"].startswith("iVBOR")
    checks = [each for each in cells(sheet) if each.startswith("check(")]
    assert [ast.literal_eval(each[6:-1]) for each in checks] == [*asked(chapter)]
    assert len({cell["id"] for cell in sheet["cells"]}) == len(sheet["cells"])
    for words in cells(sheet, "markdown"):
        assert not re.search(r"\b(simply|obviously|just|easy|easily)\b", words), words


@chapters
def test_what_a_question_names_is_shown_on_the_sheet(chapter):
    """A helper in backticks is asked there, or shown, folded: books are closed."""
    known = {name for each in CHAPTERS for name in defined(packages.finished_text(each))}
    for blank in asked(chapter).values():
        words = " ".join([blank.question, blank.shapes, blank.hint])
        named = {
            name
            for code in re.findall(r"`([^`]+)`", words)
            for name in re.findall(r"(?<![.\w])\w+", code)
        }
        helpers = {name for name in named & known if find(name) is None and name[0].islower()}
        assert helpers - TOLD <= {*blank.given, *SHOWN_COMPLETE}, blank.name
        shown = cells(sheets.sheet(chapter, picture=False), "markdown")
        assert all(any(code in cell for cell in shown) for code in blank.helpers)


TOLD = {"renew", "end_epoch"}  # in words: their text holds a line that is asked
SHOWN_COMPLETE = {name for each in CHAPTERS for name, b in table(each).items() if b.complete}


def test_a_sheet_follows_the_module_and_not_a_copy_of_it(monkeypatch):
    changed = packages.finished_text("tensors").replace('"""y = ln a', '"""The log of a, y = ln a')
    monkeypatch.setattr(packages, "finished_text", lambda module: changed)
    blank = Blank("log", "?", module="tensors")
    assert "The log of a" in blank.stub and "np.log" not in blank.stub


def test_no_verb_of_a_sheet_hides_a_name_of_a_module():
    for chapter in CHAPTERS:
        names = set(vars(packages.finished(chapter).modules[chapter]))
        assert not names & {"start", "check", "build", "draw"}, chapter


# Synthetic definitions: the surgery itself

UNIT = '''@op
def f(a, b, /):
    """y = a b. a receives g b.

    For all a. b receives g a.
    """
    check(a)
    y = a * b
    if y:
        y = 2 * y
        y += 1
    return y, lambda g: g * b


Tensor.f = f
OTHER = 3
'''


def test_holes_are_taken_out_by_how_a_statement_begins():
    assert text.unit(UNIT, "f").text.endswith("Tensor.f = f")
    stub = blanked(text.unit(UNIT, "f").text, ("y = 2 * y", "return "))
    assert stub.split("\n")[2:8] == [
        *('    """y = a b.', "", "    For all a.", '    """', "    check(a)", "    y = a * b")
    ]
    assert stub.split("\n")[8:] == ["    if y:", "        ...", "    ...", "", "", "Tensor.f = f"]
    both = blanked(text.unit(UNIT, "f").text, (("check(a)", "y = a * b"),))
    assert both.split("\n")[6:8] == ["    ...", "    if y:"]
    with pytest.raises(LookupError, match="begins 0 statements"):
        blanked(UNIT, ("z = ",))


def test_what_is_filled_in_has_its_whole_docstring_again():
    whole = text.unit(UNIT, "f").text
    mine = blanked(whole, ("return ",), taken=False).replace("lambda g: g * b", "lambda k: k * b")
    assert text.spoken_again(mine, whole) == whole.replace("lambda g: g * b", "lambda k: k * b")
    own = mine.replace("y = a b.", "My own words.")
    assert text.spoken_again(own, whole) == own, "whose docstring is their own keeps it"
    none = 'def f():\n    """x receives g."""\n    return 1'
    assert text.spoken_again(blanked(none, ("return ",), taken=False), none) == none


def test_trials_and_prints_stay_in_the_notebook():
    cell = "import math\n\ndef f(a):\n    return a\n\nprint(f(1))\nf(2)\nx = 3"
    assert text.tidy(cell) == "import math\n\ndef f(a):\n    return a\n\nx = 3"


# Round trip


def test_filled_with_the_chapters_definitions_the_modules_are_the_same_to_the_byte(tmp_path):
    mine = solved(tmp_path)
    names = [*(path.name for path in FINISHED.glob("*.py*")), "py.typed"]
    for name in names:
        assert (mine.package / name).read_bytes() == (FINISHED / name).read_bytes(), name
    for source in FINISHED.glob("datasets/*"):
        assert (mine.package / "datasets" / source.name).read_bytes() == source.read_bytes()
    assert not any(marked((mine.package / f"{each}.py").read_text("utf-8")) for each in CHAPTERS)
    assert mine.borrowed("training") == []


@pytest.mark.thorough
def test_the_full_suite_passes_against_what_another_learner_wrote(tmp_path):
    mine = solved(tmp_path, lambda blank: filled(blank.stub, HOLES[blank.name]))
    for chapter in CHAPTERS:
        found = judge.suite(mine.package, chapter)
        assert len(found) > 200
        assert {name: said for name, (how, said) in found.items() if how == "failed"} == {}


def test_what_is_not_theirs_is_borrowed_as_text_and_marked(tmp_path):
    mine = solved(tmp_path, chapters=["tensors"])
    kept = mine.read()
    del kept["yours"]["matmul"], kept["yours"]["log"]
    mine.write(kept)
    mine.build("tensors")
    module = (mine.package / "tensors.py").read_text("utf-8")
    assert sorted(marked(module)) == ["log", "matmul"] == sorted(mine.borrowed("tensors"))
    assert module.replace(text.BORROWED + "\n", "") == packages.finished_text("tensors")
    again = sheets.sheet("cost_functions", mine.borrowed("tensors"))
    assert find("log").stub in cells(again) and find("matmul").stub in cells(again)
    assert "from minnet.cost" not in (mine.package / "__init__.py").read_text("utf-8")


# A learner's way through the sheets


@pytest.mark.parametrize(
    "seed, share",
    [(0, 0.5)] + [pytest.param(s, 0.5 * (s > 1), marks=pytest.mark.thorough) for s in range(1, 21)],
)
def test_each_sheet_runs_from_top_to_bottom_blank_or_half_solved(seed, share, tmp_path):
    play = [sys.executable, str(TESTS / "helpers" / "played.py"), str(tmp_path), str(seed)]
    done = subprocess.run([*play, str(share)], capture_output=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    yours, right = set(found["yours"]), set()
    for chapter, sheet in zip(CHAPTERS, found["sheets"]):
        back = [name for name in sheet["met"] if name not in asked(chapter)]
        earlier = [n for c in CHAPTERS[: CHAPTERS.index(chapter)] for n in asked(c)]
        assert set(back) == set(earlier) - right, "what was borrowed is asked again, nothing else"
        right |= {name for name, how in sheet["wrote"].items() if how == "right"}
        mine = len(right & set(asked(chapter)))
        assert f"{mine} of {len(asked(chapter))} definitions are yours" in sheet["said"]
    assert yours == right, "what was wrong is not theirs"
    for chapter, names in found["borrowed"].items():
        assert set(names) == set(asked(chapter)) - right


def test_a_kernel_in_the_workbook_imports_theirs_and_one_beside_the_chapters_ours(tmp_path):
    nbclient, nbformat = pytest.importorskip("nbclient"), pytest.importorskip("nbformat")
    mine = solved(tmp_path / "workbook", chapters=["tensors"])
    look = "import minnet.tensors as t\nprint(t.__file__)"
    for folder, package in ((mine.folder, mine.package), (tmp_path, FINISHED)):
        cells = [nbformat.v4.new_code_cell(look)]
        if package == mine.package:
            cells += [nbformat.v4.new_code_cell("".join(s)) for s in (START, BLANK, CHECK)]
        book = nbformat.v4.new_notebook(cells=cells)
        where = {"metadata": {"path": str(folder)}}
        nbclient.NotebookClient(book, resources=where, kernel_name="python3", timeout=60).execute()
        assert book.cells[0].outputs[0].text.strip() == str(package / "tensors.py")
    assert "softmax" not in book.cells[0].source


START = "from course.workbook import build, check, draw, start\nstart('cost_functions')"
BLANK = find("mean_absolute_error").ours
CHECK = "verdict = check('mean_absolute_error')\nassert verdict.state == 'right', verdict"


# What goes wrong


def test_a_syntax_error_is_named_with_its_line(open_sheet):
    open_sheet("tensors", find("log").stub, "@op\ndef log(a, /):\n    return np.log(a, lambda")
    assert re.search(r"log: not yet\. This is no Python yet\. Line \d", repr(verbs.check("log")))


def test_a_loop_without_an_end_is_stopped(monkeypatch):
    for source in (
        filled(find("unbroadcast").stub, ["while True:\n    new += 1"]),
        filled(find("oldest_first").stub, ["found.append(each)", "return found"]),
    ):
        started = time.monotonic()
        verdict = find(defined(source)[0]).judge(source, seconds=1)
        assert verdict.state == "not yet" and "which loop never ends" in verdict.reply
        assert time.monotonic() - started < 20


def test_a_renamed_function_is_recognised(open_sheet):
    open_sheet("tensors", find("unbroadcast").ours.replace("unbroadcast", "unbroadcst"))
    assert "A cell defines `unbroadcst`" in repr(verbs.check("unbroadcast"))
    assert "Did you mean `unbroadcast`?" in repr(verbs.check("unbrodcast"))


def test_a_deleted_cell_can_be_written_anew(open_sheet):
    open_sheet("tensors")
    reply = repr(verbs.check("log"))
    assert "not tried yet" in reply and find("log").stub in reply


def test_of_two_copies_the_one_that_ran_last_counts_and_it_says_so(
    open_sheet, tmp_path, monkeypatch
):
    right, wrong = find("log").ours, find("log").with_mistake(find("log").mistakes[0])
    open_sheet("tensors", wrong, right)
    both = [{"cell_type": "code", "source": each} for each in (wrong, right)]
    (tmp_path / "01_tensors.ipynb").write_text(json.dumps({"cells": both}), "utf-8")
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "01_tensors.ipynb"))
    assert "right" in repr(verbs.check("log")) and "stands in 2 cells" in repr(verbs.check("log"))
    said = list(judge.oddities(Workbook(tmp_path), "tensors"))
    assert said == ["`log` stands in 2 cells of 01_tensors.ipynb: keep one of them"]


def test_what_came_back_is_counted_and_the_next_one_is_the_next_on_the_sheet(open_sheet, tmp_path):
    ran = open_sheet("cost_functions", find("matmul").ours)
    verbs.now["back"] = ["matmul", "check_gradients"]
    assert "Yours: 1 of 11. Next: one definition, `check_gradients`" in repr(verbs.check("matmul"))
    ran.append(find("huber").ours)
    assert "Yours: 2 of 11. Next: one definition, `sigmoid`" in repr(verbs.check("huber"))


def test_the_build_says_what_is_wrong_in_whole_sentences(open_sheet, capsys):
    wrong = find("divide").ours.replace("lambda g: g / b,", "lambda g: 7 * g / b + 5 * a,")
    open_sheet("tensors", wrong, find("log").with_mistake(find("log").mistakes[0]))
    verbs.build()
    said = capsys.readouterr().out
    assert re.search(
        r"divide: Right with .+: at \[0\] yours gives [-\d.]+, wanted is [-\d.]+\n", said
    )
    assert f"log: {find('log').mistakes[0].reply} yours gives" in said
    assert not re.search(r":$", said.partition("next sheet:\n")[2], re.M)


def test_what_was_tried_in_another_kernel_is_not_called_blank(open_sheet, capsys, tmp_path):
    open_sheet("tensors")
    wrong = find("log").with_mistake(find("log").mistakes[0])
    Workbook(tmp_path).keep(find("log"), wrong, find("log").judge(wrong))
    verbs.build()
    said = capsys.readouterr().out
    assert "log, tried, and not right yet" in said and "matmul, still blank" in said


def test_what_was_right_stays_when_a_later_try_is_wrong(open_sheet, tmp_path):
    ran = open_sheet("tensors", find("log").ours)
    assert verbs.check("log").state == "right"
    ran.append(find("log").with_mistake(find("log").mistakes[0]))
    assert "The one that was right before is kept" in repr(verbs.check("log"))
    assert Workbook(tmp_path).yours() == {"log": find("log").ours}
    entry = Workbook(tmp_path).read()["yours"]["log"]
    assert entry["mistakes"] == {find("log").mistakes[0].label: 1}


def test_a_sheet_that_was_saved_half_way_is_named_and_nothing_is_lost(tmp_path):
    mine = solved(tmp_path, chapters=["tensors"])
    whole = sheets.written(sheets.sheet("tensors"))
    (tmp_path / "01_tensors.ipynb").write_text(whole[: len(whole) // 2], "utf-8")
    (said,) = judge.oddities(mine, "tensors")
    assert "cannot be read" in said and "--fresh" in said
    assert len(mine.yours()) == len(asked("tensors"))


def test_a_sheet_that_says_something_else_than_the_package_is_named(tmp_path):
    mine = solved(tmp_path, chapters=["tensors"])
    other = filled(find("log").stub, HOLES["log"])
    cell = {"cell_type": "code", "source": other}
    (tmp_path / "01_tensors.ipynb").write_text(json.dumps({"cells": [cell]}), "utf-8")
    (said,) = judge.oddities(mine, "tensors")
    assert "`log` in 01_tensors.ipynb is not the one that was checked" in said


def test_what_was_borrowed_and_mended_on_a_later_sheet_is_accused_on_no_earlier_one(tmp_path):
    mine = solved(tmp_path, chapters=["tensors", "cost_functions"])
    right, wrong = mine.yours()["log"], find("log").with_mistake(find("log").mistakes[0])
    for name, source in (("01_tensors", wrong), ("02_cost_functions", right)):
        cell = {"cell_type": "code", "source": source}
        (tmp_path / f"{name}.ipynb").write_text(json.dumps({"cells": [cell]}), "utf-8")
    assert list(judge.oddities(mine, "tensors")) == []
    (tmp_path / "02_cost_functions.ipynb").unlink()
    (said,) = judge.oddities(mine, "tensors")
    assert "`log` in 01_tensors.ipynb is not right" in said and "run its check" not in said


def test_what_its_check_does_not_see_and_a_test_does_is_not_counted(tmp_path, capsys, monkeypatch):
    """The sheets' checks are not the judge: here one that lets a mistake through."""
    blank = find("softmax")
    wrong = blank.with_mistake(blank.mistakes[0])
    mine = solved(tmp_path, chapters=["tensors", "cost_functions"], wrong={"softmax": wrong})
    monkeypatch.setattr(blank, "judge", lambda source: blank.verdict("right"))
    whole = judge.suite
    monkeypatch.setattr(
        judge, "suite", lambda *a, only=(): whole(*a, only=only, words=["-k", "softmax"])
    )
    monkeypatch.setattr(judge, "hang_on", lambda *a: set())
    assert "softmax" in judge.report(mine, "cost_functions")
    said = capsys.readouterr()
    assert "8 of 9 yours, failing: softmax" in said.out and "does not see it" in said.out
    assert "rare" not in said.out
    assert "2 cost_functions: our tests run against yours" in said.err, "it says that it lives"
    assert "`softmax`" in judge.next_step(mine, ["softmax"])


def test_tests_of_our_own_form_are_not_asked_of_a_learner():
    every = "".join(path.read_text("utf-8") for path in sorted(TESTS.glob("test_[!w]*.py")))
    blocks = [each for each in re.split(r"\n(?=def )", every) if each.startswith("def test_")]
    of_form = {re.match(r"def (\w+)", each)[1] for each in blocks if "ctypes.data" in each}
    assert of_form == {*judge.FORM}, "where in memory an array lies"


def test_a_module_that_was_edited_by_hand_is_set_aside_and_not_written_over(tmp_path, capsys):
    mine = solved(tmp_path, chapters=["tensors"])
    path = mine.package / "tensors.py"
    path.write_text(path.read_text("utf-8") + "\n\nEDITED = True\n", "utf-8")
    assert mine.edited() == ["tensors"]
    mine.build("tensors")
    assert "EDITED" not in path.read_text("utf-8") and mine.edited() == []
    (aside,) = tmp_path.glob("tensors (edited*).py")
    assert "EDITED" in aside.read_text("utf-8") and aside.name in capsys.readouterr().out


def test_a_record_that_cannot_be_read_is_set_aside(tmp_path, capsys):
    (tmp_path / ".yours.json").write_text('{"yours": {"lo', "utf-8")
    assert Workbook(tmp_path).yours() == {}
    assert "could not be read" in capsys.readouterr().out
    assert list(tmp_path.glob(".yours (unreadable*).json"))


def test_what_a_newer_course_does_not_take_any_more_is_asked_again_and_kept(
    tmp_path, monkeypatch, capsys
):
    mine = solved(tmp_path, chapters=["tensors"])
    assert mine.recheck() == [] and mine.recheck() == []
    text_of = record.course_text  # the module, or a check that sees more than it did
    newer = lambda module: text_of(module) + "more" * (module == "tensors")  # noqa: E731
    monkeypatch.setattr(record, "course_text", newer)
    monkeypatch.setattr(find("log"), "judge", lambda source: find("log").verdict("not yet", "?"))
    assert mine.recheck() == ["log"] and "asked again" in capsys.readouterr().out
    assert mine.read()["yours"]["log"]["outdated"] and mine.borrowed("tensors") == ["log"]


def test_a_class_made_anew_in_a_cell_has_again_what_its_module_adds_further_down(open_sheet):
    open_sheet("training", find("EarlyStopping").ours)
    names = verbs.now["names"]
    names |= vars(packages.finished("training").modules["training"])
    exec(find("EarlyStopping").ours, names)
    assert not hasattr(names["EarlyStopping"], "state_dict")
    verbs.check("EarlyStopping")
    assert names["EarlyStopping"](2).state_dict()["epoch"] == 0


def test_a_verdict_hangs_on_the_module_and_on_what_is_asked_and_compared():
    whole = record.course_text("layers")
    for part in (packages.finished_text("layers"), "def at_the_bend(m)", "def weights(shape"):
        assert part in whole


def test_a_definition_may_have_helpers_and_imports_beside_it(tmp_path):
    own = "import math\n\n\ndef halves(g):\n    return g / 2\n\n\n" + find("log").ours
    own = own.replace("lambda g: g / a", "lambda g: 2 * halves(g) / a * math.cos(0)")
    assert find("log").judge(own).state == "right"
    mine = solved(tmp_path, chapters=["tensors"], wrong={"log": own})
    assert "def halves" in (mine.package / "tensors.py").read_text("utf-8")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")
@pytest.mark.parametrize("times", [6, pytest.param(50, marks=pytest.mark.thorough)])
def test_killed_at_any_moment_the_learners_files_are_whole(times, tmp_path):
    mine, chance = solved(tmp_path, chapters=["tensors"]), random.Random(0)
    right, other = find("log").ours, filled(find("log").stub, HOLES["log"])
    expected = set()
    for source in (right, other):
        kept = mine.read()
        kept["yours"]["log"]["source"] = source
        mine.write(kept)
        expected.add(mine.text("tensors"))
    for _ in range(times):
        child = os.fork()
        if not child:
            while True:
                for source in (right, other):
                    verdict = find("log").verdict("right")
                    mine.keep(find("log"), source, verdict)
                    mine.build("tensors")
        time.sleep(chance.uniform(0.05, 0.5))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert json.loads(mine.file.read_text("utf-8"))["yours"]["log"]["source"] in (right, other)
        assert (mine.package / "tensors.py").read_text("utf-8") in expected
        ast.parse((mine.package / "__init__.py").read_text("utf-8"))
    mine.build("tensors")
    assert mine.edited() == [] and not list(tmp_path.glob("*edited*"))


def test_a_build_cut_short_at_any_write_leaves_nothing_that_looks_edited(tmp_path, monkeypatch):
    mine = solved(tmp_path, chapters=["tensors"])
    right, other = find("log").ours, filled(find("log").stub, HOLES["log"])
    left = 0

    def dying(path, text):
        nonlocal left
        left -= 1
        if left == 0:
            raise KeyboardInterrupt
        write(path, text)

    for cut in range(1, 6):
        for source in (other, right):  # two builds in a row, each cut short
            mine.keep(find("log"), source, find("log").verdict("right"))
            left = cut
            monkeypatch.setattr(record, "write", dying)
            with contextlib.suppress(KeyboardInterrupt):
                mine.build("tensors")
            monkeypatch.setattr(record, "write", write)
            assert mine.edited() == []
    mine.build("tensors")
    assert mine.edited() == [] and not list(tmp_path.glob("*edited*"))
    (mine.package / "tensors.py").write_text("mine = 1\n", "utf-8")
    assert mine.edited() == ["tensors"]


# run.py


@pytest.fixture
def house(tmp_path, monkeypatch):
    """run.py with a learner's folder of its own."""
    monkeypatch.setattr(run, "MINE", tmp_path / "mine")
    monkeypatch.setattr(run, "GIVEN", tmp_path / "mine" / ".given.json")
    monkeypatch.setattr(run, "LOCK", tmp_path / "lock")
    return tmp_path / "mine" / command.PLACE


def files(folder):
    return {path.name: path.read_bytes() for path in folder.glob("*.ipynb")}


def test_a_sheet_is_written_once_and_the_next_one_when_the_module_is_built(house, capsys):
    assert command.main(["workbook", "--no-browser"]) == 0
    assert [*files(house)] == ["01_tensors.ipynb"]
    (house / "01_tensors.ipynb").write_text("mine", "utf-8")
    command.main(["workbook", "--no-browser"])
    assert files(house) == {"01_tensors.ipynb": b"mine"}
    solved(house, chapters=["tensors"])
    command.main(["workbook", "--no-browser"])
    assert sorted(files(house)) == ["01_tensors.ipynb", "02_cost_functions.ipynb"]
    assert "It is the turn of 02_cost_functions.ipynb" in capsys.readouterr().out


def test_a_newer_sheet_comes_beside_and_a_pristine_one_under_another_name(house, monkeypatch):
    command.main(["workbook", "--no-browser"])
    first = files(house)
    monkeypatch.setattr(find("log"), "question", "Asked in another way.")
    command.main(["workbook", "--no-browser"])
    command.main(["workbook", "--no-browser"])
    (new,) = house.glob("01_tensors (new *).ipynb")
    assert "Asked in another way." in new.read_text("utf-8")
    command.main(["workbook", "--no-browser", "--fresh", "1"])
    assert len(list(house.glob("01_tensors (fresh *).ipynb"))) == 1
    assert first.items() <= files(house).items()


def test_a_class_may_begin_at_a_later_sheet(house, capsys):
    command.main(["workbook", "--no-browser", "--start", "3"])
    assert [*files(house)] == ["03_layers.ipynb"]
    assert Workbook(house).borrowed("cost_functions") == []
    assert (house / "minnet" / "tensors.py").read_bytes() == (FINISHED / "tensors.py").read_bytes()
    assert "Sheets 1 to 2 are left out" in capsys.readouterr().out


def test_handouts_have_no_folded_solutions_and_keep_their_hints(house, tmp_path):
    command.main(["workbook", "--handouts", str(tmp_path / "class")])
    for path in run.CHAPTERS.glob("0*.ipynb"):
        before, after = path.read_text("utf-8"), (tmp_path / "class" / path.name).read_text("utf-8")
        assert not re.search(r"<summary>[^<]*[Ss]olution", after)
        assert after.count("<summary>Hint") == before.count("<summary>Hint")
        assert after.count("</details>") == after.count("<details>")


def test_run_py_hands_both_commands_over(monkeypatch):
    done = []
    monkeypatch.setattr(run, "environment", lambda: None)
    monkeypatch.setattr(run, "hand_over", lambda words, folder: done.append(words[2:]) or 0)
    assert run.main(["workbook", "--start", "2"]) == run.main(["mine"]) == 0
    assert done == [["course.workbook", "workbook", "--start", "2"], ["course.workbook", "mine"]]


# Their package before our tests


def test_tests_of_a_chapter_need_no_later_module_and_no_file_that_is_not_there():
    for i, chapter in enumerate(CHAPTERS):
        tests = TESTS / f"test_{chapter}.py"
        asked_for = re.findall(r"^from helpers(?:\.| import )(\w+)", tests.read_text("utf-8"), re.M)
        paths = [tests, *(TESTS / "helpers" / f"{name}.py" for name in asked_for)]
        for path in paths:
            tree = ast.parse(path.read_text("utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("minnet"):
                    names = [node.module.partition(".")[2] or a.name for a in node.names]
                    later = set(names) & set(CHAPTERS[i + 1 :])
                    assert not later, f"{path.name}:{node.lineno} needs {later}"


def test_without_a_module_of_theirs_ours_is_not_tested_in_its_place(tmp_path):
    mine = solved(tmp_path, chapters=["tensors"])
    found = judge.suite(mine.package, "cost_functions")
    assert all(how == "failed" for how, _ in found.values()), "there is no cost_functions.py"
    (tmp_path / "empty").mkdir()
    words = ["-k", "no_test_is_called_so"]
    found = judge.suite(tmp_path / "empty" / "minnet", "cost_functions", words=words)
    assert "another minnet was tested" in repr(found)


def test_before_anything_is_built_mine_says_so_and_is_not_ready(tmp_path, capsys):
    Workbook(tmp_path).write(Workbook(tmp_path).read())
    judge.mine(tmp_path, Wanted())
    assert "No module is built yet" in capsys.readouterr().out


class Wanted:
    folders, quick = (), False


@pytest.mark.thorough
def test_a_test_counts_as_theirs_where_it_fails_with_their_blanks(tmp_path, capsys):
    mine = solved(tmp_path, chapters=["tensors", "cost_functions"])
    every = judge.hang_on(mine, "cost_functions", [*asked("cost_functions")])
    found = judge.suite(mine.package, "cost_functions")
    assert {how for how, _ in found.values()} <= {"passed", "skipped"}
    assert 100 < len(every & set(found)) < len(found)
    kept = mine.read()
    kept["yours"] = {}
    mine.write(kept)
    mine.build("cost_functions")
    judge.report(mine, "cost_functions")
    said = capsys.readouterr().out
    assert "0 of 9 yours" in said and "; 0 of them hang on what you wrote" in said


def test_a_mistake_that_slipped_through_is_named_and_blamed_on_its_definition(tmp_path, capsys):
    blank = find("cross_entropy")
    wrong = blank.with_mistake(blank.mistakes[0])
    mine = solved(tmp_path, chapters=["tensors", "cost_functions"], wrong={blank.name: wrong})
    assert len(judge.report(mine, "cost_functions", quick=True)) == 1
    said = capsys.readouterr().out
    assert blank.mistakes[0].reply in said and "8 of 9 yours, failing: cross_entropy" in said
    found = judge.suite(mine.package, "cost_functions", words=["-x"])
    failed = {test: said for test, (how, said) in found.items() if how == "failed"}
    ((name, said),) = judge.blamed(mine, "cost_functions", failed)
    assert name == blank.name and "fails because of your `cross_entropy`" in said


def test_a_teacher_sees_five_learners_in_one_table(tmp_path, capsys):
    log, mae = find("log"), find("mean_absolute_error")
    for number, learner in enumerate(("ada", "ben", "cleo", "dan")):
        mine = solved(tmp_path / learner / "workbook", chapters=CHAPTERS[: 1 + number % 3])
        for blank, times in ((log, number), (mae, number % 2)):
            for _ in range(times):
                wrong = blank.with_mistake(blank.mistakes[0])
                mine.keep(blank, wrong, blank.judge(wrong))
    progress = {"tensors": {"my_step": "right", "a share": "not yet"}}
    (tmp_path / "ada" / ".progress.json").write_text(json.dumps(progress), "utf-8")
    kept = mine.read()
    kept["yours"]["log"] = {"tries": 1, "mistakes": {}, "last": "not yet"}
    mine.write(kept)
    (tmp_path / "eve").mkdir()
    everybody = [tmp_path / name for name in ("ada", "ben", "cleo", "dan", "eve")]
    assert judge.table(everybody) == 0
    said = capsys.readouterr().out
    rows = {line.split()[0]: line for line in said.split("\n")[1:6]}
    assert "9/9" in rows["ada"] and "1 of 2 right" in rows["ada"]
    assert "8/9 !1" in rows["dan"] and "no record" in rows["eve"]
    assert f"2 of 4: {mae.mistakes[0].label} (mean_absolute_error)" in said


@pytest.mark.thorough
def test_their_package_can_be_installed(tmp_path):
    mine = solved(tmp_path / "workbook")
    pip = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-build-isolation", "-q"]
    place = tmp_path / "there"
    subprocess.run([*pip, "--target", str(place), str(mine.folder)], check=True)
    look = "import minnet; print(minnet.__file__, minnet.load_digits()[0].shape)"
    done = subprocess.run(
        [sys.executable, "-c", look],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(place)},
        capture_output=True,
        encoding="utf-8",
    )
    assert str(place) in done.stdout and "(1797, 8, 8)" in done.stdout


def test_probes_and_mistakes_of_a_table_of_ones_own():
    """The machinery on a synthetic definition, apart from every chapter."""
    blank = Blank(
        "softmax",
        "?",
        probes=[Probe("of zeros", lambda m: m.softmax([[0.0, 0.0]]))],
        mistakes=[Mistake("ones", "", "return a * 0 + 1, lambda g: g * 0", "They sum to two.")],
        module="cost_functions",
    )
    assert blank.judge(blank.with_mistake(blank.mistakes[0])).reply.startswith("They sum to two.")
    assert blanks.limited(lambda: 3, 1) == 3
    assert write is not None and TESTS.parent == ROOT
