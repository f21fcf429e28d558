"""kill -9 or Ctrl-C at any moment, a full disk, a folder without rights: the file is whole."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import minnet

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")
TESTS = Path(__file__).resolve().parent
PATHS = os.pathsep.join(map(str, (Path(minnet.__file__).parent.parent, TESTS)))


def told(*words):
    """What killed.py says of a folder that everybody may enter."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        done = subprocess.run(
            [sys.executable, TESTS / "helpers" / "killed.py", folder, *map(str, words)],
            env=os.environ | {"PYTHONPATH": PATHS},
            capture_output=True,
            timeout=300,
            text=True,
        )
    print(done.stderr)  # what the children said, if a test fails
    assert done.returncode == 0
    return json.loads(done.stdout.splitlines()[-1])  # trainings say from where they go on


def everyday(times, long):
    """So many times every day, and more in the long form."""
    return pytest.mark.parametrize("times", [times, pytest.param(long, marks=pytest.mark.thorough)])


@everyday(20, 500)
def test_killed_at_any_moment_a_whole_network_is_there(times):
    found = told("kill", times)
    assert found["one"] + found["other"] == times and found["a mixture"] == 0
    assert found["codes"] == [-signal.SIGKILL]
    assert found["part left"] >= times / 20, "some were caught in the middle of their writing"
    assert min(found["one"], found["other"]) > 0, "some were caught before, some after"
    assert found["at the end"] == ["network.safetensors"], "a part that was left is cleared away"


@everyday(10, 100)
def test_ctrl_c_at_any_moment_leaves_a_whole_network_and_nothing_beside_it(times):
    found = told("press", times)
    assert found["one"] + found["other"] == times and found["a mixture"] == 0
    assert found["codes"] == [2]
    assert found["part left"] == 0


@everyday(10, 100)
def test_a_training_that_is_killed_again_and_again_ends_as_one_in_peace(times):
    found = told("train", times)
    assert found["epochs"] == sorted(found["epochs"]) and found["epochs"][-1] > 3
    assert found["at the end"] == ["run.safetensors"]


@everyday(40, 400)
def test_two_processes_may_save_to_one_path_at_once(times):
    found = told("at_once", times)
    assert found["codes"] == [0, 0] and found["a mixture"] == 0
    assert min(found["one"], found["other"]) > 0
    assert found["at the end"] == ["network.safetensors"]


def test_a_full_disk_and_a_folder_without_rights_leave_the_old_network():
    for code, network, files in told("refused", 2).values():
        assert (code, network, files) == (1, "one", ["network.safetensors"])
