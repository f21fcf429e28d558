"""One contender, one workload, one process: `python -m benchmarks.process CONTENDER WORKLOAD`.

It takes orders and answers in lines of JSON. `Contender` is the other end.
"""

import importlib
import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    "JAX_PLATFORMS": "cpu",
}


def environment(folder=ROOT):
    """One thread; OpenBLAS chooses its own kernels; `minnet` is the one in this folder.

    What was compiled is kept, as on a learner's machine.
    """
    foreign = ("OPENBLAS", "PYTHONDONTWRITEBYTECODE")
    ours = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
    path = os.pathsep.join([str(folder), str(ROOT)])
    return ours | ONE_THREAD | {"PYTHONPATH": path, "PYTHONSAFEPATH": "1"}


class Contender:
    """A process that takes steps when asked to; None where it has no such workload."""

    def __init__(self, module, workload, folder=ROOT):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.process", module, workload],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment(folder),
        )  # fmt: skip

    def ask(self, steps):
        """{"seconds": CPU time of a step, "losses": of the first five}."""
        with suppress(BrokenPipeError):  # it may have said all that it had to say
            print(steps, file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"{' '.join(self.process.args)} failed: see above")
        return json.loads(answer)

    def end(self):
        self.process.communicate()


def work(module, workload):
    """Take as many steps as each line says."""
    module = importlib.import_module(f"benchmarks.{module}")
    workloads = importlib.import_module("benchmarks.workloads")
    if not hasattr(module, workload):
        print("null")
        return
    bytes(31 << 20)  # glibc keeps freed memory once so much was dropped: alike for all
    step = getattr(module, workload)(getattr(workloads, workload)())
    for line in sys.stdin:
        steps = int(line)
        begin = time.process_time()
        losses = [float(step()) for _ in range(steps)]
        seconds = (time.process_time() - begin) / steps
        print(json.dumps({"seconds": seconds, "losses": losses[:5]}), flush=True)


KEPT = 53  # arrays of a million: 50 values, the start, the gradient on its way, the leaf's own


def memory(module):
    """What 50 × tanh(y · 0.9 + 0.1) and back takes at its peak, over what it must keep."""
    import numpy as np

    function = getattr(importlib.import_module(f"benchmarks.{module}"), "memory", None)
    if function is None or os.name == "nt":  # Windows has no `resource`
        print("–")
        return
    from resource import RUSAGE_SELF, getrusage

    function(np.ones(1000, np.float32))
    before = memory_now()
    function(np.full(1_000_000, 0.5, np.float32))
    peak = getrusage(RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(f"{(peak - before) / (KEPT * 4e6):.2f}")


def memory_now():
    """The bytes of memory that this process holds; where no one says, the most it has held."""
    pages = Path("/proc/self/statm")
    if pages.exists():
        return int(pages.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    from resource import RUSAGE_SELF, getrusage

    return getrusage(RUSAGE_SELF).ru_maxrss


def once(*words, folder=ROOT):
    """What a process of its own prints."""
    command, where = [sys.executable, *words], environment(folder)
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, env=where).stdout


def importing(package, folder=ROOT):
    """CPU seconds of `import numpy`, and of `import package` after it."""
    code = (
        "from time import process_time as now; start = now(); import numpy; middle = now();"
        f"{'numpy.int = int;' * (package == 'dezero')} import {package};"
        "print(middle - start, now() - middle)"
    )
    return [float(number) for number in once("-c", code, folder=folder).split()]


if __name__ == "__main__":
    module, workload = sys.argv[1:]
    if workload == "memory":
        memory(module)
    elif workload == "scaling":
        from benchmarks import scaling

        scaling.main()
    else:
        work(module, workload)
