"""MNIST and Fashion-MNIST, for after the course: `python run.py fetch` brings them, no chapter
needs them. MNIST: Y. LeCun, C. Cortes and C. Burges 1998. Fashion-MNIST: H. Xiao, K. Rasul and
R. Vollgraf 2017, MIT licence.
"""

# Standard library only: this runs without the environment.

import errno
import hashlib
import os
import queue
import re
import ssl
import sys
import threading
import time
from collections import namedtuple
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

DATA = Path(__file__).resolve().parent.parent / "data"
PIECE = 2**16  # bytes
PATIENCE = 30  # seconds for each piece: one who drips is no better than one who sends nothing
WHOLE = 3600  # seconds for a data set

File = namedtuple("File", "variable name size sha256")
NAMES = [
    ("images", "train-images-idx3-ubyte.gz"),
    ("labels", "train-labels-idx1-ubyte.gz"),
    ("test_images", "t10k-images-idx3-ubyte.gz"),
    ("test_labels", "t10k-labels-idx1-ubyte.gz"),
]


def named(*sums):
    """The four files of a data set, from the size and the sha256 of each."""
    return [File(*name, *sum_) for name, sum_ in zip(NAMES, sums)]


SETS = {
    "mnist": (
        [
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/",
        ],
        named(
            (9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
            (28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
            (1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
            (4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
        ),
    ),
    "fashion-mnist": (
        [
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
            "https://fashion-mnist.s3.eu-central-1.amazonaws.com/",
            "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
        ],
        named(
            (26_421_880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
            (29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
            (4_422_102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
            (5_148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
        ),
    ),
}

SAY = {
    "which": "Say which data set to fetch: python run.py fetch {}.",
    "next": "{} {}: trying the next address.",
    "refused": "{} was not fetched, because {} {}: {}.",
    "climbs": "{!a} is no plain name of a file, and might end up outside of data: open an issue.",
    "no disk": "The disk is full: make room for {:.0f} MB in {}, then call again.",
    "no access": "{} cannot be read or written ({}): close what is using it, or move the course "
    "to a folder of your own, then call again.",
    "there": "The files of {} are in {}. These lines read them, in a notebook too:",
}

LOG_IN = "open any page in a browser, log in if the network asks you to, then call again"

REFUSED = {  # why, and the way out
    "status": ("answers {}", "try again tomorrow, or look for a newer version of the course"),
    "page": ("sends a web page in its place", LOG_IN),
    "not https": ("sends us on to an address that is not https", LOG_IN),
    "not trusted": (
        "shows no certificate that this Python trusts",
        "look at the clock of your machine, log in to the network in a browser, or, with a Python "
        "from python.org on macOS, run its Install Certificates.command, then call again",
    ),
    "away": (
        "cannot be reached, or broke off ({})",
        "look at the network (a proxy, a firewall?) and call again",
    ),
    "slow": ("sends nothing, or too slowly", "call again later, or from another network"),
    "short": ("broke off after {} of {} bytes", "call again"),
    "long": ("sends more than the {} bytes of the file", "call again from another network"),
    "other": (
        "sends another file, with another sha256",
        "call again from another network, and if that does not help, open an issue",
    ),
}


class ReplyError(Exception):
    """What a server sends is not taken: why, and the way out."""

    def __init__(self, what, *details):
        self.why, self.way_out = REFUSED[what][0].format(*details), REFUSED[what][1]


def chosen(words):
    """The data set that the words name; without one, the end, and which there are."""
    if len(words) != 1 or words[0] not in SETS:
        sys.exit(SAY["which"].format(", or python run.py fetch ".join(SETS)))
    return words[0]


def fetch(name):
    """Bring the files of a data set that are not there, or broken, and say how to read them."""
    mirrors, files = SETS[name]
    folder, end = DATA / name, time.monotonic() + WHOLE
    try:
        for file in files:
            place = inside(folder, file.name)
            if not is_whole(place, file):
                write(place, download(mirrors, file, end))
    except OSError as problem:
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            sys.exit(SAY["no disk"].format(sum(file.size for file in files) / 1e6 + 1, folder))
        sys.exit(SAY["no access"].format(problem.filename or folder, problem.strerror))
    tell(name, folder, files)


def tell(name, folder, files):
    """Where the files are, and the lines of Python that read them, from wherever they are run."""
    print(SAY["there"].format(name, f"{DATA.name}/{name}"))
    print("from minnet import read_idx")
    for file in files:
        path = (folder / file.name).as_posix()
        print(f"{file.variable} = read_idx({path!a}, sha256={file.sha256!a})")


def inside(folder, name):
    """The place of a file in the folder, if its name cannot climb out of it."""
    if not re.fullmatch(r"\w[\w.-]*", name):
        sys.exit(SAY["climbs"].format(name))
    return folder / name


def is_whole(place, file):
    """Whether the file is there, byte for byte."""
    if not place.exists():
        return False
    with open(place, "rb") as found:
        return hashlib.file_digest(found, "sha256").hexdigest() == file.sha256


def write(place, content):
    """Whole or not at all."""
    part = place.with_name(place.name + ".part")
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        part.write_bytes(content)
        os.replace(part, place)
    finally:
        part.unlink(missing_ok=True)


def download(mirrors, file, end):
    """The bytes of a file, from the first address that sends the right ones."""
    for mirror in mirrors:
        try:
            return received(mirror + file.name, file, end)
        except ReplyError as refused:
            host, why, way_out = urlsplit(mirror).hostname, refused.why, refused.way_out
        if mirror != mirrors[-1]:
            print(SAY["next"].format(host, why), flush=True)
    return sys.exit(SAY["refused"].format(file.name, host, why, way_out))


def received(address, file, end):
    """What an address sends, if it comes in time, and is the file."""
    content, arriving = bytearray(), queue.SimpleQueue()
    threading.Thread(target=read, args=(address, file.size, arriving), daemon=True).start()
    try:
        show(file, 0)
        while piece := next_of(arriving, end):
            if not content and piece.lstrip().startswith(b"<"):
                raise ReplyError("page")
            content += piece
            show(file, len(content))
    finally:
        show(file, None)
    if len(content) < file.size:
        raise ReplyError("short", len(content), file.size)
    if len(content) > file.size:
        raise ReplyError("long", file.size)
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise ReplyError("other")
    return content


def next_of(arriving, end):
    """The next piece, b"" after the last, or what went wrong, raised; each has PATIENCE to come."""
    end = min(end, time.monotonic() + PATIENCE)
    while time.monotonic() < end:
        try:
            piece = arriving.get(timeout=0.1)  # briefly: Windows hears Ctrl-C only in between
        except queue.Empty:
            continue
        if isinstance(piece, ReplyError):
            raise piece
        return piece
    raise ReplyError("slow")


def read(address, size, arriving):
    """Hand over what an address sends, up to one byte too many, in a thread that may be left.

    No timeout of a socket is enough: looking up the name, shaking hands and headers can drip too.
    """
    try:
        with build_opener(OnlyHttps).open(address, timeout=PATIENCE) as reply:
            left = size + 1
            while left and (piece := reply.read(min(PIECE, left))):
                arriving.put(piece)
                left -= len(piece)
        arriving.put(b"")
    except Exception as problem:
        arriving.put(refusal(problem))


class OnlyHttps(HTTPRedirectHandler):
    """Follows to other addresses, as long as they are https."""

    def redirect_request(self, request, reply, code, message, headers, address):
        if not address.startswith("https://"):
            reply.close()
            raise ReplyError("not https")
        return super().redirect_request(request, reply, code, message, headers, address)


def refusal(problem):
    """Which of our reasons fits what went wrong on the way."""
    if isinstance(problem, HTTPError):
        problem.close()
        return ReplyError("status", problem.code)
    problem = getattr(problem, "reason", problem)  # urllib wraps what it met
    if isinstance(problem, ssl.SSLCertVerificationError):
        return ReplyError("not trusted")
    if isinstance(problem, TimeoutError):
        return ReplyError("slow")
    if isinstance(problem, ReplyError):
        return problem
    # The system's words may be shown; a server's own might do anything to a terminal.
    return ReplyError("away", problem if isinstance(problem, OSError) else type(problem).__name__)


def show(file, size):
    """How much of a file has come, on one line of a terminal; a log is spared. None ends it."""
    if sys.stdout.isatty():
        share = "" if size is None else f"\r{file.name} {size / file.size:4.0%}"
        print(share, end="" if share else "\n", flush=True)
