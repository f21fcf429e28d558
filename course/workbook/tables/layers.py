"""Chapter 3: layers hold numbers, bend what goes through them, and stand one after another."""

import numpy as np

from course.workbook.blanks import Blank, Mistake, Probe
from course.workbook.probing import kinds, near, operation, slope, some


def rng(seed=0):
    return np.random.default_rng(seed)


def names(make):
    """The dotted names of all parameters of a network."""
    return lambda m: [name for name, _ in make(m).named_parameters()]


def tied(m):
    a = m.Linear(2, 2, rng=rng())
    return m.Sequential(a, m.relu, a)


def nested(m):
    return m.Sequential(
        m.Linear(2, 3, rng=rng()), m.Sequential(m.Linear(3, 1, bias=False, rng=rng()))
    )


def through(words, *functions):
    """A row of functions; some of them may be left out, or come in another order."""
    x = some(3, 2)
    look = lambda m: m.Sequential(*functions)(x.copy())  # noqa: E731
    pairs = []
    if functions:
        pairs = [
            (lambda m: functions[-1](x), "Only the last one counts: what comes out goes further."),
            (lambda m: functions[0](x), "Only the first one counts: it ends in the first round."),
            (lambda m: x, "What comes out is lost: it goes into the next."),
        ]
    return Probe(words, look, near(*pairs))


def spread_of(shape):
    """How far the numbers lie, in the unit that is wanted: 1 is right."""
    return lambda m: float(np.round(m.he_normal(shape, rng=rng(5)).std(), 8))


def at_the_bend(m):
    return slope(m.leaky_relu, m, [np.array([0.0, 1.0, -1.0, 0.005])], 0)


def single_floats(m):
    """float32 in, with training on: the type that comes out."""
    return kinds(m.Dropout(0.25, rng=rng(2))(np.ones((4, 5), "f")))


def dropped(m):
    layer = m.Dropout(0.25, rng=rng(2))
    return layer(np.ones((4, 5)))


def heard_through(m):
    """What comes out of other numbers than 1, and what they receive."""
    x = m.Tensor(some(4, 3))
    y = m.Dropout(0.25, rng=rng(2))(x)
    (y * some(4, 3, seed=7)).sum().backward()
    return [y.data, x.grad]


def mean_after_dropout(m):
    return float(m.Dropout(0.5, rng=rng(3))(np.ones((400, 50))).mean().round(6))


def in_evaluation(m):
    layer = m.Dropout(0.5, rng=rng(2))
    layer.eval()
    return layer(np.ones(4))


def batch_norm(m, steps=1, **settings):
    layer = m.BatchNorm(2, **settings)
    layer.weight.data[...], layer.bias.data[...] = [2.0, 3.0], [0.5, -1.0]
    for seed in range(steps):
        y = layer(3 + 2 * some(6, 2, seed=seed))
    return layer, y


def normalised(m):
    return batch_norm(m)[1]


def gathered(what, steps=2):
    return lambda m: getattr(batch_norm(m, steps, momentum=0.25)[0], what)


def answer_later(m):
    layer, _ = batch_norm(m, 3)
    layer.eval()
    return layer(some(2, 2))


def pictures(m):
    """Two channels of four rows and five columns, with weights: only columns fit."""
    layer = m.BatchNorm(2)
    layer.weight.data[...], layer.bias.data[...] = [2.0, 3.0], [0.5, -1.0]
    return layer(some(3, 2, 4, 5))


def picture_gradient(stride=1, padding=0, channels=1):
    """What a picture receives from a convolution."""

    def look(m):
        x = m.Tensor(some(2, channels, 4, 4))
        kernels, bias = m.Tensor(some(2, channels, 2, 2)), m.Tensor(np.zeros(2))
        y = m.conv2d(x, kernels, bias, stride=stride, padding=padding)
        (y * some(*y.shape, seed=7)).sum().backward()
        return x.grad

    return look


def modes(make):
    def look(m):
        network = make(m)
        network.eval()
        kinds = [part.training for _, part in m.walk(network) if isinstance(part, m.Layer)]
        network.train()
        return kinds + [part.training for _, part in m.walk(network) if isinstance(part, m.Layer)]

    return look


def one_of_two(m):
    """The other one stays as it is, and what is said twice holds."""
    one, other = m.Dropout(0.5, rng=rng()), m.Dropout(0.5, rng=rng())
    m.set_mode(m.set_mode(one, False), False)
    return [one.training, other.training]


LAST = (
    "normal = (x - mean) * (variance + self.eps) ** -0.5\n"
    "return normal * self.weight.reshape(column) + self.bias.reshape(column)"
)
BLANKS = [
    Blank(
        "relu",
        "The first bend, complete: where it is open, everything passes, and back as well.",
        complete=True,
    ),
    Blank(
        "tanh",
        "The second bend, with its last line open.",
        shapes="`y` is there. A rule of the shape of `a`.",
        example="tanh(np.array([0.0, 1.0]))",
        hint="The slope can be said with y alone: 1 in the middle, and flat at both ends.",
        because="It is steepest in the middle, where y is 0.",
        holes=("return ",),
        probes=[
            *operation("tanh", some(2, 3), names=["a"]),
            *operation("tanh", some(4, 3), names=["a"]),
        ],
        mistakes=[
            Mistake(
                "slope of the sigmoid",
                "g * (1 - y * y)",
                "g * y * (1 - y)",
                "That slope belongs to the sigmoid, which goes from 0 to 1.",
            ),
            Mistake(
                "y not squared",
                "g * (1 - y * y)",
                "g * (1 - y)",
                "At both ends the curve is flat. Yours is only so at one of them.",
            ),
        ],
    ),
    Blank(
        "leaky_relu",
        "The third bend: blank. Left of 0 it is not flat, but goes on with a small slope.",
        shapes="`slope` is given. A value, and a rule; at 0 itself, the small slope holds.",
        example="leaky_relu(np.array([-2.0, 3.0]), negative_slope=0.1)",
        hint="`np.where(condition, a, b)` chooses place by place.",
        because="What is closed to relu still hears a little here.",
        holes=("return ",),
        hide=r"receives",
        probes=[
            *operation("leaky_relu", some(2, 3), names=["a"], settings={"negative_slope": 0.3}),
            *operation("leaky_relu", some(4, 3), names=["a"]),
            Probe("the gradient of 0, 1, -1 and 0.005", at_the_bend),
            Probe(
                "the types, in float32",
                lambda m: kinds(m.leaky_relu(some(3).astype("f"))),
            ),
        ],
        mistakes=[
            Mistake(
                "g lost on one side",
                "lambda g: g * ((a > 0).astype(g.dtype) * (1 - slope) + slope)",
                "lambda g: np.where(a > 0, g, slope)",
                "Left of 0 `g` is lost: there, too, the slope is multiplied by it.",
            ),
            Mistake(
                "full slope at 0",
                "(a > 0)",
                "(a >= 0)",
                "At 0 itself the small slope is asked for.",
            ),
            Mistake(
                "rule of relu",
                "lambda g: g * ((a > 0).astype(g.dtype) * (1 - slope) + slope)",
                "lambda g: g * (a > 0)",
                "The rule is relu's: left of 0, the slope is small, and not 0.",
            ),
            Mistake(
                "the wrong side",
                "(a > 0)",
                "(a < 0)",
                "The rule bends on the wrong side of 0.",
            ),
            Mistake(
                "divided by the slope",
                "",
                "return np.where(a > 0, a, a / slope), lambda g: np.where(a > 0, g, g / slope)",
                "Left of 0 it is *divided* by the slope, and steeper than on the right.",
            ),
            Mistake(
                "slope turned",
                "",
                "return np.where(a > 0, a, -slope * a), lambda g: np.where(a > 0, g, -slope * g)",
                "Left of 0 it goes up again: the slope is small, and upwards still.",
            ),
        ],
    ),
    Blank(
        "he_normal",
        "Random weights that keep the size of what goes through a relu, whose half is shut.",
        shapes="`inputs` feed one output. `checks.require_generator(rng)` gives the generator "
        "back; `.normal(mean, deviation, shape)` draws.",
        hint="A sum of n products has n times the variance of one; relu lets half of it through. "
        "And a deviation is the root of a variance.",
        because="2 / inputs is the variance; the 2 is for the half that relu takes away.",
        holes=("return ",),
        hide=r"variance",
        probes=[
            Probe("the spread of (400, 50)", spread_of((400, 50))),
            Probe("the spread of kernels (50, 4, 5, 5)", spread_of((50, 4, 5, 5))),
            Probe("the very numbers of (2, 3)", lambda m: m.he_normal((2, 3), rng=rng())),
        ],
        mistakes=[
            Mistake(
                "root of the 2 alone",
                "np.sqrt(2 / inputs)",
                "np.sqrt(2) / inputs",
                "The root is drawn of the 2 alone: it belongs to the whole variance.",
            ),
            Mistake(
                "variance for deviation",
                "np.sqrt(2 / inputs)",
                "2 / inputs",
                "That is the variance; `normal` asks for the deviation.",
            ),
            Mistake(
                "the 2 forgotten",
                "np.sqrt(2 / inputs)",
                "np.sqrt(1 / inputs)",
                "Too small by √2: relu shuts one half, and the others have to make up for it.",
            ),
        ],
    ),
    Blank(
        "linear",
        "Weighted sums as one operation: many rows at once. Blank, value and three rules.",
        shapes="x (…, n), weight (n, m), bias (m,). x may have more than two axes: `as_rows` makes "
        "a table of it, and `.reshape` brings it back.",
        given=("as_rows", "sum_of_rows"),
        example="linear(np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]), np.array([0.5]))",
        hint="The two rules of a product are fixed by their shapes. The bias was copied down.",
        because="A product twice, and one sum over the copies.",
        holes=("y = as_rows(x)",),
        probes=[
            *operation("linear", some(4, 3), some(3, 2), some(2), names=["x", "weight", "bias"]),
            *operation("linear", some(2, 4, 3), some(3, 2), some(2), names=["x", "weight", "bias"]),
            *operation(
                "linear", some(3, 3), some(3, 3, seed=4), some(3), names=["x", "weight", "bias"]
            ),
        ],
        mistakes=[
            Mistake(
                "bias forgotten",
                "    y += bias\n",
                "",
                "The bias is not added.",
            ),
            Mistake(
                "bias: mean for sum",
                "        sum_of_rows,\n    )",
                "        lambda g: sum_of_rows(g) / len(as_rows(g)),\n    )",
                "The bias hears the mean of its rows. It was added to each of them: the sum.",
            ),
            Mistake(
                "weight: not divided by, but by n",
                "lambda g: as_rows(x).T @ as_rows(g)",
                "lambda g: as_rows(x).T @ as_rows(g) / len(as_rows(g))",
                "The gradient of the weight is divided by the rows. That division belongs to the "
                "cost, which is a mean, and has been made there.",
            ),
            Mistake(
                "rule of x: forgets the weight's turn",
                "(as_rows(g) @ weight.T)",
                "(as_rows(g) @ np.resize(weight, weight.T.shape))",
                "Rows and columns of the weight are not exchanged, only counted anew: `.T`.",
            ),
        ],
    ),
    Blank(
        "Layer",
        "What all layers share; open is how `named_parameters` gathers. `walk(self)` gives pairs, "
        "a dotted name and a part; `is_parameter(part)` knows which are parameters.",
        given=("walk", "is_parameter"),
        shapes="A list of pairs (name, Tensor), in the order of the walk; one that is met twice "
        "stands in it once, under its first name.",
        hint="A dictionary by `id(part)` knows whom it met: two Tensors may hold equal numbers.",
        because="Each once: an optimizer would step a shared one twice.",
        holes=("found = {}",),
        hide=r"^$",
        probes=[
            Probe("the names in a nested network", names(nested)),
            Probe("the names where one layer stands twice", names(tied)),
            Probe("how many are there", lambda m: len(tied(m).parameters())),
            Probe(
                "two that hold the same numbers",
                lambda m: len(m.Sequential(m.BatchNorm(2), m.BatchNorm(2)).parameters()),
            ),
        ],
        mistakes=[
            Mistake(
                "met by equality",
                "",
                "found = []\n"
                "for name, part in walk(self):\n"
                "    if is_parameter(part) and part not in [each for _, each in found]:\n"
                "        found.append((name, part))\n"
                "return found",
                "`in` asks whether the *numbers* are equal, one by one. Which Tensor it is, "
                "`id(part)` says.",
            ),
            Mistake(
                "shared ones twice",
                "found.setdefault(id(part), (name, part))",
                "found[name] = (name, part)",
                "A layer that stands twice is listed twice: the optimizer would step it twice.",
            ),
            Mistake(
                "the last name holds",
                "found.setdefault(id(part), (name, part))",
                "found[id(part)] = (name, part)",
                "A shared one is listed once, but under its last name: the first was asked for.",
            ),
        ],
    ),
    Blank(
        "Sequential",
        "Layers in a row; open is what happens to `x` on its way, in `forward`.",
        shapes="What the last one gives. `self.layers` is a list of things that can be called.",
        hint="What comes out of one goes into the next.",
        because="A network is a function of a function of a function.",
        holes=("for layer in self.layers",),
        hide=r"^$",
        probes=[
            through("three functions", lambda x: x + 1, lambda x: x * 2, lambda x: x - 3),
            through("none at all"),
            Probe("a network", lambda m: nested(m)(some(4, 2))),
        ],
        mistakes=[
            Mistake(
                "all get the input",
                "x = layer(x)",
                "x = layer(inputs[0])",
                "Each is handed the first input, and only the last one counts.",
            ),
            Mistake(
                "backwards",
                "for layer in self.layers:",
                "for layer in self.layers[::-1]:",
                "The last one comes first.",
            ),
        ],
    ),
    Blank(
        "set_mode",
        "Training or not: tell it to a layer, and to every layer inside it, however deep.",
        shapes="Every layer has an attribute `training`, True or False. The layer itself is "
        "returned. `walk(layer)` gives pairs; not all of their parts are layers.",
        given=("walk",),
        hint="A loop, a question, an assignment.",
        because="One switch for all: a forgotten one would drop numbers in the exam.",
        probes=[
            Probe("a nested network, off and on", modes(nested)),
            Probe(
                "with dropout inside",
                modes(lambda m: m.Sequential(m.Sequential(m.Dropout(0.5, rng=rng())), m.relu)),
            ),
            Probe("one of two networks", one_of_two),
            Probe("what it returns", lambda m: type(m.set_mode(nested(m), False)).__name__),
        ],
        mistakes=[
            Mistake(
                "not returned",
                "return layer",
                "pass",
                "All are told. The layer itself is to be returned.",
            ),
            Mistake(
                "always training",
                "part.training = training",
                "part.training = True",
                "It always says True: `training` says which.",
            ),
            Mistake(
                "only the outer one",
                "part.training = training",
                "layer.training = training",
                "The outer layer knows it, and those inside do not.",
            ),
            Mistake(
                "the other way round",
                "part.training = training",
                "part.training = not training",
                "It says the opposite of what it was told.",
            ),
        ],
    ),
    Blank(
        "Dropout",
        "In training, a share `p` of the numbers becomes 0. The last two lines of `forward` are "
        "open; what is kept is scaled, so that the sum stays the same on average.",
        shapes="An array or Tensor of the shape of x. Draw once, with "
        "`self.rng.random(x.shape, dtype)`: a number stays where the draw is not below p. Use "
        "`dtype.type(…)` for numbers, so that float32 stays.",
        hint="With p = 0.5 half of them is left: how much larger has each of them to be?",
        because="Scaled in training, so that in use nothing has to be done.",
        holes=("kept = ",),
        hide=r"scales",
        probes=[
            Probe("p = 0.25 of 20 ones", dropped),
            Probe("other numbers, and what they receive", heard_through),
            Probe("the mean of 20,000 ones after p = 0.5", mean_after_dropout),
            Probe("in evaluation mode", in_evaluation),
            Probe("the type that comes out, float32 in", single_floats),
        ],
        mistakes=[
            Mistake(
                "float64",
                "kept / dtype.type(1 - self.p)",
                "kept / (1 - self.p)",
                "Right in numbers; but float32 has become float64. What is drawn is of `dtype`, "
                "and so is the number by which it is divided: `dtype.type(…)`.",
            ),
            Mistake(
                "drops what should stay",
                "self.rng.random(x.shape, dtype) >= self.p",
                "self.rng.random(x.shape, dtype) < self.p",
                "It keeps what should go: a number *stays* where the draw is not below p.",
            ),
            Mistake(
                "times 1 - p",
                "kept / dtype.type(1 - self.p)",
                "kept * dtype.type(1 - self.p)",
                "What is left is made smaller still. Half are gone: what has the other half to do?",
            ),
            Mistake(
                "not scaled",
                "return x * (kept / dtype.type(1 - self.p))",
                "return x * kept.astype(dtype)",
                "What is kept is as large as before: on average less comes through than in use.",
            ),
            Mistake(
                "scaled by p",
                "kept / dtype.type(1 - self.p)",
                "kept / dtype.type(self.p)",
                "Divided by p, the share that *drops*. A share 1 - p is kept.",
            ),
        ],
    ),
    Blank(
        "BatchNorm",
        "Each feature to mean 0 and variance 1, then times weight plus bias. Open: the last lines "
        "of `forward`, and how `gather` takes a part of this batch into the running numbers.",
        shapes="In `forward`, mean and variance stand as columns; so should weight and bias. In "
        "`gather`, `unbiased` is the variance to note, `plain(mean).ravel()` the mean.",
        given=("plain",),
        hint="A running mean moves a share `momentum` of the way to the new one. Variance is a "
        "square; and `eps` keeps it away from 0.",
        because="A little of each batch, and the past fades.",
        holes=("normal = ", "self.running_mean +="),
        hide=r"^$",
        probes=[
            Probe("six rows of two features", normalised),
            Probe("the running mean after two batches", gathered("running_mean")),
            Probe("the running variance after two batches", gathered("running_var")),
            Probe("an answer in evaluation mode", answer_later),
            Probe("pictures (3, 2, 4, 5)", pictures),
        ],
        mistakes=[
            Mistake(
                "momentum turned around",
                "",
                (
                    LAST,
                    "k = self.momentum\n"
                    "new = plain(mean).ravel()\n"
                    "self.running_mean[...] = k * self.running_mean + (1 - k) * new\n"
                    "self.running_var[...] = k * self.running_var + (1 - k) * unbiased",
                ),
                "The running numbers take nearly all of the new batch: `momentum` is the share of "
                "the *new* one.",
            ),
            Mistake(
                "a fixed momentum",
                "",
                (
                    LAST,
                    "self.running_mean += 0.1 * (plain(mean).ravel() - self.running_mean)\n"
                    "self.running_var += 0.1 * (unbiased - self.running_var)",
                ),
                "A tenth is what one mostly takes. Here another `momentum` was chosen: "
                "`self.momentum`.",
            ),
            Mistake(
                "no columns",
                "normal * self.weight.reshape(column) + self.bias.reshape(column)",
                "normal * self.weight + self.bias",
                "Right for rows of features. In pictures the features are axis 1: weight and bias "
                "have to stand as columns, `.reshape(column)`.",
            ),
            Mistake(
                "eps outside the root",
                "(variance + self.eps) ** -0.5",
                "(variance**0.5 + self.eps) ** -1.0",
                "`eps` is added to the deviation. It belongs to the variance, under the root.",
            ),
            Mistake(
                "variance for deviation",
                "(variance + self.eps) ** -0.5",
                "(variance + self.eps) ** -1.0",
                "It is divided by the variance. By which number does a spread become 1?",
            ),
            Mistake(
                "bias forgotten",
                " + self.bias.reshape(column)",
                "",
                "The bias is not there.",
            ),
        ],
    ),
    Blank(
        "lay_back",
        "What pictures receive from a convolution: each pixel the shares of all windows that saw "
        "it. Open: for one place in the window, `tap`, what its pixels receive.",
        shapes="`seen` is a view of those pixels, (n, rows, columns, c), of which "
        "one may only *change the numbers*. `rows @ tap` has their numbers, as a table.",
        hint="Neighbouring windows overlap: a pixel was seen by several of them.",
        because="Windows overlap, and so their shares add up.",
        holes=("seen +=",),
        hide=r"receives",
        probes=[
            Probe("kernels of 2, stride 1", picture_gradient()),
            Probe("stride 2", picture_gradient(stride=2)),
            Probe("padding 1", picture_gradient(padding=1)),
            Probe("three channels", picture_gradient(channels=3)),
        ],
        mistakes=[
            Mistake(
                "replaces for adds",
                "seen += (rows @ tap).reshape(seen.shape)",
                "seen[...] = (rows @ tap).reshape(seen.shape)",
                "The last window replaces what others gave. A pixel was seen by several of them.",
            ),
            Mistake(
                "another array",
                "seen += (rows @ tap).reshape(seen.shape)",
                "seen = (rows @ tap).reshape(seen.shape)",
                "All stays 0: `seen = …` gives the name to another array. The numbers of *this* "
                "one are to be changed: `seen += …`, or `seen[...] = …`.",
            ),
        ],
    ),
]


def payoff(m, ax):
    """Two moons as the last layer sees them: the plane is bent, until one line parts them."""
    rng = np.random.default_rng(4)
    angle, labels = np.pi * rng.random(300), np.arange(300) % 2
    x = np.where(labels == 0, np.cos(angle), 1 - np.cos(angle))
    y = np.where(labels == 0, np.sin(angle), 0.5 - np.sin(angle))
    points = np.stack([x, y], 1) + 0.1 * rng.normal(size=(300, 2))
    bend = m.Sequential(m.Linear(2, 12, rng=rng), m.leaky_relu, m.Linear(12, 2, rng=rng), m.tanh)
    network = m.Sequential(bend, m.Linear(2, 2, rng=rng))
    for _ in range(700):
        loss = m.cross_entropy(network(points), labels)  # forward
        for w in network.parameters():
            w.grad = None
        loss.backward()  # backward
        for w in network.parameters():
            w.data -= 0.5 * w.grad  # step
    along = np.linspace(-1.5, 2.5, 200)
    for each in along[::10]:
        for paper in ((along, np.full(200, each)), (np.full(200, each), along)):
            folded = bend.predict(np.stack(paper, 1))
            ax.plot(*folded.T, "-", color="0.85", lw=0.8, zorder=0)
    seen = bend.predict(points)
    for label, color, name in ((0, "C1", "upper moon"), (1, "C0", "lower moon")):
        ax.plot(*seen[labels == label].T, "o", color=color, ms=4, label=name)
    weight, bias = network[1].weight.data, network[1].bias.data
    (a, b), c = weight[:, 1] - weight[:, 0], bias[1] - bias[0]
    ends = np.array([-1.1, 1.1])
    border = (ends, -(a * ends + c) / b) if abs(b) > abs(a) else (-(b * ends + c) / a, ends)
    ax.plot(*border, "k--", label="the border: a straight line")
    ax.legend(loc="center left", bbox_to_anchor=(1.02, 0.5), frameon=False)
    ax.set(xlabel="first number", ylabel="second number", xlim=(-1.1, 1.1), ylim=(-1.1, 1.1))
    ax.set_title("The layers bend the paper, until one line parts the moons")
    right = (network.predict(points).argmax(1) == labels).mean()
    return f"{right:.1%} of the points are on their side"
