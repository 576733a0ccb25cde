"""Names of signs, factors, needs and routes in every language: all that has an `id` and a `label` in some files."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from foundation.yaml_text import parse_yaml
from language.transliteration import uzbek_to_cyrillic
from language.variants import LANGUAGES

DERIVED = "uz-Cyrl"
REQUIRED = tuple(variant for variant in LANGUAGES if variant != DERIVED)


class Labels:
    """What an id is called. Where an id stands in several files, the first one names it."""

    def __init__(self, names: Mapping[str, Mapping[str, str]]) -> None:
        self._names = names

    @classmethod
    def load(cls, *files: Path) -> "Labels":
        """Read the labels of these files, however deep they stand; a file that is not there has none.

        Raises `ValueError`, naming the file, for one that cannot be read and for a label that lacks a language.
        """
        names: dict[str, Mapping[str, str]] = {}
        for file in files:
            for item in _labelled(_document(file)):
                names.setdefault(str(item["id"]), _complete(item, file))
        return cls(names)

    def ids(self) -> tuple[str, ...]:
        """All ids that have a name."""
        return tuple(self._names)

    def name(self, item_id: str, variant: str) -> str:
        """What this id is called in a variant; the id itself, its underscores as blanks, where it has no name."""
        known = self._names.get(item_id)
        return known[variant] if known else item_id.replace("_", " ")


def _document(file: Path) -> Any:
    try:
        return parse_yaml(file.read_text("utf-8")) if file.is_file() else None
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise ValueError(f"{file}: is not readable YAML ({error})") from error


def _labelled(node: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(node, dict):
        if "id" in node and isinstance(node.get("label"), dict):
            yield node
        for child in node.values():
            yield from _labelled(child)
    elif isinstance(node, list):
        for child in node:
            yield from _labelled(child)


def _complete(item: Mapping[str, Any], file: Path) -> Mapping[str, str]:
    label = item["label"]
    if missing := [variant for variant in REQUIRED if not str(label.get(variant) or "").strip()]:
        raise ValueError(f"{file}: {item['id']}: the label lacks {', '.join(missing)}")
    names = {variant: str(text).strip() for variant, text in label.items() if variant in LANGUAGES}
    return {DERIVED: uzbek_to_cyrillic(names["uz"])} | names
