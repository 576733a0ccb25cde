"""A question that makes sense only after what was said to a person: the entries that may be meant."""

from actions.details import known
from actions.ground import Ground
from actions.heard import Heard
from actions.learn_held import HELD
from knowledge_base.entry import Entry

MAX_WORDS = 8
"""A longer question says itself what it is about."""


def meant_after_talk(ground: Ground, heard: Heard) -> tuple[Entry, ...]:
    """Entries on the topic of the talk with a person, likeliest first; none where there was no talk just before."""
    question = heard.slots.get("question") or {}
    topic = question.get(HELD)
    if not topic or not heard.text or len(heard.text.split()) > MAX_WORDS:
        return ()
    places = known(heard)
    found = ground.retriever.find(
        f"{question.get('text', '')} {heard.text}",
        variant=heard.variant,
        country=places["country"],
        citizenship=places["citizenship"],
        topics={topic: 1.0},
        today=heard.today,
    )
    domain = topic.partition(".")[0]
    return tuple(match.entry for match in found.matches if match.entry.topic.partition(".")[0] == domain)
