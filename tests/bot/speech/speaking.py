"""What is said and read in the tests of voice."""

from foundation.settings import PROJECT
from guidance.safety_words import SafetyWords
from language.wording import Wording
from tests.bot.sent_files import OGG
from tests.telegram_emulator import Person

WORDING = Wording.load(PROJECT / "data" / "responses")
QUESTION = "Где оформить патент, если я живу в Казани?"


def say(key: str, **values: object) -> str:
    """A text in Russian."""
    return WORDING.text(key, "ru", **values)


def speaks(person: Person, content: bytes = OGG, seconds: int = 4) -> int:
    """Send a voice message."""
    return person.sends_file("voice", content, duration=seconds, mime_type="audio/ogg")


def exit_word() -> str:
    """The word with which one leaves, in Russian."""
    return SafetyWords.load(PROJECT / "data" / "guidance").word("exit", "ru")
