"""Shows the migrant the note for an operator, in their own language; only after “yes” it goes with a handover."""

from dataclasses import replace
from typing import Any

from actions.buttons import button, human_button, menu_button, payload
from actions.ground import Ground
from actions.heard import MAX_BUTTONS, Answered, Button, Heard
from actions.questionnaires import Remembered, forgotten
from actions.tools import SCREENING
from actions.turn import DialogueAction
from guidance.questionnaire import SKIP
from guidance.screening import Found

INTENT = "share_note"
PENDING = "note"
"""The pending question whether the note may be passed on."""
REASON = "screening"


class ShareNote(DialogueAction):
    """The result of the screening was told, or a button under the note was pressed."""

    action_name = "action_share_note"

    def answer(self, heard: Heard) -> Answered:
        """See `share_note`."""
        return share_note(self._ground, heard)


def share_note(ground: Ground, heard: Heard) -> Answered:
    """Show, strike a line, pass on, refuse; where nothing is kept any more, there is nothing to pass on."""
    if not Remembered.of(heard, SCREENING).answers:
        return _gone(ground, heard)
    step = heard.value("step") if heard.intent == INTENT else None
    if step == "pass":
        return pass_on(ground, heard)
    if step == "refuse":
        return refuse(ground, heard)
    if step == "strike":
        return _strike(ground, heard, heard.value("item"))
    return _ending_the_turn(show_note(ground, heard), heard)


def show_note(ground: Ground, heard: Heard) -> Answered:
    """Every line that would be passed on, and the question."""
    note = note_of(ground, heard)
    lines = [*note["signs"], *note["factors"]]
    needs = "; ".join(ground.screening.label(need, heard.variant) for need in note["needs"])
    shown = "\n".join(f"• {ground.screening.label(name, heard.variant)}" for name in lines)
    way = ground.screening.label(note["route"], heard.variant)
    return _said(
        ground,
        heard,
        ground.wording.text("note_shown", heard.variant, lines=shown or "—", needs=needs or "—", route=way),
        (
            _step(ground, heard, "button_pass_note", "pass"),
            *((_step(ground, heard, "button_strike", "strike"),) if lines else ()),
            _step(ground, heard, "button_refuse_note", "refuse"),
        ),
        {"pending": PENDING},
    )


def pass_on(ground: Ground, heard: Heard) -> Answered:
    """The person agrees: open a handover with the note, ids only; the answers are forgotten."""
    note = note_of(ground, heard)
    danger = ground.screening.find(_unstruck(ground, heard)).danger
    answered = _said(ground, heard, ground.wording.text("human_called", heard.variant), (), forgotten(SCREENING))
    return replace(
        answered,
        topic="meta.human",
        topics=("meta.human",),
        handover=True,
        slots={**answered.slots, "pending": None, "failures": None},
        commands=({"command": "open_handover", "reason": REASON, "danger": danger, "note": note},),
    )


def refuse(ground: Ground, heard: Heard) -> Answered:
    """The person does not want it: nothing is passed on, and the answers are forgotten."""
    text = ground.wording.text("note_refused", heard.variant)
    buttons = (human_button(ground, heard.variant), menu_button(ground, heard.variant))
    return _said(ground, heard, text, buttons, {**forgotten(SCREENING), "pending": None})


def note_of(ground: Ground, heard: Heard) -> dict[str, Any]:
    """The note as ids, without what was struck: {"signs", "factors", "route", "needs"}; no word of the person."""
    struck = Remembered.of(heard, SCREENING).struck
    found: Found = ground.screening.find(_unstruck(ground, heard))
    return {
        "signs": [name for name in found.signs if name not in struck],
        "factors": [name for name in found.factors if name not in struck],
        "route": found.route,
        "needs": [need.id for need in found.needs],
    }


def _unstruck(ground: Ground, heard: Heard) -> dict[str, str]:
    """The answers, those struck counted as skipped: what follows from them goes from the note, too."""
    remembered = Remembered.of(heard, SCREENING)
    return {name: SKIP if name in remembered.struck else reply for name, reply in remembered.answers.items()}


def _strike(ground: Ground, heard: Heard, item: str | None) -> Answered:
    if item:
        remembered = Remembered.of(heard, SCREENING)
        now = replace(remembered, struck=tuple(dict.fromkeys((*remembered.struck, item))))
        slots = now.slots(SCREENING)
        answered = show_note(ground, replace(heard, slots={**heard.slots, **slots}))
        return replace(answered, slots={**answered.slots, **slots})
    note = note_of(ground, heard)
    lines = [*note["signs"], *note["factors"]][: MAX_BUTTONS - 1]
    buttons = tuple(
        Button(ground.screening.label(name, heard.variant), payload(INTENT, step="strike", item=name)) for name in lines
    )
    back = _step(ground, heard, "button_strike_none", "show")
    return _said(ground, heard, ground.wording.text("strike_which", heard.variant), (*buttons, back), {"pending": None})


def _ending_the_turn(answered: Answered, heard: Heard) -> Answered:
    """Right after the result no rule says what comes next: the turn ends here."""
    return answered if heard.intent == INTENT else replace(answered, next_action="action_listen")


def _gone(ground: Ground, heard: Heard) -> Answered:
    text = ground.wording.text("note_gone", heard.variant)
    return _said(ground, heard, text, (human_button(ground, heard.variant), menu_button(ground, heard.variant)), {})


def _step(ground: Ground, heard: Heard, key: str, step: str) -> Button:
    return button(ground, heard.variant, key, payload(INTENT, step=step))


def _said(ground: Ground, heard: Heard, text: str, buttons: tuple[Button, ...], slots: dict[str, Any]) -> Answered:
    return Answered(
        text=text, buttons=buttons, topic="meta.menu", topics=("meta.menu",), confidence=heard.confidence, slots=slots
    )
