"""Tells what the screening leads to: the way that helps, its sources, entries and a person. Never a verdict."""

from actions.buttons import button, entry_buttons, human_button, menu_button, payload, unique
from actions.details import known
from actions.emergency_line import emergency_line
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.needs_count import count_needs
from actions.questionnaires import STOPPED, Remembered, end_slot, forgotten
from actions.stop_questionnaire import stop_questionnaire
from actions.tools import SCREENING
from actions.turn import DialogueAction
from guidance.screening import Found
from language.source_dates import shown_date_of_source

MAX_ENTRIES = 4
ALONGSIDE = ("unhcr_and_lawyer_not_own_consulate", "legal_aid_first_no_travel_before_check")
"""Routes that warn of a danger of their own: said also when a graver route goes before them."""


class TellScreeningResult(DialogueAction):
    """All questions are answered, or the person has stopped."""

    action_name = "action_tell_screening_result"

    def answer(self, heard: Heard) -> Answered:
        """See `tell_screening_result`."""
        return tell_screening_result(self._ground, heard)


def tell_screening_result(ground: Ground, heard: Heard) -> Answered:
    """The result; who declined or may be watched hears one line, and nothing is kept of it."""
    if heard.slots.get(end_slot(SCREENING)) == STOPPED:
        return stop_questionnaire(ground, heard, SCREENING)
    answers = Remembered.of(heard, SCREENING).answers
    told = {item.id for item in ground.screening.questionnaire.told(answers)}
    if "no_consent" in told:
        return _left(ground, heard, "screening_declined", (menu_button(ground, heard.variant),))
    if "phone_read" in told:
        exit_button = button(ground, heard.variant, "button_quick_exit", "quick_exit")
        return _left(ground, heard, "screening_not_alone", (exit_button, human_button(ground, heard.variant)))
    return _result(ground, heard, ground.screening.find(answers))


def _result(ground: Ground, heard: Heard, found: Found) -> Answered:
    counted, commands = count_needs(ground, heard)
    kept = counted.slots(SCREENING) if found.is_worth_a_note else forgotten(SCREENING)
    return Answered(
        text="\n\n".join(_paragraphs(ground, heard, found)),
        buttons=_buttons(ground, heard, found),
        topic="meta.menu",
        topics=("meta.menu",),
        confidence=heard.confidence,
        slots={**kept, end_slot(SCREENING): None, "pending": None},
        commands=commands,
        next_action="action_share_note" if found.is_worth_a_note else None,
    )


def _paragraphs(ground: Ground, heard: Heard, found: Found) -> list[str]:
    say, variant = ground.wording.text, heard.variant
    number = emergency_line(ground, heard)
    routes = (found.route, *(route for route in ALONGSIDE if route in found.also))
    said = [say(f"route.{route}", variant, number=number) for route in routes]
    return [*said, _sources(ground, heard)] if found.signs else said


def _sources(ground: Ground, heard: Heard) -> str:
    lines = (f"{source.title}, {shown_date_of_source(source.date)}, {source.at}" for source in ground.screening.sources)
    return "\n".join(ground.wording.text("answer_source", heard.variant, source=line) for line in lines)


def _buttons(ground: Ground, heard: Heard, found: Found) -> tuple[Button, ...]:
    places = known(heard)
    entries = [ground.library.entry(name) for name in found.entries if ground.library.has(name)]
    fitting = [entry for entry in entries if entry.fits(places["country"], places["citizenship"])][:MAX_ENTRIES]
    human = human_button(ground, heard.variant)
    is_grave = found.danger == "urgent"
    exits = (button(ground, heard.variant, "button_quick_exit", "quick_exit"),) if is_grave else ()
    shown = entry_buttons(heard.variant, fitting)
    return unique((human, *exits, *_asylum(ground, heard, found), *shown, menu_button(ground, heard.variant)))


def _asylum(ground: Ground, heard: Heard, found: Found) -> tuple[Button, ...]:
    """The way to UNHCR and lawyers by country, which the gateway itself tells."""
    if "protection_from_return" not in {need.id for need in found.needs}:
        return ()
    return (button(ground, heard.variant, "button_asylum", payload("safety", step="can_write", path="asylum")),)


def _left(ground: Ground, heard: Heard, key: str, buttons: tuple[Button, ...]) -> Answered:
    return Answered(
        text=ground.wording.text(key, heard.variant, number=emergency_line(ground, heard)),
        buttons=buttons,
        topic="meta.menu",
        topics=("meta.menu",),
        confidence=heard.confidence,
        slots={**forgotten(SCREENING), "pending": None},
    )
