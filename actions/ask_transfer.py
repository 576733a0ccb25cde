"""Asks the next question about a transfer: sum, country, offers, reference rate; each can be answered by buttons."""

from decimal import Decimal

from actions.buttons import button, payload, stop_button, unique
from actions.ground import Ground
from actions.heard import MAX_BUTTONS, Answered, Button, Heard
from actions.shown_money import shown_money, shown_percent, worth_of_one
from actions.transfer_rates import INVERSE, RECEIVED
from actions.transfer_reply import MAX_CURRENCIES, kept_rate_of
from actions.transfer_telling import (
    ANOTHER,
    ARRIVES,
    ARRIVES_IN,
    COUNTRY,
    CURRENCY,
    FEE,
    READINGS,
    REFERENCE,
    REFERENCE_READINGS,
    SUM,
    TOPIC,
    Telling,
    next_question,
)
from actions.turn import DialogueAction
from guidance.currencies import CURRENCY_OF, MINOR_UNITS
from guidance.transfer import Offer, reckon

OFFERED_SUMS = {
    "RUB": (5_000, 10_000, 20_000, 50_000),
    "KZT": (20_000, 50_000, 100_000, 200_000),
    "USD": (100, 200, 500, 1_000),
    "EUR": (100, 200, 500, 1_000),
    "KGS": (5_000, 10_000, 20_000, 50_000),
    "TJS": (500, 1_000, 2_000, 5_000),
    "UZS": (500_000, 1_000_000, 2_000_000, 5_000_000),
    "KRW": (200_000, 500_000, 1_000_000, 2_000_000),
    "TRY": (2_000, 5_000, 10_000, 20_000),
    "AED": (500, 1_000, 2_000, 3_000),
    "CNY": (500, 1_000, 2_000, 5_000),
    "TMT": (500, 1_000, 2_000, 5_000),
}
"""Round sums to tap, in the currency sent: a choice of ours."""
OFFERED_COUNTRIES = ("UZ", "TJ", "KG", "KZ", "TM", "RU", "TR")
OFFERED_PERCENTS = (1, 2)
MOST_USED = ("USD", "RUB")
"""Money in which transfers are often paid out beside the country's own."""


class AskTransfer(DialogueAction):
    """Called by the form while the transfer is not wholly told."""

    action_name = "action_ask_transfer_form_transfer_end"

    def answer(self, heard: Heard) -> Answered:
        """See `ask_transfer`."""
        return ask_transfer(self._ground, heard)


def ask_transfer(ground: Ground, heard: Heard) -> Answered:
    """The next question, under what is told so far, with its buttons and a way out."""
    telling = Telling.of(heard.slots)
    question = next_question(telling, kept_rate_of(ground, telling, heard) is not None) or ANOTHER
    is_first = not heard.slots.get("requested_slot")
    parts = (
        ground.wording.text("transfer_intro", heard.variant) if is_first else "",
        for_transfer(ground, telling, heard.variant),
        offer_list(ground, telling, heard.variant),
        _asked(ground, heard, telling, question),
    )
    return Answered(
        text="\n\n".join(part for part in parts if part),
        buttons=(
            *unique(_buttons(ground, heard, telling, question))[: MAX_BUTTONS - 1],
            stop_button(ground, heard.variant),
        ),
        topic=TOPIC,
        topics=tuple(dict.fromkeys((TOPIC, *heard.topic_ranking)))[:3],
        confidence=heard.confidence,
    )


def for_transfer(ground: Ground, telling: Telling, variant: str) -> str:
    """ "10 000 ₽ → Узбекистан (Узбекский сум)", as far as it is told."""
    if telling.amount is None or telling.currency is None:
        return ""
    shown = shown_money(ground, telling.amount, telling.currency, variant)
    if telling.to is None:
        return shown
    shown = f"{shown} → {ground.places.country_name(telling.to, variant)}"
    if telling.arrives_in is None:
        return shown
    return f"{shown} ({ground.wording.text(f'currency_{telling.arrives_in}', variant)})"


def offer_list(ground: Ground, telling: Telling, variant: str) -> str:
    """One line for each whole offer."""
    return "\n".join(_line(ground, telling, offer, at, variant) for at, offer in enumerate(telling.offers, 1))


def _line(ground: Ground, telling: Telling, offer: Offer, number: int, variant: str) -> str:
    sent = telling.sent
    if sent is None:
        return ""
    cost = reckon(sent, offer, None)
    fee = shown_money(ground, cost.fee, sent.currency, variant)
    if cost.received is None:
        return ground.wording.text("transfer_offer_line_unknown", variant, number=number, fee=fee)
    received = shown_money(ground, cost.received, sent.arrives_in, variant)
    return ground.wording.text("transfer_offer_line", variant, number=number, fee=fee, received=received)


def _asked(ground: Ground, heard: Heard, telling: Telling, question: str) -> str:
    say, variant = ground.wording.text, heard.variant
    if question == CURRENCY and 0 < len(telling.choices) < len(MINOR_UNITS):
        return say("ask_transfer_which_som", variant)
    if question in (READINGS, REFERENCE_READINGS):
        return say("ask_transfer_readings", variant)
    if question == FEE:
        return say("ask_transfer_fee", variant, number=len(telling.offers) + 1)
    if question == ANOTHER:
        return say("ask_another_offer", variant)
    if question not in (ARRIVES, REFERENCE):
        return say(f"ask_transfer_{question}", variant)
    names = {"sent": _name(ground, telling.currency, variant), "arrives": _name(ground, telling.arrives_in, variant)}
    if question == REFERENCE:
        return say("ask_transfer_reference", variant, **names)
    shown = shown_money(ground, telling.amount or Decimal(0), telling.currency or "", variant)
    return say("ask_transfer_arrives", variant, sum=shown, **names)


def _name(ground: Ground, currency: str | None, variant: str) -> str:
    return ground.wording.text(f"money_{currency}", variant, amount="").strip()


def _buttons(ground: Ground, heard: Heard, telling: Telling, question: str) -> tuple[Button, ...]:
    variant = heard.variant
    change = button(ground, variant, "button_change", payload("inform", change="details"))
    other = button(ground, variant, "button_other_currency", payload("inform", step="other_currency"))
    if question == SUM:
        return (*_sums(ground, heard, telling), other)
    if question == CURRENCY:
        choices = telling.choices or tuple(MINOR_UNITS)
        others = (other,) if len(choices) > MAX_CURRENCIES else ()
        return (*_currencies(ground, variant, choices[:MAX_CURRENCIES]), *others)
    if question == COUNTRY:
        return (*_countries(ground, heard, telling), change)
    if question == ARRIVES_IN:
        own = CURRENCY_OF.get(telling.to or "")
        codes = (*((own,) if own else ()), *MOST_USED, *((telling.currency,) if telling.currency else ()))
        return (*_currencies(ground, variant, codes), change)
    return (*_of_offers(ground, heard, telling, question), change)


def _of_offers(ground: Ground, heard: Heard, telling: Telling, question: str) -> tuple[Button, ...]:
    variant = heard.variant

    def step(key: str, name: str) -> Button:
        return button(ground, variant, key, payload("inform", step=name))

    wrong = step("button_wrong_offer", "wrong_offer")
    if question == FEE:
        free = button(ground, variant, "button_no_fee", payload("inform", step="fee", reply="0"))
        done = (step("button_offers_done", "offers_done"),) if telling.offers else ()
        return (free, *_percents(variant), *done)
    if question == ARRIVES:
        return (step("button_rate_unknown", "rate_unknown"), wrong)
    if question in (READINGS, REFERENCE_READINGS):
        unknown = "rate_unknown" if question == READINGS else "reference_unknown"
        return (*_readings(ground, telling, variant), step("button_rate_unknown", unknown))
    if question == REFERENCE:
        return (step("button_rate_unknown", "reference_unknown"), wrong)
    return (step("button_offers_done", "offers_done"), step("button_transfer_another", "another_offer"), wrong)


def _sums(ground: Ground, heard: Heard, telling: Telling) -> tuple[Button, ...]:
    currency = telling.currency or CURRENCY_OF.get(heard.slots.get("country") or "", "RUB")
    return tuple(
        Button(
            shown_money(ground, Decimal(amount), currency, heard.variant),
            payload("inform", money=f"{amount} {currency}"),
        )
        for amount in OFFERED_SUMS[currency]
    )


def _currencies(ground: Ground, variant: str, codes: tuple[str, ...]) -> tuple[Button, ...]:
    return tuple(
        button(ground, variant, f"currency_{code}", payload("inform", step="currency", reply=code)) for code in codes
    )


def _countries(ground: Ground, heard: Heard, telling: Telling) -> tuple[Button, ...]:
    """Home first; the country where one is comes not at all."""
    here, home = heard.slots.get("country"), heard.slots.get("citizenship")
    codes = dict.fromkeys((*((home,) if home else ()), *OFFERED_COUNTRIES))
    return tuple(
        Button(ground.places.country_name(code, heard.variant), payload("inform", country=code))
        for code in codes
        if code != here and CURRENCY_OF.get(code) != telling.currency
    )[:7]


def _percents(variant: str) -> tuple[Button, ...]:
    return tuple(
        Button(shown_percent(Decimal(percent), variant), payload("inform", step="percent", reply=f"{percent}"))
        for percent in OFFERED_PERCENTS
    )


def _readings(ground: Ground, telling: Telling, variant: str) -> tuple[Button, ...]:
    """What a bare number can mean, each with the payload that settles it."""
    return tuple(_reading(ground, telling, each, variant) for each in telling.readings)


def _reading(ground: Ground, telling: Telling, reading: str, variant: str) -> Button:
    kind, _, value = reading.partition(" ")
    sends, receives = telling.currency or "", telling.arrives_in or ""
    if kind == RECEIVED:
        received = shown_money(ground, Decimal(value), receives, variant)
        title = ground.wording.text("button_they_receive", variant, sum=received)
    else:
        of, in_money = (receives, sends) if kind == INVERSE else (sends, receives)
        title = worth_of_one(ground, Decimal(value), of, in_money, variant)
    return Button(title, payload("inform", step=kind, reply=value))
