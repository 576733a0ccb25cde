"""Buttons under a message: how they stand, and that what they carry always fits."""

import pytest

from bot.channels.channel import parse_button_data
from bot.channels.telegram.keyboard import MAX_BUTTONS, keyboard
from conversations.reply import Button
from language.variants import OWN_NAMES

Rows = list[list[str]]


def _rows(*titles: str) -> Rows:
    shown = keyboard(7, [Button(title, f"/meta.menu{title}") for title in titles])
    return [[button.text for button in row] for row in shown.inline_keyboard] if shown else []


@pytest.mark.parametrize(
    ("titles", "rows"),
    [
        ((), []),
        (("Меню",), [["Меню"]]),
        (("Меню", "Язык", "Данные"), [["Меню", "Язык"], ["Данные"]]),
        (("Меню", "Позвать человека сейчас", "Язык"), [["Меню"], ["Позвать человека сейчас"], ["Язык"]]),
        (("Опасность, принуждение", "Здоровье", "Семья"), [["Опасность, принуждение"], ["Здоровье", "Семья"]]),
    ],
)
def test_short_titles_stand_two_in_a_row_and_long_ones_alone(titles: tuple[str, ...], rows: Rows) -> None:
    assert _rows(*titles) == rows


def test_the_seven_languages_take_four_rows() -> None:
    assert [len(row) for row in _rows(*OWN_NAMES.values())] == [2, 2, 2, 1]


def test_a_title_that_no_screen_holds_is_cut() -> None:
    ((title,),) = _rows("слово " * 30)
    assert len(title) <= 64 and title.endswith("…")


def test_a_button_carries_its_place_and_fits_however_old_the_conversation() -> None:
    shown = keyboard(10**12, [Button("a", "x" * 500)] * MAX_BUTTONS)
    assert shown is not None
    data = [str(button.callback_data) for row in shown.inline_keyboard for button in row]
    assert [parse_button_data(each) for each in data] == [(10**12, index) for index in range(MAX_BUTTONS)]
    assert all(len(each.encode()) <= 64 for each in data)
