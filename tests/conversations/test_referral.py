"""Referral: asked by the holder alone, passed on after a yes alone, withdrawn at any time, logged at every step."""

from dataclasses import replace

import pytest

from conversations.erasure import erase
from conversations.handover import Handovers, NotHolderError
from conversations.outbox import Outbox
from conversations.referral import MAX_NOTE_CHARS, DisguisedError, ReferralExistsError, Referrals
from conversations.referral_buttons import CODE_LETTERS, consent_buttons, consent_payload, new_code, read_consent
from conversations.referral_steps import NEXT, Referral, ReferralStateError
from conversations.reply import Button, Reply
from tests.conversations.talk import Talk

QUESTION = Reply("May I?", (Button("Yes", "y"), Button("No", "n")), "system", answers_question=False)
RECEIPT = Reply("Receipt", (Button("Withdraw", "w"),), "system", answers_question=False)


@pytest.fixture
def held(talk: Talk) -> str:
    """A conversation on Telegram that Madina holds."""
    one = talk.begin("telegram")
    handovers = Handovers(talk.database)
    handovers.open(one, "wish", "none", talk.now)
    handovers.take(one, "Madina", talk.now)
    return one


@pytest.fixture
def referrals(talk: Talk) -> Referrals:
    return Referrals(talk.database)


def _referral(talk: Talk, conversation_id: str, code: str = "BCDFGH", operator: str = "Madina") -> Referral:
    place = ("alternativa", "legal_aid", "RU", "tg")
    return Referral(code, conversation_id, *place, "offered", operator, talk.now, None, None, "")


def _offer(talk: Talk, referrals: Referrals, conversation_id: str, code: str = "BCDFGH") -> str:
    referrals.offer(_referral(talk, conversation_id, code), QUESTION)
    return code


def _state(referrals: Referrals, code: str) -> str:
    found = referrals.get(code)
    assert found is not None
    return found.state


def test_the_question_reaches_the_migrant_and_answers_nothing(talk: Talk, referrals: Referrals, held: str) -> None:
    talk.write(held, "m1")
    _offer(talk, referrals, held)
    question = talk.said(held)[-1]
    assert (question.sender, question.text, question.buttons) == ("system", "May I?", QUESTION.buttons)
    assert talk.transcript.unanswered(held) == ("m1",)
    assert [each.text for each in Outbox(talk.database).due(talk.now, 9, ["telegram"])] == ["May I?"]


@pytest.mark.parametrize("operator", ["Aibek", ""], ids=["a colleague", "nobody"])
def test_only_the_holder_can_ask(talk: Talk, referrals: Referrals, held: str, operator: str) -> None:
    with pytest.raises(NotHolderError):
        referrals.offer(_referral(talk, held, operator=operator), QUESTION)
    Handovers(talk.database).give_back(held, "Madina", "bot", talk.now)
    with pytest.raises(NotHolderError):
        referrals.offer(_referral(talk, held), QUESTION)
    assert referrals.of(held) == ()
    assert "May I?" not in [text for _, text in talk.texts(held)]


def test_the_same_is_not_asked_twice_while_it_is_open(talk: Talk, referrals: Referrals, held: str) -> None:
    _offer(talk, referrals, held)
    with pytest.raises(ReferralExistsError):
        _offer(talk, referrals, held, "XXXXXX")
    referrals.answer(held, "BCDFGH", False, talk.now)
    _offer(talk, referrals, held, "XXXXXX")
    assert [each.code for each in referrals.of(held)] == ["BCDFGH", "XXXXXX"]


@pytest.mark.parametrize("answer", [None, False], ids=["no answer yet", "a no"])
def test_without_a_yes_nothing_can_be_passed_on(
    talk: Talk, referrals: Referrals, held: str, answer: bool | None
) -> None:
    code = _offer(talk, referrals, held)
    if answer is not None:
        referrals.answer(held, code, answer, talk.now)
    with pytest.raises(ReferralStateError):
        referrals.pass_on(code, "Madina", RECEIPT, talk.now)
    assert "Receipt" not in [text for _, text in talk.texts(held)]
    assert referrals.get(code).passed_on_at is None  # type: ignore[union-attr]


def test_after_a_yes_it_is_passed_on_with_a_receipt_and_every_step_is_logged(
    talk: Talk, referrals: Referrals, held: str
) -> None:
    code = _offer(talk, referrals, held)
    talk.wait(60)
    agreed_at = talk.now
    referrals.answer(held, code, True, talk.now)
    talk.wait(60)
    referrals.pass_on(code, "Madina", RECEIPT, talk.now)
    referrals.record(code, "Aibek", "answered", "they call tomorrow", talk.now)
    found = referrals.get(code)
    assert found is not None
    assert (found.state, found.consented_at, found.passed_on_at) == ("answered", agreed_at, talk.now)
    assert (found.note, found.is_open) == ("they call tomorrow", True)
    assert [text for _, text in talk.texts(held)] == ["May I?", "Receipt"]
    steps = [("offered", "Madina"), ("agreed", "migrant"), ("passed_on", "Madina"), ("answered", "Aibek")]
    assert [(step.step, step.who) for step in referrals.log(held)] == steps
    assert referrals.log(held)[1].at == agreed_at


def test_a_second_press_changes_and_logs_nothing(talk: Talk, referrals: Referrals, held: str) -> None:
    code = _offer(talk, referrals, held)
    first = referrals.answer(held, code, True, talk.now)
    talk.wait(60)
    assert referrals.answer(held, code, True, talk.now) == first
    assert len(referrals.log(held)) == 2


def test_a_yes_after_a_no_is_not_a_consent(talk: Talk, referrals: Referrals, held: str) -> None:
    code = _offer(talk, referrals, held)
    referrals.answer(held, code, False, talk.now)
    found = referrals.answer(held, code, True, talk.now)
    assert found and (found.state, found.consented_at) == ("refused", None)


@pytest.mark.parametrize("is_passed_on", [False, True])
def test_consent_can_be_taken_back_before_and_after_it_was_passed_on(
    talk: Talk, referrals: Referrals, held: str, is_passed_on: bool
) -> None:
    code = _offer(talk, referrals, held)
    referrals.answer(held, code, True, talk.now)
    if is_passed_on:
        referrals.pass_on(code, "Madina", RECEIPT, talk.now)
    found = referrals.answer(held, code, False, talk.now)
    assert found and (found.state, found.is_open) == ("withdrawn", True)
    with pytest.raises(ReferralStateError):
        referrals.pass_on(code, "Madina", RECEIPT, talk.now)
    with pytest.raises(ReferralStateError):
        referrals.record(code, "Madina", "helped", "", talk.now)
    referrals.record(code, "Madina", "closed", "", talk.now)
    assert referrals.open() == ()


def test_another_person_cannot_answer_for_this_one(talk: Talk, referrals: Referrals, held: str) -> None:
    code = _offer(talk, referrals, held)
    assert referrals.answer(talk.begin(), code, True, talk.now) is None
    assert referrals.answer("unknown", code, True, talk.now) is None
    assert referrals.answer(held, "XXXXXX", True, talk.now) is None
    assert _state(referrals, code) == "offered"


def test_a_colleague_cannot_pass_it_on(talk: Talk, referrals: Referrals, held: str) -> None:
    code = _offer(talk, referrals, held)
    referrals.answer(held, code, True, talk.now)
    handovers = Handovers(talk.database)
    with pytest.raises(NotHolderError):
        referrals.pass_on(code, "Aibek", RECEIPT, talk.now)
    handovers.give_back(held, "Madina", "bot", talk.now)
    with pytest.raises(NotHolderError):
        referrals.pass_on(code, "Aibek", RECEIPT, talk.now)
    handovers.open(held, "wish", "none", talk.now)
    handovers.take(held, "Aibek", talk.now)
    with pytest.raises(NotHolderError):
        referrals.pass_on(code, "Madina", RECEIPT, talk.now)
    assert _state(referrals, code) == "agreed"
    referrals.pass_on(code, "Aibek", RECEIPT, talk.now)


def test_a_yes_that_comes_after_the_conversation_can_still_be_passed_on_by_who_asked(
    talk: Talk, referrals: Referrals, held: str
) -> None:
    code = _offer(talk, referrals, held)
    Handovers(talk.database).close(held, "Madina", "bot", talk.now)
    referrals.answer(held, code, True, talk.now)
    referrals.pass_on(code, "Madina", RECEIPT, talk.now)
    assert talk.said(held)[-1].text == "Receipt"


def test_nothing_of_a_referral_is_said_while_somebody_else_may_be_reading(
    talk: Talk, referrals: Referrals, held: str
) -> None:
    code = _offer(talk, referrals, held)
    referrals.answer(held, code, True, talk.now)
    talk.conversations.remember(held, is_disguised=True)
    with pytest.raises(DisguisedError):
        _offer(talk, referrals, held, "XXXXXX")
    with pytest.raises(DisguisedError):
        referrals.pass_on(code, "Madina", RECEIPT, talk.now)
    assert [text for _, text in talk.texts(held)] == ["May I?"]
    assert _state(referrals, code) == "agreed"


@pytest.mark.parametrize("outcome", ["answered", "no_answer", "helped"])
def test_an_outcome_before_it_was_passed_on_is_refused(
    talk: Talk, referrals: Referrals, held: str, outcome: str
) -> None:
    code = _offer(talk, referrals, held)
    referrals.answer(held, code, True, talk.now)
    with pytest.raises(ReferralStateError):
        referrals.record(code, "Madina", outcome, "", talk.now)


def test_what_is_no_outcome_or_too_long_a_note_is_refused(talk: Talk, referrals: Referrals, held: str) -> None:
    code = _offer(talk, referrals, held)
    for outcome, note in (("agreed", ""), ("passed_on", ""), ("closed", "x" * (MAX_NOTE_CHARS + 1))):
        with pytest.raises(ValueError):
            referrals.record(code, "Madina", outcome, note, talk.now)
    with pytest.raises(ReferralStateError):
        referrals.record("XXXXXX", "Madina", "closed", "", talk.now)
    assert _state(referrals, code) == "offered"


def test_open_ones_leave_the_list_when_they_are_over(talk: Talk, referrals: Referrals, held: str) -> None:
    code = _offer(talk, referrals, held)
    assert [each.code for each in referrals.open()] == [code]
    referrals.record(code, "Madina", "closed", "", talk.now)
    assert referrals.open() == ()
    assert not any(state in NEXT for state in ("refused", "helped", "closed"))


def test_erasing_the_person_erases_the_referral_and_keeps_the_counts(
    talk: Talk, referrals: Referrals, held: str
) -> None:
    code = _offer(talk, referrals, held)
    referrals.answer(held, code, True, talk.now)
    erase(talk.database, held, talk.now)
    assert referrals.open() == referrals.log(held) == ()
    assert referrals.get(code) is None
    with pytest.raises(ReferralStateError):
        referrals.pass_on(code, "Madina", RECEIPT, talk.now)
    assert referrals.totals() == {"offered": 1, "agreed": 1}


def test_a_code_is_six_letters_without_vowels_and_never_the_same() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 6 and set(code) <= set(CODE_LETTERS) for code in codes)
    assert not set(CODE_LETTERS) & set("AEIOUY")


@pytest.mark.parametrize("is_agreed", [True, False])
def test_a_button_is_read_as_it_was_written(is_agreed: bool) -> None:
    assert read_consent(consent_payload("BCDFGH", is_agreed)) == ("BCDFGH", is_agreed)


def test_a_button_for_something_else_keeps_what_it_sends() -> None:
    assert consent_buttons([("Person", "/meta.human")], "BCDFGH") == (Button("Person", "/meta.human"),)


@pytest.mark.parametrize(
    "payload",
    [
        None,
        "",
        "/referral",
        "/referral{",
        '/referral{"id": "BCDFGH"}',
        '/referral{"id": "BCDFGH", "answer": "maybe"}',
        '/referral{"id": ["x"], "answer": "yes"}',
        '/referral{"id": 5, "answer": "yes"}',
        "/referral[1]",
        '/other{"id": "BCDFGH", "answer": "yes"}',
    ],
)
def test_what_is_no_consent_is_not_read_as_one(payload: str | None) -> None:
    assert read_consent(payload) is None


def test_two_referrals_never_share_a_code(talk: Talk, referrals: Referrals, held: str) -> None:
    code = _offer(talk, referrals, held)
    other = replace(_referral(talk, held, code), organisation="unhcr_ru")
    with pytest.raises(ReferralExistsError):
        referrals.offer(other, QUESTION)
    assert len(referrals.of(held)) == 1
