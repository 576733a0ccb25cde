"""Shows the trips told so far and asks whether there were others."""

from actions.ask_stay_country import asked
from actions.ask_trips import ask_trips
from actions.buttons import button, payload
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.shown_date import shown_date
from actions.trip_telling import told_marks, told_trips
from actions.turn import DialogueAction
from guidance.trips import Trip

ANOTHER = "another_trip"
"""The pending question after "yes, there was another": its days."""


class AskAnotherTrip(DialogueAction):
    """Called by the form of stay while `trips_complete` is empty."""

    action_name = "action_ask_stay_form_trips_complete"

    def answer(self, heard: Heard) -> Answered:
        """See `ask_another_trip`."""
        return ask_another_trip(self._ground, heard)


def ask_another_trip(ground: Ground, heard: Heard) -> Answered:
    """The list and the question; a trip that is being told comes first."""
    if told_marks(heard.slots) or heard.slots.get("pending") == ANOTHER:
        return ask_trips(ground, heard)
    question = f"{trip_list(ground, heard)}\n\n{ground.wording.text('ask_another_trip', heard.variant)}"
    buttons = (
        button(ground, heard.variant, "button_no_more_trips", payload("inform", step="no_more_trips")),
        button(ground, heard.variant, "button_another_trip", payload("inform", step=ANOTHER)),
        button(ground, heard.variant, "button_trip_wrong", payload("inform", change="last_trip")),
    )
    return asked(ground, heard, question, buttons)


def trip_list(ground: Ground, heard: Heard) -> str:
    """One line for each trip, in the order of time."""
    trips = sorted(told_trips(heard.slots), key=lambda trip: trip.entered_on)
    return "\n".join(f"• {_shown(ground, heard, trip)}" for trip in trips)


def _shown(ground: Ground, heard: Heard, trip: Trip) -> str:
    entered_on = shown_date(trip.entered_on, heard.variant)
    if trip.left_on is None:
        return ground.wording.text("trip_going_on", heard.variant, entered_on=entered_on)
    return f"{entered_on} – {shown_date(trip.left_on, heard.variant)}"
