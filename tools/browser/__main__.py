"""`python run.py browser`: every chapter in a real JupyterLab, run, and worked in by a learner."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
ELSEWHERE = (  # where systems keep a browser that is on no path
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
SCRIPTS = ("run_all.mjs", "learner.mjs")


def chromium():
    """The browser that CHROMIUM names, or the first that is found; else None."""
    if "CHROMIUM" in os.environ:
        return shutil.which(os.environ["CHROMIUM"])
    return next(filter(None, map(shutil.which, BROWSERS + ELSEWHERE)), None)


def playwright():
    """Whether playwright-core lies beside the scripts, or where PLAYWRIGHT_FROM says."""
    place = Path(os.environ.get("PLAYWRIGHT_FROM", HERE / "package.json")).parent
    return (place / "node_modules" / "playwright-core").is_dir()


def missing():
    """What the browser tests need and do not find, in words; empty where all is there."""
    needs = {
        "node (18 or newer)": shutil.which("node"),
        "a chromium": chromium(),
        "playwright-core (npm install, in tools/browser)": playwright(),
    }
    return " and ".join(name for name, found in needs.items() if not found)


def main(words):
    absent = missing()
    if absent:
        sys.exit(f"The browser tests need {absent}: see tools/browser/README.md.")
    python = ["--python", sys.executable, "--chromium", chromium()]
    calls = (["node", str(HERE / script), *python, *words] for script in SCRIPTS)
    return max([subprocess.call(call, cwd=ROOT) for call in calls])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
