"""The bot's first note in the language of the operator who reads it: why, which language, what the bot tried."""

from dataclasses import dataclass

from console.office import Office
from console.pages import Pages
from conversations.conversation import Conversation
from conversations.first_note import UNKNOWN, Tried
from language.variants import OWN_NAMES


@dataclass(frozen=True)
class NoteLines:
    """The note in words; each step is (topic, what came of it, id of the entry or None)."""

    reason: str
    language: str | None
    tried: tuple[tuple[str, str, str | None], ...]


class FirstNoteWords:
    """Puts the ids of a note into words."""

    def __init__(self, office: Office, pages: Pages) -> None:
        self._office = office
        self._pages = pages

    def lines(self, conversation: Conversation, variant: str) -> NoteLines | None:
        """The note on the newest handover, or None. Blocks for one read."""
        note = self._office.first_notes.newest(conversation.id)
        if note is None:
            return None
        tried = tuple(self._step(each, variant) for each in reversed(note.tried))
        language = OWN_NAMES.get(note.variant) if note.variant else None
        return NoteLines(self._pages.reason_words(variant, note.reason), language, tried)

    def _step(self, step: Tried, variant: str) -> tuple[str, str, str | None]:
        texts = self._office.texts
        key = "console_tried_unknown" if step.topic.startswith(UNKNOWN) else f"topic.{step.topic}"
        topic = texts.text(key, variant) if texts.has(key) else step.topic
        return topic, texts.text(f"console_tried_{step.outcome}", variant), step.entry
