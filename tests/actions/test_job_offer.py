"""The check of a job offer and the path for another person, as actions."""

from typing import Any

import pytest

from actions.answer_question import show
from actions.check_job_offer import check_job_offer, tell_job_offer_result
from actions.ground import Ground
from actions.take_reply import take_reply
from actions.tell_report_for_other import tell_report_for_other
from actions.tools import JOB_OFFER_CHECK, REPORT_FOR_OTHER
from guidance.questionnaire import NO, SKIP, YES
from language.variants import LANGUAGES

ADVERT = (
    "Девушки! Работа в Турции официанткой, опыт не нужен, зарплата 2500 долларов в месяц, жильё есть. Билет и визу "
    "оплатим, предоплата за документы 200 долларов на карту. Срочно, осталось три места, пишите только в телеграм."
)


def kept(tool: str, answers: dict[str, str], **more: Any) -> dict[str, Any]:
    return {tool: {"answers": answers}, **more}


def test_a_pasted_offer_is_checked_at_once_with_reasons_and_sources(ground: Ground, hear: Any) -> None:
    answered = check_job_offer(ground, hear(ADVERT, "work.job_offer_check", slots={"citizenship": "KG"}))
    for sign in ("prepayment", "high_pay", "only_messenger", "hurry", "all_paid"):
        item = ground.job_offer.questionnaire.item(sign)
        assert f"{item.label['ru']}: {item.why['ru']}" in answered.text
    assert "https://migrantinfo.iom.int" in answered.text
    assert ground.wording.text("licence.KG", "ru") in answered.text
    assert ground.wording.text("licence.UZ", "ru") not in answered.text
    assert answered.topic == "work.job_offer_check"


def test_a_question_about_offers_is_answered_from_the_knowledge_base(ground: Ground, hear: Any) -> None:
    answered = check_job_offer(ground, hear("как проверить агентство", "work.job_offer_check"))
    assert "https://migrantinfo" not in answered.text


@pytest.mark.parametrize("variant", LANGUAGES)
def test_when_nothing_is_found_it_is_never_called_safe(ground: Ground, hear: Any, variant: str) -> None:
    answers = {"text": NO, **dict.fromkeys(("prepayment", "tourist_visa", "passport_pledge"), NO), "no_licence": YES}
    told = tell_job_offer_result(ground, hear(variant=variant, slots=kept(JOB_OFFER_CHECK, answers)))
    assert told.text.startswith(ground.wording.text("job_offer_no_sign", variant))
    assert told.slots[JOB_OFFER_CHECK] is None


def test_where_no_fact_says_how_to_check_a_licence_a_person_is_asked(ground: Ground, hear: Any) -> None:
    told = tell_job_offer_result(ground, hear(slots=kept(JOB_OFFER_CHECK, {"text": NO}, citizenship="KZ")))
    assert ground.wording.text("licence.other", "ru") in told.text


def test_a_text_is_taken_as_the_offer_and_none_of_its_words_is_kept(ground: Ground, hear: Any) -> None:
    heard = hear(ADVERT, "work.find_job", slots={"asked_question": "text"}, form="job_offer_check_form")
    taken = take_reply(ground, heard, JOB_OFFER_CHECK)
    assert taken is not None
    assert taken.answers["prepayment"] == YES
    assert set(taken.answers.values()) <= {YES, NO}


def test_a_short_question_before_the_text_is_left_to_its_rule(ground: Ground, hear: Any) -> None:
    heard = hear("сколько стоит патент", "work.permit_payment", form="job_offer_check_form")
    assert take_reply(ground, heard, JOB_OFFER_CHECK) is None


def test_a_bare_yes_instead_of_a_text_is_asked_again(ground: Ground, hear: Any) -> None:
    taken = take_reply(ground, hear("да", "affirm", form="job_offer_check_form"), JOB_OFFER_CHECK)
    assert taken is not None
    assert taken.is_not_caught


@pytest.mark.parametrize("variant", LANGUAGES)
def test_for_another_person_the_number_comes_when_it_is_now_and_what_not_to_do_always(
    ground: Ground, hear: Any, variant: str
) -> None:
    answers = {"other_now": YES, "other_child": YES, "other_unreachable": NO}
    slots = kept(REPORT_FOR_OTHER, answers, country="RU")
    told = tell_report_for_other(ground, hear(variant=variant, slots=slots))
    keys = ("report_child", "report_unreachable", "report_do_not", "offer_human_now")
    assert "112" in told.text
    assert all(ground.wording.text(key, variant) in told.text for key in keys)
    assert told.buttons[0].payload == "/meta.human"
    assert told.slots[REPORT_FOR_OTHER] is None
    assert told.commands == ()


def test_who_can_be_reached_safely_is_asked_first_whether_it_is_safe(ground: Ground, hear: Any) -> None:
    answers = {"other_now": NO, "other_child": SKIP, "other_unreachable": YES}
    told = tell_report_for_other(ground, hear(slots=kept(REPORT_FOR_OTHER, answers)))
    assert ground.wording.text("report_reachable", "ru") in told.text
    assert ground.wording.text("report_unreachable", "ru") not in told.text


@pytest.mark.parametrize("variant", LANGUAGES)
def test_a_result_fits_into_one_message_of_every_channel(ground: Ground, hear: Any, variant: str) -> None:
    everything = {item.id: item.told_by[0] for item in ground.job_offer.questionnaire.items}
    told = tell_job_offer_result(ground, hear(variant=variant, slots=kept(JOB_OFFER_CHECK, everything)))
    assert len(told.text) <= 4096


@pytest.mark.parametrize(
    ("offer", "payload"),
    [
        ("screening", "/start_screening"),
        ("job_offer_check", "/start_job_offer_check"),
        ("report_for_other", "/start_report_for_other"),
    ],
)
def test_an_entry_offers_its_tool_by_a_button(ground: Ground, hear: Any, offer: str, payload: str) -> None:
    from dataclasses import replace

    entry = replace(ground.library.entry("bans/appeal"), offer=offer)
    answered = show(ground, hear(), entry)
    assert [button.payload for button in answered.buttons[:2]] == [payload, "/meta.human"]
    safety = replace(ground.library.entry("trafficking/papers"), offer=offer)
    assert [button.payload for button in show(ground, hear(), safety).buttons[:2]] == ["/meta.human", payload]


def test_inside_a_questionnaire_an_answer_neither_ends_it_nor_offers_another(ground: Ground, hear: Any) -> None:
    from dataclasses import replace

    safety = replace(ground.library.entry("trafficking/papers"), offer="screening")
    answered = show(ground, hear(form="screening_form"), safety)
    assert not answered.is_end_of_form
    assert "/start_screening" not in [button.payload for button in answered.buttons]
