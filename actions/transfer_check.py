"""Makes whole offers of what is told of a transfer, and takes out again what cannot be."""

from dataclasses import replace
from decimal import Decimal

from actions.transfer_rates import told_rate
from actions.transfer_telling import MAX_OFFERS, Telling
from guidance.transfer import FeeError, LosesAllError, Offer, OfferError, RateError, Sent, SumError, reckon

USUAL = "RUB"
"""In whose minor unit a sum is checked before its currency is told."""


def checked(telling: Telling, before: Telling, kept_rate: Decimal | None) -> tuple[Telling, str | None]:
    """The transfer with its whole offers, and the key of a kind sentence where something cannot be."""
    if telling.amount is not None:
        currency = telling.currency or USUAL
        sent = Sent(telling.amount, currency, currency)
        try:
            reckon(sent, Offer(telling.fee or Decimal(0), telling.fee_percent or Decimal(0)), None)
        except SumError:
            return replace(telling, amount=None), _sum_refusal(telling.amount)
        except FeeError:
            return replace(telling, fee=None, fee_percent=None), "transfer_fee_wrong"
    try:
        closed = _closed(telling, kept_rate)
    except OfferError as error:
        return _mended(error, telling, before)
    if len(closed.offers) >= MAX_OFFERS and not closed.is_open:
        closed = replace(closed, is_complete=True)
    return closed, None


def reference_of(telling: Telling, kept_rate: Decimal | None) -> Decimal | None:
    """The rate that the person typed in, or the one kept by the content team."""
    return told_rate(telling) or kept_rate


def _closed(telling: Telling, kept_rate: Decimal | None) -> Telling:
    closed = telling.closed()
    if sent := closed.sent:
        for offer in closed.offers:
            reckon(sent, offer, reference_of(closed, kept_rate))
    return closed


def _mended(error: OfferError, telling: Telling, before: Telling) -> tuple[Telling, str]:
    """Without the reference rate that was told just now, or else without the rate of the open offer."""
    if telling.reference != before.reference:
        return replace(telling, reference=None, readings=()), _REFUSALS[type(error)]
    is_told = telling.rate is not None or telling.received is not None
    without = replace(telling, rate=None, received=None, readings=())
    if not is_told:
        offers = before.offers if before.offers != telling.offers else ()
        without = replace(without, offers=offers, is_open=not offers, is_complete=False)
    return without, _REFUSALS[type(error)]


def _sum_refusal(amount: Decimal) -> str:
    if amount < 0:
        return "transfer_negative"
    return "transfer_zero" if amount < 1 else "transfer_too_large"


_REFUSALS = {
    SumError: "transfer_too_large",
    FeeError: "transfer_fee_wrong",
    RateError: "transfer_rate_wrong",
    LosesAllError: "transfer_loses_all",
}
