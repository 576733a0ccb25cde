"""Draws what several ways of sending money cost: a bar for the share lost, with marks to compare it with."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from guidance.pictures.canvas import (
    ACCENT,
    INK,
    LARGE,
    LINE,
    MARGIN,
    PALE,
    PAPER,
    PLAIN,
    SMALL,
    SOFT,
    WIDTH,
    Canvas,
    shortened,
    text_width,
    wrapped,
)

MAX_BARS = 8
SHORTEST_SCALE, LONGEST_SCALE = Decimal(8), Decimal(20)
"""Percent at the right end: the marks keep their distance, and one very dear offer does not press the others flat."""
BAR_HEIGHT, GAP = 40, 22
_ROOM = WIDTH - 2 * MARGIN
_DASHES = (0, 12, 5)


@dataclass(frozen=True)
class Bar:
    """One way: who sends, what arrives, the share lost in percent and as it is written.

    `lost_percent` is None where it is not known: then no bar is drawn. Below zero (more arrives than by the reference
    rate) it has no length.
    """

    label: str
    received: str
    lost_percent: Decimal | None
    lost: str


@dataclass(frozen=True)
class Mark:
    """A share to compare with: in percent, as it is written on the line, and what it means."""

    percent: Decimal
    short: str
    label: str


@dataclass(frozen=True)
class _Scale:
    """From nothing lost, at the left edge, to `end` percent after `width` pixels; the shares stand behind it."""

    end: Decimal
    width: int
    marks: tuple[Mark, ...]

    def place(self, percent: Decimal) -> int:
        """Pixels from the left edge of the sheet; what is beyond the scale stands at its end."""
        return MARGIN + round(self.width * min(max(percent, Decimal(0)), self.end) / self.end)


def bars(title: str, rows: Sequence[Bar], marks: Sequence[Mark] = ()) -> bytes:
    """The bytes of a PNG, 720 px wide: at most `MAX_BARS` rows in the order given, under them what the marks mean."""
    canvas, shown = Canvas(), rows[:MAX_BARS]
    scale = _scale([row for row in shown if row.lost_percent is not None], marks)
    y = canvas.lines(MARGIN, MARGIN, wrapped(title, _ROOM, LARGE), LARGE) + GAP // 2
    y = _mark_names(canvas, y, scale)
    for row in shown:
        y = _bar(canvas, y, row, scale) + GAP
    for number, mark in enumerate(scale.marks):
        y = _meaning(canvas, y, mark, _DASHES[number % len(_DASHES)])
    return canvas.png(y + MARGIN // 2)


def _scale(measured: Sequence[Bar], marks: Sequence[Mark]) -> _Scale:
    """Without any bar there are no marks either."""
    longest = max([row.lost_percent or Decimal(0) for row in measured], default=Decimal(0))
    end = min(max(SHORTEST_SCALE, longest), LONGEST_SCALE)
    behind = max([text_width(row.lost) for row in measured], default=0) + GAP
    shown = [mark for mark in marks if measured and 0 < mark.percent <= end]
    return _Scale(end, _ROOM - behind, tuple(sorted(shown, key=lambda mark: mark.percent)))


def _mark_names(canvas: Canvas, y: int, scale: _Scale) -> int:
    """The short names above their lines, moved to the right where they would touch."""
    free = MARGIN
    for mark in scale.marks:
        width = text_width(mark.short, SMALL)
        x = min(max(free, scale.place(mark.percent) - width // 2), WIDTH - MARGIN - width)
        canvas.text(x, y, mark.short, SMALL, SOFT)
        free = x + width + SMALL // 2
    return y + (round(SMALL * LINE) + 6 if scale.marks else 0)


def _bar(canvas: Canvas, y: int, row: Bar, scale: _Scale) -> int:
    """Name and sum, below them the bar with its share, or words where it is not known; gives the `y` below."""
    top = _names(canvas, y, row)
    if row.lost_percent is None:
        return canvas.lines(MARGIN, top, wrapped(row.lost, _ROOM, SMALL), SMALL, SOFT)
    bottom = top + BAR_HEIGHT
    canvas.box(MARGIN, top, scale.width, BAR_HEIGHT, PALE)
    if length := scale.place(row.lost_percent) - MARGIN:
        canvas.box(MARGIN, top, length, BAR_HEIGHT, ACCENT)
    for number, mark in enumerate(scale.marks):
        place = scale.place(mark.percent)
        canvas.upright(place - 3, top - 8, bottom + 8, PAPER, thickness=7)
        canvas.upright(place - 1, top - 8, bottom + 8, INK, _DASHES[number % len(_DASHES)])
    canvas.text(WIDTH - MARGIN, top + (BAR_HEIGHT - PLAIN) // 2, row.lost, place="r")
    return bottom + 8


def _names(canvas: Canvas, y: int, row: Bar) -> int:
    """On one line, or on two where they are long."""
    has_room = text_width(row.label) + text_width(row.received) + PLAIN <= _ROOM
    canvas.text(MARGIN, y, shortened(row.label, _ROOM))
    if not has_room:
        y += round(PLAIN * LINE)
    canvas.text(WIDTH - MARGIN, y, row.received, place="r")
    return y + round(PLAIN * LINE) + 8


def _meaning(canvas: Canvas, y: int, mark: Mark, dash: int) -> int:
    canvas.upright(MARGIN + 6, y, y + SMALL + 8, INK, dash)
    return canvas.lines(MARGIN + 40, y, wrapped(mark.label, _ROOM - 40, SMALL), SMALL, SOFT) + 10
