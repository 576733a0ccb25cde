"""One message of ours as the parts that the platform takes, within its limits."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.channel import OutgoingMessage
from bot.channels.splitting import units
from bot.channels.whatsapp.interactive import Layout, is_numbered, layout_of
from bot.channels.whatsapp.limits import MAX_LIST_BUTTON_CHARS
from bot.channels.whatsapp.parts import file_content, parts_of
from conversations.reply import Attachment, Button
from language.variants import LANGUAGES
from tests.bot.channels.whatsapp.conftest import PERSON, wording
from tests.whatsapp_emulator.rules import check_message


def say(key: str) -> str:
    """The Russian wording."""
    return wording().text(key, "ru")


def buttons(*titles: str) -> tuple[Button, ...]:
    """Buttons with these titles."""
    return tuple(Button(title, f"/meta.{number}") for number, title in enumerate(titles))


def parts(text: str, *titles: str, **more: Any) -> list[Any]:
    """The parts of a message."""
    return list(parts_of(OutgoingMessage(PERSON, text, buttons(*titles), cursor=7, **more), say))


def test_a_text_is_one_part_without_a_preview_of_links() -> None:
    assert parts("https://example.org") == [
        {"type": "text", "text": {"body": "https://example.org", "preview_url": False}}
    ]


def test_three_short_buttons_are_reply_buttons() -> None:
    (part,) = parts("Чем помочь?", "Меню", "Позвать человека", "Мои данные")
    action = part["interactive"]["action"]
    assert part["interactive"]["body"] == {"text": "Чем помочь?"}
    assert [each["reply"] for each in action["buttons"]] == [
        {"id": "b7.0", "title": "Меню"},
        {"id": "b7.1", "title": "Позвать человека"},
        {"id": "b7.2", "title": "Мои данные"},
    ]


def test_four_to_ten_buttons_are_a_list() -> None:
    (part,) = parts("Язык?", *[f"Язык {number}" for number in range(10)])
    action = part["interactive"]["action"]
    assert action["button"] == "Выбрать"
    assert [row["id"] for row in action["sections"][0]["rows"]] == [f"b7.{number}" for number in range(10)]


@pytest.mark.parametrize("titles", [("Двадцать одна буква!!", "Нет"), ("Да", "Да")])
def test_titles_that_reply_buttons_cannot_hold_make_a_list(titles: tuple[str, ...]) -> None:
    assert layout_of(buttons(*titles)) is Layout.LIST


def test_a_long_title_stands_whole_in_its_row() -> None:
    (part,) = parts("Что у вас?", "Разрешение на временное проживание", "Другое")
    assert part["interactive"]["action"]["sections"][0]["rows"] == [
        {"id": "b7.0", "title": "Разрешение на временное…", "description": "Разрешение на временное проживание"},
        {"id": "b7.1", "title": "Другое"},
    ]


def test_more_than_ten_become_numbers() -> None:
    (part,) = parts("Страна?", *[f"Страна {number}" for number in range(1, 12)])
    lines = part["text"]["body"].split("\n")
    assert lines[:3] == ["Страна?", "", say("whatsapp_answer_by_number")]
    assert (lines[3], lines[13]) == ("1. Страна 1", "11. Страна 11")


def test_titles_longer_than_any_row_become_numbers() -> None:
    assert is_numbered(buttons("я" * 73))
    assert not is_numbered(buttons("я" * 72))
    assert not is_numbered(())


def test_a_text_too_long_for_buttons_goes_before_them() -> None:
    first, last = parts("я" * 1025, "Меню")
    assert first["text"]["body"] == "я" * 1025
    assert last["interactive"]["body"]["text"] == say("whatsapp_choose_below")
    assert len(parts("я" * 1024, "Меню")) == 1


def test_a_very_long_text_is_split() -> None:
    found = parts("Это одно предложение. " * 400, "Меню")
    assert [part["type"] for part in found] == ["text", "text", "text", "interactive"]
    assert all(part["text"]["body"].endswith(".") for part in found[:-1])


def test_buttons_without_a_text_have_a_sentence_over_them() -> None:
    (part,) = parts(" ", "Меню")
    assert part["interactive"]["body"]["text"] == say("whatsapp_choose_below")


def test_files_come_before_the_text() -> None:
    picture = Attachment("card.png", "image/png", b"png")
    paper = Attachment("letter.pdf", "application/pdf", b"pdf")
    assert parts("Вот", attachments=(picture, paper))[:2] == [picture, paper]
    assert file_content(picture, "1") == {"type": "image", "image": {"id": "1"}}
    assert file_content(paper, "2") == {"type": "document", "document": {"id": "2", "filename": "letter.pdf"}}


def test_a_file_that_whatsapp_does_not_take_is_left_out() -> None:
    calendar = Attachment("date.ics", "text/calendar", b"BEGIN")
    huge = Attachment("big.png", "image/png", b"0" * (5 * 2**20 + 1))
    empty = Attachment("nothing.pdf", "application/pdf", b"")
    assert [part["type"] for part in parts("Вот", attachments=(calendar, huge, empty))] == ["text"]


def test_the_button_of_a_list_fits_in_every_language() -> None:
    assert all(units(wording().text("whatsapp_choose", variant)) <= MAX_LIST_BUTTON_CHARS for variant in LANGUAGES)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=6000), st.lists(st.text(min_size=1, max_size=90), max_size=14))
def test_whatever_is_said_keeps_the_platforms_rules(text: str, titles: list[str]) -> None:
    text, titles = text.replace("\x00", ""), [title for title in titles if title.strip()]
    message = OutgoingMessage(PERSON, text, buttons(*titles), cursor=2**40)
    found = parts_of(message, say)
    assert bool(found) is bool(text.strip() or titles)
    for part in found:
        assert isinstance(part, dict)
        check_message({"messaging_product": "whatsapp", "to": PERSON, **part})
    assert found == parts_of(message, say)
