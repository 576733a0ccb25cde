"""Emergency numbers by country; only those with a source of confidence high or medium."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from guidance.source import Source, parse_sources

FILE = "emergency_numbers.yml"
SHOWN_CONFIDENCE = ("high", "medium")


@dataclass(frozen=True)
class EmergencyNumber:
    """The numbers of one country: `all` for any emergency, and police, ambulance, fire where sourced."""

    country: str
    numbers: Mapping[str, str]
    fact_id: str
    sources: tuple[Source, ...]

    @property
    def first(self) -> str:
        """The number for any emergency."""
        return self.numbers["all"]


class EmergencyNumbers:
    """All emergency numbers, from `data/guidance/emergency_numbers.yml`."""

    def __init__(self, numbers: Mapping[str, EmergencyNumber]) -> None:
        self._numbers = numbers

    @classmethod
    def load(cls, folder: Path) -> "EmergencyNumbers":
        """Read the numbers; raises `ValueError` naming file and country."""
        document = yaml.safe_load((folder / FILE).read_text("utf-8"))
        numbers = {}
        for row in document["numbers"]:
            country = str(row.get("country", "?"))
            try:
                if row["confidence"] not in SHOWN_CONFIDENCE:
                    continue
                shown = {str(kind): str(number) for kind, number in row["numbers"].items()}
                if "all" not in shown or not all(number.isdigit() for number in shown.values()):
                    raise ValueError("numbers must be digits and hold “all”")
                numbers[country] = EmergencyNumber(country, shown, str(row["fact"]), parse_sources(row["sources"]))
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{folder / FILE}: {country}: {error}") from error
        return cls(numbers)

    def for_country(self, country: str | None) -> EmergencyNumber | None:
        """The numbers of a country, or None where there is no sourced one."""
        return self._numbers.get(country or "")

    def countries(self) -> tuple[str, ...]:
        """The countries that have a sourced number."""
        return tuple(self._numbers)
