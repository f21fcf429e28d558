"""What an editor sees: the stub is true, types are known, a user's program has no error."""

import inspect
import os
import subprocess
import sys
from pathlib import Path

import pytest

import minnet

ROOT = Path(minnet.__file__).resolve().parent.parent
HELPERS = Path(__file__).parent / "helpers"


def mypy(folder, *words):
    """What mypy, or its stubtest, says; it finds the minnet that is tested."""
    pytest.importorskip("mypy", reason="tools/requirements.txt has it")
    environment = os.environ | {"MYPYPATH": str(ROOT), "PYTHONPATH": str(ROOT)}
    environment |= dict.fromkeys(("HOME", "USERPROFILE"), str(folder))  # no settings of a user
    command = [sys.executable, "-m", *words]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def test_the_stub_agrees_with_the_running_module(tmp_path):
    said = mypy(tmp_path, "mypy.stubtest", "minnet.tensors", "--ignore-missing-stub", "--concise")
    assert said.strip() == ""


@pytest.mark.parametrize("name", ["types_seen.py", "user_program.py"])
def test_a_type_checker_has_nothing_to_say(name, tmp_path):
    said = mypy(tmp_path, "mypy", "--cache-dir", str(tmp_path), str(HELPERS / name))
    assert "no issues found" in said, said


def test_a_type_checker_sees_a_mistake(tmp_path):
    (tmp_path / "wrong.py").write_text(
        "import minnet as mn\n"
        "w = mn.Tensor([1.0])\n"
        "w.backwards()\n"
        "w.sum(axis='rows')\n"
        "mn.exp(w).item().sum()\n"
    )
    said = mypy(tmp_path, "mypy", "--cache-dir", str(tmp_path), "wrong.py")
    assert "Found 3 errors" in said, said


def test_the_users_program_runs(tmp_path):
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(HELPERS / "user_program.py")]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)


METHODS = [
    (name, kind, method)
    for name, kind in vars(minnet).items()
    if inspect.isclass(kind)
    for method, value in vars(kind).items()
    if not method.startswith("_") and (callable(value) or isinstance(value, property))
]


@pytest.mark.parametrize(
    ("name", "kind", "method"), METHODS, ids=[f"{n}.{m}" for n, _, m in METHODS]
)
def test_help_of_every_public_method_says_what_it_does(name, kind, method):
    text = inspect.getdoc(getattr(kind, method))
    assert text and len(text.split()) >= 3, f"help({name}.{method}) says {text!r}"
    assert getattr(getattr(kind, method), "__name__", "") != "<lambda>"
