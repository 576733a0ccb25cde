"""The marks beside which the cost of a transfer is shown: what SDG 10.c aims at."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml

from guidance.source import Source, parse_sources

FILE = "transfer_marks.yml"


@dataclass(frozen=True)
class TransferMarks:
    """Percent of the sum sent: the average to be reached, and what no corridor should pass; with their facts."""

    target_percent: Decimal
    most_percent: Decimal
    fact_ids: tuple[str, ...]
    sources: tuple[Source, ...]
    checked_on: date

    @classmethod
    def load(cls, folder: Path) -> "TransferMarks":
        """Read the file; raises `ValueError` naming what is missing."""
        row = yaml.safe_load((folder / FILE).read_text("utf-8"))
        try:
            return cls(
                target_percent=Decimal(str(row["target_percent"])),
                most_percent=Decimal(str(row["most_percent"])),
                fact_ids=tuple(map(str, row["facts"])),
                sources=parse_sources(row["sources"]),
                checked_on=row["checked_on"],
            )
        except (KeyError, TypeError, ArithmeticError, ValueError) as error:
            raise ValueError(f"{folder / FILE}: {error}") from error
