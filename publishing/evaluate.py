"""Measures a release on held-out sentences: right topic, language, danger, out of scope, per language."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from publishing.held_out import HeldOut

Answer = Callable[[HeldOut], Mapping[str, Any]]
STYLES = ("plain", "story", "noisy")


@dataclass(frozen=True)
class Judged:
    """A held-out sentence and what the release said to it."""

    row: HeldOut
    answer: Mapping[str, Any]

    @property
    def is_first(self) -> bool:
        """The right topic came first."""
        return bool(self.answer["topic"] == self.row.topic)

    @property
    def is_among_three(self) -> bool:
        """The right topic was among the three likeliest."""
        return self.row.topic in self.answer["topics"]

    @property
    def has_alarm(self) -> bool:
        """Any danger was noticed."""
        return bool(self.answer["danger"] != "none")


@dataclass(frozen=True)
class Figures:
    """Shares from 0 to 1 for one language; `sentences` is how many there were."""

    language: str
    sentences: int
    first: float
    among_three: float
    by_style: Mapping[str, float]
    language_right: float
    danger_recall: float
    urgent_recall: float
    false_alarms: float
    out_of_scope: float
    human: float


def judge(rows: Iterable[HeldOut], answer: Answer) -> list[Judged]:
    """Ask for every row."""
    return [Judged(row, answer(row)) for row in rows]


def figures(judged: Sequence[Judged]) -> list[Figures]:
    """One row of figures a language."""
    languages = dict.fromkeys(item.row.language for item in judged)
    return [
        _of_language(language, [item for item in judged if item.row.language == language]) for language in languages
    ]


def table(rows: Sequence[Figures]) -> str:
    """The figures as a Markdown table, in per cent, with a last row of means."""
    cells = [_cells(row) for row in rows]
    lines = [f"| language | sentences | {' | '.join(cells[0])} |", "|---" * (len(cells[0]) + 2) + "|"]
    lines += [
        f"| {row.language} | {row.sentences} | {_per_cent(cell)} |" for row, cell in zip(rows, cells, strict=True)
    ]
    means = {name: sum(cell[name] for cell in cells) / len(cells) for name in cells[0]}
    return "\n".join([*lines, f"| **mean** | | {_per_cent(means)} |"])


def table_by_set(judged: Sequence[Judged]) -> str:
    """The same figures over all languages, a row for each set that asks for topics; empty for one such set."""
    names = dict.fromkeys(item.row.written for item in judged if item.row.style in STYLES)
    sets = {name: [item for item in judged if item.row.written == name] for name in names}
    if len(sets) < 2:
        return ""
    return table([_of_language(name, items) for name, items in sets.items()]).replace("| language |", "| set |", 1)


def _cells(row: Figures) -> dict[str, float]:
    return {
        "topic first": row.first,
        "among three": row.among_three,
        **{f"first, {style}": row.by_style[style] for style in STYLES},
        "language": row.language_right,
        "danger noticed": row.danger_recall,
        "urgent noticed": row.urgent_recall,
        "false alarms": row.false_alarms,
        "out of scope": row.out_of_scope,
        "wish for a person": row.human,
    }


def _per_cent(cells: Mapping[str, float]) -> str:
    return " | ".join(f"{100 * value:.1f}" for value in cells.values())


def _of_language(language: str, judged: Sequence[Judged]) -> Figures:
    asked = [item for item in judged if item.row.style in STYLES]
    dangers = [item for item in judged if item.row.style == "danger"]
    return Figures(
        language=language,
        sentences=len(judged),
        first=_share(item.is_first for item in asked),
        among_three=_share(item.is_among_three for item in asked),
        by_style={style: _share(item.is_first for item in asked if item.row.style == style) for style in STYLES},
        language_right=_share(
            item.answer["language"] == item.row.language for item in judged if _is_sentence(item.row)
        ),
        danger_recall=_share(item.has_alarm for item in dangers),
        urgent_recall=_share(item.has_alarm for item in dangers if item.row.danger == "urgent"),
        false_alarms=_share(item.has_alarm for item in judged if item.row.style == "not_danger"),
        out_of_scope=_share(item.is_first for item in judged if item.row.style == "out_of_scope"),
        human=_share(bool(item.answer["handover"]) for item in judged if item.row.style == "human"),
    )


def _is_sentence(row: HeldOut) -> bool:
    return len(row.text.split()) >= 3


def _share(values: Iterable[bool]) -> float:
    counted = list(values)
    return sum(counted) / len(counted) if counted else 0.0
