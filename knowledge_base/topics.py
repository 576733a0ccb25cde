"""The topics that the assistant answers, from `topics.yml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from foundation.yaml_text import parse_yaml

KINDS = ("faq", "tool", "safety", "meta")
META = "meta"


class TopicError(ValueError):
    """`topics.yml` cannot be used; the message names the file, the topic and what to do."""


@dataclass(frozen=True)
class Topic:
    """One topic: its id "domain.name", its kind (one of `KINDS`), and what it covers, in English."""

    id: str
    kind: str
    scope: str

    @property
    def domain(self) -> str:
        """The part before the dot."""
        return self.id.partition(".")[0]


class Topics:
    """All topics in the order of the file."""

    def __init__(self, topics: Mapping[str, Topic]) -> None:
        self._topics = topics

    @classmethod
    def load(cls, file: Path) -> "Topics":
        """Read `file`; raises `TopicError`."""
        try:
            document = parse_yaml(file.read_text("utf-8"))
            topics = [
                _topic(file, f"{domain}.{name}", row) for domain, rows in document.items() for name, row in rows.items()
            ]
        except (OSError, yaml.YAMLError, AttributeError) as error:
            raise TopicError(f"{file}: not a file of topics ({error})") from error
        return cls({topic.id: topic for topic in topics})

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all topics."""
        return tuple(self._topics)

    @property
    def domains(self) -> tuple[str, ...]:
        """All domains, `meta` last as in the file."""
        return tuple(dict.fromkeys(topic.domain for topic in self._topics.values()))

    def topic(self, topic_id: str) -> Topic:
        """The topic of an id; raises `KeyError`."""
        return self._topics[topic_id]

    def kind(self, topic_id: str) -> str:
        """faq, tool, safety or meta; raises `KeyError`."""
        return self._topics[topic_id].kind

    def of_domain(self, domain: str) -> tuple[Topic, ...]:
        """The topics of a domain; none for an unknown one."""
        return tuple(topic for topic in self._topics.values() if topic.domain == domain)


def _topic(file: Path, topic_id: str, row: Mapping[str, str]) -> Topic:
    kind = row.get("kind")
    if kind not in KINDS:
        raise TopicError(f"{file}: {topic_id}: kind is {kind!r}; write one of {', '.join(KINDS)}")
    return Topic(topic_id, kind, str(row.get("scope", "")))
