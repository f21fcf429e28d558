"""Chapter 6's files: whole or not at all, refused by name, and trainings that go on from them."""

import hashlib
import io
import os
import pickle
import random
import runpy
import subprocess
import sys
import time
import tracemalloc
import warnings
import zipfile
from collections import deque
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from helpers.runs import BATCHES, equal, everything, go_on, same_state, small

from minnet import training
from minnet.cost_functions import cross_entropy
from minnet.layers import BatchNorm, Layer, Linear, Sequential, tanh
from minnet.optimizers import (
    SGD,
    AdaGrad,
    Adam,
    AdamW,
    CosineDecay,
    ExponentialDecay,
    InverseTimeDecay,
    RMSProp,
    StepDecay,
    WarmUp,
)
from minnet.tensors import Tensor
from minnet.training import (
    EarlyStopping,
    History,
    accuracy,
    load,
    load_checkpoint,
    save,
    save_checkpoint,
    state,
    train,
)

ROOT = Path(__file__).resolve().parent.parent


# A network, there and back


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_network_comes_back_bit_for_bit(tmp_path, dtype):
    network = everything(dtype=dtype)["network"]
    network[1].weight.data[0, :5] = [np.nan, -np.inf, -0.0, 1e-40, np.pi]
    network[2].running_mean[...] = 0.25
    save(network, tmp_path / "a.npz")
    other = everything(seed=3, dtype=dtype)["network"]
    assert load(other, tmp_path / "a.npz") is other
    for name, array in training.arrays_of(network).items():
        found = training.arrays_of(other)[name]
        assert (found.tobytes(), found.dtype) == (array.tobytes(), dtype), name
    assert found.flags.writeable


def test_any_reader_of_npz_can_read_it(tmp_path):
    network = everything()["network"]
    save(network, tmp_path / "a.npz")
    with np.load(tmp_path / "a.npz", allow_pickle=False) as file:
        assert file.files == list(training.arrays_of(network))
        for name, array in training.arrays_of(network).items():
            np.testing.assert_array_equal(file[name], array)


def test_the_same_network_gives_the_same_bytes_on_every_system(tmp_path, monkeypatch):
    network = small()
    save(network, tmp_path / "a.npz")
    network[0].weight.data = np.asfortranarray(network[0].weight.data)
    monkeypatch.setattr(sys, "platform", "win32")
    save(network, tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    packed = training.pack({"a": np.arange(6.0).reshape(2, 3) / 3, "b": np.float32([7])})
    assert hashlib.sha256(packed).hexdigest()[:16] == "5d193fb447db269c"


def test_nothing_is_ever_pickled(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a pickle was made or opened")

    for name in ("dump", "dumps", "load", "loads", "Pickler", "Unpickler"):
        monkeypatch.setattr(pickle, name, refuse)
    run = everything()
    save(run["network"], tmp_path / "a.npz")
    load(run["network"], tmp_path / "a.npz")
    go_on(run, 1, checkpoint=tmp_path / "c.npz")
    load_checkpoint(tmp_path / "c.npz", **run)
    with pytest.raises(ValueError, match="allow_pickle=False"):
        training.pack({"a": np.array([{}, []], object)})


# A file that is damaged


def refusing(path):
    return pytest.raises(ValueError, match=rf"{path.name} is damaged, or was not written by minnet")


def flips(whole, n, seed=0):
    """n copies of the bytes, with one bit turned over in each."""
    for bit in np.random.default_rng(seed).permutation(8 * len(whole))[:n]:
        data = bytearray(whole)
        data[bit // 8] ^= 1 << bit % 8
        yield bytes(data)


def test_every_flipped_bit_and_every_truncation_is_refused_by_the_files_name(tmp_path, thorough):
    network = Sequential(Linear(3, 2, rng=np.random.default_rng(0)))
    save(network, tmp_path / "a.npz")
    whole, path = (tmp_path / "a.npz").read_bytes(), tmp_path / "damaged.npz"
    spoiled = [whole[:n] for n in range(len(whole))] + [whole + b"\0", b"\0" + whole]
    spoiled += flips(whole, 10**9 if thorough else 400)
    before = network[0].weight.data.copy()
    for data in spoiled:
        path.write_bytes(data)
        with refusing(path):
            load(network, path)
    np.testing.assert_array_equal(network[0].weight.data, before)


def test_a_damaged_checkpoint_is_refused_and_changes_nothing(tmp_path, thorough):
    run, path = everything(), tmp_path / "damaged.npz"
    go_on(run, 1, checkpoint=path)
    whole, before = path.read_bytes(), state(**run)
    every = 7 if thorough else 97
    for data in [
        *flips(whole, 4000 if thorough else 400),
        *(whole[:n] for n in range(0, len(whole), every)),
    ]:
        path.write_bytes(data)
        with refusing(path):
            load_checkpoint(path, **run)
    assert equal(state(**run), before)


@contextmanager
def no_more_than(memory):
    """Fail where more bytes than these are taken at once."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < memory
    finally:
        tracemalloc.stop()


def sealed(archive_bytes):
    """The bytes of an archive with a true sha256 at their end: damage with intent."""
    data = archive_bytes[:-2] + (64).to_bytes(2, "little")  # the length of its comment
    return data + hashlib.sha256(data).hexdigest().encode()


def archive(*members, compression=zipfile.ZIP_STORED, name="layers.0.weight.npy"):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file, warnings.catch_warnings(action="ignore"):
        for member in members:
            file.writestr(zipfile.ZipInfo(name), member, compress_type=compression)
    return sealed(buffer.getvalue())


def npy(header, data=b"\0" * 64):
    text = header.encode().ljust(117) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + data


HEADER = "{'descr': '<f8', 'fortran_order': False, 'shape': (%s,), }"


class Surprise:
    def __reduce__(self):
        return pytest.fail, ("code from the file ran",)


def pickled():
    file = io.BytesIO()
    np.save(file, np.array([Surprise()]))
    return file.getvalue()


def overlapping():
    """An archive of a hundred names for the same megabyte."""
    whole = bytearray(archive(npy(HEADER % 2**17, bytes(2**20))))
    at = whole.rindex(b"PK\x01\x02")
    end = whole.rindex(b"PK\x05\x06")
    entry, names = bytes(whole[at:end]), 100
    entries = b"".join(entry.replace(b"layers.0", b"layer%03d" % i) for i in range(names))
    tail = bytearray(whole[end : end + 22])
    tail[8:12] = names.to_bytes(2, "little") * 2
    tail[12:16] = len(entries).to_bytes(4, "little")
    return sealed(bytes(whole[:at]) + entries + bytes(tail))


LIARS = {
    "a terabyte": (archive(npy(HEADER % 10**12)), "its header promises otherwise"),
    "one more": (archive(npy(HEADER % 9)), "its header promises otherwise"),
    "one less": (archive(npy(HEADER % 7)), "its header promises otherwise"),
    "a negative size": (archive(npy(HEADER % -8)), "its header promises otherwise"),
    "two negative sizes": (archive(npy(HEADER % "-2, -4")), "negative|unknown dimension"),
    "objects": (archive(npy(HEADER.replace("<f8", "|O") % 8)), "its header promises otherwise"),
    "a pickle": (archive(pickled()), "its header promises otherwise"),
    "columns first": (
        archive(npy(HEADER.replace("False", "True") % "2, 4")),
        "its header promises otherwise",
    ),
    "another version": (archive(b"\x93NUMPY\x02\x00" + bytes(100)), "of another version"),
    "no array": (archive(b"no array at all"), "magic string"),
    "an empty member": (archive(b""), "EOF|magic string"),
    "a header that ends": (archive(npy(HEADER % 8)[:60]), "EOF"),
    "a header of brackets": (archive(npy("(" * 117)), ""),
    "a header of words": (archive(npy("import os")), ""),
    "one name twice": (archive(npy(HEADER % 8), npy(HEADER % 8)), "twice"),
    "packed": (archive(b"x" * 60, compression=zipfile.ZIP_BZIP2), "is compressed"),
    "a bomb": (
        archive(npy(HEADER % 10**6, bytes(8 * 10**6)), compression=zipfile.ZIP_DEFLATED),
        "promise more than",
    ),
    "a hundred names for one array": (overlapping(), "promise more than|Overlapped"),
    "no archive": (sealed(b"no archive" * 9), "not a zip file"),
}


@pytest.mark.parametrize("what", LIARS)
def test_a_file_that_lies_is_refused_before_memory_is_taken(tmp_path, what):
    data, words = LIARS[what]
    (tmp_path / "liar.npz").write_bytes(data)
    network = small()
    with (
        no_more_than(2 * len(data) + 10**6),
        pytest.raises(ValueError, match=rf"liar\.npz cannot be read: .*({words})"),
    ):
        load(network, tmp_path / "liar.npz")
    assert len(data) < 2 * 10**6


def test_damage_with_a_true_sum_is_refused_by_name_or_changes_what_fits(tmp_path, thorough):
    save(small(), tmp_path / "a.npz")
    whole, path, network = (tmp_path / "a.npz").read_bytes(), tmp_path / "liar.npz", small(1)
    shapes = [array.shape for array in training.arrays_of(network).values()]
    refused, n = 0, 3000 if thorough else 300
    with no_more_than(10**7):
        for data in flips(whole[:-64], n, seed=1):
            path.write_bytes(data + hashlib.sha256(data).hexdigest().encode())
            try:
                load(network, path)
            except ValueError as error:
                refused += 1
                assert "liar.npz" in str(error)
    assert refused > 0.7 * min(n, 8 * len(whole))
    assert [array.shape for array in training.arrays_of(network).values()] == shapes


@pytest.mark.skipif(os.name == "nt", reason="a file with a hole in it")
@pytest.mark.parametrize("read", [load, lambda network, path: load_checkpoint(path, n=network)])
def test_a_file_that_is_far_too_large_is_not_read(tmp_path, read):
    with (tmp_path / "huge.npz").open("wb") as file:
        file.truncate(2**40)
    with (
        no_more_than(10**6),
        pytest.raises(ValueError, match=r"huge\.npz has 1099511627776 bytes"),
    ):
        read(small(), tmp_path / "huge.npz")


def test_what_does_not_fit_is_listed_and_nothing_is_loaded(tmp_path):
    rng = np.random.default_rng(0)
    save(Sequential(Linear(3, 5, rng=rng), tanh, Linear(5, 4, rng=rng)), tmp_path / "a.npz")
    network = Sequential(Linear(3, 5, rng=rng), BatchNorm(5), Linear(5, 2, rng=rng))
    before = network[0].weight.data.copy()
    with pytest.raises(ValueError) as caught:
        load(network, tmp_path / "a.npz")
    for words in ("a.npz", "layers.1.running_mean is missing", "layers.2.bias is (4,)"):
        assert words in str(caught.value)
    np.testing.assert_array_equal(network[0].weight.data, before)
    with pytest.raises(ValueError, match=r"wanted .* float32"):
        load(Sequential(Linear(3, 5, rng=rng)).astype(np.float32), tmp_path / "a.npz")
    with pytest.raises(ValueError, match=r"layers\.2\.bias is not in the network"):
        load(Sequential(Linear(3, 5, rng=rng)), tmp_path / "a.npz")


# Writing


FAILURES = [OSError("no space left"), KeyboardInterrupt(), MemoryError()]


@pytest.mark.parametrize("step", ["pack", "open", "fsync", "replace"])
@pytest.mark.parametrize("error", FAILURES, ids=lambda error: type(error).__name__)
def test_the_old_file_stays_whole_when_writing_fails(tmp_path, monkeypatch, step, error):
    def fail(*_, **__):
        raise error

    path = tmp_path / "a.npz"
    save(small(), path)
    before = path.read_bytes()
    if step in ("pack", "open"):
        monkeypatch.setattr(training, step, fail, raising=False)
    else:
        monkeypatch.setattr(os, step, fail)
    with pytest.raises(type(error)):
        save(small(seed=1), path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["a.npz"]


@pytest.mark.skipif(os.name == "nt", reason="Windows syncs no folders")
def test_the_bytes_reach_the_disk_before_the_name_and_the_name_before_the_end(
    tmp_path, monkeypatch
):
    told, sync, rename = [], os.fsync, os.replace

    def note_sync(number):
        told.append(Path(os.readlink(f"/proc/self/fd/{number}")).suffix or "folder")
        sync(number)

    def note_rename(part, path):
        told.append(f"rename {Path(part).stat().st_size == size}")
        rename(part, path)

    if not Path("/proc/self/fd").exists():
        pytest.skip("no /proc: which file a number stands for is not told")
    save(small(), tmp_path / "a.npz")
    size = (tmp_path / "a.npz").stat().st_size
    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(os, "replace", note_rename)
    save(small(1), tmp_path / "a.npz")
    assert told == [".part", "rename True", "folder"]


def test_a_folder_that_cannot_be_synced_is_no_reason_to_fail(tmp_path, monkeypatch):
    def refuse(path, flags, *_):
        raise PermissionError("as on Windows")

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        training.sync_folder(tmp_path)


def test_what_a_killed_save_has_left_is_cleared_and_nothing_else(tmp_path):
    left = tmp_path / "a[1].npz.0123abcd.part"
    others = {"a[1].npz.part", "a[1].npz.mine.part", "a1.npz.0123abcd.part", "b.npz.0123abcd.part"}
    for name in [left.name, *others]:
        (tmp_path / name).write_bytes(b"half")
    save(small(), tmp_path / "a[1].npz")
    assert set(os.listdir(tmp_path)) == others | {"a[1].npz"}


def test_a_save_whose_part_is_taken_away_writes_it_again(tmp_path, monkeypatch):
    rename, times = os.replace, []

    def rename_late(part, path):
        times.append(part)
        if len(times) < 3:
            part.unlink()
        rename(part, path)

    monkeypatch.setattr(os, "replace", rename_late)
    save(small(), tmp_path / "a.npz")
    load(small(1), tmp_path / "a.npz")
    assert len(set(times)) == 3 and os.listdir(tmp_path) == ["a.npz"]


def test_the_part_of_a_save_that_is_at_work_is_left_to_it(tmp_path, monkeypatch):
    rename = os.replace

    mine = tmp_path / "a.npz.00000000.part"
    mine.write_bytes(b"half")
    os.utime(mine, (10**9, 10**9))

    def another_goes_on(part, path):
        mine.write_bytes(b"being written by another process")
        rename(part, path)

    monkeypatch.setattr(os, "replace", another_goes_on)
    save(small(), tmp_path / "a.npz")
    assert set(os.listdir(tmp_path)) == {"a.npz", "a.npz.00000000.part"}


@pytest.mark.parametrize("name", ["a.npz", "ä [b] *.npz", "no_suffix", ".hidden", "two.dots.npz"])
@pytest.mark.parametrize("kind", [str, Path])
def test_a_path_is_a_word_or_a_path_here_or_elsewhere(tmp_path, monkeypatch, name, kind):
    monkeypatch.chdir(tmp_path)
    network = small(1)
    for path in (kind(name), kind(tmp_path / name)):
        save(small(), path)
        np.testing.assert_equal(load(network, path)[0].weight.data, small()[0].weight.data)
        save_checkpoint(path, network=network)
        load_checkpoint(path, network=network)
        assert os.listdir(tmp_path) == [name]


@pytest.mark.skipif(os.name == "nt", reason="links need rights")
def test_a_link_stays_a_link_and_its_file_is_written(tmp_path):
    (tmp_path / "far").mkdir()
    link, real = tmp_path / "link.npz", tmp_path / "far" / "real.npz"
    link.symlink_to(Path("far") / "real.npz")
    for seed in (0, 1):  # at first it leads nowhere
        save(small(seed), link)
        assert link.is_symlink() and not real.is_symlink()
        assert equal(state(n=load(small(5), real)), state(n=small(seed)))
    assert os.listdir(tmp_path / "far") == ["real.npz"]


# Checkpoints


OPTIMIZERS = {
    "SGD": SGD,
    "momentum": partial(SGD, momentum=0.9),
    "Nesterov": partial(SGD, momentum=0.8, nesterov=True, weight_decay=0.01),
    "AdaGrad": AdaGrad,
    "RMSProp": RMSProp,
    "Adam": Adam,
    "AdamW": AdamW,
}
SCHEDULES = {
    "none": lambda optimizer: None,
    "1/t": partial(InverseTimeDecay, rate=0.5),
    "steps": partial(StepDecay, every=2, factor=0.5),
    "exponential": partial(ExponentialDecay, factor=0.7),
    "cosine": partial(CosineDecay, steps=4),
    "warm-up": partial(WarmUp, steps=3),
    "warm-up, then": lambda optimizer: WarmUp(
        optimizer, steps=2, then=CosineDecay(optimizer, steps=3)
    ),
}
PAIRS = [*zip(OPTIMIZERS, SCHEDULES)]
REST = [(a, b) for a in OPTIMIZERS for b in SCHEDULES if (a, b) not in PAIRS]
LAST = 5


def numbered(path, **parts):
    """save_checkpoint, to a file of its own for each epoch."""
    save_checkpoint(path.with_stem(f"{len(parts['history'].loss)}"), **parts)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    ("optimizer", "schedule"),
    PAIRS + [pytest.param(*pair, marks=pytest.mark.thorough) for pair in REST],
)
def test_resumed_after_any_epoch_it_ends_in_the_same_bits(
    tmp_path, monkeypatch, optimizer, schedule, dtype
):
    kinds = {"optimizer": OPTIMIZERS[optimizer], "schedule": SCHEDULES[schedule], "dtype": dtype}
    straight = everything(**kinds)
    with monkeypatch.context() as patch:
        patch.setattr(training, "save_checkpoint", numbered)
        go_on(straight, LAST, checkpoint=tmp_path / "run.npz")
    for epoch in range(1, LAST + 1):
        run = everything(seed=7, **kinds)  # other numbers, all of which are replaced
        load_checkpoint(tmp_path / f"{epoch}.npz", **run)
        assert len(run["history"].loss) == epoch
        go_on(run, LAST)
        same_state(run, straight)
    images = run["batches"].batches.arrays[0]
    assert straight["network"].predict(images).dtype == dtype
    np.testing.assert_array_equal(
        run["network"].predict(images), straight["network"].predict(images)
    )


@pytest.mark.parametrize("bits", ["PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"])
def test_every_kind_of_generator_goes_on_where_it_was(tmp_path, bits):
    straight, before, run = (everything(seed, bits=getattr(np.random, bits)) for seed in (0, 0, 7))
    go_on(straight, 4)
    go_on(before, 2, checkpoint=tmp_path / "a.npz")
    load_checkpoint(tmp_path / "a.npz", **run)
    go_on(run, 4)
    same_state(run, straight)


class Bell:
    """Presses Ctrl-C at the n-th call of the cost or the metric."""

    def __init__(self, n):
        self.left = n

    def before(self, function):
        def called(*arguments):
            self.left -= 1
            if self.left == 0:
                raise KeyboardInterrupt
            return function(*arguments)

        return called


def test_ctrl_c_in_any_batch_goes_back_to_the_last_whole_epoch(tmp_path, thorough):
    straight = everything()
    go_on(straight, LAST)
    calls = 2 * (BATCHES + 1)  # in an epoch: cost and metric, in each batch and at its end
    for n in range(1, calls * LAST + 1, 1 if thorough else 3):
        bell, path = Bell(n), tmp_path / f"{n}.npz"
        run = everything()
        with pytest.raises(KeyboardInterrupt):
            go_on(
                run,
                LAST,
                checkpoint=path,
                cost=bell.before(cross_entropy),
                metric=bell.before(accuracy),
            )
        whole = (n - 1) // calls
        assert path.exists() == (whole > 0)
        for again in (run, everything(seed=7)) if whole else (everything(),):
            if whole:
                load_checkpoint(path, **again)
            assert len(again["history"].loss) == whole
            go_on(again, LAST)
            same_state(again, straight)


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_ctrl_c_while_a_checkpoint_is_written_leaves_the_one_before(tmp_path, monkeypatch, step):
    path, run, straight = tmp_path / "run.npz", everything(), everything()
    go_on(run, 2, checkpoint=path)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(os, step, Bell(1).before(getattr(os, step)))
        go_on(run, 3, checkpoint=path)
    assert os.listdir(tmp_path) == ["run.npz"] and len(run["history"].loss) == 3
    load_checkpoint(path, **run)
    assert len(run["history"].loss) == 2
    go_on(run, LAST)
    go_on(straight, LAST)
    same_state(run, straight)


def test_the_best_and_the_last_are_both_kept_and_the_best_is_what_remains(tmp_path):
    def stopping(seed=0):
        run = everything(seed, optimizer=partial(SGD, momentum=0.99), schedule=lambda o: None)
        run["stop"] = EarlyStopping(patience=4)
        return run

    straight = stopping()
    go_on(straight, 60)
    best, last = straight["stop"].best_epoch, len(straight["history"].loss)
    assert 0 < best == last - 4 < 56
    for epoch in (1, best, last - 1, last):
        before, run = stopping(), stopping(seed=7)
        before["stop"].patience = 100
        go_on(before, epoch, checkpoint=tmp_path / "a.npz")
        load_checkpoint(tmp_path / "a.npz", **run)
        now = training.arrays_of(run["network"])
        if run["stop"].best_epoch < epoch:
            assert not equal(run["stop"].best, now), "the last goes on, the best waits"
        assert all(not np.shares_memory(run["stop"].best[name], now[name]) for name in now)
        run["stop"].patience = 4
        go_on(run, 60)
        same_state(run, straight)


def test_a_finished_run_is_finished_when_it_is_read_again(tmp_path):
    straight, run = everything(), everything(seed=7)
    go_on(straight, 3, checkpoint=tmp_path / "a.npz")
    load_checkpoint(tmp_path / "a.npz", **run)
    go_on(run, 3)
    same_state(run, straight)


# What a state holds


def test_state_is_a_copy_of_all_that_changes():
    run = everything()
    before = state(**run)
    go_on(run, 2)
    after = state(**run)
    unchanged = {name for name in before if name in after and equal(before[name], after[name])}
    for words in ("weight", "running_mean", "history.loss", "optimizer.lr", "rng", "best", ".t"):
        names = [name for name in after if words in name]
        assert names, words
        assert not set(names) & unchanged, words
    assert {"network.layers.2.momentum", "optimizer.betas"} <= unchanged
    batches = [name for name in after if name.startswith("batches")]
    assert batches == ["batches.batches.rng", "batches.rng", "batches.given"]
    assert state(network=run["network"], schedule=None).keys() < after.keys()
    assert not [name for name in after if name.endswith(".training")]


def test_numbers_come_back_in_their_own_kind(tmp_path):
    class Odd:
        def __init__(self, k):
            self.lr, self.small, self.whole = np.float64(k / 3), np.float32(k / 3), np.int16(k)
            self.pair, self.table = (k, (None, k / 7)), {3: [k], "3": {"a": np.arange(k)}}
            self.training, self.truth, self.far = k, bool(k % 2), k * 10**30
            self.zero = np.float64("-0.0") if k == 5 else np.float64(1)

    there, back = Odd(5), Odd(4)
    back.table["3"]["a"] = np.zeros(5, int)
    save_checkpoint(tmp_path / "a.npz", odd=there)
    load_checkpoint(tmp_path / "a.npz", odd=back)
    same_state({"odd": back}, {"odd": there})
    assert {n: type(v) for n, v in vars(back).items()} == {
        n: type(v) for n, v in vars(there).items()
    }
    assert (
        np.signbit(back.zero) and back.table.keys() == {3, "3"} and back.pair == (5, (None, 5 / 7))
    )


def test_a_rate_of_numpys_kind_gives_the_same_bits_after_a_resume(tmp_path):
    def numpys(seed=0):
        run = everything(seed, schedule=lambda optimizer: None, dtype=np.float32)
        run["optimizer"].lr = np.float64(0.1) / 3
        return run

    straight, before = numpys(), numpys()
    run = everything(seed=7, schedule=lambda o: None, dtype=np.float32)
    go_on(straight, 3)
    go_on(before, 1, checkpoint=tmp_path / "a.npz")
    load_checkpoint(tmp_path / "a.npz", **run)
    go_on(run, 3)
    same_state(run, straight)


def test_what_has_attributes_and_can_be_called_is_kept_too(tmp_path):
    class Noise:
        def __init__(self, seed):
            self.rng, self.given = np.random.default_rng(seed), (0, 0)

        def __call__(self, x):
            self.given = (self.given[0] + 1, len(x.data))
            return x + self.rng.normal(size=x.shape)

    def noisy(seed):
        network = Sequential(Noise(seed), Linear(3, 2, rng=np.random.default_rng(seed)))
        optimizer = SGD(network.parameters(), lr=0.1)
        run = {"network": network, "optimizer": optimizer, "batches": [points]}
        return run | {"history": History()}

    points = np.random.default_rng(0).normal(size=(6, 3)), np.array([0, 1, 1, 0, 1, 0])
    straight, run = noisy(0), noisy(7)
    train(cost=cross_entropy, epochs=1, checkpoint=tmp_path / "a.npz", **straight)
    load_checkpoint(tmp_path / "a.npz", **run)
    for each in (straight, run):
        train(cost=cross_entropy, epochs=3, **each)
    same_state(straight, run)
    assert run["network"][0].given == (3, 6)


class Slots:
    __slots__ = ("count",)


UNKEPT = {
    "another's generator": np.random.RandomState(0),
    "Python's generator": random.Random(0),
    "a set": {1, 2},
    "a queue": deque([1]),
    "something that runs out": iter([1, 2]),
    "slots": Slots(),
    "bytes": b"123",
    "a complex number": 1j,
    "a masked array": np.ma.masked_array([1.0, 2.0], [True, False]),
}


@pytest.mark.parametrize("what", UNKEPT)
def test_what_no_file_can_keep_is_refused_before_the_training(tmp_path, what):
    run = everything()
    run["batches"].inside = [UNKEPT[what]]
    before = run["network"][1].weight.data.copy()
    with pytest.raises(TypeError, match=r"batches\.inside\.0 is a \w+, and no checkpoint can keep"):
        go_on(run, 2, checkpoint=tmp_path / "a.npz")
    np.testing.assert_array_equal(run["network"][1].weight.data, before)
    assert not os.listdir(tmp_path)


def test_settings_are_left_as_they_are(tmp_path):
    class Settings:
        def __init__(self, k):
            self.words, self.folder, self.kind = f"{k}", Path(f"{k}"), np.dtype(f"f{k}")
            self.function, self.helper, self.module = [abs, round][k == 8], partial(max, k), np
            self.rows, self.n = (np.zeros(k), k), k

    settings = Settings(4)
    save_checkpoint(tmp_path / "a.npz", s=Settings(8))
    load_checkpoint(tmp_path / "a.npz", s=settings)
    assert settings.n == 8 and settings.words == "4" and settings.folder == Path("4")
    assert settings.function is abs and len(settings.rows[0]) == 4
    assert list(state(s=settings)) == ["s.n"]


def test_two_things_with_one_name_are_refused(tmp_path):
    class Twins(Layer):
        def __init__(self):
            self.inside = {1: Tensor(np.ones((2, 3))), "1": Tensor(np.ones(4))}

    for attempt in (lambda: state(n=Twins()), lambda: save(Twins(), tmp_path / "a.npz")):
        with pytest.raises(ValueError, match=r"called n\.inside\.1|same dotted name"):
            attempt()


# A checkpoint of something else


def test_a_checkpoint_that_does_not_fit_changes_nothing(tmp_path):
    run = everything()
    save_checkpoint(tmp_path / "run.npz", **run)
    other = everything(seed=2) | {"optimizer": SGD(everything()["network"].parameters(), lr=0.1)}
    before = state(**other)
    with pytest.raises(ValueError, match=r"run\.npz does not fit.*optimizer\..* is only in the"):
        load_checkpoint(tmp_path / "run.npz", **other)
    assert equal(state(**other), before)


@pytest.mark.parametrize(
    "spoil",
    [b"no json", b"[1]", b"{}", b'{"dict": 3}', b'{"array": "a"}', b'{"a": 1, "b": 2}', b"3"],
)
def test_a_checkpoint_whose_rest_is_nonsense_is_refused_by_name(tmp_path, spoil):
    run = everything()
    before = state(**run)
    training.write_whole(
        tmp_path / "a.npz", training.pack({training.REST: np.frombuffer(spoil, "u1")})
    )
    with pytest.raises(ValueError, match=r"a\.npz does not fit these parts"):
        load_checkpoint(tmp_path / "a.npz", **run)
    assert equal(state(**run), before)


def test_a_dict_of_numbers_and_an_array_are_filled_where_they_are(tmp_path):
    there = {"epoch": 3, "losses": [0.5, 0.25], "best": {"loss": 0.25}}
    save_checkpoint(tmp_path / "a.npz", mine=there, mean=np.array([1.0, 2.0]))
    mine, mean = {"epoch": 0, "losses": [], "best": {"loss": np.inf}}, np.zeros(2)
    load_checkpoint(tmp_path / "a.npz", mine=mine, mean=mean)
    assert mine == there and mean.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"network": Linear(4, 2, rng=np.random.default_rng(0))}, r"network\.weight does not fit"),
        (
            {"network": Linear(3, 2, rng=np.random.default_rng(0)).astype("f4")},
            "weight does not fit",
        ),
        ({"rng": np.random.Generator(np.random.Philox(0))}, "rng does not fit"),
        ({"table": [1.0]}, "table does not fit"),
        ({"table": None, "more": 3}, "more is missing in the file"),
        ({"count": {}}, "count does not fit"),
        ({"array": np.zeros(2)}, "array does not fit"),
    ],
)
def test_parts_of_another_kind_do_not_fit(tmp_path, other, words):
    parts = {
        "network": Linear(3, 2, rng=np.random.default_rng(0)),
        "rng": np.random.default_rng(0),
        "table": {"a": 1},
        "count": 3,
        "array": None,
    }
    save_checkpoint(tmp_path / "a.npz", at=parts)
    load_checkpoint(tmp_path / "a.npz", at=parts)
    with pytest.raises(ValueError, match=words):
        load_checkpoint(tmp_path / "a.npz", at=parts | other)


def test_a_list_of_arrays_fits_where_each_array_does():
    two, three = np.zeros(2), np.zeros(3)
    assert training.fits([two, three], [two, three])
    assert not training.fits([two, three], [two])
    assert not training.fits([two, three], [two, two])
    assert not training.fits([two], [two.astype(np.float32)])
    assert training.fits([1.0], [1.0, 2.0]), "a history grows"
    assert training.fits(None, {"a": two}), "the best, where there was none"
    assert not training.fits({"a": two}, {"b": two})
    assert not training.fits("PCG64", "MT19937")


def test_a_shared_tensor_is_kept_once_and_stays_shared(tmp_path):
    class Twice(Layer):
        def __init__(self):
            self.first = Linear(3, 3, rng=np.random.default_rng(0))
            self.second = self.first

        def forward(self, x):
            return self.second(self.first(x))

    network = Twice()
    optimizer = SGD(network.parameters(), lr=0.1)
    kept = state(network=network, optimizer=optimizer)
    assert [name for name in kept if "weight" in name and "decay" not in name] == [
        "network.first.weight"
    ]
    save_checkpoint(tmp_path / "a.npz", network=network, optimizer=optimizer)
    load_checkpoint(tmp_path / "a.npz", network=network, optimizer=optimizer)
    assert network.first is network.second
    assert optimizer.parameters[0] is network.first.weight


# Killed


def test_killed_in_the_middle_and_started_again_it_gives_the_same_losses(tmp_path, monkeypatch):
    from course.exercises.training import long_program

    (tmp_path / "program.py").write_text(long_program, encoding="utf-8")
    command = [sys.executable, str(tmp_path / "program.py")]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    process = subprocess.Popen(command, cwd=tmp_path / "a", env=environment)
    until = time.monotonic() + 60
    while not (tmp_path / "a" / "run.npz").exists() and time.monotonic() < until:
        time.sleep(0.005)
    process.kill()
    assert process.wait() != 0
    assert not (tmp_path / "a" / "losses.npy").exists()
    for folder in ("a", "b"):  # a goes on, b was never disturbed
        monkeypatch.chdir(tmp_path / folder)
        runpy.run_path(str(tmp_path / "program.py"))
    a, b = (np.load(tmp_path / folder / "losses.npy") for folder in ("a", "b"))
    np.testing.assert_array_equal(a, b)
