"""Asks when one came and left, which day an ambiguous date means, and for the day that is still lacking."""

from actions.ask_entered_on import for_whom
from actions.ask_stay_country import asked
from actions.buttons import button, payload
from actions.counted_days import counted_days
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.pick_date import day_buttons, day_question, is_picking
from actions.shown_date import shown_date
from actions.trip_telling import readings, told_marks, told_trips, unclear_mark
from actions.turn import DialogueAction


class AskTrips(DialogueAction):
    """Called by the form of stay while no trip is whole."""

    action_name = "action_ask_stay_form_trips"

    def answer(self, heard: Heard) -> Answered:
        """See `ask_trips`."""
        return ask_trips(self._ground, heard)


def ask_trips(ground: Ground, heard: Heard) -> Answered:
    """The question that comes next for the trip that is being told."""
    marks = told_marks(heard.slots)
    change = button(ground, heard.variant, "button_change", payload("inform", change="details"))
    if unclear := unclear_mark(marks):
        days = (Button(shown_date(day, heard.variant), payload("inform", date=f"{day}")) for day in readings(unclear))
        return asked(ground, heard, ground.wording.text("which_date", heard.variant), (*days, _wrong(ground, heard)))
    if marks:
        return _ask_leaving(ground, heard, marks[0])
    question = day_question(ground, heard, f"{for_whom(ground, heard)}\n\n{_which_days(ground, heard)}")
    none = button(ground, heard.variant, "button_no_trips", payload("inform", step="no_trips"))
    is_first = not told_trips(heard.slots) and not is_picking(heard)
    return asked(ground, heard, question, (*day_buttons(ground, heard), *((none,) if is_first else ()), change))


def _ask_leaving(ground: Ground, heard: Heard, entry: str) -> Answered:
    first = readings(entry)[0]
    here = button(ground, heard.variant, "button_still_here", payload("inform", step="still_here"))
    question = ground.wording.text("ask_left_on", heard.variant, entered_on=shown_date(first, heard.variant))
    buttons = (*(() if is_picking(heard) else (here,)), *day_buttons(ground, heard, first), _wrong(ground, heard))
    return asked(ground, heard, day_question(ground, heard, question), buttons)


def _which_days(ground: Ground, heard: Heard) -> str:
    rule = ground.stays.rules.rule_for(heard.slots["country"], heard.slots["citizenship"])
    if rule.window_days is None:
        return ground.wording.text("ask_trips_of_the_year", heard.variant, year=str(heard.today.year))
    return ground.wording.text(
        "ask_trips_of_days", heard.variant, window=counted_days(ground, rule.window_days, heard.variant)
    )


def _wrong(ground: Ground, heard: Heard) -> Button:
    return button(ground, heard.variant, "button_trip_wrong", payload("inform", change="last_trip"))
