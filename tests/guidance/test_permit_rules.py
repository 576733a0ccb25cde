"""What one needs to work: the right rule for each person, told from the facts alone, or nothing at all."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from guidance.permit_rules import NoPermitRuleError, PermitRule, PermitRules, Point
from language.variants import LANGUAGES
from language.wording import Wording

DATA = Path(__file__).parents[2] / "data"
RULES = PermitRules.load(DATA / "guidance")
WORDING = Wording.load(DATA / "responses")
FACTS = {
    fact["id"]: fact
    for path in (DATA / "facts").glob("*.yml")
    for fact in yaml.safe_load(path.read_text("utf-8"))
    if isinstance(fact, dict)
}
POINTS = [(rule, point) for rule in RULES.rules for point in (*rule.points, *rule.held)]
STATES = {
    "text": ("",),
    "deadline": ("", "_passed"),
    "payments": ("_ahead", "_soon", "_passed", "_unknown", "_all", "_rule", "_no_date"),
    "end": ("_ahead", "_passed", "_no_date"),
}


@pytest.mark.parametrize(
    ("country", "citizenship", "rule", "fact"),
    [
        ("RU", "UZ", "RU-patent", "WRK-RU-01"),
        ("RU", "TJ", "RU-patent", "WRK-RU-01"),
        ("RU", "AZ", "RU-patent", "WRK-RU-01"),
        ("RU", "MD", "RU-patent", "WRK-RU-01"),
        ("RU", "KG", "RU-EAEU", "WRK-RU-15"),
        ("RU", "KZ", "RU-EAEU", "WRK-RU-15"),
        ("RU", "AM", "RU-EAEU", "WRK-RU-15"),
        ("RU", "BY", "RU-BY", "WRK-RU-12"),
        ("KZ", "UZ", "KZ-labour-immigrant", "WRK-KZ-01"),
        ("KZ", "TJ", "KZ-labour-immigrant", "WRK-KZ-02"),
        ("KZ", "KG", "KZ-EAEU", "WRK-KZ-05"),
        ("KZ", "RU", "KZ-EAEU", "WRK-KZ-05"),
        ("KG", "KZ", "EAEU-elsewhere", "WRK-RU-12"),
        ("KG", "RU", "EAEU-elsewhere", "WRK-RU-12"),
        ("KR", "KG", "KR-EPS", "WRK-KR-01"),
        ("KR", "UZ", "KR-EPS", "WRK-KR-03"),
        ("TR", "UZ", "TR-employer", "WRK-TR-01"),
        ("TR", "KG", "TR-employer", "WRK-TR-02"),
    ],
)
def test_each_person_has_the_rule_of_the_fact(country: str, citizenship: str, rule: str, fact: str) -> None:
    found = RULES.rule_for(country, citizenship)
    assert found.id == rule
    assert fact in {each.id for point in found.points for each in point.facts}
    named = re.split(r"[,; ]+", FACTS[fact]["citizenship"])
    assert citizenship in named or named[0] in ("EAEU", "all", "non-EAEU")


@pytest.mark.parametrize(
    ("country", "citizenship", "reason"),
    [
        ("RU", "RU", "own_country"),
        ("TR", "TR", "own_country"),
        ("RU", "TM", "no_fact"),
        ("RU", "GE", "no_fact"),
        ("KZ", "TM", "no_fact"),
        ("KG", "UZ", "no_fact"),
        ("UZ", "TJ", "no_fact"),
        ("TJ", "UZ", "no_fact"),
        ("KR", "TJ", "no_fact"),
        ("CN", "KZ", "no_fact"),
    ],
)
def test_without_a_usable_fact_nothing_is_told(country: str, citizenship: str, reason: str) -> None:
    with pytest.raises(NoPermitRuleError) as error:
        RULES.rule_for(country, citizenship)
    assert error.value.reason == reason


@pytest.mark.parametrize(("rule", "point"), POINTS, ids=lambda each: getattr(each, "id", getattr(each, "say", "")))
def test_each_point_stands_on_facts_that_may_be_used_and_tells_of_doubt(rule: PermitRule, point: Point) -> None:
    for fact in point.facts:
        known = FACTS[fact.id]
        assert known["confidence"] in ("high", "medium")
        addresses = {(source["title"], source["at"]) for source in known["source"]}
        assert {(source.title, source.at) for source in fact.sources} <= addresses
        assert fact.recheck == bool(known.get("recheck"))
        places = {"RU": "RU", "KZ": "KZ", "KR": "KR", "TR": "TR"}
        where = known["jurisdiction"].split()[0]
        assert where == "EAEU" or {places.get(country) for country in rule.countries} == {where}


@pytest.mark.parametrize(("rule", "point"), POINTS, ids=lambda each: getattr(each, "id", getattr(each, "say", "")))
def test_the_length_of_each_term_is_that_of_its_fact(rule: PermitRule, point: Point) -> None:
    statements = " ".join(FACTS[fact.id]["statement"] for fact in point.facts)
    if point.days:
        assert re.search(rf"within {point.days} (calendar )?days", statements)
    if point.months and point.show != "payments":
        assert re.search(rf"{point.months} months", statements)
    if point.show == "payments":
        assert "monthly" in statements


@pytest.mark.parametrize(("rule", "point"), POINTS, ids=lambda each: getattr(each, "id", getattr(each, "say", "")))
def test_each_point_has_its_words(rule: PermitRule, point: Point) -> None:
    assert {f"{point.say}{state}" for state in STATES[point.show]} <= set(WORDING.keys())


def test_every_fact_on_the_right_to_work_is_told_or_left_out_with_a_reason() -> None:
    facts = yaml.safe_load((DATA / "facts" / "02_right_to_work.yml").read_text("utf-8"))
    told = {fact.id for _, point in POINTS for fact in point.facts}
    assert {fact["id"] for fact in facts} <= told | set(RULES.left_out)
    assert not told & set(RULES.left_out)


@pytest.mark.parametrize("variant", LANGUAGES)
def test_prices_and_numbers_in_words_are_those_of_the_facts(variant: str) -> None:
    price = WORDING.text("permit_price_of_year", variant)
    assert {digits for digits in re.findall(r"\d+", re.sub(r"(?<=\d)[ ,](?=\d{3})", "", price))} == {
        "2026",
        "10000",
        "8000",
    }
    statement = FACTS["WRK-RU-07"]["statement"]
    assert all(number in statement for number in ("2026", "10,000", "8,000"))
    promised = WORDING.text("permit_eps_no_promise", variant).replace(",", "")
    assert all(number in promised for number in ("2025", "1350", "339", "225"))
    assert all(number in FACTS["WRK-KR-02"]["statement"] for number in ("2025", "1,350", "339", "225"))
    assert all(number in WORDING.text("permit_contract_ended", variant) for number in ("90", "15"))
    assert all(number in FACTS["WRK-RU-14"]["statement"] for number in ("90", "15"))


@pytest.mark.parametrize("variant", LANGUAGES)
def test_the_titles_of_the_buttons_fit_every_channel(variant: str) -> None:
    keys = ("start_permit", "purpose_work", "purpose_other", "unknown", "not_entered")
    assert all(len(WORDING.text(f"button_{key}", variant)) <= 20 for key in keys)


def test_the_price_is_told_in_its_year_only() -> None:
    price = next(point for _, point in POINTS if point.say == "permit_price_of_year")
    assert price.is_for("UZ", None, date(2026, 12, 31))
    assert not price.is_for("UZ", None, date(2027, 1, 1))


def test_who_has_a_patent_is_asked_other_things_than_who_has_none() -> None:
    rule = RULES.rule_for("RU", "UZ")
    assert rule.asks(None) == ("permit_held",)
    assert rule.asks("no") == ("permit_held", "permit_purpose", "permit_entered_on")
    assert rule.asks("yes") == ("permit_held", "permit_issued_on", "permit_months")
    assert RULES.rule_for("RU", "KG").asks(None) == ("permit_entered_on",)
    assert RULES.rule_for("KZ", "UZ").asks(None) == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("show: deadline, days: 30", "show: deadline", "rule RU-patent: permit_apply: what is counted"),
        ("show: deadline, days: 30", "show: dedline, days: 30", "rule RU-patent: must be one of"),
        ("since: entry", "since: birth", "rule RU-patent: must be one of"),
        ("facts: [WRK-RU-08]", "facts: []", "rule RU-patent: permit_copy stands on no fact"),
        ("facts: [WRK-RU-08]", "facts: [WRK-RU-99]", "rule RU-patent: 'WRK-RU-99'"),
    ],
)
def test_a_broken_rule_is_named_with_its_file(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = (DATA / "guidance" / "permits.yml").read_text("utf-8")
    assert old in text
    (tmp_path / "permits.yml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ValueError, match=f"permits.yml: {message}"):
        PermitRules.load(tmp_path)


def test_a_release_without_the_file_has_no_rules(tmp_path: Path) -> None:
    assert PermitRules.load(tmp_path).countries() == ()
