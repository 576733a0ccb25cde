"""Words that people write when somebody comes, when they are alone again, and when they leave; from a file."""

from pathlib import Path
from typing import Literal, get_args

from guidance.message_words import MessageWords, read_words

FILE = "safety_words.yml"
Meaning = Literal["disguise", "resume", "exit"]
MEANINGS: tuple[Meaning, ...] = get_args(Meaning)


class SafetyWords(MessageWords[Meaning]):
    """Which messages are such words; only a whole message counts, in whatever script and spelling."""

    @classmethod
    def load(cls, folder: Path) -> "SafetyWords":
        """Read the words; raises `ValueError` where a language has none, or one word has two meanings."""
        return cls(read_words(folder / FILE, MEANINGS))
