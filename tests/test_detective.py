"""The detective of chapter 5: every case can be seen, mended and closed, and none closes itself."""

import xml.etree.ElementTree as ET
from urllib.parse import unquote

import numpy as np
import pytest

from course.detective import RIGHT, STEPS, TEST, Case, faults_of
from course.exercises import data as book
from course.pictures.switches import SCORES
from minnet.data import StandardScaler, train_test_split

SEEDS = [*range(20), "Ada", "Ben"]
CHAPTER, FIRST = 11, 15


def repaired(case, *names):
    for name in names:
        setattr(case, name, RIGHT[name])
    return case


@pytest.mark.parametrize("seed", SEEDS)
def test_all_five_steps_are_broken_and_the_right_ones_close_the_case(seed):
    case = Case(seed)
    assert case.open() == [*STEPS]
    for left, name in enumerate(STEPS, 1):
        assert repaired(case, name).open() == [*STEPS][left:]
    names = [{name: f.__name__ for name, f in Case(seed).came.items()} for _ in range(2)]
    assert names[0] == names[1]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_small_case_has_one_fault(seed):
    assert len(Case(seed, faults=1).open()) == 1


def test_friends_get_other_cases():
    cases = [tuple(f.__name__ for f in Case(seed).came.values()) for seed in SEEDS]
    assert len(set(cases)) >= 8
    small = [Case(seed, faults=1).open()[0] for seed in SEEDS]
    assert set(small) == set(STEPS)


@pytest.mark.parametrize("seed", [*range(6), CHAPTER])
def test_the_bar_climbs_to_a_false_height_and_has_to_be_taken_down(seed):
    """With any faults: as it came one guesses, without the cut it is too good, then it is true."""
    case = Case(seed)
    assert case.share(0) < 0.2
    false = repaired(case, "keep", "scale", "shuffle", "parts").share(0)
    assert case.open() == ["cut"] and false > 0.98
    honest = repaired(case, "cut").share(0)
    assert 0.93 < honest < false and case.open() == []


@pytest.mark.parametrize("seed", range(4))
def test_the_nearest_neighbour_reads_more_than_the_network_of_the_closed_case(seed):
    case = repaired(Case(CHAPTER), *STEPS)
    train, test, train_y, test_y = case.rows(seed)
    distances = (train**2).sum(axis=1) - 2 * test @ train.T
    assert np.mean(train_y[distances.argmin(axis=1)] == test_y) > case.share(seed)


def test_the_switches_show_the_chapters_case_as_it_is():
    for state in [
        (0, 0, 0, 0, 0),
        (1, 0, 0, 0, 0),
        (1, 1, 1, 0, 1),
        (1, 0, 1, 1, 1),
        (1, 1, 1, 1, 1),
    ]:
        names = [name for name, on in zip(STEPS, state) if on]
        board = repaired(Case(CHAPTER), *names).score()
        assert round(board.bars[-1][1], 2) == SCORES[state]
    singles = [SCORES[tuple(row)] for row in np.eye(5, dtype=int)]
    assert max(singles) < 0.2  # "one repair of five"
    alone = {name: SCORES[tuple(1 - row)] for name, row in zip(STEPS, np.eye(5, dtype=int))}
    assert max(alone, key=alone.get) == book.book.entries["the fault that flatters"].answer
    told = {0.08: "keep", 0.71: "scale", 0.95: "shuffle", 0.86: "parts"}
    replies = dict(book.book.entries["the fault that flatters"].mistakes)
    for share, name in told.items():
        assert alone[name] == share and f"{share:.2f}" in replies[name]
    assert (SCORES > 0.985).sum() == 1  # the target is one state: all repaired, and not the cut


def test_what_the_chapter_asks_about_its_cases_is_so():
    ask = book.book.entries
    assert Case(FIRST, faults=1).open() == [ask["the broken step"].answer]
    train, test, *_ = Case(CHAPTER).rows()
    assert book.shared_rows(train, test) == ask["test rows in the training part"].answer == TEST


# The learner's hand


def test_looks_are_counted_and_the_same_one_is_free(capsys):
    case = Case(CHAPTER)
    for what in ("counts", "counts", "ranges"):
        case.look(what)
    assert case.left == 6
    repaired(case, "scale").look("ranges")
    assert case.left == 5
    case.look(...)
    case.look("nonsense")
    assert case.left == 5 and "Looks: pictures" in capsys.readouterr().out
    case.look(book.shared_rows)
    assert case.left == 4 and "our shared of train and test: 360" in capsys.readouterr().out
    for what in ("batches", "counts"):
        for name in STEPS:
            setattr(case, name, lambda *given, right=RIGHT[name]: right(*given))
            case.look(what)
    assert case.left == 0 and "No look is left" in capsys.readouterr().out


CLUES = {  # what each fault lets one see, in which look
    "all_to_train": ("counts", "1767\n"),
    "training_alone": ("ranges", "test     from  0.00 to 16.00"),
    "row_by_row": ("ranges", "means of rows 0.00 to 0.00"),
    "the_first_four": ("batches", "a pass has 4 batches"),
    "the_first_again": ("batches", "32 of "),
}


@pytest.mark.parametrize("fault", [*CLUES])
def test_a_fault_leaves_its_clue_in_a_look(fault, capsys):
    look, clue = CLUES[fault]
    seed = next(s for s in range(99) if fault in {f.__name__ for f in Case(s).came.values()})
    Case(seed).look(look)
    assert clue in capsys.readouterr().out


def test_a_step_may_be_written_in_another_way_and_still_close_the_case():
    case = repaired(Case(CHAPTER), *STEPS)
    for name, others in {
        "keep": book.book.entries["my_keep"].also,
        "cut": book.book.entries["my_split"].also,
        "scale": book.book.entries["my_scale"].also,
        "shuffle": book.book.entries["my_shuffle"].also,
        "parts": book.book.entries["my_parts"].also,
    }.items():
        for other in others:
            setattr(case, name, other)
            assert case.open() == []


def test_a_wrong_step_keeps_the_case_open():
    for name, wrong in {
        "keep": lambda x, y: (np.nan_to_num(x), y),
        "cut": lambda n, k, rng: (np.arange(n - k), np.arange(n - k, n)),
        "scale": lambda train, part: part - train.mean(axis=0),
        "shuffle": lambda x, y, rng: (x, y),
        "parts": lambda order, size: book.parts(order, size)[:-1],
    }.items():
        case = repaired(Case(CHAPTER), *STEPS)
        setattr(case, name, wrong)
        assert case.open() == [name]
        assert np.isfinite(case.share(0))


def test_dots_leave_a_step_as_it_came_and_other_names_are_refused():
    case = Case(CHAPTER)
    case.shuffle = ...
    assert case.shuffle is case.came["shuffle"]
    with pytest.raises(
        AttributeError, match="five steps: keep, cut, scale, shuffle, parts; not 'mix'"
    ):
        case.mix = book.shuffle
    with pytest.raises(
        TypeError, match=r"case\.keep is a function, keep\(inputs, targets\); not 3"
    ):
        case.keep = 3
    with pytest.raises(TypeError, match=r"scale\(train, part\); not the class StandardScaler"):
        case.scale = StandardScaler
    with pytest.raises(
        TypeError, match=r"case\.cut is called as cut\(n, k, rng\); that does not fit"
    ):
        case.cut = train_test_split
    with pytest.raises(TypeError, match=r"does not fit parts\(order, batch_size\)"):
        case.shuffle = book.parts
    case.parts = np.array_split  # which says nothing of two inputs that is not so
    case.keep = lambda x, y: x
    with pytest.raises(ValueError, match=r"case\.keep returned ndarray: it returns the rows and"):
        case.score()


def test_bars_say_what_was_changed_and_nothing_changed_adds_none():
    case = Case(CHAPTER)
    repaired(case, "parts").score()
    case.score()
    repaired(case, "cut", "scale").score()
    case.parts = ...
    board = case.score()
    words = [words for words, _ in board.bars]
    assert words == ["as it came", "+ parts", "+ cut + scale", "− parts"]
    assert repr(board).startswith("case 11: open, 8 looks left\nkeep as it came, cut our cut")


def test_closed_is_the_readers_case_or_else_ours(capsys):
    case = Case(CHAPTER)
    ours = case.closed()
    assert ours is not case and ours.open() == [] and len(ours.bars) == 6
    assert "Still open" in capsys.readouterr().out
    repaired(case, "keep", "scale", "shuffle", "parts").score()
    repaired(case, "cut").score()
    assert case.closed() is case and "Closed by you" in capsys.readouterr().out


@pytest.mark.parametrize("order", [["cut", "shuffle", "parts", "scale", "keep"], [[*STEPS]]])
def test_the_ending_shows_the_bar_that_is_too_good_whatever_was_mended_last(order):
    case = Case(CHAPTER)
    for names in order:
        repaired(case, *([names] if isinstance(names, str) else names)).score()
    before = list(case.bars)
    ending = case.closed()
    (_, false), (_, honest) = ending.bars[-2:]
    assert false > 0.985 > honest > 0.95 and ending.open() == [] and case.bars == before
    assert [words for words, _ in ending.bars[-2:]] == ["cut as it came", "cut repaired"]
    assert ending.bars[:-2] == before


def test_the_board_says_what_a_replaced_step_did_not_do():
    case = Case(FIRST, faults=1)
    case.cut = RIGHT["cut"]
    assert "cut was not broken: nothing is gained." in repr(case.score())
    assert "cut our cut" in repr(case) and "cut was not broken" in case._repr_html_()
    case.cut = ...
    assert "cut as it came" in repr(case) and "not broken" not in repr(case)
    case = repaired(Case(CHAPTER), *STEPS)
    case.scale = lambda train, part: RIGHT["scale"](part, part)
    assert "scale is not right yet: it should measure the training part" in repr(case)
    assert "open, " in repr(case)


def test_a_look_that_fails_costs_nothing(capsys):
    case = Case(CHAPTER)
    with pytest.raises(TypeError):
        case.look(RIGHT["cut"])
    assert case.left == 8
    case.keep = lambda x, y: x
    with pytest.raises(ValueError, match=r"case\.keep returned"):
        case.look("counts")
    assert case.left == 8


def test_the_board_is_a_picture_that_says_the_same():
    board = repaired(Case("A & <b>"), *STEPS).score()
    html = board._repr_html_()
    still = html.partition('src="data:image/svg+xml,')[2].partition('"')[0]
    words = " ".join(ET.fromstring(unquote(still)).itertext())
    assert "Case A & <b>: closed, 8 looks left" in words and "our shuffle" in words
    assert html == repaired(Case("A & <b>"), *STEPS).score()._repr_html_()


def test_every_kind_of_fault_is_drawn_sooner_or_later():
    drawn = {}
    for seed in range(60):
        for name, function in faults_of(np.random.default_rng(seed)).items():
            drawn.setdefault(name, set()).add(function.__name__)
    assert all(len(kinds) == 2 for kinds in drawn.values()) and list(drawn) == [*STEPS]
