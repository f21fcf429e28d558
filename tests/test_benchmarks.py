"""What is timed computes the same in every contender: a faster way to other numbers is no news."""

import importlib
import importlib.util

import numpy as np
import pytest

from benchmarks import by_hand, workloads
from benchmarks.__main__ import PEERS, chosen, quartiles, steps_in

SMALL = {
    "chain": {"links": 50},
    "wide": {"rows": 20},
    "epoch": {"rows": 1000},
    "files": {"size": 9},
}
THERE = [name for name in PEERS if importlib.util.find_spec(PEERS[name].partition(".")[0])]


def losses(module, workload):
    step = getattr(module, workload)(getattr(workloads, workload)(**SMALL.get(workload, {})))
    return [float(step()) for _ in range(5)]


@pytest.mark.parametrize("workload", workloads.TITLES)
@pytest.mark.parametrize("peer", THERE)
def test_a_contender_computes_the_losses_of_numpy_by_hand(peer, workload):
    module = importlib.import_module(f"benchmarks.with_{peer}")
    if not hasattr(module, workload):
        assert peer != "minnet"
        pytest.skip(f"{peer} takes no part in {workload}")
    wanted = losses(by_hand, workload)
    np.testing.assert_allclose(losses(module, workload), wanted, rtol=1e-4)
    assert workload in ("epoch", "files") or len(set(wanted)) == 5  # every step has moved them


@pytest.mark.parametrize("workload", workloads.TITLES)
def test_every_contender_starts_from_arrays_of_its_own_in_single_precision(workload):
    one, other = (getattr(workloads, workload)(**SMALL.get(workload, {})) for _ in range(2))
    assert "folder" not in one or one.pop("folder") != other["folder"]
    for name in one:
        pairs = zip(one[name], other[name]) if name == "weights" else [(one[name], other[name])]
        for a, b in pairs:
            np.testing.assert_array_equal(a, b)
            if isinstance(a, np.ndarray):
                assert not np.shares_memory(a, b)
                assert a.dtype in (np.float32, np.int64)


def test_a_row_is_chosen_by_the_beginning_of_its_name():
    assert chosen(["MLP", "import"]) == ["mlp_sgd", "mlp_adam", "import"]
    assert chosen([])[-3:] == ["import", "memory", "scaling"]
    with pytest.raises(SystemExit, match="there is no lstm: choose from xor, "):
        chosen(["lstm"])


def test_a_block_has_as_many_steps_as_fill_its_time():
    class Steady:
        def ask(self, steps):
            return {"seconds": 0.002}

    assert steps_in(Steady(), 0.1) == 50
    assert steps_in(Steady(), 0.001) == 1


def test_quartiles_are_those_of_the_rounds():
    assert quartiles([3.0, 1.0, 2.0, 5.0, 4.0]) == (2.0, 3.0, 4.0)
    assert quartiles([7.0]) == (7.0, 7.0, 7.0)
