"""Duties: one gateway has each, keeps it by renewing, and leaves it to another by death or by word."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from conversations.database import Database
from conversations.duties import Duties

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
POLLING = "telegram polling"


def test_a_duty_is_its_holders_until_the_lease_ends(database: Database) -> None:
    duties = Duties(database)
    assert duties.take(POLLING, "a", NOW, 10)
    assert not duties.take(POLLING, "b", NOW + timedelta(seconds=9), 10)
    assert duties.take(POLLING, "a", NOW + timedelta(seconds=9), 10), "renewed in time"
    assert not duties.take(POLLING, "b", NOW + timedelta(seconds=18), 10)
    assert duties.take(POLLING, "b", NOW + timedelta(seconds=19), 10), "the first one is dead"
    assert not duties.take(POLLING, "a", NOW + timedelta(seconds=20), 10)
    assert duties.take("another duty", "a", NOW, 10)


def test_a_duty_that_is_given_up_is_free_at_once(database: Database) -> None:
    duties = Duties(database)
    duties.take(POLLING, "a", NOW, 10)
    duties.give_up(POLLING, "b", NOW)
    assert not duties.take(POLLING, "b", NOW, 10), "nobody gives up what is another's"
    duties.give_up(POLLING, "a", NOW)
    assert duties.take(POLLING, "b", NOW, 10)


@pytest.mark.parametrize("has_had_a_holder", [False, True])
def test_of_many_at_once_one_takes_it(database: Database, has_had_a_holder: bool) -> None:
    if has_had_a_holder:
        Duties(database).take(POLLING, "dead", NOW - timedelta(minutes=1), 10)
    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(lambda name: Duties(database).take(POLLING, name, NOW, 10), "abcdefgh"))
    assert sum(taken) == 1
