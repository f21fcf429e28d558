"""Chapters to package: the cells tagged `export` of chapter n become module n.

    python -m course.build                  build minnet/ and REFERENCE.md from the chapters
    python -m course.build --check          write nothing; exit with 1 where a file would change
    python -m course.build --run [NAME …]   execute the chapters first, then build

An exported cell is one or more whole top-level statements. Nothing but minnet/*.py, REFERENCE.md
and, with --run, the outputs in the chapters is ever written, and each file whole or not at all.
"""

import argparse
import ast
import json
import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 100
STATEMENTS = (ast.FunctionDef, ast.ClassDef, ast.Assign, ast.AugAssign, ast.Import, ast.ImportFrom)


class BuildError(Exception):
    """A chapter from which no module can be built: which one, which cell, and why."""


def main(words):
    parser = argparse.ArgumentParser(prog="python -m course.build", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    parser.add_argument("--run", nargs="*", metavar="NAME", help="execute these chapters, or all")
    wanted = parser.parse_args(words)
    try:
        if wanted.run is not None:
            run(ROOT / "chapters", ROOT / "minnet", wanted.run)
        files = build(ROOT / "chapters", ROOT / "minnet")
        files[ROOT / "REFERENCE.md"] = reference(ROOT / "chapters")
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return store(files, wanted.check)


def store(files, check=False):
    """Write the files that differ; with `check`, name them and write nothing."""
    changed = [path for path, text in files.items() if not path.exists() or read(path) != text]
    for path in changed:
        print(f"{path.name} {'would change' if check else 'written'}")
        if not check:
            write(path, files[path])
    return 1 if changed and check else 0


# From notebooks to modules


def build(chapters, package):
    """The text of every file of `package`, by path, built from the notebooks in `chapters`."""
    owners, files = {}, {}
    for path in notebooks(chapters):
        cells = in_module_order(exported(path))
        for number, source in cells:
            for name in public_names(source):
                if name in owners:
                    raise BuildError(
                        f"{name} is defined in {owners[name]} and in {path.name}, cell {number}"
                    )
                owners[name] = f"{path.name}, cell {number}"
        text = "\n\n".join([docstring(path), *(source for _, source in cells)])
        files[package / f"{module_name(path)}.py"] = formatted(text, path.name)
    files[package / "__init__.py"] = formatted(front_door(chapters), "__init__.py")
    return files


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
    """Number and source of each exported cell, each proved to be whole statements."""
    found = [(i, source) for i, _, tags, source in cells_of(path) if "export" in tags]
    for number, source in found:
        try:
            body = ast.parse(source).body
        except SyntaxError as error:
            raise BuildError(f"{path.name}, cell {number} is not plain Python: {error}") from None
        for statement in body:
            if not isinstance(statement, STATEMENTS):
                line = source.splitlines()[statement.lineno - 1]
                raise BuildError(
                    f"{path.name}, cell {number} exports `{line}`: only imports, definitions "
                    "and assignments belong into a module; trials and pictures have their own cells"
                )
    return found


def in_module_order(cells):
    """The imports first, then `__all__`, which a chapter shows at its end, then the definitions."""
    return sorted(cells, key=lambda cell: (not imports(cell[1]), not lists_names(cell[1])))


def imports(source):
    return isinstance(ast.parse(source).body[0], ast.Import | ast.ImportFrom)


def lists_names(source):
    return source.startswith("__all__")


def public_names(source):
    """The names that a cell defines at its top level, without those that start with `_`."""
    names = []
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            names.append(statement.name)
        elif isinstance(statement, ast.Assign):
            names += [target.id for target in statement.targets if isinstance(target, ast.Name)]
    return [name for name in names if not name.startswith("_")]


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
    """The text of __init__.py: the public names, chapter by chapter."""
    lines, names = ['"""Neural networks from nothing but numpy, chapter by chapter."""'], []
    for path in notebooks(chapters):
        here = offered(path)
        names += here
        if here:
            lines.append(f"from minnet.{module_name(path)} import {', '.join(here)}")
    listed = "\n".join(f'    "{name}",' for name in names)
    return "\n".join(lines) + f"\n\n__all__ = [\n{listed}\n]\n"


def offered(path):
    """The names in a chapter's `__all__`; where it has none, every public name."""
    sources = [source for _, source in exported(path)]
    for source in filter(lists_names, sources):
        return ast.literal_eval(source.partition("=")[2].strip())
    return [name for source in sources for name in public_names(source)]


def formatted(text, name):
    """Imports sorted and the whole laid out by ruff, with the project's settings."""
    for command in (["check", "--select", "I", "--fix-only", "--quiet"], ["format", "--quiet"]):
        ruff = [
            sys.executable,
            "-m",
            "ruff",
            *command,
            "--stdin-filename",
            f"minnet/{name}.py",
            "-",
        ]
        done = subprocess.run(ruff, input=text, capture_output=True, encoding="utf-8", cwd=ROOT)
        if done.returncode:
            raise BuildError(f"{name}: ruff could not lay it out:\n{done.stderr}")
        text = done.stdout
    return text


def reference(chapters):
    """The text of REFERENCE.md: every public name, where it is taught, and what it means."""
    text = "# Reference\n\nEvery public name of minnet, `from minnet import …`, by chapter.\n"
    for path in notebooks(chapters):
        rows = [row for _, source in exported(path) for row in meanings(source)]
        rows = [row for row in rows if row[0] in offered(path)]
        title = cells_of(path)[0][3].partition("\n")[0].lstrip("# ")
        text += f"\n## [{title}](chapters/{path.name})\n\n`minnet/{module_name(path)}.py`\n\n"
        text += "| name | meaning |\n|---|---|\n"
        text += "".join(f"| `{name}` | {meaning} |\n" for name, meaning in rows)
    return text


def meanings(source):
    """Name and first docstring sentence of each function and class that a cell defines."""
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            if statement.name.startswith("_"):
                continue
            paragraph = (ast.get_docstring(statement) or "").partition("\n\n")[0]
            yield statement.name, " ".join(paragraph.split()).replace("|", "\\|")


# Executing the chapters


def run(chapters, package, names=()):
    """Execute the chapters called `names`, or all; build each module before the next one runs."""
    for path in notebooks(chapters):
        if not names or path.stem in names:
            print(f"running {path.name}", flush=True)
            write(path, execute(path))
            store(build(chapters, package))


def execute(path):
    """The text of the notebook after a run from top to bottom in a fresh kernel."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=120,
        allow_errors=True,
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
            refuse_errors(path, number, cell)
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


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


def refuse_errors(path, number, cell):
    """An error is welcome only where the cell says so, and there it must come."""
    errors = [output for output in cell.outputs if output.output_type == "error"]
    expected = "raises-exception" in cell.metadata.get("tags", [])
    first = cell.source.partition("\n")[0]
    if errors and not expected:
        told = f"{errors[0].ename}: {errors[0].evalue}"
        raise BuildError(f"{path.name}, cell {number}, `{first}`: {told}")
    if expected and not errors:
        raise BuildError(f"{path.name}, cell {number}, `{first}`: should raise, and does not")
    for output in errors:  # the traceback's colours and paths differ from machine to machine
        output.traceback = [f"{output.ename}: {output.evalue}"]


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
