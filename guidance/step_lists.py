"""Step lists: which steps help a person with these answers, what each stands on, and what is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from guidance.questionnaire import Answers, Condition, Questionnaire, Rule
from guidance.questionnaire_file import QuestionnaireError, Reader, read_document, read_questionnaire
from guidance.source import Source

FILE = "step_lists.yml"
LIST = "list"
"""The question which list it is; its choices are the lists."""
FEAR = "fears_state"


@dataclass(frozen=True)
class Step:
    """One step: when it is shown, from which facts, with which contacts; its text is in the wording.

    A step without facts says that nothing verified is known, or what one can do without any rule.
    """

    id: str
    rule: Rule
    unless: tuple[Condition, ...]
    facts: tuple[str, ...]
    contacts: tuple[str, ...]
    has_number: bool
    """Whether the text names the emergency number."""

    @property
    def text_key(self) -> str:
        """The key of its text in the wording."""
        return f"step.{self.id}"


class StepLists:
    """The questions, the steps and their sources, from `data/guidance/step_lists.yml`."""

    def __init__(
        self, questionnaire: Questionnaire, steps: tuple[Step, ...], document: Mapping[Any, Any], checked_on: date
    ) -> None:
        self.questionnaire = questionnaire
        self.all_steps = steps
        self.checked_on = checked_on
        self._rows = {str(row["fact"]): row for row in document["sources"]}
        self._topics = {str(name): tuple(map(str, topics)) for name, topics in document["topics"].items()}
        self.left_out = {str(row["fact"]): str(row["why"]) for row in document["left_out"]}

    @classmethod
    def load(cls, folder: Path) -> "StepLists":
        """Read questions and steps; raises `QuestionnaireError` (a `ValueError`) naming file and id."""
        file = folder / FILE
        document, reader = read_document(file), Reader(file)
        questionnaire = read_questionnaire(file)
        steps = tuple(_step(reader, row) for row in reader.rows(document, "steps"))
        known = [item.id for item in questionnaire.items]
        sourced = {str(row.get("fact")) for row in document.get("sources") or ()}
        reader.refuse_twice([*known, *(step.id for step in steps)])
        for step in steps:
            for condition in (*step.rule.all_of, *step.unless):
                reader.refuse_unknown(step.id, condition, known)
            if missing := [fact for fact in step.facts if fact not in sourced]:
                reader.refuse(step.id, f"no source is named for {', '.join(missing)}")
        try:
            return cls(questionnaire, steps, document, date.fromisoformat(str(document["checked_on"])))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise QuestionnaireError(file, "file", f"sources, topics, left_out or checked_on: {error!r}") from error

    @property
    def lists(self) -> tuple[str, ...]:
        """The ids of all lists."""
        return self.questionnaire.item(LIST).choices

    def list_of(self, answers: Answers) -> str | None:
        """The list that was chosen; None where none is yet."""
        return next((name for name in self.lists if name in answers), None)

    def title(self, name: str, variant: str) -> str:
        """What a list is called."""
        return self.questionnaire.item(name).title[variant]

    def steps(self, answers: Answers) -> tuple[Step, ...]:
        """The steps for these answers, in the order of doing."""
        return tuple(step for step in self.all_steps if self._is_shown(step, answers))

    def topics(self, name: str) -> tuple[str, ...]:
        """The topics that say more on a list."""
        return self._topics.get(name, ())

    def fears_state(self, answers: Answers) -> bool:
        """Whether the person said, or left open, that the own state is a danger to them."""
        return any(item.id == FEAR for item in self.questionnaire.told(answers))

    def sources(self, step: Step) -> tuple[Source, ...]:
        """Where a step comes from."""
        rows = (self._rows[fact] for fact in step.facts)
        return tuple(dict.fromkeys(Source(str(row["title"]), str(row["at"]), str(row["date"])) for row in rows))

    def is_open(self, step: Step) -> bool:
        """Whether the reader is told that it may have changed: `recheck` of a fact."""
        return any(str(self._rows[fact].get("recheck", "")) == "true" for fact in step.facts)

    def _is_shown(self, step: Step, answers: Answers) -> bool:
        if step.unless and self.questionnaire.holds(Rule(any_of=step.unless), answers):
            return False
        return self.questionnaire.holds(step.rule, answers)


def _step(reader: Reader, row: Mapping[str, Any]) -> Step:
    name = row["id"]
    if unknown := set(row) - {"id", "if", "unless", "facts", "contacts", "has_number"}:
        reader.refuse(name, f"knows no {', '.join(sorted(unknown))}")
    if not row.get("if") or "facts" not in row:
        reader.refuse(name, "needs `if` and `facts` (empty where it tells no rule)")
    return Step(
        id=name,
        rule=Rule(all_of=tuple(_told(each) for each in row["if"])),
        unless=tuple(_told(each) for each in row.get("unless") or ()),
        facts=tuple(map(str, row["facts"])),
        contacts=tuple(map(str, row.get("contacts") or ())),
        has_number=str(row.get("has_number", "")) == "true",
    )


def _told(value: Any) -> Condition:
    """One id that must be told, or a list of which one must."""
    return Condition(told=tuple(map(str, value)) if isinstance(value, list) else (str(value),))
