"""Chapter 2: one number that says how wrong a model is, and what each prediction hears of it."""

import numpy as np

from course.workbook.blanks import Blank, Mistake, Probe
from course.workbook.probing import operation, some

LABELS = np.array([2, 0, 1, 2, 2])
TRUTHS = np.array([1.0, 0.0, 1.0, 1.0, 0.0])


def large(name, *inputs, words, **settings):
    """The value at numbers whose exponential is too large, or too small."""
    return Probe(words, lambda m: np.asarray(getattr(m, name)(*map(np.array, inputs), **settings)))


def misses(name, *seeds, **settings):
    p, t = some(5, 2, seed=seeds[0]), some(5, 2, seed=seeds[1])
    return operation(name, p, t, names=["predictions", "targets"], settings=settings)


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
        "Blank: a bowl for small misses, and a straight line for those beyond `delta`, which goes "
        "on where the bowl ends, with the same slope. The mean of it over all elements.",
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
        "fails at 1000, and hides it at -1000: find a form that never does.",
        shapes="A plain array, of the shape of `a`; no rules here.",
        example="log_probabilities(np.array([[0.0, 0.0]]), axis=1)",
        hint="What happens to probabilities when the same number is taken off all logits of a row? "
        "Which number makes the largest exponential 1?",
        because="Shifted so that the largest is 0: nothing overflows, and the sum is 1 at least.",
        probes=[
            Probe("of (2, 3), axis 1", lambda m: m.log_probabilities(some(2, 3), 1)),
            Probe(
                "of [[1000, 0, -1000]]",
                lambda m: m.log_probabilities(np.array([[1000.0, 0.0, -1000.0]]), 1),
            ),
            Probe(
                "of [[1000, 0], [0, -1]]",
                lambda m: m.log_probabilities(np.array([[1000.0, 0.0], [0.0, -1.0]]), 1),
            ),
            Probe("of (2, 3), axis 0", lambda m: m.log_probabilities(some(2, 3), 0)),
            Probe("of (2, 3, 4), axis -1", lambda m: m.log_probabilities(some(2, 3, 4), -1)),
        ],
        mistakes=[
            Mistake(
                "not shifted",
                "a - a.max(axis, keepdims=True)",
                "a + 0.0",
                "Right while numbers are small. At 1000, exp is infinity.",
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
        "of its row: each hears its own g, less what the row hears on average, and as loudly as "
        "it is likely.",
        because="A row's probabilities sum to 1: what one gains, the others lose.",
        probes=[
            *operation("softmax", some(2, 3), names=["a"]),
            *operation("softmax", some(3, 2), names=["a"], settings={"axis": 0}),
            large("softmax", [[1000.0, 0.0]], words="of [[1000, 0]]"),
        ],
        mistakes=[
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
            *operation("cross_entropy", some(5, 3), LABELS, names=["logits"], constants=(1,)),
            *operation(
                "cross_entropy", some(1, 2), np.array([1]), names=["logits"], constants=(1,)
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
            ),
        ],
        mistakes=[
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
                what="of (5,)",
            ),
            large(
                *("binary_cross_entropy_with_logits", [1000.0, -1000.0], [1.0, 1.0]),
                words="at logits of 1000 and -1000",
            ),
        ],
        mistakes=[
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
    """Three costs, one cloud with an outlier: the line that each of them likes best."""
    rng = np.random.default_rng(3)
    x = np.linspace(0, 1, 30)
    y = 1 + 2 * x + 0.15 * rng.normal(size=30)
    y[24] = 9.0
    ax.plot(x, y, "o", color="0.6", ms=5)
    found = []
    for name in ("mean_squared_error", "mean_absolute_error", "huber"):
        line = m.Tensor([0.0, 0.0])
        for t in range(800):
            line.grad = None
            getattr(m, name)(line[0] + line[1] * x, y).backward()
            line.data -= 0.3 / (1 + t / 60) * line.grad
        b, slope = line.data
        found.append(slope)
        ax.plot(x, b + slope * x, label=name.replace("_", " "))
    ax.legend(loc="upper left", frameon=False)
    ax.set(xlabel="x", ylabel="y", title="One outlier moves the line of the squares, and no other")
    return "slopes " + ", ".join(f"{each:.2f}" for each in found) + "; without the outlier it is 2"
