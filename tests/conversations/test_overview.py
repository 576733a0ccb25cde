"""The list of all conversations: filtered, page by page, fast with ten thousand of them."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import insert

from conversations.overview import PAGE, Listed, Place, list_conversations
from conversations.tables import conversations
from tests.conversations.talk import START, Talk

MANY = 10_000


def _all(talk: Talk, **filters: str) -> list[Listed]:
    found: list[Listed] = []
    behind = None
    while True:
        page, behind = list_conversations(talk.database, filters, behind)
        found += page
        if behind is None:
            return found


def _fill(talk: Talk, count: int) -> None:
    levels, variants = ("none", "none", "none", "concern", "urgent"), ("ru", "uz", "tg", "ky", "kk", "en", "uz-Cyrl")
    rows = [
        {"id": f"c{n:05}", "channel": ("web", "telegram", "whatsapp")[n % 3], "address": str(n), "state": "bot"}
        | {"variant": variants[n % 7], "danger": levels[n % 5], "heard_at": START, "created_at": START}
        | {"last_message_at": START + timedelta(seconds=n // 3)}
        for n in range(count)
    ]
    with talk.database.begin() as connection:
        connection.execute(insert(conversations), rows)


def test_every_conversation_stands_on_exactly_one_page_the_newest_first(talk: Talk) -> None:
    _fill(talk, 3 * PAGE + 7)
    found = _all(talk)
    assert len({each.id for each in found}) == len(found) == 3 * PAGE + 7
    assert [each.last_message_at for each in found] == sorted((each.last_message_at for each in found), reverse=True)


def test_filters_go_together(talk: Talk) -> None:
    _fill(talk, 420)
    found = _all(talk, channel="telegram", danger="urgent")
    assert found and all((each.channel, each.danger) == ("telegram", "urgent") for each in found)
    assert len(found) == len([n for n in range(420) if n % 3 == 1 and n % 5 == 4])
    assert not _all(talk, state="operator")


def test_who_has_written_nothing_is_not_in_the_list(talk: Talk) -> None:
    talk.begin()
    written = talk.begin()
    talk.write(written, "m1")
    assert [each.id for each in _all(talk)] == [written]


@pytest.mark.parametrize("text", ["", "x", "12-", "-a", "9" * 30 + "-a", "٣-a", "1763715600000000"])
def test_a_place_that_is_none_is_the_beginning(text: str) -> None:
    assert Place.read(text) is None


def test_a_place_is_read_as_it_was_written() -> None:
    place = Place(START + timedelta(microseconds=7), "c1")
    assert Place.read(place.text()) == place


def test_a_page_among_ten_thousand_is_quick(talk: Talk) -> None:
    _fill(talk, MANY)
    taken, behind = [], None
    for filters in ({}, {"danger": "urgent"}, {"variant": "tg", "channel": "web"}, {"state": "operator"}) * 3:
        began = time.monotonic()
        _, behind = list_conversations(talk.database, filters, behind)
        taken.append(time.monotonic() - began)
    assert sorted(taken)[-2] < 0.5
