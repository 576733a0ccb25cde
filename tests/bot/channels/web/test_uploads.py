"""POST /chat/api/files: only for the operator who is there, only by the conversation's token, checked by content."""

from collections.abc import Callable

import httpx
import pytest

from conversations.database import Database
from foundation.clock import utc_now
from foundation.settings import PROJECT
from language.wording import Wording
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.operator_desk import OPERATOR, Desk, until
from tests.bot.running_gateway import GatewayThread
from tests.bot.sent_files import PDF, PLACE, bomb, photo
from tests.bot.web_person import WebPerson

Begin = Callable[[dict[str, str]], GatewayThread]
Meet = Callable[..., WebPerson]
WORDING = Wording.load(PROJECT / "data" / "responses")


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


@pytest.fixture
def person(begin: Begin, environ: dict[str, str], engine: EngineStandIn, meet: Meet) -> WebPerson:
    return meet(begin(environ | {"SAFAR_MAX_FILE_MB": "2"}).url, "ky")


def say(key: str, **values: object) -> str:
    return WORDING.text(key, "ky", **values)


def upload(person: WebPerson, content: bytes, message_id: str = "f1") -> httpx.Response:
    """As the page does."""
    return person.http.post(f"/chat/api/files?id={message_id}", content=content, headers=person.headers)


def test_without_an_operator_no_file_is_taken(person: WebPerson, desk: Desk) -> None:
    for step in (None, desk.waits):
        if step:
            step(person.conversation)
        refused = upload(person, photo())
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "file_needs_a_person")
        assert refused.json()["error"]["message"] == say("file_needs_a_person")
    assert [each for each in desk.said(person.conversation) if each.sender == "migrant"] == []


def test_the_page_learns_when_it_may_send_files_and_when_no_longer(person: WebPerson, desk: Desk) -> None:
    def may_send() -> object:
        answer = person.http.get("/chat/api/messages", params={"after": 0}, headers=person.headers)
        return answer.json().get("max_file_bytes")

    person.answer_to(person.write("салам"))
    assert may_send() == 0
    desk.takes(person.conversation)
    assert may_send() == 2_000_000
    desk.handovers.give_back(person.conversation, OPERATOR, "Бот", utc_now())
    assert may_send() == 0


def test_the_operator_gets_it_and_the_person_is_told(person: WebPerson, desk: Desk) -> None:
    desk.takes(person.conversation)
    assert upload(person, photo()).status_code == upload(person, photo()).status_code == 202
    person.until(lambda: person.notice(say("file_passed_on")))
    (file,) = desk.files(person.conversation)
    assert file.media_type == "image/jpeg" and PLACE not in file.content
    own = next(message for message in person.seen if message["sender"] == "migrant")
    assert own["id"] == "f1" and "attachments" not in own
    got = person.http.get(f"/chat/api/files/{own['cursor']}/0", headers=person.headers)
    assert got.status_code == 200 and PLACE not in got.content, "one's own file, by one's own token"
    assert person.press("back_to_bot")
    person.until(lambda: person.notice(say("files_deleted")))
    assert desk.files(person.conversation) == []


@pytest.mark.parametrize(
    ("content", "status", "key"),
    [
        (b"", 422, "file_empty"),
        (b"MZ\x90 a program", 422, "file_wrong_kind"),
        (b"<html><script>1</script></html>", 422, "file_wrong_kind"),
        (PDF[:9], 422, "file_damaged"),
        (bomb(), 413, "file_too_large"),
        (PDF.ljust(2_000_001), 413, "file_too_large"),
    ],
)
def test_what_is_not_taken_is_refused_in_the_persons_language(
    person: WebPerson, desk: Desk, content: bytes, status: int, key: str
) -> None:
    desk.takes(person.conversation)
    refused = upload(person, content)
    assert (refused.status_code, refused.json()["error"]["code"]) == (status, key)
    assert refused.json()["error"]["message"] == say(key, limit=2)
    assert desk.files(person.conversation) == []


def test_a_body_beyond_every_limit_is_not_even_read(person: WebPerson, desk: Desk) -> None:
    desk.takes(person.conversation)
    try:
        status = upload(person, bytes(22_000_000)).status_code
    except httpx.WriteError:  # the server hangs up while the rest is still on its way
        status = 413
    assert status == 413


def test_strangers_send_nothing(person: WebPerson, desk: Desk) -> None:
    desk.takes(person.conversation)
    for headers in ({}, {"Authorization": "Bearer wrong"}):
        assert person.http.post("/chat/api/files?id=f1", content=PDF, headers=headers).status_code == 401
    assert person.http.post("/chat/api/files", content=PDF, headers=person.headers).status_code == 422


def test_a_file_that_breaks_off_leaves_nothing(person: WebPerson, desk: Desk) -> None:
    desk.takes(person.conversation)

    def half() -> object:
        yield PDF[:8]
        raise ConnectionError

    with pytest.raises(ConnectionError):
        person.http.post("/chat/api/files?id=f1", content=half(), headers=person.headers)  # type: ignore[arg-type]
    person.write("салам")
    until(lambda: any(each.text == "салам" for each in desk.said(person.conversation)))
    assert desk.files(person.conversation) == []
