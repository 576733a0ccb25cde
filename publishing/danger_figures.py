"""Figures of danger in an evaluation: noticed, false alarms, each with its interval; by language, set, sign, thread."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from guidance.danger_examples import OPEN_DOMAINS
from publishing.evaluate import STYLES, Judged

Z_OF_95_PER_CENT = 1.959964
ALL = "all"


@dataclass(frozen=True)
class Share:
    """`found` of `of`; `low` and `high` are the bounds of its 95 % interval, 0 to 1 (Wilson 1927)."""

    found: int
    of: int

    @property
    def share(self) -> float:
        """0 to 1; 0 of none."""
        return self.found / self.of if self.of else 0.0

    @property
    def low(self) -> float:
        """The lower bound."""
        return self._bound(-1)

    @property
    def high(self) -> float:
        """The upper bound."""
        return self._bound(1)

    def _bound(self, side: int) -> float:
        if not self.of:
            return 0.0 if side < 0 else 1.0
        square = Z_OF_95_PER_CENT**2
        spread = Z_OF_95_PER_CENT * math.sqrt(self.share * (1 - self.share) / self.of + square / (4 * self.of**2))
        return min(1.0, max(0.0, (self.share + square / (2 * self.of) + side * spread) / (1 + square / self.of)))


@dataclass(frozen=True)
class DangerFigures:
    """One language, set or both. `everyday`: alarms at questions on topics that have nothing to do with danger.

    `threads`: dangerous threads noticed by their last message; `thread_alarms`: harmless ones with any alarm.
    """

    name: str
    noticed: Share
    urgent: Share
    false_alarms: Share
    everyday: Share
    threads: Share
    thread_alarms: Share


def of_languages(judged: Sequence[Judged]) -> list[DangerFigures]:
    """A row for each language, and one for all."""
    return _rows(judged, lambda item: item.row.language)


def of_sets(judged: Sequence[Judged]) -> list[DangerFigures]:
    """A row for each set of sentences."""
    return _rows(judged, lambda item: item.row.written)[:-1]


def by_sign(judged: Sequence[Judged]) -> dict[str, tuple[Share, Share]]:
    """For each sign of the sentences that name theirs: noticed, and noticed with this sign among the signs said."""
    rows = [item for item in judged if item.row.style == "danger" and item.row.sign]
    signs = sorted({str(item.row.sign) for item in rows})
    return {sign: _of_sign(sign, [item for item in rows if item.row.sign == sign]) for sign in signs}


def missed(judged: Sequence[Judged]) -> list[Judged]:
    """Dangerous sentences without an alarm."""
    return [item for item in judged if item.row.style == "danger" and not item.has_alarm]


def alarmed(judged: Sequence[Judged]) -> list[Judged]:
    """Harmless sentences with an alarm."""
    return [item for item in judged if item.row.style == "not_danger" and item.has_alarm]


def missed_threads(judged: Sequence[Judged]) -> list[Judged]:
    """The last messages of dangerous threads in which no message raised an alarm."""
    noticed = {item.row.thread for item in judged if item.row.thread and item.has_alarm}
    ends = (item for item in judged if item.row.style == "thread")
    return [item for item in ends if item.row.danger != "none" and item.row.thread not in noticed]


def _rows(judged: Sequence[Judged], key: Callable[[Judged], str]) -> list[DangerFigures]:
    names = dict.fromkeys(key(item) for item in judged)
    return [*(_of(name, [item for item in judged if key(item) == name]) for name in names), _of(ALL, judged)]


def _of(name: str, judged: Sequence[Judged]) -> DangerFigures:
    dangers = [item for item in judged if item.row.style == "danger"]
    noticed = {item.row.thread for item in judged if item.row.thread and item.has_alarm}
    ends = [item for item in judged if item.row.style == "thread"]
    return DangerFigures(
        name,
        noticed=_share(item.has_alarm for item in dangers),
        urgent=_share(item.has_alarm for item in dangers if item.row.danger == "urgent"),
        false_alarms=_share(item.has_alarm for item in judged if item.row.style == "not_danger"),
        everyday=_share(item.has_alarm for item in judged if _is_everyday(item)),
        threads=_share(item.row.thread in noticed for item in ends if item.row.danger != "none"),
        thread_alarms=_share(item.row.thread in noticed for item in ends if item.row.danger == "none"),
    )


def _of_sign(sign: str, rows: Sequence[Judged]) -> tuple[Share, Share]:
    return _share(item.has_alarm for item in rows), _share(sign in item.answer.get("signs", ()) for item in rows)


def _is_everyday(item: Judged) -> bool:
    return item.row.style in STYLES and not str(item.row.topic).startswith(OPEN_DOMAINS)


def _share(values: Iterable[bool]) -> Share:
    counted = list(values)
    return Share(sum(counted), len(counted))
