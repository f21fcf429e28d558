"""A later reader's answers for chapter 1, as they were typed, with the verdict they deserve."""

import course.exercises.tensors
from answers import typed

TYPED = [
    ("share of unseen digits read", "0.9", "not yet", "probing"),
    ("share of unseen digits read", "90", "not yet", "natural"),
    ("share of unseen digits read", "0.5", "not yet", "natural"),
    ("share of unseen digits read", '"90%"', "not yet", "natural"),
    ("share of unseen digits read", "0,95", "not yet", "probing"),
    ("share of unseen digits read", "-1", "not yet", "probing"),
    ("share of unseen digits read", "0.98", "right", "natural"),
    (
        "my_slope",
        "def my_slope(f, x, h=1e-6):\n    return f(x + h) - f(x) / h",
        "not yet",
        "natural",
    ),
    (
        "my_slope",
        "def my_slope(f, x, h=1e-6):\n    return (f(x) - f(x + h)) / h",
        "not yet",
        "natural",
    ),
    (
        "my_slope",
        "def my_slope(f, x, h=1e-6):\n    print((f(x + h) - f(x)) / h)",
        "not yet",
        "natural",
    ),
    (
        "my_slope",
        "def my_slope(f, x, h=1e-6):\n    return (f(x + h) - f(x)) / 1e-6",
        "not yet",
        "natural",
    ),
    (
        "my_slope",
        "def my_slope(f, x, h=1e-6):\n    return (f(x + h) - f(x)) / x",
        "not yet",
        "natural",
    ),
    ("my_slope", "def my_slope(f, x, h=1e-6):\n    return f(x + h) - f(x)", "not yet", "natural"),
    ("my_slope", "def my_slope(f, x, h=1e-6):\n    return 2 * x", "not yet", "natural"),
    ("my_slope", "def my_slope(f, x, h=1e-6):\n    return f(x) / x", "not yet", "natural"),
    (
        "my_slope",
        "def my_slope(f, x, h=1e-6):\n    return (f * (x + h) - f * x) / h",
        "not yet",
        "natural",
    ),
    (
        "my_slope",
        "def my_slope(f, x, h=1e-6):\n    return (f(x + h) - f(x)) / (x + h - x + h)",
        "not yet",
        "natural",
    ),
    (
        "my_slope",
        "def my_slope(f, x, h=1e-6):\n    return h / (f(x + h) - f(x))",
        "not yet",
        "natural",
    ),
    (
        "my_slope",
        "def my_slope(f, x, h=1e-6):\n    return (f(x + h) - f(x - h)) / (2 * h)",
        "right",
        "natural",
    ),
    (
        "my_slope",
        "def my_slope(f, x, h=1e-6):\n    return (f(x) - f(x - h)) / h",
        "right",
        "natural",
    ),
    ("my_slope", "my_slope = lambda f, x, h=1e-6: (f(x + h) - f(x)) / h", "right", "natural"),
    (
        "my_slope",
        "def my_slope(f, x, h=1e-6):\n    return round((f(x + h) - f(x)) / h, 1)",
        "not yet",
        "probing",
    ),
    (
        "my_slope",
        "def my_slope(f, x, h=1e-6):\n    return abs((f(x + h) - f(x)) / h)",
        "not yet",
        "probing",
    ),
    (
        "my_slope",
        "def my_slope(f, x):\n    return (f(x + 1e-6) - f(x)) / 1e-6",
        "not yet",
        "probing",
    ),
    ("my_slope", "my_slope = 6", "not yet", "probing"),
    (
        "my_slope",
        "def my_slope(f, x, h=1e-6):\n    return (f(x + h) - f(x)) // h",
        "not yet",
        "natural",
    ),
    (
        "my_slope",
        "def my_slope(f, x, h=1e-6):\n"
        "    rise = f(x + h) - f(x)\n"
        "    run = h\n"
        "    return rise / run",
        "right",
        "natural",
    ),
    ("which way to turn ahead", '"larger"', "right", "natural"),
    ("which way to turn ahead", '"smaller"', "not yet", "natural"),
    ("which way to turn ahead", '"up"', "right", "natural"),
    ("which way to turn ahead", '"bigger"', "right", "natural"),
    ("which way to turn ahead", "-19.59", "not yet", "natural"),
    ("the best of three steps h", "1e-8", "right", "natural"),
    ("the best of three steps h", "1e-15", "not yet", "natural"),
    ("the best of three steps h", "0.1", "not yet", "natural"),
    ("the best of three steps h", "-8", "not yet", "probing"),
    ("the best of three steps h", "1e-6", "not yet", "natural"),
    ("the best of three steps h", '"the second"', "not yet", "natural"),
    ("my_turn", "def my_turn(f, x, lr):\n    return x + lr * slope(f, x)", "not yet", "natural"),
    ("my_turn", "def my_turn(f, x, lr):\n    return lr * slope(f, x)", "not yet", "natural"),
    ("my_turn", "def my_turn(f, x, lr):\n    return -lr * slope(f, x)", "not yet", "natural"),
    ("my_turn", "def my_turn(f, x, lr):\n    return x - lr", "not yet", "natural"),
    ("my_turn", "def my_turn(f, x, lr):\n    return x - slope(f, x)", "not yet", "natural"),
    ("my_turn", "def my_turn(f, x, lr):\n    return x - lr * slope(f(x), x)", "not yet", "natural"),
    ("my_turn", "def my_turn(f, x, lr):\n    return x - slope(f, x, lr)", "not yet", "natural"),
    (
        "my_turn",
        "def my_turn(f, x, lr):\n"
        "    if slope(f, x) > 0:\n"
        "        return x - lr\n"
        "    else:\n"
        "        return x + lr",
        "not yet",
        "natural",
    ),
    ("my_turn", "def my_turn(f, x, lr):\n    return x - 0.1 * slope(f, x)", "not yet", "natural"),
    ("my_turn", "def my_turn(f, x, lr):\n    return x - lr / slope(f, x)", "not yet", "natural"),
    ("my_turn", "def my_turn(f, x, lr):\n    return f(x) - lr * slope(f, x)", "not yet", "natural"),
    (
        "my_turn",
        "def my_turn(f, x, lr):\n    return x * (1 - lr * slope(f, x))",
        "not yet",
        "natural",
    ),
    ("my_turn", "def my_turn(f, x, lr):\n    return (x - lr) * slope(f, x)", "not yet", "natural"),
    ("my_turn", "def my_turn(f, x, lr):\n    return f(x - lr * slope(f, x))", "not yet", "natural"),
    (
        "my_turn",
        "def my_turn(f, x, lr):\n    s = slope(f, x)\n    x -= s * lr\n    return x",
        "right",
        "natural",
    ),
    (
        "my_turn",
        "def my_turn(f, x, lr):\n    return x - lr * abs(slope(f, x))",
        "not yet",
        "natural",
    ),
    ("my_turn", "def my_turn(f, x, lr):\n    return x - lr * slope", "not yet", "natural"),
    ("my_turn", "def my_turn(f, x, lr):\n    return x - lr * slope(f, x)", "right", "natural"),
    ("shape of images.mean(axis=0)", "(1797,)", "not yet", "natural"),
    ("shape of images.mean(axis=0)", "(1797, 8)", "not yet", "natural"),
    ("shape of images.mean(axis=0)", "(1, 8, 8)", "not yet", "natural"),
    ("shape of images.mean(axis=0)", "1797", "not yet", "natural"),
    ("shape of images.mean(axis=0)", "64", "not yet", "natural"),
    ("shape of images.mean(axis=0)", '"(8, 8)"', "right", "natural"),
    ("shape of images.mean(axis=0)", "[8, 8]", "right", "natural"),
    ("shape of images.mean(axis=0)", "8, 8", "right", "natural"),
    ("results needed for a million slopes", "1_000_000", "not yet", "natural"),
    ("results needed for a million slopes", "2_000_000", "not yet", "natural"),
    ("results needed for a million slopes", "1_000_002", "not yet", "natural"),
    ("results needed for a million slopes", "1", "not yet", "natural"),
    ("results needed for a million slopes", '"a million and one"', "not yet", "probing"),
    ("results needed for a million slopes", "2", "not yet", "natural"),
    ("results needed for a million slopes", "1_000_001", "right", "natural"),
    ("slope of a · b by a", "3", "not yet", "natural"),
    ("slope of a · b by a", "1", "not yet", "natural"),
    ("slope of a · b by a", "6", "not yet", "natural"),
    ("slope of a · b by a", '"b"', "not yet", "natural"),
    ("slope of a · b by a", "2*0.5", "not yet", "natural"),
    ("slope of a · b by a", '"2h"', "not yet", "natural"),
    ("slope of a · b by a", "5", "not yet", "natural"),
    ("slope of a · b by a", "2", "right", "natural"),
    ("slope of (2a)² at a = 3", "12", "not yet", "natural"),
    ("slope of (2a)² at a = 3", "36", "not yet", "natural"),
    ("slope of (2a)² at a = 3", "14", "not yet", "natural"),
    ("slope of (2a)² at a = 3", "6", "not yet", "natural"),
    ("slope of (2a)² at a = 3", '"8a"', "not yet", "natural"),
    ("slope of (2a)² at a = 3", "18", "not yet", "natural"),
    ("slope of (2a)² at a = 3", "4", "not yet", "natural"),
    ("slope of (2a)² at a = 3", "8", "not yet", "natural"),
    ("slope of (2a)² at a = 3", "24", "right", "natural"),
    ("my_total", "def my_total(a, b):\n    return a + b", "not yet", "natural"),
    ("my_total", "def my_total(a, b):\n    return a + b, 1, 1", "not yet", "natural"),
    (
        "my_total",
        "def my_total(a, b):\n    return a + b, lambda g: 1, lambda g: 1",
        "not yet",
        "natural",
    ),
    (
        "my_total",
        "def my_total(a, b):\n    return a + b, lambda g: g + b, lambda g: g + a",
        "not yet",
        "natural",
    ),
    (
        "my_total",
        "def my_total(a, b):\n    return a + b, lambda g: g * a, lambda g: g * b",
        "not yet",
        "natural",
    ),
    (
        "my_total",
        "def my_total(a, b):\n    return a + b, lambda g: g * b, lambda g: g * a",
        "not yet",
        "natural",
    ),
    (
        "my_total",
        "def my_total(a, b):\n    return a * b, lambda g: g, lambda g: g",
        "not yet",
        "natural",
    ),
    ("my_total", "def my_total(a, b):\n    return a + b, lambda g: g", "not yet", "natural"),
    (
        "my_total",
        "def my_total(a, b):\n    return a + b, lambda: 1, lambda: 1",
        "not yet",
        "natural",
    ),
    (
        "my_total",
        "def my_total(a, b):\n    return a + b, lambda g: a, lambda g: b",
        "not yet",
        "natural",
    ),
    ("my_total", "def my_total(a, b):\n    return a + b, g, g", "not yet", "natural"),
    (
        "my_total",
        "def my_total(a, b):\n    rule = lambda g: g * 1\n    return a + b, rule, rule",
        "right",
        "natural",
    ),
    (
        "my_total",
        "def my_total(a, b):\n    return lambda g: g, lambda g: g, a + b",
        "not yet",
        "natural",
    ),
    (
        "my_total",
        "def my_total(a, b):\n    return [a + b, lambda g: g, lambda g: g]",
        "right, but",
        "natural",
    ),
    (
        "my_total",
        "def my_total(a, b):\n    return a + b, lambda g: g / 2, lambda g: g / 2",
        "not yet",
        "natural",
    ),
    (
        "my_total",
        "def my_total(a, b):\n    return a + b, lambda g: g, lambda g: g",
        "right",
        "natural",
    ),
    (
        "my_sources",
        "def my_sources(inputs, rules):\n    return zip(inputs, rules)",
        "not yet",
        "natural",
    ),
    (
        "my_sources",
        "def my_sources(inputs, rules):\n    return [(x, rule) for x, rule in zip(inputs, rules)]",
        "not yet",
        "natural",
    ),
    (
        "my_sources",
        "def my_sources(inputs, rules):\n    return inputs.node, rules",
        "not yet",
        "natural",
    ),
    (
        "my_sources",
        "def my_sources(inputs, rules):\n"
        "    return [(rule, x.node) for x, rule in zip(inputs, rules)]",
        "not yet",
        "natural",
    ),
    (
        "my_sources",
        "def my_sources(inputs, rules):\n"
        "    for x, rule in zip(inputs, rules):\n"
        "        return [(x.node, rule)]",
        "not yet",
        "natural",
    ),
    (
        "my_sources",
        "def my_sources(inputs, rules):\n    return [x.node for x in inputs], rules",
        "not yet",
        "natural",
    ),
    (
        "my_sources",
        "def my_sources(inputs, rules):\n"
        "    return [(x.node, rule) for x in inputs for rule in rules]",
        "not yet",
        "natural",
    ),
    (
        "my_sources",
        "def my_sources(inputs, rules):\n"
        "    return [(inputs[0].node, rules[0]), (inputs[1].node, rules[1])]",
        "not yet",
        "natural",
    ),
    (
        "my_sources",
        "def my_sources(inputs, rules):\n"
        "    out = []\n"
        "    for i in range(len(inputs)):\n"
        "        out.append((inputs[i].node, rules[i]))\n"
        "    return out",
        "right",
        "natural",
    ),
    (
        "my_sources",
        "def my_sources(inputs, rules):\n    return list(zip([x.node for x in inputs], rules))",
        "right",
        "natural",
    ),
    (
        "my_sources",
        "def my_sources(inputs, rules):\n"
        "    return [(x.node, rule(1.0)) for x, rule in zip(inputs, rules)]",
        "not yet",
        "natural",
    ),
    (
        "my_sources",
        "def my_sources(inputs, rules):\n"
        "    return [[x.node, rule] for x, rule in zip(inputs, rules)]",
        "right",
        "natural",
    ),
    (
        "my_sources",
        "def my_sources(inputs, rules):\n"
        "    return {x.node: rule for x, rule in zip(inputs, rules)}",
        "not yet",
        "natural",
    ),
    (
        "my_sources",
        "def my_sources(inputs, rules):\n    return [(x.node, rules) for x in inputs]",
        "not yet",
        "natural",
    ),
    (
        "my_sources",
        "def my_sources(inputs, rules):\n"
        "    return [(x.node, rule) for x, rule in zip(inputs, rules)]",
        "right",
        "natural",
    ),
    ("first walk on x * x at x = 3", "6", "not yet", "natural"),
    ("first walk on x * x at x = 3", "9", "not yet", "natural"),
    ("first walk on x * x at x = 3", "1", "not yet", "natural"),
    ("first walk on x * x at x = 3", '"3 and 3"', "not yet", "natural"),
    ("first walk on x * x at x = 3", "(3, 3)", "not yet", "natural"),
    ("first walk on x * x at x = 3", "3.0", "right", "natural"),
    (
        "my_walk",
        "def my_walk(node, g):\n"
        "    node.grad += g\n"
        "    for source, rule in node.sources:\n"
        "        my_walk(source, rule(g))",
        "not yet",
        "natural",
    ),
    (
        "my_walk",
        "def my_walk(node, g):\n"
        "    node.grad = g\n"
        "    for source, rule in node.sources:\n"
        "        my_walk(source, rule(g))",
        "not yet",
        "natural",
    ),
    (
        "my_walk",
        "def my_walk(node, g):\n"
        "    node.grad = node.grad + g\n"
        "    for source, rule in node.sources:\n"
        "        my_walk(source, rule(g))",
        "not yet",
        "natural",
    ),
    (
        "my_walk",
        "def my_walk(node, g):\n"
        "    if node.grad is None:\n"
        "        node.grad = g\n"
        "    else:\n"
        "        node.grad += g\n"
        "    for source, rule in node.sources:\n"
        "        first_walk(source, rule(g))",
        "not yet",
        "natural",
    ),
    (
        "my_walk",
        "def my_walk(node, g):\n"
        "    if node.grad is None:\n"
        "        node.grad = g\n"
        "        for source, rule in node.sources:\n"
        "            my_walk(source, rule(g))\n"
        "    else:\n"
        "        node.grad += g",
        "right",
        "natural",
    ),
    (
        "my_walk",
        "def my_walk(node, g):\n"
        "    node.grad = (node.grad or 0) + g\n"
        "    for source, rule in node.sources:\n"
        "        my_walk(source, rule(g))",
        "right",
        "natural",
    ),
    (
        "my_walk",
        "def my_walk(node, g):\n"
        "    if not node.grad:\n"
        "        node.grad = 0\n"
        "    node.grad = node.grad + g\n"
        "    for source, rule in node.sources:\n"
        "        rule(g)",
        "not yet",
        "natural",
    ),
    (
        "my_walk",
        "def my_walk(node, g):\n"
        "    node.grad = g if node.grad is None else node.grad + g\n"
        "    for source, rule in node.sources:\n"
        "        return my_walk(source, rule(g))",
        "not yet",
        "natural",
    ),
    (
        "my_walk",
        "def my_walk(node, g):\n"
        "    node.grad = g if node.grad is None else node.grad * g\n"
        "    for source, rule in node.sources:\n"
        "        my_walk(source, rule(g))",
        "not yet",
        "natural",
    ),
    (
        "my_walk",
        "def my_walk(node, g):\n"
        "    node.grad = g if node.grad is None else node.grad + g\n"
        "    for source, rule in node.sources:\n"
        "        my_walk(source, g)",
        "not yet",
        "natural",
    ),
    (
        "my_walk",
        "def my_walk(node, g):\n"
        "    grad = g if node.grad is None else node.grad + g\n"
        "    for source, rule in node.sources:\n"
        "        my_walk(source, rule(grad))",
        "not yet",
        "natural",
    ),
    (
        "my_walk",
        "def my_walk(node, g):\n"
        "    node.grad = 0\n"
        "    node.grad = node.grad + g\n"
        "    for source, rule in node.sources:\n"
        "        my_walk(source, rule(g))",
        "not yet",
        "natural",
    ),
    (
        "my_walk",
        "def my_walk(node, g):\n"
        "    node.grad = 2 * g\n"
        "    for source, rule in node.sources:\n"
        "        my_walk(source, rule(g))",
        "not yet",
        "natural",
    ),
    (
        "my_walk",
        "def my_walk(node, g):\n"
        "    if node.grad == None:\n"
        "        node.grad = g\n"
        "    node.grad = node.grad + g\n"
        "    for source, rule in node.sources:\n"
        "        my_walk(source, rule(g))",
        "not yet",
        "natural",
    ),
    (
        "my_walk",
        "def my_walk(node, g):\n"
        "    node.grad = g if node.grad is None else node.grad + g\n"
        "    for source, rule in node.sources:\n"
        "        my_walk(source, rule)",
        "not yet",
        "natural",
    ),
    (
        "my_walk",
        "def my_walk(node, g):\n"
        "    node.grad = g if node.grad is None else node.grad + g\n"
        "    for source, rule in node.sources:\n"
        "        my_walk(source, rule(g))",
        "right",
        "natural",
    ),
    (
        "my_walk",
        "def my_walk(node, g):\n"
        "    node.grad = g if node.grad is None else node.grad + g\n"
        "    for source, rule in node.sources:\n"
        "        my_walk(source, rule(node.grad))",
        "right",
        "natural",
    ),
    ("slope of the diamond at a = 2", "2", "not yet", "natural"),
    ("slope of the diamond at a = 2", "30", "not yet", "natural"),
    ("slope of the diamond at a = 2", "20", "not yet", "natural"),
    ("slope of the diamond at a = 2", "16", "not yet", "natural"),
    ("slope of the diamond at a = 2", "10", "not yet", "natural"),
    ("slope of the diamond at a = 2", "9", "not yet", "natural"),
    ("slope of the diamond at a = 2", "4", "not yet", "natural"),
    ("slope of the diamond at a = 2", "8", "not yet", "natural"),
    ("slope of the diamond at a = 2", '"2 + 8a"', "not yet", "natural"),
    ("slope of the diamond at a = 2", "3", "not yet", "natural"),
    ("slope of the diamond at a = 2", "34", "not yet", "natural"),
    ("slope of the diamond at a = 2", "18", "right", "natural"),
    ("order that brings 18 to a", '"y b p b"', "not yet", "natural"),
    ("order that brings 18 to a", '"y b p"', "not yet", "natural"),
    ("order that brings 18 to a", '"b p y"', "not yet", "natural"),
    ("order that brings 18 to a", '"a b p y"', "not yet", "natural"),
    ("order that brings 18 to a", '"y p b p b"', "not yet", "natural"),
    ("order that brings 18 to a", '"y b p p"', "not yet", "natural"),
    ("order that brings 18 to a", '"y p p b"', "right", "natural"),
    ("order that brings 18 to a", '"ypb"', "right", "natural"),
    ("order that brings 18 to a", '"Y, P, B"', "right", "natural"),
    ("order that brings 18 to a", '"y p b a"', "right", "natural"),
    ("order that brings 18 to a", '"y p b p"', "not yet", "natural"),
    ("order that brings 18 to a", '"y p"', "not yet", "natural"),
    ("order that brings 18 to a", '["y", "p", "b"]', "right", "natural"),
    ("order that brings 18 to a", '"x p b"', "not yet", "probing"),
    ("order that brings 18 to a", '"p b"', "not yet", "natural"),
    ("order that brings 18 to a", "18", "not yet", "natural"),
    ("order that brings 18 to a", '"y p b"', "right", "natural"),
    ("walks for a million slopes", "1", "not yet", "natural"),
    ("walks for a million slopes", "1_000_000", "not yet", "natural"),
    ("walks for a million slopes", "3", "not yet", "natural"),
    ("walks for a million slopes", "2_000_000", "not yet", "natural"),
    ("walks for a million slopes", '"two"', "not yet", "natural"),
    ("walks for a million slopes", "1_000_001", "not yet", "natural"),
    ("walks for a million slopes", "0", "not yet", "natural"),
    ("walks for a million slopes", "1 + 1", "right", "natural"),
    ("walks for a million slopes", "2", "right", "natural"),
    (
        "my_difference",
        "def my_difference(a, b):\n    return a - b, lambda g: g, lambda g: g",
        "not yet",
        "natural",
    ),
    (
        "my_difference",
        "def my_difference(a, b):\n    return a - b, lambda g: -g, lambda g: g",
        "not yet",
        "natural",
    ),
    (
        "my_difference",
        "def my_difference(a, b):\n    return a - b, lambda g: g, lambda g: -1",
        "not yet",
        "natural",
    ),
    (
        "my_difference",
        "def my_difference(a, b):\n    return a - b, lambda g: g, lambda g: -b",
        "not yet",
        "natural",
    ),
    (
        "my_difference",
        "def my_difference(a, b):\n    return a - b, lambda g: g, lambda g: 1 - g",
        "not yet",
        "natural",
    ),
    (
        "my_difference",
        "def my_difference(a, b):\n    return a - b, lambda g: -g, lambda g: -g",
        "not yet",
        "natural",
    ),
    (
        "my_difference",
        "def my_difference(a, b):\n    return b - a, lambda g: -g, lambda g: g",
        "not yet",
        "natural",
    ),
    ("my_difference", "def my_difference(a, b):\n    return a - b, g, -g", "not yet", "natural"),
    (
        "my_difference",
        "def my_difference(a, b):\n    return a + b, lambda g: g, lambda g: -g",
        "not yet",
        "natural",
    ),
    (
        "my_difference",
        "def my_difference(a, b):\n"
        "    def ra(g): return g\n"
        "    def rb(g): return -1 * g\n"
        "    return a - b, ra, rb",
        "right",
        "natural",
    ),
    ("my_difference", 'my_difference = "a - b"', "not yet", "probing"),
    (
        "my_difference",
        "def my_difference(a, b):\n    return a - b, lambda g: g, lambda g: -g",
        "right",
        "natural",
    ),
    ("what a root hands to 16", "4", "not yet", "natural"),
    ("what a root hands to 16", "2", "not yet", "natural"),
    ("what a root hands to 16", "8", "not yet", "natural"),
    ("what a root hands to 16", "0.25", "not yet", "natural"),
    ("what a root hands to 16", "0.5", "not yet", "natural"),
    ("what a root hands to 16", "1/8", "right", "natural"),
    ("what a root hands to 16", "0.5 * 16**-0.5", "right", "natural"),
    ("what a root hands to 16", "0.5 * 16**0.5", "not yet", "natural"),
    ("what a root hands to 16", "0.5 * 16 - 0.5", "not yet", "natural"),
    ("what a root hands to 16", '"1/8"', "right", "natural"),
    ("what a root hands to 16", "-2", "not yet", "natural"),
    ("what a root hands to 16", "1/4", "not yet", "natural"),
    ("what a root hands to 16", '"0,125"', "right", "natural"),
    ("shape of (3, 1) + (4,)", "(3, 4, 1)", "not yet", "natural"),
    ("shape of (3, 1) + (4,)", "(4, 3)", "not yet", "natural"),
    ("shape of (3, 1) + (4,)", "(7, 1)", "not yet", "natural"),
    ("shape of (3, 1) + (4,)", "(3, 5)", "not yet", "natural"),
    ("shape of (3, 1) + (4,)", '"error"', "not yet", "natural"),
    ("shape of (3, 1) + (4,)", "12", "not yet", "natural"),
    ("shape of (3, 1) + (4,)", "(3, 1)", "not yet", "natural"),
    ("shape of (3, 1) + (4,)", "(4,)", "not yet", "natural"),
    ("shape of (3, 1) + (4,)", "(12,)", "not yet", "natural"),
    ("shape of (3, 1) + (4,)", "(3, 4)", "right", "natural"),
    ("my_row_gradient", "def my_row_gradient(g):\n    return g.sum(axis=1)", "not yet", "natural"),
    ("my_row_gradient", "def my_row_gradient(g):\n    return g.sum()", "not yet", "natural"),
    ("my_row_gradient", "def my_row_gradient(g):\n    return g.mean(axis=0)", "not yet", "natural"),
    ("my_row_gradient", "def my_row_gradient(g):\n    return g[0]", "not yet", "natural"),
    (
        "my_row_gradient",
        "def my_row_gradient(g):\n    return g.sum(axis=0, keepdims=True)",
        "right, but",
        "natural",
    ),
    ("my_row_gradient", "def my_row_gradient(g):\n    return g * 4", "not yet", "natural"),
    ("my_row_gradient", "def my_row_gradient(g):\n    return len(g) * g[0]", "not yet", "natural"),
    ("my_row_gradient", "def my_row_gradient(g):\n    return g", "not yet", "natural"),
    ("my_row_gradient", "def my_row_gradient(g):\n    return sum(g, axis=0)", "not yet", "natural"),
    (
        "my_row_gradient",
        "def my_row_gradient(g):\n    return np.array([4.0, 4.0, 4.0])",
        "not yet",
        "natural",
    ),
    ("my_row_gradient", "def my_row_gradient(g):\n    return sum(g)", "right", "natural"),
    (
        "my_row_gradient",
        "def my_row_gradient(g):\n    return np.array([g[:, j].sum() for j in range(g.shape[1])])",
        "right",
        "natural",
    ),
    ("my_row_gradient", "def my_row_gradient(g):\n    return g.sum(0)[:3]", "not yet", "natural"),
    (
        "my_row_gradient",
        "def my_row_gradient(g):\n    return g.T.sum(axis=0)",
        "not yet",
        "natural",
    ),
    ("my_row_gradient", "my_row_gradient = lambda g: g.T.sum(axis=1)", "right", "natural"),
    ("my_row_gradient", "def my_row_gradient(g):\n    return g.sum", "not yet", "natural"),
    ("my_row_gradient", "def my_row_gradient(g):\n    return g.sum(axis=0)", "right", "natural"),
    ("each of ten, averaged", "1", "not yet", "natural"),
    ("each of ten, averaged", "10", "not yet", "natural"),
    ("each of ten, averaged", '"1/10"', "right", "natural"),
    ("each of ten, averaged", "0", "not yet", "natural"),
    ("each of ten, averaged", '"g/10"', "not yet", "natural"),
    ("each of ten, averaged", "0.01", "not yet", "natural"),
    ("each of ten, averaged", '"a tenth"', "right", "natural"),
    ("each of ten, averaged", "[0.1] * 10", "not yet", "probing"),
    ("each of ten, averaged", "1/10", "right", "natural"),
    (
        "my_matrix_product",
        "def my_matrix_product(a, b):\n    return a @ b, lambda g: g @ b, lambda g: a @ g",
        "not yet",
        "natural",
    ),
    (
        "my_matrix_product",
        "def my_matrix_product(a, b):\n    return a @ b, lambda g: b.T @ g, lambda g: g @ a.T",
        "not yet",
        "natural",
    ),
    (
        "my_matrix_product",
        "def my_matrix_product(a, b):\n    return a @ b, lambda g: g @ b.T, lambda g: g @ a.T",
        "not yet",
        "natural",
    ),
    (
        "my_matrix_product",
        "def my_matrix_product(a, b):\n    return a @ b, lambda g: g @ b.T, lambda g: g.T @ a",
        "not yet",
        "natural",
    ),
    (
        "my_matrix_product",
        "def my_matrix_product(a, b):\n    return a @ b, lambda g: g * b, lambda g: g * a",
        "not yet",
        "natural",
    ),
    (
        "my_matrix_product",
        "def my_matrix_product(a, b):\n    return a * b, lambda g: g @ b.T, lambda g: a.T @ g",
        "not yet",
        "natural",
    ),
    (
        "my_matrix_product",
        "def my_matrix_product(a, b):\n    return a @ b, lambda g: g * b.T, lambda g: a.T * g",
        "not yet",
        "natural",
    ),
    (
        "my_matrix_product",
        "def my_matrix_product(a, b):\n    return a @ b, lambda g: g @ b.T, lambda g: a @ g",
        "not yet",
        "natural",
    ),
    (
        "my_matrix_product",
        "def my_matrix_product(a, b):\n    return a @ b, lambda g: b.T, lambda g: a.T",
        "not yet",
        "natural",
    ),
    (
        "my_matrix_product",
        "def my_matrix_product(a, b):\n    return a @ b, g @ b.T, a.T @ g",
        "not yet",
        "natural",
    ),
    (
        "my_matrix_product",
        "def my_matrix_product(a, b):\n    return a @ b, lambda g: g @ b.T",
        "not yet",
        "natural",
    ),
    (
        "my_matrix_product",
        "def my_matrix_product(a, b):\n    return a @ b, lambda g: a.T @ g, lambda g: g @ b.T",
        "not yet",
        "natural",
    ),
    (
        "my_matrix_product",
        "def my_matrix_product(a, b):\n"
        "    return a @ b, lambda g: g @ b.reshape(4, 3), lambda g: a.reshape(3, 2) @ g",
        "not yet",
        "natural",
    ),
    (
        "my_matrix_product",
        "def my_matrix_product(a, b):\n    return a @ b, lambda g: g @ b.T(), lambda g: a.T() @ g",
        "not yet",
        "natural",
    ),
    (
        "my_matrix_product",
        "def my_matrix_product(a, b):\n"
        "    return a @ b, lambda g: (b @ g.T).T, lambda g: (g.T @ a).T",
        "right",
        "natural",
    ),
    (
        "my_matrix_product",
        "def my_matrix_product(a, b):\n"
        "    return np.dot(a, b), lambda g: np.matmul(g, b.T), lambda g: np.matmul(a.T, g)",
        "right",
        "natural",
    ),
    (
        "my_matrix_product",
        "def my_matrix_product(a, b):\n    return a @ b, lambda g: g @ b.T, lambda g: a.T @ g",
        "right",
        "natural",
    ),
    ("x.grad after two losses of 3x", "3", "not yet", "natural"),
    ("x.grad after two losses of 3x", "9", "not yet", "natural"),
    ("x.grad after two losses of 3x", "30", "not yet", "natural"),
    ("x.grad after two losses of 3x", "15", "not yet", "natural"),
    ("x.grad after two losses of 3x", "0", "not yet", "natural"),
    ("x.grad after two losses of 3x", "(3, 6)", "not yet", "natural"),
    ("x.grad after two losses of 3x", '"error"', "not yet", "natural"),
    ("x.grad after two losses of 3x", "6", "right", "natural"),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    loss = loss_of(*knobs)\n"
        "    loss.backward()\n"
        "    for knob in knobs:\n"
        "        knob.data -= lr * knob.grad\n"
        "    return loss",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    loss = loss_of(*knobs)\n"
        "    loss.backward()\n"
        "    for knob in knobs:\n"
        "        knob.grad = None\n"
        "        knob.data -= lr * knob.grad\n"
        "    return loss",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    loss = loss_of(*knobs)\n"
        "    loss.backward()\n"
        "    for knob in knobs:\n"
        "        knob.data -= lr * knob.grad\n"
        "        knob.grad = None\n"
        "    return loss",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    loss = loss_of(knobs)\n"
        "    for knob in knobs:\n"
        "        knob.grad = None\n"
        "    loss.backward()\n"
        "    for knob in knobs:\n"
        "        knob.data -= lr * knob.grad\n"
        "    return loss",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    loss = loss_of(*knobs)\n"
        "    for knob in knobs:\n"
        "        knob.grad = None\n"
        "    loss.backward()\n"
        "    for knob in knobs:\n"
        "        knob.data += lr * knob.grad\n"
        "    return loss",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    loss = loss_of(*knobs)\n"
        "    for knob in knobs:\n"
        "        knob.grad = None\n"
        "    loss.backward()\n"
        "    for knob in knobs:\n"
        "        knob = knob - lr * knob.grad\n"
        "    return loss",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    loss = loss_of(*knobs)\n"
        "    for knob in knobs:\n"
        "        knob.grad = None\n"
        "    loss.backward()\n"
        "    for knob in knobs:\n"
        "        knob -= lr * knob.grad\n"
        "    return loss",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    loss = loss_of(*knobs)\n"
        "    for knob in knobs:\n"
        "        knob.grad = None\n"
        "    loss.backward()\n"
        "    for knob in knobs:\n"
        "        knob.data -= lr * knob.grad",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    loss = loss_of(*knobs)\n"
        "    for knob in knobs:\n"
        "        knob.grad = None\n"
        "    loss.backward()\n"
        "    for knob in knobs:\n"
        "        knob.data -= lr * knob.grad\n"
        "        return loss",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    loss = loss_of(*knobs)\n"
        "    for knob in knobs:\n"
        "        knob.grad = None\n"
        "    loss.backward()\n"
        "    for knob in knobs:\n"
        "        knob.data -= 0.1 * knob.grad\n"
        "    return loss",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    loss = loss_of(*knobs)\n"
        "    for knob in knobs:\n"
        "        knob.grad = None\n"
        "        loss.backward()\n"
        "        knob.data -= lr * knob.grad\n"
        "    return loss",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    loss = loss_of(*knobs)\n"
        "    knobs.grad = None\n"
        "    loss.backward()\n"
        "    for knob in knobs:\n"
        "        knob.data -= lr * knob.grad\n"
        "    return loss",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    for knob in knobs:\n"
        "        knob.grad = 0\n"
        "    loss = loss_of(*knobs)\n"
        "    loss.backward()\n"
        "    for knob in knobs:\n"
        "        knob.data -= lr * knob.grad\n"
        "    return loss",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    for knob in knobs:\n"
        "        knob.grad = None\n"
        "    loss = loss_of(*knobs)\n"
        "    for knob in knobs:\n"
        "        knob.data -= lr * knob.grad\n"
        "    return loss",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    loss = loss_of(*knobs)\n"
        "    for knob in knobs:\n"
        "        knob.grad = None\n"
        "    loss.backward()\n"
        "    for knob in knobs:\n"
        "        knob.data -= lr * knob.grad\n"
        "    return loss.data",
        "right, but",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    loss = loss_of(*knobs)\n"
        "    for knob in knobs:\n"
        "        knob.grad = None\n"
        "    loss.backward()\n"
        "    for knob in knobs:\n"
        "        knob.data -= lr * knob.grad\n"
        "    return knobs",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    loss = loss_of(*knobs)\n"
        "    for knob in knobs:\n"
        "        knob.grad = None\n"
        "    loss.backward()\n"
        "    for knob in knobs:\n"
        "        knob.data = lr * knob.grad\n"
        "    return loss",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    loss = loss_of(*knobs)\n"
        "    for knob in knobs:\n"
        "        knob.grad = None\n"
        "    loss.backward()\n"
        "    for knob in knobs:\n"
        "        knob.data -= lr\n"
        "    return loss",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    loss = loss_of(*knobs)\n"
        "    for knob in knobs:\n"
        "        knob.grad = None\n"
        "    loss.backward()\n"
        "    for knob in knobs:\n"
        "        knob.data = knob.data - lr * knob.grad\n"
        "    return loss",
        "right",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    loss = loss_of(*knobs)\n"
        "    for knob in knobs:\n"
        "        knob.grad = None\n"
        "    loss.backward\n"
        "    for knob in knobs:\n"
        "        knob.data -= lr * knob.grad\n"
        "    return loss",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    for knob in knobs:\n"
        "        knob.grad = None\n"
        "    loss_of(*knobs).backward()\n"
        "    for knob in knobs:\n"
        "        knob.data -= lr * knob.grad\n"
        "    return loss_of(*knobs)",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    loss = miss(*knobs)\n"
        "    for knob in knobs:\n"
        "        knob.grad = None\n"
        "    loss.backward()\n"
        "    for knob in knobs:\n"
        "        knob.data -= lr * knob.grad\n"
        "    return loss",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    loss = loss_of(*knobs)\n"
        "    for knob in knobs:\n"
        "        knob.grad = None\n"
        "    loss.backward()\n"
        "    for knob in knobs:\n"
        "        knob.data -= lr * slope(loss_of, knob)\n"
        "    return loss",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    for knob in knobs:\n"
        "        knob.grad = None\n"
        "    loss = loss_of(*knobs)\n"
        "    loss.backward()\n"
        "    for knob in knobs:\n"
        "        knob.data -= lr * knob.grad\n"
        "    return loss",
        "right",
        "natural",
    ),
    ("which knobs the wind will turn", '"ahead"', "not yet", "natural"),
    ("which knobs the wind will turn", '"upward"', "not yet", "natural"),
    ("which knobs the wind will turn", '"none"', "not yet", "natural"),
    ("which knobs the wind will turn", '"Both!"', "right", "natural"),
    ("which knobs the wind will turn", "2", "not yet", "natural"),
    ("which knobs the wind will turn", '("ahead", "upward")', "right", "natural"),
    ("which knobs the wind will turn", '"both"', "right", "natural"),
    ("order of one step", '"CFSB"', "not yet", "natural"),
    ("order of one step", '"FBCS"', "not yet", "natural"),
    ("order of one step", '"BFCS"', "not yet", "natural"),
    ("order of one step", '"SFCB"', "not yet", "natural"),
    ("order of one step", '"FBSC"', "right", "natural"),
    ("order of one step", '"CFBS"', "right", "natural"),
    ("order of one step", '"FSCB"', "not yet", "natural"),
    ("order of one step", '"FBS"', "not yet", "natural"),
    ("order of one step", '"f c b s"', "right", "natural"),
    ("order of one step", '"FCBS"', "right", "natural"),
    ("input with the wrong rule", "1", "not yet", "natural"),
    ("input with the wrong rule", '"a"', "not yet", "natural"),
    ("input with the wrong rule", "2", "not yet", "natural"),
    ("input with the wrong rule", '"both"', "not yet", "natural"),
    ("input with the wrong rule", "0", "right", "natural"),
    ("each of two equal winners", "1", "not yet", "natural"),
    ("each of two equal winners", "2", "not yet", "natural"),
    ("each of two equal winners", "0", "not yet", "natural"),
    ("each of two equal winners", "4", "not yet", "natural"),
    ("each of two equal winners", "(1, 0)", "not yet", "natural"),
    ("each of two equal winners", "1/2", "right", "natural"),
    ("gradient of what was picked twice", "1", "not yet", "natural"),
    ("gradient of what was picked twice", "0", "not yet", "natural"),
    ("gradient of what was picked twice", "3", "not yet", "natural"),
    ("gradient of what was picked twice", "0.5", "not yet", "natural"),
    ("gradient of what was picked twice", "(1, 1)", "not yet", "natural"),
    ("gradient of what was picked twice", "2", "right", "natural"),
    ("my_cube", "def my_cube(a):\n    return a * a * a, lambda g: 3 * a * a", "not yet", "natural"),
    ("my_cube", "def my_cube(a):\n    return a * a * a, lambda g: g * 3 * a", "not yet", "natural"),
    (
        "my_cube",
        "def my_cube(a):\n    return a * a * a, lambda g: g * a, lambda g: g * a, lambda g: g * a",
        "not yet",
        "natural",
    ),
    ("my_cube", "def my_cube(a):\n    return a * a * a", "not yet", "natural"),
    ("my_cube", "def my_cube(a):\n    return a * a * a, g * 3 * a * a", "not yet", "natural"),
    ("my_cube", "def my_cube(a):\n    return a * a * a, lambda g: g * a * a", "not yet", "natural"),
    ("my_cube", "def my_cube(a):\n    return a * 3, lambda g: g * 3", "not yet", "natural"),
    ("my_cube", "def my_cube(a):\n    return a**3, lambda g: 3 * g * a**2", "right", "natural"),
    ("my_cube", "def my_cube(a):\n    return a * a * a, lambda g: 3 * g**2", "not yet", "natural"),
    ("my_cube", "def my_cube(a):\n    return a ** 3, lambda a: 3 * a**2", "not yet", "natural"),
    (
        "my_cube",
        "def my_cube(a):\n    return a * a * a, lambda g: g + 3 * a * a",
        "not yet",
        "natural",
    ),
    (
        "my_cube",
        "def my_cube(a):\n    return a * a * a, lambda g: g * 3 * a * a",
        "right",
        "natural",
    ),
    (
        "my_slopes",
        "def my_slopes(f, x, h=1e-5):\n    return (f(x + h) - f(x - h)) / (2 * h)",
        "not yet",
        "natural",
    ),
    (
        "my_slopes",
        "def my_slopes(f, x, h=1e-5):\n"
        "    return np.array([(f(x[i] + h) - f(x[i] - h)) / (2 * h) for i in range(len(x))])",
        "not yet",
        "natural",
    ),
    (
        "my_slopes",
        "def my_slopes(f, x, h=1e-5):\n"
        "    slopes = []\n"
        "    for i in range(len(x)):\n"
        "        x[i] += h\n"
        "        up = f(x)\n"
        "        x[i] -= 2 * h\n"
        "        down = f(x)\n"
        "        slopes.append((up - down) / (2 * h))\n"
        "    return np.array(slopes)",
        "not yet",
        "natural",
    ),
    (
        "my_slopes",
        "def my_slopes(f, x, h=1e-5):\n"
        "    slopes = []\n"
        "    for i in range(len(x)):\n"
        "        up, down = x, x\n"
        "        up[i] += h\n"
        "        down[i] -= h\n"
        "        slopes.append((f(up) - f(down)) / (2 * h))\n"
        "    return np.array(slopes)",
        "not yet",
        "natural",
    ),
    (
        "my_slopes",
        "def my_slopes(f, x, h=1e-5):\n"
        "    slopes = []\n"
        "    for i in range(len(x)):\n"
        "        up, down = x.copy(), x.copy()\n"
        "        up[i] += h\n"
        "        down[i] -= h\n"
        "        slopes.append((f(up) - f(down)) / h)\n"
        "    return np.array(slopes)",
        "not yet",
        "natural",
    ),
    (
        "my_slopes",
        "def my_slopes(f, x, h=1e-5):\n"
        "    slopes = []\n"
        "    for i in range(len(x)):\n"
        "        up = x.copy()\n"
        "        up[i] += h\n"
        "        slopes.append((f(up) - f(x)) / h)\n"
        "    return np.array(slopes)",
        "not yet",
        "natural",
    ),
    (
        "my_slopes",
        "def my_slopes(f, x, h=1e-5):\n"
        "    slopes = []\n"
        "    for i in range(len(x)):\n"
        "        up, down = x.copy(), x.copy()\n"
        "        up[i] += h\n"
        "        down[i] -= h\n"
        "        slopes.append((f(up) - f(down)) / (2 * h))\n"
        "    return slopes",
        "right",
        "natural",
    ),
    (
        "my_slopes",
        "def my_slopes(f, x, h=1e-5):\n"
        "    s = np.zeros(len(x))\n"
        "    for i in range(len(x)):\n"
        "        old = x[i]\n"
        "        x[i] = old + h\n"
        "        a = f(x)\n"
        "        x[i] = old - h\n"
        "        b = f(x)\n"
        "        x[i] = old\n"
        "        s[i] = (a - b) / (2 * h)\n"
        "    return s",
        "right",
        "natural",
    ),
    (
        "my_slopes",
        "def my_slopes(f, x, h=1e-5):\n"
        "    slopes = np.zeros(len(x), dtype=int)\n"
        "    for i in range(len(x)):\n"
        "        up, down = x.copy(), x.copy()\n"
        "        up[i] += h\n"
        "        down[i] -= h\n"
        "        slopes[i] = (f(up) - f(down)) / (2 * h)\n"
        "    return slopes",
        "not yet",
        "natural",
    ),
    (
        "my_slopes",
        "def my_slopes(f, x, h=1e-5):\n"
        "    eye = np.eye(len(x)) * h\n"
        "    return np.array([(f(x + e) - f(x - e)) / (2 * h) for e in eye])",
        "right",
        "natural",
    ),
    ("calls for 20 doublings, path by path", "20", "not yet", "natural"),
    ("calls for 20 doublings, path by path", "21", "not yet", "natural"),
    ("calls for 20 doublings, path by path", "40", "not yet", "natural"),
    ("calls for 20 doublings, path by path", "2**20", "not yet", "natural"),
    ("calls for 20 doublings, path by path", "2**21", "not yet", "natural"),
    ("calls for 20 doublings, path by path", "400", "not yet", "natural"),
    ("calls for 20 doublings, path by path", "41", "not yet", "natural"),
    ("calls for 20 doublings, path by path", "2^21 - 1", "not yet", "natural"),
    ("calls for 20 doublings, path by path", "2**21 - 1", "right", "natural"),
    (
        "my_slope",
        "def my_slope(f, x, h=1e-6):\n    return (f(x + h) - f(x)) / h * x",
        "not yet",
        "natural",
    ),
    (
        "my_slope",
        "def my_slope(f, x, h=1e-6):\n    return (f(x + h) + f(x)) / h",
        "not yet",
        "natural",
    ),
    ("my_slope", "def my_slope(f, x, h=1e-6):\n    return f(h) / h", "not yet", "natural"),
    (
        "my_slope",
        "def my_slope(f, x, h=1e-6):\n    return (f(x + h) - f(x)) / 2 * h",
        "not yet",
        "natural",
    ),
    (
        "my_slope",
        "def my_slope(f, x, h=1e-6):\n    return (f(x + h) - x) / h",
        "not yet",
        "natural",
    ),
    (
        "my_slope",
        "def my_slope(f, x, h=1e-6):\n    return (f(x) + h - f(x)) / h",
        "not yet",
        "natural",
    ),
    ("my_turn", "def my_turn(f, x, lr):\n    return x - lr * f(x)", "not yet", "natural"),
    (
        "my_turn",
        "def my_turn(f, x, lr):\n    return x + lr * (0 - slope(f, x)) * 2",
        "not yet",
        "natural",
    ),
    (
        "my_turn",
        "def my_turn(f, x, lr):\n    x -= lr * slope(f, x)\n    return slope(f, x)",
        "not yet",
        "natural",
    ),
    ("my_turn", "def my_turn(f, x, lr):\n    return slope(f, x - lr)", "not yet", "natural"),
    (
        "my_walk",
        "def my_walk(node, g):\n"
        "    node.grad = g if node.grad is None else node.grad + g\n"
        "    for source in node.sources:\n"
        "        my_walk(source, g)",
        "not yet",
        "natural",
    ),
    (
        "my_walk",
        "def my_walk(node, g):\n"
        "    if node.grad is not None:\n"
        "        node.grad = node.grad + g\n"
        "    for source, rule in node.sources:\n"
        "        my_walk(source, rule(g))",
        "not yet",
        "natural",
    ),
    (
        "my_walk",
        "def my_walk(node, g):\n"
        "    node.grad = node.grad or 0 + g\n"
        "    for source, rule in node.sources:\n"
        "        my_walk(source, rule(g))",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    loss = loss_of(*knobs)\n"
        "    loss.grad = None\n"
        "    loss.backward()\n"
        "    for knob in knobs:\n"
        "        knob.data -= lr * knob.grad\n"
        "    return loss",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    loss = loss_of(*knobs)\n"
        "    for knob in knobs:\n"
        "        knob.grad = None\n"
        "    for knob in knobs:\n"
        "        knob.backward()\n"
        "    for knob in knobs:\n"
        "        knob.data -= lr * knob.grad\n"
        "    return loss",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    loss = loss_of(*knobs)\n"
        "    for knob in knobs:\n"
        "        knob.grad = None\n"
        "    loss.backward()\n"
        "    for knob in knobs:\n"
        "        knob.data -= lr * loss.grad\n"
        "    return loss",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    for _ in range(25):\n"
        "        loss = loss_of(*knobs)\n"
        "        for knob in knobs:\n"
        "            knob.grad = None\n"
        "        loss.backward()\n"
        "        for knob in knobs:\n"
        "            knob.data -= lr * knob.grad\n"
        "    return loss",
        "not yet",
        "natural",
    ),
    (
        "my_step",
        "def my_step(loss_of, knobs, lr):\n"
        "    ahead, upward = knobs\n"
        "    loss = loss_of(ahead, upward)\n"
        "    ahead.grad = None\n"
        "    upward.grad = None\n"
        "    loss.backward()\n"
        "    ahead.data -= lr * ahead.grad\n"
        "    upward.data -= lr * upward.grad\n"
        "    return loss",
        "not yet",
        "natural",
    ),
    ("order of one step", '"F C B S then repeat"', "right", "probing"),
    ("results needed for a million slopes", "10**6 + 1", "right", "natural"),
    ("slope of a · b by a", '"b = 2"', "not yet", "natural"),
    ("slope of (2a)² at a = 3", '"2 * 12"', "right", "natural"),
    (
        "my_slope",
        ("def my_slope(f, x, h=1e-6):\n    return f(x + h) - f(x) / h"),
        "not yet",
        "natural",
    ),
    (
        "my_slope",
        ("def my_slope(f, x, h=1e-6):\n    return (f(x) - f(x + h)) / h"),
        "not yet",
        "natural",
    ),
    ("the best of three steps h", "0", "not yet", "natural"),
    ("my_turn", ("def my_turn(f, x, lr):\n    return x - slope(f, x) / lr"), "not yet", "natural"),
    (
        "my_turn",
        ("def my_turn(f, x, lr):\n    return (x - lr) * slope(f, x)"),
        "not yet",
        "natural",
    ),
    ("my_turn", ("def my_turn(f, x, lr):\n    return slope(f, x) - lr * x"), "not yet", "natural"),
    ("slope of a · b by a", "0.5", "not yet", "natural"),
    ("my_total", ("def my_total(a, b):\n    return a + b"), "not yet", "natural"),
    (
        "my_total",
        ("def my_total(a, b):\n    return a + b, lambda g: 1, lambda g: 1"),
        "not yet",
        "natural",
    ),
    ("my_total", ("def my_total(a, b):\n    return a + b, 1, 1"), "not yet", "natural"),
    (
        "my_total",
        ("def my_total(a, b):\n    return a + b, lambda g: g + b, lambda g: g + a"),
        "not yet",
        "natural",
    ),
    ("my_total", ("def my_total(a, b):\n    return a + b, lambda g: g"), "not yet", "natural"),
    (
        "my_total",
        ("def my_total(a, b):\n    a + b, lambda g: g, lambda g: g"),
        "not yet",
        "natural",
    ),
    (
        "my_total",
        ("def my_total(a, b):\n    return a * b, lambda g: g, lambda g: g"),
        "not yet",
        "natural",
    ),
    (
        "my_total",
        ("def my_total(a, b):\n    return lambda g: g, lambda g: g, a + b"),
        "not yet",
        "natural",
    ),
    (
        "my_sources",
        ("def my_sources(inputs, rules):\n    [(x.node, rule) for x, rule in zip(inputs, rules)]"),
        "not yet",
        "natural",
    ),
    ("first walk on x * x at x = 3", "None", "not tried yet", "natural"),
    (
        "my_walk",
        (
            "def my_walk(node, g):\n"
            "    node.grad = g if node.grad is None else node.grad + g\n"
            "    for source, rule in node.sources:\n"
            "        my_walk(rule(g), source)"
        ),
        "not yet",
        "natural",
    ),
    ("walks for a million slopes", "4", "not yet", "natural"),
    (
        "my_difference",
        ("def my_difference(a, b):\n    return a - b, lambda g: g, lambda g: g"),
        "not yet",
        "natural",
    ),
    (
        "my_difference",
        ("def my_difference(a, b):\n    return a - b, lambda g: 1, lambda g: -1"),
        "not yet",
        "natural",
    ),
    (
        "my_difference",
        ("def my_difference(a, b):\n    return b - a, lambda g: g, lambda g: -g"),
        "not yet",
        "natural",
    ),
    ("my_difference", ("def my_difference(a, b):\n    return a - b"), "not yet", "natural"),
    (
        "my_difference",
        ("def my_difference(a, b):\n    return a - b, lambda g: -g, lambda g: -g"),
        "not yet",
        "natural",
    ),
    (
        "my_difference",
        ("def my_difference(a, b):\n    a - b, lambda g: g, lambda g: -g"),
        "not yet",
        "natural",
    ),
    (
        "my_difference",
        ("def my_difference(a, b):\n    return a - b, lambda g: g - b, lambda g: g - a"),
        "not yet",
        "natural",
    ),
    (
        "my_difference",
        ("def my_difference(a, b):\n    return a + b, lambda g: g, lambda g: -g"),
        "not yet",
        "natural",
    ),
    ("each of ten, averaged", "100", "not yet", "natural"),
    ("each of ten, averaged", "0.9", "not yet", "natural"),
    (
        "my_matrix_product",
        ("def my_matrix_product(a, b):\n    return lambda g: g @ b.T, lambda g: a.T @ g"),
        "not yet",
        "natural",
    ),
    (
        "my_matrix_product",
        ("def my_matrix_product(a, b):\n    return a @ b, lambda g: g @ b.T"),
        "not yet",
        "natural",
    ),
    (
        "my_matrix_product",
        ("def my_matrix_product(a, b):\n    return a @ b, lambda g: b.T, lambda g: a.T"),
        "not yet",
        "natural",
    ),
    (
        "my_matrix_product",
        ("def my_matrix_product(a, b):\n    return a * b, lambda g: g @ b.T, lambda g: a.T @ g"),
        "not yet",
        "natural",
    ),
    ("my_matrix_product", ("def my_matrix_product(a, b):\n    return a @ b"), "not yet", "natural"),
    ("x.grad after two losses of 3x", "5", "not yet", "natural"),
    (
        "my_step",
        (
            "def my_step(loss_of, knobs, lr):\n"
            "    loss = loss_of(*knobs)\n"
            "    for knob in knobs:\n"
            "        knob.grad = None\n"
            "    loss.backward()\n"
            "    for knob in knobs:\n"
            "        knob.data -= lr * knob.grad"
        ),
        "not yet",
        "natural",
    ),
    ("each of two equal winners", "0.25", "not yet", "natural"),
    ("each of two equal winners", "1/3", "not yet", "natural"),
    ("gradient of what was picked twice", "[2, 0, 1]", "right", "natural"),
    ("gradient of what was picked twice", "4", "not yet", "natural"),
    (
        "my_cube",
        ("def my_cube(a):\n    return a * a * a, lambda g: 3 * a * a"),
        "not yet",
        "natural",
    ),
    ("my_cube", ("def my_cube(a):\n    return a * a * a"), "not yet", "natural"),
    (
        "my_cube",
        ("def my_cube(a):\n    return a * 3, lambda g: g * 3 * a * a"),
        "not yet",
        "natural",
    ),
    ("my_cube", ("def my_cube(a):\n    a * a * a, lambda g: g * 3 * a * a"), "not yet", "natural"),
    (
        "my_cube",
        ("def my_cube(a):\n    return a * a * a, lambda g: g * 2 * a * a"),
        "not yet",
        "natural",
    ),
    (
        "my_slopes",
        (
            "def my_slopes(f, x, h=1e-5):\n"
            "    slopes = []\n"
            "    for i in range(len(x)):\n"
            "        up, down = x.copy(), x.copy()\n"
            "        up[i] += h\n"
            "        down[i] -= h\n"
            "        slopes.append((f(down) - f(up)) / (2 * h))\n"
            "    return np.array(slopes)"
        ),
        "not yet",
        "natural",
    ),
    (
        "my_slopes",
        ("def my_slopes(f, x, h=1e-5):\n    return (f(x + h) - f(x - h)) / (2 * h)"),
        "not yet",
        "natural",
    ),
    (
        "my_slopes",
        (
            "def my_slopes(f, x, h=1e-5):\n"
            "    slopes = []\n"
            "    for i in range(len(x)):\n"
            "        up, down = x.copy(), x.copy()\n"
            "        up[i] += h\n"
            "        down[i] -= h\n"
            "        slopes.append((f(up) - f(down)) / (2 * h))"
        ),
        "not yet",
        "natural",
    ),
    (
        "my_slopes",
        (
            "def my_slopes(f, x, h=1e-5):\n"
            "    up, down = x.copy(), x.copy()\n"
            "    slopes = []\n"
            "    for i in range(len(x)):\n"
            "        up[i] += h\n"
            "        down[i] -= h\n"
            "        slopes.append((f(up) - f(down)) / (2 * h))\n"
            "    return np.array(slopes)"
        ),
        "not yet",
        "natural",
    ),
    (
        "my_slopes",
        (
            "def my_slopes(f, x, h=1e-5):\n"
            "    slopes = []\n"
            "    for i in range(len(x)):\n"
            "        up, down = x.copy(), x.copy()\n"
            "        up[i] += h\n"
            "        down[i] -= h\n"
            "        slopes.append((f(up) - f(down)) / (2 * h))\n"
            "    return sum(slopes)"
        ),
        "not yet",
        "natural",
    ),
]

NAMES = vars(course.exercises.tensors)
ANSWERS = [(name, typed(name, text, NAMES), deserved, kind) for name, text, deserved, kind in TYPED]
