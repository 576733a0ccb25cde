"""Files that people send to the emulated bot: getFile, and the bytes behind the address that holds the token."""

import itertools
import re
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from tests.telegram_emulator.rules import ApiError
from tests.telegram_emulator.world import World

MAX_FILE_BYTES = 20_000_000
"""https://core.telegram.org/bots/api#getfile"""
_PATH = re.compile(r"/file/bot(?P<token>[^/]+)/(?P<path>.+)")


class Files:
    """By file id; each address is good once it was asked for."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._contents: dict[str, bytes] = {}
        self._paths: dict[str, str] = {}
        self._numbers = itertools.count(1)

    def add(self, content: bytes) -> dict[str, Any]:
        """A new file as the Bot API describes it in a message."""
        with self._world.lock:
            number = next(self._numbers)
            file_id = f"AgACAgIAAxkBAAI{number:04d}-_file"
            self._contents[file_id] = content
        return {"file_id": file_id, "file_unique_id": f"AQAD{number}", "file_size": len(content)}

    def get_file(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The method getFile; raises `ApiError`."""
        file_id = str(given.get("file_id", ""))
        with self._world.lock:
            content = self._contents.get(file_id)
            if content is None:
                raise ApiError(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
            if len(content) > MAX_FILE_BYTES:
                raise ApiError(400, "Bad Request: file is too big")
            path = f"photos/file_{len(self._paths)}.jpg"
            self._paths[path] = file_id
        return {"file_id": file_id, "file_unique_id": "AQAD", "file_size": len(content), "file_path": path}

    def serve(self, address: str, token: str) -> Response | None:
        """The bytes at an address below /file/; None for any other address."""
        found = _PATH.fullmatch(address)
        if found is None:
            return None
        file_id = self._paths.get(found["path"])
        if found["token"] != token or file_id is None:
            return Response('{"ok":false,"error_code":404,"description":"Not Found"}', 404)
        return Response(self._contents[file_id], media_type="application/octet-stream")
