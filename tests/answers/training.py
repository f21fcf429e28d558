"""What readers answered in chapter 6."""

import numpy as np

from course.exercises.training import together
from minnet.cost_functions import cross_entropy, softmax
from minnet.data import Batches, shift_images
from minnet.layers import Linear, Sequential, he_normal, relu, tanh
from minnet.optimizers import SGD

# my_epoch


def last_loss(network, optimizer, batches):
    for inputs, targets in batches:
        loss = cross_entropy(network(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss.item()


def last_loss_tensor(network, optimizer, batches):
    for inputs, targets in batches:
        loss = cross_entropy(network(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss


def mean_of_batches(network, optimizer, batches):
    losses = []
    for x, y in batches:
        optimizer.zero_grad()
        loss = cross_entropy(network(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)


def never_cleared(network, optimizer, batches):
    total, n = 0, 0
    for x, y in batches:
        loss = cross_entropy(network(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        n += len(x)
    return total / n


def cleared_too_late(network, optimizer, batches):
    total, n = 0, 0
    for x, y in batches:
        loss = cross_entropy(network(x), y)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        total += loss.item() * len(x)
        n += len(x)
    return total / n


def never_steps(network, optimizer, batches):
    total, n = 0, 0
    for x, y in batches:
        loss = cross_entropy(network(x), y)
        optimizer.zero_grad()
        loss.backward()
        total += loss.item() * len(x)
        n += len(x)
    return total / n


def weighs_with_a_tensor(network, optimizer, batches):
    total, n = 0, 0
    for x, y in batches:
        loss = cross_entropy(network(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total = total + loss.item() * len(y)
        n = n + len(y)
    return np.array(total / n)


def returns_in_the_loop(network, optimizer, batches):
    for x, y in batches:
        loss = cross_entropy(network(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()
    return None


def asks_predict(network, optimizer, batches):
    total, n = 0, 0
    for x, y in batches:
        loss = cross_entropy(network.predict(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        n += len(x)
    return total / n


def prints_it(network, optimizer, batches):
    print(mean_of_batches(network, optimizer, batches))


def all_losses(network, optimizer, batches):
    losses = []
    for x, y in batches:
        loss = cross_entropy(network(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def measured_before_the_steps(network, optimizer, batches):
    rows = [(x, y) for x, y in batches]
    x, y = (np.concatenate(each) for each in zip(*rows))
    before = float(cross_entropy(network.predict(x), y))
    all_losses(network, optimizer, rows)
    return before


# my_treatments


def by_lr_alone(a, b, c, d, e, f):
    for each in (a, b, c, d, e, f):
        each.lr = 0.01


def all_but_f(a, b, c, d, e, f):
    a.end = None
    b.lr = e.lr = 0.01
    c.digits = 600
    d.start = he_normal


def by_another_name(a, b, c, d, e, f):
    b.learning_rate = 0.01


def e_a_tenth(a, b, c, d, e, f):
    a.end, b.lr, c.digits, d.start, e.lr = None, 0.01, 600, he_normal, 0.1
    f.shuffle = together


def d_by_rate(a, b, c, d, e, f):
    a.end, b.lr, c.digits, d.lr, e.lr = None, 0.01, 600, 0.001, 0.01
    f.shuffle = together


def all_right(a, b, c, d, e, f):
    a.end, b.lr, c.digits, d.start, e.lr = None, 0.01, 600, he_normal, 0.01
    f.shuffle = together


def with_relu_at_the_end(a, b, c, d, e, f):
    all_right(a, b, c, d, e, f)
    a.end = softmax


# my_batches


def by_moved(x, y, rng):
    return Batches(shift_images(x, rng=rng).reshape(-1, 64), y, rng=rng)


def own_generator(x, y, rng):
    moved = shift_images(x, rng=np.random.default_rng(0))
    return Batches(moved.reshape(-1, 64), y, rng=rng)


def not_flat(x, y, rng):
    return Batches(shift_images(x, rng=rng), y, rng=rng)


def not_moved(x, y, rng):
    return Batches(x.reshape(-1, 64), y, rng=rng)


def as_a_pair(x, y, rng):
    return shift_images(x, rng=rng).reshape(-1, 64), y


def flat_first(x, y, rng):
    return Batches(shift_images(x.reshape(-1, 64), rng=rng), y, rng=rng)


# my_run


def a_run(last=(), clear=True, rng_for_batches=True, lr=0.1, epochs=10):
    def run(inputs, labels):
        rng = np.random.default_rng(0)
        network = Sequential(Linear(64, 32, rng=rng), relu, Linear(32, 10, rng=rng), *last)
        optimizer = SGD(network.parameters(), lr=lr)
        more = {"rng": rng} if rng_for_batches else {}
        for _ in range(epochs):
            for x, y in Batches(inputs, labels, batch_size=32, **more):
                loss = cross_entropy(network(x), y)
                if clear is True:
                    optimizer.zero_grad()
                loss.backward()
                if clear == "too late":
                    optimizer.zero_grad()
                optimizer.step()
        return network

    return run


def no_return(inputs, labels):
    a_run()(inputs, labels)


NATURAL = [
    ("w.grad after two backwards", 6, "right"),
    ("w.grad after two backwards", 3, "not yet"),
    ("parameters of 64-32-10", 2410, "right"),
    ("parameters of 64-32-10", 64 * 32 + 32 * 10, "not yet"),
    ("parameters of 64-32-10", 2368, "not yet"),
    ("batches of 32 in 1437 rows", 44, "not yet"),
    ("batches of 32 in 1437 rows", 44.9, "not yet"),
    ("first loss of ten classes", 2.3, "right"),
    ("first loss of ten classes", "2.30", "right"),
    ("first loss of ten classes", -np.log(0.1), "right"),
    ("first loss of ten classes", 0.1, "not yet"),
    ("first loss of ten classes", 1, "not yet"),
    ("first loss of ten classes", -2.3, "not yet"),
    ("does it begin again", "No", "right"),
    ("does it begin again", True, "not yet"),
    ("share of weights that are nan", "100 %", "right"),
    ("share of weights that are nan", 1.0, "right"),
    ("share of weights that are nan", 0, "not yet"),
    ("share of weights that are nan", 1 / 64, "not yet"),
    ("share of weights that are nan", 100, "not yet"),
    ("dropout on or off", "with dropout off", "right"),
    ("dropout on or off", "on", "not yet"),
    ("is it better on unseen digits", "yes", "not yet"),
    ("is it better on unseen digits", "no", "right"),
    ("the same five losses", "yes", "right"),
    ("the same five losses", "no", "not yet"),
    ("accuracy by then", 0, "right"),
    ("accuracy by then", -0.01, "right"),
    ("accuracy by then", -0.1, "not yet"),
    ("accuracy by then", -0.3, "not yet"),
    ("accuracy by then", 0.1, "not yet"),
    ("does the note change", "yes", "right"),
    ("does the note change", "no", "not yet"),
    ("the half that chose", "higher", "right"),
    ("the half that chose", "the same", "not yet"),
    ("six curves, six faults", "BEAFCD", "right"),
    ("six curves, six faults", "b e a f c d", "right"),
    ("six curves, six faults", ["B", "E", "A", "F", "C", "D"], "right"),
    ("six curves, six faults", "BDAFCE", "not yet"),
    ("six curves, six faults", "EBAFCD", "not yet"),
    ("six curves, six faults", "BEACFD", "not yet"),
    ("six curves, six faults", "BBBBBB", "not yet"),
    ("six curves, six faults", "BEAFC", "not yet"),
    ("which part will heal", "fwgbwg", "right"),
    ("which part will heal", "f, w, g, b, w, g", "right"),
    ("which part will heal", "fwgbbg", "not yet"),
    ("which part will heal", "wwgbwf", "not yet"),
    ("which part will heal", "ABCDEF", "not yet"),
    ("C at ten times the rate", 1.75, "right"),
    ("C at ten times the rate", "1.75", "right"),
    ("C at ten times the rate", 0, "not yet"),
    ("C at ten times the rate", 0.0, "not yet"),
    ("floor of two softmaxes with three classes", 0.55, "right"),
    ("floor of two softmaxes with three classes", 1.46, "not yet"),
    ("floor of two softmaxes with three classes", 1.10, "not yet"),
    ("floor of two softmaxes with three classes", 0, "not yet"),
    ("places that are read, of nine", 3, "right"),
    ("places that are read, of nine", 9, "not yet"),
    ("places that are read, of nine", "3 of 9", "not yet"),
    ("accuracy at 1 pixel", 0.45, "right"),
    ("accuracy at 1 pixel", 0.4, "right"),
    ("accuracy at 1 pixel", "45 %", "right"),
    ("accuracy at 1 pixel", 0.9, "not yet"),
    ("accuracy at 1 pixel", 0.8, "not yet"),
    ("accuracy at 1 pixel", 0.1, "not yet"),
    ("accuracy at 1 pixel", 90, "not yet"),
    ("digits for half the standard error", 1440, "right"),
    ("digits for half the standard error", 0.97 * 0.03 / 0.0045**2, "right"),
    ("digits for half the standard error", 720, "not yet"),
    ("digits for half the standard error", 180, "not yet"),
    ("weights alone", "no", "right"),
    ("weights alone", "yes", "not yet"),
    ("XOR with 2 hidden units, of 20", 12, "right"),
    ("XOR with 2 hidden units, of 20", 20, "not yet"),
    ("XOR with 2 hidden units, of 20", 2, "not yet"),
    ("FizzBuzz, share of 1 to 100", 98, "not yet"),
    ("FizzBuzz, share of 1 to 100", 0.5, "not yet"),
    ("FizzBuzz, share of 1 to 100", 1, "right"),
    ("my_epoch", weighs_with_a_tensor, "right"),
    ("my_epoch", last_loss, "not yet"),
    ("my_epoch", last_loss_tensor, "not yet"),
    ("my_epoch", mean_of_batches, "not yet"),
    ("my_epoch", never_cleared, "not yet"),
    ("my_epoch", cleared_too_late, "not yet"),
    ("my_epoch", never_steps, "not yet"),
    ("my_epoch", asks_predict, "not yet"),
    ("my_epoch", all_losses, "not yet"),
    ("my_epoch", prints_it, "not yet"),
    ("my_epoch", returns_in_the_loop, "not yet"),
    ("my_accuracy", lambda a, y: np.mean(a.argmax(axis=1) == y), "right"),
    ("my_accuracy", lambda a, y: sum(np.argmax(a, 1) == y) / len(y), "right"),
    ("my_accuracy", lambda a, y: np.sum(a.argmax(axis=1) == y), "not yet"),
    ("my_accuracy", lambda a, y: np.mean(a.argmax() == y), "not yet"),
    ("my_accuracy", lambda a, y: np.mean(a.argmax(axis=0) == y), "not yet"),
    ("my_accuracy", lambda a, y: np.mean(a == y), "not yet"),
    ("my_accuracy", lambda a, y: 100 * np.mean(a.argmax(axis=1) == y), "not yet"),
    ("my_accuracy", lambda a, y: a.argmax(axis=1) == y, "not yet"),
    ("my_snapshot", lambda arrays: {k: v.copy() for k, v in arrays.items()}, "right"),
    ("my_snapshot", lambda arrays: {k: v[:] for k, v in arrays.items()}, "not yet"),
    ("my_snapshot", lambda arrays: arrays.copy(), "not yet"),
    ("my_snapshot", lambda arrays: arrays, "not yet"),
    ("my_snapshot", lambda arrays: [v.copy() for v in arrays.values()], "not yet"),
    ("my_treatments", all_right, "right"),
    ("my_treatments", by_lr_alone, "not yet"),
    ("my_treatments", all_but_f, "not yet"),
    ("my_treatments", by_another_name, "not yet"),
    ("my_treatments", e_a_tenth, "not yet"),
    ("my_treatments", d_by_rate, "not yet"),
    ("my_treatments", with_relu_at_the_end, "not yet"),
    ("my_confusion", lambda y, p, n: np.eye(n, dtype=int)[y].T @ np.eye(n, dtype=int)[p], "right"),
    ("my_confusion", lambda y, p, n: np.eye(n)[p].T @ np.eye(n)[y], "not yet"),
    ("my_confusion", lambda y, p, n: np.sum(y == p), "not yet"),
    ("my_batches", by_moved, "right"),
    ("my_batches", own_generator, "not yet"),
    ("my_batches", not_flat, "not yet"),
    ("my_batches", not_moved, "not yet"),
    ("my_batches", as_a_pair, "not yet"),
    ("my_batches", flat_first, "not yet"),
    ("my_run", a_run(), "right"),
    ("my_run", a_run(last=(softmax,)), "not yet"),
    ("my_run", a_run(last=(tanh,)), "not yet"),
    ("my_run", a_run(last=(relu,)), "not yet"),
    ("my_run", a_run(clear=False), "not yet"),
    ("my_run", a_run(clear="too late"), "not yet"),
    ("my_run", a_run(rng_for_batches=False), "not yet"),
    ("my_run", no_return, "not tried yet"),
    ("my_vote", lambda a: softmax(a).mean(0).argmax(1), "right"),
    ("my_vote", lambda a: softmax(a.mean(axis=0)).argmax(axis=1), "not yet"),
    ("my_vote", lambda a: softmax(a).max(axis=0).argmax(axis=1), "not yet"),
    ("my_vote", lambda a: softmax(a).mean(axis=1).argmax(axis=1), "not yet"),
    ("my_vote", lambda a: softmax(a).mean(axis=0), "not yet"),
]
PROBING = [
    ("six curves, six faults", "UVWXYZ", "not yet"),
    ("six curves, six faults", 7, "not yet"),
    ("which part will heal", "bwf", "not yet"),
    ("my_epoch", measured_before_the_steps, "not yet"),
    ("my_epoch", lambda network, optimizer, batches: 0.5, "not yet"),
    ("my_accuracy", lambda a, y: 0.75, "not yet"),
    ("my_snapshot", lambda arrays: {}, "not yet"),
    ("my_treatments", lambda *patients: "healed", "not yet"),
    ("my_batches", lambda x, y, rng: [], "not yet"),
    ("my_vote", lambda a: np.zeros(2), "not yet"),
]
ANSWERS = [(*each, "natural") for each in NATURAL] + [(*each, "probing") for each in PROBING]
