"""A question of a form that takes details: its buttons, a way out, and what the form is for above the first one."""

from actions.buttons import stop_button
from actions.ground import Ground
from actions.heard import Answered, Button, Heard


def form_question(
    ground: Ground, heard: Heard, topic: str, intro: str, question: str, buttons: tuple[Button, ...]
) -> Answered:
    """The question; `intro` is the key of the sentence that says what the form is for."""
    first = "" if heard.slots.get("requested_slot") else f"{ground.wording.text(intro, heard.variant)}\n\n"
    return Answered(
        text=f"{first}{question}",
        buttons=(*buttons, stop_button(ground, heard.variant)),
        topic=topic,
        topics=tuple(dict.fromkeys((topic, *heard.topic_ranking)))[:3],
        confidence=heard.confidence,
    )
