"""The check of a job offer: signs by questions and in pasted texts of every language; never “safe”."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.job_offer import TEXT, JobOffer
from guidance.phrases import compile_phrases, is_in
from guidance.questionnaire import ANSWERS, NO, YES
from guidance.questionnaire_file import QuestionnaireError

FOLDER = Path(__file__).parents[2] / "data" / "guidance"
OFFER = JobOffer.load(FOLDER)
FAIR = {
    "ru": "Завод приглашает сварщиков, лицензия агентства №123, договор до выезда, оклад 90000 рублей, офис в Душанбе",
    "en": "A factory hires welders, licence number 123, a contract before you leave, 900 dollars, office in Osh",
}


def signs(text: str, language: str) -> set[str]:
    return {sign.id for sign in OFFER.signs(OFFER.find_in(text, language))}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "ru",
            "Девушки, работа в Турции! Без опыта, 2000 долларов в месяц, проезд оплачиваем, пишите в личку, срочно",
            {"no_licence", "high_pay", "all_paid", "only_messenger", "hurry"},
        ),
        (
            "uz",
            "Polshaga ishga odam kerak, tajriba shart emas, 1500 dollar, oldindan toʻlov, telegramdan yozing",
            {"no_licence", "high_pay", "prepayment", "only_messenger"},
        ),
        (
            "uz",
            "Польшага ишга одам керак, тажриба шарт эмас, ойлик 1500 доллар, олдиндан тўлов, телеграмдан ёзинг",
            {"no_licence", "high_pay", "prepayment", "only_messenger"},
        ),
        (
            "tg",
            "Ба Аврупо кор ҳаст, таҷриба лозим нест, маош 1500 доллар, бо визаи сайёҳӣ меравед, ба ватсап нависед",
            {"no_licence", "high_pay", "tourist_visa", "only_messenger"},
        ),
        (
            "tg",
            "ба аврупо кор хаст тачриба лозим нест маош 1500 доллар визаи сайёхи ба касе нагуед",
            {"no_licence", "high_pay", "tourist_visa", "secrecy"},
        ),
        (
            "ky",
            "Европага жумуш, тажрыйба керек эмес, айлык 2000 доллар, паспорт күрөөгө калат, шашылыңыздар",
            {"no_licence", "high_pay", "passport_pledge", "hurry"},
        ),
        (
            "kk",
            "Еуропаға жұмыс, тәжірибе керек емес, жалақы 2000 доллар, алдын ала төлем 300 доллар, ешкімге айтпаңыз",
            {"no_licence", "high_pay", "prepayment", "secrecy"},
        ),
        (
            "en",
            "Waitress in Dubai, no experience, 3000 dollars, we pay the flight, tell nobody, interview in a hotel",
            {"no_licence", "high_pay", "all_paid", "secrecy", "private_interview"},
        ),
        (
            "ru",
            "Нужны охранники, хорошие деньги, подпишете контракт с Минобороны, лицензия есть",
            {"unread_paper"},
        ),
        ("ru", "Модели в Эмираты, пришлите фото в полный рост, лицензия есть", {"body_photos"}),
    ],
)
def test_the_signs_of_a_text_are_found_as_people_write_it(language: str, text: str, expected: set[str]) -> None:
    assert signs(text, language) == expected


@pytest.mark.parametrize("language", sorted(FAIR))
def test_a_fair_offer_has_no_sign(language: str) -> None:
    assert signs(FAIR[language], language) == set()


def test_a_text_without_a_licence_has_that_sign_and_one_that_names_it_has_not() -> None:
    assert signs("Нужны рабочие на склад в Казани, договор", "ru") == {"no_licence"}


def test_no_experience_is_a_sign_only_beside_an_amount_of_money() -> None:
    assert "high_pay" not in signs("Нужен повар, можно без опыта, лицензия 5", "ru")
    assert "high_pay" in signs("Нужен повар, можно без опыта, 300000 рублей, лицензия 5", "ru")


def test_nothing_of_the_text_is_kept() -> None:
    text = "Секретное Имя зовёт в Турцию, предоплата 100 долларов, пишите в личку"
    kept = OFFER.find_in(text, "ru")
    assert set(kept) <= {item.id for item in OFFER.questionnaire.items}
    assert set(kept.values()) <= set(ANSWERS)


@pytest.mark.parametrize(
    ("text", "is_advert"),
    [
        ("сколько стоит патент", False),
        ("как проверить лицензию агентства?", False),
        ("предоплата 200 долларов", True),
        (FAIR["ru"], True),
        ("нет", False),
    ],
)
def test_an_advert_is_told_from_a_question(text: str, is_advert: bool) -> None:
    assert OFFER.is_advert(text, "ru") is is_advert


def test_without_a_text_six_questions_are_asked_and_each_bad_answer_is_a_sign() -> None:
    answers = {TEXT: NO}
    asked = []
    while question := OFFER.questionnaire.next_question(answers):
        asked.append(question.id)
        answers[question.id] = NO if question.told_by == (NO,) else YES
    assert len(asked) == 6
    assert {sign.id for sign in OFFER.signs(answers)} == set(asked)


def test_after_a_text_nothing_is_asked() -> None:
    assert OFFER.questionnaire.next_question(OFFER.find_in("предоплата", "ru")) is None


def test_every_sign_has_a_reason_and_a_source() -> None:
    for item in OFFER.questionnaire.items:
        if item.group == "offer":
            assert item.why["tg"]
            assert OFFER.sources(item.facts)


@pytest.mark.parametrize(
    ("phrase", "text", "is_found"),
    [
        ("предоплат*", "нужна предоплата", True),
        ("предоплат", "нужна предоплата", False),
        ("паспорт* .. залог*", "паспорт надо оставить в залог", True),
        ("паспорт* .. залог*", "паспорт у меня есть, а он просит с меня залог", False),
        ("t me *", "t.me/rabota", True),
        ("tajriba* shart emas", "тажриба шарт эмас", True),
    ],
)
def test_phrases_have_endings_gaps_and_no_script(phrase: str, text: str, is_found: bool) -> None:
    assert is_in(compile_phrases([phrase]), text) is is_found


@settings(deadline=None)
@given(text=st.text(max_size=300))
def test_no_text_makes_the_search_fail(text: str) -> None:
    found: dict[str, Any] = OFFER.find_in(text, "ru")
    assert found[TEXT] == YES


@pytest.mark.parametrize(
    ("pattern", "after", "words"),
    [
        (r"(- id: prepayment\n(?:.*\n)*?  why:\n(?:.*\n)*?)    en: .*\n", r"\1", "prepayment: why: en is missing"),
        (r"- fact: FRD-04\n", "- fact: FRD-99\n", "prepayment: no source is named for FRD-04"),
        (
            r"(- id: passport_pledge\n(?:.*\n)*?  phrases:\n(?:.*\n)*?)    kk: ",
            r"\1    zz: ",
            "passport_pledge: phrases: kk is missing",
        ),
    ],
)
def test_a_sign_that_is_not_whole_is_refused(tmp_path: Path, pattern: str, after: str, words: str) -> None:
    text, count = re.subn(pattern, after, (FOLDER / "job_offer.yml").read_text("utf-8"), count=1)
    assert count == 1
    (tmp_path / "job_offer.yml").write_text(text, "utf-8")
    with pytest.raises(QuestionnaireError) as raised:
        JobOffer.load(tmp_path)
    assert words in str(raised.value)
