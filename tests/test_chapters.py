"""The chapters are the source: what is read is what is imported, and each keeps its form."""

import importlib

import pytest
from helpers.chapter_rules import (
    CHAPTERS,
    NAMES,
    ROOT,
    RULES,
    SHARED,
    Chapter,
    allowed,
    dead_links,
    imported,
    imports_go_backwards,
    may_import,
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
    assert imports_go_backwards(chapter, may_import(chapter.name)) == []


@pytest.mark.parametrize("name", [*NAMES, *SHARED])
def test_a_module_imports_only_modules_before_it(name):
    source = (ROOT / "minnet" / f"{name}.py").read_text("utf-8")
    friends = {"numpy"}
    if name != "checks":  # it imports numpy alone
        friends |= {"matplotlib", "safetensors"}
    assert [n for n in imported(source) if not allowed(n, may_import(name), friends)] == []


def test_no_definition_stands_in_two_places():
    assert twins(READ) == []


def test_a_name_of_the_package_means_one_thing_in_all_chapters():
    assert shadows(READ) == []


@pytest.mark.parametrize("file", ["chapters/glossary.md", "REFERENCE.md"])
def test_the_lists_lead_to_chapters_that_are_there(file):
    path = ROOT / file
    assert list(dead_links(path, path.read_text("utf-8"))) == []


def test_what_the_modules_offer_is_there_and_documented():
    package, offered = importlib.import_module("minnet"), list(build.offered(ROOT / "chapters"))
    assert {module for _, module, _ in offered} == {*NAMES, *SHARED} - {"checks"}
    assert package.__all__ == [name for _, _, names in offered for name in names]
    for _, module, names in offered:
        for name in names:
            each = getattr(importlib.import_module(f"minnet.{module}"), name)
            assert getattr(package, name) is each
            assert each.__module__ == f"minnet.{module}" and each.__doc__


def test_the_sizes_are_known(capsys):
    with capsys.disabled():
        print("\n" + size_table(READ))
