"""Texts in the migrant's language, out of the content's responses."""

from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.engine.responses import SideBySideResponses
from language.wording import WordingError
from tests.bot.engine.running_engine import PROJECT


@pytest.fixture(scope="module")
def responses() -> SideBySideResponses:
    return SideBySideResponses(EndpointConfig(content=str(PROJECT)), Domain.empty())


def tracker(metadata: dict[str, Any] | None = None, **slots: Any) -> DialogueStateTracker:
    """A conversation with these slots, whose last message has this metadata."""
    found = DialogueStateTracker("s", [AnySlot(name, mappings=[{}]) for name in slots])
    found.update_with_events([SlotSet(name, value) for name, value in slots.items()], None)
    found.update(UserUttered("?", metadata=metadata))
    return found


@pytest.mark.parametrize(
    ("metadata", "slots", "expected"),
    [
        ({"variant": "tg"}, {"variant": "kk"}, "Салом"),
        (None, {"variant": "kk"}, "Сәлем"),
        (None, {"variant": "uz-Cyrl"}, "Ассалому алайкум"),
        (None, {}, "Здравствуйте"),
    ],
)
async def test_the_variant_of_the_message_decides_then_the_slot(
    responses: SideBySideResponses, metadata: dict[str, Any] | None, slots: dict[str, Any], expected: str
) -> None:
    said = await responses.generate("utter_greet", tracker(metadata, **slots), "engine")
    assert said["text"] == expected
    assert said["buttons"][0]["payload"] == "/arrival"


async def test_slots_and_given_values_fill_the_placeholders(responses: SideBySideResponses) -> None:
    said = await responses.generate("utter_ask_day", tracker(place="Казань", variant="ru"), "engine")
    assert said["text"].startswith("Вы в Казань.")
    said = await responses.generate(
        "utter_ask_day", tracker(place="Казань", key="k", text="t"), "engine", place="Омск", text=None, buttons=[]
    )
    assert said["text"].startswith("Вы в Омск.")


async def test_an_unknown_response_is_an_error(responses: SideBySideResponses) -> None:
    with pytest.raises(WordingError):
        await responses.generate("utter_nothing", tracker(), "engine")
