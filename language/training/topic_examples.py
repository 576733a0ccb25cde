"""Reads how people ask about each topic, from the training examples."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from language.static_encoder import prepared

NO_TOPIC = "meta.out_of_scope"
"""Its examples have nothing in common; they only stand against all others."""


@dataclass(frozen=True)
class TopicExample:
    """One prepared sentence, its topic and its language."""

    text: str
    topic: str
    language: str


def read_topic_examples(content: Path) -> list[TopicExample]:
    """All examples below `content`/nlu, without doubles; raises `OSError`, `yaml.YAMLError`."""
    found = {example.text: example for example in _of_nlu(content / "nlu")}
    return [example for example in found.values() if example.text]


def _of_nlu(folder: Path) -> Iterator[TopicExample]:
    for file in sorted(folder.glob("*/*.yml")):
        document = yaml.safe_load(file.read_text("utf-8")) or {}
        for block in document.get("nlu", []):
            lines = str(block.get("examples", "")).splitlines()
            texts = (line.strip().removeprefix("- ") for line in lines)
            if "." in str(block.get("intent", "")):
                yield from (TopicExample(prepared(text), block["intent"], file.parent.name) for text in texts)
