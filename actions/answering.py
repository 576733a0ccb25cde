"""Answers one message in-process, without a server: what the action server does, for `safar ask` and for tests."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from actions.affirm import affirm
from actions.answer_question import answer_question
from actions.ask_citizenship import ask_citizenship
from actions.ask_country import TOPIC as REGISTRATION
from actions.ask_country import ask_country
from actions.ask_entered_on import ask_entered_on
from actions.ask_permit import QUESTIONS as PERMIT_QUESTIONS
from actions.ask_stay_citizenship import ask_stay_citizenship
from actions.ask_stay_country import ask_stay_country
from actions.ask_stay_permit import ask_stay_permit
from actions.ask_transfer import ask_transfer
from actions.ask_trips import ask_trips
from actions.check_job_offer import check_job_offer
from actions.choose_language import choose_language
from actions.deny import deny
from actions.greet import greet
from actions.ground import Ground
from actions.hear_complaint import hear_complaint
from actions.heard import Answered, Heard
from actions.helped import helped
from actions.inform import inform
from actions.list_reminders import list_reminders
from actions.more_choices import more_choices
from actions.not_helped import not_helped
from actions.open_handover import open_handover
from actions.set_reminder import set_reminder
from actions.show_entry import show_entry
from actions.show_menu import show_menu
from actions.show_step import show_step
from actions.start_questionnaire import opening
from actions.start_wages import start_wages
from actions.stop_form import stop_form
from actions.stop_reminders import stop_reminders
from actions.tell_about_data import tell_about_data
from actions.tell_about_safar import tell_about_safar
from actions.tell_permit import tell_permit
from actions.tell_registration_deadline import has_no_rule, tell_deadline
from actions.tell_stay import tell_stay
from actions.tell_transfer import tell_transfer
from actions.tools import TOOLS
from actions.turn_down_topic import turn_down_topic
from actions.validate_permit_form import take_permit_details
from actions.validate_registration_form import take_details
from actions.validate_stay_form import take_stay_details
from actions.validate_transfer_form import take_transfer

Answer = Callable[[Ground, Heard], Answered]

DEFAULT_ENCODER = "models/encoder"


class Answering:
    """Answers messages with one release and its content."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground

    @classmethod
    def load(cls, release_dir: Path, content: Path, encoder: str = DEFAULT_ENCODER) -> "Answering":
        """Read everything once; `encoder` is the folder of the sentence encoder that built the release's index."""
        return cls(Ground.load(release_dir, content, encoder))

    def answer(self, heard: Heard) -> Answered:
        """What the bot says to this message as the first step of a conversation that remembers `heard.slots`."""
        answered = ANSWERS.get(heard.intent, answer_question)(self.ground, heard)
        return replace(answered, topics=answered.topics or (answered.topic,))


def begin_registration(ground: Ground, heard: Heard) -> Answered:
    """The first step of the registration form: its first open question, or the deadline when all is told."""
    told = take_details(ground, heard, None)
    slots = {**heard.slots, **(told.slots if told else {})}
    now = replace(heard, slots=slots)
    if has_no_rule(ground, slots.get("country"), slots.get("citizenship")):
        answered = tell_deadline(ground, now)
    else:
        answered = next((ask(ground, now) for name, ask in _QUESTIONS if not slots.get(name)), None) or tell_deadline(
            ground, now
        )
    refusal = f"{told.text}\n\n" if told and told.text else ""
    return replace(answered, text=refusal + answered.text, slots={**slots, **answered.slots})


_QUESTIONS: tuple[tuple[str, Answer], ...] = (
    ("country", ask_country),
    ("citizenship", ask_citizenship),
    ("entered_on", ask_entered_on),
)


def begin_stay(ground: Ground, heard: Heard) -> Answered:
    """The first step of the form of stay: its first open question, or what is known without one."""
    told = take_stay_details(ground, heard, None)
    slots = {**heard.slots, **(told.slots if told else {})}
    now = replace(heard, slots=slots)
    is_ended = "requested_slot" in slots and slots["requested_slot"] is None and bool(slots.get("country"))
    open_questions = () if is_ended else tuple(ask for name, ask in _STAY_QUESTIONS if not slots.get(name))
    answered = open_questions[0](ground, now) if open_questions else tell_stay(ground, now)
    return replace(answered, slots={**slots, **answered.slots})


_STAY_QUESTIONS: tuple[tuple[str, Answer], ...] = (
    ("country", ask_stay_country),
    ("citizenship", ask_stay_citizenship),
    ("stay_permit", ask_stay_permit),
    ("trips", ask_trips),
)


def begin_permit(ground: Ground, heard: Heard) -> Answered:
    """The first step of the form on work permits: its first open question, or what is known without one."""
    told = take_permit_details(ground, heard, None)
    slots = {**heard.slots, **(told.slots if told else {})}
    now = replace(heard, slots=slots)
    is_ended = "requested_slot" in slots and slots["requested_slot"] is None and bool(slots.get("country"))
    question = next((ask for name, ask in PERMIT_QUESTIONS.items() if not (is_ended or slots.get(name))), tell_permit)
    answered = question(ground, now)
    return replace(answered, slots={**slots, **answered.slots})


def begin_transfer(ground: Ground, heard: Heard) -> Answered:
    """The first step of the form of a transfer: its first open question, or the costs when all is told."""
    told = take_transfer(ground, heard, is_asked=False)
    slots = {**heard.slots, **(told.slots if told else {})}
    answered = (tell_transfer if slots.get("transfer_end") else ask_transfer)(ground, replace(heard, slots=slots))
    return replace(answered, slots={**slots, **answered.slots})


ANSWERS: dict[str, Answer] = {
    "start_permit": begin_permit,
    "start_transfer": begin_transfer,
    "start_stay": begin_stay,
    "start_wages": start_wages,
    REGISTRATION: begin_registration,
    "work.job_offer_check": check_job_offer,
    **{f"start_{tool}": opening(tool) for tool in TOOLS},
    "inform": inform,
    "affirm": affirm,
    "deny": deny,
    "stop_form": stop_form,
    "set_reminder": set_reminder,
    "list_reminders": list_reminders,
    "stop_reminders": stop_reminders,
    "helped": helped,
    "not_helped": not_helped,
    "more_choices": more_choices,
    "show_entry": show_entry,
    "show_step": show_step,
    "meta.greeting": greet,
    "meta.menu": show_menu,
    "meta.language": choose_language,
    "meta.human": open_handover,
    "meta.my_data": tell_about_data,
    "meta.about": tell_about_safar,
    "meta.complaint": hear_complaint,
    "meta.out_of_scope": turn_down_topic,
}
"""Every other intent is a topic of the knowledge base, or was not understood."""
