"""Which entries may be shown to a person in a country, of a citizenship, on a day: for all entries at once."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from knowledge_base.entry import ANY, Entry

Mask = NDArray[np.bool_]


class Admission:
    """Says of all entries together what `Entry.fits` and `Entry.is_valid_on` say of one; (entries,) each."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._none = np.zeros(len(entries), dtype=bool)
        self._countries = self._by_code([(entry.country,) for entry in entries])
        self._citizenships = self._by_code(
            [(entry.citizenship,) if isinstance(entry.citizenship, str) else entry.citizenship for entry in entries]
        )
        self._first_days = np.array([entry.valid_from or date.min for entry in entries], dtype="datetime64[D]")

    def allowed(self, country: str | None, citizenship: str | None, today: date | None) -> Mask:
        """Which may be shown; what is not known (None) excludes none."""
        is_allowed = self._admitted(self._countries, country) & self._admitted(self._citizenships, citizenship)
        return is_allowed if today is None else is_allowed & (self._first_days <= np.datetime64(today))

    def _by_code(self, codes: Sequence[tuple[str, ...]]) -> dict[str, Mask]:
        masks: dict[str, Mask] = {}
        for number, of_entry in enumerate(codes):
            for code in of_entry:
                masks.setdefault(code, self._none.copy())[number] = True
        return masks

    def _admitted(self, masks: Mapping[str, Mask], code: str | None) -> Mask:
        if code is None:
            return ~self._none
        return np.asarray(masks.get(code, self._none) | masks.get(ANY, self._none))
