"""Reminders in the dialogue: offered under a date, set, listed and stopped, in every variant."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.answering import Answering
from actions.buttons import remind_button
from actions.ground import Ground
from actions.heard import Answered, Detail, Heard
from actions.shown_date import shown_date
from actions.tell_registration_deadline import tell_deadline
from actions.tell_stay import tell_stay
from bot.engine_reply import parse_reply
from conversations.commands import SetReminder, StopReminders
from conversations.reminder_days import KINDS
from language.variants import LANGUAGES
from tests.actions.conftest import TODAY, Hear

FAR = TODAY + timedelta(days=20)
TEXTS = st.one_of(st.text(max_size=20), st.dates().map(str), st.sampled_from(["2026-02-31", "0000-00-00", ""]))


def pressed(hear: Hear, kind: str = "registration", day: str = FAR.isoformat(), **more: Any) -> Heard:
    return hear("", "set_reminder", ("reminder", kind), ("date", day), **more)


def answer(ground: Ground, heard: Heard) -> Answered:
    return Answering(ground).answer(heard)


def commands(answered: Answered) -> list[object]:
    """The commands as the gateway reads them."""
    messages = [{"text": answered.text}, *({"custom": dict(each)} for each in answered.commands)]
    return list(parse_reply(json.dumps({"messages": messages}).encode()).commands)


@pytest.mark.parametrize("variant", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_kept_when_messages_come_and_how_to_stop_is_said(
    ground: Ground, hear: Hear, kind: str, variant: str
) -> None:
    answered = answer(ground, pressed(hear, kind, variant=variant))
    assert commands(answered) == [SetReminder(kind, FAR)]
    for day in (FAR, FAR - timedelta(days=14), FAR - timedelta(days=7), FAR - timedelta(days=1)):
        assert shown_date(day, variant) in answered.text
    assert ground.wording.text(f"reminder_name_{kind}", variant) in answered.text
    assert [each.payload for each in answered.buttons][:2] == [
        f'/stop_reminders{{"reminder": "{kind}"}}',
        "/list_reminders",
    ]
    assert all(len(each.title) <= 20 for each in answered.buttons)


def test_a_day_that_is_over_is_not_promised(ground: Ground, hear: Hear) -> None:
    soon = TODAY + timedelta(days=5)
    answered = answer(ground, pressed(hear, day=soon.isoformat()))
    assert shown_date(soon - timedelta(days=1), "ru") in answered.text
    assert shown_date(soon - timedelta(days=7), "ru") not in answered.text


@pytest.mark.parametrize("days", [-30, -1, 0, 1])
def test_a_date_that_is_too_near_gets_a_kind_word_and_no_reminder(ground: Ground, hear: Hear, days: int) -> None:
    answered = answer(ground, pressed(hear, day=(TODAY + timedelta(days=days)).isoformat()))
    assert answered.text == ground.wording.text("reminder_too_near", "ru")
    assert answered.commands == ()


@given(kind=TEXTS, day=TEXTS)
def test_whatever_a_button_carries_only_a_date_of_ours_becomes_a_reminder(ground: Ground, kind: str, day: str) -> None:
    heard = Heard("", "ru", TODAY, {"set_reminder": 1.0}, ())
    answered = answer(ground, replace(heard, details=(Detail("reminder", kind), Detail("date", day))))
    assert answered.text and all(isinstance(each, SetReminder) for each in commands(answered))


def test_remind_me_takes_the_date_that_was_told_last(ground: Ground, hear: Hear) -> None:
    slots = {"remind_of": {"reminder": "stay_limit", "date": FAR.isoformat()}}
    assert commands(answer(ground, hear("", "set_reminder", slots=slots))) == [SetReminder("stay_limit", FAR)]


def test_remind_me_without_a_date_leads_to_the_forms_that_work_one_out(ground: Ground, hear: Hear) -> None:
    answered = answer(ground, hear("", "set_reminder"))
    assert [each.payload for each in answered.buttons] == [
        "/registration.arrival",
        "/start_stay",
        "/start_permit",
        "/meta.menu",
    ]
    assert answered.commands == ()


def test_on_the_web_one_is_told_to_open_the_page_and_of_an_erasure_before_the_day(ground: Ground, hear: Hear) -> None:
    page = ground.wording.text("reminder_on_page", "ru")
    erased = ground.wording.text("reminder_goes_with_chat", "ru", days="10 дней")
    told = answer(ground, replace(pressed(hear), channel="web", retention_days=10)).text
    assert page in told and erased in told
    not_told = answer(ground, replace(pressed(hear), channel="telegram", retention_days=90)).text
    assert page not in not_told and "стирается" not in not_told


@pytest.mark.parametrize("variant", LANGUAGES)
def test_the_list_names_each_with_its_date_and_a_button_that_stops_it(ground: Ground, hear: Hear, variant: str) -> None:
    kept = {kind: FAR + timedelta(days=number) for number, kind in enumerate(KINDS)}
    answered = answer(ground, replace(hear("", "list_reminders", variant=variant), reminders=kept))
    for kind, day in kept.items():
        assert f"{ground.wording.text(f'reminder_name_{kind}', variant)}: {shown_date(day, variant)}" in answered.text
    stops = [each for each in answered.buttons if each.payload.startswith("/stop_reminders")]
    assert len(stops) == len(KINDS) + 1 and all(len(each.title) <= 20 for each in answered.buttons)
    one = answer(ground, replace(hear("", "list_reminders", variant=variant), reminders={"registration": FAR}))
    assert [each.payload for each in one.buttons] == ['/stop_reminders{"reminder": "registration"}', "/meta.menu"]


def test_an_empty_list_leads_to_the_forms(ground: Ground, hear: Hear) -> None:
    answered = answer(ground, hear("", "list_reminders"))
    assert answered.text == ground.wording.text("no_reminders", "ru") and len(answered.buttons) == 4


def test_one_is_stopped_or_all(ground: Ground, hear: Hear) -> None:
    one = answer(ground, hear("", "stop_reminders", ("reminder", "stay_limit")))
    assert commands(one) == [StopReminders("stay_limit")]
    assert commands(answer(ground, hear("", "stop_reminders"))) == [StopReminders()]
    assert commands(answer(ground, hear("", "stop_reminders", ("reminder", "nothing")))) == [StopReminders()]


def test_a_bare_stop_ends_the_reminders_unless_a_form_is_open(ground: Ground, hear: Hear) -> None:
    kept = {"registration": FAR}
    outside = answer(ground, replace(hear("стоп", "stop_form"), reminders=kept))
    assert commands(outside) == [StopReminders()]
    inside = answer(ground, replace(hear("стоп", "stop_form", form="stay_form"), reminders=kept))
    assert inside.text == ground.wording.text("form_stopped", "ru") and inside.commands == ()
    without = answer(ground, hear("стоп", "stop_form"))
    assert without.text == ground.wording.text("form_stopped", "ru") and without.commands == ()


def test_no_button_is_offered_where_nothing_is_left_to_remind_of(ground: Ground) -> None:
    assert remind_button(ground, "ru", "registration", TODAY + timedelta(days=1), TODAY) == ()
    (offered,) = remind_button(ground, "ru", "registration", FAR, TODAY)
    assert offered.payload == f'/set_reminder{{"reminder": "registration", "date": "{FAR}"}}'


@pytest.mark.parametrize("variant", LANGUAGES)
def test_the_deadline_offers_a_reminder_of_the_advised_day(ground: Ground, hear: Hear, variant: str) -> None:
    slots = {"country": "RU", "citizenship": "KG", "entered_on": (TODAY - timedelta(days=2)).isoformat()}
    answered = tell_deadline(ground, hear("", "inform", slots=slots, variant=variant))
    advised = answered.slots["remind_of"]["date"]
    assert answered.buttons[0].payload == f'/set_reminder{{"reminder": "registration", "date": "{advised}"}}'
    assert shown_date(TODAY.fromisoformat(advised), variant) in answered.text
    assert len(answered.buttons) <= 10


def test_the_days_of_stay_offer_a_reminder_of_the_advised_day_while_there_is_time(ground: Ground, hear: Hear) -> None:
    entered = TODAY - timedelta(days=5)
    slots = {"country": "RU", "citizenship": "TJ", "stay_permit": "no", "trips": [[entered.isoformat(), None]]}
    answered = tell_stay(ground, hear("", "inform", slots=slots))
    assert answered.slots["remind_of"]["reminder"] == "stay_limit"
    assert answered.buttons[0].payload.startswith('/set_reminder{"reminder": "stay_limit"')
    assert len(answered.buttons) <= 10
    late = slots | {"trips": [[(TODAY - timedelta(days=200)).isoformat(), None]]}
    over = tell_stay(ground, hear("", "inform", slots=late))
    assert not any(each.payload.startswith("/set_reminder") for each in over.buttons)


async def test_a_dialogue_from_the_deadline_to_the_reminder_and_back_to_an_open_form(
    ground: Ground, begin: Callable[..., Any]
) -> None:
    say = ground.wording.text
    person = begin("ru")
    await person.tap("/registration.arrival")
    for told in ("Россия", "Кыргызстан", "вчера"):
        deadline = await person.say(told)
    assert "2026" in deadline
    assert say("reminder_name_registration", "ru") in await person.tap("/set_reminder")
    asked = await person.tap("/start_stay")
    interrupted = await person.tap("/list_reminders")
    assert interrupted.startswith(say("no_reminders", "ru"))
    assert asked.splitlines()[-1] in interrupted, "the form asks its question again"
