"""Asks whether one has a paper with which the limit of stay does not bind: a patent, a contract, a residence permit."""

from actions.ask_entered_on import for_whom
from actions.ask_stay_country import asked
from actions.buttons import button, payload
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.turn import DialogueAction


class AskStayPermit(DialogueAction):
    """Called by the form of stay while `stay_permit` is empty."""

    action_name = "action_ask_stay_form_stay_permit"

    def answer(self, heard: Heard) -> Answered:
        """See `ask_stay_permit`."""
        return ask_stay_permit(self._ground, heard)


def ask_stay_permit(ground: Ground, heard: Heard) -> Answered:
    """The papers that the rule of this country names, yes or no, and for whom it is counted."""
    rule = ground.stays.rules.rule_for(heard.slots["country"], heard.slots["citizenship"])
    question = ground.wording.text(f"ask_stay_permit_{rule.exempt}", heard.variant)
    buttons = (
        button(ground, heard.variant, "button_yes", payload("inform", step="permit")),
        button(ground, heard.variant, "button_no", payload("inform", step="no_permit")),
        button(ground, heard.variant, "button_change", payload("inform", change="details")),
    )
    return asked(ground, heard, f"{for_whom(ground, heard)}\n\n{question}", buttons)
