"""The webhook on a real socket, called by the emulator: who calls, what is stored, when it is acknowledged."""

import json
import logging
import time
from collections.abc import Callable

import httpx
import pytest

from bot.channels.whatsapp.connector import WhatsApp
from bot.channels.whatsapp.settings import WhatsAppSettings
from foundation.clock import utc_now
from tests.bot.channels.whatsapp.conftest import PERSON, RecordingDoor, ServedConnector
from tests.bot.channels.whatsapp.mutations import mutated
from tests.whatsapp_emulator.emulator import VERIFY_TOKEN, WhatsAppEmulator

pytestmark = pytest.mark.usefixtures("served")


def eventually(is_so: Callable[[], bool], seconds: float = 5.0) -> None:
    """Wait until it is so."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def signed(emulator: WhatsAppEmulator, body: bytes) -> int:
    """Call with the right signature; gives the status."""
    return emulator.webhooks.call(body, emulator.webhooks.signature(body))


def texts(*words: str) -> dict[str, object]:
    """A value with these texts."""
    message = {"from": PERSON, "timestamp": "1789000000", "type": "text"}
    return {"messages": [message | {"id": wamid_of(word), "text": {"body": word}} for word in words]}


def wamid_of(word: str) -> str:
    """The id that `texts` gives."""
    return f"wamid.{word.encode().hex()}"


def test_the_address_is_verified_with_our_word(emulator: WhatsAppEmulator) -> None:
    answer = emulator.webhooks.verify(VERIFY_TOKEN, "1158201444")
    assert (answer.status_code, answer.text) == (200, "1158201444")
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "query",
    [
        {"hub.mode": "subscribe", "hub.challenge": "1", "hub.verify_token": "wrong"},
        {"hub.mode": "subscribe", "hub.challenge": "1"},
        {"hub.mode": "unsubscribe", "hub.challenge": "1", "hub.verify_token": VERIFY_TOKEN},
        {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN},
        {"hub.mode": "subscribe", "hub.challenge": "1" * 501, "hub.verify_token": VERIFY_TOKEN},
        {},
    ],
)
def test_another_word_is_turned_away(served: ServedConnector, query: dict[str, str]) -> None:
    answer = httpx.get(served.url, params=query, trust_env=False)
    assert answer.status_code == 403
    assert VERIFY_TOKEN not in answer.text


def test_a_message_is_stored_and_marked_as_read(emulator: WhatsAppEmulator, door: RecordingDoor) -> None:
    wamid = emulator.person(PERSON).writes("Как продлить патент?")
    (message,) = door.messages
    assert (message.channel, message.address, message.text) == ("whatsapp", PERSON, "Как продлить патент?")
    assert message.message_id == message.platform_id == wamid
    eventually(lambda: emulator.read_ids == [wamid])
    assert emulator.calls[-1]["typing_indicator"] == {"type": "text"}


@pytest.mark.parametrize("kind", ["audio", "image", "video", "sticker", "document", "location"])
def test_other_kinds_are_stored_as_what_they_are(emulator: WhatsAppEmulator, door: RecordingDoor, kind: str) -> None:
    emulator.person(PERSON).sends(kind)
    kinds = {"audio": "voice", "image": "picture"}
    assert [message.kind for message in door.messages] == [kinds.get(kind, kind)]


def test_statuses_are_passed_on(emulator: WhatsAppEmulator, door: RecordingDoor) -> None:
    person = emulator.person(PERSON)
    emulator.tell_status(person, "wamid.ours", "delivered")
    emulator.tell_status(person, "wamid.theirs", "failed", 131026)
    eventually(lambda: len(door.marks) == 2)
    found = {mark.platform_id: (mark.status, mark.reason) for mark in door.marks}
    assert found == {"wamid.ours": ("delivered", None), "wamid.theirs": ("failed", "undeliverable")}


def test_a_wrong_or_absent_signature_is_refused_and_nothing_stored(
    emulator: WhatsAppEmulator, door: RecordingDoor, caplog: pytest.LogCaptureFixture
) -> None:
    body = emulator.webhooks.body(texts("Тайна"))
    assert emulator.webhooks.call(body, None) == 401
    assert emulator.webhooks.call(body, "sha256=" + "0" * 64) == 401
    assert emulator.webhooks.call(body, emulator.webhooks.signature(body + b" ")) == 401
    assert door.messages == []
    assert caplog.text.count("SAFAR_WHATSAPP_APP_SECRET") == 1 and "Тайна" not in caplog.text


def test_a_signature_over_the_raw_bytes_is_enough(emulator: WhatsAppEmulator, door: RecordingDoor) -> None:
    emulator.received_ids.add(wamid_of("Салом"))
    body = emulator.webhooks.body(texts("Салом")).replace(b'", "', b'" ,\n"')
    assert signed(emulator, body) == 200
    assert door.texts == ["Салом"]


def test_the_same_webhook_again_is_stored_once(emulator: WhatsAppEmulator, door: RecordingDoor) -> None:
    emulator.webhooks.copies = 3
    emulator.person(PERSON).writes("Салом")
    assert [answer.status for answer in emulator.webhooks.answers] == [200, 200, 200]
    assert door.texts == ["Салом"]


def test_webhooks_in_another_order_and_together_are_all_stored(emulator: WhatsAppEmulator, door: RecordingDoor) -> None:
    for options in ({"is_reversed": True}, {"is_together": True}):
        emulator.webhooks.hold()
        writings = [emulator.person(PERSON).begin({"type": "text", "text": {"body": word}}) for word in ("а", "б", "в")]
        emulator.webhooks.release(**options)
        for _, done in writings:
            done.result(5)
    assert door.texts == ["в", "б", "а", "а", "б", "в"]


def test_while_the_database_is_away_nothing_is_acknowledged(emulator: WhatsAppEmulator, door: RecordingDoor) -> None:
    door.is_away = True
    person = emulator.person(PERSON)
    _, done = person.begin({"type": "text", "text": {"body": "Салом"}})
    eventually(lambda: len(emulator.webhooks.answers) >= 2)
    assert {answer.status for answer in emulator.webhooks.answers} == {503}
    door.is_away = False
    done.result(5)
    assert door.texts == ["Салом"]
    assert emulator.read_ids == [] or emulator.read_ids == [door.messages[0].platform_id]


def test_a_webhook_is_acknowledged_only_when_all_of_it_is_stored(
    emulator: WhatsAppEmulator, door: RecordingDoor
) -> None:
    door.fails_on = "два"
    body = emulator.webhooks.body(texts("один", "два"))
    emulator.received_ids |= {wamid_of("один"), wamid_of("два")}
    assert signed(emulator, body) == 503
    door.fails_on = None
    assert signed(emulator, body) == 200
    assert door.texts == ["один", "два"]


def test_another_phone_number_is_ignored(emulator: WhatsAppEmulator, door: RecordingDoor) -> None:
    body = emulator.webhooks.body(texts("чужое")).replace(b'"106540352242922"', b'"999"')
    assert signed(emulator, body) == 200
    assert door.messages == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "not_json"),
        (b"\xff\xfe", "not_json"),
        (b"{" * 100_000, "not_json"),
        (b"[" * 100_000, "not_json"),
        (b'"text"', "no_object"),
        (b'{"object": "page"}', "not_of_whatsapp"),
        (b'{"object": "whatsapp_business_account"}', "no_entries"),
    ],
)
def test_genuine_but_unreadable_is_logged_and_acknowledged(
    emulator: WhatsAppEmulator, door: RecordingDoor, caplog: pytest.LogCaptureFixture, body: bytes, code: str
) -> None:
    assert signed(emulator, body) == 200
    assert code in caplog.text
    assert door.messages == []


def test_three_megabytes_are_taken_and_no_more(emulator: WhatsAppEmulator, door: RecordingDoor) -> None:
    emulator.received_ids.add(wamid_of("Салом"))
    body = emulator.webhooks.body(texts("Салом"))
    largest = body + b" " * (3 * 1024 * 1024 - len(body))
    assert signed(emulator, largest) == 200
    assert signed(emulator, largest + b" ") == 413
    assert door.texts == ["Салом"]


def test_other_methods_are_turned_away(served: ServedConnector) -> None:
    assert httpx.put(served.url, trust_env=False).status_code == 405
    assert httpx.delete(served.url, trust_env=False).status_code == 405


def test_two_thousand_broken_webhooks_make_no_error_and_store_nothing_forged(
    served: ServedConnector, emulator: WhatsAppEmulator, door: RecordingDoor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    emulator.misbehave(of="read", times=10_000, status=400, code=131009)
    with httpx.Client(trust_env=False) as http:
        for number, raw in enumerate(mutated(2000, seed=5)):
            body = json.dumps(raw).encode()
            is_forged = number % 2 == 0
            header = "sha256=" + "0" * 64 if is_forged else emulator.webhooks.signature(body)
            before = len(door.messages) + len(door.marks)
            status = http.post(served.url, content=body, headers={"x-hub-signature-256": header}).status_code
            assert status == (401 if is_forged else 200)
            assert not is_forged or len(door.messages) + len(door.marks) == before
    assert len(door.messages) > 30


def test_a_webhook_is_acknowledged_within_50_milliseconds(emulator: WhatsAppEmulator) -> None:
    emulator.misbehave(of="read", times=1000, slow_seconds=1.0)
    person = emulator.person(PERSON)
    for number in range(60):
        person.writes(f"сообщение {number}")
    spans = sorted(answer.seconds for answer in emulator.webhooks.answers)
    assert spans[int(len(spans) * 0.95)] < 0.05


def test_nothing_of_a_message_is_in_the_log(
    emulator: WhatsAppEmulator, door: RecordingDoor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    emulator.misbehave(of="read", times=5, status=500)
    emulator.person(PERSON, "Гулнора").writes("Тайна")
    body = emulator.webhooks.body({"messages": [{"from": PERSON, "text": {"body": "Тайна"}}, "Тайна"]})
    assert signed(emulator, body) == 200
    door.is_away = True
    assert signed(emulator, emulator.webhooks.body(texts("Тайна"))) == 503
    eventually(lambda: "message_without_id" in caplog.text and "was not marked" in caplog.text)
    ours = " ".join(record.getMessage() for record in caplog.records if record.name.startswith("bot"))
    assert not [word for word in ("Тайна", PERSON, "Гулнора", VERIFY_TOKEN) if word in ours]


def test_stopping_takes_less_than_a_second(
    settings: WhatsAppSettings, emulator: WhatsAppEmulator, door: RecordingDoor
) -> None:
    emulator.misbehave(of="read", times=50, slow_seconds=30)
    another = ServedConnector(WhatsApp(settings, door, utc_now))  # type: ignore[arg-type]
    emulator.webhooks.url = another.url
    for number in range(20):
        emulator.person(PERSON).writes(f"{number}")
    assert another.stop() < 1.5
