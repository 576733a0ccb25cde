"""Whether another action has answered this message before the form took it up again."""

from rasa_sdk.interfaces import Tracker


def was_interrupted(tracker: Tracker, form: str) -> bool:
    """Whether another action has already answered this message: the form only asks its question again."""
    since = max((i for i, event in enumerate(tracker.events) if event["event"] == "user"), default=0)
    actions = (event["name"] for event in tracker.events[since:] if event["event"] == "action")
    return any(name not in (form, "action_listen", "action_extract_slots") for name in actions)
