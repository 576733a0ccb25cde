"""A message that is no text when its turn comes: waited for while it is still listened to, else answered kindly."""

from datetime import timedelta

from bot.answering import Later
from bot.ground import Ground
from bot.limits import UNREADABLE
from bot.notices import answer, notice
from bot.overtaking import Overtaking
from bot.store import Store
from conversations.claim import Claimed
from conversations.reply import Reply
from foundation.clock import Clock

LOOK_AGAIN = timedelta(seconds=0.3)
VOICE = UNREADABLE + "voice"
_GROUPS = {"voice": "voice", "sticker": "sticker", "picture": "picture", "video": "picture", "document": "picture"}
_SENT_ON = ("voice", "picture", "document")
"""What an operator is passed; films are not."""


def kind_group(payload: str | None) -> str:
    """Which kind sentence answers a message that is no text; its payload names the kind."""
    return _GROUPS.get(_kind(payload), "other")


class Unread:
    """`listens`: the host has set a service that understands voice."""

    def __init__(self, store: Store, overtaking: Overtaking, listens: bool, clock: Clock) -> None:
        self._store = store
        self._overtaking = overtaking
        self._listens = listens
        self._clock = clock

    def later(self, claimed: Claimed) -> Later | None:
        """When to look again: while the voice is listened to, or at once because it has become a text. Blocks."""
        if claimed.payload != VOICE:
            return None
        standing = self._store.received.standing(claimed.cursor)
        if standing == "unread":
            return None
        return Later(self._clock() + (LOOK_AGAIN if standing == "pending" else timedelta()), is_try=False)

    def has_left(self, claimed: Claimed) -> bool:
        """Whether the person has left meanwhile: nobody has to wait for their voice then. Blocks."""
        return self._overtaking.has_left(claimed)

    def answer(self, claimed: Claimed, ground: Ground, variant: str) -> Reply:
        """The bot's kind sentence."""
        if claimed.payload == VOICE and self._listens:
            return answer(ground, "voice_not_heard", variant)
        return answer(ground, f"cannot_read_{kind_group(claimed.payload)}", variant)

    def while_held(self, claimed: Claimed, ground: Ground, variant: str) -> tuple[Reply, ...]:
        """What is said of it while the person waits for an operator, or talks with one. It settles nothing."""
        conversation, kind = claimed.conversation, _kind(claimed.payload)
        is_file = (claimed.payload or "").startswith(UNREADABLE) and kind_group(claimed.payload) in ("voice", "picture")
        if not is_file or conversation.is_disguised:
            return ()
        key = self._key(claimed, kind)
        return (notice(ground, key, variant),) if key else ()

    def _key(self, claimed: Claimed, kind: str) -> str | None:
        """What was fetched from a messenger is told of when it is there, so nothing is said of it here."""
        conversation = claimed.conversation
        if conversation.state == "waiting":
            return "voice_while_waiting" if kind == "voice" else "file_while_waiting"
        if kind not in _SENT_ON:
            return "file_wrong_kind"
        if not self._store.received.was_taken(claimed.cursor):
            return "file_send_again"
        return "file_passed_on" if conversation.channel == "web" else None


def _kind(payload: str | None) -> str:
    return (payload or "").removeprefix(UNREADABLE)
