"""Receiving a message: it is understood as far as needed, stored, looked at for danger, and only then acknowledged."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.channels.channel import IncomingMessage, RefusedMessageError
from bot.ground import LiveGround
from bot.last_texts import LastTexts
from bot.limits import MAX_TEXT_CHARS, QUICK_EXIT, STORED_BEYOND_LIMIT, UNREADABLE, WINDOW, clean
from bot.metrics import Metrics
from bot.news import News
from bot.safety import Safety
from bot.safety_step import SafetyStep, is_safety_step
from bot.store import Store
from bot.threads import Threads
from bot.tongue import Tongue
from conversations.conversation import Conversation
from conversations.inbox import NewMessage
from conversations.transcript import Message
from language.variants import language_of


@dataclass(frozen=True)
class _Read:
    """A message as it is stored, and the variant in which notices about it are said."""

    message: NewMessage
    variant: str


class Reception:
    """The way of every message into the inbox, from whichever channel."""

    def __init__(
        self,
        store: Store,
        ground: LiveGround,
        tongue: Tongue,
        safety: Safety,
        threads: Threads,
        news: News,
        metrics: Metrics,
        messages_per_minute: int,
        last_texts: LastTexts,
        wake: Callable[[], None],
    ) -> None:
        self._store = store
        self._ground = ground
        self._tongue = tongue
        self._safety = safety
        self._threads = threads
        self._news = news
        self._metrics = metrics
        self._messages_per_minute = messages_per_minute
        self._wake = wake
        self._last_texts = last_texts

    async def receive(self, conversation: Conversation, incoming: IncomingMessage) -> bool:
        """Store a message; when this returns it is safe. False: its id is known, it is not processed again.

        Raises `RefusedMessageError` (nothing is stored) and `UnknownConversationError`.
        """
        try:
            read, is_new = await self._threads.run(self._store_it, conversation, incoming)
        except RefusedMessageError as refused:
            self._metrics.refused(refused.code)
            raise
        message = read.message
        await self._safety.look(message.conversation_id, message.danger, message.signs, read.variant)
        if is_safety_step(message.payload, conversation.danger):
            payload = str(message.payload)
            await self._safety.take_step(message.conversation_id, message.message_id, payload, read.variant)
        if is_new:
            self._metrics.received(incoming.channel, _kind(message), message.danger)
            self._wake()
            self._news.tell(message.conversation_id)
        return is_new

    def _store_it(self, conversation: Conversation, incoming: IncomingMessage) -> tuple[_Read, bool]:
        self._check_rate(conversation, incoming)
        read = self._read(conversation, incoming)
        is_new = self._store.inbox.store(read.message, incoming.at)
        if not is_new:
            self._check_same(read.message)
        elif read.message.payload is None:
            self._last_texts.keep(conversation.id, read.message.text)
        return read, is_new

    def _check_rate(self, conversation: Conversation, incoming: IncomingMessage) -> None:
        most = self._messages_per_minute * STORED_BEYOND_LIMIT
        if most and self._store.inbox.received_since(conversation.id, incoming.at - WINDOW) >= most:
            sentence = self._ground.now().wording.text("too_many_messages", conversation.variant or "ru")
            raise RefusedMessageError("too_many_messages", sentence, 429)

    def _read(self, conversation: Conversation, incoming: IncomingMessage) -> _Read:
        if incoming.kind != "text":
            return self._read_unreadable(conversation, incoming)
        if incoming.payload is not None:
            title = self._store.transcript.button_title(conversation.id, incoming.payload)
            shown = title or clean(incoming.text) or incoming.payload
            variant = conversation.variant or self._tongue.first
            pressed = NewMessage(
                conversation.id, incoming.message_id, shown, incoming.payload, platform_id=incoming.platform_id
            )
            return _Read(pressed, variant)
        text = clean(incoming.text)
        ground = self._ground.now()
        variant = self._tongue.variant_of_text(text, conversation)
        if not text:
            raise RefusedMessageError("empty", ground.wording.text("text_is_empty", variant), 422)
        if len(text) > MAX_TEXT_CHARS:
            sentence = ground.wording.text("text_too_long", variant, limit=MAX_TEXT_CHARS)
            raise RefusedMessageError("too_long", sentence, 422)
        if meaning := ground.words.meaning(text):
            payload = QUICK_EXIT if meaning == "exit" else SafetyStep(meaning).payload
            return self._read_word(conversation, incoming, text, payload)
        if wish := ground.reminder_words.meaning(text):
            return self._read_word(conversation, incoming, text, f"/{wish}")
        danger = ground.assess(text, self._last_texts.before(conversation.id), language_of(variant)[0])
        stored = NewMessage(
            conversation.id,
            incoming.message_id,
            text,
            danger=danger.level,
            signs=danger.signs,
            variant=variant,
            platform_id=incoming.platform_id,
        )
        return _Read(stored, variant)

    def _read_word(self, conversation: Conversation, incoming: IncomingMessage, text: str, payload: str) -> _Read:
        """A word for the quick exit, for another subject, for taking up the talk, for reminders: it is a button."""
        message = NewMessage(conversation.id, incoming.message_id, text, payload, platform_id=incoming.platform_id)
        return _Read(message, conversation.variant or self._tongue.variant_of_text(text, conversation))

    def _read_unreadable(self, conversation: Conversation, incoming: IncomingMessage) -> _Read:
        """A voice message, a picture …: in the transcript stands what came, and the turn answers it kindly."""
        variant = conversation.variant or self._tongue.first
        shown = self._ground.now().wording.text(f"came_{incoming.kind}", variant)
        payload = UNREADABLE + incoming.kind
        message = NewMessage(conversation.id, incoming.message_id, shown, payload, platform_id=incoming.platform_id)
        return _Read(message, variant)

    def _check_same(self, message: NewMessage) -> None:
        """Raises `RefusedMessageError` when this id came before with something else; an erased one is not known."""
        cursor = 0
        while rows := self._store.transcript.after(message.conversation_id, cursor):
            for row in rows:
                if row.message_id == message.message_id:
                    return _refuse_another(row, message)
            cursor = rows[-1].cursor


def _kind(message: NewMessage) -> str:
    if message.payload is None:
        return "text"
    return "unreadable" if message.payload.startswith(UNREADABLE) else "button"


def _refuse_another(row: Message, message: NewMessage) -> None:
    is_same = row.payload == message.payload and (message.payload is not None or row.text == message.text)
    if not is_same:
        raise RefusedMessageError("id_used", "This “id” was used for another message.", 409)
