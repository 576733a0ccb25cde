"""Conversations of people who have been silent for long are erased, and old files forgotten."""

import time
from collections.abc import Callable
from datetime import timedelta

from conversations.attachments import PICKED_UP_WITHIN, Attachments
from conversations.conversation import Conversations
from conversations.database import Database
from conversations.reply import Attachment, Reply
from foundation.clock import utc_now
from tests.bot.running_gateway import GatewayThread
from tests.conversations.talk import Talk

Begin = Callable[[dict[str, str]], GatewayThread]


def test_who_was_silent_for_longer_than_the_setting_is_erased_and_others_stay(
    environ: dict[str, str], begin: Begin, database: Database
) -> None:
    conversations = Conversations(database)
    silent = conversations.create("web", None, None, utc_now() - timedelta(days=31))
    recent = conversations.create("web", None, None, utc_now() - timedelta(days=29))
    begin(environ | {"SAFAR_RETENTION_DAYS": "30"})
    end = time.monotonic() + 5
    while conversations.get(silent.id):
        assert time.monotonic() < end
        time.sleep(0.05)
    assert conversations.get(recent.id)


def test_a_retention_of_no_days_keeps_everything(environ: dict[str, str], begin: Begin, database: Database) -> None:
    conversations = Conversations(database)
    silent = conversations.create("web", None, None, utc_now() - timedelta(days=3000))
    begin(environ | {"SAFAR_RETENTION_DAYS": "0"})
    time.sleep(0.5)
    assert conversations.get(silent.id)


def test_old_files_are_forgotten_whatever_the_setting(
    environ: dict[str, str], begin: Begin, database: Database
) -> None:
    talk = Talk(database)
    talk.now = utc_now() - PICKED_UP_WITHIN - timedelta(minutes=1)
    conversation_id = talk.begin()
    talk.write(conversation_id, "m1")
    talk.turn(Reply("Мана", attachments=(Attachment("days.png", "image/png", b"\x89PNG\r\n\x1a\n"),)))
    cursor = talk.said(conversation_id)[-1].cursor
    assert Attachments(database).file(conversation_id, cursor, 0)
    begin(environ | {"SAFAR_RETENTION_DAYS": "0"})
    end = time.monotonic() + 5
    while Attachments(database).file(conversation_id, cursor, 0):
        assert time.monotonic() < end
        time.sleep(0.05)
