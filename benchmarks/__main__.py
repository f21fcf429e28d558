"""minnet and its peers, as multiples of numpy written out by hand: `python run.py bench`.

Every contender runs in a process of its own, on one thread. All must agree with numpy on the
losses of the first steps. Then they are timed in turn, in short blocks, round after round, as CPU
time. A ratio is taken within a round; shown are the median over the rounds and, below it, the
quartiles. On a busy machine, differences under 15 % are no findings.
"""

import argparse
import importlib.util
import platform
import statistics
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks import picture
from benchmarks.process import ROOT, Contender, importing, once
from benchmarks.workloads import TITLES

PEERS = {  # the name shown: the package to import
    "minnet": "minnet",
    "torch": "torch",
    "jax": "jax",
    "autograd": "autograd",
    "dezero": "dezero",
    "sklearn": "sklearn.neural_network",
    "joelnet": "joelnet",  # no package of it can be installed so far, so it is always absent
}
ALL = [*TITLES, "import", "memory", "scaling"]


def start(workload, peers, against):
    """{name: a running contender}, numpy by hand first."""
    running = {"numpy": Contender("by_hand", workload)}
    running |= {name: Contender(f"with_{name}", workload) for name in peers}
    if against:
        running["against"] = Contender("with_minnet", workload, against)
    return running


def agree(workload, running):
    """Those who take part; refuse to time what does not compute the same."""
    answers = {name: contender.ask(5) for name, contender in running.items()}
    wanted = answers["numpy"]["losses"]
    for name, answer in answers.items():
        for loss, own in zip(wanted, answer["losses"] if answer else wanted):
            if not abs(loss - own) <= 1e-3 * abs(loss) + 1e-6:
                raise SystemExit(f"{workload}: numpy {wanted}, and {name} {answer['losses']}")
    return {name: running[name] for name, answer in answers.items() if answer}


def steps_in(contender, seconds):
    """How many steps fill a block of so many seconds; this also warms."""
    steps, each = 1, contender.ask(1)["seconds"]
    while steps * each < seconds / 2:
        steps = max(2 * steps, int(seconds / 2 / each))
        each = contender.ask(steps)["seconds"]
    return max(1, round(seconds / each))


def measure(workload, peers, rounds, seconds, against=None):
    """The seconds of a step by hand, and {name: [ratio in each round]}."""
    started = start(workload, peers, against)
    running = agree(workload, started)
    steps = {name: steps_in(contender, seconds) for name, contender in running.items()}
    times = {name: [] for name in running}
    for i in range(rounds):
        for name in list(running)[:: 1 if i % 2 == 0 else -1]:
            times[name].append(running[name].ask(steps[name])["seconds"])
    for contender in started.values():
        contender.end()
    by_hand = times.pop("numpy")
    ratios = {name: [t / hand for t, hand in zip(each, by_hand)] for name, each in times.items()}
    return statistics.median(by_hand), ratios


def measure_import(peers, rounds, against=None):
    """The same of numpy and then the package, over numpy alone."""
    contenders = {name: (PEERS[name], ROOT) for name in peers}
    if against:
        contenders["against"] = ("minnet", against)
    ratios, by_hand = {}, []
    for name, (package, folder) in contenders.items():
        importing(package, folder)  # now its modules are compiled
        pairs = [importing(package, folder) for _ in range(rounds if package == "minnet" else 3)]
        ratios[name] = [1 + own / numpy for numpy, own in pairs]
        by_hand += [numpy for numpy, _ in pairs]
    return statistics.median(by_hand), ratios


def quartiles(numbers):
    """(lower quartile, median, upper quartile)."""
    twice = numbers if len(numbers) > 1 else numbers * 2
    return tuple(round(x, 3) for x in statistics.quantiles(twice, n=4, method="inclusive"))


def line(title, first, cells):
    print(f"{title:<30}{first:>12}" + "".join(f"{cell:>12}" for cell in cells), flush=True)


def show(title, by_hand, found, names):
    """Two lines of the table: medians, and quartiles."""
    cells = [f"{found[name][1]:.2f}" if name in found else "–" for name in names]
    spread = [f"{found[n][0]:.2f}–{found[n][2]:.2f}" if n in found else "" for n in names]
    line(title, f"{by_hand * 1e3:.3f} ms", cells)
    line("", "", spread)


def chosen(words):
    """The rows that are asked for: `mlp` are both of them."""
    words = [word.lower() for word in words]
    for word in words:
        if not any(name.startswith(word) for name in ALL):
            raise SystemExit(f"there is no {word}: choose from {', '.join(ALL)}")
    return [name for name in ALL if not words or any(name.startswith(word) for word in words)]


def main():
    about = argparse.ArgumentParser(prog="run.py bench", description=__doc__.partition("\n")[0])
    about.add_argument("rows", nargs="*", help=f"of the table: {', '.join(ALL)}; all without one")
    about.add_argument("--rounds", type=int, default=9)
    about.add_argument("--seconds", type=float, default=0.1, help="the length of a block")
    about.add_argument("--only", nargs="+", choices=PEERS, default=list(PEERS), metavar="PEER")
    about.add_argument("--against", type=Path, help="a folder with another copy of minnet in it")
    asked = about.parse_args()
    rows, packages = chosen(asked.rows), {name: PEERS[name].partition(".")[0] for name in PEERS}
    peers = [name for name in asked.only if importlib.util.find_spec(packages[name])]
    names = [*peers, "against"] if asked.against else peers
    absent = [name for name in asked.only if name not in peers]
    results = {"machine": machine(peers), "rows": {}}
    print(results["machine"] + (f"; absent: {', '.join(absent)}" if absent else ""), end="\n\n")
    if rows != ["scaling"]:
        line("", "by hand", names)
    for row in [*(row for row in TITLES if row in rows), *(["import"] if "import" in rows else [])]:
        if row == "import":
            by_hand, ratios = measure_import(peers, asked.rounds, asked.against)
        else:
            by_hand, ratios = measure(row, peers, asked.rounds, asked.seconds, asked.against)
        found = {name: quartiles(each) for name, each in ratios.items()}
        results["rows"][row] = {"by_hand": by_hand, **found}
        show(TITLES.get(row, "import numpy, then it"), by_hand, found, names)
    if "memory" in rows:
        modules = ["by_hand", *(f"with_{name}" for name in peers)]
        found = [once("-m", "benchmarks.process", module, "memory").strip() for module in modules]
        line("peak memory, of what is kept", found[0], found[1:])
        results["memory"] = dict(zip(["numpy", *peers], found))
    if "scaling" in rows:
        where = asked.against or ROOT
        print(once("-m", "benchmarks.process", "with_minnet", "scaling", folder=where), end="")
    if rows == ALL and not asked.against:
        picture.keep(results)


def machine(peers):
    """On what it was measured, and with which versions."""
    versions = []
    for name in ["numpy", *peers]:
        with suppress(PackageNotFoundError):  # minnet itself, where it is not installed
            versions.append(f"{name} {version({'sklearn': 'scikit-learn'}.get(name, name))}")
    return f"Python {platform.python_version()}, {platform.machine()}, {', '.join(versions)}"


if __name__ == "__main__":
    main()
