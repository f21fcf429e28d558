"""Saves that are interrupted, for real: run by test_kills.py in a process of its own.

    python killed.py FOLDER KILLS     kill -9, at any moment; prints what was left, as JSON
    python killed.py FOLDER           a disk that is full, a folder that is not to be written

Forked children are real processes, and cost milliseconds: so hundreds can be killed.
"""

import json
import os
import random
import resource
import signal
import sys
import time
from pathlib import Path

import numpy as np

from minnet.layers import Linear, Sequential, relu
from minnet.training import load, save


def network(seed):
    """A network of some 260 kB: long enough to be caught in the middle of its writing."""
    rng = np.random.default_rng(seed)
    return Sequential(Linear(128, 200, rng=rng), relu, Linear(200, 32, rng=rng))


ONE, OTHER = network(1), network(2)


def in_a_child(action):
    """The number of a forked process that does `action`, and ends with 0, or 1 if that raises."""
    child = os.fork()
    if child:
        return child
    code = 0
    try:
        action()
    except OSError:
        code = 1
    finally:
        os._exit(code)


def save_for_ever(path):
    while True:
        save(ONE, path)
        save(OTHER, path)


def which(path):
    """The name of the network that lies in the file, bit for bit."""
    found = load(network(0), path)
    for name, each in (("one", ONE), ("other", OTHER)):
        pairs = zip(found.parameters(), each.parameters(), strict=True)
        if all((a.data == b.data).all() for a, b in pairs):
            return name
    return "a mixture"


def kill(folder, times):
    """After each kill, a whole network lies there. Counts what was found."""
    path, chance = folder / "network.npz", random.Random(0)
    begin = time.perf_counter()
    for each in (ONE, OTHER, ONE):
        save(each, path)
    span = (time.perf_counter() - begin) / 3
    found = {"one": 0, "other": 0, "a mixture": 0, "part left": 0}
    for _ in range(times):
        child = in_a_child(lambda: save_for_ever(path))
        time.sleep(chance.uniform(0, 4 * span))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found[which(path)] += 1
        found["part left"] += len(os.listdir(folder)) - 1
    save(ONE, path)
    return found | {"at the end": sorted(os.listdir(folder))}


def refused_writing(folder):
    """A save that fails half-way leaves the old file as it was, and nothing beside it."""
    path = folder / "network.npz"
    save(ONE, path)

    def on_a_full_disk():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        save(OTHER, path)

    def without_rights():
        folder.chmod(0o555)
        if os.geteuid() == 0:
            os.setuid(65534)  # root may write everywhere; nobody may not
        save(OTHER, path)

    told = {}
    for action in (on_a_full_disk, without_rights):
        _, code = os.waitpid(in_a_child(action), 0)
        told[action.__name__] = [os.waitstatus_to_exitcode(code), which(path), os.listdir(folder)]
    folder.chmod(0o755)
    return told


if __name__ == "__main__":
    place = Path(sys.argv[1])
    print(json.dumps(kill(place, int(sys.argv[2])) if sys.argv[2:] else refused_writing(place)))
