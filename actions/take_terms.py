"""Puts the terms that a message tells into the transfer that is told: sum, fee, rate, what arrives."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal

from actions.transfer_rates import INVERSE, RATE, RECEIVED, readings_of
from actions.transfer_telling import ARRIVES, FEE, REFERENCE, REFERENCE_READINGS, SUM, Telling
from language import transfer_terms
from language.amounts import Amount, plain, sure_currency
from language.transfer_terms import Terms


@dataclass(frozen=True)
class Around:
    """What a message is understood by: the question asked, the language, currencies near at hand, rates known.

    `home` is the currency of the country where one is: a sum without a currency is in it.
    """

    question: str
    language: str
    near: Collection[str]
    home: str | None
    rates: Collection[Decimal]


def take_terms(telling: Telling, terms: Terms, around: Around) -> tuple[Telling, str | None]:
    """The transfer with these terms, and the key of a refusal where a currency does not fit."""
    rest = list(terms.rest)
    telling = _with_sum(telling, terms, rest, around)
    if around.question in (REFERENCE, REFERENCE_READINGS):
        return _with_reference(telling, terms, rest, around), None
    if not telling.is_open and (terms.has_fee or terms.has_arrival):
        telling = replace(telling, is_open=True)
    telling, fee_refusal = _with_fee(telling, terms, rest, around)
    telling, refusal = _with_arrival(telling, terms, rest, around)
    return telling, refusal or fee_refusal


def with_sum(telling: Telling, amount: Amount, around: Around) -> Telling:
    """Another sum: what was promised for the old one is forgotten."""
    value = amount.value
    currency = sure_currency(amount.currencies, around.near, around.language) if amount.currencies else None
    choices = amount.currencies if amount.currencies and currency is None else ()
    if not amount.currencies:
        currency = telling.currency or around.home
    if (value, currency) == (telling.amount, telling.currency):
        return telling
    offers = tuple(offer for offer in telling.offers if offer.received is None)
    if currency != telling.currency:
        offers = ()
    is_complete = telling.is_complete and bool(offers)
    changed = replace(telling, amount=value, currency=currency, choices=choices, offers=offers, received=None)
    return replace(changed, is_open=not offers or telling.is_open, is_complete=is_complete)


def _with_sum(telling: Telling, terms: Terms, rest: list[Amount], around: Around) -> Telling:
    amount = terms.by_role.get(transfer_terms.SUM)
    if amount is None and around.question == SUM:
        if rest:
            amount = next((each for each in rest if each.currencies), rest[0])
            rest.remove(amount)
        elif terms.pair and terms.pair[0].value != 1:
            amount = terms.pair[0]
    return with_sum(telling, amount, around) if amount else telling


def _with_fee(telling: Telling, terms: Terms, rest: list[Amount], around: Around) -> tuple[Telling, str | None]:
    if terms.percent:
        telling = replace(telling, fee_percent=terms.percent.value)
    if terms.is_free:
        telling = replace(telling, fee=Decimal(0))
    amount = terms.by_role.get(transfer_terms.FEE)
    if amount is None and around.question == FEE and not terms.has_fee and rest and not _arrives(rest[0], telling):
        amount = rest.pop(0)
    if amount is None:
        return telling, None
    if not _may_be(amount, telling.currency):
        return telling, "transfer_fee_currency"
    return replace(telling, fee=amount.value), None


def _with_arrival(telling: Telling, terms: Terms, rest: list[Amount], around: Around) -> tuple[Telling, str | None]:
    if terms.pair:
        return _with_pair(telling, *terms.pair, around)
    if amount := terms.by_role.get(transfer_terms.RECEIVED):
        return _with_received(telling, amount, around)
    if amount := terms.by_role.get(transfer_terms.RATE):
        return _with_reading(telling, amount, (RATE, INVERSE), around), None
    if rest and (around.question == ARRIVES or _arrives(rest[0], telling)):
        if _arrives(rest[0], telling):
            return _with_received(telling, rest[0], around)
        return _with_reading(telling, rest[0], (RECEIVED, RATE, INVERSE), around), None
    return telling, None


def _with_received(telling: Telling, amount: Amount, around: Around) -> tuple[Telling, str | None]:
    currency = sure_currency(amount.currencies, around.near, around.language) if amount.currencies else None
    if currency and currency != telling.arrives_in:
        if telling.offers:
            return telling, "transfer_other_currency"
        telling = replace(telling, arrives_in=currency)
    return replace(telling, received=amount.value, rate=None, readings=()), None


def _with_pair(telling: Telling, left: Amount, right: Amount, around: Around) -> tuple[Telling, str | None]:
    """“1 рубль = 140 сум”, in whichever order its two currencies stand."""
    rate, arrives_in = rate_of_pair(telling, left, right, around)
    if rate is None:
        return telling, "transfer_rate_wrong" if arrives_in else "transfer_other_currency"
    if arrives_in and arrives_in != telling.arrives_in:
        if telling.offers:
            return telling, "transfer_other_currency"
        telling = replace(telling, arrives_in=arrives_in)
    return replace(telling, rate=rate, received=None, readings=()), None


def rate_of_pair(telling: Telling, left: Amount, right: Amount, around: Around) -> tuple[Decimal | None, str | None]:
    """The rate, and the currency that arrives where it is named; no rate for a pair without the currency sent."""
    one = sure_currency(left.currencies, around.near, around.language)
    other = sure_currency(right.currencies, around.near, around.language) if right.currencies else None
    is_inverse = one != telling.currency and (other == telling.currency or one == telling.arrives_in)
    if not is_inverse and one != telling.currency:
        return None, None
    from_amount, to_amount = (right, left) if is_inverse else (left, right)
    arrives_in = one if is_inverse else other
    value = to_amount.readings[0] if is_inverse else _rate_value(to_amount, from_amount, around)
    if from_amount.value <= 0 or to_amount.is_negative or value <= 0:
        return None, arrives_in or telling.arrives_in
    return value / from_amount.value, arrives_in


def _rate_value(amount: Amount, for_amount: Amount, around: Around) -> Decimal:
    """Of two readings of “12.500” the one near a known rate, else thousands."""
    near = [
        each
        for each in amount.readings
        if any(rate / 2 <= each / for_amount.value <= rate * 2 for rate in around.rates if for_amount.value > 0)
    ]
    return near[0] if len(near) == 1 else amount.readings[0]


def _with_reading(telling: Telling, amount: Amount, kinds: tuple[str, ...], around: Around) -> Telling:
    if _arrives(amount, telling):
        kinds = (RATE,)
    elif amount.currencies and telling.currency in amount.currencies:
        kinds = (INVERSE,)
    if amount.is_negative or amount.value <= 0:
        return replace(telling, rate=amount.value, received=None, readings=())
    return settled(telling, readings_of(amount, kinds, telling, around.rates))


def settled(telling: Telling, readings: tuple[str, ...]) -> Telling:
    """With the rate or the sum that a single reading means; several are asked back."""
    if len(readings) != 1:
        return replace(telling, readings=readings, rate=None, received=None)
    kind, _, written = readings[0].partition(" ")
    value = Decimal(written)
    if kind == RECEIVED:
        return replace(telling, received=value, rate=None, readings=())
    return replace(telling, rate=value if kind == RATE else 1 / value, received=None, readings=())


def _with_reference(telling: Telling, terms: Terms, rest: list[Amount], around: Around) -> Telling:
    if terms.pair:
        rate, arrives_in = rate_of_pair(telling, *terms.pair, around)
        is_ours = rate is not None and arrives_in in (None, telling.arrives_in)
        return replace(telling, reference=plain(rate), readings=()) if is_ours and rate else telling
    amount = next(iter((*terms.by_role.values(), *rest)), None)
    if amount is None or amount.is_negative or amount.value <= 0:
        return telling
    kinds = (RATE, INVERSE)
    if _arrives(amount, telling):
        kinds = (RATE,)  # type: ignore[assignment]
    return referred(telling, readings_of(amount, kinds, telling, around.rates))


def referred(telling: Telling, readings: tuple[str, ...]) -> Telling:
    """With the reference rate that a single reading means; several are asked back."""
    if len(readings) != 1:
        return replace(telling, readings=readings)
    kind, _, written = readings[0].partition(" ")
    rate = Decimal(written) if kind == RATE else 1 / Decimal(written)
    return replace(telling, reference=plain(rate), readings=())


def _arrives(amount: Amount, telling: Telling) -> bool:
    """Whether an amount names the currency that arrives, and not the one sent."""
    return (
        bool(amount.currencies)
        and telling.arrives_in in amount.currencies
        and telling.currency not in amount.currencies
    )


def _may_be(amount: Amount, currency: str | None) -> bool:
    return not amount.currencies or currency is None or currency in amount.currencies
