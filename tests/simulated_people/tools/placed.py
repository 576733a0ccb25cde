"""Questionnaires that ask for country and citizenship: replies by what a person is, all other replies by chance."""

from collections.abc import Sequence

from actions.buttons import payload
from actions.ground import Ground
from actions.questionnaires import ASKED
from actions.take_reply import INTENT
from guidance.contacts import Organisation
from guidance.questionnaire import ONE_OF, YES, Answers, Item, Questionnaire
from tests.simulated_people.person import Person
from tests.simulated_people.tool import Slots
from tests.simulated_people.tools.questionnaires import INTENTS, WORDS
from tests.simulated_people.ways import details

PLACES = {
    "where": ("in_", "country"),
    "citizen_of": ("cit_", "citizenship"),
    "help_where": ("help_in_", "country"),
    "contact_citizen": ("contact_", "citizenship"),
}
"""Question for a place → how the ids of its choices begin, and which detail of the person it is."""


def placed_reply(person: Person, slots: Slots, offered: Sequence[str]) -> str:
    """The own country or citizenship where that is asked, “another country” where it is not in the list."""
    replies = [sent for sent in offered if sent.startswith(f"/{INTENT}")]
    if slots.get(ASKED) not in PLACES:
        return person.chance.choice(replies)
    prefix, kind = PLACES[slots[ASKED]]
    tool = details(replies[0])["questionnaire"]
    own = payload(INTENT, questionnaire=tool, item=f"{prefix}{getattr(person, kind).lower()}", reply=YES)
    return own if own in replies else payload(INTENT, questionnaire=tool, item=f"{prefix}other", reply=YES)


def placed_words(ground: Ground, person: Person, wanted: str) -> tuple[str, str] | None:
    """Yes, no and the names of countries are typed; everything else is tapped."""
    chosen = details(wanted)
    item = ground.questionnaires[chosen["questionnaire"]].item(chosen["item"])
    if item.code:
        return item.title[person.variant], "inform"
    is_yes_no = item.kind == "yes_no" and chosen["reply"] in WORDS
    return (WORDS[chosen["reply"]][person.variant], INTENTS[chosen["reply"]]) if is_yes_no else None


def answered(questionnaire: Questionnaire, person: Person, first: str = "") -> Answers:
    """What the person has answered, question by question, with what they are; `first` is the choice to begin with."""
    answers = questionnaire.with_choice({}, first) if first else {}
    while question := questionnaire.next_question(answers):
        answers = _with_answer(questionnaire, person, answers, question)
    return answers


def names_barred(ground: Ground, person: Person, named: Sequence[Organisation], in_fear: bool) -> tuple[str, ...]:
    """Contacts that are not verified; and for one in fear those of the own state."""
    barred = (
        each
        for each in ground.organisations.contacts()
        if not each.is_shown or (in_fear and each.is_of_own_state(person.citizenship))
    )
    shown = " ".join(each.name(person.variant) for each in named)
    return tuple(each.name(person.variant) for each in barred if each.name(person.variant) not in shown)


def _with_answer(questionnaire: Questionnaire, person: Person, answers: Answers, question: Item) -> dict[str, str]:
    if question.place:
        code = getattr(person, question.place)
        choices = [questionnaire.item(choice) for choice in question.choices]
        own = next((each for each in choices if each.code == code), None)
        return questionnaire.with_choice(answers, (own or next(each for each in choices if not each.code)).id)
    picked = [choice for choice in question.choices if choice in person.answers]
    if question.kind == ONE_OF:
        return questionnaire.with_choice(answers, picked[-1])
    return {**answers, **dict.fromkeys(picked, YES), question.id: person.answers.get(question.id, YES)}
