"""What a transfer costs: sums, money and one to three offers by chance; who only taps does not know the rates."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from actions.ask_transfer import OFFERED_SUMS
from actions.buttons import payload
from actions.ground import Ground
from actions.shown_money import shown_money, shown_percent
from actions.transfer_telling import (
    ANOTHER,
    ARRIVES,
    ARRIVES_IN,
    COUNTRY,
    FEE,
    MAX_OFFERS,
    REFERENCE,
    SUM,
    Telling,
    next_question,
)
from guidance.transfer import Cost, Offer, Sent, reckon
from tests.simulated_people.person import Person
from tests.simulated_people.tool import Slots, Tool
from tests.simulated_people.ways import details

ONE_DOLLAR = {"RUB": 90, "UZS": 12_500, "TJS": 11, "KGS": 87, "KZT": 500, "USD": 1, "EUR": 1, "KRW": 1_350}
ONE_DOLLAR |= {"TRY": 33, "AED": 4, "CNY": 7, "TMT": 4}
"""Roughly what a dollar is worth, so that rates made up by chance can be."""


def _reply(person: Person, slots: Slots, offered: Sequence[str]) -> str:
    """What is told is noted under `person.answers`; each question that comes again is answered anew."""
    telling = Telling.of(slots)
    question = next_question(telling, has_kept_rate=False) or ANOTHER
    number = len(telling.offers) + 1
    if question == FEE:
        for later in ("offers", REFERENCE):
            person.answers.pop(later, None)
        return _told(person, f"fee {number}", _fee(person, telling, offered))
    if question == ARRIVES:
        return _told(person, f"arrives {number}", _rate(person, telling, "rate_unknown"))
    if question == REFERENCE:
        return _told(person, REFERENCE, _rate(person, telling, "reference_unknown"))
    if question == SUM:
        return _told(person, SUM, _sum(person, telling, offered))
    if question == ANOTHER:
        return _another(person, telling)
    kind = "country" if question == COUNTRY else "reply" if question == ARRIVES_IN else "step"
    return _told(person, question, person.chance.choice(_with(offered, kind)))


def _told(person: Person, name: str, wanted: str) -> str:
    person.answers[name] = wanted
    return wanted


def _sum(person: Person, telling: Telling, offered: Sequence[str]) -> str:
    if _types_all(person) and telling.currency is None:
        currency = person.chance.choice(list(ONE_DOLLAR))
        return payload("inform", money=f"{_amount(person, currency)} {currency}")
    other = payload("inform", step="other_currency")
    is_other = other in offered and person.chance.random() < 0.2
    return other if is_other else person.chance.choice(_with(offered, "money"))


def _amount(person: Person, currency: str) -> int:
    return person.chance.randint(OFFERED_SUMS[currency][0], OFFERED_SUMS[currency][-1])


def _fee(person: Person, telling: Telling, offered: Sequence[str]) -> str:
    if _types_all(person) and person.chance.random() < 0.6:
        fee = int((telling.amount or 0) * person.chance.randint(1, 30) / 1000)
        return payload("inform", step="fee", reply=f"{fee}", said=f"{fee} {telling.currency}")
    return person.chance.choice([each for each in _with(offered, "reply") if details(each)["step"] != "currency"])


def _rate(person: Person, telling: Telling, unknown: str) -> str:
    """“1 USD = 90.25 RUB” from the dearer money, within a few percent of the usual; or what arrives; or unknown."""
    if not _types_all(person) or person.chance.random() < 0.2:
        return payload("inform", step=unknown)
    sends, receives = telling.currency or "", telling.arrives_in or ""
    is_inverse = ONE_DOLLAR[receives] < ONE_DOLLAR[sends]
    cheap, dear = (sends, receives) if is_inverse else (receives, sends)
    percent = person.chance.randint(97, 103)
    value = (Decimal(ONE_DOLLAR[cheap]) / ONE_DOLLAR[dear] * percent / 100).quantize(Decimal("0.01"))
    if unknown == "rate_unknown" and not is_inverse and person.chance.random() < 0.4:
        received = int((telling.amount or 0) * value)
        return payload("inform", step="received", reply=f"{received}", said=f"{received} {receives}")
    step = "inverse" if is_inverse else "rate"
    return payload("inform", step=step, reply=f"{value}", said=f"1 {dear} = {value} {cheap}")


def _another(person: Person, telling: Telling) -> str:
    chosen = person.chance.random()
    if chosen < 0.1:
        return payload("inform", step="wrong_offer")
    if chosen < 0.5 and len(telling.offers) < MAX_OFFERS:
        return payload("inform", step="another_offer")
    person.answers["offers"] = f"{len(telling.offers)}"
    return payload("inform", step="offers_done")


def _with(offered: Sequence[str], name: str) -> list[str]:
    return [each for each in offered if each.startswith("/inform") and name in details(each)]


def _types_all(person: Person) -> bool:
    return person.types == 1


def _typed(ground: Ground, person: Person, wanted: str) -> tuple[str, str] | None:
    """Numbers in figures with the code of their money; names as they stand on the buttons."""
    chosen, variant = details(wanted), person.variant
    titles = {"rate_unknown": "button_rate_unknown", "reference_unknown": "button_rate_unknown"}
    if chosen.get("step") == "percent":
        return f"{chosen['reply']} %", "inform"
    if chosen.get("step") == "currency":
        return ground.wording.text(f"currency_{chosen['reply']}", variant), "inform"
    if "country" in chosen:
        return ground.places.country_name(chosen["country"], variant), "inform"
    if chosen.get("step") in titles:
        return ground.wording.text(titles[chosen["step"]], variant), "nlu_fallback"
    said = chosen.get("said") or chosen.get("money")
    return (said, "inform") if said else None


def _expected(ground: Ground, person: Person) -> Sequence[str]:
    amount, _, currency = details(person.answers[SUM])["money"].partition(" ")
    sent = Sent(Decimal(amount), currency, details(person.answers[ARRIVES_IN])["reply"])
    count = int(person.answers.get("offers", MAX_OFFERS))
    offers = [_offer(person, number, sent) for number in range(1, count + 1)]
    has_rate = any(offer.rate or offer.received for offer in offers)
    reference = _as_rate(details(person.answers[REFERENCE])) if has_rate and REFERENCE in person.answers else None
    return [line for offer in offers for line in _lines(ground, person, sent, reckon(sent, offer, reference))]


def _offer(person: Person, number: int, sent: Sent) -> Offer:
    fee = details(person.answers[f"fee {number}"])
    costs = {"fee" if fee["step"] == "fee" else "fee_percent": Decimal(fee["reply"])}
    if sent.currency == sent.arrives_in:
        return Offer(**costs)
    arrives = details(person.answers[f"arrives {number}"])
    received = Decimal(arrives["reply"]) if arrives["step"] == "received" else None
    return Offer(**costs, rate=_as_rate(arrives), received=received)


def _as_rate(told: dict[str, str]) -> Decimal | None:
    if told["step"] not in ("rate", "inverse"):
        return None
    return Decimal(told["reply"]) if told["step"] == "rate" else 1 / Decimal(told["reply"])


def _lines(ground: Ground, person: Person, sent: Sent, cost: Cost) -> Iterator[str]:
    say, variant = ground.wording.text, person.variant
    paid, fee = (shown_money(ground, each, sent.currency, variant) for each in (cost.paid, cost.fee))
    if cost.fee:
        yield say("transfer_paid", variant, paid=paid, fee=fee)
    else:
        yield say("transfer_paid_no_fee", variant, paid=paid)
    if cost.received is not None:
        yield shown_money(ground, cost.received, sent.arrives_in, variant)
    if cost.share is not None and cost.lost is not None and cost.lost > 0:
        yield shown_money(ground, cost.lost, sent.currency, variant)
        yield shown_percent(cost.share, variant)


TRANSFER = Tool("transfer", "/start_transfer", "transfer_form", _reply, _typed, _expected)
