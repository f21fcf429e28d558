"""`pip install .` gives minnet and its data, and nothing else of the course."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "minnet"


def python(*words, cwd):
    """What Python prints. -P: the folder in which it is called is not on its path."""
    command = [sys.executable, "-P", *map(str, words)]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel that pip builds, with the hatchling that is installed: no network."""
    folder = tmp_path_factory.mktemp("wheel")
    quiet = ["--quiet", "--disable-pip-version-check"]
    offline = ["--no-deps", "--no-build-isolation", "--no-index"]
    python("-m", "pip", "wheel", *quiet, *offline, "--wheel-dir", folder, ROOT, cwd=folder)
    (path,) = folder.glob("minnet-*.whl")
    return zipfile.ZipFile(path)


def test_the_wheel_holds_minnet_and_its_data_and_nothing_else(wheel):
    kinds = ("*.py", "*.pyi", "py.typed", "datasets/*")
    files = [path for kind in kinds for path in PACKAGE.glob(kind)]
    assert PACKAGE / "py.typed" in files
    assert any(path.suffix == ".npz" for path in files)
    packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert packed == {path.relative_to(ROOT).as_posix() for path in files if path.is_file()}
    assert all(wheel.read(name) == (ROOT / name).read_bytes() for name in packed)


def test_the_wheel_says_what_it_needs(wheel):
    (metadata,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    lines = wheel.read(metadata).decode().splitlines()
    assert "Requires-Python: >=3.11" in lines
    needs = [line for line in lines if line.startswith("Requires-Dist:")]
    names = [line.removeprefix("Requires-Dist: ").partition(">")[0] for line in needs]
    assert names == ["matplotlib", "numpy", "safetensors"]
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in wheel.namelist())


def test_what_the_wheel_installs_can_be_imported_and_read(wheel, tmp_path):
    wheel.extractall(tmp_path / "site")
    code = """
import sys; sys.path.insert(0, "site")
import numpy as np, minnet
from pathlib import Path
folder = Path(minnet.__file__).parent
assert folder == Path("site/minnet").resolve(), folder
for name in "digits", "diabetes", "iris":
    print(name, len(np.load(folder / "datasets" / f"{name}.npz", allow_pickle=False).files))
"""
    assert python("-c", code, cwd=tmp_path) == "digits 2\ndiabetes 3\niris 4"


def test_the_course_is_found_by_a_file_of_the_name_that_run_py_looks_for(tmp_path):
    """hatchling writes a path into it, which run.py replaces."""
    code = "import hatchling.build, sys; print(hatchling.build.build_editable(sys.argv[1]))"
    wheel = zipfile.ZipFile(tmp_path / python("-c", code, tmp_path, cwd=ROOT))
    assert [name for name in wheel.namelist() if ".dist-info/" not in name] == ["_minnet.pth"]
    assert "/_minnet.pth" in (ROOT / "run.py").read_text("utf-8")


def test_minnet_and_course_can_be_imported_from_any_folder(tmp_path):
    code = "import minnet, course.given; print(minnet.__file__); print(course.given.__file__)"
    here = python("-c", code, cwd=tmp_path).splitlines()
    assert here == [str(PACKAGE / "__init__.py"), str(ROOT / "course" / "given.py")]


def test_a_minnet_beside_a_notebook_is_imported_before_ours(tmp_path):
    """IPython puts the notebook's folder first, as `python -c` does without -P."""
    (tmp_path / "minnet").mkdir()
    (tmp_path / "minnet" / "__init__.py").write_text("mine = True\n")
    code = "import minnet, course; print(minnet.mine)"
    command = [sys.executable, "-c", code]
    assert subprocess.check_output(command, cwd=tmp_path, text=True).strip() == "True"
