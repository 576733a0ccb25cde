"""The edge to Rasa: a tracker in, messages, commands and slots out; all actions of the domain are there."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.ground import Ground
from actions.heard import Answered
from actions.serve import create_executor
from actions.turn import hear, say
from conversations.attachment_json import attachments_from_json
from conversations.reply import Attachment

PROJECT = Path(__file__).parents[2]
METADATA = {"variant": "tg", "today": "2026-11-21"}


@pytest.fixture(scope="module")
def executor(ground: Ground) -> ActionExecutor:
    return create_executor(ground)


def call(name: str, text: str, intent: str, slots: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """An action call as Rasa sends it."""
    message = {"text": text, "intent": {"name": intent, "confidence": 0.9}, "intent_ranking": [], "metadata": METADATA}
    message["entities"] = more.get("entities", [])
    tracker = {"sender_id": "1", "slots": slots or {}, "latest_message": message, "events": more.get("events", [])}
    return {"next_action": name, "tracker": {**tracker, "active_loop": {}, "latest_action_name": "action_listen"}}


async def test_the_answer_carries_its_entry_topic_and_buttons(executor: ActionExecutor) -> None:
    result = await executor.run(call("action_answer_question", "манъ", "bans.check"))
    message = result["responses"][0]
    assert message["text"].startswith("The answer of bans/check in tg.")
    assert message["custom"]["answer"]["entry"] == "bans/check"
    assert {"title", "payload"} == set(message["buttons"][0])


async def test_a_command_is_a_message_of_its_own_after_the_text(executor: ActionExecutor) -> None:
    result = await executor.run(call("action_open_handover", "одам", "meta.human"))
    assert [bool(message["text"]) for message in result["responses"]] == [True, False]
    assert result["responses"][1]["custom"]["command"] == "open_handover"


async def test_a_file_goes_with_its_text_and_one_that_is_not_sent_fails_loudly(ground: Ground) -> None:
    picture = Attachment("days.png", "image/png", b"\x89PNG\r\n\x1a\n")
    heard = hear(Tracker.from_dict(call("action_greet", "салом", "meta.greeting")["tracker"]))
    dispatcher = CollectingDispatcher()
    say(Answered("Your days", attachments=(picture,)), heard, dispatcher)
    (message,) = dispatcher.messages
    assert attachments_from_json(message["attachment"]) == (picture,)
    with pytest.raises(ValueError, match="this kind"):
        say(Answered("Look", attachments=(Attachment("a.html", "text/html", b"<b>"),)), heard, dispatcher)


async def test_the_variant_of_the_message_is_remembered(executor: ActionExecutor) -> None:
    result = await executor.run(call("action_greet", "салом", "meta.greeting", {"variant": "ru"}))
    assert {"event": "slot", "name": "variant", "value": "tg", "timestamp": None} in [
        {**event, "timestamp": None} for event in result["events"]
    ]


async def test_the_text_of_a_button_is_not_taken_for_words(executor: ActionExecutor) -> None:
    entities = [{"entity": "country", "value": "RU"}]
    result = await executor.run(call("action_inform", '/inform{"country": "RU"}', "inform", entities=entities))
    assert {"country": "RU"}.items() <= {e["name"]: e["value"] for e in result["events"]}.items()


async def test_a_form_that_was_interrupted_takes_nothing_from_the_interruption(executor: ActionExecutor) -> None:
    events = [
        {"event": "user", "timestamp": 1},
        {"event": "action", "name": "action_answer_question"},
        {"event": "action", "name": "registration_form"},
    ]
    entities = [{"entity": "country", "value": "RU"}]
    slots = {"requested_slot": "country"}
    call_again = call("validate_registration_form", "Россия", "inform", slots, entities=entities, events=events)
    assert (await executor.run(call_again))["events"] == []
    first = call("validate_registration_form", "Россия", "inform", slots, entities=entities, events=events[:1])
    assert (await executor.run(first))["events"][0]["value"] == "RU"


def test_every_action_of_the_domain_is_served_and_no_other(executor: ActionExecutor) -> None:
    assert set(executor.actions) == set(_domain()["actions"])


def test_the_domain_knows_every_topic_as_an_intent(ground: Ground) -> None:
    assert set(ground.topics.ids) <= set(_domain()["intents"])


def test_every_intent_has_a_rule() -> None:
    files = (PROJECT / "data" / "rules").glob("*.yml")
    rules = [rule for file in files for rule in yaml.safe_load(file.read_text("utf-8"))["rules"]]
    begun = {step["intent"] for rule in rules for step in rule["steps"] if "intent" in step}
    assert begun == set(_domain()["intents"])


def test_every_key_of_the_wording_that_an_action_says_exists(ground: Ground) -> None:
    source = "\n".join(file.read_text("utf-8") for file in (PROJECT / "actions").glob("*.py"))
    said = set(re.findall(r"wording\.text\(\s*\"([a-z_]+)\"", source)) | set(
        re.findall(r"variant, \"(button_[a-z_]+)\"", source)
    )
    assert len(said) > 25
    assert said <= set(ground.wording.keys())


def _domain() -> dict[str, Any]:
    domain: dict[str, Any] = yaml.safe_load((PROJECT / "domain.yml").read_text("utf-8"))
    return domain
