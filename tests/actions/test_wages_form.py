"""The complaint on unpaid wages, held with Rasa's rules in all seven variants: told, interrupted, corrected, kept."""

import pytest

from actions.ground import Ground
from actions.shown_date import shown_date
from language.variants import LANGUAGES
from tests.actions.stay_texts import QUESTION, SPRING
from tests.actions.wages_texts import (
    CHANGE,
    COMPLAIN,
    EMPLOYER,
    IN_KAZAKHSTAN,
    IN_RUSSIA,
    MAKE,
    NOT_FIFTY,
    PLACE,
    SIXTY_A_MONTH,
    TRIED,
    WORK,
    Begin,
    reply,
    tell_all,
)


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_what_is_told_is_shown_before_the_document_is_made(begin: Begin, ground: Ground, variant: str) -> None:
    talk, say = begin(variant), ground.wording.text
    shown = await tell_all(talk, variant)
    for each in (EMPLOYER, PLACE, WORK, TRIED, "60\u00a0000 RUB", "180\u00a0000 RUB"):
        assert each in shown
    assert say("button_per_month", variant).lower() in shown
    assert say("complaint_in_ru", variant) in shown
    assert "{" not in shown
    assert say("complaint_made", variant) in await talk.tap(MAKE)


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_a_sum_is_corrected_by_saying_not_this_but_that(begin: Begin, variant: str) -> None:
    talk = begin(variant)
    await tell_all(talk, variant)
    shown = await talk.say(NOT_FIFTY[variant], "nlu_fallback")
    assert "70\u00a0000 RUB" in shown
    assert "60\u00a0000" not in shown


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_a_question_in_between_is_answered_and_the_complaint_goes_on(
    begin: Begin, ground: Ground, variant: str
) -> None:
    talk = begin(variant)
    await talk.tap(COMPLAIN)
    await talk.tap(IN_RUSSIA)
    await talk.say(EMPLOYER, "nlu_fallback")
    answered = await talk.say(QUESTION[variant], "bans.check")
    assert f"The answer of bans/check in {variant}." in answered
    assert ground.wording.text("ask_complaint_place", variant) in answered


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_everything_can_be_left_out(begin: Begin, ground: Ground, variant: str) -> None:
    talk = begin(variant)
    await talk.tap(COMPLAIN)
    await talk.tap(IN_RUSSIA)
    for field in ("employer", "place", "work", "period"):
        await talk.tap(reply(field, "skip"))
    await talk.say(ground.wording.text("button_skip", variant), "nlu_fallback")
    for field in ("paid", "owed", "tried"):
        await talk.tap(reply(field, "skip"))
    shown = await talk.tap(reply("name_kept_back", "no"))
    assert shown.count(ground.wording.text("complaint_left_blank", variant)) == 8
    assert ground.wording.text("complaint_made", variant) in await talk.tap(MAKE)


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_it_is_stopped_and_gone_on_with_where_it_was(begin: Begin, ground: Ground, variant: str) -> None:
    talk, say = begin(variant), ground.wording.text
    await talk.tap(COMPLAIN)
    await talk.tap(IN_RUSSIA)
    await talk.say(EMPLOYER, "nlu_fallback")
    assert say("complaint_stopped", variant) in await talk.tap("/stop_form")
    assert say("button_menu", variant) or await talk.tap("/meta.menu")
    assert say("ask_complaint_place", variant) in await talk.tap(COMPLAIN)
    assert say("answers_forgotten", variant) in await talk.tap('/start_wages{"step": "forget"}')
    assert say("ask_complaint_country", variant) in await talk.tap(COMPLAIN)


@pytest.mark.parametrize(
    ("field", "text", "key"),
    [
        ("period", "абвг", "complaint_days_not_caught"),
        ("period", "31 февраля", "date_impossible"),
        ("period", "15.06.2026-01.03.2026", "complaint_days_reversed"),
        ("period", "10.01.2027", "complaint_day_in_future"),
        ("period", "03/04/2026 - 01.06.2026", "complaint_date_unclear"),
        ("agreed", "-500 руб", "complaint_sum_negative"),
        ("agreed", "0 руб", "complaint_sum_zero"),
        ("agreed", "много", "complaint_sum_not_caught"),
        ("owed", "0", "complaint_sum_zero"),
        ("employer", "а" * 200, "complaint_text_too_long"),
        ("employer", "!!!", "complaint_text_not_caught"),
    ],
)
async def test_wrong_input_is_answered_kindly_and_asked_again(
    begin: Begin, ground: Ground, field: str, text: str, key: str
) -> None:
    talk = begin("en" if "/" in text else "ru")
    variant = "en" if "/" in text else "ru"
    await _go_to(talk, field)
    answered = await talk.say(text, "nlu_fallback")
    assert ground.wording.text(key, variant) in answered
    assert ground.wording.text(f"ask_complaint_{field}", variant) in answered


async def _go_to(talk: object, field: str) -> None:
    await talk.tap(COMPLAIN)  # type: ignore[attr-defined]
    await talk.tap(IN_RUSSIA)  # type: ignore[attr-defined]
    order = ("employer", "place", "work", "period", "agreed", "paid", "owed")
    for name in order[: order.index(field)]:
        await talk.tap(reply(name, "skip"))  # type: ignore[attr-defined]


async def test_a_sum_without_a_known_currency_is_asked_for_its_currency(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await _go_to(talk, "owed")
    asked = await talk.say("500 тугриков", "nlu_fallback")
    assert ground.wording.text("ask_complaint_currency", "ru", amount="500") in asked
    await talk.tap(reply("currency", "USD"))
    await talk.tap(reply("tried", "skip"))
    assert "500 USD" in await talk.tap(reply("name_kept_back", "no"))


async def test_a_first_day_alone_is_asked_for_the_last_one(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await _go_to(talk, "period")
    first = shown_date(SPRING[0], "ru")
    assert ground.wording.text("ask_complaint_last_day", "ru", first=first) in await talk.say("10.01.2026")
    assert ground.wording.text("ask_complaint_agreed", "ru") in await talk.say("Ещё работаю", "nlu_fallback")


async def test_months_in_ones_own_words_are_kept(begin: Begin) -> None:
    talk = begin()
    await tell_all(talk)
    await talk.tap(CHANGE)
    await talk.tap(reply("change", "period"))
    assert "с марта по июнь 2026" in await talk.say("с марта по июнь 2026", "nlu_fallback")


async def test_one_answer_is_changed_and_the_preview_comes_back(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await tell_all(talk)
    assert ground.wording.text("complaint_what_to_change", "ru") in await talk.tap(CHANGE)
    assert ground.wording.text("ask_complaint_employer", "ru") in await talk.tap(reply("change", "employer"))
    shown = await talk.say("ИП Лютиков", "nlu_fallback")
    assert "ИП Лютиков" in shown
    assert EMPLOYER not in shown


async def test_yes_makes_the_document_and_no_asks_what_to_change(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await tell_all(talk)
    assert ground.wording.text("complaint_what_to_change", "ru") in await talk.say("нет", "deny")
    await talk.tap(reply("change", "back"))
    assert ground.wording.text("complaint_made", "ru") in await talk.say("да", "affirm")


async def test_back_opens_the_question_before(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await _go_to(talk, "work")
    assert ground.wording.text("ask_complaint_place", "ru") in await talk.say("назад", "nlu_fallback")


async def test_in_kazakhstan_one_chooses_the_language_and_can_change_it(begin: Begin, ground: Ground) -> None:
    talk = begin()
    shown = await tell_all(talk, country=IN_KAZAKHSTAN)
    assert ground.wording.text("complaint_in_kk", "ru") in shown
    assert ground.wording.text("button_field_name_kept_back", "ru") not in shown
    assert ground.wording.text("complaint_in_ru", "ru") in await talk.tap(reply("language", "ru"))


async def test_without_a_text_for_the_country_a_person_is_offered(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap(COMPLAIN)
    assert await talk.say("в Турции") == ground.wording.text("complaint_no_country", "ru")


async def test_danger_told_in_the_story_comes_before_the_complaint(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await _go_to(talk, "owed")
    await talk.tap(reply("owed", "skip"))
    told = await talk.say("он забрал паспорт и не отпускает", "trafficking.forced_labour")
    assert "trafficking/papers" in told
    assert ground.wording.text("ask_complaint_tried", "ru") not in told
    assert ground.wording.text("ask_complaint_tried", "ru") in await talk.tap(COMPLAIN)


async def test_a_person_can_be_asked_for_at_any_question(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap(COMPLAIN)
    await talk.tap(IN_RUSSIA)
    assert ground.wording.text("human_called", "ru") in await talk.say("позовите человека", "meta.human")


async def test_a_word_to_stop_is_no_answer(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await _go_to(talk, "place")
    assert ground.wording.text("complaint_stopped", "ru") in await talk.say("хватит", "stop_form")


async def test_the_country_of_the_roads_is_not_asked_for_again(begin: Begin, ground: Ground) -> None:
    talk = begin()
    asked = await talk.tap('/start_wages{"step": "complaint", "country": "RU"}')
    assert ground.wording.text("ask_complaint_employer", "ru") in asked


async def test_the_pay_told_with_its_time_is_not_asked_for_it(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await _go_to(talk, "agreed")
    assert ground.wording.text("ask_complaint_paid", "ru") in await talk.say(SIXTY_A_MONTH["ru"])
