"""Learns from what was said while a person held the conversation; says nothing, and no form goes on."""

from collections.abc import Iterator
from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker

from actions.answer_question import kept_question
from actions.details import changes, remember_command
from actions.ground import Ground
from actions.heard import Heard
from actions.turn import Event, hear_message, slot_events

HELD = "held"
"""The key under which a message of the tracker carries the id of the talk in which it was said."""


class LearnHeld(Action):
    """Called by the engine itself, once when the bot has the conversation back; see bot/engine/held_talk.py."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def name(self) -> str:
        """As in domain.yml."""
        return "action_learn_held"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Event]:
        """Remember variant, places and the last question of the talk; a bare yes answers nothing any more."""
        heard = list(_heard(tracker))
        if not heard:
            return []
        learnt = _learnt(heard)
        places = {kind: learnt.get(kind) for kind in ("country", "citizenship")}
        for command in remember_command(places):
            dispatcher.utter_message(json_message=command)
        return slot_events(learnt, heard[0])


def _heard(tracker: Tracker) -> Iterator[Heard]:
    """The migrant's messages of the newest talk, the oldest first."""
    talk = (tracker.latest_message.get("metadata") or {}).get(HELD)
    for event in tracker.events if talk else ():
        if event.get("event") == "user" and (event.get("metadata") or {}).get(HELD) == talk:
            message = {**(event.get("parse_data") or {}), "metadata": event["metadata"], "text": event.get("text")}
            yield hear_message(message, tracker.slots, None)


def _learnt(heard: list[Heard]) -> dict[str, Any]:
    slots: dict[str, Any] = {"variant": heard[-1].variant, "pending": None, "failures": None}
    for each in heard:
        slots |= changes(each)
    question = next((each for each in reversed(heard) if _topic_of(each)), None)
    return slots if question is None else slots | {"question": {**kept_question(question), HELD: _topic_of(question)}}


def _topic_of(heard: Heard) -> str | None:
    """What a message is about, where that is a topic that has entries."""
    topic = next(iter(heard.topic_ranking), None)
    is_ours = topic is not None and not topic.startswith("meta.") and heard.intent == topic
    return topic if is_ours else None
