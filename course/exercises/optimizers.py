"""The questions and exercises of chapter 4."""

from functools import partial
from itertools import permutations

import numpy as np

from course.exercises.kit import Book
from course.exercises.values import Between
from minnet.tensors import Tensor

book = Book("optimizers")
guess, check, whose, progress = book.guess, book.check, book.whose, book.progress


# Recall

book.question(
    "what moves from zero",
    answer="the last bias",
    because="Hidden units of 0 hand nothing on, and weights of 0 hand nothing back.",
    mistakes=[
        (
            "everything",
            "A weight's gradient is what goes in times what comes back: in the last layer 0 goes "
            "in, in the first one 0 comes back.",
        ),
        ("nothing", "Nearly. Which number's gradient needs neither a hidden unit nor a weight?"),
    ],
)
book.question(
    "first loss of ten classes",
    answer=lambda: np.log(10),
    within=0.06,
    because="−ln 0.1 = ln 10: a tenth for each class.",
    mistakes=[
        (0.1, "That is the probability. Cross-entropy is the *surprise* at it: −ln 0.1."),
        (1.0, "−log₁₀ 0.1 is 1, and the surprise takes the natural logarithm."),
        (0.9, "That is the share that is missed. Cross-entropy is the mean surprise, −ln p."),
        (10.0, "ln 10, and not 10: the surprise is the logarithm."),
        (0.0, "0 is the surprise of whoever is sure, and right."),
        (
            0.69,
            "ln 2: so surprised is one of whom *two* classes are as likely. Here there are ten.",
        ),
        (
            3.32,
            "That is the logarithm to the base 2. The surprise takes the natural one, `np.log`.",
        ),
    ],
)
book.question(
    "gradient after two walks",
    answer=2,
    because="Gradients are added to what is there, until somebody clears.",
    mistakes=[
        (1, "That needs a clearing between them: `backward` adds to what is there."),
        (0, "Nothing takes it away: `backward` adds to what is there."),
        (4, "They are added, not multiplied."),
        (3, "Two walks, and each adds the same."),
    ],
)

# The first sitting: how long a step is

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
        ("flies off", "One step leads from 1 to −1. Is that further out?"),
    ],
)
book.question(
    "lr 0.21",
    answer="flies off",
    because="Each step multiplies x by −1.1.",
    mistakes=[
        ("arrives", "One step leads from 1 to 1 − 2.1 = −1.1: further out than before."),
        ("swings", "It swings, and each swing is wider: from 1 to −1.1, and so on."),
    ],
)
book.question(
    "as fast as lr 0.05",
    answer=0.15,
    share=False,
    because="Its factor is −0.5: half of the way remains, on the other side.",
    mistakes=[
        (0.2, "Its factor is −1: it comes no closer at all."),
        (0.1, "Its factor is 0: it needs one step."),
        (0.5, "0.5 is the factor of 0.05. Which lr has the factor −0.5?"),
        (-0.05, "That walks uphill: its factor is 1.5."),
        (-0.5, "−0.5 is the factor wanted. Which lr makes 1 − 10 lr of that size?"),
        (0.05, "That is the one we have. Which other one?"),
        (0.19, "Its factor is −0.9: nine tenths of the way remain."),
        (0.25, "Its factor is −1.5: it flies off."),
        (Between(1e-6, 0.0499), "Shorter steps are slower: more than half of the way remains."),
        (15.0, "Its factor would be −149. Where does the point stand?"),
    ],
)


def left_in_valleys(rate):
    """Where one step from 1 leads in four valleys."""
    return [1 - float(rate(a)) * 2 * a for a in (0.5, 5.0, 8.0, 500.0)]


book.exercise(
    "my_perfect_lr",
    lambda a: 1 / (2 * a),
    cases=[(5.0,), (0.5,), (8.0,), (3.0,), (0.07,)],
    because="1 / 2a: the factor is 0.",
    mistakes=[
        (lambda a: 1 / a, "That swings for ever: the factor is 1 − 2 = −1. Half as long."),
        (lambda a: 1 / (4 * a), "That goes half-way: the factor is ½, and should be 0."),
        (
            lambda a: a / 2,
            "That grows with a, and a steeper valley wants a *shorter* step: 1 divided by 2a. "
            "(Python reads 1 / 2 * a as (1 / 2) · a: brackets around 2 * a.)",
        ),
        (lambda a: 1 / a**2, "The slope is 2ax: a doubled, not squared."),
        (lambda a: 0.1, "That is right for a = 5. For any a?"),
        (lambda a: 2 * a, "That is the slope's factor. The steeper, the *smaller* the step."),
        (lambda a: 1 - 2 * a, "That is the factor for lr 1. Which lr makes 1 − lr · 2a zero?"),
        (lambda a: -1 / (2 * a), "That walks uphill: the factor is 2. Turn the sign."),
    ],
    serves="perfect_lr",
    payoff=left_in_valleys,
    also=[lambda a: 0.5 / a, lambda a: (2 * a) ** -1, lambda a: np.divide(1, a) / 2],
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
        self.array, self.before = self.data, (self.data.copy(), self.grad.copy())

    def backward(self):
        self.walked = True

    def __sub__(self, step):
        """`p = p - …` makes a new one, as with Tensors: the parameter itself stays."""
        return Leaf(self.data - step, self.grad)

    __isub__ = __sub__

    def __repr__(self):
        return f"a parameter with data {self.data} and grad {self.grad}"


def move(p, lr):
    p.data -= lr * p.grad


def uphill(p, lr):
    p.data += lr * p.grad


def new_name(p, lr):
    p = p.data - lr * p.grad


def by_data(p, lr):
    p.data -= lr * p.data


def by_sign(p, lr):
    p.data -= lr * np.sign(p.grad)


def moved_to(result, p, lr):
    """The numbers of p after the move, or in words what else the move has done."""
    if not isinstance(p.data, np.ndarray):
        return "p.data has become a Tensor"
    if hasattr(p, "walked"):
        return "p.backward() was called"
    data, grad = p.before
    right = np.shape(p.data) == data.shape and np.allclose(p.data, data - lr * grad)
    if right and (p.grad is None or not np.array_equal(p.grad, grad)):
        return "p.data is right, and p.grad is another"
    return p.data


def whole_tensor(p, lr):
    p.data = p - lr * p.grad


def walks_first(p, lr):
    p.backward()
    move(p, lr)


def and_clears(p, lr):
    move(p, lr)
    p.grad = None


def first_alone(p, lr):
    p.data[0] -= lr * p.grad[0]


def by(step):
    """A move by another step, which is computed from data, grad and lr."""

    def moves(p, lr):
        p.data = p.data - step(p.data, p.grad, lr)

    return moves


def by_numbers(p, lr):
    p.data[...] = p.data - lr * p.grad


def new_array(p, lr):
    p.data = p.data - lr * p.grad


def in_place(p, lr):
    np.subtract(p.data, lr * p.grad, out=p.data)


def moved_three_times(move):
    w = Tensor([1.0, 2.0])
    for _ in range(3):
        loss = (w**2).sum()
        w.grad = None
        loss.backward()
        move(w, 0.1)
    return w.data


book.exercise(
    "my_move",
    move,
    cases=[(Leaf([1.0, 2.0], [10.0, -10.0]), 0.1), (Leaf([[0.5], [3.0]], [[1.0], [2.0]]), 0.25)],
    observe=moved_to,
    because="Against the gradient, lr times its length.",
    mistakes=[
        (uphill, "The cost grows: the gradient points uphill."),
        (by_data, "That shrinks the numbers themselves. Against `p.grad`, please."),
        (by_sign, "Of the gradient only its sign is left: its size belongs to the step."),
        (by(lambda d, g, lr: d - (1 - lr) * g), "p.data itself is lost: lr · p.grad off *it*."),
        (whole_tensor, "p.data has become a Tensor: put numbers there, computed from `p.data`."),
        (
            walks_first,
            "The way back was walked before: p.grad is there, and the step only uses it.",
        ),
        (and_clears, "It moves rightly, and spoils p.grad: clearing is the work of `zero_grad`."),
        (first_alone, "Only the first number moves: leave the index away, and all of them do."),
        (by(lambda d, g, lr: g / lr), "Divided by lr: the smaller lr, the longer the step."),
        (by(lambda d, g, lr: lr * g.mean()), "Each number has a gradient of its own: no mean."),
        (by(lambda d, g, lr: lr * g.sum()), "Each number has a gradient of its own: no sum."),
        (by(lambda d, g, lr: lr * g * d), "The numbers themselves are in the step: lr · p.grad."),
        (
            by(lambda d, g, lr: lr * abs(g)),
            "Of the gradient its size is left: the sign tells where.",
        ),
        (by(lambda d, g, lr: lr), "Where is the gradient? Each number moves by lr there."),
        (new_name, "p.data stands where it stood: change the array, not a name."),
    ],
    serves="move",
    payoff=moved_three_times,
    also=[by_numbers, new_array, in_place],
)
RIGHT_ORDERS = ("cedab", "cdeab", "dceab", "ceabd")


def fault_of(order):
    """What goes wrong when the five lines run in this order."""
    at = {letter: order.index(letter) for letter in order}
    if at["b"] < at["a"]:
        return "You step before you know where to: backward comes first."
    if at["a"] < at["e"]:
        return "There is no loss yet to walk back from."
    if at["e"] < at["c"]:
        return "There are no predictions yet to compare: they come before the loss."
    return "You clear between backward and step: nothing is left to step by."


WRONG_ORDERS = {"".join(p): fault_of(p) for p in permutations("abcde")}
book.question(
    "order of the five lines",
    answer=list(RIGHT_ORDERS[0]),
    also=[*map(list, RIGHT_ORDERS[1:]), *RIGHT_ORDERS],
    because="Predict, compare, clear, walk back, step. (Clearing after the step serves, too.)",
    mistakes=[
        (given, reply)
        for order, reply in WRONG_ORDERS.items()
        if order not in RIGHT_ORDERS
        for given in (list(order), order)
    ]
    + [(list("ceab"), "Four letters, and five lines: who clears?")],
)
book.question(
    "the loss at lr 5",
    answer="near 2.3",
    because="It leaps, its hidden units die, and it guesses.",
    mistakes=[
        (
            "near 0",
            "With lr 0.5 it gets near. Ten times that is far beyond what this valley bears.",
        ),
        (
            "beyond 1000",
            "So it goes in 5x². Here something breaks first: think of what relu does to a unit "
            "that was thrown far to the negative side.",
        ),
    ],
)
book.question(
    "lr in cents",
    answer=0.000005,
    share=False,
    within=1e-10,
    because="The slope is 10 000 times as large, so lr must be 10 000 times as small.",
    mistakes=[
        (0.05, "Then each step would be 10 000 times as long: the gradient grew with the cost."),
        (500.0, "The other way: the gradient grew, so lr must shrink."),
        (0.0005, "100 cents are a euro. In the *cost* the hundred stands squared."),
        (0.0025, "Do not square lr: divide it by how much the slope has grown."),
        (5.0, "The gradient grew, so lr must shrink; and in the *cost* the hundred is squared."),
        (0.00005, "By 10 000: the point moves by four places."),
        (Between(1e-12, 4.99e-6), "Too short: lr is divided by what the slope has grown by, once."),
        (
            Between(5.01e-6, 0.0499),
            "Too long still: each cost is squared, so 100 stands in it twice.",
        ),
    ],
)

# The second sitting: after how many examples

book.question(
    "lowest after one pass",
    answer="single",
    because="1500 small steps in about the right direction beat fifty, and by far one.",
    mistakes=[
        ("plain", "It has made a single step by then."),
        ("batches", "Fifty good steps. Single digits make 1500 by then, and most of them fit."),
    ],
)


def opinion(w, b, x, y):
    miss = w * x + b - y
    return 2 * miss * x, 2 * miss


def opinions_of_line(function):
    """As the chapter uses it: whole arrays at once, and two places."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(2, 12))
    return [np.stack(function(w, b, x, y)) for w, b in ((0.0, 0.0), (1.9, 0.8))]


book.exercise(
    "my_opinion",
    opinion,
    cases=[
        (0.0, 0.0, np.array([1.5, -1.0]), np.array([3.0, 0.5])),
        (2.0, 1.0, np.array([-0.5, 0.25, 2.0]), np.array([0.25, 1.0, -1.0])),
    ],
    because="Twice the miss: times x by w, times 1 by b.",
    mistakes=[
        (
            lambda w, b, x, y: ((w * x + b - y) * x, w * x + b - y),
            "The slope of a square is *twice* what is squared.",
        ),
        (
            lambda w, b, x, y: (-2 * (w * x + b - y) * x, -2 * (w * x + b - y)),
            "The gradient points uphill: the miss is wx + b − y, in this order.",
        ),
        (
            lambda w, b, x, y: (2 * (w * x + b - y), 2 * (w * x + b - y)),
            "A nudge of w changes the miss by x, and not by 1.",
        ),
        (
            lambda w, b, x, y: ((2 * (w * x + b - y) * x).mean(), (2 * (w * x + b - y)).mean()),
            "Each point keeps its *own* opinion: the mean comes later.",
        ),
        (
            lambda w, b, x, y: ((2 * (w * x + b - y) * x).sum(), (2 * (w * x + b - y)).sum()),
            "Each point keeps its *own* opinion: no sum over them.",
        ),
        (
            lambda w, b, x, y: (2 * (w * x + b - y) * x / len(x), 2 * (w * x + b - y) / len(x)),
            "Divided by how many there are: each point keeps its *own* opinion, whole.",
        ),
        (
            lambda w, b, x, y: (2 * (w * x + b - y) * x, 0 * x),
            "By w it is right. A nudge of b moves the miss by 1, so by b it is twice the miss.",
        ),
        (
            lambda w, b, x, y: (np.sign(w * x + b - y) * x, np.sign(w * x + b - y)),
            "That is the slope of the *absolute* error. Of the squared one it is twice the miss.",
        ),
        (
            lambda w, b, x, y: (2 * (w * x + b - y) ** 2 * x, 2 * (w * x + b - y) ** 2),
            "Outside: the slope of a square is twice what is squared, and the square is gone.",
        ),
        (
            lambda w, b, x, y: ((w * x + b - y) ** 2 * x, (w * x + b - y) ** 2),
            "The slope of a square is *twice* what is squared: the 2 comes down, the square goes.",
        ),
        (
            lambda w, b, x, y: (2 * (w * x + b - y) * x, 2),
            "By b the miss stays in it: twice the miss, times 1.",
        ),
        (lambda w, b, x, y: (2 * x, 2), "The miss stays in both: the slope of u² is 2u, not 2."),
        (
            lambda w, b, x, y: (2 * (w * x + b - y) * x, 1),
            "By w it is right. 1 is how the miss moves with b; and its square, by twice the miss?",
        ),
        (
            lambda w, b, x, y: (2 * (w * x + b - y) * w, 2 * (w * x + b - y) * b),
            "A nudge of w moves the miss by x, and one of b by 1: what stands *beside* it counts.",
        ),
        (
            lambda w, b, x, y: (w * x + b - y) ** 2,
            "That is the squared error itself. Its gradient is asked for, by w and by b.",
        ),
    ],
    serves="opinion",
    payoff=opinions_of_line,
    also=[
        lambda w, b, x, y: [2 * x * (x * w + b - y), 2 * (x * w + b - y)],
        lambda w, b, x, y: 2 * (w * x + b - y) * np.array([x, x * 0 + 1]),
        lambda w, b, x, y: (2 * w * x**2 + 2 * b * x - 2 * x * y, 2 * (w * x + b) - 2 * y),
    ],
)
book.question(
    "share of updates that make it worse",
    answer=0.5,
    within=0.1,
    because="About half of them: near the optimum one opinion is no better than a coin.",
    mistakes=[
        (0.0, "Each update makes its own point's error smaller, and that is not the cost of all."),
        (0.1, "More: near the optimum the opinions pull in all directions."),
        (0.25, "More: that is about the share at the start, where most opinions agree."),
        (1.0, "Then the cost would climb for ever. It trembles."),
        (
            0.9,
            "Less. A rise is about as large as a fall, and on the whole the cost stays.",
        ),
        (
            0.75,
            "Less: a rise is about as large as a fall, and the cost does not climb on the whole.",
        ),
    ],
)
book.question(
    "the same for batches of 20",
    answer=0.5,
    within=0.1,
    because="As often! What twenty opinions make smaller is not how often, but how much.",
    mistakes=[
        (Between(0, 0.4), "Fewer, one would think. But a batch that has come near is a coin, too."),
        (Between(0.6, 1), "Less: the cost would climb. A batch that has come near is a coin, too."),
    ],
)


def falling_by(start, t):
    return start / (1 + t / 50)


book.exercise(
    "my_falling",
    falling_by,
    cases=[(0.1, 50), (0.05, 100), (0.2, 0), (0.3, 30)],
    because="start / (1 + t / 50).",
    otherwise="start is divided by 1 at t = 0, by 2 at 50, and by 3 at 100.",
    mistakes=[
        (lambda start, t: start / (1 + t), "That is a half after *one* update. After 50, please."),
        (
            lambda start, t: start / (t / 50),
            "At t = 50 you divide by 1, and should by 2; at t = 0 by 0, and should by 1.",
        ),
        (
            lambda start, t: start / (1 + t) * 50,
            "Python divides, and then takes that times 50: 1 + t / 50 in brackets.",
        ),
        (lambda start, t: start / t, "At t = 50 you divide by 50, and should by 2."),
        (
            lambda start, t: start / (2 * t / 50),
            "Right at t = 50. At 100 you divide by 4, and should by 3; at 0 by 0, and should by 1.",
        ),
        (lambda start, t: start * (1 + t / 50), "So it grows: divide by it."),
        (lambda start, t: start * 0.5 ** (t / 50), "After 100 that is a quarter, and not a third."),
        (lambda start, t: start * (1 - t / 100), "That is a half after 50, and 0 after 100."),
        (
            lambda start, t: start / (1 + round(t / 50)),
            "Rounded, it leaps once in 50 updates: t / 50 as it is.",
        ),
        (
            lambda start, t: start / 2 ** (t // 50),
            "Halved every 50 updates, so after 100 it is a quarter, and not a third.",
        ),
        (
            lambda start, t: start / np.sqrt(1 + t / 50),
            "Without the root: at t = 50 you divide by √2, and should by 2.",
        ),
        (
            lambda start, t: start * 0.97**t,
            "That loses the same *share* at each update. Here it is a half, a third, a quarter.",
        ),
        (
            lambda start, t: start / (t % 50 + 1),
            "% is what *remains* after whole fifties: at t = 50 and 100 that is 0 again.",
        ),
        (
            lambda start, t: start - t / 50,
            "Divided, not subtracted: by 1 at t = 0, by 2 at t = 50.",
        ),
        (
            lambda start, t: start / 50 * t,
            "So it grows with t, from 0. Divide start by 1 + t / 50, in brackets.",
        ),
        (lambda start, t: 1 + t / 50, "That is what `start` is divided by."),
    ],
    serves="falling",
    payoff=lambda function: [float(function(0.05, t)) for t in (1, 49, 50, 400, 8000)],
    also=[
        lambda start, t: 50 * start / (50 + t),
        lambda start, t: start * (1 + 0.02 * t) ** -1,
        lambda start, t: np.divide(start, 1 + np.asarray(t) / 50),
    ],
)
book.question(
    "SGD with × 0.97 at each step",
    answer="stops on the way",
    because="Its steps are soon too short to go on, and too short to average the noise away.",
    mistakes=[
        ("arrives", "Add up all its rates: 0.05 + 0.05 · 0.97 + … Does that sum grow for ever?"),
    ],
)
book.question(
    "trembles without noise",
    answer="no",
    because="At the optimum every example is content: nobody pulls.",
    mistakes=[
        ("yes", "It trembles because single examples pull. Do they, where none has an error?")
    ],
)

# The third sitting: which way, and how far for each

STEEPNESS = 1195.0  # the mean square of the cholesterol
book.question(
    "largest lr for the cholesterol",
    answer=1 / STEEPNESS,
    share=False,
    within=4e-5,
    because="1 / a: there the factor is −1.",
    mistakes=[
        (1 / (2 * STEEPNESS), "There the factor is 0: it arrives in one step. How far can one go?"),
        (2 / STEEPNESS, "There the factor is 1 − 4 = −3. Solve 1 − 2a · lr = −1."),
        (
            Between(0.0510, 0.0514),
            "That is for the other weight, the flat one: it would fly off across.",
        ),
        (0.2, "That was right for a = 5. What is a here?"),
        (Between(1100, 1300), "That is a. One is divided by it."),
        (Between(-1e20, -1e-12), "Below 0 it walks uphill. Is a the mean of the *squares*?"),
        (0.84, "The digits are right: 1 / 1195 is below a thousandth."),
        (1 / 34.6, "34.6 is the spread; a is the mean of the *squares*."),
        (Between(0.00088, 1e3), "There the factor, 1 − 2a · lr, is below −1: it flies off."),
        (Between(1e-9, 0.00079), "There the factor is above −1: one can go further."),
    ],
)


def roll(w, v, gradient, lr, momentum):
    v = momentum * v + gradient
    return v, w - lr * v


def rolled(function):
    """Five steps of two weights, as the chapter makes them."""
    w, v = np.array([-4.0, 1.5]), np.zeros(2)
    for _ in range(5):
        v, new = function(w, v, w * [1.0, 25.0], 0.02, 0.8)
        w[...] = new
    return w


book.exercise(
    "my_roll",
    roll,
    cases=[(1.0, 0.0, 2.0, 0.2, 0.9), (0.5, 3.0, -2.0, 0.3, 0.8), (-1.0, 1.0, 4.0, 0.4, 0.5)],
    because="The ball keeps a share of its speed.",
    mistakes=[
        (
            lambda w, v, g, lr, momentum: (momentum * v + g, w - lr * v),
            "You step with the *old* velocity: the new gradient is in the new one.",
        ),
        (
            lambda w, v, g, lr, momentum: (momentum * v + g, w - lr * g),
            "The velocity is right, and you step by the gradient: who rolls?",
        ),
        (
            lambda w, v, g, lr, momentum: (momentum * v - g, w + lr * (momentum * v - g)),
            "w is right, with v the other way round. Here v takes the gradient *in*, and w goes "
            "against v.",
        ),
        (
            lambda w, v, g, lr, momentum: (
                momentum * v + g,
                w - lr * (g + momentum * (momentum * v + g)),
            ),
            "v is right. The step follows it as it is: what you wrote is Nesterov's, of the shelf.",
        ),
        (
            lambda w, v, g, lr, momentum: (v, w - lr * (momentum * v + g)),
            "w is right. The new velocity is to be returned, too, and not the old one.",
        ),
        (
            lambda w, v, g, lr, momentum: (momentum * v, w - lr * (momentum * v + g)),
            "w is right. What is handed on as v has not taken in the gradient.",
        ),
        (
            lambda w, v, g, lr, momentum: roll(
                w, v * (1 - momentum) / momentum, g * momentum, lr, momentum
            ),
            "`momentum` is what v keeps of *itself*; the gradient comes in whole.",
        ),
        (
            lambda w, v, g, lr, momentum: (
                momentum * (v + (1 - momentum) * g),
                w - lr * momentum * (v + (1 - momentum) * g),
            ),
            "Only the old velocity is cut: momentum · v, and then the whole gradient.",
        ),
        (
            lambda w, v, g, lr, momentum: roll(w, v, g, lr, 1 - momentum),
            "`momentum` is the share that is *kept*: a ball of 0.9 loses a tenth.",
        ),
        (
            lambda w, v, g, lr, momentum: (momentum * v - lr * g, w + momentum * v - lr * g),
            "Some write it so, with lr inside of v. Here v takes the gradient as it is, and the "
            "step is lr · v.",
        ),
        (
            lambda w, v, g, lr, momentum: (momentum * v + lr * g, w - momentum * v - lr * g),
            "Some write it so, with lr inside of v: w moves alike. Here v takes the gradient as it "
            "is, and the step is lr · v.",
        ),
        (
            lambda w, v, g, lr, momentum: roll(w, v / momentum, momentum * g, lr, momentum),
            "Turned round: `momentum` is what v keeps of *itself*; the gradient comes in whole.",
        ),
        (
            lambda w, v, g, lr, momentum: (momentum * v - g, w - lr * (momentum * v - g)),
            "v takes the gradient *in*, and w goes against v. A minus at both places climbs.",
        ),
        (
            lambda w, v, g, lr, momentum: (momentum * (v + g), w - lr * momentum * (v + g)),
            "Only the old velocity is cut, not the new gradient: momentum · v + gradient.",
        ),
    ],
    serves="roll",
    payoff=rolled,
    also=[
        lambda w, v, g, lr, momentum: (v * momentum + g, w - (v * momentum + g) * lr),
        lambda w, v, g, lr, momentum: [g + momentum * v, w - lr * momentum * v - lr * g],
        lambda w, v, g, lr, momentum: (
            np.add(np.multiply(momentum, v), g),
            np.subtract(w, lr * np.add(momentum * v, g)),
        ),
    ],
)
book.question(
    "velocity in the end",
    answer=10,
    because="There it loses a tenth of itself, 1, and takes in 1: it stays.",
    within=0.01,
    share=False,
    mistakes=[
        (0.1, "A tenth is what it *loses* at a step, of what it is. When is that as much as 1?"),
        (1, "It takes in 1 at *every* step. What does it lose at every step?"),
        (0.9, "It keeps 0.9 of itself and then takes in 1: it is above 1 at the second step."),
        (1.9, "That is the second step. And the third?"),
        (
            np.inf,
            "It would grow for ever if it lost nothing. When does it lose as much as it gains?",
        ),
        ("infinity", "It would grow for ever if it lost nothing. What does it lose at a step?"),
        (0, "It takes in 1 at every step: it begins above that."),
        (Between(10.02, 1e6), "There it would lose more than 1 at a step. Where does it lose 1?"),
        (9, "It keeps 9 of 10, and then takes in 1."),
        (Between(1.01, 9.98), "There it loses less than the 1 that it gains: it still grows."),
    ],
)


def scaled(w, s, gradient, lr, alpha):
    s = alpha * s + (1 - alpha) * gradient**2
    return s, w - lr * gradient / (np.sqrt(s) + 1e-8)


def kept(w, g, lr, s):
    """The memory s, and the step that is divided by its root."""
    return s, w - lr * g / (np.sqrt(s) + 1e-8)


def stepped(w, g, lr, s, alpha, root):
    """RMSprop's memory, and a step that is divided by another root."""
    s = alpha * s + (1 - alpha) * g**2
    return s, w - lr * np.divide(g, root(s))


def scaled_walk(function):
    """Five steps of three weights, of which one feels nothing."""
    w, s = np.array([-4.0, 1.5, 1.0]), np.zeros(3)
    for _ in range(5):
        s, new = function(w, s, w * [1.0, 25.0, 0.0], 0.1, 0.99)
        w[...] = new
    return w


book.exercise(
    "my_scaled",
    scaled,
    cases=[
        (1.0, 0.0, 2.0, 0.1, 0.9), (0.5, 5.0, -3.0, 0.2, 0.8), (2.0, 1.0, 0.5, 0.5, 0.99),
        (1.0, 0.0, 0.0, 0.1, 0.9), (0.0, 0.0, 0.001, 0.0001, 0.99),
    ],
    within=1e-5,
    because="A memory that fades, and a step that hears agreement, not size.",
    mistakes=[
        (
            lambda w, s, g, lr, alpha: (s + g**2, w - lr * g / (np.sqrt(s + g**2) + 1e-8)),
            "That never forgets: it is Adagrad. A running mean keeps the share alpha.",
        ),
        (
            lambda w, s, g, lr, alpha: (
                alpha * s + g**2,
                w - lr * g / (np.sqrt(alpha * s + g**2) + 1e-8),
            ),
            "Of the new square only the share 1 − alpha comes in: else it is no mean.",
        ),
        (
            lambda w, s, g, lr, alpha: stepped(w, g, lr, s, alpha, lambda s: np.sqrt(s + 1e-8)),
            "ε stands *outside* of the root, √s + ε. Under the root it is felt by small gradients.",
        ),
        (
            lambda w, s, g, lr, alpha: stepped(w, g, lr, s, alpha, lambda s: 1 / np.sqrt(s)),
            "Divide by the root. Times it, large gradients would step even further.",
        ),
        (
            lambda w, s, g, lr, alpha: (
                np.sqrt(scaled(w, s, g, lr, alpha)[0]),
                scaled(w, s, g, lr, alpha)[1],
            ),
            "The step is right. What is kept is s itself, without the root.",
        ),
        (
            lambda w, s, g, lr, alpha: kept(w, g, lr, (alpha * s + (1 - alpha) * g) ** 2),
            "The gradient is squared *before* it is taken in, and the old s not at all.",
        ),
        (
            lambda w, s, g, lr, alpha: (
                scaled(w, s, g, lr, alpha)[0],
                w - lr * g**2 / (np.sqrt(scaled(w, s, g, lr, alpha)[0]) + 1e-8),
            ),
            "In the step the gradient is not squared: its sign would be lost.",
        ),
        (
            lambda w, s, g, lr, alpha: (
                alpha * s + (1 - alpha) * abs(g),
                w - lr * g / (alpha * s + (1 - alpha) * abs(g) + 1e-8),
            ),
            "A mean of sizes would do something like it. Here it is of *squares*, and rooted.",
        ),
        (
            lambda w, s, g, lr, alpha: scaled(w, s, g, lr, 1 - alpha),
            "Turned round: alpha is the share that is *kept*.",
        ),
        (
            lambda w, s, g, lr, alpha: (
                scaled(w, s, g, lr, alpha)[0],
                w - lr * g / (scaled(w, s, g, lr, alpha)[0] + 1e-8),
            ),
            "The root is missing: without it a gradient twice as large makes a *smaller* step.",
        ),
        (
            lambda w, s, g, lr, alpha: (
                scaled(w, s, g, lr, alpha)[0],
                w - lr * g / (np.sqrt(s) + 1e-8),
            ),
            "You divide by the old memory, which is 0 at the first step: take the new one.",
        ),
        (
            lambda w, s, g, lr, alpha: (
                alpha * s + (1 - alpha) * g,
                w - lr * g / (np.sqrt(abs(alpha * s + (1 - alpha) * g)) + 1e-8),
            ),
            "The memory is of *squares*: gradients of both signs would cancel.",
        ),
        (
            lambda w, s, g, lr, alpha: (scaled(w, s, g, lr, alpha)[0], w - lr * g),
            "The memory is right, and the step does not look at it: divide by its root.",
        ),
        (
            lambda w, s, g, lr, alpha: (
                scaled(w, s, g, lr, alpha)[0],
                w - lr * np.sqrt(scaled(w, s, g, lr, alpha)[0]),
            ),
            "You step by the memory: it is the gradient that is divided by its root.",
        ),
        (
            lambda w, s, g, lr, alpha: (
                alpha * s + (1 - alpha) * g**2,
                w - lr * np.divide(g, np.sqrt(alpha * s + (1 - alpha) * g**2)),
            ),
            "Right where there is a gradient. A weight that has felt nothing yet is 0 / 0: the "
            "tiny ε belongs to the root, inside of the brackets.",
        ),
    ],
    serves="scaled",
    payoff=scaled_walk,
    also=[
        lambda w, s, g, lr, alpha: (
            s * alpha + g * g * (1 - alpha),
            w - lr / (np.sqrt(s * alpha + g * g * (1 - alpha)) + 1e-8) * g,
        ),
        lambda w, s, g, lr, alpha: [
            s + (1 - alpha) * (g**2 - s),
            w - lr * g / ((s + (1 - alpha) * (g**2 - s)) ** 0.5 + 1e-8),
        ],
        lambda w, s, g, lr, alpha: (
            np.array(alpha * s + (1 - alpha) * np.square(g)),
            w - g * lr / (np.array(alpha * s + (1 - alpha) * np.square(g)) ** 0.5 + 1e-8),
        ),
    ],
)  # fmt: skip
book.question(
    "RMSprop's first step",
    answer=10,
    within=1e-4,
    because="s is 0.01 · 1², and 1 / √0.01 is ten.",
    mistakes=[
        (1, "s is a hundredth of the square by then, and one divides by its root."),
        (100, "One divides by the *root* of 0.01."),
        (0.1, "Upside down: one divides by √0.01."),
        (0.01, "That is s. The step is 1 divided by its root."),
        (0.99, "That is what is kept, and at first there is nothing to keep."),
        (1.005, "Of the new square the share 1 − alpha comes in, 0.01."),
        (1 / np.sqrt(0.99), "Of the new square the share 1 − alpha comes in, 0.01."),
        (0, "A small memory makes a *long* step: one divides by its root."),
        (1e8, "So it would be if s were 0. First it takes in its share of 1²."),
        (3.16, "That is 1 / √0.1. Which share comes in, where 0.99 is kept?"),
        (0.001, "Which share comes in, where 0.99 is kept? One divides by its root."),
        (Between(1e-9, 9.99), "More: one divides by the root of the hundredth that came in."),
        (Between(10.01, 1e9), "Less: the hundredth that came in goes under a root."),
    ],
)


def lengths_of(function):
    """Corrected steps, as the chapter draws them: all of them at once."""
    t = np.arange(1, 6)
    return function(1 - 0.9**t, 0.9, t) / np.sqrt(function(1 - 0.999**t, 0.999, t))


book.exercise(
    "my_corrected",
    lambda mean, beta, t: mean / (1 - beta**t),
    cases=[(0.2, 0.9, 1), (0.3, 0.5, 2), (1.0, 0.999, 10)],
    because="The mean, divided by how much of it there is.",
    mistakes=[
        (
            lambda mean, beta, t: mean / (1 - beta),
            "Right for t = 1. Later more of it has come in: 1 − βᵗ.",
        ),
        (lambda mean, beta, t: mean * (1 - beta**t), "That makes it smaller still: divide."),
        (lambda mean, beta, t: mean / beta**t, "βᵗ is what is *missing*: 1 − βᵗ has come in."),
        (
            lambda mean, beta, t: mean / (1 - beta * t),
            "Kept t times over is a power: beta ** t, not beta · t.",
        ),
        (lambda mean, beta, t: mean / (1 - t**beta), "βᵗ is beta ** t: β is kept t times over."),
        (lambda mean, beta, t: mean / (1 - beta) ** t, "The power belongs to β alone: 1 − βᵗ."),
        (lambda mean, beta, t: mean / 1 - beta**t, "Brackets: mean / (1 − …)."),
        (lambda mean, beta, t: 1 - beta**t, "That is the share. Divide the mean by it."),
        (
            lambda mean, beta, t: mean - (1 - beta**t),
            "The share is right. Divide by it: a tenth of the mean is the mean, times a tenth.",
        ),
        (
            lambda mean, beta, t: mean / np.sqrt(1 - beta**t),
            "No root here: the mean is too small by the share itself.",
        ),
        (
            lambda mean, beta, t: mean / (1 - beta) * t,
            "Right for t = 1. After t steps 1 − βᵗ has come in: divide by that.",
        ),
        (
            lambda mean, beta, t: mean / ((1 - beta) * t),
            "Right for t = 1. Less comes in at each step, as the old ones fade: 1 − βᵗ in all.",
        ),
    ],
    serves="corrected",
    payoff=lengths_of,
    also=[
        lambda mean, beta, t: mean * (1 - beta**t) ** -1,
        lambda mean, beta, t: np.divide(mean, 1 - np.power(beta, t)),
        lambda mean, beta, t: mean / -(beta**t - 1),
    ],
)
book.question(
    "the longest uncorrected step",
    answer="a later one",
    because="m fills sooner than v: for a while the steps still grow.",
    mistakes=[
        (
            "the first",
            "m is a tenth of the gradient at first, and grows by nearly as much again at the "
            "second step. How fast does √v grow?",
        ),
    ],
)


def nameless_walks(walk_down):
    """The paths A to D of four optimizers; `walk_down` walks with one for so many steps."""
    recipes = (
        make("RMSprop", 0.25, alpha=0.9),
        make("SGD", 0.015, momentum=0.9),
        make("Adam", 0.3),
        make("SGD", 0.072),
    )
    walks = [walk_down(recipe, steps=40, start=(-3.6, -1.3)) for recipe in recipes]
    return dict(zip("ABCD", walks))


def make(kind, *args, **settings):
    """A function that makes an optimizer when it is called, and not before."""

    def optimizer_for(parameters):
        import minnet.optimizers

        return getattr(minnet.optimizers, kind)(parameters, *args, **settings)

    return optimizer_for


NAMES = ["RMSprop", "momentum", "Adam", "plain"]


def plain_or_sgd(names):
    """Both ways to name the plain walk."""
    return [names, [name.replace("plain", "SGD") for name in names]]


def exchanged(a, b):
    """The right names, but for two that are exchanged."""
    return [{a: b, b: a}.get(name, name) for name in NAMES]


book.question(
    "names of A to D",
    answer=NAMES,
    also=plain_or_sgd(NAMES)[1:],
    because="You know them by their walk.",
    mistakes=[
        (names, reply)
        for a, b, reply in (
            ("plain", "momentum", "Which of these two bounces at *every* step?"),
            ("Adam", "RMSprop", "Whose first step is three times as long as lr says?"),
            ("Adam", "momentum", "One of these begins straight down the steepest wall."),
            ("RMSprop", "momentum", "One of these begins with the same step for both."),
            ("RMSprop", "plain", "Which of these two begins with the same step for both?"),
            ("Adam", "plain", "Which of these two has a velocity, and rolls past the star?"),
        )
        for names in plain_or_sgd(exchanged(a, b))
    ]
    + [
        (names, "Begin with the surest: which walk bounces at *every* step? Then the next.")
        for order in permutations(NAMES)
        if sum(a != b for a, b in zip(order, NAMES)) > 2
        for names in plain_or_sgd(list(order))
    ],
)

# What to say of a bet that is lost
REASONS = {
    ("SGD", "creeps"): "See the first sitting: what was good for SGD there?",
    ("SGD", "breaks"): "See the first sitting: what was good for SGD there?",
    ("momentum", "creeps"): "A ball goes about ten times as far as SGD, and no further.",
    ("momentum", "breaks"): "A ball goes about ten times as far as SGD.",
    ("RMSprop", "creeps"): "Only RMSprop's first steps are so long: its fiftieth is 1.6 lr.",
    ("RMSprop", "breaks"): "RMSprop's first step is ten times lr, where weights are about 0.2.",
    ("Adam", "creeps"): "Adam makes a hundred steps of about lr, and weights are about 0.2.",
    ("Adam", "breaks"): "Adam moves every weight by about lr a step, and weights are about 0.2.",
}


def fates_of(result):
    """All four learn, or a sentence that says who does not."""
    from course.pictures import map_of_rates

    if isinstance(result, dict):
        result = list(result.values())
    if not isinstance(result, list | tuple | np.ndarray) or len(result) != 4:
        raise TypeError("Four rates are asked for: return …, …, …, …")
    if any(lr is None or lr is ... for lr in result):
        raise TypeError("Four rates are asked for: one is missing.")
    if any(isinstance(lr, str) for lr in result):
        raise TypeError("Rates are numbers: without quotes.")
    found = map_of_rates.fates(result)
    lost = {n: fate for n, fate in zip(map_of_rates.NAMES, found) if fate != "learns"}
    if lost:
        how_many = ("None", "One", "Two", "Three")[4 - len(lost)]
        who = ", ".join(f"{name} {fate}" for name, fate in lost.items())
        why = REASONS.get(next(iter(lost.items())), "A rate is above 0.")
        where = " Crosses on the map show where." if {"creeps", "breaks"} & {*lost.values()} else ""
        raise ValueError(f"{how_many} of four: {who}. {why}{where}")
    return "all four learn"


book.exercise(
    "my_bets",
    lambda: (0.5, 0.1, 0.01, 0.03),
    cases=[()],
    observe=fates_of,
    because="All four learn.",
    mistakes=[
        (
            lambda: (0.1, 0.1, 0.1, 0.1),
            "One rate for all: momentum learns with 0.1, Adam barely. SGD creeps with it, and "
            "RMSprop, whose first step is ten times as long, breaks.",
        ),
        (
            lambda: (0.5, 0.5, 0.5, 0.5),
            "0.5 suits SGD. A ball goes ten times as far; and Adam and RMSprop would move every "
            "weight by 0.5 a step, where weights are about 0.2.",
        ),
        (
            lambda: (0.01, 0.01, 0.01, 0.01),
            "RMSprop and Adam learn with 0.01. SGD creeps with it: see the first sitting. And a "
            "ball goes ten times as far as SGD: what was good for SGD, divided by ten?",
        ),
        (
            lambda: (0.001, 0.001, 0.001, 0.001),
            "With 0.001 nobody learns in a hundred updates: all four creep.",
        ),
    ],
    serves="bets",
    payoff=lambda function: [len(list(function())), all(float(lr) > 0 for lr in function())],
    form="four numbers above 0, in a row: `return 0.5, …, …, …`",
    also=[
        lambda: [0.6, 0.04, 0.004, 0.008],
        lambda: np.array([0.4, 0.03, 0.005, 0.02]),
        lambda: (0.5, 0.1, 0.003, 0.005),
    ],
)
book.question(
    "where the best rates go",
    answer=[2, 2, 0, 0],
    also=[[-2, -2, 0, 0]],
    because="SGD's step grows with the gradient, and so does a ball's. The others divide by it.",
    mistakes=[
        ([2, 0, 0, 0], "A velocity is a sum of gradients: a hundred times as large, as they are."),
        ([2, 2, 2, 0], "RMSprop divides by the root of the mean *square*, too: 100 cancels 100."),
        (
            [2, 2, 2, 2],
            "Two of them divide each gradient by its own size: what becomes of the 100?",
        ),
        ([0, 0, 0, 0], "The gradient is a hundred times as large. Whose step grows with it?"),
        ([2, 2, 0, 2], "Adam divides m by √v: both hold the gradient, and 100 cancels 100."),
        ([2, 2, 1, 1], "The root is taken of *squares*: 100 cancels 100, and not only 10."),
        ([2, 3, 0, 0], "It is ten times as long as before, too: what grew is the gradient alone."),
        ([1, 1, 0, 0], "100 is two powers of ten, and the step grows by all of it."),
        ([2, 1, 0, 0], "A velocity is a sum of gradients: it grows by all of the 100."),
        ([4, 4, 0, 0], "100 is two powers of ten, and the step grows by 100, not by its square."),
        ([-2, 2, 0, 0], "A velocity is a sum of gradients: it grows as the gradient does."),
        ([2, 2, -2, -2], "They divide by the size of the gradient: what remains of the 100?"),
        ([0.01, 0.01, 1, 1], "By *powers* of ten: a hundredth is two down, 1 is none."),
        ([100, 100, 0, 0], "By powers of ten: 100 is two of them."),
        ([100, 100, 1, 1], "By *powers* of ten: 100 is two of them, and 1 is none."),
    ],
)


book.question(
    "a rate for all four",
    answer=0.0245,
    within=0.0078,
    share=False,
    because="At the cost times 10 it lies above SGD's lower edge, and below momentum's upper one.",
    mistakes=[
        (0.1, "At the cost times 10, RMSprop is beyond its window there. Look at its bar."),
        (Between(0, 0.0166), "There SGD still creeps, the cost times 10: look at its bar."),
        (0.24, "That is where it is without the 10. Move the slider first."),
        (0.5, "There the cost times 10 lets none of them learn. Move the slider first."),
        (Between(0.0324, 1e3), "There momentum is beyond its edge, the cost times 10."),
    ],
)
book.question(
    "whose lr must be changed",
    answer="momentum's",
    also=["momentum"],
    because="A sum of 30 is 30 times the mean: a velocity grows by it, and Adam divides it away.",
    mistakes=[
        ("Adam's", "Adam divides by the size of the gradient: 30 cancels 30. And a velocity?"),
        ("Adam", "Adam divides by the size of the gradient: 30 cancels 30. And a velocity?"),
        ("both", "One of them divides by the size of the gradient: 30 cancels 30."),
        ("neither", "The sum is 30 times the mean, and so is its gradient. Whose step grows?"),
    ],
)

# The shelf

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
            lambda errors, weight: weight @ errors.T,
            "Right numbers, turned: the examples are the rows, (n, h).",
        ),
        (
            lambda errors, weight: errors.sum(axis=1, keepdims=True) * np.ones(len(weight)),
            "Every unit receives the same here: each has weights of its own.",
        ),
        (
            lambda errors, weight: errors * weight.T,
            "Right for one output. With several, each unit sums over all of them: a matrix "
            "product, `@`.",
        ),
        (
            lambda errors, weight: (errors @ weight.T) * (1 - np.tanh(errors @ weight.T) ** 2),
            "The slope of tanh comes afterwards, and at the *sums* of the units. Here the errors "
            "at their outputs are asked for.",
        ),
        (
            lambda errors, weight: errors.sum(axis=1, keepdims=True) * weight.sum(axis=1),
            "Right for one output. With several, each error goes through its own weight, and then "
            "they are summed: `@`.",
        ),
        (
            lambda errors, weight: errors @ np.linalg.inv(weight),
            "An inverse undoes. Here the same weights carry the errors back: turned, `weight.T`.",
        ),
        (
            lambda errors, weight: errors @ weight.reshape(weight.shape[::-1]),
            "`reshape` cuts the numbers into other rows. `.T` makes the rows columns.",
        ),
        (
            lambda errors, weight: errors @ np.linalg.pinv(weight),
            "Nothing is undone on the way back: the same weights again, turned, `weight.T`.",
        ),
        (np.outer, "That pairs every number with every other. A matrix product, `@`, sums."),
    ],
    serves="hidden_errors",
    payoff=lambda function: function(np.array([[-1.5]]), np.arange(4.0).reshape(4, 1)),
    also=[
        lambda errors, weight: np.dot(errors, weight.T),
        lambda errors, weight: (weight @ errors.T).T,
        lambda errors, weight: np.einsum("nk,hk->nh", errors, weight),
    ],
)
book.question(
    "Adagrad's fourth step",
    answer=lambda: 1 / np.sqrt(4),
    share=False,
    because="1 / √4: it divides by the root of four squares.",
    mistakes=[
        (1, "The sum under the root has four ones by then."),
        (0.25, "It divides by the *root* of the sum."),
        (2, "It divides: the steps become shorter."),
        (4, "That is the sum under the root. Divide by its root."),
        (Between(0.57, 0.58), "1 / √3: the fourth step has its own square in the sum already."),
        (Between(1e-9, 0.49), "Longer: four squares of 1 make 4, and 1 is divided by its *root*."),
        (Between(0.51, 1e9), "Shorter: four squares of 1 make 4, and 1 is divided by its root."),
    ],
)
book.exercise(
    "my_adagrad_step",
    lambda w, s, g, lr: kept(w, g, lr, s + g**2),
    cases=[(1.0, 0.0, 2.0, 0.1), (0.5, 5.0, -3.0, 0.2), (1.0, 0.0, 0.0, 0.1)],
    within=1e-5,
    because="Each knob is measured by its own past.",
    mistakes=[
        (
            lambda w, s, g, lr: kept(w, g, lr, (s + g) ** 2),
            "The gradient is squared *before* it is added: each square counts on its own.",
        ),
        (
            lambda w, s, g, lr: (s + g, kept(w, g, lr, abs(s + g))[1]),
            "The memory adds up the *squares*: gradients of both signs would cancel.",
        ),
        (
            lambda w, s, g, lr: (s + g**2, w - lr * np.divide(g, np.sqrt(s))),
            "You divide by the old memory, which is 0 at the first step: take the new one.",
        ),
        (
            lambda w, s, g, lr: (s + g**2, kept(w, g, lr, s)[1]),
            "You divide by the old memory, which is 0 at first: take the new one.",
        ),
        (
            lambda w, s, g, lr: scaled(w, s, g, lr, 0.99),
            "That is RMSprop's memory, a running mean. Here s only grows: s + gradient².",
        ),
        (
            lambda w, s, g, lr: scaled(w, s, g, lr, 0.9),
            "That is a running mean, RMSprop's. Adagrad forgets nothing: s + gradient².",
        ),
        (
            lambda w, s, g, lr: kept(w, g, lr, g**2),
            "The old memory is lost: add the new square to s.",
        ),
        (
            lambda w, s, g, lr: (s + g**2, w - lr * np.divide(g, np.sqrt(s + g**2))),
            "Right where there is a gradient. A weight that has felt nothing yet is 0 / 0: as in "
            "RMSprop, the tiny ε belongs to the root.",
        ),
    ],
)
book.question(
    "a step decay after 25",
    answer=0.009,
    share=False,
    because="Two falls by then, after 10 and after 20: 0.1 · 0.3².",
    mistakes=[
        (0.03, "That is after one fall. By 25 there were two, after 10 and after 20."),
        (0.0027, "The third fall comes after 30 steps."),
        (0.1 * 0.3**2.5, "It falls in steps, and stays level between them."),
        (0.1, "That is the start. It is multiplied by 0.3 after 10 steps, and again after 20."),
        (0.1 * 0.3**25, "Not at every step: once every ten."),
        (0.1 - 2 * 0.3, "Multiplied by 0.3, and not made smaller by it: 0.1 · 0.3 first."),
        (0.0049, "It falls in steps, and stays level between them."),
        (0.07, "So much is lost at the first fall: 0.3 of 0.1 *remain*. And then it falls again."),
        (0.06, "It is multiplied by 0.3 at each fall, not made smaller by it."),
        (0.9, "Above the start? It begins at 0.1, and falls."),
    ],
)
book.question(
    "a cosine after a quarter",
    answer=lambda: 0.1 * (1 + np.cos(np.pi / 4)) / 2,
    share=False,
    within=0.002,
    because="It starts slowly: a quarter of the way, and it has lost a seventh.",
    mistakes=[
        (0.075, "So a straight line would go. Half a wave starts slowly: it is still above that."),
        (0.05, "That is half-way, after 20 steps."),
        (0.0707, "Half a wave goes from 1 down to −1, and is lifted to 1 … 0."),
        (0.1, "It has begun to fall by then, slowly."),
        (0.1 * np.cos(np.pi / 8), "Half a wave: φ goes to π in 40 steps, so it is π / 4 after 10."),
        (0.1 * (1 + np.cos(10)) / 2, "φ is π / 4 there, and not the step, 10."),
        (Between(1e-9, 0.0745), "Too low: half a wave starts slowly, and φ is π / 4 there."),
        (0.1 * np.cos(0.25), "After a quarter of the steps φ is π / 4; and it is (1 + cos φ) / 2."),
        (0.0962, "That is φ = π / 8. φ goes to π, so after a quarter it is π / 4."),
        (0.025, "That much a straight line would have lost, and it loses less at first."),
        (0.0146, "So much is lost. What is left?"),
        (0.1 * (1 + np.cos(np.pi / 4)), "Above the start? Half of it: (1 + cos φ) / 2."),
        (0.1 * (1 + np.cos(45)) / 2, "`np.cos` takes no degrees: 45° are written `np.pi / 4`."),
        (0.09, "A little more is lost: (1 + cos φ) / 2 with φ = π / 4."),
    ],
)


def adam(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999, *, correct=True):
    m = b1 * m + (1 - b1) * gradient
    v = b2 * v + (1 - b2) * gradient**2
    c1, c2 = (1 - b1**t, 1 - b2**t) if correct else (1, 1)
    return m, v, w - lr * (m / c1) / (np.sqrt(v / c2) + 1e-8)


def adam_returning_corrected(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):
    m, v, w = adam(w, m, v, gradient, t, lr, b1, b2)
    return m / (1 - b1**t), v / (1 - b2**t), w


def adam_of_the_first_step(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):
    m, v, _ = adam(w, m, v, gradient, t, lr, b1, b2)
    return m, v, w - lr * (m / (1 - b1)) / (np.sqrt(v / (1 - b2)) + 1e-8)


def adam_by(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999, *, divide):
    """Adam, whose two means become a step by `divide`."""
    m, v, _ = adam(w, m, v, gradient, t, lr, b1, b2)
    return m, v, w - lr * divide(m, v, t, b1, b2)


EPS = 1e-8
WRONG_STEPS = {
    "The root is missing: m is divided by √v.": lambda m, v, t, b1, b2: (
        m / (1 - b1**t) / (v / (1 - b2**t) + EPS)
    ),
    "m is corrected for the step, and v is not: divide it by 1 − β₂ᵗ.": lambda m, v, t, b1, b2: (
        m / (1 - b1**t) / (np.sqrt(v) + EPS)
    ),
    "v is corrected for the step, and m is not: divide it by 1 − β₁ᵗ.": lambda m, v, t, b1, b2: (
        m / (np.sqrt(v / (1 - b2**t)) + EPS)
    ),
    "Kept t times over is a power: b1 ** t, not b1 · t.": lambda m, v, t, b1, b2: (
        m / (1 - b1 * t) / (np.sqrt(v / (1 - b2 * t)) + EPS)
    ),
    "The corrections are exchanged: m by 1 − β₁ᵗ, v by 1 − β₂ᵗ.": lambda m, v, t, b1, b2: (
        m / (1 - b2**t) / (np.sqrt(v / (1 - b1**t)) + EPS)
    ),
    "ε stands *outside* of the root: under it, small gradients feel it.": lambda m, v, t, b1, b2: (
        m / (1 - b1**t) / np.sqrt(v / (1 - b2**t) + EPS)
    ),
    "ε is missing: a weight that has felt nothing yet is 0 / 0.": lambda m, v, t, b1, b2: np.divide(
        m / (1 - b1**t), np.sqrt(v / (1 - b2**t))
    ),
}


def adam_by_gradient(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):
    m, v, _ = adam(w, m, v, gradient, t, lr, b1, b2)
    return m, v, w - lr * gradient / (np.sqrt(v / (1 - b2**t)) + EPS)


def adam_of_other_means(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999, *, whole):
    """Adam whose m is no mean (`whole`), or whose v is the mean of m's squares."""
    m = b1 * m + (1 if whole else 1 - b1) * gradient
    v = b2 * v + (1 - b2) * (gradient if whole else m) ** 2
    return m, v, w - lr * m / (1 - b1**t) / (np.sqrt(v / (1 - b2**t)) + EPS)


def adam_of_old_means(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):
    new = adam(w, m, v, gradient, t, lr, b1, b2)
    return *new[:2], w - lr * m / (1 - b1**t) / (np.sqrt(v / (1 - b2**t)) + EPS)


def adam_of_sums(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):
    m, v = b1 * m + gradient, b2 * v + gradient**2
    return m, v, w - lr * m / (1 - b1**t) / (np.sqrt(v / (1 - b2**t)) + EPS)


def adam_of_swapped_means(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):
    m, v, _ = adam(w, m, v, gradient, t, lr, b2, b1)
    return m, v, w - lr * m / (1 - b1**t) / (np.sqrt(v / (1 - b2**t)) + EPS)


def adam_without_square(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):
    m, v = b1 * m + (1 - b1) * gradient, b2 * v + (1 - b2) * gradient
    return m, v, w - lr * m / (1 - b1**t) / (np.sqrt(v / (1 - b2**t)) + 1e-8)


book.exercise(
    "my_adam_step",
    adam,
    cases=[
        (1.0, 0.0, 0.0, 2.0, 1), (0.5, 0.1, 0.02, -3.0, 4),
        (2.0, 0.2, 0.1, 1.0, 3, 0.02, 0.8, 0.99), (1.0, 0.0, 0.0, 0.0, 1),
        (0.0, 0.0, 0.0, 1e-4, 1, 1e-4),
    ],
    because="Two means, each corrected for its start.",
    mistakes=[
        (
            lambda w, m, v, g, t, *a: adam(w, m, v, g, t, *a, correct=False),
            "Without the corrections the first steps are too long: divide each by 1 − βᵗ.",
        ),
        (
            adam_returning_corrected,
            "The corrected means are for the step alone. Keep the uncorrected ones.",
        ),
        (
            adam_of_the_first_step,
            "1 − β is the share of the first step alone: after t steps it is 1 − βᵗ.",
        ),
        *((partial(adam_by, divide=step), reply) for reply, step in WRONG_STEPS.items()),
        (adam_by_gradient, "The step follows m, the mean of gradients, and not the newest alone."),
        (
            partial(adam_of_other_means, whole=True),
            "m is a mean: of the new gradient the share 1 − β₁ comes in.",
        ),
        (
            partial(adam_of_other_means, whole=False),
            "v is the mean of the squared *gradients*, not of m's squares.",
        ),
        (
            adam_of_old_means,
            "m and v are right. The step takes the *new* ones: correct them after the gradient "
            "came in.",
        ),
        (adam_of_sums, "Means: of the new gradient 1 − β₁ comes into m, of its square 1 − β₂."),
        (adam_of_swapped_means, "In the means the betas are swapped: β₁ is m's, and β₂ v's."),
        (
            adam_without_square,
            "v is the mean of the *squared* gradients.",
        ),
        (
            lambda w, m, v, g, t, lr=0.1, *a: adam(w, m, v, g, t, -lr, *a),
            "That climbs: against the gradient, as always.",
        ),
        (
            lambda w, m, v, g, t, lr=0.1, b1=0.9, b2=0.999: adam(w, m, v, g, t, lr, b2, b1),
            "The two betas are swapped: 0.9 for the direction, 0.999 for the size.",
        ),
        (
            lambda w, m, v, g, t, *a: adam(w, m, v, g, t),
            "lr and the betas are given: use them, and not 0.1, 0.9 and 0.999.",
        ),
    ],
)  # fmt: skip
