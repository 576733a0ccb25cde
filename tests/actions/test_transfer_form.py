"""The form that reckons a transfer, held with Rasa's rules in all seven variants: told, interrupted, wrong input."""

from decimal import Decimal

import pytest

from actions.ground import Ground
from actions.shown_money import shown_money, shown_percent
from language.variants import LANGUAGES
from tests.actions.stay_texts import QUESTION, UNSURE
from tests.actions.transfer_texts import (
    DONE,
    FREE_AT_138,
    IN_RUB,
    IN_UZS,
    NO_FEE,
    RATE_UNKNOWN,
    REFERENCE_UNKNOWN,
    START,
    SUM,
    TEN_THOUSAND,
    TO_UZ,
    WHOLE_OFFER,
    Begin,
)


async def at_offers(begin: Begin, variant: str = "ru") -> object:
    talk = begin(variant)
    for payload in (START, TEN_THOUSAND, TO_UZ, IN_UZS):
        await talk.tap(payload)
    return talk


def money(ground: Ground, amount: str, currency: str, variant: str) -> str:
    return shown_money(ground, Decimal(amount), currency, variant)


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_two_offers_in_peoples_own_words_are_compared_beside_the_official_rate(
    begin: Begin, ground: Ground, variant: str
) -> None:
    talk, say = begin(variant), ground.wording.text
    asked = await talk.tap(START)
    assert say("transfer_intro", variant) in asked
    assert say("ask_transfer_sum", variant) in asked
    assert say("ask_transfer_country", variant) in await talk.say(SUM[variant], "nlu_fallback")
    to = ground.places.country_name("UZ", variant)
    assert say("ask_transfer_arrives_in", variant) in await talk.say(to, "inform")
    assert say("ask_transfer_fee", variant, number=1) in await talk.tap(IN_UZS)
    listed = await talk.say(WHOLE_OFFER[variant], "remittances.cost_compare")
    fee, received = money(ground, "150", "RUB", variant), money(ground, "1390000", "UZS", variant)
    assert say("transfer_offer_line", variant, number=1, fee=fee, received=received) in listed
    listed = await talk.say(FREE_AT_138[variant], "nlu_fallback")
    assert money(ground, "1380000", "UZS", variant) in listed
    assert say("transfer_intro", variant) not in listed
    await talk.say(say("button_offers_done", variant), "nlu_fallback")
    told = await talk.say("1 RUB = 145 UZS", "nlu_fallback")
    # 10,000 - 1,390,000 / 145 = 413.79; with the fee 563.79. The free one: 10,000 - 1,380,000 / 145 = 482.76.
    for shown in (
        money(ground, "563.79", "RUB", variant),
        shown_percent(Decimal("5.64"), variant),
        money(ground, "413.79", "RUB", variant),
        money(ground, "482.76", "RUB", variant),
        shown_percent(Decimal("4.83"), variant),
        say("transfer_best", variant, offers=say("transfer_offer", variant, number=2)),
        shown_percent(Decimal(3), variant),
        shown_percent(Decimal(5), variant),
        say("transfer_note", variant),
        "https://www.indexmundi.com",
        "21.11.2026",
    ):
        assert shown in told
    assert "{" not in told


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_a_question_in_between_is_answered_and_nothing_told_is_lost(
    begin: Begin, ground: Ground, variant: str
) -> None:
    talk = await at_offers(begin, variant)
    await talk.tap(NO_FEE)
    answered = await talk.say(QUESTION[variant], "bans.check")
    assert f"The answer of bans/check in {variant}." in answered
    assert money(ground, "10000", "RUB", variant) in answered
    listed = await talk.say("1390000")
    assert money(ground, "1390000", "UZS", variant) in listed


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_who_does_not_know_the_rate_hears_what_the_fee_costs(begin: Begin, ground: Ground, variant: str) -> None:
    talk = await at_offers(begin, variant)
    await talk.tap('/inform{"step": "percent", "reply": "1"}')
    assert ground.wording.text("transfer_rate_unsure", variant) in await talk.say(UNSURE[variant], "nlu_fallback")
    told = await talk.tap(DONE)
    share = shown_percent(Decimal(1), variant)
    assert ground.wording.text("transfer_arrives_unknown", variant, share=share) in told
    assert ground.wording.text("transfer_margin_unknown", variant) not in told


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_without_the_official_rate_offers_are_compared_by_what_arrives(
    begin: Begin, ground: Ground, variant: str
) -> None:
    talk = await at_offers(begin, variant)
    await talk.say(WHOLE_OFFER[variant])
    await talk.say(FREE_AT_138[variant])
    assert ground.wording.text("ask_another_offer", variant) not in await talk.tap(DONE)
    told = await talk.tap(REFERENCE_UNKNOWN)
    # For one rouble paid 1,390,000 / 10,150 = 136.95 arrive with the first, 138 with the second.
    second = ground.wording.text("transfer_offer", variant, number=2)
    assert ground.wording.text("transfer_best", variant, offers=second) in told
    assert ground.wording.text("transfer_margin_unknown", variant) in told
    assert "https://" not in told


async def test_everything_at_once_asks_only_for_what_is_lacking(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap(START)
    text = "отправляю 10000 рублей, комиссия 150, 1 рубль = 0,12 сомони"
    assert ground.wording.text("ask_transfer_country", "ru") in await talk.say(text, "remittances.how_to_send")
    listed = await talk.say("в Таджикистан")
    assert "10 000 ₽ → Таджикистан (Сомони)".replace(" 000", "\xa0000") in listed
    assert "1\xa0200 сомони" in listed
    assert ground.wording.text("ask_another_offer", "ru") in listed


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("-500 рублей", "transfer_negative"),
        ("0", "transfer_zero"),
        ("9999999999999 рублей", "transfer_too_large"),
        ("абв где", "form_not_caught"),
        ("не знаю", "transfer_unsure"),
        ("10000 фунтов", "transfer_money_unknown"),
    ],
)
async def test_a_sum_that_cannot_be_is_answered_kindly_and_asked_again(
    begin: Begin, ground: Ground, text: str, key: str
) -> None:
    talk = begin()
    await talk.tap(START)
    answered = await talk.say(text, "nlu_fallback")
    assert ground.wording.text(key, "ru") in answered
    asked = "ask_transfer_currency" if key == "transfer_money_unknown" else "ask_transfer_sum"
    assert ground.wording.text(asked, "ru") in answered


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("-5", "transfer_fee_wrong"),
        ("10000", "transfer_fee_wrong"),
        ("100 %", "transfer_fee_wrong"),
        ("комиссия 5 долларов", "transfer_fee_currency"),
        ("не знаю", "transfer_fee_unsure"),
        ("много букв тут", "form_not_caught"),
    ],
)
async def test_a_fee_that_cannot_be_is_answered_kindly_and_asked_again(
    begin: Begin, ground: Ground, text: str, key: str
) -> None:
    talk = await at_offers(begin)
    answered = await talk.say(text, "nlu_fallback")
    assert ground.wording.text(key, "ru") in answered
    assert ground.wording.text("ask_transfer_fee", "ru", number=1) in answered


@pytest.mark.parametrize("text", ["курс 0", "получат -5 сум", "1 рубль = 0 сум"])
async def test_a_rate_that_cannot_be_is_asked_again(begin: Begin, ground: Ground, text: str) -> None:
    talk = await at_offers(begin)
    await talk.tap(NO_FEE)
    answered = await talk.say(text, "nlu_fallback")
    assert ground.wording.text("transfer_rate_wrong", "ru") in answered
    assert "1 ₽ = … сум" in answered


async def test_a_bare_number_that_may_mean_two_things_is_asked_back(begin: Begin, ground: Ground) -> None:
    talk = await at_offers(begin)
    await talk.tap(NO_FEE)
    assert ground.wording.text("ask_transfer_readings", "ru") in await talk.say("курс 140", "nlu_fallback")
    assert "1\xa0400\xa0000 сум" in await talk.say("1 ₽ = 140 сум", "nlu_fallback")


async def test_a_bare_number_near_a_rate_that_is_known_needs_no_question(begin: Begin) -> None:
    talk = await at_offers(begin)
    await talk.say("без комиссии, 1 рубль = 140 сум")
    await talk.tap('/inform{"step": "another_offer"}')
    await talk.tap(NO_FEE)
    assert "2) комиссия 0 ₽, дома получат 1\xa0380\xa0000 сум" in await talk.say("138", "nlu_fallback")


@pytest.mark.parametrize(("citizenship", "currency"), [("UZ", "сум"), ("KG", "сом"), (None, None)])
async def test_som_is_the_money_of_home_or_is_asked_back(
    begin: Begin, ground: Ground, citizenship: str | None, currency: str | None
) -> None:
    talk = begin()
    if citizenship:
        await talk.tap(f'/inform{{"citizenship": "{citizenship}"}}')
    await talk.tap(START)
    asked = await talk.say("5000 сом", "nlu_fallback")
    if currency:
        assert f"5\xa0000 {currency}" in asked
    else:
        assert ground.wording.text("ask_transfer_which_som", "ru") in asked
        assert "5\xa0000 сом" in await talk.say("Кыргызский сом", "nlu_fallback")


async def test_money_that_arrives_as_it_was_sent_needs_no_rate(begin: Begin, ground: Ground) -> None:
    talk = begin()
    for payload in (START, TEN_THOUSAND, TO_UZ, IN_RUB):
        await talk.tap(payload)
    assert ground.wording.text("ask_another_offer", "ru") in await talk.say("150", "nlu_fallback")
    told = await talk.tap(DONE)
    assert "теряется только комиссия: 150 ₽, это 1,5\xa0%" in told


async def test_a_third_offer_is_the_last_and_the_result_follows(begin: Begin, ground: Ground) -> None:
    talk = await at_offers(begin)
    asked = await talk.say("без комиссии, 1 ₽ = 140 сум\nкомиссия 1%, 1 ₽ = 141 сум\nкомиссия 50, 1 ₽ = 139 сум")
    assert "3) комиссия 50 ₽" in asked
    assert ground.wording.text("ask_another_offer", "ru") not in asked
    assert "Предложение 3" in await talk.tap(REFERENCE_UNKNOWN)


async def test_all_can_be_tapped(begin: Begin, ground: Ground) -> None:
    talk = await at_offers(begin)
    await talk.tap(NO_FEE)
    await talk.tap(RATE_UNKNOWN)
    assert ground.wording.text("transfer_paid_no_fee", "ru", paid="10\xa0000 ₽") in await talk.tap(DONE)


async def test_money_is_told_by_its_name_in_any_case(begin: Begin, ground: Ground) -> None:
    talk = begin()
    for payload in (START, TEN_THOUSAND, '/inform{"country": "KG"}'):
        await talk.tap(payload)
    assert "(Кыргызский сом)" in await talk.say("в сомах", "nlu_fallback")


async def test_the_country_from_which_one_sends_is_not_where_it_goes(begin: Begin, ground: Ground) -> None:
    talk = begin("tg")
    await talk.tap(START)
    text = "аз Русия ба Тоҷикистон 10000 рубл фиристам чанд мешавад?"
    assert ground.wording.text("ask_transfer_country", "tg") in await talk.say(text, "remittances.cost_compare")
    assert ground.wording.text("ask_transfer_country", "tg") in await talk.say("аз Русия")
    assert ground.wording.text("ask_transfer_arrives_in", "tg") in await talk.say("Тоҷикистон")


async def test_thats_all_ends_the_telling_while_the_next_offer_is_asked_for(begin: Begin, ground: Ground) -> None:
    talk = await at_offers(begin, "en")
    await talk.say("no fee, 1 ₽ = 140 UZS")
    await talk.tap('/inform{"step": "another_offer"}')
    assert "official rate today" in await talk.say("that's all", "nlu_fallback")
