"""The queue as one operator has asked to see it: filtered, counted, with what fits this operator."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from starlette.requests import Request

from conversations.desks import Desk
from conversations.fitness import misfits, refusals
from conversations.waiting import Waiting
from language.variants import language_of

ROWS = 50
MOST_ROWS = 1000
SHOWN = ("all", "fitting", "mine")


@dataclass(frozen=True)
class Filter:
    """What is asked for; an empty text means any. `rows`: how many of each list are shown."""

    language: str = ""
    topic: str = ""
    country: str = ""
    show: str = "all"
    rows: int = ROWS

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return bool(self.language or self.topic or self.country or self.show != "all")

    def fits(self, each: Waiting) -> bool:
        """Whether language, topic and country are those asked for."""
        language, domain = _language(each), (each.topic or "").partition(".")[0]
        pairs = ((self.language, language), (self.topic, domain), (self.country, each.country))
        return all(not wanted or wanted == found for wanted, found in pairs)


@dataclass(frozen=True)
class Seat:
    """One conversation in the list, for one operator: what stands against it, and whether it can be taken."""

    waiting: Waiting
    misfits: tuple[str, ...]
    can_take: bool


@dataclass(frozen=True)
class QueueView:
    """What the page shows. The counts are of all who wait, whatever the filter leaves out."""

    asked: Filter
    desk: Desk
    queue: tuple[Seat, ...]
    mine: tuple[Seat, ...]
    colleagues: tuple[Seat, ...]
    waiting_count: int
    by_danger: tuple[tuple[str, int], ...]
    by_language: tuple[tuple[str, int], ...]
    topics: tuple[str, ...]
    countries: tuple[str, ...]

    @property
    def seen(self) -> str:
        """Changes when anything but the passing of time has changed."""
        lasting = replace(self, desk=replace(self.desk, seen_at=None, given_at=None))
        return hashlib.sha256(repr(lasting).encode()).hexdigest()[:24]


def filter_of(request: Request) -> Filter:
    """The filter of an address; what cannot be meant is left out."""
    query = request.query_params
    rows = query.get("rows", "")
    count = int(rows) if rows.isascii() and rows.isdigit() and len(rows) < 5 else ROWS
    show = query.get("show", "all")
    words = {name: _word(query, name) for name in ("language", "topic", "country")}
    return Filter(**words, show=show if show in SHOWN else "all", rows=max(ROWS, min(count, MOST_ROWS)))


def view_of(
    asked: Filter, desk: Desk, queue: Sequence[Waiting], held: Sequence[Waiting], *, is_free_choice: bool
) -> QueueView:
    """Put the view together, keeping the order of `queue` and `held`."""
    seats = [_seat(each, desk, is_free_choice) for each in queue if asked.fits(each)]
    open_to_me = [seat for seat in seats if asked.show == "all" or (asked.show == "fitting" and not seat.misfits)]
    mine = [_seat(each, desk, is_free_choice) for each in held if each.operator == desk.name and asked.fits(each)]
    theirs = [each for each in held if each.operator != desk.name and asked.fits(each) and asked.show == "all"]
    dangers = Counter(each.danger for each in queue)
    languages = Counter(_language(each) for each in queue)
    known = [*queue, *held]
    return QueueView(
        asked=asked,
        desk=desk,
        queue=tuple(open_to_me),
        mine=tuple(mine),
        colleagues=tuple(_seat(each, desk, is_free_choice) for each in theirs),
        waiting_count=len(queue),
        by_danger=tuple((level, dangers[level]) for level in ("urgent", "concern", "none") if dangers[level]),
        by_language=tuple(languages.most_common()),
        topics=tuple(sorted({each.topic.partition(".")[0] for each in known if each.topic})),
        countries=tuple(sorted({each.country for each in known if each.country})),
    )


def _seat(each: Waiting, desk: Desk, is_free_choice: bool) -> Seat:
    can_take = each.operator is None and not refusals(desk, each.wanted, is_free_choice=is_free_choice)
    return Seat(each, misfits(desk, each.wanted) if each.operator is None else (), can_take)


def _language(each: Waiting) -> str:
    return language_of(each.variant)[0] if each.variant else ""


def _word(query: Mapping[str, str], name: str) -> str:
    value = query.get(name, "")
    return value if value.isascii() and len(value) <= 40 and value.replace("_", "").isalnum() else ""
