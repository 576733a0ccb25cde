"""Alphabets: a letter from another one is noticed, borrowed names are not."""

import pytest

from language.alphabets import strange_words


@pytest.mark.parametrize(
    ("variant", "text", "strange"),
    [
        ("tg", "Шиносномаи ман дар қуттӣ мондааст", ()),
        ("tg", "Мен үйде", ("үйде",)),
        ("tg", "рыба", ("рыба",)),
        ("ky", "Үйгө өңдүү WhatsApp жаздым", ()),
        ("ky", "қайда", ("қайда",)),
        ("kk", "Қайда әке, үй, өң, іс", ()),
        ("uz", "Oʻzbekiston, gʻalla, maʼlumot", ()),
        ("uz", "Ўзбекистон", ("Ўзбекистон",)),
        ("uz-Cyrl", "Ўзбекистон, ғалла, ҳужжат", ()),
        ("ru", "Ёлка, объезд", ()),
        ("ru", "паспoрт", ("паспoрт",)),
        ("ru", "с ID-картой и QR-кодом", ()),
        ("en", "a café", ()),
        ("en", "naïve", ("naïve",)),
    ],
)
def test_letters_of_another_alphabet(variant: str, text: str, strange: tuple[str, ...]) -> None:
    assert strange_words(text, variant) == strange
