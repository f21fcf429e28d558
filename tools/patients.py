"""Chapter 6's clinic: what each treatment does with each of the six patients.

    python -m tools.patients            run all of them, and write course/pictures/patients.json

Two of the patients run wild, and then the last digits decide: what they do differs from machine to
machine. So the figure draws these stored curves; tests/test_clinic.py runs the stable ones again.
"""

import json
from pathlib import Path

from course.exercises.training import Patient, six_patients, together
from minnet.layers import he_normal

FILE = Path(__file__).resolve().parent.parent / "course" / "pictures" / "patients.json"
TREATMENTS = {
    "none": {},
    "lr ÷ 10": {"lr": 1 / 10},
    "lr × 10": {"lr": 10},
    "lr 0.01": {"lr": 0.01},
    "no softmax": {"end": None},
    "600 digits": {"digits": 600},
    "He's start": {"start": he_normal},
    "rows together": {"shuffle": together},
}


def treated(letter, treatment):
    """The patient with this treatment."""
    patient = six_patients()[letter]
    for part, value in TREATMENTS[treatment].items():
        turned = treatment.startswith(("lr ÷", "lr ×"))
        setattr(patient, part, patient.lr * value if turned else value)
    return patient


def curves(letter, treatment):
    """Training and validation losses, what is above 9 cut off, to three digits."""
    return [[round(min(loss, 9), 3) for loss in each] for each in treated(letter, treatment).run()]


def main():
    every = {letter: {t: curves(letter, t) for t in TREATMENTS} for letter in "ABCDEF"}
    FILE.write_text(json.dumps(every, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    print(f"{FILE.name}: {FILE.stat().st_size} bytes, {Patient()} and six with one fault each")


if __name__ == "__main__":
    main()
