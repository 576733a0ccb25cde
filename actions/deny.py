"""Takes a bare "no" as the answer to what was offered or asked last."""

from actions.buttons import human_button, menu_button
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.not_helped import not_helped
from actions.share_note import PENDING, refuse
from actions.start_questionnaire import RESUME
from actions.stop_questionnaire import FORGET
from actions.turn import DialogueAction


class Deny(DialogueAction):
    """No."""

    action_name = "action_deny"

    def answer(self, heard: Heard) -> Answered:
        """See `deny`."""
        return deny(self._ground, heard)


def deny(ground: Ground, heard: Heard) -> Answered:
    """Leave what was pending; a "no" under an answer means that it did not help."""
    pending = heard.slots.get("pending")
    if pending == "feedback":
        return not_helped(ground, heard)
    if pending == PENDING:
        return refuse(ground, heard)
    return Answered(
        text=ground.wording.text(_key(pending), heard.variant),
        buttons=(menu_button(ground, heard.variant), human_button(ground, heard.variant)),
        topic="meta.greeting",
        topics=("meta.greeting",),
        confidence=heard.confidence,
        slots={"pending": None},
    )


def _key(pending: str | None) -> str:
    if pending and pending.startswith((RESUME, FORGET)):
        return "answers_kept"
    return "data_kept" if pending == "erase" else "as_you_wish"
