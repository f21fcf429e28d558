"""What the lines of minnet are for: mathematics, interface, guards, files, drawing, …

    python -m tools.count                    a row for each module, and the whole
    python -m tools.count --against HEAD~9   the same at another commit, and what has changed
    python -m tools.count --lines layers     one module, each line with its purpose before it

A line has the purpose of the statement that it belongs to; blank lines are not counted, a comment
goes with what follows it. A statement is judged by what it does, never by what it is called:

imports      imports, and `__all__`.
docstrings   docstrings.
guards       `raise` and `assert`; a call whose result is thrown away, of a function that is itself
             a guard; a handler that only raises, with its `try:`; what is made for these alone
             (but a public function's mathematics stays mathematics). A function is a guard if all
             that it does is that, and to give back what it was given; if it stands at the top, is
             not public, and does mostly that; and if it is called for guards alone, to word them.
files        what uses a module for files or bytes (os, json, hashlib, pathlib, safetensors, …),
             or a method of what that gave (`file.write`), or calls a function that mostly does;
             and a function that is called for files alone.
drawing      what uses matplotlib or IPython, prints, or calls a drawing method (`ax.plot`), or a
             function that mostly does; `__repr__` and the like: all that is there to be looked at.
mathematics  every line of an operation (`@op`); elsewhere, what computes with numbers: arithmetic,
             numpy's functions, an array's methods (`x.sum()`), a generator's draws.
interface    the rest: signatures, settings, loops and calls that lead to the mathematics.

A line that begins something (`def`, `class`, `for`, `if`, …) has the purpose of most lines in it
that guard nothing; where all of them guard, it is a guard. A line that does two things counts for
the first of guards, drawing, files, mathematics that fits; a guard in the middle of a line, such
as `self.p = require_number("p", p, 0, 1)`, costs no line and counts for none.
"""

import argparse
import ast
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PURPOSES = ("mathematics", "interface", "guards", "files", "drawing", "docstrings", "imports")
ROOMS = {"checks", "files", "plots"}  # asked by name: checks.require_real(…)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
FILE_MODULES = {
    "glob", "gzip", "hashlib", "importlib", "io", "json", "os", "pathlib", "pickle", "safetensors",
    "secrets", "shutil", "struct", "tempfile", "zipfile", "zlib",
}  # fmt: skip
SCREEN_MODULES = {"IPython", "matplotlib", "sys", "time"}
DRAWS = {
    "annotate", "axhline", "axvline", "bar", "barh", "contour", "imshow", "legend", "plot",
    "savefig", "scatter", "set_title", "set_xlabel", "set_ylabel", "set_xticks", "set_yticks",
    "subplots", "suptitle", "text", "tick_params", "xaxis", "yaxis",
}  # fmt: skip
SHOWN = {"__repr__", "__str__", "__format__"}
NUMERIC = {"numpy", "math"}
BOOKKEEPING = {
    "array", "array2string", "asarray", "dtype", "floating", "generic", "Generator", "inf",
    "integer", "isfinite", "isscalar", "nan", "ndarray", "ndim", "number", "shape", "size",
}  # fmt: skip
METHODS = {
    "argmax", "argmin", "argsort", "clip", "cumsum", "dot", "integers", "max", "mean", "min",
    "normal", "permutation", "prod", "random", "reshape", "round", "std", "sum", "swapaxes",
    "transpose", "uniform", "var",
}  # fmt: skip
ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.MatMult, ast.Mod, ast.FloorDiv)
WORDS = (ast.JoinedStr, ast.List, ast.ListComp, ast.Tuple, ast.Set, ast.SetComp)


class Unit:
    """A statement: its own lines, what it reads and makes, and the statements inside it."""

    def __init__(self, node):
        self.node, self.purpose = node, "interface"
        first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))])
        self.parts = units(node)
        inside = set().union(*(each.lines for part in self.parts for each in part.all()))
        self.lines = set(range(first, node.end_lineno + 1)) - inside
        self.nodes = list(own_nodes(node, {id(part.node) for part in self.parts}))
        names = [each for each in self.nodes if isinstance(each, ast.Name)]
        self.reads = {each.id for each in names if isinstance(each.ctx, ast.Load)}
        loops = [each.target for each in self.nodes if isinstance(each, ast.comprehension)]
        passing = {
            each.id for loop in loops for each in ast.walk(loop) if isinstance(each, ast.Name)
        }
        self.makes = {each.id for each in names if isinstance(each.ctx, ast.Store)} - passing
        dotted = [each for each in self.nodes if isinstance(each, ast.Attribute)]
        dotted = [each for each in dotted if isinstance(each.value, ast.Name)]
        self.asks = {each.value.id for each in dotted}  # file.write: file
        self.reads |= {each.attr for each in dotted if each.value.id in ROOMS}  # checks.require_x

    def all(self):
        yield self
        for part in self.parts:
            yield from part.all()

    def is_a(self, *kinds):
        return isinstance(self.node, kinds)


def units(node):
    """The statements inside a statement, or inside a module."""
    fields = ("body", "handlers", "orelse", "finalbody", "cases")
    return [Unit(each) for name in fields for each in getattr(node, name, [])]


def own_nodes(node, others):
    """The nodes of a statement, without those of the statements inside it."""
    for child in ast.iter_child_nodes(node):
        if id(child) not in others:
            yield child
            yield from own_nodes(child, others)


class Module:
    """One file: its statements, where its imported names come from, and its public names."""

    def __init__(self, source):
        tree = ast.parse(source)
        self.source, self.units, self.public = source, units(tree), set()
        self.modules, self.taken = {}, {}  # import numpy as np; from math import prod
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for each in node.names:
                    self.modules[each.asname or each.name.partition(".")[0]] = each.name
            elif isinstance(node, ast.ImportFrom):
                self.taken |= {each.asname or each.name: node.module for each in node.names}
            elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
                self.public = set(ast.literal_eval(node.value))

    def origin(self, name):
        """The package that an imported name comes from."""
        return (self.modules.get(name) or self.taken.get(name) or "").partition(".")[0]

    def all(self):
        return [unit for top in self.units for unit in top.all()]

    def lines(self):
        """{line number: purpose} of all that is not blank; a comment goes with what follows."""
        given = {line: unit.purpose for unit in self.all() for line in unit.lines}
        told, following = {}, "interface"
        for number, text in reversed(list(enumerate(self.source.splitlines(), 1))):
            following = given.get(number, following)
            if text.strip():
                told[number] = following
        return told


def purposes(sources):
    """{module: {line: purpose}} of a whole package, given {module: source}."""
    modules, known, before = [Module(source) for source in sources.values()], {}, None
    while known != before:  # each round knows more functions by what they do
        before = dict(known)
        for module in modules:
            for unit in module.units:
                judge(unit, module, known, None, set())
            for scope in [module.units, *([f] for f in module.all() if f.is_a(*FUNCTIONS))]:
                for _ in range(3):  # what is made for what is made for a guard
                    of_headers(scope)
                    feed(scope, module.public)
            of_headers(module.units)
        known |= what_functions_do(modules, known)
    return {name: module.lines() for name, module in zip(sources, modules)}


def judge(unit, module, known, whole, opened):
    """Give each statement its purpose. `whole`: of all in this function; `opened`: its files."""
    if unit.is_a(*FUNCTIONS):
        opened = set()
        if unit.node.name in SHOWN:
            whole = "drawing"
        elif any(ast.unparse(each) == "op" for each in unit.node.decorator_list):
            whole = "mathematics"
        else:
            whole = known.get(unit.node.name, whole)
    unit.purpose = of_statement(unit, module, known, whole, opened)
    if unit.purpose == "files":
        opened |= unit.makes
    for i, part in enumerate(unit.parts):
        judge(part, module, known, whole, opened)
        if i == 0 and is_docstring(part) and unit.is_a(*FUNCTIONS, ast.ClassDef):
            part.purpose = "docstrings"


def is_docstring(unit):
    return unit.is_a(ast.Expr) and isinstance(unit.node.value, ast.Constant)


def of_statement(unit, module, known, whole, opened):
    """The purpose of a statement by its own words."""
    if is_docstring(unit):
        return "docstrings"
    if unit.is_a(ast.Import, ast.ImportFrom) or "__all__" in unit.makes:
        return "imports"
    thrown_away = unit.is_a(ast.Expr) and known.get(called(unit.node.value)) == "guards"
    if unit.is_a(ast.Raise, ast.Assert) or whole == "guards" or thrown_away:
        return "guards"
    if whole or unit.is_a(*FUNCTIONS, ast.ClassDef):
        return whole or "interface"
    origins = {module.origin(name) for name in unit.reads}
    calls = {known.get(name) for each in unit.nodes if (name := called(each))}
    methods = {each.attr for each in unit.nodes if isinstance(each, ast.Attribute)}
    if origins & SCREEN_MODULES or methods & DRAWS or "print" in unit.reads or "drawing" in calls:
        return "drawing"
    if origins & FILE_MODULES or "open" in unit.reads or "files" in calls or unit.asks & opened:
        return "files"
    numbers = any(computes(each, module) for each in unit.nodes)
    return "mathematics" if numbers or adds_to(unit.node) else "interface"


def adds_to(node):
    """True for `v *= momentum`; counting and joining are none of it: `t += 1`, `text += "…"`."""
    return (
        isinstance(node, ast.AugAssign)
        and isinstance(node.op, ARITHMETIC)
        and not (isinstance(node.value, ast.Constant) or is_no_number(node.value))
    )


def called(node):
    """The name of the function that an expression calls; of checks.require_x, the second."""
    match node:
        case ast.Call(func=ast.Name(id=name)):
            return name
        case ast.Call(func=ast.Attribute(value=ast.Name(id=room), attr=name)) if room in ROOMS:
            return name
    return None


def computes(node, module):
    """True for a piece of arithmetic, a function of numpy's, or a method of arrays."""
    match node:
        case ast.BinOp(op=ast.Add() | ast.Sub(), right=ast.Constant(value=1)):
            return False  # counting
        case ast.BinOp(left=left, op=op, right=right):
            return isinstance(op, ARITHMETIC) and not (is_no_number(left) or is_no_number(right))
        case ast.Attribute(value=ast.Name(id=name), attr=attr) if module.origin(name) in NUMERIC:
            return attr not in BOOKKEEPING
        case ast.Attribute(value=value, attr=attr, ctx=ast.Load()):
            return attr in METHODS and ast.unparse(value) != "self"
        case ast.Name(id=name):
            return module.taken.get(name) in NUMERIC and name not in BOOKKEEPING
    return False


def is_no_number(node):
    """True for words, lists, tuples and sets, which are joined and not added."""
    text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return text or isinstance(node, WORDS)


def of_headers(tops):
    """What begins something has the purpose of most of what is in it, guards set aside."""
    for unit in tops:
        of_headers(unit.parts)
        votes = Counter()
        for part in unit.parts:
            for each in part.all():
                votes[each.purpose] += len(each.lines)
        del votes["docstrings"]
        guards = votes.pop("guards", 0)
        if unit.is_a(ast.Try):
            guards *= any(part.is_a(ast.ExceptHandler) for part in unit.parts)
        if guards and (not votes or only_rewords(unit)):
            unit.purpose = "guards"
        elif votes and unit.purpose not in ("files", "drawing"):
            unit.purpose = votes.most_common(1)[0][0]


def only_rewords(unit):
    """True for a `try` whose handlers do nothing but raise."""
    handlers = [part for part in unit.parts if part.is_a(ast.ExceptHandler)]
    return bool(handlers) and all(each.purpose == "guards" for each in handlers)


def feed(tops, public):
    """What is made for guards alone guards; so it is with files, and with drawing."""
    flat = [unit for top in tops for unit in top.all()]
    kept = {"mathematics"} if getattr(tops[0].node, "name", "") in public else set()
    local = set().union(*(unit.makes for unit in flat if unit.is_a(ast.Assign)))
    for unit in reversed(flat):
        makes = made(unit, local)
        if makes:
            readers = {each.purpose for each in flat if makes & each.reads - made(each, local)}
            if readers == {"guards"} and unit.purpose not in kept:
                unit.purpose = "guards"
            elif readers in ({"files"}, {"drawing"}) and unit.purpose == "interface":
                (unit.purpose,) = readers


def made(unit, local):
    """The names that a statement makes, or fills: `wrong = []`, `wrong.append(name)`."""
    if unit.is_a(ast.Assign, ast.AnnAssign, ast.AugAssign):
        return unit.makes
    match unit.node:
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name)))):
            return {name} & local
    return set()


def what_functions_do(modules, known):
    """{function: guards, files or drawing} of the functions that do nothing else, or mostly."""
    found, callers = {}, defaultdict(set)
    public = set().union(*(module.public for module in modules))
    every = [unit for module in modules for unit in module.all()]
    functions = [unit for unit in every if unit.is_a(*FUNCTIONS)]
    outside = {getattr(unit.node, "name", "") for module in modules for unit in module.units}
    inside = {id(each): unit.node.name for unit in functions for each in unit.all()}
    for unit in every:
        for name in unit.reads if unit.purpose != "imports" else ():
            if inside.get(id(unit)) != name:
                callers[name].add(unit.purpose)
    for unit in functions:
        name, lines = unit.node.name, Counter()
        for each in unit.all():
            lines[each.purpose] += len(each.lines) if each is not unit else 0
        rest = sum(lines.values()) - lines["docstrings"] - lines["guards"]
        alone = callers[name] in ({"guards"}, {"files"}, {"drawing"}) and name not in public
        if name in known or name.startswith("__"):
            continue
        mostly = lines["guards"] > rest and name in outside - public
        mostly &= not lines["files"] and not any(each.is_a(ast.Try) for each in unit.all())
        if mostly or (lines["guards"] and only_refuses(unit)):
            found[name] = "guards"
        elif alone:
            (found[name],) = callers[name]
        elif 2 * lines["files"] >= rest > 0:
            found[name] = "files"
        elif 2 * lines["drawing"] >= rest > 0:
            found[name] = "drawing"
    return found


def only_refuses(function):
    """Beside its guards, it gives back what it was given, as it was or made to fit."""
    given = {each.arg for each in function.nodes if isinstance(each, ast.arg)}
    for unit in function.all():
        if unit.is_a(ast.Return):
            value = unit.node.value
            parts = value.elts if isinstance(value, ast.Tuple) else [value]
            if not all(part is None or getattr(part, "id", "") in given for part in parts):
                return False
        elif unit.purpose not in ("guards", "docstrings") and not unit.parts:
            fitted = unit.is_a(ast.Assign) and unit.makes and unit.makes <= given
            if not fitted:
                return False
    return True


# Tables


def totals(lines):
    """{module: {purpose: number of lines}}, and "all" of them, from {module: {line: purpose}}."""
    counts = {name: Counter(each.values()) for name, each in lines.items()}
    return counts | {"all": sum(counts.values(), Counter())}


def table(counts, sign=""):
    """A row for each module; with sign "+", differences."""
    rows = [("", *PURPOSES, "all")]
    for name, count in counts.items():
        numbers = [count[purpose] for purpose in PURPOSES]
        rows.append((name, *(f"{n:{sign}}" for n in [*numbers, sum(numbers)])))
    return "\n".join(f"{row[0]:15}" + "".join(f"{each:>12}" for each in row[1:]) for row in rows)


def difference(now, before):
    """The change in every row of two tables; a module that is in one alone counts as 0 there."""
    change = {name: Counter(now.get(name, {})) for name in [*before, *now]}
    for name, count in before.items():
        change[name].subtract(count)
    return {name: change[name] for name in [*(n for n in change if n != "all"), "all"]}


def sources_now():
    return {path.stem: path.read_text("utf-8") for path in sorted((ROOT / "minnet").glob("*.py"))}


def sources_at(commit):
    """{module: source} of minnet at a commit."""

    def git(*words):
        return subprocess.check_output(["git", *words], cwd=ROOT, encoding="utf-8")

    paths = git("ls-tree", "--name-only", commit, "minnet/").split()
    found = [path for path in paths if path.endswith(".py")]
    return {Path(path).stem: git("show", f"{commit}:{path}") for path in found}


def main(words):
    parser = argparse.ArgumentParser(prog="python -m tools.count", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--against", metavar="COMMIT", help="and the same at another commit")
    parser.add_argument("--lines", metavar="MODULE", help="every line with its purpose")
    wanted = parser.parse_args(words)
    sources = sources_now()
    lines = purposes(sources)
    if wanted.lines:
        for number, text in enumerate(sources[wanted.lines].splitlines(), 1):
            print(f"{lines[wanted.lines].get(number, ''):12}{text}".rstrip())
        return
    now = totals(lines)
    print(table(now))
    if wanted.against:
        before = totals(purposes(sources_at(wanted.against)))
        print(f"\nat {wanted.against}\n{table(before)}")
        print(f"\nchange\n{table(difference(now, before), '+')}")


if __name__ == "__main__":
    main(sys.argv[1:])
