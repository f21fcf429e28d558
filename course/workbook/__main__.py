"""What run.py hands over to: it writes sheets, and judges what has become of them.

python run.py workbook               writes the sheet whose turn it is, and opens it
python run.py workbook --fresh 2     a pristine copy of a sheet, beside the others
python run.py workbook --start 3     begins at a later sheet: the course's text stands before it
python run.py workbook --handouts FOLDER   the chapters without their folded solutions
python run.py mine                   runs our tests against your package
python run.py mine FOLDER …          one table for many learners; runs what they have written
"""

import argparse
import hashlib
import json
import re
import sys
import time
from pathlib import Path

import run
from course.workbook import sheets
from course.workbook.packages import CHAPTERS
from course.workbook.record import Workbook, write

PLACE = "workbook"  # inside the learner's folder


def main(words):
    command, words = words[0], words[1:]
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog=f"python run.py {command}",
        description=__doc__.partition("\n\n")[2],
        formatter_class=form,
    )
    if command == "workbook":
        parser.add_argument("--fresh", type=int, choices=range(1, 7), metavar="N")
        parser.add_argument("--start", type=int, choices=range(1, 7), metavar="N")
        parser.add_argument("--handouts", type=Path, metavar="FOLDER")
        parser.add_argument("--no-browser", action="store_true", help="write, and open nothing")
        return workbook(parser.parse_args(words))
    from course.workbook import judge

    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--quick", action="store_true", help="the checks of the sheets alone")
    return judge.mine(run.MINE / PLACE, parser.parse_args(words))


def workbook(wanted):
    if wanted.handouts:
        return hand_out(wanted.handouts)
    with run.alone():
        run.give_chapters()
        mine = Workbook(run.MINE / PLACE)
        turn = write_sheets(mine, wanted.start, wanted.fresh)
    if wanted.no_browser:
        return 0
    print(run.SAY["opening"], flush=True)
    page = f"--LabApp.default_url=/lab/tree/{PLACE}/{turn.name}"
    command = [str(run.PYTHON), "-m", "jupyterlab", page, "--log-level=WARN"]
    return run.hand_over(command, folder=run.MINE)


def write_sheets(mine, start=None, fresh=None):
    """Write every sheet that is due and not there, and say which one's turn it is."""
    mine.folder.mkdir(parents=True, exist_ok=True)
    mine.recheck()
    kept = mine.read()
    if start:
        kept["start"] = start
        mine.write(kept)
    start = kept["start"]
    if start > 1 and not mine.built():
        mine.build(CHAPTERS[start - 2])
        print(f"Sheets 1 to {start - 1} are left out: their modules are the course's.")
    mine.lay_out({})
    turn = None
    for number, chapter in enumerate(CHAPTERS, 1):
        before = CHAPTERS[number - 2] if number > 1 else None
        if number < start or (number > start and before not in mine.built()):
            continue
        turn = give(mine, number, chapter, before)
    if fresh:
        turn = pristine(mine, fresh)
    print(f"It is the turn of {turn.name}, in {run.MINE.name}/{PLACE}.")
    return turn


def give(mine, number, chapter, before):
    """A sheet, once; a newer one beside it. What is there is left as it is."""
    place = mine.folder / f"{number:02}_{chapter}.ipynb"
    base = digest(sheets.sheet(chapter, picture=False))
    kept = mine.read()
    versions = kept["sheets"].setdefault(place.name, [])
    if place.exists() and base in versions:
        return place
    again = mine.borrowed(before) if before else []
    text = sheets.written(sheets.sheet(chapter, again))
    written = place
    if place.exists():
        written = run.name_beside(place, "new " + time.strftime("%Y-%m-%d"))
        print(f"There is a newer {place.name}: it is beside yours, as '{written.name}'.")
    write(written, text)
    if base not in versions:
        versions.append(base)
        mine.write(kept)
    return written


def pristine(mine, number):
    """A sheet as it was at first, under another name."""
    chapter = CHAPTERS[number - 1]
    place = mine.folder / f"{number:02}_{chapter}.ipynb"
    place = run.name_beside(place, "fresh " + time.strftime("%Y-%m-%d"))
    before = CHAPTERS[number - 2] if number > 1 else None
    write(place, sheets.written(sheets.sheet(chapter, mine.borrowed(before) if before else [])))
    return place


def digest(notebook):
    return hashlib.sha256(sheets.written(notebook).encode("utf-8")).hexdigest()


def hand_out(folder):
    """The chapters as a class gets them: not run, and without their folded solutions."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in sorted(run.CHAPTERS.glob("[0-9][0-9]_*.ipynb")):
        place = folder / source.name
        if place.exists():
            print(f"{place.name} is there already, and left as it is.")
            continue
        notebook = json.loads(run.unrun(source))
        taken = sum(without_solutions(cell) for cell in notebook["cells"])
        write(place, sheets.written(notebook))
        print(f"{place.name}: {taken} solutions taken out.")
    return 0


def without_solutions(cell):
    """Take the folded solutions out of a cell; how many there were."""
    if cell["cell_type"] != "markdown":
        return 0
    folded = r"<details>\s*<summary>(?:(?!</summary>).)*(?:[Ss]olution|Answer)(?:(?!</summary>).)*"
    text, taken = re.subn(
        folded + r"</summary>.*?</details>\n*", "", "".join(cell["source"]), flags=re.S
    )
    cell["source"] = sheets.lines(text)
    return taken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
