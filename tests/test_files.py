"""A dictionary to a file and back: to the bit, whole or not at all, and refused by name."""

import copy
import hashlib
import json
import os
import pickle
import subprocess
import sys
import tracemalloc
from collections import deque
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from helpers.runs import everything, go_on, kinds, small
from hypothesis import example, given
from hypothesis import strategies as st

from minnet import files
from minnet.files import load, save
from minnet.layers import Linear, Sequential
from minnet.training import History, states

safetensors = pytest.importorskip("safetensors.numpy")
KNOWN = {"a": np.arange(6.0).reshape(2, 3) / 3, "b": {"c": np.float32([7]), "lr": 0.1, "n": [1]}}


# There and back

EVERYTHING = {
    "network": {"0.weight": np.arange(6.0).reshape(2, 3), "1.running_mean": np.zeros(3, "f4")},
    "optimizer": {"lr": 0.1, "t": [3, 0], "means": [np.ones(2), np.zeros((0, 4))], "clip": None},
    "numbers": [float("nan"), float("inf"), -float("inf"), -0.0, 5e-324, 0.1 + 0.2, True, 2**200],
    "numpy's": [np.float64(1) / 3, np.float32(1) / 3, np.int16(-3), np.bool_(True), np.uint64(9)],
    "kinds": [np.array([1], kind) for kind in ("?", "i1", "u2", "i4", "u8", "f2", "f4", "f8")],
    "no axis": np.array(-0.0),
    "words": ["", "array", "\n", 'quoted "\\"', "schön", "∂"],
    "inside": {"a": {}, "b": [], "c": [[], [{"d": [None]}]], "array": "a", "number": True},
    "dots": {"a.b": np.ones(1), "a": {"c": np.zeros(1)}, "0": np.ones(2)},
    "dice": [
        getattr(np.random, kind)(3).state
        for kind in ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")
    ],
}


def test_all_that_a_state_holds_comes_back_in_its_own_kind(tmp_path):
    save(EVERYTHING, tmp_path / "a.safetensors")
    found = load(tmp_path / "a.safetensors")
    np.testing.assert_equal(kinds(found), kinds(EVERYTHING))
    assert [*found] == [*EVERYTHING], "in the same order"
    assert np.signbit(found["no axis"]) and found["network"]["0.weight"].flags.writeable
    for there, back in zip(EVERYTHING["kinds"], found["kinds"]):
        assert there.dtype == back.dtype


names = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=3)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.builds(np.arange, st.integers(0, 3), dtype=st.sampled_from(["f4", "f8", "i8"])),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(names, inside, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(names, values, max_size=4))
@example({"a": {"b": np.ones(1)}, "a.c": np.zeros(1)})
def test_any_nested_dictionary_comes_back_or_is_refused_for_two_arrays_of_one_name(tree):
    arrays = {}
    try:
        rest = json.dumps(files.take_apart(tree, "", arrays))
    except ValueError as error:
        assert "two arrays would be called" in str(error)
        return
    np.testing.assert_equal(kinds(files.put_together(json.loads(rest), arrays)), kinds(tree))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_network_comes_back_bit_for_bit(tmp_path, dtype):
    network, other = everything(dtype=dtype)["network"], everything(3, dtype=dtype)["network"]
    network[1].weight.data[0, :5] = [np.nan, -np.inf, -0.0, 1e-40, np.pi]
    network[2].running_mean[...] = 0.25
    save(network.state_dict(), tmp_path / "a.safetensors")
    other.load_state_dict(load(tmp_path / "a.safetensors"))
    for name, array in network.state_dict().items():
        found = other.state_dict()[name]
        assert found == array if isinstance(array, dict) else found.tobytes() == array.tobytes()


ARRAY = np.arange(24.0).reshape(4, 6)
ORDERS = {
    "columns first": np.asfortranarray(ARRAY),
    "turned": ARRAY.T,
    "every second": ARRAY[:, ::2],
    "backwards": ARRAY[::-1],
    "one number everywhere": np.broadcast_to(3.0, (3, 2)),
    "the other end first": ARRAY.astype(">f8"),
    "read-only": np.frombuffer(ARRAY.tobytes()),
}


@pytest.mark.parametrize("order", ORDERS)
def test_however_an_array_lies_in_memory_its_numbers_come_back(tmp_path, order):
    save({"a": ORDERS[order]}, tmp_path / "a.safetensors")
    np.testing.assert_array_equal(load(tmp_path / "a.safetensors")["a"], ORDERS[order])
    others = safetensors.load_file(tmp_path / "a.safetensors")["a"]
    np.testing.assert_array_equal(others, ORDERS[order])


def test_the_safetensors_package_reads_ours_and_we_read_theirs(tmp_path):
    network = small()
    save(network.state_dict(), tmp_path / "ours.safetensors")
    found = safetensors.load_file(tmp_path / "ours.safetensors")
    assert sorted(found) == ["0.bias", "0.weight", "2.bias", "2.weight"]
    np.testing.assert_equal(found, network.state_dict())
    for notes in (None, {"format": "pt", "sha256": "0" * 64}):
        safetensors.save_file(found, tmp_path / "theirs.safetensors", notes)
        np.testing.assert_equal(load(tmp_path / "theirs.safetensors"), found)


def test_the_same_state_gives_the_same_bytes_on_every_system(tmp_path):
    path, found = tmp_path / "a.safetensors", set()
    for tree in [KNOWN] * 5 + [KNOWN | {"a": np.asfortranarray(KNOWN["a"])}, copy.deepcopy(KNOWN)]:
        save(tree, path)
        found.add(hashlib.sha256(path.read_bytes()).hexdigest()[:16])
    assert found == {"aefedab69f4a2af2"}


def test_four_lines_of_python_open_a_file(tmp_path):
    save(KNOWN, tmp_path / "a.safetensors")
    data = (tmp_path / "a.safetensors").read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    start, end = header["a"]["data_offsets"]
    numbers = np.frombuffer(data[8 + length :][start:end]).reshape(header["a"]["shape"])
    np.testing.assert_array_equal(numbers, KNOWN["a"])
    assert header.keys() == {"__metadata__", "a", "b.c"}
    assert '"lr": 0.1' in header["__metadata__"]["minnet"]


def test_nothing_is_ever_pickled(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a pickle was made or opened")

    for name in ("dump", "dumps", "load", "loads", "Pickler", "Unpickler"):
        monkeypatch.setattr(pickle, name, refuse)
    go_on(everything(), 1, checkpoint=tmp_path / "a.safetensors")
    go_on(everything(), 1, checkpoint=tmp_path / "a.safetensors", resume=True)


def test_what_reads_and_writes_files_is_imported_when_it_is_needed():
    said = subprocess.run(
        [sys.executable, "-c", "import minnet.files, sys; print('safetensors' in sys.modules)"],
        capture_output=True,
        check=True,
        text=True,
    )
    assert said.stdout == "False\n"


# What cannot be kept

UNKEPT = {
    "a network": (small(), r"takes a dictionary, such as network\.state_dict\(\)"),
    "a path first": ("a.safetensors", "takes a dictionary, not 'a.safetensors'"),
    "a Tensor": ({"a": small()[0].weight}, r"a is a Tensor.*\.numpy\(\)"),
    "a layer": ({"a": small()}, r"a is a Sequential.*state_dict\(\)"),
    "a tuple": ({"a": [(1, 2)]}, r"a\.0 is a tuple.*use a list"),
    "a set": ({"a": {1, 2}}, "a is a set"),
    "a queue": ({"a": {"b": deque([1])}}, r"a\.b is a deque"),
    "bytes": ({"a": b"123"}, "a is a bytes"),
    "a complex number": ({"a": 1j}, "a is a complex"),
    "a function": ({"a": abs}, "a is a builtin_function"),
    "an array of objects": ({"a": np.array([{}, []], object)}, "a holds object"),
    "an array of words": ({"a": np.array(["b"])}, "a holds <U1"),
    "an array of complex numbers": ({"a": np.ones(2, complex)}, "a holds complex128"),
    "an array of long doubles": ({"a": np.ones(2, np.longdouble)}, "a holds .*(128|96)"),
    "a date": ({"a": np.array(["2020-01-01"], "M8[D]")}, "a holds datetime64"),
    "a masked array": ({"a": np.ma.masked_array([1.0, 2.0], [True, False])}, "a holds float64"),
    "a number for a key": ({1: np.ones(2)}, "the dictionary has the key 1: give a word"),
    "no key": ({"a": {"": 1}}, "a has the key '': give a word"),
    "a key that is taken": ({"__metadata__": np.ones(2)}, "has the key '__metadata__'"),
    "a key of half a letter": ({"\ud800": 1}, "has the key"),
    "one name twice": ({"a.b": np.ones(2), "a": {"b": np.ones(2)}}, r"two arrays .* called a\.b"),
    "one name in a list": ({"a": [np.ones(1)], "a.0": np.ones(1)}, r"two arrays .* called a\.0"),
}


@pytest.mark.parametrize("what", UNKEPT)
def test_what_no_file_can_keep_is_refused_by_its_name(tmp_path, what):
    tree, words = UNKEPT[what]
    with pytest.raises((TypeError, ValueError), match=words):
        save(tree, tmp_path / "a.safetensors")
    assert not os.listdir(tmp_path)


def test_a_dictionary_that_holds_itself_is_refused(tmp_path):
    tree = {"inside": []}
    tree["inside"].append(tree)
    with pytest.raises(ValueError, match="does it hold itself"):
        save(tree, tmp_path / "a.safetensors")


REFUSED = {
    "save() of a list": (lambda: save([1], "a"), TypeError, "takes a dictionary, not"),
    "save() to a folder": (lambda: save({}, os.curdir), IsADirectoryError, "is a folder"),
    "save() in no folder": (
        lambda: save({}, os.path.join("nowhere", "a")),
        FileNotFoundError,
        "nowhere is no folder: make it first",
    ),
    "save() to a number": (lambda: save({}, 3), TypeError, "not int"),
    "load() of no file": (lambda: load("nowhere.safetensors"), FileNotFoundError, "nowhere"),
    "load() of a folder": (lambda: load(os.curdir), IsADirectoryError, "directory"),
    "load() of a number": (lambda: load(0), TypeError, "not int"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_makes_no_sense_is_refused_with_the_way_out(what, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    attempt, kind, said = REFUSED[what]
    with pytest.raises(kind, match=said):
        attempt()
    assert not os.listdir(tmp_path)


# A file that is damaged


def refusing(path):
    return pytest.raises(ValueError, match=rf"{path.name} is damaged, or no safetensors file")


def flips(whole, n, seed=0):
    """n copies of the bytes, with one bit turned over in each."""
    for bit in np.random.default_rng(seed).permutation(8 * len(whole))[:n]:
        data = bytearray(whole)
        data[bit // 8] ^= 1 << bit % 8
        yield bytes(data)


def test_every_flipped_bit_and_every_truncation_is_refused_by_the_files_name(tmp_path, thorough):
    save(KNOWN, tmp_path / "a.safetensors")
    whole, path = (tmp_path / "a.safetensors").read_bytes(), tmp_path / "damaged.safetensors"
    spoiled = [whole[:n] for n in range(len(whole))] + [whole + b"\0", b"\0" + whole]
    spoiled += flips(whole, 10**9 if thorough else 800)
    for data in spoiled:
        path.write_bytes(data)
        with refusing(path):
            load(path)


def test_a_damaged_checkpoint_is_refused_and_changes_nothing(tmp_path, thorough):
    run, path = everything(), tmp_path / "damaged.safetensors"
    go_on(run, 1, checkpoint=path)
    whole, before = path.read_bytes(), states(run)
    every = 7 if thorough else 97
    for data in [
        *flips(whole, 4000 if thorough else 400),
        *(whole[:n] for n in range(0, len(whole), every)),
    ]:
        path.write_bytes(data)
        with refusing(path):
            go_on(run, 2, checkpoint=path, resume=True)
    np.testing.assert_equal(states(run), before)


@contextmanager
def no_more_than(memory):
    """Fail where more bytes than these are taken at once."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < memory
    finally:
        tracemalloc.stop()


def lying(header, data=b"", length=None):
    """The bytes of a file with this header, whatever it says."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return (len(text) if length is None else length).to_bytes(8, "little") + text + data


def entry(dtype="F64", shape=(2,), begin=0, end=16):
    return {"dtype": dtype, "shape": list(shape), "data_offsets": [begin, end]}


def signed(rest):
    """The bytes of a file with a true sum, and with nonsense beside it: damage with intent."""
    data = lying({"__metadata__": {"minnet": f"{files.MARK}{'0' * 64}{rest}"}})
    at = data.index(files.MARK.encode()) + len(files.MARK)
    return data[:at] + files.sum_of(data, at).encode() + data[at + 64 :]


LIARS = {
    "a terabyte": lying({"a": entry(shape=[2**37], end=2**40)}, bytes(16)),
    "a terabyte in a small place": lying({"a": entry(shape=[2**37])}, bytes(16)),
    "one more": lying({"a": entry(shape=[3])}, bytes(16)),
    "one less": lying({"a": entry(shape=[1])}, bytes(16)),
    "a byte too many": lying({"a": entry()}, bytes(17)),
    "a byte too few": lying({"a": entry()}, bytes(15)),
    "a negative size": lying({"a": entry(shape=[-2])}, bytes(16)),
    "two negative sizes": lying({"a": entry(shape=[-1, -2])}, bytes(16)),
    "a size beyond all numbers": lying({"a": entry(shape=[2**62, 4], end=0)}),
    "a negative place": lying({"a": entry(begin=-16, end=0)}, bytes(16)),
    "an unknown type": lying({"a": entry("O")}, bytes(16)),
    "a type that numpy has not": lying({"a": entry("BF16", end=4)}, bytes(4)),
    "a hundred names for one place": lying({f"a{i}": entry() for i in range(100)}, bytes(16)),
    "a hole": lying({"a": entry(begin=16, end=32)}, bytes(32)),
    "a header beyond the end": lying(b"{}", length=2**40),
    "a header of 2^63": lying(b"{}", length=2**63),
    "no JSON": lying(b"no json"),
    "a list": lying([]),
    "brackets without end": lying(b"[" * 10**6),
    "names within names": lying(b'{"a":' * 10**5 + b"1" + b"}" * 10**5),
    "a note that is no word": lying({"__metadata__": {"minnet": 3}}),
    "no letters": lying(b"\xff" * 100),
    "nothing": b"",
    "a zip file": b"PK\x03\x04" + bytes(100),
    "a true sum, no JSON": signed("no json"),
    "a true sum, an unknown array": signed('{"a": {"": "a"}}'),
    "a true sum, a list for a name": signed('{"a": {"": []}}'),
    "a true sum, brackets": signed("[" * 10**5),
    "a true sum, a number": signed("3"),
}


@pytest.mark.parametrize("what", LIARS)
def test_a_file_that_lies_is_refused_in_bounded_memory(tmp_path, what):
    path, data = tmp_path / "liar.safetensors", LIARS[what]
    path.write_bytes(data)
    with no_more_than(4 * len(data) + 10**6), refusing(path):
        load(path)


@pytest.mark.skipif(os.name == "nt", reason="a file with a hole in it")
def test_a_file_of_a_terabyte_whose_header_says_less_is_not_read(tmp_path):
    path = tmp_path / "huge.safetensors"
    for begin in (b"", lying({"a": entry()})):
        with path.open("wb") as file:
            file.write(begin)
            file.truncate(2**40)
        with no_more_than(10**6), refusing(path):
            load(path)


def test_writing_takes_the_memory_of_the_file_once_and_reading_twice(tmp_path):
    tree = {"a": np.zeros(10**6)}
    with no_more_than(1.1 * tree["a"].nbytes):
        save(tree, tmp_path / "a.safetensors")
    with no_more_than(2.1 * tree["a"].nbytes):
        load(tmp_path / "a.safetensors")


# Writing

FAILURES = [OSError("no space left"), KeyboardInterrupt(), MemoryError()]


@pytest.mark.parametrize("step", ["take_apart", "open", "fsync", "replace"])
@pytest.mark.parametrize("error", FAILURES, ids=lambda error: type(error).__name__)
def test_the_old_file_stays_whole_when_writing_fails(tmp_path, monkeypatch, step, error):
    def fail(*_, **__):
        raise error

    path = tmp_path / "a.safetensors"
    save(KNOWN, path)
    before = path.read_bytes()
    if step in ("take_apart", "open"):
        monkeypatch.setattr(files, step, fail, raising=False)
    else:
        monkeypatch.setattr(os, step, fail)
    with pytest.raises(type(error)):
        save({"a": np.ones(5)}, path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["a.safetensors"]


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
    save(KNOWN, tmp_path / "a.safetensors")
    size = (tmp_path / "a.safetensors").stat().st_size
    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(os, "replace", note_rename)
    save(KNOWN, tmp_path / "a.safetensors")
    assert told == [".part", "rename True", "folder"]


def test_a_folder_that_cannot_be_synced_is_no_reason_to_fail(tmp_path, monkeypatch):
    def refuse(path, flags, *_):
        raise PermissionError("as on Windows")

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        save(KNOWN, tmp_path / "a.safetensors")
    load(tmp_path / "a.safetensors")


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the system lists no open files")
def test_saves_and_loads_leave_no_file_open(tmp_path):
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        save(KNOWN, tmp_path / "f")
        load(tmp_path / "f")
    with pytest.raises(ValueError):
        (tmp_path / "g").write_bytes(b"nothing")
        load(tmp_path / "g")
    assert len(os.listdir("/proc/self/fd")) == before


def test_what_a_killed_save_has_left_is_cleared_and_nothing_else(tmp_path):
    left = tmp_path / "a[1].st.0123abcd.part"
    others = {"a[1].st.part", "a[1].st.mine.part", "a1.st.0123abcd.part", "b.st.0123abcd.part"}
    for name in [left.name, *others]:
        (tmp_path / name).write_bytes(b"half")
    save(KNOWN, tmp_path / "a[1].st")
    assert set(os.listdir(tmp_path)) == others | {"a[1].st"}


def test_a_save_whose_part_is_taken_away_writes_it_again(tmp_path, monkeypatch):
    rename, times = os.replace, []

    def rename_late(part, path):
        times.append(part)
        if len(times) < 3:
            os.unlink(part)
        rename(part, path)

    monkeypatch.setattr(os, "replace", rename_late)
    save(KNOWN, tmp_path / "a.safetensors")
    load(tmp_path / "a.safetensors")
    assert len(set(times)) == 3 and os.listdir(tmp_path) == ["a.safetensors"]


def test_a_folder_that_is_taken_away_ends_a_save(tmp_path, monkeypatch):
    folder, rename = tmp_path / "gone", os.replace
    folder.mkdir()

    def rename_late(part, path):
        os.unlink(part)
        folder.rmdir()
        rename(part, path)

    monkeypatch.setattr(os, "replace", rename_late)
    with pytest.raises(FileNotFoundError):
        save(KNOWN, folder / "a.safetensors")


def test_the_part_of_a_save_that_is_at_work_is_left_to_it(tmp_path, monkeypatch):
    rename = os.replace
    mine = tmp_path / "a.st.00000000.part"
    mine.write_bytes(b"half")
    os.utime(mine, (10**9, 10**9))

    def another_goes_on(part, path):
        mine.write_bytes(b"being written by another process")
        rename(part, path)

    monkeypatch.setattr(os, "replace", another_goes_on)
    save(KNOWN, tmp_path / "a.st")
    assert set(os.listdir(tmp_path)) == {"a.st", "a.st.00000000.part"}


NAMES = ["a.safetensors", "ä [b] *.st", "no_suffix", ".hidden", "two.dots.st"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", [str, Path])
def test_a_path_is_a_word_or_a_path_here_or_elsewhere(tmp_path, monkeypatch, name, kind):
    monkeypatch.chdir(tmp_path)
    for path in (kind(name), kind(tmp_path / name)):
        save(KNOWN, path)
        np.testing.assert_equal(load(path), KNOWN)
        assert os.listdir(tmp_path) == [name]


@pytest.mark.skipif(os.name == "nt", reason="links need rights")
def test_a_link_stays_a_link_and_its_file_is_written(tmp_path):
    (tmp_path / "far").mkdir()
    link, real = tmp_path / "link.st", tmp_path / "far" / "real.st"
    link.symlink_to(Path("far") / "real.st")
    for seed in (0, 1):  # at first it leads nowhere
        save({"a": seed}, link)
        assert link.is_symlink() and not real.is_symlink()
        assert load(real) == {"a": seed}
    assert os.listdir(tmp_path / "far") == ["real.st"]


def test_a_history_goes_to_a_file_and_back_by_itself(tmp_path):
    history, again = History(), History()
    history.add([0.5, 0.75])
    save(history, tmp_path / "history.st")
    again.load_state_dict(load(tmp_path / "history.st"))
    assert again == history


def test_a_state_that_fits_is_loaded_and_what_does_not_is_listed(tmp_path):
    rng = np.random.default_rng(0)
    save(small().state_dict(), tmp_path / "a.st")
    network = Sequential(Linear(3, 5, rng=rng), Linear(5, 2, rng=rng))
    before = network.state_dict()
    with pytest.raises(ValueError, match=r"(?s)1\.weight is missing.*2\.weight is not in"):
        network.load_state_dict(load(tmp_path / "a.st"))
    np.testing.assert_equal(network.state_dict(), before)
