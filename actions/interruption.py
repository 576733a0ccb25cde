"""Whether a form opens with this message, and whether another action has answered it before the form did."""

from typing import Any

from rasa_sdk.interfaces import Tracker


def was_interrupted(tracker: Tracker, form: str) -> bool:
    """Whether another action has already answered this message: the form only asks its question again."""
    actions = (event["name"] for event in _since_the_message(tracker) if event["event"] == "action")
    return any(name not in (form, "action_listen", "action_extract_slots") for name in actions)


def asked_slot(tracker: Tracker, form: str) -> str | None:
    """The slot that the form asks for; None as it opens.

    Where another form is left for it, Rasa keeps that one's `requested_slot` until this one asks its first question.
    """
    opened = (event["name"] for event in _since_the_message(tracker) if event["event"] == "active_loop")
    requested: str | None = tracker.slots.get("requested_slot")
    return None if form in opened else requested


def _since_the_message(tracker: Tracker) -> list[dict[str, Any]]:
    since = max((i for i, event in enumerate(tracker.events) if event["event"] == "user"), default=0)
    return list(tracker.events[since:])
