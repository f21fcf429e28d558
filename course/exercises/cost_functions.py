"""The questions and exercises of chapter 2."""

import numpy as np

from course.exercises.kit import Book

book = Book("cost_functions")
guess, check, whose, progress = book.guess, book.check, book.whose, book.progress
predict = guess  # until the chapter says guess

PAIRS = [
    (np.array([1.0, 4.0]), np.array([2.0, 2.0])),
    (np.array([0.5, -1.0, 3.0]), np.array([1.5, 2.0, 3.0])),
]
PRICES = np.array([1.0, 2.0, 3.0, 4.0, 15.0])


def softmax(a):
    return np.exp(a) / np.exp(a).sum(axis=-1, keepdims=True)


# Recall

book.question(
    "slope of (x - 5)² at x = 2",
    answer=lambda: 2 * (2 - 5),
    because="u² has the slope 2u, here with u = −3; and u grows as fast as x.",
    mistakes=[
        (6, "The size is right. At x = 2, does (x − 5)² grow or fall when x grows?"),
        (9, "That is the value at x = 2. How fast does it change there?"),
        (-3, "That is x − 5. Its square has the slope *two* times that."),
        (4, "That would be the slope of x². Here it is x − 5 that is squared."),
    ],
)
book.question(
    "shape of the gradient of a row",
    answer=(3,),
    because="A gradient has the shape of what it belongs to; the copies are added up.",
    mistakes=[
        ((4, 3), "That is the table's. The row was copied, and its copies are added up."),
        ((4,), "Four is how often the row was copied."),
        ((), "One slope for each number of the row."),
        ((1, 3), "Nearly: a gradient has exactly the shape of what it belongs to."),
    ],
)
book.question(
    "x.grad after another backward",
    answer=lambda: 5 + 2,
    because="Gradients add up until they are cleared.",
    mistakes=[
        (2, "Nobody cleared the 5: what arrives is added."),
        (5, "The new walk leaves something behind, too."),
        (10, "Rates multiply along one way; what arrives from two walks is added."),
    ],
)

# Two costs


def mse(predictions, targets):
    return ((predictions - targets) ** 2).mean()


def mae(predictions, targets):
    return abs(predictions - targets).mean()


book.question(
    "factor of the square",
    answer=lambda: 3**2,
    because="Three times the side, nine times the area: squares hear large misses very well.",
    mistakes=[
        (3, "That is the side. What does its square do?"),
        (6, "Both sides of the square grow by the factor 3: multiply."),
        (27, "That would be a cube."),
    ],
)
book.exercise(
    "my_mean_squared_error",
    mse,
    cases=PAIRS,
    because="The mean area.",
    mistakes=[
        (
            lambda p, t: ((p - t) ** 2).sum(),
            "This is the sum: the M in MSE is a mean. A sum grows with every house you add.",
        ),
        (lambda p, t: (p - t).mean(), "Misses of both signs cancel here. Where do the areas come?"),
        (mae, "That is the mean *length*. What is the area on a miss?"),
        (
            lambda p, t: (p - t).mean() ** 2,
            "You average first and square then: by that time the signs have cancelled.",
        ),
        (lambda p, t: mse(p, t) ** 0.5, "That is the side of the mean square: leave out the root."),
        (lambda p, t: (p - t) ** 2, "Those are the areas, one for each. One number is asked for."),
        (lambda p, t: mse(p, t) / 2, "Half of it. Some books do that; here it is the plain mean."),
        (lambda p, t: (p**2 - t**2).mean(), "Squared too early: first the miss, then its square."),
    ],
)
book.exercise(
    "my_mean_absolute_error",
    mae,
    cases=PAIRS,
    because="The mean length.",
    mistakes=[
        (
            lambda p, t: abs((p - t).mean()),
            "The sign is taken off after the mean, when the misses have cancelled already.",
        ),
        (lambda p, t: abs(p - t).sum(), "This is the sum: the M in MAE is a mean."),
        (mse, "That is the mean area. A stick has a length."),
        (lambda p, t: (p - t).mean(), "Misses of both signs cancel here."),
        (lambda p, t: abs(p - t), "Those are the lengths, one for each. One number is asked for."),
        (
            lambda p, t: (abs(p) - abs(t)).mean(),
            "You take the signs off before you subtract. It is the miss whose sign must go.",
        ),
    ],
)

# At the door

book.question(
    "shape of column minus row",
    answer=lambda: (np.zeros((5, 1)) - np.zeros(5)).shape,
    because="The column is copied to the right, the row downward: every pair is compared.",
    mistakes=[
        ((5,), "That is what one would want. numpy compares from the right: 1 against 5, …"),
        ((5, 1), "The row has five numbers along the last axis: the 1 is stretched."),
        ((1, 5), "Both are stretched: the column to the right, the row downward."),
        ("error", "If only. numpy finds a way: lengths of 1 and missing axes are stretched."),
        (25, "Twenty-five numbers, yes. In which shape?"),
    ],
)

book.question(
    "3 - 5 in uint8",
    answer=lambda: int((np.array([3], np.uint8) - np.array([5], np.uint8))[0]),
    because="After 255 comes 0, and before 0 comes 255: two steps back from 0 is 254.",
    mistakes=[
        (-2, "There is no −2 among the numbers from 0 to 255. What comes before 0?"),
        (2, "The sign does not fall off: they count backward through 0, and go on at 255."),
        (0, "It does not stop at 0. After 255 comes 0; so what comes before 0?"),
        (253, "Nearly: from 3, five steps back are 2, 1, 0, and then?"),
        (255, "Nearly: from 3, five steps back are 2, 1, 0, and then?"),
        ("error", "If only. They count on, in a circle."),
    ],
)

# The best constant

book.question(
    "best constant for MSE",
    answer=lambda: PRICES.mean(),
    because="The mean: there the pulls, which grow with distance, are in balance.",
    mistakes=[
        (3, "The castle's square is huge there, and the castle pulls hard: further up."),
        (8, "Half-way between the ends? Four of the five pull from below."),
        (4, "Squares grow fast: at 4 the castle still pulls harder than the others together."),
        (15, "The castle pulls hard, and the four others pull back."),
        (2.5, "The castle has been forgotten, and its square is the largest of all."),
    ],
)
book.question(
    "best constant for MAE",
    answer=lambda: np.median(PRICES),
    because="The median: as many houses below as above.",
    mistakes=[
        (5, "From 5, move c down by 1: four sticks get shorter, one gets longer."),
        (8, "From 8, move c down by 1: four sticks get shorter, one gets longer."),
        (2.5, "The castle is one of the five, too: how many lie above and below 2.5?"),
        (4, "From 4, move c down by 1: three sticks get shorter, two get longer."),
        (2, "Three lie above 2 and one below: moving up helps more sticks than it harms."),
    ],
)
book.question(
    "MAE slope of a castle for 150",
    answer=lambda: -1 / 5,
    because="As before: in MAE only the side counts.",
    mistakes=[
        (-2, "Ten times as dear, and still one voice of five: MAE sees only the side."),
        (-1, "That is the slope of its own distance. And of the *mean* of five distances?"),
        (0.2, "c lies below the castle: when c grows, does that stick get longer or shorter?"),
        (-58, "That is its slope in MSE. In MAE, does the size of a miss matter?"),
    ],
)


def mse_gradient(p, t):
    return 2 * (p - t) / p.size


book.exercise(
    "my_mse_gradient",
    mse_gradient,
    cases=PAIRS,
    because="Twice the miss, and one n-th of it.",
    mistakes=[
        (lambda p, t: 2 * (p - t), "The mean takes one n-th of each square: where is the n?"),
        (lambda p, t: 2 * (p - t) / 5, "Right for five houses. How many are there, in general?"),
        (lambda p, t: (p - t) / p.size, "The square of a miss has the slope *two* misses."),
        (
            lambda p, t: 2 * (t - p) / p.size,
            "The sign is turned: where a prediction is too high, the cost grows with it.",
        ),
        (lambda p, t: (2 * (p - t) / p.size).sum(), "One number for each prediction is asked for."),
        (lambda p, t: 2 * abs(p - t) / p.size, "A slope has a sign: it says to which side."),
        (lambda p, t: (p - t) ** 2 / p.size, "Those are the areas. How fast do they grow?"),
    ],
)

# The landscape

book.question(
    "which line moves",
    answer="MSE",
    because="Its square is huge, and MSE listens to it; for MAE it was above before, too.",
    mistakes=[
        ("MAE", "For MAE it is one voice of five, and it already was above the line."),
        ("both", "MAE asks only on which side it lies. Has that changed?"),
    ],
)


def huber_slope(misses, delta):
    return np.clip(misses, -delta, delta)


book.exercise(
    "my_huber_slope",
    huber_slope,
    cases=[
        (np.array([0.5, -0.25]), 1.0),
        (np.array([3.0, -3.0, 0.5]), 1.0),
        (np.array([-4.0, 0.2, 5.0]), 2.0),
    ],
    because="The miss, cut off at delta on both sides.",
    mistakes=[
        (lambda m, d: 2 * np.clip(m, -d, d), "Twice too steep: it is *half* the square here."),
        (
            lambda m, d: np.where(abs(m) > d, d, m),
            "A large miss on the negative side gets the slope +delta: which sign should it have?",
        ),
        (lambda m, d: m, "Right for small misses. The large ones must be cut off."),
        (lambda m, d: np.minimum(m, d), "Cut off above. And a miss far below, at −3?"),
        (
            lambda m, d: d * np.sign(m),
            "Right for large misses. A small one is its own slope.",
        ),
        (lambda m, d: np.clip(m, 0, d), "A negative miss has a negative slope: cut it at −delta."),
        (lambda m, d: np.clip(m, -1, 1), "The limit is `delta`, which need not be 1."),
        (
            lambda m, d: np.clip(abs(m), 0, d),
            "The sign is lost: on which side of the target is the prediction?",
        ),
        (
            lambda m, d: np.where(abs(m) < d, m, 0),
            "Large misses have no pull at all here. They keep the slope delta.",
        ),
    ],
)

# Surprise

book.question(
    "slope of the number of mistakes",
    answer=0,
    because="No picture changes sides: the nudge changes nothing.",
    mistakes=[
        (1, "That would be one mistake more. Does so small a nudge move a picture across?"),
        (-1, "Does so small a nudge move a picture across the line?"),
        (17, "That is the value. Does it change for a nudge so small?"),
        (1e6, "That is the slope where one picture changes sides just there. Is one so near?"),
    ],
)


def surprise(p):
    return -(7 * np.log(p) + 3 * np.log(1 - p)) / 10


def best_p():
    knob = np.linspace(0.01, 0.99, 99)
    return knob[np.argmin(surprise(knob))]


book.question(
    "least surprised p",
    answer=best_p,
    because="The share of heads: what you say is best when it is what happens.",
    mistakes=[
        (0.5, "That is for a coin that you believe to be fair. This one has shown 7 of 10."),
        (1, "Then each of the three tails is infinitely surprising."),
        (7, "As a probability, please: between 0 and 1."),
        (0.3, "That is the probability of the other side."),
        (0.99, "Being so sure pays seven times, and costs very much three times."),
    ],
)
book.question(
    "sigmoid of 0",
    answer=lambda: 1 / (1 + np.exp(-0.0)),
    because="e to the power 0 is 1: one of two.",
    mistakes=[
        (0, "e to the power 0 is not 0. What is it?"),
        (0.27, "e to the power 0 is 1, not e."),
        (1, "The 1 below the line is still there, beside e to the power 0."),
    ],
)

LOGITS = np.array([-1.0, 0.5, 2.0])

book.question(
    "the last probability, with 100 added to all",
    answer=lambda: softmax(LOGITS)[2],
    within=0.01,
    because="e to the power 100 stands above and below the line, and cancels.",
    mistakes=[
        (1, "All three have grown, each by the same factor. What becomes of the shares?"),
        (lambda: 1 / 3, "They are as far apart as before: the same factor for each."),
        (100.79, "A probability is at most 1."),
        (0, "The others have grown as well, but no more than this one."),
    ],
)
book.question(
    "naive softmax of 1000 and 0",
    answer="nan and 0",
    because="Infinity divided by infinity is not a number; 1 divided by infinity is 0.",
    mistakes=[
        ("1 and 0", "So it should be. Can a computer hold e to the power 1000?"),
        ("0.5 and 0.5", "They are very different. Can a computer hold e to the power 1000?"),
    ],
)


def log_softmax(a):
    shifted = a - a.max()
    return shifted - np.log(np.exp(shifted).sum())


book.exercise(
    "my_log_softmax",
    log_softmax,
    cases=[
        (np.array([1.0, 2.0]),),
        (np.array([0.0, -3.0, 2.0]),),
        (np.array([1000.0, 0.0]),),
        (np.array([-1000.0, -1001.0]),),
    ],
    because="Nothing overflows: the largest exponent is 0.",
    mistakes=[
        (
            lambda a: a - np.log(np.exp(a).sum()),
            "Right for small logits. For 1000 the exponential overflows: shift first.",
        ),
        (
            lambda a: a - a.max() - np.log(np.exp(a).sum()),
            "You shift in one place and not in the other: use the shifted numbers in both.",
        ),
        (
            lambda a: a - np.log(np.exp(a - a.max()).sum()),
            "The sum is of shifted numbers, what stands before it is not. Both, or none.",
        ),
        (
            lambda a: np.exp(a - a.max()) / np.exp(a - a.max()).sum(),
            "That is softmax, stable and right. Asked for is its logarithm.",
        ),
        (
            lambda a: np.log(np.exp(a - a.max()) / np.exp(a - a.max()).sum()),
            "A small probability was rounded to 0 before the logarithm saw it. Take the "
            "logarithm by hand: of a quotient, it is a difference.",
        ),
        (lambda a: a - a.max(), "The shift is there. What about the sum of the exponentials?"),
        (
            lambda a: np.log(np.exp(a) / np.exp(a).sum()),
            "For 1000 it is infinity by infinity, as before: shift first.",
        ),
        (
            lambda a: np.log(np.exp(a) / np.exp(a).sum() + 1e-12),
            "A tiny number added hides the trouble, and gives a wrong surprise. Shift instead.",
        ),
        (
            lambda a: -log_softmax(a),
            "That is the surprise. Asked for is the logarithm itself: at most 0.",
        ),
    ],
)

# Cross-entropy

P = softmax(np.array([[0.5, -1.0, 2.0, 0.0], [1.0, 1.5, -0.5, 0.3], [0.0, 0.2, 0.1, -2.0]]))

book.exercise(
    "my_cross_entropy_gradient",
    lambda p, one_hot: (p - one_hot) / len(p),
    cases=[(P[:2, :], np.eye(4)[[2, 0]]), (P, np.eye(4)[[1, 3, 3]])],
    because="What you said, minus what was true, one n-th of each.",
    mistakes=[
        (
            lambda p, one_hot: p - one_hot,
            "Each row is right for one picture alone. The cost is the *mean* over all of them.",
        ),
        (
            lambda p, one_hot: (p - one_hot) / 3,
            "Right for three pictures. How many are there, in general?",
        ),
        (
            lambda p, one_hot: (one_hot - p) / 3,
            "Two things: the sign (what you said, *minus* what was true), and 3 is not always n.",
        ),
        (
            lambda p, one_hot: (one_hot - p) / len(p),
            "The sign is turned: this is where the step goes, the gradient points the other way.",
        ),
        (
            lambda p, one_hot: (p - one_hot) / p.size,
            "The mean is taken over pictures, not over pictures and classes.",
        ),
        (
            lambda p, one_hot: (p - one_hot) / p.shape[1],
            "That is the number of classes. Over what is the mean taken?",
        ),
        (
            lambda p, one_hot: p * one_hot / len(p),
            "The logits of wrong classes are pushed, too. Minus, not times.",
        ),
    ],
)
book.question(
    "first loss of ten classes",
    answer=lambda: np.log(10),
    within=0.01,
    because="Each class has one tenth: the surprise is −ln(1/10) = ln 10.",
    mistakes=[
        (0.1, "That is the probability. What is its surprise?"),
        (0.9, "That is the share of pictures it gets wrong. What is the surprise at one tenth?"),
        (0, "0 is for one who was sure, and right."),
        (10, "Ten is how many classes there are. How surprising is one of ten?"),
        (1, "Logarithms to base 10 say that. Ours have the base e."),
        (lambda: -np.log(10), "A surprise is not negative: minus the logarithm of one tenth."),
        (lambda: 10 * np.log(10), "That is for ten pictures together. The cost is a mean."),
    ],
)
book.question(
    "share read after a hundred steps",
    answer=0.95,
    within=0.05,
    because="Near enough: the next cell counts.",
    mistakes=[
        (0.1, "That is guessing. It has had a hundred steps."),
        (0.5, "Higher: one weighted sum told most threes from eights already."),
        (0.7, "Higher: one weighted sum told most threes from eights already."),
        (0.8, "Higher still."),
        (80, "As a share from 0 to 1, please: 80 of a hundred is 0.8."),
        (90, "As a share from 0 to 1, please: 90 of a hundred is 0.9."),
        (95, "As a share from 0 to 1, please: 95 of a hundred is 0.95."),
        (97, "As a share from 0 to 1, please: 97 of a hundred is 0.97."),
    ],
)
book.question(
    "softmax twice, a loss below 1",
    answer="no",
    because="From 1 and nine 0s, the second softmax makes no more than 0.23 for the right class.",
    mistakes=[
        (
            "yes",
            "The second softmax gets 1 and nine 0s. e to the power 1, divided by the sum of all: "
            "how sure is that?",
        ),
    ],
)


def floor(k):
    return np.log(np.e + k - 1) - 1


book.exercise(
    "my_floor",
    floor,
    cases=[(2,), (10,), (1000,)],
    because="ln(e + k − 1) − 1.",
    mistakes=[
        (np.log, "That is the first loss, where all logits are equal. One of them is 1."),
        (lambda k: np.e / (np.e + k - 1), "That is the probability. The loss is its surprise."),
        (lambda k: 1 - np.log(np.e + k - 1), "The sign: surprise is *minus* the logarithm."),
        (lambda k: np.log(np.e + k) - 1, "Of the k classes, how many have the logit 0?"),
        (lambda k: np.log(np.e + k - 1), "And the numerator, e? Its logarithm is 1."),
        (lambda k: floor(10), "Right for ten classes. What changes with k?"),
        (lambda k: 1.461, "Right for ten classes, rounded. Write it for k of them."),
    ],
)

# Reward

book.question(
    "reward with the wrong sign",
    answer=0.2,
    within=0.03,
    because="Downhill on a reward leads to the worst machine.",
    mistakes=[
        (0.5, "That is where it starts. Minus is a direction as good as plus."),
        (0.8, "That is where plus leads. Minus goes the other way."),
        (0, "It must choose some machine, and the worst one still pays a little."),
        (-0.8, "Rewards are between 0 and 1 here, whatever the agent does."),
    ],
)
book.question(
    "agents that are given gifts, and do not compare",
    answer=7,
    within=4.5,
    because="About a third of them: with three machines, that is what luck gives.",
    mistakes=[
        (
            20,
            "The gift is the same for every machine. But what does 5 or 6 say to an agent that "
            "does not know what is usual?",
        ),
        (0, "By luck alone, some stick to the best one of three."),
        (19, "Nearly all? What does 5 or 6 say to an agent that does not know what is usual?"),
    ],
)
book.question(
    "after a negative advantage",
    answer="down",
    because="It went worse than usual: do it less.",
    mistakes=[("up", "It went worse than usual. More of that?")],
)

LOG_P = np.log(P)


def policy_loss(log_p, actions, advantages):
    return -(log_p[np.arange(len(actions)), actions] * advantages).mean()


book.exercise(
    "my_policy_loss",
    policy_loss,
    cases=[
        (LOG_P[:2], np.array([2, 0]), np.array([0.5, -1.0])),
        (LOG_P, np.array([1, 3, 3]), np.array([0.2, -0.4, 0.9])),
    ],
    because="Surprise of what was done, weighted by how well it went.",
    mistakes=[
        (
            lambda log_p, actions, advantages: -policy_loss(log_p, actions, advantages),
            "The sign: surprise is *minus* the logarithm. This agent would learn to lose.",
        ),
        (
            lambda log_p, actions, advantages: (
                policy_loss(log_p, actions, advantages) * len(actions)
            ),
            "This is the sum over the pulls. A mean, please.",
        ),
        (
            lambda log_p, actions, advantages: policy_loss(log_p, actions, np.ones(len(actions))),
            "That is the mean surprise alone. How well did it go?",
        ),
        (
            lambda log_p, actions, advantages: -(log_p * advantages[:, None]).mean(),
            "All choices of a row are in here. Only the one that was made counts.",
        ),
        (
            lambda log_p, actions, advantages: -(log_p[:, actions] * advantages).mean(),
            "`log_p[:, actions]` takes these columns from *every* row. One number from each row.",
        ),
        (
            lambda log_p, actions, advantages: -(log_p * advantages).mean(),
            "A table (n, choices) meets a row (n,): pick one number from each row first.",
        ),
        (
            lambda log_p, actions, advantages: -(log_p[actions] * advantages).mean(),
            "`log_p[actions]` picks whole *rows*. One number from each row: two indices.",
        ),
        (
            lambda log_p, actions, advantages: (
                policy_loss(log_p, actions, np.ones(len(actions))) * advantages.mean()
            ),
            "Two means, multiplied. Each surprise is weighted by its *own* advantage.",
        ),
        (
            lambda log_p, actions, advantages: (
                -(np.exp(log_p)[np.arange(len(actions)), actions] * advantages).mean()
            ),
            "Those are probabilities. The surprise needs the logarithm that you were given.",
        ),
        (
            lambda log_p, actions, advantages: (
                -(log_p[np.arange(len(actions)), actions] * advantages)
            ),
            "One number for each pull. Their mean is asked for.",
        ),
    ],
)

# Stretch


def pinball(predictions, targets, share):
    above = targets - predictions
    return np.maximum(share * above, (share - 1) * above).mean()


book.exercise(
    "my_pinball",
    pinball,
    cases=[
        (np.array([0.0, 0.0]), np.array([1.0, -1.0]), 0.9),
        (np.array([1.0, 2.0, 0.0]), np.array([3.0, 1.5, -2.0]), 0.25),
    ],
    because="A V that leans.",
    mistakes=[
        (
            lambda p, t, share: pinball(t, p, share),
            "The sides are swapped: a target *above* the prediction costs `share`.",
        ),
        (lambda p, t, share: abs(t - p).mean(), "That is the upright V: where is `share`?"),
        (
            lambda p, t, share: share * abs(t - p).mean(),
            "Both sides cost the same here. A target below costs `1 - share`.",
        ),
        (
            lambda p, t, share: pinball(p, t, share) * p.size,
            "This is the sum. A mean, please.",
        ),
        (
            lambda p, t, share: np.where(t > p, share, 1 - share) @ (t - p) / p.size,
            "The forces are right, and a distance has no sign: what lies below counts, too.",
        ),
        (
            lambda p, t, share: np.maximum(share * (t - p), 0).mean(),
            "A target below the prediction costs nothing here. It costs `1 - share`.",
        ),
        (
            lambda p, t, share: np.where(t > p, share, 1 - share).mean(),
            "The forces are right. And the distances?",
        ),
    ],
)
