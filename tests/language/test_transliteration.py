"""Uzbek from Cyrillic to Latin letters and back."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from language.transliteration import uzbek_to_cyrillic, uzbek_to_latin

BOTH_WAYS = [
    ("Ўзбекистон", "O‘zbekiston"),
    ("ғалаба", "g‘alaba"),
    ("йўқ", "yo‘q"),
    ("ер", "yer"),
    ("поезд", "poyezd"),
    ("ЕР", "YER"),
    ("эшик", "eshik"),
    ("мен", "men"),
    ("ёш", "yosh"),
    ("дунё", "dunyo"),
    ("маъно", "ma’no"),
    ("эълон", "e’lon"),
    ("маъюс", "ma’yus"),
    ("меъёр", "me’yor"),
    ("Исҳоқ", "Is’hoq"),
    ("объект", "obyekt"),
    ("полиция", "politsiya"),
    ("регистрация", "registratsiya"),
    ("конференция", "konferensiya"),
    ("пенсия", "pensiya"),
    ("кетсин", "ketsin"),
    ("цирк", "sirk"),
    ("концерт", "konsert"),
    ("район", "rayon"),
    ("сентябрда", "sentabrda"),
    ("апрель", "aprel"),
    ("апрелда", "aprelda"),
    ("компьютер", "kompyuter"),
    ("мўъжиза", "mo‘jiza"),
    ("шаҳар", "shahar"),
    ("Шаҳар", "Shahar"),
    ("ШАҲАР", "SHAHAR"),
    ("Ш. Рашидов", "Sh. Rashidov"),
    ("чой", "choy"),
    ("бўш вақт", "bo‘sh vaqt"),
    ("жамъ", "jam’"),
    ("3-этаж", "3-etaj"),
]
STAYS = [
    "https://mehnat.uz/salom?a=yo‘l",
    "https://example.uz/йўл",
    "ariza@example.uz",
    "@safar_bot",
    "mvd.uz/ariza",
    "{ism}",
    "{исм}",
    '/inform{"citizenship":"UZ"}',
    '/show_entry{"entry":"registration/arrival"}',
    "+998 71 200-00-00",
    "1500,50",
    "<b>",
    "😀",
]
NATIVE = "абдефгҳижклмнопқрстувхўғшчзй"
SYLLABLE = st.builds(str.__add__, st.sampled_from("бдгҳжклмнпқрствхғшчзф"), st.sampled_from("аиоуўёюя"))
CYRILLIC_WORD = st.lists(SYLLABLE, min_size=1, max_size=5).map("".join)
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)


@pytest.mark.parametrize(("cyrillic", "latin"), BOTH_WAYS)
def test_a_word_is_spelled_right_in_both_scripts(cyrillic: str, latin: str) -> None:
    assert (uzbek_to_latin(cyrillic), uzbek_to_cyrillic(latin)) == (latin, cyrillic)


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [("милиция", "militsiya"), ("цех", "sex"), ("абзац", "abzas"), ("щётка", "shyotka"), ("июнь", "iyun")],
)
def test_letters_of_borrowed_words_follow_their_place(cyrillic: str, latin: str) -> None:
    assert uzbek_to_latin(cyrillic) == latin


@pytest.mark.parametrize("apostrophe", "‘’ʻʼ'`")
def test_every_apostrophe_that_people_type_is_understood(apostrophe: str) -> None:
    assert uzbek_to_cyrillic(f"so{apostrophe}m, ma{apostrophe}no, yog{apostrophe}") == "сўм, маъно, ёғ"


@pytest.mark.parametrize("kept", STAYS)
@pytest.mark.parametrize("turn", [uzbek_to_cyrillic, uzbek_to_latin])
def test_addresses_placeholders_payloads_and_numbers_stay(turn: Callable[[str], str], kept: str) -> None:
    assert turn(kept) == kept
    assert kept in turn(f"Manzil: {kept} тамом")


@pytest.mark.parametrize("foreign", ["WhatsApp", "Facebook", "iPhone", "XXI", "PDF", "EPS-TOPIK", "çalışma izni"])
def test_foreign_names_and_roman_numbers_stay_in_cyrillic_text(foreign: str) -> None:
    assert uzbek_to_cyrillic(f"{foreign} kerak") == f"{foreign} керак"


def test_a_word_that_ends_like_a_foreign_one_is_still_uzbek() -> None:
    assert uzbek_to_cyrillic("umid doimo tahdid") == "умид доимо таҳдид"


def test_a_sentence_comes_back_as_it_was() -> None:
    sentence = (
        "Ассалому алайкум! Мен Тошкентданман, 5-мартда келдим, рўйхатдан ўтиш учун қаерга борай? Эртага кеч эмасми?"
    )
    assert uzbek_to_cyrillic(uzbek_to_latin(sentence)) == sentence


@settings(deadline=None)
@given(words=st.lists(CYRILLIC_WORD, min_size=1, max_size=4))
def test_native_words_survive_the_way_to_latin_and_back(words: list[str]) -> None:
    for text in (" ".join(words), " ".join(words).upper(), " ".join(words).title()):
        if all(len(word) > 2 for word in words):
            assert uzbek_to_cyrillic(uzbek_to_latin(text)) == text


@pytest.mark.parametrize("turn", [uzbek_to_cyrillic, uzbek_to_latin])
@settings(deadline=None)
@given(text=ANYTHING | st.text(NATIVE + "ъьцщыэeshcyotsgia’‘'{}/@.<>\x00 AZ", max_size=40))
def test_nothing_that_can_be_typed_breaks_it(turn: Callable[[str], str], text: str) -> None:
    assert isinstance(turn(text), str)


@settings(deadline=None)
@given(text=ANYTHING | st.text(NATIVE + NATIVE.upper() + "ъьцщыэ -.,'5", max_size=40))
def test_text_in_latin_letters_is_not_turned_again(text: str) -> None:
    latin = uzbek_to_latin(text)
    assert uzbek_to_latin(latin) == latin


@pytest.mark.parametrize("turn", [uzbek_to_cyrillic, uzbek_to_latin])
@pytest.mark.parametrize(
    "piece", ["Мен Тошкентданман, patent kerak! ", "a.", "a-", "a@", "o'", "/a_", "{", "ц", "<", "w"]
)
def test_more_than_100_000_characters_a_second(turn: Callable[[str], str], piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert min(_seconds(turn, text) for _ in range(3)) < 1


def _seconds(turn: Callable[[str], str], text: str) -> float:
    started = time.process_time()
    turn(text)
    return time.process_time() - started
