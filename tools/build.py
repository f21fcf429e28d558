"""Chapters to package: their exported cells become the modules of minnet.

    python -m tools.build                  build minnet/ and REFERENCE.md from the chapters
    python -m tools.build --check          write nothing; exit with 1 where a file would change
    python -m tools.build --run [NAME …]   build, then execute the chapters and store what they show

The tag `export` sends a cell to its chapter's own module, `export-checks` to minnet/checks.py, and
any `export-<name>` to a module that chapters share. An exported cell is one or more whole top-level
statements. Building executes nothing, so every module is there before the first chapter runs.
Nothing but minnet/*.py, REFERENCE.md and, with --run, the chapters is ever written, and each file
whole or not at all; with --check, nothing.
"""

import argparse
import ast
import json
import os
import re
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

from run import settings

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 100
SECONDS = 120  # for one cell
IMPORTS = (ast.Import, ast.ImportFrom)
DEFINITIONS = (ast.FunctionDef, ast.ClassDef)
STATEMENTS = (*IMPORTS, *DEFINITIONS, ast.Assign, ast.AnnAssign, ast.AugAssign)


class BuildError(Exception):
    """A chapter from which no module can be built: which one, which cell, and why."""


def main(words):
    parser = argparse.ArgumentParser(prog="python -m tools.build", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    parser.add_argument("--run", nargs="*", metavar="NAME", help="execute these chapters, or all")
    wanted = parser.parse_args(words)
    try:
        files = build(ROOT / "chapters", ROOT / "minnet")
        files[ROOT / "REFERENCE.md"] = reference(ROOT / "chapters")
        changed = store(files, wanted.check)
        if wanted.run is not None:
            changed = max(changed, run(ROOT / "chapters", wanted.run, wanted.check))
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return changed


def store(files, check=False):
    """Write the files that differ; with `check`, name them, write nothing, and return 1."""
    changed = [path for path, text in files.items() if not path.exists() or read(path) != text]
    for path in changed:
        print(f"{path.name} {'would change' if check else 'written'}")
        if not check:
            write(path, files[path])
    return 1 if changed and check else 0


# From notebooks to modules


def build(chapters, package):
    """The text of every file of `package`, by path, built from the notebooks in `chapters`."""
    modules = gathered(chapters)
    refuse_twins(modules)
    opening = {module_name(path): [docstring(path)] for path in notebooks(chapters)}
    files = {}
    for module, cells in modules.items():
        refuse_openings(module, cells, shared=module not in opening)
        sources = sorted((source for _, _, source in cells), key=place)
        text = "\n\n".join([*opening.get(module, []), *sources])
        files[package / f"{module}.py"] = formatted(text, f"{module}.py")
    files[package / "__init__.py"] = formatted(front_door(chapters), "__init__.py")
    return files


def gathered(chapters):
    """The exported cells (chapter, number, source) of every module: chapters' own, then shared."""
    modules = {module_name(path): [] for path in notebooks(chapters)}
    own = set(modules)
    for path in notebooks(chapters):
        for module, number, source in exported(path):
            if module in own and module != module_name(path):
                first = source.partition("\n")[0]
                raise complaint(path, number, first, f"{module} is another chapter's own module")
            modules.setdefault(module, []).append((path, number, source))
    return modules


def refuse_twins(modules):
    """A name, public or private, is defined once in all; each module may have its `__all__`."""
    owners = {}
    for module, cells in modules.items():
        for path, number, source in cells:
            here = f"{path.name}, cell {number}"
            for name in defined_names(source):
                key = (module, name) if name == "__all__" else name
                if key in owners:
                    raise BuildError(f"{name} is defined in {owners[key]} and in {here}")
                owners[key] = here


def refuse_openings(module, cells, shared):
    """The first cell of a module that chapters share says in a docstring what it is; no other."""
    for i, (path, number, source) in enumerate(cells):
        wanted = shared and i == 0
        if opens(source) != wanted:
            what = "has to open with its docstring" if wanted else "has its docstring elsewhere"
            raise complaint(path, number, source.partition("\n")[0], f"{module}.py {what}")


def place(source):
    """Where a cell stands in its module: the opening, the imports, definitions, `__all__`."""
    return not opens(source), not imports(source), lists_names(source)


def notebooks(chapters):
    """The chapters in their order: 01_tensors.ipynb, 02_…"""
    return sorted(Path(chapters).glob("[0-9][0-9]_*.ipynb"))


def module_name(path):
    return path.stem.partition("_")[2]


def cells_of(path):
    """Number, kind, tags and source of each cell of a notebook, counted from 1."""
    cells = json.loads(read(path))["cells"]
    return [
        (i, cell["cell_type"], cell["metadata"].get("tags", []), "".join(cell["source"]))
        for i, cell in enumerate(cells, 1)
    ]


def exported(path):
    """Module, number and source of each exported cell, each proved to be whole statements."""
    found = []
    for number, _, tags, source in cells_of(path):
        modules = [module_of(tag, path) for tag in tags if re.fullmatch(r"export(-\w+)?", tag)]
        if modules:
            refuse_trials(path, number, source)
            found.append((modules[0], number, untitled(source)))
        if len(modules) > 1:
            raise complaint(path, number, source.partition("\n")[0], "exported to two modules")
    return found


def untitled(source):
    """A cell without the comment in its first line: the title of the fold, and of no module."""
    return re.sub(r"\A#.*\n", "", source)


def module_of(tag, path):
    """Where a tag sends a cell of this chapter."""
    return tag.partition("-")[2] or module_name(path)


def refuse_trials(path, number, source):
    """Refuse a cell of which a part does not belong into a module."""
    first = source.partition("\n")[0]
    try:
        body = ast.parse(source).body
    except SyntaxError as error:
        raise complaint(path, number, first, f"not plain Python: {error}") from None
    if not body:
        raise complaint(path, number, first, "exports nothing")
    if "__all__" in defined_names(source) and len(body) > 1:
        raise complaint(path, number, first, "__all__ stands last, from a cell of its own")
    for statement in body[1 if opens(source) else 0 :]:
        if not isinstance(statement, STATEMENTS) or draws(statement):
            line = source.splitlines()[statement.lineno - 1]
            raise complaint(
                *(path, number, line, "exported, but only imports, definitions and "),
                "assignments belong into a module; trials and pictures have their own cells",
            )


def complaint(path, number, line, *words):
    """What is wrong in a cell, with its chapter, its number and the line."""
    return BuildError(f"{path.name}, cell {number}, `{line}`: {''.join(words)}")


def draws(statement):
    """True for what draws as soon as the module is imported; a function may draw when called."""
    names = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
    return "plt" in names and not isinstance(statement, DEFINITIONS)


def opens(source):
    """True for a cell that begins with a docstring: the first one of a module that is shared."""
    return ast.get_docstring(ast.parse(source)) is not None


def imports(source):
    return isinstance(ast.parse(source).body[0], IMPORTS)


def lists_names(source):
    return source.startswith("__all__")


def defined_names(source):
    """The names that a piece of code defines at its top level, in their order."""
    for statement in ast.parse(source).body:
        if isinstance(statement, DEFINITIONS):
            yield statement.name
        elif isinstance(statement, ast.AnnAssign):
            yield from names_in(statement.target)
        elif isinstance(statement, ast.Assign):
            for target in statement.targets:
                yield from names_in(target)


def names_in(target):
    """The names that an assignment makes; `Tensor.sum = total` makes none."""
    parts = target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
    return [part.id for part in parts if isinstance(part, ast.Name)]


def docstring(path):
    """The module's docstring: the chapter's opening paragraph, without Markdown's signs."""
    _, kind, _, source = cells_of(path)[0]
    blocks = [block for block in re.split(r"\n\s*\n", source) if block.strip()]
    if kind != "markdown" or not blocks[0].startswith("# ") or len(blocks) < 2:
        raise BuildError(f"{path.name} must open with a title (# …) and a paragraph under it")
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", " ".join(blocks[1].split()))
    text = re.sub(r"[*`]", "", text)
    if len(text) <= WIDTH - 6:
        return f'"""{text}"""'
    return '"""' + "\n".join(textwrap.wrap(text, WIDTH - 3)) + '\n"""'


def front_door(chapters):
    """The text of __init__.py: the public names, chapter by chapter, each from its own module."""
    lines, names = ['"""Neural networks from nothing but numpy, chapter by chapter."""'], []
    for _, module, here in offered(chapters):
        names += here
        lines.append(f"from minnet.{module} import {', '.join(here)}")
    listed = "\n".join(f'    "{name}",' for name in names)
    lines.append(f'\n__version__ = "{version()}"\n')
    return "\n".join(lines) + f"\n__all__ = [\n{listed}\n]\n"


def version():
    """The package's version, written once, in pyproject.toml."""
    return tomllib.loads(read(ROOT / "pyproject.toml"))["project"]["version"]


def offered(chapters):
    """(chapter, module, public names) for every module that a chapter adds public names to."""
    modules = gathered(chapters)
    for path in notebooks(chapters):
        for module, cells in modules.items():
            mine = {n for place, _, source in cells if place == path for n in defined_names(source)}
            names = [name for name in listed_names(module, cells) if name in mine]
            if names:
                yield path, module, names


def listed_names(module, cells):
    """The names in a module's `__all__`, each proved to be defined there; it may have none."""
    defined = {name for _, _, source in cells for name in defined_names(source)}
    for path, number, source in cells:
        if lists_names(source):
            listed = ast.literal_eval(source.partition("=")[2].strip())
            for name in listed:
                if name not in defined:
                    raise complaint(path, number, name, f"listed, but not exported to {module}")
            return listed
    return []


def formatted(text, file):
    """Imports sorted and the whole laid out by ruff, with the project's settings."""
    for words in (["check", "--select", "I", "--fix-only"], ["format"]):
        ruff = [sys.executable, "-m", "ruff", *words, "--quiet"]
        ruff += ["--stdin-filename", f"minnet/{file}", "-"]
        done = subprocess.run(ruff, input=text, capture_output=True, encoding="utf-8", cwd=ROOT)
        if done.returncode:
            raise BuildError(f"{file}: ruff could not lay it out:\n{done.stderr}")
        text = done.stdout
    return text


def reference(chapters):
    """The text of REFERENCE.md: every public name, where it is taught, and what it means."""
    text = "# Reference\n\nEvery public name of minnet, `from minnet import …`, by chapter.\n"
    told = None
    for path, module, names in offered(chapters):
        if path != told:
            title = cells_of(path)[0][3].partition("\n")[0].lstrip("# ")
            text += f"\n## [{title}](chapters/{path.name})\n"
            told = path
        text += f"\n`minnet/{module}.py`\n\n| name | meaning |\n|---|---|\n"
        text += "".join(f"| `{name}` | {meaning} |\n" for name, meaning in meanings(path, names))
    return text


def meanings(path, names):
    """These names, in the order in which the chapter defines them, each with what it means."""
    told = {}
    for _, _, source in exported(path):
        for statement in ast.parse(source).body:
            if isinstance(statement, DEFINITIONS) and statement.name in names:
                told[statement.name] = first_sentence(ast.get_docstring(statement) or "")
    for name in names:
        if not told.get(name):
            raise BuildError(f"{path.name} offers {name}, but no docstring says what it means")
    return told.items()


def first_sentence(text):
    sentence = re.split(r"(?<=[.?!])\s", " ".join(text.partition("\n\n")[0].split()))[0]
    return sentence.replace("|", "\\|")


# Executing the chapters


def run(chapters, names=(), check=False):
    """Execute the chapters called `names`, or all; they find the package as it was built.

    Return 1 where `check` is set and a chapter would change.
    """
    paths = notebooks(chapters)
    for name in names:
        if name not in [path.stem for path in paths]:
            raise BuildError(f"there is no {name}: {', '.join(path.stem for path in paths)}")
    changed = 0
    for path in paths:
        if not names or path.stem in names:
            print(f"running {path.name}", flush=True)
            changed = max(changed, store({path: execute(path, timings=not check)}, check))
    return changed


def execute(path, seconds=SECONDS, timings=True):
    """The text of the notebook after a run from top to bottom in a fresh kernel.

    Without `timings`, cells that are never compared keep what they showed before.
    """
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    place = {"metadata": {"path": str(path.parent)}}
    how = {"kernel_name": "python3", "timeout": seconds, "record_timing": False}
    client = NotebookClient(notebook, resources=place, **how)
    with client.setup_kernel(env=settings()):
        for index, cell in enumerate(notebook.cells):
            before = cell.get("outputs")
            trouble = execute_cell(client, index, cell)
            if trouble:
                raise complaint(path, index + 1, cell.source.partition("\n")[0], trouble)
            if not timings and "nbval-ignore-output" in cell.metadata.get("tags", []):
                cell.outputs = before
    return stable(notebook)


def execute_cell(client, index, cell):
    """Fill in what a cell shows, without what chance or one machine put into it, or say why not."""
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    try:
        client.execute_cell(cell, index)
    except CellExecutionError as error:
        return f"{error.ename}: {error.evalue}"
    except CellTimeoutError:
        return f"it ran for more than {client.timeout} seconds"
    except DeadKernelError:
        return "the kernel died"
    if cell.cell_type != "code":
        return ""
    cell.outputs = joined(cell.outputs)
    errors = [output for output in cell.outputs if output.output_type == "error"]
    if "raises-exception" in cell.metadata.get("tags", []) and not errors:
        return "should raise, and does not"
    for output in errors:  # the traceback's colours and paths differ from machine to machine
        output.traceback = [f"{output.ename}: {output.evalue}"]
    return ""


def stable(notebook):
    """The text of a notebook: sorted keys, and of the metadata only what has a meaning here."""
    import nbformat

    for cell in notebook.cells:
        kept = {key: cell.metadata[key] for key in ("jupyter", "tags") if cell.metadata.get(key)}
        cell.metadata = nbformat.from_dict(kept)
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return nbformat.writes(nbformat.from_dict(notebook)) + "\n"


def joined(outputs):
    """Pieces of one stream that follow each other become one: how they were cut is chance."""
    whole = []
    for output in outputs:
        last = whole[-1] if whole else {}
        if output.get("name") and output.get("name") == last.get("name"):
            last["text"] += output["text"]
        else:
            whole.append(output)
    return whole


def read(path):
    return Path(path).read_text("utf-8")


def write(path, text):
    """Whole or not at all."""
    part = Path(path).with_name(Path(path).name + ".part")
    with open(part, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    os.replace(part, path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
