"""When one came and left, as people write it: ranges, several trips, “still here”, in all languages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.trip_dates import find_trip_marks
from language.variants import LANGUAGES

TODAY = date(2026, 11, 21)


def read(text: str, language: str = "ru") -> list[str]:
    marks = find_trip_marks(text, language, TODAY)
    return ["here" if m.is_still_here else "|".join(map(str, m.days)) or "impossible" for m in marks]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "10.01-20.03"),
        ("ru", "10.01 – 20.03"),
        ("ru", "10.01.2026—20.03.2026"),
        ("ru", "2026-01-10 - 2026-03-20"),
        ("ru", "10 янв - 20 мар"),
        ("ru", "c 10 января по 20 марта"),
        ("en", "came 10 January left 20 March"),
        ("uz", "10-yanvarda keldim, 20-martda ketdim"),
        ("uz", "10-yanvardan 20-martgacha"),
        ("uz", "10 январда келдим, 20 мартда кетдим"),
        ("tg", "аз 10 январ то 20 март"),
        ("ky", "10-январда келдим, 20-мартта кеттим"),
        ("kk", "10 қаңтардан 20 наурызға дейін"),
        ("kk", "10 январь 20 марта"),
    ],
)
def test_the_day_of_coming_and_the_day_of_leaving_are_found(language: str, text: str) -> None:
    assert read(text, language) == ["2026-01-10", "2026-03-20"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "с 10 по 20 марта"),
        ("ru", "10-20 марта"),
        ("uz", "10dan 20-martgacha"),
        ("ky", "10-20-март"),
        ("en", "from 10 to 20 March"),
    ],
)
def test_two_days_of_one_month_share_its_name(language: str, text: str) -> None:
    assert read(text, language) == ["2026-03-10", "2026-03-20"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "1 ноября, ещё здесь"),
        ("ru", "с 1 ноября по сей день"),
        ("ru", "1 ноября по сегодня"),
        ("ru", "приехал 1 ноября и не уезжал"),
        ("uz", "1-noyabrda keldim, hali shu yerdaman"),
        ("uz", "1 ноябрда келдим, ҳали шу ердаман"),
        ("tg", "1 ноябр омадам, ҳоло ҳамин ҷоям"),
        ("ky", "1-ноябрда келдим, азыр да ушул жердемин"),
        ("kk", "1 қарашада келдім, әлі осындамын"),
        ("en", "since 1 November, still here"),
    ],
)
def test_who_is_still_there_says_so(language: str, text: str) -> None:
    assert read(text, language) == ["2026-11-01", "here"]


def test_today_alone_is_a_day() -> None:
    assert read("сегодня") == ["2026-11-21"]


def test_an_ambiguous_day_keeps_both_readings_and_an_impossible_one_none() -> None:
    assert read("03/04/2026", "en") == ["2026-04-03|2026-03-04"]
    assert read("31 февраля") == ["impossible"]


def test_several_trips_stand_in_order() -> None:
    assert read("10.01-20.03, 05.06-01.07") == ["2026-01-10", "2026-03-20", "2026-06-05", "2026-07-01"]


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_any_text_is_read_without_an_error_and_in_order(text: str, variant: str) -> None:
    marks = find_trip_marks(text, variant.partition("-")[0], TODAY)
    assert [mark.start for mark in marks] == sorted(mark.start for mark in marks)
    assert all(mark.start <= mark.end <= len(text) for mark in marks)
