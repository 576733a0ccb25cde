"""Reminders: the button under a date, and what the gateway is told to keep."""

from dataclasses import replace
from datetime import date

from actions.buttons import payload
from actions.ground import Ground
from actions.shown_date import shown_date
from conversations.reminder_days import days_to_remind
from guidance.registration import NoRuleError
from guidance.stay_rules import NoLimitError
from tests.simulated_people.person import Person
from tests.simulated_people.tool import Tool
from tests.simulated_people.visit import Visit

KINDS = {"registration": "registration", "stay": "stay_limit"}
"""What a tool's date is about."""


def with_reminder(tool: Tool) -> Tool:
    """The same tool by people who want to be reminded of its date."""

    async def be_reminded(visit: Visit, ground: Ground) -> None:
        await _be_reminded(visit, ground, KINDS[tool.name])

    return replace(tool, after=be_reminded)


async def _be_reminded(visit: Visit, ground: Ground, kind: str) -> None:
    """The button stands there just where a day is left; it keeps the advised day, as the rule alone has it."""
    day, today = _advised(ground, visit.person, kind), visit.person.today
    is_possible = day is not None and bool(days_to_remind(day, today))
    if is_possible != any(payload.startswith("/set_reminder") for payload in visit.offered):
        visit.complain(f"reminder of {day} for {kind}: {visit.offered}")
    if day is None or not is_possible:
        return
    await visit.tap(payload("set_reminder", reminder=kind, date=day.isoformat()))
    if visit.commands != [{"command": "set_reminder", "reminder": kind, "on": day.isoformat()}]:
        visit.complain(f"reminder of {day} for {kind}: {visit.commands}")
    for shown in (day, *days_to_remind(day, today)):
        if shown_date(shown, visit.person.variant) not in visit.text:
            visit.complain(f"{shown} is not told: {visit.text}")


def _advised(ground: Ground, person: Person, kind: str) -> date | None:
    """The day before the last one that the rule advises; None without a rule."""
    country, citizenship, today = person.country, person.citizenship, person.today
    try:
        if kind == "registration":
            return ground.registration.deadline(country, citizenship, person.entered_on, today).advised_day
        rule = ground.stays.rules.rule_for(country, citizenship)
        is_free = rule.exempt and person.has_permit
        return None if is_free else ground.stays.count(country, citizenship, person.trips, today).advised_day
    except (NoRuleError, NoLimitError):
        return None
