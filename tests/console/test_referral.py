"""Referral in the console: asked by the holder, passed on after a yes, outcomes from the list; nobody else can."""

from collections.abc import Callable

import httpx
import pytest

from conversations.erasure import erase
from conversations.referral import Referrals
from conversations.referral_buttons import consent_payload, read_consent
from conversations.referral_steps import Referral
from tests.console.conftest import MovableClock, Street
from tests.console.running_console import Visitor

Visit = Callable[..., Visitor]
CHOICE = "alternativa:leaving_forced_work"


@pytest.fixture
def held(street: Street) -> str:
    """A Tajik-speaking migrant in Russia whose conversation Madina holds."""
    conversation_id = street.waits(variant="tg", country="RU")
    assert street.handovers.take(conversation_id, "Madina", street.clock())
    return conversation_id


@pytest.fixture
def referrals(street: Street) -> Referrals:
    """The door to all of them."""
    return Referrals(street.database)


def _only(referrals: Referrals, conversation_id: str) -> Referral:
    (found,) = referrals.of(conversation_id)
    return found


def _ask(visitor: Visitor, conversation_id: str, choice: str = CHOICE) -> httpx.Response:
    return visitor.step(conversation_id, "referral", choice=choice)


def _agreed(visit: Visit, referrals: Referrals, conversation_id: str, clock: MovableClock) -> str:
    assert _ask(visit("Madina"), conversation_id).status_code == 303
    code = _only(referrals, conversation_id).code
    referrals.answer(conversation_id, code, True, clock())
    return code


def _pass_on(visitor: Visitor, code: str) -> httpx.Response:
    return visitor.send("/", f"/referrals/{code}/passed_on", back="conversation")


def test_the_migrant_is_asked_in_their_language_what_exactly_may_be_passed_on(
    visit: Visit, street: Street, referrals: Referrals, held: str
) -> None:
    assert _ask(visit("Madina"), held).status_code == 303
    question = street.transcript.after(held)[-1]
    assert (question.sender, question.reply_to) == ("system", None)
    for words in ("«Альтернатива»", "раҳо шудан аз кори маҷбурӣ", "Русия", "Тоҷикӣ", "чизе тағйир намеёбад"):
        assert words in question.text
    code = _only(referrals, held).code
    assert [read_consent(button.payload) for button in question.buttons] == [(code, True), (code, False)]
    assert [button.title for button in question.buttons] == ["Ҳа", "Не"]


def test_after_the_yes_the_page_offers_to_pass_on_and_the_migrant_gets_the_receipt(
    visit: Visit, street: Street, referrals: Referrals, held: str, clock: MovableClock
) -> None:
    madina = visit("Madina")
    _ask(madina, held)
    code = _only(referrals, held).code
    page = madina.open(f"/conversations/{held}").text
    assert "Waiting for the person" in page and "/passed_on" not in page
    referrals.answer(held, code, True, clock())
    page = madina.open(f"/conversations/{held}").text
    assert "Only this may be passed on: the help needed (help to get out of forced work)" in page
    assert f"/referrals/{code}/passed_on" in page
    answer = _pass_on(madina, code)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/conversations/{held}")
    receipt = street.transcript.after(held)[-1]
    for words in (code, "21.11.2026", "«Альтернатива»", "раҳо шудан аз кори маҷбурӣ", "Русия"):
        assert words in receipt.text
    assert [button.payload for button in receipt.buttons] == [consent_payload(code, False)]


def test_the_receipt_says_what_was_consented_to_even_when_more_is_known_by_now(
    visit: Visit, street: Street, referrals: Referrals, clock: MovableClock
) -> None:
    conversation_id = street.waits(country=None)  # type: ignore[arg-type]
    street.conversations.remember(conversation_id, variant="ru")
    street.handovers.take(conversation_id, "Madina", clock())
    code = _agreed(visit, referrals, conversation_id, clock)
    street.conversations.remember(conversation_id, country="KZ", variant="ky")
    _pass_on(visit("Madina"), code)
    receipt = street.transcript.after(conversation_id)[-1].text
    assert "Русский" in receipt and "Подтверждение" in receipt
    assert "Казахстан" not in receipt


@pytest.mark.parametrize("answer", [None, False], ids=["no answer", "a no"])
def test_without_a_yes_nothing_is_passed_on(
    visit: Visit, street: Street, referrals: Referrals, held: str, answer: bool | None
) -> None:
    madina = visit("Madina")
    _ask(madina, held)
    code = _only(referrals, held).code
    if answer is not None:
        referrals.answer(held, code, answer, street.clock())
    response = _pass_on(madina, code)
    assert response.status_code == 409
    assert "the person has not agreed" in response.text
    assert _only(referrals, held).passed_on_at is None


@pytest.mark.parametrize(
    "choice",
    [
        "",
        "alternativa",
        "alternativa:shelter",
        "nobody:legal_aid",
        "istiqbolli_avlod:recovery",
        "alternativa:leaving_forced_work:x",
    ],
)
def test_only_what_the_form_shows_can_be_asked(
    visit: Visit, street: Street, referrals: Referrals, held: str, choice: str
) -> None:
    before = street.transcript.after(held)
    answer = _ask(visit("Madina"), held, choice)
    assert answer.status_code == 422
    assert "Choose organisation and help" in answer.text
    assert referrals.of(held) == () and street.transcript.after(held) == before


def test_an_unverified_organisation_is_named_to_the_operator_alone_and_cannot_be_chosen(
    visit: Visit, held: str
) -> None:
    page = visit("Madina").open(f"/conversations/{held}").text
    assert "Unverified: check before use: Istiqbolli Avlod" in page
    assert 'value="istiqbolli_avlod' not in page
    assert page.index('value="unhcr_ru:asylum"') < page.index('value="unhcr_kz:asylum"'), "the own country first"


def test_the_same_is_not_asked_twice(visit: Visit, street: Street, referrals: Referrals, held: str) -> None:
    madina = visit("Madina")
    _ask(madina, held)
    answer = _ask(madina, held)
    assert answer.status_code == 409 and "has been asked this already" in answer.text
    assert len(referrals.of(held)) == 1


def test_nothing_is_asked_while_the_migrant_hides_the_talk(
    visit: Visit, street: Street, referrals: Referrals, held: str
) -> None:
    madina = visit("Madina")
    street.conversations.remember(held, is_disguised=True)
    page = madina.open(f"/conversations/{held}").text
    assert "somebody may be reading" in page and 'name="choice"' not in page
    answer = _ask(madina, held)
    assert answer.status_code == 409 and "somebody may be reading" in answer.text
    assert referrals.of(held) == ()


def test_a_colleague_sees_the_referral_and_can_neither_ask_nor_pass_on(
    visit: Visit, street: Street, referrals: Referrals, held: str, clock: MovableClock
) -> None:
    code = _agreed(visit, referrals, held, clock)
    aibek = visit("Aibek")
    page = aibek.open(f"/conversations/{held}").text
    assert code in page and "/passed_on" not in page and 'name="choice"' not in page
    for answer in (_ask(aibek, held, "iom:return_home"), _pass_on(aibek, code)):
        assert answer.status_code == 409
        assert "you no longer have this conversation" in answer.text
    assert _only(referrals, held).state == "agreed"


def test_who_has_given_the_conversation_back_cannot_ask(visit: Visit, referrals: Referrals, held: str) -> None:
    madina = visit("Madina")
    madina.step(held, "give_back")
    assert _ask(madina, held).status_code == 409
    assert referrals.of(held) == ()


def test_a_stranger_sees_nothing_and_can_do_nothing(
    visit: Visit, street: Street, referrals: Referrals, held: str, clock: MovableClock
) -> None:
    code = _agreed(visit, referrals, held, clock)
    for path in ("/referrals", "/needs", "/needs.csv"):
        answer = visit().open(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/login"), path
        assert code not in answer.text
    for path in (f"/conversations/{held}/referral", f"/referrals/{code}/passed_on", f"/referrals/{code}/outcome"):
        answer = visit().send("/login", path, choice=CHOICE, outcome="closed")
        assert (answer.status_code, answer.headers["location"]) == (303, "/login"), path
    assert _only(referrals, held).state == "agreed"


def test_who_has_logged_out_can_do_nothing(visit: Visit, referrals: Referrals, held: str, clock: MovableClock) -> None:
    code = _agreed(visit, referrals, held, clock)
    madina = visit("Madina")
    madina.send("/", "/logout")
    answer = madina.send("/login", f"/referrals/{code}/passed_on")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert _only(referrals, held).state == "agreed"


def test_a_form_of_another_page_is_refused(visit: Visit, referrals: Referrals, held: str, clock: MovableClock) -> None:
    code = _agreed(visit, referrals, held, clock)
    madina = visit("Madina")
    for path in (f"/conversations/{held}/referral", f"/referrals/{code}/passed_on", f"/referrals/{code}/outcome"):
        assert madina.http.post(path, data={"choice": CHOICE, "outcome": "closed"}).status_code == 403
    assert _only(referrals, held).state == "agreed"


def test_an_outcome_is_written_down_from_the_list_and_an_ended_one_leaves_it(
    visit: Visit, referrals: Referrals, held: str, clock: MovableClock
) -> None:
    code = _agreed(visit, referrals, held, clock)
    _pass_on(visit("Madina"), code)
    aibek = visit("Aibek")
    assert code in aibek.open("/referrals").text
    answer = aibek.send("/referrals", f"/referrals/{code}/outcome", outcome="answered", note=" they call on Monday ")
    assert (answer.status_code, answer.headers["location"]) == (303, "/referrals")
    page = aibek.open("/referrals").text
    assert "The organisation has answered" in page and "they call on Monday" in page
    aibek.send("/referrals", f"/referrals/{code}/outcome", outcome="helped")
    page = aibek.open("/referrals").text
    assert code not in page and "There are no open referrals." in page
    found = _only(referrals, held)
    assert (found.state, found.note) == ("helped", "they call on Monday")
    log = [(step.step, step.who) for step in referrals.log(held)]
    assert log[2:] == [("passed_on", "Madina"), ("answered", "Aibek"), ("helped", "Aibek")]
    page = aibek.open(f"/conversations/{held}").text
    assert "the person was helped: Aibek" in page and "2026-11-21T09:00:00" in page


@pytest.mark.parametrize(
    ("outcome", "note", "status"),
    [("agreed", "", 422), ("", "", 422), ("closed", "x" * 301, 422), ("helped", "", 409)],
    ids=["no outcome", "nothing", "a long note", "before it was passed on"],
)
def test_what_cannot_be_an_outcome_changes_nothing(
    visit: Visit, referrals: Referrals, held: str, clock: MovableClock, outcome: str, note: str, status: int
) -> None:
    code = _agreed(visit, referrals, held, clock)
    answer = visit("Aibek").send("/referrals", f"/referrals/{code}/outcome", outcome=outcome, note=note)
    assert answer.status_code == status and "Nothing was" in answer.text
    assert _only(referrals, held).state == "agreed"


def test_a_consent_taken_back_stands_first_until_the_organisation_is_told(
    visit: Visit, street: Street, referrals: Referrals, held: str, clock: MovableClock
) -> None:
    other = street.waits()
    street.handovers.take(other, "Madina", clock())
    first = _agreed(visit, referrals, other, clock)
    code = _agreed(visit, referrals, held, clock)
    madina = visit("Madina")
    _pass_on(madina, code)
    referrals.answer(held, code, False, clock())
    page = madina.open("/referrals").text
    assert "Consent taken back: tell the organisation" in page
    assert page.index(f'id="referral-{code}"') < page.index(f'id="referral-{first}"')


def test_an_erased_person_leaves_the_list_and_the_totals_stay(
    visit: Visit, street: Street, referrals: Referrals, held: str, clock: MovableClock
) -> None:
    code = _agreed(visit, referrals, held, clock)
    madina = visit("Madina")
    erase(street.database, held, clock())
    page = madina.open("/referrals").text
    assert code not in page
    assert "the person agreed</dt><dd>1</dd>" in page
    assert _pass_on(madina, code).status_code == 409


def test_a_note_cannot_become_markup(visit: Visit, referrals: Referrals, held: str, clock: MovableClock) -> None:
    code = _agreed(visit, referrals, held, clock)
    _pass_on(visit("Madina"), code)
    evil = '"><script>alert(1)</script>'
    visit("Aibek").send("/referrals", f"/referrals/{code}/outcome", outcome="answered", note=evil)
    for path in ("/referrals", f"/conversations/{held}"):
        assert "<script>alert" not in visit("Aibek").open(path).text


def test_the_open_page_learns_of_the_yes(visit: Visit, referrals: Referrals, held: str, clock: MovableClock) -> None:
    madina = visit("Madina")
    _ask(madina, held)
    seen = madina.changes(held, 0, "")
    referrals.answer(held, _only(referrals, held).code, True, clock())
    changed = madina.changes(held, seen["cursor"], seen["seen"])
    assert "/passed_on" in changed["forms"]


def test_metrics_are_as_before(visit: Visit, referrals: Referrals, held: str, clock: MovableClock) -> None:
    _agreed(visit, referrals, held, clock)
    assert "referral" not in visit().open("/metrics").text
