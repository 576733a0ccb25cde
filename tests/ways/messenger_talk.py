"""A conversation on a messenger as its person lives it, through the emulated platform."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from language.wording import Wording
from tests.plain_titles import plain
from tests.telegram_emulator import Person as TelegramPerson
from tests.ways.talk import spoken
from tests.whatsapp_emulator.people import Person as WhatsAppPerson

ANSWER_SECONDS = 60


@dataclass(frozen=True)
class Seen:
    """One message of ours on the person's screen: text, and what stands on its buttons."""

    text: str
    buttons: tuple[str, ...]


class Screen(Protocol):
    """What a person does and sees, whatever the messenger."""

    def write(self, text: str) -> None:
        """Write a text."""

    def press(self, title: str) -> None:
        """Press a button."""

    def seen(self) -> Sequence[Seen]:
        """All messages of ours, in order."""

    def until(self, is_enough: Callable[[], object]) -> None:
        """Wait until it is so."""


class TelegramScreen:
    """A person at the emulated Telegram."""

    def __init__(self, person: TelegramPerson) -> None:
        self.person = person

    def write(self, text: str) -> None:
        """See `Screen`."""
        self.person.writes(text)

    def press(self, title: str) -> None:
        """See `Screen`."""
        self.person.presses(title)

    def seen(self) -> Sequence[Seen]:
        """See `Screen`."""
        shown = self.person.answers()
        return [Seen(each.text, tuple(plain(title) for row in each.buttons for title in row)) for each in shown]

    def until(self, is_enough: Callable[[], object]) -> None:
        """See `Screen`."""
        self.person.until(is_enough, ANSWER_SECONDS)


class WhatsAppScreen:
    """A person at the emulated WhatsApp."""

    def __init__(self, person: WhatsAppPerson) -> None:
        self.person = person

    def write(self, text: str) -> None:
        """See `Screen`."""
        self.person.writes(text)

    def press(self, title: str) -> None:
        """See `Screen`; what is longer than a button stands there shortened."""
        self.person.presses(title)

    def seen(self) -> Sequence[Seen]:
        """See `Screen`."""
        shown = self.person.sees()
        return [
            Seen(each.text, tuple(option.description or plain(option.title) for option in each.options))
            for each in shown
        ]

    def until(self, is_enough: Callable[[], object]) -> None:
        """See `Screen`."""
        self.person.waits_until(lambda _: bool(is_enough()), ANSWER_SECONDS)


class MessengerTalk:
    """Says and presses, and checks what came back since then."""

    def __init__(self, screen: Screen, wording: Wording, variant: str) -> None:
        self.screen, self.wording, self.variant = screen, wording, variant
        self._before = 0

    @property
    def heard(self) -> Sequence[Seen]:
        """What came back to the last message."""
        return self.screen.seen()[self._before :]

    @property
    def text(self) -> str:
        """All texts that came back to the last message."""
        return "\n\n".join(message.text for message in self.heard)

    def say(self, text: str) -> "MessengerTalk":
        """Write a text."""
        self._before = len(self.screen.seen())
        self.screen.write(text)
        return self

    def tap(self, key: str, variant: str | None = None, payload: str | None = None) -> "MessengerTalk":
        """Press the button of this wording: by its key, or the one of `key`'s message that sends `payload`."""
        if payload is None:
            title = self.wording.text(key, variant or self.variant)
        else:
            buttons = self.wording.buttons(key, variant or self.variant)
            title = next(title for title, sent in buttons if sent == payload)
        return self.tap_title(title)

    def tap_title(self, title: str) -> "MessengerTalk":
        """Press a button by what stands on it."""
        self._before = len(self.screen.seen())
        self.screen.press(title)
        return self

    def hears(self, *keys: str, variant: str | None = None) -> "MessengerTalk":
        """Wait until these texts of the wording have come, in this order, whatever their placeholders hold."""
        expected = re.compile(".*?".join(spoken(self.wording, key, variant or self.variant) for key in keys), re.DOTALL)
        self.screen.until(lambda: expected.search(self.text))
        return self

    def hears_text(self, words: str) -> "MessengerTalk":
        """Wait until these words have come."""
        self.screen.until(lambda: words in self.text)
        return self
