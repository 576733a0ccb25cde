"""The checklist of proof: each button ticks or unticks one thing; gone on with whenever one likes."""

from actions.ask_complaint import TOPIC
from actions.buttons import button, menu_button, payload
from actions.complaint_telling import EVIDENCE
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.tell_complaint import START

TICKED, OPEN = "✅", "⬜"


def tick_evidence(ground: Ground, heard: Heard) -> Answered:
    """The list as it is after this button."""
    ticked = _ticked(ground, heard)
    left = len(ground.unpaid_wages.evidence) - len(ticked)
    closing = "evidence_all_there" if not left else "evidence_how_to_keep"
    return Answered(
        text="\n\n".join(
            [
                ground.wording.text("evidence_intro", heard.variant),
                "\n".join(_line(ground, heard, each, each in ticked) for each in _ids(ground)),
                ground.wording.text(closing, heard.variant),
            ]
        ),
        buttons=_buttons(ground, heard, ticked),
        topic=TOPIC,
        topics=(TOPIC,),
        confidence=heard.confidence,
        slots={EVIDENCE: list(ticked) or None, "pending": None},
    )


def _ticked(ground: Ground, heard: Heard) -> tuple[str, ...]:
    """What was ticked, with the button's own thing turned over, in the order of the list."""
    kept = set(heard.slots.get(EVIDENCE) or ())
    if heard.value("step") == "tick" and heard.value("item"):
        kept ^= {str(heard.value("item"))}
    return tuple(each for each in _ids(ground) if each in kept)


def _ids(ground: Ground) -> tuple[str, ...]:
    return tuple(each.id for each in ground.unpaid_wages.evidence)


def _line(ground: Ground, heard: Heard, item: str, is_ticked: bool) -> str:
    return f"{TICKED if is_ticked else OPEN} {ground.wording.text(f'evidence.{item}', heard.variant)}"


def _buttons(ground: Ground, heard: Heard, ticked: tuple[str, ...]) -> tuple[Button, ...]:
    things = tuple(
        Button(
            f"{TICKED if each in ticked else OPEN} {ground.wording.text(f'button_evidence.{each}', heard.variant)}",
            payload(START, step="tick", item=each),
        )
        for each in _ids(ground)
    )
    return (*things, button(ground, heard.variant, "button_go_on", payload(START)), menu_button(ground, heard.variant))
