"""A picture and a document on every channel: they come with the answer, to the right person, and are then forgotten."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import func, select

from conversations.attachment_json import attachments_to_json
from conversations.attachments import Attachments
from conversations.conversation import locked_conversation
from conversations.database import Database, open_database
from conversations.disguise import disguise
from conversations.reply import Attachment
from conversations.tables import attachments
from foundation.clock import utc_now
from guidance.pictures.bars import Bar, bars
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.bot.web_person import Shown, WebPerson
from tests.telegram_emulator import TelegramEmulator
from tests.whatsapp_emulator.emulator import WhatsAppEmulator

Begin = Callable[[dict[str, str]], GatewayThread]
Meet = Callable[..., WebPerson]

PICTURE = Attachment("роҳ.png", "image/png", bars("Роҳ", [Bar("A", "1", None, "?")]))
LETTER = Attachment("шикоят.pdf", "application/pdf", b"%PDF-1.4 a letter")
FILES = (PICTURE, LETTER)


@pytest.fixture
def engine(engine: EngineStandIn) -> EngineStandIn:
    """An engine that answers one question with a picture, a document, and a button."""
    button = {"title": "Бале", "payload": "/affirm"}
    said = {"text": "Мана роҳ.", "buttons": [button], "attachments": attachments_to_json(FILES)}
    engine.replies["роҳ"] = [said]
    return engine


@pytest.fixture
def desk(sqlite_environ: dict[str, str]) -> Iterator[Database]:
    """The same database, as the console sees it."""
    database = open_database(sqlite_environ["SAFAR_DATABASE_URL"])
    yield database
    database.close()


@pytest.fixture
def asked(begin: Begin, sqlite_environ: dict[str, str], engine: EngineStandIn, meet: Meet) -> tuple[WebPerson, Shown]:
    """Somebody on the web who has got both files, and the answer."""
    person = meet(begin(sqlite_environ).url, "tg")
    return person, person.answer_to(person.write("роҳ"))


def _get(person: WebPerson, address: str) -> httpx.Response:
    return person.http.get(address, headers=person.headers)


def _kept_bytes(database: Database) -> int:
    with database.read() as connection:
        return int(connection.execute(select(func.sum(func.length(attachments.c.content)))).scalar() or 0)


def test_the_page_learns_where_its_files_are_and_gets_them(asked: tuple[WebPerson, Shown]) -> None:
    person, answer = asked
    assert [(each["name"], each["media_type"]) for each in answer["attachments"]] == [
        ("роҳ.png", "image/png"),
        ("шикоят.pdf", "application/pdf"),
    ]
    assert [_get(person, each["address"]).content for each in answer["attachments"]] == [
        PICTURE.content,
        LETTER.content,
    ]
    question = next(message for message in person.seen if message["sender"] == "migrant")
    assert "attachments" not in question


def test_a_file_comes_with_headers_that_let_it_do_nothing(asked: tuple[WebPerson, Shown]) -> None:
    person, answer = asked
    picture, letter = (_get(person, each["address"]).headers for each in answer["attachments"])
    for headers in (picture, letter):
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert headers["content-security-policy"].startswith("default-src 'none'")
    assert picture["content-disposition"].startswith("inline;")
    assert letter["content-disposition"].startswith("attachment; filename*=UTF-8''%D1%88")
    assert (picture["content-type"], letter["content-type"]) == ("image/png", "application/pdf")


def test_nobody_else_gets_a_file(asked: tuple[WebPerson, Shown], meet: Meet) -> None:
    person, answer = asked
    address = answer["attachments"][1]["address"]
    stranger = meet(str(person.http.base_url))
    for path in (address, address.replace("/1", "/2", 1), f"{address}0", "/chat/api/files/99999999999999999999/0"):
        refused = _get(stranger, path)
        assert (refused.status_code, refused.json()["error"]["code"]) == (404, "not_found"), path
    assert person.http.get(address).status_code == 401
    assert _get(person, "/chat/api/files/0/0").status_code == 404
    assert _get(person, "/chat/api/files/99999999999999999999/0").status_code == 404


def test_what_is_out_of_sight_has_no_files_either(asked: tuple[WebPerson, Shown], desk: Database) -> None:
    person, answer = asked
    address = answer["attachments"][0]["address"]
    with desk.begin() as connection:
        conversation = locked_conversation(connection, person.conversation)
        disguise(connection, conversation, answer["cursor"], utc_now())
    assert _get(person, address).status_code == 404


def test_after_a_day_the_web_knows_only_that_there_were_files(asked: tuple[WebPerson, Shown], desk: Database) -> None:
    person, answer = asked
    assert Attachments(desk).forget_old(utc_now() + timedelta(hours=25)) == 2
    assert _get(person, answer["attachments"][0]["address"]).status_code == 404
    person.cursor = 0
    again = next(message for message in person.read() if message["cursor"] == answer["cursor"])
    assert [each["address"] for each in again["attachments"]] == [None, None]
    assert _kept_bytes(desk) == 0


def test_leaving_takes_the_files_along(asked: tuple[WebPerson, Shown], desk: Database) -> None:
    person, _ = asked
    assert _kept_bytes(desk) > 0
    person.press("quick_exit")
    person.http.get("/chat/api/messages", params={"wait": 5}, headers=person.headers)
    _until(lambda: _kept_bytes(desk) == 0)


def test_a_turn_that_is_taken_up_again_brings_its_files(
    begin: Begin, sqlite_environ: dict[str, str], engine: EngineStandIn, meet: Meet
) -> None:
    engine.trouble = ["answer and reset"]
    person = meet(begin(sqlite_environ).url, "tg")
    answer = person.answer_to(person.write("роҳ"))
    assert len(answer["attachments"]) == 2
    assert max(engine.turns.values()) == 1


def test_telegram_shows_picture_document_and_then_the_text_with_its_buttons(
    begin: Begin, sqlite_environ: dict[str, str], engine: EngineStandIn, desk: Database
) -> None:
    with TelegramEmulator() as telegram:
        begin(sqlite_environ | {"SAFAR_TELEGRAM_TOKEN": telegram.token, "SAFAR_TELEGRAM_API_URL": telegram.url})
        person = telegram.person("tg")
        person.writes("роҳ")
        said = person.sees_text("Мана роҳ.")
        kinds = [(shown.kind, shown.file) for shown in person.answers()][:2]
        assert kinds == [("photo", PICTURE.content), ("document", LETTER.content)]
        assert said.buttons == (("Бале",),)
        _until(lambda: _kept_bytes(desk) == 0)
        assert telegram.violations == []


def test_whatsapp_shows_picture_document_and_then_the_text_with_its_buttons(
    begin: Begin, sqlite_environ: dict[str, str], engine: EngineStandIn, desk: Database
) -> None:
    whatsapp = WhatsAppEmulator().start()
    gateway = begin(sqlite_environ | whatsapp.environ())
    whatsapp.webhooks.url = f"{gateway.url}/whatsapp/webhook"
    try:
        person = whatsapp.person("992900000001")
        person.writes("роҳ")
        picture, letter, said = person.waits_for(3)[:3]
        assert picture.file is not None and picture.file[1:] == ("image/png", PICTURE.content)
        assert letter.file == ("шикоят.pdf", "application/pdf", LETTER.content)
        assert said.text == "Мана роҳ." and [option.title for option in said.options] == ["Бале"]
        _until(lambda: _kept_bytes(desk) == 0)
        assert whatsapp.violations == []
    finally:
        whatsapp.stop()


def _until(holds: Callable[[], object], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)
