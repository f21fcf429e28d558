"""The commands, in throw-away copies of the house; nothing here needs the network."""

import ast
import contextlib
import errno
import http.server
import importlib.util
import io
import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import webbrowser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def run(tmp_path):
    """run.py in a house of its own, with one chapter and a glossary."""
    return moved_in(tmp_path)


def moved_in(folder):
    """run.py, as a module, in a copy of the house in this folder."""
    for name in ("run.py", "requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    (folder / "chapters").mkdir()
    write_chapter(folder, "1 + 1")
    (folder / "chapters" / "glossary.md").write_text("# Words\n")
    spec = importlib.util.spec_from_file_location("run_in_a_copy", folder / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write_chapter(root, source, output="2", name="01_tensors.ipynb"):
    """A chapter with a paragraph and a folded cell that has run."""
    result = {
        "output_type": "execute_result",
        "execution_count": 1,
        "data": {"text/plain": [output]},
        "metadata": {},
    }
    cells = [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["Σ of two"]},
        {
            "cell_type": "code",
            "id": "b",
            "metadata": {"tags": ["export"], "jupyter": {"source_hidden": True}, "execution": {}},
            "source": [source],
            "execution_count": 1,
            "outputs": [result],
        },
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path = root / "chapters" / name
    path.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.fixture
def steps(run, monkeypatch):
    """What run.py would do to make the environment, noted instead of done."""
    done = []

    def note(command, doing, **how):
        done.append("venv" if "venv" in command else "pip" if "pip" in command else "fonts")
        if done[-1] == "venv":
            shutil.rmtree(run.VENV, ignore_errors=True)
            run.PYTHON.parent.mkdir(parents=True)
            run.PYTHON.touch()

    run.real_step = run.run_step
    monkeypatch.setattr(run, "run_step", note)
    monkeypatch.setattr(run, "pip_settings", run.settings)
    monkeypatch.setattr(run, "uv", lambda: None)
    return done


def sentence(call, *arguments):
    """The sentence with which a call ends everything."""
    with pytest.raises(SystemExit) as end:
        call(*arguments)
    return end.value.code


# The file itself


def test_an_old_python_can_read_the_file():
    ast.parse((ROOT / "run.py").read_text("utf-8"), feature_version=(3, 6))


def test_it_needs_the_standard_library_alone():
    tree = ast.parse((ROOT / "run.py").read_text("utf-8"))
    names = {n.name for node in ast.walk(tree) if isinstance(node, ast.Import) for n in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_a_python_that_is_too_old_is_told_so(run, monkeypatch, steps):
    monkeypatch.setattr(sys, "version_info", (3, 10, 13))
    monkeypatch.setattr(sys, "version", "3.10.13 (main)")
    assert "3.10.13" in sentence(run.main, ["lab"])
    assert not steps


@pytest.mark.parametrize("words", [[], ["help"], ["--help"], ["-h"]])
def test_help_shows_every_command_in_a_line(run, capsys, words):
    assert run.main(words) == 0
    lines = capsys.readouterr().out.splitlines()
    shown = [line.split()[2] for line in lines if line.startswith("    python run.py ")]
    assert shown == list(run.VERBS)
    assert all(len(line) <= 100 for line in lines)


def test_help_on_a_command_does_nothing_else(run, capsys, steps):
    for verb in run.VERBS:
        for word in ("--help", "-h"):
            assert run.main([verb, word]) == 0
            assert capsys.readouterr().out.startswith(run.VERBS[verb].__doc__.splitlines()[0])
    assert not steps and not run.MINE.exists()


def test_a_command_with_a_help_of_its_own_shows_that(run, steps, monkeypatch):
    called = []
    monkeypatch.setattr(run, "hand_over", lambda command, folder: called.extend(command) or 0)
    run.environment()
    assert run.main(["mine", "--help"]) == 0
    assert called[-2:] == ["mine", "--help"]


@pytest.mark.parametrize(
    ("word", "near"), [("tset", "'test'"), ("LAB", "'lab'"), ("workbok", "'workbook'")]
)
def test_an_unknown_word_is_named_with_the_one_that_is_near(run, capsys, word, near):
    assert run.main([word]) == 2
    said = capsys.readouterr().err
    assert f"'{word}'" in said and near in said and said.count("\n") == 1


def test_an_unknown_word_near_none_is_shown_the_way_to_all(run, capsys):
    assert run.main(["qqq"]) == 2
    said = capsys.readouterr().err
    assert "'qqq'" in said and "--help" in said and said.count("\n") == 1


def test_every_message_can_be_shown_on_any_terminal(run):
    assert all(text.isascii() and text.endswith((".", "?")) for text in run.SAY.values())
    assert run.help_page().isascii()
    assert all(does.__doc__.isascii() for does in run.VERBS.values())


# The environment


def test_the_environment_is_made_once(run, steps):
    run.environment()
    assert steps == ["venv", "pip", "fonts"]
    run.environment()
    assert steps == ["venv", "pip", "fonts"]


def interrupted(*arguments):
    raise KeyboardInterrupt


def test_an_environment_without_packages_is_gone_on_with(run, steps, monkeypatch, capsys):
    with monkeypatch.context() as first_call:
        first_call.setattr(run, "install", interrupted)
        assert "next call" in sentence(run.main, ["test"])
    assert steps == ["venv"]
    run.environment()
    assert steps == ["venv", "pip", "fonts"]
    assert "Going on" in capsys.readouterr().out


def test_an_environment_that_was_not_even_begun_is_made_from_nothing(run, steps, monkeypatch):
    with monkeypatch.context() as first_call:
        first_call.setattr(run, "empty", interrupted)
        assert "next call" in sentence(run.main, ["test"])
    run.environment()
    assert steps == ["venv", "pip", "fonts"]


def test_an_update_that_was_interrupted_is_gone_on_with(run, steps, monkeypatch, capsys):
    run.environment()
    (run.ROOT / "requirements.txt").write_text("-e .\n")
    with monkeypatch.context() as second_call:
        second_call.setattr(run, "install", interrupted)
        sentence(run.main, ["test"])
    run.environment()
    assert steps == ["venv", "pip", "fonts", "pip", "fonts"]
    assert "Going on" in capsys.readouterr().out


def test_a_package_that_was_half_installed_is_installed_again(run, steps, monkeypatch):
    with monkeypatch.context() as first_call:
        first_call.setattr(run, "install", interrupted)
        sentence(run.main, ["test"])
    site = run.VENV / ("Lib" if os.name == "nt" else "lib/python3.11") / "site-packages"
    for name, files in {"half": ["METADATA"], "whole": ["METADATA", "INSTALLER"]}.items():
        (site / f"{name}-1.0.dist-info").mkdir(parents=True)
        for file in files:
            (site / f"{name}-1.0.dist-info" / file).touch()
    run.environment()
    assert [about.name for about in run.packages()] == ["whole-1.0.dist-info"]


def test_what_cannot_be_gone_on_with_is_made_from_nothing(run, steps, monkeypatch):
    """A broken package would break every call to come."""
    with monkeypatch.context() as first_call:
        first_call.setattr(run, "install", interrupted)
        sentence(run.main, ["test"])
    with monkeypatch.context() as second_call:
        failed = [sys.executable, "-c", "raise SystemExit('a tile fell')"]
        second_call.setattr(run, "install", lambda: run.real_step(failed, "packages"))
        sentence(run.environment)
    run.environment()
    assert steps == ["venv", "venv", "pip", "fonts"]


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_new_requirements_are_installed_into_what_is_there(run, steps, name):
    run.environment()
    with open(run.ROOT / name, "a") as file:
        file.write("# changed\n")
    run.environment()
    run.environment()
    assert steps == ["venv", "pip", "fonts", "pip", "fonts"]


def test_an_environment_whose_python_has_gone_is_made_again(run, steps):
    run.environment()
    run.PYTHON.unlink()
    run.environment()
    assert steps.count("venv") == 2


def test_an_environment_of_another_python_is_made_again(run, steps, monkeypatch):
    run.environment()
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    run.environment()
    assert steps.count("venv") == 2


def test_an_environment_that_was_moved_is_made_again(run, steps, monkeypatch, tmp_path):
    run.environment()
    run.STAMP.write_text(run.STAMP.read_text().replace(str(tmp_path), "/somewhere/else"))
    run.environment()
    assert steps.count("venv") == 2


def test_without_network_the_old_environment_goes_on(run, steps, monkeypatch, capsys):
    run.environment()
    before = run.STAMP.read_text()
    (run.ROOT / "requirements.txt").write_text("-e .\nnumpy>=99\n")
    monkeypatch.setattr(run, "install", lambda: "no network")
    run.environment()
    said = capsys.readouterr().out
    assert run.SAY["no network"] in said and run.SAY["as it was"] in said
    assert run.STAMP.read_text() == before  # so the next call tries again


def test_without_network_a_new_environment_is_refused_and_not_taken_for_whole(
    run, steps, monkeypatch
):
    monkeypatch.setattr(run, "install", lambda: "no network")
    assert "network" in sentence(run.environment)
    assert not run.STAMP.exists()


def test_pip_without_network_is_recognised(run, monkeypatch):
    """The real pip, asked to fetch from a port of this machine where nobody listens."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{unused.getsockname()[1]}/simple")
        monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "")
        monkeypatch.setenv("PIP_RETRIES", "0")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "minnet-needs-no-network"]
        assert run.run_step(command) == "no network"


@pytest.mark.parametrize(
    ("said", "way_out"),
    [
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "make room"),
        (
            "The virtual environment was not created successfully because ensurepip is not\n"
            "available.  On Debian/Ubuntu systems, you need to install the python3-venv",
            "sudo apt install python3.",
        ),
        ("/usr/bin/python3: No module named venv", "sudo apt install python3."),
        ("Error: [WinError 5] Access is denied: 'python.exe'", "close what is using it"),
        ("error: subprocess-exited-with-error", "open an issue"),
        ("error: Zo\u00eb's compiler said \ufffd", "open an issue"),
    ],
)
def test_a_step_that_fails_says_the_way_out(run, said, way_out):
    command = [sys.executable, "-c", f"print({said!r}); raise SystemExit(1)"]
    assert way_out in sentence(run.run_step, command)


def test_a_failure_that_nobody_foresaw_is_shown_on_any_terminal(run, capsys):
    tile = "import sys; sys.stdout.buffer.write('Zo\u00eb: a tile fell'.encode()); sys.exit(1)"
    sentence(run.run_step, [sys.executable, "-c", tile])
    said = capsys.readouterr().out
    assert "Zo\\xeb: a tile fell" in said and said.isascii()


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")
def test_the_certificate_of_a_proxy_is_named(run, tmp_path, monkeypatch):
    """The real pip meets a server whose certificate nobody knows."""
    both = [str(tmp_path / "key.pem"), str(tmp_path / "certificate.pem")]
    made = ["openssl", "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-subj", "/CN=127.0.0.1"]
    subprocess.run([*made, "-keyout", both[0], "-out", both[1]], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both[1], both[0])
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        index = f"https://127.0.0.1:{server.server_address[1]}/simple"
        words = ["--isolated", "--no-deps", "--retries", "0", "--index-url", index, "minnet-none"]
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        environment = run.settings() | {"PIP_CONFIG_FILE": os.devnull}
        command = [sys.executable, "-m", "pip", "download", *words]
        assert run.run_step(command, env=environment) == "certificate"
        server.shutdown()
    assert "certificate" in run.SAY["certificate"] and "PIP_CERT" in run.SAY["certificate"]


def test_a_full_disk_is_seen_even_when_venv_does_not_say_so(run, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(1, 1, 0))
    assert "make room" in sentence(run.run_step, [sys.executable, "-c", "raise SystemExit(1)"])


@pytest.mark.parametrize(
    ("number", "way_out"), [(errno.ENOSPC, "make room"), (errno.EACCES, "a folder of your own")]
)
def test_trouble_of_our_own_says_the_way_out(run, monkeypatch, number, way_out):
    def fail():
        raise OSError(number, os.strerror(number), "here")

    monkeypatch.setattr(run, "environment", fail)
    assert way_out in sentence(run.main, ["test"])


def test_what_is_set_for_other_programs_stays_outside(run, monkeypatch):
    names = ["PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONOPTIMIZE", "PYTEST_ADDOPTS"]
    names += ["MPLBACKEND", "MATPLOTLIBRC", "IPYTHONDIR", "JUPYTER_PATH", "JUPYTER_CONFIG_DIR"]
    for name in names:
        monkeypatch.setenv(name, "elsewhere")
    code = "import os; raise SystemExit('elsewhere' in os.environ.values())"
    assert run.hand_over([sys.executable, "-c", code], run.ROOT) == 0


@pytest.fixture
def at_home(tmp_path, monkeypatch):
    """A user who has settings of all kinds, each of which would change what a chapter shows."""
    for name in list(os.environ):
        if name.startswith(("XDG_", "PIP_", "MPL", "MATPLOTLIB", "IPYTHON", "JUPYTER")):
            monkeypatch.delenv(name)
    files = {
        ".config/matplotlib/matplotlibrc": "text.usetex: True\n",
        ".matplotlib/matplotlibrc": "text.usetex: True\n",
        ".ipython/profile_default/startup/mine.py": "mine = 1\n",
        ".ipython/profile_default/ipython_config.py": "c.InteractiveShell.logstart = True\n",
        ".jupyter/jupyter_server_config.py": "c.ServerApp.root_dir = '/'\n",
        "mine.py": "mine = 1\n",
        "pip.conf": "[global]\nuser = true\nproxy = http://there:1\nindex-url = https://mine/\n"
        "[install]\ntarget = elsewhere\n",
    }
    for name, text in files.items():
        (tmp_path / "home" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "home" / name).write_text(text)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "home" / "mine.py"))
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "home" / "pip.conf"))
    return tmp_path / "home"


def test_a_step_gives_a_sign_of_life_before_five_seconds_are_over(run, capsys):
    """What is said is a line each time, where it is no terminal."""
    assert run.run_step([sys.executable, "-c", "import time; time.sleep(5)"], "packages") is None
    said = capsys.readouterr().out
    assert said.startswith("  packages: at work, 0 s\n  packages: at work, 4 s\n")
    assert "\r" not in said


def test_on_a_terminal_the_signs_of_life_are_one_line(run, monkeypatch, capsys):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    run.run_step([sys.executable, "-c", "import time; time.sleep(2.5)"], "packages")
    said = capsys.readouterr().out
    assert said.count("\n") == 1 and said.count("\r") >= 3


def test_a_sign_of_life_tells_how_far_pip_is(run, monkeypatch):
    looking = ["Obtaining file:///x\n", "  Installing build dependencies: started\n"]
    looking += ["Collecting numpy\n", "  Downloading numpy.whl\n", "Collecting ruff\n"]
    assert run.how_far([], 0) == "at work"
    assert run.how_far(looking, 0) == "2 found"
    monkeypatch.setattr(run, "packages", lambda: ["pip", "numpy"])
    installing = "Installing collected packages: numpy, ruff, minnet\n"
    assert run.how_far([*looking, installing], 1) == "1 of 3 installed"


def test_uv_is_taken_where_it_is_and_what_it_cannot_do_is_done_without(run, steps, monkeypatch):
    called, codes = [], {"venv": 0, "pip": 0}
    monkeypatch.setattr(run, "uv", lambda: "/there/uv")

    def note(command, doing, **how):
        called.append(command)
        return codes[command[1]], []

    monkeypatch.setattr(run, "watch", note)
    run.empty()
    run.install()
    assert [command[:2] for command in called] == [["/there/uv", "venv"], ["/there/uv", "pip"]]
    assert str(run.PYTHON) in called[1] and sys.executable in called[0]
    assert steps == ["fonts"]
    codes.update(venv=2, pip=1)
    run.empty()
    run.install()
    assert steps == ["fonts", "venv", "pip", "fonts"]


def test_settings_of_the_users_own_change_nothing(run, at_home):
    code = f"""
import matplotlib, pathlib, jupyter_core.paths as jupyter
assert 'mine' not in globals(), 'a startup file was run'
assert not matplotlib.rcParams['text.usetex']
places = [*jupyter.jupyter_config_path(), *jupyter.jupyter_path(), jupyter.jupyter_runtime_dir()]
places += [matplotlib.get_configdir(), matplotlib.get_cachedir(), get_ipython().ipython_dir]
assert not [place for place in places if place.startswith({str(at_home)!r})], places
"""
    assert run.hand_over([sys.executable, "-m", "IPython", "-c", code], run.ROOT) == 0


def test_pip_hears_of_the_users_settings_those_that_lead_to_the_packages(run, at_home, monkeypatch):
    monkeypatch.setattr(run, "PYTHON", sys.executable)
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PIP_PROXY", "http://here:2")
    heard = run.pip_settings()
    wanted = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "https://mine/"}
    assert heard.items() >= (wanted | {"PIP_PROXY": "http://here:2"}).items()
    assert not {"PIP_USER", "PIP_TARGET"} & heard.keys()


def test_packages_go_into_the_environment_whatever_a_user_has_set(run, at_home, monkeypatch):
    """The real pip is content with what is there, and refuses --user in an environment."""
    (run.ROOT / "requirements.txt").write_text("numpy\n")
    monkeypatch.setattr(run, "PYTHON", sys.executable)
    real, steps = run.run_step, []

    def pip_alone(command, doing, **how):
        steps.append(command)
        return real(command, doing, **how) if "pip" in command else None

    monkeypatch.setattr(run, "run_step", pip_alone)
    monkeypatch.setattr(run, "uv", lambda: None)
    assert run.install() is None
    assert len(steps) == 2
    assert not (run.ROOT / "elsewhere").exists()


def test_a_name_that_is_not_ascii_is_in_no_file_that_python_might_misread(tmp_path):
    """Where the system's encoding is another one, as on Windows: here it is ASCII."""
    house = tmp_path / "Zo\u00eb M\u00fcller"
    house.mkdir()
    run = moved_in(house)
    (house / "course").mkdir()
    (house / "course" / "__init__.py").touch()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(run.VENV)], check=True)
    code = "import site; print(site.getsitepackages()[0])"
    (site,) = subprocess.check_output([run.PYTHON, "-c", code], encoding="utf-8").splitlines()
    (Path(site) / "_minnet.pth").write_text(str(house), "utf-8")  # as hatchling writes it
    run.name_no_path()
    ascii_alone = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [str(run.PYTHON), "-c", "import course"]
    assert subprocess.run(command, cwd=tmp_path, env=os.environ | ascii_alone).returncode == 0


def test_the_exit_code_is_that_of_the_program(run):
    assert run.hand_over([sys.executable, "-c", "raise SystemExit(3)"], run.ROOT) == 3


def test_words_go_on_to_pytest(run, steps, monkeypatch):
    called = []
    monkeypatch.setattr(run, "hand_over", lambda command, folder: called.extend(command) or 5)
    assert run.main(["test", "-x", "--thorough"]) == 5
    assert called[-2:] == ["-x", "--thorough"]
    assert "--nbval" in called


def test_words_go_on_to_the_benchmark_which_makes_no_environment_for_learners(
    run, steps, monkeypatch
):
    called = []
    monkeypatch.setattr(run, "hand_over", lambda command, folder: called.extend(command) or 5)
    assert run.main(["bench", "XOR", "--rounds", "3"]) == 5
    assert called[2:] == ["XOR", "--rounds", "3"]
    assert Path(called[1]) == run.ROOT / "benchmarks" / "environment.py"
    assert not steps


def test_two_at_a_time_wait_for_each_other_and_the_dead_hold_nothing(run, capsys):
    code = "import run, time\nwith run.alone(): print('mine', flush=True); time.sleep(60)"
    other = subprocess.Popen([sys.executable, "-c", code], cwd=run.ROOT, stdout=subprocess.PIPE)
    try:
        assert other.stdout.readline().strip() == b"mine"
        with open(run.LOCK, "a") as file:
            assert not run.locked(file)
    finally:
        other.kill()
        other.wait()
        other.stdout.close()
    with run.alone():
        pass


@pytest.mark.skipif(os.name == "nt", reason="Windows locks in another way")
def test_a_drive_without_locks_is_said_and_goes_on(run, monkeypatch, capsys):
    import fcntl

    def refuse(*given):
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with run.alone():
        assert capsys.readouterr().out == run.SAY["no locks"] + "\n"


# JupyterLab


@pytest.fixture
def lab(run, steps, monkeypatch):
    """`python run.py lab`, with all that is printed, up to the start of JupyterLab."""
    calls = []
    monkeypatch.setattr(run, "hand_over", lambda *call, **how: calls.append((*call, how)))
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)

    def call(*words):
        with contextlib.redirect_stdout(io.StringIO()) as said:
            run.main(["lab", *(words or ["--no-browser"])])
        return said.getvalue()

    call.calls = calls
    return call


def cells_of(path):
    return json.loads(path.read_text("utf-8"))["cells"]


def test_jupyterlab_opens_at_the_first_chapter_in_the_learners_folder(run, lab):
    assert "my_course" in lab()
    command, folder, _ = lab.calls[0]
    assert folder == run.MINE
    assert "--LabApp.default_url=/lab/tree/01_tensors.ipynb" in command
    assert "--no-browser" in command


def test_the_learners_copy_has_not_run_and_is_otherwise_the_chapter(run, lab):
    lab()
    prose, code = cells_of(run.MINE / "01_tensors.ipynb")
    assert prose["source"] == ["Σ of two"]
    assert code["source"] == ["1 + 1"]
    assert (code["outputs"], code["execution_count"]) == ([], None)
    assert code["metadata"] == {"tags": ["export"], "jupyter": {"source_hidden": True}}
    assert (run.MINE / "glossary.md").read_text() == "# Words\n"


def test_a_second_call_changes_nothing(run, lab):
    lab()
    before = {path: path.read_bytes() for path in run.MINE.iterdir()}
    assert "newer" not in lab()
    assert {path: path.read_bytes() for path in run.MINE.iterdir()} == before


def test_what_the_learner_wrote_is_never_written_over(run, lab):
    lab()
    mine = run.MINE / "01_tensors.ipynb"
    mine.write_text("my own work")
    write_chapter(run.ROOT, "2 + 2")
    said = lab()
    (new,) = run.MINE.glob("01_tensors (new *).ipynb")
    assert mine.read_text() == "my own work"
    assert cells_of(new)[1]["source"] == ["2 + 2"]
    assert new.name in said
    assert said.count("newer") == 1


def test_a_newer_chapter_is_beside_even_when_the_copy_was_left_untouched(run, lab):
    lab()
    before = (run.MINE / "01_tensors.ipynb").read_bytes()
    write_chapter(run.ROOT, "2 + 2")
    lab()
    assert (run.MINE / "01_tensors.ipynb").read_bytes() == before
    assert len(list(run.MINE.glob("01_tensors (new *).ipynb"))) == 1


def test_a_newer_chapter_is_put_beside_once_though_it_is_edited_or_deleted_there(run, lab):
    lab()
    write_chapter(run.ROOT, "2 + 2")
    lab()
    (new,) = run.MINE.glob("01_tensors (new *).ipynb")
    new.write_text("my notes on the newer one")
    assert "newer" not in lab()
    new.unlink()
    assert "newer" not in lab()
    assert not list(run.MINE.glob("01_tensors (new *).ipynb"))


def test_a_name_is_never_used_for_two_versions(run, lab):
    lab()
    for sum_ in ("2 + 2", "3 + 3", "4 + 4"):
        write_chapter(run.ROOT, sum_)
        lab()
    beside = sorted(run.MINE.glob("01_tensors (new *).ipynb"))
    assert len(beside) == 3
    sums = {cells_of(path)[1]["source"][0] for path in beside}
    assert sums == {"2 + 2", "3 + 3", "4 + 4"}


def test_a_chapter_that_was_only_run_again_is_not_newer(run, lab):
    lab()
    write_chapter(run.ROOT, "1 + 1", output="3")
    assert "newer" not in lab()


def test_a_copy_that_the_learner_deleted_comes_back(run, lab):
    lab()
    (run.MINE / "01_tensors.ipynb").unlink()
    assert "newer" not in lab()
    assert cells_of(run.MINE / "01_tensors.ipynb")[1]["source"] == ["1 + 1"]


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_text('{"01_')])
def test_a_lost_record_costs_nothing(run, lab, damage):
    lab()
    damage(run.GIVEN)
    assert "newer" not in lab()
    write_chapter(run.ROOT, "2 + 2")
    lab()
    damage(run.GIVEN)
    assert "newer" not in lab()
    assert len(list(run.MINE.glob("01_tensors (new *).ipynb"))) == 1


def test_a_copy_that_was_interrupted_leaves_no_broken_chapter(run, lab, monkeypatch):
    def fail(*paths):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(os, "replace", fail)
        assert "make room" in sentence(lab)
    assert not (run.MINE / "01_tensors.ipynb").exists()
    lab()
    assert cells_of(run.MINE / "01_tensors.ipynb")[1]["source"] == ["1 + 1"]


def test_a_port_in_use_is_said_and_the_next_free_one_taken(run, lab, monkeypatch):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        monkeypatch.setattr(run, "PORT", busy.getsockname()[1])
        assert f"Port {run.PORT} is in use" in lab()
    taken = int(lab.calls[-1][0][-1].partition("=")[2])
    assert "in use" not in lab("--no-browser", f"--port={taken}")
    assert run.PORT < taken == int(lab.calls[-1][0][-1].partition("=")[2])


def left_at(run, current, name="default-37a8.jupyterlab-workspace"):
    """What JupyterLab keeps of a page that is in front."""
    run.LEFT.mkdir(parents=True, exist_ok=True)
    data = {"layout-restorer:data": {"main": {"current": current}}}
    (run.LEFT / name).write_text(json.dumps({"data": data, "metadata": {"id": "default"}}))


def page_of(lab):
    (page,) = [word for word in lab.calls[-1][0] if "default_url" in word]
    return page.partition("=")[2]


def test_what_was_in_front_when_it_was_left_is_in_front_again(run, lab):
    write_chapter(run.ROOT, "2 + 2", name="02_cost_functions.ipynb")
    lab()
    assert page_of(lab) == "/lab/tree/01_tensors.ipynb"
    left_at(run, "notebook:02_cost_functions.ipynb")
    lab()
    assert page_of(lab) == "/lab/tree/02_cost_functions.ipynb"
    (run.MINE / "02 of mine.ipynb").write_text("{}")
    left_at(run, "notebook:02 of mine.ipynb", "auto-q.jupyterlab-workspace")
    os.utime(run.LEFT / "default-37a8.jupyterlab-workspace", (1, 1))
    lab()
    assert page_of(lab) == "/lab/tree/02%20of%20mine.ipynb"


@pytest.mark.parametrize("current", ["notebook:gone.ipynb", "launcher:1", "", None, 3])
def test_where_what_was_left_cannot_be_opened_chapter_1_is(run, lab, current):
    left_at(run, current)
    lab()
    assert page_of(lab) == "/lab/tree/01_tensors.ipynb"


@pytest.mark.parametrize(
    "text", ["", "[]", '{"data": {}}', '{"data": {"layout-restorer:data": 1}}']
)
def test_a_broken_workspace_opens_chapter_1(run, lab, text):
    left_at(run, "")
    next(run.LEFT.iterdir()).write_text(text)
    lab()
    assert page_of(lab) == "/lab/tree/01_tensors.ipynb"


def test_the_workspace_is_the_courses_own_and_outlives_the_environment(run):
    for name in ("JUPYTERLAB_WORKSPACES_DIR", "JUPYTERLAB_SETTINGS_DIR"):
        assert Path(run.settings()[name]).is_relative_to(run.MINE)


def test_the_glossary_opens_rendered_though_the_environment_is_an_older_one(run, lab):
    lab()
    place = run.VENV / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    place.unlink()
    lab()
    viewers = json.loads(place.read_text())["@jupyterlab/docmanager-extension:plugin"]
    assert viewers["defaultViewers"] == {"markdown": "Markdown Preview"}


def test_every_setting_of_ours_is_one_that_jupyterlab_has(run):
    """By its own schemas: a setting that was renamed would be lost without a word."""
    pytest.importorskip("jupyterlab")
    schemas = Path(sys.prefix) / "share" / "jupyter" / "lab" / "schemas" / "@jupyterlab"
    run.overrides()
    place = run.VENV / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    for name, ours in json.loads(place.read_text()).items():
        plugin, _, which = name.partition("/")[2].partition(":")
        schema = json.loads((schemas / plugin / f"{which}.json").read_text("utf-8"))
        assert ours.keys() <= schema["properties"].keys(), name


def test_the_browser_is_said_to_open_where_there_is_one(run, lab, monkeypatch):
    monkeypatch.setattr(webbrowser, "get", lambda: "a browser")
    assert "in your browser" in lab("--port=8899") and "http" not in lab("--port=8899")


@pytest.mark.parametrize("word", ["--no-browser", "--port=8899"])
def test_without_a_browser_the_address_is_said(run, lab, monkeypatch, word):
    def none():
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(webbrowser, "get", none)
    said = lab(word).splitlines()[-1]
    command, _, how = lab.calls[-1]
    port = command[-1].partition("=")[2]
    page = f"http://localhost:{port}/lab/tree/01_tensors.ipynb"
    assert f"{page}?token={how['env']['JUPYTER_TOKEN']}" in said
    assert said.startswith("Open this address")
    assert how["env"]["JUPYTER_TOKEN"] not in " ".join(command)  # which everybody on it can read


@pytest.mark.skipif(os.name == "nt", reason="Windows has no root")
def test_root_is_refused_in_a_sentence_before_anything_is_made(run, lab, steps, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    said = sentence(run.main, ["lab"])
    assert "--allow-root" in said and "another user" in said
    assert not steps and not run.MINE.exists()
    lab("--allow-root")
    assert "--allow-root" in lab.calls[0][0]


# Editions


def first_edition(run):
    """A learner's folder as the first edition left it, with work of the learner's in it."""
    run.MINE.mkdir()
    files = {"01_tensors.ipynb": "my answers", "01_tensors (new 2026-01-02).ipynb": "a newer one"}
    files |= {"glossary.md": "# Old words", "my own.ipynb": "my own", "digits.npz": "weights"}
    for name, text in files.items():
        (run.MINE / name).write_text(text)
    run.GIVEN.write_text('{"01_tensors.ipynb": ["abc"], "glossary.md": ["def"]}')
    return files


def test_copies_of_an_older_edition_are_set_aside_as_they_are(run, lab):
    files = first_edition(run)
    said = lab()
    aside = run.MINE / "edition (0.1.0)"
    assert "edition (0.1.0)" in said and "version 0.1.0" in said and "newer" not in said
    mine = {"my own.ipynb", "digits.npz"}
    for name, text in files.items():
        assert ((run.MINE if name in mine else aside) / name).read_text() == text
    assert {path.name for path in aside.iterdir()} == files.keys() - mine
    assert cells_of(run.MINE / "01_tensors.ipynb")[1]["source"] == ["1 + 1"]
    (run.MINE / "01_tensors.ipynb").write_text("my second answers")
    before = {path: path.read_bytes() for path in run.MINE.rglob("*.*") if path.is_file()}
    assert "edition" not in lab()
    assert before == {path: path.read_bytes() for path in run.MINE.rglob("*.*") if path.is_file()}


def test_nothing_that_was_set_aside_before_is_written_over(run, lab):
    first_edition(run)
    old = run.MINE / "edition (0.1.0)" / "01_tensors.ipynb"
    old.parent.mkdir()
    old.write_text("set aside before")
    assert "edition (0.1.0, 2)" in lab()
    assert old.read_text() == "set aside before"
    assert (run.MINE / "edition (0.1.0, 2)" / "01_tensors.ipynb").read_text() == "my answers"


@pytest.mark.parametrize("version, aside", [("0.2.7", 0), ("0.3.0", 1), ("1.2.0", 1)])
def test_an_edition_is_a_version_by_its_first_two_numbers(run, lab, version, aside):
    project = run.ROOT / "pyproject.toml"
    project.write_text('version = "0.2.0"\n')
    lab()
    (run.MINE / "01_tensors.ipynb").write_text("my answers")
    project.write_text(f'version = "{version}"\n')
    lab()
    assert len(list(run.MINE.glob("edition (0.2.0)/01_tensors.ipynb"))) == aside


def test_a_setting_aside_that_was_interrupted_goes_on(run, lab, monkeypatch):
    files = first_edition(run)
    real, done = Path.rename, []

    def once(path, target):
        if done:
            raise KeyboardInterrupt
        done.append(path)
        return real(path, target)

    with monkeypatch.context() as interrupted:
        interrupted.setattr(Path, "rename", once)
        assert "next call" in sentence(lab)
    lab()
    left = {path.name: path.read_text() for path in run.MINE.glob("edition*/*")}
    assert left == {name: files[name] for name in left} and len(left) == 3
