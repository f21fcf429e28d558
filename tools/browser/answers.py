"""What `learner.mjs` types: for each question of the books a right answer and a wrong one, as JSON.

python tools/browser/answers.py     {name: {"right": …, "wrong": …, "reply": …}}
"""

import html
import importlib
import json
import re

from course.exercises.kit import Question, marked
from course.exercises.progress import CHAPTERS


def as_typed(answer):
    """An answer as a learner types it; None for what is not typed in one line."""
    if isinstance(answer, str):
        return json.dumps(answer, ensure_ascii=False)
    kinds = (int, float, tuple)
    return repr(answer) if isinstance(answer, kinds) and len(repr(answer)) < 30 else None


def as_read(reply):
    """A reply as the page shows it."""
    return html.unescape(re.sub("<[^>]+>", "", marked(reply)))


def answers():
    found = {}
    for chapter in CHAPTERS:
        entries = importlib.import_module(f"course.exercises.{chapter}").book.entries
        for name, entry in entries.items():
            typed = as_typed(entry.answer) if isinstance(entry, Question) else None
            wrong = [(as_typed(value), reply) for value, reply in getattr(entry, "mistakes", [])]
            wrong = [(value, reply) for value, reply in wrong if value and reply]
            if typed and wrong:
                reply = as_read(wrong[0][1])
                found[name] = {"right": typed, "wrong": wrong[0][0], "reply": reply}
    return found


if __name__ == "__main__":
    print(json.dumps(answers()))
