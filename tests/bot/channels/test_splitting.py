"""Long texts are cut where a reader would stop, and no part is longer than the messenger takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.splitting import shortened, split, units

MOST = 4096

SENTENCE = "Вставать на учёт нужно в течение семи рабочих дней."


@pytest.mark.parametrize("text", ["", " \n ", "коротко", "x" * MOST])
def test_a_text_that_fits_stays_whole(text: str) -> None:
    assert split(text, MOST) == ((text.strip(),) if text.strip() else ())


@pytest.mark.parametrize("text", ["abc", "Ўқитувчи", "🙂", "👨‍👩‍👧", "қ" * 5000, "🙂" * 2049])
def test_length_is_counted_as_the_messengers_count(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le")) // 2


def test_a_paragraph_ends_a_part_before_a_sentence_does() -> None:
    first, second = " ".join([SENTENCE] * 50), " ".join([SENTENCE] * 60)
    assert split(f"{first}\n\n{second}", MOST) == (first, second)


def test_a_line_ends_a_part_where_there_is_no_paragraph() -> None:
    lines = [f"{number}) {SENTENCE}" for number in range(120)]
    parts = split("\n".join(lines), MOST)
    assert len(parts) == 2
    assert "\n".join(parts).split("\n") == lines


def test_a_sentence_ends_a_part_where_there_is_no_line() -> None:
    parts = split(" ".join([SENTENCE] * 200), MOST)
    assert len(parts) > 2
    assert all(part.startswith("Вставать") and part.endswith("дней.") for part in parts)


@pytest.mark.parametrize(
    "no_end", ["п. 18 закона", "ст. 5", "г. Москва", "до 5. числа", "руб. за месяц", "и т. д. для"]
)
def test_a_dot_that_ends_no_sentence_ends_no_part(no_end: str) -> None:
    text = f"{SENTENCE} Ещё " + " ".join([no_end] * 40)
    first, *_ = split(text, limit=80)
    assert first == SENTENCE


def test_a_far_paragraph_does_not_leave_a_part_nearly_empty() -> None:
    parts = split("Здравствуйте!\n\n" + " ".join([SENTENCE] * 100), MOST)
    assert len(parts) == 2
    assert units(parts[0]) > MOST // 2


def test_words_stay_whole_where_there_is_no_sentence() -> None:
    words = [f"слово{number}" for number in range(900)]
    assert " ".join(split(" ".join(words), MOST)).split() == words


def test_an_address_stays_whole() -> None:
    address = "https://services.fms.gov.ru/" + "a" * 500
    parts = split(("слово " * 640) + address, MOST)
    assert parts[-1].endswith(address) and all(address in part or "https" not in part for part in parts)


def test_a_word_without_end_is_cut_between_whole_characters() -> None:
    family = "👨‍👩‍👧"
    parts = split(family * 1000, MOST)
    assert "".join(parts) == family * 1000
    assert all(part.replace(family, "") == "" for part in parts)
    accented = split("и\u0306" * 4000, MOST)
    assert all(len(part) % 2 == 0 for part in accented)


@pytest.mark.parametrize("character", ["👨‍👩‍👧", "и\u0306"])
def test_no_character_is_cut_wherever_the_limit_falls(character: str) -> None:
    first, *others = split("x" + character * 2500, MOST)
    assert first.removeprefix("x").replace(character, "") == ""
    assert all(part.replace(character, "") == "" for part in others)


@given(st.text(alphabet=st.sampled_from("aЖ🙂\u200d\u0306 .!\n\u00a0"), max_size=400), st.integers(2, 60))
def test_nothing_is_lost_and_every_part_fits(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(part and 0 < units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert parts == split(text, limit), "the same text is always cut in the same places"


@given(st.text(alphabet="a b", max_size=60))
def test_no_part_is_white(text: str) -> None:
    assert all(part.strip() for part in split(text, 7))


def test_a_closing_quotation_mark_stays_with_its_sentence() -> None:
    assert split("Он сказал: «Приходите завтра.» И закрыл дверь.", 33) == (
        "Он сказал: «Приходите завтра.»",
        "И закрыл дверь.",
    )


def test_a_shortened_text_ends_at_a_word() -> None:
    assert shortened("Разрешение на работу", 24) == "Разрешение на работу"
    assert shortened("Разрешение на временное проживание", 24) == "Разрешение на временное…"
    assert units(shortened("Рабочая виза, приглашение и патент", 24)) <= 24
