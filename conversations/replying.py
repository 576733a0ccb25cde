"""How the replies of one turn are written: at most one of them is the answer, and a message gets only one answer."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from conversations import writing
from conversations.claim import Claimed
from conversations.conversation import Conversation, change_conversation
from conversations.reply import Reply
from conversations.tables import transcript

_ANSWERED_BY = select(transcript.c.answered_by).where(transcript.c.cursor == bindparam("cursor"))


def has_answer(replies: Sequence[Reply]) -> bool:
    """Whether one of these answers the question or, as a notice, settles it."""
    return any(reply.answers_question for reply in replies)


def is_answered(connection: Connection, claimed: Claimed) -> bool:
    """Whether the message has its answer."""
    return connection.execute(_ANSWERED_BY, {"cursor": claimed.cursor}).scalar() is not None


def write_replies(
    connection: Connection,
    conversation: Conversation,
    claimed: Claimed,
    replies: Sequence[Reply],
    release: str | None,
    now: datetime,
    *,
    is_silent: bool,
) -> None:
    """Write all replies; the answer settles every open question of the conversation up to the claimed one.

    The bot's are left out where it has to be silent.
    """
    if is_silent:
        replies = [reply for reply in replies if reply.sender != "bot"]
    answer = _answer_among(replies)
    open_ids = _open_ids(connection, claimed) if answer is not None else ()
    for position, reply in enumerate(replies):
        is_answer = position == answer
        said = {
            "buttons": reply.buttons,
            "question_id": claimed.message_id,
            "position": position,
            "reply_to": claimed.message_id if is_answer and reply.sender == "bot" else None,
            "answers": open_ids if is_answer else (),
            "release": release,
            "attachments": reply.attachments,
        }
        cursor = writing.append(connection, conversation, reply.sender, reply.text, now, **said)
        if is_answer:
            writing.settle(connection, conversation.id, open_ids, cursor)
    if answer is not None and replies[answer].sender == "bot":
        writing.count(connection, "answers_bot")
        if not conversation.is_greeted:
            change_conversation(connection, conversation.id, is_greeted=True)


def _open_ids(connection: Connection, claimed: Claimed) -> tuple[str, ...]:
    found = writing.unanswered(connection, claimed.conversation_id, up_to=claimed.cursor)
    # An erased message is answered too, though nothing of it is left.
    return found if found or is_answered(connection, claimed) else (claimed.message_id,)


def _answer_among(replies: Sequence[Reply]) -> int | None:
    answering = [position for position, reply in enumerate(replies) if reply.answers_question]
    of_bot = [position for position in answering if replies[position].sender == "bot"]
    return next(iter(of_bot or answering), None)
