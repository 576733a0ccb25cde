"""Entries for tests, written as the content team writes them."""

from pathlib import Path
from typing import Any

import yaml

SOURCE = {"title": "A page", "at": "https://example.org/page", "date": "2026-03-01"}


def entry(**changes: Any) -> dict[str, Any]:
    """A whole entry as a document; `changes` replace keys, None takes one out."""
    document: dict[str, Any] = {
        "topic": "registration.arrival",
        "country": "RU",
        "citizenship": "any",
        "confidence": "high",
        "facts": [],
        "sources": [SOURCE],
        "checked_on": "2026-11-01",
        "review_by": "2027-05-01",
        "questions": {"ru": ["Как встать на учёт?"], "uz": ["Roʻyxatdan qanday oʻtaman?"]},
        "answer": {"ru": "Учёт ставит хозяин жилья.", "uz": "Uy egasi hisobga qoʻyadi."},
    }
    return {key: value for key, value in (document | changes).items() if value is not None}


def write(folder: Path, entry_id: str, **changes: Any) -> Path:
    """Write one entry below `folder`."""
    file = folder / f"{entry_id}.yml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(entry(**changes), allow_unicode=True), "utf-8")
    return file


def write_library(folder: Path) -> Path:
    """Eight entries: two countries for one topic, one for one citizenship, one that holds anywhere."""
    write(folder, "registration/arrival-ru", **_said(*ARRIVAL, "В России учёт ставит хозяин.", "In Russia, 7 days."))
    write(folder, "registration/arrival-kz", country="KZ", **_said(*ARRIVAL, "В Казахстане учёт.", "In Kazakhstan."))
    write(
        folder,
        "registration/fines-ru",
        topic="registration.fines",
        **_said(
            ["Какой штраф за просрочку регистрации?", "Опоздал с регистрацией, что будет?", "штраф нет прописки"],
            ["What is the fine for late registration?", "I registered late, will I pay?", "fine no registration"],
            "Штраф от 2 до 5 тысяч рублей.",
            "The fine is 2 to 5 thousand roubles.",
        ),
    )
    write(
        folder,
        "work/permit-uz",
        topic="work.permit",
        citizenship=["UZ", "TJ"],
        **_said(
            ["Как получить патент?", "Какие документы нужны на патент?", "хочу оформить патент на работу"],
            ["How do I get a patent?", "Which papers are needed for the patent?", "i want a work patent"],
            "Подайте заявление за 30 дней.",
            "Apply within 30 days.",
        ),
    )
    write(
        folder,
        "work/eaeu-kg",
        topic="work.eaeu",
        citizenship=["KG", "KZ"],
        **_said(
            ["Нужен ли патент гражданину Кыргызстана?", "Работа без патента для ЕАЭС", "еаэс патент нужен?"],
            ["Does a Kyrgyz citizen need a patent?", "Work without a patent in the EAEU", "eaeu patent needed?"],
            "Патент не нужен.",
            "No patent is needed.",
        ),
    )
    write(
        folder,
        "documents/lost_passport",
        topic="documents.lost_passport",
        country="any",
        **_said(
            ["Потерял паспорт, что делать?", "У меня украли паспорт", "пропал паспорт как вернуться домой"],
            ["I lost my passport, what now?", "My passport was stolen", "passport gone how to go home"],
            "Заявите в полицию и идите в консульство.",
            "Tell the police and go to your consulate.",
        ),
    )
    write(
        folder,
        "labour_rights/unpaid_wages-ru",
        topic="labour_rights.unpaid_wages",
        **_said(
            ["Мне не платят зарплату", "Работодатель задерживает зарплату", "начальник не отдаёт деньги за работу"],
            ["I am not paid my wages", "My employer pays late", "boss does not give money for work"],
            "Соберите доказательства и жалуйтесь в инспекцию труда.",
            "Collect evidence and complain to the labour inspectorate.",
        ),
    )
    write(
        folder,
        "health/insurance-ru",
        topic="health.insurance",
        valid_from="2027-01-01",
        **_said(
            ["Какая страховка нужна мигранту?", "Где купить полис ДМС?", "полис дмс сколько стоит"],
            ["Which insurance does a migrant need?", "Where do I buy a health policy?", "dms policy price"],
            "Нужен полис ДМС.",
            "A health policy is needed.",
        ),
    )
    return folder


ARRIVAL = (
    ["Как зарегистрироваться после приезда?", "Сколько дней на регистрацию?", "кто ставит на миграционный учёт"],
    ["How do I register after arrival?", "How many days to register?", "who files the registration"],
)
FOREIGN = (
    "Какая завтра погода в Москве?",
    "Расскажи анекдот",
    "Кто выиграл, Реал или Барселона",
    "Как приготовить плов на двадцать человек?",
    "Write a poem about spring",
    "What is the capital of Australia?",
    "кто такой илон маск",
    "Стоит ли сейчас покупать биткоин",
    "Как понравиться девушке",
    "сколько стоит айфон",
    "who won the match last night",
    "tell me a joke about cats",
    "Напиши сочинение про осень",
    "реши задачу по алгебре",
)


def _said(ru: list[str], en: list[str], answer_ru: str, answer_en: str) -> dict[str, Any]:
    return {"questions": {"ru": ru, "en": en}, "answer": {"ru": answer_ru, "en": answer_en}}
