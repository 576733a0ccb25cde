"""One suite for every messenger: each recorded payload, anonymised, is read into the events that it means."""

import importlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

PAYLOADS = Path(__file__).parents[2] / "payloads"
CHANNELS = ("telegram", "whatsapp")
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
AT_LEAST = 25


def recorded(channel: str) -> list[Path]:
    return sorted((PAYLOADS / channel).glob("*.json"))


def cases() -> Iterator[Any]:
    for channel in CHANNELS:
        for path in recorded(channel):
            yield pytest.param(channel, path, id=f"{channel} {path.stem}")


@pytest.mark.parametrize(("channel", "path"), cases())
def test_a_recorded_payload_is_read_as_it_was_meant(channel: str, path: Path) -> None:
    case = json.loads(path.read_text("utf-8"))
    assert case["about"]
    events = importlib.import_module(f"bot.channels.{channel}.payloads").read(case["raw"], NOW)
    assert [type(event).__name__ for event in events] == [expected["type"] for expected in case["events"]]
    for event, expected in zip(events, case["events"], strict=True):
        meant = {name: value for name, value in expected.items() if name != "type"}
        assert {name: getattr(event, name) for name in meant} == meant


@pytest.mark.parametrize("channel", CHANNELS)
def test_there_are_enough_of_each(channel: str) -> None:
    assert len(recorded(channel)) >= AT_LEAST


def test_every_folder_of_payloads_is_a_channel() -> None:
    assert {path.name for path in PAYLOADS.iterdir()} == set(CHANNELS)
