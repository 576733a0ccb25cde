"""Keeps a tracker at a constant size: a head that holds the state, and the last turns as they were."""

from collections.abc import Collection
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    ConversationPaused,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

RANKING_KEPT = 5
# A form is not cut, unless it has been open for so long that every turn would become slow.
MAX_TURNS_IN_FORM = 40
# Slots that hold what a person tells only until it is used: once one is emptied, nothing said before stays either.
FORGETTABLE = frozenset({"screening", "job_offer_check", "report_for_other", "complaint", "steps", "contacts"})
_UNSTORED_PARSE_KEYS = frozenset({"text_tokens", "response_selector"})


def compact(tracker: DialogueStateTracker, domain: Domain, turns_kept: int) -> list[Event]:
    """The events that have to be stored: all, or a head and the last turns from a point where no form is active."""
    events = list(tracker.events)
    turns = [number for number, event in enumerate(events) if isinstance(event, UserUttered)]
    if is_forgetting(tracker):
        now = DialogueStateTracker.from_events(tracker.sender_id, events, domain.slots)
        return _head(now, domain, events[-1].timestamp)
    if len(turns) <= turns_kept:
        return events
    for cut in reversed(turns[1 : len(turns) - turns_kept + 1]):
        before = DialogueStateTracker.from_events(tracker.sender_id, events[:cut], domain.slots)
        if before.active_loop_name is None:
            return _head(before, domain, events[cut].timestamp) + events[cut:]
    if len(turns) <= MAX_TURNS_IN_FORM:
        return events
    cut = turns[-turns_kept]
    before = DialogueStateTracker.from_events(tracker.sender_id, events[:cut], domain.slots)
    return _head(before, domain, events[cut].timestamp) + events[cut:]


def is_forgetting(tracker: DialogueStateTracker) -> bool:
    """Whether the last turn has emptied what a person had told."""
    events = list(tracker.events)
    last = next((at for at in reversed(range(len(events))) if isinstance(events[at], UserUttered)), len(events))
    return any(isinstance(e, SlotSet) and e.key in FORGETTABLE and e.value is None for e in events[last:])


def stored(event: Event) -> dict[str, Any]:
    """One event as it is stored: the ranking is cut to the likeliest intents; tokens and files are left out.

    The files of a turn are kept with its answer, until the gateway has written the turn.
    """
    document: dict[str, Any] = event.as_dict()
    if (document.get("data") or {}).get("attachment"):
        document["data"] = {**document["data"], "attachment": None}
    parse_data = document.get("parse_data")
    if parse_data:
        kept = {key: value for key, value in parse_data.items() if key not in _UNSTORED_PARSE_KEYS}
        kept["intent_ranking"] = kept.get("intent_ranking", [])[:RANKING_KEPT]
        document["parse_data"] = kept
    return document


def _head(before: DialogueStateTracker, domain: Domain, at: float) -> list[Event]:
    initial = {slot.name: slot.initial_value for slot in domain.slots}
    head: list[Event] = [ActionExecuted(ACTION_SESSION_START_NAME, timestamp=at), SessionStarted(timestamp=at)]
    values = before.current_slot_values()
    head += [SlotSet(name, value, timestamp=at) for name, value in values.items() if value != initial.get(name)]
    if before.active_loop_name is not None:
        head += _open_form(before.active_loop_name, at)
    if before.is_paused():
        head.append(ConversationPaused(timestamp=at))
    return [*head, ActionExecuted(ACTION_LISTEN_NAME, timestamp=at)]


def _open_form(name: str, at: float) -> Collection[Event]:
    return [ActionExecuted(name, timestamp=at), ActiveLoop(name, timestamp=at)]
