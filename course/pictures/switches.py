"""Five switches: the case of chapter 5 in all its 32 states, each with the score it has."""

import numpy as np

from course.detective import STEPS
from course.moving import INK, Moving, Text
from course.pictures import BLUE, ORANGE

# Case(11).score() for keep, cut, scale, shuffle, parts, each as it came or repaired, the last
# changing fastest; measured by tests/test_detective.py.
SCORES = """
    10  9 10 12 10 11 12 25
    10  9  9 10 10  9  8  8
    13 57 54 73 13 97 89 99
    13 62 54 71 13 95 86 97
"""
SCORES = np.array(SCORES.split(), float).reshape((2,) * 5) / 100

SCRIPT = """
for (const step of STEPS) {
  const turn = () => go({[step]: 1 - state[step]});
  $(step).addEventListener('click', turn);
  $(step).addEventListener('keydown', e => {
    if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); turn(); }
  });
}
after.push(() => { for (const step of STEPS) set(step, {'aria-checked': state[step] === 1}); });
"""


def five_switches():
    """The figure: each step of the pipeline can be switched from as it came to repaired."""
    figure = Moving(
        "Five switches",
        "Five steps of a pipeline, each as it came or repaired, and the share of test digits that "
        "the network then reads.",
        size=(720, 214),
    )
    for name in STEPS:
        figure.control(name, 2)
    figure.button("all as it came")
    every = np.indices(SCORES.shape)
    for i, (name, (does, _)) in enumerate(STEPS.items()):
        x, mended = 16 + 141 * i, every[i]
        colour = np.where(mended, BLUE, "#999")
        figure.raw(
            f"<g id='{name}' class='k' style='cursor:pointer' tabindex='0' role='switch' "
            f"aria-checked='false' aria-label='{name}: repaired'>"
        )
        figure.add(
            "rect", x=x, y=36, width=124, height=66, rx=8, fill=Text("{}", colour),
            fill_opacity=0.12, stroke=Text("{}", colour), stroke_width=1.5,
        )  # fmt: skip
        figure.add("text", name, x=x + 62, y=57, text_anchor="middle", class_="h")
        figure.add("text", does, x=x + 62, y=75, text_anchor="middle", class_="t")
        said, ink = np.where(mended, "repaired", "as it came"), np.where(mended, INK[BLUE], "#666")
        figure.add(
            "text", Text("{}", said), x=x + 62, y=93, text_anchor="middle", class_="t",
            style=Text("fill:{}", ink),
        )  # fmt: skip
        figure.raw("</g>")
        if i:
            figure.raw(f"<path d='M{x - 15} 69h11m-4 -4l4 4l-4 4' stroke='#777'/>")
    figure.add("text", "A press on a step repairs it, or breaks it again", x=16, y=22, class_="h")
    left, width = 40, 600
    figure.raw(f"<rect x='{left}' y='132' width='{width}' height='32' rx='4' fill='#f0f0f0'/>")
    figure.add(
        "rect", x=left, y=132, width=Text("{}", width * SCORES), height=32, rx=4, fill=ORANGE,
        fill_opacity=0.85,
    )  # fmt: skip
    figure.add(
        "text", Text("{:2}", SCORES), x=Text("{}", left + width * SCORES + 10), y=154, class_="h o"
    )
    figure.raw(
        f"<path d='M{left + width * 0.1} 122V176' stroke='#888' "
        "stroke-dasharray='3 3'/>"
        f"<text x='{left + width * 0.1}' y='194' text-anchor='middle' class='t'>"
        "a guess: 0.10</text>"
        f"<text x='{left + width}' y='194' text-anchor='end' class='t'>share of the test digits "
        "read</text>"
    )
    many = every.sum(axis=0)
    figure.says("{} of 5 steps repaired", many.astype(str))
    figure.goal("Take the bar to 0.99.", SCORES > 0.985)
    figure.goal("Repair all five.", many == 5)
    figure.script = f"const STEPS={[*STEPS]};" + SCRIPT
    return figure
