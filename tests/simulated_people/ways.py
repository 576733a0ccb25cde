"""Which button to tap next for something that does not stand under the question itself: a day, a country."""

import json
from collections.abc import Sequence
from datetime import date, timedelta

from actions.more_choices import INTENT


def details(payload: str) -> dict[str, str]:
    """What a button sends beside its intent."""
    _name, brace, rest = payload.partition("{")
    found: dict[str, str] = json.loads(brace + rest) if brace else {}
    return found


def next_tap(wanted: str, offered: Sequence[str]) -> str | None:
    """The button itself or the next step towards it; None where no button leads there."""
    if wanted in offered:
        return wanted
    more = [payload for payload in offered if payload.startswith(f"/{INTENT}")]
    sought = details(wanted)
    if "date" in sought:
        return _towards_day(date.fromisoformat(sought["date"]), more)
    kind = next((kind for kind in ("country", "citizenship") if kind in sought), None)
    return next((payload for payload in more if kind and details(payload).get("item") == kind), None)


def _towards_day(day: date, more: Sequence[str]) -> str | None:
    steps = {payload: details(payload) for payload in more if details(payload).get("item") == "date"}
    nearer = [payload for payload, step in steps.items() if _holds(day, step)]
    pages = sorted((payload for payload, step in steps.items() if "page" in step), key=lambda each: steps[each]["page"])
    return next(iter(nearer), None) or (pages[-1] if pages else None)


def _holds(day: date, step: dict[str, str]) -> bool:
    if "month" in step:
        return f"{day:%Y-%m}" == step["month"]
    if "week" not in step:
        return False
    first = date.fromisoformat(step["week"])
    return first <= day < first + timedelta(days=7)
