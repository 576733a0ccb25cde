"""The form that counts days of stay, held with Rasa's rules in all seven variants: told, interrupted, corrected."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from actions.counted_days import counted_days
from actions.ground import Ground
from actions.shown_date import shown_date
from language.variants import LANGUAGES
from tests.actions.conftest import TODAY
from tests.actions.rule_conversation import RuleConversation, load_rules
from tests.actions.stay_texts import NOT_UZBEK, QUESTION, TAKEN_BACK, TWO_TRIPS, UNSURE

BEGIN = '/start_stay{"country": "RU", "citizenship": "UZ"}'
NO_PERMIT, PERMIT = '/inform{"step": "no_permit"}', '/inform{"step": "permit"}'
NO_MORE, STILL_HERE = '/inform{"step": "no_more_trips"}', '/inform{"step": "still_here"}'
WRONG = '/inform{"change": "last_trip"}'
SPRING = (date(2026, 1, 10), date(2026, 3, 20))
Begin = Callable[..., RuleConversation]


@pytest.fixture(scope="module")
def agent(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Any:
    return load_rules(ground, tmp_path_factory.mktemp("rules"))


@pytest.fixture
def begin(agent: Any, request: pytest.FixtureRequest) -> Begin:
    return lambda variant="ru", today=TODAY: RuleConversation(agent, request.node.name, variant, today)


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_two_trips_in_one_message_are_counted_with_margin_source_and_date(
    begin: Begin, ground: Ground, variant: str
) -> None:
    talk, say = begin(variant), ground.wording.text
    asked = await talk.tap(BEGIN)
    assert say("stay_intro", variant) in asked
    assert say("ask_stay_permit_long_term_status", variant) in asked
    assert say("ask_trips_of_the_year", variant, year="2026") in await talk.tap(NO_PERMIT)
    listed = await talk.say(TWO_TRIPS[variant], "registration.arrival")
    assert f"{shown_date(SPRING[0], variant)} – {shown_date(SPRING[1], variant)}" in listed
    assert say("trip_going_on", variant, entered_on=shown_date(date(2026, 11, 1), variant)) in listed
    assert say("ask_another_trip", variant) in listed
    told = await talk.tap(NO_MORE)
    assert _used(ground, variant, 70 + 21, 0) in told
    assert say("stay_over", variant, last_day=shown_date(date(2026, 11, 20), variant)) in told
    for shown in ("https://pda.nakanune.ru", "26.12.2024", "21.11.2026", say("deadline_recheck", variant)):
        assert shown in told
    assert "{" not in told


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_the_last_day_stands_with_an_earlier_one_that_is_advised(
    begin: Begin, ground: Ground, variant: str
) -> None:
    talk = begin(variant)
    await talk.tap(BEGIN)
    await talk.tap(NO_PERMIT)
    assert ground.wording.text("ask_left_on", variant, entered_on=shown_date(date(2026, 10, 1), variant)) in (
        await talk.say("01.10", "nlu_fallback")
    )
    await talk.tap(STILL_HERE)
    told = await talk.tap(NO_MORE)
    last_day, advised = shown_date(date(2026, 12, 29), variant), shown_date(date(2026, 12, 20), variant)
    assert ground.wording.text("stay_ahead", variant, last_day=last_day, advised_day=advised) in told
    assert _used(ground, variant, 52, 38) in told


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_a_question_in_between_is_answered_and_the_form_goes_on_where_it_was(
    begin: Begin, ground: Ground, variant: str
) -> None:
    talk = begin(variant)
    await talk.tap(BEGIN)
    await talk.tap(NO_PERMIT)
    await talk.say("10.01")
    answered = await talk.say(QUESTION[variant], "bans.check")
    assert f"The answer of bans/check in {variant}." in answered
    entered_on = shown_date(SPRING[0], variant)
    assert ground.wording.text("ask_left_on", variant, entered_on=entered_on) in answered
    listed = await talk.say("20.03")
    assert f"{entered_on} – {shown_date(SPRING[1], variant)}" in listed


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_who_does_not_remember_is_helped_and_nothing_is_lost(begin: Begin, ground: Ground, variant: str) -> None:
    talk = begin(variant)
    await talk.tap(BEGIN)
    await talk.tap(NO_PERMIT)
    await talk.say("10.01-20.03")
    answered = await talk.say(UNSURE[variant], "nlu_fallback")
    assert ground.wording.text("trip_unsure", variant) in answered
    assert shown_date(SPRING[0], variant) in answered


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_that_is_wrong_takes_the_last_trip_away(begin: Begin, ground: Ground, variant: str) -> None:
    talk = begin(variant)
    await talk.tap(BEGIN)
    await talk.tap(NO_PERMIT)
    await talk.say("10.01-20.03, 01.06-05.06")
    answered = await talk.say(TAKEN_BACK[variant], "meta.complaint")
    assert ground.wording.text("trip_removed", variant) in answered
    assert shown_date(SPRING[0], variant) in answered
    assert shown_date(date(2026, 6, 1), variant) not in answered


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_a_corrected_citizenship_counts_again_after_the_answer(
    begin: Begin, ground: Ground, variant: str
) -> None:
    talk = begin(variant)
    await talk.tap(BEGIN)
    await talk.tap(NO_PERMIT)
    await talk.say("10.01-20.03")
    await talk.tap(NO_MORE)
    told = await talk.say(NOT_UZBEK[variant])
    assert ground.places.country_name("TJ", variant) in told
    assert _used(ground, variant, 70, 20) in told


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_who_has_a_permit_hears_that_the_limit_does_not_bind(begin: Begin, ground: Ground, variant: str) -> None:
    talk = begin(variant)
    await talk.tap('/start_stay{"country": "RU", "citizenship": "KG"}')
    told = await talk.tap(PERMIT)
    days = counted_days(ground, 90, variant)
    assert ground.wording.text("stay_not_bound_long_term_status", variant, days=days) in told
    assert "https://" in told


async def test_the_citizenship_is_corrected_in_the_middle_and_the_trips_stay(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap(BEGIN)
    await talk.tap(NO_PERMIT)
    await talk.say("10.01-20.03")
    assert "Таджикистан" in await talk.say("не узбек, таджик")
    assert "10 января" in await talk.tap(NO_PERMIT)


async def test_the_change_button_begins_anew(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap(BEGIN)
    assert ground.wording.text("ask_stay_country", "ru") in await talk.tap('/inform{"change": "details"}')


async def test_another_country_asks_for_the_trips_there(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap(BEGIN)
    await talk.tap(NO_PERMIT)
    await talk.say("10.01-20.03")
    asked = await talk.tap('/inform{"country": "KZ"}')
    assert ground.wording.text("ask_stay_permit_temporary_residence", "ru") in asked
    assert ground.wording.text("ask_trips_of_days", "ru", window="180 дней") in await talk.tap(NO_PERMIT)


async def test_the_form_stops_and_the_next_one_begins_without_old_trips(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap(BEGIN)
    await talk.tap(NO_PERMIT)
    await talk.say("10.01-20.03")
    assert ground.wording.text("form_stopped", "ru") in await talk.tap("/stop_form")
    assert ground.wording.text("ask_stay_permit_long_term_status", "ru") in await talk.tap("/start_stay")
    assert ground.wording.text("ask_trips_of_the_year", "ru", year="2026") in await talk.tap(NO_PERMIT)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("31 февраля", "date_impossible"),
        ("20.03.2026 - 10.01.2026", "trip_exit_before_entry"),
        ("10.01.2027", "trip_in_future"),
        ("01.01.2001 - 10.01.2026", "trip_too_long"),
        ("ещё здесь", "trip_entry_missing"),
        ("как-нибудь потом", "form_not_caught"),
    ],
)
async def test_wrong_input_is_answered_kindly_and_asked_again(
    begin: Begin, ground: Ground, text: str, key: str
) -> None:
    talk = begin()
    await talk.tap(BEGIN)
    await talk.tap(NO_PERMIT)
    answered = await talk.say(text, "nlu_fallback")
    assert ground.wording.text(key, "ru") in answered
    assert ground.wording.text("ask_trips_of_the_year", "ru", year="2026") in answered


async def test_an_ambiguous_date_is_asked_back_and_the_trip_goes_on(begin: Begin, ground: Ground) -> None:
    talk = begin("en")
    await talk.tap(BEGIN)
    await talk.tap(NO_PERMIT)
    assert ground.wording.text("which_date", "en") in await talk.say("03/04/2026 - 20 May 2026")
    assert "4 March 2026 – 20 May 2026" in await talk.tap('/inform{"date": "2026-03-04"}')


async def test_a_reading_that_cannot_be_is_not_asked_for(begin: Begin) -> None:
    talk = begin("en")
    await talk.tap(BEGIN)
    await talk.tap(NO_PERMIT)
    assert "10 January 2026 – 20 March 2026" in await talk.say("10/01 - 20/03")


async def test_one_day_is_mended_by_saying_not_this_but_that(begin: Begin) -> None:
    talk = begin()
    await talk.tap(BEGIN)
    await talk.tap(NO_PERMIT)
    await talk.say("10.01-20.03")
    assert "10 января 2026 г. – 25 марта 2026 г." in await talk.say("не 20 марта, а 25 марта")


async def test_yes_and_no_in_words_answer_the_question_for_the_papers_and_for_other_trips(
    begin: Begin, ground: Ground
) -> None:
    talk = begin()
    await talk.tap(BEGIN)
    await talk.say("нет", "deny")
    await talk.say("10.01-20.03")
    assert ground.wording.text("ask_trips_of_the_year", "ru", year="2026") in await talk.say("да", "affirm")
    await talk.say("с 10 по 20 июня")
    assert _used(ground, "ru", 81, 9) in await talk.say("нет", "deny")


async def test_naming_the_paper_answers_the_question_for_it(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap(BEGIN)
    assert "90 дней" in await talk.say("у меня патент", "work.permit")
    await talk.tap(BEGIN)
    asked = await talk.say("нет патента", "work.permit")
    assert ground.wording.text("ask_trips_of_the_year", "ru", year="2026") in asked


async def test_two_failures_offer_a_person_and_yes_calls_one(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap(BEGIN)
    await talk.say("абвг", "nlu_fallback")
    assert ground.wording.text("offer_human", "ru") in await talk.say("где", "nlu_fallback")
    called = await talk.say("да", "affirm")
    assert ground.wording.text("human_called", "ru") in called
    assert ground.wording.text("ask_stay_permit_long_term_status", "ru") not in called


@pytest.mark.parametrize(
    ("country", "citizenship", "key"),
    [("KR", "UZ", "no_rule_no_fact"), ("RU", "BY", "no_rule_sources_differ"), ("KG", "UZ", "no_rule_no_fact")],
)
async def test_without_a_rule_no_trips_are_asked_for(
    begin: Begin, ground: Ground, country: str, citizenship: str, key: str
) -> None:
    told = await begin().tap(f'/start_stay{{"country": "{country}", "citizenship": "{citizenship}"}}')
    assert told == ground.wording.text(key, "ru")


async def test_a_trip_that_was_wrong_is_told_anew_after_the_answer(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap(BEGIN)
    await talk.tap(NO_PERMIT)
    await talk.say("10.01-20.03, 01.06-05.06")
    await talk.tap(NO_MORE)
    listed = await talk.tap('/start_stay{"change": "last_trip"}')
    assert "10 января" in listed
    assert "1 июня" not in listed
    assert _used(ground, "ru", 70, 20) in await talk.tap(NO_MORE)


async def test_days_told_with_a_question_are_counted_not_answered_as_a_question(begin: Begin) -> None:
    talk = begin()
    await talk.tap(BEGIN)
    await talk.tap(NO_PERMIT)
    text = "приехал 10 января, уехал 20 марта, сколько дней у меня ещё осталось?"
    assert "10 января 2026 г. – 20 марта 2026 г." in await talk.say(text, "registration.stay_limits")


async def test_trips_told_with_the_country_are_not_asked_for_again(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap("/start_stay")
    asked = await talk.say("я в России с 10.01 по 20.03")
    assert ground.wording.text("ask_citizenship", "ru") in asked
    await talk.tap('/inform{"citizenship": "UZ"}')
    assert "10 января 2026 г. – 20 марта 2026 г." in await talk.tap(NO_PERMIT)


def _used(ground: Ground, variant: str, used: int, left: int) -> str:
    days = {"used": counted_days(ground, used, variant), "left": counted_days(ground, left, variant)}
    return ground.wording.text("stay_used_in_year", variant, year="2026", **days)
