"""What topics and entries are called in an operator's language."""

import logging
from pathlib import Path

from console.texts import Texts
from knowledge_base.entry import Entry, EntryError
from knowledge_base.entry_file import read_entry

MAX_TITLE_CHARS = 70

log = logging.getLogger(__name__)


class EntryNames:
    """Reads each entry once, when it is first named; `faq` is the folder of entries."""

    def __init__(self, texts: Texts, faq: Path) -> None:
        self._texts = texts
        self._faq = faq
        self._entries: dict[str, Entry | None] = {}

    def topic(self, topic: str, variant: str) -> str:
        """The name of a topic; its id where there is none."""
        for key in (f"topic.{topic}", f"console_topic_{topic.removeprefix('meta.')}"):
            if self._texts.has(key):
                return self._texts.text(key, variant)
        return topic

    def entry(self, entry_id: str, variant: str) -> str:
        """The question that an entry answers; its id where the content has it no more. Blocks at the first call."""
        if entry_id not in self._entries:
            self._entries[entry_id] = self._read(entry_id)
        entry = self._entries[entry_id]
        return entry.title(variant, MAX_TITLE_CHARS) if entry else entry_id

    def _read(self, entry_id: str) -> Entry | None:
        try:
            return read_entry(self._faq / f"{entry_id}.yml", self._faq)
        except (EntryError, OSError) as error:
            log.info("the entry %s cannot be named (%s)", entry_id, type(error).__name__)
            return None
