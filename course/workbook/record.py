"""The learner's folder: what is theirs, and the package that is built from it.

Nothing of theirs is ever written over: a definition that was right stays until another one is
right, a module that somebody has edited by hand is set aside first, and every file is written
whole or not at all.
"""

import hashlib
import json
import os
import re
import shutil
import time
from pathlib import Path

from course.workbook import packages
from course.workbook.blanks import asked
from course.workbook.packages import CHAPTERS, FINISHED, GIVEN
from course.workbook.text import BORROWED, put, refusing
from run import name_beside
from tools.build import formatted, version

RECORD, TABLES = ".yours.json", Path(__file__).parent
PROJECT = """\
# Your own minnet. In an environment of your own: pip install ./workbook

[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "minnet"
version = "{version}+mine"
description = "Neural networks from nothing but numpy, written by me"
requires-python = ">=3.11"
dependencies = ["numpy>=2.2", "matplotlib>=3.10", "safetensors>=0.4.3"]

[tool.hatch.build.targets.wheel]
packages = ["minnet"]
"""


class Workbook:
    """A folder with sheets, a record, and a package `minnet` that grows with it."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.package, self.file = self.folder / "minnet", self.folder / RECORD

    # The record

    def read(self):
        """{"yours": {name: {…}}, "built": {module: its sha256}, "sheets": {name: versions}, …}"""
        empty = {"yours": {}, "built": {}, "sheets": {}, "start": 1}
        try:
            kept = json.loads(self.file.read_text("utf-8"))
        except FileNotFoundError:
            return empty
        except (OSError, ValueError):
            kept = None
        if not isinstance(kept, dict):
            aside = name_beside(self.file, f"unreadable {time.strftime('%Y-%m-%d')}")
            os.replace(self.file, aside)
            print(f"The record of what is yours could not be read: it is {aside.name} now.")
            return empty
        return empty | kept

    def write(self, kept):
        write(self.file, json.dumps(kept, indent=1, ensure_ascii=False) + "\n")

    def keep(self, blank, source, verdict):
        """Remember a verdict; the text, where it is right. What was right before stays."""
        kept = self.read()
        entry = kept["yours"].setdefault(blank.name, {"tries": 0, "mistakes": {}})
        if verdict.state == "not tried yet":
            return
        entry["last"] = verdict.state
        if verdict.state == "right":
            entry["source"] = source
        else:
            entry["tries"] += 1
            label = blank.label(verdict) or "another"
            entry["mistakes"][label] = entry["mistakes"].get(label, 0) + 1
        self.write(kept)

    def recheck(self):
        """Where the course has changed: what is not right any more is theirs no more, and kept.

        The names of those.
        """
        kept, lost = self.read(), []
        judged = kept.setdefault("judged", {})
        for module in CHAPTERS:
            now = digest(course_text(module))
            if judged.get(module) == now:
                continue
            for name, blank in asked(module).items():
                entry = kept["yours"].get(name, {})
                if entry.get("source") and blank.judge(entry["source"]).state != "right":
                    entry["outdated"], entry["last"] = entry.pop("source"), "not yet"
                    lost.append(name)
            judged[module] = now
        if kept["yours"]:
            self.write(kept)
        if lost:
            print(
                f"The course has changed, and what you wrote of {', '.join(lost)} is not right any "
                f"more: it is asked again, and your text is kept in {RECORD}."
            )
        return lost

    def yours(self):
        """{name: text} of everything that was right."""
        entries = self.read()["yours"].items()
        return {name: entry["source"] for name, entry in entries if entry.get("source")}

    def borrowed(self, upto):
        """What was asked in the chapters up to this one, and is not theirs yet."""
        kept = self.read()
        begun = CHAPTERS[kept["start"] - 1 : CHAPTERS.index(upto) + 1]
        return [name for each in begun for name in asked(each) if name not in self.yours()]

    # The package

    def text(self, module, refuse=(), without=()):
        """The module: theirs where it is right, else the finished text, and marked.

        `refuse` are names that are left blank, and `without` such as are borrowed all the same.
        """
        yours, pieces = self.yours(), {}
        skipped = CHAPTERS.index(module) < self.read()["start"] - 1
        for name, blank in asked(module).items():
            if name in refuse:
                pieces[name] = refusing(blank.stub, name)
            elif name in yours and name not in without:
                pieces[name] = blank.in_full(yours[name])
            else:
                pieces[name] = blank.ours if skipped else f"{BORROWED}\n{blank.ours}"
        return formatted(put(packages.finished_text(module), pieces), f"{module}.py")

    def build(self, upto):
        """Write the modules up to this one, those that a learner is given, and the front door."""
        modules = CHAPTERS[: CHAPTERS.index(upto) + 1]
        kept = self.read()
        modules += [each for each in CHAPTERS if each in kept["built"] and each not in modules]
        texts = {module: self.text(module) for module in modules}
        self.lay_out(texts)
        kept = self.read()
        soon = {module: digest(text) for module, text in texts.items()}
        kept["begun"] = [*kept.get("begun", []), *soon.values()]
        self.write(kept)  # before the modules: killed between, what stands there is known as ours
        for module, text in texts.items():
            self.set_aside(module, kept)
            write(self.package / f"{module}.py", text)
        kept["built"] |= soon
        del kept["begun"]
        self.write(kept)
        write(self.package / "__init__.py", front_door(texts))

    def lay_out(self, texts):
        """What is given: guards, files, pictures, data, and what makes a package of it."""
        lay_out(self.package)
        place = self.folder / "pyproject.toml"
        if not place.exists():
            write(place, PROJECT.format(version=version()))
        if not (self.package / "__init__.py").exists():
            write(self.package / "__init__.py", front_door({}))

    def set_aside(self, module, kept):
        """A module that was edited by hand since it was built is not written over."""
        path = self.package / f"{module}.py"
        if path.exists() and by_hand(found := path.read_text("utf-8"), module, kept):
            aside = name_beside(self.folder / path.name, "edited by hand")
            write(aside, found)
            print(f"minnet/{path.name} was edited by hand: that text is in {aside.name} now.")

    def edited(self):
        """The modules that are not as they were built."""
        kept = self.read()
        files = {module: self.package / f"{module}.py" for module in kept["built"]}
        return [
            module
            for module, path in files.items()
            if not path.exists() or by_hand(path.read_text("utf-8"), module, kept)
        ]

    def built(self):
        """The modules that are there, in their order."""
        kept = self.read()["built"]
        return [module for module in CHAPTERS if module in kept]


def lay_out(package):
    """The given parts of a package: what is no definition of anybody's."""
    (package / "datasets").mkdir(parents=True, exist_ok=True)
    for source in FINISHED.glob("datasets/*"):
        place = package / "datasets" / source.name
        if not place.exists():
            shutil.copyfile(source, part := beside(place))
            os.replace(part, place)
    for name in [*(f"{module}.py" for module in GIVEN), "py.typed", "tensors.pyi"]:
        text = (FINISHED / name).read_text("utf-8")
        if not (package / name).exists() or (package / name).read_text("utf-8") != text:
            write(package / name, text)


def front_door(modules):
    """The finished __init__.py without the modules that are not there yet."""
    text = (FINISHED / "__init__.py").read_text("utf-8")
    for module in CHAPTERS:
        if module not in modules:
            door = re.search(rf"^from minnet\.{module} import (\([^)]*\)|.*)\n", text, re.M)
            names = re.findall(r"\w+", door[1]) if door else []
            text = text.replace(door[0], "") if door else text
            for name in names:
                text = text.replace(f'    "{name}",\n', "")
    return text


def course_text(module):
    """What a verdict hangs on: the finished module, and what is asked and compared."""
    places = [TABLES / "tables" / f"{module}.py", TABLES / "probing.py"]
    return packages.finished_text(module) + "".join(each.read_text("utf-8") for each in places)


def marked(text):
    """The names that are borrowed in a module's text."""
    found = re.findall(rf"^{re.escape(BORROWED)}\n((?:@.*\n)*)(?:def|class) (\w+)", text, re.M)
    return [name for _, name in found]


def by_hand(text, module, kept):
    """Whether no build wrote this text: neither the last one nor one that was cut short since."""
    return digest(text) not in (kept["built"].get(module), *kept.get("begun", []))


def digest(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def beside(path):
    return path.with_name(f"{path.name}.{os.getpid()}.part")


def write(path, text):
    """Whole or not at all."""
    part = beside(path)
    try:
        with open(part, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
