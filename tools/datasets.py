"""Read the course's real data from scikit-learn, once, and write it to minnet/datasets/.

    python -m pip install -r tools/requirements.txt
    python tools/datasets.py

The same data gives the same bytes on every system: the sha256 sums of these files stand in
minnet/datasets/README.md, and a test holds the files against them.
"""

import hashlib
import io
import zipfile
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parent.parent / "minnet" / "datasets"


def digits():
    """1797 pictures of 8×8 pixels, each 0 (white) to 16 (black)."""
    from sklearn.datasets import load_digits

    source = load_digits()
    return {"images": source.images.astype(np.uint8), "labels": source.target.astype(np.uint8)}


def diabetes():
    """442 patients in their own units: years, kg/m², mg/dl, not scaled."""
    from sklearn.datasets import load_diabetes

    source = load_diabetes(scaled=False)
    return {
        "inputs": source.data,
        "targets": source.target,
        "names": np.array(source.feature_names),
    }


def iris():
    """150 flowers, four lengths in cm each."""
    from sklearn.datasets import load_iris

    source = load_iris()
    return {
        "inputs": source.data,
        "labels": source.target.astype(np.uint8),
        "names": np.array([name.removesuffix(" (cm)") for name in source.feature_names]),
        "classes": np.array([str(name) for name in source.target_names]),
    }


def pack(arrays):
    """The bytes of an .npz file. numpy's savez notes the system in it: here nothing varies."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, array in arrays.items():
            member = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            member.create_system = 3
            member.external_attr = 0o644 << 16
            content = io.BytesIO()
            np.lib.format.write_array(content, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(member, content.getvalue())
    return file.getvalue()


DATASETS = {"digits.npz": digits, "diabetes.npz": diabetes, "iris.npz": iris}


if __name__ == "__main__":
    for name, read in DATASETS.items():
        content = pack(read())
        (FOLDER / name).write_bytes(content)
        print(f"{hashlib.sha256(content).hexdigest()}  {name}  {len(content)} bytes")
