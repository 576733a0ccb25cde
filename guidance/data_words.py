"""Words and commands by which people ask for their own data, take it out and erase it; from a file."""

from pathlib import Path
from typing import Literal, get_args

from guidance.message_words import MessageWords, read_words

FILE = "data_words.yml"
DataWish = Literal["erase", "export", "tell"]
WISHES: tuple[DataWish, ...] = get_args(DataWish)
COMMANDS: dict[str, DataWish] = {"/delete": "erase", "/mydata": "export"}
"""The same on every channel; a messenger without a menu of commands has them as texts."""


class DataWords(MessageWords[DataWish]):
    """Which messages are such a wish; only a whole message counts."""

    @classmethod
    def load(cls, folder: Path) -> "DataWords":
        """Read the words; raises `ValueError` where a language has none, or one word has two meanings."""
        return cls(read_words(folder / FILE, WISHES))

    def meaning(self, text: str) -> DataWish | None:
        """What this message means, a command or a word; None for every ordinary one."""
        return COMMANDS.get(text.strip().lower()) or super().meaning(text)
