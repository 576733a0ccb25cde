"""What is told for a complaint is in no table once its document is made; ticks and answers last over a new session."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import SessionConfig

from actions.ground import Ground
from actions.tick_evidence import TICKED
from bot.engine.tracker_store import CompactTrackerStore
from conversations.attachment_json import attachments_from_json
from conversations.database import open_database
from conversations.dialogue_state import forget_files
from conversations.reply import Attachment
from tests.actions.conftest import TODAY
from tests.actions.rule_conversation import RuleConversation
from tests.actions.wages_texts import COMPLAIN, EMPLOYER, IN_RUSSIA, MAKE, PLACE, TRIED, WORK, tell_all, tick
from tests.bot.engine.conftest import migrated
from tests.guidance.pdf_text import text_of_pdf

A_MOMENT_MINUTES = timedelta(microseconds=1) / timedelta(minutes=1)


@pytest.fixture
def file(tmp_path: Path, rules_agent: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The database of an engine that keeps its dialogues."""
    path = tmp_path / "safar.db"
    store = CompactTrackerStore(rules_agent.domain, database_url=migrated(f"sqlite:///{path}"))
    monkeypatch.setattr(rules_agent, "tracker_store", store)
    monkeypatch.setattr(rules_agent.processor, "tracker_store", store)
    yield path


def _everything(path: Path) -> str:
    with sqlite3.connect(path) as database:
        names = [row[0] for row in database.execute("select name from sqlite_master where type = 'table'")]
        return "\n".join(str(row) for name in names for row in database.execute(f'select * from "{name}"'))


def _files(path: Path) -> tuple[Attachment, ...]:
    """What the gateway gets with the answer."""
    with sqlite3.connect(path) as database:
        answer = database.execute("select answer from dialogue_answers order by at desc").fetchone()[0]
    return attachments_from_json(json.loads(answer)[-1]["attachments"])


def _forget_files(path: Path) -> None:
    """As the gateway does in the transaction that writes the turn."""
    with sqlite3.connect(path) as database:
        sender, message = database.execute("select sender_id, message_id from dialogue_answers").fetchone()
    with open_database(f"sqlite:///{path}").begin() as connection:
        forget_files(connection, sender, message)


async def test_nothing_of_what_was_told_is_in_the_engines_tables_after_the_document(
    rules_agent: Any, file: Path, ground: Ground
) -> None:
    talk = RuleConversation(rules_agent, "forgetting", "ru", TODAY)
    await talk.tap(tick("contract"))
    await tell_all(talk)
    assert EMPLOYER in _everything(file)
    assert await talk.tap(MAKE) == ground.wording.text("complaint_made", "ru")
    files = _files(file)
    assert EMPLOYER in text_of_pdf(files[0].content)
    _forget_files(file)
    kept = _everything(file)
    for told in (EMPLOYER, PLACE, WORK, TRIED, "180"):
        assert told not in kept
    assert "contract" in kept


async def test_forgetting_on_request_leaves_nothing_either(rules_agent: Any, file: Path) -> None:
    talk = RuleConversation(rules_agent, "on request", "ru", TODAY)
    await tell_all(talk)
    await talk.tap('/start_wages{"step": "forget"}')
    assert EMPLOYER not in _everything(file)


async def test_ticks_and_answers_last_over_days_and_a_new_session(
    rules_agent: Any, file: Path, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = RuleConversation(rules_agent, "days later", "ru", TODAY)
    await talk.tap(tick("contract"))
    await talk.tap(COMPLAIN)
    await talk.tap(IN_RUSSIA)
    await talk.say(EMPLOYER, "nlu_fallback")
    later = RuleConversation(rules_agent, "days later", "ru", TODAY + timedelta(days=5))
    monkeypatch.setattr(rules_agent.domain, "session_config", SessionConfig(A_MOMENT_MINUTES, True))
    assert (await later.tap(tick("pass"))).count(TICKED) == 2
    asked = await later.tap(COMPLAIN)
    assert ground.wording.text("ask_complaint_place", "ru") in asked
