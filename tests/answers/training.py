"""What readers answered in chapter 6."""

from copy import deepcopy

import numpy as np

from answers.training_again import ANSWERS as AGAIN
from answers.training_again import REPLIES as REPLIES
from course.exercises.training import Patient, together
from minnet.cost_functions import cross_entropy, softmax
from minnet.data import Batches, shift_images
from minnet.layers import Linear, Sequential, he_normal, relu, tanh
from minnet.optimizers import SGD

train_x, train_y = np.zeros((4, 64)), np.zeros(4, int)

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


# What a second reader answered


def epoch_54(network, optimizer, batches):
    total = n = 0
    for x, y in batches:
        optimizer.zero_grad()
        loss = cross_entropy(network(x), y)
        loss.backward()
        optimizer.step()
        total += cross_entropy(network(x), y).item() * len(x)
        n += len(x)
    return total / n


def epoch_62(network, optimizer, batches):
    total = n = 0
    for x, y in enumerate(batches):
        optimizer.zero_grad()
        loss = cross_entropy(network(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        n += len(x)
    return total / n


def accuracy_70(logits, labels):
    return np.mean(np.argmax(logits, axis=1) == labels)


def accuracy_71(logits, labels):
    return (logits.argmax(axis=-1) == labels).sum() / len(labels)


def accuracy_72(logits, labels):
    return np.mean(np.argmax(logits, axis=0) == labels)


def accuracy_73(logits, labels):
    return np.mean(np.argmax(logits) == labels)


def accuracy_74(logits, labels):
    return (logits.argmax(1) == labels).sum()


def accuracy_75(logits, labels):
    return 100 * np.mean(logits.argmax(1) == labels)


def accuracy_76(logits, labels):
    return np.mean(logits.argmax(1) != labels)


def accuracy_77(logits, labels):
    return np.mean(logits == labels)


def accuracy_78(logits, labels):
    return np.mean(logits.max(axis=1) == labels)


def accuracy_79(logits, labels):
    return logits.argmax(1) == labels


def accuracy_81(logits, labels):
    good = 0
    for row, label in zip(logits, labels):
        if row.argmax() == label:
            good += 1
    return good / logits.size


def accuracy_82(logits, labels):  # noqa: RET503
    good = 0
    for row, label in zip(logits, labels):
        if row.argmax() == label:
            good += 1
        return good / len(labels)


def accuracy_84(logits, labels):
    return np.mean(np.argmin(logits, axis=1) == labels)


def accuracy_85(logits, labels):
    return float(np.round(np.mean(np.argmax(logits, axis=1) == labels), 1))


def accuracy_86(logits, labels):
    return 1 - cross_entropy(logits, labels).item()


def accuracy_87(logits, labels):
    return (logits[np.arange(len(labels)), labels] > 0).mean()


def accuracy_90(logits, labels):
    print(np.mean(np.argmax(logits, axis=1) == labels))


def accuracy_91(labels, logits):
    return np.mean(np.argmax(logits, axis=1) == labels)


def snapshot_126(arrays):
    return {k: v.copy() for k, v in arrays.items()}


def snapshot_127(arrays):
    return dict(arrays)


def snapshot_128(arrays):
    return arrays.copy()


def snapshot_129(arrays):
    return arrays


def snapshot_130(arrays):
    return deepcopy(arrays)


def snapshot_131(arrays):
    return {k: v for k, v in arrays.items()}  # noqa: C416


def snapshot_133(arrays):
    return {k: np.asarray(v) for k, v in arrays.items()}


def snapshot_134(arrays):
    return {k: v[:] for k, v in arrays.items()}


def snapshot_135(arrays):
    return {k: v.tolist() for k, v in arrays.items()}


def snapshot_136(arrays):
    return [v.copy() for v in arrays.values()]


def snapshot_137(arrays):
    return {k: v.sum() for k, v in arrays.items()}


def snapshot_139(arrays):  # noqa: RET503
    out = {}
    for k in arrays:
        out[k] = arrays[k].copy()
        return out


def snapshot_140(arrays):
    return {k.copy(): v for k, v in arrays.items()}


def snapshot_141(arrays):
    return {v.copy() for v in arrays.values()}


def snapshot_142(arrays):
    return {k: v.data.copy() for k, v in arrays.items()}


def snapshot_144(arrays):
    note = arrays
    for k in note:
        note[k] = note[k].copy()
    return note


def snapshot_145(arrays):
    return {k: np.zeros_like(v) for k, v in arrays.items()}


def snapshot_146(arrays):
    from copy import copy

    return copy(arrays)


def snapshot_147(arrays):
    return {k: v.astype(np.float32) for k, v in arrays.items()}


def snapshot_148(arrays):
    return {i: v.copy() for i, v in enumerate(arrays.values())}


def treatments_180(a, b, c, d, e, f):
    a.end = relu
    b.lr = 0.01
    c.digits = 600
    d.start = he_normal
    e.lr = 0.01
    f.shuffle = together


def treatments_183(a, b, c, d, e, f):
    a.end = None
    b.lr = 0.1
    c.digits = 600
    d.start = he_normal
    e.lr = 0.01
    f.shuffle = together


def treatments_184(a, b, c, d, e, f):
    a.end = None
    b.lr = 1
    c.digits = 600
    d.start = he_normal
    e.lr = 0.01
    f.shuffle = together


def treatments_187(a, b, c, d, e, f):
    a.end = None
    b.lr = 0.01
    c.digits = 1149
    d.start = he_normal
    e.lr = 0.01
    f.shuffle = together


def treatments_188(a, b, c, d, e, f):
    a.end = None
    b.lr = 0.01
    c.digits = 120
    d.start = he_normal
    e.lr = 0.01
    f.shuffle = together


def treatments_189(a, b, c, d, e, f):
    a.end = None
    b.lr = 0.01
    c.digits = 5000
    d.start = he_normal
    e.lr = 0.01
    f.shuffle = together


def treatments_192(a, b, c, d, e, f):
    a.end = None
    b.lr = 0.01
    c.digits = 600
    d.start = "he_normal"
    e.lr = 0.01
    f.shuffle = together


def treatments_193(a, b, c, d, e, f):
    a.end = None
    b.lr = 0.01
    c.digits = 600
    d.start = he_normal
    e.lr = 0.01
    f.shuffle = False


def treatments_194(a, b, c, d, e, f):
    a.end = None
    b.lr = 0.01
    c.digits = 600
    d.start = he_normal
    e.lr = 0.01
    f.shuffle = None


def treatments_197(a, b, c, d, e, f):
    a.end = None
    b.lr = 0.01
    c.digits = 600
    d.start = he_normal
    e.lr = 0.001
    f.shuffle = together


def confusion_228(labels, predictions, classes):
    t = np.zeros((classes, classes), int)
    for label, p in zip(labels, predictions):
        t[label, p] += 1
    return t


def confusion_229(labels, predictions, classes):
    t = np.zeros((classes, classes), int)
    for label, p in zip(labels, predictions):
        t[p, label] += 1
    return t


def confusion_230(labels, predictions, classes):
    t = np.zeros((classes, classes), int)
    t[labels, predictions] += 1
    return t


def confusion_231(labels, predictions, classes):
    t = np.zeros((classes, classes), int)
    np.add.at(t, (labels, predictions), 1)
    return t


def confusion_233(labels, predictions, classes):
    t = np.zeros((classes, classes), int)
    for label, p in zip(labels, predictions):
        if label != p:
            t[label, p] += 1
    return t


def confusion_234(labels, predictions, classes):
    t = np.zeros((classes, classes), int)
    for label in labels:
        for p in predictions:
            t[label, p] += 1
    return t


def confusion_235(labels, predictions, classes):
    t = np.zeros((classes, classes), int)
    for label, p in zip(labels, predictions):
        t[label, p] = 1
    return t


def confusion_236(labels, predictions, classes):
    t = np.zeros((classes, classes), int)
    for label, p in zip(labels, predictions):
        t[label, p] += 1
    return t / len(labels)


def confusion_237(labels, predictions, classes):
    t = np.zeros(classes, classes)
    for label, p in zip(labels, predictions):
        t[label, p] += 1
    return t


def confusion_238(labels, predictions, classes):
    n = labels.max() + 1
    t = np.zeros((n, n), int)
    for label, p in zip(labels, predictions):
        t[label, p] += 1
    return t


def confusion_239(labels, predictions, classes):
    t = np.zeros((10, 10), int)
    for label, p in zip(labels, predictions):
        t[label, p] += 1
    return t


def confusion_240(labels, predictions, classes):
    t = [[0] * classes] * classes
    for label, p in zip(labels, predictions):
        t[label][p] += 1
    return np.array(t)


def confusion_244(labels, predictions, classes):
    return np.sum(labels == predictions)


def confusion_245(labels, predictions, classes):  # noqa: RET503
    t = np.zeros((classes, classes), int)
    for label, p in zip(labels, predictions):
        t[label, p] += 1
        return t


def confusion_246(labels, predictions, classes):
    t = np.ones((classes, classes), int)
    for label, p in zip(labels, predictions):
        t[label, p] += 1
    return t


def confusion_248(labels, predictions, classes):
    t = np.zeros((classes, classes), int)
    for label, p in zip(labels, predictions):  # noqa: B007
        t[label] += 1
    return t


def confusion_249(labels, predictions, classes):
    t = np.zeros((classes, classes), int)
    for label, p in zip(labels, predictions):
        t[label, p] += 1


def confusion_250(labels, predictions, classes):
    t = np.zeros((classes + 1, classes + 1), int)
    for label, p in zip(labels, predictions):
        t[label, p] += 1
    return t


def confusion_251(labels, predictions, classes):
    t = np.zeros((classes, classes), int)
    for label, p in zip(labels, predictions):
        t[label - 1, p - 1] += 1
    return t


def batches_273(images, labels, rng):
    return Batches(shift_images(images, rng=rng).reshape(-1, 64), labels, rng=rng)


def batches_274(images, labels, rng):
    return Batches(images.reshape(-1, 64), labels, rng=rng)


def batches_275(images, labels, rng):
    return Batches(shift_images(images, rng=rng), labels, rng=rng)


def batches_276(images, labels, rng):
    return Batches(shift_images(images.reshape(-1, 64), rng=rng), labels, rng=rng)


def batches_277(images, labels, rng):
    return (shift_images(images, rng=rng).reshape(-1, 64), labels)


def batches_278(images, labels, rng):
    return Batches(shift_images(images, rng=rng).reshape(-1, 64), labels)


def batches_279(images, labels, rng):
    return Batches(shift_images(images, rng=rng).reshape(64, -1), labels, rng=rng)


def batches_280(images, labels, rng):
    shift_images(images, rng=rng)
    return Batches(images.reshape(-1, 64), labels, rng=rng)


def batches_281(images, labels, rng):
    moved = shift_images(images, rng=rng).reshape(len(images), -1)
    return Batches(moved, labels, batch_size=32, rng=rng)


def batches_282(images, labels, rng):
    return Batches(
        shift_images(images, rng=np.random.default_rng(0)).reshape(-1, 64), labels, rng=rng
    )


def batches_283(images, labels, rng):
    return Batches(
        shift_images(images, rng=np.random.default_rng(0)).reshape(-1, 64),
        labels,
        rng=np.random.default_rng(0),
    )


def batches_284(images, labels, rng):
    moved = shift_images(images, rng=rng).reshape(-1, 64)
    return Batches(
        np.concatenate([images.reshape(-1, 64), moved]), np.concatenate([labels, labels]), rng=rng
    )


def batches_285(images, labels, rng):
    moved = shift_images(images, rng=rng).reshape(-1, 64)
    return Batches(moved, shift_images(labels, rng=rng), rng=rng)


def batches_286(images, labels, rng):
    moved = shift_images(images, rng=rng).reshape(-1, 64)
    return Batches(labels, moved, rng=rng)


def batches_288(images, labels, rng):  # noqa: RET503
    moved = shift_images(images, rng=rng).reshape(-1, 64)
    for b in Batches(moved, labels, rng=rng):
        return b


def batches_289(images, labels, rng):
    moved = shift_images(images).reshape(-1, 64)
    return Batches(moved, labels, rng=rng)


def batches_290(images, labels, rng):
    moved = shift_images(images, rng).reshape(-1, 64)
    return Batches(moved, labels, rng=rng)


def batches_291(images, labels, rng):
    moved = np.array([shift_images(i, rng=rng) for i in images]).reshape(-1, 64)
    return Batches(moved, labels, rng=rng)


def batches_292(images, labels, rng):
    moved = shift_images(images, rng=rng).reshape(-1, 64)
    return Batches(moved, labels, rng=rng, shuffle=False)


def batches_293(images, labels, rng):
    moved = shift_images(images, rng=rng).reshape(-1, 64) / 16
    return Batches(moved, labels, rng=rng)


def batches_294(images, labels, rng):
    moved = shift_images(images, rng=rng)
    moved.reshape(-1, 64)
    return Batches(moved, labels, rng=rng)


def run_343(inputs, labels):
    rng0 = np.random.default_rng(0)
    inputs = rng0.permutation(inputs)
    labels = rng0.permutation(labels)
    rng = np.random.default_rng(0)
    network = Sequential(Linear(64, 32, rng=rng), relu, Linear(32, 10, rng=rng))
    optimizer = SGD(network.parameters(), lr=0.1)
    for _ in range(10):
        for batch, targets in Batches(inputs, labels, batch_size=32, rng=rng):
            loss = cross_entropy(network(batch), targets)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return network


def vote_347(logits):
    return softmax(logits).mean(axis=0).argmax(axis=1)


def vote_348(logits):
    return logits.mean(axis=0).argmax(axis=1)


def vote_349(logits):
    return softmax(logits.mean(axis=0)).argmax(axis=1)


def vote_350(logits):
    return softmax(logits).mean(axis=1).argmax(axis=1)


def vote_351(logits):
    return softmax(logits).mean(axis=0).argmax(axis=0)


def vote_352(logits):
    return softmax(logits).mean(axis=0)


def vote_353(logits):
    return softmax(logits).mean(axis=0).argmax()


def vote_354(logits):
    return softmax(logits).max(axis=0).argmax(axis=1)


def vote_355(logits):
    return softmax(logits).sum(axis=0).argmax(axis=-1)


def vote_356(logits):
    g = logits.argmax(axis=2)
    return np.array([np.bincount(g[:, i]).argmax() for i in range(g.shape[1])])


def vote_357(logits):
    return softmax(logits).mean(axis=2).argmax(axis=1)


def vote_358(logits):
    return softmax(logits[0]).argmax(axis=1)


def vote_360(logits):
    e = np.exp(logits)
    p = e / e.sum()
    return p.mean(axis=0).argmax(axis=1)


def vote_361(logits):
    return np.log(softmax(logits)).mean(axis=0).argmax(axis=1)


def vote_362(logits):
    return np.median(softmax(logits), axis=0).argmax(axis=1)


def vote_363(logits):
    return softmax(logits).argmax(axis=2).mean(axis=0)


def vote_364(logits):
    return softmax(logits).mean(axis=0).max(axis=1)


def epoch_again_279(network, optimizer, batches):
    total = rows = 0
    for inputs, targets in batches:
        loss = cross_entropy(softmax(network(inputs)), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(inputs)
        rows += len(inputs)
    return total / rows


def epoch_again_284(network, optimizer, batches):
    total = rows = 0
    for inputs, targets in batches:
        loss = cross_entropy(network(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * 32
        rows += len(inputs)
    return total / rows


def epoch_again_287(network, optimizer, batches):
    for inputs, targets in batches:
        optimizer.zero_grad()
        loss = cross_entropy(network(inputs), targets)
        loss.backward()
        optimizer.step()
    return cross_entropy(network.predict(train_x), train_y)


def epoch_again_289(network, optimizer, batches):
    total = rows = 0
    for _ in range(5):
        for inputs, targets in batches:
            loss = cross_entropy(network(inputs), targets)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(inputs)
            rows += len(inputs)
    return total / rows


def epoch_again_291(network, optimizer, batches):
    total = rows = 0
    for inputs, targets in batches:
        network.eval()
        loss = cross_entropy(network(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(inputs)
        rows += len(inputs)
    return total / rows


def epoch_again_292(network, optimizer, batches):
    optimizer.zero_grad()
    total = rows = 0
    for inputs, targets in batches:
        loss = cross_entropy(network(inputs), targets)
        loss.backward()
        total += loss.item() * len(inputs)
        rows += len(inputs)
    optimizer.step()
    return total / rows


def epoch_again_295(network, optimizer, batches):
    total = rows = 0
    for inputs, targets in batches:
        loss = cross_entropy(network(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item * len(inputs)
        rows += len(inputs)
    return total / rows


def epoch_again_296(network, optimizer, batches):
    inputs, targets = next(iter(batches))
    loss = cross_entropy(network(inputs), targets)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


def snapshot_again_354(arrays):
    for name in arrays:
        arrays[name] = arrays[name].copy()
    return arrays


def treatments_again_375(a, b, c, d, e, f):
    a.end = None
    b.lr = 0.01
    c.digits = 600
    d.start = he_normal()
    e.lr = 0.01
    f.shuffle = together


def treatments_again_389(a, b, c, d, e, f):
    a.end = None
    b.lr = 0.01
    c.digits = 600
    d.start = he_normal
    e.lr = 0.01
    f.shuffle = together()


def treatments_again_392(a, b, c, d, e, f):
    a.end = None
    b.lr = 0.01
    c.digits = "600"
    d.start = he_normal
    e.lr = 0.01
    f.shuffle = together


def treatments_again_393(a, b, c, d, e, f):
    a.end = None
    b.lr = 0.01
    c.digits = 600
    d.start = he_normal
    e.lr = 0
    f.shuffle = together


def treatments_again_399(a, b, c, d, e, f):
    a, b, c, d, e, f = (Patient() for _ in range(6))  # noqa: RUF059


def confusion_again_412(labels, predictions, classes):
    table = np.zeros((classes, classes))
    for label, prediction in zip(labels, predictions):
        table[label, prediction] += 1
    return table


def confusion_again_419(labels, predictions, classes):
    table = np.zeros((classes, classes), int)
    for label, prediction in zip(labels, predictions):
        if label == prediction:
            table[label, prediction] += 1
    return table


def confusion_again_421(labels, predictions, classes):
    table = np.zeros((classes, classes), int)
    for label, prediction in zip(labels, predictions):
        table[label, prediction] += 1
    return table / table.sum(axis=1, keepdims=True)


def confusion_again_425(labels, predictions, classes):
    table = np.zeros((classes, classes), int)
    for label, prediction in labels, predictions:
        table[label, prediction] += 1
    return table


def confusion_again_428(labels, predictions, classes):
    table = np.zeros((classes, classes), int)
    for i in range(classes):
        table[labels[i], predictions[i]] += 1
    return table


def confusion_again_432(labels, predictions, classes):
    table = np.zeros((classes, classes), int)
    for label, prediction in zip(labels, predictions.argmax(axis=1)):
        table[label, prediction] += 1
    return table


def batches_again_450(images, labels, rng):
    moved = shift_images(images, rng=rng)
    both = np.concatenate([images, moved])
    return Batches(both.reshape(-1, 64), np.concatenate([labels, labels]), rng=rng)


def batches_again_451(images, labels, rng):
    moved = shift_images(images, rng=rng)
    return lambda: Batches(moved.reshape(-1, 64), labels, rng=rng)


def run_again_461(inputs, labels):
    rng = np.random.default_rng(0)
    network = Sequential(Linear(64, 32, rng=rng), relu, Linear(32, 10, rng=rng))
    optimizer = SGD(network.parameters(), lr=0.1)
    for _ in range(10):
        for batch, targets in Batches(inputs, labels, batch_size=32, shuffle=True):
            loss = cross_entropy(network(batch), targets)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return network


def run_again_462(inputs, labels):
    rng = np.random.default_rng(0)
    network = Sequential(Linear(64, 32, rng=rng), relu, Linear(32, 10, rng=rng))
    optimizer = SGD(network.parameters(), lr=0.1)
    for _ in range(10):
        for batch, targets in Batches(inputs, labels, batch_size=32, rng=np.random.default_rng(0)):
            loss = cross_entropy(network(batch), targets)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return network


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
    ("where each is ill", "fwgbwg", "right"),
    ("where each is ill", "f, w, g, b, w, g", "right"),
    ("where each is ill", "fwgbbg", "not yet"),
    ("where each is ill", "wwgbwf", "not yet"),
    ("where each is ill", "ABCDEF", "not yet"),
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
    ("my_run", no_return, "not yet"),
    ("my_vote", lambda a: softmax(a).mean(0).argmax(1), "right"),
    ("my_vote", lambda a: softmax(a.mean(axis=0)).argmax(axis=1), "not yet"),
    ("my_vote", lambda a: softmax(a).max(axis=0).argmax(axis=1), "not yet"),
    ("my_vote", lambda a: softmax(a).mean(axis=1).argmax(axis=1), "not yet"),
    ("my_vote", lambda a: softmax(a).mean(axis=0), "not yet"),
]
PROBING = [
    ("six curves, six faults", "UVWXYZ", "not yet"),
    ("six curves, six faults", 7, "not yet"),
    ("where each is ill", "bwf", "not yet"),
    ("my_epoch", measured_before_the_steps, "not yet"),
    ("my_epoch", lambda network, optimizer, batches: 0.5, "not yet"),
    ("my_accuracy", lambda a, y: 0.75, "not yet"),
    ("my_snapshot", lambda arrays: {}, "not yet"),
    ("my_treatments", lambda *patients: "healed", "not yet"),
    ("my_batches", lambda x, y, rng: [], "not yet"),
    ("my_vote", lambda a: np.zeros(2), "not yet"),
]
ANSWERS = [(*each, "natural") for each in NATURAL] + [(*each, "probing") for each in PROBING]
ANSWERS += [
    ("w.grad after two backwards", 9, "not yet", "natural"),
    ("w.grad after two backwards", 0, "not yet", "natural"),
    ("w.grad after two backwards", 6.0, "right", "natural"),
    ("w.grad after two backwards", "six", "not yet", "probing"),
    ("w.grad after two backwards", 3 + 3, "right", "natural"),
    ("w.grad after two backwards", None, "not tried yet", "probing"),
    ("w.grad after two backwards", np.array(6.0), "right", "natural"),
    ("w.grad after two backwards", 5, "not yet", "natural"),
    ("parameters of 64-32-10", 64 * 32 + 32 + 32 * 10 + 10, "right", "natural"),
    ("parameters of 64-32-10", 64 * 32 + 32 * 10, "not yet", "natural"),
    ("parameters of 64-32-10", 2048, "not yet", "natural"),
    ("parameters of 64-32-10", 106, "not yet", "natural"),
    ("parameters of 64-32-10", 2400, "not yet", "natural"),
    ("parameters of 64-32-10", 64 * 32 + 64 + 32 * 10 + 32, "not yet", "natural"),
    ("parameters of 64-32-10", "2410", "right", "probing"),
    ("parameters of 64-32-10", [2080, 330], "not yet", "probing"),
    ("batches of 32 in 1437 rows", 45, "right", "natural"),
    ("batches of 32 in 1437 rows", 1437 / 32, "not yet", "natural"),
    ("batches of 32 in 1437 rows", 1437 // 32, "not yet", "natural"),
    ("first loss of ten classes", 2.30, "right", "natural"),
    ("first loss of ten classes", np.log(10), "right", "natural"),
    ("first loss of ten classes", 0, "not yet", "natural"),
    ("first loss of ten classes", np.log10(10), "not yet", "natural"),
    ("first loss of ten classes", 2, "not yet", "probing"),
    ("first loss of ten classes", 1.44, "not yet", "probing"),
    ("first loss of ten classes", 3.32, "not yet", "natural"),
    ("first loss of ten classes", 0.9, "not yet", "natural"),
    ("first loss of ten classes", 10, "not yet", "natural"),
    ("my_epoch", epoch_54, "not yet", "natural"),
    ("my_epoch", epoch_62, "not yet", "natural"),
    ("does it begin again", "no", "right", "natural"),
    ("does it begin again", "yes", "not yet", "natural"),
    ("does it begin again", False, "right", "natural"),
    ("does it begin again", "No.", "right", "natural"),
    ("does it begin again", "maybe", "not yet", "probing"),
    ("my_accuracy", accuracy_70, "right", "natural"),
    ("my_accuracy", accuracy_71, "right", "natural"),
    ("my_accuracy", accuracy_72, "not yet", "natural"),
    ("my_accuracy", accuracy_73, "not yet", "natural"),
    ("my_accuracy", accuracy_74, "not yet", "natural"),
    ("my_accuracy", accuracy_75, "not yet", "natural"),
    ("my_accuracy", accuracy_76, "not yet", "natural"),
    ("my_accuracy", accuracy_77, "not yet", "natural"),
    ("my_accuracy", accuracy_78, "not yet", "natural"),
    ("my_accuracy", accuracy_79, "not yet", "natural"),
    ("my_accuracy", accuracy_81, "not yet", "natural"),
    ("my_accuracy", accuracy_82, "not yet", "natural"),
    ("my_accuracy", accuracy_84, "not yet", "natural"),
    ("my_accuracy", accuracy_85, "not yet", "natural"),
    ("my_accuracy", accuracy_86, "not yet", "natural"),
    ("my_accuracy", accuracy_87, "not yet", "natural"),
    ("my_accuracy", accuracy_90, "not yet", "natural"),
    ("my_accuracy", accuracy_91, "not yet", "natural"),
    ("share of weights that are nan", 1, "right", "natural"),
    ("share of weights that are nan", 1 / 64, "not yet", "natural"),
    ("share of weights that are nan", 0.5, "not yet", "natural"),
    ("share of weights that are nan", 1 / (1149 * 64), "not yet", "natural"),
    ("share of weights that are nan", "all", "not yet", "probing"),
    ("share of weights that are nan", 0.016, "not yet", "natural"),
    ("share of weights that are nan", "100%", "right", "probing"),
    ("share of weights that are nan", 1 / 32, "not yet", "natural"),
    ("share of weights that are nan", 0.99, "not yet", "natural"),
    ("dropout on or off", "off", "right", "natural"),
    ("dropout on or off", "neither", "not yet", "probing"),
    ("dropout on or off", "Off", "right", "natural"),
    ("dropout on or off", True, "not yet", "probing"),
    ("the same five losses", True, "right", "natural"),
    ("is it better on unseen digits", "no, never", "right", "probing"),
    ("accuracy by then", "0", "right", "probing"),
    ("accuracy by then", 0.3, "not yet", "natural"),
    ("accuracy by then", -0.05, "not yet", "probing"),
    ("accuracy by then", -1, "not yet", "probing"),
    ("does the note change", True, "right", "natural"),
    ("my_snapshot", snapshot_126, "right", "natural"),
    ("my_snapshot", snapshot_127, "not yet", "natural"),
    ("my_snapshot", snapshot_128, "not yet", "natural"),
    ("my_snapshot", snapshot_129, "not yet", "natural"),
    ("my_snapshot", snapshot_130, "right", "natural"),
    ("my_snapshot", snapshot_131, "not yet", "natural"),
    ("my_snapshot", snapshot_133, "not yet", "natural"),
    ("my_snapshot", snapshot_134, "not yet", "natural"),
    ("my_snapshot", snapshot_135, "not yet", "natural"),
    ("my_snapshot", snapshot_136, "not yet", "natural"),
    ("my_snapshot", snapshot_137, "not yet", "natural"),
    ("my_snapshot", snapshot_139, "not yet", "natural"),
    ("my_snapshot", snapshot_140, "not yet", "natural"),
    ("my_snapshot", snapshot_141, "not yet", "natural"),
    ("my_snapshot", snapshot_142, "not yet", "natural"),
    ("my_snapshot", snapshot_144, "not yet", "natural"),
    ("my_snapshot", snapshot_145, "not yet", "probing"),
    ("my_snapshot", snapshot_146, "not yet", "natural"),
    ("my_snapshot", snapshot_147, "not yet", "natural"),
    ("my_snapshot", snapshot_148, "not yet", "natural"),
    ("the half that chose", "lower", "not yet", "natural"),
    ("the half that chose", "same", "not yet", "probing"),
    ("the half that chose", 1, "not yet", "probing"),
    ("six curves, six faults", "CEFABD", "not yet", "natural"),
    ("six curves, six faults", "beafcd", "right", "natural"),
    ("six curves, six faults", "B E A F C D", "right", "natural"),
    ("six curves, six faults", "BEFACD", "not yet", "natural"),
    ("six curves, six faults", "FDAECB", "not yet", "natural"),
    ("six curves, six faults", "325164", "not yet", "probing"),
    ("six curves, six faults", ["B", "E", "A", "F", "C", "D"], "right", "probing"),
    ("six curves, six faults", "BDFACE", "not yet", "natural"),
    ("six curves, six faults", "BEADCF", "not yet", "natural"),
    ("where each is ill", "fwgwbg", "not yet", "natural"),
    ("where each is ill", "fwgbwf", "not yet", "natural"),
    ("where each is ill", "wwgbwg", "not yet", "natural"),
    ("where each is ill", "bwgbwg", "not yet", "natural"),
    ("where each is ill", "FWGBWG", "right", "natural"),
    ("where each is ill", "fwwbwg", "not yet", "natural"),
    ("where each is ill", "fwgbww", "not yet", "natural"),
    ("where each is ill", "gwfbwg", "not yet", "natural"),
    ("where each is ill", "fwgbb g", "not yet", "probing"),
    ("my_treatments", treatments_180, "not yet", "natural"),
    ("my_treatments", treatments_183, "not yet", "natural"),
    ("my_treatments", treatments_184, "not yet", "natural"),
    ("my_treatments", treatments_187, "right", "natural"),
    ("my_treatments", treatments_188, "not yet", "natural"),
    ("my_treatments", treatments_189, "not yet", "probing"),
    ("my_treatments", treatments_192, "not yet", "natural"),
    ("my_treatments", treatments_193, "not yet", "natural"),
    ("my_treatments", treatments_194, "not yet", "natural"),
    ("my_treatments", treatments_197, "right", "natural"),
    ("floor of two softmaxes with three classes", np.log(2 + np.e) - 1, "right", "natural"),
    ("floor of two softmaxes with three classes", np.log(3), "not yet", "natural"),
    ("floor of two softmaxes with three classes", np.log(2 + np.e), "not yet", "natural"),
    ("floor of two softmaxes with three classes", np.log(3 + np.e) - 1, "not yet", "natural"),
    ("floor of two softmaxes with three classes", 0.5514, "right", "natural"),
    ("floor of two softmaxes with three classes", 0.6, "not yet", "probing"),
    ("floor of two softmaxes with three classes", np.log(9 + np.e) - 1, "not yet", "natural"),
    ("floor of two softmaxes with three classes", -0.55, "not yet", "probing"),
    ("floor of two softmaxes with three classes", 0.74, "not yet", "probing"),
    ("C at ten times the rate", 0.00, "not yet", "natural"),
    ("C at ten times the rate", 0.87, "not yet", "natural"),
    ("C at ten times the rate", 1.8, "right", "natural"),
    ("C at ten times the rate", 0.03, "not yet", "natural"),
    ("C at ten times the rate", 1.7, "right", "natural"),
    ("C at ten times the rate", 2, "not yet", "natural"),
    ("my_confusion", confusion_228, "right", "natural"),
    ("my_confusion", confusion_229, "not yet", "natural"),
    ("my_confusion", confusion_230, "not yet", "natural"),
    ("my_confusion", confusion_231, "right", "natural"),
    ("my_confusion", confusion_233, "not yet", "natural"),
    ("my_confusion", confusion_234, "not yet", "natural"),
    ("my_confusion", confusion_235, "not yet", "natural"),
    ("my_confusion", confusion_236, "not yet", "natural"),
    ("my_confusion", confusion_237, "not yet", "natural"),
    ("my_confusion", confusion_238, "not yet", "natural"),
    ("my_confusion", confusion_239, "not yet", "natural"),
    ("my_confusion", confusion_240, "not yet", "natural"),
    ("my_confusion", confusion_244, "not yet", "natural"),
    ("my_confusion", confusion_245, "not yet", "natural"),
    ("my_confusion", confusion_246, "not yet", "natural"),
    ("my_confusion", confusion_248, "not yet", "natural"),
    ("my_confusion", confusion_249, "not yet", "natural"),
    ("my_confusion", confusion_250, "not yet", "natural"),
    ("my_confusion", confusion_251, "not yet", "natural"),
    ("places that are read, of nine", 5, "not yet", "natural"),
    ("places that are read, of nine", 1, "not yet", "natural"),
    ("places that are read, of nine", 0, "not yet", "natural"),
    ("places that are read, of nine", 2, "not yet", "natural"),
    ("places that are read, of nine", 4, "not yet", "natural"),
    ("places that are read, of nine", 10, "not yet", "probing"),
    ("places that are read, of nine", -1, "not yet", "probing"),
    ("places that are read, of nine", "some", "not yet", "probing"),
    ("accuracy at 1 pixel", 0.95, "not yet", "natural"),
    ("accuracy at 1 pixel", 0.97, "not yet", "natural"),
    ("accuracy at 1 pixel", 0.5, "right", "natural"),
    ("accuracy at 1 pixel", 0.6, "not yet", "natural"),
    ("accuracy at 1 pixel", 50, "not yet", "natural"),
    ("accuracy at 1 pixel", 0.3, "not yet", "natural"),
    ("accuracy at 1 pixel", 0.2, "not yet", "natural"),
    ("accuracy at 1 pixel", 0, "not yet", "natural"),
    ("my_batches", batches_273, "right", "natural"),
    ("my_batches", batches_274, "not yet", "natural"),
    ("my_batches", batches_275, "not yet", "natural"),
    ("my_batches", batches_276, "not yet", "natural"),
    ("my_batches", batches_277, "not yet", "natural"),
    ("my_batches", batches_278, "not yet", "natural"),
    ("my_batches", batches_279, "not yet", "natural"),
    ("my_batches", batches_280, "not yet", "natural"),
    ("my_batches", batches_281, "right", "natural"),
    ("my_batches", batches_282, "not yet", "natural"),
    ("my_batches", batches_283, "not yet", "natural"),
    ("my_batches", batches_284, "not yet", "natural"),
    ("my_batches", batches_285, "not yet", "natural"),
    ("my_batches", batches_286, "not yet", "natural"),
    ("my_batches", batches_288, "not yet", "natural"),
    ("my_batches", batches_289, "not yet", "natural"),
    ("my_batches", batches_290, "not yet", "natural"),
    ("my_batches", batches_291, "not yet", "natural"),
    ("my_batches", batches_292, "not yet", "natural"),
    ("my_batches", batches_293, "not yet", "natural"),
    ("my_batches", batches_294, "not yet", "natural"),
    ("digits for half the standard error", 4 * 360, "right", "natural"),
    ("digits for half the standard error", 360, "not yet", "natural"),
    ("digits for half the standard error", 509, "not yet", "natural"),
    ("digits for half the standard error", 90, "not yet", "natural"),
    ("digits for half the standard error", 1437, "right", "probing"),
    ("digits for half the standard error", 36, "not yet", "natural"),
    ("digits for half the standard error", 1440.0, "right", "natural"),
    ("digits for half the standard error", 2880, "not yet", "natural"),
    ("digits for half the standard error", 129600, "not yet", "natural"),
    ("digits for half the standard error", 0.97 * 0.03 / 0.0045**2, "right", "natural"),
    ("XOR with 2 hidden units, of 20", 10, "right", "natural"),
    ("XOR with 2 hidden units, of 20", 0, "not yet", "natural"),
    ("XOR with 2 hidden units, of 20", 15, "not yet", "natural"),
    ("XOR with 2 hidden units, of 20", 8, "not yet", "natural"),
    ("XOR with 2 hidden units, of 20", 5, "not yet", "natural"),
    ("XOR with 2 hidden units, of 20", 25, "not yet", "probing"),
    ("XOR with 2 hidden units, of 20", 18, "not yet", "natural"),
    ("FizzBuzz, share of 1 to 100", 0.9, "not yet", "natural"),
    ("FizzBuzz, share of 1 to 100", 0.53, "not yet", "natural"),
    ("FizzBuzz, share of 1 to 100", 0.97, "right", "natural"),
    ("FizzBuzz, share of 1 to 100", 95, "not yet", "natural"),
    ("FizzBuzz, share of 1 to 100", 0.85, "not yet", "natural"),
    ("FizzBuzz, share of 1 to 100", 0.7, "not yet", "natural"),
    ("FizzBuzz, share of 1 to 100", 0.27, "not yet", "natural"),
    ("weights alone", False, "right", "natural"),
    ("weights alone", "only nearly", "not yet", "probing"),
    ("my_run", run_343, "not yet", "natural"),
    ("my_vote", vote_347, "right", "natural"),
    ("my_vote", vote_348, "not yet", "natural"),
    ("my_vote", vote_349, "not yet", "natural"),
    ("my_vote", vote_350, "not yet", "natural"),
    ("my_vote", vote_351, "not yet", "natural"),
    ("my_vote", vote_352, "not yet", "natural"),
    ("my_vote", vote_353, "not yet", "natural"),
    ("my_vote", vote_354, "not yet", "natural"),
    ("my_vote", vote_355, "right", "natural"),
    ("my_vote", vote_356, "not yet", "natural"),
    ("my_vote", vote_357, "not yet", "natural"),
    ("my_vote", vote_358, "not yet", "natural"),
    ("my_vote", vote_360, "not yet", "natural"),
    ("my_vote", vote_361, "not yet", "natural"),
    ("my_vote", vote_362, "not yet", "natural"),
    ("my_vote", vote_363, "not yet", "natural"),
    ("my_vote", vote_364, "not yet", "natural"),
    ("w.grad after two backwards", "6", "right", "probing"),
    ("w.grad after two backwards", [6], "right", "probing"),
    ("w.grad after two backwards", 3 * 2 * 1, "right", "natural"),
    ("floor of two softmaxes with three classes", 1.55, "not yet", "natural"),
    ("floor of two softmaxes with three classes", 2.2, "not yet", "natural"),
    ("floor of two softmaxes with three classes", 0.5, "not yet", "natural"),
    ("floor of two softmaxes with three classes", 0.86, "not yet", "natural"),
    ("accuracy at 1 pixel", 0.75, "not yet", "natural"),
    ("accuracy at 1 pixel", 0.25, "not yet", "natural"),
    ("accuracy at 1 pixel", 0.22, "not yet", "natural"),
    ("the half that chose", "Higher", "right", "natural"),
    ("parameters of 64-32-10", 96, "not yet", "natural"),
    ("parameters of 64-32-10", 74, "not yet", "natural"),
    ("parameters of 64-32-10", 42, "not yet", "natural"),
    ("dropout on or off", "yes", "not yet", "probing"),
    ("does it begin again", "yes, of course", "not yet", "probing"),
    ("does it begin again", 1, "not yet", "probing"),
]
ANSWERS += [  # of the second cold reading
    ("w.grad after two backwards", 1, "not yet", "natural"),
    ("w.grad after two backwards", [3, 3], "not yet", "natural"),
    ("w.grad after two backwards", "3 and 3", "not yet", "natural"),
    ("parameters of 64-32-10", 64 * 32 + 10, "not yet", "natural"),
    ("parameters of 64-32-10", 64 * 32 * 10, "not yet", "natural"),
    ("parameters of 64-32-10", 4, "not yet", "natural"),
    ("batches of 32 in 1437 rows", 46, "not yet", "natural"),
    ("batches of 32 in 1437 rows", 1437 * 32, "not yet", "natural"),
    ("batches of 32 in 1437 rows", 32, "not yet", "natural"),
    ("first loss of ten classes", np.log(0.1), "not yet", "natural"),
    ("first loss of ten classes", "ln 10", "right", "natural"),
    ("first loss of ten classes", 23.03, "not yet", "natural"),
    ("first loss of ten classes", 0.69, "not yet", "natural"),
    ("first loss of ten classes", float("nan"), "not yet", "probing"),
    ("does it begin again", 0.32, "not yet", "natural"),
    ("share of weights that are nan", 1 / 1149, "not yet", "natural"),
    ("share of weights that are nan", 32, "not yet", "natural"),
    ("share of weights that are nan", 1 / 36, "not yet", "natural"),
    ("dropout on or off", "the same", "not yet", "natural"),
    ("dropout on or off", False, "not yet", "probing"),
    ("dropout on or off", "dropout off", "right", "natural"),
    ("the same five losses", "Yes, the same", "right", "natural"),
    ("the same five losses", "y", "right", "natural"),
    ("the same five losses", "no, since the validation draws random numbers", "not yet", "natural"),
    ("is it better on unseen digits", "no, it is later", "right", "natural"),
    ("is it better on unseen digits", "it is the same", "not yet", "probing"),
    ("is it better on unseen digits", 1.52, "not yet", "probing"),
    ("accuracy by then", "about 0", "right", "natural"),
    ("accuracy by then", 0.7, "not yet", "natural"),
    ("accuracy by then", 0.86, "not yet", "natural"),
    ("accuracy by then", "-0.1", "not yet", "natural"),
    ("does the note change", "unchanged", "not yet", "natural"),
    ("the half that chose", "high", "right", "natural"),
    ("the half that chose", 0.876, "not yet", "probing"),
    ("six curves, six faults", "AEBFCD", "not yet", "natural"),
    ("six curves, six faults", "FEACBD", "not yet", "natural"),
    ("six curves, six faults", "ABCDEF", "not yet", "natural"),
    ("six curves, six faults", "BEAFCC", "not yet", "natural"),
    ("six curves, six faults", "BECAFD", "not yet", "natural"),
    ("six curves, six faults", "BEDFCA", "not yet", "natural"),
    ("six curves, six faults", "352614", "not yet", "natural"),
    ("six curves, six faults", "315624", "not yet", "probing"),
    ("six curves, six faults", "BEAFDC", "not yet", "natural"),
    ("where each is ill", "fwgbwb", "not yet", "natural"),
    ("where each is ill", "fwggwg", "not yet", "natural"),
    ("where each is ill", "ffgbwg", "not yet", "natural"),
    ("where each is ill", "gwgbwg", "not yet", "natural"),
    ("where each is ill", "fwfbwg", "not yet", "natural"),
    ("where each is ill", "fwgwwg", "not yet", "natural"),
    ("where each is ill", "fwgbfg", "not yet", "natural"),
    ("where each is ill", "bbbbbb", "not yet", "probing"),
    ("where each is ill", "fwgbw", "not yet", "natural"),
    ("C at ten times the rate", 1.33, "not yet", "natural"),
    ("C at ten times the rate", 2.4, "not yet", "natural"),
    ("C at ten times the rate", 0.25, "not yet", "natural"),
    ("C at ten times the rate", 0.76, "not yet", "natural"),
    ("floor of two softmaxes with three classes", -np.log(np.e / (np.e + 2)), "right", "natural"),
    ("floor of two softmaxes with three classes", 0.58, "not yet", "natural"),
    ("floor of two softmaxes with three classes", 0.24, "not yet", "natural"),
    ("places that are read, of nine", 8, "not yet", "natural"),
    ("places that are read, of nine", 3 / 9, "not yet", "probing"),
    ("accuracy at 1 pixel", 45, "not yet", "natural"),
    ("accuracy at 1 pixel", 0.13, "not yet", "natural"),
    ("accuracy at 1 pixel", 1 - 0.97, "not yet", "natural"),
    ("digits for half the standard error", 1080, "not yet", "natural"),
    ("digits for half the standard error", 0.0045, "not yet", "natural"),
    ("XOR with 2 hidden units, of 20", 14, "not yet", "natural"),
    ("XOR with 2 hidden units, of 20", 0.5, "not yet", "natural"),
    ("XOR with 2 hidden units, of 20", 11 / 20, "not yet", "natural"),
    ("FizzBuzz, share of 1 to 100", 0.25, "not yet", "natural"),
    ("FizzBuzz, share of 1 to 100", 0, "not yet", "natural"),
    ("weights alone", True, "not yet", "natural"),
    ("weights alone", "no, Adam forgot its means", "right", "natural"),
    ("my_epoch", epoch_again_279, "not yet", "natural"),
    ("my_epoch", epoch_again_284, "not yet", "natural"),
    ("my_epoch", epoch_again_287, "not yet", "natural"),
    ("my_epoch", epoch_again_289, "not yet", "natural"),
    ("my_epoch", epoch_again_291, "not yet", "natural"),
    ("my_epoch", epoch_again_292, "not yet", "natural"),
    ("my_epoch", epoch_again_295, "not yet", "natural"),
    ("my_epoch", epoch_again_296, "not yet", "natural"),
    (
        "my_accuracy",
        lambda logits, labels: np.mean(softmax(logits)[range(len(labels)), labels]),
        "not yet",
        "natural",
    ),
    (
        "my_accuracy",
        lambda logits, labels: np.all(np.argmax(logits, axis=1) == labels),
        "not yet",
        "natural",
    ),
    (
        "my_accuracy",
        lambda logits, labels: np.mean(np.argmax(logits, axis=1) - labels),
        "not yet",
        "natural",
    ),
    (
        "my_accuracy",
        lambda logits, labels: np.mean(np.abs(np.argmax(logits, axis=1) - labels)),
        "not yet",
        "natural",
    ),
    (
        "my_accuracy",
        lambda logits, labels: np.mean(np.argmax(logits, axis=1)) == np.mean(labels),
        "not yet",
        "natural",
    ),
    (
        "my_accuracy",
        lambda logits, labels: sum(np.argmax(logits, axis=1) == labels) / logits.size,
        "not yet",
        "natural",
    ),
    (
        "my_accuracy",
        lambda logits, labels: sum(np.argmax(logits, axis=1) == labels) / 10,
        "not yet",
        "natural",
    ),
    (
        "my_accuracy",
        lambda logits, labels: np.mean(logits[range(len(labels)), labels] > 0.5),
        "not yet",
        "natural",
    ),
    (
        "my_accuracy",
        lambda logits, labels: round(np.mean(np.argmax(logits, axis=1) == labels), 1),
        "not yet",
        "probing",
    ),
    (
        "my_accuracy",
        lambda labels, logits: np.mean(np.argmax(logits, axis=1) == labels),
        "not yet",
        "natural",
    ),
    (
        "my_accuracy",
        lambda logits, labels: np.mean(np.argmax(logits.numpy(), axis=1) == labels),
        "not yet",
        "natural",
    ),
    (
        "my_snapshot",
        lambda arrays: {n: np.asarray(a) for n, a in arrays.items()},
        "not yet",
        "natural",
    ),
    ("my_snapshot", lambda arrays: {n: a.copy for n, a in arrays.items()}, "not yet", "natural"),
    (
        "my_snapshot",
        lambda arrays: {n: a.astype(float) for n, a in arrays.items()},
        "right",
        "natural",
    ),
    ("my_snapshot", lambda arrays: {n: a.copy() for n, a in arrays}, "not yet", "natural"),
    ("my_snapshot", lambda arrays: tuple(arrays.items()), "not yet", "probing"),
    (
        "my_snapshot",
        lambda arrays: {n: a.flatten() for n, a in arrays.items()},
        "not yet",
        "natural",
    ),
    ("my_snapshot", snapshot_again_354, "not yet", "natural"),
    ("my_treatments", treatments_again_375, "not yet", "natural"),
    ("my_treatments", treatments_again_389, "not yet", "natural"),
    ("my_treatments", treatments_again_392, "not yet", "natural"),
    ("my_treatments", treatments_again_393, "not yet", "natural"),
    ("my_treatments", treatments_again_399, "not yet", "natural"),
    ("my_confusion", confusion_again_412, "right, but", "natural"),
    ("my_confusion", confusion_again_419, "not yet", "natural"),
    ("my_confusion", confusion_again_421, "not yet", "natural"),
    ("my_confusion", confusion_again_425, "not yet", "natural"),
    ("my_confusion", confusion_again_428, "not yet", "natural"),
    ("my_confusion", confusion_again_432, "not yet", "natural"),
    ("my_batches", batches_again_450, "not yet", "natural"),
    ("my_batches", batches_again_451, "not yet", "natural"),
    ("my_run", run_again_461, "not yet", "natural"),
    ("my_run", run_again_462, "right", "natural"),
    ("my_vote", lambda logits: softmax(logits).mean(axis=1).argmax(axis=1), "not yet", "natural"),
    ("my_vote", lambda logits: softmax(logits).mean(axis=2).argmax(axis=1), "not yet", "natural"),
    ("my_vote", lambda logits: softmax(logits).mean(axis=0).argmax(axis=0), "not yet", "natural"),
    ("my_vote", lambda logits: softmax(logits).mean().argmax(), "not yet", "natural"),
    ("my_vote", lambda logits: softmax(logits).mean(axis=0).argmax(), "not yet", "natural"),
    ("my_vote", lambda logits: softmax(logits).prod(axis=0).argmax(axis=1), "not yet", "natural"),
    (
        "my_vote",
        lambda logits: softmax(softmax(logits).mean(axis=0)).argmax(axis=1),
        "right",
        "natural",
    ),
    (
        "my_vote",
        lambda logits: list(softmax(logits).mean(axis=0).argmax(axis=1)),
        "right",
        "natural",
    ),
]
ANSWERS += AGAIN
