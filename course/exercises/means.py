"""Replies that serve every exercise: what a wrong answer has in common with the right one."""

import ast
import dis
import inspect
import re
import types

import numpy as np

from course.exercises.values import NUMBERS, cut, numbers, same, show, tree_of

ADVICE = {
    "truth value of an array": "`if`, `not`, `and` ask for *one* truth, and here is an array of "
    "them: `np.where(condition, a, b)` chooses place by place, and `~`, `&`, `|` stand for *not*, "
    "*and*, *or* in each place.",
    "boolean index did not match": "True and False pick along an axis that is as long as they are: "
    "print both shapes. Which axis did `any` or `all` take away?",
    "too many indices": "That array has fewer axes. A comma in square brackets goes on to the next "
    "axis (a slice has a colon, `a[i:j]`), and a table of True and False takes two.",
    "boolean negative": "Of True and False, `~` is the opposite, and not a minus.",
    "scalar arrays can be": "A whole array stands where one whole number is wanted, in `range(…)` "
    "or as a place in a list: its `len(…)`?",
    "'int' object is not iterable": "`for … in` walks through several things, and that is one "
    "number: `range(…)` counts up to it.",
    "invalid literal for int": "`int(…)` reads digits that are written as text. Bytes are numbers "
    'already: `int.from_bytes(…, "big")` makes one number of several.',
    "could not be broadcast": "Two shapes do not fit: print the `.shape` of both.",
    "cannot reshape": "So many numbers do not fill that shape: print the `.shape` of both. "
    "One −1 among the lengths means *as many as there are*.",
    "inhomogeneous": "Its parts are not all of one length, so no table can be made of them: print "
    "the `.shape` of some. Is what is cut out at an edge shorter?",
    "has no len()": "That is one number, and has no length.",
    "mismatch in its core dimension": "Two shapes do not fit: print the `.shape` of both.",
    "out of bounds for array of dim": "There is no such axis: print the `.shape`.",
    "out of bounds": "Something is counted that is not there: the check tries several lengths.",
    "converted to Python scalars": "One number is wanted there, and a whole array came: "
    "numpy's own, `np.…`, take all of it.",
    "index out of range": "Something is counted that is not there: the check tries several "
    "lengths.",
    "method'": "A method does nothing without its brackets, as in `a.item()`, `a.copy()`.",
    "values to unpack": "Several names are filled at once, each time with as many values: is a "
    "`zip(…)`, an `.items()` or an `enumerate(…)` missing?",
    "'NoneType'": "Something is still None there: ask first whether it is.",
    "'math' is not defined": "numpy has it, too, and for whole arrays: `np.` in place of `math.`.",
    "is not defined": "A name is missing: a typing error, or a cell that was not run yet.",
    "referenced before": "A name is used before it has a value: give it one first.",
    "not associated with a value": "A name is used before it has a value: give it one first.",
    "takes exactly one argument": "Two things in one place are a pair, in brackets: `(a, b)`.",
    "positional argument": "What is called, and with how many inputs? Its `def` has as many names.",
    "is not callable": "Brackets after a value call it: is a `*` missing, is a name taken for "
    "something else, or was a function called before it was handed over, `f(x)` for `f`?",
    "not subscriptable": "Square brackets ask for one of several: this is not several.",
    "arrays used as indices": "What stands in square brackets says *where*, in whole numbers, and "
    "not what stands there: `np.arange(len(…))`, `rng.permutation(len(…))`.",
    "only integer": "What stands in square brackets counts, and is whole: `//`, or `int(…)`.",
    "invalid index to scalar": "Square brackets ask for one of several: this is one number.",
    "'function'": "A function itself takes no part in sums: call it, with its inputs in brackets.",
    "as a data type": "A shape is one thing, in brackets of its own: `np.zeros((rows, columns))`.",
    "unhashable type: 'numpy": "A set, or the key of a dict, holds nothing that can change. "
    "Arrays can, and tuples cannot: `tuple(row.tolist())`.",
    "unhashable": "A set, or the key of a dict, holds nothing that can change: `name: value`.",
    "bitwise_xor": "Python writes a power with two stars: `2**10`.",
    "for ^": "Python writes a power with two stars: `2**10`.",
    "and 'memoryview'": "An array's own `.data` is its raw memory: the array itself does sums.",
    "unsupported operand": "A list does no sums: numpy's arrays do, `np.array(…)`.",
    "memoryview": "`.data` leaves the history behind: without it, nothing goes backward.",
    "'list' object has no attribute": "A list has no such thing, its entries may have: walk "
    "through it, `for … in`.",
    "'tuple' object has no attribute": "Several things in one: unpack them, `for a, b in …`.",
    "no attribute 'backward'": "Plain numbers have no history to go back through: `predict`, "
    "`.data` and `.item()` leave it behind. To learn, call the network itself.",
    "has no attribute": "Look at the name after the dot: is it spelled so, and does this thing "
    "have it?",
    "ufunc 'invert'": "`~` turns True and False around. Of a probability p it is `1 - p`.",
    "division by zero": "Something is divided by 0: look at what may be 0 or empty.",
    "is not iterable": "That is one thing, and no row of things: a `for` walks through a list or "
    "an array.",
    "maximum recursion": "It calls itself without end: where does it stop?",
    "this history was used": "Once is enough: does `backward()` stand inside a loop?",
    "does not know Tensors": "numpy knows its `data`, an array. `+`, `-`, `*` know Tensors.",
    "read-only": "What is handed to it may not be written into: make a new array.",
}


def about_number(given, wanted, within=0.0, share=True):
    """What to say of a number that is not the wanted one, or None; `share`: it may be one."""
    if not (isinstance(given, NUMBERS) and isinstance(wanted, NUMBERS)) or given != given:
        return None
    near = lambda a, b: abs(a - b) <= within + 1e-9 * max(abs(a), abs(b))  # noqa: E731
    estimate = within > 0.02 * abs(wanted)  # it is far from the answer, and nothing else
    if share and 0 < wanted < 1 < given and abs(given / 100 - wanted) <= within + 1e-9:
        return f"As a share from 0 to 1, please: {show(given)} in a hundred is {given / 100:.4g}."
    if (
        share
        and wanted > 1
        and 0 < given < 1
        and abs(100 * given - wanted) <= max(100 * within, 1e-9)
    ):
        return f"In a hundred, please: {show(given)} is {100 * given:.4g} of them."
    if abs(given) == np.inf != abs(wanted):
        return "That is without end: a number is asked for at which it ends."
    if wanted and near(given, -wanted):
        return "The size is right. Which sign has it?"
    if isinstance(wanted, int | np.integer) and abs(given - wanted) == 1 and abs(wanted) > 2:
        if abs(wanted) > 100:  # no fence was counted
            return "Nearly, by 1: is something counted twice, or left out?"
        return "Nearly: count again, at both ends."
    if not (wanted and given and np.isfinite(wanted) and np.isfinite(given)):
        return None
    if near(given * wanted, 1) and abs(wanted) != 1 and not estimate:
        return "The other way up: is it one divided by that?"
    for factor, words in {
        2: "Twice too large: is something counted double?",
        0.5: "That is half of it: is a factor 2 missing?",
        10: "Ten times too large: does the point stand in its place?",
        0.1: "Ten times too small: does the point stand in its place?",
        1000: "A thousand times too large.",
        0.001: "A thousand times too small.",
    }.items():
        if factor in (2, 0.5) and (estimate or abs(wanted) == 1):  # of 1 that tells the answer
            continue
        if abs(given - factor * wanted) <= min(1, factor) * within + 1e-9 * abs(given):
            return words
    if near(given, wanted**2) and wanted != 1 and not estimate:
        return "That is its square: is something squared, or multiplied, once too often?"
    if share and 0.01 <= wanted < 1 and given >= 5:
        return "As a share from 0 to 1, please: none is above 1."
    return None


def by_chance(given, reply):
    """Whether a reply says what may be a coincidence: that of a plain number, such as 4 for 2."""
    said = ("The other way", "Twice", "That is half", "That is its", "Nearly: count")
    said += ("Ten times", "A thousand times")
    plain = isinstance(given, NUMBERS) and len(f"{abs(given):g}".replace(".", "").strip("0")) <= 2
    return plain and reply.startswith(said)


def rounded(given, wanted):
    """True for a number with a fraction that was rounded, to two digits or more."""
    if not (isinstance(given, float | np.floating) and isinstance(wanted, float | np.floating)):
        return False
    if not np.isfinite(given) or wanted == round(wanted):
        return False
    return any(
        given == round(float(given), places)
        and abs(given - wanted) <= 0.5000001 * 10.0**-places  # 0.125 is rounded to 0.12 and 0.13
        and len(f"{abs(given):.{places}f}".strip("0.")) >= 2
        for places in range(1, 8)
    )


def about_parts(given, wanted, within):
    """What to say of several values that are not the wanted ones, or None."""
    if not (isinstance(given, list | tuple) and isinstance(wanted, list | tuple)):
        return None
    if len(given) != len(wanted):
        asked = "is" if len(wanted) == 1 else "are"
        return f"{len(given)} value{'s' * (len(given) != 1)}, and {len(wanted)} {asked} asked for."
    left = list(wanted)
    for each in given:
        found = [i for i, one in enumerate(left) if same(each, one, within)]
        if found:
            left.pop(found[0])
    if not left:
        return "All are there. The order is another one."
    if all(isinstance(each, NUMBERS) for each in (*given, *wanted)):
        whole = all(isinstance(each, int | np.integer) for each in wanted)
        if isinstance(wanted, tuple) and whole and any(each != round(each) for each in given):
            return "A shape has whole numbers."
        said = {about_number(a, b, within, share=False) for a, b in zip(given, wanted)}
        if len(said) == 1 and None not in said:
            return f"In each of them: {said.pop()}"
        shift = given[0] - wanted[0]
        if len(given) > 1 and all(np.isclose(a - b, shift) for a, b in zip(given, wanted)):
            return f"Each of them is {show(abs(shift))} too {'large' if shift > 0 else 'small'}."
        if within >= 0.01 and all(abs(a - b) <= 3 * within for a, b in zip(given, wanted)):
            return "Near. Read it off once more."
    pairs = [(a, b) for a, b in zip(given, wanted) if not (isinstance(b, str) and a == b)]
    if all(isinstance(b, str) for b in wanted):
        pairs = list(zip(given, wanted))
    wrong = [i for i, (a, b) in enumerate(pairs) if not same(a, b, within)]
    if len(wrong) < len(pairs):  # words that only say what follows are none of the parts
        right = len(pairs) - len(wrong)
        return f"{right} of {len(pairs)} {'is' if right == 1 else 'are'} right; the " + (
            f"{nth(wrong[0])} is not."
            if len(wrong) == 1
            else f"first wrong one is the {nth(wrong[0])}."
        )
    return None


def about_part(done, wanted, within):
    """Where one of several parts is wrong, and always the same: what to say of it, or None."""
    wrong = {
        i
        for given, right in zip(done, wanted)
        for i, (a, b) in enumerate(zip(given, right))
        if not same(a, b, within)
    }
    if len(wrong) != 1 or len({*map(len, done), *map(len, wanted)}) != 1:
        return None
    i = wrong.pop()
    return about_numbers([each[i] for each in done], [each[i] for each in wanted])


def nth(i):
    words = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
    return words[i] if i < len(words) else f"number {i}, counted from 0,"


# What functions return


def about_kind(given, wanted, varied=False):
    """What to say of a result that is another kind of thing than what is wanted, or None.

    `varied` says that right results are as long as the inputs make them: lists, and no pairs.
    """
    if isinstance(wanted, types.FunctionType | type) or callable(given) == callable(wanted):
        pass
    elif isinstance(given, type):
        return f"That is the class `{given.__name__}` itself: brackets make an object of it."
    elif callable(given):
        return f"That is the function `{show(given)}` itself: brackets call it."
    if isinstance(given, types.GeneratorType | map | filter | zip) and not isinstance(
        wanted, types.GeneratorType
    ):
        return "That will give its values one by one, later: make a list of it, `list(…)`."
    if isinstance(given, str) and not isinstance(wanted, str):
        return "That is text. What is asked for is the value itself, without quotes or f-string."
    if isinstance(given, dict | set) and not isinstance(wanted, dict | set):
        kind = "set: it keeps no order" if isinstance(given, set) else "dict, of names and values"
        return f"That is a {kind}. The values are asked for, in order: a list, or an array."
    several = (list, tuple)
    if varied and isinstance(given, several) and len(wanted) != len(given):
        asked = "1 is" if len(wanted) == 1 else f"{len(wanted)} are"
        said = f"There {'is' if len(given) == 1 else 'are'} {len(given)} in it, and {asked} wanted."
        if len(given) and same(list(given), list(wanted[-len(given) :]), 1e-9):
            return f"{said} What comes first is missing."
        empty = any(isinstance(each, list | np.ndarray) and not len(each) for each in given)
        return f"{said}{' Some are empty.' * empty}"
    if varied and isinstance(given, NUMBERS):
        return (
            f"That is one number. {len(wanted)} are wanted here, and with other inputs as many "
            "as there are: build a list."
        )
    if isinstance(wanted, several) and isinstance(given, several) and len(wanted) != len(given):
        things = "one thing" if len(given) == 1 else f"{len(given)} things"
        asked = "one is" if len(wanted) == 1 else f"{len(wanted)} are"
        return f"It returns {things}, and {asked} asked for."
    if isinstance(wanted, tuple) and not isinstance(given, several):  # stacked, they are an array
        axes = max((np.ndim(numbers(each)) for each in wanted), default=0)
    if isinstance(wanted, tuple) and not isinstance(given, several) and np.ndim(given) <= axes:
        return f"It returns one thing, and {len(wanted)} are asked for: `return …, …`."
    if isinstance(given, tuple) and isinstance(numbers(wanted), (*NUMBERS, np.ndarray)):
        return f"It returns {len(given)} things, and one is asked for: is there a comma too many?"
    return None


def about_shape(given, wanted):
    """What to say where the numbers are right in another shape, or the shape is wrong, or None.

    The first of the pair is True where the numbers are right.
    """
    pair = (list, tuple)
    if isinstance(wanted, pair) and isinstance(given, pair) and len(given) == len(wanted):
        for i, (a, b) in enumerate(zip(map(numbers, given), map(numbers, wanted))):
            if isinstance(a, np.ndarray) and isinstance(b, np.ndarray) and a.size != b.size:
                return False, f"The {nth(i)} has the shape {a.shape}, and should have {b.shape}."
    try:
        given, wanted = np.asarray(numbers(given)), np.asarray(numbers(wanted))
    except (TypeError, ValueError):
        return None
    if given.dtype.kind not in "biuf" or wanted.dtype.kind not in "biuf":
        return None
    if given.shape == wanted.shape:
        turned = given.ndim == 2 and not np.allclose(given, wanted, equal_nan=True)
        if turned and np.allclose(given.T, wanted.T if given.T.shape != wanted.shape else wanted):
            return False, "Rows and columns have changed places: `.T` turns them back."
        return None
    said = f"of shape {wanted.shape}, and not {given.shape}" if wanted.ndim else "one number"
    if given.size == wanted.size:
        for other in (given.reshape(wanted.shape), given.T.reshape(wanted.shape)):
            if np.allclose(other, wanted, equal_nan=True):
                axes = [[n for n in each.shape if n > 1] for each in (given, wanted)]
                if min(map(len, axes)) > 1 and sorted(axes[0]) != sorted(axes[1]):  # another table
                    return False, f"The numbers are there: return them {said}."
                return True, f"return {'it ' * bool(wanted.ndim)}{said}."
    if not wanted.ndim:
        return False, f"It returns {given.size} numbers, of shape {given.shape}: one is asked for."
    if not given.ndim:
        return False, f"It returns one number, and {wanted.size} are asked for: one for each place."
    return False, f"The shape is {given.shape}, and should be {wanted.shape}."


def about_no_number(given, wanted):
    """What to say of a result in which nan or infinity stands where none is wanted, or None."""
    try:
        given, wanted = np.asarray(numbers(given), float), np.asarray(numbers(wanted), float)
    except (TypeError, ValueError):
        return None
    if np.isnan(given).any() and not np.isnan(wanted).any():
        return (
            "It gives nan, *not a number*: 0 / 0, infinity minus infinity, a root or log below 0?"
        )
    if np.isinf(given).any() and not np.isinf(wanted).any():
        return "It gives infinity: a division by 0, the logarithm of 0, or an exponent too large?"
    return None


def about_numbers(done, wanted):
    """What to say of results that are wrong in one way in every case, or None."""
    try:
        given = np.concatenate([np.ravel(np.asarray(numbers(each), float)) for each in done])
        right = np.concatenate([np.ravel(np.asarray(numbers(each), float)) for each in wanted])
    except (TypeError, ValueError):
        return None
    if given.shape != right.shape or np.allclose(given, right, equal_nan=True):
        return None
    if not (np.isfinite(given) | ~np.isfinite(right)).all():
        return None
    ways = {
        "The sign is turned.": -right,
        "As a share from 0 to 1, please, and not in a hundred.": 100 * right,
        "In a hundred, please, and not as a share.": right / 100,
        "Always 1 too many.": right + 1,
        "Always 1 too few.": right - 1,
        "The sign is lost.": abs(right),
        "That is its square.": right**2,
        "It is cut to whole numbers: leave it as it is.": np.trunc(right),
    }
    for words, way in ways.items():
        if np.allclose(given, way, rtol=1e-6) and not np.allclose(way, right, rtol=1e-6):
            return words
    if any(np.array_equal(given, np.round(right, k)) for k in range(6)):
        return "It is rounded: leave that to the printing."
    some = abs(right) > 1e-12
    if np.ptp(right) and some.sum() > 1 and np.allclose(given[~some], 0):
        factors = given[some] / right[some]
        if np.allclose(factors, factors[0], rtol=1e-5) and factors[0]:
            bases = {2: 1 / np.log(2), 10: 1 / np.log(10)}
            base = [f" That is a logarithm with the base {k}: `np.log` has e." for k in bases
                    if np.isclose(factors[0], bases[k], rtol=1e-5)]  # fmt: skip
            said = f"Always {factors[0]:.4g} times what it should be."
            size = max(abs(factors[0]), 1 / abs(factors[0]))
            if np.isclose(size, round(size)) and size > 1.5:
                more, less = "is too much", "is missing"
                more, less = (more, less) if abs(factors[0]) > 1 else (less, more)
                said += f" A factor {size:.0f} {more}, or a division by it {less}."
                if size > 1000 and abs(factors[0]) < 1:
                    said = f"{said.split('. ')[0]}. Is a division by {factors[0]:.4g} missing?"
            return said + "".join(base)
    if given.size > 1 and not np.ptp(given) and np.ptp(right):
        return f"Always {show(given[0])}, whatever comes in."
    shift = given - right
    if right.size > 1 and np.allclose(shift, shift[0], rtol=1e-6) and np.ptp(right):
        return f"Always off by the same: {shift[0]:+.4g}."
    return None


def about_inputs(function, solution):
    """What to say of a function that never looks at one of its inputs, or None."""
    mine, ours = getattr(function, "__code__", None), getattr(solution, "__code__", None)
    if mine is None or ours is None or mine.co_argcount < ours.co_argcount:
        return None
    inputs = mine.co_varnames[: mine.co_argcount]
    looked, used = looks_at(mine), looks_at(ours)
    for name, theirs in zip(inputs, ours.co_varnames):
        if theirs in used and name not in looked:
            data = (*NUMBERS, np.ndarray, list, tuple)
            outside = [
                each
                for each in asks_outside(mine)
                if isinstance(numbers(function.__globals__.get(each)), data)
            ]
            instead = f", but at `{outside[0]}`, which is not handed to it" if outside else ""
            return f"It never looks at `{name}`{instead}."
    return None


def about_order(function, solution):
    """What to say of a function whose inputs bear the right names in another order, or None."""
    mine, ours = getattr(function, "__code__", None), getattr(solution, "__code__", None)
    if mine is None or ours is None:
        return None
    inputs, asked = (each.co_varnames[: each.co_argcount] for each in (mine, ours))
    if inputs == asked or sorted(inputs) != sorted(asked):
        return None
    return f"Its inputs are handed over in another order: `({', '.join(asked)})`."


def about_count(function, solution):
    """What to say of a function that does not take as many inputs as it is given, or None."""
    mine, ours = getattr(function, "__code__", None), getattr(solution, "__code__", None)
    if mine is None or ours is None or mine.co_flags & inspect.CO_VARARGS:
        return None
    optional = len(getattr(function, "__defaults__", None) or ())
    if mine.co_argcount - optional <= ours.co_argcount <= mine.co_argcount:
        return None
    asked = ", ".join(ours.co_varnames[: ours.co_argcount])
    return f"It is called with {ours.co_argcount} inputs, ({asked}), and takes {mine.co_argcount}."


def about_return(function):
    """What to say of a function whose `return` is the last line of its last loop, or None."""
    made = next(iter(tree_of(function).body), None)
    if not isinstance(made, ast.FunctionDef):
        return None
    last = [each for each in made.body if ast.unparse(each) not in ("return None", "return")]
    if not last or not isinstance(last[-1], ast.For | ast.While):
        return None
    if not isinstance(last[-1].body[-1], ast.Return):
        return None
    return "`return` stands inside the loop: it ends in the first round. One step to the left?"


NEW = ("reshape", "astype", "transpose", "copy", "flatten", "permutation")
CHANGING = ("append", "extend", "reverse", "shuffle")


def about_idle(function):
    """What to say of a line that does nothing, such as `loss.backward` or `a == 0`, or None."""
    for line in ast.walk(tree_of(function)):
        idle = line.value if isinstance(line, ast.Expr) else None
        said = cut(ast.unparse(idle), 60) if idle else ""
        if isinstance(idle, ast.Attribute):
            return f"`{said}` does nothing without its brackets: `{said}()`."
        if isinstance(idle, ast.Compare) and isinstance(idle.ops[0], ast.Eq):
            return f"`{said}` asks whether they are equal, and sets nothing: one `=` sets it."
        if isinstance(idle, ast.BinOp):
            return f"`{said}` is worked out, and no name keeps it: `… = {said}`, or `return` it."
        if isinstance(line, ast.Compare) and isinstance(line.ops[0], ast.Is):
            said = cut(ast.unparse(line), 60)  # what is worked out is a new thing, and no other one
            if isinstance(line.left, ast.Call) and not said.startswith("type"):
                return f"`{said}` asks for one and the same thing: `==` compares what they hold."
        called = getattr(idle, "func", None)
        if getattr(called, "attr", "") in NEW:
            return f"`{said}` makes something new, and no name keeps it: `… = {said}`."
        value = line.value if isinstance(line, ast.Assign) else None
        called = getattr(value, "func", None)
        own = ast.unparse(called) if called else ""
        known = "rng." in own or "random." in own or not own.endswith("shuffle")
        if getattr(called, "attr", "") in CHANGING and known and not own.startswith("np.a"):
            return f"`{own}(…)` changes what is there, and returns None: no `… =` before it."
    return None


def about_tuple(function):
    """What to say of a function that divides by a whole shape, as in `a / a.shape`, or None."""
    for each in ast.walk(tree_of(function)):
        divides = isinstance(each, ast.BinOp) and isinstance(each.op, ast.Div)
        if divides and getattr(each.right, "attr", "") == "shape":
            said = ast.unparse(each.right)
            return f"`{said}` is a tuple, which is no number: `{said}[0]`, or `len(…)`."
    return None


def about_outside(function, solution):
    """What to say of a function that asks for data which were not handed to it, or None."""
    mine, ours = getattr(function, "__code__", None), getattr(solution, "__code__", None)
    if mine is None or ours is None:
        return None
    for name in asks_outside(mine):
        value = function.__globals__.get(name)
        data = isinstance(value, np.ndarray) or (isinstance(value, NUMBERS) and name.islower())
        if data and name not in asks_outside(ours):
            return f"It looks at `{name}`, which is not handed to it."
    return None


def looks_at(code):
    """The local names that a function reads."""
    found = set()
    for each in dis.get_instructions(code):
        if each.opname.startswith(("LOAD_FAST", "LOAD_DEREF", "LOAD_CLOSURE", "STORE_FAST_LOAD")):
            found |= set(each.argval) if isinstance(each.argval, tuple) else {each.argval}
    for each in code.co_consts:
        if isinstance(each, types.CodeType):
            found |= set(each.co_freevars)
    return found


def asks_outside(code):
    """The names that a function looks up outside of itself: no attributes such as `.size`."""
    called = ("LOAD_GLOBAL", "LOAD_NAME")
    if code is None:
        return []
    return [each.argval for each in dis.get_instructions(code) if each.opname in called]


def names_where(error):
    """What the names meant where an error was raised."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return trace.tb_frame.f_locals if trace else {}


FIELDS = ("T", "data", "grad", "node", "ndim", "shape", "size", "sources")


def about_error(error, function=None):
    """The advice that fits an error, or nothing."""
    names = getattr(getattr(function, "__code__", None), "co_names", ())
    if isinstance(error, IndexError) and "nan" in names and "isnan" not in names:
        return "nan is equal to nothing, not even to nan: `np.isnan(…)` asks, place by place."
    for own in {"max", "min"} & set(asks_outside(getattr(function, "__code__", None))):
        if "truth value" in str(error):
            return (
                f"Python's own `{own}` compares two things as a whole: `np.{own}imum(a, b)` takes "
                "the one or the other place by place."
            )
    if "truth value" in str(error) and any(
        isinstance(each, ast.In | ast.NotIn) for each in ast.walk(tree_of(function))
    ):
        return (
            "`in` asks for one truth of each comparison, and arrays give many: hold lists against "
            "lists, `.tolist()` on both sides."
        )
    if "not callable" in str(error):
        values = names_where(error)
        for call in ast.walk(tree_of(function)):
            func = getattr(call, "func", None)
            if isinstance(func, ast.Attribute) and func.attr in FIELDS:
                return f"`{ast.unparse(func)}` goes without brackets: it is no function."
            several = isinstance(values.get(getattr(func, "id", "")), np.ndarray | list | tuple)
            if several and len(call.args) == 1:
                picked = f"{func.id}[{cut(ast.unparse(call.args[0]), 40)}]"
                return f"Round brackets call a function, and square ones pick: `{picked}`."
    for each in ast.walk(tree_of(function)) if "scalar arrays can be" in str(error) else ():
        name = getattr(getattr(each, "func", None), "attr", "")
        if name in ("max", "min") and len(each.args) == 2:
            return (
                f"`np.{name}(a, b)` takes b for an axis: `np.{name}imum(a, b)` takes the one or "
                "the other place by place."
            )
    if re.search("truth value|'bitwise_", str(error)) and unbracketed(function):
        return (
            "`&` and `|` bind more closely than `==` and `<`: brackets around each comparison, "
            "`(a == b) & (c == d)`."
        )
    if isinstance(error, KeyError):
        return "A dict holds the keys that were put in, and no other: would a rule serve for all?"
    for line in ast.walk(tree_of(function)) if isinstance(error, AttributeError) else ():
        taken = line.targets[0] if isinstance(line, ast.Delete) else None
        if taken is not None and getattr(taken, "attr", "") == error.name:
            return f"`{ast.unparse(line)}` takes it away: `None` is what stands for *nothing*."
    missing = getattr(error, "name", "") if isinstance(error, NameError) else ""
    if missing and callable(getattr(np, missing, None)):
        return f"numpy has it, and wants to be named: `np.{missing}`."
    return next((advice for said, advice in ADVICE.items() if said in str(error)), "")


def unbracketed(function):
    """Whether `&` or `|` takes a part of each of two comparisons: a == b & c == d."""
    return any(
        isinstance(part, ast.BinOp) and isinstance(part.op, ast.BitAnd | ast.BitOr)
        for each in ast.walk(tree_of(function))
        if isinstance(each, ast.Compare) and len(each.ops) > 1
        for part in each.comparators
    )


def difference(given, wanted, within):
    """Where two results part: one number beside another, never the whole table."""
    place = ""
    while isinstance(given, list | tuple) and isinstance(wanted, list | tuple):
        if len(given) != len(wanted):
            break
        i = next(i for i, (a, b) in enumerate(zip(given, wanted)) if not same(a, b, within))
        given, wanted, place = given[i], wanted[i], f"{place}[{i}]"
    a, b = numbers(given), numbers(wanted)
    if isinstance(a, np.ndarray | list) and isinstance(b, np.ndarray) and b.ndim:
        a = np.asarray(a)
        if a.shape == b.shape:
            off = ~np.isclose(a, b, rtol=1e-9, atol=within, equal_nan=True)
            at = tuple(np.argwhere(off)[0].tolist())
            given, wanted, place = a[at], b[at], f"{place}{list(at)}"
    where = f"at {place} " if place else ""
    shown = show(given), cut(show(wanted), 80)
    if shown[0] == shown[1] and isinstance(given, float) and isinstance(wanted, float):
        shown = f"{given:.12g}", f"{wanted:.12g}"  # they part where six digits end
    return f"{where}yours gives {shown[0]}\nwanted is {shown[1]}"


def misfit(given, wanted):
    """What to say of a right result whose form the next cells cannot use, or None."""
    if isinstance(given, types.GeneratorType) and isinstance(wanted, list | tuple):
        return "return a list: `list(…)`."
    if hasattr(wanted, "node"):
        if not hasattr(given, "node"):
            return "return the Tensor itself, with its history: no `.item()`, no `.data`."
        if getattr(wanted.node, "sources", ()) and not getattr(given.node, "sources", ()):
            return "return the Tensor that was computed: this one has lost its history."
        return None
    if isinstance(wanted, np.ndarray) and wanted.ndim:
        if hasattr(given, "node"):
            return "return an array of numbers, the Tensor's `.data`."
        if not isinstance(given, np.ndarray):
            return "return an array: `np.array(…)`."
        if wanted.dtype.kind in "iu" and given.dtype.kind == "f":
            return (
                "return whole numbers, as they came in: in one table with floats, all are floats."
            )
        return None
    if isinstance(wanted, int | np.integer) and not isinstance(wanted, bool):
        whole = (int, np.integer)
        return None if isinstance(given, whole) else "return a whole number: `int(…)`."
    if isinstance(wanted, NUMBERS) and hasattr(given, "node"):
        return "return a plain number: `.item()`."
    if isinstance(wanted, list | tuple) and isinstance(given, list | tuple):
        return next(filter(None, map(misfit, given, wanted)), None)
    return None
