"""Warning signs of a job offer: by six questions, or in the text of an advertisement. An offer is never called safe."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guidance.phrases import compile_phrases, is_in
from guidance.questionnaire import YES, Answers, Item, Questionnaire
from guidance.questionnaire_file import REQUIRED, QuestionnaireError, read_document, read_questionnaire
from guidance.source import Source
from language.money import find_money
from language.tokens import split_tokens

FILE = "job_offer.yml"
TEXT = "text"
OFFER = "offer"
MIN_WORDS_OF_AN_ADVERT = 12


@dataclass(frozen=True)
class _Mark:
    """How a sign is found in a text."""

    sign: str
    phrases: re.Pattern[str]
    is_with_amount: bool
    is_if_lacking: bool


class JobOffer:
    """Questions, signs and their phrases, from `data/guidance/job_offer.yml`."""

    def __init__(self, questionnaire: Questionnaire, marks: tuple[_Mark, ...], sources: Mapping[str, Source]) -> None:
        self.questionnaire = questionnaire
        self._marks = marks
        self._sources = sources

    @classmethod
    def load(cls, folder: Path) -> "JobOffer":
        """Read questions, phrases and sources; raises `QuestionnaireError` (a `ValueError`)."""
        file = folder / FILE
        document = read_document(file)
        questionnaire = read_questionnaire(file)
        sources = {
            str(row["fact"]): Source(str(row["title"]), str(row["at"]), str(row["date"]))
            for row in document.get("sources") or ()
        }
        for item in questionnaire.items:
            _check(file, item, sources)
        marks = tuple(_mark(file, row) for row in document["items"] if row.get("phrases"))
        return cls(questionnaire, marks, sources)

    def find_in(self, text: str, language: str) -> dict[str, str]:
        """The answers that a text gives: the text itself, and its signs; none of its words."""
        has_amount = any(True for _ in find_money(text, split_tokens(text), language))
        found = [mark for mark in self._marks if _is_found(mark, text, has_amount)]
        return {TEXT: YES} | {mark.sign: self.questionnaire.item(mark.sign).told_by[0] for mark in found}

    def is_advert(self, text: str, language: str) -> bool:
        """Whether a message is an offer rather than a question: long, or with a sign that is said outright."""
        if len(text.split()) >= MIN_WORDS_OF_AN_ADVERT:
            return True
        lacking = {mark.sign for mark in self._marks if mark.is_if_lacking}
        return bool(set(self.find_in(text, language)) - lacking - {TEXT})

    def outright(self, answers: Answers) -> int:
        """How many signs are told by what is said, not by what is left out."""
        lacking = {mark.sign for mark in self._marks if mark.is_if_lacking}
        return sum(sign.id not in lacking for sign in self.signs(answers))

    def signs(self, answers: Answers) -> tuple[Item, ...]:
        """The signs that the answers tell; those of a text are all there at once, no question led to them."""
        if answers.get(TEXT) == YES:
            told = tuple(item for item in self.questionnaire.items if answers.get(item.id) in item.told_by)
        else:
            told = self.questionnaire.told(answers)
        return tuple(item for item in told if item.group == OFFER)

    def sources(self, facts: tuple[str, ...]) -> tuple[Source, ...]:
        """The sources of these facts, each once."""
        return tuple(dict.fromkeys(self._sources[fact] for fact in facts if fact in self._sources))


def _check(file: Path, item: Item, sources: Mapping[str, Source]) -> None:
    if item.group == OFFER and not (item.label and item.why and item.facts):
        raise QuestionnaireError(file, item.id, "a sign needs a label, a reason (why) and its facts")
    if missing := [fact for fact in item.facts if fact not in sources]:
        raise QuestionnaireError(file, item.id, f"no source is named for {', '.join(missing)}")


def _mark(file: Path, row: Mapping[str, Any]) -> _Mark:
    phrases = row["phrases"]
    if missing := [variant for variant in REQUIRED if not phrases.get(variant)]:
        raise QuestionnaireError(file, row["id"], f"phrases: {', '.join(missing)} is missing")
    try:
        pattern = compile_phrases(str(phrase) for rows in phrases.values() for phrase in rows)
    except ValueError as error:
        raise QuestionnaireError(file, row["id"], f"phrases: {error}") from error
    return _Mark(row["id"], pattern, row.get("with_amount") == "true", row.get("if_lacking") == "true")


def _is_found(mark: _Mark, text: str, has_amount: bool) -> bool:
    if mark.is_with_amount and not has_amount:
        return False
    return is_in(mark.phrases, text) is not mark.is_if_lacking
