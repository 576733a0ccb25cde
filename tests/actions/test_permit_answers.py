"""What stands around the form on papers for work: its answer for everybody, the offer, the menu, the first step."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.affirm import affirm
from actions.answer_question import show
from actions.answering import Answering
from actions.ground import Ground
from actions.heard import MAX_BUTTONS, Heard
from actions.show_menu import show_menu
from actions.shown_date import shown_date
from actions.tell_permit import tell_permit
from actions.validate_permit_form import settled
from guidance.permit_rules import PermitRules
from knowledge_base.library import Library
from language.variants import LANGUAGES
from tests.actions.conftest import DATA, TODAY

OFFERING = ("work.permit", "work.permit_payment", "work.eaeu")
PLACES = ("RU", "KZ", "KG", "TJ", "UZ", "TM", "AM", "AZ", "BY", "GE", "MD", "UA", "KR", "TR", "CN")
PAST_DAYS = st.integers(0, 900).map(lambda days: (TODAY - timedelta(days=days)).isoformat())
DETAILS = st.fixed_dictionaries(
    {
        "country": st.sampled_from(PLACES),
        "citizenship": st.sampled_from(PLACES),
        "permit_held": st.sampled_from(["yes", "no"]),
        "permit_purpose": st.sampled_from(["work", "other", "unknown"]),
        "permit_entered_on": st.one_of(PAST_DAYS, st.just("unknown")),
        "permit_issued_on": st.one_of(PAST_DAYS, st.just("unknown")),
        "permit_months": st.one_of(st.integers(1, 12), st.just("unknown")),
    }
)


@settings(deadline=None, max_examples=150)
@given(DETAILS, st.sampled_from(LANGUAGES))
def test_everybody_gets_an_answer_with_a_way_on(ground: Ground, details: dict[str, Any], variant: str) -> None:
    slots = {**details, **settled(ground, {}, details)}
    told = tell_permit(ground, Heard("", variant, TODAY, {"start_permit": 1.0}, (), slots))
    assert told.text
    assert "{" not in told.text
    assert 0 < len(told.buttons) <= MAX_BUTTONS
    payloads = [button.payload for button in told.buttons]
    assert "/meta.menu" in payloads
    is_gap = told.slots["pending"] == "human"
    assert is_gap == (not _has_rule(ground.permits, details["country"], details["citizenship"]))
    assert ("https://" in told.text or "http://" in told.text) != is_gap
    assert all(told.slots[name] is None for name in details if name.startswith("permit_"))


def _has_rule(permits: PermitRules, country: str, citizenship: str) -> bool:
    rules = [rule for rule in permits.rules if country in rule.countries and country != citizenship]
    return any(rule.citizenships is None or citizenship in rule.citizenships for rule in rules)


def test_every_entry_on_permits_offers_the_tool_and_a_person(ground: Ground, hear: Any) -> None:
    entries = [entry for entry in Library.load(DATA / "faq").entries if entry.topic in OFFERING]
    assert len(entries) >= 6
    for entry in entries:
        answered = show(ground, hear(), entry)
        assert [button.payload for button in answered.buttons[:2]] == ["/start_permit", "/meta.human"]
        assert answered.slots["pending"] == "permit"


def test_yes_to_the_offer_begins_the_form(ground: Ground, hear: Any) -> None:
    assert affirm(ground, hear("да", "affirm", slots={"pending": "permit"})).next_action == "permit_form"


def test_the_menu_of_work_has_the_tool(ground: Ground, hear: Any) -> None:
    answered = show_menu(ground, hear("", "meta.menu", ("domain", "work")))
    assert "/start_permit" in [button.payload for button in answered.buttons]


def test_the_first_step_without_a_server_is_the_first_open_question(ground: Ground, hear: Any) -> None:
    answered = Answering(ground).answer(hear("", "start_permit", slots={"country": "RU"}))
    assert answered.text.endswith(ground.wording.text("ask_permit_citizenship", "ru"))
    ended = Answering(ground).answer(hear("", "start_permit", slots={"country": "TR", "citizenship": "UZ"}))
    assert ground.wording.text("permit_need_tr", "ru") in ended.text


@pytest.mark.parametrize(
    ("issued_on", "months", "payload"),
    [
        ("2026-11-01", 1, '/set_reminder{"reminder": "permit_payment", "date": "2026-11-30"}'),
        ("2026-10-15", 3, '/set_reminder{"reminder": "permit_payment", "date": "2027-01-14"}'),
        ("2026-08-15", 5, '/set_reminder{"reminder": "permit_payment", "date": "2027-01-14"}'),
        ("2026-10-15", 12, '/set_reminder{"reminder": "permit_end", "date": "2027-10-14"}'),
        ("2026-06-15", 2, None),
    ],
)
def test_the_next_payment_or_the_end_can_be_reminded_of(
    ground: Ground, hear: Any, issued_on: str, months: int, payload: str | None
) -> None:
    slots = {"country": "RU", "citizenship": "UZ", "permit_held": "yes", "permit_issued_on": issued_on}
    told = Answering(ground).answer(hear("", "start_permit", slots={**slots, "permit_months": months}))
    offered = [button.payload for button in told.buttons if button.payload.startswith("/set_reminder")]
    assert offered == ([payload] if payload else [])


def test_who_is_late_is_offered_a_person_first(ground: Ground, hear: Any) -> None:
    slots = {"country": "RU", "citizenship": "UZ", "permit_held": "yes", "permit_issued_on": "2026-09-15"}
    told = Answering(ground).answer(hear("", "start_permit", slots={**slots, "permit_months": 1}))
    assert ground.wording.text("permit_paid_passed", "ru", last_day=shown_date(date(2026, 10, 14), "ru")) in told.text
    assert told.buttons[0].payload == "/meta.human"
