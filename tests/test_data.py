"""Data: rows that stay together, parts that do not meet, files that are not trusted."""

import gzip
import hashlib
import struct

import numpy as np
import pytest

from minnet.data import (
    Batches,
    Standardize,
    binary_digits,
    load_diabetes,
    load_digits,
    load_iris,
    one_hot,
    read_idx,
    shift_images,
    split,
)


def rng(seed=0):
    return np.random.default_rng(seed)


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
    assert len(Batches(np.arange(1797), batch_size=32)) == 57


def test_without_a_generator_the_order_stays():
    assert next(iter(Batches(np.arange(5))))[0].tolist() == [0, 1, 2, 3, 4]


def test_the_same_seed_gives_the_same_batches():
    once, again = (
        [a.tolist() for (a,) in Batches(np.arange(20), batch_size=6, rng=rng(3))] for _ in range(2)
    )
    assert once == again


def test_split_shares_no_row_and_loses_none():
    x = np.arange(100)
    train, test, y_train, y_test = split(x, -x, test_size=0.3, rng=rng())
    assert len(test) == 30 and sorted([*train, *test]) == x.tolist()
    assert (train == -y_train).all() and (test == -y_test).all()
    assert len(split(x, test_size=17, rng=rng())[1]) == 17


def test_stratified_parts_have_the_same_shares():
    labels = np.array([0] * 80 + [1] * 20)
    for seed in range(20):
        _, test = split(labels, test_size=0.2, stratify=labels, rng=rng(seed))
        assert np.bincount(test).tolist() == [16, 4]


def test_standardize_measures_the_training_part_alone():
    train, test = rng().normal(5, 3, size=(50, 2)), rng(1).normal(size=(9, 2))
    scale = Standardize().fit(train)
    np.testing.assert_allclose(scale.transform(train).mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(scale.transform(train).std(axis=0), 1)
    np.testing.assert_allclose(
        scale.transform(test), (test - train.mean(axis=0)) / train.std(axis=0)
    )
    np.testing.assert_allclose(scale.inverse_transform(scale.transform(test)), test)


def test_columns_that_never_change_become_zero():
    x = np.array([[1.0, 7.0], [2.0, 7.0]])
    assert Standardize().fit_transform(x)[:, 1].tolist() == [0, 0]


def test_one_hot_and_binary_digits():
    assert one_hot([2, 0], 3).tolist() == [[0, 0, 1], [1, 0, 0]]
    assert binary_digits([5, 8], 4).tolist() == [[1, 0, 1, 0], [0, 0, 0, 1]]


def test_the_boxes_hold_what_they_say():
    images, labels = load_digits()
    assert images.shape == (1797, 8, 8) and images.min() == 0 and images.max() == 16
    assert images.dtype == float and labels.dtype == np.int64 and set(labels) == set(range(10))
    assert np.flatnonzero(images.reshape(1797, 64).std(axis=0) == 0).tolist() == [0, 32, 39]
    inputs, targets = load_diabetes()
    assert inputs.shape == (442, 10) and targets.shape == (442,)
    inputs, labels = load_iris()
    assert inputs.shape == (150, 4) and np.bincount(labels).tolist() == [50, 50, 50]


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
    assert found.dtype == np.dtype(dtype)


WHOLE = idx(np.arange(12, dtype=np.uint8).reshape(2, 2, 3), 8)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gz"])
def test_every_truncation_is_refused_by_name(tmp_path, pack):
    data, path = pack(WHOLE), tmp_path / "cut.idx"
    for end in range(len(data)):
        path.write_bytes(data[:end])
        with pytest.raises(ValueError, match=r"cut\.idx is no whole IDX file"):
            read_idx(path)


def test_a_header_that_lies_takes_no_memory(tmp_path):
    path = tmp_path / "huge.idx"
    path.write_bytes(struct.pack(">HBB3I", 0, 14, 3, 2**31, 2**31, 2**31) + b"12345678")
    with pytest.raises(ValueError, match=r"huge\.idx .* promises"):
        read_idx(path)
    path.write_bytes(gzip.compress(struct.pack(">HBBI", 0, 8, 1, 5) + bytes(10**7)))
    with pytest.raises(ValueError, match="promises 5 bytes"):
        read_idx(path)


def test_a_changed_file_is_known_by_its_sum(tmp_path):
    path, good = tmp_path / "file.idx", hashlib.sha256(WHOLE).hexdigest()
    path.write_bytes(WHOLE)
    assert read_idx(path, good).shape == (2, 2, 3)
    path.write_bytes(WHOLE[:-1] + b"\x00")
    with pytest.raises(ValueError, match="its sha256 differs"):
        read_idx(path, good)


def test_shifted_pictures_keep_their_ink_in_reach():
    images = np.zeros((50, 6, 6))
    images[:, 2:4, 2:4] = 1
    moved = shift_images(images, rng=rng(), most=2)
    assert (moved.sum(axis=(1, 2)) == 4).all() and not (moved == images).all()
    corners = {tuple(np.argwhere(picture)[0]) for picture in moved}
    assert {row for row, _ in corners} == {column for _, column in corners} == {0, 1, 2, 3, 4}
    assert (shift_images(images, rng=rng(), most=0) == images).all()
    assert shift_images(images[:, None], rng=rng()).shape == (50, 1, 6, 6)


REFUSED = {
    "different lengths": (lambda: Batches([1, 2], [1]), ValueError, r"\[2, 1\] rows"),
    "no rows": (lambda: Batches([]), ValueError, "there are no rows"),
    "batch size 0": (lambda: Batches([1], batch_size=0), ValueError, "1 or more, not 0"),
    "half a batch": (lambda: Batches([1], batch_size=1.5), ValueError, "not 1.5"),
    "a test of everything": (
        lambda: split([1, 2], test_size=1.0, rng=rng()),
        ValueError,
        "not 1.0",
    ),
    "a test of nothing": (
        lambda: split([1, 2], test_size=0.1, rng=rng()),
        ValueError,
        "would be empty",
    ),
    "a class of one": (
        lambda: split([1, 2, 3], stratify=[0, 0, 1], rng=rng()),
        ValueError,
        "a part would be empty",
    ),
    "scaling before measuring": (
        lambda: Standardize().transform([1]),
        ValueError,
        r"call fit\(x\)",
    ),
    "labels that are floats": (lambda: one_hot([1.0], 3), TypeError, "float64"),
    "a label too large": (lambda: one_hot([3], 3), ValueError, "from 3 to 3, classes from 0 to 2"),
    "too few bits": (lambda: binary_digits([8], 3), ValueError, "0 to 7, which 3 bits"),
    "shifted out of sight": (
        lambda: shift_images(np.ones((1, 3, 3)), rng=rng(), most=3),
        ValueError,
        "not 3",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_makes_no_sense_is_refused_with_the_way_out(what):
    attempt, kind, said = REFUSED[what]
    with pytest.raises(kind, match=said):
        attempt()
