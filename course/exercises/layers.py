"""The questions and exercises of chapter 3."""

import numpy as np

from course.exercises.kit import Between, Book, ToldError
from minnet.tensors import Tensor, op

book = Book("layers")
guess, check, whose, progress = book.guess, book.check, book.whose, book.progress

book.question(
    "folds for one straight cut",
    answer=1,
    because="Corner onto corner: the lit ones meet, and lie on one side of the dark ones.",
    mistakes=[
        (0, "On the flat sheet they lie across from each other: every cut leaves one of each."),
        (2, "Two do it. Try to do it with one: on which place may a lit corner be laid?"),
        (4, "Far fewer. Where would one lit corner have to lie, to be beside the other?"),
        (3, "Fewer. Where would one lit corner have to lie, to be beside the other?"),
    ],
)
book.question(
    "shape of (32, 64) @ (64, 10)",
    answer=lambda: (np.ones((32, 64)) @ np.ones((64, 10))).shape,
    because="The inner lengths meet, the outer ones remain.",
    otherwise="Rows come from the left, columns from the right; the lengths that meet are gone.",
    mistakes=[
        ((64, 64), "Those are the inner lengths: they meet and are added up."),
        ((10, 32), "Rows come from the left, columns from the right."),
        ((32, 64), "So the left one is. Its 64 meets the 64 of the right one, and both are gone."),
        ((64, 10), "So the right one is. Its 64 meets the 64 of the left one, and both are gone."),
        ((2048, 640), "Those are the sizes of the two. What meets in a product, and what remains?"),
    ],
)
book.question(
    "first loss, once more",
    answer=lambda: np.log(10),
    within=0.01,
    because="ln 10: the surprise of one tenth.",
    mistakes=[
        (0.1, "That is the probability. What is its surprise?"),
        (0, "0 is for one who was sure, and right."),
        (1, "More: 1 would be the surprise of about one in three, and here it is one in ten."),
        (0.69, "That is ln 2, for two classes. Here there are ten."),
        (np.log2(10), "That is counted in bits, to base 2. The cross-entropy takes `np.log`."),
        (10, "Ten classes: each has the probability 1/10. What is the surprise of that?"),
        (0.9, "That is the chance to be wrong. The loss is the surprise at the right class, 1/10."),
        (0.230259, "That is one tenth of it: the mean over examples, all alike, is one surprise."),
        (Between(2.5, 9), "Less: it is the surprise of one tenth, −ln 0.1."),
        (Between(1.01, 2.2), "More: it is the surprise of one tenth, −ln 0.1."),
    ],
)
book.question(
    "the best line on the moons",
    answer=0.88,
    within=0.04,
    because="About seven of eight: only the tips are lost.",
    mistakes=[
        (0.5, "That is a coin. A line through the middle has most of each moon on its side."),
        (1.0, "Look at the tips: each reaches into the other moon's side."),
        (88, "As a share it is a number from 0 to 1."),
        (Between(0.51, 0.84), "Better than that: only the tips lie on the wrong side."),
        (Between(0, 0.49), "Worse than a coin? Then call the other side orange."),
        (Between(0.92, 0.999), "A little worse: look at the tips."),
    ],
)
book.question(
    "one unit by hand",
    answer=-0.75,
    because="1 − 1 − 1 is −1, and the bias lifts it by 0.25.",
    mistakes=[
        (-1.0, "That is the weighted sum. The bias is added to it."),
        (-1.25, "The bias is 0.25, with a plus: it lifts the sum."),
        (-1.75, "Each product once more: 1, then −1, then −1. And the bias is added."),
        (1.25, "−1 times 1 is negative, and so is 2 times −0.5: watch the signs."),
        (3.25, "Two of the three products are negative: watch the signs."),
        (
            2.75,
            "Weights times inputs, not added to them: 0.5 · 2 + (−1) · 1 + 2 · (−0.5), and bias.",
        ),
        (0.25, "That is the bias alone, or a sum of 0. The three products are 1, −1 and −1."),
        (Between(-0.74, 9), "Less: one product is 1, the two others are −1. And the bias."),
    ],
)
book.question(
    "numbers to learn in 64-32-10",
    answer=2410,
    because="64 · 32 + 32 for the hidden layer, and 32 · 10 + 10 for the output layer.",
    otherwise="Each line between two units is a weight; each unit that adds up has one bias.",
    mistakes=[
        (2368, "The weights are counted. Each unit that adds up has a bias, too."),
        (2464, "A bias belongs to a unit that adds up, so to the outputs of a layer: 32 and 10."),
        (2048, "Those are the weights of the first layer. There are two layers, and biases."),
        (2474, "The input layer adds nothing up: it has no biases."),
        (106, "Those are the units. Every line between two of them is a weight."),
        (42, "Those are the biases. Every line between two units is a weight."),
        (20480, "Lines go from each layer to the *next* only: 64 · 32, and then 32 · 10."),
        (2400, "The last layer has biases, too: ten."),
        (2378, "The hidden layer has biases, too: 32."),
        (2080, "That is the hidden layer, biases and all. The output layer learns, too."),
        (330, "That is the output layer, biases and all. The hidden layer learns, too."),
        (640, "The 64 inputs do not reach the outputs: 64 · 32, and then 32 · 10."),
        (2370, "One bias a layer? *Each* unit that adds up has one: 32 and 10."),
        (2432, "The weights, and twice 32 biases: the output layer has ten."),
        (20522, "Lines go from each layer to the *next* only: 64 · 32, then 32 · 10; and biases."),
    ],
)
book.question(
    "two linear layers on the moons",
    answer=0.88,
    within=0.03,
    because="Straight after straight stays straight.",
    mistakes=[
        (Between(0.911, 1), "There are eight units more, but does anything in them bend?"),
        (Between(0, 0.849), "It can do all that the line can: worse it need not be."),
    ],
    also=("same",),
)


def value_and_gradient(result, a):
    """What an operation of one input returns, with its rule used on a gradient."""
    if isinstance(result, np.ndarray) and result.shape == np.shape(a):
        raise ToldError("return two things, the value and its rule; leave `@op` to the cell below")
    if not isinstance(result, tuple) or len(result) != 2 or not callable(result[1]):
        raise ToldError("return two things: the value, and its rule (`lambda g: …`)")
    value, rule = result
    if getattr(getattr(rule, "__code__", None), "co_argcount", 1) == 0:
        raise ToldError("the rule is handed g, what y received: `lambda g: …`")
    return value, rule(np.where(np.arange(np.size(a)) % 2, -0.5, 0.75))


def bent(bend):
    """Value and gradient, where the chapter makes an operation of it."""
    x = Tensor([[-1.5, 0.25, 3.0], [2.0, -0.5, 1.0]])
    y = op(bend)(x)
    (y * y).sum().backward()
    return y.data, x.grad, op(bend)(np.array([-2.0, 1.0]))


def no_lambda(a):
    raise NameError("name 'g' is not defined")


def relu_and(slope):
    """relu, with a rule that takes this slope, of a."""
    return lambda a: (np.maximum(a, 0), lambda g: g * slope(a))


book.exercise(
    "my_relu",
    lambda a: (np.maximum(a, 0), lambda g: g * (a > 0)),
    cases=[(np.array([2.0, -1.0]),), (np.array([-1.5, 0.25, 3.0, 0.0, -0.5]),)],
    conventions=[relu_and(lambda a: a >= 0), relu_and(lambda a: (1 + np.sign(a)) / 2)],
    observe=value_and_gradient,
    because="Where it is flat, nothing goes back.",
    mistakes=[
        (
            lambda a: (np.maximum(a, 0), lambda g: g),
            "Where a is negative the value does not move: what should a receive there?",
        ),
        (
            lambda a: (np.maximum(a, 0), lambda g: a * (a > 0)),
            "The rule never looks at g: what arrives must pass through it, where a > 0.",
        ),
        (
            lambda a: (np.maximum(a, 0), lambda g: (a > 0) * 1.0),
            "That is the slope. What arrives, g, must pass through it.",
        ),
        (
            lambda a: (np.maximum(a, 0), lambda g: np.maximum(g, 0)),
            "The bend is in a, not in g: ask on which side *a* is.",
        ),
        (
            lambda a: (np.maximum(a, 0), lambda g: g * np.maximum(a, 0)),
            "On the right side relu has the slope 1, however large a is.",
        ),
        (
            lambda a: (abs(a), lambda g: g * np.sign(a)),
            "That folds the left side up: relu cuts it.",
        ),
        (
            lambda a: (np.maximum(a, 0.01 * a), lambda g: g * np.where(a > 0, 1, 0.01)),
            "That one leaks a little on the left, and is called so: relu is 0 there.",
        ),
        (
            lambda a: (np.minimum(a, 0), lambda g: g * (a < 0)),
            "That keeps what is negative: relu keeps what is positive.",
        ),
        (
            lambda a: (max(a, 0), lambda g: g * (a > 0)),
            "An array has many truths, and neither Python's `max` nor an `if` can take them: "
            "`np.maximum(a, 0)` goes through it place by place.",
        ),
        (
            no_lambda,
            "g is not there yet: y receives it later. So the rule is a function of it: `lambda g: "
            "…`.",
        ),
        (
            relu_and(lambda a: 1 - np.maximum(a, 0) ** 2),
            "1 − y² is the slope of tanh. What is the slope of relu where a > 0, and where a < 0?",
        ),
        (
            lambda a: (np.maximum(a, 0), lambda g: 1 - np.maximum(a, 0)),
            "g has to pass through the rule, times a slope. relu's slope is 1, or 0.",
        ),
        (relu_and(lambda a: a), "g times a would be the rule of a²/2. relu's slope is 1, or 0."),
        (relu_and(lambda a: a < 0), "That lets g through on the flat side: ask where a > 0."),
        (
            relu_and(np.sign),
            "The sign is −1 on the left: there relu is flat, and its slope is 0.",
        ),
        (
            lambda a: (np.maximum(a, 0), lambda g: g[a > 0]),
            "`g[a > 0]` picks some, and leaves the others out. Every place of a receives "
            "something: g, or 0.",
        ),
        (
            lambda a: (a[a > 0], lambda g: g[a > 0]),
            "Square brackets pick some, and leave the others out. relu keeps every place.",
        ),
        (
            lambda a: (np.where(a > 0, 1, 0), lambda g: 0 * g),
            "1 and 0 are relu's slope. Its value is a itself, where a > 0.",
        ),
    ],
    serves="bend",
    payoff=bent,
    also=[
        lambda a: (np.where(a > 0, a, 0), lambda g: np.where(a > 0, g, 0)),
        lambda a: (a * (a > 0), lambda g: g * (a >= 0)),
        lambda a: ((a + abs(a)) / 2, lambda g: g * (1 + np.sign(a)) / 2),
    ],
)
book.question(
    "where (0.9, 0.3) lands",
    answer=(0.3, 0.9),
    within=0.051,
    because="The diagonal is the mirror: p and q have changed places.",
    otherwise="The crease is the diagonal: over it, both numbers change.",
    mistakes=[
        ((0.9, 0.3), "There it was. It lies beyond the crease: follow it over."),
        ((0.6, 0.6), "That is on the crease. It goes as far again on the other side."),
        ((0.7, 0.1), "That is another mirror. Lay the corner (1, 0) exactly on (0, 1) first."),
        ((0.1, 0.7), "Lay the corner (1, 0) exactly on (0, 1), then read across first."),
        *(
            ((p, q), "The mirror is the diagonal, and no axis: nothing on the sheet is below 0.")
            for p, q in ((-0.9, 0.3), (0.9, -0.3), (-0.3, 0.9), (0.3, -0.9), (-0.9, -0.3))
        ),
        ((0, 1), "There the corner comes to lie. The cross lies a little off it, as before."),
        ((1, 0), "There the corner was. Both go over the crease."),
        ((0.5, 0.5), "That is on the crease. The cross goes over it, as far again."),
    ],
    also=([0.3, 0.9],),
)


def folded(p, q):
    over = np.maximum(p - q, 0)
    return p - over, q + over


book.exercise(
    "my_fold",
    folded,
    cases=[
        (np.array([0.9, 0.2]), np.array([0.3, 0.7])),
        (np.array([1.0, 0.2, 0.5, 1.0]), np.array([0.0, 0.7, 0.5, 1.0])),
    ],
    because="What lies beyond the diagonal is laid on its other side.",
    mistakes=[
        (
            lambda p, q: (p - np.maximum(p - q, 0) / 2, q + np.maximum(p - q, 0) / 2),
            "That stops on the crease. It goes as far again on the other side.",
        ),
        (
            lambda p, q: (p - 2 * np.maximum(p - q, 0), q + 2 * np.maximum(p - q, 0)),
            "That goes too far: (1, 0) is to lie on (0, 1).",
        ),
        (
            lambda p, q: (q, p),
            "That turns the whole sheet over. A place that is not beyond the crease stays: relu "
            "lets it alone.",
        ),
        (
            lambda p, q: (p - np.maximum(p - q, 0), q),
            "p moves, q stays: the sheet is squashed. Does q still ask the *old* p how far to go?",
        ),
        (
            lambda p, q: (p, q + np.maximum(p - q, 0)),
            "q moves, p stays: the sheet is squashed. Does p still ask the *old* q how far to go?",
        ),
        (
            lambda p, q: (p + np.maximum(p - q, 0), q - np.maximum(p - q, 0)),
            "That pulls it away from the crease: p has to lose what q gains.",
        ),
        (
            lambda p, q: (np.maximum(p, q), np.minimum(p, q)),
            "That folds the other half over: it is the places with p above q that move.",
        ),
        (
            lambda p, q: (p - (over := (np.maximum(p - q, 0), abs)), q + over),
            "`bend` gives two things, the value and its rule. `np.maximum(p - q, 0)`, or "
            "`relu(p - q)`, is the value alone.",
        ),
        (
            lambda p, q: q - p + 2 * np.maximum(p - q, 0),
            "That is the lamp, which comes next. First the place: two numbers.",
        ),
        (
            lambda p, q: (p - max(p - q, 0), q + max(p - q, 0)),
            "p and q are arrays: `np.maximum(p - q, 0)` goes through them place by place; "
            "`max`, `sorted` and `if` do not.",
        ),
        (
            lambda p, q: (p - abs(p - q), q + abs(p - q)),
            "`abs` moves the places before the crease, too. Only what lies beyond it moves: relu.",
        ),
        (
            lambda p, q: (q - np.maximum(p - q, 0), p + np.maximum(p - q, 0)),
            "p and q have changed places twice. p loses, q gains, and each keeps its name.",
        ),
        (
            lambda p, q: (p * np.maximum(p - q, 0), q * np.maximum(p - q, 0)),
            "Times squeezes the sheet. What p loses, q gains: minus, and plus.",
        ),
        (
            lambda p, q: (1 - q, 1 - p),
            "That mirrors at the other diagonal, and every place. Only what lies beyond moves.",
        ),
    ],
    serves="fold",
    payoff=lambda fold: [
        np.asarray(each) for each in fold(*np.random.default_rng(0).random((2, 9)))
    ],
    also=[
        lambda p, q: (np.minimum(p, q), np.maximum(p, q)),
        lambda p, q: (np.where(p > q, q, p), np.where(p > q, p, q)),
        lambda p, q: list(np.sort(np.stack([p, q]), axis=0)),
    ],
)
book.question(
    "weight of the bend in the lamp",
    answer=2,
    because="At (1, 0) there is q − p = −1, and 2 · 1 makes it 1.",
    mistakes=[
        (1, "At (1, 0) that makes 0 − 1 + 1 = 0, and the lamp is to be lit."),
        (-1, "At (1, 0) that makes 0 − 1 − 1 = −2. It has to come up to 1."),
        (-2, "At (1, 0) that makes 0 − 1 − 2 = −3. It has to come up to 1."),
        (3, "At (1, 0) that makes 0 − 1 + 3 = 2: twice too bright."),
        (0, "Then (1, 0) gives −1, and the bend does nothing."),
        (0.5, "At (1, 0) that makes 0 − 1 + 0.5 = −0.5. It has to come up to 1."),
    ],
)
book.question(
    "straight pieces of five bends",
    answer=6,
    because="Each bend ends one piece and begins another.",
    mistakes=[
        (5, "Each bend has a piece on its left and one on its right: count with one bend."),
        (10, "Between two bends there is one piece, not two."),
        (1, "That would be a line: each relu adds a bend."),
        (32, "2 to the power 5 would be if each bent all the others. On a line bends stand in "
             "a row."),
        (4, "Between five bends there are four pieces, and one at each end."),
        (2, "That is with one relu."),
        (15, "Three relus make one bump. How many pieces do five bends leave?"),
        (11, "Two pieces a bend are too many: from one bend to the next it is one piece."),
        (31, "2 to the power 5 would be if each bent all the others. On a line they stand in a "
             "row."),
        (3, "That is with two relus. Each relu more adds one piece."),
        (Between(8, 30), "Fewer: each relu adds one piece to the line that was there."),
    ],
)  # fmt: skip
book.question(
    "parameters of the small network",
    answer=0,
    because="Nothing that was written to `self` is a Tensor: it is a list.",
    mistakes=[
        (4, "So many there are. But what did we write to `self`: a Tensor, or something else?"),
        (2, "There are two layers. Is either of them in `vars(self)`?"),
        (33, "So many *numbers* there are. Which Tensors stand in `vars(self)` itself?"),
        (1, "One thing stands there, the list. Is a list a Tensor?"),
        (24, "So many *weights* there are. Which Tensors stand in `vars(self)` itself?"),
        (Between(3, 99), "Less: `self.layers` is all that was written to `self`. Is it a Tensor?"),
    ],
)
book.question(
    "the border as the last layer sees it",
    answer="straight",
    because="Its last layer is one weighted sum of two numbers: a line.",
    mistakes=[
        ("curved", "In the plane it is curved. The last layer is a Linear: what can it draw?"),
        ("folded", "The paper is folded. The border on it is what one Linear can draw."),
        ("point", "On the axis of the one last number it is. Here there are two numbers, a plane."),
    ],
)
book.question(
    "first step with 0.95 right",
    answer=300,
    because="And nobody told it which fold to make.",
    mistakes=[
        (250, "Nearly there: 0.94. The next moment."),
        (350, "There it is above 0.95 already. Was it before, too?"),
        (400, "It is above 0.95 there. Move the slider back, as long as it stays so."),
        (500, "That is the end. Move the slider back, as long as it says 0.95 or more."),
        (0, "That is the start. Move the slider on, until it says 0.95 or more."),
        (200, "There it says 0.92. Move on."),
        (8, "That is its number in the row. What step does the slider say there?"),
        (9, "Count less, read more: which step does the slider name there?"),
        (12, "Those are the moments. Which step does the slider say, when 0.95 is reached?"),
        (Between(0.1, 1), "That is the share. At which step is it so?"),
        (Between(13, 249), "Too early: the slider says there what share is right. Move it on."),
        (Between(251, 299), "The network was looked at every 50 steps: which of them is it?"),
    ],
)
book.question(
    "different units from a constant start",
    answer=1,
    because="Equal units get equal gradients: they stay equal for ever.",
    otherwise="They start equal, and see the same: what would make them part?",
    mistakes=[
        (8, "What would make them different? They start equal, and see the same inputs."),
        (0, "It trains, unlike the one at zero. But how many different units are there?"),
        (Between(9, 999), "There are eight units: more than that cannot differ. How many do?"),
    ],
)


def he_size(inputs):
    return (2 / inputs) ** 0.5


def he_layer(size_for):
    """How large the outputs are after one layer of 100 units."""
    x = np.random.default_rng(0).normal(size=(50, 100))
    y = np.maximum(x @ (size_for(100) * np.random.default_rng(1).normal(size=(100, 100))), 0)
    return float(np.mean(y**2) ** 0.5)


book.exercise(
    "my_he_size",
    he_size,
    cases=[(50,), (2,), (800,)],
    because="√(2 / inputs).",
    mistakes=[
        (lambda n: 2 / n, "That is the mean square. The size is its root."),
        (lambda n: 2**0.5 / n, "The root is of the 2 alone. inputs stand under it, too."),
        (
            lambda n: 1 / n,
            "That is 1 / n. If it came from `** 1 / 2`: Python takes `** 1` first, and halves "
            "then; `** 0.5` is the root.",
        ),
        (lambda n: n**-0.5, "That is without relu. relu throws half of the squares away."),
        (lambda n: 2 / n**0.5, "The *squares* are doubled: the 2 stands under the root, too."),
        (
            lambda n: (1 / (2 * n)) ** 0.5,
            "That halves the squares once more: they are to be doubled.",
        ),
        (lambda n: (n / 2) ** 0.5, "Upside down: more inputs need *smaller* weights."),
        (lambda n: n**0.5, "Upside down: more inputs need *smaller* weights. And the 2?"),
        (lambda n: (2 * n) ** 0.5, "2 *divided by* n stands under the root."),
        (lambda n: 2 * n**0.5, "Upside down: more inputs need *smaller* weights. And √2, not 2."),
        (lambda n: 2 / n**2, "The mean square is 2/n. The size is its *root*, and no square."),
        (lambda n: (2 / n**0.5) ** 0.5, "There n is under two roots: one is enough."),
    ],
    serves="size_for",
    payoff=he_layer,
    also=[
        lambda n: np.sqrt(2 / n),
        lambda n: 2**0.5 / n**0.5,
        lambda n: float(np.exp(np.log(2 / n) / 2)),
    ],
)


def normalised(x):
    away = x - x.mean(axis=0)
    return away * ((away**2).mean(axis=0) + 1e-5) ** -0.5


def one_layer(level):
    """Value and gradient, inside a network; at a column of equal numbers, whether it has one."""
    x = Tensor(np.random.default_rng(0).normal(size=(6, 3)) * [1, 3, 9])
    equal = Tensor(np.full((6, 3), 1.5))
    y = level(x)
    ((y + level(equal)) * np.arange(18.0).reshape(6, 3)).sum().backward()
    return y.data, x.grad, np.where(np.isfinite(equal.grad), 0, equal.grad)


def what_level_returns(trouble):
    """The words after "right, but return", by what went wrong inside a network."""
    if "yours gives nan" in trouble:
        return (
            "it with the 1e-5 added *before* the root: the root of 0 is infinitely steep, and on "
            "the way back a column of equal numbers gives nan"
        )
    return (
        "what a Tensor can do: `.mean(axis=0)`, `-`, `*`, `/`, `** 0.5`. A loop over arrays, and "
        "numpy's `sqrt`, `std` and `var`, have no rule for the way back"
    )


def spread(x, little):
    """The root of the variance of each column, with a little added under it."""
    return (((x - x.mean(axis=0)) ** 2).mean(axis=0) + little) ** 0.5


def slips(wrong, reply):
    """A mistake of two inputs, x and what is added under the root, with and without it."""
    return [
        (lambda x: wrong(x, 0), f"{reply} (And the 1e-5 is missing.)"),
        (lambda x: wrong(x, 1e-5), reply),
    ]


CLOSE = np.array([[2.0, 1.0], [2.2, 4.0], [2.0, 3.0]])  # where 1e-3 is no longer a little
TABLE = np.array([[1.0, 40.0, 0.5], [4.0, 10.0, -2.5], [2.0, 30.0, 3.0], [5.0, 60.0, 1.5]])
EQUAL = np.array([[2.0, 1.0], [2.0, 4.0], [2.0, 3.0]])  # a column without variance
book.exercise(
    "my_normalise",
    normalised,
    cases=[(TABLE[:3, :2],), (TABLE,), (EQUAL,), (CLOSE,)],
    within=1e-3,
    because="Column by column: mean 0, variance 1.",
    mistakes=[
        (
            lambda x: (x - x.mean(axis=0)) / spread(x, 0),
            "Right, until all numbers of a column are equal: then the variance is 0, and this "
            "gives nan. Add 1e-5 to it before the root.",
        ),
        (
            lambda x: (
                (x - x.mean(axis=1, keepdims=True)) / (x.var(axis=1, keepdims=True) + 1e-12) ** 0.5
            ),
            "That is each *row* by itself. A unit is a column, and the batch lies along axis 0.",
        ),
        (
            lambda x: (away := x - x.mean(axis=1)) / ((away**2).mean(axis=1) + 1e-5) ** 0.5,
            "`axis=1` goes along each *row*. A unit is a column: the batch lies along axis 0.",
        ),
        (
            lambda x: (x - x.mean()) / x.std(),
            "That is one mean for the whole table. Each unit, each column, has its own.",
        ),
        (
            lambda x: (x - x.mean(axis=0)) / ((x - x.mean(axis=0)) ** 2).mean() ** 0.5,
            "That is one variance for the whole table: its mean goes along axis 0, too.",
        ),
        *slips(
            lambda x, e: (x - x.mean(axis=0)) / (x.var(axis=0) + e),
            "Dividing by the variance is too much: its root is the size of the numbers.",
        ),
        (lambda x: x - x.mean(axis=0), "The mean is 0 now. The size is still to be divided out."),
        *slips(
            lambda x, e: x / spread(x, e),
            "The size is right. The mean is still to be subtracted.",
        ),
        *slips(
            lambda x, e: x - x.mean(axis=0) / spread(x, e),
            "Python divides before it subtracts: put the difference in brackets.",
        ),
        (
            lambda x: (x - x.mean(axis=0)) / (x**2).mean(axis=0) ** 0.5,
            "The variance is the mean of the squared distances *from the mean*.",
        ),
        *slips(
            lambda x, e: (x - x.mean(axis=0)) / (x.var(axis=0, ddof=1) + e) ** 0.5,
            "That divides by n − 1. A mean divides by n.",
        ),
        *slips(
            lambda x, e: (x - x.min(axis=0)) / (x.max(axis=0) - x.min(axis=0) + e),
            "That goes from 0 to 1. Asked for are mean 0 and variance 1.",
        ),
        *slips(
            lambda x, e: (x - x.mean(axis=0)) / ((x - x.mean(axis=0)) ** 2 + e) ** 0.5,
            "Each distance is divided by itself. The variance is the *mean* of their squares.",
        ),
        *slips(
            lambda x, e: (
                (x - x.mean(axis=0)) / (((x - x.mean(axis=0)) ** 2).sum(axis=0) + e) ** 0.5
            ),
            "That is the sum of the squares. The variance is their mean.",
        ),
        *slips(
            lambda x, e: (x - x.mean(axis=0)) / ((x - x.mean(axis=0)).mean(axis=0) ** 2 + e) ** 0.5,
            "The mean of the distances is 0. Square first, then take the mean.",
        ),
        *slips(
            lambda x, e: (x - x.mean(axis=0)) / (x.var(axis=0) + e) ** 1 / 2,
            "Python takes `** 1` first, and halves then: `** 0.5` is the root.",
        ),
        *slips(
            lambda x, e: (x - x.mean(axis=0)) / (abs(x - x.mean(axis=0)).mean(axis=0) + e),
            "That is the mean distance. The standard deviation is the root of the mean *square*.",
        ),
        (
            lambda x: (x - x.mean(axis=0)) / spread(x, 1e-3),
            "What is added, 1e-3, is too much where the numbers lie close together: 1e-5.",
        ),
        (
            lambda x: (
                x - x.mean(axis=0)
                if (x.var(axis=0) == 0).any()
                else (x - x.mean(axis=0)) / x.std(axis=0)
            ),
            "One column of equal numbers, and no other is divided any more: 1e-5 serves each by "
            "itself.",
        ),
    ],
    serves="level",
    payoff=one_layer,
    form=what_level_returns,
    also=[
        lambda x: (x - x.mean(axis=0)) / spread(x, 1e-5),
        lambda x: (
            (x - x.mean(axis=0, keepdims=True))
            * ((x * x).mean(axis=0) - x.mean(axis=0) ** 2 + 1e-8) ** -0.5
        ),
        lambda x: (
            (x - x.sum(axis=0) / len(x))
            / (((x - x.sum(axis=0) / len(x)) ** 2).sum(axis=0) / len(x) + 1e-5) ** 0.5
        ),
    ],
)
book.question(
    "a row that is normalised alone",
    answer=0,
    because="Minus its own mean, which it is itself: nothing is left.",
    otherwise="What is left of a number minus its own mean?",
    mistakes=[
        (1, "1 is the variance of a whole batch. What is left of one number minus its own mean?"),
        ("nan", "0 divided by 0 would be nan. The small number under the root saves it from that."),
        (
            np.nan,
            "0 divided by 0 would be nan. The small number under the root saves it from that.",
        ),
        (np.inf, "Below the line stands the root of 1e-5, and that is not 0. And above it?"),
        (Between(1e-6, 0.01), "The little stands below the line. What stands above it?"),
        (Between(300, 330), "1/√1e-5 is what it is divided by. What is it that is divided?"),
    ],
    also=([0, 0],),
)
book.question(
    "scale of the survivors at 0.2",
    answer=1.25,
    because="1 / (1 − 0.2): eight of ten must carry for ten.",
    mistakes=[
        (5, "That is 1/0.2, for those who leave. Who stays must carry for all."),
        (0.8, "That makes it smaller still: the survivors must make up for the others."),
        (1.2, "A fifth more of four fifths is not enough: 0.8 · 1.2 = 0.96."),
        (2, "That was for one half. Now eight of ten stay."),
        (0.2, "That is the share that leaves. The others must carry for all."),
        (0.25, "So much is added to each: the factor is 1 more."),
        (4, "Four stay for each that leaves. By what must these four be multiplied, to be five?"),
        (Between(0, 0.99), "That makes it smaller still: the survivors must make up for others."),
        (Between(1, 1.19), "A little more: 0.8 times it is to be 1."),
        (Between(1.3, 9), "Less: 0.8 times it is to be 1."),
    ],
)


def dropout(x, p, training, kept):
    return x * kept / (1 - p) if training else x


def dropped(drop):
    """Value and gradient in training, value in evaluation."""
    x, kept = Tensor(np.arange(1.0, 9.0).reshape(2, 4)), np.arange(8).reshape(2, 4) % 3 > 0
    y = drop(x, 0.25, True, kept)
    y.sum().backward()
    asked = drop(x, 0.25, False, kept)
    return y.data, x.grad, asked.data


KEPT = np.array([True, False, True, True])
VALUES = np.array([1.0, 2.0, -3.0, 4.0])
WIDE = np.arange(1.0, 9.0).reshape(2, 4)
book.exercise(
    "my_dropout",
    dropout,
    cases=[
        (VALUES, 0.25, True, KEPT),
        (VALUES, 0.25, False, KEPT),
        (WIDE, 0.5, True, WIDE % 3 > 0),
        (WIDE, 0.2, True, WIDE % 4 > 0),
    ],
    because="In training scaled, in evaluation left alone.",
    mistakes=[
        (
            lambda x, p, training, kept: x * kept if training else x,
            "In evaluation the next layer will get more than in training: scale in *training*.",
        ),
        (
            lambda x, p, training, kept: x * kept / (1 - p),
            "In evaluation nothing is dropped, and nothing scaled.",
        ),
        (
            lambda x, p, training, kept: x * kept,
            "In evaluation nothing is dropped; and in training the survivors carry for all.",
        ),
        (
            lambda x, p, training, kept: x * kept if training else x * (1 - p),
            "That is right on average, and was done so once. Ours scales in training, so that "
            "whoever asks gets x as it is.",
        ),
        (
            lambda x, p, training, kept: x if training else x * kept / (1 - p),
            "The modes are turned round: one drops out in training.",
        ),
        (
            lambda x, p, training, kept: x * kept / p if training else x,
            "`p` is the share that leaves. Divide by the share that stays.",
        ),
        (
            lambda x, p, training, kept: x * kept * (1 - p) if training else x,
            "Times the share that stays, all become smaller still: the survivors carry for all.",
        ),
        (
            lambda x, p, training, kept: x * kept * (1 + p) if training else x,
            "With p = 0.5 that is 1.5, and half of the numbers must carry for all: 2.",
        ),
        (
            lambda x, p, training, kept: x * ~kept / (1 - p) if training else x,
            "Those who are True in `kept` stay.",
        ),
        (
            lambda x, p, training, kept: x[kept] / (1 - p) if training else x,
            "Who is dropped becomes 0, and keeps its place: multiply by `kept`.",
        ),
        (
            lambda x, p, training, kept: x * kept / (1 - p) if training else x / (1 - p),
            "In evaluation nobody is dropped, so nobody has to carry for others: x as it is.",
        ),
        (
            lambda x, p, training, kept: x * kept / p if training else x * p,
            "`p` leave, so 1 − p stay: divide by that. And in evaluation x goes through as it is.",
        ),
    ],
    serves="drop",
    payoff=dropped,
    form="what a Tensor can do: x times `kept`, times a number. `np.where` and writing into x "
    "have no rule for the way back",
    also=[
        lambda x, p, training, kept: x * (kept / (1 - p)) if training else x,
        lambda x, p, training, kept: x * np.where(kept, 1 / (1 - p), 0) if training else x * 1,
        lambda x, p, training, kept: (1 / (1 - p)) * x * kept.astype(float) if training else x,
    ],
)
book.question(
    "points that change sides",
    answer="some",
    because="Those near the border, where half a network says yes and the other half no.",
    mistakes=[
        ("none", "Half of its units are dropped, other ones each time: near the border it tells."),
        ("most", "It has learned to be right without any one of its units: far from the border."),
        ("half", "It has learned to be right without any one of its units: far from the border."),
    ],
    also=("few",),
)
book.question(
    "shifted digits read by a linear layer",
    answer=0.36,
    within=0.08,
    because="A third or so: most of what it knew was tied to single pixels.",
    mistakes=[
        (Between(0.551, 1), "Every pixel now meets its neighbour's weight: it falls much further."),
        (Between(0.441, 0.55), "A little lower still: to guess would be 0.1."),
        (Between(0, 0.279), "Not down to guessing, 0.1: much of a digit overlaps with itself."),
    ],
)


def all_windows(picture, k):
    return np.lib.stride_tricks.sliding_window_view(picture, (k, k))


def windows_of(picture, k):
    return all_windows(picture, k).reshape(-1, k * k)


def cut_out(picture, k, down, across):
    """The windows that begin at these rows and columns, each laid down."""
    return np.array([picture[i : i + k, j : j + k].ravel() for i in down for j in across])


COUNTED = np.arange(64.0).reshape(8, 8)
OBLONG = np.random.default_rng(0).random((6, 9))
book.exercise(
    "my_windows",
    windows_of,
    cases=[(COUNTED[:4, :4], 3), (COUNTED, 3), (OBLONG, 5), (OBLONG, 2)],
    because="Each window is one row.",
    mistakes=[
        (all_windows, "The windows are there. Lay each one down as a row."),
        (
            lambda picture, k: (w := all_windows(picture, k)).reshape(*w.shape[:2], k * k),
            "Each window is a row. The places, down and across, are to become one axis, too.",
        ),
        (
            lambda picture, k: all_windows(picture, k).reshape(-1, k, k),
            "One axis for the places: right. But each window is still a table: lay it down.",
        ),
        (
            lambda picture, k: all_windows(picture, k).transpose(1, 0, 2, 3).reshape(-1, k * k),
            "The places come in another order: the first axis goes down, the second across.",
        ),
        (
            lambda picture, k: all_windows(picture, k).transpose(2, 3, 0, 1).reshape(-1, k * k),
            "That mixes windows: the first two axes say where a window stands, and come first.",
        ),
        (
            lambda picture, k: all_windows(picture, k).reshape(k * k, -1),
            "The numbers stay in their order, so this mixes windows: the rows are the windows.",
        ),
        (
            lambda picture, k: all_windows(picture, k).reshape(-1, k * k).T,
            "Each window is a column here; as rows they meet the kernel's column.",
        ),
        (
            lambda picture, k: all_windows(picture, k).transpose(0, 1, 3, 2).reshape(-1, k * k),
            "The numbers of each window are turned: row by row, as the kernel is laid down.",
        ),
        (
            lambda picture, k: all_windows(picture, k).reshape(-1, 9),
            "9 is for a window of 3. The check tries other sizes: k · k.",
        ),
        (
            lambda picture, k: all_windows(picture, k).reshape(k * k, -1).T,
            "That mixes windows, and turns the mixture: `.reshape(-1, k * k)` keeps each together.",
        ),
        (
            lambda picture, k: all_windows(picture, k)[::k, ::k].reshape(-1, k * k),
            "Those stand side by side. Windows overlap: one at each place.",
        ),
        (
            lambda picture, k: all_windows(picture, k).reshape(36, k * k),
            "36 is for 8 × 8 and a window of 3. −1 means: as many as there are.",
        ),
        (
            lambda picture, k: all_windows(picture, k).reshape((len(picture) - k + 1) ** 2, k * k),
            "That counts places in a square. A picture may be wider than high: −1 counts for you.",
        ),
        (
            lambda picture, k: all_windows(picture, k)[:-1, :-1].reshape(-1, k * k),
            "The last place in each direction is missing: there are height − k + 1 of them.",
        ),
        (
            lambda picture, k: np.lib.stride_tricks.sliding_window_view(picture, k, k),
            "Its second input is the size of the window, a pair: `(k, k)`, with brackets.",
        ),
        (
            lambda p, k: cut_out(p, k, range(len(p) - 2), range(len(p[0]) - 2)),
            "Two less is for a window of 3. Of k there are height − k + 1 places down.",
        ),
        (
            lambda p, k: cut_out(p, k, range(0, len(p), k), range(0, len(p[0]), k)),
            "Side by side, and some end at an edge. Windows overlap: one at each place, all whole.",
        ),
        (
            lambda p, k: cut_out(p, k, range(len(p) - k + 1), range(len(p) - k + 1)),
            "The places across are counted in the height. A picture may be wider than high.",
        ),
        (
            lambda picture, k: all_windows(picture, k).reshape(k, k, -1),
            "The order of the numbers stays, so this mixes windows, and lays nothing down: rows of "
            "k · k.",
        ),
        (
            lambda picture, k: all_windows(picture, k).sum(axis=(2, 3)),
            "Those are sums of windows. Asked for are the windows themselves, one a row.",
        ),
        (
            lambda picture, k: np.lib.stride_tricks.sliding_window_view(picture, k * k),
            "The size of a window is a pair: `(k, k)`, with a comma.",
        ),
        (
            lambda picture, k: picture.reshape(-1, k * k),
            "That cuts the picture into pieces side by side. Windows overlap: one at each place.",
        ),
    ],
    serves="windows",
    payoff=lambda windows: windows(COUNTED, 5) @ np.arange(25.0),
    also=[
        lambda picture, k: np.array(
            [
                picture[i : i + k, j : j + k].ravel()
                for i in range(picture.shape[0] - k + 1)
                for j in range(picture.shape[1] - k + 1)
            ]
        ),
        lambda picture, k: np.stack([w.flatten() for row in all_windows(picture, k) for w in row]),
        lambda picture, k: all_windows(picture, k).reshape(
            (picture.shape[0] - k + 1) * (picture.shape[1] - k + 1), k**2
        ),
    ],
)


def strongest(answers):
    return answers.max(axis=(2, 3))


def pooled(strongest):
    """Value and gradient, inside a network, and once more of an array."""
    x = Tensor(np.random.default_rng(0).normal(size=(2, 3, 4, 5)))
    y = strongest(x)
    (y * np.arange(6.0).reshape(2, 3)).sum().backward()
    return y.data, x.grad, strongest(x.data)


ANSWERS = np.random.default_rng(1).normal(size=(2, 3, 4, 5))
book.exercise(
    "my_strongest",
    strongest,
    cases=[(ANSWERS[:1, :1, :2, :2],), (ANSWERS,), (ANSWERS[:, :2] - 9,)],
    because="One number for each kernel: has it seen its pattern anywhere?",
    mistakes=[
        (lambda a: a.max(), "That is the largest of all. Each picture and kernel has its own."),
        (lambda a: a.max(axis=1), "Axis 1 is the kernels: they are to stay. Which two vanish?"),
        (lambda a: a.max(axis=(0, 1)), "Those two are to stay: pictures and kernels."),
        (lambda a: a.max(axis=2), "One axis is gone. The other one of the place, too."),
        (lambda a: a.max(axis=3), "Along each row: right. Now over the rows, too."),
        (lambda a: a.max(axis=(1, 2)), "Axes are counted from 0: the last two are 2 and 3."),
        (lambda a: a.max(axis=(3, 4)), "There are four axes, and the first is number 0."),
        (lambda a: a.mean(axis=(2, 3)), "That is the mean. A few strong answers drown in it."),
        (lambda a: a.sum(axis=(2, 3)), "That is the sum. Asked for is the strongest one."),
        (lambda a: abs(a).max(axis=(2, 3)), "Strongest means largest: with its sign."),
        (lambda a: a.max(axis=(2, 3), keepdims=True), "Without `keepdims` both axes vanish."),
        (lambda a: a.argmax(axis=(2, 3)), "`argmax` says where it is. How strong is it?"),
        (lambda a: a.argmax(axis=-1), "That is where it is. How strong is it?"),
        (lambda a: a[:, :, 0, 0], "That is one place. Which is the strongest of all places?"),
        (lambda a: a.max(axis=[2, 3]), "A pair of axes stands in round brackets: `(2, 3)`."),
        (lambda a: max(a), "Python's `max` knows nothing of axes: `answers.max(axis=…)`."),
        (lambda a: a.min(axis=(2, 3)), "That is the weakest. Asked for is the strongest."),
        (lambda a: a.max(2, 3), "The pair of axes is one input: `axis=(2, 3)`, with brackets."),
    ],
    serves="strongest",
    payoff=pooled,
    form="the Tensor's own `.max(axis=…)`: numpy's `max`, and what is put together anew in lists "
    "or arrays, has no rule for the way back",
    also=[
        lambda a: a.max(axis=3).max(axis=2),
        lambda a: a.max(axis=(-2, -1)),
        lambda a: a.reshape(a.shape[0], a.shape[1], -1).max(axis=2),
    ],
)
book.question(
    "numbers in 24 kernels",
    answer=624,
    because="24 · 25 and 24 biases, however large the sheet is.",
    mistakes=[
        (600, "Those are the weights. Each kernel has a bias, too."),
        (601, "Each kernel has a bias of its own."),
        (26, "That is one kernel. There are 24."),
        (25, "That is one kernel without its bias. There are 24 kernels."),
        (625, "Each kernel has a bias, and there are 24 kernels."),
        (
            3250,
            "So many the Linear has. A kernel is used everywhere: 25 weights and a bias, 24 times.",
        ),
        (4704, "Those are the answers, one for each place. The kernel is the same everywhere."),
        (866, "The last layer reads on, with 250. Asked for are the kernels."),
        (874, "The last layer reads on, with 250 more. Asked for are the kernels alone."),
        (144, "A kernel is 5 high *and* 5 wide."),
        (120, "A kernel is 5 high *and* 5 wide. And it has a bias."),
        (1200, "25 weights a kernel, once: the picture has one channel. And a bias."),
        (648, "25 weights and *one* bias are 26 a kernel."),
        (1176, "Each kernel has one bias: 25 + 1."),
        (194400, "The same 25 weights serve at every place: places do not count."),
        (7776, "A kernel is no weight for each pixel: 25 weights serve at every place."),
        (312, "That is half of them: 25 weights and a bias, 24 times."),
        (650, "26 numbers a kernel, that is right. Times 24 kernels, and not 25."),
        (Between(27, 623), "More: count one kernel, with its bias. And there are 24."),
        (Between(626, 1e7), "Fewer: count one kernel, with its bias. And there are 24."),
    ],
)
book.question(
    "shifted digits read with a sliding window",
    answer="near 0.9",
    because="The same kernels look everywhere, and the last layer no longer knows where.",
    mistakes=[
        (
            "at one half",
            "Its kernels find the same patterns, one pixel further on. Who would notice?",
        ),
        ("below", "Its kernels find the same patterns, one pixel further on. Who would notice?"),
    ],
    also=(0.9, "0.9"),
)
book.question(
    "the step of a weight that is listed twice",
    answer=2,
    because="Each time the list names it, it is moved by lr times its gradient.",
    mistakes=[
        (1, "Count how often the loop of the step meets it."),
        (4, "backward added both uses up, and that is right. The list then does what, how often?"),
        (0.5, "It is moved more often, not less."),
        (0, "It is moved, and more than once: how often does the loop meet it?"),
        (Between(1.01, 1.99), "Nothing is averaged: each time it is met, it makes a whole step."),
        (Between(2.01, 99), "Less: it makes one whole step each time that the list names it."),
    ],
)
book.question(
    "shape of 8 x 8 by 3 x 3 with stride 2",
    answer=(3, 3),
    because="It stands at 0, 2 and 4: (8 − 3) // 2 + 1 = 3.",
    mistakes=[
        ((4, 4), "At 6 the window would need the columns 6, 7 and 8: there is no 8."),
        ((6, 6), "That is with stride 1. It now moves by two."),
        ((5, 5), "8 − 3 is 5 steps of one pixel. With steps of two: 5 // 2, and where it begins."),
        ((2, 2), "It stands at 0, at 2, and once more."),
        ((8, 8), "That is the picture. At how many places does the window fit in, every second?"),
        (3, "Right in each direction. The shape has two numbers."),
        ((7, 7), "The window is 3 wide, and moves by two: it does not stand at every pixel."),
        (
            (2.5, 2.5),
            "8 − 3 is 5, and half of that is cut to 2: so many steps. And the first place?",
        ),
        ((3.5, 3.5), "Half a place there is none: it is cut to whole ones."),
        (9, "So many places there are in all. The shape has two numbers."),
    ],
)
book.question(
    "shape with a padding of 1",
    answer=(2, 4, 6, 5),
    because="Two pictures, an answer of each of four kernels, and 6 + 2 − 3 + 1 is 6 again.",
    otherwise="Pictures, kernels, then the places: 8 by 7 with the frame, for a window 3 wide.",
    mistakes=[
        ((2, 4, 4, 3), "That is without padding. The frame adds one on each side."),
        ((2, 3, 6, 5), "Each of the *four* kernels gives a channel, and sees all three."),
        ((2, 12, 6, 5), "Each kernel sees all three channels at once, and gives one answer."),
        ((2, 4, 5, 4), "That is a frame on one side. It goes all around: two more, up and across."),
        ((2, 4, 8, 7), "That is the padded picture. The window needs 3 of it: 8 − 3 + 1."),
    ],
)
book.exercise(
    "my_conv_count",
    lambda c, kernels, k: kernels * (c * k * k + 1),
    cases=[(1, 8, 3), (3, 16, 5)],
    because="However large the picture is.",
    mistakes=[
        (lambda c, kernels, k: kernels * c * k * k + 1, "Each kernel has a bias of its own."),
        (lambda c, kernels, k: (c + kernels) * k * k, "Each kernel sees each channel: times."),
        (
            lambda c, kernels, k: c + kernels * k * k,
            "Each kernel has k · k weights for *each* channel: times c. And it has a bias.",
        ),
        (lambda c, kernels, k: kernels * (c * k + 1), "Each kernel is k high *and* k wide."),
        (lambda c, kernels, k: kernels * c * k, "A kernel is k high *and* k wide."),
        (
            lambda c, kernels, k: kernels * c * k * k + c,
            "One bias for each kernel, so for each channel that comes *out*.",
        ),
        (lambda c, kernels, k: kernels * c * k * k, "The weights are counted. And the biases?"),
        (lambda c, kernels, k: kernels * (k * k + 1), "Each kernel sees all channels at once."),
        (lambda c, kernels, k: kernels * c * (k * k + 1), "One bias a kernel, not one a channel."),
        (
            lambda c, kernels, k: kernels * (c * 2 * k + 1),
            "k high *and* k wide is k · k, and not twice k.",
        ),
        (
            lambda c, kernels, k: (kernels, c, k, k),
            "That is the shape of the weights: multiply, and add the biases.",
        ),
    ],
)
