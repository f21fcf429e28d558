"""The chapters are the source: what is read is what is imported, and each keeps its form."""

import importlib

import pytest
from helpers.chapter_rules import (
    CHAPTERS,
    NAMES,
    ROOT,
    RULES,
    Chapter,
    allowed,
    dead_links,
    imported,
    imports_go_backwards,
    shadows,
    size_table,
    twins,
)

from tools import build

READ = [Chapter(path) for path in CHAPTERS]


def test_the_six_chapters_are_there_in_their_order():
    assert NAMES == ["tensors", "cost_functions", "layers", "optimizers", "data", "training"]


@pytest.fixture(scope="module")
def built():
    return build.build(ROOT / "chapters", ROOT / "minnet")


def test_building_again_changes_no_byte(built):
    for path, text in built.items():
        assert path.read_text("utf-8") == text, f"{path.name}: run python -m tools.build"


def test_the_reference_is_current():
    text = build.reference(ROOT / "chapters")
    assert (ROOT / "REFERENCE.md").read_text("utf-8") == text, "run python -m tools.build"


def test_nothing_stands_in_the_package_that_no_chapter_builds(built):
    assert set((ROOT / "minnet").glob("*.py")) == set(built)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("chapter", READ, ids=lambda chapter: chapter.name)
def test_the_chapter_keeps(rule, chapter):
    assert rule(chapter) == []


@pytest.mark.parametrize("chapter", READ, ids=lambda chapter: chapter.name)
def test_a_chapter_imports_only_what_chapters_before_it_built(chapter):
    assert imports_go_backwards(chapter, NAMES[: NAMES.index(chapter.name)]) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_module_imports_only_modules_before_it(name):
    source = (ROOT / "minnet" / f"{name}.py").read_text("utf-8")
    earlier = NAMES[: NAMES.index(name)]
    friends = {"numpy", "matplotlib"}
    assert [n for n in imported(source) if not allowed(n, earlier, friends)] == []


def test_no_definition_stands_in_two_places():
    assert twins(READ) == []


def test_a_name_of_the_package_means_one_thing_in_all_chapters():
    assert shadows(READ) == []


@pytest.mark.parametrize("file", ["chapters/glossary.md", "REFERENCE.md"])
def test_the_lists_lead_to_chapters_that_are_there(file):
    path = ROOT / file
    assert list(dead_links(path, path.read_text("utf-8"))) == []


@pytest.mark.parametrize("name", NAMES)
def test_what_a_module_offers_is_there_and_documented(name):
    module = importlib.import_module(f"minnet.{name}")
    offered = build.offered(ROOT / "chapters" / CHAPTERS[NAMES.index(name)].name)
    assert offered
    for each in offered:
        assert getattr(importlib.import_module("minnet"), each) is getattr(module, each)
        if callable(getattr(module, each)):
            assert getattr(module, each).__doc__


def test_the_sizes_are_known(capsys):
    with capsys.disabled():
        print("\n" + size_table(READ))
