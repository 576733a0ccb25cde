"""A day by buttons: every past day can be reached, none that is to come, with room for a change and a way out."""

import json
from datetime import date, timedelta

import pytest

from actions.ask_entered_on import ask_entered_on
from actions.ground import Ground
from actions.heard import MAX_BUTTONS
from actions.pick_date import MAX_BUTTONS_OF_A_STEP, day_buttons, day_question
from actions.shown_date import shown_date, shown_days, shown_month
from language.variants import LANGUAGES
from tests.actions.conftest import TODAY, Hear

WHO = {"country": "RU", "citizenship": "UZ"}


def days_by_buttons(ground: Ground, hear: Hear, variant: str, earliest: date | None = None) -> set[date]:
    """All days of the first three pages of months, tapped step by step."""
    days, waiting, seen = set(), [hear(intent="inform", variant=variant)], set()
    while waiting:
        buttons = day_buttons(ground, waiting.pop(), earliest)
        assert 0 < len(buttons) <= MAX_BUTTONS_OF_A_STEP
        assert len({button.title for button in buttons}) == len(buttons)
        for button in buttons:
            name, brace, rest = button.payload.partition("{")
            details = json.loads(brace + rest)
            if name == "/inform":
                days.add(date.fromisoformat(details["date"]))
            elif button.payload not in seen and details.get("page", "0") in "012":
                seen.add(button.payload)
                waiting.append(hear("", "more_choices", *details.items(), variant=variant))
    return days


@pytest.mark.parametrize("variant", ["ru", "kk"])
def test_every_day_of_the_last_year_and_none_to_come_is_reached_by_buttons(
    ground: Ground, hear: Hear, variant: str
) -> None:
    days = days_by_buttons(ground, hear, variant)
    assert {TODAY - timedelta(days=back) for back in range(400)} <= days
    assert max(days) == TODAY


def test_who_left_did_so_on_the_day_of_entry_or_later(ground: Ground, hear: Hear) -> None:
    entered_on = date(2026, 9, 17)
    days = days_by_buttons(ground, hear, "ru", entered_on)
    assert days == {entered_on + timedelta(days=more) for more in range((TODAY - entered_on).days + 1)}


@pytest.mark.parametrize(
    ("details", "key"),
    [
        ({"page": "0"}, "pick_month"),
        ({"month": "2026-10"}, "pick_days"),
        ({"week": "2026-10-08"}, "pick_day"),
        ({"month": "2031-10"}, "pick_month"),
        ({"week": "soon"}, "pick_month"),
    ],
)
def test_each_step_asks_its_own_question(ground: Ground, hear: Hear, details: dict[str, str], key: str) -> None:
    heard = hear("", "more_choices", ("item", "date"), *details.items())
    assert day_question(ground, heard, "when?") == ground.wording.text(key, "ru")


def test_the_question_of_the_form_keeps_its_change_and_its_way_out_at_every_step(ground: Ground, hear: Hear) -> None:
    for details in ({"page": "0"}, {"month": "2026-10"}, {"week": "2026-10-08"}):
        heard = hear("", "more_choices", ("item", "date"), *details.items(), slots={**WHO, "requested_slot": "x"})
        buttons = ask_entered_on(ground, heard).buttons
        assert len(buttons) <= MAX_BUTTONS
        assert [button.payload for button in buttons[-2:]] == ['/inform{"change": "details"}', "/stop_form"]


@pytest.mark.parametrize("variant", LANGUAGES)
def test_a_day_a_month_and_a_week_fit_a_row_of_every_channel(variant: str) -> None:
    for month in range(1, 13):
        day = date(2026, month, 28)
        assert len(shown_date(day, variant)) <= 24
        assert len(shown_month(day, variant)) <= 20
        assert len(shown_days(day.replace(day=22), day, variant)) <= 20
