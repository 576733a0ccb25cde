"""Cuts a long text into messages at the end of a paragraph, else of a sentence, else of a word.

Both messengers count characters as units of UTF-16. The same text is always cut in the same places: a later attempt
goes on with the part that was not taken.
"""

import re
import unicodedata
from collections.abc import Iterator

_LARGEST_UNIT = 0xFFFF
_PARAGRAPH = re.compile(r"\s*\n[^\S\n]*\n\s*")
_LINE = re.compile(r"[^\S\n]*\n\s*")
# Not after a number (“18. ”) nor after one letter (“п. ”): those are no ends.
_SENTENCE = re.compile(r"(?<![\W\d]\w)(?<=[^\s\d])[.!?…]+[\"'»”’)\]]*(\s+)(?=\S)")
_WORD = re.compile(r"\s+")
_JOINERS = "\u200d"


def units(text: str) -> int:
    """The length of a text as the messengers count it."""
    return len(text) + sum(ord(character) > _LARGEST_UNIT for character in text)


def split(text: str, limit: int) -> tuple[str, ...]:
    """The parts of a text, none longer than `limit` units and none empty."""
    parts = []
    rest = text.strip()
    while units(rest) > limit:
        part, rest = _cut(rest, _fitting(rest, limit))
        parts.append(part)
    return (*parts, rest) if rest else tuple(parts)


def shortened(text: str, limit: int) -> str:
    """The beginning of a text with an ellipsis; the text itself when it fits."""
    return text if units(text) <= limit else f"{split(text, limit - 1)[0].rstrip(' ,;:.–-')}…"


def _fitting(text: str, limit: int) -> int:
    """How many characters fit into `limit` units."""
    taken = 0
    for index, character in enumerate(text):
        taken += 2 if ord(character) > _LARGEST_UNIT else 1
        if taken > limit:
            return index
    return len(text)


def _cut(text: str, most: int) -> tuple[str, str]:
    """The first part, of at most `most` characters, and the rest; a part is at least half full where it can be."""
    for ends in (_breaks(_PARAGRAPH, text, most), _breaks(_LINE, text, most), _sentence_ends(text, most)):
        last = max((end for end in ends if end[0] >= most // 2), default=None)
        if last is not None:
            return text[: last[0]], text[last[1] :]
    last = max(_breaks(_WORD, text, most), default=None)
    if last is not None:
        return text[: last[0]], text[last[1] :]
    place = _between_characters(text, most)
    return text[:place], text[place:]


def _breaks(pattern: re.Pattern[str], text: str, most: int) -> Iterator[tuple[int, int]]:
    """Where a part can end and the next begin."""
    for found in pattern.finditer(text):
        if found.start() > most:
            return
        if found.start() > 0:
            yield found.span()


def _sentence_ends(text: str, most: int) -> Iterator[tuple[int, int]]:
    for found in _SENTENCE.finditer(text):
        if found.start(1) > most:
            return
        following = text[found.end()]
        if not (following.islower() or following.isdigit()):
            yield found.span(1)


def _between_characters(text: str, most: int) -> int:
    """The last place that parts no letter from its accent and no emoji from its other half."""
    place = most
    while place > 1 and (_is_joined(text[place]) or text[place - 1] in _JOINERS):
        place -= 1
    return place if place > 1 else most


def _is_joined(character: str) -> bool:
    is_skin_tone = "\U0001f3fb" <= character <= "\U0001f3ff"
    return character in _JOINERS or is_skin_tone or unicodedata.category(character).startswith("M")
