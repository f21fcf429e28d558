"""Figures that move: columns are read as they were meant, and a browser finds nothing wrong."""

import importlib
import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pytest
from helpers.folds import trained_fold

from course.moving import Axes, Line, Moving, Text, apart, knots, packed, unpacked, written
from course.pictures.clinic import clinic
from course.pictures.diamond import FIRST, arrives, diamond, orders
from course.pictures.fold import fold_by_hand
from course.pictures.map_of_rates import NAMES, fates, map_of_rates, shipped
from course.pictures.moved_house import (
    PRICE,
    PRICES,
    SIZE,
    best_lines,
    cover,
    every_price,
    fan,
    least_turns,
    moved_house,
    nearest,
    stays,
    tug,
)
from course.pictures.paint import paint
from course.pictures.switches import five_switches

ROOT = Path(__file__).resolve().parent.parent
FIGURES = {  # name: the figure, what to do with it, the goals that this reaches, parts drawn anew
    "moved house": (
        moved_house,
        [
            ["drag", "#h4 .dot", [0, -60]],
            ["focus", "#price"],
            ["press", "End"],
            ["press", "Home"],
            ["press", "ArrowRight", 3],
            ["click", "button"],
            ["focus", "#h0"],
            ["press", "ArrowRight"],
            ["press", "Shift+ArrowUp", 2],
            ["focus", "#h4"],
            ["press", "Shift+ArrowUp", 3],
            ["press", "ArrowUp", 2],
            ["press", "Shift+ArrowUp", 10],
        ],
        ["#goal0", "#goal1"],
        [],
    ),
    "cover of chapter 2": (
        cover,
        [
            ["focus", "#price"],
            ["press", "Home"],
            ["press", "End"],
            ["drag", "#h0 .dot", [0, 60]],
            ["focus", "#h0"],
            ["press", "ArrowDown", 2],
            ["click", "button"],
        ],
        [],
        [],
    ),
    "diamond": (
        diamond,
        [
            ["fill", "#order", "y b p b"],
            ["focus", "#turn"],
            ["press", "Home"],
            ["press", "ArrowRight", 2],
            ["fill", "#order", "y, b, p"],
            ["focus", "#turn"],
            ["press", "End"],
            ["fill", "#order", "Y P B A"],
        ],
        ["#goal0", "#goal1"],
        [],
    ),
    "map of rates": (
        lambda: map_of_rates((0.5, 0.1, 0.01, 0.03), lambda: (0.5, 0.05, 0.001, 2.0)),
        [
            ["drag", "#h0 .dot", [60, 0]],
            ["focus", "#lr"],
            ["press", "End"],
            ["press", "Home"],
            ["press", "ArrowRight", 14],
            ["focus", "#cost"],
            ["press", "End"],
            ["press", "ArrowLeft", 3],
            ["focus", "#h0"],
            ["press", "ArrowRight", 5],
        ],
        ["#goal0", "#goal1"],
        [],
    ),
    "clinic": (
        clinic,
        [
            ["click", "#patient-4"],
            ["click", "#treatment-3"],
            ["click", "#treatment-1"],
            ["click", "#patient-2"],
            ["focus", "#treatment-2"],
            ["press", "Space"],
        ],
        ["#goal0", "#goal1"],
        [],
    ),
    "five switches": (
        five_switches,
        [
            ["click", "#keep"],
            ["click", "#scale"],
            ["focus", "#shuffle"],
            ["press", "Enter"],
            ["focus", "#parts"],
            ["press", "Space"],
            ["click", "#cut"],
            ["click", "button"],
            ["click", "#cut"],
        ],
        ["#goal0", "#goal1"],
        [],
    ),
    "fold by hand": (
        fold_by_hand,
        [
            ["drag", "#lit0 circle:nth-child(2)", [-60, -40]],
            ["focus", "#lit0"],
            ["press", "ArrowLeft", 20],
            ["press", "ArrowUp", 20],
            ["press", "ArrowRight", 2],
            ["press", "Shift+ArrowLeft"],
            ["focus", "#lit1"],
            ["press", "ArrowDown", 3],
            ["click", "text=lay it flat"],
            ["click", "text=start again"],
        ],
        ["#goal0", "#goal1"],
        [],
    ),
    "fold in training": (
        trained_fold,
        [
            ["focus", "#ring0"],
            ["press", "ArrowRight", 9],
            ["press", "ArrowDown", 3],
            ["focus", "#ring1"],
            ["press", "ArrowRight", 12],
            ["press", "ArrowDown", 2],
            ["drag", "#ring0 .halo", [30, 20]],
            ["click", "#sheet-0"],
            ["focus", "#training"],
            ["press", "Home"],
            ["press", "ArrowRight", 8],
        ],
        ["#goal0", "#goal1"],
        [],
    ),
    "paint": (
        paint,
        [
            ["drag", "#c22", [60, 30]],
            ["focus", "#sheet"],
            ["press", "ArrowLeft", 2],
            ["press", "-"],
            ["click", "#ink-2"],
            ["focus", "#sheet"],
            ["press", "ArrowUp"],
            ["press", "Space"],
            ["click", "text=copy the rows"],
        ],
        [],
        ["written"],
    ),
}
MOST = 120_000  # characters of one figure


def browser():
    """Whether a browser and its driver are there; CI installs none."""
    driver = os.environ.get("PLAYWRIGHT_FROM", str(ROOT / "tools" / "browser" / "package.json"))
    there = (Path(driver).parent / "node_modules" / "playwright-core").exists()
    chromium = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
    return there and chromium.exists() and shutil.which("node") is not None


@pytest.mark.skipif(not browser(), reason="needs node, chromium and playwright-core")
@pytest.mark.parametrize("name", FIGURES)
def test_a_browser_finds_nothing_wrong(name, tmp_path):
    make, play, goal, changed = FIGURES[name]
    figure = {"name": name, "html": make()._repr_html_(), "play": play, "goal": goal}
    file = tmp_path / "figures.json"
    file.write_text(json.dumps([figure | {"changed": changed}]), "utf-8")
    command = ["node", str(ROOT / "tools" / "browser" / "figures.mjs"), str(file)]
    command += [folder] if (folder := os.environ.get("SHOTS")) else []
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_one_output_the_same_each_time_that_asks_for_nothing(name):
    html = FIGURES[name][0]()._repr_html_()
    assert html == FIGURES[name][0]()._repr_html_() and len(html) < MOST
    assert html.startswith("<div") and 'sandbox="allow-scripts"' in html
    assert "default-src 'none'" in html
    links = re.findall(r"https?://[^'\"\s&]+", unquote(html))
    assert set(links) <= {"http://www.w3.org/2000/svg"}
    still = re.search(r'src="data:image/svg\+xml,([^"]*)"', html).group(1)
    assert ET.fromstring(unquote(still)).tag.endswith("svg")
    assert 'alt="' in html and "Run" not in repr(FIGURES[name][0]())


# Columns


def test_a_column_sends_the_places_where_it_bends():
    assert knots([0, 1, 2, 3, 10, 17], 0) == [0, 0, 3, 3, 5, 17]
    assert knots([4, 4, 4], 0) == knots([4], 0) == [0, 4]
    assert knots([0, 4, 7, 12], 1) == [0, 0, 3, 12] != knots([0, 4, 7, 12], 0)


def test_every_value_is_read_as_it_was_meant():
    rng = np.random.default_rng(0)
    smooth = 300 + 200 * np.sin(np.arange(400) / 30)
    for column in (rng.uniform(0, 700, 300), smooth, np.linspace(-3, 9, 200), np.full(7, 2.5)):
        sent = packed(column, -1, column.shape)
        read = [float(unpacked(sent, i)) for i in range(len(column))]
        np.testing.assert_allclose(read, column, atol=0.11)
        sent = packed(column, 2, column.shape)
        read = [float(unpacked(sent, i).replace("−", "-")) for i in range(len(column))]
        np.testing.assert_allclose(read, column, atol=0.0051)


def test_numbers_and_words_are_written_as_one_would():
    figure = Moving("A title", "what it shows, in words")
    figure.slider("a", "xyz", start=1)
    text = Text(
        "{} is {:2} at {}", np.array(["low", "low", "high"]), [-0.5, 0.125, 7], [0, 1.26, 2]
    )
    template, columns = text.packed(figure.shape)
    assert [written(template, columns, i) for i in range(3)] == [
        "low is −0.50 at 0",
        "low is 0.13 at 1.3",
        "high is 7.00 at 2",
    ]
    with pytest.raises(ValueError, match="1 columns for the 2 gaps"):
        Text("{} {}", [1, 2, 3])
    with pytest.raises(ValueError, match="nan or infinity"):
        packed([0, np.nan], -1, (2,))


def test_a_line_leaves_out_what_lies_straight_between_and_turns_back_where_it_must():
    flat = Line(np.array([[0, 0], [1, 1], [2, 2], [3, 0], [3, 5], [3, 1.0]]))
    assert len(flat.columns) == 2 * 5
    assert written(*flat.packed(()), 0) == "M0 0L2 2L3 0L3 5L3 1"


def test_axes_and_labels():
    axes = Axes((0, 10), (0, 100), (50, 20, 200, 300))
    np.testing.assert_allclose(axes([0, 10], [0, 100]), [[50, 320], [250, 20]])
    tops = apart(np.array([[10.0, 12.0, 60.0], [0.0, 100.0, 50.0]]), 20)
    assert (np.diff(np.sort(tops), axis=-1) > 19.9).all()
    np.testing.assert_allclose(tops[1], [0, 100, 50])


# The moved house


def test_the_best_lines_are_best():
    rng = np.random.default_rng(1)
    prices = every_price()[:, ::7].reshape(-1, 5)
    lines = best_lines(prices)

    def cost(name, slope, shift):
        misses = abs(slope[:, None] * SIZE + shift[:, None] - prices)
        if name == "MSE":
            return (misses**2).sum(-1)
        huber = np.where(misses < 50, misses**2 / 2, 50 * misses - 1250)
        return (misses if name == "MAE" else huber).sum(-1)

    for name, ends in lines.items():
        least = cost(name, *ends[0])
        np.testing.assert_allclose(least, cost(name, *ends[1]), rtol=1e-9, atol=1e-6)
        for _ in range(30):
            near = [rng.normal(0, 0.2, len(prices)), rng.normal(0, 5, len(prices))]
            assert (cost(name, ends[0][0] + near[0], ends[0][1] + near[1]) > least - 1e-6).all()
        for slope, away in ((ends[0][0], -0.02), (ends[1][0], 0.02)):  # outside the fan: dearer
            shifts = np.linspace(-700, 900, 3201)
            dearer = [cost(name, slope + away, np.full(len(prices), s)) for s in shifts]
            assert (np.min(dearer, axis=0) > least).all()


def test_the_moved_house_says_what_chapter_2_says():
    lines, before = best_lines(every_price()), best_lines(PRICE)
    assert {name: int(fan(ends).sum()) for name, ends in lines.items()} == {
        "MSE": 0,
        "MAE": 335,
        "Huber": 81,
    }
    turns = least_turns(lines, before)
    at = int(np.flatnonzero(PRICES == 565)[0])
    assert round(turns["MSE"][4, at], 3) == 1.6 and round(turns["MAE"][4, at], 3) == 2.375
    further = turns["MAE"] > turns["MSE"] + 0.3
    assert further[:4].sum() == 0 and further[4].any()  # the largest house alone does it


# The diamond


def test_the_diamond_counts_what_each_order_brings():
    said = {"y p b": 18, "y p p b a": 18, "y b p": 2, "y b p b": 20, "a b p y": 0, "b y p": 0}
    assert {order: arrives(order) for order in said} == said
    assert arrives(FIRST) == 30 and set(said) <= set(orders())


def test_the_walks_of_chapter_1_are_orders_in_the_diamond():
    from course.exercises import tensors
    from minnet.tensors import Tensor

    for walk, wanted in [
        (tensors.walk, FIRST),
        (tensors.walk_share_by_share, "y p b"),
        (tensors.walk_first_arrival, "y b p"),
    ]:
        a = Tensor(2.0)
        b = 2 * a
        walk((b + b * b).node, 1.0)
        assert a.grad == arrives(wanted)


# The sheet


def test_a_drawing_of_another_size_or_with_other_signs_is_refused():
    for rows in ("....", "\n".join(["........"] * 7), "\n".join(["...x...."] * 8)):
        with pytest.raises(ValueError, match="8 rows of 8 signs"):
            paint(rows)


def test_of_a_fan_the_cover_draws_a_line_that_is_as_good():
    houses = np.tile(PRICE, (len(PRICES), 1))
    houses[:, 3] = PRICES
    before = best_lines(PRICE)["MAE"][0][0]
    low, high = best_lines(houses)["MAE"]
    slope, shift = nearest(low, high, before)
    costs = [
        np.abs(a[:, None] * SIZE + b[:, None] - houses).sum(1) for a, b in (low, (slope, shift))
    ]
    np.testing.assert_allclose(*costs)
    assert np.all(slope == before)  # the fourth house never turns it


def test_counting_tells_at_every_place_whether_the_old_line_of_mae_stays_a_best_one():
    assert tug(110, 455) == (2, 3, 0) and tug(110, 100) == (1, 3, 1)  # above, on, below
    assert tug(130, 100) == (2, 2, 1) and tug(130, 565) == (3, 2, 0)
    houses, lines = every_price(), best_lines(every_price())
    (slope, shift), _ = best_lines(PRICE)["MAE"]
    before = np.abs(slope * SIZE + shift - houses).sum(-1)
    low, high = (
        np.abs(a[..., None] * SIZE + b[..., None] - houses).sum(-1) for a, b in lines["MAE"]
    )
    kept = before < low + 1e-6
    np.testing.assert_allclose(low, high)
    assert 0 < kept.sum() < kept.size
    for i, house in enumerate(SIZE):
        for j, price in enumerate(PRICES):
            above, on, below = tug(house, price)
            assert stays(house, price) == kept[i, j] == (abs(above - below) <= on)


# The map of rates


def test_two_windows_slide_with_the_cost_and_two_stand():
    box = shipped()
    assert box.times[0] == 1 and box.times[-1] == 100
    decades = [np.log10(box.best(name)[0] / box.best(name)[-1]) for name in NAMES]
    np.testing.assert_allclose(decades, [2, 2, 0, 0], atol=1e-9)
    for name, losses in box.losses.items():
        for each in losses:
            lowest = each.argmin()
            assert 0 < lowest < len(each) - 1, f"{name}: no result turns on the end of a list"
            assert (np.diff(np.flatnonzero(each < 0.5)) == 1).all()


def test_all_four_learn_together_only_where_the_cost_is_scaled():
    box = shipped()
    learns = np.all([box.losses[name] < 0.5 for name in NAMES], axis=0)
    assert not learns[0].any() and learns[box.times == 10].any() and not learns[-1].any()
    found = box.rates[learns[box.times == 10][0]]
    question = importlib.import_module("course.exercises.optimizers").book.entries
    right = question["a rate for all four"]
    assert [lr for lr in box.rates if right.judge(float(lr)).state == "right"] == list(found)
    assert fates((0.5, 0.1, 0.01, 0.03)) == ["learns"] * 4
    assert fates((0.001, 3.0, 0.0, -1.0)) == ["creeps", "breaks", "stands still", "climbs"]
    assert fates((0.5, 0.05, 0.002, 0.02)) == ["learns"] * 4  # between two measured rates


def test_a_lost_bet_stands_on_the_map_as_a_cross_beside_the_ring_of_ours():
    ours, cross = (0.5, 0.1, 0.01, 0.03), "M-7 -7L7 7M-7 7L7 -7"
    crosses = lambda tried: map_of_rates(ours, tried).svg().count(cross)  # noqa: E731
    assert crosses(lambda: (0.5, 0.05, 0.001, 2.0)) == 2
    assert crosses([0.5, 0.05, 0.002, 0.02]) == 0
    untried = map_of_rates(ours).svg()
    for nothing in (lambda: ..., lambda: None, lambda: 1 / 0, lambda: (1, 2), ..., "abcd"):
        assert map_of_rates(ours, nothing).svg() == untried
    theirs = map_of_rates(ours, lambda: (0.6, 0.1, 0.001, -1)).svg()
    assert theirs != untried and theirs.count("<circle") == untried.count("<circle")


def test_what_was_shipped_is_measured_again_in_part():
    from tools import rates

    stored = np.load(rates.FILE)["losses"]
    for name, factor, lr, seed in ((0, 0, 30, 3), (1, 6, 8, 11), (2, 3, 16, 0), (3, 6, 20, 19)):
        make = list(rates.OPTIMIZERS.values())[name]
        now = rates.loss_after(make, rates.RATES[lr], seed, rates.TIMES[factor])
        assert abs(1000 * now - stored[name, factor, lr, seed]) < 2
