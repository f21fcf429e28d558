"""The lines of small samples have the purpose that their author meant."""

import pytest

from tools.count import PURPOSES, difference, main, purposes, table, totals

LETTERS = {purpose[0]: purpose for purpose in PURPOSES if purpose not in ("docstrings", "imports")}
LETTERS |= {"#": "docstrings", "@": "imports", "-": None}  # the first letter, or a sign

SAMPLES = {
    "an operation is mathematics": """
        @ import numpy as np
        m @op
        m def exp(a):
        #     \"""y = e to the power a.\"""
        m     y = np.exp(a)
        m     return y, lambda g: g * y
        i Tensor.exp = exp
    """,
    "an inline guard in mathematics": """
        m def average(x):
        g     if x.size == 0:
        g         raise ValueError("empty")
        m     total = x.sum()
        m     return total / x.size
        @ __all__ = ["average"]
    """,
    "a guard by any name, and who calls it": """
        @ import numpy as np
        g def door(name, x):
        #     \"""x, if it is whole.\"""
        g     x = np.asarray(x)
        g     if x.dtype.kind != "i":
        g         raise TypeError(words(name, x))
        g     return x
        g def words(name, x):
        g     size = f"{x.size}"
        g     return f"{name} has {size} numbers"
        i class Table:
        i     def __init__(self, rows):
        i         self.rows = door("rows", rows)
        i     def take(self, key):
        g         door("key", key)
        i         return self.rows[key]
    """,
    "most of it refuses": """
        g def door(name, x):
        g     if x < 0:
        g         raise ValueError(name)
        g     return float(x)
        i class Room:
        i     def forward(self, x):
        g         if x < 0:
        g             raise ValueError("x")
        i         return float(x)
    """,
    "a name that promises a guard and computes": """
        m def check_slope(f, x):
        m     return (f(x + 0.1) - f(x)) / 0.1
    """,
    "what is gathered for a guard": """
        i def load(state, wanted):
        g     wrong = []
        g     for name in wanted:
        g         if name not in state:
        g             wrong.append(name)
        g     if wrong:
        g         raise ValueError(", ".join(wrong))
        i     return dict(state)
        @ __all__ = ["load"]
    """,
    "an error that is only said again": """
        i def call(function):
        g     try:
        i         return function()
        g     except KeyError as error:
        g         raise ValueError(f"no {error}") from None
    """,
    "an error that is dealt with": """
        i def call(function):
        i     try:
        i         return function()
        i     except KeyError:
        i         return None
    """,
    "a check of numbers is mathematics, its verdict a guard": """
        m def nudge(f, x, g):
        m     up = f(x + 0.1)
        m     said = (up - f(x)) / 0.1
        g     if abs(said - g) > 0.1:
        g         raise ValueError(f"{said}")
        i     return True
        @ __all__ = ["nudge"]
    """,
    "files, and what is called for them alone": """
        @ import json
        @ from pathlib import Path
        f ENDING = ".json"
        f def write(path, value):
        -
        f     # a comment goes with what follows
        f     with open(Path(path + ENDING), "w") as file:
        f         file.write(json.dumps(flat(value)))
        f         file.close()
        f def flat(value):
        f     return [*value]
        i def train(network, path):
        i     network.train()
        i     network.step()
        i     network.eval()
        f     if path:
        f         write(path, network)
        @ __all__ = ["train", "write"]
    """,
    "pictures and what is shown": """
        i class Curve:
        i     def __init__(self, losses):
        i         self.losses = losses
        i         self.names = ["a"]
        i         self.open = True
        d     def __repr__(self):
        d         return f"Curve({len(self.losses)})"
        d def show(losses, ax):
        d     highest = max(losses)
        d     ax.plot(losses)
        d     ax.annotate("end", highest)
        i def look(losses, ax):
        d     show(losses, ax)
        i     axes = list(ax)
        i     return axes
        @ __all__ = ["Curve", "look", "show"]
    """,
    "counting and joining are no mathematics": """
        i def step(self, names):
        i     self.t += 1
        i     names = names + ["a"]
        i     text = "a" + names[0]
        m     self.v *= self.momentum
        m     rate = self.start / (1 + self.t)
        i     last = len(names) - 1
        i     return rate, text, last
    """,
}


def read(sample):
    """A sample's purposes, line by line, and its source."""
    lines = [line.strip() for line in sample.strip("\n").split("\n") if line.strip()]
    return [LETTERS[line[0]] for line in lines], "\n".join(line[2:] for line in lines)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_line_counts_for_what_it_does(name):
    wanted, source = read(SAMPLES[name])
    found = purposes({"sample": source})["sample"]
    lines = source.split("\n")
    assert [(found.get(i), line) for i, line in enumerate(lines, 1)] == list(zip(wanted, lines))


@pytest.mark.parametrize(
    "first, call",
    [("from minnet.checks import door", "door"), ("from . import checks", "checks.door")],
)
def test_a_guard_of_another_module_is_known(first, call):
    sources = {
        "checks": "def door(x):\n    if x < 0:\n        raise ValueError(words(x))"
        "\ndef words(x):\n    return f'{x}'",
        "room": f"{first}\n\n\ndef root(x):\n    {call}(x)\n    return x**0.5",
    }
    found = purposes(sources)
    assert set(found["checks"].values()) == {"guards"}
    assert list(found["room"].values()) == ["mathematics", "guards", "mathematics", "imports"]


def test_the_table_adds_up():
    counts = totals(purposes({"a": "import os\nX = 1", "b": "Y = 2 * 3"}))
    assert counts["all"] == {"imports": 1, "interface": 1, "mathematics": 1}
    assert table(counts).split("\n")[-1].split() == ["all", "1", "1", "0", "0", "0", "0", "1", "3"]
    change = difference(counts, totals(purposes({"a": "import os", "c": "Z = 3"})))
    assert list(change) == ["a", "c", "b", "all"]
    rows = [row.split() for row in table(change, "+").split("\n")]
    assert rows[1] == ["a", "+0", "+1", "+0", "+0", "+0", "+0", "+0", "+1"]
    assert rows[2] == ["c", "+0", "-1", "+0", "+0", "+0", "+0", "+0", "-1"]


def test_every_line_of_minnet_has_a_purpose(capsys):
    main(["--lines", "tensors"])
    told = capsys.readouterr().out.split("\n")
    assert all(line.split()[0] in PURPOSES for line in told if line)
