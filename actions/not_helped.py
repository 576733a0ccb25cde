"""Hears that the answer did not help: other answers of the topic, and a person."""

from dataclasses import replace

from actions import attempts
from actions.buttons import entry_buttons
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.turn import DialogueAction
from knowledge_base.entry import Entry

MAX_OTHERS = 3


class NotHelped(DialogueAction):
    """ "Did this help?" No."""

    action_name = "action_not_helped"

    def answer(self, heard: Heard) -> Answered:
        """See `not_helped`."""
        return not_helped(self._ground, heard)


def not_helped(ground: Ground, heard: Heard) -> Answered:
    """Sorry; say it in other words, or look at one of these, or ask a person."""
    text = ground.wording.text("not_helped", heard.variant)
    others = entry_buttons(heard.variant, _others(ground, heard)[:MAX_OTHERS])
    answered = attempts.not_helped(ground, heard, text, others)
    return replace(answered, topic="meta.complaint", topics=("meta.complaint",))


def _others(ground: Ground, heard: Heard) -> tuple[Entry, ...]:
    name = heard.slots.get("entry")
    if name is None or not ground.library.has(name):
        return ()
    shown = ground.library.entry(name)
    country = heard.slots.get("country") or shown.country
    same = ground.library.of_topic(shown.topic)
    return tuple(entry for entry in same if entry.id != shown.id and entry.fits(country, None))
