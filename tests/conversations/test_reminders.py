"""Reminders: 14, 7 and 1 days before a date, each said exactly once, gone after the last one and with the person."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from conversations.commands import Disguise, Erase, OpenHandover, Remember, SetReminder, StopReminders
from conversations.conversation import Conversation
from conversations.database import open_database
from conversations.erasure import erase, export_conversation, sweep
from conversations.outbox import Outbox
from conversations.platform_messages import PlatformMessages
from conversations.reminder_days import DAYS_BEFORE, MAX_DAYS_AHEAD, days_to_remind
from conversations.reminders import Reminder, Reminders
from conversations.reply import Reply
from conversations.tables import reminders
from tests.conversations.talk import START, Talk

ROOT = Path(__file__).parents[2]
TODAY = START.date()
FAR = TODAY + timedelta(days=30)
KNOWN = frozenset({"RU", "KZ"})
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def begin(talk: Talk, *set_up: SetReminder | Remember, channel: str = "telegram") -> str:
    one = talk.begin(channel)
    talk.write(one, "m1")
    talk.turn(Reply("kept"), commands=set_up)
    return one


def say(conversation: Conversation, reminder: Reminder) -> Reply:
    return Reply(f"{reminder.kind} {reminder.day}", (("stop", "/stop_reminders"),), "system")


def say_all(talk: Talk, today: date, **days: date) -> int:
    """How many reminders are said on this day, in Russia unless told otherwise."""
    door = Reminders(talk.database)
    due = door.due(days or {"RU": today}, KNOWN, "RU")
    return sum(door.say(reminder, there, say, talk.now) for reminder, there in due)


def said(talk: Talk, one: str) -> list[str]:
    return [text for sender, text in talk.texts(one) if sender == "system"]


@given(of=DAYS, today=DAYS)
def test_one_is_reminded_14_7_and_1_days_before_and_never_on_a_day_that_is_over(of: date, today: date) -> None:
    days = days_to_remind(of, today)
    assert list(days) == sorted(set(days))
    assert all(today < day < of and (of - day).days in DAYS_BEFORE for day in days)
    left = (of - today).days
    assert len(days) == (sum(left > before for before in DAYS_BEFORE) if left <= MAX_DAYS_AHEAD else 0)


def test_each_of_the_three_days_is_said_once_and_then_nothing_is_kept(talk: Talk) -> None:
    one = begin(talk, SetReminder("registration", FAR))
    counts = {}
    for after in range(40):
        today = TODAY + timedelta(days=after)
        counts[(FAR - today).days] = say_all(talk, today) + say_all(talk, today)
    assert {left for left, count in counts.items() if count} == set(DAYS_BEFORE)
    assert set(counts.values()) == {0, 1}
    assert said(talk, one) == [f"registration {FAR}"] * 3
    assert Reminders(talk.database).of(one) == ()


def test_date_kind_and_conversation_are_all_that_is_kept(talk: Talk) -> None:
    one = begin(talk, SetReminder("stay_limit", FAR))
    with talk.database.read() as connection:
        (row,) = connection.execute(select(reminders)).mappings()
    assert dict(row) == {
        "conversation_id": one,
        "kind": "stay_limit",
        "day": FAR,
        "next_day": FAR - timedelta(days=14),
    }


def test_a_later_date_of_the_same_kind_takes_the_place_of_the_earlier_one(talk: Talk) -> None:
    one = begin(talk, SetReminder("registration", FAR), SetReminder("registration", FAR + timedelta(days=1)))
    assert [each.day for each in Reminders(talk.database).of(one)] == [FAR + timedelta(days=1)]


def test_a_date_that_is_too_near_is_not_kept_and_ends_the_one_before(talk: Talk) -> None:
    one = begin(talk, SetReminder("registration", FAR), SetReminder("registration", TODAY + timedelta(days=1)))
    assert Reminders(talk.database).of(one) == ()


def test_a_reminder_is_a_notice_and_no_answer(talk: Talk) -> None:
    one = begin(talk, SetReminder("registration", FAR))
    assert say_all(talk, FAR - timedelta(days=14)) == 1
    notice = talk.said(one)[-1]
    assert (notice.sender, notice.reply_to, notice.answers) == ("system", None, ())
    assert [each.text for each in _delivered(talk)] == ["kept", notice.text]


def test_where_an_operator_holds_the_talk_the_reminder_is_said_all_the_same(talk: Talk) -> None:
    one = begin(talk, SetReminder("registration", FAR))
    talk.write(one, "m2")
    talk.turn(Reply("called"), commands=[OpenHandover("wish")])
    assert talk.get(one).is_held
    assert say_all(talk, FAR - timedelta(days=7)) == 1
    assert talk.get(one).is_held


def test_nothing_is_said_while_somebody_else_may_be_reading(talk: Talk) -> None:
    one = begin(talk, SetReminder("registration", FAR))
    talk.write(one, "m2")
    talk.turn(Reply("hidden"), commands=[Disguise()])
    assert say_all(talk, FAR - timedelta(days=14)) == 0
    talk.write(one, "m3")
    talk.turn(Reply("back"), commands=[Disguise(is_on=False)])
    assert say_all(talk, FAR - timedelta(days=13)) == 1


def test_a_reminder_that_came_to_its_day_unsaid_is_dropped(talk: Talk) -> None:
    one = begin(talk, SetReminder("registration", FAR))
    assert say_all(talk, FAR + timedelta(days=1)) == 0
    assert Reminders(talk.database).of(one) == () and said(talk, one) == []


def test_the_day_is_that_of_the_country_where_the_person_is(talk: Talk) -> None:
    here = begin(talk, SetReminder("registration", FAR))
    there = begin(talk, SetReminder("registration", FAR), Remember(country="KZ"))
    beyond = begin(talk, SetReminder("registration", FAR), Remember(country="FR"))
    first = FAR - timedelta(days=14)
    assert say_all(talk, first, KZ=first) == 1 and said(talk, there)
    assert say_all(talk, first, RU=first - timedelta(days=1)) == 0
    assert say_all(talk, first, RU=first) == 2 and said(talk, here) and said(talk, beyond)
    assert say_all(talk, first, **{}) == 0


def test_one_kind_or_all_can_be_stopped(talk: Talk) -> None:
    one = begin(talk, *(SetReminder(kind, FAR) for kind in ("registration", "stay_limit", "permit_end")))
    for number, (command, left) in enumerate([(StopReminders("stay_limit"), 2), (StopReminders(), 0)]):
        talk.write(one, f"s{number}")
        talk.turn(Reply("stopped"), commands=[command])
        assert len(Reminders(talk.database).of(one)) == left


def test_erasing_and_silence_take_the_reminders_along(talk: Talk) -> None:
    erased, wished, silent = (begin(talk, SetReminder("registration", FAR)) for _ in range(3))
    assert export_conversation(talk.database, erased)["reminders"][0]["day"] == FAR.isoformat()  # type: ignore[index]
    erase(talk.database, erased, talk.now)
    talk.write(wished, "m2")
    talk.turn(Reply("erased"), commands=[Erase()])
    talk.wait(91 * 86_400)
    assert sweep(talk.database, timedelta(days=90), talk.now) == 2
    assert talk.conversations.get(silent) is None
    with talk.database.read() as connection:
        assert connection.execute(select(reminders)).all() == []


def test_of_one_who_has_blocked_us_nothing_is_kept(talk: Talk) -> None:
    told, found = (begin(talk, SetReminder("registration", FAR)) for _ in range(2))
    PlatformMessages(talk.database).reachable("telegram", talk.get(told).address, False, talk.now)
    outbox = Outbox(talk.database)
    for each in outbox.due(talk.now, 10, ["telegram"]):
        outbox.failed(each.cursor, "blocked", None, talk.now, has_blocked=True)
    door = Reminders(talk.database)
    assert door.of(told) == door.of(found) == ()


def test_many_gateways_at_once_say_each_reminder_once(talk: Talk) -> None:
    people = [begin(talk, SetReminder("registration", FAR)) for _ in range(10)]
    door = Reminders(talk.database)
    due = door.due({"RU": FAR}, KNOWN, "RU")

    def work(_: int) -> int:
        return sum(door.say(reminder, FAR - timedelta(days=14), say, talk.now) for reminder, _ in due)

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(work, range(8))) == len(people)
    assert all(len(said(talk, one)) == 1 for one in people)


def test_a_gateway_killed_while_it_writes_loses_nothing_and_says_nothing_twice(talk: Talk, database_url: str) -> None:
    one = begin(talk, SetReminder("registration", FAR))
    first = FAR - timedelta(days=14)
    command = [sys.executable, str(Path(__file__).parent / "reminding_process.py"), database_url, first.isoformat()]
    killed = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True)
    assert killed.stdout and killed.stdout.readline() == "writes\n"
    killed.kill()
    killed.communicate(timeout=10)
    again = Talk(open_database(database_url))
    assert said(again, one) == []
    assert say_all(again, first) == 1 and say_all(again, first) == 0
    assert len(_delivered(again)) == 2
    again.database.close()


def _delivered(talk: Talk) -> list[Reply]:
    outbox, found = Outbox(talk.database), []
    while due := outbox.due(datetime.max.replace(tzinfo=talk.now.tzinfo) - timedelta(days=2), 10, ["telegram"]):
        for each in due:
            found.append(Reply(each.text, each.buttons))
            outbox.delivered(each.cursor, talk.now)
    return found
