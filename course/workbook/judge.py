"""`python run.py mine`: the suite that judges our package, against the learner's.

A test counts as theirs where it passes, and fails as soon as what they wrote is blank: so nobody is
praised for what is borrowed. What fails is blamed on a definition by trial: with ours in its place,
the test passes.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from course.workbook.blanks import asked, find
from course.workbook.packages import CHAPTERS, ROOT
from course.workbook.record import Workbook, write
from course.workbook.text import defined, waits

LAST = ["arguments", "everywhere", "files", "fuzz", "plots", "pytorch", "resume", "tables"]
MOST_BLAMED, SECONDS = 5, 900


def mine(folder, wanted):
    if wanted.folders:
        return table(wanted.folders)
    workbook = Workbook(folder)
    if not workbook.built():
        yours = len(workbook.yours())
        print(
            f"No module is built yet ({yours} definitions are right): the last cells of the first "
            "sheet do it. `python run.py workbook` opens it."
        )
        return 0
    if workbook.recheck():
        workbook.build(workbook.built()[-1])
    bad = 0
    for chapter in workbook.built():
        bad += report(workbook, chapter, wanted.quick)
    print(next_step(workbook))
    return 1 if bad else 0


def report(workbook, chapter, quick=False):
    """Print how a chapter stands; how many things are wrong."""
    number, yours = CHAPTERS.index(chapter) + 1, workbook.yours()
    own = [name for name in asked(chapter) if name in yours]
    lent = [name for name in workbook.borrowed(chapter) if find(name).module == chapter]
    line = f"{number} {chapter}: {len(own)} of {len(asked(chapter))} yours"
    if number < workbook.read()["start"]:
        line += ", the course's"
    line += f", borrowed: {', '.join(lent)}" if lent else ""
    print(line, flush=True)
    trouble = [*oddities(workbook, chapter), *wrong(workbook, own)]
    for words in trouble:
        print(f"    {words}", flush=True)
    if quick:
        return len(trouble)
    found = suite(workbook.package, chapter)
    failed = {name: said for name, (how, said) in found.items() if how == "failed"}
    passed = [name for name, (how, _) in found.items() if how == "passed"]
    hanging = hang_on(workbook, chapter, own) & set(passed) if own else set()
    print(
        f"    {len(passed)} of {len(passed) + len(failed)} tests pass; {len(hanging)} of them hang "
        "on what you wrote",
        flush=True,
    )
    for words in blamed(workbook, chapter, failed):
        print(f"    {words}", flush=True)
    return len(trouble) + len(failed)


def oddities(workbook, chapter):
    """What is not as it was built: a module edited by hand, a sheet that says something else."""
    if chapter in workbook.edited():
        yield f"minnet/{chapter}.py is not as it was built: run the last cells of its sheet again"
    yours = workbook.yours()
    for place in sorted(workbook.folder.glob("*.ipynb")):
        cells = cells_of(place)
        if cells is None:
            if place.name.startswith(f"{CHAPTERS.index(chapter) + 1:02}_"):
                yield (
                    f"{place.name} cannot be read, perhaps it was saved half-way: what was right "
                    "is kept; .ipynb_checkpoints has the version before, and --fresh a new one"
                )
            continue
        stands = defaultdict(list)
        for source in cells:
            for name in names_in(source):
                if name in asked(chapter):
                    stands[name].append(source)
        for name, sources in stands.items():
            if len(sources) > 1:
                yield f"`{name}` stands in {len(sources)} cells of {place.name}: keep one of them"
            elif name in yours and not waits(sources[0]) and sources[0] != yours[name]:
                yield f"`{name}` in {place.name} is not the one that was checked: run its check"


def cells_of(place):
    """The code of a notebook, cell by cell; None where it cannot be read."""
    try:
        cells = json.loads(place.read_text("utf-8"))["cells"]
        return ["".join(each["source"]) for each in cells if each["cell_type"] == "code"]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def names_in(source):
    try:
        return defined(source)
    except SyntaxError:
        return []


def wrong(workbook, names):
    """What the checks of the sheets say now of what was right when it was written."""
    for name in names:
        verdict = find(name).judge(workbook.yours()[name])
        if verdict.state != "right":
            first = verdict.reply.partition("\n")[0]
            yield f"`{name}` is not right, though it was taken for it: {first}"


# The suite


def tests_of(chapter):
    """The tests of a chapter; with the last module come those of the package as a whole."""
    names = [chapter, *(LAST if chapter == CHAPTERS[-1] else [])]
    paths = [ROOT / "tests" / f"test_{name}.py" for name in names]
    return [str(path) for path in paths if path.exists()]


def suite(package, chapter, only=(), words=()):
    """{test: (how it ended, what it said)} of our tests against this package, and no other."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "results.json"
        paths = os.pathsep.join([str(package.parent), str(ROOT)])
        settings = {"PYTHONPATH": paths, "MINNET_PACKAGE": str(package)}
        settings |= {"MINNET_RESULTS": str(file), "PYTHONDONTWRITEBYTECODE": "1"}
        for library in ("OPENBLAS", "OMP", "MKL"):
            settings[library + "_NUM_THREADS"] = "1"
        pytest = [sys.executable, "-P", "-m", "pytest", "-q", "-p", "course.workbook.watch"]
        pytest += ["-o", "pythonpath=", "-p", "no:cacheprovider", "-p", "no:nbval", *words]
        pytest += [f"--rootdir={ROOT}", "-c", str(ROOT / "pyproject.toml")]
        done = subprocess.run(
            [*pytest, *(map(full, only) if only else tests_of(chapter))],
            cwd=package.parent,  # where `python -c` of a test finds this package, and not ours
            env=os.environ | settings,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS,
        )
        if not file.exists():
            return {"the tests": ("failed", [(done.stdout + done.stderr)[-1000:]] * 2)}
        found = json.loads(file.read_text("utf-8"))
    if found["strangers"]:
        strange = f"another minnet was tested: {', '.join(found['strangers'])}"
        return {"the tests": ("failed", [strange, strange])}
    return {name: tuple(each) for name, each in found["tests"].items()}


def full(test):
    """A test by its whole path."""
    return str(ROOT / test)


def hang_on(workbook, chapter, names):
    """The tests that fail where these definitions are blank."""
    with changed(workbook, {chapter: {"refuse": names}}) as package:
        found = suite(package, chapter)
    if any("::" not in name for name in found):  # nothing could even be collected
        return set(suite(workbook.package, chapter))
    return {name for name, (how, _) in found.items() if how == "failed"}


class changed:  # noqa: N801
    """A copy of the package in which some modules are built in another way."""

    def __init__(self, workbook, how):
        self.workbook, self.how = workbook, how

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        package = Path(self.folder.name) / "minnet"
        shutil.copytree(
            self.workbook.package, package, ignore=shutil.ignore_patterns("__pycache__")
        )
        for module, settings in self.how.items():
            write(package / f"{module}.py", self.workbook.text(module, **settings))
        return package

    def __exit__(self, *error):
        self.folder.cleanup()


def blamed(workbook, chapter, failed):
    """For each failure, in words, whose fault it is: with ours in its place, the test passes."""
    left = dict(list(failed.items())[:MOST_BLAMED])
    for name in suspects(workbook, chapter, failed):
        if not left:
            break
        module = find(name).module
        with changed(workbook, {module: {"without": [name]}}) as package:
            found = suite(package, chapter, only=list(left))
        cured = [test for test in left if found.get(test, ("failed",))[0] == "passed"]
        fine = cured and find(name).judge(workbook.yours()[name]).state == "right"
        for test in cured:
            said = first_line(left.pop(test)[0])
            yield f"{short(test)} fails because of your `{name}`: {said}" + fine * (
                " (Its check says right: this asks for more, such as a rare input, time or memory.)"
            )
    for test, said in left.items():
        yield f"{short(test)} fails, and no definition alone is the cause: {first_line(said[0])}"
    if len(failed) > MOST_BLAMED:
        yield f"and {len(failed) - MOST_BLAMED} more fail"


def suspects(workbook, chapter, failed):
    """What they wrote, up to this chapter: first whom failures name, most often first."""
    said = " ".join(f"{test} {words[1]}" for test, words in failed.items())
    modules = CHAPTERS[: CHAPTERS.index(chapter) + 1]
    names = [n for m in reversed(modules) for n in asked(m) if n in workbook.yours()]
    return sorted(names, key=lambda name: -len(re.findall(rf"\b{re.escape(name)}\b", said)))


def short(test):
    return test.rpartition("::")[2]


def first_line(words):
    some = [each.strip() for each in words.splitlines() if each.strip()]
    line = " ".join(some[: 1 + (len(some) > 1 and some[0].endswith(":"))])
    return line if len(line) < 200 else line[:198] + " …"


def next_step(workbook):
    """What to look at next: one thing."""
    built = workbook.built()
    open_ones = workbook.borrowed(built[-1])
    if open_ones:
        name = open_ones[0]
        return f"Next: `{name}`, borrowed in {find(name).module}, about ten minutes."
    if len(built) < len(CHAPTERS):
        return "Next: the sheet after this one, `python run.py workbook`."
    return "The whole of minnet is yours."


# For a teacher


def table(folders):
    """One row for each learner, then the mistakes that were recognised, most frequent first."""
    rows, mistakes, known = [], defaultdict(set), 0
    for folder in folders:
        found = judged(folder)
        rows.append(row(folder, found))
        if found:
            known += 1
            for name, entry in found["yours"].items():
                for label in entry.get("mistakes", {}):
                    if label != "another":
                        mistakes[label, name].add(str(folder))
    heads = ["learner", *(f"{i} {chapter}" for i, chapter in enumerate(CHAPTERS, 1)), "questions"]
    widths = [max(len(each[i]) for each in [heads, *rows]) for i in range(len(heads))]
    for each in [heads, *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(each, widths)).rstrip())
    print("\nOf each chapter: yours of asked, and those that were tried and fail, marked with !.")
    by_label = defaultdict(lambda: (set(), []))
    for (label, name), who in mistakes.items():
        by_label[label][0].update(who)
        by_label[label][1].append(name)
    for label, (who, names) in sorted(by_label.items(), key=lambda each: -len(each[1][0])):
        print(f"{len(who)} of {known}: {label} ({', '.join(sorted(names))})")
    return 0


def row(folder, found):
    """A learner's line."""
    name = folder.resolve().name
    if found is None:
        return [name, *["no record"], *[""] * (len(CHAPTERS) - 1), ""]
    cells = []
    for chapter in CHAPTERS:
        states = Counter(found["states"].get(each) for each in asked(chapter))
        tried = sum(states.values()) - states[None]
        failing = "!" * bool(states["not yet"]) + str(states["not yet"] or "")
        cells.append(f"{states['right']}/{len(asked(chapter))} {failing}".strip() if tried else "")
    return [name, *cells, found["questions"]]


def judged(folder):
    """What a learner's folder holds, tried anew in a process of its own; None without a record."""
    places = [folder, folder / "workbook", folder / "my_course" / "workbook"]
    place = next((each for each in places if (each / ".yours.json").exists()), None)
    if place is None:
        return None
    command = [sys.executable, "-m", "course.workbook.judge", str(place.resolve())]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=SECONDS
        )
        return json.loads(done.stdout.splitlines()[-1])
    except (subprocess.TimeoutExpired, ValueError, IndexError):
        return None


def tried(place):
    """The record with the verdict that each text deserves now, and the chapters' questions."""
    workbook = Workbook(place)
    kept, states = workbook.read()["yours"], {}
    for name, entry in kept.items():
        blank = find(name)
        if blank is None:
            continue
        if entry.get("source"):
            verdict = blank.judge(entry["source"])
            states[name] = "right" if verdict.state == "right" else "not yet"
        else:
            states[name] = entry.get("last", "not yet")
    return {"yours": kept, "states": states, "questions": questions(place)}


def questions(place):
    """How many of the chapters' questions that were answered are right, where that is handed in."""
    for folder in (place, place.parent):
        try:
            kept = json.loads((folder / ".progress.json").read_text("utf-8"))
            states = [state for chapter in kept.values() for state in chapter.values()]
            return f"{states.count('right')} of {len(states)} right"
        except (OSError, ValueError, AttributeError):
            continue
    return ""


if __name__ == "__main__":
    print(json.dumps(tried(Path(sys.argv[1]))))
