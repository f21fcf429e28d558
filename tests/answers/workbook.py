"""What one learner wrote in the holes of every sheet: right, and in other words than ours.

{definition: the lines for each of its holes, in their order}.
"""

HOLES = {
    # 1
    "divide": ["return y, lambda g: g * (1 / b), lambda g: -g * a / b**2"],
    "log": ["y = np.log(a)\ndef slope(g):\n    return g * 1.0 / a\nreturn y, slope"],
    "maximum": [
        "y = np.maximum(a, b)\n"
        "def to_a(g):\n    return np.where(a == b, g / 2, np.where(a > b, g, 0))\n"
        "def to_b(g):\n    return np.where(a == b, g / 2, np.where(a < b, g, 0))\n"
        "return y, to_a, to_b"
    ],
    "unbroadcast": [
        "for _ in range(new):\n    g = g.sum(axis=0)\n"
        "for i, n in enumerate(shape):\n"
        "    if n == 1:\n        g = g.sum(axis=i, keepdims=True)\n"
        "return np.asarray(g)"
    ],
    "oldest_first": [
        "for pair in each.sources:\n"
        "    if pair[0] in seen:\n        continue\n"
        "    seen.add(pair[0])\n    found += [pair[0]]",
        "found.sort(key=lambda n: n.birth)\nreturn found",
    ],
    "hand_on": [
        "share = unbroadcast(share, source.shape)\n"
        "old = gradients.get(source)\n"
        "gradients[source] = np.asarray(share if old is None else old + share)"
    ],
    "mean_over": [
        "def rule(g):\n    return spread(g, kept, shape) / n\n"
        "return without(axis, total / n, keepdims), rule"
    ],
    "matmul": [
        "return np.swapaxes(a, -1, -2) @ g",
        "def to_a(g):\n    return g @ np.swapaxes(b, -1, -2)\nreturn np.matmul(a, b), to_a, to_b",
    ],
    "check_gradients": [
        "rise = ((plain(up) - plain(down)) * weights).sum()\nnudged = rise / 2 / h"
    ],
    # 2
    "mean_absolute_error": [
        "sign = np.sign(d) / n\nreturn np.abs(d).mean(), lambda g: g * sign, lambda g: -g * sign"
    ],
    "huber": [
        "n, size = d.size, np.abs(d)\n"
        "cost = np.where(size <= delta, d * d / 2, delta * (size - delta / 2)).sum() / n\n"
        "slope = np.where(size <= delta, d, delta * np.sign(d)) / n\n"
        "return cost, lambda g: g * slope, lambda g: -g * slope"
    ],
    "sigmoid": [
        "e = np.exp(-np.abs(a))\n"
        "y = np.where(a > 0, 1 / (1 + e), e / (1 + e))\n"
        "return y, lambda g: g * (y - y**2)"
    ],
    "log_probabilities": [
        "top = a.max(axis=axis, keepdims=True)\n"
        "return a - top - np.log(np.sum(np.exp(a - top), axis=axis, keepdims=True))"
    ],
    "log_softmax": [
        "def rule(g):\n    return g - g.sum(axis=axis, keepdims=True) * np.exp(y)\nreturn y, rule"
    ],
    "softmax": [
        "p = np.exp(log_probabilities(a, axis))\n"
        "def rule(g):\n    return p * (g - (g * p).sum(axis, keepdims=True))\nreturn p, rule"
    ],
    "cross_entropy": [
        "wanted = np.zeros_like(log_p)\nwanted[right] = 1\nreturn g * (np.exp(log_p) - wanted) / n",
        "return -np.mean(log_p[right]), to_logits, None",
    ],
    "policy_loss": [
        "p = np.exp(log_p)\np[done] -= 1\nreturn g * p * advantages.reshape(-1, 1) / n",
        "return -(log_p[done] * advantages).mean(), to_logits, None, None",
    ],
    "binary_cross_entropy_with_logits": [
        "cost = np.mean(np.maximum(a, 0) - a * targets + np.log1p(np.exp(-abs(a))))\n"
        "return cost, lambda g: g * (sigmoid(a) - targets) / n, None"
    ],
    # 3
    "tanh": ["return y, lambda g: g - g * y**2"],
    "leaky_relu": ["return np.where(a > 0, a, slope * a), lambda g: np.where(a > 0, g, slope * g)"],
    "he_normal": [
        "rng = checks.require_generator(rng)\nreturn rng.normal(0, (2 / inputs) ** 0.5, shape)"
    ],
    "linear": [
        "rows = as_rows(x)\n"
        "y = (rows @ weight + bias).reshape(x.shape[:-1] + bias.shape)\n"
        "def to_x(g):\n    return (as_rows(g) @ weight.T).reshape(x.shape)\n"
        "return y, to_x, lambda g: rows.T @ as_rows(g), lambda g: as_rows(g).sum(axis=0)"
    ],
    "Layer": [
        "pairs, seen = [], set()\n"
        "for name, part in walk(self):\n"
        "    if is_parameter(part) and id(part) not in seen:\n"
        "        seen.add(id(part))\n        pairs.append((name, part))\n"
        "return pairs"
    ],
    "Sequential": ["for each in self.layers:\n    x = each(x)\nreturn x"],
    "set_mode": [
        "for name, part in walk(layer):\n"
        "    if isinstance(part, Layer):\n        part.training = training\nreturn layer"
    ],
    "Dropout": [
        "stays = self.rng.random(x.shape, dtype) >= self.p\n"
        "return x * np.where(stays, dtype.type(1 / (1 - self.p)), dtype.type(0))"
    ],
    "BatchNorm": [
        "z = (x - mean) / (variance + self.eps) ** 0.5\n"
        "return self.weight.reshape(column) * z + self.bias.reshape(column)",
        "k = self.momentum\n"
        "self.running_mean[...] = (1 - k) * self.running_mean + k * plain(mean).ravel()\n"
        "self.running_var[...] = (1 - k) * self.running_var + k * unbiased",
    ],
    "lay_back": ["seen[...] = seen + (rows @ tap).reshape(seen.shape)"],
    # 4
    "Optimizer": [
        "for p in self.parameters:\n    p.grad = None",
        "self.move(i, parameter)\nrenew(parameter)",
    ],
    "InverseTimeDecay": ["return self.start / (1.0 + t * self.rate_)"],
    "SGD": [
        "v[...] = self.momentum * v + g\n"
        "if self.nesterov:\n    g = g + self.momentum * v\nelse:\n    g = v"
    ],
    "RMSprop": [
        "s[...] = self.alpha * s + (1 - self.alpha) * g**2\n"
        "parameter.data -= self.lr * g / (s**0.5 + self.eps)"
    ],
    "Adam": [
        "m[...] = b1 * m + (1 - b1) * g\nv[...] = b2 * v + (1 - b2) * g**2\n"
        "m_hat = m / (1 - b1**t)\nv_hat = v / (1 - b2**t)\n"
        "parameter.data -= self.lr * m_hat / (np.sqrt(v_hat) + self.eps)"
    ],
    "AdamW": [
        "parameter.data -= self.lr * self.weight_decay[i] * parameter.data\n"
        "super().move(i, parameter)"
    ],
    "clip_grad_norm": [
        "if length > max_norm:\n    for _, p in having:\n        p.grad *= max_norm / length\n"
        "return length"
    ],
    "CosineDecay": [
        "if t >= self.steps:\n    return self.lowest\n"
        "share = (1 + np.cos(np.pi * t / self.steps)) / 2\n"
        "return self.lowest + share * (self.start - self.lowest)"
    ],
    "WarmUp": ["lr = self.start if t >= self.steps else self.start * (t + 1) / (self.steps + 1)"],
    # 5
    "Batches": [
        "rows = len(self.arrays[0])\n"
        "if self.drop_last:\n    return rows // self.batch_size\n"
        "return -(-rows // self.batch_size)",
        "order = np.arange(rows)\n"
        "if self.rng is not None:\n    order = self.rng.permutation(rows)\n"
        "for b in range(len(self)):\n"
        "    some = order[b * size : b * size + size]\n"
        "    yield tuple([a[some] for a in self.arrays])",
    ],
    "deal": [
        "shares = np.array([k * size // sum(sizes) for size in sizes])\n"
        "lost = [k * size % sum(sizes) for size in sizes]\n"
        "for i in sorted(range(len(sizes)), key=lambda i: -lost[i])[: k - shares.sum()]:\n"
        "    shares[i] += 1\n"
        "return checks.require_shares(shares, sizes)"
    ],
    "train_test_split": [
        "shares = deal(k, [len(g) for g in groups])\n"
        "for i in range(len(groups)):\n"
        "    mixed = rng.permutation(groups[i])\n"
        "    test.append(mixed[: shares[i]])\n    train.append(mixed[shares[i] :])\n"
        "train = rng.permutation(np.concatenate(train))\n"
        "test = rng.permutation(np.concatenate(test))\n"
        "parts = []\nfor array in arrays:\n    parts += [array[train], array[test]]\nreturn parts"
    ],
    "StandardScaler": [
        "z -= self.mean_\nz /= self.scale_\nreturn z",
        "x *= self.scale_\nx += self.mean_\nreturn x",
    ],
    "one_hot": [
        "table = np.zeros((n, num_classes))\n"
        "for i in range(n):\n    table[i, labels[i]] = 1\nreturn table"
    ],
    "shift_images": [
        "for i in range(len(images)):\n"
        "    down, across = steps[i]\n"
        "    moved[i] = padded[i][..., down : down + height, across : across + width]\n"
        "return moved"
    ],
    "binary_digits": ["return (numbers[:, None] // 2 ** np.arange(bits) % 2).astype(float)"],
    # 6
    "accuracy": [
        "if logits.ndim == 2:\n    said = np.argmax(logits, axis=1)\nelse:\n    said = logits > 0\n"
        "return float((said == labels).mean())"
    ],
    "train_epoch": [
        "optimizer.zero_grad()\nloss.backward()",
        "optimizer.step()\nif schedule is not None:\n    schedule.step()",
        "n = len(inputs)\ntotals = totals + n * np.array(results)\nrows += n",
    ],
    "evaluate": [
        "outputs = network.predict(inputs, batch_size=batch_size)\n"
        "found = [one_number(cost, outputs, targets)]\n"
        "if metric:\n    found.append(one_number(metric, outputs, targets))\nreturn found"
    ],
    "History": [
        "names = ['loss', 'metric']\n"
        "for i in range(len(training)):\n    self[names[i]].append(training[i])\n"
        "for i in range(len(validation)):\n"
        "    self['validation_' + names[i]].append(validation[i])"
    ],
    "EarlyStopping": [
        "self.best = network.state_dict()\nself.best_value = value\nself.best_epoch = self.epoch",
        "return self.best_epoch + self.patience <= self.epoch",
        "if self.best is None:\n    return\nnetwork.load_state_dict(self.best)",
    ],
    "find_learning_rate": [
        "growth = losses[-1] - losses[0]\n"
        "if np.isnan(growth) or growth > 3 * abs(losses[0]):\n    break\n"
        "optimizer.zero_grad()\nloss.backward()\noptimizer.step()"
    ],
    "confusion_matrix": [
        "rows, columns = places.reshape(2, -1)\n"
        "for i, j in zip(rows, columns):\n    table[i, j] += 1\nreturn table"
    ],
    "train": [
        "seen = train_epoch(network, cost, optimizer, batches, metric, **told)\n"
        "new = [seen]\nif validation:\n"
        "    new.append(evaluate(network, cost, validation, metric))\n"
        "end_epoch(parts, new, by_epoch, checkpoint)"
    ],
}

# What learners wrote, the verdict that it deserves, and words of the reason.

FORGOTTEN = "for p in self.parameters:\n    p.grad = None"
MOVED = "self.move(i, parameter)\nrenew(parameter)"
MEMORIES = "m *= b1\nm += (1 - b1) * g\nv *= b2\nv += (1 - b2) * g * g\n"
SOFTMAX = "e = np.exp(a - a.max(axis, keepdims=True))\ny = e / e.sum(axis, keepdims=True)\n"
COUNT = (
    "n, k = len(self.arrays[0]), self.batch_size\nreturn n // k if self.drop_last else -(-n // k)"
)
ORDER = (
    "order = np.arange(rows) if self.rng is None else self.rng.permutation(rows)\n"
    "for i in range(len(self)):\n    part = order[i * size : (i + 1) * size]\n"
)
DEALT = (
    "exact = k * np.array(sizes) / sum(sizes)\nshares = exact.astype(int)\n"
    "shares[np.argsort(shares - exact, kind='stable')[: k - shares.sum()]] += 1\n"
)
DIVIDED = (
    "shares, lost = np.divmod(k * np.array(sizes), sum(sizes))\n"
    "shares[np.argsort(-lost, kind='stable')[: k - shares.sum()]] += 1\n"
)
DRAWN = (
    "for group, share in zip(groups, deal(k, [*map(len, groups)])):\n"
    "    group = rng.permutation(group)\n"
    "    test.append(group[:share])\n    train.append(group[share:])\n"
    "train = rng.permutation(np.concatenate(train))\n"
    "test = rng.permutation(np.concatenate(test))\n"
)
PIECES = (
    "for i, (down, across) in enumerate(steps):\n"
    "    moved[i] = padded[i, ..., down : down + height, across : across + width]\n"
)
FORGET, SUMS = (
    "optimizer.zero_grad()\nloss.backward()",
    "totals += len(inputs) * np.array(results)\nrows += len(inputs)",
)
STEPS = [
    ("optimizer.step()", "The schedule never steps"),
    ("optimizer.step()\nif schedule and number == 3:\n    schedule.step()", "after *each* batch"),
    ("if schedule:\n    optimizer.step()\n    schedule.step()", "No step is made"),
]
PREDICT = "outputs = network.predict(inputs, batch_size=batch_size)"
ASKED = "return [one_number(each, outputs, targets) for each in (cost, metric) if each]"
EXAMS = [
    ("outputs = network.predict(inputs)", "All rows go in at once"),
    (f"{PREDICT}\nnetwork.train()", "comes back in training mode"),
    (f"network.eval()\n{PREDICT}", "stays in evaluation mode"),
    (
        "outputs = network.predict(inputs[:batch_size])\ntargets = targets[:batch_size]",
        "Only the first portion",
    ),
]
NOTED = "self.best, self.best_value, self.best_epoch = network.state_dict(), value, self.epoch"
OVER = "return self.epoch - self.best_epoch >= self.patience"
BACK = "if self.best is not None:\n    network.load_state_dict(self.best)"
STOPS = [
    (NOTED.replace(" value,", " abs(value),"), OVER, BACK, "counts as the best"),
    (NOTED.replace(" value,", " history['loss'][-1],"), OVER, BACK, "counts as the best"),
    (NOTED, OVER.replace(">=", "=="), BACK, "not any more in the next"),
    (NOTED, OVER, "network.load_state_dict(self.best)", "Nothing was seen yet"),
    (NOTED, OVER, BACK.replace("network", "self.network"), "not into the one that is handed over"),
    (NOTED, OVER, f"{BACK}\n    self.best = None", "The second time"),
    (NOTED, OVER, f"if self.over:\n    {BACK[25:].strip()}", "before it is over"),
    (NOTED, OVER, f"{BACK}\n    self.reset()", "`reset` forgets"),
    (NOTED.replace("network.state_dict()", "network"), OVER, BACK, "not the network itself"),
]
ENDS = [
    ("losses[-1] > losses[0] + 3 * abs(losses[0])", "not yet", "after nan"),
    ("losses[-1] == np.nan or losses[-1] > 4 * abs(losses[0])", "not yet", "at 4.5"),
    ("not losses[-1] <= 3 * abs(losses[0])", "not yet", "at 7.5"),
    ("not losses[-1] <= 4 * losses[0]", "not yet", "its *size* counts"),
    ("not losses[-1] - losses[0] <= 3", "not yet", "at 7.5"),
    ("not losses[-1] - losses[0] <= 3 * losses[0] ** 2", "not yet", "at 8.5"),
    ("not abs(losses[-1] - losses[0]) <= 3 * abs(losses[0])", "not yet", "*falls*"),
    ("not losses[-1] < losses[0] + 3 * abs(losses[0])", "not yet", "stays 0"),
    ("math.isnan(losses[-1]) or losses[-1] > losses[0] + 3 * abs(losses[0])", "right", ""),
]
NEW = "new = [train_epoch(network, cost, optimizer, batches, metric, **told)]"
EXAM = "new += [evaluate(network, cost, validation, metric)] if validation else []"
END = "end_epoch(parts, new, by_epoch, checkpoint)"
EPOCHS = [
    (END.replace("by_epoch", "None"), "never steps"),
    (END.replace("by_epoch", "schedule"), "once more after each epoch"),
    (f"if by_epoch:\n    by_epoch.step()\n{END}", "twice an epoch"),
    (END.replace("checkpoint", "None"), "No checkpoint"),
    (
        END.replace("checkpoint", "checkpoint if len(history['loss']) + 1 == epochs else None"),
        "at the end alone",
    ),
    ("end_epoch(parts, new, by_epoch=by_epoch, checkpoint=checkpoint)", "called `schedule`"),
    (END.replace("parts", "history"), "`parts` first"),
    (f"history.add(*new)\n{END}", "noted twice"),
]
TRIES = [
    ("divide", ["return y, lambda g: 1 / b, lambda g: -y / b"], "not yet", "`g` is lost"),
    ("divide", ["return y, lambda g: -g * y / b, lambda g: g / b"], "not yet", "changed places"),
    ("divide", ["return y"], "not yet", "one rule for each input"),
    (
        "maximum",
        ["return np.maximum(a, b), lambda g: g * (a > b), lambda g: g * (b > a)"],
        "not yet",
        "handed nothing",
    ),
    (
        "maximum",
        ["return np.maximum(a, b), lambda g: g * (a >= b), lambda g: g * (b >= a)"],
        "not yet",
        "this one is handed all",
    ),
    ("unbroadcast", ["return g.sum(axis=0)"], "not yet", "not the shape"),
    ("unbroadcast", ["return g.reshape(new, *shape).mean(axis=0)"], "not yet", "reshape"),
    ("unbroadcast", ["return np.full(shape, g.sum())"], "not yet", "Everything is added up"),
    (
        "oldest_first",
        ["for s, _ in each.sources:\n    found.append(s)", "return sorted(found)"],
        "not yet",
        "no order of their own",
    ),
    ("hand_on", ["source.grad = share"], "not yet", "`.grad` comes later"),
    ("hand_on", ["gradients[source] += share"], "not yet", "finds no entry"),
    ("hand_on", ["gradients[source] = share"], "not yet", "Both routes count"),
    (
        "hand_on",
        [
            "share = unbroadcast(share, source.shape)\n"
            "gradients[source] = gradients[source] + share if source in gradients else share"
        ],
        "not yet",
        "no arrays any more",
    ),
    (
        "mean_over",
        ["return without(axis, total / n, keepdims), lambda g: spread(g / n, shape, kept)"],
        "not yet",
        "of the input's shape",
    ),
    ("matmul", ["return g @ a", "return a @ b, lambda g: b @ g, to_b"], "not yet", "as many"),
    ("check_gradients", ["nudged = ((up - down) * weights).sum() / 2 * h"], "not yet", "left"),
    (
        "check_gradients",
        ["nudged = ((plain(up) - plain(value)) * weights).sum() / h"],
        "not yet",
        "less exact",
    ),
    (
        "mean_absolute_error",
        ["return abs(d).sum(), lambda g: g * np.sign(d), lambda g: -g * np.sign(d)"],
        "not yet",
        "*mean* is asked for",
    ),
    (
        "mean_absolute_error",
        ["s = np.sign(d) / n\nreturn abs(d).mean(), lambda g: g * s, lambda g: g * s"],
        "not yet",
        "sign is turned",
    ),
    (
        "huber",
        [
            "s = np.clip(d, -delta, delta) / d.size\n"
            "return np.where(abs(d) <= delta, d**2, delta * abs(d)).mean(), lambda g: g * s, "
            "lambda g: -g * s"
        ],
        "not yet",
        "*half* a square",
    ),
    (
        "sigmoid",
        ["y = 1 / (1 + np.exp(-a))\nreturn y, lambda g: g * y * (1 - y)"],
        "not yet",
        "1000",
    ),
    (
        "sigmoid",
        [
            "y = np.where(a >= 0, 1 / (1 + np.exp(-a)), np.exp(a) / (1 + np.exp(a)))\n"
            "return y, lambda g: g * y * (1 - y)"
        ],
        "not yet",
        "both of its sides",
    ),
    (
        "sigmoid",
        ["y = 1 / (1 + np.exp(-np.clip(a, -500, 500)))\nreturn y, lambda g: g * y * (1 - y)"],
        "right",
        "",
    ),
    (
        "log_probabilities",
        ["return a - np.log(np.exp(a - a.max(axis, keepdims=True)).sum(axis, keepdims=True))"],
        "not yet",
        "One of the two is shifted",
    ),
    (
        "log_softmax",
        ["return y, lambda g: g - np.exp(y) * g.mean(axis, keepdims=True)"],
        "not yet",
        "it is their *sum*",
    ),
    (
        "softmax",
        [SOFTMAX + "return y, lambda g: y * (g - g.mean(axis, keepdims=True))"],
        "not yet",
        "by its own probability",
    ),
    ("softmax", [SOFTMAX + "return y, lambda g: 0 * g"], "not yet", "the gradient of a"),
    (
        "cross_entropy",
        [
            "p = np.exp(log_p)\np[right] -= 1\nreturn p / n",
            "return -log_p[right].mean(), to_logits",
        ],
        "not yet",
        "one rule for each input",
    ),
    (
        "cross_entropy",
        [
            "p = np.exp(log_p)\np[right] -= 1\nreturn -g * p / n",
            "return -log_p[right].mean(), to_logits, None",
        ],
        "not yet",
        "sign is turned",
    ),
    ("tanh", ["return y, lambda g: 1 - y**2"], "not yet", "`g` is lost"),
    ("tanh", ["return y, lambda g: g**3 * (1 - y**2)"], "not yet", "three times"),
    (
        "leaky_relu",
        ["return np.where(a > 0, a, slope * a), lambda g: np.where(a > 0, g, slope)"],
        "not yet",
        "Left of 0 `g` is lost",
    ),
    (
        "leaky_relu",
        ["return np.maximum(a, slope * a), lambda g: g * np.where(a >= 0, 1, slope)"],
        "not yet",
        "At 0 itself",
    ),
    (
        "Sequential",
        ["for layer in self.layers:\n    y = layer(x)\nreturn y"],
        "not yet",
        "last one",
    ),
    (
        "Sequential",
        ["for layer in self.layers:\n    x = layer(x)\n    return x"],
        "not yet",
        "first",
    ),
    ("Sequential", ["for layer in self.layers:\n    x = layer(x)"], "not yet", "`return`"),
    (
        "Sequential",
        ["for layer in self.layers:\n    x = layer.forward(x)\nreturn x"],
        "not yet",
        "can every layer be",
    ),
    (
        "set_mode",
        [
            "for _, part in walk(layer):\n    if isinstance(part, Layer):\n        part.training = training"  # noqa: E501
        ],
        "not yet",
        "to be returned",
    ),
    (
        "Dropout",
        ["kept = self.rng.random(x.shape) >= self.p\nreturn x * (kept / (1 - self.p))"],
        "not yet",
        "",
    ),
    (
        "Dropout",
        [
            "kept = self.rng.random(x.shape, dtype) < self.p\nreturn x * kept / dtype.type(1 - self.p)"  # noqa: E501
        ],
        "not yet",
        "*stays*",
    ),
    (
        "BatchNorm",
        [
            "return (x - mean) / (variance + self.eps) ** 0.5 * self.weight + self.bias",
            "k = self.momentum\n"
            "self.running_mean = (1 - k) * self.running_mean + k * plain(mean).ravel()\n"
            "self.running_var = (1 - k) * self.running_var + k * unbiased",
        ],
        "not yet",
        "as columns",
    ),
    (
        "BatchNorm",
        [
            "return (x - mean) / (variance + self.eps) ** 0.5 * self.weight.reshape(column) + "
            "self.bias.reshape(column)",
            "k = self.momentum\n"
            "self.running_mean = k * self.running_mean + (1 - k) * plain(mean).ravel()\n"
            "self.running_var = k * self.running_var + (1 - k) * unbiased",
        ],
        "not yet",
        "of the *new* one",
    ),
    ("Optimizer", ["self.parameters[0].grad = None", MOVED], "not yet", "Only the first"),
    (
        "Optimizer",
        [FORGOTTEN, "self.move(i, parameter)\nrenew(self.parameters[0])"],
        "not yet",
        "Only the first one is closed",
    ),
    (
        "Optimizer",
        [FORGOTTEN, "self.move(i, parameter)\nfor p in self.parameters:\n    renew(p)"],
        "not yet",
        "did not move",
    ),
    (
        "Optimizer",
        [FORGOTTEN, "parameter.data -= self.lr * parameter.grad\nrenew(parameter)"],
        "not yet",
        "its own `move`",
    ),
    ("Optimizer", [FORGOTTEN, MOVED + "\nparameter.grad = None"], "not yet", "are still there"),
    ("InverseTimeDecay", ["return self.start / (1 + self.rate_ * self.t)"], "not yet", "handed in"),
    (
        "InverseTimeDecay",
        ["lr = self.optimizer.lr = self.start / (1 + self.rate_ * t)\nreturn lr"],
        "not yet",
        "`step` sets it",
    ),
    (
        "SGD",
        [
            "v *= self.momentum\nv += g\nif self.nesterov:\n    g += self.momentum * v\n"
            "else:\n    g = v"
        ],
        "not yet",
        "It changes the gradient",
    ),
    (
        "SGD",
        [
            "v *= self.momentum\nif not v.any():\n    self.velocity[i] = v = g\nelse:\n    v += g\n"
            "g = g + self.momentum * v if self.nesterov else v"
        ],
        "not yet",
        "It changes the gradient",
    ),
    (
        "RMSprop",
        [
            "s *= self.alpha\ns += (1 - self.alpha) * g * g\ng /= np.sqrt(s) + self.eps\n"
            "parameter.data -= self.lr * g"
        ],
        "not yet",
        "It changes the gradient",
    ),
    (
        "RMSprop",
        [
            "s *= self.alpha\ns += (1 - self.alpha) * g * g\n"
            "step = self.lr * g / (np.sqrt(s) + self.eps)\nw = parameter.data\nw = w - step"
        ],
        "not yet",
        "Nothing has moved",
    ),
    (
        "Adam",
        [
            MEMORIES + "m_hat, v_hat = m / (1 - b1**t), v / (1 - b2**t)\n"
            "g[...] = m_hat / (np.sqrt(v_hat) + self.eps)\nparameter.data -= self.lr * g"
        ],
        "not yet",
        "It changes the gradient",
    ),
    (
        "Adam",
        [
            MEMORIES + "step = m / (1 - b1**t) / (np.sqrt(v / (1 - b2**t)) + self.eps)\n"
            "parameter.data += self.lr * step"
        ],
        "not yet",
        "*against* the gradient",
    ),
    (
        "Adam",
        [
            MEMORIES + "step = m / (1 - b1**t) / (np.sqrt(v / (1 - b2**t)) + self.eps)\n"
            "parameter.data -= step"
        ],
        "not yet",
        "`lr` is lost",
    ),
    (
        "clip_grad_norm",
        [
            "for _, p in having:\n    g = p.grad\n    g = g * min(1, max_norm / length)\n"
            "return length"
        ],
        "not yet",
        "The gradients are as they were",
    ),
    ("clip_grad_norm", ["pass"], "not yet", "nothing is returned"),
    (
        "CosineDecay",
        [
            "share = min(self.t / self.steps, 1)\nreturn self.lowest + (self.start - "
            "self.lowest) * (1 + np.cos(np.pi * share)) / 2"
        ],
        "not yet",
        "handed in",
    ),
    ("CosineDecay", ["self.start / 2"], "not yet", "`return`"),
    (
        "WarmUp",
        ["return self.start * min((t + 1) / (self.steps + 1), 1)"],
        "not yet",
        "are not reached",
    ),
    ("WarmUp", ["lr = self.start * min((self.t + 1) / (self.steps + 1), 1)"], "not yet", "handed"),
    ("WarmUp", ["lr = np.interp(t, [-1, self.steps], [0.0, self.start])"], "right", ""),
    ("lay_back", ["seen = (rows @ tap).reshape(seen.shape)"], "not yet", "stays 0"),
    ("Batches", [COUNT, ORDER + "    yield [a[part] for a in self.arrays]"], "not yet", "a tuple"),
    (
        "Batches",
        [COUNT, ORDER + "    return tuple(a[part] for a in self.arrays)"],
        "not yet",
        "`yield` hands over",
    ),
    (
        "Batches",
        [
            COUNT,
            "for i in range(len(self)):\n"
            "    yield tuple(a[i * size :][:size] for a in self.arrays)",
        ],
        "not yet",
        "views of the caller's",
    ),
    (
        "Batches",
        [
            COUNT,
            ORDER.replace(
                "    part",
                "    order = order if self.rng is None else self.rng.permutation(rows)\n    part",
            )
            + "    yield tuple(a[part] for a in self.arrays)",
        ],
        "not yet",
        "come twice, and others never",
    ),
    (
        "Batches",
        [
            COUNT,
            "if self.rng is not None:\n"
            "    order = self.rng.permutation(rows)\n"
            "    for a in self.arrays:\n        a[:] = a[order]\n"
            "for i in range(len(self)):\n"
            "    yield tuple(a[i * size :][:size].copy() for a in self.arrays)",
        ],
        "not yet",
        "they stay the caller's",
    ),
    (
        "Batches",
        [
            COUNT,
            "order = np.arange(rows) if self.rng is None else self.rng.permutation(rows)\n"
            "arrays = [a[order] for a in self.arrays]\n"
            "for i in range(len(self)):\n"
            "    yield tuple(a[i * size :][:size].copy() for a in arrays)",
        ],
        "not yet",
        "made in advance",
    ),
    (
        "deal",
        [
            "shares, lost = np.divmod(k * np.array(sizes), sum(sizes))\n"
            "shares[np.argsort(-lost, kind='stable')[: k - shares.sum()]] += 1\n"
            "return checks.require_shares(shares, sizes)"
        ],
        "right",
        "",
    ),
    (
        "deal",
        [
            "exact = k * np.array(sizes) / sum(sizes)\nshares = np.floor(exact)\n"
            "shares[np.argsort(shares - exact, kind='stable')[: int(k - shares.sum())]] += 1\n"
            "return checks.require_shares(shares, sizes)"
        ],
        "not yet",
        "whole numbers are asked for",
    ),
    (
        "deal",
        [DEALT + "return checks.require_shares(shares, sizes)"],
        "not yet",
        "without rounding",
    ),
    ("deal", [DIVIDED + "return shares"], "not yet", "refuses that"),
    (
        "deal",
        [
            DEALT.replace("exact.astype(int)", "np.maximum(exact.astype(int), 1)")
            + "return checks.require_shares(shares, sizes)"
        ],
        "not yet",
        "3 rows are to be dealt, and the shares add up to 7",
    ),
    (
        "deal",
        [
            "exact = k * np.array(sizes) / sum(sizes)\n"
            "return checks.require_shares(exact.astype(int), sizes)"
        ],
        "not yet",
        "still to be given out",
    ),
    ("train_test_split", [DRAWN + "parts = [train, test]"], "not yet", "is a `return` missing"),
    (
        "train_test_split",
        [DRAWN + "return [(a[train], a[test]) for a in arrays]"],
        "not yet",
        "flat list",
    ),
    (
        "train_test_split",
        [DRAWN + "return [a[part] for a in arrays for part in (test, train)]"],
        "not yet",
        "swapped",
    ),
    (
        "StandardScaler",
        [
            "x -= self.mean_\nx /= self.scale_\nreturn x",
            "x *= self.scale_\nx += self.mean_\nreturn x",
        ],
        "not yet",
        "`z` is a copy",
    ),
    (
        "StandardScaler",
        [
            "z -= self.mean_\nz /= self.scale_\nreturn z",
            "z *= self.scale_\nz += self.mean_\nreturn z",
        ],
        "not yet",
        "`x` is a copy",
    ),
    (
        "StandardScaler",
        ["return (z - self.mean_) / self.scale_", "return x * self.scale_ + self.mean_"],
        "not yet",
        "float32 came in",
    ),
    ("one_hot", ["return np.eye(labels.max() + 1)[labels]"], "not yet", "are 5 columns"),
    ("one_hot", ["return np.eye(n)[labels]"], "not yet", "A label says which *column*"),
    ("one_hot", ["return np.eye(num_classes, dtype='f')[labels]"], "not yet", "float64"),
    (
        "shift_images",
        [PIECES.replace("moved", "images") + "return images"],
        "not yet",
        "the caller's",
    ),
    ("shift_images", [PIECES + "return list(moved)"], "not yet", "An array"),
    ("shift_images", [PIECES + "return moved.astype(float)"], "not yet", "uint8 came in"),
    (
        "binary_digits",
        ["return numbers[:, None] >> np.arange(bits) & 1"],
        "not yet",
        "of type int64",
    ),
    (
        "binary_digits",
        ["return (numbers >> np.arange(bits)[:, None] & 1).astype(float)"],
        "not yet",
        "changed places",
    ),
    (
        "binary_digits",
        [
            "digits = np.unpackbits(numbers.astype(np.uint8)[:, None], axis=1, bitorder='little')\n"
            "return digits[:, :bits].astype(float)"
        ],
        "not yet",
        "should be (3, 42)",
    ),
    ("accuracy", ["return ((logits.T > 0).T == labels).mean()"], "not yet", "the largest says"),
    (
        "accuracy",
        [
            "said = logits.argmax(1) if logits.ndim == 2 else logits > 0\n"
            "return (said == labels).mean()"
        ],
        "right",
        "",
    ),
    (
        "accuracy",
        [
            "if logits.ndim == 2:\n    return float((logits.argmax(1) == labels).mean())\n"
            "logits[...] = logits > 0\nreturn float((logits == labels).mean())"
        ],
        "not yet",
        "work on a copy",
    ),
    *(("train_epoch", [FORGET, *lines, SUMS], "not yet", said) for *lines, said in STEPS),
    (
        "train_epoch",
        ["loss.backward()\noptimizer.zero_grad()", "optimizer.step()", SUMS],
        "not yet",
        "wiped out",
    ),
    *(("evaluate", [f"{lines}\n{ASKED}"], "not yet", said) for lines, said in EXAMS),
    ("evaluate", [f"{PREDICT}\nreturn tuple({ASKED[7:]})"], "not yet", "A list"),
    ("evaluate", [f"{PREDICT}\nreturn one_number(cost, outputs, targets)"], "not yet", "A list"),
    (
        "evaluate",
        [f"{PREDICT}\nreturn [f(outputs, targets) for f in (cost, metric) if f]"],
        "not yet",
        "Plain numbers",
    ),
    *(("EarlyStopping", lines, "not yet", said) for *lines, said in STOPS),
    *(
        ("find_learning_rate", [f"if {ends}:\n    break\n{FORGET}\noptimizer.step()"], state, said)
        for ends, state, said in ENDS
    ),
    (
        "confusion_matrix",
        [
            "n, k = len(labels), len(classes)\n"
            "return np.bincount(places[:n] * k + places[n:]).reshape(k, k)"
        ],
        "not yet",
        "do not fill",
    ),
    (
        "confusion_matrix",
        ["n = len(labels)\nnp.add.at(table, (places[:n], places[n:]), 1)\nreturn table / n"],
        "not yet",
        "whole numbers",
    ),
    *(("train", [f"{NEW}\n{EXAM}\n{line}"], "not yet", said) for line, said in EPOCHS),
    ("train", [f"{NEW.replace(', **told', '')}\n{EXAM}\n{END}"], "not yet", "takes `**told`"),
    ("train", [f"{NEW[:6]}{NEW[7:-1]}\n{EXAM}\n{END}"], "not yet", "*lists*"),
    ("train", [f"{NEW}\n{EXAM}"], "not yet", "never ends"),
]
