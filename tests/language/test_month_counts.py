"""Months as people write them in a short reply."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.month_counts import find_months
from language.variants import LANGUAGES


@pytest.mark.parametrize(
    ("text", "variant", "counts"),
    [
        ("3", "ru", (3,)),
        ("за три месяца", "ru", (3,)),
        ("uch oyga", "uz", (3,)),
        ("уч ойга", "uz-Cyrl", (3,)),
        ("се моҳ", "tg", (3,)),
        ("үч айга", "ky", (3,)),
        ("үш айға", "kk", (3,)),
        ("three months", "en", (3,)),
        ("полгода", "ru", (6,)),
        ("yarim yil", "uz", (6,)),
        ("ним сол", "tg", (6,)),
        ("жарым жыл", "ky", (6,)),
        ("жарты жыл", "kk", (6,)),
        ("за год", "ru", (12,)),
        ("бір жыл", "kk", (12,)),
        ("a year", "en", (12,)),
        ("2 года", "ru", (24,)),
        ("13", "ru", (13,)),
        ("0", "ru", (0,)),
        ("-3", "ru", (None,)),
        ("1,5", "ru", (None,)),
        ("2-3", "ru", (2, 3)),
        ("не знаю", "ru", ()),
        ("", "en", ()),
    ],
)
def test_counts_of_months_are_found(text: str, variant: str, counts: tuple[int | None, ...]) -> None:
    assert find_months(text, variant) == counts


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_nothing_that_is_written_breaks_it(text: str, variant: str) -> None:
    assert all(count is None or count >= 0 for count in find_months(text, variant))


@given(st.integers(1, 99), st.sampled_from(LANGUAGES))
def test_a_bare_number_is_itself(number: int, variant: str) -> None:
    assert find_months(f"{number}", variant) == (number,)
