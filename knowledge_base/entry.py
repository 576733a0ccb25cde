"""One entry of the knowledge base: questions and answer in every language, with sources and dates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from language.variants import LANGUAGES

ANY = "any"
FALLBACK_VARIANTS = ("ru", "en")
"""The languages in which an entry is shown, in this order, when it lacks the one that was asked for."""


class EntryError(ValueError):
    """An entry's file cannot be used; the message names the file, the key and what to do."""


@dataclass(frozen=True)
class Source:
    """A page: its title, its address on the net, its date as it states it (may be "undated")."""

    title: str
    at: str
    date: str


@dataclass(frozen=True)
class Entry:
    """An entry. The dictionaries go from variant to text or texts; Uzbek Cyrillic is derived where it is not written.

    `country` is an ISO code or "any"; `citizenship` is a tuple of ISO codes or "any".
    """

    id: str
    topic: str
    country: str
    citizenship: tuple[str, ...] | str
    confidence: str
    facts: tuple[str, ...]
    sources: tuple[Source, ...]
    checked_on: date
    review_by: date
    valid_from: date | None
    offer: str
    related: tuple[str, ...]
    questions: Mapping[str, tuple[str, ...]]
    answer: Mapping[str, str]
    steps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    review: Mapping[str, str] = field(default_factory=dict)

    @property
    def domain(self) -> str:
        """The part of the topic before the dot."""
        return self.topic.partition(".")[0]

    @property
    def variants(self) -> tuple[str, ...]:
        """The variants in which it can be shown, in the order of `LANGUAGES`."""
        return tuple(variant for variant in LANGUAGES if variant in self.answer)

    def shown_variant(self, variant: str) -> str:
        """`variant` if the entry has it, else the one in which it is shown instead."""
        candidates = (variant, *FALLBACK_VARIANTS, *self.variants)
        return next(candidate for candidate in candidates if candidate in self.answer)

    def title(self, variant: str, max_chars: int | None = None) -> str:
        """What a button or a heading of this entry says: the first question, or the first of so many characters.

        Where all are longer, the shortest.
        """
        questions = self.questions[self.shown_variant(variant)]
        fitting = (each for each in questions if max_chars is None or len(each) <= max_chars)
        return next(fitting, None) or min(questions, key=len)

    def fits(self, country: str | None, citizenship: str | None) -> bool:
        """May it be shown to a person of this citizenship in this country? What is unknown (None) fits."""
        is_country = country is None or self.country in (country, ANY)
        return is_country and (citizenship is None or self.citizenship == ANY or citizenship in self.citizenship)

    def is_valid_on(self, day: date) -> bool:
        """Is it already in force?"""
        return self.valid_from is None or self.valid_from <= day

    def may_be_out_of_date(self, day: date) -> bool:
        """Is it past the day by which it should have been checked again?"""
        return day > self.review_by
