"""The tracker store of constant cost, by itself and inside Rasa, on both databases."""

import contextlib
import json
import random
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rasa.core.agent import Agent
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig

from bot.engine.compaction import MAX_TURNS_IN_FORM
from bot.engine.tracker_store import ANSWERS_KEPT, TURNS_KEPT, CompactTrackerStore, StateChangedError
from bot.engine.turn import read_turn
from bot.engine.turn_output import TurnOutput
from conversations.database import open_database
from conversations.dialogue_state import DialogueStates
from tests.bot.engine.action_server import ActionServer, said
from tests.bot.engine.conftest import migrated
from tests.bot.engine.running_engine import PROJECT, RunningEngine

Start = Callable[[str], RunningEngine]
QUESTIONS = ("/unpaid", "/greet", "/bye", '/inform{"citizenship":"TJ"}', '/inform{"citizenship":"UZ"}')
STEPS_OF_FORM = ("/arrival", '/inform{"city":"Казань"}', '/inform{"date":"2026-03-12"}', "/stop_form")
MAX_COST_RATIO = 1.5
DOMAIN = Domain.load(PROJECT / "domain.yml")


@pytest.fixture
def store(database_url: str) -> CompactTrackerStore:
    """A store on a database of its own."""
    return CompactTrackerStore(DOMAIN, database_url=migrated(database_url))


class Speaker:
    """One conversation with an agent in this process."""

    def __init__(self, model: Path, store: TrackerStore | None, actions: ActionServer) -> None:
        nlg = EndpointConfig(type="bot.engine.responses.SideBySideResponses", content=str(PROJECT))
        action_endpoint = EndpointConfig(url=actions.url)
        self.agent = Agent.load(model, tracker_store=store, generator=nlg, action_endpoint=action_endpoint)
        self.turns = 0

    async def say(self, payload: str) -> list[str]:
        """Send a button; returns the texts of the answer."""
        self.turns += 1
        body = {"sender": "s", "id": str(self.turns), "payload": payload, "metadata": {"variant": "tg"}}
        turn = read_turn(json.dumps(body).encode(), self.agent.domain)
        output = TurnOutput()
        await self.agent.handle_message(turn.as_message(output))
        return [message["text"] for message in output.messages]

    async def state(self) -> tuple[dict[str, object], str | None]:
        """Slots and active form."""
        tracker = await self.agent.tracker_store.retrieve("s")
        return tracker.current_slot_values(), tracker.active_loop_name


async def test_no_answer_and_no_state_differs_from_the_store_in_memory(
    model: Path, tmp_path: Path, actions: ActionServer
) -> None:
    store = CompactTrackerStore(DOMAIN, database_url=migrated(f"sqlite:///{tmp_path / 'safar.db'}"))
    actions.results["action_answer"] = lambda call: {"events": [], "responses": [{"text": _seen(call)}]}
    compact, whole = Speaker(model, store, actions), Speaker(model, InMemoryTrackerStore(store.domain), actions)
    chance = random.Random(20)
    for number in range(80):
        payload = chance.choice(QUESTIONS + STEPS_OF_FORM)
        assert await compact.say(payload) == await whole.say(payload), f"turn {number}: {payload}"
        assert await compact.state() == await whole.state(), f"turn {number}: {payload}"


async def test_a_form_that_is_open_is_never_cut(model: Path, store: CompactTrackerStore, actions: ActionServer) -> None:
    speaker = Speaker(model, store, actions)
    for payload in ("/greet", "/arrival", '/inform{"city":"Казань"}', *["/unpaid"] * (2 * TURNS_KEPT)):
        await speaker.say(payload)
    tracker = await store.retrieve("s")
    assert tracker.active_loop_name == "arrival_form"
    assert "/arrival" in [event.text for event in tracker.events if event.type_name == "user"]
    assert await speaker.say('/inform{"date":"2026-03-12"}') == ["place Казань, day 2026-03-12"]


async def test_a_form_left_open_for_long_stays_small_and_can_be_filled(
    model: Path, store: CompactTrackerStore, actions: ActionServer
) -> None:
    speaker = Speaker(model, store, actions)
    await speaker.say("/arrival")
    for _ in range(2 * MAX_TURNS_IN_FORM):
        assert await speaker.say("/unpaid") == ["Далел ҷамъ кунед", "Шумо дар куҷо?"]
    tracker = await store.retrieve("s")
    assert sum(event.type_name == "user" for event in tracker.events) <= MAX_TURNS_IN_FORM
    assert await speaker.say('/inform{"city":"Казань"}') == ["Шумо дар Казань. Аз кадом рӯз?"]
    assert await speaker.say('/inform{"date":"2026-03-12"}') == ["place Казань, day 2026-03-12"]
    assert await speaker.state() == ({**(await speaker.state())[0], "requested_slot": None}, None)


async def test_what_is_stored_does_not_grow(
    model: Path, store: CompactTrackerStore, actions: ActionServer, database_url: str
) -> None:
    speaker = Speaker(model, store, actions)
    sizes = []
    for _ in range(60):
        await speaker.say("/unpaid")
        sizes.append(_stored_size(database_url))
    assert sizes[-1] < 1.1 * sizes[10]


async def test_two_engines_cannot_write_the_same_state(
    model: Path, store: CompactTrackerStore, actions: ActionServer
) -> None:
    speaker = Speaker(model, store, actions)
    await speaker.say("/greet")
    mine, theirs = await store.retrieve("s"), await store.retrieve("s")
    await store.save(theirs)
    with pytest.raises(StateChangedError):
        await store.save(mine)


def test_a_state_written_meanwhile_is_a_conflict_and_the_message_can_be_sent_again(
    start_engine: Start, actions: ActionServer, database_url: str
) -> None:
    engine = start_engine(database_url)
    engine.ask("s", "1", "/greet")
    statuses: list[int] = []
    actions.hold.clear()
    body = {"sender": "s", "id": "2", "payload": "/slow", "metadata": {"variant": "ru"}}
    slow = threading.Thread(target=lambda: statuses.append(engine.post(body).status_code))
    slow.start()
    assert actions.entered.wait(10)
    _save_beside(database_url)
    actions.hold.set()
    slow.join(20)
    assert statuses == [409]
    assert engine.texts("s", "2", "/slow") == ["slow 2"]


def test_a_killed_engine_leaves_no_half_turn_and_moves_no_form_twice(
    start_engine: Start, actions: ActionServer, database_url: str
) -> None:
    engine = start_engine(database_url)
    engine.ask("s", "1", "/arrival")
    engine.ask("s", "2", '/inform{"city":"Казань"}')
    before = engine.events("s")
    actions.results["action_deadline"] = actions.results["action_slow"]
    actions.hold.clear()
    body = {"sender": "s", "id": "3", "payload": '/inform{"date":"2026-03-12"}', "metadata": {"variant": "ru"}}
    threading.Thread(target=lambda: _ignore_errors(lambda: engine.post(body)), daemon=True).start()
    assert actions.entered.wait(10)
    engine.kill()
    actions.hold.set()
    assert engine.events("s") == before
    engine.start()
    answer = engine.texts("s", "3", '/inform{"date":"2026-03-12"}')
    assert answer == ["slow 0"]
    assert engine.texts("s", "3", '/inform{"date":"2026-03-12"}') == answer
    assert actions.calls["action_deadline"] == 2
    assert sum(event["event"] == "user" for event in engine.events("s")) == 3


def test_a_failed_read_is_an_error_and_no_new_conversation(start_engine: Start, tmp_path: Path) -> None:
    engine = start_engine(f"sqlite:///{tmp_path / 'safar.db'}")
    engine.ask("s", "1", "/greet")
    with open_database(f"sqlite:///{tmp_path / 'safar.db'}").begin() as connection:
        connection.exec_driver_sql("ALTER TABLE dialogue_states RENAME TO elsewhere")
    response = engine.post({"sender": "s", "id": "2", "payload": "/greet", "metadata": {}})
    assert response.status_code == 500
    assert response.json()["error"]


def test_turn_200_costs_at_most_half_more_than_turn_10(engine: RunningEngine) -> None:
    costs = []
    for number in range(220):
        if number in (5, 35, 190):
            costs.append(engine.processor_seconds())
        engine.ask("long", str(number), "здравствуйте" if number % 2 else "/unpaid")
    early, late = (costs[1] - costs[0]) / 30, (engine.processor_seconds() - costs[2]) / 30
    assert late < MAX_COST_RATIO * early, f"{1000 * early:.1f} ms early, {1000 * late:.1f} ms late"


async def test_answers_are_kept_for_a_week(model: Path, actions: ActionServer, database_url: str) -> None:
    now = datetime(2026, 11, 21, tzinfo=UTC)
    store = CompactTrackerStore(database_url=migrated(database_url), clock=lambda: now)
    speaker = Speaker(model, store, actions)
    await speaker.say("/greet")
    now += ANSWERS_KEPT - timedelta(hours=1)
    await speaker.say("/greet")
    assert await store.answer_to("s", "1")
    now += timedelta(hours=2)
    await speaker.say("/greet")
    assert await store.answer_to("s", "1") is None
    assert await store.answer_to("s", "2")


async def test_files_are_kept_with_the_answer_and_never_with_the_state(
    model: Path, store: CompactTrackerStore, actions: ActionServer, database_url: str
) -> None:
    rows = [{"name": "letter.pdf", "media_type": "application/pdf", "content": "JVBERi0xLjc="}]
    actions.results["action_answer"] = lambda call: said("Here it is", attachment=rows)
    speaker = Speaker(model, store, actions)
    await speaker.say("/unpaid")
    kept = await store.answer_to("s", "1")
    assert kept is not None and kept[0]["attachments"] == rows
    state = DialogueStates(open_database(database_url)).load("s")
    assert state is not None and "Here it is" in state.json
    assert "JVBERi0xLjc=" not in state.json


def _seen(call: dict[str, object]) -> str:
    """What an action can see that must not depend on compaction: slots, form, the latest message."""
    tracker = call["tracker"]
    assert isinstance(tracker, dict)
    slots = {name: value for name, value in tracker["slots"].items() if name != "session_started_metadata"}
    return json.dumps([slots, tracker["active_loop"], tracker["latest_message"]["text"]], ensure_ascii=False)


def _stored_size(database_url: str) -> int:
    state = DialogueStates(open_database(database_url)).load("s")
    assert state is not None
    return len(state.json)


def _save_beside(database_url: str) -> None:
    states = DialogueStates(open_database(database_url))
    state = states.load("s")
    assert state is not None
    states.save("s", state.version, state.json, None, None, datetime.now(UTC))


def _ignore_errors(call: Callable[[], object]) -> None:
    with contextlib.suppress(Exception):
        call()
