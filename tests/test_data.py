"""Data: rows that stay together, parts that do not meet, files that are not trusted."""

import copy
import gzip
import hashlib
import pickle
import shutil
import struct
import subprocess
import sys
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from helpers.gradients import quiet

import minnet
from minnet import checks, data
from minnet.cost_functions import cross_entropy
from minnet.data import (
    Batches,
    StandardScaler,
    binary_digits,
    deal,
    load_diabetes,
    load_digits,
    load_iris,
    one_hot,
    read_idx,
    shift_images,
    train_test_split,
)
from minnet.layers import Linear, Sequential, relu
from minnet.optimizers import SGD
from minnet.tensors import Tensor


def rng(seed=0):
    return np.random.default_rng(seed)


# Batches


def test_batches_keep_rows_together_and_show_each_once():
    x = np.arange(50.0)
    batches = Batches(x, 10 * x, batch_size=8, rng=rng())
    seen = []
    for a, b in batches:
        assert (b == 10 * a).all()
        seen += a.tolist()
    assert sorted(seen) == x.tolist() and seen != x.tolist()
    assert [a.tolist() for a, _ in batches] != [a.tolist() for a, _ in batches]


def test_rows_mix_and_not_only_batches():
    first = next(iter(Batches(np.arange(100), batch_size=10, rng=rng())))[0]
    assert np.abs(np.diff(np.sort(first))).max() > 1


def test_the_last_batch_is_short_or_left_out():
    sizes = [len(a) for (a,) in Batches(np.arange(10), batch_size=4)]
    assert sizes == [4, 4, 2]
    short = Batches(np.arange(10), batch_size=4, drop_last=True)
    assert [len(a) for (a,) in short] == [4, 4] and len(short) == 2
    assert len(Batches(np.arange(8), batch_size=4)) == 2
    assert [len(a) for (a,) in Batches(np.arange(9), batch_size=4)] == [4, 4, 1]
    assert len(Batches(np.arange(8), batch_size=4, drop_last=True)) == 2
    assert len(Batches(np.arange(1797))) == 57
    assert [len(a) for (a,) in Batches(np.arange(3), batch_size=100)] == [3]
    assert [len(a) for (a,) in Batches(np.arange(3), batch_size=np.int64(1))] == [1, 1, 1]


def test_without_a_generator_the_order_stays():
    assert next(iter(Batches(np.arange(5))))[0].tolist() == [0, 1, 2, 3, 4]


def test_the_same_seed_gives_the_same_batches():
    once, again = (
        [a.tolist() for (a,) in Batches(np.arange(20), batch_size=6, rng=rng(3))] for _ in range(2)
    )
    assert once == again


def test_a_batch_is_a_copy_of_its_rows_in_their_type():
    x, y = np.ones((6, 2), np.float32), np.arange(6, dtype=np.uint8)
    inputs, labels = next(iter(Batches(x, y, batch_size=6)))
    inputs[:] = 7
    assert (x == 1).all() and inputs.dtype == np.float32 and labels.dtype == np.uint8


def test_what_is_changed_in_the_array_shows_in_later_batches():
    x = np.zeros((4, 2))
    view = Batches(x[::2], batch_size=1)
    first, second = (inputs.copy() for (inputs,) in view)
    x[2] = 5
    assert (first == 0).all() and (second == 0).all()
    assert [inputs.tolist() for (inputs,) in view] == [[[0, 0]], [[5, 5]]]


@pytest.mark.parametrize("kind", ["a view", "in columns", "on disk"])
def test_a_pass_copies_a_batch_at_a_time(kind, tmp_path):
    x = np.zeros((4000, 500))
    if kind == "a view":
        x = x[::2]
    if kind == "in columns":
        x = np.asfortranarray(x)
    if kind == "on disk":
        np.save(tmp_path / "x.npy", x)
        x = np.load(tmp_path / "x.npy", mmap_mode="r")
    tracemalloc.start()
    for (inputs,) in Batches(x, batch_size=10, rng=rng()):
        assert inputs.shape == (10, 500)
    assert tracemalloc.get_traced_memory()[1] < 500_000  # two batches, and the order
    tracemalloc.stop()


def order(batches):
    return [rows.tolist() for (rows,) in batches]


@pytest.mark.parametrize("kind", [np.random.PCG64, np.random.MT19937, np.random.SFC64])
def test_a_state_is_where_the_next_pass_begins(kind):
    batches = Batches(np.arange(20), batch_size=6, rng=np.random.Generator(kind(0)))
    order(batches)
    state = batches.state_dict()
    passes = [order(batches), order(batches)]
    for _ in range(2):  # used twice, and by another
        batches.load_state_dict(state)
        assert [order(batches), order(batches)] == passes
    other = Batches(np.arange(20), batch_size=6, rng=np.random.Generator(kind(5)))
    other.load_state_dict(pickle.loads(pickle.dumps(state)))
    assert order(other) == passes[0]
    still = Batches(np.arange(20))
    assert still.state_dict() == {} and still.load_state_dict({}) is None


def test_a_state_that_is_refused_changes_nothing():
    batches = Batches(np.arange(20), rng=rng())
    wanted = batches.state_dict()
    half = copy.deepcopy(rng(7).bit_generator.state)
    del half["uinteger"]  # numpy would have set the first part by the time it notices
    other = np.random.Generator(np.random.MT19937(0)).bit_generator.state
    for wrong in (half, other, None, 3, {}, wanted):
        with pytest.raises(ValueError, match="rng is no state of a PCG64: "):
            batches.load_state_dict({"rng": wrong})
        assert batches.state_dict() == wanted
    for wrong in ({}, {"order": 1}, None, wanted | {"order": 1}):
        with pytest.raises(ValueError, match=r"a state of these Batches has \['rng'\], not"):
            batches.load_state_dict(wrong)
    with pytest.raises(ValueError, match=r"a state of these Batches has \[\], not \['rng'\]"):
        Batches(np.arange(3)).load_state_dict(wanted)


def test_two_passes_at_a_time_and_one_that_was_left_show_each_row_once():
    batches = Batches(np.arange(10), batch_size=3, rng=rng())
    next(iter(batches))
    one, other = iter(batches), iter(batches)
    pairs = list(zip(one, other, strict=True))
    for side in zip(*pairs, strict=True):
        assert sorted(np.concatenate([rows for (rows,) in side])) == list(range(10))
    running = iter(batches)
    seen = next(running)[0].tolist()
    batches.batch_size = 5  # holds from the next pass on
    seen += [i for (rows,) in running for i in rows]
    assert sorted(seen) == list(range(10)) and len(batches) == 2


@pytest.mark.parametrize(
    "copied", [copy.deepcopy, lambda b: pickle.loads(pickle.dumps(b))], ids=["deep", "pickle"]
)
def test_a_copy_of_batches_goes_on_alike_and_apart(copied):
    batches = Batches(np.arange(20), batch_size=6, rng=rng())
    twin = copied(batches)
    assert order(twin) == order(batches) and order(twin) == order(batches)
    order(twin)
    assert order(twin) != order(batches)


def test_batches_and_scalers_are_printed_with_their_sizes():
    class Mine(Batches):
        pass

    assert repr(Batches(np.arange(1797))) == "Batches(57 of 32)"
    assert repr(Mine([1, 2], batch_size=np.int64(1))) == "Mine(2 of 1)"
    assert repr(StandardScaler()) == "StandardScaler()"
    assert repr(StandardScaler().fit(np.ones((2, 64)))) == "StandardScaler(64)"


# Train and test


def test_split_shares_no_row_and_loses_none():
    x = np.arange(100)
    train, test, y_train, y_test = train_test_split(x, -x, test_size=0.3, rng=rng())
    assert len(test) == 30 and sorted([*train, *test]) == x.tolist()
    assert (train == -y_train).all() and (test == -y_test).all()
    assert train.tolist() != sorted(train) and test.tolist() != sorted(test)
    assert len(train_test_split(x, test_size=17, rng=rng())[1]) == 17
    assert len(train_test_split(x, rng=rng())[1]) == 20
    assert len(train_test_split(np.arange(1797), test_size=0.2, rng=rng())[1]) == 360
    assert [len(part) for part in train_test_split([1, 2], test_size=1, rng=rng())] == [1, 1]


def test_the_parts_are_copies():
    x = np.zeros((10, 2))
    for part in train_test_split(x, x, rng=rng()):
        part += 1
    assert (x == 0).all()


@pytest.mark.parametrize("size", [0.2, 0.25, 0.07, 0.5, 1 / 3, 1, 7, np.int64(9)])
def test_parts_are_as_large_as_scikit_learns(size):
    theirs = pytest.importorskip("sklearn.model_selection").train_test_split
    for n in (10, 11, 100, 150, 442, 1797):
        sizes = [len(part) for part in train_test_split(np.arange(n), test_size=size, rng=rng())]
        assert sizes == [len(part) for part in theirs(np.arange(n), test_size=size)]


def test_of_classes_that_lost_alike_the_first_get_the_rows_that_are_left():
    sizes = [4, 3, 4] * 300  # many: a sort that swaps equal ones does so only then
    shares = deal(1200, sizes)  # 1.45 and 1.09 of them: one of each, and 300 are left
    assert shares.tolist() == [2, 1, 2] * 150 + [1, 1, 1] * 150


def test_stratified_parts_have_the_shares_that_scikit_learn_gives():
    theirs = pytest.importorskip("sklearn.model_selection").train_test_split
    for seed in range(50):
        labels = rng(seed).permutation(np.arange(4).repeat(rng(seed).integers(20, 60, size=4)))
        for size in (0.2, 0.35, 31):
            halves = [
                train_test_split(labels, test_size=size, stratify=labels, rng=rng(seed)),
                theirs(labels, test_size=size, stratify=labels, random_state=seed),
            ]
            ours, other = (np.bincount(test) for _, test in halves)
            exact = len(halves[0][1]) * np.bincount(labels) / len(labels)
            assert sorted(ours - exact) == pytest.approx(sorted(other - exact))  # ties: by chance


def test_rounding_decides_no_tie():
    assert deal(3, [3, 8, 4]).tolist() == [1, 1, 1], "0.6, 1.6 and 0.8 of them, and 1.6 - 1 > 0.6"


def test_a_row_too_many_goes_to_each_class_as_often():
    labels = np.arange(5).repeat(10)
    times = np.zeros(5)
    for seed in range(500):
        test = train_test_split(labels, test_size=12, stratify=labels, rng=rng(seed))[1]
        times += np.bincount(test) - 2
    assert times.sum() == 1000 and (abs(times - 200) < 45).all()  # four standard deviations


def test_each_row_has_the_same_chance_of_being_tested():
    times = np.zeros(10)
    for seed in range(1000):
        times[train_test_split(np.arange(10), test_size=3, rng=rng(seed))[1]] += 1
    assert (abs(times - 300) < 60).all()  # four standard deviations


@pytest.mark.parametrize("labels", [np.arange(2), np.array(["b", "a"])], ids=["numbers", "words"])
def test_stratified_parts_have_the_same_shares(labels):
    labels = labels.repeat([80, 20])
    for seed in range(20):
        train, test = train_test_split(labels, test_size=0.2, stratify=labels, rng=rng(seed))
        assert [np.sum(test == kind) for kind in labels[[0, 99]]] == [16, 4]
        assert len(train) == 80 and train.tolist() != sorted(train)


def test_a_stratified_part_has_as_many_rows_as_were_asked_for():
    labels = load_digits()[1]
    for k in (359, 360, 361, 10, 1787):
        test = train_test_split(labels, test_size=k, stratify=labels, rng=rng())[1]
        assert len(test) == k
        wanted = k * np.bincount(labels) / 1797
        assert (abs(np.bincount(test, minlength=10) - wanted) < 1).all()


# Scaling and labels


def test_standardize_measures_the_training_part_alone():
    train, test = rng().normal(5, 3, size=(50, 2)), rng(1).normal(size=(9, 2))
    scale = StandardScaler().fit(train)
    np.testing.assert_allclose(scale.transform(train).mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(scale.transform(train).std(axis=0), 1)
    np.testing.assert_allclose(
        scale.transform(test), (test - train.mean(axis=0)) / train.std(axis=0)
    )
    np.testing.assert_allclose(scale.inverse_transform(scale.transform(test)), test)
    np.testing.assert_array_equal(StandardScaler().fit_transform(train), scale.transform(train))


@pytest.mark.parametrize("constant", [7.0, 0.1, 0.0, -1e9 / 3])
def test_columns_that_never_change_become_zero(constant):
    x = np.full((1437, 2), constant)
    x[:, 0] = np.arange(1437)
    scale = StandardScaler().fit(x)
    close = pytest.approx(0, abs=1e-12 * max(1, abs(constant)))
    assert abs(scale.transform(x)[:, 1]).max() == close
    assert abs(scale.transform(x + 3)[:, 1] - 3).max() == close  # its deviation counts as 1
    assert (scale.inverse_transform(np.zeros((1, 2)))[:, 1] == scale.mean_[1]).all()
    assert scale.scale_[1] == 1 and scale.mean_[1] == pytest.approx(constant)


@pytest.mark.parametrize("dtype", [float, np.float32])
def test_columns_that_change_by_rounding_alone_are_not_blown_up(dtype):
    speck = np.finfo(dtype).eps / 16  # of 0.1, the last bit
    column = (0.1 + speck * rng().integers(-1, 2, size=1000)).astype(dtype)
    assert len(set(column.tolist())) > 1
    scale = StandardScaler().fit(column[:, None])
    assert abs(scale.transform(np.array([[0.2]], dtype))).max() < 1
    clear = (0.1 + 1e5 * speck * rng().integers(-1, 2, size=1000)).astype(dtype)
    assert StandardScaler().fit_transform(clear[:, None]).std() == pytest.approx(1, rel=0.01)


def test_scaled_numbers_are_those_of_scikit_learn():
    theirs = pytest.importorskip("sklearn.preprocessing").StandardScaler
    digits, patients = load_digits()[0].reshape(-1, 64), load_diabetes()[0]
    specks = 0.1 + 1e-17 * np.arange(300.0).reshape(100, 3)
    specks[:, 1] = 1e5 + 1e-7 * np.arange(100)
    for x in (digits, patients, specks, digits.astype(np.float32)):
        ours, other = StandardScaler().fit(x), theirs().fit(x)
        for name in ("mean_", "var_", "scale_"):
            np.testing.assert_allclose(getattr(ours, name), getattr(other, name), 1e-9, 1e-20)
        z = ours.transform(x + 1)
        assert z.dtype == other.transform(x + 1).dtype == x.dtype
        np.testing.assert_allclose(z, other.transform(x + 1), rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(ours.inverse_transform(z), x + 1, rtol=1e-5, atol=1e-6)


def test_scalers_leave_what_they_are_given_and_keep_nothing_of_it():
    x = rng().normal(size=(5, 2))
    before, scale = x.copy(), StandardScaler().fit(x)
    z = scale.transform(x)
    scale.inverse_transform(z)
    assert (x == before).all() and (z == scale.transform(x)).all()
    x *= 100
    np.testing.assert_array_equal(scale.transform(before), z)
    twin = pickle.loads(pickle.dumps(scale))
    scale.fit(x)  # used a second time: of the first nothing stays
    np.testing.assert_array_equal(scale.mean_, x.mean(axis=0))
    np.testing.assert_array_equal(twin.transform(before), z)
    with pytest.raises(ValueError, match="nan or infinity"):
        scale.fit([[np.nan, 1]])
    np.testing.assert_array_equal(scale.mean_, x.mean(axis=0))


def test_one_row_alone_becomes_zeros():
    assert StandardScaler().fit_transform([[3.0, -1.0]]).tolist() == [[0, 0]]


def test_scaling_keeps_float32_and_measures_whole_numbers_as_floats():
    pixels = rng().integers(0, 256, size=(60_000, 3)).astype(np.uint8)
    wanted = (pixels - pixels.mean(axis=0)) / pixels.std(axis=0)
    np.testing.assert_allclose(StandardScaler().fit_transform(pixels), wanted, rtol=1e-12)
    far = pixels.astype(np.float32) + 4096
    scale = StandardScaler().fit(far)
    small = scale.transform(far)
    assert small.dtype == scale.inverse_transform(small).dtype == np.float32
    np.testing.assert_allclose(small, wanted, atol=1e-6)


def test_targets_in_one_row_are_scaled_too():
    z = StandardScaler().fit_transform(load_diabetes()[1])
    assert z.shape == (442,) and abs(z.mean()) < 1e-12 and abs(z.std() - 1) < 1e-12


def test_one_hot_and_binary_digits():
    assert one_hot([2, 0], 3).tolist() == [[0, 0, 1], [1, 0, 0]]
    assert one_hot(np.array([0], np.uint8), 1).tolist() == [[1]]
    assert one_hot(np.array([199, 0], np.uint8), 200).argmax(axis=1).tolist() == [199, 0]
    assert one_hot([70_000], 10**5).shape == (1, 10**5)  # no table of all classes by all
    assert binary_digits([0], 1).tolist() == [[0]]
    assert binary_digits([5, 8], 4).tolist() == [[1, 0, 1, 0], [0, 0, 0, 1]]
    for kind in (np.uint8, np.uint64):
        assert binary_digits(np.array([255], kind), 8).tolist() == [[1] * 8]
    numbers = rng().integers(0, 2**62, size=50)
    digits = [[int(digit) for digit in f"{n:062b}"[::-1]] for n in numbers]
    assert binary_digits(numbers, 62).tolist() == digits


# What ships


def test_the_boxes_hold_what_they_say():
    images, labels = load_digits()
    assert images.shape == (1797, 8, 8) and images.min() == 0 and images.max() == 16
    assert images.dtype == float and labels.dtype == np.int64 and set(labels) == set(range(10))
    assert np.flatnonzero(images.reshape(1797, 64).std(axis=0) == 0).tolist() == [0, 32, 39]
    inputs, targets = load_diabetes()
    assert inputs.shape == (442, 10) and targets.shape == (442,)
    assert inputs.dtype == targets.dtype == float and targets.min() == 25 and targets.max() == 346
    inputs, labels = load_iris()
    assert inputs.shape == (150, 4) and np.bincount(labels).tolist() == [50, 50, 50]
    assert inputs.dtype == float and labels.dtype == np.int64


def test_the_sums_are_those_that_are_published():
    readme = (Path(minnet.__file__).parent / "datasets" / "README.md").read_text("utf-8")
    for name, wanted in data.SUMS.items():
        assert f"| `{name}.npz` | `{wanted}` |" in readme


def test_what_reads_files_is_imported_when_a_file_is_read():
    code = "import numpy, sys; old = set(sys.modules); import minnet; print(set(sys.modules) - old)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for module in ("gzip", "hashlib", "importlib.resources", "zipfile", "zlib"):
        assert f"'{module}'" not in done.stdout


def test_a_damaged_box_is_refused_by_name(tmp_path, monkeypatch):
    shutil.copytree(Path(minnet.__file__).parent / "datasets", tmp_path / "datasets")
    monkeypatch.setattr(checks, "__file__", str(tmp_path / "checks.py"))
    assert load_iris()[0].shape == (150, 4)
    path = tmp_path / "datasets" / "iris.npz"
    whole = path.read_bytes()
    broken = bytearray(whole)
    broken[500] ^= 1
    for content in (bytes(broken), whole[:-1], b""):
        path.write_bytes(content)
        with pytest.raises(ValueError, match=r"iris\.npz is damaged.*install minnet again"):
            load_iris()


def test_a_box_with_a_pickle_in_it_stays_closed_even_with_the_right_sum(tmp_path, monkeypatch):
    class Surprise:
        def __reduce__(self):
            return pytest.fail, ("code from the file ran",)

    path = tmp_path / "datasets" / "iris.npz"
    path.parent.mkdir()
    np.savez(path, inputs=np.array([Surprise()]), labels=np.zeros(1))
    monkeypatch.setattr(checks, "__file__", str(tmp_path / "checks.py"))
    monkeypatch.setitem(data.SUMS, "iris", hashlib.sha256(path.read_bytes()).hexdigest())
    with pytest.raises(ValueError, match="allow_pickle=False"):
        load_iris()


# IDX files


def idx(array, code):
    big = array.astype(array.dtype.newbyteorder(">"))
    header = struct.pack(f">HBB{array.ndim}I", 0, code, array.ndim, *array.shape)
    return header + big.tobytes()


@pytest.mark.parametrize(
    "code, dtype", [(8, "u1"), (9, "i1"), (11, "i2"), (12, "i4"), (13, "f4"), (14, "f8")]
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gz"])
def test_idx_files_of_every_type_are_read(tmp_path, code, dtype, pack):
    array = np.arange(-6 if dtype != "u1" else 0, 18).astype(dtype)[:12].reshape(2, 3, 2)
    path = tmp_path / "file"
    path.write_bytes(pack(idx(array, code)))
    found = read_idx(path)
    np.testing.assert_array_equal(found, array)
    assert found.dtype == np.dtype(dtype) and found.dtype.isnative
    found += 1  # it is ours to change


@pytest.mark.parametrize("shape", [(5,), (0, 3), (1, 1, 1, 1)], ids=str)
def test_idx_files_of_other_shapes_are_read(tmp_path, shape):
    array = np.arange(np.prod(shape), dtype=np.uint8).reshape(shape)
    (tmp_path / "file").write_bytes(idx(array, 8))
    np.testing.assert_array_equal(read_idx(str(tmp_path / "file")), array)


WHOLE = idx(np.arange(12, dtype=np.uint8).reshape(2, 2, 3), 8)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gz"])
def test_every_truncation_is_refused_by_name(tmp_path, pack):
    content, path = pack(WHOLE), tmp_path / "cut.idx"
    for end in range(len(content)):
        path.write_bytes(content[:end])
        with pytest.raises(ValueError, match=r"cut\.idx is no whole IDX file"):
            read_idx(path)
    if pack is bytes:
        with pytest.raises(ValueError, match="promises 12 bytes, and has room for 11 at the most"):
            read_idx(path)
    path.write_bytes(pack(WHOLE + b"\0"))
    with pytest.raises(ValueError, match="promises 12 bytes, and fewer or more follow"):
        read_idx(path)


def flips(content):
    """The content with each one of its bits turned over."""
    for place in range(8 * len(content)):
        flipped = bytearray(content)
        flipped[place // 8] ^= 1 << place % 8
        yield bytes(flipped)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gz"])
def test_every_flipped_bit_is_known_by_the_sum(tmp_path, pack):
    content, path = pack(WHOLE), tmp_path / "file.idx"
    good = hashlib.sha256(content).hexdigest()
    path.write_bytes(content)
    assert read_idx(path, good).shape == read_idx(path, sha256=good).shape == (2, 2, 3)
    for flipped in flips(content):
        path.write_bytes(flipped)
        with pytest.raises(
            ValueError, match=rf"file\.idx is not the file .* its sha256 is \w+, not {good}"
        ):
            read_idx(path, good)


def test_a_flipped_bit_in_a_packed_file_is_refused_or_changes_no_number(tmp_path):
    path, refused = tmp_path / "file.idx.gz", 0
    for flipped in flips(gzip.compress(WHOLE)):
        path.write_bytes(flipped)
        try:
            assert idx(read_idx(path), 8) == WHOLE
        except ValueError as error:
            refused += 1
            assert "file.idx.gz is no whole IDX file" in str(error)
    assert refused > 8 * len(WHOLE)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gz"])
def test_a_header_that_lies_takes_no_memory(tmp_path, pack):
    path = tmp_path / "huge.idx"
    for lengths in ([2**31] * 3, [10**9], [10**8, 3]):
        header = struct.pack(f">HBB{len(lengths)}I", 0, 14, len(lengths), *lengths)
        path.write_bytes(pack(header + bytes(64)))
        tracemalloc.start()
        with pytest.raises(ValueError, match=r"huge\.idx .* promises \d+ bytes, and has room for"):
            read_idx(path)
        assert tracemalloc.get_traced_memory()[1] < 10**6
        tracemalloc.stop()


def test_no_more_is_unpacked_than_the_header_promises(tmp_path):
    path = tmp_path / "bomb.idx.gz"
    path.write_bytes(gzip.compress(struct.pack(">HBBI", 0, 8, 1, 5) + bytes(10**7)))
    tracemalloc.start()
    with pytest.raises(ValueError, match="promises 5 bytes"):
        read_idx(path)
    assert tracemalloc.get_traced_memory()[1] < 10**6
    tracemalloc.stop()


def test_what_packs_best_still_has_room(tmp_path):
    zeros = np.zeros(10**6, np.uint8)
    (tmp_path / "zeros.gz").write_bytes(gzip.compress(idx(zeros, 8)))
    assert (read_idx(tmp_path / "zeros.gz") == zeros).all()


def test_a_packed_gigabyte_is_left_to_others(tmp_path):
    class SaidError(Exception):
        pass

    def room_only(stream, room):
        raise SaidError(room)

    path = tmp_path / "large.gz"
    with path.open("wb") as file:
        file.write(b"\x1f\x8b")
        file.truncate(10**7)  # sparse
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SaidError, match=str(2**30)):
        patch.setattr(data, "parse_idx", room_only)
        read_idx(path)


# Augmentation


@pytest.mark.parametrize("dtype", [float, np.float32, np.uint8])
def test_shifted_pictures_keep_their_ink_in_reach(dtype):
    images = np.zeros((50, 6, 6), dtype)
    images[:, 2:4, 2:4] = 1
    before = images.copy()
    moved = shift_images(images, rng=rng(), max_shift=2)
    assert (moved.sum(axis=(1, 2)) == 4).all() and not (moved == images).all()
    assert moved.dtype == dtype and (images == before).all()
    corners = {tuple(np.argwhere(picture)[0]) for picture in moved}
    assert {row for row, _ in corners} == {column for _, column in corners} == {0, 1, 2, 3, 4}
    assert (shift_images(images, rng=rng(), max_shift=0) == images).all()


def test_a_picture_that_is_moved_is_still_that_picture():
    images = np.arange(1.0, 21).reshape(20, 1, 1) * np.ones((20, 4, 5))
    moved = shift_images(images, rng=rng())
    assert (moved.max(axis=(1, 2)) == np.arange(1, 21)).all()


def test_all_channels_of_a_picture_move_together_and_blank_comes_in():
    images = np.ones((20, 3, 4, 5))
    moved = shift_images(images, rng=rng())
    assert moved.shape == images.shape and (moved == moved[:, :1]).all()
    assert {int(n) for n in moved[:, 0].sum(axis=(1, 2))} == {12, 15, 16, 20}


# At the door


REFUSED = {
    "different lengths": (lambda: Batches([1, 2], [1]), ValueError, r"\[2, 1\] rows"),
    "no rows": (lambda: Batches([]), ValueError, "there are no rows"),
    "no rows in one": (lambda: Batches([1, 2], []), ValueError, "there are no rows"),
    "no arrays": (lambda: Batches(), ValueError, "there are no rows"),
    "a number for an array": (lambda: Batches(3), TypeError, "not in a generator"),
    "a Tensor": (lambda: Batches(Tensor([1.0])), TypeError, r"not in Tensors: .* \.numpy\(\)"),
    "Tensors in a list": (lambda: Batches([Tensor([1.0])]), TypeError, r"\.numpy\(\)"),
    "a masked array": (lambda: Batches(np.ma.array([1, 2])), TypeError, r"with \.filled\(\)"),
    "a generator for an array": (
        lambda: Batches(i for i in range(3)),
        TypeError,
        "not in a generator",
    ),
    "batch size 0": (lambda: Batches([1], batch_size=0), ValueError, "batch_size .* not 0"),
    "half a batch": (lambda: Batches([1], batch_size=1.5), TypeError, "not 1.5"),
    "a truth for a count": (lambda: Batches([1], batch_size=True), TypeError, "not True"),
    "a seed for a generator": (lambda: Batches([1], rng=0), TypeError, r"default_rng\(0\), not 0"),
    "no whole batch": (
        lambda: Batches([1, 2], drop_last=True),
        ValueError,
        "2 rows make no whole batch of 32",
    ),
    "a test of everything": (
        lambda: train_test_split([1, 2], test_size=1.0, rng=rng()),
        ValueError,
        "test_size goes from 0 to below 1, not 1.0",
    ),
    "a test of nothing": (
        lambda: train_test_split([1, 2], test_size=0.0, rng=rng()),
        ValueError,
        "0 of 2 rows for the test",
    ),
    "a share of all rows, rounded up": (
        lambda: train_test_split([1, 2], test_size=0.9, rng=rng()),
        ValueError,
        "2 of 2 rows for the test",
    ),
    "a Tensor to part": (
        lambda: train_test_split([1, 2], Tensor([1.0, 2.0]), rng=rng()),
        TypeError,
        "not in Tensors",
    ),
    "labels in a table to part by": (
        lambda: train_test_split([1, 2], stratify=np.eye(2), rng=rng()),
        ValueError,
        r"stratify has shape \(2, 2\): give one label for each row",
    ),
    "a negative test": (
        lambda: train_test_split([1, 2], test_size=-1, rng=rng()),
        ValueError,
        "not -1",
    ),
    "a test of nan": (
        lambda: train_test_split([1, 2], test_size=np.nan, rng=rng()),
        ValueError,
        "not nan",
    ),
    "a test of all rows": (
        lambda: train_test_split([1, 2], test_size=2, rng=rng()),
        ValueError,
        "not 2",
    ),
    "a truth for a test": (
        lambda: train_test_split([1, 2], test_size=True, rng=rng()),
        TypeError,
        "True",
    ),
    "a word for a test": (
        lambda: train_test_split([1, 2], test_size="0.5", rng=rng()),
        TypeError,
        "'0.5'",
    ),
    "more than all": (
        lambda: train_test_split([1, 2], test_size=1.5, rng=rng()),
        ValueError,
        "test_size goes from 0 to below 1, not 1.5",
    ),
    "a split without chance": (lambda: train_test_split([1, 2], rng=None), TypeError, "not None"),
    "a class of one": (
        lambda: train_test_split([1, 2, 3], stratify=[0, 0, 1], rng=rng()),
        ValueError,
        "a part would have none of them",
    ),
    "a class that the test leaves out": (
        lambda: train_test_split(
            np.arange(100), test_size=10, stratify=[0] * 98 + [1] * 2, rng=rng()
        ),
        ValueError,
        "0 of 2 rows",
    ),
    "labels for other rows": (
        lambda: train_test_split([1, 2, 3], stratify=[0, 1], rng=rng()),
        ValueError,
        r"\[2, 3\] rows",
    ),
    "a label that is missing": (
        lambda: train_test_split([1, 2, 3, 4], stratify=[0, 0, np.nan, np.nan], rng=rng()),
        ValueError,
        "row 2 has no label, but nan",
    ),
    "scaling before measuring": (
        lambda: StandardScaler().transform([[1]]),
        ValueError,
        r"call fit\(x\)",
    ),
    "back before measuring": (
        lambda: StandardScaler().inverse_transform([[1]]),
        ValueError,
        r"call fit\(x\)",
    ),
    "other columns": (
        lambda: StandardScaler().fit(np.ones((2, 3))).transform(np.ones((2, 1))),
        ValueError,
        r"rows have shape \(1,\), and \(3,\) was measured",
    ),
    "a row for a table": (
        lambda: StandardScaler().fit(np.ones((2, 3))).transform(np.ones(3)),
        ValueError,
        r"rows have shape \(\), and \(3,\) was measured",
    ),
    "missing values": (
        lambda: StandardScaler().fit([[1.0, 2], [np.nan, 3], [0, np.nan]]),
        ValueError,
        "row 1 has nan or infinity",
    ),
    "infinity later": (
        lambda: StandardScaler().fit([[1.0], [2]]).transform([[np.inf]]),
        ValueError,
        "row 0 has nan or infinity",
    ),
    "a Tensor to measure": (
        lambda: StandardScaler().fit(Tensor([[1.0]])),
        TypeError,
        "not in Tensors",
    ),
    "a Tensor to bring back": (
        lambda: StandardScaler().fit([[1.0]]).inverse_transform(Tensor([[1.0]])),
        TypeError,
        "not in Tensors",
    ),
    "nothing to measure": (lambda: StandardScaler().fit([]), ValueError, "there are no rows"),
    "labels that are floats": (lambda: one_hot([1.0], 3), ValueError, "labels are float64"),
    "labels in a column": (lambda: one_hot([[1], [2]], 3), ValueError, r"shape \(2, 1\)"),
    "a label too large": (lambda: one_hot([3], 3), ValueError, "from 3 to 3, classes from 0 to 2"),
    "a negative label": (lambda: one_hot([-1], 3), ValueError, "from -1 to -1"),
    "no classes": (lambda: one_hot([0], 0), ValueError, "num_classes .* not 0"),
    "labels that are Tensors": (lambda: one_hot(Tensor([1.0]), 3), TypeError, r"\.numpy\(\)"),
    "no labels": (lambda: one_hot(np.zeros(0, int), 3), ValueError, "there are no labels"),
    "too few bits": (lambda: binary_digits([8], 3), ValueError, "3 bits hold 0 to 7; .* to 8"),
    "a negative number": (lambda: binary_digits([-2, 5], 3), ValueError, "from -2 to 5"),
    "half a number": (lambda: binary_digits([0.5], 3), ValueError, "not float64"),
    "too many bits": (lambda: binary_digits([1], 63), ValueError, "up to 62 bits"),
    "no bits": (lambda: binary_digits([1], 0), ValueError, "bits .* not 0"),
    "a table of numbers": (lambda: binary_digits([[1]], 3), ValueError, "a row of whole numbers"),
    "shifted out of sight": (
        lambda: shift_images(np.ones((1, 3, 3)), rng=rng(), max_shift=3),
        ValueError,
        "max_shift goes from 0 to below 3, not 3",
    ),
    "shifted out of sight, low pictures": (
        lambda: shift_images(np.ones((1, 3, 5)), rng=rng(), max_shift=3),
        ValueError,
        "max_shift goes from 0 to below 3, not 3",
    ),
    "shifted out of sight, narrow pictures": (
        lambda: shift_images(np.ones((1, 5, 3)), rng=rng(), max_shift=3),
        ValueError,
        "max_shift goes from 0 to below 3, not 3",
    ),
    "shifted by half": (
        lambda: shift_images(np.ones((1, 3, 3)), rng=rng(), max_shift=0.5),
        ValueError,
        "a whole number of pixels, not 0.5",
    ),
    "shifted by one, but a float": (
        lambda: shift_images(np.ones((1, 3, 3)), rng=rng(), max_shift=1.0),
        ValueError,
        "a whole number of pixels, not 1.0",
    ),
    "shifted backwards": (
        lambda: shift_images(np.ones((1, 3, 3)), rng=rng(), max_shift=-1),
        ValueError,
        "not -1",
    ),
    "one picture": (
        lambda: shift_images(np.ones((3, 3)), rng=rng()),
        ValueError,
        r"images have shape \(3, 3\)",
    ),
    "objects for rows": (lambda: Batches([object()]), TypeError, "not in a generator"),
    "complex numbers to scale": (
        lambda: StandardScaler().fit(np.array([[1j], [2]])),
        TypeError,
        "StandardScaler works with real numbers, not complex128",
    ),
    "numbers too large to be squared": (
        lambda: quiet(StandardScaler().fit)(np.array([[1e200], [-1e200]])),
        ValueError,
        "too large to be squared: change its unit",
    ),
    "a truth for a number of pixels": (
        lambda: shift_images(np.ones((1, 3, 3)), rng=rng(), max_shift=True),
        TypeError,
        "max_shift is a number, not True",
    ),
    "no pictures": (lambda: shift_images(np.ones((0, 3, 3)), rng=rng()), ValueError, "no rows"),
    "shifted by a seed": (
        lambda: shift_images(np.ones((1, 3, 3)), rng=1),
        TypeError,
        "rng is a generator",
    ),
    "a text for pictures": (lambda: read_idx(__file__), ValueError, "is no whole IDX file"),
    "a number for a path": (lambda: read_idx(0), TypeError, "not int"),
    "a sum that differs": (lambda: read_idx(__file__, "0" * 64), ValueError, "not 0000"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_makes_no_sense_is_refused_with_the_way_out(what):
    attempt, kind, said = REFUSED[what]
    with pytest.raises(kind, match=said):
        attempt()


# The chapter's experiments, in small, on twenty seeds


def fit(batches, seed, passes):
    g = rng(seed)
    network = Sequential(Linear(64, 32, rng=g), relu, Linear(32, 10, rng=g))
    optimizer = SGD(network.parameters(), lr=0.1)
    for _ in range(passes):
        for inputs, targets in batches:
            loss = cross_entropy(network(inputs), targets)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return network


def right(network, x, y):
    return np.mean(network.predict(x).argmax(axis=1) == y)


IMAGES, LABELS = load_digits()
X = IMAGES.reshape(-1, 64) / 16


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_the_rows_decides_what_is_learned(seed):
    train, test, y, test_y = train_test_split(X, LABELS, test_size=360, rng=rng(seed))
    order = np.argsort(y, kind="stable")
    x, y = train[order], y[order]
    in_order, mixed = Batches(x, y), Batches(x, y, rng=rng(seed))
    apart = Batches(x, rng(seed).permutation(y), rng=rng(seed))
    shares = [right(fit(rows, seed, 4), test, test_y) for rows in (in_order, mixed, apart)]
    assert shares[0] < 0.5 and shares[1] > 0.87 and shares[2] < 0.3


@pytest.mark.parametrize("seed", range(20))
def test_columns_chosen_before_the_split_find_what_is_not_there(seed):
    g = rng(seed)
    values, ill = g.normal(size=(80, 1000)), g.integers(0, 2, size=80)
    reported = []
    for honest in (False, True):
        train, test, ill_train, ill_test = train_test_split(
            values, ill, test_size=0.5, rng=rng(seed)
        )
        x, y = (train, ill_train) if honest else (values, ill)
        gaps = abs(x[y == 1].mean(axis=0) - x[y == 0].mean(axis=0))
        columns = gaps.argsort()[-20:]
        means = [train[ill_train == kind][:, columns].mean(axis=0) for kind in (0, 1)]
        near = [((test[:, columns] - mean) ** 2).sum(axis=1) for mean in means]
        reported.append(np.mean((near[1] < near[0]) == ill_test))
    assert reported[0] >= 0.7 and reported[1] <= 0.7


def test_labels_are_told_better_one_hot_than_as_numbers():
    for seed in range(20):
        train, test, y, test_y = train_test_split(X, LABELS, test_size=360, rng=rng(seed))
        number = np.rint(test @ np.linalg.lstsq(train, y, rcond=None)[0])
        answer = (test @ np.linalg.lstsq(train, one_hot(y, 10), rcond=None)[0]).argmax(axis=1)
        assert np.mean(number == test_y) < 0.35 and np.mean(answer == test_y) > 0.88


def sorted_parts(seed):
    """Training rows sorted by their label, and a test part: x, y, test_x, test_y."""
    train, test, y, test_y = train_test_split(X, LABELS, test_size=360, rng=rng(seed))
    order = np.argsort(y, kind="stable")
    return train[order], y[order], test, test_y


@pytest.mark.parametrize("seed", range(20))
def test_sorted_rows_cost_less_where_columns_have_mean_0(seed):
    x, y, test, test_y = sorted_parts(seed)
    middle = x.mean(axis=0)
    as_they_are = right(fit(Batches(x, y), seed, 5), test, test_y)
    centred = right(fit(Batches(x - middle, y), seed, 5), test - middle, test_y)
    mixed = right(fit(Batches(x - middle, y, rng=rng(seed)), seed, 5), test - middle, test_y)
    assert as_they_are < 0.55 and 0.75 < centred < mixed
    assert np.mean(x @ x.T > 0) > 0.99 and np.mean((x - middle) @ (x - middle).T > 0) < 0.5


class NewStarts:
    """Batches of neighbours, in a new order in each pass."""

    def __init__(self, x, y, rng):
        self.batches, self.rng = list(Batches(x, y)), rng

    def __iter__(self):
        return (self.batches[i] for i in self.rng.permutation(len(self.batches)))


def test_new_starts_come_near_to_shuffled_rows_and_stay_short_of_them():
    shares = []
    for seed in range(20):
        x, y, test, test_y = sorted_parts(seed)
        ways = [Batches(x, y), NewStarts(x, y, rng(seed)), Batches(x, y, rng=rng(seed))]
        shares.append([right(fit(batches, seed, 5), test, test_y) for batches in ways])
        assert shares[-1][0] + 0.2 < shares[-1][1] < shares[-1][2]
    _, starts, rows = np.mean(shares, axis=0)
    assert rows - 0.1 < starts < rows - 0.04


def lowest_error(inputs, targets):
    errors = []
    for lr in [1, 0.3, 0.1, 0.03, 0.01, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5]:
        w, b = np.zeros(inputs.shape[1]), 0.0
        for _ in range(200):
            slopes = 2 * (inputs @ w + b - targets) / len(targets)
            w, b = w - lr * slopes @ inputs, b - lr * slopes.sum()
        errors.append(np.mean((inputs @ w + b - targets) ** 2))
    return np.nanmin(errors)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # large rates blow up
def test_a_line_arrives_on_one_scale_and_not_on_columns_as_they_are(seed):
    x, _, y, _ = train_test_split(*load_diabetes(), rng=rng(seed))
    with_ones = np.column_stack([x, np.ones(len(x))])
    best = np.mean((with_ones @ np.linalg.lstsq(with_ones, y, rcond=None)[0] - y) ** 2)
    way = [
        (y.var() - lowest_error(inputs, y)) / (y.var() - best)
        for inputs in (x, StandardScaler().fit_transform(x))
    ]
    assert way[0] < 2 / 3 and way[1] > 0.98


def test_a_stretch_of_the_file_is_read_worse_than_rows_drawn_by_chance():
    def fifths(order):
        shares = []
        for test in np.array_split(order, 5):
            train = np.setdiff1d(order, test)
            w = np.linalg.lstsq(X[train], one_hot(LABELS[train], 10), rcond=None)[0]
            shares.append(np.mean((X[test] @ w).argmax(axis=1) == LABELS[test]))
        return np.mean(shares)

    stretches = fifths(np.arange(1797))
    assert all(fifths(rng(seed).permutation(1797)) > stretches + 0.01 for seed in range(20))


@pytest.mark.parametrize("seed", range(20))
def test_a_test_that_was_trained_on_reads_better_than_an_honest_one(seed):
    train, test, y, test_y = train_test_split(16 * X, LABELS, test_size=360, rng=rng(seed))
    both, both_y = np.concatenate([train, test]), np.concatenate([y, test_y])
    shares = []
    for rows, labels in ((both, both_y), (train, y)):
        scale = StandardScaler().fit(rows)
        batches = Batches(scale.transform(rows), labels, rng=rng(seed))
        shares.append(right(fit(batches, seed, 5), scale.transform(test), test_y))
    assert shares[0] > shares[1]
