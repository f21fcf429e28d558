"""What readers of chapter 1 answered, with the verdict that each answer deserves."""

import math

import numpy as np


def by_hand(node, g):  # my_walk, the first arrival alone is handed on
    if node.grad is not None:
        node.grad = node.grad + g
    else:
        node.grad = g
        for source, rule in node.sources:
            by_hand(source, rule(g))


def zero_first(node, g):
    if node.grad is None:
        node.grad = 0
    else:
        node.grad += g
    for source, rule in node.sources:
        zero_first(source, rule(node.grad))


def zero_then_add(node, g):
    if node.grad is None:
        node.grad = 0
    node.grad += g
    for source, rule in node.sources:
        zero_then_add(source, rule(g))


def both_ways(node, g):
    if node.grad is None:
        node.grad = g
    node.grad += g
    for source, rule in node.sources:
        both_ways(source, rule(node.grad))


def no_rule(node, g):
    node.grad = (node.grad or 0) + g
    for source, _ in node.sources:
        no_rule(source, g)


def collect(inputs, rules):
    pairs = []
    for i in range(len(inputs)):
        pairs.append((inputs[i].node, rules[i]))
    return pairs


def rebinding(loss_of, knobs, lr):
    loss = loss_of(*knobs)
    for knob in knobs:
        knob.grad = None
    loss.backward()
    for knob in knobs:
        knob = knob.data - lr * knob.grad
    return loss


def forgetful(loss_of, knobs, lr):
    loss = loss_of(*knobs)
    loss.backward()
    for knob in knobs:
        knob.data -= lr * knob.grad


def uncleared(loss_of, knobs, lr):
    loss = loss_of(*knobs)
    loss.backward()
    for knob in knobs:
        knob.data -= lr * knob.grad
    return loss


def stepping(loss_of, knobs, lr):
    for k in knobs:
        k.grad = None
    loss = loss_of(*knobs)
    loss.backward()
    for k in knobs:
        k.data = k.data - lr * k.grad
    return loss


def returning_item(loss_of, knobs, lr):
    return stepping(loss_of, knobs, lr).item()


def returning_data(loss_of, knobs, lr):
    return stepping(loss_of, knobs, lr).data


def by_h(f, x, h=1e-6):
    return (f(x + h) - f(x)) / 0.000001


def all_at_once(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


def row_loop(g):
    total = [0.0] * g.shape[1]
    for row in g:
        for j, number in enumerate(row):
            total[j] += number
    return total


RIGHT, BUT, NOT = "right", "right, but", "not yet"
NATURAL, PROBING = "natural", "probing"
ANSWERS = [
    ("share of unseen digits read", 0.98, RIGHT, NATURAL),
    ("share of unseen digits read", "98 %", RIGHT, NATURAL),
    ("share of unseen digits read", 98, NOT, NATURAL),
    ("share of unseen digits read", 0.85, NOT, NATURAL),
    ("share of unseen digits read", 0.5, NOT, NATURAL),
    ("share of unseen digits read", 1, NOT, NATURAL),
    ("share of unseen digits read", "ninety", NOT, PROBING),
    ("my_slope", lambda f, x, h=1e-6: (f(x + h) - f(x)) / h, RIGHT, NATURAL),
    ("my_slope", lambda f, x, h=1e-6: (f(x + h) - f(x - h)) / (2 * h), RIGHT, NATURAL),
    ("my_slope", lambda f, x, h=1e-6: f(x + h) - f(x) / h, NOT, NATURAL),
    ("my_slope", lambda f, x, h=1e-6: (f(x + h) - f(x - h)) / 2 * h, NOT, NATURAL),
    ("my_slope", lambda f, x, h=1e-6: (f(x) - f(x + h)) / h, NOT, NATURAL),
    ("my_slope", lambda f, x, h=1e-6: print((f(x + h) - f(x)) / h), NOT, NATURAL),
    ("my_slope", by_h, NOT, PROBING),
    ("my_slope", lambda f, x, h=1e-6: (f(x + h) - f(x)) / (x + h), NOT, NATURAL),
    ("which way to turn ahead", "larger", RIGHT, NATURAL),
    ("which way to turn ahead", "Larger", RIGHT, NATURAL),
    ("which way to turn ahead", "smaller", NOT, NATURAL),
    ("which way to turn ahead", "bigger", RIGHT, NATURAL),
    ("which way to turn ahead", 1, NOT, PROBING),
    ("the best of three steps h", 1e-8, RIGHT, NATURAL),
    ("the best of three steps h", "1e-8", RIGHT, NATURAL),
    ("the best of three steps h", 1e-15, NOT, NATURAL),
    ("the best of three steps h", 0.1, NOT, NATURAL),
    ("my_turn", lambda f, x, lr: x - lr * (f(x + 1e-6) - f(x)) / 1e-6, RIGHT, NATURAL),
    ("my_turn", lambda f, x, lr: x + lr * (f(x + 1e-6) - f(x)) / 1e-6, NOT, NATURAL),
    ("my_turn", lambda f, x, lr: x - lr, NOT, NATURAL),
    ("my_turn", lambda f, x, lr: -lr * (f(x + 1e-6) - f(x)) / 1e-6, NOT, NATURAL),
    ("my_turn", lambda f, x, lr: x - lr * f(x), NOT, NATURAL),
    ("shape of images.mean(axis=0)", (8, 8), RIGHT, NATURAL),
    ("shape of images.mean(axis=0)", [8, 8], RIGHT, NATURAL),
    ("shape of images.mean(axis=0)", "(8, 8)", RIGHT, NATURAL),
    ("shape of images.mean(axis=0)", (1, 8, 8), NOT, NATURAL),
    ("shape of images.mean(axis=0)", (1797,), NOT, NATURAL),
    ("shape of images.mean(axis=0)", (1797, 8), NOT, NATURAL),
    ("results needed for a million slopes", 1_000_001, RIGHT, NATURAL),
    ("results needed for a million slopes", 2_000_000, NOT, NATURAL),
    ("results needed for a million slopes", 1_000_000, NOT, NATURAL),
    ("results needed for a million slopes", "a million", NOT, PROBING),
    ("slope of a · b by a", 2, RIGHT, NATURAL),
    ("slope of a · b by a", 2.0, RIGHT, NATURAL),
    ("slope of a · b by a", 3, NOT, NATURAL),
    ("slope of a · b by a", 1, NOT, NATURAL),
    ("slope of (2a)² at a = 3", 24, RIGHT, NATURAL),
    ("slope of (2a)² at a = 3", 12, NOT, NATURAL),
    ("slope of (2a)² at a = 3", 36, NOT, NATURAL),
    ("my_total", lambda a, b: (a + b, lambda g: g, lambda g: g), RIGHT, NATURAL),
    ("my_total", lambda a, b: [a + b, lambda g: g, lambda g: g], BUT, PROBING),
    ("my_total", lambda a, b: (a + b, lambda g: 1, lambda g: 1), NOT, NATURAL),
    ("my_total", lambda a, b: (a + b, lambda g: g + b, lambda g: g + a), NOT, NATURAL),
    ("my_total", lambda a, b: (a + b, lambda g: g * b, lambda g: g * a), NOT, NATURAL),
    ("my_total", lambda a, b: a + b, NOT, NATURAL),
    ("my_total", lambda a, b: (a + b, 1, 1), NOT, NATURAL),
    ("my_sources", collect, RIGHT, NATURAL),
    ("my_sources", lambda inputs, rules: list(zip(inputs, rules)), NOT, NATURAL),
    ("my_sources", lambda inputs, rules: zip([x.node for x in inputs], rules), NOT, NATURAL),
    ("my_sources", lambda inputs, rules: (inputs[0].node, rules[0]), NOT, NATURAL),
    (
        "my_sources",
        lambda inputs, rules: [(x.node, rule) for x in inputs for rule in rules],
        NOT,
        NATURAL,
    ),
    ("my_sources", lambda inputs, rules: [inputs, rules], NOT, PROBING),
    ("first walk on x * x at x = 3", 3, RIGHT, NATURAL),
    ("first walk on x * x at x = 3", 6, NOT, NATURAL),
    ("first walk on x * x at x = 3", 9, NOT, NATURAL),
    ("my_walk", by_hand, RIGHT, NATURAL),
    ("my_walk", zero_then_add, RIGHT, NATURAL),
    ("my_walk", zero_first, NOT, NATURAL),
    ("my_walk", both_ways, NOT, NATURAL),
    ("my_walk", no_rule, NOT, NATURAL),
    ("slope of the diamond at a = 2", 18, RIGHT, NATURAL),
    ("slope of the diamond at a = 2", 16, NOT, NATURAL),
    ("slope of the diamond at a = 2", 20, NOT, NATURAL),
    ("slope of the diamond at a = 2", 17, NOT, PROBING),
    ("order that brings 18 to a", "y p b", RIGHT, NATURAL),
    ("order that brings 18 to a", "y, p, b", RIGHT, NATURAL),
    ("order that brings 18 to a", "Y P B A", RIGHT, NATURAL),
    ("order that brings 18 to a", "ypb", RIGHT, NATURAL),
    ("order that brings 18 to a", ["y", "p", "b"], RIGHT, NATURAL),
    ("order that brings 18 to a", "y p p b", RIGHT, NATURAL),
    ("order that brings 18 to a", "y b p", NOT, NATURAL),
    ("order that brings 18 to a", "a b p y", NOT, NATURAL),
    ("order that brings 18 to a", 18, NOT, NATURAL),
    ("walks for a million slopes", 2, RIGHT, NATURAL),
    ("walks for a million slopes", 1_000_001, NOT, NATURAL),
    ("walks for a million slopes", 1, NOT, NATURAL),
    ("my_difference", lambda a, b: (a - b, lambda g: g, lambda g: -g), RIGHT, NATURAL),
    ("my_difference", lambda a, b: (a - b, lambda g: g, lambda g: g), NOT, NATURAL),
    ("my_difference", lambda a, b: (a - b, lambda g: 1, lambda g: -1), NOT, NATURAL),
    ("my_difference", lambda a, b: (a - b, lambda g: g - b, lambda g: a - g), NOT, PROBING),
    ("what a root hands to 16", 0.125, RIGHT, NATURAL),
    ("what a root hands to 16", "1/8", RIGHT, NATURAL),
    ("what a root hands to 16", 4, NOT, NATURAL),
    ("what a root hands to 16", 2, NOT, NATURAL),
    ("what a root hands to 16", 8, NOT, NATURAL),
    ("shape of (3, 1) + (4,)", (3, 4), RIGHT, NATURAL),
    ("shape of (3, 1) + (4,)", (4, 3), NOT, NATURAL),
    ("shape of (3, 1) + (4,)", (3, 1, 4), NOT, NATURAL),
    ("shape of (3, 1) + (4,)", (1, 4), NOT, NATURAL),
    ("shape of (3, 1) + (4,)", (4,), NOT, NATURAL),
    ("shape of (3, 1) + (4,)", "error", NOT, NATURAL),
    ("my_row_gradient", lambda g: g.sum(0), RIGHT, NATURAL),
    ("my_row_gradient", lambda g: sum(g), RIGHT, NATURAL),
    ("my_row_gradient", row_loop, BUT, NATURAL),
    ("my_row_gradient", lambda g: g.sum(axis=0, keepdims=True), BUT, NATURAL),
    ("my_row_gradient", lambda g: g.sum(axis=1), NOT, NATURAL),
    ("my_row_gradient", lambda g: g.sum(), NOT, NATURAL),
    ("my_row_gradient", lambda g: g.mean(axis=0), NOT, NATURAL),
    ("each of ten, averaged", 0.1, RIGHT, NATURAL),
    ("each of ten, averaged", "1/10", RIGHT, NATURAL),
    ("each of ten, averaged", 1, NOT, NATURAL),
    ("each of ten, averaged", 10, NOT, NATURAL),
    (
        "my_matrix_product",
        lambda a, b: (a @ b, lambda g: g @ b.T, lambda g: a.T @ g),
        RIGHT,
        NATURAL,
    ),
    ("my_matrix_product", lambda a, b: (a @ b, lambda g: b.T, lambda g: a.T), NOT, NATURAL),
    ("my_matrix_product", lambda a, b: (a @ b, b.T, a.T), NOT, NATURAL),
    (
        "my_matrix_product",
        lambda a, b: (a @ b, lambda g: b.T @ g, lambda g: g @ a.T),
        NOT,
        NATURAL,
    ),
    (
        "my_matrix_product",
        lambda a, b: (a @ b, lambda g: g @ b.T, lambda g: g @ a.T),
        NOT,
        NATURAL,
    ),
    ("my_matrix_product", lambda a, b: (a @ b, lambda g: g @ b, lambda g: g @ a), NOT, NATURAL),
    ("x.grad after two losses of 3x", 6, RIGHT, NATURAL),
    ("x.grad after two losses of 3x", 3, NOT, NATURAL),
    ("x.grad after two losses of 3x", 9, NOT, NATURAL),
    ("my_step", stepping, RIGHT, NATURAL),
    ("my_step", returning_item, BUT, NATURAL),
    ("my_step", returning_data, BUT, NATURAL),
    ("my_step", uncleared, NOT, NATURAL),
    ("my_step", forgetful, NOT, NATURAL),
    ("my_step", rebinding, NOT, NATURAL),
    ("my_step", lambda loss_of, knobs, lr: loss_of(knobs), NOT, NATURAL),
    ("which knobs the wind will turn", "both", RIGHT, NATURAL),
    ("which knobs the wind will turn", "ahead", NOT, NATURAL),
    ("order of one step", "FCBS", RIGHT, NATURAL),
    ("order of one step", "cfbs", RIGHT, NATURAL),
    ("order of one step", "FBSC", RIGHT, NATURAL),
    ("order of one step", ["F", "C", "B", "S"], RIGHT, NATURAL),
    ("order of one step", "FBCS", NOT, NATURAL),
    ("order of one step", "FCSB", NOT, NATURAL),
    ("order of one step", "SBFC", NOT, PROBING),
    ("input with the wrong rule", 0, RIGHT, NATURAL),
    ("input with the wrong rule", "a", NOT, NATURAL),
    ("input with the wrong rule", 1, NOT, NATURAL),
    ("each of two equal winners", "1/2", RIGHT, NATURAL),
    ("each of two equal winners", 1, NOT, NATURAL),
    ("each of two equal winners", 4, NOT, PROBING),
    ("gradient of what was picked twice", 2, RIGHT, NATURAL),
    ("gradient of what was picked twice", 1, NOT, NATURAL),
    ("my_cube", lambda a: (a**3, lambda g: g * 3 * a**2), RIGHT, NATURAL),
    ("my_cube", lambda a: (a * a * a, *[lambda g: g * a * a] * 3), NOT, NATURAL),
    ("my_cube", lambda a: (a**3, lambda g: 3 * a**2), NOT, NATURAL),
    ("my_cube", lambda a: a**3, NOT, NATURAL),
    ("my_slopes", all_at_once, NOT, NATURAL),
    ("my_slopes", lambda f, x, h=1e-5: np.array([]), NOT, PROBING),
    ("calls for 20 doublings, path by path", 2**21 - 1, RIGHT, NATURAL),
    ("calls for 20 doublings, path by path", 2**20, NOT, NATURAL),
    ("calls for 20 doublings, path by path", 40, NOT, NATURAL),
    ("calls for 20 doublings, path by path", 21, NOT, NATURAL),
    ("calls for 20 doublings, path by path", math.factorial(20), NOT, PROBING),
]
