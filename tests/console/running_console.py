"""The console on a real socket in a thread of the test, and operators with a browser of their own."""

import re
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from console.app import ConsoleServer, create_console, server_of
from conversations.database import Database
from foundation.clock import Clock
from foundation.settings import load_settings

FORM_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
ONCE = re.compile(r'name="once" value="([^"]+)"')


@dataclass
class ConsoleThread:
    """The console's ASGI application, served by uvicorn in a thread."""

    environ: Mapping[str, str]
    database: Database
    clock: Clock
    url: str = ""
    server: ConsoleServer | None = None
    thread: threading.Thread | None = None

    def start(self) -> "ConsoleThread":
        """Serve; returns when requests are answered."""
        app = create_console(load_settings(self.environ), self.database, self.clock)
        listening = socket.create_server(("127.0.0.1", 0))
        self.server = server_of(app)
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [listening]}, daemon=True)
        self.thread.start()
        while not self.server.started:
            assert self.thread.is_alive()
            time.sleep(0.01)
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        return self

    def stop(self) -> float:
        """Stop as on a signal; gives the seconds that it took."""
        assert self.server and self.thread
        began = time.monotonic()
        self.server.handle_exit(15, None)
        self.thread.join(10)
        assert not self.thread.is_alive()
        return time.monotonic() - began


class Visitor:
    """Somebody with a browser, logged in or not; forms are sent as a page shows them."""

    def __init__(self, url: str, language: str = "en") -> None:
        headers = {"Accept-Language": language}
        self.http = httpx.Client(base_url=url, headers=headers, timeout=30, trust_env=False)

    def open(self, path: str) -> httpx.Response:
        """Get a page."""
        return self.http.get(path)

    def send(self, page: str, path: str, **fields: str) -> httpx.Response:
        """Open a page and send one of its forms."""
        shown = self.http.get(page).text
        once = ONCE.search(shown)
        hidden = {"form_token": _found(FORM_TOKEN, shown)} | ({"once": once.group(1)} if once else {})
        return self.http.post(path, data=hidden | fields)

    def log_in(self, name: str, password: str) -> httpx.Response:
        """Use the login page."""
        return self.send("/login", "/login", name=name, password=password)

    def step(self, conversation_id: str, step: str, **fields: str) -> httpx.Response:
        """Use a form of a conversation's page."""
        page = f"/conversations/{conversation_id}"
        return self.send(page, f"{page}/{step}", **fields)

    def changes(self, conversation_id: str, after: int, seen: str) -> dict[str, Any]:
        """What the page asks for while it is open."""
        query = {"after": str(after), "seen": seen}
        answer = self.http.get(f"/conversations/{conversation_id}/changes", params=query)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    assert found, text[:500]
    return found.group(1)
