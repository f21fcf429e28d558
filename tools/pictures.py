"""The README's pictures: the figures of the cells tagged `readme`, as stored in the chapters.

python tools/pictures.py            write docs/pictures/
python tools/pictures.py --check    exit with 1 where a picture is missing or old
"""

import base64
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def pictures():
    """Pairs of a file name and the bytes of its picture: one for each tagged cell."""
    for chapter in sorted((ROOT / "chapters").glob("*.ipynb")):
        for cell in json.loads(chapter.read_text("utf-8"))["cells"]:
            tags = cell["metadata"].get("tags", [])
            if "readme" in tags:
                yield f"{chapter.stem}.png", figure(cell)
            if "trailer" in tags:
                yield "trailer.png", figure(cell)


def figure(cell):
    """The first figure among a cell's outputs."""
    found = (output.get("data", {}).get("image/png") for output in cell["outputs"])
    return base64.b64decode(next(filter(None, found)))


def main(words):
    folder, old = ROOT / "docs" / "pictures", []
    for name, content in pictures():
        place = folder / name
        if not place.exists() or place.read_bytes() != content:
            old.append(name)
            if "--check" not in words:
                folder.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)
    print("\n".join(f"{name} was old" for name in old) or "every picture is as its chapter drew it")
    return 1 if old and "--check" in words else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
