"""Answers single messages in this process with a release: what `safar ask`, `safar evaluate` and tests run."""

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from actions.answering import Answering
from actions.heard import Answered, Detail, Heard
from bot.engine.understand import Parsed, Understanding
from guidance.danger import Danger, DangerDetector
from language.identify import Identified, Identifier
from language.variants import LANGUAGES, variant_of

MAX_TEXT_CHARS = 4000
TOPICS_SHOWN = 3


class QuestionError(Exception):
    """A line that is no question; the message says what is wrong with it."""


@dataclass(frozen=True)
class Question:
    """One message, with what is known of the person who sent it; `before`: the messages before it, oldest first."""

    id: str
    text: str
    variant: str | None
    citizenship: str | None
    country: str | None
    before: tuple[str, ...] = ()


class Asking:
    """One release, loaded: understanding, answering, danger, language."""

    def __init__(self, release_folder: Path, encoder: str, identifier: Path) -> None:
        os.environ["SAFAR_ENCODER"] = encoder  # Rasa's components are configured by the environment
        os.environ["SAFAR_CONTENT"] = str(release_folder / "content")
        self._understanding = Understanding.load(release_folder / "model.tar.gz")
        self._answering = Answering.load(release_folder, release_folder / "content", encoder)
        self._danger = DangerDetector.load(release_folder / "danger")
        self._identifier = Identifier.load(identifier)

    def ask(self, question: Question, today: date) -> dict[str, Any]:
        """The answer to one message, in the form that `safar ask --json` prints."""
        started = time.perf_counter()
        identified = self._identifier.identify(question.text, question.variant)
        variant = variant_of(identified.language, identified.script)
        metadata = {"variant": variant, "language": identified.language, "script": identified.script}
        parsed = self._understanding.parse(question.text, {**metadata, "today": today.isoformat()})
        answered = self._answering.answer(_heard(question, parsed, variant, today))
        danger = self._danger.assess(question.text, question.before, identified.language)
        milliseconds = (time.perf_counter() - started) * 1000
        return _line(question, identified, parsed, answered, danger) | {"milliseconds": round(milliseconds, 1)}


def parse_question(values: Any) -> Question:
    """A question out of one line's values; raises `QuestionError`."""
    if not isinstance(values, Mapping):
        raise QuestionError("a line must be a JSON object")
    text, variant = values.get("text"), values.get("language")
    if not isinstance(text, str) or not text.strip():
        raise QuestionError("“text” must be a text that is not empty")
    if len(text) > MAX_TEXT_CHARS:
        raise QuestionError(f"“text” has {len(text)} characters; at most {MAX_TEXT_CHARS}")
    if variant is not None and variant not in LANGUAGES:
        raise QuestionError(f"“language” must be null or one of {', '.join(LANGUAGES)}")
    for name in ("citizenship", "country"):
        if values.get(name) is not None and not isinstance(values[name], str):
            raise QuestionError(f"“{name}” must be null or a country code such as TJ")
    return Question(str(values.get("id")), text, variant, values.get("citizenship"), values.get("country"))


def _heard(question: Question, parsed: Parsed, variant: str, today: date) -> Heard:
    known = {"country": question.country, "citizenship": question.citizenship, "variant": variant}
    ranking = dict(parsed.ranking)
    if parsed.intent not in ranking:
        ranking = {parsed.intent: parsed.confidence, **ranking}
    return Heard(
        text=question.text,
        variant=variant,
        today=today,
        ranking=ranking,
        details=tuple(Detail(found.kind, found.value, found.start, found.end) for found in parsed.entities),
        slots={name: value for name, value in known.items() if value},
    )


def _line(
    question: Question, identified: Identified, parsed: Parsed, answered: Answered, danger: Danger
) -> dict[str, Any]:
    topics = tuple(dict.fromkeys((answered.topic, *answered.topics)))
    ranked = [name for name, _ in parsed.ranking if "." in name and name not in topics]
    return {
        "id": question.id,
        "language": identified.language,
        "script": identified.script,
        "topic": answered.topic,
        "topics": [*topics, *ranked][:TOPICS_SHOWN],
        "entry": answered.entry,
        "intent": parsed.intent,
        "entities": {found.kind: found.value for found in parsed.entities if found.kind not in ("language", "script")},
        "confidence": round(min(1.0, max(0.0, answered.confidence)), 4),
        "answered": answered.answered,
        "danger": danger.level,
        "signs": list(danger.signs),
        "handover": answered.handover,
        "text": answered.text,
    }
