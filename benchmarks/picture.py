"""The figure in the README, from what `python run.py bench` has measured last, in all its rows."""

import json
from pathlib import Path

from benchmarks.workloads import TITLES

RESULTS = Path(__file__).with_name("results.json")
PICTURE = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "benchmark.png"
STYLES = {  # colour, marker, and the name in the legend
    "minnet": ("#0072B2", "o", "minnet"),
    "torch": ("#D55E00", "^", "PyTorch"),
    "jax": ("#E69F00", "s", "jax (compiled)"),
    "autograd": ("#009E73", "D", "autograd"),
    "dezero": ("#CC79A7", "v", "DeZero"),
    "sklearn": ("#777777", "X", "scikit-learn"),
}


def keep(results):
    """Write the numbers to results.json, and draw them."""
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    draw(results)
    print(f"\nKept in {RESULTS.name}, and drawn in {PICTURE.name}.")


def draw(results, path=PICTURE):
    import matplotlib.pyplot as plt

    plt.style.use("course.house")
    rows = [row for row in TITLES if row in results["rows"]]
    figure, ax = plt.subplots(figsize=(8, 6))
    compare(ax, {TITLES[row]: results["rows"][row] for row in rows})
    figure.savefig(path, dpi=100)
    plt.close(figure)


def compare(ax, rows):
    """A line for each workload, a mark for each contender: how many times as long it takes."""
    for place, found in enumerate(rows.values()):
        for name, (colour, marker, _) in reversed(STYLES.items()):
            if name in found:
                low, median, high = found[name]
                size, front = (9, 4) if name == "minnet" else (6, 3)
                ax.plot([low, high], [place, place], "-", color=colour, lw=2, zorder=front)
                ax.plot(median, place, marker, color=colour, ms=size, mec="white", zorder=front)
    ax.axvline(1, color="black", lw=1)
    ax.set_xscale("log")
    ax.set_yticks(range(len(rows)), rows)
    ax.invert_yaxis()
    ax.text(1, len(rows) - 0.7, "numpy by hand ", ha="right", va="center", fontsize=9)
    ax.grid(axis="y", color="#DDDDDD", lw=0.8)
    ax.tick_params(axis="y", length=0)
    ticks = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20)
    ax.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    ax.minorticks_off()
    ax.set_xlabel("time, as a multiple of numpy written out by hand (logarithmic scale)")
    ax.set_title(claim(rows), pad=28, x=-0.38)
    for name, (colour, marker, label) in STYLES.items():
        if any(name in found for found in rows.values()):
            ax.plot([], [], marker, color=colour, mec="white", ms=8, label=label)
    ax.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=6, handletextpad=0, columnspacing=1)


def claim(rows):
    """The title: a sentence that these numbers bear out, quartiles and all."""
    faster = sum(found["minnet"][2] < found["torch"][0] for found in rows.values())
    return f"On one thread, minnet is faster than PyTorch in {faster} of {len(rows)} workloads"


if __name__ == "__main__":
    draw(json.loads(RESULTS.read_text("utf-8")))
