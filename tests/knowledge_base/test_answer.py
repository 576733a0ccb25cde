"""What is said for an entry."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge_base.answer import compose
from knowledge_base.entry import Entry
from knowledge_base.library import Library
from language.wording import Wording
from tests.knowledge_base.conftest import ROOT
from tests.knowledge_base.entry_texts import write

TODAY = date(2026, 11, 21)
LONG = "Information for citizens of Uzbekistan about the registration of their stay in the Russian Federation"


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording.load(ROOT / "data" / "responses")


def read(folder: Path, **changes: Any) -> Entry:
    write(folder, "registration/arrival-ru", **changes)
    return Library.load(folder).entry("registration/arrival-ru")


def names(code: str, variant: str) -> str:
    return {"ru": "Россия", "uz-Cyrl": "Россия (ўз)"}[variant] if code == "RU" else code


def test_an_answer_has_text_steps_country_source_and_date(tmp_path: Path, wording: Wording) -> None:
    entry = read(tmp_path, steps={"ru": ["Покажите паспорт.", "Возьмите талон."], "uz": ["Bir.", "Ikki."]})
    assert compose(entry, "ru", TODAY, wording, names) == (
        "Учёт ставит хозяин жилья.\n\n"
        "1. Покажите паспорт.\n2. Возьмите талон.\n\n"
        "Страна: Россия.\n"
        "Источник: A page (01.03.2026), https://example.org/page\n"
        "Проверено: 01.11.2026."
    )


def test_all_labels_are_in_the_persons_language(tmp_path: Path, wording: Wording) -> None:
    text = compose(read(tmp_path), "uz-Cyrl", TODAY, wording, names)
    assert text.startswith("Уй эгаси ҳисобга қўяди.\n\nМамлакат: Россия (ўз).\nМанба: A page")


def test_past_its_review_an_answer_says_that_it_may_be_out_of_date(tmp_path: Path, wording: Wording) -> None:
    entry = read(tmp_path, review_by="2026-11-20")
    assert compose(entry, "ru", TODAY, wording, names).endswith("Уточните перед тем, как действовать.")
    assert "устареть" not in compose(entry, "ru", date(2026, 11, 20), wording, names)


def test_an_answer_in_another_language_says_so_first(tmp_path: Path, wording: Wording) -> None:
    text = compose(read(tmp_path), "tg", TODAY, wording, lambda code, variant: "Русия")
    assert text.startswith("Ин ҷавоб ҳоло ба тоҷикӣ нест")
    assert "(Русский)" in text
    assert "Учёт ставит хозяин жилья." in text
    assert "Кишвар: Русия." in text


def test_what_holds_anywhere_says_so(tmp_path: Path, wording: Wording) -> None:
    assert "For any country." in compose(read(tmp_path, country="any"), "en", TODAY, wording, names)


def test_a_source_is_a_short_title_an_address_and_its_date_as_stated(tmp_path: Path, wording: Wording) -> None:
    sources = [
        {"title": LONG, "at": "https://example.org/1", "date": "undated"},
        {"title": "Second", "at": "https://example.org/2", "date": "2025"},
        {"title": "Third", "at": "https://example.org/3", "date": "2025"},
    ]
    text = compose(read(tmp_path, sources=sources), "en", TODAY, wording, lambda code, variant: "Russia")
    assert "Source: Information for citizens of Uzbekistan about the registration of…, https://example.org/1\n" in text
    assert "Source: Second (2025), https://example.org/2\n" in text
    assert "Third" not in text
