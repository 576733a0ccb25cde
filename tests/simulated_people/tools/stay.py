"""The days of stay."""

from collections.abc import Sequence
from datetime import date

from actions.buttons import payload
from actions.counted_days import counted_days
from actions.ground import Ground
from actions.shown_date import shown_date
from actions.trip_telling import readings, told_marks, told_trips
from guidance.stay_rules import NoLimitError
from guidance.trips import Trip
from tests.simulated_people.person import Person
from tests.simulated_people.tool import Slots, Tool
from tests.simulated_people.tools.details import day_reply, for_whom, place_reply, typed_detail


def _reply(person: Person, slots: Slots, _offered: Sequence[str]) -> str:
    asked = slots["requested_slot"]
    if asked == "stay_permit":
        return payload("inform", step="permit" if person.has_permit else "no_permit")
    return place_reply(person, asked) or _trip(person, slots)


def _trip(person: Person, slots: Slots) -> str:
    """What comes next of the trips that are not told yet."""
    marks, told = told_marks(slots), told_trips(slots)
    if marks:
        return _leaving(person, marks[0])
    untold = [trip for trip in person.trips if trip not in told]
    if not untold:
        return payload("inform", step="no_more_trips" if told else "no_trips")
    if told and slots["requested_slot"] == "trips_complete" and slots.get("pending") != "another_trip":
        return payload("inform", step="another_trip")
    return day_reply(untold[0].entered_on)


def _leaving(person: Person, mark: str) -> str:
    """The day of leaving; where the day of entry itself is not clear yet, that one."""
    days = readings(mark)
    trip = next((each for each in person.trips if each.entered_on in days), Trip(days[0], None))
    if len(days) > 1:
        return day_reply(trip.entered_on)
    return day_reply(trip.left_on) if trip.left_on else payload("inform", step="still_here")


def _expected(ground: Ground, person: Person) -> Sequence[str]:
    try:
        rule = ground.stays.rules.rule_for(person.country, person.citizenship)
        if rule.exempt and person.has_permit:
            days = counted_days(ground, rule.days, person.variant)
            not_bound = ground.wording.text(f"stay_not_bound_{rule.exempt}", person.variant, days=days)
            return for_whom(ground, person), not_bound
        stay = ground.stays.count(person.country, person.citizenship, person.trips, person.today)
    except NoLimitError as error:
        return (ground.wording.text(f"no_rule_{error.reason}", person.variant),)
    used, left = (counted_days(ground, number, person.variant) for number in (stay.used, stay.left))
    counted = {"used": used, "left": left}
    if rule.window_days is None:
        count = ground.wording.text("stay_used_in_year", person.variant, year=str(person.today.year), **counted)
    else:
        window = counted_days(ground, rule.window_days, person.variant)
        count = ground.wording.text("stay_used_in_window", person.variant, window=window, **counted)
    return for_whom(ground, person), count, *_last(person, stay.last_day)


def _last(person: Person, last_day: date | None) -> tuple[str, ...]:
    return (shown_date(last_day, person.variant),) if last_day else ()


STAY = Tool("stay", "/start_stay", "stay_form", _reply, typed_detail, _expected)
