"""What Telegram sends becomes events, or is refused with a reason; never anything else."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.channels.channel import IncomingMessage, UnreadableError
from bot.channels.telegram.payloads import callback_id, read, update_id
from tests.bot.channels.telegram.mutated_updates import RECORDED, mutated, recorded

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
MUTATIONS = 2_000


def test_mutated_updates_are_read_or_refused_and_nothing_else() -> None:
    """Seeded: what fails once fails again. Whatever is read has the types of the contract."""
    chance = random.Random(20260301)
    refused = 0
    for _ in range(MUTATIONS):
        raw = mutated(recorded(chance.choice(RECORDED)), chance)
        callback_id(raw), update_id(raw)
        try:
            events = read(raw, NOW)
        except UnreadableError as error:
            refused += 1
            assert len(str(error)) < 80
            continue
        for event in events:
            _check_types(event)
    assert 100 < refused < MUTATIONS, "the mutations hit neither nothing nor everything"


def _check_types(event: object) -> None:
    assert isinstance(getattr(event, "address", None), str)
    int(event.address)  # type: ignore[attr-defined]
    if isinstance(event, IncomingMessage):
        assert isinstance(event.text, str) and isinstance(event.kind, str)
        assert event.message_id[0] in "mcg" and len(event.message_id) <= 128
        assert event.at <= NOW and event.at.tzinfo is not None
        assert event.language_hint is None or len(event.language_hint) <= 40


@pytest.mark.parametrize("raw", [None, [], "update", 5, {"message": None}, {"callback_query": {"id": 7}}])
def test_what_is_no_update_is_refused(raw: Any) -> None:
    with pytest.raises(UnreadableError):
        read(raw, NOW)


def test_the_reason_of_a_refusal_holds_no_words_of_the_person() -> None:
    with pytest.raises(UnreadableError) as refused:
        read({"message": {"message_id": "мой секрет", "chat": {"id": 1, "type": "private"}}}, NOW)
    assert "секрет" not in str(refused.value)


def _at(update: dict[str, Any]) -> datetime:
    (event,) = read(update, NOW)
    assert isinstance(event, IncomingMessage)
    return event.at


def test_the_time_of_a_message_is_telegrams_and_never_in_the_future() -> None:
    message = {"message_id": 1, "chat": {"id": 5, "type": "private"}, "text": "a"}
    written_at = int((NOW - timedelta(minutes=3)).timestamp())
    assert _at({"message": message | {"date": written_at}}) == NOW - timedelta(minutes=3)
    assert _at({"message": message | {"date": written_at + 9_000}}) == NOW
    edited = message | {"date": written_at - 600, "edit_date": written_at}
    assert _at({"edited_message": edited}) == NOW - timedelta(minutes=3)


def test_the_number_of_an_update_is_found_even_where_it_cannot_be_read() -> None:
    assert update_id({"update_id": 7, "message": 5}) == 7
    strange: tuple[object, ...] = (None, [], {}, {"update_id": True}, {"update_id": "7"}, {"update_id": -1})
    assert all(update_id(raw) is None for raw in strange)
