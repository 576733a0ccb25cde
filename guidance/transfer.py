"""What a transfer really costs: the fee, and the margin between the rate offered and a reference rate."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from guidance.currencies import minor_unit, paid_out, rounded

MAX_SUM = Decimal(10) ** 12
"""A larger sum is a slip of the pen, sent or received."""
MAX_RATE = Decimal(10) ** 9
"""A larger rate, or one below one of so many, is a slip of the pen."""
_SHARE_STEP = Decimal("0.01")


class OfferError(Exception):
    """What was told cannot be an offer."""


class SumError(OfferError):
    """The sum to be sent is not above zero, or larger than any person sends."""


class FeeError(OfferError):
    """The fee is below zero, or not below the sum itself."""


class RateError(OfferError):
    """A rate, or what arrives, is not above zero, or too large."""


class LosesAllError(OfferError):
    """By these numbers more is lost than is sent: probably a rate the wrong way round."""


@dataclass(frozen=True)
class Sent:
    """What is to be sent and in which currency it arrives: ISO 4217 codes, a sum in whole minor units.

    The fee comes on top of the sum, as services show it: one pays sum and fee, and the sum is changed at the rate.
    """

    amount: Decimal
    currency: str
    arrives_in: str


@dataclass(frozen=True)
class Offer:
    """What a provider asks and gives. The fee may be a sum, a percentage of what is sent, or both together.

    Either `received` (as promised) or `rate` (units that arrive for one unit sent) may be known, or neither.
    """

    fee: Decimal = Decimal(0)
    fee_percent: Decimal = Decimal(0)
    rate: Decimal | None = None
    received: Decimal | None = None


@dataclass(frozen=True)
class Cost:
    """What one offer costs. All but `received` is in the currency sent; `share` is percent of the sum sent.

    `received` is None for an unknown rate; `margin`, `lost` and `share` are None without a reference rate as well. They
    are below zero for a rate better than the reference. Always `paid = sent + fee` and `lost = fee + margin`.
    """

    paid: Decimal
    fee: Decimal
    received: Decimal | None
    margin: Decimal | None
    lost: Decimal | None
    share: Decimal | None

    @property
    def for_one(self) -> Decimal | None:
        """What arrives for one unit paid, fee included."""
        return None if self.received is None else self.received / self.paid


def reckon(sent: Sent, offer: Offer, reference: Decimal | None) -> Cost:
    """The cost of an offer beside a reference rate (units that arrive for one unit sent); raises an `OfferError`.

    The share is cost in percent of the sum sent, as the indicator of SDG 10.c has it (REM-02). What arrives is rounded
    down to its minor unit. Within one currency the reference rate is one.
    """
    fee = _fee(sent, offer)
    received = _received(sent, offer)
    known = Decimal(1) if sent.currency == sent.arrives_in else reference
    if known is not None and not is_possible_rate(known):
        raise RateError
    if received is None or known is None:
        return Cost(sent.amount + fee, fee, received, None, None, None)
    margin = sent.amount - rounded(received / known, sent.currency)
    lost = fee + margin
    if lost > sent.amount:
        raise LosesAllError
    share = (lost * 100 / sent.amount).quantize(_SHARE_STEP)
    return Cost(sent.amount + fee, fee, received, margin, lost, share)


def best(costs: Iterable[Cost]) -> tuple[int, ...]:
    """The places of the offers by which most arrives for the same money paid; none where no sum is known."""
    for_one = [cost.for_one for cost in costs]
    most = max((each for each in for_one if each is not None), default=None)
    return tuple(at for at, each in enumerate(for_one) if most is not None and each == most)


def is_possible_rate(rate: Decimal) -> bool:
    """Whether it is above zero and not absurd."""
    return 1 / MAX_RATE <= rate <= MAX_RATE


def _fee(sent: Sent, offer: Offer) -> Decimal:
    if not minor_unit(sent.currency) <= sent.amount <= MAX_SUM:
        raise SumError
    if min(offer.fee, offer.fee_percent) < 0:
        raise FeeError
    fee = rounded(min(offer.fee, MAX_SUM) + sent.amount * min(offer.fee_percent, Decimal(100)) / 100, sent.currency)
    if fee >= sent.amount:
        raise FeeError
    return fee


def _received(sent: Sent, offer: Offer) -> Decimal | None:
    """The sum as promised, or by the rate; within one currency the sum itself, if nothing is said."""
    rate = Decimal(1) if sent.currency == sent.arrives_in and offer.rate is None else offer.rate
    if rate is not None and not is_possible_rate(rate):
        raise RateError
    arrives = offer.received if offer.received is not None else rate and sent.amount * rate
    if arrives is None:
        return None
    if not minor_unit(sent.arrives_in) <= arrives <= MAX_SUM:
        raise RateError
    return paid_out(arrives, sent.arrives_in)
