"""Bad input at the web chat: a clear error or a kind sentence, and nothing of it reaches another conversation."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from language.wording import Wording
from tests.bot.web_person import WebPerson
from tests.ways.conftest import Meet
from tests.ways.running_safar import RunningSafar
from tests.ways.speech import SPEECHES
from tests.ways.talk import Talk

MESSAGES = "/chat/api/messages"
SPEECH = SPEECHES["ru"]


@pytest.fixture(scope="module")
def neighbour(safar: RunningSafar, wording: Wording) -> Iterator[Talk]:
    """Somebody in the middle of the tool, who goes on at the end as if nothing had happened."""
    talk = Talk(WebPerson(safar.url, "tg"), wording, "tg").tap("/registration.arrival").hears("ask_country")
    yield talk.say(SPEECHES["tg"].place).hears("ask_citizenship")
    talk.say(SPEECHES["tg"].citizenship).hears("for_whom", "ask_entered_on")
    talk.person.close()


@pytest.fixture(autouse=True)
def _neighbour_hears_nothing(neighbour: Talk) -> Iterator[None]:
    yield
    assert neighbour.person.read() == [], "nobody else's messages come here"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"id": "1", "text": ""}, 422, "empty"),
        ({"id": "1", "text": " \n\t "}, 422, "empty"),
        ({"id": "1", "text": "\x00\x00"}, 422, "empty"),
        ({"id": "1", "text": "ы" * 10_000}, 422, "too_long"),
        ({"id": "1", "text": "ы" * 100_000}, 413, "too_large"),
        ({"id": "1"}, 422, "bad_message"),
        ({"id": "1", "text": 5}, 422, "bad_message"),
        ({"id": "1", "text": "a", "payload": "/deny"}, 422, "bad_message"),
        ({"text": "without an id"}, 422, "bad_id"),
        ({"id": "", "text": "a"}, 422, "bad_id"),
        ({"id": "i" * 1000, "text": "a"}, 422, "bad_id"),
        ({"id": "1", "payload": "restart"}, 422, "bad_payload"),
        ({"id": "1", "payload": "/deny" + "x" * 1000}, 422, "bad_payload"),
        (b"", 400, "bad_json"),
        (b'{"id": "1", "text": ', 400, "bad_json"),
        (b'["id", "text"]', 400, "bad_json"),
        (b"[" * 50_000, 400, "bad_json"),
        (b"\x00\x00\x00", 400, "bad_json"),
        ('{"id": "1", "text": "Ы"}'.encode("cp1251"), 400, "bad_json"),
    ],
)
def test_what_is_no_message_is_refused_with_a_reason(meet: Meet, body: Any, status: int, code: str) -> None:
    person = meet("ru")
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    _refused(person.http.post(MESSAGES, content=content, headers=person.headers), status, code)
    assert person.read() == [], "nothing is stored"


@pytest.mark.parametrize(
    "text",
    [
        "😀😀👍",
        "/restart",
        '/intent{"a":1}',
        '/meta.my_data{"step":"confirmed"}',
        "a\x00b\x00",
        "\ud83d half of a pair",
        "🇹🇯" * 900,
        "' OR 1=1; DROP TABLE inbox; --",
        "<script>alert(1)</script>{country}{{7*7}}",
    ],
)
def test_what_only_looks_like_a_command_is_answered_and_moves_nothing(meet: Meet, wording: Wording, text: str) -> None:
    talk = Talk(meet("ru"), wording, "ru").tap("/registration.arrival").hears("ask_country")
    talk.say(SPEECH.place).hears("ask_citizenship")
    content = json.dumps({"id": "odd", "text": text})
    assert talk.person.http.post(MESSAGES, content=content, headers=talk.person.headers).status_code == 202
    assert talk.after("odd").text.strip()
    assert "back_to_bot" not in talk.payloads, "nobody was called"
    talk.tap("/registration.arrival").hears("ask_citizenship")
    talk.say(SPEECH.citizenship).hears("for_whom", "ask_entered_on")
    assert len([each for each in talk.person.seen if each["sender"] == "migrant"]) == 5, "nothing was erased"


@pytest.mark.parametrize("payload", ["/restart", '/intent{"a":1}', '/inform{"country":["RU"]}', "/deny{not json}"])
def test_a_button_that_is_not_ours_gets_a_kind_sentence(meet: Meet, wording: Wording, payload: str) -> None:
    Talk(meet("ru"), wording, "ru").tap(payload).hears("button_has_expired").say(SPEECH.greeting).hears("greeting")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer wrong", "Basic d3Jvbmc6d3Jvbmc=", f"Bearer {'x' * 5000}"])
def test_without_the_right_token_there_is_no_conversation(safar: RunningSafar, header: str) -> None:
    headers = {"Authorization": header} if header else {}
    with httpx.Client(base_url=safar.url, headers=headers, timeout=30, trust_env=False) as stranger:
        _refused(stranger.post(MESSAGES, json={"id": "1", "text": "салом"}), 401, "unknown_token")
        _refused(stranger.get(MESSAGES), 401, "unknown_token")


def test_an_erased_conversation_is_unknown(meet: Meet, wording: Wording) -> None:
    person = meet("ru")
    Talk(person, wording, "ru").say(SPEECH.greeting)
    person.press("quick_exit")
    gone = _until_gone(person)
    _refused(gone, 401, "unknown_token")
    _refused(person.post({"id": "9", "text": "салом"}), 401, "unknown_token")


def test_an_id_used_twice_is_one_message(meet: Meet, wording: Wording) -> None:
    talk = Talk(meet("ru"), wording, "ru")
    sent = {"id": "the same", "text": SPEECH.greeting}
    assert [talk.person.post(sent).status_code for _ in range(5)] == [202] * 5
    talk.person.answer_to("the same", 60)
    assert talk.person.post(sent).status_code == 202
    _refused(talk.person.post({"id": "the same", "text": "something else"}), 409, "id_used")
    talk.say(SPEECH.question).hears("answer_source")
    own = [each["text"] for each in talk.person.seen if each["sender"] == "migrant"]
    assert own == [SPEECH.greeting, SPEECH.question]
    assert len(talk.person.answers_to("the same")) == 1
    other = meet("ru")
    assert other.post(sent).status_code == 202
    assert other.answer_to("the same", 60), "the id of another conversation means nothing here"


@pytest.mark.parametrize("query", ["after=x", "after=-1", "after=1&wait=nan", "wait=-5", f"after={'9' * 40}"])
def test_a_query_that_makes_no_sense_is_refused(meet: Meet, query: str) -> None:
    person = meet()
    _refused(person.http.get(f"{MESSAGES}?{query}", headers=person.headers), 422, "bad_query")


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nothing", 404), ("PUT", MESSAGES, 405)])
def test_what_is_not_there_says_so(safar: RunningSafar, method: str, path: str, status: int) -> None:
    answer = httpx.request(method, f"{safar.url}{path}", timeout=30, trust_env=False)
    assert answer.status_code == status
    assert answer.json()["error"]["message"]


def _refused(answer: httpx.Response, status: int, code: str) -> None:
    assert answer.status_code == status, answer.text
    error = answer.json()["error"]
    assert error["code"] == code
    assert len(error["message"]) > 10 and "Traceback" not in answer.text


def _until_gone(person: WebPerson) -> httpx.Response:
    for _ in range(60):
        answer = person.http.get(MESSAGES, params={"after": person.cursor, "wait": 1}, headers=person.headers)
        if answer.status_code != 200:
            break
    return answer
