"""The text of a complaint, and the same text in its PDF and its DOCX: what was told stands there, the rest is blank."""

import io
import re
import xml.etree.ElementTree as ElementTree
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from guidance.complaint import LINE, SHORT_LINE, Complaint, Complaints, Money, Paragraph, WorkPeriod, shown_amount
from guidance.complaint_docx import complaint_as_docx
from guidance.complaint_pdf import complaint_as_pdf
from guidance.unpaid_wages import UnpaidWages
from language.alphabets import ALPHABETS
from tests.guidance.pdf_text import text_of_pdf

DATA = Path(__file__).parents[2] / "data"
COMPLAINTS = Complaints.load(DATA / "guidance")
FACTS = {fact["id"]: fact for fact in yaml.safe_load((DATA / "facts" / "04_labour_rights.yml").read_text("utf-8"))}
WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOW = datetime(2026, 11, 21)
ENCLOSED = tuple(row.id for row in UnpaidWages.load(DATA / "guidance").evidence if row.is_enclosed)
TOLD = Complaint(
    employer="ООО «Ромашка»",
    place="склад, Тула",
    work="носил ящики",
    period=WorkPeriod(date(2026, 3, 1), date(2026, 6, 15)),
    agreed=Money(Decimal(60000), "RUB"),
    agreed_per="month",
    paid=Money(Decimal(0), "RUB"),
    owed=Money(Decimal("180000.50"), "RUB"),
    tried="звонил бригадиру",
    is_name_kept_back=True,
    enclosures=("contract", "messages"),
)
KINDS = [(template.country, template.language) for template in COMPLAINTS.templates]


def text(complaint: Complaint, country: str = "RU", language: str = "ru") -> str:
    return "\n".join(each.text for each in COMPLAINTS.write(complaint, country, language))


def test_what_was_told_stands_in_the_text() -> None:
    for each in (
        "Работодатель: ООО «Ромашка»",
        "Место работы: склад, Тула",
        "Выполняемая работа: носил ящики",
        "Время работы: с 01.03.2026 по 15.06.2026",
        "Договорённость об оплате: 60\u00a0000 рублей в месяц",
        "Выплачено: ничего",
        "Не выплачено: 180\u00a0000,50 рублей",
        "звонил бригадиру",
        "4. Не сообщать работодателю, кто подал жалобу",
        "1. трудовой договор.\n2. переписка с работодателем.",
    ):
        assert each in text(TOLD)


def test_in_kazakh_the_words_stand_as_one_says_them() -> None:
    written = text(TOLD, "KZ", "kk")
    assert "Ақы туралы келісім: айына 60\u00a0000 Ресей рублі" in written
    assert "1. еңбек шарты.\n2. жұмыс берушімен хат алмасу." in written


@pytest.mark.parametrize(("country", "language"), KINDS)
def test_what_was_not_told_is_a_line_to_write_on(country: str, language: str) -> None:
    written = COMPLAINTS.write(Complaint(), country, language)
    assert sum(LINE in each.text for each in written) == 6
    assert "{" not in text(Complaint(), country, language)


@pytest.mark.parametrize(("country", "language"), KINDS)
def test_name_address_and_signature_are_left_to_be_written_by_hand(country: str, language: str) -> None:
    written = COMPLAINTS.write(TOLD, country, language)
    above = [each.text for each in written if each.kind == "right"]
    assert sum(SHORT_LINE in line for line in above) == 5
    assert sum(each.text.count(SHORT_LINE) for each in written if each.kind == "sign") == 2


def test_a_law_is_named_only_where_a_fact_with_a_source_names_its_article() -> None:
    document = yaml.safe_load((DATA / "guidance" / "complaints.yml").read_text("utf-8"))
    for template in document["templates"]:
        for row in template["rows"]:
            said = next(iter(row.values()))
            for article in re.findall(r"стат\w+ (\d+)|(\d+)-бап", said):
                number = next(filter(None, article))
                assert any(f"art. {number}" in FACTS[fact]["statement"] for fact in row["facts"])
        for fact in template["facts"]:
            assert FACTS[fact]["source"] != "none"
            assert FACTS[fact]["confidence"] != "low"


def test_one_asks_to_keep_the_name_back_only_where_a_fact_allows_it() -> None:
    assert COMPLAINTS.knows("RU", "name_kept_back")
    assert not COMPLAINTS.knows("KZ", "name_kept_back")


@pytest.mark.parametrize(("country", "language"), KINDS)
def test_pdf_and_docx_say_the_same_as_the_text(country: str, language: str) -> None:
    paragraphs = COMPLAINTS.write(TOLD, country, language)
    wanted = _letters(" ".join(each.text for each in paragraphs))
    assert _letters(text_of_pdf(complaint_as_pdf(paragraphs, NOW))) == wanted
    assert _letters(_docx_text(complaint_as_docx(paragraphs))) == wanted


def test_the_pdf_can_draw_every_letter_of_our_languages() -> None:
    letters = "".join(sorted({letter for alphabet in ALPHABETS.values() for letter in alphabet}))
    assert _letters(text_of_pdf(complaint_as_pdf([Paragraph("text", letters)], NOW))) == _letters(letters)


def test_signs_that_cannot_be_drawn_are_left_out_and_logged_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    assert text_of_pdf(complaint_as_pdf([Paragraph("text", "цех 👷 №3")], NOW)).split() == ["цех", "№3"]
    assert not caplog.records


def test_what_looks_like_markup_is_text() -> None:
    odd = "ООО <w:t> & «A» \x00\x0b**b**"
    assert "ООО <w:t> & «A» **b**" in _docx_text(complaint_as_docx([Paragraph("text", odd)]))
    assert "**b**" in text_of_pdf(complaint_as_pdf([Paragraph("text", odd)], NOW))


def test_a_long_story_with_all_enclosures_fits_one_sheet() -> None:
    longest = replace(TOLD, tried="звонил бригадиру 5 июня, он отвечает «завтра». " * 9, enclosures=ENCLOSED)
    made = complaint_as_pdf(COMPLAINTS.write(longest, "RU", "ru"), NOW)
    assert len(re.findall(rb"/Type /Page\b", made)) == 1


def test_every_enclosure_has_a_name_in_every_language_of_the_text() -> None:
    for country, language in KINDS:
        written = text(replace(TOLD, enclosures=ENCLOSED), country, language)
        assert f"{len(ENCLOSED)}. " in written.rpartition(":\n1. ")[2]


def test_the_documents_name_nobody_who_made_them() -> None:
    made = complaint_as_docx(COMPLAINTS.write(TOLD, "RU", "ru"))
    assert sorted(zipfile.ZipFile(io.BytesIO(made)).namelist()) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
    ]
    assert b"/Author" not in complaint_as_pdf(COMPLAINTS.write(TOLD, "RU", "ru"), NOW)


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_an_amount_reads_back_as_itself(amount: Decimal) -> None:
    assert Decimal(shown_amount(amount).replace("\u00a0", "").replace(",", ".")) == amount


def _docx_text(content: bytes) -> str:
    document = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml"))
    return " ".join(each.text or "" for each in document.iter(f"{WORDS}t"))


def _letters(written: str) -> str:
    return "".join(written.split())
