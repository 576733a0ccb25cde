"""Deadlines of registration: the right rule for each person, counted on the safe side, or none at all."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.registration import NoRuleError, Registration

FOLDER = Path(__file__).parents[2] / "data" / "guidance"
RULES = Registration.load(FOLDER)
ENTERED = date(2026, 11, 2)  # a Monday


@pytest.mark.parametrize(
    ("country", "citizenship", "last_day", "fact"),
    [
        ("RU", "UZ", date(2026, 11, 16), "REG-RU-01"),
        ("RU", "TJ", date(2026, 11, 16), "REG-RU-02"),
        ("RU", "KG", date(2026, 12, 1), "REG-RU-03"),
        ("RU", "KZ", date(2026, 12, 1), "REG-RU-03"),
        ("RU", "AM", date(2026, 12, 1), "REG-RU-03"),
        ("RU", "TM", date(2026, 11, 10), "REG-RU-04"),
        ("RU", "MD", date(2026, 11, 10), "REG-RU-04"),
        ("KZ", "UZ", date(2026, 12, 1), "REG-KZ-03"),
        ("KZ", "KG", date(2026, 12, 1), "REG-KZ-03"),
        ("KG", "KZ", date(2026, 12, 1), "REG-KG-02"),
        ("KG", "TJ", date(2026, 12, 31), "REG-TJ-01"),
        ("TJ", "KG", date(2026, 12, 31), "REG-TJ-01"),
        ("UZ", "RU", date(2026, 11, 16), "REG-UZ-02"),
        ("UZ", "KZ", date(2026, 12, 1), "REG-UZ-02"),
        ("UZ", "TJ", date(2026, 11, 4), "REG-UZ-01"),
    ],
)
def test_each_citizenship_has_the_deadline_of_its_fact(
    country: str, citizenship: str, last_day: date, fact: str
) -> None:
    deadline = RULES.deadline(country, citizenship, ENTERED, ENTERED)
    assert deadline.last_day == last_day
    assert fact in deadline.fact_ids
    assert deadline.sources


def test_a_weekend_does_not_count_as_working_days() -> None:
    friday = date(2026, 11, 6)
    assert RULES.deadline("RU", "TM", friday, friday).last_day == date(2026, 11, 16)


@pytest.mark.parametrize(
    ("country", "citizenship", "reason"),
    [
        ("RU", "BY", "sources_differ"),
        ("RU", "RU", "own_country"),
        ("KZ", "TJ", "no_fact"),
        ("KG", "UZ", "no_fact"),
        ("KR", "UZ", "no_fact"),
    ],
)
def test_without_a_usable_fact_no_deadline_is_named(country: str, citizenship: str, reason: str) -> None:
    with pytest.raises(NoRuleError) as error:
        RULES.deadline(country, citizenship, ENTERED, ENTERED)
    assert error.value.reason == reason


def test_a_rule_is_not_applied_to_an_entry_before_it_was_in_force() -> None:
    with pytest.raises(NoRuleError) as error:
        RULES.deadline("KZ", "UZ", date(2026, 6, 30), ENTERED)
    assert error.value.reason == "not_in_force"


def test_days_left_are_negative_once_the_last_day_has_passed() -> None:
    assert RULES.deadline("RU", "UZ", ENTERED, ENTERED + timedelta(days=20)).days_left == -6


@given(
    st.dates(date(2026, 7, 1), date(2035, 1, 1)),
    st.sampled_from([("RU", "UZ"), ("RU", "TM"), ("RU", "KG"), ("KZ", "UZ"), ("UZ", "TJ")]),
)
def test_the_advised_day_lies_after_the_entry_and_before_the_last_day(entered: date, who: tuple[str, str]) -> None:
    deadline = RULES.deadline(*who, entered, entered)
    assert entered <= deadline.advised_day < deadline.last_day
    assert deadline.last_day >= entered + timedelta(days=deadline.days - 1)


def test_a_broken_rule_is_named_with_its_file(tmp_path: Path) -> None:
    text = (FOLDER / "registration.yml").read_text("utf-8").replace("count: working", "count: moon", 1)
    (tmp_path / "registration.yml").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"registration.yml: rule RU-others: count"):
        Registration.load(tmp_path)


def test_holidays_among_working_days_are_named_and_make_no_day_later() -> None:
    deadline = RULES.deadline("RU", "TM", date(2026, 12, 28), date(2026, 12, 28))
    assert deadline.last_day == date(2027, 1, 5)
    assert deadline.holidays == (date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 4), date(2027, 1, 5))
    assert RULES.deadline("RU", "TJ", date(2026, 12, 28), date(2026, 12, 28)).holidays == (), "calendar days"
    assert RULES.deadline("RU", "TM", ENTERED, ENTERED).holidays == (date(2026, 11, 4),)


def test_holidays_are_read_from_their_file_and_a_wrong_day_names_it(tmp_path: Path) -> None:
    (tmp_path / "registration.yml").write_text((FOLDER / "registration.yml").read_text("utf-8"), "utf-8")
    assert Registration.load(tmp_path).deadline("RU", "TM", ENTERED, ENTERED).holidays == (), "no file, no holidays"
    (tmp_path / "holidays.yml").write_text("countries: {RU: [2026-11-03]}", "utf-8")
    assert Registration.load(tmp_path).deadline("RU", "TM", ENTERED, ENTERED).holidays == (date(2026, 11, 3),)
    (tmp_path / "holidays.yml").write_text("countries: {RU: [tomorrow]}", "utf-8")
    with pytest.raises(ValueError, match=r"holidays\.yml: 'tomorrow' is no day"):
        Registration.load(tmp_path)
