"""Workbooks in which everything is solved."""

from course.workbook.blanks import asked
from course.workbook.packages import CHAPTERS
from course.workbook.record import Workbook
from course.workbook.text import blanked


def ours_in_short(blank):
    """The chapter's definition as a learner would have it: under the docstring of the blank."""
    return blanked(blank.ours, blank.holes, blank.hide, taken=False)


def solved(folder, source=ours_in_short, chapters=CHAPTERS, wrong=None):
    """A workbook in which everything is theirs; `wrong` are texts that slipped through."""
    mine = Workbook(folder)
    mine.folder.mkdir(parents=True, exist_ok=True)
    kept = mine.read()
    for chapter in chapters:
        for name, blank in asked(chapter).items():
            kept["yours"][name] = {"tries": 0, "mistakes": {}, "source": source(blank)}
    for name, wrote in (wrong or {}).items():
        kept["yours"][name]["source"] = wrote
    mine.write(kept)
    mine.build(chapters[-1])
    return mine
