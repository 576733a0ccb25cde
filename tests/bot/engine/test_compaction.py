"""Compaction: what a person told in confidence leaves the stored state at the moment in which it is forgotten."""

import json

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.compaction import FORGETTABLE, compact, stored
from foundation.settings import PROJECT

DOMAIN = Domain.load(str(PROJECT / "domain.yml"))
ANSWERS = {"answers": {"ILO7": "yes"}, "struck": [], "counted": []}


def tracker_of(*events: Event) -> DialogueStateTracker:
    begun = [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]
    return DialogueStateTracker.from_events("s", [*begun, *events], DOMAIN.slots)


def turn(text: str, *events: Event) -> list[Event]:
    return [UserUttered(text, {"name": "affirm"}), *events, BotUttered(text), ActionExecuted("action_listen")]


def dumped(events: list[Event]) -> str:
    return json.dumps([stored(event) for event in events])


ASKED = turn('/answer_questionnaire{"item": "ILO7"}', SlotSet("screening", ANSWERS), SlotSet("country", "RU"))


def test_while_answers_are_kept_they_are_stored() -> None:
    assert "ILO7" in dumped(compact(tracker_of(*ASKED), DOMAIN, turns_kept=6))


def test_once_they_are_forgotten_no_event_holds_them_and_the_rest_of_the_state_stays() -> None:
    tracker = tracker_of(*ASKED, *turn("yes", SlotSet("screening", None)))
    kept = compact(tracker, DOMAIN, turns_kept=6)
    assert "ILO7" not in dumped(kept)
    again = DialogueStateTracker.from_events("s", kept, DOMAIN.slots)
    assert again.get_slot("country") == "RU"
    assert again.latest_action_name == "action_listen"


def test_a_form_that_begins_in_the_same_turn_stays_open() -> None:
    begun = [SlotSet("screening", None), ActionExecuted("screening_form"), ActiveLoop("screening_form")]
    tracker = tracker_of(*ASKED, *turn("/continue_questionnaire", *begun, SlotSet("requested_slot", "screening_end")))
    again = DialogueStateTracker.from_events("s", compact(tracker, DOMAIN, turns_kept=6), DOMAIN.slots)
    assert again.active_loop_name == "screening_form"
    assert again.get_slot("requested_slot") == "screening_end"


@pytest.mark.parametrize("slot", sorted(FORGETTABLE))
def test_the_slots_that_are_forgotten_are_slots_of_the_domain(slot: str) -> None:
    assert slot in {each.name for each in DOMAIN.slots}
