"""What tells a process that something was written, and what has changed by it."""

from collections.abc import Callable

import pytest

from conversations.database import open_database
from conversations.erasure import erase
from conversations.handover import Handovers
from conversations.internal_notes import InternalNotes
from conversations.outbox import Outbox
from conversations.platform_messages import PlatformMessages
from conversations.pulse import Pulse
from conversations.stepping_in import step_in
from conversations.watched import standings
from tests.conversations.talk import Talk


def test_the_pulse_moves_with_each_write_of_this_or_another_process(talk: Talk) -> None:
    pulse, other = Pulse(talk.database), open_database(talk.database.engine.url.render_as_string(hide_password=False))
    try:
        still = pulse.now()
        assert {pulse.now() for _ in range(5)} == {still} or not talk.database.is_sqlite
        talk.begin()
        after_own = pulse.now()
        assert after_own != still
        Talk(other).begin("whatsapp")
        assert pulse.now() != after_own
    finally:
        pulse.close()
        other.close()


def test_a_pulse_that_has_lost_its_connection_finds_a_new_one(talk: Talk) -> None:
    pulse = Pulse(talk.database)
    pulse.now()
    pulse._connection.close()
    with pytest.raises(Exception):  # noqa: B017 - each driver has its own
        pulse.now()
    assert pulse.now()
    pulse.close()


def _write(talk: Talk, conversation_id: str) -> None:
    talk.write(conversation_id, "m9")


def _deliver(talk: Talk, _conversation_id: str) -> None:
    (due,) = Outbox(talk.database).due(talk.now, 1, ["whatsapp"])
    Outbox(talk.database).delivered(due.cursor, talk.now)


def _mark(talk: Talk, conversation_id: str) -> None:
    cursor = talk.said(conversation_id)[-1].cursor
    PlatformMessages(talk.database).taken(conversation_id, cursor, "p", talk.now)
    assert PlatformMessages(talk.database).mark("whatsapp", "p", "read", None, talk.now)


def _note(talk: Talk, conversation_id: str) -> None:
    InternalNotes(talk.database).write(conversation_id, "Madina", "боится", talk.now)


def _step_in(talk: Talk, conversation_id: str) -> None:
    assert step_in(talk.database, conversation_id, "Madina", talk.now)


def _block(talk: Talk, _conversation_id: str) -> None:
    PlatformMessages(talk.database).reachable("whatsapp", "1", False, talk.now)


def _learn(talk: Talk, conversation_id: str) -> None:
    talk.conversations.remember(conversation_id, country="KZ")


def _erase(talk: Talk, conversation_id: str) -> None:
    erase(talk.database, conversation_id, talk.now)


@pytest.mark.parametrize("change", [_write, _deliver, _mark, _note, _step_in, _block, _learn, _erase])
def test_each_change_that_a_page_shows_changes_how_the_conversation_stands(
    talk: Talk, change: Callable[[Talk, str], None]
) -> None:
    watched, other = talk.begin("whatsapp"), talk.begin("whatsapp")
    talk.transcript.say(watched, "bot", "Салом", [], None, (), talk.now)
    before = standings(talk.database, [watched, other])
    assert standings(talk.database, [watched, other]) == before
    change(talk, watched)
    after = standings(talk.database, [watched, other])
    assert after.get(watched) != before[watched]
    assert after[other] == before[other]


def test_many_conversations_are_asked_for_at_once(talk: Talk) -> None:
    ids = [talk.begin() for _ in range(450)]
    assert set(standings(talk.database, [*ids, "unknown"])) == set(ids)


def test_stepping_in_takes_what_the_bot_has_and_nothing_else(talk: Talk) -> None:
    handovers = Handovers(talk.database)
    of_bot, waiting = talk.begin(), talk.begin()
    handovers.open(waiting, "", "none", talk.now)
    assert step_in(talk.database, of_bot, "Madina", talk.now)
    assert step_in(talk.database, of_bot, "Madina", talk.now), "twice is once"
    assert not step_in(talk.database, of_bot, "Rustam", talk.now)
    assert not step_in(talk.database, waiting, "Rustam", talk.now)
    assert (talk.get(of_bot).state, talk.get(of_bot).operator) == ("operator", "Madina")
    assert [(step.step, step.who) for step in handovers.log(of_bot)] == [("stepped_in", "Madina")]
    assert [each.conversation_id for each in handovers.held("Madina")] == [of_bot]
    handovers.close(of_bot, "Madina", "бот", talk.now)
    assert step_in(talk.database, of_bot, "Rustam", talk.now), "a closed one too"
