"""Daytime: between nine and eight in the evening where the person is, in summer time and in winter time."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from guidance.daytime import Daytime
from guidance.places import Places

FOLDER = Path(__file__).parents[2] / "data" / "guidance"
DAYTIME = Daytime.load(FOLDER)
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_every_country_that_a_person_can_name_has_its_time() -> None:
    named = yaml.safe_load((FOLDER / "countries.yml").read_text("utf-8"))["countries"]
    assert set(named) == DAYTIME.countries
    assert Places.load(FOLDER).country_name("RU", "en") == "Russia"


@given(now=MOMENTS)
def test_it_is_never_night_in_any_zone_of_a_country_that_is_awake(now: datetime) -> None:
    for country, day in DAYTIME.days(now).items():
        clocks = [now.astimezone(zone) for zone in DAYTIME.zones[country]]
        assert all(time(9) <= clock.time() < time(20) for clock in clocks)
        assert day == clocks[0].date()


@pytest.mark.parametrize("country", sorted(DAYTIME.countries))
def test_every_country_has_some_hours_of_daytime_on_every_day(country: str) -> None:
    for day in (date(2026, 1, 15), date(2026, 3, 29), date(2026, 7, 15), date(2026, 10, 25)):
        midnight = datetime.combine(day, time(), DAYTIME.zones[country][0])
        open_hours = [hour for hour in range(24) if country in DAYTIME.days(midnight + timedelta(hours=hour))]
        assert len(open_hours) >= 4


@pytest.mark.parametrize(
    ("country", "opens", "closes"),
    [
        ("RU", "2026-11-21T06:00", "2026-11-21T10:00"),  # 9:00 in Moscow; 20:00 in Vladivostok
        ("KZ", "2026-11-21T04:00", "2026-11-21T15:00"),
        ("KG", "2026-11-21T03:00", "2026-11-21T14:00"),
        ("KR", "2026-11-21T00:00", "2026-11-21T11:00"),
        ("TR", "2026-07-21T06:00", "2026-07-21T17:00"),
        ("MD", "2026-07-21T06:00", "2026-07-21T17:00"),  # summer time
        ("MD", "2026-11-21T07:00", "2026-11-21T18:00"),  # winter time
        ("MD", "2026-03-28T07:00", "2026-03-28T18:00"),  # the day before the clocks go forward
        ("MD", "2026-03-29T06:00", "2026-03-29T17:00"),
        ("MD", "2026-10-25T07:00", "2026-10-25T18:00"),  # the day on which they go back
    ],
)
def test_the_day_begins_at_nine_and_ends_at_eight_by_the_clock_on_the_wall(
    country: str, opens: str, closes: str
) -> None:
    a_minute = timedelta(minutes=1)
    assert country not in DAYTIME.days(at(opens) - a_minute)
    assert country in DAYTIME.days(at(opens)) and country in DAYTIME.days(at(closes) - a_minute)
    assert country not in DAYTIME.days(at(closes))


def test_in_the_east_it_is_tomorrow_already() -> None:
    late = at("2026-11-21T23:30").astimezone(ZoneInfo("Asia/Vladivostok"))
    assert DAYTIME.days(late + timedelta(minutes=30))["KR"] == date(2026, 11, 22)


@pytest.mark.parametrize(("row", "what"), [("zones: [Asia/Nowhere]", "KZ"), ("zones: []", "at least one")])
def test_a_zone_that_does_not_exist_is_named(tmp_path: Path, row: str, what: str) -> None:
    source = "sources: [{title: a, at: 'https://example.org', date: '2026'}]"
    (tmp_path / "time_zones.yml").write_text(f"countries:\n- {{country: KZ, {row}, {source}}}\n", "utf-8")
    with pytest.raises(ValueError, match=what):
        Daytime.load(tmp_path)
