"""kill -9 at any moment, a full disk, a folder without rights: a whole network is there."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import minnet

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")
TESTS = Path(__file__).resolve().parent


def told(*words):
    """What killed.py says of a folder that everybody may enter."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        done = subprocess.run(
            [sys.executable, TESTS / "killed.py", folder, *words],
            env=os.environ | {"PYTHONPATH": str(Path(minnet.__file__).parent.parent)},
            capture_output=True,
            text=True,
        )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("times", [40, pytest.param(500, marks=pytest.mark.thorough)])
def test_killed_at_any_moment_a_whole_network_is_there(times):
    found = told(str(times))
    assert found["one"] + found["other"] == times and found["a mixture"] == 0
    assert found["part left"] > times / 20, "some were caught in the middle of their writing"
    assert min(found["one"], found["other"]) > 0, "some were caught before, some after"
    assert found["at the end"] == ["network.npz"], "a part that was left is cleared away"


def test_a_full_disk_and_a_folder_without_rights_leave_the_old_network():
    for code, network, files in told().values():
        assert (code, network, files) == (1, "one", ["network.npz"])
