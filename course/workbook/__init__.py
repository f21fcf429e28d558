"""The workbook: sheets on which a learner writes minnet, and the package that it becomes.

start("tensors")     everything that is given, and what is yours already
check("multiply")    the verdict on what you wrote, and what comes next
build()              your module, written; what is not right yet is borrowed
draw()               the chapter's figure, drawn by your package
"""

import json
import os
import re
import sys
from contextlib import suppress
from difflib import get_close_matches
from importlib import import_module, invalidate_caches
from pathlib import Path

from course.exercises.kit import Verdict
from course.workbook import packages
from course.workbook.blanks import asked, find
from course.workbook.packages import CHAPTERS
from course.workbook.record import Workbook
from course.workbook.text import defined, put, refusing

now = {}  # the sheet that is open in this kernel: its chapter, its folder, the names of its cells


def start(chapter, names=None, folder=None):
    """Open a sheet: what is given is defined, and so is what is yours already."""
    names = sys._getframe(1).f_globals if names is None else names
    workbook = Workbook(Path.cwd() if folder is None else folder)
    now.update(chapter=chapter, workbook=workbook, names=names)
    workbook.recheck()
    earlier = CHAPTERS[: CHAPTERS.index(chapter)]
    missing = [each for each in earlier if not (workbook.package / f"{each}.py").exists()]
    if missing:
        workbook.build(earlier[-1])
        print(f"Not there, and so built anew: {', '.join(missing)}.")
    workbook.lay_out({})
    use(workbook.package)
    for module in earlier:
        names.update(
            {k: v for k, v in vars(import_module(f"minnet.{module}")).items() if k[:2] != "__"}
        )
    now["back"] = workbook.borrowed(earlier[-1]) if earlier else []
    exec(compile(prepared(chapter, workbook), f"<{chapter}, given>", "exec"), names)
    dress()
    print(standing(chapter, workbook))


def prepared(chapter, workbook):
    """The module's text as the sheet begins with it: theirs, the given, and blanks that say so."""
    yours, pieces = workbook.yours(), {}
    for name, blank in asked(chapter).items():
        pieces[name] = blank.in_full(yours[name]) if name in yours else refusing(blank.stub, name)
    return put(packages.finished_text(chapter), pieces)


def use(package):
    """Let `import minnet` find this package from now on, and no other that came before."""
    for name in [each for each in sys.modules if each.partition(".")[0] == "minnet"]:
        del sys.modules[name]
    folder = str(package.parent)
    sys.path[:] = [folder, *(each for each in sys.path if each != folder)]
    invalidate_caches()
    found = Path(import_module("minnet").__file__).parent
    if found.resolve() != package.resolve():
        raise ImportError(f"`import minnet` finds {found}, and not yours in {package}")


def dress():
    """The look of the chapters: in a notebook."""
    try:
        from IPython import get_ipython

        if get_ipython() is not None:
            from course import look

            look.start()
    except ImportError:
        pass


# Checking


def check(what):
    """The verdict on a definition, as its cell was run last; what is right is kept."""
    name = what if isinstance(what, str) else str(getattr(what, "__name__", what))
    blank = find(name)
    if blank is None:
        every = [each for chapter in CHAPTERS for each in asked(chapter)]
        near = get_close_matches(name, every, n=1)
        told = f" Did you mean `{near[0]}`?" if near else ""
        return Verdict(name, "not yet", f"Nothing is asked under this name.{told}")
    workbook, source = now["workbook"], written(name)
    if source is None:
        verdict = Verdict(name, "not tried yet", nowhere(name, workbook))
    else:
        verdict = blank.judge(source)
        workbook.keep(blank, source, verdict)
        complete(name)
    if verdict.state == "not yet" and name in workbook.yours():
        verdict.reply += "\nThe one that was right before is kept."
    told = following(name, verdict, workbook)
    verdict.reply = f"{verdict.reply}\n{told}".strip()
    return verdict


def complete(name):
    """Give a class that a cell has made anew what its module adds to it further down."""
    if isinstance(now["names"].get(name), type):
        text = packages.finished_text(find(name).module)
        for line in re.findall(rf"^{name}\.\w+.* = .+$", text, re.M):
            with suppress(NameError, AttributeError):
                exec(line, now["names"])


def written(name):
    """The text of the cell, run last in this kernel, that defines `name`; or None.

    A cell that is no Python, and would define it, counts, too: its check says what is wrong.
    """
    for source in reversed(now["names"].get("In", [])):
        try:
            if name in defined(source):
                return source
        except SyntaxError:
            if f"def {name}(" in source or f"class {name}" in source:
                return source
    return None


def nowhere(name, workbook):
    """What to say where no cell that has run defines this name."""
    if name in workbook.yours():
        return "It has not run in this kernel; what was right before is kept."
    every = {
        other
        for source in now["names"].get("In", [])
        for other in safely(defined, source)
        if find(other) is None
    }
    given = set(safely(defined, packages.finished_text(find(name).module)))
    near = get_close_matches(name, every - given, n=1, cutoff=0.6)
    if near:
        return f"A cell defines `{near[0]}`: is that the one? It has to be called `{name}`."
    return (
        f"No cell that has run defines `{name}`. If its cell is lost, write this into a new one:\n"
        f"{find(name).stub}"
    )


def safely(function, *arguments):
    try:
        return function(*arguments)
    except SyntaxError:
        return []


def following(name, verdict, workbook):
    """How many of this sheet are theirs, those that came back included, and what comes next."""
    twice = cells_with(name)
    more = f"`{name}` stands in {twice} cells: the one that ran last counts. " if twice > 1 else ""
    if verdict.state != "right":
        return more.strip()
    yours, here = workbook.yours(), [*now.get("back", []), *asked(now["chapter"])]
    left = [each for each in here if each not in yours]
    if not left:
        return f"{more}All {len(here)} of this sheet are yours: build the module."
    place = here.index(name) if name in here else -1
    ahead = [each for each in left if here.index(each) > place] or left
    return (
        f"{more}Yours: {len(here) - len(left)} of {len(here)}. Next: one definition, `{ahead[0]}`, "
        "about ten minutes; or stop here, and nothing is lost."
    )


def cells_with(name):
    """In how many cells of the sheet, as it was saved last, a name is defined."""
    path = Path(os.environ.get("JPY_SESSION_NAME") or now["names"].get("__vsc_ipynb_file__", ""))
    try:
        cells = json.loads(path.read_text("utf-8"))["cells"]
    except (OSError, ValueError, KeyError):
        return 0
    sources = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return sum(name in safely(defined, source) for source in sources)


def counted(chapter, workbook):
    """How many of a chapter are theirs, and the names of those that are not."""
    yours = workbook.yours()
    left = [name for name in asked(chapter) if name not in yours]
    return len(asked(chapter)) - len(left), left


def standing(chapter, workbook):
    """One or two lines: what is theirs, and what their package has borrowed."""
    mine, left = counted(chapter, workbook)
    earlier = CHAPTERS[: CHAPTERS.index(chapter)]
    borrowed = workbook.borrowed(earlier[-1]) if earlier else []
    lines = [f"Yours on this sheet: {mine} of {mine + len(left)}."]
    if earlier:
        lines.append(
            f"Your package so far: {', '.join(earlier)}."
            + (f" Borrowed in it: {', '.join(borrowed)}." if borrowed else " Nothing is borrowed.")
        )
    return "\n".join(lines)


# Building


def build():
    """Judge what has run in this kernel, write the module, and say what is yours."""
    chapter, workbook = now["chapter"], now["workbook"]
    wanted = [*asked(chapter), *workbook.borrowed(chapter)]
    lost = {}
    for name in dict.fromkeys(wanted):
        source = written(name)
        if source is None:
            continue
        verdict = find(name).judge(source)
        workbook.keep(find(name), source, verdict)
        if verdict.state == "not yet":
            lost[name] = in_one_line(verdict.reply)
    workbook.build(chapter)
    use(workbook.package)
    mine, left = counted(chapter, workbook)
    print(f"minnet/{chapter}.py is written: {mine} of {mine + len(left)} definitions are yours.")
    kept = [name for name in lost if name in workbook.yours()]
    for name in kept:
        print(f"  {name}: what stands in its cell is not right; the one from before is kept.")
    borrowed = workbook.borrowed(chapter)
    if borrowed:
        print("Borrowed, and back on the next sheet:")
        for name in borrowed:
            print(f"  {name}" + (f": {lost[name]}" if name in lost else waiting(name, workbook)))
    else:
        print("Nothing is borrowed.")


def waiting(name, workbook):
    """Why it is borrowed, where no cell with it has run in this kernel."""
    tried = workbook.read()["yours"].get(name, {}).get("last") == "not yet"
    return ", tried, and not right yet" if tried else ", still blank"


def in_one_line(reply):
    """A reply as one sentence after another: what stood in lines of its own, too."""
    line = re.sub(r"(?<=[^.:?!,])\n", ", ", reply).replace("\n", " ")
    return line if len(line) < 200 else line[:198] + " …"


def draw():
    """The chapter's figure, drawn by the package in this folder, and how much of it is yours."""
    from IPython.display import Image, display

    from course.workbook.sheets import picture_of

    chapter, workbook = now["chapter"], now["workbook"]
    if chapter not in workbook.built():
        print("Run the cell above first: it writes your module.")
        return
    use(workbook.package)
    begun = CHAPTERS[: CHAPTERS.index(chapter) + 1]
    count = [counted(each, workbook) for each in begun]
    mine, every = sum(m for m, _ in count), sum(m + len(left) for m, left in count)
    built = f"built by you: {mine} of {every} definitions"
    data, said = picture_of(chapter, Mine(begun), built)
    display(Image(data, alt=f"{said}; {built}"))
    print(f"{said[0].upper()}{said[1:]}. {built[0].upper()}{built[1:]}.")


class Mine:
    """The package that `import minnet` finds, every name of its modules as an attribute."""

    def __init__(self, modules):
        self.parts = [import_module(f"minnet.{module}") for module in modules]

    def __getattr__(self, name):
        for module in reversed(self.parts):
            if name in vars(module):
                return vars(module)[name]
        raise AttributeError(f"nothing in your minnet is called {name}")
