"""Training is the loop that turns a network, a cost, an optimizer and data into something that
works, and the habits that keep the loop honest: two curves, a stop, a copy of the best, a file
that survives.
"""

import math
import os
from copy import deepcopy

import numpy as np

from minnet import checks
from minnet.files import load, save, take_apart, write_whole
from minnet.layers import Layer, walk
from minnet.plots import Progress, draw_losses, in_one_piece, on
from minnet.tensors import plain


def accuracy(logits, labels):
    """The share of rows that are answered right: of (n, classes), the largest stands at the label.

    A yes-no network gives one logit a row, (n,) or (n, 1): above 0 says 1, anything else says 0.
    """
    logits, labels = checks.require_answers(np.asarray(plain(logits)), np.asarray(plain(labels)))
    answers = logits.argmax(axis=1) if logits.ndim == 2 else logits > 0
    return float(np.mean(answers == labels))


def pairs(batches):
    """The batches of one epoch, pairs of inputs and targets; a function is called for them."""
    if callable(batches) and not hasattr(batches, "__iter__"):
        batches = batches()
    return (checks.require_pair("a batch", batch) for batch in batches)


def one_number(function, outputs, targets):
    """What a cost or a metric says of plain arrays, as a float."""
    return float(checks.require_one_number(function, plain(function(plain(outputs), targets))))


def train_epoch(
    network, cost, optimizer, batches, metric=None, *, schedule=None, place="epoch 1", on_batch=None
):
    """Go once through the batches, a step after each: the means over all rows, [loss, metric].

    A `schedule` steps after each too; `place` is what a message calls this epoch; `on_batch` is
    called after each batch with its number and the mean loss so far. `batches` that do not fit
    into memory are a function that yields them:

        def batches():
            images = np.load("images.npy", mmap_mode="r")
            for i in range(0, len(images), 64):
                yield images[i : i + 64], labels[i : i + 64]
    """
    checks.require_network(network, optimizer, batches, schedule, on_batch)
    totals, rows = 0.0, 0
    network.train()
    for number, (inputs, targets) in enumerate(pairs(batches), 1):
        outputs = network(inputs)  # forward
        loss = cost(outputs, targets)
        checks.require_loss(loss, (place, number), optimizer.lr, network, inputs, targets)
        optimizer.zero_grad()  # backward
        loss.backward()
        with in_one_piece():  # step
            optimizer.step()
            if schedule:
                schedule.step()
        results = [loss.item()] + ([one_number(metric, outputs, targets)] if metric else [])
        totals += len(inputs) * np.array(results)
        rows += len(inputs)
        if on_batch:
            on_batch(number, totals[0] / rows)
    return (totals / checks.require_some(rows, place)).tolist()


def evaluate(network, cost, data, metric=None, *, batch_size=256):
    """[loss, metric] of the network on `data`, inputs and targets, in evaluation mode.

    The network sees `batch_size` rows at a time; cost and metric see all of its outputs at once.
    """
    checks.require_network(network)
    inputs, targets = checks.require_pair("data", data)
    outputs = network.predict(inputs, batch_size=batch_size)
    return [one_number(each, outputs, targets) for each in ([cost, metric] if metric else [cost])]


class History(dict):
    """What a training has seen: lists with one number an epoch, by their names.

    "loss", "metric", "validation_loss" and "validation_metric"; what nobody asked for is empty.
    """

    def __init__(self):
        super().__init__(loss=[], metric=[], validation_loss=[], validation_metric=[])

    def add(self, training, validation=()):
        """Note one epoch: [loss] or [loss, metric] of the training, and of the validation."""
        for name, number in zip(("loss", "metric"), training):
            self[name].append(number)
        for name, number in zip(("validation_loss", "validation_metric"), validation):
            self[name].append(number)

    def __repr__(self):
        last = f", last loss {self['loss'][-1]:.4f}" if self["loss"] else ""
        return f"History({len(self['loss'])} epochs{last})"

    def plot(self, ax=None):
        """Draw the losses against the epoch, on `ax`, or on a new figure, which is returned."""
        return on(ax, draw_losses, self)

    def state_dict(self):
        """A copy of the lists, by their names."""
        return {name: list(numbers) for name, numbers in self.items()}

    def load_state_dict(self, state):
        """Go on from these lists."""
        self.update({name: list(state[name]) for name in checks.require_history(state)})


def train(
    network, cost, optimizer, batches, *, epochs, validation=None, metric=None, schedule=None,
    schedule_every="epoch", stop=None, verbose=None, history=None, checkpoint=None, resume=False,
):  # fmt: skip
    """Train until the History, which is returned, has `epochs` epochs.

    `batches` gives (inputs, targets), one input a row, anew in every epoch: Batches, a list, or a
    function that yields them (see train_epoch). `validation` is one such pair. `schedule` steps
    each "epoch", or each "batch". However it ends, `stop` leaves the network at its best epoch.
    `verbose` True shows it while it runs, False never, None if it runs for three seconds.
    A `history` from before is continued, and kept through a Ctrl-C. `checkpoint` is a file, written
    after every epoch: with `resume`, all goes on from it, to the bit, where there is one.
    """
    parts = {"network": network, "optimizer": optimizer, "batches": batches}
    parts |= {"schedule": schedule, "stop": stop}
    parts["history"] = history = History() if history is None else history
    checks.require_training(parts, epochs, validation, metric, schedule_every, checkpoint, resume)
    begin(parts, epochs, checkpoint, resume)
    by_batch, by_epoch = (schedule, None) if schedule_every == "batch" else (None, schedule)
    with Progress(history, epochs, optimizer, batches, stop, verbose) as progress:
        told = {"schedule": by_batch, "on_batch": progress.batch}
        try:
            while len(history["loss"]) < epochs and not (stop and stop.over):
                told["place"] = f"epoch {len(history['loss']) + 1}"
                new = [train_epoch(network, cost, optimizer, batches, metric, **told)]
                new += [evaluate(network, cost, validation, metric)] if validation else []
                end_epoch(parts, new, by_epoch, checkpoint)
                progress.epoch()
        finally:
            finish(network, stop)
    return history


def begin(parts, epochs, checkpoint, resume):
    """Go on from the checkpoint, if it is asked for and there is one; else from what is given."""
    stop, history = parts["stop"], parts["history"]
    if resume and os.path.exists(checkpoint):
        restore(parts, load(checkpoint), checkpoint)
        print(f"Going on from {checkpoint}: {history!r}.")
        return
    if stop and stop.epoch != len(history["loss"]):
        stop.reset()  # what it has seen was another training
    checks.require_unused(parts, epochs)
    if checkpoint is not None:
        take_apart(states(parts), "", {})  # all of it can be kept, or we are told so now


def end_epoch(parts, new, schedule, checkpoint):
    """What is done after every epoch, in this order: the checkpoint remembers the rest."""
    network, stop, history = parts["network"], parts["stop"], parts["history"]
    with in_one_piece():
        history.add(*new)
        if schedule:
            schedule.step()
        if stop:
            stop.look(network, history)
    if checkpoint is not None:
        save(states(parts), checkpoint)


def finish(network, stop):
    """However a training ends: the best is put back, and the network is there to be used."""
    with in_one_piece():
        if stop:
            stop.restore(network)
        network.eval()


class EarlyStopping:
    """Stop once `patience` epochs brought nothing better; keep a copy of the best network.

    `monitor` names a list of the History. Better is a smaller loss, or a larger metric (`mode`,
    "min" or "max", where that is wrong), by more than `min_delta`. A new training starts it anew.
    """

    def __init__(self, patience, *, min_delta=0.0, monitor="validation_loss", mode=None):
        self.patience = checks.require_count("patience", patience)
        self.min_delta = checks.require_number("min_delta", min_delta, 0, math.inf)
        self.monitor, self.mode = checks.require_monitor(monitor, mode)
        self.reset()

    def reset(self):
        """Forget what was seen."""
        self.epoch, self.best_epoch, self.best_value = 0, 0, None
        self.best, self.network = None, None

    def look(self, network, history):
        """One more epoch is in the history: if it is the best so far, copy the network."""
        value = checks.require_looked_at(self.monitor, history)
        self.epoch, self.network = len(history["loss"]), network
        gain = 0 if self.best is None else self.best_value - value
        if self.best is None or (gain if self.mode == "min" else -gain) > self.min_delta:
            self.best, self.best_value, self.best_epoch = network.state_dict(), value, self.epoch

    @property
    def over(self):
        """Is it time to stop?"""
        return self.epoch - self.best_epoch >= self.patience

    def restore(self, network):
        """Give the network back what it knew at the best epoch."""
        if self.best is not None:
            network.load_state_dict(self.best)


def stop_repr(stop):
    """A stop by its settings."""
    return f"EarlyStopping({stop.patience}, monitor={stop.monitor!r})"


def stop_state(stop):
    """A copy of all that a stop has seen, the best network included."""
    names = ("monitor", "epoch", "best_epoch", "best_value", "best")
    return {name: deepcopy(getattr(stop, name)) for name in names}


def load_stop_state(stop, state):
    """Go on from what a stop, which looked at the same list, had seen."""
    vars(stop).update(deepcopy(checks.require_stop(stop, state)))


EarlyStopping.__repr__ = stop_repr
EarlyStopping.state_dict, EarlyStopping.load_state_dict = stop_state, load_stop_state


def confusion_matrix(labels, predictions):
    """A table of counts: row, what it is; column, what it was taken for, as in scikit-learn.

    (n,) whole numbers or words, both; classes are those that occur, in the order of np.unique.
    """
    both = np.concatenate(checks.require_classes(np.asarray(labels), np.asarray(predictions)))
    classes, places = np.unique(both, return_inverse=True)
    table = np.zeros((len(classes), len(classes)), int)
    np.add.at(table, tuple(places.reshape(2, -1)), 1)
    return table


def to_csv(history, path):
    """Write a table, whole or not at all: a line of names, and a line for each epoch."""
    names = checks.require_one_length(history)
    lines = [",".join(["epoch", *names])]
    for epoch, numbers in enumerate(zip(*(history[name] for name in names)), 1):
        lines.append(",".join(map(repr, [epoch, *map(float, numbers)])))
    write_whole(checks.require_place(path), ["\n".join([*lines, ""]).encode()])


History.to_csv = to_csv


def find_learning_rate(network, cost, optimizer, batches, *, lowest=1e-4, highest=10.0, steps=200):
    """Raise lr from `lowest` to `highest`, a step at each: arrays of the rates and their losses.

    Then all is put back, and nothing was trained. It ends early where the loss has grown by
    three times the first.
    """
    checks.require_network(network, optimizer, batches)
    checks.require_number("highest", highest, 0, math.inf)
    checks.require_number("lowest", lowest, 1e-300, highest)
    rates, losses = np.geomspace(lowest, highest, checks.require_count("steps", steps)), []
    put_back = keep(network, optimizer, batches)
    network.train()
    try:
        for lr, (inputs, targets) in zip(rates.tolist(), again_and_again(batches)):
            optimizer.lr = lr
            loss = cost(network(inputs), targets)
            if not losses:
                checks.require_loss(loss, ("the search", 1), lr, network, inputs, targets)
            losses.append(loss.item())
            if not losses[-1] - losses[0] <= 3 * abs(losses[0]):
                break
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    finally:
        put_back()
    return rates[: len(losses)], np.array(losses)


def again_and_again(batches):
    """The batches of one pass after another, without end."""
    while True:
        some = False
        for pair in pairs(checks.require_walked_again(batches)):
            yield pair
            some = True
        checks.require_some(some, "the first pass")


def keep(network, optimizer, batches):
    """A function that puts all back as it is now: numbers, gradients, chance, and modes."""
    parts = {"network": network, "optimizer": optimizer, "batches": batches}
    before, layers = states(parts), [part for _, part in walk(network) if isinstance(part, Layer)]
    modes = [layer.training for layer in layers]
    tensors = {id(w): w for w in [*network.parameters(), *optimizer.parameters]}.values()
    numbers = [(w, w.data.copy(), w.grad) for w in tensors]

    def put_back():
        load_states(parts, before)
        for w, data, gradient in numbers:
            w.data[...], w.grad = data, gradient
        for layer, mode in zip(layers, modes):
            layer.training = mode

    return put_back


def states(parts):
    """What each part remembers, of those that remember something: {name: its state_dict()}."""
    return {name: part.state_dict() for name, part in parts.items() if hasattr(part, "state_dict")}


def load_states(parts, saved):
    """Each part takes its own state."""
    for name, state in saved.items():
        parts[name].load_state_dict(state)


def restore(parts, saved, path):
    """The parts take their states from a checkpoint: all of them, or none."""
    before = states(parts)
    checks.require_parts(path, before, saved)
    try:
        load_states(parts, saved)
    except BaseException as error:
        load_states(parts, before)
        raise checks.refuse_checkpoint(path, error) from None


__all__ = [
    "EarlyStopping",
    "History",
    "accuracy",
    "confusion_matrix",
    "evaluate",
    "find_learning_rate",
    "train",
    "train_epoch",
]
