"""The same in jax, compiled: a step is one function, update included, and traced once."""

from functools import partial

import jax
from jax import lax
from jax import numpy as jnp

from benchmarks import formulas


def sgd(weights, gradients, state, settings):
    lr, momentum = settings["lr"], settings.get("momentum", 0.0)
    if momentum:
        gradients = state = [momentum * v + g for v, g in zip(state, gradients)]
    return [w - lr * g for w, g in zip(weights, gradients)], state


def adam(weights, gradients, state, settings):
    means, squares, t = state
    t = t + 1
    means = [0.9 * m + 0.1 * g for m, g in zip(means, gradients)]
    squares = [0.999 * v + 0.001 * g * g for v, g in zip(squares, gradients)]
    lr, grown = settings["lr"] / (1 - 0.9**t), 1 - 0.999**t
    weights = [
        w - lr * m / (jnp.sqrt(v / grown) + 1e-8) for w, m, v in zip(weights, means, squares)
    ]
    return weights, (means, squares, t)


def descend(cost, weights, settings, move=sgd):
    @partial(jax.jit, donate_argnums=(0, 1))
    def compiled(weights, state):
        loss, gradients = jax.value_and_grad(cost)(weights)
        return loss, *move(weights, gradients, state, settings)

    def zeros():
        return [jnp.zeros_like(w) for w in weights]

    weights = [jnp.asarray(w) for w in weights]
    state = zeros()
    if move is adam:
        state = (zeros(), zeros(), jnp.zeros((), jnp.float32))

    def step():
        nonlocal weights, state
        loss, weights, state = compiled(weights, state)
        return loss

    return step


def by_formula(formula, move=sgd):
    return lambda settings: descend(*formula(jnp, settings), settings, move)


xor = fizzbuzz = by_formula(formulas.toy)
mlp_sgd = by_formula(formulas.mlp)
mlp_adam = by_formula(formulas.mlp, adam)
transformer = by_formula(formulas.transformer)
broadcast = by_formula(formulas.broadcast)
embedding = by_formula(formulas.embedding)


def cnn(settings):
    def convolve(x, w, b):
        y = lax.conv_general_dilated(x, w, (1, 1), "SAME")
        y = jnp.maximum(y + b.reshape(1, -1, 1, 1), 0)
        return lax.reduce_window(y, -jnp.inf, lax.max, (1, 1, 2, 2), (1, 1, 2, 2), "VALID")

    def cost(weights):
        w1, b1, w2, b2, w3, b3 = weights
        x = convolve(convolve(settings["inputs"], w1, b1), w2, b2)
        return formulas.surprise(jnp, x.reshape(len(x), -1) @ w3 + b3, settings["labels"])

    return descend(cost, settings["weights"], settings)


def chain(settings):
    def cost(weights):
        link = lambda y, _: (jnp.tanh(y) * weights[0], None)  # noqa: E731
        return lax.scan(link, settings["start"], length=settings["links"])[0].mean()

    return descend(cost, [settings["w"]], {"lr": 1e-4})


def wide(settings):
    def cost(weights):
        branch = lambda total, row: (total + weights[0] * row, None)  # noqa: E731
        return lax.scan(branch, jnp.zeros_like(weights[0]), settings["by"])[0].mean()

    return descend(cost, [settings["w"]], {"lr": 1e-4})


@jax.jit
@jax.grad
def memory(y):
    for _ in range(50):
        y = jnp.tanh(y * 0.9 + 0.1)
    return y.sum()
