"""Offers of providers kept by the content team: dated, with a source, never shown past their last day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from guidance.currencies import rounded
from guidance.reference_rates import currency, kept_days, kept_rows, number
from guidance.source import Source, parse_sources
from guidance.transfer import Offer, Sent

FILE = "transfer_offers.yml"


@dataclass(frozen=True)
class KeptOffer:
    """What a provider offered on the day of the check, for sums from `least` to `most` in the currency sent.

    Either `rate` (units that arrive for one unit sent) or `margin_percent` below the reference rate is known.
    """

    provider: str
    sends_from: str
    sends_to: str
    sends: str
    receives: str
    least: Decimal
    most: Decimal
    fee: Decimal
    fee_percent: Decimal
    rate: Decimal | None
    margin_percent: Decimal | None
    checked_on: date
    valid_until: date
    source: Source

    def offer(self, reference: Decimal | None) -> Offer | None:
        """The offer for reckoning; None where only the margin is known and there is no reference rate."""
        rate = self.rate
        if rate is None and self.margin_percent is not None and reference is not None:
            rate = reference * (100 - self.margin_percent) / 100
        return None if rate is None else Offer(self.fee, self.fee_percent, rate)

    def fits(self, sent: Sent, sends_to: str, today: date) -> bool:
        """Whether it is for this sum, these currencies and this country, and may be shown today."""
        is_same = (self.sends_to, self.sends, self.receives) == (sends_to, sent.currency, sent.arrives_in)
        return is_same and self.least <= sent.amount <= self.most and self.checked_on <= today <= self.valid_until


@dataclass(frozen=True)
class TransferOffers:
    """All offers of `data/guidance/transfer_offers.yml`."""

    offers: tuple[KeptOffer, ...] = ()

    @classmethod
    def load(cls, folder: Path) -> "TransferOffers":
        """Read the offers; raises `ValueError` naming file and row. Content older than the file has none."""
        return cls(tuple(_parse(row, where) for row, where in kept_rows(folder / FILE, "offers")))

    def fresh(self, sent: Sent, sends_from: str | None, sends_to: str, today: date) -> tuple[KeptOffer, ...]:
        """The offers for this transfer that may be shown today; from any country where `sends_from` is not known."""
        return tuple(
            each for each in self.offers if each.fits(sent, sends_to, today) and sends_from in (None, each.sends_from)
        )


def _parse(row: Mapping[str, Any], where: str) -> KeptOffer:
    try:
        if (row.get("rate") is None) == (row.get("margin_percent") is None):
            raise ValueError("needs a rate or a margin_percent, one of them")
        checked_on, valid_until = kept_days(row)
        sends = currency(row["sends"])
        return KeptOffer(
            provider=_text(row, "provider"),
            sends_from=_text(row, "sends_from"),
            sends_to=_text(row, "sends_to"),
            sends=sends,
            receives=currency(row["receives"]),
            least=rounded(number(row["least"], "least"), sends),
            most=rounded(number(row["most"], "most", is_above_zero=True), sends),
            fee=number(row["fee"], "fee"),
            fee_percent=number(row["fee_percent"], "fee_percent"),
            rate=_optional(row, "rate", is_above_zero=True),
            margin_percent=_optional(row, "margin_percent"),
            checked_on=checked_on,
            valid_until=valid_until,
            source=parse_sources([row["source"]])[0],
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        what = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
        raise ValueError(f"{where}: {what}") from error


def _text(row: Mapping[str, Any], name: str) -> str:
    if not str(row[name] or "").strip():
        raise ValueError(f"{name} is empty")
    return str(row[name]).strip()


def _optional(row: Mapping[str, Any], name: str, is_above_zero: bool = False) -> Decimal | None:
    return None if row.get(name) is None else number(row[name], name, is_above_zero)
