"""Needs counted without the person: once a turn, by day, and kept when the conversation goes."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from conversations.commands import CountNeeds, OpenHandover
from conversations.erasure import erase
from conversations.needs import SMALLEST_SHOWN, NeedsCounted
from conversations.reply import Reply
from conversations.tables import needs_counted
from tests.conversations.talk import Talk

COUNT = CountNeeds(("passport_kept", "legal_aid", "passport_kept"), "RU", "TJ")


def _screened(talk: Talk, *commands: CountNeeds) -> str:
    one = talk.begin()
    talk.write(one, "m1", variant="uz-Cyrl")
    talk.turn(Reply("done"), commands=commands)
    return one


def _counts(talk: Talk) -> dict[tuple[str, str], int]:
    return {(each.need, each.country): each.count for each in NeedsCounted(talk.database).by_month()}


def test_each_need_is_counted_once_however_often_it_stands_there(talk: Talk) -> None:
    _screened(talk, COUNT)
    _screened(talk, COUNT)
    assert _counts(talk) == {("legal_aid", "RU"): 2, ("passport_kept", "RU"): 2}


def test_a_turn_that_is_tried_again_counts_once(talk: Talk) -> None:
    one = talk.begin()
    talk.write(one, "m1")
    first = talk.claim()
    talk.inbox.put_back(first, talk.now)
    again = talk.claim()
    assert not talk.finish(first, Reply("late"), commands=[COUNT])
    assert talk.finish(again, Reply("done"), commands=[COUNT])
    assert not talk.finish(again, Reply("done"), commands=[COUNT])
    assert set(_counts(talk).values()) == {1}


def test_a_turn_that_fails_counts_nothing(talk: Talk) -> None:
    talk.write(talk.begin(), "m1")
    claimed = talk.claim()
    with pytest.raises(ValueError):
        talk.finish(claimed, Reply("done"), commands=[COUNT, OpenHandover("wish", "panic")])
    assert _counts(talk) == {}


def test_a_row_holds_a_day_and_nothing_of_the_person(talk: Talk) -> None:
    talk.now = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    one = _screened(talk, CountNeeds(("shelter",)))
    with talk.database.read() as connection:
        (row,) = connection.execute(select(needs_counted)).mappings()
    assert dict(row) == {
        "day": date(2026, 11, 30),
        "need": "shelter",
        "country": "",
        "citizenship": "",
        "language": "uz",
        "count": 1,
    }
    assert one not in str(row)


def test_months_stand_apart_the_newest_first_and_days_and_languages_are_added_up(talk: Talk) -> None:
    for day in (3, 4):
        talk.now = datetime(2026, 10, day, 9, tzinfo=UTC)
        _screened(talk, CountNeeds(("shelter",), "RU", "TJ"))
        _screened(talk, CountNeeds(("shelter",), "RU", "UZ"))
    talk.now = datetime(2026, 11, 1, 9, tzinfo=UTC)
    _screened(talk, CountNeeds(("shelter",), "KZ", "UZ"))
    found = [(each.month, each.country, each.count) for each in NeedsCounted(talk.database).by_month()]
    assert found == [(date(2026, 11, 1), "KZ", 1), (date(2026, 10, 1), "RU", 4)]


def test_a_count_under_three_is_small(talk: Talk) -> None:
    for _ in range(SMALLEST_SHOWN - 1):
        _screened(talk, COUNT)
    assert all(each.is_small for each in NeedsCounted(talk.database).by_month())
    _screened(talk, COUNT)
    assert not any(each.is_small for each in NeedsCounted(talk.database).by_month())


def test_counts_stay_when_the_conversation_is_erased(talk: Talk) -> None:
    one = _screened(talk, COUNT)
    assert erase(talk.database, one, talk.now)
    assert _counts(talk) == {("legal_aid", "RU"): 1, ("passport_kept", "RU"): 1}
