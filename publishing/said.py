"""Everything that Safar may say to a migrant: answers and steps of entries, texts and buttons of the wording."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.entry import Entry
from knowledge_base.library import Library
from language.transliteration import uzbek_to_cyrillic, uzbek_to_latin
from publishing.finding import Finding
from publishing.lines import line_of

LANGUAGES = ("ru", "uz", "tg", "ky", "kk", "en")
_CYRILLIC = "uz-Cyrl"
_YAML = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Said:
    """One text. `place` is answer, step or wording; `entry` is None for a wording.

    Uzbek that is written in Cyrillic of its own is read in Latin: `text`; `written` is as it stands in the file.
    """

    file: Path
    place: str
    language: str
    text: str
    written: str
    entry: Entry | None = None

    def finding(self, message: str, *, is_error: bool = True) -> Finding:
        """What is wrong with it, at its line."""
        return Finding(
            self.file, line_of(self.file, self.written), f"{self.place} ({self.language}): {message}", is_error
        )


def said_in_entries(library: Library, folder: Path) -> Iterator[Said]:
    """Answers and steps, entry by entry; Uzbek Cyrillic only where it is not just derived from the Latin."""
    for entry in library.entries:
        file = folder / f"{entry.id}.yml"
        for language, text in entry.answer.items():
            yield from _said(file, "answer", language, text, entry, entry.answer.get("uz", ""))
        for language, steps in entry.steps.items():
            latin = entry.steps.get("uz", ())
            for number, step in enumerate(steps):
                yield from _said(file, "step", language, step, entry, latin[number] if number < len(latin) else "")


def said_in_wording(folder: Path) -> Iterator[Said]:
    """Texts and titles of buttons; a file of another form is named by loading the wording."""
    for file in sorted(folder.rglob("*.yml")):
        try:
            document = yaml.load(file.read_text("utf-8"), Loader=_YAML)
        except (OSError, UnicodeDecodeError, yaml.YAMLError):
            continue
        for texts in _texts(document):
            for language, text in texts.items():
                if isinstance(text, str):
                    yield from _said(file, "wording", language, text.strip(), None, str(texts.get("uz", "")).strip())


def _texts(document: Any) -> Iterator[Mapping[str, Any]]:
    """Every mapping from languages to texts, however deep."""
    if isinstance(document, dict):
        if set(document) & set(LANGUAGES):
            yield document
        else:
            for value in document.values():
                yield from _texts(value)
    elif isinstance(document, list):
        for value in document:
            yield from _texts(value)


def _said(file: Path, place: str, language: str, text: str, entry: Entry | None, uzbek: str) -> Iterator[Said]:
    if language in LANGUAGES:
        yield Said(file, place, language, text, text, entry)
    elif language == _CYRILLIC and text != uzbek_to_cyrillic(uzbek):
        yield Said(file, place, "uz", uzbek_to_latin(text), text, entry)
