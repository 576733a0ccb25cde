"""The last day of registration."""

from collections.abc import Sequence

from actions.ground import Ground
from actions.shown_date import shown_date
from guidance.registration import NoRuleError
from tests.simulated_people.person import Person
from tests.simulated_people.tool import Slots, Tool
from tests.simulated_people.tools.details import day_reply, for_whom, place_reply, typed_detail


def _reply(person: Person, slots: Slots, _offered: Sequence[str]) -> str:
    return place_reply(person, slots["requested_slot"]) or day_reply(person.entered_on)


def _expected(ground: Ground, person: Person) -> Sequence[str]:
    try:
        rule = ground.registration.deadline(person.country, person.citizenship, person.entered_on, person.today)
    except NoRuleError as error:
        return (ground.wording.text(f"no_rule_{error.reason}", person.variant),)
    days = "deadline_rule_working" if rule.is_working_days else "deadline_rule_calendar"
    recheck = [ground.wording.text("deadline_recheck", person.variant)] if rule.recheck else []
    return (
        for_whom(ground, person),
        shown_date(person.entered_on, person.variant),
        shown_date(rule.last_day, person.variant),
        ground.wording.text(days, person.variant, days=str(rule.days)),
        *recheck,
    )


REGISTRATION = Tool("registration", "/registration.arrival", "registration_form", _reply, typed_detail, _expected)
