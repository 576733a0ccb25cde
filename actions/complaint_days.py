"""Hears from when to when one worked: two days, a day and “still working”, or the months in one's own words."""

import re
from datetime import date

from actions.complaint_telling import STARTED_ON, Told, put
from actions.ground import Ground
from actions.heard import Heard
from language.date_words import month_of
from language.folding import skeleton
from language.trip_dates import TripMark, find_trip_marks
from language.variants import LANGUAGES, language_of

MAX_CHARS = 80
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")


def heard_period(ground: Ground, heard: Heard, told: Told) -> tuple[Told, str | None] | None:
    """What is told after the message, and the key of a refusal; None when it names no days."""
    marks = find_trip_marks(heard.text, language_of(heard.variant)[0], heard.today)
    days = [mark for mark in marks if not mark.is_still_here]
    is_open = len(days) < len(marks) or _is_still_working(ground, heard)
    if refusal := _unclear(days):
        return told, refusal
    known = [told[STARTED_ON]] if STARTED_ON in told and len(days) < 2 else []
    both = [*map(date.fromisoformat, known), *(mark.days[0] for mark in days)][:2]
    if not both:
        return _in_words(heard, told)
    if any(day > heard.today for day in both):
        return told, "complaint_day_in_future"
    if both != sorted(both):
        return told, "complaint_days_reversed"
    if len(both) == 2 or is_open:
        last = both[1].isoformat() if len(both) == 2 else ""
        return put(told, period=f"{both[0].isoformat()}/{last}"), None
    return {**put(told), STARTED_ON: both[0].isoformat()}, None


def _unclear(days: list[TripMark]) -> str | None:
    if any(not mark.days for mark in days):
        return "date_impossible"
    return "complaint_date_unclear" if any(len(mark.days) > 1 for mark in days) else None


def _in_words(heard: Heard, told: Told) -> tuple[Told, str | None] | None:
    """Who knows only the months writes them: they stand in the text as they were written."""
    text = " ".join(heard.text.split())
    has_month = any(month_of(skeleton(word)) for word in _WORD.findall(text))
    if not has_month and not _YEAR.search(text):
        return None
    return (put(told, period=text), None) if len(text) <= MAX_CHARS else (told, "complaint_text_too_long")


def _is_still_working(ground: Ground, heard: Heard) -> bool:
    said = skeleton(heard.text)
    return any(skeleton(ground.wording.text("button_still_working", variant)) in said for variant in LANGUAGES)
