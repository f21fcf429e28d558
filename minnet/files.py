"""A dictionary of arrays to disk and back, whole or not at all, as a safetensors file: eight bytes
of length, a header that one can read, and the numbers.
"""

import os
import re
from contextlib import suppress

import numpy as np

from minnet import checks


def write_whole(path, pieces):
    """Write bytes to `path`: all of them, or the file that was there stays as it was."""
    path = os.path.realpath(path)  # a link stays a link
    left = parts_of(path)
    while not put_in_place(path, pieces):
        pass  # another save took our part for one that was left
    with suppress(OSError):  # the folder's list of names too; Windows cannot
        folder = os.open(os.path.dirname(path), os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    for part, _ in left & parts_of(path):  # untouched all the while: of a save that was killed
        with suppress(FileNotFoundError):
            os.unlink(part)


def put_in_place(path, pieces):
    """Write a part beside `path`, and rename it; False where somebody has removed the part."""
    part = f"{path}.{os.urandom(4).hex()}.part"  # a name that nobody else has
    try:
        with open(part, "xb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())  # on the disk, and not only on its way there
        os.replace(part, path)
    except BaseException as error:
        with suppress(FileNotFoundError):
            os.unlink(part)
        if isinstance(error, FileNotFoundError) and error.filename2:  # the part was taken away
            return False
        raise
    return True


def parts_of(path):
    """The parts that lie beside `path`, each with the time when it was last written."""
    found, pattern = set(), re.escape(os.path.basename(path)) + r"\.[0-9a-f]{8}\.part"
    for each in os.scandir(os.path.dirname(path)):
        if re.fullmatch(pattern, each.name):
            with suppress(FileNotFoundError):  # renamed, meanwhile
                found.add((each.path, os.stat(each.path).st_mtime_ns))
    return found


def take_apart(value, name, arrays):
    """`value` with every array in it moved to `arrays`, and its dotted name there in its place."""
    checks.require_kept(value, name, arrays)
    if isinstance(value, dict):
        front = f"{name}." if name else ""
        return {key: take_apart(each, f"{front}{key}", arrays) for key, each in value.items()}
    if isinstance(value, list):
        return [take_apart(each, f"{name}.{i}", arrays) for i, each in enumerate(value)]
    if not isinstance(value, np.ndarray | np.generic) or isinstance(value, str):
        return value
    arrays[name] = np.asarray(value, order="C")  # safetensors misreads every other order
    return {"": name} if isinstance(value, np.ndarray) else {"": name, "number": True}


def put_together(value, arrays):
    """What `take_apart` took apart, whole again."""
    if isinstance(value, list):
        return [put_together(each, arrays) for each in value]
    if not isinstance(value, dict):
        return value
    if "" in value:
        return arrays[value[""]][()] if "number" in value else arrays[value[""]]
    return {key: put_together(each, arrays) for key, each in value.items()}


MARK = "minnet, sha256 "  # then the sum, 64 letters; then all that is no array, as JSON


def sum_of(data, at):
    """The sha256 of all bytes, except the 64 from `at` on, where the sum has its own place."""
    from hashlib import sha256

    found = sha256(memoryview(data)[:at])
    found.update(memoryview(data)[at + 64 :])
    return found.hexdigest()


def save(dictionary, path):
    """Write a dictionary, such as network.state_dict(), to a safetensors file, whole or not at all.

    Arrays stand in it under their dotted names, for every reader of such files. Numbers, words,
    None, and lists and dictionaries of all these stand in its header, with a sha256 of the rest.
    """
    from json import dumps

    from safetensors.numpy import save as to_bytes

    arrays = {}
    rest = dumps(take_apart(dictionary, "", arrays))
    data = to_bytes(arrays, {"minnet": f"{MARK}{'0' * 64}{rest}"})  # one note: it has no order
    at = data.index(MARK.encode()) + len(MARK)
    pieces = data[:at], sum_of(data, at).encode(), memoryview(data)[at + 64 :]
    write_whole(checks.require_place(path), pieces)


def load(path):
    """The dictionary that `save` wrote; of a file made elsewhere, {name: array}. New arrays.

    ValueError where a single bit differs, or where the header promises what is not there.
    """
    from safetensors import safe_open

    path = os.fspath(path)
    try:
        with open(path, "rb") as file, safe_open(path, "np"):  # which looks at the header first
            return unpack(file.read())
    except Exception as error:  # what is no such file has many ways to be none
        raise checks.refuse_file(path, error) from None


def unpack(data):
    """The dictionary in the bytes of a file."""
    from json import loads

    from safetensors.numpy import load as to_arrays

    arrays = to_arrays(data)
    header = loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
    notes = header.pop("__metadata__", {})
    if "minnet" not in str(notes):  # it stands there twice: one bit that differs spoils one
        return {name: arrays[name] for name in header}
    note = notes.get("minnet", "")
    told, rest = note[len(MARK) :][:64], note[len(MARK) + 64 :]
    checks.require_sum(told, sum_of(data, data.find(told.encode())))
    return {**put_together(loads(rest), arrays)}


__all__ = ["load", "save"]
