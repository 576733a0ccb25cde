"""The patches of rasa 3.6.21 change how quickly and how honestly it works, and nothing else."""

import asyncio
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.engine import loader
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.engine.compiled_schema import ActionResultError
from bot.engine.ordered_graph_runner import OrderedGraphRunner
from tests.bot.engine.action_server import ActionServer


def test_a_schema_is_not_compiled_with_each_result(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: Any) -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr(jsonschema, "validate", refuse)
    monkeypatch.setattr(RemoteAction, "action_response_format_spec", refuse)
    assert RemoteAction("action_x", None)._validate_action_result({"events": [], "responses": [{"text": "a"}]})


@pytest.mark.parametrize("result", [{"events": "x", "responses": []}, {"events": [{"no": "event"}]}, []])
def test_an_invalid_result_is_refused_without_repeating_it(result: Any) -> None:
    with pytest.raises(ActionResultError) as error:
        RemoteAction("action_x", None)._validate_action_result(result)
    assert "action_x" in str(error.value)
    assert "no" not in str(error.value).split()[-1]


def test_types_of_events_are_found_as_before() -> None:
    for kind in Event.__subclasses__():
        if kind.__dict__.get("type_name") and not kind.__abstractmethods__:
            assert Event.resolve_by_type(kind.type_name) is kind
    with pytest.raises(ValueError, match="unheard_of"):
        Event.resolve_by_type("unheard_of")


def test_a_store_is_used_unwrapped() -> None:
    store = InMemoryTrackerStore(Domain.empty())
    assert Agent(domain=Domain.empty(), tracker_store=store).tracker_store is store


@pytest.mark.parametrize("text", ["мне не платят зарплату", "привет", "я гражданин Узбекистана"])
def test_the_order_of_steps_gives_what_dask_gives(model: Path, tmp_path: Path, text: str) -> None:
    found = []
    for number, runner_class in enumerate((OrderedGraphRunner, DaskGraphRunner)):
        folder = tmp_path / str(number)
        folder.mkdir()
        metadata, runner = loader.load_predict_graph_runner(folder, model, LocalModelStorage, runner_class)
        message = UserMessage(text, message_id="1")
        inputs = {PLACEHOLDER_MESSAGE: [message], PLACEHOLDER_TRACKER: DialogueStateTracker.from_events("s", [])}
        (parsed,) = runner.run(inputs=inputs, targets=[metadata.nlu_target])[metadata.nlu_target]
        found.append(parsed.as_dict(only_output_properties=True))
    assert found[0] == found[1]


async def test_calls_to_the_action_server_share_a_connection(actions: ActionServer) -> None:
    endpoint = EndpointConfig(url=actions.url)
    for _ in range(5):
        await endpoint.request(json={"next_action": "action_answer"}, method="post")
    assert actions.calls["action_answer"] == 5
    assert actions.connections == 1


def test_another_event_loop_gets_connections_of_its_own(actions: ActionServer) -> None:
    endpoint = EndpointConfig(url=actions.url)
    for _ in range(2):
        asyncio.run(endpoint.request(json={"next_action": "action_answer"}, method="post"))
    assert actions.calls["action_answer"] == 2
