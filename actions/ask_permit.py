"""Asks what must be known to tell which papers one needs for work: one question for each slot of the form."""

from collections.abc import Callable, Mapping

from actions.ask_citizenship import citizenship_buttons
from actions.ask_country import MAX_COUNTRIES
from actions.ask_entered_on import WHICH_DATE, for_whom, which_date
from actions.buttons import button, payload
from actions.form_question import form_question
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.more_choices import place_choices
from actions.pick_date import day_buttons, day_question, is_picking
from actions.turn import DialogueAction

TOPIC = "work.permit"
FORM = "permit_form"
OFFERED_MONTHS = (1, 2, 3, 6)
Ask = Callable[[Ground, Heard], Answered]


class AskPermit(DialogueAction):
    """Called by the form while one of its slots is empty."""

    def __init__(self, ground: Ground, slot: str) -> None:
        super().__init__(ground)
        self._slot = slot
        self.action_name = f"action_ask_{FORM}_{slot}"

    def answer(self, heard: Heard) -> Answered:
        """See `QUESTIONS`."""
        return QUESTIONS[self._slot](self._ground, heard)


def permit_askers(ground: Ground) -> tuple[AskPermit, ...]:
    """One for each slot."""
    return tuple(AskPermit(ground, slot) for slot in QUESTIONS)


def ask_permit_country(ground: Ground, heard: Heard) -> Answered:
    """Countries of work as buttons; any other may be tapped or written."""
    buttons = place_choices(ground, heard, "country", ground.permits.countries()[:MAX_COUNTRIES])
    return _asked(ground, heard, "ask_permit_country", buttons)


def ask_permit_citizenship(ground: Ground, heard: Heard) -> Answered:
    """Citizenships as buttons; any other may be tapped or written."""
    return _asked(ground, heard, "ask_permit_citizenship", citizenship_buttons(ground, heard))


def ask_permit_held(ground: Ground, heard: Heard) -> Answered:
    """Yes or no, and for whom it is asked."""
    steps = (("button_yes", "permit"), ("button_no", "no_permit"))
    return _asked_for(ground, heard, "ask_permit_held", _steps(ground, heard, steps))


def ask_permit_purpose(ground: Ground, heard: Heard) -> Answered:
    """The purpose in the migration card."""
    steps = (("button_purpose_work", "work"), ("button_purpose_other", "other"), ("button_unknown", "unknown"))
    return _asked_for(ground, heard, "ask_permit_purpose", _steps(ground, heard, steps))


def ask_permit_entered_on(ground: Ground, heard: Heard) -> Answered:
    """The day of entry; one may not be there yet, or not know it."""
    steps = (("button_not_entered", "not_entered"), ("button_unknown", "unknown"))
    return _ask_day(ground, heard, "ask_entered_on", _steps(ground, heard, steps))


def ask_permit_issued_on(ground: Ground, heard: Heard) -> Answered:
    """The day on which the permit was issued."""
    return _ask_day(ground, heard, "ask_permit_issued_on", _steps(ground, heard, (("button_unknown", "unknown"),)))


def ask_permit_months(ground: Ground, heard: Heard) -> Answered:
    """How many months are paid; the most usual numbers as buttons."""
    numbers = tuple(Button(f"{months}", payload("inform", step=f"months_{months}")) for months in OFFERED_MONTHS)
    unknown = _steps(ground, heard, (("button_unknown", "unknown"),))
    return _asked_for(ground, heard, "ask_permit_months", (*numbers, *unknown))


QUESTIONS: Mapping[str, Ask] = {
    "country": ask_permit_country,
    "citizenship": ask_permit_citizenship,
    "permit_held": ask_permit_held,
    "permit_entered_on": ask_permit_entered_on,
    "permit_purpose": ask_permit_purpose,
    "permit_issued_on": ask_permit_issued_on,
    "permit_months": ask_permit_months,
}
"""The questions by their slots, in order."""
DETAILS = tuple(slot for slot in QUESTIONS if slot.startswith("permit_"))
"""The slots of this form alone."""


def _ask_day(ground: Ground, heard: Heard, key: str, beside: tuple[Button, ...]) -> Answered:
    """A day that is past; what stands beside it gives way while it is chosen step by step."""
    pending = heard.slots.get("pending") or ""
    if is_picking(heard):
        question = f"{for_whom(ground, heard)}\n\n{day_question(ground, heard, '')}"
        return form_question(ground, heard, TOPIC, "permit_intro", question, day_buttons(ground, heard))
    if pending.startswith(WHICH_DATE):
        question, days = which_date(ground, heard, pending)
        return form_question(ground, heard, TOPIC, "permit_intro", question, days)
    return _asked_for(ground, heard, key, (*day_buttons(ground, heard), *beside))


def _asked_for(ground: Ground, heard: Heard, key: str, buttons: tuple[Button, ...]) -> Answered:
    """With country and citizenship above, and a way to change them."""
    change = button(ground, heard.variant, "button_change", payload("inform", change="details"))
    question = f"{for_whom(ground, heard)}\n\n{ground.wording.text(key, heard.variant)}"
    return form_question(ground, heard, TOPIC, "permit_intro", question, (*buttons, change))


def _asked(ground: Ground, heard: Heard, key: str, buttons: tuple[Button, ...]) -> Answered:
    return form_question(ground, heard, TOPIC, "permit_intro", ground.wording.text(key, heard.variant), buttons)


def _steps(ground: Ground, heard: Heard, steps: tuple[tuple[str, str], ...]) -> tuple[Button, ...]:
    return tuple(button(ground, heard.variant, key, payload("inform", step=step)) for key, step in steps)
