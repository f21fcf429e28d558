"""Training is the loop that turns a network, a cost, an optimizer and data into something that
works, and the habits that keep the loop honest: two curves, a stop, a copy of the best, a file
that survives.
"""

import copy
import hashlib
import io
import json
import math
import os
import sys
import zipfile
from contextlib import suppress
from glob import escape
from pathlib import Path, PurePath
from secrets import token_hex
from time import perf_counter
from types import FunctionType, ModuleType

import numpy as np

from minnet.cost_functions import check_labels, check_logits
from minnet.data import Batches
from minnet.layers import Layer, Sequential, walk
from minnet.tensors import Tensor, check_count, check_number, check_real, plain

__all__ = [
    "EarlyStopping",
    "History",
    "LossCurve",
    "accuracy",
    "confusion",
    "find_learning_rate",
    "load",
    "load_checkpoint",
    "measure",
    "save",
    "save_checkpoint",
    "state",
    "train",
    "train_epoch",
]


def accuracy(logits, labels):
    """The share of rows whose largest logit stands at the label: (n, classes) and (n,)."""
    logits = np.asarray(plain(logits))
    if np.isnan(check_real("accuracy", logits, logits)).any():
        raise ValueError("the logits hold nan: none of them is the largest")
    check_labels(labels, *check_logits(logits))
    return float(np.mean(logits.argmax(axis=1) == labels))


def check_loss(loss, place, lr, network, inputs):
    """Stop in the very batch in which the loss is no number any more, and say what to look at."""
    if not isinstance(loss, Tensor) or loss.size != 1:
        raise TypeError(f"a cost gives one number, made from the outputs, not {loss!r:.60}")
    number = loss.item()
    if not math.isfinite(number):
        raise ValueError(
            f"the loss is {number} in {place}, at learning rate {lr:g}; no step was made. "
            + first_not_finite(network, inputs)
        )


def first_not_finite(network, inputs):
    """In words: where in `network` the numbers stop being numbers, for this batch."""
    if not np.isfinite(inputs).all():
        return "The inputs hold nan or inf already: look at the data."
    for name, parameter in network.named_parameters():
        if not np.isfinite(parameter.data).all():
            return f"{name} holds nan or inf: an earlier step was too large; try a smaller lr."
    network = copy.deepcopy(network)  # to ask it once more changes running statistics and dice
    for i, layer in enumerate(network if isinstance(network, Sequential) else [network]):
        inputs = plain(layer(inputs))
        if not np.isfinite(inputs).all():
            return f"Layer {i}, {layer!r}, is the first whose output is not finite: smaller lr?"
    return "The outputs are finite: look at the targets and at the cost."


def check_network(network):
    """Refuse what is no network."""
    if not isinstance(network, Layer):
        raise TypeError(f"the network comes first, and is a Layer, which {network!r:.60} is not")


def check_optimizer(optimizer):
    """Refuse what is no optimizer."""
    if not (hasattr(optimizer, "parameters") and hasattr(optimizer, "lr")):
        raise TypeError(f"the optimizer comes third, with parameters and lr, not {optimizer!r:.60}")


def pairs(batches):
    """The batches, one by one, each of them a pair: inputs and targets."""
    if not hasattr(batches, "__iter__"):
        raise TypeError(f"batches gives (inputs, targets), as Batches does, not {batches!r:.60}")
    return (check_pair("a batch", batch) for batch in batches)


def check_pair(name, pair):
    """`pair` as it is, if it is inputs and targets, as many of the one as of the other."""
    if not isinstance(pair, tuple | list) or len(pair) != 2:
        raise TypeError(f"{name} is a pair (inputs, targets), not {pair!r:.60}")
    if len(pair[0]) != len(pair[1]):
        raise ValueError(f"{name} has {len(pair[0])} inputs and {len(pair[1])} targets")
    return pair


def one_number(function, outputs, targets):
    """What a cost or a metric says of plain arrays, as a float."""
    said = function(plain(outputs), targets)
    if not isinstance(said, int | float | np.number):
        name = getattr(function, "__name__", "it")
        raise TypeError(f"{name}(outputs, targets) gives one number, not {said!r:.60}")
    return float(said)


def train_epoch(network, cost, optimizer, batches, metric=None, place="epoch 1"):
    """Go once through the batches, a step after each: the means over all rows, [loss, metric]."""
    check_network(network)
    check_optimizer(optimizer)
    totals, rows = 0.0, 0
    network.train()
    for number, (inputs, targets) in enumerate(pairs(batches), 1):
        outputs = network(inputs)  # forward
        loss = cost(outputs, targets)
        check_loss(loss, f"{place}, batch {number}", optimizer.lr, network, inputs)
        optimizer.zero_grad()  # backward
        loss.backward()
        optimizer.step()  # step
        results = [loss.item()] + ([one_number(metric, outputs, targets)] if metric else [])
        totals += len(inputs) * np.array(results)
        rows += len(inputs)
    if rows == 0:
        raise ValueError(f"no batch in {place}: a generator runs once; give Batches or a list")
    return (totals / rows).tolist()


def measure(network, cost, data, metric=None):
    """[loss, metric] of the network on `data`, inputs and targets, in evaluation mode."""
    check_network(network)
    inputs, targets = check_pair("data", data)
    outputs = network.predict(inputs)
    functions = [cost, metric] if metric else [cost]
    return [one_number(function, outputs, targets) for function in functions]


class History:
    """What a training has seen: four lists with one number an epoch."""

    def __init__(self):
        self.loss, self.validation_loss = [], []
        self.metric, self.validation_metric = [], []

    def add(self, training, validation=()):
        """Note one epoch: [loss] or [loss, metric] of the training, and of the validation."""
        for numbers, number in zip((self.loss, self.metric), training):
            numbers.append(number)
        for numbers, number in zip((self.validation_loss, self.validation_metric), validation):
            numbers.append(number)

    def __repr__(self):
        last = f", last loss {self.loss[-1]:.4f}" if self.loss else ""
        return f"History({len(self.loss)} epochs{last})"

    def plot(self, ax):
        """Draw the losses against the epoch, on a log scale, each with its name at its end."""
        highest = max(self.loss[-1:] + self.validation_loss[-1:], default=0.0)
        for name, losses in ("training", self.loss), ("validation", self.validation_loss):
            if losses:
                ax.plot(range(1, len(losses) + 1), losses)
                place = "bottom" if losses[-1] == highest else "center"
                end = (len(losses), losses[-1])
                ax.annotate(name, end, (5, 0), textcoords="offset points", va=place)
        ax.set(xlabel="epoch", ylabel="loss (log scale)", yscale="log")
        ax.xaxis.get_major_locator().set_params(integer=True)


def train(
    network, cost, optimizer, batches, *, epochs, validation=None, metric=None,
    schedule=None, stop=None, live=False, history=None, checkpoint=None,
):  # fmt: skip
    """Train until the History, which is returned, has `epochs` epochs.

    `batches` gives (inputs, targets), anew in every epoch; `validation` is one such pair.
    `schedule` steps once an epoch; `stop` leaves the network as it was at its best epoch.
    A `history` from before is continued; `checkpoint` is a file, written after every epoch.
    """
    check_training(network, optimizer, epochs, validation, stop)
    history = History() if history is None else history
    curve = LossCurve() if live else None
    parts = {"network": network, "optimizer": optimizer, "batches": batches}
    parts |= {"schedule": schedule, "stop": stop, "history": history}
    check_helpers(parts, checkpoint)
    while len(history.loss) < epochs and not (stop and stop.over):
        place = f"epoch {len(history.loss) + 1}"
        results = train_epoch(network, cost, optimizer, batches, metric, place)
        history.add(results, measure(network, cost, validation, metric) if validation else [])
        if schedule:
            schedule.step()
        if stop:
            stop.look(network, history.validation_loss[-1])
        if checkpoint:
            save_checkpoint(checkpoint, **parts)
        if curve:
            curve.draw(history)
    if curve:
        curve.draw(history, last=True)
    if stop:
        stop.restore(network)
    network.eval()
    return history


def check_training(network, optimizer, epochs, validation, stop):
    """Refuse an optimizer of another network, and a stop that has nothing to look at."""
    check_count("epochs", epochs)
    check_network(network)
    check_optimizer(optimizer)
    own = {id(parameter) for parameter in network.parameters()}
    if not own & {id(parameter) for parameter in optimizer.parameters}:
        raise ValueError(
            "the optimizer steps no parameter of this network: was the network made again after "
            "it? Make the optimizer anew, from network.parameters()"
        )
    if stop and validation is None:
        raise ValueError("stop looks at the validation loss: give validation=(inputs, targets)")
    if validation is not None:
        check_pair("validation", validation)


def check_helpers(parts, checkpoint):
    """Refuse what would fail only after an epoch of work."""
    for name, verb in (("schedule", "step"), ("stop", "look"), ("history", "add")):
        if parts[name] is not None and not hasattr(parts[name], verb):
            raise TypeError(f"{name} has a method {verb}(), and {parts[name]!r:.60} has none")
    if getattr(parts["schedule"], "optimizer", parts["optimizer"]) is not parts["optimizer"]:
        raise ValueError("the schedule was made for another optimizer: make it anew, of this one")
    if checkpoint is not None:
        check_place(checkpoint)
        state(**parts)  # all of it can be kept, or we are told so now


def arrays_of(network):
    """{dotted name: array} of every weight and running statistic: the arrays themselves."""
    return {name: plain(holder[key]) for name, holder, key in walk(network)}


class EarlyStopping:
    """Stop once `patience` epochs brought no lower validation loss; keep a copy of the best."""

    def __init__(self, patience):
        self.patience, self.epoch = check_count("patience", patience), 0
        self.best, self.best_loss, self.best_epoch = None, math.inf, 0

    def look(self, network, loss):
        """One more epoch has this validation loss: if it is the lowest so far, copy the network."""
        self.epoch += 1
        if not math.isfinite(loss):
            raise ValueError(f"the validation loss is {loss}: look at the validation data")
        if loss < self.best_loss:
            self.best_loss, self.best_epoch = loss, self.epoch
            self.best = {name: array.copy() for name, array in arrays_of(network).items()}

    @property
    def over(self):
        """Is it time to stop?"""
        return self.epoch - self.best_epoch >= self.patience

    def restore(self, network):
        """Write the numbers of the best epoch back into the network."""
        for name, best in (self.best or {}).items():
            arrays_of(network)[name][...] = best


def find_learning_rate(network, cost, optimizer, batches, *, lowest=1e-4, highest=10.0, steps=200):
    """Raise lr from `lowest` to `highest`, a step at each: arrays of the rates and their losses.

    All is done on copies: nothing is trained. It ends early where the loss is 4 times the first.
    """
    check_network(network)
    check_optimizer(optimizer)
    check_number("lowest", lowest, 1e-300, check_number("highest", highest, 0, math.inf))
    if not hasattr(batches, "__len__") or len(batches) == 0:
        raise ValueError("batches is Batches or a list, with one batch or more: it is walked again")
    network, optimizer, batches = copy.deepcopy((network, optimizer, batches))
    rates, losses = np.geomspace(lowest, highest, check_count("steps", steps)), []
    passes = math.ceil(steps / len(batches))
    stream = (batch for _ in range(passes) for batch in pairs(batches))
    for lr, (inputs, targets) in zip(rates, stream):
        optimizer.lr = lr
        loss = cost(network(inputs), targets)
        if not losses:
            check_loss(loss, "the first batch", lr, network, inputs)
        losses.append(loss.item())
        if not losses[-1] < 4 * losses[0]:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return rates[: len(losses)], np.array(losses)


def confusion(labels, predictions, classes):
    """A table (classes, classes) of counts: row, what it is; column, what it was taken for."""
    check_count("classes", classes)
    check_labels(labels, np.size(predictions), classes)
    check_labels(predictions, np.size(labels), classes)
    table = np.zeros((classes, classes), int)
    np.add.at(table, (labels, predictions), 1)
    return table


def write_whole(path, data):
    """Write bytes to `path`: all of them, or the file that was there stays as it was."""
    path = Path(os.path.realpath(check_place(path)))  # a link stays a link
    left = parts_of(path)
    while not put_in_place(path, data):
        pass  # another save took our part for one that was left
    sync_folder(path.parent)
    for part, _ in left & parts_of(path):  # untouched all the while: of a save that was killed
        part.unlink(missing_ok=True)


def put_in_place(path, data):
    """Write a part beside `path`, and rename it; False where somebody has removed the part."""
    part = path.with_name(f"{path.name}.{token_hex(4)}.part")  # a name that nobody else has
    try:
        with open(part, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())  # on the disk, and not only on its way there
        return renamed(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def renamed(part, path):
    """Give the part the name of the path; False if the part is not there any more."""
    try:
        os.replace(part, path)
    except FileNotFoundError:
        return False
    return True


def check_place(path):
    """The path as it is, if a file can be written there."""
    folder = Path(path).resolve().parent
    if Path(path).is_dir():
        raise IsADirectoryError(f"{path} is a folder: give the name of a file in it")
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is no folder: make it first")
    if not os.access(folder, os.W_OK):
        raise PermissionError(f"{folder} cannot be written: give a path in another folder")
    return path


def parts_of(path):
    """The parts that lie beside `path`, each with the time when it was last written."""
    pattern = f"{escape(path.name)}.{'[0-9a-f]' * 8}.part"
    found = set()
    for part in path.parent.glob(pattern):
        with suppress(FileNotFoundError):  # renamed, meanwhile
            found.add((part, part.stat().st_mtime_ns))
    return found


def sync_folder(folder):
    """Press a folder's list of names onto the disk, where the system can: Windows cannot."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def pack(arrays):
    """The bytes of an .npz file of these arrays; the last 64 are the sha256 of all before."""
    buffer = io.BytesIO()
    archive = zipfile.ZipFile(buffer, "w")  # no `with`: it turns a Ctrl-C into a ValueError
    for name, array in arrays.items():
        info = zipfile.ZipInfo(f"{name}.npy")  # without a date,
        info.create_system = 3  # and the same on every system: the same numbers, the same bytes
        with archive.open(info, "w", force_zip64=True) as member:
            np.lib.format.write_array(member, np.asarray(array, order="C"), allow_pickle=False)
    archive.comment = b"0" * 64  # the last bytes of a zip file are its comment
    archive.close()
    data = buffer.getvalue()[:-64]
    return data + hashlib.sha256(data).hexdigest().encode()


def unpack(path, arrays):
    """The arrays of a file that `pack` made, by name; ValueError where a single bit differs.

    A file that is far larger than `arrays`, which it shall fill, is not even read.
    """
    size = Path(path).stat().st_size
    most = 2**28 + 3 * sum(array.nbytes for array in arrays.values())
    if size > most:
        raise ValueError(
            f"{path} has {size} bytes, and is for something else: {most} would be many"
        )
    data = Path(path).read_bytes()
    if hashlib.sha256(data[:-64]).hexdigest().encode() != data[-64:]:
        raise ValueError(f"{path} is damaged, or was not written by minnet: its sha256 is wrong")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return read_members(archive, len(data))
    except Exception as error:  # a foreign file has many ways to be no .npz file
        raise ValueError(f"{path} cannot be read: {error}") from None


def read_members(archive, size):
    """The arrays of an archive of `size` bytes, each once, and together no more than it has."""
    members = {info.filename.removesuffix(".npy"): info for info in archive.infolist()}
    if len(members) < len(archive.infolist()):
        raise ValueError("a name stands in it twice")
    if sum(info.file_size for info in members.values()) > size:
        raise ValueError(f"its arrays promise more than the {size} bytes that it has")
    return {name: read_member(archive, info) for name, info in members.items()}


def read_member(archive, info):
    """One array of an archive; what its header promises must be there before memory is taken."""
    if info.compress_type != zipfile.ZIP_STORED:
        raise ValueError(f"{info.filename} is compressed, and minnet's files are not")
    with archive.open(info) as member:
        if np.lib.format.read_magic(member) != (1, 0):
            raise ValueError(f"{info.filename} is of another version")
        shape, fortran, dtype = np.lib.format.read_array_header_1_0(member)
        promised, there = math.prod(shape) * dtype.itemsize, info.file_size - member.tell()
        if dtype.hasobject or fortran or promised != there:
            raise ValueError(f"{info.filename} has {there} bytes, its header promises otherwise")
        return np.frombuffer(bytearray(member.read()), dtype).reshape(shape)


def check_fit(path, found, wanted):
    """Refuse arrays that do not fit by name, shape and dtype; list all that is wrong."""
    wrong = [f"{name} is missing" for name in wanted if name not in found]
    wrong += [f"{name} is not in the network" for name in found if name not in wanted]
    for name in wanted.keys() & found.keys():
        then, now = found[name], wanted[name]
        if (then.shape, then.dtype) != (now.shape, now.dtype):
            wrong.append(f"{name} is {then.shape} {then.dtype}, wanted {now.shape} {now.dtype}")
    if wrong:
        raise ValueError(f"{path} does not fit this network: {'; '.join(sorted(wrong))}")


REST = ".rest"  # in a checkpoint, all that is no array; no part of a network has this name


def numbers_of(network):
    """arrays_of(network), if there are any, and no two have the same name."""
    check_network(network)
    arrays = arrays_of(network)
    if len(arrays) < len(list(walk(network))):
        raise ValueError("two arrays of this network have the same dotted name: rename one")
    if not arrays:
        raise ValueError(f"{network!r:.60} has no weights: there is nothing to write or to read")
    return arrays


def save(network, path):
    """Write the network's weights and running statistics to an .npz file, whole or not at all."""
    write_whole(path, pack(numbers_of(network)))


def load(network, path):
    """Read what `save` wrote into a network of the same kind: all of it, or nothing."""
    wanted = numbers_of(network)
    found = unpack(path, wanted)
    if REST in found:
        raise ValueError(f"{path} is a checkpoint: load_checkpoint() reads it")
    check_fit(path, found, wanted)
    for name, array in wanted.items():
        array[...] = found[name]
    return network


def is_record(value):
    """True for what a file can hold: numbers, None, arrays, and lists and dicts of these.

    A tuple of numbers too; one with arrays in it is a row of data, which nothing changes.
    """
    if type(value) is dict:
        return all(isinstance(key, str | int) for key in value) and is_record([*value.values()])
    if type(value) in (list, tuple):
        return all(is_record(each) for each in value) and not (
            type(value) is tuple and any(isinstance(each, np.ndarray) for each in value)
        )
    return value is None or isinstance(value, int | float | np.generic) or type(value) is np.ndarray


def is_object(value):
    """True for an optimizer, a schedule, …: it is its attributes, and no more."""
    plainly = type(value).__reduce__ is object.__reduce__
    plainly = plainly and type(value).__reduce_ex__ is object.__reduce_ex__
    kinds = FunctionType | ModuleType | type
    return plainly and hasattr(value, "__dict__") and not isinstance(value, kinds)


def check_setting(value, name):
    """Refuse what may change and cannot be kept; words, functions and paths are settings."""
    if not callable(value) and not isinstance(value, str | PurePath | ModuleType | np.dtype):
        raise TypeError(
            f"{name} is a {type(value).__name__}, and no checkpoint can keep that: use numbers, "
            "lists, arrays and np.random.default_rng, or a tuple for data that never changes"
        )


def places(part, name="", seen=None):
    """(dotted name, holder, key) of all inside that training may change: holder[key], each once.

    Words, functions, the rows of Batches and rows in tuples are settings, a layer's `training` is
    a mode: these are not kept. A part that is a dict is gone through, so that it can be filled.
    """
    seen = set() if seen is None else seen
    holder = part if isinstance(part, dict | list | tuple) else vars(part)
    for key in list(holder) if isinstance(holder, dict) else range(len(holder)):
        value, here = holder[key], f"{name}.{key}" if name else f"{key}"
        mode = key == "training" and isinstance(part, Layer)
        if is_record(value) and (name or not isinstance(value, dict)):
            if not mode and not isinstance(part, tuple | Batches):
                yield here, holder, key
        elif id(value) not in seen:
            seen.add(id(value))
            if isinstance(value, Tensor | np.random.Generator):
                yield here, holder, key
            elif isinstance(value, list | tuple | dict | Layer) or is_object(value):
                yield from places(value, here, seen)
            elif not isinstance(part, Batches):
                check_setting(value, here)


def content(value):
    """What a file keeps: a Tensor's numbers, a generator's position, any other value itself."""
    if isinstance(value, np.random.Generator):
        return value.bit_generator.state
    return plain(value)


def check_part(part, name):
    """Refuse a part that is a mere value: `load_checkpoint` could not put another in its place."""
    if not isinstance(part, Tensor | np.ndarray | np.random.Generator):
        raise TypeError(
            f"{name} is a {type(part).__name__}, and could not be given back: keep it in a dict, "
            "or as an attribute of an object; data that never changes in tuples of arrays"
        )


def state(**parts):
    """{dotted name: value} of all that training changes in the parts: a copy.

    Tensors, running statistics, the optimizer's and the schedule's counters, random generators,
    history. `state(network=network, optimizer=optimizer)`; parts that are None are left out.
    What a function remembers by itself is not seen.
    """
    found, parts = {}, {name: part for name, part in parts.items() if part is not None}
    for name, holder, key in places(parts):
        if holder is parts:
            check_part(parts[key], name)
        if name in found:
            raise ValueError(f"two things in these parts are called {name}: rename one")
        found[name] = copy.deepcopy(content(holder[key]))
    if not found:
        raise ValueError("there is nothing to keep: give network=network, optimizer=optimizer, …")
    return found


def to_json(value, name, arrays):
    """`value` with every array in it moved to `arrays`, and its name there in its place."""
    if isinstance(value, np.ndarray | np.generic):
        arrays[name] = np.asarray(value)
        return {"array" if isinstance(value, np.ndarray) else "number": name}
    if isinstance(value, dict):
        pairs = [[key, to_json(each, f"{name}.{key}", arrays)] for key, each in value.items()]
        return {"dict": pairs}
    if isinstance(value, list | tuple):
        each = [to_json(each, f"{name}.{i}", arrays) for i, each in enumerate(value)]
        return {"tuple": each} if isinstance(value, tuple) else each
    return value


def from_json(value, arrays):
    """What `to_json` took apart, whole again."""
    if isinstance(value, list):
        return [from_json(each, arrays) for each in value]
    if not isinstance(value, dict):
        return value
    ((kind, inside),) = value.items()
    if kind == "dict":
        return {key: from_json(each, arrays) for key, each in inside}
    if kind == "tuple":
        return tuple(from_json(inside, arrays))
    return arrays[inside] if kind == "array" else arrays[inside][()]


def save_checkpoint(path, **parts):
    """Write the state of all parts to one file, whole or not at all: `network=network`, …"""
    arrays = {}
    rest = json.dumps(to_json(state(**parts), "", arrays)).encode()
    write_whole(path, pack(arrays | {REST: np.frombuffer(rest, np.uint8)}))


def fits(now, then):
    """May the value `then`, from a file, take the place of the value `now`?"""
    if isinstance(now, np.ndarray):
        return isinstance(then, np.ndarray) and (now.shape, now.dtype) == (then.shape, then.dtype)
    if now is None or then is None:
        return True
    if isinstance(now, list) and isinstance(then, list):
        parallel = any(isinstance(each, np.ndarray) for each in now)  # to the parameters
        return not parallel or (len(now) == len(then) and all(map(fits, now, then)))
    if isinstance(now, dict) and isinstance(then, dict):
        return now.keys() == then.keys() and all(fits(now[key], then[key]) for key in now)
    kinds = (int | float | np.generic, tuple)
    same = any(isinstance(now, kind) and isinstance(then, kind) for kind in kinds)
    return same or (isinstance(now, str) and now == then)


def load_checkpoint(path, **parts):
    """Put parts, made as those were made, where `save_checkpoint` left them; all or nothing."""
    now, arrays = state(**parts), {}
    to_json(now, "", arrays)
    arrays = unpack(path, arrays)
    if REST not in arrays:
        raise ValueError(f"{path} is no checkpoint: load() reads a saved network")
    try:
        then = from_json(json.loads(arrays[REST].tobytes()), arrays)
        check_state(now, then)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise ValueError(f"{path} does not fit these parts: {error}") from None
    for name, holder, key in places({k: v for k, v in parts.items() if v is not None}):
        put(holder, key, then[name])


def check_state(now, then):
    """Refuse a state that does not fit by its names and kinds; list all that is wrong."""
    wrong = [f"{name} is missing in the file" for name in now.keys() - then.keys()]
    wrong += [f"{name} is only in the file" for name in then.keys() - now.keys()]
    both = now.keys() & then.keys()
    wrong += [f"{name} does not fit" for name in both if not fits(now[name], then[name])]
    if wrong:
        raise ValueError("; ".join(sorted(wrong)))


def put(holder, key, value):
    """holder[key] takes the value: Tensors, arrays and generators stay the same objects."""
    now = holder[key]
    if isinstance(now, np.random.Generator):
        now.bit_generator.state = value
    elif isinstance(now, Tensor | np.ndarray):
        plain(now)[...] = value
    else:
        holder[key] = value


class LossCurve:
    """A loss curve that grows on the screen while a network learns, redrawn when it is time."""

    def __init__(self, every=0.25):
        self.every = check_number("every", every, 0, math.inf)
        self.due, self.handle = 0.0, None

    def draw(self, history, last=False):
        """Show the history so far, unless the last picture is younger than `every` seconds."""
        if perf_counter() < self.due and not last:
            return
        notebook = sys.modules.get("IPython")  # there already, where this is a notebook
        if notebook is None or notebook.get_ipython() is None:
            print(history)
        else:
            picture = {"image/png": self.picture(history), "text/plain": "<loss curve>"}
            if self.handle is None:
                self.handle = notebook.display.display(picture, raw=True, display_id=True)
            else:
                self.handle.update(picture, raw=True)
        self.due = perf_counter() + self.every

    def picture(self, history):
        """The curve as the bytes of a PNG."""
        from matplotlib.figure import Figure

        figure, file = Figure(figsize=(6, 3.6), layout="constrained"), io.BytesIO()
        history.plot(figure.subplots())
        figure.savefig(file, format="png")
        return file.getvalue()
