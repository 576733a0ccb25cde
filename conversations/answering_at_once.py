"""An answer that cannot wait for the messages before it: written at once, and only once."""

from collections.abc import Sequence
from datetime import datetime

from conversations import claim, writing
from conversations.commands import Command
from conversations.conversation import lock_conversation
from conversations.database import Database
from conversations.reply import Reply
from conversations.turn import carry_out


def answer_at_once(
    database: Database,
    conversation_id: str,
    message_id: str,
    replies: Sequence[Reply],
    commands: Sequence[Command],
    now: datetime,
) -> bool:
    """Answer this message and carry out the commands in one transaction; False: it is answered or erased already.

    The first reply is the answer. When the message's own turn comes there is nothing left to do. Whoever holds the
    conversation is not asked: these are words that must reach the migrant in every state. No command may erase.
    """
    with database.begin() as connection:
        conversation = lock_conversation(connection, conversation_id)
        message = claim.of_message(connection, conversation, message_id) if conversation else None
        if conversation is None or message is None or message.is_answered:
            return False
        writing.lock_transcript_end(connection)
        for command in commands:
            carry_out(connection, conversation, message, command, now)
        for position, reply in enumerate(replies):
            answers = (message_id,) if position == 0 else ()
            said = {"buttons": reply.buttons, "reply_to": message_id if answers else None, "answers": answers}
            cursor = writing.append(connection, conversation, reply.sender, reply.text, now, **said)
            writing.settle(connection, conversation_id, answers, cursor)
        writing.count(connection, "answers_bot")
        return True
