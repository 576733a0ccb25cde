"""Folding and skeleton: ways of typing one word meet, and nothing that can be typed breaks them."""

import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from language.folding import fold, skeleton

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)
# Letters of all our alphabets with the marks and signs that people and broken phones put among them.
TYPED = st.text(
    "abchosxyzkwABCHiİıſßаеорсухквмтнйёўқғҳӣӯҷңөүұәіһъьАВСЕНЭ4‘’'\u0306\u0304\u0301\u200b\x00 .-5", max_size=40
)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ЎЗБЕКИСТОН", "узбекистон"),
        ("O‘zbekiston", "ozbekiston"),
        ("Oʻzbekiston", "ozbekiston"),
        ("O'zbekiston", "ozbekiston"),
        ("ҷавоб", "чавоб"),
        ("Қалай", "калай"),
        ("өзүмдүн", "озумдун"),
        ("ещё", "еще"),
        ("объявление", "обявление"),
        ("йод", "йод"),
        ("и\u0306од", "йод"),
        ("помогитеееее", "помогите"),
        ("ООО", "ооо"),
        ("5000 рублей", "5000 рублей"),
        ("12.03.2026", "12.03.2026"),
        ("  два \n\t слова\x00и  ", "два слова и"),
        ("ｐａｓｓｐｏｒｔ", "passport"),
        ("пас\u00adпорт", "паспорт"),
    ],
)
def test_ways_of_typing_are_folded_and_the_script_stays(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize("word", ["пaспopт", "MУЖ", "ПАТЕНT", "сeстpa"])
def test_latin_look_alikes_in_a_cyrillic_word_become_cyrillic(word: str) -> None:
    assert all("CYRILLIC" in unicodedata.name(letter) for letter in fold(word))


def test_cyrillic_look_alikes_in_a_latin_word_become_latin() -> None:
    assert fold("р\u0430sр\u043ert").isascii()


def test_a_word_of_two_scripts_stays_as_it_is() -> None:
    assert fold("WhatsAppда") == "whatsappда"


@pytest.mark.parametrize(
    "spellings",
    [
        ("ўзбек", "o‘zbek", "o'zbek", "ozbek"),
        ("чӣ хел", "chi khel", "4i xel", "chi hel"),
        ("Кыргызча жардам", "kyrgyzcha jardam", "qirgizcha zhardam"),
        ("яхши", "yaxshi", "yaxwi", "yakhshi"),
        ("регистрация", "registratsiya", "registraciya", "registracia"),
        ("ҷавоб", "javob"),
        ("дунё", "dunyo"),
        ("шахарда", "шаҳарда", "shaharda", "wahardа"),
        ("Қазақша", "kazaksha", "qazaqsha"),
        ("что делать", "chto delat", "4to delat"),
        ("ещё", "еще"),
        ("ғамхорӣ", "gamkhori", "ghamhori"),
    ],
)
def test_all_spellings_of_a_word_have_one_skeleton(spellings: tuple[str, ...]) -> None:
    assert len(set(map(skeleton, spellings))) == 1


@pytest.mark.parametrize(("one", "other"), [("нож", "ночь"), ("мать", "мост"), ("5000", "500"), ("шаг", "саг")])
def test_different_words_keep_different_skeletons(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


def test_a_skeleton_of_our_languages_is_plain_latin() -> None:
    assert skeleton("Ў, қ; ғ! ҳ? ӣ ӯ ҷ ң ө ү ұ ә і һ ё ъ ь щ ы э ю я — №5").replace(" ", "").isalnum()
    assert skeleton("Ўзбекистон, Тоҷикистон; Қазақстан!").isascii()


@pytest.mark.parametrize("way", [fold, skeleton])
@settings(deadline=None)
@given(text=ANYTHING | TYPED)
@example(text="\x00")
@example(text="\ud800")
@example(text="ᲆ")
@example(text="и\u0301\u0306")
def test_doing_it_twice_changes_nothing_more(way: Callable[[str], str], text: str) -> None:
    once = way(text)
    assert way(once) == once


@settings(deadline=None)
@given(text=ANYTHING | TYPED)
def test_small_and_capital_letters_meet(text: str) -> None:
    assert fold(text.swapcase().casefold()) == fold(text.casefold().casefold())
    assert fold(text) == fold(text).casefold()


@settings(deadline=None)
@given(text=ANYTHING | TYPED)
def test_a_skeleton_has_letters_digits_and_single_spaces_only(text: str) -> None:
    assert all(part.isalnum() for part in skeleton(text).split(" ") if part)
    assert "  " not in skeleton(text)


@pytest.mark.parametrize("way", [fold, skeleton])
@pytest.mark.parametrize("piece", ["Мен Тошкентданман, patent kerak! ", "ъ", "aа", "ckhz", "ё'", "\x00", "a" * 9 + " "])
def test_more_than_100_000_characters_a_second(way: Callable[[str], str], piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert min(_seconds(way, text) for _ in range(3)) < 1


def _seconds(way: Callable[[str], str], text: str) -> float:
    started = time.process_time()
    way(text)
    return time.process_time() - started
