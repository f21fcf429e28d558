"""A plugin for pytest: what happened in each test, and which minnet it was that was tested."""

import _thread
import json
import os
import sys
import threading
from pathlib import Path

import pytest

SECONDS = 60  # a test that takes longer does not end


class Watch:
    def __init__(self, package, file):
        self.package, self.file, self.tests = Path(package).resolve(), Path(file), {}

    def strangers(self):
        """Modules of a minnet that is not the one to be tested."""
        ours = {name: each for name, each in sys.modules.items() if name.split(".")[0] == "minnet"}
        places = {name: getattr(each, "__file__", None) for name, each in ours.items()}
        return sorted(
            name
            for name, place in places.items()
            if place and self.package not in Path(place).resolve().parents
        )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item):
        stopped = []

        def stop():
            stopped.append(True)
            _thread.interrupt_main()

        timer = threading.Timer(SECONDS, stop)
        timer.daemon = True
        timer.start()
        try:
            return (yield)
        except KeyboardInterrupt:
            if not stopped:
                raise
            pytest.fail(f"stopped after {SECONDS} seconds: which loop never ends?")
        finally:
            timer.cancel()

    def pytest_runtest_logreport(self, report):
        if report.when == "call" or report.outcome != "passed":
            self.tests[report.nodeid] = (report.outcome, told(report.longrepr))

    def pytest_collectreport(self, report):
        if report.failed:
            self.tests[report.nodeid] = ("failed", told(report.longrepr))

    def pytest_sessionfinish(self):
        found = {"tests": self.tests, "strangers": self.strangers()}
        self.file.write_text(json.dumps(found), "utf-8")


def told(longrepr):
    """What a failure says: its own words, and where it came through."""
    crash = getattr(longrepr, "reprcrash", None)
    return [crash.message if crash else str(longrepr or "")[-2000:], str(longrepr or "")]


def pytest_configure(config):
    package, file = os.environ.get("MINNET_PACKAGE"), os.environ.get("MINNET_RESULTS")
    if package and file:
        config.pluginmanager.register(Watch(package, file))
