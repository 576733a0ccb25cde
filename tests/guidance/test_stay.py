"""Days of stay: the right limit for each person, counted on the safe side, or none at all."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from guidance.stay import Stays
from guidance.stay_rules import NoLimitError, StayRule, StayRules
from guidance.trips import ExitBeforeEntryError, FutureTripError, Trip, TripTooLongError

DATA = Path(__file__).parents[2] / "data"
STAYS = Stays.load(DATA / "guidance")
FACTS = {
    fact["id"]: fact
    for path in (DATA / "facts").glob("*.yml")
    for fact in yaml.safe_load(path.read_text("utf-8"))
    if isinstance(fact, dict)
}
TODAY = date(2026, 11, 21)
PEOPLE = [("RU", "UZ"), ("KZ", "UZ"), ("KG", "KZ"), ("KG", "TJ")]
NUMBER_OF_DAYS = re.compile(r"\b\d+(?:\s+calendar)?[\s-]+days?\b")


def trip(first: date, last: date | None = None) -> Trip:
    return Trip(first, last)


@pytest.mark.parametrize(
    ("country", "citizenship", "days", "window", "without_leaving", "fact"),
    [
        ("RU", "UZ", 90, None, 90, "REG-RU-09"),
        ("RU", "TJ", 90, None, 90, "REG-RU-09"),
        ("RU", "KG", 90, None, 90, "REG-RU-10"),
        ("KZ", "UZ", 90, 180, 30, "REG-KZ-05"),
        ("KG", "RU", 90, 180, None, "REG-KG-01"),
        ("KG", "KZ", 90, 180, None, "REG-KG-01"),
        ("KG", "BY", 90, 180, None, "REG-KG-01"),
        ("KG", "TJ", 60, 120, None, "REG-KG-03"),
        ("KG", "MD", 60, 120, None, "REG-KG-03"),
    ],
)
def test_each_person_has_the_limit_of_the_fact(
    country: str, citizenship: str, days: int, window: int | None, without_leaving: int | None, fact: str
) -> None:
    rule = STAYS.rules.rule_for(country, citizenship)
    assert (rule.days, rule.window_days, rule.days_without_leaving) == (days, window, without_leaving)
    assert fact in rule.fact_ids
    statement = FACTS[fact]["statement"]
    assert str(days) in statement
    assert window is None or str(window) in statement


@pytest.mark.parametrize("rule", STAYS.rules.rules, ids=lambda rule: rule.id)
def test_each_rule_stands_on_facts_that_may_be_used_with_their_sources(rule: StayRule) -> None:
    facts = [FACTS[fact_id] for fact_id in rule.fact_ids]
    assert {fact["confidence"] for fact in facts} <= {"high", "medium"}
    addresses = {source["at"] for fact in facts for source in fact["source"]}
    assert {source.at for source in rule.sources} <= addresses
    assert rule.country in {fact["jurisdiction"] for fact in facts}
    assert rule.recheck or not any(fact.get("recheck") for fact in facts)


def test_every_fact_that_names_days_is_a_rule_of_stay_or_of_registration_or_left_out_with_a_reason() -> None:
    registration = yaml.safe_load((DATA / "guidance" / "registration.yml").read_text("utf-8"))
    placed = {fact for rule in STAYS.rules.rules for fact in rule.fact_ids} | set(STAYS.rules.left_out)
    placed |= {fact for rule in registration["rules"] for fact in rule["facts"]}
    facts = yaml.safe_load((DATA / "facts" / "01_registration_and_stay.yml").read_text("utf-8"))
    naming_days = {fact["id"] for fact in facts if NUMBER_OF_DAYS.search(fact["statement"])}
    assert {"REG-RU-09", "REG-KZ-05", "REG-KG-01", "REG-KG-03", "REG-KG-04"} <= naming_days
    assert naming_days <= placed


@pytest.mark.parametrize(
    ("country", "citizenship", "reason"),
    [
        ("RU", "BY", "sources_differ"),
        ("RU", "RU", "own_country"),
        ("RU", "TM", "no_fact"),
        ("KZ", "KG", "no_fact"),
        ("KG", "UZ", "no_fact"),
        ("UZ", "RU", "no_fact"),
        ("KR", "UZ", "no_fact"),
    ],
)
def test_without_a_usable_fact_no_days_are_named(country: str, citizenship: str, reason: str) -> None:
    with pytest.raises(NoLimitError) as error:
        STAYS.count(country, citizenship, (), TODAY)
    assert error.value.reason == reason


def test_a_limit_is_not_applied_before_it_was_in_force() -> None:
    with pytest.raises(NoLimitError) as error:
        STAYS.count("RU", "UZ", (), date(2024, 12, 31))
    assert error.value.reason == "not_in_force"


def test_the_day_of_entry_and_the_day_of_leaving_both_count() -> None:
    stay = STAYS.count("RU", "UZ", [trip(date(2026, 3, 10), date(2026, 3, 12))], TODAY)
    assert (stay.used, stay.left, stay.last_day) == (3, 87, None)


def test_one_trip_within_the_year_ends_on_the_ninetieth_day() -> None:
    stay = STAYS.count("RU", "UZ", [trip(date(2026, 9, 1))], date(2026, 9, 10))
    assert (stay.used, stay.left, stay.last_day) == (10, 80, date(2026, 11, 29))
    assert stay.advised_day == date(2026, 11, 20)
    assert not stay.is_over


def test_earlier_trips_of_the_year_bring_the_last_day_nearer() -> None:
    stay = STAYS.count(
        "RU", "TJ", [trip(date(2026, 1, 10), date(2026, 3, 10)), trip(date(2026, 6, 1))], date(2026, 6, 5)
    )
    assert stay.used == 60 + 5
    assert stay.last_day == date(2026, 6, 30)


def test_only_the_days_of_this_calendar_year_count() -> None:
    stay = STAYS.count("RU", "UZ", [trip(date(2025, 12, 1), date(2026, 1, 10))], TODAY)
    assert stay.used == 10


def test_across_the_new_year_the_count_begins_anew_but_the_stay_without_leaving_goes_on() -> None:
    spring, autumn = trip(date(2026, 2, 1), date(2026, 3, 2)), trip(date(2026, 11, 10))
    stay = STAYS.count("RU", "UZ", [spring, autumn], TODAY)
    assert stay.used == 30 + 12
    assert stay.last_day == date(2026, 11, 10) + timedelta(days=89)


def test_days_used_up_before_the_new_year_end_the_stay_before_it() -> None:
    stay = STAYS.count("RU", "UZ", [trip(date(2026, 2, 1), date(2026, 4, 1)), trip(date(2026, 11, 10))], TODAY)
    assert stay.last_day == date(2026, 12, 9)


def test_in_a_moving_period_old_days_drop_out() -> None:
    old, now = trip(date(2026, 4, 1), date(2026, 5, 30)), trip(date(2026, 9, 1))
    assert STAYS.count("KG", "TJ", [old, now], date(2026, 9, 1)).used == 26 + 1  # 5 to 30 May, and 1 September
    assert STAYS.count("KG", "TJ", [old], date(2026, 11, 1)).used == 0


def test_kazakhstan_counts_thirty_days_from_the_entry_even_with_days_left() -> None:
    stay = STAYS.count("KZ", "UZ", [trip(date(2026, 11, 1))], TODAY)
    assert stay.last_day == date(2026, 11, 30)
    assert stay.left == 69


def test_a_short_way_over_the_border_begins_no_new_stay() -> None:
    there_and_back = [trip(date(2026, 10, 25), date(2026, 11, 5)), trip(date(2026, 11, 6))]
    assert STAYS.count("KZ", "UZ", there_and_back, TODAY).last_day == date(2026, 11, 23)


def test_days_used_up_before_the_entry_make_the_eve_the_last_day() -> None:
    stay = STAYS.count("RU", "UZ", [trip(date(2026, 1, 1), date(2026, 4, 30)), trip(date(2026, 11, 20))], TODAY)
    assert stay.is_over
    assert (stay.left, stay.last_day) == (0, date(2026, 11, 19))


def test_impossible_trips_are_refused_by_their_own_errors() -> None:
    for wrong, error in (
        (trip(date(2026, 3, 2), date(2026, 3, 1)), ExitBeforeEntryError),
        (trip(TODAY, TODAY + timedelta(days=1)), FutureTripError),
        (trip(TODAY + timedelta(days=1)), FutureTripError),
        (trip(date(2006, 1, 1)), TripTooLongError),
    ):
        with pytest.raises(error):
            STAYS.count("RU", "UZ", [wrong], TODAY)


def test_a_broken_rule_is_named_with_its_file(tmp_path: Path) -> None:
    text = (
        (DATA / "guidance" / "stay_limits.yml").read_text("utf-8").replace("period: 180 days", "period: 180 moons", 1)
    )
    (tmp_path / "stay_limits.yml").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"stay_limits.yml: rule KZ-UZ: period"):
        StayRules.load(tmp_path)


def test_a_release_without_the_file_has_no_limits(tmp_path: Path) -> None:
    assert Stays.load(tmp_path).rules.countries() == ()


PAST_TRIPS = st.lists(
    st.tuples(st.integers(0, 700), st.integers(0, 120)).map(
        lambda t: trip(TODAY - timedelta(days=t[0] + t[1]), TODAY - timedelta(days=t[0]))
    ),
    max_size=5,
)


def _days(trips: list[Trip], until: date) -> set[date]:
    """All days in the country, one by one; who is still there stays until `until`."""
    days: set[date] = set()
    for each in trips:
        last = each.left_on or until
        days |= {each.entered_on + timedelta(days=n) for n in range((last - each.entered_on).days + 1)}
    return days


def _period(day: date, rule: StayRule) -> set[date]:
    length = rule.window_days or day.timetuple().tm_yday
    return {day - timedelta(days=n) for n in range(length)}


@given(PAST_TRIPS, st.sampled_from(PEOPLE))
def test_days_used_are_the_days_one_by_one_in_any_order(trips: list[Trip], who: tuple[str, str]) -> None:
    stay = STAYS.count(*who, trips, TODAY)
    assert stay.used == len(_days(trips, TODAY) & _period(TODAY, stay.rule))
    assert stay == STAYS.count(*who, list(reversed(trips)) + trips, TODAY)
    assert stay.left == max(0, stay.rule.days - stay.used)


@given(PAST_TRIPS, st.integers(0, 150), st.sampled_from(PEOPLE))
def test_no_day_up_to_the_last_one_breaks_the_limit_and_the_next_one_does(
    trips: list[Trip], days_ago: int, who: tuple[str, str]
) -> None:
    now = trip(TODAY - timedelta(days=days_ago))
    stay = STAYS.count(*who, [*trips, now], TODAY)
    assert stay.last_day is not None
    assert stay.advised_day is not None
    assert stay.advised_day < stay.last_day
    present = _days([*trips, now], stay.last_day + timedelta(days=1))
    first = now.entered_on
    while first - timedelta(days=1) in present:
        first -= timedelta(days=1)

    def is_broken(day: date) -> bool:
        longest = stay.rule.days_without_leaving
        used = len({d for d in present if d <= day} & _period(day, stay.rule))
        return used > stay.rule.days or (longest is not None and (day - first).days >= longest)

    days = [first + timedelta(days=n) for n in range((stay.last_day - first).days + 1)]
    assert not any(map(is_broken, days))
    assert is_broken(stay.last_day + timedelta(days=1))
    assert stay.is_over == (stay.last_day < TODAY or stay.used > stay.rule.days)


@given(PAST_TRIPS, st.sampled_from(PEOPLE))
def test_one_more_trip_never_gives_more_days(trips: list[Trip], who: tuple[str, str]) -> None:
    more = [*trips, trip(TODAY - timedelta(days=20), TODAY - timedelta(days=5))]
    assert STAYS.count(*who, more, TODAY).left <= STAYS.count(*who, trips, TODAY).left
