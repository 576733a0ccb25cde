"""Fills a conversation on Telegram with everything that can be stored of a person; every word in it is known again."""

import base64
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from conversations.conversation import Conversation, Conversations
from conversations.database import Database
from conversations.dialogue_state import DialogueStates
from conversations.handover import Handovers
from conversations.outbox import Outbox
from conversations.platform_messages import PlatformMessages
from conversations.referral import Referrals
from conversations.referral_buttons import new_code
from conversations.referral_steps import Referral
from conversations.reply import Reply
from conversations.tables import outbox, platform_messages, transcript
from foundation.clock import utc_now
from foundation.settings import PROJECT
from guidance.danger import DangerDetector
from guidance.danger_phrases import Phrases
from tests.bot.engine_stand_in import EngineStandIn
from tests.telegram_emulator.people import Person

OPERATOR = "Dilnoza"
SECRET = "Зарафшон"
"""Stands in every word that this conversation holds, with the place where it was said."""
LONGEST_SECONDS = 20.0
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Filled:
    """What the conversation is called, and the words and ids that must not be found after its erasure."""

    conversation: Conversation
    needles: tuple[str, ...]


def word(place: str) -> str:
    """The word that is said at this place."""
    return f"{SECRET}-{place}"


def make_home(folder: Path) -> Path:
    """A home with a live release without a model; its danger detector knows one phrase."""
    release = folder / "releases" / "r1"
    for name in ("guidance", "responses"):
        shutil.copytree(PROJECT / "data" / name, release / "content" / name)
    DangerDetector(None, Phrases({"violence": ["он меня убьёт"]}), {"violence": "urgent"}).save(release / "danger")
    (folder / "live").write_text("r1", "utf-8")
    return folder


def until(is_so: Callable[[], object], what: str) -> None:
    """Wait for it; fails naming it."""
    end = time.monotonic() + LONGEST_SECONDS
    while not is_so():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def talk(person: Person, engine: EngineStandIn) -> None:
    """What is said to the bot, through the messenger: texts, buttons, danger, a form, a file, the call for a person."""
    ask, form, call = (f"{word(place)} спрашивает" for place in ("question", "form", "handover"))
    engine.replies[ask] = [
        {"text": f"Ответ: {word('answer')}", "buttons": [{"title": word("button"), "payload": "/helped"}]},
        {"custom": {"command": "remember", "country": "RU", "citizenship": "TJ"}},
    ]
    file = _PNG + word("file").encode()
    engine.replies[form] = [
        {"text": f"Когда вы въехали? {word('form')}", "attachments": [_attachment(f"{word('name')}.png", file)]},
        {"custom": {"command": "set_reminder", "reminder": "registration", "on": _in_a_month()}},
        {"custom": {"command": "count_needs", "needs": ["shelter"], "country": "RU", "citizenship": "TJ"}},
    ]
    note = {"signs": ["papers_kept"], "factors": ["SI3"], "route": "legal_aid_first", "needs": ["shelter"]}
    engine.replies[call] = [
        {"text": f"Зову человека. {word('called')}"},
        {"custom": {"command": "open_handover", "reason": word("reason"), "note": note}},
    ]
    person.writes(ask)
    person.sees_text(word("answer"))
    person.presses(word("button"))
    person.writes(f"он меня убьёт {word('danger')}")
    person.sees_text("112")
    person.writes(form)
    person.sees_text(word("form"))
    person.sends("picture", word("caption"))
    person.writes(call)
    person.sees_text(word("called"))


def work_on(database: Database, person: Person) -> Filled:
    """What operators and the program add, and deliveries in every state; nothing of it is delivered any more."""
    conversation = Conversations(database).by_address("telegram", person.address)
    assert conversation is not None
    handovers, now = Handovers(database), utc_now()
    assert handovers.take(conversation.id, OPERATOR, now)
    handovers.answer(conversation.id, OPERATOR, word("operator"), now)
    _refer(database, conversation.id)
    _remember_dialogue(database, conversation.id)
    _break_deliveries(database, conversation)
    return Filled(conversation, (SECRET, conversation.id, conversation.address))


def _refer(database: Database, conversation_id: str) -> None:
    referrals, code, now = Referrals(database), new_code(), utc_now()
    place = ("alternativa", "shelter", "RU", "ru", "offered", OPERATOR)
    referral = Referral(code, conversation_id, *place, now, None, None, "")
    referrals.offer(referral, Reply(word("offer"), sender="system", answers_question=False))
    referrals.answer(conversation_id, code, True, now)
    referrals.pass_on(code, OPERATOR, Reply(word("receipt"), sender="system", answers_question=False), now)
    referrals.record(code, OPERATOR, "answered", word("outcome"), now)


def _remember_dialogue(database: Database, conversation_id: str) -> None:
    """As the engine does: the state with a form half filled in, the answer with a file."""
    state = f'{{"slots": {{"story": "{word("slot")}"}}, "active_loop": "complaint_form"}}'
    answer = f'[{{"text": "{word("kept-answer")}"}}]'
    DialogueStates(database).save(conversation_id, None, state, "m1", answer, utc_now())


def _break_deliveries(database: Database, conversation: Conversation) -> None:
    """The oldest that waits is put off for a day, and all behind it wait; one has failed; one is to be taken back."""
    now, of_person = utc_now(), outbox.c.conversation_id == conversation.id
    with database.read() as connection:
        pending = connection.execute(
            select(outbox.c.cursor).where(of_person, outbox.c.done_at.is_(None)).order_by(outbox.c.cursor)
        ).scalars()
        oldest, second = list(pending)[:2]
        known = select(platform_messages.c.platform_id).where(
            platform_messages.c.cursor.in_(select(transcript.c.cursor).where(transcript.c.sender == "bot"))
        )
        platform_id = connection.execute(known).scalars().first()
    Outbox(database).failed(second, "refused", None, now)
    Outbox(database).failed(oldest, "throttled", now + timedelta(days=1), now)
    PlatformMessages(database).mark("telegram", str(platform_id), "read", None, now)
    PlatformMessages(database).taken(conversation.id, 10**9, "1", now)


def _attachment(name: str, content: bytes) -> dict[str, str]:
    return {"name": name, "media_type": "image/png", "content": base64.b64encode(content).decode()}


def _in_a_month() -> str:
    return (date.today() + timedelta(days=30)).isoformat()
