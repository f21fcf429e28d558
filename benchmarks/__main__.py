"""One table: every contender's time for a step, as a multiple of numpy written out by hand.

Each contender runs in a process of its own, with one BLAS thread. First all must agree on the
losses of the first steps. Then short blocks are timed in turn, round after round, as CPU time;
a ratio is taken within each round, and the median over the rounds is printed, with the smallest
and the largest beside it. Differences under 15 % on a busy machine are no findings.
"""

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import time

CONTENDERS = {"by_hand": "numpy", "with_minnet": "minnet", "with_autograd": "autograd"}
QUIET = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def work(contender, name):
    """In the process of one contender: take steps when asked to; answer in JSON lines."""
    import numpy as np

    from benchmarks import workloads

    del np  # loaded before the clock
    bytes(31 << 20)  # memory is kept for later once something large was dropped: alike for all
    module = importlib.import_module(f"benchmarks.{contender}")
    step = getattr(module, name)(getattr(workloads, name)())
    for line in sys.stdin:
        order = json.loads(line)
        losses, begin = [], time.process_time()
        while len(losses) < order.get("steps", 1) or time.process_time() - begin < order["seconds"]:
            losses.append(float(step()))
        spent = time.process_time() - begin
        answer = {"each": spent / len(losses), "losses": losses[:5]}
        print(json.dumps(answer), flush=True)


class Contender:
    """The other end of such a process."""

    def __init__(self, module, name):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("OPENBLAS")} | QUIET
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks", "--work", module, name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip

    def ask(self, **order):
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def agree(losses):
    """Refuse to time what does not compute the same."""
    for name, others in losses.items():
        for one, other in zip(losses["by_hand"], others):
            if not abs(one - other) <= 1e-3 * (abs(one) + 1e-3):
                raise SystemExit(f"{name} does not agree with numpy by hand: {losses}")


def measure(workload, rounds, seconds):
    """{contender: [ratio in each round]}, and the seconds of a step by hand."""
    there = [m for m in CONTENDERS if has(m, workload)]
    running = {module: Contender(module, workload) for module in there}
    agree({m: c.ask(steps=5, seconds=0)["losses"] for m, c in running.items()})
    for contender in running.values():
        contender.ask(seconds=seconds)  # warm
    times = {module: [] for module in there}
    for _ in range(rounds):
        for module, contender in running.items():
            times[module].append(contender.ask(seconds=seconds)["each"])
    for contender in running.values():
        contender.end()
    limit = times["by_hand"]
    ratios = {m: [t / limit[i] for i, t in enumerate(each)] for m, each in times.items()}
    return ratios, statistics.median(limit)


def has(module, workload):
    """True if the contender is installed and takes part in this workload."""
    if module == "with_autograd":
        return importlib.util.find_spec("autograd") is not None and workload != "cnn"
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("workloads", nargs="*", help="all, if none is named")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=0.15, help="length of one block")
    parser.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.work:
        return work(*arguments.work)
    from benchmarks.workloads import WORKLOADS

    names = arguments.workloads or [workload.__name__ for workload in WORKLOADS]
    print(f"{'one training step':<16}{'numpy by hand':>16}", end="")
    print("".join(f"{name:>26}" for name in list(CONTENDERS.values())[1:]))
    for name in names:
        ratios, limit = measure(name, arguments.rounds, arguments.seconds)
        cells = [
            f"{statistics.median(r):.2f} ({min(r):.2f} to {max(r):.2f})"
            for module, r in ratios.items()
            if module != "by_hand"
        ]
        print(f"{name:<16}{limit * 1e3:>13.3f} ms" + "".join(f"{c:>26}" for c in cells), flush=True)
    return None


if __name__ == "__main__":
    main()
