"""Dates of sources: whole ones as people write them, others as the page states them."""

import pytest

from language.source_dates import shown_date_of_source


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ("2026-03-05", "05.03.2026"),
        ("2026", "2026"),
        ("undated (2025)", "undated (2025)"),
        ("", ""),
        ("2026-13-01",) * 2,
    ],
)
def test_shown_date(stated: str, shown: str) -> None:
    assert shown_date_of_source(stated) == shown
