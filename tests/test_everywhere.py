"""One seed, one result: in other processes, in threads, and whatever numpy's global state is."""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

import minnet
from minnet.cost_functions import cross_entropy
from minnet.data import Batches, shift_images
from minnet.layers import BatchNorm, Conv2d, Dropout, Flatten, Linear, MaxPool2d, Sequential, relu
from minnet.optimizers import Adam, CosineDecay
from minnet.training import train


def fingerprint(seed=0):
    """The sha256 of a network after two epochs with all that is drawn by chance in them."""
    rng = np.random.default_rng(seed)
    images, labels = shift_images(rng.normal(size=(40, 1, 6, 6)), rng=rng), rng.integers(0, 3, 40)
    network = Sequential(
        Conv2d(1, 4, 3, padding=1, rng=rng),
        BatchNorm(4),
        relu,
        MaxPool2d(2),
        Flatten(),
        Dropout(0.3, rng=rng),
        Linear(36, 3, rng=rng),
    )
    optimizer = Adam(network.parameters(), 0.01)
    batches = Batches(images, labels, batch_size=8, rng=rng)
    schedule = CosineDecay(optimizer, steps=2)
    history = train(network, cross_entropy, optimizer, batches, epochs=2, schedule=schedule)
    numbers = [p.data for p in network.parameters()] + [network[1].running_mean, history["loss"]]
    return hashlib.sha256(b"".join(np.asarray(n).tobytes() for n in numbers)).hexdigest()


def test_three_processes_with_three_hash_seeds_give_the_same_bits():
    paths = os.pathsep.join(map(str, (Path(minnet.__file__).parent.parent, Path(__file__).parent)))
    command = [sys.executable, "-c", "import test_everywhere; print(test_everywhere.fingerprint())"]
    running = [
        subprocess.Popen(
            command,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": paths},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("0", "1", "123456")
    ]
    assert {each.communicate()[0].strip() for each in running} == {fingerprint()}


def test_four_threads_give_the_same_bits():
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(fingerprint, [0] * 8)) == {fingerprint()}


def test_another_seed_gives_another_result():
    assert fingerprint(1) != fingerprint(0)


def test_numpys_global_random_state_is_neither_read_nor_written():
    results = set()
    for seed in (1, 2):
        np.random.seed(seed)  # noqa: NPY002
        before = np.random.get_state()[1].copy()  # noqa: NPY002
        results.add(fingerprint())
        assert (np.random.get_state()[1] == before).all()  # noqa: NPY002
    assert len(results) == 1
