"""Files that people send to the emulated number: the address of a media id for five minutes, and its bytes."""

import hashlib
import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from starlette.responses import Response

from tests.whatsapp_emulator.rules import Refusal

GOOD_FOR = timedelta(minutes=5)
"""https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media"""
PATH = "/whatsapp_business/attachments/"


class Files:
    """By media id. `clock` is the platform's."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._contents: dict[str, tuple[str, bytes]] = {}
        self._addresses: dict[str, tuple[str, datetime]] = {}
        self._numbers = itertools.count(2_000_000_000_000_001)
        self.host: str | None = None
        """Another place that answers give for the bytes, as an attacker would."""

    def add(self, media_type: str, content: bytes) -> dict[str, Any]:
        """A new file as the webhook describes it."""
        media_id = str(next(self._numbers))
        self._contents[media_id] = (media_type, content)
        return {"mime_type": media_type, "sha256": hashlib.sha256(content).hexdigest(), "id": media_id}

    def address(self, media_id: str, url: str) -> dict[str, Any]:
        """What GET /<media id> answers; raises `Refusal`."""
        if media_id not in self._contents:
            raise Refusal(100, "Unsupported get request. Object with this ID does not exist.")
        media_type, content = self._contents[media_id]
        ticket = f"t{len(self._addresses)}"
        self._addresses[ticket] = (media_id, self._clock() + GOOD_FOR)
        return {
            "messaging_product": "whatsapp",
            "url": f"{self.host or url}{PATH}?mid={media_id}&ticket={ticket}",
            "mime_type": media_type,
            "sha256": hashlib.sha256(content).hexdigest(),
            "file_size": len(content),
            "id": media_id,
        }

    def serve(self, ticket: str) -> Response:
        """The bytes behind an address; 404 for one that is unknown or too old."""
        media_id, until = self._addresses.get(ticket, ("", self._clock()))
        if media_id not in self._contents or self._clock() >= until:
            return Response(status_code=404)
        media_type, content = self._contents[media_id]
        return Response(content, media_type=media_type)
