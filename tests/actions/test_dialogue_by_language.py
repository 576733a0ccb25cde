"""Conversations of tests/stories, held with the trained engine in every language variant."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import yaml

from actions.ground import Ground
from actions.shown_date import shown_date
from language.variants import LANGUAGES
from tests.trained_release import PROJECT

STORIES = PROJECT / "tests" / "stories"
PLACEHOLDER = re.compile(r"\\\{[a-z_]+\\\}")


def conversations() -> Iterator[Any]:
    for variant in LANGUAGES:
        story = yaml.safe_load((STORIES / f"{variant}.yml").read_text("utf-8"))
        for conversation in story["conversations"]:
            yield pytest.param(variant, str(story["today"]), conversation, id=f"{variant}: {conversation['name']}")


@pytest.mark.parametrize(("variant", "today", "conversation"), conversations())
async def test_the_conversation_goes_as_told(
    agent: Any, trained_ground: Ground, variant: str, today: str, conversation: dict[str, Any]
) -> None:
    from tests.actions.held_conversation import HeldConversation

    held = HeldConversation(agent, f"{variant}: {conversation['name']}", variant, today)
    for turn in conversation["turns"]:
        messages = await (held.say(turn["say"]) if "say" in turn else held.tap(turn["tap"]))
        check(trained_ground, variant, turn, messages)


def check(ground: Ground, variant: str, turn: dict[str, Any], messages: list[dict[str, Any]]) -> None:
    """Compare the reply with what the turn expects of it."""
    said = "\n\n".join(message["text"] for message in messages if message["text"])
    expected = ".*?".join(pattern(ground, key, variant) for key in turn.get("hears", ()))
    assert re.search(expected, said, re.DOTALL), f"{turn}\ngot: {said}"
    for key in turn.get("silent", ()):
        assert not re.search(pattern(ground, key, variant), said, re.DOTALL), f"{turn}\ngot: {said}"
    if "shows" in turn:
        assert shown_date(date.fromisoformat(str(turn["shows"])), variant) in said
    if "topic" in turn:
        assert turn["topic"] in [message["custom"].get("answer", {}).get("topic") for message in messages]
    commands = [message["custom"]["command"] for message in messages if "command" in message["custom"]]
    expected_commands = {turn["command"]} if "command" in turn else set()
    assert expected_commands <= set(commands) <= expected_commands | {"remember"}, turn


def pattern(ground: Ground, key: str, variant: str) -> str:
    """What a text looks like whatever its placeholders hold."""
    names = ("country", "citizenship", "entered_on", "last_day", "advised_day", "days_left", "days", "source")
    values = {name: f"{{{name}}}" for name in (*names, "date", "day", "domain")}
    return PLACEHOLDER.sub(".*?", re.escape(ground.wording.text(key, variant, **values)))
