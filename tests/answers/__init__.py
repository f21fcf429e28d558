"""What readers answered, as they typed it: one file a chapter.

A file is Python in sections: `# ` an exercise or a question, `## ` the verdict that the answers
below it deserve ("right", "right, but", "not yet" or "not tried yet"), and `, probing` where they
were not given in earnest but to see what happens. Each statement is an answer, or defines what
the answers of its section call; `#> ` says what the reply to the next one must speak of.
"""

import ast
import importlib
import linecache
from collections import namedtuple
from pathlib import Path

import numpy as np

Answer = namedtuple("Answer", "name value deserved kind words source")
IMPORTS = {  # what readers imported, or a notebook calls by a name of its own
    "tensors": "from minnet import checks\nfrom minnet.tensors import record, unwrap\n"
    "row = Tensor([1.0, 2, 3])",
    "cost_functions": "from minnet.cost_functions import cross_entropy, softmax\n"
    "price = np.array([1.0, 2, 3, 4, 15])",
    "layers": "from numpy.lib.stride_tricks import sliding_window_view\n"
    "from minnet.tensors import op, where",
    "optimizers": "from minnet.optimizers import SGD\nlr, w = 0.1, Tensor([1.0, 2])",
    "data": "import random\nfrom course.exercises.data import split_rows as cut\n"
    "from minnet.data import shift_images, train_test_split\nx = np.ones((100, 64))",
    "training": "from copy import deepcopy\ntrain_x = valid_x = np.zeros((4, 64))\n"
    "train_y = valid_y = np.zeros(4, int)\naccuracy = lambda a, y: 0.9",
}


def read(chapter):
    """All answers of a chapter's readers."""
    names = {**vars(importlib.import_module(f"course.exercises.{chapter}")), "np": np}
    exec(IMPORTS.get(chapter, ""), names)
    text = Path(__file__).with_name(f"{chapter}.txt").read_text("utf-8")
    for section in text.split("\n# "):
        name, *groups = section.removeprefix("# ").split("\n## ")
        given = [(group.partition("\n")[0], *each) for group in groups for each in parts(group)]
        helps = [isinstance(node, ast.FunctionDef) and node.name != name for *_, node in given]
        helpers = {**names}
        for (_, source, _, _), help_ in zip(given, helps):
            if help_:
                exec(source, helpers)
        for (deserved, source, words, node), help_ in zip(given, helps):
            if not help_:
                value = typed(name, source, {**helpers}, isinstance(node, ast.Expr))
                verdict, *probing = deserved.split(", probing")
                yield Answer(
                    name, value, verdict, "probing" if probing else "natural", words, source
                )


def parts(group):
    """(source, words that its reply must have, node) of each statement."""
    lines = group.splitlines()[1:]
    for node in ast.parse("\n".join(lines)).body:
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))]) - 1
        before = lines[first - 1] if first else ""
        words = before.removeprefix("#> ") if before.startswith("#> ") else ""
        yield "\n".join(lines[first : node.end_lineno]) + "\n", words, node


def typed(name, source, names, is_value):
    """What was typed into a cell, as the check gets it: a value, or a function."""
    if is_value:
        return eval(source, names)
    cell = f"<cell {len(linecache.cache)}>"  # where a notebook, too, keeps what was typed
    linecache.cache[cell] = len(source), None, source.splitlines(True), cell
    exec(compile(source, cell, "exec"), names)
    return names[name]
