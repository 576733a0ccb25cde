"""A new program on the home of an old one: its database of the first revision, its release that lacks newer texts."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from conversations.database import Database, open_database
from conversations.revisions import known_revisions, revision_of, upgrade
from foundation.clock import utc_now
from language.wording import Wording
from tests.bot.web_person import WebPerson
from tests.ways.running_safar import RunningSafar
from tests.ways.speech import SPEECHES
from tests.ways.talk import Talk

NEWER_TEXTS = ("embed.yml", "reminders.yml")
"""Files of texts that came after the first releases."""
TOKEN = "token-of-an-old-conversation-0123456789abcdef"
CONVERSATION = """
INSERT INTO conversations (id, channel, address, token_hash, variant, is_language_chosen, state, danger, is_greeted,
                           safety_level, messages_since_safety, created_at, last_message_at)
VALUES ('old', 'web', 'old', :token, 'ru', true, 'bot', 'none', true, 'none', 0, :at, :at)
"""
SAID = """
INSERT INTO transcript (conversation_id, sender, text, buttons, at, signs, answers)
VALUES ('old', 'bot', 'Сказано до обновления', '[]', :at, '[]', '[]')
"""


@pytest.fixture
def old(release: Path, tmp_path: Path) -> Iterator[RunningSafar]:
    """The home of the old program; the new one is not started yet."""
    running = RunningSafar(tmp_path / "home", release)
    responses = running.home / "releases" / release.name / "content" / "responses"
    for name in NEWER_TEXTS:
        (responses / name).unlink(missing_ok=True)
    database = open_database(f"sqlite:///{running.home / 'safar.db'}")
    _fill(database)
    database.close()
    yield running
    running.stop()


def _fill(database: Database) -> None:
    token = hashlib.sha256(TOKEN.encode()).hexdigest()
    with database.begin() as connection:
        upgrade(connection, known_revisions()[0])
        for statement in (CONVERSATION, SAID):
            named = {"token": token, "at": utc_now().replace(tzinfo=None)}
            connection.execute(text(statement), {key: named[key] for key in named if f":{key}" in statement})


def test_the_new_program_starts_on_it_and_old_conversations_go_on(old: RunningSafar, wording: Wording) -> None:
    backup = old.command("backup", str(old.home / "before.backup"))
    assert backup.returncode == 0, backup.stderr.decode()
    old.start()
    database = open_database(f"sqlite:///{old.home / 'safar.db'}")
    with database.read() as connection:
        assert revision_of(connection) == known_revisions()[-1]
    database.close()
    person = WebPerson(old.url)
    person.headers = {"Authorization": f"Bearer {TOKEN}"}
    talk = Talk(person, wording, "ru")
    talk.say(SPEECHES["ru"].question).hears("answer_source")
    assert person.seen[0]["text"] == "Сказано до обновления"
    for path in ("/chat/", "/chat/embed.js", "/chat/api/texts?variant=tg"):
        assert person.http.get(path).status_code == 200, path
    assert person.http.get("/chat/api/texts?variant=tg").json()["texts"]["unsent"], "the program's own text"
    assert "Traceback" not in old.logged()
    person.close()
    assert old.terminate()[0] == 0
    back = old.command("restore", str(old.home / "before.backup"), "--replace")
    assert back.returncode == 0, back.stderr.decode()
