"""Words by which people set, list and stop reminders; from a file."""

from pathlib import Path
from typing import Literal, get_args

from guidance.message_words import MessageWords, read_words

FILE = "reminder_words.yml"
Wish = Literal["set_reminder", "list_reminders", "stop_reminders"]
WISHES: tuple[Wish, ...] = get_args(Wish)


class ReminderWords(MessageWords[Wish]):
    """Which messages are such a wish, by the intent of its button; only a whole message counts."""

    @classmethod
    def load(cls, folder: Path) -> "ReminderWords":
        """Read the words; raises `ValueError` where a language has none, or one word has two meanings."""
        return cls(read_words(folder / FILE, WISHES))
