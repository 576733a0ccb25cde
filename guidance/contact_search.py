"""Contacts for one person: by country, kind of help, and whether the own state is a danger; only those one may show."""

from pathlib import Path

from guidance.contacts import Organisation, Organisations
from guidance.questionnaire import Answers, Questionnaire
from guidance.questionnaire_file import Reader, read_document, read_questionnaire

FILE = "contact_questions.yml"
EMERGENCY = "need_emergency"
CONSULATE = "need_consulate"
FEAR = "contact_fears"
COUNTRY, CITIZENSHIP, KIND = "help_where", "contact_citizen", "help_kind"


class ContactSearch:
    """The questions of `data/guidance/contact_questions.yml`, and what their answers find among the contacts."""

    def __init__(
        self, questionnaire: Questionnaire, kinds: dict[str, tuple[str, ...]], organisations: Organisations
    ) -> None:
        self.questionnaire = questionnaire
        self.organisations = organisations
        self._kinds = kinds

    @classmethod
    def load(cls, folder: Path, organisations: Organisations) -> "ContactSearch":
        """Read the questions; raises `QuestionnaireError` (a `ValueError`) naming file and id."""
        file = folder / FILE
        questionnaire, document = read_questionnaire(file), read_document(file)
        kinds = {str(name): tuple(map(str, of)) for name, of in (document.get("kinds") or {}).items()}
        for need in questionnaire.item(KIND).choices:
            if need != EMERGENCY and not set(kinds.get(need, ("?",))) <= set(organisations.kinds.ids()):
                Reader(file).refuse(need, "needs its kinds of help, as contacts.yml names them")
        return cls(questionnaire, kinds, organisations)

    def need(self, answers: Answers) -> str | None:
        """The help that was chosen, by its id; None where none is yet."""
        return next((need for need in self.questionnaire.item(KIND).choices if need in answers), None)

    def country(self, answers: Answers) -> str | None:
        """The country where help is needed; None for one that is not in the list."""
        return self._code(COUNTRY, answers)

    def fears_state(self, answers: Answers) -> bool:
        """Whether the person said, or left open, that the own state is a danger to them."""
        return any(item.id == FEAR for item in self.questionnaire.told(answers))

    def find(self, answers: Answers) -> tuple[Organisation, ...]:
        """The contacts for these answers; for one who fears the own state of other states and organisations only.

        Where such a person asked for the consulate, those who help with asylum come in its place.
        """
        need, country, citizenship = self.need(answers), self.country(answers), self._code(CITIZENSHIP, answers)
        if self.fears_state(answers) and need == CONSULATE:
            return self.organisations.for_one_in_fear(country)
        kinds = set(self._kinds.get(need or "", ()))
        found = (each for each in self.organisations.contacts() if each.is_shown and each.helps_in(country))
        found = (each for each in found if kinds & set(each.kinds) and each.serves(citizenship))
        return tuple(each for each in found if not (self.fears_state(answers) and each.is_of_own_state(citizenship)))

    def _code(self, question: str, answers: Answers) -> str | None:
        choices = (self.questionnaire.item(choice) for choice in self.questionnaire.item(question).choices)
        return next((choice.code for choice in choices if choice.id in answers and choice.code), None)
