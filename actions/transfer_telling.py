"""What is told of a transfer so far, and which question comes next."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from guidance.transfer import Offer, Sent
from language.amounts import plain

TOPIC = "remittances.cost_compare"
SLOT, END_SLOT, DONE = "transfer", "transfer_end", "done"
NOTHING_TOLD: Mapping[str, Any] = {SLOT: None, END_SLOT: None}
MAX_OFFERS = 3
UNKNOWN = "unknown"
SUM, CURRENCY, COUNTRY, ARRIVES_IN = "sum", "currency", "country", "arrives_in"
FEE, ARRIVES, READINGS, ANOTHER = "fee", "arrives", "readings", "another"
REFERENCE, REFERENCE_READINGS = "reference", "reference_readings"


@dataclass(frozen=True)
class Telling:
    """A transfer as it is told bit by bit. Currencies are ISO 4217 codes, `to` a country (ISO 3166-1).

    `choices` are the currencies that “сом” may mean; `readings` what a bare number may mean, as "rate 140" or
    "received 84". `reference` is a rate, or “unknown” once the person does not know it.
    """

    amount: Decimal | None = None
    currency: str | None = None
    choices: tuple[str, ...] = ()
    to: str | None = None
    arrives_in: str | None = None
    offers: tuple[Offer, ...] = ()
    is_open: bool = True
    fee: Decimal | None = None
    fee_percent: Decimal | None = None
    rate: Decimal | None = None
    received: Decimal | None = None
    is_rate_unknown: bool = False
    readings: tuple[str, ...] = ()
    is_complete: bool = False
    reference: str | None = None

    @classmethod
    def of(cls, slots: Mapping[str, Any]) -> "Telling":
        """As the dialogue remembers it."""
        row = slots.get(SLOT) or {}
        return cls(
            amount=_number(row.get("amount")),
            currency=row.get("currency"),
            choices=tuple(row.get("choices") or ()),
            to=row.get("to"),
            arrives_in=row.get("arrives_in"),
            offers=tuple(_offer(each) for each in row.get("offers") or ()),
            is_open=bool(row.get("is_open", True)),
            fee=_number(row.get("fee")),
            fee_percent=_number(row.get("fee_percent")),
            rate=_number(row.get("rate")),
            received=_number(row.get("received")),
            readings=tuple(row.get("readings") or ()),
            reference=row.get("reference"),
            is_complete=bool(row.get("is_complete")),
            is_rate_unknown=bool(row.get("is_rate_unknown")),
        )

    def kept(self) -> dict[str, Any]:
        """As the slot holds it: numbers as texts, nothing that is empty but `is_open`."""
        row = {name: _written(value) for name, value in vars(self).items()}
        row["offers"] = [{name: _written(value) for name, value in vars(each).items()} for each in self.offers]
        return {name: value for name, value in row.items() if value or name == "is_open"}

    @property
    def sent(self) -> Sent | None:
        """Sum and currencies, once they are told."""
        if self.amount is None or self.currency is None or self.arrives_in is None:
            return None
        return Sent(self.amount, self.currency, self.arrives_in)

    @property
    def is_same_currency(self) -> bool:
        """Whether it arrives in the currency sent, so that there is no rate."""
        return self.currency is not None and self.currency == self.arrives_in

    def without_part(self) -> "Telling":
        """Without what is told of an offer that is not whole yet."""
        nothing = Telling()
        return replace(
            self,
            fee=nothing.fee,
            fee_percent=nothing.fee_percent,
            rate=nothing.rate,
            received=nothing.received,
            is_rate_unknown=False,
            readings=(),
        )

    def has_part(self) -> bool:
        """Whether anything is told of an offer that is not whole yet."""
        return self != self.without_part()

    def closed(self) -> "Telling":
        """With the open offer among the whole ones, once fee and rate are told or known to be unknown."""
        has_arrival = self.rate is not None or self.received is not None or self.is_rate_unknown
        if not self.is_open or self.has_no_fee or not (has_arrival or self.is_same_currency) or self.sent is None:
            return self
        offer = Offer(self.fee or Decimal(0), self.fee_percent or Decimal(0), self.rate, self.received)
        return replace(self.without_part(), offers=(*self.offers, offer), is_open=False)

    @property
    def has_no_fee(self) -> bool:
        """Whether the fee of the open offer is still to be told."""
        return self.fee is None and self.fee_percent is None

    def without_last(self) -> "Telling":
        """Without what was told last of the offers: the open part, or else the last whole one."""
        if self.has_part():
            return self.without_part()
        offers = self.offers[:-1]
        return replace(self, offers=offers, is_open=not offers)


def next_question(telling: Telling, has_kept_rate: bool) -> str | None:
    """The question that is still open; None when all is told."""
    asked = (
        (SUM, telling.amount is None and not telling.choices),
        (CURRENCY, telling.currency is None or bool(telling.choices)),
        (COUNTRY, telling.to is None),
        (ARRIVES_IN, telling.arrives_in is None),
    )
    for question, is_asked in asked:
        if is_asked:
            return question
    if not telling.is_complete:
        return _of_offer(telling)
    has_rate = any(offer.rate is not None or offer.received is not None for offer in telling.offers)
    if telling.is_same_currency or has_kept_rate or not has_rate or telling.reference:
        return None
    return REFERENCE_READINGS if telling.readings else REFERENCE


def _of_offer(telling: Telling) -> str:
    if not telling.is_open:
        return ANOTHER
    if telling.readings:
        return READINGS
    return FEE if telling.has_no_fee else ARRIVES


def _offer(row: Mapping[str, Any]) -> Offer:
    zero = Decimal(0)
    return Offer(
        _number(row.get("fee")) or zero,
        _number(row.get("fee_percent")) or zero,
        _number(row.get("rate")),
        _number(row.get("received")),
    )


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _written(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    return list(value) if isinstance(value, tuple) else value
