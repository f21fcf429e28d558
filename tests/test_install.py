"""`pip install .` gives minnet and its data; `pip install ./course` what the chapters import."""

import os
import re
import shutil
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


def built(folder, tree):
    """The wheel that pip builds, with the hatchling that is installed: no network."""
    quiet = ["--quiet", "--disable-pip-version-check"]
    offline = ["--no-deps", "--no-build-isolation", "--no-index"]
    python("-m", "pip", "wheel", *quiet, *offline, "--wheel-dir", folder, tree, cwd=folder)
    (path,) = folder.glob("minnet*.whl")
    return zipfile.ZipFile(path)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return built(tmp_path_factory.mktemp("wheel"), ROOT)


@pytest.fixture(scope="module")
def course_wheel(tmp_path_factory):
    return built(tmp_path_factory.mktemp("course"), ROOT / "course")


def metadata(wheel):
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    return wheel.read(name).decode().splitlines()


def test_the_wheel_holds_minnet_and_its_data_and_nothing_else(wheel):
    kinds = ("*.py", "*.pyi", "py.typed", "datasets/*")
    files = [path for kind in kinds for path in PACKAGE.glob(kind)]
    assert PACKAGE / "py.typed" in files
    assert any(path.suffix == ".npz" for path in files)
    packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert packed == {path.relative_to(ROOT).as_posix() for path in files if path.is_file()}
    assert all(wheel.read(name) == (ROOT / name).read_bytes() for name in packed)


def test_the_wheel_says_what_it_needs(wheel):
    lines = metadata(wheel)
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


def test_the_wheel_of_the_course_holds_all_that_the_chapters_import(course_wheel):
    files = [path for path in (ROOT / "course").rglob("*") if path.is_file()]
    wanted = {path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in str(path)}
    wanted = {path for path in wanted if not path.startswith("course/workbook/")}
    wanted = wanted - {"course/pyproject.toml"} | {"course/LICENSE", "course/glossary.md"}
    packed = {name for name in course_wheel.namelist() if ".dist-info/" not in name}
    assert packed == wanted
    assert {"course/moving.js", "course/house.mplstyle", "course/pictures/rates.npz"} < packed
    glossary = (ROOT / "chapters" / "glossary.md").read_bytes()
    assert course_wheel.read("course/glossary.md") == glossary


def test_the_wheel_of_the_course_asks_for_the_minnet_beside_it(wheel, course_wheel):
    version = {line for line in metadata(wheel) if line.startswith("Version: ")}
    assert version < set(metadata(course_wheel))
    asked = "Requires-Dist: minnet==" + version.pop().removeprefix("Version: ")
    assert asked in metadata(course_wheel)


@pytest.mark.thorough
def test_one_notebook_opened_elsewhere_runs(wheel, course_wheel, tmp_path):
    """With the two wheels alone, in an empty folder, chapter 1 shows what is stored in it."""
    for each in (wheel, course_wheel):
        each.extractall(tmp_path / "site")
    folder = tmp_path / "empty"
    folder.mkdir()
    shutil.copy(ROOT / "chapters" / "01_tensors.ipynb", folder)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "OPENBLAS_NUM_THREADS": "1"}
    where = "import course, minnet; print(course.__file__, minnet.__file__)"
    run = {"cwd": folder, "env": environment, "capture_output": True, "text": True}
    places = subprocess.run([sys.executable, "-c", where], **run).stdout.split()
    assert all(place.startswith(str(tmp_path / "site")) for place in places), places
    nbval = ["--nbval", "--nbval-current-env", "--nbval-cell-timeout=300", "-p", "no:cacheprovider"]
    nbval += ["--nbval-sanitize-with", str(ROOT / "tests" / "sanitize.cfg")]
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", *nbval, "."], **run)
    assert done.returncode == 0, done.stdout[-3000:]


def test_the_oldest_packages_of_the_workflow_are_those_that_we_allow():
    needs = (ROOT / "pyproject.toml").read_text("utf-8")
    allowed = dict(re.findall(r'"([\w-]+)>=([\d.]+)"', needs))
    oldest = re.findall(
        r"^([\w-]+)==([\d.]+)$", (ROOT / ".github" / "oldest.txt").read_text(), re.M
    )
    assert {*allowed} & {name for name, _ in oldest} == {"numpy", "matplotlib", "safetensors"}
    for name, version in oldest:
        assert name not in allowed or f"{version}.0".startswith(f"{allowed[name]}."), name
