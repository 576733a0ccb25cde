"""A talk without the bot, told to the running engine over HTTP: learnt once, without a turn, or refused."""

import json
from typing import Any

from tests.bot.engine.action_server import ActionServer
from tests.bot.engine.running_engine import TOKEN, RunningEngine

LEARNT: dict[str, Any] = {
    "events": [{"event": "slot", "name": "not_a_slot_of_this_release", "value": "x"}],
    "responses": [{"custom": {"command": "remember", "country": "RU"}}],
}


def _talk(sender: str, *messages: tuple[str, str], talk_id: str = "held-1") -> dict[str, Any]:
    rows = [{"sender": who, "text": text, "metadata": {"variant": "ru"}} for who, text in messages]
    return {"sender": sender, "id": talk_id, "messages": rows}


def _tell(engine: RunningEngine, body: object, token: str = TOKEN) -> Any:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return engine.http.post("/held", content=content, headers={"Authorization": f"Bearer {token}"})


def test_a_talk_is_learnt_once_and_the_dialogue_goes_on(engine: RunningEngine, shared_actions: ActionServer) -> None:
    shared_actions.results["action_learn_held"] = lambda call: LEARNT
    talk = _talk("talker", ("migrant", "здравствуйте"), ("operator", "Добрый день"))
    assert _tell(engine, talk).json() == {"remember": {"country": "RU"}}
    assert _tell(engine, talk).json() == {"remember": {}}
    assert shared_actions.calls["action_learn_held"] == 1
    seen = shared_actions.latest["tracker"]
    assert [event["text"] for event in seen["events"] if event["event"] in ("user", "bot")] == [
        "здравствуйте",
        "Добрый день",
    ]
    after = engine.post({"sender": "talker", "id": "1", "metadata": {"variant": "ru"}, "message": "здравствуйте"})
    assert after.json()["messages"][0]["text"] == "Здравствуйте"


def test_an_action_that_fails_leaves_no_trace(engine: RunningEngine, shared_actions: ActionServer) -> None:
    shared_actions.results["action_learn_held"] = lambda call: None
    talk = _talk("unlucky", ("migrant", "здравствуйте"))
    assert _tell(engine, talk).status_code == 502
    shared_actions.results["action_learn_held"] = lambda call: LEARNT
    assert _tell(engine, talk).json() == {"remember": {"country": "RU"}}


def test_what_is_no_talk_and_who_is_not_the_gateway_is_refused(engine: RunningEngine) -> None:
    assert _tell(engine, _talk("x", ("migrant", "а")), token="wrong").status_code == 401
    for body in (b"", b"[]", _talk("", ("migrant", "а")), _talk("x", ("bot", "а")), {"sender": "x", "id": "1"}):
        refused = _tell(engine, body)
        assert refused.status_code == 400 and refused.json()["error"], body
