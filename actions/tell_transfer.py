"""Tells what each offer of a transfer costs: what arrives, what is lost, beside the marks; rate, date and source."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from actions.ask_transfer import for_transfer
from actions.attempts import after_answer
from actions.buttons import button, entry_buttons, feedback_buttons, menu_button, payload, unique
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.shown_money import shown_money, shown_percent, shown_rate
from actions.tell_registration_deadline import cited
from actions.transfer_check import reference_of
from actions.transfer_picture import transfer_picture
from actions.transfer_reply import kept_rate_of
from actions.transfer_telling import END_SLOT, MAX_OFFERS, TOPIC, Telling
from actions.turn import DialogueAction
from guidance.source import Source
from guidance.transfer import Cost, OfferError, Sent, best, reckon
from knowledge_base.entry import Entry

BESIDE = ("remittances.scams", "remittances.how_to_send")
"""Topics whose first entry stands as a button under the result: the warnings are told there."""


@dataclass(frozen=True)
class Told:
    """One offer with its name and its cost; `source` for one kept by the content team."""

    name: str
    cost: Cost
    source: Source | None = None


class TellTransfer(DialogueAction):
    """All is told of the transfer."""

    action_name = "action_tell_transfer"

    def answer(self, heard: Heard) -> Answered:
        """See `tell_transfer`."""
        return tell_transfer(self._ground, heard)


def tell_transfer(ground: Ground, heard: Heard) -> Answered:
    """What each offer costs; the picture says the same to the eye, the text says all."""
    telling = Telling.of(heard.slots)
    sent = telling.sent
    if sent is None:
        return Answered(text="", topic=TOPIC, slots={END_SLOT: None}, next_action="transfer_form")
    told = _offers(ground, heard, telling, sent)
    title = for_transfer(ground, telling, heard.variant)
    picture = transfer_picture(ground, title, sent, [(each.name, each.cost) for each in told], heard.variant)
    paragraphs = (
        title,
        *(_one(ground, each, sent, heard.variant) for each in told),
        *_compared(ground, heard, telling, told),
        ground.wording.text("transfer_note", heard.variant),
        *_sources(ground, heard, telling, told),
    )
    return Answered(
        text="\n\n".join(paragraphs),
        buttons=_buttons(ground, heard, telling),
        topic=TOPIC,
        topics=tuple(dict.fromkeys((TOPIC, *heard.topic_ranking)))[:3],
        confidence=heard.confidence,
        attachments=(picture,) if picture else (),
        slots={
            **after_answer(heard),
            END_SLOT: None,
            "deadline_for": None,
            "question": None,
            "pending": "feedback",
        },
    )


def _offers(ground: Ground, heard: Heard, telling: Telling, sent: Sent) -> list[Told]:
    """Those that were typed in, and the fresh ones that the content team keeps for this transfer."""
    variant, reference = heard.variant, reference_of(telling, kept_rate_of(ground, telling, heard))
    typed = [
        Told(ground.wording.text("transfer_offer", variant, number=at), reckon(sent, offer, reference))
        for at, offer in enumerate(telling.offers, 1)
    ]
    kept = ground.transfer_offers.fresh(sent, heard.slots.get("country"), telling.to or "", heard.today)
    for each in kept:
        if offer := each.offer(reference):
            try:
                cost = reckon(sent, offer, reference)
            except OfferError:
                continue
            typed.append(Told(f"{each.provider} ({_shown(each.checked_on)})", cost, each.source))
    return typed


def _one(ground: Ground, told: Told, sent: Sent, variant: str) -> str:
    say, cost = ground.wording.text, told.cost

    def money(amount: Decimal) -> str:
        return shown_money(ground, amount, sent.currency, variant)

    paid = "transfer_paid" if cost.fee else "transfer_paid_no_fee"
    lines = [say(paid, variant, paid=money(cost.paid), **({"fee": money(cost.fee)} if cost.fee else {}))]
    if cost.received is None:
        share = shown_percent((cost.fee * 100 / sent.amount).quantize(Decimal("0.01")), variant)
        lines.append(say("transfer_arrives_unknown", variant, share=share))
    else:
        lines.append(
            say("transfer_arrives", variant, received=shown_money(ground, cost.received, sent.arrives_in, variant))
        )
    if cost.lost is not None and cost.margin is not None and cost.share is not None:
        values = {"lost": money(cost.lost), "share": shown_percent(cost.share, variant)}
        values |= {"fee": money(cost.fee), "margin": money(cost.margin), "gain": money(-cost.lost)}
        lines.append(say(_key(cost.lost, cost.margin, cost.fee), variant, **values))
    return f"{told.name}\n{' '.join(lines)}"


def _key(lost: Decimal, margin: Decimal, fee: Decimal) -> str:
    if lost < 0:
        return "transfer_gain"
    if lost == 0:
        return "transfer_lost_nothing"
    if margin < 0:
        return "transfer_lost_better_rate"
    if not margin:
        return "transfer_lost_fee"
    return "transfer_lost" if fee else "transfer_lost_margin"


def _compared(ground: Ground, heard: Heard, telling: Telling, told: list[Told]) -> Iterator[str]:
    """Which arrives most, by which rate it is reckoned, and the marks; each only where it is known."""
    say, variant = ground.wording.text, heard.variant
    known = [each for each in told if each.cost.received is not None]
    first = best(each.cost for each in known)
    if 0 < len(first) < len(known):
        yield say("transfer_best", variant, offers=", ".join(known[at].name for at in first))
    if any(each.cost.share is not None for each in told):
        marks = ground.transfer_marks
        if not telling.is_same_currency:
            yield _reference(ground, heard, telling)
        yield say(
            "transfer_marks",
            variant,
            target=shown_percent(marks.target_percent, variant),
            most=shown_percent(marks.most_percent, variant),
        )
    elif known:
        yield say("transfer_margin_unknown", variant)


def _reference(ground: Ground, heard: Heard, telling: Telling) -> str:
    kept = ground.reference_rates.rate_for(telling.currency or "", telling.arrives_in or "", heard.today)
    told = reference_of(telling, None)
    rate = told or (kept.rate if kept else Decimal(1))
    shown = shown_rate(ground, rate, telling.currency or "", telling.arrives_in or "", heard.variant)
    if told or kept is None:
        return ground.wording.text("transfer_reference_told", heard.variant, rate=shown)
    return ground.wording.text("transfer_reference_kept", heard.variant, rate=shown, date=_shown(kept.checked_on))


def _sources(ground: Ground, heard: Heard, telling: Telling, told: list[Told]) -> Iterator[str]:
    """Sources of the marks, of the kept rate and of the kept offers that are shown; then when it was checked."""
    say, variant = ground.wording.text, heard.variant
    sources = [each.source for each in told if each.source]
    kept = ground.reference_rates.rate_for(telling.currency or "", telling.arrives_in or "", heard.today)
    if kept and not reference_of(telling, None):
        sources.append(kept.source)
    if any(each.cost.share is not None for each in told):
        sources += ground.transfer_marks.sources
    lines = [say("answer_source", variant, source=cited(source)) for source in dict.fromkeys(sources)]
    if lines:
        yield "\n".join([*lines, say("answer_checked_on", variant, date=_shown(ground.transfer_marks.checked_on))])


def _shown(day: object) -> str:
    return f"{day:%d.%m.%Y}"


def _buttons(ground: Ground, heard: Heard, telling: Telling) -> tuple[Button, ...]:
    variant = heard.variant
    another = button(ground, variant, "button_transfer_another", payload("start_transfer", change="another"))
    return unique(
        (
            *((another,) if len(telling.offers) < MAX_OFFERS else ()),
            button(ground, variant, "button_change", payload("start_transfer", change="details")),
            *entry_buttons(variant, _beside(ground, heard)),
            *feedback_buttons(ground, variant),
            menu_button(ground, variant),
        )
    )


def _beside(ground: Ground, heard: Heard) -> Iterator[Entry]:
    country, citizenship = heard.slots.get("country"), heard.slots.get("citizenship")
    for topic in BESIDE:
        yield from [each for each in ground.library.of_topic(topic) if each.fits(country, citizenship)][:1]
