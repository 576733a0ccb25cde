"""Which messages may be parts of one question, and how long to wait whether another part follows.

A whole sentence never waits. Up to a second a person feels no delay (https://www.nngroup.com/articles/response-times-3-important-limits/);
only what says by itself that more is coming waits longer.
"""

from collections.abc import Callable
from datetime import timedelta

from guidance.opening_words import OpeningWords

MAX_PART_CHARS = 300
"""A longer text is a question of its own."""
OPENING_PAUSE = timedelta(seconds=1.5)
"""After a greeting, an announcement or half a sentence."""
FEW_WORDS_PAUSE = timedelta(seconds=0.5)
"""After a word or two without an end, where nothing was asked."""
FEW_WORDS = 2
_ENDS = (".", "!", "?")
NO_PAUSE = timedelta()


def is_part(text: str) -> bool:
    """Whether this text is short enough to be asked together with others."""
    return len(text) <= MAX_PART_CHARS


def pause_after(text: str, words: OpeningWords, is_asked: Callable[[], bool]) -> timedelta:
    """How long more may follow this text; `is_asked` says whether the bot has just asked something."""
    if not is_part(text):
        return NO_PAUSE
    if words.is_opening(text):
        return OPENING_PAUSE
    is_fragment = len(text.split()) <= FEW_WORDS and not text.rstrip().endswith(_ENDS)
    has_letters_only = not any(character.isdigit() for character in text)
    return FEW_WORDS_PAUSE if is_fragment and has_letters_only and not is_asked() else NO_PAUSE
