"""The one list of names, held against minnet, PyTorch, scikit-learn and numpy."""

import importlib
import inspect

import pytest

import minnet
from course.names import NAMES

ROWS = [row for rows in NAMES.values() for row in rows]
PEERS = [row for row in ROWS if row[1]]
IGNORED = {"self", "rng", "input", "out", "args", "kwargs", "m1", "m2"}


def found(path):
    """What stands at a dotted path; skips where its package is not installed."""
    parts = path.split(".")
    pytest.importorskip(parts[0])
    for i in range(len(parts), 0, -1):
        try:
            place = importlib.import_module(".".join(parts[:i]))
        except ImportError:
            continue
        for name in parts[i:]:
            place = getattr(place, name)
        return place
    raise AssertionError(f"there is no {path}")


def settings(function):
    """{name: (default, by name only)} of what comes after the first argument, or nothing."""
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return {}
    kinds = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    if parameters and parameters[0].kind != kinds[1]:
        parameters = parameters[1:]  # the first is given by its place
    found = [p for p in parameters if p.kind in kinds and p.name not in IGNORED]
    return {p.name: (p.default, p.kind == kinds[1]) for p in found}


def unsaid(ours, theirs, difference):
    """What differs between two callables and is not said, by its name: names, order, defaults."""
    complaints = {}
    here, there = settings(ours[1]), settings(theirs[1])
    if theirs[0].rpartition(".")[2] != ours[0]:
        complaints[ours[0]] = f"is called {theirs[0]} there"
    by_place = [name for name in here if name in there and not here[name][1]]
    if by_place != [name for name in there if name in by_place]:
        complaints["order"] = f"is {by_place} here, and another there"
    for name, (default, _) in here.items():
        if there and name not in there:
            complaints[name] = "is not an argument there"
        elif there and default is not inspect.Parameter.empty and not same(default, there[name][0]):
            complaints[name] = f"is {default!r} here, {there[name][0]!r} there"
    return {name: text for name, text in complaints.items() if name not in difference}


def same(one, other):
    """Are two defaults the same? None may stand for what the other package derives."""
    return one is other or one == other or (one in (0, 0.0, False) and other in (0, False))


def test_every_public_name_has_its_row_and_no_other_has():
    offered = set(minnet.__all__)
    assert offered == {name for name, _, _ in ROWS}
    assert len(ROWS) == len(offered)


@pytest.mark.parametrize("row", PEERS, ids=[row[0] for row in PEERS])
def test_a_name_is_the_fields_or_what_differs_is_said(row):
    name, theirs, difference = row
    assert unsaid((name, getattr(minnet, name)), (theirs, found(theirs)), difference) == {}


def test_what_differs_and_is_not_said_is_found():
    def ours(a, axis=0, eps=1e-8, slope=1): ...

    def theirs(input, eps=1e-7, axis=0): ...

    assert list(unsaid(("f", ours), ("peer.g", theirs), "")) == ["f", "order", "eps", "slope"]
    assert unsaid(("f", ours), ("peer.g", theirs), "f, eps and slope, in that order") == {}
