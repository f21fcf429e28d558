"""What the README shows is what happens."""

import re
import subprocess
import sys
from pathlib import Path

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


def test_the_pictures_are_those_that_the_chapters_drew():
    command = [sys.executable, str(ROOT / "tools" / "pictures.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
