"""Corrections in the form of a transfer and after its result: sum, fee, country, an offer; stopping and going on."""

import pytest

from actions.ground import Ground
from guidance.currencies import MINOR_UNITS
from language.variants import LANGUAGES
from tests.actions.test_transfer_form import at_offers, money
from tests.actions.transfer_texts import (
    CHANGE,
    DONE,
    IN_UZS,
    NO_FEE,
    NOT_150_BUT_200,
    REFERENCE_UNKNOWN,
    START,
    TEN_THOUSAND,
    WHOLE_OFFER,
    WRONG,
    Begin,
)


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_a_number_is_mended_by_saying_not_this_but_that(begin: Begin, ground: Ground, variant: str) -> None:
    talk = await at_offers(begin, variant)
    await talk.say(WHOLE_OFFER[variant])
    listed = await talk.say(NOT_150_BUT_200[variant], "nlu_fallback")
    received = money(ground, "1390000", "UZS", variant)
    fee = money(ground, "200", "RUB", variant)
    assert ground.wording.text("transfer_offer_line", variant, number=1, fee=fee, received=received) in listed


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_a_number_is_mended_after_the_result(begin: Begin, ground: Ground, variant: str) -> None:
    talk = await at_offers(begin, variant)
    await talk.say(WHOLE_OFFER[variant])
    await talk.tap(DONE)
    await talk.tap(REFERENCE_UNKNOWN)
    told = await talk.say(NOT_150_BUT_200[variant])
    assert money(ground, "10200", "RUB", variant) in told


async def test_another_sum_keeps_a_rate_and_forgets_what_was_promised_for_the_old_one(
    begin: Begin, ground: Ground
) -> None:
    talk = await at_offers(begin)
    await talk.say("без комиссии, 1 рубль = 140 сум")
    assert "2\xa0800\xa0000 сум" in await talk.say("не 10000, а 20000", "nlu_fallback")
    talk = await at_offers(begin)
    await talk.tap(CHANGE)
    await talk.tap(TEN_THOUSAND)
    await talk.tap('/inform{"country": "UZ"}')
    await talk.tap(IN_UZS)
    await talk.say(WHOLE_OFFER["ru"])
    changed = await talk.say("отправляю 20000 рублей", "remittances.how_to_send")
    assert "1\xa0390\xa0000" not in changed
    assert ground.wording.text("ask_transfer_fee", "ru", number=1) in changed


async def test_another_country_asks_in_which_money_it_arrives_there(begin: Begin, ground: Ground) -> None:
    talk = await at_offers(begin)
    await talk.say(WHOLE_OFFER["ru"])
    asked = await talk.say("не в Узбекистан, в Таджикистан")
    assert "Таджикистан" in asked
    assert "1\xa0390\xa0000" not in asked
    assert ground.wording.text("ask_transfer_arrives_in", "ru") in asked


async def test_the_country_of_the_transfer_is_not_where_one_is(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap('/inform{"country": "RU"}')
    for payload in (START, TEN_THOUSAND):
        await talk.tap(payload)
    await talk.say("в Узбекистан")
    await talk.tap("/stop_form")
    assert "Для кого: Россия" in (asked := await talk.tap("/registration.arrival")) or "Узбекистан" not in asked


async def test_an_offer_that_is_wrong_is_taken_away(begin: Begin, ground: Ground) -> None:
    talk = await at_offers(begin)
    await talk.say(WHOLE_OFFER["ru"])
    await talk.say("без комиссии, 1 рубль = 138 сум")
    left = await talk.tap(WRONG)
    assert ground.wording.text("trip_removed", "ru") in left
    assert "1)" in left
    assert "2)" not in left
    assert ground.wording.text("ask_transfer_fee", "ru", number=1) in await talk.say("неправильно", "meta.complaint")


async def test_the_change_button_begins_anew(begin: Begin, ground: Ground) -> None:
    talk = await at_offers(begin)
    asked = await talk.tap(CHANGE)
    assert ground.wording.text("ask_transfer_sum", "ru") in asked
    assert "10\xa0000" not in asked


async def test_a_form_that_was_left_goes_on_where_it_was(begin: Begin, ground: Ground) -> None:
    talk = await at_offers(begin)
    await talk.tap(NO_FEE)
    assert ground.wording.text("transfer_stopped", "ru") in await talk.tap("/stop_form")
    assert "Сколько получат дома, если отправить 10\xa0000 ₽?" in await talk.tap(START)


async def test_after_the_result_the_next_transfer_begins_empty(begin: Begin, ground: Ground) -> None:
    talk = await at_offers(begin)
    await talk.say(WHOLE_OFFER["ru"])
    await talk.tap(DONE)
    await talk.tap(REFERENCE_UNKNOWN)
    asked = await talk.tap(START)
    assert ground.wording.text("ask_transfer_sum", "ru") in asked
    assert "10\xa0000" not in asked


async def test_after_the_result_another_offer_joins_the_first(begin: Begin, ground: Ground) -> None:
    talk = await at_offers(begin)
    await talk.say(WHOLE_OFFER["ru"])
    await talk.tap(DONE)
    await talk.tap(REFERENCE_UNKNOWN)
    await talk.tap('/start_transfer{"change": "another"}')
    assert "2) комиссия 0 ₽" in await talk.say("без комиссии, получат 1 400 000 сум")


async def test_a_rate_the_wrong_way_round_is_doubted(begin: Begin, ground: Ground) -> None:
    talk = await at_offers(begin)
    await talk.say("комиссия 10, 1 рубль = 140 сум")
    await talk.tap(DONE)
    assert ground.wording.text("transfer_loses_all", "ru") in await talk.say("1 рубль = 200000 сум")
    assert "4,95" not in (told := await talk.say("1 рубль = 145 сум"))
    assert "3,55\xa0%" in told


async def test_danger_told_in_the_form_is_answered_as_danger(begin: Begin) -> None:
    talk = await at_offers(begin)
    answered = await talk.say("хозяин забрал 10000 рублей и паспорт", "trafficking.forced_labour")
    assert "The answer of trafficking/papers" in answered


async def test_two_failures_offer_a_person(begin: Begin, ground: Ground) -> None:
    talk = await at_offers(begin)
    await talk.say("абвг", "nlu_fallback")
    assert ground.wording.text("offer_human", "ru") in await talk.say("где", "nlu_fallback")


async def test_every_money_can_be_tapped_and_a_sum_that_is_told_stays(begin: Begin) -> None:
    talk, other = begin(), '/inform{"step": "other_currency"}'
    await talk.tap(START)
    await talk.say("10000 фунтов", "nlu_fallback")
    shown = {button["payload"] for button in talk.messages[-1]["buttons"]}
    await talk.tap(other)
    shown |= {button["payload"] for button in talk.messages[-1]["buttons"]}
    assert {f'/inform{{"step": "currency", "reply": "{code}"}}' for code in MINOR_UNITS} < shown
    assert "10\xa0000 манат" in await talk.tap('/inform{"step": "currency", "reply": "TMT"}')
