"""Counts the days of stay again when country or citizenship is corrected after the answer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.ask_stay_country import TOPIC
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.tell_stay import tell_stay


def correct_stay(ground: Ground, heard: Heard, last: Mapping[str, Any], changed: Mapping[str, Any]) -> Answered:
    """The answer for the other citizenship; the form where the trips were to another country or a name is lacking."""
    if "country" in changed or None in changed.values():
        told = {**last, "trips": None} if "country" in changed else dict(last)
        return Answered(text="", topic=TOPIC, slots={"deadline_for": told, "pending": None}, next_action="stay_form")
    return tell_stay(ground, replace(heard, slots={**heard.slots, **last, **changed, "trips_complete": "yes"}))
