"""Emergency numbers: only sourced ones, each with its source."""

from pathlib import Path

import yaml

from guidance.contacts import EmergencyNumbers

ROOT = Path(__file__).parents[2]
NUMBERS = EmergencyNumbers.load(ROOT / "data" / "guidance")


def test_russia_and_kazakhstan_have_all_numbers_with_a_source() -> None:
    for country in ("RU", "KZ"):
        number = NUMBERS.for_country(country)
        assert number is not None
        assert number.first == "112"
        assert number.numbers["ambulance"] == "103"
        assert number.sources


def test_a_number_of_low_confidence_is_not_shown() -> None:
    assert NUMBERS.for_country("TJ") is None
    assert NUMBERS.for_country(None) is None


def test_every_number_stands_in_the_fact_that_it_names() -> None:
    facts = {
        fact["id"]: fact for fact in yaml.safe_load((ROOT / "data/facts/14_emergency_numbers.yml").read_text("utf-8"))
    }
    for country in NUMBERS.countries():
        number = NUMBERS.for_country(country)
        assert number is not None
        for digits in number.numbers.values():
            in_range = "101-104" in str(facts[number.fact_id]["source"]) and digits in ("101", "102", "103", "104")
            assert digits in facts[number.fact_id]["statement"] or in_range
