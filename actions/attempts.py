"""Counts failures in a row; the second brings the offer of a person."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.buttons import human_button, menu_button, unique
from actions.ground import Ground
from actions.heard import Answered, Button, Heard

FAILURES_UNTIL_A_PERSON = 2


def failed(ground: Ground, heard: Heard, text: str, buttons: tuple[Button, ...] = ()) -> Answered:
    """Nothing could be answered: say so, with the menu and a person; a person comes first from the second time on."""
    return _failed(ground, heard, text, buttons, _now(heard) + 1)


def not_helped(ground: Ground, heard: Heard, text: str, buttons: tuple[Button, ...] = ()) -> Answered:
    """The answer before did not help: it counts on top of the failures before that answer."""
    return replace(_failed(ground, heard, text, buttons, _before_answer(heard) + 1), answered=True)


def after_answer(heard: Heard) -> dict[str, Any]:
    """Slots after an answer: the row is broken, unless the answer turns out not to have helped."""
    return {"failures": {"now": 0, "before": _now(heard)}}


def after_help() -> dict[str, Any]:
    """Slots after an answer that helped."""
    return {"failures": None, "pending": None}


def _failed(ground: Ground, heard: Heard, text: str, buttons: tuple[Button, ...], count: int) -> Answered:
    human, menu = human_button(ground, heard.variant), menu_button(ground, heard.variant)
    is_enough = count >= FAILURES_UNTIL_A_PERSON
    if is_enough:
        text = f"{text}\n\n{ground.wording.text('offer_human', heard.variant)}"
    return Answered(
        text=text,
        buttons=unique((human, *buttons, menu) if is_enough else (*buttons, human, menu)),
        answered=False,
        confidence=heard.confidence,
        slots={"failures": {"now": count, "before": count}, "pending": "human" if is_enough else None},
    )


def _counts(heard: Heard) -> Mapping[str, int]:
    counts: Mapping[str, int] = heard.slots.get("failures") or {}
    return counts


def _now(heard: Heard) -> int:
    return _counts(heard).get("now", 0)


def _before_answer(heard: Heard) -> int:
    return _counts(heard).get("before", 0)
