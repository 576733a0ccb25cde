"""What people send before the question itself: an announcement, or a sentence that breaks off; from a file."""

from pathlib import Path
from typing import Literal, get_args

from guidance.message_words import MessageWords, read_words
from language.folding import skeleton
from language.greetings import GREETING_WORDS, without_greeting

FILE = "opening_words.yml"
Opening = Literal["announcement", "joint"]
OPENINGS: tuple[Opening, ...] = get_args(Opening)
BREAKS_OFF = (",", ":", ";", "…", "...", "-", "–", "—")


class OpeningWords(MessageWords[Opening]):
    """Tells whether more is bound to follow a message."""

    @classmethod
    def load(cls, folder: Path) -> "OpeningWords":
        """Read the words; raises `ValueError` where a language has none, or one word has two meanings."""
        return cls(read_words(folder / FILE, OPENINGS))

    def is_opening(self, text: str) -> bool:
        """Whether this is a mere greeting, says that a question comes, or breaks off in the middle."""
        folded = skeleton(text)
        words = folded.split()
        if not words:
            return False
        return (
            GREETING_WORDS.issuperset(words)
            or text.rstrip().endswith(BREAKS_OFF)
            or self.meaning(without_greeting(folded)) == "announcement"
            or self.meaning(words[-1]) == "joint"
        )
