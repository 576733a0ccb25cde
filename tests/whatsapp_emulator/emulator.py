"""The Cloud API on loopback: checks every call against the documented rules, and can misbehave."""

import asyncio
import base64
import itertools
import secrets
import socket
import threading
import time
from collections import deque
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from foundation.clock import Clock, utc_now
from tests.whatsapp_emulator.people import Option, Person, Shown
from tests.whatsapp_emulator.rules import (
    DOCUMENT_TYPES,
    IMAGE_TYPES,
    VERSIONS,
    WORDS,
    Refusal,
    check_media,
    check_message,
    check_read,
    recipient_of,
)
from tests.whatsapp_emulator.webhooks import DISPLAY_NUMBER, Webhooks

TOKEN = "EAAEmulatedSystemUserToken"
PHONE_NUMBER_ID = "106540352242922"
APP_SECRET = "emulated-app-secret"
VERIFY_TOKEN = "emulated-verify-token"
WINDOW = timedelta(hours=24)
PAIR_BURST = 45
PAIR_SECONDS = 6.0


@dataclass(frozen=True)
class Trouble:
    """What happens to one call of a kind (send, read, upload): wait, then an error, or an answer that breaks off.

    Nothing of the call is carried out, unless `is_after_taking`.
    """

    of: str = "send"
    slow_seconds: float = 0.0
    status: int | None = None
    code: int | None = None
    retry_after: str | None = None
    is_reset: bool = False
    is_after_taking: bool = False


class _BrokenResponse(Response):
    """The connection breaks off in the middle of the answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Begin, and end without an end."""
        headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"', "more_body": True})


class WhatsAppEmulator:
    """One business phone number. `violations` names each call that broke a rule: a test asserts that it is empty."""

    def __init__(self, clock: Clock = utc_now) -> None:
        self.clock = clock
        self.url = ""
        self.webhooks = Webhooks(APP_SECRET, PHONE_NUMBER_ID)
        self.violations: list[str] = []
        self.calls: list[dict[str, Any]] = []
        """The bodies of all calls to /messages, in order, those refused too."""
        self.received_ids: set[str] = set()
        self.read_ids: list[str] = []
        self.tells_statuses = True
        self.templates: dict[str, dict[str, tuple[str, str]]] = {}
        """The approved templates: by name and language the text and what stands on the one quick-reply button."""
        self.refuses_late = False
        """Outside the window: 200 and a failed status, as the platform mostly does, instead of an error at once."""
        self.changed = threading.Condition(threading.RLock())
        self._people: dict[str, Person] = {}
        self._media: dict[str, tuple[str | None, str, bytes]] = {}
        self._troubles: deque[Trouble] = deque()
        self._taken_at: dict[str, deque[float]] = {}
        self._numbers = itertools.count(1)
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> "WhatsAppEmulator":
        """Listen on loopback; returns when calls are answered."""
        listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        routes = [
            Route("/{version}/{number}/messages", self._messages, methods=["POST"]),
            Route("/{version}/{number}/media", self._upload, methods=["POST"]),
            Route("/{version}/{number}", self._number, methods=["GET"]),
        ]
        self._server = uvicorn.Server(
            uvicorn.Config(Starlette(routes=routes), log_config=None, lifespan="off", ws="none")
        )
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive()
            time.sleep(0.005)
        return self

    def stop(self) -> None:
        """End the server and the deliveries."""
        self.webhooks.stop()
        if self._server and self._thread:
            self._server.should_exit = self._server.force_exit = True
            self._thread.join(10)

    def environ(self) -> dict[str, str]:
        """The settings with which Safar talks to this emulator."""
        return {
            "SAFAR_WHATSAPP_TOKEN": TOKEN,
            "SAFAR_WHATSAPP_PHONE_NUMBER_ID": PHONE_NUMBER_ID,
            "SAFAR_WHATSAPP_APP_SECRET": APP_SECRET,
            "SAFAR_WHATSAPP_VERIFY_TOKEN": VERIFY_TOKEN,
            "SAFAR_WHATSAPP_API_URL": self.url,
        }

    def person(self, address: str, name: str = "Aibek") -> Person:
        """The person with this number (digits) or id (KG.123); the same one each time."""
        return self._people.setdefault(address, Person(self, address, name))

    def misbehave(self, times: int = 1, **trouble: Any) -> None:
        """Do this to the next calls; the fields are those of `Trouble`."""
        self._troubles.extend([Trouble(**trouble)] * times)

    def new_wamid(self, address: str) -> str:
        """An id of the platform's form, never given before."""
        serial = f"{next(self._numbers):06X}{secrets.token_hex(7).upper()}"
        return "wamid." + base64.b64encode(b"\x1d\x18\x0c" + address.encode() + serial.encode()).decode()

    def tell_status(self, person: Person, wamid: str, status: str, code: int | None = None) -> None:
        """Call the webhook with what became of a message of ours."""
        at = str(int(self.clock().timestamp()))
        value: dict[str, Any] = {"id": wamid, "status": status, "timestamp": at, "recipient_id": person.address}
        if code is not None:
            title = WORDS.get(code, "Error")
            value["errors"] = [{"code": code, "title": title, "message": title, "error_data": {"details": title}}]
        self.webhooks.deliver({"statuses": [value]})

    async def _messages(self, request: Request) -> Response:
        kind = "read" if b'"status"' in await request.body() else "send"
        return await self._answer(request, kind, self._take_message)

    async def _upload(self, request: Request) -> Response:
        return await self._answer(request, "upload", self._take_file)

    async def _number(self, request: Request) -> Response:
        async def show(_request: Request) -> dict[str, Any]:
            return {"display_phone_number": DISPLAY_NUMBER, "id": PHONE_NUMBER_ID}

        return await self._answer(request, "number", show)

    async def _answer(self, request: Request, kind: str, take: Any) -> Response:
        is_due = bool(self._troubles) and self._troubles[0].of == kind
        trouble = self._troubles.popleft() if is_due else Trouble()
        try:
            self._check_caller(request)
            taken = await take(request) if trouble.is_after_taking else None
            await asyncio.sleep(trouble.slow_seconds)
            if trouble.is_reset:
                return _BrokenResponse()
            if trouble.status is not None:
                refusal = Refusal(trouble.code or 131000, "as the test wishes", trouble.status)
                headers = {"Retry-After": trouble.retry_after} if trouble.retry_after else {}
                return JSONResponse(refusal.body(), trouble.status, headers)
            return JSONResponse(taken if taken is not None else await take(request))
        except Refusal as refusal:
            if refusal.code not in (131047, 131056):
                self.violations.append(str(refusal))
            return JSONResponse(refusal.body(), refusal.status)

    def _check_caller(self, request: Request) -> None:
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            raise Refusal(190, "The access token could not be decrypted", 401)
        if request.path_params["version"] not in VERSIONS:
            raise Refusal(2500, f"/{request.path_params['version']}")
        if request.path_params["number"] != PHONE_NUMBER_ID:
            raise Refusal(100, "Unsupported request. Object with this ID does not exist.")

    async def _take_message(self, request: Request) -> dict[str, Any]:
        try:
            body = await request.json()
        except ValueError:
            raise Refusal(100, "The body is not JSON.") from None
        with self.changed:
            self.calls.append(body)
            self.changed.notify_all()
        if isinstance(body, dict) and "status" in body:
            check_read(body, self.received_ids)
            self.read_ids.append(body["message_id"])
            return {"success": True}
        check_message(body)
        return self._send(self.person(recipient_of(body)), body)

    def _send(self, person: Person, body: dict[str, Any]) -> dict[str, Any]:
        self._check_pair_rate(person)
        shown = self._shown(body, self.new_wamid(person.address))
        is_outside = body["type"] != "template" and self._is_outside(person)
        if is_outside and not self.refuses_late:
            raise Refusal(131047, "More than 24 hours have passed since the customer last replied to this number.")
        if is_outside or not person.has_whatsapp:
            self._tell(person, shown.wamid, ("failed", 131047 if is_outside else 131026))
        else:
            person.gets(shown)
            self._tell(person, shown.wamid, ("sent", None), ("delivered", None))
        contact = {"input": person.address, "user_id" if person.has_hidden_number else "wa_id": person.address}
        return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [{"id": shown.wamid}]}

    def _is_outside(self, person: Person) -> bool:
        return person.wrote_at is None or self.clock() - person.wrote_at > WINDOW

    def _tell(self, person: Person, wamid: str, *statuses: tuple[str, int | None]) -> None:
        for status, code in statuses if self.tells_statuses else ():
            self.tell_status(person, wamid, status, code)

    def _check_pair_rate(self, person: Person) -> None:
        now, taken = time.monotonic(), self._taken_at.setdefault(person.address, deque(maxlen=PAIR_BURST))
        if len(taken) == PAIR_BURST and now - taken[0] < PAIR_SECONDS:
            raise Refusal(131056, "Too many messages sent to the same phone number in a short period of time.")
        taken.append(now)

    def _shown(self, body: dict[str, Any], wamid: str) -> Shown:
        kind = body["type"]
        if kind == "text":
            return Shown(wamid, body["text"]["body"])
        if kind == "template":
            return self._shown_template(body["template"], wamid)
        if kind != "interactive":
            return self._shown_file(body[kind], wamid, IMAGE_TYPES if kind == "image" else DOCUMENT_TYPES)
        action, text = body["interactive"]["action"], body["interactive"]["body"]["text"]
        if "buttons" in action:
            return Shown(wamid, text, tuple(Option(**button["reply"]) for button in action["buttons"]))
        rows = [row for section in action["sections"] for row in section["rows"]]
        return Shown(wamid, text, tuple(Option(**row) for row in rows), action["button"])

    def _shown_template(self, template: dict[str, Any], wamid: str) -> Shown:
        approved = self.templates.get(template["name"], {}).get(template["language"]["code"])
        if approved is None:
            raise Refusal(132001, f"template name ({template['name']}) does not exist", 404)
        text, title = approved
        (button,) = template.get("components") or ({},)
        payload = button["parameters"][0]["payload"] if button else title
        return Shown(wamid, text, (Option(payload, title),), is_template=True)

    def _shown_file(self, media: dict[str, Any], wamid: str, types: dict[str, int]) -> Shown:
        if media.get("id") not in self._media:
            raise Refusal(131009, "There is no media with this id.")
        name, media_type, content = self._media[media["id"]]
        if media_type not in types:
            raise Refusal(131053, f"{media_type} cannot be sent as this type of message.")
        return Shown(wamid, media.get("caption", ""), file=(media.get("filename", name), media_type, content))

    async def _take_file(self, request: Request) -> dict[str, Any]:
        async with request.form() as form:
            file = form.get("file")
            if form.get("messaging_product") != "whatsapp" or not isinstance(file, UploadFile):
                raise Refusal(100, "messaging_product and file are required.")
            content, media_type = await file.read(), file.content_type or ""
            check_media(media_type, len(content))
            media_id = str(1_000_000_000_000_000 + next(self._numbers))
            self._media[media_id] = (file.filename, media_type, content)
        return {"id": media_id}
