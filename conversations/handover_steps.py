"""The steps of a handover, inside an open transaction that has locked the conversation and the transcript's end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection

from conversations import writing
from conversations.conversation import Conversation, change_conversation, highest_danger
from conversations.first_note import first_note_of
from conversations.received_steps import forget_received
from conversations.signs import join_signs
from conversations.states import QUEUE, ForbiddenChangeError, change_of
from conversations.tables import conversations, handover_log, handovers, transcript


@dataclass(frozen=True)
class Step:
    """One line of the log. `step` is one of `states.BY_STEP` or `states.OTHER_STEPS`.

    `who` is `migrant`, `bot`, `queue` or an operator's name; `why` a reason, or whom it went to or was taken from.
    `after_cursor`: the newest message that was there by then; None in lines of an older Safar.
    """

    step: str
    who: str
    why: str
    at: datetime
    after_cursor: int | None = None


def open_handover(
    connection: Connection,
    conversation: Conversation,
    reason: str,
    danger: str,
    now: datetime,
    signs: Sequence[str] = (),
) -> bool:
    """bot or closed → waiting; False where somebody waits or talks already: then only its danger may rise.

    Level and signs of what the conversation has said so far go along, and what the bot has tried.
    """
    if conversation.is_held:
        note_danger(connection, conversation, danger, now, signs)
        return False
    level = highest_danger(danger, conversation.danger)
    joined = join_signs(conversation.safety_signs, signs)
    note = first_note_of(connection, conversation, reason)
    row = {"conversation_id": conversation.id, "reason": reason, "danger": level, "opened_at": now, "signs": joined}
    connection.execute(insert(handovers).values(**row, topic=note.topic, first_note=note.as_json()))
    step = Step("opened", "migrant", reason, now)
    change_state(connection, conversation, step, operator=None, danger=level, safety_signs=joined)
    writing.count(connection, "handovers")
    return True


def note_danger(
    connection: Connection, conversation: Conversation, danger: str, now: datetime, signs: Sequence[str] = ()
) -> None:
    """Let the open handover of a held conversation move forward when its danger has risen; new signs are added."""
    is_open = open_of(conversation.id)
    known, joined = connection.execute(select(handovers.c.danger, handovers.c.signs).where(is_open)).one()
    if (more := join_signs(joined, signs)) != joined:
        connection.execute(update(handovers).where(is_open).values(signs=more))
        all_signs = join_signs(conversation.safety_signs, signs)
        change_conversation(connection, conversation.id, safety_signs=all_signs)
    level = highest_danger(known, danger)
    if level != known:
        connection.execute(update(handovers).where(is_open).values(danger=level))
        change_conversation(connection, conversation.id, danger=highest_danger(conversation.danger, level))
        log_step(connection, conversation.id, Step("raised", "bot", level, now))


def take_handover(
    connection: Connection, conversation: Conversation, operator: str, now: datetime, *, by_queue: bool = False
) -> None:
    """waiting → operator; with `by_queue` it was handed out."""
    values = {"operator": operator, "taken_at": now, "team": None, "team_since": None, "returned_from": None}
    connection.execute(update(handovers).where(open_of(conversation.id)).values(**values))
    step = Step("handed_out", QUEUE, operator, now) if by_queue else Step("taken", operator, "", now)
    change_state(connection, conversation, step, operator=operator)


def wait_again(connection: Connection, conversation: Conversation, step: Step, **values: Any) -> None:
    """operator → waiting, in the old place; `values` are set on the handover."""
    changed = {"operator": None, "taken_at": None} | values
    connection.execute(update(handovers).where(open_of(conversation.id)).values(**changed))
    change_state(connection, conversation, step, operator=None)


def end_handover(connection: Connection, conversation: Conversation, step: Step) -> None:
    """waiting or operator → closed when the step is `closed`, else → bot. After an operator the danger is over.

    The files that the migrant has sent to the operator are forgotten.
    """
    forget_received(connection, conversation.id)
    ended = {"ended_at": step.at, "outcome": step.step}
    connection.execute(update(handovers).where(open_of(conversation.id)).values(**ended))
    is_over = step.step != "withdrawn"
    danger = {"danger": "none", "safety_level": "none", "safety_signs": ""} if is_over else {}
    change_state(connection, conversation, step, operator=None, **danger)


def reopen(connection: Connection, conversation: Conversation, now: datetime) -> None:
    """closed → bot: the migrant has written again."""
    change_state(connection, conversation, Step("reopened", "migrant", "", now))


def change_state(connection: Connection, conversation: Conversation, step: Step, **values: Any) -> None:
    """Make a change of `states.CHANGES` and log it; raises `ForbiddenChangeError`, also when another came before."""
    after = change_of(step.step, conversation.state).after
    unchanged = (conversations.c.id == conversation.id) & (conversations.c.state == conversation.state)
    changed = update(conversations).where(unchanged).values(state=after, **values)
    if connection.execute(changed).rowcount != 1:
        raise ForbiddenChangeError(f"{step.step!r}: the conversation is not in the state {conversation.state!r} now")
    log_step(connection, conversation.id, step)


def open_of(conversation_id: str) -> Any:
    """The condition of the one open handover of a conversation."""
    return (handovers.c.conversation_id == conversation_id) & handovers.c.ended_at.is_(None)


def log_step(connection: Connection, conversation_id: str, step: Step) -> None:
    """Write down who did what, when and why, and behind which message."""
    newest = select(func.max(transcript.c.cursor)).where(transcript.c.conversation_id == conversation_id)
    row = {"conversation_id": conversation_id, "step": step.step, "who": step.who, "why": step.why, "at": step.at}
    cursor = connection.execute(newest).scalar() or 0
    connection.execute(insert(handover_log).values(**row, after_cursor=cursor))
