"""A conversation as its person lives it: something is said or tapped, something is heard, in one language."""

import re

from language.wording import Wording
from tests.bot.web_person import Shown, WebPerson

ANSWER_SECONDS = 60
PLACEHOLDERS = (
    "country countries citizenship entered_on last_day advised_day days_left days source date day domain number"
    " numbers limit"
).split()


class Talk:
    """Wraps a person at the web chat. `heard` is what came back to the last message, in order."""

    def __init__(self, person: WebPerson, wording: Wording, variant: str) -> None:
        self.person, self.wording, self.variant = person, wording, variant
        self.heard: list[Shown] = []

    def say(self, text: str) -> "Talk":
        """Write, and wait for the answer."""
        return self.after(self.person.write(text))

    def tap(self, payload: str) -> "Talk":
        """Press a button, and wait for the answer."""
        return self.after(self.person.press(payload))

    @property
    def text(self) -> str:
        """All that came back to the last message."""
        return "\n\n".join(message["text"] for message in self.heard)

    @property
    def payloads(self) -> list[str]:
        """What the buttons send that came back to the last message."""
        return [button["payload"] for message in self.heard for button in message["buttons"]]

    def hears(self, *keys: str, variant: str | None = None) -> "Talk":
        """Check that these texts of the wording came back, in this order, whatever their placeholders hold."""
        expected = ".*?".join(spoken(self.wording, key, variant or self.variant) for key in keys)
        assert re.search(expected, self.text, re.DOTALL), f"{self.variant}: no {keys} in: {self.text}"
        return self

    def after(self, message_id: str) -> "Talk":
        """Wait for the answer to a message that was sent; there must be just one."""
        answer = self.person.answer_to(message_id, ANSWER_SECONDS)
        said = next(n for n, message in enumerate(self.person.seen) if message.get("id") == message_id)
        self.heard = [message for message in self.person.seen[said + 1 :] if message["sender"] != "migrant"]
        assert answer in self.heard
        assert self.person.answers_to(message_id) == [answer], "one answer, not two"
        return self


def spoken(wording: Wording, key: str, variant: str) -> str:
    """A pattern of a text in one language."""
    text = wording.text(key, variant, **{name: f"<{name}>" for name in PLACEHOLDERS})
    return re.sub("<[a-z_]+>", ".*?", re.escape(text))
