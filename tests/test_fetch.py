"""`run.py fetch`, against a server here that replies in every way a server should not."""

import ast
import contextlib
import errno
import gzip
import hashlib
import io
import os
import random
import shutil
import signal
import socket
import ssl
import struct
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from course import fetch

ROOT = Path(__file__).resolve().parent.parent
SHAPES = [(150, 31, 29), (150,), (20, 31, 29), (20,)]  # the pictures take more than two pieces


def idx_file(shape):
    """Bytes by chance in an IDX file, packed."""
    numbers = random.Random(str(shape)).randbytes(int(np.prod(shape)))
    return gzip.compress(struct.pack(f">HBB{len(shape)}I", 0, 8, len(shape), *shape) + numbers)


GOOD = {name: idx_file(shape) for (_, name), shape in zip(fetch.NAMES, SHAPES, strict=True)}
IMAGES, LABELS, *_ = GOOD
SIZE = len(GOOD[IMAGES])


# The server


class Site(ThreadingHTTPServer):
    """Sends the files as they are, or as `replies` has it; notes each request."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Reply)
        self.replies, self.asked, self.scheme = {}, [], "http"
        self.over, self.left = threading.Event(), threading.Event()

    @property
    def address(self):
        return f"{self.scheme}://127.0.0.1:{self.server_port}/"

    def speak_https(self, certificate, key):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.socket = context.wrap_socket(
            self.socket, server_side=True, do_handshake_on_connect=False
        )
        self.scheme = "https"

    def handle_error(self, request, address):
        self.left.set()  # the other side hung up


class Reply(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        name = self.path.rpartition("/")[2]
        self.server.replies.get(name, good)(self, GOOD.get(name, b""))

    def head(self, status=200, length=None, **more):
        self.send_response(status)
        for key, value in more.items():
            self.send_header(key, value)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, *words):
        pass


def good(reply, content):
    reply.head(length=len(content))
    reply.wfile.write(content)


def status(number):
    def answer(reply, content):
        reply.head(number, length=5, Content_Type="text/html")
        reply.wfile.write(b"<html")

    return answer


def login_page(reply, content):
    page = b"\n<!DOCTYPE html><title>Welcome to the Wi-Fi</title>" + b"." * 300_000
    reply.head(length=len(page))
    reply.wfile.write(page)


def short(reply, content):
    reply.head(length=len(content) - 7)
    reply.wfile.write(content[:-7])


def broken_off(reply, content):
    reply.head(length=len(content))
    reply.wfile.write(content[:100_000])


def longer(reply, content):
    reply.head(length=len(content) + 10)
    reply.wfile.write(content + b"0123456789")


def longer_than_it_says(reply, content):
    reply.head()
    reply.wfile.write(content + b"0123456789")


def endless(reply, content):
    reply.head()
    while True:
        reply.wfile.write(content)


def hanging(reply, content):
    if reply.rfile.read(1) == b"":  # what one reads when the other side hangs up
        reply.server.left.set()


def hanging_half_way(reply, content):
    reply.head(length=len(content))
    reply.wfile.write(content[:100_000])
    reply.server.over.wait()


def drip(reply, content):
    for i in range(len(content)):
        reply.wfile.write(content[i : i + 1])
        if reply.server.over.wait(0.02):
            break


def dripping(reply, content):
    reply.head(length=len(content))
    drip(reply, content)


def dripping_headers(reply, content):
    reply.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    drip(reply, b"a" * 1000)


def tampered(reply, content):
    reply.head(length=len(content))
    reply.wfile.write(content[:-1] + bytes([content[-1] ^ 1]))


def no_http(reply, content):
    reply.wfile.write(b"220 mail.example.org ESMTP\r\n\r\n")


def sent_on(address):
    return lambda reply, content: reply.head(302, length=0, Location=address)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.1 and its key; None where openssl is not there to make them."""
    folder = tmp_path_factory.mktemp("certificate")
    (folder / "wishes").write_text(
        "[req]\ndistinguished_name=who\nx509_extensions=more\nprompt=no\n[who]\nCN=127.0.0.1\n"
        "[more]\nsubjectAltName=IP:127.0.0.1\nbasicConstraints=critical,CA:true\n"
        "keyUsage=critical,digitalSignature,keyCertSign\nsubjectKeyIdentifier=hash\n"
    )
    command = "openssl req -x509 -newkey rsa:2048 -nodes -config wishes -keyout key -out cert"
    if not shutil.which("openssl"):
        return None
    done = subprocess.run(command.split(), cwd=folder, capture_output=True)
    return (folder / "cert", folder / "key") if done.returncode == 0 else None


@pytest.fixture
def site(certificate, monkeypatch, tmp_path):
    """A server with a data set named toy, which fetch knows and puts into a folder of its own."""
    with Site() as server:
        if certificate:
            server.speak_https(*certificate)
            monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setattr(fetch, "DATA", tmp_path / "data")
        monkeypatch.setattr(fetch, "PATIENCE", 20)
        sums = [(len(content), hashlib.sha256(content).hexdigest()) for content in GOOD.values()]
        monkeypatch.setitem(fetch.SETS, "toy", ([server.address], fetch.named(*sums)))
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def https(certificate):
    if certificate is None:
        pytest.skip("openssl is not there to make a certificate")


def refused():
    """The sentence with which a fetch ends."""
    with pytest.raises(SystemExit) as end:
        fetch.fetch("toy")
    assert end.value.code.count("\n") == 0
    assert end.value.code.endswith(".")
    return end.value.code


def files():
    """What lies in the folder, with its parts and leavings."""
    return {path.name: path.read_bytes() for path in fetch.DATA.rglob("*") if path.is_file()}


# A good reply


def test_a_data_set_is_fetched_and_the_lines_that_are_shown_read_it(site, capsys):
    fetch.fetch("toy")
    assert files() == GOOD
    _, *lines = capsys.readouterr().out.splitlines()
    names = {}
    exec("\n".join(lines), names)
    assert [names[variable].shape for variable, _ in fetch.NAMES] == SHAPES


def test_what_is_there_is_not_asked_for_again(site):
    fetch.fetch("toy")
    site.asked.clear()
    fetch.fetch("toy")
    assert site.asked == []
    assert files() == GOOD


def test_what_is_there_but_broken_is_fetched_anew(site):
    fetch.fetch("toy")
    site.asked.clear()
    (fetch.DATA / "toy" / LABELS).write_bytes(GOOD[LABELS][:-1] + b"?")
    fetch.fetch("toy")
    assert site.asked == ["/" + LABELS]
    assert files() == GOOD


def test_what_came_before_a_failure_is_kept(site):
    site.replies[LABELS] = status(404)
    assert LABELS in refused()
    assert files() == {IMAGES: GOOD[IMAGES]}


def test_what_is_broken_stays_until_something_better_comes(site):
    place = fetch.DATA / "toy" / IMAGES
    place.parent.mkdir(parents=True)
    place.write_bytes(b"mine")
    site.replies[IMAGES] = tampered
    refused()
    assert files() == {IMAGES: b"mine"}


def test_a_move_to_another_https_address_is_followed(site, https):
    site.replies[IMAGES] = sent_on("/elsewhere/" + LABELS)
    site.replies[LABELS] = lambda reply, content: good(reply, GOOD[IMAGES])
    with contextlib.suppress(SystemExit):  # the labels themselves are wrong now
        fetch.fetch("toy")
    assert files() == {IMAGES: GOOD[IMAGES]}


def test_the_next_address_is_tried_and_the_first_one_named(site, monkeypatch, capsys):
    _, toy = fetch.SETS["toy"]
    monkeypatch.setitem(fetch.SETS, "toy", ([site.address + "old/", site.address], toy))
    site.replies[IMAGES] = lambda reply, content: (status(403) if "old" in reply.path else good)(
        reply, content
    )
    fetch.fetch("toy")
    assert site.asked[:3] == [f"/old/{IMAGES}", f"/{IMAGES}", f"/old/{LABELS}"]
    assert "127.0.0.1 answers 403: trying the next address.\n" in capsys.readouterr().out
    assert files() == GOOD


# Bad replies

BAD = {
    "not found": (status(404), "answers 404", "try again tomorrow"),
    "forbidden": (status(403), "answers 403", "try again tomorrow"),
    "a login page": (login_page, "sends a web page", "log in"),
    "a short reply": (short, f"after {SIZE - 7} of {SIZE} bytes", "call again"),
    "a reply that breaks off": (broken_off, "broke off", "call again"),
    "a longer reply": (longer, f"more than the {SIZE} bytes", "another network"),
    "a reply longer than it says": (
        longer_than_it_says,
        f"more than the {SIZE}",
        "another network",
    ),
    "an endless reply": (endless, f"more than the {SIZE} bytes", "another network"),
    "no reply": (hanging, "sends nothing, or too slowly", "call again later"),
    "half a reply": (hanging_half_way, "sends nothing, or too slowly", "call again later"),
    "a dripping reply": (dripping, "sends nothing, or too slowly", "call again later"),
    "dripping headers": (dripping_headers, "sends nothing, or too slowly", "call again later"),
    "a tampered reply": (tampered, "another sha256", "open an issue"),
    "another language": (no_http, "cannot be reached", "look at the network"),
}


@pytest.mark.parametrize("case", BAD)
def test_it_is_refused_in_one_sentence_and_nothing_is_left(site, monkeypatch, case):
    site.replies[IMAGES], why, way_out = BAD[case]
    if "too slowly" in why:
        monkeypatch.setattr(fetch, "PATIENCE", 0.3)
    begun = time.monotonic()
    said = refused()
    assert time.monotonic() - begun < 5
    assert f"{IMAGES} was not fetched, because 127.0.0.1" in said
    assert why in said
    assert way_out in said
    assert files() == {}
    assert site.asked == ["/" + IMAGES]


@pytest.mark.parametrize("reply", [endless, hanging])
def test_a_connection_that_leads_nowhere_is_closed(site, monkeypatch, reply):
    monkeypatch.setattr(fetch, "PATIENCE", 0.3)
    site.replies[IMAGES] = reply
    refused()
    assert site.left.wait(2)


def test_the_whole_has_a_deadline_though_each_piece_comes_in_time(site, monkeypatch):
    def steady(reply, content):
        reply.head(length=len(content))
        for i in range(0, len(content), 2000):
            reply.wfile.write(content[i : i + 2000])
            time.sleep(0.01)

    site.replies[IMAGES] = steady
    monkeypatch.setattr(fetch, "PATIENCE", 60)
    monkeypatch.setattr(fetch, "WHOLE", 0.3)
    assert "too slowly" in refused()
    assert files() == {}


def test_a_move_to_http_is_refused(site, https):
    site.replies[IMAGES] = sent_on("http://127.0.0.1:1/" + IMAGES)
    said = refused()
    assert "not https" in said
    assert "log in" in said
    assert files() == {}


def test_a_certificate_that_nobody_vouches_for_is_refused(site, https, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    said = refused()
    assert "no certificate that this Python trusts" in said
    assert "Install Certificates.command" in said
    assert site.asked == []
    assert files() == {}


def test_where_nobody_listens_the_network_is_named(site, monkeypatch):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"{site.scheme}://127.0.0.1:{unused.getsockname()[1]}/"
        monkeypatch.setitem(fetch.SETS, "toy", ([address], fetch.SETS["toy"][1]))
        said = refused()
    assert "cannot be reached" in said
    assert "look at the network" in said
    assert files() == {}


@pytest.mark.parametrize("name", ["../evil.gz", "..", "/evil.gz", "a/b.gz", "a\\b.gz", "C:b", ""])
def test_a_name_that_could_climb_out_of_the_folder_is_refused(site, monkeypatch, name):
    evil = fetch.File("images", name, 4, hashlib.sha256(b"evil").hexdigest())
    monkeypatch.setitem(fetch.SETS, "toy", ([site.address], [evil]))
    said = refused()
    assert ascii(name) in said
    assert "open an issue" in said
    assert site.asked == []
    assert list(fetch.DATA.parent.iterdir()) == []


# The disk, and interruptions


def test_a_full_disk_is_named_and_nothing_is_left(site, monkeypatch):
    whole = Path.write_bytes

    def half(path, content):
        whole(path, content[:100])
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", half)
    assert "make room for 1 MB" in refused()
    assert files() == {}


def test_a_folder_that_may_not_be_written_is_named(site):
    fetch.DATA.mkdir()
    fetch.DATA.chmod(0o500)
    if os.access(fetch.DATA, os.W_OK):  # nothing is forbidden to root: a file is in the way
        fetch.DATA.rmdir()
        fetch.DATA.write_bytes(b"")
    said = refused()
    assert str(fetch.DATA) in said
    assert "a folder of your own" in said
    assert files() == {}


def test_ctrl_c_leaves_nothing(site, monkeypatch):
    def press(reply, content):
        reply.head(length=len(content))
        reply.wfile.write(content[:100_000])
        signal.raise_signal(signal.SIGINT)
        reply.server.over.wait()

    site.replies[IMAGES] = press
    with pytest.raises(KeyboardInterrupt):
        fetch.fetch("toy")
    assert files() == {}


def test_ctrl_c_while_writing_leaves_nothing(site, monkeypatch):
    def press(*paths):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", press)
    with pytest.raises(KeyboardInterrupt):
        fetch.fetch("toy")
    assert files() == {}


# The command, in processes of its own


@pytest.fixture
def start(site, tmp_path):
    """Starts `run.py fetch toy` in a throw-away house, where fetch has been prepared by a line."""
    shutil.copy(ROOT / "run.py", tmp_path)

    def begin(line="pass"):
        code = f"""
import os, sys, time, run
from pathlib import Path
from course import fetch
from course.fetch import File

fetch.DATA = Path({str(fetch.DATA)!r})
fetch.SETS["toy"] = {fetch.SETS["toy"]!r}
{line}
sys.exit(run.main(["fetch", "toy"]))
"""
        command = [sys.executable, "-S", "-c", code]  # without what is installed: no numpy
        houses = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
        outputs = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, env=houses, cwd=tmp_path, **outputs)

    return begin


def wait_for_a_request(site, process):
    while not site.asked:
        assert process.poll() is None
        time.sleep(0.01)


def test_the_command_needs_no_environment_and_makes_none(site, start, tmp_path):
    with start() as process:
        assert process.communicate()[1] == ""
    assert process.returncode == 0
    assert files() == GOOD
    assert not (tmp_path / ".venv").exists()


def test_what_a_killed_process_left_is_cleared_away(site, start):
    stop = "def replace(*paths): print('written', flush=True); time.sleep(60)\nos.replace = replace"
    with start(stop) as process:
        assert process.stdout.readline() == "written\n"
        process.kill()
    assert files() == {IMAGES + ".part": GOOD[IMAGES]}
    with start() as process:
        assert "Another" not in process.communicate()[0]  # the dead hold nothing
    assert files() == GOOD


def test_of_two_at_once_the_second_waits_and_need_not_fetch(site, start):
    waits = threading.Event()
    site.replies[IMAGES] = lambda reply, content: waits.wait(10) and good(reply, content)
    with start() as first:
        wait_for_a_request(site, first)
        with start() as second:
            assert "waiting" in second.stdout.readline()
            waits.set()
            assert [first.wait(), second.wait()] == [0, 0]
            assert "read_idx" in second.stdout.read()
    assert len(site.asked) == len(GOOD)
    assert files() == GOOD


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to all that share a console")
def test_ctrl_c_ends_the_command_with_a_sentence(site, start):
    site.replies[IMAGES] = hanging_half_way
    with start() as process:
        wait_for_a_request(site, process)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=10)
    assert said == "Stopped: the next call takes up from here.\n"
    assert process.returncode == 1
    assert files() == {}


# Around it


def test_a_terminal_sees_how_far_a_file_has_come(site, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    with contextlib.redirect_stdout(Terminal()) as screen:
        site.replies[LABELS] = status(404)
        refused()
    assert f"\r{IMAGES}   0%\r{IMAGES}  " in screen.getvalue()
    assert f"\r{IMAGES} 100%\n" in screen.getvalue()
    assert screen.getvalue().endswith("0%\n")  # so the sentence begins a line


def test_a_log_sees_no_progress(site, capsys):
    fetch.fetch("toy")
    assert "%" not in capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["imagenet"], ["mnist", "fashion-mnist"], ["../mnist"]])
def test_without_a_data_set_it_says_which_there_are(words):
    with pytest.raises(SystemExit) as end:
        fetch.chosen(words)
    assert "run.py fetch mnist" in end.value.code
    assert "run.py fetch fashion-mnist" in end.value.code


def test_the_data_sets_are_four_files_each_at_https_addresses_alone():
    for mirrors, toy in fetch.SETS.values():
        assert all(mirror.startswith("https://") and mirror.endswith("/") for mirror in mirrors)
        assert [(file.variable, file.name) for file in toy] == fetch.NAMES
        assert all(len(bytes.fromhex(file.sha256)) == 32 for file in toy)


def test_it_needs_the_standard_library_alone():
    tree = ast.parse(Path(fetch.__file__).read_text("utf-8"))
    names = {n.name for node in ast.walk(tree) if isinstance(node, ast.Import) for n in node.names}
    names |= {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_every_message_can_be_shown_on_any_terminal():
    said = [*fetch.SAY.values(), *(part for pair in fetch.REFUSED.values() for part in pair)]
    assert all(text.isascii() for text in said)
