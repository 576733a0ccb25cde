"""Asks what the complaint needs, one thing at a time, and at the end shows what will stand in it."""

from datetime import date

from actions.buttons import button, payload, stop_button
from actions.complaint_telling import (
    CHANGEABLE,
    CHANGING,
    END,
    FORM,
    NUMBER,
    PER,
    STARTED_ON,
    SUMS,
    Told,
    language_of_text,
    money_of,
    next_field,
    period_of,
    told_of,
)
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.shown_date import shown_date
from actions.turn import DialogueAction
from guidance.complaint import shown_amount

INTENT = "answer_complaint"
TOPIC = "labour_rights.unpaid_wages"
CURRENCIES = ("RUB", "KZT", "USD", "UZS", "KGS", "TJS", "EUR")
CURRENCY_OF = {"RU": "RUB", "KZ": "KZT"}


class AskComplaint(DialogueAction):
    """Called by the form as long as the complaint is not finished."""

    action_name = f"action_ask_{FORM}_{END}"

    def answer(self, heard: Heard) -> Answered:
        """See `ask_complaint`."""
        return ask_complaint(self._ground, heard)


def ask_complaint(ground: Ground, heard: Heard) -> Answered:
    """The next question; before the first one, what will become of the answers."""
    told = told_of(heard)
    question, buttons = _question(ground, heard, told)
    intro = "" if heard.slots.get("requested_slot") else f"{ground.wording.text('complaint_intro', heard.variant)}\n\n"
    return Answered(
        text=f"{intro}{question}",
        buttons=buttons,
        topic=TOPIC,
        topics=tuple(dict.fromkeys((TOPIC, *heard.topic_ranking)))[:3],
        confidence=heard.confidence,
    )


def _question(ground: Ground, heard: Heard, told: Told) -> tuple[str, tuple[Button, ...]]:
    say, variant = ground.wording.text, heard.variant
    field = next_field(ground, told)
    if CHANGING in told:
        return say("complaint_what_to_change", variant), _change_buttons(ground, variant, told)
    if field is None:
        return _preview(ground, variant, told), _preview_buttons(ground, variant, told)
    stop = stop_button(ground, variant)
    if NUMBER in told:
        amount = shown_amount(money_of(told[NUMBER]).amount)
        return say("ask_complaint_currency", variant, amount=amount), (*_currencies(told), stop)
    if STARTED_ON in told:
        first = shown_date(date.fromisoformat(told[STARTED_ON]), variant)
        still = _reply(ground, variant, "button_still_working", field, "still")
        return say("ask_complaint_last_day", variant, first=first), (still, _skip(ground, variant, field), stop)
    return say(f"ask_complaint_{field}", variant), (*_buttons(ground, variant, field), stop)


def _buttons(ground: Ground, variant: str, field: str) -> tuple[Button, ...]:
    if field == "country":
        names = ((code, ground.places.country_name(code, variant)) for code in ground.complaints.countries())
        other = _reply(ground, variant, "button_other_country", field, "other")
        return (*(Button(name, payload(INTENT, item=field, reply=code)) for code, name in names), other)
    if field == "language":
        return tuple(_reply(ground, variant, f"button_text_{code}", field, code) for code in ("ru", "kk"))
    if field == "name_kept_back":
        return tuple(_reply(ground, variant, f"button_{reply}", field, reply) for reply in ("yes", "no"))
    skip = _skip(ground, variant, field)
    if field == "agreed_per":
        return (*(_reply(ground, variant, f"button_per_{per}", field, per) for per in PER), skip)
    nothing = (_reply(ground, variant, "button_paid_nothing", field, "nothing"),) if field == "paid" else ()
    return (*nothing, skip)


def _currencies(told: Told) -> tuple[Button, ...]:
    own = CURRENCY_OF.get(told.get("country", ""), "RUB")
    codes = dict.fromkeys((own, *CURRENCIES))
    return tuple(Button(code, payload(INTENT, item="currency", reply=code)) for code in codes)


def _change_buttons(ground: Ground, variant: str, told: Told) -> tuple[Button, ...]:
    fields = [name for name in CHANGEABLE if name in told]
    chosen = tuple(_reply(ground, variant, f"button_field_{name}", "change", name) for name in fields)
    return (*chosen, _reply(ground, variant, "button_change_nothing", "change", "back"))


def _preview(ground: Ground, variant: str, told: Told) -> str:
    shown = (
        f"{ground.wording.text(f'button_field_{name}', variant)}: {_shown(ground, variant, told, name)}"
        for name in CHANGEABLE
        if name in told
    )
    lines = "\n".join(f"• {line}" for line in (ground.places.country_name(told["country"], variant), *shown))
    language = ground.wording.text(f"complaint_in_{language_of_text(ground, told)}", variant)
    return ground.wording.text("complaint_preview", variant, lines=lines, language=language)


def _shown(ground: Ground, variant: str, told: Told, name: str) -> str:
    value = told[name]
    if not value:
        return ground.wording.text("complaint_left_blank", variant)
    if name in SUMS:
        return f"{_shown_sum(value)}{_shown_per(ground, variant, told) if name == 'agreed' else ''}"
    if name == "name_kept_back":
        return ground.wording.text(f"button_{value}", variant)
    return _shown_period(ground, variant, value) if name == "period" else value


def _shown_sum(value: str) -> str:
    money = money_of(value)
    return f"{shown_amount(money.amount)} {money.currency}"


def _shown_per(ground: Ground, variant: str, told: Told) -> str:
    per = told.get("agreed_per")
    return f" ({ground.wording.text(f'button_per_{per}', variant).lower()})" if per else ""


def _shown_period(ground: Ground, variant: str, value: str) -> str:
    period = period_of(value)
    if period.first is None:
        return period.words
    last = shown_date(period.last, variant) if period.last else ground.wording.text("complaint_until_now", variant)
    return f"{shown_date(period.first, variant)} – {last}"


def _preview_buttons(ground: Ground, variant: str, told: Told) -> tuple[Button, ...]:
    others = [code for code in ground.complaints.languages(told["country"]) if code != language_of_text(ground, told)]
    return (
        _reply(ground, variant, "button_make_document", "finish", "make"),
        _reply(ground, variant, "button_change_answers", "change", "list"),
        *(_reply(ground, variant, f"button_text_{code}", "language", code) for code in others),
        stop_button(ground, variant),
        _reply(ground, variant, "button_forget", "finish", "forget"),
    )


def _skip(ground: Ground, variant: str, field: str) -> Button:
    return _reply(ground, variant, "button_skip", field, "skip")


def _reply(ground: Ground, variant: str, key: str, item: str, reply: str) -> Button:
    return button(ground, variant, key, payload(INTENT, item=item, reply=reply))
