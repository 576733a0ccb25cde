"""A small action server for tests: answers Rasa's calls with what a table says, and counts them."""

import json
import threading
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Result = dict[str, Any]


def said(*texts: str, **keys: Any) -> Result:
    """A result that says these texts."""
    return {"events": [], "responses": [{"text": text, **keys} for text in texts]}


class ActionServer:
    """Listens on loopback; `results` maps an action's name to what it answers to a tracker."""

    def __init__(self) -> None:
        self.is_closed = False
        self.calls: Counter[str] = Counter()
        self.connections = 0
        self.latest: dict[str, Any] = {}
        self.hold = threading.Event()
        self.hold.set()
        self.entered = threading.Event()
        self.results: dict[str, Callable[[dict[str, Any]], Result | None]] = {
            "action_answer": lambda call: said(f"answer {self.calls['action_answer']}"),
            "action_silent": lambda call: {"events": [], "responses": []},
            "action_fail": lambda call: None,
            "action_slow": self._wait,
            "action_deadline": lambda call: said("place {place}, day {day}".format(**call["tracker"]["slots"])),
            "action_command": lambda call: {
                "events": [],
                "responses": [
                    {"text": "One moment\n\nplease", "buttons": [{"title": "No", "payload": "/stop_form"}]},
                    {"custom": {"command": "open_handover", "reason": "asked"}},
                ],
            },
        }
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """For endpoints.yml."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/webhook"

    def answer(self, call: dict[str, Any]) -> Result | None:
        """Run the action that the call names."""
        name = call["next_action"]
        self.calls[name] += 1
        self.latest = call
        return self.results[name](call)

    def close(self) -> None:
        """Stop listening, and answer no more on connections that are open."""
        self.is_closed = True
        self.hold.set()
        self._server.shutdown()
        self._server.server_close()

    def _wait(self, call: dict[str, Any]) -> Result:
        self.entered.set()
        self.hold.wait(20)
        return said(f"slow {self.calls['action_slow']}")


def _handler(actions: ActionServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            actions.connections += 1

        def do_POST(self) -> None:
            if actions.is_closed:
                self.close_connection = True
                return
            result = actions.answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            body = json.dumps(result or {}).encode()
            self.send_response(200 if result is not None else 500)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: Any) -> None:
            pass

    return Handler
