"""Joins the parts of the gateway, and starts and stops them together."""

import socket
from dataclasses import dataclass
from pathlib import Path

from bot.answering import Answering
from bot.backlog import Backlog
from bot.channels.web.connector import WebChat
from bot.channels.whatsapp.interactive import is_numbered
from bot.delivery import Delivery
from bot.dialogue import Dialogue
from bot.duty import Duty
from bot.ground import LiveGround
from bot.last_texts import LastTexts
from bot.learning import Learning
from bot.listening import Listening
from bot.messenger_door import MessengerDoor
from bot.messengers import Messenger, messengers_of, start_all, stop_all
from bot.metrics import Metrics
from bot.news import News
from bot.overtaking import Overtaking
from bot.passing_on import PassingOn
from bot.patience import Patience
from bot.queue_keeping import QueueKeeping
from bot.readiness import Readiness
from bot.receiving import Fetching, Receiving, Task
from bot.reception import Reception
from bot.reminding import Reminding
from bot.retention import Retention
from bot.safety import Safety
from bot.speech.recogniser import Recogniser
from bot.speech.settings import SpeechSettings
from bot.store import Store
from bot.threads import Threads
from bot.tongue import Tongue
from bot.turns import Turns
from bot.unread import Unread
from bot.worker import Worker
from conversations.database import Database, migrate, open_database
from conversations.duties import Duties
from conversations.received_steps import FILE, SPEECH
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
    backlog: Backlog
    queue_keeping: QueueKeeping
    reception: Reception
    readiness: Readiness
    web: WebChat
    door: MessengerDoor
    messengers: tuple[Messenger, ...]
    delivery: Delivery
    receiving: Receiving
    listening: Listening

    async def start(self) -> None:
        """Begin to work off the inbox."""
        await self.worker.start()
        self.retention.start()
        self.reminding.start()
        self.backlog.start()
        self.queue_keeping.start()
        self.delivery.start()
        await self.receiving.start()
        await start_all(self.messengers)

    def begin_stop(self) -> None:
        """Let those who wait for news go, and begin no new turn."""
        self.news.close()
        for messenger in self.messengers:
            messenger.begin_stop()
        self.worker.begin_stop()
        self.receiving.begin_stop()
        self.delivery.begin_stop()

    async def stop(self) -> None:
        """End; every message is either finished or due again at the next start."""
        self.begin_stop()
        self.retention.stop()
        self.reminding.stop()
        await self.receiving.stop()
        await self.listening.close()
        self.backlog.stop()
        self.queue_keeping.stop()
        await self.worker.stop(STOP_GRACE_SECONDS)
        await self.delivery.stop(STOP_GRACE_SECONDS)
        await stop_all(self.messengers)
        await self.dialogue.close()
        self.threads.close()
        self.store.database.close()


def assemble(settings: Settings, identifier: Identifier, clock: Clock) -> Gateway:
    """Open the database, bring it up to date, and join everything.

    Raises `DatabaseUnreachableError`, and `SettingError` for a messenger or a service that cannot work as it is set.
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
    overtaking = Overtaking(store, settings.languages, clock)
    answering = Answering(
        store,
        dialogue,
        Patience(dialogue, metrics, settings.slow_notice_seconds, clock),
        overtaking,
        Learning(store, dialogue, threads, clock),
        threads,
        news,
        metrics,
        settings.languages,
        settings.retention_days,
        clock,
    )
    limit, last_texts = settings.messages_per_minute, LastTexts()
    name = gateway_name(settings.home)
    days, offered = settings.retention_days, settings.languages
    speech = SpeechSettings.from_settings(settings)
    unread = Unread(store, overtaking, speech is not None, clock)
    turns = Turns(
        store, ground, answering, safety, threads, news, metrics, offered, limit, days, last_texts, unread, clock
    )
    worker = Worker(name, store, turns, threads, clock)
    tongue = Tongue(identifier, settings.languages)
    backlog = Backlog(store, ground, threads, news, metrics, settings.backlog_messages, clock)
    listens = speech is not None
    reception = Reception(
        store, ground, tongue, safety, threads, news, metrics, limit, last_texts, worker.wake, listens, backlog, clock
    )
    files, origins = settings.max_file_mb, settings.allowed_origins
    web = WebChat(store, reception, ground, news, threads, offered, files, clock, origins)
    door = MessengerDoor(store, reception, ground, threads, settings.languages, clock, {"whatsapp": is_numbered})
    polling_turn = Duty("telegram polling", name, Duties(database), threads, clock)
    messengers = messengers_of(settings, door, clock, polling_turn)
    senders = {messenger.sender.channel: messenger.sender for messenger in messengers}
    farewells, move = store.farewells, store.conversations.move
    delivery = Delivery(store.outbox, store.platform_messages, farewells, senders, threads, metrics, move, clock, name)
    fetching = Fetching({messenger.sender.channel: messenger.fetcher for messenger in messengers})
    recogniser = Recogniser(speech) if speech else None
    first, max_file_mb = settings.languages[0], settings.max_file_mb
    listening = Listening(store, fetching, recogniser, reception, ground, threads, news, first, clock)
    passing_on = PassingOn(store, fetching, ground, threads, news, max_file_mb, first, clock)
    tasks: dict[str, Task] = {SPEECH: listening, FILE: passing_on}
    receiving = Receiving(store.received, tasks, database.is_sqlite, threads, metrics, clock)
    news.call(delivery.wake, receiving.wake)
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
        backlog=backlog,
        queue_keeping=_queue_keeping(settings, database, ground, threads, news, metrics, clock),
        reception=reception,
        readiness=readiness,
        web=web,
        door=door,
        messengers=messengers,
        delivery=delivery,
        receiving=receiving,
        listening=listening,
    )


def _queue_keeping(
    settings: Settings,
    database: Database,
    ground: LiveGround,
    threads: Threads,
    news: News,
    metrics: Metrics,
    clock: Clock,
) -> QueueKeeping:
    patience, is_fair = settings.unanswered_minutes, settings.queue_mode == "fair"
    return QueueKeeping(database, ground, threads, news, metrics, settings.languages[0], patience, is_fair, clock)


def gateway_name(home: Path) -> str:
    """What tells this gateway from others on its database, the same after a restart: one runs on each home folder."""
    return f"{socket.gethostname()}:{home}"


def _news(transcript: Transcript, threads: Threads) -> News:
    def look(cursor: int | None) -> tuple[int, set[str] | None]:
        newest = transcript.newest_cursor()
        if cursor is None:
            return newest, None
        return newest, transcript.changed_since(cursor) if newest > cursor else set()

    async def changed_since(cursor: int | None) -> tuple[int, set[str] | None]:
        return await threads.run(look, cursor)

    return News(changed_since)
