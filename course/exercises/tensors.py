"""The questions and exercises of chapter 1."""

import re
from itertools import permutations

import numpy as np

from course.exercises.kit import Between, Book, ToldError
from course.pictures.diamond import arrives, orders
from minnet.tensors import Node, Tensor, op

book = Book("tensors")
guess, check, whose, progress = book.guess, book.check, book.whose, book.progress


# First sitting


book.question(
    "share of unseen digits read",
    answer=0.975,
    within=0.015,
    because="About 98 of a hundred (0.96 to 0.99 counts).",
    mistakes=[
        (0.1, "One in ten is what guessing gives. It has looked at 1437 digits: go higher."),
        (0.5, "Half would be five times better than guessing. It does better still."),
        (0.25, "Better than guessing, which gives one in ten. It does far better still."),
        (Between(0.6, 0.88), "It has looked at each digit 25 times: go higher."),
        (0.9, "A good guess, and too low: fewer than 4 of a hundred are missed."),
        (0.95, "Nearly: it is a little more."),
        (1.0, "All of them? Some people write a 9 that is nobody's 9. A little lower."),
        (0, "None of them? It has looked at 1437 digits, each 25 times: go higher."),
        (-1, "Less than none of them? A share lies between 0 and 1."),
        (Between(1.01, 4.9), "More than all of them? A share lies between 0 and 1."),
    ],
)


def slope(f, x, h=1e-6):
    return (f(x + h) - f(x)) / h


def square(x):
    return x * x


def falling(x):
    return 5 - 3 * x


square.__name__, falling.__name__ = "f(x) = x · x", "f(x) = 5 − 3x"


def slope_both_sides(f, x, h=1e-6):
    rise = f(x + h) - f(x - h)
    return rise / (2 * h)


def slope_step_by_step(f, x, h=1e-6):
    before, after = f(x), f(x + h)
    return np.subtract(after, before) / h


book.exercise(
    "my_slope",
    slope,
    cases=[(falling, 2.0), (square, 3.0), (square, -2.0), (falling, 3.0, 0.25), (square, 0.0617)],
    within=1e-4,
    because="Rise over run.",
    serves="slope",
    payoff=lambda slope: [slope(lambda v: (v - 21.6) ** 2 / 3, 15.0), slope(square, 2.0)],
    also=[slope_both_sides, slope_step_by_step, lambda f, x, h=1e-6: (f(x - h) - f(x)) / -h],
    otherwise="Two values, f(x + h) and f(x): their difference, all of it, divided by h.",
    mistakes=[
        (
            lambda f, x, h=1e-6: f(x + h) - f(x),
            "That is the rise. How far did you walk for it? Rise over *run*.",
        ),
        (
            lambda f, x, h=1e-6: f(x + h) / h,
            "How much did it *change*? What it was before is still in there.",
        ),
        (
            lambda f, x, h=1e-6: (f(x + h) - f(x)) / (x + h),
            "You divide by where you are. Divide by how far you went.",
        ),
        (
            lambda f, x, h=1e-6: (f(x + h) - f(x)) / x,
            "You divide by x, by where you are. Divide by how far you went: by h.",
        ),
        (
            lambda f, x, h=1e-6: (f(x + h) - f(x)) / 1e-6,
            "Right for this h. Another h may be given: divide by `h`.",
        ),
        (
            lambda f, x, h=1e-6: (f(x + h) - f(x - h)) / h,
            "From x − h to x + h: how long is that run?",
        ),
        (
            lambda f, x, h=1e-6: (x + h - x) / h,
            "That is the run over itself. What does f say at x + h, and at x?",
        ),
        (
            lambda f, x, h=1e-6: f((x + h) - x) / h,
            "f is called once, on h, and x is gone. Two *values* of f: f(x + h), less f(x).",
        ),
        (
            lambda f, x, h=1e-6: (f(x + 0.1) - f(x)) / 0.1,
            "Right for h = 0.1. But h is handed in: give it no value of your own.",
        ),
        (
            lambda f, x, h=1e-6: (f(x + h) - f(x)) / 2 * h,
            "`/ 2 * h` divides by 2, and then *multiplies* by h. From x to x + h the run is h.",
        ),
        (
            lambda f, x, h=1e-6: (f(x + h) - x) / h,
            "x is where you stand, f(x) how high: the rise is from f(x) to f(x + h).",
        ),
    ],
)
book.question(
    "which way to turn ahead",
    answer="larger",
    because="A negative slope falls to the right: more speed ahead, less miss.",
    also=("more", "faster", "up", "right", "increase", "bigger", "higher"),
    mistakes=[
        (
            "smaller",
            "The slope is negative: where the speed grows, the miss *falls*. Which way then?",
        ),
        ("less", "The slope is negative: where the speed grows, the miss *falls*."),
    ],
)
book.question(
    "the best of three steps h",
    answer=1e-8,
    within=1e-12,
    because="Small, and not too small.",
    otherwise="One of the three is asked for: 0.1, 1e-8 or 1e-15.",
    mistakes=[
        (0.1, "On so long a way the curve bends. A smaller one is better."),
        (
            1e-15,
            "Smaller is better, until the two values are so alike that nothing is left of their "
            "difference. Look at the left end.",
        ),
        (2, "The second of the three? As a number, please: 1e-8, or whichever you mean."),
        (1e-6, "Good for many things. It is none of the three: 0.1, 1e-8 or 1e-15?"),
        (0, "A step of 0 leads nowhere: nothing would be divided by nothing."),
        (1, "The first of the three? As a number, please. And is it the best one?"),
        (3, "The third of the three? As a number, please. And is it the best one?"),
        (-8, "The exponent alone? As a number, it is written 1e-8."),
        (-15, "The exponent alone? As a number, 1e-15. And is it the best one?"),
    ],
)


def turn(f, x, lr):
    return x - lr * slope(f, x)


def turn_by_its_own_slope(f, x, lr):
    rate = (f(x + 1e-6) - f(x - 1e-6)) / 2e-6
    return x + lr * -rate


def turn_in_place(f, x, lr):
    x -= slope(f, x) * lr
    return x


def fifteen_turns(turn):
    x = 15.0
    for _ in range(15):
        x = turn(lambda v: (v - 21.6) ** 2 / 3 + 2, x, 0.1)
    return x


book.exercise(
    "my_turn",
    turn,
    cases=[(falling, 2.0, 0.1), (square, 3.0, 0.25), (square, -2.0, 0.5)],
    within=1e-4,
    because="Against the slope, and further where it is steep.",
    serves="turn",
    payoff=fifteen_turns,
    also=[turn_by_its_own_slope, turn_in_place, lambda f, x, lr: np.subtract(x, lr * slope(f, x))],
    otherwise="From x, take away `lr` times the slope of f at x: nothing else.",
    mistakes=[
        (
            lambda f, x, lr: x + lr * slope(f, x),
            "That goes uphill: where the slope is positive, the way down is to the left.",
        ),
        (lambda f, x, lr: x - slope(f, x), "How far? `lr` times the slope, not the whole of it."),
        (
            lambda f, x, lr: slope(f, x) - lr * x,
            "x and the slope have changed places: from *x*, less `lr` times the *slope*.",
        ),
        (lambda f, x, lr: x - lr, "Always as far, always to the left: where is the slope?"),
        (lambda f, x, lr: x + lr, "Always as far, always to the right: where is the slope?"),
        (lambda f, x, lr: -lr * slope(f, x), "That is the step alone. From where is it taken?"),
        (lambda f, x, lr: lr * slope(f, x), "That is how far. Where is the knob *then*?"),
        (
            lambda f, x, lr: x - 0.1 * slope(f, x),
            "Right for this `lr`. Another one may be given: use it.",
        ),
        (
            lambda f, x, lr: x - lr * f(x),
            "The step goes by the *slope* of f at x, not by its value.",
        ),
        (
            lambda f, x, lr: x - lr * np.sign(slope(f, x)),
            "Always as far: shall it not go further where it is steep?",
        ),
        (
            lambda f, x, lr: x - lr * slope(f, x, lr),
            "The third input of `slope` is h, how far it nudges: leave it as it is.",
        ),
        (
            lambda f, x, lr: x - slope(f, x, lr),
            "`lr` went into `slope` as its h, how far it nudges. It belongs *before* the slope, as "
            "a factor.",
        ),
        (
            lambda f, x, lr: x - lr * abs(slope(f, x)),
            "Always to the left: the sign of the slope says which way.",
        ),
        (lambda f, x, lr: slope(f, x), "That is the slope. Return where the knob is *then*."),
        (
            lambda f, x, lr: slope(f, turn(f, x, lr)),
            "That is the slope at the knob's new place. Return the place itself.",
        ),
        (
            lambda f, x, lr: slope(f, x - lr),
            "That is a slope, at another place. Return where the knob is *then*: x, less a step.",
        ),
    ],
)
book.question(
    "shape of images.mean(axis=0)",
    answer=lambda: np.zeros((1797, 8, 8)).mean(axis=0).shape,
    because="Axis 0, the 1797 digits, is gone: one picture is left.",
    otherwise="Axis 0 counts the digits, the two others belong to a picture.",
    mistakes=[
        (
            (1797,),
            "That is one number per digit: the two axes of the picture were averaged, not axis 0.",
        ),
        ((1797, 8), "Axis 0 is the first number of the shape: the one that counts the digits."),
        ((), "That is one number for everything: a mean without an axis."),
        ((1, 8, 8), "Close: the axis disappears, unless one asks to keep it."),
        ((1797, 8, 8), "A mean makes one of many: along which axis are there fewer then?"),
        ((8,), "One axis disappears, not two."),
        (8, "One axis disappears, and two are left."),
        (64, "The two axes of the picture stay apart: a table of two lengths."),
        ((64,), "The two axes of the picture stay apart: a table of two lengths."),
        (
            (1797, 1, 1),
            "That is one number per digit, with its axes kept. Axis 0 counts the digits.",
        ),
        ((10, 8, 8), "Not one for each kind of digit: *all* 1797 go into one mean."),
    ],
)
book.question(
    "results needed for a million slopes",
    answer=1_000_001,
    because="One with nothing nudged, and one for each knob.",
    otherwise="Each slope compares two results. Which of them serves all knobs?",
    mistakes=[
        (1_000_000, "Nearly: each slope compares with a result where nothing was nudged."),
        (2_000_000, "The result where nothing is nudged serves all knobs: once is enough."),
        (2, "Two are enough for one knob. The next knob needs a nudge of its own."),
        (1, "If only. That is what the rest of this chapter is for."),
        (1_000_002, "One too many: the result where nothing is nudged is needed once."),
        (2_000_001, "The result where nothing is nudged serves all knobs: once is enough."),
    ],
)
book.question(
    "slope of a · b by a",
    answer=2,
    because="The strip is h · b: for each h, b.",
    otherwise="Where a grows by h, how wide and how high is the strip that is added?",
    mistakes=[
        (3, "That is a itself. For a nudge of h on a, the strip is h wide and *b* high."),
        (6, "That is the area. How much does it *grow*, for each h?"),
        (1, "For a nudge of 0.5 the strip is 0.5 · 2. Divide it by the nudge."),
        (5, "That is the slope by both at once. Here b stands still."),
        ("b", "Yes: the strip is h · b. And which number is b here?"),
        (0.5, "That is the nudge. How large is the strip that it adds, divided by it?"),
        (2.5, "Is that b and the nudge, added? The strip is h wide and b high: an area of h · b."),
        (7, "That is the area afterwards, for a nudge of 0.5. By how much did it grow, over h?"),
        (8, "That is an area after a nudge. By how much did it grow, for each h?"),
        ("2h", "Yes, that is the strip. Over the nudge, h: which number is left?"),
    ],
)
book.question(
    "slope of (2a)² at a = 3",
    answer=lambda: 2 * (2 * 2 * 3),
    because="The rate 2, times the rate 2b = 12.",
    otherwise="How fast does b = 2a turn with a, how fast its square with b? Rates multiply.",
    mistakes=[
        (12, "That is how fast c turns with b. And how fast does b turn with a?"),
        (36, "That is the value at a = 3. The question is how fast it grows."),
        (6, "That is b. Its square grows at the rate 2b, and b itself at the rate 2."),
        (14, "Rates do not add: one turn of a is two of b, and *each* of those counts."),
        (48, "Twice too often: b² has the rate 2b = 12, and b = 2a the rate 2."),
        (4, "The rate of b² is not 2, it is 2b, and b is 6 here."),
        (8, "The rate of b² is 2b. And what is b where a is 3?"),
        (2, "That is how fast b turns with a. And how fast does c turn with b?"),
        (72, "That is 2 · b². The rate of b² is not b², it is 2b."),
        (18, "Is that 2 · a²? c is b² = 4a²: multiply the two rates, 2 and 2b."),
        (16, "Is that 12 + 4? Rates do not add: multiply the two."),
        ("8a", "Yes, and a is 3: which number is it?"),
    ],
)


# Second sitting


def value_and_rules(result, inputs):
    """What an operation returns: its value, and a rule for each input; or what is amiss there."""
    value, *given = result if isinstance(result, tuple | list) else [result]
    if any(isinstance(each, tuple | list) for each in given):
        said = "The rules stand in brackets of their own, and count as one thing: take those away."
    elif callable(value):
        said = "That begins with a rule: the value comes first, and behind it each `lambda g: …`."
    elif not all(map(callable, given)):
        said = "Behind the value stand rules, functions of what arrives: `lambda g: …`."
    elif len(given) != inputs:
        rules = "a rule for each of its two inputs" if inputs == 2 else "one rule for its one input"
        said = f"Behind the value stands {rules}: {len(given) or 'none'} came. `return …, …`."
    else:
        return value, given
    raise ToldError(said)


def handed_on(rule, g):
    """What a rule makes of what arrives; nothing, where nothing arrives."""
    try:
        got, of_nothing = rule(g), rule(0 * g)
    except TypeError as error:
        if "positional argument" in str(error):
            raise ToldError("A rule takes one thing, what arrives: `lambda g: …`.") from None
        raise
    if np.any(of_nothing) and np.all(np.equal(got, of_nothing)):
        raise ToldError("What arrives, g, is not used in each rule: g *times* a slope.")
    if np.any(of_nothing):
        raise ToldError("What arrives is *multiplied* by a slope: where g is 0, a rule gives 0.")
    return got


def apply_rules(result, a, b):
    """What an operation of two inputs returns, with its rules used on a gradient."""
    value, rules = value_and_rules(result, 2)
    words = ("and for g = 3 and g = -0.5 the first rule gives", "and the second")
    told = [[told, [handed_on(r, g) for g in (3.0, -0.5)]] for told, r in zip(words, rules)]
    return value, *[each for pair in told for each in pair]


def without_lambda(a, b):
    """What Python says to rules that are written as if g were there already."""
    raise NameError("name 'g' is not defined")


NO_LAMBDA = (
    without_lambda,
    "g is not there yet, it arrives on the way back: each rule is a function of it, `lambda g: …`.",
)


def with_gradients(function, *numbers):
    """The value of an operation, and what backward brings to its inputs."""
    inputs = [Tensor(x) for x in numbers]
    y = op(function)(*inputs)
    y.backward(np.full(y.shape, 3.0))
    return [y.data, *(x.grad for x in inputs)]


TWO = [(2.0, 3.0), (-1.0, 4.0)]
AS_THREE = "the three with commas between them, and nothing around them"


def total(a, b):
    return a + b, lambda g: g, lambda g: g


def total_with_names(a, b):
    def rule(g):
        return g

    return np.add(a, b), rule, rule


book.exercise(
    "my_total",
    total,
    cases=TWO,
    observe=apply_rules,
    because="A sum hands g on as it is, to both.",
    otherwise="The value is one number, a + b. When a grows by h, how much does that grow?",
    serves="total",
    payoff=lambda total: with_gradients(total, 2.0, 3.0),
    form=AS_THREE,
    also=[
        total_with_names,
        lambda a, b: (a + b, lambda g: 1 * g, lambda g: g * 1.0),
        lambda a, b: (b + a, *[lambda g: g] * 2),
    ],
    mistakes=[
        (
            lambda a, b: (a + b, lambda g: g * b, lambda g: g * a),
            "Those are the rules of a product. For a nudge of h on a, how much does a + b grow?",
        ),
        (
            lambda a, b: (a + b, lambda g: g * a, lambda g: g * b),
            "For a nudge of h on a, a + b grows by h, whatever a is: what is g times that slope?",
        ),
        (
            lambda a, b: (a + b, lambda g: g / 2, lambda g: g / 2),
            "Nothing is shared out: a nudge of h on a moves the sum by all of h.",
        ),
        NO_LAMBDA,
        (
            lambda a, b: (a + b, lambda g: g, lambda g: 0),
            "The first rule is right. A nudge of h on b moves the sum by h, too.",
        ),
    ],
)


def which(thing, inputs):
    """A node as the exercise sees it: by the input that it belongs to."""
    for i, x in enumerate(inputs):
        if thing is x.node:
            return f"the node of input {i}"
        if thing is x:
            return f"input {i} itself"
    return "a rule" if callable(thing) else f"a {type(thing).__name__}"


def read_sources(result, inputs, rules):
    if isinstance(result, dict):
        result = list(result.items())
        raise TypeError("a dictionary forgets an input that comes twice: make a list of pairs")
    if not isinstance(result, list | tuple):
        raise TypeError("return a list: a pair (node, rule) for each input")
    if len(result) == 2 and isinstance(result[1], list | tuple) and all(map(callable, result[1])):
        raise TypeError("those are two lists: `zip` walks through both, and makes the pairs")
    if len(result) == 2 and callable(result[1]):
        raise TypeError("that is one pair: make a list, with a pair for each input")
    if result and not all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in result):
        if any(map(callable, result)):
            raise ToldError("Nodes and rules stand one by one: brackets around each pair.")
        raise TypeError("each entry of the list is a pair, with brackets: (node, rule)")
    read = []
    for node, rule in result:
        answer = rule(1.0) if callable(rule) else which(rule, inputs)
        read.append((which(node, inputs), "rule(1) is", answer))
    return read


def sources(inputs, rules):
    return [(x.node, rule) for x, rule in zip(inputs, rules)]


def sources_by_number(inputs, rules):
    found = []
    for i in range(len(inputs)):
        found.append([inputs[i].node, rules[i]])
    return found


THE_SAME = Tensor(5.0)
BY_3, BY_4, BY_5 = (lambda g: 3 * g), (lambda g: 4 * g), (lambda g: 5 * g)


def recorded(sources):
    """What backward makes of such a record."""
    a, b = Tensor(4.0), Tensor(3.0)
    rules = [lambda g: g * 3.0, lambda g: g * 4.0]
    y = Tensor(np.array(12.0), Node((), "multiply", sources([a, b], rules)))
    y.backward()
    return [a.grad, b.grad]


book.exercise(
    "my_sources",
    sources,
    cases=[
        ([Tensor(4.0), Tensor(3.0)], [BY_3, BY_4]),
        ([THE_SAME, THE_SAME], [BY_5, BY_3]),
        ([Tensor(2.0), Tensor(1.0), Tensor(0.0)], [BY_4, BY_5, BY_3]),
    ],
    observe=read_sources,
    because="One pair for each use: what comes in twice stands there twice.",
    serves="sources",
    payoff=recorded,
    also=[
        sources_by_number,
        lambda inputs, rules: list(zip([x.node for x in inputs], rules, strict=True)),
        lambda inputs, rules: tuple((x.node, rules[i]) for i, x in enumerate(inputs)),
    ],
    mistakes=[
        (
            lambda inputs, rules: list(zip(inputs, rules)),
            "A pair begins with the *node* of the input, `x.node`, where the history is.",
        ),
        (
            lambda inputs, rules: [(x.data, rule) for x, rule in zip(inputs, rules)],
            "Those are its numbers. The history is in `x.node`.",
        ),
        (
            lambda inputs, rules: [(rule, x.node) for x, rule in zip(inputs, rules)],
            "The other way round: the node first, then its rule.",
        ),
        (
            lambda inputs, rules: [(x.node, rule) for x in inputs for rule in rules],
            "Every node with every rule: only the first rule is the first node's. `zip` walks "
            "through both lists side by side.",
        ),
        (
            lambda inputs, rules: [(x.node, rule(1.0)) for x, rule in zip(inputs, rules)],
            "The rule itself is kept, to be used on the way back: do not call it yet.",
        ),
        (
            lambda inputs, rules: [(x.node, rules) for x in inputs],
            "Each node has one rule, its own, and not all of them.",
        ),
        (
            lambda inputs, rules: [x.node for x in inputs],
            "Those are the nodes. Each needs its rule beside it: a pair, (node, rule).",
        ),
        (
            lambda inputs, rules: [(x.node, rule(1)) for x, rule in zip(inputs, rules)],
            "The rule is kept as it is, without brackets: it is called on the way back.",
        ),
        (
            lambda inputs, rules: {x.node: rule for x, rule in zip(inputs, rules)},
            "A dictionary forgets an input that comes twice. A list of pairs keeps both.",
        ),
    ],
)
book.question(
    "first walk on x * x at x = 3",
    answer=3,
    because="Both uses send 3, and the second overwrites the first.",
    otherwise="Follow the code: what is sent, twice, and what does `=` leave of it?",
    mistakes=[
        (6, "That is the true slope. Follow the code: `node.grad = g`, twice, for the same node."),
        (9, "That is the value of x · x. What do the two rules of the product send?"),
        (1, "That is what y starts with. What do the two rules make of it?"),
        (2, "Two uses, yes. But what does each of the two rules send, g times what?"),
        (18, "Is that 2 · 9? Each rule gives g times the other number, 1 · 3."),
        (0, "Something arrives: both rules send g · 3, to the same node."),
    ],
)


class Record:
    """A node as the exercise sees it: a gradient, and sources with their rules."""

    def __init__(self, words, *sources):
        self.words, self.grad, self.sources = words, None, list(sources)

    def __repr__(self):
        return self.words


def leaf_gradient(result, node, g):
    """What has arrived at the leaf, and whether anything has, there or where the walk began."""
    leaf = node
    while leaf.sources:
        leaf = leaf.sources[0][0]
    if leaf.grad is None:
        return "nothing" if node.grad is not None else "nothing, at any node"
    return leaf.grad


def chain():
    middle = Record("2x", (Record("x"), lambda g: 2 * g))
    return Record("the node of y = 3 · 2x", (middle, lambda g: 3 * g))


def used_twice():
    x = Record("x")
    return Record("the node of y = x · x, x = 3", (x, lambda g: 3 * g), (x, lambda g: 3 * g))


def walker(arrive, share, stop=False):
    """A walk: what a node does with what arrives, and what it hands on."""

    def walk(node, g):
        first = node.grad is None
        node.grad = arrive(node.grad, g)
        if first or not stop:
            for source, rule in node.sources:
                walk(source, share(rule, node.grad, g))

    return walk


def walk(node, g):
    node.grad = g if node.grad is None else node.grad + g
    for source, rule in node.sources:
        walk(source, rule(node.grad))


def walk_share_by_share(node, g):
    if node.grad is None:
        node.grad = 0
    node.grad = node.grad + g
    for source, rule in node.sources:
        walk_share_by_share(source, rule(g))


def walk_first_arrival(node, g):
    if node.grad is not None:
        node.grad += g
        return
    node.grad = g
    for source, rule in node.sources:
        walk_first_arrival(source, rule(g))


def walk_by_or(node, g):
    node.grad = (node.grad or 0.0) + g
    for pair in node.sources:
        walk_by_or(pair[0], pair[1](node.grad))


def walk_on_none(node, g):
    node.grad += g
    for source, rule in node.sources:
        walk_on_none(source, rule(node.grad))


def walk_one_step(node, g):
    node.grad = g if node.grad is None else node.grad + g
    for source, rule in node.sources:
        source.grad = rule(g) if source.grad is None else source.grad + rule(g)


def walk_one_step_overwriting(node, g):
    node.grad = g if node.grad is None else node.grad + g
    for source, rule in node.sources:
        source.grad = rule(g)


def walk_twice(node, g):
    node.grad = 2 * g
    for source, rule in node.sources:
        walk_twice(source, rule(g))


def adding(before, g):
    return g if before is None else before + g


def losing_the_first(before, g):
    return 0 if before is None else before + g


def doubling(before, g):
    return 2 * g if before is None else before + g


def handing_on_all(rule, held, g):
    return rule(held)


def handing_on_g(rule, held, g):
    return rule(g)


def walked(walk):
    """Two walks through records of Tensors: x · x, and a · b + c."""
    x, (a, b, c) = Tensor(3.0), (Tensor(v) for v in (2.0, 3.0, 4.0))
    walk((x * x).node, 1.0)
    walk((a * b + c).node, 1.0)
    return [x.grad, a.grad, b.grad, c.grad]


book.exercise(
    "my_walk",
    walk,
    cases=[(chain(), 1.0), (used_twice(), 1.0)],
    observe=leaf_gradient,
    because="Both uses of x count. (What is compared is the gradient that arrives at x.)",
    serves="walk",
    payoff=walked,
    also=[walk_share_by_share, walk_first_arrival, walk_by_or],
    mistakes=[
        (
            walker(lambda before, g: g, handing_on_g),
            "Of two uses one alone counts: add to what is there, in every call. (Does yours call "
            "itself, or still `first_walk`? `a or 0 + g` is a, where there is one: brackets.)",
        ),
        (
            walk_on_none,
            "`node.grad` is None until something arrives, and None plus a number is an error: "
            "ask first whether it is None.",
        ),
        (
            walker(losing_the_first, handing_on_all),
            "Where `grad` is None you set it to 0, and what has arrived is lost: it is g then.",
        ),
        (
            walker(losing_the_first, handing_on_g),
            "The first gradient to arrive is lost: where `grad` is None, it becomes g, not 0.",
        ),
        (
            walker(doubling, handing_on_all),
            "The first to arrive is counted twice: after `grad = g`, do not add g again.",
        ),
        (
            walk_one_step,
            "The sources got their share, and kept it: each of them must do as this node does.",
        ),
        (
            walk_one_step_overwriting,
            "The walk ends at the first sources: nothing goes on from there to x. Each of them "
            "must do as this node does: `my_walk(source, rule(g))`, in place of `source.grad = …`.",
        ),
        (
            walk_twice,
            "Everything is doubled, used twice or not. Add what arrives to what is there.",
        ),
        (
            walker(adding, lambda rule, held, g: held),
            "The gradient is handed on as it is: it must pass through the rule.",
        ),
        (
            lambda node, g: setattr(node, "grad", g if node.grad is None else node.grad + g),
            "The node keeps the gradient, and hands nothing on to its sources.",
        ),
        (
            walker(adding, lambda rule, held, g: rule(1.0)),
            "Every share is made as if 1 had arrived: hand `rule` what the node holds.",
        ),
        (
            lambda node, g: [rule(g) for _, rule in node.sources][:0],
            "No node keeps anything: what arrives is stored in `node.grad`, also where that is "
            "still None.",
        ),
        (
            walker(lambda before, g: g if before is None else before * g, handing_on_all),
            "Shares that arrive at the same node are *added*, not multiplied.",
        ),
        (
            walker(doubling, handing_on_g),
            "The first to arrive counts twice: `grad = g`, and then g is added again.",
        ),
    ],
)
book.question(
    "slope of the diamond at a = 2",
    answer=lambda: 2 + 8 * 2,
    because="2a + 4a² has the slope 2 + 8a.",
    otherwise="y is b + b · b, and b is 2a: how fast does each part grow with a?",
    mistakes=[
        (16, "That is the way through the product. b also reaches y directly."),
        (2, "That is the straight way. b also reaches y through the product, twice."),
        (20, "That is y itself at a = 2. How fast does it grow?"),
        (10, "Each b in b · b counts: b² has the slope 2b."),
        (9, "That is the slope of y by *b*. How fast does b turn with a?"),
        (30, "Run on: you are ahead of us. Nudging will say something smaller."),
        (8, "b · b alone, and by b. There is a straight way too, and b turns twice as fast as a."),
        (34, "Is that 2 + 2 · 16? 4a² has the slope 8a, and that is 16."),
        (5, "That is 1 + b, a slope by b with one arrow missing. b · b counts b twice."),
        (6, "Is that 2 + 4? The slope of 4a² is 8a, and not 4."),
        (42, "Is that 2 + 40? 4a² has the slope 8a."),
        (36, "Twice too large: 2 of the straight way, and 16 of the way through the product."),
        ("2+8a", "Yes, and a is 2: which number is it?"),
        ("2 + 8a", "Yes, and a is 2: which number is it?"),
        (4, "b turns twice as fast as a, and b · b grows at the rate 2b: which numbers are those?"),
        (3, "Three arrows lead from b to y. But a nudge on one factor of b · b counts b times."),
    ],
)


def spelled(order):
    """The ways to write an order: with blanks, without, as a list, and with a at its end."""
    letters = order.split()
    forms = [f(each) for each in (letters, [*letters, "a"]) for f in (" ".join, "".join, str)]
    return dict.fromkeys([*forms, str(tuple(letters))])


def why_not(order):
    """What goes wrong in an order, as the figure shows it."""
    letters = [letter for letter in order.split() if letter != "a"]
    if letters[0] != "y":
        return "Nobody but y holds anything at the beginning."
    if "b" not in letters:
        return "b has no turn, and a gets everything from b."
    if "p" not in letters:
        return "p has no turn: what goes through the product does not arrive."
    first, last = letters.index("b"), len(letters) - 1 - letters[::-1].index("p")
    early = first < last
    if letters.count("b") == 1:
        return "b had its turn before all shares of p had arrived."
    if early:
        return "b hands on before p is through, and then again, all that it holds each time."
    return "b waits, and then it hands on all that it holds more than once."


ORDERS = {order: arrives(order) for order in orders()}
RIGHT_ORDERS = [order for order, got in ORDERS.items() if got == 18]
book.question(
    "order that brings 18 to a",
    answer="y p b",
    because="The newest first: b waits until p has handed on, and hands on once.",
    otherwise="Letters y, p and b with blanks between them, as in the figure: such as `y b p`.",
    also=[form for order in RIGHT_ORDERS for form in spelled(order)],
    mistakes=[
        *(
            (form, f"That brings {got} to a. {why_not(order)}")
            for order, got in ORDERS.items()
            if got != 18
            for form in spelled(order)
        ),
        (18, "18 is what shall arrive. In which order do y, p and b hand on?"),
        *(
            (form, "Nobody but y holds anything at the beginning: y comes first.")
            for form in ("p b", "b p", "p", "b")
        ),
        ("18", "18 is what shall arrive. The answer is letters, such as `y b p`."),
    ],
)
book.question(
    "walks for a million slopes",
    answer=2,
    because="Once forward, once back, however many leaves there are.",
    otherwise="What must be there to walk back from, and how many leaves does that walk serve?",
    mistakes=[
        (1_000_001, "So it was with nudging. How often did we walk for a, b and c?"),
        (1_000_000, "Each leaf gets its gradient in the same walk back."),
        (1, "The walk back is one. And what must have happened before it?"),
        (3, "Forward, and back: is there another?"),
        (2_000_000, "In one walk back, *every* leaf gets its gradient."),
        (1_000_002, "In one walk back, *every* leaf gets its gradient: not a walk for each."),
        (2_000_002, "In one walk back, *every* leaf gets its gradient."),
        ("two", "Yes: as a number, please."),
        (0, "A result must be there, and somebody must walk back from it."),
    ],
)


# Third sitting


def difference(a, b):
    return a - b, lambda g: g, lambda g: -g


def difference_with_names(a, b):
    def rule_a(g):
        return g

    def rule_b(g):
        return np.negative(g)

    return np.subtract(a, b), rule_a, rule_b


book.exercise(
    "my_difference",
    difference,
    cases=TWO,
    observe=apply_rules,
    because="b pulls the other way.",
    serves="difference",
    payoff=lambda difference: [
        *with_gradients(difference, 2.0, 3.0),
        *with_gradients(difference, [2.0, 1.0, -1.0], 0.5),
    ],
    form=AS_THREE,
    also=[
        difference_with_names,
        lambda a, b: (a + -b, lambda g: 1 * g, lambda g: g * -1),
        lambda a, b: (a - b, lambda g: g, lambda g: 0 - g),
    ],
    mistakes=[
        (
            lambda a, b: (a - b, lambda g: -g, lambda g: g),
            "Turned round: a pushes the difference up, b pulls it down.",
        ),
        (
            lambda a, b: (a - b, lambda g: g * a, lambda g: -g * b),
            "How much a difference moves does not depend on where a and b are.",
        ),
        (
            lambda a, b: (a - b, lambda g: g * b, lambda g: g * a),
            "Those are the rules of a product. When a grows by h, how much does a − b grow?",
        ),
        NO_LAMBDA,
        (
            lambda a, b: (a - b, lambda g: g, lambda g: 0),
            "When b grows by h, the difference moves: by how much, and which way?",
        ),
        (
            lambda a, b: (a - b, lambda g: g * b, lambda g: -g * a),
            "Those are the rules of a product, with a minus. When a grows by h, how much does "
            "a − b grow?",
        ),
        (
            lambda a, b: (b - a, lambda g: -g, lambda g: g),
            "All three are turned: those are the value and the rules of b − a.",
        ),
    ],
)
book.question(
    "what a root hands to 16",
    answer=0.125,
    share=False,
    because="½ · 16^(−½) is one half of one quarter, 0.125.",
    otherwise="a to the power b has the slope b · a^(b − 1): a is 16, and b is ½.",
    mistakes=[
        (4, "That is the root itself. How fast does it grow at 16?"),
        (8, "½ · 16 is not it: the power falls by one, from ½ to −½."),
        (2, "½ · 4: the power must fall by one, from ½ to −½, so that the root stands below."),
        (0.25, "16^(−½) is one quarter. And the b in front of it?"),
        (0.5, "That is b, the factor in front. Behind it stands 16 to the power −½."),
        (-0.125, "The size is right. A root rises, so its slope is positive."),
        (-0.5, "Is that b − 1, the new power? It stands over the 16: ½ · 16^(−½)."),
        (
            1 / 16,
            "16 to the power −1? The power falls by one, from ½ to −½, and ½ stands in front.",
        ),
        (1 / 32, "The power falls by one, from ½ to −½: not to −1, and not to −1¼."),
        (0.031, "The power falls by one, from ½ to −½: not to −1, and not to −1¼."),
        ("one eighth", "Yes: as a number, please, 1/8."),
        (-2, "16^(−½) is 1 / 4, and not −4: a negative power turns a number upside down."),
        (7.5, "The −½ is a power, not taken away: ½ · `16**(-0.5)`."),
    ],
)
book.question(
    "shape of (3, 1) + (4,)",
    answer=lambda: np.broadcast_shapes((3, 1), (4,)),
    because="From the right: 1 against 4 gives 4; 3 against nothing gives 3.",
    otherwise="From the right: 1 meets 4, and 3 meets nothing. A 1 is stretched.",
    mistakes=[
        ((3, 1), "The row has four numbers: where would they go? Compare from the right."),
        ((4, 3), "Both lengths are right. The row lies along the last axis."),
        ((3, 5), "Nothing is put side by side: an axis of length 1 is stretched by copying."),
        ((7,), "Nothing is put one after the other: axes of length 1 are stretched."),
        ((4,), "The column has three rows: are they lost? A missing axis is stretched."),
        ((1, 4), "The column has three rows: 3 against a missing axis gives 3."),
        ((3, 1, 4), "The two shapes lie over each other, from the right: 1 meets 4, 3 nothing."),
        ((3,), "Two axes come out: the longer shape has two."),
        ((1, 1), "Lengths are stretched, never shortened: 1 against 4 gives 4."),
        ((12,), "Twelve numbers, right: in a table of two axes."),
        (12, "Twelve numbers, right: in a table of which shape?"),
        ((4, 4), "From the right: 1 meets 4, that gives 4. And the 3 meets nothing: it stays."),
        ((3, 3), "From the right: 1 meets 4, and is stretched to 4."),
        ((4, 1), "From the right: 1 meets 4, and is stretched. The 3 meets nothing: it stays."),
        ((3, 4, 1), "Two axes come out: 3 meets nothing, 1 meets 4."),
        ("error", "numpy finds a way: 1 is stretched to 4, and a missing axis to 3."),
        ((7, 1), "Nothing is put one under the other: 1 meets 4, and is stretched."),
    ],
)
G = np.array([[1.0, 0.0, 2.0, -1.0], [0.5, 3.0, -2.0, 1.0]])  # (2, 4)


def row_gradient_by_loops(g):
    whole = np.zeros(g.shape[1])
    for row in g:
        whole = whole + row
    return whole


book.exercise(
    "my_row_gradient",
    lambda g: g.sum(axis=0),
    cases=[(np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]),), (G,)],
    because="What was copied along axis 0 is added up along axis 0.",
    serves="row_gradient",
    payoff=lambda row_gradient: row_gradient(np.ones((4, 3))) * 2,
    also=[
        row_gradient_by_loops,
        lambda g: np.sum(g, 0),
        lambda g: np.array([g[:, j].sum() for j in range(g.shape[1])]),
        lambda g: np.ones(len(g)) @ g,
    ],
    otherwise="Row j of g is what the j-th copy receives. The row receives what all copies do.",
    mistakes=[
        (lambda g: g, "A gradient has its own tensor's shape, here (k,): which axis was copied?"),
        (
            lambda g: g.mean(axis=0),
            "That is the mean. A nudge moves *all* copies, and each feels the whole of it.",
        ),
        (lambda g: g.sum(axis=1), "That is one number for each row of g. Which axis was copied?"),
        (
            lambda g: g.mean(axis=1),
            "A sum, not a mean; and along the axis that was copied, axis 0.",
        ),
        (lambda g: g.sum(), "That adds up everything. The k numbers of the row stay apart."),
        (lambda g: g[0], "That is the first copy alone. The other copies count as well."),
        (lambda g: g.max(axis=0), "The largest alone? Every copy counts."),
        (lambda g: g.T, "Turned, and still all of it: the copies are to be added up."),
        (
            lambda g: g.sum(axis=0) / 4,
            "Nothing is shared out among the four rows: each copy counts whole. The sum alone.",
        ),
        (
            lambda g: 4 * g.sum(axis=0),
            "The sum has counted every copy already: not again times four.",
        ),
        (
            lambda g: g * 4,
            "Each of the copies has a gradient of its own, and *those* are added up: one row is "
            "left. (And there may be more copies than four, or fewer.)",
        ),
        (
            lambda g: g[0] * 4,
            "That counts the first copy four times. The others have gradients of their own.",
        ),
        (
            lambda g: g[0] * len(g),
            "That counts the first copy again and again. The others have gradients of their own.",
        ),
        (
            lambda g: g[0] / len(g),
            "That is a share of the first copy. The others have gradients of their own: add up.",
        ),
        (
            lambda g: len(g) * g.sum(axis=0),
            "The sum has counted every copy once: not again times their number.",
        ),
        (
            lambda g: sum(g, axis=0),
            "Python's own `sum` knows no axis. The array's own does: `g.sum(…)`.",
        ),
    ],
)
book.question(
    "each of ten, averaged",
    answer=0.1,
    share=False,
    because="A nudge of h on one of ten moves the mean by h / 10.",
    otherwise="Nudge one of ten by h: by how much does their sum grow, and their mean?",
    mistakes=[
        (1, "That is for the sum. The mean of ten moves less: by how much?"),
        (10, "The other way: the more numbers, the less each one counts."),
        (0, "A little it must count, or no number could ever move the mean."),
        (1 / 9, "There are ten of them: a nudge of h on one moves the mean by h / 10."),
        (0.01, "One tenth of a tenth? A nudge of h on one of ten moves the mean by h / 10."),
        ("g/10", "Yes, and g is 1 here: which number?"),
    ],
)

A = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])  # (2, 3)
B = np.array([[1.0, -1.0, 2.0, 0.5], [0.0, 3.0, 1.0, -2.0], [2.0, 1.0, 0.0, 1.0]])  # (3, 4)


def apply_table_rules(result, a, b):
    """The value, and what the rules make of a g of its shape."""
    value, rules = value_and_rules(result, 2)
    g = np.cos(np.arange(a.shape[0] * b.shape[1])).reshape(a.shape[0], b.shape[1])
    return value, *(attempted(rule, g) for rule in rules)


def attempted(rule, g):
    try:
        return handed_on(rule, g)
    except (ValueError, IndexError) as error:
        sizes = re.search(r"size (\d+) is different from (\d+)", str(error))
        if sizes:
            return f"an error: rows of {sizes[2]} meet columns of {sizes[1]}"
        return "an error: the shapes do not fit, place by place"


def matrix_product(a, b):
    return a @ b, lambda g: g @ b.T, lambda g: a.T @ g


def matrix_product_with_names(a, b):
    def rule_a(g):
        return np.matmul(g, np.transpose(b))

    def rule_b(g):
        return (g.T @ a).T

    return np.dot(a, b), rule_a, rule_b


def broken(rule_a, rule_b, value=lambda a, b: a @ b):
    """An operation whose rules are given as functions of a, b and g."""
    return lambda a, b: (value(a, b), lambda g: rule_a(a, b, g), lambda g: rule_b(a, b, g))


def fits_a(a, b, g):
    return g @ b.T


def fits_b(a, b, g):
    return a.T @ g


book.exercise(
    "my_matrix_product",
    matrix_product,
    cases=[(A, B), (B, G.T)],
    observe=apply_table_rules,
    because="The only products whose shapes fit.",
    otherwise="With g of (2, 4), a of (2, 3) and b of (3, 4), each rule gives its own input's "
    "shape. Turn one of its two factors, never both, and multiply with `@`.",
    serves="matrix_product",
    payoff=lambda matrix_product: with_gradients(matrix_product, A, B),
    form=AS_THREE,
    also=[
        matrix_product_with_names,
        lambda a, b: (a.dot(b), lambda g: g.dot(b.T), lambda g: a.T.dot(g)),
        lambda a, b: (a @ b, lambda g: (b @ g.T).T, lambda g: a.transpose() @ g),
    ],
    mistakes=[
        (
            broken(lambda a, b, g: b.T @ g, lambda a, b, g: g @ a.T),
            "Right arrays, wrong order: the inner lengths must meet. Write the shapes down.",
        ),
        (
            broken(lambda a, b, g: g @ b, lambda a, b, g: a @ g),
            "The shapes do not fit: turn something, with `.T`, or put it on the other side.",
        ),
        (
            broken(lambda a, b, g: b @ g, lambda a, b, g: g @ a),
            "Nothing is turned, and the shapes do not fit: `.T` turns (3, 4) into (4, 3).",
        ),
        (
            broken(fits_b, fits_a),
            "Both are there. Which of them has the shape of a, and which that of b?",
        ),
        (
            broken(fits_a, lambda a, b, g: g.T @ a),
            "The first is right; the second is turned: b has the shape (3, 4).",
        ),
        (
            broken(lambda a, b, g: (g @ b.T).T, fits_b),
            "The second is right; the first is turned: a has the shape (2, 3).",
        ),
        (
            broken(fits_a, lambda a, b, g: g @ a.T),
            "The first is right. In the second the inner lengths do not meet: what comes first?",
        ),
        (
            broken(lambda a, b, g: b.T @ g, fits_b),
            "The second is right. In the first the inner lengths do not meet: what comes first?",
        ),
        (
            broken(lambda a, b, g: g * b, lambda a, b, g: g * a),
            "Those are the rules of `*`, which goes place by place. Here rows meet columns: `@`.",
        ),
        (
            broken(lambda a, b, g: g, lambda a, b, g: g),
            "Those are the rules of a sum. g has the shape of the value: a and b have others.",
        ),
        (
            broken(fits_a, fits_b, lambda a, b: (a @ b).T),
            "The rules are right. The value is turned: a @ b.",
        ),
        NO_LAMBDA,
        (
            broken(lambda a, b, g: g @ b, lambda a, b, g: g @ a),
            "Nothing is turned yet, and the shapes do not fit. Write them down: g is (2, 4), b.T "
            "is (4, 3), a.T is (3, 2). Which two make the shape of a, which two that of b?",
        ),
        (
            broken(lambda a, b, g: b @ g.T, lambda a, b, g: g.T @ a),
            "The right products, each of them turned: a wants (2, 3), and b wants (3, 4). Turn the "
            "other array, and not g.",
        ),
        (
            broken(lambda a, b, g: g @ b.T, lambda a, b, g: a @ g),
            "The first is right. In the second, a has to be turned.",
        ),
        (
            broken(lambda a, b, g: g @ b, lambda a, b, g: a.T @ g),
            "The second is right. In the first, b has to be turned.",
        ),
        (
            broken(fits_a, fits_b, lambda a, b: b @ a),
            "The rules are right. The value is a @ b: the rows of a meet the columns of b.",
        ),
        (
            lambda a, b: (
                a @ b,
                lambda g: g @ b.reshape(b.shape[::-1]),
                lambda g: a.reshape(a.shape[::-1]) @ g,
            ),
            "`reshape` fills the other shape in the order of reading. Rows become columns by `.T`.",
        ),
    ],
)
book.question(
    "x.grad after two losses of 3x",
    answer=6,
    because="3 from each: what arrives is added to what is there.",
    otherwise="Which slope has 3x, and how often does it arrive at x?",
    mistakes=[
        (3, "That is one of them. `backward` adds, and nobody has cleared what was there."),
        (9, "Rates multiply along one way. These are two losses: their gradients add up."),
        (15, "That is the loss at x = 5. The slope of 3x does not depend on x."),
        (30, "That is the sum of both losses. What is the slope of each?"),
        (0, "Nobody clears it: after the second loss there is what both have sent."),
        (12, "Twice too large: each of the two losses has the slope 3."),
        (5, "That is x itself. The slope of 3x does not depend on where x is."),
    ],
)


def step(loss_of, knobs, lr, clear=True, sign=-1):
    loss = loss_of(*knobs)
    for knob in knobs:
        knob.grad = None if clear else knob.grad
    loss.backward()
    for knob in knobs:
        knob.data += sign * lr * knob.grad
    return loss


def step_clearing_first(loss_of, knobs, lr):
    for i in range(len(knobs)):
        knobs[i].grad = None
    loss = loss_of(*knobs)
    loss.backward()
    for i in range(len(knobs)):
        knobs[i].data = knobs[i].data - lr * knobs[i].grad
    return loss


def step_by_zeros(loss_of, knobs, lr):
    for knob in knobs:
        knob.grad = np.zeros_like(knob.data)
    cost = loss_of(*knobs)
    cost.backward()
    for knob in knobs:
        knob.data -= lr * knob.grad
        knob.grad = None
    return cost


def step_by_difference(loss_of, knobs, lr):
    before = [0.0 if knob.grad is None else knob.grad.copy() for knob in knobs]
    loss = loss_of(*knobs)
    loss.backward()
    for knob, old in zip(knobs, before):
        knob.data[...] = knob.data - (knob.grad - old) * lr
    return loss


def all_in_one_loop(loss_of, knobs, lr):
    for knob in knobs:
        loss = loss_of(*knobs)
        knob.grad = None
        loss.backward()
        knob.data -= lr * knob.grad
    return loss


def step_then_clear(loss_of, knobs, lr):
    loss = loss_of(*knobs)
    loss.backward()
    for knob in knobs:
        knob.grad = None
    for knob in knobs:
        knob.data -= lr * knob.grad
    return loss


def no_step(loss_of, knobs, lr):
    loss = loss_of(*knobs)
    for knob in knobs:
        knob.grad = None
    loss.backward()
    return loss


def by_lr_alone(loss_of, knobs, lr):
    loss = loss_of(*knobs)
    for knob in knobs:
        knob.data = knob.data - lr
    return loss


def by_a_tensor(loss_of, knobs, lr):
    loss = loss_of(*knobs)
    knobs[0].data -= Tensor(lr)
    return loss


def two_by_name(loss_of, knobs, lr):
    ahead, upward = knobs
    return step(loss_of, [ahead, upward], lr)


def first_knob_alone(loss_of, knobs, lr):
    loss = loss_of(*knobs)
    knobs[0].grad = None
    loss.backward()
    knobs[0].data -= lr * knobs[0].grad
    return loss


def loss_afterwards(loss_of, knobs, lr):
    step(loss_of, knobs, lr)
    return loss_of(*knobs)


def loss_afterwards_without_clearing(loss_of, knobs, lr):
    step(loss_of, knobs, lr, clear=False)
    return loss_of(*knobs)


def one_knob():
    knob = Tensor(5.0)
    knob.grad = np.array(7.0)  # left over from before
    return [knob]


def two_knobs():
    knobs = [Tensor([1.0, -2.0]), Tensor(0.5)]
    knobs[0].grad, knobs[1].grad = np.ones(2), np.array(3.0)
    return knobs


def distance_from_2(x):
    return (x - 2) ** 2


def height(x, b):
    return (x * x + b).mean()


distance_from_2.__name__, height.__name__ = "(x - 2)²", "the mean of x² + b"


def five_steps(step):
    """An aim in small: five steps down a bowl, the loss of each, and where the knobs end."""
    knobs, losses = [Tensor(15.0), Tensor(18.0)], []
    for _ in range(5):
        loss = step(lambda a, b: (a - 22) ** 2 + (a + b - 41) ** 2, knobs, 0.1)
        losses.append(loss.item())
    return [*losses, *(float(knob.data) for knob in knobs)]


book.exercise(
    "my_step",
    lambda loss_of, knobs, lr: step(loss_of, knobs, lr),
    cases=[(distance_from_2, one_knob(), 0.25), (height, two_knobs(), 0.5)],
    observe=lambda loss, loss_of, knobs, lr: [loss, *knobs],
    because="Forward, backward, step: the heart of every training program.",
    otherwise="The loss is returned. Each knob's `data` loses `lr` times that knob's own gradient.",
    serves="step",
    payoff=five_steps,
    form="the loss itself, a Tensor: no `.item()`, no `.data`",
    also=[step_clearing_first, step_by_zeros, step_by_difference],
    mistakes=[
        (
            lambda loss_of, knobs, lr: step(loss_of, knobs, lr, clear=False),
            "An old gradient lay in the knob, and yours was added to it: clear *before* you walk "
            "back.",
        ),
        (
            lambda loss_of, knobs, lr: step(loss_of, knobs, lr, sign=1),
            "The loss grows: the gradient points uphill, and you follow it.",
        ),
        (
            lambda loss_of, knobs, lr: step(loss_of, knobs, 1.0),
            "The gradient itself is too long a step: where is `lr`?",
        ),
        (
            lambda loss_of, knobs, lr: step(loss_of, knobs, 0.1),
            "You always step by 0.1, as in the flight: step by `lr`.",
        ),
        (
            lambda loss_of, knobs, lr: [step(loss_of, knobs, lr), knobs][1],
            "The knobs have moved as they should. What is returned is the loss, not the knobs.",
        ),
        (
            loss_afterwards,
            "The knobs have moved as they should. The loss is the one from *before* the step, "
            "which you walked back from.",
        ),
        (
            lambda loss_of, knobs, lr: loss_of(knobs),
            "`loss_of` wants the knobs one by one: `loss_of(*knobs)` unpacks the list.",
        ),
        (
            all_in_one_loop,
            "Everything is in one loop: the loss is computed anew, and walked back through, for "
            "each knob. One forward, one backward; then a loop for the steps.",
        ),
        (
            step_then_clear,
            "What you step by is None. Is it the gradient of the *knob*, `knob.grad`? (The loss, a "
            "result, keeps none.) Has `loss.backward()` brought it, and was it not cleared since?",
        ),
        (
            first_knob_alone,
            "The first knob has moved. There may be more of them: a loop.",
        ),
        (
            lambda loss_of, knobs, lr: [
                setattr(knobs[0], "grad", None),
                step(loss_of, knobs, lr, clear=False),
            ][1],
            "Only the first knob is cleared. The others, too, may hold an old gradient: a loop.",
        ),
        (
            lambda loss_of, knobs, lr: loss_afterwards_without_clearing(loss_of, knobs, lr),
            "Two things: an old gradient lay in the knob; and the loss is the one from *before* "
            "the step.",
        ),
        (
            no_step,
            "The knobs still stand where they stood. (If you wrote `knob = knob - …`: that makes a "
            "new Tensor under an old name. Change the knob's `data`.)",
        ),
        (
            lambda loss_of, knobs, lr: [
                step(loss_of, knobs, lr),
                [setattr(knob, "data", lr * knob.grad) for knob in knobs],
            ][0],
            "`=` puts the step in the place of the knob. It is *taken from* the knob: `-=`.",
        ),
        (
            by_lr_alone,
            "The knob moved by `lr` alone. Times its gradient, which `loss.backward()` brings. (A "
            "knob's own `backward()` brings 1: the slope of the knob by itself.)",
        ),
        (
            lambda loss_of, knobs, lr: (
                [knob.backward() for knob in knobs] and by_lr_alone(loss_of, knobs, lr)
            ),
            "`knob.backward()` brings 1, the knob's slope by itself. Walk back from the *loss*.",
        ),
        (
            lambda loss_of, knobs, lr: [step(loss_of, knobs, lr) for _ in range(25)][-1],
            "That is 25 steps. *One* step is asked for: who calls it makes the rounds.",
        ),
        (
            two_by_name,
            "There may be one knob, or three: a loop through `knobs`, and no names for two.",
        ),
        (
            lambda loss_of, knobs, lr: (
                [setattr(knob, "grad", 0) for knob in knobs]
                and step(loss_of, knobs, lr, clear=False)
            ),
            "A knob may be a table, and 0 has not its shape: `None` clears whatever it is.",
        ),
        (
            by_a_tensor,
            "`knob.data` are numbers, and a Tensor was taken from them. The step is numbers, too: "
            "`lr * knob.grad`, which backward has brought. `slope` is not needed any more.",
        ),
    ],
)
book.question(
    "which knobs the wind will turn",
    answer="both",
    because="The drag grows with all of the speed through the air, and it slows both parts.",
    also=(
        ("ahead", "upward"),
        ("upward", "ahead"),
        "ahead and upward",
        "ahead, upward",
        "upward and ahead",
        "two",
        "all",
    ),
    mistakes=[
        ("ahead", "It will turn most. But the drag grows with *all* of the speed through the air."),
        ("upward", "It will turn, and the other one more: the wind blows against it."),
        ("neither", "Against the wind the same shot falls short. Something must change."),
        ("none", "Against the wind the same shot falls short. Something must change."),
        (2, "Both? As a word, please, in quotes."),
        (1, "Which one? As a word, please, in quotes."),
    ],
)
STEPS = ["".join(order) for order in permutations("FCBS")]
IN_WORDS = {"F": "forward", "C": "clear", "B": "backward", "S": "step"}


def slip(order):
    """What is wrong with an order of one step, or None."""
    forward, clear, back, move = map(order.index, "FCBS")
    if back < forward:
        return "Backward walks through what forward has recorded: forward first."
    if move < back:
        return "The step needs the gradients that backward brings."
    if back < clear < move:
        return "Cleared between backward and step: then nothing is left to step by."
    return None


def written(order):
    """The ways to write an order: FCBS, F C B S, F-C-B-S, as a list, in words."""
    words = " ".join(IN_WORDS[letter] for letter in order)
    return order, " ".join(order), ", ".join(order), "-".join(order), str([*order]), words


book.question(
    "order of one step",
    answer="FCBS",
    because="Cleared anywhere before backward, it is right; or behind the step, for the next.",
    otherwise="Each of the four letters F, B, C and S once, in one word, such as `SBCF`.",
    also=[form for order in STEPS if slip(order) is None for form in written(order)],
    mistakes=[
        *((form, slip(order)) for order in STEPS if slip(order) for form in written(order)),
        ("FBS", "Four letters, please: when are the gradients cleared?"),
        ("FCB", "Four letters, please: and the step itself?"),
        ("CFB", "Four letters, please: and the step itself?"),
    ],
)


# The shelf, and Stretch


book.question(
    "input with the wrong rule",
    answer=0,
    because="a should receive g times the *other* number, b.",
    otherwise="Each receives g times the *other* number. Counted from 0: a is 0, b is 1.",
    mistakes=[
        (1, "b receives g times a, the other number: that is right. Look at the first rule."),
        ("a", "Yes, it is a: as a number, please, counted from 0."),
        ("b", "b receives g times a, the other number: that is right. Look at the first rule."),
        (2, "There are two inputs: a is number 0, b is number 1."),
        ("both", "One of them is right: each should receive g times the *other* number."),
    ],
)
book.question(
    "each of two equal winners",
    answer=0.5,
    share=False,
    because="They share it equally: neither is more the largest than the other.",
    otherwise="One gradient, 1, is shared by all that are the largest: how many are there?",
    also=((0.5, 0.5), (0.5, 0, 0.5)),
    mistakes=[
        (4, "That is the value. What arrives is 1: how much of it does each of the two receive?"),
        (2, "Two of them receive something: how much of the 1 does each?"),
        ((1, 0), "Then the first would win. They are equal: which share does each receive?"),
        ((1, 1), "Then the two together would receive 2. One gradient is to be shared."),
        ("half", "Yes: as a number, please."),
        (1, "Then the two together would receive 2. One gradient is to be shared."),
        (0, "Somebody won: the largest *is* 4."),
    ],
)
book.question(
    "gradient of what was picked twice",
    answer=2,
    because="Both picks count: x[0], which is used twice, receives twice.",
    otherwise="Each pick sends its 1 to where it came from: how often is that x[0]?",
    also=((2, 0, 1),),
    mistakes=[
        (3, "Three were picked in all. How often was number 0 among them?"),
        (0.5, "Nothing is shared out: each pick sends all of its 1."),
        (1, "It was picked at two places, and a nudge moves both of them."),
        (0, "It was picked. Number 1 is the one that was not."),
    ],
)


def cube_and_rule(result, a):
    """The value, and what the rule makes of two different gradients."""
    value, (rule,) = value_and_rules(result, 1)
    ruled = [handed_on(rule, np.full(a.shape, g)) for g in (3.0, -0.5)]
    return value, "and for g = 3 and g = -0.5 the rule gives", ruled


book.exercise(
    "my_cube",
    lambda a: (a * a * a, lambda g: 3 * g * a * a),
    cases=[(np.array([2.0]),), (np.array([[1.0, -0.5], [3.0, 0.25]]),)],
    observe=cube_and_rule,
    because="3a², times what arrives.",
    otherwise="The value is a · a · a; its rule is what arrives, g, times the slope of a³ at a.",
    mistakes=[
        (
            lambda a: (a * a * a, lambda g: g * a * a),
            "Three factors, and a nudge moves each of them.",
        ),
        (lambda a: (a * a * a, lambda g: g * 3 * a), "Of three factors, two are left standing."),
        (
            lambda a: (a * a * a, lambda g: g * a * a * a),
            "The rule wants the *slope* of a³, not a³.",
        ),
        (
            lambda a: (a * a * a, lambda g: 3 * g),
            "The 3 is right. The slope of a³ also depends on where a is.",
        ),
        (
            lambda a: (a * a * a, lambda g: g * 2 * a),
            "That is the slope of a². Here are three factors: a³ has the slope 3a².",
        ),
        (
            lambda a: (3 * a, lambda g: 3 * g),
            "That is three times a. The cube is a · a · a, and its slope depends on a.",
        ),
        (
            lambda a: (a * a * a, lambda g: 3 * g**2),
            "What arrives is squared here. It is a that stands squared, times g. (In `lambda a: …` "
            "a is a new name for what arrives.)",
        ),
        (lambda a: without_lambda(a, a), NO_LAMBDA[1]),
    ],
)


def slopes(f, x, h=1e-5):
    steps = h * np.eye(len(x))
    return np.array([(f(x + step) - f(x - step)) / (2 * h) for step in steps])


def one_sided(f, x, h=1e-5):
    return np.array([(f(x + step) - f(x)) / h for step in h * np.eye(len(x))])


def cumulative(f, x, h=1e-5):
    x, found = x.copy(), []
    for i in range(len(x)):
        before = f(x)
        x[i] += h
        found.append((f(x) - before) / h)
    return np.array(found)


def leaving_x_nudged(f, x, h=1e-5):
    found = []
    for i in range(len(x)):
        x[i] += h
        up = f(x)
        x[i] -= 2 * h
        found.append((up - f(x)) / (2 * h))
    return np.array(found)


def back_to_x(f, x, h=1e-5):
    return one_sided(f, x, h) / 2


def weighted(x):
    return 2 * x[0] - x[-1]


def entangled(x):
    return (x[0] * x**3).sum()


weighted.__name__, entangled.__name__ = "2 x[0] − x[-1]", "(x[0] * x**3).sum()"


book.exercise(
    "my_slopes",
    slopes,
    cases=[(weighted, np.array([1.0, 5.0])), (entangled, np.array([1.0, -2.0, 0.5]))],
    observe=lambda result, f, x: result if np.any(result) else "nothing but 0",
    within=1e-6,
    because="The n slopes. By nudging they take 2n results: a slow judge that needs no rules.",
    otherwise="For each i: f of a copy with x[i] + h, less f of one with x[i] − h, over 2h.",
    mistakes=[
        (
            lambda f, x, h=1e-5: np.zeros(len(x)),
            "Nothing but 0, exactly. Are `up` and `down` one and the same array? After "
            "`up, down = x, x` they are x itself, under two more names: take `x.copy()`.",
        ),
        (
            back_to_x,
            "Half, and nudged one way only: does the second nudge lead back to x, and not down to "
            "x − h?",
        ),
        (
            lambda f, x, h=1e-5: [f(x[i] + h) for i in range(len(x))],
            "f wants the whole array: hand it a copy of x in which *one* number is nudged.",
        ),
        (
            lambda f, x, h=1e-5: slopes(f, x, 1e-13),
            "So small a step drowns in rounding: look at the curve of the errors again.",
        ),
        (
            lambda f, x, h=1e-5: np.full(len(x), (f(x + h) - f(x - h)) / (2 * h)),
            "You nudge all numbers at once. Each slope wants *one* nudged alone.",
        ),
        (
            lambda f, x, h=1e-5: (f(x + h) - f(x - h)) / (2 * h),
            "One slope comes out, where each number has its own: is all of x nudged at once, or "
            "are the slopes added up? Each is nudged alone, and kept apart.",
        ),
        (
            lambda f, x, h=1e-5: (f(x + h) - f(x)) / h,
            "x + h nudges all numbers at once. Each is nudged alone, up and down.",
        ),
        (
            lambda f, x, h=1e-5: 2 * slopes(f, x),
            "Twice too large: from x − h to x + h, how long is the run?",
        ),
        (
            lambda f, x, h=1e-5: slopes(f, x) * h**2,
            "`/ 2 * h` divides by 2 and then *multiplies* by h: brackets, `/ (2 * h)`.",
        ),
        (
            one_sided,
            "Nearly: nudged one way only, it is less exact. Up *and* down, divided by 2h.",
        ),
        (
            leaving_x_nudged,
            "Nearly: the numbers nudged before are still nudged, and x is handed back so. Put each "
            "of them back, or nudge a copy.",
        ),
        (
            cumulative,
            "Nearly: the numbers that were nudged before are still nudged, and one-sided "
            "differences are less exact. Nudge a fresh copy, up and down.",
        ),
    ],
)
book.question(
    "calls for 20 doublings, path by path",
    answer=lambda: 2**21 - 1,
    because="1 + 2 + 4 + … + 2²⁰. Newest first needs 21 steps.",
    otherwise="Each call makes two: 1 + 2 + 4 + …, up to 2²⁰.",
    mistakes=[
        (20, "Each call makes two calls, one for each use of the number."),
        (
            21,
            "That is how many nodes there are. But each is used twice, and visited once a use.",
        ),
        (40, "Two calls at each doubling, and *each* of those makes two again."),
        (2**20, "Those are the calls at the last leaf alone. Add the calls on the way."),
        (2**21, "Nearly: 1 + 2 + 4 + … + 2²⁰ is one less."),
        (22, "(`2^21` is no power in Python: `2**21`.) Each call makes two calls."),
        (23, "(`2^21` is no power in Python: `2**21`.) And add up the calls on the way."),
        (41, "Two calls at each doubling, and *each* of those makes two again."),
        (400, "20 · 20? The calls double at each number, 20 times over: 1 + 2 + 4 + …"),
        (2**20 + 1, "2²⁰ are the calls at the last leaf alone. Add *all* those on the way."),
        (2**20 - 1, "Nearly: the calls at the last leaf, 2²⁰, belong to them."),
        (2**19, "The calls double 20 times, and all of them count: 1 + 2 + 4 + … + 2²⁰."),
        (2e6, "About that. How many exactly: 1 + 2 + 4 + … + 2²⁰?"),
    ],
)
