"""A later reader's answers for chapter 6, as they were typed, each with words of its reply."""

import numpy as np

import course.exercises.training
from answers import typed

# name, what was typed, the verdict that it deserves, its kind, and words that its reply must have
TYPED = [
    ("C at ten times the rate", "1.7751", "not yet", "natural", "a tenth of the rate"),
    ("places that are read, of nine", "0", "not yet", "natural", "More:"),
    ("places that are read, of nine", "8", "not yet", "natural", "Fewer:"),
    ("accuracy at 1 pixel", "0.1", "not yet", "natural", "as guessing"),
    ("digits for half the standard error", "4", "not yet", "natural", "How many digits"),
    ("digits for half the standard error", "360*np.sqrt(2)", "not yet", "natural", "√2 times"),
    ("XOR with 2 hidden units, of 20", "'half'", "not yet", "natural", "of the 20 starts"),
    (
        "my_epoch",
        (
            "def my_epoch(network, optimizer, batches):\n"
            "    total = rows = 0\n"
            "    for inputs, targets in batches:\n"
            "        loss = cross_entropy(network(inputs), targets)\n"
            "        optimizer.zero_grad()\n"
            "        loss.backward\n"
            "        optimizer.step\n"
            "        total += loss.item() * len(inputs)\n"
            "        rows += len(inputs)\n"
            "    return total / rows"
        ),
        "not yet",
        "natural",
        "`loss.backward()`",
    ),
    (
        "my_accuracy",
        (
            "def my_accuracy(logits, labels):\n"
            "    return np.sum(np.argmax(logits, axis=1) == labels) / logits.shape[1]"
        ),
        "not yet",
        "natural",
        "number of classes",
    ),
    (
        "my_accuracy",
        (
            "def my_accuracy(logits, labels):\n"
            "    return np.sum(np.argmax(logits, axis=1) == labels) // len(labels)"
        ),
        "not yet",
        "natural",
        "`//`",
    ),
    (
        "my_accuracy",
        ("def my_accuracy(logits, labels):\n    return cross_entropy(logits, labels)"),
        "not yet",
        "natural",
        "That is the loss",
    ),
    (
        "my_accuracy",
        (
            "def my_accuracy(logits, labels):\n"
            "    return np.mean(logits.argmax(axis=1) == labels.argmax(axis=1))"
        ),
        "not yet",
        "natural",
        "classes already",
    ),
    (
        "my_snapshot",
        (
            "def my_snapshot(arrays):\n"
            "    return {name: array.flatten() for name, array in arrays.items()}"
        ),
        "not yet",
        "natural",
        "one long row",
    ),
    (
        "my_treatments",
        (
            "def my_treatments(a, b, c, d, e, f):\n"
            "    a.end = None\n"
            "    b.lr = 0.01\n"
            "    c.digits = 600\n"
            "    d.start = 0\n"
            "    e.lr = 0.01\n"
            "    f.shuffle = together"
        ),
        "not yet",
        "natural",
        "D: its `start` is 0",
    ),
    (
        "my_treatments",
        (
            "def my_treatments(a, b, c, d, e, f):\n"
            "    a.end = None\n"
            "    b.lr = 0.01\n"
            "    c.digits = 600\n"
            "    d.start = he_normal\n"
            "    e.lr = 0.01\n"
            "    f.shuffle = True"
        ),
        "not yet",
        "natural",
        "F: its `shuffle` is True",
    ),
    (
        "my_treatments",
        (
            "def my_treatments(a, b, c, d, e, f):\n"
            "    a.end = None\n"
            "    b.lr = 0.01\n"
            "    c.digits = 600\n"
            "    d.start = he_normal\n"
            "    e.lr = 0.01\n"
            "    f.shuffle = None"
        ),
        "not yet",
        "natural",
        "F: its `shuffle` is None",
    ),
    (
        "my_treatments",
        (
            "def my_treatments(a, b, c, d, e, f):\n"
            "    a.end == None\n"
            "    b.lr = 0.01\n"
            "    c.digits = 600\n"
            "    d.start = he_normal\n"
            "    e.lr = 0.01\n"
            "    f.shuffle = together"
        ),
        "not yet",
        "natural",
        "`a.end == None` asks",
    ),
    (
        "my_treatments",
        (
            "def my_treatments(a, b, c, d, e, f):\n"
            "    a.end = None\n"
            "    b.lr == 0.01\n"
            "    c.digits = 600\n"
            "    d.start = he_normal\n"
            "    e.lr = 0.01\n"
            "    f.shuffle = together"
        ),
        "not yet",
        "natural",
        "`b.lr == 0.01` asks",
    ),
    (
        "my_treatments",
        (
            "def my_treatments(a, b, c, d, e, f):\n"
            "    end = None\n"
            "    lr = 0.01\n"
            "    c.digits = 600\n"
            "    d.start = he_normal\n"
            "    e.lr = 0.01\n"
            "    f.shuffle = together"
        ),
        "not yet",
        "natural",
        "`end = None` sets a name of its own",
    ),
    (
        "my_treatments",
        (
            "def my_treatments(a, b, c, d, e, f):\n"
            "    a.end = None\n"
            "    b.lr = 0.01\n"
            "    c.digits = 600\n"
            "    d.start = he_normal\n"
            "    e.lr = 0.01\n"
            "    f.shuffle = 'together'"
        ),
        "not yet",
        "natural",
        "F: its `shuffle` is 'together'",
    ),
    (
        "my_treatments",
        (
            "def my_treatments(a, b, c, d, e, f):\n"
            "    a = Patient()\n"
            "    b = Patient()\n"
            "    c.digits = 600\n"
            "    d.start = he_normal\n"
            "    e.lr = 0.01\n"
            "    f.shuffle = together"
        ),
        "not yet",
        "natural",
        "`a = Patient()` makes a new a",
    ),
    (
        "my_treatments",
        (
            "def my_treatments(a, b, c, d, e, f):\n"
            "    for each in a, b, c, d, e, f:\n"
            "        vars(each).update(vars(Patient()))"
        ),
        "not yet",
        "probing",
        "no `vars`",
    ),
    (
        "my_confusion",
        (
            "def my_confusion(labels, predictions, classes):\n"
            "    table = np.zeros((classes, classes), int)\n"
            "    for i in range(classes):\n"
            "        for j in range(classes):\n"
            "            table[i, j] = np.sum(labels == i & predictions == j)\n"
            "    return table"
        ),
        "not yet",
        "natural",
        "brackets around each",
    ),
    (
        "my_confusion",
        (
            "def my_confusion(labels, predictions, classes):\n"
            "    table = np.zeros((classes, classes), int)\n"
            "    for i in range(len(labels) - 1):\n"
            "        table[labels[i], predictions[i]] += 1\n"
            "    return table"
        ),
        "not yet",
        "natural",
        "The last row is left out",
    ),
    (
        "my_confusion",
        (
            "def my_confusion(labels, predictions, classes):\n"
            "    table = np.zeros((classes, classes), int)\n"
            "    for i in range(1, len(labels)):\n"
            "        table[labels[i], predictions[i]] += 1\n"
            "    return table"
        ),
        "not yet",
        "natural",
        "The first row is left out",
    ),
    (
        "my_batches",
        (
            "def my_batches(images, labels, rng):\n"
            "    moved = shift_images(images, rng=rng)\n"
            "    moved.reshape(-1, 64)\n"
            "    return Batches(moved, labels, rng=rng)"
        ),
        "not yet",
        "natural",
        "no name keeps it",
    ),
    (
        "my_batches",
        (
            "def my_batches(images, labels, rng):\n"
            "    moved = shift_images(images, rng=rng)\n"
            "    return Batches(moved.reshape(-1), labels, rng=rng)"
        ),
        "not yet",
        "natural",
        "one long row",
    ),
    (
        "my_batches",
        (
            "def my_batches(images, labels, rng):\n"
            "    moved = shift_images(images, rng=rng)\n"
            "    return Batches(moved.transpose(0, 2, 1).reshape(-1, 64), labels, rng=rng)"
        ),
        "not yet",
        "natural",
        "on its side",
    ),
    (
        "my_batches",
        (
            "def my_batches(images, labels, rng):\n"
            "    moved = shift_images(images, rng=rng)\n"
            "    return Batches(moved.reshape(-1, 64), labels, rng)"
        ),
        "not yet",
        "natural",
        "by its name, `rng=rng`",
    ),
    (
        "my_batches",
        (
            "def my_batches(images, labels, rng):\n"
            "    rows = images.reshape(-1, 64)\n"
            "    rng.shuffle(rows)\n"
            "    return Batches(rows, labels, rng=rng)"
        ),
        "not yet",
        "natural",
        "mixes the very pictures",
    ),
    (
        "my_batches",
        (
            "def my_batches(images, labels, rng):\n"
            "    moved = shift_images(images, rng=rng)\n"
            "    return Batches(moved.reshape(-1, 64), labels, batch_size=64, rng=rng)"
        ),
        "right",
        "natural",
        "",
    ),
    (
        "my_run",
        (
            "def my_run(inputs, labels):\n"
            "    rng = np.random.default_rng(0)\n"
            "    network = Sequential(Linear(64, 32, rng=rng), relu, Linear(32, 10, rng=rng))\n"
            "    optimizer = SGD(network.parameters(), lr=0.1)\n"
            "    for _ in range(10):\n"
            "        for batch, targets in Batches(inputs, labels, batch_size=32, rng=rng):\n"
            "            loss = cross_entropy(network(batch), targets)\n"
            "            optimizer.zero_grad()\n"
            "            loss.backward()\n"
            "            optimizer.step()\n"
            "    return network, optimizer"
        ),
        "not yet",
        "natural",
        "`return network`",
    ),
    (
        "my_run",
        (
            "def my_run(inputs, labels):\n"
            "    rng = np.random.default_rng(0)\n"
            "    network = Sequential(Linear(64, 32, rng=rng), relu, Linear(32, 10, rng=rng))\n"
            "    optimizer = SGD(network.parameters(), lr=0.1)\n"
            "    for _ in range(10):\n"
            "        for batch, targets in Batches(inputs, labels, batch_size=32, rng=rng):\n"
            "            loss = cross_entropy(network(batch), targets)\n"
            "            optimizer.zero_grad()\n"
            "            loss.backward()\n"
            "            optimizer.step()\n"
            "    return accuracy(network.predict(valid_x), valid_y)"
        ),
        "not yet",
        "natural",
        "`return network`",
    ),
    (
        "my_run",
        (
            "def my_run(inputs, labels):\n"
            "    rng = np.random.default_rng(0)\n"
            "    network = Sequential(Linear(64, 32, rng=rng), relu, Linear(32, 10, rng=rng))\n"
            "    optimizer = SGD(network.parameters(), lr=0.1)\n"
            "    for _ in range(10):\n"
            "        for batch, targets in Batches(inputs, labels, batch_size=32, rng=rng):\n"
            "            loss = cross_entropy(softmax(network(batch)), targets)\n"
            "            optimizer.zero_grad()\n"
            "            loss.backward()\n"
            "            optimizer.step()\n"
            "    return network"
        ),
        "not yet",
        "natural",
        "does the cost get `softmax`",
    ),
    (
        "my_run",
        (
            "def my_run(inputs, labels):\n"
            "    rng = np.random.default_rng(0)\n"
            "    network = Sequential(Linear(64, 32, rng=rng), relu, Linear(32, 10, rng=rng))\n"
            "    optimizer = SGD(network.parameters(), lr=0.1)\n"
            "    for _ in range(10):\n"
            "        for batch, targets in Batches(inputs, labels, batch_size=32, rng=rng):\n"
            "            loss = cross_entropy(network(batch), targets)\n"
            "            optimizer.zero_grad()\n"
            "            optimizer.step()\n"
            "            loss.backward()\n"
            "    return network"
        ),
        "not yet",
        "natural",
        "finds no gradients",
    ),
    (
        "my_run",
        (
            "def my_run(inputs, labels):\n"
            "    rng = np.random.default_rng(0)\n"
            "    network = Sequential(Linear(64, 32, rng=rng), relu, Linear(32, 10, rng=rng))\n"
            "    optimizer = SGD(network.parameters(), lr=0.1)\n"
            "    for _ in range(10):\n"
            "        for batch, targets in Batches(inputs, labels, batch_size=32, rng=rng):\n"
            "            loss = cross_entropy(network.predict(batch), targets)\n"
            "            optimizer.zero_grad()\n"
            "            loss.backward()\n"
            "            optimizer.step()\n"
            "    return network"
        ),
        "not yet",
        "natural",
        "`predict`",
    ),
    (
        "my_run",
        (
            "def my_run(inputs, labels):\n"
            "    rng = np.random.default_rng(0)\n"
            "    network = Sequential(Linear(64, 32, rng=rng), relu, Linear(32, 10, rng=rng))\n"
            "    optimizer = SGD(network.parameters(), lr=0.1)\n"
            "    for _ in range(10):\n"
            "        for batch, targets in Batches(inputs[::-1], labels[::-1], batch_size=32):\n"
            "            loss = cross_entropy(network(batch), targets)\n"
            "            optimizer.zero_grad()\n"
            "            loss.backward()\n"
            "            optimizer.step()\n"
            "    return network"
        ),
        "not yet",
        "natural",
        "one kind of digit",
    ),
    (
        "my_vote",
        ("def my_vote(logits):\n    return softmax(logits).mean(axis=2).argmax(axis=0)"),
        "not yet",
        "natural",
        "over the classes",
    ),
    (
        "my_vote",
        (
            "def my_vote(logits):\n"
            "    return np.round(logits.argmax(axis=2).mean(axis=0)).astype(int)"
        ),
        "not yet",
        "natural",
        "rounded",
    ),
    (
        "my_vote",
        (
            "def my_vote(logits):\n"
            "    p = np.exp(logits) / np.exp(logits).sum(axis=0)\n"
            "    return p.mean(axis=0).argmax(axis=1)"
        ),
        "not yet",
        "natural",
        "not those of one class",
    ),
    (
        "my_batches",
        (
            "def my_batches(images, labels, rng):\n"
            "    moved = shift_images(images, rng=rng)\n"
            "    return Batches(moved.reshape(-1, 64), labels, batch_size=100, rng=rng)"
        ),
        "right",
        "natural",
        "",
    ),
    ("digits for half the standard error", "400", "not yet", "natural", "so that its root doubles"),
    ("digits for half the standard error", "500", "not yet", "natural", "so that its root doubles"),
    ("C at ten times the rate", "1.75", "right", "natural", ""),
]

HERE = {"train_x": np.zeros((4, 64)), "train_y": np.zeros(4, int)}
HERE |= {"valid_x": np.zeros((4, 64)), "valid_y": np.zeros(4, int), "accuracy": lambda a, y: 0.9}
NAMES = vars(course.exercises.training) | HERE
READ = [(name, typed(name, text, NAMES), *rest) for name, text, *rest in TYPED]
ANSWERS = [(name, answer, deserved, kind) for name, answer, deserved, kind, _ in READ]
REPLIES = [(name, answer, words) for name, answer, _, _, words in READ]
