"""`pytest --thorough` also runs the long forms of the tests, within ten minutes.

A test that is marked `thorough` is a long form, and skipped every day. Two kinds of tests have
both forms, and are marked when the long one is asked for: those that take the fixture `thorough`,
and those of hypothesis, which then try many more cases. So `--thorough -m thorough` runs what the
everyday suite does not.
"""

import signal

import pytest
from hypothesis import settings

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores Ctrl-C

settings.register_profile("everyday", max_examples=25, derandomize=True, deadline=None)
settings.register_profile("thorough", max_examples=2000, derandomize=True, deadline=None)


def pytest_addoption(parser):
    parser.addoption("--thorough", action="store_true", help="run the long forms too")


def pytest_configure(config):
    config.addinivalue_line("markers", "thorough: a long form, run by --thorough alone")
    settings.load_profile("thorough" if config.getoption("--thorough") else "everyday")


def pytest_collection_modifyitems(config, items):
    long = config.getoption("--thorough")
    skip = pytest.mark.skip(reason="a long form: --thorough runs it")
    for item in items:
        if long and has_both_forms(item):
            item.add_marker("thorough")
        elif not long and item.get_closest_marker("thorough"):
            item.add_marker(skip)


def has_both_forms(item):
    """True for a test that does more of the same when it is asked to."""
    function = getattr(item, "obj", None)  # a cell of a chapter has none
    cases = getattr(function, "is_hypothesis_test", False)
    return cases or "thorough" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def thorough(request):
    """True where the long forms were asked for."""
    return request.config.getoption("--thorough")
