"""The engine's memory: versions refuse a lost update, answers are kept with the state."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from conversations.database import Database
from conversations.dialogue_state import DialogueStates, StateChangedError
from conversations.erasure import erase
from tests.conversations.talk import START, Talk


@pytest.fixture
def states(database: Database) -> DialogueStates:
    return DialogueStates(database)


def test_a_state_is_loaded_as_it_was_saved(states: DialogueStates) -> None:
    assert states.load("c1") is None
    assert states.save("c1", None, '{"слот": "ҷ"}', "m1", '["a"]', START) == 1
    assert states.load("c1") == (1, '{"слот": "ҷ"}')
    assert states.save("c1", 1, "{}", "m2", '["b"]', START) == 2
    assert states.load("c1") == (2, "{}")
    assert states.sender_ids() == ("c1",)


def test_the_answer_to_each_message_is_kept(states: DialogueStates) -> None:
    states.save("c1", None, "{}", "m1", '["a"]', START)
    states.save("c1", 1, "{}", "m2", None, START)
    states.save("c1", 2, "{}", None, None, START)
    assert states.answer_to("c1", "m1") == '["a"]'
    assert states.answer_to("c1", "m2") is None
    assert states.answer_to("c2", "m1") is None
    states.save("c1", 3, "{}", "m1", '["anew"]', START)
    assert states.answer_to("c1", "m1") == '["anew"]'


@pytest.mark.parametrize("version", [None, 0, 2, 7])
def test_a_state_that_has_changed_is_not_overwritten(states: DialogueStates, version: int | None) -> None:
    states.save("c1", None, "mine", "m1", '["a"]', START)
    with pytest.raises(StateChangedError):
        states.save("c1", version, "theirs", "m2", '["b"]', START)
    assert states.load("c1") == (1, "mine")
    assert states.answer_to("c1", "m2") is None


def test_of_many_who_save_at_once_one_wins(states: DialogueStates) -> None:
    states.save("c1", None, "{}", None, None, START)
    barrier = threading.Barrier(6)

    def save(number: int) -> bool:
        barrier.wait()
        try:
            return states.save("c1", 1, str(number), f"m{number}", "[]", START) == 2
        except StateChangedError:
            return False

    with ThreadPoolExecutor(6) as threads:
        won = list(threads.map(save, range(6)))
    assert sum(won) == 1
    assert states.load("c1") == (2, str(won.index(True)))


def test_old_answers_are_swept_and_states_stay(states: DialogueStates) -> None:
    states.save("c1", None, "{}", "old", "[]", START)
    states.save("c1", 1, "{}", "new", "[]", START + timedelta(days=7))
    assert states.sweep(START + timedelta(days=1)) == 1
    assert states.answer_to("c1", "old") is None
    assert states.answer_to("c1", "new") == "[]"
    assert states.load("c1") is not None


def test_a_turn_that_was_in_work_does_not_bring_an_erased_dialogue_back(states: DialogueStates, talk: Talk) -> None:
    one = talk.begin()
    states.save(one, None, "{}", "m1", "[]", talk.now)
    erase(talk.database, one, talk.now)
    for version in (1, None):
        with pytest.raises(StateChangedError):
            states.save(one, version, "{}", "m2", "[]", talk.now)
    assert states.load(one) is None
    assert states.answer_to(one, "m1") is None


def test_a_turn_that_forgets_leaves_no_answer_to_an_earlier_message(states: DialogueStates) -> None:
    states.save("c1", None, "{}", "m1", '["a preview"]', START)
    states.save("c2", None, "{}", "m1", '["of another"]', START)
    states.save("c1", 1, "{}", "m2", '["forgotten"]', START, is_forgetting=True)
    assert states.answer_to("c1", "m1") is None
    assert states.answer_to("c1", "m2") == '["forgotten"]'
    assert states.answer_to("c2", "m1") == '["of another"]'
