"""The same in PyTorch on the CPU, eager, with its fused optimizers and its fused attention."""

import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812
from torch.utils import data

torch.set_num_threads(1)
tensor = torch.from_numpy


def set_weights(module, arrays):
    """Into the parameters of the module, in their order; PyTorch's linear weights lie across."""
    linear = {id(part.weight) for part in module.modules() if isinstance(part, nn.Linear)}
    with torch.no_grad():
        for parameter, array in zip(module.parameters(), arrays, strict=True):
            parameter.copy_(tensor(array.T.copy() if id(parameter) in linear else array))


def training(network, settings, cost, optimizer=torch.optim.SGD):
    set_weights(network, settings["weights"])
    more = {"momentum": settings["momentum"]} if "momentum" in settings else {}
    optimizer = optimizer(network.parameters(), settings["lr"], fused=True, **more)
    inputs = tensor(settings["inputs"])
    return descend(optimizer, lambda: cost(network(inputs)))


def descend(optimizer, cost):
    def step():
        loss = cost()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def toy(settings):
    (w1, _, w2, _), targets = settings["weights"], tensor(settings["targets"])
    network = nn.Sequential(nn.Linear(*w1.shape), nn.Tanh(), nn.Linear(*w2.shape))
    return training(network, settings, lambda outputs: ((outputs - targets) ** 2).sum())


xor = fizzbuzz = toy


def mlp(settings, optimizer):
    network = nn.Sequential(
        nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10)
    )
    labels = tensor(settings["labels"])
    return training(network, settings, lambda y: F.cross_entropy(y, labels), optimizer)


def mlp_sgd(settings):
    return mlp(settings, torch.optim.SGD)


def mlp_adam(settings):
    return mlp(settings, torch.optim.Adam)


def cnn(settings):
    network = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(32 * 7 * 7, 10),
    )
    labels = tensor(settings["labels"])
    return training(network, settings, lambda y: F.cross_entropy(y, labels))


class Block(nn.Module):
    def __init__(self, d, heads):
        super().__init__()
        self.norm1 = nn.LayerNorm(d)
        self.queries, self.keys, self.values = nn.Linear(d, d), nn.Linear(d, d), nn.Linear(d, d)
        self.out, self.norm2 = nn.Linear(d, d), nn.LayerNorm(d)
        self.mlp = nn.Sequential(nn.Linear(d, 4 * d), nn.GELU("tanh"), nn.Linear(4 * d, d))
        self.heads = heads

    def forward(self, x):
        n, places, d = x.shape
        y = self.norm1(x)
        q, k, v = (
            layer(y).view(n, places, self.heads, -1).transpose(1, 2)
            for layer in (self.queries, self.keys, self.values)
        )
        mixed = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.out(mixed.transpose(1, 2).reshape(n, places, d))
        return x + self.mlp(self.norm2(x))


def transformer(settings):
    targets = tensor(settings["targets"])
    block = Block(targets.shape[-1], settings["heads"])
    return training(block, settings, lambda outputs: F.mse_loss(outputs, targets))


def leaves(*arrays):
    return [tensor(array).requires_grad_() for array in arrays]


def chain(settings):
    (w,), start = leaves(settings["w"]), tensor(settings["start"])

    def cost():
        y = start
        for _ in range(settings["links"]):
            y = torch.tanh(y) * w
        return y.mean()

    return descend(torch.optim.SGD([w], lr=1e-4, fused=True), cost)


def wide(settings):
    (w,), by = leaves(settings["w"]), tensor(settings["by"])

    def cost():
        total = w * by[0]
        for row in by[1:]:
            total = total + w * row
        return total.mean()

    return descend(torch.optim.SGD([w], lr=1e-4, fused=True), cost)


def broadcast(settings):
    column, row = leaves(settings["column"], settings["row"])
    table, optimizer = tensor(settings["table"]), torch.optim.SGD([column, row], settings["lr"])
    return descend(optimizer, lambda: ((column + row - table) ** 2).sum())


def embedding(settings):
    layer = nn.Embedding.from_pretrained(tensor(settings["w"]), freeze=False)
    optimizer = torch.optim.SGD(layer.parameters(), settings["lr"], fused=True)
    ids, targets = tensor(settings["ids"]), tensor(settings["targets"])
    return descend(optimizer, lambda: ((layer(ids) - targets) ** 2).sum())


def epoch(settings):
    rows = data.TensorDataset(tensor(settings["inputs"]), tensor(settings["labels"]))
    order = data.BatchSampler(data.RandomSampler(rows), settings["batch"], drop_last=False)
    batches = data.DataLoader(rows, sampler=order, batch_size=None)  # whole batches at once
    return lambda: sum(int(y.sum()) for _, y in batches)


def files(settings):
    network = nn.Sequential(*[nn.Linear(*w.shape) for w in settings["weights"][::2]])
    set_weights(network, settings["weights"])
    path = settings["folder"] / "network.pt"

    def step():
        torch.save(network.state_dict(), path)
        network.load_state_dict(torch.load(path))
        return network[-1].bias.sum().item()

    return step


def memory(y):
    start = y = tensor(y).requires_grad_()
    for _ in range(50):
        y = torch.tanh(y * 0.9 + 0.1)
    y.sum().backward()
    return start.grad
