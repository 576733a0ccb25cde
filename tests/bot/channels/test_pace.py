"""Our own pace: a burst at once, then steadily; in order; and a rest that the platform asks for."""

import asyncio
import time

import pytest

from bot.channels.channel import SendError
from bot.channels.pace import LONGEST_WAIT_SECONDS, Pace, Rate

FAST = Rate(per_second=1000.0, burst=1000)


class Watch:
    """A clock that a test moves by hand."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


async def test_in_no_second_more_than_thirty_leave_though_a_hundred_wait() -> None:
    pace = Pace(Rate(per_second=26.0, burst=4), FAST)
    left: list[float] = []

    async def send(number: int) -> None:
        await pace.turn(str(number))
        left.append(time.monotonic())

    await asyncio.gather(*(send(number) for number in range(60)))
    left.sort()
    assert max(sum(1 for each in left if 0 <= each - first < 1.0) for first in left) <= 32
    assert left[-1] - left[0] >= 2.0


async def test_one_person_gets_a_burst_and_then_one_a_second_and_does_not_hold_up_others() -> None:
    pace = Pace(FAST, Rate(per_second=4.0, burst=3))
    began = time.monotonic()
    for _ in range(3):
        await pace.turn("a")
    assert time.monotonic() - began < 0.2
    waiting = asyncio.create_task(pace.turn("a"))
    await pace.turn("b")
    assert not waiting.done()
    await waiting
    assert time.monotonic() - began >= 0.2


async def test_who_would_wait_too_long_is_told_when_to_come_again() -> None:
    watch = Watch()
    pace = Pace(FAST, Rate(per_second=1 / 20, burst=1), watch)
    await pace.turn("a")
    with pytest.raises(SendError) as refused:
        await pace.turn("a")
    assert (refused.value.reason, refused.value.is_retryable) == ("paced", True)
    assert refused.value.retry_after_seconds == pytest.approx(20)
    watch.at += 20
    await pace.turn("a")


async def test_a_rest_holds_up_its_person_alone() -> None:
    watch = Watch()
    pace = Pace(FAST, FAST, watch)
    pace.rest("a", LONGEST_WAIT_SECONDS + 5)
    with pytest.raises(SendError):
        await pace.turn("a")
    await pace.turn("b")
    watch.at += LONGEST_WAIT_SECONDS + 5
    await pace.turn("a")


@pytest.mark.parametrize("is_for_all", [True, False])
async def test_a_rest_that_concerns_all_or_two_people_at_once_holds_up_everybody(is_for_all: bool) -> None:
    watch = Watch()
    pace = Pace(FAST, FAST, watch)
    pace.rest("a", 30, is_for_all=is_for_all)
    if not is_for_all:
        pace.rest("b", 30)
    with pytest.raises(SendError):
        await pace.turn("c")
    watch.at += 30
    await pace.turn("c")


async def test_a_short_rest_is_waited_out() -> None:
    pace = Pace(FAST, FAST)
    pace.rest("a", 0.3)
    began = time.monotonic()
    await pace.turn("a")
    assert time.monotonic() - began >= 0.29
