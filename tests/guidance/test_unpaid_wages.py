"""Where to complain of unpaid wages: every row stands on facts that may be told, and goes to whom it is for."""

from pathlib import Path

import pytest
import yaml

from guidance.unpaid_wages import UnpaidWages

DATA = Path(__file__).parents[2] / "data"
WAGES = UnpaidWages.load(DATA / "guidance")
FACTS = {fact["id"]: fact for fact in yaml.safe_load((DATA / "facts" / "04_labour_rights.yml").read_text("utf-8"))}


def test_every_row_cites_facts_that_may_be_told_and_their_sources() -> None:
    for row in (*WAGES.ways, *WAGES.helps):
        pages = set()
        for fact in (FACTS[name] for name in row.facts):
            assert fact["confidence"] != "low"
            pages |= {source["at"] for source in fact["source"]}
        assert {source.at for source in row.sources} <= pages
        if any(FACTS[name].get("recheck") for name in row.facts):
            assert row.recheck


def test_facts_that_may_not_be_told_are_left_out() -> None:
    told = {fact for way in (*WAGES.ways, *WAGES.helps) for fact in way.facts}
    told |= {fact for each in WAGES.evidence for fact in each.facts}
    for fact in ("LAB-RU-06", "LAB-GEN-01"):
        assert fact not in told
        assert fact in WAGES.left_out


@pytest.mark.parametrize(
    ("country", "citizenship", "helps"),
    [
        ("RU", "KG", ["KG"]),
        ("RU", "TJ", ["TJ"]),
        ("RU", "UZ", ["UZ"]),
        ("KZ", "UZ", ["UZ"]),
        ("TR", "UZ", ["UZ"]),
        ("UZ", "UZ", []),
        ("KZ", "KG", []),
        ("KZ", "TJ", []),
        ("RU", None, []),
    ],
)
def test_an_office_helps_its_own_citizens_where_the_fact_says_so(
    country: str, citizenship: str | None, helps: list[str]
) -> None:
    assert [each.id for each in WAGES.helps_for(country, citizenship)] == helps


@pytest.mark.parametrize(("country", "is_known"), [("RU", True), ("KZ", True), ("TR", False), ("UZ", False)])
def test_a_road_of_complaint_is_known_only_where_a_fact_names_it(country: str, is_known: bool) -> None:
    assert bool(WAGES.way_in(country)) is is_known


def test_what_is_ticked_goes_with_the_complaint_if_a_copy_of_it_can() -> None:
    assert WAGES.enclosed(("employer", "photos", "contract", "unknown")) == ("contract", "photos")


def test_a_release_from_before_the_file_has_no_rows(tmp_path: Path) -> None:
    assert UnpaidWages.load(tmp_path).countries() == ()
