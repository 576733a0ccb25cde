"""Corrections in the form on papers for work and after its answer; stopping, coming back."""

from datetime import date

import pytest

from actions.ground import Ground
from actions.shown_date import shown_date
from language.variants import LANGUAGES
from tests.actions.permit_texts import HELD, NOT_HELD, NOT_UZBEK, RU_UZ, WORK
from tests.actions.stay_texts import Begin


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_a_corrected_citizenship_tells_again_after_the_answer(begin: Begin, ground: Ground, variant: str) -> None:
    talk = begin(variant)
    await talk.tap(RU_UZ)
    await talk.tap(NOT_HELD)
    await talk.say("05.11.2026")
    await talk.tap(WORK)
    told = await talk.say(NOT_UZBEK[variant])
    assert ground.places.country_name("TJ", variant) in told
    assert ground.wording.text("permit_need_patent", variant) in told
    assert shown_date(date(2026, 12, 4), variant) in told


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_the_citizenship_is_corrected_in_the_middle_and_the_day_stays(
    begin: Begin, ground: Ground, variant: str
) -> None:
    talk = begin(variant)
    await talk.tap(RU_UZ)
    await talk.tap(NOT_HELD)
    await talk.say("05.11.2026")
    asked = await talk.say(NOT_UZBEK[variant])
    assert ground.places.country_name("TJ", variant) in asked
    assert ground.wording.text("ask_permit_purpose", variant) in asked


async def test_a_citizenship_with_another_rule_asks_what_that_rule_needs(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap('/start_permit{"country": "RU", "citizenship": "KG"}')
    await talk.say("05.11.2026")
    asked = await talk.say("я не киргиз, я узбек")
    assert ground.wording.text("ask_permit_held", "ru") in asked
    await talk.tap(NOT_HELD)
    assert ground.wording.text("permit_need_patent", "ru") in await talk.tap(WORK)


async def test_another_country_after_the_answer_is_told_at_once(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap(RU_UZ)
    await talk.tap(NOT_HELD)
    await talk.say("05.11.2026")
    await talk.tap(WORK)
    assert ground.wording.text("permit_need_kz", "ru") in await talk.say("нет, в Казахстане")


async def test_a_corrected_day_counts_again(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap(RU_UZ)
    await talk.tap(HELD)
    await talk.say("15.10.2026")
    await talk.say("16.10.2026")
    told = await talk.say("1")
    assert shown_date(date(2026, 11, 15), "ru") in told
    assert shown_date(date(2026, 12, 9), "ru") in await talk.say("10.10.2026") + await talk.tap("/start_permit")


async def test_a_change_of_mind_on_the_patent_asks_for_the_other_days(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap(RU_UZ)
    await talk.tap(NOT_HELD)
    asked = await talk.tap('/inform{"change": "details"}')
    assert ground.wording.text("ask_permit_country", "ru") in asked
    await talk.say("в России")
    await talk.say("узбек")
    assert ground.wording.text("ask_permit_issued_on", "ru") in await talk.say("у меня есть патент", "work.permit")


async def test_who_stopped_or_left_goes_on_later_where_it_was(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap(RU_UZ)
    await talk.tap(HELD)
    await talk.say("15.10.2026")
    assert ground.wording.text("form_stopped", "ru") in await talk.tap("/stop_form")
    assert ground.wording.text("ask_permit_months", "ru") in await talk.tap("/start_permit")


async def test_after_an_answer_the_next_one_begins_anew(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap(RU_UZ)
    await talk.tap(HELD)
    await talk.say("15.10.2026")
    await talk.say("2")
    assert ground.wording.text("ask_permit_held", "ru") in await talk.tap("/start_permit")


async def test_two_failures_offer_a_person_and_yes_calls_one(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap(RU_UZ)
    await talk.say("абвг", "nlu_fallback")
    assert ground.wording.text("offer_human", "ru") in await talk.say("где", "nlu_fallback")
    called = await talk.say("да", "affirm")
    assert ground.wording.text("human_called", "ru") in called
    assert ground.wording.text("ask_permit_held", "ru") not in called
