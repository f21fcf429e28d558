"""Saves and trainings that are interrupted, for real: run by test_kills.py in a process of its own.

    python killed.py FOLDER kill TIMES     kill -9 at any moment of a save; what was left, as JSON
    python killed.py FOLDER press TIMES    Ctrl-C at any moment of a save
    python killed.py FOLDER train TIMES    kill -9 at any moment of a training with a checkpoint
    python killed.py FOLDER at_once TIMES  two processes, so many saves each, and one path
    python killed.py FOLDER refused 2      a disk that is full, a folder that is not to be written

Forked children are real processes, and cost milliseconds: so hundreds can be killed. A child says
by a pipe that it begins, and from then on the moment of its end is drawn by chance.
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

from helpers.runs import everything, go_on, same_state
from minnet.files import load, save
from minnet.layers import Linear, Sequential, relu
from minnet.training import EarlyStopping


def network(seed):
    """A network of some 260 kB: long enough to be caught in the middle of its writing."""
    rng = np.random.default_rng(seed)
    return Sequential(Linear(128, 200, rng=rng), relu, Linear(200, 32, rng=rng))


ONE, OTHER, CHANCE = network(1).state_dict(), network(2).state_dict(), random.Random(0)


def in_a_child(action):
    """A forked process that does `action`, and ends with 0, 2 after Ctrl-C, or 1 if it raises."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        action()
        code = 0
    except KeyboardInterrupt:
        code = 2
    except Exception as error:
        print(repr(error), file=sys.stderr, flush=True)
    finally:
        os._exit(code)


def end(action, signal_number, longest):
    """Let a child begin `action`, and send it the signal at some moment; its exit code."""
    hear, say = os.pipe()

    def begin_and_do():
        os.write(say, b"!")
        action()

    child = in_a_child(begin_and_do)
    os.read(hear, 1)
    os.close(hear)
    os.close(say)
    time.sleep(CHANCE.uniform(0, longest))
    ended = 0
    while not ended:  # Python drops a Ctrl-C that falls into a __del__: then another one
        os.kill(child, signal_number)
        for _ in range(3000):
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                break
            time.sleep(0.001)
    return os.waitstatus_to_exitcode(status)


def save_for_ever(path):
    """One network and the other, in turn, as long as somebody is there to end it."""
    parent = os.getppid()
    while os.getppid() == parent:
        save(ONE, path)
        save(OTHER, path)


def time_of_a_save(path):
    begin = time.perf_counter()
    for each in (ONE, OTHER, ONE):
        save(each, path)
    return (time.perf_counter() - begin) / 3


def which(path):
    """The name of the network that lies in the file, bit for bit."""
    found = load(path)
    for name, each in (("one", ONE), ("other", OTHER)):
        if found.keys() == each.keys() and all((found[key] == each[key]).all() for key in each):
            return name
    return "a mixture"


def kill(folder, times, signal_number=signal.SIGKILL):
    """After each end, a whole network lies there. Counts what was found."""
    path = folder / "network.safetensors"
    longest = 4 * time_of_a_save(path)
    found = {"one": 0, "other": 0, "a mixture": 0, "part left": 0}
    codes = set()
    for _ in range(times):
        before = set(os.listdir(folder))
        codes.add(end(lambda: save_for_ever(path), signal_number, longest))
        found[which(path)] += 1
        found["part left"] += len(set(os.listdir(folder)) - before)
    save(ONE, path)
    return found | {"codes": sorted(codes), "at the end": sorted(os.listdir(folder))}


def press(folder, times):
    return kill(folder, times, signal.SIGINT)


def train(folder, times):
    """A run that is killed so often, and goes on each time, ends where one in peace ends."""
    path, epochs = folder / "run.safetensors", []

    def endless(seed):
        return everything(seed) | {"stop": EarlyStopping(patience=10**9)}

    def further(epochs):
        run = endless(seed=7)  # other numbers, all of which are replaced
        go_on(run, epochs, checkpoint=path, resume=True)
        return run

    go_on(endless(0), 1, checkpoint=path)
    begin = time.perf_counter()
    further(3)
    longest = 3 * (time.perf_counter() - begin)
    for _ in range(times):
        end(lambda: further(10**6), signal.SIGKILL, longest)
        epochs.append(len(load(path)["history"]["loss"]))
    resumed, peace = further(epochs[-1] + 2), endless(0)
    go_on(peace, epochs[-1] + 2)
    same_state(resumed, peace)
    return {"epochs": epochs, "at the end": sorted(os.listdir(folder))}


def at_once(folder, times):
    """Two processes save, a third one reads: what it found, and how the two ended."""
    path = folder / "network.safetensors"
    save(ONE, path)

    def save_often(each):
        for _ in range(times):
            save(each, path)

    children = [in_a_child(lambda each=each: save_often(each)) for each in (ONE, OTHER)]
    found, codes = {"one": 0, "other": 0, "a mixture": 0}, []
    while len(codes) < 2:
        found[which(path)] += 1
        child, status = os.waitpid(-1, os.WNOHANG)
        codes += [os.waitstatus_to_exitcode(status)] if child in children else []
    return found | {"codes": codes, "at the end": sorted(os.listdir(folder))}


def refused(folder, _):
    """A save that fails half-way leaves the old file as it was, and nothing beside it."""
    path = folder / "network.safetensors"
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
    actions = {each.__name__: each for each in (kill, press, train, at_once, refused)}
    print(json.dumps(actions[sys.argv[2]](Path(sys.argv[1]), int(sys.argv[3]))))
