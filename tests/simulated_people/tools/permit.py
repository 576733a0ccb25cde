"""What one needs to work: the papers of the own rule, and its days; or that no fact is known."""

from collections.abc import Sequence
from datetime import date

from actions.ask_permit import OFFERED_MONTHS
from actions.buttons import payload
from actions.ground import Ground
from actions.permit_details import UNKNOWN
from actions.shown_date import shown_date
from guidance.permit import last_day_of, month_end, payments
from guidance.permit_rules import NoPermitRuleError, PermitRule, Point
from tests.simulated_people.person import Person
from tests.simulated_people.tool import Slots, Tool
from tests.simulated_people.tools.details import day_reply, for_whom, place_reply, typed_detail

CHOICES = {
    "permit_purpose": ("work", "other", UNKNOWN),
    "permit_entered_on": ("known", "known", UNKNOWN),
    "permit_issued_on": ("known", "known", UNKNOWN),
    "permit_months": (*(f"months_{months}" for months in OFFERED_MONTHS), UNKNOWN),
}
"""What a person may know of each detail: drawn when it is asked for the first time, and kept."""


def _reply(person: Person, slots: Slots, _offered: Sequence[str]) -> str:
    asked = slots["requested_slot"]
    if asked == "permit_held":
        return payload("inform", step="permit" if person.has_permit else "no_permit")
    if place := place_reply(person, asked):
        return place
    known = person.answers.setdefault(asked, person.chance.choice(CHOICES[asked]))
    return day_reply(person.entered_on) if known == "known" else payload("inform", step=known)


def _expected(ground: Ground, person: Person) -> Sequence[str]:
    try:
        rule = ground.permits.rule_for(person.country, person.citizenship)
    except NoPermitRuleError as error:
        return (ground.wording.text(f"permit_gap_{error.reason}", person.variant),)
    points = [point for point in _points(rule, person) if not _is_past(rule, point, person)]
    recheck = any(fact.recheck for point in points for fact in point.facts)
    return (
        for_whom(ground, person),
        *(piece for point in points for piece in _said(ground, rule, point, person)),
        *([ground.wording.text("permit_recheck", person.variant)] if recheck else []),
    )


def _points(rule: PermitRule, person: Person) -> list[Point]:
    is_held = bool(rule.held) and person.has_permit
    is_asked = "permit_purpose" in rule.asks("yes" if is_held else "no")
    purpose = person.answers.get("permit_purpose", UNKNOWN) if is_asked else None
    return [point for point in rule.points_for(is_held) if point.is_for(person.citizenship, purpose, person.today)]


def _day(person: Person, point: Point) -> date | None:
    """The first day of what is counted; None where the person does not know it."""
    slot = "permit_entered_on" if point.since == "entry" else "permit_issued_on"
    return person.entered_on if person.answers.get(slot) == "known" else None


def _longest(rule: PermitRule) -> int:
    return next((point.months for point in rule.held if point.show == "end" and point.months), 0)


def _is_past(rule: PermitRule, point: Point, person: Person) -> bool:
    """After the longest term nothing is due any more."""
    issued_on, longest = _day(person, point), _longest(rule)
    if point.since != "issue" or point.show == "end" or not (issued_on and longest):
        return False
    return month_end(issued_on, longest) < person.today


def _said(ground: Ground, rule: PermitRule, point: Point, person: Person) -> list[str]:
    if point.show == "text":
        return [ground.wording.text(point.say, person.variant)]
    first = _day(person, point)
    if first is None:
        key = point.say if point.show == "deadline" else f"{point.say}_no_date"
        return [ground.wording.text(key, person.variant, days=point.days, months=point.months)]
    return [shown_date(day, person.variant) for day in _days(rule, point, first, person)]


def _days(rule: PermitRule, point: Point, first: date, person: Person) -> list[date]:
    """The last day of a deadline or of the longest term; the days of payments, or the day that has passed unpaid."""
    if point.show == "deadline":
        return [last_day_of(point, first).last_day]
    if point.show == "end":
        return [month_end(first, point.months or 0)]
    known = person.answers.get("permit_months", UNKNOWN)
    months = None if known == UNKNOWN else int(known.removeprefix("months_"))
    paid = payments(first, months, _longest(rule), person.today)
    if paid.paid_until and paid.paid_until < person.today:
        return [paid.paid_until]
    return list(paid.due_days)


WORK_PERMIT = Tool("permit", "/start_permit", "permit_form", _reply, typed_detail, _expected)
