"""Buttons that stand under many messages: menu, a person, feedback, countries, entries."""

import json
from collections.abc import Iterable
from datetime import date

from actions.ground import Ground
from actions.heard import MAX_BUTTONS, Button
from conversations.reminder_days import days_to_remind
from knowledge_base.entry import Entry

MAX_ENTRY_CHARS = 72
"""A row of a WhatsApp list with its description; a longer one has to be answered by a typed number."""


def payload(intent: str, **details: str) -> str:
    """What a button sends: the intent, and the details as JSON."""
    return f"/{intent}{json.dumps(details, ensure_ascii=False)}" if details else f"/{intent}"


def button(ground: Ground, variant: str, key: str, sends: str) -> Button:
    """A button whose title is in the wording."""
    return Button(ground.wording.text(key, variant), sends)


def human_button(ground: Ground, variant: str) -> Button:
    """Asks for a person."""
    return button(ground, variant, "button_human", "/meta.human")


def asylum_buttons(ground: Ground, variant: str, entry: Entry) -> tuple[Button, ...]:
    """Under an entry on asylum, the way to UNHCR and lawyers; the gateway itself answers it."""
    is_older_content = "button_asylum" not in ground.wording.keys()  # noqa: SIM118
    if is_older_content or not entry.topic.startswith("asylum."):
        return ()
    return (button(ground, variant, "button_asylum", payload("safety", step="can_write", path="asylum")),)


def menu_button(ground: Ground, variant: str) -> Button:
    """Opens the menu."""
    return button(ground, variant, "button_menu", "/meta.menu")


def feedback_buttons(ground: Ground, variant: str) -> tuple[Button, Button]:
    """Did this help?"""
    return button(ground, variant, "button_helped", "/helped"), button(
        ground, variant, "button_not_helped", "/not_helped"
    )


def stop_button(ground: Ground, variant: str) -> Button:
    """Leaves a form."""
    return button(ground, variant, "button_stop", "/stop_form")


def remind_button(ground: Ground, variant: str, kind: str, day: date, today: date) -> tuple[Button, ...]:
    """Asks to be reminded of a date; none where no day is left on which to remind."""
    if not days_to_remind(day, today):
        return ()
    return (button(ground, variant, "button_remind", payload("set_reminder", reminder=kind, date=day.isoformat())),)


def place_buttons(ground: Ground, variant: str, kind: str, codes: Iterable[str]) -> tuple[Button, ...]:
    """One button for each country or citizenship, by its name."""
    names = [(code, ground.places.country_name(code, variant)) for code in codes]
    return tuple(Button(name, payload("inform", **{kind: code})) for code, name in names)


def entry_buttons(variant: str, entries: Iterable[Entry]) -> tuple[Button, ...]:
    """One button for each entry, by its first question that every channel shows whole."""
    titles = ((entry.id, entry.title(variant, MAX_ENTRY_CHARS)) for entry in entries)
    return tuple(Button(title, payload("show_entry", entry=name)) for name, title in titles)


def unique(buttons: Iterable[Button]) -> tuple[Button, ...]:
    """The first of those that send the same, at most as many as every channel shows."""
    kept: dict[str, Button] = {}
    for one in buttons:
        kept.setdefault(one.payload, one)
    return tuple(kept.values())[:MAX_BUTTONS]
