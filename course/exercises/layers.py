"""The questions and exercises of chapter 3."""

from itertools import pairwise

import numpy as np

from course.exercises.kit import Book

book = Book("layers")
guess, check, whose, progress = book.guess, book.check, book.whose, book.progress
predict = guess  # until the chapter says guess

book.question(
    "shape of (32, 64) @ (64, 10)",
    answer=lambda: (np.ones((32, 64)) @ np.ones((64, 10))).shape,
    because="The inner lengths meet, the outer ones remain.",
    mistakes=[
        ((64, 64), "Those are the inner lengths: they meet and are added up."),
        ((10, 32), "Rows come from the left, columns from the right."),
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
    ],
)
book.question(
    "what is subtracted",
    answer="the labels, one-hot",
    because="What you said, minus what was true.",
    mistakes=[
        ("the logits", "Logits are what went *into* the softmax. What was true?"),
        ("1", "Only at the right class: everywhere else 0 is subtracted."),
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
        (0.75, "A little better: only the tips lie on the wrong side."),
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
    ],
)


def parameter_count(sizes):
    return sum(a * b + b for a, b in pairwise(sizes))


book.exercise(
    "my_parameter_count",
    parameter_count,
    cases=[([3, 4],), ([2, 8, 1],), ([64, 32, 10],)],
    because="Inputs times outputs, and one bias for each output, layer by layer.",
    mistakes=[
        (
            lambda s: sum(a * b for a, b in pairwise(s)),
            "The weights are counted. Each unit has a bias, too.",
        ),
        (
            lambda s: sum(a * b + a for a, b in pairwise(s)),
            "A bias belongs to a unit that adds up, so to the outputs of a layer.",
        ),
        (lambda s: sum(s), "Those are the units. Every line between two of them is a weight."),
        (
            lambda s: sum(a * b for a, b in pairwise(s)) + sum(s),
            "The input layer adds nothing up: it has no biases.",
        ),
    ],
)
book.question(
    "two linear layers on the moons",
    answer=0.88,
    within=0.03,
    because="Straight after straight stays straight.",
    mistakes=[
        (1.0, "There are eight units more, but does anything in them bend?"),
        (0.95, "There are eight units more, but does anything in them bend?"),
        (0.5, "It can do all that the line can: worse it need not be."),
    ],
)


def value_and_gradient(result, a):
    """What an operation of one input returns, with its rule used on a gradient."""
    if isinstance(result, np.ndarray) and result.shape == np.shape(a):
        raise TypeError("return two things, the value and its rule; leave `@op` to the library")
    if not isinstance(result, tuple) or len(result) != 2 or not callable(result[1]):
        raise TypeError("return two things: the value, and its rule (`lambda g: …`)")
    value, rule = result
    return value, rule(np.where(np.arange(np.size(a)) % 2, -0.5, 0.75))


ROW = [(np.array([2.0]),), (np.array([-1.5, 0.25, 3.0, 0.0]),)]
book.exercise(
    "my_relu",
    lambda a: (np.maximum(a, 0), lambda g: g * (a > 0)),
    cases=ROW,
    observe=value_and_gradient,
    because="Where it is flat, nothing goes back.",
    mistakes=[
        (
            lambda a: (np.maximum(a, 0), lambda g: g),
            "Where a is negative the value does not move: what should a receive there?",
        ),
        (
            lambda a: (np.maximum(a, 0), lambda g: (a > 0) * 1.0),
            "That is the slope. What arrives, g, must pass through it.",
        ),
        (
            lambda a: (np.maximum(a, 0), lambda g: np.maximum(g, 0)),
            "The bend is in a, not in g: a negative g may well pass.",
        ),
        (
            lambda a: (np.maximum(a, 0), lambda g: g * np.maximum(a, 0)),
            "On the right side relu has the slope 1, however large a is.",
        ),
        (
            lambda a: (np.maximum(a, 0), lambda g: g * (a >= 0)),
            "All right but for 0 itself. There either slope would do; the field takes 0.",
        ),
        (
            lambda a: (abs(a), lambda g: g * np.sign(a)),
            "That folds the left side up: relu cuts it.",
        ),
    ],
)
book.exercise(
    "my_tanh",
    lambda a: (np.tanh(a), lambda g: g * (1 - np.tanh(a) ** 2)),
    cases=ROW,
    observe=value_and_gradient,
    because="g (1 − y²).",
    mistakes=[
        (
            lambda a: (np.tanh(a), lambda g: g * (1 - a**2)),
            "1 minus y², and y is the *value*, not a.",
        ),
        (lambda a: (np.tanh(a), lambda g: 1 - np.tanh(a) ** 2), "That is the slope. Where is g?"),
        (lambda a: (np.tanh(a), lambda g: g * (1 - np.tanh(a))), "Nearly: the value is squared."),
        (
            lambda a: (np.tanh(a), lambda g: g * (1 - np.tanh(g) ** 2)),
            "The slope is taken where the input was, not at g.",
        ),
    ],
)
book.question(
    "output weights for XOR",
    answer=[1, -2],
    because="1, minus twice what is too many: 0, 1, 1, and 2 − 2.",
    mistakes=[
        ([1, 1], "With both switches up that makes 3: the second unit must pull it down."),
        ([1, -1], "With both up that makes 2 − 1 = 1, and the lamp is on. Pull harder."),
        ([-2, 1], "The other way round: unit one switches it on, unit two off again."),
        ([2, -4], "In proportion, and twice too bright: it gives 0, 2, 2, 0."),
        ([1, 0], "Then with both up it says 2, and shall say 0: the second unit pulls down."),
        ([2, -1], "With one switch up that makes 2, and with both 3."),
    ],
)
book.question(
    "weight of the third relu",
    answer=1,
    because="1 − 2 + 1 is 0: flat again.",
    mistakes=[
        (2, "Then it climbs again, with the slope 1 − 2 + 2. It shall be flat."),
        (-1, "Then it falls faster still, with the slope 1 − 2 − 1."),
        (0, "Then nothing stops the fall: the slope stays 1 − 2."),
        (-2, "It falls already, with slope −1. What brings −1 back to 0?"),
    ],
)
book.question(
    "parameters of the small network",
    answer=0,
    because="Nothing that was written to `self` is a Tensor: it is a list.",
    mistakes=[
        (4, "So many there are. But what did we write to `self`: a Tensor, or something else?"),
        (2, "There are two layers. Is either of them in `vars(self)`?"),
        (33, "So many *numbers* there are. Which Tensors stand in `vars(self)` itself?"),
        (1, "One thing stands there, the list. Is a list a Tensor?"),
    ],
)
book.question(
    "the step of a weight that is listed twice",
    answer=2,
    because="Each time the list names it, it is moved by lr times its gradient.",
    mistakes=[
        (1, "Count how often the loop of the step meets it."),
        (4, "backward added both uses up, and that is right. The list then does what, how often?"),
        (0.5, "It is moved more often, not less."),
    ],
)
book.question(
    "the border as the last layer sees it",
    answer="straight",
    because="Its last layer is one weighted sum of two numbers: a line.",
    mistakes=[
        ("curved", "In the plane it is curved. The last layer is a Linear: what can it draw?")
    ],
)
book.question(
    "two units on the moons",
    answer="few",
    because="Two bends are hardly enough, and hardly ever found.",
    mistakes=[
        ("all", "The border has to turn around two tips, and there are two bends in all."),
        (
            "most",
            "The border has to turn around two tips, with two bends, both in the right place.",
        ),
    ],
)
book.question(
    "different units from a constant start",
    answer=1,
    because="Equal units get equal gradients: they stay equal for ever.",
    mistakes=[
        (8, "What would make them different? They start equal, and see the same inputs."),
        (0, "It trains, unlike the one at zero. But how many different units are there?"),
        (2, "Even two would need a reason to part. They start equal, and see the same."),
    ],
)
book.exercise(
    "my_he_size",
    lambda inputs: (2 / inputs) ** 0.5,
    cases=[(50,), (2,), (800,)],
    because="√(2 / inputs).",
    mistakes=[
        (lambda n: 2 / n, "That is the variance. The size is its root."),
        (lambda n: n**-0.5, "That keeps tanh alive. relu throws half away: one factor more."),
        (lambda n: 2 / n**0.5, "The 2 stands under the root, too."),
        (lambda n: (n / 2) ** 0.5, "Upside down: more inputs need *smaller* weights."),
    ],
)
book.question(
    "the layer that hears the least",
    answer=1,
    because="The gradient passes through all the others first, and shrinks in each.",
    mistakes=[
        (10, "Layer 10 stands next to the loss. Who is furthest from it, on the way back?"),
        (5, "It shrinks at every layer on its way back: where is it smallest?"),
    ],
)


def normalise(x):
    return (x - x.mean(axis=0)) / x.std(axis=0)


TABLE = np.array([[1.0, 40.0, 0.5], [4.0, 10.0, -2.5], [2.0, 30.0, 3.0], [5.0, 60.0, 1.5]])
book.exercise(
    "my_normalise",
    normalise,
    cases=[(TABLE[:2, :1],), (TABLE,)],
    within=1e-3,
    because="Column by column: mean 0, variance 1.",
    mistakes=[
        (
            lambda x: (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True),
            "That is each *row* by itself. A unit is a column, and the batch lies along axis 0.",
        ),
        (
            lambda x: (x - x.mean()) / x.std(),
            "That is one mean for the whole table. Each unit, each column, has its own.",
        ),
        (
            lambda x: (x - x.mean(axis=0)) / x.var(axis=0),
            "Dividing by the variance is too much: its root is the size of the numbers.",
        ),
        (lambda x: x - x.mean(axis=0), "The mean is 0 now. The size is still to be divided out."),
        (lambda x: x / x.std(axis=0), "The size is right. The mean is still to be subtracted."),
        (
            lambda x: x - x.mean(axis=0) / x.std(axis=0),
            "Python divides before it subtracts: put the difference in brackets.",
        ),
    ],
)
book.question(
    "a row that is normalised alone",
    answer=0,
    because="Minus its own mean, which it is itself: nothing is left.",
    mistakes=[
        (1, "1 is the variance of a whole batch. What is left of one number minus its own mean?"),
        ("nan", "0 divided by 0 would be nan. The small number under the root saves it from that."),
        (
            np.nan,
            "0 divided by 0 would be nan. The small number under the root saves it from that.",
        ),
    ],
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
    ],
)


def dropout(x, rate, training, kept):
    return x * kept / (1 - rate) if training else x


KEPT = np.array([True, False, True, True])
VALUES = np.array([1.0, 2.0, -3.0, 4.0])
book.exercise(
    "my_dropout",
    dropout,
    cases=[(VALUES, 0.25, True, KEPT), (VALUES, 0.25, False, KEPT)],
    because="In training scaled, in evaluation left alone.",
    mistakes=[
        (
            lambda x, rate, training, kept: x * kept if training else x,
            "In evaluation the next layer will get more than in training: scale in *training*.",
        ),
        (
            lambda x, rate, training, kept: x * kept / (1 - rate),
            "In evaluation nothing is dropped, and nothing scaled.",
        ),
        (
            lambda x, rate, training, kept: x * kept,
            "In evaluation nothing is dropped; and in training the survivors carry for all.",
        ),
        (
            lambda x, rate, training, kept: x * kept if training else x * (1 - rate),
            "That is right on average, and was done so once. Ours scales in training, so that "
            "whoever asks gets x as it is.",
        ),
        (
            lambda x, rate, training, kept: x if training else x * kept / (1 - rate),
            "The modes are turned round: one drops out in training.",
        ),
        (
            lambda x, rate, training, kept: x * kept / rate if training else x,
            "`rate` is the share that leaves. Divide by the share that stays.",
        ),
        (
            lambda x, rate, training, kept: x * kept * (1 - rate) if training else x,
            "That makes the survivors smaller. They must make up for the others.",
        ),
    ],
)
book.question(
    "points that change sides",
    answer="some",
    because="Those near the border, where half a network says yes and the other half no.",
    mistakes=[
        ("none", "Half of its units are dropped, other ones each time: near the border it tells."),
        ("most", "It has learned to be right without any one of its units: far from the border."),
    ],
)
book.question(
    "the mode after predict",
    answer="training",
    because="The copy was in evaluation mode. The network itself was not touched.",
    mistakes=[("evaluation", "So was the copy that answered. Did anything of the network change?")],
)
book.question(
    "shifted digits read by a linear layer",
    answer=0.36,
    within=0.08,
    because="A third or so: most of what it knew was tied to single pixels.",
    mistakes=[
        (0.9, "Every pixel now meets its neighbour's weight: it falls much further."),
        (0.5, "A little lower still: to guess would be 0.1."),
        (0.1, "Not quite down to guessing: much of a digit overlaps with itself."),
        (0.7, "It is hurt more: every pixel now meets its neighbour's weight."),
    ],
)
book.question(
    "what the 4 receives",
    answer=1,
    because="It is the largest of its window: it moves the result, one for one.",
    mistakes=[
        (0.25, "That would be the mean of four. Here only the largest moves the result."),
        (0, "It is the largest of its window: when it grows, the result grows."),
        (4, "4 is its value. By how much does the result grow when it grows by h?"),
    ],
)
book.question(
    "shape of 8 x 8 by 3 x 3 with stride 2",
    answer=(3, 3),
    because="It stands at 0, 2 and 4: (8 − 3) // 2 + 1 = 3.",
    mistakes=[
        ((4, 4), "At 6 the window would need the columns 6, 7 and 8: there is no 8."),
        ((6, 6), "That is with stride 1. It now moves by two."),
        ((2, 2), "It stands at 0, at 2, and once more."),
        (3, "Right in each direction. The shape has two numbers."),
    ],
)


book.question(
    "shape with a padding of 1",
    answer=(2, 4, 6, 5),
    because="Two pictures, an answer of each of four kernels, and 6 + 2 − 3 + 1 is 6 again.",
    mistakes=[
        ((2, 4, 4, 3), "That is without padding. The frame adds one on each side."),
        ((2, 3, 6, 5), "Each of the *four* kernels gives a channel, and sees all three."),
        ((2, 12, 6, 5), "Each kernel sees all three channels at once, and gives one answer."),
        ((2, 4, 8, 7), "That is the padded picture. The window needs 3 of it: 8 − 3 + 1."),
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
)


def windows(picture):
    return np.lib.stride_tricks.sliding_window_view(picture, (3, 3))


COUNTED = np.arange(64.0).reshape(8, 8)
book.exercise(
    "my_patches",
    lambda picture: windows(picture).reshape(36, 9),
    cases=[(COUNTED,)],
    because="Each window is one row.",
    mistakes=[
        (windows, "The windows are there. Lay each one down as a row: (36, 9)."),
        (
            lambda picture: windows(picture).reshape(6, 6, 9),
            "Each window is a row of 9. The 6 × 6 places are to become one axis, too: (36, 9).",
        ),
        (
            lambda picture: windows(picture).reshape(36, 3, 3),
            "36 windows, and each still a table of 3 × 3: lay it down as 9 numbers.",
        ),
        (
            lambda picture: windows(picture).transpose(1, 0, 2, 3).reshape(36, 9),
            "The places come in another order: the first axis goes down, the second across.",
        ),
        (
            lambda picture: windows(picture).transpose(2, 3, 0, 1).reshape(36, 9),
            "That mixes windows: the first two axes say where a window stands, and come first.",
        ),
        (
            lambda picture: windows(picture).reshape(9, 36),
            "The numbers stay in their order, so this mixes windows: 36 rows of 9.",
        ),
        (
            lambda picture: windows(picture).reshape(36, 9).T,
            "Each window is a column here; as rows they meet the kernel's column.",
        ),
        (
            lambda picture: windows(picture).transpose(0, 1, 3, 2).reshape(36, 9),
            "The numbers of each window are turned: row by row, as the kernel is laid down.",
        ),
    ],
)
book.exercise(
    "my_conv_count",
    lambda c, kernels, k: kernels * (c * k * k + 1),
    cases=[(1, 8, 3), (3, 16, 5)],
    because="However large the picture is.",
    mistakes=[
        (lambda c, kernels, k: kernels * c * k, "A kernel is k high *and* k wide."),
        (
            lambda c, kernels, k: kernels * c * k * k + c,
            "One bias for each kernel, so for each channel that comes *out*.",
        ),
        (lambda c, kernels, k: kernels * c * k * k, "The weights are counted. And the biases?"),
        (lambda c, kernels, k: kernels * (k * k + 1), "Each kernel sees all channels at once."),
        (lambda c, kernels, k: kernels * c * (k * k + 1), "One bias a kernel, not one a channel."),
    ],
)
