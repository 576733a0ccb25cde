"""In which countries it is daytime now, and which day it is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from guidance.source import parse_sources

FILE = "time_zones.yml"
FIRST, LAST = time(9, 0), time(20, 0)
"""A message that nobody has just asked for comes between these hours."""


@dataclass(frozen=True)
class Daytime:
    """The time zones of each country; where there are several, it is daytime only when it is so in each of them.

    The first zone of a country says which day it is there.
    """

    zones: Mapping[str, tuple[ZoneInfo, ...]]

    @classmethod
    def load(cls, folder: Path) -> "Daytime":
        """Read `time_zones.yml`; raises `ValueError` naming the country whose zone or source is wrong."""
        document = yaml.safe_load((folder / FILE).read_text("utf-8"))
        return cls({str(row["country"]): _zones(row, folder / FILE) for row in document["countries"]})

    @property
    def countries(self) -> frozenset[str]:
        """The countries whose time is known."""
        return frozenset(self.zones)

    def days(self, now: datetime) -> Mapping[str, date]:
        """The countries in which it is daytime at this moment, with today's date there."""
        return {
            country: now.astimezone(zones[0]).date()
            for country, zones in self.zones.items()
            if all(FIRST <= now.astimezone(zone).time() < LAST for zone in zones)
        }


def _zones(row: Mapping[str, Any], file: Path) -> tuple[ZoneInfo, ...]:
    try:
        parse_sources(row["sources"])
        zones = tuple(ZoneInfo(str(name)) for name in row["zones"])
        if not zones:
            raise ValueError("at least one zone is needed")
        return zones
    except ZoneInfoNotFoundError as error:
        raise ValueError(f"{file}: {row.get('country')}: {error}; has this machine the package tzdata?") from error
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{file}: {row.get('country', '?')}: {error}") from error
