"""A text whose language is known, from which the language identifier learns."""

import re
from dataclasses import dataclass

_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u02af]")


@dataclass(frozen=True)
class LabelledText:
    """A text, the code of the language that it is in, and how many forms it is worth, the written one among them."""

    text: str
    language: str
    forms: int


def script_of(text: str) -> str:
    """Return Cyrl or Latn, whichever has more letters in `text`."""
    return "Cyrl" if len(_CYRILLIC.findall(text)) > len(_LATIN.findall(text)) else "Latn"
