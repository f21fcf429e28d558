"""`pytest --thorough` also runs the long forms of the tests, within ten minutes."""

import pytest
from hypothesis import settings

settings.register_profile("everyday", max_examples=25, derandomize=True, deadline=None)
settings.register_profile("thorough", max_examples=1000, derandomize=True, deadline=None)


def pytest_addoption(parser):
    parser.addoption("--thorough", action="store_true", help="run the long forms too")


def pytest_configure(config):
    config.addinivalue_line("markers", "thorough: a long form, run by --thorough alone")
    settings.load_profile("thorough" if config.getoption("--thorough") else "everyday")


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--thorough"):
        skip = pytest.mark.skip(reason="a long form: --thorough runs it")
        for item in items:
            if item.get_closest_marker("thorough"):
                item.add_marker(skip)


@pytest.fixture(scope="session")
def thorough(request):
    """True where the long forms were asked for."""
    return request.config.getoption("--thorough")
