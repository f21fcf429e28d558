"""No operation without a case: every function made by `@op` stands in its module's table."""

import importlib
import importlib.util
from pathlib import Path

import numpy as np
import pytest
from gradients import history

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


def table(name):
    """The CASES of tests/test_<name>.py."""
    path = TESTS / f"test_{name}.py"
    spec = importlib.util.spec_from_file_location(f"table_of_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.CASES


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
    found = set().union(*(gone_through(case, rng) for case in table(name).values()))
    assert wanted <= found, f"no case for {sorted(wanted - found)}: see tests/gradients.py"


def test_operations_are_recognised_and_other_functions_are_not():
    assert {"add", "join", "index"} <= operations(minnet.tensors)
    assert not {"op", "backward", "concatenate"} & operations(minnet.tensors)
