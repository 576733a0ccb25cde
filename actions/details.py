"""Which country, citizenship and date a message names: corrections heard, places remembered."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from actions.heard import Detail, Heard
from language.dates import FoundDate, find_dates
from language.folding import fold
from language.variants import language_of

REMEMBERED = ("country", "citizenship")
NOT_BEFORE = frozenset({"не", "нет", "no", "not", "ne", "isnt"})
"""Words that take back the name that follows them."""
NOT_AFTER = re.compile(r"^(эмес|емес|эмас|емас|emas|emes|yemes|нест|nest)\w*$")
"""Words that take back the name before them: Turkic and Tajik negation follows."""
_WORD = re.compile(r"[\w'ʻʼ’`-]+")
_CLAUSE_END = re.compile(r"[,.;:!?\n]")
_NEAR_WORDS = 2


def named(heard: Heard) -> dict[str, str | None]:
    """Country and citizenship that this message names; None where a name is only taken back ("not Tajik")."""
    found: dict[str, str | None] = {}
    for kind in REMEMBERED:
        details = [detail for detail in heard.details if detail.kind == kind]
        if details:
            found[kind] = next((d.value for d in reversed(details) if not _is_taken_back(d, heard)), None)
    return found


def named_for(heard: Heard, requested: str | None) -> dict[str, str | None]:
    """As `named`; a bare name of another country is the citizenship where that was asked for."""
    found, country = named(heard), heard.slots.get("country")
    if requested == "citizenship" and "citizenship" not in found and found.get("country", country) != country:
        found["citizenship"] = found.pop("country")
    return found


def known(heard: Heard) -> dict[str, str | None]:
    """Country and citizenship after this message: named now, or remembered."""
    remembered = {kind: heard.slots.get(kind) for kind in REMEMBERED}
    return {**remembered, **named(heard)}


def changes(heard: Heard) -> dict[str, str | None]:
    """What this message changes in what is remembered."""
    return {kind: value for kind, value in named(heard).items() if value != heard.slots.get(kind)}


def remember_command(changed: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    """The command that keeps changed places beyond the dialogue; none when nothing changed."""
    kept = {kind: changed[kind] for kind in REMEMBERED if changed.get(kind)}
    return ({"command": "remember", **kept},) if kept else ()


def dates(heard: Heard) -> tuple[FoundDate, ...]:
    """Dates of the message: of a button, or as people write them in their language, or in Russian."""
    if not heard.text:
        value = heard.value("date")
        return (FoundDate(date.fromisoformat(value), 0, 0, value, False, False),) if value else ()
    language = language_of(heard.variant)[0]
    return find_dates(heard.text, language, heard.today) or find_dates(heard.text, "ru", heard.today)


def words_beside(heard: Heard, found: tuple[FoundDate, ...]) -> int:
    """How many words of the message are neither a place nor a date: few in a reply, many in a question."""
    spans = [(d.start, d.end) for d in heard.details if d.end > d.start] + [(f.start, f.end) for f in found]
    words = _WORD.finditer(heard.text)
    return sum(not any(start < word.end() and word.start() < end for start, end in spans) for word in words)


def is_denied(heard: Heard, start: int, end: int) -> bool:
    """Whether a day or a number at this place is taken back: “не 20 марта”, “150 emas”, in Tajik “150 не”."""
    before = heard.text[:start].split()[-1:]
    after = heard.text[end:].replace(",", " , ").split()[:1]
    is_tajik_no = heard.variant == "tg" and after == ["не"]
    return is_tajik_no or any(fold(w) in NOT_BEFORE for w in before) or any(NOT_AFTER.match(fold(w)) for w in after)


def _is_taken_back(detail: Detail, heard: Heard) -> bool:
    before, after = _around(detail, heard)
    if any(fold(word) in NOT_BEFORE for word in before):
        return True
    is_tajik_no = heard.variant == "tg" and after[:1] and fold(after[0]) == "не"
    return bool(is_tajik_no) or any(NOT_AFTER.match(fold(word)) for word in after)


def _around(detail: Detail, heard: Heard) -> tuple[list[str], list[str]]:
    """The nearest words of the same clause before and after a name, no other name between."""
    others = [(d.start, d.end) for d in heard.details if d.end > d.start and d != detail]
    left = max((end for _, end in others if end <= detail.start), default=0)
    right = min((start for start, _ in others if start >= detail.end), default=len(heard.text))
    before = _CLAUSE_END.split(heard.text[left : detail.start])[-1]
    after = _CLAUSE_END.split(heard.text[detail.end : right])[0]
    return _WORD.findall(before)[-_NEAR_WORDS:], _WORD.findall(after)[:_NEAR_WORDS]
