"""One line of the report of `safar doctor`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """What was looked at and found; `mend` is empty where all is well."""

    name: str
    found: str
    mend: str = ""
