"""Chapter 6: the loop, and the habits that keep it honest."""

import numpy as np

from course.workbook.blanks import Blank, Mistake, Probe
from course.workbook.probing import some

BEST = "self.best, self.best_value, self.best_epoch = network.state_dict(), value, self.epoch"


def rng(seed=0):
    return np.random.default_rng(seed)


X, Y = some(12, 2), np.arange(12) % 3


def network(m):
    return m.Sequential(m.Linear(2, 4, rng=rng(1)), m.tanh, m.Linear(4, 3, rng=rng(2)))


def all_numbers(net):
    return np.concatenate([w.data.ravel() for w in net.parameters()])


def epoch(what, **settings):
    """One epoch over short batches, and what came of it."""

    def look(m):
        net = network(m)
        optimizer = m.SGD(net.parameters(), 0.2)
        pairs = [(X[:5], Y[:5]), (X[5:10], Y[5:10]), (X[10:], Y[10:])]
        metric = m.accuracy if settings.get("metric") else None
        schedule = m.InverseTimeDecay(optimizer, rate=1.0) if settings.get("schedule") else None
        means = m.train_epoch(net, m.cross_entropy, optimizer, pairs, metric, schedule=schedule)
        return {"means": means, "numbers": all_numbers(net), "lr": optimizer.lr}[what]

    return look


def exam(m):
    """In evaluation mode, whatever the mode was before, which comes back."""
    net = m.Sequential(m.Dropout(0.5, rng=rng(3)), network(m))
    return [*m.evaluate(net, m.cross_entropy, (X, Y), m.accuracy), net.training]


def in_parts(m):
    return m.evaluate(network(m), m.cross_entropy, (X, Y), batch_size=5)


def noted(*epochs):
    def look(m):
        history = m.History()
        for each in epochs:
            history.add(*each)
        return [
            history[name] for name in ("loss", "metric", "validation_loss", "validation_metric")
        ]

    return look


class Net:
    """Something that remembers one number, in place of a network."""

    def __init__(self):
        self.number = 0

    def state_dict(self):
        return {"number": self.number}

    def load_state_dict(self, state):
        self.number = state["number"]


def stopping(losses, **settings):
    """Looks at these losses: when it is over, the best epoch, and what is put back."""

    def look(m):
        stop, net, seen = m.EarlyStopping(2, **settings), Net(), []
        history = {"loss": [], "validation_loss": [], "validation_metric": []}
        for number, loss in enumerate(losses, 1):
            net.number = number
            for numbers in history.values():
                numbers.append(loss)
            stop.look(net, history)
            seen.append(bool(stop.over))
        stop.restore(net)
        return [seen, stop.best_epoch, net.number]

    return look


def copied(m):
    """The best is a copy: what the network learns later does not change it."""
    net = m.Sequential(m.Linear(2, 2, rng=rng(1)))
    stop, history = m.EarlyStopping(3), {"loss": [1.0], "validation_loss": [1.0]}
    before = all_numbers(net)
    stop.look(net, history)
    net.parameters()[0].data += 1.0
    stop.restore(net)
    return bool((all_numbers(net) == before).all())


def rates(what):
    def look(m):
        net = network(m)
        optimizer = m.SGD(net.parameters(), 0.01)
        found, losses = m.find_learning_rate(
            net, m.cross_entropy, optimizer, [(X[:6], Y[:6]), (X[6:], Y[6:])], lowest=1e-3, steps=12
        )
        return {"rates": found, "losses": losses, "lr": optimizer.lr}[what]

    return look


def explodes(m):
    net = m.Sequential(m.Linear(2, 1, rng=rng(1)))
    optimizer = m.SGD(net.parameters(), 0.01)
    _, losses = m.find_learning_rate(
        *(net, m.mean_squared_error, optimizer, [(X, X[:, :1])]), lowest=0.1, highest=50.0, steps=40
    )
    return len(losses)


def trained(**settings):
    def look(m):
        net = network(m)
        optimizer = m.SGD(net.parameters(), 0.2)
        stop = m.EarlyStopping(1) if settings.get("stop") else None
        history = m.train(
            *(net, m.cross_entropy, optimizer, m.Batches(X, Y, batch_size=5, rng=rng(4))),
            epochs=settings.get("epochs", 3),
            validation=(X[:4], Y[::-1][:4]) if settings.get("validation") else None,
            metric=m.accuracy if settings.get("metric") else None,
            stop=stop,
        )
        return [list(history.values()), all_numbers(net)]

    return look


def goes_on(m):
    net = network(m)
    optimizer, pairs = m.SGD(net.parameters(), 0.2), [(X, Y)]
    history = m.train(net, m.cross_entropy, optimizer, pairs, epochs=2)
    m.train(net, m.cross_entropy, optimizer, pairs, epochs=5, history=history)
    return history["loss"]


LOGITS = np.array([[3.0, 1.0, 0.0], [0.0, 1.0, 2.0], [0.0, 1.0, 5.0], [2.0, 0.0, 1.0]])

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
        "network, where above 0 means 1. A float.",
        example="accuracy(np.array([[0.2, 1.0], [3.0, 0.0]]), np.array([1, 1]))",
        hint="A mean of truths is a share.",
        because="The largest logit is the answer; no softmax is needed for that.",
        holes=("answers = ",),
        hide=r"largest|above 0",
        probes=[
            Probe(
                "four rows of three classes", lambda m: m.accuracy(LOGITS, np.array([0, 2, 0, 0]))
            ),
            Probe(
                "yes-no answers",
                lambda m: m.accuracy(np.array([-1.0, 2.0, 0.5, 0.0]), np.array([0, 1, 0, 1])),
            ),
            Probe("its kind", lambda m: type(m.accuracy(LOGITS, np.array([0, 1, 2, 0]))).__name__),
        ],
        mistakes=[
            Mistake(
                "along the wrong axis",
                "logits.argmax(axis=1)",
                "np.resize(logits.argmax(axis=0), len(logits))",
                "The largest of each *column* is looked for: every row has its own answer.",
            ),
            Mistake(
                "yes-no at a half",
                "logits > 0\n",
                "logits > 0.5\n",
                "A half is the border of probabilities. Where is it for logits?",
            ),
            Mistake(
                "counts for a share",
                "float(np.mean(answers == labels))",
                "float(np.sum(answers == labels))",
                "That is how many are right: the *share* of them was asked for.",
            ),
        ],
    ),
    Blank(
        "train_epoch",
        "The five lines of every training, in their order. `outputs` and `loss` are there, and "
        "guarded. Open: backward, step, and the two sums that make a mean over all rows. Under "
        "`in_one_piece`, Ctrl-C waits.",
        shapes="`results` are the numbers of this batch, means over its rows. `totals` and `rows` "
        "make of them a mean over *all* rows: batches differ in length.",
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
            Probe("the mean loss", epoch("means")),
            Probe("loss and accuracy", epoch("means", metric=True)),
            Probe("the rate, with a schedule", epoch("lr", schedule=True)),
        ],
        mistakes=[
            Mistake(
                "gradients pile up",
                "optimizer.zero_grad()  # backward\n        loss.backward()",
                "loss.backward()",
                "Gradients pile up from batch to batch: they have to be forgotten first.",
            ),
            Mistake(
                "forgotten after backward",
                "optimizer.zero_grad()  # backward\n        loss.backward()",
                "loss.backward()\n        loss = loss.detach()\n        [w.grad.fill(0) for w in "
                "network.parameters()]",
                "What backward has found is wiped out before the step: nothing moves.",
            ),
            Mistake(
                "mean of means",
                "totals += len(inputs) * np.array(results)\n        rows += len(inputs)",
                "totals += np.array(results)\n        rows += 1",
                "That is the mean of the batches' means. The last one is short, and counts for "
                "less.",
            ),
        ],
    ),
    Blank(
        "evaluate",
        "The exam: in evaluation mode, in portions, without a step. The last two lines are open.",
        shapes="A list: [loss], or [loss, metric] where there is a metric. `one_number(function, "
        "outputs, targets)` asks a cost or a metric.",
        given=("one_number",),
        hint="`network.predict` goes through it in evaluation mode, and puts the mode back.",
        because="Nothing is learned, nothing is dropped, and the mode comes back.",
        holes=("outputs = ",),
        hide=r"^$",
        probes=[
            Probe("loss, accuracy, and the mode after it, with dropout inside", exam),
            Probe("the loss, five rows at a time", in_parts),
        ],
        mistakes=[
            Mistake(
                "in training mode",
                "network.predict(inputs, batch_size=batch_size)",
                "network(inputs)",
                "Dropout drops in the exam, too: it is in training mode.",
            ),
            Mistake(
                "metric forgotten",
                "([cost, metric] if metric else [cost])",
                "[cost]",
                "The metric is not asked.",
            ),
        ],
    ),
    Blank(
        "History",
        "What a training has seen, lists by name. Open: how an epoch is noted.",
        shapes="`training` is [loss] or [loss, metric]; `validation` is the same, or empty.",
        hint="`zip` ends with the shorter of the two.",
        because="A number goes to the end of its own list, and what was not asked stays empty.",
        holes=("def add",),
        hide=r"^$",
        probes=[
            Probe("one epoch with everything", noted(([0.5, 0.8], [0.6, 0.7]))),
            Probe("two epochs of losses", noted(([0.5],), ([0.4],))),
            Probe("validation without a metric", noted(([0.5], [0.7]), ([0.3], [0.6]))),
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
        ],
    ),
    Blank(
        "EarlyStopping",
        "Stop in time, and keep the best. Open: what is noted where an epoch is the best so far, "
        "when it is over, and how the best is put back.",
        shapes="`self.best` is the network's state (`network.state_dict()`, a copy), `best_value` "
        "what it was judged by, `best_epoch` when. `over` is True once `patience` epochs after "
        "the best one brought nothing. Before anything was seen, nothing is put back.",
        hint="Three things are noted together. How long ago was the best?",
        because="A copy of the best, and patience counted from it.",
        holes=("self.best, self.best_value", "def over", "def restore"),
        hide=r"^$",
        probes=[
            Probe(
                "over?, the best epoch, what is put back: 3 2 1 2 2 2", stopping([3, 2, 1, 2, 2, 2])
            ),
            Probe("is the best a copy?", copied),
            Probe("gains of less than 0.5 do not count", stopping([3, 2.8, 2.7, 1], min_delta=0.5)),
            Probe(
                "a metric, the larger the better",
                stopping([0.5, 0.7, 0.6, 0.6, 0.9], monitor="validation_metric"),
            ),
        ],
        mistakes=[
            Mistake(
                "the network itself, no copy",
                BEST,
                "self.best_value, self.best_epoch = value, self.epoch\n"
                "            self.best = {k: w.data for k, w in network.named_parameters()} "
                'if hasattr(network, "named_parameters") else network.state_dict()',
                "It keeps the arrays themselves: when the network learns on, the best goes along.",
            ),
            Mistake(
                "one epoch too late",
                "self.epoch - self.best_epoch >= self.patience",
                "self.epoch - self.best_epoch > self.patience",
                "It stops one epoch too late: `patience` epochs without a gain are enough.",
            ),
            Mistake(
                "best value forgotten",
                BEST,
                "self.best, self.best_epoch = network.state_dict(), self.epoch\n"
                "            self.best_value = self.best_value or value",
                "It compares with the first value for ever: what is the best so far?",
            ),
        ],
    ),
    Blank(
        "find_learning_rate",
        "Raise the rate step by step, and look at the loss. Open: what happens with each batch, "
        "after its loss is noted.",
        shapes="It ends (`break`) as soon as the loss has grown by more than three times the size "
        "of the first one, or is nan. Else backward and a step.",
        hint="A comparison with nan is never true: ask whether all is *well*, and turn it around.",
        because="It stops before numbers overflow, and everything is put back.",
        holes=("if not losses[-1] - losses[0]",),
        hide=r"^$",
        probes=[
            Probe("the losses", rates("losses")),
            Probe("the rates", rates("rates")),
            Probe("the optimizer's rate afterwards", rates("lr")),
            Probe("how many steps, where it explodes", explodes),
        ],
        mistakes=[
            Mistake(
                "never ends early",
                "if not losses[-1] - losses[0] <= 3 * abs(losses[0]):",
                "if len(losses) > 1000:",
                "It goes on where the loss explodes.",
            ),
            Mistake(
                "no step",
                "            optimizer.step()\n    finally",
                "            pass\n    finally",
                "Without a step the rate changes nothing.",
            ),
        ],
    ),
    Blank(
        "confusion_matrix",
        "What was taken for what: row, what it is; column, what it was taken for. `places` holds "
        "for every row of both, labels then predictions, the number of its class. Open: counting.",
        shapes="(classes, classes), whole numbers. Pairs occur more than once.",
        example="confusion_matrix(np.array([0, 0, 1]), np.array([0, 1, 1]))",
        hint="`table[places] += 1` counts a pair that occurs twice only once; `np.add.at` counts "
        "all.",
        because="Every row counts, also where a pair occurs again.",
        holes=("np.add.at",),
        hide=r"^Counting$",
        probes=[
            Probe(
                "six rows of two classes",
                lambda m: m.confusion_matrix(
                    np.array([0, 0, 0, 1, 1, 0]), np.array([0, 1, 1, 1, 0, 0])
                ),
            ),
            Probe(
                "words",
                lambda m: m.confusion_matrix(["cat", "dog", "dog"], ["dog", "dog", "cow"]),
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
        ],
    ),
    Blank(
        "train",
        "Everything together: epoch after epoch. Open: what is done in one, between `place` and "
        "`progress`.",
        shapes="`new` is a list: the numbers of an epoch of training, with `**told`, then those of "
        "an exam on `validation` where there is one. `end_epoch` notes them; it takes `parts`, "
        "`new`, `by_epoch` and `checkpoint`.",
        hint="Three lines, and `new` has one part or two.",
        because="Train, look, remember: and again.",
        holes=(("new = [train_epoch", "end_epoch("),),
        hide=r"^$",
        probes=[
            Probe("three epochs", trained()),
            Probe("with validation and accuracy", trained(validation=True, metric=True)),
            Probe("with a stop", trained(validation=True, stop=True, epochs=6)),
            Probe("two epochs, then three more", goes_on),
        ],
        mistakes=[
            Mistake(
                "never looks at the validation",
                "[evaluate(network, cost, validation, metric)] if validation else []",
                "[]",
                "The validation is not looked at.",
            ),
            Mistake(
                "validates on nothing new",
                "[evaluate(network, cost, validation, metric)] if validation else []",
                "new if validation else []",
                "The numbers of the training are noted as those of the validation.",
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
