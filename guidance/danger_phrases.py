"""Phrases that tell of danger alone: looked for in the folded text, each under its sign."""

from collections.abc import Iterator, Mapping, Sequence

from language.folding import skeleton

MIN_PHRASE_CHARS = 5
"""A shorter phrase, folded, is found inside too many other words."""
BEGINNING_CHARS = 4


class Phrases:
    """The phrases of all languages by sign."""

    def __init__(self, by_sign: Mapping[str, Sequence[str]]) -> None:
        self._raw = {sign: list(phrases) for sign, phrases in by_sign.items()}
        self._beginning: dict[str, list[tuple[str, str]]] = {}
        for sign, phrases in by_sign.items():
            for phrase in dict.fromkeys(map(skeleton, phrases)):
                if len(phrase) >= MIN_PHRASE_CHARS:
                    self._beginning.setdefault(phrase[:BEGINNING_CHARS], []).append((phrase, sign))

    @property
    def raw(self) -> Mapping[str, Sequence[str]]:
        """The phrases as they were written."""
        return self._raw

    def found(self, folded: str) -> dict[str, str]:
        """The signs whose phrases stand in a folded text (`skeleton`), each with the first phrase found.

        A phrase begins where a word begins, so that "бит" is not found in "работа"; it may end inside one.
        """
        found: dict[str, str] = {}
        for place in _word_starts(folded):
            for phrase, sign in self._beginning.get(folded[place : place + BEGINNING_CHARS], ()):
                if sign not in found and folded.startswith(phrase, place):
                    found[sign] = phrase
        return found


def _word_starts(folded: str) -> Iterator[int]:
    place = 0
    while place >= 0 and folded:
        yield place
        following = folded.find(" ", place)
        place = following + 1 if following >= 0 else -1
