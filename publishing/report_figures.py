"""What a report shows of an evaluation: which topics are taken for which, the weakest ones, how true confidence is."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from publishing.evaluate import STYLES, Judged

BINS = 10
ALL = "all"
SHOWN_CONFUSIONS, SHOWN_TOPICS = 15, 20


@dataclass(frozen=True)
class Confusion:
    """How many sentences on the topic `right` were taken for `taken`, and in which languages."""

    right: str
    taken: str
    count: int
    languages: tuple[str, ...]


@dataclass(frozen=True)
class TopicShare:
    """How often the right topic stood first, and among three, of the sentences that ask for it (0 to 1)."""

    topic: str
    sentences: int
    first: float
    among_three: float


@dataclass(frozen=True)
class Bin:
    """Sentences of like confidence: how many, mean confidence, share whose first topic was right (0 to 1)."""

    sentences: int
    confidence: float
    right: float


@dataclass(frozen=True)
class Calibration:
    """One language. `error` is the expected calibration error, 0 to 1 (Guo et al. 2017, arXiv:1706.04599)."""

    language: str
    sentences: int
    error: float
    bins: tuple[Bin, ...]


@dataclass(frozen=True)
class ReportFigures:
    """All that is drawn; `confusions` and `weakest` with the worst first."""

    confusions: tuple[Confusion, ...]
    weakest: tuple[TopicShare, ...]
    calibrations: tuple[Calibration, ...]


def report_figures(judged: Sequence[Judged]) -> ReportFigures:
    """Of the sentences that ask for a topic; those on danger only are left out."""
    asked = [item for item in judged if item.row.style in STYLES]
    languages = (ALL, *dict.fromkeys(item.row.language for item in asked))
    return ReportFigures(
        confusions=confusions(asked),
        weakest=weakest(asked),
        calibrations=tuple(
            calibration(name, [item for item in asked if name in (ALL, item.row.language)]) for name in languages
        ),
    )


def confusions(asked: Sequence[Judged]) -> tuple[Confusion, ...]:
    """All pairs of a right topic and another one that came first instead."""
    languages: dict[tuple[str, str], list[str]] = defaultdict(list)
    for item in asked:
        if not item.is_first and item.row.topic:
            languages[item.row.topic, str(item.answer["topic"])].append(item.row.language)
    counted = Counter({pair: len(found) for pair, found in languages.items()})
    return tuple(
        Confusion(*pair, count, tuple(dict.fromkeys(languages[pair]))) for pair, count in counted.most_common()
    )


def weakest(asked: Sequence[Judged]) -> tuple[TopicShare, ...]:
    """All topics that were asked for."""
    topics = dict.fromkeys(item.row.topic for item in asked if item.row.topic)
    rows = [_share(topic, [item for item in asked if item.row.topic == topic]) for topic in topics]
    return tuple(sorted(rows, key=lambda row: (row.first, row.among_three, row.topic)))


def calibration(language: str, asked: Sequence[Judged]) -> Calibration:
    """Bins of equal width that hold anything, least confidence first."""
    held: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for item in asked:
        confidence = float(item.answer["confidence"])
        held[min(BINS - 1, int(confidence * BINS))].append((confidence, item.is_first))
    bins = tuple(_bin(held[place]) for place in sorted(held))
    error = sum(each.sentences * abs(each.confidence - each.right) for each in bins) / max(1, len(asked))
    return Calibration(language, len(asked), error, bins)


def _bin(held: Sequence[tuple[float, bool]]) -> Bin:
    confidences, hits = zip(*held, strict=True)
    return Bin(len(held), sum(confidences) / len(held), sum(hits) / len(held))


def _share(topic: str, items: Sequence[Judged]) -> TopicShare:
    first = sum(item.is_first for item in items) / len(items)
    return TopicShare(topic, len(items), first, sum(item.is_among_three for item in items) / len(items))
