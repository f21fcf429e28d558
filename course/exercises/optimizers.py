"""The questions and exercises of chapter 4."""

import numpy as np

from course.exercises.kit import Book
from minnet.tensors import Tensor

book = Book("optimizers")
guess, check, whose, progress = book.guess, book.check, book.whose, book.progress
predict = guess  # until the chapter says guess

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


book.question(
    "as fast as lr 0.05",
    answer=0.15,
    because="Its factor is −0.5: half of the way remains, on the other side.",
    mistakes=[
        (0.2, "Its factor is −1: it comes no closer at all."),
        (0.1, "Its factor is 0: it needs one step."),
        (0.5, "0.5 is the factor of 0.05. Which lr has the factor −0.5?"),
        (-0.05, "That walks uphill: its factor is 1.5."),
        (0.05, "That is the one we have. Which other one?"),
    ],
)
book.exercise(
    "my_hidden_errors",
    lambda errors, weight: errors @ weight.T,
    cases=[
        (np.array([[2.0], [-1.0]]), np.array([[0.5], [-2.0], [3.0], [0.25]])),
        (np.array([[1.0, -2.0], [0.5, 4.0]]), np.array([[0.5, 1.5], [-2.0, 0.1], [3.0, -1.0]])),
    ],
    because="Back through the very weights that it came by.",
    mistakes=[
        (
            lambda errors, weight: errors @ weight,
            "The shapes do not meet: the way back needs the table turned, weight.T.",
        ),
        (
            lambda errors, weight: weight @ errors.T,
            "Right numbers, turned: the examples are the rows, (n, h).",
        ),
        (
            lambda errors, weight: errors.sum(axis=1, keepdims=True) * np.ones(len(weight)),
            "Every unit receives the same here: each has weights of its own.",
        ),
        (
            lambda errors, weight: errors @ np.abs(weight).T,
            "A negative weight turns the sign of the error: leave the signs on.",
        ),
    ],
)


class Leaf:
    """A parameter as the exercise sees it: `data` and `grad`."""

    def __init__(self, data, grad):
        self.data, self.grad = np.array(data), np.array(grad)
        self.array = self.data

    def __sub__(self, step):
        """`p = p - …` makes a new one, as with Tensors: the parameter itself stays."""
        return Leaf(self.data - step, self.grad)

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
    also=[["d", "c", "e", "a", "b"], ["c", "d", "e", "a", "b"], "cedab", "cdeab", "dceab"],
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
        (["c", "e", "b", "d", "a"], "You step before you know where to: backward comes first."),
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
    "the letter of SGD",
    answer="B",
    because="It staggers: each step listens to one example, and the cost is about all of them.",
    mistakes=[("A", "A falls at every step: whoever looks at all points goes down on all points.")],
)
book.question(
    "share of updates that make it worse",
    answer=0.51,
    within=0.1,
    because="About half of them: near the optimum one opinion is no better than a coin.",
    mistakes=[
        (0.0, "Each update makes its own example better, and that is not the cost of all."),
        (0.1, "More: near the optimum the opinions pull in all directions."),
        (0.25, "More: that is about the share at the start, where most opinions agree."),
        (1.0, "Then it would run away for ever. It wanders."),
        (0.9, "Then it would run away. It wanders: as often up as …"),
    ],
)
book.question(
    "SGD with × 0.97 at each step",
    answer="stops on the way",
    because="All its rates together are 0.02 / 0.03: the leash is too short.",
    mistakes=[
        ("arrives", "Add up all its rates: 0.02 + 0.02 · 0.97 + … Does that sum grow for ever?"),
    ],
)
book.question(
    "wanders without noise",
    answer="no",
    because="At the optimum every example is content: nobody pulls.",
    mistakes=[
        ("yes", "It wanders because single examples pull. Do they, where none has an error?")
    ],
)
STEEPNESS = 1195.0  # the mean square of the cholesterol
book.question(
    "largest lr for the cholesterol",
    answer=1 / STEEPNESS,
    within=4e-5,
    because="1 / a: there the factor is −1.",
    mistakes=[
        (1 / (2 * STEEPNESS), "There the factor is 0: it arrives in one step. How far can one go?"),
        (2 / STEEPNESS, "There the factor is 1 − 4 = −3. Solve 1 − 2a · lr = −1."),
        (0.0513, "That is for the other knob, the flat one: it would fly off across."),
        (0.2, "That was right for a = 5. What is a here?"),
        (1 / 34.6, "34.6 is the spread; a is the mean of the *squares*."),
    ],
)
book.exercise(
    "my_momentum_step",
    lambda w, v, g, lr, momentum: (momentum * v + g, w - lr * (momentum * v + g)),
    cases=[(1.0, 0.0, 2.0, 0.1, 0.9), (1.0, 3.0, -2.0, 0.1, 0.8)],
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
            "That is a running mean of gradients. Here the gradient comes in whole.",
        ),
        (
            lambda w, v, g, lr, momentum: (
                (1 - momentum) * v + g,
                w - lr * ((1 - momentum) * v + g),
            ),
            "`momentum` is the share that is *kept*: a ball of 0.9 loses a tenth.",
        ),
        (
            lambda w, v, g, lr, momentum: (momentum * v - lr * g, w + momentum * v - lr * g),
            "Some write it so, with lr inside of v. Here v takes the gradient as it is, and the "
            "step is lr · v.",
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
    "velocity in the end",
    answer=10,
    because="There it loses a tenth of itself, 1, and takes in 1: it stays.",
    within=0.01,
    mistakes=[
        (1, "It takes in 1 at *every* step. What does it lose at every step?"),
        (0.9, "It keeps 0.9 of itself and then takes in 1: it is above 1 at the second step."),
        (1.9, "That is the second step. And the third?"),
        (
            np.inf,
            "It would grow for ever if it lost nothing. When does it lose as much as it gains?",
        ),
        (9, "It keeps 9 of 10, and then takes in 1."),
    ],
)
book.exercise(
    "my_adagrad_step",
    lambda w, s, g, lr: (s + g**2, w - lr * g / np.sqrt(s + g**2)),
    cases=[(1.0, 0.0, 2.0, 0.1), (0.5, 5.0, -3.0, 0.2)],
    within=1e-5,
    because="Each knob is measured by its own past.",
    mistakes=[
        (
            lambda w, s, g, lr: ((s + g) ** 2, w - lr * g / abs(s + g)),
            "The gradient is squared *before* it is added: each square counts on its own.",
        ),
        (
            lambda w, s, g, lr: (s + g**2, w - lr * g / (s + g**2)),
            "The root is missing: without it a gradient twice as large makes a *smaller* step.",
        ),
        (
            lambda w, s, g, lr: (s + g, w - lr * g / np.sqrt(np.abs(s + g))),
            "The memory adds up the *squares*: gradients of both signs would cancel.",
        ),
        (
            lambda w, s, g, lr: (s + g**2, w - lr * g / np.sqrt(s) if s else w - np.inf),
            "You divide by the old memory, which is 0 at the first step: take the new one.",
        ),
        (
            lambda w, s, g, lr: (g**2, w - lr * g / np.sqrt(g**2)),
            "The old memory is lost: add the new square to s.",
        ),
        (
            lambda w, s, g, lr: (w - lr * g / np.sqrt(s + g**2), s + g**2),
            "Both are right. Return the new s first, then the new w.",
        ),
        (
            lambda w, s, g, lr: (s + g**2, w + lr * g / np.sqrt(s + g**2)),
            "That climbs: against the gradient, as always.",
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


def rmsprop(w, s, g, lr, decay):
    s = decay * s + (1 - decay) * g**2
    return s, w - lr * g / np.sqrt(s)


book.exercise(
    "my_rmsprop_step",
    rmsprop,
    cases=[(1.0, 0.0, 2.0, 0.1, 0.9), (0.5, 5.0, -3.0, 0.2, 0.8)],
    within=1e-5,
    because="A memory that fades.",
    mistakes=[
        (
            lambda w, s, g, lr, decay: (s + g**2, w - lr * g / np.sqrt(s + g**2)),
            "That is AdaGrad still: it never forgets.",
        ),
        (
            lambda w, s, g, lr, decay: (
                decay * s + g**2,
                w - lr * g / np.sqrt(decay * s + g**2),
            ),
            "Of the new square only the share 1 − decay comes in: else it is no mean.",
        ),
        (
            lambda w, s, g, lr, decay: rmsprop(w, s, g, lr, 1 - decay),
            "Turned round: decay is the share that is *kept*.",
        ),
        (
            lambda w, s, g, lr, decay: rmsprop(w, s, g, lr, decay)[::-1],
            "Both are right. Return the new s first, then the new w.",
        ),
    ],
)
book.question(
    "RMSProp's first step",
    answer=lambda: 1 / np.sqrt(0.1),
    within=0.02,
    because="s is 0.1 · 1², and 1 / √0.1 is more than three.",
    mistakes=[
        (1, "s is a tenth of the square by then, and one divides by its root."),
        (10, "One divides by the *root* of 0.1."),
        (0.316, "Upside down: one divides by √0.1."),
        (0.1, "That is s. The step is 1 divided by its root."),
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


def nameless_walks(walk_down):
    """The paths A to E of five optimizers; `walk_down` walks with one for so many steps."""
    recipes = (
        make("RMSprop", 0.3, alpha=0.9),
        make("SGD", 0.02, momentum=0.8),
        make("Adagrad", 0.5),
        make("SGD", 0.075),
        make("Adam", 0.4),
    )
    return {letter: walk_down(recipe, steps=40) for letter, recipe in zip("ABCDE", recipes)}


NAMES = ["RMSProp", "momentum", "AdaGrad", "SGD", "Adam"]


def exchanged(a, b):
    """The right names, but for two that are exchanged."""
    return [{a: b, b: a}.get(name, name) for name in NAMES]


book.question(
    "names of A to E",
    answer=NAMES,
    because="You know them by their walk.",
    mistakes=[
        (exchanged("SGD", "momentum"), "Which of these two bounces at *every* step?"),
        (exchanged("AdaGrad", "RMSProp"), "Which of these two begins with too long a step?"),
        (exchanged("Adam", "RMSProp"), "Whose very first step is three times too long?"),
        (exchanged("Adam", "AdaGrad"), "One of these two has no velocity: it rolls past nothing."),
        (exchanged("Adam", "momentum"), "One of these begins straight down the steepest wall."),
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
    if not hasattr(optimizer, "step"):
        raise TypeError("return an optimizer for `parameters`, such as SGD(parameters, 0.01)")
    for _ in range(60):
        height = hidden_surface(*parameters)
        optimizer.zero_grad()
        height.backward()
        optimizer.step()
    return float(hidden_surface(*(p.data for p in parameters)))


def hidden_height(optimizer_of):
    """The same from our start, for a function that makes an optimizer of a list of parameters."""
    parameters = [Tensor(-3.0), Tensor(2.0)]
    return height_after(optimizer_of(parameters), parameters)


def score(optimizer, parameters):
    """Whether this optimizer ends lower than plain SGD with lr 0.02 does."""
    from minnet.optimizers import SGD

    with np.errstate(all="ignore"):
        ours = hidden_height(lambda others: SGD(others, 0.02))
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
    make("RMSprop", 0.3, alpha=0.9),
    cases=[([Tensor(-3.0), Tensor(2.0)],)],
    observe=score,
    because="You are below the score to beat. Our best is printed above: can you come nearer?",
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
    "a step decay after 25",
    answer=0.009,
    because="Two falls by then, after 10 and after 20: 0.1 · 0.3².",
    mistakes=[
        (0.03, "That is after one fall. By 25 there were two, after 10 and after 20."),
        (0.0027, "The third fall comes after 30 steps."),
        (0.1 * 0.3**2.5, "It falls in steps, and stays level between them."),
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
