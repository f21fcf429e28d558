"""No name of the first edition is left in its old sense: the code is walked, not the text."""

import ast
import json
from pathlib import Path

import pytest

import minnet

ROOT = Path(minnet.__file__).resolve().parent.parent
GONE = {  # whatever they would be: imported, defined, an attribute
    "binary_cross_entropy", "AveragePool2d", "average_pool2d", "running_variance",
    "Standardize", "confusion", "save_checkpoint", "load_checkpoint", "AdaGrad", "RMSProp",
    "clip_gradients", "sum_over", "mean_over", "max_over", "without_history", "arrays_of",
}  # fmt: skip
IMPORTED = {"split", "measure", "state", "check_number", "check_count", "check_generator"}
ARGUMENTS = {  # of calls by name: what the call is, and the argument that it had
    "Linear": {"inputs", "outputs"},
    "max_pool2d": {"size"},
    "avg_pool2d": {"size"},
    "BatchNorm": {"features", "epsilon"},
    "LayerNorm": {"features", "epsilon"},
    "Dropout": {"rate"},
    "leaky_relu": {"slope"},
    "Embedding": {"count", "size"},
    "one_hot": {"classes"},
    "confusion_matrix": {"classes"},
    "shift_images": {"most"},
    "RMSprop": {"decay", "epsilon"},
    "Adagrad": {"epsilon"},
    "Adam": {"epsilon"},
    "AdamW": {"epsilon"},
    "clip_grad_norm": {"most"},
}
BEHIND = {"sum_over", "mean_over", "max_over"}  # the operations behind the methods, in one place


def sources():
    """(where, code) of the package, the course, its examples, tools, and every cell."""
    for folder in ("minnet", "course", "examples", "benchmarks"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")
    for path in sorted((ROOT / "chapters").glob("*.ipynb")):
        for i, cell in enumerate(json.loads(path.read_text("utf-8"))["cells"], 1):
            if cell["cell_type"] == "code":
                yield f"{path.name} cell {i}", "".join(cell["source"])


def old_names(code):
    """The names of the first edition that a piece of code uses in their old sense."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("minnet"):
            yield from {alias.name for alias in node.names} & (GONE | IMPORTED)
        elif isinstance(node, ast.Attribute) and node.attr in GONE:
            yield node.attr
        elif isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in GONE:
            yield node.name
        elif isinstance(node, ast.Attribute) and node.attr in IMPORTED:
            if isinstance(node.value, ast.Name) and node.value.id in ("mn", "minnet"):
                yield f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.Name) and node.id in GONE:
            yield node.id
        elif isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            given = {keyword.arg for keyword in node.keywords}
            yield from (f"{called}({name}=)" for name in given & ARGUMENTS.get(called, set()))


def test_no_old_name_is_used_in_its_old_sense():
    found = {
        where: names
        for where, code in sources()
        if (names := set(old_names(code)) - allowed(where))
    }
    assert found == {}


def allowed(where):
    """What the operations behind sum, mean and max may be called where they are made and asked."""
    made = where == "minnet/tensors.py" or where.startswith(("01_tensors", "course/workbook"))
    return BEHIND if made else set()


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("from minnet import split", "split"),
        ("mn.measure(network)", "mn.measure"),
        ("norm.running_variance", "running_variance"),
        ("class AdaGrad: pass", "AdaGrad"),
        ("Dropout(rate=0.5)", "Dropout(rate=)"),
        ("mn.Adam(p, epsilon=1e-8)", "Adam(epsilon=)"),
        ("x = clip_gradients(p, 1)", "clip_gradients"),
    ],
)
def test_an_old_name_is_seen(code, name):
    assert list(old_names(code)) == [name]


def test_what_only_looks_like_an_old_name_is_left_alone():
    for code in ("'a b'.split()", "StepDecay(o, rate=1)", "part.state", "split = 3", "my.epsilon"):
        assert list(old_names(code)) == []
