"""Whether a waiting conversation fits an operator's desk, and if not, why: a pure rule."""

from dataclasses import dataclass

from conversations.desks import Desk
from language.variants import language_of

MISFITS = ("language", "topic", "country", "team", "limit")


@dataclass(frozen=True)
class Wanted:
    """What a waiting conversation asks of an operator; what is not known asks nothing."""

    variant: str | None
    topic: str | None
    country: str | None
    team: str | None
    danger: str


def misfits(desk: Desk, wanted: Wanted) -> tuple[str, ...]:
    """What stands against it, out of `MISFITS`; empty: it fits."""
    language = language_of(wanted.variant)[0] if wanted.variant else None
    against = {
        "language": _is_outside(language, desk.languages),
        "topic": not _has_topic(wanted.topic, desk.topics),
        "country": _is_outside(wanted.country, desk.countries),
        "team": wanted.team is not None and wanted.team not in desk.teams,
        "limit": desk.open_limit is not None and desk.open_count >= desk.open_limit,
    }
    return tuple(each for each in MISFITS if against[each])


def refusals(desk: Desk, wanted: Wanted, *, is_free_choice: bool) -> tuple[str, ...]:
    """As `misfits`, but with free choice nothing stands against helping a person in urgent danger."""
    return () if is_free_choice and wanted.danger == "urgent" else misfits(desk, wanted)


def _is_outside(value: str | None, chosen: tuple[str, ...]) -> bool:
    return value is not None and bool(chosen) and value not in chosen


def _has_topic(topic: str | None, chosen: tuple[str, ...]) -> bool:
    return topic is None or not chosen or topic in chosen or topic.partition(".")[0] in chosen
