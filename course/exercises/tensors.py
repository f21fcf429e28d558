"""The questions and exercises of chapter 1."""

import numpy as np

from course.exercises.kit import Book
from minnet.tensors import Tensor

book = Book("tensors")
guess, check, whose, progress = book.guess, book.check, book.whose, book.progress
predict = guess  # until the chapter says guess

A = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])  # (2, 3)
B = np.array([[1.0, -1.0, 2.0, 0.5], [0.0, 3.0, 1.0, -2.0], [2.0, 1.0, 0.0, 1.0]])  # (3, 4)
G = np.array([[1.0, 0.0, 2.0, -1.0], [0.5, 3.0, -2.0, 1.0]])  # (2, 4)


book.question(
    "share of unseen digits read",
    answer=0.975,
    within=0.015,
    because="About 97 or 98 of a hundred, after a second.",
    mistakes=[
        (0.1, "One in ten is what guessing gives. It has looked at 1437 digits: go higher."),
        (0.5, "Half would be five times better than guessing. It does better still."),
        (0.9, "A good guess, and a little low."),
        (98, "As a share from 0 to 1, please: 98 in a hundred is 0.98."),
        (1.0, "All of them? Some people write a 9 that is nobody's 9. A little lower."),
        (97.5, "As a share from 0 to 1, please: 97.5 in a hundred is 0.975."),
    ],
)
book.question(
    "shape of images.mean(axis=0)",
    answer=lambda: np.zeros((1797, 8, 8)).mean(axis=0).shape,
    because="Axis 0, the 1797 digits, is melted into one picture.",
    mistakes=[
        (
            (1797,),
            "That is one number per digit: the two axes of the picture were melted, not axis 0.",
        ),
        ((1797, 8), "Axis 0 is the first number of the shape: the one that counts the digits."),
        ((), "That is one number for everything: a mean without an axis."),
        ((1, 8, 8), "Close: the melted axis disappears, unless one asks to keep it."),
    ],
)
book.question(
    "shape of (3, 1) + (4,)",
    answer=lambda: np.broadcast_shapes((3, 1), (4,)),
    because="From the right: 1 against 4 gives 4; 3 against nothing gives 3.",
    mistakes=[
        ((3, 1), "The row has four numbers: where would they go? Compare from the right."),
        ((4, 3), "Both lengths are right. The row lies along the last axis."),
        ((3, 5), "Nothing is put side by side: an axis of length 1 is stretched by copying."),
        ((7,), "Nothing is put one after the other: axes of length 1 are stretched."),
        ("error", "numpy finds a way: 1 is stretched to 4, and a missing axis to 3."),
    ],
)
book.question(
    "shape of (5, 64) @ (64, 10)",
    answer=lambda: (np.ones((5, 64)) @ np.ones((64, 10))).shape,
    because="The inner 64 meet and are added up; the outer 5 and 10 remain.",
    mistakes=[
        ((64, 64), "Those are the inner lengths: they meet, number by number, and are added up."),
        ((10, 5), "Rows come from the left array, columns from the right one."),
        ((5, 64, 10), "The 64 are multiplied *and added*: what becomes of that axis?"),
        ((5,), "One number per picture would be one column of weights. Here are ten."),
    ],
)


def slope(f, x, h=1e-6):
    return (f(x + h) - f(x)) / h


def square(x):
    return x * x


def falling(x):
    return 5 - 3 * x


square.__name__, falling.__name__ = "f(x) = x · x", "f(x) = 5 − 3x"


book.exercise(
    "my_slope",
    slope,
    cases=[(falling, 2.0), (square, 3.0), (square, -2.0), (falling, 2.0, 0.5)],
    within=1e-4,
    because="Rise over run.",
    mistakes=[
        (
            lambda f, x, h=1e-6: f(x + h) - f(x),
            "That is the rise. How far did you walk for it? Rise over *run*.",
        ),
        (
            lambda f, x, h=1e-6: (f(x) - f(x + h)) / h,
            "The sign is turned: the slope is positive where the function rises.",
        ),
        (
            lambda f, x, h=1e-6: f(x + h) / h,
            "How much did it *change*? What it was before is still in there.",
        ),
        (
            lambda f, x, h=1e-6: f(x + h) - f(x) / h,
            "Only the second value is divided by h: put the subtraction in brackets.",
        ),
        (
            lambda f, x, h=1e-6: (f(x + h) - f(x)) / (x + h),
            "You divide by where you are. Divide by how far you went.",
        ),
        (
            lambda f, x, h=1e-6: (f(x + h) - f(x)) / 1e-6,
            "Right for this h. Another h may be given: divide by `h`.",
        ),
        (
            lambda f, x, h=1e-6: (f(x + h) - f(x - h)) / h,
            "From x − h to x + h: how long is that run?",
        ),
    ],
)
book.question(
    "which way to turn ahead",
    answer="larger",
    because="A negative slope falls to the right: more speed ahead, less miss.",
    mistakes=[
        (
            "smaller",
            "The slope is negative: where the speed grows, the miss *falls*. Which way then?",
        ),
    ],
)
book.question(
    "results needed for a million slopes",
    answer=1_000_001,
    because="One with nothing nudged, and one for each knob.",
    mistakes=[
        (1_000_000, "Nearly: each slope compares with a result where nothing was nudged."),
        (2_000_000, "The result where nothing is nudged serves all knobs: once is enough."),
        (2, "Two are enough for one knob. The next knob needs a nudge of its own."),
        (1, "If only. That is what the rest of this chapter is for."),
    ],
)
book.question(
    "slope of (2a)² at a = 3",
    answer=lambda: 2 * (2 * 2 * 3),
    because="The rate 2, times the rate 2b = 12.",
    mistakes=[
        (12, "That is how fast c turns with b. And how fast does b turn with a?"),
        (36, "That is the value at a = 3. The question is how fast it grows."),
        (6, "That is b. Its square grows at the rate 2b, and b itself at the rate 2."),
        (14, "Rates do not add: one turn of a is two of b, and *each* of those counts."),
    ],
)
book.exercise(
    "my_product_slopes",
    lambda a, b: (b, a),
    cases=[(2.0, 3.0), (-1.5, 4.0)],
    because="The strip h · b, divided by h, is b; from the other side it is a.",
    mistakes=[
        (
            lambda a, b: (a, b),
            "You give each its own number. Nudge a by h: a · b grows by h · b. What is left?",
        ),
        (lambda a, b: (1.0, 1.0), "Those are the slopes of a *sum*. How large is the strip?"),
        (lambda a, b: a * b, "That is the area. Two slopes are asked for: `return …, …`."),
        (lambda a, b: (a * b, a * b), "That is the area, twice. How much does it *grow*?"),
    ],
)


def apply_rules(result, a, b):
    """What an operation of two inputs returns, with its rules used on a gradient."""
    if not isinstance(result, tuple) or len(result) != 3:
        raise TypeError("return three things: the value, and two rules")
    if not all(map(callable, result[1:])):
        raise TypeError("the second and the third must be functions: `lambda g: …`")
    value, *rules = result
    return value, *[f"for g = {g:g}:" if rule is None else rule(g) for g, rule in asked(rules)]


def asked(rules):
    """(g, rule) pairs: each rule for two different g, and before them None, to say which g."""
    return [(g, rule) for g in (3.0, -0.5) for rule in (None, *rules)]


TWO = [(2.0, 3.0), (-1.0, 4.0)]
book.exercise(
    "my_total",
    lambda a, b: (a + b, lambda g: g, lambda g: g),
    cases=TWO,
    observe=apply_rules,
    because="A sum hands g on as it is, to both.",
    mistakes=[
        (
            lambda a, b: (a + b, lambda g: 1.0, lambda g: 1.0),
            "The slope of a sum is 1. What arrives is g: the rule gives g times that slope.",
        ),
        (
            lambda a, b: (a + b, lambda g: g * b, lambda g: g * a),
            "Those are the rules of a product. For a nudge of h on a, how much does a + b grow?",
        ),
        (
            lambda a, b: (a + b, lambda g: g + a, lambda g: g + b),
            "What arrives is *multiplied* by the slope, and the slopes of a sum are 1.",
        ),
        (
            lambda a, b: (a + b, lambda g: g + b, lambda g: g + a),
            "Rates multiply: g *times* a slope. And which slopes has a sum?",
        ),
        (
            lambda a, b: (a + b, lambda g: g / 2, lambda g: g / 2),
            "Nothing is shared out: a nudge of h on a moves the sum by all of h.",
        ),
    ],
)
book.question(
    "sources of remembered(t, t)",
    answer=2,
    because="One entry for each input, each with its own rule.",
    mistakes=[
        (1, "It is one Tensor, but it came in through two doors, and each has its rule."),
        (0, "t is a leaf and has none. The result was made from something."),
    ],
)
book.question(
    "sources of 2.0 times a Tensor",
    answer=1,
    because="A constant has no node: only the Tensor and its rule are recorded.",
    mistakes=[
        (2, "The 2.0 is a constant: look at the line that makes `sources`, and its `if`."),
        (0, "The Tensor is one of them: it can be nudged, so it has a rule."),
    ],
)
book.question(
    "first try on x * x at x = 3",
    answer=3,
    because="Both uses send 3, and the second overwrites the first.",
    mistakes=[
        (6, "That is the true slope. Follow the code: `node.grad = g`, twice, for the same node."),
        (9, "That is the value of x · x. What do the two rules of the product send?"),
    ],
)


class Record:
    """A node as the exercise sees it: a gradient, and sources with their rules."""

    def __init__(self, words, *sources):
        self.words, self.grad, self.sources = words, None, list(sources)

    def __repr__(self):
        return self.words


def leaf_gradient(result, node, g):
    """What has arrived at the leaf; 0 where nothing has."""
    while node.sources:
        node = node.sources[0][0]
    return 0.0 if node.grad is None else node.grad


def chain():
    middle = Record("2x", (Record("x"), lambda g: 2 * g))
    return Record("the node of y = 3 · 2x", (middle, lambda g: 3 * g))


def used_twice():
    x = Record("x")
    return Record("the node of y = x · x, x = 3", (x, lambda g: 3 * g), (x, lambda g: 3 * g))


def backward_adding(node, g):
    node.grad = g if node.grad is None else node.grad + g
    for source, rule in node.sources:
        backward_adding(source, rule(node.grad))


def backward_replacing(node, g):
    node.grad = g
    for source, rule in node.sources:
        backward_replacing(source, rule(g))


def backward_on_none(node, g):
    node.grad += g
    for source, rule in node.sources:
        backward_on_none(source, rule(node.grad))


def backward_stopping(node, g):
    node.grad = g if node.grad is None else node.grad + g
    for source, rule in node.sources:
        source.grad = rule(g) if source.grad is None else source.grad + rule(g)


def backward_without_rules(node, g):
    node.grad = g if node.grad is None else node.grad + g
    for source, _ in node.sources:
        backward_without_rules(source, node.grad)


book.exercise(
    "my_backward",
    backward_adding,
    cases=[(chain(), 1.0), (used_twice(), 1.0)],
    observe=leaf_gradient,
    because="Both uses of x count. (What is compared is the gradient that arrives at x.)",
    mistakes=[
        (
            backward_replacing,
            "The second use overwrites the first: add to what is there, in every call (does yours "
            "call itself, or still `backward_1`?).",
        ),
        (
            backward_on_none,
            "`node.grad` is None until something arrives, and None plus a number is an error: "
            "ask first whether it is None.",
        ),
        (
            backward_stopping,
            "The sources got their share, and kept it: each of them must do as this node does.",
        ),
        (
            backward_without_rules,
            "The gradient is handed on as it is: it must pass through the rule.",
        ),
        (
            lambda node, g: setattr(node, "grad", g),
            "The node keeps the gradient, and hands nothing on to its sources.",
        ),
    ],
)
book.question(
    "slope of the diamond at a = 2",
    answer=lambda: 2 + 8 * 2,
    because="2a + 4a² has the slope 2 + 8a.",
    mistakes=[
        (16, "That is the way through the product. b also reaches y directly."),
        (2, "That is the straight way. b also reaches y through the product, twice."),
        (20, "That is y itself at a = 2. How fast does it grow?"),
        (10, "Each b in b · b counts: b² has the slope 2b."),
        (9, "That is the slope of y by *b*. How fast does b turn with a?"),
        (30, "Run on: you are ahead of us. Nudging will say something smaller."),
    ],
)
book.question(
    "shape of the row's gradient",
    answer=(3,),
    because="A gradient has the shape of what it belongs to: one slope for each number.",
    mistakes=[
        ((4, 3), "That is the shape of y. How many numbers of the row could be nudged?"),
        ((4,), "The row has three numbers; four is how often it is copied."),
        ((1, 3), "Three slopes, right. In the shape of the row itself."),
        ((), "One slope for the whole row? Each of its numbers can be nudged alone."),
    ],
)
book.exercise(
    "my_row_gradient",
    lambda g: g.sum(axis=0),
    cases=[(np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]),), (G,)],
    because="What was copied along axis 0 is added up along axis 0.",
    mistakes=[
        (lambda g: g, "A gradient has its own tensor's shape, here (k,): which axis was copied?"),
        (
            lambda g: g.mean(axis=0),
            "That is the mean. A nudge moves *all* copies, and each feels the whole of it.",
        ),
        (lambda g: g.sum(axis=1), "That is one number for each row of g. Which axis was copied?"),
        (lambda g: g.sum(), "That adds up everything. The k numbers of the row stay apart."),
        (lambda g: g[0], "That is the first copy alone. The other copies count as well."),
        (lambda g: g.sum(axis=0, keepdims=True), "The sum is right. The row's shape is (k,)."),
    ],
)
book.exercise(
    "my_difference",
    lambda a, b: (a - b, lambda g: g, lambda g: -g),
    cases=TWO,
    observe=apply_rules,
    because="b pulls the other way.",
    mistakes=[
        (
            lambda a, b: (a - b, lambda g: g, lambda g: g),
            "When b grows, the difference *shrinks*: what does that do to its rule?",
        ),
        (
            lambda a, b: (a - b, lambda g: 1.0, lambda g: -1.0),
            "Those are the slopes. What arrives is g, and must pass through them.",
        ),
        (
            lambda a, b: (a - b, lambda g: g, lambda g: -1.0),
            "For b that is the slope. What arrives is g, and must pass through it.",
        ),
        (
            lambda a, b: (a - b, lambda g: -g, lambda g: g),
            "Turned round: a pushes the difference up, b pulls it down.",
        ),
        (
            lambda a, b: (a - b, lambda g: g * a, lambda g: -g * b),
            "How much a difference moves does not depend on where a and b are.",
        ),
    ],
)
book.question(
    "each of ten, averaged",
    answer=0.1,
    because="A nudge of h on one of ten moves the mean by h / 10.",
    mistakes=[
        (1, "That is for the sum. The mean of ten moves less: by how much?"),
        (10, "The other way: the more numbers, the less each one counts."),
        (0, "A little it must count, or no number could ever move the mean."),
    ],
)
book.exercise(
    "my_matmul_gradients",
    lambda a, b, g: (g @ b.T, a.T @ g),
    cases=[(A, B, G)],
    because="The only products whose shapes fit.",
    mistakes=[
        (
            lambda a, b, g: (b.T @ g, g @ a.T),
            "Right arrays, wrong order: the inner lengths must meet. Write the shapes down.",
        ),
        (
            lambda a, b, g: (g @ b, a @ g),
            "The shapes do not fit: turn something, with `.T`, or put it on the other side.",
        ),
        (
            lambda a, b, g: (a.T @ g, g @ b.T),
            "Both are there. Which of them has the shape of a, and which that of b?",
        ),
        (
            lambda a, b, g: (g @ b.T, g.T @ a),
            "The first is right; the second is turned: b has the shape (3, 4).",
        ),
        (
            lambda a, b, g: ((g @ b.T).T, a.T @ g),
            "The second is right; the first is turned: a has the shape (2, 3).",
        ),
        (
            lambda a, b, g: (g * b, g * a),
            "That is the rule of `*`. Here rows meet columns: use `@`.",
        ),
    ],
)
book.question(
    "input with the wrong rule",
    answer=0,
    because="a should receive g times the *other* number, b.",
    mistakes=[
        (1, "b receives g times a, the other number: that is right. Look at the first rule."),
        ("a", "Yes, it is a: as a number, please, counted from 0."),
        ("both", "One of them is right: each should receive g times the *other* number."),
    ],
)
book.question(
    "x.grad after two losses of 3x",
    answer=6,
    because="3 from each: what arrives is added to what is there.",
    mistakes=[
        (3, "That is one of them. `backward` adds, and nobody has cleared what was there."),
        (9, "Rates multiply along one way. These are two losses: their gradients add up."),
        (15, "That is the loss at x = 5. The slope of 3x does not depend on x."),
        (30, "That is the sum of both losses. What is the slope of each?"),
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


def one_knob():
    knob = Tensor(5.0)
    knob.grad = np.array(7.0)  # left over from before
    return [knob]


def two_knobs():
    return [Tensor([1.0, -2.0]), Tensor(0.5)]


def distance_from_2(x):
    return (x - 2) ** 2


def height(x, b):
    return (x * x + b).mean()


distance_from_2.__name__, height.__name__ = "(x - 2)²", "the mean of x² + b"


book.exercise(
    "my_step",
    step,
    cases=[(distance_from_2, one_knob(), 0.25), (height, two_knobs(), 0.5)],
    observe=lambda loss, loss_of, knobs, lr: [loss, *knobs],
    because="Forward, backward, step: the heart of every training program.",
    mistakes=[
        (
            lambda loss_of, knobs, lr: step(loss_of, knobs, lr, clear=False),
            "An old gradient lay in the knob, and yours was added to it: clear first.",
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
            lambda loss_of, knobs, lr: [step(loss_of, knobs, lr), None][1],
            "The knobs have moved as they should: now return the loss.",
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
        (step_then_clear, "You clear between backward and step: then nothing is left to step by."),
        (
            no_step,
            "The knobs still stand where they stood. (If you wrote `knob = knob - …`: that makes a "
            "new Tensor under an old name. Change the knob's `data`.)",
        ),
    ],
)


def cube_and_rule(result, a):
    """The value, and what the rule makes of two different gradients."""
    if isinstance(result, tuple) and len(result) == 2 and callable(result[1]):
        return result[0], *(result[1](np.full(a.shape, g)) for g in (3.0, -0.5))
    if np.shape(result) == np.shape(a):
        raise TypeError("return two things, the value and its rule (leave `@op` to the check)")
    raise TypeError("return two things: the value, and a rule, `lambda g: …`")


book.exercise(
    "my_cube",
    lambda a: (a * a * a, lambda g: 3 * g * a * a),
    cases=[(np.array([2.0]),), (np.array([[1.0, -0.5], [3.0, 0.25]]),)],
    observe=cube_and_rule,
    because="3a², times what arrives.",
    mistakes=[
        (
            lambda a: (a * a * a, lambda g: 3 * a * a),
            "That is the slope. What arrives, g, is missing: rates multiply.",
        ),
        (
            lambda a: (a * a * a, lambda g: g * a * a),
            "Three factors, and a nudge moves each of them.",
        ),
        (lambda a: (a * a * a, lambda g: g * 3 * a), "Of three factors, two are left standing."),
        (
            lambda a: (a * a * a, lambda g: g * a * a * a),
            "The rule wants the *slope* of a³, not a³.",
        ),
    ],
)


def slopes(f, x, h=1e-5):
    steps = h * np.eye(len(x))
    return np.array([(f(x + step) - f(x - step)) / (2 * h) for step in steps])


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


def weighted(x):
    return 2 * x[0] - x[-1]


def entangled(x):
    return (x[0] * x**3).sum()


book.exercise(
    "my_slopes",
    slopes,
    cases=[(weighted, np.array([1.0, 5.0])), (entangled, np.array([1.0, -2.0, 0.5]))],
    observe=lambda result, f, x: (result, "and x afterwards is", x),
    within=1e-6,
    because="n slopes for 2n results: right, slow, and a judge that needs no rules.",
    mistakes=[
        (
            lambda f, x, h=1e-5: slopes(f, x, 1e-13),
            "So small a step drowns in rounding: look at the curve of the errors again.",
        ),
        (
            lambda f, x, h=1e-5: np.full(len(x), (f(x + h) - f(x - h)) / (2 * h)),
            "You nudge all numbers at once. Each slope wants *one* nudged alone.",
        ),
        (
            lambda f, x, h=1e-5: 2 * slopes(f, x),
            "Twice too large: from x − h to x + h, how long is the run?",
        ),
        (
            leaving_x_nudged,
            "The slopes are nearly right, but x itself was changed, and is handed back so: put "
            "each number back, or nudge a copy.",
        ),
        (
            cumulative,
            "Nearly: the numbers that were nudged before are still nudged, and one-sided "
            "differences are less exact. Nudge a fresh copy, up and down.",
        ),
    ],
)
book.question(
    "each of two equal winners",
    answer=0.5,
    because="They share it equally: neither is more the largest than the other.",
    mistakes=[
        (1, "Then the two together would receive 2. One gradient is to be shared."),
        (0, "Somebody won: the largest *is* 4."),
    ],
)
book.question(
    "gradient of what was picked twice",
    answer=2,
    because="Both picks count: what is used twice receives twice.",
    mistakes=[
        (1, "It was picked at two places, and a nudge moves both of them."),
        (0, "It was picked. Number 1 is the one that was not."),
    ],
)
book.question(
    "calls for 20 doublings, path by path",
    answer=lambda: 2**21 - 1,
    because="1 + 2 + 4 + … + 2²⁰. Newest first needs 21 steps.",
    mistakes=[
        (20, "Each call makes two calls, one for each use of the number."),
        (
            21,
            "That is how many nodes there are. But each is used twice, and visited once a use.",
        ),
        (40, "Two calls at each doubling, and *each* of those makes two again."),
        (2**20, "Those are the calls at the last leaf alone. Add the calls on the way."),
    ],
)
