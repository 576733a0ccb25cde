"""Takes the replies to a questionnaire's questions, and ends its form when nothing more is asked."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker

from actions.attempts import failed
from actions.details import remember_command
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.interruption import was_interrupted
from actions.places_told import known_places, with_places
from actions.questionnaires import ASKED, DONE, STOPPED, Remembered, end_slot, form_of
from actions.take_reply import take_reply
from actions.tools import TOOLS
from actions.turn import Event, hear, say
from guidance.questionnaire import Answers


class ValidateQuestionnaire(Action):
    """Called by the form for every message. No events: Rasa rejects the form and answers the message by its rule."""

    def __init__(self, ground: Ground, tool: str) -> None:
        self._ground = ground
        self._tool = tool

    def name(self) -> str:
        """As in domain.yml; Rasa knows it by the form's name."""
        return f"validate_{form_of(self._tool)}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Event]:
        """Keep the reply; end the form when it was the last one, or when the person has had enough."""
        heard = hear(tracker)
        if not tracker.slots.get("requested_slot") or was_interrupted(tracker, form_of(self._tool)):
            return _events(progress(self._ground, heard, self._tool))
        answered = take(self._ground, heard, self._tool)
        if answered is None:
            return []
        say(answered, heard, dispatcher)
        return _events({"variant": heard.variant, **answered.slots})


def validators(ground: Ground) -> tuple[ValidateQuestionnaire, ...]:
    """One for each questionnaire."""
    return tuple(ValidateQuestionnaire(ground, tool) for tool in TOOLS)


def take(ground: Ground, heard: Heard, tool: str) -> Answered | None:
    """What the reply changes, with a word where it is needed; None when the message is no reply."""
    taken = take_reply(ground, heard, tool)
    if taken is None:
        return None
    if taken.is_not_caught:
        return _not_caught(ground, heard)
    before = Remembered.of(heard, tool)
    known = {**known_places(heard.slots), **taken.places}
    answers = _placed(ground, tool, taken.answers, known)
    slots = {**before.answered(answers).slots(tool), **_end(ground, tool, taken.is_stop, answers), **taken.places}
    text = ground.wording.text("answer_changed", heard.variant) if taken.is_corrected else ""
    return Answered(
        text=text,
        topic="meta.menu",
        slots={**slots, ASKED: None, "pending": None, "failures": None},
        commands=remember_command(taken.places),
    )


def progress(ground: Ground, heard: Heard, tool: str) -> dict[str, Any]:
    """Slots as a form begins or goes on: with all answers there already, it is at its end."""
    remembered = Remembered.of(heard, tool)
    answers = _placed(ground, tool, remembered.answers, known_places(heard.slots))
    kept = remembered.answered(answers).slots(tool) if answers != remembered.answers else {}
    return kept if ground.questionnaires[tool].next_question(answers) else {**kept, end_slot(tool): DONE}


def _placed(ground: Ground, tool: str, answers: Answers, places: Mapping[str, str | None]) -> Answers:
    known = {kind: code for kind, code in places.items() if code}
    return with_places(ground.questionnaires[tool], answers, known)


def _end(ground: Ground, tool: str, is_stop: bool, answers: Answers) -> dict[str, Any]:
    if is_stop:
        return {end_slot(tool): STOPPED}
    return {} if ground.questionnaires[tool].next_question(answers) else {end_slot(tool): DONE}


def _not_caught(ground: Ground, heard: Heard) -> Answered:
    """Say how one can answer; the second time in a row with the offer of a person."""
    answered = failed(ground, heard, ground.wording.text("reply_not_caught", heard.variant))
    is_enough = answered.slots["pending"] == "human"
    return Answered(
        text=answered.text,
        buttons=answered.buttons[:1] if is_enough else (),
        topic="meta.menu",
        answered=False,
        slots={**answered.slots, "pending": None},
    )


def _events(slots: dict[str, Any]) -> list[Event]:
    return [{"event": "slot", "name": name, "value": value} for name, value in slots.items()]
