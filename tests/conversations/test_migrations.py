"""A database of an older Safar keeps all it holds when it is brought up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

import conversations.database
from conversations.conversation import Conversations
from conversations.database import migrate, open_database
from conversations.handover import Handovers
from conversations.notes import Note, Notes, write_note
from conversations.referral import Referrals
from tests.conversations.talk import START

FOLDER = Path(conversations.database.__file__).parent / "migrations"
CONVERSATION = """
INSERT INTO conversations (id, channel, address, is_language_chosen, state, danger, is_greeted, safety_level,
                           messages_since_safety, created_at, last_message_at)
VALUES ('one', 'web', 'one', false, 'waiting', 'concern', false, 'none', 0, :at, :at)
"""
HANDOVER = "INSERT INTO handovers (conversation_id, reason, danger, opened_at) VALUES ('one', 'wish', 'concern', :at)"


def test_who_waited_before_the_update_waits_after_it_and_can_get_a_note(database_url: str) -> None:
    database = open_database(database_url)
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    at = START.replace(tzinfo=None) if database.is_sqlite else START
    with database.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        for statement in (CONVERSATION, HANDOVER):
            connection.execute(text(statement), {"at": at})
    migrate(database)
    (waiting,) = Handovers(database).queue()
    assert (waiting.conversation_id, waiting.danger, waiting.since) == ("one", "concern", START)
    assert Conversations(database).get("one") is not None
    assert Notes(database).newest("one") is None and Referrals(database).of("one") == ()
    with database.begin() as connection:
        write_note(connection, "one", Note(route="information_answer"))
    assert Notes(database).newest("one") == Note(route="information_answer")
    database.close()
