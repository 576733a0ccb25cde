"""What the ending of a name says: in it, from it, its people, "I am"; for all our languages, on skeletons."""

import re
from enum import Enum
from functools import lru_cache


class Ending(Enum):
    """What an ending adds to a name."""

    NONE = "none"
    IN = "in"
    FROM = "from"
    TO = "to"
    ME = "me"
    """ "I am", "we are": тоҷикам, o'zbekman, кыргызбыз, Россияданмын is FROM_ME."""
    IN_ME = "in_me"
    FROM_ME = "from_me"
    PERSON = "person"
    """Somebody of that place: o'zbekistonlik, кыргызстандык, тоҷикистонӣ."""
    MANY = "many"
    OTHER = "other"


_SHORT = "da dan daman danman ga ge ka ke nin ni ro ba dagi di din de den te ten to ton ta tan ko tuk i a e u"
SHORT_ENDINGS = frozenset(_SHORT.split())
"""The endings that an abbreviation takes: РФда, рфдан, РВПни."""
_MANY = "(?:[ltd][aeo]r)"
_OWN = "(?:imiz|iniz|ibiz|imi|im|in|si|i)?"
_AM = "(?:man|miz|min|mun|mis|biz|biz|buz|bin|bun|pin|pun|piz|puz|man?u|san|sin|siz|miz|ku)"
_TAJIK_AM = "(?:iam|iem|am|em|im|iman|mo)"
_IN = "[dt][aeo]"
_FROM = "[dtn][aeo]n"
_LIK = "[ldt][iu][kg](?:[ltd][aeo]r)?"
_POSSESSED = "(?:[iaue]?(?:m|n|t|sh|mon|ton|shon)|[iu]?[mnb][iu]z|s?i)"
_CASE = "n[iu]n?|[dt][iu]n?|[gk][aeo]|[dt][aeo]n?|n?[ae]|ro|ba|i|siz|s[iu]z|siz[gk]"
_RULES = tuple(
    (ending, re.compile(pattern))
    for ending, pattern in (
        (Ending.FROM_ME, f"{_MANY}?{_FROM}{_AM}"),
        (Ending.IN_ME, f"{_MANY}?(?:n?{_IN}{_AM}|ba(?:m|iam|iem))"),
        (Ending.ME, f"(?:{_MANY}|{_LIK}|s?i|im|in)?{_AM}|(?:i|ho)?{_TAJIK_AM}"),
        (Ending.PERSON, f"{_LIK}(?:i|a|ni|nin|ga|ka|k[ae])?|i?iho|iho(?:ro|ba|i)?"),
        (Ending.FROM, f"{_MANY}?(?:s?in)?{_FROM}|{_FROM}(?:gi|dir|mi|ku)|dan i"),
        (Ending.IN, f"{_MANY}?(?:s?in)?{_IN}(?:gi|g[iu]lar|gilarga|mi|ku|ham|iam|n?i|i)?|[nd]?[dt][aeo][gk]i"),
        (Ending.MANY, f"{_MANY}{_OWN}(?:g[aeo]|k[aeo]|ni|nin|[ndt][iu]n?|n?[dt][aeo]n?|n?[ae]|ch?a|mi)?"),
        (Ending.MANY, "h?o(?:ro|ba|i|iro|iba|da)?|s|on(?:ro|ba|i|da|u)?|ov|am|ami|ah|tsam|sam|ev"),
        (Ending.TO, "(?:s?in)?[gk][aeo](?:mi|cha|ku|iam|ham)?|ba|sh?a|na|ne"),
        (Ending.OTHER, "ro|n[iu]n?|[dt][iu]n?|nini|i|in|inin|si|s?ini|s?inin|mi|ku|ham|iu|niki|niam|cha|ch?a"),
        (Ending.OTHER, "a|e|o|u|i|om|em|oi|ei|iei|iu|ia|iah|ie|iami|iam|oiu"),
    )
)
_OWNED = re.compile(f"{_POSSESSED}(?:{_CASE})?")


@lru_cache(maxsize=8192)
def ending_of(rest: str, last: str) -> Ending | None:
    """Return what `rest`, the end of a word behind a stem that ends in `last`, says; None if it is no ending.

    A letter doubled at the seam is one in a skeleton (Ўзбекистоннинг), so it is also tried with `last` before it.
    """
    if not rest:
        return Ending.NONE
    for written in (rest, last + rest):
        for ending, pattern in _RULES:
            if pattern.fullmatch(written):
                return ending
    return Ending.OTHER if _OWNED.fullmatch(rest) else None
