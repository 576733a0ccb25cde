"""Reads a number below a thousand in words, as sums are told: “сорок пять”, “ellik”, “дусад”."""

from collections.abc import Sequence

from language.folding import skeleton
from language.number_words import read_number
from language.tokens import Token

_ROUND = {
    40: "сорок сорока qirq чил чиҳил кырк қырық forty",
    50: "пятьдесят пятидесяти ellik панҷоҳ панчох элүү елу fifty",
    60: "шестьдесят шестидесяти oltmish шаст алтымыш алпыс sixty",
    70: "семьдесят семидесяти yetmish ҳафтод жетимиш жетпіс seventy",
    80: "восемьдесят восьмидесяти sakson ҳаштод сексен сексен eighty",
    90: "девяносто девяноста to'qson навад токсон тоқсан ninety",
    100: "сто ста сад",
    200: "двести двухсот дусад дусадум",
    300: "триста трехсот сесад",
    400: "четыреста четырехсот чорсад чаҳорсад",
    500: "пятьсот пятисот панҷсад панчсад",
    600: "шестьсот шестисот шашсад",
    700: "семьсот семисот ҳафтсад",
    800: "восемьсот восьмисот ҳаштсад",
    900: "девятьсот девятисот нӯҳсад",
}
_WORDS = {skeleton(word): number for number, words in _ROUND.items() for word in words.split()}


def read_words(tokens: Sequence[Token], at: int, language: str) -> tuple[int, int] | None:
    """The number in words that begins at `at`, and where it ends; None where there is none."""
    total, here = 0, at
    while here < len(tokens) and tokens[here].is_word and (number := _WORDS.get(tokens[here].key)):
        if total and number >= _least_step(total):
            break
        total += number
        here += 1
    small = read_number(tokens, here, language) if here < len(tokens) and tokens[here].is_word else None
    if small and (not total or small[0] < _least_step(total)):
        total, here = total + small[0], small[1]
    return (total, here) if total else None


def _least_step(total: int) -> int:
    """What may follow is smaller than the last place told: after a hundred tens, after tens ones."""
    return 100 if total % 100 == 0 else 10
