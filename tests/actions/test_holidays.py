"""Public holidays that lie before the last day of registration are named in every language."""

from datetime import date
from typing import Any

import pytest

from actions.ground import Ground
from actions.shown_date import shown_days
from actions.tell_registration_deadline import tell_deadline
from language.variants import LANGUAGES


@pytest.mark.parametrize("variant", LANGUAGES)
def test_holidays_before_the_last_day_are_named(ground: Ground, hear: Any, variant: str) -> None:
    def told(citizenship: str) -> str:
        slots = {"country": "RU", "citizenship": citizenship, "entered_on": "2026-12-28"}
        return tell_deadline(ground, hear(variant=variant, slots=slots)).text

    days = (
        shown_days(date(2026, 12, 31), date(2026, 12, 31), variant),
        shown_days(date(2027, 1, 4), date(2027, 1, 5), variant),
    )
    assert all(each in told("TM") for each in days)
    assert not any(each in told("TJ") for each in days), "calendar days have no holidays"
