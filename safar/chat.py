"""`safar chat`: a conversation in the terminal, through the same door as the web page."""

import argparse
import sys
import uuid
from collections.abc import Iterator
from typing import Any

import httpx

from foundation.settings import Settings
from language.variants import LANGUAGES

HELP = "talk to the running assistant in the terminal"
WAIT_SECONDS = 25


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `safar chat`."""
    parser.add_argument("--language", choices=LANGUAGES, help="begin in this language")
    parser.add_argument("--port", type=int, help="port of the gateway")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Read lines and print answers until end of input; a number presses the button of that number."""
    address = f"http://127.0.0.1:{arguments.port or settings.port}/chat/api"
    with httpx.Client(base_url=address, timeout=WAIT_SECONDS + 10, trust_env=False) as client:
        try:
            started = client.post("/conversations", json={})
            started.raise_for_status()
        except httpx.HTTPError:
            print(f"safar: nothing answers at {address}. Start it with `make run`.", file=sys.stderr)
            return 1
        client.headers["Authorization"] = f"Bearer {started.json()['token']}"
        return _talk(TerminalChat(client), arguments.language)


class TerminalChat:
    """Sends lines and button payloads, waits for what comes back."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._cursor: Any = 0
        self._buttons: list[dict[str, str]] = []

    def send(self, line: str) -> str:
        """Send a line, or press the button whose number it is; returns the message's id."""
        message_id = uuid.uuid4().hex
        body = {"id": message_id, "text": line}
        if line.isdigit() and 0 < int(line) <= len(self._buttons):
            body = {"id": message_id, "payload": self._buttons[int(line) - 1]["payload"]}
        response = self._client.post("/messages", json=body)
        if response.is_error:
            raise ChatRefusedError(response.json()["error"]["message"])
        return message_id

    def press(self, payload: str) -> str:
        """Send a button's payload."""
        message_id = uuid.uuid4().hex
        self._client.post("/messages", json={"id": message_id, "payload": payload}).raise_for_status()
        return message_id

    def show_until_answered(self, message_id: str) -> None:
        """Print what comes until the message is answered; a waiting conversation is left after one wait."""
        for _ in range(2):
            fresh = self.receive(WAIT_SECONDS)
            for message in fresh:
                self._print(message)
            if any(message_id in _answered_by(message) for message in fresh):
                for message in self.receive(1):
                    self._print(message)
                return

    def receive(self, wait_seconds: int) -> list[dict[str, Any]]:
        """New messages of others after the last cursor."""
        response = self._client.get("/messages", params={"after": self._cursor, "wait": wait_seconds})
        response.raise_for_status()
        page = response.json()
        self._cursor = page["cursor"]
        return [message for message in page["messages"] if message["sender"] != "migrant"]

    def _print(self, message: dict[str, Any]) -> None:
        print(f"\n{message['sender']}: {message['text']}")
        if message.get("buttons"):
            self._buttons = list(message["buttons"])
            for number, button in enumerate(self._buttons, 1):
                print(f"   {number}. {button['title']}")


class ChatRefusedError(Exception):
    """The gateway refused a message; the text says why."""


def _talk(chat: TerminalChat, language: str | None) -> int:
    print("Safar. Write and press Enter; a number presses a button; Ctrl-D ends.")
    if language:
        chat.show_until_answered(chat.press(f'/meta.language{{"variant":"{language}"}}'))
    for line in _lines():
        try:
            chat.show_until_answered(chat.send(line))
        except ChatRefusedError as error:
            print(f"safar: {error}", file=sys.stderr)
        except httpx.HTTPError as error:
            print(
                f"safar: the connection broke ({type(error).__name__}); your message may be sent again", file=sys.stderr
            )
    return 0


def _lines() -> Iterator[str]:
    while True:
        try:
            line = input("\nyou: ")
        except (EOFError, KeyboardInterrupt):
            print()
            return
        if line.strip():
            yield line


def _answered_by(message: dict[str, Any]) -> list[str]:
    return [str(message.get("reply_to")), *message.get("answers", [])]
