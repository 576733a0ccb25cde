"""The bot's answer to one message: the engine's, or the gateway's own where the engine cannot be had."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.dialogue import Dialogue, EngineUnavailableError, PayloadRefusedError, Question
from bot.engine_reply import EngineReply
from bot.ground import Ground
from bot.metrics import Metrics
from bot.news import News
from bot.notices import answer, notice
from bot.overtaking import Overtaken, Overtaking
from bot.patience import PassedByError, Patience
from bot.store import Store
from bot.threads import Threads
from bot.without_engine import Answered, answer_without_engine
from conversations.claim import Claimed
from conversations.commands import Command, OpenHandover, QuickExit
from conversations.reply import Reply
from conversations.turn import say_notice
from foundation.clock import Clock, day_of
from language.variants import language_of

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.3, 4.0


@dataclass(frozen=True)
class Later:
    """Take this message up again from `not_before` on; `is_try` when the failure was the message's own."""

    not_before: datetime
    is_try: bool


@dataclass(frozen=True)
class BotAnswer:
    """What the bot says and what is to be done."""

    replies: tuple[Reply, ...]
    commands: tuple[Command, ...] = ()
    release: str | None = None


@dataclass
class _Failures:
    """Of one message: how often it was put off, and how many others the engine had answered when it last failed."""

    pauses: int = 0
    answered_count: int | None = None


class Answering:
    """Asks the engine again and again under the same id until it answers; meanwhile says what can be said."""

    def __init__(
        self,
        store: Store,
        dialogue: Dialogue,
        patience: Patience,
        overtaking: Overtaking,
        threads: Threads,
        news: News,
        metrics: Metrics,
        languages: tuple[str, ...],
        retention_days: int,
        clock: Clock,
    ) -> None:
        self._store = store
        self._dialogue = dialogue
        self._patience = patience
        self._overtaking = overtaking
        self._threads = threads
        self._news = news
        self._metrics = metrics
        self._languages = languages
        self._retention_days = retention_days
        self._clock = clock
        self._failures: dict[int, _Failures] = {}

    async def answer(self, claimed: Claimed, ground: Ground, variant: str) -> BotAnswer | Later:
        """The answer, or when to ask again."""
        own = answer_without_engine(ground, claimed.payload, variant, self._languages)

        async def when_slow() -> object | None:
            return own or await self._say_it_is_slow(claimed, ground, variant)

        try:
            question = await self._threads.run(self._question, claimed, variant)
            said = await self._patience.ask(claimed, question, when_slow)
        except PayloadRefusedError:
            return self._ended(claimed, BotAnswer((answer(ground, "button_has_expired", variant),)))
        except PassedByError as passed:
            return self._ended(claimed, _passed_by(passed.way, ground, variant))
        except EngineUnavailableError as error:
            return await self._without_engine(claimed, ground, variant, own, error)
        return self._ended(claimed, _of_engine(said, ground, variant))

    async def _without_engine(
        self, claimed: Claimed, ground: Ground, variant: str, own: Answered | None, error: EngineUnavailableError
    ) -> BotAnswer | Later:
        if own:
            return self._ended(claimed, _passed_by(own, ground, variant))
        if await self._threads.run(self._overtaking.has_left, claimed):
            return self._ended(claimed, BotAnswer((), (QuickExit(),)))
        if self._patience.is_slow(claimed):
            way = await self._say_it_is_slow(claimed, ground, variant)
            if way is not None:
                return self._ended(claimed, _passed_by(way, ground, variant))
        return self._later(claimed, error)

    async def _say_it_is_slow(self, claimed: Claimed, ground: Ground, variant: str) -> Overtaken | None:
        """Say so once, and look what the person has pressed since."""
        slow = notice(ground, "slow_notice", variant)
        if await self._threads.run(say_notice, self._store.database, claimed, slow, self._clock()):
            self._metrics.notice("slow")
        way = await self._threads.run(self._overtaking.look, claimed, ground, variant)
        self._news.tell(claimed.conversation_id)
        return way

    def _later(self, claimed: Claimed, error: EngineUnavailableError) -> Later:
        """A failure is the message's own when the engine has answered others since its last one."""
        failures = self._failures.setdefault(claimed.number, _Failures())
        pause = min(FIRST_PAUSE_SECONDS * 2 ** min(failures.pauses, 10), LONGEST_PAUSE_SECONDS)
        failures.pauses += 1
        answered_count, before = self._dialogue.answered_count, failures.answered_count
        if not error.is_rested:
            failures.answered_count = answered_count
        pause = self._patience.not_after_notice(claimed, pause)
        is_own = not error.is_rested and before is not None and answered_count > before
        return Later(self._clock() + timedelta(seconds=pause), is_try=is_own)

    def _ended(self, claimed: Claimed, said: BotAnswer) -> BotAnswer:
        self._failures.pop(claimed.number, None)
        return said

    def _question(self, claimed: Claimed, variant: str) -> Question:
        language, script = language_of(variant)
        reminders = self._store.reminders.of(claimed.conversation_id)
        metadata: dict[str, Any] = {
            "variant": variant,
            "language": language,
            "script": script,
            "is_language_chosen": claimed.conversation.is_language_chosen,
            "danger": claimed.danger,
            "today": day_of(self._clock()).isoformat(),
            "channel": claimed.conversation.channel,
            "retention_days": self._retention_days,
            "reminders": [[each.kind, each.day.isoformat()] for each in reminders],
        }
        return Question(claimed.conversation_id, claimed.message_id, claimed.text, claimed.payload, metadata)


def _of_engine(said: EngineReply, ground: Ground, variant: str) -> BotAnswer:
    replies = tuple(Reply(each.text, each.buttons, attachments=each.attachments) for each in said.messages)
    return BotAnswer(_with_queue(replies, said.commands, ground, variant), said.commands, said.release)


def _passed_by(way: object, ground: Ground, variant: str) -> BotAnswer:
    """An answer of our own; or none, because a person takes over the message that waited."""
    if isinstance(way, Answered):
        return BotAnswer(way.replies, way.commands)
    commands = way.commands if isinstance(way, Overtaken) else ()
    return BotAnswer(_with_queue((), commands, ground, variant), commands)


def _with_queue(
    replies: Sequence[Reply], commands: Sequence[Command], ground: Ground, variant: str
) -> tuple[Reply, ...]:
    """Under a handover stands what it means to wait, and the way back."""
    if not any(isinstance(command, OpenHandover) for command in commands):
        return tuple(replies)
    waiting = replace(notice(ground, "waiting_in_queue", variant), answers_question=False)
    return (*replies, waiting)
