"""A voice message becomes a text: fetched, sent to the service that the host has set, forgotten, then as if typed."""

from bot.channels.channel import RefusedMessageError
from bot.files.harmless import harmless, kind_of
from bot.files.refusals import WRONG_KIND, RefusedFileError
from bot.ground import LiveGround
from bot.limits import MAX_TEXT_CHARS, clean
from bot.news import News
from bot.notices import notice
from bot.receiving import Fetching
from bot.reception import Reception
from bot.speech.recogniser import Recogniser, RecogniserError
from bot.store import Store
from bot.threads import Threads
from conversations.conversation import UnknownConversationError
from conversations.received import Received
from foundation.clock import Clock
from language.scripts import shares_of_scripts
from language.variants import language_of

MAX_VOICE_SECONDS = 180
MAX_VOICE_BYTES = 4_000_000


class Listening:
    """Implements `Task`. Without a recogniser every voice message is left unread."""

    def __init__(
        self,
        store: Store,
        fetching: Fetching,
        recogniser: Recogniser | None,
        reception: Reception,
        ground: LiveGround,
        threads: Threads,
        news: News,
        first_variant: str,
        clock: Clock,
    ) -> None:
        self._store = store
        self._fetching = fetching
        self._recogniser = recogniser
        self._reception = reception
        self._ground = ground
        self._threads = threads
        self._news = news
        self._first_variant = first_variant
        self._clock = clock

    async def take(self, received: Received) -> None:
        """See `Task.take`."""
        if self._recogniser is None:
            raise RecogniserError("off", is_retryable=False)
        if (received.seconds or 0) > MAX_VOICE_SECONDS:
            raise RecogniserError("too_long", is_retryable=False)
        content = await self._fetching.fetch(received, MAX_VOICE_BYTES)
        voice = await self._threads.run(harmless, content, MAX_VOICE_BYTES, is_voice=True)
        if kind_of(voice) != "voice":
            raise RefusedFileError(WRONG_KIND)
        await self._tell_where_it_goes(received, self._recogniser)
        text = clean(await self._recogniser.text_of(voice, _hint(received)))[:MAX_TEXT_CHARS].strip()
        if not _is_in_our_letters(text):
            raise RecogniserError("nothing_heard", is_retryable=False)
        try:
            await self._reception.hear(received, text, self._clock())
        except RefusedMessageError:
            raise RecogniserError("nothing_heard", is_retryable=False) from None
        except UnknownConversationError:  # whoever has left meanwhile is heard no more
            return

    async def failed(self, received: Received, _key: str | None) -> None:
        """See `Task.failed`: an operator who is there gets the voice itself; else the turn answers it kindly."""
        now = await self._threads.run(self._store.conversations.get, received.conversation.id)
        if now is not None and now.state == "operator":
            await self._threads.run(self._store.received.later, received, self._clock(), as_file=True)
        else:
            await self._threads.run(self._store.received.give_up, received, (), self._clock())

    async def close(self) -> None:
        """Let the connections go."""
        if self._recogniser is not None:
            await self._recogniser.close()

    async def _tell_where_it_goes(self, received: Received, recogniser: Recogniser) -> None:
        """Before the first voice of this person leaves for somebody else's machine."""
        if not recogniser.settings.is_outside:
            return
        variant, host = received.conversation.variant or self._first_variant, recogniser.settings.host
        said = notice(self._ground.now(), "voice_goes_outside", variant, host=host)
        if await self._threads.run(self._store.received.tell_once, received, host, said, self._clock()):
            self._news.tell(received.conversation.id)


def _is_in_our_letters(text: str) -> bool:
    """Services make up words of other languages where they hear only noise; ours are in Latin and Cyrillic letters."""
    shares = shares_of_scripts([text.lower()])
    return shares.get("Latn", 0.0) + shares.get("Cyrl", 0.0) > 0.5


def _hint(received: Received) -> str | None:
    """The language that the person has chosen; a guess would only mislead the service."""
    conversation = received.conversation
    chosen = conversation.variant if conversation.is_language_chosen else None
    return language_of(chosen)[0] if chosen else None
