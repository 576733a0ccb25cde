"""Photos and files on Telegram and WhatsApp: nobody keeps them but for an operator who is there, and only so long."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from bot.limits import BACK_TO_BOT
from conversations.attachments import Attachments
from conversations.database import Database
from conversations.erasure import erase
from conversations.inbox import Inbox, NewMessage
from foundation.clock import utc_now
from foundation.settings import PROJECT
from language.wording import Wording
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.operator_desk import OPERATOR, Desk, until
from tests.bot.running_gateway import GatewayThread
from tests.bot.sent_files import OGG, PDF, PLACE, bomb, photo
from tests.telegram_emulator import Person, TelegramEmulator
from tests.telegram_emulator.faults import Fault
from tests.whatsapp_emulator.emulator import WhatsAppEmulator

Begin = Callable[[dict[str, str]], GatewayThread]
WORDING = Wording.load(PROJECT / "data" / "responses")


def say(key: str, **values: object) -> str:
    """A text in Tajik."""
    return WORDING.text(key, "tg", **values)


@pytest.fixture
def telegram() -> Iterator[TelegramEmulator]:
    with TelegramEmulator() as running:
        yield running
        assert running.violations == []


@pytest.fixture
def settings(environ: dict[str, str], telegram: TelegramEmulator, engine: EngineStandIn) -> dict[str, str]:
    return environ | {"SAFAR_TELEGRAM_TOKEN": telegram.token, "SAFAR_TELEGRAM_API_URL": telegram.url}


@pytest.fixture
def gateway(begin: Begin, settings: dict[str, str]) -> GatewayThread:
    return begin(settings)


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


@pytest.fixture
def person(gateway: GatewayThread, telegram: TelegramEmulator) -> Person:
    """Somebody who has written, in Tajik."""
    one = telegram.person("tg")
    one.writes("Салом, ба ман кӯмак лозим аст")
    one.sees_text("answer to")
    return one


@pytest.fixture
def held(person: Person, desk: Desk) -> str:
    """Their conversation, which an operator holds."""
    conversation = desk.of("telegram", person.address)
    desk.takes(conversation.id)
    return conversation.id


def test_the_bot_keeps_no_picture_and_offers_a_person(person: Person, desk: Desk) -> None:
    person.sends_file("photo", photo())
    shown = person.sees_text(say("cannot_read_picture"))
    assert any("Даъвати одам" in title for row in shown.buttons for title in row)
    conversation = desk.of("telegram", person.address)
    assert desk.files(conversation.id) == [] and desk.received.pending_count() == 0


def test_who_waits_is_told_to_send_it_again_once_somebody_is_there(person: Person, desk: Desk) -> None:
    conversation = desk.of("telegram", person.address)
    desk.waits(conversation.id)
    person.sends_file("photo", photo())
    person.sees_text(say("file_while_waiting"))
    person.sends_file("voice", OGG, duration=3)
    person.sees_text(say("voice_while_waiting"))
    assert desk.received.pending_count() == 0


def test_the_operator_gets_a_picture_without_the_place_where_it_was_taken(
    person: Person, held: str, desk: Desk
) -> None:
    person.sends_file("photo", photo())
    person.sees_text(say("file_passed_on"))
    (file,) = desk.files(held)
    assert file.media_type == "image/jpeg" and PLACE not in file.content
    message = next(each for each in desk.said(held) if each.attachments)
    assert message.text == say("came_picture") and message.attachments[0].size_bytes == len(file.content)
    assert desk.received.pending_count() == 0


def test_documents_voices_and_albums_come_too_each_once(
    person: Person, held: str, desk: Desk, telegram: TelegramEmulator
) -> None:
    person.sends_file("document", PDF, file_name="Паспорт Алиев.pdf", mime_type="application/pdf")
    person.sends_file("voice", OGG, duration=3)
    person.sends_pictures(photo(), photo(80, 80), photo(90, 90))
    until(lambda: len(desk.files(held)) == 5)
    telegram.bring_again()
    assert [file.name for file in desk.files(held)] == ["document.pdf", "voice.ogg", *["picture.jpg"] * 3]
    assert "Алиев" not in str(desk.said(held))
    person.writes("ҳамааш ҳамин")
    until(lambda: desk.said(held)[-1].text == "ҳамааш ҳамин")
    assert len(desk.files(held)) == 5 and desk.received.pending_count() == 0
    until(lambda: sum(each.text == say("file_passed_on") for each in person.answers()) == 3)


@pytest.mark.parametrize(
    ("kind", "content", "key"),
    [
        ("document", b"MZ\x90 a program", "file_wrong_kind"),
        ("document", b"%PDF-1.4 half", "file_damaged"),
        ("photo", b"\xff\xd8\xff\xe0 no picture", "file_damaged"),
        ("document", bomb(), "file_too_large"),
        ("document", b"%PDF" + bytes(10_000_001), "file_too_large"),
        ("document", b"%PDF" + bytes(20_000_001), "file_too_large"),
        ("video_note", b"film", "file_wrong_kind"),
    ],
)
def test_what_is_not_passed_on_is_refused_with_a_sentence(
    person: Person, held: str, desk: Desk, kind: str, content: bytes, key: str
) -> None:
    person.sends_file(kind, content)
    person.sees_text(say(key, limit=10))
    assert desk.files(held) == []
    until(lambda: desk.received.pending_count() == 0)


def test_a_download_that_fails_is_tried_again_and_at_last_given_up(
    person: Person, held: str, desk: Desk, telegram: TelegramEmulator
) -> None:
    telegram.misbehave("getFile", Fault.throttled(1))
    telegram.misbehave("file", Fault.reset())
    person.sends_file("photo", photo())
    person.sees_text(say("file_passed_on"))
    telegram.misbehave("file", Fault.server_error(502), times=3)
    person.sends_file("document", PDF)
    person.sees_text(say("file_not_fetched"))
    assert [file.name for file in desk.files(held)] == ["picture.jpg"]


@pytest.mark.parametrize("way", ["give_back", "close"])
def test_when_the_operator_is_done_the_files_are_deleted(person: Person, held: str, desk: Desk, way: str) -> None:
    person.sends_file("photo", photo())
    until(lambda: desk.files(held))
    getattr(desk.handovers, way)(held, OPERATOR, "Бот боз ин ҷост", utc_now())
    assert desk.files(held) == [] and not desk.received.has_kept(held)
    (gone,) = (file for each in desk.said(held) for file in each.attachments)
    assert not gone.is_kept and gone.size_bytes


def test_who_goes_back_to_the_bot_has_the_files_deleted_and_is_told(person: Person, held: str, desk: Desk) -> None:
    person.sends_file("photo", photo())
    shown = person.sees_text(say("file_passed_on"))
    assert shown
    desk.handovers.answer(held, OPERATOR, "Дидам", utc_now())
    person.sees_text("Дидам")
    Inbox(desk.database).store(NewMessage(held, "b1", "Ба бот", BACK_TO_BOT), utc_now())
    person.sees_text(say("files_deleted"))
    assert desk.files(held) == []


def test_a_file_is_deleted_with_the_conversation_and_after_a_day(person: Person, held: str, desk: Desk) -> None:
    person.sends_file("photo", photo())
    until(lambda: desk.files(held))
    assert Attachments(desk.database).forget_old(utc_now() + timedelta(hours=25)) == 1
    person.sends_file("document", PDF)
    until(lambda: desk.files(held))
    assert erase(desk.database, held, utc_now())
    assert desk.files(held) == []


def test_what_came_before_the_operator_is_asked_for_again(
    person: Person, desk: Desk, gateway: GatewayThread, begin: Begin, settings: dict[str, str]
) -> None:
    """The picture came while the person waited, and its turn only when the operator was there."""
    conversation = desk.of("telegram", person.address)
    desk.waits(conversation.id)
    gateway.app.state.gateway.worker.begin_stop()
    person.sends_file("photo", photo())
    until(lambda: any(each.payload for each in desk.said(conversation.id)))
    desk.takes(conversation.id)
    gateway.stop()
    begin(settings)
    person.sees_text(say("file_send_again"))


def test_whatsapp_brings_files_to_the_operator_and_its_words_beside_them(
    begin: Begin, environ: dict[str, str], engine: EngineStandIn, desk: Desk
) -> None:
    whatsapp = WhatsAppEmulator().start()
    gateway = begin(environ | whatsapp.environ())
    whatsapp.webhooks.url = f"{gateway.url}/whatsapp/webhook"
    try:
        person = whatsapp.person("992900000001")
        person.writes("Салом, ба ман кӯмак лозим аст")
        held = desk.of("whatsapp", "992900000001").id
        person.waits_for(1)
        desk.takes(held)
        whatsapp.misbehave(of="media", status=500)
        person.sends_file("image", photo(), "image/jpeg", caption="Ин чӣ мӯҳр аст?")
        person.sends_file("document", PDF, "application/pdf")
        until(lambda: [file.name for file in desk.files(held)] == ["picture.jpg", "document.pdf"])
        assert any(each.text == "Ин чӣ мӯҳр аст?" for each in desk.said(held))
        person.waits_until(lambda shown: any(each.text == say("file_passed_on") for each in shown))
        assert whatsapp.violations == []
        whatsapp.files.host = "http://attacker.example"
        person.sends_file("document", PDF, "application/pdf")
        person.waits_until(lambda shown: any(each.text == say("file_not_fetched") for each in shown))
        assert len(desk.files(held)) == 2
    finally:
        whatsapp.stop()
