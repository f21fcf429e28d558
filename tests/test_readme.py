"""What the README shows is what happens."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from PIL import Image

from tools import trailer

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_the_example_is_the_file_and_prints_what_is_shown():
    shown = re.search(r"```python\n(.*?)```\n\n```\n(.*?)```", README, re.S)
    code, output = shown.groups()
    assert code == (ROOT / "examples" / "digits.py").read_text("utf-8")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout == output


def test_links_and_pictures_are_there():
    targets = re.findall(r"\]\(([^)#]+)\)", README)
    assert all((ROOT / target).exists() for target in targets if "://" not in target)


def test_the_trailer_is_small_and_begins_with_what_its_script_draws():
    place = ROOT / "docs" / "pictures" / "trailer.gif"
    assert place.stat().st_size < 1e6
    with Image.open(place) as film:
        assert film.n_frames > 30
        shown = np.asarray(film.convert("RGB"), float)
    with plt.style.context(["course.house", trailer.LARGE]):
        first = np.asarray(trailer.drawn(next(trailer.cannon())), float)
    assert np.abs(shown - first).mean() < 2


def test_what_is_cited_is_this_project_in_this_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    cited = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"version: {project['version']}\n" in cited
    assert all(f"- name: {author['name']}\n" in cited for author in project["authors"])


def test_the_pictures_are_those_that_the_chapters_drew():
    command = [sys.executable, str(ROOT / "tools" / "pictures.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
