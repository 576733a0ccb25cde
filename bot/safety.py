"""Danger in a message: the emergency number, “can you write safely?”, and the offer of a person, said at once."""

import asyncio
from dataclasses import replace

from bot.gate import PERSON
from bot.ground import Ground, LiveGround
from bot.metrics import Metrics
from bot.news import News
from bot.store import Store
from bot.threads import Threads
from conversations.conversation import DANGER_LEVELS, Conversation, highest_danger
from conversations.reply import Button, Reply
from foundation.clock import Clock
from language.source_dates import shown_date_of_source

SAID_AGAIN_AFTER_MESSAGES = 10
LOCKS = 64


class Safety:
    """Says the safety block in front of the reply, whoever holds the conversation, with or without the engine."""

    def __init__(
        self,
        store: Store,
        ground: LiveGround,
        threads: Threads,
        news: News,
        metrics: Metrics,
        default_country: str,
        clock: Clock,
    ) -> None:
        self._store = store
        self._ground = ground
        self._threads = threads
        self._news = news
        self._metrics = metrics
        self._default_country = default_country
        self._clock = clock
        self._locks = [asyncio.Lock() for _ in range(LOCKS)]

    async def look(self, conversation_id: str, danger: str, variant: str) -> None:
        """Say the block when this danger is graver than the last one spoken of, or that was long ago."""
        if danger == "none":
            return
        async with self._locks[hash(conversation_id) % LOCKS]:
            if await self._threads.run(self._say_if_due, conversation_id, danger, variant):
                self._metrics.notice("safety")
                self._news.tell(conversation_id)

    def _say_if_due(self, conversation_id: str, danger: str, variant: str) -> bool:
        conversation = self._store.conversations.get(conversation_id)
        if conversation is None or not is_due(conversation, danger):
            return False
        said = safety_block(self._ground.now(), conversation, danger, variant, self._default_country)
        level = highest_danger(danger, conversation.safety_level)
        now = self._clock()
        self._store.transcript.say(conversation_id, said.sender, said.text, said.buttons, None, (), now)
        self._store.conversations.remember(conversation_id, safety_level=level, messages_since_safety=0)
        return True


def is_due(conversation: Conversation, danger: str) -> bool:
    """Whether a message of this danger calls for the block."""
    has_risen = DANGER_LEVELS.index(danger) > DANGER_LEVELS.index(conversation.safety_level)
    return has_risen or conversation.messages_since_safety > SAID_AGAIN_AFTER_MESSAGES


def safety_block(ground: Ground, conversation: Conversation, danger: str, variant: str, default_country: str) -> Reply:
    """The block for a danger of `concern` or `urgent`; who has called a person already is not offered one again."""
    key = f"safety_{danger}"
    number = emergency_line(ground, conversation.country or default_country, variant)
    buttons = tuple(Button(*pair) for pair in ground.wording.buttons(key, variant))
    said = Reply(ground.wording.text(key, variant, number=number), buttons, "system", answers_question=False)
    if not conversation.is_held:
        return said
    return replace(said, buttons=tuple(button for button in buttons if button.payload not in (PERSON, "/deny")))


def emergency_line(ground: Ground, country: str, variant: str) -> str:
    """“call 112 (Russia; source: …)”, or the local police where no number has a source."""
    found = ground.numbers.for_country(country)
    if found is None:
        return ground.wording.text("emergency_line_unknown", variant)
    source = found.sources[0]
    dated = f"{source.title}, {shown_date_of_source(source.date)}" if source.date[:1].isdigit() else source.title
    name = ground.places.country_name(country, variant)
    return ground.wording.text("emergency_line", variant, numbers=found.first, country=name, source=dated)
