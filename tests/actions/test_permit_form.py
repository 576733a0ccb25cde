"""The form on papers for work, held with Rasa's rules in all seven variants: told, interrupted, wrong, unknown."""

from datetime import date

import pytest

from actions.ground import Ground
from actions.shown_date import shown_date
from language.variants import LANGUAGES
from tests.actions.permit_texts import ENTERED, HELD, MONTHS, NOT_HELD, OTHER, QUESTION, RU_UZ, UNSURE, WORK
from tests.actions.stay_texts import Begin


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_who_has_no_patent_hears_last_day_steps_papers_price_and_sources(
    begin: Begin, ground: Ground, variant: str
) -> None:
    talk, say = begin(variant), ground.wording.text
    asked = await talk.tap("/start_permit")
    assert say("permit_intro", variant) in asked
    assert say("ask_permit_country", variant) in asked
    assert say("ask_permit_citizenship", variant) in await talk.tap('/inform{"country": "RU"}')
    assert say("ask_permit_held", variant) in await talk.tap('/inform{"citizenship": "UZ"}')
    assert say("ask_entered_on", variant) in await talk.tap(NOT_HELD)
    assert say("ask_permit_purpose", variant) in await talk.say(ENTERED[variant])
    told = await talk.tap(WORK)
    last, advised = shown_date(date(2026, 12, 4), variant), shown_date(date(2026, 11, 29), variant)
    assert say("deadline_ahead", variant, last_day=last, advised_day=advised, days_left="13") in told
    for key in ("need_patent", "steps_patent", "papers_patent", "price_of_year", "after_patent", "recheck"):
        assert say(f"permit_{key}", variant) in told
    assert say("permit_purpose_other", variant) not in told
    assert "https://all-migration.com" in told
    assert "22.11.2026" in told
    assert "{" not in told


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_who_has_a_patent_hears_how_far_it_is_paid_and_the_next_days(
    begin: Begin, ground: Ground, variant: str
) -> None:
    talk, say = begin(variant), ground.wording.text
    await talk.tap(RU_UZ)
    assert say("ask_permit_issued_on", variant) in await talk.tap(HELD)
    assert say("ask_permit_months", variant) in await talk.say("15.10.2026")
    told = await talk.say(MONTHS[variant], "nlu_fallback")
    due = [shown_date(day, variant) for day in (date(2027, 1, 14), date(2027, 2, 14), date(2027, 3, 14))]
    advised = shown_date(date(2027, 1, 9), variant)
    assert say("permit_paid_ahead", variant, last_day=due[0], advised_day=advised) in told
    assert say("permit_due_days", variant, days="\n".join(f"• {day}" for day in due)) in told
    copy = {"last_day": shown_date(date(2026, 12, 14), variant), "advised_day": shown_date(date(2026, 12, 2), variant)}
    assert say("deadline_ahead", variant, days_left="23", **copy) in told
    assert say("permit_end_ahead", variant, months=12, last_day=shown_date(date(2027, 10, 14), variant)) in told
    assert "https://www.klerk.ru/buh/articles/658072/" in told
    assert "{" not in told


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_a_question_in_between_is_answered_and_the_form_goes_on_where_it_was(
    begin: Begin, ground: Ground, variant: str
) -> None:
    talk = begin(variant)
    await talk.tap(RU_UZ)
    await talk.tap(HELD)
    await talk.say("15.10.2026")
    answered = await talk.say(QUESTION[variant], "bans.check")
    assert f"The answer of bans/check in {variant}." in answered
    assert ground.wording.text("ask_permit_months", variant) in answered
    assert ground.wording.text("permit_region", variant) in await talk.say("3")


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_citizens_of_the_union_need_no_permit_and_hear_the_day_of_the_medical_exam(
    begin: Begin, ground: Ground, variant: str
) -> None:
    talk, say = begin(variant), ground.wording.text
    asked = await talk.tap('/start_permit{"country": "RU", "citizenship": "KG"}')
    assert say("ask_entered_on", variant) in asked
    told = await talk.say(ENTERED[variant])
    assert say("permit_need_none", variant) in told
    assert say("permit_exam", variant, days=30) in told
    assert shown_date(date(2026, 12, 4), variant) in told
    assert say("permit_no_regional_bans", variant) in told


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_who_does_not_know_the_date_hears_the_rule_without_a_day(
    begin: Begin, ground: Ground, variant: str
) -> None:
    talk, say = begin(variant), ground.wording.text
    await talk.tap(RU_UZ)
    await talk.tap(HELD)
    told = await talk.say(UNSURE[variant], "nlu_fallback")
    assert say("permit_paid_no_date", variant) in told
    assert say("permit_copy", variant, months=2) in told
    assert say("permit_end_no_date", variant, months=12) in told


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_who_does_not_know_the_months_gets_the_days_of_the_months_that_come(
    begin: Begin, ground: Ground, variant: str
) -> None:
    talk, say = begin(variant), ground.wording.text
    await talk.tap(RU_UZ)
    await talk.tap(HELD)
    await talk.say("15.10.2026")
    told = await talk.say(UNSURE[variant], "nlu_fallback")
    assert say("permit_paid_unknown", variant) in told
    assert f"• {shown_date(date(2026, 12, 14), variant)}" in told


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_the_titles_of_the_buttons_can_be_typed(begin: Begin, ground: Ground, variant: str) -> None:
    talk, say = begin(variant), ground.wording.text
    await talk.tap(RU_UZ)
    await talk.say(say("button_no", variant), "deny")
    told = await talk.say(say("button_not_entered", variant), "meta.human")
    assert say("permit_apply", variant, days=30) in told
    assert say("permit_purpose_unknown", variant) in told
    await talk.tap(RU_UZ)
    await talk.tap(NOT_HELD)
    await talk.say("05.11.2026")
    told = await talk.say(say("button_purpose_work", variant), "work.find_job")
    assert say("permit_steps_patent", variant) in told
    assert say("permit_purpose_other", variant) not in told


@pytest.mark.parametrize("variant", LANGUAGES)
async def test_another_purpose_is_warned_of_before_anything_is_paid(begin: Begin, ground: Ground, variant: str) -> None:
    talk, say = begin(variant), ground.wording.text
    await talk.tap(RU_UZ)
    await talk.tap(NOT_HELD)
    await talk.say("05.11.2026")
    assert say("permit_purpose_other", variant) in await talk.say(say("button_purpose_other", variant), "nlu_fallback")
    await talk.tap(RU_UZ)
    await talk.tap(NOT_HELD)
    await talk.say("05.11.2026")
    assert say("permit_purpose_other", variant) in await talk.tap(OTHER)


@pytest.mark.parametrize(
    ("text", "key", "again"),
    [
        ("31 февраля", "date_impossible", "ask_permit_issued_on"),
        ("10.01.2027", "permit_issued_in_future", "ask_permit_issued_on"),
        ("как-нибудь потом", "form_not_caught", "ask_permit_issued_on"),
    ],
)
async def test_a_wrong_date_is_answered_kindly_and_asked_again(
    begin: Begin, ground: Ground, text: str, key: str, again: str
) -> None:
    talk = begin()
    await talk.tap(RU_UZ)
    await talk.tap(HELD)
    answered = await talk.say(text, "nlu_fallback")
    assert ground.wording.text(key, "ru") in answered
    assert ground.wording.text(again, "ru") in answered


@pytest.mark.parametrize("text", ["0", "-3", "13", "1,5", "2-3", "100 месяцев"])
async def test_wrong_months_are_answered_kindly_and_asked_again(begin: Begin, ground: Ground, text: str) -> None:
    talk = begin()
    await talk.tap(RU_UZ)
    await talk.tap(HELD)
    await talk.say("15.10.2026")
    answered = await talk.say(text, "nlu_fallback")
    assert ground.wording.text("permit_months_wrong", "ru") in answered
    assert ground.wording.text("ask_permit_months", "ru") in answered


async def test_wages_that_are_not_paid_for_three_months_are_no_months_of_the_patent(
    begin: Begin, ground: Ground
) -> None:
    talk = begin()
    await talk.tap(RU_UZ)
    await talk.tap(HELD)
    await talk.say("15.10.2026")
    answered = await talk.say("мне не платят уже 3 месяца", "labour_rights.unpaid_wages")
    assert ground.wording.text("ask_permit_months", "ru") in answered
    assert ground.wording.text("permit_region", "ru") not in answered


async def test_an_ambiguous_date_is_asked_back(begin: Begin, ground: Ground) -> None:
    talk = begin("en")
    await talk.tap(RU_UZ)
    await talk.tap(HELD)
    assert ground.wording.text("which_date", "en") in await talk.say("03/04/2026")
    assert ground.wording.text("ask_permit_months", "en") in await talk.tap('/inform{"date": "2026-03-04"}')


async def test_a_day_told_with_the_yes_is_not_asked_for_again(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap(RU_UZ)
    assert ground.wording.text("ask_permit_months", "ru") in await talk.say("да, патент с 15 октября", "affirm")


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("01.10.2026", ("permit_apply_passed",)),
        ("24.10.2026", ("deadline_soon",)),
    ],
)
async def test_a_day_that_has_passed_or_is_near_is_said_plainly(
    begin: Begin, ground: Ground, text: str, keys: tuple[str, ...]
) -> None:
    talk = begin()
    await talk.tap(RU_UZ)
    await talk.tap(NOT_HELD)
    await talk.say(text)
    told = await talk.tap(WORK)
    last = {"01.10.2026": date(2026, 10, 30), "24.10.2026": date(2026, 11, 22)}[text]
    values = {"last_day": shown_date(last, "ru"), "days_left": "1"}
    assert all(ground.wording.text(key, "ru", **values) in told for key in keys)


@pytest.mark.parametrize(
    ("issued", "months", "key", "last"),
    [
        ("15.09.2026", "2", "permit_paid_passed", date(2026, 11, 14)),
        ("24.09.2026", "2", "permit_paid_soon", date(2026, 11, 23)),
        ("15.06.2025", "12", "permit_end_passed", date(2026, 6, 14)),
        ("15.01.2026", "12", "permit_paid_all", None),
    ],
)
async def test_each_state_of_the_payments_is_told(
    begin: Begin, ground: Ground, issued: str, months: str, key: str, last: date | None
) -> None:
    talk = begin()
    await talk.tap(RU_UZ)
    await talk.tap(HELD)
    await talk.say(issued)
    told = await talk.say(months)
    values = {"last_day": shown_date(last, "ru")} if last else {}
    assert ground.wording.text(key, "ru", months=12, **values) in told


@pytest.mark.parametrize(
    ("country", "citizenship", "key"),
    [
        ("UZ", "TJ", "permit_gap_no_fact"),
        ("RU", "TM", "permit_gap_no_fact"),
        ("KZ", "KZ", "permit_gap_own_country"),
        ("KZ", "UZ", "permit_need_kz"),
        ("KZ", "KG", "permit_need_registered_contract"),
        ("TR", "UZ", "permit_need_tr"),
        ("KR", "KG", "permit_eps_centre"),
        ("KR", "UZ", "permit_eps_conditions"),
        ("RU", "BY", "permit_need_none"),
    ],
)
async def test_where_no_day_counts_nothing_more_is_asked(
    begin: Begin, ground: Ground, country: str, citizenship: str, key: str
) -> None:
    told = await begin().tap(f'/start_permit{{"country": "{country}", "citizenship": "{citizenship}"}}')
    assert ground.wording.text(key, "ru") in told


async def test_a_country_without_any_rule_ends_the_form_at_once(begin: Begin, ground: Ground) -> None:
    talk = begin()
    await talk.tap("/start_permit")
    assert ground.wording.text("permit_gap_no_fact", "ru") in await talk.say("в Узбекистане")
