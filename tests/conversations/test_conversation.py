"""Conversations: made once for each address, found again, and what is remembered of them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta, timezone

import pytest

from conversations.conversation import UnknownConversationError, highest_danger
from tests.conversations.talk import START, Talk


def test_a_new_conversation_is_the_bots(talk: Talk) -> None:
    made = talk.conversations.create("web", None, "hash", START)
    assert (made.state, made.danger, made.is_greeted, made.address) == ("bot", "none", False, made.id)
    assert talk.conversations.get(made.id) == made
    assert talk.conversations.by_token_hash("hash") == made
    assert talk.conversations.by_address("web", made.id) == made


def test_an_address_has_one_conversation_even_when_two_make_it_at_once(talk: Talk) -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: talk.conversations.create("telegram", "7", None, START), range(8)))
    assert len({conversation.id for conversation in made}) == 1
    assert talk.conversations.create("whatsapp", "7", None, START).id != made[0].id


def test_unknown_ids_addresses_and_tokens_are_none(talk: Talk) -> None:
    assert talk.conversations.get("x") is None
    assert talk.conversations.by_address("telegram", "7") is None
    assert talk.conversations.by_token_hash("x") is None


def test_what_is_remembered_leaves_the_rest_as_it_is(talk: Talk) -> None:
    made = talk.begin()
    talk.conversations.remember(made, country="RU", variant="uz-Cyrl")
    talk.conversations.remember(made, citizenship="TJ", is_greeted=True)
    kept = talk.get(made)
    assert (kept.country, kept.citizenship, kept.variant, kept.is_greeted) == ("RU", "TJ", "uz-Cyrl", True)


def test_remembering_for_an_unknown_conversation_is_an_error(talk: Talk) -> None:
    with pytest.raises(UnknownConversationError):
        talk.conversations.remember("x", country="RU")


def test_times_come_back_in_utc(talk: Talk) -> None:
    in_tashkent = START.astimezone(timezone(timedelta(hours=5)))
    made = talk.conversations.create("web", None, None, in_tashkent)
    kept = talk.get(made.id).created_at
    assert kept == START
    assert kept.utcoffset() == timedelta(0)


def test_the_gravest_danger_is_the_highest() -> None:
    assert highest_danger("none", "urgent", "concern") == "urgent"
    with pytest.raises(ValueError):
        highest_danger("none", "panic")
