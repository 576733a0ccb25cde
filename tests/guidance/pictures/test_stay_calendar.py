"""The calendar of days of stay: each day drawn by what it is, told apart without colour, small, with its words."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby, pairwise

from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from guidance.pictures.canvas import ACCENT, ALARM, PALE, WIDTH
from guidance.pictures.stay_calendar import CalendarWords, StayCalendar, stay_calendar
from guidance.trips import Stretch
from tests.guidance.pictures.drawn import opened, runs

MONTHS = tuple("Янв Фев Мар Апр Май Июн Июл Авг Сен Окт Ноя Дек".split())
TODAY = date(2026, 11, 21)
WORDS = CalendarWords("Прошло", "До последнего", "", "Сегодня", "Лучше", "Последний")
YEAR = StayCalendar(
    title="Россия: 2026",
    months=MONTHS,
    first=date(2026, 1, 1),
    last=date(2026, 12, 31),
    used=(Stretch(date(2026, 1, 10), date(2026, 1, 19)), Stretch(date(2026, 11, 1), TODAY)),
    today=TODAY,
    last_day=date(2026, 12, 18),
    advised_day=date(2026, 12, 9),
    words=WORDS,
)


def _kinds(calendar: StayCalendar, first: date, last: date) -> list[tuple[str, int]]:
    """The kinds of a run of days, each with the number of days in a row."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [(kind, len(list(group))) for kind, group in groupby(calendar.kind(day) for day in days)]


def test_each_day_is_drawn_by_what_it_is() -> None:
    assert _kinds(YEAR, date(2025, 12, 30), date(2027, 1, 2)) == [
        ("out", 2),
        ("free", 9),
        ("used", 10),
        ("free", 285),
        ("used", 21),
        ("ahead", 17),
        ("advised", 1),
        ("ahead", 8),
        ("last", 1),
        ("free", 13),
        ("out", 2),
    ]


def test_in_a_moving_period_only_its_own_days_count_as_used() -> None:
    window = replace(
        YEAR, first=date(2026, 5, 26), last=TODAY, used=(Stretch(date(2026, 5, 20), date(2026, 5, 30)),), last_day=None
    )
    assert _kinds(window, date(2026, 5, 18), date(2026, 6, 1)) == [("out", 8), ("used", 5), ("free", 2)]
    assert window.kind(TODAY + timedelta(days=1)) == "out"


def test_days_beyond_the_limit_are_marked_as_such() -> None:
    over = replace(YEAR, last_day=date(2026, 11, 18), words=replace(WORDS, over="Лишние"))
    assert _kinds(over, date(2026, 11, 1), date(2026, 11, 22)) == [("used", 18), ("over", 3), ("free", 1)]
    assert runs(opened(stay_calendar(over)), ALARM, min_length=10)
    assert not runs(opened(stay_calendar(YEAR)), ALARM, min_length=3)


def test_a_last_day_in_the_next_year_makes_the_calendar_longer() -> None:
    longer = replace(YEAR, last_day=date(2027, 2, 7))
    assert opened(stay_calendar(longer)).height >= opened(stay_calendar(YEAR)).height + 2 * 40


def test_without_a_last_day_nothing_lies_ahead() -> None:
    abroad = replace(YEAR, last_day=None, advised_day=None, words=CalendarWords("Прошло", today="Сегодня"))
    assert {abroad.kind(TODAY + timedelta(days=number)) for number in range(1, 41)} == {"free"}
    assert opened(stay_calendar(abroad)).height < opened(stay_calendar(YEAR)).height


def test_the_marks_differ_in_grey_too() -> None:
    """Used, free, ahead and last are told apart by their share of ink, as a person who sees no colours does."""
    picture = opened(stay_calendar(replace(YEAR, words=CalendarWords("")))).convert("L")
    inks = sorted(_share_of_ink(picture, day, row) for day, row in ((1, 0), (15, 0), (25, 10), (18, 11)))
    assert all(later - earlier > 25 for earlier, later in pairwise(inks)), inks


def test_a_picture_is_small_and_its_used_days_are_seen() -> None:
    content = stay_calendar(YEAR)
    assert len(content) < 60_000
    picture = opened(content)
    assert picture.width == WIDTH
    assert runs(picture, ACCENT, min_length=15) and runs(picture, PALE, min_length=15)


@given(
    start=some.dates(date(2024, 1, 1), date(2027, 12, 31)),
    length=some.integers(0, 400),
    left=some.integers(-200, 700),
    window=some.sampled_from([None, 180, 365]),
)
def test_any_count_can_be_drawn(start: date, length: int, left: int, window: int | None) -> None:
    today = start + timedelta(days=length)
    calendar = replace(
        YEAR,
        first=today - timedelta(days=window) if window else date(today.year, 1, 1),
        last=today if window else date(today.year, 12, 31),
        used=(Stretch(start, today),),
        today=today,
        last_day=today + timedelta(days=left),
        advised_day=today + timedelta(days=left - 9),
    )
    kinds = [calendar.kind(today - timedelta(days=number)) for number in range(length + 1)]
    assert set(kinds) <= {"used", "out"}
    assert kinds.count("used") == min(length + 1, (today - calendar.first).days + 1)


def test_a_last_day_years_away_keeps_the_picture_small() -> None:
    far = replace(YEAR, last_day=date(2030, 1, 1))
    assert opened(stay_calendar(far)).height < 1400


def _share_of_ink(picture: Image.Image, day: int, row: int) -> float:
    """How dark the box of a day is in a row of the calendar, 0 (white) to 255."""
    left, top = 112 + (day - 1) * 19, 28 + 47 + 8 + 40 + row * 40
    box = picture.crop((left + 1, top + 1, left + 16, top + 25))
    return 255 - sum(box.tobytes()) / (box.width * box.height)
