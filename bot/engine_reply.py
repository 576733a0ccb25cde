"""What the engine has answered: its JSON becomes messages and commands, or a failure; an empty answer is one."""

import json
from dataclasses import dataclass
from typing import Any

from conversations.commands import Command, Erase, OpenHandover, QuickExit, Remember, SetLanguage
from conversations.reply import Button
from language.variants import LANGUAGES


class ReplyError(Exception):
    """The engine's reply cannot be used; the message is a code."""


@dataclass(frozen=True)
class Said:
    """One message of the bot."""

    text: str
    buttons: tuple[Button, ...]


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
    return Said(str(row["text"]).strip(), buttons)


def _command(custom: dict[str, Any]) -> Command:
    match custom["command"]:
        case "open_handover":
            return OpenHandover(str(custom.get("reason") or ""))
        case "set_language":
            return SetLanguage(_variant(custom["variant"]))
        case "remember":
            return Remember(_code(custom.get("country")), _code(custom.get("citizenship")))
        case "erase":
            return Erase()
        case "quick_exit":
            return QuickExit()
    raise ValueError("unknown command")


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
