"""What an operator leaves unanswered goes back to the queue, in its old place; what a team leaves goes to everybody."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.engine import Connection

from conversations.conversation import Conversation, lock_conversation
from conversations.database import Database
from conversations.desks import UnknownOperatorError, lock_desk
from conversations.hand_out import tell_migrant
from conversations.handover_steps import Step, open_of, wait_again
from conversations.reply import Reply
from conversations.states import QUEUE
from conversations.tables import handovers, operator_desks, transcript

Words = Callable[[Conversation], Reply]

_of_conversation = transcript.c.conversation_id == handovers.c.conversation_id
_oldest_unanswered = (
    select(func.min(transcript.c.at))
    .where(_of_conversation, transcript.c.message_id.isnot(None), transcript.c.answered_by.is_(None))
    .correlate(handovers)
    .scalar_subquery()
)
_has_spoken = (
    select(transcript.c.cursor)
    .where(_of_conversation, transcript.c.sender == "operator", transcript.c.at >= handovers.c.taken_at)
    .correlate(handovers)
    .exists()
)


class Returning:
    """Looks after the held conversations of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def run(self, patience: timedelta, words: Words, now: datetime) -> tuple[tuple[str, str], ...]:
        """Take back what has been unanswered for longer than `patience`; gives (conversation, operator) of each.

        Unanswered is a message since then, or the whole handover where its operator has said nothing at all. The
        operator counts as away from now on; the migrant is told once in a handover.
        """
        with self._database.read() as connection:
            ids = connection.execute(select(handovers.c.conversation_id).where(_is_overdue(now - patience))).scalars()
            overdue = tuple(ids)
        found = ((each, self._take_back(each, patience, words, now)) for each in overdue)
        return tuple((each, operator) for each, operator in found if operator)

    def open_to_all(self, patience: timedelta, now: datetime) -> int:
        """Let everybody take what a team has left waiting for longer than `patience`; gives their number."""
        left = handovers.c.ended_at.is_(None) & (handovers.c.team_since <= now - patience)
        with self._database.begin() as connection:
            freed = update(handovers).where(left).values(team=None, team_since=None)
            return int(connection.execute(freed).rowcount)

    def _take_back(self, conversation_id: str, patience: timedelta, words: Words, now: datetime) -> str | None:
        with self._database.begin() as connection:
            conversation = lock_conversation(connection, conversation_id)
            if conversation is None or conversation.state != "operator" or conversation.operator is None:
                return None
            is_this = open_of(conversation_id) & _is_overdue(now - patience)
            row = connection.execute(select(handovers.c.is_return_said).where(is_this)).first()
            if row is None:
                return None
            operator = conversation.operator
            step = Step("returned", QUEUE, operator, now)
            wait_again(connection, conversation, step, returned_from=operator, is_return_said=True)
            if not row.is_return_said:
                tell_migrant(connection, conversation, words, now)
            _send_away(connection, operator)
            return operator


def _is_overdue(before: datetime) -> object:
    """Held since before then, and either nothing was said by the operator or a message has waited since before then."""
    held = and_(handovers.c.ended_at.is_(None), handovers.c.taken_at <= before)
    return and_(held, or_(~_has_spoken, _oldest_unanswered <= before))


def _send_away(connection: Connection, operator: str) -> None:
    try:
        lock_desk(connection, operator)
    except UnknownOperatorError:
        return
    of_name = operator_desks.c.name == operator
    connection.execute(update(operator_desks).where(of_name).values(is_present=False))
