"""Sets a reminder: says what is kept, when messages come and how they are stopped; sets none where it is too late."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from actions.buttons import button, human_button, menu_button, payload, unique
from actions.counted_days import counted_days
from actions.ground import Ground
from actions.heard import Answered, Button, Heard
from actions.shown_date import shown_date
from actions.turn import DialogueAction
from conversations.reminder_days import KINDS, MAX_DAYS_AHEAD, days_to_remind

TOPIC = "meta.menu"
FORMS = (
    ("button_count_deadline", "/registration.arrival"),
    ("button_count_days", "/start_stay"),
    ("button_start_permit", "/start_permit"),
)
"""The forms that work out a date of which one can be reminded."""
WITH_MARGIN = ("registration", "stay_limit")
"""Kinds whose date is the advised one, earlier than the last day."""


class SetReminder(DialogueAction):
    """The button under a date, or "remind me" in words."""

    action_name = "action_set_reminder"

    def answer(self, heard: Heard) -> Answered:
        """See `set_reminder`."""
        return set_reminder(self._ground, heard)


def set_reminder(ground: Ground, heard: Heard) -> Answered:
    """Remind of the date of the button, else of the date told last; without any, ask what it is about."""
    wish = _wish(heard)
    if wish is None:
        return offer_forms(ground, heard, "reminder_which")
    kind, on = wish
    days = days_to_remind(on, heard.today)
    if not days:
        buttons = (human_button(ground, heard.variant), menu_button(ground, heard.variant))
        return said(heard, ground.wording.text("reminder_too_near", heard.variant), buttons)
    command = {"command": "set_reminder", "reminder": kind, "on": on.isoformat()}
    text = "\n\n".join(_paragraphs(ground, heard, kind, on, days))
    return said(heard, text, _buttons(ground, heard.variant, kind), command)


def offer_forms(ground: Ground, heard: Heard, key: str) -> Answered:
    """A text with the ways to a date."""
    forms = tuple(button(ground, heard.variant, title, sends) for title, sends in FORMS)
    return said(heard, ground.wording.text(key, heard.variant), (*forms, menu_button(ground, heard.variant)))


def said(heard: Heard, text: str, buttons: tuple[Button, ...], *commands: Mapping[str, Any]) -> Answered:
    """An answer of this tool."""
    return Answered(
        text=text,
        buttons=unique(buttons),
        topic=TOPIC,
        topics=(TOPIC,),
        confidence=heard.confidence,
        commands=commands,
        slots={"pending": None},
    )


def name_of(ground: Ground, variant: str, kind: str) -> str:
    """What a kind of reminder is about, in words."""
    return ground.wording.text(f"reminder_name_{kind}", variant)


def _wish(heard: Heard) -> tuple[str, date] | None:
    """Kind and date that the button names, or those told last; None where they cannot be."""
    last = heard.slots.get("remind_of") or {}
    kind = heard.value("reminder") or last.get("reminder")
    text = heard.value("date") if heard.value("reminder") else last.get("date")
    try:
        on = date.fromisoformat(text or "")
    except ValueError:
        return None
    is_possible = kind in KINDS and (on - heard.today).days <= MAX_DAYS_AHEAD
    return (str(kind), on) if is_possible else None


def _paragraphs(ground: Ground, heard: Heard, kind: str, on: date, days: tuple[date, ...]) -> list[str]:
    say, variant = ground.wording.text, heard.variant
    shown = ", ".join(shown_date(day, variant) for day in days)
    kept = counted_days(ground, heard.retention_days, variant)
    is_lost = 0 < heard.retention_days < (days[-1] - heard.today).days
    return [
        say("reminder_set", variant, what=name_of(ground, variant, kind), date=shown_date(on, variant), days=shown),
        *([say("reminder_has_margin", variant)] if kind in WITH_MARGIN else []),
        *([say("reminder_on_page", variant)] if heard.channel == "web" else []),
        *([say("reminder_goes_with_chat", variant, days=kept)] if is_lost else []),
    ]


def _buttons(ground: Ground, variant: str, kind: str) -> tuple[Button, ...]:
    return (
        button(ground, variant, "button_stop_reminder", payload("stop_reminders", reminder=kind)),
        button(ground, variant, "button_my_reminders", "/list_reminders"),
        menu_button(ground, variant),
    )
