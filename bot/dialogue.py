"""The narrow door to the engine: a question goes in, messages and commands come out, or one clear error."""

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bot.engine_reply import EngineReply, ReplyError, parse_reply

MAX_AT_ONCE = 50
"""So many questions are in the engine at a time; its throughput does not grow beyond."""
FAILURES_UNTIL_REST = 3
REST_SECONDS = 1.0
READY_TIMEOUT_SECONDS = 2.0


class EngineUnavailableError(Exception):
    """No answer yet; `reason` is a code. The same question may be asked again under the same id.

    `is_rested` says that the engine was not even asked, because it has failed several times in a row.
    """

    def __init__(self, reason: str, *, is_rested: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_rested = is_rested


class PayloadRefusedError(Exception):
    """The engine knows no button with this payload; asking again would not help."""


@dataclass(frozen=True)
class Question:
    """One message for the engine: a text, or the payload of a button."""

    conversation_id: str
    message_id: str
    text: str
    payload: str | None
    metadata: Mapping[str, Any]

    def body(self) -> dict[str, Any]:
        """As the engine's input channel reads it."""
        said = {"message": self.text} if self.payload is None else {"payload": self.payload}
        return {"sender": self.conversation_id, "id": self.message_id, "metadata": dict(self.metadata)} | said


@dataclass(frozen=True)
class Engine:
    """Where the live engine listens, and the token that it wants."""

    release: str
    url: str
    token: str


class Dialogue:
    """Asks the live engine, which `engine.json` names; the file is read again when it changes."""

    def __init__(self, file: Path, timeout_seconds: float) -> None:
        self._file = file
        self._read_at: tuple[int, int] | None = None
        self._engine: Engine | None = None
        self._client = httpx.AsyncClient(
            timeout=timeout_seconds, limits=httpx.Limits(max_connections=MAX_AT_ONCE + 4), trust_env=False
        )
        self._timeout_seconds = timeout_seconds
        self._places = asyncio.Semaphore(MAX_AT_ONCE)
        self._failures_in_a_row = 0
        self._next_probe = 0.0
        self.answered_count = 0

    async def ask(self, question: Question) -> EngineReply:
        """The engine's reply; raises `EngineUnavailableError` or `PayloadRefusedError`."""
        async with self._places:
            self._rest()
            try:
                reply = await self._ask(self._live(), question)
            except EngineUnavailableError:
                self._failures_in_a_row += 1
                raise
            self._failures_in_a_row = 0
            self.answered_count += 1
            return reply

    @property
    def is_answering(self) -> bool:
        """Whether an engine is there and has not failed at its last question."""
        return self._failures_in_a_row == 0 and self._has_engine()

    async def missing(self) -> str | None:
        """None when the engine can answer; else what is missing, in a few words."""
        try:
            engine = self._live()
            address = f"{engine.url}/webhooks/engine/"
            response = await self._client.get(address, headers=_headers(engine), timeout=READY_TIMEOUT_SECONDS)
            has_model = response.status_code == 200 and bool(response.json().get("model"))
        except EngineUnavailableError as error:
            return error.reason
        except (httpx.HTTPError, ValueError, AttributeError):
            return "does not answer"
        return None if has_model else "has no model yet"

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.aclose()

    def _rest(self) -> None:
        """While the engine fails, one question a second finds out whether it is back; the others do not wait for it."""
        if self._failures_in_a_row < FAILURES_UNTIL_REST:
            return
        now = time.monotonic()
        if now < self._next_probe:
            raise EngineUnavailableError("rests", is_rested=True)
        self._next_probe = now + REST_SECONDS

    async def _ask(self, engine: Engine, question: Question) -> EngineReply:
        address = f"{engine.url}/webhooks/engine/turn"
        try:
            async with asyncio.timeout(self._timeout_seconds):
                response = await self._client.post(address, json=question.body(), headers=_headers(engine))
        except (httpx.TimeoutException, TimeoutError) as error:
            raise EngineUnavailableError("timeout") from error
        except httpx.HTTPError as error:
            raise EngineUnavailableError(type(error).__name__) from error
        if response.status_code == 422 and question.payload is not None:
            raise PayloadRefusedError
        if response.status_code != 200:
            raise EngineUnavailableError(f"status {response.status_code}")
        try:
            return parse_reply(response.content)
        except ReplyError as error:
            raise EngineUnavailableError(str(error)) from error

    def _has_engine(self) -> bool:
        try:
            self._live()
        except EngineUnavailableError:
            return False
        return True

    def _live(self) -> Engine:
        try:
            status = self._file.stat()
            if self._read_at != (status.st_mtime_ns, status.st_ino) or self._engine is None:
                self._engine = _parse_engine(self._file.read_text("utf-8"))
                self._read_at = (status.st_mtime_ns, status.st_ino)
        except (OSError, ValueError, KeyError, TypeError) as error:
            self._engine = None
            raise EngineUnavailableError("is not started") from error
        return self._engine


def _parse_engine(text: str) -> Engine:
    values = json.loads(text)
    return Engine(str(values["release"]), str(values["url"]).rstrip("/"), str(values["token"]))


def _headers(engine: Engine) -> dict[str, str]:
    return {"Authorization": f"Bearer {engine.token}"}
