"""In which language and script a person is answered: the one they write, or the one they have chosen."""

from bot.limits import clean
from conversations.conversation import Conversation
from language.identify import Identifier
from language.variants import variant_of

SURE = 0.95
"""From this confidence on a long text in another language than the chosen one is answered in its own."""
LONG_LETTERS = 20


class Tongue:
    """Finds the variant of a text among the languages offered; the first of them when nothing is known."""

    def __init__(self, identifier: Identifier, languages: tuple[str, ...]) -> None:
        self._identifier = identifier
        self.languages = languages

    @property
    def first(self) -> str:
        """The variant of those of whom nothing is known yet."""
        return self.languages[0]

    def variant_of_text(self, text: str, conversation: Conversation) -> str:
        """The variant in which this text is answered."""
        before = conversation.variant
        found = self._identifier.identify(clean(text)[:1000], before)
        if found.language == "other":
            return before or self.first
        variant = variant_of(found.language, found.script)
        is_kept = conversation.is_language_chosen and not _is_surely_another(text, found.confidence)
        return before or self.first if is_kept or variant not in self.languages else variant


def _is_surely_another(text: str, confidence: float) -> bool:
    return confidence >= SURE and sum(char.isalpha() for char in text) >= LONG_LETTERS
