"""Holds a conversation with Rasa's own rules and forms, trained in seconds; intents are told, entities are found."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import structlog

from actions.ground import Ground
from actions.serve import create_executor
from bot.engine.serve import prepare
from conversations.attachment_json import attachments_from_json
from conversations.dialogue_state import ATTACHMENTS
from conversations.reply import Attachment
from language.entities import EntityFinder
from language.variants import language_of

PROJECT = Path(__file__).parents[2]
FINDER = EntityFinder.load()


def load_rules(ground: Ground, folder: Path) -> Any:
    """An agent with the rules of data/rules and without a classifier."""
    command = [sys.executable, "-m", "bot.engine.serve", "train", "core", "--config", "config.yml"]
    command += ["--domain", "domain.yml", "--stories", "data/rules", "--out", str(folder)]
    command += ["--fixed-model-name", "model"]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    subprocess.run(command, cwd=PROJECT, env=environment, check=True, capture_output=True)
    with mock.patch.dict(os.environ):
        prepare(os.environ)
        from tests.actions.held_conversation import load_agent

        return load_agent(folder, create_executor(ground))


@contextmanager
def quiet_rasa() -> Iterator[None]:
    """Thousands of turns without Rasa's report on each: it takes longer than the turn."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    yield
    structlog.reset_defaults()


class RuleConversation:
    """One conversation in one variant on one day."""

    def __init__(self, agent: Any, sender: str, variant: str, today: date) -> None:
        self._agent, self._sender, self._variant, self._today = agent, sender, variant, today
        self.messages: list[dict[str, Any]] = []
        """What came back last, with buttons and commands."""
        self.attached: tuple[Attachment, ...] = ()
        """What came with the latest answer."""

    async def say(self, text: str, intent: str = "inform") -> str:
        """What comes back to a typed text that was understood as `intent`."""
        found = FINDER.find(text, self._variant, self._today)
        entities = [{"entity": e.kind, "value": e.value, "start": e.start, "end": e.end} for e in found]
        ranking = [{"name": intent, "confidence": 0.9}]
        return await self._send(
            text, {"text": text, "intent": ranking[0], "intent_ranking": ranking, "entities": entities}
        )

    async def tap(self, payload: str) -> str:
        """What comes back to a button."""
        return await self._send(payload, None)

    async def _send(self, text: str, parsed: dict[str, Any] | None) -> str:
        from rasa.core.channels.channel import UserMessage

        from bot.engine.turn_output import TurnOutput

        language, script = language_of(self._variant)
        metadata = {"variant": self._variant, "language": language, "script": script, "today": f"{self._today}"}
        output = TurnOutput()
        await self._agent.handle_message(UserMessage(text, output, self._sender, metadata=metadata, parse_data=parsed))
        self.messages = list(output.messages)
        rows = [row for message in output.messages for row in message.get(ATTACHMENTS, ())]
        self.attached = attachments_from_json(rows)
        return "\n\n".join(message["text"] for message in output.messages if message["text"])
