"""The platform's calls to us: signed, delivered again until they get their 200, and badly when asked to."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx

ACCOUNT_ID = "102290129340398"
DISPLAY_NUMBER = "15550783881"
FIRST_PAUSE_SECONDS = 0.05
LONGEST_PAUSE_SECONDS = 1.0
TIMEOUT_SECONDS = 10.0


@dataclass(frozen=True)
class Answer:
    """What one call got: the status (0: no answer) after so many seconds."""

    status: int
    seconds: float


class Webhooks:
    """Calls the webhook at `url`; while that is None, nothing is sent."""

    def __init__(self, app_secret: str, phone_number_id: str) -> None:
        self.url: str | None = None
        self.answers: list[Answer] = []
        self.copies = 1
        """How often each webhook is delivered though it got its 200."""
        self._app_secret = app_secret
        self._phone_number_id = phone_number_id
        self._held: list[tuple[dict[str, Any], Future[None]]] | None = None
        self._pool = ThreadPoolExecutor(16, thread_name_prefix="whatsapp-webhooks")
        self._http = httpx.Client(timeout=TIMEOUT_SECONDS, trust_env=False)
        self._is_stopped = threading.Event()
        self._lock = threading.Lock()

    def deliver(self, value: Mapping[str, Any]) -> "Future[None]":
        """Deliver a value (messages or statuses, without metadata); done when all copies got their 200."""
        done: Future[None] = Future()
        with self._lock:
            if self._held is not None:
                self._held.append((dict(value), done))
                return done
        self._begin([dict(value)], [done])
        return done

    def hold(self) -> None:
        """Keep what is to be delivered until `release`."""
        with self._lock:
            self._held = []

    def release(self, is_reversed: bool = False, is_together: bool = False) -> None:
        """Deliver what was kept: one after the other, the last first if wished, or all in one webhook."""
        with self._lock:
            held, self._held = self._held or [], None
        if is_reversed:
            held.reverse()
        if is_together:
            self._begin([value for value, _ in held], [done for _, done in held])
            return
        for value, done in held:
            self._begin([value], [done])
            done.result(TIMEOUT_SECONDS)

    def body(self, *values: Mapping[str, Any]) -> bytes:
        """The bytes of a webhook with these values, each in a change of its own."""
        metadata = {"display_phone_number": DISPLAY_NUMBER, "phone_number_id": self._phone_number_id}
        full = [{"messaging_product": "whatsapp", "metadata": metadata, **value} for value in values]
        changes = [{"value": value, "field": "messages"} for value in full]
        raw = {"object": "whatsapp_business_account", "entry": [{"id": ACCOUNT_ID, "changes": changes}]}
        return json.dumps(raw, ensure_ascii=True).encode()

    def signature(self, body: bytes) -> str:
        """The header for these bytes."""
        return "sha256=" + hmac.new(self._app_secret.encode(), body, hashlib.sha256).hexdigest()

    def call(self, body: bytes, signature: str | None) -> int:
        """One call with a signature of one's own choosing, right, wrong or None; gives the status."""
        assert self.url is not None
        headers = {"content-type": "application/json"} | ({"x-hub-signature-256": signature} if signature else {})
        began = time.perf_counter()
        try:
            status = self._http.post(self.url, content=body, headers=headers).status_code
        except httpx.HTTPError:
            status = 0
        self.answers.append(Answer(status, time.perf_counter() - began))
        return status

    def verify(self, verify_token: str, challenge: str = "1158201444") -> httpx.Response:
        """The call with which the platform verifies the address."""
        assert self.url is not None
        query = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": verify_token}
        return self._http.get(self.url, params=query)

    def stop(self) -> None:
        """Deliver nothing more."""
        self._is_stopped.set()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._http.close()

    def _begin(self, values: list[dict[str, Any]], done: "list[Future[None]]") -> None:
        if self.url is None or self._is_stopped.is_set():
            for each in done:
                each.set_result(None)
            return
        self._pool.submit(self._deliver, self.body(*values), done)

    def _deliver(self, body: bytes, done: "list[Future[None]]") -> None:
        pause, left = FIRST_PAUSE_SECONDS, self.copies
        while not self._is_stopped.is_set():
            if self.call(body, self.signature(body)) == 200:
                left -= 1
                if left <= 0:
                    break
                continue
            self._is_stopped.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        for each in done:
            each.set_result(None)
