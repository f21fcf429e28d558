"""The course's commands. Python 3.11 or newer is all that must be there.

The first call makes an environment in .venv, beside this file; the Python of your system stays as
it is. What a command takes besides: python run.py COMMAND --help
"""

# Standard library only. Python 3.6 can still read this file, and so say that it is too old.

import ast
import difflib
import errno
import hashlib
import inspect
import itertools
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent
CHAPTERS = ROOT / "chapters"
MINE = ROOT / "my_course"  # the learner's folder
LEFT, SET = MINE / ".jupyterlab" / "workspaces", MINE / ".jupyterlab" / "settings"
GIVEN = MINE / ".given.json"  # the versions of each chapter that the learner has been given
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
BEGUN = VENV / "begun.txt"  # written first: whose packages they are that are there already
STAMP = VENV / "complete.txt"  # written last: without it, the environment is half made
LOCK = ROOT / ".run.lock"
PORT = 8888  # where we begin to look for a free one
FOREIGN = ("PYTHON", "PYTEST", "IPYTHON", "JUPYTER", "MPL", "MATPLOTLIB", "MYPY", "RUFF")
ROUTES = "cache-dir cert client-cert constraint default-timeout extra-index-url find-links "
ROUTES += "index-url keyring-provider no-index proxy retries timeout trusted-host"

PIP_TAKES = "about 450 MB, in some two minutes, more on a busy machine"
UV_TAKES = "about 450 MB, in less than a minute by uv"
FIRST = "import matplotlib.pyplot, ipykernel.kernelapp, jupyterlab.labapp"

SAY = {
    "old": "This is Python {}, and the course needs 3.11 or newer: install one from python.org "
    "and call run.py with it.",
    "near": "There is no command '{}': did you mean '{}'?",
    "unknown": "There is no command '{}': run.py --help shows those that there are.",
    "make": "Making the environment in .venv, only this once: {}.",
    "go on": "Going on with the environment in .venv that was begun: up to {}.",
    "update": "The requirements have changed: updating the environment in .venv.",
    "wait": "Another run.py is at work here: waiting for it.",
    "no venv": "This Python cannot make environments: install its venv module (on Debian and "
    "Ubuntu: sudo apt install python{}-venv), then call again.",
    "no network": "The packages could not be downloaded: look at the network (a proxy, a "
    "firewall?), then call again.",
    "certificate": "The packages could not be downloaded: a proxy shows a certificate that Python "
    "does not know; set PIP_CERT to the file of that certificate (.pem), then call again.",
    "as it was": "Going on with the environment as it was.",
    "no locks": "This drive cannot lock files: let no second run.py work here at the same time.",
    "no disk": "The disk is full, here or where temporary files go: the environment needs about "
    "600 MB; make room, then call again.",
    "no access": "{} cannot be written: close what is using it, or move the course to a folder of "
    "your own, then call again.",
    "failed": "The environment could not be made, for the reason above: call again, and if that "
    "does not help, open an issue with these lines.",
    "stopped": "Stopped: the next call takes up from here.",
    "mine": "Your own copies of the chapters are in {}: write in them as you like, updates leave "
    "them alone.",
    "newer": "There is a newer {}: it is beside yours, as '{}', and yours is as you left it.",
    "older": "This is a new edition, and your chapters of the one before are in '{}' now, as you "
    "left them: version {} of the course runs them.",
    "root": "You are root, and so would be whatever runs in a notebook: call run.py as another "
    "user or, where the machine is yours to lose (a container), add --allow-root.",
    "opening": "Opening JupyterLab in your browser, in some ten seconds. It runs until you press "
    "Ctrl-C here, twice.",
    "address": "Open this address in your browser, in some ten seconds: {} - JupyterLab runs until "
    "you press Ctrl-C here, twice.",
    "port": "Port {} is in use, perhaps by a JupyterLab that you opened before: this one takes {}.",
}


def main(words):
    if sys.version_info < (3, 11):
        stop("old", sys.version.split()[0])
    verb, words = (words[0], words[1:]) if words else ("help", [])
    if verb in ("help", "-h", "--help"):
        print(help_page())
        return 0
    if verb not in VERBS:
        near = difflib.get_close_matches(verb.lower(), VERBS, 1, 0.5)
        print(SAY["near" if near else "unknown"].format(verb, *near), file=sys.stderr)
        return 2
    if not {"-h", "--help"}.isdisjoint(words) and not (verb in ANSWERS and STAMP.exists()):
        print(inspect.getdoc(VERBS[verb]))
        return 0
    try:
        return VERBS[verb](words)
    except KeyboardInterrupt:
        stop("stopped")
    except OSError as problem:
        if problem.errno == errno.ENOSPC:
            stop("no disk")
        if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            stop("no access", problem.filename)
        raise


def help_page():
    """What this file is, and the first line of what each command says of itself."""
    lines = (inspect.getdoc(does).splitlines()[0] for does in VERBS.values())
    lines = ["    python run.py {:10}{}".format(*pair) for pair in zip(VERBS, lines)]
    return "\n".join([__doc__, *lines])


# The commands: one function each. Its first line stands on the page of help, all of it is its own.


def lab(words):
    """Opens JupyterLab, in copies of the chapters that are yours.

    They are in my_course, and nothing of ours writes over them. Words after it go on to JupyterLab.
    """
    if os.name != "nt" and os.geteuid() == 0 and "--allow-root" not in words:
        stop("root")
    environment()
    with alone():
        give_chapters()
    wanted = re.search(r"--(?:ServerApp\.)?port[= ](\d+)", " ".join(words))
    wanted = int(wanted.group(1)) if wanted else PORT
    port = free_port(wanted)
    if port != wanted:
        print(SAY["port"].format(wanted, port))
    page, token = "/lab/tree/" + quote(where_left()), secrets.token_hex(16)
    shown = SAY["address"].format(f"http://localhost:{port}{page}?token={token}")
    print(SAY["opening"] if a_browser(words) else shown, flush=True)
    jupyterlab = [str(PYTHON), "-m", "jupyterlab", "--LabApp.default_url=" + page]
    jupyterlab += ["--log-level=ERROR", *words, f"--ServerApp.port={port}"]
    return hand_over(jupyterlab, MINE, env=dict(settings(), JUPYTER_TOKEN=token))


def workbook(words):
    """Opens the sheet whose turn it is, on which you write minnet yourself.

    Its words: --fresh N, --start N, --handouts FOLDER, --no-browser.
    """
    environment()
    return hand_over([str(PYTHON), "-m", "course.workbook", "workbook", *words], folder=ROOT)


def mine(words):
    """Runs our tests against the minnet that is yours.

    Folders after it are those of many learners, for one table. --quick: the sheets' checks alone.
    """
    environment()
    return hand_over([str(PYTHON), "-m", "course.workbook", "mine", *words], folder=ROOT)


def test(words):
    """Runs every test and every chapter, and compares what the chapters show.

    Within ten minutes in its long form: --thorough. Files after it are run alone, and other words
    go on to pytest.
    """
    environment()
    nbval = ["--nbval", "--nbval-current-env", "--nbval-cell-timeout=120"]
    nbval += ["--nbval-sanitize-with", str(ROOT / "tests" / "sanitize.cfg")]
    two_at_a_time = ["-n", "2", "--dist", "loadfile"]  # a notebook's cells stay together
    for library in ("OPENBLAS", "OMP", "MKL"):  # two threads in each of two would wait for the rest
        os.environ.setdefault(library + "_NUM_THREADS", "1")
    return hand_over([str(PYTHON), "-m", "pytest", *nbval, *two_at_a_time, *words], folder=ROOT)


def bench(words):
    """Measures minnet's speed beside other libraries, in .bench-venv (2 GB).

    Names of models after it are measured alone; --only minnet, --against FOLDER, --rounds N.
    """
    return hand_over([sys.executable, str(ROOT / "benchmarks" / "environment.py"), *words], ROOT)


def browser(words):
    """Runs the chapters in a real browser, and works in them as a learner.

    It needs node, chromium and playwright-core; --theme dark, --shots FOLDER, chapters by name.
    """
    environment()
    return hand_over([str(PYTHON), "-m", "tools.browser", *words], folder=ROOT)


def site(words):
    """Builds a static site of the course, offline, in .site-venv (260 MB).

    With --check it fails where Sphinx has a warning.
    """
    return hand_over([sys.executable, str(ROOT / "docs" / "site" / "environment.py"), *words], ROOT)


VERBS = {
    "lab": lab,
    "workbook": workbook,
    "mine": mine,
    "test": test,
    "browser": browser,
    "bench": bench,
    "site": site,
}
ANSWERS = ("workbook", "mine")  # these answer --help themselves, once there is an environment


def stop(what, *details):
    """End with one sentence: what is wrong, and the way out."""
    sys.exit(SAY[what].format(*details))


# The environment


def environment():
    """Make the environment, or bring it up to date; where it is as wanted, do nothing."""
    with alone():
        found = lines_of(STAMP) if PYTHON.exists() else []
        if found != wanted():
            make(found)
        overrides()


def make(found):
    """From nothing, from what an interrupted call has left, or from other requirements."""
    here = wanted()[:2]
    whole, begun = found[:2] == here, lines_of(BEGUN) == here and PYTHON.exists()
    what = "update" if whole else "go on" if begun else "make"
    print(SAY[what].format(UV_TAKES if uv() else PIP_TAKES), flush=True)
    if begun:
        sweep()
    elif not whole:
        empty()
    BEGUN.write_text("\n".join(here), "utf-8")
    STAMP.unlink() if whole else None
    why = install()
    if why and not whole:
        stop(why)
    if why:  # nothing came, so nothing has changed
        print(SAY[why], SAY["as it was"], flush=True)
    STAMP.write_text("\n".join(found if why else wanted()), "utf-8")
    BEGUN.unlink()


def lines_of(file):
    return file.read_text("utf-8").splitlines() if file.exists() else []


def uv():
    """The path of uv, which makes environments in seconds, where there is one."""
    return shutil.which("uv")


def empty():
    """An environment without packages; with pip in it, for whoever wants more."""
    doing, where = "an empty environment", str(VENV)
    by_uv = [uv(), "venv", "--quiet", "--clear", "--seed", "--python", sys.executable, where]
    if not uv() or watch(by_uv, doing)[0]:
        run_step([sys.executable, "-m", "venv", "--clear", where], doing)


def sweep():
    """Forget what was half installed: INSTALLER is the last file but one that a package gets."""
    for about in packages():
        if not (about / "INSTALLER").exists():
            shutil.rmtree(str(about))


def packages():
    folders = ("Lib/site-packages", "lib/python*/site-packages")
    return [about for folder in folders for about in VENV.glob(folder + "/*.dist-info")]


def wanted():
    """Where the environment must stand, for which Python, and from which requirements."""
    sources = [ROOT / "requirements.txt", ROOT / "pyproject.toml"]
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    return [str(ROOT), "Python {}.{}".format(*sys.version_info), digest]


def install():
    """Install the requirements; or say why nothing came: no network, or a certificate."""
    needed = ["install", "-r", "requirements.txt"]
    by_uv = [uv(), "pip", *needed, "--python", str(PYTHON)]
    if not uv() or watch(by_uv, "packages")[0]:
        pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input"]
        why = run_step([*pip, *needed], "packages", env=pip_settings())
        if why:
            return why
    name_no_path()
    # JupyterLab's first start compiles it, and matplotlib's looks through all fonts: so now.
    run_step([str(PYTHON), "-c", FIRST], "what they do when first called")
    return None


def overrides():
    """What JupyterLab does in this course, unless the learner sets it otherwise."""
    ours = {
        # It would ask whether it may show news: a learner should meet the chapter first.
        "apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
        "docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}},
        "notebook-extension:tracker": {"windowingMode": "none"},  # so that links land
    }
    place = VENV / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    place.parent.mkdir(parents=True, exist_ok=True)
    write(place, json.dumps({"@jupyterlab/" + name: ours[name] for name in ours}).encode("utf-8"))


def pip_settings():
    """The course's, and of the user's own for pip those that lead to the packages.

    Not `user = true` and its like, by which they would go elsewhere.
    """
    command = [str(PYTHON), "-m", "pip", "config", "list"]
    said = watch(command, "your way to packages", env=dict(settings(), PIP_USER="0"))[1]
    found = re.findall(r"^\S+\.([\w-]+)=(.*)$", "".join(said), re.M)
    own = {name: value for name, value in settings().items() if not name.startswith("PIP_")}
    for name, value in reversed(found):  # variables are listed before files, and win
        if name in ROUTES.split():
            own["PIP_" + name.upper().replace("-", "_")] = ast.literal_eval(value)
    return dict(own, PIP_CONFIG_FILE=os.devnull)


def name_no_path():
    """Let the environment find the course by where both stand, not by a path in a file.

    Python 3.11 on Windows would misread that file if your name, in the path, is not ASCII.
    """
    for folder in ("Lib", "lib/python*"):
        for file in VENV.glob(folder + "/site-packages/_minnet.pth"):
            file.write_text("import os, sys; sys.path.append(os.path.dirname(sys.prefix))\n")


def run_step(command, doing="a step", **how):
    """Run it, in sight. That nothing came is handed back; other trouble ends all."""
    code, said = watch(command, doing, **how)
    what = trouble("".join(said)) if code else None
    if what in (None, "no network", "certificate"):
        return what
    if what == "failed":
        BEGUN.unlink() if BEGUN.exists() else None  # the next call begins at the beginning
        print("".join(said[-20:]).encode("ascii", "backslashreplace").decode())  # on any terminal
    return stop(what, "{}.{}".format(*sys.version_info) if what == "no venv" else VENV)


def watch(command, doing, **how):
    """Run it, with a sign of life every few seconds; its exit code, and the lines that it said."""
    said, begun, before = [], time.monotonic(), len(packages())
    on_screen = sys.stdout.isatty()

    def read():
        for line in process.stdout:
            said.append(line)

    with start(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **how) as process:
        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        wait = 0
        while wait == 0 or reader.is_alive():
            reader.join(wait)
            wait = 1 if on_screen else 4
            so_far = f"{how_far(said, before)}, {time.monotonic() - begun:.0f} s"
            line = f"  {doing}: {so_far}".ljust(78)
            print("\r" + line if on_screen else line.rstrip() + "\n", end="", flush=True)
    print(end="\n" if on_screen else "", flush=True)
    return process.returncode, said


def how_far(said, before):
    """What pip is at: it looks for packages, then it installs them. uv keeps it to itself."""
    together = "Installing collected packages: "
    names = "".join(line for line in said if line.startswith(together)).split(", ")
    if names != [""]:
        return f"{len(packages()) - before} of {len(names)} installed"
    found = sum(line.startswith("Collecting") for line in said)
    return f"{found} found" if found else "at work"


def trouble(said):
    """Which of our sentences fits what venv or pip said."""
    signs = {
        "no disk": ["no space left", "not enough space"],
        "no venv": ["ensurepip is not", "no module named ensurepip", "no module named venv"],
        "no access": ["permission denied", "access is denied", "read-only file system"],
        "certificate": ["certificate verify failed", "certificate_verify_failed"],
        "no network": ["retrying (", "connection", "timed out", "from versions: none"],
    }
    if shutil.disk_usage(str(ROOT)).free < 20e6:  # venv does not always say why it failed
        return "no disk"
    fits = (what for what in signs if any(sign in said.lower() for sign in signs[what]))
    return next(fits, "failed")


def settings():
    """What programs of the course find: settings of its own, in place of the user's.

    Else a startup file, a style or a plugin of yours would change what chapters and tests show.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    places = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "MPLCONFIGDIR")
    own.update({place: str(VENV / "settings" / place.lower()) for place in places})
    # What a learner leaves open, and sets, outlives the environment.
    return dict(own, JUPYTERLAB_WORKSPACES_DIR=str(LEFT), JUPYTERLAB_SETTINGS_DIR=str(SET))


def start(command, **how):
    how = {"cwd": str(ROOT), "encoding": "utf-8", "errors": "replace", "env": settings(), **how}
    return subprocess.Popen(command, close_fds=False, **how)


def hand_over(command, folder, **how):
    """Let a program have the terminal until it ends; Ctrl-C is for the program to deal with."""
    with start(command, cwd=str(folder), **how) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                pass


@contextmanager
def alone():
    """One run.py at a time. The system opens the lock when its holder ends, however it ends."""
    with open(str(LOCK), "a") as file:
        if not locked(file):
            print(SAY["wait"], flush=True)
            while not locked(file):
                print(end=".", flush=True)
                time.sleep(1)
            print()
        os.set_inheritable(file.fileno(), True)  # a pip that outlives us still holds the lock
        yield


def locked(file):
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:  # a network drive without locks
        print(SAY["no locks"], flush=True)
    return True


# JupyterLab


def free_port(first):
    """The first port from here on where nobody listens."""
    for port in range(first, first + 100):
        with socket.socket() as probe:
            if os.name != "nt":  # there it would mean: take it though somebody listens
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    return first


def a_browser(words):
    """Whether JupyterLab will find a browser to open."""
    try:
        return "--no-browser" not in words and bool(webbrowser.get())
    except webbrowser.Error:
        return False


def where_left():
    """The page that was in front when JupyterLab was last left; at first, chapter 1."""
    pages = sorted(LEFT.glob("*.jupyterlab-workspace"), key=lambda file: file.stat().st_mtime)
    try:
        left = json.loads(pages[-1].read_text("utf-8"))["data"]["layout-restorer:data"]
        page = left["main"]["current"].partition(":")[2]
    except (IndexError, KeyError, TypeError, AttributeError, ValueError):
        page = ""
    if page and (MINE / page).is_file():
        return page
    return min(chapter.name for chapter in CHAPTERS.glob("*.ipynb"))


# The learner's folder


def give_chapters():
    """Copy the chapters into the learner's folder, once. Nothing there is ever written over."""
    if not MINE.exists():
        MINE.mkdir()
        print(SAY["mine"].format(MINE.name))
    try:
        given = json.loads(GIVEN.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        given = {"edition": edition()}
    before = given.get("edition", "0.1")  # the first one did not say so
    if before != edition():
        set_aside(given, before + ".0")
        given = {"edition": edition()}
        write(GIVEN, json.dumps(given).encode("utf-8"))
    for source in sorted(CHAPTERS.glob("*.*")):
        if source.suffix not in (".ipynb", ".md", ".png", ".svg"):
            continue
        content, copy = unrun(source), MINE / source.name
        version, versions = hashlib.sha256(content).hexdigest(), given.setdefault(source.name, [])
        if not copy.exists():
            write(copy, content)
        elif version not in versions and not lies_there(content, copy):
            new = name_beside(copy, "new " + time.strftime("%Y-%m-%d"))
            write(new, content)
            print(SAY["newer"].format(source.name, new.name))
        if version not in versions:
            versions.append(version)
            write(GIVEN, json.dumps(given, indent=1).encode("utf-8"))


def edition():
    """0.2 for every version 0.2.x: the chapters of the one run with the package of the other."""
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    return re.search(r'^version = "(\d+\.\d+)', project, re.M).group(1)


def set_aside(given, version):
    """Move an older edition's chapters, and those beside them, into a folder of their own."""
    names = [Path(name) for name in given if name != "edition"]
    copies = [copy for name in names for copy in MINE.glob(name.stem + "*" + name.suffix)]
    folder = name_beside(MINE / "edition", version)
    folder.mkdir()
    for copy in copies:
        copy.rename(folder / copy.name)
    print(SAY["older"].format(MINE.name + "/" + folder.name, version))


def unrun(source):
    """A chapter as a learner meets it: nothing has run yet, so no figure gives an answer away."""
    if source.suffix != ".ipynb":
        return source.read_bytes()
    notebook = json.loads(source.read_text("utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
            cell["metadata"].pop("execution", None)
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def lies_there(content, copy):
    """Whether the learner has this very version already, as the copy or beside it."""
    return any(file.read_bytes() == content for file in MINE.glob(copy.stem + "*" + copy.suffix))


def name_beside(place, mark):
    """A name that is free: '01_tensors (new 2026-11-24).ipynb', then '(new 2026-11-24, 2)', …"""
    marks = (f"{mark}, {number}" if number > 1 else mark for number in itertools.count(1))
    names = (place.with_name(f"{place.stem} ({each}){place.suffix}") for each in marks)
    return next(name for name in names if not name.exists())


def write(place, content):
    """Whole or not at all."""
    part = place.with_name(place.name + ".part")
    part.write_bytes(content)
    os.replace(str(part), str(place))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
