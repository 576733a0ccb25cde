"""Tells the steps of a list, one at a time or all: each with where to turn, its source, and what may have changed."""

from collections.abc import Mapping
from dataclasses import replace

from actions.buttons import button, entry_buttons, human_button, menu_button, payload, unique
from actions.contact_lines import contact_line
from actions.details import known
from actions.emergency_line import emergency_line
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.places_told import known_places, with_places
from actions.questionnaires import STEP_AT, STOPPED, Remembered, end_slot
from actions.start_questionnaire import begin
from actions.stop_questionnaire import stop_questionnaire
from actions.tell_registration_deadline import cited
from actions.tools import STEPS
from actions.turn import DialogueAction
from guidance.questionnaire import Answers
from guidance.step_lists import Step

PENDING = "steps"
"""What a bare "yes" under a step answers: the next one."""
MAX_ENTRIES = 3
ALL = "all"


class TellSteps(DialogueAction):
    """All questions of a list are answered, or the person has stopped."""

    action_name = "action_tell_steps_result"

    def answer(self, heard: Heard) -> Answered:
        """See `tell_steps_result`."""
        return tell_steps_result(self._ground, heard)


def tell_steps_result(ground: Ground, heard: Heard) -> Answered:
    """The step at which one was, or the first; the answers stay, so that one can come back to it days later."""
    if heard.slots.get(end_slot(STEPS)) == STOPPED:
        return stop_questionnaire(ground, heard, STEPS)
    return tell_step(ground, heard, Remembered.of(heard, STEPS).answers, place_of(heard))


def place_of(heard: Heard) -> int:
    """The number of the step shown last; 1 where none was."""
    value = heard.slots.get(STEP_AT)
    return int(value) if value and value.isdigit() else 1


def tell_step(ground: Ground, heard: Heard, answers: Answers, number: int) -> Answered:
    """One step, counted from 1; a number past the last one is the last one."""
    steps, variant = ground.step_lists.steps(answers), heard.variant
    number = max(1, min(number, len(steps)))
    step = steps[number - 1]
    head = ground.wording.text("step_one_of", variant, list=_title(ground, answers, variant), **_of(number, steps))
    lines = [head, _text(ground, heard, step), *_contacts(ground, heard, step), _recheck(ground, heard, (step,))]
    return _told(ground, heard, answers, [*lines, _sources(ground, heard, (step,))], number, len(steps))


def tell_all(ground: Ground, heard: Heard, answers: Answers) -> Answered:
    """All steps in one message, with all their sources."""
    steps, variant = ground.step_lists.steps(answers), heard.variant
    numbered = [f"{place}. {_text(ground, heard, step)}" for place, step in enumerate(steps, 1)]
    contacts = dict.fromkeys(line for step in steps for line in _contacts(ground, heard, step))
    head = ground.wording.text("steps_all", variant, list=_title(ground, answers, variant))
    lines = [head, *numbered, *contacts, _recheck(ground, heard, steps), _sources(ground, heard, steps)]
    return _told(ground, heard, answers, lines, len(steps), len(steps))


def correct_steps(ground: Ground, heard: Heard, changed: Mapping[str, str | None]) -> Answered:
    """A country or citizenship was told under a step: the steps anew, or the question that is open now."""
    remembered = Remembered.of(heard, STEPS)
    answers = with_places(ground.step_lists.questionnaire, remembered.answers, changed)
    now = replace(heard, slots={**heard.slots, **changed})
    if ground.step_lists.questionnaire.next_question(answers) is None:
        return tell_step(ground, now, answers, 1)
    begun = begin(now, STEPS, is_new=False)
    return replace(begun, slots={**begun.slots, **remembered.answered(answers).slots(STEPS), STEP_AT: None})


def _told(ground: Ground, heard: Heard, answers: Answers, paragraphs: list[str], number: int, total: int) -> Answered:
    topics = ground.step_lists.topics(ground.step_lists.list_of(answers) or "")
    kept = Remembered.of(heard, STEPS).answered(answers).slots(STEPS)
    return Answered(
        text="\n\n".join(paragraph for paragraph in paragraphs if paragraph),
        buttons=_buttons(ground, heard, answers, number, total),
        topic=topics[0],
        topics=topics[:3],
        confidence=heard.confidence,
        slots={**kept, STEP_AT: str(number), end_slot(STEPS): None, "pending": PENDING, "question": None},
    )


def _buttons(ground: Ground, heard: Heard, answers: Answers, number: int, total: int) -> tuple[Button, ...]:
    """The way on first; for one who fears the own state, and at the end, a person first."""
    human, is_last = human_button(ground, heard.variant), number == total
    in_fear = ground.step_lists.fears_state(answers)
    asylum = button(ground, heard.variant, "button_asylum", payload("safety", step="can_write", path="asylum"))
    step = [_step_button(ground, heard, "button_next_step", str(number + 1))] if not is_last else []
    other = "button_first_step" if is_last else "button_all_steps"
    ways = (*step, _step_button(ground, heard, other, "1" if is_last else ALL))
    done = _step_button(ground, heard, "button_steps_done", "done")
    first = (*((human, asylum) if in_fear else ()), *ways, *((done,) if is_last else ()))
    return unique((*first, human, *(_more(ground, heard, answers, in_fear) if is_last else ()), _anew(ground, heard)))


def _more(ground: Ground, heard: Heard, answers: Answers, in_fear: bool) -> tuple[Button, ...]:
    """Entries that say more: for one in fear none, as they name offices of the own state; and the menu."""
    topics = () if in_fear else ground.step_lists.topics(ground.step_lists.list_of(answers) or "")
    places = known(heard)
    found = [entry for topic in topics for entry in ground.library.of_topic(topic)]
    entries = [entry for entry in found if entry.fits(places["country"], places["citizenship"])][:MAX_ENTRIES]
    return (*entry_buttons(heard.variant, entries), menu_button(ground, heard.variant))


def _step_button(ground: Ground, heard: Heard, key: str, step: str) -> Button:
    return button(ground, heard.variant, key, payload("show_step", step=step))


def _anew(ground: Ground, heard: Heard) -> Button:
    sends = payload("continue_questionnaire", questionnaire=STEPS, step="restart")
    return button(ground, heard.variant, "button_steps_anew", sends)


def _of(number: int, steps: tuple[Step, ...]) -> dict[str, str]:
    return {"number": str(number), "total": str(len(steps))}


def _title(ground: Ground, answers: Answers, variant: str) -> str:
    return ground.step_lists.title(ground.step_lists.list_of(answers) or "", variant)


def _text(ground: Ground, heard: Heard, step: Step) -> str:
    values = {"number": emergency_line(ground, heard)} if step.has_number else {}
    return ground.wording.text(step.text_key, heard.variant, **values)


def _contacts(ground: Ground, heard: Heard, step: Step) -> list[str]:
    """Those of the step that help where the person is; where that is not known, all of them."""
    country = known_places(heard.slots).get("country")
    found = [contact for name in step.contacts if (contact := ground.organisations.contact(name))]
    near = [each for each in found if each.is_shown and (country is None or each.helps_in(country) or each.is_state)]
    return [contact_line(ground, heard.variant, each) for each in near]


def _recheck(ground: Ground, heard: Heard, steps: tuple[Step, ...]) -> str:
    is_open = any(ground.step_lists.is_open(step) for step in steps)
    return ground.wording.text("step_recheck", heard.variant) if is_open else ""


def _sources(ground: Ground, heard: Heard, steps: tuple[Step, ...]) -> str:
    """The sources, and when they were read; nothing under a step that states no rule."""
    sources = dict.fromkeys(source for step in steps for source in ground.step_lists.sources(step))
    if not sources:
        return ""
    say, day = ground.wording.text, ground.step_lists.checked_on.strftime("%d.%m.%Y")
    lines = [say("answer_source", heard.variant, source=cited(source)) for source in sources]
    return "\n".join([*lines, say("answer_checked_on", heard.variant, date=day)])
