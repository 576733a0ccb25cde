"""Each page as the holder of a conversation, as a colleague, and as a stranger."""

from collections.abc import Callable

import httpx
import pytest

from tests.console.conftest import Street
from tests.console.running_console import Visitor

Visit = Callable[..., Visitor]
FORMS = ("take", "answer", "give_back", "close", "referral")


@pytest.fixture
def held(street: Street, visit: Visit) -> str:
    """A conversation that Madina holds."""
    conversation_id = street.waits("сирри ман")
    assert street.handovers.take(conversation_id, "Madina", street.clock())
    return conversation_id


def test_a_stranger_sees_no_page_but_the_login(visit: Visit, held: str) -> None:
    for path in ("/", "/waiting/changes", f"/conversations/{held}", f"/conversations/{held}/changes"):
        answer = visit().open(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/login"), path
        assert "сирри ман" not in answer.text


def test_a_stranger_can_do_nothing(visit: Visit, street: Street, held: str) -> None:
    for form in FORMS:
        answer = visit().send("/login", f"/conversations/{held}/{form}", text="x")
        assert (answer.status_code, answer.headers["location"]) == (303, "/login"), form
    known = street.conversations.get(held)
    assert known and (known.state, known.operator) == ("operator", "Madina")


def test_the_holder_sees_everything_and_every_form_but_take(visit: Visit, held: str) -> None:
    page = visit("Madina").open(f"/conversations/{held}").text
    assert "сирри ман" in page and "You have this conversation" in page
    assert [form for form in FORMS if f'/{form}"' in page] == ["answer", "give_back", "close", "referral"]


def test_a_colleague_reads_sees_who_holds_it_and_gets_no_form(visit: Visit, held: str) -> None:
    page = visit("Aibek").open(f"/conversations/{held}").text
    assert "сирри ман" in page and "Madina has this conversation. You can only read." in page
    assert not [form for form in FORMS if f'/{form}"' in page]


def test_a_colleague_who_sends_a_form_all_the_same_changes_nothing(visit: Visit, street: Street, held: str) -> None:
    before = street.transcript.after(held)
    for form in ("answer", "give_back", "close"):
        answer = visit("Aibek").step(held, form, text="ман ҷавоб медиҳам")
        assert answer.status_code == 409
        assert "you no longer have this conversation" in answer.text
        assert form != "answer" or "ман ҷавоб медиҳам" in answer.text, "the text is not lost"
    assert street.transcript.after(held) == before


def test_what_nobody_asked_an_operator_to_read_is_no_page(visit: Visit, street: Street) -> None:
    private = street.arrives()
    street.writes(private, "танҳо барои бот")
    madina = visit("Madina")
    for path in (f"/conversations/{private}", f"/conversations/{private}/changes", "/conversations/unknown"):
        answer = madina.open(path)
        assert answer.status_code == 404
        assert "танҳо барои бот" not in answer.text
    assert madina.send("/", f"/conversations/{private}/take").status_code == 404
    known = street.conversations.get(private)
    assert known and known.state == "bot"


def test_every_response_has_the_safe_headers(visit: Visit) -> None:
    for path in ("/", "/login", "/nowhere", "/health", "/metrics", "/static/console.css"):
        _has_safe_headers(visit().open(path).headers)


def _has_safe_headers(headers: httpx.Headers) -> None:
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "same-origin"
    assert "server" not in headers


def test_an_unknown_page_and_a_wrong_method_are_kind_sentences(visit: Visit) -> None:
    visitor = visit()
    assert visitor.open("/nowhere").status_code == 404
    assert "There is no such page." in visitor.open("/nowhere").text
    assert visitor.http.put("/login").status_code == 405
