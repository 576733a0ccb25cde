"""A person at the web chat: writes, presses buttons, waits for messages, over real HTTP."""

import itertools
import time
import uuid
from collections.abc import Callable
from typing import Any

import httpx

Shown = dict[str, Any]


class WebPerson:
    """One conversation. `seen` holds all messages that were read."""

    def __init__(self, url: str, language: str | None = None) -> None:
        self.http = httpx.Client(base_url=url, timeout=30, trust_env=False)
        begun = self.http.post("/chat/api/conversations", json={"language": language} if language else {})
        assert begun.status_code == 201, begun.text
        self.conversation: str = begun.json()["conversation"]
        self.headers = {"Authorization": f"Bearer {begun.json()['token']}"}
        self.seen: list[Shown] = []
        self.cursor = 0
        self._numbers = itertools.count(1)

    def post(self, body: Any) -> httpx.Response:
        """Send a body as it is."""
        return self.http.post("/chat/api/messages", json=body, headers=self.headers)

    def write(self, text: str, message_id: str | None = None) -> str:
        """Write a text; gives its id."""
        return self._send({"text": text}, message_id)

    def press(self, payload: str) -> str:
        """Press a button; gives the id."""
        return self._send({"payload": payload}, None)

    def read(self, wait: float = 0) -> list[Shown]:
        """Read what is new."""
        answer = self.http.get("/chat/api/messages", params={"after": self.cursor, "wait": wait}, headers=self.headers)
        assert answer.status_code == 200, answer.text
        self.cursor = answer.json()["cursor"]
        self.seen += answer.json()["messages"]
        return list(answer.json()["messages"])

    def until(self, is_enough: Callable[[], object], seconds: float = 15) -> None:
        """Read until the condition holds; fails with what was seen."""
        end = time.monotonic() + seconds
        while not is_enough():
            assert time.monotonic() < end, [
                (m["sender"], m["text"][:60], m["reply_to"], m["answers"]) for m in self.seen
            ]
            self.read(wait=1)

    def answer_to(self, message_id: str, seconds: float = 15) -> Shown:
        """Wait for the one answer to a message."""
        self.until(lambda: self.answers_to(message_id), seconds)
        return self.answers_to(message_id)[0]

    def answers_to(self, message_id: str) -> list[Shown]:
        """All messages seen so far that answer this one, alone or among others."""
        return [m for m in self.seen if m["reply_to"] == message_id or message_id in m["answers"]]

    def notices(self) -> list[Shown]:
        """What the system has said so far."""
        return [message for message in self.seen if message["sender"] == "system"]

    def notice(self, words: str) -> list[Shown]:
        """The system's messages that hold these words."""
        return [message for message in self.notices() if words in message["text"]]

    def close(self) -> None:
        """Leave."""
        self.http.close()

    def _send(self, body: dict[str, str], message_id: str | None) -> str:
        message_id = message_id or f"{next(self._numbers)}-{uuid.uuid4().hex[:8]}"
        sent = self.post({"id": message_id} | body)
        assert sent.status_code == 202, sent.text
        return message_id
