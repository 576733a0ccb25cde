"""Which entries may be shown, said of all at once."""

from datetime import date
from itertools import product

from knowledge_base.admission import Admission
from knowledge_base.library import Library


def test_all_entries_at_once_are_judged_as_one_by_one(library: Library) -> None:
    admission = Admission(library.entries)
    days = (None, date(2026, 12, 31), date(2027, 1, 1))
    for country, citizenship, day in product((None, "RU", "KZ", "FR"), (None, "UZ", "KG", "FR"), days):
        one_by_one = [
            entry.fits(country, citizenship) and (day is None or entry.is_valid_on(day)) for entry in library.entries
        ]
        assert admission.allowed(country, citizenship, day).tolist() == one_by_one


def test_of_no_entries_none_may_be_shown() -> None:
    assert Admission(()).allowed("RU", None, None).shape == (0,)
