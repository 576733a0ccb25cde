"""Public holidays of a country: days beside Saturday and Sunday that are no working days."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from foundation.yaml_text import parse_yaml

FILE = "holidays.yml"


class Holidays:
    """The calendars of `data/guidance/holidays.yml`, by country; a country or year that is not listed has none."""

    def __init__(self, by_country: Mapping[str, frozenset[date]]) -> None:
        self._by_country = by_country

    @classmethod
    def load(cls, folder: Path) -> "Holidays":
        """Read the calendars; raises `ValueError` naming the file. A folder that is older than the file has none."""
        file = folder / FILE
        if not file.is_file():
            return cls({})
        listed = (parse_yaml(file.read_text("utf-8")) or {}).get("countries") or {}
        wrong = [day for days in listed.values() for day in days if not isinstance(day, date)]
        if wrong:
            raise ValueError(f"{file}: {wrong[0]!r} is no day; write it as 2027-01-01")
        return cls({str(country): frozenset(days) for country, days in listed.items()})

    def between(self, country: str, first: date, last: date) -> tuple[date, ...]:
        """The holidays of a country from `first` to `last`, both included, in order."""
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return tuple(day for day in days if day in self._by_country.get(country, frozenset()))
