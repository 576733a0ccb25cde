"""Says in which scripts words are written (ISO 15924)."""

import unicodedata
from collections.abc import Sequence

_OTHER_SCRIPTS = {"ARABIC": "Arab", "CJK": "Hani", "HANGUL": "Kore", "HIRAGANA": "Jpan", "KATAKANA": "Jpan"} | {
    "GEORGIAN": "Geor",
    "ARMENIAN": "Armn",
    "GREEK": "Grek",
    "HEBREW": "Hebr",
    "DEVANAGARI": "Deva",
    "THAI": "Thai",
}


def shares_of_scripts(words: Sequence[str]) -> dict[str, float]:
    """Return the share of each script among the letters of `words`, small ones; empty where there is no letter."""
    counts: dict[str, int] = {}
    for letter in "".join(words):
        if letter.isalpha():
            script = _script(letter)
            counts[script] = counts.get(script, 0) + 1
    total = sum(counts.values())
    return {script: count / total for script, count in counts.items()}


def _script(letter: str) -> str:
    if "a" <= letter <= "z" or "\u00c0" <= letter <= "\u02af" or "\u1e00" <= letter <= "\u1eff":
        return "Latn"
    if "\u0400" <= letter <= "\u052f":
        return "Cyrl"
    return _OTHER_SCRIPTS.get(unicodedata.name(letter, "").split(" ")[0], "Zzzz")
