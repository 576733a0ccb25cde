"""Draws var/bench/calibration.json: for each language, how often a confidence was right.

python -m benchmarks.language.reliability_diagram

A process of its own: beside Rasa, matplotlib is replaced by inert classes (`bot.engine.no_tensorflow`).
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.language.public_sets import RESULTS

NAME = "calibration"
COLUMNS = 3


def main() -> int:
    """Draw the picture beside the figures."""
    measured = json.loads((RESULTS / f"{NAME}.json").read_text("utf-8"))
    file = RESULTS / f"{NAME}.png"
    draw(file, measured["languages"])
    print(f"drawn in {file}")
    return 0


def draw(file: Path, languages: Mapping[str, Mapping[str, Any]]) -> None:
    """One field a language: bins of the engine's confidence, area of a point by the sentences in it."""
    import matplotlib  # type: ignore[import-untyped]

    matplotlib.use("Agg")
    from matplotlib import pyplot

    rows = -(-len(languages) // COLUMNS)
    canvas, fields = pyplot.subplots(rows, COLUMNS, figsize=(10, 3.4 * rows), squeeze=False, sharex=True, sharey=True)
    for field, (language, found) in zip(fields.flat, languages.items(), strict=False):
        field.plot([0, 1], [0, 1], color="grey", linewidth=1, linestyle="--")
        for way, bins in found["bins"].items():
            sizes = [4 + 1.5 * each["sentences"] for each in bins]
            places = [[each[name] for each in bins] for name in ("confidence", "accuracy")]
            field.plot(*places, linewidth=1, alpha=0.5)
            field.scatter(*places, s=sizes, alpha=0.6, label=f"{way}: error {found['errors'][way]['value']:.3f}")
        field.set_title(f"{language}, {found['sentences']} sentences")
        field.legend(fontsize="x-small", loc="lower right", markerscale=0.4)
    canvas.supxlabel("confidence in the first intent")
    canvas.supylabel("share that is right")
    canvas.tight_layout()
    canvas.savefig(file, dpi=120)
    pyplot.close(canvas)


if __name__ == "__main__":
    sys.exit(main())
