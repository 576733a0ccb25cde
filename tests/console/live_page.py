"""An open page as the server sees it: it reads the events of a conversation as they come."""

import contextlib
import json
import queue
import socket
import threading
import time
from typing import Any

import httpx

WAIT_SECONDS = 10.0


class LivePage:
    """Reads server-sent events in a thread; each is (id, kind, data, when it came on the monotonic clock)."""

    def __init__(self, http: httpx.Client, path: str, last_event_id: str = "", query: str = "") -> None:
        headers = {"Last-Event-ID": last_event_id} if last_event_id else {}
        self._asked = http.stream("GET", f"{path}/events{query}", headers=headers)
        self.response = self._asked.__enter__()
        self.last_id = last_event_id
        self._events: queue.Queue[tuple[str, str, dict[str, Any], float]] = queue.Queue()
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def until(self, key: str, words: str = "", seconds: float = WAIT_SECONDS) -> dict[str, Any]:
        """The first event from now on whose part `key` holds these words."""
        end = time.monotonic() + seconds
        while True:
            kind, data = self.next(end - time.monotonic())
            if kind == "message" and words in str(data.get(key, "")) and key in data:
                return data

    def next(self, seconds: float = WAIT_SECONDS) -> tuple[str, dict[str, Any]]:
        """The next event; raises `queue.Empty` when none comes."""
        event_id, kind, data, _ = self._events.get(timeout=max(0.01, seconds))
        self.last_id = event_id or self.last_id
        return kind, data

    def close(self) -> None:
        """Leave the page; a thread that reads would hold the connection open."""
        with contextlib.suppress(OSError):
            self.response.extensions["network_stream"].get_extra_info("socket").shutdown(socket.SHUT_RDWR)
        self._asked.__exit__(None, None, None)

    def _read(self) -> None:
        fields: dict[str, str] = {}
        try:
            for line in self.response.iter_lines():
                if line:
                    name, _, value = line.partition(": ")
                    fields[name] = value
                elif "data" in fields:
                    kind, data = fields.get("event", "message"), json.loads(fields["data"])
                    self._events.put((fields.get("id", ""), kind, data, time.monotonic()))
                    fields = {}
        except (httpx.HTTPError, httpx.StreamError):
            pass
