"""One turn: from a claimed message to its replies and commands, written together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.answering import Answering, Later
from bot.first_contact import with_first_contact
from bot.gate import Way, way_of
from bot.ground import Ground, LiveGround
from bot.last_texts import LastTexts
from bot.limits import BURST_PAUSE, UNREADABLE, WINDOW
from bot.metrics import Metrics
from bot.news import News
from bot.notices import answer, notice
from bot.referral import ReferralAnswers
from bot.safety import Safety
from bot.store import Store
from bot.threads import Threads
from conversations.claim import Claimed
from conversations.commands import CloseHandover, Command, Erase, QuickExit, StopReminders
from conversations.reply import Reply
from conversations.turn import finish_turn
from foundation.clock import Clock

_GROUPS = {"voice": "voice", "sticker": "sticker", "picture": "picture", "video": "picture", "document": "picture"}


def closing_text(channel: str) -> str:
    """What is said last, neutrally: on a messenger with what the person has to delete there themselves."""
    return f"{channel}_chat_is_closed" if channel in ("telegram", "whatsapp") else "chat_is_closed"


def kind_group(payload: str | None) -> str:
    """Which kind sentence answers a message that is no text; its payload names the kind."""
    return _GROUPS.get((payload or "").removeprefix(UNREADABLE), "other")


@dataclass(frozen=True)
class Done:
    """What ends a turn."""

    replies: tuple[Reply, ...] = ()
    commands: tuple[Command, ...] = ()
    release: str | None = None


class Turns:
    """Takes claimed messages, each on its way."""

    def __init__(
        self,
        store: Store,
        ground: LiveGround,
        answering: Answering,
        safety: Safety,
        threads: Threads,
        news: News,
        metrics: Metrics,
        languages: tuple[str, ...],
        messages_per_minute: int,
        last_texts: LastTexts,
        clock: Clock,
    ) -> None:
        self._last_texts = last_texts
        self._store = store
        self._referral_answers = ReferralAnswers(store, clock)
        self._ground = ground
        self._answering = answering
        self._safety = safety
        self._threads = threads
        self._news = news
        self._metrics = metrics
        self._languages = languages
        self._messages_per_minute = messages_per_minute
        self._clock = clock

    async def take(self, claimed: Claimed) -> Later | None:
        """Bring a message to its end; or say when to take it up again."""
        variant = claimed.variant or claimed.conversation.variant or self._languages[0]
        await self._safety.look(claimed.conversation_id, claimed.danger, claimed.signs, variant)
        ground = await self._threads.run(self._ground.now)
        way = way_of(claimed, is_over_limit=await self._threads.run(self._is_over_limit, claimed, claimed.stored_at))
        done = await self._on_way(way, claimed, ground, variant)
        if isinstance(done, Later):
            return done
        await self._finish(claimed, done, ground, variant)
        self._metrics.turn(way.name.lower(), (self._clock() - claimed.stored_at).total_seconds())
        return None

    async def _on_way(self, way: Way, claimed: Claimed, ground: Ground, variant: str) -> Done | Later:
        match way:
            case Way.CLOSE:
                return Done((answer(ground, closing_text(claimed.conversation.channel), variant),), (QuickExit(),))
            case Way.SAFETY:
                await self._safety.take_step(claimed.conversation_id, claimed.message_id, str(claimed.payload), variant)
            case Way.BACK_TO_BOT:
                return Done((answer(ground, "bot_is_back", variant),), (CloseHandover(),))
            case Way.REFERRAL:
                return Done((await self._threads.run(self._referral_answers.reply_to, claimed, ground, variant),))
            case Way.NO_REMINDERS:
                return Done((notice(ground, "reminders_stopped", variant, settles=True),), (StopReminders(),))
            case Way.READ_HELD:
                return Done((answer(ground, "held_is_here", variant),))
            case Way.TOO_MANY:
                return await self._too_many(claimed, ground, variant)
            case Way.UNREADABLE:
                return Done((answer(ground, f"cannot_read_{kind_group(claimed.payload)}", variant),))
            case Way.GIVE_UP:
                return Done((answer(ground, "could_not_answer", variant),))
            case Way.ENGINE:
                answered = await self._answering.answer(claimed, ground, variant)
                if isinstance(answered, Later):
                    return answered
                return Done(answered.replies, answered.commands, answered.release)
        return Done()

    async def _too_many(self, claimed: Claimed, ground: Ground, variant: str) -> Done | Later:
        """The last message of a burst gets the one notice, which settles those before it."""
        if await self._threads.run(self._is_burst_going_on, claimed):
            return Done()
        end = claimed.stored_at + BURST_PAUSE
        if self._clock() < end:
            return Later(end, is_try=False)
        self._metrics.notice("too_many")
        return Done((notice(ground, "too_many_messages", variant, settles=True),))

    def _is_burst_going_on(self, claimed: Claimed) -> bool:
        """Whether the next message is over the limit too."""
        later = self._store.transcript.after(claimed.conversation_id, claimed.cursor, 20)
        following = next((message for message in later if message.message_id), None)
        return following is not None and self._is_over_limit(claimed, following.at)

    def _is_over_limit(self, claimed: Claimed, at: datetime) -> bool:
        """Whether the message that came at this moment was one too many, whenever it is looked at."""
        if not self._messages_per_minute:
            return False
        received = self._store.inbox.received_since
        since_then = received(claimed.conversation_id, at - WINDOW)
        if since_then <= self._messages_per_minute:
            return False
        return since_then - received(claimed.conversation_id, at) > self._messages_per_minute

    async def _finish(self, claimed: Claimed, done: Done, ground: Ground, variant: str) -> None:
        leaves = any(isinstance(command, Erase | QuickExit) for command in done.commands)
        replies: Sequence[Reply] = done.replies
        if leaves:
            self._last_texts.forget(claimed.conversation_id)
        else:
            replies = with_first_contact(ground, claimed, replies, variant, self._languages)
        await self._threads.run(
            finish_turn, self._store.database, claimed, replies, done.commands, done.release, self._clock()
        )
        self._news.tell(claimed.conversation_id)
