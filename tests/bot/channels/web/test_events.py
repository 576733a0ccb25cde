"""Server-sent events of the web chat: resumed by cursor, bounded, ended with the gateway, held up by no slow reader."""

import json
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

import bot.channels.web.events
from bot.channels.web.events import MAX_STREAMS_OF_A_CONVERSATION
from conversations.database import Database
from conversations.erasure import erase
from conversations.transcript import Transcript
from foundation.clock import utc_now
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import ROOT, GatewayProcess, GatewayThread
from tests.bot.web_person import WebPerson

Begin = Callable[..., GatewayThread]
Meet = Callable[..., WebPerson]
DEPLOY = ROOT / "deploy"


class Stream:
    """An open stream of events."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.comments = 0
        self.id = ""

    def next(self) -> dict[str, Any]:
        """The data of the next event."""
        for line in self._lines:
            if line.startswith("id: "):
                self.id = line[4:]
            elif line.startswith(":"):
                self.comments += 1
            elif line.startswith("data: "):
                return dict(json.loads(line[6:]))
        raise EOFError

    def until(self, text: str) -> list[str]:
        """The texts of the next messages, up to and with the one that ends so."""
        found: list[str] = []
        while not any(each.endswith(text) for each in found):
            found += [message["text"] for message in self.next()["messages"]]
        return found


@contextmanager
def stream(person: WebPerson, url: str = "", query: str = "", **headers: str) -> Iterator[Stream]:
    """The events of a person; `url` is that of a proxy."""
    client = httpx.Client(base_url=url or person.http.base_url, timeout=20, trust_env=False, verify=False)
    with client, client.stream("GET", f"/chat/api/events{query}", headers=person.headers | headers) as answer:
        assert answer.status_code == 200, answer.read()
        assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
        yield Stream(answer.iter_lines())


@pytest.fixture
def url(environ: dict[str, str], begin: Begin, engine: EngineStandIn) -> str:
    """A gateway with an engine."""
    return begin(environ).url


def test_a_message_comes_as_soon_as_it_is_there(url: str, meet: Meet, database: Database) -> None:
    person = meet(url)
    with stream(person) as events:
        first = events.next()
        assert (first["messages"], first["cursor"], events.id) == ([], 0, "0")
        person.write("савол")
        assert events.until("answer to савол")[:2] == ["савол", "answer to савол"]
        began = time.monotonic()
        # As the console does it: another process writes into the database.
        Transcript(database).say(person.conversation, "operator", "Ман ҳамин ҷо", (), None, (), utc_now())
        events.until("Ман ҳамин ҷо")
        assert time.monotonic() - began < 1.5
        person.read()
        assert int(events.id) == person.cursor == person.seen[-1]["cursor"]


def test_a_stream_goes_on_where_it_broke_off(url: str, meet: Meet) -> None:
    person = meet(url)
    person.answer_to(person.write("як"))
    person.until(lambda: len(person.seen) == 3)
    with stream(person) as events:
        while events.next()["cursor"] < person.cursor:
            pass
        last = events.id
    person.write("ду")
    for words in ({"query": f"?after={last}"}, {"Last-Event-ID": last}, {"query": "?after=0", "Last-Event-ID": last}):
        with stream(person, **words) as events:  # type: ignore[arg-type]
            assert events.until("answer to ду") == ["ду", "answer to ду"]


def test_a_wrong_cursor_or_token_is_refused(url: str, meet: Meet) -> None:
    person = meet(url)
    for query, headers in (("?after=x", {}), ("", {"Last-Event-ID": "-1"})):
        refused = person.http.get(f"/chat/api/events{query}", headers=person.headers | headers)
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, "bad_query")
    token = person.headers["Authorization"].split()[1]
    for query in ("", f"?token={token}", f"?access_token={token}"):
        assert person.http.get(f"/chat/api/events{query}").status_code == 401


def test_only_so_many_streams_of_a_conversation_are_open_and_one_that_ends_makes_room(url: str, meet: Meet) -> None:
    person, other = meet(url), meet(url)
    with ExitStack() as opened:
        streams = [opened.enter_context(stream(person)) for _ in range(MAX_STREAMS_OF_A_CONVERSATION)]
        for each in streams:
            each.next()
        refused = person.http.get("/chat/api/events", headers=person.headers)
        assert (refused.status_code, refused.json()["error"]["code"]) == (429, "too_many_streams")
        assert "retry-after" in refused.headers
        with stream(other) as events:
            events.next()
        assert person.http.get("/chat/api/messages", headers=person.headers).status_code == 200
    time.sleep(0.5)
    with stream(person) as events:
        events.next()


def test_while_nothing_is_new_a_heartbeat_comes(url: str, meet: Meet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.channels.web.events, "HEARTBEAT_SECONDS", 0.2)
    person = meet(url)
    with stream(person) as events:
        events.next()
        time.sleep(1)
        person.write("савол")
        events.next()
        assert events.comments >= 3


def test_the_stream_of_an_erased_conversation_ends(
    url: str, meet: Meet, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.channels.web.events, "HEARTBEAT_SECONDS", 0.2)
    person = meet(url)
    with stream(person) as events:
        events.next()
        erase(database, person.conversation, utc_now())
        with pytest.raises(EOFError):
            events.next()


def test_the_gateway_stops_in_time_and_streams_end_whole(
    sqlite_environ: dict[str, str], free_port: int, meet: Meet
) -> None:
    process = GatewayProcess(sqlite_environ, free_port)
    process.start()
    person = meet(process.url)
    with stream(person) as one, stream(person) as two:
        one.next(), two.next()
        status, seconds, logged = process.terminate()
        for events in (one, two):
            with pytest.raises(EOFError):  # and not that the connection broke off
                events.next()
    assert (status, seconds < 3, "Traceback" in logged) == (0, True, False), logged


def test_a_reader_who_takes_nothing_costs_the_others_nothing(
    sqlite_environ: dict[str, str], begin: Begin, meet: Meet, engine: EngineStandIn
) -> None:
    gateway = begin(sqlite_environ | {"SAFAR_MESSAGES_PER_MINUTE": "100000"})
    slow, other = meet(gateway.url), meet(gateway.url)
    engine.replies["бисёр"] = [{"text": "х" * 4000}] * 5
    host, port = str(slow.http.base_url).removeprefix("http://").rstrip("/").split(":")
    with socket.socket() as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.connect((host, int(port)))
        asked = f"GET /chat/api/events HTTP/1.1\r\nHost: x\r\nAuthorization: {slow.headers['Authorization']}\r\n\r\n"
        reader.sendall(asked.encode())
        for _ in range(40):
            slow.answer_to(slow.write("бисёр"))
        began = time.monotonic()
        other.answer_to(other.write("савол"))
        assert time.monotonic() - began < 3
        with stream(other) as events:
            events.until("answer to савол")
        assert gateway.stop() < 6


@pytest.fixture(params=["nginx", "caddy"])
def proxy(request: pytest.FixtureRequest, url: str, tmp_path: Path, free_port: int) -> Iterator[str]:
    """The gateway behind a proxy with the sample file of `deploy/`."""
    command = _nginx(url, tmp_path, free_port) if request.param == "nginx" else _caddy(url, tmp_path, free_port)
    environ = os.environ | {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address, end = f"http://127.0.0.1:{free_port}", time.monotonic() + 20
    while True:
        assert process.poll() is None and time.monotonic() < end
        try:
            if httpx.get(f"{address}/health", trust_env=False).status_code == 200:
                break
        except httpx.HTTPError:
            time.sleep(0.1)
    yield address
    process.terminate()
    process.wait(10)


def _nginx(url: str, folder: Path, port: int) -> list[str]:
    site = (DEPLOY / "nginx.conf").read_text("utf-8").partition("server {")[2].partition("server {")[2]
    site = site.replace("listen 443 ssl", f"listen 127.0.0.1:{port}").replace("http://127.0.0.1:8080", url)
    site = "\n".join(line for line in site.splitlines() if "ssl_certificate" not in line)
    temporary = "".join(f"{name}_temp_path {folder};" for name in ("proxy", "fastcgi", "uwsgi", "scgi"))
    around = f"client_body_temp_path {folder}; {temporary} access_log off;"
    main = f"daemon off; pid {folder}/nginx.pid; events {{}}\nhttp {{ {around}\nserver {{{site} }}\n"
    (folder / "main.conf").write_text(main, "utf-8")
    return ["nginx", "-p", str(folder), "-c", str(folder / "main.conf"), "-e", str(folder / "error.log")]


def _caddy(url: str, folder: Path, port: int) -> list[str]:
    site = (DEPLOY / "Caddyfile").read_text("utf-8")
    site = site.replace("safar.example.org {", f"http://127.0.0.1:{port} {{", 1)
    site = "{\n\tadmin off\n}\n" + site.replace("127.0.0.1:8080", url.removeprefix("http://"))
    (folder / "Caddyfile").write_text(site, "utf-8")
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


def test_behind_a_proxy_each_message_comes_at_once(proxy: str, meet: Meet) -> None:
    person = meet(proxy)
    with stream(person, **{"Accept-Encoding": "gzip"}) as events:
        assert events.next()["messages"] == []
        for text in ("як", "ду"):
            began = time.monotonic()
            person.write(text)
            events.until(f"answer to {text}")
            assert time.monotonic() - began < 3
