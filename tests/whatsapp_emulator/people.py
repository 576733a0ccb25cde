"""People with WhatsApp: they write, press buttons, send files, and see what is sent to them."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.plain_titles import plain

if TYPE_CHECKING:
    from tests.whatsapp_emulator.emulator import WhatsAppEmulator

WAIT_SECONDS = 10.0
MEDIA: dict[str, dict[str, Any]] = {
    "audio": {"mime_type": "audio/ogg; codecs=opus", "sha256": "c2hhMjU2", "id": "1013859600285441", "voice": True},
    "image": {"mime_type": "image/jpeg", "sha256": "c2hhMjU2", "id": "1003383421387256"},
    "video": {"mime_type": "video/mp4", "sha256": "c2hhMjU2", "id": "1166846181421424"},
    "sticker": {"mime_type": "image/webp", "sha256": "c2hhMjU2", "id": "1908647269898587", "animated": False},
    "document": {
        "filename": "file.pdf",
        "mime_type": "application/pdf",
        "sha256": "c2hhMjU2",
        "id": "1376223850470843",
    },
    "location": {"latitude": 42.8746, "longitude": 74.5698},
}


@dataclass(frozen=True)
class Option:
    """A reply button, or a row of a list."""

    id: str
    title: str
    description: str | None = None

    def says(self, title: str) -> bool:
        """Whether this stands on it."""
        return title in (self.title, plain(self.title), self.description)


@dataclass(frozen=True)
class Shown:
    """One message as the person sees it; `opener` is on the button of a list; a file has name, type and bytes."""

    wamid: str
    text: str
    options: tuple[Option, ...] = ()
    opener: str | None = None
    file: tuple[str | None, str, bytes] | None = None
    is_template: bool = False


class Person:
    """One person; `address` is a phone number, or an id such as KG.123 of somebody who hides the number."""

    def __init__(self, emulator: "WhatsAppEmulator", address: str, name: str) -> None:
        self.address = address
        self.has_whatsapp = True
        self.wrote_at: datetime | None = None
        self._emulator = emulator
        self._name = name
        self._shown: list[Shown] = []

    def writes(self, text: str, waits: bool = True) -> str:
        """Write a text; gives its wamid, when it has got its 200 unless told not to wait."""
        return self._send({"type": "text", "text": {"body": text}}, waits)

    def sends(self, kind: str, caption: str | None = None, waits: bool = True) -> str:
        """Send an audio, image, video, sticker, document or location."""
        content = MEDIA[kind] | ({"caption": caption} if caption else {})
        return self._send({"type": kind, kind: content}, waits)

    def presses(self, title: str, of: Shown | None = None, waits: bool = True) -> str:
        """Press what says this: in the given message, or in the newest that has it."""
        among = [of] if of else [shown for shown in reversed(self.sees()) if shown.options]
        for shown in among:
            for option in shown.options:
                if option.says(title):
                    return self._send(_pressed(shown, option), waits)
        raise AssertionError(f"nothing says {title!r}; there is {[o.title for s in among for o in s.options]}")

    def sees(self) -> tuple[Shown, ...]:
        """All messages sent to this person, in order."""
        with self._emulator.changed:
            return tuple(self._shown)

    def waits_for(self, count: int, seconds: float = WAIT_SECONDS) -> tuple[Shown, ...]:
        """All messages, once there are at least so many."""
        return self.waits_until(lambda shown: len(shown) >= count, seconds)

    def waits_until(
        self, is_there: Callable[[tuple[Shown, ...]], bool], seconds: float = WAIT_SECONDS
    ) -> tuple[Shown, ...]:
        """All messages, once they are as wished; AssertionError when that takes too long."""
        end = time.monotonic() + seconds
        with self._emulator.changed:
            while not is_there(tuple(self._shown)):
                left = end - time.monotonic()
                assert left > 0, f"after {seconds} s there are {[shown.text for shown in self._shown]}"
                self._emulator.changed.wait(left)
            return tuple(self._shown)

    def was_silent_for(self, hours: float) -> None:
        """Wrote for the last time so long ago."""
        self.wrote_at = self._emulator.clock() - timedelta(hours=hours)

    def reads(self) -> None:
        """Look at everything: a `read` for each message."""
        for shown in self.sees():
            self._emulator.tell_status(self, shown.wamid, "read")

    def gets(self, shown: Shown) -> None:
        """Show a message; for the server."""
        with self._emulator.changed:
            self._shown.append(shown)
            self._emulator.changed.notify_all()

    def _send(self, content: dict[str, Any], waits: bool) -> str:
        done = self.begin(content)
        if waits:
            done[1].result(WAIT_SECONDS)
        return done[0]

    def begin(self, content: dict[str, Any]) -> "tuple[str, Future[None]]":
        """Send any content (a dictionary with `type`); gives its wamid, and when it has got its 200."""
        now = self._emulator.clock()
        self.wrote_at = now
        wamid = self._emulator.new_wamid(self.address)
        self._emulator.received_ids.add(wamid)
        message = {**self._sender(), "id": wamid, "timestamp": str(int(now.timestamp())), **content}
        value = {"contacts": [{"profile": {"name": self._name}, **self._contact()}], "messages": [message]}
        return wamid, self._emulator.webhooks.deliver(value)

    def _sender(self) -> dict[str, str]:
        if self.has_hidden_number:
            return {"from_user_id": self.address}
        return {"from": self.address, "from_user_id": f"KG.{self.address}"}

    def _contact(self) -> dict[str, str]:
        if self.has_hidden_number:
            return {"user_id": self.address}
        return {"wa_id": self.address, "user_id": f"KG.{self.address}"}

    @property
    def has_hidden_number(self) -> bool:
        """Whether the platform gives an id instead of the number."""
        return not self.address.isdigit()


def _pressed(shown: Shown, option: Option) -> dict[str, Any]:
    """A template's button comes back in another form than those of other messages, as is documented."""
    if shown.is_template:
        context = {"from": "15550783881", "id": shown.wamid}
        return {"context": context, "type": "button", "button": {"payload": option.id, "text": option.title}}
    reply = {"id": option.id, "title": option.title}
    kind = "list_reply" if shown.opener else "button_reply"
    if option.description:
        reply["description"] = option.description
    context = {"from": "15550783881", "id": shown.wamid}
    return {"context": context, "type": "interactive", "interactive": {"type": kind, kind: reply}}
