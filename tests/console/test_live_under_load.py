"""A small form of `python -m benchmarks.console_live`: nothing is lost, and it is on the screens in time."""

import asyncio
from pathlib import Path

from benchmarks.console_live import measure, prepare, running_console


def test_messages_to_many_open_pages_all_come_in_time(database_url: str, tmp_path: Path) -> None:
    crowd = prepare(database_url, operators=8, conversations=40)
    with running_console(database_url, tmp_path) as (address, process):
        found = asyncio.run(measure(database_url, address, process.pid, crowd, messages=40, rate=20))
    assert found.lost == 0
    assert found.at(0.5) < 1.0
