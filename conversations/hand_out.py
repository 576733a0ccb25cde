"""Fair hand-out: who waits goes to the present operator who fits and holds the fewest, then to the longest idle."""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy.engine import Connection

from conversations import writing
from conversations.conversation import Conversation, lock_conversation
from conversations.database import Database
from conversations.desks import Desk, Desks, lock_desk, note_given
from conversations.fitness import misfits
from conversations.handover_steps import take_handover
from conversations.reply import Reply
from conversations.waiting import Waiting, read_queue, read_waiting

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

Words = Callable[[Conversation], Reply]


class HandOut:
    """Hands conversations of one database out, each in a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def run(self, words: Words, now: datetime) -> tuple[Waiting, ...]:
        """Hand out whatever can be; gives what was, each with its operator. `words` tells the migrant."""
        desks = [desk for desk in Desks(self._database).all() if desk.is_there(now)]
        with self._database.read() as connection:
            queue = read_queue(connection) if desks else ()
        given: list[Waiting] = []
        for waiting in queue:
            for desk in fairest_first(desks, waiting):
                fresh = self._give(waiting.conversation_id, desk.name, words, now)
                desks = [fresh if fresh and each.name == desk.name else each for each in desks]
                if fresh:
                    given.append(waiting)
                    break
        return tuple(given)

    def _give(self, conversation_id: str, operator: str, words: Words, now: datetime) -> Desk | None:
        """The operator's desk afterwards; None: not any more, somebody was faster."""
        with self._database.begin() as connection:
            conversation = lock_conversation(connection, conversation_id)
            if conversation is None or conversation.state != "waiting":
                return None
            waiting, desk = read_waiting(connection, conversation_id), lock_desk(connection, operator)
            if waiting is None or not desk.is_there(now) or misfits(desk, waiting.wanted):
                return None
            take_handover(connection, conversation, operator, now, by_queue=True)
            note_given(connection, operator, now)
            tell_migrant(connection, conversation, words, now)
            return lock_desk(connection, operator)


def fairest_first(desks: list[Desk], waiting: Waiting) -> list[Desk]:
    """Those whom it fits: the fewest open first, then the longest without a new one; who let it go back comes last."""
    fitting = [desk for desk in desks if not misfits(desk, waiting.wanted)]

    def turn(desk: Desk) -> tuple[bool, int, datetime, str]:
        return desk.name == waiting.returned_from, desk.open_count, desk.given_at or LONG_AGO, desk.name

    return sorted(fitting, key=turn)


def tell_migrant(connection: Connection, conversation: Conversation, words: Words, now: datetime) -> None:
    """Say a notice in an open transaction, unless somebody else may be reading."""
    if conversation.is_disguised:
        return
    writing.lock_transcript_end(connection)
    said = words(conversation)
    writing.append(connection, conversation, "system", said.text, now, buttons=said.buttons)
