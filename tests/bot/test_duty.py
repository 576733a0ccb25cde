"""A gateway's duty: another one takes over at once after a stop, within the lease after a death."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.duty import LEASE_SECONDS, RENEW_SECONDS, Duty
from bot.threads import Threads
from conversations.database import Database
from conversations.duties import Duties


class Clock:
    """Stands still unless a test moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def threads() -> Iterator[Threads]:
    pool = Threads()
    yield pool
    pool.close()


async def _is_mine(duty: Duty, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await duty.until_mine()
    except TimeoutError:
        return False
    return True


async def test_one_of_two_has_it_and_the_other_takes_over(database: Database, threads: Threads) -> None:
    clock = Clock()
    first, second, third = (Duty("polling", name, Duties(database), threads, clock) for name in "abc")
    first.start()
    assert await _is_mine(first, 10)
    second.start()
    assert not await _is_mine(second, 0.5)
    await first.stop()
    assert await _is_mine(second, RENEW_SECONDS + 5), "given up at the stop"

    third.start()
    assert not await _is_mine(third, 0.5)
    assert second._task is not None
    second._task.cancel()  # as when its process dies: nothing is given up
    clock.now += timedelta(seconds=LEASE_SECONDS - 1)
    assert not await _is_mine(third, RENEW_SECONDS + 1)
    clock.now += timedelta(seconds=1)
    assert await _is_mine(third, RENEW_SECONDS + 5)
    await third.stop()


async def test_who_lost_it_to_another_waits_again(database: Database, threads: Threads) -> None:
    clock = Clock()
    duty = Duty("polling", "a", Duties(database), threads, clock)
    duty.start()
    assert await _is_mine(duty, 10)
    assert Duties(database).take("polling", "b", clock.now + timedelta(seconds=LEASE_SECONDS), 3600)
    await asyncio.sleep(RENEW_SECONDS + 1.5)
    assert not await _is_mine(duty, 0.1)
    await duty.stop()
