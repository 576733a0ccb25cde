"""The engine's door, through HTTP."""

import asyncio
import json
import threading
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.bot.engine.action_server import ActionServer, said
from tests.bot.engine.running_engine import TOKEN, RunningEngine

Start = Callable[[str], RunningEngine]


def turn(sender: str, message_id: str, **keys: Any) -> dict[str, Any]:
    return {"sender": sender, "id": message_id, "metadata": {"variant": "ru"}, **keys}


def test_a_text_is_answered_with_all_messages_and_the_release(engine: RunningEngine) -> None:
    response = engine.post(turn("text", "1", message="здравствуйте"))
    assert response.json() == {
        "id": "1",
        "release": "release-1",
        "messages": [
            {"text": "Здравствуйте", "buttons": [{"title": "Приезд", "payload": "/arrival"}], "custom": {}},
        ],
    }


def test_the_health_route_names_model_and_store(engine: RunningEngine) -> None:
    health = engine.http.get("/").json()
    assert health["status"] == "ok"
    assert health["model"]
    assert health["store"] == "CompactTrackerStore"


@pytest.mark.parametrize("token", ["no", "wrong", "token-of-the-test", "tökén"])
def test_a_caller_without_the_token_is_refused(engine: RunningEngine, token: str) -> None:
    response = engine.post(turn("stranger", "1", message="привет"), token=token)
    assert response.status_code == 401
    assert "error" in response.json()


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'{"sender": "a"}', b'{"sender": "a", "id": "1"}',
        b'{"sender": "a", "id": "1", "message": ""}', b'{"sender": "a", "id": "1", "message": "  "}',
        b'{"sender": "a", "id": "1", "message": 5}', b'{"sender": 1, "id": "1", "message": "a"}',
        b'{"sender": "a", "id": "1", "message": "a", "metadata": [1]}', b'\xff\xfe',
    ],
)  # fmt: skip
def test_what_is_no_turn_is_refused_with_a_reason(engine: RunningEngine, body: bytes) -> None:
    response = engine.post(body)
    assert response.status_code == 400
    assert response.json()["error"]


@pytest.mark.parametrize(
    "payload",
    [
        "/restart", "/back", "/session_start", "/nlu_fallback", "/unheard_of", "arrival", "/", "//arrival",
        "/arrival{", '/inform{"citizenship":5}', '/inform{"citizenship":{"a":"b"}}', '/inform{"unknown":"TJ"}',
        '/inform["citizenship"]', "/arrival@0.1", "/greet /restart", '/inform{"citizenship":null}',
    ],
)  # fmt: skip
def test_a_payload_that_no_button_can_send_is_refused(engine: RunningEngine, payload: str) -> None:
    response = engine.post(turn("forger", "1", payload=payload))
    assert response.status_code == 422
    assert response.json()["error"]


def test_a_button_carries_its_values_to_the_actions(engine: RunningEngine, shared_actions: ActionServer) -> None:
    engine.ask("button", "1", '/inform{"citizenship":"TJ"}', "tg")
    message = shared_actions.latest["tracker"]["latest_message"]
    assert message["intent"]["name"] == "inform"
    assert [(entity["entity"], entity["value"]) for entity in message["entities"]] == [("citizenship", "TJ")]
    assert message["metadata"]["variant"] == "tg"
    assert shared_actions.latest["tracker"]["slots"]["citizenship"] == "TJ"


@pytest.mark.parametrize(
    "text", ["/restart", " /restart", "/arrival", '/inform{"citizenship":"TJ"}', "\u2003/back", "/"]
)
def test_a_text_that_begins_with_a_slash_is_no_intent(engine: RunningEngine, text: str) -> None:
    sender = f"slash {text!r}"
    engine.ask(sender, "1", "/unpaid")
    response = engine.post(turn(sender, "2", message=text))
    assert response.status_code == 200
    first, second = (event for event in engine.events(sender) if event["event"] == "user")
    assert first["parse_data"]["intent"]["confidence"] == 1
    assert second["parse_data"]["intent"]["confidence"] < 1
    assert "citizenship" not in {entity["entity"] for entity in second["parse_data"]["entities"]}


def test_the_same_id_is_answered_from_the_store(engine: RunningEngine, shared_actions: ActionServer) -> None:
    first = engine.ask("again", "1", "/unpaid")
    calls = shared_actions.calls["action_answer"]
    assert engine.ask("again", "1", "/unpaid") == first
    assert shared_actions.calls["action_answer"] == calls


def test_a_file_comes_with_its_message_and_again_with_the_same_id(
    engine: RunningEngine, shared_actions: ActionServer
) -> None:
    rows = [{"name": "days.png", "media_type": "image/png", "content": "iVBORw0KGgo="}]
    before = shared_actions.results["action_answer"]
    shared_actions.results["action_answer"] = lambda call: said("Your days", attachment=rows)
    first = engine.ask("files", "1", "/unpaid")
    shared_actions.results["action_answer"] = before
    assert first[0]["attachments"] == rows
    assert engine.ask("files", "1", "/unpaid") == first


def test_the_same_id_of_another_conversation_is_another_message(
    engine: RunningEngine, shared_actions: ActionServer
) -> None:
    calls = shared_actions.calls["action_answer"]
    engine.ask("one", "same", "/unpaid")
    engine.ask("other", "same", "/unpaid")
    assert shared_actions.calls["action_answer"] == calls + 2


def test_the_same_id_at_the_same_time_shares_the_result(engine: RunningEngine, shared_actions: ActionServer) -> None:
    calls = shared_actions.calls["action_slow"]
    shared_actions.hold.clear()
    threading.Timer(0.5, shared_actions.hold.set).start()
    answers = asyncio.run(_at_once(engine, [turn("shared", "1", payload="/slow")] * 5))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert shared_actions.calls["action_slow"] == calls + 1


def test_a_caller_that_hangs_up_gets_the_answer_later(engine: RunningEngine, shared_actions: ActionServer) -> None:
    calls = shared_actions.calls["action_slow"]
    shared_actions.hold.clear()
    with pytest.raises(httpx.ReadTimeout):
        engine.http.post(
            "/turn", json=turn("hasty", "1", payload="/slow"), headers={"Authorization": f"Bearer {TOKEN}"}, timeout=0.3
        )
    shared_actions.hold.set()
    assert engine.texts("hasty", "1", "/slow") == [f"slow {calls + 1}"]
    assert shared_actions.calls["action_slow"] == calls + 1


def test_commands_and_blank_lines_come_through(engine: RunningEngine) -> None:
    said, command = engine.ask("commands", "1", "/commands")
    assert said == {
        "text": "One moment\n\nplease", "buttons": [{"title": "No", "payload": "/stop_form"}], "custom": {},
    }  # fmt: skip
    assert command["custom"] == {"command": "open_handover", "reason": "asked"}


def test_an_empty_answer_is_a_failure_and_is_not_kept(engine: RunningEngine, shared_actions: ActionServer) -> None:
    response = engine.post(turn("empty", "1", payload="/silent"))
    assert response.status_code == 502
    assert response.json()["error"]
    shared_actions.results["action_silent"] = lambda call: {"events": [], "responses": [{"text": "now"}]}
    assert engine.texts("empty", "1", "/silent") == ["now"]
    events = shared_actions.latest["tracker"]["events"]
    assert sum(event["event"] == "user" for event in events) == 1, "the failed turn has been stored"


def test_a_failed_action_is_a_failure_even_if_something_was_said_before(
    engine: RunningEngine, shared_actions: ActionServer
) -> None:
    response = engine.post(turn("failed", "1", payload="/broken"))
    assert response.status_code == 502
    assert "messages" not in response.json()
    shared_actions.results["action_fail"] = lambda call: {"events": [], "responses": [{"text": "mended"}]}
    assert engine.texts("failed", "1", "/broken") == ["Здравствуйте", "mended"]


def test_an_action_server_that_is_down_is_a_failure(
    start_engine: Start, actions: ActionServer, database_url: str
) -> None:
    engine = start_engine(database_url)
    engine.ask("down", "1", "/unpaid")
    actions.close()
    assert engine.post(turn("down", "2", payload="/unpaid")).status_code == 502
    assert engine.texts("down", "1", "/unpaid") == ["answer 1"]
    assert engine.texts("down", "3", "/greet") == ["Здравствуйте"]


ODD_TEXTS = {
    "emoji": "😀😀", "mark": "?", "zero byte": "a\0b", "only a zero byte": "\0", "half a character": "\ud83d",
    "long": "я" * 10_000, "invisible": "\u200b", "digits": "٣٤٥", "placeholders": "{}{name}%s", "lines": "-" * 3_000,
}  # fmt: skip


@pytest.mark.parametrize("name", ODD_TEXTS)
def test_odd_texts_are_answered(engine: RunningEngine, name: str) -> None:
    response = engine.post(json.dumps(turn("odd", name, message=ODD_TEXTS[name])).encode())
    assert response.status_code == 200, response.text


def test_an_unknown_variant_is_found_out_from_the_text(engine: RunningEngine) -> None:
    body = {"sender": "variant", "id": "1", "message": "здравствуйте", "metadata": {"variant": "ru"}}
    assert engine.post(body).json()["messages"][0]["text"] == "Здравствуйте"
    body = {"sender": "variant", "id": "2", "message": "hello"}
    assert engine.post(body).status_code == 200


def test_a_question_within_a_form_is_answered_and_the_form_goes_on(engine: RunningEngine) -> None:
    assert engine.texts("form", "1", "/arrival", "tg") == ["Шумо дар куҷо?"]
    assert engine.texts("form", "2", "/unpaid", "tg") == ["Далел ҷамъ кунед", "Шумо дар куҷо?"]
    assert engine.texts("form", "3", '/inform{"city":"Казань"}', "tg") == ["Шумо дар Казань. Аз кадом рӯз?"]
    assert engine.texts("form", "4", '/inform{"date":"2026-03-12"}', "tg") == ["place Казань, day 2026-03-12"]


async def _at_once(engine: RunningEngine, bodies: list[dict[str, Any]]) -> list[httpx.Response]:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(base_url=engine.http.base_url, headers=headers, timeout=20) as http:
        return list(await asyncio.gather(*(http.post("/turn", json=body) for body in bodies)))
