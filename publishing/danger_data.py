"""What the danger detector learns from: `data/danger/<language>.yml`, and the examples of harmless topics."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import yaml

from guidance.danger import DangerDetector, Level
from guidance.danger_training import DangerExample, train_danger
from language.encoder import Encoder
from publishing.training_data import Example, read_examples

TOPIC_WEIGHT = 0.5
TELLING_TOPICS: Mapping[str, Level] = {
    "trafficking.help_now": "urgent",
    "trafficking.forced_labour": "concern",
    "trafficking.sexual_exploitation": "concern",
    "trafficking.recruitment_trap": "concern",
    "trafficking.report_for_other": "concern",
    "asylum.lone_child": "urgent",
    "trafficking.military_coercion": "concern",
    "asylum.not_sent_back": "concern",
    "family.violence": "concern",
}
"""Topics whose examples mostly tell of danger."""
OPEN_DOMAINS = ("trafficking.", "asylum.", "family.violence", "health.mental", "health.emergency", "meta.human")
"""Examples of these topics may or may not hide danger; they are left out, but for the telling ones."""


class DangerDataError(Exception):
    """A file of danger examples is not as it must be."""


def train_danger_from(content: Path, encoder: Encoder | None = None) -> DangerDetector:
    """Train on the content's danger files and training examples; raises `DangerDataError`."""
    files = [_read(file) for file in sorted((content / "danger").glob("*.yml"))]
    examples = [example for document in files for example in _examples(document)]
    of_topics = [_of_topic(example) for example in read_examples(content / "nlu") if _is_telling(example)]
    phrases: dict[Level, list[str]] = {
        level: [str(phrase) for document in files for phrase in (document.get("phrases") or {}).get(level, ())]
        for level in ("concern", "urgent")
    }
    return train_danger(examples + of_topics, phrases, encoder)


def _read(file: Path) -> Mapping[str, Any]:
    document = yaml.safe_load(file.read_text("utf-8"))
    missing = [level for level in get_args(Level) if not document.get(level)]
    if missing:
        raise DangerDataError(f"{file}: no examples of {', '.join(missing)}")
    return dict(document)


def _examples(document: Mapping[str, Any]) -> Iterator[DangerExample]:
    for level in get_args(Level):
        yield from (DangerExample(str(text), level) for text in document[level])


def _is_telling(example: Example) -> bool:
    return example.intent in TELLING_TOPICS or not example.intent.startswith(OPEN_DOMAINS)


def _of_topic(example: Example) -> DangerExample:
    level = TELLING_TOPICS.get(example.intent, "none")
    return DangerExample(example.text, level, is_hard=False, weight=TOPIC_WEIGHT)
