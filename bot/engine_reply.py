"""What the engine has answered: its JSON becomes messages and commands, or a failure; an empty answer is one."""

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from conversations.attachment_json import attachments_from_json
from conversations.commands import (
    Command,
    CountNeeds,
    Erase,
    OpenHandover,
    QuickExit,
    Remember,
    SetLanguage,
    SetReminder,
    StopReminders,
)
from conversations.conversation import DANGER_LEVELS
from conversations.notes import Note
from conversations.reminder_days import KINDS
from conversations.reply import Attachment, Button
from language.variants import LANGUAGES

NOTE_PARTS = ("signs", "factors", "route", "needs")
COUNT_PARTS = frozenset({"command", "needs", "country", "citizenship"})
MAX_IDS = 40
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,59}")


class ReplyError(Exception):
    """The engine's reply cannot be used; the message is a code."""


@dataclass(frozen=True)
class Said:
    """One message of the bot."""

    text: str
    buttons: tuple[Button, ...]
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class EngineReply:
    """All that a turn of the dialogue has brought, and the release that it came from."""

    messages: tuple[Said, ...]
    commands: tuple[Command, ...]
    release: str | None


def parse_reply(body: bytes) -> EngineReply:
    """Read the engine's answer; raises `ReplyError`, also when nothing is said and nothing is to be done."""
    try:
        values = json.loads(body)
        rows = [dict(row) for row in values["messages"]]
        messages = tuple(_said(row) for row in rows if str(row.get("text") or "").strip())
        commands = tuple(_command(row["custom"]) for row in rows if "command" in (row.get("custom") or {}))
        release = values.get("release")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ReplyError("unreadable") from error
    if not messages and not any(isinstance(each, OpenHandover | Erase | QuickExit) for each in commands):
        raise ReplyError("empty")
    return EngineReply(messages, commands, str(release) if release else None)


def _said(row: dict[str, Any]) -> Said:
    buttons = tuple(Button(str(each["title"]), str(each["payload"])) for each in row.get("buttons") or ())
    return Said(str(row["text"]).strip(), buttons, attachments_from_json(row.get("attachments") or []))


def _command(custom: dict[str, Any]) -> Command:
    match custom["command"]:
        case "open_handover":
            reason, note = str(custom.get("reason") or ""), custom.get("note")
            return OpenHandover(reason, _danger(custom.get("danger")), note=None if note is None else _note(note))
        case "set_language":
            return SetLanguage(_variant(custom["variant"]))
        case "remember":
            return Remember(_code(custom.get("country")), _code(custom.get("citizenship")))
        case "count_needs" if not set(custom) - COUNT_PARTS:
            needs, country = _ids(custom["needs"]), _code(custom.get("country"))
            return CountNeeds(needs, country, _code(custom.get("citizenship")))
        case "set_reminder":
            return SetReminder(_reminder(custom["reminder"]), date.fromisoformat(custom["on"]))
        case "stop_reminders":
            return StopReminders(None if custom.get("reminder") is None else _reminder(custom["reminder"]))
        case "erase":
            return Erase()
        case "quick_exit":
            return QuickExit()
    raise ValueError("unknown command")


def _danger(value: Any) -> str:
    """A level of danger; none where it is left out."""
    if value is None:
        return "none"
    if value not in DANGER_LEVELS:
        raise ValueError("unknown danger")
    return str(value)


def _note(value: Any) -> Note:
    """A note of ids; a part that is left out is empty, any other part is refused."""
    if not isinstance(value, dict) or set(value) - set(NOTE_PARTS):
        raise ValueError("not a note")
    route = value.get("route") or ""
    lists = {name: _ids(value.get(name, [])) for name in NOTE_PARTS if name != "route"}
    return Note(route=_id(route) if route else "", **lists)


def _ids(value: Any) -> tuple[str, ...]:
    """A short list of ids: what a person wrote is never one, for an id has no blank and is ASCII."""
    if not isinstance(value, list) or len(value) > MAX_IDS:
        raise ValueError("not a list of ids")
    return tuple(dict.fromkeys(_id(each) for each in value))


def _id(value: Any) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ValueError("not an id")
    return value


def _reminder(value: Any) -> str:
    if value not in KINDS:
        raise ValueError("unknown reminder")
    return str(value)


def _variant(value: Any) -> str:
    if value not in LANGUAGES:
        raise ValueError("unknown variant")
    return str(value)


def _code(value: Any) -> str | None:
    """A country's code of two letters; None where it is left out."""
    if value is None:
        return None
    if not isinstance(value, str) or len(value) != 2 or not value.isalpha():
        raise ValueError("not a country code")
    return value.upper()
