"""Draws measured figures as groups of bars with their intervals."""

from collections.abc import Mapping
from pathlib import Path

from benchmarks.language.intervals import Figure

WIDTH = 0.8
"""Of a group of bars; the rest is the gap to the next one."""


def draw_bars(file: Path, title: str, figures: Mapping[str, Mapping[str, Figure]], wanted: float | None = None) -> None:
    """Write a picture: one colour for each ranker of `figures`, one group for each of its keys, a line at `wanted`."""
    import matplotlib  # type: ignore[import-untyped]

    matplotlib.use("Agg")
    from matplotlib import pyplot

    groups = list(next(iter(figures.values())))
    canvas, axes = pyplot.subplots(figsize=(4 + 1.4 * len(groups), 4))
    for number, (name, by_group) in enumerate(figures.items()):
        places = [place + WIDTH * (number + 0.5) / len(figures) - WIDTH / 2 for place in range(len(groups))]
        found = [by_group[group] for group in groups]
        ends = [[each.value - each.low for each in found], [each.high - each.value for each in found]]
        axes.bar(places, [each.value for each in found], WIDTH / len(figures), yerr=ends, capsize=2, label=name)
    if wanted is not None:
        axes.axhline(wanted, color="black", linestyle="--", linewidth=1, label=f"wanted {wanted:.2f}")
    axes.set_xticks(range(len(groups)), groups)
    axes.set_ylim(0, 1)
    axes.set_title(title)
    axes.legend(fontsize="small", loc="center left", bbox_to_anchor=(1, 0.5))
    canvas.tight_layout()
    canvas.savefig(file, dpi=120)
    pyplot.close(canvas)
