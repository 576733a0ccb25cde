"""The web chat's API: tokens, bad input, long polling, other sites, and the page with its headers."""

import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from bot.limits import MAX_BODY_BYTES, MAX_ID_CHARS, MAX_TEXT_CHARS
from conversations.database import Database
from conversations.transcript import Transcript
from foundation.clock import utc_now
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.bot.web_person import WebPerson

Begin = Callable[[dict[str, str]], GatewayThread]
Meet = Callable[..., WebPerson]

BAD_BODIES: dict[str, tuple[bytes, int, str]] = {
    "broken JSON": (b'{"id": "1", "text": ', 400, "bad_json"),
    "nothing": (b"", 400, "bad_json"),
    "not UTF-8": (b'{"id": "1", "text": "\xff\xfe"}', 400, "bad_json"),
    "a list": (b"[1, 2]", 400, "bad_json"),
    "very deep": (b"[" * 50_000, 400, "bad_json"),
    "zero bytes": (b"\0\0\0\0", 400, "bad_json"),
    "no id": ('{"text": "привет"}'.encode(), 422, "bad_id"),
    "a number as id": ('{"id": 7, "text": "привет"}'.encode(), 422, "bad_id"),
    "an empty id": (b'{"id": "", "text": "x"}', 422, "bad_id"),
    "a zero byte in the id": (b'{"id": "a\\u0000", "text": "x"}', 422, "bad_id"),
    "a long id": (b'{"id": "%s", "text": "x"}' % (b"i" * (MAX_ID_CHARS + 1)), 422, "bad_id"),
    "no text": (b'{"id": "1"}', 422, "bad_message"),
    "a number as text": (b'{"id": "1", "text": 5}', 422, "bad_message"),
    "text and payload": (b'{"id": "1", "text": "x", "payload": "/deny"}', 422, "bad_message"),
    "a text as payload": (b'{"id": "1", "payload": "hello"}', 422, "bad_payload"),
    "a session command": (b'{"id": "1", "payload": "/Restart now"}', 422, "bad_payload"),
    "an empty text": (b'{"id": "1", "text": ""}', 422, "empty"),
    "only blanks": (b'{"id": "1", "text": " \\n\\t "}', 422, "empty"),
    "only zero bytes": (b'{"id": "1", "text": "\\u0000\\u0000"}', 422, "empty"),
    "a text of 4,001 characters": (b'{"id": "1", "text": "%s"}' % (b"x" * (MAX_TEXT_CHARS + 1)), 422, "too_long"),
    "a text of 10,000 characters": (b'{"id": "1", "text": "%s"}' % (b"x" * 10_000), 422, "too_long"),
    "a huge body": (b'{"id": "1", "text": "%s"}' % (b"x" * MAX_BODY_BYTES), 413, "too_large"),
}


@pytest.fixture
def url(sqlite_environ: dict[str, str], begin: Begin, engine: EngineStandIn) -> str:
    """A gateway with an engine."""
    return begin(sqlite_environ | {"SAFAR_ALLOWED_ORIGINS": "https://help.example"}).url


def test_bad_input_gets_a_clear_error_and_disturbs_nobody(
    url: str, meet: Meet, engine: EngineStandIn, capfd: pytest.CaptureFixture[str]
) -> None:
    person = meet(url, "ru")
    for name, (body, status, code) in BAD_BODIES.items():
        refused = person.http.post("/chat/api/messages", content=body, headers=person.headers)
        assert (refused.status_code, refused.json()["error"]["code"]) == (status, code), name
        assert refused.json()["error"]["message"], name
    last = person.write("Всё ещё здесь?")
    person.answer_to(last)
    assert engine.texts() == ["Всё ещё здесь?"]
    assert [message["id"] for message in person.seen if message["sender"] == "migrant"] == [last]
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [("😀👍🏽", "😀👍🏽"), ("пас\0порт", "паспорт"), ("привет \ud83d", "привет \ufffd"), ("  да  ", "да")],
)
def test_odd_texts_are_taken_as_far_as_they_are_texts(
    text: str, said: str, url: str, meet: Meet, engine: EngineStandIn
) -> None:
    person = meet(url)
    escaped = "".join(char if " " < char < "\x7f" else f"\\u{ord(char):04x}" for char in _utf16(text))
    raw = f'{{"id": "odd", "text": "{escaped}"}}'.encode()
    assert person.http.post("/chat/api/messages", content=raw, headers=person.headers).status_code == 202
    person.answer_to("odd")
    assert engine.texts() == [said]


def test_refusals_of_texts_are_said_in_the_migrants_language(url: str, meet: Meet) -> None:
    person = meet(url, "ky")
    assert "Билдирүү бош" in person.post({"id": "1", "text": ""}).json()["error"]["message"]
    assert "4096" in person.post({"id": "1", "text": "жок " * 2000}).json()["error"]["message"]


def test_an_id_used_for_another_text_is_refused_and_the_first_one_stays(url: str, meet: Meet) -> None:
    person = meet(url)
    person.write("Первый", "same")
    refused = person.post({"id": "same", "text": "Второй"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "id_used")
    assert person.post({"id": "same", "payload": "/deny"}).status_code == 409
    assert person.answer_to("same")["text"] == "answer to Первый"


def test_the_same_id_of_two_people_are_two_messages(url: str, meet: Meet) -> None:
    one, other = meet(url), meet(url)
    one.write("Один", "1")
    other.write("Другой", "1")
    assert one.answer_to("1")["text"] == "answer to Один"
    assert other.answer_to("1")["text"] == "answer to Другой"


def test_without_the_right_token_there_is_nothing_to_see_or_to_say(url: str, meet: Meet) -> None:
    person = meet(url)
    stranger = f"Bearer {secrets.token_urlsafe(32)}"
    for authorization in ("", "Bearer", stranger, f"Bearer {person.conversation}", "Basic abc", "Bearer \xff"):
        for method in ("GET", "POST"):
            headers = {"Authorization": authorization.encode("latin-1")}
            refused = person.http.request(method, "/chat/api/messages", headers=headers)
            assert (refused.status_code, refused.json()["error"]["code"]) == (401, "unknown_token"), authorization
            assert refused.headers["www-authenticate"] == "Bearer"
    assert person.http.get("/chat/api/messages").status_code == 401


def test_a_token_is_long_random_and_stored_nowhere(home: Any, url: str, meet: Meet) -> None:
    tokens = [meet(url).headers["Authorization"].removeprefix("Bearer ") for _ in range(5)]
    assert len(set(tokens)) == 5
    assert all(len(token) >= 43 for token in tokens)
    stored = b"".join(path.read_bytes() for path in home.glob("safar.db*"))
    assert not any(token.encode() in stored for token in tokens)


def test_one_token_shows_one_conversation_only(url: str, meet: Meet) -> None:
    one, other = meet(url), meet(url)
    one.answer_to(one.write("Моя тайна"))
    other.read()
    assert other.seen == []


def test_a_query_is_checked(url: str, meet: Meet) -> None:
    person = meet(url)
    wrong = ("after=-1", "after=x", "wait=x", "wait=nan", "wait=-1", "after=99999999999999999999")
    for query in wrong:
        assert person.http.get(f"/chat/api/messages?{query}", headers=person.headers).status_code == 422, query
    for query in ("", "after=&wait="):
        assert person.http.get(f"/chat/api/messages?{query}", headers=person.headers).status_code == 200, query


def test_a_long_poll_returns_as_soon_as_there_is_news(
    environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn, database: Database
) -> None:
    person = meet(begin(environ).url)
    with ThreadPoolExecutor(1) as pool:
        waits = pool.submit(person.read, 20)
        time.sleep(0.7)
        began = time.monotonic()
        # As the console does it: another process writes into the database.
        Transcript(database).say(person.conversation, "operator", "Здравствуйте", (), None, (), utc_now())
        assert [message["text"] for message in waits.result()] == ["Здравствуйте"]
    assert time.monotonic() - began < 2


def test_a_long_poll_without_news_returns_empty_with_the_same_cursor(url: str, meet: Meet) -> None:
    person = meet(url)
    began = time.monotonic()
    answer = person.http.get("/chat/api/messages?after=7&wait=0.5", headers=person.headers)
    assert answer.json() == {"messages": [], "cursor": 7}
    assert 0.4 < time.monotonic() - began < 3


def test_many_phones_that_wait_hold_up_nobody(url: str, meet: Meet) -> None:
    person = meet(url)
    phones = httpx.Client(base_url=url, limits=httpx.Limits(max_connections=200), timeout=30, trust_env=False)
    headers = [person_headers(url) for _ in range(100)]
    with phones, ThreadPoolExecutor(100) as pool:
        waits = [pool.submit(phones.get, "/chat/api/messages?wait=5", headers=each) for each in headers]
        time.sleep(1)
        person.answer_to(person.write("Есть кто?"), seconds=4)
        assert all(wait.result().status_code == 200 for wait in waits)


def test_messages_have_the_form_of_the_contract(url: str, meet: Meet) -> None:
    person = meet(url, "ru")
    message_id = person.write("Вопрос")
    person.answer_to(message_id)
    person.until(lambda: len(person.seen) == 3)
    fields = {"cursor", "sender", "text", "buttons", "reply_to", "answers", "at"}
    own, *others = person.seen
    assert set(own) == fields | {"id"}
    assert own["id"] == message_id
    assert all(set(message) - {"pictures"} == fields for message in others)
    cursors = [message["cursor"] for message in person.seen]
    assert cursors == sorted(cursors)
    assert person.cursor == cursors[-1]
    assert own["at"].endswith("Z")


def test_only_the_listed_site_may_use_the_chat_from_elsewhere(url: str) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    listed = httpx.options(f"{url}/chat/api/messages", headers=asked | {"Origin": "https://help.example"})
    assert listed.headers["access-control-allow-origin"] == "https://help.example"
    other = httpx.options(f"{url}/chat/api/messages", headers=asked | {"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in other.headers
    assert (
        "access-control-allow-origin"
        not in httpx.get(f"{url}/health", headers={"Origin": "https://evil.example"}).headers
    )


def test_the_page_comes_with_a_strict_policy_and_answers_are_not_kept(url: str, meet: Meet) -> None:
    page = httpx.get(f"{url}/chat/")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "no-referrer"
    moved = httpx.get(f"{url}/chat")
    assert (moved.status_code, moved.headers["location"]) == (308, "/chat/")
    person = meet(url)
    read = person.http.get("/chat/api/messages", headers=person.headers)
    assert read.headers["cache-control"] == "no-store"
    for path in ("/chat/../../../gateway.py", "/chat/%2e%2e/connector.py", "/chat/nothing.js", "/nothing"):
        missing = httpx.get(f"{url}{path}")
        assert (missing.status_code, missing.json()["error"]["code"]) == (404, "not_found"), path
    assert httpx.delete(f"{url}/chat/api/messages").json()["error"]["code"] == "method_not_allowed"


def test_a_conversation_begins_with_an_empty_body_or_a_language(url: str) -> None:
    bodies = {b"": 201, b"{}": 201, b'{"language": "tg"}': 201, b'{"language": "xx"}': 422, b"{": 400, b"[]": 400}
    for body, status in bodies.items():
        assert httpx.post(f"{url}/chat/api/conversations", content=body).status_code == status, body


def test_a_language_chosen_on_the_page_is_kept(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    person = meet(begin(sqlite_environ).url, "tg")
    person.answer_to(person.write("паспорт"))
    told = engine.asked[0]["metadata"]
    assert (told["variant"], told["is_language_chosen"]) == ("tg", True)


def _utf16(text: str) -> str:
    """The text in halves of surrogate pairs, as JSON escapes it."""
    halves = text.encode("utf-16-be", "surrogatepass")
    return "".join(chr(int.from_bytes(halves[at : at + 2], "big")) for at in range(0, len(halves), 2))


def person_headers(url: str) -> dict[str, str]:
    """The headers of a new conversation."""
    return {"Authorization": f"Bearer {httpx.post(f'{url}/chat/api/conversations', json={}).json()['token']}"}
