"""examples/mnist.py, against a server on this machine that sends the right files, and others."""

import gzip
import hashlib
import importlib.util
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("pooch", reason="see examples/requirements.txt")
pytest.importorskip("tqdm", reason="see examples/requirements.txt")

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "mnist.py"
IMAGES = "train-images-idx3-ubyte"


def idx_file(numbers):
    """The bytes of an IDX file, packed."""
    header = struct.pack(f">HBB{numbers.ndim}I", 0, 8, numbers.ndim, *numbers.shape)
    return gzip.compress(header + numbers.tobytes())


def small_mnist():
    """Four files in MNIST's form: each digit a stripe in a row of its own."""
    files = {}
    for name, n in (("train", 200), ("t10k", 50)):
        labels = np.arange(n, dtype=np.uint8) % 10
        images = np.zeros((n, 28, 28), np.uint8)
        images[np.arange(n), 2 * labels + 4] = 255
        files[f"{name}-images-idx3-ubyte"] = idx_file(images)
        files[f"{name}-labels-idx1-ubyte"] = idx_file(labels)
    return files


class Site(ThreadingHTTPServer):
    """Sends what is in `files`; promises more of a file in `broken` than it sends."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Reply)
        self.files, self.broken, self.asked = small_mnist(), set(), []


class Reply(BaseHTTPRequestHandler):
    def do_GET(self):
        name = self.path.strip("/").removesuffix(".gz")
        self.server.asked.append(name)
        content = self.server.files.get(name)
        if content is None:
            self.send_error(404)
            return
        self.send_response(200)
        more = 10 if name in self.server.broken else 0
        self.send_header("Content-Length", str(len(content) + more))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *words):
        pass


@pytest.fixture
def site():
    with Site() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def mnist(site, tmp_path, monkeypatch):
    """The example as a module, which asks our server for our files."""
    spec = importlib.util.spec_from_file_location("mnist", EXAMPLE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in site.files.items()}
    assert set(sums) == set(module.SUMS) and module.ADDRESS.startswith("https://")
    module.SUMS = {name: sums[name] for name in module.SUMS}
    module.ADDRESS, module.CACHE = f"http://127.0.0.1:{site.server_port}/", tmp_path / "cache"
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return module


def test_the_right_files_are_brought_once_and_trained_on(mnist, site, capsys):
    mnist.main()
    assert "test accuracy 1.0000" in capsys.readouterr().out
    assert site.asked == list(mnist.SUMS)
    mnist.main()
    assert len(site.asked) == 4


@pytest.mark.parametrize("kind", ["short", "broken off", "another", "no file"])
def test_what_is_not_the_file_is_refused_in_a_sentence_and_not_kept(mnist, site, kind):
    whole = site.files[IMAGES]
    if kind == "broken off":
        site.broken.add(IMAGES)
    site.files[IMAGES] = {
        "short": whole[:-7],
        "broken off": whole[:-7],
        "another": idx_file(np.ones((200, 28, 28), np.uint8)),
        "no file": None,
    }[kind]
    with pytest.raises(SystemExit, match=rf"/{IMAGES}\.gz did not come, or not as it should: .*"):
        mnist.main()
    assert not list(mnist.CACHE.glob("*"))
    site.files[IMAGES], site.broken = whole, set()
    assert mnist.bring(IMAGES).shape == (200, 28, 28)


def test_a_file_that_was_damaged_where_it_is_kept_is_brought_again(mnist, site):
    wanted = mnist.bring(IMAGES)
    (mnist.CACHE / f"{IMAGES}.gz").write_bytes(site.files[IMAGES][:-1])
    np.testing.assert_array_equal(mnist.bring(IMAGES), wanted)
    site.files[IMAGES] = None
    (mnist.CACHE / f"{IMAGES}.gz").write_bytes(b"")
    with pytest.raises(SystemExit, match="404"):
        mnist.bring(IMAGES)
