"""Says kindly that a message has nothing to do with what Safar knows about."""

from dataclasses import replace

from actions.attempts import failed
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.turn import DialogueAction


class TurnDownTopic(DialogueAction):
    """Weather, football, homework."""

    action_name = "action_turn_down_topic"

    def answer(self, heard: Heard) -> Answered:
        """See `turn_down_topic`."""
        return turn_down_topic(self._ground, heard)


def turn_down_topic(ground: Ground, heard: Heard) -> Answered:
    """What Safar is for, and the menu."""
    answered = failed(ground, heard, ground.wording.text("out_of_scope", heard.variant))
    topics = ("meta.out_of_scope", *(topic for topic in heard.topic_ranking if topic != "meta.out_of_scope"))
    return replace(answered, topic="meta.out_of_scope", topics=topics[:3])
