"""What is suggested for a message: likely entries and canned replies, in the reader's words and the migrant's."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from console.canned_shelf import CannedShelf
from console.handed_over import Reader
from console.live_index import Indexed, LiveIndex
from guidance.places import Places
from knowledge_base.answer import compose
from knowledge_base.canned_replies import CannedReply
from knowledge_base.entry import Entry, Source

MAX_ENTRIES = 3
MAX_CANNED = 3
MIN_SIMILARITY = 0.5
"""Cosine of a message and of what people say to which a canned reply answers; below it the reply is left out."""
DERIVED_FROM = {"uz-Cyrl": "uz"}


@dataclass(frozen=True)
class Pair:
    """One text in two variants: `mine` is what the operator reads, `theirs` what the migrant gets.

    `variables` are the names that still stand in braces in both; `checked_on` and `sources` belong to entries only.
    """

    key: str
    title: str
    mine: str
    theirs: str
    review: str
    variables: tuple[str, ...] = ()
    checked_on: date | None = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Suggested:
    """Best first. `is_sure`: the bot itself would take the first entry for an answer."""

    entries: tuple[Pair, ...]
    canned: tuple[Pair, ...]
    is_sure: bool


class Suggester:
    """Looks both up; safe from several threads."""

    def __init__(self, index: LiveIndex, shelf: CannedShelf, places: Places) -> None:
        self._index = index
        self._shelf = shelf
        self._places = places
        self._said = _Said()

    def suggest(self, text: str, reader: Reader, today: date) -> Suggested:
        """For one message; raises `NoReleaseError`. Filtered by country and citizenship, as the bot's answers are."""
        indexed, person = self._index.get(), reader.conversation
        retrieval = indexed.retriever.find(
            text,
            variant=reader.migrant_variant,
            country=person.country,
            citizenship=person.citizenship,
            topics={},
            limit=MAX_ENTRIES,
            today=today,
        )
        entries = tuple(self._entry(match.entry, reader, today, indexed) for match in retrieval.matches)
        near = self._said.near(text, self._shelf.replies(), indexed)
        return Suggested(entries, tuple(self.canned(each, reader) for each in near), retrieval.is_in_content)

    def canned(self, reply: CannedReply, reader: Reader) -> Pair:
        """A canned reply, filled with what is known of this conversation; the variables that are not stay."""
        mine = reply.filled(reader.variant, self._known(reader, reader.variant))
        theirs = reply.filled(reader.migrant_variant, self._known(reader, reader.migrant_variant))
        open_names = tuple(name for name in reply.variables if f"{{{name}}}" in theirs)
        review = reply.review_of(reader.migrant_variant)
        return Pair(reply.key, reply.title[reader.variant], mine, theirs, review, open_names)

    def _known(self, reader: Reader, variant: str) -> dict[str, str]:
        codes = {"country": reader.conversation.country, "citizenship": reader.conversation.citizenship}
        places = {name: self._places.country_name(code, variant) for name, code in codes.items() if code}
        return {"name_of_operator": reader.operator, **places}

    def _entry(self, entry: Entry, reader: Reader, today: date, indexed: Indexed) -> Pair:
        theirs = compose(entry, reader.migrant_variant, today, indexed.wording, self._places.country_name)
        shown = entry.shown_variant(reader.migrant_variant)
        review = entry.review.get(DERIVED_FROM.get(shown, shown), "unreviewed")
        mine = _in_short(entry, reader.variant, today, indexed)
        return Pair(entry.id, entry.title(reader.variant), mine, theirs, review, (), entry.checked_on, entry.sources)


def _in_short(entry: Entry, variant: str, today: date, indexed: Indexed) -> str:
    """Answer, steps and whether it is old: sources and date stand under the pair anyway."""
    shown = entry.shown_variant(variant)
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(entry.steps.get(shown, ()), 1))
    old = indexed.wording.text("answer_may_be_out_of_date", variant) if entry.may_be_out_of_date(today) else ""
    return "\n\n".join(part for part in (entry.answer[shown], steps, old) if part)


class _Said:
    """What migrants say to which canned replies answer, as vectors of the live release's encoder."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._release = ""
        self._replies: tuple[CannedReply, ...] | None = None
        self._owners: Sequence[CannedReply] = ()
        self._vectors = np.zeros((0, 1), dtype=np.float32)

    def near(self, text: str, replies: tuple[CannedReply, ...], indexed: Indexed) -> tuple[CannedReply, ...]:
        """The replies of which something said is near to this text, nearest first."""
        with self._lock:
            if self._release != indexed.release or self._replies is not replies:
                self._make(replies, indexed)
            owners, vectors = self._owners, self._vectors
        if not owners:
            return ()
        similarities = vectors @ indexed.vectors([text])[0]
        order = np.argsort(-similarities, kind="stable")
        likely = [owners[row] for row in order if similarities[row] >= MIN_SIMILARITY]
        return tuple({reply.key: reply for reply in likely}.values())[:MAX_CANNED]

    def _make(self, replies: tuple[CannedReply, ...], indexed: Indexed) -> None:
        rows = [(reply, said) for reply in replies for texts in reply.said.values() for said in texts]
        self._owners = [reply for reply, _ in rows]
        self._vectors = indexed.vectors([said for _, said in rows]) if rows else self._vectors
        self._release, self._replies = indexed.release, replies
