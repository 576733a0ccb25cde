"""Searches for traces: in every table, in every file of a folder, in the files in which PostgreSQL keeps its tables."""

import base64
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, text

from conversations.database import Database

_RELATIONS = """
SELECT c.relname, pg_relation_filepath(c.oid) FROM pg_class c
WHERE pg_relation_filepath(c.oid) IS NOT NULL AND (c.relnamespace = current_schema()::regnamespace
  OR c.oid IN (SELECT reltoastrelid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)
  OR c.oid IN (SELECT indexrelid FROM pg_index i JOIN pg_class t ON t.reltoastrelid = i.indrelid
               WHERE t.relnamespace = current_schema()::regnamespace))
"""


class Traces:
    """Finds these words and ids in whatever form they may be written: UTF-8, UTF-16, escaped as in JSON, base64."""

    def __init__(self, needles: Iterable[str]) -> None:
        self._forms = tuple({form for needle in needles for form in _forms(needle)})

    def in_tables(self, database: Database) -> Counter[str]:
        """How many rows of each table, of ours or not, hold a trace."""
        found: Counter[str] = Counter()
        with database.read() as connection:
            for name in inspect(connection).get_table_names():
                rows = connection.execute(text(f'SELECT * FROM "{name}"'))
                found[name] = sum(self.is_in(_bytes(tuple(row))) for row in rows)
        return +found

    def in_files(self, folder: Path) -> Counter[str]:
        """How many traces each file under a folder holds, read byte by byte."""
        files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        return +Counter({path.relative_to(folder).as_posix(): self.count(path.read_bytes()) for path in files})

    def in_data_files(self, database: Database) -> Counter[str] | None:
        """As `in_files` for PostgreSQL's own files, after a checkpoint; None where they cannot be read from here."""
        database.outside_transaction("CHECKPOINT")
        with database.read() as connection:
            folder = Path(connection.execute(text("SHOW data_directory")).scalar_one())
            relations = connection.execute(text(_RELATIONS)).all()
        try:
            return +Counter({name: self.count((folder / path).read_bytes()) for name, path in relations})
        except OSError:
            return None

    def is_in(self, content: bytes) -> bool:
        """Whether any trace is in it."""
        return any(form in content for form in self._forms)

    def count(self, content: bytes) -> int:
        """How many traces are in it."""
        return sum(content.count(form) for form in self._forms)


def _forms(needle: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        yield needle.encode(encoding)
    yield json.dumps(needle)[1:-1].encode()
    whole = needle.encode()
    for shift in range(3):
        # The signs at both ends depend on what stands beside the words.
        yield base64.b64encode(b"\0" * shift + whole)[4 if shift else 0 : -4]


def _bytes(row: tuple[Any, ...]) -> bytes:
    parts = (bytes(each) if isinstance(each, bytes | memoryview) else str(each).encode() for each in row)
    return b"\0".join(parts)
