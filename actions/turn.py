"""The edge to rasa_sdk: a tracker becomes what was heard, an answer becomes messages and slots."""

from abc import abstractmethod
from datetime import date
from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker

from actions.ground import Ground
from actions.heard import Answered, Detail, Heard
from conversations.attachment_json import attachments_to_json
from language.variants import LANGUAGES

Event = dict[str, Any]


class DialogueAction(Action):
    """An action that hears one message and answers it; `action_name` is its name in domain.yml."""

    action_name: str

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def name(self) -> str:
        """As in domain.yml."""
        return self.action_name

    @abstractmethod
    def answer(self, heard: Heard) -> Answered:
        """What is said to this message."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Event]:
        """Called by the action server; the domain is not looked at."""
        heard = hear(tracker)
        return say(self.answer(heard), heard, dispatcher)


def hear(tracker: Tracker) -> Heard:
    """The latest message of a tracker. Day and variant come with its metadata.

    A variant that was tapped comes first: a form that goes on after the choice asks in the language chosen.
    """
    message = tracker.latest_message
    metadata = message.get("metadata") or {}
    text = message.get("text") or ""
    details = tuple(_detail(entity) for entity in message.get("entities") or ())
    return Heard(
        text="" if text.startswith("/") else text,
        variant=_tapped_variant(details) or metadata.get("variant") or tracker.slots.get("variant") or "ru",
        today=date.fromisoformat(metadata["today"]) if metadata.get("today") else date.today(),
        ranking=_ranking(message),
        details=details,
        slots=tracker.slots,
        form=(tracker.active_loop or {}).get("name"),
        channel=str(metadata.get("channel") or ""),
        retention_days=int(metadata.get("retention_days") or 0),
        reminders={kind: date.fromisoformat(day) for kind, day in metadata.get("reminders") or ()},
    )


def say(answered: Answered, heard: Heard, dispatcher: CollectingDispatcher) -> list[Event]:
    """Hand an answer to the dispatcher: its text with what is attached, then one message for each command."""
    if answered.text:
        dispatcher.utter_message(
            text=answered.text,
            buttons=[{"title": button.title, "payload": button.payload} for button in answered.buttons],
            attachment=attachments_to_json(answered.attachments) or None,
            json_message={"answer": _report(answered)},
        )
    for command in answered.commands:
        dispatcher.utter_message(json_message=dict(command))
    events = slot_events({"variant": heard.variant, **answered.slots}, heard)
    if answered.is_end_of_form and heard.slots.get("requested_slot"):
        events += [{"event": "active_loop", "name": None}, {"event": "slot", "name": "requested_slot", "value": None}]
    return [*events, {"event": "followup", "name": answered.next_action}] if answered.next_action else events


def slot_events(values: dict[str, Any], heard: Heard) -> list[Event]:
    """One event for each slot whose value changes."""
    return [
        {"event": "slot", "name": name, "value": value}
        for name, value in values.items()
        if heard.slots.get(name) != value
    ]


def _tapped_variant(details: tuple[Detail, ...]) -> str | None:
    return next((each.value for each in details if each.kind == "variant" and each.value in LANGUAGES), None)


def _report(answered: Answered) -> dict[str, Any]:
    return {
        "entry": answered.entry,
        "topic": answered.topic,
        "topics": list(answered.topics),
        "confidence": round(answered.confidence, 3),
        "answered": answered.answered,
    }


def _ranking(message: dict[str, Any]) -> dict[str, float]:
    """Best first; what the fallback classifier put on top stays on top."""
    intents = [message.get("intent") or {}, *(message.get("intent_ranking") or ())]
    ranking: dict[str, float] = {}
    for intent in intents:
        if intent.get("name"):
            ranking.setdefault(intent["name"], float(intent.get("confidence") or 0.0))
    return ranking


def _detail(entity: dict[str, Any]) -> Detail:
    return Detail(entity["entity"], str(entity["value"]), int(entity.get("start") or 0), int(entity.get("end") or 0))
