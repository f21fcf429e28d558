"""What holds for every chapter: each rule takes a chapter and returns its complaints."""

import ast
import json
import re
import statistics
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = sorted((ROOT / "chapters").glob("[0-9][0-9]_*.ipynb"))
NAMES = [path.stem.partition("_")[2] for path in CHAPTERS]
FRIENDS = ("course", "numpy", "matplotlib", "safetensors", "IPython")
SHARED = {"checks": [], "files": ["checks"], "plots": ["checks"]}  # and what of minnet each imports
FORBIDDEN = r"\b(simply|obviously|just|easy|easily)\b"
UNSTABLE = {
    r"0x[0-9a-fA-F]{6,}": "an address",
    r"(?:[\d.\]']|nan|inf|True|False),?\s+\.\.\.,?\s": "a summarised array",
    r"/(home|root|tmp|work|Users|usr|opt|var)/\w|\b[A-Z]:\\\w": "a path of one machine",
}
LONGEST_CELL, LONGEST_DEFINITION, MEDIAN_CELL, MOST_TAGS, MOST_IDLE = 45, 35, 6, 3, 8


@dataclass
class Cell:
    """A cell of a notebook: its number from 1, its source, and for code what it showed."""

    number: int
    kind: str
    source: str
    tags: list = field(default_factory=list)
    outputs: list = field(default_factory=list)
    count: int | None = None

    @property
    def lines(self):
        return self.source.count("\n") + 1

    @property
    def exported(self):
        return any(re.fullmatch(r"export(-\w+)?", tag) for tag in self.tags)

    @property
    def asks(self):
        verbs = r"^(\w+(, \w+)* = )?(book\.)?(guess|predict|check)\("
        return re.search(verbs, self.source, re.M) is not None

    @property
    def draws(self):
        shown = [output.get("data", {}) for output in self.outputs]
        moves = any("<iframe" in "".join(data.get("text/html", "")) for data in shown)
        return moves or any("image/png" in data for data in shown)


class Chapter:
    """A notebook as the rules see it."""

    def __init__(self, path):
        self.path, self.name = Path(path), Path(path).stem.partition("_")[2]
        self.notebook = json.loads(self.path.read_text("utf-8"))
        self.cells = [
            Cell(
                i,
                cell["cell_type"],
                "".join(cell["source"]),
                cell["metadata"].get("tags", []),
                cell.get("outputs", []),
                cell.get("execution_count"),
            )
            for i, cell in enumerate(self.notebook["cells"], 1)
        ]
        self.code = [cell for cell in self.cells if cell.kind == "code"]
        self.prose = [cell for cell in self.cells if cell.kind == "markdown"]

    def spine(self):
        """The code cells before the shelf."""
        shelf = [c.number for c in self.prose if re.search(r"^## .*shelf", c.source, re.M | re.I)]
        return [cell for cell in self.code if cell.number < min(shelf, default=10**6)]


def executed(chapter):
    """nbval compares nothing in a cell that never ran, and does not say so."""
    counts = [cell.count for cell in chapter.code]
    wanted = list(range(1, len(counts) + 1))
    return [] if counts == wanted else [f"the counts are {counts}, not 1 to {len(counts)}"]


def no_empty_cells(chapter):
    return [f"cell {cell.number} is empty" for cell in chapter.cells if not cell.source.strip()]


def errors_as_tagged(chapter):
    """A stored error where the cell is tagged, and nowhere else; nothing on stderr."""
    complaints = []
    for cell in chapter.code:
        raised = any(output["output_type"] == "error" for output in cell.outputs)
        if raised != ("raises-exception" in cell.tags):
            complaints.append(f"cell {cell.number}: error {raised}, tags {cell.tags}")
        if any(output.get("name") == "stderr" for output in cell.outputs):
            complaints.append(f"cell {cell.number} shows something on stderr")
    return complaints


def stable_outputs(chapter):
    """No address, no summarised array, no path: what differs from machine to machine."""
    return [
        f"cell {cell.number} shows {what}"
        for cell in chapter.code
        for output in cell.outputs
        for pattern, what in UNSTABLE.items()
        if re.search(pattern, shown(output))
    ]


def shown(output):
    """All the text of an output: printed, returned in any form, or said by an error."""
    texts = [text for kind, text in output.get("data", {}).items() if kind.startswith("text/")]
    texts += [output.get("text", ""), output.get("evalue", ""), output.get("traceback", "")]
    return "\n".join("".join(text) for text in texts)


def few_exceptions(chapter):
    """Cells that nbval skips or does not compare stay rare."""
    loose = [
        cell.number
        for cell in chapter.code
        if {"nbval-ignore-output", "nbval-skip"} & set(cell.tags)
    ]
    return (
        [f"cells {loose} are not compared: {MOST_TAGS} at the most"]
        if len(loose) > MOST_TAGS
        else []
    )


def kernel_and_ids(chapter):
    complaints = []
    if chapter.notebook["metadata"].get("kernelspec", {}).get("name") != "python3":
        complaints.append("the kernelspec is not python3")
    ids = [cell.get("id") for cell in chapter.notebook["cells"]]
    if len(set(ids)) < len(ids):
        complaints.append("two cells have the same id")
    return complaints


def may_import(name):
    """The modules of minnet that the module `name` may import, and so may its chapter."""
    if name in SHARED:
        return SHARED[name]
    shared = list(SHARED) if name == "training" else ["checks"]
    return NAMES[: NAMES.index(name)] + shared


def imports_go_backwards(chapter, earlier):
    """From minnet only what stands before; else course, numpy, matplotlib, Python and the like."""
    return [
        f"cell {cell.number} imports {name}"
        for cell in chapter.code
        for name in imported(cell.source)
        if not allowed(name, earlier, FRIENDS)
    ]


def imported(source):
    """The modules that a piece of code imports, `from minnet import x` as minnet.x."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.module == "minnet":
                yield from (f"minnet.{alias.name}" for alias in node.names)
            else:
                yield "." * node.level + (node.module or "")


def allowed(name, earlier, friends):
    top, _, rest = name.partition(".")
    if top == "minnet":
        return rest.partition(".")[0] in earlier
    return top in friends or top in sys.stdlib_module_names


def sizes(chapter):
    """Cells and definitions that one can hold in one's head."""
    complaints = [
        f"cell {cell.number} has {cell.lines} lines"
        for cell in chapter.code
        if cell.lines > LONGEST_CELL
    ]
    complaints += [
        f"{node.name} in cell {cell.number} has {length(node)} lines"
        for cell in chapter.code
        for node in definitions(cell.source)
        if length(node) > LONGEST_DEFINITION
    ]
    middle = statistics.median(cell.lines for cell in chapter.code)
    if middle > MEDIAN_CELL:
        complaints.append(f"the median cell has {middle} lines")
    return complaints


def definitions(source):
    """Every function and class in a piece of code, methods too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node


def length(node):
    return node.end_lineno - node.lineno + 1


def guards_on_the_shelf(chapter):
    """What is refused at the door does not stand in the way of a story."""
    return [
        f"cell {cell.number}, a guard, stands before the shelf"
        for cell in chapter.spine()
        if "export-checks" in cell.tags
    ]


def documented(chapter):
    """Every public definition that goes into the package says what it is."""
    return [
        f"{node.name} in cell {cell.number} has no docstring"
        for cell in chapter.code
        if cell.exported
        for node in ast.parse(cell.source).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]


def plain_words(chapter):
    """What is called easy shames whoever finds it hard."""
    return [
        f"cell {cell.number} says “{found.group()}”"
        for cell in chapter.prose
        for found in re.finditer(FORBIDDEN, without_code(cell.source), re.I)
    ]


def without_code(text):
    return re.sub(r"```.*?```|`[^`\n]*`|\([^)\s]*\)", " ", text, flags=re.S)


def figures_speak(chapter):
    """Under each figure one sentence, in italics, says what it shows."""
    following = {cell.number - 1: cell for cell in chapter.cells}
    return [
        f"the figure of cell {cell.number} has no sentence under it"
        for cell in chapter.code
        if cell.draws
        and not re.match(r"\*[^*\s]", following.get(cell.number, Cell(0, "", "")).source)
    ]


def early_and_often(chapter):
    """The first figure before the eighth code cell; something to do every eight in the spine."""
    complaints = []
    shown = [cell for cell in chapter.code if not cell.asks]
    if not any(cell.draws for cell in shown[:7]):
        complaints.append("there is no figure in the first seven code cells that ask nothing")
    idle = 0
    for cell in chapter.spine():
        idle = 0 if cell.asks or re.search(r"\bmy_\w+ *=|\bmy_\w+, ", cell.source) else idle + 1
        if idle > MOST_IDLE:
            complaints.append(
                f"nothing to do in the {MOST_IDLE} code cells before cell {cell.number}"
            )
            idle = 0
    return complaints


def links_lead_somewhere(chapter):
    """Links to chapters, to the glossary, and to headings in them."""
    return [
        f"cell {cell.number} links to {target}, which is not there"
        for cell in chapter.prose
        for target in dead_links(chapter.path, cell.source)
    ]


def dead_links(path, text):
    """The links in a text of the file `path` that lead to no file, or to no heading in it."""
    for target in re.findall(r"\]\(([^)\s]+)\)|\bhref=\"([^\"]+)\"", text):
        target = "".join(target)
        if not target.startswith(("http:", "https:", "mailto:")):
            file, _, heading = target.partition("#")
            place = path.parent / file if file else path
            if not place.exists() or (heading and heading not in headings(place)):
                yield target


@cache
def headings(path):
    """The anchors of a notebook or a Markdown file, as JupyterLab makes them."""
    text = path.read_text("utf-8")
    if path.suffix == ".ipynb":
        text = "\n".join(cell.source for cell in Chapter(path).prose)
    text = re.sub(r"```.*?```", "", text, flags=re.S)
    titles = re.findall(r"^#+ (.*)$", text, re.M)
    plain = [re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", title).strip() for title in titles]
    return {re.sub(r"[*`]", "", title).replace(" ", "-") for title in plain}


RULES = [
    executed,
    no_empty_cells,
    errors_as_tagged,
    stable_outputs,
    few_exceptions,
    kernel_and_ids,
    sizes,
    guards_on_the_shelf,
    documented,
    plain_words,
    figures_speak,
    early_and_often,
    links_lead_somewhere,
]


def twins(chapters):
    """Definitions that stand in two cells, of one chapter or of two."""
    seen, complaints = {}, []
    for chapter in chapters:
        for cell in chapter.code:
            for node in ast.parse(cell.source).body:
                if not isinstance(node, ast.FunctionDef | ast.ClassDef) or blank(node):
                    continue
                text, here = meaning(node), f"{chapter.path.name}, cell {cell.number}"
                if text in seen:
                    complaints.append(f"{node.name} stands in {seen[text]} and in {here}")
                seen[text] = here
    return complaints


def meaning(node):
    """A definition as Python sees it, without layout, comments and docstring."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    fields = {**dict(ast.iter_fields(node)), "body": body}
    return ast.dump(type(node)(**fields))


def shadows(chapters):
    """Trials that take a name of the package: one name, two things."""
    owners = {}
    for chapter, cell in each_code(chapters):
        if cell.exported:
            owners |= dict.fromkeys(top_names(cell.source), chapter.path.name)
    return [
        f"{chapter.path.name}, cell {cell.number} defines {name}, as {owners[name]} exports it"
        for chapter, cell in each_code(chapters)
        if not cell.exported
        for name in top_names(cell.source)
        if name in owners
    ]


def each_code(chapters):
    return [(chapter, cell) for chapter in chapters for cell in chapter.code]


def top_names(source):
    """The functions and classes that a cell defines at its top level."""
    kinds = ast.FunctionDef | ast.ClassDef
    return [node.name for node in ast.parse(source).body if isinstance(node, kinds)]


def blank(node):
    """An exercise that waits for its answer: `def my_x(...): ...`"""
    return all(isinstance(line, ast.Expr) for line in node.body)


def size_table(chapters):
    """A row a chapter: how many cells, and how long they and their definitions are."""
    rows = [
        ("chapter", "code", "prose", "spine", "median", "longest", "words", "definition", "loose")
    ]
    for chapter in chapters:
        lines = [cell.lines for cell in chapter.code]
        words = statistics.median(len(cell.source.split()) for cell in chapter.prose)
        lengths = [length(node) for cell in chapter.code for node in definitions(cell.source)]
        longest = max(lengths, default=0)
        loose = sum("nbval-ignore-output" in c.tags or "nbval-skip" in c.tags for c in chapter.code)
        counts = (len(lines), len(chapter.prose), len(chapter.spine()))
        middle = statistics.median(lines)
        rows.append((chapter.name, *counts, middle, max(lines), words, longest, loose))
    return "\n".join(f"{row[0]:16}" + "".join(f"{cell!s:>11}" for cell in row[1:]) for row in rows)
