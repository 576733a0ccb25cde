"""For each message: does the bot or an operator hold this conversation, and which way does the message go?"""

from enum import Enum, auto

from bot.limits import BACK_TO_BOT, QUICK_EXIT, READ_HELD, STOP_REMINDERS, UNREADABLE
from bot.safety_step import PERSON, is_safety_step
from conversations.claim import Claimed
from conversations.referral_buttons import CONSENT


class Way(Enum):
    """Where a message goes."""

    NOTHING_LEFT = auto()
    """It has its answer already."""
    CLOSE = auto()
    """The person leaves and wants no trace."""
    SAFETY = auto()
    """A step of the safety dialogue, which the gateway answers itself."""
    BACK_TO_BOT = auto()
    """The person wants the bot again."""
    REFERRAL = auto()
    """A yes or no to being referred to an organisation."""
    NO_REMINDERS = auto()
    """The person wants no more reminders while an operator has the conversation."""
    READ_HELD = auto()
    """The person has pressed to read what was held for them."""
    OPERATOR = auto()
    """It waits for an operator; the bot is silent."""
    TOO_MANY = auto()
    """It is over the person's limit per minute."""
    UNREADABLE = auto()
    """It is no text: a voice message, a picture."""
    GIVE_UP = auto()
    """It has failed too often."""
    ENGINE = auto()
    """The bot answers."""


def way_of(claimed: Claimed, *, is_over_limit: bool) -> Way:
    """The way of a claimed message. A person can be reached over the limit too."""
    if claimed.is_answered:
        return Way.NOTHING_LEFT
    if claimed.payload == QUICK_EXIT:
        return Way.CLOSE
    if is_safety_step(claimed.payload, claimed.conversation.danger):
        return Way.SAFETY
    if claimed.payload == BACK_TO_BOT:
        return Way.BACK_TO_BOT
    if claimed.payload is not None and claimed.payload.startswith(CONSENT + "{"):
        return Way.REFERRAL
    if claimed.conversation.is_held:
        return Way.NO_REMINDERS if (claimed.payload or "").startswith(STOP_REMINDERS) else Way.OPERATOR
    if claimed.payload == READ_HELD:
        return Way.READ_HELD
    if is_over_limit and claimed.payload != PERSON:
        return Way.TOO_MANY
    if claimed.payload is not None and claimed.payload.startswith(UNREADABLE):
        return Way.UNREADABLE
    return Way.GIVE_UP if claimed.is_worn_out else Way.ENGINE
