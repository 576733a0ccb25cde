"""The cost of a transfer: worked by hand, and what holds for every offer."""

from decimal import Decimal
from itertools import pairwise

import pytest
from babel.numbers import get_currency_precision
from hypothesis import assume, given
from hypothesis import strategies as st

from guidance.currencies import MINOR_UNITS, UnknownCurrencyError, minor_unit, rounded
from guidance.transfer import (
    Cost,
    FeeError,
    LosesAllError,
    Offer,
    OfferError,
    RateError,
    Sent,
    SumError,
    best,
    reckon,
)

D = Decimal


@pytest.mark.parametrize(
    ("sent", "offer", "reference", "paid", "fee", "received", "margin", "lost", "share"),
    [
        # 10,000 RUB at 140 is 1,400,000 UZS; at the reference of 145 that is worth 1,400,000 / 145 = 9,655.17 RUB.
        # Margin 10,000 - 9,655.17 = 344.83; with the fee of 150 it is 494.83 of 10,000: 4.95 %.
        (("10000", "RUB", "UZS"), ("150", "0", "140"), "145", "10150", "150", "1400000", "344.83", "494.83", "4.95"),
        # 1 % of 20,000 is 200. 20,000 x 0.125 = 2,500 TJS, worth 2,500 / 0.125 = 20,000: no margin. 200 of 20,000: 1 %.
        (("20000", "RUB", "TJS"), ("0", "1", "0.125"), "0.125", "20200", "200", "2500", "0", "200", "1"),
        # Fee 50 + 2 % of 5,000 = 150. 5,000 x 1.1 = 5,500 KGS; 5,500 / 1.15 = 4,782.61; 217.39 + 150 = 367.39: 7.35 %.
        (("5000", "RUB", "KGS"), ("50", "2", "1.1"), "1.15", "5150", "150", "5500", "217.39", "367.39", "7.35"),
        # Won have no minor unit: 1 % of 333,333 is 3,333.33, rounded 3,333. 333,333 x 0.00072 = 239.99976, paid out
        # 239.99 USD, worth 239.99 / 0.00075 = 319,986.67, rounded 319,987. 13,346 + 3,333 = 16,679: 5.00 %.
        (("333333", "KRW", "USD"), ("0", "1", "0.00072"), "0.00075", "336666", "3333", "239.99", "13346", "16679", "5"),
        # To won: 100 USD x 1399.99 = 139,999 KRW; 139,999 / 1400 = 99.9993, rounded 100.00: nothing is lost.
        (("100", "USD", "KRW"), ("0", "0", "1399.99"), "1400", "100", "0", "139999", "0", "0", "0"),
        # Better than the reference: 10,000 x 150 / 145 = 10,344.83 RUB; 100 - 344.83 = -244.83: a gain of 2.45 %.
        (("10000", "RUB", "UZS"), ("100", "0", "150"), "145", "10100", "100", "1500000", "-344.83", "-244.83", "-2.45"),
        # Within one currency only the fee is lost: 99 of 6,600 is 1.5 %.
        (("6600", "RUB", "RUB"), ("99", "0", None), None, "6699", "99", "6600", "0", "99", "1.5"),
    ],
)
def test_worked_examples(
    sent: tuple[str, str, str],
    offer: tuple[str, str, str | None],
    reference: str | None,
    paid: str,
    fee: str,
    received: str,
    margin: str,
    lost: str,
    share: str,
) -> None:
    cost = reckon(
        Sent(D(sent[0]), *sent[1:]),
        Offer(D(offer[0]), D(offer[1]), offer[2] and D(offer[2])),  # type: ignore[arg-type]
        reference and D(reference),  # type: ignore[arg-type]
    )
    assert cost == Cost(D(paid), D(fee), D(received), D(margin), D(lost), D(share))


def test_the_sum_promised_counts_before_the_rate() -> None:
    cost = reckon(Sent(D(10000), "RUB", "UZS"), Offer(rate=D(140), received=D(1390000)), D(145))
    assert cost.received == D(1390000)


def test_without_a_reference_the_margin_is_not_known() -> None:
    cost = reckon(Sent(D(10000), "RUB", "UZS"), Offer(D(150), rate=D(140)), None)
    assert (cost.received, cost.margin, cost.lost, cost.share) == (D(1400000), None, None, None)


def test_without_a_rate_only_the_fee_is_known() -> None:
    cost = reckon(Sent(D(10000), "RUB", "UZS"), Offer(D(150)), D(145))
    assert (cost.paid, cost.fee, cost.received, cost.lost) == (D(10150), D(150), None, None)


@pytest.mark.parametrize(
    ("amount", "offer", "reference", "error"),
    [
        ("0", Offer(), None, SumError),
        ("-5", Offer(), None, SumError),
        ("1e13", Offer(), None, SumError),
        ("100", Offer(fee=D(-1)), None, FeeError),
        ("100", Offer(fee_percent=D(-1)), None, FeeError),
        ("100", Offer(fee=D(100)), None, FeeError),
        ("100", Offer(fee_percent=D(100)), None, FeeError),
        ("100", Offer(rate=D(0)), None, RateError),
        ("100", Offer(rate=D(-1)), None, RateError),
        ("100", Offer(received=D(0)), None, RateError),
        ("100", Offer(rate=D("1e10")), None, RateError),
        ("100", Offer(rate=D(140)), D(0), RateError),
        # 100 RUB at 0.007 arrive as 0.70 UZS, worth nearly nothing at 145; with a fee of 5 more is lost than is sent.
        ("100", Offer(fee=D(5), rate=D("0.007")), D(145), LosesAllError),
    ],
)
def test_what_cannot_be_is_refused(
    amount: str, offer: Offer, reference: Decimal | None, error: type[OfferError]
) -> None:
    with pytest.raises(error):
        reckon(Sent(D(amount), "RUB", "UZS"), offer, reference)


def test_most_arrives_where_most_comes_for_the_same_money_paid() -> None:
    # 1,420,000 / 10,500 = 135.24 sum for a rouble paid; 1,400,000 / 10,000 = 140.
    sent = Sent(D(10000), "RUB", "UZS")
    dear = reckon(sent, Offer(D(500), received=D(1420000)), None)
    plain = reckon(sent, Offer(received=D(1400000)), None)
    assert best((dear, plain)) == (1,)
    assert best((plain, plain)) == (0, 1)
    assert best((reckon(sent, Offer(), None),)) == ()


def test_a_rate_told_the_other_way_round_leaves_no_dust() -> None:
    # 95 roubles for a dollar: 9,500 / 95 = 100 dollars, not 99.99.
    assert reckon(Sent(D(9500), "RUB", "USD"), Offer(rate=1 / D(95)), None).received == D(100)


CURRENCIES = st.sampled_from(sorted(MINOR_UNITS))
RATES = st.decimals(D("0.0001"), D(20000), places=4)
PERCENTS = st.decimals(D(0), D(20), places=2)
SHARES_OF_REFERENCE = st.decimals(D("0.3"), D(1), places=3)


@st.composite
def transfers(draw: st.DrawFn) -> Sent:
    currency, arrives_in = draw(CURRENCIES), draw(CURRENCIES)
    assume(currency != arrives_in)
    return Sent(rounded(draw(st.decimals(D(100), D(10) ** 7, places=2)), currency), currency, arrives_in)


@given(transfers(), RATES, SHARES_OF_REFERENCE, PERCENTS)
def test_a_losing_offer_loses_between_nothing_and_all_and_the_sums_are_exact(
    sent: Sent, reference: Decimal, part: Decimal, percent: Decimal
) -> None:
    assume(sent.amount * reference * part >= 1)
    offer = Offer(fee_percent=percent, rate=reference * part)
    try:
        cost = reckon(sent, offer, reference)
    except LosesAllError:
        return
    assert cost.received is not None
    assert cost.margin is not None
    assert cost.lost is not None
    assert cost.share is not None
    assert 0 <= cost.share <= 100
    assert cost.paid == sent.amount + cost.fee
    assert cost.lost == cost.fee + cost.margin
    for amount in (cost.paid, cost.fee, cost.margin, cost.lost):
        assert amount == rounded(amount, sent.currency)
    assert cost.received == rounded(cost.received, sent.arrives_in) <= sent.amount * reference + D("1e-9")


@given(transfers(), RATES, st.decimals(D("1.05"), D(3), places=3))
def test_a_rate_better_than_the_reference_is_a_gain_and_never_a_loss(
    sent: Sent, reference: Decimal, part: Decimal
) -> None:
    assume(sent.amount * reference >= 1000)
    assume(reference * part >= D("0.0001"))
    cost = reckon(sent, Offer(rate=reference * part), reference)
    assert cost.margin is not None
    assert cost.margin <= 0
    assert cost.lost == cost.margin


@given(transfers(), st.lists(st.decimals(D(0), D(49), places=2), min_size=2, max_size=5))
def test_a_higher_fee_never_costs_less(sent: Sent, fees: list[Decimal]) -> None:
    costs = [reckon(sent, Offer(fee=rounded(fee, sent.currency), received=D(500)), None) for fee in sorted(fees)]
    assert all(less.paid <= more.paid for less, more in pairwise(costs))
    assert all((less.for_one or 0) >= (more.for_one or 0) for less, more in pairwise(costs))


@pytest.mark.parametrize("currency", sorted(MINOR_UNITS))
def test_minor_units_are_those_that_amounts_are_shown_with(currency: str) -> None:
    assert get_currency_precision(currency) == MINOR_UNITS[currency]


def test_an_unknown_currency_is_refused_by_name() -> None:
    with pytest.raises(UnknownCurrencyError, match="XAU"):
        minor_unit("XAU")
