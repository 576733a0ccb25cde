"""The questionnaires of the dialogue: their names, and what is remembered of one while it is open."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from actions.heard import Heard
from actions.tools import STEPS, TOOLS

ASKED = "asked_question"
"""The slot that holds the question asked last: a typed “yes” answers that one."""
STEP_AT = "step_at"
"""The slot that holds the step shown last, as its number."""
DONE, STOPPED = "done", "stopped"


def form_of(tool: str) -> str:
    """The form that asks."""
    return f"{tool}_form"


def end_slot(tool: str) -> str:
    """The one slot that the form fills: `done` or `stopped`, None while it asks."""
    return f"{tool}_end"


def tool_of(form: str | None) -> str | None:
    """The questionnaire whose form this is; None for any other form and for none."""
    return next((tool for tool in TOOLS if form == form_of(tool)), None)


@dataclass(frozen=True)
class Remembered:
    """What a slot keeps: the answers, the ids that the migrant struck from the note, the needs already counted."""

    answers: Mapping[str, str] = field(default_factory=dict)
    struck: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()

    @classmethod
    def of(cls, heard: Heard, tool: str) -> "Remembered":
        """What is remembered of this questionnaire; empty when there is nothing."""
        kept: Mapping[str, Any] = heard.slots.get(tool) or {}
        return cls(dict(kept.get("answers", {})), tuple(kept.get("struck", ())), tuple(kept.get("counted", ())))

    def answered(self, answers: Mapping[str, str]) -> "Remembered":
        """The same with other answers."""
        return replace(self, answers=dict(answers))

    def slots(self, tool: str) -> dict[str, Any]:
        """The slot that keeps it."""
        return {tool: {"answers": dict(self.answers), "struck": list(self.struck), "counted": list(self.counted)}}


def forgotten(tool: str) -> dict[str, Any]:
    """Slots that forget everything about this questionnaire."""
    place = {STEP_AT: None} if tool == STEPS else {}
    return {tool: None, end_slot(tool): None, ASKED: None, **place}
