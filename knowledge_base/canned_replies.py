"""Canned replies: prepared sentences of operators, one record in all languages, with variables to be filled."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from foundation.yaml_text import parse_yaml
from language.folding import skeleton
from language.transliteration import uzbek_to_cyrillic
from language.variants import LANGUAGES

FOLDER = "canned_replies"
VARIABLES = ("name_of_operator", "country", "citizenship", "city", "date", "time", "document", "organisation")
"""What can stand in braces. The first three are known from the conversation or the account, the others are asked."""
DERIVED = "uz-Cyrl"
REQUIRED = tuple(variant for variant in LANGUAGES if variant != DERIVED)
KEYS = ("title", "words", "text", "said", "review")
REVIEWS = ("unreviewed", "reviewed")
MAX_TEXT_CHARS = 600
KEY = re.compile(r"[a-z][a-z0-9_]*")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class CannedReplyError(ValueError):
    """A file of canned replies cannot be used; `key` is the record that is meant, empty for the whole file."""

    def __init__(self, file: Path, key: str, what: str) -> None:
        super().__init__(f"{file}: {key}: {what}" if key else f"{file}: {what}")
        self.file = file
        self.key = key
        self.what = what


@dataclass(frozen=True)
class CannedReply:
    """One record; the dictionaries go from variant to text, Uzbek Cyrillic is derived.

    `words` are more words by which it is found; `said` is what a migrant may have written to which it is the reply.
    """

    key: str
    title: Mapping[str, str]
    text: Mapping[str, str]
    review: Mapping[str, str]
    words: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables of the text in the order in which it has them; the same in all languages."""
        return variables_of(self.text["ru"])

    def review_of(self, variant: str) -> str:
        """Whether a named person has read it in this variant; the derived one is as the one it is derived from."""
        return self.review.get("uz" if variant == DERIVED else variant, REVIEWS[0])

    def filled(self, variant: str, values: Mapping[str, str]) -> str:
        """The text, the known variables filled, the others left in their braces."""
        return PLACEHOLDER.sub(lambda found: values.get(found.group(1)) or found.group(), self.text[variant])


def variables_of(text: str) -> tuple[str, ...]:
    """The names that stand in braces, each once."""
    return tuple(dict.fromkeys(PLACEHOLDER.findall(text)))


def read_canned_replies(folder: Path) -> tuple[CannedReply, ...]:
    """All records of `<folder>/*.yml` in the order of the files; raises `CannedReplyError`."""
    replies: dict[str, CannedReply] = {}
    for file in sorted(folder.glob("*.yml")):
        for key, record in _document(file).items():
            if key in replies:
                raise CannedReplyError(file, str(key), "stands twice; give one of them another key")
            replies[key] = _reply(file, key, record)
    return tuple(replies.values())


def search(replies: Iterable[CannedReply], query: str, variant: str) -> tuple[CannedReply, ...]:
    """Those that hold each of the words asked for, best first; all of them for an empty question.

    A word is found at the beginning of a word of key, title, further words or text in this variant, however it is
    typed. What stands in key or title comes first.
    """
    asked = skeleton(query).split()
    ranked = [(rank, reply) for reply in replies if (rank := _rank(reply, asked, variant)) is not None]
    return tuple(reply for _, reply in sorted(ranked, key=lambda pair: pair[0]))


def _rank(reply: CannedReply, asked: list[str], variant: str) -> int | None:
    """0 for what is found in key or title, 1 for further words, 2 for the text; None for what is not found."""
    places = (
        f"{reply.key.replace('_', ' ')} {reply.title[variant]}",
        reply.words.get(variant, ""),
        reply.text[variant],
    )
    known: list[str] = []
    for rank, place in enumerate(places):
        known += skeleton(place).split()
        if all(any(word.startswith(part) for word in known) for part in asked):
            return rank
    return None


def _document(file: Path) -> Mapping[Any, Any]:
    try:
        document = parse_yaml(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CannedReplyError(file, "", f"cannot be read as YAML ({error})") from error
    if not isinstance(document, dict):
        raise CannedReplyError(file, "", "must hold keys with their records")
    return document


def _reply(file: Path, key: Any, record: Any) -> CannedReply:
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise CannedReplyError(file, str(key), "a key is small Latin letters, digits and _, as in ask_country")
    if not isinstance(record, dict) or (unknown := set(record) - set(KEYS)):
        what = f"knows no {', '.join(sorted(map(str, unknown)))}" if isinstance(record, dict) else "is no record"
        raise CannedReplyError(file, key, f"{what}; it has {', '.join(KEYS)}")
    said = {variant: tuple(map(str, rows)) for variant, rows in (record.get("said") or {}).items()}
    reply = CannedReply(
        key,
        _complete(file, key, "title", record.get("title")),
        _complete(file, key, "text", record.get("text")),
        _review(file, key, record.get("review")),
        _complete(file, key, "words", record["words"]) if "words" in record else {},
        said,
    )
    _check_variables(file, reply)
    return reply


def _complete(file: Path, key: str, name: str, texts: Any) -> Mapping[str, str]:
    rows = texts if isinstance(texts, dict) else {}
    if missing := [variant for variant in REQUIRED if not str(rows.get(variant) or "").strip()]:
        raise CannedReplyError(file, key, f"{name} lacks {', '.join(missing)}")
    if unknown := [str(variant) for variant in rows if variant not in LANGUAGES]:
        raise CannedReplyError(file, key, f"{name} has {', '.join(unknown)}, which is none of our languages")
    known = {variant: str(text).strip() for variant, text in rows.items()}
    return {DERIVED: uzbek_to_cyrillic(known["uz"])} | known


def _review(file: Path, key: str, states: Any) -> Mapping[str, str]:
    rows = states if isinstance(states, dict) else {}
    for variant in REQUIRED:
        if rows.get(variant) not in REVIEWS:
            raise CannedReplyError(file, key, f"review of {variant} must be one of {', '.join(REVIEWS)}")
    return {str(variant): str(state) for variant, state in rows.items()}


def _check_variables(file: Path, reply: CannedReply) -> None:
    for variant, text in reply.text.items():
        if unknown := [name for name in variables_of(text) if name not in VARIABLES]:
            what = f"text in {variant} has {{{unknown[0]}}}; there are only {', '.join(VARIABLES)}"
            raise CannedReplyError(file, reply.key, what)
    for variant, text in reply.text.items():
        if set(variables_of(text)) != set(reply.variables):
            raise CannedReplyError(file, reply.key, f"text in {variant} has other variables than in ru")
        if len(text) > MAX_TEXT_CHARS:
            what = f"text in {variant} has {len(text)} characters; at most {MAX_TEXT_CHARS}"
            raise CannedReplyError(file, reply.key, what)
