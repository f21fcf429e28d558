"""How far a learner has come: kept in a small file beside the notebook, where they have tried."""

import json
import os
from pathlib import Path

from IPython import get_ipython

CHAPTERS = {
    "tensors": "Tensors",
    "cost_functions": "Cost functions",
    "layers": "Layers",
    "optimizers": "Optimizers",
    "data": "Data",
    "training": "Training",
}
FILE = Path(".progress.json")
RANK = ["not tried yet", "not yet", "right, but", "right, later", "right"]


def read(file=FILE):
    """{chapter: {name: state}}, or nothing where there is no such file."""
    try:
        kept = json.loads(file.read_text("utf-8"))
        return kept if isinstance(kept, dict) else {}
    except (OSError, ValueError):
        return {}


def best(*states):
    return max(states, key=lambda state: RANK.index(state) if state in RANK else 0)


def after(before, state, guessed):
    """What stays, where a new verdict comes: of a bet the first that was made, else the best."""
    if guessed and state == "right" and before == "not yet":
        return "right, later"
    return before if before == "right, later" else best(before, state)


class Progress:
    """What a chapter's end shows: a tile for each question, and one for each chapter."""

    def __init__(self, chapter, asked, said):
        kept = read() if any(state != "not tried yet" for state in said.values()) else {}
        states = kept.get(chapter, {})
        self.chapter, self.kept = chapter, kept
        self.rows = {"predictions": [], "exercises": []}
        for name, verb in asked.items():
            state = states.get(name, said.get(name, RANK[0]))
            self.rows["predictions" if verb == "guess" else "exercises"].append((name, state))

    @staticmethod
    def keep(chapter, name, state, file=FILE, guessed=False):
        """Remember what was said; in a notebook alone, and only of what was tried."""
        if not chapter or state == "not tried yet" or get_ipython() is None:
            return
        kept = read(file)
        states = kept.setdefault(chapter, {})
        before = states.get(name, RANK[0])
        states[name] = after(before, state, guessed)
        if states[name] == before:
            return
        part = file.with_name(file.name + ".part")
        try:
            part.write_text(json.dumps(kept, indent=1, ensure_ascii=False), "utf-8")
            os.replace(part, file)
        except OSError:
            pass  # a folder that cannot be written: the chapter goes on

    def counts(self):
        guesses = [state for _, state in self.rows["predictions"]]
        made = sum(state != "not tried yet" for state in guesses)
        right = guesses.count("right"), guesses.count("right, later")
        solved = sum(state == "right" for _, state in self.rows["exercises"])
        return made, right, solved

    def __repr__(self):
        made, (right, later), solved = self.counts()
        second = f" ({later} on a second try)" * bool(later)
        lines = [
            f"{CHAPTERS.get(self.chapter, 'This chapter')}: "
            f"{made} of {len(self.rows['predictions'])} predictions made, "
            f"{right} came true{second}; "
            f"{solved} of {len(self.rows['exercises'])} exercises are yours."
        ]
        left = [name for name, state in self.rows["exercises"] if state != "right"]
        if solved and left:
            lines.append(f"Still ours: {', '.join(left)}.")
        lines.append("Chapters: " + " ".join(f"{sign} {title}" for sign, title in self.chapters()))
        return "\n".join(lines)

    def chapters(self):
        """A sign and a title for each chapter: ■ with something solved, □ without."""
        for chapter, title in CHAPTERS.items():
            states = list(self.kept.get(chapter, {}).values())
            if chapter == self.chapter:
                states += [state for row in self.rows.values() for _, state in row]
            yield ("■" if "right" in states else "□"), title

    def _repr_html_(self):
        looks = {"right": ("#388e3c", "1"), "right, later": ("#388e3c", ".5")}
        looks |= {"not tried yet": ("#888", ".25")}
        rows = ""
        for words, row in self.rows.items():
            tiles = "".join(
                f'<span title="{name.replace(chr(34), "")}: {state}" style="display:inline-block;'
                f"width:14px;height:14px;border-radius:3px;margin:1px;background:"
                f"{looks.get(state, ('#f5a000', '1'))[0]};opacity:"
                f'{looks.get(state, ("", "1"))[1]}"></span>'
                for name, state in row
            )
            rows += f'<div><span style="display:inline-block;width:7em">{words}</span>{tiles}</div>'
        six = "".join(
            f'<span style="display:inline-block;padding:4px 12px;margin:2px;border-radius:6px;'
            f"border:1px solid #888;"
            f"{'background:#388e3c;color:#fff' if sign == '■' else 'opacity:.75'}"
            f'">{i} {title}</span>'
            for i, (sign, title) in enumerate(self.chapters(), 1)
        )
        first = repr(self).partition("\nChapters")[0].replace("\n", "<br>")
        return (
            '<div class="minnet-progress" style="max-width:46em;line-height:1.7">'
            f"<b>{first}</b>{rows}<div>{six}</div></div>"
        )
