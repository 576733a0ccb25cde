"""Holds a conversation with the trained engine in this process: Rasa's agent, with our actions behind it."""

from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from bot.engine.payload import without_prefix
from bot.engine.turn_output import TurnOutput
from language.variants import language_of


class InProcessActions(EndpointConfig):  # type: ignore[misc]
    """Calls the actions without a server."""

    def __init__(self, executor: ActionExecutor) -> None:
        super().__init__("http://127.0.0.1/webhook")
        self._executor = executor

    async def request(self, *_: Any, **call: Any) -> Any:
        """What the action server would answer."""
        return await self._executor.run(call["json"])


def load_agent(release: Path, executor: ActionExecutor) -> Agent:
    """The agent of a release; trackers stay in memory."""
    return Agent.load(str(release / "model.tar.gz"), action_endpoint=InProcessActions(executor))


class HeldConversation:
    """One conversation in one variant on one day."""

    def __init__(self, agent: Agent, sender: str, variant: str, today: str) -> None:
        self._agent, self._sender = agent, sender
        language, script = language_of(variant)
        self._metadata = {"variant": variant, "language": language, "script": script, "today": today}

    async def say(self, text: str) -> list[dict[str, Any]]:
        """What comes back to a typed text."""
        return await self._send(without_prefix(text))

    async def tap(self, payload: str) -> list[dict[str, Any]]:
        """What comes back to a button."""
        return await self._send(payload)

    async def _send(self, text: str) -> list[dict[str, Any]]:
        output = TurnOutput()
        metadata = {**self._metadata, "is_language_chosen": False, "danger": "none"}
        await self._agent.handle_message(UserMessage(text, output, self._sender, metadata=metadata))
        return list(output.messages)
