"""Whom one can turn to: every contact that the answers find, verified ones only; no office of a state one fears."""

from collections.abc import Sequence

from actions.ground import Ground
from actions.tools import CONTACTS
from guidance.contact_search import CONSULATE, EMERGENCY
from guidance.contacts import Organisation
from tests.simulated_people.person import Person
from tests.simulated_people.tool import Tool
from tests.simulated_people.tools.placed import answered, names_barred, placed_reply, placed_words


def _expected(ground: Ground, person: Person) -> Sequence[str]:
    answers, say = answered(ground.contacts.questionnaire, person), ground.wording.text
    if ground.contacts.need(answers) == EMERGENCY:
        numbers = ground.numbers.for_country(person.country)
        return list(numbers.numbers.values()) if numbers else [say("emergency_line_unknown", person.variant)]
    in_fear = ground.contacts.fears_state(answers)
    said = [say("contacts_fear", person.variant)] if in_fear else []
    if found := ground.contacts.find(answers):
        return [*said, *(part for each in found for part in _shown(each, person.variant))]
    is_consulate = ground.contacts.need(answers) == CONSULATE and not in_fear
    return [*said, say("contacts_consulate_none" if is_consulate else "contacts_none", person.variant)]


def _shown(contact: Organisation, variant: str) -> list[str]:
    """Name, page, and the number where somebody has verified it."""
    number = [contact.hotline.number] if contact.hotline else []
    return [contact.name(variant), *([contact.page] if contact.page else []), *number]


def _barred(ground: Ground, person: Person) -> Sequence[str]:
    answers = answered(ground.contacts.questionnaire, person)
    found, in_fear = ground.contacts.find(answers), ground.contacts.fears_state(answers)
    return names_barred(ground, person, found, in_fear)


CONTACT_SEARCH = Tool(
    CONTACTS, f"/start_{CONTACTS}", f"{CONTACTS}_form", placed_reply, placed_words, _expected, _barred
)
