"""Texts that Safar says, by key, with all languages side by side."""

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from language.transliteration import uzbek_to_cyrillic
from language.variants import LANGUAGES

_DERIVED = "uz-Cyrl"
_REQUIRED = tuple(variant for variant in LANGUAGES if variant != _DERIVED)
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")

Buttons = tuple[tuple[str, str], ...]


class WordingError(Exception):
    """A file of texts, or what is asked of it, is wrong; the message names file and key."""


@dataclass(frozen=True)
class _Entry:
    text: Mapping[str, str]
    buttons: tuple[tuple[Mapping[str, str], str], ...]


class Wording:
    """The texts of one folder; every key holds every variant."""

    def __init__(self, entries: Mapping[str, _Entry]) -> None:
        self._entries = entries

    @classmethod
    def load(cls, folder: Path) -> "Wording":
        """Read all `*.yml` under `folder`; `WordingError` for a key twice, a language missing or a wrong form."""
        entries: dict[str, _Entry] = {}
        origin: dict[str, Path] = {}
        for path in sorted(folder.rglob("*.yml")):
            for key, value in _read(path).items():
                if key in entries:
                    raise WordingError(f"{path}: {key}: is in {origin[key]} too; keep one of them")
                entries[key], origin[key] = _parse(value, f"{path}: {key}"), path
        return cls(entries)

    def completed_by(self, other: "Wording") -> "Wording":
        """These texts, and those of `other` under the keys that are lacking here."""
        return Wording({**other._entries, **self._entries})

    def keys(self) -> tuple[str, ...]:
        """Return all keys in alphabetical order."""
        return tuple(sorted(self._entries))

    def text(self, key: str, variant: str, **values: object) -> str:
        """Return the text, its {placeholders} filled; `WordingError` for an unknown key, variant or a lacking value."""
        text = self._variant(self._entry(key).text, key, variant)
        try:
            return _PLACEHOLDER.sub(lambda found: str(values[found.group(1)]), text)
        except KeyError as lacking:
            raise WordingError(f"{key}: no value is given for {{{lacking.args[0]}}}") from None

    def buttons(self, key: str, variant: str) -> Buttons:
        """Return (title, payload) of each button."""
        return tuple((self._variant(titles, key, variant), payload) for titles, payload in self._entry(key).buttons)

    def _entry(self, key: str) -> _Entry:
        if key not in self._entries:
            raise WordingError(f"{key}: there is no such text")
        return self._entries[key]

    @staticmethod
    def _variant(texts: Mapping[str, str], key: str, variant: str) -> str:
        if variant not in texts:
            raise WordingError(f"{key}: {variant!r} is none of our variants: {', '.join(LANGUAGES)}")
        return texts[variant]


class _StrictLoader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """Keeps "No" and "5" texts, and refuses a key that stands twice, where YAML would keep the last silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if isinstance(key, str) and keys.count(key) > 1:
                raise WordingError(f"{key}: stands twice (line {node.start_mark.line + 1} and below)")
        content: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return content


def _read(path: Path) -> dict[str, Any]:
    try:
        content = yaml.load(path.read_text("utf-8"), _StrictLoader)
    except WordingError as error:
        raise WordingError(f"{path}: {error}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise WordingError(f"{path}: is not readable YAML: {error}") from error
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        raise WordingError(f"{path}: must hold keys with their texts")
    return content


def _parse(value: object, where: str) -> _Entry:
    entry = _mapping(value, where, allowed=("text", "buttons"))
    buttons = entry.get("buttons") or []
    if not isinstance(buttons, list):
        raise WordingError(f"{where}: buttons must be a list")
    parsed = tuple(_parse_button(button, f"{where}: button {number}") for number, button in enumerate(buttons, 1))
    return _Entry(_texts(entry.get("text"), f"{where}: text"), parsed)


def _parse_button(value: object, where: str) -> tuple[Mapping[str, str], str]:
    button = _mapping(value, where, allowed=("title", "payload"))
    payload = button.get("payload")
    if not isinstance(payload, str) or not payload:
        raise WordingError(f"{where}: has no payload")
    return _texts(button.get("title"), f"{where}: title"), payload


def _texts(value: object, where: str) -> Mapping[str, str]:
    texts = _mapping(value, where, allowed=LANGUAGES)
    for variant in (*_REQUIRED, *texts):
        if not isinstance(texts.get(variant), str) or not texts[variant].strip():
            raise WordingError(f"{where}: {variant} is missing")
        if _placeholders(texts[variant]) != _placeholders(texts["ru"]):
            raise WordingError(f"{where}: {variant} has other {{placeholders}} than ru")
    complete = {variant: texts[variant].strip() for variant in texts}
    return {_DERIVED: uzbek_to_cyrillic(complete["uz"])} | complete


def _mapping(value: object, where: str, allowed: Iterable[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise WordingError(f"{where}: must hold {', '.join(allowed)}")
    if unknown := [str(key) for key in value if key not in allowed]:
        raise WordingError(f"{where}: knows no {', '.join(unknown)}; only {', '.join(allowed)}")
    return value


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))
