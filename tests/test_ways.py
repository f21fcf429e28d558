"""Ways in which people use objects, tried on every public class: helpers/things.py has them all."""

import copy
import inspect
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from helpers.things import PICTURES, THINGS, X, flat, rng

import minnet as mn

CLASSES = sorted(name for name in mn.__all__ if inspect.isclass(getattr(mn, name)))
LAYERS = [name for name in CLASSES if issubclass(getattr(mn, name), mn.Layer)]
OPTIMIZERS = [name for name in CLASSES if issubclass(getattr(mn, name), mn.Optimizer)]
every = pytest.mark.parametrize("name", CLASSES)


def made(name):
    """A new thing of this class, and what its use gives."""
    make, use = THINGS[name]
    return make(), use


def test_every_public_class_is_here():
    assert sorted(THINGS) == CLASSES


@every
def test_made_twice_it_does_the_same_twice(name):
    (one, use), (other, _) = made(name), made(name)
    assert use(one) == use(other)


@every
def test_used_twice_it_goes_on_as_another_would(name):
    (one, use), (other, _) = made(name), made(name)
    assert (use(one), use(one)) == (use(other), use(other))


COPIES = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": lambda thing: pickle.loads(pickle.dumps(thing)),
}


@pytest.mark.parametrize("way", ["deepcopy", "pickle"])
@every
def test_a_copy_does_what_the_thing_does_and_leaves_it_alone(name, way):
    thing, use = made(name)
    twin = COPIES[way](thing)
    result = use(twin)
    assert result == use(thing)


@pytest.mark.parametrize("way", ["deepcopy", "pickle"])
@every
def test_a_copy_of_a_used_thing_goes_on_where_it_stands(name, way):
    thing, use = made(name)
    use(thing)
    twin = COPIES[way](thing)
    if name == "Tensor":
        twin.grad = thing.grad = None
    assert use(twin) == use(thing)


@every
def test_a_shallow_copy_can_be_used(name):
    thing, use = made(name)
    assert use(copy.copy(thing)) == use(made(name)[0])


def test_in_another_process_each_does_the_same():
    things = {name: made(name)[0] for name in CLASSES}
    line = (
        "import pickle, sys; from helpers.things import THINGS; "
        "things = pickle.load(sys.stdin.buffer); "
        "results = {name: THINGS[name][1](thing) for name, thing in things.items()}; "
        "sys.stdout.buffer.write(pickle.dumps(results))"
    )
    paths = os.pathsep.join([str(Path(mn.__file__).parent.parent), str(Path(__file__).parent)])
    done = subprocess.run(
        [sys.executable, "-c", line],
        input=pickle.dumps(things),
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONPATH": paths},
    )
    assert pickle.loads(done.stdout) == {name: THINGS[name][1](t) for name, t in things.items()}


@every
def test_in_four_threads_each_does_the_same(name):
    _, use = made(name)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: use(made(name)[0]), range(4)))
    assert results == [use(made(name)[0])] * 4


@every
def test_it_is_equal_to_itself_and_found_in_a_list(name):
    thing, _ = made(name)
    assert np.all(thing == thing)
    assert thing in [thing]
    assert [thing].index(thing) == 0


@every
def test_it_can_be_a_key_unless_it_is_a_dictionary(name):
    thing, _ = made(name)
    if isinstance(thing, dict):
        with pytest.raises(TypeError, match="unhashable"):
            hash(thing)
    else:
        assert {thing: 1}[thing] == 1
        assert len({thing, made(name)[0]}) == 2


@every
def test_it_prints_what_it_is_and_no_address(name):
    thing, use = made(name)
    for _ in range(2):
        for text in (repr(thing), str(thing), f"{thing}"):
            assert text.startswith(type(thing).__name__ + "(")
            assert "0x" not in text
        use(thing)


@every
def test_a_subclass_does_the_same(name):
    thing, use = made(name)
    twin, _ = made(name)
    try:
        twin.__class__ = type("Mine", (type(thing),), {})
    except TypeError:  # of slots
        twin = type("Mine", (type(thing),), {})(twin.data)
    assert use(twin) == use(thing)


SIGNATURES = {
    "Linear": {"in_features": 3, "out_features": 4, "bias": True, "rng": rng()},
    "BatchNorm": {"num_features": 3, "eps": 1e-5, "momentum": 0.1},
    "LayerNorm": {"normalized_shape": 3, "eps": 1e-5},
    "Dropout": {"p": 0.5, "rng": rng()},
    "Conv2d": {
        "in_channels": 2,
        "out_channels": 3,
        "kernel_size": 3,
        "stride": 1,
        "padding": 1,
        "bias": True,
        "rng": rng(),
    },
    "MaxPool2d": {"kernel_size": 2, "stride": None, "padding": 0},
    "AvgPool2d": {"kernel_size": 2, "stride": None, "padding": 1},
    "Embedding": {"num_embeddings": 3, "embedding_dim": 4, "rng": rng()},
    "EarlyStopping": {
        "patience": 1,
        "min_delta": 0.0,
        "monitor": "validation_loss",
        "mode": None,
    },
    "LossCurve": {"every": 0.5},
    "Tensor": {"data": [[1.0, 2.0], [3.0, -4.0]], "node": None},
}


@pytest.mark.parametrize("name", SIGNATURES)
def test_every_argument_has_its_name(name):
    kind, arguments = getattr(mn, name), SIGNATURES[name]
    assert list(inspect.signature(kind).parameters) == list(arguments)
    thing, use = made(name)
    assert use(kind(**arguments)) == use(thing)


@pytest.mark.parametrize("name", [n for n in LAYERS if n not in ("Layer", "Embedding")])
def test_a_layer_of_float32_answers_in_float32(name):
    thing, _ = made(name)
    thing.astype(np.float32)
    x = (PICTURES if name in ("Flatten", "Conv2d", "MaxPool2d", "AvgPool2d") else X).astype("f4")
    for y in (thing(x), thing.predict(x), thing(mn.Tensor(x)), thing(x[::-1])):
        assert y.dtype == np.float32


@pytest.mark.parametrize("name", [n for n in LAYERS if n != "Embedding"])
def test_a_layer_takes_a_view_and_keeps_nothing_of_it(name):
    thing, _ = made(name)
    x = PICTURES if name in ("Flatten", "Conv2d", "MaxPool2d", "AvgPool2d") else X
    wide = np.repeat(x, 2, axis=0)
    thing.eval()
    y = thing.predict(wide[::2])
    assert np.array_equal(y, thing.predict(x))
    assert not np.shares_memory(y, wide)
    wide[:] = 0
    assert np.array_equal(y, thing.predict(x))


def test_what_was_measured_or_copied_does_not_change_with_the_array():
    x = X.copy()
    scaler, tensor = mn.StandardScaler().fit(x), mn.Tensor(x)
    before = flat(scaler.transform(X), tensor)
    x += 100
    assert flat(scaler.transform(X), tensor) == before


def test_a_batch_is_a_copy():
    x = X.copy()
    (batch,) = next(iter(mn.Batches(x)))
    x += 100
    assert np.array_equal(batch, X)


class Stop(KeyboardInterrupt):
    """A Ctrl-C at a line that we choose."""


def interrupted(use, thing, line):
    """Use a thing, with a Ctrl-C at the so-manieth line inside minnet; True if it came so far."""
    left = [line]

    def watch(frame, event, _):
        if not frame.f_globals.get("__name__", "").startswith("minnet."):
            return None
        if event == "line":
            left[0] -= 1
            if left[0] == 0:
                raise Stop
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        use(thing)
    except Stop:
        return True
    finally:
        sys.settrace(before)
    return False


@every
def test_after_a_ctrl_c_at_any_line_it_can_still_be_used(name):
    line, came = 1, True
    while came:
        thing, use = made(name)
        came = interrupted(use, thing, line)
        if name == "Tensor":
            thing.grad = None
        if name == "History":
            thing = mn.History()
        assert len(use(thing)) == len(use(made(name)[0]))
        line += 7
    assert line > 7 or name in ("LossCurve",)


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_that_knows_itself_is_as_it_was(name):
    thing, use = made(name)
    other, _ = made(name)
    thing.me, thing.family = thing, [thing, {"again": thing}]
    assert [n for n, _ in thing.named_parameters()] == [n for n, _ in other.named_parameters()]
    assert use(thing) == use(other)
    twin = copy.deepcopy(thing)
    assert twin.me is twin
    thing.load_state_dict(twin.state_dict())


def test_a_network_that_is_its_own_part_is_refused_when_it_is_called():
    network = mn.Sequential(mn.relu)
    network.layers.append(network)
    assert network.parameters() == []
    with pytest.raises(RecursionError):
        network(X)
