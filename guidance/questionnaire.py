"""A questionnaire of plain questions: which one comes next, what the answers tell, which ways they lead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

YES, NO, SKIP = "yes", "no", "skip"
ANSWERS = (YES, NO, SKIP)
ONE_OF = "one_of"

Answers = Mapping[str, str]
"""Question id → yes, no or skip; for something chosen from a list: its id → yes. In the order of answering."""
Texts = Mapping[str, str]
"""Variant → text."""


@dataclass(frozen=True)
class Condition:
    """Holds when at least `at_least` of the items, or of the groups of items, are told."""

    told: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    at_least: int = 1


@dataclass(frozen=True)
class Rule:
    """Holds when all of `all_of` hold and, where there are any, one of `any_of`; without both it always holds."""

    any_of: tuple[Condition, ...] = ()
    all_of: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Item:
    """Something that may be true of a person, and how one asks for it.

    `kind`: yes_no; choices (`choices` are ids of items that can be picked one after the other); one_of (one of its
    choices is picked); text (something is pasted or told); told (never asked: picked from a list, found in a text, or
    following from `told_if`).
    `told_by`: the answers that mean that it is true.
    `place` of a question: country or citizenship, so that what is remembered of it answers; then `code` of a choice is
    the ISO code, and the choice without one stands for all others.
    """

    id: str
    kind: str
    ask: Texts = field(default_factory=dict)
    label: Texts = field(default_factory=dict)
    title: Texts = field(default_factory=dict)
    why: Texts = field(default_factory=dict)
    group: str = ""
    told_by: tuple[str, ...] = (YES,)
    told_if: Rule | None = None
    choices: tuple[str, ...] = ()
    ask_if: tuple[Condition, ...] = ()
    ask_unless: tuple[Condition, ...] = ()
    facts: tuple[str, ...] = ()
    place: str = ""
    code: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether there is a question for it."""
        return self.kind != "told"


@dataclass(frozen=True)
class Route:
    """A way that the answers lead to, how grave it is, and what it is called."""

    id: str
    rule: Rule
    danger: str
    label: Texts


class Questionnaire:
    """Items in the order of asking, what ends the asking at once, and the routes, gravest first.

    The asking ends when a condition of `stop_if` holds, or after `most_questions` answers.
    """

    def __init__(
        self, items: Sequence[Item], stop_if: Sequence[Condition], routes: Sequence[Route], most_questions: int = 100
    ) -> None:
        self._most_questions = most_questions
        self._items = {item.id: item for item in items}
        self._stop_if = tuple(stop_if)
        self.all_routes = tuple(routes)

    @property
    def items(self) -> tuple[Item, ...]:
        """All items in the order of asking."""
        return tuple(self._items.values())

    def item(self, item_id: str) -> Item:
        """One item; `KeyError` for an unknown id."""
        return self._items[item_id]

    def has(self, item_id: str) -> bool:
        """Whether there is such an item; there may be none when a button is older than the release."""
        return item_id in self._items

    def settled(self, answers: Answers) -> dict[str, str]:
        """The answers that still count: those to questions that are asked, given the answers before them."""
        kept: dict[str, str] = {}
        for question in self._questions():
            if self._is_over(kept):
                break
            if self._is_due(question, kept):
                asked = (*question.choices, question.id)
                kept |= {name: answers[name] for name in asked if name in answers}
        found = {name: answer for name, answer in answers.items() if self._is_found(name)}
        return {**found, **kept}

    def next_question(self, answers: Answers) -> Item | None:
        """The first question that is due and open; None when nothing more is asked."""
        kept = self.settled(answers)
        if self._is_over(kept):
            return None
        return next((q for q in self._questions() if q.id not in kept and self._is_due(q, kept)), None)

    def choices(self, question: Item, answers: Answers) -> tuple[Item, ...]:
        """The choices of a question that are offered, given the answers before it."""
        kept = self.settled(answers)
        return tuple(item for item in map(self.item, question.choices) if self._is_due(item, kept))

    def question_of(self, choice: str) -> Item | None:
        """The question of which one choice is picked that has this choice; None for any other item."""
        return next((each for each in self.items if each.kind == ONE_OF and choice in each.choices), None)

    def with_choice(self, answers: Answers, choice: str) -> dict[str, str]:
        """The answers with this choice as the only one of its question."""
        question = self.question_of(choice)
        if question is None:
            return {**answers, choice: YES}
        gone = {question.id, *question.choices}
        return {name: answer for name, answer in answers.items() if name not in gone} | {question.id: YES, choice: YES}

    def without_last(self, answers: Answers) -> dict[str, str]:
        """The answers without the one given last, and without what was picked with it."""
        last = self.last_answered(answers)
        gone = {last, *self.item(last).choices} if last else set()
        return {name: answer for name, answer in answers.items() if name not in gone}

    def last_answered(self, answers: Answers) -> str | None:
        """The id of the question answered last, or None."""
        kept = self.settled(answers)
        return next((q for q in reversed([n for n in answers if n in kept]) if self.item(q).is_asked), None)

    def told(self, answers: Answers) -> tuple[Item, ...]:
        """What the answers tell, in the order of the items."""
        kept = self.settled(answers)
        return tuple(item for item in self.items if self._is_told(item.id, kept))

    def holds(self, rule: Rule, answers: Answers) -> bool:
        """Whether a rule holds for these answers."""
        return self._rule_holds(rule, self.settled(answers))

    def routes(self, answers: Answers) -> tuple[Route, ...]:
        """All routes whose rule holds, gravest first."""
        kept = self.settled(answers)
        return tuple(route for route in self.all_routes if self._rule_holds(route.rule, kept))

    def _questions(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.is_asked)

    def _is_found(self, name: str) -> bool:
        """Told without a question and not from a list: found in a text."""
        if not self.has(name) or self.item(name).is_asked:
            return False
        return not any(name in question.choices for question in self._questions())

    def _is_over(self, kept: Answers) -> bool:
        if sum(self.item(name).is_asked for name in kept) >= self._most_questions:
            return True
        return any(self._condition_holds(condition, kept) for condition in self._stop_if)

    def _is_due(self, question: Item, kept: Answers) -> bool:
        if any(self._condition_holds(condition, kept) for condition in question.ask_unless):
            return False
        return not question.ask_if or any(self._condition_holds(condition, kept) for condition in question.ask_if)

    def _is_told(self, item_id: str, kept: Answers) -> bool:
        item = self.item(item_id)
        if item.told_if and self._rule_holds(item.told_if, kept):
            return True
        return kept.get(item_id) in item.told_by

    def _rule_holds(self, rule: Rule, kept: Answers) -> bool:
        is_any = not rule.any_of or any(self._condition_holds(condition, kept) for condition in rule.any_of)
        return is_any and all(self._condition_holds(condition, kept) for condition in rule.all_of)

    def _condition_holds(self, condition: Condition, kept: Answers) -> bool:
        if condition.groups:
            return sum(self._is_group_told(group, kept) for group in condition.groups) >= condition.at_least
        return sum(self._is_told(name, kept) for name in condition.told) >= condition.at_least

    def _is_group_told(self, group: str, kept: Answers) -> bool:
        return any(item.group == group and self._is_told(item.id, kept) for item in self.items)
