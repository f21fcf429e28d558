"""Make .bench-venv from requirements.txt, and measure there: what `python run.py bench` calls.

Standard library only: it runs in whatever Python there is.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".bench-venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "complete.txt"  # written last: without it, the environment is half made


def wanted():
    """For which Python, and from which requirements."""
    lines = Path(__file__).with_name("requirements.txt").read_text("utf-8").splitlines()
    requirements = [line for line in lines if line and not line.startswith("#")]
    return [str(ROOT), "{}.{}".format(*sys.version_info), *requirements]


def make():
    """Where it is as wanted, nothing happens."""
    if STAMP.exists() and STAMP.read_text("utf-8").splitlines() == wanted():
        return
    print("Making the environment in .bench-venv: about 2 GB, some minutes, only this once.")
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    for requirement in wanted()[2:]:
        print(requirement, flush=True)
        pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, requirement], check=False)  # what does not come is absent
    STAMP.write_text("\n".join(wanted()), "utf-8")


if __name__ == "__main__":
    make()
    command = [str(PYTHON), "-m", "benchmarks", *sys.argv[1:]]
    settings = {**os.environ, "MPLCONFIGDIR": str(VENV / "settings")}
    sys.exit(subprocess.run(command, cwd=ROOT, env=settings, check=False).returncode)
