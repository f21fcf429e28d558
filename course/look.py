"""How the chapters look: `start()` sends their style, and lets errors say the reader's own lines.

Everything that it shows is the same on every machine, so that nbval can compare it.
"""

import json
import linecache
import os
import re
import sys
from functools import partial
from pathlib import Path
from unittest.mock import patch

import matplotlib.pyplot as plt
from IPython import get_ipython
from IPython.core.pylabtools import retina_figure
from IPython.display import display
from IPython.utils.capture import capture_output
from matplotlib.contour import ContourSet
from matplotlib.figure import Figure

from course.exercises.kit import Book
from course.exercises.values import word_meant

STYLE = """
<style>
.jp-Notebook .jp-RenderedMarkdown > :not(table, pre, .jp-RenderedHTMLCommon) { max-width: 46em }
.jp-Notebook .jp-RenderedMarkdown > :is(h1, h2) { margin-top: 1.2em }
.jp-Notebook .jp-RenderedMarkdown details { margin: .4em 0 1.2em; padding: .2em .9em;
  border-left: 3px solid var(--jp-border-color1) }
.jp-Notebook .jp-RenderedMarkdown summary { cursor: pointer; color: var(--jp-content-link-color) }
.jp-Notebook .jp-RenderedImage img { background: #fff; border-radius: 8px; padding: 8px;
  max-width: 100% !important; height: auto; box-sizing: border-box }
.jp-Notebook .minnet-moving { border: 1px solid var(--jp-border-color2) }
.jp-Notebook .jp-InputPlaceholder { max-width: 46em }
.jp-Notebook .jp-Placeholder-content { min-width: 0; overflow: hidden }
.jp-Notebook .jp-RenderedMarkdown table { margin-left: 0 }
.jp-Notebook td { overflow-wrap: anywhere }
.jp-Notebook td code { overflow-wrap: normal; padding: 1px 2px; font-size: .9em }
.jp-Notebook .jp-OutputArea-output pre { word-break: normal; overflow-wrap: break-word }
.jp-Notebook mjx-container[display="true"] { overflow: auto hidden }
@media (width <= 760px) {
  .jp-Notebook .jp-Placeholder-prompt { flex: 0 0 4px; min-width: 0; padding: 0 }
  .jp-Notebook td code { overflow-wrap: anywhere }
  .jp-Notebook .jp-RenderedMarkdown td:has(> code) { min-width: 10em } }
[data-jp-theme-light="false"] .jp-Notebook .jp-RenderedImage img:not(.jp-mod-unconfined),
[data-jp-theme-light="false"] .jp-Notebook .minnet-moving:not(.minnet-picture) {
  filter: invert(.92) hue-rotate(180deg) }
</style>
"""


class Style:
    """The style of a chapter, as a notebook shows it; in a terminal one line."""

    def __repr__(self):
        return "The chapter is ready."

    def _repr_html_(self):
        return STYLE + '<span style="opacity:.6">The chapter is ready.</span>'


def start():
    """Once, at a chapter's top: its style, figures with two pixels for one, short errors."""
    shell = get_ipython()
    if shell is not None:
        shell.run_line_magic("matplotlib", "inline")  # it would set its own PNGs later
        png = shell.display_formatter.formatters["image/png"]
        png.for_type(Figure, partial(picture_of, base64=True))
        shell.set_custom_exc((Exception,), short_error)
    plt.style.use("course.house")
    display(Style())


def picture_of(figure, **how):
    """A figure as PNG with twice the pixels, and whether the dark theme may turn it."""
    data, about = retina_figure(figure, bbox_inches=None, **how)
    # JupyterLab makes a class of `unconfined`, by which the style knows pictures from line plots.
    return data, about | {"unconfined": True} if stays_light(figure) else about


def stays_light(figure):
    """True for digits and landscapes, which would be negatives in the dark theme."""
    return any(
        ax.images or any(isinstance(each, ContourSet) and each.filled for each in ax.collections)
        for ax in figure.axes
    )


# Errors


def short_error(shell, kind, error, traceback, tb_offset=None):
    """The reader's own lines, and the last one: what is inside minnet is not theirs to read."""
    lines = []
    while traceback is not None:
        code, line = traceback.tb_frame.f_code, traceback.tb_lineno
        cell = shell.compile.format_code_name(code.co_filename)
        if cell:
            inside = "" if code.co_name == "<module>" else f", in {code.co_name}"
            lines.append(f"{cell[1]}, line {line}{inside}:")
            lines.append(f"\x1b[32m    {linecache.getline(code.co_filename, line).strip()}\x1b[0m")
        traceback = traceback.tb_next
    if len(lines) > 8:  # a function that calls itself
        lines = [*lines[:4], "…", *lines[-4:]]
    line = lines[-1] if lines else ""
    told = in_quotes(error, line) or as_python_writes(error)
    said = [*lines, f"\x1b[31m{kind.__name__}\x1b[0m: {error}", *filter(None, [told])]
    shell._showtraceback(kind, error, said)
    return said


def in_quotes(error, line="answer"):
    """What to say to a word that is an answer, and was typed without quotes; else what may be."""
    missing = getattr(error, "name", None) if isinstance(error, NameError) else None
    words = [
        word
        for module in [*sys.modules.values()]
        if isinstance(getattr(module, "book", None), Book)
        for entry in module.book.entries.values()
        for word in (getattr(entry, "answer", None), *(wrong for wrong, _ in entry.mistakes))
    ]
    lists = {word for several in words if isinstance(several, list) for word in several}
    denied = f"not {missing}" if f"not {missing}" in line else missing
    word = word_meant(denied, words) if missing else None
    if re.search(r"\banswer\b|\b(guess|check)\(", line):
        if word:
            return f'Is it a word of your answer? Words stand in quotes: answer = "{word}"'
        if missing in {each for each in lists if isinstance(each, str)}:
            return f'Is it a word of your answer? Words stand in quotes: "{missing}"'
        if missing and len(missing) == 1 and "answer =" in line:
            return f"Is `{missing}` a letter of the question? Put its number in its place."
    return "Is it misspelt, or was the cell above that makes it not run yet?" if missing else ""


def as_python_writes(error):
    """What to say to an answer in the writing of a school: 1,000,001, or 0,05, or 85 %, or 2^10."""
    if isinstance(error, TypeError) and "for ^" in str(error):
        return "Python writes a power with two stars: 2**10"
    line = (error.text or "").strip() if isinstance(error, SyntaxError) else ""
    if "invalid decimal literal" in str(error) and re.search(r"\d\.[A-Za-z]", line):
        return "Before a method, what it belongs to stands in brackets: ((a - b) ** 2).mean()"
    if "invalid decimal literal" in str(error) and re.search(r"\d[A-Za-z(]", line):
        return "Python multiplies only where a star stands: 2 * a"
    answer = re.sub(r"^answer *= *| *(#.*)?$", "", line) if line.startswith("answer") else ""
    if re.fullmatch(r"\d{1,3}(,\d{3}){2,}|[1-9]\d{0,2},\d{3}", answer):
        return f"Python writes a large number without commas: answer = {answer.replace(',', '_')}"
    if re.fullmatch(r"\d+,\d+", answer):
        return f"Python writes a point, not a comma: answer = {answer.replace(',', '.')}"
    if re.fullmatch(r"\d+(\.\d+)? *%", answer):
        return f"Python knows no per cent: answer = {float(answer.rstrip(' %')) / 100:g}"
    if re.fullmatch(r"[A-Za-z]+( +[\w.]+)+", answer):
        return f'Words stand in quotes: answer = "{answer}"'
    return ""


# Sittings


def start_here(*needed):
    """Enter a later sitting: what it needs is here, or the cells above are run now, unseen."""
    shell, names = get_ipython(), sys._getframe(1).f_globals
    missing = [name for name in needed if name not in names]
    if missing:
        run_above(shell, names)
        missing = [name for name in needed if name not in names]
    if missing:
        print(
            f"Not here yet: {', '.join(missing)}. Choose Run → Run All Above Selected Cell, "
            "then run this cell again."
        )
    else:
        print("Everything is here: go on.")


def run_above(shell, names):
    """Run the cells above the one that runs now, unseen, as far as that goes."""
    path = Path(os.environ.get("JPY_SESSION_NAME") or names.get("__vsc_ipynb_file__") or "none")
    try:
        cells = json.loads(path.read_text("utf-8"))["cells"]
    except (OSError, ValueError, KeyError):
        return
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    alike = [re.sub(r"\s", "", source) for source in sources]
    now = re.sub(r"\s", "", names["In"][-1])
    if shell is None or now not in alike:
        return
    with capture_output(), patch.object(shell, "_showtraceback", lambda *error: None):
        for source in sources[: alike.index(now)]:
            if "start_here(" not in source:
                shell.run_cell(source, store_history=False, silent=True)
