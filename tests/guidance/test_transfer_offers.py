"""Rates and offers kept by the content team: read whole or refused by name, never shown when stale."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from guidance import reference_rates, transfer_offers
from guidance.reference_rates import MAX_DAYS_KEPT, ReferenceRates
from guidance.transfer import Sent
from guidance.transfer_offers import TransferOffers

DATA = Path(__file__).parents[2] / "data" / "guidance"
CHECKED = date(2026, 11, 20)
SOURCE = {"title": "Tariffs", "at": "https://example.org/tariffs", "date": "2026-11-20"}
DAYS = {"checked_on": CHECKED, "valid_until": date(2026, 11, 24), "source": SOURCE}
RATE = {"sends": "RUB", "receives": "UZS", "rate": "145", **DAYS}
OFFER = {
    "provider": "Kept Provider",
    "sends_from": "RU",
    "sends_to": "UZ",
    "sends": "RUB",
    "receives": "UZS",
    "least": 1000,
    "most": 50000,
    "fee": 0,
    "fee_percent": 1,
    "rate": 140,
    **DAYS,
}
SENT = Sent(Decimal(10000), "RUB", "UZS")


def write(folder: Path, name: str, key: str, *rows: dict[str, Any]) -> Path:
    (folder / name).write_text(yaml.safe_dump({key: list(rows)}), "utf-8")
    return folder


def offers(folder: Path, **changed: Any) -> TransferOffers:
    row = {name: value for name, value in {**OFFER, **changed}.items() if value != "absent"}
    return TransferOffers.load(write(folder, transfer_offers.FILE, "offers", row))


def test_the_files_of_the_project_are_whole_and_hold_nothing_invented() -> None:
    assert TransferOffers.load(DATA).offers == ()
    assert ReferenceRates.load(DATA).rates == ()


def test_content_without_the_files_has_no_offers(tmp_path: Path) -> None:
    assert TransferOffers.load(tmp_path).offers == ()
    assert ReferenceRates.load(tmp_path).rates == ()


@pytest.mark.parametrize(("day", "is_shown"), [(-1, False), (0, True), (4, True), (5, False), (400, False)])
def test_a_stale_offer_or_rate_is_never_shown(tmp_path: Path, day: int, is_shown: bool) -> None:
    today = CHECKED + timedelta(days=day)
    rates = ReferenceRates.load(write(tmp_path, reference_rates.FILE, "rates", RATE))
    assert bool(offers(tmp_path).fresh(SENT, "RU", "UZ", today)) is is_shown
    assert bool(rates.rate_for("RUB", "UZS", today)) is is_shown


@pytest.mark.parametrize(
    ("sent", "sends_from", "sends_to"),
    [
        (Sent(Decimal(999), "RUB", "UZS"), "RU", "UZ"),
        (Sent(Decimal(50001), "RUB", "UZS"), "RU", "UZ"),
        (Sent(Decimal(10000), "RUB", "USD"), "RU", "UZ"),
        (SENT, "KZ", "UZ"),
        (SENT, "RU", "TJ"),
    ],
)
def test_an_offer_for_another_transfer_is_not_shown(tmp_path: Path, sent: Sent, sends_from: str, sends_to: str) -> None:
    assert offers(tmp_path).fresh(sent, sends_from, sends_to, CHECKED) == ()


def test_an_offer_with_a_margin_needs_a_reference_rate(tmp_path: Path) -> None:
    (kept,) = offers(tmp_path, rate="absent", margin_percent=2).offers
    assert kept.offer(None) is None
    offer = kept.offer(Decimal(150))
    assert offer is not None
    assert offer.rate == Decimal(147)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"sends": "RUR"}, "'RUR' is none of"),
        ({"receives": "absent"}, "receives is missing"),
        ({"valid_until": "absent"}, "valid_until must be a date"),
        ({"valid_until": CHECKED + timedelta(days=MAX_DAYS_KEPT + 1)}, "at most 14 days"),
        ({"valid_until": CHECKED - timedelta(days=1)}, "at most 14 days"),
        ({"source": "absent"}, "source is missing"),
        ({"source": {"title": "Tariffs"}}, "a title and an address"),
        ({"rate": "absent"}, "a rate or a margin_percent"),
        ({"margin_percent": 2}, "a rate or a margin_percent"),
        ({"rate": 0}, "rate must be a number above zero"),
        ({"fee": -1}, "fee must be a number from zero"),
        ({"fee": "free"}, "fee must be a number from zero"),
        ({"provider": " "}, "provider is empty"),
    ],
)
def test_an_offer_that_is_wrong_is_refused_with_file_and_row(
    tmp_path: Path, changed: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=rf"transfer_offers\.yml: offers: row 1: .*{message}"):
        offers(tmp_path, **changed)


@pytest.mark.parametrize(
    ("changed", "message"), [({"rate": "nan"}, "rate must be a number"), ({"sends": "ZZZ"}, "'ZZZ' is none of")]
)
def test_a_rate_that_is_wrong_is_refused_with_file_and_row(
    tmp_path: Path, changed: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=rf"reference_rates\.yml: rates: row 1: .*{message}"):
        ReferenceRates.load(write(tmp_path, reference_rates.FILE, "rates", {**RATE, **changed}))


@pytest.mark.parametrize("text", ["offers: [", "offers: 5", "- offers", ""])
def test_a_file_that_is_no_list_of_offers_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / transfer_offers.FILE).write_text(text, "utf-8")
    with pytest.raises(ValueError, match="transfer_offers"):
        TransferOffers.load(tmp_path)
