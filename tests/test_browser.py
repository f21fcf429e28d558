"""The browser tests notice what is planted: small notebooks, each with a fault, in JupyterLab."""

import subprocess
import sys

import nbformat
import pytest

import run
from tools.browser import __main__ as browser
from tools.browser.answers import answers

PLOT = "import matplotlib.pyplot as plt\n\nplt.plot([1, 3, 2])\nplt.show()"
STILL = '<div class="minnet-moving"><iframe sandbox="allow-scripts" srcdoc="{}"></iframe></div>'
SHOW = "from IPython.display import HTML\n\nHTML('''{}''')"
HIDE = SHOW.format("<style>.jp-RenderedImage img { display: none }</style>")
STORED = [nbformat.v4.new_output("display_data", {"image/png": "iVBORw0KGgo=", "text/plain": "a"})]
FAULTS = {  # what is planted, and what is said of it
    "good": ([PLOT, "![a dot](dot.svg)"], None),
    "error": ([PLOT, "1 / 0", "after = 1"], "code cell 2: ZeroDivisionError: division by zero"),
    "hung": (
        ["import time\n\ntime.sleep(900)"],
        "code cell 1 has not ended after 45 s: import time",
    ),
    "dead": (["import os\n\nos._exit(1)"], "a dialog is open: Kernel Restarting"),
    "no_kernel": ([PLOT], "there is no kernel: Select"),
    "no_picture": ([PLOT, "plt.close('all')"], "code cell 2: 1 pictures are stored, 0 were made"),
    "no_file": ([PLOT, "![the plan](plan.png)"], "a picture in the text does not load: the plan"),
    "hidden": ([PLOT, HIDE], "1 pictures were made, 0 are on the screen"),
    "frozen": (
        [SHOW.format(STILL.format("<p>still"))],
        "1 figures move, 0 of them run on the page",
    ),
    "formula": (["$$1 + \\right)$$"], "a formula does not parse"),
}

TOP = """\
from course.exercises.tensors import check, guess, progress
from course.look import start
from course.pictures.tensors import diamond

start()"""
FOLD = """\
Rise over run?

<details><summary>Hint</summary>

Two calls of `f`, and one division.

</details>
<details><summary>One solution</summary>

```python
def my_slope(f, x, h=1e-6):
    return (f(x + h) - f(x)) / h
```

</details>"""
ASK = 'answer = ...\nguess("which way to turn ahead", answer)'
BLANK = "def my_slope(f, x, h=1e-6): ...\n\n\nslope = check(my_slope)"
LESSON = [TOP, "Which way?", ASK, FOLD, BLANK, "diamond()", "progress()"]
RUNS = "<body class=runs><svg></svg><button>go</button>"
SLIPS = {  # which cell of the lesson is changed, to what, and what a learner then meets
    "lesson": (1, "Which way?", None),
    "silent": (0, TOP + "\nguess = lambda *_: None", 'not "The slope is negative'),
    "wrong_solution": (3, FOLD.replace(" / h", ""), "the chapter's own solution for my_slope gets"),
    "no_hint": (3, FOLD.replace("Hint", "Help"), 'there is no fold "Hint" beside the cell'),
    "stuck": (5, SHOW.format(STILL.format(RUNS)), "a figure that should move stays as it is"),
    "no_progress": (6, "progress = None\nprogress()", "progress() shows nothing"),
    "other_book": (
        0,
        TOP + "\nfrom course.exercises.layers import progress",
        "progress() counts otherwise than the learner",
    ),
}


def is_code(source):
    return not source.startswith(("!", "$", "Which", "Rise"))


def write(folder, name, sources, kernel="python3"):
    make = {True: nbformat.v4.new_code_cell, False: nbformat.v4.new_markdown_cell}
    cells = [make[is_code(source)](source) for source in sources]
    if name == "no_picture":
        cells[1].update(outputs=STORED, execution_count=2)
    spec = {"name": kernel, "display_name": kernel}
    path = folder / f"{name}.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": spec}), path)
    return path


def said(script, paths):
    """What the script says of each notebook: its line, and the problems below it."""
    command = ["node", browser.HERE / script, "--python", sys.executable, "--theme", "light"]
    command += ["--chromium", browser.chromium(), "--timeout", "45", *paths]
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=1200)
    assert done.returncode == 1, done.stdout + done.stderr
    told = {}
    for line in done.stdout.splitlines():
        if line.startswith(("ok ", "FAIL ")):
            name = line.split()[1].partition(".")[0]
        told[name] = told.get(name, "") + line + "\n"
    return told


needs_browser = pytest.mark.skipif(bool(browser.missing()), reason=f"needs {browser.missing()}")


@pytest.mark.thorough
@needs_browser
def test_each_planted_fault_is_named_and_a_good_notebook_passes(tmp_path):
    (tmp_path / "dot.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    )
    kernels = {"no_kernel": "a kernel that nobody has"}
    paths = [
        write(tmp_path, name, sources, kernels.get(name, "python3"))
        for name, (sources, _) in FAULTS.items()
    ]
    told = said("run_all.mjs", paths)
    for name, (_, fault) in FAULTS.items():
        assert told[name].startswith("FAIL" if fault else "ok"), told[name]
        assert not fault or fault in told[name], told[name]


@pytest.mark.thorough
@needs_browser
def test_a_learner_notices_what_is_broken_in_a_lesson(tmp_path):
    paths = []
    for name, (place, source, _) in SLIPS.items():
        cells = [*LESSON]
        cells[place] = source
        paths.append(write(tmp_path, name, cells))
    told = said("learner.mjs", paths)
    assert "1 questions, 1 exercises, 1 figures moved" in told["lesson"], told["lesson"]
    for name, (*_, fault) in SLIPS.items():
        assert told[name].startswith("FAIL" if fault else "ok"), told[name]
        assert not fault or fault in told[name], told[name]


def test_what_a_learner_types_is_in_the_books():
    typed = answers()
    assert typed["which way to turn ahead"]["right"] == '"larger"'
    assert typed["which way to turn ahead"]["wrong"] == '"smaller"'
    assert all(each["right"] != each["wrong"] and each["reply"] for each in typed.values())
    assert not any("`" in each["reply"] for each in typed.values())  # as the page shows it
    assert len(typed) > 100


def test_what_is_missing_is_said_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "none"))
    monkeypatch.setenv("PLAYWRIGHT_FROM", str(tmp_path / "package.json"))
    with pytest.raises(SystemExit) as told:
        browser.main([])
    (line,) = str(told.value).splitlines()
    assert all(name in line for name in ("node", "chromium", "playwright-core", "README.md"))
    (tmp_path / "node_modules" / "playwright-core").mkdir(parents=True)
    assert "playwright" not in browser.missing() and "node" in browser.missing()


def test_run_py_has_the_verb(monkeypatch):
    called = []
    monkeypatch.setattr(run, "environment", lambda: None)
    monkeypatch.setattr(run, "hand_over", lambda command, folder: called.extend(command) or 3)
    assert run.main(["browser", "--theme", "dark"]) == 3
    assert called[1:] == ["-m", "tools.browser", "--theme", "dark"]
