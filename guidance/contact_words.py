"""Words by which people say that they want to be written to no more, or again; from a file."""

from pathlib import Path
from typing import Literal, get_args

from guidance.message_words import MessageWords, read_words

FILE = "contact_words.yml"
ContactWish = Literal["stop_contact", "stop", "start_contact"]
WISHES: tuple[ContactWish, ...] = get_args(ContactWish)


class ContactWords(MessageWords[ContactWish]):
    """Which messages are such a wish; only a whole message counts."""

    @classmethod
    def load(cls, folder: Path) -> "ContactWords":
        """Read the words; raises `ValueError` where a language has none, or one word has two meanings."""
        return cls(read_words(folder / FILE, WISHES))
