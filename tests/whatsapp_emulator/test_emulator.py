"""The emulator itself: it refuses what the platform refuses, and shows people what they would see."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.whatsapp_emulator.emulator import PHONE_NUMBER_ID, TOKEN, WhatsAppEmulator
from tests.whatsapp_emulator.rules import Refusal, check_media, check_message, check_read

TO = {"messaging_product": "whatsapp", "to": "996555000101"}


def interactive(kind: str, action: dict[str, Any], text: str = "Да?") -> dict[str, Any]:
    """An interactive message."""
    return TO | {"type": "interactive", "interactive": {"type": kind, "body": {"text": text}, "action": action}}


def reply(title: str, data: str) -> dict[str, Any]:
    """A reply button."""
    return {"type": "reply", "reply": {"id": data, "title": title}}


def rows(count: int, **more: Any) -> dict[str, Any]:
    """A list with so many rows."""
    return {
        "button": "Выбрать",
        "sections": [{"rows": [{"id": f"b1.{n}", "title": "я", **more} for n in range(count)]}],
    }


PRESS = {"type": "button", "sub_type": "quick_reply", "index": "0", "parameters": [{"type": "payload", "payload": "a"}]}


def template(code: str = "ru", **more: Any) -> dict[str, Any]:
    """A template with one quick-reply button."""
    return TO | {"type": "template", "template": {"name": "read_me", "language": {"code": code}, **more}}


GOOD = [
    TO | {"type": "text", "text": {"body": "я" * 4096, "preview_url": False}},
    interactive("button", {"buttons": [reply("я" * 20, "1"), reply("б", "2"), reply("в", "3")]}, "я" * 1024),
    interactive("list", rows(10, description="я" * 72)),
    TO | {"type": "document", "document": {"id": "1", "filename": "a.pdf"}},
    {"messaging_product": "whatsapp", "recipient": "KG.17349", "type": "text", "text": {"body": "a"}},
    template(components=[PRESS]),
]
BAD = [
    (template("tg", components=[PRESS]), 131009),
    (template(text="free words"), 100),
    (template(components=[PRESS | {"sub_type": "url"}]), 132000),
    ({"to": "996555000101", "type": "text", "text": {"body": "a"}}, 100),
    (TO | {"to": "Aibek", "type": "text", "text": {"body": "a"}}, 131009),
    ({"messaging_product": "whatsapp", "type": "text", "text": {"body": "a"}}, 100),
    (TO | {"type": "text", "text": {"body": ""}}, 131009),
    (TO | {"type": "text", "text": {"body": "я" * 4097}}, 131009),
    (TO | {"type": "text", "text": {"body": "🙏" * 2049}}, 131009),
    (TO | {"type": "text", "text": {"body": "a", "parse_mode": "HTML"}}, 100),
    (TO | {"type": "text", "text": {"body": "a"}, "reply_markup": {}}, 100),
    (TO | {"type": "poll", "poll": {}}, 131051),
    (interactive("button", {"buttons": [reply("а", "1")]}, "я" * 1025), 131009),
    (interactive("button", {"buttons": []}), 131009),
    (interactive("button", {"buttons": [reply("а", "1"), reply("б", "2"), reply("в", "3"), reply("г", "4")]}), 131009),
    (interactive("button", {"buttons": [reply("я" * 21, "1")]}), 131009),
    (interactive("button", {"buttons": [reply("а", "1"), reply("а", "2")]}), 131009),
    (interactive("button", {"buttons": [reply("а", "1"), reply("б", "1")]}), 131009),
    (interactive("list", rows(11)), 131009),
    (interactive("list", rows(2, title="я" * 25)), 131009),
    (interactive("list", rows(2, description="я" * 73)), 131009),
    (interactive("list", rows(2, id="1")), 131009),
    (interactive("list", rows(2) | {"button": "я" * 21}), 131009),
    (TO | {"type": "image", "image": {}}, 100),
]


@pytest.fixture
def emulator() -> Iterator[WhatsAppEmulator]:
    """A running one."""
    running = WhatsAppEmulator().start()
    yield running
    running.stop()


def post(emulator: WhatsAppEmulator, body: Any, token: str = TOKEN, version: str = "v25.0") -> httpx.Response:
    """A call to /messages."""
    url = f"{emulator.url}/{version}/{PHONE_NUMBER_ID}/messages"
    return httpx.post(url, json=body, headers={"Authorization": f"Bearer {token}"}, trust_env=False)


@pytest.mark.parametrize("body", GOOD)
def test_what_keeps_the_rules_is_taken(body: dict[str, Any]) -> None:
    check_message(body)


@pytest.mark.parametrize(("body", "code"), BAD)
def test_what_breaks_a_rule_is_refused(body: dict[str, Any], code: int) -> None:
    with pytest.raises(Refusal) as caught:
        check_message(body)
    assert caught.value.code == code


def test_only_a_received_message_can_be_marked_as_read() -> None:
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.1"}
    check_read(body | {"typing_indicator": {"type": "text"}}, ["wamid.1"])
    with pytest.raises(Refusal):
        check_read(body, [])
    with pytest.raises(Refusal):
        check_read(body | {"typing_indicator": True}, ["wamid.1"])


def test_only_known_media_are_taken() -> None:
    check_media("image/png", 5 * 2**20)
    for media_type, size_bytes in (("image/png", 5 * 2**20 + 1), ("image/gif", 10), ("text/plain", 0)):
        with pytest.raises(Refusal):
            check_media(media_type, size_bytes)


def test_token_version_and_number_are_checked(emulator: WhatsAppEmulator) -> None:
    body = GOOD[0]
    assert post(emulator, body, token="another").status_code == 401
    assert post(emulator, body, version="v1.0").json()["error"]["code"] == 2500
    assert len(emulator.violations) == 2


def test_a_person_sees_what_was_sent_and_presses_old_buttons_too(emulator: WhatsAppEmulator) -> None:
    person = emulator.person("996555000101")
    person.writes("Здравствуйте")
    first, second = [post(emulator, GOOD[number]) for number in (1, 2)]
    assert first.json()["messages"][0]["id"] == person.sees()[0].wamid
    assert second.json()["contacts"] == [{"input": "996555000101", "wa_id": "996555000101"}]
    assert len(person.presses("б")) > 20
    with pytest.raises(AssertionError, match="nothing says"):
        person.presses("ничего")


def test_outside_the_window_nothing_free_is_let_through(emulator: WhatsAppEmulator) -> None:
    person = emulator.person("996555000101")
    person.was_silent_for(24.01)
    assert post(emulator, GOOD[0]).json()["error"]["code"] == 131047
    person.writes("Я здесь")
    assert post(emulator, GOOD[0]).status_code == 200
    assert emulator.violations == []


def test_more_than_the_burst_to_one_person_is_throttled(emulator: WhatsAppEmulator) -> None:
    emulator.person("996555000101").writes("Здравствуйте")
    with httpx.Client(trust_env=False, headers={"Authorization": f"Bearer {TOKEN}"}) as http:
        url = f"{emulator.url}/v25.0/{PHONE_NUMBER_ID}/messages"
        codes = [http.post(url, json=GOOD[4] | TO).json().get("error", {}).get("code") for _ in range(47)]
    assert codes == [None] * 45 + [131056] * 2


def test_a_taken_message_whose_answer_is_lost_is_there(emulator: WhatsAppEmulator) -> None:
    person = emulator.person("996555000101")
    person.writes("Здравствуйте")
    emulator.misbehave(is_reset=True, is_after_taking=True)
    with pytest.raises(httpx.HTTPError):
        post(emulator, GOOD[0])
    assert len(person.sees()) == 1
