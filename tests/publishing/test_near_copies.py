"""Near copies and edit distance, against a plain reckoning."""

from hypothesis import given
from hypothesis import strategies as st

from publishing.near_copies import edit_distance, near_copies, near_copies_within

WORDS = st.text("абвқө ", max_size=12)


def _levenshtein(one: str, other: str) -> int:
    table = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            replaced = table[i - 1, j - 1] + (one[i - 1] != other[j - 1])
            table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, replaced)
    return table[len(one), len(other)]


@given(WORDS, WORDS)
def test_the_distance_is_levenshteins(one: str, other: str) -> None:
    longest = max(len(one), len(other), 1)
    assert edit_distance(one, other) == _levenshtein(one, other) / longest


def test_copies_are_found_whatever_the_script_and_only_once() -> None:
    texts = ["Patent qanday olinadi Moskvada", "Biletni qayerdan olaman", "Патент қандай олинади Москвада"]
    assert list(near_copies_within(texts)) == [(0, 2)]
    assert list(near_copies(texts[:1], texts[1:])) == [(0, 1)]
    assert list(near_copies([], texts)) == []
