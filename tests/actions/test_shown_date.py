"""Dates as people read them: the month by its name."""

from datetime import date

import pytest

from actions.shown_date import shown_date
from language.variants import LANGUAGES


@pytest.mark.parametrize(
    ("variant", "shown"),
    [
        ("ru", "3 апреля 2026 г."),
        ("uz", "2026-yil 3-aprel"),
        ("uz-Cyrl", "2026 йил 3 апрел"),
        ("tg", "3 апрели соли 2026"),
        ("ky", "2026-жылдын 3-апрели"),
        ("kk", "2026 жылғы 3 сәуір"),
        ("en", "3 April 2026"),
    ],
)
def test_a_date_is_written_as_in_the_language(variant: str, shown: str) -> None:
    assert shown_date(date(2026, 4, 3), variant) == shown


@pytest.mark.parametrize("variant", LANGUAGES)
def test_no_two_months_look_alike(variant: str) -> None:
    assert len({shown_date(date(2026, month, 1), variant) for month in range(1, 13)}) == 12
