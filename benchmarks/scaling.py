"""Does minnet's time grow in proportion to the work, and does its memory come back?"""

import gc
import time
import tracemalloc

import numpy as np

from benchmarks import with_minnet, workloads

SIZES = (100, 1000, 10_000, 100_000)


def seconds(step, least=0.1):
    """CPU time of a step, from as many as fill `least` seconds; the first one is not counted."""
    step()
    count, begin = 0, time.process_time()
    while count == 0 or time.process_time() - begin < least:
        step()
        count += 1
    return (time.process_time() - begin) / count


def depth(n):
    return with_minnet.chain(workloads.chain(links=n // 2))


def width(n):
    return with_minnet.wide(workloads.wide(rows=n))


def batch(n):
    settings = workloads.mlp_sgd()
    rows = [i % 64 for i in range(n // 10)]
    settings |= {name: settings[name][rows] for name in ("inputs", "labels")}
    return with_minnet.mlp_sgd(settings)


def array_bytes():
    """The memory that all arrays hold."""
    snapshot = tracemalloc.take_snapshot()
    mine = tracemalloc.DomainFilter(inclusive=True, domain=np.lib.tracemalloc_domain)
    return sum(trace.size for trace in snapshot.filter_traces([mine]).traces)


def left_over(workload):
    """(bytes of arrays, objects in circles) that steps leave for the garbage collector to find."""
    step = getattr(with_minnet, workload)(getattr(workloads, workload)())
    gc.collect()
    gc.disable()
    tracemalloc.start()
    for _ in range(10):  # numpy keeps a few small blocks for later
        step()
    before = array_bytes()
    for _ in range(3):
        step()
    left = array_bytes() - before
    tracemalloc.stop()
    gc.enable()
    return left, gc.collect()


def main():
    print("\nTime for each unit of work, as the work grows a thousandfold (minnet alone)")
    for grow, unit, sizes in (
        (depth, "µs an operation, in a row of {} to {}", SIZES),
        (width, "µs a use of one table, of {} to {}", SIZES),
        (batch, "µs a row of the MLP's batch, of {} to {}", [n // 10 for n in SIZES]),
    ):
        each = [seconds(grow(n)) / size * 1e6 for n, size in zip(SIZES, sizes)]
        print("".join(f"{number:>9.1f}" for number in each), unit.format(sizes[0], sizes[-1]))
    print("\nWhat three steps leave behind, with the garbage collector off")
    for workload in ("mlp_sgd", "cnn", "transformer", "chain"):
        left, circles = left_over(workload)
        title = workloads.TITLES[workload]
        print(f"{left:>9,} bytes of arrays, {circles} objects in circles: {title}", flush=True)
