"""The door of the messengers: what they bring is stored before it is acknowledged, whatever it is."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from bot.channels.channel import (
    DeliveryMark,
    IncomingMessage,
    Reachability,
    RefusedMessageError,
    parse_button_data,
)
from bot.ground import LiveGround
from bot.limits import READ_HELD, check_payload
from bot.reception import Reception
from bot.store import Store
from bot.threads import Threads
from conversations.conversation import Conversation, UnknownConversationError
from conversations.reply import Button
from foundation.clock import Clock

MENU = "/meta.menu"
LATE_ID_SECONDS = 1.0
IsNumbered = Callable[[tuple[Button, ...]], bool]


class MessengerDoor:
    """The way from a messenger into Safar.

    `numbered` says of a channel which buttons it has shown as a numbered list, to be answered by a bare number.
    """

    def __init__(
        self,
        store: Store,
        reception: Reception,
        ground: LiveGround,
        threads: Threads,
        languages: tuple[str, ...],
        clock: Clock,
        numbered: Mapping[str, IsNumbered] | None = None,
    ) -> None:
        self._store = store
        self._reception = reception
        self._ground = ground
        self._threads = threads
        self._languages = languages
        self._clock = clock
        self._numbered = numbered or {}

    async def receive(self, message: IncomingMessage) -> str:
        """Store a message; when this returns it is safe. Gives the variant in which the person is spoken to.

        A message that cannot be taken (over ten times the limit of a minute) is passed over. What is raised means
        that the database is away: then do not acknowledge, the platform will bring the message again.
        """
        try:
            return await self._receive(message)
        except UnknownConversationError:  # erased in this very moment: the next one is new
            return await self._receive(message)

    async def reachability(self, event: Reachability) -> None:
        """Note that a person has blocked Safar, or let it in again."""
        note = self._store.platform_messages.reachable
        await self._threads.run(note, event.channel, event.address, event.is_reachable, self._clock())

    async def mark(self, event: DeliveryMark) -> None:
        """Note what became of a message of ours."""
        note = partial(
            self._store.platform_messages.mark, event.channel, event.platform_id, event.status, event.reason, event.at
        )
        if not await self._threads.run(note) and event.status == "failed":
            # The word may have come before the id of the message was kept.
            await asyncio.sleep(LATE_ID_SECONDS)
            await self._threads.run(note)

    def text(self, key: str, variant: str) -> str:
        """A wording of the live release."""
        return self._ground.now().wording.text(key, variant)

    def variant_of(self, language_hint: str | None) -> str:
        """The offered variant for a language tag such as `uz-Cyrl` or `ru-RU`; the first when it is none of ours."""
        return self._offered(language_hint) or self._languages[0]

    async def _receive(self, message: IncomingMessage) -> str:
        conversation = await self._threads.run(self._conversation, message)
        whole = await self._threads.run(self._with_payload, conversation, message)
        try:
            await self._reception.receive(conversation, whole)
        except RefusedMessageError as refused:
            if refused.code == "empty":
                await self._reception.receive(conversation, replace(whole, kind="other", text="", payload=None))
        if conversation.variant is not None:
            return conversation.variant
        now = await self._threads.run(self._store.conversations.get, conversation.id)
        return (now.variant if now else None) or self.variant_of(message.language_hint)

    def _conversation(self, message: IncomingMessage) -> Conversation:
        known = self._store.conversations.by_address(message.channel, message.address)
        conversation = known or self._store.conversations.create(message.channel, message.address, None, self._clock())
        hinted = self._offered(message.language_hint)
        if conversation.variant is not None or hinted is None:
            return conversation
        self._store.conversations.remember(conversation.id, variant=hinted)
        return replace(conversation, variant=hinted)

    def _with_payload(self, conversation: Conversation, message: IncomingMessage) -> IncomingMessage:
        if message.pressed is not None:
            return self._pressed(conversation, message, message.pressed)
        if message.payload is None and message.kind == "text":
            return replace(message, payload=self._payload_of_number(conversation, message))
        return message

    def _pressed(self, conversation: Conversation, message: IncomingMessage, pressed: str) -> IncomingMessage:
        """What the button sends, and its whole title without the picture; the menu for one that is gone or not ours."""
        if pressed == READ_HELD:
            return replace(message, payload=READ_HELD)
        place = parse_button_data(pressed)
        button = self._store.transcript.button(conversation.id, *place) if place else None
        if button is None:
            return replace(message, payload=MENU)
        return replace(message, text=button.title, payload=_checked(button.payload))

    def _payload_of_number(self, conversation: Conversation, message: IncomingMessage) -> str | None:
        is_numbered = self._numbered.get(message.channel)
        number = message.text.strip().rstrip(".)")
        if is_numbered is None or not (number.isascii() and number.isdigit() and len(number) <= 2):
            return None
        buttons = self._store.transcript.newest_buttons(conversation.id)
        is_one = 1 <= int(number) <= len(buttons) and is_numbered(buttons)
        return _checked(buttons[int(number) - 1].payload) if is_one else None

    def _offered(self, language_hint: str | None) -> str | None:
        tag = (language_hint or "").replace("_", "-")
        wanted = "uz-Cyrl" if tag.lower().startswith("uz-cyrl") else tag.lower().partition("-")[0]
        return wanted if wanted in self._languages else None


def _checked(payload: str) -> str:
    try:
        return check_payload(payload)
    except RefusedMessageError:
        return MENU
