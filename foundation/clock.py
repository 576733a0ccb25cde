"""The time, as an argument: whatever needs the time is given a clock."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

Clock = Callable[[], datetime]
DAY_BEGINS = timedelta(hours=3)
"""“Yesterday” is meant by the clock of Moscow, where most of those who write are: UTC+3."""


def utc_now() -> datetime:
    """The present moment, timezone-aware, in UTC."""
    return datetime.now(UTC)


def day_of(now: datetime) -> date:
    """The day that people mean by “today” at this moment."""
    return (now + DAY_BEGINS).date()
