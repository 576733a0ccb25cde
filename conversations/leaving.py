"""The end of a turn in which the person erases everything: the conversation goes, one last sentence is said."""

from datetime import datetime

from sqlalchemy.engine import Connection

from conversations import writing
from conversations.claim import Claimed
from conversations.conversation import Conversation, lock_conversation
from conversations.erasing import OWN, erase_conversation, erase_up_to, token_hash_of
from conversations.farewells import leave_farewell


def leave(
    connection: Connection, conversation: Conversation, claimed: Claimed, text: str, now: datetime, *, is_exit: bool
) -> None:
    """Erase everything up to and with this message, in one transaction with what is still to be said, if anything.

    Whose page has gone away on a quick exit (`is_exit`) is told nothing, and no message that came later is kept.

    The sentence is stored nowhere but in the farewells, until it is said. Only a page on which more was written
    meanwhile gets it as a message of the conversation that goes on there.
    """
    if is_exit and conversation.channel not in writing.PUSH_CHANNELS:
        erase_conversation(connection, conversation, OWN, now)
        return
    token_hash = token_hash_of(connection, conversation.id)
    began = erase_up_to(connection, conversation, claimed, now)
    if not text:
        return
    if conversation.channel in writing.PUSH_CHANNELS:
        leave_farewell(connection, conversation.channel, conversation.address, text, None, now)
        return
    if began is not None:
        _say_there(connection, began, claimed.message_id, text, now)
    elif token_hash is not None:
        leave_farewell(connection, conversation.channel, token_hash, text, claimed.message_id, now)


def _say_there(connection: Connection, conversation_id: str, message_id: str, text: str, now: datetime) -> None:
    conversation = lock_conversation(connection, conversation_id)
    if conversation is not None:
        writing.append(connection, conversation, "bot", text, now, reply_to=message_id, answers=(message_id,))
