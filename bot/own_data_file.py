"""The two files that a person gets: one to read, in their language, and one for programs.

Both are plain text: of what a person can open on any phone, WhatsApp takes nothing simpler
(https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/document-messages).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from bot.ground import Ground
from conversations.reply import Attachment
from language.shown_date import shown_date
from language.variants import OWN_NAMES

NAME = "safar-data"
FILES = (f"{NAME}.txt", f"{NAME}.json")
MEDIA_TYPE = "text/plain"
_FACTS = ("channel", "address", "variant", "country", "citizenship", "created_at")
_SHOWN_TIME_CHARS = len("2026-11-22T03:59")
Row = Mapping[str, Any]


def files_of(document: Mapping[str, Any], ground: Ground, variant: str, today: date) -> tuple[Attachment, ...]:
    """The files for everything that `export_conversation` gives."""
    # With the mark of its encoding a text is shown rightly on Windows, too.
    readable = "\n".join(_lines(document, ground, variant, today)).encode("utf-8-sig")
    exact = json.dumps(document, ensure_ascii=False, indent=2).encode()
    return tuple(Attachment(name, MEDIA_TYPE, content) for name, content in zip(FILES, (readable, exact), strict=True))


def _lines(document: Mapping[str, Any], ground: Ground, variant: str, today: date) -> Iterator[str]:
    def say(key: str, **values: str) -> str:
        return ground.wording.text(f"data_file_{key}", variant, **values)

    def part(key: str, rows: Sequence[str]) -> Iterator[str]:
        yield from (("", f"== {say(key)} ==", *rows) if rows else ())

    yield say("title", date=shown_date(today, variant))
    about = document.get("conversation") or {}
    yield from ("", *(f"{say(name)}: {_fact(name, about, ground, variant)}" for name in _FACTS if about.get(name)))
    yield from part("messages", [_message(row, document, ground, variant) for row in document.get("transcript", ())])
    handovers = document.get("handovers", ())
    yield from part("handovers", [" – ".join(_times(row, "opened_at", "taken_at", "ended_at")) for row in handovers])
    yield from part("noticed", list(dict.fromkeys(name for row in handovers for name in _noticed(row))))
    yield from part("referrals", [_referral(row) for row in document.get("referrals", ())])
    yield from part("reminders", [_reminder(row, ground, variant) for row in document.get("reminders", ())])
    yield from ("", say("more"), "")


def _fact(name: str, about: Row, ground: Ground, variant: str) -> str:
    value = str(about[name])
    match name:
        case "variant":
            return OWN_NAMES.get(value, value)
        case "country" | "citizenship":
            return ground.places.country_name(value, variant)
        case "created_at":
            return _time(value)
        case "address" if about["channel"] == "web":
            return "–"
    return value


def _message(row: Row, document: Mapping[str, Any], ground: Ground, variant: str) -> str:
    who = ground.wording.text(f"page_from_{row['sender']}", variant)
    files = [each["name"] for each in document.get("attachments", ()) if each["cursor"] == row["cursor"]]
    names = "".join(f"\n  [{name}]" for name in files)
    text = str(row["text"]).replace("\n", "\n  ")
    return f"{_time(row['at'])} {who}: {text}{names}"


def _noticed(row: Row) -> Iterator[str]:
    """The ids of signs, factors, route and needs, as a note holds them."""
    note = row.get("note") or {}
    ids = [*str(row.get("signs") or "").split(","), *note.get("signs", ()), *note.get("factors", ())]
    yield from (str(each).replace("_", " ") for each in (*ids, note.get("route"), *note.get("needs", ())) if each)


def _referral(row: Row) -> str:
    times = " – ".join(_times(row, "offered_at", "consented_at", "passed_on_at"))
    return " ".join(str(each) for each in (times, row["organisation"], row["need"], row["state"], row["note"]) if each)


def _reminder(row: Row, ground: Ground, variant: str) -> str:
    name = ground.wording.text(f"reminder_name_{row['kind']}", variant)
    return f"{shown_date(date.fromisoformat(row['day']), variant)}: {name}"


def _times(row: Row, *names: str) -> list[str]:
    return [_time(row[name]) for name in names if row.get(name)]


def _time(moment: str) -> str:
    return moment[:_SHOWN_TIME_CHARS].replace("T", " ")
