"""Hears a reply to the questions about a transfer: by button or in words, corrections included."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from actions.details import NOT_BEFORE, is_denied, named
from actions.ground import Ground
from actions.heard import Heard
from actions.take_terms import Around, referred, settled, take_terms, with_sum
from actions.transfer_check import checked
from actions.transfer_rates import known_rates
from actions.transfer_telling import (
    ANOTHER,
    ARRIVES,
    ARRIVES_IN,
    CURRENCY,
    FEE,
    READINGS,
    REFERENCE,
    REFERENCE_READINGS,
    SUM,
    UNKNOWN,
    Telling,
)
from guidance.currencies import CURRENCY_OF, MINOR_UNITS
from language.amounts import currencies_of, find_amounts, sure_currency
from language.folding import fold
from language.second_thoughts import is_all_told, is_taken_back, is_unsure
from language.tokens import split_tokens
from language.transfer_terms import is_bare_none, read_offers
from language.variants import language_of

MAX_CURRENCIES = 8
"""As many stand under one question, beside the way to the others and the way out."""
MAX_WORDS_OF_A_NAME = 4
"""A longer message that names a country or a currency and no number is a question of its own."""


@dataclass(frozen=True)
class TransferReply:
    """What is told now, and the key of a kind sentence where something cannot be or is not known."""

    telling: Telling
    refusal: str | None = None


def transfer_reply(
    ground: Ground, heard: Heard, telling: Telling, question: str, kept_rate: Decimal | None
) -> TransferReply | None:
    """What the message tells; None when it tells nothing. `kept_rate` is the reference rate of the content team."""
    reply = _in_words(ground, heard, telling, question, kept_rate) if heard.text else _by_button(heard, telling)
    if reply is None:
        return None
    told, refusal = checked(reply.telling, telling, kept_rate)
    return TransferReply(told, refusal or reply.refusal)


def mends_transfer(heard: Heard) -> bool:
    """Whether a message after the result takes a number of it back (“not 10,000 but 20,000”)."""
    telling = Telling.of(heard.slots)
    around = Around(ANOTHER, language_of(heard.variant)[0], _near(heard, telling), _home(heard), ())
    return telling.is_complete and _mended(heard, telling, around) is not None


def kept_rate_of(ground: Ground, telling: Telling, heard: Heard) -> Decimal | None:
    """The fresh reference rate of the content team for these currencies."""
    rate = ground.reference_rates.rate_for(telling.currency or "", telling.arrives_in or "", heard.today)
    return rate.rate if rate else None


def _by_button(heard: Heard, telling: Telling) -> TransferReply | None:
    step, said = heard.value("step"), heard.value("reply") or ""
    if money := heard.value("money"):
        amount, _, currency = money.partition(" ")
        return TransferReply(replace(telling, amount=_decimal(amount), currency=currency, choices=()))
    if country := heard.value("country"):
        return TransferReply(_to(telling, country))
    if step == "currency" and said in MINOR_UNITS:
        return TransferReply(_with_currency(telling, said))
    return _of_step(telling, step, said)


def _of_step(telling: Telling, step: str | None, said: str) -> TransferReply | None:
    value = _decimal(said)
    if step == "other_currency":
        return TransferReply(_of_other_currencies(telling))
    if step == "fee" and value is not None:
        return TransferReply(replace(telling, fee=value))
    if step == "percent" and value is not None:
        return TransferReply(replace(telling, fee_percent=value))
    if step == "rate_unknown":
        return TransferReply(replace(telling, is_rate_unknown=True, readings=()))
    if step in ("rate", "inverse", "received") and value:
        is_reference = telling.is_complete
        reading = (f"{step} {said}",)
        return TransferReply(referred(telling, reading) if is_reference else settled(telling, reading))
    return _of_offers(telling, step)


def _of_other_currencies(telling: Telling) -> Telling:
    """All currencies to choose from; from the second tap on the next ones come first, and a sum that is told stays."""
    if not telling.choices and (telling.currency or telling.amount is None):
        return replace(telling, amount=None, currency=None, choices=tuple(MINOR_UNITS))
    shown = telling.choices or tuple(MINOR_UNITS)
    if len(shown) < len(MINOR_UNITS):
        return replace(telling, choices=tuple(MINOR_UNITS))
    return replace(telling, choices=(*shown[MAX_CURRENCIES:], *shown[:MAX_CURRENCIES]))


def _of_offers(telling: Telling, step: str | None) -> TransferReply | None:
    if step == "another_offer":
        return TransferReply(replace(telling, is_open=True, is_complete=False))
    if step == "offers_done":
        return TransferReply(replace(telling.without_part(), is_open=False, is_complete=bool(telling.offers)))
    if step == "wrong_offer":
        return TransferReply(replace(telling.without_last(), is_complete=False), "trip_removed")
    if step == "reference_unknown":
        return TransferReply(replace(telling, reference=UNKNOWN, readings=()))
    return None


def _in_words(
    ground: Ground, heard: Heard, telling: Telling, question: str, kept_rate: Decimal | None
) -> TransferReply | None:
    language = language_of(heard.variant)[0]
    around = Around(question, language, _near(heard, telling), _home(heard), known_rates(telling, kept_rate))
    if is_unsure(heard.text) and not find_amounts(heard.text, language):
        return _unsure(telling, question)
    if mended := _mended(heard, telling, around):
        return TransferReply(mended)
    told, refusal = telling, None
    if question == SUM and _is_other_money(heard.text, language):
        return TransferReply(_of_other_money(telling, heard.text, language), "transfer_money_unknown")
    for terms in read_offers(heard.text, language):
        told = told.closed()
        told, refusal = take_terms(told, terms, replace(around, rates=known_rates(told, kept_rate)))
    told = _with_country(heard, told)
    told = _with_named_currency(heard, told, question, around)
    if told != telling or refusal:
        return TransferReply(told, refusal)
    return _of_few_words(ground, heard, telling, question)


def _is_other_money(text: str, language: str) -> bool:
    """“10000 фунтов”: a number and a word that is no money of ours, and nothing else."""
    amounts, words = find_amounts(text, language), text.split()
    is_plain = len(amounts) == 1 and not amounts[0].currencies and not amounts[0].is_percent
    return is_plain and len(words) == 2 and text.endswith(words[1]) and amounts[0].end <= len(words[0])


def _of_other_money(telling: Telling, text: str, language: str) -> Telling:
    amount = find_amounts(text, language)[0].value
    return replace(telling, amount=amount, currency=None, choices=tuple(MINOR_UNITS))


def _of_few_words(ground: Ground, heard: Heard, telling: Telling, question: str) -> TransferReply | None:
    if question == FEE and (heard.intent == "deny" or is_bare_none(heard.text)):
        return TransferReply(replace(telling, fee=Decimal(0)))
    if is_taken_back(heard.text):
        return TransferReply(replace(telling.without_last(), is_complete=False), "trip_removed")
    if question == FEE and telling.offers and is_all_told(heard.text):
        return _of_offers(telling, "offers_done")
    if question != ANOTHER:
        return None
    kind = ground.replies.read(heard.text, language_of(heard.variant)[0])
    if heard.intent == "deny" or is_all_told(heard.text) or kind == "no":
        return _of_offers(telling, "offers_done")
    return _of_offers(telling, "another_offer") if heard.intent == "affirm" or kind == "yes" else None


def _unsure(telling: Telling, question: str) -> TransferReply | None:
    """Nobody is stuck for not knowing: the rate may stay unknown, the fee is told how to be seen."""
    if question in (ARRIVES, READINGS):
        return TransferReply(replace(telling, is_rate_unknown=True, readings=()), "transfer_rate_unsure")
    if question in (REFERENCE, REFERENCE_READINGS):
        return TransferReply(replace(telling, reference=UNKNOWN, readings=()))
    return TransferReply(telling, "transfer_fee_unsure" if question == FEE else "transfer_unsure")


def _mended(heard: Heard, telling: Telling, around: Around) -> Telling | None:
    """“Не 10000, а 20000”, “150 emas, 200”: the number that is told already gives way to the other."""
    amounts = find_amounts(heard.text, around.language)
    denied = [each for each in amounts if is_denied(heard, each.start, each.end)]
    if len(amounts) != 2 or len(denied) != 1:
        return None
    wrong, right = denied[0], next(each for each in amounts if each is not denied[0])
    if wrong.value == telling.amount:
        return with_sum(telling, right, around)
    for name in ("fee", "fee_percent", "received", "rate"):
        changed: dict[str, Any] = {name: right.value}
        if wrong.value == getattr(telling, name):
            return replace(telling, **changed)
        if telling.offers and wrong.value == getattr(telling.offers[-1], name):
            return replace(telling, offers=(*telling.offers[:-1], replace(telling.offers[-1], **changed)))
    return None


def _with_country(heard: Heard, telling: Telling) -> Telling:
    """Where it goes; a citizenship counts as well while that is open: home is meant.

    A country in a longer message, or one whose own money is sent, is where the money comes from.
    """
    places = named(heard)
    kind = "country" if "country" in places else "citizenship"
    is_other = kind not in places or (kind == "citizenship" and telling.to is not None)
    if is_other or len(heard.text.split()) > MAX_WORDS_OF_A_NAME + 2:
        return telling
    if telling.currency and CURRENCY_OF.get(places[kind] or "") == telling.currency:
        return telling
    return _to(telling, places[kind])


def _to(telling: Telling, country: str | None) -> Telling:
    """Another country: in what it arrives is asked anew, and offers for the old one are forgotten."""
    if country == telling.to:
        return telling
    if telling.to is None:
        return replace(telling, to=country)
    return replace(Telling(telling.amount, telling.currency, telling.choices), to=country)


def _with_named_currency(heard: Heard, telling: Telling, question: str, around: Around) -> Telling:
    """A currency without a number, as the reply to “in which money?” or as a correction of the sum."""
    if len(heard.text.split()) > MAX_WORDS_OF_A_NAME or find_amounts(heard.text, around.language):
        return telling
    codes = list(_named_currencies(heard, around))
    if not codes or codes[0] is None:
        return telling
    if question in (CURRENCY, ARRIVES_IN):
        return _with_currency(telling, codes[0])
    is_correction = any(fold(word) in NOT_BEFORE for word in heard.text.split())
    return replace(_with_currency(telling, codes[0]), offers=()) if is_correction else telling


def _named_currencies(heard: Heard, around: Around) -> Iterator[str | None]:
    for token in split_tokens(heard.text):
        codes = currencies_of(token.text, around.language)
        if codes and not is_denied(heard, token.start, token.end):
            yield sure_currency(codes, around.near, around.language)


def _with_currency(telling: Telling, code: str) -> Telling:
    """The currency sent while it is open, else the one that arrives."""
    if telling.currency is None or telling.choices:
        return replace(telling, currency=code, choices=())
    return replace(telling, arrives_in=code)


def _near(heard: Heard, telling: Telling) -> frozenset[str]:
    countries = (heard.slots.get("country"), heard.slots.get("citizenship"), telling.to, named(heard).get("country"))
    told = (telling.currency, telling.arrives_in, *(CURRENCY_OF.get(country or "") for country in countries))
    return frozenset(code for code in told if code)


def _home(heard: Heard) -> str | None:
    return CURRENCY_OF.get(heard.slots.get("country") or "")


def _decimal(written: str) -> Decimal | None:
    try:
        value = Decimal(written)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
