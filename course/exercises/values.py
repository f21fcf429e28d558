"""What an answer is: compared, shown, and read in the other forms in which it may be written."""

import ast
import inspect
import math
import operator
import re
import textwrap
import types
from difflib import get_close_matches

import numpy as np

NUMBERS = (int, float, np.number)
WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "eighth": 8, "tenth": 10}
MANY = 25  # more than so many values are not shown one by one
SUMS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: lambda a, b: a**b if abs(b) <= 64 else math.nan,
}


class Between(float):
    """All numbers from `low` to `high`, as one mistake; as a number, the middle."""

    def __new__(cls, low, high):
        made = super().__new__(cls, (low + high) / 2)
        made.low, made.high = low, high
        return made

    def holds(self, given):
        return isinstance(given, NUMBERS) and self.low <= given <= self.high


def untouched(value):
    return value is None or value is ...


def blank(thing):
    """True for what is still `...`: a function, or a class with a method that waits."""
    if isinstance(thing, type):
        own = [each for each in vars(thing).values() if isinstance(each, types.FunctionType)]
        return not own or any(map(blank, own))

    def dots(): ...

    def documented():
        """Documented."""

    code = getattr(thing, "__code__", None)
    if code is None:
        return untouched(thing)
    return (
        code.co_code in (dots.__code__.co_code, documented.__code__.co_code)
        and not any(value is not None and value != thing.__doc__ for value in code.co_consts)
        and not forgotten(thing)
    )


def tree_of(function):
    """A function as the tree of its text: an empty one where there is none, or no Python alone."""
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return ast.Module([], [])


def forgotten(function):
    """Whether values stand in it that Python throws away, as in `def f(): 1, 2`."""
    lines = [each for made in tree_of(function).body[:1] for each in getattr(made, "body", [])]
    if not lines:
        return False
    lines = [getattr(each, "value", each) for each in lines if not isinstance(each, ast.Pass)]
    said = [each.value for each in lines if isinstance(each, ast.Constant)]
    return len(said) < len(lines) or any(not isinstance(each, str | type(...)) for each in said)


def numbers(value):
    """The numbers of a Tensor; anything else as it is."""
    return value.data if hasattr(value, "node") else value


def same(given, expected, within):
    """Equal in shape and value: numbers, arrays, Tensors, words, and lists or tuples of them."""
    given, expected = numbers(given), numbers(expected)
    if isinstance(given, str) and not isinstance(expected, str):
        return False
    if isinstance(expected, str):
        return str(given).strip().lower() == str(expected).strip().lower()
    if isinstance(expected, list | tuple) and isinstance(given, list | tuple):
        return len(given) == len(expected) and all(
            same(a, b, within) for a, b in zip(given, expected, strict=True)
        )
    if given is None or expected is None:
        return given is expected
    try:
        given, expected = np.asarray(given), np.asarray(expected)
        return given.shape == expected.shape and bool(
            np.allclose(given, expected, rtol=1e-9, atol=within, equal_nan=True)
        )
    except (TypeError, ValueError):
        return False


def changed(before, after):
    """Whether what was handed in has become something else; a generator always does."""
    before, after = numbers(before), numbers(after)
    if isinstance(before, np.ndarray):
        return before.shape != np.shape(after) or not np.array_equal(
            before, after, equal_nan=before.dtype.kind == "f"
        )
    if isinstance(before, list | tuple):
        return len(before) != len(after) or any(map(changed, before, after))
    if isinstance(before, dict):
        return list(before) != list(after) or any(map(changed, before.values(), after.values()))
    return False


# Reading


def readings(given, wanted, words):
    """Other ways to read an answer: (value, remark) pairs; `words` are the answers known."""
    if isinstance(wanted, str):
        word = word_meant(given, words)
        if word is not None:
            yield word, "" if isinstance(given, str) else "(A word stands in quotes.)"
        return
    if isinstance(wanted, list):
        parts = parts_meant(given, wanted, words)
        if parts is not None:
            yield parts, "" if isinstance(given, list) else "(A list stands in square brackets.)"
        return
    if isinstance(given, str):
        value = tuple_in(given) if isinstance(wanted, tuple) else number_in(given)
        if value is None:
            word = word_meant(given, words, mistyped=False)  # "the mean", for a number
            if word is not None:
                yield word, ""
            return
        power = " and a power is written with two stars, `**`" if "^" in given else ""
        yield value, f"(Numbers go without quotes{power}.)"
        if re.fullmatch(r"\s*[1-9]\d{0,2},\d{3}\s*", given):
            yield int(given.replace(",", "")), "(Numbers go without quotes, and without a comma.)"
        given = value
    if isinstance(given, np.ndarray) and given.ndim == 1:
        given = given.tolist()
    if isinstance(wanted, NUMBERS) and isinstance(given, tuple):
        for value in with_commas(given):
            written = f"{value:_}" if isinstance(value, int) else f"{value:g}"
            yield value, f"(Python reads the comma as *two things*: write {written}.)"
    if isinstance(wanted, NUMBERS) and isinstance(given, tuple | list) and len(given) == 1:
        yield given[0], "(One number goes without brackets, and without a comma.)"
    if isinstance(wanted, tuple) and len(wanted) == 1 and isinstance(given, NUMBERS):
        yield (given,), f"(With one axis, a shape is written ({show(given)},).)"


def parts_meant(given, wanted, words):
    """The list that is meant by a text, "c, e, d" or "2 2 0", or by one with a mistyped word."""
    if isinstance(given, str):
        given = re.split(r"\s*(?:[,;]|->|→)\s*|\s+", given.strip(" []()"))
    if not isinstance(given, list | tuple) or len(given) != len(wanted):
        return None
    if not all(isinstance(each, str) for each in wanted):
        numbers = [number_in(each) if isinstance(each, str) else each for each in given]
        return None if None in numbers else numbers
    lists = [each for each in (wanted, *words) if isinstance(each, list)]
    known = {word for each in lists for word in each if isinstance(word, str)}
    return [word_meant(each, known) or each for each in given]


def word_meant(given, words, mistyped=True):
    """The known word that an answer means: by a name, another spelling, or within a sentence."""
    if isinstance(given, bool | np.bool_):
        given = "yes" if given else "no"
    if callable(given):
        given = getattr(given, "__name__", "")
    if not isinstance(given, str):
        return None
    plain = {plainly(word): word for word in words if isinstance(word, str)}
    text = plainly(given)
    text = {"true": "yes", "false": "no", "y": "yes", "n": "no"}.get(text, text)
    if text in plain:
        return plain[text]
    if " " in text and all(len(part) == 1 for part in text.split()):
        return None  # letters in an order: `y p b p` is not `y p b`, and not a mistyped one
    turned = re.fullmatch(r"(?:un|non )(\w.*)", text)
    if turned and turned[1] in plain:
        return plain.get(f"not {turned[1]}")  # "unmoved" is no mistyped "moved"
    before = plainly(
        re.split(r"[,;:.!]|\b(?:because|since|as|for)\b", given.lower(), maxsplit=1)[0]
    )
    if before in plain:
        return plain[before]  # "no, it is later": the answer, and then its reason
    denied = re.search(r"\b(not|no|never|n t|don t|neither)\b", text)
    inside = [word for word in plain if re.search(rf"\b{re.escape(word)}\b", text)]
    if len(inside) == 1 and not denied:
        return plain[inside[0]]
    part = [word for word in plain if re.search(rf"\b{re.escape(text)}\b", word)]
    if (
        mistyped and len(text) > 3 and len(part) == 1 and not denied
    ):  # "stops" of "stops on the way"
        return plain[part[0]]
    near = get_close_matches(text, plain, n=2, cutoff=0.8) if len(text) > 3 and mistyped else []
    return plain[near[0]] if len(near) == 1 else None


def plainly(text):
    """A word without capitals, signs, and articles."""
    words = re.sub(r"[^\w.+-]+|[-_]|\.(?!\S)", " ", text.lower()).split()
    said = [word for word in words if word not in ("the", "a", "an", "it", "is")]
    return " ".join(said or words)  # the answer "a" is no article


def number_in(text):
    """The number that stands in a string: "98 %" is 0.98, "1/3" a third; else None."""
    text = re.sub(r"^(about|around|roughly|nearly|≈|~)\s*", "", text.strip().lower())
    text = text.replace("−", "-").replace("^", "**")
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text) if text.count(",") > 1 else text
    text = text.replace(",", ".")
    text = re.sub(r"\b(?:ln|log)\s*\(?\s*(\d+)\s*\)?$", lambda m: f"{math.log(int(m[1]))}", text)
    text = {"twice": "2", "once": "1", "double": "2"}.get(
        text, re.sub(r"\s*(x|×|times)$", "", text)
    )
    many = re.fullmatch(r"(?:(an?|\w+)[ -])?(\w+?)(?:s|ves)?", text)
    if text in WORDS:
        return WORDS.index(text)
    if many and many[2] in PARTS and (many[1] or "a") in ("a", "an", *WORDS):
        return (WORDS.index(many[1]) if many[1] in WORDS else 1) / PARTS[many[2]]
    share = text.endswith("%")
    try:
        value = evaluated(ast.parse(text.rstrip("% "), mode="eval").body)
    except (SyntaxError, ValueError, ZeroDivisionError, RecursionError):
        return None
    return value / 100 if share else value


def with_commas(parts):
    """The numbers that 0,125 and 2,000,000 were meant as: Python makes several of them."""
    whole = all(isinstance(each, int) and not isinstance(each, bool) for each in parts)
    if not whole or len(parts) < 2 or any(each < 0 for each in parts[1:]):
        return
    if len(parts) == 2:
        yield float(f"{parts[0]}.{parts[1]}")
    if all(each < 1000 for each in parts) and parts[0]:
        yield int(f"{parts[0]}" + "".join(f"{each:03d}" for each in parts[1:]))


def evaluated(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -evaluated(node.operand)
    if isinstance(node, ast.BinOp) and type(node.op) in SUMS:
        return SUMS[type(node.op)](evaluated(node.left), evaluated(node.right))
    raise ValueError("not a sum")


def tuple_in(text):
    """The tuple that stands in a string, such as "(8, 8)", "8 x 8" or "(0.3, 0.9)"; else None."""
    if "." in text:
        parts = [number_in(part) for part in text.strip(" ()[]").split(",")]
        return None if None in parts else tuple(parts)
    if not re.fullmatch(r"[\s()\[\]\d,x×]*\d[\s()\[\]\d,x×]*", text):
        return None
    return tuple(map(int, re.findall(r"\d+", text)))


# Showing


def show(value):
    """A value as a learner would type it, short: of what is long, its size and how it begins."""
    value = numbers(value)
    if callable(value):
        return getattr(value, "__name__", type(value).__name__)
    if isinstance(value, np.ndarray) and value.ndim:
        if value.size > MANY:
            return f"an array of shape {value.shape}: {beginning(value.ravel())}"
        return np.array2string(value, precision=4, separator=", ").replace("\n", "")
    if isinstance(value, np.ndarray | np.generic):
        value = value.item()
    if isinstance(value, np.random.Generator):
        return "a generator"
    if isinstance(value, bytes | bytearray):
        some = beginning(value, some=8) if len(value) > MANY else listed(value)
        return f"{len(value)} bytes: {some}"
    if isinstance(value, tuple | list):
        some = f"{beginning(value)} {len(value)} in all" if len(value) > MANY else listed(value)
        some = cut(some, 300)
        if isinstance(value, list):
            return f"[{some}]"
        return f"({some}{',' * (len(value) == 1)})"
    return f"{value:.6g}" if isinstance(value, float) else cut(repr(value), 80)


def listed(values):
    return ", ".join(map(show, values))


def beginning(values, some=4):
    """The first few values."""
    return f"{listed(values[:some])}, …"


def cut(text, most):
    return text if len(text) <= most else f"{text[: most - 2]} …"


def show_inputs(case):
    return ", ".join(map(show, case)) or "no input"
