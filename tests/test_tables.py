"""No operation without a case of gradients, and no public name without a bad input."""

import importlib
import importlib.util
import inspect
import traceback
from pathlib import Path

import numpy as np
import pytest
from helpers.gradients import history

import minnet
from minnet.tensors import Tensor, op

TESTS = Path(__file__).resolve().parent
MODULES = sorted(path.stem for path in Path(minnet.__file__).parent.glob("[a-z]*.py"))


@op
def sample(a):
    """An operation like all others."""
    return a, lambda g: g


def operations(module):
    """The names of the operations that `module` defines, exported or not: op made them all."""
    return {
        function.__name__
        for function in vars(module).values()
        if getattr(function, "__code__", None) is sample.__code__
        and function.__module__ == module.__name__
    }


def table(name, title):
    """The table of this title in tests/test_<name>.py."""
    path = TESTS / f"test_{name}.py"
    spec = importlib.util.spec_from_file_location(f"table_of_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, title)


def gone_through(case, rng):
    """The names of the operations in the graph of one case."""
    function, *inputs = case
    arrays = [rng.normal(size=x) if isinstance(x, tuple) else np.asarray(x) for x in inputs]
    value = function(*(Tensor(a) if a.dtype.kind == "f" else a for a in arrays))
    return {node.name for node in history(value)}


@pytest.mark.parametrize("name", MODULES)
def test_every_operation_has_a_case_in_its_modules_table(name):
    wanted = operations(importlib.import_module(f"minnet.{name}"))
    if not wanted:
        return
    rng = np.random.default_rng(0)
    found = set().union(*(gone_through(case, rng) for case in table(name, "CASES").values()))
    assert wanted <= found, f"no case for {sorted(wanted - found)}: see tests/helpers/gradients.py"


def test_operations_are_recognised_and_other_functions_are_not():
    assert {"add", "join", "index"} <= operations(minnet.tensors)
    assert not {"op", "backward", "concatenate"} & operations(minnet.tensors)


def parameters(function):
    """What a function, or a class, can be given."""
    return inspect.signature(function).parameters.values()


def who_refuses(attempt):
    """The names in minnet that an attempt called, if they refused it: the first step inside tells.

    An operation is seen by the function that `@op` was given, a layer of another's by its class.
    """
    wanted = [each for each in parameters(attempt) if each.default is each.empty]
    inputs = [Tensor(np.arange(6.0).reshape(2, 3)) for _ in wanted]
    try:
        with np.errstate(all="ignore"):
            attempt(*inputs)
    except Exception as error:
        for frame, _ in traceback.walk_tb(error.__traceback__):
            if frame.f_globals["__name__"].startswith("minnet."):
                code, inside = frame.f_code, frame.f_locals
                names = {code.co_qualname.partition(".")[0]}
                if code is sample.__code__:
                    names.add(inside["function"].__name__)
                return names | {type(inside["self"]).__name__} if "self" in inside else names
    return set()


@pytest.mark.parametrize("name", MODULES)
def test_every_public_name_has_bad_inputs_in_its_modules_table(name):
    module = importlib.import_module(f"minnet.{name}")
    public = getattr(module, "__all__", ())
    wanted = {each for each in public if parameters(getattr(module, each))}
    if not wanted:
        return
    attempts = [attempt for attempt, *_ in table(name, "REFUSED").values()]
    found = set().union(*map(who_refuses, attempts))
    assert wanted <= found, f"no bad input for {sorted(wanted - found)}: see REFUSED"


def test_who_refuses_is_told_from_who_is_used():
    assert who_refuses(lambda: minnet.Linear(3, 2, rng=0)) == {"Linear"}
    assert who_refuses(lambda: minnet.huber(minnet.sigmoid(np.ones(2)), 1)) == {"op", "huber"}
    assert who_refuses(lambda a: a + np.ones(2)) == {"op", "add"}
    assert who_refuses(lambda: minnet.Sequential(minnet.relu)("a")) == {"Layer", "Sequential"}
    assert who_refuses(lambda: minnet.relu(np.ones(2))) == who_refuses(lambda: 1 / 0) == set()
