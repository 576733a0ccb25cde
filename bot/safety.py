"""Danger in a message: the first words are said at once, and each step of the safety dialogue answered at once."""

import asyncio
from collections.abc import Callable, Sequence

from bot.ground import LiveGround
from bot.metrics import Metrics
from bot.news import News
from bot.notices import answer
from bot.safety_answers import SafetyAnswer, SafetyTalk
from bot.safety_block import safety_block
from bot.safety_step import parse_step
from bot.store import Store
from bot.threads import Threads
from conversations.answering_at_once import answer_at_once
from conversations.conversation import DANGER_LEVELS, Conversation, highest_danger
from foundation.clock import Clock

SAID_AGAIN_AFTER_MESSAGES = 10
LOCKS = 64


class Safety:
    """Speaks to the migrant whoever holds the conversation, with or without the engine, before earlier turns end."""

    def __init__(
        self,
        store: Store,
        ground: LiveGround,
        threads: Threads,
        news: News,
        metrics: Metrics,
        default_country: str,
        has_engine: Callable[[], bool],
        clock: Clock,
    ) -> None:
        self._store = store
        self._ground = ground
        self._threads = threads
        self._news = news
        self._metrics = metrics
        self._default_country = default_country
        self._has_engine = has_engine
        self._clock = clock
        self._locks = [asyncio.Lock() for _ in range(LOCKS)]

    async def look(self, conversation_id: str, danger: str, signs: Sequence[str], variant: str) -> None:
        """Say the first words when this danger is graver than the last one spoken of, or that was long ago."""
        if danger == "none":
            return
        async with self._locks[hash(conversation_id) % LOCKS]:
            if await self._threads.run(self._say_if_due, conversation_id, danger, signs, variant):
                self._metrics.notice("safety")
                self._news.tell(conversation_id)

    async def take_step(self, conversation_id: str, message_id: str, payload: str, variant: str) -> None:
        """Answer a step that was pressed; one that is answered already stays as it is."""
        if await self._threads.run(self._answer, conversation_id, message_id, payload, variant):
            self._metrics.notice("safety_step")
            self._news.tell(conversation_id)

    def _say_if_due(self, conversation_id: str, danger: str, signs: Sequence[str], variant: str) -> bool:
        conversation = self._store.conversations.get(conversation_id)
        if conversation is None or not is_due(conversation, danger):
            return False
        ground = self._ground.now()
        path = ground.paths.path_of(danger, signs, conversation.signs)
        said = safety_block(ground, conversation, path, variant, self._default_country)
        level = highest_danger(danger, conversation.safety_level)
        now = self._clock()
        self._store.transcript.say(conversation_id, said.sender, said.text, said.buttons, None, (), now)
        self._store.conversations.remember(conversation_id, safety_level=level, messages_since_safety=0)
        return True

    def _answer(self, conversation_id: str, message_id: str, payload: str, variant: str) -> bool:
        conversation = self._store.conversations.get(conversation_id)
        if conversation is None:
            return False
        said = self._said(conversation, payload, variant)
        return answer_at_once(
            self._store.database, conversation_id, message_id, said.replies, said.commands, self._clock()
        )

    def _said(self, conversation: Conversation, payload: str, variant: str) -> SafetyAnswer:
        ground, step = self._ground.now(), parse_step(payload)
        named = ground.paths.get(step.path) if step and step.path else None
        if step is None or (step.path and named is None):
            return SafetyAnswer((answer(ground, "button_has_expired", variant),))
        path = named or ground.paths.path_of(conversation.danger, (), conversation.signs)
        talk = SafetyTalk(ground, conversation, path, variant, self._default_country, self._has_engine())
        return talk.answer(step)


def is_due(conversation: Conversation, danger: str) -> bool:
    """Whether a message of this danger calls for the first words.

    Never while somebody else may be reading; and into a talk with a person the bot puts only what is urgent.
    """
    if conversation.is_disguised or (conversation.is_held and danger != "urgent"):
        return False
    has_risen = DANGER_LEVELS.index(danger) > DANGER_LEVELS.index(conversation.safety_level)
    return has_risen or conversation.messages_since_safety > SAID_AGAIN_AFTER_MESSAGES
