"""Draws days of stay as a small calendar: a row for each month, a box for each day, the marks explained below."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from guidance.pictures.canvas import (
    ACCENT,
    ALARM,
    INK,
    LARGE,
    LINE,
    MARGIN,
    PALE,
    PAPER,
    SMALL,
    SOFT,
    WIDTH,
    Canvas,
    wrapped,
)
from guidance.trips import Stretch

MAX_MONTHS = 20
"""A last day that lies further away is told by the words alone."""
DAYS_NAMED = (1, 5, 10, 15, 20, 25, 30)
_LEFT, _STEP, _WIDE, _HIGH, _ROW = 112, 19, 17, 26, 40


@dataclass(frozen=True)
class CalendarWords:
    """What stands at the marks; an empty one is not drawn."""

    used: str
    ahead: str = ""
    over: str = ""
    today: str = ""
    advised: str = ""
    last: str = ""


@dataclass(frozen=True)
class StayCalendar:
    """What is drawn: the period that is counted, the days used in it, today, and the last day for who stays on.

    `months` are twelve short names. `last` is where the period's calendar ends; later marks make it longer.
    """

    title: str
    months: Sequence[str]
    first: date
    last: date
    used: Sequence[Stretch]
    today: date
    last_day: date | None
    advised_day: date | None
    words: CalendarWords

    def kind(self, day: date) -> str:
        """How a day is drawn: `out` of the period, `free`, `used`, `over` the limit, `ahead`, `advised`, `last`."""
        if self.last_day and day > self.today and day <= self.last_day:
            return "last" if day == self.last_day else "advised" if day == self.advised_day else "ahead"
        if any(stretch.days_between(day, day) for stretch in self.used) and day <= self.today:
            if day < self.first:
                return "out"
            return "over" if self.words.over and self.last_day and day > self.last_day else "used"
        return "free" if self.first <= day <= self.last else "out"


def stay_calendar(calendar: StayCalendar) -> bytes:
    """The bytes of a PNG, 720 px wide."""
    canvas = Canvas()
    y = canvas.lines(MARGIN, MARGIN, wrapped(calendar.title, WIDTH - 2 * MARGIN, LARGE), LARGE) + 8
    for number in DAYS_NAMED:
        canvas.text(_x(number) + _WIDE // 2, y, str(number), SMALL - 4, SOFT, "m")
    y += SMALL + 14
    months = list(_months(calendar))
    has_years = months[0].year != months[-1].year
    for number, month in enumerate(months):
        if has_years and (number == 0 or month.month == 1):
            canvas.text(MARGIN, y, str(month.year), SMALL, SOFT)
            y += _ROW
        canvas.text(MARGIN, y - 4, calendar.months[month.month - 1], SMALL)
        _row(canvas, y, calendar, month)
        y += _ROW
    return canvas.png(_legend(canvas, y + 8, calendar.words) + MARGIN // 2)


def _months(calendar: StayCalendar) -> Iterator[date]:
    """The first day of each month, from the period's to that of its last mark."""
    month = calendar.first.replace(day=1)
    end = max(calendar.last, calendar.last_day or calendar.last)
    for _ in range(MAX_MONTHS):
        if month <= end:
            yield month
        month = (month + timedelta(days=31)).replace(day=1)


def _row(canvas: Canvas, y: int, calendar: StayCalendar, month: date) -> None:
    day = month
    while day.month == month.month:
        _day(canvas, _x(day.day), y, calendar.kind(day))
        if day == calendar.today:
            canvas.pointer(_x(day.day) + _WIDE // 2, y - 1, 20)
        day += timedelta(days=1)


def _day(canvas: Canvas, x: int, y: int, kind: str) -> None:
    """Each kind has a form of its own, so that no colour has to be seen."""
    match kind:
        case "free":
            canvas.box(x, y, _WIDE, _HIGH, PALE)
        case "used":
            canvas.box(x, y, _WIDE, _HIGH, ACCENT)
        case "ahead":
            canvas.hatched(x, y, _WIDE, _HIGH, ACCENT)
        case "advised":
            canvas.box(x, y, _WIDE, _HIGH, PAPER, INK)
            canvas.box(x + 5, y + 9, _WIDE - 10, _HIGH - 18, INK)
        case "last":
            canvas.box(x, y - 5, _WIDE, _HIGH + 10, INK)
        case "over":
            canvas.box(x, y, _WIDE, _HIGH, ALARM)
            canvas.box(x + 3, y + _HIGH // 2 - 2, _WIDE - 6, 4, PAPER)
        case _:
            canvas.box(x + _WIDE // 2 - 1, y + _HIGH // 2 - 1, 3, 3, PALE)


def _legend(canvas: Canvas, y: int, words: CalendarWords) -> int:
    for kind, line in (
        ("used", words.used),
        ("over", words.over),
        ("today", words.today),
        ("ahead", words.ahead),
        ("advised", words.advised),
        ("last", words.last),
    ):
        if line:
            if kind == "today":
                canvas.pointer(MARGIN + _WIDE // 2, y + _HIGH - 6, 24)
            else:
                _day(canvas, MARGIN, y + 2, kind)
            room = WIDTH - 3 * MARGIN - _WIDE
            y = canvas.lines(2 * MARGIN + _WIDE, y, wrapped(line, room, SMALL), SMALL) + round(SMALL * (LINE - 1)) + 4
    return y


def _x(day: int) -> int:
    return _LEFT + (day - 1) * _STEP
