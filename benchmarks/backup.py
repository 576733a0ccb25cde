"""Seconds of `safar backup` and `safar restore`: `python -m benchmarks.backup [messages] [address of a database]`."""

import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from conversations.backup import back_up
from conversations.conversation import Conversations
from conversations.database import Database, migrate, open_database
from conversations.restore import restore
from conversations.transcript import Transcript

NOW = datetime(2026, 11, 22, tzinfo=UTC)
MESSAGES_EACH = 20
WORDS = "Чтобы продлить патент, платите налог каждый месяц до дня, который стоит в прошлом чеке. " * 3


def main(messages: int, url: str | None) -> None:
    """Fill a database, back it up, restore it into an empty SQLite, and print the seconds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = open_database(url or f"sqlite:///{folder / 'source.db'}")
        migrate(source)
        _fill(source, messages)
        file, target = folder / "safar.backup", open_database(f"sqlite:///{folder / 'target.db'}")
        began = time.perf_counter()
        rows = back_up(source, file, None, None, NOW, _silent).rows.total()
        made = time.perf_counter()
        restore(target, file, False, _silent)
        done = time.perf_counter()
        kind = source.engine.dialect.name
        size_mb = file.stat().st_size / 1e6
        print(f"{kind}: {rows} rows; backup {made - began:.1f} s, {size_mb:.1f} MB; restore {done - made:.1f} s")
        source.close()
        target.close()


def _fill(database: Database, messages: int) -> None:
    conversations, transcript = Conversations(database), Transcript(database)
    for number in range(messages // MESSAGES_EACH):
        one = conversations.create("web", None, str(number), NOW).id
        for _ in range(MESSAGES_EACH):
            transcript.say(one, "bot", WORDS, [("Да", "/affirm")], None, (), NOW)


def _silent(_line: str) -> None:
    """Progress is not shown: the screen would be measured too."""


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, sys.argv[2] if len(sys.argv) > 2 else None)
