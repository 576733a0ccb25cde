"""Leaves a questionnaire: the answers stay for later, unless the person wants them forgotten."""

from actions.buttons import human_button
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.needs_count import count_needs
from actions.questionnaires import Remembered, end_slot
from actions.start_questionnaire import forget, resume_buttons
from actions.tools import SCREENING

FORGET = "forget:"
"""Prefix of the pending question whether to forget the answers of a questionnaire."""


def stop_questionnaire(ground: Ground, heard: Heard, tool: str) -> Answered:
    """Nothing answered: nothing is kept. Else: go on later, begin anew or forget?"""
    remembered = Remembered.of(heard, tool)
    if not remembered.answers:
        return forget(ground, heard, tool)
    counted, commands = count_needs(ground, heard) if tool == SCREENING else (remembered, ())
    return Answered(
        text=ground.wording.text("questionnaire_stopped", heard.variant),
        buttons=(*resume_buttons(ground, heard.variant, tool), human_button(ground, heard.variant)),
        topic="meta.menu",
        topics=("meta.menu",),
        confidence=heard.confidence,
        slots={**counted.slots(tool), end_slot(tool): None, "pending": f"{FORGET}{tool}"},
        commands=commands,
        is_end_of_form=True,
    )
