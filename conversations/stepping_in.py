"""Stepping in: an operator takes a conversation that the bot has, without anybody having asked for a person."""

from datetime import datetime

from sqlalchemy import insert

from conversations.conversation import locked_conversation
from conversations.database import Database
from conversations.handover_steps import Step, log_step, take_handover
from conversations.tables import handovers

REASON = "an operator stepped in"


def step_in(database: Database, conversation_id: str, operator: str, now: datetime) -> bool:
    """bot, closed or waiting → operator, at once for everybody; False: a colleague holds it, nothing was changed.

    True also when this operator holds it already. Raises `UnknownConversationError`. What the bot has in work when it
    happens is not said any more.
    """
    with database.begin() as connection:
        conversation = locked_conversation(connection, conversation_id)
        if conversation.state == "operator":
            return conversation.operator == operator
        if conversation.state != "waiting":
            signs, level = conversation.safety_signs, conversation.danger
            row = {"conversation_id": conversation_id, "reason": REASON, "danger": level, "signs": signs}
            connection.execute(insert(handovers).values(opened_at=now, **row))
            log_step(connection, conversation_id, Step("stepped_in", operator, "", now))
        take_handover(connection, conversation, operator, now)
        return True
