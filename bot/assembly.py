"""Joins the parts of the gateway, and starts and stops them together."""

import os
import socket
from dataclasses import dataclass

from bot.answering import Answering
from bot.channels.web.connector import WebChat
from bot.channels.whatsapp.interactive import is_numbered
from bot.delivery import Delivery
from bot.dialogue import Dialogue
from bot.ground import LiveGround
from bot.last_texts import LastTexts
from bot.messenger_door import MessengerDoor
from bot.messengers import Messenger, messengers_of, start_all, stop_all
from bot.metrics import Metrics
from bot.news import News
from bot.overtaking import Overtaking
from bot.patience import Patience
from bot.readiness import Readiness
from bot.reception import Reception
from bot.reminding import Reminding
from bot.retention import Retention
from bot.safety import Safety
from bot.store import Store
from bot.threads import Threads
from bot.tongue import Tongue
from bot.turns import Turns
from bot.worker import Worker
from conversations.database import migrate, open_database
from conversations.transcript import Transcript
from foundation.clock import Clock
from foundation.settings import Settings
from language.identify import Identifier

STOP_GRACE_SECONDS = 1.5


@dataclass(frozen=True)
class Gateway:
    """The parts that have a beginning and an end, and those that the routes need."""

    store: Store
    threads: Threads
    dialogue: Dialogue
    news: News
    worker: Worker
    retention: Retention
    reminding: Reminding
    reception: Reception
    readiness: Readiness
    web: WebChat
    door: MessengerDoor
    messengers: tuple[Messenger, ...]
    delivery: Delivery

    async def start(self) -> None:
        """Begin to work off the inbox."""
        await self.worker.start()
        self.retention.start()
        self.reminding.start()
        self.delivery.start()
        await start_all(self.messengers)

    def begin_stop(self) -> None:
        """Let those who wait for news go, and begin no new turn."""
        self.news.close()
        for messenger in self.messengers:
            messenger.begin_stop()
        self.worker.begin_stop()
        self.delivery.begin_stop()

    async def stop(self) -> None:
        """End; every message is either finished or due again at the next start."""
        self.begin_stop()
        self.retention.stop()
        self.reminding.stop()
        await self.worker.stop(STOP_GRACE_SECONDS)
        await self.delivery.stop(STOP_GRACE_SECONDS)
        await stop_all(self.messengers)
        await self.dialogue.close()
        self.threads.close()
        self.store.database.close()


def assemble(settings: Settings, identifier: Identifier, clock: Clock) -> Gateway:
    """Open the database, bring it up to date, and join everything.

    Raises `DatabaseUnreachableError`, and `SettingError` for a messenger that cannot work as it is set.
    """
    database = open_database(settings.database_url)
    migrate(database)
    store, threads = Store.of(database), Threads()
    ground = LiveGround(settings.home, settings.content)
    ground.now()
    metrics = Metrics()
    news = _news(store.transcript, threads)
    dialogue = Dialogue(settings.home / "run" / "engine.json", settings.engine_timeout_seconds)
    safety = Safety(
        store, ground, threads, news, metrics, settings.default_country, lambda: dialogue.is_answering, clock
    )
    answering = Answering(
        store,
        dialogue,
        Patience(dialogue, metrics, settings.slow_notice_seconds, clock),
        Overtaking(store, settings.languages, clock),
        threads,
        news,
        metrics,
        settings.languages,
        settings.retention_days,
        clock,
    )
    limit, last_texts = settings.messages_per_minute, LastTexts()
    turns = Turns(
        store, ground, answering, safety, threads, news, metrics, settings.languages, limit, last_texts, clock
    )
    worker = Worker(f"{socket.gethostname()}:{os.getpid()}", store, turns, threads, clock)
    tongue = Tongue(identifier, settings.languages)
    reception = Reception(store, ground, tongue, safety, threads, news, metrics, limit, last_texts, worker.wake)
    web = WebChat(store, reception, ground, news, threads, settings.languages, clock)
    door = MessengerDoor(store, reception, ground, threads, settings.languages, clock, {"whatsapp": is_numbered})
    messengers = messengers_of(settings, door, clock)
    senders = {messenger.sender.channel: messenger.sender for messenger in messengers}
    delivery = Delivery(store.outbox, store.platform_messages, senders, threads, metrics, clock)
    news.call(delivery.wake)
    readiness = Readiness(store, dialogue, ground, threads)
    retention = Retention(database, settings.retention_days, threads, clock)
    reminding = Reminding(
        store.reminders, ground, threads, news, metrics, settings.default_country, settings.languages[0], clock
    )
    return Gateway(
        store=store,
        threads=threads,
        dialogue=dialogue,
        news=news,
        worker=worker,
        retention=retention,
        reminding=reminding,
        reception=reception,
        readiness=readiness,
        web=web,
        door=door,
        messengers=messengers,
        delivery=delivery,
    )


def _news(transcript: Transcript, threads: Threads) -> News:
    def look(cursor: int | None) -> tuple[int, set[str] | None]:
        newest = transcript.newest_cursor()
        if cursor is None:
            return newest, None
        return newest, transcript.changed_since(cursor) if newest > cursor else set()

    async def changed_since(cursor: int | None) -> tuple[int, set[str] | None]:
        return await threads.run(look, cursor)

    return News(changed_since)
