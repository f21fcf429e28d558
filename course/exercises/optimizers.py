"""The questions and exercises of chapter 4."""

import numpy as np

from course.exercises.kit import Book
from minnet.tensors import Tensor

book = Book()
predict, check = book.predict, book.check

book.question(
    "units that start equal",
    answer="they stay equal",
    because="Equal units receive equal gradients.",
    mistakes=[
        ("they part", "What would part them? They see the same and receive the same."),
        ("nothing moves", "That is a start at zero. Equal units move, all together."),
    ],
)
book.question(
    "the gradient points",
    answer="uphill",
    because="To a larger cost: so we step against it.",
    mistakes=[("downhill", "Remember the minus in the step: we go *against* the gradient.")],
)
book.question(
    "backward changes the parameters",
    answer="no",
    because="It fills `grad`. The step moves the numbers.",
    mistakes=[("yes", "It fills `grad` and leaves `data` alone: that is the step's work.")],
)
FATES = "|1 − 10 lr| decides: below 1, exactly 1, above 1."
book.question(
    "lr 0.19",
    answer="arrives",
    because="Each step multiplies x by −0.9.",
    mistakes=[
        ("swings", "It changes sides at each step, but each swing is smaller than the last."),
        ("flies off", FATES),
    ],
)
book.question(
    "lr 0.20",
    answer="swings",
    because="Each step multiplies x by −1.",
    mistakes=[
        ("arrives", "The gradient at x = 1 is 10: one step of 0.2 · 10 leads to −1. And then?"),
        ("flies off", "The gradient at x = 1 is 10: one step of 0.2 · 10 leads to −1. And then?"),
    ],
)
book.question(
    "lr 0.21",
    answer="flies off",
    because="Each step multiplies x by −1.1.",
    mistakes=[
        ("arrives", "One step leads from 1 to 1 − 2.1 = −1.1: further out than before."),
        ("swings", "One step leads from 1 to 1 − 2.1 = −1.1: further out than before."),
    ],
)
book.exercise(
    "my_perfect_lr",
    lambda a: 1 / (2 * a),
    cases=[(5.0,), (0.5,), (8.0,)],
    because="1 / 2a: the factor is 0.",
    mistakes=[
        (lambda a: 1 / a, "That swings for ever: the factor is 1 − 2 = −1. Half as long."),
        (lambda a: 1 / (4 * a), "That goes half-way: the factor is ½, and should be 0."),
        (lambda a: 0.1, "That is right for a = 5. For any a?"),
        (lambda a: 2 * a, "The steeper the valley, the *smaller* the step must be."),
    ],
)
book.question(
    "w after p = p - lr * p.grad",
    answer="not moved",
    because="`p` became the name of a new Tensor; `w` is still the old one.",
    mistakes=[
        ("moved", "`p = …` gives the name p to a new Tensor. What does the name w still mean?"),
    ],
)


class Leaf:
    """A parameter as the exercise sees it: `data` and `grad`."""

    def __init__(self, data, grad):
        self.data, self.grad = np.array(data), np.array(grad)
        self.array = self.data

    def __repr__(self):
        return f"a parameter with data {self.data} and grad {self.grad}"


def move(p, lr):
    p.data -= lr * p.grad


def uphill(p, lr):
    p.data += lr * p.grad


def whole_gradient(p, lr):
    p.data -= p.grad


def new_name(p, lr):
    p = p.data - lr * p.grad


book.exercise(
    "my_move",
    move,
    cases=[(Leaf([1.0, 2.0], [10.0, -10.0]), 0.1), (Leaf([[0.5], [3.0]], [[1.0], [2.0]]), 0.25)],
    observe=lambda result, p, lr: p.data,
    because="Against the gradient, lr times its length.",
    mistakes=[
        (uphill, "The cost grows: the gradient points uphill."),
        (whole_gradient, "The gradient itself is too long a step: where is lr?"),
        (new_name, "p.data stands where it stood: change the array, not a name."),
    ],
)
book.question(
    "order of the five lines",
    answer=["c", "e", "d", "a", "b"],
    because="Predict, compare, clear, walk back, step.",
    mistakes=[
        (
            ["c", "e", "a", "d", "b"],
            "You clear between backward and step: nothing is left to step by.",
        ),
        (
            ["c", "e", "a", "b", "d"],
            "It works, if nothing was there before. Clear right before backward.",
        ),
        (["d", "c", "e", "a", "b"], "That works too, and many write it so. Put d closest to a."),
        (["c", "d", "e", "a", "b"], "That works too. Put d closest to a."),
        (["c", "e", "d", "b", "a"], "You step before you know where to: backward comes first."),
    ],
)
book.question(
    "lower after one pass",
    answer="SGD",
    because="400 small steps in about the right direction beat one large one.",
    mistakes=[("plain", "It has made one single step by then, and SGD has made 400.")],
)
book.question(
    "wanders without noise",
    answer="no",
    because="At the optimum every example is content: nobody pulls.",
    mistakes=[
        ("yes", "It wanders because single examples pull. Do they, where none has an error?")
    ],
)
book.exercise(
    "my_momentum_step",
    lambda w, v, g, lr, momentum: (momentum * v + g, w - lr * (momentum * v + g)),
    cases=[(1.0, 0.0, 2.0, 0.1, 0.9), (1.0, 3.0, -2.0, 0.1, 0.5)],
    because="The ball keeps a share of its speed.",
    mistakes=[
        (
            lambda w, v, g, lr, momentum: (momentum * v + g, w - lr * v),
            "You step with the *old* velocity: the new gradient is in the new one.",
        ),
        (
            lambda w, v, g, lr, momentum: (v + g, w - lr * (v + g)),
            "Nothing is ever lost: a ball without friction never comes to rest.",
        ),
        (
            lambda w, v, g, lr, momentum: (
                momentum * v + (1 - momentum) * g,
                w - lr * (momentum * v + (1 - momentum) * g),
            ),
            "That is a running mean, as in Adam. Here the gradient comes in whole.",
        ),
        (
            lambda w, v, g, lr, momentum: (momentum * v + g, w + lr * (momentum * v + g)),
            "That rolls uphill.",
        ),
        (
            lambda w, v, g, lr, momentum: (w - lr * (momentum * v + g), momentum * v + g),
            "Both are right. Return the new v first, then the new w.",
        ),
    ],
)
book.question(
    "AdaGrad's fourth step",
    answer=lambda: 1 / np.sqrt(4),
    because="1 / √4: it divides by the root of four squares.",
    mistakes=[
        (1, "The sum under the root has four ones by then."),
        (0.25, "It divides by the *root* of the sum."),
        (2, "It divides: the steps become shorter."),
    ],
)
book.question(
    "the first step without correction",
    answer=lambda: 0.1 / np.sqrt(0.001),
    within=0.02,
    because="0.1 / √0.001: more than three times too long.",
    mistakes=[
        (0.316, "Upside down: 0.1 divided by the root of 0.001."),
        (100, "The square's mean stands under a root."),
        (0.1, "That is m. And it is divided by the root of v, which is small, too."),
        (1, "That is what the corrections are for: with them it is 1."),
    ],
)


book.question(
    "faster in the valley",
    answer="Nesterov",
    because="It keeps its speed along the floor.",
    mistakes=[("SGD", "Its rate is held down by the steep walls, and the floor is nearly flat.")],
)
book.question(
    "one winner everywhere",
    answer="no",
    because="It depends on the surface.",
    mistakes=[("yes", "Look along each column of the table.")],
)


def hidden_surface(x, y):
    """A narrow valley, turned by some angle, with a bend in it."""
    along, across = 0.8 * x + 0.6 * y, 0.8 * y - 0.6 * x
    return along**2 / 2 + 20 * (across - 0.15 * along**2) ** 2


def height_after(optimizer, parameters):
    """How high one stands after 60 steps of this optimizer on the hidden surface."""
    x, y = parameters
    for _ in range(60):
        height = hidden_surface(x, y)
        optimizer.zero_grad()
        height.backward()
        optimizer.step()
    return float(hidden_surface(x.data, y.data))


def score(optimizer, parameters):
    """Whether this optimizer ends lower than plain SGD with lr 0.02 does."""
    from minnet.optimizers import SGD

    if not hasattr(optimizer, "step"):
        raise TypeError("return an optimizer for `parameters`, such as SGD(parameters, 0.01)")
    other = [Tensor(-3.0), Tensor(2.0)]
    with np.errstate(all="ignore"):
        ours = height_after(SGD(other, 0.02), other)
        yours = height_after(optimizer, parameters)
    if not np.isfinite(yours) or yours > 1e6:
        return "flown off"
    return "lower than ours" if yours < ours else "not lower than ours"


def make(kind, *args, **settings):
    """A function that makes an optimizer when it is called, and not before."""

    def optimizer_for(parameters):
        import minnet.optimizers

        return getattr(minnet.optimizers, kind)(parameters, *args, **settings)

    return optimizer_for


book.exercise(
    "my_optimizer",
    make("RMSProp", 0.3, decay=0.9),
    cases=[([Tensor(-3.0), Tensor(2.0)],)],
    observe=score,
    because="You beat us.",
    mistakes=[
        (make("SGD", 1.0), "It flew off: the walls are steep, so a step must be small."),
        (
            make("SGD", 0.0001),
            "It has not come far enough. Try rates in steps of three, or a better direction.",
        ),
    ],
)


def adam(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999, correct=True, power=1):
    m = b1 * m + (1 - b1) * gradient
    v = b2 * v + (1 - b2) * gradient**2
    c1, c2 = (1 - b1**t, 1 - b2**t) if correct else (1, 1)
    return m, v, w - lr * (m / c1) / (np.sqrt(v / c2) + 1e-8)


def adam_returning_corrected(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):
    m, v, w = adam(w, m, v, gradient, t, lr, b1, b2)
    return m / (1 - b1**t), v / (1 - b2**t), w


book.exercise(
    "my_adam_step",
    adam,
    cases=[(1.0, 0.0, 0.0, 2.0, 1), (0.5, 0.1, 0.02, -3.0, 4)],
    because="Two means, each corrected for its start.",
    mistakes=[
        (
            lambda w, m, v, g, t, **k: adam(w, m, v, g, t, correct=False, **k),
            "Without the corrections the first steps are too long: divide each by 1 − βᵗ.",
        ),
        (
            adam_returning_corrected,
            "The corrected means are for the step alone. Keep the uncorrected ones.",
        ),
        (
            lambda w, m, v, g, t, **k: adam(w, m, v, g, t + 1, **k),
            "t counts from 1, and is given: at the first step the corrections undo all of 1 − β.",
        ),
        (
            lambda w, m, v, g, t, lr=0.1: adam(w, m, v, g, t, lr, 0.999, 0.9),
            "The two betas are swapped: 0.9 for the direction, 0.999 for the size.",
        ),
    ],
)
book.question(
    "a cosine half-way",
    answer=0.05,
    because="Half a wave is at half its height half-way.",
    mistakes=[
        (0.025, "It starts slowly: half-way it has lost half."),
        (0.0707, "Half a wave goes from 1 down to −1, and is lifted to 1 … 0."),
        (0, "It arrives there at the end, after 40."),
    ],
)
