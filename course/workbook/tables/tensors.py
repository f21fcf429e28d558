"""Chapter 1: a Tensor remembers how it was made, and backward() walks back along it."""

import re

import numpy as np

from course.exercises.values import show
from course.workbook.blanks import Blank, Mistake, Probe
from course.workbook.probing import kinds, near, nudged, operation, slope, some


def twice(m):
    x = m.Tensor(3.0)
    (x * x).backward()
    return x.grad


def diamond(m):
    a = m.Tensor(3.0)
    b = 2 * a
    (b + b * b).backward()
    return a.grad


def late(m):
    """A number that is used at once, and again at the end of a long way."""
    a = m.Tensor([1.0, 2.0])
    b = a * a
    c = m.exp(b)
    (c * b + b).sum().backward()
    return a.grad


def history(m):
    a = m.Tensor(2.0)
    b = a * a
    c = a + b
    found = m.oldest_first(c.node)
    return [found.index(a.node), found.index(b.node), found.index(c.node), len(found)]


def three_sources(m):
    """A node that was found already stands before one that was not."""
    a, b = m.Tensor(2.0), m.Tensor(3.0)
    c = a * a
    found = m.oldest_first(((c * a) + (a * b)).node)
    return [each in found for each in (a.node, b.node, c.node)] + [len(found)]


def chain(m):
    x = m.Tensor(1.0)
    y = x
    for _ in range(3000):
        y = y + x
    y.backward()
    return x.grad


def rule_is_kept(m):
    x = m.Tensor([1.0, 2.0])
    y, z = x + 1, x + 1
    (y + z).sum().backward()
    y.grad, z.grad = None, None
    return x.grad


def two_losses(m):
    x = m.Tensor([1.0, 2.0])
    (x * 3).sum().backward()
    (x * 4).sum().backward()
    return x.grad


def copied(g, shape):
    """g of one shape brought back to another; and what may come of it instead."""
    a, new = some(*g), len(g) - len(shape)
    copies = tuple(i for i in range(len(g)) if i < new or shape[i - new] == 1 < g[i])

    def away(how):
        return lambda m: getattr(a, how)(axis=copies).reshape(shape)

    kin = near(
        (
            away("mean"),
            "That is the mean of what the copies received: each has its *whole* effect.",
        ),
        (away("max"), "That is the largest of what the copies received. All had an effect."),
        (
            lambda m: np.full(shape, a.sum()),
            "Everything is added up: only the copies of one number belong together.",
        ),
    )
    return Probe(f"unbroadcast(g of {g}, {shape})", lambda m: m.unbroadcast(a, shape), kin)


def in_a_tie(i):
    """What an input of maximum receives where both are equal."""
    ones = [np.ones(3), np.ones(3)]
    kin = near(
        (lambda m: np.zeros(3), "In a tie this one is handed nothing: one half each."),
        (
            lambda m: 2 * slope(m.maximum, m, ones, i),
            "In a tie this one is handed all of it: one half each.",
        ),
    )
    words = f"the gradient of {'ab'[i]}, where both are equal"
    return Probe(words, lambda m: slope(m.maximum, m, ones, i), kin)


def kinds_of_gradients(m):
    """Of one number, which is used twice, and of one that was copied."""
    x, y = m.Tensor(3.0), m.Tensor(2.0)
    (x * x).backward()
    (y * np.ones(4)).sum().backward()
    return [type(x.grad).__name__, type(y.grad).__name__]


def against_nudging(m):
    """Its value is known by nudging alone, whoever has written the rule."""
    a, b = some(3, 4), some(4, 2)
    w = some(3, 2, seed=7)
    found = slope(m.matmul, m, [a, b], 0)
    return np.round(found - nudged(lambda x: x @ b, a, w), 5) + 0.0


def wrong_rule(m):
    """A square whose rule says x in place of 2x."""

    def square(a):
        """y = a times a."""
        return a * a, lambda g: g * a

    try:
        m.check_gradients(m.op(square), [1.0, 2.0], rng=np.random.default_rng(0))
    except ValueError:
        return "refused"
    return "let through"


def nudge(where, **settings):
    """The slope of exp at some place along a direction, as nudging sees it."""

    def look(m):
        try:
            m.check_gradients(m.exp, where, rng=np.random.default_rng(1), **settings)
        except ValueError as error:
            return float(re.search(r"nudging says (\S+)", str(error))[1])
        return by_rule(m)

    def by_rule(m):
        """What it has to be: the same chances, drawn in the same order."""
        rng, a = np.random.default_rng(1), np.asarray(where)
        weights = rng.normal(size=a.shape)
        return float((np.exp(a) * weights * rng.normal(size=a.shape)).sum())

    def times(factor):
        return lambda m: factor * by_rule(m)

    h = settings.get("h", 1e-6)
    kin = near(
        (times(h * h), "Python reads `/ 2 * h` from the left: divided by 2, then *times* h."),
        (times(2), "The run is from -h to +h: how long is it?"),
        (times(-1), "It is turned around: uphill counts as downhill."),
        (times(h), "That is half the rise: the run is missing."),
        (times(2 * h), "That is the rise: the run is missing."),
    )
    return Probe(f"the slope of exp at {show(np.array(where))}, by nudging", look, kin)


def small_error(m):
    """A rule that is wrong by one in a thousand."""

    def triple(a):
        """y = 3 a."""
        return 3 * a, lambda g: 3.003 * g

    try:
        m.check_gradients(m.op(triple), [[1.0, 2.0, 0.5]], rng=np.random.default_rng(2))
    except ValueError:
        return "refused"
    return "let through"


REPLACED = "A second share replaces the first: x x at 3 gives 6, not 3. Both routes count."
NAN = np.array([np.nan, 2.0])

BLANKS = [
    Blank(
        "multiply",
        "The first operation, complete: a value, and for each input a rule. Read it, and say to "
        "yourself why each input is handed the *other* one.",
        complete=True,
    ),
    Blank(
        "divide",
        "The second operation, with its last line open: what does each of the two receive?",
        shapes="The value and two rules, in the order of the inputs. Shapes that were stretched "
        "are dealt with elsewhere: a rule may return the shape of `g`.",
        example="divide(np.array([6.0, 1.0]), np.array([3.0, 4.0]))",
        hint="Nudge the number below by a little: which way does a quotient go, and does it go "
        "faster where that number is small?",
        because="Both are products of g with a slope that is known from the numbers at hand.",
        holes=("return ",),
        probes=[
            *operation(
                "divide", some(3, seed=1), some(3, seed=2), names=["the upper", "the lower"]
            ),
            *operation("divide", some(4, 3), some(3, seed=2), names=["the upper", "the lower"]),
        ],
        mistakes=[
            Mistake(
                "lower: sign lost",
                "lambda g: -g * y / b",
                "lambda g: g * y / b",
                "Divide by more, and it becomes less: what of the sign, for the lower one?",
            ),
            Mistake(
                "lower: one division short",
                "lambda g: -g * y / b",
                "lambda g: -g * y",
                "For the lower one a factor is missing: halve all numbers, and see which slopes "
                "grow.",
            ),
            Mistake(
                "upper: multiplied",
                "lambda g: g / b,",
                "lambda g: g * b,",
                "A numerator grows by h: by how much does the quotient grow, where b is 10?",
            ),
        ],
    ),
    Blank(
        "log",
        "Third of its kind: blank. The natural logarithm, element by element.",
        shapes="A value of the shape of `a`, and one rule.",
        example="log(np.array([1.0, 2.718281828]))",
        hint="Where a is large, the logarithm hardly grows any more.",
        because="The slope is steep near 0, and falls as a grows.",
        probes=[
            *operation("log", some(4, low=0.3), names=["a"]),
            *operation("log", some(4, 3, low=0.3), names=["a"]),
        ],
        mistakes=[
            Mistake(
                "the value for its slope",
                "lambda g: g / a",
                "lambda g: g * np.log(a)",
                "That hands on the value. The *slope* of the logarithm is asked for.",
            ),
            Mistake(
                "g forgotten",
                "lambda g: g / a",
                "lambda g: 1 / a",
                "The slope is right, and `g` is lost: what came from behind has to be passed on.",
            ),
            Mistake(
                "base ten",
                "np.log(a), ",
                "np.log10(a), ",
                "That is the logarithm with the base 10. The natural one has the base e: `np.log`.",
            ),
            Mistake(
                "multiplied",
                "lambda g: g / a",
                "lambda g: g * a",
                "By that, the logarithm would grow faster and faster. It grows ever more slowly.",
            ),
            Mistake(
                "slope of exp",
                "lambda g: g / a",
                "lambda g: g * np.exp(a)",
                "That is the slope of another function, the one that undoes this one.",
            ),
        ],
    ),
    Blank(
        "maximum",
        "Blank: the larger of two, element by element. Where both are equal, each is handed one "
        "half of `g`.",
        shapes="The value and two rules. One of the inputs may be one number; and nan stays nan.",
        example="maximum(np.array([1.0, 5.0, 2.0]), np.array([3.0, 4.0, 2.0]))",
        hint="Who had no part in the value is handed nothing. Truths can be multiplied: true "
        "counts as 1.",
        because="Whoever was chosen is responsible; in a tie they share it.",
        probes=[
            *operation("maximum", some(4, seed=1), some(4, seed=2)),
            in_a_tie(0),
            in_a_tie(1),
            *operation("maximum", some(3, 4), 0.0, grads=[0]),
            Probe("nan beside 1: it is not hidden", lambda m: m.maximum(NAN, np.ones(2))),
        ],
        mistakes=[
            Mistake(
                "nan hidden",
                "",
                "left = (a > b) + (a == b) / 2\n"
                "return np.where(a > b, a, b), lambda g: g * left, lambda g: g * (1 - left)",
                "Beside nan, no comparison is true, and the other number is taken: nan is hidden. "
                "`np.maximum` keeps it.",
            ),
            Mistake(
                "a tie counts twice",
                "left = (a > b) + (a == b) / 2",
                "left = (a >= b)",
                "In a tie this one is handed all of it: half each was asked for.",
            ),
            Mistake(
                "the two swapped",
                "lambda g: g * left, lambda g: g * (1 - left)",
                "lambda g: g * (1 - left), lambda g: g * left",
                "It is handed to the one that was *not* taken.",
            ),
            Mistake(
                "both get all",
                "lambda g: g * left, lambda g: g * (1 - left)",
                "lambda g: g, lambda g: g",
                "Both are handed all of it: the smaller one had no part in the value.",
            ),
        ],
    ),
    Blank(
        "unbroadcast",
        "Numbers that were copied: `g` has the shape of the value, and the input had `shape`, "
        "which is smaller. What does the input receive?",
        shapes="An array of exactly `shape`. `new` is the number of axes that the input did not "
        "have at all, in front; and an axis of length 1 may have been stretched.",
        example="unbroadcast(np.ones((4, 3)), (3,))",
        hint="Every copy had its own effect on the loss. What do the effects of copies of one "
        "number have to do with that number?",
        because="Each copy is the same number: what they receive is added up.",
        holes=("if g.shape[new:]",),
        hide=r"^Sum g",
        probes=[
            copied((4, 3), (3,)),
            copied((4, 3), (1, 3)),
            copied((4, 3), (4, 1)),
            copied((4, 3), ()),
            copied((2, 4, 3), (4, 1)),
            copied((2, 4, 3), (1, 1, 3)),
        ],
        mistakes=[
            Mistake(
                "mean for sum",
                ".sum(axis=0)",
                ".mean(axis=0)",
                "That is the mean of what the copies received. Each copy has its *whole* effect.",
            ),
            Mistake(
                "only new axes",
                "(*range(new), *(new + i for i, n in enumerate(shape) if n == 1))",
                "tuple(range(new))",
                "Axes in front are right. An axis of length 1 may have been stretched, too.",
            ),
            Mistake(
                "only the first copy",
                "return g.reshape(prod(g.shape[:new]), *shape).sum(axis=0)",
                "return g.reshape(prod(g.shape[:new]), *shape)[0]",
                "Only the first copy is asked. All of them had an effect.",
            ),
        ],
    ),
    Blank(
        "oldest_first",
        "`backward` takes nodes from the end of this list: `node` and everything that it was made "
        "from, each once, and every node after all its sources.",
        shapes="A list of nodes. `found` is walked along while it grows; `seen` is a set.",
        given=("backward",),
        hint="A node knows when it was made: `birth`, which counts upwards.",
        because="Sources are always older than what is made from them: their births say so.",
        holes=("for source, _ in", "return sorted("),
        probes=[
            Probe("the places of a, b = a a, c = a + b, and how many there are,", history),
            Probe("which of a, b, c = a a are found in c a + a b, and how many", three_sources),
            Probe("the gradient of the diamond b + b b, b = 2 a, a = 3", diamond),
            Probe("the gradient of c b + b, c = exp b, b = a a", late),
            Probe("3000 sums in a row", chain),
        ],
        mistakes=[
            Mistake(
                "not sorted",
                'return sorted(found, key=attrgetter("birth"))',
                "return found",
                "That is the order in which they were found. One that is met early may still be "
                "fed by another that is met later: sort them.",
            ),
            Mistake(
                "newest first",
                'key=attrgetter("birth"))',
                'key=attrgetter("birth"), reverse=True)',
                "The other way round: the name says which comes first.",
            ),
            Mistake(
                "some twice",
                "if source not in seen:",
                "if True:",
                "A node that feeds two others stands in the list twice: it must be walked once.",
            ),
        ],
    ),
    Blank(
        "hand_on",
        "The walk back. The way along the nodes is given: `backward`, below. Open is what happens "
        "between a node and one of its sources: its rule has given `share`. Bring it to the shape "
        "of the source, and take it into `gradients`, the dictionary by node of `backward`.",
        given=("backward",),
        shapes="`gradients[source]` is an array of the shape of the source. (Two arrays of shape "
        "() add up to a number: `np.asarray` makes an array of it again.)",
        hint="A number that is used twice is found twice. What then happens to the first share?",
        because="All routes count: shares are added, and an input is never replaced.",
        holes=("if share.shape !=",),
        hide=r"added up",
        probes=[
            Probe("x x at 3", twice, near((lambda m: 3.0, REPLACED))),
            Probe("the diamond b + b b, b = 2 a, a = 3", diamond),
            Probe("x + 1, twice, and the sum of both", rule_is_kept),
            Probe(
                "a bias of shape (3,) beside (4, 3)",
                lambda m: slope(m.add, m, [some(4, 3), some(3)], 1),
            ),
            Probe("backward() of two losses", two_losses),
            Probe("what kinds of things gradients are", kinds_of_gradients),
            Probe(
                "the types of gradients in float32",
                lambda m: kinds(
                    slope(m.multiply, m, [some(3).astype("f"), some(3).astype("f")], 0)
                ),
            ),
        ],
        mistakes=[
            Mistake(
                "replaces for adds",
                "share = np.asarray(gradients[source] + share)",
                "pass",
                REPLACED,
            ),
            Mistake(
                "the first one stays",
                "gradients[source] = share",
                "gradients.setdefault(source, share)",
                "The first share stays, and the second is lost: both routes count.",
            ),
            Mistake(
                "a number for an array",
                "share = np.asarray(gradients[source] + share)",
                "share = gradients[source] + share",
                "Right in numbers; but two arrays of shape () add up to a *number*, and numpy's "
                "next step writes into an array: `np.asarray`.",
            ),
            Mistake(
                "a number for an array",
                "np.asarray(unbroadcast(share, source.shape))",
                "unbroadcast(share, source.shape)",
                "Right in numbers; but what is summed to shape () is a *number*, and no array any "
                "more: `np.asarray`.",
            ),
            Mistake(
                "a number for an array",
                "",
                "share = unbroadcast(share, source.shape)\n"
                "gradients[source] = gradients[source] + share if source in gradients else share",
                "Right in numbers; but sums of shape () are *numbers*, and no arrays any more: "
                "`np.asarray`.",
            ),
            Mistake(
                "shape not brought back",
                "unbroadcast(share, source.shape)",
                "share",
                "The share keeps the shape of the value: one that was copied is smaller.",
            ),
        ],
    ),
    Blank(
        "mean_over",
        "The mean along an axis, with its last line open. Compare `sum_over`, below: `without` "
        "takes the axes away, `spread` copies back.",
        given=("sum_over", "without", "spread"),
        shapes="The value without the axes that were averaged (`without(axis, …, keepdims)`), "
        "and a rule that gives an array of `shape`.",
        example="mean_over(np.array([[1.0, 2.0], [3.0, 6.0]]), axis=0)",
        hint="Of n numbers one is nudged by h: by how much does their mean move?",
        because="Each of the n has one n-th of the effect.",
        holes=("return ",),
        probes=[
            *operation("mean_over", some(4, 3), names=["a"]),
            *operation("mean_over", some(4, 3), names=["a"], settings={"axis": 0}),
            *operation("mean_over", some(4, 3), names=["a"], settings={"axis": 1}),
            *operation(
                "mean_over", some(2, 3, 4), names=["a"], settings={"axis": (0, 2), "keepdims": True}
            ),
        ],
        mistakes=[
            Mistake(
                "dropped the 1/n",
                "spread(g / n, kept, shape)",
                "spread(g, kept, shape)",
                "That is the rule of the sum. A mean of n numbers moves by less, when one moves.",
            ),
            Mistake(
                "times n",
                "spread(g / n, kept, shape)",
                "spread(g * n, kept, shape)",
                "The more numbers there are, the *less* one of them moves their mean.",
            ),
        ],
    ),
    Blank(
        "matmul",
        "The matrix product y = a b: (n, k) times (k, m). Its two rules are open; shapes leave "
        "no choice.",
        shapes="`a` (…, n, k), `b` (…, k, m), `g` (…, n, m). Only the last two axes are swapped: "
        "`.swapaxes(-1, -2)`. What was stretched in front is summed elsewhere.",
        example="matmul(np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]))",
        hint="Write the three shapes on paper. Which two of the three, one of them turned, give "
        "the shape of the third?",
        because="Only one product of the two has the right shape, and it is the right one.",
        holes=("if b.ndim == 2 <", "return a @ b"),
        probes=[
            *operation("matmul", some(3, 4), some(4, 2)),
            Probe("the gradient of a beside nudging", against_nudging),
            *operation("matmul", some(3, 3, seed=4), some(3, 3, seed=5)),
            *operation("matmul", some(5, 2, 3), some(3, 4)),
            *operation("matmul", some(5, 2, 3), some(5, 3, 4)),
        ],
        mistakes=[
            Mistake(
                "swapped in a square",
                "lambda g: g @ b.swapaxes(-1, -2), to_b",
                "lambda g: (b @ g.swapaxes(-1, -2)).swapaxes(-1, -2) if g.shape[-2] != b.shape[-1] "
                "else b.swapaxes(-1, -2) @ g, to_b",
                "Right where shapes force it, and wrong where all are square: in which order?",
            ),
            Mistake(
                "b not turned",
                "lambda g: g @ b.swapaxes(-1, -2)",
                "lambda g: g @ b",
                "`g` and `b` as they are do not fit, unless all is square: one of them is turned.",
            ),
        ],
    ),
    Blank(
        "check_gradients",
        "Nudging, in one line that is open: each input is moved by ±h along a random direction; "
        "`up` and `down` are the two values. What is the slope, as nudging sees it?",
        shapes="`up` and `down` have the shape of the value, and `weights` too; `nudged` is one "
        "number. (`plain(x)` gives the numbers of a Tensor.)",
        given=("plain",),
        hint="Rise over run; and the run goes from -h to +h.",
        because="Rise over run, along one direction at a time: fast, and hard to deceive.",
        holes=(("nudged = ", "nudged = "),),
        probes=[
            nudge(0.5),
            Probe("the rule of a square that says x for 2x", wrong_rule),
            Probe("a rule that is wrong by one in a thousand", small_error),
            nudge([0.5, -1.0]),
            nudge(1.0, h=0.01, tolerance=1e-3),
        ],
        mistakes=[
            Mistake(
                "h for 2h",
                "/ (2 * h)",
                "/ h",
                "The run is from -h to +h: how long is it?",
            ),
            Mistake(
                "weights forgotten",
                "((plain(up) - plain(down)) * weights)",
                "(plain(up) - plain(down))",
                "Each number of the value counts by its weight: `weights`.",
            ),
            Mistake(
                "times the direction",
                "* weights).sum() / (2 * h)",
                "* weights * d).sum() / (2 * h)",
                "The direction is in `up` and `down` already: it counts once.",
            ),
            Mistake(
                "one side only",
                "(plain(up) - plain(down)) * weights).sum() / (2 * h)",
                "(plain(up) - plain(value)) * weights).sum() / h",
                "From the middle to one side is less exact: the run goes from -h to +h.",
            ),
            Mistake(
                "turned",
                "(plain(up) - plain(down))",
                "(plain(down) - plain(up))",
                "It is turned around: uphill counts as downhill.",
            ),
        ],
    ),
]


def payoff(m, ax):
    """A shot with drag: the gradient turns two knobs until it hits."""
    target, knobs, flights = 30.0, m.Tensor([8.0, 8.0]), []
    for shot in range(40):
        x, y = m.Tensor(0.0), m.Tensor(0.0)
        across, up = knobs[0], knobs[1]
        path = [(0.0, 0.0)]
        while True:
            x, y = x + 0.05 * across, y + 0.05 * up
            up, across = up - 0.49 - 0.001 * up, across - 0.003 * across
            path.append((x.item(), y.item()))
            if y.item() < 0:
                break
        miss = x - y * across / up - target  # where it meets the ground
        flights.append(path)
        knobs.grad = None
        (miss * miss).backward()
        if shot < 39:
            knobs.data -= 0.02 * knobs.grad
    for shot in (0, 1, 2, 4, 39):
        last = shot == 39
        ax.plot(*zip(*flights[shot]), color="C0" if last else "0.7", lw=2.5 if last else 1)
        ax.annotate(f"shot {shot + 1}", max(flights[shot], key=lambda place: place[1]), (0, 4),
                    textcoords="offset points", ha="center", color="0.4")  # fmt: skip
    ax.plot([target], [0], marker="v", ms=12, color="C1", clip_on=False)
    ax.annotate("target", (target, 0), (10, 6), textcoords="offset points", color="C1")
    ax.set(xlabel="metres", ylabel="height (metres)", ylim=(0, None))
    ax.set_title("Two knobs, turned by the gradient alone, find the target")
    return f"the last shot lands {abs(miss.item()):.2f} m beside the target"
