"""Buttons pressed while an earlier message still waits for the engine: a person, the exit, the menu work at once."""

from dataclasses import dataclass

from bot.ground import Ground
from bot.limits import QUICK_EXIT
from bot.referral import ReferralAnswers
from bot.store import Store
from bot.without_engine import ASKED_WITHOUT_ENGINE, Answered, answer_without_engine, is_person_wanted
from conversations.claim import Claimed
from conversations.commands import Command, OpenHandover, QuickExit, SetLanguage
from conversations.referral_buttons import read_consent
from conversations.transcript import Message
from foundation.clock import Clock

LOOKED_AHEAD = 50


@dataclass(frozen=True)
class Overtaken:
    """The message that waits ends without an answer of the bot, and this is carried out."""

    commands: tuple[Command, ...]


class Overtaking:
    """Looks behind a message that waits."""

    def __init__(self, store: Store, languages: tuple[str, ...], clock: Clock) -> None:
        self._store = store
        self._referral_answers = ReferralAnswers(store, clock)
        self._languages = languages
        self._clock = clock

    def look(self, claimed: Claimed, ground: Ground, variant: str) -> Overtaken | None:
        """Answer the buttons that can be answered now; gives what ends the wait, or None. Blocks.

        Whoever asks for a person gets one for the message that waits, too: the operator answers both.
        """
        for message in self._pressed(claimed):
            if message.payload == QUICK_EXIT:
                return Overtaken((QuickExit(),))
            if is_person_wanted(message.payload):
                return Overtaken((OpenHandover(ASKED_WITHOUT_ENGINE),))
            found = self._found(claimed, message.payload, ground, variant)
            if found:
                self._say(claimed.conversation_id, message, found)
        return None

    def has_left(self, claimed: Claimed) -> bool:
        """Whether the quick exit was pressed or written since: it need not wait until the engine is back. Blocks."""
        return any(message.payload == QUICK_EXIT for message in self._pressed(claimed))

    def _found(self, claimed: Claimed, payload: str | None, ground: Ground, variant: str) -> Answered | None:
        if read_consent(payload):
            return Answered((self._referral_answers.reply(claimed.conversation, payload, ground, variant),))
        return answer_without_engine(ground, payload, variant, self._languages)

    def _pressed(self, claimed: Claimed) -> list[Message]:
        later = self._store.transcript.after(claimed.conversation_id, claimed.cursor, LOOKED_AHEAD)
        pressed = [message for message in later if message.message_id and message.payload]
        if not pressed:
            return []
        open_ids = set(self._store.transcript.unanswered(claimed.conversation_id))
        return [message for message in pressed if message.message_id in open_ids]

    def _say(self, conversation_id: str, message: Message, found: Answered) -> None:
        """Answer this one now; when its turn comes, it has its answer already."""
        for command in found.commands:
            if isinstance(command, SetLanguage):
                self._store.conversations.remember(conversation_id, variant=command.variant, is_language_chosen=True)
        said = found.replies[0]
        self._store.transcript.say(
            conversation_id, said.sender, said.text, said.buttons, message.message_id, (), self._clock()
        )
