"""The steps of a handover, inside an open transaction that has locked the conversation and the transcript's end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from conversations import writing
from conversations.conversation import Conversation, change_conversation, highest_danger
from conversations.signs import join_signs
from conversations.tables import handover_log, handovers


@dataclass(frozen=True)
class Step:
    """One line of the log. `step`: opened, raised, taken, answered, given_back, closed, withdrawn or reopened."""

    step: str
    who: str
    why: str
    at: datetime


def open_handover(
    connection: Connection,
    conversation: Conversation,
    reason: str,
    danger: str,
    now: datetime,
    signs: Sequence[str] = (),
) -> bool:
    """bot or closed → waiting; False where somebody waits or talks already: then only its danger may rise.

    Level and signs of what the conversation has said so far go along.
    """
    if conversation.is_held:
        note_danger(connection, conversation, danger, now, signs)
        return False
    level = highest_danger(danger, conversation.danger)
    joined = join_signs(conversation.safety_signs, signs)
    row = {"conversation_id": conversation.id, "reason": reason, "danger": level, "opened_at": now, "signs": joined}
    connection.execute(insert(handovers).values(**row))
    values = {"state": "waiting", "operator": None, "danger": level, "safety_signs": joined}
    change_conversation(connection, conversation.id, **values)
    log_step(connection, conversation.id, Step("opened", "migrant", reason, now))
    writing.count(connection, "handovers")
    return True


def note_danger(
    connection: Connection, conversation: Conversation, danger: str, now: datetime, signs: Sequence[str] = ()
) -> None:
    """Let the open handover of a held conversation move forward when its danger has risen; new signs are added."""
    is_open = (handovers.c.conversation_id == conversation.id) & handovers.c.ended_at.is_(None)
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


def take_handover(connection: Connection, conversation: Conversation, operator: str, now: datetime) -> None:
    """waiting → operator."""
    is_open = (handovers.c.conversation_id == conversation.id) & handovers.c.ended_at.is_(None)
    connection.execute(update(handovers).where(is_open).values(operator=operator, taken_at=now))
    change_conversation(connection, conversation.id, state="operator", operator=operator)
    log_step(connection, conversation.id, Step("taken", operator, "", now))


def end_handover(connection: Connection, conversation: Conversation, step: Step) -> None:
    """waiting or operator → closed when the step is `closed`, else → bot. After an operator the danger is over."""
    is_open = (handovers.c.conversation_id == conversation.id) & handovers.c.ended_at.is_(None)
    connection.execute(update(handovers).where(is_open).values(ended_at=step.at, outcome=step.step))
    values = {"state": "closed" if step.step == "closed" else "bot", "operator": None}
    if step.step != "withdrawn":
        values |= {"danger": "none", "safety_level": "none", "safety_signs": ""}
    change_conversation(connection, conversation.id, **values)
    log_step(connection, conversation.id, step)


def reopen(connection: Connection, conversation: Conversation, now: datetime) -> None:
    """closed → bot: the migrant has written again."""
    change_conversation(connection, conversation.id, state="bot")
    log_step(connection, conversation.id, Step("reopened", "migrant", "", now))


def log_step(connection: Connection, conversation_id: str, step: Step) -> None:
    """Write down who did what, when and why."""
    row = {"conversation_id": conversation_id, "step": step.step, "who": step.who, "why": step.why, "at": step.at}
    connection.execute(insert(handover_log).values(**row))
