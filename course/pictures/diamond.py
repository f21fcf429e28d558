"""The diamond of chapter 1: each node hands on what it got, in the order that one types."""

from itertools import permutations

import numpy as np

from course.moving import INK, Moving, Text
from course.pictures import BLUE, GREEN, ORANGE

VALUES = {"a": "a = 2", "b": "b = 2a = 4", "p": "p = b · b = 16", "y": "y = b + p = 20"}
PLACES = {"a": (88, 262), "b": (268, 262), "p": (446, 106), "y": (624, 262)}
ARROWS = [("y", "b", 1), ("y", "p", 1), ("p", "b", 4), ("p", "b", 4), ("b", "a", 2)]
FIRST = "y b p b p b"  # what a walk does that hands on at each arrival
TURNS = 7


def orders():
    """The orders that one may type: y, p once or twice, b up to three times; then a, or not."""
    found = []
    for twice, often in ((p, b) for p in range(3) for b in range(4)):
        found += sorted({" ".join(["y", *way]) for way in permutations("p" * twice + "b" * often)})
    found += ["p y b", "b y p", "p b y", "b p y", "y"]
    found = list(dict.fromkeys(found))
    return [*found, *(f"{order} a" for order in found), "a b p y"]


def handed(order):
    """What each node holds, and what each arrow carries, before the first turn and after each.

    A turn hands on all that the node holds, through its arrows. p has two arrows to b: where it
    is named twice, each turn takes one of them.
    """
    letters = order.split()
    holds = {"a": 0, "b": 0, "p": 0, "y": 1}
    states, turns_of_p = [(dict(holds), {})], 0
    for letter in letters:
        arrows = [i for i, (source, _, _) in enumerate(ARROWS) if source == letter]
        if letter == "p" and letters.count("p") == 2:
            arrows, turns_of_p = [arrows[turns_of_p]], turns_of_p + 1
        carried = {i: holds[letter] * ARROWS[i][2] for i in arrows}
        for i, share in carried.items():
            holds[ARROWS[i][1]] += share
        states.append((dict(holds), carried))
    states += [(dict(holds), {})] * (TURNS + 1 - len(states))
    return states[: TURNS + 1]


def arrives(order):
    """What a holds at the end."""
    return handed(order)[-1][0]["a"]


def diamond():
    """The figure; it begins with the order of a walk that hands on at each arrival."""
    words = orders()
    runs = [handed(order) for order in words]
    last = len(FIRST.split())
    figure = Moving(
        "Who hands on, and when?",
        "Four nodes: a feeds b, b feeds the product p twice and the sum y once, p feeds y. "
        "Gradients travel back from y to a in an order that can be typed.",
        size=(720, 372),
    )
    note = "y once, p once or twice, b up to three times"
    figure.typed("order", words, words.index(FIRST), note)
    figure.slider("turn", range(TURNS + 1), last)
    figure.button("watch it", "go({turn: 0}); setTimeout(() => play('turn'), 500)")
    figure.add("text", "Each hands on what it holds, times the rate of the arrow",
               x=22, y=28, class_="h")  # fmt: skip
    figure.add("text", Text("order: {}", [[order] for order in words]), x=698, y=28,
               text_anchor="end", class_="h")  # fmt: skip
    draw_arrows(figure)
    draw_nodes(figure, words, runs)
    draw_shares(figure, runs)
    got = [[sum_of(run, turn) for turn in range(TURNS + 1)] for run in runs]
    right = np.array([[run[turn][0]["a"] == 18 for turn in range(TURNS + 1)] for run in runs])
    ink = np.where(right, INK[GREEN], INK[ORANGE])
    figure.add("text", Text("a got {}", got), x=22, y=352, class_="b",
               style=Text("font-size:17px;fill:{}", ink))  # fmt: skip
    figure.add("text", "nudging says 18", x=698, y=352, text_anchor="end",
               style=f"font-size:17px;fill:{INK[GREEN]}")  # fmt: skip
    held = np.array([[run[turn][0]["a"] for turn in range(TURNS + 1)] for run in runs])
    over = np.array([len(order.split()) for order in words])[:, None] <= np.arange(TURNS + 1)
    figure.goal("Find an order in which 18 arrives at a.", over & (held == 18))
    figure.goal("Find one in which a gets 2, and no more.", over & (held == 2))
    return figure


def sum_of(run, turn):
    """What has come to a, share by share."""
    shares = [carried[4] for _, carried in run[: turn + 1] if 4 in carried]
    total = f"{sum(shares)}"
    return " + ".join(map(str, shares)) + f" = {total}" if len(shares) > 1 else total


def ends(i):
    """Where arrow i is fed, and where it arrives on the way back, at the rims of the nodes."""
    source, target, _ = ARROWS[i]
    start, stop = np.array(PLACES[source], float), np.array(PLACES[target], float)
    along = (stop - start) / np.linalg.norm(stop - start)
    aside = np.array([-along[1], along[0]]) * {2: -11, 3: 11}.get(i, 0)
    return start + 30 * along + aside, stop - 34 * along + aside


def draw_arrows(figure):
    for i, (_, _, rate) in enumerate(ARROWS):
        (x, y), (to_x, to_y) = ends(i)
        figure.add("path", d=f"M{to_x:.1f} {to_y:.1f}L{x:.1f} {y:.1f}",
                   stroke="#999", stroke_width=1.6)  # fmt: skip
        along = np.array([to_x - x, to_y - y]) / np.hypot(to_x - x, to_y - y)
        across = np.array([-along[1], along[0]])
        tip = np.array([x, y])
        for side in (-5, 5):
            end = tip + 11 * along + side * across
            figure.add("path", d=f"M{end[0]:.1f} {end[1]:.1f}L{x:.1f} {y:.1f}",
                       stroke="#999", stroke_width=1.6)  # fmt: skip
        at = (np.array([x, y]) + np.array([to_x, to_y])) / 2 + across * (-19 if i == 2 else 19)
        figure.add("text", f"× {rate}", x=round(float(at[0]), 1), y=round(float(at[1]) + 4, 1),
                   text_anchor="middle", class_="n")  # fmt: skip


def draw_nodes(figure, words, runs):
    for name, (x, y) in PLACES.items():
        turn_of = np.array(
            [[turn > 0 and order.split()[turn - 1 : turn] == [name] for turn in range(TURNS + 1)]
             for order in words]
        )  # fmt: skip
        figure.add("circle", cx=x, cy=y, r=27, fill="#fff", stroke=BLUE,
                   stroke_width=Text("{}", np.where(turn_of, 5.0, 1.8)))  # fmt: skip
        held = [[str(run[turn][0][name]) for turn in range(TURNS + 1)] for run in runs]
        figure.add("text", Text("{}", held), x=x, y=y + 7, text_anchor="middle",
                   style=f"font-size:20px;font-weight:600;fill:{INK[ORANGE]}")  # fmt: skip
        above = -40 if name == "p" else 48
        figure.add("text", VALUES[name], x=x, y=y + above, text_anchor="middle", class_="b")


def draw_shares(figure, runs):
    """A share waits, unseen, at the node that hands it on, and travels when it is sent."""
    for i in range(len(ARROWS)):
        start, stop = ends(i)
        sent = np.array([[i in run[turn][1] for turn in range(TURNS + 1)] for run in runs])
        share = [[str(run[turn][1].get(i, "")) for turn in range(TURNS + 1)] for run in runs]
        x, y = (np.where(sent, a + 0.8 * (b - a), a) for a, b in zip(start, stop))
        move = "transform:translate({}px,{}px);opacity:{};transition:transform .6s,opacity .3s"
        look = figure.now(f"share{i}", "style", Text(move, x, y, sent * 1.0))
        figure.raw(f"<g id='share{i}' style='{look}'>")
        figure.add("circle", r=15, fill=ORANGE)
        figure.add("text", Text("{}", share), y=5, text_anchor="middle", style="fill:#fff")
        figure.raw("</g>")
