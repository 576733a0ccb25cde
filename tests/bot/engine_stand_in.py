"""A small engine on loopback that speaks the engine's HTTP contract and can be slow, die, reset, or say nothing."""

import asyncio
import json
import socket
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

TOKEN = "engine-token"
UNKNOWN_PAYLOAD = "/unknown"


class BrokenResponse(Response):
    """The connection breaks off in the middle of the answer, as when the engine is killed."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Begin, and end without an end."""
        headers = [(b"content-type", b"application/json"), (b"content-length", b"100")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"id"', "more_body": True})


class EngineStandIn:
    """Answers “answer to <text>” once for each id; a repeated id gets the same answer and is no new turn."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self.release = "r1"
        self.trouble: list[str] = []
        """What happens to the next questions, first to last; when it is empty, or says `ok`, they are answered."""
        self.always: str | None = None
        self.poison: str | None = None
        """The text on which the connection always breaks."""
        self.delay_seconds = 0.0
        self.replies: dict[str, list[dict[str, Any]]] = {}
        """What is said to a text or payload, instead of the echo."""
        self.asked: list[dict[str, Any]] = []
        self.turns: Counter[str] = Counter()
        self._answers: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self._in_turn: Counter[str] = Counter()
        self.most_at_once_in_one_conversation = 0
        self.most_at_once = 0

    def start(self) -> None:
        """Listen, and name the place in engine.json."""
        listening = socket.create_server(("127.0.0.1", 0))
        routes = [Route("/webhooks/engine/turn", self._turn, methods=["POST"]), Route("/webhooks/engine/", self._state)]
        config = uvicorn.Config(Starlette(routes=routes), log_config=None, lifespan="off", ws="none")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive()
            time.sleep(0.01)
        self._write_file(f"http://127.0.0.1:{listening.getsockname()[1]}")

    def stop(self) -> None:
        """Go away; engine.json still names the place, as after a crash."""
        if self._server and self._thread:
            self._server.force_exit = self._server.should_exit = True
            self._thread.join()
        self._server = None

    def texts(self) -> list[str]:
        """What was asked, in order, repetitions included."""
        return [question.get("message", question.get("payload", "")) for question in self.asked]

    def forget(self) -> None:
        """Keep no answer."""
        self._answers.clear()

    def _write_file(self, url: str) -> None:
        file = self._home / "run" / "engine.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(".new")
        fresh.write_text(json.dumps({"release": self.release, "url": url, "token": TOKEN}), "utf-8")
        fresh.replace(file)

    async def _state(self, _request: Request) -> Response:
        return JSONResponse({"status": "ok", "model": "m1", "store": "CompactTrackerStore"})

    async def _turn(self, request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return JSONResponse({"error": "token"}, 403)
        question = await request.json()
        self.asked.append(question)
        sender = question["sender"]
        self._in_turn[sender] += 1
        self.most_at_once_in_one_conversation = max(self.most_at_once_in_one_conversation, self._in_turn[sender])
        self.most_at_once = max(self.most_at_once, sum(self._in_turn.values()))
        try:
            return await self._answer(question)
        finally:
            self._in_turn[sender] -= 1

    async def _answer(self, question: dict[str, Any]) -> Response:
        trouble = self.always or (self.trouble.pop(0) if self.trouble else "ok")
        if trouble == "reset" or (self.poison and question.get("message") == self.poison):
            return BrokenResponse()
        if trouble == "hang":
            await asyncio.sleep(60)
        if trouble.isdigit():
            return JSONResponse({"error": "trouble"}, int(trouble))
        if trouble == "empty":
            return JSONResponse({"id": question["id"], "release": self.release, "messages": []})
        if question.get("payload") == UNKNOWN_PAYLOAD:
            return JSONResponse({"error": "unknown payload"}, 422)
        await asyncio.sleep(self.delay_seconds)
        if trouble == "answer and reset":
            self._say(question)
            return BrokenResponse()
        return JSONResponse({"id": question["id"], "release": self.release, "messages": self._say(question)})

    def _say(self, question: dict[str, Any]) -> list[dict[str, Any]]:
        key = (question["sender"], question["id"])
        if key not in self._answers:
            self.turns[question["id"]] += 1
            said = question.get("payload") or question["message"]
            self._answers[key] = self.replies.get(said, [{"text": f"answer to {said}"}])
        return self._answers[key]
