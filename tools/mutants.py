"""Would the tests notice? Plants one mistake at a time in a copy of minnet, and runs the tests.

    python tools/mutants.py --module tensors --limit 40 --seed 0

A mistake is a turned sign, another operator or comparison, an axis or a constant off by one, two
arguments swapped, a condition turned around, a rule that loses a factor, a line left out. It is
*killed* if a test fails, and has *survived* if all pass: then a learner could keep it. A guard is
held against the tests of the modules that ask it. Everything happens in a temporary folder.
Survivors are printed with their line; some change nothing that can be seen (a message, a size that
is never reached), and those are for a person to judge.
"""

import argparse
import ast
import copy
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ["tensors", "cost_functions", "layers", "optimizers", "data", "training"]
MODULES += ["checks", "files", "plots"]  # the shared ones
EXTRA = {"tensors": ["fuzz", "types"], "cost_functions": ["fuzz"]}  # beside test_<module>
EXTRA |= {"layers": ["fuzz", "pytorch", "resume"], "optimizers": ["resume"], "data": ["resume"]}
EXTRA |= {"training": ["resume", "kills"], "files": ["resume", "kills"], "plots": ["drawn"]}
ALWAYS = ["arguments"]

OPERATORS = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.MatMult: ast.Mult, ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}  # fmt: skip
COMPARISONS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
CALLS = {"max": "min", "min": "max", "maximum": "minimum", "sum": "mean", "zeros": "ones"}
CALLS |= {"ones": "zeros", "zeros_like": "ones_like", "ones_like": "zeros_like", "any": "all"}
CALLS |= {"all": "any", "expand_dims": "squeeze", "sqrt": "abs", "exp": "expm1", "sorted": "list"}
EITHER_WAY = {"max", "min", "maximum", "minimum", "require_same_shape"}  # f(a, b)


def changed(node, **fields):
    """A copy of the node with other fields."""
    new = copy.deepcopy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def mistakes(node):
    """(what was done, the changed node) for every mistake that can be made at this node."""
    match node:
        case ast.BinOp(op=op) if type(op) in OPERATORS:
            yield "another operator", changed(node, op=OPERATORS[type(op)]())
            if isinstance(op, ast.Sub | ast.Div | ast.Pow | ast.MatMult):
                yield "operands swapped", changed(node, left=node.right, right=node.left)
            if isinstance(op, ast.Mult | ast.Div):
                yield "a factor lost", node.left
                if isinstance(op, ast.Mult):
                    yield "a factor lost", node.right
        case ast.AugAssign(op=op) if type(op) in OPERATORS:
            yield "another operator", changed(node, op=OPERATORS[type(op)]())
            yield "= for an operator", ast.Assign([node.target], node.value)
        case ast.UnaryOp(op=ast.USub() | ast.Not()):
            yield "a sign or a not lost", node.operand
        case ast.Compare(ops=[op]) if type(op) in COMPARISONS:
            yield "another comparison", changed(node, ops=[COMPARISONS[type(op)]()])
        case ast.BoolOp(op=op):
            other = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield "and for or", changed(node, op=other)
        case ast.Constant(value=bool(value)):
            yield "true for false", changed(node, value=not value)
        case ast.Constant(value=int(value) | float(value)):
            yield "a constant off by one", changed(node, value=value + 1)
            if value:
                yield "a constant's sign", changed(node, value=-value)
        case ast.If(test=test) | ast.IfExp(test=test):
            yield "a condition turned around", changed(node, test=ast.UnaryOp(ast.Not(), test))
        case ast.Lambda(body=body):
            yield "a sign turned", changed(node, body=ast.UnaryOp(ast.USub(), body))
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            if name in CALLS:
                place = "attr" if isinstance(node.func, ast.Attribute) else "id"
                yield (
                    f"{CALLS[name]} for {name}",
                    changed(node, func=changed(node.func, **{place: CALLS[name]})),
                )
            starred = any(isinstance(argument, ast.Starred) for argument in node.args)
            if len(node.args) == 2 and not starred and name not in EITHER_WAY:
                yield "arguments swapped", changed(node, args=node.args[::-1])
            for i, keyword in enumerate(node.keywords):
                others = node.keywords[:i] + node.keywords[i + 1 :]
                if keyword.arg:
                    yield f"{keyword.arg}= left out", changed(node, keywords=others)
        case ast.Tuple(elts=[first, *rest], ctx=ast.Load()) if len(rest) in (1, 2):
            yield "an order turned", changed(node, elts=[*reversed(rest), first])
        case ast.Expr(value=ast.Call()):
            yield "a line left out", ast.Pass()


def parts(tree):
    """(holder, field, place, node) of all code: no docstrings, no messages, no lists of names."""
    stack = [tree]
    while stack:
        holder = stack.pop()
        for field, value in ast.iter_fields(holder):
            for i, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(node, ast.AST) and not is_words(node):
                    yield holder, field, i, node
                    stack.append(node)


def is_words(node):
    """True for what only speaks: an error that is raised, a formatted text, __all__."""
    names = [getattr(target, "id", "") for target in getattr(node, "targets", [])]
    return isinstance(node, ast.Raise | ast.JoinedStr) or names == ["__all__"]


def put(holder, field, i, node):
    """Set the field of a node, or one place in it."""
    if i is None:
        setattr(holder, field, node)
    else:
        getattr(holder, field)[i] = node


def mutants(source):
    """(line, what was done, before, after, the changed source) for every mistake, each once."""
    tree = ast.parse(source)
    seen = {ast.unparse(tree)}
    for holder, field, i, node in parts(tree):
        for what, new in mistakes(node):
            put(holder, field, i, ast.copy_location(new, node))
            text = ast.unparse(ast.fix_missing_locations(tree))
            put(holder, field, i, node)
            if text not in seen:
                seen.add(text)
                yield node.lineno, what, ast.unparse(node), ast.unparse(new), text


def tests_of(modules):
    """The names of the tests that a mistake in one of these modules is held against."""
    names = [name for module in modules for name in (module, *EXTRA.get(module, []))]
    return list(dict.fromkeys([*names, *ALWAYS]))


def who_asks(line, sources):
    """The modules that ask the guard in this line of checks, themselves or by another guard."""
    bodies = {
        node.name: node for node in ast.parse(sources["checks"]).body if hasattr(node, "name")
    }
    found = {name for name, node in bodies.items() if node.lineno <= line <= node.end_lineno}
    names = {name: set(re.findall(r"\w+", ast.unparse(node))) for name, node in bodies.items()}
    for _ in bodies:  # a guard that asks a guard that asks …
        found |= {name for name in names if found & names[name]}
    rooms = {module: source for module, source in sources.items() if module != "checks"}
    return [module for module in rooms if found & set(re.findall(r"\w+", rooms[module]))]


def run(folder, tests, seconds):
    """True if a test fails, or nothing ends in time."""
    paths = [folder / "tests" / f"test_{name}.py" for name in tests]
    files = [str(path) for path in paths if path.exists()]  # who asks no guard has none
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *files]
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        return True
    if done.returncode not in (0, 1, 2, 4):  # 2 and 4: minnet cannot even be imported
        raise SystemExit(done.stdout.decode() + done.stderr.decode())
    return done.returncode != 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--module", choices=MODULES, help="one module; all, if left out")
    parser.add_argument("--limit", type=int, default=40, help="how many mistakes per module")
    parser.add_argument("--seed", type=int, default=0, help="which ones")
    parser.add_argument(
        "--seconds", type=float, default=120, help="a run that takes longer is killed"
    )
    arguments = parser.parse_args()
    survivors = total = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for part in ("minnet", "course", "tests", "chapters", "examples", "tools"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pyc*"))
        for name in ("pyproject.toml", "run.py"):
            shutil.copy(ROOT / name, folder)
        sources = {name: (folder / "minnet" / f"{name}.py").read_text("utf-8") for name in MODULES}
        for module in [arguments.module] if arguments.module else MODULES:
            path, source = folder / "minnet" / f"{module}.py", sources[module]
            tests = tests_of(MODULES if module == "checks" else [module])
            if run(folder, tests, arguments.seconds):
                raise SystemExit(f"the tests of {module} fail without any mistake planted")
            every = list(mutants(source))
            chosen = random.Random(arguments.seed).sample(every, min(arguments.limit, len(every)))
            killed = 0
            for line, what, before, after, text in sorted(chosen, key=lambda each: each[0]):
                path.write_text(text, "utf-8")
                if module == "checks":
                    tests = tests_of(who_asks(line, sources))
                if run(folder, tests, arguments.seconds):
                    killed += 1
                else:
                    print(f"survived: {module}.py:{line}: {what}: {before}  →  {after}", flush=True)
            path.write_text(source, "utf-8")
            print(f"{module}: {killed} of {len(chosen)} killed ({len(every)} possible)", flush=True)
            survivors, total = survivors + len(chosen) - killed, total + len(chosen)
    print(f"all: {total - survivors} of {total} killed, {1 - survivors / max(total, 1):.1%}")


if __name__ == "__main__":
    main()
