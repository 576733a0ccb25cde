"""What the engine's reply may command: notes and counts of ids alone; any other shape is refused whole."""

import json
from typing import Any

import pytest

from bot.engine_reply import ReplyError, parse_reply
from conversations.commands import Command, CountNeeds, OpenHandover
from conversations.notes import Note

NOTE = {"signs": ["papers_kept"], "factors": ["SI3", "FA1"], "route": "legal_aid_first", "needs": ["documents"]}
OPEN = {"command": "open_handover", "reason": "screening", "danger": "concern", "note": NOTE}
COUNT = {"command": "count_needs", "needs": ["shelter", "legal_aid"], "country": "ru", "citizenship": None}


def _commands(*customs: dict[str, Any]) -> tuple[Command, ...]:
    rows = [{"text": "said"}, *({"custom": custom} for custom in customs)]
    return parse_reply(json.dumps({"messages": rows, "release": "r1"}).encode()).commands


def test_a_handover_carries_danger_and_note() -> None:
    note = Note(("papers_kept",), ("SI3", "FA1"), "legal_aid_first", ("documents",))
    assert _commands(OPEN) == (OpenHandover("screening", "concern", note=note),)


def test_a_handover_without_danger_and_note_is_as_before() -> None:
    assert _commands({"command": "open_handover"}) == (OpenHandover("", "none"),)


def test_parts_that_are_left_out_of_a_note_are_empty() -> None:
    (opened,) = _commands(OPEN | {"note": {"route": "information"}})
    assert isinstance(opened, OpenHandover)
    assert opened.note == Note(route="information")


def test_needs_are_counted_by_country_and_citizenship() -> None:
    assert _commands(COUNT) == (CountNeeds(("shelter", "legal_aid"), "RU", None),)
    assert _commands({"command": "count_needs", "needs": []}) == (CountNeeds(()),)


@pytest.mark.parametrize(
    "custom",
    [
        OPEN | {"danger": "terrible"},
        OPEN | {"danger": ["urgent"]},
        OPEN | {"note": "he keeps my passport"},
        OPEN | {"note": ["papers_kept"]},
        OPEN | {"note": NOTE | {"name": "Dilshod"}},
        OPEN | {"note": NOTE | {"signs": "papers_kept"}},
        OPEN | {"note": NOTE | {"signs": ["he keeps my passport"]}},
        OPEN | {"note": NOTE | {"signs": ["паспорт"]}},
        OPEN | {"note": NOTE | {"signs": [{"id": "papers_kept"}]}},
        OPEN | {"note": NOTE | {"signs": None}},
        OPEN | {"note": NOTE | {"route": ["information"]}},
        OPEN | {"note": NOTE | {"needs": ["a" * 61]}},
        OPEN | {"note": NOTE | {"needs": [f"n{number}" for number in range(41)]}},
        COUNT | {"needs": None},
        COUNT | {"needs": ["+7 900 000"]},
        COUNT | {"country": "Russia"},
        COUNT | {"citizenship": 7},
        COUNT | {"conversation": "abc"},
        {"command": "count_needs"},
        {"command": "count_need", "needs": []},
    ],
    ids=str,
)
def test_any_other_shape_is_refused_whole(custom: dict[str, Any]) -> None:
    with pytest.raises(ReplyError, match="unreadable"):
        _commands(custom)


def test_a_message_brings_its_files() -> None:
    row = {"name": "days.png", "media_type": "image/png", "content": "iVBORw0KGgo="}
    body = {"messages": [{"text": "said", "attachments": [row]}, {"text": "more"}]}
    first, second = parse_reply(json.dumps(body).encode()).messages
    assert [(each.name, each.content) for each in first.attachments] == [("days.png", b"\x89PNG\r\n\x1a\n")]
    assert second.attachments == ()


@pytest.mark.parametrize("change", [{"media_type": "text/html"}, {"content": "PHNjcmlwdD4="}, {"name": "../a.png"}])
def test_a_reply_with_a_file_that_is_not_sent_is_refused_whole(change: dict[str, str]) -> None:
    row = {"name": "days.png", "media_type": "image/png", "content": "iVBORw0KGgo="} | change
    with pytest.raises(ReplyError, match="unreadable"):
        parse_reply(json.dumps({"messages": [{"text": "said", "attachments": [row]}]}).encode())
