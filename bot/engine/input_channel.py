"""The engine's door: POST /webhooks/engine/turn, one turn of one conversation in, all its messages out."""

import asyncio
import hmac
import logging
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.engine.payload import PayloadError
from bot.engine.tracker_store import StateChangedError
from bot.engine.turn import MalformedTurnError, Turn, read_turn
from bot.engine.turn_output import CHANNEL_NAME, TurnOutput
from bot.engine.whole_turns import ActionFailedError, EmptyAnswerError

LOG = logging.getLogger(__name__)
STATUS_OF_ERROR: dict[type[Exception], int] = {
    MalformedTurnError: 400,
    PayloadError: 422,
    StateChangedError: 409,
    EmptyAnswerError: 502,
    ActionFailedError: 502,
}


class MissingTokenError(Exception):
    """credentials.yml gives no token. Stops the start."""


class EngineInput(InputChannel):
    """Answers a message id once: while it runs its result is shared, afterwards it is replayed from the store."""

    def __init__(self, token: str, release: str) -> None:
        self._token = token.encode()
        self._release = release
        self._running: dict[tuple[str, str], asyncio.Task[list[dict[str, Any]]]] = {}

    @classmethod
    def name(cls) -> str:
        """The channel's name, which is part of its address."""
        return CHANNEL_NAME

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "EngineInput":
        """Read `token` and `release` (the release's folder); raises `MissingTokenError` without a token."""
        values = credentials or {}
        if not values.get("token"):
            raise MissingTokenError("credentials.yml: bot.engine.input_channel.EngineInput needs a token")
        return cls(str(values["token"]), Path(str(values.get("release", ""))).name)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Rasa asks for this; turns go to the agent itself, whose errors are to reach the caller."""
        blueprint = Blueprint("engine")

        @blueprint.get("/", name="health")
        async def health(request: Request) -> HTTPResponse:
            return self._health(request)

        @blueprint.post("/turn", name="turn")
        async def turn(request: Request) -> HTTPResponse:
            return await self._turn(request)

        return blueprint

    def _health(self, request: Request) -> HTTPResponse:
        agent = _ready_agent(request.app)
        if agent is None:
            return json({"status": "starting", "model": None, "store": None}, status=503)
        store = type(agent.tracker_store).__name__
        return json({"status": "ok", "model": agent.model_id, "store": store, "release": self._release})

    async def _turn(self, request: Request) -> HTTPResponse:
        if not hmac.compare_digest((request.token or "").encode(), self._token):
            return json({"error": "the token is not the engine's"}, status=401)
        agent = _ready_agent(request.app)
        if agent is None:
            return json({"error": "the engine is not ready"}, status=503)
        try:
            turn = read_turn(request.body, agent.domain)
            messages = await self._answer_once(agent, turn)
        except Exception as error:
            return _failure(error)
        return json({"id": turn.message_id, "release": self._release, "messages": messages}, ensure_ascii=False)

    async def _answer_once(self, agent: Agent, turn: Turn) -> list[dict[str, Any]]:
        key = (turn.sender, turn.message_id)
        task = self._running.get(key)
        if task is None:
            task = self._running[key] = asyncio.create_task(_answer(agent, turn))
            task.add_done_callback(lambda done: self._finish(key, done))
        # A caller that hangs up does not stop the turn: it may ask for the same id again.
        return await asyncio.shield(task)

    def _finish(self, key: tuple[str, str], task: asyncio.Task[Any]) -> None:
        del self._running[key]
        if not task.cancelled():
            task.exception()


async def _answer(agent: Agent, turn: Turn) -> list[dict[str, Any]]:
    kept = await agent.tracker_store.answer_to(turn.sender, turn.message_id)
    if kept is not None:
        return list(kept)
    output = TurnOutput()
    await agent.handle_message(turn.as_message(output))
    return list(output.messages)


def _ready_agent(app: Sanic) -> Agent | None:
    agent = getattr(app.ctx, "agent", None)
    return agent if agent is not None and agent.is_ready() else None


def _failure(error: Exception) -> HTTPResponse:
    status = STATUS_OF_ERROR.get(type(error), 500)
    if status >= 500:
        # Not the errors' own words: they may hold a migrant's.
        source = error.__cause__ or error
        places = traceback.extract_tb(source.__traceback__)[-6:]
        LOG.error("a turn failed: %s at %s", type(source).__name__, [f"{at.name}:{at.lineno}" for at in places])
    reason = str(error) if status != 500 else f"the turn failed ({type(error).__name__})"
    return json({"error": reason}, status=status)
