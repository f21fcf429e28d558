"""The pages of the site, from what is there: `python -m docs.site.pages FOLDER` writes them.

Chapters, teachers' pages and pictures keep their places, so that links between them hold. To them
come: an id before each cell that defines, glossary words that are links, descriptions of figures,
the reference, the names elsewhere, the gallery, and every figure in a file of its own. Nothing is
executed, and but for the list of names the standard library is all that this needs.
"""

import ast
import base64
import html
import json
import re
import shutil
import sys
from copy import deepcopy
from functools import cache
from pathlib import Path

from tools import build

ROOT = Path(__file__).resolve().parent.parent.parent
CHAPTERS = ROOT / "chapters"
TITLES = {
    path.stem: build.cells_of(path)[0][3].partition("\n")[0][2:]
    for path in build.notebooks(CHAPTERS)
}
# What stays as it is where words become links: code, formulas, links, headings, HTML.
KEPT = re.compile(
    r"```.*?```|\$\$.*?\$\$|\$[^$\n]+\$|`[^`\n]+`|!?\[[^]]*\]\([^)]*\)|^#.*?$"
    r"|<summary>.*?</summary>|<[^>]+>",
    re.DOTALL | re.MULTILINE,
)


def pages():
    """The text of every page, by its path in the site; bytes for a figure."""
    files = {"index.md": front_page(), "gallery.md": gallery(), "reference/names.md": elsewhere()}
    words = glossary_words()
    for path in build.notebooks(CHAPTERS):
        shown = json.dumps(chapter(path, words))
        files[f"chapters/{path.name}"] = shown.replace("<th><th>", "<td></td><th>")  # heads nothing
        files[f"reference/{build.module_name(path)}.md"] = reference(path)
    files["chapters/glossary.md"] = glossary()
    for path in teachers():
        files[f"docs/teachers/{path.name}"] = path.read_text("utf-8") + to_slides(path)
    files["docs/workbook.md"] = (ROOT / "docs" / "workbook.md").read_text("utf-8")
    files["docs/teachers/figures.md"] = slides()
    for path in sorted((ROOT / "docs" / "pictures").glob("*.png")):
        files[f"docs/pictures/{path.name}"] = path.read_bytes()
    for figure in figures():
        files[f"extra/{figure['file']}"] = figure["content"]
    return files


def slug(heading):
    """The anchor of a heading, as JupyterLab makes it."""
    return heading.replace(" ", "-")


# Chapters


def chapter(path, words):
    """The notebook as the site shows it."""
    notebook = json.loads(path.read_text("utf-8"))
    cells, seen = [], set()
    number, module = int(path.stem[:2]), build.module_name(path)
    for i, cell in enumerate(notebook["cells"]):
        tags = cell["metadata"].setdefault("tags", [])
        if cell["cell_type"] == "markdown":
            text = "".join(cell["source"])
            cell["source"] = linked(text, words, seen, number, "glossary.html")
        else:
            if cell["metadata"].get("jupyter", {}).get("source_hidden"):
                tags.append("hide-input")
            image = {"alt": caption(notebook["cells"], i), "classes": picture(cell["outputs"])}
            cell["metadata"]["mystnb"] = {"image": image}
            cell["outputs"] = [output for output in cell["outputs"] if not only_style(output)]
            cells += doors(path, i + 1, "".join(cell["source"]), tags, module)
        cells.append(cell)
    return notebook | {"cells": cells}


def doors(path, number, source, tags, module):
    """Before a cell that defines: an id to come to, and the way to the reference."""
    if not any(tag.startswith("export") for tag in tags):
        return []
    here = [name for name in build.defined_names(source) if name in public(path)]
    ways = ", ".join(
        f'<a href="../reference/{module}.html#minnet.{name}"><code>{name}</code></a>'
        for name in here
    )
    told = f"In the reference: {ways}" if ways else ""
    text = f'<div class="taught" id="cell-{number}">{told}</div>'
    return [{"cell_type": "markdown", "id": f"door-{number}", "metadata": {}, "source": text}]


@cache
def public(path):
    """The names that this chapter adds to minnet."""
    return {name for place, _, names in offered() if place == path for name in names}


@cache
def offered():
    return [*build.offered(CHAPTERS)]


@cache
def cells_of(path):
    return build.cells_of(path)


def picture(outputs):
    """The class of what is a negative in the dark theme when it is turned: digits, landscapes."""
    about = [output.get("metadata", {}).get("image/png", {}) for output in outputs]
    return "picture" if any(each.get("unconfined") for each in about) else ""


def only_style(output):
    return "The chapter is ready." in "".join(output.get("data", {}).get("text/plain", ""))


def caption(cells, i):
    """The sentence under a figure, without Markdown's signs: its description."""
    for cell in cells[i + 1 : i + 4]:
        text = "".join(cell["source"]) if cell["cell_type"] == "markdown" else ""
        found = re.match(r"\*(?!\*)(.+?[.?!:)])\*(?=\s|$)", text, re.DOTALL)
        if found:
            return plain(found[1])
    return "What the cell above draws"


def plain(text):
    """Without links, emphasis and line breaks."""
    return re.sub(r"[*`$]", "", re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", " ".join(text.split())))


# The glossary


def glossary_words():
    """Each word of the glossary: its row's id, what it means, and the chapter where it is met."""
    words = {}
    for row, meaning, number in glossary_rows():
        for word in {row, *row.split(", ")}:
            words.setdefault(word, (word_id(row), plain(meaning), number, word == row))
    return words


def glossary_rows():
    text = CHAPTERS.joinpath("glossary.md").read_text("utf-8").partition("## Signs")[0]
    for word, meaning, number in re.findall(r"^\| (.+?) \| (.+) \| \[(\d)\]\(.*\) \|$", text, re.M):
        yield word, meaning, int(number)


def word_id(row):
    return "word-" + re.sub(r"\W+", "-", row.lower())


def glossary():
    """The glossary, with an id in each row."""
    text = CHAPTERS.joinpath("glossary.md").read_text("utf-8")
    for row, _, _ in glossary_rows():
        text = text.replace(f"\n| {row} |", f'\n| <span id="{word_id(row)}">{row}</span> |', 1)
    return text


def linked(text, words, seen, number, target):
    """The text, in which the first use of each word on a page leads to the glossary.

    A word counts from the chapter on in which it is met; there, and where a row has several
    words, it is the bold one that tells its meaning.
    """

    def link(found, bold):
        word = found["word"]
        row = next((each for each in (word, word.lower(), singular(word)) if each in words), None)
        if row is None:
            return found[0]
        place, meaning, met, whole = words[row]
        if place in seen or met > number or not (bold or (whole and met < number)):
            return found[0]
        seen.add(place)
        text = f"<strong>{word}</strong>" if bold else word
        return f'<a class="word" href="{target}#{place}" title="{html.escape(meaning)}">{text}</a>'

    longest = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    bold = re.compile(r"\*\*(?P<word>[^*\n]+)\*\*")
    inside = re.compile(rf"(?<![\w*-])(?P<word>(?:{longest})s?)(?![\w*-])", re.I)
    pieces, end = [], 0
    for kept in [*KEPT.finditer(text), None]:
        free = text[end : kept.start() if kept else None]
        free = bold.sub(lambda found: link(found, True), free)
        parts = re.split(r"(<a .*?</a>)", free)
        parts[::2] = [inside.sub(lambda found: link(found, False), part) for part in parts[::2]]
        pieces += ["".join(parts), kept[0] if kept else ""]
        end = kept.end() if kept else None
    return "".join(pieces)


def singular(word):
    return (
        re.sub(r"e?s$", "", word.lower())
        if word.lower().endswith("sses")
        else word.lower().rstrip("s")
    )


# The reference


def reference(path):
    """What the chapter adds to minnet, from its docstrings, and where each is taught."""
    title = TITLES[path.stem]
    text = (
        f"# {title}: reference\n\nWhat [chapter {title}](../chapters/{path.name}) adds to minnet."
    )
    text += " `from minnet import …`\n\n```{py:currentmodule} minnet\n```\n"
    names = public(path)
    for number, statement in definitions(path):
        if statement.name in names:
            text += entry(path, number, statement)
    return text


@cache
def definitions(path):
    """Each function and class of the chapter's exported cells, with its cell's number."""
    return [
        (number, statement)
        for _, number, source in build.exported(path)
        for statement in ast.parse(source).body
        if isinstance(statement, build.DEFINITIONS)
    ]


@cache
def methods(path):
    """What is attached to a class, as by `Tensor.sum = tensor_sum`: class, name, cell, function."""
    found = []
    told = {statement.name: statement for _, statement in definitions(path)}
    for _, number, source in build.exported(path):
        for line in source.splitlines():
            goals, _, values = line.partition(" = ")
            for goal, value in zip(goals.split(", "), values.split(", ")):
                way = re.fullmatch(r"(\w+)\.([A-Za-z]\w*)", goal)
                made = re.fullmatch(r"(property\()?(\w+)\)?", value)
                if way and made and made[2] in told:
                    named = way[2] if made[1] else way[2] + signature(told[made[2]], 1)
                    found.append((way[1], named, number, told[made[2]]))
    return found


def entry(path, number, statement):
    """One definition: signature, docstring, the cell that teaches it, and its methods."""
    kind = "class" if isinstance(statement, ast.ClassDef) else "function"
    ways = [way for way in methods(path) if way[0] == statement.name]
    for each in statement.body if kind == "class" else []:
        if isinstance(each, ast.FunctionDef) and not each.name.startswith("_"):
            ways.append((statement.name, each.name + signature(each, 1), number, each))
    text = f"\n````{{py:{kind}}} {statement.name}{signature(statement)}\n\n"
    text += f"{prose(ast.get_docstring(statement))}\n\n*Taught in* {taught(path, number)}\n\n"
    for _, named, cell, each in ways:
        if ast.get_docstring(each):
            says = prose(build.first_sentence(ast.get_docstring(each)))
            text += f"- `.{named}`: {says} ({taught(path, cell)})\n"
    return text + "````\n"


def taught(path, number):
    """The way to the cell, named by the heading above it."""
    headings = [
        heading
        for _, kind, _, source in cells_of(path)[:number]
        for heading in (re.findall(r"^#+ (.+)$", source, re.M) if kind == "markdown" else [])
    ]
    heading = html.escape(headings[-1])
    return f'<a href="../chapters/{path.stem}.html#cell-{number}">{heading}</a>'


def signature(statement, skip=0):
    """As it is called: for a class by its __init__, or by nothing."""
    if isinstance(statement, ast.ClassDef):
        made = [each for each in statement.body if getattr(each, "name", "") == "__init__"]
        return signature(made[0], 1) if made else ""
    given = deepcopy(statement.args)
    for names in (given.posonlyargs, given.args):
        dropped, skip = names[:skip], max(0, skip - len(names))
        del names[: len(dropped)]
    return f"({ast.unparse(given)})"


def prose(text):
    """A docstring as Markdown that shows the signs that stand in it."""
    parts = re.split(r"(`[^`]+`)", text or "")
    parts[::2] = [re.sub(r"([\\*_<>$\[\]|~])", r"\\\1", part) for part in parts[::2]]
    return "".join(parts)


def elsewhere():
    """From minnet to PyTorch, name by name: the list behind each chapter's *In practice*."""
    from course.names import NAMES

    text = (
        "# From minnet to PyTorch\n\nEvery public name, what it is called elsewhere, what differs."
    )
    text += " A test holds this list against the packages: names, arguments, order, defaults.\n"
    for path in build.notebooks(CHAPTERS):
        module = build.module_name(path)
        text += (
            f"\n## {TITLES[path.stem]}\n\n| minnet | elsewhere | what differs |\n|---|---|---|\n"
        )
        for ours, theirs, differs in NAMES[module]:
            name = f'<a href="{module}.html#minnet.{ours}"><code>{ours}</code></a>'
            there = f"`{theirs}`" if theirs else "no such name"
            text += f"| {name} | {there} | {prose(differs)} |\n"
    return text


# Figures


@cache
def figures():
    """Each figure that the chapters show: chapter, cell, what it shows, and its file."""
    found = []
    for path in build.notebooks(CHAPTERS):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        for i, cell in enumerate(cells):
            for output in cell.get("outputs", []):
                data = output.get("data", {})
                page = "".join(data.get("text/html", ""))
                moving = re.search(r'title="([^"]*)"[^>]* srcdoc="([^"]*)"', page)
                png = data.get("image/png")
                if moving or png:
                    found.append({
                        "chapter": path.stem,
                        "cell": i + 1,
                        "tags": cell["metadata"].get("tags", []),
                        "title": html.unescape(moving[1]) if moving else "",
                        "says": caption(cells, i),
                        "class": picture([output]),
                        "html": page if moving else "",
                        "file": f"figures/{path.stem}-{i + 1:03}.{'html' if moving else 'png'}",
                        "content": html.unescape(moving[2]) if moving else base64.b64decode(png),
                    })  # fmt: skip
    return found


def gallery():
    """What moves, and the picture by which each chapter is known."""
    text = "# Gallery\n\nFigures that move, and the picture by which each chapter is known.\n"
    for figure in figures():
        if figure["html"]:
            page = figure["html"].replace("<iframe ", '<iframe loading="lazy" ')
            page = page.replace("\n", "&#10;")  # an empty line would end the HTML for Markdown
            alone = f'<a href="{figure["file"]}">alone on a page</a>'
            text += f"\n## {figure['title']}\n\n{page}\n\n{prose(figure['says'])} "
            text += f"({chapter_of(figure)}; {alone})\n"
    best = [figure for figure in figures() if {"readme", "trailer"} & set(figure["tags"])]
    return text + "\n## Pictures\n\n" + board(best)


def slides():
    """Every figure in a file of its own, for a projector."""
    text = "# Figures at slide size\n\nEvery figure of the chapters in a file of its own: pictures"
    text += " with two pixels for one, and those that move alone on a page; no network is needed.\n"
    for stem, title in TITLES.items():
        text += f"\n## {title}\n\n"
        here = [figure for figure in figures() if figure["chapter"] == stem]
        for each in here:
            if each["html"]:
                text += (
                    f'- moving: <a href="../../{each["file"]}">{html.escape(each["title"])}</a>\n'
                )
        text += "\n" + board([each for each in here if not each["html"]], "../../")
    return text


def to_slides(path):
    """A last line for a chapter's page for teachers, which only the site needs."""
    titles = [slug(title) for title in TITLES.values() if title[0] == path.stem[0]]
    return "".join(f"\n[Its figures at slide size](figures.md#{title}).\n" for title in titles)


def board(shown, up=""):
    """Pictures side by side, each a link to itself in full size."""
    items = ""
    for each in shown:
        says, file = html.escape(each["says"]), up + each["file"]
        picture = f'<img class="{each["class"]}" loading="lazy" src="{file}" alt="{says}">'
        words = f"<figcaption>{says} ({chapter_of(each, up)})</figcaption>"
        items += f'<figure><a href="{file}">{picture}</a>{words}</figure>'
    return f'<div class="slides">{items}</div>\n'


def chapter_of(figure, up=""):
    stem = figure["chapter"]
    return f'<a href="{up}chapters/{stem}.html">chapter {TITLES[stem]}</a>'


# The front


def front_page():
    """What the course is, its chapters, and the site's table of contents."""
    text = (Path(__file__).with_name("front.md")).read_text("utf-8")
    rows = "| no. | chapter | what it is about |\n|---|---|---|\n"
    for path in build.notebooks(CHAPTERS):
        number, _, name = TITLES[path.stem].partition(" ")
        opening = build.cells_of(path)[0][3].split("\n\n")[1]
        rows += f"| {number} | [{name}](chapters/{path.name}) | {opening} |\n"
    stems = "\n".join(f"chapters/{stem}" for stem in TITLES)
    modules = "\n".join(
        f"reference/{build.module_name(path)}" for path in build.notebooks(CHAPTERS)
    )
    pages = "\n".join(f"{shown(path)} <docs/teachers/{path.stem}>" for path in teachers())
    return text.format(rows=rows, chapters=stems, modules=modules, teachers=pages)


def teachers():
    """The pages for teachers, the general one first."""
    return sorted(
        (ROOT / "docs" / "teachers").glob("*.md"), key=lambda path: (path.stem != "README", path)
    )


def shown(path):
    """A teachers' page as the table of contents names it."""
    return path.read_text("utf-8").partition("\n")[0].strip("# ").partition(" for the teacher")[0]


def main(folder):
    folder = Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in pages().items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


if __name__ == "__main__":
    main(sys.argv[1])
