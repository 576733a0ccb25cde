"""What became of every message of a throng: answered, lost, out of order, answered twice; seen from outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sqlalchemy import func, select

from conversations.database import Database
from conversations.tables import conversations, outbox, platform_messages, transcript
from tests.telegram_emulator import Person as TelegramPerson
from tests.ways.throng import CHANNELS, Throng
from tests.whatsapp_emulator.people import Person as WhatsAppPerson


@dataclass
class Account:
    """One channel. `given_up`: answered only by the apology that it could not be answered; counted as lost too."""

    conversations: int = 0
    sent: int = 0
    answered: int = 0
    lost: int = 0
    given_up: int = 0
    out_of_order: int = 0
    twice: int = 0
    in_flight_at_kills: int = 0
    faults: list[str] = field(default_factory=list)

    def take(self, is_answered: Sequence[bool], answer_cursors: Sequence[int]) -> None:
        """One conversation: of each message whether it was answered, and the places of the answers, as asked."""
        self.conversations += 1
        self.sent += len(is_answered)
        self.answered += sum(is_answered)
        self.lost += len(is_answered) - sum(is_answered)
        self.out_of_order += sum(later < earlier for earlier, later in pairwise(answer_cursors))


def account_of_web(throng: Throng, apologies: frozenset[str]) -> Account:
    """What people of the web page read at last; an answer names the messages that it answers."""
    account = Account()
    for conversation in throng.web.values():
        answers = [conversation.answers_to(each) for each in conversation.sent]
        account.twice += sum(len(each) > 1 for each in answers)
        apologised = [bool(each) and each[0]["text"] in apologies for each in answers]
        account.given_up += sum(apologised)
        is_answered = [bool(each) and not sorry for each, sorry in zip(answers, apologised, strict=True)]
        account.take(is_answered, [each[0]["cursor"] for each in answers if each])
        stored = [each["id"] for each in conversation.seen if each["sender"] == "migrant"]
        if stored != conversation.sent:
            account.faults.append(f"web: {len(conversation.sent)} messages were sent, {len(stored)} are stored")
    return account


def account_of_messenger(database: Database, throng: Throng, channel: str, apologies: frozenset[str]) -> Account:
    """What the platform has shown, and of each shown message what it answers, by the ids that Safar has noted.

    A message that the platform has taken and Safar does not know was sent again after a kill: it counts as twice.
    Messages of one person count in the order in which they were stored: WhatsApp itself keeps none.
    """
    account = Account()
    people = {"telegram": throng.telegram, "whatsapp": throng.whatsapp}[channel]
    for number, sent in throng.sent[channel].items():
        _take_person(account, database, channel, people[number], sent, apologies)
    return account


def _take_person(
    account: Account,
    database: Database,
    channel: str,
    person: TelegramPerson | WhatsAppPerson,
    sent: Sequence[str],
    apologies: frozenset[str],
) -> None:
    cursor_of, answer_of, texts = _stored(database, channel, person.address)
    shown = _shown(person)
    account.twice += sum(each not in cursor_of for each in shown)
    shown_cursors = [cursor_of[each] for each in shown if each in cursor_of]
    if shown_cursors != sorted(shown_cursors):
        account.faults.append(f"{channel}: answers were shown in another order than they were written")
    asked = sorted(cursor_of[each] for each in sent if each in cursor_of)
    answers = [answer for cursor in asked if (answer := answer_of.get(cursor)) in set(shown_cursors)]
    apologised = sum(texts.get(answer) in apologies for answer in answers if answer is not None)
    account.given_up += apologised
    is_answered = [True] * (len(answers) - apologised) + [False] * (len(sent) - len(answers) + apologised)
    account.take(is_answered, [each for each in answers if each is not None])


def _stored(
    database: Database, channel: str, address: str
) -> tuple[Mapping[str, int], Mapping[int, int | None], Mapping[int, str]]:
    """Cursors by the platform's ids, the cursor of each message's answer, and the texts."""
    whose = select(conversations.c.id).where(conversations.c.channel == channel, conversations.c.address == address)
    with database.read() as connection:
        conversation_id = connection.execute(whose).scalar()
        known = connection.execute(
            select(platform_messages.c.platform_id, platform_messages.c.cursor).where(
                platform_messages.c.conversation_id == conversation_id, platform_messages.c.cursor.isnot(None)
            )
        ).all()
        said = connection.execute(
            select(transcript.c.cursor, transcript.c.answered_by, transcript.c.text).where(
                transcript.c.conversation_id == conversation_id
            )
        ).all()
    return (
        {row.platform_id: row.cursor for row in known},
        {row.cursor: row.answered_by for row in said},
        {row.cursor: row.text for row in said},
    )


def _shown(person: TelegramPerson | WhatsAppPerson) -> list[str]:
    if isinstance(person, TelegramPerson):
        return [str(each.message_id) for each in person.answers()]
    return [each.wamid for each in person.sees()]


def in_flight(database: Database) -> dict[str, int]:
    """By channel the messages that are with a gateway for delivery; asked just after its death."""
    found = (
        select(conversations.c.channel, func.count())
        .select_from(outbox.join(conversations, conversations.c.id == outbox.c.conversation_id))
        .where(outbox.c.done_at.is_(None), outbox.c.worker.isnot(None))
        .group_by(conversations.c.channel)
    )
    with database.read() as connection:
        return {channel: int(count) for channel, count in connection.execute(found)}


def unanswered(database: Database) -> int:
    """How many messages have no answer yet, or an answer that is not delivered."""
    waiting = select(func.count()).select_from(transcript)
    waiting = waiting.where(transcript.c.message_id.isnot(None), transcript.c.answered_by.is_(None))
    undelivered = select(func.count()).select_from(outbox).where(outbox.c.done_at.is_(None))
    with database.read() as connection:
        return int(connection.execute(waiting).scalar()) + int(connection.execute(undelivered).scalar())


def accounts(database: Database, throng: Throng, apologies: frozenset[str]) -> dict[str, Account]:
    """Of each channel; the web has to be read before."""
    found = {"web": account_of_web(throng, apologies)}
    for channel in CHANNELS[1:]:
        found[channel] = account_of_messenger(database, throng, channel, apologies)
    return found
