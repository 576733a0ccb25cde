"""Says what people wanted to be reminded of, when it is daytime where they are; looks once a minute."""

import asyncio
import logging
from datetime import date

from bot.failures import failure_code
from bot.ground import Ground, LiveGround
from bot.metrics import Metrics
from bot.news import News
from bot.threads import Threads
from conversations.conversation import Conversation
from conversations.reminders import Reminder, Reminders
from conversations.reply import Button, Reply
from foundation.clock import Clock
from foundation.privacy import short_name
from language.shown_date import shown_date

EVERY_SECONDS = 60.0

log = logging.getLogger(__name__)


class Reminding:
    """Runs beside the worker; several gateways on one database share the work, and each reminder is said once.

    A person whose country is not known counts as being in `default_country`.
    """

    def __init__(
        self,
        reminders: Reminders,
        ground: LiveGround,
        threads: Threads,
        news: News,
        metrics: Metrics,
        default_country: str,
        first_variant: str,
        clock: Clock,
    ) -> None:
        self._reminders = reminders
        self._ground = ground
        self._threads = threads
        self._news = news
        self._metrics = metrics
        self._default_country = default_country
        self._first_variant = first_variant
        self._clock = clock
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin with a first look at once."""
        self._task = asyncio.create_task(self._run())

    def stop(self) -> None:
        """End; what was not said is said after the next start."""
        if self._task:
            self._task.cancel()

    async def _run(self) -> None:
        while True:
            try:
                ground = await self._threads.run(self._ground.now)
                for reminder, today in await self._threads.run(self._due, ground):
                    await self._say(ground, reminder, today)
            except Exception as error:  # the next minute is another try
                log.error("reminders could not be looked for (%s)", failure_code(error))
            await asyncio.sleep(EVERY_SECONDS)

    def _due(self, ground: Ground) -> tuple[tuple[Reminder, date], ...]:
        days, countries = ground.daytime.days(self._clock()), ground.daytime.countries
        return self._reminders.due(days, countries, self._default_country)

    async def _say(self, ground: Ground, reminder: Reminder, today: date) -> None:
        def words(conversation: Conversation, said: Reminder) -> Reply:
            return words_of(ground, said, conversation.variant or self._first_variant)

        try:
            is_said = await self._threads.run(self._reminders.say, reminder, today, words, self._clock())
        except Exception as error:  # one reminder must never stop the others
            log.error("a reminder of %s was not said (%s)", short_name(reminder.conversation_id), failure_code(error))
            return
        if is_said:
            self._metrics.notice("reminder")
            self._news.tell(reminder.conversation_id)


def words_of(ground: Ground, reminder: Reminder, variant: str) -> Reply:
    """What until which date, what one can do now, and how to stop it."""
    key = f"reminder_{reminder.kind}"
    how_to_stop = ground.wording.text("reminder_how_to_stop", variant)
    said = ground.wording.text(key, variant, date=shown_date(reminder.day, variant))
    buttons = tuple(Button(*pair) for pair in ground.wording.buttons(key, variant))
    return Reply(f"{said}\n\n{how_to_stop}", buttons, "system", answers_question=False)
