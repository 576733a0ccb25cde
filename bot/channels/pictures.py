"""The picture beside a button, for those who read little: the same for the same thing in every language and channel."""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import yaml

from foundation.settings import PROJECT

FILE = PROJECT / "data" / "pictures.yml"
PLACES = ("country", "citizenship")
_FIRST_LETTER_OF_A_FLAG = 0x1F1E6


def picture_of(payload: str) -> str:
    """The picture for what a button sends; empty where there is none.

    The line that names a detail with its value goes before the one that names the detail, and before the intent's.
    """
    intent, details = _parts(payload)
    if intent == "inform" and (flag := _flag(details)):
        return flag
    pictures = _pictures()
    keys = [f"{intent} {name}={value}" for name, value in details.items()]
    keys += [f"{intent} {name}" for name in details]
    return next((pictures[key] for key in (*keys, intent) if key in pictures), "")


def with_picture(title: str, payload: str, fits: Callable[[str], bool]) -> str:
    """The title behind its picture, or alone where both together do not fit."""
    picture = picture_of(payload)
    shown = f"{picture} {title}"
    return shown if picture and fits(shown) else title


def _parts(payload: str) -> tuple[str, Mapping[str, Any]]:
    intent, brace, rest = payload.removeprefix("/").partition("{")
    try:
        details = json.loads(brace + rest) if brace else {}
    except ValueError:
        return intent, {}
    return intent, details if isinstance(details, dict) else {}


def _flag(details: Mapping[str, Any]) -> str:
    """The letters of the country's code as regional indicators: https://unicode.org/reports/tr51/#Flags"""
    code = next((str(details[kind]) for kind in PLACES if details.get(kind)), "")
    if len(code) != 2 or not (code.isascii() and code.isupper()):
        return ""
    return "".join(chr(_FIRST_LETTER_OF_A_FLAG + ord(letter) - ord("A")) for letter in code)


@lru_cache(maxsize=1)
def _pictures() -> Mapping[str, str]:
    pictures: dict[str, str] = yaml.safe_load(FILE.read_text("utf-8"))
    return pictures
