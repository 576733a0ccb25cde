"""Takes a bare detail (a country, a citizenship, a date): remembers it, and answers again what it changes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.answer_question import answer_question
from actions.ask_country import TOPIC
from actions.ask_stay_country import TOPIC as STAY_TOPIC
from actions.buttons import button, human_button, menu_button
from actions.details import changes, dates, named, remember_command, words_beside
from actions.entry_date import entry_date
from actions.ground import Ground
from actions.heard import Answered, Heard
from actions.stay_correction import correct_stay
from actions.tell_permit import correct_permit, corrected_day
from actions.tell_registration_deadline import tell_deadline
from actions.tell_steps import PENDING as STEPS_PENDING
from actions.tell_steps import correct_steps
from actions.tell_where_to_complain import PENDING as WAGES_COUNTRY
from actions.tell_where_to_complain import tell_where_to_complain
from actions.transfer_reply import mends_transfer
from actions.transfer_telling import TOPIC as TRANSFER_TOPIC
from actions.turn import DialogueAction
from actions.turn_down_topic import turn_down_topic

MAX_WORDS_BESIDE_A_PLACE = 5
MAX_WORDS_BESIDE_A_DATE = 3


class Inform(DialogueAction):
    """A detail outside of a form."""

    action_name = "action_inform"

    def answer(self, heard: Heard) -> Answered:
        """See `inform`."""
        return inform(self._ground, heard)


def inform(ground: Ground, heard: Heard) -> Answered:
    """Correct the last deadline, answer the last question for the country now known, or just remember."""
    if mends_transfer(heard):
        return Answered(text="", topic=TRANSFER_TOPIC, slots={"pending": None}, next_action="transfer_form")
    if heard.value("change") == "last_trip":
        return Answered(text="", topic=STAY_TOPIC, slots={"pending": None}, next_action="stay_form")
    if heard.slots.get("pending") == WAGES_COUNTRY and named(heard).get("country"):
        return tell_where_to_complain(ground, heard)
    if heard.value("change"):
        return Answered(text="", topic=TOPIC, slots={"pending": None}, next_action="registration_form")
    most = MAX_WORDS_BESIDE_A_PLACE if named(heard) else MAX_WORDS_BESIDE_A_DATE
    if heard.text and words_beside(heard, dates(heard)) > most:
        return _as_question(ground, heard)
    changed = changes(heard)
    found = entry_date(heard)
    day = found.day.isoformat() if found and found.day else None
    last = heard.slots.get("deadline_for")
    if last and "permit_held" in last and (corrected := {**changed, **corrected_day(last, day)}):
        return replace(correct_permit(ground, heard, last, corrected), commands=remember_command(changed))
    last = None if last and "permit_held" in last else last
    stay, last = (last, None) if last and "trips" in last else (None, last)
    if heard.slots.get("pending") == STEPS_PENDING and changed:
        answered = correct_steps(ground, heard, changed)
    elif stay and changed:
        answered = correct_stay(ground, heard, stay, changed)
    elif last and None in changed.values():
        answered = _ask_again(last)
    elif last and (changed or day):
        corrected = {**last, **changed, **({"entered_on": day} if day else {})}
        answered = tell_deadline(ground, replace(heard, slots={**heard.slots, **corrected}))
    elif heard.slots.get("question") and any(named(heard).values()):
        answered = _again(ground, heard)
    elif any(named(heard).values()) or day:
        answered = _noted(ground, heard, day)
    else:
        return answer_question(ground, heard)
    slots = {**answered.slots, **changed}
    return replace(answered, slots=slots, commands=remember_command(changed))


def _as_question(ground: Ground, heard: Heard) -> Answered:
    """A detail is told in few words; this is a question that names one."""
    if next(iter(heard.topic_ranking), None) == "meta.out_of_scope":
        return turn_down_topic(ground, heard)
    return answer_question(ground, replace(heard, ranking=heard.topic_ranking))


def _ask_again(last: Mapping[str, Any]) -> Answered:
    """A detail was only taken back ("I am not Tajik"): the form asks for it, the rest stays."""
    return Answered(text="", topic=TOPIC, slots={"entered_on": last["entered_on"]}, next_action="registration_form")


def _again(ground: Ground, heard: Heard) -> Answered:
    """The last question, asked with what is known now."""
    question = heard.slots["question"]
    return answer_question(ground, replace(heard, text=question["text"], ranking=question["ranking"]))


def _noted(ground: Ground, heard: Heard, day: str | None) -> Answered:
    count = button(ground, heard.variant, "button_count_deadline", "/registration.arrival")
    return Answered(
        text=ground.wording.text("noted", heard.variant),
        buttons=(count, menu_button(ground, heard.variant), human_button(ground, heard.variant)),
        topic=TOPIC if day else "meta.menu",
        topics=tuple(heard.topic_ranking)[:3],
        confidence=heard.confidence,
        slots={"entered_on": day, "pending": "registration"} if day else {"pending": None},
    )
