"""Everything said in a conversation, in order; each message has a cursor that only grows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.engine import Row

from conversations import writing
from conversations.attachments import AttachedFile, attached_to
from conversations.conversation import locked_conversation
from conversations.database import Database
from conversations.reply import Button
from conversations.tables import transcript

MAX_MESSAGES = 200
BUTTONS_LOOKED_BACK = 50

_AFTER = (
    select(transcript)
    .where(transcript.c.conversation_id == bindparam("conversation_id"), transcript.c.cursor > bindparam("after"))
    .order_by(transcript.c.cursor)
    .limit(bindparam("limit"))
)
_CHANGED = select(transcript.c.conversation_id).where(transcript.c.cursor > bindparam("after")).distinct()
_NEWEST = select(func.max(transcript.c.cursor))


@dataclass(frozen=True)
class Message:
    """One message; `sender` is migrant, bot, operator or system. Only a migrant's has a `message_id`, and no file."""

    cursor: int
    sender: str
    text: str
    buttons: tuple[Button, ...]
    reply_to: str | None
    answers: tuple[str, ...]
    at: datetime
    message_id: str | None
    payload: str | None
    variant: str | None
    danger: str | None
    signs: tuple[str, ...]
    operator: str | None
    release: str | None
    attachments: tuple[AttachedFile, ...] = ()


class Transcript:
    """What was said in all conversations. Cursors grow over all of them, in the order in which readers see them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def after(self, conversation_id: str, cursor: int = 0, limit: int = MAX_MESSAGES) -> tuple[Message, ...]:
        """The messages behind `cursor`, oldest first, at most `limit`."""
        asked = {"conversation_id": conversation_id, "after": cursor, "limit": limit}
        with self._database.read() as connection:
            rows = connection.execute(_AFTER, asked).all()
            ours = [row.cursor for row in rows if row.message_id is None]
            attached = attached_to(connection, ours) if ours else {}
            return tuple(_message(row, attached.get(row.cursor, ())) for row in rows)

    def newest_cursor(self) -> int:
        """The cursor of the newest message of all conversations; 0 when there is none."""
        with self._database.read() as connection:
            return connection.execute(_NEWEST).scalar() or 0

    def changed_since(self, cursor: int) -> set[str]:
        """The ids of the conversations that have messages behind `cursor`."""
        with self._database.read() as connection:
            return set(connection.execute(_CHANGED, {"after": cursor}).scalars())

    def say(
        self,
        conversation_id: str,
        sender: str,
        text: str,
        buttons: Sequence[tuple[str, str]],
        reply_to: str | None,
        answers: Sequence[str],
        now: datetime,
    ) -> int:
        """Write a message that belongs to no turn, such as a notice; gives its cursor.

        The messages in `answers` and `reply_to` count as answered. Raises `UnknownConversationError`.
        """
        settled = tuple(dict.fromkeys((*answers, *((reply_to,) if reply_to else ()))))
        with self._database.begin() as connection:
            conversation = locked_conversation(connection, conversation_id)
            writing.lock_transcript_end(connection)
            cursor = writing.append(
                connection, conversation, sender, text, now, buttons=buttons, reply_to=reply_to, answers=settled
            )
            writing.settle(connection, conversation_id, settled, cursor)
            return cursor

    def unanswered(self, conversation_id: str) -> tuple[str, ...]:
        """The ids of the migrant's messages that have no answer yet, oldest first."""
        with self._database.read() as connection:
            return writing.unanswered(connection, conversation_id)

    def button_title(self, conversation_id: str, payload: str) -> str | None:
        """What stood on the button with this payload, if one was shown lately; None when none was."""
        shown = (
            select(transcript.c.buttons)
            .where(transcript.c.conversation_id == conversation_id)
            .order_by(transcript.c.cursor.desc())
            .limit(BUTTONS_LOOKED_BACK)
        )
        with self._database.read() as connection:
            rows = connection.execute(shown).scalars().all()
        return next((title for buttons in rows for title, sent in buttons if sent == payload), None)

    def button(self, conversation_id: str, cursor: int, index: int) -> Button | None:
        """The button at this place, however old; None when the message is erased or of another conversation."""
        shown = select(transcript.c.buttons).where(
            transcript.c.conversation_id == conversation_id, transcript.c.cursor == cursor
        )
        with self._database.read() as connection:
            buttons = connection.execute(shown).scalar() or ()
        return Button(*buttons[index]) if index < len(buttons) else None

    def newest_buttons(self, conversation_id: str) -> tuple[Button, ...]:
        """The buttons of the newest message to the migrant that has any, if they have not written since."""
        said = (
            select(transcript.c.buttons, transcript.c.message_id)
            .where(transcript.c.conversation_id == conversation_id)
            .order_by(transcript.c.cursor.desc())
            .limit(BUTTONS_LOOKED_BACK)
        )
        with self._database.read() as connection:
            for row in connection.execute(said):
                if row.message_id is not None:
                    return ()
                if row.buttons:
                    return tuple(Button(*pair) for pair in row.buttons)
        return ()


def _message(row: Row, attached: tuple[AttachedFile, ...]) -> Message:
    return Message(
        cursor=row.cursor,
        sender=row.sender,
        text=row.text,
        buttons=tuple(Button(*pair) for pair in row.buttons),
        reply_to=row.reply_to,
        answers=tuple(row.answers),
        at=row.at,
        message_id=row.message_id,
        payload=row.payload,
        variant=row.variant,
        danger=row.danger,
        signs=tuple(row.signs),
        operator=row.operator,
        release=row.release,
        attachments=attached,
    )
