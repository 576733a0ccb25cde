"""Entries as files: what is read from them, and what is refused with file, key and what to do."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge_base.entry import EntryError
from knowledge_base.library import Library
from tests.knowledge_base.entry_texts import write


def test_an_entry_is_named_by_its_file_and_found_by_id_and_topic(tmp_path: Path) -> None:
    write(tmp_path, "registration/arrival-ru")
    write(tmp_path, "work/permit-ru", topic="work.permit")
    library = Library.load(tmp_path)
    assert [entry.id for entry in library.entries] == ["registration/arrival-ru", "work/permit-ru"]
    assert library.has("work/permit-ru") and not library.has("work/permit")
    assert library.entry("work/permit-ru").topic == "work.permit"
    assert library.of_topic("work.permit") == (library.entry("work/permit-ru"),)
    assert library.of_topic("work.eaeu") == ()


def test_a_folder_without_entries_is_an_empty_library(tmp_path: Path) -> None:
    assert Library.load(tmp_path).entries == ()


def test_uzbek_cyrillic_is_derived_from_latin(tmp_path: Path) -> None:
    write(tmp_path, "registration/a", steps={"ru": ["Идите."], "uz": ["Boring."]})
    entry = Library.load(tmp_path).entry("registration/a")
    assert entry.questions["uz-Cyrl"] == ("Рўйхатдан қандай ўтаман?",)
    assert entry.answer["uz-Cyrl"] == "Уй эгаси ҳисобга қўяди."
    assert entry.steps["uz-Cyrl"] == ("Боринг.",)
    assert entry.variants == ("ru", "uz", "uz-Cyrl")


def test_a_written_uzbek_cyrillic_text_is_kept(tmp_path: Path) -> None:
    questions = {"ru": ["Где?"], "uz": ["Qayerda?"], "uz-Cyrl": ["Қаерда бор?"]}
    answer = {"ru": "Тут.", "uz": "Shu yerda.", "uz-Cyrl": "Мана бу ерда."}
    write(tmp_path, "registration/a", questions=questions, answer=answer)
    entry = Library.load(tmp_path).entry("registration/a")
    assert entry.answer["uz-Cyrl"] == "Мана бу ерда."
    assert entry.title("uz-Cyrl") == "Қаерда бор?"


def test_an_entry_without_the_language_asked_for_is_shown_in_another(tmp_path: Path) -> None:
    write(tmp_path, "registration/a")
    write(tmp_path, "registration/b", questions={"tg": ["Чӣ?"]}, answer={"tg": "Ин."})
    library = Library.load(tmp_path)
    assert library.entry("registration/a").shown_variant("kk") == "ru"
    assert library.entry("registration/a").title("kk") == "Как встать на учёт?"
    assert library.entry("registration/b").shown_variant("kk") == "tg"


@pytest.mark.parametrize(
    ("country", "citizenship", "fits"),
    [
        ("RU", "UZ", True),
        ("RU", None, True),
        (None, None, True),
        ("KZ", "UZ", False),
        ("RU", "KG", False),
        (None, "KG", False),
    ],
)
def test_an_entry_fits_its_country_and_citizenships(
    tmp_path: Path, country: str | None, citizenship: str | None, fits: bool
) -> None:
    write(tmp_path, "work/permit", country="RU", citizenship=["UZ", "TJ"])
    assert Library.load(tmp_path).entry("work/permit").fits(country, citizenship) is fits


def test_an_entry_is_past_its_time_from_the_day_after_review_by(tmp_path: Path) -> None:
    write(tmp_path, "work/permit", review_by="2027-05-01", valid_from="2027-01-01")
    entry = Library.load(tmp_path).entry("work/permit")
    assert not entry.may_be_out_of_date(date(2027, 5, 1))
    assert entry.may_be_out_of_date(date(2027, 5, 2))
    assert not entry.is_valid_on(date(2026, 12, 31))
    assert entry.is_valid_on(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("changes", "key", "advice"),
    [
        ({"topic": None}, "topic", "is missing"),
        ({"answer": {}}, "answer", "is missing"),
        ({"contry": "RU"}, "contry", "take it out"),
        ({"country": "Russia"}, "country", "two capital letters"),
        ({"citizenship": ["Uzbek"]}, "citizenship", "two capital letters"),
        ({"confidence": "low"}, "confidence", "high, medium"),
        ({"offer": "human"}, "offer", "registration_deadline"),
        ({"sources": [{"title": "A page"}]}, "sources", "https://"),
        ({"checked_on": "1.11.2026"}, "checked_on", "2026-11-01"),
        ({"related": "work/permit"}, "related", "write a list"),
        ({"questions": {"ru": "Как?", "uz": ["Qanday?"]}}, "questions.ru", "write a list"),
        ({"questions": {"ru": ["Как?"]}}, "questions", "missing in uz"),
        ({"questions": {"fr": ["Comment?"]}}, "questions.fr", "none of our languages"),
        ({"answer": {"ru": 15, "uz": "15 kun"}}, "answer.ru", "write a text"),
        ({"steps": {"ru": ["Идите."]}}, "steps", "differ in uz"),
    ],
)
def test_a_wrong_entry_is_refused_with_file_key_and_advice(
    tmp_path: Path, changes: dict[str, Any], key: str, advice: str
) -> None:
    file = write(tmp_path, "registration/arrival-ru", **changes)
    with pytest.raises(EntryError) as refused:
        Library.load(tmp_path)
    assert str(refused.value).startswith(f"{file}: {key}: ")
    assert advice in str(refused.value)


@pytest.mark.parametrize(("text", "advice"), [("questions: [Где", "quotation marks"), ("- a list", "a table of keys")])
def test_a_file_that_is_no_entry_is_refused_by_name(tmp_path: Path, text: str, advice: str) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "permit.yml").write_text(text, "utf-8")
    with pytest.raises(EntryError, match=advice) as refused:
        Library.load(tmp_path)
    assert str(tmp_path / "work" / "permit.yml") in str(refused.value)


def test_a_file_name_that_cannot_be_an_id_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "work/Патент")
    with pytest.raises(EntryError, match="small Latin letters"):
        Library.load(tmp_path)
