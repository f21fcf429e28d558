"""How Sphinx makes the site of the pages that pages.py has written."""

from importlib.metadata import distribution
from pathlib import Path

HERE = Path(__file__).resolve().parent
MATHJAX = Path(distribution("django-static-mathjax").locate_file("mathjax/static/mathjax"))

project = "minnet"
author = "the minnet authors"
copyright = author
extensions = ["myst_nb"]
exclude_patterns = ["extra"]
smartquotes = False  # what is code has its own quotes

nb_execution_mode = "off"  # the chapters are shown as they are stored
nb_merge_streams = True
nb_render_markdown_format = "myst"
nb_code_prompt_show = "Open this cell"
nb_code_prompt_hide = "Close this cell"
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3
myst_heading_slug_func = "docs.site.pages.slug"
myst_linkify_fuzzy_links = False

html_theme = "sphinx_book_theme"
html_title = "minnet"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_extra_path = ["build/pages/extra"]
html_copy_source = False
html_show_sphinx = False
html_context = {"default_mode": "auto"}  # light or dark, as the reader's system is
html_theme_options = {
    "show_toc_level": 2,
    "use_download_button": False,
    "use_fullscreen_button": False,
    "navigation_with_keys": False,
    "navbar_persistent": [],  # one field to search in is enough
}
mathjax_path = "mathjax/tex-svg.js"
mathjax3_config = {"options": {"enableMenu": False}}


def bring_mathjax(app, error):
    """Its one file that sets formulas, and its licence beside it."""
    if error is None:
        place = Path(app.outdir) / "_static" / "mathjax"
        place.mkdir(parents=True, exist_ok=True)
        for source in (MATHJAX / "es5" / "tex-svg.js", MATHJAX / "LICENSE"):
            place.joinpath(source.name).write_bytes(source.read_bytes())


def setup(app):
    app.connect("build-finished", bring_mathjax)
