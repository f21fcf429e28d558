"""Plays the sheets of a workbook as a learner would, cell after cell, without a kernel.

    python played.py FOLDER SEED SHARE   each blank is filled with this chance, some of them wrongly

Figures are drawn with the seeds 1 and 2 alone.

Prints, as JSON, what each sheet printed, what was filled, and what the package holds at the end.
"""

import io
import json
import random
import sys
from contextlib import redirect_stdout
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS.parent), str(TESTS)]

from answers.workbook import HOLES  # noqa: E402

import course.workbook as verbs  # noqa: E402
import run  # noqa: E402
from course.exercises import slips  # noqa: E402
from course.workbook import __main__ as command  # noqa: E402
from course.workbook import sheets  # noqa: E402
from course.workbook.blanks import find  # noqa: E402
from course.workbook.packages import CHAPTERS  # noqa: E402
from course.workbook.record import Workbook, marked  # noqa: E402
from course.workbook.text import defined, filled  # noqa: E402


def main(folder, seed, share):
    run.MINE = Path(folder)
    run.MINE.mkdir(exist_ok=True)
    chance, told = random.Random(seed), []
    slips.LONGEST = 0  # which slip it is has tests of its own
    if seed not in (1, 2):
        sheets.goal = lambda chapter: b"no picture"
        verbs.draw = lambda: None
    mine = Workbook(run.MINE / command.PLACE)
    for chapter in CHAPTERS:
        with redirect_stdout(io.StringIO()):
            sheet = command.write_sheets(mine)
        assert sheet.stem.endswith(chapter), sheet
        told.append(play(sheet, mine, chance, share))
    texts = {name: (mine.package / f"{name}.py").read_text("utf-8") for name in CHAPTERS}
    borrowed = {name: marked(text) for name, text in texts.items()}
    import minnet

    assert Path(minnet.__file__).parent == mine.package
    print(json.dumps({"sheets": told, "borrowed": borrowed, "yours": list(mine.yours())}))


def play(sheet, mine, chance, share):
    """Run one sheet from top to bottom; some of its blanks are filled."""
    cells = json.loads(sheet.read_text("utf-8"))["cells"]
    names, said, wrote, met, showed = {"In": []}, io.StringIO(), {}, [], []
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] != "code":
            continue
        blank = find(next(iter(defined(source)), ""))
        if blank is not None:
            met.append(blank.name)
            if chance.random() < share:
                source = filled(blank.stub, HOLES[blank.name])
                wrote[blank.name] = "right"
            elif blank.mistakes and chance.random() < share / 4:
                source = blank.with_mistake(chance.choice(blank.mistakes))
                wrote[blank.name] = "wrong"
        names["In"].append(source)
        with redirect_stdout(said):
            value = run_cell(
                source.replace("start(", f"start(folder={str(mine.folder)!r}, chapter="), names
            )
        if value is not None:
            showed.append(repr(value))
    return {"met": met, "wrote": wrote, "said": said.getvalue(), "showed": showed}


def run_cell(source, names):
    """What the last line of a cell gives."""
    *body, last = source.rstrip().split("\n")
    if last.startswith("check("):
        return eval(last, names)
    exec(compile("\n".join([*body, last]), "<cell>", "exec"), names)
    return None


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
