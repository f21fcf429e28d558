"""One slip away: what is right once one thing in it is changed, is told where to look."""

import ast
import copy
import linecache
import re
import types
import warnings
from time import perf_counter, process_time

import numpy as np

from course.exercises.values import cut

LONGEST, PATIENCE = 1.5, 8  # seconds of work, and of the clock: a training is not tried often
SIGNS = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Mult),
    ast.Mult: (ast.Div, ast.Add, ast.Sub, ast.MatMult),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.Lt: (ast.Gt, ast.LtE),
    ast.Gt: (ast.Lt, ast.GtE),
    ast.LtE: (ast.GtE, ast.Lt),
    ast.GtE: (ast.LtE, ast.Gt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.Eq,),
    ast.USub: (ast.UAdd,),
}
MISSING = {"here ** 0.5": "A root", "here ** 2": "A square", "2 * here": "A 2", "-here": "A minus"}
MISSING |= {"here / 2": "A half", "1 - here": "`1 - …`", "1 + here": "`1 + …`", "here.T": "`.T`"}
WRITTEN = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
TWINS = [
    {"sum", "mean", "median", "max"},
    {"maximum", "minimum"},
    {"max", "min", "argmax", "argmin"},
    {"max", "maximum"},
    {"min", "minimum"},
    {"log", "exp"},
    {"abs", "sign"},
    {"zeros", "ones"},
    *({"mean", other} for other in ("max", "min")),
    {"data", "grad"},
]
MANY_AXES = re.compile(r"\bshape\b\)* \* |\* \(*[\w.]*\bshape\b")  # and numbers without end
GROWING = {"append", "extend", "insert", "add"}


def about_slip(function, fits):
    """What to say of a function that `fits` once one thing in it is changed, or None."""
    made = definition(function)
    return made and one_away(made, lambda text: fits(rebuilt(function, made.name, text)))


def one_away(made, fits, lines=None):
    """What to say of a definition whose text `fits` once one thing in it is changed, or None.

    With `lines`, their numbers, nothing else in it is changed.
    """
    if may_not_end(made):
        return None
    end, late = process_time() + LONGEST, perf_counter() + PATIENCE
    before, seen = ast.unparse(made), set()
    for other, said in changes(made, lines):
        if process_time() > end or perf_counter() > late:
            return None
        written = ast.unparse(other)
        huge = MANY_AXES.search(written) and not MANY_AXES.search(before)
        if written not in seen and not huge and not may_not_end(other):
            seen.add(written)
            try:
                if fits(written):
                    return said
            except SyntaxError:  # not every change is Python
                pass
    return None


def may_not_end(made):
    """Whether it has a `while`, or a loop over a list that grows meanwhile."""
    for node in ast.walk(made):
        if isinstance(node, ast.While):
            return True
        if isinstance(node, ast.For):
            over = {each.id for each in ast.walk(node.iter) if isinstance(each, ast.Name)}
            for each in ast.walk(ast.Module(node.body, [])):
                grows = isinstance(each, ast.Attribute) and each.attr in GROWING
                grown = each.value if grows else getattr(each, "target", None)
                if isinstance(grown, ast.Name) and grown.id in over:
                    return True
    return False


def definition(function):
    """The `def` or `lambda` of a function, as the tree of a `def`, or None."""
    code = getattr(function, "__code__", None)
    if code is None or function.__closure__:
        return None
    try:
        cell = ast.parse("".join(linecache.getlines(code.co_filename, function.__globals__)))
    except SyntaxError:
        return None
    kind = ast.Lambda if function.__name__ == "<lambda>" else ast.FunctionDef
    made = (each for each in ast.walk(cell) if isinstance(each, kind))
    found = [each for each in made if each.lineno == code.co_firstlineno]
    if len(found) != 1:
        return None
    made = found[0]
    if isinstance(made, ast.Lambda):
        lines = ast.parse("def one_line():\n    return 0").body
        lines[0].args, lines[0].body[0].value = made.args, made.body
        made = lines[0]
    return made if not made.decorator_list else None


def rebuilt(function, own, written):
    """The function that is written so, among the names that `function` knows; its own is new."""
    names = {**function.__globals__}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a changed line may be a strange one
        parts = compile(written, function.__code__.co_filename, "exec").co_consts
    code = next(each for each in parts if getattr(each, "co_name", "") == own)
    names[own] = types.FunctionType(code, names, own, function.__defaults__)
    return names[own]


def changes(made, lines=None):
    """(the tree with one thing changed, what to say) pairs."""
    nodes = list(ast.walk(made))
    open_ = [each for each in nodes if lines is None or lines & written_in(each)]
    known = {each.arg for each in nodes if isinstance(each, ast.arg)}
    known |= {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    places = {}  # where each node hangs: in a field of its parent, or in a list there
    for fields in map(vars, nodes):
        for field, value in fields.items():
            several = value if isinstance(value, list) else ()
            places |= {id(each): (value, i) for i, each in enumerate(several)}
            places[id(value)] = fields, field
    inside = {id(part): each for each in nodes if isinstance(each, ast.expr)
              for part in ast.iter_child_nodes(each)}  # fmt: skip
    compared = {id(part) for each in nodes if isinstance(each, ast.Compare)
                for side in ast.iter_child_nodes(each) for part in ast.walk(side)}  # fmt: skip
    for i, ways in enumerate((
        lambda node: (*of_blocks(node), *of_expressions(node, known)),
        lambda node: (*of_places(node), *of_brackets(node), *of_signs(node, known)),
        lambda node: of_gaps(node, known, id(node) in compared),
    )):  # fmt: skip
        if i == 2:
            yield from of_both(made, open_, places, known)
        for node in open_:
            holder, field = places.get(id(node), ([made], 0))
            around = inside.get(id(node)) if isinstance(node, ast.Constant | ast.Name) else None
            place = f" in `{cut(ast.unparse(around), 60)}`." if around else ""
            for new, said in ways(node):
                said = said[:-1] + place if place and said.endswith("`.") else said
                holder[field] = new
                yield (made if node is not made else new), said
                holder[field] = node


def of_both(made, nodes, places, known):
    """The same thing changed at each of several places that are written alike."""
    alike = {}
    for node in nodes:
        if isinstance(node, ast.BinOp) and id(node) in places:
            form = copy.deepcopy(node)
            for each in ast.walk(form):
                if isinstance(each, ast.Name):
                    each.id = "_"  # whatever their names
            alike.setdefault(ast.dump(form), []).append(node)
    for group in alike.values():
        ways = [(*of_expressions(each, known), *of_gaps(each, known)) for each in group]
        several = len(group) > 1 and len({*map(len, ways)}) == 1
        for each in zip(*ways) if several else ():
            for node, (new, _) in zip(group, each):
                holder, field = places[id(node)]
                holder[field] = new
            yield made, f"{each[0][1].removesuffix('.')}, and wherever it stands so."
            for node in group:
                holder, field = places[id(node)]
                holder[field] = node


def written_in(node):
    """The lines of a node, or of those that stand in its body."""
    parts = getattr(node, "body", None)
    parts = parts if isinstance(parts, list) else [node]
    return {getattr(each, "lineno", 0) for each in parts}


def like(node, **fields):
    """A copy of the node with other fields."""
    new = copy.copy(node)
    for field, value in fields.items():
        setattr(new, field, value)
    return new


def of_expressions(node, known):
    """Other ways to write an expression, each with what to say where it is right so."""
    said = cut(ast.unparse(node), 60) if isinstance(node, ast.expr | ast.AugAssign) else ""
    if isinstance(node, ast.BinOp | ast.UnaryOp | ast.AugAssign):
        where = which_sign(node, said)
        for sign in SIGNS.get(type(node.op), ()):
            if of_one(node) and sign is ast.Mult:
                continue  # that would be without the 1
            yield like(node, op=sign()), f"One sign is wrong: look at {where}."
        if isinstance(node.op, ast.BitXor):
            power = like(node, op=ast.Pow())
            said = cut(ast.unparse(power).replace(" ** ", " ^ "), 60)  # with its brackets
            yield power, f"`^` is no power in Python, and `**` is: `{said}`."
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        for a, b in (node.left, node.right), (node.right, node.left):
            if getattr(b, "value", 0) in (2, 3):  # a * 2, or 2 * a, where its square is wanted
                square = like(node, left=a, op=ast.Pow(), right=b)
                yield square, f"Times, or to the power of? Look at `{said}`."
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for sign in SIGNS.get(type(node.ops[0]), ()):
            yield like(node, ops=[sign()]), f"Look at the comparison `{said}`."
    if isinstance(node, ast.BinOp):
        swapped = like(node, left=node.right, right=node.left)
        yield swapped, f"Two things have changed places: look at `{said}`."
        for new in bracketed(node):
            yield new, f"A bracket is missing, or stands elsewhere: look at `{said}`."
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") != "normal":  # no chance
        for i in range(1, len(node.args)):
            args = [*node.args[: i - 1], node.args[i], node.args[i - 1], *node.args[i + 1 :]]
            yield like(node, args=args), f"Two inputs have changed places: look at `{said}`."
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        for value in (node.value + 1, node.value - 1, 2 * node.value):
            yield ast.Constant(value), f"One number is wrong: look at the `{said}`."
    if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Store):
        for i in range(1, len(node.elts)):
            names = [*node.elts[: i - 1], node.elts[i], node.elts[i - 1], *node.elts[i + 1 :]]
            yield like(node, elts=names), f"Two names have changed places: look at `{said}`."
    if isinstance(node, ast.Attribute) or isinstance(getattr(node, "ctx", None), ast.Load):
        yield from of_names(node, known)
    if isinstance(node, ast.For | ast.comprehension) and is_counting(node.iter):
        listed = node.iter.args[0].args[0]
        said = f"`{ast.unparse(node.iter)}` counts places: `for … in {ast.unparse(listed)}`?"
        yield like(node, iter=listed), said
    if isinstance(node, ast.For | ast.comprehension) and isinstance(node.iter, ast.Name):
        said = cut(ast.unparse(node.iter), 40)
        counted = ast.parse(f"range(len({ast.unparse(node.iter)}))", mode="eval").body
        told = f"`for … in {said}` goes through what stands there: `range(len(…))` counts places."
        yield like(node, iter=counted), told


def is_counting(node):
    """Whether it is written `range(len(…))`."""
    called = [each for each in (node, *getattr(node, "args", ())) if isinstance(each, ast.Call)]
    names = [getattr(each.func, "id", "") for each in called]
    return names == ["range", "len"] and len(node.args) == len(called[1].args) == 1


def of_names(node, known):
    """Another name, known or much like it, for a name."""
    if isinstance(node, ast.Name | ast.Attribute):
        field = "id" if isinstance(node, ast.Name) else "attr"
        name = getattr(node, field)
        if isinstance(node, ast.Name) and name in known:
            for other in sorted(known - {name}):
                yield like(node, id=other), f"One name is wrong: look at the `{name}`."
        for other in sorted(set().union(*(twins for twins in TWINS if name in twins)) - {name}):
            if other in ("maximum", "minimum") and name in other:
                asked = f"`{name}` looks for one of all: `np.{other}` compares place by place."
            elif name in ("data", "grad"):
                asked = f"Is it the `data`, or the `grad`? Look at `{ast.unparse(node)}`."
            else:
                asked = f"Is it `{name}` that is asked for?"
            yield like(node, **{field: other}), asked


def which_sign(node, said):
    """The words for a sign, where there are several: the one before its right side."""
    signs = [each for each in ast.walk(node) if isinstance(each, ast.BinOp)]
    if not isinstance(node, ast.BinOp) or len(signs) < 2:
        return f"`{said}`"
    _, sign, right = ast.unparse(like(node, left=ast.Name("_"))).split(" ", 2)
    return f"the `{sign}` before `{cut(right, 40)}`, in `{said}`"


def of_one(node):
    """Whether a 1 is added or taken away."""
    sides = (getattr(node, side, None) for side in ("left", "right", "value"))
    return isinstance(node.op, ast.Add | ast.Sub) and 1 in (getattr(s, "value", 0) for s in sides)


def bracketed(node):
    """The same signs in the same order, with other brackets."""
    spine = [node.right]
    while isinstance(spine[-1], ast.BinOp):  # a - b / c: (a - b) / c
        spine.append(spine[-1].left)
        yield regrown(spine, like(node, right=spine[-1]))
    if isinstance(node.right, ast.Call) and isinstance(node.right.func, ast.Attribute):
        inner = like(node, right=node.right.func.value)  # a - b.mean(): (a - b).mean()
        yield like(node.right, func=like(node.right.func, value=inner))
    spine = [node]
    while isinstance(spine[-1].left, ast.BinOp):  # a / b + c: a / (b + c)
        spine.append(spine[-1].left)
        if not isinstance(spine[-1].op, ast.Pow):
            yield like(spine[-1], right=regrown(spine, spine[-1].right))


def regrown(spine, end):
    """The expressions of a spine again, each the left one of that before, with another end."""
    for each in reversed(spine[:-1]):
        end = like(each, left=end)
    return end


def of_brackets(node):
    """A line with a pair of brackets more."""
    line = getattr(node, "value", None)
    if not isinstance(node, ast.Return | ast.Assign | ast.AugAssign) or line is None:
        return
    text = ast.unparse(line)
    if "^" in text:
        new = ast.parse(text.replace("^", "**"), mode="eval").body
        yield like(node, value=new), f"`^` is no power in Python, and `**` is: `{cut(text, 60)}`."
    parts = [each for each in ast.walk(ast.parse(text)) if isinstance(each, ast.expr)]
    for start in sorted({each.col_offset for each in parts}):
        for end in sorted({each.end_col_offset for each in parts if each.col_offset >= start}):
            inner = text[start:end]
            if text[end:].startswith(".T"):
                continue  # that is a `.T` too much, and another one missing
            if not closed(inner) or not text.isascii():
                continue  # across the brackets of a call it would be another call
            try:
                new = ast.parse(f"{text[:start]}({inner}){text[end:]}", mode="eval").body
            except SyntaxError:
                continue
            yield like(node, value=new), f"A bracket is missing: look at `{cut(text, 60)}`."


def closed(text):
    """Whether each bracket that is opened there is closed there, and no other one."""
    depths = np.cumsum([(each == "(") - (each == ")") for each in text])
    return not depths[-1] and depths.min() >= 0


def of_signs(node, known):
    """A line with another sign, or with two things exchanged, read anew as it is written then."""
    line = getattr(node, "value", None)
    if not isinstance(node, ast.Return | ast.Assign | ast.AugAssign) or line is None:
        return
    text = ast.unparse(line)
    if not text.isascii() or "\n" in text:
        return
    parts = [*ast.walk(ast.parse(text, mode="eval").body)]
    signs, names = [], {}
    for each in parts:
        if isinstance(each, ast.BinOp) and type(each.op) in WRITTEN and not of_one(each):
            begin = each.left.end_col_offset
            at = text.index(WRITTEN[type(each.op)], begin)
            signs.append((at, at + len(WRITTEN[type(each.op)])))
        if isinstance(each, ast.Name) and each.id in known:
            names.setdefault(each.id, []).append((each.col_offset, each.end_col_offset))
    ways = [({place: other}, "One sign is wrong") for place in signs for other in WRITTEN.values()]
    pairs = [(a, b) for i, a in enumerate(signs) for b in signs[i + 1 :]]
    ways += [({a: text[slice(*b)], b: text[slice(*a)]}, "Two signs have changed places")
             for a, b in pairs]  # fmt: skip
    for a, b in ((a, b) for a in sorted(names) for b in sorted(names) if a < b):
        new = {**dict.fromkeys(names[a], b), **dict.fromkeys(names[b], a)}
        ways.append((new, f"`{a}` and `{b}` have changed places"))
    for new, said in ways:
        written = text
        for (begin, end), other in sorted(new.items(), reverse=True):
            written = f"{written[:begin]}{other}{written[end:]}"
        try:
            value = ast.parse(written, mode="eval").body
        except SyntaxError:
            continue
        yield like(node, value=value), f"{said}: look at `{cut(text, 60)}`."


def of_calls(node):
    """What is called, and too much: the thing that it is called with stands in its place."""
    if not isinstance(node, ast.Call):
        return
    said, method = cut(ast.unparse(node), 60), isinstance(node.func, ast.Attribute)
    if len(node.args) == 1 and not (method and node.keywords):
        yield node.args[0], f"`{ast.unparse(node.func)}` is too much at `{said}`."
    if method and not node.args:
        yield node.func.value, f"`.{node.func.attr}(…)` is too much at `{said}`."


def of_gaps(node, known, compared=False):
    """An expression without a part that is too much, or with one that is missing.

    In what is `compared`, only a call can be too much.
    """
    if compared:
        yield from of_calls(node)
        return
    if not isinstance(node, ast.expr) or isinstance(getattr(node, "ctx", None), ast.Store):
        return
    said = cut(ast.unparse(node), 60)
    if isinstance(node, ast.BinOp):
        for more, less in ((node.right, node.left), (node.left, node.right)):
            yield less, f"`{cut(ast.unparse(more), 40)}` is too much in `{said}`."
    if isinstance(node, ast.Compare):
        for side in (node.left, *(s for s in node.comparators[:1] if isinstance(s, ast.Name))):
            yield side, f"Look at the comparison `{said}`."
    if isinstance(node, ast.Subscript):
        yield node.value, f"`[{ast.unparse(node.slice)}]` is too much at `{said}`."
    yield from of_calls(node)
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        for value in (2, 0.5, -node.value, 1 / (node.value or 1), 1e-8):
            yield ast.Constant(value), f"One number is wrong: look at the `{said}`."
        for name in sorted(known):
            yield ast.Name(name, ast.Load()), f"Is it always that number? Look at the `{said}`."
    if not isinstance(node, ast.BinOp | ast.Call | ast.Name):
        return
    rooted = {"here + 1e-8": "A tiny ε"} if "sqrt(" in said.split(" ")[0] else {}
    for other, what in {**MISSING, **rooted}.items():
        new = ast.parse(other, mode="eval").body
        yield put(new, node), f"{what} is missing: look at `{said}`."
    for name in sorted(known):
        for sign in "*/":
            new = ast.parse(f"here {sign} {name}", mode="eval").body
            over = sign == "/" and any(getattr(n, "id", "") == name for n in ast.walk(node))
            what = "once too often" if over else "missing there"  # a * b / b: b is too much
            yield put(new, node), f"`{name}` is {what}: look at `{said}`."


def put(new, node):
    """A tree with the node in place of the name `here`."""
    for each in ast.walk(new):
        for field, value in ast.iter_fields(each):
            if isinstance(value, ast.Name) and value.id == "here":
                setattr(each, field, node)
    return new


def of_places(node):
    """An array changed where it is, or not."""
    said = cut(ast.unparse(node), 60) if isinstance(node, ast.Assign | ast.AugAssign) else ""
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        name = node.targets[0].id
        into = put(ast.parse(f"{name}[...] = here").body[0], node.value)
        yield into, f"`{said}` makes a new array: to write into the one that is kept, `[...] =`."
        added = put(ast.parse(f"{name}.append(here)").body[0], node)
        added.value.args = [node.value]
        yield added, f"`{said}` puts each in the place of the last one: `append` keeps them all."
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        for sign in (ast.Add(), ast.Sub()):
            new = ast.AugAssign(node.targets[0], sign, node.value)
            how = f"`{WRITTEN[type(sign)]}=` in place of `=` keeps it."
            if ast.unparse(node.value).startswith("-"):
                how = "to take it away, `-=`, and no minus after that."
            yield new, f"`{said}` overwrites what was there: {how}"
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        name = ast.Name(node.target.id, ast.Load())
        new = ast.Assign([node.target], ast.BinOp(name, node.op, node.value), lineno=node.lineno)
        yield new, f"`{said}` changes the array itself, which others look at, too."


def of_blocks(node):
    """Other orders of the lines, and lines moved into a loop or out of it."""
    lines = getattr(node, "body", None)
    if not isinstance(lines, list):
        return
    for i, line in enumerate(lines if len(lines) > 1 else ()):
        said = cut(ast.unparse(line).split("\n")[0], 60)
        yield like(node, body=[*lines[:i], *lines[i + 1 :]]), f"The line `{said}` is too much."
    for i, line in enumerate(lines):
        said = cut(ast.unparse(line).split("\n")[0], 60)
        if i:
            other = [*lines[: i - 1], line, lines[i - 1], *lines[i + 1 :]]
            yield like(node, body=other), f"Two lines have changed places: look at `{said}`."
            before = lines[i - 1]
            if isinstance(line, ast.Assign) and isinstance(before, ast.Assign):  # both at once
                name = ast.unparse(before.targets[0])
                pairs = [before.targets[0], line.targets[0]], [before.value, line.value]
                names, values = (ast.Tuple(each) for each in pairs)
                both = ast.Assign([names], values, lineno=line.lineno)
                other = [*lines[: i - 1], both, *lines[i + 1 :]]
                yield like(node, body=other), f"`{name}` is new by then: look at `{said}`."
        if not isinstance(line, ast.For):
            continue
        once = [*lines[:i], *line.body, *lines[i + 1 :]]
        yield like(node, body=once), f"The loop `{said}` is too much."
        for j, moved in enumerate(lines[:i]):
            loop = like(line, body=[moved, *line.body])
            other = [*lines[:j], *lines[j + 1 : i], loop, *lines[i + 1 :]]
            said = cut(ast.unparse(moved).split("\n")[0], 60)
            yield like(node, body=other), f"Once, or in each round anew? Look at `{said}`."
        for j, moved in enumerate(line.body if len(line.body) > 1 else ()):
            loop = like(line, body=[*line.body[:j], *line.body[j + 1 :]])
            said = cut(ast.unparse(moved).split("\n")[0], 60)
            for both in ([moved, loop], [loop, moved]):
                other = [*lines[:i], *both, *lines[i + 1 :]]
                yield like(node, body=other), f"In each round, or once? Look at `{said}`."
