"""The steps of the safety dialogue as buttons send them; the gateway answers them itself, in every state."""

import json
from dataclasses import dataclass
from typing import Any

PREFIX = "/safety{"
PERSON = "/meta.human"
STEPS = ("can_write", "cannot_write", "person", "no_danger", "disguise", "resume", "country")
OTHER_COUNTRY = "other"


@dataclass(frozen=True)
class SafetyStep:
    """What was pressed (or written as a word): the step, the path it belongs to, the country that was chosen."""

    step: str
    path: str | None = None
    country: str | None = None

    @property
    def payload(self) -> str:
        """What a button of this step sends; a person is asked for as everywhere."""
        if self.step == "person":
            return PERSON
        values = {"step": self.step, "path": self.path, "country": self.country}
        return "/safety" + json.dumps({name: value for name, value in values.items() if value})


def is_safety_step(payload: str | None, danger: str) -> bool:
    """Whether a payload belongs to the safety dialogue: with danger about, the wish for a person does too."""
    return payload is not None and (payload.startswith(PREFIX) or (payload == PERSON and danger != "none"))


def parse_step(payload: str) -> SafetyStep | None:
    """The step of a payload; None for one that no button of ours sends."""
    if payload == PERSON:
        return SafetyStep("person")
    try:
        values: Any = json.loads(payload.removeprefix("/safety"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, dict) or set(values) - {"step", "path", "country"}:
        return None
    if not all(isinstance(value, str) for value in values.values()) or values.get("step") not in STEPS:
        return None
    return SafetyStep(**values)
