"""Finds country, citizenship, city, date, money and document in what people write."""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from foundation.clock import utc_now
from language.belonging import belonging_of
from language.dates import read_dates
from language.endings import Ending, ending_of
from language.gazetteer import Gazetteer, Meaning
from language.mentions import CLAUSE_ENDS, Mention, Sentence, Word
from language.money import find_money
from language.tokens import Token, split_tokens

FOLDER = Path(__file__).parents[1] / "data" / "guidance"
MAX_CHARS = 20_000
"""What stands behind it is not looked at; channels cut earlier."""
_OTHER, _END = "*", "."
_ALSO_TIME = {"tg": "dushanbe", "kk": "kazan"}
_DASHES = frozenset("-–—‑")
_HEAVY = ("torch", "tensorflow", "cupy", "mxnet")


@dataclass(frozen=True)
class Entity:
    """What was found: kind, value (ISO code, id, ISO date, "1500 RUB"), and where it stands in the text."""

    kind: str
    value: str
    text: str
    start: int
    end: int


class EntityFinder:
    """Finds entities with one blank spaCy pipeline: names by a phrase matcher over stems, then rules of context."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._pipeline, self._matcher, self._meanings = _pipeline(gazetteer)

    @classmethod
    def load(cls, folder: Path = FOLDER) -> "EntityFinder":
        """Read the gazetteer of a folder; raises `GazetteerError` for a word that is wrong in it."""
        return cls(Gazetteer.load(folder))

    def find(self, text: str, language: str, today: date | None = None) -> tuple[Entity, ...]:
        """Return the entities of `text` in order; never raises.

        A city says a country or citizenship as well, with the same place in the text. Dates are reckoned from `today`,
        by default from the clock; impossible ones are left out.
        """
        text, language = text[:MAX_CHARS], language.partition("-")[0]
        tokens = split_tokens(text)
        dates = [found for found in read_dates(text, tokens, language, today or utc_now().date()) if found.value]
        found = [Entity("date", f"{d.value}", d.text, d.start, d.end) for d in dates]
        found += (
            Entity("money", m.value, text[m.start : m.end], m.start, m.end)
            for m in find_money(text, tokens, language)
            if _is_free(m.start, m.end, found)
        )
        sentence = self._sentence(tokens, language)
        named = [e for m in sentence.mentions for e in _entities(m, sentence, text) if _is_free(e.start, e.end, found)]
        return tuple(sorted(found + named, key=lambda entity: (entity.start, entity.end, entity.kind != "city")))

    def _sentence(self, tokens: Sequence[Token], language: str) -> Sentence:
        words = _words(tokens, self._gazetteer, language)
        if all(word.name in (_OTHER, _END) for word in words):
            return Sentence(words, (), language)
        matches = self._matcher(self._pipeline(" ".join(word.name for word in words)))
        return Sentence(words, tuple(_longest(matches, self._meanings)), language)


def _entities(mention: Mention, sentence: Sentence, text: str) -> Iterator[Entity]:
    kind, value = mention.meaning.kind, mention.meaning.value
    start, end = sentence.words[mention.first].token.start, sentence.words[mention.last].token.end
    if kind == "word":
        is_migration_card = (
            value == "card" and sentence.has("border") and not (sentence.has("bank") or sentence.has("send"))
        )
        if is_migration_card:
            yield Entity("document", "migration_card", text[start:end], start, end)
    elif kind == "document":
        yield Entity(kind, value, text[start:end], start, end)
    else:
        if kind == "city":
            if _is_time(mention, sentence):
                return
            yield Entity(kind, value, text[start:end], start, end)
        if belonging := belonging_of(mention, sentence):
            yield Entity(belonging, mention.meaning.country, text[start:end], start, end)


def _is_time(mention: Mention, sentence: Sentence) -> bool:
    """In Tajik "душанбе" is also Monday, in Kazakh "қазан" October; a capital, an ending, a preposition say "city"."""
    if _ALSO_TIME.get(sentence.language) != mention.meaning.value:
        return False
    if sentence.cue_before(mention, frozenset({"weekday"}), 1) or sentence.cue_after(mention, frozenset({"month"}), 1):
        return True
    is_written_small = sentence.words[mention.last].token.text.islower()
    is_place = sentence.cue_before(mention, frozenset({"from", "in", "to"}), 2)
    return is_written_small and not is_place and sentence.ending(mention) is Ending.NONE and sentence.word_count > 3


def _words(tokens: Sequence[Token], gazetteer: Gazetteer, language: str) -> list[Word]:
    """All tokens but hyphens; an ending behind a hyphen (РФ-да) belongs to the word before it."""
    words: list[Word] = []
    for at, token in enumerate(tokens):
        if token.text in _DASHES:
            continue
        if words and token.is_word and words[-1].name != _OTHER and _is_ending_of(tokens, at):
            words[-1] = Word(words[-1].token, words[-1].name, ending_of(token.key, "") or Ending.OTHER)
            continue
        name, ending = _OTHER, Ending.NONE
        if token.is_word:
            name, ending = gazetteer.stem_of(token.text, token.key, language) or (_OTHER, Ending.NONE)
        elif token.text in CLAUSE_ENDS:
            name = _END
        words.append(Word(token, name, ending))
    return words


def _is_ending_of(tokens: Sequence[Token], at: int) -> bool:
    is_joined = at > 1 and tokens[at - 1].text in _DASHES and tokens[at - 2].end == tokens[at - 1].start
    return is_joined and tokens[at - 1].end == tokens[at].start and ending_of(tokens[at].key, "") is not None


def _is_free(start: int, end: int, found: Sequence[Entity]) -> bool:
    return not any(entity.start < end and start < entity.end for entity in found)


def _longest(matches: Iterable[tuple[int, int, int]], meanings: Mapping[int, Meaning]) -> list[Mention]:
    """The longest names, none overlapping, in order."""
    found: dict[int, Mention] = {}
    taken: set[int] = set()
    for key, start, end in sorted(matches, key=lambda match: (match[1] - match[2], match[1])):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            found[start] = Mention(meanings[key], start, end - 1)
    return [found[start] for start in sorted(found)]


def _pipeline(gazetteer: Gazetteer) -> tuple[Any, Any, dict[int, Meaning]]:
    """A blank pipeline whose words are the names of stems, a matcher over it, and the meanings by the matcher's keys.

    Everything that is no stem is one and the same word, so what people write never makes the vocabulary grow.
    """
    spacy = _import_spacy()
    pipeline = spacy.blank("xx")
    pipeline.tokenizer = lambda text: spacy.tokens.Doc(pipeline.vocab, words=text.split(" "))
    matcher = spacy.matcher.PhraseMatcher(pipeline.vocab, attr="ORTH")
    names: defaultdict[Meaning, list[Any]] = defaultdict(list)
    for name, meaning in gazetteer.names.items():
        names[meaning].append(pipeline.make_doc(" ".join(name)))
    for meaning, docs in names.items():
        matcher.add(f"{meaning.kind} {meaning.value}", docs)
    keys = {pipeline.vocab.strings[f"{meaning.kind} {meaning.value}"]: meaning for meaning in names}
    return pipeline, matcher, keys


def _import_spacy() -> Any:
    """Import spaCy without the deep learning libraries that its base loads (1 s, 180 MB) and nothing here uses."""
    hidden = [name for name in _HEAVY if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        import spacy
        import spacy.matcher
        import spacy.tokens
    finally:
        for name in hidden:
            del sys.modules[name]
    return spacy
