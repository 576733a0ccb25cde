"""A text as the gazetteer sees it: names, the words around them, and where clauses end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from language.endings import Ending
from language.gazetteer import Meaning
from language.tokens import Token

CLAUSE_ENDS = frozenset(".,;:!?…()")


@dataclass(frozen=True)
class Word:
    """One token of the text with the name that it may be part of and its ending."""

    token: Token
    name: str
    ending: Ending


@dataclass(frozen=True)
class Mention:
    """A name found: its meaning and which words it takes."""

    meaning: Meaning
    first: int
    last: int


class Sentence:
    """The words of a text and the names in them, for questions about what stands near a name."""

    def __init__(self, words: Sequence[Word], mentions: Sequence[Mention], language: str) -> None:
        self.words = words
        self.mentions = mentions
        self.language = language
        self._cues = {at: m.meaning.value for m in mentions if m.meaning.kind == "word" for at in _places(m)}
        self._kinds = {at: m.meaning.kind for m in mentions for at in _places(m)}
        self._documents = {at: m.meaning.value for m in mentions if m.meaning.kind == "document" for at in _places(m)}
        self.word_count = sum(word.token.is_word for word in words)

    def ending(self, mention: Mention) -> Ending:
        """The ending of a name; of several words the one that says most."""
        for at in range(mention.last, mention.first - 1, -1):
            if self.words[at].ending is not Ending.NONE:
                return self.words[at].ending
        return Ending.NONE

    def last_word(self, mention: Mention) -> str:
        """The last word as it is written, in small letters."""
        return self.words[mention.last].token.text.lower()

    def has(self, cue: str) -> bool:
        """Whether a word of this kind stands anywhere."""
        return cue in self._cues.values()

    def cue_before(self, mention: Mention, cues: frozenset[str], within: int) -> bool:
        """Whether one of these stands among the words right before a name, in its clause."""
        return any(self._cues.get(at) in cues for at in self._clause_before(mention.first, within))

    def cue_after(self, mention: Mention, cues: frozenset[str], within: int) -> bool:
        """Whether one of these stands among the words right after a name, in its clause."""
        return any(self._cues.get(at) in cues for at in self._clause_after(mention.last, within))

    def document_beside(self, mention: Mention, documents: frozenset[str]) -> bool:
        """Whether one of these documents stands right before or after a name."""
        beside = [*self._clause_before(mention.first, 1), *self._clause_after(mention.last, 1)]
        return any(self._documents.get(at) in documents for at in beside)

    def ends_clause(self, mention: Mention) -> bool:
        """Whether nothing but a sign follows a name."""
        following = mention.last + 1
        return following >= len(self.words) or not self.words[following].token.is_word

    def _clause_before(self, first: int, within: int) -> Iterator[int]:
        for at in range(first - 1, max(first - 1 - within, -1), -1):
            if self._ends(at) or self._kinds.get(at) in ("country", "city", "people"):
                return
            yield at

    def _clause_after(self, last: int, within: int) -> Iterator[int]:
        for at in range(last + 1, min(last + 1 + within, len(self.words))):
            if self._ends(at) or self._kinds.get(at) in ("country", "city", "people"):
                return
            yield at

    def _ends(self, at: int) -> bool:
        is_abbreviation = at > 0 and self.words[at].token.text == "." and len(self.words[at - 1].token.text) <= 2
        return self.words[at].token.text in CLAUSE_ENDS and not is_abbreviation


def _places(mention: Mention) -> range:
    return range(mention.first, mention.last + 1)
