"""Draws the pictures of a report: `python -m publishing.report_pictures FOLDER`, its figures as JSON on standard input.

A process of its own: beside Rasa, matplotlib is replaced by inert classes (`bot.engine.no_tensorflow`).
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from publishing.report_figures import SHOWN_TOPICS, Bin, Calibration, Confusion, ReportFigures, TopicShare

CONFUSIONS, WEAKEST, CALIBRATION = "confusions.png", "weakest-topics.png", "calibration.png"
COLUMNS = 4
DOTS_PER_INCH = 110


def main() -> int:
    """Draw all three into the folder."""
    folder = Path(sys.argv[1])
    figures = parse(json.load(sys.stdin))
    import matplotlib  # type: ignore[import-untyped]

    matplotlib.use("Agg")
    draw_confusions(folder / CONFUSIONS, figures.confusions)
    draw_weakest(folder / WEAKEST, figures.weakest[:SHOWN_TOPICS])
    draw_calibration(folder / CALIBRATION, figures.calibrations)
    return 0


def parse(values: Any) -> ReportFigures:
    """The figures out of what `dataclasses.asdict` made of them."""
    return ReportFigures(
        tuple(Confusion(**row) for row in values["confusions"]),
        tuple(TopicShare(**row) for row in values["weakest"]),
        tuple(
            Calibration(**{**row, "bins": tuple(Bin(**each) for each in row["bins"])}) for row in values["calibrations"]
        ),
    )


def draw_confusions(file: Path, confusions: Sequence[Confusion]) -> None:
    """Domains by domains: how many sentences of the row were taken for a topic of the column (another topic always)."""
    from matplotlib import pyplot

    domains = sorted({_domain(topic) for each in confusions for topic in (each.right, each.taken)}) or ["none"]
    counts = [[0] * len(domains) for _ in domains]
    for each in confusions:
        counts[domains.index(_domain(each.right))][domains.index(_domain(each.taken))] += each.count
    canvas, axes = pyplot.subplots(figsize=(3 + 0.45 * len(domains), 2 + 0.4 * len(domains)))
    axes.imshow(counts, cmap="Oranges")
    for row, line in enumerate(counts):
        for column, count in enumerate(line):
            axes.text(column, row, str(count or ""), ha="center", va="center", fontsize="small")
    axes.set_xticks(range(len(domains)), domains, rotation=60, ha="right")
    axes.set_yticks(range(len(domains)), domains)
    axes.set_xlabel("taken for a topic of")
    axes.set_ylabel("asked for a topic of")
    axes.set_title("Sentences whose first topic was wrong")
    _save(canvas, file)


def draw_weakest(file: Path, topics: Sequence[TopicShare]) -> None:
    """Bars, the weakest on top: the right topic first, and among three."""
    from matplotlib import pyplot

    canvas, axes = pyplot.subplots(figsize=(8, 1.5 + 0.3 * len(topics)))
    names = [f"{each.topic} ({each.sentences})" for each in topics]
    axes.barh(names, [each.among_three for each in topics], color="#f4d3a8", label="among three")
    axes.barh(names, [each.first for each in topics], height=0.5, color="#c25b12", label="first")
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.set_xlabel("share of the sentences whose topic was found")
    axes.set_title("The weakest topics (sentences)")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.08), ncol=2, fontsize="small")
    _save(canvas, file)


def draw_calibration(file: Path, calibrations: Sequence[Calibration]) -> None:
    """One field a language: how sure the answers were, and how often they were right; points as large as their bins."""
    from matplotlib import pyplot

    rows = -(-len(calibrations) // COLUMNS)
    canvas, fields = pyplot.subplots(rows, COLUMNS, figsize=(11, 3 * rows), squeeze=False, sharex=True, sharey=True)
    for field in fields.flat[len(calibrations) :]:
        field.set_visible(False)
    for field, each in zip(fields.flat, calibrations, strict=False):
        places = [row.confidence for row in each.bins], [row.right for row in each.bins]
        field.plot([0, 1], [0, 1], color="grey", linewidth=1, linestyle="--")
        field.plot(*places, color="#c25b12", linewidth=1)
        field.scatter(
            *places, s=[4 + 200 * row.sentences / max(1, each.sentences) for row in each.bins], color="#c25b12"
        )
        field.set_title(f"{each.language}: error {each.error:.3f}", fontsize="medium")
    canvas.supxlabel("confidence")
    canvas.supylabel("share that is right")
    _save(canvas, file)


def _domain(topic: str) -> str:
    return topic.partition(".")[0]


def _save(canvas: Any, file: Path) -> None:
    canvas.tight_layout()
    canvas.savefig(file, dpi=DOTS_PER_INCH)


if __name__ == "__main__":
    sys.exit(main())
