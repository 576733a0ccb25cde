"""One proof: fill, look what is there, erase in the chat while an operator holds it, look what is left."""

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.erasure.filling import SECRET, Filled, make_home, talk, until, word, work_on
from benchmarks.erasure.traces import Traces
from conversations.cleaning import rewrite
from conversations.conversation import Conversations
from conversations.database import Database, open_database
from conversations.erasure import tidy
from conversations.handover import Handovers
from conversations.tables import farewells, metadata, platform_deletions
from conversations.transcript import Transcript
from foundation.clock import utc_now
from foundation.logs import FORMAT
from foundation.settings import PROJECT
from language.identify import Identifier
from language.wording import Wording
from tests.bot.engine_stand_in import EngineStandIn
from tests.bot.running_gateway import GatewayThread
from tests.telegram_emulator import TelegramEmulator
from tests.telegram_emulator.people import Person

COUNTS = frozenset({"totals", "needs_counted", "erased_dialogues", "erased_messages", "erasure_keys"})
"""Tables that may hold rows afterwards: counts, and keyed hashes with their key."""


@dataclass(frozen=True)
class Result:
    """Traces by table and file, before and after; `rows` are those that are left, by table.

    `data_files` are PostgreSQL's own: after VACUUM, and after the tables were written anew at night; None elsewhere.
    """

    tables_before: Counter[str]
    files_before: Counter[str]
    tables: Counter[str]
    files: Counter[str]
    rows: Counter[str]
    last_sentence: str
    is_silent_after: bool
    data_files_before: Counter[str] | None = None
    data_files_vacuumed: Counter[str] | None = None
    data_files: Counter[str] | None = None


def prove(folder: Path, database_url: str | None = None) -> Result:
    """Run the proof in an empty folder; without a database's address on SQLite, in the home that is searched too."""
    home = make_home(folder / "home")
    url = database_url or f"sqlite:///{home / 'safar.db'}"
    engine = EngineStandIn(home)
    engine.start()
    try:
        with TelegramEmulator() as telegram, _log_into(home / "logs" / "safar.log"):
            return _prove(home, url, engine, telegram)
    finally:
        engine.stop()


def _prove(home: Path, url: str, engine: EngineStandIn, telegram: TelegramEmulator) -> Result:
    environ = {
        "SAFAR_HOME": str(home),
        "SAFAR_DATABASE_URL": url,
        "SAFAR_TELEGRAM_TOKEN": telegram.token,
        "SAFAR_TELEGRAM_API_URL": telegram.url,
    }
    identifier, person = Identifier.load(), telegram.person("ru")
    with _running(environ, identifier):
        talk(person, engine)
    database = open_database(url)
    try:
        filled = work_on(database, person)
        traces = Traces(filled.needles)
        before = (traces.in_tables(database), traces.in_files(home))
        data_before = None if database.is_sqlite else traces.in_data_files(database)
        with _running(environ, identifier):
            last = _erase_in_the_chat(database, filled, person)
        return _search(home, database, traces, filled, before, data_before, last)
    finally:
        database.close()


def _erase_in_the_chat(database: Database, filled: Filled, person: Person) -> str:
    """By typed words, whose question cannot even be delivered, with one message still unanswered."""
    wording = Wording.load(PROJECT / "data" / "responses")
    person.writes(f"{word('unanswered')} ещё вопрос")
    person.writes("/delete")
    asked, said = wording.text("confirm_erase", "ru"), Transcript(database)
    until(lambda: any(each.text == asked for each in said.after(filled.conversation.id)), "the question")
    assert Handovers(database).held()[0].conversation_id == filled.conversation.id, "an operator holds it"
    person.writes("да")
    until(lambda: Conversations(database).get(filled.conversation.id) is None, "the erasure")
    last = person.sees_text(wording.text("erased_telegram", "ru").split(",")[0]).text
    until(lambda: not _waiting(database), "what is to be said and taken back")
    assert [shown.text for shown in person.sees() if SECRET in shown.text] == [], "the messenger shows nothing of it"
    return last


def _search(
    home: Path,
    database: Database,
    traces: Traces,
    filled: Filled,
    before: tuple[Counter[str], Counter[str]],
    data_before: Counter[str] | None,
    last: str,
) -> Result:
    tidy(database, utc_now() + timedelta(minutes=1))
    vacuumed = rewritten = None
    if not database.is_sqlite:
        vacuumed = traces.in_data_files(database)
        rewrite(database)
        rewritten = traces.in_data_files(database)
    return Result(
        tables_before=before[0],
        files_before=before[1],
        tables=traces.in_tables(database),
        files=traces.in_files(home),
        rows=_rows(database),
        last_sentence=last,
        is_silent_after=Conversations(database).by_address("telegram", filled.conversation.address) is None,
        data_files_before=data_before,
        data_files_vacuumed=vacuumed,
        data_files=rewritten,
    )


def _rows(database: Database) -> Counter[str]:
    with database.read() as connection:
        counted = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }
    return +Counter(counted)


def _waiting(database: Database) -> int:
    with database.read() as connection:
        tables = (farewells, platform_deletions)
        return sum(connection.execute(select(func.count()).select_from(each)).scalar_one() for each in tables)


@contextmanager
def _running(environ: dict[str, str], identifier: Identifier) -> Iterator[GatewayThread]:
    gateway = GatewayThread(environ, identifier).start()
    try:
        yield gateway
    finally:
        gateway.stop()


@contextmanager
def _log_into(file: Path) -> Iterator[None]:
    """Everything that any part logs, down to the smallest word, goes into a file that is searched too."""
    file.parent.mkdir(parents=True)
    handler = logging.FileHandler(file, encoding="utf-8")
    handler.setFormatter(logging.Formatter(FORMAT, defaults={"process_name": "gateway"}))
    root = logging.getLogger()
    level, noisy = root.level, [logging.getLogger(name) for name in ("httpx", "httpcore", "alembic")]
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for each in noisy:
        each.setLevel(logging.WARNING)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        handler.close()
