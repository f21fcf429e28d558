"""Chapter 2: one number that says how wrong a model is, and what each prediction hears of it."""

import numpy as np

from course.workbook.blanks import Blank, Mistake, Probe
from course.workbook.probing import near, operation, some, strictly

LABELS = np.array([2, 0, 1, 2, 2])
TRUTHS = np.array([1.0, 0.0, 1.0, 1.0, 0.0])


def large(name, *inputs, words, **settings):
    """The value at numbers whose exponential is too large: without a warning."""
    look = strictly(lambda m: np.asarray(getattr(m, name)(*map(np.array, inputs), **settings)))
    return Probe(f"{name} {words}", look)


def logs(*shape, axis, a=None):
    """log_probabilities of some numbers, or of large ones."""
    x = some(*shape) if a is None else np.array(a)
    kin = near(
        (lambda m: np.exp(m.log_probabilities(x, axis)), "Probabilities: their *logarithms*."),
        (
            lambda m: m.log_probabilities(x, axis) + x.max(axis, keepdims=True),
            "One of the two is shifted, and the other is not.",
        ),
        (lambda m: m.log_probabilities(x, x.ndim - 1), "`axis` says along which axis."),
    )
    words = f"log_probabilities of {x.shape if a is None else a}, axis {axis}"
    return Probe(words, strictly(lambda m: m.log_probabilities(x, axis)), kin)


def misses(name, *seeds, **settings):
    """Of both signs, one of them far off below; and one that is 0."""
    p, t = np.array(some(5, 2, seed=seeds[0])), np.array(some(5, 2, seed=seeds[1]))
    p[0], t[1, 0] = [-5.0, 3.0], p[1, 0]
    return operation(name, p, t, names=["predictions", "targets"], settings=settings, one=True)


BLANKS = [
    Blank(
        "mean_squared_error",
        "The first cost, complete: read its two rules. Why does the number of elements stand in "
        "them, and why is the second the opposite of the first?",
        complete=True,
    ),
    Blank(
        "mean_absolute_error",
        "The second cost, with its last line open: the mean size of a miss, whatever its sign.",
        given=("misses_of",),
        shapes="`d` holds the misses, prediction minus target, `n` counts them. One number, and "
        "two rules that give arrays of the shape of `d`.",
        example="mean_absolute_error(np.array([1.0, 5.0]), np.array([2.0, 2.0]))",
        hint="A miss of 0.1 and a miss of 10 pull equally hard. At 0: `np.sign` says 0.",
        because="Only the side on which it missed counts, and each counts for one n-th.",
        holes=("return ",),
        probes=misses("mean_absolute_error", 1, 2),
        mistakes=[
            Mistake(
                "dropped the 1/n",
                "lambda g: (g / n) * np.sign(d), lambda g: (-g / n) * np.sign(d)",
                "lambda g: g * np.sign(d), lambda g: -g * np.sign(d)",
                "The rules belong to a *sum*. The mean of n misses hears each of them less.",
            ),
            Mistake(
                "slope of the square",
                "lambda g: (g / n) * np.sign(d), lambda g: (-g / n) * np.sign(d)",
                "lambda g: (2 * g / n) * d, lambda g: (-2 * g / n) * d",
                "Those are the rules of the squared error: there, large misses pull harder.",
            ),
            Mistake(
                "the miss for its sign",
                "lambda g: (g / n) * np.sign(d), lambda g: (-g / n) * np.sign(d)",
                "lambda g: (g / n) * d, lambda g: (-g / n) * d",
                "Those rules pull harder at large misses. Here only the *side* counts: `np.sign`.",
            ),
            Mistake(
                "signs swapped",
                "lambda g: (g / n) * np.sign(d), lambda g: (-g / n) * np.sign(d)",
                "lambda g: (-g / n) * np.sign(d), lambda g: (g / n) * np.sign(d)",
                "A prediction that is too large makes the cost grow when it grows: the signs are "
                "swapped.",
            ),
        ],
    ),
    Blank(
        "huber",
        "Blank: a bowl for misses up to `delta`, *half* their square, and a straight line beyond, "
        "which goes on where the bowl ends, with the same slope. The mean of it over all elements.",
        shapes="`d` holds the misses. One number and two rules.",
        example="huber(np.array([0.5, 4.0]), np.array([0.0, 0.0]), delta=1.0)",
        hint="`np.clip(d, -delta, delta)` is what a prediction hears, apart from g and n.",
        because="A miss pulls as hard as it is large, but never harder than delta.",
        holes=("n, inside = ",),
        hide=r"receives|miss² / 2",
        probes=[*misses("huber", 1, 2, delta=10.0), *misses("huber", 1, 2, delta=0.7)],
        mistakes=[
            Mistake(
                "not joined",
                "(inside * (d - inside / 2)).sum() / n",
                "np.where(np.abs(d) <= delta, d * d / 2, delta * np.abs(d)).sum() / n",
                "The line begins above the end of the bowl: there is a step at delta.",
            ),
            Mistake(
                "twice too steep",
                "lambda g: (g / n) * inside, lambda g: (-g / n) * inside",
                "lambda g: (2 * g / n) * inside, lambda g: (-2 * g / n) * inside",
                "Twice too steep: the bowl is *half* a square.",
            ),
            Mistake(
                "the whole square",
                "(inside * (d - inside / 2)).sum() / n",
                "np.where(np.abs(d) <= delta, d * d, delta * np.abs(d)).sum() / n",
                "The bowl is *half* a square, and the line begins where it ends.",
            ),
            Mistake(
                "too low beyond",
                "(inside * (d - inside / 2)).sum() / n",
                "np.where(np.abs(d) <= delta, d * d / 2, delta * np.abs(d) - delta).sum() / n",
                "The bowl is right. How high is it at `delta`? There the line begins.",
            ),
            Mistake(
                "flat beyond",
                "(inside * (d - inside / 2)).sum() / n",
                "(inside * inside / 2).sum() / n",
                "Beyond delta it is flat: a miss that grows has to cost more, along a line.",
            ),
            Mistake(
                "delta always 1",
                "np.clip(d, -delta, delta)",
                "np.clip(d, -1, 1)",
                "It bends at 1: the bowl ends at `delta`.",
            ),
        ],
    ),
    Blank(
        "sigmoid",
        "Blank: from any number to a probability, 1 / (1 + e to the power -a); but for numbers "
        "such as -1000 without a warning, which a careless formula gives.",
        shapes="A value of the shape of `a`, and one rule.",
        example="sigmoid(np.array([0.0, 2.0]))",
        hint="Where a is below 0, multiply above and below by e to the power a. The slope can be "
        "said by y alone.",
        because="Steepest in the middle, flat at both ends, and it never overflows.",
        hide=r"receives",
        probes=[
            *operation("sigmoid", some(4), names=["a"]),
            large("sigmoid", [-1000.0, 1000.0, 0.0], words="at -1000, 1000 and 0"),
            *operation("sigmoid", some(2, 3), names=["a"]),
        ],
        mistakes=[
            Mistake(
                "overflows",
                "",
                "y = 1 / (1 + np.exp(-a))\nreturn y, lambda g: g * y * (1 - y)",
                "Right in numbers; but at -1000 it takes e to the power 1000, and numpy warns. "
                "Which exponents are never above 0? (`np.where` computes both of its sides.)",
            ),
            Mistake(
                "the slope at a",
                "lambda g: g * y * (1 - y)",
                "lambda g: g * a * (1 - a)",
                "The form is right; but it is `y`, the value, of which the slope is made.",
            ),
            Mistake(
                "y for its slope",
                "lambda g: g * y * (1 - y)",
                "lambda g: g * y",
                "At large a, y is 1, and the curve is flat there: the slope is not y itself.",
            ),
            Mistake(
                "slope of tanh",
                "lambda g: g * y * (1 - y)",
                "lambda g: g * (1 - y * y)",
                "That slope belongs to tanh.",
            ),
        ],
    ),
    Blank(
        "log_probabilities",
        "Blank: the logarithms of softmax along `axis`. `np.log` of the exponentials by their sum "
        "fails at 1000, where e to that power overflows: find a form that never does.",
        shapes="A plain array, of the shape of `a`; no rules here.",
        example="log_probabilities(np.array([[0.0, 0.0]]), axis=1)",
        hint="What happens to probabilities when the same number is taken off all logits of a row? "
        "Which number makes the largest exponential 1?",
        because="Shifted so that the largest is 0: nothing overflows, and the sum is 1 at least.",
        probes=[
            logs(2, 3, axis=1),
            logs(axis=1, a=[[1000.0, 0.0, -1000.0]]),
            logs(axis=1, a=[[1000.0, 0.0], [0.0, -1.0]]),
            logs(3, 2, axis=0),
            logs(2, 3, 4, axis=-1),
        ],
        mistakes=[
            Mistake(
                "not shifted",
                "a - a.max(axis, keepdims=True)",
                "a + 0.0",
                "Right while numbers are small. At 1000, exp is infinity.",
            ),
            Mistake(
                "log of a quotient",
                "",
                "e = np.exp(a - a.max(axis, keepdims=True))\n"
                "return np.log(e / e.sum(axis, keepdims=True))",
                "Shifted, and yet: e to the power -2000 is 0, whose logarithm has no end. The "
                "logarithm of a quotient is a difference, and that of an exponential its exponent.",
            ),
            Mistake(
                "one maximum for all",
                "a.max(axis, keepdims=True)",
                "a.max()",
                "The maximum of the whole table: a row that lies far below it has only zeros, and "
                "their logarithm is minus infinity. Each row has its own.",
            ),
        ],
    ),
    Blank(
        "log_softmax",
        "The same as an operation, its last line open. Every logit of a row has a part in every "
        "logarithm of the row: what does it receive?",
        shapes="`y` and one rule; a `g` of the shape of `a` comes in.",
        example="log_softmax(np.array([[0.0, 1.0]]))",
        hint="y = a - ln Σ e^a. The first part hands g on as it is. The second part is the same "
        "for the whole row, so it hears the *sum* of g, and shares it out by p = e^y.",
        because="What all of a row hear together is shared out by their probabilities.",
        holes=("return ",),
        probes=[
            *operation("log_softmax", some(2, 3), names=["a"]),
            *operation("log_softmax", some(3, 2), names=["a"], settings={"axis": 0}),
        ],
        mistakes=[
            Mistake(
                "no sum",
                "g.sum(axis, keepdims=True)",
                "g",
                "Each hears of its own g alone. But one logit changes *all* logarithms of its row.",
            ),
            Mistake(
                "g alone",
                "g - np.exp(y) * g.sum(axis, keepdims=True)",
                "g",
                "That is the first part. The sum over the row has a part in each logarithm, too.",
            ),
            Mistake(
                "the mean for the sum",
                "g.sum(axis, keepdims=True)",
                "g.mean(axis, keepdims=True)",
                "The mean of a row's g is shared out: it is their *sum*.",
            ),
            Mistake(
                "always the last axis",
                "g.sum(axis, keepdims=True)",
                "g.sum(-1, keepdims=True)",
                "It sums along the last axis: `axis` says along which one.",
            ),
            Mistake(
                "one sum for all rows",
                "g.sum(axis, keepdims=True)",
                "g.sum()",
                "The g of all rows are summed: each row has its own sum.",
            ),
            Mistake(
                "y for p",
                "np.exp(y) * g",
                "y * g",
                "y holds logarithms. It is shared out by probabilities.",
            ),
        ],
    ),
    Blank(
        "softmax",
        "Blank: probabilities along `axis`, as an operation. They stay right at 1000.",
        shapes="A value of the shape of `a`, whose rows along `axis` sum to 1, and one rule.",
        example="softmax(np.array([[0.0, 0.0, 0.0, 0.0]]))",
        hint="Shift first, as before. One logit raises its own probability and lowers the others "
        "of its row: each hears its own g, less a mean of the row's g in which every one counts "
        "by its probability; and all that as loudly as it is likely.",
        because="A row's probabilities sum to 1: what one gains, the others lose.",
        probes=[
            *operation("softmax", some(2, 3), names=["a"]),
            *operation("softmax", some(3, 2), names=["a"], settings={"axis": 0}),
            large("softmax", [[1000.0, 0.0]], words="of [[1000, 0]]"),
            large("softmax", [[9.0, 8.0], [-2000.0, -2001.0]], words="with a row far below"),
        ],
        mistakes=[
            Mistake(
                "the plain mean",
                "",
                "y = np.exp(log_probabilities(a, axis))\n"
                "return y, lambda g: y * (g - g.mean(axis, keepdims=True))",
                "The plain mean of a row's g is taken off. In this mean, each counts by its own "
                "probability.",
            ),
            Mistake(
                "the sum of g",
                "",
                "y = np.exp(log_probabilities(a, axis))\n"
                "return y, lambda g: y * (g - g.sum(axis, keepdims=True))",
                "The sum of a row's g is taken off: each of them counts by its probability.",
            ),
            Mistake(
                "n times too small",
                "",
                "y = np.exp(log_probabilities(a, axis))\n"
                "return y, lambda g: y * (g - (g * y).mean(axis, keepdims=True))",
                "Probabilities sum to 1: a *sum* of g times y is a mean already.",
            ),
            Mistake(
                "one sum for all rows",
                "",
                "y = np.exp(a - a.max(axis, keepdims=True))\n"
                "y = y / y.sum()\n"
                "return y, lambda g: y * (g - (g * y).sum(axis, keepdims=True))",
                "All rows together sum to 1: each of them should.",
            ),
            Mistake(
                "only its own slope",
                "",
                "y = np.exp(log_probabilities(a, axis))\nreturn y, lambda g: g * y * (1 - y)",
                "That is the slope of a probability by its *own* logit. Those of the others "
                "change, too.",
            ),
            Mistake(
                "slope of exp",
                "",
                "y = np.exp(log_probabilities(a, axis))\nreturn y, lambda g: g * y",
                "That is the rule of exp. The division by the sum has a part in it, too.",
            ),
            Mistake(
                "not shifted",
                "",
                "y = np.exp(a) / np.exp(a).sum(axis, keepdims=True)\n"
                "return y, lambda g: y * (g - (g * y).sum(axis, keepdims=True))",
                "Right while numbers are small. At 1000, exp is infinity.",
            ),
        ],
    ),
    Blank(
        "cross_entropy",
        "The mean surprise at the labels. `log_p` and `right`, the places of the labels, are "
        "given; open are the rule of the logits, and the value.",
        shapes="`logits` (n, classes), `labels` (n,). One number; a rule that gives (n, classes); "
        "and `None` for the labels.",
        example="cross_entropy(np.array([[0.0, 0.0]]), np.array([1]))",
        hint="What is said (p) beside what was wanted (1 at the label): the difference is what a "
        "logit hears. `log_p[right]` picks the labels' own.",
        because="What was said minus what was wanted: as plain as the error of a straight line.",
        holes=("p = np.exp(log_p)", "return -log_p[right]"),
        probes=[
            *operation(
                "cross_entropy", some(5, 3), LABELS, names=["logits"], constants=(1,), one=True
            ),
            *operation(
                "cross_entropy",
                some(1, 2),
                np.array([1]),
                names=["logits"],
                constants=(1,),
                one=True,
            ),
        ],
        mistakes=[
            Mistake(
                "dropped the 1/n",
                "p *= g / n",
                "p *= g",
                "The rule belongs to the sum over rows. The value is their mean.",
            ),
            Mistake(
                "sum for mean",
                "-log_p[right].sum() / n, to_logits",
                "-log_p[right].sum(), to_logits",
                "That is the whole surprise. The cost is the surprise *per row*.",
            ),
            Mistake(
                "the 1 forgotten",
                "p[right] -= 1  # p - wanted",
                "pass",
                "The logits hear what was said, and not what was wanted.",
            ),
            Mistake(
                "ln p for p",
                "p = np.exp(log_p)",
                "p = log_p.copy()",
                "`log_p` holds logarithms: what is said are probabilities, their exponentials.",
            ),
            Mistake(
                "sign of the surprise",
                "return -log_p[right].sum() / n",
                "return log_p[right].sum() / n",
                "A surprise is never below 0: ln p is.",
            ),
        ],
    ),
    Blank(
        "policy_loss",
        "Reward: the same surprise, each row times its advantage. Open are the rule and the value.",
        shapes="`logits` (n, choices), `advantages` (n,), `done` the places of what was done. One "
        "number, a rule that gives (n, choices), and `None` twice.",
        example="policy_loss(np.array([[0.0, 0.0]]), np.array([1]), np.array([2.0]))",
        hint="As before, and every *row* counts by its advantage: `advantages[:, None]`.",
        because="What went better than usual becomes likelier; what went worse, less likely.",
        holes=("p = np.exp(log_p)", "return -(log_p[done]"),
        probes=[
            *operation(
                *("policy_loss", some(5, 3), LABELS, some(5, seed=3)),
                names=["logits"],
                constants=(1, 2),
                one=True,
            ),
            *operation(
                *("policy_loss", some(1, 2), np.array([1]), some(1, seed=3)),
                names=["logits"],
                constants=(1, 2),
                one=True,
            ),
        ],
        mistakes=[
            Mistake(
                "the advantage for the 1",
                "p[done] -= 1  # p - one_hot\n        p *= (g / n) * advantages[:, None]",
                "p[done] -= advantages\n        p *= g / n",
                "The advantage is taken off at what was done. It weighs the *whole row*, all that "
                "is said minus what was done.",
            ),
            Mistake(
                "divided by the advantages",
                "-(log_p[done] * advantages).sum() / n",
                "-(log_p[done] * advantages).sum() / advantages.sum()",
                "It is divided by the sum of the advantages: the mean is over the n rows.",
            ),
            Mistake(
                "learns to lose",
                "p *= (g / n) * advantages[:, None]",
                "p *= (-g / n) * advantages[:, None]",
                "The sign is turned: it would learn to lose.",
            ),
            Mistake(
                "advantage forgotten in the rule",
                "p *= (g / n) * advantages[:, None]",
                "p *= g / n",
                "The value looks at the advantages, and the rule does not.",
            ),
        ],
    ),
    Blank(
        "binary_cross_entropy_with_logits",
        "Yes or no: the mean surprise with p = sigmoid(logit). The last two lines are open; the "
        "value has to stay finite at logits of ±1000.",
        shapes="`a` are the logits, of any shape, `targets` from 0 to 1 in the same shape. One "
        "number, one rule, and `None`.",
        example="binary_cross_entropy_with_logits(np.array([0.0]), np.array([1.0]))",
        hint="ln(1 + e^a) is max(a, 0) + ln(1 + e^-|a|): `np.log1p` is made for it.",
        because="Again: what was said minus what was wanted.",
        holes=("cost = ",),
        probes=[
            *operation(
                *("binary_cross_entropy_with_logits", some(5), TRUTHS),
                names=["logits"],
                constants=(1,),
                one=True,
            ),
            *operation(
                *("binary_cross_entropy_with_logits", some(2, 3), some(2, 3, low=0.1) / 4),
                names=["logits"],
                constants=(1,),
                one=True,
            ),
            large(
                *("binary_cross_entropy_with_logits", [1000.0, -1000.0], [1.0, 1.0]),
                words="at logits of 1000 and -1000",
            ),
        ],
        mistakes=[
            Mistake(
                "a t forgotten",
                "np.maximum(a, 0) - a * targets",
                "np.maximum(a, 0)",
                "That is the surprise of every *no*. Where is the target in it?",
            ),
            Mistake(
                "overflows",
                "",
                "p = sigmoid(a)\n"
                "cost = -(targets * np.log(p) + (1 - targets) * np.log(1 - p)).sum() / n\n"
                "return cost, lambda g: (g / n) * (p - targets), None",
                "Right while logits are small; at ±1000, p is 0 or 1, and the logarithm of 0 has "
                "no end. Bring the two logarithms together on paper, first.",
            ),
            Mistake(
                "overflows in log1p",
                "np.log1p(np.exp(-np.abs(a)))",
                "np.log1p(np.exp(a)) - np.maximum(a, 0)",
                "e to the power 1000 is too large to be held: ln(1 + e^a) has another form.",
            ),
            Mistake(
                "logit for probability",
                "(sigmoid(a) - targets)",
                "(a - targets)",
                "A logit is not a probability yet: what turns one into the other?",
            ),
            Mistake(
                "dropped the 1/n",
                "lambda g: (g / n) * (sigmoid(a) - targets)",
                "lambda g: g * (sigmoid(a) - targets)",
                "The rule belongs to the sum: the value is a mean.",
            ),
        ],
    ),
]


def payoff(m, ax):
    """Three costs, and the line that each likes best: before one dot is moved far up, and after."""
    rng = np.random.default_rng(3)
    x = np.linspace(0, 1, 30)
    y = 1 + 2 * x + 0.15 * rng.normal(size=30)
    moved = np.where(np.arange(30) == 24, 9.0, y)
    ax.plot(x, y, "o", color="0.6", ms=5, zorder=0)
    ax.annotate("the outlier is far up", (x[24], y[24]), (x[24], 4.2), ha="center", color="0.4",
                arrowprops={"arrowstyle": "<-", "color": "0.6"})  # fmt: skip
    found = []
    names = ("mean_squared_error", "mean_absolute_error", "huber")
    for name, color, style in zip(names, ("C0", "C1", "C2"), ("-", "-", ":")):
        for targets in (y, moved):
            line = m.Tensor([0.0, 0.0])
            for t in range(800):
                line.grad = None
                getattr(m, name)(line[0] + line[1] * x, targets).backward()
                line.data -= 0.3 / (1 + t / 60) * line.grad
            b, slope = line.data
            found.append(f"{slope:.2f}")
            if targets is moved:
                ax.plot(x, b + slope * x, color=color, ls=style, lw=2.5, label=name)
            else:
                ax.plot(x, b + slope * x, "k--", lw=1, label="before" if name is names[0] else "")
    ax.legend(loc="upper left", frameon=False)
    ax.set(xlabel="x", ylabel="y", ylim=(0.5, 4.4))
    ax.set_title("One outlier moves the line of the squares most")
    pairs = [f"{before} to {after}" for before, after in zip(found[::2], found[1::2])]
    return "the outlier changes the slopes: squares {}, sizes {}, huber {}".format(*pairs)
