"""What readers of chapter 1 answered, with the verdict that each answer deserves."""

import math

import numpy as np

from answers.tensors_again import ANSWERS as AGAIN
from course.exercises.tensors import slope, turn, walk
from minnet.tensors import Tensor, op


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


def first_walk(node, g):
    node.grad = g
    for source, rule in node.sources:
        first_walk(source, rule(g))


def miss(ahead, upward):
    return (ahead - 30) ** 2 + (upward - 10) ** 2


row = Tensor([1.0, 2.0, 3.0])


# A second reader's, by the number under which they were kept


def slope_15(f, x, h=1e-6):
    print((f(x + h) - f(x)) / h)


def slope_17(f, x, h=1e-6):
    h = 0.1
    return (f(x + h) - f(x)) / h


def slope_26(f, x, h=1e-6):
    rise = f(x + h) - f(x)
    return rise / h


def turn_56(f, x, lr):
    x -= lr * slope(f, x)
    return x


def total_109(a, b):
    def rule(g):
        return g

    return a + b, rule, rule


def sources_116(inputs, rules):  # noqa: RET503
    for x, r in zip(inputs, rules):
        return [(x.node, r)]


def sources_125(inputs, rules):
    pairs = []
    for i in range(len(inputs)):
        pairs.append((inputs[i].node, rules[i]))
    return pairs


def walk_134(node, g):
    node.grad = g
    for source, rule in node.sources:
        walk_134(source, rule(g))


def walk_135(node, g):
    node.grad += g
    for source, rule in node.sources:
        walk_135(source, rule(g))


def walk_136(node, g):
    if node.grad is None:
        node.grad = g
    for source, rule in node.sources:
        walk_136(source, rule(g))


def walk_137(node, g):
    node.grad = g if node.grad is None else node.grad + g
    for source, rule in node.sources:
        first_walk(source, rule(g))


def walk_138(node, g):
    if node.grad == None:  # noqa: E711
        node.grad = 0
    node.grad = node.grad + g
    for source, rule in node.sources:
        source.grad = rule(g)


def walk_139(node, g):
    node.grad = 0
    node.grad += g
    for source, rule in node.sources:
        walk_139(source, rule(g))


def walk_140(node, g):
    node.grad = 2 * g
    for source, rule in node.sources:
        walk_140(source, rule(g))


def walk_141(node, g):
    if node.grad is None:
        node.grad = g
    else:
        node.grad = node.grad + g


def walk_142(node, g):
    if node.grad is None:
        node.grad = g
    else:
        node.grad += g
    for source, rule in node.sources:  # noqa: B007
        walk_142(source, g)


def walk_143(node, g):
    if node.grad is None:
        node.grad = g
    else:
        node.grad += g
        for source, rule in node.sources:
            walk_143(source, rule(g))


def walk_144(node, g):
    if not node.grad:
        node.grad = 0.0
    node.grad += g
    for source, rule in node.sources:
        walk_144(source, rule(g))


def walk_145(node, g):
    node.grad = g if node.grad is None else node.grad + g
    for source, rule in node.sources:
        walk_145(source, rule(node.grad))


def walk_146(node, g):
    if node.grad is None:
        node.grad = g
    else:
        node.grad = node.grad + g
    for source, rule in node.sources:
        walk_146(source, rule(g))


def step_268(loss_of, knobs, lr):
    loss = loss_of(*knobs)
    loss.backward()
    for knob in knobs:
        knob.data -= lr * knob.grad
    return loss


def step_269(loss_of, knobs, lr):
    for knob in knobs:
        knob.grad = None
    loss = loss_of(*knobs)
    loss.backward()
    for knob in knobs:
        knob.data += lr * knob.grad
    return loss


def step_270(loss_of, knobs, lr):
    for knob in knobs:
        knob.grad = None
    loss = loss_of(*knobs)
    loss.backward()
    for knob in knobs:
        knob.data -= lr * knob.grad


def step_271(loss_of, knobs, lr):
    for knob in knobs:
        knob.grad = None
    loss = loss_of(knobs)
    loss.backward()
    for knob in knobs:
        knob.data -= lr * knob.grad
    return loss


def step_272(loss_of, knobs, lr):
    loss = loss_of(*knobs)
    loss.backward()
    for knob in knobs:
        knob.grad = None
        knob.data -= lr * knob.grad
    return loss


def step_273(loss_of, knobs, lr):
    for knob in knobs:
        knob.grad = None
    loss = loss_of(*knobs)
    loss.backward()
    for knob in knobs:
        knob = knob - lr * knob.grad
    return loss


def step_274(loss_of, knobs, lr):
    for knob in knobs:
        knob.grad = None
    loss = loss_of(*knobs)
    loss.backward()
    for knob in knobs:
        knob -= lr * knob.grad
    return loss


def step_275(loss_of, knobs, lr):
    loss = loss_of(*knobs)
    loss.backward()
    for knob in knobs:
        knob.data -= lr * knob.grad
        knob.grad = None
    return loss


def step_276(loss_of, knobs, lr):
    for knob in knobs:
        knob.grad = None
    loss = loss_of(*knobs)
    for knob in knobs:
        loss.backward()
        knob.data -= lr * knob.grad
    return loss


def step_277(loss_of, knobs, lr):
    for knob in knobs:
        knob.grad = None
    loss = loss_of(*knobs)
    loss.backward()
    for knob in knobs:
        knob.data -= knob.grad
    return loss


def step_278(loss_of, knobs, lr):
    for knob in knobs:
        knob.grad = None
    loss = loss_of(*knobs)
    for knob in knobs:
        knob.data -= lr * knob.grad
    return loss


def step_279(loss_of, knobs, lr):
    for knob in knobs:
        knob.grad = 0
    loss = loss_of(*knobs)
    loss.backward()
    for knob in knobs:
        knob.data -= lr * knob.grad
    return loss


def step_280(loss_of, knobs, lr):
    knobs.grad = None
    loss = loss_of(*knobs)
    loss.backward()
    knobs.data -= lr * knobs.grad
    return loss


def step_281(loss_of, knobs, lr):
    for knob in knobs:
        knob.grad = None
    loss = loss_of(*knobs)
    loss.backward()
    for knob in knobs:
        knob.data -= lr * knob.grad
    return loss.data


def step_282(loss_of, knobs, lr):
    for knob in knobs:
        knob.grad = None
    miss(*knobs).backward()
    for knob in knobs:
        knob.data -= lr * knob.grad
    return miss(*knobs)


def step_283(loss_of, knobs, lr):
    for knob in knobs:
        knob.grad = None
    loss_of(*knobs).backward()
    for knob in knobs:
        knob.data -= lr * knob.grad
    return loss_of(*knobs)


def step_284(loss_of, knobs, lr):
    for knob in knobs:
        knob.grad = None
    loss = loss_of(*knobs)
    loss.backward()
    for knob in knobs:
        knob.data = knob.data - lr * knob.grad
        knob.grad = None
    return loss


def step_285(loss_of, knobs, lr):
    for knob in knobs:
        knob.grad = None
    loss = loss_of(*knobs)
    loss.backward()
    for knob in knobs:
        knob.data -= lr * knob.grad
    return loss


@op
def cube_337(a):
    return a * a * a, lambda g: g * 3 * a * a


def slopes_341(f, x, h=1e-5):
    result = np.zeros(len(x))
    for i in range(len(x)):
        kept = x[i]
        x[i] = kept + h
        up = f(x)
        x[i] = kept - h
        down = f(x)
        x[i] = kept
        result[i] = (up - down) / (2 * h)
    return result


def slopes_342(f, x, h=1e-5):
    result = np.zeros(len(x))
    for i in range(len(x)):
        kept = x[i]
        x[i] = kept + h
        up = f(x)
        x[i] = kept - h
        down = f(x)
        result[i] = (up - down) / (2 * h)
    return result


def slopes_343(f, x, h=1e-5):
    result = np.zeros(len(x))
    for i in range(len(x)):
        kept = x[i]
        x[i] = kept + h
        up = f(x)
        x[i] = kept - h
        down = f(x)
        x[i] = kept
        result[i] = (up - down) / h
    return result


def slopes_344(f, x, h=1e-5):
    result = np.zeros(len(x))
    for i in range(len(x)):
        kept = x[i]
        x[i] = kept + h
        up = f(x)
        x[i] = kept - h
        down = f(x)
        x[i] = kept
        result[i] = (up - down) / 2 * h
    return result


def slopes_345(f, x, h=1e-5):
    result = np.zeros(len(x))
    for i in range(len(x)):
        kept = x[i]
        x[i] = kept + h
        up = f(x)
        x[i] = x[i] - h
        down = f(x)
        x[i] = kept
        result[i] = (up - down) / (2 * h)
    return result


def slopes_348(f, x, h=1e-5):
    out = []
    for i in range(len(x)):
        d = np.zeros(len(x))
        d[i] = h
        out.append((f(x + d) - f(x - d)) / (2 * h))
    return out


def slopes_349(f, x, h=1e-5):
    out = []
    for i in range(len(x)):
        up = x
        up[i] = up[i] + h
        down = x
        down[i] = down[i] - h
        out.append((f(up) - f(down)) / (2 * h))
    return np.array(out)


def slopes_350(f, x, h=1e-5):
    out = []
    for i in range(len(x)):
        up = x.copy()
        up[i] += h
        out.append((f(up) - f(x)) / h)
    return np.array(out)


def slopes_351(f, x, h=1e-5):
    t = Tensor(x)
    f(t).backward()
    return t.grad


def walk_400(node, g):
    if node.grad is None:
        node.grad = g
    else:
        node.grad = node.grad + g
    for source, rule in node.sources:
        walk(source, rule(g))


def walk_401(node, g):
    if node.grad is None:
        node.grad = 0
    node.grad + g
    for source, rule in node.sources:
        walk_401(source, rule(g))


def walk_402(node, g):
    node.grad = node.grad + g if node.grad else g
    for source, rule in node.sources:
        walk_402(source, rule(g))
    return node.grad


def walk_403(node, g):
    for source, rule in node.sources:
        walk_403(source, rule(g))
    if node.grad is None:
        node.grad = g
    else:
        node.grad += g


def walk_404(node, g):
    if node.grad is None:
        node.grad = g
        for source, rule in node.sources:
            walk_404(source, rule(g))
    else:
        node.grad = node.grad + g


def walk_405(node, g):
    node.grad = g if node.grad is None else node.grad + g
    for source in node.sources:
        walk_405(source, g)


def step_406(loss_of, knobs, lr):
    for knob in knobs:
        knob.grad = None
    loss = loss_of(*knobs)
    loss.backward()
    for knob in knobs:
        turn(knob, lr)
    return loss


def step_407(loss_of, knobs, lr):
    loss = loss_of(*knobs)
    for knob in knobs:
        knob.grad = None
        loss.backward()
        knob.data -= lr * knob.grad
    return loss


def slopes_408(f, x, h=1e-5):
    slopes = []
    for i in range(len(x)):
        up, down = x, x
        up[i] += h
        down[i] -= h
        slopes.append((f(up) - f(down)) / (2 * h))
    return np.array(slopes)


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
    # A second reader
    ("share of unseen digits read", 0.9, NOT, NATURAL),
    ("share of unseen digits read", 90, NOT, NATURAL),
    ("share of unseen digits read", "90%", NOT, NATURAL),
    ("share of unseen digits read", 0.1, NOT, NATURAL),
    ("share of unseen digits read", 1437, NOT, PROBING),
    ("share of unseen digits read", 95, NOT, NATURAL),
    ("share of unseen digits read", 0.97, RIGHT, NATURAL),
    ("share of unseen digits read", 1.0, NOT, NATURAL),
    ("share of unseen digits read", (0, 9), NOT, NATURAL),
    ("share of unseen digits read", -1, NOT, PROBING),
    ("share of unseen digits read", "many", NOT, PROBING),
    ("my_slope", lambda f, x, h=1e-6: f(x + h) - f(x) / h, NOT, NATURAL),
    ("my_slope", lambda f, x, h=1e-6: f(x + h) - f(x), NOT, NATURAL),
    ("my_slope", lambda f, x, h=1e-6: (f(x) - f(x + h)) / h, NOT, NATURAL),
    ("my_slope", slope_15, NOT, NATURAL),
    ("my_slope", lambda f, x, h=1e-6: h / (f(x + h) - f(x)), NOT, NATURAL),
    ("my_slope", slope_17, NOT, NATURAL),
    ("my_slope", lambda f, x, h=1e-6: (f(x) + h - f(x)) / h, NOT, NATURAL),
    ("my_slope", lambda f, x, h=1e-6: f((x + h) - x) / h, NOT, NATURAL),
    ("my_slope", lambda f, x, h=1e-6: (f(x + h) - f(x - h)) / (2 * h), RIGHT, NATURAL),
    ("my_slope", lambda f, x, h=1e-6: (f(x + h) - f(x - h)) / h, NOT, NATURAL),
    ("my_slope", lambda f, x, h=1e-6: (miss(x + h, 18.0) - miss(x, 18.0)) / h, NOT, NATURAL),
    ("my_slope", lambda f, x, h=1e-6: 2 * x, NOT, PROBING),
    ("my_slope", 3, NOT, PROBING),
    ("my_slope", slope_26, RIGHT, NATURAL),
    ("which way to turn ahead", "right", RIGHT, NATURAL),
    ("which way to turn ahead", 16, NOT, PROBING),
    ("the best of three steps h", 2, NOT, PROBING),
    ("the best of three steps h", 1e-6, NOT, NATURAL),
    ("my_turn", lambda f, x, lr: x + lr * slope(f, x), NOT, NATURAL),
    ("my_turn", lambda f, x, lr: lr * slope(f, x), NOT, NATURAL),
    ("my_turn", lambda f, x, lr: -lr * slope(f, x), NOT, NATURAL),
    ("my_turn", lambda f, x, lr: x - slope(f, x), NOT, NATURAL),
    ("my_turn", lambda f, x, lr: x - lr, NOT, NATURAL),
    ("my_turn", lambda f, x, lr: f(x) - lr * slope(f, x), NOT, NATURAL),
    ("my_turn", lambda f, x, lr: x - lr * slope(f(x), x), NOT, NATURAL),
    ("my_turn", lambda f, x, lr: x - slope(f, x, lr), NOT, NATURAL),
    ("my_turn", lambda f, x, lr: x - slope(f, x) / lr, NOT, NATURAL),
    ("my_turn", lambda f, x, lr: x - lr * slope, NOT, NATURAL),
    ("my_turn", lambda f, x, lr: x * lr * -slope(f, x), NOT, PROBING),
    ("my_turn", lambda f, x, lr: x - lr * f(x), NOT, NATURAL),
    ("my_turn", lambda f, x, lr: (x - lr) * slope(f, x), NOT, NATURAL),
    ("my_turn", lambda f, x, lr: x - lr * abs(slope(f, x)), NOT, NATURAL),
    ("my_turn", lambda f, x, lr: x + lr if slope(f, x) < 0 else x - lr, NOT, NATURAL),
    ("my_turn", turn_56, RIGHT, NATURAL),
    ("shape of images.mean(axis=0)", 1797, NOT, NATURAL),
    ("shape of images.mean(axis=0)", (8), NOT, NATURAL),
    ("shape of images.mean(axis=0)", (1797, 8, 8), NOT, NATURAL),
    ("shape of images.mean(axis=0)", 64, NOT, NATURAL),
    ("shape of images.mean(axis=0)", (1797, 1, 1), NOT, NATURAL),
    ("results needed for a million slopes", 1, NOT, NATURAL),
    ("results needed for a million slopes", 2, NOT, NATURAL),
    ("results needed for a million slopes", "a million and one", NOT, PROBING),
    ("slope of a · b by a", 6, NOT, NATURAL),
    ("slope of a · b by a", "b", NOT, NATURAL),
    ("slope of a · b by a", 2.5, NOT, NATURAL),
    ("slope of a · b by a", 2 * 0.5, NOT, NATURAL),
    ("slope of (2a)² at a = 3", 6, NOT, NATURAL),
    ("slope of (2a)² at a = 3", 48, NOT, NATURAL),
    ("slope of (2a)² at a = 3", "8a", NOT, PROBING),
    ("slope of (2a)² at a = 3", 4, NOT, NATURAL),
    ("slope of (2a)² at a = 3", 2, NOT, NATURAL),
    ("slope of (2a)² at a = 3", 72, NOT, NATURAL),
    ("slope of (2a)² at a = 3", "24", RIGHT, NATURAL),
    ("slope of (2a)² at a = 3", 24.0, RIGHT, NATURAL),
    ("slope of (2a)² at a = 3", 18, NOT, NATURAL),
    ("my_total", lambda a, b: a + b, NOT, NATURAL),
    ("my_total", lambda a, b: (a + b, lambda g: g * 1), NOT, NATURAL),
    ("my_total", lambda a, b: (a + b, lambda g: g + b, lambda g: g + a), NOT, NATURAL),
    ("my_total", lambda a, b: (a + b, lambda g: 1, lambda g: 1), NOT, NATURAL),
    ("my_total", lambda a, b: (a + b, 1, 1), NOT, NATURAL),
    ("my_total", lambda a, b: (a + b, lambda g: g * b, lambda g: g * a), NOT, NATURAL),
    ("my_total", lambda a, b: (a * b, lambda g: g, lambda g: g), NOT, NATURAL),
    ("my_total", lambda a, b: (a + b, lambda g: a, lambda g: b), NOT, NATURAL),
    ("my_total", lambda a, b: (a + b, lambda g: g, lambda g: -g), NOT, NATURAL),
    ("my_total", lambda a, b: [a + b, lambda g: g, lambda g: g], BUT, NATURAL),
    ("my_total", lambda a, b: (a + b, (lambda g: g, lambda g: g)), NOT, NATURAL),
    ("my_total", lambda a, b: (lambda g: g, lambda g: g, a + b), NOT, NATURAL),
    ("my_total", lambda a, b: (a + b, lambda g: g / 2, lambda g: g / 2), NOT, NATURAL),
    ("my_total", lambda a, b: (a + b, lambda: 1, lambda: 1), NOT, NATURAL),
    ("my_total", total_109, RIGHT, NATURAL),
    ("my_total", lambda a, b: (a + b, lambda g: g * 1, lambda g: g * 1), RIGHT, NATURAL),
    ("my_total", lambda a, b: (a + b, lambda a: a, lambda b: b), RIGHT, NATURAL),
    ("my_total", lambda a, b: (a + b, lambda g: g + 1, lambda g: g + 1), NOT, NATURAL),
    ("my_sources", lambda inputs, rules: zip(inputs, rules), NOT, NATURAL),
    ("my_sources", lambda inputs, rules: [(x, r) for x, r in zip(inputs, rules)], NOT, NATURAL),
    (
        "my_sources",
        lambda inputs, rules: [(x.node, r) for x in inputs for r in rules],
        NOT,
        NATURAL,
    ),
    (
        "my_sources",
        lambda inputs, rules: [(r, x.node) for x, r in zip(inputs, rules)],
        NOT,
        NATURAL,
    ),
    ("my_sources", lambda inputs, rules: (inputs.node, rules), NOT, NATURAL),
    ("my_sources", sources_116, NOT, NATURAL),
    (
        "my_sources",
        lambda inputs, rules: [(x.node, r(1)) for x, r in zip(inputs, rules)],
        NOT,
        NATURAL,
    ),
    (
        "my_sources",
        lambda inputs, rules: [(x.data, r) for x, r in zip(inputs, rules)],
        NOT,
        NATURAL,
    ),
    (
        "my_sources",
        lambda inputs, rules: [(inputs[0].node, rules[0]), (inputs[1].node, rules[1])],
        NOT,
        NATURAL,
    ),
    (
        "my_sources",
        lambda inputs, rules: ((x.node, r) for x, r in zip(inputs, rules)),
        NOT,
        NATURAL,
    ),
    ("my_sources", lambda inputs, rules: [(x.node, rules) for x in inputs], NOT, NATURAL),
    (
        "my_sources",
        lambda inputs, rules: tuple((x.node, r) for x, r in zip(inputs, rules)),
        RIGHT,
        NATURAL,
    ),
    (
        "my_sources",
        lambda inputs, rules: [[x.node, r] for x, r in zip(inputs, rules)],
        RIGHT,
        NATURAL,
    ),
    (
        "my_sources",
        lambda inputs, rules: list(zip([x.node for x in inputs], rules)),
        RIGHT,
        NATURAL,
    ),
    ("my_sources", sources_125, RIGHT, NATURAL),
    (
        "my_sources",
        lambda inputs, rules: ([inputs[0].node, rules[0]], [inputs[1].node, rules[1]]),
        NOT,
        NATURAL,
    ),
    ("my_sources", lambda inputs, rules: {x.node: r for x, r in zip(inputs, rules)}, NOT, NATURAL),
    ("my_sources", lambda inputs, rules: zip([x.node for x in inputs], rules), NOT, NATURAL),
    ("first walk on x * x at x = 3", 1, NOT, NATURAL),
    ("first walk on x * x at x = 3", "None", NOT, NATURAL),
    ("first walk on x * x at x = 3", 2, NOT, NATURAL),
    ("first walk on x * x at x = 3", 3.0, RIGHT, NATURAL),
    ("my_walk", walk_134, NOT, NATURAL),
    ("my_walk", walk_135, NOT, NATURAL),
    ("my_walk", walk_136, NOT, NATURAL),
    ("my_walk", walk_137, NOT, NATURAL),
    ("my_walk", walk_138, NOT, NATURAL),
    ("my_walk", walk_139, NOT, NATURAL),
    ("my_walk", walk_140, NOT, NATURAL),
    ("my_walk", walk_141, NOT, NATURAL),
    ("my_walk", walk_142, NOT, NATURAL),
    ("my_walk", walk_143, NOT, NATURAL),
    ("my_walk", walk_144, RIGHT, NATURAL),
    ("my_walk", walk_145, RIGHT, NATURAL),
    ("my_walk", walk_146, RIGHT, NATURAL),
    ("my_walk", walk_400, RIGHT, NATURAL),
    ("my_walk", walk_401, NOT, NATURAL),
    ("my_walk", walk_402, RIGHT, NATURAL),
    ("my_walk", walk_403, RIGHT, NATURAL),
    ("my_walk", walk_404, RIGHT, NATURAL),
    ("my_walk", walk_405, NOT, NATURAL),
    ("slope of the diamond at a = 2", 2, NOT, NATURAL),
    ("slope of the diamond at a = 2", 10, NOT, NATURAL),
    ("slope of the diamond at a = 2", 9, NOT, NATURAL),
    ("slope of the diamond at a = 2", 34, NOT, NATURAL),
    ("slope of the diamond at a = 2", 30, NOT, NATURAL),
    ("slope of the diamond at a = 2", 5, NOT, NATURAL),
    ("slope of the diamond at a = 2", 42, NOT, NATURAL),
    ("slope of the diamond at a = 2", 8, NOT, NATURAL),
    ("slope of the diamond at a = 2", "2+8a", NOT, NATURAL),
    ("order that brings 18 to a", "y b p b p b", NOT, NATURAL),
    ("order that brings 18 to a", "y p b a", RIGHT, NATURAL),
    ("order that brings 18 to a", "b p y", NOT, NATURAL),
    ("order that brings 18 to a", "p y b", NOT, NATURAL),
    ("order that brings 18 to a", "y p b p b", NOT, NATURAL),
    ("order that brings 18 to a", "Y P B", RIGHT, NATURAL),
    ("order that brings 18 to a", "hello", NOT, PROBING),
    ("order that brings 18 to a", "y p b p", NOT, NATURAL),
    ("order that brings 18 to a", "y p", NOT, PROBING),
    ("order that brings 18 to a", "y b", NOT, PROBING),
    ("order that brings 18 to a", "y b b p", NOT, PROBING),
    ("order that brings 18 to a", "y p p b b", NOT, NATURAL),
    ("order that brings 18 to a", "y p b b", NOT, PROBING),
    ("order that brings 18 to a", "y b p p b", NOT, PROBING),
    ("order that brings 18 to a", "p b y", NOT, PROBING),
    ("order that brings 18 to a", "y b p b", NOT, PROBING),
    ("order that brings 18 to a", "y", NOT, PROBING),
    ("order that brings 18 to a", "y a", NOT, PROBING),
    ("walks for a million slopes", 1_000_000, NOT, NATURAL),
    ("walks for a million slopes", 2_000_000, NOT, NATURAL),
    ("walks for a million slopes", "two", NOT, PROBING),
    ("walks for a million slopes", 3, NOT, NATURAL),
    ("walks for a million slopes", 1000002, NOT, NATURAL),
    ("walks for a million slopes", 200, NOT, NATURAL),
    ("my_difference", lambda a, b: (a - b, lambda g: g, lambda g: g), NOT, NATURAL),
    ("my_difference", lambda a, b: (a - b, lambda g: -g, lambda g: g), NOT, NATURAL),
    ("my_difference", lambda a, b: (a - b, lambda g: g, lambda g: -1), NOT, NATURAL),
    ("my_difference", lambda a, b: (a - b, lambda g: 1, lambda g: -1), NOT, NATURAL),
    ("my_difference", lambda a, b: (b - a, lambda g: g, lambda g: -g), NOT, NATURAL),
    ("my_difference", lambda a, b: (a - b, lambda g: g - b, lambda g: a - g), NOT, NATURAL),
    ("my_difference", lambda a, b: a - b, NOT, NATURAL),
    ("my_difference", lambda a, b: (a + b, lambda g: g, lambda g: -g), NOT, NATURAL),
    ("my_difference", lambda a, b: (a - b, lambda g: g * b, lambda g: -g * a), NOT, NATURAL),
    ("my_difference", lambda a, b: (a - b, lambda a: a, lambda b: -b), RIGHT, NATURAL),
    ("my_difference", lambda a, b: (a - b, lambda g: g, lambda g: g * -1), RIGHT, NATURAL),
    ("my_difference", lambda a, b: (a + (-b), lambda g: g, lambda g: -g), RIGHT, NATURAL),
    ("my_difference", lambda a, b: (a - b, lambda g: g, lambda g: 0), NOT, NATURAL),
    ("my_difference", lambda a, b: ((a - b, lambda g: g, lambda g: -g)), RIGHT, NATURAL),
    ("my_difference", lambda a, b: (a - b, g, -g), NOT, NATURAL),  # noqa: F821
    ("what a root hands to 16", 0.5, NOT, NATURAL),
    ("what a root hands to 16", -0.5, NOT, NATURAL),
    ("what a root hands to 16", 0.25, NOT, NATURAL),
    ("what a root hands to 16", 1 / 16, NOT, NATURAL),
    ("what a root hands to 16", 0.031, NOT, NATURAL),
    ("what a root hands to 16", (0, 125), RIGHT, NATURAL),
    ("what a root hands to 16", "one eighth", NOT, PROBING),
    ("what a root hands to 16", 0.13, RIGHT, NATURAL),
    ("shape of (3, 1) + (4,)", (12,), NOT, NATURAL),
    ("shape of (3, 1) + (4,)", (3, 5), NOT, NATURAL),
    ("shape of (3, 1) + (4,)", 12, NOT, NATURAL),
    ("shape of (3, 1) + (4,)", (4, 4), NOT, NATURAL),
    ("shape of (3, 1) + (4,)", (3,), NOT, NATURAL),
    ("my_row_gradient", lambda g: g.sum(), NOT, NATURAL),
    ("my_row_gradient", lambda g: g.sum(axis=1), NOT, NATURAL),
    ("my_row_gradient", lambda g: g.mean(axis=0), NOT, NATURAL),
    ("my_row_gradient", lambda g: g[0], NOT, NATURAL),
    ("my_row_gradient", lambda g: sum(g), RIGHT, NATURAL),
    ("my_row_gradient", lambda g: g.sum(axis=0, keepdims=True), BUT, NATURAL),
    ("my_row_gradient", lambda g: g, NOT, NATURAL),
    ("my_row_gradient", lambda g: g.sum(0), RIGHT, NATURAL),
    ("my_row_gradient", lambda g: row.sum(axis=0), NOT, NATURAL),
    ("my_row_gradient", lambda g: g.sum(axis=0) / 4, NOT, NATURAL),
    ("my_row_gradient", lambda g: g * 4, NOT, NATURAL),
    ("my_row_gradient", lambda g: g[0] * 4, NOT, NATURAL),
    ("my_row_gradient", lambda g: np.sum(g, axis=0), RIGHT, NATURAL),
    ("my_row_gradient", lambda g: g.sum(axis=0), RIGHT, NATURAL),
    ("my_row_gradient", lambda g: g.sum(axis=0) / len(g), NOT, NATURAL),
    ("my_row_gradient", lambda g: [g[:, i].sum() for i in range(g.shape[1])], BUT, NATURAL),
    ("each of ten, averaged", "g/10", NOT, NATURAL),
    ("each of ten, averaged", 0, NOT, NATURAL),
    ("each of ten, averaged", 0.01, NOT, NATURAL),
    ("each of ten, averaged", 1 / 9, NOT, NATURAL),
    ("each of ten, averaged", (0, 1), RIGHT, NATURAL),
    ("my_matrix_product", lambda a, b: (a @ b, lambda g: g @ b, lambda g: g @ a), NOT, NATURAL),
    ("my_matrix_product", lambda a, b: (a @ b, lambda g: g @ b.T, lambda g: g @ a.T), NOT, NATURAL),
    ("my_matrix_product", lambda a, b: (a @ b, lambda g: b.T @ g, lambda g: a.T @ g), NOT, NATURAL),
    ("my_matrix_product", lambda a, b: (a * b, lambda g: g @ b.T, lambda g: a.T @ g), NOT, NATURAL),
    ("my_matrix_product", lambda a, b: (a @ b, lambda g: g * b.T, lambda g: a.T * g), NOT, NATURAL),
    ("my_matrix_product", lambda a, b: (a @ b, lambda g: g @ b.T, lambda g: g.T @ a), NOT, NATURAL),
    (
        "my_matrix_product",
        lambda a, b: (a @ b, lambda g: (b @ g.T).T, lambda g: (g.T @ a).T),
        RIGHT,
        NATURAL,
    ),
    ("my_matrix_product", lambda a, b: (a @ b, lambda g: g @ b.T), NOT, NATURAL),
    ("my_matrix_product", lambda a, b: (a @ b, lambda g: b.T, lambda g: a.T), NOT, NATURAL),
    ("my_matrix_product", lambda a, b: (a @ b, lambda g: a.T @ g, lambda g: g @ b.T), NOT, NATURAL),
    ("my_matrix_product", lambda a, b: (a @ b, g @ b.T, a.T @ g), NOT, NATURAL),  # noqa: F821
    (
        "my_matrix_product",
        lambda a, b: (a @ b, lambda g: g @ b.T, lambda g: a.T @ g),
        RIGHT,
        NATURAL,
    ),
    ("my_matrix_product", lambda a, b: (a @ b, lambda g: b @ g.T, lambda g: g.T @ a), NOT, NATURAL),
    (
        "my_matrix_product",
        lambda a, b: (a.T @ b, lambda g: g @ b.T, lambda g: a.T @ g),
        NOT,
        NATURAL,
    ),
    ("x.grad after two losses of 3x", 30, NOT, NATURAL),
    ("x.grad after two losses of 3x", 15, NOT, NATURAL),
    ("x.grad after two losses of 3x", 0, NOT, NATURAL),
    ("x.grad after two losses of 3x", "6", RIGHT, NATURAL),
    ("x.grad after two losses of 3x", 12, NOT, NATURAL),
    ("my_step", step_268, NOT, NATURAL),
    ("my_step", step_269, NOT, NATURAL),
    ("my_step", step_270, NOT, NATURAL),
    ("my_step", step_271, NOT, NATURAL),
    ("my_step", step_272, NOT, NATURAL),
    ("my_step", step_273, NOT, NATURAL),
    ("my_step", step_274, NOT, NATURAL),
    ("my_step", step_275, NOT, NATURAL),
    ("my_step", step_276, NOT, NATURAL),
    ("my_step", step_277, NOT, NATURAL),
    ("my_step", step_278, NOT, NATURAL),
    ("my_step", step_279, NOT, NATURAL),
    ("my_step", step_280, NOT, NATURAL),
    ("my_step", step_281, BUT, NATURAL),
    ("my_step", step_282, NOT, NATURAL),
    ("my_step", step_283, NOT, NATURAL),
    ("my_step", step_284, RIGHT, NATURAL),
    ("my_step", step_285, RIGHT, NATURAL),
    ("my_step", step_406, NOT, NATURAL),
    ("my_step", step_407, NOT, NATURAL),
    ("which knobs the wind will turn", "upward", NOT, NATURAL),
    ("which knobs the wind will turn", "ahead and upward", RIGHT, NATURAL),
    ("which knobs the wind will turn", "neither", NOT, NATURAL),
    ("which knobs the wind will turn", 2, NOT, PROBING),
    ("order of one step", "CFBS", RIGHT, NATURAL),
    ("order of one step", "FSBC", NOT, NATURAL),
    ("order of one step", "BCSF", NOT, NATURAL),
    ("order of one step", "CBFS", NOT, NATURAL),
    ("order of one step", "FBS", NOT, NATURAL),
    ("order of one step", "fcbs", RIGHT, NATURAL),
    ("order of one step", "F C B S", RIGHT, NATURAL),
    ("order of one step", "SFCB", NOT, NATURAL),
    ("order of one step", "CBSF", NOT, NATURAL),
    ("order of one step", "CFSB", NOT, NATURAL),
    ("order of one step", "BFCS", NOT, NATURAL),
    ("order of one step", "forward clear backward step", RIGHT, NATURAL),
    ("input with the wrong rule", "b", NOT, NATURAL),
    ("input with the wrong rule", 2, NOT, NATURAL),
    ("input with the wrong rule", "0", RIGHT, NATURAL),
    ("each of two equal winners", 0.5, RIGHT, NATURAL),
    ("each of two equal winners", 0, NOT, NATURAL),
    ("each of two equal winners", 2, NOT, NATURAL),
    ("each of two equal winners", "half", NOT, PROBING),
    ("each of two equal winners", (0.5, 0.5), RIGHT, NATURAL),
    ("each of two equal winners", (1, 0), NOT, NATURAL),
    ("gradient of what was picked twice", 0, NOT, NATURAL),
    ("gradient of what was picked twice", 3, NOT, NATURAL),
    ("gradient of what was picked twice", 0.5, NOT, NATURAL),
    ("gradient of what was picked twice", (2, 0, 1), RIGHT, NATURAL),
    ("gradient of what was picked twice", [2, 0, 1], RIGHT, NATURAL),
    ("my_cube", lambda a: (a * a * a, lambda g: 3 * a * a), NOT, NATURAL),
    ("my_cube", lambda a: (a * a * a, lambda g: g * 3 * a**2), RIGHT, NATURAL),
    ("my_cube", lambda a: a * a * a, NOT, NATURAL),
    ("my_cube", lambda a: (a * a * a, lambda g: g * a * a), NOT, NATURAL),
    ("my_cube", lambda a: (a * a * a, lambda g: g * 3 * a), NOT, NATURAL),
    ("my_cube", lambda a: (a**3, lambda g: g * 2 * a), NOT, NATURAL),
    (
        "my_cube",
        lambda a: (a * a * a, lambda g: g * a * a, lambda g: g * a * a, lambda g: g * a * a),
        NOT,
        NATURAL,
    ),
    ("my_cube", lambda a: (3 * a, lambda g: 3 * g), NOT, NATURAL),
    ("my_cube", cube_337, NOT, NATURAL),
    ("my_cube", lambda a: (a * a * a, lambda g: g * 3 * a * a), RIGHT, NATURAL),
    ("my_cube", lambda a: (a * a * a, lambda g: 3 * g**2), NOT, NATURAL),
    ("my_cube", lambda a: (a * a * a, 3 * a * a), NOT, NATURAL),
    ("my_slopes", slopes_341, RIGHT, NATURAL),
    ("my_slopes", slopes_342, NOT, NATURAL),
    ("my_slopes", slopes_343, NOT, NATURAL),
    ("my_slopes", slopes_344, NOT, NATURAL),
    ("my_slopes", slopes_345, NOT, NATURAL),
    ("my_slopes", lambda f, x, h=1e-5: (f(x + h) - f(x - h)) / (2 * h), NOT, NATURAL),
    (
        "my_slopes",
        lambda f, x, h=1e-5: [slope(lambda v: f(v), x[i], h) for i in range(len(x))],
        NOT,
        NATURAL,
    ),
    ("my_slopes", slopes_348, RIGHT, NATURAL),
    ("my_slopes", slopes_349, NOT, NATURAL),
    ("my_slopes", slopes_350, NOT, NATURAL),
    ("my_slopes", slopes_351, RIGHT, PROBING),
    ("my_slopes", slopes_408, NOT, NATURAL),
    ("calls for 20 doublings, path by path", 20, NOT, NATURAL),
    ("calls for 20 doublings, path by path", 2**21, NOT, NATURAL),
    ("calls for 20 doublings, path by path", 41, NOT, NATURAL),
    ("calls for 20 doublings, path by path", 400, NOT, NATURAL),
    ("calls for 20 doublings, path by path", 1048577, NOT, NATURAL),
    ("calls for 20 doublings, path by path", "2^21-1", RIGHT, PROBING),
    ("calls for 20 doublings, path by path", 22, NOT, NATURAL),
    ("calls for 20 doublings, path by path", 2e6, NOT, NATURAL),
]

ANSWERS += AGAIN
