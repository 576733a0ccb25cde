"""All entries of a folder, by id and by topic."""

from collections.abc import Iterable
from pathlib import Path

from knowledge_base.entry import Entry
from knowledge_base.entry_file import read_entry


class Library:
    """The entries in the order of their ids."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = {entry.id: entry for entry in sorted(entries, key=lambda entry: entry.id)}

    @classmethod
    def load(cls, folder: Path) -> "Library":
        """Read `<domain>/<name>.yml` below `folder`; raises `EntryError`. No entry is an empty library."""
        return cls(read_entry(file, folder) for file in sorted(folder.glob("*/*.yml")))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries."""
        return tuple(self._entries.values())

    def has(self, entry_id: str) -> bool:
        """Is there an entry of this id?"""
        return entry_id in self._entries

    def entry(self, entry_id: str) -> Entry:
        """The entry of an id; raises `KeyError`."""
        return self._entries[entry_id]

    def of_topic(self, topic: str) -> tuple[Entry, ...]:
        """The entries of a topic."""
        return tuple(entry for entry in self._entries.values() if entry.topic == topic)
