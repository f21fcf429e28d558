"""Make .site-venv from requirements.txt, and build the site: what `python run.py site` calls.

Standard library only: it runs in whatever Python there is. `--check` ends with 1 at any warning.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
VENV = ROOT / ".site-venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "complete.txt"  # written last: without it, the environment is half made
BUILD = HERE / "build"


def wanted():
    """For which Python, and from which requirements."""
    requirements = HERE.joinpath("requirements.txt").read_text("utf-8")
    return f"{ROOT}\n{sys.version_info[:2]}\n{requirements}"


def make():
    """Where it is as wanted, nothing happens; the last lines of pip where it cannot be made."""
    if STAMP.exists() and STAMP.read_text("utf-8") == wanted():
        return 0
    print("Making the environment in .site-venv: about 260 MB, half a minute, only this once.")
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*pip, "-r", str(HERE / "requirements.txt")], check=False).returncode
    if done == 0:
        STAMP.write_text(wanted(), "utf-8")
    return done


def build(words):
    """Write the pages anew, and let Sphinx make HTML of them."""
    shutil.rmtree(BUILD, ignore_errors=True)
    pages, html = BUILD / "pages", BUILD / "html"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    strict = ["--fail-on-warning", "--keep-going"] if "--check" in words else []
    for command in (
        ["-m", "docs.site.pages", str(pages)],
        [
            "-m",
            "sphinx",
            "-q",
            *strict,
            "-c",
            str(HERE),
            "-d",
            str(BUILD / "kept"),
            str(pages),
            str(html),
        ],
    ):
        done = subprocess.run([str(PYTHON), *command], cwd=ROOT, env=environment, check=False)
        if done.returncode:
            return done.returncode
    print(f"The site is in {html.relative_to(ROOT)}: open {html / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(make() or build(sys.argv[1:]))
