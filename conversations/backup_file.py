"""A backup as one file: a first line, the rows of each table, files, a last line that proves that all is there.

Lines of JSON, gzip around them. An object opens a table or brings a file, an array is a row of the open table. The
last line holds the SHA-256 of all lines before it: what was cut off or changed is never taken for a whole backup.
"""

import base64
import gzip
import hashlib
import json
import os
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FORMAT = 1
COMPRESSION_LEVEL = 6
MAX_LINE_BYTES = 256 * 1024 * 1024


class BackupError(Exception):
    """A backup cannot be made or read; the message is one sentence for the host."""


@dataclass(frozen=True)
class Heading:
    """The first line. `numbers` holds the highest number that each table has ever given to a row."""

    made_at: str
    revision: str
    database: str
    live: str | None
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class TableBegins:
    """The rows that follow are of this table, their values in the order of these columns."""

    table: str
    columns: Sequence[str]


@dataclass(frozen=True)
class Row:
    """One row, as JSON holds it: moments and bytes are texts."""

    values: Sequence[Any]


@dataclass(frozen=True)
class File:
    """A file of the content folder, named from that folder."""

    name: str
    content: bytes


Part = Heading | TableBegins | Row | File


@contextmanager
def written(path: Path) -> Iterator["BackupWriter"]:
    """Write a backup, for the owner's eyes only; the file has its name when it is whole, and before there is none.

    Raises `BackupError` where there is one of this name already, or it cannot be written.
    """
    if path.exists():
        raise BackupError(f"There is a file {path} already; a backup never overwrites one. Name another file.")
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as raw:
            with gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=COMPRESSION_LEVEL) as packed:
                writer = BackupWriter(packed)
                yield writer
                writer.end()
            raw.flush()
            os.fsync(raw.fileno())
        os.replace(unfinished, path)
    except OSError as error:
        raise BackupError(f"{path} cannot be written ({error.strerror or error}). Nothing is left of it.") from error
    finally:
        unfinished.unlink(missing_ok=True)


class BackupWriter:
    """Writes the parts in their order; `rows` and `files` count them."""

    def __init__(self, packed: gzip.GzipFile) -> None:
        self._packed = packed
        self._hash = hashlib.sha256()
        self._table = ""
        self.rows: Counter[str] = Counter()
        self.files = 0

    def write(self, part: Part) -> None:
        """One part; a row belongs to the table that was begun last."""
        match part:
            case Heading():
                self._line({"safar_backup": FORMAT} | asdict(part))
            case TableBegins(table, columns):
                self._table = table
                self.rows[table] += 0
                self._line({"table": table, "columns": list(columns)})
            case Row(values):
                self.rows[self._table] += 1
                self._line(list(values))
            case File(name, content):
                self.files += 1
                self._line({"file": name, "content": base64.b64encode(content).decode("ascii")})

    def end(self) -> None:
        """The last line."""
        counted = {"rows": dict(self.rows), "files": self.files, "sha256": self._hash.hexdigest()}
        self._line({"end": True} | counted)

    def _line(self, value: Any) -> None:
        line = json.dumps(value, separators=(",", ":")).encode("ascii") + b"\n"
        self._hash.update(line)
        self._packed.write(line)


def heading_of(path: Path) -> Heading:
    """The first line alone; raises `BackupError` as `read_backup` does."""
    part = next(read_backup(path))
    assert isinstance(part, Heading)
    return part


def read_backup(path: Path) -> Iterator[Part]:
    """The parts of a backup, the heading first.

    Raises `BackupError` where it is no backup, of a later program, or damaged; damage may show itself at the end only.
    """
    try:
        with gzip.open(path, "rb") as packed:
            yield from _parts(packed, path)
    except (OSError, EOFError, ValueError, KeyError, TypeError, zlib.error) as error:
        raise BackupError(
            f"{path} is damaged or no backup of Safar ({_reason(error)}). Nothing was changed."
        ) from error


def _parts(packed: gzip.GzipFile, path: Path) -> Iterator[Part]:
    digest, counted, table = hashlib.sha256(), Counter[str](), ""
    line = packed.readline(MAX_LINE_BYTES)
    yield _heading(json.loads(line), path)
    while True:
        digest.update(line)
        line = packed.readline(MAX_LINE_BYTES)
        value = json.loads(line)
        if isinstance(value, list):
            counted[table] += 1
            yield Row(value)
        elif "table" in value:
            table = value["table"]
            counted[table] += 0
            yield TableBegins(table, value["columns"])
        elif "file" in value:
            yield File(value["file"], base64.b64decode(value["content"], validate=True))
        else:
            return _require_whole(value, digest.hexdigest(), counted, packed.read(1))


def _heading(value: dict[str, Any], path: Path) -> Heading:
    kind = value.pop("safar_backup")
    if kind != FORMAT:
        raise BackupError(f"{path} was made by a newer Safar (form {kind}, this program reads {FORMAT}): update it.")
    return Heading(**value)


def _require_whole(end: dict[str, Any], digest: str, counted: Counter[str], behind: bytes) -> None:
    if not end["end"] or end["sha256"] != digest or end["rows"] != dict(counted) or behind:
        raise ValueError("its checksum does not fit")


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return "it ends too early" if isinstance(error, EOFError) else str(error).splitlines()[0][:100] or "unreadable"
