"""Takes what is told of a transfer out of a message of its form, or leaves the message to other rules."""

import json
from dataclasses import replace
from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker

from actions.ask_transfer import ask_transfer
from actions.attempts import failed
from actions.buttons import stop_button
from actions.details import named
from actions.ground import Ground
from actions.heard import Answered, Detail, Heard
from actions.interruption import asked_slot, was_interrupted
from actions.transfer_reply import kept_rate_of, transfer_reply
from actions.transfer_telling import ANOTHER, COUNTRY, DONE, END_SLOT, SLOT, SUM, TOPIC, Telling, next_question
from actions.turn import Event, hear, say
from language.amounts import find_amounts
from language.folding import fold
from language.transfer_terms import read_terms
from language.variants import language_of

FORM = "transfer_form"
START = "start_transfer"
MAX_WORDS = 40
MAX_WORDS_OF_A_REPLY = 6
"""A longer message without terms of a transfer is a question or a story of its own."""
REPLIES = frozenset({"inform", START, "affirm", "deny", "nlu_fallback"})
ASKING = "remittances."


class ValidateTransferForm(Action):
    """Called by the form for every message. No events: Rasa rejects the form and answers the message by its rule."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def name(self) -> str:
        """As in domain.yml; Rasa knows it by the form's name."""
        return f"validate_{FORM}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Event]:
        """Set what was told; say what cannot be."""
        is_asked = asked_slot(tracker, FORM) is not None
        if is_asked and was_interrupted(tracker, FORM):
            return []
        heard = hear(tracker)
        answered = take_transfer(self._ground, heard, is_asked)
        if answered is None:
            return []
        say(answered, heard, dispatcher)
        return [{"event": "slot", "name": name, "value": value} for name, value in answered.slots.items()]


def take_transfer(ground: Ground, heard: Heard, is_asked: bool) -> Answered | None:
    """The transfer with what the message tells, with a sentence where something cannot be; None when it is no reply."""
    if heard.value("change") == "details":
        return _told(ground, heard, Telling())
    telling = Telling.of(heard.slots)
    if not is_asked:
        return _begun(ground, heard, telling)
    if heard.slots.get("pending") == "human" and heard.intent in ("affirm", "deny") and not heard.value("step"):
        return None
    heard = _as_tapped(ground, heard)
    kept_rate = kept_rate_of(ground, telling, heard)
    question = next_question(telling, kept_rate is not None) or SUM
    reply = transfer_reply(ground, heard, telling, question, kept_rate) if _may_reply(ground, heard, question) else None
    if reply is None:
        return _not_caught(ground, heard)
    return _told(ground, heard, reply.telling, reply.refusal)


def _begun(ground: Ground, heard: Heard, telling: Telling) -> Answered:
    """An unfinished transfer goes on; a finished one is mended, gets another offer, or makes room for a new one."""
    if heard.value("change") == "another":
        return _told(ground, heard, replace(telling, offers=telling.offers[:2], is_open=True, is_complete=False))
    if heard.text and telling.is_complete:
        reply = transfer_reply(ground, heard, telling, ANOTHER, kept_rate_of(ground, telling, heard))
        if reply:
            return _told(ground, heard, reply.telling, reply.refusal)
    return _told(ground, heard, Telling() if telling.is_complete else telling)


def _told(ground: Ground, heard: Heard, telling: Telling, refusal: str | None = None) -> Answered:
    is_done = next_question(telling, kept_rate_of(ground, telling, heard) is not None) is None
    return Answered(
        text=ground.wording.text(refusal, heard.variant) if refusal else "",
        topic=TOPIC,
        slots={SLOT: telling.kept(), END_SLOT: DONE if is_done else None, "pending": None},
        answered=not refusal,
    )


def _as_tapped(ground: Ground, heard: Heard) -> Heard:
    """A typed title of one of the question's buttons does what the button does."""
    if not heard.text:
        return heard
    for button in ask_transfer(ground, heard).buttons:
        if fold(button.title) == fold(heard.text) and button.payload.startswith("/inform{"):
            details = json.loads(button.payload.removeprefix("/inform"))
            found = tuple(Detail(kind, str(value)) for kind, value in details.items())
            return replace(heard, text="", ranking={"inform": 1.0}, details=found)
    return heard


def _may_reply(ground: Ground, heard: Heard, question: str) -> bool:
    """Whether a message can be a reply: a button, a few words, or terms of a transfer in a message of no danger."""
    words, language = len(heard.text.split()), language_of(heard.variant)[0]
    if not heard.text:
        return heard.intent in ("inform", START)
    is_safety = heard.intent in ground.topics.ids and ground.topics.kind(heard.intent) == "safety"
    is_about_money = heard.intent.startswith(ASKING) or heard.intent in REPLIES
    if words > MAX_WORDS or is_safety:
        return False
    if "?" in heard.text:
        return question == SUM and is_about_money and bool(find_amounts(heard.text, language))
    terms = read_terms(heard.text, language)
    if terms.has_fee or terms.has_arrival or terms.by_role:
        return True
    if words > MAX_WORDS_OF_A_REPLY and not (is_about_money and terms.rest):
        return False
    is_name = question == COUNTRY and bool(named(heard))
    return is_about_money or bool(terms.rest) or is_name or words <= MAX_WORDS_OF_A_REPLY - 2


def _not_caught(ground: Ground, heard: Heard) -> Answered | None:
    """Ask again after a short reply that tells nothing; everything else is a question of its own."""
    is_short = heard.intent == "nlu_fallback" and len(heard.text.split()) <= MAX_WORDS_OF_A_REPLY
    if heard.intent == START:
        return Answered(text="", topic=TOPIC, slots={END_SLOT: None})
    if heard.intent != "inform" and not is_short:
        return None
    answered = failed(ground, heard, ground.wording.text("form_not_caught", heard.variant))
    is_enough = answered.slots["pending"] == "human"
    buttons = (*answered.buttons[:1], stop_button(ground, heard.variant)) if is_enough else ()
    return replace(answered, buttons=buttons, topic=TOPIC, slots={**answered.slots, END_SLOT: None})
