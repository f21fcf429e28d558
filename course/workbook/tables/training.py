"""Chapter 6: the loop, and the habits that keep it honest."""

import re
from pathlib import Path
from signal import SIGINT, getsignal
from tempfile import TemporaryDirectory
from threading import current_thread, main_thread
from traceback import walk_tb

import numpy as np

from course.exercises.kit import ToldError
from course.workbook.blanks import Blank, Mistake, Probe
from course.workbook.probing import near, some

BEST = "self.best, self.best_value, self.best_epoch = network.state_dict(), value, self.epoch"
STEP = """\
            optimizer.step()
            if schedule:
                schedule.step()
"""


def rng(seed=0):
    return np.random.default_rng(seed)


X, Y = some(11, 3), np.arange(11) % 3
PAIRS = [(X[:4], Y[:4]), (X[4:9], Y[4:9]), (X[9:], Y[9:])]  # no two of one length


def network(m):
    return m.Sequential(m.Linear(3, 4, rng=rng(1)), m.tanh, m.Linear(4, 3, rng=rng(2)))


def with_dropout(m):
    return m.Sequential(m.Dropout(0.5, rng=rng(3)), network(m))


def all_numbers(net):
    return np.concatenate([w.data.ravel() for w in net.parameters()])


def leave_gradients(net):
    """Something that arrived long ago, and was never forgotten."""
    for w in net.parameters():
        w.grad = np.ones_like(w.data)


def values(*pairs):
    """Kin of a probe: values that are known by hand."""
    return lambda m: pairs


WORDS = {  # what an error in a given function says of the line that called it
    ("step", "step() before backward()"): "No gradient is there when it steps: backward has not "
    "run yet, or what it found was wiped out before the step.",
    ("add", "'float' object is not iterable"): "`end_epoch` takes `new` as one thing, a list of "
    "*lists*: [[loss, metric], [loss, metric]], or one of them.",
    ("end_epoch", "'network'"): "`end_epoch` takes `parts` first, and then `new`.",
    ("end_epoch", "not str"): "`end_epoch` takes `parts` first, and then `new`.",
    ("train", "end_epoch() got an unexpected keyword argument 'by_epoch'"): "The third input of "
    "`end_epoch` is called `schedule`: `by_epoch` stands there without a name.",
    ("evaluate", "not None: a layer"): "`validation` may be None: then there is no exam.",
}


def heard(function, *inputs, **settings):
    """What a function gives; some of its errors in the words of the line that is asked for."""
    try:
        return function(*inputs, **settings)
    except (KeyError, TypeError, ValueError) as error:
        places = {frame.f_code.co_name for frame, _ in walk_tb(error.__traceback__)}
        for (place, part), words in WORDS.items():
            if place in places and part in str(error):
                raise ToldError(words) from None
        raise


# accuracy

LOGITS = np.array(
    [
        *([6.0, 1, 0], [0, 1, 2], [0, 1, 5], [2, 0, 1], [-1, 4, -2]),
        *([0.5, -0.5, -3], [-2, -1, 2], [0, 1, 0.5], [3, 1, 0]),
    ]
)
LABELS = np.array([0, 2, 0, 0, 1, 0, 2, 1, 1])
YES_NO = np.array([-1.0, 2.0, 0.3, 0.0, 0.7, -0.6, 1.0, 3.0])
TRUTHS = np.array([0, 1, 0, 0, 1, 0, 0, 1])


def share(logits, labels):
    def look(m):
        x, y = logits.copy(), labels.copy()
        found = m.accuracy(x, y)
        if not (np.array_equal(x, logits) and np.array_equal(y, labels)):
            raise ToldError("It changes the logits or the labels: work on a copy.")
        return found

    return look


def near_share(*pairs, labels):
    """What other answers than the right ones give."""
    shares = [(np.mean(answers == labels), reply) for answers, reply in pairs]
    return values(*shares, (0.0, "That is 0: of the rows a *share* is right, between 0 and 1."))


# train_epoch


def epoch(what, *, schedule=False, metric=False, before=lambda net: None, make=with_dropout):
    """One epoch over short batches, and what came of it."""

    def look(m):
        net = make(m)
        before(net)
        optimizer = m.SGD(net.parameters(), 0.2)
        decay = m.InverseTimeDecay(optimizer, rate=1.0) if schedule else None
        asked = m.accuracy if metric else None
        more = {"metric": asked, "schedule": decay}
        means = heard(m.train_epoch, net, m.cross_entropy, optimizer, PAIRS, **more)
        return {"means": means, "numbers": all_numbers(net), "lr": optimizer.lr}[what]

    return look


def near_means(m):
    """What may come of the losses of the batches in place of a mean over all rows."""
    each, rows = [], np.array([len(targets) for _, targets in PAIRS])

    def cost(outputs, targets):
        loss = m.cross_entropy(outputs, targets)
        each.append(loss.item())
        return loss

    net = with_dropout(m)
    m.train_epoch(net, cost, m.SGD(net.parameters(), 0.2), PAIRS)
    each = np.array(each)
    whole = (each * rows).sum()
    for value, reply in (
        (
            each.mean(),
            "That is the mean of the batches' means. The last one is short, and counts for less.",
        ),
        (each.sum() / rows.sum(), "In `totals` a mean counts as often as its batch has rows."),
        (whole / len(rows), "`rows` counts the batches: it has to count their rows."),
        (whole / X.size, "`size` counts all numbers of the inputs: their rows are `len(inputs)`."),
        (each[-1], "Only the last batch is left: `+=` adds up."),
        (
            (each / rows).sum() / rows.sum(),
            "Divided by the rows of its batch: a mean counts as often as its batch *has* rows.",
        ),
    ):
        yield [value], reply


def held_back(m):
    """Does a Ctrl-C wait while the optimizer steps, and while the schedule does?"""
    before, found = getsignal(SIGINT), []
    if not callable(before) or current_thread() is not main_thread():
        return [True, True]  # none comes here

    class Watched(m.SGD):
        def step(self):
            found.append(getsignal(SIGINT) is not before)
            super().step()

    class Watching:
        def step(self):
            found.append(getsignal(SIGINT) is not before)

    net = network(m)
    optimizer = Watched(net.parameters(), 0.2)
    m.train_epoch(net, m.cross_entropy, optimizer, PAIRS[:1], schedule=Watching())
    return found


# evaluate


def exam(m):
    """[loss, accuracy], with dropout inside."""
    return m.evaluate(with_dropout(m), m.cross_entropy, (X, Y), m.accuracy)


def portions(m):
    """How many rows the network is handed at a time."""
    found = []

    def counting(x):
        found.append(len(x))
        return x

    net = m.Sequential(counting, network(m))
    m.evaluate(net, m.cross_entropy, (X, Y), batch_size=5)
    return found


def in_parts(m, rows=slice(None)):
    found = m.evaluate(network(m), m.cross_entropy, (X[rows], Y[rows]), batch_size=5)
    if isinstance(found, float):
        raise ToldError("Without a metric, too, a list is asked for: [loss].")
    return found


def kinds_of(m):
    return [type(each).__name__ for each in exam(m)]


def mean_of_parts(m):
    return np.mean([in_parts(m, slice(i, i + 5)) for i in range(0, 11, 5)], axis=0)


def modes(m):
    """The mode after it: of a network in training, and of one that was in evaluation."""
    found = []
    for training in (True, False):
        net = with_dropout(m)
        m.set_mode(net, training)
        m.evaluate(net, m.cross_entropy, (X, Y))
        found.append("training" if net.training else "evaluation")
    return found


# History


def noted(*epochs):
    def look(m):
        history = m.History()
        for each in epochs:
            history.add(*each)
        names = ("loss", "metric", "validation_loss", "validation_metric")
        return [list(history[name]) for name in names]

    return look


# EarlyStopping


class Net:
    """Something that remembers one number, in place of a network."""

    def __init__(self, number=0):
        self.number = number

    def state_dict(self):
        return {"number": self.number}

    def load_state_dict(self, state):
        if state is None:
            raise ToldError("Nothing was seen yet, and None is put back: ask first whether it is.")
        if not isinstance(state, dict):
            raise ToldError(
                "`load_state_dict` takes a state, which `network.state_dict()` gives, with its "
                "brackets: not the network itself."
            )
        self.number = state["number"]


LOSSES = [3, 4, 1, -2, -1, 0, -1]
AT_ONCE = "`patience` is counted from the best epoch on: from `self.epoch` subtract `best_epoch`."


def stopped(m, losses, monitor="validation_loss", **settings):
    """A stop that has looked at these losses, the network, and whether it was over each time."""
    stop, net, over = m.EarlyStopping(2, monitor=monitor, **settings), Net(), []
    history = {name: [] for name in ("loss", "metric", "validation_loss", "validation_metric")}
    for number, loss in enumerate(losses, 1):
        net.number = number
        for name, numbers in history.items():
            numbers.append(loss if name == monitor else 100 + number)
        stop.look(net, history)
        over.append(stop.over)
    return stop, net, over


def over(losses, **settings):
    def look(m):
        stop, _, found = stopped(m, losses, **settings)
        return [found, stop.best_epoch, stop.epoch]

    return look


def put_back(losses):
    """The number of the network that is put back, after it was 9."""

    def look(m):
        stop, net, _ = stopped(m, losses)
        net.number = 9
        stop.restore(net)
        return net.number

    return look


def put_elsewhere(m):
    """Into a network that it has not seen, and twice; and which epoch is the best after it."""
    stop, net, _ = stopped(m, LOSSES)
    other = Net(9)
    stop.restore(other)
    first, other.number = other.number, 9
    stop.restore(other)
    return [first, other.number, net.number, stop.best_epoch]


def before_anything(m):
    net = Net(9)
    m.EarlyStopping(2).restore(net)
    return net.number


def copied(m):
    """The best is a copy: what the network learns later does not change it."""
    net = network(m)
    stop, history = m.EarlyStopping(3), {"loss": [1.0], "validation_loss": [1.0]}
    before = all_numbers(net)
    stop.look(net, history)
    for w in net.parameters():
        w.data += 1.0
    stop.restore(net)
    return bool((all_numbers(net) == before).all())


def row(*over_in, best, of=7):
    """What `over` says, in which epochs it is."""
    return [[i in over_in for i in range(1, of + 1)], best, of]


# find_learning_rate


def searched(m, cost, steps, make=with_dropout, before=lambda net: None):
    net = make(m)
    before(net)
    optimizer = m.SGD(net.parameters(), 0.01)
    more = {"lowest": 0.01, "steps": steps}
    found = heard(m.find_learning_rate, net, cost, optimizer, PAIRS, **more)
    if found is None:
        raise ToldError("`return` ends all at once: `break` ends the loop, and what follows it is "
                        "done.")  # fmt: skip
    return [*found, optimizer.lr]


def rates(what, **settings):
    def look(m):
        rates, losses, lr = searched(m, m.cross_entropy, 12, **settings)
        return {"rates": rates, "losses": losses, "lr": lr}[what]

    return look


def ends(*losses):
    """With losses that are known beforehand: how many of them it hears, and notes."""

    def look(m):
        heard = []

        def cost(outputs, targets):
            heard.append(losses[len(heard)])
            return outputs.sum() * 0.0 + heard[-1]

        return [len(searched(m, cost, len(losses))[1]), len(heard)][::-1]

    return look


# confusion_matrix

IS = np.array([2, 2, 5, 5, 5, 7, 7, 2, 2])
TAKEN = np.array([2, 5, 5, 5, 7, 2, 2, 2, 2])


def counts(labels, predictions):
    def look(m):
        found = m.confusion_matrix(labels, predictions)
        if isinstance(found, list):
            raise ToldError("An array is asked for, and that is a list.")
        if getattr(found, "dtype", np.dtype(int)).kind == "f":
            raise ToldError("Counts are whole numbers: these are floats.")
        return found

    return look


# train


class Passes(list):
    """Batches that count how often they are gone through, and tell when."""

    def __init__(self, pairs=PAIRS, tell=lambda: None):
        super().__init__(pairs)
        self.passes, self.tell = 0, tell

    def __iter__(self):
        self.passes += 1
        if self.passes > 30:
            raise ToldError("It never ends: an epoch that `end_epoch` does not note never counts.")
        self.tell()
        return super().__iter__()


def training(m, epochs=3, batches=None, cost=None, rate=None, **settings):
    """A training, and what is left of it: the lists of its history, the network, the optimizer."""
    net = with_dropout(m)
    optimizer = m.SGD(net.parameters(), 0.2)
    batches = Passes() if batches is None else batches
    if rate is not None:
        settings["schedule"] = m.InverseTimeDecay(optimizer, rate=rate)
    settings |= {"epochs": epochs, "verbose": False}
    history = heard(m.train, net, cost or m.cross_entropy, optimizer, batches, **settings)
    return [*history.values()], net, optimizer


def lists(validation=False, metric=False, **settings):
    def look(m):
        more = {"validation": (X[:4], Y[::-1][:4])} if validation else {}
        more |= {"metric": m.accuracy} if metric else {}
        more |= {"stop": m.EarlyStopping(3)} if settings.get("epochs") else {}
        return training(m, **settings, **more)[0]

    return look


def without(which):
    """The lists with validation and accuracy, one of them empty."""

    def look(m):
        found = lists(validation=True, metric=True)(m)
        found[which] = []
        return found

    return look


def noted_twice(m):
    losses, *others = lists()(m)
    return [np.repeat(losses, 2)[:4].tolist(), *others]


def goes_on(m):
    net = network(m)
    optimizer, batches = m.SGD(net.parameters(), 0.2), Passes([(X, Y)])
    history = m.train(net, m.cross_entropy, optimizer, batches, epochs=2, verbose=False)
    more = {"epochs": 5, "history": history, "verbose": False}
    m.train(net, m.cross_entropy, optimizer, batches, **more)
    return history["loss"]


def rate_after(every):
    return lambda m: training(m, rate=1.0, schedule_every=every)[2].lr


def near_rates(*pairs):
    """The rate after so many steps of a schedule."""
    return near(*((lambda m, n=n: 0.2 / (1 + n), reply) for n, reply in pairs))


def scheduled(m):
    return all_numbers(training(m, rate=1.0)[1])


def place_of_nan(m):
    """What a message calls the second epoch."""
    batches = Passes()

    def cost(outputs, targets):
        return m.cross_entropy(outputs, targets) * (np.nan if batches.passes == 2 else 1.0)

    try:
        training(m, batches=batches, cost=cost)
    except ValueError as error:
        return (re.findall(r"epoch \d+", str(error)) or [str(error)])[0]
    return "none"


def batches_told(m):
    """Of how many batches the display is told."""
    display, numbers = m.modules["plots"].Progress, []
    was = display.batch
    display.batch = lambda self, number, mean: numbers.append(number)
    try:
        training(m)
    finally:
        display.batch = was
    return numbers


def file_is_there(m):
    """At the beginning of each epoch, and at the end."""
    found = []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "training.safetensors"
        training(m, batches=Passes(tell=lambda: found.append(path.exists())), checkpoint=path)
        found.append(path.exists())
    return found


LEFT_OUT = "`train_epoch` takes `**told`: the schedule, the name of the epoch and the display."

BLANKS = [
    Blank(
        "again_and_again",
        "A small helper, complete: one pass after another. A function with `yield` gives its "
        "values one by one.",
        complete=True,
    ),
    Blank(
        "accuracy",
        "The share of rows that are answered right. The last two lines are open.",
        shapes="`logits` are (n, classes), and the largest says which; or (n,), of a yes-no "
        "network, where above 0 means 1, and all else 0. A float.",
        example="accuracy(np.array([[0.2, 1.0], [3.0, 0.0]]), np.array([1, 1]))",
        hint="A mean of truths is a share.",
        because="The largest logit is the answer; no softmax is needed for that.",
        holes=("answers = ",),
        hide=r"largest|above 0",
        probes=[
            Probe(
                "nine rows of three classes",
                share(LOGITS, LABELS),
                near_share(
                    (LOGITS.argmin(axis=1), "The *smallest* is taken for the answer."),
                    (
                        LOGITS.max(axis=1),
                        "The largest logit itself is compared: `argmax` says where it stands.",
                    ),
                    (LOGITS.argmax(), "One answer for the whole table: each row has its own."),
                    labels=LABELS,
                ),
            ),
            Probe(
                "eight yes-no answers",
                share(YES_NO, TRUTHS),
                near_share(
                    (np.sign(YES_NO), "-1 is no label: no is 0."),
                    (YES_NO.round(), "Rounded, a logit is no answer: above 0 says 1."),
                    labels=TRUTHS,
                ),
            ),
        ],
        mistakes=[
            Mistake(
                "along the wrong axis",
                "logits.argmax(axis=1)",
                "logits.argmax(axis=0)",
                "The largest of each *column* is looked for: every row has its own answer.",
            ),
            Mistake(
                "all are yes and no",
                "logits.argmax(axis=1) if logits.ndim == 2 else logits > 0",
                "logits > 0",
                "Every logit is compared with 0, of several classes, too: there the largest says "
                "which. How many axes there are, `ndim` says.",
            ),
            Mistake(
                "yes-no at a half",
                "logits > 0\n",
                "logits > 0.5\n",
                "A half is the border of probabilities. Where is it for logits?",
            ),
            Mistake(
                "0 is a yes",
                "logits > 0\n",
                "logits >= 0\n",
                "A logit of 0 counts as a yes: *above* 0 means 1.",
            ),
            Mistake(
                "counts for a share",
                "float(np.mean(answers == labels))",
                "float(np.sum(answers == labels))",
                "That is how many are right: the *share* of them was asked for.",
            ),
            Mistake(
                "divided by all logits",
                "np.mean(answers == labels)",
                "np.sum(answers == labels) / logits.size",
                "It is divided by the number of logits: of all *rows*, how many are right?",
            ),
            Mistake(
                "the wrong ones",
                "answers == labels",
                "answers != labels",
                "That is the share of the wrong ones.",
            ),
            Mistake(
                "labels not looked at",
                "answers == labels",
                "answers",
                "The labels are not looked at: an answer is right where it is equal to its label.",
            ),
        ],
    ),
    Blank(
        "train_epoch",
        "What every training does, in its order. `outputs` and `loss` are there, and guarded. "
        "Open: the old gradients are forgotten, and backward; the step; and the two sums that make "
        "a mean over all rows. Under `in_one_piece`, Ctrl-C waits.",
        shapes="`results` are the numbers of this batch, means over its rows, in a list. `totals` "
        "and `rows` make of them a mean over *all* rows: batches differ in length. The optimizer "
        "has `zero_grad()` and `step()`, a schedule `step()`; `schedule` may be None.",
        hint="What must be forgotten before backward? The schedule, where there is one, steps "
        "after the optimizer. A mean of a batch counts as often as it has rows.",
        because="Forward, backward, step; and a short batch counts for less.",
        holes=(
            ("optimizer.zero_grad()", "loss.backward()"),
            "optimizer.step()",
            ("totals += ", "rows += "),
        ),
        hide=r"^$",
        probes=[
            Probe("the numbers of the network, after an epoch", epoch("numbers")),
            Probe("the mean loss", epoch("means"), near_means),
            Probe("loss and accuracy", epoch("means", metric=True)),
            Probe(
                "the rate, with a schedule",
                epoch("lr", schedule=True),
                near(
                    (lambda m: 0.2, "The schedule never steps."),
                    (lambda m: 0.1, "The schedule steps once in all: it steps after *each* batch."),
                ),
            ),
            Probe("the numbers, with a schedule", epoch("numbers", schedule=True)),
            Probe(
                "the numbers, where a gradient was left from before",
                epoch("numbers", before=leave_gradients),
            ),
            Probe(
                "a Ctrl-C (does it wait while the optimizer steps, and the schedule)",
                held_back,
                values(
                    ([False, True], "The optimizer's step stands outside of `in_one_piece`."),
                    ([True, False], "The schedule's step stands outside of `in_one_piece`."),
                    ([False, False], "Both steps stand outside of `in_one_piece`."),
                ),
            ),
        ],
        mistakes=[
            Mistake(
                "gradients pile up",
                "optimizer.zero_grad()  # backward\n        loss.backward()",
                "loss.backward()",
                "Gradients pile up from batch to batch: they have to be forgotten first.",
            ),
            Mistake(
                "forgotten too late",
                "optimizer.zero_grad()  # backward\n        loss.backward()\n"
                "        with in_one_piece():  # step\n            optimizer.step()\n",
                "loss.backward()\n        with in_one_piece():\n            optimizer.step()\n"
                "            optimizer.zero_grad()\n",
                "What was there before the first batch comes into its step: forget *before* "
                "backward.",
            ),
            Mistake(
                "no step",
                "            optimizer.step()\n",
                "",
                "No step is made: the numbers of the network stay as they were.",
            ),
            Mistake(
                "the slope of a sum",
                "loss.backward()",
                "(loss * len(inputs)).backward()",
                "The step is as long as the batch has rows: the loss is a mean, and goes backward "
                "as it is.",
            ),
            Mistake(
                "the schedule first",
                STEP,
                STEP.replace("            optimizer.step()\n", "")
                + "            optimizer.step()\n",
                "The schedule steps first, and so this step has the rate of the next one.",
            ),
            Mistake(
                "the schedule instead",
                STEP,
                STEP.replace("            optimizer.step()\n", "")
                + "            else:\n                optimizer.step()\n",
                "With a schedule, the optimizer makes no step.",
            ),
            Mistake(
                "two steps",
                STEP,
                STEP + "                optimizer.step()\n",
                "With a schedule, the optimizer makes two steps a batch.",
            ),
            Mistake(
                "a Tensor is added up",
                "totals += len(inputs) * np.array(results)",
                "totals += len(inputs) * loss",
                "`loss` is a Tensor, and drags its history along: `results` has the numbers.",
            ),
        ],
    ),
    Blank(
        "evaluate",
        "The exam: in evaluation mode, in portions, without a step. The last two lines are open.",
        shapes="A list: [loss, metric], or [loss] where `metric` is None. "
        "`one_number(function, outputs, targets)` asks a cost or a metric.",
        given=("one_number",),
        hint="`network.predict` goes through it in evaluation mode, and puts the mode back. It "
        "takes the inputs, and by its name `batch_size=`.",
        because="Nothing is learned, nothing is dropped, and the mode comes back.",
        holes=("outputs = ",),
        hide=r"^$",
        probes=[
            Probe(
                "loss and accuracy, with dropout inside",
                exam,
                near(
                    (lambda m: exam(m)[0], "A list is asked for, in square brackets."),
                    (lambda m: exam(m)[:1], "The metric is not asked."),
                    (lambda m: exam(m)[:1] * 2, "The cost is asked twice, and the metric never."),
                ),
            ),
            Probe(
                "the loss, five rows at a time",
                in_parts,
                near(
                    (
                        mean_of_parts,
                        "That is a mean of the portions' means, and the last one is short: cost "
                        "and metric see *all* outputs at once.",
                    ),
                    (lambda m: in_parts(m, slice(5)), "Only the first portion is looked at."),
                ),
            ),
            Probe(
                "loss and accuracy, and what they are",
                kinds_of,
                lambda m: [
                    (found, "Plain numbers are asked for: `one_number` makes them.")
                    for found in (["float64", "float"], ["Tensor", "float"], ["float64"] * 2)
                ],
            ),
            Probe(
                "eleven rows, five at a time (how many go in)",
                portions,
                values(([11], "All rows go in at once: `batch_size` says how many may.")),
            ),
            Probe(
                "the mode afterwards (it was training, and evaluation)",
                modes,
                values(
                    (
                        ["evaluation"] * 2,
                        "It stays in evaluation mode: what was before comes back.",
                    ),
                    (["training"] * 2, "What was in evaluation mode comes back in training mode."),
                ),
            ),
            Probe(
                "the kind of thing that is returned",
                lambda m: type(exam(m)).__name__,
                values(("tuple", "A list is asked for, in square brackets.")),
            ),
        ],
        mistakes=[
            Mistake(
                "in training mode",
                "network.predict(inputs, batch_size=batch_size)",
                "network(inputs)",
                "Dropout drops in the exam, too: it is in training mode.",
            ),
            Mistake(
                "batch_size as an input",
                "network.predict(inputs, batch_size=batch_size)",
                "network.predict(inputs, batch_size)",
                "`batch_size` is taken for a second input of the network: it goes by its name, "
                "`batch_size=…`.",
            ),
        ],
    ),
    Blank(
        "History",
        "What a training has seen, lists by name. Open: how an epoch is noted.",
        shapes="`training` is [loss] or [loss, metric]; `validation` is the same, or empty, and "
        'then a tuple. The lists are `self["loss"]` and so on, in the order that `__init__` has.',
        hint="`zip` ends with the shorter of the two.",
        because="A number goes to the end of its own list, and what was not asked stays empty.",
        holes=("def add",),
        hide=r"^$",
        probes=[
            Probe(
                "the four lists after one epoch with everything",
                noted(([1 / 7, 0.8], [1 / 3, 0.7])),
                values(
                    (
                        [[[1 / 7, 0.8]], [], [[1 / 3, 0.7]], []],
                        "A whole list goes in: each of its numbers has a list of its own.",
                    ),
                    ([[1 / 7], [], [1 / 3], []], "The metrics are not noted."),
                    (
                        [[1 / 7], [0.8], [1 / 3, 1 / 3], [0.7, 0.7]],
                        "The validation is noted once for each number of the training: one loop "
                        "stands inside the other.",
                    ),
                ),
            ),
            Probe(
                "the four lists after two epochs of losses",
                noted(([0.5],), ([0.4],)),
                values(
                    ([[0.4, 0.5], [], [], []], "The newest stands first: it goes to the *end*."),
                    (
                        [[], [], [], []],
                        "Nothing is noted: `zip` of three ends where the validation does.",
                    ),
                ),
            ),
            Probe(
                "the four lists after two epochs, without a metric",
                noted(([0.5], [0.7]), ([0.3], [0.6])),
                values(
                    (
                        [[0.5, 0.3], [], [], []],
                        "Without a metric the validation is not noted.",
                    ),
                ),
            ),
        ],
        mistakes=[
            Mistake(
                "only the last",
                "self[name].append(number)\n        for name",
                "self[name] = [number]\n        for name",
                "Only the last epoch is kept.",
            ),
            Mistake(
                "validation among training",
                'zip(("validation_loss", "validation_metric"), validation)',
                'zip(("loss", "metric"), validation)',
                "Validation goes into the training's lists.",
            ),
            Mistake(
                "one after another",
                "",
                "for name, number in zip(self, [*training, *validation]):\n"
                "    self[name].append(number)",
                "Without a metric, the loss of the validation goes where the metric belongs: the "
                "names of all four in a row leave no gap.",
            ),
            Mistake(
                "a number for a list",
                "self[name].append(number)\n        for name",
                "self[name] += number\n        for name",
                "To a list `+=` adds the entries of another list: one number comes by `append`.",
            ),
        ],
    ),
    Blank(
        "EarlyStopping",
        "Stop in time, and keep the best. Open: what is noted where an epoch is the best so far, "
        "when it is over, and how the best is put back.",
        shapes="`self.best` is the network's state (`network.state_dict()`, a copy), `best_value` "
        "what it was judged by, `best_epoch` when: epochs count from 1, as `self.epoch` does. "
        "`over` is True once `patience` epochs after the best one brought nothing. The best is put "
        "back at any time, and more than once; before anything was seen, nothing is put back.",
        hint="Three things are noted together. How long ago was the best? "
        "`network.load_state_dict` takes what `network.state_dict()` gave.",
        because="A copy of the best, and patience counted from it.",
        holes=("self.best, self.best_value", "def over", "def restore"),
        hide=r"^$",
        probes=[
            Probe(
                "losses 3 4 1 -2 -1 0 -1 (over or not, the best epoch, the last one)",
                over(LOSSES),
                values(
                    (
                        row(7, best=4),
                        "It stops one epoch too late: `patience` epochs without a gain are enough.",
                    ),
                    (row(6, best=4), "It is over in one epoch, and not any more in the next."),
                    (row(*range(2, 8), best=4), AT_ONCE),
                    (row(*range(3, 8), best=4), AT_ONCE),
                    (row(best=4), "It is never over: is the difference turned around?"),
                    ([[None] * 7, 4, 7], "`over` returns nothing: is a `return` missing?"),
                    (row(*range(2, 8), best=0), "`best_epoch` is not noted."),
                    (
                        row(best=7),
                        "Each epoch counts as the best: is `self.best` noted, and in `best_value` "
                        "the value that was looked at?",
                    ),
                    (row(3, best=7), "`best_value` is the value itself, and not what was gained."),
                    (
                        row(2, 5, 6, 7, best=3),
                        "`best_epoch` is one too small: epochs count from 1, as `self.epoch` does.",
                    ),
                    (row(5, 6, 7, best=3), "`best_epoch` counts the gains: *when* was the best?"),
                ),
            ),
            Probe(
                "restore after these losses",
                put_back(LOSSES),
                values(
                    (
                        9,
                        "The network stays as it was: into it goes the state that was kept at the "
                        "best epoch.",
                    ),
                ),
            ),
            Probe(
                "restore after losses 3 1, where it is not over",
                put_back([3, 1]),
                values((9, "Nothing is put back before it is over.")),
            ),
            Probe("restore before anything was seen", before_anything),
            Probe(
                "restore into another network, twice",
                put_elsewhere,
                values(
                    (
                        [9, 9, 4, 4],
                        "The best is put into the network that was looked at, and not into the one "
                        "that is handed over.",
                    ),
                    ([4, 9, 7, 4], "The second time nothing is put back: the best is to be kept."),
                    ([4, 9, 7, 0], "`reset` forgets the best, which may be asked for again."),
                ),
            ),
            Probe(
                "a network that learns on (is the best a copy)",
                copied,
                values(
                    (
                        False,
                        "It keeps the arrays themselves: when the network learns on, the best goes "
                        "along.",
                    ),
                ),
            ),
            Probe("gains of less than 0.5 do not count", over([3, 2.8, 2.7, 1], min_delta=0.5)),
            Probe(
                "a metric, the larger the better",
                over([0.5, 0.7, 0.6, 0.6, 0.9], monitor="validation_metric"),
            ),
        ],
        mistakes=[
            Mistake(
                "best value forgotten",
                BEST,
                "self.best, self.best_epoch = network.state_dict(), self.epoch",
                "`best_value` is not noted: the next epoch is compared with it.",
            ),
        ],
    ),
    Blank(
        "find_learning_rate",
        "Raise the rate step by step, and look at the loss. Open: what happens with each batch, "
        "after its loss is noted.",
        shapes="The loss may grow by three times the *size* of the first one: from 2 up to 8, from "
        "-2 up to 4. As soon as it lies above that, or is nan, it ends (`break`), without a step. "
        "Else a step is made, as for every batch of a training.",
        hint="A comparison with nan is never true: ask whether all is *well*, and turn it around.",
        because="It stops before numbers overflow, and everything is put back.",
        holes=("if not losses[-1] - losses[0]",),
        hide=r"ends early",
        probes=[
            Probe(
                "losses 2, 1, 7.5, 8.5, 1 (how many are heard, and noted)",
                ends(2, 1, 7.5, 8.5, 1),
                values(
                    (
                        [3, 3],
                        "It ends at 7.5. The *first* loss was 2, and may grow by three times its "
                        "size, up to 8.",
                    ),
                    ([5, 5], "It goes on at 8.5. From 2, the loss may grow up to 8."),
                    ([1, 1], "It ends at once: it is to go on while all is *well*."),
                    ([4, 3], "The last loss is taken out again: what was heard stays noted."),
                ),
            ),
            Probe(
                "losses -2, 3.5, 4.5, 1 (how many are heard, and noted)",
                ends(-2, 3.5, 4.5, 1),
                values(
                    ([1, 1], "A first loss below 0 ends it at once: its *size* counts, `abs`."),
                    ([2, 2], "It ends at 3.5. From -2, the loss may grow by 6, up to 4."),
                    ([4, 4], "It goes on at 4.5. From -2, the loss may grow by 6, up to 4."),
                ),
            ),
            Probe(
                "losses -2, -30, 1 (how many are heard, and noted)",
                ends(-2, -30, 1),
                values(([2, 2], "It ends where the loss *falls*: only growth is no good sign.")),
            ),
            Probe(
                "losses 1, 2, nan, 1 (how many are heard, and noted)",
                ends(1, 2, np.nan, 1),
                values(
                    (
                        [4, 4],
                        "It goes on after nan. No comparison with nan is true, `==` neither: ask "
                        "whether all is well, or `np.isnan(…)`.",
                    ),
                ),
            ),
            Probe(
                "losses 0, 0, 1, 1 (how many are heard, and noted)",
                ends(0, 0, 1, 1),
                values(([1, 1], "A loss of 0 that stays 0 has not grown: it goes on.")),
            ),
            Probe(
                "the losses",
                rates("losses"),
            ),
            Probe("the rates", rates("rates")),
            Probe("the optimizer's rate afterwards", rates("lr")),
            Probe(
                "the losses, where a gradient was left from before",
                rates("losses", before=leave_gradients),
            ),
        ],
        mistakes=[
            Mistake(
                "gradients pile up",
                "            optimizer.zero_grad()\n",
                "",
                "Gradients pile up from batch to batch: they have to be forgotten first.",
            ),
            Mistake(
                "forgotten too late",
                "optimizer.zero_grad()\n            loss.backward()\n            optimizer.step()",
                "loss.backward()\n            optimizer.step()\n            optimizer.zero_grad()",
                "What was there before the first batch comes into its step: forget *before* "
                "backward.",
            ),
            Mistake(
                "no step",
                "            optimizer.step()\n    finally",
                "            pass\n    finally",
                "Without a step the rate changes nothing.",
            ),
            Mistake(
                "in evaluation mode",
                "            optimizer.zero_grad()\n",
                "            network.eval()\n            optimizer.zero_grad()\n",
                "From the second batch on nothing is dropped: what learns is in training mode.",
            ),
        ],
    ),
    Blank(
        "confusion_matrix",
        "What was taken for what: row, what it is; column, what it was taken for. `places` are 2n "
        "numbers, each that of a class: first of the n labels, then of the n predictions. Open: "
        "counting.",
        shapes="An array (classes, classes), whole numbers. Pairs occur more than once, or never.",
        example="confusion_matrix(np.array([0, 0, 1]), np.array([0, 1, 1]))",
        hint="`table[rows, columns] += 1` counts a pair that occurs twice only once; `np.add.at` "
        "counts all. The first half of `places` are rows, and the others columns.",
        because="Every row counts, also where a pair occurs again.",
        holes=("np.add.at",),
        hide=r"^Counting$",
        probes=[
            Probe(
                "2 2 5 5 5 7 7 2 2, taken for 2 5 5 5 7 2 2 2 2",
                counts(IS, TAKEN),
                near(
                    (
                        lambda m: m.confusion_matrix(IS, TAKEN) * (1 - np.eye(3, dtype=int)),
                        "The diagonal is empty: what was right is counted, too.",
                    ),
                ),
            ),
            Probe(
                "words, cat dog dog taken for dog dog cow",
                counts(["cat", "dog", "dog"], ["dog", "dog", "cow"]),
            ),
        ],
        mistakes=[
            Mistake(
                "again counts once",
                "np.add.at(table, tuple(places.reshape(2, -1)), 1)",
                "table[tuple(places.reshape(2, -1))] += 1",
                "A pair that occurs again is counted once.",
            ),
            Mistake(
                "rows for columns",
                "tuple(places.reshape(2, -1))",
                "tuple(places.reshape(2, -1)[::-1])",
                "Rows and columns are swapped: a row is what it *is*.",
            ),
            Mistake(
                "neighbours for pairs",
                "places.reshape(2, -1)",
                "places.reshape(-1, 2).T",
                "Neighbours are taken for pairs. First come all labels, then all predictions.",
            ),
            Mistake(
                "whole rows",
                "tuple(places.reshape(2, -1))",
                "places",
                "Whole rows of the table are counted up. One place is `table[row, column]`; many "
                "are a tuple of two arrays.",
            ),
            Mistake(
                "labels as places",
                "tuple(places.reshape(2, -1))",
                "(labels, predictions)",
                "Labels are names, and may be words: where each of them stands, `places` says.",
            ),
            Mistake(
                "two out of many",
                "np.add.at(table, tuple(places.reshape(2, -1)), 1)",
                "rows, columns = places",
                "`places` is one row of 2n numbers: its first half are the labels'.",
            ),
            Mistake(
                "each with each",
                "np.add.at(table, tuple(places.reshape(2, -1)), 1)",
                "np.add.at(table, np.ix_(*places.reshape(2, -1)), 1)",
                "Each label is paired with every prediction: it has one of its own.",
            ),
        ],
    ),
    Blank(
        "train",
        "Everything together: epoch after epoch. Open: what is done in one, between `place` and "
        "`progress`.",
        shapes="`train_epoch` takes `**told` beside the rest, and gives [loss] or [loss, metric]; "
        "so does an exam on `validation`, where there is one. `new` is a list of these lists, one "
        "or two. `end_epoch(parts, new, schedule, checkpoint)` comes last: it notes `new`, lets "
        "the schedule step, which is the one by epochs, asks the stop, and writes the file.",
        hint="Three lines, and `new` has one part or two. The schedule is `by_epoch`.",
        because="Train, look, remember: and again.",
        holes=(("new = [train_epoch", "end_epoch("),),
        hide=r"^$",
        probes=[
            Probe(
                "three epochs (the history)",
                lists(),
                near((noted_twice, "Each epoch is noted twice: `end_epoch` notes it.")),
            ),
            Probe(
                "validation and accuracy (the history)",
                lists(validation=True, metric=True),
                near(
                    (without(1), "`train_epoch` is not told of the metric."),
                    (without(3), "`evaluate` is not told of the metric."),
                ),
            ),
            Probe("a stop (the history)", lists(validation=True, epochs=8)),
            Probe("the losses of two epochs, then three more", goes_on),
            Probe(
                "the rate after three epochs, with a schedule by epochs",
                rate_after("epoch"),
                near_rates(
                    (0, "The schedule never steps: `end_epoch` takes the one by epochs."),
                    (6, "The schedule steps twice an epoch: `end_epoch` lets it step."),
                    (
                        12,
                        "The schedule steps after each batch, too: `**told` has the one that does.",
                    ),
                ),
            ),
            Probe("the network's numbers, with this schedule", scheduled),
            Probe(
                "the rate after three epochs, with a schedule by batches",
                rate_after("batch"),
                near_rates(
                    (0, LEFT_OUT),
                    (3, LEFT_OUT),
                    (
                        12,
                        "The schedule steps once more after each epoch, and goes by batches here: "
                        "`end_epoch` takes `by_epoch`.",
                    ),
                ),
            ),
            Probe("the second epoch in a message", place_of_nan, values(("epoch 1", LEFT_OUT))),
            Probe("the batches that the display hears of", batches_told, values(([], LEFT_OUT))),
            Probe(
                "a checkpoint (is it there when each epoch begins, and at the end)",
                file_is_there,
                values(
                    ([False] * 4, "No checkpoint is written: `end_epoch` takes it."),
                    (
                        [False, False, False, True],
                        "The checkpoint is written at the end alone: what if the power fails?",
                    ),
                ),
            ),
        ],
        mistakes=[
            Mistake(
                "never looks at the validation",
                "[evaluate(network, cost, validation, metric)] if validation else []",
                "[]",
                "The validation is not looked at.",
            ),
            Mistake(
                "trains on the validation",
                "evaluate(network, cost, validation, metric)",
                "train_epoch(network, cost, optimizer, [validation], metric, **told)",
                "It *learns* from the validation: an exam looks, and no more.",
            ),
            Mistake(
                "the exam first",
                "new = [train_epoch(network, cost, optimizer, batches, metric, **told)]\n"
                "                new += "
                "[evaluate(network, cost, validation, metric)] if validation else []\n",
                "exam = [evaluate(network, cost, validation, metric)] if validation else []\n"
                "                new = [train_epoch(network, cost, optimizer, batches, metric, "
                "**told)] + exam\n",
                "The exam comes before the epoch of training: it belongs after it.",
            ),
            Mistake(
                "the exam first in the list",
                "new = [train_epoch(network, cost, optimizer, batches, metric, **told)]\n"
                "                new += "
                "[evaluate(network, cost, validation, metric)] if validation else []\n",
                "new = [evaluate(network, cost, validation, metric)] if validation else []\n"
                "                new += "
                "[train_epoch(network, cost, optimizer, batches, metric, **told)]\n",
                "The exam comes first, and is noted as the training: it belongs after it.",
            ),
            Mistake(
                "noted, and that is all",
                "end_epoch(parts, new, by_epoch, checkpoint)",
                "history.add(*new)",
                "The epoch is noted, and the rest is missing: `end_epoch` also asks the stop, lets "
                "the schedule step, and writes the checkpoint.",
            ),
            Mistake(
                "a loop in the loop",
                "",
                "for _ in range(epochs):\n"
                "    new = [train_epoch(network, cost, optimizer, batches, metric, **told)]\n"
                "    new += [evaluate(network, cost, validation, metric)] if validation else []\n"
                "    end_epoch(parts, new, by_epoch, checkpoint)",
                "The loop over epochs is there already: inside, it is one.",
            ),
            Mistake(
                "the best too early",
                "end_epoch(parts, new, by_epoch, checkpoint)",
                "end_epoch(parts, new, by_epoch, checkpoint)\n"
                "                if stop:\n                    stop.restore(network)",
                "The best is put back after every epoch, and training never gets past it: `finish` "
                "does that, at the end.",
            ),
            Mistake(
                "schedule and checkpoint swapped",
                "by_epoch, checkpoint)",
                "checkpoint, by_epoch)",
                "The schedule comes third, and the checkpoint last.",
            ),
        ],
    ),
]


def payoff(m, ax):
    """The digits, read by a network that was trained with one call."""
    images, labels = m.load_digits()
    x = images.reshape(len(images), -1) / 16
    x_train, x_test, y_train, y_test = m.train_test_split(x, labels, stratify=labels, rng=rng(0))
    net = m.Sequential(m.Linear(64, 64, rng=rng(1)), m.relu, m.Linear(64, 10, rng=rng(2)))
    optimizer = m.Adam(net.parameters(), 0.003)
    history = m.train(
        *(net, m.cross_entropy, optimizer, m.Batches(x_train, y_train, rng=rng(3))),
        epochs=20,
        validation=(x_test, y_test),
        metric=m.accuracy,
    )
    history.plot(ax)
    ax.set_title("A network reads digits")
    return f"{history['validation_metric'][-1]:.1%} of unseen digits are read"
