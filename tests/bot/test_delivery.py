"""Delivery: in order, again after a failure and by its own word, never a part twice; what was erased is taken back."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.channel import Limits, OutgoingMessage, PartTaken, SendError
from bot.delivery import MAX_TRIES, Delivery, pause_seconds
from bot.metrics import Metrics
from bot.threads import Threads
from conversations.claim import Claimed
from conversations.commands import Command, QuickExit
from conversations.conversation import Conversations
from conversations.database import Database, migrate, open_database
from conversations.inbox import Inbox, NewMessage
from conversations.outbox import Outbox
from conversations.platform_messages import PlatformMessages
from conversations.reply import Reply
from conversations.turn import finish_turn


class Postman:
    """A channel in memory. Each text is cut at “|” into parts; `failures` are raised one after the other."""

    channel = "telegram"
    limits = Limits(4096, 8, 64)

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.deleted: list[tuple[str, tuple[str, ...]]] = []
        self.failures: list[Exception | None] = []
        self.is_slow = False

    async def send(self, message: OutgoingMessage, taken: PartTaken) -> None:
        for part in message.text.split("|")[message.sent_parts :]:
            if failure := self.failures.pop(0) if self.failures else None:
                raise failure
            if self.is_slow:
                await asyncio.sleep(60)
            self.sent.append((message.address, part))
            await taken(f"p{len(self.sent)}")

    async def delete(self, address: str, platform_ids: Sequence[str]) -> None:
        if failure := self.failures.pop(0) if self.failures else None:
            raise failure
        self.deleted.append((address, tuple(platform_ids)))


class Post:
    """A database, a delivery on it, and a clock that a test moves."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = datetime(2026, 11, 21, 9, tzinfo=UTC)
        self.postman = Postman()
        self.outbox = Outbox(database)
        self.ids = PlatformMessages(database)
        self.inbox = Inbox(database)
        self._number = 0

    def clock(self) -> datetime:
        return self.now

    def answer(self, address: str, *texts: str, commands: Sequence[Command] = ()) -> str:
        conversation = Conversations(self.database).create("telegram", address, None, self.now)
        self._number += 1
        one = NewMessage(conversation.id, f"m{self._number}", "savol", platform_id=f"own{self._number}")
        self.inbox.store(one, self.now)
        claimed = self.inbox.claim("worker", self.now, 60)
        assert isinstance(claimed, Claimed)
        assert finish_turn(self.database, claimed, [Reply(text) for text in texts], commands, None, self.now)
        return conversation.id

    @asynccontextmanager
    async def delivering(self) -> AsyncIterator[Delivery]:
        threads = Threads()
        senders = {"telegram": self.postman}
        delivery = Delivery(self.outbox, self.ids, senders, threads, Metrics(), self.clock)
        delivery.start()
        try:
            yield delivery
        finally:
            await delivery.stop(0.2)
            threads.close()

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(60):
            while not is_so():
                await asyncio.sleep(0.02)

    def outcome(self) -> list[tuple[str | None, str | None]]:
        with self.database.read() as connection:
            rows = connection.exec_driver_sql("SELECT outcome, reason FROM outbox ORDER BY cursor").all()
        return [(row[0], row[1]) for row in rows]


@pytest.fixture
def post(database_url: str) -> Post:
    database = open_database(database_url)
    migrate(database)
    return Post(database)


async def test_messages_of_one_person_go_out_in_order(post: Post) -> None:
    for number in range(5):
        post.answer("1", f"{number}a", f"{number}b")
        post.answer("2", f"{number}c")
    async with post.delivering():
        await post.until(lambda: len(post.postman.sent) == 15)
    assert [text for address, text in post.postman.sent if address == "1"] == [
        f"{number}{letter}" for number in range(5) for letter in "ab"
    ]
    assert post.outbox.pending_count() == 0


async def test_a_failure_is_tried_again_when_the_platform_says_so(post: Post) -> None:
    post.answer("1", "one", "two")
    post.postman.failures = [SendError("throttled", is_retryable=True, retry_after_seconds=30)]
    async with post.delivering():
        await post.until(lambda: post.outcome()[0][1] == "throttled")
        post.now += timedelta(seconds=29)
        await asyncio.sleep(0.6)
        assert post.postman.sent == []
        post.now += timedelta(seconds=2)
        await post.until(lambda: len(post.postman.sent) == 2)
    assert [text for _, text in post.postman.sent] == ["one", "two"]


async def test_a_part_that_was_taken_is_not_sent_again(post: Post) -> None:
    post.answer("1", "one|two|three")
    post.postman.failures = [None, None, ConnectionError()]
    async with post.delivering():
        await post.until(lambda: post.outcome()[0][1] is not None)
        post.now += timedelta(minutes=1)
        await post.until(lambda: len(post.postman.sent) == 3)
    assert [text for _, text in post.postman.sent] == ["one", "two", "three"]


async def test_what_can_never_be_delivered_lets_the_next_one_go(post: Post) -> None:
    post.answer("1", "one", "two")
    post.postman.failures = [SendError("too_long", is_retryable=False)]
    async with post.delivering():
        await post.until(lambda: post.outbox.pending_count() == 0)
    assert post.outcome() == [("failed", "too_long"), ("delivered", None)]
    assert [text for _, text in post.postman.sent] == ["two"]


async def test_one_who_has_blocked_us_is_left_alone_until_they_write(post: Post) -> None:
    post.answer("1", "one", "two")
    post.postman.failures = [SendError("blocked", is_retryable=False)]
    async with post.delivering():
        await post.until(lambda: post.outcome()[0] == ("failed", "blocked"))
        await asyncio.sleep(0.6)
        assert post.postman.sent == []
        post.answer("1", "three")
        await post.until(lambda: len(post.postman.sent) == 2)
    assert [text for _, text in post.postman.sent] == ["two", "three"]


async def test_a_quick_exit_is_carried_out_on_the_platform_even_after_a_failure(post: Post) -> None:
    async with post.delivering():
        post.answer("1", "one|two")
        await post.until(lambda: post.outbox.pending_count() == 0)
        post.postman.failures = [ConnectionError(), None]
        post.answer("1", "closed", commands=[QuickExit()])
        await post.until(lambda: not post.postman.failures)
        post.now += timedelta(minutes=2)
        await post.until(lambda: bool(post.postman.deleted))
    # The clock may leap over a lease while a deletion is being noted: then it is asked for twice, which harms nobody.
    assert set(post.postman.deleted) == {("1", ("own1", "p1", "p2", "own2"))}


async def test_what_is_under_way_at_the_stop_is_sent_after_the_next_start(post: Post) -> None:
    post.answer("1", "one")
    post.postman.is_slow = True
    async with post.delivering():
        await asyncio.sleep(0.5)
    post.postman.is_slow = False
    post.now += timedelta(minutes=2)
    async with post.delivering():
        await post.until(lambda: post.outbox.pending_count() == 0)
    assert [text for _, text in post.postman.sent] == ["one"]


def test_the_wait_grows_but_not_for_ever() -> None:
    assert 0.7 < pause_seconds(1) < 1.3
    assert 400 < pause_seconds(MAX_TRIES) < 800
    assert len({pause_seconds(5) for _ in range(20)}) > 1
