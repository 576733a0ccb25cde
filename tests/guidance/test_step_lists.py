"""Step lists: the right steps for each person, from facts that may be shown; nobody in fear is led to the own state."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.contact_search import ContactSearch
from guidance.contacts import Organisations
from guidance.questionnaire import NO, ONE_OF, SKIP, YES
from guidance.questionnaire_file import QuestionnaireError
from guidance.step_lists import FILE, Step, StepLists
from language.variants import LANGUAGES
from language.wording import Wording
from publishing.check_consulate import _CONSULATE

DATA = Path(__file__).parents[2] / "data"
LISTS = StepLists.load(DATA / "guidance")
ORGANISATIONS = Organisations.load(DATA / "guidance")
WORDING = Wording.load(DATA / "responses")
FACTS = {
    fact["id"]: fact for path in (DATA / "facts").glob("*.yml") for fact in yaml.safe_load(path.read_text("utf-8"))
}
OF_THESE = ("03_bans_and_expulsion.yml", "08_return_and_reintegration.yml", "10_documents.yml")


def answered(*picked: str, **replies: str) -> dict[str, str]:
    """Answers as the buttons give them."""
    answers: dict[str, str] = {}
    for name in picked:
        answers = LISTS.questionnaire.with_choice(answers, name)
    several = {question.id for question in LISTS.questionnaire.items if set(question.choices) & set(picked)}
    return answers | dict.fromkeys(several, YES) | replies


def ids(answers: Mapping[str, str]) -> list[str]:
    assert LISTS.questionnaire.next_question(answers) is None
    return [step.id for step in LISTS.steps(answers)]


def test_a_lost_uzbek_passport_in_russia_goes_from_the_police_to_the_return_certificate() -> None:
    assert ids(answered("lost_passport", "in_ru", "cit_uz", "pass_lost", fears_state=NO)) == [
        "lost_police_ru",
        "lost_form_uz",
        "lost_visit_uz",
        "lost_certificate_uz",
        "lost_registration_ru",
        "lost_copies",
    ]


def test_a_passport_that_somebody_keeps_begins_with_what_that_means() -> None:
    found = ids(answered("lost_passport", "in_ru", "cit_tj", "pass_held", fears_state=NO))
    assert found[:2] == ["held_sign", "held_ru"]
    assert "lost_police_ru" not in found


def test_where_nothing_is_known_it_is_said() -> None:
    assert "lost_consulate_unknown" in ids(answered("lost_passport", "in_kz", "cit_tj", "pass_lost", fears_state=NO))
    assert ids(answered("entry_ban", "ban_other", "cit_uz", fears_state=NO)) == ["ban_unknown"]
    assert "back_office_unknown" in ids(answered("reintegration", "cit_kz", "back_no_work"))


@pytest.mark.parametrize(
    ("why", "step", "years"),
    [
        ("why_fines", "ban_fines_ru", "3"),
        ("why_overstay", "ban_overstay_ru", "3"),
        ("why_expelled", "ban_expelled_ru", "5"),
    ],
)
def test_each_reason_of_a_ban_has_its_years_and_no_other(why: str, step: str, years: str) -> None:
    found = ids(answered("entry_ban", "ban_ru", "cit_uz", why, fears_state=NO))
    assert [each for each in found if each in ("ban_fines_ru", "ban_overstay_ru", "ban_expelled_ru")] == [step]
    assert all(years in WORDING.text(f"step.{step}", variant) for variant in LANGUAGES)


def test_the_term_to_appeal_is_not_told_as_no_fact_may_be_shown() -> None:
    assert "BAN-RU-07" in LISTS.left_out
    for variant in LANGUAGES:
        assert not re.search(r"\d", WORDING.text("step.ban_appeal_ru", variant))


@pytest.mark.parametrize("step", LISTS.all_steps, ids=lambda step: step.id)
def test_each_step_stands_on_facts_that_may_be_shown_and_tells_what_is_open(step: Step) -> None:
    notes = yaml.safe_load((DATA.parent / "publishing" / "recheck_notes.yml").read_text("utf-8"))
    for name in step.facts:
        assert FACTS[name]["confidence"] in ("high", "medium") and FACTS[name]["source"] != "none"
    rows = {(source["title"], source["at"]) for name in step.facts for source in FACTS[name]["source"]}
    assert {(source.title, source.at) for source in LISTS.sources(step)} <= rows
    assert LISTS.is_open(step) == any(FACTS[name].get("recheck") and name not in notes for name in step.facts)
    assert all(ORGANISATIONS.contact(name) for name in step.contacts)
    for variant in LANGUAGES:
        assert WORDING.text(step.text_key, variant, number="112")


def test_every_fact_of_bans_return_and_documents_is_a_step_or_left_out_with_a_reason() -> None:
    used = {fact for step in LISTS.all_steps for fact in step.facts}
    for name in OF_THESE:
        facts = {fact["id"] for fact in yaml.safe_load((DATA / "facts" / name).read_text("utf-8"))}
        assert facts == facts & (used | set(LISTS.left_out)), name
    assert not used & set(LISTS.left_out) and all(LISTS.left_out.values())


@st.composite
def people(draw: st.DrawFn, /, **fixed: str) -> dict[str, str]:
    """Somebody who answers what is asked, at random, until nothing is open."""
    answers: dict[str, str] = {}
    while question := LISTS.questionnaire.next_question(answers):
        if question.id in fixed:
            answers[question.id] = fixed[question.id]
        elif question.kind == ONE_OF:
            answers = LISTS.questionnaire.with_choice(answers, draw(st.sampled_from(question.choices)))
        elif question.choices:
            picked = draw(st.sets(st.sampled_from(question.choices)))
            answers |= dict.fromkeys(picked, YES) | {question.id: YES}
        else:
            answers[question.id] = draw(st.sampled_from((YES, NO, SKIP)))
    return answers


@settings(deadline=None)
@given(people())
def test_everybody_gets_steps_and_none_twice(answers: dict[str, str]) -> None:
    found = ids(answers)
    assert found and len(found) == len(set(found))
    assert len(found) <= 20


@settings(deadline=None, max_examples=200)
@given(people(fears_state=YES) | people(fears_state=SKIP))
def test_one_who_fears_the_own_state_is_never_shown_its_offices(answers: dict[str, str]) -> None:
    if not LISTS.fears_state(answers):
        return
    for step in LISTS.steps(answers):
        said = {
            variant: WORDING.text(step.text_key, variant, number="") for variant in LANGUAGES if variant != "uz-Cyrl"
        }
        assert not [text for variant, text in said.items() if _CONSULATE[variant].search(text)], step.id
        assert not re.search("consula|embass|konsul[^t]", repr(LISTS.sources(step)), re.I), step.id
        offices = [ORGANISATIONS.contact(name) for name in step.contacts]
        assert not [each.id for each in offices if each and each.is_state and each.citizenships], step.id


def test_one_who_fears_the_own_state_begins_with_a_lawyer_and_unhcr() -> None:
    for name in ("lost_passport", "entry_ban", "going_home"):
        more = {
            "lost_passport": ("in_ru", "pass_lost"),
            "entry_ban": ("ban_ru", "why_unknown"),
            "going_home": ("in_ru",),
        }
        found = answered(
            name, *more[name], fears_state=SKIP, **({"home_situation": NO} if name == "going_home" else {})
        )
        assert ids(found)[0] == "fear_first"


def test_every_choice_fits_a_reply_button_and_every_question_a_list_of_ten() -> None:
    search = ContactSearch.load(DATA / "guidance", ORGANISATIONS).questionnaire
    titles = [title for each in (*LISTS.questionnaire.items, *search.items) for title in each.title.values()]
    keys = [key for key in WORDING.keys() if key.startswith("button_") and ("_step" in key or "contact" in key)]  # noqa: SIM118
    titles += [WORDING.text(key, variant) for key in keys for variant in LANGUAGES]
    assert not [title for title in titles if len(title) > 20]
    assert all(len(each.choices) + 2 <= 10 for each in LISTS.questionnaire.items)


def test_a_step_without_its_source_is_refused_by_its_id(tmp_path: Path) -> None:
    text = (DATA / "guidance" / FILE).read_text("utf-8")
    (tmp_path / FILE).write_text(text.replace("- {fact: BAN-RU-03,", "- {fact: BAN-RU-99,"), "utf-8")
    with pytest.raises(QuestionnaireError, match="ban_fines_ru: no source is named for BAN-RU-03"):
        StepLists.load(tmp_path)
