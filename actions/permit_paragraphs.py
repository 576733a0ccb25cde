"""Words what a person needs for work: each point of the rule as a text, a last day, the payments or the end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from actions.ground import Ground
from actions.heard import Heard
from actions.permit_details import NOT_ASKED, UNKNOWN
from actions.shown_date import shown_date
from guidance.permit import Payments, last_day_of, month_end, payments
from guidance.permit_rules import Fact, PermitRule, Point

SOON_DAYS = 2
PAYMENT, END = "permit_payment", "permit_end"
"""The kinds of reminders that a permit has."""


@dataclass(frozen=True)
class Told:
    """Paragraphs, the facts behind them (those of counted days first), and whether a last day has passed.

    `reminders` are the days to come of which one may be reminded: kind and day.
    """

    paragraphs: tuple[str, ...]
    facts: tuple[Fact, ...]
    is_late: bool
    reminders: tuple[tuple[str, date], ...]


@dataclass(frozen=True)
class _Part:
    text: str
    is_late: bool = False
    reminder: tuple[str, date] | None = None


def told_points(ground: Ground, heard: Heard, rule: PermitRule) -> Told:
    """Everything that this rule says to the person of `heard.slots`, in order."""
    slots = heard.slots
    said: list[tuple[Point, _Part]] = []
    is_over = _is_over(rule, slots, heard.today)
    for point in rule.points_for(slots.get("permit_held") == "yes"):
        is_dropped = is_over and point.since == "issue" and point.show != "end"
        if is_dropped or not point.is_for(slots["citizenship"], slots.get("permit_purpose"), heard.today):
            continue
        said.append((point, _part(ground, heard, point)))
    counted = sorted(said, key=lambda pair: pair[0].show == "text")
    return Told(
        paragraphs=tuple(part.text for _, part in said),
        facts=tuple(dict.fromkeys(fact for point, _ in counted for fact in point.facts)),
        is_late=any(part.is_late for _, part in said),
        reminders=tuple(part.reminder for _, part in said if part.reminder),
    )


def told_day(slots: Mapping[str, Any], name: str) -> date | None:
    """The day in this slot; None where it was not asked or is not known."""
    value = slots.get(name)
    return None if value in (None, UNKNOWN, NOT_ASKED) else date.fromisoformat(value)


def _part(ground: Ground, heard: Heard, point: Point) -> _Part:
    if point.show == "text":
        return _Part(ground.wording.text(point.say, heard.variant))
    first = told_day(heard.slots, "permit_entered_on" if point.since == "entry" else "permit_issued_on")
    worded = {"deadline": _deadline, "payments": _payments, "end": _end}[point.show]
    return worded(ground, heard, point, first)


def _deadline(ground: Ground, heard: Heard, point: Point, first: date | None) -> _Part:
    say, variant = ground.wording.text, heard.variant
    rule = say(point.say, variant, days=point.days, months=point.months)
    if first is None:
        return _Part(rule)
    term = last_day_of(point, first)
    days_left = (term.last_day - heard.today).days
    last_day = shown_date(term.last_day, variant)
    if days_left < 0:
        is_late = point.since == "entry"  # what is due after the issue may have been done in time
        return _Part(f"{rule}\n{say(f'{point.say}_passed', variant, last_day=last_day)}", is_late)
    is_soon = term.advised_day <= heard.today or days_left <= SOON_DAYS
    state = "deadline_soon" if is_soon else "deadline_ahead"
    advised = shown_date(term.advised_day, variant)
    return _Part(f"{rule}\n{say(state, variant, last_day=last_day, advised_day=advised, days_left=days_left)}")


def _payments(ground: Ground, heard: Heard, point: Point, first: date | None) -> _Part:
    say, variant, months = ground.wording.text, heard.variant, heard.slots.get("permit_months")
    if first is None:
        return _Part(say(f"{point.say}_no_date", variant))
    paid = payments(first, months if isinstance(months, int) else None, _longest(ground, heard), heard.today)
    is_late = paid.paid_until is not None and paid.paid_until < heard.today
    lines = [_state(ground, heard, point, paid)]
    if paid.due_days and not is_late:
        days = "\n".join(f"• {shown_date(day, variant)}" for day in paid.due_days)
        lines.append(say("permit_due_days", variant, days=days))
    if paid.due_days:
        lines.append(say(f"{point.say}_rule", variant))
    is_ahead = bool(paid.due_days) and paid.due_days[0] > heard.today and not is_late
    return _Part("\n".join(lines), is_late, (PAYMENT, paid.due_days[0]) if is_ahead else None)


def _state(ground: Ground, heard: Heard, point: Point, paid: Payments) -> str:
    """Nothing is left to pay, it is not known, it is too late, soon, or there is time."""
    say, variant = ground.wording.text, heard.variant
    if paid.paid_until is None:
        return say(f"{point.say}_unknown", variant)
    if paid.advised_day is None:
        return say(f"{point.say}_all", variant)
    last_day, advised = shown_date(paid.paid_until, variant), shown_date(paid.advised_day, variant)
    if paid.paid_until < heard.today:
        return say(f"{point.say}_passed", variant, last_day=last_day)
    state = "soon" if paid.advised_day <= heard.today else "ahead"
    return say(f"{point.say}_{state}", variant, last_day=last_day, advised_day=advised)


def _end(ground: Ground, heard: Heard, point: Point, first: date | None) -> _Part:
    say, variant, months = ground.wording.text, heard.variant, point.months
    if first is None or months is None:
        return _Part(say(f"{point.say}_no_date", variant, months=months))
    end = month_end(first, months)
    if end < heard.today:
        last_day = shown_date(end, variant)
        return _Part(say(f"{point.say}_passed", variant, months=months, last_day=last_day), is_late=True)
    text = say(f"{point.say}_ahead", variant, months=months, last_day=shown_date(end, variant))
    return _Part(text, reminder=(END, end) if end > heard.today else None)


def _is_over(rule: PermitRule, slots: Mapping[str, Any], today: date) -> bool:
    """Whether the longest term has passed: nothing is due any more."""
    issued_on = told_day(slots, "permit_issued_on")
    ends = [point.months for point in rule.held if point.show == "end" and point.months]
    return issued_on is not None and bool(ends) and month_end(issued_on, ends[0]) < today


def _longest(ground: Ground, heard: Heard) -> int:
    """The longest term in months of the rule that `heard.slots` are under."""
    rule = ground.permits.rule_for(heard.slots["country"], heard.slots["citizenship"])
    return next(point.months for point in rule.held if point.show == "end" and point.months)
