"""The form that counts days of stay, held with Rasa's rules in all seven variants: told, interrupted, corrected."""

from datetime import date

import pytest

from actions.counted_days import counted_days
from actions.ground import Ground
from actions.shown_date import shown_date
from language.variants import LANGUAGES
from tests.actions.stay_texts import (
    BEGIN,
    NO_MORE,
    NO_PERMIT,
    PERMIT,
    QUESTION,
    SPRING,
    STILL_HERE,
    TWO_TRIPS,
    UNSURE,
    Begin,
    used_in_year,
)


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
    assert used_in_year(ground, variant, 70 + 21, 0) in told
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
    assert used_in_year(ground, variant, 52, 38) in told


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
async def test_who_has_a_permit_hears_that_the_limit_does_not_bind(begin: Begin, ground: Ground, variant: str) -> None:
    talk = begin(variant)
    await talk.tap('/start_stay{"country": "RU", "citizenship": "KG"}')
    told = await talk.tap(PERMIT)
    days = counted_days(ground, 90, variant)
    assert ground.wording.text("stay_not_bound_long_term_status", variant, days=days) in told
    assert "https://" in told


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


async def test_yes_and_no_in_words_answer_the_question_for_the_papers_and_for_other_trips(
    begin: Begin, ground: Ground
) -> None:
    talk = begin()
    await talk.tap(BEGIN)
    await talk.say("нет", "deny")
    await talk.say("10.01-20.03")
    assert ground.wording.text("ask_trips_of_the_year", "ru", year="2026") in await talk.say("да", "affirm")
    await talk.say("с 10 по 20 июня")
    assert used_in_year(ground, "ru", 81, 9) in await talk.say("нет", "deny")


async def test_naming_the_paper_answers_the_question_for_it(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap(BEGIN)
    assert "90 дней" in await talk.say("у меня патент", "work.permit")
    await talk.tap(BEGIN)
    asked = await talk.say("нет патента", "work.permit")
    assert ground.wording.text("ask_trips_of_the_year", "ru", year="2026") in asked


@pytest.mark.parametrize(
    ("country", "citizenship", "key"),
    [("KR", "UZ", "no_rule_no_fact"), ("RU", "BY", "no_rule_sources_differ"), ("KG", "UZ", "no_rule_no_fact")],
)
async def test_without_a_rule_no_trips_are_asked_for(
    begin: Begin, ground: Ground, country: str, citizenship: str, key: str
) -> None:
    told = await begin().tap(f'/start_stay{{"country": "{country}", "citizenship": "{citizenship}"}}')
    assert told == ground.wording.text(key, "ru")


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_the_titles_of_the_buttons_can_be_typed(begin: Begin, ground: Ground, variant: str) -> None:
    talk = begin(variant)
    await talk.tap(BEGIN)
    await talk.say(ground.wording.text("button_no", variant), "deny")
    await talk.say("01.10")
    listed = await talk.say(ground.wording.text("button_still_here", variant), "meta.human")
    assert ground.wording.text("ask_another_trip", variant) in listed
    told = await talk.say(ground.wording.text("button_no_more_trips", variant), "trafficking.recruitment_trap")
    assert used_in_year(ground, variant, 52, 38) in told


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_who_has_not_been_there_has_all_days(begin: Begin, ground: Ground, variant: str) -> None:
    talk = begin(variant)
    await talk.tap(BEGIN)
    await talk.tap(NO_PERMIT)
    told = await talk.say(ground.wording.text("button_no_trips", variant), "health.mental")
    assert used_in_year(ground, variant, 0, 90) in told
    assert ground.wording.text("stay_abroad", variant) in told


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


@pytest.mark.parametrize("before", ["/start_job_offer_check", "/start_transfer", "/start_contacts"])
async def test_begun_while_another_tool_asks_it_says_at_once_that_there_is_no_rule(
    begin: Begin, ground: Ground, before: str
) -> None:
    talk = begin()
    await talk.tap('/inform{"country": "RU", "citizenship": "CN"}')
    await talk.tap(before)
    assert ground.wording.text("no_rule_no_fact", "ru") in await talk.tap("/start_stay")


async def test_the_button_of_another_tool_opens_that_one_with_the_details_that_it_carries(
    begin: Begin, ground: Ground
) -> None:
    talk = begin()
    await talk.tap(BEGIN)
    told = await talk.tap('/start_permit{"country": "RU", "citizenship": "UZ"}')
    assert ground.wording.text("ask_permit_held", "ru") in told
