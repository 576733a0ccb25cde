"""Says each response in the migrant's language: texts come from the content's `responses`, languages side by side."""

from pathlib import Path
from typing import Any

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.engine.fold_text import VARIANT
from language.wording import Wording

DEFAULT_VARIANT = "ru"
# Keys of a response that Rasa merges itself, and names that `Wording.text` has for its own arguments.
_NO_VALUES = frozenset(
    {"text", "buttons", "elements", "custom", "template", "image", "attachment", "self", "key", VARIANT}
)


class SideBySideResponses(NaturalLanguageGenerator):
    """Rasa's response generator; `content` of endpoints.yml is the folder that has `responses`."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain | None = None) -> None:
        self._wording = Wording.load(Path(endpoint_config.kwargs["content"]) / "responses")

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any]:
        """Text and buttons of a response, slots and given values filled in; raises `WordingError` without such."""
        variant = variant_to_answer_in(tracker)
        values = {**tracker.current_slot_values(), **kwargs}
        filled = {name: value for name, value in values.items() if name not in _NO_VALUES and value is not None}
        return {
            "text": self._wording.text(utter_action, variant, **filled),
            "buttons": [
                {"title": title, "payload": payload} for title, payload in self._wording.buttons(utter_action, variant)
            ],
        }


def variant_to_answer_in(tracker: DialogueStateTracker) -> str:
    """What the gateway says of this message; else the slot `variant`; Russian if nobody knows."""
    message = tracker.latest_message
    spoken = (message.metadata or {}).get(VARIANT) if message else None
    return str(spoken or tracker.current_slot_values().get(VARIANT) or DEFAULT_VARIANT)
