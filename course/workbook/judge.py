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
FORM = {  # what these ask for is how ours is written, and nothing that a learner has to meet
    "test_a_large_gradient_is_taken_over_and_not_copied": "an array's place in memory",
}


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
    bad = [each for chapter in workbook.built() for each in report(workbook, chapter, wanted.quick)]
    print(next_step(workbook, [name for name in bad if name in workbook.yours()]))
    return 1 if bad else 0


def report(workbook, chapter, quick=False):
    """Print how a chapter stands. What is wrong: a definition's name, or words."""
    number, yours = CHAPTERS.index(chapter) + 1, workbook.yours()
    own = [name for name in asked(chapter) if name in yours]
    lent = [name for name in workbook.borrowed(chapter) if find(name).module == chapter]
    odd, refused = list(oddities(workbook, chapter)), dict(wrong(workbook, own))
    lines, guilty = [*odd, *refused.values()], [*refused]
    if not quick:
        lives(f"{number} {chapter}: our tests run against yours")
        found = suite(workbook.package, chapter)
        failed = {name: said for name, (how, said) in found.items() if how == "failed"}
        passed = [name for name, (how, _) in found.items() if how == "passed"]
        lives(", and once more with yours blank" if own else "")
        hanging = hang_on(workbook, chapter, own) & set(passed) if own else set()
        lives(", and with ours, to find the cause" if failed else "")
        blame = list(blamed(workbook, chapter, failed))
        lives("\n")
        guilty = list(dict.fromkeys([*refused, *(name for name, _ in blame)]))
        lines += [
            f"{len(passed)} of {len(passed) + len(failed)} tests pass; {len(hanging)} of them hang "
            "on what you wrote",
            *(words for _, words in blame),
        ]
    fine = [name for name in own if name not in guilty]
    line = f"{number} {chapter}: {len(fine)} of {len(asked(chapter))} yours"
    if number < workbook.read()["start"]:
        line += ", the course's"
    failing = [name for name in own if name in guilty]
    line += f", failing: {', '.join(failing)}" if failing else ""
    line += f", borrowed: {', '.join(lent)}" if lent else ""
    print(line)
    for words in lines:
        print(f"    {words}", flush=True)
    return [*odd, *guilty]


def lives(words):
    """Said at once, and apart from the report: this takes a minute or two."""
    print(words, end="", file=sys.stderr, flush=True)


def oddities(workbook, chapter):
    """What is not as it was built: a module edited by hand, a sheet that says something else."""
    if chapter in workbook.edited():
        yield f"minnet/{chapter}.py is not as it was built: run the last cells of its sheet again"
    yours, last = workbook.yours(), {}
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
            elif name in yours and not waits(sources[0]):
                last[name] = place.name, sources[0]  # borrowed, it was asked on a later sheet again
    for name, (place, source) in last.items():
        if source == yours[name]:
            continue
        if find(name).judge(source).state == "right":
            yield f"`{name}` in {place} is not the one that was checked: run its check"
        else:
            yield f"`{name}` in {place} is not right: your package keeps the one that was"


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
    """(name, words): what the checks say now of what was right when it was written."""
    for name in names:
        verdict = find(name).judge(workbook.yours()[name])
        if verdict.state != "right":
            first = verdict.reply.partition("\n")[0]
            yield name, f"`{name}` is not right, though it was taken for it: {first}"


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
        said = run_alive(
            [*pytest, *(map(full, only) if only else tests_of(chapter))],
            cwd=package.parent,  # where `python -c` of a test finds this package, and not ours
            env=os.environ | settings,
        )
        if not file.exists():
            return {"the tests": ("failed", [said[-1000:]] * 2)}
        found = json.loads(file.read_text("utf-8"))
    if found["strangers"]:
        strange = f"another minnet was tested: {', '.join(found['strangers'])}"
        return {"the tests": ("failed", [strange, strange])}
    tests = found["tests"].items()
    return {name: tuple(each) for name, each in tests if function_of(name) not in FORM}


def run_alive(command, **settings):
    """What a process has said in the end; a dot every two seconds says that it lives."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as file:
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT, **settings)
        try:
            for _ in range(SECONDS // 2):
                try:
                    process.wait(2)
                    break
                except subprocess.TimeoutExpired:
                    lives(".")
        finally:
            process.kill()  # where it has not ended
            process.wait()
        file.seek(0)
        return file.read()


def function_of(test):
    return short(test).partition("[")[0]


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
    """Whose fault failures are, and words: with ours in its place, the test passes.

    One test of each function first: five sizes of one thing are one failure.
    """
    first = {function_of(test): test for test in reversed(failed)}.values()
    some = sorted(failed, key=lambda test: test not in first)[:MOST_BLAMED]
    left = {test: failed[test] for test in some}
    for name in suspects(workbook, chapter, failed):
        if not left:
            break
        module = find(name).module
        with changed(workbook, {module: {"without": [name]}}) as package:
            found = suite(package, chapter, only=list(left))
        cured = [test for test in left if found.get(test, ("failed",))[0] == "passed"]
        unseen = cured and find(name).judge(workbook.yours()[name]).state == "right"
        for test in cured:
            said = first_line(left.pop(test)[0])
            yield name, f"{short(test)} fails because of your `{name}`: {said}"
        if unseen:
            yield name, f"(The check of `{name}` does not see it: the test is what counts.)"
    for test, said in left.items():
        alone = f"{short(test)} fails, and no definition alone is the cause: {first_line(said[0])}"
        yield short(test), alone
    if len(failed) > len(some):
        yield "more", f"and {len(failed) - len(some)} more fail"


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


def next_step(workbook, failing=()):
    """What to look at next: one thing."""
    if failing:
        return f"Next: `{failing[0]}`, of {find(failing[0]).module}, which fails tests."
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
