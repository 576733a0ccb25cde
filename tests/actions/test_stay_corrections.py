"""Corrections in the form of stay and after its answer: another citizenship, country, trip or day; stopping."""

from datetime import date

import pytest

from actions.ground import Ground
from actions.shown_date import shown_date
from language.variants import LANGUAGES
from tests.actions.stay_texts import (
    BEGIN,
    NO_MORE,
    NO_PERMIT,
    NOT_UZBEK,
    SPRING,
    TAKEN_BACK,
    WRONG,
    Begin,
    used_in_year,
)


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
    assert used_in_year(ground, variant, 70, 20) in told


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


async def test_one_day_is_mended_by_saying_not_this_but_that(begin: Begin) -> None:
    talk = begin()
    await talk.tap(BEGIN)
    await talk.tap(NO_PERMIT)
    await talk.say("10.01-20.03")
    assert "10 января 2026 г. – 25 марта 2026 г." in await talk.say("не 20 марта, а 25 марта")


async def test_two_failures_offer_a_person_and_yes_calls_one(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap(BEGIN)
    await talk.say("абвг", "nlu_fallback")
    assert ground.wording.text("offer_human", "ru") in await talk.say("где", "nlu_fallback")
    called = await talk.say("да", "affirm")
    assert ground.wording.text("human_called", "ru") in called
    assert ground.wording.text("ask_stay_permit_long_term_status", "ru") not in called


async def test_a_trip_that_was_wrong_is_told_anew_after_the_answer(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap(BEGIN)
    await talk.tap(NO_PERMIT)
    await talk.say("10.01-20.03, 01.06-05.06")
    await talk.tap(NO_MORE)
    listed = await talk.tap('/start_stay{"change": "last_trip"}')
    assert "10 января" in listed
    assert "1 июня" not in listed
    assert used_in_year(ground, "ru", 70, 20) in await talk.tap(NO_MORE)


async def test_the_button_takes_away_the_trip_that_is_being_told_and_no_other(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap(BEGIN)
    await talk.tap(NO_PERMIT)
    await talk.say("10.01-20.03, 01.06")
    answered = await talk.tap(WRONG)
    assert ground.wording.text("trip_removed", "ru") in answered
    assert "10 января" in answered
    assert "1 июня" not in answered


async def test_a_form_that_ended_by_itself_leaves_no_trips_for_the_next_one(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap(BEGIN)
    await talk.tap(NO_PERMIT)
    await talk.say("10.01-20.03")
    await talk.say("у меня забрали паспорт и не отпускают", "trafficking.forced_labour")
    assert ground.wording.text("ask_stay_permit_long_term_status", "ru") in await talk.tap("/start_stay")
    assert ground.wording.text("ask_trips_of_the_year", "ru", year="2026") in await talk.tap(NO_PERMIT)
