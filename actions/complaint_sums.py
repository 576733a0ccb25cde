"""Hears a sum of money for the complaint, also one without its currency, and “not 50 000, 60 000”."""

from decimal import Decimal
from itertools import pairwise

from actions.ask_complaint import CURRENCY_OF
from actions.complaint_telling import NUMBER, PER, SUMS, Told, money_of, put
from actions.details import NOT_AFTER, NOT_BEFORE
from actions.heard import Heard
from language.folding import fold, skeleton
from language.money import Amount, find_amounts
from language.variants import language_of

MAX_AMOUNT = Decimal(10) ** 12
MAX_WORDS = 20
_NOTHING = "ничего нисколько нуль ноль nol hechnarsa hechqancha ҳеҷчиз чизе эчнерсе эчтеке ештеңе түкте nothing zero"
_PER = {
    "month": "месяц месяца мес ежемесячно oy oyiga oylik ой ойига ойлик моҳ моҳе моҳона ай айына айлык month monthly",
    "day": "день дня сутки kun kuniga kunlik рӯз рӯзе рӯзона күн күнүнө күніне кунига day daily",
    "hour": "час часа soat soatiga соат соате соатига саат саатына сағат сағатына hour hourly",
    "shift": "смену смена смены smena smenaga сменага сменаго смене навбат ауысым ауысымына shift",
}


def heard_sum(heard: Heard, told: Told, field: str, kind: str | None) -> tuple[Told, str | None] | None:
    """What is told after the message, and the key of a refusal; None when it names no sum."""
    if field == "paid" and (kind == "no" or _keys(heard.text) & _NOTHING_KEYS):
        return put(told, paid=f"0 {CURRENCY_OF.get(told.get('country', ''), 'RUB')}"), None
    amounts = find_amounts(heard.text, language_of(heard.variant)[0])
    if not amounts or len(heard.text.split()) > MAX_WORDS:
        return None
    amount = _meant(amounts)
    if refusal := _refusal(amount.value, field):
        return told, refusal
    per = _per(heard.text) if field == "agreed" else {}
    value = _plain(amount.value)
    if amount.currency is None:
        return {**put(told, **per), NUMBER: f"{value} "}, None
    return put(told, **{field: f"{value} {amount.currency}"}, **per), None


def corrected_sums(heard: Heard, told: Told) -> Told | None:
    """“Not 50 000, 60 000”: the sum that was told changes wherever it stands; None when the message is none such."""
    amounts = find_amounts(heard.text, language_of(heard.variant)[0])
    denied = [each for each in amounts if _is_denied(each, heard)]
    right = [each for each in amounts if each not in denied]
    if len(denied) != 1 or len(right) != 1 or _refusal(right[0].value, "owed"):
        return None
    wrong = [name for name in SUMS if told.get(name) and money_of(told[name]).amount == denied[0].value]
    if not wrong:
        return None
    currency = right[0].currency or money_of(told[wrong[-1]]).currency
    return {**told, wrong[-1]: f"{_plain(right[0].value)} {currency}"}


def _meant(amounts: tuple[Amount, ...]) -> Amount:
    """The one with a currency, or the largest: “two months, 40 000 each”."""
    with_currency = [each for each in amounts if each.currency]
    return with_currency[-1] if with_currency else max(amounts, key=lambda each: abs(each.value))


def _refusal(amount: Decimal, field: str) -> str | None:
    if amount < 0:
        return "complaint_sum_negative"
    if amount == 0 and field != "paid":
        return "complaint_sum_zero"
    return "complaint_sum_not_caught" if amount > MAX_AMOUNT else None


def _per(text: str) -> dict[str, str]:
    keys = _keys(text)
    return next(({"agreed_per": per} for per in PER if keys & _PER_KEYS.get(per, frozenset())), {})


def _plain(amount: Decimal) -> str:
    return f"{amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize():f}"


def _is_denied(amount: Amount, heard: Heard) -> bool:
    before = heard.text[: amount.start].split()[-1:]
    after = heard.text[amount.end :].replace(",", " , ").split()[:2]
    is_tajik_no = heard.variant == "tg" and "не" in after[:1]
    return is_tajik_no or any(fold(w) in NOT_BEFORE for w in before) or any(NOT_AFTER.match(fold(w)) for w in after)


def _keys(text: str) -> frozenset[str]:
    words = ["".join(sign for sign in word if sign.isalpha()) for word in text.split()]
    return frozenset(skeleton(word) for word in (*words, *map("".join, pairwise(words))) if word)


_NOTHING_KEYS = _keys(_NOTHING)
_PER_KEYS = {per: frozenset(map(skeleton, words.split())) for per, words in _PER.items()}
