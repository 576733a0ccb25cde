"""The picture of shares lost: longer bars for dearer ways, marks to compare with, honest where nothing is known."""

from decimal import Decimal

from guidance.pictures.bars import MAX_BARS, Bar, Mark, bars
from guidance.pictures.canvas import ACCENT, PALE, WIDTH
from tests.guidance.pictures.drawn import bands, opened, runs

MARKS = (Mark(Decimal(3), "3 %", "3 %: the goal"), Mark(Decimal(5), "5 %", "5 %: no way above"))


def _row(lost: str | None, name: str = "Sender") -> Bar:
    return Bar(name, "1 200,00", None if lost is None else Decimal(lost), f"{lost} %" if lost else "not known")


def _lengths(*lost: str | None) -> list[int]:
    return bands(runs(opened(bars("", [_row(each) for each in lost])), ACCENT, min_length=5))


def test_a_bar_is_as_long_as_its_share() -> None:
    short, long = _lengths("2", "4")
    assert abs(long - 2 * short) <= 2


def test_a_way_by_which_more_arrives_has_no_length() -> None:
    assert len(_lengths("-1.5", "2")) == 1


def test_one_very_dear_offer_does_not_press_the_others_flat() -> None:
    dear, cheap = _lengths("90", "5")
    assert cheap * 4 == dear or abs(cheap * 4 - dear) <= 4


def test_a_share_that_is_not_known_gets_words_and_no_bar() -> None:
    picture = opened(bars("Cost", [_row(None)], MARKS))
    assert not runs(picture, ACCENT, min_length=5)
    assert not runs(picture, PALE, min_length=5)


def test_marks_cut_the_bars_that_go_beyond_them() -> None:
    without = opened(bars("Cost", [_row("6")]))
    marked = opened(bars("Cost", [_row("6")], MARKS))
    longest = max(runs(without, ACCENT).values())
    assert max(runs(marked, ACCENT).values()) < longest * 0.6
    assert marked.height > without.height


def test_a_picture_is_small_and_has_a_bound_on_its_rows() -> None:
    many = [_row("7.25", f"Хизмати интиқоли пул рақами {number}") for number in range(30)]
    content = bars("Интиқоли 10 000 ₽ чанд пул мешавад", many, MARKS)
    assert len(content) < 60_000
    picture = opened(content)
    assert picture.width == WIDTH
    assert len(bands(runs(picture, PALE, min_length=5))) == MAX_BARS
