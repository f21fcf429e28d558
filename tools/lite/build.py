"""The course as a page that needs no installation: JupyterLite, with Python in the browser.

    python -m pip install -r tools/lite/requirements.txt
    python tools/lite/build.py --to FOLDER [--pyodide FOLDER]

minnet and course go into it as wheels, and everything compiled comes from the release of Pyodide
that the kernel was made for: it is downloaded (some 400 MB), or given as an unpacked folder. Only
what the course needs of it is kept. docs/open_and_go.md says how it is tested.
"""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import urllib.request
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
RELEASE = "https://github.com/pyodide/pyodide/releases/download/{0}/pyodide-{0}.tar.bz2"
RUNTIME = ("pyodide.js", "pyodide.mjs", "pyodide.asm.*", "python_stdlib.zip", "package.json")
# What the kernel, or a figure in it, asks for besides the course: matplotlib's own needs follow.
KERNEL = ["ipython", "matplotlib-inline", "micropip", "sqlite3", "ssl", "jedi"]
NEEDS = {"minnet": ["numpy", "matplotlib", "safetensors"], "minnet-course": ["minnet", "ipython"]}


def download(folder):
    """The release of Pyodide that the installed kernel was made for, unpacked."""
    from jupyterlite_pyodide_kernel.constants import PYODIDE_VERSION

    archive = folder / "pyodide.tar.bz2"
    urllib.request.urlretrieve(RELEASE.format(PYODIDE_VERSION), archive)
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return folder / "pyodide"


def wheels(folder):
    """minnet and course, as pip builds them here."""
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    for tree in (ROOT, ROOT / "course"):
        subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-w", folder, tree], check=True)
    return sorted(folder.glob("*.whl"))


def entry(wheel, lock):
    """What pyodide-lock.json says of a wheel of ours; its imports then bring it by themselves."""
    name, version = wheel.name.split("-")[:2]
    name = name.replace("_", "-")
    with zipfile.ZipFile(wheel) as packed:
        tops = {path.partition("/")[0] for path in packed.namelist() if ".dist-info" not in path}
    return name, {
        "name": name,
        "version": version,
        "file_name": wheel.name,
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "install_dir": "site",
        "package_type": "package",
        "imports": sorted(tops),
        "depends": [need for need in NEEDS[name] if need in lock],
        "unvendored_tests": False,
    }


def canonical(name):
    """A package's name as the list's keys have it: prompt-toolkit for prompt_toolkit."""
    return re.sub(r"[-_.]+", "-", name).lower()


def closure(names, lock):
    """These packages, and what they depend on."""
    found, ahead = set(), [*names]
    while ahead:
        name = ahead.pop()
        if name in lock and name not in found:
            found.add(name)
            ahead += (canonical(each) for each in lock[name]["depends"])
    return found


def stand_in(about, to):
    """For a trial without the release: the same package from pip, where it is pure Python."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    pure = ["--no-deps", "--only-binary=:all:", "--platform", "any", "--implementation", "py"]
    pure += ["--python-version", "3.14"]
    with TemporaryDirectory() as folder:
        name = f"{about['name']}=={about['version']}"
        subprocess.run([*pip, *pure, "-d", folder, name], check=False, capture_output=True)
        for wheel in Path(folder).glob("*-none-any.whl"):
            about["file_name"] = wheel.name
            about["sha256"] = hashlib.sha256(wheel.read_bytes()).hexdigest()
            return shutil.copy(wheel, to)
    return None


def lay_out(pyodide, built, to, partly):
    """Pyodide's runtime, the packages that the course needs, our wheels, and the list of all."""
    to.mkdir(parents=True)
    for pattern in RUNTIME:
        for file in pyodide.glob(pattern):
            shutil.copy(file, to)
    whole = json.loads((pyodide / "pyodide-lock.json").read_text("utf-8"))
    lock = whole["packages"]
    there = {name for name in lock if (pyodide / lock[name]["file_name"]).is_file()}
    wanted = closure(KERNEL + NEEDS["minnet"], lock)
    for name in wanted & there:
        shutil.copy(pyodide / lock[name]["file_name"], to)
    for name in wanted - there if partly else ():
        if stand_in(lock[name], to):
            there.add(name)
    absent = sorted(wanted - there)
    if absent:
        print("Not in this copy of Pyodide, so no chapter will run:", ", ".join(absent))
    # A name without its file would be asked for in vain: the kernel brings wheels of its own.
    whole["packages"] = kept = {name: lock[name] for name in sorted(wanted & there)}
    for about in kept.values():
        about["depends"] = [need for need in about["depends"] if canonical(need) in kept]
    for wheel in built:
        shutil.copy(wheel, to)
    for _ in built:  # twice: the one may depend on the other
        kept.update(entry(wheel, kept) for wheel in built)
    (to / "pyodide-lock.json").write_text(json.dumps(whole), "utf-8")
    return absent


def chapters(folder):
    """The chapters as a learner meets them: nothing has run yet."""
    from run import unrun

    folder.mkdir()
    for source in sorted((ROOT / "chapters").glob("*.*")):
        if source.suffix in (".ipynb", ".md"):
            (folder / source.name).write_bytes(unrun(source))
    return folder


def build(to, pyodide, contents, partly):
    with TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        lite = scratch / "lite"
        source = pyodide or download(scratch)
        (scratch / "wheels").mkdir()
        built = wheels(scratch / "wheels")
        absent = lay_out(source, built, lite / "static" / "pyodide", partly)
        # Without comm the kernel would wait for ever, and not say so.
        comm = ["download", "--quiet", "--disable-pip-version-check", "--no-deps", "comm"]
        subprocess.run([sys.executable, "-m", "pip", *comm, "-d", lite / "pypi"], check=True)
        settings = {
            "appName": "minnet",
            "exposeAppInBrowser": True,
            "settingsOverrides": {
                "@jupyterlab/docmanager-extension:plugin": {
                    "defaultViewers": {"markdown": "Markdown Preview"}
                },
                # Every cell on the page: links to headings land, and a test can see them.
                "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
            },
        }
        page = {"jupyter-lite-schema-version": 0, "jupyter-config-data": settings}
        (lite / "jupyter-lite.json").write_text(json.dumps(page), "utf-8")
        contents = contents or chapters(scratch / "files")
        command = ["-m", "jupyter", "lite", "build", "--lite-dir", lite, "--output-dir", to]
        command = [sys.executable, *command, "--contents", contents, "--apps", "lab"]
        subprocess.run([*map(str, command)], check=True, cwd=lite)
        return absent


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--to", type=Path, required=True, help="where the page goes")
    words.add_argument("--pyodide", type=Path, help="a release of Pyodide, unpacked")
    words.add_argument("--contents", type=Path, help="other notebooks than the chapters")
    words.add_argument(
        "--partly", action="store_true", help="without the release: a trial of what can run"
    )
    said = words.parse_args()
    given = [place and place.resolve() for place in (said.to, said.pyodide, said.contents)]
    sys.exit(1 if build(*given, said.partly) and not said.partly else 0)
