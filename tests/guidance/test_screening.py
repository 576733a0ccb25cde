"""The screening: every row of its routing, what is asked of whom, needs and profiles. A finding is never a verdict."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.questionnaire import ANSWERS, NO, SKIP, YES
from guidance.screening import FACTOR_GROUPS, Screening
from language.variants import LANGUAGES

FOLDER = Path(__file__).parents[2] / "data" / "guidance"
SCREENING = Screening.load(FOLDER)
ASKED = SCREENING.questionnaire
CALM = {"no_consent": YES, "ILO3": YES, "IN1": YES, "FA5": YES, "IN4": YES, "SL1": YES, "RT1": YES, "BN1": YES}
"""What somebody without any trouble answers; everything else with no."""
EMERGENCY = "emergency_and_human_now"
SAFETY = "safety_flow_and_anti_trafficking_referral"
RIGHTS = "explain_rights_offer_referral_and_labour_complaint"
ASYLUM = "unhcr_and_lawyer_not_own_consulate"
LEGAL = "legal_aid_first_no_travel_before_check"
COMPLEX = "complex_help_with_human_caseworker"
INFORMATION = "information_answer"
OPEN_GATES = {"no_work_trouble": YES, "family_depends": YES, "no_hardship": YES}


def answer_all(**told: str) -> dict[str, str]:
    """Go through the questions; `told` says what differs from a calm life, choices included."""
    answers: dict[str, str] = {}
    while question := ASKED.next_question(answers):
        answers |= {choice: YES for choice in question.choices if told.get(choice) == YES}
        answers[question.id] = told.get(question.id, CALM.get(question.id, NO))
    return answers


@pytest.mark.parametrize(
    ("told", "route", "danger"),
    [
        ({"danger_now": YES}, EMERGENCY, "urgent"),
        ({"ILO5": YES}, EMERGENCY, "urgent"),
        ({"child": YES}, EMERGENCY, "urgent"),
        ({"ILO3": NO}, SAFETY, "concern"),
        ({"ILO6": YES}, SAFETY, "concern"),
        ({"ILO7": YES}, SAFETY, "concern"),
        ({"ILO9": YES}, SAFETY, "concern"),
        ({**OPEN_GATES, "ILO8": YES, "ILO2": YES, "ILO11": YES}, SAFETY, "concern"),
        ({**OPEN_GATES, "ILO2": YES, "ILO10": YES, "ILO4": YES}, SAFETY, "concern"),
        ({**OPEN_GATES, "ILO8": YES, "ILO1": YES}, RIGHTS, "none"),
        ({"ILO4": YES}, RIGHTS, "none"),
        ({"fear_of_return": YES}, ASYLUM, "concern"),
        ({"SI3": YES}, LEGAL, "none"),
        ({"ST2": YES, "overstay": YES}, LEGAL, "none"),
        ({"ST3": YES, "SI2": YES}, COMPLEX, "none"),
        ({**OPEN_GATES, "ST3": YES, "FA1": YES}, COMPLEX, "none"),
        ({"IN1": NO, "SI2": YES}, COMPLEX, "none"),
        ({"ST3": YES}, INFORMATION, "none"),
        ({}, INFORMATION, "none"),
    ],
)
def test_every_row_of_the_routing(told: dict[str, str], route: str, danger: str) -> None:
    found = SCREENING.find(answer_all(**told))
    assert (found.route, found.danger) == (route, danger)


@pytest.mark.parametrize(
    ("graver", "lighter"), [(EMERGENCY, SAFETY), (SAFETY, RIGHTS), (RIGHTS, ASYLUM), (ASYLUM, LEGAL), (LEGAL, COMPLEX)]
)
def test_the_routes_stand_gravest_first(graver: str, lighter: str) -> None:
    ids = [route.id for route in ASKED.all_routes]
    assert ids.index(graver) + 1 == ids.index(lighter)
    assert ids[-1] == INFORMATION


def test_a_lighter_route_that_holds_too_is_not_lost() -> None:
    found = SCREENING.find(answer_all(ILO7=YES, fear_of_return=YES, SI3=YES))
    assert found.route == SAFETY
    assert {ASYLUM, LEGAL} <= set(found.also)


def test_questions_and_signs_are_those_of_the_sources_and_none_is_left_out() -> None:
    typology = {f"ILO{number}" for number in range(1, 12)}
    typology |= {"ST1", "ST2", "ST3", "ST4", "ST5", "SI1", "SI2", "SI3", "SI4"}
    typology |= {"FA1", "FA2", "FA3", "FA4", "FA5", "IN1", "IN2", "IN3", "IN4", "IN5"}
    assert typology <= {item.id for item in ASKED.items}
    assert [profile.id for profile in SCREENING.profiles] == [f"R{number}" for number in range(1, 15)]


def test_consent_comes_first_safety_second_and_the_eleven_signs_before_all_else() -> None:
    ids = [item.id for item in ASKED.items if item.is_asked]
    assert ids[:4] == ["no_consent", "phone_read", "danger_now", "child"]
    groups = [ASKED.item(name).group for name in ids]
    assert max(at for at, group in enumerate(groups) if group == "ilo") < ids.index("own_path")


@pytest.mark.parametrize("reply", [NO, SKIP])
def test_without_consent_nothing_is_asked(reply: str) -> None:
    assert ASKED.next_question({"no_consent": reply}) is None


@pytest.mark.parametrize(("last", "count"), [("phone_read", 2), ("danger_now", 3), ("child", 4), ("ILO5", 5)])
def test_the_asking_stops_at_once_when_the_urgent_route_is_clear(last: str, count: int) -> None:
    answers = answer_all(**{last: YES})
    assert list(answers)[-1] == last
    assert len(answers) == count


def test_one_grave_sign_leaves_few_questions() -> None:
    assert len(answer_all(ILO7=YES)) <= 13


def test_somebody_in_no_trouble_is_asked_less_than_twenty_questions() -> None:
    assert len(answer_all()) < 20


@pytest.mark.parametrize(
    ("choice", "asked"),
    [
        ("woman", {"FA3", "ST4"}),
        ("orphan", {"FA5"}),
        ("stateless", {"SL1"}),
        ("SI3", {"overstay", "BN1"}),
        ("returnee", {"RT1", "ST1"}),
        ("young", {"IN4", "ST1"}),
    ],
)
def test_each_own_path_has_its_questions_and_nobody_else_is_asked_them(choice: str, asked: set[str]) -> None:
    assert asked <= set(answer_all(**{choice: YES}))
    assert not asked & set(answer_all())


@pytest.mark.parametrize(
    ("told", "profile"),
    [
        ({"SI3": YES, "family_depends": YES}, "R1"),
        ({"woman": YES, "FA3": YES, "family_depends": YES}, "R2"),
        ({"no_hardship": YES, "IN5": YES}, "R3"),
        ({"no_hardship": YES, "IN2": YES}, "R4"),
        ({"orphan": YES, "FA5": NO}, "R5"),
        ({"young": YES, "woman": YES, "FA3": YES}, "R7"),
        ({"woman": YES, "FA4": YES}, "R8"),
        ({"ILO7": YES, "overstay": YES}, "R9"),
        ({"ILO7": YES}, "R10"),
        ({"child": YES}, "R11"),
        ({"stateless": YES}, "R12"),
        ({"fear_of_return": YES}, "R13"),
        ({"ST2": YES, "overstay": YES}, "R14"),
    ],
)
def test_those_most_at_risk_are_noticed(told: dict[str, str], profile: str) -> None:
    assert profile in SCREENING.find(answer_all(**told)).factors


def test_a_young_man_without_a_trade_under_a_ban_is_noticed() -> None:
    answers = {**answer_all(young=YES, SI3=YES, no_hardship=YES), "IN2": YES}
    assert "R6" in SCREENING.find(answers).factors


@pytest.mark.parametrize(
    ("told", "need"),
    [
        ({"ILO5": YES}, "urgent_help"),
        ({"child": YES}, "child_protection"),
        ({"ILO3": NO}, "freedom_to_leave"),
        ({"ILO7": YES}, "passport_kept"),
        ({**OPEN_GATES, "ILO8": YES}, "unpaid_wages"),
        ({"fear_of_return": YES}, "protection_from_return"),
        ({"SI3": YES}, "legal_aid_documents"),
        ({"stateless": YES}, "statelessness"),
        ({"returnee": YES}, "reintegration"),
        ({"SI2": YES}, "return_home"),
    ],
)
def test_what_is_told_becomes_a_need_with_entries(told: dict[str, str], need: str) -> None:
    found = {each.id: each for each in SCREENING.find(answer_all(**told)).needs}
    assert found[need].entries


@settings(deadline=None)
@given(data=st.data())
def test_skipping_never_makes_a_finding_graver(data: Any) -> None:
    answers: dict[str, str] = {}
    while question := ASKED.next_question(answers):
        answers[question.id] = data.draw(st.sampled_from(ANSWERS))
    order = [route.id for route in ASKED.all_routes]
    skipped = {name: SKIP if data.draw(st.booleans()) else reply for name, reply in answers.items()}
    assert order.index(SCREENING.find(skipped).route) >= order.index(SCREENING.find(answers).route)


@settings(deadline=None)
@given(data=st.data())
def test_every_id_of_a_finding_has_a_label_in_every_variant(data: Any) -> None:
    answers: dict[str, str] = {}
    while question := ASKED.next_question(answers):
        answers |= {choice: YES for choice in question.choices if data.draw(st.booleans())}
        answers[question.id] = data.draw(st.sampled_from(ANSWERS))
    found = SCREENING.find(answers)
    for name in (*found.signs, *found.factors, found.route, *(need.id for need in found.needs)):
        assert re.fullmatch(r"[A-Za-z0-9_]+", name)
        assert all(SCREENING.label(name, variant) for variant in LANGUAGES)


def test_who_answers_nothing_has_no_need_and_no_note() -> None:
    found = SCREENING.find({})
    assert (found.route, found.is_worth_a_note, found.entries) == (INFORMATION, False, ())


def test_no_text_speaks_a_verdict() -> None:
    verdict = re.compile(r"жертв|қурбон|qurbon|курмандык|құрбан|victim|слав|slave", re.IGNORECASE)
    texts = [text for item in ASKED.items for texts in (item.ask, item.label) for text in texts.values()]
    texts += [SCREENING.label(each.id, variant) for each in SCREENING.profiles for variant in LANGUAGES]
    assert not [text for text in texts if verdict.search(text)]


def test_the_thresholds_are_data(tmp_path: Path) -> None:
    text = (FOLDER / "screening.yml").read_text("utf-8")
    assert "at_least: 3}" in text
    (tmp_path / "screening.yml").write_text(text.replace("at_least: 3}", "at_least: 2}"), "utf-8")
    stricter = Screening.load(tmp_path)
    two_signs = answer_all(**OPEN_GATES, ILO8=YES, ILO1=YES)
    assert SCREENING.find(two_signs).route == RIGHTS
    assert stricter.find(two_signs).route == SAFETY


def test_the_groups_are_the_four_of_the_typology() -> None:
    groups: Mapping[str, int] = {group: sum(item.group == group for item in ASKED.items) for group in FACTOR_GROUPS}
    assert groups == {"structural": 5, "situational": 5, "family": 5, "individual": 5}


def test_the_file_says_yes_and_no_also_to_other_readers() -> None:
    document = yaml.safe_load((FOLDER / "screening.yml").read_text("utf-8"))
    assert {item["id"] for item in document["items"]} == {item.id for item in ASKED.items}
