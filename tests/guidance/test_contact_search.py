"""Contacts: by country and kind what is verified; no number that is not; never the own state for one in fear."""

import re
from pathlib import Path

import pytest
import yaml

from guidance.contact_search import CITIZENSHIP, COUNTRY, EMERGENCY, KIND, ContactSearch
from guidance.contacts import ORGANISATIONS_FILE, EmergencyNumbers, Organisations
from guidance.questionnaire import NO, SKIP, YES

DATA = Path(__file__).parents[2] / "data"
ORGANISATIONS = Organisations.load(DATA / "guidance")
SEARCH = ContactSearch.load(DATA / "guidance", ORGANISATIONS)
NUMBERS = EmergencyNumbers.load(DATA / "guidance")
QUESTIONS = SEARCH.questionnaire
COUNTRIES = QUESTIONS.item(COUNTRY).choices
CITIZENSHIPS = QUESTIONS.item(CITIZENSHIP).choices


def answered(country: str, need: str, citizen: str = "contact_uz", fears: str = NO) -> dict[str, str]:
    picked = QUESTIONS.with_choice(QUESTIONS.with_choice({}, country), need)
    return QUESTIONS.settled(QUESTIONS.with_choice(picked | {"contact_fears": fears}, citizen))


def ids(country: str, need: str, citizen: str = "contact_uz", fears: str = NO) -> list[str]:
    return [each.id for each in SEARCH.find(answered(country, need, citizen, fears))]


def test_each_kind_that_is_offered_has_something_and_no_kind_is_left_out() -> None:
    for country in COUNTRIES:
        offered = {each.id for each in QUESTIONS.choices(QUESTIONS.item(KIND), {COUNTRY: YES, country: YES})}
        for need in QUESTIONS.item(KIND).choices:
            if need == EMERGENCY:
                has = NUMBERS.for_country(QUESTIONS.item(country).code) is not None
            else:
                has = any(ids(country, need, citizen) for citizen in CITIZENSHIPS)
            assert (need in offered) == has, (country, need)
        assert 0 < len(offered) <= 9


def test_the_consulate_is_that_of_the_own_country() -> None:
    assert ids("help_in_ru", "need_consulate") == [
        "consular_portal_uz",
        "consulate_uz_siberia",
        "consulate_uz_ekaterinburg",
    ]
    assert ids("help_in_ru", "need_consulate", "contact_kg") == ["embassy_kg_ru"]
    assert ids("help_in_kz", "need_consulate") == ["consular_portal_uz"]
    assert ids("help_in_kz", "need_consulate", "contact_tj") == []


@pytest.mark.parametrize("fears", [YES, SKIP])
def test_one_who_fears_the_own_state_is_shown_unhcr_and_lawyers_and_no_office_of_it(fears: str) -> None:
    assert ids("help_in_ru", "need_consulate", fears=fears) == ["unhcr_ru", "civic_assistance"]
    assert ids("help_in_ru", "need_labour", fears=fears) == ["labour_inspection_ru"]
    for country in COUNTRIES:
        for need in ("need_consulate", "need_labour", "need_home"):
            for citizen in CITIZENSHIPS:
                found = SEARCH.find(answered(country, need, citizen, fears))
                own = QUESTIONS.item(citizen).code
                assert not [each.id for each in found if each.is_state and (each.citizenships or each.country == own)]


def test_nobody_is_referred_to_an_office_of_a_state() -> None:
    assert ORGANISATIONS.contact("consulate_uz_siberia") and ORGANISATIONS.get("consulate_uz_siberia") is None
    assert not [each for each in ORGANISATIONS.all() if each.is_state]


def test_no_digit_of_an_unverified_number_stands_in_anything_that_is_said() -> None:
    facts = {
        fact["id"]: fact["statement"]
        for path in (DATA / "facts").glob("*.yml")
        for fact in yaml.safe_load(path.read_text("utf-8"))
    }
    rows = yaml.safe_load((DATA / "guidance" / ORGANISATIONS_FILE).read_text("utf-8"))
    unverified = [
        row["hotline"]["fact"] for key in ("organisations", "offices") for row in rows[key] if "hotline" in row
    ]
    digits = re.compile(r"\b\d{2}-\d{2}\b|\b\d{5}\b")
    numbers = {number for fact in {*unverified, "TRF-KG-01"} for number in digits.findall(facts[fact])}
    assert {"11616", "11-08"} <= numbers
    said = re.compile("|".join(rf"(?<!\d){number}(?!\d)" for number in numbers))
    for folder in ("responses", "guidance", "faq"):
        for path in (DATA / folder).rglob("*.yml"):
            assert not said.search(path.read_text("utf-8")), path


def test_a_number_is_read_only_with_the_page_and_date_that_verified_it(tmp_path: Path) -> None:
    text = (DATA / "guidance" / ORGANISATIONS_FILE).read_text("utf-8")
    old = "hotline: {verified: false, fact: TRF-KZ-01}"

    def load(new: str) -> Organisations:
        (tmp_path / ORGANISATIONS_FILE).write_text(text.replace(old, new), "utf-8")
        return Organisations.load(tmp_path)

    whole = "hotline: {verified: true, number: '555', title: Called, at: 'https://example.org', date: '2026-11-20'}"
    centre = load(whole).get("union_of_crisis_centres")
    assert centre and centre.hotline and centre.hotline.number == "555" and not centre.has_unverified_hotline
    for wrong in (
        whole.replace("true", "false"),
        whole.replace("2026-11-20", "undated"),
        whole.replace("https://example.org", ""),
    ):
        with pytest.raises(ValueError, match="union_of_crisis_centres"):
            load(wrong)
