"""Holds back what needs the database while it is away, so that it starts as soon as the database is back."""

import asyncio

from conversations.database import DatabaseUnreachableError, open_database
from safar.child import Write

LOOK_EVERY_SECONDS = 0.5


class DatabaseWatch:
    """One for all children: whoever starts waits here first, and the log says once that somebody waits."""

    def __init__(self, url: str, write: Write) -> None:
        self._url = url
        self._write = write
        self._is_away = False

    async def until_there(self) -> None:
        """Return when the database can be used; a file of SQLite is always there."""
        if self._url.startswith("sqlite"):
            return
        while (reason := await asyncio.to_thread(self._missing)) is not None:
            if not self._is_away:
                self._is_away = True
                self._write("safar", f"{reason}. What needs it waits until it is back.")
            await asyncio.sleep(LOOK_EVERY_SECONDS)
        if self._is_away:
            self._is_away = False
            self._write("safar", "the database is back")

    def _missing(self) -> str | None:
        try:
            open_database(self._url).close()
        except DatabaseUnreachableError as error:
            return str(error)
        return None
