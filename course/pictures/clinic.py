"""The clinic of chapter 6: six patients, eight treatments, and what becomes of both curves."""

import hashlib
import json
from pathlib import Path

import numpy as np

from course.moving import INK, Axes, Line, Moving, Text, apart
from course.pictures import BLUE, ORANGE

FILE = Path(__file__).with_name("patients.json")  # by tools/patients.py
SUM = "e9c70a55cdc63eb9fb9ee539ee2eb4968ad0faba43e20b91bd3cfa47f8d5d229"


def stored_curves():
    """{letter: {treatment: (training losses, validation losses)}}, as they were shipped."""
    data = FILE.read_bytes().replace(b"\r\n", b"\n")
    if hashlib.sha256(data).hexdigest() != SUM:
        raise ValueError(f"{FILE.name} is not the file that belongs to this figure")
    return json.loads(data)


def sick_curves():
    """{letter: (training losses, validation losses)} of the six, untreated; cut off at 9."""
    return {letter: by["none"] for letter, by in stored_curves().items()}


def clinic():
    """Choose a patient, choose a treatment: grey is the sick one, over it the treated one."""
    curves = stored_curves()
    treatments = list(curves["A"])
    losses = np.array([[curves[p][t] for t in treatments] for p in curves])  # (6, 8, 2, 21)
    sick, ends = losses[:, :1], losses[..., -1]
    figure = Moving(
        "The clinic",
        "The losses of one of six sick trainings in grey, and over them, in colour, those of the "
        "same training after the treatment that was chosen.",
        size=(720, 372),
    )
    for name, words in (("patient", list(curves)), ("treatment", treatments)):
        figure.bar.append((8 * len(name), f"<span style='color:#666'>{name}</span>"))
        figure.choice(name, words)
    axes = Axes((0, 20), (0, 5), (46, 46, 500, 278))
    axes.draw(figure, "", "epoch", "", (0, 5, 10, 15, 20), range(6))
    figure.add("text", Text("Patient {}, loss", names(curves)), x=12, y=24, class_="h")
    inside, epochs = figure.clip(axes), np.arange(21)
    guess = float(axes(0, np.log(10))[1])
    figure.add("path", d=f"M46 {guess:.1f}h500", stroke="#999", stroke_dasharray="2 3")
    figure.add("text", "ln 10", x=541, y=round(guess - 5, 1), text_anchor="end", class_="t o")
    for curve, dash in enumerate(("none", "6 10")):
        figure.add(
            "path", d=Line(axes(epochs, np.broadcast_to(sick, losses.shape)[:, :, curve])),
            stroke="#b9b9b9", stroke_width=5, stroke_dasharray=dash, clip_path=inside,
        )  # fmt: skip
    for curve, (colour, dash) in enumerate(((BLUE, "none"), (ORANGE, "6 4"))):
        figure.add(
            "path", d=Line(axes(epochs, losses[:, :, curve])), stroke=colour,
            stroke_width=2.4, stroke_dasharray=dash, clip_path=inside,
        )  # fmt: skip
    tops = apart(np.clip(axes(20, ends)[..., 1], 52, 318), 21)
    for curve, (name, colour) in enumerate((("training", BLUE), ("validation", ORANGE))):
        figure.add(
            "text", Text(f"{name} {{:2}}", ends[..., curve]), x=554,
            y=Text("{}", tops[..., curve] + 4), class_="b o", style=f"fill:{INK[colour]}",
        )  # fmt: skip
    worse = ends[..., 1] - ends[:, :1, 1]
    better = ends[..., 0] - ends[:, :1, 0]
    none = np.arange(len(treatments)) == 0
    healed = (ends[..., 1] < 0.45) & (ends[..., 0] < 0.1)
    said = np.select(
        [np.broadcast_to(none, healed.shape), healed, (abs(worse) < 0.005) & (abs(better) < 0.005)],
        ["untreated", "healed", "nothing has changed"], "not healed",
    )  # fmt: skip
    figure.add("text", Text("{}", said), x=546, y=24, text_anchor="end", class_="h")
    figure.goal(
        "Find one of the two patients whom the same treatment heals.",
        healed & (healed.sum(0) == 2) & ~none,
    )
    figure.goal(
        "Find the one that makes a training loss better, and its patient worse.",
        (better < -0.005) & (worse > 0.05),
    )
    return figure


def names(curves):
    return np.array(list(curves))[:, None]
