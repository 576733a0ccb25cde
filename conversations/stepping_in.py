"""Stepping in: an operator takes a conversation that the bot has, without anybody having asked for a person."""

from datetime import datetime

from sqlalchemy import insert

from conversations.conversation import locked_conversation
from conversations.database import Database
from conversations.handover_steps import Step, change_state
from conversations.tables import handovers

REASON = "an operator stepped in"


def step_in(database: Database, conversation_id: str, operator: str, now: datetime) -> bool:
    """bot or closed → operator, at once for everybody; False: somebody waits there, or a colleague holds it.

    True also when this operator holds it already. Raises `UnknownConversationError`. What the bot has in work when it
    happens is not said any more.
    """
    with database.begin() as connection:
        conversation = locked_conversation(connection, conversation_id)
        if conversation.is_held:
            return conversation.operator == operator
        row = {"conversation_id": conversation_id, "reason": REASON, "danger": conversation.danger}
        taken = {"opened_at": now, "taken_at": now, "operator": operator, "signs": conversation.safety_signs}
        connection.execute(insert(handovers).values(**row, **taken))
        change_state(connection, conversation, Step("stepped_in", operator, "", now), operator=operator)
        return True
