"""The same in minnet, as a learner would write it."""

import numpy as np

import minnet as mn

rng = np.random.default_rng(0)


def training(network, settings, cost, optimizer=None):
    """A step of the network from the workload's weights; SGD where no optimizer is given."""
    network.astype(np.float32)
    for parameter, array in zip(network.parameters(), settings["weights"], strict=True):
        parameter.data[...] = array
    if optimizer is None:
        momentum = settings.get("momentum", 0.0)
        optimizer = mn.SGD(network.parameters(), settings["lr"], momentum=momentum)
    return descend(optimizer, lambda: cost(network(settings["inputs"])))


def descend(optimizer, cost):
    def step():
        loss = cost()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def toy(settings):
    targets, (w1, _, w2, _) = settings["targets"], settings["weights"]
    network = mn.Sequential(mn.Linear(*w1.shape, rng=rng), mn.tanh, mn.Linear(*w2.shape, rng=rng))
    return training(network, settings, lambda outputs: ((outputs - targets) ** 2).sum())


xor = fizzbuzz = toy


def mlp_network():
    return mn.Sequential(
        mn.Linear(784, 256, rng=rng),
        mn.relu,
        mn.Linear(256, 128, rng=rng),
        mn.relu,
        mn.Linear(128, 10, rng=rng),
    )


def mlp_sgd(settings):
    labels = settings["labels"]
    return training(mlp_network(), settings, lambda logits: mn.cross_entropy(logits, labels))


def mlp_adam(settings):
    labels, network = settings["labels"], mlp_network().astype(np.float32)
    optimizer = mn.Adam(network.parameters(), settings["lr"])
    cost = lambda logits: mn.cross_entropy(logits, labels)  # noqa: E731
    return training(network, settings, cost, optimizer)


def cnn(settings):
    network = mn.Sequential(
        mn.Conv2d(1, 16, 3, padding=1, rng=rng),
        mn.relu,
        mn.MaxPool2d(2),
        mn.Conv2d(16, 32, 3, padding=1, rng=rng),
        mn.relu,
        mn.MaxPool2d(2),
        mn.Flatten(),
        mn.Linear(32 * 7 * 7, 10, rng=rng),
    )
    labels = settings["labels"]
    return training(network, settings, lambda logits: mn.cross_entropy(logits, labels))


class Attention(mn.Layer):
    """Each place asks all that it may see, in several heads at once."""

    def __init__(self, d, heads, unseen, *, rng):
        self.queries = mn.Linear(d, d, rng=rng)
        self.keys = mn.Linear(d, d, rng=rng)
        self.values = mn.Linear(d, d, rng=rng)
        self.out = mn.Linear(d, d, rng=rng)
        self.heads, self.unseen = heads, unseen

    def forward(self, x):
        n, places, d = x.shape

        def part(y):
            return y.reshape(n, places, self.heads, d // self.heads).transpose(0, 2, 1, 3)

        q = part(self.queries(x)) * (d // self.heads) ** -0.5
        k, v = part(self.keys(x)), part(self.values(x))
        mixed = mn.softmax(q @ k.transpose(0, 1, 3, 2) + self.unseen) @ v
        return self.out(mixed.transpose(0, 2, 1, 3).reshape(n, places, d))


class Block(mn.Layer):
    def __init__(self, d, heads, unseen, *, rng):
        self.norm1, self.attention = mn.LayerNorm(d), Attention(d, heads, unseen, rng=rng)
        self.norm2 = mn.LayerNorm(d)
        self.mlp = mn.Sequential(
            mn.Linear(d, 4 * d, rng=rng), mn.gelu, mn.Linear(4 * d, d, rng=rng)
        )

    def forward(self, x):
        x = x + self.attention(self.norm1(x))
        return x + self.mlp(self.norm2(x))


def transformer(settings):
    targets = settings["targets"]
    block = Block(targets.shape[-1], settings["heads"], settings["unseen"], rng=rng)
    return training(block, settings, lambda outputs: mn.mean_squared_error(outputs, targets))


def chain(settings):
    w, start = mn.Tensor(settings["w"]), settings["start"]

    def cost():
        y = start
        for _ in range(settings["links"]):
            y = mn.tanh(y) * w
        return y.mean()

    return descend(mn.SGD([w], lr=1e-4), cost)


def wide(settings):
    w, by = mn.Tensor(settings["w"]), settings["by"]

    def cost():
        total = w * by[0]
        for row in by[1:]:
            total = total + w * row
        return total.mean()

    return descend(mn.SGD([w], lr=1e-4), cost)


def broadcast(settings):
    column, row = mn.Tensor(settings["column"]), mn.Tensor(settings["row"])
    optimizer = mn.SGD([column, row], settings["lr"])
    return descend(optimizer, lambda: ((column + row - settings["table"]) ** 2).sum())


def embedding(settings):
    layer = mn.Embedding(*settings["w"].shape, rng=rng).astype(np.float32)
    layer.weight.data[...] = settings["w"]
    optimizer = mn.SGD(layer.parameters(), settings["lr"])
    ids, targets = settings["ids"], settings["targets"]
    return descend(optimizer, lambda: ((layer(ids) - targets) ** 2).sum())


def epoch(settings):
    inputs, labels, batch = settings["inputs"], settings["labels"], settings["batch"]
    batches = mn.Batches(inputs, labels, batch_size=batch, rng=rng)
    return lambda: sum(int(y.sum()) for _, y in batches)


def files(settings):
    network = mn.Sequential(*[mn.Linear(*w.shape, rng=rng) for w in settings["weights"][::2]])
    for parameter, array in zip(network.astype(np.float32).parameters(), settings["weights"]):
        parameter.data[...] = array
    path = settings["folder"] / "network.safetensors"

    def step():
        mn.save(network.state_dict(), path)
        network.load_state_dict(mn.load(path))
        return network.parameters()[-1].data.sum()

    return step


def memory(y):
    start = y = mn.Tensor(y)
    for _ in range(50):
        y = mn.tanh(y * 0.9 + 0.1)
    y.sum().backward()
    return start.grad
