"""What the tests of the screening's actions share: answers of somebody whose papers are kept, slots, payloads."""

from typing import Any

from actions.tools import SCREENING
from guidance.questionnaire import NO, YES

SAFE = {"no_consent": YES, "phone_read": NO, "danger_now": NO, "child": NO, "ILO5": NO, "ILO3": YES}
PASSPORT = {**SAFE, "ILO7": YES, "ILO6": NO, "ILO9": NO, "own_path": NO, "fear_of_return": NO, "overstay": NO}
FORM = "screening_form"


def slots(answers: dict[str, str], **more: Any) -> dict[str, Any]:
    """The slots of a screening with these answers."""
    return {SCREENING: {"answers": answers, "struck": [], "counted": []}, "requested_slot": "screening_end", **more}


def payloads(answered: Any) -> list[str]:
    """What the buttons of an answer send."""
    return [button.payload for button in answered.buttons]
