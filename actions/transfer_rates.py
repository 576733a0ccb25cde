"""What a bare number can mean in a transfer: what arrives, a rate, or a rate the other way round."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from actions.transfer_telling import UNKNOWN, Telling
from language.amounts import Amount, plain

RATE, INVERSE, RECEIVED = "rate", "inverse", "received"
WIDEST_RATE = Decimal(50_000)
"""A reading by which one unit is worth more units of the other is left out; no pair of ours comes near."""
NEAR_FACTOR = 2
"""A reading within half and double of a rate that is known is the one that is meant."""


def readings_of(amount: Amount, kinds: Sequence[str], telling: Telling, known: Iterable[Decimal]) -> tuple[str, ...]:
    """The meanings that are possible, as "rate 140"; the one near a known rate where there is just one."""
    written = [f"{kind} {plain(value)}" for kind in kinds for value in amount.readings if value > 0]
    possible = [each for each in written if _is_usual(rate_of(each, telling))]
    anchors = tuple(known)
    close = [each for each in possible if any(_is_near(rate_of(each, telling), anchor) for anchor in anchors)]
    return tuple(close if len(close) == 1 else possible)


def rate_of(reading: str, telling: Telling) -> Decimal | None:
    """The rate that a reading stands for: units that arrive for one unit sent."""
    kind, _, written = reading.partition(" ")
    value = Decimal(written)
    if kind == RATE:
        return value
    if kind == INVERSE:
        return 1 / value
    return value / telling.amount if telling.amount else None


def known_rates(telling: Telling, kept: Decimal | None) -> tuple[Decimal, ...]:
    """The rates that are sure by now: kept by the content team, typed in, or of whole offers."""
    rates = [kept, told_rate(telling)]
    for offer in telling.offers:
        rates.append(offer.rate or (offer.received and telling.amount and offer.received / telling.amount) or None)
    return tuple(rate for rate in rates if rate)


def told_rate(telling: Telling) -> Decimal | None:
    """The reference rate that the person typed in; None where it is not asked yet, or not known."""
    return Decimal(telling.reference) if telling.reference and telling.reference != UNKNOWN else None


def _is_usual(rate: Decimal | None) -> bool:
    return rate is None or 1 / WIDEST_RATE <= rate <= WIDEST_RATE


def _is_near(rate: Decimal | None, anchor: Decimal) -> bool:
    return rate is not None and anchor / NEAR_FACTOR <= rate <= anchor * NEAR_FACTOR
