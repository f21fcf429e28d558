"""The site's pages as they are written for Sphinx, and the pages for teachers; no Sphinx needed."""

import ast
import importlib
import json
import re
from pathlib import Path

import pytest

import minnet
from course.names import NAMES
from docs.site import pages
from tools import build

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = build.notebooks(ROOT / "chapters")
TEACHERS = {path.stem: path for path in sorted((ROOT / "docs" / "teachers").glob("[1-6]_*.md"))}
CALL = re.compile(r"`((?:guess|check)\(.+?\))`", re.DOTALL)


@pytest.fixture(scope="module")
def site():
    return pages.pages()


def test_every_definition_leads_to_the_cell_that_teaches_it_and_back(site):
    for path in CHAPTERS:
        module = build.module_name(path)
        told, taught = site[f"reference/{module}.md"], site[f"chapters/{path.name}"]
        cells = json.loads(taught)["cells"]
        for name in pages.public(path):
            entry = re.search(rf"^````\{{py:\w+\}} {name}\b.*?^````$", told, re.M | re.S)[0]
            number = int(re.search(rf"{path.stem}\.html#cell-(\d+)", entry)[1])
            assert name in build.defined_names(build.cells_of(path)[number - 1][3]), name
            door = next(c for c in cells if f'id="cell-{number}"' in "".join(c["source"]))
            assert f'href="../reference/{module}.html#minnet.{name}"' in door["source"], name


def test_the_reference_has_every_public_name_once(site):
    text = "".join(site[f"reference/{build.module_name(path)}.md"] for path in CHAPTERS)
    names = re.findall(r"^````\{py:\w+\} (\w+)", text, re.M)
    assert sorted(names) == sorted(minnet.__all__)


def test_a_signature_shows_what_is_called():
    def of(source):
        return pages.signature(ast.parse(source).body[0])

    assert of("def f(a, /, b=1, *, axis=None): ...") == "(a, /, b=1, *, axis=None)"
    assert of("class C:\n    def __init__(self, p, *, rng): ...") == "(p, *, rng)"
    assert pages.signature(ast.parse("def f(a, /, *shape): ...").body[0], 1) == "(*shape)"


def test_every_name_of_the_list_is_on_the_page_and_leads_to_the_reference(site):
    for module, rows in NAMES.items():
        for ours, theirs, _ in rows:
            assert f'{module}.html#minnet.{ours}"' in site["reference/names.md"], ours
            assert theirs is None or f"`{theirs}`" in site["reference/names.md"], theirs


def test_the_first_use_of_a_word_leads_to_the_glossary_and_nothing_else_does():
    words = {
        "gradient": ("word-gradient", "how <fast>", 1, True),
        "unit": ("word-unit", "u", 3, True),
    }
    text = "# Gradient\n\n`gradient` $gradient$ A **gradient**; gradients, units, [a gradient](x)."

    def linked(text, number):
        return pages.linked(text, words, set(), number, "glossary.html")

    link = '<a class="word" href="glossary.html#word-gradient" title="how &lt;fast&gt;">'
    bold = text.replace("**gradient**", f"{link}<strong>gradient</strong></a>")
    assert linked(text, 1) == bold
    assert (
        linked("Gradients of units, a gradient.", 2) == f"{link}Gradients</a> of units, a gradient."
    )
    assert linked("The gradient.", 1) == "The gradient."  # where it is met, the bold one tells
    assert linked("A **unit**.", 1) == "A **unit**."  # not met yet
    assert linked("An upgradient", 2) == "An upgradient"


def test_every_word_of_the_glossary_has_its_place(site):
    rows = [*pages.glossary_rows()]
    assert len(rows) > 100
    for row, _, _ in rows:
        assert site["chapters/glossary.md"].count(f'id="{pages.word_id(row)}"') == 1, row
    ids = set(re.findall(r'id="(word-[^"]+)"', site["chapters/glossary.md"]))
    for path in CHAPTERS:
        sources = ["".join(c["source"]) for c in json.loads(site[f"chapters/{path.name}"])["cells"]]
        links = re.findall(r'href="glossary\.html#([^"]+)"', "\n".join(sources))
        assert len(links) > 10 and len(links) == len(set(links)) and set(links) <= ids, path.name


def test_every_figure_has_a_file_of_its_own_and_a_description(site):
    for figure in pages.figures():
        assert f"extra/{figure['file']}" in site
        assert figure["says"] != pages.caption([], 0), (figure["chapter"], figure["cell"])
        assert f'href="../../{figure["file"]}"' in site["docs/teachers/figures.md"]
    moving = [figure["title"] for figure in pages.figures() if figure["html"]]
    assert moving and all(f"\n## {title}\n" in site["gallery.md"] for title in moving)


def test_folds_of_the_chapters_are_folds_of_the_site(site):
    path = CHAPTERS[0]
    shown = json.loads(site[f"chapters/{path.name}"])["cells"]
    hidden = [c for c in shown if c["metadata"].get("jupyter", {}).get("source_hidden")]
    assert hidden and all("hide-input" in cell["metadata"]["tags"] for cell in hidden)


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_teachers_page_has_its_parts_and_its_answers_are_right(path):
    module = build.module_name(path)
    text = TEACHERS[f"{path.stem[1]}_{module}"].read_text("utf-8")
    parts = dict(part.split("\n", 1) for part in text.split("\n## ")[1:])
    assert [*parts] == ["Three misconceptions", "Two votes", "What to cut", "Exit question"]
    assert "**Aim.**" in text and "**The path for 90 minutes.**" in text
    assert len(re.findall(r"^\*\*“?\"", parts["Three misconceptions"], re.M)) == 3
    assert len(re.findall(r"^\*\*.+?\*\*", parts["Two votes"], re.M | re.S)) == 2
    for part in ("Two votes", "Exit question"):
        assert CALL.search(parts[part]), part
    book = importlib.import_module(f"course.exercises.{module}").book
    asked = "".join(source for _, kind, _, source in build.cells_of(path) if kind == "code")
    for said in CALL.findall(text):
        name, answer = map(ast.literal_eval, ast.parse(" ".join(said.split())).body[0].value.args)
        assert f'"{name}"' in asked, name
        assert book.entries[name].judge(answer).state == "right", said


def test_links_of_the_teachers_pages_lead_somewhere():
    headings = {
        path.name: {
            pages.slug(heading)
            for _, kind, _, source in build.cells_of(path)
            if kind == "markdown"
            for heading in re.findall(r"^#+ (.+)$", source, re.M)
        }
        for path in CHAPTERS
    }
    for page in (ROOT / "docs" / "teachers").glob("*.md"):
        for target in re.findall(r"\]\(([^)]+)\)", page.read_text("utf-8")):
            file, _, heading = target.partition("#")
            assert (page.parent / file).exists(), (page.name, target)
            assert not heading or heading in headings[Path(file).name], (page.name, target)
