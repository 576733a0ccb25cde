"""The needs that a screening found, to be counted without the person, each once however often one goes on."""

from dataclasses import replace
from typing import Any

from actions.ground import Ground
from actions.heard import Heard
from actions.questionnaires import Remembered
from actions.tools import SCREENING


def count_needs(ground: Ground, heard: Heard) -> tuple[Remembered, tuple[dict[str, Any], ...]]:
    """What is remembered after the counting, and the command that counts what was not counted yet (or none)."""
    remembered = Remembered.of(heard, SCREENING)
    found = ground.screening.find(remembered.answers)
    new = [need.id for need in found.needs if need.id not in remembered.counted]
    if not new:
        return remembered, ()
    places = {"country": heard.slots.get("country"), "citizenship": heard.slots.get("citizenship")}
    command = {"command": "count_needs", "needs": new, **places}
    return replace(remembered, counted=(*remembered.counted, *new)), (command,)
