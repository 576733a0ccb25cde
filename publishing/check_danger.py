"""Checks of the danger examples: enough of both sides in each language, and nothing that is measured."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from publishing.finding import Finding
from publishing.held_out import HeldOut
from publishing.overlap import near_duplicates

MIN_DANGEROUS, MIN_HARMLESS = 120, 120
LEVELS = ("urgent", "concern", "none")


def check_danger(folder: Path, held_out: Sequence[HeldOut]) -> Iterator[Finding]:
    """Everything wrong with `<language>.yml` below `folder`; a file that cannot be read is named by the training."""
    for file in sorted(folder.glob("*.yml")):
        try:
            document = yaml.safe_load(file.read_text("utf-8"))
            texts = {level: [str(text) for text in document[level]] for level in LEVELS}
        except (yaml.YAMLError, KeyError, TypeError) as error:
            yield Finding(file, 0, f"not a file of danger examples ({error})")
            continue
        dangerous, harmless = len(texts["urgent"]) + len(texts["concern"]), len(texts["none"])
        for count, fewest, name in ((dangerous, MIN_DANGEROUS, "dangerous"), (harmless, MIN_HARMLESS, "harmless")):
            if count < fewest:
                yield Finding(file, 0, f"{count} {name} examples; write at least {fewest}", is_error=False)
        yield from _overlap(file, [text for level in LEVELS for text in texts[level]], held_out)


def _overlap(file: Path, texts: Sequence[str], held_out: Sequence[HeldOut]) -> Iterator[Finding]:
    theirs = [row.text for row in held_out if row.language == file.stem]
    lines = file.read_text("utf-8").splitlines()
    for text, other in near_duplicates([text for text in texts if len(text.split()) > 2], theirs):
        number = next((number for number, line in enumerate(lines, 1) if text in line), 0)
        yield Finding(file, number, f"nearly the same as the held-out sentence “{other}”; word the example differently")
