"""Reference rates kept by the content team: dated, with a source, never shown past their last day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from guidance.currencies import minor_unit
from guidance.source import Source, parse_sources

FILE = "reference_rates.yml"
MAX_DAYS_KEPT = 14
"""A rate or an offer that is older than two weeks says nothing any more: our rule, no fact."""


@dataclass(frozen=True)
class ReferenceRate:
    """How many units of `receives` one unit of `sends` is worth, by whom and when; ISO 4217 codes."""

    sends: str
    receives: str
    rate: Decimal
    checked_on: date
    valid_until: date
    source: Source

    def is_fresh(self, today: date) -> bool:
        """Whether it may be shown today."""
        return self.checked_on <= today <= self.valid_until


@dataclass(frozen=True)
class ReferenceRates:
    """All rates of `data/guidance/reference_rates.yml`."""

    rates: tuple[ReferenceRate, ...] = ()

    @classmethod
    def load(cls, folder: Path) -> "ReferenceRates":
        """Read the rates; raises `ValueError` naming file and row. Content older than the file has none."""
        return cls(tuple(parse_rate(row, where) for row, where in kept_rows(folder / FILE, "rates")))

    def rate_for(self, sends: str, receives: str, today: date) -> ReferenceRate | None:
        """The newest fresh rate for this pair of currencies."""
        fresh = (r for r in self.rates if (r.sends, r.receives) == (sends, receives) and r.is_fresh(today))
        return max(fresh, key=lambda rate: rate.checked_on, default=None)


def parse_rate(row: Mapping[str, Any], where: str) -> ReferenceRate:
    """One row of the file; raises `ValueError` beginning with `where`."""
    try:
        checked_on, valid_until = kept_days(row)
        return ReferenceRate(
            sends=currency(row["sends"]),
            receives=currency(row["receives"]),
            rate=number(row["rate"], "rate", is_above_zero=True),
            checked_on=checked_on,
            valid_until=valid_until,
            source=parse_sources([row["source"]])[0],
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"{where}: {_said(error)}") from error


def kept_rows(file: Path, key: str) -> tuple[tuple[Mapping[str, Any], str], ...]:
    """The rows of a list in a file, each with where it stands; none without the file. Raises `ValueError`."""
    if not file.is_file():
        return ()
    try:
        document = yaml.safe_load(file.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(f"{file}: is not readable YAML: {error}") from error
    rows = document.get(key) if isinstance(document, dict) else None
    if not isinstance(rows, list):
        raise ValueError(f"{file}: needs a list under {key}, empty where there are none")
    return tuple((row, f"{file}: {key}: row {place}") for place, row in enumerate(rows, 1))


def kept_days(row: Mapping[str, Any]) -> tuple[date, date]:
    """Day of the check and last day; raises `ValueError` without a last day or with one that is too far."""
    for name in ("checked_on", "valid_until"):
        if type(row.get(name)) is not date:
            raise ValueError(f"{name} must be a date such as 2026-11-21")
    checked_on, valid_until = row["checked_on"], row["valid_until"]
    if not checked_on <= valid_until <= checked_on + timedelta(days=MAX_DAYS_KEPT):
        raise ValueError(f"valid_until must lie at most {MAX_DAYS_KEPT} days after checked_on")
    return checked_on, valid_until


def currency(code: Any) -> str:
    """The code itself; raises `UnknownCurrencyError`."""
    minor_unit(str(code))
    return str(code)


def number(value: Any, name: str, is_above_zero: bool = False) -> Decimal:
    """A number of the file, at least zero; raises `ValueError` naming it."""
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or found < 0 or (is_above_zero and not found):
        raise ValueError(f"{name} must be a number {'above' if is_above_zero else 'from'} zero, not {value!r}")
    return found


def _said(error: Exception) -> str:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
